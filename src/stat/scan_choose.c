/* The clusters of a scan: best windows that do not overlap, their p, and the Gini's choice. */
#include "stat/scan_parts.h"

#include <math.h>

#include "hotzone/team.h"
#include "stat/scan_search.h"

void scan_data_free(scan_data *d)
{
    hz_mem_free(d->x);
    hz_mem_free(d->y);
    hz_mem_free(d->base);
    hz_mem_free(d->count);
    hz_mem_free(d->row);
    hz_mem_free(d->first);
    hz_mem_free(d->step);
    hz_mem_free(d->until_step);
    *d = (scan_data){ 0 };
}

hz_status scan_data_new(scan_data *d, size_t places, size_t events, size_t steps, hz_error *err)
{
    *d = (scan_data){ .n = places, .events = events, .steps = steps };
    d->x = hz_mem_new(places, sizeof *d->x);
    d->y = hz_mem_new(places, sizeof *d->y);
    d->base = hz_mem_new(places, sizeof *d->base);
    d->count = hz_mem_new(places, sizeof *d->count);
    d->row = hz_mem_new(places, sizeof *d->row);
    d->first = hz_mem_new(places + 1, sizeof *d->first);
    d->step = hz_mem_new(events, sizeof *d->step);
    d->until_step = hz_mem_new(steps + 1, sizeof *d->until_step);
    if (d->x && d->y && d->base && d->count && d->row && d->first && d->step && d->until_step)
        return HZ_OK;
    scan_data_free(d);
    return hz_mem_fail(err, "scan");
}

void scan_result_free(scan_result *r)
{
    hz_mem_free(r->cluster);
    hz_mem_free(r->member);
    *r = (scan_result){ 0 };
}

/* Looking for the best windows, of at most this population and without blocked places. */
typedef struct {
    scan_work *w;
    double most_base;
    const unsigned char *blocked;
    size_t stamp;
} look;

static double distance_in(const scan_work *w, const scan_shape *s, size_t a, size_t b)
{
    double dx = w->d->x[b] - w->d->x[a], dy = w->d->y[b] - w->d->y[a];
    return hypot(s->metric.ax * dx + s->metric.ay * dy, s->metric.bx * dx + s->metric.by * dy);
}

static void look_at(look *k, size_t i, int member)
{
    scan_work *w = k->w;
    const scan_shape *s = &w->shape[i / w->d->n];
    scan_item *item = &w->item[i];
    size_t length;
    const uint32_t *order = scan_order_of(w, i, member, &length);
    uint32_t *per_step = w->per_step + (size_t)member * w->d->steps;
    item->window = hz_scan_best(order, length, &w->frame, w->d->count, s->penalty, k->most_base,
                                k->blocked, per_step);
    item->stamp = k->stamp;
    item->radius = 0;
    if (item->window.value > 0)
        item->radius = distance_in(w, s, i % w->d->n,
                                   order[item->window.length - 1] & ~HZ_SCAN_END);
}

static void look_at_all(size_t first, size_t last, int member, void *user)
{
    look *k = user;
    for (size_t i = first; i < last; i++)
        look_at(k, k->w->first + i, member);
}

static void look_everywhere(scan_work *w, double most_base)
{
    look k = { w, most_base, NULL, 0 };
    size_t from = 0;
    do {
        scan_fill(w, from);
        hz_team_share(w->last - w->first, scan_share(w), look_at_all, &k);
        from = w->last;
    } while (from < w->items);
}

/* The better of two windows; of equals the smaller, then the one to the west, then south. */
static bool better(const scan_work *w, size_t a, size_t b)
{
    const scan_item *p = &w->item[a], *q = &w->item[b];
    const scan_data *d = w->d;
    double v = p->window.value, u = q->window.value;
    if (fabs(v - u) > 1e-11 * (1 + fabs(u)))
        return v > u;
    double ra = p->radius * w->shape[a / d->n].ratio, rb = q->radius * w->shape[b / d->n].ratio;
    if (fabs(ra - rb) > 1e-9 * (1 + rb))
        return ra < rb;
    size_t ca = a % d->n, cb = b % d->n;
    if (d->x[ca] != d->x[cb])
        return d->x[ca] < d->x[cb];
    return d->y[ca] < d->y[cb];
}

static void describe(scan_work *w, size_t best, const uint32_t *order, scan_cluster *c)
{
    const scan_data *d = w->d;
    const scan_shape *s = &w->shape[best / d->n];
    const scan_item *item = &w->item[best];
    double base = 0, inside = 0;
    *c = (scan_cluster){ .centre = best % d->n, .ratio = s->ratio, .angle_rad = s->angle_rad,
                         .radius = item->radius * s->ratio, .statistic = item->window.value,
                         .first_step = item->window.first_step,
                         .last_step = item->window.last_step,
                         .members = item->window.length };
    for (size_t i = 0; i < c->members; i++) {
        uint32_t place = order[i] & ~HZ_SCAN_END;
        base += d->base[place];
        c->events += d->count[place];
        for (size_t e = d->steps ? d->first[place] : 0; d->steps && e < d->first[place + 1]; e++)
            inside += d->step[e] >= c->first_step && d->step[e] <= c->last_step;
    }
    c->expected = base * w->frame.scale;
    if (d->steps) {
        c->expected = c->events *
                      (d->until_step[c->last_step + 1] - d->until_step[c->first_step]) / d->total;
        c->events = inside;
    }
    c->llr = hz_scan_llr(c->events, c->expected, d->total);
}

