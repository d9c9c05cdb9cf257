/* Scan windows: their likelihood ratio, the order places enter in, and the best on given data. */
#include "hotzone/scan.h"

#include <math.h>
#include <string.h>

/* Squared distances closer than this are the same: they differ by rounding only. */
static const double same_distance = 1 + 2e-9;

double hz_scan_llr(double c, double expected, double total)
{
    if (!(c > expected) || !(expected < total))
        return 0;
    double rest = total - c;
    double inside = c * log(c / expected);
    return rest > 0 ? inside + rest * log(rest / (total - expected)) : inside;
}

hz_scan_metric hz_scan_ellipse(double ratio, double angle_rad)
{
    double c = cos(angle_rad), s = sin(angle_rad);
    return (hz_scan_metric){ c / ratio, s / ratio, -s, c };
}

enum { DIGIT_BITS = 8, DIGITS = 1 << DIGIT_BITS, PASSES = 4 };

/* By key, least digit first; equal keys keep their order.  Returns a or b, where the result is. */
static hz_scan_near *sort_by_key(size_t n, hz_scan_near *a, hz_scan_near *b)
{
    uint32_t start[PASSES][DIGITS];
    memset(start, 0, sizeof start);
    for (size_t i = 0; i < n; i++)
        for (int pass = 0; pass < PASSES; pass++)
            start[pass][a[i].key >> (pass * DIGIT_BITS) & (DIGITS - 1)]++;
    for (int pass = 0; pass < PASSES && n > 0; pass++) {
        uint32_t *at = start[pass], sum = 0;
        if (at[a[0].key >> (pass * DIGIT_BITS) & (DIGITS - 1)] == n)
            continue; /* all have the same digit */
        for (size_t d = 0; d < DIGITS; d++) {
            uint32_t here = at[d];
            at[d] = sum;
            sum += here;
        }
        for (size_t i = 0; i < n; i++)
            b[at[a[i].key >> (pass * DIGIT_BITS) & (DIGITS - 1)]++] = a[i];
        hz_scan_near *swap = a;
        a = b;
        b = swap;
    }
    return a;
}

/* A distance rounded to float sorts as its bits do; what it leaves equal is put right after. */
static uint32_t key_of(double d2)
{
    float f = (float)d2;
    uint32_t key;
    memcpy(&key, &f, sizeof key);
    return key;
}

static void settle(size_t n, hz_scan_near *near)
{
    for (size_t i = 1; i < n; i++) {
        hz_scan_near moving = near[i];
        size_t k = i;
        for (; k > 0 && near[k - 1].d2 > moving.d2; k--)
            near[k] = near[k - 1];
        near[k] = moving;
    }
}

size_t hz_scan_order(size_t first, size_t last, const double x[], const double y[],
                     const double base[], size_t centre, hz_scan_metric m, double most_base,
                     double most_distance, hz_scan_near scratch[], uint32_t order[])
{
    double most_d2 = most_distance * most_distance * same_distance, sum = 0;
    size_t near_count = 0, whole = 0;
    for (size_t i = first; i < last; i++) {
        double dx = x[i] - x[centre], dy = y[i] - y[centre];
        double a = m.ax * dx + m.ay * dy, b = m.bx * dx + m.by * dy, d2 = a * a + b * b;
        scratch[near_count] = (hz_scan_near){ d2, key_of(d2), (uint32_t)i };
        near_count += d2 <= most_d2;
    }
    hz_scan_near *near = sort_by_key(near_count, scratch, scratch + (last - first));
    settle(near_count, near);
    for (size_t i = 0, end; i < near_count; i = end) {
        for (end = i; end < near_count && near[end].d2 <= near[i].d2 * same_distance; end++) {
            order[end] = near[end].place;
            sum += base[near[end].place];
        }
        if (sum > most_base * (1 + 1e-12))
            break;
        order[end - 1] |= HZ_SCAN_END;
        whole = end;
    }
    return whole;
}

/* The best span of time steps for a circle that holds `inside` events. */
static void best_span(const hz_scan_frame *f, const uint32_t *per_step, double inside,
                      double penalty, size_t length, hz_scan_window *best)
{
    for (size_t from = 0; from < f->steps; from++) {
        uint32_t c = 0;
        for (size_t to = from; to < f->steps && to < from + f->most_steps; to++) {
            c += per_step[to];
            double expected = inside * (f->until_step[to + 1] - f->until_step[from]) / f->total;
            double value = c > expected ? penalty * hz_scan_llr(c, expected, f->total) : 0;
            if (value > best->value)
                *best = (hz_scan_window){ value, length, from, to };
        }
    }
}

hz_scan_window hz_scan_best(const uint32_t *order, size_t length, const hz_scan_frame *f,
                            const double count[], double penalty, double most_base,
                            const unsigned char *blocked, uint32_t per_step[])
{
    hz_scan_window best = { 0, 0, 0, 0 };
    double base = 0, c = 0;
    if (f->steps)
        memset(per_step, 0, f->steps * sizeof *per_step);
    for (size_t i = 0; i < length; i++) {
        uint32_t place = order[i] & ~HZ_SCAN_END;
        if (blocked && blocked[place])
            break;
        base += f->base[place];
        c += count[place];
        for (uint32_t e = f->steps ? f->first[place] : 0; f->steps && e < f->first[place + 1]; e++)
            per_step[f->step[e]]++;
        if (!(order[i] & HZ_SCAN_END))
            continue;
        if (base > most_base * (1 + 1e-12))
            break;
        if (f->steps) {
            best_span(f, per_step, c, penalty, i + 1, &best);
            continue;
        }
        double expected = base * f->scale;
        double value = c > expected ? penalty * hz_scan_llr(c, expected, f->total) : 0;
        if (value > best.value)
            best = (hz_scan_window){ value, i + 1, 0, 0 };
    }
    return best;
}

double hz_scan_gumbel(size_t n, const double maxima[], double statistic)
{
    const double pi = 3.14159265358979323846, euler = 0.57721566490153286;
    double mean = 0, squares = 0;
    for (size_t i = 0; i < n; i++)
        mean += maxima[i] / (double)n;
    for (size_t i = 0; i < n; i++)
        squares += (maxima[i] - mean) * (maxima[i] - mean);
    double beta = n > 1 ? sqrt(squares / (double)(n - 1)) * sqrt(6) / pi : 0;
    if (!(beta > 0))
        return NAN;
    /* never 0: below the numbers there are it is called 1e-300 */
    return fmax(1e-300, -expm1(-exp(-(statistic - (mean - euler * beta)) / beta)));
}

double hz_scan_gini(size_t m, const double events[], const double expected[], double total)
{
    /* twice the area between the Lorenz curve and the diagonal: the sum over all pairs of groups of
     * |events_i expected_j - events_j expected_i| / total^2, what is outside being one group */
    double events_out = total, expected_out = total, sum = 0;
    for (size_t i = 0; i < m; i++) {
        events_out -= events[i];
        expected_out -= expected[i];
    }
    for (size_t i = 0; i < m; i++) {
        for (size_t k = 0; k < i; k++)
            sum += fabs(events[i] * expected[k] - events[k] * expected[i]);
        sum += fabs(events[i] * expected_out - events_out * expected[i]);
    }
    return sum / (total * total);
}
