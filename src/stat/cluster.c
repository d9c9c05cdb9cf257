/* Local statistics of units: who takes part, and what was found. */
#include "hotzone/cluster.h"

#include <math.h>
#include <string.h>

#include "hotzone/fdr.h"
#include "hotzone/mem.h"
#include "hotzone/moran.h"
#include "hotzone/team.h"
#include "stat/cluster_parts.h"

enum { BLOCK = 1024 };

static void free_work(cluster_work *w)
{
    hz_csr_free(w->links);
    hz_mem_free(w->x);
    hz_mem_free(w->state);
    hz_mem_free(w->local);
    hz_mem_free(w->null);
    hz_mem_free(w->high);
    hz_mem_free(w->low);
    hz_mem_free(w->equal);
    hz_mem_free(w->p);
    hz_mem_free(w->mid);
    hz_mem_free(w->q);
    hz_mem_free(w->side);
}

static hz_status new_work(cluster_work *w, hz_error *err)
{
    double **const doubles[] = { &w->x, &w->high, &w->low, &w->equal, &w->p, &w->mid, &w->q };
    bool whole = true;
    for (size_t i = 0; i < sizeof doubles / sizeof *doubles; i++) {
        *doubles[i] = hz_mem_new(w->m, sizeof **doubles[i]);
        whole &= *doubles[i] != NULL;
    }
    w->state = hz_mem_new(w->m, 1);
    w->null = hz_mem_new(w->m, 1);
    w->side = hz_mem_new(w->m, 1);
    w->local = hz_mem_new(w->m, sizeof *w->local);
    whole &= w->state && w->null && w->side && w->local;
    return whole ? HZ_OK : hz_mem_fail(err, "hotspots");
}

static hz_status check_opts(const hz_cluster_opts *o, hz_error *err)
{
    if (!(o->alpha > 0 && o->alpha < 1))
        return hz_fail(err, HZ_EUSAGE, "alpha: %g, expected a share between 0 and 1", o->alpha);
    if (o->permutations < 1 || o->permutations > 100000000)
        return hz_fail(err, HZ_EUSAGE, "permutations: %u, expected 1 to 100,000,000",
                       (unsigned)o->permutations);
    if (o->people && o->method != HZ_LOCAL_MORAN)
        return hz_fail(err, HZ_EUSAGE, "population: goes with the method moran, which standardises "
                       "rates; Gi and Gi* sum counts");
    return HZ_OK;
}

/* Rows that take part: inside, with a value, and with people where rates are wanted. */
static hz_status choose_rows(const hz_layer *units, const double *value, const double *people,
                             const unsigned char *outside, unsigned char *keep,
                             hz_cluster_found *found, hz_error *err)
{
    for (size_t i = 0; i < found->units; i++) {
        bool out = outside && outside[i], known = isfinite(value[i]);
        bool peopled = !people || people[i] > 0;
        if (!out && people && people[i] < 0)
            return hz_fail(err, HZ_EDATA, "%s: row %zu: %g people, expected 0 or more",
                           hz_layer_name(units), i + 1, people[i]);
        keep[i] = !out && known && peopled;
        found->outside += out;
        found->missing += !out && !known;
        found->no_population += !out && known && !peopled;
        found->tested += keep[i];
    }
    if (found->tested < 3)
        return hz_fail(err, HZ_EDATA,
                       "%s: %zu units have a value and take part, expected 3 or more",
                       hz_layer_name(units), found->tested);
    return HZ_OK;
}

static hz_status gather(cluster_work *w, const hz_layer *units, const double *value,
                        const double *people, const unsigned char *keep, hz_error *err)
{
    size_t at = 0;
    for (size_t i = 0; i < hz_layer_rows(units); i++)
        if (keep[i]) {
            w->high[at] = people ? people[i] : 0; /* for a moment */
            w->x[at++] = value[i];
        }
    if (people) {
        memcpy(w->low, w->x, w->m * sizeof *w->low);
        hz_status st = hz_moran_rates(w->m, w->low, w->high,
                                      w->opts->like == HZ_LIKE_GEODA, w->x, err);
        if (st)
            return hz_fail_within(err, "%s", hz_layer_name(units));
    }
    w->values = hz_values_of(w->m, w->x);
    if (hz_values_check(&w->values, err))
        return hz_fail_within(err, "%s", hz_layer_name(units));
    return HZ_OK;
}

hz_local cluster_local(const cluster_work *w, const hz_values *v, size_t unit)
{
    if (w->opts->method == HZ_LOCAL_MORAN)
        return hz_moran_local(v, w->links, unit, w->row);
    return hz_getis_local(v, w->links, unit, w->self, w->row);
}

