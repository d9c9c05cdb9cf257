/* What the parts of a sheet share: its state while it is being composed. */
#ifndef HOTZONE_MAP_SHEET_PARTS_H
#define HOTZONE_MAP_SHEET_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/sheet.h"

/* Ink that every part uses (docs/reference/style.md). */
#define HZ_TEXT_COLOUR 0x1a1a1aU
#define HZ_PAPER 0xffffffU
#define HZ_MM_PER_PT (25.4 / 72)

/* Millimetres on the page, y down. */
typedef struct {
    double x, y, w, h;
} hz_rect;

typedef enum { HZ_AREA_OK = 0, HZ_AREA_UNSTABLE, HZ_AREA_HIDDEN, HZ_AREA_UNDEFINED } hz_area_state;

#define HZ_SHEET_KINDS 8      /* classes of cells, and those not tested */
#define HZ_MAP_PAD_MM 4.0     /* frame to the nearest area */
#define HZ_PANEL_PAD_MM 1.5   /* the same on a map among several */

/* The built-in words of a language; in formats, %s stands for a finished number. */
typedef struct {
    const char *under, *over, *counts, *counts_of_city, *unstable, *hidden, *hidden_fewer, *no_data, *city;
    const char *city_none, *focus, *events, *at_one_place, *events_off, *zones, *source, *sources;
    const char *classes, *rounded;
    const char *method[5]; /* by hz_breaks_method */
    const char *north;
} hz_wording;
const hz_wording *hz_sheet_wording(hz_language language);

/* Events at one place. */
typedef struct {
    double x, y;   /* mm */
    size_t count;
} hz_spot;

typedef struct {
    const hz_sheet_data *data;
    const hz_sheet_words *words;
    const hz_look *look;
    const hz_wording *say;
    const hz_notice *notice;
    hz_fonts *fonts;
    hz_scene *scene;
    hz_sheet_facts facts;
    int missing;              /* characters no font has */
    bool out_of_memory;       /* met where no status can be returned */

    size_t n;                 /* areas */
    double *value;            /* rounded to the printed decimals; NaN unless ok or unstable */
    unsigned char *state;     /* hz_area_state */
    int *class_of;            /* -1: none */
    double reference;         /* of HZ_REFERENCE limits, else NaN */

    double width, height;     /* page, mm */
    hz_rect frame, panel;     /* panel: the room of the legend */
    hz_rect title_room, note_room;
    bool below;               /* legend below the map */
    size_t columns;           /* of a legend below the map */
    bool shared;              /* the legend is of several maps: it counts nothing */
    bool pair;                /* the zones are one that is given and one proposed in its place */

    hz_box ground;            /* of all areas, in their crs */
    double unit_per_mm;       /* of the crs, on the page */
    double unit_m;            /* metres per unit of the crs */
    hz_shapes *areas, *zones, *water, *streets, *outside, *focus; /* on the page, mm; NULL where
                                                                     none */
    hz_rect locator;          /* on a map of a focus; w 0: none */
    hz_shapes *cell_shapes;   /* on the ground: one feature for each class of cells or parcels */
    hz_shapes *cells, *circles; /* on the page */
    size_t cell_count[HZ_SHEET_KINDS];
    hz_spot *spots;
    size_t spot_count, spot_most; /* spot_most: greatest count */
} hz_sheet;

/* sheet.c: what other sheets share with it */
hz_status hz_sheet_check_crs(const hz_layer *layer, const hz_notice *notice, hz_error *err);
hz_status hz_sheet_check_layer(const hz_layer *layer, hz_shape_kind kind, const char *what,
                               const hz_crs *crs, hz_error *err);
/* NULL columns are none. */
hz_status hz_sheet_check_column(const hz_layer *layer, const char *column, hz_column_kind kind,
                                hz_error *err);
