/* Reads what `zone frontier` and `zone propose` draw on. */
#include "cli/budget.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/file.h"
#include "hotzone/source.h"
#include "hotzone/text.h"

static hz_status take_measure(const char *name, hz_budget_kind *out, hz_error *err)
{
    for (int k = HZ_BUDGET_AREA; k <= HZ_BUDGET_STREETS; k++)
        if (strcmp(name, hz_budget_name((hz_budget_kind)k)) == 0) {
            *out = (hz_budget_kind)k;
            return HZ_OK;
        }
    return hz_fail(err, HZ_EUSAGE, "--measure: '%s', expected area, residents or streets", name);
}

static hz_status check_periods(const budget_inputs *a, const char *who, hz_error *err)
{
    const zone_inputs *in = &a->in;
    if (!in->train != !in->test)
        return hz_fail(err, HZ_EUSAGE, "%s: --train and --test go together, expected both or "
                       "neither", who);
    if (in->train && (in->period || a->in_sample))
        return hz_fail(err, HZ_EUSAGE, "%s: --train and --test go without --%s", who,
                       in->period ? "period" : "in-sample");
    return HZ_OK;
}

hz_status budget_check(const budget_inputs *a, const char *who, hz_error *err)
{
    const inputs *src = &a->in.src;
    hz_budget_kind measure = HZ_BUDGET_AREA;
    hz_status st = take_measure(a->measure, &measure, err);
    if (st)
        return st;
    if (!src->events)
        return hz_fail(err, HZ_EUSAGE, "%s: expected --events SRC", who);
    if (isnan(a->cell) && !a->streets)
        return hz_fail(err, HZ_EUSAGE, "%s: expected --cell M, or --streets SRC for blocks", who);
    if (!isnan(a->cell) && (!(a->cell > 0) || isinf(a->cell)))
        return hz_fail(err, HZ_EUSAGE, "--cell: %g, expected a side over 0 metres", a->cell);
    if (measure == HZ_BUDGET_STREETS && !a->streets)
        return hz_fail(err, HZ_EUSAGE, "--measure: streets goes with --streets, expected both");
    if ((measure == HZ_BUDGET_RESIDENTS) != (src->population.count > 0))
        return hz_fail(err, HZ_EUSAGE, "--measure: residents goes with --population, expected both "
                       "or neither");
    if (!isnan(a->budget) && (!(a->budget > 0) || isinf(a->budget)))
        return hz_fail(err, HZ_EUSAGE, "--budget: %g, expected a size over 0", a->budget);
    if (a->in.water && !a->in.study)
        return hz_fail(err, HZ_EUSAGE, "--water: goes with --study, expected both");
    if ((src->population_column || src->population_key || src->population_year != 0) &&
        !src->population.count)
        return hz_fail(err, HZ_EUSAGE, "--population-column, -key and -year: go with --population");
    if (src->population_year != floor(src->population_year) || src->population_year < 0 ||
        src->population_year > 9999)
        return hz_fail(err, HZ_EUSAGE, "--population-year: %g, expected a year",
                       src->population_year);
    return check_periods(a, who, err);
}

static hz_status read_kind(const budget_inputs *a, const char *source, hz_shape_kind kind,
                           const session *s, hz_layer **out, hz_error *err)
{
    hz_source_opts how = { .crs = a->in.src.crs };
    hz_status st = hz_source_read_kind(source, &how, kind, out, s->notice, err);
    if (!st)
        inputs_say_refused(*out, s);
    return st;
}

static hz_status read_layers(const budget_inputs *a, const session *s, budget *b, hz_error *err)
{
    const struct { const char *source; hz_shape_kind kind; hz_layer **layer; } sources[] = {
        { a->in.study, HZ_POLYGON, &b->study }, { a->in.water, HZ_POLYGON, &b->water },
        { a->streets, HZ_LINE, &b->streets }, { a->in.zone, HZ_POLYGON, &b->like },
    };
    hz_status st = HZ_OK;
    for (size_t i = 0; i < sizeof sources / sizeof *sources && !st; i++)
        if (sources[i].source)
            st = read_kind(a, sources[i].source, sources[i].kind, s, sources[i].layer, err);
    return st;
}

