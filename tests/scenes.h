/* Looks into scenes: marks by their role, and whether one is as it was looked at. */
#ifndef TESTS_SCENES_H
#define TESTS_SCENES_H

#include <stdlib.h>
#include <string.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/scene.h"
#include "check.h"

__attribute__((unused)) static size_t count_role(const hz_scene *scene, const char *role)
{
    size_t n = 0;
    for (size_t i = 0; i < hz_scene_count(scene); i++)
        n += strcmp(hz_scene_get(scene, i).role, role) == 0;
    return n;
}

__attribute__((unused)) static hz_scene_mark find_mark(const hz_scene *scene, const char *role,
                                                       size_t which)
{
    for (size_t i = 0; i < hz_scene_count(scene); i++)
        if (strcmp(hz_scene_get(scene, i).role, role) == 0 && which-- == 0)
            return hz_scene_get(scene, i);
    fail_msg("no mark of role %s", role);
    return (hz_scene_mark){ 0 };
}

/* The scene in words is the file's; HZ_GOLDEN_WRITE writes it, to look at the difference in version
 * control. */
__attribute__((unused)) static void check_golden(void **state_, const hz_scene *scene,
                                                 const char *path)
{
    hz_error why = { HZ_OK, "" };
    hz_text dump = { 0 };
    char *want = NULL;
    size_t n = 0;
    CHECK_OK(hz_scene_dump(scene, &dump, &why), why);
    if (getenv("HZ_GOLDEN_WRITE"))
        CHECK_OK(hz_file_write(path, hz_text_get(&dump), dump.length, &why), why);
    CHECK_OK(hz_file_read(path, 1000000, &want, &n, &why), why);
    CHECK_TEXT(hz_text_get(&dump), want);
    hz_mem_free(want);
    hz_text_free(&dump);
}

#endif
