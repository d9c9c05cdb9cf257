/* Counts who goes where, writes the tables, and tells the report. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/file.h"
#include "hotzone/match.h"
#include "hotzone/mem.h"
#include "run/project.h"

static bool is_made_up(const project *p)
{
    const recipe_flows *f = &p->r->flows;
    return f->residents.made_up || f->events.made_up || f->pairs.made_up;
}

void project_flows_free(project *p)
{
    hz_layer_free(p->flows.residents);
    hz_layer_free(p->flows.events);
    hz_layer_free(p->flows.pairs);
    hz_layer_free(p->flows.towns);
    hz_flows_clear(&p->flows.found);
}

/* ------------------------------------------------------------------ sources */

const origin *project_flows_source(const project *p, size_t k, const hz_layer **layer)
{
    const recipe_flows *f = &p->r->flows;
    const origin *const origins[FLOWS_SOURCES] = { &f->residents, &f->events, &f->pairs, &f->towns };
    const hz_layer *const layers[FLOWS_SOURCES] = { p->flows.residents, p->flows.events,
                                                    p->flows.pairs, p->flows.towns };
    *layer = layers[k];
    return layers[k] ? origins[k] : NULL;
}

hz_status project_flows_read(project *p, hz_error *err)
{
    const recipe_flows *f = &p->r->flows;
    const struct { const origin *from; const char *role; hz_shape_kind kind; hz_layer **to; }
        people[] = {
            { &f->residents, "residents", HZ_POINT, &p->flows.residents },
            { &f->events, "events", HZ_POINT, &p->flows.events },
            { &f->pairs, "pairs", HZ_NOSHAPE, &p->flows.pairs }
        };
    hz_status st = HZ_OK;
    for (size_t k = 0; !st && k < sizeof people / sizeof *people; k++) {
        if (!people[k].from->source)
            continue;
        st = project_keep_apart(p, people[k].from, err);
        if (!st)
            st = project_read_layer(p, people[k].role, people[k].from, people[k].kind,
                                    people[k].to, err);
    }
    if (!st && f->towns.source)
        st = project_read_layer(p, "towns", &f->towns, HZ_POLYGON, &p->flows.towns, err);
    return st;
}

/* ------------------------------------------------------------------ the work */

static hz_status ready_events(const project *p, hz_place_opts *place, hz_error *err)
{
    const recipe_flows *f = &p->r->flows;
    size_t bad, first;
    hz_status st = HZ_OK;
    *place = (hz_place_opts)HZ_PLACE_DEFAULTS;
    place->period = f->period;
    if (f->period_text) {
        st = hz_match_time(p->flows.events, f->time, &place->time, err);
        if (!st && !place->time)
            st = hz_fail(err, HZ_EDATA, "%s: has no column of dates, expected `time`",
                         hz_layer_name(p->flows.events));
        if (!st)
            st = hz_layer_read_dates(p->flows.events, place->time, f->time_format, &bad, &first,
                                     err);
    }
    if (!st && f->kind_count) {
        st = hz_match_kind(p->flows.events, f->kind, &place->kind, err);
        if (!st && !place->kind)
            st = hz_fail(err, HZ_EDATA, "%s: has no column of kinds, expected `kind`",
                         hz_layer_name(p->flows.events));
        place->kinds = f->kinds;
        place->kind_count = f->kind_count;
    }
    return st;
}

static hz_status count(project *p, hz_error *err)
{
    const recipe_flows *f = &p->r->flows;
    const recipe_areas *a = &p->r->areas[f->areas];
    hz_flows_input in = {
        .areas = p->areas[f->areas], .id = a->id, .name = a->label, .focus = f->focus,
        .focus_count = f->focus_count, .residents = p->flows.residents, .events = p->flows.events,
        .towns = p->flows.towns, .key = f->key, .event_key = f->event_key, .bands = f->band_count,
        .pairs = p->flows.pairs, .from = f->from, .to = f->to, .count = f->count,
        .below = f->below, .round = f->round, .level = f->level
    };
    hz_status st = HZ_OK;
    memcpy(in.band_m, f->band_m, sizeof in.band_m);
    in.place = (hz_place_opts)HZ_PLACE_DEFAULTS;
    if (!in.pairs)
        st = ready_events(p, &in.place, err);
    return st ? st : hz_flows_make(&in, &p->flows.found, p->notice, err);
}

