/* Statistics of a set of points, each beside the same simulated sets. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/team.h"
#include "stat/pattern_parts.h"

static const double PI = 3.14159265358979323846;
/* Of all simulations: about a minute on one core where no distance is given, and ten of them where
 * one is. */
static const double MOST_PAIRS = 1e10, PAIRS_BY_MISTAKE = 1e11;

/* Everything a simulated set is measured for. */
typedef struct {
    const ground *g;
    const hz_pattern_opts *o;
    hz_ripley_plan plan;     /* of the curve that is tested */
    const quadrats *q;       /* NULL: no quadrat test */
    uint32_t statistic;
    /* per member */
    double **x, **y, **cells;
    unsigned char **kind;
    hz_nearest_room **nearest_room;
    hz_ripley_room **ripley_room;
    int members;
    /* per simulation */
    double *nearest, *chi2, *l;
    unsigned char *failed;
} job;

static void curve_of(const hz_ripley_plan *p, size_t n, const double *x, const double *y,
                     const unsigned char *kind, hz_ripley_room *room, double *l)
{
    hz_ripley_k(p, n, x, y, kind, room, l);
    for (size_t s = 0; s <= p->steps; s++)
        l[s] = sqrt(l[s] / PI);
}

static void simulate(size_t first, size_t last, int member, void *user)
{
    const job *j = user;
    size_t n = j->g->n, curve = j->o->steps + 1;
    double *x = j->x[member], *y = j->y[member];
    for (size_t r = first; r < last; r++) {
        hz_rng rng = hz_rng_new(j->o->seed, j->statistic, 0, (uint32_t)r);
        j->failed[r] = !pattern_deal(j->g, n, &rng, x, y);
        if (j->failed[r])
            continue;
        j->nearest[r] = hz_nearest_mean(n, x, y, j->nearest_room[member], NULL);
        if (j->q) {
            pattern_count(j->q, n, x, y, j->cells[member]);
            j->chi2[r] = hz_quadrat_chi2(j->q->cells, j->cells[member], j->q->share, (double)n);
        }
        curve_of(&j->plan, n, x, y, NULL, j->ripley_room[member], j->l + r * curve);
    }
}

/* The kinds dealt out among the points as they lie. */
static void relabel(size_t first, size_t last, int member, void *user)
{
    const job *j = user;
    size_t n = j->g->n, curve = j->o->steps + 1;
    unsigned char *kind = j->kind[member];
    for (size_t r = first; r < last; r++) {
        hz_rng rng = hz_rng_new(j->o->seed, j->statistic, 1, (uint32_t)r);
        memcpy(kind, j->g->kind, n);
        for (size_t i = n; i > 1; i--) {
            size_t at = (size_t)hz_rng_below(&rng, i);
            unsigned char one = kind[at];
            kind[at] = kind[i - 1];
            kind[i - 1] = one;
        }
        curve_of(&j->plan, n, j->g->x, j->g->y, kind, j->ripley_room[member], j->l + r * curve);
    }
}

static void free_job(job *j)
{
    for (int m = 0; m < j->members; m++) {
        if (j->x)
            hz_mem_free(j->x[m]);
        if (j->y)
            hz_mem_free(j->y[m]);
        if (j->cells)
            hz_mem_free(j->cells[m]);
        if (j->kind)
            hz_mem_free(j->kind[m]);
        if (j->nearest_room)
            hz_nearest_room_free(j->nearest_room[m]);
        if (j->ripley_room)
            hz_ripley_room_free(j->ripley_room[m]);
    }
    hz_mem_free(j->x);
    hz_mem_free(j->y);
    hz_mem_free(j->cells);
    hz_mem_free(j->kind);
    hz_mem_free(j->nearest_room);
    hz_mem_free(j->ripley_room);
    hz_mem_free(j->nearest);
    hz_mem_free(j->chi2);
    hz_mem_free(j->l);
    hz_mem_free(j->failed);
}

