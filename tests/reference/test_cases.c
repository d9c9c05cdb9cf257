/* Published figures: every case file of tests/reference is met within its tolerance. */
#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>

#include "check.h"
#include "hotzone/breaks.h"
#include "hotzone/clock.h"
#include "hotzone/fdr.h"
#include "hotzone/funnel.h"
#include "hotzone/getis.h"
#include "hotzone/gini.h"
#include "hotzone/interval.h"
#include "hotzone/moran.h"
#include "hotzone/nearest.h"
#include "hotzone/palette.h"
#include "hotzone/rate.h"
#include "hotzone/ripley.h"
#include "hotzone/scan.h"
#include "hotzone/wdd.h"
#include "hotzone/weights.h"
#include "reference/cases_focus.h"

enum { MOST = 64, LINE = 4000 };

/* Take n inputs, give the outputs; returns how many, 0 if n is wrong. */
typedef size_t (*case_fn)(size_t n, const double *in, double *out);

static size_t poisson(size_t n, const double *in, double *out)
{
    hz_interval_poisson(in[0], in[1], &out[0], &out[1]);
    return n == 2 ? 2 : 0;
}

static size_t binomial(size_t n, const double *in, double *out)
{
    hz_interval_binomial(in[0], in[1], in[2], &out[0], &out[1]);
    return n == 3 ? 2 : 0;
}

static size_t wilson(size_t n, const double *in, double *out)
{
    hz_interval_wilson(in[0], in[1], in[2], &out[0], &out[1]);
    return n == 3 ? 2 : 0;
}

static size_t ratio(size_t n, const double *in, double *out)
{
    hz_interval_ratio(in[0], in[1], in[2], in[3], in[4], &out[0], &out[1], &out[2], &out[3]);
    return n == 5 ? 4 : 0;
}

static size_t central_p(size_t n, const double *in, double *out)
{
    out[0] = hz_interval_ratio_central_p(in[0], in[1], in[2], in[3]);
    return n == 4 ? 1 : 0;
}

static size_t difference(size_t n, const double *in, double *out)
{
    hz_interval_difference(in[0], in[1], in[2], in[3], in[4], &out[0], &out[1], &out[2]);
    return n == 5 ? 3 : 0;
}

static size_t gini(size_t n, const double *in, double *out)
{
    hz_gini_step steps[MOST];
    for (size_t i = 0; i < n; i++)
        steps[i] = (hz_gini_step){ in[i], 1 };
    hz_gini_sort(n, steps);
    out[0] = hz_gini(n, steps);
    out[1] = out[0] * (double)n / (double)(n - 1);
    out[2] = hz_theil(n, steps);
    return n > 1 ? 3 : 0;
}

static size_t gini_weighted(size_t n, const double *in, double *out)
{
    hz_gini_step steps[MOST];
    for (size_t i = 0; i < n / 2; i++)
        steps[i] = (hz_gini_step){ in[2 * i], in[2 * i + 1] };
    hz_gini_sort(n / 2, steps);
    out[0] = hz_gini(n / 2, steps);
    out[1] = hz_theil(n / 2, steps);
    return n % 2 == 0 ? 2 : 0;
}

static size_t bh(size_t n, const double *in, double *out)
{
    hz_fdr_item scratch[MOST];
    return hz_fdr_bh(n, in, scratch, out);
}

static size_t by(size_t n, const double *in, double *out)
{
    hz_fdr_item scratch[MOST];
    return hz_fdr_by(n, in, scratch, out);
}

static size_t funnel(size_t n, const double *in, double *out)
{
    out[0] = hz_funnel_limit(in[0], in[1]);
    return n == 2 ? 1 : 0;
}

/* Against the common rate of the areas. */
static size_t overdispersion(size_t n, const double *in, double *out)
{
    double scratch[MOST], events = 0, base = 0;
    for (size_t i = 0; i < n / 2; i++) {
        events += in[i];
        base += in[n / 2 + i];
    }
    hz_funnel_spread found =
        hz_funnel_overdispersion(n / 2, in, in + n / 2, events / base, 0.1, scratch);
    out[0] = found.phi;
    out[1] = found.tau2;
    return 2;
}

static size_t smoothed(size_t n, const double *in, double *out)
{
    hz_smoothing found;
    hz_rate_smoothed(n / 2, in, in + n / 2, out + 2, &found);
    out[0] = found.mean;
    out[1] = found.variance;
    return n / 2 + 2;
}

/* Rows of four areas; neighbours share a side. */
static size_t smoothed_lattice(size_t n, const double *in, double *out)
{
    size_t areas = n / 2, first[MOST + 1] = { 0 }, neighbour[4 * MOST], used = 0;
    for (size_t i = 0; i < areas; i++) {
        if (i % 4 > 0)
            neighbour[used++] = i - 1;
        if (i % 4 < 3)
            neighbour[used++] = i + 1;
        if (i >= 4)
            neighbour[used++] = i - 4;
        if (i + 4 < areas)
            neighbour[used++] = i + 4;
        first[i + 1] = used;
    }
    hz_rate_smoothed_local(areas, in, in + areas, first, neighbour, out);
    return areas;
}

