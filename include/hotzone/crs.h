/* Coordinate reference systems: identify, transform, refuse to measure in degrees. */
#ifndef HOTZONE_CRS_H
#define HOTZONE_CRS_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/notice.h"
#include "hotzone/shape.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct hz_crs hz_crs;

/**
 * From `EPSG:25832`, a number, `OGC:CRS84` or its urn, WKT (1 or 2) or a PROJ string.  Axes
 * are always x = east or longitude, y = north or latitude, so CRS84 is EPSG:4326 to us.  Of a
 * compound or three-dimensional system the flat part is taken.  Needs no network.
 * @return HZ_ECRS for unknown text, or a system that is neither geographic nor projected
 */
HZ_API hz_status hz_crs_new(const char *text, hz_crs **out, hz_error *err);
HZ_API hz_crs *hz_crs_copy(const hz_crs *crs); /* NULL without memory, or of NULL */
HZ_API void hz_crs_free(hz_crs *crs);
/** "EPSG:25832" if it has an authority or certainly is such a system, else its WKT; lent. */
HZ_API const char *hz_crs_code(const hz_crs *crs);
/** "ETRS89 / UTM zone 32N", or "unknown"; lent. */
HZ_API const char *hz_crs_name(const hz_crs *crs);
/** WKT (version 1, GDAL flavour; version 2 for what that cannot say), one line; lent. */
HZ_API const char *hz_crs_wkt(const hz_crs *crs);
HZ_API bool hz_crs_is_degrees(const hz_crs *crs);
/** Metres per unit of a projected system (1 for metres); NaN in degrees. */
HZ_API double hz_crs_unit_m(const hz_crs *crs);
/** Web Mercator: its metres are not metres away from the equator. */
HZ_API bool hz_crs_is_web_mercator(const hz_crs *crs);
/** The same system, whatever its axis order and name; two NULLs are equal. */
HZ_API bool hz_crs_equal(const hz_crs *a, const hz_crs *b);

/**
 * Refuse a system that is not fit to measure in: HZ_ECRS that names --crs if crs is NULL,
 * HZ_ECRS for degrees; a warning for Web Mercator.  Other units than metres pass: see
 * hz_crs_unit_m.
 * @param where  the source's name, for the sentence
 */
HZ_API hz_status hz_crs_need_metres(const hz_crs *crs, const char *where,
                                    const hz_notice *notice, hz_error *err);
/**
 * The metric system to work in for data around a place: EPSG:25832 in Denmark west of
 * Bornholm (EPSG:25833), the ETRS89 UTM zone elsewhere in Europe, the WGS84 UTM zone
 * beyond, Universal Polar Stereographic from 84 N and 80 S.  lon and lat in degrees; HZ_ECRS if
 * that is no place.
 */
HZ_API hz_status hz_crs_metric_for(double lon, double lat, hz_crs **out, hz_error *err);
/** The same for the middle of a box that is given in some system. */
HZ_API hz_status hz_crs_metric_about(const hz_crs *crs, hz_box box, hz_crs **out, hz_error *err);

/** Transform n points in place; what cannot be transformed becomes NaN and is counted in *failed
 *  (may be NULL).  NaN stays NaN and is not counted.  HZ_ECRS if no way is known at all. */
HZ_API hz_status hz_crs_points(const hz_crs *from, const hz_crs *to, size_t n, double *x,
                               double *y, size_t *failed, hz_error *err);
/**
 * A transformed copy.  Polygon and line segments get extra vertices first, so that no
 * transformed border is off by more than about 1 cm.  How many is decided from the segment
 * alone and alike from both ends: what polygons share stays shared, bit for bit.
 * @return HZ_ECRS that names a vertex which cannot be transformed
 */
HZ_API hz_status hz_crs_shapes(const hz_crs *from, const hz_crs *to, const hz_shapes *shapes,
                               hz_shapes **out, hz_error *err);
/** Do coordinates look swapped for this system: nearly all (95 %) outside its area of use, widened
 *  by 5 degrees, as they stand, and nearly all inside when swapped?  n may be 0: false.  Degrees
 *  are rarely found out: 55, 12 is a place too. */
HZ_API bool hz_crs_looks_swapped(const hz_crs *crs, size_t n, const double *x,
                                 const double *y);
/** Which points lie outside the system's area of use, widened by 5 degrees, or nowhere on earth (1);
 *  0 for the others, for NaN, and for all if the system does not know its area.
 *  @param outside  n values */
HZ_API hz_status hz_crs_outside(const hz_crs *crs, size_t n, const double *x, const double *y,
                                unsigned char *outside, hz_error *err);

/** The version of PROJ in use, such as "3.6.2"; static. */
HZ_API const char *hz_crs_version(void);

#ifdef __cplusplus
}
#endif
#endif
