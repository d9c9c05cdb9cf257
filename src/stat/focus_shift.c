/* Does what happens move out of the focus?  Share outside and mean centre by period. */
#include <math.h>

#include "hotzone/interval.h"
#include "hotzone/mem.h"
#include "hotzone/null.h"
#include "stat/focus_parts.h"

/* 95 % of a plane normal lies within this many squared standard deviations: -2 ln .05. */
static const double chi2_plane_95 = 5.99146454710798;
static const double pi = 3.14159265358979323846;

/* One period's events. */
typedef struct {
    double n, outside;
    double x, y;             /* means */
    double xx, xy, yy;       /* sums of squares and products about them */
} period_sums;

typedef struct {
    double major, minor, angle;
} ellipse;

static size_t period_of(const hz_period *periods, size_t n, hz_time when)
{
    for (size_t k = 0; k < n; k++)
        if (when != HZ_TIME_NONE && hz_period_holds(periods[k], when))
            return k;
    return n;
}

/* Two passes: means first, so that coordinates of millions of metres lose no digits. */
static void sum_up(const focus_work *w, const hz_focus_events *e, const hz_period *periods,
                   size_t n, period_sums *sums)
{
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < e->n; i++) {
            size_t k = e->used[i] ? period_of(periods, n, e->when[i]) : n;
            bool beyond = e->area[i] < 0;
            if (k == n || (beyond && w->o->within))
                continue;
            period_sums *s = &sums[k];
            double x = e->x ? e->x[i] : NAN, y = e->x ? e->y[i] : NAN;
            if (pass == 0) {
                s->n += 1;
                s->outside += beyond || !w->areas->inside[e->area[i]];
                s->x += (x - s->x) / s->n;
                s->y += (y - s->y) / s->n;
            } else {
                s->xx += (x - s->x) * (x - s->x);
                s->xy += (x - s->x) * (y - s->y);
                s->yy += (y - s->y) * (y - s->y);
            }
        }
    }
}

/* The mean of n draws with replacement has covariance S / n^2 over all resamples that could be
 * drawn: what a bootstrap tends to.  The ellipse holds 95 % of a normal of that covariance; its
 * angle is that of the long axis, clockwise from north. */
static ellipse spread_of_mean(const period_sums *s)
{
    double n2 = s->n * s->n, a = s->xx / n2, b = s->xy / n2, c = s->yy / n2;
    double middle = (a + c) / 2, half = hypot((a - c) / 2, b);
    ellipse out = { NAN, NAN, NAN };
    if (!(s->n >= 3) || isnan(middle))
        return out;
    out.major = sqrt(chi2_plane_95 * (middle + half));
    out.minor = sqrt(chi2_plane_95 * fmax(middle - half, 0));
    if (half <= 1e-12 * middle) /* a point or a circle points nowhere */
        return out;
    /* the eigenvector of the greater root makes half this angle with the x axis */
    double from_east = 0.5 * atan2(2 * b, a - c);
    double degrees = 90 - from_east * 180 / pi;
    out.angle = fmod(degrees + 360, 180);
    return out;
}

/* Exact two-sided p of the summed period numbers of the events outside, given how many events
 * each period has and how many are outside in all; beyond the exact table's reach, the normal p of
 * the same sum (then over 500 events on either side). */
static hz_status test_trend(const period_sums *sums, size_t n, hz_focus_trend *out, hz_error *err)
{
    double total = 0, outside = 0, sum = 0, mean = 0, square = 0;
    hz_focus_trend t = { 0, NAN, NAN, 0 };
    for (size_t k = 0; k < n; k++) {
        t.periods += sums[k].n > 0;
        total += sums[k].n;
        outside += sums[k].outside;
        sum += (double)k * sums[k].outside;
        mean += (double)k * sums[k].n;
    }
    *out = t;
    if (t.periods < 2 || outside == 0 || outside == total)
        return HZ_OK;
    mean /= total;
    for (size_t k = 0; k < n; k++)
        square += sums[k].n * ((double)k - mean) * ((double)k - mean);
    double sd = sqrt(outside * (total - outside) / (total - 1) * square / total);
    double apart = sum - outside * mean;
    t.direction = (apart > 1e-9 * sd) - (apart < -1e-9 * sd);
    /* the fewer of the two sides are drawn: the sums of both sides add up to a constant */
    bool swap = outside > total / 2;
    size_t m = (size_t)total + 1;
    double draws = swap ? total - outside : outside;
    double drawn = swap ? mean * total - sum : sum;
    hz_null *null = NULL;
    double *values = NULL;
    uint32_t *k_of = NULL;
    hz_status st = HZ_OK;
    t.p = erfc(fabs(apart) / sd / sqrt(2));
    t.p_mid = t.p;
    if (draws > 500 || total > 1e6)
        goto done;
    /* four arrays after the values: sums and three probabilities, of the last unit only */
    values = hz_mem_new(5 * m, sizeof *values);
    k_of = hz_mem_new(m, sizeof *k_of);
    if (!values || !k_of) {
        st = hz_mem_fail(err, "focus");
        goto done;
    }
    for (size_t k = 0, i = 0; k < n; k++)
        for (double j = 0; j < sums[k].n; j++)
            values[i++] = (double)k;
    values[m - 1] = 0; /* stands aside: the null draws from all others */
    k_of[m - 1] = (uint32_t)draws;
    values[m + m - 1] = round(drawn);
    st = hz_null_new(m, values, &null, err);
    if (!st && hz_null_work(null, (size_t)draws) < 1e9)
        st = hz_null_tails(null, k_of, values + m, (size_t)draws, values + 2 * m, values + 3 * m,
                           values + 4 * m, err);
    else
        goto done;
    if (!st) {
        double high = values[3 * m - 1], low = values[4 * m - 1], equal = values[5 * m - 1];
        t.p = fmin(1, 2 * fmin(high, low));
        t.p_mid = fmin(1, 2 * (fmin(high, low) - equal / 2));
    }
done:
    hz_null_free(null);
    hz_mem_free(values);
    hz_mem_free(k_of);
    if (!st)
        *out = t;
    return st;
}

