/* The areas of a focus as a table: what each holds, and how it stands among the others. */
#include <math.h>

#include "hotzone/interval.h"
#include "hotzone/mem.h"
#include "stat/focus_parts.h"

enum { INSIDE, EVENTS, PEOPLE, KM2, SHARE, RATE, LQ, LQ_LOW, LQ_HIGH, RATIO, RATIO_LOW, RATIO_HIGH,
       P, Q, CLUSTER, FIGURES };

/* One area's row; sums over the areas with both figures. */
static void fill_row(const focus_work *w, size_t i, const double *counts, double located,
                     double events, double people, double events_out, double people_out,
                     double *v[FIGURES])
{
    double x = counts[i], base = w->people ? w->people[i] : NAN, low, high;
    bool inside = w->areas->inside[i];
    for (int c = 0; c < FIGURES; c++)
        v[c][i] = NAN;
    v[INSIDE][i] = inside;
    v[EVENTS][i] = x;
    v[PEOPLE][i] = base;
    v[KM2][i] = w->areas->km2 ? w->areas->km2[i] : NAN;
    v[CLUSTER][i] = w->cluster[i];
    v[SHARE][i] = located > 0 ? x / located : NAN;
    if (isnan(x) || !(base > 0))
        return;
    v[RATE][i] = 1000 * x / base;
    if (events > 0 && people > base) {
        hz_interval_binomial(x, events, w->o->level, &low, &high);
        v[LQ][i] = x / events / (base / people);
        v[LQ_LOW][i] = low / (base / people);
        v[LQ_HIGH][i] = high / (base / people);
    }
    if (inside || isnan(events_out + people_out))
        return;
    hz_interval_ratio(x, base, events_out - x, people_out - base, w->o->level, &v[RATIO][i],
                      &v[RATIO_LOW][i], &v[RATIO_HIGH][i], NULL);
    /* nothing but this area has events: the ratio has no upper end, and stays blank */
    for (int c = RATIO; c <= RATIO_HIGH; c++)
        v[c][i] = isinf(v[c][i]) ? NAN : v[c][i];
    v[P][i] = w->p[i];
    v[Q][i] = w->q[i];
}

static const char *state_of(const focus_work *w, const double *counts, size_t i)
{
    if (w->shown && isnan(counts[i]))
        return "hidden";
    if (w->areas->inside[i])
        return "focus";
    if (isnan(w->q[i]))
        return "untested";
    return w->q[i] <= w->o->alpha_excess ? "excess" : "ok";
}

static hz_status add_names(const focus_work *w, const double *counts, hz_layer *layer,
                           hz_error *err)
{
    hz_status st = HZ_OK;
    const char **texts = hz_mem_new(w->n, sizeof *texts);
    if (!texts)
        return hz_mem_fail(err, "focus");
    for (int t = 0; !st && t < 3; t++) {
        for (size_t i = 0; i < w->n; i++)
            texts[i] = t == 2 ? state_of(w, counts, i)
                              : hz_layer_text(w->areas->table,
                                              t ? w->areas->name : w->areas->id, i);
        st = hz_layer_add_texts(layer, t == 2 ? "state" : t ? "name" : "id", texts, err);
    }
    hz_mem_free(texts);
    return st;
}

/* The shapes go along, so that the table can be a layer of a GeoPackage. */
static hz_status add_shapes(const hz_layer *from, hz_layer *to, hz_error *err)
{
    hz_shapes *shapes = NULL;
    hz_crs *crs = NULL;
    hz_status st = HZ_OK;
    if (hz_layer_shapes(from)) {
        st = hz_shapes_copy(hz_layer_shapes(from), &shapes, err);
        if (!st)
            st = hz_layer_take_shapes(to, &shapes, err);
    }
    if (!st && hz_layer_crs(from)) {
        crs = hz_crs_copy(hz_layer_crs(from));
        st = crs ? hz_layer_take_crs(to, &crs, err) : hz_mem_fail(err, "focus");
    }
    hz_shapes_free(shapes);
    hz_crs_free(crs);
    return st;
}

static hz_status mark_hidden(size_t n, const double *counts, unsigned char **out, hz_error *err)
{
    unsigned char *marks = hz_mem_new(n, 1);
    if (!marks)
        return hz_mem_fail(err, "focus");
    for (size_t i = 0; i < n; i++)
        marks[i] = isnan(counts[i]) ? HZ_HIDDEN : HZ_KNOWN;
    *out = marks;
    return HZ_OK;
}

hz_status focus_tabulate(const focus_work *w, const double *counts, double located, hz_layer **out,
                         hz_error *err)
{
    static const char *const names[FIGURES] = {
        "inside", "events", "population", "area_km2", "share", "rate_per_1000", "lq", "lq_low",
        "lq_high", "ratio", "ratio_low", "ratio_high", "p", "q", "cluster"
    };
    double events = 0, people = 0, events_out = 0, people_out = 0, *v[FIGURES] = { NULL };
    unsigned char *marks = NULL;
    hz_layer *layer = NULL;
    hz_status st = hz_layer_new("focus", w->n, &layer, err);

    for (int c = 0; !st && c < FIGURES; c++)
        if (!(v[c] = hz_mem_new(w->n, sizeof **v)))
            st = hz_mem_fail(err, "focus");
    for (size_t i = 0; !st && w->people && i < w->n; i++)
        if (!isnan(counts[i]) && w->people[i] > 0) {
            events += counts[i];
            people += w->people[i];
            events_out += w->areas->inside[i] ? 0 : counts[i];
            people_out += w->areas->inside[i] ? 0 : w->people[i];
        }
    if (w->shown && w->people) {
        double events_in, people_in;
        focus_sum_side(w, counts, true, &events_in, &people_in);
        focus_sum_side(w, counts, false, &events_out, &people_out);
        events = events_in + events_out;
        people = people_in + people_out;
    }
    for (size_t i = 0; !st && i < w->n; i++)
        fill_row(w, i, counts, located, events, people, events_out, people_out, v);
    if (!st && w->shown)
        st = mark_hidden(w->n, counts, &marks, err);
    for (int c = 0; !st && c < FIGURES; c++)
        st = hz_layer_take_numbers(layer, names[c], &v[c], c == EVENTS ? &marks : NULL, err);
    if (!st)
        st = add_names(w, counts, layer, err);
    if (!st)
        st = add_shapes(w->areas->table, layer, err);
    for (int c = 0; c < FIGURES; c++)
        hz_mem_free(v[c]);
    hz_mem_free(marks);
    if (st)
        hz_layer_free(layer);
    else
        *out = layer;
    return st;
}
