/* Reads layers of points by GDAL's column stream, and leaves to others what it would not give
 * exactly. */
#include "io/vector_arrow.h"

#include <math.h>
#include <string.h>

#include <gdal.h>
#include <ogr_recordbatch.h>

#include "hotzone/mem.h"

#define WKB_POINT_BYTES 21 /* byte order, type, x, y; more with height or measure */

/* Which child of the stream's batches holds what. */
typedef struct {
    size_t *child; /* of each column of the table */
    size_t geometry;
    int64_t children;
    bool loose;
} plan;

static bool is_known(const struct ArrowArray *a, size_t row)
{
    const unsigned char *bits = a->buffers[0];
    return !bits || (bits[row >> 3] >> (row & 7) & 1);
}

/* Can values of this format be held as the table holds them, none of them changed on the way?
 * Not taken: booleans and short types, in which a GeoPackage may hold what does not fit them; clock
 * times, lists and whatever else GDAL writes out as a text. */
static bool is_exact(const hz_gdal_column *c, OGRFieldType type, const struct ArrowSchema *s,
                     bool loose)
{
    if (s->dictionary || (c->held == HZ_HELD_TEXTS && type != OFTString))
        return false;
    switch (c->held) {
    case HZ_HELD_REALS: return strcmp(s->format, "g") == 0;
    case HZ_HELD_INTEGERS: return strcmp(s->format, "l") == 0 || strcmp(s->format, "i") == 0;
    case HZ_HELD_TEXTS: return strcmp(s->format, "u") == 0;
    case HZ_HELD_TIMES:
        /* later versions apply a time's zone, and the source's own clock would be lost */
        return !loose && (strcmp(s->format, "tdD") == 0 || strcmp(s->format, "tsm:") == 0) &&
               strncmp(GDALVersionInfo("RELEASE_NAME"), "3.6.", 4) == 0;
    }
    return false;
}

/* The children are the FID, the fields that are not ignored, the geometry. */
static bool make_plan(OGRLayerH layer, const hz_gdal_table *table, const struct ArrowSchema *s,
                      bool loose, plan *p)
{
    OGRFeatureDefnH fields = OGR_L_GetLayerDefn(layer);
    int n = OGR_FD_GetFieldCount(fields);
    size_t at = 1;

    if (s->n_children < 2 || strcmp(s->children[0]->format, "l") != 0)
        return false;
    for (size_t c = 0; c < table->columns; c++)
        p->child[c] = 0;
    for (int i = 0; i < n; i++) {
        OGRFieldDefnH field = OGR_FD_GetFieldDefn(fields, i);
        if (OGR_Fld_IsIgnored(field))
            continue;
        if ((int64_t)at >= s->n_children ||
            strcmp(s->children[at]->name, OGR_Fld_GetNameRef(field)) != 0)
            return false;
        for (size_t c = 0; c < table->columns; c++)
            if (table->column[c].field == i)
                p->child[c] = at;
        at++;
    }
    for (size_t c = 0; c < table->columns; c++) {
        const hz_gdal_column *column = &table->column[c];
        bool fid = column->field == HZ_GDAL_FID;
        OGRFieldType type = fid ? OFTInteger64
                                : OGR_Fld_GetType(OGR_FD_GetFieldDefn(fields, column->field));
        if ((p->child[c] == 0) != fid || !is_exact(column, type, s->children[p->child[c]], loose))
            return false;
    }
    p->geometry = at;
    p->loose = loose;
    p->children = s->n_children;
    return (int64_t)at + 1 == s->n_children && strcmp(s->children[at]->format, "z") == 0;
}

static void add_reals(hz_gdal_table *table, hz_gdal_column *c, const struct ArrowArray *a, size_t n)
{
    const double *from = (const double *)a->buffers[1] + a->offset;
    double *to = c->reals + table->rows;
    for (size_t i = 0; i < n; i++) {
        to[i] = is_known(a, i + (size_t)a->offset) ? from[i] : NAN;
        if (isinf(to[i])) {
            to[i] = NAN;
            table->infinite++;
        }
    }
}

static void add_integers(hz_gdal_table *table, hz_gdal_column *c, const struct ArrowArray *a,
                         bool wide, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t row = table->rows + i, at = i + (size_t)a->offset;
        bool known = is_known(a, at);
        c->missing[row] = !known;
        c->integers[row] = !known ? 0
                         : wide   ? ((const int64_t *)a->buffers[1])[at]
                                  : ((const int32_t *)a->buffers[1])[at];
        hz_gdal_column_weigh(c, c->integers[row]);
    }
}

/* Whole seconds, those before 1970 too. */
static int64_t seconds_of(int64_t milliseconds)
{
    return milliseconds / 1000 - (milliseconds % 1000 < 0);
}

/* False for 1970-01-01 00:00, or a second before: the stream says so of what it cannot read. */
static bool add_times(hz_gdal_table *table, hz_gdal_column *c, const struct ArrowArray *a,
                      bool days, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t at = i + (size_t)a->offset;
        int64_t *to = &c->integers[table->rows + i];
        *to = !is_known(a, at) ? HZ_TIME_NONE
            : days             ? (int64_t)((const int32_t *)a->buffers[1])[at] * 86400
                               : seconds_of(((const int64_t *)a->buffers[1])[at]);
        if (*to == 0 || *to == -1)
            return false;
    }
    return true;
}

