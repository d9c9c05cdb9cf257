/* Traces of street lists as JSON and as a table. */
#include "hotzone/trace_report.h"

#include <math.h>

#include "hotzone/csv.h"
#include "hotzone/mem.h"
#include "report/json.h"

/* Set a key; false without memory.  NULL for value means that making it failed. */
static bool put(json_t *object, const char *key, json_t *value)
{
    return json_object_set_new(object, key, value) == 0;
}

static json_t *number(double value, double unit)
{
    return isfinite(value) ? json_real(round(value / unit) * unit) : json_null();
}

/* Centimetres: what lies beyond is the rounding of other machines. */
static json_t *metres(double value)
{
    return isfinite(value) ? json_real(round(value * 100) / 100) : json_null();
}

static json_t *text(const char *value)
{
    return value ? json_string(value) : json_null();
}

static json_t *place(double x, double y)
{
    if (!isfinite(x) || !isfinite(y))
        return json_null();
    json_t *both = json_array();
    if (!both || json_array_append_new(both, metres(x)) || json_array_append_new(both, metres(y))) {
        json_decref(both);
        return NULL;
    }
    return both;
}

static json_t *names(const char *const *name, size_t n)
{
    json_t *list = json_array();
    for (size_t k = 0; list && k < n && name[k]; k++)
        if (json_array_append_new(list, json_string(name[k]))) {
            json_decref(list);
            return NULL;
        }
    return list;
}

static json_t *leg_tree(const hz_trace_leg *leg)
{
    json_t *o = json_object();
    bool ok = o && put(o, "name", text(leg->name[0] ? leg->name : NULL)) &&
              put(o, "layer", text(leg->layer[0] ? leg->layer : NULL)) &&
              put(o, "kind", text(hz_trace_kind_word(leg->kind))) &&
              put(o, "bridged", json_boolean(leg->bridge)) &&
              put(o, "length_m", metres(leg->length_m));
    if (!ok) {
        json_decref(o);
        return NULL;
    }
    return o;
}

/* The lines that the ring follows for item i, in its order. */
static json_t *legs_tree(const hz_trace *t, size_t i)
{
    json_t *list = json_array();
    for (size_t k = 0; list && t->ring && k < t->leg_count; k++)
        if (t->legs[k].item == i && json_array_append_new(list, leg_tree(&t->legs[k]))) {
            json_decref(list);
            return NULL;
        }
    return list;
}

static json_t *item_tree(const hz_trace *t, size_t i)
{
    const hz_trace_item *item = &t->items[i];
    bool used = isfinite(item->start_x);
    json_t *o = json_object();
    bool ok = o && put(o, "listed", text(item->listed)) && put(o, "remark", text(item->remark)) &&
              put(o, "role", text(hz_trace_role_word(item->role))) &&
              put(o, "state", text(hz_trace_state_word(item->state))) &&
              put(o, "matched", text(item->matched)) &&
              put(o, "score", number(item->score, 0.001)) &&
              put(o, "overruled", json_boolean(item->overruled)) &&
              put(o, "layer", text(item->layer)) &&
              put(o, "kind", text(item->matched ? hz_trace_kind_word(item->kind) : NULL)) &&
              put(o, "doubt", text(item->doubt)) && put(o, "followed", legs_tree(t, i)) &&
              put(o, "nearest", names(item->nearest, HZ_TRACE_NEAREST)) &&
              put(o, "length_m", metres(used ? item->length_m : NAN)) &&
              put(o, "bridged_m", metres(used ? item->bridged_m : NAN)) &&
              put(o, "longest_gap_m", metres(used ? item->longest_gap_m : NAN)) &&
              put(o, "off_m", metres(used ? item->off_m : NAN)) &&
              put(o, "start", place(item->start_x, item->start_y)) &&
              put(o, "end", place(item->end_x, item->end_y));
    if (!ok) {
        json_decref(o);
        return NULL;
    }
    return o;
}

static json_t *items_tree(const hz_trace *t)
{
    json_t *list = json_array();
    for (size_t i = 0; list && i < t->count; i++)
        if (json_array_append_new(list, item_tree(t, i))) {
            json_decref(list);
            return NULL;
        }
    return list;
}

