/* Hides small counts of a whole release, and what would give them away. */
#include <math.h>
#include <string.h>

#include "hotzone/bound.h"
#include "hotzone/disclose.h"
#include "hotzone/mem.h"

/* Targets are what must stay open: the figures, then the atoms. */
typedef struct {
    const hz_release *r;
    const hz_disclose_opts *o;
    hz_bound *bound;
    double *value;          /* figures */
    double *low, *high;     /* targets: widest range seen so far */
    double *corner;         /* atoms */
    unsigned char *hidden;  /* figures; the caller's */
    unsigned char *tight;   /* facts: one per figure */
    double *cost;           /* of hiding a figure */
    unsigned char *gives;   /* figures to hide for one target */
    size_t guards;
} release_work;

static size_t targets(const release_work *w)
{
    return w->r->figures + w->r->atoms;
}

static void set_of(const release_work *w, size_t target, const uint32_t **set, size_t *size,
                   uint32_t *own)
{
    if (target < w->r->figures) {
        *set = w->r->atom + w->r->first[target];
        *size = w->r->first[target + 1] - w->r->first[target];
    } else {
        *own = (uint32_t)(target - w->r->figures);
        *set = own;
        *size = 1;
    }
}

static double value_of(const release_work *w, size_t target)
{
    return target < w->r->figures ? w->value[target] : w->r->count[target - w->r->figures];
}

static bool is_small(const release_work *w, double x)
{
    return (x > 0 && x < w->o->below) || (x == 0 && w->o->hide_zeros);
}

static bool is_few(const release_work *w, size_t target)
{
    return w->r->few && w->r->few[target];
}

/* Must this target stay open?  Hidden figures must, and small atoms, published or not. */
static bool needs_cover(const release_work *w, size_t target)
{
    return target < w->r->figures ? w->hidden[target]
                                  : is_small(w, value_of(w, target)) || is_few(w, target);
}

/* The range that it must keep. */
static void promise(const release_work *w, size_t target, double *low, double *high)
{
    double x = value_of(w, target), width = fmax(2, x / 5);
    if (is_small(w, x)) {
        *low = w->o->hide_zeros ? 0 : 1;
        *high = w->o->below - 1;
    } else {
        *low = fmax(0, ceil(x - width));
        *high = floor(x + width);
    }
}

static bool is_covered(const release_work *w, size_t target)
{
    double low, high;
    promise(w, target, &low, &high);
    return w->low[target] <= low && w->high[target] >= high;
}

/* One table of whole numbers that agrees with all that is shown widens what is known to be open. */
static void learn(release_work *w, const double *atoms)
{
    for (size_t t = 0; t < targets(w); t++) {
        const uint32_t *set;
        size_t size;
        uint32_t own;
        double sum = 0;
        set_of(w, t, &set, &size, &own);
        for (size_t i = 0; i < size; i++)
            sum += atoms[set[i]];
        w->low[t] = fmin(w->low[t], sum);
        w->high[t] = fmax(w->high[t], sum);
    }
}

static hz_status start(release_work *w, const hz_release *r, const hz_disclose_opts *o,
                       unsigned char *hidden, hz_error *err)
{
    size_t all;
    *w = (release_work){ .r = r, .o = o, .hidden = hidden };
    if (!(o->below >= 2) || o->below != floor(o->below))
        return hz_fail(err, HZ_EUSAGE, "threshold: %g, expected a whole number of 2 or more",
                       o->below);
    for (size_t i = 0; i < r->atoms; i++)
        if (!(r->count[i] >= 0 && r->count[i] <= 1e9) || r->count[i] != floor(r->count[i]))
            return hz_fail(err, HZ_EDATA, "disclosure: count %zu is not whole, expected one from 0 "
                           "to 1e9", i + 1);
    all = targets(w);
    w->value = hz_mem_new(r->figures, sizeof *w->value);
    w->low = hz_mem_new(all, sizeof *w->low);
    w->high = hz_mem_new(all, sizeof *w->high);
    w->corner = hz_mem_new(r->atoms, sizeof *w->corner);
    w->tight = hz_mem_new(r->figures, 1);
    w->cost = hz_mem_new(r->figures, sizeof *w->cost);
    w->gives = hz_mem_new(r->figures, 1);
    if (!w->value || !w->low || !w->high || !w->corner || !w->tight || !w->cost ||
        !w->gives)
        return hz_mem_fail(err, "disclosure");
    hz_status st = hz_bound_new(r->atoms, &w->bound, err);
    for (size_t f = 0; !st && f < r->figures; f++) {
        for (size_t k = r->first[f]; k < r->first[f + 1]; k++)
            w->value[f] += r->count[r->atom[k]];
        st = hz_bound_know(w->bound, r->atom + r->first[f], r->first[f + 1] - r->first[f],
                           w->value[f], err);
    }
    for (size_t f = 0; f < r->figures; f++)
        w->cost[f] = r->fixed && r->fixed[f] ? INFINITY
                                             : (double)(r->first[f + 1] - r->first[f]) *
                                                   (r->weight ? r->weight[f] : 1);
    for (size_t t = 0; t < all; t++)
        w->low[t] = w->high[t] = st ? 0 : value_of(w, t);
    return st;
}

static void finish(release_work *w)
{
    hz_bound_free(w->bound);
    hz_mem_free(w->value);
    hz_mem_free(w->low);
    hz_mem_free(w->high);
    hz_mem_free(w->corner);
    hz_mem_free(w->tight);
    hz_mem_free(w->cost);
    hz_mem_free(w->gives);
}

static void hide(release_work *w, size_t figure)
{
    w->hidden[figure] = 1;
    hz_bound_forget(w->bound, figure);
}