static size_t ciede2000(size_t n, const double *in, double *out)
{
    out[0] = hz_lab_distance(in, in + 3);
    return n == 6 ? 1 : 0;
}

static size_t limits(hz_breaks_method method, size_t n, const double *in, double *out)
{
    hz_breaks b;
    hz_error err;
    if (hz_breaks_find(method, (size_t)in[0], false, n - 1, in + 1, NULL, &b, &err))
        return 0;
    memcpy(out, b.limits, (b.classes - 1) * sizeof *out);
    out[b.classes - 1] = b.fit;
    return b.classes;
}

static size_t fisher(size_t n, const double *in, double *out)
{
    return limits(HZ_FISHER, n, in, out);
}

static size_t quantile(size_t n, const double *in, double *out)
{
    return limits(HZ_QUANTILE, n, in, out);
}

static size_t equal(size_t n, const double *in, double *out)
{
    return limits(HZ_EQUAL, n, in, out);
}

/* Cells in rows of four: queen (1) or rook (0). */
static hz_csr *rows_of_four(size_t n, bool queen)
{
    int32_t column[MOST], row[MOST];
    hz_csr *links = NULL;
    hz_error err;
    for (size_t i = 0; i < n; i++) {
        column[i] = (int32_t)(i % 4);
        row[i] = (int32_t)(i / 4);
    }
    return hz_weights_cells(n, column, row, !queen, &links, &err) ? NULL : links;
}

static size_t association(size_t n, const double *in, double *out)
{
    hz_csr *links = rows_of_four(n - 1, in[0] == 1);
    hz_association a;
    hz_error err;
    hz_status st = hz_moran_global(n - 1, in + 1, links, in[0] == 1, &a, &err);
    hz_csr_free(links);
    if (st)
        return 0;
    const double all[] = { a.moran.value, a.moran.expected, a.moran.randomisation,
                           a.moran.normality, a.geary.value, a.geary.randomisation,
                           a.geary.normality, a.general.value, a.general.expected,
                           a.general.randomisation };
    memcpy(out, all, sizeof all);
    return sizeof all / sizeof *all;
}

static size_t local_g(size_t n, const double *in, double *out)
{
    hz_csr *links = rows_of_four(n - 2, in[0] == 1);
    hz_values v = hz_values_of(n - 2, in + 2);
    for (size_t i = 0; i < n - 2; i++) {
        hz_local g = hz_getis_local(&v, links, i, in[1] == 1, in[0] == 1);
        out[i] = (g.statistic - g.expected) / g.sd;
    }
    hz_csr_free(links);
    return n - 2;
}

static size_t local_moran(size_t n, const double *in, double *out)
{
    hz_csr *links = rows_of_four(n - 2, in[0] == 1);
    hz_values v = hz_values_of(n - 2, in + 2);
    for (size_t i = 0; i < n - 2; i++) {
        hz_local m = hz_moran_local(&v, links, i, in[0] == 1);
        const double all[] = { m.statistic, m.expected, m.sd * m.sd,
                               (m.statistic - m.expected) / m.sd };
        out[i] = all[(int)in[1]];
    }
    hz_csr_free(links);
    return n - 2;
}

static size_t exceedance(size_t n, const double *in, double *out)
{
    out[0] = hz_funnel_exceedance(in[0], in[1]);
    return n == 2 ? 1 : 0;
}

/* k neighbours of one of n units: the variance of their sum if it were drawn with replacement, over
 * that of the conditional permutation. */
static size_t replacement(size_t count, const double *in, double *out)
{
    size_t n = (size_t)in[0], k = (size_t)in[1];
    double x[MOST], sum = 0, squares = 0;
    hz_csr *links = NULL;
    hz_error err;
    if (count != 2 || n > MOST || k >= n || hz_csr_new(n, k, false, &links, &err))
        return 0;
    for (size_t i = 0; i < n; i++) {
        x[i] = (double)(i * i % 17 + i);
        links->first[i + 1] = k; /* those of unit 0; the others have none */
        sum += i ? x[i] : 0;
        squares += i ? x[i] * x[i] : 0;
    }
    for (size_t i = 0; i < k; i++)
        links->neighbour[i] = (uint32_t)i + 1;
    double m = (double)(n - 1), spread = squares / m - sum / m * (sum / m);
    hz_values v = hz_values_of(n, x);
    hz_local g = hz_getis_local(&v, links, 0, false, false);
    out[0] = (double)k * spread / (g.sd * g.sd);
    hz_csr_free(links);
    return 1;
}

