/* Class limits for a map: by quantiles, by Fisher's optimum, in equal steps, given, or around a
 * reference. */
#include "hotzone/breaks.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "hotzone/mem.h"
#include "num/fisher.h"
#include "num/roundest.h"

/* The known values in rising order, and how often each distinct one occurs. */
typedef struct {
    size_t n, distinct;
    double *sorted; /* n */
    double *value;  /* distinct */
    double *weight; /* distinct */
} sample;

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void sample_free(sample *s)
{
    hz_mem_free(s->sorted);
    hz_mem_free(s->value);
    hz_mem_free(s->weight);
}

static hz_status sample_take(size_t n, const double *values, sample *s, hz_error *err)
{
    s->sorted = hz_mem_new(n, sizeof *s->sorted);
    s->value = hz_mem_new(n, sizeof *s->value);
    s->weight = hz_mem_new(n, sizeof *s->weight);
    if (!s->sorted || !s->value || !s->weight)
        return hz_mem_fail(err, "class limits");
    for (size_t i = 0; i < n; i++) {
        if (isnan(values[i]))
            continue;
        if (!(fabs(values[i]) <= 1e150)) /* squares must stay finite */
            return hz_fail(err, HZ_EDATA, "class limits: value %zu is %g, expected a number of "
                           "at most 1e150 in size", i + 1, values[i]);
        s->sorted[s->n++] = values[i] + 0.0; /* no -0 */
    }
    if (s->n == 0)
        return hz_fail(err, HZ_EDATA, "class limits: none of %zu values is known, expected at "
                       "least one", n);
    qsort(s->sorted, s->n, sizeof *s->sorted, compare);
    for (size_t i = 0; i < s->n; i++) {
        if (i == 0 || s->sorted[i] != s->sorted[i - 1])
            s->value[s->distinct++] = s->sorted[i];
        s->weight[s->distinct - 1]++;
    }
    return HZ_OK;
}

/* How many of n rising values are under a limit. */
static size_t under(size_t n, const double *rising, double limit)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rising[middle] < limit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Halfway between two neighbouring distinct values, never so near the lower as to equal it. */
static double limit_before(const sample *s, size_t distinct)
{
    double a = s->value[distinct - 1], b = s->value[distinct], middle = a + (b - a) / 2;
    return middle > a ? middle : b;
}

/* Hyndman & Fan's (1996) type 7, the default of R and NumPy. */
static double quantile(const sample *s, size_t c, size_t k)
{
    size_t steps = (s->n - 1) * c, below = steps / k;
    double part = (double)(steps % k) / (double)k;
    double a = s->sorted[below];
    return part > 0 ? a + part * (s->sorted[below + 1] - a) : a;
}

/* Are these limits rising, with a value on both sides of each and between any two? */
static bool every_class_filled(const sample *s, size_t k, const double *limits)
{
    size_t before = 0;
    for (size_t c = 0; c + 1 < k; c++) {
        size_t now = under(s->distinct, s->value, limits[c]);
        if (now <= before || now >= s->distinct)
            return false;
        before = now;
    }
    return true;
}

/* Each class in turn takes the share of what is left that is nearest to an equal one, whole
 * groups of equal values at a time, leaving a distinct value for each class to come. */
static void share_out(const sample *s, size_t k, double *limits)
{
    double left = (double)s->n;
    size_t d = 0;
    for (size_t c = 0; c + 1 < k; c++) {
        double want = left / (double)(k - c), got = s->weight[d++];
        while (s->distinct - d > k - 1 - c
               && fabs(got + s->weight[d] - want) <= fabs(got - want))
            got += s->weight[d++];
        limits[c] = limit_before(s, d);
        left -= got;
    }
}

static void by_quantile(const sample *s, size_t k, double *limits)
{
    for (size_t c = 1; c < k; c++)
        limits[c - 1] = quantile(s, c, k);
    if (!every_class_filled(s, k, limits))
        share_out(s, k, limits);
}

static hz_status by_fisher(const sample *s, size_t k, double *limits, hz_error *err)
{
    size_t cuts[HZ_CLASSES_MAX];
    hz_status st = hz_fisher_cuts(s->distinct, s->value, s->weight, k, cuts, err);
    for (size_t c = 0; !st && c + 1 < k; c++)
        limits[c] = limit_before(s, cuts[c]);
    return st;
}

/* Equal steps from the least to the greatest value; steps too small for a double fall away. */
static size_t by_equal_steps(const sample *s, size_t k, double *limits)
{
    double low = s->value[0], high = s->value[s->distinct - 1];
    size_t classes = 1;
    for (size_t c = 1; c < k; c++) {
        double part = (double)c / (double)k, limit = low + (high - low) * part;
        if (limit > (classes > 1 ? limits[classes - 2] : low) && limit <= high)
            limits[classes++ - 1] = limit;
    }
    return classes;
}

static hz_status by_fixed(size_t k, const double *fixed, double *limits, hz_error *err)
{
    for (size_t c = 0; c + 1 < k; c++) {
        if (!isfinite(fixed[c]) || (c > 0 && !(fixed[c] > fixed[c - 1])))
            return hz_fail(err, HZ_EUSAGE, "class limits: fixed limit %zu is %g after %g, "
                           "expected rising limits", c + 1, fixed[c], c ? fixed[c - 1] : -INFINITY);
        limits[c] = fixed[c] + 0.0;
    }
    return HZ_OK;
}

