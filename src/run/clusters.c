/* Works out where events cluster beyond chance, and writes its tables. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "hotzone/file.h"
#include "hotzone/hash.h"
#include "hotzone/mem.h"
#include "hotzone/weights_file.h"
#include "run/project.h"

char *project_cluster_name(const project *p, size_t i, char *buf, size_t size)
{
    const recipe_hotspots *h = &p->r->hotspots[i];
    return recipe_file_name(buf, size, h->name, recipe_hotspots_are_made_up(p->r, h));
}

void project_cluster_free(project *p)
{
    for (size_t i = 0; p->clusters && i < p->r->hotspot_count; i++) {
        hz_clustering_clear(&p->clusters[i].found);
        hz_mem_free(p->clusters[i].title);
        hz_mem_free(p->clusters[i].name);
        hz_mem_free(p->clusters[i].name_of_clusters);
        for (size_t l = 0; l < LANGUAGES; l++) {
            drawing_clear(&p->clusters[i].map[l]);
            drawing_clear(&p->clusters[i].chart[l]);
        }
    }
    hz_mem_free(p->clusters);
}

/* The file of neighbours, and its place in the manifest. */
static hz_status read_links(project *p, const recipe_hotspots *h, hz_csr **out, hz_error *err)
{
    const char *file = h->links_file, *slash = strrchr(file, '/');
    const recipe_areas *a = &p->r->areas[h->areas];
    char hex[65], *full = hz_file_beside(p->r->path, file);
    struct stat info = { 0 };
    hz_manifest_input input = { .role = "neighbours", .sha256 = hex,
                                .path = *file == '/' ? slash + 1 : file };
    hz_status st = full ? hz_weights_read(full, h->gwt, p->areas[h->areas], a->id, out, p->notice,
                                          err)
                        : hz_mem_fail(err, file);
    if (!st)
        st = hz_hash_file(full, hex, err);
    if (!st)
        st = project_note_read(p, full, err);
    if (!st && stat(full, &info) == 0)
        input.bytes = (size_t)info.st_size;
    if (!st)
        st = hz_manifest_add_input(p->manifest, &input, err);
    hz_mem_free(full);
    return st;
}

/* What the events are, or the areas alone where a column of theirs is tested. */
static hz_status take_source(const project *p, const recipe_hotspots *h,
                             const recipe_analysis *like, hz_rating_input *of, hz_error *err)
{
    if (!h->value)
        return project_input(p, like, h->areas, of, err);
    *of = (hz_rating_input){ .areas = p->areas[h->areas], .id = p->r->areas[h->areas].id,
                             .name = p->r->areas[h->areas].label, .rates = like->rates };
    return HZ_OK;
}

static hz_status make(project *p, const recipe_hotspots *h, hz_clustering *out, hz_error *err)
{
    hz_csr *links = NULL;
    recipe_analysis like = { .name = h->name, .line = h->line, .events = h->events,
                             .kind_count = h->kind_count, .period = h->period,
                             .population_year = h->population_year, .rates = HZ_RATES_DEFAULTS };
    hz_clustering_input in = { .crs = p->crs, .cell_m = h->cell, .neighbours = h->neighbours,
                               .cluster = h->opts, .scan = h->scan,
                               .scanning = HZ_SCANNING_DEFAULTS, .sides = h->side_count,
                               .concentration = HZ_CONCENTRATION_DEFAULTS };
    like.rates.years = 0;
    like.rates.smoothing = HZ_SMOOTH_NONE;
    memcpy(like.kinds, h->kinds, sizeof like.kinds);
    memcpy(in.side_m, h->sides, h->side_count * sizeof *h->sides);
    if (h->population != RECIPE_NONE) {
        like.population[0] = h->population;
        like.population_count = 1;
    }
    hz_status st = take_source(p, h, &like, &in.of, err);
    if (!st && h->links_file)
        st = read_links(p, h, &links, err);
    if (st)
        return st;
    in.value = h->value;
    in.neighbours.links = links;
    project_population(p, &like, 0, &in.of);
    in.scanning.replicates = in.concentration.replicates = h->replicates;
    in.scanning.seed = in.concentration.seed = h->opts.seed;
    in.scanning.alpha = h->opts.alpha;
    st = hz_clustering_make(&in, out, p->notice, err);
    hz_csr_free(links);
    return st;
}

