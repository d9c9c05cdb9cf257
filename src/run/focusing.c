/* Joins areas, events and residents, and weighs a focus on them. */
#include "hotzone/focusing.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/overlay.h"
#include "hotzone/text.h"

enum { DAY_S = 86400, SHORT_DAYS = 200, LONG_DAYS = 900 };

void hz_focusing_clear(hz_focusing *found)
{
    hz_focus_clear(&found->focus);
    hz_layer_free(found->later);
    hz_mem_free(found->parts);
    hz_residents_clear(&found->residents);
    memset(found, 0, sizeof *found);
}

/* What is made on the way. */
typedef struct {
    const hz_focusing_input *in;
    const hz_notice *notice;
    hz_error *err;
    hz_layer *areas, *events;   /* copies in metres */
    hz_rating rating;
    hz_layer *table;            /* area, name, events, population, shapes: rows that are whole areas
                                 * or, with a polygon for focus, parts of areas */
    unsigned char *inside;
    double *x, *y, *km2;
    hz_placing *placing;
    unsigned char *used;
    double beyond;
    hz_focusing out;
} work;

static void clear(work *w)
{
    hz_layer_free(w->areas);
    hz_layer_free(w->events);
    hz_rating_clear(&w->rating);
    hz_layer_free(w->table);
    hz_mem_free(w->inside);
    hz_mem_free(w->x);
    hz_mem_free(w->y);
    hz_mem_free(w->km2);
    hz_placing_free(w->placing);
    hz_mem_free(w->used);
    hz_focusing_clear(&w->out);
}

static hz_status to_metres(const hz_layer *from, const hz_crs *metric, hz_layer **out, hz_error *err)
{
    hz_layer *copy = NULL;
    hz_status st = hz_layer_copy(from, &copy, err);
    if (!st && metric && hz_layer_crs(copy))
        st = hz_layer_to_crs(copy, metric, err);
    if (st)
        hz_layer_free(copy);
    else
        *out = copy;
    return st;
}

static hz_status measure(work *w)
{
    const hz_layer *areas = w->in->rating->areas, *events = w->in->rating->events;
    hz_crs *metric = NULL;
    hz_status st = HZ_OK;
    if (hz_layer_shapes(areas))
        st = hz_layer_metric(areas, &metric, w->notice, w->err);
    if (!st)
        st = to_metres(areas, metric, &w->areas, w->err);
    if (!st && events)
        st = to_metres(events, metric, &w->events, w->err);
    hz_crs_free(metric);
    return st;
}

static hz_status rate(work *w)
{
    hz_rating_input in = *w->in->rating;
    in.areas = w->areas;
    if (in.events)
        in.events = w->events;
    in.rates.hide_below = 0;
    in.rates.smoothing = HZ_SMOOTH_NONE;
    hz_status st = hz_rating_make(&in, &w->rating, w->notice, w->err);
    if (!st) {
        w->out.fate = w->rating.fate;
        w->out.period = w->rating.period;
        w->out.span = w->rating.span;
    }
    return st;
}

/* ---- a focus of whole areas ------------------------------------------------------- */

static hz_status no_area(const work *w, const char *name)
{
    size_t n = hz_layer_rows(w->rating.table);
    const char **names = hz_mem_new(2 * n, sizeof *names);
    if (!names)
        return hz_mem_fail(w->err, "focus");
    for (size_t i = 0; i < n; i++) {
        names[i] = hz_layer_text(w->rating.table, "area", i);
        names[n + i] = hz_layer_text(w->rating.table, "name", i);
    }
    const char *near = hz_text_nearest(name, names, 2 * n);
    hz_status st = near ? hz_fail(w->err, HZ_EUSAGE, "focus: '%s' is no area of %s, did you mean "
                                  "'%s'?", name, hz_layer_name(w->areas), near)
                        : hz_fail(w->err, HZ_EUSAGE, "focus: '%s' is no area of %s, expected an id "
                                  "or a name", name, hz_layer_name(w->areas));
    hz_mem_free(names);
    return st;
}

