/* Products of neighbours' departures from the mean, and their moments. */
#include "hotzone/moran.h"

#include <math.h>

#include "hotzone/mem.h"

hz_local hz_moran_local(const hz_values *v, const hz_csr *csr, size_t unit, bool row)
{
    hz_row r = hz_row_of(csr, unit, false, row);
    double n = (double)v->n, m2 = v->squares / n, z = v->x[unit] - v->mean;
    double lag = r.scale * hz_row_sum(csr, unit, v->x) - r.sum * v->mean;
    double spread = r.squares - r.sum * r.sum / (n - 1);
    hz_local out = { z / m2 * lag, -z * z * r.sum / ((n - 1) * m2), NAN };
    double others =
        m2 - z * z / (n - 1); /* their spread; equal others leave nothing but rounding */
    if (n > 2 && z != 0 && spread > 1e-12 * r.squares && others > 1e-12 * m2)
        out.sd = fabs(z) / m2 * sqrt(n / (n - 2) * spread * others);
    return out;
}

typedef struct {
    double s0, s1, s2;
    double cross, squares, products; /* sum w z z, w (x - x)^2, w x x */
} sums;

/* The weight of the link back, 0 if there is none. */
static double weight_back(const hz_csr *csr, const double *scale, size_t from, size_t to)
{
    size_t low = csr->first[from], high = csr->first[from + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (csr->neighbour[middle] < to)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == csr->first[from + 1] || csr->neighbour[low] != to)
        return 0;
    return scale[from] * (csr->weight ? csr->weight[low] : 1);
}

/* `in` gathers what links to each unit; `scale` divides each row by its sum where asked. */
static sums add_links(const hz_csr *csr, const double *x, double mean, const double *scale,
                      double *in)
{
    sums s = { 0 };
    for (size_t i = 0; i < csr->n; i++)
        for (size_t l = csr->first[i]; l < csr->first[i + 1]; l++) {
            size_t j = csr->neighbour[l];
            double w = scale[i] * (csr->weight ? csr->weight[l] : 1);
            double back = weight_back(csr, scale, j, i), gap = x[i] - x[j];
            /* half of (w_ij + w_ji)^2 over both orders; a link one way is met but once */
            s.s1 += back > 0 ? (w + back) * (w + back) / 2 : w * w;
            s.s0 += w;
            in[i] += w;
            in[j] += w;
            s.cross += w * (x[i] - mean) * (x[j] - mean);
            s.squares += w * gap * gap;
            s.products += w * x[i] * x[j];
        }
    for (size_t i = 0; i < csr->n; i++)
        s.s2 += in[i] * in[i];
    return s;
}

static hz_global moran_of(double n, double m2, double b2, const sums *s)
{
    hz_global g = { s->cross / (s->s0 * m2), -1 / (n - 1), 0, 0 };
    double s00 = s->s0 * s->s0, e2 = g.expected * g.expected;
    g.normality = (n * n * s->s1 - n * s->s2 + 3 * s00) / (s00 * (n * n - 1)) - e2;
    g.randomisation = (n * ((n * n - 3 * n + 3) * s->s1 - n * s->s2 + 3 * s00) -
                       b2 * (n * (n - 1) * s->s1 - 2 * n * s->s2 + 6 * s00)) /
                      ((n - 1) * (n - 2) * (n - 3) * s00) - e2;
    return g;
}

static hz_global geary_of(double n, double m2, double b2, const sums *s)
{
    double s00 = s->s0 * s->s0;
    hz_global g = { (n - 1) * s->squares / (2 * s->s0 * n * m2), 1, 0, 0 };
    g.normality = ((2 * s->s1 + s->s2) * (n - 1) - 4 * s00) / (2 * (n + 1) * s00);
    g.randomisation = ((n - 1) * s->s1 * (n * n - 3 * n + 3 - (n - 1) * b2) -
                       (n - 1) * s->s2 * (n * n + 3 * n - 6 - (n * n - n + 2) * b2) / 4 +
                       s00 * (n * n - 3 - (n - 1) * (n - 1) * b2)) /
                      (n * (n - 2) * (n - 3) * s00);
    return g;
}

/* Moments of the general G (Getis & Ord 1992) by way of z = x - mean: sum w x x is a constant, mean
 * times a linear sum of z, and sum w z z, whose variance is Moran's.  In powers of x itself they
 * cancel where values differ by little. */
static hz_global general_of(const hz_values *v, double third, double moran_variance,
                            const sums *s)
{
    double n = (double)v->n, s00 = s->s0 * s->s0, total = v->mean * n;
    double pairs = total * total - (v->squares + total * v->mean);
    hz_global g = { s->products / pairs, s->s0 / (n * (n - 1)), NAN, NAN };
    double linear = (s->s2 - 4 * s00 / n) * v->squares / (n - 1);
    double both = third * (2 * (2 * s00 - s->s2) / (n - 2) - s->s2) / (n * (n - 1));
    double square = moran_variance * s00 * (v->squares / n) * (v->squares / n);
    g.randomisation = (v->mean * v->mean * linear + 2 * v->mean * both + square) / (pairs * pairs);
    return g;
}

