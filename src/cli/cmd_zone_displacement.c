/* hotzone zone displacement: before, during and after a zone, in it, around it and elsewhere. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/inputs.h"
#include "cli/opt.h"
#include "cli/zones.h"
#include "hotzone/caption_displace.h"
#include "hotzone/csv.h"
#include "hotzone/displace.h"
#include "hotzone/file.h"
#include "hotzone/source.h"
#include "hotzone/text.h"
#include "hotzone/timeline.h"
#include "hotzone/vector.h"

typedef struct {
    inputs src;
    const char *zone, *before, *during, *after, *earlier, *study, *water, *others, *others_from,
        *others_until, *control, *ring_control, *weights, *output, *effects, *layers;
    opt_list ring;
    double gap, level;
} args;

static const args defaults = { .gap = 100, .level = 0.95, .weights = "area" };

#define AT(member) offsetof(args, member)
static const opt options[] = {
    { 'z', "zone", "SRC", OPT_TEXT, AT(zone), "the zone: all polygons of the source together" },
    { 'e', "events", "SRC", OPT_TEXT, AT(src.events), "located, dated events" },
    { 0, "before", "PERIOD", OPT_TEXT, AT(before), "2017-03-01..2017-05-31" },
    { 0, "during", "PERIOD", OPT_TEXT, AT(during), "whole days; and, or:" },
    { 0, "after", "PERIOD", OPT_TEXT, AT(after), "whole days" },
    { 0, "earlier", "PERIOD", OPT_TEXT, AT(earlier), "history, to tell whether before was a peak" },
    { 's', "study", "SRC", OPT_TEXT, AT(study), "study area: everything is clipped to it" },
    { 0, "ring", "M", OPT_LIST, AT(ring), "ring out to so many metres (200); may be given again" },
    { 0, "gap", "M", OPT_NUMBER, AT(gap), "from the rings to a control that is the rest (100)" },
    { 'c', "control", "SRC", OPT_TEXT, AT(control),
      "control area; else the rest of the study area" },
    { 0, "ring-control", "SRC", OPT_TEXT, AT(ring_control), "another one for the rings" },
    { 0, "water", "SRC", OPT_TEXT, AT(water), "water, taken out of everything" },
    { 0, "others", "SRC", OPT_TEXT, AT(others),
      "other zones, taken out of rings and control while in force" },
    { 0, "others-from", "COLUMN", OPT_TEXT, AT(others_from),
      "of these: start (valid_from, start)" },
    { 0, "others-until", "COLUMN", OPT_TEXT, AT(others_until), "of these: end (valid_to, end)" },
    { 0, "weights", "HOW", OPT_TEXT, AT(weights),
      "the control counts by area, residents or none (area)" },
    { 'p', "population", "SRC", OPT_LIST, AT(src.population),
      "residents: polygons or points with a figure, or a table by study area" },
    { 0, "population-column", "COLUMN", OPT_TEXT, AT(src.population_column), "residents" },
    { 0, "population-key", "COLUMN", OPT_TEXT, AT(src.population_key), "of a table: study area" },
    { 0, "population-year", "YEAR", OPT_NUMBER, AT(src.population_year), "nearest to this year" },
    { 0, "id", "COLUMN", OPT_TEXT, AT(src.id), "key of the study areas, for such a table" },
    { 'k', "kind", "WORD", OPT_LIST, AT(src.kind), "only this kind; may be given again" },
    { 0, "x", "COLUMN", OPT_TEXT, AT(src.x), "of the events: east or longitude" },
    { 0, "y", "COLUMN", OPT_TEXT, AT(src.y), "of the events: north or latitude" },
    { 0, "crs", "CRS", OPT_TEXT, AT(src.crs), "of sources that do not say: EPSG:25832" },
    { 0, "time", "COLUMN", OPT_TEXT, AT(src.time), "of the events: date" },
    { 0, "time-format", "FORMAT", OPT_TEXT, AT(src.time_format), "of the dates: %d/%m/%y" },
    { 0, "kind-column", "COLUMN", OPT_TEXT, AT(src.kind_column), "of the events" },
    { 0, "level", "SHARE", OPT_NUMBER, AT(level), "of the intervals (0.95)" },
    { 0, "effects", "FILE", OPT_TEXT, AT(effects), "differences and quotients, .csv" },
    { 0, "layers", "FILE", OPT_TEXT, AT(layers), "zone, rings and control as drawn, .gpkg" },
    { 'o', "output", "FILE", OPT_TEXT, AT(output),
      "everything: .json; or the counts: .csv; else these to stdout" },
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }
};

/* ---- options -------------------------------------------------------------------------- */

