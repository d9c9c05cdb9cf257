/* Strings that grow; numbers in and out, independent of the locale. */
#include "hotzone/text.h"

#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"

static bool make_room(hz_text *text, size_t more)
{
    if (text->failed)
        return false;
    if (more >= SIZE_MAX - text->length) {
        text->failed = true;
        return false;
    }
    size_t need = text->length + more + 1;
    if (need > text->room) {
        size_t room = text->room ? text->room : 64;
        while (room < need)
            room = room > SIZE_MAX / 2 ? need : room * 2;
        char *data = hz_mem_resize(text->data, room, 1);
        if (!data) {
            text->failed = true;
            return false;
        }
        text->data = data;
        text->room = room;
    }
    return true;
}

void hz_text_add_n(hz_text *text, const char *more, size_t n)
{
    if (!make_room(text, n))
        return;
    if (n)
        memcpy(text->data + text->length, more, n);
    text->length += n;
    text->data[text->length] = '\0';
}

void hz_text_add(hz_text *text, const char *more)
{
    hz_text_add_n(text, more, strlen(more));
}

void hz_text_addf(hz_text *text, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0)
        text->failed = true;
    else if (make_room(text, (size_t)n)) {
        vsnprintf(text->data + text->length, (size_t)n + 1, format, again);
        text->length += (size_t)n;
    }
    va_end(again);
}

/* snprintf's decimal mark follows the process's locale; ours is always '.'. */
static void force_point(char *number)
{
    const char *mark = localeconv()->decimal_point;
    char *at = mark && strcmp(mark, ".") != 0 ? strstr(number, mark) : NULL;
    if (at) {
        size_t n = strlen(mark);
        *at = '.';
        memmove(at + 1, at + n, strlen(at + n) + 1);
    }
}

/* The same digits that "%.15g" gives, for values from 1e-4 to 1e15 that have at most 15: found by one
 * exact product, and proven by the quotient, which is rounded correctly (Clinger 1990). */
static bool add_short(hz_text *text, double value)
{
    static const double tens[] = { 1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,
                                   1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18 };
    double size = fabs(value);
    char buf[32];
    size_t at = sizeof buf;
    int places = 0;

    if (size == 0 || (size < 1e15 && size == floor(size))) {
        places = 0;
    } else {
        if (!(size >= 1e-4 && size < 1e14))
            return false;
        for (places = 1; size * tens[places] < 1e14; places++)
            ;
    }
    double whole = floor(size * tens[places] + 0.5);
    if (whole >= 1e15 || whole / tens[places] != size)
        return false;
    uint64_t digits = (uint64_t)whole;
    while (places > 0 && digits % 10 == 0) {
        digits /= 10;
        places--;
    }
    for (int written = 0; written <= places || digits > 0; written++) {
        if (written == places && places > 0)
            buf[--at] = '.';
        buf[--at] = (char)('0' + digits % 10);
        digits /= 10;
    }
    if (value < 0)
        buf[--at] = '-';
    hz_text_add_n(text, buf + at, sizeof buf - at);
    return true;
}

void hz_text_add_double(hz_text *text, double value)
{
    char buf[64];
    if (!isfinite(value)) {
        hz_text_add(text, isnan(value) ? "nan" : value > 0 ? "inf" : "-inf");
        return;
    }
    if (value == 0)
        value = 0; /* no "-0" */
    if (add_short(text, value))
        return;
    for (int digits = 15; digits <= 17; digits++) {
        double back;
        snprintf(buf, sizeof buf, "%.*g", digits, value);
        force_point(buf);
        if (hz_number_parse(buf, strlen(buf), '.', &back) && back == value)
            break;
    }
    hz_text_add(text, buf);
}

