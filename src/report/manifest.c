/* Collects what decided a run's results, and writes it as JSON. */
#include "hotzone/manifest.h"

#include <string.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "report/json.h"
#include "report/origin.h"

enum { FORMAT_VERSION = 1, INDENT = 2 };

struct hz_manifest {
    json_t *root;
    json_t *inputs; /* by role, path and hash, so that they come out sorted */
};

/* ---- values, and what may be said in them ---- */

static hz_status need_text(const char *what, const char *text, hz_error *err)
{
    if (!hz_text_is_utf8(text, strlen(text)))
        return hz_fail(err, HZ_EFORMAT, "manifest: %s is not UTF-8 text", what);
    return HZ_OK;
}

static hz_status need_relative(const char *what, const char *path, hz_error *err)
{
    if (hz_origin_is_absolute(path) || !*path)
        return hz_fail(err, HZ_EUSAGE, "manifest: %s '%s', expected a relative path", what, path);
    return need_text(what, path, err);
}

static hz_status need_hash(const char *path, const char *hash, hz_error *err)
{
    if (strlen(hash) != 64 || strspn(hash, "0123456789abcdef") != 64)
        return hz_fail(err, HZ_EFORMAT, "manifest: %s: '%s', expected a SHA-256 in hex", path,
                       hash);
    return HZ_OK;
}

/* Put a value, which is ours to give away, into an object. */
static hz_status put(json_t *object, const char *key, json_t *value, hz_error *err)
{
    if (json_object_set_new(object, key, value) != 0) /* also where value is NULL */
        return hz_mem_fail(err, "manifest");
    return HZ_OK;
}

static hz_status put_text(json_t *object, const char *key, const char *text, hz_error *err)
{
    hz_status st = need_text(key, text, err);
    return st ? st : put(object, key, json_string(text), err);
}

static hz_status put_size(json_t *object, const char *key, size_t n, hz_error *err)
{
    return put(object, key, json_integer((json_int_t)n), err);
}

static size_t to_tens(size_t n)
{
    return (n + 5) / 10 * 10;
}

/* ---- the manifest ---- */

hz_status hz_manifest_new(const char *version, hz_manifest **out, hz_error *err)
{
    static const char *const parts[] = { "libraries", "options", "analyses", "outputs" };
    hz_manifest *m = hz_mem_new(1, sizeof *m);
    hz_status st = HZ_OK;

    if (!m)
        return hz_mem_fail(err, "manifest");
    m->root = json_object();
    m->inputs = json_object();
    if (!m->root || !m->inputs)
        st = hz_mem_fail(err, "manifest");
    if (!st)
        st = put(m->root, "manifest", json_integer(FORMAT_VERSION), err);
    if (!st)
        st = put_text(m->root, "hotzone", version, err);
    for (size_t i = 0; !st && i < sizeof parts / sizeof *parts; i++)
        st = put(m->root, parts[i], json_object(), err);
    if (st)
        hz_manifest_free(m);
    else
        *out = m;
    return st;
}

void hz_manifest_free(hz_manifest *manifest)
{
    if (!manifest)
        return;
    json_decref(manifest->root);
    json_decref(manifest->inputs);
    hz_mem_free(manifest);
}

static json_t *part(hz_manifest *manifest, const char *name)
{
    return json_object_get(manifest->root, name);
}

hz_status hz_manifest_library(hz_manifest *manifest, const char *name, const char *version,
                              hz_error *err)
{
    hz_status st = need_text("library", name, err);
    return st ? st : put_text(part(manifest, "libraries"), name, version, err);
}

/* { "path": ..., "sha256": ... } and, where there are any, bytes. */
static hz_status new_file(const char *what, const char *path, const char *sha256, json_t **out,
                          hz_error *err)
{
    hz_status st = need_relative(what, path, err);
    if (!st)
        st = need_hash(path, sha256, err);
    if (st)
        return st;
    json_t *file = json_object();
    if (!file)
        return hz_mem_fail(err, "manifest");
    st = put_text(file, "sha256", sha256, err);
    if (st)
        json_decref(file);
    else
        *out = file;
    return st;
}

hz_status hz_manifest_recipe(hz_manifest *manifest, const char *path, const char *sha256,
                             hz_error *err)
{
    json_t *file = NULL;
    hz_status st = new_file("recipe", path, sha256, &file, err);
    if (!st)
        st = put_text(file, "path", path, err);
    if (st) {
        json_decref(file);
        return st;
    }
    return put(manifest->root, "recipe", file, err);
}

