/* A YAML document as a tree that knows its line numbers, and a reader of its
 * keys that collects every fault in one pass. */
#ifndef HOTZONE_DOC_H
#define HOTZONE_DOC_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct hz_doc hz_doc;
typedef struct hz_node hz_node; /* lent by its document */

typedef enum { HZ_NODE_SCALAR, HZ_NODE_LIST, HZ_NODE_MAP } hz_node_kind;

/**
 * Read a YAML file (UTF-8, at most 1 MiB, nesting at most 32, no aliases).  Scalars
 * stay text: `no`, `0123` and `12:30` are what they look like until a schema types them.
 * A syntax error, alias or duplicate key is HZ_EFORMAT as `file:line: ...`.
 */
HZ_API hz_status hz_doc_read(const char *path, hz_doc **out, hz_error *err);
/** The same from memory; `name` stands for the file in messages. */
HZ_API hz_status hz_doc_parse(const char *name, const char *text, size_t n, hz_doc **out,
                              hz_error *err);
HZ_API void hz_doc_free(hz_doc *doc);
HZ_API const char *hz_doc_name(const hz_doc *doc);
HZ_API const hz_node *hz_doc_root(const hz_doc *doc); /* NULL if the document is empty */

HZ_API hz_node_kind hz_node_type(const hz_node *node);
HZ_API size_t hz_node_line(const hz_node *node); /* from 1 */
/** Text of a scalar, "" of others; `null` and `~` unquoted read as "". */
HZ_API const char *hz_node_text(const hz_node *node);
/** Items of a list or entries of a map; 0 of a scalar. */
HZ_API size_t hz_node_count(const hz_node *node);
HZ_API const hz_node *hz_node_item(const hz_node *node, size_t i);
HZ_API const char *hz_node_key(const hz_node *node, size_t i);
HZ_API size_t hz_node_key_line(const hz_node *node, size_t i);
/** The value at a key of a map, or NULL. */
HZ_API const hz_node *hz_node_get(const hz_node *node, const char *key);

/**
 * Collects faults, each as one line `file:line: what was found, what was expected`.
 * Reading goes on after a fault with the default value, so one pass reports them all.
 */
typedef struct hz_faults hz_faults;
HZ_API hz_status hz_faults_new(const hz_doc *doc, hz_faults **out, hz_error *err);
HZ_API void hz_faults_free(hz_faults *faults);
HZ_API void hz_faults_add(hz_faults *faults, size_t line, const char *format, ...)
    HZ_PRINTF(3, 4);
HZ_API size_t hz_faults_count(const hz_faults *faults);
/** All faults in order of line, newline between; lent. */
HZ_API const char *hz_faults_text(hz_faults *faults);

/** Fail with them, HZ_EFORMAT: one per line, as many as an error holds, then how many more. */
HZ_API hz_status hz_faults_fail(hz_faults *faults, hz_error *err);

/** Report every key of a map that is not among the n allowed, suggesting the nearest one;
 *  a node that is no map is one fault.  Returns false if the node is no map. */
HZ_API bool hz_node_check_keys(const hz_node *map, const char *what,
                               const char *const *allowed, size_t n, hz_faults *faults);
/* Typed readers: the value at `key`, or `fallback` if the key is absent; a value of the
 * wrong type is a fault.  Text is lent. */
HZ_API const char *hz_node_read_text(const hz_node *map, const char *key, const char *fallback,
                                     hz_faults *faults);
HZ_API double hz_node_read_number(const hz_node *map, const char *key, double fallback,
                                  double low, double high, hz_faults *faults);
HZ_API bool hz_node_read_bool(const hz_node *map, const char *key, bool fallback,
                              hz_faults *faults);
/** One of n words; returns its index, or `fallback`. */
HZ_API int hz_node_read_choice(const hz_node *map, const char *key, const char *const *words,
                               size_t n, int fallback, hz_faults *faults);

#ifdef __cplusplus
}
#endif
#endif
