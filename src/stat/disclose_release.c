/* Hides small counts of a whole release, and what would give them away. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/bound.h"
#include "hotzone/disclose.h"
#include "hotzone/mem.h"
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


static bool is_small(const release_work *w, double x)
{
    return (x > 0 && x < w->o->below) || (x == 0 && w->o->hide_zeros);
}

static bool is_few(const release_work *w, size_t t)
{
    return w->r->few && t < w->fixed_targets && w->r->few[t];
}

/* Must this target stay open?  Hidden figures must, and small atoms and rests, published or not. */
static bool needs_cover(const release_work *w, size_t t)
{
    if (t >= w->r->figures)
        return is_small(w, w->targets[t].value) || is_few(w, t);
    return w->hidden[t] && w->targets[t].size > 0 && hz_release_base(w->r, t) == 0;
}

/* The range that it must keep; `wide`: that is asked for to decide on guards. */
static void promise(const release_work *w, size_t t, bool wide, double *low, double *high)
{
    bool moved = t < w->r->figures && w->moved[t];
    double x = w->targets[t].value, width = moved ? w->o->below - 1 : fmax(2, x / 5);
    wide = wide && w->o->replayed;
    if (is_small(w, x)) {
        *low = w->o->hide_zeros ? 0 : 1;
        *high = (w->o->below - 1) * (wide ? 2 : 1);
        if (wide && w->before)
            *high = fmax(w->o->below - 1, fmin(*high, w->targets[t].most));
    } else {
        *low = fmax(0, ceil(x - width));
        *high = floor(x + width) + (wide ? w->o->below - 2 : 0);
        if (w->before) {
            *low = fmax(*low, w->targets[t].least);
            *high = fmin(*high, w->targets[t].most);
        }
    }
}

/* What was public before bounds a guard that is part of it, or that it is part of, whatever is hidden
 * now. */
static hz_status look_before(release_work *w, size_t t, hz_error *err)
{
    target *of = &w->targets[t];
    double low = 0, high = INFINITY;
    if (!w->before || of->most >= 0)
        return HZ_OK;
    hz_status st = hz_bound_screen(w->before, of->set, of->size, false, &low, w->tight, err);
    if (!st)
        st = hz_bound_screen(w->before, of->set, of->size, true, &high, w->tight, err);
    if (!st) {
        of->least = ceil(low - 1e-6);
        of->most = floor(high + 1e-6);
    }
    return st;
}

static bool is_covered(const release_work *w, size_t t, bool wide)
{
    double low, high;
    promise(w, t, wide, &low, &high);
    return w->targets[t].low <= low && w->targets[t].high >= high;
}

/* One table of whole numbers that agrees with all that is shown widens what is known to be open. */
static void learn(release_work *w, const double *atoms)
{
    for (size_t t = 0; t < w->count; t++) {
        target *of = &w->targets[t];
        double sum = 0;
        for (size_t i = 0; i < of->size; i++)
            sum += atoms[of->set[i]];
        of->low = fmin(of->low, sum);
        of->high = fmax(of->high, sum);
    }
}

static hz_status check(const hz_release *r, const hz_disclose_opts *o, hz_error *err)
{
    if (!(o->below >= 2) || o->below != floor(o->below))
        return hz_fail(err, HZ_EUSAGE, "threshold: %g, expected a whole number of 2 or more",
                       o->below);
    if (r->atoms > HZ_RELEASE_MOST || r->figures > HZ_RELEASE_MOST)
        return hz_fail(err, HZ_EDATA, "disclosure: %zu figures of %zu counts, expected at most %d "
                       "of each in one release", r->figures, r->atoms, HZ_RELEASE_MOST);
    for (size_t i = 0; i < r->atoms; i++)
        if (!(r->count[i] >= 0 && r->count[i] <= 1e9) || r->count[i] != floor(r->count[i]))
            return hz_fail(err, HZ_EDATA, "disclosure: count %zu is not whole, expected one from 0 "
                           "to 1e9", i + 1);
    return HZ_OK;
}

static target *add_target(release_work *w, const uint32_t *set, size_t size)
{
    target *t = &w->targets[w->count++];
    *t = (target){ .set = set, .size = size, .most = -1 };
    for (size_t i = 0; i < size; i++)
        t->value += w->r->count[set[i]];
    t->low = t->high = t->value;
    return t;
}

