/* Writes what was found of a pattern: every figure beside its null, and why one is missing. */
#include "hotzone/pattern_json.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include "hotzone/mem.h"
#include "report/json.h"

/* An object under construction; `bad` once memory ran out. */
typedef struct {
    json_t *object;
    bool bad;
} node;

static node new_node(void)
{
    node n = { json_object(), false };
    n.bad = n.object == NULL;
    return n;
}

static void set(node *to, const char *key, json_t *value)
{
    to->bad |= json_object_set_new(to->object, key, value) != 0;
}

static void set_number(node *to, const char *key, double value)
{
    set(to, key, isfinite(value) ? json_real(value) : json_null());
}

/* A tail of a distribution is never 0: below the numbers there are it is called 1e-300. */
static void set_p(node *to, const char *key, double p)
{
    set_number(to, key, p < 1e-300 ? 1e-300 : p);
}

static void set_count(node *to, const char *key, size_t value)
{
    set(to, key, json_integer((json_int_t)value));
}

static void set_text(node *to, const char *key, const char *text)
{
    set(to, key, json_string(text));
}

static void set_node(node *to, const char *key, node value)
{
    to->bad |= value.bad;
    set(to, key, value.object);
}

/* z and its two-sided normal p, unless the statistic cannot vary. */
static void set_z(node *to, const char *under, double gap, double variance, double scale)
{
    char key[40];
    double z = variance > 1e-14 * scale * scale ? gap / sqrt(variance) : NAN;
    snprintf(key, sizeof key, "variance_%s", under);
    set_number(to, key, variance);
    snprintf(key, sizeof key, "z_%s", under);
    set_number(to, key, z);
    snprintf(key, sizeof key, "p_%s", under);
    set_p(to, key, erfc(fabs(z) * sqrt(0.5)));
}

static node shuffled_value(const hz_shuffled *s, uint32_t maps)
{
    node to = new_node();
    double high = ((double)s->above + s->equal + 1) / ((double)maps + 1);
    double low = ((double)s->below + s->equal + 1) / ((double)maps + 1);
    set_number(&to, "mean", s->mean);
    set_number(&to, "sd", s->sd);
    set_number(&to, "p_high", high);
    set_number(&to, "p_low", low);
    set_number(&to, "p", fmin(1, 2 * fmin(high, low)));
    return to;
}

/* `scale`: the size of the statistic, beside which a variance may be no more than rounding. */
static node global_value(const hz_global *g, const hz_shuffled *s, uint32_t maps)
{
    node to = new_node();
    double gap = g->value - g->expected, scale = fmax(fabs(g->value), fabs(g->expected));
    set_number(&to, "statistic", g->value);
    set_number(&to, "expected", g->expected);
    set_z(&to, "normality", gap, g->normality, scale);
    set_z(&to, "randomisation", gap, g->randomisation, scale);
    if (isfinite(g->value))
        set_node(&to, "permutation", shuffled_value(s, maps));
    else
        set(&to, "permutation", json_null());
    return to;
}

static node map_value(const hz_pattern_map *m)
{
    static const char *const weights[] = { "binary", "row", "given", "given, row" };
    node to = new_node();
    const hz_association *a = &m->found;
    set_count(&to, "units", m->units);
    set_count(&to, "used", a->used);
    set_count(&to, "outside", m->outside);
    set_count(&to, "missing", m->missing);
    if (m->rates)
        set_count(&to, "no_population", m->no_population);
    set_count(&to, "islands", a->islands);
    set_count(&to, "links", m->links);
    set_text(&to, "weights", weights[m->weights]);
    set_text(&to, "tested", m->rates ? "rates, standardised (Assuncao & Reis 1999)" : "values");
    set_number(&to, "s0", a->s0);
    set_number(&to, "s1", a->s1);
    set_number(&to, "s2", a->s2);
    set_count(&to, "permutations", m->null.maps);
    set_count(&to, "seed", m->seed);
    set_node(&to, "moran", global_value(&a->moran, &m->null.moran, m->null.maps));
    set_node(&to, "geary", global_value(&a->geary, &m->null.geary, m->null.maps));
    set_node(&to, "general_g", global_value(&a->general, &m->null.general,
                                                      m->null.maps));
    return to;
}

/* ---- points ---- */

static node why_value(const char *why)
{
    node to = new_node();
    set_text(&to, "undefined", why);
    return to;
}

static node place_value(double x, double y)
{
    node to = new_node();
    set_number(&to, "x", x);
    set_number(&to, "y", y);
    return to;
}

static node tails_value(const hz_pattern_tails *t)
{
    node to = new_node();
    set_number(&to, "mean", t->mean);
    set_number(&to, "p_high", t->p_high);
    set_number(&to, "p_low", t->p_low);
    set_number(&to, "p", t->p);
    return to;
}

static node centre_value(const hz_pattern_points *p)
{
    static const char *const kinds[] = { "yuill", "crimestat", "arcgis" };
    node to = new_node(), axes = new_node();
    set_node(&to, "mean", place_value(p->ellipse.x, p->ellipse.y));
    set_node(&to, "median", place_value(p->median_x, p->median_y));
    set_number(&to, "standard_distance", p->ellipse.distance);
    set_text(&axes, "convention", kinds[p->ellipse_kind]);
    set_number(&axes, "major", p->ellipse.major);
    set_number(&axes, "minor", p->ellipse.minor);
    set_number(&axes, "angle_deg", p->ellipse.angle_deg);
    if (isnan(p->ellipse.major))
        set_text(&axes, "undefined", "fewer than 3 events, or all on one line");
    set_node(&to, "ellipse", axes);
    return to;
}

