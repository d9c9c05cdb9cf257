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
    hz_text marked;    /* the whole page as Markdown */
    size_t headings;
    bool under;        /* a sublist of the contents is open */
    size_t figures, tables;
    const hz_html_phrase *foreign; /* lent */
    size_t foreign_count;
};

/** Text with the five special characters escaped; what XML does not allow becomes U+FFFD. */
void hz_html_escape(hz_text *out, const char *text);
void hz_html_escape_n(hz_text *out, const char *text, size_t n);
/** The same, with what is in another language than the page marked. */
void hz_html_put(const hz_html *page, hz_text *out, const char *text);
/** The text in the page's language. */
const char *hz_html_pick(const hz_html *page, const char *english, const char *danish);
/** The marks of Markdown in the text escaped, and breaks made blanks. */
void hz_marked_escape(hz_text *out, const char *text);
/** BEFORE text AFTER as one block, unless there is no text. */
void hz_marked_block(hz_text *out, const char *before, const char *text, const char *after);
/** Bytes of the character at p, or 0 if it may stand in no page. */
size_t hz_html_allowed(const char *p, size_t left);
/** The page's one style sheet, in two parts; hold neither '<' nor '&'. */
const char *hz_html_style(void);
const char *hz_html_style_paper(void);

#endif
