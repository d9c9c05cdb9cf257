/* CSV: whatever the bytes, rows are used or refused, and what is written reads back the same. */
#include <string.h>

#include "fuzz.h"
#include "hotzone/csv.h"
#include "hotzone/mem.h"

/* What was text beside a refused row may be a number without it: ".5" and "0.5" are the same, and
 * a field of blanks is then an empty one. */
static int same_cell(const char *a, const char *b)
{
    double x, y;
    return strcmp(a, b) == 0 || strspn(a, " \t") == strlen(a) + strlen(b) || (hz_number_parse(a, strlen(a), '.', &x) &&
                                 hz_number_parse(b, strlen(b), '.', &y) && x == y);
}

static void must_agree(const hz_layer *a, const hz_layer *b)
{
    char left[300], right[300];
    fuzz_must(hz_layer_columns(a) == hz_layer_columns(b), "columns survive writing");
    fuzz_must(hz_layer_rows(a) == hz_layer_rows(b), "rows survive writing");
    for (size_t c = 0; c < hz_layer_columns(a); c++)
        for (size_t r = 0; r < hz_layer_rows(a); r++) {
            hz_layer_value_text(a, c, r, left, sizeof left);
            hz_layer_value_text(b, c, r, right, sizeof right);
            fuzz_must(same_cell(left, right), "cells survive writing");
        }
}

static void must_read_back(const hz_layer *layer)
{
    const hz_source_opts plain = { .no_shapes = true, .delimiter = ',', .decimal = '.',
                                   .encoding = "UTF-8" };
    hz_layer *again = NULL;
    hz_text text = { 0 };
    hz_error err;

    /* a row without a single value is no row for the reader, but would be one in a layer */
    for (size_t r = 0; r < hz_layer_rows(layer); r++) {
        char cell[8] = "";
        for (size_t c = 0; !*cell && c < hz_layer_columns(layer); c++)
            hz_layer_value_text(layer, c, r, cell, sizeof cell);
        if (!*cell)
            return;
    }
    fuzz_must(hz_csv_write(layer, NULL, NULL, 0, NULL, &text, &err) == HZ_OK, "layers can be written");
    const char *path = fuzz_file((const uint8_t *)hz_text_get(&text), text.length);
    hz_status st = hz_csv_read(path, &plain, &again, NULL, &err);
    fuzz_must_say_why(st, &err, 0);
    if (!st)
        must_agree(layer, again);
    hz_layer_free(again);
    hz_text_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const hz_source_opts table = { .no_shapes = true };
    hz_layer *layer = NULL;
    hz_error err;

    hz_status st = hz_csv_read(fuzz_file(data, size), NULL, &layer, NULL, &err);
    fuzz_must_say_why(st, &err, 0);
    if (!st) {
        const hz_intake *in = hz_layer_intake(layer);
        fuzz_must(in->read == hz_layer_rows(layer) + in->refused, "read = used + refused");
        fuzz_must(!in->refused == !*in->why, "refusals have a reason");
    }
    hz_layer_free(layer);
    layer = NULL;
    st = hz_csv_read(fuzz_file(data, size), &table, &layer, NULL, &err);
    fuzz_must_say_why(st, &err, 0);
    if (!st)
        must_read_back(layer);
    hz_layer_free(layer);
    return 0;
}
