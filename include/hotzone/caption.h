/* Sentences about a table or map of rates, in Danish and English, made from the data. */
#ifndef HOTZONE_CAPTION_H
#define HOTZONE_CAPTION_H

#include <stdbool.h>

#include "hotzone/breaks.h"
#include "hotzone/date.h"
#include "hotzone/layer.h"
#include "hotzone/place.h"
#include "hotzone/rates.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * What the sentences are made from.  Everything is lent; start from HZ_CAPTION_FACTS_DEFAULTS.
 * Words are in `language`, nouns in lower case and plural: "anmeldelser", "reports".
 */
typedef struct {
    hz_language language;
    const hz_layer *areas;        /* after hz_rates_add */
    const char *name;             /* texts column: the areas' names */
    const char *events, *residents; /* numbers columns: counts and residents */
    const char *noun;             /* "anmeldelser" */
    const char *noun_one;         /* "anmeldelse"; NULL: `noun` serves for one as well */
    const char *base;             /* "indbyggere"; NULL: the language's word for residents */
    const char *place;            /* "København"; NULL: no place is named */
    const char *place_in;         /* "i København", "på Nørrebro"; NULL: "i"/"in" and place */
    const char *period;           /* "2017", see hz_caption_period; NULL: none is named */
    double per;                   /* residents a rate is given for */
    const hz_rates_city *city;    /* may be NULL: nothing is said of dispersion */
    const hz_breaks *breaks;      /* may be NULL: no classes */
    hz_breaks_method method;
    double hide_below, unstable_cv, level; /* as in hz_rates_opts */
    bool made_up;                 /* the events are made up */
    bool overlap;                 /* areas overlap: no sums over them */
    const hz_fate *fate;          /* may be NULL */
    const double *range_low, *range_high; /* counts as far as positions are precise, one per
                                             row; may be NULL */
    int decimals;                 /* of rates */
    const char *base_note;        /* a sentence about the population's years; may be NULL */
    hz_period when;               /* the period, to compare the residents' years with */
    hz_period covered;            /* the part of it that the data cover; HZ_PERIOD_ALWAYS: all */
} hz_caption_facts;
#define HZ_CAPTION_FACTS_DEFAULTS                                                            \
    { HZ_ENGLISH, NULL, "name", "events", "residents", "events", "event", NULL, NULL, NULL,  \
      NULL, 1000.0, NULL, NULL, HZ_QUANTILE, 0.0, 0.30, 0.95, false, false, NULL, NULL,      \
      NULL, 1, NULL, HZ_PERIOD_ALWAYS, HZ_PERIOD_ALWAYS }

/*
 * Each function adds plain text to `out`: no markup, no line break at the end, sentences
 * divided by one blank.  Numbers are those of hz_number_format, so that captions, legends and
 * tables agree.  When memory runs out out->failed is set, as with any hz_text.
 *
 * A row has a figure if its `rate` is known.  Only such rows are read; a hidden row enters no
 * sentence but by the city's own value, and that only where hz_rates_add did not withhold it,
 * since their sum gives none of them away.  A value of all areas together is named after the
 * place only if every area is in it; else it is worked out from, and named after, the areas that
 * have a figure.
 *
 * Cost: O(n log n) in the rows, n doubles of scratch.
 */

/** "Anmeldelser pr. 1.000 indbyggere, 2017": a legend's title.  "pr. år" is added where the
 *  period is not one year. */
HZ_API void hz_caption_quantity(const hz_caption_facts *facts, hz_text *out);

/** The value of all areas together that may stand beside the map, its interval, and in `label`
 *  what it is a value of ("Hele København", "De to områder med tal").
 *  @return false, with nothing set, if there is none */
HZ_API bool hz_caption_overall(const hz_caption_facts *facts, hz_text *label, double *rate,
                               double *low, double *high);

/** The events and residents behind that value, for a table's last row: only these agree with the
 *  sentences where areas are hidden or without a figure.
 *  @return false, with nothing set, if there is no value, or no memory to find it */
HZ_API bool hz_caption_totals(const hz_caption_facts *facts, double *events, double *residents);

/** Alternative text: kind of map, quantity, period; classes; highest, lowest, overall value; how
 *  many areas are unstable, hidden or without a figure.  Two to four sentences. */
HZ_API void hz_caption_alt(const hz_caption_facts *facts, hz_text *out);

/** The paragraph under the map: what is shown, overall value, areas with figures, the residents'
 *  years (column `population_year`) where they are not the period's, what the data do not cover,
 *  and whether the data is made up. */
HZ_API void hz_caption_figure(const hz_caption_facts *facts, hz_text *out);

/** The note on the sheet: intervals, classes, and the rules for unstable and hidden areas. */
HZ_API void hz_caption_method(const hz_caption_facts *facts, hz_text *out);

/** What the figures say, with intervals, and what they do not: highest and lowest, whether the
 *  data bear that order, differences beyond chance, small numbers, areas without figures. */
HZ_API void hz_caption_findings(const hz_caption_facts *facts, hz_text *out);

/** When not to trust the rates. */
HZ_API void hz_caption_doubt(const hz_caption_facts *facts, hz_text *out);

/** Says that over a twentieth of the events asked for lack coordinates or a date, and that the
 *  data cover only part of the period; nothing where neither is so. */
HZ_API void hz_caption_missing(const hz_caption_facts *facts, hz_text *out);

/** "51.3–56.2" with the facts' decimals, or more where the ends would be written alike. */
HZ_API void hz_caption_interval(const hz_caption_facts *facts, double low, double high,
                                hz_text *out);

/** A rate with the facts' decimals: "53.7"; "under 0.1" if it is not 0 but would print as 0. */
HZ_API void hz_caption_rate(const hz_caption_facts *facts, double rate, hz_text *out);

/** Decimals with which the highest rate of a table prints two digits that count: `least` or more,
 *  at most 3 unless `least` is more. */
HZ_API int hz_caption_decimals(const hz_layer *areas, int least);

/** What became of every event that was read; nothing without a fate. */
HZ_API void hz_caption_fate(const hz_caption_facts *facts, hz_text *out);

/** A sentence that says the data is made up; for tables, maps and captions alike. */
HZ_API void hz_caption_made_up(hz_language language, hz_text *out);

/** "3. august 2017", "16. juni 2017 kl. 15.00": a moment in words; nothing for HZ_TIME_NONE. */
HZ_API void hz_caption_moment(hz_time when, hz_language language, hz_text *out);
/** A period for people: "2017", "juni 2017", "9. juni–9. november 2017", "fra 9. juni 2017". */
HZ_API void hz_caption_period(hz_period period, hz_language language, hz_text *out);

#ifdef __cplusplus
}
#endif
#endif
