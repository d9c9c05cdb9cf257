/* A table of typed columns with shapes: what every stage takes and gives. */
#include "hotzone/layer.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/text.h"

typedef struct {
    char *name;
    hz_column_kind kind;
    double *numbers;
    hz_time *times;
    size_t *offsets;      /* texts: start of each row's text in arena */
    char *arena;
    unsigned char *marks; /* NULL: every row is known */
} column;

struct hz_layer {
    char *name, *source;
    size_t rows, columns, room;
    column *column;
    hz_shapes *shapes;
    hz_crs *crs;
    char **repaired; /* by row; NULL: none was */
    hz_intake intake;
};

hz_status hz_layer_new(const char *name, size_t rows, hz_layer **out, hz_error *err)
{
    hz_layer *layer = hz_mem_new(1, sizeof *layer);
    if (layer)
        layer->name = hz_mem_text(name);
    if (!layer || !layer->name) {
        hz_mem_free(layer);
        return hz_mem_fail(err, name);
    }
    layer->rows = rows;
    layer->intake.read = rows;
    *out = layer;
    return HZ_OK;
}

static void clear_column(column *c)
{
    hz_mem_free(c->name);
    hz_mem_free(c->numbers);
    hz_mem_free(c->times);
    hz_mem_free(c->offsets);
    hz_mem_free(c->arena);
    hz_mem_free(c->marks);
    *c = (column){ 0 };
}

void hz_layer_free(hz_layer *layer)
{
    if (!layer)
        return;
    for (size_t i = 0; i < layer->columns; i++)
        clear_column(&layer->column[i]);
    hz_mem_free(layer->column);
    for (size_t r = 0; layer->repaired && r < layer->rows; r++)
        hz_mem_free(layer->repaired[r]);
    hz_mem_free(layer->repaired);
    hz_shapes_free(layer->shapes);
    hz_crs_free(layer->crs);
    hz_mem_free(layer->name);
    hz_mem_free(layer->source);
    hz_mem_free(layer);
}

const char *hz_layer_name(const hz_layer *layer) { return layer->name; }
size_t hz_layer_rows(const hz_layer *layer) { return layer->rows; }
size_t hz_layer_columns(const hz_layer *layer) { return layer->columns; }
const hz_shapes *hz_layer_shapes(const hz_layer *layer) { return layer->shapes; }
const hz_crs *hz_layer_crs(const hz_layer *layer) { return layer->crs; }
const hz_intake *hz_layer_intake(const hz_layer *layer) { return &layer->intake; }
const char *hz_layer_source(const hz_layer *layer)
{
    return layer->source ? layer->source : layer->name;
}

const char *hz_layer_column_name(const hz_layer *layer, size_t i)
{
    return layer->column[i].name;
}

hz_column_kind hz_layer_column_kind(const hz_layer *layer, size_t i)
{
    return layer->column[i].kind;
}

static bool same_ascii(const char *a, const char *b)
{
    for (;; a++, b++) {
        char x = *a >= 'A' && *a <= 'Z' ? (char)(*a + 32) : *a;
        char y = *b >= 'A' && *b <= 'Z' ? (char)(*b + 32) : *b;
        if (x != y)
            return false;
        if (!x)
            return true;
    }
}

int hz_layer_find(const hz_layer *layer, const char *name)
{
    if (!name)
        return -1;
    for (size_t i = 0; i < layer->columns; i++)
        if (strcmp(layer->column[i].name, name) == 0)
            return (int)i;
    for (size_t i = 0; i < layer->columns; i++)
        if (same_ascii(layer->column[i].name, name))
            return (int)i;
    return -1;
}

static const column *find(const hz_layer *layer, const char *name)
{
    int i = hz_layer_find(layer, name);
    return i < 0 ? NULL : &layer->column[i];
}

const double *hz_layer_numbers(const hz_layer *layer, const char *name)
{
    const column *c = find(layer, name);
    return c && c->kind == HZ_NUMBERS ? c->numbers : NULL;
}

const hz_time *hz_layer_times(const hz_layer *layer, const char *name)
{
    const column *c = find(layer, name);
    return c && c->kind == HZ_TIMES ? c->times : NULL;
}

