/* Takes source strings apart, and sends each to the reader that knows it. */
#include "hotzone/source.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "hotzone/csv.h"
#include "hotzone/mem.h"
#include "hotzone/vector.h"
#include "io/vector_gdal.h"

static const char *const keys[] = { "layername", "layerid", "subset" };
enum { LAYERNAME, LAYERID, SUBSET, KEYS };

/* Which key stands at p, with its '='?  KEYS for none. */
static int key_at(const char *p)
{
    int k = 0;
    for (; k < KEYS; k++) {
        size_t n = strlen(keys[k]);
        if (strncasecmp(p, keys[k], n) == 0 && p[n] == '=')
            break;
    }
    return k;
}

/* The end of a value: the next '|', for a subset only one before a known key. */
static const char *value_end(int key, const char *p)
{
    for (; *p; p++)
        if (*p == '|' && (key != SUBSET || key_at(p + 1) < KEYS))
            break;
    return p;
}

static hz_status unknown_key(const char *text, const char *p, hz_error *err)
{
    char word[64];
    snprintf(word, sizeof word, "%.*s", (int)strcspn(p, "=|"), p);
    const char *near = hz_text_nearest(word, keys, KEYS);
    if (near)
        return hz_fail(err, HZ_EUSAGE, "%s: unknown key '%s' after '|', expected '%s='", text,
                       word, near);
    return hz_fail(err, HZ_EUSAGE,
                   "%s: unknown key '%s' after '|', expected layername=, layerid= or subset=",
                   text, word);
}

static hz_status read_layer_id(const char *text, const char *p, size_t n, int *id,
                               hz_error *err)
{
    int got = 0;
    size_t i = 0;
    for (; i < n && p[i] >= '0' && p[i] <= '9' && got < INT_MAX / 10; i++)
        got = 10 * got + (p[i] - '0');
    if (i < n)
        return hz_fail(err, HZ_EUSAGE, "%s: layerid '%.*s', expected a number from 0", text,
                       (int)(n < 40 ? n : 40), p);
    *id = got;
    return HZ_OK;
}

/* One `key=value`; *p moves to the '|' after it, or to the end. */
static hz_status read_key(const char *text, const char **p, hz_source *s, hz_error *err)
{
    int key = key_at(*p);
    if (key == KEYS)
        return unknown_key(text, *p, err);
    const char *value = *p + strlen(keys[key]) + 1;
    *p = value_end(key, value);
    size_t n = (size_t)(*p - value);
    if (n == 0)
        return hz_fail(err, HZ_EUSAGE, "%s: %s is empty, expected a value", text, keys[key]);
    if (key == SUBSET ? s->subset != NULL : s->layer || s->layer_id >= 0)
        return hz_fail(err, HZ_EUSAGE, "%s: names its %s twice, expected it once", text,
                       key == SUBSET ? "subset" : "layer");
    if (key == LAYERID)
        return read_layer_id(text, value, n, &s->layer_id, err);
    char **to = key == SUBSET ? &s->subset : &s->layer;
    *to = hz_mem_text_n(value, n);
    return *to ? HZ_OK : hz_mem_fail(err, text);
}

hz_status hz_source_parse(const char *text, hz_source *out, hz_error *err)
{
    hz_source s = { .layer_id = -1 };
    const char *p = text + strcspn(text, "|");
    hz_status st = HZ_OK;

    if (p == text)
        return hz_fail(err, HZ_EUSAGE, "'%s': expected the path of a source", text);
    s.path = hz_mem_text_n(text, (size_t)(p - text));
    if (!s.path)
        return hz_mem_fail(err, text);
    while (!st && *p == '|') {
        p++;
        st = read_key(text, &p, &s, err);
    }
    if (st)
        hz_source_free(&s);
    else
        *out = s;
    return st;
}

void hz_source_free(hz_source *source)
{
    if (!source)
        return;
    hz_mem_free(source->path);
    hz_mem_free(source->layer);
    hz_mem_free(source->subset);
    *source = (hz_source){ .layer_id = -1 };
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool hz_source_is_csv(const hz_source *source)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+";
    const char *path = source->path, *dot = strrchr(base_name(path), '.');
    size_t scheme = strspn(path, letters);
    if (!dot || strncasecmp(path, "/vsi", 4) == 0 || (scheme > 1 && path[scheme] == ':'))
        return false;
    return strcasecmp(dot, ".csv") == 0 || strcasecmp(dot, ".tsv") == 0 ||
           strcasecmp(dot, ".txt") == 0;
}

/* A CSV holds one layer, called as its file. */
static hz_status check_csv_layer(const hz_source *s, hz_error *err)
{
    const char *name = base_name(s->path), *dot = strrchr(name, '.');
    size_t n = (size_t)(dot - name);
    if (s->layer_id > 0)
        return hz_fail(err, HZ_EIO, "%s: has no layer %d, expected layerid=0: it has one layer",
                       s->path, s->layer_id);
    if (s->layer && (strncmp(s->layer, name, n) != 0 || s->layer[n]))
        return hz_fail(err, HZ_EIO, "%s: has no layer '%s', expected '%.*s', its only one",
                       s->path, s->layer, (int)n, name);
    return HZ_OK;
}

static bool is_wanted(const char *name, const hz_source_opts *opts)
{
    for (size_t i = 0; i < opts->only_count; i++)
        if (strcasecmp(name, opts->only[i]) == 0)
            return true;
    return false;
}

