/* Chooses the units that take part, and asks the kernels for I, C and G of the whole map. */
#include <math.h>

#include "hotzone/mem.h"
#include "hotzone/pattern.h"

/* Rows inside, with a value, and with people where rates are wanted. */
static size_t choose_rows(size_t n, const double *value, const double *people,
                          const unsigned char *outside, unsigned char *keep, hz_pattern_map *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        bool out_of_it = outside && outside[i];
        bool known = isfinite(value[i]);
        bool lived_in = !people || (isfinite(people[i]) && people[i] > 0);
        keep[i] = !out_of_it && known && lived_in;
        out->outside += out_of_it;
        out->missing += !out_of_it && !known;
        out->no_population += !out_of_it && known && !lived_in;
        kept += keep[i];
    }
    return kept;
}

static hz_status take_values(const hz_layer *units, const double *value, const double *people,
                             const unsigned char *keep, size_t n, double *x, hz_error *err)
{
    double *counts = NULL, *base = NULL;
    hz_status st = HZ_OK;
    size_t at = 0;
    if (people) {
        counts = hz_mem_new(n, sizeof *counts);
        base = hz_mem_new(n, sizeof *base);
        if (!counts || !base)
            st = hz_mem_fail(err, "pattern");
    }
    for (size_t i = 0; !st && people && i < hz_layer_rows(units); i++)
        if (people[i] < 0)
            st = hz_fail(err, HZ_EDATA, "%s: row %zu: %g people, expected 0 or more",
                         hz_layer_name(units), i + 1, people[i]);
    for (size_t i = 0; !st && i < hz_layer_rows(units); i++)
        if (keep[i]) {
            if (people) {
                counts[at] = value[i];
                base[at] = people[i];
            }
            x[at++] = value[i];
        }
    if (!st && people)
        st = hz_moran_rates(n, counts, base, false, x, err);
    if (!st) {
        hz_values v = hz_values_of(n, x);
        st = hz_values_check(&v, err);
    }
    hz_mem_free(counts);
    hz_mem_free(base);
    return st;
}

hz_status hz_pattern_of_map(const hz_layer *units, const char *value,
                            const unsigned char *outside, const hz_csr *links,
                            const hz_pattern_map_opts *opts, hz_pattern_map *out, hz_error *err)
{
    static const hz_pattern_map_opts usual = HZ_PATTERN_MAP_DEFAULTS;
    const hz_pattern_map_opts *o = opts ? opts : &usual;
    const double *values = hz_layer_numbers(units, value);
    const double *people = o->people ? hz_layer_numbers(units, o->people) : NULL;
    size_t n = hz_layer_rows(units);
    bool row = o->weights == HZ_WEIGHTS_ROW || o->weights == HZ_WEIGHTS_GIVEN_ROW;
    bool given = o->weights == HZ_WEIGHTS_GIVEN || o->weights == HZ_WEIGHTS_GIVEN_ROW;
    hz_pattern_map found = { .units = n, .rates = o->people != NULL, .weights = o->weights,
                             .seed = o->seed };
    unsigned char *keep = NULL;
    double *x = NULL;
    hz_csr *linked = NULL;
    hz_status st;

    if (!values || (o->people && !people))
        return hz_fail(err, HZ_EUSAGE, "%s: has no column of numbers '%s'", hz_layer_name(units),
                       values ? o->people : value);
    keep = hz_mem_new(n, 1);
    x = hz_mem_new(n, sizeof *x);
    st = keep && x ? HZ_OK : hz_mem_fail(err, "pattern");
    if (st)
        goto done;
    size_t kept = choose_rows(n, values, people, outside, keep, &found);
    st = take_values(units, values, people, keep, kept, x, err);
    if (!st)
        st = hz_csr_select(links, keep, &linked, err);
    if (st)
        goto done;
    if (!given) {
        hz_mem_free(linked->weight);
        linked->weight = NULL;
    }
    found.links = linked->first[kept];
    st = hz_moran_global(kept, x, linked, row, &found.found, err);
    if (!st)
        st = hz_moran_permute(kept, x, linked, row, o->permutations, o->seed, &found.null, err);
    if (!st)
        *out = found;
done:
    if (st)
        hz_fail_within(err, "%s", hz_layer_name(units));
    hz_csr_free(linked);
    hz_mem_free(keep);
    hz_mem_free(x);
    return st;
}
