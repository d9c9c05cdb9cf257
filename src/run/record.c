/* Writes the manifest of a run: what decided its results, and a checksum of each. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "hotzone/file.h"
#include "hotzone/hash.h"
#include "hotzone/mem.h"
#include "hotzone/vector.h"
#include "run/project.h"

enum { DROPPED_MOST = 300 };

hz_status project_note(project *p, const char *name, const char *key, const char *text,
                       double number, hz_error *err)
{
    hz_text full = { 0 };
    hz_text_addf(&full, "%s.%s", name, key);
    hz_status st = full.failed ? hz_mem_fail(err, name)
                   : text ? hz_manifest_option_text(p->manifest, full.data, text, err)
                          : hz_manifest_option_number(p->manifest, full.data, number, err);
    hz_text_free(&full);
    return st;
}

void project_libraries(used_library used[LIBRARIES])
{
    used[0] = (used_library){ "cairo", hz_ink_version() };
    used[1] = (used_library){ "gdal", hz_vector_version() };
    used[2] = (used_library){ "geos", hz_shape_version() };
    used[3] = (used_library){ "proj", hz_crs_version() };
}

static hz_status note_libraries(project *p, hz_error *err)
{
    used_library used[LIBRARIES];
    hz_status st = HZ_OK;
    project_libraries(used);
    for (size_t i = 0; !st && i < LIBRARIES; i++)
        st = hz_manifest_library(p->manifest, used[i].name, used[i].version, err);
    return st;
}

/* What of the recipe's style decides classes and colours. */
static hz_status note_style(project *p, hz_error *err)
{
    static const char *const methods[] = { "quantile", "fisher", "equal", "fixed", "reference" };
    static const char *const shown[] = { "hatch", "fade", "none" };
    const hz_look *look = &p->look;
    hz_manifest *m = p->manifest;
    hz_status st = hz_manifest_option_text(m, "style.method", methods[look->method], err);
    if (!st)
        st = hz_manifest_option_number(m, "style.classes", (double)look->classes, err);
    if (!st)
        st = hz_manifest_option_text(m, "style.palette", look->palette, err);
    if (!st)
        st = hz_manifest_option_flag(m, "style.reverse", look->reverse, err);
    if (!st)
        st = hz_manifest_option_flag(m, "style.round", look->round, err);
    if (!st)
        st = hz_manifest_option_number(m, "style.decimals", look->decimals, err);
    return st ? st : hz_manifest_option_text(m, "style.uncertainty", shown[look->uncertainty], err);
}

/* The files that say how maps look: those of the recipe as inputs, that of the command line, which
 * stands where it likes, by its name and hash. */
static hz_status note_style_files(project *p, hz_error *err)
{
    const recipe_style *last = &p->r->last;
    hz_status st = HZ_OK;
    char hex[65];
    for (size_t i = 0; !st && i < p->r->style_count; i++) {
        const char *file = p->r->styles[i].file, *slash = file ? strrchr(file, '/') : NULL;
        char *full = file ? hz_file_beside(p->r->path, file) : NULL;
        struct stat info = { 0 };
        hz_manifest_input input = { .role = "style", .sha256 = hex,
                                    .path = file && *file == '/' ? slash + 1 : file };
        if (!file)
            continue;
        st = full ? hz_hash_file(full, hex, err) : hz_mem_fail(err, file);
        if (!st)
            st = project_note_read(p, full, err);
        if (!st && stat(full, &info) == 0)
            input.bytes = (size_t)info.st_size;
        if (!st)
            st = hz_manifest_add_input(p->manifest, &input, err);
        hz_mem_free(full);
    }
    if (st || !last->file)
        return st;
    const char *slash = strrchr(last->file, '/');
    st = hz_hash_file(last->file, hex, err);
    if (!st)
        st = project_note_read(p, last->file, err);
    if (!st)
        st = hz_manifest_option_text(p->manifest, "style.file", slash ? slash + 1 : last->file,
                                     err);
    return st ? st : hz_manifest_option_text(p->manifest, "style.sha256", hex, err);
}

