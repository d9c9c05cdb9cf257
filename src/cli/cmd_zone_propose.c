/* hotzone zone propose: a zone drawn on the earlier period's events and scored on the later's. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/budget.h"
#include "cli/opt.h"
#include "hotzone/mem.h"
#include "hotzone/proposal_note.h"
#include "hotzone/proposing.h"
#include "hotzone/source.h"
#include "hotzone/vector.h"

typedef struct {
    budget_inputs b;
    const char *street_name;
    opt_list lines;
    double penalty, starts, moves, seed;
    bool no_holes;
} args;

static const args defaults = { .b = BUDGET_DEFAULTS, .penalty = 0.05, .starts = 64, .moves = 500,
                               .seed = 1 };

#define AT(member) offsetof(args, member)
static const opt options[] = {
    BUDGET_OPTIONS(args, b),
    { 0, "street-name", "COLUMN", OPT_TEXT, AT(street_name),
      "of the streets: name, for the list along the border" },
    { 0, "lines", "SRC", OPT_LIST, AT(lines),
      "other lines that this list may name, such as borders; may be given again" },
    { 0, "penalty", "N", OPT_NUMBER, AT(penalty),
      "of a long border: share of the bound given up to make it a circle's shorter (0.05)" },
    { 0, "no-holes", NULL, OPT_FLAG, AT(no_holes),
      "in a zone of cells, even where it would hold over 4 % more (of blocks it has none)" },
    { 0, "starts", "N", OPT_NUMBER, AT(starts), "zones grown, each from a seed (64)" },
    { 0, "moves", "N", OPT_NUMBER, AT(moves), "drawn for each parcel of the best eight (500)" },
    { 0, "seed", "N", OPT_NUMBER, AT(seed), "of the moves (1)" },
    { 'o', "output", "FILE", OPT_TEXT, AT(b.output), "the zone, .gpkg, .geojson or .fgb" },
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }
};

static hz_status whole(const char *name, double value, double least, double most, hz_error *err)
{
    if (!(value >= least && value <= most) || value != floor(value))
        return hz_fail(err, HZ_EUSAGE, "--%s: %g, expected a whole number from %.0f to %.0f", name,
                       value, least, most);
    return HZ_OK;
}

static hz_status take_options(const args *a, hz_propose_opts *o, hz_error *err)
{
    hz_status st = whole("starts", a->starts, 1, 100000, err);
    if (!st)
        st = whole("moves", a->moves, 0, 100000, err);
    if (!st)
        st = whole("seed", a->seed, 0, 9007199254740992.0, err);
    if (!st && !(a->penalty >= 0 && a->penalty <= 100))
        st = hz_fail(err, HZ_EUSAGE, "--penalty: %g, expected 0 to 100", a->penalty);
    if (!st && isnan(a->b.budget) && !a->b.in.zone)
        st = hz_fail(err, HZ_EUSAGE, "zone propose: expected --budget N or --like SRC");
    if (!st && a->street_name && !a->b.streets)
        st = hz_fail(err, HZ_EUSAGE, "--street-name: goes with --streets, expected both");
    if (!st && a->lines.count && !a->b.streets)
        st = hz_fail(err, HZ_EUSAGE, "--lines: goes with --streets, expected both");
    if (st)
        return st;
    *o = (hz_propose_opts)HZ_PROPOSE_DEFAULTS;
    o->penalty = a->penalty;
    o->starts = (size_t)a->starts;
    o->moves = (size_t)a->moves;
    o->seed = (uint64_t)a->seed;
    o->holes = !a->no_holes;
    return HZ_OK;
}

/* ---- the list of streets --------------------------------------------------------------------- */

static hz_status list_streets(const args *a, const budget *b, const hz_proposing *p,
                              const session *s, hz_proposal_streets *out, hz_error *err)
{
    hz_layer *lines[OPT_LIST_MOST] = { NULL };
    hz_source_opts how = { .crs = a->b.in.src.crs };
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < a->lines.count; i++)
        st = hz_source_read(a->lines.item[i], &how, &lines[i], s->notice, err);
    const hz_proposal_network network = { b->streets, (const hz_layer *const *)lines,
                                          a->lines.count, { .name = a->street_name } };
    if (!st)
        st = hz_proposing_streets(&b->evidence, p, &network, out, s->notice, err);
    for (size_t i = 0; i < a->lines.count; i++)
        hz_layer_free(lines[i]);
    return st;
}

/* ---- output ---------------------------------------------------------------------------------- */

static hz_status add_numbers(hz_layer *zone, const budget *b, const hz_proposing *p, hz_error *err)
{
    const struct { const char *column; double value; } parts[] = {
        { "size", p->zone.size }, { "area_km2", p->area_km2 }, { "gap", p->gap },
        { "train_events", p->train.events }, { "test_events", p->test.events },
        { "test_capture", p->test.capture }, { "test_capture_low", p->test.low },
        { "test_capture_high", p->test.high }, { "difference", p->difference.difference },
        { "difference_low", p->difference.low }, { "difference_high", p->difference.high },
    };
    hz_status st = HZ_OK;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && !st; i++)
        st = hz_layer_add_numbers(zone, parts[i].column, &parts[i].value, err);
    if (!st)
        st = hz_layer_add_word(zone, "measure", hz_budget_name(b->evidence.measure), err);
    if (!st)
        st = hz_layer_add_word(zone, "unit", hz_budget_unit(b->evidence.measure), err);
    return st;
}

