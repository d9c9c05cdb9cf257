/* Report cards of zones for people and programs: a statement in two languages, JSON, CSV, a table. */
#ifndef HOTZONE_CAPTION_ZONE_H
#define HOTZONE_CAPTION_ZONE_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/card.h"
#include "hotzone/compare.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a card does not say itself.  Everything is lent; texts may be NULL where there is none. */
typedef struct {
    const char *name;          /* of the zone: stands as given, also at the start of a sentence */
    size_t number;             /* its place in its file, from 1 */
    const char *period;        /* as hz_period_format writes it; NULL or "": all events */
    const char *later_period;  /* NULL: the card has one column */
    const char *residents;     /* hz_reside_method; NULL: none given */
    const char *hotspots;      /* "given", "exact Gi*, 200 m cells, q <= 0.05" */
    double level;              /* of the intervals */
    bool made_up;              /* the data is */
    bool call_it_zone;         /* "the zone NAME": a name alone could be taken for the whole town */
    const hz_validity *validity; /* when the zone is in force; NULL: its layer has no dates */
    bool in_force;             /* the last column counts only events of that time */
    bool repaired;             /* its rings crossed themselves */
    bool same_name;            /* as another zone of the layer */
    bool nowhere;              /* none of it is land of the study area: not to be compared */
} hz_card_note;

/** What is to be known of a zone besides its figures. */
typedef enum {
    HZ_REMARK_NO_AREA = 0,     /* each has a code and a sentence in two languages */
    HZ_REMARK_REPAIRED,
    HZ_REMARK_OUTSIDE,
    HZ_REMARK_PARTLY_OUTSIDE,
    HZ_REMARK_MULTIPART,
    HZ_REMARK_HOLES,
    HZ_REMARK_TOUCHES_FRAME,
    HZ_REMARK_NEAR_FRAME,
    HZ_REMARK_SAME_NAME,
    HZ_REMARK_BAD_DATES,
    HZ_REMARK_REVERSED,
    HZ_REMARK_NOT_IN_FORCE,
    HZ_REMARK_PARTLY_IN_FORCE,
    HZ_REMARKS
} hz_remark;
/** "repaired", "partly-outside"; static. */
HZ_API const char *hz_remark_code(hz_remark remark);
/** Is it true of this zone? */
HZ_API bool hz_remark_applies(hz_remark remark, const hz_card *card, const hz_card_note *note);
/** Add its sentence, with its figure where it has one, and without a full stop. */
HZ_API void hz_remark_say(hz_remark remark, const hz_card *card, const hz_card_note *note,
                          hz_language language, hz_text *out);

/**
 * Add the statement: two to four sentences on what the zone holds, of what, against what else, and
 * whether later events bear it out.  Without a later period it says that the figures flatter the zone.
 * Nothing is claimed that the figures do not show; no cause is named.
 */
HZ_API void hz_card_statement(const hz_card *card, const hz_card_note *note, hz_language language,
                              hz_text *out);

/**
 * Add one zone's card as a JSON object, or several as {"zones": [...]}.  Keys are those of
 * hz_card_key, nested at their dot; what is not known is null, and `reasons` says why; `remarks` is a
 * list of {"code", "text"}.
 * @return HZ_EMEMORY
 */
HZ_API hz_status hz_card_json(const hz_card *cards, const hz_card_note *notes, size_t n,
                              hz_text *out, hz_error *err);
/** Add the cards as CSV: zone, number, period, key, value, reason; a row per figure. */
HZ_API void hz_card_csv(const hz_card *cards, const hz_card_note *notes, size_t n, hz_text *out);
/** Add a page for people: the main figures of each card by subject, then its statement. */
HZ_API void hz_card_page(const hz_card *cards, const hz_card_note *notes, size_t n,
                         hz_language language, hz_text *out);

/** What zones are to each other in one period. */
typedef struct {
    const char *period;            /* NULL or "": all events */
    const hz_compare_pair *pairs;  /* as hz_compare_make gives them */
    const hz_compare_alone *alone; /* per zone */
} hz_compare_column;

/** Is this card of a zone none of which is land of the study area? */
HZ_API bool hz_card_is_nowhere(const hz_card *card);
/** Add the difference of two zones in a sentence or two; or why the two cannot be compared. */
HZ_API void hz_compare_statement(const hz_compare_pair *pair, const hz_card_note *a,
                                 const hz_card_note *b, hz_language language, hz_text *out);
/** Add {"zones": [cards], "comparisons": [per period: alone, pairs]}; columns 1 or 2 periods. */
HZ_API hz_status hz_compare_json(const hz_card *cards, const hz_card_note *notes, size_t n,
                                 const hz_compare_column *columns, size_t periods, hz_text *out,
                                 hz_error *err);
/** Add a table of the pairs as CSV, a row per pair and period. */
HZ_API void hz_compare_csv(const hz_card_note *notes, size_t n, const hz_compare_column *columns,
                           size_t periods, hz_text *out);
/** Add a page for people: one row a zone with its main figures, then a sentence a pair. */
HZ_API void hz_compare_page(const hz_card *cards, const hz_card_note *notes, size_t n,
                            const hz_compare_column *columns, size_t periods, hz_language language,
                            hz_text *out);

#ifdef __cplusplus
}
#endif
#endif
