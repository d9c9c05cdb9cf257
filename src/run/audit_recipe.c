/* Audits every source of a project as its analyses use it. */
#include <string.h>

#include "hotzone/file.h"
#include "hotzone/match.h"
#include "hotzone/mem.h"
#include "hotzone/place.h"
#include "hotzone/source.h"
#include "run/audit_parts.h"

typedef struct {
    const recipe *r;
    const hz_notice *notice;
    hz_error *err;
    hz_audit done;
    hz_layer *areas[RECIPE_SETS]; /* NULL: could not be read */
} work;

/* A fault of the source, named as the recipe names it: a service's address may hold a password. */
static hz_status unreadable(work *w, const origin *from, const char *why)
{
    size_t scheme = strcspn(from->source, ":/|");
    bool service = scheme > 1 && from->source[scheme] == ':';
    hz_quality *q = NULL;
    hz_text text = { 0 };
    hz_text_addf(&text, "%s:%zu: %s", w->r->path, from->line, why);
    hz_status st = text.failed ? hz_mem_fail(w->err, "audit") : HZ_OK;
    if (!st)
        st = hz_quality_unreadable(service ? from->name : from->source, hz_text_get(&text), &q,
                                   w->err);
    hz_text_free(&text);
    return st ? st : audit_take(&w->done, &q, w->err);
}

/* *out stays NULL where the source cannot be read. */
static hz_status read_origin(work *w, const origin *from, hz_layer **out)
{
    hz_source_opts opts = { .x = from->x, .y = from->y, .crs = from->crs };
    hz_error why = { .text = "" };
    char *full = hz_file_beside(w->r->path, from->source);
    hz_status st = full ? hz_source_read(full, &opts, out, w->notice, &why)
                        : hz_mem_fail(&why, from->source);
    hz_mem_free(full);
    if (st == HZ_EMEMORY)
        return hz_fail(w->err, st, "%s", why.text);
    return st ? unreadable(w, from, why.text) : HZ_OK;
}

/* Keep an audit, or report why there is none. */
static hz_status keep(work *w, const origin *from, hz_status st, hz_quality **q,
                      const hz_error *why)
{
    if (st == HZ_EMEMORY)
        return hz_fail(w->err, st, "%s", why->text);
    return st ? unreadable(w, from, why->text) : audit_take(&w->done, q, w->err);
}

static hz_status audit_areas(work *w, size_t i)
{
    const recipe_areas *a = &w->r->areas[i];
    hz_quality_areas_opts opts = { a->id, a->label, a->overlap };
    hz_quality *q = NULL;
    hz_error why = { .text = "" };
    hz_status st = read_origin(w, &a->from, &w->areas[i]);
    if (st || !w->areas[i])
        return st;
    return keep(w, &a->from, hz_quality_areas(w->areas[i], &opts, &q, &why), &q, &why);
}

static bool has_points(const hz_layer *layer)
{
    const hz_shapes *shapes = hz_layer_shapes(layer);
    return shapes && shapes->kind == HZ_POINT;
}

/* The areas that a set of events or of residents is used with first. */
static size_t areas_of(const recipe *r, size_t set, bool is_population)
{
    for (size_t i = 0; i < r->analysis_count; i++) {
        const recipe_analysis *a = &r->analyses[i];
        bool used = !is_population && a->events == set;
        for (size_t k = 0; is_population && k < a->population_count; k++)
            used |= a->population[k] == set;
        if (used && a->area_count)
            return a->areas[0];
    }
    return 0;
}

/* From the first to the last moment that an analysis of these events asks for. */
static hz_period period_of(const recipe *r, size_t events)
{
    hz_period p = HZ_PERIOD_ALWAYS;
    bool any = false;
    for (size_t i = 0; i < r->analysis_count; i++) {
        hz_period one = r->analyses[i].period;
        if (r->analyses[i].events != events)
            continue;
        if (!any)
            p = one;
        else if (p.from != HZ_TIME_NONE && (one.from == HZ_TIME_NONE || one.from < p.from))
            p.from = one.from;
        if (any && p.until != HZ_TIME_NONE &&
            (one.until == HZ_TIME_NONE || one.until > p.until))
            p.until = one.until;
        any = true;
    }
    return p;
}

static const hz_layer *polygons(const hz_layer *areas)
{
    const hz_shapes *shapes = areas ? hz_layer_shapes(areas) : NULL;
    return shapes && shapes->kind == HZ_POLYGON ? areas : NULL;
}

static hz_status audit_population(work *w, size_t i)
{
    const recipe_population *p = &w->r->population[i];
    size_t areas = areas_of(w->r, i, true);
    hz_quality_events_opts points = HZ_QUALITY_EVENTS_DEFAULTS;
    hz_match_opts columns = { .key = p->key, .value = p->value, .year = p->year };
    hz_layer *layer = NULL;
    hz_quality *q = NULL;
    hz_error why = { .text = "" };
    hz_status st = read_origin(w, &p->from, &layer);
    if (st || !layer)
        return st;
    points.areas = polygons(w->areas[areas]);
    points.sensitive = p->from.sensitive;
    st = has_points(layer)
             ? hz_quality_events(layer, &points, &q, &why)
             : hz_quality_table(layer, w->areas[areas], w->r->areas[areas].id, &columns, &q, &why);
    st = keep(w, &p->from, st, &q, &why);
    hz_layer_free(layer);
    return st;
}

