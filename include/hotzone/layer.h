/* Features of one kind: shapes, typed columns, and a reference system. */
#ifndef HOTZONE_LAYER_H
#define HOTZONE_LAYER_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/crs.h"
#include "hotzone/date.h"
#include "hotzone/notice.h"
#include "hotzone/shape.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct hz_layer hz_layer;

typedef enum { HZ_NUMBERS, HZ_TEXTS, HZ_TIMES } hz_column_kind;

/** What stands in a row: a value, or the reason why there is none.  A hidden value is
 *  removed from the column (the number is NaN), not only marked. */
typedef enum {
    HZ_KNOWN = 0,
    HZ_UNDEFINED_MISSING,    /* the source has no figure */
    HZ_UNDEFINED_NO_BASE,    /* no population is given for the row */
    HZ_UNDEFINED_ZERO_BASE,  /* its population is 0 */
    HZ_UNDEFINED_NO_RESULT,  /* the statistic does not exist for these figures */
    HZ_HIDDEN                /* known to us, not to be shown */
} hz_mark;

HZ_API hz_status hz_layer_new(const char *name, size_t rows, hz_layer **out, hz_error *err);
HZ_API void hz_layer_free(hz_layer *layer);
/** A short name for messages: the file name, with its layer if it has several; lent. */
HZ_API const char *hz_layer_name(const hz_layer *layer);
HZ_API size_t hz_layer_rows(const hz_layer *layer);
HZ_API size_t hz_layer_columns(const hz_layer *layer);
HZ_API const char *hz_layer_column_name(const hz_layer *layer, size_t column);
HZ_API hz_column_kind hz_layer_column_kind(const hz_layer *layer, size_t column);
/** The column's number or -1; exact name first, then ASCII case ignored. */
HZ_API int hz_layer_find(const hz_layer *layer, const char *column);
/** The column of this name, found as above, or HZ_EUSAGE with the nearest name and all there
 *  are. */
HZ_API hz_status hz_layer_need(const hz_layer *layer, const char *name, size_t *at,
                               hz_error *err);

/* Lent arrays of `rows` values; NULL if there is no such column or it is of another kind. */
HZ_API const double *hz_layer_numbers(const hz_layer *layer, const char *column);
HZ_API const hz_time *hz_layer_times(const hz_layer *layer, const char *column);
/** Text of one row; "" where there is none. */
HZ_API const char *hz_layer_text(const hz_layer *layer, const char *column, size_t row);
HZ_API const char *hz_layer_text_at(const hz_layer *layer, size_t column, size_t row);
/** HZ_KNOWN for a column without marks. */
HZ_API hz_mark hz_layer_mark(const hz_layer *layer, const char *column, size_t row);
HZ_API hz_mark hz_layer_mark_at(const hz_layer *layer, size_t column, size_t row);
/** Any value as text: numbers as shortest decimal, times as dates; "" where not known. */
HZ_API hz_status hz_layer_value_text(const hz_layer *layer, size_t column, size_t row,
                                     char *buf, size_t size);

/* Add or replace a column.  `take` moves *values to the layer and sets it to NULL, only on
 * success; marks may be NULL.  NaN without a mark becomes HZ_UNDEFINED_MISSING. */
HZ_API hz_status hz_layer_take_numbers(hz_layer *layer, const char *column, double **values,
                                       unsigned char **marks, hz_error *err);
HZ_API hz_status hz_layer_take_times(hz_layer *layer, const char *column, hz_time **values,
                                     hz_error *err);
/** texts: `rows` offsets into arena, each NUL-terminated; both are taken. */
HZ_API hz_status hz_layer_take_texts(hz_layer *layer, const char *column, size_t **offsets,
                                     char **arena, hz_error *err);
/** Copies; texts[i] may be NULL (""). */
HZ_API hz_status hz_layer_add_texts(hz_layer *layer, const char *column,
                                    const char *const *texts, hz_error *err);
/** The same text in every row. */
HZ_API hz_status hz_layer_add_word(hz_layer *layer, const char *column, const char *word,
                                   hz_error *err);