const char *hz_layer_text_at(const hz_layer *layer, size_t i, size_t row)
{
    const column *c = &layer->column[i];
    return c->kind == HZ_TEXTS ? c->arena + c->offsets[row] : "";
}

const char *hz_layer_text(const hz_layer *layer, const char *name, size_t row)
{
    int i = hz_layer_find(layer, name);
    return i < 0 ? "" : hz_layer_text_at(layer, (size_t)i, row);
}

hz_mark hz_layer_mark(const hz_layer *layer, const char *name, size_t row)
{
    const column *c = find(layer, name);
    return c && c->marks ? (hz_mark)c->marks[row] : HZ_KNOWN;
}

hz_mark hz_layer_mark_at(const hz_layer *layer, size_t i, size_t row)
{
    const column *c = &layer->column[i];
    return c->marks ? (hz_mark)c->marks[row] : HZ_KNOWN;
}

hz_status hz_layer_value_text(const hz_layer *layer, size_t i, size_t row, char *buf,
                              size_t size)
{
    const column *c = &layer->column[i];
    char date[32];
    hz_text text = { 0 };

    if (size)
        *buf = '\0';
    if (c->marks && c->marks[row] != HZ_KNOWN)
        return HZ_OK;
    switch (c->kind) {
    case HZ_NUMBERS:
        if (isnan(c->numbers[row]))
            return HZ_OK;
        hz_text_add_double(&text, c->numbers[row]);
        break;
    case HZ_TEXTS:
        snprintf(buf, size, "%s", c->arena + c->offsets[row]);
        return HZ_OK;
    case HZ_TIMES:
        if (c->times[row] == HZ_TIME_NONE)
            return HZ_OK;
        hz_text_add(&text, hz_date_format(date, sizeof date, c->times[row]));
        break;
    }
    bool failed = text.failed;
    snprintf(buf, size, "%s", hz_text_get(&text));
    hz_text_free(&text);
    return failed ? HZ_EMEMORY : HZ_OK;
}

/* A column of this name, emptied for new values; NULL without memory. */
static column *ready_column(hz_layer *layer, const char *name)
{
    int found = -1;
    for (size_t i = 0; i < layer->columns && found < 0; i++)
        if (strcmp(layer->column[i].name, name) == 0)
            found = (int)i;
    if (found >= 0) {
        /* the name stays: callers may hold it */
        column *old = &layer->column[found];
        char *kept = old->name;
        old->name = NULL;
        clear_column(old);
        old->name = kept;
        return old;
    }
    char *copy = hz_mem_text(name);
    if (!copy)
        return NULL;
    if (layer->columns == layer->room) {
        size_t room = layer->room ? 2 * layer->room : 8;
        column *more = hz_mem_resize(layer->column, room, sizeof *more);
        if (!more) {
            hz_mem_free(copy);
            return NULL;
        }
        layer->column = more;
        layer->room = room;
    }
    column *c = &layer->column[layer->columns++];
    *c = (column){ .name = copy };
    return c;
}

/* NaN is never left without a word on why. */
static hz_status mark_missing(size_t rows, const double *values, unsigned char **marks,
                              hz_error *err)
{
    for (size_t i = 0; i < rows; i++) {
        if (!isnan(values[i]) || (*marks && (*marks)[i]))
            continue;
        if (!*marks && !(*marks = hz_mem_new(rows, 1)))
            return hz_mem_fail(err, "marks of a column");
        (*marks)[i] = HZ_UNDEFINED_MISSING;
    }
    return HZ_OK;
}

hz_status hz_layer_take_numbers(hz_layer *layer, const char *name, double **values,
                                unsigned char **marks, hz_error *err)
{
    unsigned char *mine = marks ? *marks : NULL;
    hz_status st = mark_missing(layer->rows, *values, &mine, err);
    column *c = st ? NULL : ready_column(layer, name);
    if (!c) {
        if (!marks || mine != *marks)
            hz_mem_free(mine);
        return st ? st : hz_mem_fail(err, name);
    }
    c->kind = HZ_NUMBERS;
    c->numbers = *values;
    c->marks = mine;
    *values = NULL;
    if (marks)
        *marks = NULL;
    return HZ_OK;
}