/* ------------------------------------------------------------------ outputs */

char *project_flows_name(const project *p, const char *end, char *buf, size_t size)
{
    char name[RECIPE_NAME];
    recipe_file_name(name, sizeof name, p->r->flows.name, is_made_up(p));
    snprintf(buf, size, "%s%s", name, end);
    return buf;
}

static hz_status write_tables(project *p, hz_error *err)
{
    hz_flows *f = &p->flows.found;
    const struct { const char *end; hz_layer *table; const char *const *(*columns)(size_t *); }
        tables[] = {
            { "", f->pairs, hz_flows_columns }, { "-shares", f->shares, hz_flows_share_columns },
            { "-bands", f->bands, hz_flows_band_columns },
            { "-account", f->account, hz_flows_account_columns }
        };
    hz_status st = HZ_OK;
    for (size_t k = 0; !st && k < sizeof tables / sizeof *tables; k++) {
        char name[RECIPE_NAME + 16];
        size_t n;
        const char *const *columns = tables[k].columns(&n);
        if (tables[k].table)
            st = project_table(p, project_flows_name(p, tables[k].end, name, sizeof name),
                               is_made_up(p), tables[k].table, columns, n, err);
    }
    return st;
}

void project_flows_facts(const project *p, hz_text period[LANGUAGES], hz_caption_flows *facts)
{
    const recipe_flows *f = &p->r->flows;
    *facts = (hz_caption_flows){ .flows = &p->flows.found, .below = f->below, .round = f->round,
                                 .level = f->level, .made_up = is_made_up(p) };
    for (hz_language l = HZ_ENGLISH; l <= HZ_DANISH; l++) {
        facts->events[l] = words_in(&f->noun, l, NULL);
        facts->event[l] = words_in(&f->one, l, facts->events[l]);
        if (f->period_text) {
            hz_caption_period(f->period, l, &period[l]);
            facts->period[l] = hz_text_get(&period[l]);
        }
    }
}

static hz_status write_json(project *p, hz_error *err)
{
    hz_text period[LANGUAGES] = { { 0 } }, text = { 0 };
    char name[RECIPE_NAME + 16], *path = NULL;
    hz_caption_flows facts;
    project_flows_facts(p, period, &facts);
    hz_status st = hz_caption_flows_json(&facts, &text, err);
    if (!st)
        st = project_output(p, &path, err, "tables/%s.json",
                            project_flows_name(p, "", name, sizeof name));
    if (!st)
        st = hz_file_write(path, text.data, text.length, err);
    for (size_t l = 0; l < LANGUAGES; l++)
        hz_text_free(&period[l]);
    hz_text_free(&text);
    hz_mem_free(path);
    return st;
}

/* By which rule people are hidden, and never which or how many. */
static hz_status note_options(project *p, hz_error *err)
{
    const recipe_flows *f = &p->r->flows;
    bool rounds = f->round > 0;
    hz_status st = project_note(p, f->name, rounds ? "round" : "hide_below", NULL,
                                rounds ? f->round : f->below, err);
    if (!st)
        st = project_note(p, f->name, "rule",
                          rounds ? "all figures rounded, so that they add up"
                                 : "figures of few events or persons hidden, and others until none "
                                   "can be worked out", 0, err);
    return st ? st : project_note(p, f->name, "release", "two releases about the same people can be "
                                  "differenced: give out one", 0, err);
}

hz_status project_flows(project *p, hz_error *err)
{
    if (!p->r->flows.given)
        return HZ_OK;
    hz_status st = count(p, err);
    if (st && st != HZ_EMEMORY) {
        if (st == HZ_EUSAGE) /* not the command is wrong but the recipe */
            err->status = HZ_EFORMAT;
        return hz_fail_within(err, "%s:%zu: flows", p->r->path, p->r->flows.line);
    }
    if (!st)
        st = write_tables(p, err);
    if (!st)
        st = write_json(p, err);
    return st ? st : note_options(p, err);
}
