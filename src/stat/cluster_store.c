/* Writes the local statistics as columns: class, state, and why a figure is not there. */
#include <math.h>

#include "hotzone/mem.h"
#include "stat/cluster_parts.h"

enum { NEIGHBOURS, STATISTIC, EXPECTED, SD, Z, P, P_MID, Q, FIGURES, NEIGHBOUR_COLUMN = 5 };
static const char *const figure_names[FIGURES] = { "neighbours", "statistic", "expected", "sd",
                                                   "z", "p", "p_mid", "q" };

const char *const *hz_cluster_columns(void)
{
    static const char *const names[HZ_CLUSTER_COLUMNS] = {
        "id", "name", "x", "y", "value", "neighbours", "statistic", "expected", "sd", "z", "p",
        "p_mid", "q", "class", "null", "state"
    };
    return names;
}

/* To 14 digits: what is beyond them is rounding, and differs between machines. */
static double rounded(double value)
{
    static const double tens[] = { 1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
    double size = fabs(value);
    if (!(size >= 1e-8 && size < 1e14))
        return value;
    int shift = 0;
    while (size * tens[shift] < 1e13)
        shift++;
    return rint(value * tens[shift]) / tens[shift];
}

static const char *class_of(const cluster_work *w, size_t i)
{
    static const char *const hot[] = { "hot99", "hot95", "hot90" };
    static const char *const cold[] = { "cold99", "cold95", "cold90" };
    static const double limits[] = { 0.01, 0.05, 0.10 };
    if (!w->null[i])
        return "";
    if (w->opts->method == HZ_LOCAL_MORAN) {
        if (!(w->q[i] <= w->opts->alpha) || w->side[i] == 0)
            return "none";
        if (w->x[i] > w->values.mean)
            return w->side[i] > 0 ? "high-high" : "high-low";
        return w->side[i] > 0 ? "low-high" : "low-low";
    }
    for (int c = 0; c < 3; c++)
        if (w->q[i] <= limits[c] && w->side[i] != 0)
            return w->side[i] > 0 ? hot[c] : cold[c];
    return "none";
}

/* Columns for all rows: those that take no part have marks. */
typedef struct {
    double *figure[FIGURES];
    unsigned char *mark[FIGURES];
    const char **class, **null, **state;
} columns;

static void free_columns(columns *c)
{
    for (int f = 0; f < FIGURES; f++) {
        hz_mem_free(c->figure[f]);
        hz_mem_free(c->mark[f]);
    }
    hz_mem_free(c->class);
    hz_mem_free(c->null);
    hz_mem_free(c->state);
}

static hz_status new_columns(columns *c, size_t n, hz_error *err)
{
    bool whole = true;
    for (int f = 0; f < FIGURES; f++) {
        c->figure[f] = hz_mem_new(n, sizeof *c->figure[f]);
        c->mark[f] = hz_mem_new(n, 1);
        whole &= c->figure[f] && c->mark[f];
    }
    c->class = hz_mem_new(n, sizeof *c->class);
    c->null = hz_mem_new(n, sizeof *c->null);
    c->state = hz_mem_new(n, sizeof *c->state);
    whole &= c->class && c->null && c->state;
    return whole ? HZ_OK : hz_mem_fail(err, "hotspots");
}

static void set_row(columns *c, size_t row, const cluster_work *w, size_t i)
{
    static const char *const states[] = { "ok", "island", "fixed" };
    static const char *const nulls[] = { "", "exact", "permute", "analytic" };
    double figure[FIGURES];
    bool island = w->state[i] == CLUSTER_ISLAND, test = w->null[i] != 0;
    figure[NEIGHBOURS] = (double)hz_csr_count(w->links, i);
    figure[STATISTIC] = island ? NAN : w->local[i].statistic;
    figure[EXPECTED] = island ? NAN : w->local[i].expected;
    figure[SD] = island ? NAN : w->local[i].sd;
    figure[Z] = island ? NAN : (w->local[i].statistic - w->local[i].expected) / w->local[i].sd;
    figure[P] = test ? w->p[i] : NAN;
    figure[P_MID] = w->null[i] == HZ_NULL_ANALYTIC || !test ? NAN : w->mid[i];
    figure[Q] = test ? w->q[i] : NAN;
    for (int f = 0; f < FIGURES; f++) {
        c->figure[f][row] = isfinite(figure[f]) ? rounded(figure[f]) : NAN;
        c->mark[f][row] = isfinite(figure[f]) ? HZ_KNOWN : HZ_UNDEFINED_NO_RESULT;
    }
    c->class[row] = class_of(w, i);
    c->null[row] = nulls[w->null[i]];
    c->state[row] = states[w->state[i]];
}

static void set_absent(columns *c, size_t row, bool out, bool known)
{
    for (int f = 0; f < FIGURES; f++) {
        c->figure[f][row] = NAN;
        c->mark[f][row] = out || known ? HZ_UNDEFINED_NO_RESULT : HZ_UNDEFINED_MISSING;
    }
    c->class[row] = c->null[row] = "";
    c->state[row] = out ? "outside" : known ? "no-population" : "missing";
}

hz_status cluster_store(hz_layer *units, const cluster_work *w, const double *value,
                        const unsigned char *keep, const unsigned char *outside,
                        hz_cluster_found *f, hz_error *err)
{
    columns c = { .class = NULL };
    size_t at = 0;
    hz_status st = new_columns(&c, f->units, err);
    for (size_t i = 0; !st && i < f->units; i++) {
        if (!keep[i]) {
            set_absent(&c, i, outside && outside[i], isfinite(value[i]));
            continue;
        }
        f->hot += w->null[at] && w->q[at] <= w->opts->alpha && w->side[at] > 0;
        f->cold += w->null[at] && w->q[at] <= w->opts->alpha && w->side[at] < 0;
        set_row(&c, i, w, at++);
    }
    for (int k = 0; !st && k < FIGURES; k++)
        st = hz_layer_take_numbers(units, figure_names[k], &c.figure[k], &c.mark[k], err);
    if (!st)
        st = hz_layer_add_texts(units, "class", c.class, err);
    if (!st)
        st = hz_layer_add_texts(units, "null", c.null, err);
    if (!st)
        st = hz_layer_add_texts(units, "state", c.state, err);
    /* half of the columns would be no result */
    for (size_t k = NEIGHBOUR_COLUMN; st && k < HZ_CLUSTER_COLUMNS; k++)
        hz_layer_drop(units, hz_cluster_columns()[k]);
    free_columns(&c);
    return st;
}
