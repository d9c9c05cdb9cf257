/* The facts beside a map: NAME.json, for whoever checks or redraws it. */
#ifndef HOTZONE_MAPNOTE_H
#define HOTZONE_MAPNOTE_H

#include "hotzone/look.h"
#include "hotzone/place.h"
#include "hotzone/sheet.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Everything is lent. */
typedef struct {
    const char *name, *analysis, *crs;
    const hz_sheet_facts *facts;
    const hz_look *look;
    const hz_fate *fate;   /* of the events; NULL for ready-made counts */
    bool made_up;
} hz_mapnote;

/**
 * Write style, class limits, fit, reference system, frame, dropped labels and events not placed as
 * JSON with sorted keys.  Where rows are hidden, the least and greatest value and the fit are left
 * out, since they may belong to them.  By way of a draft.
 */
HZ_API hz_status hz_mapnote_write(const hz_mapnote *note, const char *path, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
