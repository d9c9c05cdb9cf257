/* What the data say of a focus, as JSON. */
#include <math.h>
#include <string.h>

#include "hotzone/gini.h"
#include "hotzone/mem.h"
#include "report/focus_say.h"
#include "report/json.h"

static int set_number(json_t *object, const char *key, double value)
{
    return json_object_set_new(object, key, hz_json_number(value));
}

static int set_text(json_t *object, const char *key, const char *value)
{
    return json_object_set_new(object, key, value ? json_string(value) : json_null());
}

static int set_rows(json_t *object, const char *key, const hz_layer *layer)
{
    json_t *rows = layer ? hz_json_rows(layer) : json_array();
    return rows ? json_object_set_new(object, key, rows) : -1;
}

typedef bool row_fn(const hz_layer *areas, size_t i);

static bool has_events(const hz_layer *areas, size_t i)
{
    return hz_layer_numbers(areas, "events")[i] > 0;
}

static bool is_in_excess(const hz_layer *areas, size_t i)
{
    return hz_layer_text(areas, "state", i)[0] == 'e';
}

static bool is_in_cluster(const hz_layer *areas, size_t i)
{
    return hz_layer_numbers(areas, "cluster")[i] > 0;
}

static int set_names(json_t *object, const char *key, const hz_layer *areas, row_fn *is_meant)
{
    json_t *names = json_array();
    int bad = 0;
    for (size_t i = 0; areas && i < hz_layer_rows(areas); i++)
        if (is_meant(areas, i))
            bad |= json_array_append_new(names, json_string(hz_layer_text(areas, "id", i)));
    return bad | json_object_set_new(object, key, names);
}

static double count_in_clusters(const hz_focus *f)
{
    double n = 0;
    for (size_t i = 0; f->look.scanned && i < hz_layer_rows(f->areas); i++)
        n += is_in_cluster(f->areas, i);
    return f->look.scanned ? n : NAN;
}

/* The share of the events in the 0, 1, .. areas with the fewest; of none where the Gini is none. */
static int set_lorenz(json_t *object, const char *key, const hz_layer *areas, bool focus,
                      double gini)
{
    json_t *curve = json_array();
    size_t n = isnan(gini) ? 0 : hz_layer_rows(areas), m = 0;
    const double *events = n ? hz_layer_numbers(areas, "events") : NULL;
    const double *inside = n ? hz_layer_numbers(areas, "inside") : NULL;
    hz_gini_step *steps = n ? hz_mem_new(n, sizeof *steps) : NULL;
    double all = 0, held = 0;
    int bad = !curve || (n && !steps);
    for (size_t i = 0; !bad && i < n; i++)
        if (!isnan(events[i]) && (!focus || inside[i] > 0)) {
            all += events[i];
            steps[m++] = (hz_gini_step){ events[i], 1 };
        }
    if (m) {
        hz_gini_sort(m, steps);
        bad |= json_array_append_new(curve, hz_json_number(0));
    }
    for (size_t i = 0; !bad && i < m; i++) {
        held += steps[i].events;
        bad |= json_array_append_new(curve, hz_json_number(held / all));
    }
    hz_mem_free(steps);
    return bad | json_object_set_new(object, key, curve);
}

/* A count of areas is not known where some are hidden, and is none of two published figures. */
static double count_of(const hz_focus *f, size_t n)
{
    return !f->areas || f->hidden ? NAN : (double)n;
}