static hz_status check(const args *a, hz_error *err)
{
    if (!a->zone || !a->src.events)
        return hz_fail(err, HZ_EUSAGE, "zone displacement: expected --zone SRC and --events SRC");
    if (!a->before || !(a->during || a->after))
        return hz_fail(err, HZ_EUSAGE, "zone displacement: expected --before PERIOD, and --during "
                       "or --after PERIOD");
    if (!a->others && (a->others_from || a->others_until))
        return hz_fail(err, HZ_EUSAGE, "--others-from and --others-until: go with --others, "
                       "expected both or neither");
    if (!a->src.population.count && (a->src.population_column || a->src.population_key ||
                                     a->src.population_year != 0 || a->src.id))
        return hz_fail(err, HZ_EUSAGE, "--id, --population-column, --population-key and "
                       "--population-year: go with --population, expected both or neither");
    if (a->effects && !inputs_ends_with(a->effects, ".csv"))
        return hz_fail(err, HZ_EUSAGE, "--effects: '%s', expected a .csv", a->effects);
    if (a->layers && !inputs_ends_with(a->layers, ".gpkg"))
        return hz_fail(err, HZ_EUSAGE, "--layers: '%s', expected a .gpkg", a->layers);
    if (a->output && !inputs_ends_with(a->output, ".csv") &&
        !inputs_ends_with(a->output, ".json"))
        return hz_fail(err, HZ_EUSAGE, "--output: '%s', expected a .json or a .csv", a->output);
    return HZ_OK;
}

static hz_status read_rings(const args *a, hz_displace_places *p, hz_error *err)
{
    p->ring_m[0] = 200;
    p->rings = a->ring.count ? a->ring.count : 1;
    if (p->rings > HZ_DISPLACE_RINGS_MOST)
        return hz_fail(err, HZ_EUSAGE, "--ring: given %zu times, expected at most %d", p->rings,
                       HZ_DISPLACE_RINGS_MOST);
    for (size_t i = 0; i < a->ring.count; i++)
        if (!hz_number_parse(a->ring.item[i], strlen(a->ring.item[i]), '.', &p->ring_m[i]))
            return hz_fail(err, HZ_EUSAGE, "--ring: '%s', expected metres", a->ring.item[i]);
    return HZ_OK;
}

static hz_status read_opts(const args *a, hz_displace_opts *o, hz_error *err)
{
    const struct { const char *text, *option; } periods[HZ_DISPLACE_PERIODS] = {
        [HZ_DISPLACE_BEFORE] = { a->before, "--before" },
        [HZ_DISPLACE_DURING] = { a->during, "--during" },
        [HZ_DISPLACE_AFTER] = { a->after, "--after" },
        [HZ_DISPLACE_EARLIER] = { a->earlier, "--earlier" }
    };
    static const char *const weights[] = { "area", "residents", "none" };
    int w = 0;
    for (int i = 0; i < HZ_DISPLACE_PERIODS; i++)
        if (periods[i].text && hz_period_parse(periods[i].text, &o->period[i], err))
            return hz_fail_within(err, "%s", periods[i].option);
    while (w < 3 && strcmp(a->weights, weights[w]) != 0)
        w++;
    if (w == 3)
        return hz_fail(err, HZ_EUSAGE, "--weights: '%s', expected area, residents or none",
                       a->weights);
    if (w == HZ_DISPLACE_BY_RESIDENTS && !a->src.population.count)
        return hz_fail(err, HZ_EUSAGE, "--weights: residents, expected --population SRC with it");
    o->weights = (hz_displace_weights)w;
    o->level = a->level;
    return HZ_OK;
}

/* ---- layers --------------------------------------------------------------------------- */

enum { ZONE, STUDY, WATER, OTHERS, CONTROL, RING_CONTROL, LAYERS };

static hz_status read_layers(const args *a, const session *s, hz_layer *layer[LAYERS],
                             hz_error *err)
{
    const char *const sources[LAYERS] = { a->zone, a->study, a->water, a->others, a->control,
                                          a->ring_control };
    hz_source_opts how = { .crs = a->src.crs };
    hz_status st = HZ_OK;
    for (int i = 0; !st && i < LAYERS; i++)
        if (sources[i])
            st = hz_source_read_kind(sources[i], &how, HZ_POLYGON, &layer[i], s->notice, err);
    return st;
}

/* Those of the other zones that were in force in one of the periods compared. */
static hz_status choose_others(const args *a, const hz_displace_opts *o, const session *s,
                               hz_layer **others, hz_error *err)
{
    hz_layer *chosen = NULL;
    size_t read = hz_layer_rows(*others);
    hz_status st = hz_timeline_select(*others, a->others_from, a->others_until, o->period,
                                      HZ_DISPLACE_EARLIER, &chosen, s->notice, err);
    if (st)
        return st;
    hz_layer_swap(*others, chosen);
    hz_layer_free(chosen);
    if (!s->quiet)
        fprintf(stderr, "others: %zu of %zu zones were in force in one of the periods\n",
                hz_layer_rows(*others), read);
    return HZ_OK;
}

/* The population of the year in which the comparison starts. */
static int year_of(const hz_displace_opts *o)
{
    int year, month, day;
    hz_time from = o->period[HZ_DISPLACE_BEFORE].from;
    hz_date_civil(from / 86400 - (from % 86400 < 0), &year, &month, &day);
    return from == HZ_TIME_NONE ? 0 : year;
}

