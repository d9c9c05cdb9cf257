/* Tails of the Poisson and binomial distributions, accurate where they are small. */
#include "num/tail.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

static const double LOG_2PI = 1.8378770664093454836;

/* A series or fraction needs some ten times sqrt(a) terms; a = 1e13 gets its due. */
enum { MOST_TERMS = 40000000, MOST_STEPS = 200 };

/* log Gamma(a + 1) - [(a + 1/2) log a - a + log(2 pi) / 2], the error of Stirling's formula:
 * from Gamma itself while that is small, else by the asymptotic series (DLMF 5.11.1). */
static double stirling_error(double a)
{
    if (a <= 15)
        return log(tgamma(a + 1)) - (a + 0.5) * log(a) + a - LOG_2PI / 2;
    double r = 1 / (a * a);
    return (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r * (1.0 / 1188
            - r * (691.0 / 360360 - r / 156)))))) / a;
}

/* x log(x / m) + m - x >= 0 without cancellation near x = m (Loader 2000): with
 * v = (x - m) / (x + m), log(x / m) = 2 (v + v^3/3 + v^5/5 + ...). */
static double deviance(double x, double m)
{
    if (!(fabs(x - m) < 0.1 * (x + m)))
        return x * log(x / m) + m - x;
    double v = (x - m) / (x + m), v2 = v * v, power = 2 * x * v, sum = v * (x - m);
    for (int odd = 3; odd < 60; odd += 2) {
        power *= v2;
        double next = sum + power / odd;
        if (next == sum)
            break;
        sum = next;
    }
    return sum;
}

/* log of m^a e^-m / Gamma(a + 1), m = exp(u): the Poisson probability of a. */
static double poisson_log(double a, double u)
{
    double m = exp(u);
    if (a <= 15)
        return a * u - m - log(tgamma(a + 1));
    if (m == 0 || isinf(m))
        return -INFINITY;
    return -stirling_error(a) - deviance(a, m) - 0.5 * (LOG_2PI + log(a));
}

/* Sum over n of m^n / ((a + 1) ... (a + n)); all terms positive (DLMF 8.7.1). */
static double gamma_series(double a, double m)
{
    double term = 1, sum = 1;
    for (long n = 1; n < MOST_TERMS && term > sum * (DBL_EPSILON / 8); n++) {
        term *= m / (a + (double)n);
        sum += term;
    }
    return sum;
}

/* Continued fraction of Gamma(a, m) e^m m^-a by Lentz's method (DLMF 8.9.2), m > a. */
static double gamma_fraction(double a, double m)
{
    const double tiny = 1e-300;
    double b = m + 1 - a, c = 1 / tiny, d = 1 / b, value = d;
    for (long n = 1; n < MOST_TERMS; n++) {
        double step = -(double)n * ((double)n - a);
        b += 2;
        d = step * d + b;
        c = b + step / c;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = fabs(c) < tiny ? tiny : c;
        double change = c * d;
        value *= change;
        if (fabs(change - 1) < DBL_EPSILON)
            break;
    }
    return value;
}

double hz_tail_gamma_lower(double a, double u)
{
    double m = exp(u);
    if (m < a + 1)
        return exp(poisson_log(a, u)) * gamma_series(a, m);
    return 1 - hz_tail_gamma_upper(a, u);
}

double hz_tail_gamma_upper(double a, double u)
{
    double m = exp(u);
    if (m < a + 1)
        return 1 - hz_tail_gamma_lower(a, u);
    if (isinf(m))
        return 0;
    return exp(poisson_log(a, u)) * a * gamma_fraction(a, m);
}

double hz_tail_binomial_log(double k, double n, double t)
{
    /* log p = -log(1 + e^-t), log q = -log(1 + e^t): the same two lines for either sign */
    double log_p = t < 0 ? t - log1p(exp(t)) : -log1p(exp(-t));
    double log_q = t < 0 ? -log1p(exp(t)) : -t - log1p(exp(-t));
    if (k == 0)
        return n * log_q;
    if (k == n)
        return n * log_p;
    double rest = n - k;
    return stirling_error(n) - stirling_error(k) - stirling_error(rest)
           - deviance(k, n * exp(log_p)) - deviance(rest, n * exp(log_q))
           + 0.5 * (log(n) - LOG_2PI - log(k) - log(rest));
}

/* The continued fraction of I_p(a, b) (DLMF 8.17.22) by Lentz's method, p under the mean. */
static double beta_fraction(double a, double b, double p)
{
    const double tiny = 1e-300;
    double value = 1, c = 1, d = 0;
    for (long n = 1; n < MOST_TERMS; n++) {
        double m = (double)(n / 2), at = a + 2 * m, step;
        step = n % 2 ? -(a + m) * (a + b + m) / (at * (at + 1)) * p
                     : m * (b - m) / ((at - 1) * at) * p;
        d = 1 + step * d;
        c = 1 + step / c;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = fabs(c) < tiny ? tiny : c;
        value *= c * d;
        if (fabs(c * d - 1) < DBL_EPSILON && n > 1)
            break;
    }
    return 1 / value;
}

/* p^a q^b / B(a, b), the derivative of I_p(a, b) by log odds. */
static double beta_slope(double a, double b, double t)
{
    return exp(hz_tail_binomial_log(a, a + b, t)) * (a / (a + b)) * b;
}

double hz_tail_beta(double a, double b, double t)
{
    double p = 1 / (1 + exp(-t));
    if (p < (a + 1) / (a + b + 2))
        return p > 0 ? beta_slope(a, b, t) / a * beta_fraction(a, b, p) : 0;
    double q = 1 / (1 + exp(t));
    return q > 0 ? 1 - beta_slope(b, a, -t) / b * beta_fraction(b, a, q) : 1;
}

/* A tail as a function of one unknown: its value, and its derivative, rising or falling. */
typedef double (*tail_fn)(double a, double b, double at, double *slope);

static double lower_gamma(double a, double b, double u, double *slope)
{
    (void)b;
    *slope = exp(poisson_log(a, u)) * a;
    return hz_tail_gamma_lower(a, u);
}

static double upper_gamma(double a, double b, double u, double *slope)
{
    (void)b;
    *slope = -exp(poisson_log(a, u)) * a;
    return hz_tail_gamma_upper(a, u);
}

static double lower_beta(double a, double b, double t, double *slope)
{
    *slope = beta_slope(a, b, t);
    return hz_tail_beta(a, b, t);
}

/* Newton on the logarithm of the tail, which is concave, kept inside a shrinking bracket. */
static double solve(tail_fn tail, double a, double b, double start, bool rising, double target)
{
    double low = -746, high = 710, at = start; /* exp() is 0 and infinite at these ends */
    for (int i = 0; i < MOST_STEPS; i++) {
        double slope, got = tail(a, b, at, &slope);
        if ((got < target) == rising)
            low = at;
        else
            high = at;
        double next = at - log(got / target) * (got / slope);
        if (!(next > low && next < high))
            next = low + (high - low) / 2;
        if (fabs(next - at) <= DBL_EPSILON * (fabs(at) + 1))
            return next;
        at = next;
    }
    return at;
}

double hz_tail_gamma_lower_at(double a, double tail)
{
    return solve(lower_gamma, a, 0, log(a), true, tail);
}

double hz_tail_gamma_upper_at(double a, double tail)
{
    return solve(upper_gamma, a, 0, log(a), false, tail);
}

double hz_tail_beta_at(double a, double b, double tail)
{
    return solve(lower_beta, a, b, log(a) - log(b), true, tail);
}
