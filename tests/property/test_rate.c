/* Marshall's rates on seeded random areas: what must hold whatever the figures. */
#include "check.h"
#include "hotzone/rate.h"

enum { AREAS = 60, ROUNDS = 300 };

static uint64_t state = 7;

static double uniform(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 11) / 9007199254740992.0;
}

typedef struct {
    size_t n, first[AREAS + 1], neighbour[AREAS * AREAS];
    double events[AREAS], base[AREAS];
} city;

/* One area in eight has no base, one in eight no count; one in ten pairs are neighbours. */
static void make(city *c)
{
    size_t used = 0;
    c->n = 1 + (size_t)(uniform() * (AREAS - 1));
    for (size_t i = 0; i < c->n; i++) {
        c->base[i] = uniform() < 0.125 ? 0 : floor(exp(uniform() * 9) + 1);
        c->events[i] = uniform() < 0.125 ? NAN : floor(c->base[i] * uniform() * uniform() * 0.05);
        c->first[i] = used;
        for (size_t j = 0; j < c->n; j++)
            if (j != i && uniform() < 0.1)
                c->neighbour[used++] = j;
    }
    c->first[c->n] = used;
}

/* The formula as printed, sums written out, over the areas marked. */
static double slow(const city *c, const char *marked, size_t of, double *a_out)
{
    long double x = 0, p = 0, s2 = 0, m = 0;
    for (size_t i = 0; i < c->n; i++)
        if (marked[i] && c->base[i] > 0 && !isnan(c->events[i])) {
            x += c->events[i];
            p += c->base[i];
            m += 1;
        }
    long double b = x / p;
    for (size_t i = 0; i < c->n; i++)
        if (marked[i] && c->base[i] > 0 && !isnan(c->events[i]))
            s2 += c->base[i] * powl(c->events[i] / (long double)c->base[i] - b, 2) / p;
    long double a = s2 - b / (p / m);
    a = a > 0 ? a : 0;
    *a_out = (double)a;
    if (!(c->base[of] > 0) || isnan(c->events[of]))
        return NAN;
    long double r = c->events[of] / (long double)c->base[of];
    return (double)(b > 0 ? b + (r - b) * a / (a + b / c->base[of]) : b);
}

static int same(double got, double want)
{
    return isnan(want) ? isnan(got) : fabs(got - want) <= 1e-11 * (fabs(want) + 1e-3);
}

TEST(global_rates_equal_the_formula_written_out)
{
    static city c;
    char all[AREAS];
    double rate[AREAS], a;
    hz_smoothing found;
    memset(all, 1, sizeof all);
    for (int round = 0; round < ROUNDS; round++) {
        make(&c);
        hz_rate_smoothed(c.n, c.events, c.base, rate, &found);
        for (size_t i = 0; i < c.n; i++)
            CHECK(same(rate[i], slow(&c, all, i, &a)));
        if (found.used)
            CHECK_NEAR(found.variance, a, 1e-12 * (a + 1));
    }
}

TEST(local_rates_equal_the_formula_written_out_per_neighbourhood)
{
    static city c;
    double rate[AREAS], a;
    for (int round = 0; round < ROUNDS; round++) {
        make(&c);
        hz_rate_smoothed_local(c.n, c.events, c.base, c.first, c.neighbour, rate);
        for (size_t i = 0; i < c.n; i++) {
            char near[AREAS] = { 0 };
            near[i] = 1;
            for (size_t k = c.first[i]; k < c.first[i + 1]; k++)
                near[c.neighbour[k]] = 1;
            CHECK(same(rate[i], slow(&c, near, i, &a)));
        }
    }
}

TEST(when_all_are_neighbours_local_and_global_agree)
{
    static city c;
    double local[AREAS], global[AREAS];
    for (int round = 0; round < ROUNDS; round++) {
        make(&c);
        for (size_t i = 0, used = 0; i <= c.n; i++) {
            c.first[i] = used;
            for (size_t j = 0; i < c.n && j < c.n; j++)
                if (j != i)
                    c.neighbour[used++] = j;
        }
        hz_rate_smoothed_local(c.n, c.events, c.base, c.first, c.neighbour, local);
        hz_rate_smoothed(c.n, c.events, c.base, global, NULL);
        for (size_t i = 0; i < c.n; i++)
            CHECK(same(local[i], global[i]));
    }
}

TEST(a_smoothed_rate_lies_between_the_crude_rate_and_the_mean)
{
    static city c;
    double rate[AREAS];
    hz_smoothing found;
    for (int round = 0; round < ROUNDS; round++) {
        make(&c);
        hz_rate_smoothed(c.n, c.events, c.base, rate, &found);
        for (size_t i = 0; i < c.n; i++) {
            if (isnan(rate[i]))
                continue;
            double crude = c.events[i] / c.base[i], slack = 1e-15;
            CHECK(rate[i] >= fmin(crude, found.mean) - slack);
            CHECK(rate[i] <= fmax(crude, found.mean) + slack);
        }
    }
}

TEST(the_order_of_areas_and_the_unit_of_base_do_not_matter)
{
    static city c, back;
    double rate[AREAS], other[AREAS];
    for (int round = 0; round < ROUNDS; round++) {
        make(&c);
        back.n = c.n;
        for (size_t i = 0; i < c.n; i++) {
            back.events[i] = c.events[c.n - 1 - i];
            back.base[i] = c.base[c.n - 1 - i] * 8;
        }
        hz_rate_smoothed(c.n, c.events, c.base, rate, NULL);
        hz_rate_smoothed(c.n, back.events, back.base, other, NULL);
        for (size_t i = 0; i < c.n; i++)
            CHECK(same(other[c.n - 1 - i] * 8, rate[i]));
    }
}

RUN_TESTS(T(global_rates_equal_the_formula_written_out),
          T(local_rates_equal_the_formula_written_out_per_neighbourhood),
          T(when_all_are_neighbours_local_and_global_agree),
          T(a_smoothed_rate_lies_between_the_crude_rate_and_the_mean),
          T(the_order_of_areas_and_the_unit_of_base_do_not_matter))
