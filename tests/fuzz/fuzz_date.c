/* Dates and periods: what is read is a date that is written and read back as the same. */
#include <string.h>

#include "fuzz.h"
#include "hotzone/date.h"
#include "hotzone/mem.h"

static void must_read_back(hz_time when)
{
    char text[32];
    hz_time again = HZ_TIME_NONE;
    hz_date_format(text, sizeof text, when);
    if (!*text)
        return; /* beyond the years 1..9999 */
    fuzz_must(hz_date_parse(text, strlen(text), NULL, &again), "a written date is a date");
    fuzz_must(again == when, "a written date is the same date");
}

static void one_date(const char *text, size_t n, const char *format)
{
    const hz_time untouched = 12345;
    hz_time when = untouched;
    if (hz_date_parse(text, n, format, &when))
        must_read_back(when);
    else
        fuzz_must(when == untouched, "no date leaves the time alone");
}

static void one_period(const char *text)
{
    hz_period period, again;
    hz_error err;
    char written[64];
    hz_status st = hz_period_parse(text, &period, &err);
    fuzz_must_say_why(st, &err, 1); /* the text that was given may hold a line break itself */
    if (st)
        return;
    fuzz_must(period.from == HZ_TIME_NONE || period.until == HZ_TIME_NONE ||
                  period.from < period.until, "a period has a length");
    hz_period_format(written, sizeof written, period);
    fuzz_must(hz_period_parse(written, &again, &err) == HZ_OK, "a written period is a period");
    fuzz_must(again.from == period.from && again.until == period.until,
              "a written period is the same period");
}

/* The first line is a format, the rest a date; all of it is a date and a period too. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = hz_mem_text_n((const char *)data, size);
    if (!text)
        return 0;
    one_date((const char *)data, size, NULL);
    one_period(text);
    char *line = memchr(text, '\n', size);
    if (line) {
        *line = '\0';
        one_date(line + 1, size - (size_t)(line + 1 - text), text);
    }
    hz_mem_free(text);
    return 0;
}
