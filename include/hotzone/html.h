/* Builds a report as one self-contained HTML page that also prints well, and as Markdown. */
#ifndef HOTZONE_HTML_H
#define HOTZONE_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/layer.h"
#include "hotzone/status.h"
#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A page under construction: blocks are added in reading order and written at the end.  All text
 * is plain UTF-8 and escaped here.  The page asks for nothing from elsewhere: no script, no font,
 * pictures inside.  The markup is HTML5 that is also well-formed XML; the same calls
 * give the same bytes.
 *
 * The same calls also make the page as Markdown (CommonMark with pipe tables, as Pandoc reads
 * it), for those who move it into Word, LaTeX or Typst: the same words, figures by their paths.
 *
 * Adding never fails at the call for want of memory; hz_html_write says so at the end.
 */
typedef struct hz_html hz_html;

/** Words of a page that are in another language than it. */
typedef struct {
    const char *text;
    hz_language language;
} hz_html_phrase;

/** The head of the page; all but title may be NULL. */
typedef struct {
    hz_language language;
    const char *title;     /* the only h1, and the window's title */
    const char *subtitle;
    const char *byline;    /* who, period, version: one line under the subtitle */
    const char *made_up;   /* a statement set off at the top: the data is made up */
    bool contents;         /* a table of contents, if there are two headings or more */
    /* wherever these stand in the page, a first capital aside, they are marked as of their language;
     * lent until the page is freed */
    const hz_html_phrase *foreign;
    size_t foreign_count;
} hz_html_front;

HZ_API hz_status hz_html_new(const hz_html_front *front, hz_html **out, hz_error *err);
HZ_API void hz_html_free(hz_html *page);

/** level 2 or 3 (others are taken as the nearer of the two); gets an id made from the text. */
HZ_API void hz_html_heading(hz_html *page, int level, const char *text);
/** A paragraph; "" adds none. */
HZ_API void hz_html_paragraph(hz_html *page, const char *text);
/** A paragraph in small print: method, sources. */
HZ_API void hz_html_note(hz_html *page, const char *text);
/** A block set off by a rule: what a reader must not miss.  title may be NULL. */
HZ_API void hz_html_callout(hz_html *page, const char *title, const char *text);
HZ_API void hz_html_list(hz_html *page, const char *const *items, size_t n);

/** A pair of a definition table: what it is, and what it says. */
typedef struct {
    const char *term, *text;
} hz_html_term;
HZ_API void hz_html_terms(hz_html *page, const char *caption, const hz_html_term *terms,
                          size_t n);

typedef struct {
    const char *path;     /* .svg or .png, read now and put inside the page */
    const char *alt;      /* required: what the picture says */
    const char *title;    /* set bold before the caption; may be NULL */
    const char *caption;  /* may be NULL */
    double width_mm;      /* in print, and at most this on screen; 0: the text's width */
    const char *link;     /* where Markdown finds it; NULL: `path` */
} hz_html_figure;
/** @return HZ_EIO, or HZ_EFORMAT if the file is neither SVG nor PNG or over 64 MiB, HZ_EUSAGE
 *  without alternative text */
HZ_API hz_status hz_html_add_figure(hz_html *page, const hz_html_figure *figure, hz_error *err);

typedef enum {
    HZ_CELL_VALUE = 0,  /* a number with `decimals`, a date, or text */
    HZ_CELL_YEAR,       /* a whole number without thousands mark */
    HZ_CELL_INTERVAL,   /* "51,3–56,2" from the columns `column` and `high` */
    HZ_CELL_STATE,      /* ok unstable hidden undefined, in the page's language; ok is blank */
    HZ_CELL_SHARE,      /* a share 0..1 as per cent */
    HZ_CELL_P           /* a p or q: three decimals, "under 0,001" below */
} hz_cell_kind;

/** One column of a table. */
typedef struct {
    const char *column;   /* of the layer */
    const char *header;
    const char *unit;     /* second line of the header; may be NULL */
    int decimals;         /* of numbers */
    hz_cell_kind kind;
    const char *high;     /* with HZ_CELL_INTERVAL: the upper end */
} hz_html_column;

/** A table from a layer.  The first column heads its row. */
typedef struct {
    const char *caption;
    const hz_layer *layer;
    const hz_html_column *columns;
    size_t column_count;
    const size_t *order;      /* rows in the order to show; NULL: as they are */
    size_t order_count;       /* used with `order` only */
    const char *total_label;  /* a last row; NULL: none */
    const double *total;      /* one value per column, NaN: blank */
    const double *total_high; /* the upper ends of intervals; may be NULL without any */
} hz_html_table;
/**
 * Numbers are set flush right.  What is not known is "–" with a letter that a footnote explains
 * (why); what is hidden is the word for hidden; 0 is 0.
 * @return HZ_EUSAGE if a column is not in the layer or a row not in range
 */
HZ_API hz_status hz_html_add_table(hz_html *page, const hz_html_table *table, hz_error *err);

/** A section that explains those terms of statistics which the page uses so far; none without
 *  any.  O(text). */
HZ_API void hz_html_glossary(hz_html *page);

/** The page as text. */
HZ_API hz_status hz_html_text(const hz_html *page, hz_text *out, hz_error *err);
/** Write the page by way of a draft. */
HZ_API hz_status hz_html_write(const hz_html *page, const char *path, hz_error *err);
/** The same page as Markdown: no contents list, tables as pipe tables, figures by path. */
HZ_API hz_status hz_html_marked(const hz_html *page, hz_text *out, hz_error *err);
HZ_API hz_status hz_html_write_marked(const hz_html *page, const char *path, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
