/* Runs a project from recipe to output. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hotzone/csv.h"
#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/run.h"
#include "run/zones.h"

const char *language_code(hz_language language)
{
    return language == HZ_DANISH ? "da" : "en";
}

hz_status project_go_on(const project *p, hz_error *err)
{
    const hz_run_opts *o = p->opts;
    return o && o->stop && o->stop(o->user)
               ? hz_fail(err, HZ_EIO, "%s: stopped, nothing is changed", p->r->path) : HZ_OK;
}

hz_status project_output(project *p, char **path, hz_error *err, const char *format, ...)
{
    char relative[2 * RECIPE_NAME];
    va_list args;
    hz_text full = { 0 };
    hz_status st = project_go_on(p, err);

    if (st)
        return st;
    va_start(args, format);
    vsnprintf(relative, sizeof relative, format, args);
    va_end(args);
    for (size_t i = 0; i < p->output_count; i++)
        if (strcmp(p->outputs[i], relative) == 0)
            return hz_fail(err, HZ_EFORMAT, "%s: two parts of %s write %s, expected different names",
                           p->r->path, p->r->name, relative);
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

hz_status project_table(project *p, const char *name, bool made_up, hz_layer *table,
                        const char *const *columns, size_t n, hz_error *err)
{
    const char **all = hz_mem_new(n + 1, sizeof *all);
    char *path = NULL;
    hz_status st = all ? HZ_OK : hz_mem_fail(err, name);
    if (all)
        memcpy(all, columns, n * sizeof *columns);
    if (!st && made_up) {
        st = project_add_origin(table, err);
        all[n++] = "origin";
    }
    if (!st)
        st = project_output(p, &path, err, "tables/%s.csv", name);
    if (!st)
        st = hz_csv_write(table, all, NULL, n, path, NULL, err);
    hz_mem_free(path);
    hz_mem_free(all);
    return st;
}

/* A rate and its interval as captions write them: "53.7 (51.3–56.2)". */
static void add_rate(const hz_caption_facts *facts, size_t row, bool interval, hz_text *out)
{
    const hz_layer *t = facts->areas;
    hz_caption_rate(facts, hz_layer_numbers(t, "rate")[row], out);
    if (!interval)
        return;
    hz_text_add(out, " (");
    hz_caption_interval(facts, hz_layer_numbers(t, "rate_low")[row],
                        hz_layer_numbers(t, "rate_high")[row], out);
    hz_text_add(out, ")");
}

/* One area by name, or how many have the same rate: "6 areas 0.0". */
static void add_extreme(const hz_caption_facts *facts, const char *word, size_t row, size_t ties,
                        hz_text *out)
{
    hz_text_addf(out, "%s ", word);
    if (ties == 1)
        hz_text_addf(out, "%s ", hz_layer_text(facts->areas, "name", row));
    else
        hz_text_addf(out, "%zu areas ", ties);
    add_rate(facts, row, ties == 1, out);
}

/* The events that were asked for: not those of other kinds and periods. */
static void add_asked(const hz_fate *f, hz_text *out)
{
    size_t asked = f->placed + f->outside + f->unlocated + f->undated;
    hz_text_addf(out, "; of %zu event%s asked for %zu %s in an area", asked, asked == 1 ? "" : "s",
                 f->placed, f->placed == 1 ? "is" : "are");
}

/* What of the rates is shown, the highest and the lowest. */
static hz_status add_headline(const project *p, const result *res, hz_text *out, hz_error *err)
{
    const hz_layer *t = res->rating.table;
    const double *rate = hz_layer_numbers(t, "rate");
    const recipe_analysis *a = &p->r->analyses[res->analysis];
    hz_caption_facts facts;
    hz_text period = { 0 }, note = { 0 };
    size_t best = 0, least = 0, known = 0, at_top = 0, at_bottom = 0;
    size_t rows = hz_layer_rows(t);
    char per[40];
    hz_status st = project_facts(p, res, HZ_ENGLISH, &facts, &period, &note, err);

    for (size_t i = 0; i < rows; i++) {
        if (isnan(rate[i]))
            continue;
        best = !known || rate[i] > rate[best] ? i : best;
        least = !known || rate[i] < rate[least] ? i : least;
        known++;
    }
    for (size_t i = 0; i < rows && known; i++) {
        at_top += rate[i] == rate[best];
        at_bottom += rate[i] == rate[least];
    }
    hz_text_addf(out, "%s: %zu of %zu area%s ha%s a rate", res->name, known, rows,
                 rows == 1 ? "" : "s", known == 1 ? "s" : "ve");
    if (res->rating.hidden)
        hz_text_add(out, " that is shown");
    if (!p->r->events[a->events].ready_made && !recipe_hides(p->r, a->events))
        add_asked(&res->rating.fate, out);
    if (result_is_made_up(p, res))
        hz_text_add(out, " (synthetic)");
    if (!st && known) {
        hz_text_addf(out, "\n  per %s %s%s: ",
                     hz_number_format(per, sizeof per, a->rates.per, 0, HZ_ENGLISH),
                     facts.base ? facts.base : "residents",
                     fabs(res->rating.years - 1) > 1e-9 ? " per year" : "");
        if (res->rating.hidden)
            hz_text_add(out, "of the areas shown, ");
        if (rate[best] == rate[least]) {
            add_extreme(&facts, known > 1 ? "all" : "only", best, at_top, out);
        } else {
            add_extreme(&facts, "highest", best, at_top, out);
            hz_text_add(out, ", ");
            add_extreme(&facts, "lowest", least, at_bottom, out);
        }
    }
    hz_text_add(out, "\n");
    hz_text_free(&period);
    hz_text_free(&note);
    return st;
}

