/* Sheets of a quiet map with something beside and below it. */
#include "map/sheet_panel.h"

#include <math.h>
#include <string.h>

#include "hotzone/mem.h"

#define GUTTER_MM 4.0
#define GAP_MM 3.0
#define TITLE_GAP_MM 2.5
#define NOTE_GAP_MM 2.5
#define BESIDE_LEAST_MM 140.0 /* narrower pages have the panel below the map */
#define MAP_LEAST_MM 45.0
#define MAP_MOST_MM 112.0
#define FIGURE_MOST_MM 240.0
#define STACKED_LEAST 0.5     /* of its width: lower maps stand beside the panel */
#define AROUND 0.15           /* of the zones' extent, on each side */
#define AROUND_LEAST_M 100.0

/* The map shows the zones and what is around them, at one scale. */
static hz_status find_ground(hz_sheet *s, hz_error *err)
{
    const hz_layer *zones = s->data->zones;
    hz_box g = hz_shapes_box(hz_layer_shapes(zones));
    double side = fmax(g.xmax - g.xmin, g.ymax - g.ymin);
    if (!(g.xmax > g.xmin && g.ymax > g.ymin && isfinite(side)))
        return hz_fail(err, HZ_EDATA, "%s: the zones have no extent, expected polygons",
                       hz_layer_name(zones));
    s->unit_m = hz_crs_unit_m(hz_layer_crs(zones));
    double more = fmax(AROUND * side, AROUND_LEAST_M / s->unit_m);
    s->ground = (hz_box){ g.xmin - more, g.ymin - more, g.xmax + more, g.ymax + more };
    return HZ_OK;
}

static hz_status check(const hz_sheet *s, hz_error *err)
{
    const hz_sheet_data *d = s->data;
    hz_status st;
    if (!d->zones || hz_layer_rows(d->zones) == 0)
        return hz_fail(err, HZ_EDATA, "%s: no zones, expected at least one",
                       d->zones ? hz_layer_name(d->zones) : "sheet");
    st = hz_sheet_check_crs(d->zones, s->notice, err);
    if (!st)
        st = hz_sheet_check_layers(d, hz_layer_crs(d->zones), err);
    if (!st && d->areas)
        st = hz_sheet_check_column(d->areas, d->name, HZ_TEXTS, err);
    return st;
}

static bool is_figure(const hz_sheet *s)
{
    return strcmp(s->look->page_name, "text") == 0 || strcmp(s->look->page_name, "column") == 0;
}

static double natural_height(const hz_sheet *s, double w)
{
    double wide = s->ground.xmax - s->ground.xmin, tall = s->ground.ymax - s->ground.ymin;
    return (w - 2 * HZ_MAP_PAD_MM) * tall / wide + 2 * HZ_MAP_PAD_MM;
}

/* The panel with the scale bar below it. */
static double draw_panel(hz_panel_sheet *p, double x, double y, double w, bool draw)
{
    double used = p->panel(p, x, y, w, draw);
    double bar = hz_furniture_scalebar(&p->s, x, y + used + GAP_MM, w, draw);
    return used + (bar > 0 ? GAP_MM + bar : 0);
}

/* What the map has above a panel across the page, on a sheet of paper. */
static double stacked_room(hz_panel_sheet *p, double top, double w, double below, double notes)
{
    const hz_look *look = p->s.look;
    double panel = draw_panel(p, 0, 0, w, false);
    return look->height_mm - top - look->margin_mm - below - panel - GAP_MM -
           (notes > 0 ? notes + NOTE_GAP_MM : 0);
}

