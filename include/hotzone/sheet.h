/* Composes a finished map: design (a) of the map guide, a rate choropleth, or (b), cells that differ
 * from chance over a light base. */
#ifndef HOTZONE_SHEET_H
#define HOTZONE_SHEET_H

#include "hotzone/ink.h"
#include "hotzone/layer.h"
#include "hotzone/look.h"
#include "hotzone/notice.h"
#include "hotzone/scene.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The words of a sheet, in its language. */
typedef struct {
    const char *title;      /* NULL: the look's, or none inside the picture */
    const char *subtitle;   /* NULL: the look's, or none */
    const char *quantity;   /* legend title: quantity, base, unit and period */
    const char *const *notes;   /* each a paragraph: method, what is hidden, ...; the class method
                                   is added to the first one by the sheet */
    size_t note_count;
    const char *const *sources; /* publisher, year (licence); none: the look's */
    size_t source_count;
    const char *alt;        /* alternative text */
    const char *made_up;    /* NULL, or the words that say the data is made up: drawn in the
                               title block */
    const char *date;       /* ISO, fixed */
} hz_sheet_words;

/** Units of a local statistic by class, as hz_cluster_add leaves them. */
typedef struct {
    const hz_layer *units;   /* polygons: cells, or areas */
    const char *class_column, *state; /* texts columns, usually "class" and "state": a unit whose
                                state is not ok was not tested */
    bool quadrants;          /* classes of local Moran, else hot99 .. cold99 */
    double alpha;            /* greatest q of a quadrant */
    const hz_layer *circles; /* polygons drawn as numbered outlines, or NULL */
    const char *circles_label; /* of the legend; needed with circles */
    const char *counts;      /* "Antal celler i parentes"; NULL: the built-in words */
} hz_sheet_cells;

/** What is drawn.  All layers in one metric CRS; lent. */
typedef struct {
    const hz_layer *areas;   /* with value, state and name columns */
    const char *value;       /* numbers column to shade, usually "rate" */
    const char *state;       /* texts column: ok unstable hidden undefined; NULL: by the marks of
                                `value`, none unstable */
    const char *name;        /* texts column for labels; NULL: none */
    double city, city_low, city_high; /* NaN: no city value, the strip says so */
    const char *city_label;  /* "Hele byen", or "De to områder med tal"; NULL: built-in */
    const hz_layer *zones;   /* polygons, or NULL; letters A, B, ... in order */
    const char *zone_title;  /* what the zones are, in the legend; NULL: built-in */
    const char *zone_name;   /* texts column of zones; NULL: letters only */
    const hz_layer *events;  /* points, or NULL; never of a sensitive layer */
    const char *events_label;/* legend text for them; NULL: built-in */
    const hz_layer *water;   /* polygons, or NULL */
    const hz_layer *streets; /* lines, or NULL */
    const hz_layer *outside; /* neighbouring polygons, flat, named by their column `name` where
                                there is room, or NULL */
    const char *low, *high;  /* numbers columns of the values' intervals, or NULL: where room is
                                short, areas whose interval excludes the city value are labelled
                                before others */
    const hz_layer *focus;   /* polygons, or NULL: the map shows them and a quarter of their extent
                                on each side, with their outer edge, and, if a corner is free, a
                                locator of at most a sixth of the map; classes stay those of all
                                areas */
    const char *focus_title; /* legend text; NULL: built-in */
    const hz_sheet_cells *cells; /* NULL: the areas' values are shaded.  Else the areas are the base
                                and the edge of the cells, which are cut to them; `value`, `state`
                                and the city values are not read */
} hz_sheet_data;

typedef struct {
    hz_breaks breaks;          /* the classes in use; 0 classes if no area has a value */
    hz_colour colours[HZ_CLASSES_MAX]; /* of the classes, lowest first */
    int decimals;              /* printed with values and limits; see hz_sheet_class */
    size_t unstable, hidden, undefined, zero; /* areas */
    size_t events_drawn, events_off_map, events_without_place;
    char dropped[600];         /* labels that found no room, comma between; "value of X" where the
                                  name stands without its value */
    size_t dropped_count;      /* of both kinds */
    size_t dropped_values;     /* names without their value */
    hz_ink_frame frame;        /* crs_wkt lent by the areas' crs; m_per_mm in units of the crs */
    double scale;              /* 1 : scale */
    double width_mm, height_mm; /* of the page: `text` and `column` grow with title, notes and
                                  legend, to at most 240 mm */
} hz_sheet_facts;

/**
 * Compose the sheet.  If every value is undefined the sheet is still made: all areas no-data,
 * and the legend says so.  A hidden area's value is not read.  Notices warn of labels without
 * room, a class that is empty or holds more than 60 % of the areas with values, events beyond the
 * map's edge, and characters that no font has.
 *
 * @param notice  may be NULL
 * @return HZ_EDATA if there are no areas or a state is unknown, HZ_ECRS if layers are not metric,
 *         are in Web Mercator (no true scale) or differ, HZ_EUSAGE if a column is missing or the
 *         words do not fit the page (which block, by how much), HZ_EMEMORY
 */
HZ_API hz_status hz_sheet_compose(const hz_sheet_data *data, const hz_sheet_words *words,
                                  const hz_look *look, hz_fonts *fonts, hz_scene **out,
                                  hz_sheet_facts *facts, const hz_notice *notice,
                                  hz_error *err);

/**
 * The classes that a sheet of these data will have, without drawing it: fills `breaks`, `colours`,
 * `decimals` and the numbers of areas, and leaves the rest 0.
 *
 * @param data  `areas`, `value`, `state` and, for classes around the reference, `city` are read
 */
HZ_API hz_status hz_sheet_classes(const hz_sheet_data *data, const hz_look *look,
                                  hz_sheet_facts *facts, hz_error *err);

/** The class in which the sheet shows a value: the value is rounded to the printed decimals
 *  first, so that colour, legend and label always agree; -1 for NaN or without classes. */
HZ_API int hz_sheet_class(const hz_sheet_facts *facts, double value);

/**
 * The range of a class in words, no value fitting two: `under 20,0`, `20,0–39,9`, `90,0 og over`;
 * `0` for a lowest class of zeros alone.
 * @param buf  at least 96 bytes; returns buf
 */
HZ_API char *hz_sheet_class_text(const hz_sheet_facts *facts, size_t class_index,
                                 hz_language language, char *buf, size_t size);

/** How a class of cells looks; what it is called in either language, %s standing for the greatest q
 *  of a quadrant; static. */
typedef struct {
    const char *word;        /* in the class column: "hot99" */
    hz_colour colour;
    bool hatched;
    const char *label[2];    /* by hz_language */
} hz_sheet_kind;
/** The classes of Gi, or of local Moran, from those above to those below; n of them. */
HZ_API const hz_sheet_kind *hz_sheet_cell_kinds(bool quadrants, size_t *n);

#ifdef __cplusplus
}
#endif
#endif