static hz_status make_job(job *j, hz_error *err)
{
    size_t members = (size_t)hz_team_size(), n = j->g->n, sims = j->o->simulations;
    hz_status st = HZ_OK;
    j->x = hz_mem_new(members, sizeof *j->x);
    j->y = hz_mem_new(members, sizeof *j->y);
    j->cells = hz_mem_new(members, sizeof *j->cells);
    j->kind = hz_mem_new(members, sizeof *j->kind);
    j->nearest_room = hz_mem_new(members, sizeof *j->nearest_room);
    j->ripley_room = hz_mem_new(members, sizeof *j->ripley_room);
    j->nearest = hz_mem_new(sims, sizeof *j->nearest);
    j->chi2 = hz_mem_new(sims, sizeof *j->chi2);
    j->l = hz_mem_new(sims, (j->o->steps + 1) * sizeof *j->l);
    j->failed = hz_mem_new(sims, 1);
    j->members = (int)members;
    if (!j->x || !j->y || !j->cells || !j->kind || !j->nearest_room || !j->ripley_room ||
        !j->nearest || !j->chi2 || !j->l || !j->failed)
        return hz_mem_fail(err, "simulations");
    for (size_t m = 0; m < members && !st; m++) {
        j->x[m] = hz_mem_new(n, sizeof **j->x);
        j->y[m] = hz_mem_new(n, sizeof **j->y);
        j->cells[m] = hz_mem_new(j->q ? j->q->cells : 1, sizeof **j->cells);
        j->kind[m] = hz_mem_new(n, 1);
        if (!j->x[m] || !j->y[m] || !j->cells[m] || !j->kind[m])
            return hz_mem_fail(err, "simulations");
        st = hz_nearest_room_new(n, &j->nearest_room[m], err);
        if (!st)
            st = hz_ripley_room_new(n, &j->g->window, &j->ripley_room[m], err);
    }
    return st;
}

/* Statistics equal up to rounding tie. */
static hz_pattern_tails tails_of(size_t sims, const double *simulated, double observed)
{
    hz_pattern_tails t = { 0, 0, 0, 0 };
    size_t high = 0, low = 0;
    double room = 1e-10 * fabs(observed);
    for (size_t r = 0; r < sims; r++) {
        high += simulated[r] >= observed - room;
        low += simulated[r] <= observed + room;
        t.mean += simulated[r] / (double)sims;
    }
    t.p_high = ((double)high + 1) / ((double)sims + 1);
    t.p_low = ((double)low + 1) / ((double)sims + 1);
    t.p = fmin(1, 2 * fmin(t.p_high, t.p_low));
    return t;
}

/* ---- K ---- */

static void clear_k(hz_pattern_k *k)
{
    double *const all[] = { k->r, k->none, k->translation, k->isotropic, k->l, k->centre, k->low,
                            k->high };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        hz_mem_free(all[i]);
}

void hz_pattern_points_clear(hz_pattern_points *points)
{
    clear_k(&points->k);
    clear_k(&points->cross);
    *points = (hz_pattern_points){ 0 };
}

static hz_status new_k(size_t steps, hz_pattern_k *k, hz_error *err)
{
    double **const all[] = { &k->r, &k->none, &k->translation, &k->isotropic, &k->l, &k->centre,
                             &k->low, &k->high };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!(*all[i] = hz_mem_new(steps + 1, sizeof **all[i])))
            return hz_mem_fail(err, "K function");
    return HZ_OK;
}

/* The observed K with every correction, shared out among threads. */
typedef struct {
    const job *j;
    const unsigned char *kind;
    double *to[3];
} observing;

static void observe_edges(size_t first, size_t last, int member, void *user)
{
    static const hz_edge edges[] = { HZ_EDGE_ISOTROPIC, HZ_EDGE_TRANSLATION, HZ_EDGE_NONE };
    const observing *o = user;
    const ground *g = o->j->g;
    hz_ripley_plan p = o->j->plan;
    for (size_t e = first; e < last; e++) {
        p.edge = edges[e];
        hz_ripley_k(&p, g->n, g->x, g->y, o->kind, o->j->ripley_room[member], o->to[p.edge]);
    }
}

static void observe_k(const job *j, const unsigned char *kind, hz_pattern_k *k)
{
    observing o = { j, kind, { k->none, k->translation, k->isotropic } };
    size_t steps = j->plan.steps;
    hz_team_share(3, 1, observe_edges, &o);
    for (size_t s = 0; s <= steps; s++) {
        k->r[s] = j->plan.reach * (double)s / (double)steps;
        k->l[s] = sqrt(o.to[j->plan.edge][s] / PI);
    }
}

/* Distances over 0 are tested; at 0 there is nothing to see. */
static hz_status test_k(const job *j, hz_pattern_k *k, hz_error *err)
{
    size_t steps = j->o->steps, sims = j->o->simulations;
    double *curves = hz_mem_new(sims, steps * sizeof *curves);
    if (!curves)
        return hz_mem_fail(err, "K function");
    for (size_t r = 0; r < sims; r++)
        memcpy(curves + r * steps, j->l + r * (steps + 1) + 1, steps * sizeof *curves);
    hz_status st = hz_envelope_test(steps, sims, k->l + 1, curves, j->o->alpha, k->centre + 1,
                                    &k->test, err);
    for (size_t s = 1; !st && s <= steps; s++) {
        k->low[s] = fmax(0, k->centre[s] - k->test.half_width);
        k->high[s] = k->centre[s] + k->test.half_width;
    }
    hz_mem_free(curves);
    return st;
}

