/* Figures of a focus, for the files focus*.case; what is undefined is given as -1. */
#ifndef TESTS_REFERENCE_CASES_FOCUS_H
#define TESTS_REFERENCE_CASES_FOCUS_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "hotzone/focus.h"

enum { FOCUS_MOST = 32 };

static void focus_give(const double *figures, size_t n, double *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = isnan(figures[i]) ? -1 : figures[i];
}

/* Areas named "0", "1", ... in a row, 1 km apart. */
typedef struct {
    hz_layer *table;
    double x[FOCUS_MOST], y[FOCUS_MOST];
    unsigned char inside[FOCUS_MOST];
    hz_focus_areas areas;
} focus_row;

static bool focus_row_new(focus_row *r, size_t n, const double *events, const double *people)
{
    char names[FOCUS_MOST][4];
    const char *ids[FOCUS_MOST];
    hz_error err;
    for (size_t i = 0; i < n; i++) {
        snprintf(names[i], sizeof names[i], "%u", (unsigned char)i);
        ids[i] = names[i];
        r->x[i] = 1000.0 * (double)i;
        r->y[i] = 0;
    }
    r->table = NULL;
    bool bad = hz_layer_new("row", n, &r->table, &err) ||
               hz_layer_add_texts(r->table, "id", ids, &err) ||
               hz_layer_add_numbers(r->table, "events", events, &err) ||
               hz_layer_add_numbers(r->table, "people", people, &err);
    r->areas = (hz_focus_areas){ r->table, "id", "id", "events", "people", r->x, r->y, NULL,
                                 r->inside };
    return !bad;
}

/* Events beyond, then events, residents and 1 for the focus of each area. */
static size_t focus(size_t n, const double *in, double *out)
{
    double events[FOCUS_MOST], people[FOCUS_MOST];
    hz_focus_opts o = HZ_FOCUS_DEFAULTS;
    size_t m = n / 3;
    hz_focus f = { 0 };
    hz_error err;
    focus_row r;
    for (size_t i = 0; i < m; i++) {
        events[i] = in[1 + 3 * i];
        people[i] = in[2 + 3 * i];
        r.inside[i] = in[3 + 3 * i] > 0;
    }
    o.once = true;
    bool bad = n % 3 != 1 || !focus_row_new(&r, m, events, people) ||
               hz_focus_make(&r.areas, NULL, in[0], NULL, 0, &o, &f, NULL, &err);
    if (!bad) {
        const double figures[] = {
            f.look.share, f.look.low, f.look.high, f.expected_outside, f.ratio, f.ratio_low,
            f.ratio_high, (double)f.look.tested, (double)f.look.excess, f.look.least_q, f.gini,
            f.gini_focus, f.theil, f.theil_between, f.best_share, (double)f.look.verdict
        };
        focus_give(figures, sizeof figures / sizeof *figures, out);
    }
    hz_focus_clear(&f);
    hz_layer_free(r.table);
    return bad ? 0 : 16;
}

/* Events inside and outside of each period. */
static size_t focus_trend(size_t n, const double *in, double *out)
{
    double inside[FOCUS_MOST], outside[FOCUS_MOST], events[2] = { 0, 0 };
    const double people[2] = { 1000, 1000 };
    hz_period parts[FOCUS_MOST];
    hz_focus f = { 0 };
    hz_error err;
    focus_row r;
    for (size_t k = 0; k < n / 2; k++) {
        events[0] += inside[k] = in[2 * k];
        events[1] += outside[k] = in[2 * k + 1];
        parts[k] = (hz_period){ (hz_time)k * 86400, (hz_time)(k + 1) * 86400 };
    }
    r.inside[0] = 1;
    r.inside[1] = 0;
    const hz_focus_shown shown = { events[0], events[1], inside, outside };
    bool bad = n % 2 || !focus_row_new(&r, 2, events, people) ||
               hz_focus_make_shown(&r.areas, &shown, parts, n / 2, NULL, &f, &err);
    if (!bad) {
        const double figures[] = { f.trend.p, f.trend.p_mid, f.trend.direction,
                                   (double)f.trend.periods };
        focus_give(figures, 4, out);
    }
    hz_focus_clear(&f);
    hz_layer_free(r.table);
    return bad ? 0 : 4;
}

/* x and y of each event, all in one period. */
static size_t focus_ellipse(size_t n, const double *in, double *out)
{
    static const char *const columns[] = { "mean_x", "mean_y", "ellipse_major_m", "ellipse_minor_m",
                                           "ellipse_angle_deg" };
    double x[FOCUS_MOST], y[FOCUS_MOST];
    const double counts[2] = { (double)(n / 2), 0 }, people[2] = { 1000, 1000 };
    int32_t area[FOCUS_MOST] = { 0 };
    unsigned char used[FOCUS_MOST];
    hz_time when[FOCUS_MOST] = { 0 };
    const hz_period day = { 0, 86400 };
    const hz_focus_events events = { n / 2, area, used, when, x, y, NULL };
    hz_focus f = { 0 };
    hz_error err;
    focus_row r;
    for (size_t i = 0; i < n / 2; i++) {
        x[i] = in[2 * i];
        y[i] = in[2 * i + 1];
    }
    memset(used, 1, sizeof used);
    r.inside[0] = 1;
    r.inside[1] = 0;
    bool bad = n % 2 || !focus_row_new(&r, 2, counts, people) ||
               hz_focus_make(&r.areas, &events, 0, &day, 1, NULL, &f, NULL, &err);
    for (size_t c = 0; !bad && c < 5; c++)
        focus_give(hz_layer_numbers(f.periods, columns[c]), 1, out + c);
    hz_focus_clear(&f);
    hz_layer_free(r.table);
    return bad ? 0 : 5;
}

#endif
