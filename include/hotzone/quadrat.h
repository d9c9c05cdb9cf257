/* Do counts by cell vary more than chance: the index of dispersion and its chi-squared test. */
#ifndef HOTZONE_QUADRAT_H
#define HOTZONE_QUADRAT_H

#include <stddef.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    size_t cells;                    /* with an expectation over 0 */
    double events;                   /* counted in them */
    double least;                    /* expectation */
    size_t below_5;                  /* cells that expect fewer than 5 */
    double chi2, df;                 /* sum of (count - expected)^2 / expected; cells - 1 */
    double dispersion;               /* chi2 / df: 1 by chance, more in clusters */
    double p_high, p_low, p;         /* chi-squared; p = min(1, 2 min(p_high, p_low)) */
} hz_quadrat;

/**
 * The quadrat test: `events` dealt to cells in proportion to a share.  Cells of share 0 take no
 * part.
 *
 * @param share  n figures >= 0, of area or of population; need not sum to 1
 * @return HZ_EDATA with under 2 cells of a share over 0, no event, or an event in a cell of share 0
 */
HZ_API hz_status hz_quadrat_test(size_t n, const double *count, const double *share,
                                 hz_quadrat *out, hz_error *err);
/** Its chi2 alone, of counts that sum to `events` and shares that sum to 1. */
HZ_API double hz_quadrat_chi2(size_t n, const double *count, const double *share, double events);

#ifdef __cplusplus
}
#endif
#endif