HZ_API hz_status hz_layer_add_numbers(hz_layer *layer, const char *column,
                                      const double *values, hz_error *err);
HZ_API void hz_layer_drop(hz_layer *layer, const char *column);
/** Read a text column as dates in place; rows that are no date become HZ_TIME_NONE and are
 *  counted in *bad, the first one in *first_bad (a row).  A times column stays. */
HZ_API hz_status hz_layer_read_dates(hz_layer *layer, const char *column, const char *format,
                                     size_t *bad, size_t *first_bad, hz_error *err);

/** The geometry, or NULL; lent. */
HZ_API const hz_shapes *hz_layer_shapes(const hz_layer *layer);
HZ_API hz_status hz_layer_take_shapes(hz_layer *layer, hz_shapes **shapes, hz_error *err);
/** The reference system, or NULL if the source has none; lent. */
HZ_API const hz_crs *hz_layer_crs(const hz_layer *layer);
HZ_API hz_status hz_layer_take_crs(hz_layer *layer, hz_crs **crs, hz_error *err);
/** Transform the shapes to another system in place. */
HZ_API hz_status hz_layer_to_crs(hz_layer *layer, const hz_crs *crs, hz_error *err);

/**
 * The system to measure a layer in: its own, or hz_crs_metric_for its middle if that is in degrees,
 * Web Mercator or feet; NULL, with a warning that coordinates are taken for metres, if it has none.
 *
 * @param out  yours; HZ_EDATA if the layer has no coordinates
 */
HZ_API hz_status hz_layer_metric(const hz_layer *layer, hz_crs **out, const hz_notice *notice,
                                 hz_error *err);

HZ_API hz_status hz_layer_copy(const hz_layer *layer, hz_layer **out, hz_error *err);
/** A copy in another reference system; as it is where it has none or `crs` is NULL.  Errors as
 *  hz_layer_to_crs; free with hz_layer_free. */
HZ_API hz_status hz_layer_copy_to_crs(const hz_layer *layer, const hz_crs *crs, hz_layer **out,
                                      hz_error *err);
/** Only the rows with keep[row] != 0, in order. */
HZ_API hz_status hz_layer_select(const hz_layer *layer, const unsigned char *keep,
                                 hz_layer **out, hz_error *err);

/**
 * Put layers of points one below the other, as the monthly files of one source are: the columns
 * that all have, with a warning of those of the first that another lacks; texts where one has texts and
 * another numbers; what was read and refused in all.
 *
 * @param parts  n >= 1 of them; transformed to the first one's system in place
 * @return HZ_EDATA for a part without points, HZ_ECRS if only some have a system, HZ_EMEMORY
 */
HZ_API hz_status hz_layer_stack(hz_layer **parts, size_t n, hz_layer **out,
                                const hz_notice *notice, hz_error *err);

/** Exchange everything two layers hold; cannot fail. */
HZ_API void hz_layer_swap(hz_layer *a, hz_layer *b);

/** What a reader met besides the rows it delivered. */
typedef struct {
    size_t read;            /* rows in the source */
    size_t refused;         /* rows that could not be used; read = rows + refused */
    char why[600];          /* "3 rows with 4 fields, expected 5 (first: line 12); ..." */
} hz_intake;
HZ_API const hz_intake *hz_layer_intake(const hz_layer *layer);
HZ_API void hz_layer_set_intake(hz_layer *layer, const hz_intake *intake);
/** Where the rows came from, as the user named it; the layer's name if not set. */
HZ_API const char *hz_layer_source(const hz_layer *layer);
HZ_API hz_status hz_layer_set_source(hz_layer *layer, const char *source, hz_error *err);

/** What was wrong with the polygon of a row before it was repaired (hz_source_mend); NULL: it is as
 *  it was read.  Goes with the row when rows are selected or copied.  Lent. */
HZ_API const char *hz_layer_repaired(const hz_layer *layer, size_t row);
HZ_API hz_status hz_layer_set_repaired(hz_layer *layer, size_t row, const char *why, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