/* Local Moran by n - 1, and G as a share of all there is. */
static double convention(const cluster_work *w, size_t unit)
{
    double n = (double)w->m, total = w->values.mean * n;
    hz_like like = w->opts->like;
    if (like == HZ_LIKE_HOTZONE)
        return 1;
    if (w->opts->method == HZ_LOCAL_MORAN)
        return like == HZ_LIKE_SPDEP ? 1 : (n - 1) / n;
    double all = w->self ? total : total - w->x[unit];
    return all != 0 ? 1 / all : NAN;
}

static void measure_range(size_t first, size_t last, int member, void *user)
{
    cluster_work *w = user;
    (void)member;
    for (size_t i = first; i < last; i++) {
        if (hz_csr_count(w->links, i) == 0) {
            w->state[i] = CLUSTER_ISLAND;
            continue;
        }
        double factor = convention(w, i);
        hz_local l = cluster_local(w, &w->values, i);
        /* at the mean local Moran is 0 whatever its neighbours: tested, and p is 1 */
        bool at_mean = w->opts->method == HZ_LOCAL_MORAN && w->x[i] == w->values.mean;
        if (hz_csr_count(w->links, i) >= w->m - 1 || (isnan(l.sd) && !at_mean))
            w->state[i] = CLUSTER_FIXED;
        w->local[i] = (hz_local){ l.statistic * factor, l.expected * factor, l.sd * fabs(factor) };
    }
}

void cluster_measure(cluster_work *w)
{
    hz_team_share(w->m, BLOCK, measure_range, w);
}

/* Two-sided p and mid-p, and the side, of the statistic rather than of the sum. */
static void judge(cluster_work *w)
{
    bool folded = w->opts->like == HZ_LIKE_ESDA || w->opts->like == HZ_LIKE_GEODA;
    for (size_t i = 0; i < w->m; i++) {
        w->p[i] = w->mid[i] = NAN;
        if (!w->null[i])
            continue;
        double high = w->high[i], low = w->low[i], equal = w->equal[i];
        bool permuted = w->null[i] == HZ_NULL_PERMUTE;
        w->side[i] = (signed char)((high < low) - (high > low));
        if (w->opts->method == HZ_LOCAL_MORAN && w->x[i] == w->values.mean) {
            w->p[i] = w->mid[i] = 1;
            w->side[i] = 0;
            continue;
        }
        if (folded) {
            /* count >= and the rest, of the statistic: of a value below the mean it is turned */
            bool turned = w->opts->method == HZ_LOCAL_MORAN && w->x[i] < w->values.mean;
            double other = permuted ? 1 / ((double)w->opts->permutations + 1) : 0;
            double upper = turned ? low : high;
            w->p[i] = fmin(upper, 1 - upper + other);
        } else {
            w->p[i] = fmin(1, 2 * fmin(high, low));
        }
        /* a tail is never 0: below the numbers there are it is called 1e-300 */
        w->p[i] = fmax(w->p[i], 1e-300);
        if (w->null[i] != HZ_NULL_ANALYTIC)
            w->mid[i] = fmax(1e-300, fmin(1, (folded ? 1 : 2) * (fmin(high, low) - equal / 2)));
    }
}

static hz_status adjust(cluster_work *w, hz_error *err)
{
    if (w->opts->adjust == HZ_ADJUST_MAX) {
        for (size_t i = 0; i < w->m; i++)
            w->q[i] = NAN;
        return cluster_greatest(w, err);
    }
    hz_fdr_item *scratch = hz_mem_new(w->m, sizeof *scratch);
    if (!scratch)
        return hz_mem_fail(err, "hotspots");
    if (w->opts->adjust == HZ_ADJUST_BH)
        hz_fdr_bh(w->m, w->p, scratch, w->q);
    else
        hz_fdr_by(w->m, w->p, scratch, w->q);
    hz_mem_free(scratch);
    return HZ_OK;
}

/* Can q <= alpha be reached at all?  p is at least tails / (R + 1), so for one unit alone to pass m
 * tests need R >= tails m / alpha - 1 (docs/methods/exact-null.md). */