/* Values are scaled by the greatest first, so that fourth powers stay finite. */
static hz_global general_or_none(const hz_values *v, double moran_variance, const sums *s)
{
    const hz_global none = { NAN, NAN, NAN, NAN };
    double third = 0, greatest = 0;
    size_t above = 0;
    for (size_t i = 0; i < v->n; i++) {
        if (v->x[i] < 0)
            return none;
        above += v->x[i] > 0;
        greatest = fmax(greatest, v->x[i]);
    }
    if (above < 2) /* no pair has a product */
        return none;
    hz_values part = { v->n, NULL, v->mean / greatest, v->squares / greatest / greatest };
    sums scaled = *s;
    scaled.products /= greatest * greatest;
    for (size_t i = 0; i < v->n; i++)
        third += pow((v->x[i] - v->mean) / greatest, 3);
    return general_of(&part, third, moran_variance, &scaled);
}

/* All units have neighbours here. */
static hz_status associate(size_t n, const double *x, const hz_csr *csr, bool row,
                           hz_association *out, hz_error *err)
{
    hz_values v = hz_values_of(n, x);
    double *scale = hz_mem_new(n, sizeof *scale), *in = hz_mem_new(n, sizeof *in), fourth = 0;
    hz_status st = HZ_OK;

    if (!scale || !in) {
        st = hz_mem_fail(err, "Moran's I");
        goto done;
    }
    if (n < 4 || !(v.squares > 0)) {
        st = hz_fail(err, HZ_EDATA, "Moran's I: %zu units with neighbours%s, expected 4 or more, "
                     "not all equal", n, n < 4 ? "" : ", their values all equal");
        goto done;
    }
    for (size_t i = 0; i < n; i++) {
        scale[i] = hz_row_of(csr, i, false, row).scale;
        fourth += pow((x[i] - v.mean) / sqrt(v.squares), 4);
    }
    sums s = add_links(csr, x, v.mean, scale, in);
    double m = (double)n, m2 = v.squares / m, b2 = fourth * m;
    out->moran = moran_of(m, m2, b2, &s);
    out->geary = geary_of(m, m2, b2, &s);
    out->general = general_or_none(&v, out->moran.randomisation, &s);
    out->s0 = s.s0;
    out->s1 = s.s1;
    out->s2 = s.s2;
    out->used = n;
done:
    hz_mem_free(scale);
    hz_mem_free(in);
    return st;
}

hz_status hz_moran_global(size_t n, const double *x, const hz_csr *csr, bool row,
                          hz_association *out, hz_error *err)
{
    unsigned char *keep = hz_mem_new(n, 1);
    double *values = hz_mem_new(n, sizeof *values);
    hz_csr *linked = NULL;
    hz_association found = { 0 };
    size_t used = 0;
    hz_status st = keep && values ? HZ_OK : hz_mem_fail(err, "Moran's I");

    for (size_t i = 0; !st && i < n; i++)
        for (size_t l = csr->first[i]; l < csr->first[i + 1]; l++)
            keep[i] = keep[csr->neighbour[l]] = 1;
    for (size_t i = 0; !st && i < n; i++)
        if (keep[i])
            values[used++] = x[i];
    if (!st)
        st = hz_csr_select(csr, keep, &linked, err);
    if (!st)
        st = associate(used, values, linked, row, &found, err);
    if (!st) {
        found.islands = n - used;
        *out = found;
    }
    hz_csr_free(linked);
    hz_mem_free(keep);
    hz_mem_free(values);
    return st;
}

hz_status hz_moran_rates(size_t n, const double *x, const double *people, bool floored,
                         double *z, hz_error *err)
{
    double events = 0, base = 0, spread = 0;
    for (size_t i = 0; i < n; i++) {
        if (!(people[i] > 0) || !(x[i] >= 0))
            return hz_fail(err, HZ_EDATA, "unit %zu: %g events of a population of %g, expected "
                           "events >= 0 and a population over 0", i + 1, x[i], people[i]);
        events += x[i];
        base += people[i];
    }
    if (!(events > 0))
        return hz_fail(err, HZ_EDATA, "no events, expected some for a rate");
    double b = events / base;
    for (size_t i = 0; i < n; i++)
        spread += people[i] * pow(x[i] / people[i] - b, 2);
    double a = spread / base - b * (double)n / base;
    if (floored && a < 0)
        a = 0;
    for (size_t i = 0; i < n; i++) {
        double v = a + b / people[i];
        z[i] = (x[i] / people[i] - b) / sqrt(v > 0 ? v : b / people[i]);
    }
    return HZ_OK;
}
