/* hotzone flows: from where people live to where their events are, by pair of areas. */
#include <stdio.h>
#include <string.h>

#include "cli/inputs.h"
#include "hotzone/caption_flows.h"
#include "hotzone/csv.h"
#include "hotzone/file.h"
#include "hotzone/flows.h"
#include "hotzone/mem.h"
#include "hotzone/source.h"

typedef struct {
    inputs src;
    const char *residents, *key, *event_key, *towns, *pairs, *from, *to, *count;
    const char *focus, *period, *bands, *output;
    double hide_below, round, level;
} args;

static const args defaults = { .from = "from", .to = "to", .count = "count", .bands = "1,2,5,10",
                               .hide_below = 5, .level = 95 };

#define AT(member) offsetof(args, member)
static const opt options[] = {
    { 'a', "areas", "SRC", OPT_TEXT, AT(src.areas), "districts" },
    { 'r', "residents", "SRC", OPT_TEXT, AT(residents), "people as points of their homes, with" },
    { 'e', "events", "SRC", OPT_TEXT, AT(src.events), "located incidents that name them by" },
    { 0, "key", "COLUMN", OPT_TEXT, AT(key), "a key of persons in both; or" },
    { 0, "pairs", "SRC", OPT_TEXT, AT(pairs), "ready-made counts by pair of areas" },
    { 0, "event-key", "COLUMN", OPT_TEXT, AT(event_key), "of the events, if it has another name" },
    { 0, "towns", "SRC", OPT_TEXT, AT(towns), "polygons beyond the areas, counted as one place" },
    { 'f', "focus", "AREAS", OPT_TEXT, AT(focus), "ids or names of areas, commas between" },
    { 't', "period", "PERIOD", OPT_TEXT, AT(period), "of the events: 2017, 2017-06" },
    { 'k', "kind", "WORD", OPT_LIST, AT(src.kind), "only this kind; may be given again" },
    { 0, "bands", "KM,...", OPT_TEXT, AT(bands), "upper ends of the distances (1,2,5,10)" },
    { 0, "hide-below", "N", OPT_NUMBER, AT(hide_below), "hide figures of 1 .. N-1 persons (5)" },
    { 0, "round", "BASE", OPT_NUMBER, AT(round), "or round all figures to multiples of it" },
    { 0, "level", "PERCENT", OPT_NUMBER, AT(level), "of the intervals (95)" },
    { 0, "from", "COLUMN", OPT_TEXT, AT(from), "of the pairs: home (from)" },
    { 0, "to", "COLUMN", OPT_TEXT, AT(to), "of the pairs: where the events are (to)" },
    { 0, "count-column", "COLUMN", OPT_TEXT, AT(count), "of the pairs: figure (count)" },
    { 0, "id", "COLUMN", OPT_TEXT, AT(src.id), "key of the areas" },
    { 0, "name", "COLUMN", OPT_TEXT, AT(src.name), "name of the areas" },
    { 0, "x", "COLUMN", OPT_TEXT, AT(src.x), "of the events: east or longitude" },
    { 0, "y", "COLUMN", OPT_TEXT, AT(src.y), "of the events: north or latitude" },
    { 0, "crs", "CRS", OPT_TEXT, AT(src.crs), "of sources that do not say: EPSG:25832" },
    { 0, "time", "COLUMN", OPT_TEXT, AT(src.time), "of the events: date" },
    { 0, "time-format", "FORMAT", OPT_TEXT, AT(src.time_format), "of the dates: %d/%m/%y" },
    { 0, "kind-column", "COLUMN", OPT_TEXT, AT(src.kind_column), "of the events" },
    { 'o', "output", "FILE", OPT_TEXT, AT(output), "flows.json: everything; .csv: the pairs" },
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }
};

/* ---- options ---------------------------------------------------------------------- */

static hz_status check_sources(const args *a, hz_error *err)
{
    const struct { const char *given, *option; } of_key[] = {
        { a->residents, "residents" }, { a->src.events, "events" }, { a->key, "key" },
        { a->event_key, "event-key" }, { a->towns, "towns" }, { a->period, "period" },
        { a->src.x, "x" }, { a->src.y, "y" }, { a->src.time, "time" },
        { a->src.time_format, "time-format" }, { a->src.kind_column, "kind-column" },
        { a->src.kind.count ? "" : NULL, "kind" }
    };
    for (size_t i = 0; a->pairs && i < sizeof of_key / sizeof *of_key; i++)
        if (of_key[i].given)
            return hz_fail(err, HZ_EUSAGE, "--%s: does not go with --pairs, expected one of them",
                           of_key[i].option);
    if (a->pairs)
        return HZ_OK;
    if (!a->src.areas)
        return hz_fail(err, HZ_EUSAGE, "flows: expected --areas SRC, or --pairs SRC");
    for (size_t i = 0; i < 3; i++)
        if (!of_key[i].given)
            return hz_fail(err, HZ_EUSAGE, "flows: expected --residents, --events and --key, or "
                           "--pairs SRC");
    return HZ_OK;
}

