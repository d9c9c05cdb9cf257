/* Composes a sheet: checks, classes, plan, drawing, facts. */
#include "hotzone/sheet.h"

#include <math.h>

#include "hotzone/mem.h"
#include "map/sheet_parts.h"

hz_status hz_sheet_check_layer(const hz_layer *layer, hz_shape_kind kind, const char *what,
                               const hz_crs *crs, hz_error *err)
{
    static const char *const kinds[] = { "no shapes", "points", "lines", "polygons" };
    const hz_shapes *shapes = layer ? hz_layer_shapes(layer) : NULL;
    if (!layer)
        return HZ_OK;
    hz_shape_kind found = shapes ? shapes->kind : HZ_NOSHAPE;
    if (found != kind && hz_layer_rows(layer) > 0)
        return hz_fail(err, HZ_EDATA, "%s: %s are %s, expected %s", hz_layer_name(layer), what,
                       kinds[found], kinds[kind]);
    const hz_crs *own = hz_layer_crs(layer);
    if (hz_layer_rows(layer) > 0 && (!own || !hz_crs_equal(own, crs)))
        return hz_fail(err, HZ_ECRS, "%s: %s are in %s, expected %s as the areas",
                       hz_layer_name(layer), what, own ? hz_crs_code(own) : "no known system",
                       hz_crs_code(crs));
    return HZ_OK;
}

hz_status hz_sheet_check_column(const hz_layer *layer, const char *column, hz_column_kind kind,
                                hz_error *err)
{
    if (!column)
        return HZ_OK;
    int found = hz_layer_find(layer, column);
    if (found < 0 || hz_layer_column_kind(layer, (size_t)found) != kind)
        return hz_fail(err, HZ_EUSAGE, "%s: no column '%s' of %s", hz_layer_name(layer), column,
                       kind == HZ_NUMBERS ? "numbers" : "texts");
    return HZ_OK;
}

hz_status hz_sheet_check_crs(const hz_layer *layer, const hz_notice *notice, hz_error *err)
{
    const hz_crs *crs = hz_layer_crs(layer);
    if (crs && hz_crs_is_web_mercator(crs))
        return hz_fail(err, HZ_ECRS, "%s: in Web Mercator, whose scale changes with the latitude; "
                       "expected a system in true metres such as EPSG:25832",
                       hz_layer_name(layer));
    return hz_crs_need_metres(crs, hz_layer_name(layer), notice, err);
}

hz_status hz_sheet_check_layers(const hz_sheet_data *d, const hz_crs *crs, hz_error *err)
{
    const struct {
        const hz_layer *layer;
        hz_shape_kind kind;
        const char *what;
    } all[] = {
        { d->areas, HZ_POLYGON, "areas" },     { d->zones, HZ_POLYGON, "zones" },
        { d->events, HZ_POINT, "events" },     { d->water, HZ_POLYGON, "water" },
        { d->streets, HZ_LINE, "streets" },    { d->outside, HZ_POLYGON, "neighbours" },
        { d->focus, HZ_POLYGON, "the focus" },
    };
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < sizeof all / sizeof *all; i++)
        st = hz_sheet_check_layer(all[i].layer, all[i].kind, all[i].what, crs, err);
    return st;
}

static hz_status check_cells(const hz_sheet_cells *c, const hz_crs *crs, hz_error *err)
{
    hz_status st = hz_sheet_check_layer(c->units, HZ_POLYGON, "cells", crs, err);
    if (!st)
        st = hz_sheet_check_column(c->units, c->class_column, HZ_TEXTS, err);
    if (!st)
        st = hz_sheet_check_column(c->units, c->state, HZ_TEXTS, err);
    if (!st)
        st = hz_sheet_check_layer(c->circles, HZ_POLYGON, "clusters", crs, err);
    return st || !c->circles ? st : hz_sheet_check_column(c->circles, "cluster", HZ_NUMBERS, err);
}

