/* How little so few events can show. */
#ifndef HOTZONE_POWER_H
#define HOTZONE_POWER_H

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Of one place in a map of many that are tested together: all plain numbers. */
typedef struct {
    double units, block;  /* units tested, and how many of them the place is made of */
    double events;        /* in all */
    double expected;      /* in the place, by chance */
    double needed;        /* least number there for p <= alpha / units; above `events` if none will do */
    double risk;          /* how many times the risk elsewhere */
    double power;         /* chance that so many are then there */
} hz_power;

/**
 * Events are shared out binomially: block / units of them fall in the place by chance, and
 * risk block / (units + (risk - 1) block) at a greater risk.  To be found alone, at a false discovery
 * rate of alpha, a place must pass alpha / units on both sides (Benjamini & Hochberg's first
 * step).  A guide to what to expect of a map, not its test: neighbours share events and values vary
 * more than binomially.
 *
 * @param block,units  0 < block <= units
 * @param events       >= 0, whole
 * @param risk         >= 1
 */
HZ_API hz_power hz_power_of(double units, double block, double events, double alpha, double risk);

#ifdef __cplusplus
}
#endif
#endif
