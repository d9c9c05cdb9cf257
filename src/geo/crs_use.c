/* Which points cannot be meant: those far from where a reference system is used. */
#include <math.h>
#include <string.h>

#include "geo/crs_parts.h"
#include "hotzone/mem.h"

hz_status hz_crs_outside(const hz_crs *crs, size_t n, const double *x, const double *y,
                         unsigned char *outside, hz_error *err)
{
    const double margin = 5; /* degrees: data commonly reach over a zone's edge */
    double west, south, east, north;
    hz_crs *degrees = NULL;
    double *px = NULL, *py = NULL;
    hz_status st = HZ_OK;

    memset(outside, 0, n);
    if (!crs || !proj_get_area_of_use(crs->proj, crs->pj, &west, &south, &east, &north, NULL) ||
        west > east || west < -180)
        return HZ_OK;
    px = hz_mem_new(n, sizeof *px);
    py = hz_mem_new(n, sizeof *py);
    if (!px || !py) {
        st = hz_mem_fail(err, "area of use");
        goto done;
    }
    for (size_t i = 0; i < n; i++) {
        px[i] = x[i];
        py[i] = y[i];
    }
    st = hz_crs_new("OGC:CRS84", &degrees, err);
    if (!st)
        st = hz_crs_points(crs, degrees, n, px, py, NULL, err);
    for (size_t i = 0; i < n && !st; i++)
        outside[i] = !isnan(x[i]) && !isnan(y[i]) &&
                     !(px[i] >= west - margin && px[i] <= east + margin &&
                       py[i] >= south - margin && py[i] <= north + margin);
done:
    hz_mem_free(px);
    hz_mem_free(py);
    hz_crs_free(degrees);
    return st;
}

const char *hz_crs_version(void)
{
    return proj_info().version;
}
