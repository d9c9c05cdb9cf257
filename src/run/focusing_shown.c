/* Weighs a focus of events whose small counts are hidden, on what is shown of them. */
#include <math.h>

#include "hotzone/mem.h"
#include "run/focusing_parts.h"

/* Events in the focus and in the other areas. */
static void sum_sides(const focusing *w, const double *counts, double sums[2])
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
static hz_status count_parts(focusing *w, double *sums)
{
    size_t rows = hz_layer_rows(w->table), n = w->out.part_count;
    double beyond, *counts = hz_mem_new(rows, sizeof *counts);
    hz_status st = counts ? HZ_OK : hz_mem_fail(w->err, "focus");
    for (size_t k = 0; !st && k < n; k++) {
        double both[2];
        st = focusing_count_in(w, w->out.parts[k], counts, &beyond);
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
static hz_status mask(focusing *w, double sums[2])
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

hz_status focusing_weigh_shown(focusing *w)
{
    const hz_focus_areas areas = { w->table, "area", "name", "events",
                                   w->in->rating->population &&
                                   hz_layer_numbers(w->table, "population") ? "population" : NULL,
                                   NULL, NULL, w->km2, w->inside };
    hz_focus_shown shown = { 0 };
    double sums[2], *parts = NULL;
    hz_status st = HZ_OK;
    if (w->in->hidden->parts) {
        w->out.by = focusing_choose_by(w->in, w->rating.period);
        st = hz_series_cut(w->rating.period, w->out.by, &w->out.parts, &w->out.part_count, w->err);
        if (!st && !(parts = hz_mem_new(2 * w->out.part_count, sizeof *parts)))
            st = hz_mem_fail(w->err, "focus");
        if (!st)
            st = count_parts(w, parts);
    }
    if (!st)
        st = mask(w, sums);
    if (!st) {
        shown = (hz_focus_shown){ sums[0], sums[1], parts,
                                  parts ? parts + w->out.part_count : NULL };
        st = hz_focus_make_shown(&areas, &shown, w->out.parts, w->out.part_count, w->in->opts,
                                 &w->out.focus, w->err);
    }
    hz_mem_free(parts);
    return st;
}
