/* What the data say of a focus, as JSON. */
#include <math.h>

#include "hotzone/caption_focus.h"
#include "hotzone/mem.h"
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

static int set_names(json_t *object, const char *key, const hz_layer *areas, bool excess)
{
    json_t *names = json_array();
    const double *events = areas ? hz_layer_numbers(areas, "events") : NULL;
    int bad = 0;
    for (size_t i = 0; areas && i < hz_layer_rows(areas); i++)
        if (excess ? hz_layer_text(areas, "state", i)[0] == 'e' : events[i] > 0)
            bad |= json_array_append_new(names, json_string(hz_layer_text(areas, "id", i)));
    return bad | json_object_set_new(object, key, names);
}

static int set_shares(json_t *root, const hz_focus *f)
{
    bool untested = f->guarded && isnan(f->trend.p); /* counts of periods may be hidden */
    const struct { const char *key; double value; } figures[] = {
        { "inside", f->look.inside }, { "outside", f->look.outside }, { "events", f->look.total },
        { "beyond_areas", f->guarded ? NAN : f->beyond }, { "outside_share", f->look.share },
        { "outside_low", f->look.low }, { "outside_high", f->look.high },
        { "expected_outside", f->expected_outside }, { "ratio", f->ratio },
        { "ratio_low", f->ratio_low }, { "ratio_high", f->ratio_high },
        { "population_inside", f->people_inside }, { "population_outside", f->people_outside },
        { "km2_inside", f->km2_inside }, { "km2_outside", f->km2_outside },
        { "areas_with_events", f->hidden ? NAN : (double)f->with_events },
        { "areas_with_events_outside", f->hidden ? NAN : (double)f->with_events_outside },
        { "areas_tested", (double)f->look.tested }, { "areas_in_excess", (double)f->look.excess },
        { "least_q", f->look.least_q },
        { "clusters_outside", f->look.scanned ? (double)f->look.clusters : NAN },
        { "least_p", f->look.least_p }, { "gini", f->gini }, { "gini_focus", f->gini_focus },
        { "theil", f->theil }, { "theil_between", f->theil_between },
        { "theil_within", f->theil - f->theil_between },
        { "best_capture", f->best_share }, { "trend_p", f->trend.p },
        { "trend_p_mid", f->trend.p_mid }, { "trend_periods", untested ? NAN : (double)f->trend.periods },
        { "trend_direction", untested ? NAN : (double)f->trend.direction }
    };
    int bad = 0;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        bad |= set_number(root, figures[i].key, figures[i].value);
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
        bad |= json_object_set_new(root, "firm", json_boolean(f->firm));
        bad |= set_names(root, "areas_with_events_list", f->areas, false);
        bad |= set_names(root, "areas_in_excess_list", f->areas, true);
        if (f->guarded)
            bad |= set_text(root, "hidden", "small counts are hidden, and others until none can be "
                            "worked out; what looks at single events is left out: null or empty");
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
