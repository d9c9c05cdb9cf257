/* One look at a focus: the share outside it, what stands out there, and the verdict. */
#include <math.h>
#include <string.h>

#include "hotzone/interval.h"
#include "hotzone/mem.h"
#include "hotzone/scanning.h"
#include "stat/focus_parts.h"

void focus_sum_side(const focus_work *w, const double *counts, bool inside, double *events,
                    double *people)
{
    *events = inside ? w->shown->inside : w->shown->outside;
    *people = 0;
    for (size_t i = 0; i < w->n; i++) {
        if ((w->areas->inside[i] != 0) != inside)
            continue;
        if (w->people && w->people[i] > 0)
            *people += w->people[i];
        else
            *events -= counts[i];
    }
}

/* Where nothing happened outside at all, nothing there can stand out: Pr(X >= 0) is 1. */
static double upper_p(double x, double base, double others, double base_others)
{
    if (x + others == 0)
        return base_others > 0 ? 1 : NAN;
    return hz_interval_ratio_upper_p(x, base, others, base_others);
}

/* Each area outside against the other areas outside, upper tail. */
static void test_areas(focus_work *w, const double *counts, hz_focus_look *look)
{
    double events = 0, people = 0;
    look->least_q = NAN;
    for (size_t i = 0; i < w->n; i++) {
        w->p[i] = NAN;
        if (w->areas->inside[i] || !w->people || isnan(counts[i]) || !(w->people[i] > 0))
            continue;
        events += counts[i];
        people += w->people[i];
    }
    if (w->shown) /* the others outside are all of them, hidden or not */
        focus_sum_side(w, counts, false, &events, &people);
    for (size_t i = 0; i < w->n; i++)
        if (!w->areas->inside[i] && w->people && !isnan(counts[i]) && w->people[i] > 0 &&
            !isnan(events + people))
            w->p[i] = upper_p(counts[i], w->people[i], events - counts[i], people - w->people[i]);
    look->tested = hz_fdr_bh(w->n, w->p, w->scratch, w->q);
    for (size_t i = 0; i < w->n; i++) {
        if (isnan(w->q[i]))
            continue;
        look->least_q = fmin(w->q[i], isnan(look->least_q) ? 1 : look->least_q);
        look->excess += w->q[i] <= w->o->alpha_excess;
    }
}

/* The areas outside that the scan can take, as a layer of their own. */
static hz_status outside_layer(focus_work *w, const double *counts, hz_layer **out, hz_error *err)
{
    const char *const columns[] = { "x", "y", "events", "population" };
    const double *const values[] = { w->areas->x, w->areas->y, counts, w->people };
    hz_layer *layer = NULL;
    size_t m = 0;
    hz_status st;

    for (size_t i = 0; i < w->n; i++) {
        w->rows[i] = !w->areas->inside[i] && !isnan(counts[i]) && w->people[i] > 0;
        m += w->rows[i];
    }
    const char **texts = hz_mem_new(m, sizeof *texts);
    double *numbers = hz_mem_new(m, sizeof *numbers);
    st = texts && numbers ? hz_layer_new("outside", m, &layer, err) : hz_mem_fail(err, "focus");
    for (int t = 0; !st && t < 2; t++) {
        const char *column = t ? w->areas->name : w->areas->id;
        for (size_t i = 0, k = 0; i < w->n; i++)
            if (w->rows[i])
                texts[k++] = hz_layer_text(w->areas->table, column, i);
        st = hz_layer_add_texts(layer, t ? "name" : "id", texts, err);
    }
    for (size_t c = 0; !st && c < sizeof columns / sizeof *columns; c++) {
        for (size_t i = 0, k = 0; i < w->n; i++)
            if (w->rows[i])
                numbers[k++] = values[c][i];
        st = hz_layer_add_numbers(layer, columns[c], numbers, err);
    }
    hz_mem_free(texts);
    hz_mem_free(numbers);
    if (st)
        hz_layer_free(layer);
    else
        *out = layer;
    return st;
}

enum { SCANS_TOLD = 10, SCAN_MOST = 10000 };

/* Which areas lie in a cluster that counts. */
static void mark_clusters(const focus_work *w, const hz_scanning *found, size_t clusters)
{
    const hz_layer *m = found->members;
    const double *cluster = hz_layer_numbers(m, "cluster");
    for (size_t k = 0; k < hz_layer_rows(m) && cluster[k] <= (double)clusters; k++)
        for (size_t i = 0; i < w->n; i++)
            if (w->rows[i] && strcmp(hz_layer_text(w->areas->table, w->areas->id, i),
                                     hz_layer_text(m, "id", k)) == 0)
                w->cluster[i] = cluster[k];
}