/* An odd number of classes has the reference inside its middle one, an even one as a limit. */
static hz_status by_reference(size_t k, double reference, double *limits, hz_error *err)
{
    static const double step[] = { 1.25, 1.5, 2 };
    if (!(reference > 0) || isinf(reference))
        return hz_fail(err, HZ_EUSAGE, "class limits: the reference is %g, expected a number "
                       "over 0", reference);
    size_t arms = (k - 1) / 2, inner = k - 1;
    for (size_t c = 0; c < arms; c++) {
        limits[c] = reference / step[arms - 1 - c];
        limits[inner - 1 - c] = reference * step[arms - 1 - c];
    }
    if (inner % 2)
        limits[arms] = reference;
    return HZ_OK;
}

/* Quantile and Fisher limits may stand anywhere between two values; equal steps and ratios to a
 * reference mean something themselves, so they move no further than this. */
static double leeway(hz_breaks_method method, const sample *s, size_t k, double limit)
{
    if (method == HZ_EQUAL)
        return 0.05 * (s->value[s->distinct - 1] - s->value[0]) / (double)k;
    return method == HZ_REFERENCE ? 0.02 * limit : INFINITY;
}

static void make_round(hz_breaks_method method, const sample *s, size_t k, double *limits)
{
    for (size_t c = 0; c + 1 < k; c++) {
        double at = limits[c], free = leeway(method, s, k, at);
        size_t above = under(s->distinct, s->value, at);
        double low = above > 0 ? s->value[above - 1] : -INFINITY;
        double high = above < s->distinct ? s->value[above] : INFINITY;
        double aim = isinf(free) ? low + (high - low) / 2 : at;
        limits[c] = hz_roundest(fmax(low, at - free), fmin(high, at + free), aim);
    }
}

/* The fewest decimals that write the limits exactly; where they are no short decimals, the
 * fewest that still put every value in its class. */
static int decimals_of(const sample *s, size_t k, const double *limits)
{
    int exact = hz_roundest_decimals(k - 1, limits);
    if (exact >= 0 && exact <= 9)
        return exact;
    int need = 0;
    for (size_t c = 0; c + 1 < k; c++) {
        char text[400];
        do
            snprintf(text, sizeof text, "%.*f", need, limits[c]);
        while (under(s->distinct, s->value, strtod(text, NULL))
                   != under(s->distinct, s->value, limits[c])
               && ++need < 15);
    }
    return need;
}

/* Count the values of each class, and the share of their variance that lies between classes. */
static void describe(const sample *s, hz_breaks *b)
{
    double sum[HZ_CLASSES_MAX] = { 0 }, total = 0, mean = 0, inside = 0, all = 0;
    for (size_t i = 0; i < s->distinct; i++) {
        size_t c = (size_t)hz_breaks_class(b, s->value[i]);
        b->count[c] += (size_t)s->weight[i];
        sum[c] += s->weight[i] * (s->value[i] - s->value[0]);
        total += s->weight[i] * (s->value[i] - s->value[0]);
    }
    mean = total / (double)s->n;
    for (size_t i = 0; i < s->distinct; i++) {
        size_t c = (size_t)hz_breaks_class(b, s->value[i]);
        double from_low = s->value[i] - s->value[0];
        double off = from_low - mean, near = from_low - sum[c] / (double)b->count[c];
        all += s->weight[i] * off * off;
        inside += s->weight[i] * near * near;
    }
    b->fit = all > 0 ? fmax(0, 1 - inside / all) : 1;
    b->low = s->value[0];
    b->high = s->value[s->distinct - 1];
}

hz_status hz_breaks_find(hz_breaks_method method, size_t wanted, bool round, size_t n,
                         const double *values, const double *fixed, hz_breaks *out,
                         hz_error *err)
{
    sample s = { 0 };
    hz_breaks b = { 0 };
    hz_status st;
    bool given = method == HZ_FIXED || method == HZ_REFERENCE;
    if (wanted < 1 || wanted > HZ_CLASSES_MAX)
        return hz_fail(err, HZ_EUSAGE, "class limits: %zu classes wanted, expected 1 to %d",
                       wanted, HZ_CLASSES_MAX);
    if (given && wanted > 1 && !fixed)
        return hz_fail(err, HZ_EUSAGE, "class limits: no limits or reference given, expected "
                       "%s", method == HZ_FIXED ? "rising limits" : "a number over 0");
    st = sample_take(n, values, &s, err);
    if (st)
        goto done;
    b.classes = !given && s.distinct < wanted ? s.distinct : wanted;
    if (b.classes == 1)
        ;
    else if (method == HZ_QUANTILE)
        by_quantile(&s, b.classes, b.limits);
    else if (method == HZ_FISHER)
        st = by_fisher(&s, b.classes, b.limits, err);
    else if (method == HZ_EQUAL)
        b.classes = by_equal_steps(&s, b.classes, b.limits);
    else if (method == HZ_FIXED)
        st = by_fixed(b.classes, fixed, b.limits, err);
    else
        st = by_reference(b.classes, fixed[0], b.limits, err);
    if (st)
        goto done;
    if (round && method != HZ_FIXED)
        make_round(method, &s, b.classes, b.limits);
    b.decimals = decimals_of(&s, b.classes, b.limits);
    describe(&s, &b);
    *out = b;
done:
    sample_free(&s);
    return st;
}

int hz_breaks_class(const hz_breaks *breaks, double value)
{
    int c = 0;
    if (isnan(value))
        return -1;
    while ((size_t)c + 1 < breaks->classes && value >= breaks->limits[c])
        c++;
    return c;
}
