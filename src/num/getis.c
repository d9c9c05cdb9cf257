/* Local sums and their moments under randomisation. */
#include "hotzone/getis.h"

#include <math.h>

hz_values hz_values_of(size_t n, const double *x)
{
    hz_values v = { n, x, 0, 0 };
    double sum = 0, rest = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    v.mean = n ? sum / (double)n : 0;
    for (size_t i = 0; i < n; i++)
        rest += x[i] - v.mean;
    v.mean += n ? rest / (double)n : 0;
    for (size_t i = 0; i < n; i++)
        v.squares += (x[i] - v.mean) * (x[i] - v.mean);
    return v;
}

hz_status hz_values_check(const hz_values *v, hz_error *err)
{
    double greatest = 0;
    for (size_t i = 0; i < v->n; i++)
        greatest = fmax(greatest, fabs(v->x[i]));
    if (greatest > 1e100 || (greatest > 0 && greatest < 1e-100))
        return hz_fail(err, HZ_EDATA, "values reach %.3g, expected 1e-100 to 1e100", greatest);
    /* what is left of equal values by rounding is no spread */
    if (!(v->squares > 1e-28 * greatest * greatest * (double)v->n))
        return hz_fail(err, HZ_EDATA, "all %zu values are equal, expected some that differ", v->n);
    return HZ_OK;
}

hz_row hz_row_of(const hz_csr *csr, size_t unit, bool self, bool row)
{
    hz_row r = { 0, 0, 1, 0 };
    size_t k = hz_csr_count(csr, unit);
    double greatest = 0;
    if (csr->weight) {
        for (size_t l = csr->first[unit]; l < csr->first[unit + 1]; l++) {
            r.sum += csr->weight[l];
            r.squares += csr->weight[l] * csr->weight[l];
            greatest = fmax(greatest, csr->weight[l]);
        }
    } else {
        r.sum = r.squares = (double)k;
        greatest = 1;
    }
    if (self) {
        r.own = k ? greatest : 1;
        r.sum += r.own;
        r.squares += r.own * r.own;
    }
    if (row && r.sum > 0) {
        r.scale = 1 / r.sum;
        r.own *= r.scale;
        r.squares *= r.scale * r.scale;
        r.sum = 1;
    }
    return r;
}

double hz_row_sum(const hz_csr *csr, size_t unit, const double *x)
{
    double sum = 0;
    if (csr->weight)
        for (size_t l = csr->first[unit]; l < csr->first[unit + 1]; l++)
            sum += csr->weight[l] * x[csr->neighbour[l]];
    else
        for (size_t l = csr->first[unit]; l < csr->first[unit + 1]; l++)
            sum += x[csr->neighbour[l]];
    return sum;
}

/* m draws without replacement, weighted: variance of the sum is s^2 (m S1 - W^2) / (m - 1), where
 * s^2 is the values' variance by m. */
static double sum_sd(double m, double squares, const hz_row *r)
{
    double spread = m * r->squares - r->sum * r->sum;
    if (!(m > 1) || !(squares > 0) || !(spread > 1e-12 * m * r->squares))
        return NAN;
    return sqrt(squares / m * spread / (m - 1));
}

hz_local hz_getis_local(const hz_values *v, const hz_csr *csr, size_t unit, bool self, bool row)
{
    hz_row r = hz_row_of(csr, unit, self, row);
    double n = (double)v->n, z = v->x[unit] - v->mean;
    hz_local out = { r.scale * hz_row_sum(csr, unit, v->x), 0, 0 };
    if (self) {
        out.statistic += r.own * v->x[unit];
        out.expected = r.sum * v->mean;
        out.sd = sum_sd(n, v->squares, &r);
    } else {
        /* mean and squares of the others */
        out.expected = r.sum * (v->mean - z / (n - 1));
        double squares = v->squares - z * z * n / (n - 1);
        /* others that are all equal leave nothing but rounding */
        out.sd = sum_sd(n - 1, squares > 1e-12 * v->squares ? squares : 0, &r);
    }
    return out;
}
