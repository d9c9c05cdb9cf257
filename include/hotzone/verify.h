/* Do I get the same again?  A run repeated and compared with its manifest. */
#ifndef HOTZONE_VERIFY_H
#define HOTZONE_VERIFY_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/notice.h"
#include "hotzone/status.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    const char *recipe;   /* where it is; NULL: as the manifest names it, looked for here and from
                             the manifest's directory upwards */
    const char *key_file; /* of hashes of sensitive inputs; NULL: these are not checked */
    const char *style;    /* the style file that the run was given; NULL: none */
    const char *const *previous; /* the earlier releases that it was given, in that order */
    size_t previous_count;
    const char *place;    /* an empty directory to run again in, which the caller removes; NULL: one
                             of its own */
    bool (*stop)(void *user); /* as hz_run_opts; NULL: never */
    void *user;
} hz_verify_opts;

typedef struct {
    size_t inputs, unchecked; /* inputs checked, and those without a hash to check */
    size_t outputs;
    size_t differences;       /* lines of the report that name one */
} hz_verify_found;

/**
 * Hold a manifest against what is there: the recipe and each input by SHA-256, each output as it
 * stands beside the manifest, and each output of the same run made again in a directory of its own,
 * which is removed.
 *
 * @param report  gets a line for each difference, with the file's name: "areas.geojson: input
 *                changed"; and one, which is no difference, where it was made with another version
 *                of hotzone or a library, or from a recipe of another name
 * @return HZ_EIO or HZ_EFORMAT if the manifest cannot be read or its recipe not found; a run that
 *         fails is a difference, not an error
 */
HZ_API hz_status hz_verify(const char *manifest, const hz_verify_opts *opts, hz_text *report,
                           hz_verify_found *found, const hz_notice *notice, hz_error *err);

/** Make a directory of its own to run again in, below TMPDIR or /tmp; free its name with
 *  hz_mem_free.  @return HZ_EIO, HZ_EMEMORY */
HZ_API hz_status hz_verify_place(char **out, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
