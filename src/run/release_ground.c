/* The ground that cards of zones count hidden events on: study area, zones, bands around them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/index.h"
#include "hotzone/mem.h"
#include "hotzone/overlay.h"
#include "hotzone/pointgrid.h"
#include "run/release.h"
#include "run/zones.h"
#include "run/zoning_parts.h"

const hz_layer *release_areas(const project *p, size_t set)
{
    return set < RELEASE_GROUNDS ? p->areas[set] : p->release->ground[set - RELEASE_GROUNDS];
}

bool release_overlaps(const project *p, size_t set)
{
    return set >= RELEASE_GROUNDS || p->r->areas[set].overlap;
}

const char *release_areas_name(const project *p, size_t set)
{
    return set < RELEASE_GROUNDS ? p->r->areas[set].from.name
                                 : p->r->zone_cards[set - RELEASE_GROUNDS].name;
}

/* ---- polygons --------------------------------------------------------------------------- */

/* The width of the k-th band: the widest of a card. */
static double band_m(size_t k)
{
    return hz_card_ring_m(HZ_CARD_RINGS - HZ_CARD_WIDE + (int)k);
}

/* What lies within a distance of the border of a zone, outside it, in the study area. */
static hz_status cut_band(const hz_shapes *zones, size_t f, double metres, const hz_shapes *study,
                          hz_shapes **out, hz_error *err)
{
    hz_shapes *wider = NULL, *band = NULL;
    hz_status st = hz_overlay_buffer(zones, f, metres, &wider, err);
    if (!st)
        st = hz_overlay(wider, 0, zones, f, HZ_OVERLAY_DIFFERENCE, &band, err);
    if (!st)
        st = hz_overlay(band, 0, study, 0, HZ_OVERLAY_INTERSECTION, out, err);
    hz_shapes_free(wider);
    hz_shapes_free(band);
    return st;
}

/* A zone and its bands, in the order of HZ_CARD_COUNTS. */
static hz_status cut_zone(const hz_shapes *zones, size_t f, const hz_shapes *study, hz_shapes **out,
                          hz_error *err)
{
    hz_status st = hz_overlay(zones, f, study, 0, HZ_OVERLAY_INTERSECTION, &out[0], err);
    for (size_t k = 0; !st && k < HZ_CARD_WIDE; k++)
        st = cut_band(zones, f, band_m(k), study, &out[1 + k], err);
    return st;
}

static hz_status name_rows(const hz_layer *zones, hz_layer *ground, hz_error *err)
{
    size_t rows = hz_layer_rows(ground);
    char (*text)[300] = hz_mem_new(rows, sizeof *text);
    const char **lent = hz_mem_new(rows, sizeof *lent);
    hz_status st = text && lent ? HZ_OK : hz_mem_fail(err, "release");
    for (size_t row = 0; !st && row < rows; row++) {
        size_t k = row ? (row - 1) % HZ_CARD_COUNTS : 0;
        const char *id = row ? hz_layer_text(zones, "id", (row - 1) / HZ_CARD_COUNTS) : "";
        if (row == 0)
            snprintf(text[row], sizeof *text, "study area");
        else if (k == 0)
            snprintf(text[row], sizeof *text, "%.200s", id);
        else
            snprintf(text[row], sizeof *text, "%.200s, %g m outside", id, band_m(k - 1));
        lent[row] = text[row];
    }
    if (!st)
        st = hz_layer_add_texts(ground, "id", lent, err);
    hz_mem_free(text);
    hz_mem_free(lent);
    return st;
}

static hz_status find_study(const project *p, size_t zones, hz_shapes **out, hz_error *err)
{
    const recipe_zones *z = &p->r->zone_cards[zones];
    const hz_layer *areas[RECIPE_SETS];
    for (size_t k = 0; k < z->area_count; k++)
        areas[k] = p->areas[z->areas[k]];
    return zoning_study(p->crs, areas, z->area_count, out, err);
}

hz_status release_ground_make(project *p, release *r, size_t zones, hz_error *err)
{
    const hz_layer *built = p->zoned[zones].zones;
    size_t n = 1 + hz_layer_rows(built) * HZ_CARD_COUNTS;
    hz_shapes **part = hz_mem_new(n, sizeof *part), *all = NULL;
    hz_shapes_pick *picks = hz_mem_new(n, sizeof *picks);
    hz_status st = part && picks ? find_study(p, zones, &part[0], err) : hz_mem_fail(err, "release");
    for (size_t f = 0; !st && f < hz_layer_rows(built); f++)
        st = cut_zone(hz_layer_shapes(built), f, part[0], part + 1 + f * HZ_CARD_COUNTS, err);
    for (size_t i = 0; !st && i < n; i++)
        picks[i] = (hz_shapes_pick){ part[i], 0 };
    if (!st)
        st = hz_shapes_gather(HZ_POLYGON, picks, n, &all, err);
    if (!st)
        st = zoning_layer(p->crs, "zones", &all, &r->ground[zones], err);
    if (!st)
        st = name_rows(built, r->ground[zones], err);
    for (size_t i = 0; part && i < n; i++)
        hz_shapes_free(part[i]);
    hz_shapes_free(all);
    hz_mem_free(picks);
    hz_mem_free(part);
    return st;
}

