/* A table of typed columns with shapes: what every stage takes and gives. */
#include "layer/layer_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/text.h"

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

void layer_column_clear(layer_column *c)
{
    hz_mem_free(c->name);
    hz_mem_free(c->numbers);
    hz_mem_free(c->times);
    hz_mem_free(c->offsets);
    hz_mem_free(c->arena);
    hz_mem_free(c->marks);
    *c = (layer_column){ 0 };
}

void hz_layer_free(hz_layer *layer)
{
    if (!layer)
        return;
    for (size_t i = 0; i < layer->columns; i++)
        layer_column_clear(&layer->column[i]);
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

static const layer_column *find(const hz_layer *layer, const char *name)
{
    int i = hz_layer_find(layer, name);
    return i < 0 ? NULL : &layer->column[i];
}

const double *hz_layer_numbers(const hz_layer *layer, const char *name)
{
    const layer_column *c = find(layer, name);
    return c && c->kind == HZ_NUMBERS ? c->numbers : NULL;
}

const hz_time *hz_layer_times(const hz_layer *layer, const char *name)
{
    const layer_column *c = find(layer, name);
    return c && c->kind == HZ_TIMES ? c->times : NULL;
}

const char *hz_layer_text_at(const hz_layer *layer, size_t i, size_t row)
{
    const layer_column *c = &layer->column[i];
    return c->kind == HZ_TEXTS ? c->arena + c->offsets[row] : "";
}

const char *hz_layer_text(const hz_layer *layer, const char *name, size_t row)
{
    int i = hz_layer_find(layer, name);
    return i < 0 ? "" : hz_layer_text_at(layer, (size_t)i, row);
}

hz_mark hz_layer_mark(const hz_layer *layer, const char *name, size_t row)
{
    const layer_column *c = find(layer, name);
    return c && c->marks ? (hz_mark)c->marks[row] : HZ_KNOWN;
}

hz_mark hz_layer_mark_at(const hz_layer *layer, size_t i, size_t row)
{
    const layer_column *c = &layer->column[i];
    return c->marks ? (hz_mark)c->marks[row] : HZ_KNOWN;
}

hz_status hz_layer_value_text(const hz_layer *layer, size_t i, size_t row, char *buf,
                              size_t size)
{
    const layer_column *c = &layer->column[i];
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
