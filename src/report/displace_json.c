/* Counts before, during and after a zone as one JSON object. */
#include <math.h>
#include <string.h>

#include "hotzone/caption_displace.h"
#include "hotzone/mem.h"
#include "report/json.h"

/* jansson takes a NULL value for a failure, so a chain of puts needs one look at the end. */
static bool put(json_t *object, const char *key, json_t *value)
{
    return json_object_set_new(object, key, value) == 0;
}

/* A row of a table: what is not known is null. */
static bool put_row(json_t *rows, const hz_layer *table, const char *const *columns, size_t n,
                    size_t row)
{
    json_t *object = json_object();
    bool good = object != NULL;
    for (size_t c = 0; c < n; c++) {
        const double *numbers = hz_layer_numbers(table, columns[c]);
        good = good && put(object, columns[c],
                           numbers ? hz_json_number(numbers[row])
                                   : json_string(hz_layer_text(table, columns[c], row)));
    }
    return json_array_append_new(rows, object) == 0 && good;
}

static bool put_table(json_t *root, const char *key, const hz_layer *table,
                      const char *const *columns, size_t n)
{
    json_t *rows = json_array();
    bool good = rows != NULL;
    for (size_t r = 0; r < hz_layer_rows(table); r++)
        good = good && put_row(rows, table, columns, n, r);
    return put(root, key, rows) && good;
}

static bool put_periods(json_t *root, const hz_caption_displace *f)
{
    json_t *periods = json_object(), *days = json_object();
    bool good = periods && days;
    char text[64];
    for (int p = 0; p < HZ_DISPLACE_PERIODS; p++) {
        bool asked = !isnan(f->found->days[p]);
        hz_period_format(text, sizeof text, f->opts->period[p]);
        good = good && put(periods, hz_displace_period_name(p),
                           asked ? json_string(text) : json_null()) &&
               put(days, hz_displace_period_name(p), hz_json_number(f->found->days[p]));
    }
    good = put(root, "periods", periods) && good;
    return put(root, "days", days) && good;
}

static bool put_fate(json_t *root, const hz_fate *f)
{
    json_t *fate = json_object();
    return put(root, "fate", fate) && put(fate, "read", json_integer((json_int_t)f->read)) &&
           put(fate, "placed", json_integer((json_int_t)f->placed)) &&
           put(fate, "outside", json_integer((json_int_t)f->outside)) &&
           put(fate, "unlocated", json_integer((json_int_t)f->unlocated)) &&
           put(fate, "other_period", json_integer((json_int_t)f->other_period)) &&
           put(fate, "undated", json_integer((json_int_t)f->undated)) &&
           put(fate, "other_kind", json_integer((json_int_t)f->other_kind)) &&
           put(fate, "refused", json_integer((json_int_t)f->refused));
}

static bool put_peak(json_t *root, const hz_displacement *d)
{
    return put(root, "peak_ratio", hz_json_number(d->peak_ratio)) &&
           put(root, "peak_low", hz_json_number(d->peak_low)) &&
           put(root, "peak_high", hz_json_number(d->peak_high)) &&
           put(root, "peak_note", isnan(d->peak_ratio)
                                      ? json_string("not known: no earlier period with events in "
                                                    "the zone, or none asked for")
                                      : json_null());
}

static bool put_words(json_t *root, const hz_caption_displace *f)
{
    static const char *const weights[] = { "area", "residents", "nothing" };
    hz_text da = { 0 }, en = { 0 };
    hz_caption_displace_say(f, HZ_DANISH, &da);
    hz_caption_displace_say(f, HZ_ENGLISH, &en);
    bool good = !da.failed && !en.failed &&
                put(root, "statement_da", json_string(hz_text_get(&da))) &&
                put(root, "statement_en", json_string(hz_text_get(&en))) &&
                put(root, "level", hz_json_number(f->opts->level)) &&
                put(root, "weighted_by", json_string(weights[f->opts->weights])) &&
                put(root, "synthetic", json_boolean(f->made_up)) &&
                put(root, "wdd_method", json_string("Wheeler & Ratcliffe 2018; counts Poisson and "
                                                    "independent, normal limits")) &&
                put(root, "wdq_method", json_string("Bowers & Johnson 2003; no standard error, "
                                                    "undefined unless success is below 0, without "
                                                    "bound as success nears 0"));
    hz_text_free(&da);
    hz_text_free(&en);
    return good;
}

hz_status hz_caption_displace_json(const hz_caption_displace *f, hz_text *out, hz_error *err)
{
    static const char *const of_areas[] = { "area", "inner_m", "outer_m", "km2" };
    size_t n, m;
    const char *const *counts = hz_displace_count_columns(&n);
    const char *const *effects = hz_displace_effect_columns(&m);
    json_t *root = json_object();
    bool good = root && put_periods(root, f) && put_fate(root, &f->found->fate) &&
                put_peak(root, f->found) && put_words(root, f) &&
                put_table(root, "areas", f->found->areas, of_areas, 4) &&
                put_table(root, "counts", f->found->counts, counts, n) &&
                put_table(root, "effects", f->found->effects, effects, m);
    if (good) {
        hz_json_add(out, root, 2);
        hz_text_add(out, "\n");
    }
    json_decref(root);
    return good && !out->failed ? HZ_OK : hz_mem_fail(err, "displacement");
}