void hz_text_capital(hz_text *text, size_t at)
{
    if (text->failed || at >= text->length)
        return;
    unsigned char *c = (unsigned char *)text->data + at;
    if (*c >= 'a' && *c <= 'z')
        *c = (unsigned char)(*c - 0x20);
    else if (c[0] == 0xC3 && c[1] >= 0xA0 && c[1] <= 0xBE && c[1] != 0xB7) /* not the sign ÷ */
        c[1] = (unsigned char)(c[1] - 0x20);
}

void hz_text_add_capital(hz_text *text, const char *word)
{
    size_t at = text->length;
    hz_text_add(text, word);
    hz_text_capital(text, at);
}

const char *hz_text_get(const hz_text *text)
{
    return text->data ? text->data : "";
}

char *hz_text_take(hz_text *text)
{
    char *data = NULL;
    if (!text->failed)
        data = text->data ? text->data : hz_mem_text("");
    else
        hz_mem_free(text->data);
    *text = (hz_text){ 0 };
    return data;
}

void hz_text_free(hz_text *text)
{
    hz_mem_free(text->data);
    *text = (hz_text){ 0 };
}

static const double powers_of_ten[] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22
};

/* Rebuild what was read as a C-locale number and let strtod round it. */
static bool parse_by_strtod(const char *from, size_t n, char decimal, double *value)
{
    char small[1024]; /* memory is asked for only for absurd lengths */
    char *buf = n < sizeof small ? small : hz_mem_new(n + 1, 1);
    if (!buf)
        return false;
    const char *mark = localeconv()->decimal_point;
    /* a locale with a mark of several bytes would need more room: '.' then stays */
    char point = mark && mark[0] && !mark[1] ? mark[0] : '.';
    for (size_t i = 0; i < n; i++)
        buf[i] = from[i] == decimal ? point : from[i];
    buf[n] = '\0';
    char *end;
    double got = strtod(buf, &end);
    bool whole = *end == '\0' && isfinite(got);
    if (buf != small)
        hz_mem_free(buf);
    if (whole)
        *value = got;
    return whole;
}

