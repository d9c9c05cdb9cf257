/* A list as it was pasted made plain: entities, invisible marks, bullets and arrows. */
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "zone/trace_words.h"

/* ---- characters ---- */

/* One character of valid UTF-8 at a place. */
static unsigned read_code(const char *t, size_t *used)
{
    const unsigned char *u = (const unsigned char *)t;
    *used = u[0] < 0x80 ? 1 : u[0] < 0xE0 ? 2 : u[0] < 0xF0 ? 3 : 4;
    unsigned code = *used == 1 ? u[0] : u[0] & (0xFFu >> (*used + 1));
    for (size_t i = 1; i < *used; i++)
        code = code << 6 | (u[i] & 0x3Fu);
    return code;
}

static void add_code(hz_text *out, unsigned code)
{
    char c[5] = { 0 };
    if (code < 0x80) {
        c[0] = (char)code;
    } else if (code < 0x800) {
        c[0] = (char)(0xC0 | code >> 6);
        c[1] = (char)(0x80 | (code & 0x3F));
    } else {
        c[0] = (char)(0xE0 | code >> 12);
        c[1] = (char)(0x80 | (code >> 6 & 0x3F));
        c[2] = (char)(0x80 | (code & 0x3F));
    }
    hz_text_add(out, c);
}

/* A letter and the accent that follows it as one; 0: no such letter. */
static unsigned composed(unsigned letter, unsigned accent)
{
    static const struct {
        unsigned letter, accent, whole;
    } pairs[] = {
        { 'a', 0x30A, 0xE5 }, { 'A', 0x30A, 0xC5 }, { 'a', 0x308, 0xE4 }, { 'A', 0x308, 0xC4 },
        { 'o', 0x308, 0xF6 }, { 'O', 0x308, 0xD6 }, { 'u', 0x308, 0xFC }, { 'U', 0x308, 0xDC },
        { 'e', 0x301, 0xE9 }, { 'E', 0x301, 0xC9 }, { 'e', 0x300, 0xE8 }, { 'o', 0x338, 0xF8 },
        { 'O', 0x338, 0xD8 },
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i].letter == letter && pairs[i].accent == accent)
            return pairs[i].whole;
    return 0;
}

/* One character as the reader wants it. */
static void add_plain(hz_text *out, unsigned c)
{
    if (c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || c == 0x2060 ||
        c == 0xFEFF || (c < 0x20 && c != '\n' && c != '\r' && c != '\t'))
        return; /* soft hyphens, marks of no width */
    if (c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000)
        hz_text_add(out, " ");
    else if (c == 0x2010 || c == 0x2011)
        hz_text_add(out, "-");
    else if (c == 0x2044 || c == 0x2215)
        hz_text_add(out, "/");
    else if (c == '\t')
        hz_text_add(out, "; ");
    else if (c == 0x85 || c == 0x2028 || c == 0x2029)
        hz_text_add(out, "\n");
    else if (c == 0xAB || c == 0xBB || (c >= 0x201C && c <= 0x201F))
        hz_text_add(out, "\"");
    else if (c == 0xB4 || c == 0x2032 || (c >= 0x2018 && c <= 0x201B))
        hz_text_add(out, "'");
    else if (c == 0xB7 || c == 0x2022 || c == 0x2023 || c == 0x2043 || c == 0x2212 || c == 0x2219 ||
             (c >= 0x2190 && c <= 0x21FF) || (c >= 0x25A0 && c <= 0x25FF) || c == 0x27A4)
        hz_text_add(out, " – "); /* bullets, arrows */
    else
        add_code(out, c);
}

