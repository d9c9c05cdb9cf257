/* SHA-256 of bytes and files, for manifests. */
#ifndef HOTZONE_HASH_H
#define HOTZONE_HASH_H

#include <stddef.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** hex gets 64 digits and a NUL. */
HZ_API void hz_hash_bytes(const void *data, size_t n, char hex[65]);
HZ_API hz_status hz_hash_file(const char *path, char hex[65], hz_error *err);
/** HMAC-SHA-256 (RFC 2104) of a file under a key of n bytes: tells nothing of the file to whoever
 *  has not the key, even if few files are possible. */
HZ_API hz_status hz_hash_file_keyed(const char *path, const void *key, size_t n, char hex[65],
                                    hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
