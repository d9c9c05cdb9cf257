/* Which small counts to hide, and what else so that a total does not give them away. */
#ifndef HOTZONE_DISCLOSE_H
#define HOTZONE_DISCLOSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Rows of one table to hide: counts of 1 .. below-1, and, where the sum is to be published, the
 * first three rows with any events as their guards, whatever these count, and further ones from
 * the top until four rows are hidden.  Which rows guard does not depend on how large a count is,
 * so that the choice tells nothing.  The sum is withheld where the hidden rows together have less
 * than below + 3 over 1 each, or a hidden count from the threshold up is so much of the sum that
 * it could not be max(2, 20 %) more; also where under four rows have events, and then none guards.
 *
 * Whoever knows the sum, every shown count and this rule still has every value 1 .. below-1 open
 * for each hidden row, and for a guard every value from 1 to its own.  (Above that the rule bounds
 * a guard's count by about 5/6 of what is hidden, as any rule must that looks at the counts.)
 *
 * @param counts    NaN rows take no part
 * @param below     threshold, at least 2
 * @param hidden    set to 1 for hidden rows, 0 for the others
 * @param withheld  set to whether the sum, and all that it follows from, must not be published;
 *                  with `sum_published` false: whether any row is hidden
 * @return HZ_EUSAGE for a threshold under 2.  Time O(n).
 */
HZ_API hz_status hz_disclose_rows(size_t n, const double *counts, double below,
                                  bool sum_published, unsigned char *hidden, bool *withheld,
                                  hz_error *err);

/** What may become of a figure. */
typedef enum {
    HZ_FIGURE_FREE = 0, /* shown or hidden, as the rule says */
    HZ_FIGURE_FIXED,    /* public already: cannot be hidden any more */
    HZ_FIGURE_SECRET,   /* hidden in any case, and to be protected: an earlier release hid it */
    HZ_FIGURE_MOVED     /* the same, since its change from an earlier release is small */
} hz_figure_state;

#define HZ_RELEASE_MOST 10000 /* figures, and atoms, of one release */

/** What an audit over several tables decided of one of them; lent. */
typedef struct {
    const unsigned char *rows;  /* one per row: 1 is hidden */
    bool total;                 /* so is the sum of all rows */
} hz_decided;

/**
 * All figures of a release, as sums of atoms: the counts of persons or events that no published
 * figure splits (part of an area that zones share, by month, by kind).  Figure f is the sum of the
 * atoms atom[first[f]] .. atom[first[f+1]-1], each once.  What is NULL of the last five is of
 * no figure.
 */
typedef struct {
    size_t atoms;
    const double *count;        /* atoms; whole numbers >= 0 */
    size_t figures;
    const size_t *first;        /* figures + 1 */
    const uint32_t *atom;
    const unsigned char *state; /* hz_figure_state; NULL: all free */
    const double *earlier;      /* what an earlier release showed of the same figure; NAN: nothing.
                                 * The same number is public already; one that differs by
                                 * 1 .. below-1 makes the figure secret, as its change is small */
    const double *coarse;       /* over 0: if it is shown then rounded to the next multiple of this;
                                 * it is never small, and needs no protection of its own */
    const unsigned char *few;   /* figures, then atoms, that are of too few persons though they count
                                 * more (events of one person) */
    const double *weight;       /* how much one would rather show it, > 0; else 1 */
} hz_release;

typedef struct {
    double below;      /* threshold t: 1 .. t-1 is small */
    bool hide_zeros;   /* zeros are hidden too */
    bool replayed;     /* decide on guards with more room than is promised: for a small figure up to
                        * 2 (t-1), for a guard t-2 more.  Then whether one is needed mostly does not
                        * depend on which of 1 .. t-1 the small ones are, so that whoever replays the
                        * rule on other tables learns less (the minimality attack, Wong et al. 2007) */
} hz_disclose_opts;
#define HZ_DISCLOSE_DEFAULTS { 5, false, false }

/** What came of it. */
typedef struct {
    size_t small;      /* figures hidden because they, or their change, are small */
    size_t guards;     /* and because they would give others away */
    size_t rounds;     /* of hiding and looking again */
} hz_disclosed;

/**
 * Hide figures of a release until whoever knows all others, the rule, and that counts are whole
 * numbers of 0 or more cannot narrow a hidden figure down: a small one may still be anything from 1
 * (0 with hide_zeros) to t-1, a guard x anything from x - max(2, x/5) to x + max(2, x/5), one that is
 * hidden for its change anything from x - (t-1) to x + (t-1); neither further than fixed figures,
 * public in any case, let it.  The first holds of every small atom too, published or
 * not, and of whatever small number is left of a shown figure when a shown one within it, several
 * beside each other, or all that any within it covers, are taken from it.  What is of few persons is
 * hidden like what is small, and is as open as a guard.
 *
 * Linear bounds say what is closed; what they leave open must be reached by a table of whole numbers,
 * or it counts as closed.  Guards are the shown figures that differ in the nearest table in which the
 * narrow figure has the wanted end of its range, each difference times the figure's atoms and weight
 * (hz_bound_give); where fractions need none, one of fewest atoms that holds the end in place.  Each
 * figure's cost is its own by up to a hundredth, so that there is one cheapest way.  The same on any
 * machine: searches are cut short by work, not by time.
 *
 * @param hidden  one per figure
 * @return HZ_EUSAGE for a threshold under 2; HZ_EDATA for a count that is not whole, more figures or
 *         atoms than HZ_RELEASE_MOST, or if fixed figures give something away that nothing left can
 *         guard (the first such figure named by number); HZ_EMEMORY.  Some seconds for 700 figures
 *         of 600 atoms
 */
HZ_API hz_status hz_disclose_release(const hz_release *release, const hz_disclose_opts *opts,
                                     unsigned char *hidden, hz_disclosed *found, hz_error *err);

/**
 * Look at a release as an outsider would: what each figure may be, given those shown.
 *
 * @param low,high  one per figure; of shown ones the figure itself; high may be INFINITY
 * @param open      figures or atoms that are narrower than hz_disclose_release promises: 0 is safe
 */
HZ_API hz_status hz_disclose_audit(const hz_release *release, const hz_disclose_opts *opts,
                                   const unsigned char *hidden, double *low, double *high,
                                   size_t *open, hz_error *err);

/** Is it a threshold: 0 (hide nothing) or a whole number from 2?  HZ_EUSAGE if not. */
HZ_API hz_status hz_disclose_check(double below, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