hz_status hz_layer_take_times(hz_layer *layer, const char *name, hz_time **values,
                              hz_error *err)
{
    column *c = ready_column(layer, name);
    if (!c)
        return hz_mem_fail(err, name);
    c->kind = HZ_TIMES;
    c->times = *values;
    *values = NULL;
    return HZ_OK;
}

hz_status hz_layer_take_texts(hz_layer *layer, const char *name, size_t **offsets,
                              char **arena, hz_error *err)
{
    column *c = ready_column(layer, name);
    if (!c)
        return hz_mem_fail(err, name);
    c->kind = HZ_TEXTS;
    c->offsets = *offsets;
    c->arena = *arena;
    *offsets = NULL;
    *arena = NULL;
    return HZ_OK;
}

hz_status hz_layer_add_texts(hz_layer *layer, const char *name, const char *const *texts,
                             hz_error *err)
{
    size_t total = 1; /* byte 0 is the empty text */
    for (size_t i = 0; i < layer->rows; i++)
        total += texts[i] ? strlen(texts[i]) + 1 : 0;
    size_t *offsets = hz_mem_new(layer->rows, sizeof *offsets);
    char *arena = hz_mem_new(total, 1);
    hz_status st = HZ_EMEMORY;
    if (offsets && arena) {
        size_t at = 1;
        for (size_t i = 0; i < layer->rows; i++) {
            if (!texts[i] || !*texts[i])
                continue;
            size_t n = strlen(texts[i]) + 1;
            memcpy(arena + at, texts[i], n);
            offsets[i] = at;
            at += n;
        }
        st = hz_layer_take_texts(layer, name, &offsets, &arena, err);
    } else {
        hz_mem_fail(err, name);
    }
    hz_mem_free(offsets);
    hz_mem_free(arena);
    return st;
}

hz_status hz_layer_add_word(hz_layer *layer, const char *name, const char *word, hz_error *err)
{
    /* every row may point at the one copy */
    size_t *offsets = hz_mem_new(layer->rows, sizeof *offsets);
    char *arena = hz_mem_text(word);
    hz_status st = offsets && arena ? hz_layer_take_texts(layer, name, &offsets, &arena, err)
                                    : hz_mem_fail(err, name);
    hz_mem_free(offsets);
    hz_mem_free(arena);
    return st;
}

hz_status hz_layer_add_numbers(hz_layer *layer, const char *name, const double *values,
                               hz_error *err)
{
    double *copy = hz_mem_new(layer->rows, sizeof *copy);
    if (!copy)
        return hz_mem_fail(err, name);
    if (layer->rows)
        memcpy(copy, values, layer->rows * sizeof *copy);
    hz_status st = hz_layer_take_numbers(layer, name, &copy, NULL, err);
    hz_mem_free(copy);
    return st;
}

void hz_layer_drop(hz_layer *layer, const char *name)
{
    int i = hz_layer_find(layer, name);
    if (i < 0)
        return;
    clear_column(&layer->column[i]);
    layer->columns--;
    memmove(&layer->column[i], &layer->column[i + 1],
            (layer->columns - (size_t)i) * sizeof *layer->column);
}

hz_status hz_layer_need(const hz_layer *layer, const char *name, size_t *at, hz_error *err)
{
    size_t n = hz_layer_columns(layer);
    int found = hz_layer_find(layer, name);
    if (found >= 0) {
        *at = (size_t)found;
        return HZ_OK;
    }
    const char **names = hz_mem_new(n, sizeof *names);
    if (!names)
        return hz_mem_fail(err, hz_layer_name(layer));
    hz_text list = { 0 };
    for (size_t i = 0; i < n; i++) {
        names[i] = hz_layer_column_name(layer, i);
        hz_text_addf(&list, "%s%s", i ? ", " : "", names[i]);
    }
    const char *near = hz_text_nearest(name, names, n);
    hz_status st = hz_fail(err, HZ_EUSAGE, "%s: has no column '%s'%s%s%s; its columns: %s",
                           hz_layer_name(layer), name, near ? ", nearest: '" : "",
                           near ? near : "", near ? "'" : "", n ? hz_text_get(&list) : "none");
    hz_text_free(&list);
    hz_mem_free(names);
    return st;
}

