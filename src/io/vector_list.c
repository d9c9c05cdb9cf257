/* Says which layers a source holds. */
#include "hotzone/vector.h"

#include "io/vector_gdal.h"
#include "io/vector_shapes.h"

static void list_layer(OGRLayerH layer, hz_text *out)
{
    long long rows = (long long)OGR_L_GetFeatureCount(layer, 1);
    OGRwkbGeometryType type = OGR_L_GetGeomType(layer);
    hz_shape_kind kind = hz_gdal_kind(type);
    hz_text_addf(out, "%s: ", OGR_L_GetName(layer));
    if (rows >= 0)
        hz_text_addf(out, "%lld row%s, ", rows, rows == 1 ? "" : "s");
    else
        hz_text_add(out, "unknown number of rows, ");
    if (type == wkbNone)
        hz_text_add(out, "table\n");
    else if (kind == HZ_NOSHAPE)
        hz_text_add(out, "shapes of any kind\n");
    else
        hz_text_addf(out, "%ss\n", hz_gdal_kind_word(kind));
}

hz_status hz_vector_list(const char *path, hz_text *out, hz_error *err)
{
    hz_gdal_talk talk;
    GDALDatasetH data = NULL;
    char shown[600];

    hz_gdal_shown_path(path, shown, sizeof shown);
    hz_gdal_begin(&talk);
    hz_status st = hz_gdal_open(path, NULL, shown, &talk, &data, err);
    for (int i = 0; !st && i < GDALDatasetGetLayerCount(data); i++) {
        OGRLayerH layer = GDALDatasetGetLayer(data, i);
        if (layer && !hz_gdal_is_aside(layer))
            list_layer(layer, out);
    }
    if (!st && talk.failures)
        st = hz_fail(err, HZ_EFORMAT, "%s: its layers cannot be counted: %s", shown,
                     hz_gdal_why(&talk));
    if (data)
        GDALClose(data);
    hz_gdal_end(&talk);
    return st;
}

const char *hz_vector_version(void)
{
    return GDALVersionInfo("RELEASE_NAME");
}
