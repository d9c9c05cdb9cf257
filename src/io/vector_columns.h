/* The columns of a layer, gathered feature by feature from GDAL. */
#ifndef IO_VECTOR_COLUMNS_H
#define IO_VECTOR_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ogr_api.h>

#include "hotzone/layer.h"
#include "hotzone/notice.h"
#include "hotzone/source.h"
#include "hotzone/text.h"

/** How a field is held until all its values are known. */
typedef enum {
    HZ_HELD_REALS,    /* numbers */
    HZ_HELD_INTEGERS, /* numbers, or texts if one is beyond 2^53, where doubles lose count */
    HZ_HELD_TEXTS,    /* in arena, from offset[row] */
    HZ_HELD_TIMES
} hz_gdal_held;

#define HZ_GDAL_FID (-1)

typedef struct {
    char *name;     /* unique in the table */
    int field;      /* in the OGR layer, or HZ_GDAL_FID */
    hz_gdal_held held;
    double *reals;
    int64_t *integers; /* or times */
    unsigned char *missing; /* of integers */
    size_t *offset;
    hz_text arena;
    bool too_big;
} hz_gdal_column;

typedef struct {
    hz_gdal_column *column;
    size_t columns, rows, room;
    size_t recoded;   /* texts that were not UTF-8, taken as Windows-1252 */
    size_t infinite;  /* numbers that were infinite, taken as missing */
    bool type_texts;  /* texts that are all numbers become numbers (CSV) */
} hz_gdal_table;

/**
 * Prepare one column per field, or per wanted one, and one for a FID with a name of its own;
 * extra[0], extra[1] (may be NULL) are wanted too.  Binary fields are left out with a notice.
 * The table is zeroed before; free it always.
 * @return HZ_EUSAGE for a wanted column the layer does not have (nearest suggested)
 */
hz_status hz_gdal_table_start(hz_gdal_table *table, OGRLayerH layer, const hz_source_opts *opts,
                              const char *const extra[2], const char *shown,
                              const hz_notice *notice, hz_error *err);
hz_status hz_gdal_table_add(hz_gdal_table *table, OGRFeatureH feature, hz_error *err);
/** Room for n more rows. */
hz_status hz_gdal_table_room(hz_gdal_table *table, size_t n, hz_error *err);
/** Set the text of a row there is room for, counting what is not UTF-8. */
hz_status hz_gdal_table_add_text(hz_gdal_table *table, hz_gdal_column *column, size_t row,
                                 const char *text, size_t n, hz_error *err);
/** Note whether a whole number is beyond what a double counts to. */
void hz_gdal_column_weigh(hz_gdal_column *column, int64_t value);
/** Forget the rows; the columns stay. */
void hz_gdal_table_empty(hz_gdal_table *table);
/** Move the columns to a layer of as many rows. */
hz_status hz_gdal_table_give(hz_gdal_table *table, hz_layer *layer, hz_error *err);
void hz_gdal_table_free(hz_gdal_table *table);

#endif