/* "&oslash;", "&#248;", "&#xF8;" at a place: its bytes and its character; 0: none. */
static size_t entity_at(const char *t, unsigned *code)
{
    static const struct {
        const char *name;
        unsigned code;
    } names[] = {
        { "nbsp", ' ' }, { "ndash", 0x2013 }, { "mdash", 0x2014 }, { "minus", 0x2212 },
        { "amp", '&' }, { "aelig", 0xE6 }, { "AElig", 0xC6 }, { "oslash", 0xF8 },
        { "Oslash", 0xD8 }, { "aring", 0xE5 }, { "Aring", 0xC5 }, { "eacute", 0xE9 },
        { "Eacute", 0xC9 }, { "egrave", 0xE8 }, { "auml", 0xE4 }, { "ouml", 0xF6 },
        { "uuml", 0xFC }, { "quot", '"' }, { "apos", '\'' }, { "lsquo", '\'' }, { "rsquo", '\'' },
        { "ldquo", '"' }, { "rdquo", '"' }, { "laquo", '"' }, { "raquo", '"' }, { "shy", 0xAD },
        { "bull", 0x2022 }, { "middot", 0xB7 }, { "rarr", 0x2192 }, { "hellip", 0x2026 },
        { "lt", '<' }, { "gt", '>' },
    };
    size_t n = strcspn(t, "; \n");
    if (t[0] != '&' || n > 8 || t[n] != ';')
        return 0;
    if (t[1] == '#') {
        bool hex = t[2] == 'x' || t[2] == 'X';
        const char *digits = t + (hex ? 3 : 2);
        char *end = NULL;
        unsigned long value = strtoul(digits, &end, hex ? 16 : 10);
        if (end != t + n || end == digits || value == 0 || value > 0xFFFF ||
            (value >= 0xD800 && value < 0xE000))
            return 0;
        *code = (unsigned)value;
        return n + 1;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i].name) == n - 1 && memcmp(t + 1, names[i].name, n - 1) == 0) {
            *code = names[i].code;
            return n + 1;
        }
    return 0;
}

/* "<br/>", "</p>": bytes of a mark of hypertext; 0: none. */
static size_t markup_at(const char *t, bool *breaks)
{
    static const char *const blocks[] = { "br", "p", "li", "ul", "ol", "div", "tr", "td", NULL };
    size_t from = t[0] == '<' ? 1u + (t[1] == '/') : 0, n = from, end;
    char name[8] = { 0 };
    while (from && n - from < 7 && ((t[n] >= 'a' && t[n] <= 'z') || (t[n] >= 'A' && t[n] <= 'Z'))) {
        name[n - from] = (char)(t[n] | 32);
        n++;
    }
    end = n > from ? n + strcspn(t + n, "<>\n") : 0;
    if (!end || t[end] != '>')
        return 0;
    *breaks = hz_word_is_one_of(name, blocks);
    return end + 1;
}

/* Danish letters of UTF-8 that was taken for Windows-1252 and encoded once more. */
static size_t twice_encoded_at(const char *t, unsigned *code)
{
    static const struct {
        const char *seen;
        unsigned code;
    } letters[] = {
        { "\xC3\x83\xC2\xB8", 0xF8 }, { "\xC3\x83\xC2\xA5", 0xE5 }, { "\xC3\x83\xC2\xA6", 0xE6 },
        { "\xC3\x83\xCB\x9C", 0xD8 }, { "\xC3\x83\xE2\x80\xA6", 0xC5 },
        { "\xC3\x83\xE2\x80\xA0", 0xC6 }, { "\xC3\x83\xC2\xA9", 0xE9 },
        { "\xC3\xA2\xE2\x82\xAC\xE2\x80\x9C", 0x2013 },
    };
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (strncmp(t, letters[i].seen, strlen(letters[i].seen)) == 0) {
            *code = letters[i].code;
            return strlen(letters[i].seen);
        }
    return 0;
}