static hz_status draw(const args *a, const hz_displace_opts *o, const session *s, hz_layer **areas,
                      hz_error *err)
{
    hz_layer *layer[LAYERS] = { NULL };
    hz_displace_places p = { .gap_m = a->gap };
    hz_status st = read_rings(a, &p, err);
    if (!st)
        st = read_layers(a, s, layer, err);
    if (!st && layer[OTHERS])
        st = choose_others(a, o, s, &layer[OTHERS], err);
    p.zone = layer[ZONE];
    p.study = layer[STUDY];
    p.water = layer[WATER];
    p.others = layer[OTHERS];
    p.control = layer[CONTROL];
    p.ring_control = layer[RING_CONTROL];
    if (!st)
        st = hz_displace_areas(&p, areas, s->notice, err);
    if (!st && a->src.population.count)
        st = zones_add_residents(&a->src, p.study, p.water, year_of(o), s, *areas, "residents", err);
    for (int i = 0; i < LAYERS; i++)
        hz_layer_free(layer[i]);
    return st;
}

/* ---- results -------------------------------------------------------------------------- */

static hz_status write_table(const hz_layer *l, const char *const *columns, size_t n, bool origin,
                             const char *path, hz_error *err)
{
    const char *all[64];
    hz_text text = { 0 };
    memcpy(all, columns, n * sizeof *columns);
    if (origin)
        all[n++] = "origin";
    hz_status st = hz_csv_write(l, all, NULL, n, path, &text, err);
    if (!st && !path)
        fputs(hz_text_get(&text), stdout);
    hz_text_free(&text);
    return st;
}

static hz_status write_json(const args *a, const hz_caption_displace *facts, hz_error *err)
{
    hz_text text = { 0 };
    hz_status st = hz_caption_displace_json(facts, &text, err);
    if (!st)
        st = hz_file_write(a->output, hz_text_get(&text), text.length, err);
    hz_text_free(&text);
    return st;
}

static hz_status write_all(const args *a, const hz_caption_displace *facts, hz_error *err)
{
    const hz_displacement *d = facts->found;
    size_t n, m;
    const char *const *counts = hz_displace_count_columns(&n);
    const char *const *effects = hz_displace_effect_columns(&m);
    hz_vector_item items[] = { { d->areas, "areas", NULL, NULL },
                               { d->counts, "counts", NULL, NULL },
                               { d->effects, "effects", NULL, NULL } };
    hz_status st = HZ_OK;
    if (a->layers)
        st = hz_vector_write(a->layers, items, 3, err);
    if (!st && a->effects)
        st = write_table(d->effects, effects, m, facts->made_up, a->effects, err);
    if (!st && a->output && inputs_ends_with(a->output, ".json"))
        return write_json(a, facts, err);
    return st ? st : write_table(d->counts, counts, n, facts->made_up, a->output, err);
}

static void say_found(const hz_caption_displace *facts, const session *s)
{
    hz_text statement = { 0 };
    char text[400];
    if (s->quiet)
        return;
    hz_caption_displace_say(facts, HZ_ENGLISH, &statement);
    fprintf(stderr, "events: %s\n%s\n",
            hz_fate_text(text, sizeof text, &facts->found->fate, HZ_ENGLISH),
            hz_text_get(&statement));
    hz_text_free(&statement);
}

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    const args *a = arguments;
    hz_displace_opts o = HZ_DISPLACE_DEFAULTS;
    hz_displacement found = { 0 };
    hz_caption_displace facts = { &found, &o, false };
    hz_layer *areas = NULL, *events = NULL;
    hz_status st = check(a, err);

    if (!st)
        st = read_opts(a, &o, err);
    if (!st)
        st = draw(a, &o, s, &areas, err);
    if (!st)
        st = inputs_read_events(&a->src, true, NULL, s, &o.place, &events, err);
    o.residents = a->src.population.count ? "residents" : NULL;
    o.place.kinds = a->src.kind.count ? a->src.kind.item : NULL;
    o.place.kind_count = a->src.kind.count;
    if (!st)
        st = hz_displace_make(areas, events, &o, &found, s->notice, err);
    facts.made_up = (!st && inputs_is_made_up(a->src.events, events)) ||
                    (a->src.population.count && strstr(a->src.population.item[0], "synthetic"));
    if (!st && facts.made_up)
        st = hz_layer_add_word(found.counts, "origin", "synthetic", err);
    if (!st && facts.made_up)
        st = hz_layer_add_word(found.effects, "origin", "synthetic", err);
    if (!st)
        st = write_all(a, &facts, err);
    if (!st)
        say_found(&facts, s);
    hz_displacement_clear(&found);
    hz_layer_free(areas);
    hz_layer_free(events);
    return st;
}

const command cmd_zone_displacement = {
    "zone displacement",
    "Before, during and after a zone: inside, in rings around it, and in a control area.",
    "hotzone zone displacement --zone zone.gpkg --events events.csv --study areas.geojson "
    "--before 2017-03-01..2017-05-31 --during 2017-06-09..2017-11-09 -o displacement.json",
    options, sizeof(args), &defaults, run
};
