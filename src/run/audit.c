/* Audits a source, and the areas and residents it is used with. */
#include "hotzone/audit.h"

#include "hotzone/mem.h"
#include "hotzone/source.h"
#include "run/audit_parts.h"

hz_status audit_take(hz_audit *to, hz_quality **quality, hz_error *err)
{
    if (to->n == to->room) {
        size_t room = to->room ? 2 * to->room : 8;
        hz_quality **more = hz_mem_resize(to->of, room, sizeof *more);
        if (!more) {
            hz_quality_free(*quality);
            *quality = NULL;
            return hz_mem_fail(err, "audit");
        }
        to->of = more;
        to->room = room;
    }
    to->of[to->n++] = *quality;
    *quality = NULL;
    return HZ_OK;
}

void hz_audit_clear(hz_audit *audit)
{
    for (size_t i = 0; i < audit->n; i++)
        hz_quality_free(audit->of[i]);
    hz_mem_free(audit->of);
    *audit = (hz_audit){ 0 };
}

size_t hz_audit_count(const hz_audit *audit, hz_severity severity)
{
    size_t count = 0;
    for (size_t i = 0; i < audit->n; i++)
        count += hz_quality_count(audit->of[i], severity);
    return count;
}

bool audit_is_finding(hz_status st)
{
    return st == HZ_EFORMAT || st == HZ_ECRS || st == HZ_EDATA;
}

/* Read a source; one that cannot be read is a finding, and *out stays NULL. */
static hz_status read_source(const char *source, const hz_source_opts *opts, hz_audit *to,
                             hz_layer **out, const hz_notice *notice, hz_error *err)
{
    hz_quality *q = NULL;
    hz_error why = { .text = "" };
    hz_status st = hz_source_read(source, opts, out, notice, &why);
    if (!st)
        return HZ_OK;
    if (!audit_is_finding(st))
        return hz_fail(err, st, "%s", why.text);
    st = hz_quality_unreadable(source, why.text, &q, err);
    return st ? st : audit_take(to, &q, err);
}

static hz_shape_kind kind_of(const hz_layer *layer)
{
    const hz_shapes *shapes = layer ? hz_layer_shapes(layer) : NULL;
    return shapes ? shapes->kind : HZ_NOSHAPE;
}

/* Audit a layer as what its shapes say it is. */
static hz_status audit_layer(const hz_audit_input *in, const hz_layer *layer,
                             const hz_layer *areas, bool main, hz_audit *to, hz_error *err)
{
    static const hz_quality_events_opts plain = HZ_QUALITY_EVENTS_DEFAULTS;
    hz_quality_events_opts events = main ? in->events : plain;
    hz_quality_areas_opts of_areas = { in->id, in->name, in->overlap };
    hz_quality *q = NULL;
    hz_status st;
    switch (kind_of(layer)) {
    case HZ_POINT:
        events.areas = kind_of(areas) == HZ_POLYGON ? areas : NULL;
        st = hz_quality_events(layer, &events, &q, err);
        break;
    case HZ_POLYGON:
        st = hz_quality_areas(layer, &of_areas, &q, err);
        break;
    case HZ_NOSHAPE:
        st = hz_quality_table(layer, areas, in->id, &in->figures, &q, err);
        break;
    default:
        return hz_fail(err, HZ_EFORMAT, "%s: is lines, expected points, polygons or a table",
                       hz_layer_name(layer));
    }
    return st ? st : audit_take(to, &q, err);
}

static hz_status audit_areas(const hz_audit_input *in, const hz_layer *areas, hz_audit *to,
                             hz_error *err)
{
    hz_quality_areas_opts opts = { in->id, in->name, in->overlap };
    hz_quality *q = NULL;
    if (!areas)
        return HZ_OK;
    hz_status st = hz_quality_areas(areas, &opts, &q, err);
    return st ? st : audit_take(to, &q, err);
}

/* What is asked of a source that it has no use for: no audit may pass that was not made. */
static hz_status check_use(const hz_audit_input *in, const hz_layer *source,
                           const hz_layer *areas, hz_error *err)
{
    const hz_quality_events_opts *e = &in->events;
    hz_shape_kind kind = kind_of(source);
    if (!source)
        return HZ_OK;
    if (areas && kind == HZ_POINT && kind_of(areas) != HZ_POLYGON)
        return hz_fail(err, HZ_EFORMAT, "%s: has no polygons, expected areas to hold the events of "
                       "%s against", hz_layer_name(areas), hz_layer_name(source));
    if (kind != HZ_POINT && (e->id || e->time || e->time_format || e->kind || e->precision_m ||
                             e->period.from != HZ_TIME_NONE || e->period.until != HZ_TIME_NONE))
        return hz_fail(err, HZ_EUSAGE, "%s: holds no located events, expected no period and no "
                       "columns of events", hz_layer_name(source));
    if (kind != HZ_POLYGON && !in->areas && (in->id || in->name || in->overlap))
        return hz_fail(err, HZ_EUSAGE, "%s: holds no areas, expected those that key, name or "
                       "overlap are said of", hz_layer_name(source));
    if (kind != HZ_NOSHAPE && !in->population && (in->figures.key || in->figures.value))
        return hz_fail(err, HZ_EUSAGE, "%s: is no table, expected the population that key or "
                       "figure are columns of", hz_layer_name(source));
    return HZ_OK;
}

hz_status hz_audit_sources(const hz_audit_input *input, hz_audit *out, const hz_notice *notice,
                           hz_error *err)
{
    hz_source_opts of_source = { .x = input->x, .y = input->y, .crs = input->crs };
    hz_source_opts of_others = { .crs = input->crs };
    hz_layer *source = NULL, *areas = NULL, *population = NULL;
    hz_audit done = { 0 };
    hz_status st = read_source(input->source, &of_source, &done, &source, notice, err);

    if (!st && input->areas)
        st = read_source(input->areas, &of_others, &done, &areas, notice, err);
    if (!st && input->population)
        st = read_source(input->population, &of_others, &done, &population, notice, err);
    if (!st)
        st = check_use(input, source, areas, err);
    if (!st && source)
        st = audit_layer(input, source, areas, true, &done, err);
    if (!st && input->areas)
        st = audit_areas(input, areas, &done, err);
    const hz_layer *keyed = areas ? areas : kind_of(source) == HZ_POLYGON ? source : NULL;
    if (!st && population)
        st = audit_layer(input, population, keyed, false, &done, err);
    hz_layer_free(source);
    hz_layer_free(areas);
    hz_layer_free(population);
    if (st)
        hz_audit_clear(&done);
    else
        *out = done;
    return st;
}

hz_status hz_audit_project(const char *path, hz_audit *out, const hz_notice *notice, hz_error *err)
{
    recipe *r = NULL;
    hz_status st = recipe_read(path, NULL, &r, err);
    if (!st)
        st = audit_recipe(r, out, notice, err);
    recipe_free(r);
    return st;
}
