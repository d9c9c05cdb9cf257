/* Sheets about zones: several compared, design (d) of the map guide, and the card of one. */
#ifndef HOTZONE_SHEET_ZONES_H
#define HOTZONE_SHEET_ZONES_H

#include "hotzone/sheet.h"

#ifdef __cplusplus
extern "C" {
#endif

#define HZ_SHEET_COLUMNS_MOST 6

/** The map's layers, in one metric CRS; lent.  NULL: none, but for the zones. */
typedef struct {
    const hz_layer *zones;   /* polygons; letters A, B, ... in order */
    const hz_layer *areas;   /* polygons, for orientation; named by `area_name` where there is room */
    const char *area_name;   /* texts column of areas, or NULL */
    const hz_layer *events;  /* points; never of a sensitive layer */
    const hz_layer *water, *streets, *outside; /* as in hz_sheet_data */
    const bool *dashed;      /* of each zone: its border is not wholly known; NULL: none */
} hz_sheet_ground;

/** What is said of one zone.  Texts are finished: formatted by who fills the tables. */
typedef struct {
    const char *name;        /* beside the letter; NULL: none */
    double value, low, high; /* the dot and its interval; NaN: none */
    const char *note;        /* where there is no dot, in its place: "skjult"; NULL: a dash */
    const char *const *cells;/* a text for each column */
} hz_sheet_zone_row;

typedef struct {
    hz_sheet_ground ground;
    const hz_sheet_zone_row *rows; /* of each zone, in the order of the letters */
    const char *const *columns;    /* headings: events, base, rate, concentration index */
    size_t column_count;           /* at most HZ_SHEET_COLUMNS_MOST */
    double reference, reference_low, reference_high; /* line and band across all rows; NaN: none */
    const char *reference_label;   /* "Hele byen: 45,2 (43,1–47,4)"; NULL: no line */
} hz_sheet_zones;

/**
 * Compare zones: at the left one map with all of them at one scale, at the right a dot with its
 * interval for each on a common axis, and columns of text.  On a narrow page the table stands below
 * the map.  Where zones lie over one another a strip of small maps shows each alone.  The axis begins
 * at 0 unless all values lie far from it, and says so if it does not.
 *
 * @param words  `quantity` is the heading of the axis, with base, unit and period
 * @param facts  may be NULL; frame, scale, page and dropped labels
 * @return as hz_sheet_compose; HZ_EUSAGE also for more columns than there may be or than the page
 *         has room for
 */
HZ_API hz_status hz_sheet_zones_compose(const hz_sheet_zones *data, const hz_sheet_words *words,
                                        const hz_look *look, hz_fonts *fonts, hz_scene **out,
                                        hz_sheet_facts *facts, const hz_notice *notice,
                                        hz_error *err);

/** One line of a card: what, and how much.  A line without a value is a heading. */
typedef struct {
    const char *label, *value;
} hz_sheet_card_line;

typedef struct {
    hz_sheet_ground ground;
    const char *events_label;      /* legend of the events; NULL: built-in */
    const hz_sheet_card_line *lines;
    size_t line_count;
    const char *const *paragraphs; /* the statement, below map and table */
    size_t paragraph_count;
} hz_sheet_card;

/**
 * The card of a zone on one page: map with events, streets, water and areas, a table of what was
 * measured, and what it says in words.  Arguments and errors as for hz_sheet_zones_compose;
 * `quantity` is the heading of the table.
 */
HZ_API hz_status hz_sheet_card_compose(const hz_sheet_card *data, const hz_sheet_words *words,
                                       const hz_look *look, hz_fonts *fonts, hz_scene **out,
                                       hz_sheet_facts *facts, const hz_notice *notice,
                                       hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
