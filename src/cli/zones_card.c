/* What zone card and zone compare share: their options, the cards, where the text goes. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/zones.h"
#include "hotzone/file.h"
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

static hz_status check_output(const char *output, const char *code, zone_report *r, hz_error *err)
{
    r->language = strcmp(code, "da") == 0 ? HZ_DANISH : HZ_ENGLISH;
    if (strcmp(code, "da") != 0 && strcmp(code, "en") != 0)
        return hz_fail(err, HZ_EUSAGE, "--language: '%s', expected en or da", code);
    if (output && inputs_ends_with(output, ".json"))
        r->format = ZONE_JSON;
    else if (output && inputs_ends_with(output, ".csv"))
        r->format = ZONE_CSV;
    else if (output && !inputs_ends_with(output, ".txt"))
        return hz_fail(err, HZ_EUSAGE, "--output: '%s', expected .json, .csv or .txt", output);
    return HZ_OK;
}

static hz_status card_opts(const zone_card_args *a, hz_card_opts *o, hz_error *err)
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

hz_status zone_report_read(const zone_report_args *a, const char *who, const session *s,
                           zone_report *r, hz_error *err)
{
    zones *z = &r->z;
    *r = (zone_report){ 0 };
    hz_status st = check_output(a->output, a->language, r, err);
    if (!st)
        st = zones_check(&a->in, who, err);
    if (!st)
        st = card_opts(&a->card, &r->opts, err);
    if (!st)
        st = zones_read(&a->in, s, z, err);
    if (!st && r->opts.null && !isnan(r->opts.placement.people_low) && !z->residents)
        st = hz_fail(err, HZ_EUSAGE, "--null-residents: goes with --population, expected both");
    r->input = (hz_card_input){ .zones = z->zones, .study = z->study, .land = z->land,
                                .residents = z->residents, .hot = z->hot, .now = &z->points[0],
                                .later = z->periods > 1 ? &z->points[1] : NULL,
                                .validity = z->validity, .period = { z->when[0], z->when[1] },
                                .in_force = a->in.in_force };
    return st;
}

/* What the cards do not say themselves. */
static void add_notes(const zone_report_args *a, zone_report *r)
{
    const zones *z = &r->z;
    zone_cards *c = &r->made;
    snprintf(c->hotspots, sizeof c->hotspots, "exact Gi*, %g m cells, q <= %g", r->opts.cell_m,
             r->opts.q);
    for (size_t i = 0; i < c->n; i++)
        c->notes[i] = (hz_card_note){
            .name = zones_name(z, i, c->names[i], sizeof c->names[i]), .number = i + 1,
            .period = z->period[0], .later_period = z->periods > 1 ? z->period[1] : NULL,
            .residents = z->residents ? hz_reside_method(z->residents) : NULL,
            .hotspots = a->in.hot ? "given" : c->hotspots, .level = r->opts.level,
            .made_up = z->made_up, .validity = z->validity ? &z->validity[i] : NULL,
            .in_force = a->in.in_force, .repaired = z->repaired[i],
            .same_name = z->namesake[i], .nowhere = hz_card_is_nowhere(&c->cards[i]) };
}

hz_status zone_report_make(const zone_report_args *a, const session *s, zone_report *r,
                           hz_error *err)
{
    zone_cards *c = &r->made;
    hz_card_found found;
    c->n = r->z.zones->features;
    c->cards = hz_mem_new(c->n, sizeof *c->cards);
    c->notes = hz_mem_new(c->n, sizeof *c->notes);
    c->names = hz_mem_new(c->n, sizeof *c->names);
    if (!c->cards || !c->notes || !c->names)
        return hz_mem_fail(err, "zone card");
    hz_status st = hz_card_make(&r->input, &r->opts, c->cards, &found, s->notice, err);
    if (st)
        return st;
    add_notes(a, r);
    say_beyond(c, s);
    if (r->z.residents && c->cards[0].now.why[HZ_CARD_RESIDENTS_TOTAL] == HZ_CARD_NO_FIGURE)
        hz_warn(s->notice, "--population: parts of the study area have no figure, so the residents "
                "of the whole are not known");
    if (!a->in.hot && !s->quiet)
        fprintf(stderr, "hotspots: %zu of %zu cells%s\n", found.hot_cells, found.tested_cells,
                found.hotspots == HZ_CARD_HOT_UNTESTED ? ", too little data to test" : "");
    return HZ_OK;
}

hz_status zone_report_write(const zone_report_args *a, hz_text *text, hz_error *err)
{
    hz_status st = text->failed ? hz_mem_fail(err, "zones") : HZ_OK;
    if (!st && a->output)
        st = hz_file_write(a->output, hz_text_get(text), text->length, err);
    else if (!st)
        fputs(hz_text_get(text), stdout);
    return st;
}

void zone_report_clear(zone_report *r)
{
    hz_mem_free(r->made.cards);
    hz_mem_free(r->made.notes);
    hz_mem_free(r->made.names);
    zones_clear(&r->z);
}