/* The names that found no room, apart again: `list` holds them, "A, B". */
static size_t split_labels(const hz_sheet_facts *facts, char *list, const char **label)
{
    size_t n = 0, length = strlen(facts->dropped);
    memcpy(list, facts->dropped, length + 1);
    for (char *c = length ? list : NULL; c && n < DROPPED_MOST;) {
        char *comma = strstr(c, ", ");
        if (comma)
            *comma = '\0';
        label[n++] = c;
        c = comma ? comma + 2 : NULL;
    }
    if (n <= 1 || n == facts->dropped_count)
        return n;
    /* a name with a comma of its own, or more names than the list holds: as it is */
    memcpy(list, facts->dropped, length + 1);
    label[0] = list;
    return 1;
}

static hz_status note_analyses(project *p, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < p->result_count; i++) {
        const result *res = &p->results[i];
        const hz_rating *r = &res->rating;
        char list[sizeof res->facts.dropped];
        const char *dropped[DROPPED_MOST];
        const recipe_events *e = &p->r->events[p->r->analyses[res->analysis].events];
        size_t events = p->r->analyses[res->analysis].events;
        bool told = !e->ready_made && !recipe_hides(p->r, events);
        hz_breaks breaks = res->breaks;
        if (r->hidden) /* the extremes and the fit may be those of a hidden area */
            breaks.low = breaks.high = breaks.fit = NAN;
        hz_manifest_analysis note = {
            .name = res->name, .fate = told ? &r->fate : NULL,
            .areas = hz_layer_rows(r->table), .defined = r->ok + r->unstable,
            .unstable = r->unstable, .zero = r->zero, .hidden = r->hidden,
            .undefined = r->undefined, .breaks = breaks.classes ? &breaks : NULL,
            .method = p->look.method, .dropped_labels = dropped,
            .dropped_count = split_labels(&res->facts, list, dropped), .scale = res->facts.scale
        };
        st = hz_manifest_add_analysis(p->manifest, &note, err);
    }
    return st;
}

hz_status project_manifest(project *p, hz_error *err)
{
    char hex[65];
    char *path = NULL;
    /* as it was given, unless that tells where things lie on this machine */
    bool told = *p->r->path != '/' && !strstr(p->r->path, "..");
    const char *name = told ? NULL : strrchr(p->r->path, '/');
    hz_status st = hz_hash_file(p->r->path, hex, err);

    if (!st)
        st = hz_manifest_recipe(p->manifest, name ? name + 1 : p->r->path, hex, err);
    if (!st && p->crs)
        st = hz_manifest_crs(p->manifest, hz_crs_code(p->crs), err);
    if (!st)
        st = note_libraries(p, err);
    if (!st)
        st = note_style(p, err);
    if (!st)
        st = note_style_files(p, err);
    if (!st)
        st = note_analyses(p, err);
    for (size_t i = 0; !st && i < p->output_count; i++) {
        hz_text full = { 0 };
        struct stat info;
        hz_text_addf(&full, "%s/%s", p->staging, p->outputs[i]);
        if (full.failed)
            st = hz_mem_fail(err, "manifest");
        else if (stat(full.data, &info) != 0)
            st = hz_fail(err, HZ_EIO, "%s: was not written", p->outputs[i]);
        if (!st)
            st = hz_hash_file(full.data, hex, err);
        if (!st)
            st = hz_manifest_add_output(p->manifest, p->outputs[i], hex, (size_t)info.st_size,
                                        err);
        hz_text_free(&full);
    }
    if (!st)
        st = project_output(p, &path, err, "manifest.json");
    if (!st)
        st = hz_manifest_write(p->manifest, path, err);
    hz_mem_free(path);
    return st;
}