/* Residents in the system that parcels are measured in. */
static hz_status read_people(const budget_inputs *a, const hz_evidence_input *in, const session *s,
                             budget *b, hz_error *err)
{
    int year = 0, month, day;
    if (!a->in.src.population.count)
        return HZ_OK;
    hz_period first = in->split == HZ_SPLIT_GIVEN ? in->train : in->place.period;
    if (first.from != HZ_TIME_NONE)
        hz_date_civil(first.from / 86400, &year, &month, &day);
    hz_status st = hz_layer_metric(b->events, &b->people.metric, NULL, err);
    if (!st && b->water)
        st = zones_move(&b->people, b->water, &b->people.water, err);
    if (!st && b->study)
        st = hz_layer_copy(b->study, &b->people.study_layer, err);
    if (!st)
        st = zones_read_people(&a->in, year, s, &b->people, err);
    return st;
}

static hz_status take_periods(const budget_inputs *a, hz_evidence_input *in, hz_error *err)
{
    hz_status st = HZ_OK;
    in->split = a->in_sample ? HZ_SPLIT_NONE : a->in.train ? HZ_SPLIT_GIVEN : HZ_SPLIT_HALVES;
    if (a->in.train)
        st = hz_period_parse(a->in.train, &in->train, err);
    if (!st && a->in.test)
        st = hz_period_parse(a->in.test, &in->test, err);
    if (!st && a->in.period)
        st = hz_period_parse(a->in.period, &in->place.period, err);
    return st;
}

static bool is_made_up(const budget_inputs *a, const hz_layer *events)
{
    const opt_list *people = &a->in.src.population;
    bool found = inputs_is_made_up(a->in.src.events, events);
    for (size_t i = 0; i < people->count; i++)
        found |= strstr(people->item[i], "synthetic") != NULL;
    return found;
}

hz_status budget_read(const budget_inputs *a, const session *s, budget *b, hz_error *err)
{
    hz_evidence_input in = { .place = HZ_PLACE_DEFAULTS, .budget = a->budget,
                             .cell_m = isnan(a->cell) ? 0 : a->cell };
    hz_status st = take_measure(a->measure, &in.measure, err);
    if (!st)
        st = take_periods(a, &in, err);
    if (st)
        return st;
    bool dated = !a->in_sample || a->in.period;
    if (a->in.src.kind.count) {
        in.place.kinds = a->in.src.kind.item;
        in.place.kind_count = a->in.src.kind.count;
    }
    in.place.weight = a->weight;
    st = inputs_read_events(&a->in.src, dated, a->weight, s, &in.place, &b->events, err);
    if (!st)
        st = read_layers(a, s, b, err);
    if (!st)
        st = read_people(a, &in, s, b, err);
    if (!st && !a->in.study)
        hz_warn(s->notice, "no --study: %s", in.cell_m > 0
                ? "every cell of the events' box counts as a place where a zone could lie"
                : "every block between the streets counts as a place where a zone could lie");
    in.events = b->events;
    in.study = b->study;
    in.water = b->water;
    in.streets = b->streets;
    in.like = b->like;
    in.residents = b->people.residents;
    if (!st)
        st = hz_evidence_make(&in, &b->evidence, s->notice, err);
    b->made_up = !st && is_made_up(a, b->events);
    return st;
}

void budget_clear(budget *b)
{
    hz_evidence_clear(&b->evidence);
    zones_clear(&b->people);
    hz_layer_free(b->events);
    hz_layer_free(b->study);
    hz_layer_free(b->water);
    hz_layer_free(b->streets);
    hz_layer_free(b->like);
    *b = (budget){ 0 };
}

void budget_say(const budget *b, const session *s)
{
    const hz_evidence *e = &b->evidence;
    char text[400], train[64], test[64];
    if (s->quiet)
        return;
    fprintf(stderr, "%s: %zu, %.6g %s in all\n", e->parcels.side > 0 ? "cells" : "blocks",
            e->parcels.n, e->total_size, hz_budget_unit(e->measure));
    hz_period_format(train, sizeof train, e->train_period);
    hz_period_format(test, sizeof test, e->test_period);
    if (e->split == HZ_SPLIT_NONE) {
        fprintf(stderr, "in sample (%s): %s\n", strcmp(test, "..") ? test : "all dates",
                hz_fate_text(text, sizeof text, &e->test_fate, HZ_ENGLISH));
        return;
    }
    fprintf(stderr, "ranked on %s%s: %s\n", train,
            e->split == HZ_SPLIT_HALVES ? ", the first half" : "",
            hz_fate_text(text, sizeof text, &e->train_fate, HZ_ENGLISH));
    fprintf(stderr, "scored on %s: %s\n", test,
            hz_fate_text(text, sizeof text, &e->test_fate, HZ_ENGLISH));
}

hz_status budget_write(const char *path, const hz_text *text, hz_error *err)
{
    return path ? hz_file_write(path, hz_text_get(text), text->length, err) : HZ_OK;
}
