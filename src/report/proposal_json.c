/* Writes frontiers and proposals as JSON, and the curve as a table. */
#include <math.h>

#include "hotzone/interval.h"
#include "hotzone/mem.h"
#include "hotzone/proposal_note.h"
#include "report/json.h"

/* An object under construction; `bad` is set when memory ran out. */
typedef struct {
    json_t *object;
    int bad;
} maker;

static maker begin(void)
{
    return (maker){ json_object(), 0 };
}

static void put(maker *m, const char *key, json_t *value)
{
    m->bad |= !value || json_object_set_new(m->object, key, value);
}

/* What does not exist is null. */
static void put_number(maker *m, const char *key, double value)
{
    put(m, key, isfinite(value) ? json_real(value) : json_null());
}

static void put_count(maker *m, const char *key, size_t value)
{
    put(m, key, json_integer((json_int_t)value));
}

static void put_text(maker *m, const char *key, const char *text)
{
    put(m, key, text ? json_string(text) : json_null());
}

static void put_part(maker *m, const char *key, maker part)
{
    m->bad |= part.bad;
    put(m, key, part.object);
}

static void put_period(maker *m, const char *key, hz_period period)
{
    char text[64];
    bool always = period.from == HZ_TIME_NONE && period.until == HZ_TIME_NONE;
    put_text(m, key, always ? NULL : hz_period_format(text, sizeof text, period));
}

static void put_fate(maker *m, const char *key, const hz_fate *f)
{
    const struct { const char *key; size_t value; } parts[] = {
        { "read", f->read }, { "placed", f->placed }, { "outside", f->outside },
        { "unlocated", f->unlocated }, { "other_period", f->other_period },
        { "undated", f->undated }, { "other_kind", f->other_kind }, { "refused", f->refused },
    };
    maker part = begin();
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        put_count(&part, parts[i].key, parts[i].value);
    put_part(m, key, part);
}

/* What both have: the study area, the measure, the periods. */
static void put_evidence(maker *m, const hz_evidence *e, bool made_up)
{
    double land = 0;
    for (size_t i = 0; i < e->parcels.n; i++)
        land += e->parcels.area[i] / 1e6;
    put_text(m, "parcels", e->parcels.side > 0 ? "cells" : "blocks");
    put_count(m, "parcels_count", e->parcels.n);
    put_number(m, "cell_m", e->parcels.side > 0 ? e->parcels.side : NAN);
    put_number(m, "study_km2", land);
    put_text(m, "measure", hz_budget_name(e->measure));
    put_text(m, "unit", hz_budget_unit(e->measure));
    put_number(m, "total", e->total_size);
    put_number(m, "budget", e->budget);
    put(m, "in_sample", json_boolean(e->split == HZ_SPLIT_NONE));
    put_text(m, "split", hz_split_name(e->split));
    put_period(m, "train_period", e->train_period);
    put_period(m, "test_period", e->test_period);
    put_number(m, "train_events", e->total_train);
    put_number(m, "test_events", e->total_test);
    put(m, "weighted", json_boolean(e->weight != NULL));
    put_fate(m, "train_fate", &e->train_fate);
    put_fate(m, "test_fate", &e->test_fate);
    put_text(m, "origin", made_up ? "synthetic" : NULL);
}

static void put_score(maker *m, const char *key, const hz_zone_score *s)
{
    maker part = begin();
    put_number(&part, "events", s->events);
    put_number(&part, "capture", s->capture);
    put_number(&part, "capture_low", s->low);
    put_number(&part, "capture_high", s->high);
    put_number(&part, "pai", s->pai);
    put_number(&part, "bound", s->bound);
    put_number(&part, "frontier", s->frontier);
    put_number(&part, "pei", s->events / s->bound);
    put_number(&part, "efficiency", s->events / s->frontier);
    put_part(m, key, part);
}