static hz_status read_bands(const char *text, hz_flows_input *in, hz_error *err)
{
    if (strcmp(text, "none") == 0)
        return HZ_OK;
    for (const char *at = text; *at;) {
        size_t n = strcspn(at, ",");
        double km;
        if (in->bands == HZ_FLOWS_BANDS_MOST || !hz_number_parse(at, n, '.', &km) || !(km > 0) ||
            !(km <= 40000) || (at[n] && !at[n + 1]) ||
            (in->bands && !(1000 * km > in->band_m[in->bands - 1])))
            return hz_fail(err, HZ_EUSAGE, "--bands: '%s', expected up to %d rising distances in km, "
                           "as 1,2,5,10, or none", text, HZ_FLOWS_BANDS_MOST);
        in->band_m[in->bands++] = 1000 * km;
        at += n + (at[n] == ',');
    }
    return in->bands ? HZ_OK : hz_fail(err, HZ_EUSAGE, "--bands: is empty, expected none or "
                                       "distances in km");
}

static bool ends_known(const char *path)
{
    return inputs_ends_with(path, ".json") || inputs_ends_with(path, ".csv");
}

static hz_status make_input(const args *a, hz_flows_input *in, hz_error *err)
{
    hz_status st = check_sources(a, err);
    if (!st && !(a->level > 0 && a->level < 100))
        st = hz_fail(err, HZ_EUSAGE, "--level: %g, expected per cent between 0 and 100", a->level);
    if (!st && a->output && !ends_known(a->output))
        st = hz_fail(err, HZ_EUSAGE, "--output: '%s', expected a .json or a .csv", a->output);
    if (!st && !a->pairs)
        st = read_bands(a->bands, in, err);
    if (!st)
        st = opt_people_rule(a->hide_below, a->round, err);
    in->place = (hz_place_opts)HZ_PLACE_DEFAULTS;
    if (a->src.kind.count) {
        in->place.kinds = a->src.kind.item;
        in->place.kind_count = a->src.kind.count;
    }
    if (!st && a->period && (st = hz_period_parse(a->period, &in->place.period, err)))
        st = hz_fail_within(err, "--period");
    in->id = a->src.id;
    in->name = a->src.name;
    in->key = a->key;
    in->event_key = a->event_key;
    in->from = a->from;
    in->to = a->to;
    in->count = a->count;
    in->below = a->hide_below;
    in->round = a->round;
    in->level = a->level / 100;
    return st;
}

/* ---- reading ---------------------------------------------------------------------- */

typedef struct {
    hz_layer *areas, *residents, *events, *towns, *pairs;
    bool made_up;
} layers;

static void free_layers(layers *l)
{
    hz_layer_free(l->areas);
    hz_layer_free(l->residents);
    hz_layer_free(l->events);
    hz_layer_free(l->towns);
    hz_layer_free(l->pairs);
}

/* Of people nothing is read but where they live and their key; and nothing is said of their rows
 * but in the account, where small numbers are hidden. */
static hz_status read_people(const args *a, const session *s, hz_flows_input *in, layers *l,
                             hz_error *err)
{
    const char *const wanted[] = { a->key, "synthetic_id", "origin" };
    const hz_source_opts of_people = { .crs = a->src.crs, .only = wanted, .only_count = 3,
                                       .only_if_there = true };
    const hz_source_opts of_key = { .crs = a->src.crs, .only = wanted, .only_count = 1 };
    const char *event_key = a->event_key ? a->event_key : a->key;
    session hushed = *s;
    hushed.notice = NULL;
    hz_status st = hz_source_read_kind(a->residents, &of_people, HZ_POINT, &l->residents, NULL, err);
    if (!st && hz_layer_find(l->residents, a->key) < 0) {
        hz_layer *again = NULL; /* the reader knows what columns there are, to suggest */
        st = hz_source_read(a->residents, &of_key, &again, NULL, err);
        hz_layer_free(again);
    }
    if (!st)
        st = inputs_read_events(&a->src, a->period != NULL, event_key, &hushed, &in->place,
                                &l->events, err);
    if (!st)
        l->made_up = inputs_is_made_up(a->residents, l->residents) ||
                     inputs_is_made_up(a->src.events, l->events);
    in->residents = l->residents;
    in->events = l->events;
    return st;
}

