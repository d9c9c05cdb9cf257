/* What a release of residents is, and what it told: for a later one that is audited with it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/hash.h"
#include "hotzone/mem.h"
#include "hotzone/text.h"
#include "stat/residents_parts.h"

void hz_residents_release_clear(hz_residents_release *release)
{
    hz_mem_free(release->inside);
    hz_mem_free(release->shown);
    hz_mem_free(release->state);
    hz_mem_free(release->with);
    memset(release, 0, sizeof *release);
}

/* Ids in their order, and corners to a decimetre: what another library of projections gives otherwise
 * is far less. */
static hz_status take_borders(const hz_layer *layer, const char *id, char hex[65], hz_error *err)
{
    const hz_shapes *s = hz_layer_shapes(layer);
    hz_text all = { 0 };
    for (size_t i = 0; i < hz_layer_rows(layer); i++)
        hz_text_addf(&all, "%s\n", hz_layer_text(layer, id, i));
    for (size_t f = 0; s && s->first_ring && f <= s->features; f++)
        hz_text_addf(&all, "%zu ", s->first_ring[f]);
    for (size_t r = 0; s && s->first_point && r <= s->rings; r++)
        hz_text_addf(&all, "%zu ", s->first_point[r]);
    for (size_t i = 0; s && i < s->points; i++)
        hz_text_addf(&all, "%.0f %.0f\n", 10 * s->x[i], 10 * s->y[i]);
    hz_status st = all.failed ? hz_mem_fail(err, "residents") : HZ_OK;
    if (!st)
        hz_hash_bytes(all.data, all.length, hex);
    hz_text_free(&all);
    return st;
}

static hz_status note_earlier(const hz_residents_input *in, hz_residents_release *out, hz_error *err)
{
    out->with = hz_mem_new(in->earlier_count, sizeof *out->with);
    if (!out->with)
        return hz_mem_fail(err, "residents");
    out->with_count = in->earlier_count;
    for (size_t i = 0; i < in->earlier_count; i++)
        memcpy(out->with[i], in->earlier[i].sha256, sizeof out->with[i]);
    return HZ_OK;
}

hz_status residents_note_release(const residents_work *w, hz_residents_release *out, hz_error *err)
{
    const hz_residents_input *in = w->in;
    size_t n = w->areas + w->towns + SUMS;
    *out = (hz_residents_release){ .merged = in->towns && in->merge_towns, .rounded = in->round > 0,
                                   .below = in->below, .area_count = w->areas,
                                   .town_count = w->towns };
    snprintf(out->name, sizeof out->name, "%s", in->who ? in->who : "residents");
    if (in->date)
        snprintf(out->date, sizeof out->date, "%s", in->date);
    out->shown = hz_mem_new(n, sizeof *out->shown);
    out->state = hz_mem_new(n, 1);
    if (in->inside)
        out->inside = hz_mem_new(w->areas, 1);
    if (!out->shown || !out->state || (in->inside && !out->inside))
        return hz_mem_fail(err, "residents");
    if (in->inside)
        memcpy(out->inside, in->inside, w->areas);
    hz_status st = note_earlier(in, out, err);
    if (!st)
        st = take_borders(in->areas, in->id, out->areas, err);
    return st || !in->towns ? st : take_borders(in->towns, in->town_id, out->towns, err);
}

void residents_note_figures(const residents_work *w, hz_residents_release *out)
{
    for (size_t f = 0; f < w->figures; f++) {
        size_t at = f < w->areas + w->towns
                        ? f : w->areas + w->towns + (size_t)w->sum_of[f - w->areas - w->towns];
        out->shown[at] = w->shown[f];
        out->state[at] = isnan(w->shown[f]) ? HZ_FIGURE_SECRET : HZ_FIGURE_FIXED;
    }
}
