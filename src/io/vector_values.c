/* Turns rows of our layers into GDAL's fields and geometries. */
#include "io/vector_values.h"

#include <math.h>

#include "hotzone/vector.h"

static bool all_at_midnight(const hz_layer *layer, size_t column)
{
    const hz_time *times = hz_layer_times(layer, hz_layer_column_name(layer, column));
    for (size_t r = 0; r < hz_layer_rows(layer); r++)
        if (times[r] != HZ_TIME_NONE && times[r] % 86400 != 0)
            return false;
    return true;
}

/* Within 2^53, where every whole number is exact. */
static bool all_whole(const hz_layer *layer, size_t column)
{
    const double *numbers = hz_layer_numbers(layer, hz_layer_column_name(layer, column));
    for (size_t r = 0; r < hz_layer_rows(layer); r++)
        if (!isnan(numbers[r]) &&
            !(numbers[r] == floor(numbers[r]) && fabs(numbers[r]) <= 9007199254740992.0))
            return false;
    return true;
}

hz_status hz_gdal_add_field(OGRLayerH to, const char *name, const hz_layer *layer, size_t column,
                            bool typeless, hz_error *err)
{
    OGRFieldType type = OFTString;
    if (hz_layer_column_kind(layer, column) == HZ_NUMBERS)
        type = typeless && all_whole(layer, column) ? OFTInteger64 : OFTReal;
    else if (hz_layer_column_kind(layer, column) == HZ_TIMES)
        type = all_at_midnight(layer, column) ? OFTDate : OFTDateTime;
    OGRFieldDefnH def = OGR_Fld_Create(name, type);
    OGRErr failed = OGR_L_CreateField(to, def, 0);
    OGR_Fld_Destroy(def);
    return failed == OGRERR_NONE ? HZ_OK
                                 : hz_fail(err, HZ_EIO, "column '%s' cannot be made", name);
}

static void set_time(OGRFeatureH feature, int field, hz_time when, hz_gdal_zone zone)
{
    int year, month, day;
    int64_t days = when / 86400 - (when % 86400 < 0);
    int second = (int)(when - days * 86400);
    hz_date_civil(days, &year, &month, &day);
    OGR_F_SetFieldDateTimeEx(feature, field, year, month, day, second / 3600, second / 60 % 60,
                             (float)(second % 60), (int)zone);
}

void hz_gdal_set_value(OGRFeatureH feature, int field, const hz_layer *layer, size_t column,
                       size_t row, hz_gdal_zone zone)
{
    const char *name = hz_layer_column_name(layer, column);
    OGR_F_SetFieldNull(feature, field);
    if (hz_layer_mark(layer, name, row) != HZ_KNOWN)
        return;
    switch (hz_layer_column_kind(layer, column)) {
    case HZ_NUMBERS: {
        double value = hz_layer_numbers(layer, name)[row];
        if (isfinite(value))
            OGR_F_SetFieldDouble(feature, field, value);
        break;
    }
    case HZ_TEXTS: {
        const char *text = hz_layer_text_at(layer, column, row);
        if (*text)
            OGR_F_SetFieldString(feature, field, text);
        break;
    }
    case HZ_TIMES: {
        hz_time when = hz_layer_times(layer, name)[row];
        if (when != HZ_TIME_NONE)
            set_time(feature, field, when, zone);
        break;
    }
    }
}

static OGRGeometryH path(const hz_shapes *s, size_t ring, OGRwkbGeometryType type)
{
    size_t from = s->first_point[ring], n = s->first_point[ring + 1] - from;
    OGRGeometryH g = OGR_G_CreateGeometry(type);
    if (g)
        OGR_G_SetPoints(g, (int)n, s->x + from, sizeof *s->x, s->y + from, sizeof *s->y, NULL, 0);
    return g;
}

/* The parts of a line are its rings; a polygon's part is an outer ring and the holes after it. */
static OGRGeometryH part(const hz_shapes *s, size_t *ring, size_t end)
{
    if (s->kind == HZ_LINE)
        return path(s, (*ring)++, wkbLineString);
    OGRGeometryH polygon = OGR_G_CreateGeometry(wkbPolygon);
    if (!polygon)
        return NULL;
    do {
        OGR_G_AddGeometryDirectly(polygon, path(s, *ring, wkbLinearRing));
        (*ring)++;
    } while (*ring < end && s->hole[*ring]);
    return polygon;
}

static OGRGeometryH point(double x, double y)
{
    if (isnan(x) || isnan(y))
        return NULL;
    OGRGeometryH g = OGR_G_CreateGeometry(wkbPoint);
    if (g)
        OGR_G_SetPoint_2D(g, 0, x, y);
    return g;
}

OGRGeometryH hz_gdal_geometry(const hz_shapes *s, size_t feature, bool multi)
{
    if (s->kind == HZ_POINT)
        return point(s->x[feature], s->y[feature]);
    size_t ring = s->first_ring[feature], end = s->first_ring[feature + 1];
    if (ring == end)
        return NULL;
    if (!multi)
        return part(s, &ring, end);
    OGRGeometryH all = OGR_G_CreateGeometry(s->kind == HZ_LINE ? wkbMultiLineString
                                                               : wkbMultiPolygon);
    while (all && ring < end)
        OGR_G_AddGeometryDirectly(all, part(s, &ring, end));
    return all;
}

bool hz_gdal_has_parts(const hz_shapes *s)
{
    for (size_t f = 0; s->kind != HZ_POINT && f < s->features; f++) {
        size_t parts = 0;
        for (size_t r = s->first_ring[f]; r < s->first_ring[f + 1]; r++)
            parts += s->kind == HZ_LINE || !s->hole[r];
        if (parts > 1)
            return true;
    }
    return false;
}
