/* Sentences about where events cluster beyond chance, in Danish and English, made from the data. */
#ifndef HOTZONE_CAPTION_HOTSPOTS_H
#define HOTZONE_CAPTION_HOTSPOTS_H

#include <stdbool.h>

#include "hotzone/cluster.h"
#include "hotzone/concentration.h"
#include "hotzone/layer.h"
#include "hotzone/place.h"
#include "hotzone/power.h"
#include "hotzone/scanning.h"
#include "hotzone/text.h"
#include "hotzone/units.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What the sentences are made from; lent.  Words are in `language`, nouns in lower case and plural. */
typedef struct {
    hz_language language;
    const char *noun;             /* "anmeldelser" */
    const char *units_noun;       /* of areas as units: "bydele"; not used for cells */
    const char *place_in;         /* "i København"; may be NULL */
    const char *period;           /* "2017"; may be NULL */
    double cell_m;                /* 0: areas are the units */
    const hz_neighbours *neighbours;
    bool figures;                 /* what was tested are no counts: nothing is said of their number */
    bool rates;                   /* rates were tested, not counts */
    const hz_layer *units;        /* after hz_cluster_add */
    const hz_cluster_opts *opts;
    const hz_cluster_found *found;
    const hz_power *power;
    const hz_fate *fate;          /* of located events; NULL for counts by area */
    double events, events_left_out;
    size_t coarse;                /* events placed less precisely than a cell is wide */
    const hz_scanning *scan;      /* its clusters have texts `place`; NULL: no scan */
    size_t sure;                  /* clusters with p <= alpha */
    double alpha;                 /* of the scan */
    bool by_population;           /* the scan expects events by population, else by area */
    const hz_concentration *spread;
    const char *const *spread_name; /* "200 m" */
    size_t spreads;
    bool made_up;
} hz_caption_hotspots;

/* As in caption.h: plain text is added to `out`, out->failed tells of memory. */

/** A legend's title: "Syntetiske hændelser i celler på 200 m med naboer, 2017". */
HZ_API void hz_caption_hotspots_quantity(const hz_caption_hotspots *f, hz_text *out);
HZ_API void hz_caption_hotspots_alt(const hz_caption_hotspots *f, hz_text *out);
/** The paragraph under the map. */
HZ_API void hz_caption_hotspots_figure(const hz_caption_hotspots *f, hz_text *out);
/** How many units differ from chance, and how many of those may be chance. */
HZ_API void hz_caption_hotspots_findings(const hz_caption_hotspots *f, hz_text *out);
/** For a report's top: the findings and the number of clusters, and whether so few events say
 *  anything of a place that is not marked. */
HZ_API void hz_caption_hotspots_short(const hz_caption_hotspots *f, hz_text *out);
/** How little so many events can show, from their number. */
HZ_API void hz_caption_hotspots_power(const hz_caption_hotspots *f, hz_text *out);
/** The clusters of the scan; nothing without one. */
HZ_API void hz_caption_hotspots_scan(const hz_caption_hotspots *f, hz_text *out);
/** Decimals of expected counts where there are so many events, in sentences and tables alike. */
HZ_API int hz_caption_hotspots_decimals(double events);
/** Concentration beside what chance alone gives; nothing without it. */
HZ_API void hz_caption_hotspots_spread(const hz_caption_hotspots *f, hz_text *out);
/** Statistic, null, number of tests, correction, what was not tested. */
HZ_API void hz_caption_hotspots_method(const hz_caption_hotspots *f, hz_text *out);
/** What became of the events that were read; nothing for counts by area. */
HZ_API void hz_caption_hotspots_fate(const hz_caption_hotspots *f, hz_text *out);
/** When not to trust the map. */
HZ_API void hz_caption_hotspots_doubt(const hz_caption_hotspots *f, hz_text *out);

/** Of a Lorenz chart of `spread`: alternative text, and the note below it. */
HZ_API void hz_caption_lorenz_alt(const hz_caption_hotspots *f, hz_text *out);
HZ_API void hz_caption_lorenz_method(const hz_caption_hotspots *f, hz_text *out);

#ifdef __cplusplus
}
#endif
#endif
