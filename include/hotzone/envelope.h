/* Is a curve among simulated ones unusual anywhere: global tests, and the band that shows them. */
#ifndef HOTZONE_ENVELOPE_H
#define HOTZONE_ENVELOPE_H

#include <stddef.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    double mad, mad_p;   /* greatest absolute departure from the centre */
    double dclf, dclf_p; /* mean square departure (Diggle; Cressie; Loosmore & Ford) */
    double half_width;   /* of the band: the observed curve leaves it just if mad_p <= alpha */
    double alpha;
} hz_envelope;

/**
 * Global tests of one observed curve against `simulations` curves of the null (Baddeley et al. 2014,
 * Ecological Monographs 84:477).  The centre is the mean of all curves, the observed one among
 * them: departures from it are those from the mean of the other curves, times a constant, so that
 * all curves are treated alike and p = (1 + number as great) / (simulations + 1) is exact.
 *
 * @param simulated  simulations * steps
 * @param centre     steps results
 * @return HZ_EUSAGE unless 0 < alpha < 1 and alpha (simulations + 1) >= 1; HZ_EMEMORY
 */
HZ_API hz_status hz_envelope_test(size_t steps, size_t simulations, const double *observed,
                                  const double *simulated, double alpha, double *centre,
                                  hz_envelope *out, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
