/* A manifest's tree, from its file. */
#ifndef REPORT_MANIFEST_LOAD_H
#define REPORT_MANIFEST_LOAD_H

#include <jansson.h>

#include "hotzone/status.h"

/** HZ_EFORMAT names file, line and column; give the tree back with json_decref. */
hz_status hz_manifest_load(const char *path, json_t **out, hz_error *err);

#endif