/* Up to 0.01, another for each figure (multiples of the golden section), so that one way to open a
 * sum is the cheapest.  Among many that cost the same the simplex takes one that depends on where it
 * came from, and so on hidden counts that have nothing to do with it. */
static double tie_breaker(size_t figure)
{
    double x = 0.618033988749895 * (double)(figure + 1);
    return 0.01 * (x - floor(x));
}

/* What was public before, and what must be hidden since an earlier figure differs by a few. */
static void settle_states(release_work *w)
{
    for (size_t f = 0; f < w->r->figures; f++) {
        double before = w->r->earlier ? w->r->earlier[f] : NAN, x = w->targets[f].value;
        w->state[f] = w->r->state ? w->r->state[f] : (unsigned char)HZ_FIGURE_FREE;
        if (w->state[f] == HZ_FIGURE_MOVED) {
            w->state[f] = HZ_FIGURE_SECRET;
            w->moved[f] = 1;
        }
        if (isnan(before))
            continue;
        if (before == x)
            w->state[f] = HZ_FIGURE_FIXED;
        else if (fabs(x - before) < w->o->below) {
            w->state[f] = HZ_FIGURE_SECRET;
            w->moved[f] = 1;
        }
    }
    for (size_t f = 0; f < w->r->figures; f++)
        w->cost[f] = w->state[f] == HZ_FIGURE_FIXED
                         ? INFINITY
                         : (double)(w->targets[f].size ? w->targets[f].size : 1) *
                               (w->r->weight ? w->r->weight[f] : 1) * (1 + tie_breaker(f));
}

static hz_status list_before(release_work *w, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t f = 0; !st && f < w->r->figures; f++) {
        const target *t = &w->targets[f];
        if (w->state[f] != HZ_FIGURE_FIXED)
            continue;
        if (!w->before)
            st = hz_bound_new(w->r->atoms, &w->before, err);
        if (!st)
            st = hz_bound_know(w->before, t->set, t->size, t->value, t->value, err);
    }
    return st;
}

static hz_status start(release_work *w, const hz_release *r, const hz_disclose_opts *o,
                       unsigned char *hidden, hz_error *err)
{
    *w = (release_work){ .r = r, .o = o, .hidden = hidden };
    hz_status st = check(r, o, err);
    if (st)
        return st;
    w->room = r->figures + r->atoms + 1;
    w->own = hz_mem_new(r->atoms, sizeof *w->own);
    w->targets = hz_mem_new(w->room, sizeof *w->targets);
    w->corner = hz_mem_new(r->atoms, sizeof *w->corner);
    w->state = hz_mem_new(r->figures, 1);
    w->moved = hz_mem_new(r->figures, 1);
    w->tight = hz_mem_new(r->figures, 1);
    w->cost = hz_mem_new(r->figures, sizeof *w->cost);
    w->gives = hz_mem_new(r->figures, 1);
    if (!w->own || !w->targets || !w->corner || !w->state || !w->moved || !w->tight || !w->cost ||
        !w->gives)
        return hz_mem_fail(err, "disclosure");
    st = hz_bound_new(r->atoms, &w->bound, err);
    for (size_t f = 0; !st && f < r->figures; f++) {
        size_t size = r->first[f + 1] - r->first[f];
        double x = add_target(w, r->atom + r->first[f], size)->value, base = hz_release_base(r, f);
        double low = base > 0 ? fmax(0, hz_release_low(x, base)) : x;
        st = hz_bound_know(w->bound, r->atom + r->first[f], size, low,
                           base > 0 ? hz_release_low(x, base) + base - 1 : x, err);
    }
    for (size_t i = 0; !st && i < r->atoms; i++) {
        w->own[i] = (uint32_t)i;
        add_target(w, &w->own[i], 1);
    }
    w->fixed_targets = w->count;
    if (st)
        return st;
    settle_states(w);
    return list_before(w, err);
}

static void finish(release_work *w)
{
    hz_bound_free(w->bound);
    hz_bound_free(w->before);
    hz_rests_clear(&w->rests);
    hz_mem_free(w->own);
    hz_mem_free(w->targets);
    hz_mem_free(w->corner);
    hz_mem_free(w->state);
    hz_mem_free(w->moved);
    hz_mem_free(w->tight);
    hz_mem_free(w->cost);
    hz_mem_free(w->gives);
}

static void hide(release_work *w, size_t figure)
{
    w->hidden[figure] = 1;
    hz_bound_forget(w->bound, figure);
}

