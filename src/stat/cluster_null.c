/* The nulls of local statistics: exact, permuted, and the greatest |z| of permuted maps. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/null.h"
#include "hotzone/permute.h"
#include "hotzone/team.h"
#include "stat/cluster_parts.h"

/* Some 15 s on one core, and 64 MB a thread: beyond, sampling is the better way. */
static const double MOST_WORK = 4e10, MOST_ROOM = 6.4e7;
/* Draws of permuted neighbours: about a second of them, and some minutes. */
static const double WORK_AT_ONCE = 1e8, LONG_WORK = 3e10;

/* ---- exact ---- */

/* The greatest number of neighbours whose tables stay in bounds; 0: none. */
static size_t affordable(const hz_null *null, const uint32_t *k, size_t m)
{
    size_t greatest = 0;
    for (size_t i = 0; i < m; i++)
        greatest = k[i] > greatest ? k[i] : greatest;
    while (greatest > 0 && !(hz_null_work(null, greatest) <= MOST_WORK &&
                             hz_null_room(null, greatest) <= MOST_ROOM)) {
        size_t next = 0;
        for (size_t i = 0; i < m; i++)
            if (k[i] < greatest && k[i] > next)
                next = k[i];
        greatest = next;
    }
    return greatest;
}

static void say_why(hz_cluster_found *found, const hz_null *null, const uint32_t *k, size_t m,
                    size_t most)
{
    size_t unequal = 0, over = 0, least = SIZE_MAX;
    for (size_t i = 0; i < m; i++) {
        unequal += k[i] == 0;
        if (k[i] > most) {
            over++;
            least = k[i] < least ? k[i] : least;
        }
    }
    if (over)
        snprintf(found->why, sizeof found->why,
                 "%zu units have too many neighbours (%zu or more) for "
                 "the spread of the values: %.2g steps of work, of %.2g",
                 over, least, hz_null_work(null, least), MOST_WORK);
    else if (unequal)
        snprintf(found->why, sizeof found->why, "weights differ within the rows of %zu units",
                 unequal);
}

/* Exact tails of every unit whose weights are equal, as far as tables reach. */
static hz_status test_exactly(cluster_work *w, hz_cluster_found *found, hz_error *err)
{
    hz_null *null = NULL;
    uint32_t *k = hz_mem_new(w->m, sizeof *k);
    double *sum = hz_mem_new(w->m, sizeof *sum);
    hz_error why = { HZ_OK, "" };
    hz_status st = k && sum ? HZ_OK : hz_mem_fail(err, "hotspots");
    if (st)
        goto done;
    st = hz_null_new(w->m, w->x, &null, &why);
    if (st == HZ_EDATA) {
        const char *text = strstr(why.text, ": ");
        snprintf(found->why, sizeof found->why, "%.190s", text ? text + 2 : why.text);
        st = HZ_OK;
        goto done;
    }
    if (st) {
        st = hz_mem_fail(err, "hotspots");
        goto done;
    }
    for (size_t i = 0; i < w->m; i++) {
        if (w->state[i] != CLUSTER_OK || !hz_csr_equal(w->links, i))
            continue;
        k[i] = (uint32_t)hz_csr_count(w->links, i);
        for (size_t l = w->links->first[i]; l < w->links->first[i + 1]; l++)
            sum[i] += w->x[w->links->neighbour[l]];
    }
    size_t most = affordable(null, k, w->m);
    if (most > 0)
        st = hz_null_tails(null, k, sum, most, w->high, w->low, w->equal, err);
    for (size_t i = 0; !st && i < w->m; i++)
        if (k[i] > 0 && k[i] <= most)
            w->null[i] = HZ_NULL_EXACT;
    /* units without a test are no reason */
    for (size_t i = 0; i < w->m; i++)
        if (w->state[i] != CLUSTER_OK)
            k[i] = 1;
    say_why(found, null, k, w->m, most);
done:
    hz_null_free(null);
    hz_mem_free(k);
    hz_mem_free(sum);
    return st;
}

/* ---- permuted ---- */

/* Besag and Clifford's p of a tail: h over the replicate that brought the h-th, if one did. */
static double tail(uint32_t hits, uint32_t reached_at, const cluster_work *w, uint32_t done)
{
    if (w->opts->stop && reached_at)
        return (double)w->opts->stop / (double)reached_at;
    return ((double)hits + 1) / ((double)done + 1);
}

static void take_tally(cluster_work *w, size_t i, const hz_tally *t)
{
    w->high[i] = tail(t->above + t->equal, t->high_at, w, t->done);
    w->low[i] = tail(t->below + t->equal, t->low_at, w, t->done);
    /* the observed ties with itself */
    w->equal[i] = ((double)t->equal + 1) / ((double)t->done + 1);
    w->null[i] = HZ_NULL_PERMUTE;
}

/* Draws of a permuted unit, at most. */
static double draws_of(const cluster_work *w, size_t i)
{
    bool wanted = w->state[i] == CLUSTER_OK && !w->null[i];
    return wanted ? (double)hz_csr_count(w->links, i) * w->opts->permutations : 0;
}

/* In shares of the work, so that it can be told how far it has come; a unit's draws hang on nothing
 * but the unit. */
