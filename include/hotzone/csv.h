/* Delimited text: our own scanner in, one writer out. */
#ifndef HOTZONE_CSV_H
#define HOTZONE_CSV_H

#include "hotzone/layer.h"
#include "hotzone/source.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Read a CSV file.  Comma, semicolon, tab or pipe; quoted fields with doubled quotes and line
 * breaks inside; LF, CRLF or CR; UTF-8 with or without BOM, or Latin-1 (Windows-1252); decimal
 * point, or decimal comma where `;` or tab delimits.  docs/reference/input.md tells how each is
 * found.
 *
 * A column is numbers if every non-empty field is one, and none is a key: a whole number with a
 * leading zero (0751) or more than 15 digits.  Else it is texts.  An empty field is
 * HZ_UNDEFINED_MISSING, or "".  A third column without a name is `column_3`; two of one name are
 * an error.
 *
 * Rows with a wrong number of fields, every field empty, text after a closing quote, or a
 * coordinate that is no number or outside -180..180, -90..90 degrees are refused, counted by
 * reason with their first line numbers (hz_layer_intake).  Their contents are never quoted in a
 * message.
 *
 * @param opts  NULL means all defaults; with `only`, no other columns are made
 * @return HZ_EIO if it is no readable regular file, HZ_EFORMAT if it is empty, holds a NUL byte,
 *         is UTF-16, has a quote without end or no usable row, HZ_ECRS if most coordinates
 *         are no degrees, HZ_EUSAGE for a bad option or unknown column (nearest suggested),
 *         HZ_EMEMORY.  Time O(bytes), shared among threads; memory for the wanted columns only.
 */
HZ_API hz_status hz_csv_read(const char *path, const hz_source_opts *opts, hz_layer **out,
                             const hz_notice *notice, hz_error *err);

/** Add one field to a line under construction, quoted if RFC 4180 asks for it.  The commas
 *  between fields and the line end are the caller's. */
HZ_API void hz_csv_add(hz_text *line, const char *field);

/**
 * Write the named columns of a layer (NULL: all, n is then ignored) as UTF-8 CSV with a header,
 * LF, '.', shortest decimals (or `decimals[i]` places where >= 0; decimals may be NULL).  Unknown,
 * undefined and hidden values are empty fields.
 *
 * @param path  written by way of a draft; NULL: to text instead
 * @param text  gets the lines appended; not used with a path
 * @return HZ_EUSAGE for an unknown column, HZ_EIO, HZ_EMEMORY
 */
HZ_API hz_status hz_csv_write(const hz_layer *layer, const char *const *columns,
                              const int *decimals, size_t n, const char *path, hz_text *text,
                              hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
