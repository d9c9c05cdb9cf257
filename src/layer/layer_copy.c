/* Layers of some rows of another, or of all. */
#include "layer/layer_parts.h"

#include <string.h>

#include "hotzone/mem.h"

/* Copy the kept rows of one column to another layer of `rows` rows. */
static hz_status copy_column(const layer_column *from, size_t all, const unsigned char *keep,
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

hz_status hz_layer_copy_to_crs(const hz_layer *layer, const hz_crs *crs, hz_layer **out,
                               hz_error *err)
{
    hz_layer *copy = NULL;
    hz_status st = hz_layer_copy(layer, &copy, err);
    if (!st && crs && copy->crs)
        st = hz_layer_to_crs(copy, crs, err);
    if (st)
        hz_layer_free(copy);
    else
        *out = copy;
    return st;
}

void hz_layer_swap(hz_layer *a, hz_layer *b)
{
    hz_layer kept = *a;
    *a = *b;
    *b = kept;
}
