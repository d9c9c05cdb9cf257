/* Repeats a run and compares it with its manifest, file by file. */
#include "hotzone/verify.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hotzone/file.h"
#include "hotzone/hash.h"
#include "hotzone/manifest.h"
#include "hotzone/mem.h"
#include "hotzone/run.h"
#include "run/project.h"

enum { KEY_MOST = 1 << 20 };

typedef struct {
    const char *manifest;
    hz_manifest_facts facts;
    char *recipe;         /* where it is */
    char *key;
    size_t key_size;
    hz_text *report;
    hz_verify_found found;
} verify_work;

static bool is_file(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

/* "dir of manifest" + up times "../" + the recipe's path. */
static char *look_above(const verify_work *w, int up)
{
    hz_text path = { 0 };
    for (int i = 0; i < up; i++)
        hz_text_add(&path, "../");
    hz_text_add(&path, w->facts.recipe);
    char *full = path.failed ? NULL : hz_file_beside(w->manifest, hz_text_get(&path));
    hz_text_free(&path);
    return full;
}

static hz_status find_recipe(verify_work *w, const char *given, hz_error *err)
{
    enum { UP_MOST = 16 };
    if (given || is_file(w->facts.recipe)) {
        w->recipe = hz_mem_text(given ? given : w->facts.recipe);
        return w->recipe ? HZ_OK : hz_mem_fail(err, "verify");
    }
    for (int up = 0; up < UP_MOST; up++) {
        char *full = look_above(w, up);
        if (!full)
            return hz_mem_fail(err, "verify");
        if (is_file(full)) {
            w->recipe = full;
            return HZ_OK;
        }
        hz_mem_free(full);
    }
    return hz_fail(err, HZ_EIO, "%s: its recipe %s is not here, expected --recipe FILE",
                   w->manifest, w->facts.recipe);
}

static void differs(verify_work *w, const char *file, const char *how)
{
    hz_text_addf(w->report, "%s: %s\n", file, how);
    w->found.differences++;
}

/* Compare a file with a hash; `keyed` by the key. */
static void check(verify_work *w, const char *path, const char *shown, const char *sha256,
                  bool keyed, const char *changed)
{
    char hex[65];
    hz_error why;
    hz_status st = keyed ? hz_hash_file_keyed(path, w->key, w->key_size, hex, &why)
                         : hz_hash_file(path, hex, &why);
    if (st)
        differs(w, shown, is_file(path) ? "cannot be read" : "is not there");
    else if (strcmp(hex, sha256) != 0)
        differs(w, shown, changed);
}

/* What stands after a bar chooses among a source's features: the file stands before it. */
static char *file_of(const verify_work *w, const char *source)
{
    char *name = hz_mem_text_n(source, strcspn(source, "|"));
    char *full = name ? hz_file_beside(w->recipe, name) : NULL;
    hz_mem_free(name);
    return full;
}

static hz_status check_inputs(verify_work *w, hz_error *err)
{
    for (size_t i = 0; i < w->facts.input_count; i++) {
        const hz_manifest_file *in = &w->facts.inputs[i];
        if (!in->sha256 || (in->keyed && !w->key)) {
            w->found.unchecked++;
            continue;
        }
        char *full = file_of(w, in->path);
        if (!full)
            return hz_mem_fail(err, "verify");
        w->found.inputs++;
        check(w, full, in->path, in->sha256, in->keyed,
              in->keyed ? "input changed, or another key" : "input changed");
        hz_mem_free(full);
    }
    return HZ_OK;
}

/* The outputs as they stand beside a manifest. */
static hz_status check_outputs(verify_work *w, const char *manifest, const char *changed,
                               hz_error *err)
{
    for (size_t i = 0; i < w->facts.output_count; i++) {
        const hz_manifest_file *out = &w->facts.outputs[i];
        char *full = hz_file_beside(manifest, out->path);
        if (!full)
            return hz_mem_fail(err, "verify");
        if (out->sha256)
            check(w, full, out->path, out->sha256, false, changed);
        hz_mem_free(full);
    }
    return HZ_OK;
}

static bool has_output(const hz_manifest_facts *facts, const char *path)
{
    for (size_t i = 0; i < facts->output_count; i++)
        if (strcmp(facts->outputs[i].path, path) == 0)
            return true;
    return false;
}

static hz_status compare(verify_work *w, const char *again, hz_error *err)
{
    hz_manifest_facts made = { 0 };
    hz_status st = check_outputs(w, again, "is another when made again", err);
    if (!st)
        st = hz_manifest_read(again, &made, err);
    for (size_t i = 0; !st && i < made.output_count; i++)
        if (!has_output(&w->facts, made.outputs[i].path))
            differs(w, made.outputs[i].path, "is new when made again");
    if (!st)
        hz_manifest_facts_free(&made);
    return st;
}

static hz_status run_again(verify_work *w, const hz_verify_opts *o, const hz_notice *notice,
                           hz_error *err)
{
    const hz_run_opts opts = { .key_file = o->key_file, .style = o->style,
                               .previous = o->previous, .previous_count = o->previous_count };
    const char *place = getenv("TMPDIR");
    hz_text name = { 0 }, summary = { 0 }, manifest = { 0 };
    hz_error why;
    hz_status st;

    hz_text_addf(&name, "%s/hotzone-verify-XXXXXX", place && *place ? place : "/tmp");
    if (name.failed)
        return hz_mem_fail(err, "verify");
    if (!mkdtemp(name.data)) {
        st = hz_fail(err, HZ_EIO, "%s: cannot be made, expected a place to run again",
                     hz_text_get(&name));
        hz_text_free(&name);
        return st;
    }
    hz_text_addf(&manifest, "%s/manifest.json", name.data);
    st = manifest.failed ? hz_mem_fail(err, "verify") : HZ_OK;
    if (!st && hz_run(w->recipe, name.data, &opts, &summary, notice, &why))
        differs(w, "the run", why.text);
    else if (!st)
        st = compare(w, hz_text_get(&manifest), err);
    staging_remove(name.data);
    hz_text_free(&manifest);
    hz_text_free(&summary);
    hz_text_free(&name);
    return st;
}

hz_status hz_verify(const char *manifest, const hz_verify_opts *opts, hz_text *report,
                    hz_verify_found *found, const hz_notice *notice, hz_error *err)
{
    static const hz_verify_opts none = { 0 };
    const hz_verify_opts *o = opts ? opts : &none;
    verify_work w = { .manifest = manifest, .report = report };
    hz_status st = hz_manifest_read(manifest, &w.facts, err);

    if (!st && o->key_file)
        st = hz_file_read(o->key_file, KEY_MOST, &w.key, &w.key_size, err);
    if (!st)
        st = find_recipe(&w, o->recipe, err);
    if (!st) {
        check(&w, w.recipe, w.facts.recipe, w.facts.recipe_sha256, false, "recipe changed");
        st = check_inputs(&w, err);
    }
    if (!st)
        st = check_outputs(&w, manifest, "changed since it was made", err);
    w.found.outputs = w.facts.output_count;
    if (!st)
        st = run_again(&w, o, notice, err);
    if (!st && report->failed)
        st = hz_mem_fail(err, "verify");
    if (!st)
        *found = w.found;
    hz_mem_free(w.recipe);
    hz_mem_free(w.key);
    if (w.facts.tree)
        hz_manifest_facts_free(&w.facts);
    return st;
}