/* Where the blocks stand; `notes` is the height of the notes. */
static hz_status lay_out(hz_panel_sheet *p, double notes, hz_error *err)
{
    hz_sheet *s = &p->s;
    const hz_look *look = s->look;
    double margin = look->margin_mm, w = look->width_mm - 2 * margin;
    double title = hz_furniture_title(s, margin, margin, w, false);
    double below = p->below ? p->below(p, margin, 0, w, false) + GAP_MM : 0;

    title += title > 0 ? TITLE_GAP_MM : 0;
    s->title_room = (hz_rect){ margin, margin, w, title };
    double top = margin + title;
    bool filled = p->fill_paper && !is_figure(s) &&
                  stacked_room(p, top, w, below, notes) >= STACKED_LEAST * w;
    bool beside = w >= BESIDE_LEAST_MM && !filled;
    double map_w = beside ? p->map_share * w : w;
    s->panel.w = beside ? w - map_w - GUTTER_MM : w;
    double panel = draw_panel(p, 0, 0, s->panel.w, false);
    double room = (is_figure(s) ? FIGURE_MOST_MM : look->height_mm) - top - margin - below -
                  (notes > 0 ? notes + NOTE_GAP_MM : 0) - (beside ? 0 : panel + GAP_MM);
    double most = p->map_most_mm > 0 ? p->map_most_mm : MAP_MOST_MM;
    double good = filled ? room : fmin(fmax(natural_height(s, map_w), MAP_LEAST_MM), most);
    s->frame = (hz_rect){ margin, top, map_w, fmin(beside ? fmax(good, fmin(panel, most))
                                                          : good, room) };
    s->panel.x = beside ? margin + map_w + GUTTER_MM : margin;
    s->panel.y = beside ? top : top + s->frame.h + GAP_MM;
    s->panel.h = panel;
    double body = beside ? fmax(s->frame.h, panel) : s->frame.h + GAP_MM + panel;
    double lack = fmax(MAP_LEAST_MM - s->frame.h, beside ? panel - room : 0);
    if (lack > 1e-9)
        return hz_fail(err, HZ_EUSAGE, "sheet: title (%.1f mm), table and text (%.1f mm) and notes "
                       "(%.1f mm) are %.1f mm too tall for the page beside a map of %.0f mm: "
                       "shorten them or take a larger page", title, panel + below, notes, lack,
                       MAP_LEAST_MM);
    s->below = !beside;
    s->note_room = (hz_rect){ margin, top + body + below + NOTE_GAP_MM, w, notes };
    s->width = look->width_mm;
    s->height = is_figure(s) ? s->note_room.y - (notes > 0 ? 0 : NOTE_GAP_MM) + notes + margin
                             : look->height_mm;
    s->facts.width_mm = s->width;
    s->facts.height_mm = s->height;
    return HZ_OK;
}

/* The notes say how many events lie off the map, and the map has what the notes leave. */
static hz_status plan(hz_panel_sheet *p, hz_error *err)
{
    hz_sheet *s = &p->s;
    hz_status st = HZ_OK;
    double w = s->look->width_mm - 2 * s->look->margin_mm;
    for (int pass = 0; !st && pass < 3; pass++) {
        st = lay_out(p, hz_furniture_notes(s, 0, 0, w, false), err);
        if (!st)
            st = hz_sheet_place(s, err);
    }
    return st;
}

static hz_status draw(hz_panel_sheet *p, hz_error *err)
{
    hz_sheet *s = &p->s;
    const hz_ink_style paper = { .fill = true, .fill_colour = HZ_PAPER };
    double w = s->title_room.w;
    hz_status st = hz_scene_new(s->width, s->height, &s->scene, err);
    if (st)
        return st;
    hz_scene_rect(s->scene, "paper", 0, 0, s->width, s->height, &paper);
    hz_furniture_title(s, s->title_room.x, s->title_room.y, w, true);
    st = hz_sheet_draw_quiet(s, p->dashed, p->letters, err);
    if (st)
        return st;
    draw_panel(p, s->panel.x, s->panel.y, s->panel.w, true);
    double foot = s->below ? s->panel.y + s->panel.h
                           : fmax(s->frame.y + s->frame.h, s->panel.y + s->panel.h);
    if (p->below)
        p->below(p, s->title_room.x, foot + GAP_MM, w, true);
    hz_furniture_notes(s, s->note_room.x, s->note_room.y, s->note_room.w, true);
    st = hz_sheet_set_about(s, err);
    return st ? st : hz_scene_check(s->scene, err);
}

static void report(const hz_sheet *s)
{
    if (s->facts.dropped_count)
        hz_warn(s->notice, "sheet: no room for %zu labels: %s", s->facts.dropped_count,
                s->facts.dropped);
    if (s->facts.events_without_place)
        hz_warn(s->notice, "sheet: %zu events have no place and are not drawn",
                s->facts.events_without_place);
    if (s->missing)
        hz_warn(s->notice, "sheet: %d characters are in none of the fonts", s->missing);
}

hz_status hz_panel_sheet_compose(hz_panel_sheet *p, hz_scene **out, hz_sheet_facts *facts,
                                 hz_error *err)
{
    hz_sheet *s = &p->s;
    hz_status st;
    s->reference = NAN;
    s->say = hz_sheet_wording(s->look->language);
    st = check(s, err);
    if (!st)
        st = find_ground(s, err);
    if (!st)
        st = plan(p, err);
    if (!st)
        st = hz_sheet_project(s, err);
    if (!st)
        st = draw(p, err);
    hz_error lost;
    if (hz_fonts_check(s->fonts, &lost) || s->out_of_memory)
        st = hz_mem_fail(err, "sheet");
    if (!st) {
        report(s);
        *out = s->scene;
        s->scene = NULL;
        if (facts)
            *facts = s->facts;
    }
    hz_sheet_clear(s);
    return st;
}
