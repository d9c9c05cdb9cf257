/* Writes a JSON tree with sorted keys and shortest decimals, which jansson's own writer lacks. */
#include "report/json.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **hz_json_keys(const json_t *object, size_t *n)
{
    json_t *lent = (json_t *)(uintptr_t)object; /* jansson's iterators want it changeable */
    size_t count = json_object_size(object), i = 0;
    const char **keys = hz_mem_new(count, sizeof *keys);
    if (!keys)
        return NULL;
    for (void *at = json_object_iter(lent); at; at = json_object_iter_next(lent, at))
        keys[i++] = json_object_iter_key(at);
    if (count)
        qsort(keys, count, sizeof *keys, by_bytes);
    *n = count;
    return keys;
}

static void add_string(hz_text *out, const char *text)
{
    hz_text_add(out, "\"");
    for (const char *p = text; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (c == '"' || c == '\\')
            hz_text_addf(out, "\\%c", c);
        else if (c == '\n')
            hz_text_add(out, "\\n");
        else if (c == '\t')
            hz_text_add(out, "\\t");
        else if (c < 0x20 || c == 0x7F)
            hz_text_addf(out, "\\u%04x", (unsigned)c);
        else
            hz_text_add_n(out, p, 1);
    }
    hz_text_add(out, "\"");
}

static void new_line(hz_text *out, int indent, int depth)
{
    if (indent >= 0)
        hz_text_addf(out, "\n%*s", indent * depth, "");
}

static void add_value(hz_text *out, const json_t *value, int indent, int depth);

static void add_object(hz_text *out, const json_t *object, int indent, int depth)
{
    size_t n = 0;
    const char **keys = hz_json_keys(object, &n);
    if (!keys) {
        out->failed = true;
        return;
    }
    hz_text_add(out, "{");
    for (size_t i = 0; i < n; i++) {
        if (i)
            hz_text_add(out, ",");
        new_line(out, indent, depth + 1);
        add_string(out, keys[i]);
        hz_text_add(out, ": ");
        add_value(out, json_object_get(object, keys[i]), indent, depth + 1);
    }
    if (n)
        new_line(out, indent, depth);
    hz_text_add(out, "}");
    hz_mem_free(keys);
}

/* Numbers and texts stand on one line, objects on lines of their own. */
static void add_array(hz_text *out, const json_t *array, int indent, int depth)
{
    size_t n = json_array_size(array);
    bool lines = n && (json_is_object(json_array_get(array, 0)) ||
                       json_is_array(json_array_get(array, 0)));
    hz_text_add(out, "[");
    for (size_t i = 0; i < n; i++) {
        if (i)
            hz_text_add(out, lines && indent >= 0 ? "," : ", ");
        if (lines)
            new_line(out, indent, depth + 1);
        add_value(out, json_array_get(array, i), indent, depth + 1);
    }
    if (lines)
        new_line(out, indent, depth);
    hz_text_add(out, "]");
}

static void add_value(hz_text *out, const json_t *value, int indent, int depth)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT: add_object(out, value, indent, depth); break;
    case JSON_ARRAY: add_array(out, value, indent, depth); break;
    case JSON_STRING: add_string(out, json_string_value(value)); break;
    case JSON_INTEGER: hz_text_addf(out, "%lld", (long long)json_integer_value(value)); break;
    case JSON_REAL: hz_text_add_double(out, json_real_value(value)); break;
    case JSON_TRUE: hz_text_add(out, "true"); break;
    case JSON_FALSE: hz_text_add(out, "false"); break;
    case JSON_NULL: hz_text_add(out, "null"); break;
    }
}

void hz_json_add(hz_text *out, const json_t *value, int indent)
{
    add_value(out, value, indent, 0);
}

hz_status hz_json_read(const char *path, size_t most, const char *what, json_t **out, hz_error *err)
{
    char *data = NULL;
    size_t n = 0;
    json_error_t fault;
    hz_status st = hz_file_read(path, most, &data, &n, err);
    if (st)
        return st;
    json_t *root = json_loadb(data, n, JSON_REJECT_DUPLICATES, &fault);
    hz_mem_free(data);
    if (!root)
        return hz_fail(err, HZ_EFORMAT, "%s:%d:%d: not JSON, expected %s", path, fault.line,
                       fault.column, what);
    *out = root;
    return HZ_OK;
}
