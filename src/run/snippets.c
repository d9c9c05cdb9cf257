/* Writes a block for LaTeX and one for Typst beside each picture of the report. */
#include <string.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/snippet.h"
#include "run/zones.h"

static bool is_written(const project *p, const char *path)
{
    for (size_t i = 0; i < p->output_count; i++)
        if (strcmp(p->outputs[i], path) == 0)
            return true;
    return false;
}

/* The first of the forms of a picture that was written: STEM and one of the ends. */
static const char *find_form(const project *p, const hz_text *stem, const char *const ends[3],
                             hz_text *path)
{
    for (size_t i = 0; i < 3 && ends[i]; i++) {
        hz_text_free(path);
        hz_text_addf(path, "%s.%s", hz_text_get(stem), ends[i]);
        if (is_written(p, hz_text_get(path)))
            return hz_text_get(path);
    }
    return NULL;
}

static hz_status write_block(project *p, const char *name, const char *end, const hz_text *block,
                             hz_error *err)
{
    char *path = NULL;
    hz_status st = block->failed ? hz_mem_fail(err, name)
                                 : project_output(p, &path, err, "snippets/%s.%s", name, end);
    if (!st)
        st = hz_file_write(path, hz_text_get(block), block->length, err);
    hz_mem_free(path);
    return st;
}

/* LaTeX reads PDF and PNG; Typst SVG and PNG, and PDF of late. */
static hz_status write_blocks(project *p, const drawing *d, const hz_text *stem, const char *name,
                              hz_error *err)
{
    static const char *const latex[3] = { "pdf", "png" };
    static const char *const typst[3] = { "svg", "png", "pdf" };
    hz_text path = { 0 }, block = { 0 }, up = { 0 };
    hz_snippet picture = { .alt = d->alt, .caption = d->caption, .label = name };
    hz_status st = HZ_OK;

    picture.path = find_form(p, stem, latex, &path);
    if (picture.path) {
        hz_snippet_latex(&picture, &block);
        st = path.failed ? hz_mem_fail(err, name) : write_block(p, name, "tex", &block, err);
    }
    hz_text_free(&block);
    if (!st && find_form(p, stem, typst, &path)) {
        /* Typst looks from the file that holds the block */
        hz_text_addf(&up, "../%s", hz_text_get(&path));
        picture.path = hz_text_get(&up);
        hz_snippet_typst(&picture, &block);
        st = path.failed || up.failed ? hz_mem_fail(err, name)
                                      : write_block(p, name, "typ", &block, err);
    }
    hz_text_free(&path);
    hz_text_free(&block);
    hz_text_free(&up);
    return st;
}

/* "rates.en" of "maps/rates.en.svg"; with BESIDE before the language, "rates-chart.en". */
static void add_name(hz_text *out, const char *path, const char *beside)
{
    const char *base = strrchr(path, '/'), *end = strrchr(path, '.');
    base = base ? base + 1 : path;
    size_t n = strcspn(base, ".");
    hz_text_add_n(out, base, n);
    hz_text_add(out, beside);
    hz_text_add_n(out, base + n, (size_t)(end - base) - n);
}

hz_status project_snippet(project *p, const drawing *d, hz_error *err)
{
    const char *any = d->svg ? d->svg : d->png;
    if (!any || !d->alt || !d->caption)
        return HZ_OK;
    hz_text stem = { 0 }, name = { 0 }, file = { 0 };
    hz_text_add_n(&stem, any, (size_t)(strrchr(any, '.') - any));
    add_name(&name, any, "");
    hz_text_addf(&file, "snippets/%s.typ", hz_text_get(&name));
    if (is_written(p, hz_text_get(&file))) { /* a map and a chart may have one name */
        hz_text_free(&name);
        add_name(&name, any, strncmp(any, "charts/", 7) == 0 ? "-chart" : "-map");
    }
    hz_status st = stem.failed || name.failed || file.failed
                       ? hz_mem_fail(err, "snippets")
                       : write_blocks(p, d, &stem, hz_text_get(&name), err);
    hz_text_free(&stem);
    hz_text_free(&name);
    hz_text_free(&file);
    return st;
}

hz_status project_snippets(project *p, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < p->drawing_count; i++)
        st = project_snippet(p, &p->drawings[i], err);
    for (size_t i = 0; !st && i < p->chart_count; i++)
        st = project_snippet(p, &p->charts[i], err);
    for (size_t i = 0; !st && p->clusters && i < p->r->hotspot_count; i++)
        for (size_t l = 0; !st && l < p->r->language_count; l++) {
            st = project_snippet(p, &p->clusters[i].map[l], err);
            if (!st)
                st = project_snippet(p, &p->clusters[i].chart[l], err);
        }
    for (size_t i = 0; !st && p->focuses && i < p->r->focus_count; i++)
        for (size_t l = 0; !st && l < p->r->language_count; l++)
            for (size_t k = 0; !st && k < FOCUS_PICTURES; k++)
                st = project_snippet(p, &p->focuses[i].picture[k][l], err);
    return st ? st : project_zones_snippets(p, err);
}
