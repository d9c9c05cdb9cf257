/* How a sheet looks, as data: built-in values, overridden by style files layer upon layer. */
#ifndef HOTZONE_LOOK_H
#define HOTZONE_LOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/breaks.h"
#include "hotzone/doc.h"
#include "hotzone/palette.h"
#include "hotzone/status.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/** AUTO: names (and values) where there is room, the rest reported; ALL: a label without room
 *  is an error; LIST: only those of `label_only`. */
typedef enum { HZ_LABELS_AUTO = 0, HZ_LABELS_ALL, HZ_LABELS_NONE, HZ_LABELS_LIST } hz_label_show;

/** The style file, typed (docs/reference/style.md).  Texts belong to the look. */
typedef struct {
    char page_name[16];                 /* column text a5 a4, or "" for an own size */
    double width_mm, height_mm, margin_mm;
    hz_language language;
    char family[64];                    /* for hz_fonts_new */
    double title_pt, subtitle_pt, label_pt, legend_pt, note_pt;
    hz_colour classes_colour[HZ_CLASSES_MAX]; /* lowest class first, before `reverse` */
    char palette[32];                   /* a name, or "own": classes_colour as listed */
    size_t own_colours;                 /* how many, of an own list; else 0 */
    bool reverse;
    hz_colour water, outside, streets, no_data;
    hz_breaks_method method;
    size_t classes;
    bool round;
    double fixed[HZ_CLASSES_MAX - 1];   /* HZ_FIXED: the limits; HZ_REFERENCE: [0] is the
                                           reference, 0 meaning the city value */
    int decimals;                       /* of rates */
    double per;                         /* residents a rate is given for: a wish to whoever
                                           computes the rates, the sheet shows what it is given */
    enum { HZ_SHOW_HATCH, HZ_SHOW_FADE, HZ_SHOW_NONE } uncertainty;
    double cv, hide_below;              /* what the legend says of unstable and hidden areas */
    double zone_line_pt, zone_casing_pt;
    enum { HZ_ZONE_LETTER, HZ_ZONE_NAME, HZ_ZONE_BOTH } zone_labels;
    hz_label_show label_show;
    char **label_only; size_t label_only_count;
    char **rename_from, **rename_to; size_t rename_count;
    enum { HZ_LEGEND_AUTO, HZ_LEGEND_RIGHT, HZ_LEGEND_BELOW } legend_side;
    bool legend_counts;
    bool scalebar;
    enum { HZ_NORTH_IF_TURNED, HZ_NORTH_ALWAYS, HZ_NORTH_NEVER } north;
    char *title, *subtitle;             /* NULL: as hz_sheet_words says */
    char **sources; size_t source_count;
    bool png, pdf, svg;
    double dpi;
} hz_look;

/** The built-in look; free with hz_look_clear. */
HZ_API void hz_look_default(hz_look *look);
HZ_API void hz_look_clear(hz_look *look);
/**
 * Override by the map of a style document.  Faults are added for unknown keys (with the nearest
 * one), numbers under a floor of the map guide (with the floor named), limits for unstable and
 * hidden areas that are looser than those in force, and colours that fail the palette gate; what
 * a fault is about keeps its old value.
 *
 * @param style  NULL (an empty document) changes nothing
 * @return HZ_EMEMORY only; look is then still fit for hz_look_clear
 */
HZ_API hz_status hz_look_read(hz_look *look, const hz_node *style, hz_faults *faults,
                              hz_error *err);
/** A page size by name (column text a5 a4): false, and nothing changed, if there is none. */
HZ_API bool hz_look_page(hz_look *look, const char *name);
/**
 * The colours of n classes (1 .. HZ_CLASSES_MAX), lowest first, as the look has them: an own list
 * or a named palette, thinned evenly where n is fewer than it has, turned round if `reverse`.
 * HZ_EUSAGE if an own list has fewer than n.
 */
HZ_API hz_status hz_look_colours(const hz_look *look, size_t n, hz_colour *out, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