static node nearest_value(const hz_pattern_points *p)
{
    const hz_clark_evans *c = &p->nearest;
    node to = new_node();
    set_number(&to, "mean", c->mean);
    set_number(&to, "expected", c->expected);
    set_number(&to, "ratio", c->ratio);
    set_number(&to, "z", c->z);
    set_p(&to, "p", erfc(fabs(c->z) * sqrt(0.5)));
    if (isfinite(c->donnelly_ratio)) {
        node donnelly = new_node();
        set_number(&donnelly, "expected", c->donnelly_expected);
        set_number(&donnelly, "ratio", c->donnelly_ratio);
        set_number(&donnelly, "z", c->donnelly_z);
        set_p(&donnelly, "p", erfc(fabs(c->donnelly_z) * sqrt(0.5)));
        set_node(&to, "donnelly", donnelly);
    } else {
        set_node(&to, "donnelly", why_value("the study area is no rectangle along the axes"));
    }
    set_node(&to, "simulation", tails_value(&p->nearest_tails));
    return to;
}

static node quadrat_value(const hz_pattern_points *p)
{
    const hz_quadrat *q = &p->quadrat;
    node to = new_node();
    set_number(&to, "cell_m", p->cell_m);
    set_count(&to, "cells", q->cells);
    set_number(&to, "least_expected", q->least);
    set_count(&to, "expecting_under_5", q->below_5);
    set_number(&to, "chi2", q->chi2);
    set_number(&to, "df", q->df);
    set_number(&to, "dispersion", q->dispersion);
    set_p(&to, "p_high", q->p_high);
    set_p(&to, "p_low", q->p_low);
    set_p(&to, "p", q->p);
    set_node(&to, "simulation", tails_value(&p->quadrat_tails));
    return to;
}

static node k_value(const hz_pattern_points *p, const hz_pattern_k *k)
{
    static const char *const edges[] = { "none", "translation", "isotropic" };
    node to = new_node(), mad = new_node(), dclf = new_node();
    set_text(&to, "correction", edges[p->edge]);
    set_number(&to, "reach_m", p->reach_m);
    set_count(&to, "steps", p->steps);
    set_number(&to, "alpha", k->test.alpha);
    set_number(&to, "half_width", k->test.half_width);
    set_number(&mad, "statistic", k->test.mad);
    set_number(&mad, "p", k->test.mad_p);
    set_number(&dclf, "statistic", k->test.dclf);
    set_number(&dclf, "p", k->test.dclf_p);
    set_node(&to, "mad", mad);
    set_node(&to, "dclf", dclf);
    return to;
}

static node points_value(const hz_pattern_points *p)
{
    node to = new_node(), events = new_node(), study = new_node();
    set_count(&events, "read", p->fate.read);
    set_count(&events, "used", p->n);
    set_count(&events, "outside", p->fate.outside);
    set_count(&events, "unlocated", p->fate.unlocated);
    set_count(&events, "undated", p->fate.undated);
    set_count(&events, "other_period", p->fate.other_period);
    set_count(&events, "other_kind", p->fate.other_kind);
    set_count(&events, "refused", p->fate.refused);
    set_count(&events, "sharing_a_place", p->coincident);
    set_node(&to, "events", events);
    set_number(&study, "area_m2", p->area);
    set_number(&study, "perimeter_m", p->perimeter);
    set_text(&study, "from", p->from_box ? "the box of the events" : "the areas given");
    set(&study, "crs", p->crs[0] ? json_string(p->crs) : json_null());
    set_node(&to, "study", study);
    set_text(&to, "null", p->thinned ? "points by population, even within its areas"
                                    : "points even over the study area");
    set_count(&to, "simulations", p->simulations);
    set_count(&to, "seed", p->seed);
    set_node(&to, "centre", centre_value(p));
    set_node(&to, "nearest_neighbour", p->nearest_why[0] ? why_value(p->nearest_why)
                                                                   : nearest_value(p));
    set_node(&to, "quadrats", p->quadrat_why[0] ? why_value(p->quadrat_why)
                                                          : quadrat_value(p));
    set_node(&to, "k", p->k.why[0] ? why_value(p->k.why) : k_value(p, &p->k));
    if (p->first + p->second > 0) {
        node cross = p->cross.why[0] ? why_value(p->cross.why) : k_value(p, &p->cross);
        set_count(&cross, "events_of_first_kind", p->first);
        set_count(&cross, "events_of_second_kind", p->second);
        set_text(&cross, "null", "kinds dealt out among the points");
        set_node(&to, "cross_k", cross);
    }
    return to;
}

hz_status hz_pattern_json(const hz_pattern_map *map, const hz_pattern_points *points, hz_text *out,
                          hz_error *err)
{
    node root = new_node();
    if (map)
        set_node(&root, "map", map_value(map));
    if (points)
        set_node(&root, "points", points_value(points));
    if (!root.bad) {
        hz_json_add(out, root.object, 2);
        hz_text_add(out, "\n");
    }
    json_decref(root.object);
    return root.bad || out->failed ? hz_mem_fail(err, "pattern") : HZ_OK;
}
