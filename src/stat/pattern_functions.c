/* K and L as a table, for charts. */
#include <math.h>

#include "hotzone/mem.h"
#include "hotzone/pattern.h"

const char *const *hz_pattern_function_columns(void)
{
    static const char *const names[HZ_PATTERN_FUNCTION_COLUMNS] = {
        "function", "r_m", "k_none", "k_translation", "k_isotropic", "l", "expected", "low", "high"
    };
    return names;
}

/* One column of both functions, one under the other. */
static hz_status add_column(hz_layer *table, const char *name, const double *k, const double *cross,
                            size_t rows, hz_error *err)
{
    size_t n = (k && cross ? 2 : 1) * rows;
    double *values = hz_mem_new(n, sizeof *values);
    if (!values)
        return hz_mem_fail(err, "K function");
    for (size_t i = 0; i < n; i++)
        values[i] = k ? (i < rows ? k[i] : cross[i - rows]) : cross[i];
    hz_status st = hz_layer_take_numbers(table, name, &values, NULL, err);
    hz_mem_free(values);
    return st;
}

hz_status hz_pattern_functions(const hz_pattern_points *p, hz_layer **out, hz_error *err)
{
    const hz_pattern_k *k = &p->k, *c = &p->cross;
    size_t rows = p->steps + 1, parts = (size_t)(k->r != NULL) + (c->r != NULL);
    hz_layer *table = NULL;
    const char **words = NULL;
    if (parts == 0) {
        *out = NULL;
        return HZ_OK;
    }
    const double *const of_k[] = { k->r, k->none, k->translation, k->isotropic, k->l, k->centre,
                                   k->low, k->high };
    const double *const of_c[] = { c->r, c->none, c->translation, c->isotropic, c->l, c->centre,
                                   c->low, c->high };
    hz_status st = hz_layer_new("functions", parts * rows, &table, err);
    words = hz_mem_new(parts * rows, sizeof *words);
    if (!st && !words)
        st = hz_mem_fail(err, "K function");
    for (size_t i = 0; !st && i < parts * rows; i++)
        words[i] = k->r && i < rows ? "k" : "cross";
    if (!st)
        st = hz_layer_add_texts(table, "function", words, err);
    for (size_t i = 0; !st && i < sizeof of_k / sizeof *of_k; i++)
        st = add_column(table, hz_pattern_function_columns()[i + 1], of_k[i], of_c[i], rows, err);
    if (!st) {
        *out = table;
        table = NULL;
    }
    hz_mem_free(words);
    hz_layer_free(table);
    return st;
}
