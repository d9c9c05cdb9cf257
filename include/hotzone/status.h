/* How a call says that it failed: a code, and one sentence for a person. */
#ifndef HOTZONE_STATUS_H
#define HOTZONE_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define HZ_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#define HZ_API __attribute__((visibility("default")))
#else
#define HZ_PRINTF(fmt, first)
#define HZ_API
#endif

typedef enum {
    HZ_OK = 0,
    HZ_EUSAGE,  /* the caller asked for something that cannot be */
    HZ_EIO,     /* a file or service could not be read or written */
    HZ_EFORMAT, /* what was read is not what its format promises */
    HZ_ECRS,    /* coordinates without, or in an unusable, reference system */
    HZ_EDATA,   /* the data cannot bear what was asked of them */
    HZ_EMEMORY
} hz_status;

/** The sentence that goes with a status.  Lives on the caller's stack. */
typedef struct {
    hz_status status;
    char text[4000];
} hz_error;

/**
 * Record a failure: "where: what was found, what was expected".
 *
 * @param err  may be NULL; text that does not fit is cut at a whole UTF-8 character, and what a
 *             file smuggled in (line breaks, control characters) becomes blanks: one line
 * @return status, so that a caller can write `return hz_fail(err, HZ_EDATA, ...)`
 */
HZ_API hz_status hz_fail(hz_error *err, hz_status status, const char *format, ...)
    HZ_PRINTF(3, 4);

/** Record several failures at once, one per line, as they are written; err may be NULL. */
HZ_API hz_status hz_fail_lines(hz_error *err, hz_status status, const char *lines);

/** Put "context: " before the sentence already in err; returns err's status. */
HZ_API hz_status hz_fail_within(hz_error *err, const char *format, ...)
    HZ_PRINTF(2, 3);

#ifdef __cplusplus
}
#endif
#endif