/* ---- all of it ---- */

static void say_why(char why[120], const char *text)
{
    snprintf(why, 120, "%s", text);
}

/* To two digits: a side that is easy to name. */
static double round_side(double side)
{
    double unit = pow(10, floor(log10(side)) - 1);
    return rint(side / unit) * unit;
}

static void describe(const ground *g, const hz_pattern_opts *o, hz_pattern_points *out)
{
    out->n = g->n;
    out->area = g->window.area;
    out->perimeter = g->perimeter;
    out->ellipse = hz_ellipse_of(g->n, g->x, g->y, o->ellipse);
    hz_ellipse_median(g->n, g->x, g->y, &out->median_x, &out->median_y);
    out->ellipse.x += g->x0;
    out->ellipse.y += g->y0;
    out->median_x += g->x0;
    out->median_y += g->y0;
    if (g->metric)
        snprintf(out->crs, sizeof out->crs, "%s", hz_crs_code(g->metric));
    for (size_t i = 0; g->kind && i < g->n; i++) {
        out->first += g->kind[i] == 1;
        out->second += g->kind[i] == 2;
    }
    const char *why = g->n < 2 ? "one event has no neighbour, expected 2 or more"
                      : !(g->window.area > 0) ? "the events' box has no area, expected a study area"
                                              : "";
    say_why(out->nearest_why, why);
    say_why(out->quadrat_why, why);
    say_why(out->k.why, why);
    say_why(out->cross.why, !o->cross                       ? "not asked for"
                            : !out->first || !out->second ? "a kind has no event in the study area"
                                                            : why);
}

static hz_status count_places(const ground *g, const hz_notice *notice, hz_pattern_points *out,
                              hz_error *err)
{
    hz_nearest_room *room = NULL;
    hz_status st = hz_nearest_room_new(g->n, &room, err);
    if (!st)
        out->nearest.mean = hz_nearest_mean(g->n, g->x, g->y, room, &out->coincident);
    hz_nearest_room_free(room);
    if (!st && out->coincident)
        hz_warn(notice, "%zu of %zu events share their place with another: snapped or repeated "
                "places look clustered at distance 0 whatever happened", out->coincident, g->n);
    return st;
}

/* The lattice of the quadrat test; what it cannot bear becomes a reason, not a failure. */
static hz_status lay_quadrats(const ground *g, const hz_pattern_opts *o, quadrats *q,
                              hz_pattern_points *out, hz_error *err)
{
    hz_error why = { HZ_OK, "" };
    if (out->quadrat_why[0])
        return HZ_OK;
    out->cell_m = o->cell_m > 0 ? o->cell_m : round_side(sqrt(5 * g->window.area / (double)g->n));
    hz_status st = pattern_quadrats(g, out->cell_m, q, &why);
    if (!st)
        st = hz_quadrat_test(q->cells, q->count, q->share, &out->quadrat, &why);
    if (st == HZ_EDATA && !(o->cell_m > 0 && q->cells == 0)) {
        snprintf(out->quadrat_why, sizeof out->quadrat_why, "%.119s", why.text);
        return HZ_OK;
    }
    return st ? hz_fail(err, st, "%s", why.text) : HZ_OK;
}

/* Beyond half the study area's shorter side few pairs carry K, each weighed many times; and what
 * takes hours is asked for by mistake. */
static hz_status check_reach(const ground *g, const hz_pattern_opts *o, hz_error *err)
{
    double n = (double)g->n, r = o->reach_m, half = g->shorter / 2;
    double pairs = (double)o->simulations * n * fmin(n, n * PI * r * r / g->window.area);
    if (r > half * (1 + 1e-9))
        return hz_fail(err, HZ_EUSAGE, "max-distance: %.10g m, expected at most %.6g m, half the "
                       "shorter side of the study area", r, half);
    if (r > 0 && pairs > PAIRS_BY_MISTAKE)
        return hz_fail(err, HZ_EUSAGE, "max-distance: %.10g m makes %.2g pairs in %zu simulations, "
                       "expected at most %.2g: a shorter distance, or fewer simulations", r, pairs,
                       o->simulations, PAIRS_BY_MISTAKE);
    return HZ_OK;
}

