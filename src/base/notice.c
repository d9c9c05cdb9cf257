/* Hands warnings and progress to the caller. */
#include "hotzone/notice.h"

#include <stdarg.h>
#include <stdio.h>

#include "hotzone/text.h"

static void say(const hz_notice *notice, hz_notice_kind kind, const char *format,
                va_list args) HZ_PRINTF(3, 0);

static void say(const hz_notice *notice, hz_notice_kind kind, const char *format,
                va_list args)
{
    char text[1200];
    if (!notice || !notice->say)
        return;
    vsnprintf(text, sizeof text, format, args);
    hz_text_one_line(text);
    notice->say(kind, text, notice->user);
}

void hz_warn(const hz_notice *notice, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(notice, HZ_WARNING, format, args);
    va_end(args);
}

void hz_inform(const hz_notice *notice, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(notice, HZ_INFO, format, args);
    va_end(args);
}

void hz_progress(const hz_notice *notice, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(notice, HZ_PROGRESS, format, args);
    va_end(args);
}
