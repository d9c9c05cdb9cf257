/* Columns of a layer are made, replaced, read as dates and dropped. */
#include "layer/layer_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/mem.h"

/* A column of this name, emptied for new values; NULL without memory. */
static layer_column *ready_column(hz_layer *layer, const char *name)
{
    int found = -1;
    for (size_t i = 0; i < layer->columns && found < 0; i++)
        if (strcmp(layer->column[i].name, name) == 0)
            found = (int)i;
    if (found >= 0) {
        /* the name stays: callers may hold it */
        layer_column *old = &layer->column[found];
        char *kept = old->name;
        old->name = NULL;
        layer_column_clear(old);
        old->name = kept;
        return old;
    }
    char *copy = hz_mem_text(name);
    if (!copy)
        return NULL;
    if (layer->columns == layer->room) {
        size_t room = layer->room ? 2 * layer->room : 8;
        layer_column *more = hz_mem_resize(layer->column, room, sizeof *more);
        if (!more) {
            hz_mem_free(copy);
            return NULL;
        }
        layer->column = more;
        layer->room = room;
    }
    layer_column *c = &layer->column[layer->columns++];
    *c = (layer_column){ .name = copy };
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
    layer_column *c = st ? NULL : ready_column(layer, name);
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
    layer_column *c = ready_column(layer, name);
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
    layer_column *c = ready_column(layer, name);
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
    layer_column_clear(&layer->column[i]);
    layer->columns--;
    memmove(&layer->column[i], &layer->column[i + 1],
            (layer->columns - (size_t)i) * sizeof *layer->column);
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
    const layer_column *c = &layer->column[i];
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
