/* The parts of a report that stand in files of their own. */
#ifndef RUN_DOCUMENT_H
#define RUN_DOCUMENT_H

#include "run/project.h"

/** Lines that are gathered and then shown as one list.  Start as { 0 }. */
typedef struct {
    char **text;
    size_t n;
} document_list;
/** Take a text over as the next line; one with nothing in it adds none. */
hz_status document_add_line(document_list *to, hz_text *text, hz_error *err);
/** Show the lines, unless st is a failure, and free them in any case; gives st. */
hz_status document_show_list(hz_html *page, document_list *from, hz_status st);
/** "73.798 rækker", "1 række". */
void document_add_count(hz_text *out, hz_language l, size_t n, const char *one, const char *many);

/** What each section found, in a line or two with its interval, by the section's own sentences. */
hz_status document_short(const project *p, hz_html *page, hz_language l, hz_error *err);
/** The sections on rates: sheets, charts, what they say, tables. */
hz_status document_rates(const project *p, hz_html *page, hz_language l, hz_error *err);
/** Every source read, and who published it. */
hz_status document_sources(const project *p, hz_html *page, hz_language l, hz_error *err);

#endif