static hz_status read_layers(const args *a, const session *s, hz_flows_input *in, layers *l,
                             hz_error *err)
{
    const hz_source_opts shapes = { .crs = a->src.crs }, table = { .no_shapes = true };
    hz_status st = HZ_OK;
    if (a->src.areas && a->pairs)
        st = hz_source_read(a->src.areas, &shapes, &l->areas, s->notice, err);
    else if (a->src.areas)
        st = hz_source_read_kind(a->src.areas, &shapes, HZ_POLYGON, &l->areas, s->notice, err);
    if (!st && a->towns)
        st = hz_source_read_kind(a->towns, &shapes, HZ_POLYGON, &l->towns, s->notice, err);
    if (!st && a->pairs)
        st = hz_source_read(a->pairs, &table, &l->pairs, s->notice, err);
    if (!st && a->pairs)
        l->made_up = inputs_is_made_up(a->pairs, l->pairs);
    in->areas = l->areas;
    in->towns = l->towns;
    in->pairs = l->pairs;
    return st || a->pairs ? st : read_people(a, s, in, l, err);
}

/* ---- writing ---------------------------------------------------------------------- */

static hz_status pairs_text(hz_layer *pairs, bool made_up, hz_text *out, hz_error *err)
{
    size_t n;
    const char *const *columns = hz_flows_columns(&n);
    const char *all[12];
    hz_status st = HZ_OK;
    memcpy(all, columns, n * sizeof *columns);
    if (made_up) {
        st = hz_layer_add_word(pairs, "origin", "synthetic", err);
        all[n++] = "origin";
    }
    return st ? st : hz_csv_write(pairs, all, NULL, n, NULL, out, err);
}

static hz_status write(const args *a, const hz_caption_flows *facts, hz_layer *pairs,
                       const session *s, hz_error *err)
{
    hz_text text = { 0 }, said = { 0 };
    hz_status st = a->output && inputs_ends_with(a->output, ".json")
                       ? hz_caption_flows_json(facts, &text, err)
                       : pairs_text(pairs, facts->made_up, &text, err);
    hz_caption_flows_statement(facts, HZ_ENGLISH, &said);
    hz_text_add(&said, "\n");
    hz_caption_flows_method(facts, HZ_ENGLISH, &said);
    if (!st && said.failed)
        st = hz_mem_fail(err, "flows");
    if (!st && a->output)
        st = hz_file_write(a->output, text.data, text.length, err);
    else if (!st)
        fputs(hz_text_get(&text), stdout);
    if (!st && !s->quiet)
        fprintf(stderr, "%s\n", hz_text_get(&said));
    hz_text_free(&text);
    hz_text_free(&said);
    return st;
}

/* What became of every row of events, as far as it may be said. */
static void say_account(const hz_flows *found, const session *s)
{
    const double *rows = found->account ? hz_layer_numbers(found->account, "rows") : NULL;
    if (!rows || s->quiet)
        return;
    fputs("events:", stderr);
    for (size_t i = 0; i < hz_layer_rows(found->account); i++) {
        char number[40];
        const char *state = hz_layer_text(found->account, "state", i);
        bool hidden = strcmp(state, "hidden") == 0;
        fprintf(stderr, "%s %s %s", i ? "," : "", hz_layer_text(found->account, "what", i),
                hidden ? state : hz_number_format(number, sizeof number, rows[i], 0, HZ_ENGLISH));
    }
    fputs("\n", stderr);
}

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    const args *a = arguments;
    const char *names[INPUT_NAMES_MOST];
    hz_flows_input in = { .level = 0 };
    hz_flows found = { 0 };
    layers l = { NULL, NULL, NULL, NULL, NULL, false };
    char *copy = NULL;
    hz_status st = make_input(a, &in, err);

    if (!st && a->focus) {
        copy = hz_mem_text(a->focus);
        st = copy ? inputs_split_names("focus", copy, names, &in.focus_count, err)
                  : hz_mem_fail(err, "flows");
        in.focus = names;
    }
    if (!st)
        st = read_layers(a, s, &in, &l, err);
    if (!st)
        st = hz_flows_make(&in, &found, s->notice, err);
    if (!st) {
        const hz_caption_flows facts = { .flows = &found, .below = in.below, .round = in.round,
                                         .level = in.level, .made_up = l.made_up };
        say_account(&found, s);
        st = write(a, &facts, found.pairs, s, err);
    }
    hz_flows_clear(&found);
    free_layers(&l);
    hz_mem_free(copy);
    return st;
}

const command cmd_flows = {
    "flows", "From where people live to where their events are: areas in pairs, nobody given away.",
    "hotzone flows --areas areas.geojson --residents people.csv --events solved.csv --key person "
    "--focus \"indre-noerrebro,ydre-noerrebro\" -o flows.json",
    options, sizeof(args), &defaults, run
};