static size_t getis_toy(size_t n, const double *in, double *out)
{
    double x[6], y[6];
    hz_csr *links = NULL;
    hz_error err;
    for (size_t i = 0; i < 6; i++) {
        x[i] = in[1 + 2 * i];
        y[i] = in[2 + 2 * i];
    }
    if (n != 19 || hz_weights_band(6, x, y, 15, false, &links, &err))
        return 0;
    hz_values v = hz_values_of(6, in + 13);
    for (size_t i = 0; i < 6; i++) {
        hz_local g = hz_getis_local(&v, links, i, in[0] == 1, false);
        out[i] = (g.statistic - g.expected) / g.sd;
    }
    hz_csr_free(links);
    return 6;
}

static size_t scan_llr(size_t n, const double *in, double *out)
{
    out[0] = hz_scan_llr(in[0], in[1], in[2]);
    return n == 3 ? 1 : 0;
}

static size_t danish_clock(size_t n, const double *in, double *out)
{
    hz_time local = hz_date_days((int)in[0], (int)in[1], (int)in[2]) * 86400 +
                    (int)in[3] * 3600 + (int)in[4] * 60;
    out[0] = (double)hz_clock_utc(local);
    return n == 5 ? 1 : 0;
}

/* Control, zone, ring control, ring: weights, then counts by turns before and after. */
static size_t wdd(size_t n, const double *in, double *out)
{
    static const double sign[] = { -1, 1, -1, 1 };
    double before[4], after[4], coefficient[4];
    hz_wdd_result r;
    for (size_t i = 0; n == 14 && i < 4; i++) {
        coefficient[i] = sign[i] / in[i];
        before[i] = in[5 + 2 * i];
        after[i] = in[6 + 2 * i];
    }
    if (n != 14)
        return 0;
    hz_wdd(4, before, after, coefficient, 1 / in[4], in[13], &r);
    const double all[] = { r.estimate, r.se, r.z, r.low, r.high };
    memcpy(out, all, sizeof all);
    return 5;
}

static size_t wdq(size_t n, const double *in, double *out)
{
    hz_wdq_result r;
    hz_wdq(in + 2, in + 4, in, &r);
    out[0] = r.success;
    out[1] = r.wdq;
    return n == 6 ? 2 : 0;
}

/* The unit square as a window; points come as x y pairs. */
static size_t split_points(size_t n, const double *in, double *x, double *y)
{
    for (size_t i = 0; i < n / 2; i++) {
        x[i] = in[2 * i];
        y[i] = in[2 * i + 1];
    }
    return n / 2;
}

static size_t ripley(size_t n, const double *in, double *out)
{
    double x1[] = { 0, 1, 1, 0 }, y1[] = { 0, 0, 1, 1 }, x2[] = { 1, 1, 0, 0 };
    double y2[] = { 0, 1, 1, 0 }, x[MOST], y[MOST], k[2];
    const hz_window square = { 4, x1, y1, x2, y2, 1 };
    const hz_edge edges[] = { HZ_EDGE_NONE, HZ_EDGE_TRANSLATION, HZ_EDGE_ISOTROPIC };
    size_t points = split_points(n - 1, in + 1, x, y), found = 0;
    hz_ripley_room *room = NULL;
    hz_overlap_table *table = NULL;
    hz_error err;
    if (!hz_ripley_room_new(points, &square, &room, &err) &&
        !hz_ripley_overlap_new(&square, in[0], &table, &err))
        for (; found < 3; found++) {
            const hz_ripley_plan plan = { edges[found], &square, table, in[0], 1 };
            hz_ripley_k(&plan, points, x, y, NULL, room, k);
            out[found] = k[1];
        }
    hz_ripley_room_free(room);
    hz_ripley_overlap_free(table);
    return found;
}

static size_t clark_evans(size_t n, const double *in, double *out)
{
    double x[MOST], y[MOST];
    size_t points = split_points(n, in, x, y);
    hz_nearest_room *room = NULL;
    hz_error err;
    if (hz_nearest_room_new(points, &room, &err))
        return 0;
    hz_clark_evans c = hz_nearest_clark_evans(points, hz_nearest_mean(points, x, y, room, NULL), 1,
                                              4);
    out[0] = c.ratio;
    out[1] = c.donnelly_ratio;
    hz_nearest_room_free(room);
    return 2;
}

