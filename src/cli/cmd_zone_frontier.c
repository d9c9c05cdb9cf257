/* hotzone zone frontier: the most that any zone of a given size could hold. */
#include <math.h>
#include <stdio.h>

#include "cli/budget.h"
#include "cli/opt.h"
#include "hotzone/csv.h"
#include "hotzone/proposal_note.h"

typedef struct {
    budget_inputs b;
} args;

static const args defaults = { BUDGET_DEFAULTS };

static const opt options[] = {
    BUDGET_OPTIONS(args, b),
    { 'o', "output", "FILE", OPT_TEXT, offsetof(args, b.output), "the curve, .csv; else to stdout" },
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }
};

static hz_status write_curve(const args *a, const budget *b, hz_error *err)
{
    size_t n;
    const char *const *columns = hz_frontier_columns(b->made_up, &n);
    hz_layer *table = NULL;
    hz_text text = { 0 };
    hz_status st = hz_frontier_table(&b->evidence, b->made_up, &table, err);
    if (!st)
        st = hz_csv_write(table, columns, NULL, n, a->b.output, &text, err);
    if (!st && !a->b.output)
        fputs(hz_text_get(&text), stdout);
    hz_text_free(&text);
    hz_layer_free(table);
    return st;
}

static hz_status write_summary(const args *a, const budget *b, hz_error *err)
{
    hz_text text = { 0 };
    hz_status st = HZ_OK;
    if (!a->b.summary)
        return HZ_OK;
    st = hz_frontier_json(&b->evidence, b->made_up, &text, err);
    if (!st)
        st = budget_write(a->b.summary, &text, err);
    hz_text_free(&text);
    return st;
}

static void say(const budget *b, const session *s)
{
    const hz_evidence *e = &b->evidence;
    const char *unit = hz_budget_unit(e->measure);
    if (s->quiet)
        return;
    if (!isnan(e->budget)) {
        hz_frontier_point bound = hz_frontier_at(e->bound, e->budget);
        hz_frontier_point scored = hz_frontier_at(e->frontier, e->budget);
        fprintf(stderr, "%.6g %s: at most %.1f %% of the ranked events%s; those places hold %.1f %% "
                "of the scored ones\n", e->budget, unit, 100 * bound.bound / bound.total,
                bound.exact ? ", exactly" : "", 100 * scored.bound / scored.total);
    }
    if (e->like.given) {
        double needed = hz_frontier_budget(e->frontier, e->like.test);
        fprintf(stderr, "the zone given, %.6g %s, holds %.1f %%; the frontier needs %.6g %s for "
                "that\n", e->like.size, unit, 100 * e->like.test / e->total_test, needed, unit);
    }
}

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    const args *a = arguments;
    budget b = { 0 };
    hz_status st = budget_check(&a->b, "zone frontier", err);
    if (!st)
        st = budget_read(&a->b, s, &b, err);
    if (!st)
        st = write_curve(a, &b, err);
    if (!st)
        st = write_summary(a, &b, err);
    if (!st) {
        budget_say(&b, s);
        say(&b, s);
    }
    budget_clear(&b);
    return st;
}

const command cmd_zone_frontier = {
    "zone frontier", "The most that any zone of a given size could hold, size by size.",
    "hotzone zone frontier --events events.csv --study areas.geojson --cell 200 --train 2016 "
    "--test 2017 --like zone.gpkg -o curve.csv",
    options, sizeof(args), &defaults, run
};
