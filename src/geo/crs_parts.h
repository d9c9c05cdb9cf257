/* A reference system from inside. */
#ifndef HOTZONE_GEO_CRS_PARTS_H
#define HOTZONE_GEO_CRS_PARTS_H

#include <proj.h>
#include <stdbool.h>

#include "hotzone/crs.h"
#include "hotzone/text.h"

struct hz_crs {
    PJ_CONTEXT *proj; /* its own: a system may be used while another thread uses another */
    PJ *pj;
    PJ *plain; /* the same with x = east or longitude first */
    char *code, *name, *wkt;
    double unit_m;
    bool degrees, web_mercator;
};

/** A PROJ context that is silent and never asks the network; NULL without memory. */
PJ_CONTEXT *hz_crs_context(void);

#endif
