/* Puts layers one below the other: monthly exports that are one source. */
#include "hotzone/layer.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/text.h"

typedef struct {
    hz_layer **parts;
    size_t n, rows;
    hz_layer *made;
    const hz_notice *notice;
    hz_error *err;
} work;

static hz_status check_shapes(work *w)
{
    const hz_crs *first = hz_layer_crs(w->parts[0]);
    for (size_t i = 0; i < w->n; i++) {
        const hz_shapes *shapes = hz_layer_shapes(w->parts[i]);
        const hz_crs *crs = hz_layer_crs(w->parts[i]);
        if (!shapes || shapes->kind != HZ_POINT)
            return hz_fail(w->err, HZ_EDATA, "%s: has no points, expected those of one source in "
                           "several files", hz_layer_name(w->parts[i]));
        if (!crs != !first)
            return hz_fail(w->err, HZ_ECRS, "%s: has %s reference system, expected one as in %s",
                           hz_layer_name(w->parts[i]), crs ? "a" : "no",
                           hz_layer_name(w->parts[0]));
        if (crs && !hz_crs_equal(crs, first)) {
            hz_status st = hz_layer_to_crs(w->parts[i], first, w->err);
            if (st)
                return st;
        }
    }
    return HZ_OK;
}

static hz_status join_shapes(work *w)
{
    const hz_crs *crs = hz_layer_crs(w->parts[0]);
    hz_crs *copy = NULL;
    hz_shapes *all = NULL;
    size_t row = 0;
    hz_status st = hz_shapes_new(HZ_POINT, w->rows, 0, w->rows, &all, w->err);
    for (size_t i = 0; !st && i < w->n; i++) {
        const hz_shapes *s = hz_layer_shapes(w->parts[i]);
        if (s->features) {
            memcpy(all->x + row, s->x, s->features * sizeof *s->x);
            memcpy(all->y + row, s->y, s->features * sizeof *s->y);
        }
        row += s->features;
    }
    if (!st)
        st = hz_layer_take_shapes(w->made, &all, w->err);
    hz_shapes_free(all);
    if (st || !crs)
        return st;
    copy = hz_crs_copy(crs);
    st = copy ? hz_layer_take_crs(w->made, &copy, w->err) : hz_mem_fail(w->err, "rows");
    hz_crs_free(copy);
    return st;
}

static hz_status join_numbers(work *w, const char *name)
{
    double *all = hz_mem_new(w->rows, sizeof *all);
    size_t row = 0;
    if (!all)
        return hz_mem_fail(w->err, name);
    for (size_t i = 0; i < w->n; i++) {
        const double *from = hz_layer_numbers(w->parts[i], name);
        for (size_t r = 0; r < hz_layer_rows(w->parts[i]); r++)
            all[row++] = from[r];
    }
    hz_status st = hz_layer_take_numbers(w->made, name, &all, NULL, w->err);
    hz_mem_free(all);
    return st;
}

static hz_status join_times(work *w, const char *name)
{
    hz_time *all = hz_mem_new(w->rows, sizeof *all);
    size_t row = 0;
    if (!all)
        return hz_mem_fail(w->err, name);
    for (size_t i = 0; i < w->n; i++) {
        const hz_time *from = hz_layer_times(w->parts[i], name);
        for (size_t r = 0; r < hz_layer_rows(w->parts[i]); r++)
            all[row++] = from[r];
    }
    hz_status st = hz_layer_take_times(w->made, name, &all, w->err);
    hz_mem_free(all);
    return st;
}

