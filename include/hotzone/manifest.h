/* The manifest of a run: everything that decided its results, as JSON. */
#ifndef HOTZONE_MANIFEST_H
#define HOTZONE_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/breaks.h"
#include "hotzone/place.h"
#include "hotzone/status.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A manifest under construction.  The same facts give the same bytes, in whatever order inputs,
 * options, analyses and outputs were added: they are sorted.  Nothing in it tells when, where or by
 * whom a run was made: paths of recipe and outputs must be relative (else HZ_EUSAGE).  Text must
 * be UTF-8 (else HZ_EFORMAT).  docs/reference/manifest.md names every key.
 */
typedef struct hz_manifest hz_manifest;

/** @param version  of hotzone */
HZ_API hz_status hz_manifest_new(const char *version, hz_manifest **out, hz_error *err);
HZ_API void hz_manifest_free(hz_manifest *manifest);

/** A library that results depend on: "gdal", "3.6.2". */
HZ_API hz_status hz_manifest_library(hz_manifest *manifest, const char *name,
                                     const char *version, hz_error *err);
/** The recipe: its path relative to where the run was started, and its SHA-256 (64 hex digits). */
HZ_API hz_status hz_manifest_recipe(hz_manifest *manifest, const char *path, const char *sha256,
                                    hz_error *err);

/** A source that was read. */
typedef struct {
    const char *role;     /* "areas", "events", "population" */
    const char *path;     /* as the recipe gives it; what stands before the last part of an
                             absolute path, who logs in where, and a query are left out */
    const char *sha256;   /* NULL: none (a service, or a sensitive input without a key) */
    bool keyed;           /* sha256 is an HMAC under the organisation's key */
    bool sensitive;       /* no plain hash is written and rows are rounded to tens */
    bool uncounted;       /* rows are left out: their number would give hidden counts away */
    size_t bytes;         /* left out of a sensitive input; 0 with a service */
    size_t rows_read, rows_refused;
    const char *refused_why; /* NULL or "": none; left out of a sensitive input */
    bool made_up;            /* nobody's: its hash may be plain though it is treated as sensitive */
} hz_manifest_input;
/** @return HZ_EUSAGE for a sensitive input, not made up, with a hash that is not keyed */
HZ_API hz_status hz_manifest_add_input(hz_manifest *manifest, const hz_manifest_input *input,
                                       hz_error *err);

/* Options in effect, defaults included, as "rates.per".  A key given again is replaced. */
HZ_API hz_status hz_manifest_option_text(hz_manifest *manifest, const char *key,
                                         const char *value, hz_error *err);
/** A number that is not finite is written as null. */
HZ_API hz_status hz_manifest_option_number(hz_manifest *manifest, const char *key, double value,
                                           hz_error *err);
HZ_API hz_status hz_manifest_option_flag(hz_manifest *manifest, const char *key, bool value,
                                         hz_error *err);

/** "EPSG:25832". */
HZ_API hz_status hz_manifest_crs(hz_manifest *manifest, const char *crs, hz_error *err);

/** What one analysis, with its map, did. */
typedef struct {
    const char *name;          /* "rates" */
    const hz_fate *fate;       /* may be NULL */
    size_t areas, defined, unstable, zero, hidden, undefined;
    const hz_breaks *breaks;   /* of its map; may be NULL */
    hz_breaks_method method;
    const char *const *dropped_labels; /* that found no room on the map */
    size_t dropped_count;
    double scale;              /* 1 : scale; 0: no map */
} hz_manifest_analysis;
/** A name given again is replaced.  Classes and counts must be those of what is shown. */
HZ_API hz_status hz_manifest_add_analysis(hz_manifest *manifest,
                                          const hz_manifest_analysis *analysis, hz_error *err);

/** A file that was written: its path relative to the output directory. */
HZ_API hz_status hz_manifest_add_output(hz_manifest *manifest, const char *path,
                                        const char *sha256, size_t bytes, hz_error *err);

/** The manifest as JSON: UTF-8, two blanks of indent, keys sorted, shortest decimals, a line
 *  break at the end. */
HZ_API hz_status hz_manifest_text(const hz_manifest *manifest, hz_text *out, hz_error *err);
/** Write it by way of a draft. */
HZ_API hz_status hz_manifest_write(const hz_manifest *manifest, const char *path, hz_error *err);

/** One file that a manifest names. */
typedef struct {
    const char *role;    /* of an input; NULL for an output */
    const char *path;    /* of an input: as a recipe gives it, or its last part */
    const char *sha256;  /* NULL: none */
    bool keyed;          /* it is an HMAC */
    bool sensitive;
} hz_manifest_file;

/** What a manifest says was read and written; texts are lent until hz_manifest_facts_free. */
typedef struct {
    const char *version;  /* of the hotzone that wrote it; "" if it does not say */
    const char *recipe, *recipe_sha256;
    hz_manifest_file *inputs, *outputs;
    size_t input_count, output_count;
    void *tree;
} hz_manifest_facts;
/** @return HZ_EIO, HZ_EFORMAT if the file is no manifest (file, line and column named) */
HZ_API hz_status hz_manifest_read(const char *path, hz_manifest_facts *out, hz_error *err);
HZ_API void hz_manifest_facts_free(hz_manifest_facts *facts);
/** Is the file at `path` as the manifest has it?  Whoever edited a table after it was made may have shown
 *  what was hidden.  @return HZ_EDATA if it is another, or has no hash there; HZ_EIO */
HZ_API hz_status hz_manifest_check_output(const char *path, const hz_manifest_file *output,
                                          hz_error *err);
/** The text of an option, or the version of a library; lent, NULL if it is not there. */
HZ_API const char *hz_manifest_facts_option(const hz_manifest_facts *facts, const char *key);
HZ_API const char *hz_manifest_facts_library(const hz_manifest_facts *facts, const char *name);

/**
 * Compare two manifests, such as those of a run and of its repetition.
 *
 * @param a,b      files
 * @param report   gets one line per difference: `outputs/tables/rates.csv/sha256: "1f", then "2e"`
 * @param count    number of differences; 0: the same
 * @return HZ_EIO, HZ_EFORMAT if one is no manifest (file, line and column named)
 */
HZ_API hz_status hz_manifest_compare(const char *a, const char *b, hz_text *report,
                                     size_t *count, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