/* Add the best window, then the best without its places, and so on. */
static hz_status choose(scan_work *w, double most_base, scan_result *r, hz_error *err)
{
    unsigned char *blocked = hz_mem_new(w->d->n, 1);
    look k = { w, most_base, blocked, 0 };
    size_t used = 0, top = 0;
    if (!blocked)
        return hz_mem_fail(err, "scan");
    r->count = 0;
    while (r->count < w->o->most) {
        top = 0;
        for (size_t i = 0; i < w->items; i++)
            if (better(w, i, top))
                top = i;
        if (!(w->item[top].window.value > 0))
            break;
        if (w->item[top].stamp != r->count) {
            /* looked for before the last cluster was taken: without its places it can only fall */
            k.stamp = r->count;
            look_at(&k, top, 0);
            continue;
        }
        size_t length;
        const uint32_t *order = scan_order_of(w, top, 0, &length);
        scan_cluster *c = &r->cluster[r->count];
        describe(w, top, order, c);
        c->first_member = used;
        for (size_t i = 0; i < c->members; i++) {
            r->member[used] = order[i] & ~HZ_SCAN_END;
            blocked[r->member[used++]] = 1;
        }
        r->count++;
    }
    hz_mem_free(blocked);
    return HZ_OK;
}

static void give_p(const scan_work *w, scan_result *r)
{
    bool early = w->drawn < w->o->replicates;
    r->p_method = w->o->gumbel ? "gumbel" : early ? "sequential" : "monte-carlo";
    for (size_t i = 0; i < r->count; i++) {
        scan_cluster *c = &r->cluster[i];
        c->reached = scan_reached(w, c->statistic);
        c->p = early ? (double)c->reached / (double)w->drawn
                     : (double)(c->reached + 1) / (double)(w->drawn + 1);
        if (w->o->gumbel)
            c->p = hz_scan_gumbel(w->drawn, w->maxima, c->statistic);
    }
}

/* Gini of the clusters that are significant. */
static double gini_of(const scan_work *w, const scan_result *r, double *events, double *expected)
{
    size_t m = 0;
    for (size_t i = 0; i < r->count; i++)
        if (r->cluster[i].p <= w->o->alpha) {
            events[m] = r->cluster[i].events;
            expected[m++] = r->cluster[i].expected;
        }
    return hz_scan_gini(m, events, expected, w->d->total);
}

/* The largest window whose significant clusters set events apart from population the most; NaN if
 * no window has any.  Shares as Han et al. (2016) try them. */
static hz_status choose_by_gini(scan_work *w, scan_result *r, hz_error *err)
{
    static const double shares[] = { 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.10, 0.12,
                                     0.15, 0.20, 0.25, 0.30, 0.35, 0.40, 0.45, 0.50 };
    double *figures = hz_mem_new(w->o->most, 2 * sizeof *figures), best = 0;
    hz_status st = figures ? HZ_OK : hz_mem_fail(err, "scan");
    for (size_t s = 0; !st && s < sizeof shares / sizeof *shares; s++) {
        double share = shares[s] < w->o->max_population ? shares[s] : w->o->max_population;
        if (s > 0 && share <= shares[s - 1])
            break;
        look_everywhere(w, share * w->d->base_sum);
        st = choose(w, share * w->d->base_sum, r, err);
        if (st)
            break;
        give_p(w, r);
        double gini = gini_of(w, r, figures, figures + w->o->most);
        if (gini > best) {
            best = gini;
            r->gini_share = share;
        }
    }
    hz_mem_free(figures);
    return st;
}

hz_status scan_search(const scan_data *d, const hz_scanning_opts *o, scan_result *out,
                      hz_error *err)
{
    scan_work w;
    scan_result r = { .gini_share = NAN };
    double best = 0;
    hz_status st = scan_work_new(&w, d, o, err);

    r.cluster = hz_mem_new(o->most, sizeof *r.cluster);
    r.member = hz_mem_new(d->n, sizeof *r.member);
    if (!st && (!r.cluster || !r.member))
        st = hz_mem_fail(err, "scan");
    if (!st)
        look_everywhere(&w, w.most_base);
    if (!st && w.reach == 0)
        st = hz_fail(err, HZ_EDATA, "scan: each of the %zu places, with those at the same spot, "
                     "holds more than %g of the population, expected some that fit in a window",
                     d->n, o->max_population);
    for (size_t i = 0; !st && i < w.items; i++)
        best = fmax(best, w.item[i].window.value);
    if (!st)
        st = scan_draw(&w, best, err);
    if (!st && o->gini)
        st = choose_by_gini(&w, &r, err);
    if (!st && o->gini)
        look_everywhere(&w, isnan(r.gini_share) ? w.most_base : r.gini_share * d->base_sum);
    if (!st)
        st = choose(&w, isnan(r.gini_share) ? w.most_base : r.gini_share * d->base_sum, &r, err);
    if (!st) {
        give_p(&w, &r);
        while (!isnan(r.gini_share) && r.count > 0 && r.cluster[r.count - 1].p > o->alpha)
            r.count--; /* the Gini chose among significant ones; p grows down the list */
        r.replicates = w.drawn;
        *out = r;
        r = (scan_result){ 0 };
    }
    scan_result_free(&r);
    scan_work_free(&w);
    return st;
}
