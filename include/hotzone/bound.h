/* What a reader can work out: the whole numbers that a hidden sum may be, given the published ones. */
#ifndef HOTZONE_BOUND_H
#define HOTZONE_BOUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Whole numbers of 0 or more, n of them, of which some sums are known. */
typedef struct hz_bound hz_bound;

/** @return HZ_EMEMORY.  Free with hz_bound_free.  One thread at a time per object. */
HZ_API hz_status hz_bound_new(size_t n, hz_bound **out, hz_error *err);
HZ_API void hz_bound_free(hz_bound *bound); /* NULL is allowed */

/** Make a sum known: the numbers in `set` (each once) add up to low .. high (often one number).
 *  Facts are numbered from 0. */
HZ_API hz_status hz_bound_know(hz_bound *bound, const uint32_t *set, size_t size, double low,
                               double high, hz_error *err);
HZ_API size_t hz_bound_facts(const hz_bound *bound);
/** Forget a fact; its number stays taken. */
HZ_API void hz_bound_forget(hz_bound *bound, size_t fact);
/** What the numbers in a set may add up to. */
typedef struct {
    double low, high;  /* INFINITY: no upper end; NAN: the search was cut short before it found any */
    bool exact;        /* false: the search was cut short, after as much work on any machine; the ends
                        * are attained, but others beyond them may be too */
} hz_bound_range;

/**
 * The least and the greatest sum of the numbers in `set` over all whole numbers that agree with the
 * facts (GLPK: simplex, then branch and bound where a corner is not whole).
 *
 * @param tight  one per fact, or NULL: set to 1 for the facts that hold the least sum up, or'ed with
 *               2 for those that hold the greatest down (non-zero duals of the relaxation)
 * @return HZ_EDATA if nothing agrees with the facts, HZ_EMEMORY.  Cost: two linear programs, from
 *         the last one's basis
 */
HZ_API hz_status hz_bound_find(hz_bound *bound, const uint32_t *set, size_t size,
                               hz_bound_range *out, unsigned char *tight, hz_error *err);
/**
 * One end of the linear relaxation alone, which whole numbers cannot pass but may not reach.
 *
 * @param end    INFINITY: no upper end
 * @param tight  as hz_bound_find, for this end
 */
HZ_API hz_status hz_bound_screen(hz_bound *bound, const uint32_t *set, size_t size, bool greatest,
                                 double *end, unsigned char *tight, hz_error *err);
/**
 * Look for whole numbers that agree with the facts and add up to `sum` in the set, as few steps from
 * given ones as the relaxation says: then the search for whole ones is mostly over before it begins.
 *
 * @param from    n whole numbers that agree with the facts
 * @param values  n numbers, set if found
 * @param found   false: there are none, or the search was cut short
 * @return HZ_EMEMORY
 */
HZ_API hz_status hz_bound_near(hz_bound *bound, const double *from, const uint32_t *set, size_t size,
                               double sum, double *values, bool *found, hz_error *err);
/**
 * Which facts to give up so that the numbers in `set` may add up to `wanted`: of all fractional ways
 * the one that changes facts least, each change times the fact's cost (the elastic program of
 * Fischetti & Salazar 2001, relaxed).
 *
 * @param cost   one per fact, > 0; INFINITY: it stays
 * @param gives  one per fact: set to 1 for those to give up, else 0; none where the relaxation needs
 *               none, or where no way is left
 * @return HZ_EMEMORY.  Cost: a linear program, from the last one's basis
 */
HZ_API hz_status hz_bound_give(hz_bound *bound, const uint32_t *set, size_t size, double wanted,
                               const double *cost, unsigned char *gives, hz_error *err);
/** After hz_bound_find (or _screen, if its end is whole): the n numbers at the corner where the sum was least (or greatest); true
 *  if there is such a corner. */
HZ_API bool hz_bound_corner(const hz_bound *bound, bool greatest, double *values);

#ifdef __cplusplus
}
#endif
#endif
