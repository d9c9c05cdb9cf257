/* Repeats a run and compares it with its manifest, file by file. */
#include "hotzone/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hotzone/file.h"
#include "hotzone/hash.h"
#include "hotzone/manifest.h"
#include "hotzone/mem.h"
#include "hotzone/run.h"
#include "run/project.h"
#include "run/verify_find.h"

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
        differs(w, shown, verify_is_file(path) ? "cannot be read"
                          : hz_file_exists(path) ? "is no regular file" : "is not there");
    else if (strcmp(hex, sha256) != 0)
        differs(w, shown, changed);
}

static hz_status check_inputs(verify_work *w, hz_error *err)
{
    for (size_t i = 0; i < w->facts.input_count; i++) {
        const hz_manifest_file *in = &w->facts.inputs[i];
        if (!in->sha256 || (in->keyed && !w->key)) {
            w->found.unchecked++;
            continue;
        }
        char *full = NULL;
        hz_status st = verify_find_input(w->recipe, in->path, &full, err);
        if (st)
            return st;
        w->found.inputs++;
        check(w, full, in->path, in->sha256, in->keyed,
              in->keyed ? "input changed, or another key" : "input changed");
        hz_mem_free(full);
    }
    return HZ_OK;
}

/* The style and the earlier releases that the command line gave then, and gives now. */
static void check_command_line(verify_work *w, const hz_verify_opts *o)
{
    const char *style = hz_manifest_facts_option(&w->facts, "style.file");
    const char *sha256 = hz_manifest_facts_option(&w->facts, "style.sha256");
    size_t releases = 0;
    char key[40];
    do
        snprintf(key, sizeof key, "release.previous.%zu", ++releases);
    while (hz_manifest_facts_option(&w->facts, key));
    releases--;
    if (style && sha256 && o->style)
        check(w, o->style, o->style, sha256, false, "style changed");
    else if (style && !o->style)
        differs(w, style, "is the style that the run was given, expected --style FILE");
    else if (!style && o->style)
        differs(w, o->style, "a style that the run was not given, expected no --style");
    if (releases != o->previous_count) {
        hz_text_addf(w->report, "release.csv: the run was given %zu earlier release%s (--previous), "
                     "not %zu\n", releases, releases == 1 ? "" : "s", o->previous_count);
        w->found.differences++;
    }
}

/* No difference by itself, but the likely reason for others. */
static void compare_versions(verify_work *w)
{
    used_library used[LIBRARIES];
    hz_text then = { 0 }, now = { 0 };
    project_libraries(used);
    if (strcmp(w->facts.version, HZ_VERSION) != 0) {
        hz_text_addf(&then, "hotzone %s", *w->facts.version ? w->facts.version : "unknown");
        hz_text_addf(&now, "hotzone %s", HZ_VERSION);
    }
    for (size_t i = 0; i < LIBRARIES; i++) {
        const char *was = hz_manifest_facts_library(&w->facts, used[i].name);
        if (!was || strcmp(was, used[i].version) == 0)
            continue;
        hz_text_addf(&then, "%s%s %s", then.length ? ", " : "", used[i].name, was);
        hz_text_addf(&now, "%s%s %s", now.length ? ", " : "", used[i].name, used[i].version);
    }
    if (then.length)
        hz_text_addf(w->report, "made with %s; this is %s\n", hz_text_get(&then),
                     hz_text_get(&now));
    w->report->failed |= then.failed || now.failed;
    hz_text_free(&then);
    hz_text_free(&now);
}

/* Reports name their recipe. */
static void compare_names(verify_work *w)
{
    const char *then = strrchr(w->facts.recipe, '/'), *now = strrchr(w->recipe, '/');
    then = then ? then + 1 : w->facts.recipe;
    now = now ? now + 1 : w->recipe;
    if (strcmp(then, now) != 0)
        hz_text_addf(w->report, "%s: is called otherwise than %s, which the reports tell\n", now,
                     then);
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

static hz_status run_in(verify_work *w, const hz_verify_opts *o, const char *place,
                        const hz_notice *notice, hz_error *err)
{
    const hz_run_opts opts = { .key_file = o->key_file, .style = o->style,
                               .previous = o->previous, .previous_count = o->previous_count,
                               .stop = o->stop, .user = o->user };
    hz_text summary = { 0 }, manifest = { 0 };
    hz_error why;
    hz_status st = HZ_OK;

    hz_text_addf(&manifest, "%s/manifest.json", place);
    if (manifest.failed)
        return hz_mem_fail(err, "verify");
    if (!hz_run(w->recipe, place, &opts, &summary, notice, &why))
        st = compare(w, hz_text_get(&manifest), err);
    else if (o->stop && o->stop(o->user))
        st = hz_fail(err, HZ_EIO, "%s: stopped while it was made again", w->manifest);
    else
        differs(w, "the run", why.text);
    hz_text_free(&manifest);
    hz_text_free(&summary);
    return st;
}

hz_status hz_verify_place(char **out, hz_error *err)
{
    const char *place = getenv("TMPDIR");
    hz_text name = { 0 };
    hz_text_addf(&name, "%s/hotzone-verify-XXXXXX", place && *place ? place : "/tmp");
    char *made = hz_text_take(&name);
    if (!made)
        return hz_mem_fail(err, "verify");
    if (!mkdtemp(made)) {
        hz_status st = hz_fail(err, HZ_EIO, "%s: cannot be made, expected a place to run again",
                               made);
        hz_mem_free(made);
        return st;
    }
    *out = made;
    return HZ_OK;
}

static hz_status run_again(verify_work *w, const hz_verify_opts *o, const hz_notice *notice,
                           hz_error *err)
{
    char *place = NULL;
    if (o->place)
        return run_in(w, o, o->place, notice, err);
    hz_status st = hz_verify_place(&place, err);
    if (st)
        return st;
    st = run_in(w, o, place, notice, err);
    hz_file_remove_dir(place);
    hz_mem_free(place);
    return st;
}

static hz_status read_key(verify_work *w, const char *path, hz_error *err)
{
    hz_status st = hz_file_read(path, KEY_MOST, &w->key, &w->key_size, err);
    if (!st && w->key_size < HZ_KEY_LEAST)
        st = hz_fail(err, HZ_EDATA, "%s: holds %zu bytes, expected a key of %d or more", path,
                     w->key_size, HZ_KEY_LEAST);
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
        st = read_key(&w, o->key_file, err);
    if (!st)
        st = verify_find_recipe(manifest, w.facts.recipe, o->recipe, &w.recipe, err);
    if (!st) {
        compare_versions(&w);
        compare_names(&w);
        check(&w, w.recipe, w.facts.recipe, w.facts.recipe_sha256, false, "recipe changed");
        st = check_inputs(&w, err);
    }
    if (!st)
        check_command_line(&w, o);
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