enum { EVENTS, OUTSIDE, SHARE, LOW, HIGH, X, Y, MAJOR, MINOR, ANGLE, COLUMNS };

static void fill(const period_sums *s, size_t k, double level, double *v[COLUMNS])
{
    ellipse e = spread_of_mean(s);
    v[EVENTS][k] = s->n;
    v[OUTSIDE][k] = s->outside;
    v[SHARE][k] = s->n > 0 ? s->outside / s->n : NAN;
    v[LOW][k] = v[HIGH][k] = NAN;
    if (!isnan(s->n)) /* hidden */
        hz_interval_binomial(s->outside, s->n, level, &v[LOW][k], &v[HIGH][k]);
    v[X][k] = s->n > 0 ? s->x : NAN;
    v[Y][k] = s->n > 0 ? s->y : NAN;
    v[MAJOR][k] = e.major;
    v[MINOR][k] = e.minor;
    v[ANGLE][k] = e.angle;
}

static hz_status tabulate(const focus_work *w, const period_sums *sums, const hz_period *periods,
                          size_t n, hz_layer **out, hz_error *err)
{
    static const char *const columns[COLUMNS] = {
        "events", "outside", "share", "share_low", "share_high", "mean_x", "mean_y",
        "ellipse_major_m", "ellipse_minor_m", "ellipse_angle_deg"
    };
    enum { TEXT = 64 };
    double *v[COLUMNS] = { NULL };
    hz_layer *layer = NULL;
    char *texts = hz_mem_new(n, TEXT);
    const char **names = hz_mem_new(n, sizeof *names);
    unsigned char *marks = w->shown ? hz_mem_new(n, 1) : NULL;
    hz_status st = texts && names && (marks || !w->shown) ? hz_layer_new("periods", n, &layer, err)
                                  : hz_mem_fail(err, "focus");
    for (int c = 0; !st && c < COLUMNS; c++)
        if (!(v[c] = hz_mem_new(n, sizeof **v)))
            st = hz_mem_fail(err, "focus");
    for (size_t k = 0; !st && k < n; k++) {
        names[k] = hz_period_format(texts + k * TEXT, TEXT, periods[k]);
        fill(&sums[k], k, w->o->level, v);
    }
    if (!st)
        st = hz_layer_add_texts(layer, "period", names, err);
    for (size_t k = 0; !st && marks && k < n; k++)
        marks[k] = isnan(v[EVENTS][k]) ? HZ_HIDDEN : HZ_KNOWN;
    for (int c = 0; !st && c < COLUMNS; c++)
        st = hz_layer_take_numbers(layer, columns[c], &v[c], c == EVENTS && marks ? &marks : NULL,
                                   err);
    for (int c = 0; c < COLUMNS; c++)
        hz_mem_free(v[c]);
    hz_mem_free(marks);
    hz_mem_free(names);
    hz_mem_free(texts);
    if (st)
        hz_layer_free(layer);
    else
        *out = layer;
    return st;
}

hz_status focus_shift_shown(const focus_work *w, const hz_period *periods, size_t n_periods,
                            hz_focus *out, hz_error *err)
{
    period_sums *sums = hz_mem_new(n_periods, sizeof *sums);
    hz_status st = sums ? HZ_OK : hz_mem_fail(err, "focus");
    bool all = true;
    for (size_t k = 0; !st && k < n_periods; k++) {
        double inside = w->shown->part_inside[k], outside = w->shown->part_outside[k];
        sums[k] = (period_sums){ .n = inside + outside, .outside = outside, .x = NAN, .y = NAN,
                                 .xx = NAN, .xy = NAN, .yy = NAN };
        all &= !isnan(sums[k].n);
    }
    if (!st && all)
        st = test_trend(sums, n_periods, &out->trend, err);
    if (!st)
        st = tabulate(w, sums, periods, n_periods, &out->periods, err);
    hz_mem_free(sums);
    return st;
}

hz_status focus_shift(const focus_work *w, const hz_focus_events *events, const hz_period *periods,
                      size_t n_periods, hz_focus *out, hz_error *err)
{
    period_sums *sums = hz_mem_new(n_periods, sizeof *sums);
    hz_status st = sums ? HZ_OK : hz_mem_fail(err, "focus");
    if (!st) {
        sum_up(w, events, periods, n_periods, sums);
        st = test_trend(sums, n_periods, &out->trend, err);
    }
    if (!st)
        st = tabulate(w, sums, periods, n_periods, &out->periods, err);
    hz_mem_free(sums);
    return st;
}