hz_status hz_layer_read_dates(hz_layer *layer, const char *name, const char *format,
                              size_t *bad, size_t *first_bad, hz_error *err)
{
    int i = hz_layer_find(layer, name);
    *bad = 0;
    *first_bad = 0;
    if (i < 0)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column '%s'", layer->name, name);
    hz_status st = hz_date_format_check(format, err);
    const column *c = &layer->column[i];
    if (st || c->kind == HZ_TIMES)
        return st;
    hz_time *times = hz_mem_new(layer->rows, sizeof *times);
    if (!times)
        return hz_mem_fail(err, name);
    for (size_t r = 0; r < layer->rows; r++) {
        char digits[40];
        const char *text = digits;
        times[r] = HZ_TIME_NONE;
        if (c->kind == HZ_NUMBERS) {
            /* 20170803 came through as a number */
            if (isnan(c->numbers[r]))
                continue;
            snprintf(digits, sizeof digits, "%.0f", c->numbers[r]);
        } else {
            text = c->arena + c->offsets[r];
        }
        size_t n = strlen(text);
        if (n && !hz_date_parse(text, n, format, &times[r]) && (*bad)++ == 0)
            *first_bad = r;
    }
    st = hz_layer_take_times(layer, layer->column[i].name, &times, err);
    hz_mem_free(times);
    return st;
}

hz_status hz_layer_take_shapes(hz_layer *layer, hz_shapes **shapes, hz_error *err)
{
    if ((*shapes)->features != layer->rows)
        return hz_fail(err, HZ_EUSAGE, "%s: %zu shapes, expected one for each of %zu rows",
                       layer->name, (*shapes)->features, layer->rows);
    hz_shapes_free(layer->shapes);
    layer->shapes = *shapes;
    *shapes = NULL;
    return HZ_OK;
}

hz_status hz_layer_take_crs(hz_layer *layer, hz_crs **crs, hz_error *err)
{
    (void)err;
    hz_crs_free(layer->crs);
    layer->crs = *crs;
    *crs = NULL;
    return HZ_OK;
}

hz_status hz_layer_to_crs(hz_layer *layer, const hz_crs *crs, hz_error *err)
{
    hz_shapes *moved = NULL;
    hz_crs *mine = NULL;
    hz_status st;

    if (!layer->crs)
        return hz_fail(err, HZ_ECRS,
                       "%s: has no reference system, expected one to transform from (--crs)",
                       layer->name);
    if (!layer->shapes || hz_crs_equal(layer->crs, crs))
        return HZ_OK;
    mine = hz_crs_copy(crs);
    if (!mine)
        return hz_mem_fail(err, layer->name);
    st = hz_crs_shapes(layer->crs, crs, layer->shapes, &moved, err);
    if (st) {
        hz_crs_free(mine);
        return st == HZ_EMEMORY ? st : hz_fail_within(err, "%s", layer->name);
    }
    hz_shapes_free(layer->shapes);
    hz_crs_free(layer->crs);
    layer->shapes = moved;
    layer->crs = mine;
    return HZ_OK;
}

void hz_layer_set_intake(hz_layer *layer, const hz_intake *intake)
{
    layer->intake = *intake;
}

const char *hz_layer_repaired(const hz_layer *layer, size_t row)
{
    return layer->repaired ? layer->repaired[row] : NULL;
}

hz_status hz_layer_set_repaired(hz_layer *layer, size_t row, const char *why, hz_error *err)
{
    char *mine = hz_mem_text(why);
    if (mine && !layer->repaired)
        layer->repaired = hz_mem_new(layer->rows, sizeof *layer->repaired);
    if (!mine || !layer->repaired) {
        hz_mem_free(mine);
        return hz_mem_fail(err, layer->name);
    }
    hz_mem_free(layer->repaired[row]);
    layer->repaired[row] = mine;
    return HZ_OK;
}

hz_status hz_layer_set_source(hz_layer *layer, const char *source, hz_error *err)
{
    char *copy = hz_mem_text(source);
    if (!copy)
        return hz_mem_fail(err, source);
    hz_mem_free(layer->source);
    layer->source = copy;
    return HZ_OK;
}