/* ---- events in them ---------------------------------------------------------------------- */

typedef struct {
    uint64_t *bits;
    size_t words, first;
    const unsigned char *in_study;
} marks;

static void mark(const marks *m, size_t event, size_t row)
{
    size_t column = m->first + row;
    if (m->in_study[event])
        m->bits[event * m->words + column / 64] |= (uint64_t)1 << column % 64;
}

/* As hz_place_events has it: the study area in the events' system. */
static hz_status find_in_study(const hz_layer *ground, const hz_layer *events, unsigned char *in,
                               hz_error *err)
{
    const hz_shapes *points = hz_layer_shapes(events);
    unsigned char *keep = hz_mem_new(hz_layer_rows(ground), 1);
    hz_shapes *study = NULL, *moved = NULL;
    size_t n = hz_layer_rows(events);
    int32_t *where = hz_mem_new(n, sizeof *where);
    hz_index *index = NULL;
    hz_status st = keep && where ? HZ_OK : hz_mem_fail(err, "release");
    if (!st) {
        keep[0] = 1;
        st = hz_shapes_select(hz_layer_shapes(ground), keep, &study, err);
    }
    if (!st)
        st = hz_crs_shapes(hz_layer_crs(ground), hz_layer_crs(events), study, &moved, err);
    if (!st)
        st = hz_index_new(moved, &index, err);
    if (!st)
        hz_index_locate(index, 0, n, points->x, points->y, where);
    for (size_t i = 0; !st && i < n; i++)
        in[i] = where[i] >= 0;
    hz_index_free(index);
    hz_shapes_free(moved);
    hz_shapes_free(study);
    hz_mem_free(where);
    hz_mem_free(keep);
    return st;
}

/* The events that a zone holds, and those around it: distances as hz_pointgrid_rings has them. */
static hz_status mark_zone(const marks *m, const hz_pointgrid *grid, size_t n, const double *x,
                           const double *y, const hz_shapes *zones, size_t f, hz_error *err)
{
    hz_pointgrid_hit *hits = NULL;
    size_t near = 0, row = 1 + f * HZ_CARD_COUNTS;
    hz_box box = hz_shapes_feature_box(zones, f);
    hz_status st = hz_pointgrid_near(grid, zones, f, band_m(HZ_CARD_WIDE - 1), &hits, &near, err);
    for (size_t i = 0; !st && i < n; i++)
        if (x[i] >= box.xmin && x[i] <= box.xmax && y[i] >= box.ymin && y[i] <= box.ymax &&
            hz_shape_holds(zones, f, x[i], y[i]))
            mark(m, i, row);
    for (size_t h = 0; !st && h < near; h++)
        for (size_t k = 0; k < HZ_CARD_WIDE; k++)
            if (!hits[h].inside && hits[h].distance <= band_m(k))
                mark(m, hits[h].point, row + 1 + k);
    hz_mem_free(hits);
    return st;
}

hz_status release_ground_mark(const project *p, size_t zones, const hz_layer *events,
                              size_t a_row, size_t first, uint64_t *bits, hz_error *err)
{
    const hz_layer *ground = p->release->ground[zones];
    const hz_shapes *points = hz_layer_shapes(events), *built;
    size_t n = hz_layer_rows(events);
    hz_pointgrid *grid = NULL;
    if (!hz_layer_crs(events))
        return hz_fail(err, HZ_ECRS, "%s: has no reference system, expected `crs:` beside its "
                       "source", hz_layer_name(events));
    if (!points || points->kind != HZ_POINT)
        return hz_fail(err, HZ_EDATA, "%s: expected located events", hz_layer_name(events));
    built = hz_layer_shapes(p->zoned[zones].zones);
    unsigned char *in = hz_mem_new(n, 1);
    double *x = hz_mem_new(n, sizeof *x), *y = hz_mem_new(n, sizeof *y);
    const marks m = { bits, a_row, first, in };
    hz_status st = in && x && y ? find_in_study(ground, events, in, err)
                                : hz_mem_fail(err, "release");
    for (size_t i = 0; !st && i < n; i++) {
        x[i] = in[i] ? points->x[i] : NAN;
        y[i] = in[i] ? points->y[i] : NAN;
        mark(&m, i, 0);
    }
    if (!st)
        st = hz_crs_points(hz_layer_crs(events), p->crs, n, x, y, NULL, err);
    if (!st)
        st = hz_pointgrid_new(n, x, y, &grid, err);
    for (size_t f = 0; !st && f < built->features; f++)
        st = mark_zone(&m, grid, n, x, y, built, f, err);
    hz_pointgrid_free(grid);
    hz_mem_free(in);
    hz_mem_free(x);
    hz_mem_free(y);
    return st;
}
