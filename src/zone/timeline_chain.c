/* Which zone came after which, and what was in force together. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/overlay.h"
#include "hotzone/text.h"
#include "zone/timeline_parts.h"

/* ---- renewals ---------------------------------------------------------------------------- */

static bool same_polygon(const hz_shapes *s, size_t a, size_t b)
{
    size_t ra = s->first_ring[a], rb = s->first_ring[b], rings = s->first_ring[a + 1] - ra;
    if (s->first_ring[b + 1] - rb != rings)
        return false;
    for (size_t k = 0; k < rings; k++)
        if (s->first_point[ra + k + 1] - s->first_point[ra + k] !=
            s->first_point[rb + k + 1] - s->first_point[rb + k])
            return false;
    size_t pa = s->first_point[ra], pb = s->first_point[rb];
    size_t n = s->first_point[ra + rings] - pa;
    return memcmp(s->x + pa, s->x + pb, n * sizeof *s->x) == 0 &&
           memcmp(s->y + pa, s->y + pb, n * sizeof *s->y) == 0;
}

static bool boxes_meet(hz_box a, hz_box b)
{
    return a.xmin < b.xmax && b.xmin < a.xmax && a.ymin < b.ymax && b.ymin < a.ymax;
}

static hz_status measure(const zone_times *z, const zone_time *a, const zone_time *b, double *iou,
                         double *shared, hz_error *err)
{
    hz_status st = HZ_OK;
    *iou = *shared = 0;
    if (a->state != ZONE_OK || b->state != ZONE_OK) {
        *iou = *shared = NAN;
        return HZ_OK;
    }
    if (same_polygon(z->shapes, a->row, b->row))
        *shared = a->m2;
    else if (boxes_meet(hz_shapes_feature_box(z->shapes, a->row),
                        hz_shapes_feature_box(z->shapes, b->row)))
        st = hz_shape_overlap(z->shapes, a->row, z->shapes, b->row, shared, err);
    if (st)
        return hz_fail_within(err, "%s: zones '%s' and '%s'", hz_layer_name(z->layer), a->id,
                              b->id);
    *iou = *shared / (a->m2 + b->m2 - *shared);
    return HZ_OK;
}

/* The zone that starts last before this one, of those that overlap it by more than the share; the
 * greater overlap where several start then.  Else the last one of the same name. */
static hz_status find_renewed(zone_times *z, size_t j, hz_error *err)
{
    zone_time *later = &z->zone[j];
    size_t by_name = ZONE_NONE;
    for (size_t i = j; i-- > 0;) {
        const zone_time *earlier = &z->zone[i];
        double iou, shared;
        if (earlier->starts == later->starts)
            continue;
        if (later->renews != ZONE_NONE && z->zone[later->renews].starts != earlier->starts)
            return HZ_OK;
        hz_status st = measure(z, earlier, later, &iou, &shared, err);
        if (st)
            return st;
        if (iou > z->opts->same_share && !(later->renews != ZONE_NONE && iou < later->iou)) {
            later->renews = i; /* of equal overlaps the first of the table */
            later->iou = iou;
            later->shared_m2 = shared;
        }
        if (by_name == ZONE_NONE && *later->name && strcmp(earlier->name, later->name) == 0)
            by_name = i;
    }
    if (later->renews != ZONE_NONE || by_name == ZONE_NONE)
        return HZ_OK;
    later->renews = by_name;
    return measure(z, &z->zone[by_name], later, &later->iou, &later->shared_m2, err);
}

hz_status timeline_chain(zone_times *z, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t j = 0; !st && j < z->n; j++)
        if (zone_in_force(&z->zone[j]))
            st = find_renewed(z, j, err);
    return st;
}

/* ---- spans -------------------------------------------------------------------------------- */

static int ascending(const void *a, const void *b)
{
    const int64_t *p = a, *q = b;
    return (*p > *q) - (*p < *q);
}

/* The moments at which zones begin or end, each once; room for 2 n. */
static size_t change_moments(const zone_times *z, int64_t *moment)
{
    size_t n = 0, kept = 0;
    for (size_t i = 0; i < z->n; i++)
        if (zone_in_force(&z->zone[i])) {
            moment[n++] = z->zone[i].starts;
            moment[n++] = z->zone[i].ends;
        }
    qsort(moment, n, sizeof *moment, ascending);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || moment[i] != moment[kept - 1])
            moment[kept++] = moment[i];
    return kept;
}

typedef struct {
    const int64_t *moment; /* rows + 1 */
    size_t rows;
    double *zones, *km2, *days;
    size_t *from, *until, *ids; /* offsets */
    hz_text words;              /* arena of all three */
    unsigned char *keep;        /* rows of the source */
} spans;

static size_t add_word(hz_text *arena, const char *word)
{
    size_t at = arena->length;
    hz_text_add_n(arena, word, strlen(word) + 1);
    return at;
}

