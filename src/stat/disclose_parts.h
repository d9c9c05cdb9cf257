/* Inside the disclosure control: coarse figures, and what shown figures leave of each other. */
#ifndef STAT_DISCLOSE_PARTS_H
#define STAT_DISCLOSE_PARTS_H

#include "hotzone/disclose.h"

/** Small sets of atoms that shown figures tell of together. */
typedef struct {
    size_t n, room, atom_room;
    size_t *first;      /* n + 1 */
    uint32_t *atom;
} hz_rests;

void hz_rests_clear(hz_rests *rests);
/**
 * What is left of a shown figure when another within it, or as many as have room beside each other
 * (small ones first, and large ones first), or all that any within it covers, are taken from it: the
 * rests that are small and more than one atom (single ones are looked at in any case).  Each set once.
 * O(figures x atoms in all figures).
 */
hz_status hz_rests_find(const hz_release *release, const unsigned char *hidden,
                        const hz_disclose_opts *opts, hz_rests *rests, hz_error *err);

/** What a figure is rounded to if it is shown; 0: shown as it is. */
double hz_release_base(const hz_release *release, size_t figure);
/** The least number that is rounded as x is. */
double hz_release_low(double x, double base);
/**
 * hz_disclose_release of counts that were counted before, at other times: neither a count nor its change
 * since is told where it is small.  An outsider knows each time's table and nothing of how one becomes
 * the next.  Wherever a change may be of 1 .. t-1 more or fewer, by what they know of the earlier count, all
 * of these must be possible (as many fewer as there may have been).  That holds of every atom, every
 * figure of any time, of what is left of it without those within it that are shown both times, and of the
 * sets that both tell of, and of no part of them, where figures lie within each other.
 *
 * @param all   figures, those of the release first: what follows was told at other times alone
 * @param then  times * all: what was shown of each then; NAN: nothing
 * @return as hz_disclose_release; HZ_EDATA also if a time's figures do not agree with each other
 */
hz_status hz_disclose_again(const hz_release *release, size_t times, size_t all,
                            const double *then, const hz_disclose_opts *opts,
                            unsigned char *hidden, hz_disclosed *found, hz_error *err);
/** Do two sets of atoms share one? */
bool hz_release_meets(const uint32_t *a, size_t n, const uint32_t *b, size_t m);

#endif
