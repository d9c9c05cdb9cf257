/* Reads what a manifest says was read and written. */
#include "hotzone/manifest.h"

#include <string.h>

#include "hotzone/hash.h"
#include "hotzone/mem.h"
#include "report/json.h"
#include "report/manifest_load.h"

enum { MANIFEST_AT_MOST = 64 << 20, MANIFEST_FORMAT = 1 };

hz_status hz_manifest_load(const char *path, json_t **out, hz_error *err)
{
    json_t *root = NULL;
    hz_status st = hz_json_read(path, MANIFEST_AT_MOST, "a manifest of hotzone", &root, err);
    if (st)
        return st;
    json_int_t format = json_integer_value(json_object_get(root, "manifest"));
    if (format > MANIFEST_FORMAT) {
        json_decref(root);
        return hz_fail(err, HZ_EFORMAT, "%s: is a manifest of format %" JSON_INTEGER_FORMAT
                       ", expected %d, which this version of hotzone knows", path, format,
                       MANIFEST_FORMAT);
    }
    if (!json_is_integer(json_object_get(root, "manifest"))) {
        json_decref(root);
        return hz_fail(err, HZ_EFORMAT, "%s: has no number 'manifest', expected a manifest of "
                                        "hotzone", path);
    }
    *out = root;
    return HZ_OK;
}

void hz_manifest_facts_free(hz_manifest_facts *facts)
{
    hz_mem_free(facts->inputs);
    hz_mem_free(facts->outputs);
    json_decref(facts->tree);
    memset(facts, 0, sizeof *facts);
}

/* Lent by the tree; NULL for what is no text. */
static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static hz_status read_inputs(const char *path, const json_t *list, hz_manifest_facts *f,
                             hz_error *err)
{
    f->input_count = json_array_size(list);
    f->inputs = hz_mem_new(f->input_count, sizeof *f->inputs);
    if (!f->inputs)
        return hz_mem_fail(err, path);
    for (size_t i = 0; i < f->input_count; i++) {
        const json_t *in = json_array_get(list, i);
        hz_manifest_file *file = &f->inputs[i];
        file->role = text_of(in, "role");
        file->path = text_of(in, "path");
        file->sha256 = text_of(in, "sha256");
        file->sensitive = json_is_true(json_object_get(in, "sensitive"));
        if (!file->sha256 && (file->sha256 = text_of(in, "hmac_sha256")))
            file->keyed = true;
        if (!file->role || !file->path)
            return hz_fail(err, HZ_EFORMAT, "%s: input %zu has no role or path", path, i + 1);
    }
    return HZ_OK;
}

static hz_status read_outputs(const char *path, const json_t *object, hz_manifest_facts *f,
                              hz_error *err)
{
    size_t n = 0;
    const char **keys = hz_json_keys(object, &n);
    f->outputs = hz_mem_new(n, sizeof *f->outputs);
    if (!keys || !f->outputs) {
        hz_mem_free(keys);
        return hz_mem_fail(err, path);
    }
    f->output_count = n;
    for (size_t i = 0; i < n; i++) {
        f->outputs[i].path = keys[i];
        f->outputs[i].sha256 = text_of(json_object_get(object, keys[i]), "sha256");
    }
    hz_mem_free(keys);
    return HZ_OK;
}

/* A path of an output must stay below the directory: it is opened. */
static bool leads_out(const char *path)
{
    return *path == '/' || strcmp(path, "..") == 0 || strncmp(path, "../", 3) == 0 ||
           strstr(path, "/../") != NULL;
}

hz_status hz_manifest_read(const char *path, hz_manifest_facts *out, hz_error *err)
{
    hz_manifest_facts f = { 0 };
    json_t *root = NULL;
    hz_status st = hz_manifest_load(path, &root, err);
    if (st)
        return st;
    const json_t *recipe = json_object_get(root, "recipe");
    f.tree = root;
    f.version = text_of(root, "hotzone");
    if (!f.version)
        f.version = "";
    f.recipe = text_of(recipe, "path");
    f.recipe_sha256 = text_of(recipe, "sha256");
    if (!f.recipe || !f.recipe_sha256 || leads_out(f.recipe))
        st = hz_fail(err, HZ_EFORMAT, "%s: has no recipe with path and sha256", path);
    if (!st)
        st = read_inputs(path, json_object_get(root, "inputs"), &f, err);
    if (!st)
        st = read_outputs(path, json_object_get(root, "outputs"), &f, err);
    for (size_t i = 0; !st && i < f.output_count; i++)
        if (leads_out(f.outputs[i].path))
            st = hz_fail(err, HZ_EFORMAT, "%s: output %zu lies outside the directory", path, i + 1);
    if (st)
        hz_manifest_facts_free(&f);
    else
        *out = f;
    return st;
}

const char *hz_manifest_facts_option(const hz_manifest_facts *facts, const char *key)
{
    return text_of(json_object_get(facts->tree, "options"), key);
}

const char *hz_manifest_facts_library(const hz_manifest_facts *facts, const char *name)
{
    return text_of(json_object_get(facts->tree, "libraries"), name);
}

hz_status hz_manifest_check_output(const char *path, const hz_manifest_file *output, hz_error *err)
{
    char hex[65];
    hz_status st = hz_hash_file(path, hex, err);
    if (st || (output->sha256 && strcmp(hex, output->sha256) == 0))
        return st;
    return hz_fail(err, HZ_EDATA, "%s: changed since it was made, expected it as the manifest beside it "
                   "knows it", path);
}