/* What shown figures leave of each other now. */
static hz_status list_rests(release_work *w, hz_error *err)
{
    w->count = w->fixed_targets;
    hz_status st = hz_rests_find(w->r, w->hidden, w->o, &w->rests, err);
    if (st)
        return st;
    if (w->fixed_targets + w->rests.n > w->room) {
        size_t room = w->fixed_targets + 2 * w->rests.n;
        target *more = hz_mem_resize(w->targets, room, sizeof *more);
        if (!more)
            return hz_mem_fail(err, "disclosure");
        w->targets = more;
        w->room = room;
    }
    for (size_t k = 0; k < w->rests.n; k++)
        add_target(w, w->rests.atom + w->rests.first[k], w->rests.first[k + 1] - w->rests.first[k]);
    return HZ_OK;
}

/* Can this end of a target's promise be reached?  First the linear bound, whose corner may be a
 * table already; then a table near the true one. */
static hz_status look(release_work *w, size_t t, bool greatest, double need, bool *reached,
                      hz_error *err)
{
    target *of = &w->targets[t];
    double end;
    bool found = false;
    hz_status st = hz_bound_screen(w->bound, of->set, of->size, greatest, &end, w->tight, err);
    if (st)
        return st;
    if (hz_bound_corner(w->bound, greatest, w->corner))
        learn(w, w->corner);
    if (isinf(end))
        of->high = INFINITY;
    *reached = greatest ? of->high >= need : of->low <= need;
    if (*reached || (greatest ? end < need - 1e-6 : end > need + 1e-6))
        return HZ_OK;
    st = hz_bound_near(w->bound, w->r->count, of->set, of->size, need, w->corner, &found, err);
    if (!st && found)
        learn(w, w->corner);
    *reached = found;
    return st;
}

/* Among the shown figures that hold the narrow end in place, the one of fewest atoms, the first of
 * these; where no linear bound holds it, among those that share an atom with it.  SIZE_MAX if
 * there is none. */
static size_t choose_guard(const release_work *w, size_t t)
{
    size_t best = SIZE_MAX, fewest = SIZE_MAX;
    for (int way = 0; way < 2 && best == SIZE_MAX; way++)
        for (size_t f = 0; f < w->r->figures; f++) {
            size_t size = w->targets[f].size;
            if (w->hidden[f] || w->state[f] == HZ_FIGURE_FIXED || size == 0 || size >= fewest)
                continue;
            if (way == 0 ? w->tight[f]
                         : hz_release_meets(w->targets[t].set, w->targets[t].size,
                                            w->targets[f].set, size)) {
                fewest = size;
                best = f;
            }
        }
    return best;
}

/* Hide what it costs least to hide so that a target may reach an end of its range: the shown figures
 * that differ in the nearest other table, each difference times the figure's atoms.  Where that needs
 * none in fractions, but does in whole numbers, one that holds the end in place. */
static hz_status guard_end(release_work *w, size_t t, double need, size_t *found, hz_error *err)
{
    const target *of = &w->targets[t];
    hz_status st = hz_bound_give(w->bound, of->set, of->size, need, w->cost, w->gives, err);
    *found = 0;
    for (size_t f = 0; !st && f < w->r->figures; f++)
        if (w->gives[f] && !w->hidden[f]) {
            hide(w, f);
            ++*found;
        }
    size_t one = st || *found ? SIZE_MAX : choose_guard(w, t);
    if (one != SIZE_MAX) {
        hide(w, one);
        *found = 1;
    }
    w->guards += *found;
    return st;
}

/* One end of what a target must keep: hide guards until it may be reached.  Where nothing is left to
 * hide what is promised must do; *lost: it does not. */
static hz_status open_end(release_work *w, size_t t, bool greatest, bool *closed, bool *lost,
                          hz_error *err)
{
    double end[2], strict[2];
    bool reached = true;
    size_t found = 0;
    promise(w, t, true, &end[0], &end[1]);
    promise(w, t, false, &strict[0], &strict[1]);
    *closed = *lost = false;
    if (greatest ? w->targets[t].high >= end[1] : w->targets[t].low <= end[0])
        return HZ_OK;
    hz_status st = look(w, t, greatest, end[greatest], &reached, err);
    if (st || reached)
        return st;
    st = guard_end(w, t, end[greatest], &found, err);
    if (!st && !found)
        st = look(w, t, greatest, strict[greatest], &reached, err);
    *closed = !reached;
    *lost = !reached && !found;
    return st;
}

