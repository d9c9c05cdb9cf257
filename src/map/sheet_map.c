/* Everything within the map frame but the labels, in drawing order. */
#include <math.h>

#include "hotzone/mem.h"
#include "map/sheet_parts.h"

#define AREA_LINE_PT 0.35
#define AREA_LINE_GREY 0x808080U
#define EDGE_PT 0.75
#define PANEL_EDGE_PT 0.5    /* harbours would be all line on a small map */
#define EDGE_COLOUR 0x595959U
#define PROPOSAL_COLOUR 0xd95f02U /* 3.8 : 1 to paper, 4.6 : 1 to the line of a zone */
#define FRAME_PT 0.5
#define FRAME_COLOUR 0x808080U

/* Half way to paper: the look of an unstable rate where `uncertainty.show` is fade. */
static hz_colour faded(hz_colour c)
{
    hz_colour out = 0;
    for (int shift = 0; shift <= 16; shift += 8)
        out |= ((((c >> shift) & 0xff) + 0xff) / 2) << shift;
    return out;
}

hz_colour hz_sheet_fill(const hz_sheet *s, size_t area)
{
    if (s->data->cells)
        return hz_sheet_cells_base();
    if (s->class_of[area] < 0)
        return s->look->no_data;
    hz_colour c = s->facts.colours[s->class_of[area]];
    bool fade = s->state[area] == HZ_AREA_UNSTABLE && s->look->uncertainty == HZ_SHOW_FADE;
    return fade ? faded(c) : c;
}

void hz_sheet_hatch(const hz_sheet *s, hz_area_state state, hz_colour fill, hz_ink_style *style)
{
    if (state == HZ_AREA_UNSTABLE && s->look->uncertainty == HZ_SHOW_HATCH) {
        style->hatch_pt = 0.6;
        style->hatch_every_mm = 1.8;
        style->hatch_colour = hz_type_ink_on(fill);
    } else if (state == HZ_AREA_HIDDEN) {
        /* the directions tell the states apart in any light: rising, falling, crossed */
        style->hatch_pt = 0.4;
        style->hatch_every_mm = 1.2;
        style->hatch_colour = 0x404040U;
        style->hatch_way = HZ_HATCH_FALLING;
    } else if (state == HZ_AREA_UNDEFINED) {
        style->hatch_pt = 0.4;
        style->hatch_every_mm = 1.8;
        style->hatch_colour = 0xa0a0a0U;
        style->hatch_way = HZ_HATCH_CROSSED;
    }
}

/* Hand rings first .. last-1 to the scene as one path. */
static hz_status draw_rings(hz_sheet *s, const char *role, const hz_shapes *shapes, size_t first,
                            size_t last, bool closed, const hz_ink_style *style, hz_error *err)
{
    size_t start = shapes->first_point[first], n = shapes->first_point[last] - start;
    if (n == 0)
        return HZ_OK;
    double *xy = hz_mem_new(n, 2 * sizeof *xy);
    size_t *offsets = hz_mem_new(last - first + 1, sizeof *offsets);
    if (xy && offsets) {
        for (size_t i = 0; i < n; i++) {
            xy[2 * i] = shapes->x[start + i];
            xy[2 * i + 1] = shapes->y[start + i];
        }
        for (size_t r = first; r <= last; r++)
            offsets[r - first] = shapes->first_point[r] - start;
        hz_scene_path(s->scene, role, last - first, offsets, xy, closed, style);
    }
    bool lost = !xy || !offsets;
    hz_mem_free(xy);
    hz_mem_free(offsets);
    return lost ? hz_mem_fail(err, "sheet: map") : HZ_OK;
}

hz_status hz_sheet_draw_shapes(hz_sheet *s, const char *role, const hz_shapes *shapes,
                               const hz_ink_style *style, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t f = 0; !st && shapes && f < shapes->features; f++)
        st = draw_rings(s, role, shapes, shapes->first_ring[f], shapes->first_ring[f + 1],
                        shapes->kind == HZ_POLYGON, style, err);
    return st;
}

static hz_status draw_feature(hz_sheet *s, const char *role, const hz_shapes *shapes,
                              size_t feature, const hz_ink_style *style, hz_error *err)
{
    return draw_rings(s, role, shapes, shapes->first_ring[feature],
                      shapes->first_ring[feature + 1], true, style, err);
}