static hz_status add_texts(hz_gdal_table *table, hz_gdal_column *c, const struct ArrowArray *a,
                           size_t n, hz_error *err)
{
    const int32_t *offset = (const int32_t *)a->buffers[1] + a->offset;
    const char *bytes = a->buffers[2];
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < n; i++) {
        size_t length = (size_t)(offset[i + 1] - offset[i]);
        const char *text = length ? bytes + offset[i] : "";
        if (!is_known(a, i + (size_t)a->offset))
            length = 0;
        else if (length && memchr(text, '\0', length))
            length = strlen(text);
        st = hz_gdal_table_add_text(table, c, table->rows + i, text, length, err);
    }
    return st;
}

static bool is_little(void)
{
    const uint16_t one = 1;
    return *(const unsigned char *)&one == 1;
}

/* The plain point of a WKB, with or without height and measure; NaN for POINT EMPTY. */
static bool read_point(const unsigned char *wkb, size_t n, double *x, double *y)
{
    uint32_t type;
    if (n < WKB_POINT_BYTES || wkb[0] != is_little())
        return false;
    memcpy(&type, wkb + 1, sizeof type);
    if (OGR_GT_Flatten((OGRwkbGeometryType)type) != wkbPoint)
        return false;
    memcpy(x, wkb + 5, sizeof *x);
    memcpy(y, wkb + 13, sizeof *y);
    return (isfinite(*x) && isfinite(*y)) || (isnan(*x) && isnan(*y));
}

/* Append n points; false if one is anything else, or if there is none at all.  loose: what cannot
 * be read is missing here, so that the features are asked about what is missing. */
static bool add_points(hz_gdal_shapes *s, const struct ArrowArray *a, bool loose, size_t n)
{
    const int32_t *offset = (const int32_t *)a->buffers[1] + a->offset;
    const unsigned char *bytes = a->buffers[2];
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        double *x = s->x + s->points + i, *y = s->y + s->points + i;
        *x = *y = NAN;
        if (!is_known(a, i + (size_t)a->offset)) {
            if (loose)
                return false;
            continue;
        }
        if (!read_point(bytes + offset[i], (size_t)(offset[i + 1] - offset[i]), x, y))
            return false;
        if (isnan(*x)) /* NaN as we write it */
            *x = *y = NAN;
        else
            any = true;
    }
    s->kind = HZ_POINT;
    s->points += n;
    s->features += n;
    return any;
}

static hz_status add_batch(const plan *p, const struct ArrowSchema *schema,
                           const struct ArrowArray *batch, hz_gdal_table *table,
                           hz_gdal_shapes *shapes, bool *exact, hz_error *err)
{
    size_t n = (size_t)batch->length;
    *exact = batch->n_children == p->children && batch->offset == 0;
    if (!*exact)
        return HZ_OK;
    hz_status st = hz_gdal_table_room(table, n, err);
    if (!st)
        st = hz_gdal_shapes_room(shapes, n, err);
    if (st)
        return st;
    *exact = add_points(shapes, batch->children[p->geometry], p->loose, n);
    for (size_t c = 0; !st && *exact && c < table->columns; c++) {
        hz_gdal_column *column = &table->column[c];
        const struct ArrowArray *a = batch->children[p->child[c]];
        const char *format = schema->children[p->child[c]]->format;
        switch (column->held) {
        case HZ_HELD_REALS: add_reals(table, column, a, n); break;
        case HZ_HELD_INTEGERS: add_integers(table, column, a, *format == 'l', n); break;
        case HZ_HELD_TIMES: *exact = add_times(table, column, a, format[1] == 'd', n); break;
        case HZ_HELD_TEXTS: st = add_texts(table, column, a, n, err); break;
        }
    }
    table->rows += n;
    return st;
}

static hz_status read_stream(const plan *p, const struct ArrowSchema *schema,
                             struct ArrowArrayStream *stream, hz_gdal_table *table,
                             hz_gdal_shapes *shapes, bool *exact, hz_error *err)
{
    hz_status st = HZ_OK;
    *exact = true;
    while (!st && *exact) {
        struct ArrowArray batch = { 0 };
        *exact = stream->get_next(stream, &batch) == 0;
        if (!batch.release) /* the end */
            break;
        if (*exact)
            st = add_batch(p, schema, &batch, table, shapes, exact, err);
        batch.release(&batch);
    }
    return st;
}

hz_status hz_gdal_arrow_read(OGRLayerH layer, bool loose, hz_gdal_talk *talk,
                             hz_gdal_table *table, hz_gdal_shapes *shapes, bool *done,
                             const char *shown, hz_error *err)
{
    const hz_gdal_talk before = *talk;
    struct ArrowArrayStream stream = { 0 };
    struct ArrowSchema schema = { 0 };
    plan p = { 0 };
    bool exact = false;
    hz_status st = HZ_OK;

    *done = false;
    OGR_L_ResetReading(layer);
    if (OGR_GT_Flatten(OGR_L_GetGeomType(layer)) != wkbPoint ||
        !OGR_L_TestCapability(layer, OLCFastGetArrowStream) ||
        !OGR_L_GetArrowStream(layer, &stream, NULL))
        return HZ_OK;
    p.child = hz_mem_new(table->columns + 1, sizeof *p.child);
    if (!p.child)
        st = hz_mem_fail(err, shown);
    else if (stream.get_schema(&stream, &schema) == 0 &&
             make_plan(layer, table, &schema, loose, &p))
        st = read_stream(&p, &schema, &stream, table, shapes, &exact, err);
    hz_mem_free(p.child);
    if (schema.release)
        schema.release(&schema);
    if (stream.release)
        stream.release(&stream);
    exact &= talk->failures == before.failures && talk->warnings == before.warnings;
    *talk = before; /* the features will say it again */
    if (!st && !exact) {
        hz_gdal_table_empty(table);
        hz_gdal_shapes_free(shapes);
    }
    *done = !st && exact;
    return st;
}
