/* hotzone check: what is wrong with a source, or with every source of a project. */
#include <stdio.h>
#include <string.h>

#include "cli/opt.h"
#include "hotzone/audit.h"
#include "hotzone/file.h"
#include "hotzone/findings.h"

typedef struct {
    const char *source, *areas, *population, *period;
    const char *x, *y, *crs, *id, *name, *event_id, *time, *time_format, *kind, *precision;
    const char *population_column, *population_key;
    const char *format, *output;
    bool overlap;
} args;

static const args defaults = { .format = "text" };

#define AT(member) offsetof(args, member)
static const opt options[] = {
    { 0, "source", "SRC", OPT_OPERAND, AT(source), "events, areas, a table, or PROJECT.yaml" },
    { 'a', "areas", "SRC", OPT_TEXT, AT(areas), "districts to hold events and keys against" },
    { 'p', "population", "SRC", OPT_TEXT, AT(population), "residents by area: do the keys match?" },
    { 't', "period", "PERIOD", OPT_TEXT, AT(period), "2017, 2017-06, 2017-06-09..2017-11-09" },
    { 0, "overlap", NULL, OPT_FLAG, AT(overlap), "the areas are meant to overlap" },
    { 0, "id", "COLUMN", OPT_TEXT, AT(id), "key of the areas" },
    { 0, "name", "COLUMN", OPT_TEXT, AT(name), "name of the areas" },
    { 0, "x", "COLUMN", OPT_TEXT, AT(x), "of the source: east or longitude" },
    { 0, "y", "COLUMN", OPT_TEXT, AT(y), "of the source: north or latitude" },
    { 0, "crs", "CRS", OPT_TEXT, AT(crs), "of sources that do not say: EPSG:25832" },
    { 0, "event-id", "COLUMN", OPT_TEXT, AT(event_id), "of the events: different in each row" },
    { 0, "time", "COLUMN", OPT_TEXT, AT(time), "of the events: date" },
    { 0, "time-format", "FORMAT", OPT_TEXT, AT(time_format), "of the dates: %d/%m/%y" },
    { 0, "kind-column", "COLUMN", OPT_TEXT, AT(kind), "of the events" },
    { 0, "precision", "COLUMN", OPT_TEXT, AT(precision), "of the events, metres" },
    { 0, "population-column", "COLUMN", OPT_TEXT, AT(population_column), "figure" },
    { 0, "population-key", "COLUMN", OPT_TEXT, AT(population_key), "area" },
    { 0, "format", "HOW", OPT_TEXT, AT(format), "text (one page) or json (everything)" },
    { 'o', "output", "FILE", OPT_TEXT, AT(output), "to write to; else standard output" },
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }
};

static bool is_project(const char *source)
{
    size_t n = strlen(source);
    return (n > 5 && strcmp(source + n - 5, ".yaml") == 0) ||
           (n > 4 && strcmp(source + n - 4, ".yml") == 0);
}

/* Options that say of a source what a project file says of its own. */
static bool has_source_options(const args *a)
{
    return a->areas || a->population || a->period || a->x || a->y || a->crs || a->id || a->name ||
           a->event_id || a->time || a->time_format || a->kind || a->precision ||
           a->population_column || a->population_key || a->overlap;
}

static hz_status audit_source(const args *a, hz_audit *audit, const session *s, hz_error *err)
{
    hz_quality_events_opts events = HZ_QUALITY_EVENTS_DEFAULTS;
    hz_audit_input in = {
        .source = a->source, .areas = a->areas, .population = a->population, .x = a->x, .y = a->y,
        .crs = a->crs, .id = a->id, .name = a->name, .overlap = a->overlap,
        .figures = { .key = a->population_key, .value = a->population_column },
    };
    if (a->period) {
        hz_status st = hz_period_parse(a->period, &events.period, err);
        if (st)
            return st;
    }
    events.id = a->event_id;
    events.time = a->time;
    events.time_format = a->time_format;
    events.kind = a->kind;
    events.precision_m = a->precision;
    in.events = events;
    return hz_audit_sources(&in, audit, s->notice, err);
}

/* The recipe itself is an operand, which opt_files has looked at. */
static hz_status spare_sources(const args *a, hz_error *err)
{
    bool named = false;
    hz_status st = a->output && is_project(a->source)
                       ? hz_audit_names(a->source, a->output, &named, err) : HZ_OK;
    if (named)
        st = hz_fail(err, HZ_EUSAGE, "--output: '%s' is also read by %s, expected a file of its own",
                     a->output, a->source);
    return st;
}

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    const args *a = arguments;
    bool json = strcmp(a->format, "json") == 0;
    hz_audit audit = { 0 };
    hz_text text = { 0 };
    hz_status st;

    if (!json && strcmp(a->format, "text") != 0)
        return hz_fail(err, HZ_EUSAGE, "--format: '%s', expected text or json", a->format);
    if (is_project(a->source) && has_source_options(a))
        return hz_fail(err, HZ_EUSAGE, "%s: names its sources, columns and periods itself, "
                       "expected no such options", a->source);
    st = spare_sources(a, err);
    if (!st)
        st = is_project(a->source) ? hz_audit_project(a->source, &audit, s->notice, err)
                                   : audit_source(a, &audit, s, err);
    const hz_quality *const *audits = (const hz_quality *const *)audit.of;
    if (!st && json)
        st = hz_findings_json(audits, audit.n, &text, err);
    else if (!st)
        hz_findings_text(audits, audit.n, HZ_ENGLISH, &text);
    if (!st && text.failed)
        st = hz_fail(err, HZ_EMEMORY, "check: not enough memory");
    if (!st && a->output)
        st = hz_file_write(a->output, text.data, text.length, err);
    else if (!st)
        fputs(hz_text_get(&text), stdout);
    size_t faults = hz_audit_count(&audit, HZ_QUALITY_FAULT);
    if (!st && faults) {
        fflush(stdout);
        st = hz_fail(err, HZ_EDATA, "%s: %zu fault%s that make%s results wrong, expected none",
                     a->source, faults, faults == 1 ? "" : "s", faults == 1 ? "s" : "");
    }
    hz_audit_clear(&audit);
    hz_text_free(&text);
    return st;
}

const command cmd_check = {
    "check", "What is wrong with a source or a project: one page, no record is shown.",
    "hotzone check events.csv --areas areas.geojson --period 2017", options, sizeof(args),
    &defaults, run
};