static hz_status draw_areas(hz_sheet *s, hz_error *err)
{
    hz_status st = HZ_OK;
    if (s->data->cells)
        return hz_sheet_draw_cells(s, draw_feature, err);
    for (size_t i = 0; !st && i < s->n; i++) {
        static const char *const roles[] = { "area", "area-unstable", "area-hidden",
                                             "area-no-data" };
        hz_colour fill = hz_sheet_fill(s, i);
        bool dark = hz_type_ink_on(fill) == HZ_PAPER;
        hz_ink_style style = { .fill = true, .fill_colour = fill, .stroke_pt = AREA_LINE_PT,
                               .stroke_colour = dark ? HZ_PAPER : AREA_LINE_GREY,
                               .inside = true };
        hz_sheet_hatch(s, s->state[i], fill, &style);
        st = draw_rings(s, roles[s->state[i]], s->areas, s->areas->first_ring[i],
                        s->areas->first_ring[i + 1], true, &style, err);
    }
    return st;
}

/* The outer edge of all features together. */
static hz_status draw_edge_of(hz_sheet *s, const char *role, const hz_shapes *shapes,
                              const hz_ink_style *line, hz_error *err)
{
    hz_shapes *edge = NULL;
    hz_status st = hz_sheet_edge(shapes, &edge, err);
    for (size_t r = 0; !st && r < edge->rings; r++) {
        size_t a = edge->first_point[r], b = edge->first_point[r + 1] - 1;
        bool closed = edge->x[a] == edge->x[b] && edge->y[a] == edge->y[b];
        st = draw_rings(s, role, edge, r, r + 1, closed, line, err);
    }
    hz_shapes_free(edge);
    return st;
}

static hz_status draw_edge(hz_sheet *s, hz_error *err)
{
    const hz_ink_style line = { .stroke_pt = s->shared ? PANEL_EDGE_PT : EDGE_PT,
                                .stroke_colour = EDGE_COLOUR };
    return draw_edge_of(s, "edge", s->areas, &line, err);
}

static hz_status draw_focus(hz_sheet *s, hz_error *err)
{
    hz_ink_style line;
    if (!s->focus)
        return HZ_OK;
    hz_focus_edge_style(&line);
    return draw_edge_of(s, "focus", s->focus, &line, err);
}

double hz_sheet_spot_radius(const hz_sheet *s, size_t count)
{
    /* area in proportion to the number, the greatest at most 3 mm in radius */
    double one = fmin(0.75, 3 / sqrt((double)(s->spot_most ? s->spot_most : 1)));
    return one * sqrt((double)count);
}

void hz_sheet_spot_style(hz_ink_style *style)
{
    *style = (hz_ink_style){ .fill = true, .fill_colour = HZ_TEXT_COLOUR, .stroke_pt = 0.5,
                             .stroke_colour = HZ_PAPER };
}

static void draw_events(hz_sheet *s)
{
    hz_ink_style style;
    hz_sheet_spot_style(&style);
    for (size_t k = 0; k < s->spot_count; k++)
        hz_scene_circle(s->scene, "event", s->spots[k].x, s->spots[k].y,
                        hz_sheet_spot_radius(s, s->spots[k].count), &style);
}

/* The frame's ground, neighbours and water; marks are cut to the frame from here to `end`. */
static hz_status begin(hz_sheet *s, hz_error *err)
{
    const hz_rect f = s->frame;
    const hz_ink_style
        ground = { .fill = true, .fill_colour = s->look->outside },
        neighbour = { .fill = true, .fill_colour = s->look->outside, .stroke_pt = 0.35,
                      .stroke_colour = s->look->streets },
        water = { .fill = true, .fill_colour = s->look->water };
    hz_scene_rect(s->scene, "outside", f.x, f.y, f.w, f.h, &ground);
    hz_scene_push_clip(s->scene, f.x, f.y, f.w, f.h);
    hz_status st = hz_sheet_draw_shapes(s, "neighbour", s->outside, &neighbour, err);
    return st ? st : hz_sheet_draw_shapes(s, "water", s->water, &water, err);
}

static void end(hz_sheet *s)
{
    const hz_rect f = s->frame;
    const hz_ink_style rim = { .stroke_pt = FRAME_PT, .stroke_colour = FRAME_COLOUR };
    hz_scene_pop_clip(s->scene);
    hz_furniture_north(s);
    hz_scene_rect(s->scene, "frame", f.x, f.y, f.w, f.h, &rim);
}

