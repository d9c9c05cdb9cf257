/* Scores a proposal on both periods, and beside a given zone on the later. */
#include "hotzone/proposing.h"

#include <math.h>

#include "hotzone/interval.h"
#include "hotzone/mem.h"
#include "hotzone/overlay.h"

static const double LEVEL = 0.95, NORMAL = 1.959963984540054, SAME_SIZE = 1e-6;

const char *hz_zone_verdict_name(hz_zone_verdict verdict)
{
    static const char *const names[] = { "not compared", "in sample", "undecided", "better",
                                         "worse", "larger" };
    return names[verdict];
}

void hz_proposing_clear(hz_proposing *p)
{
    hz_proposal_clear(&p->zone);
    hz_shapes_free(p->shape);
    *p = (hz_proposing){ 0 };
}

static hz_zone_score score(const hz_evidence *e, double events, double total, double size,
                           const hz_frontier *bound, double at)
{
    hz_zone_score s = { events, total, events / total, NAN, NAN, NAN, NAN, NAN };
    if (!e->weight)
        hz_interval_wilson(events, total, LEVEL, &s.low, &s.high);
    if (size > 0)
        s.pai = s.capture / (size / e->total_size);
    s.bound = hz_frontier_at(bound, at).bound;
    s.frontier = hz_frontier_at(bound == e->bound ? e->bound : e->frontier, at).bound;
    return s;
}

void hz_zone_differ(size_t n, const unsigned char *counted, const unsigned char *first,
                    const unsigned char *second, const double *weight, hz_zone_difference *out)
{
    hz_paired t = { 0, 0, 0, 0 };
    double all = 0, apart = 0, spread = 0;
    *out = (hz_zone_difference){ t, NAN, NAN, NAN, NAN, HZ_NOT_COMPARED };
    for (size_t i = 0; i < n; i++) {
        double w = weight ? weight[i] : 1;
        if (!counted[i])
            continue;
        *(first[i] ? second[i] ? &t.both : &t.first : second[i] ? &t.second : &t.neither) += 1;
        all += w;
        apart += w * ((first[i] != 0) - (second[i] != 0));
    }
    if (!weight) {
        out->counts = t;
        hz_paired_difference(t, LEVEL, &out->difference, &out->low, &out->high);
        out->p = hz_paired_mcnemar(t);
        return;
    }
    out->counts = (hz_paired){ NAN, NAN, NAN, NAN };
    if (!(all > 0))
        return;
    out->difference = apart / all;
    for (size_t i = 0; i < n; i++) {
        double d = (first[i] != 0) - (second[i] != 0) - out->difference;
        if (counted[i])
            spread += weight[i] * weight[i] * d * d;
    }
    out->low = fmax(-1, out->difference - NORMAL * sqrt(spread) / all);
    out->high = fmin(1, out->difference + NORMAL * sqrt(spread) / all);
}

static hz_zone_verdict judge(const hz_evidence *e, const hz_proposing *p)
{
    double more = p->zone.size - e->like.size, slack = SAME_SIZE * e->like.size;
    if (e->split == HZ_SPLIT_NONE)
        return HZ_NOT_TESTED;
    if (p->difference.low > 0)
        return more <= slack ? HZ_BETTER : HZ_LARGER;
    if (p->difference.high < 0)
        return more >= -slack ? HZ_WORSE : HZ_LARGER;
    return HZ_UNDECIDED;
}

static hz_status compare(const hz_evidence *e, hz_proposing *p, hz_error *err)
{
    unsigned char *counted = hz_mem_new(e->rows, 1), *in = hz_mem_new(e->rows, 1);
    hz_status st = counted && in ? HZ_OK : hz_mem_fail(err, "comparison of zones");
    for (size_t i = 0; !st && i < e->rows; i++) {
        counted[i] = e->parcel[i] >= 0;
        in[i] = e->parcel[i] >= 0 && p->zone.in[e->parcel[i]];
    }
    if (!st) {
        hz_zone_differ(e->rows, counted, in, e->like.holds, e->weight, &p->difference);
        p->difference.verdict = judge(e, p);
    }
    hz_mem_free(counted);
    hz_mem_free(in);
    return st;
}

/* The outline, without vertices in the middle of straight lines. */
static hz_status outline(const hz_evidence *e, hz_proposing *p, hz_error *err)
{
    hz_shapes *whole = NULL;
    hz_status st = hz_overlay_dissolve(hz_layer_shapes(e->parcels.table), p->zone.in, &whole, err);
    if (!st)
        st = hz_overlay_generalise(whole, 0, 1e-6, &p->shape, err);
    hz_shapes_free(whole);
    if (!st)
        p->holes = p->shape->rings - 1;
    return st;
}

static void add_scores(const hz_evidence *e, hz_proposing *p)
{
    double later = 0;
    for (size_t i = 0; i < e->parcels.n; i++)
        if (p->zone.in[i]) {
            later += e->test[i];
            p->area_km2 += e->parcels.area[i] / 1e6;
        }
    p->gap = 1 - p->zone.captured / p->zone.bound;
    p->train = score(e, p->zone.captured, e->total_train, p->zone.size, e->bound, e->budget);
    p->test = score(e, later, e->total_test, p->zone.size, e->best, e->budget);
    p->like_train = p->like_test = (hz_zone_score){ NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
    if (!e->like.given)
        return;
    p->like_train = score(e, e->like.train, e->total_train, e->like.size, e->bound, e->like.size);
    p->like_test = score(e, e->like.test, e->total_test, e->like.size, e->best, e->like.size);
}

hz_status hz_proposing_make(const hz_evidence *e, const hz_propose_opts *opts, hz_proposing *out,
                            hz_error *err)
{
    hz_proposing p = { 0 };
    hz_propose_opts o = *opts;
    hz_status st = HZ_OK;
    if (isnan(e->budget))
        return hz_fail(err, HZ_EUSAGE, "proposal: expected a budget, or a zone to be like");
    o.budget = e->budget;
    o.holes = o.holes && e->parcels.side > 0;
    st = hz_propose_zone(e->parcels.tiling, e->train, e->size, &o, &p.zone, err);
    if (!st)
        st = outline(e, &p, err);
    if (!st) {
        add_scores(e, &p);
        p.difference = (hz_zone_difference){ { NAN, NAN, NAN, NAN }, NAN, NAN, NAN, NAN,
                                             HZ_NOT_COMPARED };
        if (e->like.given)
            st = compare(e, &p, err);
    }
    if (!st) {
        *out = p;
        p = (hz_proposing){ 0 };
    }
    hz_proposing_clear(&p);
    return st;
}
