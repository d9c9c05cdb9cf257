/* Runs a project from recipe to output, and moves the output into place when it is whole. */
#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hotzone/file.h"
#include "hotzone/hash.h"
#include "hotzone/mem.h"
#include "hotzone/run.h"
#include "run/project.h"

const char *language_code(hz_language language)
{
    return language == HZ_DANISH ? "da" : "en";
}

hz_status project_output(project *p, char **path, hz_error *err, const char *format, ...)
{
    char relative[300];
    va_list args;
    hz_text full = { 0 };
    hz_status st = HZ_OK;

    va_start(args, format);
    vsnprintf(relative, sizeof relative, format, args);
    va_end(args);
    if (p->output_count == p->output_room) {
        size_t room = p->output_room ? 2 * p->output_room : 32;
        char **more = hz_mem_resize(p->outputs, room, sizeof *more);
        if (!more)
            return hz_mem_fail(err, relative);
        p->outputs = more;
        p->output_room = room;
    }
    hz_text_addf(&full, "%s/%s", p->staging, relative);
    char *made = hz_text_take(&full);
    char *slash = made ? strrchr(made, '/') : NULL;
    if (!made)
        return hz_mem_fail(err, relative);
    *slash = '\0';
    st = hz_file_make_dir(made, err);
    *slash = '/';
    if (!st && !(p->outputs[p->output_count] = hz_mem_text(relative)))
        st = hz_mem_fail(err, relative);
    if (st) {
        hz_mem_free(made);
        return st;
    }
    p->output_count++;
    *path = made;
    return HZ_OK;
}

/* Remove a directory and all in it; what cannot be removed stays. */
static void remove_tree(const char *path)
{
    DIR *dir = opendir(path);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        hz_text inner = { 0 };
        struct stat info;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        hz_text_addf(&inner, "%s/%s", path, entry->d_name);
        if (!inner.failed && lstat(inner.data, &info) == 0) {
            if (S_ISDIR(info.st_mode))
                remove_tree(inner.data);
            else
                unlink(inner.data);
        }
        hz_text_free(&inner);
    }
    if (dir)
        closedir(dir);
    rmdir(path);
}

/* May a file of this name be written, and its directory be made?  Cuts the name off the path. */
static hz_status check_target(char *path, hz_error *err)
{
    struct stat info;
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode))
        return hz_fail(err, HZ_EIO, "%s: is %s, expected a file to write", path,
                       S_ISDIR(info.st_mode) ? "a directory" : "a pipe or device");
    *strrchr(path, '/') = '\0';
    if (stat(path, &info) == 0 && !S_ISDIR(info.st_mode))
        return hz_fail(err, HZ_EIO, "%s: is no directory, expected one to write into", path);
    return HZ_OK;
}

/* Nothing is moved unless all of it can be: an old file is never left beside new ones. */
static hz_status make_ready(const project *p, const char *directory, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < 2 * p->output_count; i++) { /* look at all, then make */
        bool making = i >= p->output_count;
        hz_text to = { 0 };
        hz_text_addf(&to, "%s/%s", directory, p->outputs[i % p->output_count]);
        st = to.failed ? hz_mem_fail(err, directory) : check_target(to.data, err);
        if (!st && making)
            st = hz_file_make_dir(to.data, err);
        hz_text_free(&to);
    }
    return st;
}

static hz_status move_into(const project *p, const char *directory, hz_error *err)
{
    hz_status st = make_ready(p, directory, err);
    for (size_t i = 0; !st && i < p->output_count; i++) {
        hz_text from = { 0 }, to = { 0 };
        hz_text_addf(&from, "%s/%s", p->staging, p->outputs[i]);
        hz_text_addf(&to, "%s/%s", directory, p->outputs[i]);
        if (from.failed || to.failed) {
            st = hz_mem_fail(err, directory);
        } else {
            if (rename(from.data, to.data) != 0)
                st = hz_fail(err, HZ_EIO, "%s: cannot be written: %s", to.data, strerror(errno));
        }
        hz_text_free(&from);
        hz_text_free(&to);
    }
    return st;
}

static hz_status note_analyses(project *p, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < p->result_count; i++) {
        const result *res = &p->results[i];
        const hz_rating *r = &res->rating;
        const char *dropped[] = { res->facts.dropped };
        bool counted = p->r->events[p->r->analyses[res->analysis].events].ready_made;
        hz_manifest_analysis note = {
            .name = res->name, .fate = counted ? NULL : &r->fate,
            .areas = hz_layer_rows(r->table), .defined = r->ok + r->unstable,
            .unstable = r->unstable, .zero = r->zero, .hidden = r->hidden,
            .undefined = r->undefined, .breaks = res->breaks.classes ? &res->breaks : NULL,
            .method = p->look.method, .dropped_labels = dropped,
            .dropped_count = res->facts.dropped[0] ? 1 : 0, .scale = res->facts.scale
        };
        st = hz_manifest_add_analysis(p->manifest, &note, err);
    }
    return st;
}

