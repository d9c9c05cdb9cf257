/* Writes what a run shows and hides of events whose small counts are hidden, so that a later run can
 * be audited with it. */
#include <string.h>

#include "hotzone/csv.h"
#include "hotzone/file.h"
#include "hotzone/hash.h"
#include "hotzone/match.h"
#include "hotzone/mem.h"
#include "run/release.h"

enum { TEXT_MOST = 256 };

static hz_status add_id(const hz_layer *layer, size_t column, size_t row, hz_text *out,
                        hz_error *err)
{
    char text[TEXT_MOST];
    if (hz_layer_column_kind(layer, column) == HZ_TEXTS)
        hz_text_add(out, hz_layer_text_at(layer, column, row));
    else if (hz_layer_value_text(layer, column, row, text, sizeof text))
        return hz_mem_fail(err, "release");
    else
        hz_text_add(out, text);
    return HZ_OK;
}

static hz_status find_ids(const project *p, size_t areas, size_t *column, hz_error *err)
{
    hz_keys keys;
    if (areas >= RELEASE_GROUNDS) {
        *column = (size_t)hz_layer_find(release_areas(p, areas), "id");
        return HZ_OK;
    }
    hz_status st = hz_match_keys(p->areas[areas], p->r->areas[areas].id, p->r->areas[areas].label,
                                 &keys, err);
    if (!st)
        *column = (size_t)hz_layer_find(p->areas[areas], keys.id);
    return st;
}

/* Everything that decides which events an area counts. */
static void add_ground(const project *p, size_t areas, hz_text *out)
{
    const hz_shapes *s = hz_layer_shapes(release_areas(p, areas));
    const hz_crs *crs = hz_layer_crs(release_areas(p, areas));
    hz_text_addf(out, "%s %s\n", crs ? hz_crs_code(crs) : "",
                 release_overlaps(p, areas) ? "overlap" : "apart");
    if (!s)
        return;
    for (size_t f = 0; s->first_ring && f <= s->features; f++)
        hz_text_addf(out, "%zu ", s->first_ring[f]);
    for (size_t r = 0; s->first_point && r <= s->rings; r++)
        hz_text_addf(out, "%zu ", s->first_point[r]);
    hz_text_add_n(out, (const char *)s->x, s->points * sizeof *s->x);
    hz_text_add_n(out, (const char *)s->y, s->points * sizeof *s->y);
}

hz_status release_borders(const project *p, release *r, size_t areas, const char **out,
                          hz_error *err)
{
    char hex[65];
    hz_text all = { 0 };
    size_t column = 0;
    hz_status st = HZ_OK;
    if (!r->borders[areas]) {
        st = find_ids(p, areas, &column, err);
        for (size_t row = 0; !st && row < hz_layer_rows(release_areas(p, areas)); row++) {
            st = add_id(release_areas(p, areas), column, row, &all, err);
            hz_text_add(&all, "\n");
        }
        add_ground(p, areas, &all);
        if (!st && all.failed)
            st = hz_mem_fail(err, "release");
        if (!st) {
            hz_hash_bytes(all.data, all.length, hex);
            r->borders[areas] = hz_mem_text(hex);
            if (!r->borders[areas])
                st = hz_mem_fail(err, "release");
        }
    }
    hz_text_free(&all);
    if (!st)
        *out = r->borders[areas];
    return st;
}

static bool same_rows(const project *p, const release_count *a, const release_count *b)
{
    if (!a->rows || !b->rows)
        return a->rows == b->rows;
    return memcmp(a->rows, b->rows, hz_layer_rows(release_areas(p, a->areas))) == 0;
}

static bool is_same(const project *p, const release_count *a, const release_count *b)
{
    bool same = a->events == b->events && a->areas == b->areas && a->row == b->row &&
                a->period.from == b->period.from && a->period.until == b->period.until &&
                a->kind_count == b->kind_count && same_rows(p, a, b);
    for (size_t k = 0; same && k < a->kind_count; k++)
        same = strcmp(a->kinds[k], b->kinds[k]) == 0;
    return same;
}

static bool is_written(const project *p, const release *r, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (is_same(p, &r->count[k], &r->count[i]))
            return true;
    return false;
}

/* Each kind with a semicolon behind it, which no list of numbers has: it is read as text. */
static hz_status add_kinds(const release_count *c, hz_text *line, hz_error *err)
{
    hz_text kinds = { 0 };
    for (size_t k = 0; k < c->kind_count; k++)
        for (const char *at = c->kinds[k];; at++) {
            if (*at == ';' || *at == '\\')
                hz_text_add(&kinds, "\\");
            hz_text_add_n(&kinds, *at ? at : ";", 1);
            if (!*at)
                break;
        }
    hz_csv_add(line, hz_text_get(&kinds));
    hz_status st = kinds.failed ? hz_mem_fail(err, "release") : HZ_OK;
    hz_text_free(&kinds);
    return st;
}

/* Of a sum over some areas: the number of each, with a semicolon behind it. */
static void add_some(const project *p, const release_count *c, hz_text *line)
{
    for (size_t i = 0; c->rows && i < hz_layer_rows(release_areas(p, c->areas)); i++)
        if (c->rows[i])
            hz_text_addf(line, "%zu;", i + 1);
}

static hz_status add_line(const project *p, release *r, size_t i, hz_text *out, hz_error *err)
{
    const release_count *c = &r->count[i];
    const recipe_events *e = &p->r->events[c->events];
    const char *borders = NULL;
    char from[32], until[32];
    hz_text id = { 0 };
    size_t column = 0;
    hz_status st = release_borders(p, r, c->areas, &borders, err);
    if (!st && c->row != RELEASE_ALL) {
        st = find_ids(p, c->areas, &column, err);
        if (!st)
            st = add_id(release_areas(p, c->areas), column, c->row, &id, err);
    }
    if (!st) {
        hz_csv_add(out, e->from.name);
        hz_text_addf(out, ",%g,", p->r->hide[c->events]);
        hz_csv_add(out, release_areas_name(p, c->areas));
        hz_text_addf(out, ",%s,%zu,", borders, c->row == RELEASE_ALL ? 0 : c->row + 1);
        hz_csv_add(out, hz_text_get(&id));
        hz_text_add(out, ",");
        add_some(p, c, out);
        hz_text_addf(out, ",%s,", hz_date_format(from, sizeof from, c->period.from));
        hz_text_addf(out, "%s,", hz_date_format(until, sizeof until, c->period.until));
        st = add_kinds(c, out, err);
    }
    if (!st && r->hidden[i])
        hz_text_add(out, ",hidden,");
    else if (!st)
        hz_text_addf(out, ",shown,%.0f", r->value[i]);
    if (!st)
        hz_text_addf(out, ",%s\n", e->from.made_up ? "synthetic" : "");
    if (!st && id.failed)
        st = hz_mem_fail(err, "release");
    hz_text_free(&id);
    return st;
}

hz_status release_write(project *p, release *r, hz_error *err)
{
    hz_text out = { 0 };
    char *path = NULL;
    hz_status st = HZ_OK;
    hz_text_add(&out, "source,hide_below,areas,borders,row,area,rows,from,until,kinds,state,events,"
                      "origin\n");
    for (size_t i = 0; !st && i < r->n; i++)
        if (!is_written(p, r, i))
            st = add_line(p, r, i, &out, err);
    if (!st && out.failed)
        st = hz_mem_fail(err, "release");
    if (!st)
        st = project_output(p, &path, err, "release.csv");
    if (!st)
        st = hz_file_write(path, out.data, out.length, err);
    hz_mem_free(path);
    hz_text_free(&out);
    return st;
}
