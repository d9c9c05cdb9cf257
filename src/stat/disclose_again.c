/* Hides small counts of a release that follows others of another time, and the small changes between
 * them. */
#include <math.h>

#include "hotzone/bound.h"
#include "hotzone/mem.h"
#include "stat/disclose_parts.h"

typedef struct {
    hz_release r;               /* the caller's, with states of our own */
    const hz_disclose_opts *o;
    size_t times, all;          /* all: figures, with those that were told at other times alone */
    const double *then;         /* times * all; NAN: not shown then */
    hz_bound **before;          /* per time: what was shown then */
    hz_bound *now;
    unsigned char *state;       /* figures */
    unsigned char *hidden;      /* the caller's */
    double *cost;               /* of hiding a figure */
    unsigned char *gives;
    uint32_t *set;              /* atoms: of the set that is looked at */
    uint32_t *mark;             /* atoms: of the figure numbered so, if still in it */
    uint32_t stamp;
    uint32_t *up;               /* atoms: another whose change is known only together with its own, or itself */
    size_t *least;              /* atoms: the smallest figure shown with it */
    size_t more;                /* figures hidden for the sake of a change, in this round */
} again_work;

static size_t size_of(const again_work *w, size_t f)
{
    return w->r.first[f + 1] - w->r.first[f];
}

static double value_of(const again_work *w, const uint32_t *set, size_t size)
{
    double sum = 0;
    for (size_t i = 0; i < size; i++)
        sum += w->r.count[set[i]];
    return sum;
}

static void finish(again_work *w)
{
    for (size_t k = 0; w->before && k < w->times; k++)
        hz_bound_free(w->before[k]);
    hz_bound_free(w->now);
    hz_mem_free(w->before);
    hz_mem_free(w->state);
    hz_mem_free(w->cost);
    hz_mem_free(w->gives);
    hz_mem_free(w->set);
    hz_mem_free(w->mark);
    hz_mem_free(w->up);
    hz_mem_free(w->least);
}

static hz_status list_before(again_work *w, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t k = 0; !st && k < w->times; k++) {
        const double *shown = w->then + k * w->all;
        st = hz_bound_new(w->r.atoms, &w->before[k], err);
        for (size_t f = 0; !st && f < w->all; f++)
            if (!isnan(shown[f]))
                st = hz_bound_know(w->before[k], w->r.atom + w->r.first[f], size_of(w, f), shown[f],
                                   shown[f], err);
    }
    return st;
}

static hz_status start(again_work *w, hz_error *err)
{
    w->before = hz_mem_new(w->times, sizeof *w->before);
    w->state = hz_mem_new(w->r.figures, 1);
    w->cost = hz_mem_new(w->r.figures, sizeof *w->cost);
    w->gives = hz_mem_new(w->r.figures, 1);
    w->set = hz_mem_new(w->r.atoms, sizeof *w->set);
    w->mark = hz_mem_new(w->r.atoms, sizeof *w->mark);
    w->up = hz_mem_new(w->r.atoms, sizeof *w->up);
    w->least = hz_mem_new(w->r.atoms, sizeof *w->least);
    if (!w->before || !w->state || !w->cost || !w->gives || !w->set || !w->mark || !w->up || !w->least)
        return hz_mem_fail(err, "disclosure");
    for (size_t f = 0; f < w->r.figures; f++) {
        w->state[f] = w->r.state ? w->r.state[f] : (unsigned char)HZ_FIGURE_FREE;
        w->cost[f] = w->state[f] == HZ_FIGURE_FIXED ? INFINITY : fmax(1, (double)size_of(w, f));
    }
    w->r.state = w->state;
    return list_before(w, err);
}

/* What is shown now; fact f is figure f. */
static hz_status list_now(again_work *w, hz_error *err)
{
    hz_status st;
    hz_bound_free(w->now);
    w->now = NULL;
    st = hz_bound_new(w->r.atoms, &w->now, err);
    for (size_t f = 0; !st && f < w->r.figures; f++) {
        const uint32_t *set = w->r.atom + w->r.first[f];
        double x = value_of(w, set, size_of(w, f));
        st = hz_bound_know(w->now, set, size_of(w, f), x, x, err);
        if (!st && w->hidden[f])
            hz_bound_forget(w->now, f);
    }
    return st;
}

/* ---- one change ------------------------------------------------------------------------- */

/* What the count must be able to be now, so that its change may be anything small: low..high; false
 * where its change is not small, whatever of what it may have been then was true. */
