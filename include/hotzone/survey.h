/* Shares of a survey in two years, compared: `hotzone change --survey`. */
#ifndef HOTZONE_SURVEY_H
#define HOTZONE_SURVEY_H

#include <stddef.h>

#include "hotzone/layer.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * How to read the table.  NULL columns are found by the usual names: area (id, code, bydel, ...),
 * name, year, question (measure, item, ...; may be absent), sample (n, respondents, ...; may be
 * absent), sample_of and either share or count.  A column called `share` (or andel) holds 0 to 1;
 * one whose name is percent or pct, or ends in `_percent` or `_pct`, holds per cent; `count` (or
 * yes) holds persons and needs a sample, and is taken before a share, which is rounded.
 * `sample_of` names the area whose sample the row gives: a sample of another area, such as that of
 * the whole city beside a district, is none for the row.
 */
typedef struct {
    const char *area, *name, *year, *question, *share, *count, *sample, *sample_of;
    int before, after;     /* years */
    double level;          /* of the intervals */
    double design_effect;  /* of a weighted or clustered sample: divides its size; > 0 */
    double hide_below;     /* hide rows with 1 .. hide_below-1 answers for or against; 0: none */
} hz_survey_opts;
#define HZ_SURVEY_DEFAULTS \
    { NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0.95, 1.0, 0.0 }

typedef struct {
    size_t read, used, other_year; /* rows; read is used + other_year + refused */
    size_t refused;                /* without an area or a year */
    size_t compared;               /* rows of the table */
    size_t defined, hidden;
    size_t no_sample;              /* undefined for want of a sample size only */
    size_t other_sample;           /* used rows whose sample is of another area */
    size_t one_year;               /* undefined because a year has no share */
} hz_survey_found;

/**
 * Make a table with a row for each area and question that has a share in either year: `area name
 * question` (texts), `share_1 share_2` (0 to 1), `n_1 n_2` (as published), `difference
 * difference_low difference_high` (share_2 - share_1 with Newcombe's (1998) hybrid score limits)
 * and `state` (ok hidden undefined) and `reason` (texts).  Without a sample size a difference
 * stands without limits, and its state is undefined: no test is possible.
 *
 * @return HZ_EUSAGE for columns that are not there, equal years or an option out of range,
 *         HZ_EDATA for a share or count out of range a count and a share that disagree, or
 *         two rows of one area, year and question (both named), HZ_EMEMORY.  Time O(n log n).
 */
HZ_API hz_status hz_survey_change(const hz_layer *table, const hz_survey_opts *opts,
                                  hz_layer **out, hz_survey_found *found, hz_error *err);

#define HZ_SURVEY_COLUMNS 12
/** The columns of the published table, in order. */
HZ_API const char *const *hz_survey_columns(void);

#ifdef __cplusplus
}
#endif
#endif