/* Bounds of one target, with all that its corners teach about the others. */
static hz_status look(release_work *w, size_t target, hz_error *err)
{
    const uint32_t *set;
    size_t size;
    uint32_t own;
    hz_bound_range range;
    set_of(w, target, &set, &size, &own);
    hz_status st = hz_bound_find(w->bound, set, size, &range, w->tight, err);
    if (st)
        return st;
    for (int side = 0; side < 2; side++)
        if (hz_bound_corner(w->bound, side, w->corner))
            learn(w, w->corner);
    w->low[target] = fmin(w->low[target], range.low);
    w->high[target] = fmax(w->high[target], range.high);
    return HZ_OK;
}

/* Among the shown figures that hold the narrow end in place, the one of fewest atoms, the first of
 * these; SIZE_MAX if there is none. */
static size_t choose_guard(const release_work *w, size_t target)
{
    double low, high;
    size_t best = SIZE_MAX, fewest = SIZE_MAX;
    promise(w, target, &low, &high);
    unsigned side = (w->low[target] > low ? 1u : 0u) | (w->high[target] < high ? 2u : 0u);
    for (size_t f = 0; f < w->r->figures; f++) {
        size_t size = w->r->first[f + 1] - w->r->first[f];
        if (w->hidden[f] || (w->r->fixed && w->r->fixed[f]) || size == 0)
            continue;
        if ((w->tight[f] & side) && size < fewest) {
            fewest = size;
            best = f;
        }
    }
    return best;
}

static size_t hide_given(release_work *w)
{
    size_t n = 0;
    for (size_t f = 0; f < w->r->figures; f++)
        if (w->gives[f]) {
            hide(w, f);
            n++;
        }
    return n;
}

/* Hide what it costs least to hide so that a target may reach an end of its range: the shown figures
 * that differ in the nearest other table, each difference times the figure's atoms.  Where that needs
 * none in fractions, but does in whole numbers, one that holds the end in place. */
static hz_status guard(release_work *w, size_t target, size_t *found, hz_error *err)
{
    const uint32_t *set;
    size_t size;
    uint32_t own;
    double end[2];
    set_of(w, target, &set, &size, &own);
    promise(w, target, &end[0], &end[1]);
    *found = 0;
    for (int side = 0; side < 2; side++) {
        if (side ? w->high[target] >= end[1] : w->low[target] <= end[0])
            continue;
        hz_status st = hz_bound_give(w->bound, set, size, end[side], w->cost, w->gives, err);
        if (st)
            return st;
        *found += hide_given(w);
    }
    size_t one = *found ? SIZE_MAX : choose_guard(w, target);
    if (one != SIZE_MAX) {
        hide(w, one);
        *found = 1;
    }
    return HZ_OK;
}

/* One round over all that needs cover: what guards one target may be enough for the next. */
static hz_status audit_round(release_work *w, size_t *open, size_t *lost, bool *any, hz_error *err)
{
    *open = 0;
    *lost = SIZE_MAX;
    *any = false;
    for (size_t t = 0; t < targets(w); t++) {
        size_t found;
        if (!needs_cover(w, t) || is_covered(w, t))
            continue;
        hz_status st = look(w, t, err);
        if (st)
            return st;
        if (is_covered(w, t))
            continue;
        ++*open;
        st = guard(w, t, &found, err);
        if (st)
            return st;
        w->guards += found;
        *any |= found > 0;
        if (!found && *lost == SIZE_MAX)
            *lost = t;
    }
    return HZ_OK;
}

static void hide_small(release_work *w, hz_disclosed *found)
{
    for (size_t f = 0; f < w->r->figures; f++) {
        w->hidden[f] = 0;
        if (!(is_small(w, w->value[f]) || is_few(w, f)) || (w->r->fixed && w->r->fixed[f]))
            continue;
        if (w->r->first[f + 1] == w->r->first[f])
            continue;
        hide(w, f);
        found->small++;
    }
}

hz_status hz_disclose_release(const hz_release *release, const hz_disclose_opts *opts,
                              unsigned char *hidden, hz_disclosed *found, hz_error *err)
{
    static const hz_disclose_opts defaults = HZ_DISCLOSE_DEFAULTS;
    release_work w;
    hz_disclosed d = { 0, 0, 0 };
    size_t open = 0, lost;
    hz_status st = start(&w, release, opts ? opts : &defaults, hidden, err);

    if (!st)
        hide_small(&w, &d);
    do {
        bool any = false;
        if (!st)
            st = audit_round(&w, &open, &lost, &any, err);
        d.rounds++;
        if (!st && open && !any)
            st = hz_fail(err, HZ_EDATA, "disclosure: %s %zu cannot be guarded: what is public "
                         "already gives it away",
                         lost < release->figures ? "figure" : "count",
                         lost < release->figures ? lost + 1 : lost - release->figures + 1);
    } while (!st && open);
    d.guards = w.guards;
    finish(&w);
    if (!st && found)
        *found = d;
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
    hz_status st = start(&w, release, opts ? opts : &defaults, own, err);
    for (size_t f = 0; !st && f < release->figures; f++)
        if (hidden[f])
            hide(&w, f);
    for (size_t t = 0; !st && t < targets(&w); t++) {
        if (needs_cover(&w, t))
            st = look(&w, t, err);
        narrow += !st && needs_cover(&w, t) && !is_covered(&w, t);
    }
    for (size_t f = 0; !st && f < release->figures; f++) {
        low[f] = w.low[f];
        high[f] = w.high[f];
    }
    if (!st)
        *open = narrow;
    finish(&w);
    hz_mem_free(own);
    return st;
}