static hz_status mark_areas(work *w)
{
    size_t n = hz_layer_rows(w->rating.table);
    hz_text names = { 0 };
    hz_status st = HZ_OK;
    w->inside = hz_mem_new(n, 1);
    if (!w->inside)
        return hz_mem_fail(w->err, "focus");
    for (size_t k = 0; !st && k < w->in->focus_count; k++) {
        const char *wanted = w->in->focus[k];
        size_t i = 0;
        while (i < n && strcmp(wanted, hz_layer_text(w->rating.table, "area", i)) != 0)
            i++;
        for (size_t j = 0; i == n && j < n; j++)
            if (strcmp(wanted, hz_layer_text(w->rating.table, "name", j)) == 0)
                i = j;
        if (i == n) {
            st = no_area(w, wanted);
            break;
        }
        if (!w->inside[i])
            hz_text_addf(&names, "%s%s", names.length ? ", " : "",
                         hz_layer_text(w->rating.table, "name", i));
        w->out.focus_areas += !w->inside[i];
        w->inside[i] = 1;
    }
    if (!st && names.failed)
        st = hz_mem_fail(w->err, "focus");
    if (!st && w->out.focus_areas == n)
        st = hz_fail(w->err, HZ_EUSAGE, "focus: holds all %zu areas, expected some outside it", n);
    snprintf(w->out.name, sizeof w->out.name, "%s", hz_text_get(&names));
    hz_text_free(&names);
    if (!st)
        st = hz_layer_copy(w->rating.table, &w->table, w->err);
    return st;
}

/* ---- a focus of polygons ---------------------------------------------------------- */

/* Parts of one area: [0] outside the focus, [1] in it. */
typedef struct {
    hz_shapes *part[2];
    double share[2]; /* of the area's land */
} cut_area;

/* Slivers of borders that do not quite match are no parts: under a thousandth of the area. */
static const double least_share = 1e-3;

static hz_status cut_one(const hz_shapes *areas, size_t i, const hz_shapes *focus, cut_area *cut,
                         hz_error *err)
{
    hz_status st = hz_overlay(areas, i, focus, 0, HZ_OVERLAY_DIFFERENCE, &cut->part[0], err);
    if (!st)
        st = hz_overlay(areas, i, focus, 0, HZ_OVERLAY_INTERSECTION, &cut->part[1], err);
    if (st)
        return st;
    double out = hz_shape_area(cut->part[0], 0), in = hz_shape_area(cut->part[1], 0);
    cut->share[1] = in + out > 0 ? in / (in + out) : 0;
    if (cut->share[1] < least_share)
        cut->share[1] = 0;
    if (cut->share[1] > 1 - least_share)
        cut->share[1] = 1;
    cut->share[0] = 1 - cut->share[1];
    return HZ_OK;
}

/* All parts in one set of shapes; a part that is the whole area keeps its shape bit for bit. */
static hz_status join_parts(const hz_shapes *areas, const cut_area *cuts, size_t parts,
                            hz_shapes **out, hz_error *err)
{
    size_t rings = 0, points = 0, f = 0;
    hz_shapes *s = NULL;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < areas->features; i++)
            for (int k = 0; k < 2; k++) {
                if (!(cuts[i].share[k] > 0))
                    continue;
                bool whole = cuts[i].share[k] == 1;
                const hz_shapes *from = whole ? areas : cuts[i].part[k];
                size_t first = from->first_ring[whole ? i : 0];
                size_t last = from->first_ring[(whole ? i : 0) + 1];
                for (size_t r = first; r < last; r++) {
                    size_t at = from->first_point[r], n = from->first_point[r + 1] - at;
                    if (pass) {
                        memcpy(s->x + points, from->x + at, n * sizeof *s->x);
                        memcpy(s->y + points, from->y + at, n * sizeof *s->y);
                        s->hole[rings] = from->hole[r];
                        s->first_point[rings + 1] = points + n;
                    }
                    rings++;
                    points += n;
                }
                if (pass)
                    s->first_ring[++f] = rings;
            }
        if (!pass) {
            hz_status st = hz_shapes_new(HZ_POLYGON, parts, rings, points, &s, err);
            if (st)
                return st;
            rings = points = 0;
        }
    }
    *out = s;
    return HZ_OK;
}

