/* Numbers and texts against the C library, on seeded random data. */
#include "check.h"

#include <stdbool.h>
#include <stdlib.h>

#include "hotzone/mem.h"
#include "hotzone/text.h"

static uint64_t state = 1877;
static uint64_t draw(uint64_t below)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % below;
}

static double any_double(void)
{
    double v;
    do {
        uint64_t bits = draw(UINT32_MAX) << 33 ^ draw(UINT32_MAX) << 2 ^ draw(UINT32_MAX);
        memcpy(&v, &bits, sizeof v);
    } while (!isfinite(v));
    return v;
}

TEST(every_double_written_reads_back_as_itself)
{
    for (int i = 0; i < 50000; i++) {
        double v = draw(2) ? any_double() : (double)draw(1u << 30) / 1e5, back = 0;
        hz_text t = { 0 };
        hz_text_add_double(&t, v);
        CHECK(hz_number_parse(t.data, t.length, '.', &back));
        CHECK(back == v);
        CHECK(strtod(t.data, NULL) == v);
        hz_text_free(&t);
    }
}

static size_t random_number(char *to)
{
    size_t n = 0, before = draw(25), after = draw(25);
    if (draw(3) == 0)
        to[n++] = draw(2) ? '-' : '+';
    for (size_t i = 0; i < before; i++)
        to[n++] = (char)('0' + draw(10));
    if (draw(2)) {
        to[n++] = '.';
        for (size_t i = 0; i < after; i++)
            to[n++] = (char)('0' + draw(10));
    }
    if (draw(3) == 0)
        n += (size_t)snprintf(to + n, 16, "%c%s%d", draw(2) ? 'e' : 'E', draw(2) ? "-" : "",
                              (int)draw(40));
    to[n] = '\0';
    return n;
}

/* strtod in the C locale is the slow twin; it takes the same plain decimals. */
TEST(numbers_are_read_to_the_last_bit)
{
    char text[100];
    for (int i = 0; i < 200000; i++) {
        size_t n = random_number(text);
        double got = -1;
        char *end;
        double want = strtod(text, &end);
        bool whole = n > 0 && *end == '\0';
        CHECK(hz_number_parse(text, n, '.', &got) == whole);
        if (whole)
            CHECK(got == want);
        for (size_t k = 0; k < n; k++)
            if (text[k] == '.')
                text[k] = ',';
        double by_comma = -1;
        CHECK(hz_number_parse(text, n, ',', &by_comma) == whole);
        CHECK(by_comma == got);
    }
}

TEST(a_text_is_the_sum_of_what_was_added)
{
    enum { MOST = 20000 };
    char *twin = calloc(MOST + 1, 1);
    for (int round = 0; round < 50; round++) {
        hz_text t = { 0 };
        size_t n = 0;
        while (n < MOST - 600) {
            char piece[600];
            size_t m = draw(sizeof piece);
            for (size_t i = 0; i < m; i++)
                piece[i] = (char)(1 + draw(255));
            memcpy(twin + n, piece, m);
            n += m;
            hz_text_add_n(&t, piece, m);
        }
        CHECK(t.length == n && memcmp(hz_text_get(&t), twin, n) == 0);
        CHECK(n == 0 || t.data[n] == '\0');
        hz_text_free(&t);
    }
    free(twin);
}

TEST(distance_is_a_metric)
{
    char w[3][8];
    for (int i = 0; i < 20000; i++) {
        for (int k = 0; k < 3; k++) {
            size_t n = draw(7);
            for (size_t j = 0; j < n; j++)
                w[k][j] = (char)('a' + draw(3));
            w[k][n] = '\0';
        }
        size_t ab = hz_text_distance(w[0], w[1]), bc = hz_text_distance(w[1], w[2]);
        CHECK(hz_text_distance(w[1], w[0]) == ab);
        CHECK(hz_text_distance(w[0], w[2]) <= ab + bc);
        CHECK((ab == 0) == (strcmp(w[0], w[1]) == 0));
    }
}

/* The twin decodes by the definition: a code point, written the only way it may be. */
static size_t encode(uint32_t c, char *to)
{
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    for (size_t k = n; k-- > 1; c >>= 6)
        to[k] = (char)(0x80 | (c & 0x3F));
    to[0] = (char)(lead[n] | c);
    return n;
}

TEST(every_code_point_but_surrogates_is_utf8_and_a_cut_one_is_not)
{
    for (uint32_t c = 1; c < 0x110000; c += c < 0x3000 ? 1 : 1 + (uint32_t)draw(16)) {
        char text[32] = "1234567890123456789";
        size_t before = draw(18), n = encode(c, text + before);
        bool surrogate = c >= 0xD800 && c < 0xE000;
        CHECK(hz_text_is_utf8(text, before + n) == !surrogate);
        if (n > 1)
            CHECK(!hz_text_is_utf8(text, before + n - 1));
        if (n > 1)
            CHECK(!hz_text_is_utf8(text + before + 1, n - 1));
    }
}

TEST(formatted_numbers_lose_nothing_but_decimals)
{
    for (int i = 0; i < 20000; i++) {
        double v = (double)draw(1u << 30) / (double)(1 + draw(10000));
        int decimals = (int)draw(6);
        char shown[64], plain[64], want[64];
        size_t n = 0;
        hz_number_format(shown, sizeof shown, v, decimals, HZ_DANISH);
        for (const char *p = shown; *p; p++)
            if (*p != '.')
                plain[n++] = *p == ',' ? '.' : *p;
        plain[n] = '\0';
        snprintf(want, sizeof want, "%.*f", decimals, v);
        CHECK_TEXT(plain, want);
    }
}

RUN_TESTS(T(every_double_written_reads_back_as_itself), T(numbers_are_read_to_the_last_bit),
          T(a_text_is_the_sum_of_what_was_added), T(distance_is_a_metric),
          T(every_code_point_but_surrogates_is_utf8_and_a_cut_one_is_not),
          T(formatted_numbers_lose_nothing_but_decimals))
