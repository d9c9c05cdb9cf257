/* The sheet of a proposed zone: beside the zone given, over what it was drawn on. */
#ifndef HOTZONE_SHEET_PROPOSAL_H
#define HOTZONE_SHEET_PROPOSAL_H

#include "hotzone/sheet_zones.h"

#ifdef __cplusplus
extern "C" {
#endif

/** One line of the table: what, and how much in either zone.  `second` alone stands across both
 *  columns; a line without values is a heading. */
typedef struct {
    const char *label, *first, *second;
} hz_sheet_pair_line;

typedef struct {
    hz_sheet_ground ground;      /* `zones`: A the zone given and B the proposal, in that order;
                                    `events`: of the later period, by which both are judged */
    const char *names[2];        /* of A and B, for the legend */
    const hz_layer *parcels;     /* polygons that do not overlap: cells or blocks */
    const char *density;         /* numbers column of parcels, >= 0: shaded in classes over 0 */
    double overall;              /* density of all together: for classes around a reference */
    const char *density_label;   /* heading of the classes: quantity, base, unit and period */
    const char *events_label;    /* legend of the events; NULL: built-in */
    const hz_sheet_pair_line *lines;
    size_t line_count;
    const char *const *paragraphs; /* the statement, below map and table */
    size_t paragraph_count;
} hz_sheet_proposal;

/**
 * Draw it: the parcels shaded by the density of the earlier period, the border of the zone given as
 * of any zone and that of the proposal as a broad band, both seen where they run together; beside
 * them, or below on a narrow page, the table and the legend.
 *
 * @param words  `quantity` is the heading of the table
 * @param facts  may be NULL; classes, frame, scale, page and dropped labels
 * @return as hz_sheet_zones_compose; HZ_EDATA also if there are not two zones or no parcel holds
 *         anything, HZ_EUSAGE if the column is missing
 */
HZ_API hz_status hz_sheet_proposal_compose(const hz_sheet_proposal *data,
                                           const hz_sheet_words *words, const hz_look *look,
                                           hz_fonts *fonts, hz_scene **out, hz_sheet_facts *facts,
                                           const hz_notice *notice, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
