/* What of a release must stay open, and how far it is known to be. */
#include "stat/disclose_targets.h"

#include <math.h>

#include "hotzone/mem.h"

bool disclose_is_small(const release_work *w, double x)
{
    return (x > 0 && x < w->o->below) || (x == 0 && w->o->hide_zeros);
}

bool disclose_is_few(const release_work *w, size_t t)
{
    return w->r->few && t < w->fixed_targets && w->r->few[t];
}

bool disclose_needs_cover(const release_work *w, size_t t)
{
    if (t >= w->r->figures)
        return disclose_is_small(w, w->targets[t].value) || disclose_is_few(w, t);
    return w->hidden[t] && w->targets[t].size > 0 && hz_release_base(w->r, t) == 0;
}

void disclose_promise(const release_work *w, size_t t, bool wide, double *low, double *high)
{
    bool moved = t < w->r->figures && w->moved[t];
    double x = w->targets[t].value, width = moved ? w->o->below - 1 : fmax(2, x / 5);
    wide = wide && w->o->replayed;
    if (disclose_is_small(w, x)) {
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

hz_status disclose_look_before(release_work *w, size_t t, hz_error *err)
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

bool disclose_is_covered(const release_work *w, size_t t, bool wide)
{
    double low, high;
    disclose_promise(w, t, wide, &low, &high);
    return w->targets[t].low <= low && w->targets[t].high >= high;
}

void disclose_learn(release_work *w, const double *atoms)
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

hz_status disclose_start(release_work *w, const hz_release *r, const hz_disclose_opts *o,
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

void disclose_finish(release_work *w)
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

void disclose_hide(release_work *w, size_t figure)
{
    w->hidden[figure] = 1;
    hz_bound_forget(w->bound, figure);
}

hz_status disclose_list_rests(release_work *w, hz_error *err)
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

hz_status disclose_look(release_work *w, size_t t, bool greatest, double need, bool *reached,
                      hz_error *err)
{
    target *of = &w->targets[t];
    double end;
    bool found = false;
    hz_status st = hz_bound_screen(w->bound, of->set, of->size, greatest, &end, w->tight, err);
    if (st)
        return st;
    if (hz_bound_corner(w->bound, greatest, w->corner))
        disclose_learn(w, w->corner);
    if (isinf(end))
        of->high = INFINITY;
    *reached = greatest ? of->high >= need : of->low <= need;
    if (*reached || (greatest ? end < need - 1e-6 : end > need + 1e-6))
        return HZ_OK;
    st = hz_bound_near(w->bound, w->r->count, of->set, of->size, need, w->corner, &found, err);
    if (!st && found)
        disclose_learn(w, w->corner);
    *reached = found;
    return st;
}