/* Copy the kept rows of one column to another layer of `rows` rows. */
static hz_status copy_column(const column *from, size_t all, const unsigned char *keep,
                             hz_layer *to, hz_error *err)
{
    unsigned char *marks = NULL;
    double *numbers = NULL;
    hz_time *times = NULL;
    size_t *offsets = NULL, at = 0;
    char *arena = NULL;
    hz_status st = HZ_EMEMORY;

    if (from->marks && !(marks = hz_mem_new(to->rows, 1)))
        goto done;
    for (size_t r = 0, k = 0; marks && r < all; r++)
        if (keep[r])
            marks[k++] = from->marks[r];
    switch (from->kind) {
    case HZ_NUMBERS:
        if (!(numbers = hz_mem_new(to->rows, sizeof *numbers)))
            goto done;
        for (size_t r = 0, k = 0; r < all; r++)
            if (keep[r])
                numbers[k++] = from->numbers[r];
        st = hz_layer_take_numbers(to, from->name, &numbers, marks ? &marks : NULL, err);
        break;
    case HZ_TIMES:
        if (!(times = hz_mem_new(to->rows, sizeof *times)))
            goto done;
        for (size_t r = 0, k = 0; r < all; r++)
            if (keep[r])
                times[k++] = from->times[r];
        st = hz_layer_take_times(to, from->name, &times, err);
        break;
    case HZ_TEXTS:
        for (size_t r = 0; r < all; r++)
            at += keep[r] ? strlen(from->arena + from->offsets[r]) + 1 : 0;
        offsets = hz_mem_new(to->rows, sizeof *offsets);
        arena = hz_mem_new(at, 1);
        if (!offsets || !arena)
            goto done;
        at = 0;
        for (size_t r = 0, k = 0; r < all; r++) {
            if (!keep[r])
                continue;
            const char *text = from->arena + from->offsets[r];
            size_t n = strlen(text) + 1;
            memcpy(arena + at, text, n);
            offsets[k++] = at;
            at += n;
        }
        st = hz_layer_take_texts(to, from->name, &offsets, &arena, err);
        break;
    }
done:
    if (st == HZ_EMEMORY)
        hz_mem_fail(err, from->name);
    hz_mem_free(marks);
    hz_mem_free(numbers);
    hz_mem_free(times);
    hz_mem_free(offsets);
    hz_mem_free(arena);
    return st;
}

hz_status hz_layer_select(const hz_layer *layer, const unsigned char *keep, hz_layer **out,
                          hz_error *err)
{
    hz_layer *made = NULL;
    size_t kept = 0;
    for (size_t r = 0; r < layer->rows; r++)
        kept += keep[r] != 0;
    hz_status st = hz_layer_new(layer->name, kept, &made, err);
    if (!st && layer->source)
        st = hz_layer_set_source(made, layer->source, err);
    if (!st)
        made->intake = layer->intake;
    for (size_t i = 0; !st && i < layer->columns; i++)
        st = copy_column(&layer->column[i], layer->rows, keep, made, err);
    if (!st && layer->crs && !(made->crs = hz_crs_copy(layer->crs)))
        st = hz_mem_fail(err, layer->name);
    if (!st && layer->shapes)
        st = hz_shapes_select(layer->shapes, keep, &made->shapes, err);
    for (size_t r = 0, to = 0; !st && r < layer->rows; to += keep[r++] != 0)
        if (keep[r] && hz_layer_repaired(layer, r))
            st = hz_layer_set_repaired(made, to, hz_layer_repaired(layer, r), err);
    if (st) {
        hz_layer_free(made);
        return st;
    }
    *out = made;
    return HZ_OK;
}

hz_status hz_layer_copy(const hz_layer *layer, hz_layer **out, hz_error *err)
{
    unsigned char *all = hz_mem_new(layer->rows, 1);
    if (!all)
        return hz_mem_fail(err, layer->name);
    memset(all, 1, layer->rows);
    hz_status st = hz_layer_select(layer, all, out, err);
    hz_mem_free(all);
    return st;
}

void hz_layer_swap(hz_layer *a, hz_layer *b)
{
    hz_layer kept = *a;
    *a = *b;
    *b = kept;
}
