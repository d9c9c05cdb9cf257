/* The Markdown form of a report: what its marks would be taken for, escaped. */
#include <string.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "report/html_parts.h"

/* CommonMark lets a backslash stand before each; these mean something within a line to it or to
 * Pandoc. */
static const char marks[] = "\\`*_{}[]<>|~^$&@#";

void hz_marked_escape(hz_text *out, const char *text)
{
    size_t left = strlen(text);
    while (left) {
        size_t n = hz_html_allowed(text, left);
        if (!n) {
            hz_text_add(out, "\uFFFD");
            n = 1;
        } else if (*text == '\n' || *text == '\t') {
            hz_text_add(out, " ");
        } else {
            if (n == 1 && strchr(marks, *text))
                hz_text_add(out, "\\");
            hz_text_add_n(out, text, n);
        }
        text += n;
        left -= n;
    }
}

/* Would these first characters make a list, a rule or a heading of a paragraph? */
static size_t before_mark(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (strchr("-+=:", *text))
        return 0;
    bool ends = digits && (text[digits] == '.' || text[digits] == ')');
    return ends && (!text[digits + 1] || strchr(" \t\n", text[digits + 1])) ? digits : SIZE_MAX;
}

void hz_marked_block(hz_text *out, const char *before, const char *text, const char *after)
{
    if (!text || !*text)
        return;
    size_t at = before_mark(text);
    hz_text_add(out, before);
    if (at != SIZE_MAX) {
        hz_text_add_n(out, text, at);
        hz_text_add(out, "\\");
        hz_text_add_n(out, text + at, 1);
        text += at + 1;
    }
    hz_marked_escape(out, text);
    hz_text_addf(out, "%s\n\n", after);
}

hz_status hz_html_marked(const hz_html *page, hz_text *out, hz_error *err)
{
    if (!page->marked.failed && !page->body.failed)
        hz_text_add_n(out, hz_text_get(&page->marked), page->marked.length);
    return page->marked.failed || page->body.failed || out->failed ? hz_mem_fail(err, "report")
                                                                   : HZ_OK;
}

hz_status hz_html_write_marked(const hz_html *page, const char *path, hz_error *err)
{
    hz_text text = { 0 };
    hz_status st = hz_html_marked(page, &text, err);
    if (!st) /* blocks end in an empty line; the file does not */
        st = hz_file_write(path, hz_text_get(&text), text.length ? text.length - 1 : 0, err);
    hz_text_free(&text);
    return st;
}
