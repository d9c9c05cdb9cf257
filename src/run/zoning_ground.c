/* Brings what zones are judged by into one metric system: study area, events, residents. */
#include <math.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/overlay.h"
#include "run/zoning_parts.h"

hz_status zoning_study(const hz_crs *crs, const hz_layer *const *areas, size_t n, hz_shapes **out,
                       hz_error *err)
{
    hz_shapes *whole = NULL;
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < n; i++) {
        hz_shapes *moved = NULL, *one = NULL, *both = NULL;
        st = zoning_move(crs, areas[i], &moved, err);
        if (!st)
            st = hz_overlay_dissolve(moved, NULL, &one, err);
        if (!st && whole) {
            st = hz_overlay(whole, 0, one, 0, HZ_OVERLAY_UNION, &both, err);
            if (!st) {
                hz_shapes_free(whole);
                whole = both;
            }
        } else if (!st) {
            whole = one;
            one = NULL;
        }
        hz_shapes_free(moved);
        hz_shapes_free(one);
    }
    if (!st && !(hz_shape_area(whole, 0) > 0))
        st = hz_fail(err, HZ_EDATA, "the study area has no area, expected polygons");
    if (st)
        hz_shapes_free(whole);
    else
        *out = whole;
    return st;
}

static hz_status join_study(zoning *z)
{
    hz_shapes *whole = NULL;
    hz_status st = zoning_study(z->in->crs, z->in->areas, z->in->area_count, &whole, z->err);
    if (!st)
        st = zoning_layer(z->in->crs, "study area", &whole, &z->study, z->err);
    hz_shapes_free(whole);
    return st;
}

static hz_status find_land(zoning *z)
{
    const hz_shapes *study = hz_layer_shapes(z->study);
    hz_shapes *wet = NULL;
    hz_status st;
    if (!z->in->water)
        return hz_shapes_copy(study, &z->land, z->err);
    st = zoning_move(z->in->crs, z->in->water, &z->water, z->err);
    if (!st)
        st = hz_overlay_dissolve(z->water, NULL, &wet, z->err);
    if (!st)
        st = hz_overlay(study, 0, wet, 0, HZ_OVERLAY_DIFFERENCE, &z->land, z->err);
    if (!st && !(hz_shape_area(z->land, 0) > 0))
        st = hz_fail(z->err, HZ_EDATA, "water covers the whole study area, expected some land");
    hz_shapes_free(wet);
    return st;
}

/* Hotspots that are given, as one feature. */
static hz_status find_hot(zoning *z)
{
    hz_shapes *moved = NULL;
    if (!z->in->hot)
        return HZ_OK;
    hz_status st = zoning_move(z->in->crs, z->in->hot, &moved, z->err);
    if (!st)
        st = hz_overlay_dissolve(moved, NULL, &z->hot, z->err);
    hz_shapes_free(moved);
    return st;
}

/* ---- points ------------------------------------------------------------------------------- */

/* Coordinates, in metres, of the rows that were placed; those of `precise` too. */
static hz_status take_points(zoning *z, const hz_layer *layer, const hz_placing *placing,
                             const char *precision, size_t *count, double **x, double **y,
                             double **precise)
{
    const hz_shapes *s = hz_layer_shapes(layer);
    const int32_t *area = hz_placing_areas(placing);
    const double *of = precision ? hz_layer_numbers(layer, precision) : NULL;
    size_t rows = hz_layer_rows(layer), n = 0;
    *x = hz_mem_new(rows, sizeof **x);
    *y = hz_mem_new(rows, sizeof **y);
    if (of)
        *precise = hz_mem_new(rows, sizeof **precise);
    if (!*x || !*y || (of && !*precise))
        return hz_mem_fail(z->err, hz_layer_name(layer));
    for (size_t i = 0; i < rows; i++) {
        if (area[i] < 0)
            continue;
        (*x)[n] = s->x[i];
        (*y)[n] = s->y[i];
        if (of)
            (*precise)[n] = of[i];
        n++;
    }
    *count = n;
    return hz_crs_points(hz_layer_crs(layer), z->in->crs, n, *x, *y, NULL, z->err);
}