/* Clusters stand in the order of their p: those that count, and of the others as many as are
 * worth a look. */
static hz_status keep_clusters(hz_scanning *found, size_t clusters, hz_layer **out, hz_error *err)
{
    size_t n = hz_layer_rows(found->clusters);
    size_t most = clusters > SCANS_TOLD ? clusters : SCANS_TOLD;
    unsigned char *keep = hz_mem_new(n, 1);
    hz_status st = keep ? HZ_OK : hz_mem_fail(err, "focus");
    for (size_t i = 0; !st && i < n && i < most; i++)
        keep[i] = 1;
    if (!st)
        st = hz_layer_select(found->clusters, keep, out, err);
    hz_mem_free(keep);
    return st;
}

/* HZ_EDATA of the scan means that there is nothing to scan: no events, or one place alone. */
static hz_status scan(focus_work *w, const double *counts, bool whole, hz_focus_look *look,
                      hz_layer **clusters, hz_error *err)
{
    static const hz_scanning_columns columns = { "id", "name", "events", "population", "x", "y" };
    hz_scanning_opts o = HZ_SCANNING_DEFAULTS;
    hz_scanning found = { 0 };
    hz_layer *layer = NULL;
    hz_status st;

    look->least_p = NAN;
    if (!w->people || !w->areas->x)
        return HZ_OK;
    o.replicates = w->o->replicates;
    o.seed = w->o->seed;
    o.stop_after = whole ? 0 : 1 + (size_t)(w->o->alpha_scan * (double)(o.replicates + 1));
    st = outside_layer(w, counts, &layer, err);
    if (!st && clusters && hz_layer_rows(layer) > SCANS_TOLD) /* all that count, however many */
        o.most = hz_layer_rows(layer) < SCAN_MOST ? hz_layer_rows(layer) : SCAN_MOST;
    if (!st)
        st = hz_scanning_poisson(layer, &columns, &o, &found, NULL, err);
    if (st == HZ_EDATA)
        st = HZ_OK;
    else if (!st)
        look->scanned = true;
    if (look->scanned) {
        const double *p = hz_layer_numbers(found.clusters, "p");
        for (size_t i = 0; i < hz_layer_rows(found.clusters); i++) {
            look->clusters += p[i] <= w->o->alpha_scan;
            look->least_p = fmin(p[i], isnan(look->least_p) ? 1 : look->least_p);
        }
        if (clusters) {
            mark_clusters(w, &found, look->clusters);
            st = keep_clusters(&found, look->clusters, clusters, err);
        }
    }
    hz_scanning_clear(&found);
    hz_layer_free(layer);
    return st;
}

bool focus_hangs_on_scan(const focus_work *w, const hz_focus_look *look)
{
    return look->excess == 0 &&
           (look->low >= w->o->min_outside || look->high < w->o->min_outside);
}

static hz_focus_verdict judge(const focus_work *w, const hz_focus_look *look)
{
    bool stands_out = look->excess > 0 || look->clusters > 0;
    if (look->low >= w->o->min_outside && stands_out)
        return HZ_FOCUS_SUPPORTED;
    /* without a single test nobody has looked for what stands out */
    if (look->high < w->o->min_outside && !stands_out && (look->tested > 0 || look->scanned))
        return HZ_FOCUS_NOT_SUPPORTED;
    return HZ_FOCUS_UNDECIDED;
}

hz_status focus_look(focus_work *w, const double *counts, double beyond, bool whole,
                     hz_focus_look *look, hz_layer **clusters, hz_error *err)
{
    hz_focus_look l = { 0 };
    hz_status st = HZ_OK;

    for (size_t i = 0; i < w->n; i++) {
        double x = isnan(counts[i]) ? 0 : counts[i];
        if (w->areas->inside[i])
            l.inside += x;
        else
            l.outside += x;
    }
    l.outside += w->o->within ? 0 : beyond;
    if (w->shown) {
        l.inside = w->shown->inside;
        l.outside = w->shown->outside;
    }
    l.total = l.inside + l.outside;
    l.share = l.low = l.high = NAN;
    if (!isnan(l.total)) {
        l.share = l.total > 0 ? l.outside / l.total : NAN;
        hz_interval_binomial(l.outside, l.total, w->o->level, &l.low, &l.high);
    }
    test_areas(w, counts, &l);
    l.least_p = NAN;
    if (whole || (focus_hangs_on_scan(w, &l) && !w->once)) {
        st = scan(w, counts, whole, &l, clusters, err);
    } else if (focus_hangs_on_scan(w, &l)) {
        l.clusters = w->given.clusters;
        l.scanned = w->given.scanned;
    }
    if (st)
        return st;
    l.verdict = judge(w, &l);
    *look = l;
    return HZ_OK;
}