hz_status hz_manifest_option_text(hz_manifest *manifest, const char *key, const char *value,
                                  hz_error *err)
{
    hz_status st = need_text("option", key, err);
    return st ? st : put_text(part(manifest, "options"), key, value, err);
}

hz_status hz_manifest_option_number(hz_manifest *manifest, const char *key, double value,
                                    hz_error *err)
{
    hz_status st = need_text("option", key, err);
    return st ? st : put(part(manifest, "options"), key, hz_json_number(value), err);
}

hz_status hz_manifest_option_flag(hz_manifest *manifest, const char *key, bool value,
                                  hz_error *err)
{
    hz_status st = need_text("option", key, err);
    return st ? st : put(part(manifest, "options"), key, json_boolean(value), err);
}

hz_status hz_manifest_crs(hz_manifest *manifest, const char *crs, hz_error *err)
{
    return put_text(manifest->root, "crs", crs, err);
}

hz_status hz_manifest_add_output(hz_manifest *manifest, const char *path, const char *sha256,
                                 size_t bytes, hz_error *err)
{
    json_t *file = NULL;
    hz_status st = new_file("output", path, sha256, &file, err);
    if (!st)
        st = put_size(file, "bytes", bytes, err);
    if (st) {
        json_decref(file);
        return st;
    }
    return put(part(manifest, "outputs"), path, file, err);
}

/* ---- inputs ---- */

hz_status hz_manifest_add_input(hz_manifest *manifest, const hz_manifest_input *input,
                                hz_error *err)
{
    hz_text path = { 0 }, key = { 0 };
    hz_status st = HZ_OK;
    json_t *made = NULL;
    bool sensitive = input->sensitive;

    if (sensitive && !input->made_up && input->sha256 && !input->keyed)
        return hz_fail(err, HZ_EUSAGE, "manifest: input '%s' is sensitive, expected a keyed hash "
                                       "or none", input->role);
    if (input->sha256)
        st = need_hash(input->role, input->sha256, err);
    if (st)
        return st;
    hz_origin_add(&path, input->path);
    hz_text_addf(&key, "%s\n%s\n%s", input->role, hz_text_get(&path),
                 input->sha256 ? input->sha256 : "");
    made = json_object();
    if (path.failed || key.failed || !made)
        st = hz_mem_fail(err, "manifest");
    if (!st)
        st = put_text(made, "role", input->role, err);
    if (!st)
        st = put_text(made, "path", hz_text_get(&path), err);
    if (!st && input->sha256)
        st = put_text(made, input->keyed ? "hmac_sha256" : "sha256", input->sha256, err);
    if (!st && sensitive)
        st = put(made, "sensitive", json_true(), err);
    if (!st && !sensitive && input->bytes)
        st = put_size(made, "bytes", input->bytes, err);
    if (!st && !input->uncounted)
        st = put_size(made, sensitive ? "rows_read_in_tens" : "rows_read",
                      sensitive ? to_tens(input->rows_read) : input->rows_read, err);
    if (!st && !sensitive && !input->uncounted)
        st = put_size(made, "rows_refused", input->rows_refused, err);
    if (!st && !sensitive && input->refused_why && *input->refused_why)
        st = put_text(made, "refused_why", input->refused_why, err);
    if (!st)
        st = put(manifest->inputs, hz_text_get(&key), json_incref(made), err);
    json_decref(made);
    hz_text_free(&path);
    hz_text_free(&key);
    return st;
}

/* ---- analyses ---- */

typedef struct {
    const char *key;
    size_t n;
} named_count;

static hz_status put_counts(json_t *object, const named_count *counts, size_t n, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < n; i++)
        st = put_size(object, counts[i].key, counts[i].n, err);
    return st;
}

static hz_status put_fate(json_t *analysis, const hz_fate *f, hz_error *err)
{
    const named_count counts[] = {
        { "read", f->read }, { "placed", f->placed }, { "outside", f->outside },
        { "unlocated", f->unlocated }, { "other_period", f->other_period },
        { "undated", f->undated }, { "other_kind", f->other_kind }, { "refused", f->refused },
    };
    json_t *fate = json_object();
    hz_status st = put(analysis, "events", fate, err);
    return st ? st : put_counts(fate, counts, sizeof counts / sizeof *counts, err);
}

/* Append a value, which is ours to give away. */
static hz_status append(json_t *array, json_t *value, hz_error *err)
{
    return json_array_append_new(array, value) == 0 ? HZ_OK : hz_mem_fail(err, "manifest");
}

