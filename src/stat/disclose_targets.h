/* Inside the audit of a release: what must stay open, and how far it is known to be. */
#ifndef STAT_DISCLOSE_TARGETS_H
#define STAT_DISCLOSE_TARGETS_H

#include "hotzone/bound.h"
#include "stat/disclose_parts.h"

/* What must stay open, and between what it has been seen to lie. */
typedef struct {
    const uint32_t *set;
    size_t size;
    double value;
    double low, high;       /* widest range seen so far */
    double least, most;     /* what was public before lets it be; most < 0: not looked at */
} target;

/* Targets are the figures, then the atoms, then what shown figures leave of each other. */
typedef struct {
    const hz_release *r;
    const hz_disclose_opts *o;
    hz_bound *bound;
    hz_bound *before;       /* of figures that were public before alone; NULL: none were */
    uint32_t *own;          /* atoms: each a set of one */
    target *targets;
    size_t fixed_targets, count, room; /* figures and atoms; with rests */
    hz_rests rests;
    double *corner;         /* atoms */
    unsigned char *hidden;  /* figures; the caller's */
    unsigned char *state;   /* figures */
    unsigned char *moved;   /* figures that an earlier release showed a little otherwise */
    unsigned char *tight;   /* facts: one per figure */
    double *cost;           /* of hiding a figure */
    unsigned char *gives;   /* figures to hide for one target */
    size_t guards;
} release_work;

/** Work on a release of which nothing is hidden yet; finish it, whether it could be started or not.
 *  @param hidden  figures; the caller's, written by disclose_hide */
hz_status disclose_start(release_work *w, const hz_release *r, const hz_disclose_opts *o,
                         unsigned char *hidden, hz_error *err);
void disclose_finish(release_work *w);
void disclose_hide(release_work *w, size_t figure);
/** What shown figures leave of each other now, as targets after the others. */
hz_status disclose_list_rests(release_work *w, hz_error *err);

bool disclose_is_small(const release_work *w, double x);
/** A figure or an atom of few, as the caller says. */
bool disclose_is_few(const release_work *w, size_t t);
/** Must this target stay open?  Hidden figures must, and small atoms and rests, published or not. */
bool disclose_needs_cover(const release_work *w, size_t t);
/** The range that it must keep; `wide`: that is asked for to decide on guards. */
void disclose_promise(const release_work *w, size_t t, bool wide, double *low, double *high);
bool disclose_is_covered(const release_work *w, size_t t, bool wide);

/** What was public before bounds a guard that is part of it, or that it is part of, whatever is hidden
 *  now: `least` and `most` of the target. */
hz_status disclose_look_before(release_work *w, size_t t, hz_error *err);
/** One table of whole numbers that agrees with all that is shown widens what is known to be open. */
void disclose_learn(release_work *w, const double *atoms);
/** Can this end of a target's promise be reached?  First the linear bound, whose corner may be a
 *  table already; then a table near the true one. */
hz_status disclose_look(release_work *w, size_t t, bool greatest, double need, bool *reached,
                        hz_error *err);

#endif
