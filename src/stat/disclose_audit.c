/* Measures how far the hidden figures of a release lie open. */
#include <math.h>

#include "hotzone/mem.h"
#include "stat/disclose_targets.h"

/* The exact range of a hidden figure, or of what must stay open. */
static hz_status measure(release_work *w, size_t t, hz_error *err)
{
    hz_bound_range range;
    target *of = &w->targets[t];
    hz_status st = hz_bound_find(w->bound, of->set, of->size, &range, w->tight, err);
    for (int side = 0; !st && side < 2; side++)
        if (hz_bound_corner(w->bound, side, w->corner))
            disclose_learn(w, w->corner);
    if (!st) { /* fmin and fmax pass over a NAN */
        of->low = fmin(of->low, range.low);
        of->high = fmax(of->high, range.high);
    }
    return st;
}

hz_status hz_disclose_audit(const hz_release *release, const hz_disclose_opts *opts,
                            const unsigned char *hidden, double *low, double *high, size_t *open,
                            hz_error *err)
{
    static const hz_disclose_opts defaults = HZ_DISCLOSE_DEFAULTS;
    unsigned char *own = hz_mem_new(release->figures, 1);
    release_work w;
    size_t narrow = 0;
    if (!own)
        return hz_mem_fail(err, "disclosure");
    hz_status st = disclose_start(&w, release, opts ? opts : &defaults, own, err);
    for (size_t f = 0; !st && f < release->figures; f++)
        if (hidden[f])
            disclose_hide(&w, f);
    if (!st)
        st = disclose_list_rests(&w, err);
    for (size_t t = 0; !st && t < w.count; t++) {
        double end[2];
        bool reached = true;
        bool must = disclose_needs_cover(&w, t);
        if (!must && !(t < release->figures && hidden[t]))
            continue;
        st = measure(&w, t, err);
        if (!st)
            st = disclose_look_before(&w, t, err);
        disclose_promise(&w, t, false, &end[0], &end[1]);
        for (int side = 0; !st && must && side < 2 && !disclose_is_covered(&w, t, false); side++)
            st = disclose_look(&w, t, side, end[side], &reached, err);
        narrow += !st && must && !disclose_is_covered(&w, t, false);
    }
    for (size_t f = 0; !st && f < release->figures; f++) {
        low[f] = w.targets[f].low;
        high[f] = w.targets[f].high;
    }
    if (!st)
        *open = narrow;
    disclose_finish(&w);
    hz_mem_free(own);
    return st;
}
