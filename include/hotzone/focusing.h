/* From layers as they were read to what the data say of a focus: the work of `hotzone focus`. */
#ifndef HOTZONE_FOCUSING_H
#define HOTZONE_FOCUSING_H

#include "hotzone/focus.h"
#include "hotzone/rating.h"
#include "hotzone/residents.h"
#include "hotzone/series.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Which counts of a focus of whole areas are hidden, decided on beforehand (hz_disclose_release):
 *  1 or 0. */
typedef struct {
    const unsigned char *rows;   /* per area */
    const unsigned char *sums;   /* events in areas of the focus, in the others */
    const unsigned char *parts;  /* the same by period of the shift, in turn; NULL: no shift */
} hz_focusing_hidden;

typedef struct {
    const hz_rating_input *rating; /* areas, events or counts, population; its period is the one
                                    * judged */
    const char *const *focus;      /* ids or names of areas, or */
    size_t focus_count;
    const hz_layer *focus_area;    /* polygons, taken together */
    const hz_period *earlier;      /* ranks the areas that broaden the focus, or NULL: where events
                                    * are dated, the earlier half of their span */
    bool by_given;
    hz_series_by by;               /* periods of the shift; else by the span */
    const hz_focus_opts *opts;
    const hz_layer *residents;   /* points of registered people, sensitive; or NULL */
    const hz_layer *towns;       /* polygons beyond the areas, or NULL */
    const char *town_id, *town_name; /* their columns; NULL: see hz_match_keys */
    bool merge_towns;
    double below, round;         /* as of hz_residents_input, like what follows */
    const char *who, *register_date;
    const unsigned char *const *sides;
    size_t side_count;
    const hz_residents_release *told; /* earlier releases of these people */
    size_t told_count;
    const hz_focusing_hidden *hidden; /* NULL: nothing is; else hz_focus_make_shown, `focus` alone and
                                       * no `earlier` */
} hz_focusing_input;

/** All zero before; free with hz_focusing_clear. */
typedef struct {
    hz_focus focus;
    hz_fate fate;                /* of events; all 0 for ready-made counts */
    hz_period period, span;
    hz_layer *later;             /* broadening ranked on `earlier`, scored on the rest; or NULL */
    hz_period ranked, scored;    /* of it */
    char *crs;                   /* of clusters and mean centres: its code, else its name; or NULL */
    bool cut;                    /* the focus is a polygon: areas were cut along it */
    char name[300];              /* "Indre Nørrebro, Ydre Nørrebro", or the polygon layer's; a list
                                  * that is longer ends in ", …" */
    size_t areas, focus_areas;   /* whole areas in the focus; 0 if cut */
    hz_period *parts;            /* of the shift, one per row of focus.periods; or NULL */
    size_t part_count;
    hz_series_by by;
    hz_residents residents;      /* without a table where there are none */
} hz_focusing;
HZ_API void hz_focusing_clear(hz_focusing *found);

/** Earlier releases of residents; all zero before. */
typedef struct {
    hz_residents_release *item;
    size_t n;
} hz_residents_earlier;
HZ_API void hz_residents_earlier_clear(hz_residents_earlier *earlier);
/**
 * Add what an earlier release told of residents.
 *
 * @param path  the JSON of a focus; or the directory of a run, whose tables must be as its manifest
 *              knows them
 * @return HZ_EIO, HZ_EFORMAT for what is neither, HZ_EDATA for a table that was changed, HZ_EMEMORY.  A
 *         directory may tell of none
 */
HZ_API hz_status hz_residents_earlier_add(hz_residents_earlier *earlier, const char *path,
                                          hz_error *err);

/** Periods by which a shift over a span is told unless others are asked for: months up to half a year,
 *  years from two and a half, quarters between. */
HZ_API hz_series_by hz_focusing_by(hz_period span);

/**
 * Weigh a focus.  Everything is measured in hz_layer_metric of the areas.  With polygons as the focus
 * each area is cut in two along them, `ID` and `ID (focus)`; its residents are shared by land,
 * which is an assumption, and ready-made counts cannot be cut (HZ_EUSAGE).
 *
 * @return HZ_EUSAGE for a name that is no area's (nearest suggested) or no focus; else as
 *         hz_rating_make and hz_focus_make
 */
HZ_API hz_status hz_focusing_make(const hz_focusing_input *input, hz_focusing *out,
                                  const hz_notice *notice, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