static json_t *trace_tree(const hz_traced *one, const char *crs)
{
    const hz_trace *t = one->trace;
    bool built = t->ring != NULL;
    json_t *o = json_object();
    bool ok = o && put(o, "zone", text(one->zone)) && put(o, "boundary", text(one->boundary)) &&
              put(o, "built", json_boolean(built)) && put(o, "refused", text(t->refused)) &&
              put(o, "closed", json_boolean(t->closed)) && put(o, "crs", text(crs)) &&
              put(o, "length_m", metres(built ? t->length_m : NAN)) &&
              put(o, "bridged_m", metres(built ? t->bridged_m : NAN)) &&
              put(o, "area_km2", number(built ? t->area_m2 / 1e6 : NAN, 1e-6)) &&
              put(o, "unread", text(t->unread[0] ? t->unread : NULL)) &&
              put(o, "mentioned", names(t->mentioned, t->mentioned_count)) &&
              put(o, "items", items_tree(t));
    if (!ok) {
        json_decref(o);
        return NULL;
    }
    return o;
}

hz_status hz_trace_json(const hz_traced *traced, size_t n, bool list, const char *crs, hz_text *out,
                        hz_error *err)
{
    json_t *root = NULL, *all = NULL;
    bool ok = true;
    if (!list) {
        root = trace_tree(&traced[0], crs);
    } else if ((root = json_object()) && (all = json_array())) {
        for (size_t i = 0; ok && i < n; i++)
            ok = json_array_append_new(all, trace_tree(&traced[i], crs)) == 0;
        ok = put(root, "zones", all) && ok;
    }
    if (!root || !ok || (list && !all)) {
        json_decref(root);
        return hz_mem_fail(err, "trace");
    }
    hz_json_add(out, root, 2);
    hz_text_add(out, "\n");
    json_decref(root);
    return out->failed ? hz_mem_fail(err, "trace") : HZ_OK;
}

static void add_number(hz_text *out, double value, double per_unit)
{
    hz_text_add(out, ",");
    if (isfinite(value))
        hz_text_add_double(out, round(value * per_unit) / per_unit);
}

static void add_field(hz_text *out, const char *value)
{
    hz_text_add(out, ",");
    hz_csv_add(out, value ? value : "");
}

static void add_line(hz_text *out, const char *zone, bool list, const hz_trace_item *item)
{
    bool used = isfinite(item->start_x);
    hz_text near = { 0 };
    if (list) {
        hz_csv_add(out, zone ? zone : "");
        hz_text_add(out, ",");
    }
    hz_csv_add(out, item->listed);
    add_field(out, hz_trace_role_word(item->role));
    add_field(out, hz_trace_state_word(item->state));
    add_field(out, item->matched);
    add_number(out, item->score, 1000);
    add_number(out, used ? item->length_m : NAN, 10);
    add_number(out, used ? item->bridged_m : NAN, 10);
    add_number(out, used ? item->longest_gap_m : NAN, 10);
    add_number(out, item->start_x, 10);
    add_number(out, item->start_y, 10);
    add_number(out, item->end_x, 10);
    add_number(out, item->end_y, 10);
    for (int k = 0; k < HZ_TRACE_NEAREST && item->nearest[k]; k++)
        hz_text_addf(&near, "%s%s", k ? "; " : "", item->nearest[k]);
    add_field(out, hz_text_get(&near));
    add_field(out, item->matched ? hz_trace_kind_word(item->kind) : NULL);
    add_field(out, item->layer);
    add_field(out, item->doubt);
    add_number(out, used ? item->off_m : NAN, 10);
    hz_text_add(out, "\n");
    out->failed |= near.failed;
    hz_text_free(&near);
}

hz_status hz_trace_csv(const hz_traced *traced, size_t n, bool list, hz_text *out, hz_error *err)
{
    hz_text_addf(out, "%slisted,role,state,matched,score,length_m,bridged_m,longest_gap_m,start_x,"
                 "start_y,end_x,end_y,nearest,kind,layer,doubt,off_m\n", list ? "zone," : "");
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < traced[i].trace->count; k++)
            add_line(out, traced[i].zone, list, &traced[i].trace->items[k]);
    return out->failed ? hz_mem_fail(err, "trace") : HZ_OK;
}