/* "hotspots: 251 of 2312 cells above and 201 below chance (q <= 0.05), 10 clusters". */
static void add_cluster_headline(const project *p, size_t i, hz_text *out)
{
    const recipe_hotspots *h = &p->r->hotspots[i];
    const hz_clustering *c = &p->clusters[i].found;
    char name[RECIPE_NAME];
    bool moran = h->opts.method == HZ_LOCAL_MORAN;
    hz_text_addf(out, "%s: of %zu %s %zu %s and %zu %s (q <= %g)",
                 project_cluster_name(p, i, name, sizeof name), c->found.tested,
                 h->cell > 0 ? "cells" : "areas", c->found.hot,
                 moran ? "among high" : "above chance", c->found.cold,
                 moran ? "among low" : "below", h->opts.alpha);
    if (c->scanned)
        hz_text_addf(out, ", %zu cluster%s", c->sure, c->sure == 1 ? "" : "s");
    if (recipe_hotspots_are_made_up(p->r, h))
        hz_text_add(out, " (synthetic)");
    hz_text_add(out, "\n");
}

/* "focus: 17 of 38 events outside, 44.7% (28.6-61.7): data do not decide". */
static void add_focus_headline(const project *p, size_t i, hz_text *out)
{
    const recipe_focus *f = &p->r->focuses[i];
    const hz_focus_look *k = &p->focuses[i].found.focus.look;
    char name[RECIPE_NAME], total[40], outside[40];
    if (isnan(k->share)) {
        hz_text_addf(out, "%s: the share outside is hidden: %s%s\n",
                     project_focus_name(p, i, name, sizeof name), hz_focus_verdict_word(k->verdict),
                     recipe_focus_is_made_up(p->r, f) ? " (synthetic)" : "");
        return;
    }
    hz_text_addf(out, "%s: %s of %s events outside, %.1f%% (%.1f–%.1f): %s%s%s\n",
                 project_focus_name(p, i, name, sizeof name),
                 hz_number_format(outside, sizeof outside, k->outside, 0, HZ_ENGLISH),
                 hz_number_format(total, sizeof total, k->total, 0, HZ_ENGLISH), 100 * k->share,
                 100 * k->low, 100 * k->high, hz_focus_verdict_word(k->verdict),
                 !p->focuses[i].found.focus.ways || p->focuses[i].found.focus.firm ? "" : ", not firm",
                 recipe_focus_is_made_up(p->r, f) ? " (synthetic)" : "");
}

enum { HEADLINES_MOST = 5 };

static void add_count(size_t n, const char *what, hz_text *out)
{
    hz_text_addf(out, "%zu %s%s", n, what, n == 1 ? "" : "s");
}

