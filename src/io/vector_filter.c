/* Keeps the rows of a layer for which a condition of OGR SQL holds. */
#include "hotzone/vector.h"

#include <string.h>
#include <strings.h>

#include "hotzone/mem.h"
#include "io/vector_gdal.h"
#include "io/vector_values.h"

/* A superset of the columns that the condition names. */
static bool may_name(const char *where, const char *column)
{
    size_t n = strlen(column);
    for (; *where; where++)
        if (strncasecmp(where, column, n) == 0)
            return true;
    return n == 0;
}

/* A layer in memory with the columns that matter, and a row number as FID. */
static hz_status copy_rows(const hz_layer *layer, const char *where, OGRLayerH memory,
                           hz_error *err)
{
    size_t columns = hz_layer_columns(layer), rows = hz_layer_rows(layer), used = 0;
    size_t *column = hz_mem_new(columns, sizeof *column);
    hz_status st = column ? HZ_OK : hz_mem_fail(err, hz_layer_name(layer));

    for (size_t c = 0; !st && c < columns; c++) {
        if (!may_name(where, hz_layer_column_name(layer, c)))
            continue;
        column[used++] = c;
        st = hz_gdal_add_field(memory, hz_layer_column_name(layer, c), layer, c, false,
                               err);
    }
    for (size_t r = 0; !st && r < rows; r++) {
        OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(memory));
        for (size_t k = 0; k < used; k++)
            hz_gdal_set_value(feature, (int)k, layer, column[k], r, HZ_ZONE_NONE);
        OGR_F_SetFID(feature, (GIntBig)r);
        if (OGR_L_CreateFeature(memory, feature) != OGRERR_NONE)
            st = hz_mem_fail(err, hz_layer_name(layer));
        OGR_F_Destroy(feature);
    }
    hz_mem_free(column);
    return st;
}

static hz_status mark_rows(const hz_layer *layer, const char *where, OGRLayerH memory,
                           const hz_gdal_talk *talk, unsigned char *keep, hz_error *err)
{
    OGRFeatureH feature;
    if (OGR_L_SetAttributeFilter(memory, where) == OGRERR_NONE) {
        OGR_L_ResetReading(memory);
        while ((feature = OGR_L_GetNextFeature(memory)) != NULL) {
            keep[OGR_F_GetFID(feature)] = 1;
            OGR_F_Destroy(feature);
        }
    }
    if (talk->failures == 0)
        return HZ_OK;
    hz_text names = { 0 };
    for (size_t c = 0; c < hz_layer_columns(layer); c++)
        hz_text_addf(&names, "%s%s", c ? ", " : "", hz_layer_column_name(layer, c));
    hz_status st = hz_fail(err, HZ_EUSAGE, "%s: '%s' is no condition on its rows: %s; its columns: "
                           "%s", hz_layer_name(layer), where, hz_gdal_why(talk),
                           hz_text_get(&names));
    hz_text_free(&names);
    return st;
}

hz_status hz_vector_filter(hz_layer **layer, const char *where, hz_error *err)
{
    hz_gdal_talk talk;
    hz_layer *kept = NULL;
    unsigned char *keep = hz_mem_new(hz_layer_rows(*layer), 1);
    if (!keep)
        return hz_mem_fail(err, hz_layer_name(*layer));

    hz_gdal_begin(&talk);
    GDALDatasetH data = GDALCreate(GDALGetDriverByName("Memory"), "", 0, 0, 0, GDT_Unknown, NULL);
    OGRLayerH memory = data ? GDALDatasetCreateLayer(data, "rows", NULL, wkbNone, NULL) : NULL;
    hz_status st = memory ? HZ_OK : hz_mem_fail(err, hz_layer_name(*layer));
    if (!st)
        st = copy_rows(*layer, where, memory, err);
    if (!st)
        st = mark_rows(*layer, where, memory, &talk, keep, err);
    if (data)
        GDALClose(data);
    hz_gdal_end(&talk);

    if (!st)
        st = hz_layer_select(*layer, keep, &kept, err);
    if (!st) {
        hz_layer_free(*layer);
        *layer = kept;
    }
    hz_mem_free(keep);
    return st;
}
