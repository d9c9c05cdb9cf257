/* Units of a local statistic: areas as given or cells of a lattice, with their neighbours. */
#ifndef HOTZONE_UNITS_H
#define HOTZONE_UNITS_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/csr.h"
#include "hotzone/lattice.h"
#include "hotzone/layer.h"
#include "hotzone/notice.h"
#include "hotzone/place.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    HZ_QUEEN = 0, /* share a corner */
    HZ_ROOK,      /* share a side */
    HZ_NEAREST,   /* the k nearest */
    HZ_BAND,      /* within a distance */
    HZ_INVERSE,   /* within a distance, weighted by 1 / distance */
    HZ_LINKS      /* as given */
} hz_neighbours_kind;

typedef struct {
    hz_neighbours_kind kind;
    size_t k;            /* of HZ_NEAREST */
    double reach_m;      /* of HZ_BAND and HZ_INVERSE */
    const hz_csr *links; /* of HZ_LINKS: for the rows of the areas; lent */
} hz_neighbours;

/**
 * `table` has the columns id and name (texts), x and y (metres where a reference system is known:
 * the centre), value (number), and shapes where the areas have them.  Free with hz_units_clear.
 */
typedef struct {
    hz_layer *table;
    hz_csr *links;
    unsigned char *outside; /* rows that take no part: cells less than half inside; NULL: none */
    size_t left_out;        /* how many those are */
    hz_lattice lattice;     /* of cells; side 0 for areas */
    hz_fate fate;           /* of the events, for cells */
} hz_units;
HZ_API void hz_units_clear(hz_units *units);

/**
 * Areas as they are given: polygons, points, or a table.  A table with whole-number columns `row`
 * and `col` (or `column`) and no shapes is a lattice of counts; other tables have neighbours only
 * by links.  Degrees are transformed to hz_crs_metric_for the middle, and never measured in.
 *
 * @param value    numbers column
 * @param id,name  columns; NULL: `id` and `name` if there are such, else row numbers and ""
 * @return HZ_EUSAGE for a column or a kind of neighbours that does not fit, HZ_EDATA, HZ_ECRS,
 *         HZ_EMEMORY
 */
HZ_API hz_status hz_units_of_areas(const hz_layer *areas, const char *value, const char *id,
                                   const char *name, const hz_neighbours *how, hz_units *out,
                                   const hz_notice *notice, hz_error *err);

/**
 * Square cells over events.  Lines lie at whole multiples of the side.  With a study area the cells
 * that it covers by half or more take part, cells that it covers by less are in the table but left
 * out, and events outside it are not counted; without, all cells of the events' box take part,
 * which flatters clusters wherever nobody could be an event.  A cell's id is its south-west corner.
 *
 * @param study            polygons, or NULL
 * @param place            as for hz_place_events: period, kinds, weight; or NULL
 * @param shift_x,shift_y  of the lattice, in sides
 */
HZ_API hz_status hz_units_of_cells(const hz_layer *events, const hz_layer *study, double side_m,
                                   double shift_x, double shift_y, const hz_place_opts *place,
                                   const hz_neighbours *how, hz_units *out,
                                   const hz_notice *notice, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