hz_status hz_sheet_check_layers(const hz_sheet_data *data, const hz_crs *crs, hz_error *err);
/* The extent of the map, and the unit of its system. */
hz_status hz_sheet_find_ground(hz_sheet *s, hz_error *err);
hz_status hz_sheet_set_about(hz_sheet *s, hz_error *err);
void hz_sheet_clear(hz_sheet *s);

/* sheet_words.c */
/* Put a number where the format (of the wording) has its %s, if it has one. */
void hz_words_put(char *buf, size_t size, const char *format, const char *number);
const char *hz_sheet_title(const hz_sheet *s);
const char *hz_sheet_subtitle(const hz_sheet *s);
char *hz_sheet_number(const hz_sheet *s, double value, char *buf, size_t size);
/* The name of a row of the areas after renaming; "" where there is none. */
const char *hz_sheet_area_name(const hz_sheet *s, size_t area);
/* "A", "B", ... "Z", "AA", ...; buf of at least 8. */
char *hz_sheet_letter(size_t zone, char *buf, size_t size);

/* Is any of a zone on the map? */
bool hz_sheet_zone_shown(const hz_sheet *s, size_t zone);

/* sheet_type.c: text in the sheet's voice, set and measured */
hz_type_style hz_type(double size_pt, int weight);
double hz_type_line_mm(const hz_type_style *type);      /* distance of baselines */
double hz_type_width(hz_sheet *s, const char *text, const hz_type_style *type);
/* Set a paragraph in a box of width w whose top is y; returns its height.  Only measured
 * if draw is false. */
double hz_type_block(hz_sheet *s, const char *role, double x, double y, double w,
                     const char *text, const hz_type_style *type, bool draw);
/* Black or white, whichever contrasts more with a fill. */
hz_colour hz_type_ink_on(hz_colour fill);

/* sheet_class.c: state, printed value and class of every area */
hz_status hz_sheet_classify(hz_sheet *s, hz_error *err);
/* The same for n sheets of the same areas, with classes over all their values; the first one's facts
 * then count the areas of all. */
hz_status hz_sheet_classify_together(hz_sheet *sheets, size_t n, hz_error *err);

/* sheet_plan.c: where the blocks of the page stand */
hz_status hz_sheet_plan(hz_sheet *s, hz_error *err);
void hz_sheet_draw_legend(hz_sheet *s);
double hz_sheet_legend_below(hz_sheet *s, double x, double y, double w, bool draw);

/* sheet_project.c: from the ground to the page.  The first sets the scale and sorts the events into
 * spots (again, if the plan has changed); the second makes the shapes. */
hz_status hz_sheet_place(hz_sheet *s, hz_error *err);
hz_status hz_sheet_project(hz_sheet *s, hz_error *err);

/* sheet_thin.c: drop vertices that change no line by half a pixel, in place.  Borders that share
 * their vertices share them afterwards. */
hz_status hz_sheet_thin(hz_shapes *shapes, hz_error *err);

/* sheet_edge.c: the outer edge of all areas, as lines on the page */
hz_status hz_sheet_edge(const hz_shapes *areas, hz_shapes **out, hz_error *err);

/* sheet_map.c: everything within the frame but the labels */
hz_colour hz_sheet_fill(const hz_sheet *s, size_t area);
double hz_sheet_spot_radius(const hz_sheet *s, size_t count);
void hz_sheet_spot_style(hz_ink_style *style);
/* The hatch of an area's state over its fill; hatch_pt 0 where it has none. */
void hz_sheet_hatch(const hz_sheet *s, hz_area_state state, hz_colour fill, hz_ink_style *style);
hz_status hz_sheet_draw_map(hz_sheet *s, hz_error *err);
/* The same with names inside areas, or none at all. */
hz_status hz_sheet_draw_panel_map(hz_sheet *s, bool names, hz_error *err);
/* The same without classes: zones and events over a quiet city.  dashed: of each zone, or NULL. */
hz_status hz_sheet_draw_quiet(hz_sheet *s, const bool *dashed, bool letters, hz_error *err);
/* The border of a zone, or of the second of a pair. */
void hz_sheet_zone_style(const hz_sheet *s, size_t zone, bool dashed, hz_ink_style *style);