static void decode(const char *t, hz_text *out)
{
    while (*t) {
        unsigned code = 0, accent = 0;
        bool breaks = false;
        size_t used = markup_at(t, &breaks), more = 0;
        if (used) {
            hz_text_add(out, breaks ? "\n" : "");
            t += used;
            continue;
        }
        if ((used = entity_at(t, &code)) == 0 && (used = twice_encoded_at(t, &code)) == 0)
            code = read_code(t, &used);
        if (t[used] && (accent = read_code(t + used, &more)) >= 0x300 && accent <= 0x36F) {
            unsigned whole = composed(code, accent);
            code = whole ? whole : code;
            used += more;
        }
        if (code > 0xFFFF)
            hz_text_add_n(out, t, used);
        else
            add_plain(out, code);
        t += used;
    }
}

/* ---- bullets ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes of "3. ", "3) ", "(3) " before a name at a place, and the number; 0: none. */
static size_t number_at(const char *t, unsigned *number)
{
    size_t n = t[0] == '(' || t[0] == '[', from = n;
    *number = 0;
    while (is_digit(t[n]) && n - from < 3)
        *number = 10 * *number + (unsigned)(t[n++] - '0');
    if (n == from || (t[n] != '.' && t[n] != ')' && t[n] != ']'))
        return 0;
    n++;
    size_t blank = n;
    while (hz_is_blank(t[n]))
        n++;
    return n > blank && hz_word_is_capital(t + n) ? n : 0;
}

/* Bytes of a bullet at the beginning of a line. */
static size_t bullet_at(const char *t)
{
    static const char *const dashes[] = { "–", "—", "-", "*", "+", "o" };
    unsigned number;
    size_t n = number_at(t, &number);
    if (n)
        return n;
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        n = strlen(dashes[i]);
        if (strncmp(t, dashes[i], n) == 0 && hz_is_blank(t[n]))
            return n;
    }
    if (t[0] >= 'a' && t[0] <= 'z' && (t[1] == ')' || t[1] == '.') && hz_is_blank(t[2]) &&
        hz_word_is_capital(t + 2 + strspn(t + 2, " ")))
        return 2;
    return 0;
}

/* Are there the numbers 1 and 2, each before a name? */
static bool is_numbered(const char *t)
{
    unsigned wanted = 1, number;
    for (size_t i = 0; t[i]; i++)
        if ((i == 0 || hz_is_blank(t[i - 1])) && number_at(t + i, &number) && number == wanted)
            wanted++;
    return wanted > 2;
}

static void cut_bullets(const char *t, hz_text *out)
{
    bool numbered = is_numbered(t);
    unsigned wanted = 1, number = 0;
    for (size_t i = 0, line = 0; t[i];) {
        size_t bullet = line == i ? bullet_at(t + i) : 0, run = strspn(t + i, "-=");
        if (!bullet && numbered && (i == 0 || hz_is_blank(t[i - 1])))
            bullet = number_at(t + i, &number) && number == wanted ? number_at(t + i, &number) : 0;
        if (bullet) {
            wanted += number_at(t + i, &number) && number == wanted;
            hz_text_add(out, "; ");
            i += bullet;
        } else if (run && (t[i + run] == '>' || (run > 1 && t[i] == '-'))) { /* "->", "--" */
            hz_text_add(out, " – ");
            i += run + (t[i + run] == '>');
        } else if (strncmp(t + i, " v/", 3) == 0) {
            hz_text_add(out, " ved ");
            i += 3;
        } else {
            hz_text_add_n(out, t + i, 1);
            line = t[i] == '\n' || (line == i && hz_is_blank(t[i])) ? i + 1 : line;
            i++;
        }
    }
}

hz_status hz_trace_tidy(const char *text, char **out, hz_error *err)
{
    hz_text plain = { 0 }, cut = { 0 };
    decode(text, &plain);
    if (!plain.failed)
        cut_bullets(hz_text_get(&plain), &cut);
    if (!plain.failed && !cut.failed)
        *out = hz_mem_text(hz_text_get(&cut));
    bool done = !plain.failed && !cut.failed && *out;
    hz_text_free(&plain);
    hz_text_free(&cut);
    return done ? HZ_OK : hz_mem_fail(err, "boundary");
}