/* A proposal is a broad band, so that it is told from the zone given in any light, and where the two
 * run together the line of that zone lies within it. */
void hz_sheet_zone_style(const hz_sheet *s, size_t zone, bool dashed, hz_ink_style *style)
{
    bool proposed = s->pair && zone == 1;
    *style = (hz_ink_style){ .stroke_pt = s->look->zone_line_pt, .stroke_colour = HZ_TEXT_COLOUR,
                             .casing_pt = s->look->zone_casing_pt, .casing_colour = HZ_PAPER };
    if (proposed) {
        style->stroke_pt = 2 * s->look->zone_line_pt;
        style->stroke_colour = PROPOSAL_COLOUR;
        style->casing_pt = s->look->zone_line_pt + s->look->zone_casing_pt;
    } else if (dashed) {
        style->dash_mm[0] = 2;
        style->dash_mm[1] = 1.2;
    }
}

/* Dashed borders below the others: where a drawn one runs along one that is known, that is seen. */
static hz_status draw_zones(hz_sheet *s, const bool *dashed, hz_error *err)
{
    hz_status st = HZ_OK;
    size_t n = s->zones ? s->zones->features : 0;
    for (size_t i = 0; !st && i < 2 * n; i++) {
        size_t z = i % n;
        hz_ink_style line;
        if ((dashed && dashed[z]) != (i < n))
            continue;
        hz_sheet_zone_style(s, z, dashed && dashed[z], &line);
        st = draw_feature(s, "zone", s->zones, z, &line, err);
    }
    return st;
}

/* The zone given, the band of the proposal, and over it the line of the zone once more. */
static hz_status draw_pair(hz_sheet *s, const bool *dashed, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < 3; i++) {
        hz_ink_style line;
        hz_sheet_zone_style(s, i % 2, dashed && dashed[i % 2], &line);
        if (i == 2)
            line.casing_pt = 0;
        st = draw_feature(s, i == 1 ? "proposal" : "zone", s->zones, i % 2, &line, err);
    }
    return st;
}

/* All that lies below the labels of a map with classes. */
static hz_status draw_below(hz_sheet *s, hz_error *err)
{
    hz_status st = begin(s, err);
    if (!st)
        st = draw_areas(s, err);
    if (!st)
        st = hz_sheet_draw_streets(s, err);
    if (!st)
        st = draw_edge(s, err);
    if (!st)
        st = draw_focus(s, err);
    if (!st)
        st = draw_zones(s, NULL, err);
    return st ? st : hz_sheet_draw_circles(s, draw_feature, err);
}

hz_status hz_sheet_draw_panel_map(hz_sheet *s, bool names, hz_error *err)
{
    hz_status st = draw_below(s, err);
    if (!st)
        st = hz_sheet_draw_inner_labels(s, names, err);
    end(s);
    return st;
}

hz_status hz_sheet_draw_map(hz_sheet *s, hz_error *err)
{
    hz_status st = draw_below(s, err);
    if (!st) {
        draw_events(s); /* over the zones' lines: the data are seen first */
        st = hz_focus_draw_locator(s, err);
    }
    if (!st)
        st = hz_sheet_draw_labels(s, err);
    end(s);
    return st;
}

hz_status hz_sheet_draw_quiet(hz_sheet *s, const bool *dashed, bool letters, hz_error *err)
{
    const hz_ink_style area = { .fill = true, .fill_colour = HZ_PAPER },
                       line = { .stroke_pt = AREA_LINE_PT, .stroke_colour = AREA_LINE_GREY,
                                .inside = true };
    hz_ink_style both = line;
    both.fill = true;
    both.fill_colour = HZ_PAPER;
    hz_status st = begin(s, err);
    if (!st)
        st = hz_sheet_draw_shapes(s, "area", s->areas, s->cells ? &area : &both, err);
    if (!st)
        st = hz_sheet_draw_parcels(s, draw_feature, err);
    if (!st && s->cells)
        st = hz_sheet_draw_shapes(s, "area-line", s->areas, &line, err);
    if (!st)
        st = hz_sheet_draw_streets(s, err);
    if (!st && s->areas)
        st = draw_edge(s, err);
    if (!st)
        st = s->pair ? draw_pair(s, dashed, err) : draw_zones(s, dashed, err);
    if (!st) {
        draw_events(s);
        st = hz_sheet_draw_quiet_labels(s, letters, err);
    }
    end(s);
    return st;
}
