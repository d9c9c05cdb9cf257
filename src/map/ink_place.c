/* Tells a GIS where a picture's map frame lies on earth. */
#include <string.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "map/ink.h"

/* "dir/map.png" and ".pgw": "dir/map.pgw" */
static hz_status write_beside(const char *path, size_t keep, const char *ending,
                              const hz_text *text, hz_error *err)
{
    hz_text name = { 0 };
    hz_status st;
    hz_text_add_n(&name, path, keep);
    hz_text_add(&name, ending);
    if (name.failed || text->failed)
        st = hz_mem_fail(err, path);
    else
        st = hz_file_write(name.data, text->data, text->length, err);
    hz_text_free(&name);
    return st;
}

hz_status hz_ink_place(const char *path, double dpi, const hz_ink_frame *frame, hz_error *err)
{
    hz_text world = { 0 }, aux = { 0 };
    double metres = frame->m_per_mm * 25.4 / dpi; /* a pixel's side on the ground */
    double west = frame->east - frame->x_mm * frame->m_per_mm;   /* of the picture's corner */
    double north = frame->north + frame->y_mm * frame->m_per_mm;
    /* a world file tells of the centre of the first pixel, GDAL's transform of its corner */
    const double lines[] = { metres, 0, 0, -metres, west + metres / 2, north - metres / 2 };
    const double transform[] = { west, metres, 0, north, 0, -metres };

    for (size_t i = 0; i < 6; i++) {
        hz_text_add_double(&world, lines[i]);
        hz_text_add(&world, "\n");
    }
    hz_text_add(&aux, "<PAMDataset>\n");
    if (frame->crs_wkt) {
        hz_text_add(&aux, "  <SRS dataAxisToSRSAxisMapping=\"1,2\">");
        hz_ink_add_xml(&aux, frame->crs_wkt);
        hz_text_add(&aux, "</SRS>\n");
    }
    hz_text_add(&aux, "  <GeoTransform>");
    for (size_t i = 0; i < 6; i++) {
        hz_text_add(&aux, i ? ", " : "");
        hz_text_add_double(&aux, transform[i]);
    }
    hz_text_add(&aux, "</GeoTransform>\n</PAMDataset>\n");

    hz_status st = write_beside(path, strlen(path) - strlen(".png"), ".pgw", &world, err);
    if (!st)
        st = write_beside(path, strlen(path), ".aux.xml", &aux, err);
    hz_text_free(&world);
    hz_text_free(&aux);
    return st;
}
