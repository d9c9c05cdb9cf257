/* hotzone zone compare: several zones in one table, their differences, and what each holds alone. */
#include "cli/zones.h"
#include "hotzone/compare.h"
#include "hotzone/mem.h"

static const zone_report_args defaults = { .card = ZONE_CARD_ARGS(0), .language = "en" };

static const opt options[] = {
    ZONE_REPORT_OPTIONS("random placements of each zone (0: none)",
                        ".json with the cards, .csv of the pairs, .txt; else a page to stdout")
};

static hz_status write_compared(const zone_report_args *a, const zone_report *r,
                                const hz_compare_column *columns, hz_error *err)
{
    const zone_cards *made = &r->made;
    size_t periods = r->z.periods;
    hz_text text = { 0 };
    hz_status st = HZ_OK;
    switch (r->format) {
    case ZONE_JSON:
        st = hz_compare_json(made->cards, made->notes, made->n, columns, periods, &text, err);
        break;
    case ZONE_CSV:
        hz_compare_csv(made->notes, made->n, columns, periods, &text);
        break;
    case ZONE_PAGE:
        hz_compare_page(made->cards, made->notes, made->n, columns, periods, r->language, &text);
        break;
    }
    if (!st)
        st = zone_report_write(a, &text, err);
    hz_text_free(&text);
    return st;
}

static hz_status compare(const zone_report_args *a, const zone_report *r, hz_error *err)
{
    const hz_compare_opts how = { r->opts.level, 1999, r->opts.seed };
    const zones *z = &r->z;
    size_t n = r->made.n, pairs = n * (n - 1) / 2;
    hz_compare_pair *pair = hz_mem_new(2 * pairs, sizeof *pair);
    hz_compare_alone *alone = hz_mem_new(2 * n, sizeof *alone);
    hz_status st = pair && alone ? HZ_OK : hz_mem_fail(err, "zone compare");
    for (size_t k = 0; !st && k < z->periods; k++)
        st = hz_compare_make(&r->input, &z->points[k], &how, pair + k * pairs, alone + k * n, err);
    if (!st) {
        const hz_compare_column columns[2] = { { z->period[0], pair, alone },
                                               { z->period[1], pair + pairs, alone + n } };
        st = write_compared(a, r, columns, err);
    }
    hz_mem_free(pair);
    hz_mem_free(alone);
    return st;
}

/* What cannot be compared. */
static hz_status check(const zone_report_args *a, const zones *z, hz_error *err)
{
    size_t n = z->zones->features;
    if (n < 2 || n > HZ_COMPARE_MOST)
        return hz_fail(err, HZ_EUSAGE, "zone compare: %s has %zu zone%s, expected 2 to %d",
                       hz_layer_name(z->layer), n, n == 1 ? "" : "s", HZ_COMPARE_MOST);
    if (a->in.in_force)
        return hz_fail(err, HZ_EUSAGE, "--in-force: zones in force at different times share no events "
                       "to be compared on, expected a zone card of each");
    for (size_t k = 0; k < z->periods; k++)
        if (!z->points[k].n)
            return hz_fail(err, HZ_EDATA, "zone compare: no event lies in the study area%s%s, "
                           "expected some", *z->period[k] ? " in " : "", z->period[k]);
    return HZ_OK;
}

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    const zone_report_args *a = arguments;
    zone_report r;
    hz_status st = zone_report_read(a, "zone compare", s, &r, err);
    if (!st)
        st = check(a, &r.z, err);
    if (!st)
        st = zone_report_make(a, s, &r, err);
    if (!st) {
        zones_tell_apart(&r.made);
        st = compare(a, &r, err);
    }
    zone_report_clear(&r);
    return st;
}

const command cmd_zone_compare = {
    "zone compare", "Several zones: a table, their differences with intervals, what each holds alone.",
    "hotzone zone compare --zone zones.gpkg --events events.csv --study areas.geojson --period 2017",
    options, sizeof(zone_report_args), &defaults, run
};
