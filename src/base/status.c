/* Failure as a value: a code and one sentence. */
#include "hotzone/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/text.h"

/* Cut at n bytes without splitting a UTF-8 character. */
static void cut_whole(char *text, size_t n)
{
    size_t end = strlen(text);
    if (end < n)
        return;
    end = n - 1;
    while (end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80)
        end--;
    text[end] = '\0';
}

hz_status hz_fail(hz_error *err, hz_status status, const char *format, ...)
{
    if (err) {
        char buf[sizeof err->text + 8];
        va_list args;
        va_start(args, format);
        vsnprintf(buf, sizeof buf, format, args);
        va_end(args);
        cut_whole(buf, sizeof err->text);
        hz_text_one_line(buf);
        err->status = status;
        memcpy(err->text, buf, strlen(buf) + 1);
    }
    return status;
}

hz_status hz_fail_lines(hz_error *err, hz_status status, const char *lines)
{
    if (err) {
        size_t n = strlen(lines) < sizeof err->text ? strlen(lines) : sizeof err->text - 1;
        memmove(err->text, lines, n);
        err->text[n] = '\0';
        err->status = status;
    }
    return status;
}

hz_status hz_fail_within(hz_error *err, const char *format, ...)
{
    if (!err)
        return HZ_EDATA;
    char buf[2 * sizeof err->text + 8];
    va_list args;
    va_start(args, format);
    int used = vsnprintf(buf, sizeof buf / 2, format, args);
    va_end(args);
    if (used < 0)
        used = 0;
    size_t at = strlen(buf);
    snprintf(buf + at, sizeof buf - at, ": %s", err->text);
    cut_whole(buf, sizeof err->text);
    memcpy(err->text, buf, strlen(buf) + 1);
    return err->status;
}
