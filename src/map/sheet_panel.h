/* Sheets of a quiet map with something beside and below it: zone comparison and zone card. */
#ifndef HOTZONE_MAP_SHEET_PANEL_H
#define HOTZONE_MAP_SHEET_PANEL_H

#include "hotzone/sheet_zones.h"
#include "map/sheet_parts.h"

typedef struct hz_panel_sheet hz_panel_sheet;

/* Draws itself with its top left corner at x, y in a room of width w and returns its height; only
 * measured if draw is false. */
typedef double (*hz_panel_part)(hz_panel_sheet *p, double x, double y, double w, bool draw);

struct hz_panel_sheet {
    hz_sheet s;              /* its data, words, look, fonts, notice, n set by the caller */
    const bool *dashed;      /* of each zone, or NULL */
    bool letters;            /* at the zones */
    double map_share;        /* of the page's width, where there is room for both side by side */
    double map_most_mm;      /* tallest the map may be; 0: 112 */
    bool fill_paper;         /* on a tall sheet of paper the map stands above the panel, across the page
                                and as tall as the rest leaves room for */
    hz_panel_part panel;     /* beside the map, or below it on a narrow page */
    hz_panel_part below;     /* across the page, or NULL */
    const void *own;         /* the caller's */
};

/* What the map draws. */
hz_sheet_data hz_sheet_ground_data(const hz_sheet_ground *ground);

/* Check the layers, lay out, draw, report.  Figures (`text`, `column`) are as tall as they need to be,
 * to at most 240 mm; what does not fit a sheet of paper is HZ_EUSAGE.  *out set on success. */
hz_status hz_panel_sheet_compose(hz_panel_sheet *p, hz_scene **out, hz_sheet_facts *facts,
                                 hz_error *err);

/* sheet_strip.c: do any of the zones lie over one another? */
hz_status hz_strip_wanted(const hz_layer *zones, bool *wanted, hz_error *err);
/* A hz_panel_part: each zone alone in a small map. */
double hz_strip_draw(hz_panel_sheet *p, double x, double y, double w, bool draw);

#endif
