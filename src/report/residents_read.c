/* Reads what an earlier release told of residents. */
#include "hotzone/residents_file.h"

#include <math.h>
#include <string.h>

#include "hotzone/hash.h"
#include "hotzone/mem.h"
#include "report/json.h"

enum { FILE_MOST = 64 << 20, HASH = 64, DATE = 10 };

static hz_status bad(const char *path, const char *key, hz_error *err)
{
    return hz_fail(err, HZ_EFORMAT, "%s: bad '%s', expected a release of residents as focus wrote it",
                   path, key);
}

/* A text of so many bytes, or null where it may be. */
static bool take_text(const json_t *from, const char *key, size_t length, bool may_lack, char *to)
{
    const json_t *value = json_object_get(from, key);
    if (may_lack && json_is_null(value))
        return true;
    if (!json_is_string(value) || json_string_length(value) != length ||
        strlen(json_string_value(value)) != length)
        return false;
    memcpy(to, json_string_value(value), length + 1);
    return true;
}

static hz_status read_facts(const char *path, const json_t *from, hz_residents_release *r,
                            hz_error *err)
{
    const json_t *below = json_object_get(from, "hide_below"), *name = json_object_get(from, "name");
    if (!json_is_string(name) || json_string_length(name) >= sizeof r->name)
        return bad(path, "name", err);
    memcpy(r->name, json_string_value(name), json_string_length(name) + 1);
    if (!take_text(from, "areas", HASH, false, r->areas))
        return bad(path, "areas", err);
    if (!take_text(from, "towns", HASH, true, r->towns))
        return bad(path, "towns", err);
    if (!take_text(from, "date", DATE, true, r->date))
        return bad(path, "date", err);
    if (!json_is_number(below) || !json_is_boolean(json_object_get(from, "merged")) ||
        !json_is_boolean(json_object_get(from, "rounded")))
        return bad(path, "residents_release", err);
    r->below = json_number_value(below);
    r->merged = json_is_true(json_object_get(from, "merged"));
    r->rounded = json_is_true(json_object_get(from, "rounded"));
    return HZ_OK;
}

static hz_status read_with(const char *path, const json_t *list, hz_residents_release *r,
                           hz_error *err)
{
    size_t n = json_array_size(list);
    if (!json_is_array(list))
        return bad(path, "audited_with", err);
    r->with = hz_mem_new(n, sizeof *r->with);
    if (!r->with)
        return hz_mem_fail(err, path);
    for (size_t i = 0; i < n; i++) {
        const char *hex = json_string_value(json_array_get(list, i));
        if (!hex || strlen(hex) != HASH)
            return bad(path, "audited_with", err);
        memcpy(r->with[r->with_count++], hex, HASH + 1);
    }
    return HZ_OK;
}

static hz_status read_focus(const char *path, const json_t *list, hz_residents_release *r,
                            hz_error *err)
{
    if (json_is_null(list))
        return HZ_OK;
    if (!json_is_array(list))
        return bad(path, "focus", err);
    r->inside = hz_mem_new(r->area_count, 1);
    if (!r->inside)
        return hz_mem_fail(err, path);
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_int_t number = json_integer_value(json_array_get(list, i));
        if (number < 1 || (size_t)number > r->area_count)
            return bad(path, "focus", err);
        r->inside[number - 1] = 1;
    }
    return HZ_OK;
}

static bool is_word(const json_t *row, const char *key, const char *word)
{
    const char *text = json_string_value(json_object_get(row, key));
    return text && strcmp(text, word) == 0;
}

/* Rows of areas and of towns stand first, in this order; then sums. */
static bool count_rows(const json_t *rows, hz_residents_release *r)
{
    size_t n = json_array_size(rows), i = 0;
    while (i < n && is_word(json_array_get(rows, i), "kind", "area"))
        i++;
    r->area_count = i;
    while (i < n && is_word(json_array_get(rows, i), "kind", "town"))
        i++;
    r->town_count = i - r->area_count;
    return json_is_array(rows) && r->area_count > 0;
}

static size_t place_of(const json_t *row, size_t i, const hz_residents_release *r)
{
    size_t before = r->area_count + r->town_count;
    if (i < before)
        return i;
    for (size_t sum = 0; sum < HZ_RESIDENTS_SUMS; sum++)
        if (is_word(row, "id", hz_residents_sum_id(sum)))
            return before + sum;
    return SIZE_MAX;
}

static bool take_row(const json_t *row, size_t at, hz_residents_release *r)
{
    const json_t *value = json_object_get(row, "residents");
    double n = json_number_value(value);
    if (at == SIZE_MAX || r->state[at] != HZ_FIGURE_FREE)
        return false;
    r->state[at] = json_is_null(value) ? HZ_FIGURE_SECRET : HZ_FIGURE_FIXED;
    r->shown[at] = json_is_null(value) ? NAN : n;
    return json_is_null(value) ? is_word(row, "state", "hidden")
                               : json_is_number(value) && n >= 0 && n <= 1e9 && n == floor(n);
}

static hz_status read_rows(const char *path, const json_t *rows, hz_residents_release *r,
                           hz_error *err)
{
    if (!count_rows(rows, r))
        return bad(path, "residents", err);
    size_t n = r->area_count + r->town_count + HZ_RESIDENTS_SUMS;
    r->shown = hz_mem_new(n, sizeof *r->shown);
    r->state = hz_mem_new(n, 1);
    if (!r->shown || !r->state)
        return hz_mem_fail(err, path);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        if (!take_row(row, place_of(row, i, r), r))
            return bad(path, "residents", err);
    }
    return HZ_OK;
}

hz_status hz_residents_release_read(const char *path, hz_residents_release *out, bool *found,
                                    hz_error *err)
{
    hz_residents_release r = { 0 };
    json_t *root = NULL;
    hz_status st = hz_json_read(path, FILE_MOST, "a release of residents as focus wrote it",
                                &root, err);
    const json_t *facts = json_object_get(root, "residents_release");
    if (found)
        *found = json_is_object(facts);
    if (!st && !json_is_object(facts) && !found)
        st = hz_fail(err, HZ_EFORMAT, "%s: tells of no residents, expected a release of residents as focus "
                     "wrote it", path);
    if (!st && json_is_object(facts)) {
        st = hz_hash_file(path, r.sha256, err);
        if (!st)
            st = read_facts(path, facts, &r, err);
        if (!st)
            st = read_with(path, json_object_get(facts, "audited_with"), &r, err);
        if (!st)
            st = read_rows(path, json_object_get(root, "residents"), &r, err);
        if (!st)
            st = read_focus(path, json_object_get(facts, "focus"), &r, err);
    }
    json_decref(root);
    if (st)
        hz_residents_release_clear(&r);
    else
        *out = r;
    return st;
}
