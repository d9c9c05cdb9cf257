/* Makes points of the coordinate columns of a table that GDAL read. */
#include "io/vector_table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "hotzone/mem.h"
#include "hotzone/text.h"
#include "io/coordinate_names.h"

hz_status hz_gdal_find_pair(OGRLayerH layer, const hz_source_opts *opts, const char *shown,
                            hz_gdal_pair *out, hz_error *err)
{
    OGRFeatureDefnH fields = OGR_L_GetLayerDefn(layer);
    size_t n = (size_t)OGR_FD_GetFieldCount(fields);
    int x, y;

    *out = (hz_gdal_pair){ { opts->x, opts->y }, false };
    if (!opts->x != !opts->y)
        return hz_fail(err, HZ_EUSAGE, "%s: only one coordinate column is named ('%s'), expected "
                       "both", shown, opts->x ? opts->x : opts->y);
    if (opts->x) {
        hz_coordinate_names(out->name, 2, &x, &y, &out->degrees);
        return HZ_OK;
    }
    const char **names = hz_mem_new(n, sizeof *names);
    if (!names)
        return hz_mem_fail(err, shown);
    for (size_t i = 0; i < n; i++)
        names[i] = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(fields, (int)i));
    if (hz_coordinate_names(names, n, &x, &y, &out->degrees)) {
        out->name[0] = names[x];
        out->name[1] = names[y];
    }
    hz_mem_free(names);
    return HZ_OK;
}

typedef enum { NO_VALUE, A_NUMBER, NO_NUMBER } found;

/* A coordinate in a column of numbers or texts; Danish spreadsheets write 55,67. */
static found read_coordinate(const hz_layer *layer, size_t column, size_t row, char decimal,
                             double *value)
{
    char buf[64];
    const char *text = buf;
    if (hz_layer_column_kind(layer, column) == HZ_NUMBERS) {
        *value = hz_layer_numbers(layer, hz_layer_column_name(layer, column))[row];
        return isnan(*value) ? NO_VALUE : A_NUMBER;
    }
    if (hz_layer_column_kind(layer, column) == HZ_TEXTS)
        text = hz_layer_text_at(layer, column, row);
    else
        hz_layer_value_text(layer, column, row, buf, sizeof buf);
    size_t n = strlen(text);
    if (strspn(text, " \t") == n)
        return NO_VALUE;
    if (hz_number_parse(text, n, decimal ? decimal : '.', value) ||
        (!decimal && hz_number_parse(text, n, ',', value)))
        return A_NUMBER;
    return NO_NUMBER;
}

/* What was wrong with the rows refused. */
typedef struct {
    size_t bad, first_bad, outside, first_outside;
} refusals;

static unsigned char place_row(const hz_layer *layer, int x, int y, bool degrees, char decimal,
                               size_t row, hz_shapes *points, refusals *no)
{
    double px = NAN, py = NAN;
    found fx = read_coordinate(layer, (size_t)x, row, decimal, &px);
    found fy = read_coordinate(layer, (size_t)y, row, decimal, &py);
    points->x[row] = points->y[row] = NAN;
    if (fx == NO_NUMBER || fy == NO_NUMBER) {
        if (no->bad++ == 0)
            no->first_bad = row + 1;
        return 0;
    }
    if (fx == NO_VALUE || fy == NO_VALUE)
        return 1;
    if (degrees && (fabs(px) > 180 || fabs(py) > 90)) {
        if (no->outside++ == 0)
            no->first_outside = row + 1;
        return 0;
    }
    points->x[row] = px;
    points->y[row] = py;
    return 1;
}

static void say_why(const refusals *no, char *buf, size_t size)
{
    int used = 0;
    buf[0] = '\0';
    if (no->bad)
        used = snprintf(buf, size, "%zu %s with a coordinate that is no number (first: row %zu)",
                        no->bad, no->bad == 1 ? "row" : "rows", no->first_bad);
    if (no->outside)
        snprintf(buf + used, size - (size_t)used, "%s%zu %s with a coordinate outside -180..180, "
                 "-90..90 degrees (first: row %zu)", no->bad ? "; " : "", no->outside,
                 no->outside == 1 ? "row" : "rows", no->first_outside);
}

/* Leave the refused rows out; a table that can hardly be what it was taken for is an error. */
static hz_status drop_refused(hz_layer **layer, const unsigned char *keep, const refusals *no,
                              hz_error *err)
{
    size_t read = hz_layer_rows(*layer), refused = no->bad + no->outside;
    hz_intake intake = { .read = read, .refused = refused };
    hz_layer *kept = NULL;

    say_why(no, intake.why, sizeof intake.why);
    if (no->outside > read - refused)
        return hz_fail(err, HZ_ECRS, "%s: %s: these look like metres or swapped (--crs names their "
                       "system, --x and --y the columns)", hz_layer_name(*layer), intake.why);
    if (refused == read)
        return hz_fail(err, HZ_EFORMAT, "%s: no row can be used: %s", hz_layer_name(*layer),
                       intake.why);
    hz_status st = hz_layer_select(*layer, keep, &kept, err);
    if (st)
        return st;
    hz_layer_set_intake(kept, &intake);
    hz_layer_free(*layer);
    *layer = kept;
    return HZ_OK;
}

static void drop_unwanted(hz_layer *layer, const hz_gdal_pair *pair, const hz_source_opts *opts)
{
    for (size_t k = 0; opts->only && k < 2; k++) {
        bool wanted = false;
        for (size_t i = 0; !wanted && i < opts->only_count; i++)
            wanted = strcasecmp(pair->name[k], opts->only[i]) == 0;
        if (!wanted)
            hz_layer_drop(layer, pair->name[k]);
    }
}

hz_status hz_gdal_place_rows(hz_layer **layer, const hz_gdal_pair *pair,
                             const hz_source_opts *opts, hz_error *err)
{
    size_t rows = hz_layer_rows(*layer);
    int x = hz_layer_find(*layer, pair->name[0]), y = hz_layer_find(*layer, pair->name[1]);
    const char *text = opts->crs ? opts->crs : pair->degrees ? "EPSG:4326" : NULL;
    hz_shapes *points = NULL;
    hz_crs *crs = NULL;
    unsigned char *keep = NULL;
    refusals no = { 0 };

    hz_status st = hz_shapes_new(HZ_POINT, rows, 0, rows, &points, err);
    if (!st && !(keep = hz_mem_new(rows, 1)))
        st = hz_mem_fail(err, hz_layer_name(*layer));
    if (!st && text)
        st = hz_crs_new(text, &crs, err);
    bool degrees = crs && hz_crs_is_degrees(crs);
    for (size_t r = 0; !st && r < rows; r++)
        keep[r] = place_row(*layer, x, y, degrees, opts->decimal, r, points, &no);
    if (!st)
        st = hz_layer_take_shapes(*layer, &points, err);
    if (!st && crs)
        st = hz_layer_take_crs(*layer, &crs, err);
    if (!st && no.bad + no.outside)
        st = drop_refused(layer, keep, &no, err);
    if (!st)
        drop_unwanted(*layer, pair, opts);
    hz_mem_free(keep);
    hz_shapes_free(points);
    hz_crs_free(crs);
    return st;
}
