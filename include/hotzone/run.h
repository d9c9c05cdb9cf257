/* The main job: from a project file to tables, maps, layers, reports and a manifest. */
#ifndef HOTZONE_RUN_H
#define HOTZONE_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/notice.h"
#include "hotzone/status.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The least number of bytes in a file of a key. */
#define HZ_KEY_LEAST 16

/** What a run is told besides its recipe; all zero: nothing. */
typedef struct {
    const char *key_file; /* its bytes, 16 or more, key the hashes of sensitive inputs; NULL: these
                             have none */
    const char *style;    /* a style file over those of the recipe; NULL: none */
    const char *const *previous; /* directories of earlier releases about the same events: what they
                                    showed and hid is audited with this one */
    size_t previous_count;
    bool (*stop)(void *user); /* asked between steps; true: leave all as it was.  NULL: never */
    void *user;               /* handed to it */
} hz_run_opts;

/**
 * Run a project.  Everything is made beside the output directory and moved into it when whole, so
 * a run that fails leaves what was there.  What an earlier run wrote there, by its manifest, and this
 * one does not make is removed, since it may show what must be hidden by now; a file that no manifest
 * lists, that was changed since, or that this run reads stays with a warning.  The same inputs give
 * the same bytes.
 *
 * @param recipe     the project file; its sources are relative to it
 * @param directory  to write to; made if it is not there
 * @param opts       may be NULL
 * @param summary    gets what was made and the headline figures, under 15 lines
 * @return as the step that failed; HZ_EIO if it was stopped; HZ_EFORMAT with every fault of the recipe, one per line
 */
HZ_API hz_status hz_run(const char *recipe, const char *directory, const hz_run_opts *opts,
                        hz_text *summary, const hz_notice *notice, hz_error *err);

/** Remove what runs into a directory left that died before they were done; those under way, of this
 *  machine, are let be.  hz_run does so itself when it begins. */
HZ_API void hz_run_clear(const char *directory);

#ifdef __cplusplus
}
#endif
#endif
