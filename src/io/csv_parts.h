/* What the parts of the CSV reader share: the file, its dialect, and the parse into columns. */
#ifndef IO_CSV_PARTS_H
#define IO_CSV_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/layer.h"
#include "hotzone/notice.h"
#include "hotzone/source.h"
#include "hotzone/text.h"

/** The bytes of a file and how to read them.  `data` starts after a BOM. */
typedef struct {
    const char *path;
    const char *data;
    size_t n;
    void *map;      /* the whole file mapped, or NULL */
    size_t map_n;
    char *own;      /* the whole file read, where it could not be mapped */
    char delimiter;
    char line_end;  /* '\n', also for CRLF; or '\r' */
    char decimal;
    bool latin1;
} hz_csv_file;

/** Open and map (HZ_EIO, HZ_EFORMAT for an empty or UTF-16 file); close with hz_csv_close. */
hz_status hz_csv_open(const char *path, hz_csv_file *file, hz_error *err);
void hz_csv_close(hz_csv_file *file);
/** Let go of the memory behind bytes [from, to) of a large mapped file; they stay readable. */
void hz_csv_release(const hz_csv_file *file, size_t from, size_t to);
/** Number of line ends in bytes [from, to). */
size_t hz_csv_breaks(const hz_csv_file *file, size_t from, size_t to);
/** Add n bytes in the file's encoding to a text, as UTF-8; `doubled` quotes are made single. */
void hz_csv_text(const hz_csv_file *file, const char *at, size_t n, bool doubled, hz_text *to);

/** One field as it stands in the file, without its quotes. */
typedef struct {
    const char *at;
    size_t n;
    bool doubled; /* holds doubled quotes */
} hz_csv_field;

typedef struct {
    size_t fields; /* how many there were, also those not asked for */
    bool filled;   /* some field is not empty */
    bool torn;     /* something follows a closing quote */
    bool open;     /* a quoted field does not end */
} hz_csv_record;

/**
 * Read one record that starts at p.  A quote opens a field only as its first byte.
 *
 * @param slot    for each of `columns` columns where to put the field, or -1; NULL: in order
 * @param fields  gets those fields
 * @return the start of the next record, or `end`
 */
const char *hz_csv_next(const hz_csv_file *file, const char *p, const char *end,
                        const int *slot, size_t columns, hz_csv_field *fields,
                        hz_csv_record *record);
/** Is there an empty line at p?  If so *next is the line after. */
bool hz_csv_blank_line(const hz_csv_file *file, const char *p, const char *end,
                       const char **next);

/** Set line end and delimiter, the latter found out if it is 0. */
void hz_csv_find_dialect(hz_csv_file *file, char delimiter);
/** Decide the decimal mark by the first rows: ',' if some column is numbers only by it.  What
 *  could be meant otherwise is warned of by column name. */
hz_status hz_csv_find_decimal(hz_csv_file *file, const char *first_row,
                              const char *const *names, size_t columns,
                              const hz_notice *notice, hz_error *err);

/** A stretch of whole records. */
typedef struct {
    size_t from, to;
    size_t line;    /* line number of its first byte, from 1 */
    size_t breaks;  /* line ends in it: no fewer than its records, but for an unended last one */
} hz_csv_chunk;

/** Cut [from, file end) into chunks of whole records, and check every byte of the file:
 *  HZ_EFORMAT for a NUL byte or a quote without end.  *bad_utf8 gets the first byte that is not
 *  UTF-8, or SIZE_MAX.  Free the chunks with hz_mem_free. */
hz_status hz_csv_cut(const hz_csv_file *file, size_t from, size_t *n, hz_csv_chunk **chunks,
                     size_t *bad_utf8, hz_error *err);

typedef enum { HZ_CSV_NOT_NUMBER, HZ_CSV_EMPTY, HZ_CSV_NUMBER, HZ_CSV_KEY } hz_csv_value;
/** What a field is; *value is set only for a number, and for a key that reads as one. */
hz_csv_value hz_csv_number(const hz_csv_field *field, char decimal, double *value);

typedef enum { HZ_CSV_OFF, HZ_CSV_NUMBERS, HZ_CSV_TEXTS } hz_csv_mode;

/** A column to be made.  All arrays are ours until the layer takes them. */
typedef struct {
    size_t column;   /* in the file */
    hz_csv_mode mode;
    double *numbers;
    size_t *offsets;
    char *arena;
} hz_csv_column;

/** Reasons for refusing a row. */
enum {
    HZ_CSV_FIELDS, HZ_CSV_TORN, HZ_CSV_NOTHING, HZ_CSV_BAD_X, HZ_CSV_BAD_Y, HZ_CSV_RANGE,
    HZ_CSV_REASONS
};
typedef struct {
    size_t count, line, fields; /* of the first one: line and number of fields */
} hz_csv_refusal;

/** The wanted part of a table, and what was met on the way. */
typedef struct {
    const hz_csv_file *file;
    size_t columns;           /* of the file */
    bool points, degrees;
    size_t x_column, y_column;
    hz_csv_column *want;
    size_t wanted;
    size_t chunks;
    hz_csv_chunk *chunk;

    size_t rows, read;        /* results */
    double *x, *y;
    size_t swapped;           /* rows refused for their range that would do the other way round */
    hz_csv_refusal refused[HZ_CSV_REASONS];
} hz_csv_job;

/** Guess the mode of each wanted column by the first rows; texts for certain, numbers maybe. */
hz_status hz_csv_guess(hz_csv_job *job, hz_error *err);
/** Make points and columns; a column that turns out not to be numbers is made texts. */
hz_status hz_csv_parse(hz_csv_job *job, hz_error *err);
void hz_csv_job_free(hz_csv_job *job);

#endif