static hz_status place(zoning *z, const hz_zoning_points *p, size_t k, hz_placing **out,
                       hz_fate *fate)
{
    hz_place_opts how = p->place;
    hz_layer *study = z->study;
    how.period = z->in->period[k];
    if (!hz_layer_crs(p->layer))
        return hz_fail(z->err, HZ_ECRS, "%s: has no reference system, expected `crs:` beside its "
                       "source", hz_layer_name(p->layer));
    /* what is wrong with dates is said by the dates that there are */
    hz_status st = z->in->hidden ? HZ_OK : hz_place_need_dates(p->layer, &how, z->err);
    if (!st)
        st = hz_place_events(study, p->layer, false, &how, out, z->notice, z->err);
    if (!st)
        *fate = *hz_placing_fate(*out);
    return st;
}

static hz_status check_precision(const zoning *z)
{
    const hz_zoning_points *e = &z->in->events;
    const double *v = e->precision ? hz_layer_numbers(e->layer, e->precision) : NULL;
    if (e->precision && !v)
        return hz_fail(z->err, HZ_EUSAGE, "%s: has no column of numbers '%s', expected the "
                       "precision of the events", hz_layer_name(e->layer), e->precision);
    for (size_t i = 0; v && i < hz_layer_rows(e->layer); i++) {
        if (!(v[i] < 0) && !isinf(v[i]))
            continue;
        if (z->in->hidden) /* no row of these is told of */
            return hz_fail(z->err, HZ_EDATA, "%s: '%s' is negative or infinite somewhere, expected "
                           "metres, 0 or more", hz_layer_name(e->layer), e->precision);
        return hz_fail(z->err, HZ_EDATA, "%s: row %zu: '%s' is %g, expected metres, 0 or more",
                       hz_layer_name(e->layer), i + 1, e->precision, v[i]);
    }
    return HZ_OK;
}

static hz_status read_events(zoning *z)
{
    size_t rows = hz_layer_rows(z->in->events.layer);
    hz_status st = check_precision(z);
    if (!st && !(z->out.used = hz_mem_new(rows, 1)))
        st = hz_mem_fail(z->err, "events");
    for (size_t k = 0; !st && k < z->in->periods; k++) {
        hz_placing *placing = NULL;
        hz_card_points *p = &z->points[k];
        st = place(z, &z->in->events, k, &placing, &z->out.fate[k]);
        if (!st)
            st = take_points(z, z->in->events.layer, placing, z->in->events.precision, &p->n,
                             &z->xy[k][0], &z->xy[k][1], &z->xy[k][2]);
        if (!st && !p->n)
            st = hz_fail(z->err, HZ_EDATA, "no event lies in the study area%s%s, expected some",
                         *z->out.period[k] ? " in " : "", z->out.period[k]);
        if (!st && z->in->while_in_force)
            st = zoning_times(z, &z->in->events, placing, &z->times[k][0], &z->days[k][0]);
        p->when = z->times[k][0];
        p->whole_day = z->days[k][0];
        for (size_t i = 0; !st && i < rows; i++)
            z->out.used[i] |= hz_placing_areas(placing)[i] >= 0;
        p->x = z->xy[k][0];
        p->y = z->xy[k][1];
        p->precision = z->xy[k][2];
        p->located = true;
        hz_placing_free(placing);
    }
    return st;
}

static hz_status take_found(zoning *z, const hz_placing *placing, unsigned char **out)
{
    const hz_zoning_points *s = &z->in->searches;
    const char *equals = s->found ? strchr(s->found, '=') : NULL;
    size_t at = 0, n, finds, odd;
    if (!s->found)
        return HZ_OK;
    char *named = hz_mem_text_n(s->found, equals ? (size_t)(equals - s->found) : strlen(s->found));
    hz_status st = named ? hz_layer_need(s->layer, named, &at, z->err)
                         : hz_mem_fail(z->err, "searches");
    if (!st)
        st = hz_searches_found(s->layer, at, equals ? equals + 1 : NULL, hz_placing_areas(placing),
                               out, &n, &finds, &odd, z->err);
    hz_mem_free(named);
    return st;
}