static hz_status write_table(project *p, size_t i, const char *end, hz_layer *table,
                             const char *const *columns, size_t n, hz_error *err)
{
    char name[RECIPE_NAME], full[RECIPE_NAME + 24];
    snprintf(full, sizeof full, "%s%s", project_cluster_name(p, i, name, sizeof name), end);
    return project_table(p, full, recipe_hotspots_are_made_up(p->r, &p->r->hotspots[i]), table, columns,
                         n, err);
}

static hz_status write_scan(project *p, size_t i, hz_error *err)
{
    const char *columns[20];
    const hz_scanning *s = &p->clusters[i].found.scan;
    size_t n, m;
    const char *const *usual = hz_scanning_columns_of(false, false, &n);
    memcpy(columns, usual, n * sizeof *usual);
    columns[n++] = "place";
    hz_status st = write_table(p, i, "-clusters", s->clusters, columns, n, err);
    usual = hz_scanning_member_columns(&m);
    return st ? st : write_table(p, i, "-members", s->members, usual, m, err);
}

static hz_status write_spread(project *p, size_t i, hz_error *err)
{
    const hz_clustering *c = &p->clusters[i].found;
    char texts[HZ_CLUSTERING_SPREADS][60];
    const char *names[HZ_CLUSTERING_SPREADS];
    hz_layer *summary = NULL;
    size_t n;
    const char *const *columns = hz_concentration_columns_of_summary(&n);
    for (size_t k = 0; k < c->spreads; k++) {
        snprintf(texts[k], sizeof texts[k], "cells of %s", c->spread_name[k]);
        names[k] = texts[k];
    }
    hz_status st = hz_concentration_summary(c->spread, names, c->spreads, &summary, err);
    if (!st)
        st = write_table(p, i, "-concentration", summary, columns, n, err);
    hz_layer_free(summary);
    return st;
}

static hz_status note_options(project *p, size_t i, hz_error *err)
{
    static const char *const methods[] = { "gistar", "gi", "moran" };
    static const char *const nulls[] = { "best", "exact", "permute", "analytic" };
    static const char *const uses[] = { "binary", "row", "given", "row" };
    const recipe_hotspots *h = &p->r->hotspots[i];
    const struct { const char *key, *text; double number; } options[] = {
        { "method", methods[h->opts.method], 0 },
        { "null", nulls[h->opts.null], 0 },
        { "neighbours", h->links_file ? (h->gwt ? "gwt" : "gal") : h->neighbours_text, 0 },
        { "standardise", uses[h->opts.weights], 0 },
        { "period", h->period_text ? h->period_text : "all", 0 },
        { "cell_m", NULL, h->cell },
        { "alpha", NULL, h->opts.alpha },
        { "seed", NULL, (double)h->opts.seed },
        { "permutations", NULL, h->opts.permutations },
        { "replicates", NULL, (double)h->replicates },
        { "units_tested", NULL, (double)p->clusters[i].found.found.tested },
    };
    hz_status st = HZ_OK;
    if (h->value)
        st = project_note(p, h->name, "value", h->value, 0, err);
    for (size_t k = 0; !st && k < sizeof options / sizeof *options; k++)
        st = project_note(p, h->name, options[k].key, options[k].text, options[k].number, err);
    return st;
}

