/* Writes what was found about concentration as JSON. */
#include "hotzone/concentration_note.h"

#include <math.h>

#include "hotzone/mem.h"
#include "report/json.h"

static json_t *measure_value(const hz_measure *m)
{
    const struct { const char *key; double value; } parts[] = {
        { "value", m->value }, { "expected", m->expected }, { "low", m->low },
        { "high", m->high }, { "p", m->p },
    };
    json_t *made = json_object();
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (json_object_set_new(made, parts[i].key, json_real(parts[i].value)) != 0) {
            json_decref(made);
            return NULL;
        }
    return made;
}

/* NULL without memory. */
static json_t *found_value(const hz_concentration *f, const char *units)
{
    json_t *made = json_object(), *measures = json_object();
    bool equal = f->share == HZ_SHARE_EQUAL;
    const struct { const char *key; double value; bool known; } counts[] = {
        { "places", (double)f->places, true },
        { "places_with_events", (double)f->with_events, true },
        { "places_left_out", (double)f->left_out, true },
        { "events", f->events, true },
        { "events_left_out", f->events_left_out, true },
        { "groups", (double)f->groups, f->groups > 0 },
        { "replicates", (double)f->replicates, true },
        { "places_holding_25", (double)f->places_25, equal },
        { "places_holding_50", (double)f->places_50, equal },
    };
    int bad = json_object_set_new(made, "units", json_string(units));
    bad |= json_object_set_new(made, "share", json_string(hz_share_name(f->share)));
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        bad |= json_object_set_new(made, counts[i].key,
                                   counts[i].known ? json_integer((json_int_t)counts[i].value)
                                                   : json_null());
    for (int k = 0; k < HZ_MEASURES; k++)
        if (!isnan(f->measure[k].value))
            bad |= json_object_set_new(measures, hz_measure_name((hz_measure_kind)k),
                                       measure_value(&f->measure[k]));
    bad |= json_object_set_new(made, "measures", measures);
    if (!bad)
        return made;
    json_decref(made);
    return NULL;
}

hz_status hz_concentration_json(const hz_concentration *found, const char *const *units, size_t n,
                                bool made_up, hz_text *out, hz_error *err)
{
    json_t *whole = json_object(), *list = json_array();
    int bad = 0;
    for (size_t i = 0; i < n; i++)
        bad |= json_array_append_new(list, found_value(&found[i], units[i]));
    bad |= json_object_set_new(whole, "units", list);
    bad |= json_object_set_new(whole, "origin", made_up ? json_string("synthetic") : json_null());
    if (!bad)
        hz_json_add(out, whole, 2);
    hz_text_add(out, "\n");
    json_decref(whole);
    return bad || out->failed ? hz_mem_fail(err, "concentration") : HZ_OK;
}
