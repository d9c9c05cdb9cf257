/* Puts pictures inside a report, so that it needs no other file. */
#include <math.h>
#include <string.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "report/html_parts.h"

enum { PICTURE_AT_MOST = 64 << 20 };

/* Base64 of RFC 4648, with padding, without line breaks. */
static void add_base64(hz_text *out, const unsigned char *data, size_t n)
{
    static const char digit[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        size_t left = n - i;
        unsigned long bits = (unsigned long)data[i] << 16;
        if (left > 1)
            bits |= (unsigned long)data[i + 1] << 8;
        if (left > 2)
            bits |= data[i + 2];
        const char four[4] = { digit[bits >> 18 & 63], digit[bits >> 12 & 63],
                               left > 1 ? digit[bits >> 6 & 63] : '=',
                               left > 2 ? digit[bits & 63] : '=' };
        hz_text_add_n(out, four, 4);
    }
}

/* By what is in the file, not by its name. */
static const char *media_type(const char *data, size_t n)
{
    if (n > 8 && memcmp(data, "\x89PNG\r\n\x1a\n", 8) == 0)
        return "image/png";
    return n > 4 && *data == '<' && strstr(data, "<svg") ? "image/svg+xml" : NULL;
}

/* A length in millimetres that an <svg> element names; 0 if it names none. */
static double length_mm(const char *tag, const char *name)
{
    const char *end = strchr(tag, '>'), *at = strstr(tag, name);
    double mm = 0;
    if (!end || !at || at > end)
        return 0;
    at += strlen(name);
    size_t n = strcspn(at, "\"m");
    return strncmp(at + n, "mm\"", 3) == 0 && hz_number_parse(at, n, '.', &mm) ? mm : 0;
}

/* Whole numbers in the ratio of the picture's sides, so that the page does not jump when it comes;
 * 0 if it does not say. */
static void sides(const char *data, size_t n, unsigned long side[2])
{
    const unsigned char *size = (const unsigned char *)data + 16; /* of IHDR: width, height */
    const char *tag = *data == '<' ? strstr(data, "<svg ") : NULL;
    side[0] = side[1] = 0;
    if (tag) {
        double w = length_mm(tag, " width=\""), h = length_mm(tag, " height=\"");
        bool fit = w > 0 && w < 1e5 && h > 0 && h < 1e5;
        side[0] = fit ? (unsigned long)lround(10 * w) : 0;
        side[1] = fit ? (unsigned long)lround(10 * h) : 0;
    } else if (*data != '<' && n >= 24) {
        for (size_t i = 0; i < 8; i++)
            side[i / 4] = side[i / 4] << 8 | size[i];
    }
}

static void add_caption(hz_html *page, const hz_html_figure *figure)
{
    hz_text *out = &page->body;
    hz_text_addf(out, "<figcaption><p><span class=\"number\">%s\u00a0%zu.</span>",
                 hz_html_pick(page, "Figure", "Figur"), page->figures);
    if (figure->title && *figure->title) {
        hz_text_add(out, "<span class=\"title\">");
        hz_html_put(page, out, figure->title);
        hz_text_add(out, "</span> ");
    }
    if (figure->caption)
        hz_html_put(page, out, figure->caption);
    hz_text_add(out, "</p></figcaption>\n");
}

/* Percent-encoded but for what a path of ours may hold. */
static void add_path(hz_text *out, const char *path)
{
    for (const char *p = path; *p; p++) {
        bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                     (*p >= '-' && *p <= '9') || *p == '_' || (unsigned char)*p >= 0x80;
        if (plain)
            hz_text_add_n(out, p, 1);
        else
            hz_text_addf(out, "%%%02X", (unsigned)(unsigned char)*p);
    }
}

/* The picture by its path; its caption on the next line, so that none is made from the
 * alternative text. */
static void add_marked(hz_html *page, const hz_html_figure *figure)
{
    hz_text *out = &page->marked;
    hz_text_add(out, "![");
    hz_marked_escape(out, figure->alt);
    hz_text_add(out, "](");
    add_path(out, figure->link ? figure->link : figure->path);
    hz_text_addf(out, ")\\\n**%s\u00a0%zu.**", hz_html_pick(page, "Figure", "Figur"),
                 page->figures);
    if (figure->title && *figure->title) {
        hz_text_add(out, " **");
        hz_marked_escape(out, figure->title);
        hz_text_add(out, "**");
    }
    if (figure->caption && *figure->caption) {
        hz_text_add(out, " ");
        hz_marked_escape(out, figure->caption);
    }
    hz_text_add(out, "\n\n");
}

hz_status hz_html_add_figure(hz_html *page, const hz_html_figure *figure, hz_error *err)
{
    char *data = NULL;
    size_t n = 0;
    unsigned long side[2];
    hz_text *out = &page->body;

    if (!figure->alt || !*figure->alt)
        return hz_fail(err, HZ_EUSAGE, "%s: figure without alternative text, expected some",
                       figure->path);
    hz_status st = hz_file_read(figure->path, PICTURE_AT_MOST, &data, &n, err);
    if (st)
        return st;
    const char *type = media_type(data, n);
    if (!type) {
        st = hz_fail(err, HZ_EFORMAT, "%s: is neither SVG nor PNG, expected a picture to put in "
                                      "the report", figure->path);
    } else {
        page->figures++;
        hz_text_addf(out, "<figure>\n<img src=\"data:%s;base64,", type);
        add_base64(out, (const unsigned char *)data, n);
        hz_text_add(out, "\" alt=\"");
        hz_html_escape(out, figure->alt);
        sides(data, n, side);
        if (side[0] && side[1]) /* drawn when the reader comes near; a browser prints it anyway */
            hz_text_addf(out, "\" loading=\"lazy\" width=\"%lu\" height=\"%lu", side[0], side[1]);
        hz_text_add(out, "\" style=\"width:");
        if (figure->width_mm > 0) {
            hz_text_add_double(out, figure->width_mm);
            hz_text_add(out, "mm");
        } else {
            hz_text_add(out, "100%");
        }
        hz_text_add(out, "\"/>\n");
        add_caption(page, figure);
        hz_text_add(out, "</figure>\n");
        add_marked(page, figure);
    }
    hz_mem_free(data);
    return st;
}