static int set_shares(json_t *root, const hz_focus *f)
{
    /* counts of periods may be hidden */
    bool told = f->periods && !(f->guarded && isnan(f->trend.p)), tried = isnan(f->trend.p);
    const struct { const char *key; double value; } figures[] = {
        { "inside", f->look.inside }, { "outside", f->look.outside }, { "events", f->look.total },
        { "beyond_areas", f->guarded || !f->areas ? NAN : f->beyond },
        { "outside_share", f->look.share },
        { "outside_low", f->look.low }, { "outside_high", f->look.high },
        { "expected_outside", f->expected_outside }, { "ratio", f->ratio },
        { "ratio_low", f->ratio_low }, { "ratio_high", f->ratio_high },
        { "population_inside", f->people_inside }, { "population_outside", f->people_outside },
        { "km2_inside", f->km2_inside }, { "km2_outside", f->km2_outside },
        { "areas_with_events", count_of(f, f->with_events) },
        { "areas_with_events_outside", count_of(f, f->with_events_outside) },
        { "areas_tested", f->areas ? (double)f->look.tested : NAN },
        { "areas_in_excess", f->look.tested > 0 ? (double)f->look.excess : NAN },
        { "least_q", f->look.least_q },
        { "clusters_outside", f->look.scanned ? (double)f->look.clusters : NAN },
        { "areas_in_clusters", count_in_clusters(f) },
        { "least_p", f->look.least_p }, { "gini", f->gini }, { "gini_focus", f->gini_focus },
        { "theil", f->theil }, { "theil_between", f->theil_between },
        { "theil_within", f->theil - f->theil_between },
        { "best_capture", f->best_share }, { "trend_p", f->trend.p },
        { "trend_p_mid", f->trend.p_mid }, { "trend_periods", told ? (double)f->trend.periods : NAN },
        { "trend_direction", tried ? NAN : (double)f->trend.direction }
    };
    int bad = 0;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        bad |= set_number(root, figures[i].key, figures[i].value);
    return bad;
}

/* What it is broadened by, and what Theil's T weighs events against. */
static int set_bases(json_t *root, const hz_focus *f)
{
    char by = f->areas ? focus_budget(f) : 0;
    const char *word = by == 'r' ? "residents" : by == 'k' ? "km2" : by == 'a' ? "areas" : NULL;
    return set_text(root, "frontier_by", word) |
           set_text(root, "theil_by", isnan(f->theil) ? NULL : by == 'r' ? "residents" : "areas");
}

/* Every figure that is null, with the reason. */
static int set_reasons(json_t *root, const hz_caption_focus *facts)
{
    static const char *const texts[] = { "crs", "focus", "frontier_by", "theil_by" };
    json_t *reasons = json_object(), *value;
    const char *key;
    int bad = !reasons;
    if (!bad)
        json_object_foreach(root, key, value) {
            bool is_text = false;
            for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
                is_text |= strcmp(key, texts[i]) == 0;
            if (json_is_null(value) && !is_text)
                bad |= set_text(reasons, key, focus_why(facts, key));
        }
    return bad | json_object_set_new(root, "undefined", reasons);
}

/* What a later release of the same people needs to know of this one. */
static int set_release(json_t *root, const hz_residents_release *r)
{
    json_t *made = json_object(), *focus = json_array(), *with = json_array();
    int bad = !made || !focus || !with;
    for (size_t i = 0; !bad && r->inside && i < r->area_count; i++)
        if (r->inside[i])
            bad |= json_array_append_new(focus, json_integer((json_int_t)i + 1));
    for (size_t i = 0; !bad && i < r->with_count; i++)
        bad |= json_array_append_new(with, json_string(r->with[i]));
    if (!bad) {
        bad |= set_text(made, "name", r->name);
        bad |= set_text(made, "areas", r->areas);
        bad |= set_text(made, "towns", *r->towns ? r->towns : NULL);
        bad |= set_text(made, "date", *r->date ? r->date : NULL);
        bad |= set_number(made, "hide_below", r->below);
        bad |= json_object_set_new(made, "merged", json_boolean(r->merged));
        bad |= json_object_set_new(made, "rounded", json_boolean(r->rounded));
        bad |= json_object_set(made, "focus", r->inside ? focus : json_null());
        bad |= json_object_set(made, "audited_with", with);
        bad |= json_object_set(root, "residents_release", made);
    }
    json_decref(made);
    json_decref(focus);
    json_decref(with);
    return bad;
}