static hz_status read_searches(zoning *z)
{
    hz_status st = HZ_OK;
    for (size_t k = 0; z->in->searches.layer && !st && k < z->in->periods; k++) {
        hz_placing *placing = NULL;
        hz_card_points *p = &z->points[k];
        st = place(z, &z->in->searches, k, &placing, &z->out.searches_fate[k]);
        if (!st)
            st = take_points(z, z->in->searches.layer, placing, NULL, &p->searches, &z->xy[k][3],
                             &z->xy[k][4], NULL);
        if (!st)
            st = take_found(z, placing, &z->found[k]);
        if (!st && z->in->while_in_force)
            st = zoning_times(z, &z->in->searches, placing, &z->times[k][1], &z->days[k][1]);
        p->search_when = z->times[k][1];
        p->search_whole_day = z->days[k][1];
        p->search_x = z->xy[k][3];
        p->search_y = z->xy[k][4];
        p->found = z->found[k];
        hz_placing_free(placing);
    }
    return st;
}

/* ---- residents ---------------------------------------------------------------------------- */

static hz_status of_table(zoning *z, hz_error *err)
{
    const hz_layer *areas = z->in->areas[0];
    double *people = hz_mem_new(hz_layer_rows(areas), sizeof *people);
    hz_status st = people ? hz_match_values(areas, z->in->area_id, z->in->population,
                                            &z->in->population_columns, people, NULL, NULL,
                                            z->notice, err)
                          : hz_mem_fail(err, "population");
    if (!st)
        st = zoning_move(z->in->crs, areas, &z->units, z->err);
    if (!st)
        st = hz_reside_new(z->units, people, z->water, &z->residents, err);
    hz_mem_free(people);
    return st;
}

/* Polygons or points with a figure: of one year, or their sum would count people twice. */
static hz_status of_shapes(zoning *z, hz_error *err)
{
    static const char *const usual[] = { "residents", "population", "pop", "people",
                                         "indbyggere", "folketal", "count", "n" };
    const hz_layer *people = z->in->population;
    const char *named = z->in->population_columns.value, *year = NULL;
    const double *figure = named ? hz_layer_numbers(people, named) : NULL;
    char first[64], text[64];
    for (size_t i = 0; !named && !figure && i < sizeof usual / sizeof *usual; i++)
        figure = hz_layer_numbers(people, usual[i]);
    if (!figure)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column of numbers %s%s%s, expected the "
                       "residents", hz_layer_name(people), named ? "'" : "of residents",
                       named ? named : "", named ? "'" : "");
    hz_status st = hz_match_year(people, z->in->population_columns.year, &year, err);
    for (size_t i = 0; !st && year && i < hz_layer_rows(people); i++) {
        size_t at = (size_t)hz_layer_find(people, year);
        st = hz_layer_value_text(people, at, i, i ? text : first, sizeof text);
        if (!st && i && strcmp(text, first) != 0)
            return hz_fail(err, HZ_EDATA, "%s: has several years, expected one: choose it by "
                           "`|subset=%s = ...`", hz_layer_name(people), year);
    }
    if (!st)
        st = zoning_move(z->in->crs, people, &z->units, z->err);
    return st ? st : hz_reside_new(z->units, figure, z->water, &z->residents, err);
}

static hz_status read_people(zoning *z)
{
    const hz_layer *people = z->in->population;
    if (!people)
        return HZ_OK;
    const hz_shapes *shapes = hz_layer_shapes(people);
    return shapes && shapes->kind != HZ_NOSHAPE ? of_shapes(z, z->err) : of_table(z, z->err);
}

hz_status zoning_ground(zoning *z)
{
    for (size_t k = 0; k < z->in->periods; k++)
        if (z->in->period[k].from != HZ_TIME_NONE || z->in->period[k].until != HZ_TIME_NONE)
            hz_period_format(z->out.period[k], sizeof z->out.period[k], z->in->period[k]);
    hz_status st = join_study(z);
    if (!st)
        st = find_land(z);
    if (!st)
        st = find_hot(z);
    if (!st)
        st = read_people(z);
    if (!st)
        st = read_events(z);
    return st ? st : read_searches(z);
}