bool hz_number_parse(const char *text, size_t n, char decimal, double *value)
{
    const char *p = text, *end = text + n;
    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    while (end > p && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    const char *from = p;
    bool negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+'))
        p++;

    uint64_t mantissa = 0;
    int significant = 0, scale = 0;
    size_t digits = 0;
    bool after = false;
    for (; p < end; p++) {
        if (*p >= '0' && *p <= '9') {
            digits++;
            if (significant < 19) {
                mantissa = mantissa * 10 + (uint64_t)(*p - '0');
                significant += mantissa != 0;
                scale += after;
            } else {
                significant++; /* more digits than we hold: strtod's business */
            }
        } else if (*p == decimal && !after) {
            after = true;
        } else {
            break;
        }
    }
    if (digits == 0)
        return false;
    int exponent = 0;
    bool has_exponent = p < end && (*p == 'e' || *p == 'E');
    if (has_exponent) {
        const char *q = p + 1;
        bool down = q < end && *q == '-';
        if (q < end && (*q == '-' || *q == '+'))
            q++;
        if (q == end)
            return false;
        for (; q < end && *q >= '0' && *q <= '9'; q++)
            if (exponent < 100000)
                exponent = exponent * 10 + (*q - '0');
        if (down)
            exponent = -exponent;
        p = q;
    }
    if (p != end)
        return false;
    int power = exponent - scale;
    /* Up to 15 digits and 10^22 both factors are exact doubles, so one division or
     * multiplication rounds correctly (Clinger 1990). */
    if (significant <= 15 && power >= -22 && power <= 22) {
        double v = (double)mantissa;
        v = power < 0 ? v / powers_of_ten[-power] : v * powers_of_ten[power];
        *value = negative ? -v : v;
        return true;
    }
    return parse_by_strtod(from, (size_t)(end - from), decimal, value);
}

char *hz_number_format(char *buf, size_t size, double value, int decimals,
                       hz_language language)
{
    char plain[400];
    if (isnan(value)) {
        snprintf(buf, size, "\u2013");
        return buf;
    }
    if (isinf(value)) {
        snprintf(buf, size, "%s\u221e", value < 0 ? "\u2212" : "");
        return buf;
    }
    if (decimals < 0)
        decimals = 0;
    snprintf(plain, sizeof plain, "%.*f", decimals > 17 ? 17 : decimals, fabs(value));
    force_point(plain);
    bool zero = strspn(plain, "0.") == strlen(plain);
    char *point = strchr(plain, '.');
    size_t whole = point ? (size_t)(point - plain) : strlen(plain);
    char out[700], *at = out; /* sign, 309 digits with their marks, 17 decimals */
    if (value < 0 && !zero)
        at += sprintf(at, "\u2212");
    for (size_t i = 0; i < whole; i++) {
        size_t left = whole - 1 - i;
        *at++ = plain[i];
        if (left && left % 3 == 0)
            *at++ = language == HZ_DANISH ? '.' : ',';
    }
    *at = '\0';
    if (point)
        sprintf(at, "%c%s", language == HZ_DANISH ? ',' : '.', point + 1);
    snprintf(buf, size, "%s", out);
    return buf;
}

char *hz_share_format(char *buf, size_t size, double share, int decimals,
                      hz_language language)
{
    char number[64];
    if (isnan(share))
        return hz_number_format(buf, size, share, 0, language);
    hz_number_format(number, sizeof number, 100 * share, decimals, language);
    snprintf(buf, size, language == HZ_DANISH ? "%s\u00a0%%" : "%s%%", number);
    return buf;
}

static unsigned lower(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? c + 32u : c;
}

size_t hz_text_distance(const char *a, const char *b)
{
    size_t row[65], n = strlen(b);
    if (n > 64)
        n = 64;
    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 1; a[i - 1] && i <= 64; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t change = corner + (lower((unsigned char)a[i - 1]) != lower((unsigned char)b[j - 1]));
            corner = row[j];
            size_t best = row[j - 1] + 1 < row[j] + 1 ? row[j - 1] + 1 : row[j] + 1;
            row[j] = change < best ? change : best;
        }
    }
    return row[n];
}

const char *hz_text_nearest(const char *word, const char *const *words, size_t n)
{
    const char *best = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        size_t d = hz_text_distance(word, words[i]);
        if (d < least) {
            least = d;
            best = words[i];
        }
    }
    size_t length = strlen(word);
    /* a quarter of the letters wrong is still a slip, more is another word */
    return best && least <= (length < 3 ? 1 : length / 4 + 1) ? best : NULL;
}

void hz_text_one_line(char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7F)
            *text = ' ';
}

bool hz_text_is_utf8(const char *text, size_t n)
{
    const unsigned char *s = (const unsigned char *)text;
    for (size_t i = 0; i < n;) {
        uint64_t eight; /* bytes of ASCII at a time: most of any file */
        while (n - i >= sizeof eight && (memcpy(&eight, s + i, sizeof eight),
                                         (eight & 0x8080808080808080u) == 0))
            i += sizeof eight;
        if (i == n)
            break;
        unsigned char c = s[i];
        size_t more = c < 0x80 ? 0 : c >= 0xC2 && c < 0xE0 ? 1 : (c & 0xF0) == 0xE0 ? 2
                    : c >= 0xF0 && c < 0xF5 ? 3 : 9;
        if (more == 9 || more >= n - i)
            return false;
        for (size_t k = 1; k <= more; k++)
            if ((s[i + k] & 0xC0) != 0x80)
                return false;
        /* no overlong forms, surrogates or beyond U+10FFFF */
        if ((c == 0xE0 && s[i + 1] < 0xA0) || (c == 0xED && s[i + 1] > 0x9F) ||
            (c == 0xF0 && s[i + 1] < 0x90) || (c == 0xF4 && s[i + 1] > 0x8F))
            return false;
        i += more + 1;
    }
    return true;
}
