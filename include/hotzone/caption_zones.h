/* What a report says of zones: headings, captions, alternative texts, card lines, in two languages. */
#ifndef HOTZONE_CAPTION_ZONES_H
#define HOTZONE_CAPTION_ZONES_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/caption_zone.h"
#include "hotzone/card.h"
#include "hotzone/compare.h"
#include "hotzone/place.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Everything is lent. */
typedef struct {
    hz_language language;
    const char *noun;            /* plural of what is counted: "shootings and stabbings" */
    const char *place_in;        /* "in Copenhagen"; NULL: none */
    const hz_card *cards;        /* n of them, each of a polygon of its own */
    const hz_card_note *notes;   /* their names, the level */
    size_t n;
    const char *const *ids;      /* per card: of its first zone */
    const char *const *how;      /* per card: "built", "bridged", "drawn" or "given" */
    const size_t *shared;        /* per card: how many zones have that polygon */
    size_t zones;                /* in all */
    const char *period, *later;  /* in words; later NULL: one period only */
    const char *missing;         /* ids of zones without a polygon, comma between */
    size_t missing_count;
    bool made_up;
    bool hidden;                 /* small counts of the events are */
} hz_caption_zones;

/** Name of a card's zone as sheets and tables have it, "Amager (2 zones) – drawn, not built", and as
 *  a sentence has it: "Amager (2 zones) (drawn, not built)". */
HZ_API void hz_caption_zones_name(const hz_caption_zones *f, size_t card, hz_text *out);
HZ_API void hz_caption_zones_named(const hz_caption_zones *f, size_t card, hz_text *out);

/** hz_card_statement and hz_compare_statement with "the zone" before names that do not say so. */
HZ_API void hz_caption_zones_statement(const hz_caption_zones *f, size_t card, hz_text *out);
HZ_API void hz_caption_zones_pair(const hz_caption_zones *f, const hz_compare_pair *pair,
                                  hz_text *out);

/** Rates of zones on one axis: events per `per` residents or, without any, per km2. */
typedef struct {
    bool by_residents;
    double per;                  /* residents: a power of ten so that the whole has 1 or more */
    double value, low, high;     /* of the whole study area; exact Poisson limits */
} hz_zones_axis;
HZ_API void hz_caption_zones_axis(const hz_caption_zones *f, hz_zones_axis *axis);
/** The rate of a card's zone in the first period, with exact limits; NaN where there is none. */
HZ_API void hz_caption_zones_rate(const hz_caption_zones *f, const hz_zones_axis *axis,
                                  size_t card, double *value, double *low, double *high);
/** Heading of that axis, and the label of its line: "Hele byen: 4,0 (2,5–6,1)". */
HZ_API void hz_caption_zones_quantity(const hz_caption_zones *f, const hz_zones_axis *axis,
                                      hz_text *out);
HZ_API void hz_caption_zones_reference(const hz_caption_zones *f, const hz_zones_axis *axis,
                                       hz_text *out);

/** What the comparison shows, for below it in a report, where the findings stand beside it. */
HZ_API void hz_caption_zones_axis_caption(const hz_caption_zones *f, hz_text *out);
/** Alternative text of the comparison, and its caption where it stands alone. */
HZ_API void hz_caption_zones_alt(const hz_caption_zones *f, hz_text *out);
HZ_API void hz_caption_zones_figure(const hz_caption_zones *f, hz_text *out);
/** Which borders were built and which drawn, what intervals are; for the foot of sheets. */
HZ_API void hz_caption_zones_method(const hz_caption_zones *f, hz_text *out);
/** How the zones came about, for a report: how many, shared, drawn, left out. */
HZ_API void hz_caption_zones_origin(const hz_caption_zones *f, hz_text *out);
/** For a report's top: the fewest and the most events that any of the zones holds, as shares with
 *  their intervals, and the same zones later. */
HZ_API void hz_caption_zones_short(const hz_caption_zones *f, hz_text *out);
/** When not to trust the figures. */
HZ_API void hz_caption_zones_doubt(const hz_caption_zones *f, hz_text *out);
/** How one zone's border came about, for the foot of its card. */
HZ_API void hz_caption_zones_card_method(const hz_caption_zones *f, size_t card, hz_text *out);
/** Alternative text and caption of the card of one zone. */
HZ_API void hz_caption_zones_card_alt(const hz_caption_zones *f, size_t card, hz_text *out);
HZ_API void hz_caption_zones_card_figure(const hz_caption_zones *f, size_t card, hz_text *out);

/** A line of a card's table; a heading has no value. */
typedef struct {
    char label[100], value[100];
} hz_zones_line;
enum { HZ_ZONES_LINES = 40 };
/** The lines of a card, those without a figure left out; returns how many. */
HZ_API size_t hz_caption_zones_lines(const hz_caption_zones *f, size_t card,
                                     hz_zones_line lines[HZ_ZONES_LINES]);

#ifdef __cplusplus
}
#endif
#endif