/* The table of parts: ids, names, residents by land, shapes; events are counted afterwards. */
static hz_status tabulate_parts(work *w, const cut_area *cuts, size_t parts)
{
    const hz_layer *whole = w->rating.table;
    const double *people = hz_layer_numbers(whole, "population");
    size_t n = hz_layer_rows(whole), p = 0;
    hz_shapes *shapes = NULL;
    hz_crs *crs = NULL;
    char **texts = hz_mem_new(2 * parts, sizeof *texts);
    double *residents = hz_mem_new(parts, sizeof *residents);
    hz_status st = HZ_OK;

    w->inside = hz_mem_new(parts, 1);
    if (!texts || !residents || !w->inside)
        st = hz_mem_fail(w->err, "focus");
    for (size_t i = 0; !st && i < n; i++)
        for (int k = 0; !st && k < 2; k++) {
            bool split = cuts[i].share[k] < 1;
            hz_text id = { 0 }, name = { 0 };
            if (!(cuts[i].share[k] > 0))
                continue;
            hz_text_addf(&id, "%s%s", hz_layer_text(whole, "area", i), split && k ? " (focus)" : "");
            hz_text_addf(&name, "%s%s", hz_layer_text(whole, "name", i),
                         split && k ? " (focus)" : "");
            texts[p] = hz_text_take(&id);
            texts[parts + p] = hz_text_take(&name);
            if (!texts[p] || !texts[parts + p])
                st = hz_mem_fail(w->err, "focus");
            hz_text_free(&id);
            hz_text_free(&name);
            residents[p] = people ? people[i] * cuts[i].share[k] : NAN;
            w->inside[p++] = (unsigned char)k;
        }
    if (!st)
        st = hz_layer_new(hz_layer_name(whole), parts, &w->table, w->err);
    if (!st)
        st = hz_layer_add_texts(w->table, "area", (const char *const *)texts, w->err);
    if (!st)
        st = hz_layer_add_texts(w->table, "name", (const char *const *)texts + parts, w->err);
    if (!st && people)
        st = hz_layer_add_numbers(w->table, "population", residents, w->err);
    if (!st)
        st = join_parts(hz_layer_shapes(whole), cuts, parts, &shapes, w->err);
    if (!st)
        st = hz_layer_take_shapes(w->table, &shapes, w->err);
    if (!st && hz_layer_crs(whole)) {
        crs = hz_crs_copy(hz_layer_crs(whole));
        st = crs ? hz_layer_take_crs(w->table, &crs, w->err) : hz_mem_fail(w->err, "focus");
    }
    for (size_t i = 0; texts && i < 2 * parts; i++)
        hz_mem_free(texts[i]);
    hz_mem_free(texts);
    hz_mem_free(residents);
    hz_shapes_free(shapes);
    hz_crs_free(crs);
    return st;
}

static hz_status cut_areas(work *w)
{
    const hz_shapes *areas = hz_layer_shapes(w->rating.table);
    hz_layer *focus = NULL;
    hz_shapes *one = NULL;
    cut_area *cuts = NULL;
    size_t parts = 0, in = 0;
    hz_status st;

    if (!w->events || !areas || areas->kind != HZ_POLYGON)
        return hz_fail(w->err, HZ_EUSAGE, "focus: a polygon needs located events and areas with "
                       "shapes, expected names of areas");
    st = to_metres(w->in->focus_area, hz_layer_crs(w->areas), &focus, w->err);
    if (!st)
        st = hz_overlay_dissolve(hz_layer_shapes(focus), NULL, &one, w->err);
    cuts = st ? NULL : hz_mem_new(areas->features, sizeof *cuts);
    if (!st && !cuts)
        st = hz_mem_fail(w->err, "focus");
    for (size_t i = 0; !st && i < areas->features; i++) {
        st = cut_one(areas, i, one, &cuts[i], w->err);
        parts += (size_t)(cuts[i].share[0] > 0) + (size_t)(cuts[i].share[1] > 0);
        in += cuts[i].share[1] > 0;
    }
    if (!st && (in == 0 || in == parts))
        st = hz_fail(w->err, HZ_EDATA, "%s: %s, expected a focus within the areas and some of them "
                     "outside it", hz_layer_name(w->in->focus_area),
                     in ? "holds all areas" : "meets no area");
    if (!st)
        st = tabulate_parts(w, cuts, parts);
    snprintf(w->out.name, sizeof w->out.name, "%s", hz_layer_name(w->in->focus_area));
    w->out.cut = true;
    for (size_t i = 0; cuts && i < areas->features; i++) {
        hz_shapes_free(cuts[i].part[0]);
        hz_shapes_free(cuts[i].part[1]);
    }
    hz_mem_free(cuts);
    hz_shapes_free(one);
    hz_layer_free(focus);
    return st;
}