static hz_status put_classes(json_t *analysis, const hz_manifest_analysis *a, hz_error *err)
{
    static const char *const methods[] = { "quantile", "fisher", "equal", "fixed", "reference" };
    const hz_breaks *b = a->breaks;
    json_t *classes = json_object();
    hz_status st = put(analysis, "classes", classes, err);
    if (!st)
        st = put_text(classes, "method", methods[a->method], err);
    if (!st)
        st = put(classes, "limits", json_array(), err);
    if (!st)
        st = put(classes, "areas", json_array(), err);
    for (size_t c = 0; !st && c < b->classes; c++) {
        if (c + 1 < b->classes)
            st = append(json_object_get(classes, "limits"), hz_json_number(b->limits[c]), err);
        if (!st)
            st = append(json_object_get(classes, "areas"), json_integer((json_int_t)b->count[c]),
                        err);
    }
    if (!st)
        st = put(classes, "least", hz_json_number(b->low), err);
    if (!st)
        st = put(classes, "greatest", hz_json_number(b->high), err);
    return st ? st : put(classes, "fit", hz_json_number(b->fit), err);
}

static hz_status put_labels(json_t *analysis, const hz_manifest_analysis *a, hz_error *err)
{
    json_t *labels = json_array();
    hz_status st = put(analysis, "labels_dropped", labels, err);
    for (size_t i = 0; !st && i < a->dropped_count; i++) {
        st = need_text("label", a->dropped_labels[i], err);
        if (!st)
            st = append(labels, json_string(a->dropped_labels[i]), err);
    }
    return st;
}

hz_status hz_manifest_add_analysis(hz_manifest *manifest, const hz_manifest_analysis *analysis,
                                   hz_error *err)
{
    const named_count counts[] = {
        { "areas", analysis->areas }, { "defined", analysis->defined },
        { "unstable", analysis->unstable }, { "zero", analysis->zero },
        { "hidden", analysis->hidden }, { "undefined", analysis->undefined },
    };
    hz_status st = need_text("analysis", analysis->name, err);
    if (st)
        return st;
    json_t *made = json_object();
    if (!made)
        return hz_mem_fail(err, "manifest");
    st = put_counts(made, counts, sizeof counts / sizeof *counts, err);
    if (!st && analysis->fate)
        st = put_fate(made, analysis->fate, err);
    if (!st && analysis->breaks)
        st = put_classes(made, analysis, err);
    if (!st && analysis->scale > 0) {
        st = put(made, "scale", hz_json_number(analysis->scale), err);
        if (!st)
            st = put_labels(made, analysis, err);
    }
    if (!st)
        st = put(part(manifest, "analyses"), analysis->name, json_incref(made), err);
    json_decref(made);
    return st;
}

/* ---- out ---- */

/* The root with the inputs as a list, in the order of their keys. */
static hz_status assemble(const hz_manifest *manifest, json_t **out, hz_error *err)
{
    size_t n = 0;
    const char **keys = hz_json_keys(manifest->inputs, &n);
    json_t *whole = json_copy(manifest->root); /* shallow: nothing below is changed */
    json_t *list = json_array();
    hz_status st = HZ_OK;

    if (!keys || !whole || !list)
        st = hz_mem_fail(err, "manifest");
    for (size_t i = 0; !st && i < n; i++)
        st = append(list, json_incref(json_object_get(manifest->inputs, keys[i])), err);
    if (!st)
        st = put(whole, "inputs", json_incref(list), err);
    json_decref(list);
    hz_mem_free(keys);
    if (st)
        json_decref(whole);
    else
        *out = whole;
    return st;
}

hz_status hz_manifest_text(const hz_manifest *manifest, hz_text *out, hz_error *err)
{
    json_t *whole = NULL;
    hz_status st = assemble(manifest, &whole, err);
    if (st)
        return st;
    hz_json_add(out, whole, INDENT);
    hz_text_add(out, "\n");
    json_decref(whole);
    return out->failed ? hz_mem_fail(err, "manifest") : HZ_OK;
}

hz_status hz_manifest_write(const hz_manifest *manifest, const char *path, hz_error *err)
{
    hz_text text = { 0 };
    hz_status st = hz_manifest_text(manifest, &text, err);
    if (!st)
        st = hz_file_write(path, hz_text_get(&text), text.length, err);
    hz_text_free(&text);
    return st;
}