static hz_status summarise(const project *p, const char *directory, hz_text *out, hz_error *err)
{
    size_t pictures = 0, charts = 0, tables = 0;
    bool layers = false;
    hz_status st = HZ_OK;
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
    for (size_t i = 0; !st && i < p->result_count && i < HEADLINES_MOST; i++)
        st = add_headline(p, &p->results[i], out, err);
    if (st)
        return st;
    if (p->result_count > HEADLINES_MOST) {
        hz_text_add(out, "and ");
        add_count(p->result_count - HEADLINES_MOST, "further table", out);
        hz_text_add(out, "\n");
    }
    for (size_t i = 0; i < p->r->hotspot_count && i < 2; i++)
        add_cluster_headline(p, i, out);
    for (size_t i = 0; i < p->r->focus_count && i < 3; i++)
        add_focus_headline(p, i, out);
    for (size_t i = 0; i < p->r->zone_card_count && i < 2; i++)
        project_zones_headline(p, i, out);
    hz_text_addf(out, "%s: ", directory);
    add_count(p->r->language_count, "report", out);
    hz_text_add(out, ", ");
    add_count(tables, "table", out);
    hz_text_add(out, ", ");
    add_count(pictures, "map", out);
    hz_text_add(out, ", ");
    if (charts) {
        add_count(charts, "chart", out);
        hz_text_add(out, ", ");
    }
    hz_text_addf(out, "%smanifest.json", layers ? "layers.gpkg, " : "");
    if (p->old_count) {
        hz_text_add(out, "; ");
        add_count(p->old_count, "file", out);
        hz_text_add(out, " of an earlier run removed");
    }
    hz_text_add(out, "\n");
    return out->failed ? hz_mem_fail(err, "summary") : HZ_OK;
}

static hz_status start(project *p, const char *directory, hz_error *err)
{
    hz_text name = { 0 };
    size_t n = strlen(directory);
    struct stat info;
    bool exists = stat(directory, &info) == 0;
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
        hz_run_clear(directory);
    if (!st)
        st = hz_file_make_dir(p->staging, err);
    hz_text_free(&name);
    return st ? st : recipe_look(p->r, NULL, &p->look, err);
}

static void finish(project *p)
{
    const recipe *r = p->r;
    if (p->staging)
        hz_file_remove_dir(p->staging);
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
    project_release_free(p);
    project_cluster_free(p);
    project_focus_free(p);
    hz_residents_earlier_clear(&p->told);
    project_flows_free(p);
    project_zones_free(p);
    for (size_t i = 0; i < p->drawing_count; i++)
        drawing_clear(&p->drawings[i]);
    hz_mem_free(p->drawings);
    for (size_t i = 0; i < p->chart_count; i++)
        drawing_clear(&p->charts[i]);
    hz_mem_free(p->charts);
    for (size_t i = 0; i < p->output_count; i++)
        hz_mem_free(p->outputs[i]);
    hz_mem_free(p->outputs);
    hz_mem_free(p->reads);
    for (size_t i = 0; i < p->old_count; i++)
        hz_mem_free(p->old[i]);
    hz_mem_free(p->old);
    hz_mem_free(p->staging);
    hz_mem_free(p->key);
    hz_manifest_free(p->manifest);
    hz_crs_free(p->crs);
    hz_look_clear(&p->look);
}

static hz_status read_key(project *p, const char *path, hz_error *err)
{
    enum { KEY_MOST = 1 << 20 };
    hz_status st = hz_file_read(path, KEY_MOST, &p->key, &p->key_size, err);
    if (!st && p->key_size < HZ_KEY_LEAST)
        st = hz_fail(err, HZ_EDATA, "%s: holds %zu bytes, expected a key of %d or more", path,
                     p->key_size, HZ_KEY_LEAST);
    return st ? st : project_note_read(p, path, err);
}

hz_status hz_run(const char *path, const char *directory, const hz_run_opts *opts,
                 hz_text *summary, const hz_notice *notice, hz_error *err)
{
    recipe *r = NULL;
    project p = { .notice = notice, .opts = opts };
    hz_status st = recipe_read(path, opts ? opts->style : NULL, &r, err);

    if (st)
        return st;
    p.r = r;
    hz_look_default(&p.look);
    st = start(&p, directory, err);
    if (!st)
        st = project_note_read(&p, path, err);
    if (!st && opts && opts->key_file)
        st = read_key(&p, opts->key_file, err);
    if (!st)
        st = project_read(&p, err);
    if (!st)
        st = project_release(&p, err);
    if (!st)
        st = project_analyse(&p, err);
    if (!st)
        st = project_change(&p, err);
    if (!st)
        st = project_cluster(&p, err);
    if (!st)
        st = project_focus(&p, err);
    if (!st)
        st = project_flows(&p, err);
    if (!st)
        st = project_zones(&p, err);
    if (!st)
        st = project_draw(&p, err);
    if (!st)
        st = project_charts(&p, err);
    if (!st)
        st = project_snippets(&p, err);
    if (!st)
        st = project_layers(&p, err);
    if (!st)
        st = project_report(&p, err);
    if (!st)
        st = project_manifest(&p, err);
    if (!st)
        st = project_find_old(&p, directory, err);
    if (!st)
        st = summarise(&p, directory, summary, err);
    if (!st)
        st = project_move(&p, directory, err);
    finish(&p);
    recipe_free(r);
    return st;
}