/* ---- events and areas as arrays --------------------------------------------------- */

static hz_status place(work *w)
{
    hz_place_opts o = w->in->rating->place;
    o.period = w->rating.period;
    hz_status st = hz_place_events(w->table, w->events, false, &o, &w->placing, NULL, w->err);
    if (st)
        return st;
    const int32_t *area = hz_placing_areas(w->placing);
    size_t n = hz_layer_rows(w->events);
    w->used = hz_mem_new(n, 1);
    if (!w->used)
        return hz_mem_fail(w->err, "focus");
    for (size_t i = 0; i < n; i++)
        w->used[i] = area[i] != HZ_UNUSED;
    w->beyond = (double)hz_placing_fate(w->placing)->outside;
    return hz_layer_add_numbers(w->table, "events", hz_placing_counts(w->placing), w->err);
}

static hz_status find_centres(work *w)
{
    const hz_shapes *s = hz_layer_shapes(w->table);
    size_t n = hz_layer_rows(w->table);
    if (!s || s->kind != HZ_POLYGON)
        return HZ_OK;
    w->x = hz_mem_new(n, sizeof *w->x);
    w->y = hz_mem_new(n, sizeof *w->y);
    w->km2 = hz_mem_new(n, sizeof *w->km2);
    if (!w->x || !w->y || !w->km2)
        return hz_mem_fail(w->err, "focus");
    for (size_t i = 0; i < n; i++) {
        hz_shape_centroid(s, i, &w->x[i], &w->y[i]);
        w->km2[i] = hz_shape_area(s, i) / 1e6;
    }
    return HZ_OK;
}

hz_series_by hz_focusing_by(hz_period span)
{
    int64_t days = (span.until - span.from) / DAY_S;
    return days <= SHORT_DAYS ? HZ_BY_MONTH : days <= LONG_DAYS ? HZ_BY_QUARTER : HZ_BY_YEAR;
}

static hz_series_by choose_by(const hz_focusing_input *in, hz_period span)
{
    return in->by_given ? in->by : hz_focusing_by(span);
}

/* The dates that events have, as a period: its end is no part of it. */
static hz_period dated_span(const work *w)
{
    hz_period p = w->rating.period, span = w->placing ? hz_placing_span(w->placing) : w->rating.span;
    if (p.from == HZ_TIME_NONE)
        p.from = span.from;
    if (p.until == HZ_TIME_NONE && span.until != HZ_TIME_NONE)
        p.until = (span.until / DAY_S + 1) * DAY_S;
    return p;
}

/* ---- broadening, judged by later events ------------------------------------------- */

static hz_status count_in(const work *w, hz_period period, double *counts, double *beyond)
{
    hz_place_opts o = w->in->rating->place;
    hz_placing *placing = NULL;
    o.period = period;
    hz_status st = hz_place_events(w->table, w->events, false, &o, &placing, NULL, w->err);
    if (st)
        return st;
    memcpy(counts, hz_placing_counts(placing), hz_layer_rows(w->table) * sizeof *counts);
    *beyond = (double)hz_placing_fate(placing)->outside;
    hz_placing_free(placing);
    return HZ_OK;
}