/* Several files audited as the one source that they are, so that what is in two of them is found;
 * without those that cannot be read. */
static hz_status read_files(work *w, const recipe_events *e, hz_layer **out)
{
    hz_layer *parts[RECIPE_FILES + 1] = { NULL };
    size_t n = 0;
    hz_error why = { .text = "" };
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i <= e->also_count; i++) {
        origin one = e->from;
        one.source = recipe_file(e, i);
        st = read_origin(w, &one, &parts[n]);
        n += parts[n] != NULL;
    }
    if (!st && n) {
        st = hz_layer_stack(parts, n, out, w->notice, &why);
        if (st == HZ_EMEMORY)
            st = hz_fail(w->err, st, "%s", why.text);
        else if (st)
            st = unreadable(w, &e->from, why.text);
    }
    for (size_t i = 0; i < n; i++)
        hz_layer_free(parts[i]);
    return st;
}

/* A kind that no row has is perhaps a slip, which a run that hides small counts cannot tell of. */
static hz_status look_for_slips(const work *w, const hz_layer *layer, const recipe_events *e,
                                const char *const *kinds, size_t n)
{
    hz_place_opts opts = HZ_PLACE_DEFAULTS;
    hz_error why = { .text = "" };
    opts.kinds = kinds;
    opts.kind_count = n;
    hz_status st = n > 0 ? hz_match_kind(layer, e->kind, &opts.kind, &why) : HZ_OK;
    if (!st && opts.kind)
        st = hz_place_need_kinds(layer, &opts, w->notice, &why);
    if (st == HZ_EMEMORY)
        return hz_fail(w->err, st, "%s", why.text);
    if (st)
        hz_warn(w->notice, "%s", why.text);
    return HZ_OK;
}

static hz_status check_kinds(const work *w, size_t events, const hz_layer *layer)
{
    const recipe *r = w->r;
    const recipe_events *e = &r->events[events];
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < r->analysis_count; i++)
        if (r->analyses[i].events == events)
            st = look_for_slips(w, layer, e, r->analyses[i].kinds, r->analyses[i].kind_count);
    for (size_t i = 0; !st && i < r->change_count; i++)
        if (r->changes[i].events == events)
            st = look_for_slips(w, layer, e, r->changes[i].kinds, r->changes[i].kind_count);
    for (size_t i = 0; !st && i < r->focus_count; i++)
        if (!r->focuses[i].published && r->focuses[i].events == events)
            st = look_for_slips(w, layer, e, r->focuses[i].kinds, r->focuses[i].kind_count);
    return st;
}

static hz_status audit_events(work *w, size_t i)
{
    const recipe_events *e = &w->r->events[i];
    size_t areas = areas_of(w->r, i, false);
    hz_quality_events_opts opts = { polygons(w->areas[areas]), period_of(w->r, i), NULL, e->time,
                                    e->time_format, e->kind, e->precision, e->from.sensitive };
    hz_match_opts columns = { .key = e->key, .value = e->value, .year = e->year, .kind = e->kind };
    hz_layer *layer = NULL;
    hz_quality *q = NULL;
    hz_error why = { .text = "" };
    hz_status st = e->from.several ? read_files(w, e, &layer) : read_origin(w, &e->from, &layer);
    if (st || !layer)
        return st;
    st = e->ready_made
             ? hz_quality_table(layer, w->areas[areas], w->r->areas[areas].id, &columns, &q, &why)
             : hz_quality_events(layer, &opts, &q, &why);
    st = keep(w, &e->from, st, &q, &why);
    if (!st && !e->ready_made)
        st = check_kinds(w, i, layer);
    hz_layer_free(layer);
    return st;
}

/* Of what is only drawn it is enough that it can be read. */
static hz_status audit_backdrop(work *w, const recipe_backdrop *b)
{
    hz_layer *layer = NULL;
    hz_status st = b->from.source ? read_origin(w, &b->from, &layer) : HZ_OK;
    hz_layer_free(layer);
    return st;
}

hz_status audit_recipe(const recipe *r, hz_audit *out, const hz_notice *notice, hz_error *err)
{
    const recipe_backdrop *const drawn[] = { &r->water, &r->streets, &r->outside, &r->zones };
    work w = { .r = r, .notice = notice, .err = err };
    hz_status st = HZ_OK;
    for (size_t i = 0; i < r->area_count && !st; i++)
        st = audit_areas(&w, i);
    for (size_t i = 0; i < r->population_count && !st; i++)
        st = audit_population(&w, i);
    for (size_t i = 0; i < r->event_count && !st; i++)
        st = audit_events(&w, i);
    for (size_t i = 0; i < sizeof drawn / sizeof *drawn && !st; i++)
        st = audit_backdrop(&w, drawn[i]);
    for (size_t i = 0; i < r->area_count; i++)
        hz_layer_free(w.areas[i]);
    if (st)
        hz_audit_clear(&w.done);
    else
        *out = w.done;
    return st;
}