/* Only what may be shown; null where it is hidden, and all of it where there are none. */
static int set_residents(json_t *root, const hz_residents *r)
{
    int bad = 0;
    const struct { const char *key; double value; } figures[] = {
        { "residents_outside_share", r ? r->share : NAN },
        { "residents_outside_low", r ? r->low : NAN },
        { "residents_outside_high", r ? r->high : NAN },
        { "residents_read", r ? r->read : NAN },
        { "residents_without_coordinates", r ? r->unlocated : NAN },
        { "residents_refused", r ? r->refused : NAN },
        { "residents_elsewhere", r ? r->elsewhere : NAN },
        { "residents_inside", r ? r->inside : NAN }, { "residents_total", r ? r->total : NAN },
        { "areas_with_residents", r ? (double)r->areas_with : NAN },
        { "areas_hidden", r ? (double)r->areas_hidden : NAN },
        { "towns_outside", r && r->towns ? (double)r->towns_with : NAN },
        { "towns_hidden", r && r->towns ? (double)r->towns_hidden : NAN }
    };
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        bad |= set_number(root, figures[i].key, figures[i].value);
    if (r)
        bad |= set_release(root, &r->release);
    return bad | set_rows(root, "residents", r ? r->table : NULL);
}

static int set_statements(json_t *root, const hz_caption_focus *facts)
{
    typedef void say_fn(const hz_caption_focus *, hz_language, hz_text *);
    static const struct { const char *key; hz_language language; say_fn *say; } texts[] = {
        { "statement_da", HZ_DANISH, hz_caption_focus_statement },
        { "statement_en", HZ_ENGLISH, hz_caption_focus_statement },
        { "verdict_rule", HZ_ENGLISH, hz_caption_focus_rule },
        { "verdict_rule_da", HZ_DANISH, hz_caption_focus_rule },
        { "residents_account_da", HZ_DANISH, hz_caption_residents_account },
        { "residents_account_en", HZ_ENGLISH, hz_caption_residents_account }
    };
    int bad = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hz_text text = { 0 };
        texts[i].say(facts, texts[i].language, &text);
        bad |= text.failed || set_text(root, texts[i].key, hz_text_get(&text));
        hz_text_free(&text);
    }
    return bad;
}

hz_status hz_caption_focus_json(const hz_caption_focus *facts, hz_text *out, hz_error *err)
{
    const hz_focus *f = facts->focus;
    json_t *root = json_object(), *notes = json_array();
    int bad = !root || !notes;
    for (size_t i = 0; !bad && i < facts->note_count; i++)
        bad |= json_array_append_new(notes, json_string(facts->notes[i]));
    if (!bad) {
        bad |= set_shares(root, f);
        bad |= set_residents(root, facts->residents);
        bad |= set_text(root, "focus", facts->name[HZ_ENGLISH]);
        bad |= set_text(root, "verdict", hz_focus_verdict_word(f->look.verdict));
        bad |= json_object_set_new(root, "firm", f->ways && hz_layer_rows(f->ways) > 1
                                                     ? json_boolean(f->firm) : json_null());
        bad |= set_text(root, "crs", facts->crs);
        bad |= set_bases(root, f);
        bad |= set_names(root, "areas_with_events_list", f->areas, has_events);
        bad |= set_names(root, "areas_in_excess_list", f->areas, is_in_excess);
        bad |= set_names(root, "areas_in_clusters_list", f->areas, is_in_cluster);
        if (f->guarded)
            bad |= set_text(root, "hidden", "small counts are hidden, and others until none can be "
                            "worked out; what looks at single events is left out: null or empty");
        bad |= set_lorenz(root, "lorenz", f->areas, false, f->gini);
        bad |= set_lorenz(root, "lorenz_focus", f->areas, true, f->gini_focus);
        bad |= set_rows(root, "areas", f->areas);
        bad |= set_rows(root, "clusters", f->clusters);
        bad |= set_rows(root, "frontier", f->frontier);
        bad |= set_rows(root, "frontier_later", facts->later);
        bad |= set_text(root, "frontier_ranked", facts->ranked);
        bad |= set_text(root, "frontier_scored", facts->scored);
        bad |= set_rows(root, "ways", f->ways);
        bad |= set_rows(root, "periods", f->periods);
        bad |= json_object_set(root, "notes", notes);
        bad |= set_statements(root, facts);
        bad |= set_reasons(root, facts);
    }
    if (!bad) {
        hz_json_add(out, root, 2);
        hz_text_add(out, "\n");
    }
    bad |= out->failed;
    json_decref(notes);
    json_decref(root);
    return bad ? hz_mem_fail(err, "focus") : HZ_OK;
}