/* A subset may ask for columns that the caller does not: read all, choose, drop. */
static hz_status read_csv_subset(const hz_source *s, const hz_source_opts *opts, hz_layer **out,
                                 const hz_notice *notice, hz_error *err)
{
    hz_source_opts all = opts ? *opts : (hz_source_opts){ 0 };
    hz_layer *layer = NULL;
    hz_intake intake;
    hz_status st;

    all.only = NULL;
    all.only_count = 0;
    st = hz_csv_read(s->path, &all, &layer, notice, err);
    if (st)
        goto done;
    for (size_t i = 0; opts && opts->only && i < opts->only_count; i++) {
        if (opts->only_if_there || hz_layer_find(layer, opts->only[i]) >= 0)
            continue;
        st = hz_fail(err, HZ_EUSAGE, "%s: has no column '%s'", s->path, opts->only[i]);
        goto done;
    }
    intake = *hz_layer_intake(layer);
    st = hz_vector_filter(&layer, s->subset, err);
    if (st)
        goto done;
    /* rows outside the subset are no part of this source */
    intake.read = hz_layer_rows(layer) + intake.refused;
    hz_layer_set_intake(layer, &intake);
    for (size_t i = hz_layer_columns(layer); opts && opts->only && i-- > 0;)
        if (!is_wanted(hz_layer_column_name(layer, i), opts))
            hz_layer_drop(layer, hz_layer_column_name(layer, i));
    *out = layer;
    layer = NULL;
done:
    hz_layer_free(layer);
    return st;
}

hz_status hz_source_read(const char *text, const hz_source_opts *opts, hz_layer **out,
                         const hz_notice *notice, hz_error *err)
{
    hz_source s = { .layer_id = -1 };
    hz_layer *layer = NULL;
    hz_status st = hz_source_parse(text, &s, err);

    if (st)
        return st;
    if (!hz_source_is_csv(&s))
        st = hz_vector_read(&s, opts, &layer, notice, err);
    else if (!(st = check_csv_layer(&s, err)))
        st = s.subset ? read_csv_subset(&s, opts, &layer, notice, err)
                      : hz_csv_read(s.path, opts, &layer, notice, err);
    if (!st) {
        /* a service's password stays here */
        char shown[400];
        hz_gdal_shown_path(text, shown, sizeof shown);
        st = hz_layer_set_source(layer, shown, err);
    }
    if (!st) {
        *out = layer;
        layer = NULL;
    }
    hz_layer_free(layer);
    hz_source_free(&s);
    return st;
}

static hz_status wrong_kind(const hz_layer *layer, hz_shape_kind found, hz_shape_kind wanted,
                            hz_error *err)
{
    static const char *const one[] = { "no shape", "a point", "a line", "a polygon" };
    static const char *const many[] = { "no shapes", "points", "lines", "polygons" };
    const char *name = hz_layer_name(layer);
    if (found != HZ_NOSHAPE)
        return hz_fail(err, HZ_EFORMAT, "%s: feature 1 is %s, expected %s", name, one[found],
                       many[wanted]);
    if (wanted == HZ_POINT)
        return hz_fail(err, HZ_EFORMAT,
                       "%s: is a table without coordinates, expected points (columns such as "
                       "lon and lat, or --x and --y to name them)",
                       name);
    return hz_fail(err, HZ_EFORMAT, "%s: is a table without shapes, or has only empty ones, expected "
                   "%s", name, many[wanted]);
}

hz_status hz_source_need_kind(const hz_layer *layer, hz_shape_kind kind, hz_error *err)
{
    const hz_shapes *shapes = hz_layer_shapes(layer);
    hz_shape_kind found = shapes ? shapes->kind : HZ_NOSHAPE;
    return found == kind ? HZ_OK : wrong_kind(layer, found, kind, err);
}

hz_status hz_source_mend_told(hz_layer *layer, unsigned char *which, const hz_notice *notice,
                              hz_error *err)
{
    const hz_shapes *shapes = hz_layer_shapes(layer);
    hz_shapes *mended = NULL;
    size_t faulty = 0;
    char why[300];
    hz_status st = HZ_OK;

    if (!shapes || shapes->kind != HZ_POLYGON)
        return HZ_OK;
    for (size_t f = 0; !st && f < shapes->features; f++)
        if (hz_shape_fault(shapes, f, why, sizeof why)) {
            faulty++;
            if (which)
                which[f] = 1;
            hz_warn(notice, "%s: feature %zu: %s, repaired", hz_layer_name(layer), f + 1, why);
            st = hz_layer_set_repaired(layer, f, why, err);
        }
    if (!faulty)
        return HZ_OK;
    if (!st)
        st = hz_shapes_repair(shapes, &mended, NULL, err);
    if (!st)
        st = hz_layer_take_shapes(layer, &mended, err);
    hz_shapes_free(mended);
    return st;
}

hz_status hz_source_mend(hz_layer *layer, const hz_notice *notice, hz_error *err)
{
    return hz_source_mend_told(layer, NULL, notice, err);
}

hz_status hz_source_read_kind(const char *text, const hz_source_opts *opts, hz_shape_kind kind,
                              hz_layer **out, const hz_notice *notice, hz_error *err)
{
    hz_layer *layer = NULL;
    hz_status st = hz_source_read(text, opts, &layer, notice, err);
    if (st)
        return st;
    st = hz_source_need_kind(layer, kind, err);
    if (!st)
        st = hz_source_mend(layer, notice, err);
    if (st) {
        hz_layer_free(layer);
        return st;
    }
    *out = layer;
    return HZ_OK;
}