/* One round over all that needs cover: what guards one target may be enough for the next. */
static hz_status audit_round(release_work *w, size_t *open, size_t *lost, hz_error *err)
{
    hz_status st = list_rests(w, err);
    *open = 0;
    *lost = SIZE_MAX;
    for (size_t t = 0; !st && t < w->count; t++) {
        if (!needs_cover(w, t))
            continue;
        st = look_before(w, t, err);
        if (st || is_covered(w, t, true))
            continue;
        for (int side = 0; !st && side < 2; side++) {
            bool closed, none_left;
            st = open_end(w, t, side, &closed, &none_left, err);
            *open += !st && closed;
            if (!st && none_left && *lost == SIZE_MAX)
                *lost = t;
        }
    }
    return st;
}

static void hide_small(release_work *w, hz_disclosed *found)
{
    for (size_t f = 0; f < w->r->figures; f++) {
        w->hidden[f] = 0;
        if (w->state[f] == HZ_FIGURE_FIXED || hz_release_base(w->r, f) > 0 || w->targets[f].size == 0)
            continue;
        if (w->state[f] == HZ_FIGURE_SECRET || is_small(w, w->targets[f].value) || is_few(w, f)) {
            hide(w, f);
            found->small++;
        }
    }
}

static hz_status cannot_guard(const release_work *w, size_t lost, hz_error *err)
{
    bool figure = lost < w->r->figures;
    size_t number = figure ? lost + 1 : lost < w->fixed_targets ? lost - w->r->figures + 1
                                                                : lost - w->fixed_targets + 1;
    return hz_fail(err, HZ_EDATA, "disclosure: %s %zu cannot be guarded: what is public already "
                   "gives it away",
                   figure ? "figure" : lost < w->fixed_targets ? "count" : "difference", number);
}

hz_status hz_disclose_release(const hz_release *release, const hz_disclose_opts *opts,
                              unsigned char *hidden, hz_disclosed *found, hz_error *err)
{
    static const hz_disclose_opts defaults = HZ_DISCLOSE_DEFAULTS;
    release_work w;
    hz_disclosed d = { 0, 0, 0 };
    size_t open = 0, lost = 0;
    hz_status st = start(&w, release, opts ? opts : &defaults, hidden, err);

    if (!st)
        hide_small(&w, &d);
    do {
        size_t before = w.guards;
        if (!st)
            st = audit_round(&w, &open, &lost, err);
        d.rounds++;
        if (!st && open && w.guards == before)
            st = cannot_guard(&w, lost, err);
    } while (!st && open);
    d.guards = w.guards;
    finish(&w);
    if (!st && found)
        *found = d;
    return st;
}

/* The exact range of a hidden figure, or of what must stay open. */
static hz_status measure(release_work *w, size_t t, hz_error *err)
{
    hz_bound_range range;
    target *of = &w->targets[t];
    hz_status st = hz_bound_find(w->bound, of->set, of->size, &range, w->tight, err);
    for (int side = 0; !st && side < 2; side++)
        if (hz_bound_corner(w->bound, side, w->corner))
            learn(w, w->corner);
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
    hz_status st = start(&w, release, opts ? opts : &defaults, own, err);
    for (size_t f = 0; !st && f < release->figures; f++)
        if (hidden[f])
            hide(&w, f);
    if (!st)
        st = list_rests(&w, err);
    for (size_t t = 0; !st && t < w.count; t++) {
        double end[2];
        bool reached = true;
        if (!needs_cover(&w, t) && !(t < release->figures && hidden[t]))
            continue;
        st = measure(&w, t, err);
        if (!st)
            st = look_before(&w, t, err);
        promise(&w, t, false, &end[0], &end[1]);
        for (int side = 0; !st && side < 2 && needs_cover(&w, t) && !is_covered(&w, t, false); side++)
            st = look(&w, t, side, end[side], &reached, err);
        narrow += !st && needs_cover(&w, t) && !is_covered(&w, t, false);
    }
    for (size_t f = 0; !st && f < release->figures; f++) {
        low[f] = w.targets[f].low;
        high[f] = w.targets[f].high;
    }
    if (!st)
        *open = narrow;
    finish(&w);
    hz_mem_free(own);
    return st;
}