static hz_status broaden_later(work *w, const hz_focus_areas *areas, const hz_focus_opts *o)
{
    hz_period whole = dated_span(w), ranked = whole, scored = whole;
    size_t n = hz_layer_rows(w->table);
    double before = 0, after = 0, beyond_before, beyond = 0;

    if (!w->events || !w->in->rating->place.time || whole.from == HZ_TIME_NONE ||
        whole.until == HZ_TIME_NONE)
        return HZ_OK;
    if (w->in->earlier) {
        ranked = *w->in->earlier;
        if (ranked.from != HZ_TIME_NONE && ranked.from > whole.from &&
            ranked.from < whole.until)
            return hz_fail(w->err, HZ_EUSAGE, "earlier: begins within the period, expected it to "
                           "end before the events that judge");
        if (ranked.until == HZ_TIME_NONE || ranked.until >= whole.until)
            return hz_fail(w->err, HZ_EUSAGE, "earlier: leaves nothing of the period, expected later "
                           "events to judge by");
        if (ranked.until > scored.from)
            scored.from = ranked.until;
    } else {
        int64_t middle = (whole.from / DAY_S + whole.until / DAY_S) / 2 * DAY_S;
        ranked.until = scored.from = middle;
        if (middle <= whole.from)
            return HZ_OK;
    }
    double *rank = hz_mem_new(n, sizeof *rank), *score = hz_mem_new(n, sizeof *score);
    hz_status st = rank && score ? HZ_OK : hz_mem_fail(w->err, "focus");
    if (!st)
        st = count_in(w, ranked, rank, &beyond_before);
    if (!st)
        st = count_in(w, scored, score, &beyond);
    for (size_t i = 0; !st && i < n; i++) {
        before += rank[i];
        after += score[i];
    }
    if (!st && before > 0 && after > 0) {
        st = hz_focus_broaden(areas, rank, score, o->within ? 0 : beyond, o->level, &w->out.later,
                              w->err);
        w->out.ranked = ranked;
        w->out.scored = scored;
    }
    hz_mem_free(rank);
    hz_mem_free(score);
    return st;
}

static hz_status weigh(work *w)
{
    static const hz_focus_opts defaults = HZ_FOCUS_DEFAULTS;
    const hz_focus_opts *o = w->in->opts ? w->in->opts : &defaults;
    const char *time = w->in->rating->place.time, *precision = w->in->rating->precision_m;
    hz_focus_areas areas = { w->table, "area", "name", "events", NULL, w->x, w->y, w->km2,
                             w->inside };
    hz_focus_events events = { 0 };
    hz_period *parts = NULL, whole = dated_span(w);
    size_t n_parts = 0;
    hz_status st = HZ_OK;

    if (w->in->rating->population && hz_layer_numbers(w->table, "population"))
        areas.people = "population";
    if (w->events) {
        const hz_shapes *s = hz_layer_shapes(w->events);
        events = (hz_focus_events){ hz_layer_rows(w->events), hz_placing_areas(w->placing), w->used,
                                    time ? hz_layer_times(w->events, time) : NULL, s->x, s->y,
                                    precision ? hz_layer_numbers(w->events, precision) : NULL };
    }
    if (events.when && whole.from != HZ_TIME_NONE && whole.until != HZ_TIME_NONE)
        st = hz_series_cut(whole, choose_by(w->in, whole), &parts, &n_parts, w->err);
    if (!st)
        st = hz_focus_make(&areas, w->events ? &events : NULL, w->beyond, parts, n_parts, o,
                           &w->out.focus, w->notice, w->err);
    w->out.parts = parts;
    w->out.part_count = n_parts;
    w->out.by = choose_by(w->in, whole);
    return st ? st : broaden_later(w, &areas, o);
}

/* ---- what is hidden --------------------------------------------------------------- */

/* Events in the focus and in the other areas. */
static void sum_sides(const work *w, const double *counts, double sums[2])
{
    sums[0] = sums[1] = 0;
    for (size_t i = 0; i < hz_layer_rows(w->table); i++)
        sums[!w->inside[i]] += counts[i];
}

static void hide(const unsigned char hidden[2], double sums[2])
{
    for (int k = 0; k < 2; k++)
        sums[k] = hidden[k] ? NAN : sums[k];
}

/* Both sums of each period, as far as they are shown: those of the focus, then the others'. */
static hz_status count_parts(work *w, double *sums)
{
    size_t rows = hz_layer_rows(w->table), n = w->out.part_count;
    double beyond, *counts = hz_mem_new(rows, sizeof *counts);
    hz_status st = counts ? HZ_OK : hz_mem_fail(w->err, "focus");
    for (size_t k = 0; !st && k < n; k++) {
        double both[2];
        st = count_in(w, w->out.parts[k], counts, &beyond);
        if (st)
            break;
        sum_sides(w, counts, both);
        hide(w->in->hidden->parts + 2 * k, both);
        sums[k] = both[0];
        sums[n + k] = both[1];
    }
    hz_mem_free(counts);
    return st;
}