static bool ask(const again_work *w, double x, const hz_bound_range *then, double *low,
                double *high)
{
    double most = w->o->below - 1, fewer = fmin(most, then->low);
    bool rose = !then->exact || (x - then->low >= 1 && x - then->high <= most);
    bool fell = !then->exact || (then->high - x >= 1 && then->low - x <= most);
    *low = rose && !fell ? then->high + 1 : fell ? then->high - fmin(most, then->high) : 0;
    *high = rose ? then->low + most : then->low - fmin(1, fewer);
    return rose || fell;
}

static void hide(again_work *w, size_t figure, hz_figure_state why)
{
    w->state[figure] = (unsigned char)why;
    w->hidden[figure] = 1;
    w->more++;
    hz_bound_forget(w->now, figure);
}

/* Of the shown figures that may be hidden and share an atom with a set, the one of fewest atoms. */
static size_t choose(const again_work *w, const uint32_t *set, size_t size)
{
    size_t best = SIZE_MAX;
    for (size_t f = 0; f < w->r.figures; f++)
        if (!w->hidden[f] && w->state[f] != HZ_FIGURE_FIXED && size_of(w, f) > 0 &&
            hz_release_meets(set, size, w->r.atom + w->r.first[f], size_of(w, f)) &&
            (best == SIZE_MAX || size_of(w, f) < size_of(w, best)))
            best = f;
    return best;
}

/* Let a set's count be `end`: hide the shown figures that differ in the nearest table in which it is. */
static hz_status open_end(again_work *w, const uint32_t *set, size_t size, double end,
                          hz_error *err)
{
    size_t before = w->more;
    hz_status st = hz_bound_give(w->now, set, size, end, w->cost, w->gives, err);
    for (size_t f = 0; !st && f < w->r.figures; f++)
        if (w->gives[f] && !w->hidden[f])
            hide(w, f, HZ_FIGURE_SECRET);
    size_t one = st || w->more > before ? SIZE_MAX : choose(w, set, size);
    if (one != SIZE_MAX)
        hide(w, one, HZ_FIGURE_SECRET);
    if (!st && w->more == before)
        st = hz_fail(err, HZ_EDATA, "disclosure: a change since an earlier release cannot be guarded: "
                     "what is public already gives it away");
    return st;
}

/* As `ask`, of a set of atoms, by what was shown at a time. */
static hz_status ask_then(again_work *w, size_t time, const uint32_t *set, size_t size, bool *asked,
                          double *low, double *high, hz_error *err)
{
    hz_bound_range then;
    hz_status st = hz_bound_find(w->before[time], set, size, &then, NULL, err);
    if (!st && (isnan(then.low) || isnan(then.high))) /* cut short: as if all were possible */
        then = (hz_bound_range){ 0, INFINITY, false };
    if (!st)
        *asked = ask(w, value_of(w, set, size), &then, low, high);
    return st;
}

/* A figure that is shown and may not be, whatever else is: these go first, so that they can be room for
 * each other. */
static hz_status look_at_figures(again_work *w, size_t time, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t f = 0; !st && f < w->r.figures; f++) {
        const uint32_t *set = w->r.atom + w->r.first[f];
        double low, high, x = value_of(w, set, size_of(w, f));
        bool asked = false;
        if (w->hidden[f] || w->state[f] == HZ_FIGURE_FIXED || size_of(w, f) == 0)
            continue;
        st = ask_then(w, time, set, size_of(w, f), &asked, &low, &high, err);
        if (!st && asked && (x > low || x < high))
            hide(w, f, HZ_FIGURE_MOVED);
    }
    return st;
}

static hz_status look(again_work *w, size_t time, const uint32_t *set, size_t size, hz_error *err)
{
    hz_bound_range now;
    double low, high;
    bool asked = false;
    hz_status st = ask_then(w, time, set, size, &asked, &low, &high, err);
    if (st || !asked)
        return st;
    for (int end = 0; !st && end < 2; end++) {
        st = hz_bound_find(w->now, set, size, &now, NULL, err);
        if (!st && end == 0 && !(now.low <= low))
            st = open_end(w, set, size, low, err);
        else if (!st && end == 1 && !(now.high >= high))
            st = open_end(w, set, size, high, err);
    }
    return st;
}

/* ---- whose changes are looked at -------------------------------------------------------- */

static bool is_within(const again_work *w, size_t f)
{
    for (size_t k = w->r.first[f]; k < w->r.first[f + 1]; k++)
        if (w->mark[w->r.atom[k]] != w->stamp)
            return false;
    return size_of(w, f) > 0;
}

/* What is left of a figure when as many others that are shown both times, and have room in it beside
 * each other, are taken from it, single atoms first or last. */