static hz_status check_data(const hz_sheet_data *d, const hz_notice *notice, hz_error *err)
{
    const struct {
        const char *column;
        hz_column_kind kind;
    } columns[] = { { d->value, HZ_NUMBERS }, { d->state, HZ_TEXTS }, { d->name, HZ_TEXTS },
                    { d->low, HZ_NUMBERS }, { d->high, HZ_NUMBERS } };
    hz_status st;
    if (hz_layer_rows(d->areas) == 0)
        return hz_fail(err, HZ_EDATA, "%s: no areas, expected at least one",
                       hz_layer_name(d->areas));
    st = hz_sheet_check_crs(d->areas, notice, err);
    if (!st)
        st = hz_sheet_check_layers(d, hz_layer_crs(d->areas), err);
    for (size_t i = 0; !st && i < sizeof columns / sizeof *columns; i++)
        st = hz_sheet_check_column(d->areas, columns[i].column, columns[i].kind, err);
    if (!st && d->cells)
        st = check_cells(d->cells, hz_layer_crs(d->areas), err);
    if (!st && d->zones)
        st = hz_sheet_check_column(d->zones, d->zone_name, HZ_TEXTS, err);
    return st;
}

hz_status hz_sheet_find_ground(hz_sheet *s, hz_error *err)
{
    hz_box g = s->ground = hz_shapes_box(hz_layer_shapes(s->data->areas));
    if (!(g.xmax > g.xmin && g.ymax > g.ymin && isfinite(g.xmax - g.xmin) &&
          isfinite(g.ymax - g.ymin)))
        return hz_fail(err, HZ_EDATA, "%s: the areas have no extent, expected polygons",
                       hz_layer_name(s->data->areas));
    s->unit_m = hz_crs_unit_m(hz_layer_crs(s->data->areas));
    return s->data->focus ? hz_focus_ground(s, err) : HZ_OK;
}

/* The notes say how many events lie off the map, and the map has what the notes leave: so the
 * plan is made again until that number stands still. */
static hz_status plan(hz_sheet *s, hz_error *err)
{
    for (int pass = 0; pass < 4; pass++) {
        size_t off = s->facts.events_off_map, most = s->spot_most;
        hz_status st = hz_sheet_plan(s, err);
        if (!st)
            st = hz_sheet_place(s, err);
        if (st || (s->facts.events_off_map == off && s->spot_most == most))
            return st;
    }
    return HZ_OK;
}

hz_status hz_sheet_set_about(hz_sheet *s, hz_error *err)
{
    const char *title = hz_sheet_title(s);
    hz_scene_about about = {
        .title = title && *title ? title : s->words->quantity,
        .description = s->words->alt,
        .subject = s->words->quantity,
        .keywords = s->words->made_up,
        .language = s->look->language,
        .date = s->words->date,
    };
    return hz_scene_set_about(s->scene, &about, err);
}

static hz_status draw(hz_sheet *s, hz_error *err)
{
    hz_status st = hz_scene_new(s->width, s->height, &s->scene, err);
    if (st)
        return st;
    const hz_ink_style paper = { .fill = true, .fill_colour = HZ_PAPER };
    hz_scene_rect(s->scene, "paper", 0, 0, s->width, s->height, &paper);
    hz_furniture_title(s, s->title_room.x, s->title_room.y, s->title_room.w, true);
    st = hz_sheet_draw_map(s, err);
    if (st)
        return st;
    hz_sheet_draw_legend(s);
    hz_furniture_notes(s, s->note_room.x, s->note_room.y, s->note_room.w, true);
    st = hz_sheet_set_about(s, err);
    return st ? st : hz_scene_check(s->scene, err);
}

