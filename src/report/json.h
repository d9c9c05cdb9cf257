/* Writes a JSON tree so that equal trees give equal bytes. */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include <jansson.h>

#include "hotzone/layer.h"
#include "hotzone/text.h"

/** Keys sorted, shortest decimals; `indent` blanks per level, or -1: on one line. */
void hz_json_add(hz_text *out, const json_t *value, int indent);
/** The keys of an object in order of bytes; lent by it, free the array with hz_mem_free.
 *  NULL without memory. */
const char **hz_json_keys(const json_t *object, size_t *n);

/** Read a file of at most `most` bytes; a fault says where and, of what may be a record, not what.
 *  @param what  "a manifest of hotzone"  */
hz_status hz_json_read(const char *path, size_t most, const char *what, json_t **out, hz_error *err);

/** A number; whole ones as such, null for what is not finite. */
json_t *hz_json_number(double value);
/** The rows of a table as an array of objects by column: null where a value is not known. */
json_t *hz_json_rows(const hz_layer *layer);

#endif
