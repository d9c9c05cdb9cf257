/* Makes report cards from what zone commands read. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/zones.h"
#include "hotzone/mem.h"
#include "hotzone/text.h"

static hz_status whole(const char *name, double value, double most, hz_error *err)
{
    if (!(value >= 0 && value <= most) || value != floor(value))
        return hz_fail(err, HZ_EUSAGE, "--%s: %g, expected a whole number, 0 to %.0f", name, value,
                       most);
    return HZ_OK;
}

/* "2000..4000" */
static hz_status range(const char *text, double *low, double *high, hz_error *err)
{
    const char *dots = strstr(text, "..");
    if (!dots || !hz_number_parse(text, (size_t)(dots - text), '.', low) ||
        !hz_number_parse(dots + 2, strlen(dots + 2), '.', high) || !(*low >= 0) || !(*low < *high))
        return hz_fail(err, HZ_EUSAGE, "--null-residents: '%s', expected two numbers such as "
                       "2000..4000, the second larger", text);
    return HZ_OK;
}

hz_status zones_check_output(const char *output, const char *code, hz_language *language,
                             hz_error *err)
{
    *language = strcmp(code, "da") == 0 ? HZ_DANISH : HZ_ENGLISH;
    if (strcmp(code, "da") != 0 && strcmp(code, "en") != 0)
        return hz_fail(err, HZ_EUSAGE, "--language: '%s', expected en or da", code);
    if (output && !inputs_ends_with(output, ".json") && !inputs_ends_with(output, ".csv") &&
        !inputs_ends_with(output, ".txt"))
        return hz_fail(err, HZ_EUSAGE, "--output: '%s', expected .json, .csv or .txt", output);
    return HZ_OK;
}

hz_status zones_card_opts(const zone_card_args *a, hz_card_opts *o, hz_error *err)
{
    *o = (hz_card_opts)HZ_CARD_DEFAULTS;
    hz_status st = whole("null", a->null, 99999, err);
    if (!st)
        st = whole("jitters", a->jitters, 99999, err);
    if (!st && a->jitters < 1)
        st = hz_fail(err, HZ_EUSAGE, "--jitters: 0, expected 1 or more");
    if (!st)
        st = whole("seed", a->seed, 9007199254740992.0, err);
    if (!st && !(a->null_land >= 0 && a->null_land <= 1))
        st = hz_fail(err, HZ_EUSAGE, "--null-land: %g, expected a share, 0 to 1", a->null_land);
    if (!st && !(a->null_classes >= 1.01 && a->null_classes <= 1e6))
        st = hz_fail(err, HZ_EUSAGE, "--null-classes: %g, expected 1.01 to 1000000",
                     a->null_classes);
    if (!st && !(a->level > 0 && a->level < 1))
        st = hz_fail(err, HZ_EUSAGE, "--level: %g, expected between 0 and 1", a->level);
    if (!st && !(a->cell > 0 && a->cell <= 1e6))
        st = hz_fail(err, HZ_EUSAGE, "--cell: %g, expected metres over 0, at most 1000000",
                     a->cell);
    if (!st && !(a->tolerance >= 0 && a->tolerance <= 1e6))
        st = hz_fail(err, HZ_EUSAGE, "--tolerance: %g, expected metres, 0 or more", a->tolerance);
    if (!st && a->null_residents)
        st = range(a->null_residents, &o->placement.people_low, &o->placement.people_high, err);
    if (st)
        return st;
    o->null = a->null > 0;
    if (o->null)
        o->placement.replicates = (uint32_t)a->null;
    o->placement.land = a->null_land;
    o->placement.spread = a->null_classes;
    o->placement.seed = o->seed = (uint64_t)a->seed;
    o->jitters = (uint32_t)a->jitters;
    o->cell_m = a->cell;
    o->level = a->level;
    o->tolerance_m = a->tolerance;
    return HZ_OK;
}

void zone_cards_clear(zone_cards *c)
{
    hz_mem_free(c->cards);
    hz_mem_free(c->notes);
    hz_mem_free(c->names);
    *c = (zone_cards){ 0 };
}