static hz_status report(const hz_sheet *s, hz_error *err)
{
    const hz_sheet_facts *f = &s->facts;
    size_t labels = f->dropped_count - f->dropped_values;
    if (labels && s->look->label_show == HZ_LABELS_ALL)
        return hz_fail(err, HZ_EUSAGE, "sheet: no room for %zu labels (%s), but labels.show is "
                       "all: expected a larger page, shorter names or show: auto",
                       labels, f->dropped);
    if (f->dropped_count)
        hz_warn(s->notice, "sheet: no room for %zu labels%s: %s", labels,
                f->dropped_values ? " and for some values" : "", f->dropped);
    for (size_t z = 0; s->zones && z < s->zones->features; z++) {
        char letter[8];
        if (!hz_sheet_zone_shown(s, z))
            hz_warn(s->notice, "sheet: zone %s lies outside the map",
                    hz_sheet_letter(z, letter, sizeof letter));
    }
    if (f->events_off_map)
        hz_warn(s->notice, "sheet: %zu event%s outside the map", f->events_off_map,
                f->events_off_map == 1 ? " lies" : "s lie");
    if (f->events_without_place)
        hz_warn(s->notice, "sheet: %zu event%s no place and %s not drawn", f->events_without_place,
                f->events_without_place == 1 ? " has" : "s have",
                f->events_without_place == 1 ? "is" : "are");
    if (s->missing)
        hz_warn(s->notice, "sheet: %d character%s in none of the fonts", s->missing,
                s->missing == 1 ? " is" : "s are");
    return HZ_OK;
}

void hz_sheet_clear(hz_sheet *s)
{
    hz_mem_free(s->value);
    hz_mem_free(s->state);
    hz_mem_free(s->class_of);
    hz_mem_free(s->spots);
    hz_shapes_free(s->areas);
    hz_shapes_free(s->zones);
    hz_shapes_free(s->water);
    hz_shapes_free(s->streets);
    hz_shapes_free(s->outside);
    hz_shapes_free(s->focus);
    hz_shapes_free(s->cell_shapes);
    hz_shapes_free(s->cells);
    hz_shapes_free(s->circles);
    hz_scene_free(s->scene);
}

/* Everything but the checks of the input and the handing over. */
static hz_status make(hz_sheet *s, hz_error *err)
{
    hz_status st = hz_sheet_classify(s, err);
    if (!st && s->data->cells)
        st = hz_sheet_merge_cells(s, err);
    if (!st)
        st = plan(s, err);
    if (!st)
        st = hz_sheet_project(s, err);
    if (!st && s->focus)
        hz_focus_plan_locator(s);
    if (!st)
        st = draw(s, err);
    /* a text that was not measured for want of memory may have led to any other complaint */
    hz_error lost;
    if (hz_fonts_check(s->fonts, &lost) || s->out_of_memory)
        st = hz_mem_fail(err, "sheet");
    return st ? st : report(s, err);
}

hz_status hz_sheet_compose(const hz_sheet_data *data, const hz_sheet_words *words,
                           const hz_look *look, hz_fonts *fonts, hz_scene **out,
                           hz_sheet_facts *facts, const hz_notice *notice, hz_error *err)
{
    hz_sheet s = { .data = data, .words = words, .look = look, .notice = notice,
                   .fonts = fonts, .say = hz_sheet_wording(look->language),
                   .n = hz_layer_rows(data->areas) };
    hz_status st;

    st = check_data(data, notice, err);
    if (st) goto done;
    st = hz_sheet_find_ground(&s, err);
    if (st) goto done;
    st = make(&s, err);
    if (st) goto done;
    *out = s.scene;
    s.scene = NULL;
    if (facts)
        *facts = s.facts;
done:
    hz_sheet_clear(&s);
    return st;
}

hz_status hz_sheet_classes(const hz_sheet_data *data, const hz_look *look,
                           hz_sheet_facts *facts, hz_error *err)
{
    hz_sheet s = { .data = data, .look = look, .n = hz_layer_rows(data->areas) };
    hz_status st = hz_sheet_classify(&s, err);
    if (!st)
        *facts = s.facts;
    hz_sheet_clear(&s);
    return st;
}