static const struct {
    const char *name;
    case_fn run;
} functions[] = {
    { "poisson", poisson },   { "binomial", binomial },
    { "wilson", wilson },     { "ratio", ratio },
    { "smoothed", smoothed }, { "smoothed_lattice", smoothed_lattice },
    { "fisher", fisher },     { "quantile", quantile },
    { "equal", equal },
    { "association", association }, { "local_g", local_g },
    { "local_moran", local_moran }, { "getis_toy", getis_toy },
    { "exceedance", exceedance }, { "replacement", replacement },
    { "ciede2000", ciede2000 },
    { "central_p", central_p }, { "difference", difference },
    { "bh", bh },             { "by", by },
    { "funnel", funnel },     { "overdispersion", overdispersion },
    { "scan_llr", scan_llr }, { "ripley", ripley }, { "clark_evans", clark_evans },
    { "clock", danish_clock }, { "wdd", wdd }, { "wdq", wdq },
    { "gini", gini },         { "gini_weighted", gini_weighted },
    { "focus", focus },       { "focus_trend", focus_trend }, { "focus_ellipse", focus_ellipse },
};

/* What the head of a file says, and where we are in it. */
typedef struct {
    const char *path;
    int line, cases, wrong;
    bool cited, relative, quiet;
    case_fn run;
    double tolerance;
} reading;

static void complain(reading *r, const char *what)
{
    if (!r->quiet)
        print_error("%s:%d: %s\n", r->path, r->line, what);
    r->wrong++;
}

/* Numbers up to the end or '='; '-' reads as NaN. */
static size_t read_numbers(char **at, double *values)
{
    size_t n = 0;
    for (; n < MOST; n++) {
        char *end;
        *at += strspn(*at, " \n");
        bool dash = **at == '-' && (*at)[1] <= ' ';
        values[n] = dash ? NAN : strtod(*at, &end);
        if (!dash && end == *at)
            break;
        *at = dash ? *at + 1 : end;
    }
    return n;
}

static void check_case(reading *r, char *line)
{
    double in[MOST], want[MOST], got[MOST];
    size_t n = read_numbers(&line, in);
    if (*line != '=' || !r->run) {
        complain(r, "not 'inputs = expected', or no function yet");
        return;
    }
    line++;
    size_t expected = read_numbers(&line, want);
    if (*line || r->run(n, in, got) != expected || expected == 0) {
        complain(r, "wrong number of inputs or outputs");
        return;
    }
    for (size_t i = 0; i < expected; i++) {
        double room = r->relative ? r->tolerance * fabs(want[i]) : r->tolerance;
        if (isnan(want[i]) || got[i] == want[i] || fabs(got[i] - want[i]) <= room)
            continue;
        char what[160];
        snprintf(what, sizeof what, "output %zu: got %.15g, want %.15g, diff %.3g, tolerance %.3g",
                 i + 1, got[i], want[i], got[i] - want[i], room);
        complain(r, what);
    }
    r->cases++;
}

static void read_line(reading *r, char *line)
{
    char name[32] = "", word[32] = "";
    if (line[0] == '#' || line[0] == '\n')
        return;
    if (strncmp(line, "cite ", 5) == 0) {
        r->cited = strlen(line) > 20;
    } else if (sscanf(line, "tolerance %lf %31s", &r->tolerance, word) >= 1) {
        r->relative = strcmp(word, "relative") == 0;
    } else if (sscanf(line, "function %31s", name) == 1) {
        for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
            if (strcmp(functions[i].name, name) == 0)
                r->run = functions[i].run;
    } else {
        check_case(r, line);
    }
}

static int check_file(const char *path)
{
    reading r = { .path = path };
    char line[LINE];
    FILE *file = fopen(path, "r");
    if (!file) {
        complain(&r, "cannot be opened");
        return 1;
    }
    while (fgets(line, sizeof line, file)) {
        r.line++;
        read_line(&r, line);
    }
    fclose(file);
    if (!r.cited || r.cases == 0 || !(r.tolerance > 0))
        complain(&r, "a case file needs a citation, a tolerance over 0 and a case");
    return r.wrong;
}

TEST(every_published_figure_is_met)
{
    int files = 0, wrong = 0;
    DIR *folder = opendir("tests/reference");
    CHECK(folder != NULL);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char path[512];
        const char *dot = strrchr(entry->d_name, '.');
        if (!dot || strcmp(dot, ".case") != 0)
            continue;
        snprintf(path, sizeof path, "tests/reference/%s", entry->d_name);
        wrong += check_file(path);
        files++;
    }
    closedir(folder);
    CHECK(files >= 10);
    CHECK(wrong == 0);
}

TEST(a_wrong_figure_is_caught)
{
    char good[] = "0 0.95 = 0 3.6889\n", bad[] = "0 0.95 = 0 3.6899\n", odd[] = "0 0.95 = 3.6889\n";
    reading r = { .path = "inline", .quiet = true, .run = poisson, .tolerance = 5e-4 };
    check_case(&r, good);
    CHECK(r.wrong == 0);
    check_case(&r, bad);
    CHECK(r.wrong == 1);
    check_case(&r, odd);
    CHECK(r.wrong == 2);
}

RUN_TESTS(T(every_published_figure_is_met), T(a_wrong_figure_is_caught))
