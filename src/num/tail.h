/* Tails of the Poisson and binomial distributions, accurate where they are small. */
#ifndef NUM_TAIL_H
#define NUM_TAIL_H

/* Arguments travel as logarithms (of a mean, of odds), so that neither a mean near 0 nor a share
 * near 1 loses digits.  Cost: O(1) far from the mean, O(sqrt(a)) terms near it. */

/** Regularised lower incomplete gamma P(a, exp(u)): for whole a, Pr(Poisson(exp(u)) >= a). */
double hz_tail_gamma_lower(double a, double u);
/** Its complement Q(a, exp(u)): for whole a, Pr(Poisson(exp(u)) <= a - 1). */
double hz_tail_gamma_upper(double a, double u);
/** The u with lower (or upper) tail equal to `tail`, 0 < tail < 1; a > 0. */
double hz_tail_gamma_lower_at(double a, double tail);
double hz_tail_gamma_upper_at(double a, double tail);

/** Regularised incomplete beta I_p(a, b) at p = 1 / (1 + exp(-t)): Pr(Bin(a+b-1, p) >= a). */
double hz_tail_beta(double a, double b, double t);
/** The log odds t at which that is `tail`, 0 < tail < 1; a, b > 0. */
double hz_tail_beta_at(double a, double b, double tail);

/** log Pr(Bin(n, p) = k), log odds of p being t; 0 <= k <= n. */
double hz_tail_binomial_log(double k, double n, double t);

#endif