static size_t rest_of(again_work *w, size_t time, size_t f, bool single_first)
{
    const double *then = w->then + time * w->all;
    size_t n = 0;
    w->stamp++;
    for (size_t k = w->r.first[f]; k < w->r.first[f + 1]; k++)
        w->mark[w->r.atom[k]] = w->stamp;
    for (int pass = 0; pass < 2; pass++)
        for (size_t g = 0; g < w->r.figures; g++) {
            if (g == f || w->hidden[g] || isnan(then[g]) || size_of(w, g) >= size_of(w, f) ||
                (size_of(w, g) == 1) != ((pass == 0) == single_first) || !is_within(w, g))
                continue;
            for (size_t k = w->r.first[g]; k < w->r.first[g + 1]; k++)
                w->mark[w->r.atom[k]] = 0;
        }
    for (size_t k = w->r.first[f]; k < w->r.first[f + 1]; k++)
        if (w->mark[w->r.atom[k]] == w->stamp)
            w->set[n++] = w->r.atom[k];
    return n < size_of(w, f) ? n : 0;
}

static uint32_t top(const again_work *w, uint32_t atom)
{
    while (w->up[atom] != atom)
        atom = w->up[atom];
    return atom;
}

/* What a table tells of figures within each other are sums over the atoms that have the same smallest
 * figure shown: these are tied together. */
static void tie(again_work *w, const double *shown)
{
    for (size_t i = 0; i < w->r.atoms; i++)
        w->least[i] = SIZE_MAX;
    for (size_t f = 0; f < (shown ? w->all : w->r.figures); f++)
        for (size_t k = w->r.first[f]; k < w->r.first[f + 1]; k++) {
            size_t *least = &w->least[w->r.atom[k]];
            if ((shown ? !isnan(shown[f]) : !w->hidden[f]) &&
                (*least == SIZE_MAX || size_of(w, f) < size_of(w, *least)))
                *least = f;
        }
    for (uint32_t i = 0; i < w->r.atoms; i++)
        for (uint32_t k = 0; k < i; k++)
            if (w->least[k] == w->least[i] && w->least[i] != SIZE_MAX) {
                w->up[top(w, i)] = top(w, k);
                break;
            }
}

/* Sets of atoms that both tables tell of, and no part of them: tied by either.  Exact where figures lie
 * within each other, as areas, sides of a focus and their sums do. */
static hz_status look_at_ties(again_work *w, size_t time, hz_error *err)
{
    hz_status st = HZ_OK;
    for (uint32_t i = 0; i < w->r.atoms; i++)
        w->up[i] = i;
    tie(w, NULL);
    tie(w, w->then + time * w->all);
    for (uint32_t i = 0; !st && i < w->r.atoms; i++) {
        size_t n = 0;
        for (uint32_t k = 0; k < w->r.atoms && top(w, i) == i; k++)
            if (top(w, k) == i)
                w->set[n++] = k;
        if (n > 1)
            st = look(w, time, w->set, n, err);
    }
    return st;
}

static hz_status look_at_all(again_work *w, size_t time, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < w->r.atoms; i++) {
        const uint32_t own = (uint32_t)i;
        st = look(w, time, &own, 1, err);
    }
    for (size_t f = 0; !st && f < w->all; f++) { /* what was told then may be a sum of what is told now */
        if (size_of(w, f) > 1)
            st = look(w, time, w->r.atom + w->r.first[f], size_of(w, f), err);
        for (int way = 0; !st && way < 2; way++) {
            size_t n = rest_of(w, time, f, way);
            if (n > 1)
                st = look(w, time, w->set, n, err);
        }
    }
    return st ? st : look_at_ties(w, time, err);
}

hz_status hz_disclose_again(const hz_release *release, size_t times, size_t all,
                            const double *then, const hz_disclose_opts *opts,
                            unsigned char *hidden, hz_disclosed *found, hz_error *err)
{
    again_work w = { .r = *release, .o = opts, .times = times, .all = all,
                     .then = then, .hidden = hidden };
    hz_status st = start(&w, err);
    do {
        w.more = 0;
        if (!st)
            st = hz_disclose_release(&w.r, opts, hidden, found, err);
        if (!st && times)
            st = list_now(&w, err);
        for (size_t k = 0; !st && k < times; k++)
            st = look_at_figures(&w, k, err);
        for (size_t k = 0; !st && !w.more && k < times; k++)
            st = look_at_all(&w, k, err);
    } while (!st && w.more);
    finish(&w);
    return st;
}
