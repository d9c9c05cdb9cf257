/* Warnings and progress, handed to the caller: the library never prints. */
#ifndef HOTZONE_NOTICE_H
#define HOTZONE_NOTICE_H

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { HZ_WARNING = 0, HZ_INFO, HZ_PROGRESS } hz_notice_kind;

typedef void (*hz_notice_fn)(hz_notice_kind kind, const char *text, void *user);

/** Where a call sends what it has to say; NULL, or say == NULL, keeps it silent. */
typedef struct {
    hz_notice_fn say;
    void *user;
} hz_notice;

HZ_API void hz_warn(const hz_notice *notice, const char *format, ...) HZ_PRINTF(2, 3);
HZ_API void hz_inform(const hz_notice *notice, const char *format, ...) HZ_PRINTF(2, 3);
/** How far a long work has come; each text replaces the one before, an empty one
 *  ends it. */
HZ_API void hz_progress(const hz_notice *notice, const char *format, ...) HZ_PRINTF(2, 3);

#ifdef __cplusplus
}
#endif
#endif
