/* hotzone zone compare: several zones in one table, their differences, and what each holds alone. */
#include <stdio.h>
#include <string.h>

#include "cli/zones.h"
#include "hotzone/caption_zone.h"
#include "hotzone/compare.h"
#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/text.h"

typedef struct {
    zone_inputs in;
    zone_card_args card;
    const char *language, *output;
} args;

static const args defaults = { .card = ZONE_CARD_ARGS(0), .language = "en" };

#define AT(member) offsetof(args, member)
static const opt options[] = {
    ZONE_SOURCE_OPTIONS(args, in),
    { 'n', "null", "N", OPT_NUMBER, AT(card.null), "random placements of each zone (0: none)" },
    ZONE_CARD_OPTIONS(args, card),
    ZONE_COLUMN_OPTIONS(args, in),
    { 'l', "language", "CODE", OPT_TEXT, AT(language), "of the page: en or da (en)" },
    { 'o', "output", "FILE", OPT_TEXT, AT(output),
      ".json with the cards, .csv of the pairs, .txt; else a page to stdout" },
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }
};

static hz_status write_out(const args *a, hz_language language, const zone_cards *made,
                           const hz_compare_column *columns, size_t periods, hz_error *err)
{
    hz_text text = { 0 };
    hz_status st = HZ_OK;
    if (a->output && inputs_ends_with(a->output, ".json"))
        st = hz_compare_json(made->cards, made->notes, made->n, columns, periods, &text, err);
    else if (a->output && inputs_ends_with(a->output, ".csv"))
        hz_compare_csv(made->notes, made->n, columns, periods, &text);
    else
        hz_compare_page(made->cards, made->notes, made->n, columns, periods, language, &text);
    if (!st && text.failed)
        st = hz_mem_fail(err, "zone compare");
    if (!st && a->output)
        st = hz_file_write(a->output, hz_text_get(&text), text.length, err);
    else if (!st)
        fputs(hz_text_get(&text), stdout);
    hz_text_free(&text);
    return st;
}

static hz_status compare(const args *a, hz_language language, const zones *z,
                         const hz_card_opts *opts, const zone_cards *made, hz_error *err)
{
    const hz_compare_opts how = { opts->level, 1999, opts->seed };
    const hz_card_input in = { z->zones, z->study, z->land, z->residents, z->hot, &z->points[0],
                               NULL };
    size_t n = made->n, pairs = n * (n - 1) / 2;
    hz_compare_pair *pair = hz_mem_new(2 * pairs, sizeof *pair);
    hz_compare_alone *alone = hz_mem_new(2 * n, sizeof *alone);
    hz_status st = pair && alone ? HZ_OK : hz_mem_fail(err, "zone compare");
    for (size_t k = 0; !st && k < z->periods; k++)
        st = hz_compare_make(&in, &z->points[k], &how, pair + k * pairs, alone + k * n, err);
    if (!st) {
        const hz_compare_column columns[2] = { { z->period[0], pair, alone },
                                               { z->period[1], pair + pairs, alone + n } };
        st = write_out(a, language, made, columns, z->periods, err);
    }
    hz_mem_free(pair);
    hz_mem_free(alone);
    return st;
}

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    const args *a = arguments;
    hz_language language = HZ_ENGLISH;
    hz_card_opts opts;
    zones z = { 0 };
    zone_cards made = { 0 };
    hz_status st = zones_check_output(a->output, a->language, &language, err);
    if (!st)
        st = zones_check(&a->in, "zone compare", err);
    if (!st)
        st = zones_card_opts(&a->card, &opts, err);
    if (!st)
        st = zones_read(&a->in, s, &z, err);
    if (!st && (z.zones->features < 2 || z.zones->features > HZ_COMPARE_MOST))
        st = hz_fail(err, HZ_EUSAGE, "zone compare: %s has %zu zone%s, expected 2 to %d",
                     hz_layer_name(z.layer), z.zones->features, z.zones->features == 1 ? "" : "s",
                     HZ_COMPARE_MOST);
    for (size_t k = 0; !st && k < z.periods; k++)
        if (!z.points[k].n)
            st = hz_fail(err, HZ_EDATA, "zone compare: no event lies in the study area%s%s, expected "
                         "some", *z.period[k] ? " in " : "", z.period[k]);
    if (!st)
        st = zones_make_cards(&a->in, &z, &opts, s, &made, err);
    if (!st) {
        zones_tell_apart(&made);
        st = compare(a, language, &z, &opts, &made, err);
    }
    zone_cards_clear(&made);
    zones_clear(&z);
    return st;
}

const command cmd_zone_compare = {
    "zone compare", "Several zones: a table, their differences with intervals, what each holds alone.",
    "hotzone zone compare --zone zones.gpkg --events events.csv --study areas.geojson --period 2017",
    options, sizeof(args), &defaults, run
};