static void put_like(maker *m, const hz_evidence *e, const hz_proposing *p)
{
    const hz_zone_difference *d = &p->difference;
    maker like = begin(), diff = begin();
    put_number(&like, "size", e->like.size);
    put_number(&like, "area_km2", e->like.area_km2);
    put_score(&like, "train", &p->like_train);
    put_score(&like, "test", &p->like_test);
    put_part(m, "like", like);
    put_number(&diff, "value", d->difference);
    put_number(&diff, "low", d->low);
    put_number(&diff, "high", d->high);
    put_number(&diff, "p", d->p);
    put_number(&diff, "both", d->counts.both);
    put_number(&diff, "proposal_only", d->counts.first);
    put_number(&diff, "like_only", d->counts.second);
    put_number(&diff, "neither", d->counts.neither);
    put_text(&diff, "method", e->weight ? "linearised variance" : "Newcombe paired, McNemar exact");
    put_part(m, "difference", diff);
}

static void put_statement(maker *m, const char *key, const hz_evidence *e, const hz_proposing *p,
                          bool made_up, hz_language language)
{
    hz_text text = { 0 };
    hz_proposal_statement(e, p, made_up, language, &text);
    m->bad |= text.failed;
    put_text(m, key, hz_text_get(&text));
    hz_text_free(&text);
}

static hz_status finish(maker *m, hz_text *out, hz_error *err)
{
    if (!m->bad)
        hz_json_add(out, m->object, 2);
    hz_text_add(out, "\n");
    json_decref(m->object);
    return m->bad || out->failed ? hz_mem_fail(err, "a note of the proposal") : HZ_OK;
}

static void put_streets(maker *m, const hz_proposal_streets *s)
{
    put_text(m, "streets", s && s->listed ? hz_text_get(&s->text) : NULL);
    put_text(m, "streets_reason", s && !s->listed ? hz_text_get(&s->text) : NULL);
    put_number(m, "streets_unnamed_m", s ? s->unnamed_m : NAN);
    put_number(m, "streets_again", s ? s->again : NAN);
}

hz_status hz_proposal_json(const hz_evidence *e, const hz_proposing *p,
                           const hz_proposal_facts *facts, hz_text *out, hz_error *err)
{
    const double pi = 3.14159265358979323846;
    maker m = begin();
    put_evidence(&m, e, facts->made_up);
    put_number(&m, "size", p->zone.size);
    put_count(&m, "zone_parcels", p->zone.units);
    put_number(&m, "area_km2", p->area_km2);
    put_number(&m, "border_km", p->zone.perimeter / 1000);
    put_number(&m, "polsby_popper",
               4 * pi * p->zone.area / (p->zone.perimeter * p->zone.perimeter));
    put_count(&m, "holes", p->holes);
    put_number(&m, "gap", p->gap);
    put_score(&m, "train", &p->train);
    put_score(&m, "test", &p->test);
    if (e->like.given) {
        put_like(&m, e, p);
    } else {
        put(&m, "like", json_null());
        put(&m, "difference", json_null());
    }
    put_text(&m, "verdict", hz_zone_verdict_name(p->difference.verdict));
    put_streets(&m, facts->streets);
    put_statement(&m, "statement_en", e, p, facts->made_up, HZ_ENGLISH);
    put_statement(&m, "statement_da", e, p, facts->made_up, HZ_DANISH);
    return finish(&m, out, err);
}

/* ---- frontier -------------------------------------------------------------------------------- */

static void put_point(maker *m, const char *key, const hz_frontier *f, double budget)
{
    hz_frontier_point at = hz_frontier_at(f, budget);
    maker part = begin();
    put_number(&part, "events", at.bound);
    put_number(&part, "capture", at.bound / at.total);
    put_number(&part, "whole", at.whole);
    put_number(&part, "whole_size", at.whole_size);
    put_count(&part, "whole_parcels", at.units);
    put(&part, "exact", json_boolean(at.exact));
    put_part(m, key, part);
}

static void put_at(maker *m, const char *key, const hz_evidence *e, double budget)
{
    maker part = begin();
    put_number(&part, "size", budget);
    put_point(&part, "train_bound", e->bound, budget);
    put_point(&part, "test_frontier", e->frontier, budget);
    put_point(&part, "test_bound", e->best, budget);
    put_part(m, key, part);
}