static hz_status copy_crs(const budget *b, hz_layer *layer, hz_error *err)
{
    const hz_crs *crs = hz_layer_crs(b->evidence.parcels.table);
    hz_crs *copy = crs ? hz_crs_copy(crs) : NULL;
    if (!crs)
        return HZ_OK;
    hz_status st = copy ? hz_layer_take_crs(layer, &copy, err) : hz_mem_fail(err, "proposal");
    hz_crs_free(copy);
    return st;
}

static hz_status make_layer(const budget *b, const hz_proposing *p, const hz_proposal_facts *facts,
                            hz_layer **out, hz_error *err)
{
    char train[64], test[64];
    hz_layer *zone = NULL;
    hz_shapes *shape = NULL;
    hz_status st = hz_layer_new("proposal", 1, &zone, err);
    if (!st)
        st = hz_shapes_copy(p->shape, &shape, err);
    if (!st)
        st = hz_layer_take_shapes(zone, &shape, err);
    if (!st)
        st = copy_crs(b, zone, err);
    const struct { const char *column, *text; } words[] = {
        { "name", "proposal" },
        { "train_period", hz_period_format(train, sizeof train, b->evidence.train_period) },
        { "test_period", hz_period_format(test, sizeof test, b->evidence.test_period) },
        { "sample", b->evidence.split == HZ_SPLIT_NONE ? "in" : "out" },
        { "verdict", hz_zone_verdict_name(p->difference.verdict) },
        { "streets", facts->streets->listed ? hz_text_get(&facts->streets->text) : "" },
        { "origin", facts->made_up ? "synthetic" : "" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words && !st; i++)
        st = hz_layer_add_word(zone, words[i].column, words[i].text, err);
    if (!st)
        st = add_numbers(zone, b, p, err);
    hz_shapes_free(shape);
    if (st)
        hz_layer_free(zone);
    else
        *out = zone;
    return st;
}

static hz_status write_zone(const args *a, const budget *b, const hz_proposing *p,
                            const hz_proposal_facts *facts, hz_error *err)
{
    static const hz_style_class look[] = { { NULL, "proposal", 0xD95F02, HZ_HATCH_BACK } };
    hz_vector_style style = { NULL, look, 1, 0xD95F02, 1.0 };
    hz_layer *zone = NULL;
    hz_status st = make_layer(b, p, facts, &zone, err);
    if (!st) {
        hz_vector_item item = { zone, "proposal", NULL, &style };
        st = hz_vector_write(a->b.output, &item, 1, err);
    }
    hz_layer_free(zone);
    return st;
}

static hz_status write_summary(const args *a, const budget *b, const hz_proposing *p,
                               const hz_proposal_facts *facts, hz_error *err)
{
    hz_text text = { 0 };
    hz_status st = HZ_OK;
    if (a->b.output && !a->b.summary)
        return HZ_OK;
    st = hz_proposal_json(&b->evidence, p, facts, &text, err);
    if (!st && !a->b.summary)
        fputs(hz_text_get(&text), stdout);
    else if (!st)
        st = budget_write(a->b.summary, &text, err);
    hz_text_free(&text);
    return st;
}

static void say(const budget *b, const hz_proposing *p, const hz_proposal_facts *facts,
                const session *s)
{
    hz_text text = { 0 };
    if (s->quiet)
        return;
    fprintf(stderr, "proposal: %zu of %zu %s, %.6g of %.6g %s; holds %.1f %% of the bound, a gap of "
            "%.1f %%\n", p->zone.units, b->evidence.parcels.n,
            b->evidence.parcels.side > 0 ? "cells" : "blocks", p->zone.size, b->evidence.budget,
            hz_budget_unit(b->evidence.measure), 100 * (1 - p->gap), 100 * p->gap);
    hz_proposal_statement(&b->evidence, p, b->made_up, HZ_ENGLISH, &text);
    fprintf(stderr, "%s\n", hz_text_get(&text));
    if (facts->streets->listed) {
        hz_text_free(&text);
        hz_proposal_border(facts->streets, HZ_ENGLISH, &text);
        fprintf(stderr, "%s\n", hz_text_get(&text));
    }
    hz_text_free(&text);
}

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    const args *a = arguments;
    budget b = { 0 };
    hz_propose_opts o;
    hz_proposing p = { 0 };
    hz_proposal_streets streets = { 0 };
    hz_proposal_facts facts = { .streets = &streets };
    hz_status st = budget_check(&a->b, "zone propose", err);
    if (!st)
        st = take_options(a, &o, err);
    if (!st)
        st = budget_read(&a->b, s, &b, err);
    if (!st)
        st = hz_proposing_make(&b.evidence, &o, &p, err);
    facts.made_up = b.made_up;
    if (!st)
        st = list_streets(a, &b, &p, s, &streets, err);
    if (!st && a->b.output)
        st = write_zone(a, &b, &p, &facts, err);
    if (!st)
        st = write_summary(a, &b, &p, &facts, err);
    if (!st) {
        budget_say(&b, s);
        say(&b, &p, &facts, s);
    }
    hz_proposal_streets_clear(&streets);
    hz_proposing_clear(&p);
    budget_clear(&b);
    return st;
}

const command cmd_zone_propose = {
    "zone propose", "Draws a zone on the earlier period and scores it on the later one.",
    "hotzone zone propose --events events.csv --study areas.geojson --streets streets.gpkg "
    "--train 2016 --test 2017 --like zone.gpkg -o proposal.gpkg",
    options, sizeof(args), &defaults, run
};
