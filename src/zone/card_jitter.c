/* How far a zone's share of the events moves within the precision of their positions. */
#include <math.h>
#include <stdlib.h>

#include "hotzone/index.h"
#include "hotzone/mem.h"
#include "hotzone/rng.h"
#include "hotzone/team.h"
#include "zone/card_parts.h"

typedef struct {
    const card_period *period;
    const hz_pointgrid_hit *hits; /* events that may lie on either side of the border */
    size_t n;
    const hz_index *zone;
    uint64_t seed;
    size_t sure;
    double *held; /* per replicate */
} job;

/* Put every doubtful event anywhere in the circle of its precision, all places alike. */
static void jitter_range(size_t first, size_t last, int member, void *user)
{
    const job *j = user;
    uint32_t statistic = hz_rng_statistic("jitter");
    (void)member;
    for (size_t r = first; r < last; r++) {
        size_t in = j->sure;
        for (size_t i = 0; i < j->n; i++) {
            size_t e = j->hits[i].point;
            hz_rng rng = hz_rng_new(j->seed, statistic, j->period->row[e], (uint32_t)r);
            double u, v;
            int32_t where;
            do {
                u = 2 * hz_rng_uniform(&rng) - 1;
                v = 2 * hz_rng_uniform(&rng) - 1;
            } while (u * u + v * v > 1);
            u = j->period->x[e] + u * j->period->precision[e];
            v = j->period->y[e] + v * j->period->precision[e];
            hz_index_locate(j->zone, 0, 1, &u, &v, &where);
            in += where != HZ_NOWHERE;
        }
        j->held[r] = (double)in;
    }
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static hz_status run(job *j, const hz_shapes *zones, size_t f, const hz_card_opts *o, double *low,
                     double *high, hz_error *err)
{
    unsigned char *keep = hz_mem_new(zones->features, 1);
    hz_shapes *one = NULL;
    hz_index *index = NULL;
    size_t n = o->jitters, out = (size_t)((1 - o->level) / 2 * (double)n);
    j->held = hz_mem_new(n, sizeof *j->held);
    hz_status st = keep && j->held ? HZ_OK : hz_mem_fail(err, "precision");
    if (!st) {
        keep[f] = 1;
        st = hz_shapes_select(zones, keep, &one, err);
    }
    if (!st)
        st = hz_index_new(one, &index, err);
    if (!st) {
        j->zone = index;
        hz_team_share(n, 16, jitter_range, j);
        qsort(j->held, n, sizeof *j->held, ascending);
        *low = j->held[out] / (double)j->period->n;
        *high = j->held[n - 1 - out] / (double)j->period->n;
    }
    hz_index_free(index);
    hz_shapes_free(one);
    hz_mem_free(keep);
    hz_mem_free(j->held);
    return st;
}

hz_status hz_card_jitter(const card_scene *scene, const card_period *period, size_t f, size_t held,
                         double *low, double *high, hz_error *err)
{
    hz_pointgrid_hit *hits = NULL;
    size_t n = 0, doubtful = 0, inside = 0;
    hz_status st = hz_pointgrid_near(period->events, scene->in->zones, f, period->precision_most,
                                     &hits, &n, err);
    if (st)
        return st;
    for (size_t i = 0; i < n; i++)
        if (period->precision[hits[i].point] > 0 &&
            hits[i].distance <= period->precision[hits[i].point]) {
            inside += hits[i].inside;
            hits[doubtful++] = hits[i];
        }
    job j = { .period = period, .hits = hits, .n = doubtful, .seed = scene->o.seed,
              .sure = held - inside };
    *low = *high = (double)held / (double)period->n;
    if (doubtful)
        st = run(&j, scene->in->zones, f, &scene->o, low, high, err);
    hz_mem_free(hits);
    return st;
}