/* From here on the table holds what is shown alone. */
static hz_status mask(work *w, double sums[2])
{
    size_t n = hz_layer_rows(w->table);
    const double *counts = hz_layer_numbers(w->table, "events");
    double *shown = hz_mem_new(n, sizeof *shown);
    if (!shown)
        return hz_mem_fail(w->err, "focus");
    sum_sides(w, counts, sums);
    hide(w->in->hidden->sums, sums);
    for (size_t i = 0; i < n; i++)
        shown[i] = w->in->hidden->rows[i] ? NAN : counts[i];
    hz_status st = hz_layer_add_numbers(w->table, "events", shown, w->err);
    hz_mem_free(shown);
    return st;
}

static hz_status weigh_shown(work *w)
{
    const hz_focus_areas areas = { w->table, "area", "name", "events",
                                   w->in->rating->population &&
                                   hz_layer_numbers(w->table, "population") ? "population" : NULL,
                                   NULL, NULL, w->km2, w->inside };
    hz_focus_shown shown = { 0 };
    double sums[2], *parts = NULL;
    hz_status st = HZ_OK;
    if (w->in->hidden->parts) {
        w->out.by = choose_by(w->in, w->rating.period);
        st = hz_series_cut(w->rating.period, w->out.by, &w->out.parts, &w->out.part_count, w->err);
        if (!st && !(parts = hz_mem_new(2 * w->out.part_count, sizeof *parts)))
            st = hz_mem_fail(w->err, "focus");
        if (!st)
            st = count_parts(w, parts);
    }
    if (!st)
        st = mask(w, sums);
    if (!st) {
        shown = (hz_focus_shown){ sums[0], sums[1], parts, parts ? parts + w->out.part_count : NULL };
        st = hz_focus_make_shown(&areas, &shown, w->out.parts, w->out.part_count, w->in->opts,
                                 &w->out.focus, w->err);
    }
    hz_mem_free(parts);
    return st;
}

/* ---- registered people ------------------------------------------------------------ */

static hz_status count_residents(work *w)
{
    const hz_crs *metric = hz_layer_crs(w->table);
    hz_residents_input in = {
        .areas = w->table, .id = "area", .name = "name", .inside = w->inside,
        .people = hz_layer_numbers(w->table, "population"), .below = w->in->below,
        .round = w->in->round
    };
    hz_layer *residents = NULL, *towns = NULL;
    hz_keys keys = { NULL, NULL };
    hz_status st = HZ_OK;
    if (!w->in->residents)
        return HZ_OK;
    if (!hz_layer_shapes(w->table))
        return hz_fail(w->err, HZ_EUSAGE, "residents: expected areas with shapes to place them in");
    st = to_metres(w->in->residents, metric, &residents, w->err);
    if (!st && w->in->towns)
        st = to_metres(w->in->towns, metric, &towns, w->err);
    if (!st && towns)
        st = hz_match_keys(towns, w->in->town_id, w->in->town_name, &keys, w->err);
    in.residents = residents;
    in.towns = towns;
    in.town_id = keys.id;
    in.town_name = keys.name;
    in.merge_towns = w->in->merge_towns;
    if (!st)
        /* in silence: what a warning would count is nobody's business */
        st = hz_residents_make(&in, &w->out.residents, NULL, w->err);
    hz_layer_free(residents);
    hz_layer_free(towns);
    return st;
}

hz_status hz_focusing_make(const hz_focusing_input *input, hz_focusing *out,
                           const hz_notice *notice, hz_error *err)
{
    work w = { .in = input, .notice = notice, .err = err };
    hz_status st;

    if (input->hidden && (!input->rating->events || input->focus_area || input->earlier))
        return hz_fail(err, HZ_EUSAGE, "focus: small counts are hidden, expected located events, names "
                       "of areas and no earlier period");
    if ((input->focus_count > 0) == (input->focus_area != NULL))
        return hz_fail(err, HZ_EUSAGE, "focus: expected names of areas, or polygons");
    st = measure(&w);
    if (!st)
        st = rate(&w);
    if (!st)
        st = input->focus_area ? cut_areas(&w) : mark_areas(&w);
    if (!st && w.events)
        st = place(&w);
    if (!st)
        st = find_centres(&w);
    if (!st)
        st = input->hidden ? weigh_shown(&w) : weigh(&w);
    if (!st)
        st = count_residents(&w);
    if (!st) {
        w.out.areas = hz_layer_rows(w.rating.table);
        *out = w.out;
        memset(&w.out, 0, sizeof w.out);
    }
    clear(&w);
    return st;
}
