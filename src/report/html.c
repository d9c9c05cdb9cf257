/* Builds a self-contained report: head, headings, paragraphs, lists; as a page and as Markdown. */
#include "hotzone/html.h"

#include <string.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "report/html_parts.h"

enum { ID_AT_MOST = 40 };

const char *hz_html_pick(const hz_html *page, const char *english, const char *danish)
{
    return page->language == HZ_DANISH ? danish : english;
}

size_t hz_html_allowed(const char *p, size_t left)
{
    unsigned char c = (unsigned char)*p;
    size_t n = c < 0x80 ? 1 : c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7F)
        return 0;
    if (n > left || !hz_text_is_utf8(p, n))
        return 0;
    /* U+FFFE and U+FFFF are no characters */
    return n == 3 && (memcmp(p, "\xEF\xBF\xBE", 3) == 0 || memcmp(p, "\xEF\xBF\xBF", 3) == 0) ? 0
                                                                                              : n;
}

void hz_html_escape(hz_text *out, const char *text)
{
    hz_html_escape_n(out, text, strlen(text));
}

void hz_html_escape_n(hz_text *out, const char *text, size_t left)
{
    while (left) {
        size_t n = hz_html_allowed(text, left);
        switch (n ? *text : 0) {
        case 0: hz_text_add(out, "\uFFFD"); n = 1; break;
        case '&': hz_text_add(out, "&amp;"); break;
        case '<': hz_text_add(out, "&lt;"); break;
        case '>': hz_text_add(out, "&gt;"); break;
        case '"': hz_text_add(out, "&quot;"); break;
        case '\'': hz_text_add(out, "&#39;"); break;
        default: hz_text_add_n(out, text, n);
        }
        text += n;
        left -= n;
    }
}

/* <p class="...">text</p>, unless there is no text. */
static void add_block(const hz_html *page, hz_text *out, const char *class, const char *text)
{
    if (!text || !*text)
        return;
    if (*class)
        hz_text_addf(out, "<p class=\"%s\">", class);
    else
        hz_text_add(out, "<p>");
    hz_html_put(page, out, text);
    hz_text_add(out, "</p>\n");
}

static void add_head(hz_html *page, const hz_html_front *front)
{
    hz_text *out = &page->head;
    hz_text_addf(out, "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" "
                      "lang=\"%s\">\n<head>\n<meta charset=\"utf-8\"/>\n",
                 hz_html_pick(page, "en", "da"));
    hz_text_add(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                     "img-src data:; style-src 'unsafe-inline'; base-uri 'none'; "
                     "form-action 'none'\"/>\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                     "<meta name=\"generator\" content=\"hotzone\"/>\n<title>");
    hz_html_escape(out, front->title);
    hz_text_add(out, "</title>\n<style>\n");
    hz_text_add(out, hz_html_style());
    hz_text_add(out, hz_html_style_paper());
    hz_text_add(out, "</style>\n</head>\n<body>\n");
    hz_text_addf(out, "<a class=\"skip\" href=\"#main\">%s</a>\n",
                 hz_html_pick(page, "Skip to the report", "Spring til rapporten"));
    hz_text_add(out, "<div class=\"page\">\n<header>\n<h1>");
    hz_html_put(page, out, front->title);
    hz_text_add(out, "</h1>\n");
    add_block(page, out, "subtitle", front->subtitle);
    add_block(page, out, "byline", front->byline);
    add_block(page, out, "made-up", front->made_up);
    hz_text_add(out, "</header>\n");
    hz_marked_block(&page->marked, "# ", front->title, "");
    hz_marked_block(&page->marked, "*", front->subtitle, "*");
    hz_marked_block(&page->marked, "", front->byline, "");
    hz_marked_block(&page->marked, "> **", front->made_up, "**");
}

hz_status hz_html_new(const hz_html_front *front, hz_html **out, hz_error *err)
{
    hz_html *page = hz_mem_new(1, sizeof *page);
    if (!page)
        return hz_mem_fail(err, "report");
    page->language = front->language;
    page->contents = front->contents;
    page->foreign = front->foreign;
    page->foreign_count = front->foreign_count;
    add_head(page, front);
    *out = page;
    return HZ_OK;
}

void hz_html_free(hz_html *page)
{
    if (!page)
        return;
    hz_text_free(&page->head);
    hz_text_free(&page->list);
    hz_text_free(&page->body);
    hz_text_free(&page->marked);
    hz_mem_free(page);
}

/* "s3-koebenhavns-omraader": a number so that no two are alike, and words for people. */
static void add_id(hz_text *out, size_t number, const char *text)
{
    static const char *const folded[][2] = {
        { "æ", "ae" }, { "ø", "oe" }, { "å", "aa" }, { "Æ", "ae" }, { "Ø", "oe" }, { "Å", "aa" },
    };
    bool gap = true;
    hz_text_addf(out, "s%zu", number);
    for (size_t used = 0; *text && used < ID_AT_MOST;) {
        char c = *text;
        char small = c >= 'A' && c <= 'Z' ? (char)(c + 0x20) : c;
        char one[2] = { small, '\0' };
        const char *word = NULL;
        size_t step = 1;
        if ((small >= 'a' && small <= 'z') || (c >= '0' && c <= '9'))
            word = one;
        for (size_t i = 0; !word && i < sizeof folded / sizeof *folded; i++)
            if (strncmp(text, folded[i][0], 2) == 0) {
                word = folded[i][1];
                step = 2;
            }
        if (word) {
            hz_text_addf(out, "%s%s", gap ? "-" : "", word);
            used += strlen(word);
        }
        gap = !word;
        text += step;
    }
}

