/* What the files of the HTML builder share. */
#ifndef REPORT_HTML_PARTS_H
#define REPORT_HTML_PARTS_H

#include "hotzone/html.h"

struct hz_html {
    hz_language language;
    bool contents;
    hz_text head;      /* up to and with the page's header */
    hz_text list;      /* items of the table of contents */
    hz_text body;
    size_t headings;
    bool under;        /* a sublist of the contents is open */
    size_t figures, tables;
};

/** Text with the five special characters escaped; what XML does not allow becomes U+FFFD. */
void hz_html_escape(hz_text *out, const char *text);
/** The text in the page's language. */
const char *hz_html_pick(const hz_html *page, const char *english, const char *danish);
/** The page's one style sheet; holds neither '<' nor '&'. */
const char *hz_html_style(void);

#endif