static hz_status write_manifest(project *p, hz_error *err)
{
    char hex[65];
    char *path = NULL;
    const char *name = strrchr(p->r->path, '/');
    hz_status st = hz_hash_file(p->r->path, hex, err);

    if (!st)
        st = hz_manifest_recipe(p->manifest, name ? name + 1 : p->r->path, hex, err);
    if (!st && p->crs)
        st = hz_manifest_crs(p->manifest, hz_crs_code(p->crs), err);
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

/* "Indre Nørrebro 53.7 (51.3–56.2)" for the highest rate that is shown. */
static void add_headline(const project *p, const result *res, hz_text *out)
{
    const hz_layer *t = res->rating.table;
    const double *rate = hz_layer_numbers(t, "rate"), *low = hz_layer_numbers(t, "rate_low"),
                 *high = hz_layer_numbers(t, "rate_high");
    const recipe_analysis *a = &p->r->analyses[res->analysis];
    const hz_fate *f = &res->rating.fate;
    size_t best = 0, least = 0, known = 0;
    char n[6][40];

    for (size_t i = 0; i < hz_layer_rows(t); i++) {
        if (isnan(rate[i]))
            continue;
        if (!known || rate[i] > rate[best])
            best = i;
        if (!known || rate[i] < rate[least])
            least = i;
        known++;
    }
    hz_text_addf(out, "%s: %zu of %zu areas have a rate", res->name, known, hz_layer_rows(t));
    if (!p->r->events[a->events].ready_made && res->rating.hidden == 0)
        hz_text_addf(out, "; of %zu events %zu are in an area", f->read, f->placed);
    if (result_is_made_up(p, res))
        hz_text_add(out, " (synthetic)");
    if (known)
        hz_text_addf(out, "\n  per %s residents: highest %s %s (%s\u2013%s)",
                     hz_number_format(n[0], sizeof n[0], a->rates.per, 0, HZ_ENGLISH),
                     hz_layer_text(t, "name", best),
                     hz_number_format(n[1], sizeof n[1], rate[best], 1, HZ_ENGLISH),
                     hz_number_format(n[2], sizeof n[2], low[best], 1, HZ_ENGLISH),
                     hz_number_format(n[3], sizeof n[3], high[best], 1, HZ_ENGLISH));
    if (known > 1)
        hz_text_addf(out, ", lowest %s %s (%s\u2013%s)", hz_layer_text(t, "name", least),
                     hz_number_format(n[1], sizeof n[1], rate[least], 1, HZ_ENGLISH),
                     hz_number_format(n[2], sizeof n[2], low[least], 1, HZ_ENGLISH),
                     hz_number_format(n[3], sizeof n[3], high[least], 1, HZ_ENGLISH));
    hz_text_add(out, "\n");
}

enum { HEADLINES_MOST = 5 };

static hz_status summarise(const project *p, const char *directory, hz_text *out, hz_error *err)
{
    size_t pictures = 0, charts = 0, tables = 0;
    bool layers = false;
    for (size_t i = 0; i < p->output_count; i++) {
        const char *end = strrchr(p->outputs[i], '.');
        bool drawn = strcmp(end, ".png") == 0 || strcmp(end, ".pdf") == 0 ||
                     strcmp(end, ".svg") == 0, chart = strncmp(p->outputs[i], "charts/", 7) == 0;
        pictures += drawn && !chart;
        charts += drawn && chart;
        layers |= strcmp(p->outputs[i], "layers.gpkg") == 0;
        tables += strncmp(p->outputs[i], "tables/", 7) == 0;
    }
    hz_text_addf(out, "%s\n", words_in(&p->r->title, HZ_ENGLISH, p->r->name));
    for (size_t i = 0; i < p->result_count && i < HEADLINES_MOST; i++)
        add_headline(p, &p->results[i], out);
    if (p->result_count > HEADLINES_MOST)
        hz_text_addf(out, "and %zu further tables\n", p->result_count - HEADLINES_MOST);
    hz_text_addf(out, "%s: %zu reports, %zu tables, %zu maps, ", directory,
                 p->r->language_count, tables, pictures);
    if (charts)
        hz_text_addf(out, "%zu charts, ", charts);
    hz_text_addf(out, "%smanifest.json\n", layers ? "layers.gpkg, " : "");
    return out->failed ? hz_mem_fail(err, "summary") : HZ_OK;
}

static hz_status start(project *p, const char *directory, hz_error *err)
{
    hz_text name = { 0 };
    size_t n = strlen(directory);
    struct stat info;
    bool exists = stat(directory, &info) == 0;
    hz_faults *faults = NULL;
    hz_status st = hz_manifest_new(HZ_VERSION, &p->manifest, err);

    while (n > 1 && directory[n - 1] == '/')
        n--;
    hz_text_add_n(&name, directory, n);
    /* within it if it is there: it may be a disk of its own, where no file can be renamed to */
    hz_text_addf(&name, "%s.tmp-%ld", exists ? "/" : "", (long)getpid());
    if (!st && exists && !S_ISDIR(info.st_mode))
        st = hz_fail(err, HZ_EIO, "%s: is no directory, expected one to write into", directory);
    if (!st && !(p->staging = hz_text_take(&name)))
        st = hz_mem_fail(err, directory);
    if (!st)
        st = hz_file_make_dir(p->staging, err);
    hz_text_free(&name);
    if (!st && p->r->style)
        st = hz_faults_new(p->r->doc, &faults, err);
    if (!st && faults)
        st = hz_look_read(&p->look, p->r->style, faults, err);
    hz_faults_free(faults);
    return st;
}

static void finish(project *p)
{
    const recipe *r = p->r;
    if (p->staging)
        remove_tree(p->staging);
    for (size_t i = 0; i < r->area_count; i++)
        hz_layer_free(p->areas[i]);
    for (size_t i = 0; i < r->population_count; i++)
        hz_layer_free(p->population[i]);
    for (size_t i = 0; i < r->event_count; i++)
        hz_layer_free(p->events[i]);
    for (size_t i = 0; i < p->change_count; i++)
        hz_changing_clear(&p->changes[i]);
    for (size_t i = 0; i < r->survey_count; i++) {
        hz_layer_free(p->surveys[i]);
        hz_layer_free(p->survey_tables[i]);
    }
    hz_layer_free(p->water);
    hz_layer_free(p->streets);
    hz_layer_free(p->outside);
    hz_layer_free(p->zones);
    for (size_t i = 0; i < p->result_count; i++) {
        hz_rating_clear(&p->results[i].rating);
        for (size_t k = 0; k < p->results[i].other_count; k++)
            hz_rating_clear(&p->results[i].others[k]);
        hz_mem_free(p->results[i].others);
        hz_mem_free(p->results[i].name);
    }
    hz_mem_free(p->results);
    for (size_t i = 0; i < p->drawing_count; i++) {
        hz_mem_free(p->drawings[i].svg);
        hz_mem_free(p->drawings[i].png);
        hz_mem_free(p->drawings[i].alt);
        hz_mem_free(p->drawings[i].caption);
    }
    hz_mem_free(p->drawings);
    for (size_t i = 0; i < p->chart_count; i++) {
        hz_mem_free(p->charts[i].svg);
        hz_mem_free(p->charts[i].png);
        hz_mem_free(p->charts[i].alt);
        hz_mem_free(p->charts[i].caption);
    }
    hz_mem_free(p->charts);
    for (size_t i = 0; i < p->output_count; i++)
        hz_mem_free(p->outputs[i]);
    hz_mem_free(p->outputs);
    hz_mem_free(p->staging);
    hz_manifest_free(p->manifest);
    hz_crs_free(p->crs);
    hz_look_clear(&p->look);
}

hz_status hz_run(const char *path, const char *directory, hz_text *summary,
                 const hz_notice *notice, hz_error *err)
{
    recipe *r = NULL;
    project p = { .notice = notice };
    hz_status st = recipe_read(path, &r, err);

    if (st)
        return st;
    p.r = r;
    hz_look_default(&p.look);
    st = start(&p, directory, err);
    if (!st)
        st = project_read(&p, err);
    if (!st)
        st = project_analyse(&p, err);
    if (!st)
        st = project_change(&p, err);
    if (!st)
        st = project_draw(&p, err);
    if (!st)
        st = project_charts(&p, err);
    if (!st)
        st = project_layers(&p, err);
    if (!st)
        st = project_report(&p, err);
    if (!st)
        st = write_manifest(&p, err);
    if (!st)
        st = summarise(&p, directory, summary, err);
    if (!st)
        st = move_into(&p, directory, err);
    finish(&p);
    recipe_free(r);
    return st;
}