static hz_status test_by_permuting(cluster_work *w, size_t left, const hz_notice *notice,
                                   hz_error *err)
{
    unsigned char *wanted = hz_mem_new(w->m, 1);
    hz_tally *tally = hz_mem_new(w->m, sizeof *tally);
    hz_status st = wanted && tally ? HZ_OK : hz_mem_fail(err, "hotspots");
    double all = 0;
    size_t done = 0;
    for (size_t i = 0; !st && i < w->m; i++)
        all += draws_of(w, i);
    if (all > LONG_WORK && !w->opts->stop)
        hz_warn(notice, "%.2g draws of neighbours, which takes long: shorter neighbourhoods, --stop, "
                "fewer --permutations or --null analytic take less", all);
    for (size_t first = 0, last = 0; !st && first < w->m; first = last) {
        double work = 0;
        for (; last < w->m && work < WORK_AT_ONCE; last++) {
            work += draws_of(w, last);
            wanted[last] = draws_of(w, last) > 0;
        }
        if (work > 0)
            st = hz_permute_local(w->links, w->x, wanted, w->opts->permutations, w->opts->stop,
                                  w->opts->seed, tally, err);
        for (size_t i = first; !st && i < last; i++) {
            if (wanted[i])
                take_tally(w, i, &tally[i]);
            done += wanted[i];
            wanted[i] = 0;
        }
        if (!st)
            hz_progress(notice, "permuted: %zu of %zu units", done, left);
    }
    hz_progress(notice, "%s", "");
    hz_mem_free(wanted);
    hz_mem_free(tally);
    return st;
}

/* ---- analytic ---- */

static void test_by_formula(cluster_work *w)
{
    for (size_t i = 0; i < w->m; i++) {
        if (w->state[i] != CLUSTER_OK)
            continue;
        double z = (w->local[i].statistic - w->local[i].expected) / w->local[i].sd;
        if (isnan(w->local[i].sd))
            z = 0;
        /* tails are of the sum about the unit, which turns I where its own value is low */
        if (w->opts->method == HZ_LOCAL_MORAN && w->x[i] < w->values.mean)
            z = -z;
        w->high[i] = erfc(z * sqrt(0.5)) / 2;
        w->low[i] = erfc(-z * sqrt(0.5)) / 2;
        w->equal[i] = 0;
        w->null[i] = HZ_NULL_ANALYTIC;
    }
}

hz_status cluster_test(cluster_work *w, hz_cluster_found *found, const hz_notice *notice,
                       hz_error *err)
{
    hz_status st = HZ_OK;
    size_t left = 0;
    if (w->opts->null == HZ_NULL_ANALYTIC) {
        test_by_formula(w);
        return HZ_OK;
    }
    if (w->opts->null != HZ_NULL_PERMUTE)
        st = test_exactly(w, found, err);
    for (size_t i = 0; i < w->m; i++)
        left += w->state[i] == CLUSTER_OK && !w->null[i];
    if (st || left == 0)
        return st;
    if (found->why[0] && w->opts->null == HZ_NULL_EXACT)
        hz_warn(notice, "no exact null for %zu units, %u permutations instead: %s", left,
                (unsigned)w->opts->permutations, found->why);
    else if (found->why[0])
        hz_inform(notice, "%zu units permuted: %s", left, found->why);
    return test_by_permuting(w, left, notice, err);
}

/* ---- family-wise ---- */

typedef struct {
    const cluster_work *w;
    double *map;      /* members * m */
    double *greatest; /* one per replicate */
} job;

static double greatest_z(const cluster_work *w, const double *x)
{
    hz_values v = { w->m, x, w->values.mean, w->values.squares };
    double greatest = 0;
    for (size_t i = 0; i < w->m; i++) {
        if (w->state[i] != CLUSTER_OK)
            continue;
        hz_local l = cluster_local(w, &v, i);
        greatest = fmax(greatest, fabs((l.statistic - l.expected) / l.sd));
    }
    return greatest;
}

static void permute_maps(size_t first, size_t last, int member, void *user)
{
    const job *j = user;
    double *map = j->map + (size_t)member * j->w->m;
    for (size_t r = first; r < last; r++) {
        hz_permute_map(j->w->m, j->w->x, j->w->opts->seed, (uint32_t)r, map);
        j->greatest[r] = greatest_z(j->w, map);
    }
}

hz_status cluster_greatest(cluster_work *w, hz_error *err)
{
    uint32_t maps = w->opts->permutations;
    job j = { w, hz_mem_new((size_t)hz_team_size(), w->m * sizeof *j.map),
              hz_mem_new(maps, sizeof *j.greatest) };
    hz_status st = j.map && j.greatest ? HZ_OK : hz_mem_fail(err, "hotspots");
    if (!st)
        hz_team_share(maps, 1, permute_maps, &j);
    for (size_t i = 0; !st && i < w->m; i++) {
        size_t as_great = 0;
        double z = fabs((w->local[i].statistic - w->local[i].expected) / w->local[i].sd);
        if (w->state[i] != CLUSTER_OK)
            continue;
        /* a map that gives the same z by another order of adding is as great */
        for (uint32_t r = 0; r < maps; r++)
            as_great += j.greatest[r] >= z * (1 - 1e-12);
        w->q[i] = isnan(z) ? 1 : ((double)as_great + 1) / ((double)maps + 1);
    }
    hz_mem_free(j.map);
    hz_mem_free(j.greatest);
    return st;
}