void zones_tell_apart(zone_cards *c)
{
    for (size_t i = 0; i < c->n; i++) {
        char plain[200], number[32];
        bool again = false;
        snprintf(plain, sizeof plain, "%s", c->names[i]);
        for (size_t j = i + 1; j < c->n; j++) {
            if (strcmp(c->names[j], plain) != 0)
                continue;
            again = true;
            int n = snprintf(number, sizeof number, " (%zu)", j + 1);
            snprintf(c->names[j] + strlen(c->names[j]), sizeof c->names[j] - strlen(c->names[j]),
                     "%.*s", n, number);
        }
        if (again)
            snprintf(c->names[i] + strlen(plain), sizeof c->names[i] - strlen(plain), " (%zu)",
                     i + 1);
    }
}

/* Which zones lie partly beyond the study area's land; many are told together. */
static void say_beyond(const zone_cards *c, const session *s)
{
    enum { EACH = 3 };
    size_t beyond = 0, wholly = 0;
    for (size_t i = 0; i < c->n; i++) {
        const hz_card_column *now = &c->cards[i].now;
        double area = now->value[HZ_CARD_AREA_KM2], land = now->value[HZ_CARD_LAND_KM2];
        if (now->why[HZ_CARD_AREA_KM2] != HZ_CARD_KNOWN || land >= 0.999 * area)
            continue;
        wholly += land <= 0;
        if (++beyond <= EACH && c->n <= EACH)
            hz_warn(s->notice, "zone %zu: %.1f %% of it lies outside the study area's land, which "
                    "counts for nothing", i + 1, 100 * (1 - land / area));
    }
    if (beyond && c->n > EACH)
        hz_warn(s->notice, "%zu of %zu zones lie partly outside the study area's land and %zu "
                "wholly: what does counts for nothing (land_km2 against area_km2)",
                beyond - wholly, c->n, wholly);
}

hz_status zones_make_cards(const zone_inputs *a, const zones *z, const hz_card_opts *opts,
                           const session *s, zone_cards *c, hz_error *err)
{
    hz_card_input in = { z->zones, z->study, z->land, z->residents, z->hot, &z->points[0],
                         z->periods > 1 ? &z->points[1] : NULL };
    hz_card_found found;
    hz_status st = HZ_OK;
    if (opts->null && !isnan(opts->placement.people_low) && !z->residents)
        return hz_fail(err, HZ_EUSAGE, "--null-residents: goes with --population, expected both");
    c->n = z->zones->features;
    c->cards = hz_mem_new(c->n, sizeof *c->cards);
    c->notes = hz_mem_new(c->n, sizeof *c->notes);
    c->names = hz_mem_new(c->n, sizeof *c->names);
    if (!c->cards || !c->notes || !c->names)
        return hz_mem_fail(err, "zone card");
    st = hz_card_make(&in, opts, c->cards, &found, err);
    if (st)
        return st;
    snprintf(c->hotspots, sizeof c->hotspots, "exact Gi*, %g m cells, q <= %g", opts->cell_m,
             opts->q);
    for (size_t i = 0; i < c->n; i++)
        c->notes[i] = (hz_card_note){
            .name = zones_name(z, i, c->names[i], sizeof c->names[i]), .number = i + 1,
            .period = z->period[0], .later_period = z->periods > 1 ? z->period[1] : NULL,
            .residents = z->residents ? hz_reside_method(z->residents) : NULL,
            .hotspots = a->hot ? "given" : c->hotspots, .level = opts->level,
            .made_up = z->made_up };
    say_beyond(c, s);
    if (z->residents && c->cards[0].now.why[HZ_CARD_RESIDENTS_TOTAL] == HZ_CARD_NO_FIGURE)
        hz_warn(s->notice, "--population: parts of the study area have no figure, so the residents "
                "of the whole are not known");
    if (!a->hot && !s->quiet)
        fprintf(stderr, "hotspots: %zu of %zu cells%s\n", found.hot_cells, found.tested_cells,
                found.hotspots == HZ_CARD_HOT_UNTESTED ? ", too little data to test" : "");
    return HZ_OK;
}
