/* Says in what two manifests differ. */
#include "hotzone/manifest.h"

#include <stdio.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "report/json.h"
#include "report/manifest_load.h"

typedef struct {
    hz_text where;   /* keys from the root, '/' between */
    hz_text *report;
    size_t count;
} search;

static void add_side(hz_text *out, const json_t *value)
{
    if (value)
        hz_json_add(out, value, -1);
    else
        hz_text_add(out, "nothing");
}

static void note(search *s, const json_t *a, const json_t *b)
{
    hz_text_addf(s->report, "%s: ", hz_text_get(&s->where));
    add_side(s->report, a);
    hz_text_add(s->report, ", then ");
    add_side(s->report, b);
    hz_text_add(s->report, "\n");
    s->count++;
}

/* Step into a key; returns the length to cut back to. */
static size_t step(search *s, const char *key)
{
    size_t before = s->where.length;
    hz_text_addf(&s->where, "%s%s", before ? "/" : "", key);
    return before;
}

static void step_back(search *s, size_t before)
{
    if (s->where.data) {
        s->where.length = before;
        s->where.data[before] = '\0';
    }
}

static void compare(search *s, const json_t *a, const json_t *b);

static void compare_keys(search *s, const json_t *a, const json_t *b, bool only_new)
{
    size_t n = 0;
    const char **keys = hz_json_keys(only_new ? b : a, &n);
    if (!keys) {
        s->where.failed = true;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const json_t *was = json_object_get(a, keys[i]), *is = json_object_get(b, keys[i]);
        if (only_new && was)
            continue;
        size_t before = step(s, keys[i]);
        if (was && is)
            compare(s, was, is);
        else
            note(s, was, is);
        step_back(s, before);
    }
    hz_mem_free(keys);
}

static void compare(search *s, const json_t *a, const json_t *b)
{
    if (json_is_object(a) && json_is_object(b)) {
        compare_keys(s, a, b, false);
        compare_keys(s, a, b, true);
    } else if (json_is_array(a) && json_is_array(b) &&
               json_array_size(a) == json_array_size(b)) {
        for (size_t i = 0; i < json_array_size(a); i++) {
            char number[32];
            snprintf(number, sizeof number, "%zu", i + 1);
            size_t before = step(s, number);
            compare(s, json_array_get(a, i), json_array_get(b, i));
            step_back(s, before);
        }
    } else if (!json_equal(a, b)) {
        note(s, a, b);
    }
}

hz_status hz_manifest_compare(const char *a, const char *b, hz_text *report, size_t *count,
                              hz_error *err)
{
    json_t *first = NULL, *second = NULL;
    search s = { { 0 }, report, 0 };
    hz_status st = hz_manifest_load(a, &first, err);
    if (!st)
        st = hz_manifest_load(b, &second, err);
    if (!st) {
        compare(&s, first, second);
        if (s.where.failed || report->failed)
            st = hz_mem_fail(err, "manifests");
        else
            *count = s.count;
    }
    json_decref(first);
    json_decref(second);
    hz_text_free(&s.where);
    return st;
}