static void put_like_beside(maker *m, const hz_evidence *e)
{
    hz_frontier_point at = hz_frontier_at(e->frontier, e->like.size);
    maker part = begin();
    put_number(&part, "size", e->like.size);
    put_number(&part, "area_km2", e->like.area_km2);
    put_number(&part, "train_events", e->like.train);
    put_number(&part, "train_capture", e->like.train / e->total_train);
    put_number(&part, "test_events", e->like.test);
    put_number(&part, "test_capture", e->like.test / e->total_test);
    put_number(&part, "efficiency", e->like.test / at.bound);
    put_number(&part, "pei", e->like.test / hz_frontier_at(e->best, e->like.size).bound);
    put_number(&part, "size_needed", hz_frontier_budget(e->frontier, e->like.test));
    put_part(m, "like", part);
}

hz_status hz_frontier_json(const hz_evidence *e, bool made_up, hz_text *out, hz_error *err)
{
    maker m = begin();
    put_evidence(&m, e, made_up);
    put(&m, "equal_parcels", json_boolean(e->bound->equal));
    if (isnan(e->budget))
        put(&m, "at", json_null());
    else
        put_at(&m, "at", e, e->budget);
    if (e->like.given)
        put_like_beside(&m, e);
    else
        put(&m, "like", json_null());
    return finish(&m, out, err);
}

static const char *const columns[] = { "step", "parcels", "size", "size_share", "events", "capture",
                                       "capture_low", "capture_high", "train_events",
                                       "train_capture", "pai", "measure", "unit", "sample",
                                       "origin" };
enum { NUMBERS = 11, COLUMNS = sizeof columns / sizeof *columns };

const char *const *hz_frontier_columns(bool made_up, size_t *n)
{
    *n = made_up ? COLUMNS : COLUMNS - 1;
    return columns;
}

static void fill_row(const hz_evidence *e, size_t step, double *value[NUMBERS])
{
    const hz_frontier *f = e->frontier;
    double size = f->size[step], events = f->captured[step], low = NAN, high = NAN;
    if (step > 0 && !f->in_sample && !e->weight)
        hz_interval_wilson(events, e->total_test, 0.95, &low, &high);
    const double row[NUMBERS] = { (double)step, (double)f->first[step], size, size / e->total_size,
                                  events, events / e->total_test, low, high, f->ranked[step],
                                  f->ranked[step] / e->total_train,
                                  size > 0 ? events / e->total_test / (size / e->total_size) : NAN };
    for (int c = 0; c < NUMBERS; c++)
        value[c][step] = row[c];
}

hz_status hz_frontier_table(const hz_evidence *e, bool made_up, hz_layer **out, hz_error *err)
{
    size_t rows = e->frontier->steps + 1;
    double *value[NUMBERS] = { 0 };
    hz_layer *t = NULL;
    hz_status st = hz_layer_new("frontier", rows, &t, err);
    for (int c = 0; c < NUMBERS && !st; c++)
        if (!(value[c] = hz_mem_new(rows, sizeof **value)))
            st = hz_mem_fail(err, "a frontier");
    for (size_t s = 0; s < rows && !st; s++)
        fill_row(e, s, value);
    for (int c = 0; c < NUMBERS && !st; c++)
        st = hz_layer_take_numbers(t, columns[c], &value[c], NULL, err);
    if (!st)
        st = hz_layer_add_word(t, "measure", hz_budget_name(e->measure), err);
    if (!st)
        st = hz_layer_add_word(t, "unit", hz_budget_unit(e->measure), err);
    if (!st)
        st = hz_layer_add_word(t, "sample", e->frontier->in_sample ? "in" : "out", err);
    if (!st && made_up)
        st = hz_layer_add_word(t, "origin", "synthetic", err);
    for (int c = 0; c < NUMBERS; c++)
        hz_mem_free(value[c]);
    if (st)
        hz_layer_free(t);
    else
        *out = t;
    return st;
}
