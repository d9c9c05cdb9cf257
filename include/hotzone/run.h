/* The main job: from a project file to tables, maps, layers, reports and a manifest. */
#ifndef HOTZONE_RUN_H
#define HOTZONE_RUN_H

#include "hotzone/notice.h"
#include "hotzone/status.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Run a project.  Everything is made beside the output directory and moved into it when whole, so
 * a run that fails leaves what was there; files of an earlier run that this one does not make stay.
 * The same inputs give the same bytes.
 *
 * @param recipe     the project file; its sources are relative to it
 * @param directory  to write to; made if it is not there
 * @param summary    gets what was made and the headline figures, under 15 lines
 * @return as the step that failed; HZ_EFORMAT with every fault of the recipe, one per line
 */
HZ_API hz_status hz_run(const char *recipe, const char *directory, hz_text *summary,
                        const hz_notice *notice, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