static void check_floor(const cluster_work *w, hz_cluster_found *f, const hz_notice *notice)
{
    bool folded = w->opts->like == HZ_LIKE_ESDA || w->opts->like == HZ_LIKE_GEODA;
    double m = (double)f->tested, tails = folded ? 1 : 2, price = 1;
    if (f->permuted == 0 || w->opts->adjust == HZ_ADJUST_MAX)
        return;
    if (w->opts->adjust == HZ_ADJUST_BY)
        for (price = 0; m >= 1; m--)
            price += 1 / m;
    m = (double)f->tested;
    double wanted = ceil(tails * m * price / w->opts->alpha - 1);
    double floor_units = ceil(tails * m * price / (w->opts->alpha * (w->opts->permutations + 1.0)));
    if (w->opts->permutations >= wanted)
        return;
    f->wanted = wanted < 4e9 ? (uint32_t)wanted : UINT32_MAX;
    hz_warn(notice, "%u permutations: q <= %g can be reached by %.0f units together or by none; "
            "%.0f permutations lift this, the exact null has no such floor",
            (unsigned)w->opts->permutations, w->opts->alpha, floor_units, wanted);
}

static void count_found(const cluster_work *w, hz_cluster_found *f)
{
    f->tested = 0;
    for (size_t i = 0; i < w->m; i++) {
        f->islands += w->state[i] == CLUSTER_ISLAND;
        f->fixed += w->state[i] == CLUSTER_FIXED;
        f->tested += w->null[i] != 0;
        f->exact += w->null[i] == HZ_NULL_EXACT;
        f->permuted += w->null[i] == HZ_NULL_PERMUTE;
        f->analytic += w->null[i] == HZ_NULL_ANALYTIC;
    }
}

/* Links among those who take part; where weights count as 1 they are forgotten. */
static hz_status take_links(cluster_work *w, const hz_csr *links, const unsigned char *keep,
                            hz_error *err)
{
    hz_weights_use use = w->opts->weights;
    hz_status st = hz_csr_select(links, keep, &w->links, err);
    if (st)
        return st;
    if (use == HZ_WEIGHTS_BINARY || use == HZ_WEIGHTS_ROW) {
        hz_mem_free(w->links->weight);
        w->links->weight = NULL;
    } else if (w->links->weight) {
        for (size_t l = 0; l < w->links->first[w->m]; l++)
            if (!(w->links->weight[l] > 0))
                return hz_fail(err, HZ_EDATA, "neighbours: a weight is %g, expected over 0",
                               w->links->weight[l]);
    }
    return HZ_OK;
}

hz_status hz_cluster_add(hz_layer *units, const char *value, const unsigned char *outside,
                         const hz_csr *links, const hz_cluster_opts *opts,
                         hz_cluster_found *found, const hz_notice *notice, hz_error *err)
{
    static const hz_cluster_opts defaults = HZ_CLUSTER_DEFAULTS;
    cluster_work w = { .opts = opts ? opts : &defaults };
    hz_cluster_found f = { .units = hz_layer_rows(units) };
    const double *x = hz_layer_numbers(units, value), *people = NULL;
    unsigned char *keep = NULL;
    hz_status st = check_opts(w.opts, err);

    if (!st && w.opts->people)
        people = hz_layer_numbers(units, w.opts->people);
    if (!st && (!x || (w.opts->people && !people)))
        st = hz_fail(err, HZ_EUSAGE, "%s: has no numbers '%s'", hz_layer_name(units),
                     x ? w.opts->people : value);
    if (!st && links->n != f.units)
        st = hz_fail(err, HZ_EUSAGE, "neighbours: of %zu units, expected %zu", links->n, f.units);
    if (!st) {
        keep = hz_mem_new(f.units, 1);
        st = keep ? choose_rows(units, x, people, outside, keep, &f, err)
                  : hz_mem_fail(err, "hotspots");
    }
    if (st)
        goto done;
    w.m = f.tested;
    w.self = w.opts->method == HZ_GISTAR;
    w.row = w.opts->weights == HZ_WEIGHTS_ROW || w.opts->weights == HZ_WEIGHTS_GIVEN_ROW;
    st = new_work(&w, err);
    if (!st)
        st = gather(&w, units, x, people, keep, err);
    if (!st)
        st = take_links(&w, links, keep, err);
    if (st)
        goto done;
    cluster_measure(&w);
    st = cluster_test(&w, &f, notice, err);
    if (st)
        goto done;
    count_found(&w, &f);
    if (f.tested == 0) {
        st = hz_fail(err, HZ_EDATA,
                     "%s: no unit can be tested: %zu have no neighbours, %zu nothing "
                     "but neighbours",
                     hz_layer_name(units), f.islands, f.fixed);
        goto done;
    }
    judge(&w);
    st = adjust(&w, err);
    if (st)
        goto done;
    check_floor(&w, &f, notice);
    st = cluster_store(units, &w, x, keep, outside, &f, err);
    if (!st && found)
        *found = f;
done:
    hz_mem_free(keep);
    free_work(&w);
    return st;
}