static void add_to_contents(hz_html *page, int level, const char *text)
{
    hz_text *out = &page->list;
    bool under = level == 3 && page->headings > 1;
    if (page->headings > 1 && under && !page->under)
        hz_text_add(out, "\n<ol>\n");
    else if (page->headings > 1)
        hz_text_add(out, "</li>\n");
    if (page->under && !under)
        hz_text_add(out, "</ol>\n</li>\n");
    page->under = under;
    hz_text_add(out, "<li><a href=\"#");
    add_id(out, page->headings, text);
    hz_text_add(out, "\">");
    hz_html_put(page, out, text);
    hz_text_add(out, "</a>");
}

void hz_html_heading(hz_html *page, int level, const char *text)
{
    level = level <= 2 ? 2 : 3;
    page->headings++;
    hz_text_addf(&page->body, "<h%d id=\"", level);
    add_id(&page->body, page->headings, text);
    hz_text_add(&page->body, "\">");
    hz_html_put(page, &page->body, text);
    hz_text_addf(&page->body, "</h%d>\n", level);
    hz_marked_block(&page->marked, level == 2 ? "## " : "### ", text, "");
    add_to_contents(page, level, text);
}

void hz_html_paragraph(hz_html *page, const char *text)
{
    add_block(page, &page->body, "", text);
    hz_marked_block(&page->marked, "", text, "");
}

void hz_html_note(hz_html *page, const char *text)
{
    add_block(page, &page->body, "note", text);
    hz_marked_block(&page->marked, "", text, "");
}

void hz_html_callout(hz_html *page, const char *title, const char *text)
{
    hz_text_add(&page->body, "<div class=\"callout\">\n");
    add_block(page, &page->body, "callout-title", title);
    add_block(page, &page->body, "", text);
    hz_text_add(&page->body, "</div>\n");
    hz_marked_block(&page->marked, "> **", title, "**");
    hz_marked_block(&page->marked, "> ", text, "");
}

void hz_html_list(hz_html *page, const char *const *items, size_t n)
{
    if (n == 0)
        return;
    hz_text_add(&page->body, "<ul>\n");
    for (size_t i = 0; i < n; i++) {
        hz_text_add(&page->body, "<li>");
        hz_html_put(page, &page->body, items[i]);
        hz_text_add(&page->body, "</li>\n");
        hz_text_add(&page->marked, "- ");
        hz_marked_escape(&page->marked, items[i]);
        hz_text_add(&page->marked, "\n");
    }
    hz_text_add(&page->body, "</ul>\n");
    hz_text_add(&page->marked, "\n");
}

void hz_html_terms(hz_html *page, const char *caption, const hz_html_term *terms, size_t n)
{
    hz_text *out = &page->body;
    if (n == 0)
        return;
    add_block(page, out, "terms-title", caption);
    hz_marked_block(&page->marked, "**", caption, "**");
    hz_text_add(out, "<dl>\n");
    for (size_t i = 0; i < n; i++) {
        hz_text_add(out, "<div><dt>");
        hz_html_put(page, out, terms[i].term);
        hz_text_add(out, "</dt><dd>");
        hz_html_put(page, out, terms[i].text);
        hz_text_add(out, "</dd></div>\n");
        hz_text_add(&page->marked, "- **");
        hz_marked_escape(&page->marked, terms[i].term);
        hz_text_add(&page->marked, "**: ");
        hz_marked_escape(&page->marked, terms[i].text);
        hz_text_add(&page->marked, "\n");
    }
    hz_text_add(out, "</dl>\n");
    hz_text_add(&page->marked, "\n");
}

hz_status hz_html_text(const hz_html *page, hz_text *out, hz_error *err)
{
    hz_text made = { 0 };
    hz_text_add(&made, hz_text_get(&page->head));
    if (page->contents && page->headings > 1) {
        const char *title = hz_html_pick(page, "Contents", "Indhold");
        hz_text_addf(&made, "<nav aria-label=\"%s\">\n<p>%s</p>\n<ol>\n", title, title);
        hz_text_add(&made, hz_text_get(&page->list));
        hz_text_addf(&made, "</li>\n%s</ol>\n</nav>\n", page->under ? "</ol>\n</li>\n" : "");
    }
    hz_text_add(&made, "<main id=\"main\">\n");
    hz_text_add(&made, hz_text_get(&page->body));
    hz_text_add(&made, "</main>\n</div>\n</body>\n</html>\n");
    bool failed = made.failed || page->head.failed || page->list.failed || page->body.failed ||
                  page->marked.failed;
    if (!failed)
        hz_text_add_n(out, hz_text_get(&made), made.length);
    hz_text_free(&made);
    return failed || out->failed ? hz_mem_fail(err, "report") : HZ_OK;
}

hz_status hz_html_write(const hz_html *page, const char *path, hz_error *err)
{
    hz_text text = { 0 };
    hz_status st = hz_html_text(page, &text, err);
    if (!st)
        st = hz_file_write(path, hz_text_get(&text), text.length, err);
    hz_text_free(&text);
    return st;
}
