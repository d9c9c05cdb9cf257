/* hotzone zone card: is this zone in the right place and of the right size, and how sure are we? */
#include "cli/zones.h"

static const zone_report_args defaults = { .card = ZONE_CARD_ARGS(999), .language = "en" };

static const opt options[] = {
    ZONE_REPORT_OPTIONS("random placements; 0: none (999)",
                        ".json, .csv or .txt; else a page to stdout")
};

static hz_status write_cards(const zone_report_args *a, const zone_report *r, hz_error *err)
{
    const zone_cards *made = &r->made;
    hz_text text = { 0 };
    hz_status st = HZ_OK;
    switch (r->format) {
    case ZONE_JSON: st = hz_card_json(made->cards, made->notes, made->n, &text, err); break;
    case ZONE_CSV: hz_card_csv(made->cards, made->notes, made->n, &text); break;
    case ZONE_PAGE: hz_card_page(made->cards, made->notes, made->n, r->language, &text); break;
    }
    if (!st)
        st = zone_report_write(a, &text, err);
    hz_text_free(&text);
    return st;
}

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    const zone_report_args *a = arguments;
    zone_report r;
    hz_status st = zone_report_read(a, "zone card", s, &r, err);
    if (!st)
        st = zone_report_make(a, s, &r, err);
    if (!st)
        st = write_cards(a, &r, err);
    zone_report_clear(&r);
    return st;
}

const command cmd_zone_card = {
    "zone card", "A zone's report card: what it holds, how sure that is, and what would be better.",
    "hotzone zone card --zone zone.gpkg --events events.csv --study areas.geojson "
    "--train 2016 --test 2017 -o card.json",
    options, sizeof(zone_report_args), &defaults, run
};