static size_t add_time(hz_text *arena, int64_t utc, const zone_times *z)
{
    char buf[32];
    hz_time local = HZ_TIME_NONE;
    /* as it was written: the hour that the clock shows twice has two readings */
    for (size_t i = 0; i < z->n && local == HZ_TIME_NONE; i++) {
        local = z->zone[i].starts == utc ? z->zone[i].from : local;
        local = z->zone[i].ends == utc ? z->zone[i].until : local;
    }
    return add_word(arena, timeline_time(buf, sizeof buf, local));
}

static hz_status covered(const zone_times *z, size_t polygons, size_t only, spans *s, double *km2,
                         hz_error *err)
{
    hz_shapes *all = NULL;
    *km2 = polygons ? hz_shape_area(z->shapes, only) / 1e6 : 0;
    if (polygons < 2)
        return HZ_OK;
    hz_status st = hz_overlay_dissolve(z->shapes, s->keep, &all, err);
    if (st)
        return hz_fail_within(err, "%s", hz_layer_name(z->layer));
    *km2 = hz_shape_area(all, 0) / 1e6;
    hz_shapes_free(all);
    return HZ_OK;
}

static hz_status fill_span(const zone_times *z, size_t k, spans *s, hz_error *err)
{
    int64_t from = s->moment[k], until = s->moment[k + 1];
    size_t count = 0, polygons = 0, only = 0;

    s->from[k] = add_time(&s->words, from, z);
    s->until[k] = add_time(&s->words, until, z);
    s->ids[k] = s->words.length;
    for (size_t i = 0; i < z->n; i++) {
        const zone_time *zone = &z->zone[i];
        bool in = zone_in_force(zone) && zone->starts <= from && until <= zone->ends;
        s->keep[zone->row] = in && zone->state == ZONE_OK;
        if (!in)
            continue;
        hz_text_add(&s->words, count++ ? ";" : "");
        hz_text_add(&s->words, zone->id);
        polygons += zone->state == ZONE_OK;
        only = zone->state == ZONE_OK ? zone->row : only;
    }
    hz_text_add_n(&s->words, "", 1);
    s->zones[k] = (double)count;
    s->days[k] = from == INT64_MIN || until == INT64_MAX ? NAN : (double)(until - from) / 86400;
    return covered(z, polygons, only, s, &s->km2[k], err);
}

/* Three columns of texts share one arena, so each takes a copy of it. */
static hz_status take_texts(hz_layer *l, const char *column, size_t **offsets, const hz_text *words,
                            hz_error *err)
{
    char *arena = hz_mem_new(words->length + 1, 1);
    if (!arena || words->failed) {
        hz_mem_free(arena);
        return hz_mem_fail(err, "timeline");
    }
    memcpy(arena, words->data, words->length);
    hz_status st = hz_layer_take_texts(l, column, offsets, &arena, err);
    hz_mem_free(arena);
    return st;
}

static hz_status make_layer(spans *s, hz_layer **out, hz_error *err)
{
    hz_layer *l = NULL;
    hz_status st = hz_layer_new("steps", s->rows, &l, err);
    if (!st)
        st = take_texts(l, "from", &s->from, &s->words, err);
    if (!st)
        st = take_texts(l, "until", &s->until, &s->words, err);
    if (!st)
        st = hz_layer_take_numbers(l, "days", &s->days, NULL, err);
    if (!st)
        st = hz_layer_take_numbers(l, "zones", &s->zones, NULL, err);
    if (!st)
        st = hz_layer_take_numbers(l, "km2", &s->km2, NULL, err);
    if (!st)
        st = take_texts(l, "ids", &s->ids, &s->words, err);
    if (st)
        hz_layer_free(l);
    else
        *out = l;
    return st;
}

hz_status timeline_steps(const zone_times *z, hz_layer **out, hz_error *err)
{
    spans s = { 0 };
    int64_t *moment = hz_mem_new(2 * z->n, sizeof *moment);
    size_t ends = moment ? change_moments(z, moment) : 0;
    hz_status st = HZ_OK;

    s.moment = moment;
    s.rows = ends ? ends - 1 : 0;
    s.zones = hz_mem_new(s.rows, sizeof *s.zones);
    s.km2 = hz_mem_new(s.rows, sizeof *s.km2);
    s.days = hz_mem_new(s.rows, sizeof *s.days);
    s.from = hz_mem_new(s.rows, sizeof *s.from);
    s.until = hz_mem_new(s.rows, sizeof *s.until);
    s.ids = hz_mem_new(s.rows, sizeof *s.ids);
    s.keep = hz_mem_new(z->n, 1);
    if (!moment || !s.zones || !s.km2 || !s.days || !s.from || !s.until || !s.ids || !s.keep)
        st = hz_mem_fail(err, "timeline");
    hz_text_add_n(&s.words, "", 1);
    for (size_t k = 0; !st && k < s.rows; k++)
        st = fill_span(z, k, &s, err);
    if (!st)
        st = make_layer(&s, out, err);
    hz_mem_free(moment);
    hz_mem_free(s.zones);
    hz_mem_free(s.km2);
    hz_mem_free(s.days);
    hz_mem_free(s.from);
    hz_mem_free(s.until);
    hz_mem_free(s.ids);
    hz_mem_free(s.keep);
    hz_text_free(&s.words);
    return st;
}
