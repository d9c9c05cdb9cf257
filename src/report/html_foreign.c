/* Marks what a report holds in another language than its own, so that it is read out as such. */
#include <string.h>

#include "report/html_parts.h"

/* Letters, digits and what is beyond ASCII make words; a phrase is never part of one. */
static bool is_of_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (unsigned char)c >= 0x80;
}

/* Bytes at the start of p that are the phrase's first letter as a capital (hz_text_capital); else 0. */
static size_t capital(const char *phrase, const char *p)
{
    if (*phrase >= 'a' && *phrase <= 'z')
        return *p == *phrase - 0x20 ? 1 : 0;
    bool letter = (unsigned char)phrase[0] == 0xC3 && (unsigned char)phrase[1] >= 0xA0;
    return letter && p[0] == phrase[0] &&
           (unsigned char)p[1] == (unsigned char)phrase[1] - 0x20 ? 2 : 0;
}

/* Bytes of the phrase where it stands at p, as given or with its first letter made a capital; else 0. */
static size_t match(const char *phrase, const char *p)
{
    size_t n = strlen(phrase), begun = capital(phrase, p);
    if (!n || strncmp(p + begun, phrase + begun, n - begun) != 0)
        return 0;
    return is_of_word(phrase[n - 1]) && is_of_word(p[n]) ? 0 : n;
}

/* The longest foreign phrase that begins at p; its language in *of. */
static size_t longest(const hz_html *page, const char *p, hz_language *of)
{
    size_t best = 0;
    for (size_t i = 0; i < page->foreign_count; i++) {
        size_t n = match(page->foreign[i].text, p);
        if (n > best) {
            best = n;
            *of = page->foreign[i].language;
        }
    }
    return best;
}

void hz_html_put(const hz_html *page, hz_text *out, const char *text)
{
    const char *from = text, *p = text;
    while (page->foreign_count && *p) {
        hz_language of = page->language;
        bool begins = p == text || !is_of_word(p[-1]);
        size_t n = begins ? longest(page, p, &of) : 0;
        if (!n || of == page->language) {
            p++;
            continue;
        }
        hz_html_escape_n(out, from, (size_t)(p - from));
        hz_text_addf(out, "<span lang=\"%s\">", of == HZ_DANISH ? "da" : "en");
        hz_html_escape_n(out, p, n);
        hz_text_add(out, "</span>");
        from = p += n;
    }
    hz_html_escape(out, from);
}
