/* hotzone zone card: is this zone in the right place and of the right size, and how sure are we? */
#include <stdio.h>

#include "cli/zones.h"
#include "hotzone/caption_zone.h"
#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/text.h"

typedef struct {
    zone_inputs in;
    zone_card_args card;
    const char *language, *output;
} args;

static const args defaults = { .card = ZONE_CARD_ARGS(999), .language = "en" };

#define AT(member) offsetof(args, member)
static const opt options[] = {
    ZONE_SOURCE_OPTIONS(args, in),
    { 'n', "null", "N", OPT_NUMBER, AT(card.null), "random placements; 0: none (999)" },
    ZONE_CARD_OPTIONS(args, card),
    ZONE_COLUMN_OPTIONS(args, in),
    { 'l', "language", "CODE", OPT_TEXT, AT(language), "of the page: en or da (en)" },
    { 'o', "output", "FILE", OPT_TEXT, AT(output),
      ".json, .csv or .txt; else a page to stdout" },
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }
};

static hz_status write_out(const args *a, hz_language language, const hz_card *cards,
                           const hz_card_note *notes, size_t n, hz_error *err)
{
    hz_text text = { 0 };
    hz_status st = HZ_OK;
    if (a->output && inputs_ends_with(a->output, ".json"))
        st = hz_card_json(cards, notes, n, &text, err);
    else if (a->output && inputs_ends_with(a->output, ".csv"))
        hz_card_csv(cards, notes, n, &text);
    else
        hz_card_page(cards, notes, n, language, &text);
    if (!st && text.failed)
        st = hz_mem_fail(err, "zone card");
    if (!st && a->output)
        st = hz_file_write(a->output, hz_text_get(&text), text.length, err);
    else if (!st)
        fputs(hz_text_get(&text), stdout);
    hz_text_free(&text);
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
        st = zones_check(&a->in, "zone card", err);
    if (!st)
        st = zones_card_opts(&a->card, &opts, err);
    if (!st)
        st = zones_read(&a->in, s, &z, err);
    if (!st)
        st = zones_make_cards(&a->in, &z, &opts, s, &made, err);
    if (!st)
        st = write_out(a, language, made.cards, made.notes, made.n, err);
    zone_cards_clear(&made);
    zones_clear(&z);
    return st;
}

const command cmd_zone_card = {
    "zone card", "A zone's report card: what it holds, how sure that is, and what would be better.",
    "hotzone zone card --zone zone.gpkg --events events.csv --study areas.geojson "
    "--train 2016 --test 2017 -o card.json",
    options, sizeof(args), &defaults, run
};