static hz_status plan_k(const ground *g, const hz_pattern_opts *o, hz_ripley_plan *p,
                        hz_overlap_table **table, hz_pattern_points *out, hz_error *err)
{
    double n = (double)g->n, others = fmin(1000, MOST_PAIRS / (n * (double)o->simulations));
    double apart = sqrt(others * g->window.area / (PI * n));
    p->edge = o->edge;
    p->window = &g->window;
    p->reach = o->reach_m > 0 ? o->reach_m : fmin(g->shorter / 4, apart);
    p->steps = o->steps;
    out->reach_m = p->reach;
    out->steps = p->steps;
    out->edge = p->edge;
    hz_status st = check_reach(g, o, err);
    if (!st)
        st = hz_ripley_overlap_new(&g->window, p->reach, table, err);
    p->overlap = *table;
    return st;
}

static hz_status check_opts(const hz_pattern_opts *o, const hz_place_opts *place, hz_error *err)
{
    if (o->steps < 1 || o->steps > 10000)
        return hz_fail(err, HZ_EUSAGE, "steps: %zu, expected 1 to 10,000", o->steps);
    if (o->simulations < 1 || o->simulations > 1000000)
        return hz_fail(err, HZ_EUSAGE, "simulations: %zu, expected 1 to 1,000,000", o->simulations);
    if (o->cross && (!place || place->kind_count != 2 ||
                     strcmp(place->kinds[0], place->kinds[1]) == 0))
        return hz_fail(err, HZ_EUSAGE, "cross: expected two different kinds");
    if (!(o->alpha > 0 && o->alpha < 1) ||
        !(floor(o->alpha * ((double)o->simulations + 1) + 1e-9) >= 1))
        return hz_fail(err, HZ_EUSAGE, "alpha: %g with %zu simulations, expected a share between 0 "
                       "and 1, and at least 1 / alpha - 1 simulations", o->alpha, o->simulations);
    return HZ_OK;
}

/* Simulated sets of points: what each test needs of them. */
static hz_status test_all(job *j, hz_pattern_points *out, hz_error *err)
{
    const ground *g = j->g;
    hz_team_share(j->o->simulations, 1, simulate, j);
    for (size_t r = 0; r < j->o->simulations; r++)
        if (j->failed[r])
            return hz_fail(err, HZ_EDATA, "simulations: a part of the study area is too thin to "
                           "deal points to, expected areas rather than lines");
    out->nearest = hz_nearest_clark_evans(g->n, out->nearest.mean, g->window.area,
                                          g->rectangle ? g->perimeter : NAN);
    out->nearest_tails = tails_of(j->o->simulations, j->nearest, out->nearest.mean);
    if (j->q)
        out->quadrat_tails = tails_of(j->o->simulations, j->chi2, out->quadrat.chi2);
    hz_status st = new_k(j->o->steps, &out->k, err);
    if (!st) {
        observe_k(j, NULL, &out->k);
        st = test_k(j, &out->k, err);
    }
    if (!st && !out->cross.why[0]) {
        st = new_k(j->o->steps, &out->cross, err);
        if (!st) {
            observe_k(j, g->kind, &out->cross);
            hz_team_share(j->o->simulations, 1, relabel, j);
            st = test_k(j, &out->cross, err);
        }
    }
    return st;
}

hz_status hz_pattern_of_points(const hz_layer *events, const hz_layer *study,
                               const hz_layer *population, const char *people,
                               const hz_place_opts *place, const hz_pattern_opts *opts,
                               hz_pattern_points *out, const hz_notice *notice, hz_error *err)
{
    static const hz_pattern_opts usual = HZ_PATTERN_DEFAULTS;
    const hz_pattern_opts *o = opts ? opts : &usual;
    hz_pattern_points found = { .thinned = population != NULL, .simulations = o->simulations,
                                .seed = o->seed, .ellipse_kind = o->ellipse };
    ground g = { 0 };
    quadrats q = { 0 };
    hz_overlap_table *table = NULL;
    job j = { .g = &g, .o = o, .statistic = hz_rng_statistic("pattern") };
    hz_status st = check_opts(o, place, err);

    if (!st)
        st = pattern_ground(events, study, population, people, place, o->cross, &g, &found, notice,
                            err);
    if (!st)
        describe(&g, o, &found);
    if (!st)
        st = count_places(&g, notice, &found, err);
    if (!st)
        st = lay_quadrats(&g, o, &q, &found, err);
    if (st || found.nearest_why[0])
        goto done;
    j.q = found.quadrat_why[0] ? NULL : &q;
    st = plan_k(&g, o, &j.plan, &table, &found, err);
    if (!st)
        st = make_job(&j, err);
    if (!st)
        st = test_all(&j, &found, err);
done:
    if (!st) {
        *out = found;
        found = (hz_pattern_points){ 0 };
    }
    hz_pattern_points_clear(&found);
    hz_ripley_overlap_free(table);
    free_job(&j);
    pattern_quadrats_clear(&q);
    pattern_ground_clear(&g);
    return st;
}