/* Every feature with one style; nothing for NULL. */
hz_status hz_sheet_draw_shapes(hz_sheet *s, const char *role, const hz_shapes *shapes,
                               const hz_ink_style *style, hz_error *err);

/* sheet_focus.c */
hz_status hz_focus_ground(hz_sheet *s, hz_error *err);
void hz_focus_plan_locator(hz_sheet *s);
hz_status hz_focus_draw_locator(hz_sheet *s, hz_error *err);
void hz_focus_edge_style(hz_ink_style *style);

/* sheet_streets.c */
hz_status hz_sheet_draw_streets(hz_sheet *s, hz_error *err);

/* sheet_cells.c: instead of the areas' values.  Count; merge before projecting; draw. */
/* Draws one feature of some shapes. */
typedef hz_status (*hz_sheet_paint)(hz_sheet *s, const char *role, const hz_shapes *shapes,
                                    size_t feature, const hz_ink_style *style, hz_error *err);
hz_status hz_sheet_count_cells(hz_sheet *s, hz_error *err);
hz_colour hz_sheet_cells_base(void);
hz_status hz_sheet_merge_cells(hz_sheet *s, hz_error *err);
/* n layers of one feature each, as one layer. */
hz_status hz_sheet_join_parts(hz_shapes *const *part, size_t n, hz_shapes **out, hz_error *err);
hz_status hz_sheet_draw_cells(hz_sheet *s, hz_sheet_paint paint, hz_error *err);
hz_status hz_sheet_draw_circles(hz_sheet *s, hz_sheet_paint paint, hz_error *err);
double hz_legend_cells(hz_sheet *s, double x, double y, double w, bool draw);
double hz_legend_circles(hz_sheet *s, double x, double y, double w, bool draw);

/* sheet_proposal.c: the classes of its parcels; nothing where there are none */
hz_status hz_sheet_draw_parcels(hz_sheet *s, hz_sheet_paint paint, hz_error *err);

/* label_names.c: names and values of areas, letters of zones, names of neighbours */
hz_status hz_sheet_draw_labels(hz_sheet *s, hz_error *err);
/* Letters of zones and names inside areas, where there is room. */
hz_status hz_sheet_draw_inner_labels(hz_sheet *s, bool names, hz_error *err);
/* Letters of zones; names of areas and neighbours for orientation, where there is room. */
hz_status hz_sheet_draw_quiet_labels(hz_sheet *s, bool letters, hz_error *err);

/* legend.c, strip.c, furniture.c.  A part draws itself with its top left corner at x, y in a room of width
 * w, and returns its height: 0 if it has nothing to show.  Only measured if draw is false. */
double hz_legend_title(hz_sheet *s, double x, double y, double w, bool draw);
double hz_legend_classes(hz_sheet *s, double x, double y, double w, bool draw);
double hz_legend_states(hz_sheet *s, double x, double y, double w, bool draw);
double hz_legend_events(hz_sheet *s, double x, double y, double w, bool draw);
double hz_legend_zones(hz_sheet *s, double x, double y, double w, bool draw);
double hz_legend_focus(hz_sheet *s, double x, double y, double w, bool draw);
double hz_furniture_strip(hz_sheet *s, double x, double y, double w, bool draw);
/* "Whole city: 53.7 (47.6-49.1)" */
double hz_furniture_city(hz_sheet *s, double x, double y, double w, bool draw);
double hz_furniture_scalebar(hz_sheet *s, double x, double y, double w, bool draw);
double hz_furniture_title(hz_sheet *s, double x, double y, double w, bool draw);
double hz_furniture_notes(hz_sheet *s, double x, double y, double w, bool draw);
void hz_furniture_north(hz_sheet *s);
hz_rect hz_furniture_north_room(const hz_sheet *s);

#endif