/* Texts, and numbers and times as texts where another part has texts. */
static hz_status join_texts(work *w, const char *name)
{
    size_t *offset = hz_mem_new(w->rows, sizeof *offset), row = 0;
    hz_text arena = { 0 };
    hz_status st = offset ? HZ_OK : hz_mem_fail(w->err, name);
    hz_text_add_n(&arena, "", 1); /* byte 0 is the empty text */
    for (size_t i = 0; !st && i < w->n; i++) {
        size_t column = (size_t)hz_layer_find(w->parts[i], name);
        bool texts = hz_layer_column_kind(w->parts[i], column) == HZ_TEXTS;
        for (size_t r = 0; !st && r < hz_layer_rows(w->parts[i]); r++) {
            char value[64];
            const char *text = value;
            if (texts)
                text = hz_layer_text_at(w->parts[i], column, r);
            else
                st = hz_layer_value_text(w->parts[i], column, r, value, sizeof value);
            offset[row++] = st || !*text ? 0 : arena.length;
            if (!st && *text)
                hz_text_add_n(&arena, text, strlen(text) + 1);
        }
    }
    char *bytes = hz_text_take(&arena);
    if (!st && !bytes)
        st = hz_mem_fail(w->err, name);
    if (!st)
        st = hz_layer_take_texts(w->made, name, &offset, &bytes, w->err);
    hz_mem_free(bytes);
    hz_mem_free(offset);
    return st;
}

/* The part that lacks a column, or NULL; *kind is what all can be held as. */
static const hz_layer *lacking(const work *w, const char *name, hz_column_kind *kind)
{
    for (size_t i = 0; i < w->n; i++) {
        int column = hz_layer_find(w->parts[i], name);
        if (column < 0)
            return w->parts[i];
        hz_column_kind found = hz_layer_column_kind(w->parts[i], (size_t)column);
        *kind = i == 0 || found == *kind ? found : HZ_TEXTS;
    }
    return NULL;
}

static hz_status join_columns(work *w)
{
    hz_status st = HZ_OK;
    for (size_t c = 0; !st && c < hz_layer_columns(w->parts[0]); c++) {
        const char *name = hz_layer_column_name(w->parts[0], c);
        hz_column_kind kind = HZ_NUMBERS;
        const hz_layer *without = lacking(w, name, &kind);
        if (without)
            hz_warn(w->notice, "%s: has no column '%s' as %s has: it is left out of both",
                    hz_layer_name(without), name, hz_layer_name(w->parts[0]));
        else
            st = kind == HZ_NUMBERS ? join_numbers(w, name)
                 : kind == HZ_TIMES ? join_times(w, name) : join_texts(w, name);
    }
    return st;
}

/* What was read and refused in all, each file's reasons with its name. */
static void join_intakes(work *w)
{
    hz_intake all = { 0 };
    size_t used = 0;
    for (size_t i = 0; i < w->n; i++) {
        const hz_intake *one = hz_layer_intake(w->parts[i]);
        all.read += one->read;
        all.refused += one->refused;
        if (one->refused && used < sizeof all.why)
            used += (size_t)snprintf(all.why + used, sizeof all.why - used, "%s%s: %s",
                                     used ? "; " : "", hz_layer_name(w->parts[i]), one->why);
    }
    hz_layer_set_intake(w->made, &all);
}

static hz_status name_them(work *w)
{
    hz_text source = { 0 };
    for (size_t i = 0; i < w->n; i++)
        hz_text_addf(&source, "%s%s", i ? ", " : "", hz_layer_source(w->parts[i]));
    hz_status st = source.failed ? hz_mem_fail(w->err, "rows")
                                 : hz_layer_set_source(w->made, source.data, w->err);
    hz_text_free(&source);
    return st;
}

hz_status hz_layer_stack(hz_layer **parts, size_t n, hz_layer **out, const hz_notice *notice,
                         hz_error *err)
{
    work w = { parts, n, 0, NULL, notice, err };
    char name[300];
    hz_status st = check_shapes(&w);

    for (size_t i = 0; i < n; i++)
        w.rows += hz_layer_rows(parts[i]);
    snprintf(name, sizeof name, "%s and %zu more", hz_layer_name(parts[0]), n - 1);
    if (!st)
        st = hz_layer_new(n == 1 ? hz_layer_name(parts[0]) : name, w.rows, &w.made, err);
    if (!st)
        st = join_shapes(&w);
    if (!st)
        st = join_columns(&w);
    if (!st)
        st = name_them(&w);
    if (st) {
        hz_layer_free(w.made);
        return st;
    }
    join_intakes(&w);
    *out = w.made;
    return HZ_OK;
}