/* The classes of its layer, as the map's legend has them. */
static hz_status dress(const project *p, size_t i, clustered *c, hz_error *err)
{
    const recipe_hotspots *h = &p->r->hotspots[i];
    hz_language l = p->r->languages[0];
    const char *names[HZ_CLUSTERING_SPREADS];
    char number[40], name[RECIPE_NAME];
    hz_caption_hotspots facts;
    hz_text period = { 0 }, title = { 0 }, second = { 0 };
    size_t n;
    const hz_sheet_kind *kinds = hz_sheet_cell_kinds(h->opts.method == HZ_LOCAL_MORAN, &n);
    hz_number_format(number, sizeof number, h->opts.alpha, 2, l);
    for (size_t k = 0; k < n; k++) {
        const char *at = strstr(kinds[k].label[l], "%s");
        snprintf(c->label[k], sizeof c->label[k], "%.*s%s",
                 (int)(at ? at - kinds[k].label[l] : (long)strlen(kinds[k].label[l])),
                 kinds[k].label[l], at ? number : "");
        c->classes[k] = (hz_style_class){ kinds[k].word, c->label[k], kinds[k].colour,
                                          kinds[k].hatched ? HZ_HATCH : HZ_HATCH_NONE };
    }
    c->style = (hz_vector_style){ "class", c->classes, n, 0x808080, 0.1 };
    project_cluster_facts(p, i, l, names, &period, &facts);
    hz_caption_hotspots_quantity(&facts, &title);
    if (facts.made_up)
        hz_text_add(&title, " (synthetic)");
    hz_text_addf(&second, "%s-clusters", project_cluster_name(p, i, name, sizeof name));
    c->title = hz_text_take(&title);
    c->name_of_clusters = hz_text_take(&second);
    c->name = hz_mem_text(name);
    bool failed = period.failed || !c->title || !c->name || !c->name_of_clusters;
    hz_text_free(&period);
    return failed ? hz_mem_fail(err, h->name) : HZ_OK;
}

hz_status project_cluster_items(project *p, size_t i, hz_vector_item *items, size_t *n,
                                hz_error *err)
{
    static const hz_vector_style line = { .line = 0x1a1a1a, .line_mm = 0.53 };
    clustered *c = &p->clusters[i];
    hz_status st = dress(p, i, c, err);
    if (st)
        return st;
    items[(*n)++] = (hz_vector_item){ c->found.units.table, c->name, c->title, &c->style };
    if (c->found.scanned)
        items[(*n)++] = (hz_vector_item){ c->found.scan.clusters, c->name_of_clusters, NULL,
                                          &line };
    return HZ_OK;
}

static hz_status cluster_one(project *p, size_t i, hz_error *err)
{
    const recipe_hotspots *h = &p->r->hotspots[i];
    clustered *c = &p->clusters[i];
    hz_status st = make(p, h, &c->found, err);
    if (st && st != HZ_EMEMORY) {
        if (st == HZ_EUSAGE) /* not the command is wrong but the recipe */
            err->status = HZ_EFORMAT;
        return hz_fail_within(err, "%s:%zu: hotspots '%s'", p->r->path, h->line, h->name);
    }
    if (st)
        return st;
    c->done = true;
    st = write_table(p, i, "", c->found.units.table, hz_cluster_columns(), HZ_CLUSTER_COLUMNS, err);
    if (!st && c->found.scanned)
        st = write_scan(p, i, err);
    if (!st && c->found.spreads)
        st = write_spread(p, i, err);
    if (!st)
        st = note_options(p, i, err);
    if (!st)
        st = project_cluster_pictures(p, i, err);
    return st;
}

hz_status project_cluster(project *p, hz_error *err)
{
    hz_status st = HZ_OK;
    if (!p->r->hotspot_count)
        return HZ_OK;
    p->clusters = hz_mem_new(p->r->hotspot_count, sizeof *p->clusters);
    if (!p->clusters)
        return hz_mem_fail(err, "hotspots");
    for (size_t i = 0; !st && i < p->r->hotspot_count; i++)
        st = cluster_one(p, i, err);
    return st;
}
