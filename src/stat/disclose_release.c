/* Hides small counts of a whole release, and what would give them away. */
#include "stat/disclose_targets.h"

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
            disclose_hide(w, f);
            ++*found;
        }
    size_t one = st || *found ? SIZE_MAX : choose_guard(w, t);
    if (one != SIZE_MAX) {
        disclose_hide(w, one);
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
    disclose_promise(w, t, true, &end[0], &end[1]);
    disclose_promise(w, t, false, &strict[0], &strict[1]);
    *closed = *lost = false;
    if (greatest ? w->targets[t].high >= end[1] : w->targets[t].low <= end[0])
        return HZ_OK;
    hz_status st = disclose_look(w, t, greatest, end[greatest], &reached, err);
    if (st || reached)
        return st;
    st = guard_end(w, t, end[greatest], &found, err);
    if (!st && !found)
        st = disclose_look(w, t, greatest, strict[greatest], &reached, err);
    *closed = !reached;
    *lost = !reached && !found;
    return st;
}

/* One round over all that needs cover: what guards one target may be enough for the next. */
static hz_status audit_round(release_work *w, size_t *open, size_t *lost, hz_error *err)
{
    hz_status st = disclose_list_rests(w, err);
    *open = 0;
    *lost = SIZE_MAX;
    for (size_t t = 0; !st && t < w->count; t++) {
        if (!disclose_needs_cover(w, t))
            continue;
        st = disclose_look_before(w, t, err);
        if (st || disclose_is_covered(w, t, true))
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
        if (w->state[f] == HZ_FIGURE_SECRET || disclose_is_small(w, w->targets[f].value) ||
            disclose_is_few(w, f)) {
            disclose_hide(w, f);
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
    hz_status st = disclose_start(&w, release, opts ? opts : &defaults, hidden, err);

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
    disclose_finish(&w);
    if (!st && found)
        *found = d;
    return st;
}
