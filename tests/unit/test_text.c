/* Texts that grow, and numbers in and out of them. */
#include "check.h"

#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>

#include "hotzone/mem.h"
#include "hotzone/text.h"

static bool number(const char *text, char decimal, double *value)
{
    return hz_number_parse(text, strlen(text), decimal, value);
}

TEST(a_text_grows_by_texts_bytes_and_formats)
{
    hz_text t = { 0 };
    CHECK_TEXT(hz_text_get(&t), "");
    hz_text_add(&t, "a");
    hz_text_add_n(&t, "bcd", 2);
    hz_text_addf(&t, "%d-%s", 17, "x");
    hz_text_add_n(&t, NULL, 0);
    CHECK_TEXT(hz_text_get(&t), "abc17-x");
    CHECK(t.length == 7 && !t.failed);
    hz_text_free(&t);
    CHECK_TEXT(hz_text_get(&t), "");
}

TEST(taking_a_text_leaves_an_empty_one)
{
    hz_text t = { 0 };
    hz_text_add(&t, "zone");
    char *got = hz_text_take(&t);
    CHECK_TEXT(got, "zone");
    hz_mem_free(got);
    CHECK(t.length == 0 && t.data == NULL);
    got = hz_text_take(&t);
    CHECK_TEXT(got, "");
    hz_mem_free(got);
}

TEST(a_text_without_memory_remembers_it)
{
    hz_text t = { 0 };
    hz_text_add(&t, "kept");
    hz_mem_fail_at(1);
    for (int i = 0; i < 100; i++)
        hz_text_add(&t, "0123456789");
    hz_mem_fail_at(0);
    CHECK(t.failed);
    CHECK(hz_text_take(&t) == NULL);
    CHECK(!t.failed);
    hz_text_free(&t);
}

TEST(numbers_are_read_with_either_mark)
{
    double v = 0;
    CHECK(number("12.5", '.', &v));
    CHECK_NEAR(v, 12.5, 0);
    CHECK(number("12,5", ',', &v));
    CHECK_NEAR(v, 12.5, 0);
    CHECK(number("-0.25", '.', &v));
    CHECK_NEAR(v, -0.25, 0);
    CHECK(number("+7", '.', &v));
    CHECK_NEAR(v, 7, 0);
    CHECK(number(" \t42 ", '.', &v));
    CHECK_NEAR(v, 42, 0);
    CHECK(number("5.", '.', &v));
    CHECK_NEAR(v, 5, 0);
    CHECK(number(".5", '.', &v));
    CHECK_NEAR(v, 0.5, 0);
    CHECK(number("1e3", '.', &v));
    CHECK_NEAR(v, 1000, 0);
    CHECK(number("2.5E-3", '.', &v));
    CHECK_NEAR(v, 0.0025, 0);
    CHECK(number("0000001", '.', &v));
    CHECK_NEAR(v, 1, 0);
}

TEST(what_is_no_number_is_refused_and_leaves_the_value_alone)
{
    static const char *const bad[] = { "", " ", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "1,2",
                                       "12a", "a12", "1 2", "--1", "+-1", "0x10", "nan", "NaN",
                                       "inf", "Infinity", "1e999", "-1e999", "1.e", "1_000",
                                       "1'000", "1.234,5", "\xC2\xA0 1", "1e5.5" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double v = 7;
        if (number(bad[i], '.', &v) || v != 7) {
            print_error("taken for a number: '%s'\n", bad[i]);
            fail();
        }
    }
    double v = 7;
    CHECK(!number("1.5", ',', &v));
    CHECK(!number("1.234,5", ',', &v));
    CHECK(v == 7);
}

TEST(only_the_given_bytes_are_read)
{
    double v = 0;
    CHECK(hz_number_parse("12345", 3, '.', &v));
    CHECK_NEAR(v, 123, 0);
    CHECK(!hz_number_parse("12345", 0, '.', &v));
}

/* Numbers known to be rounded wrongly by careless readers: halfway between two doubles, the
 * largest and smallest ones, and 2.2250738585072012e-308, which hung PHP and Java in 2011. */
TEST(hard_numbers_are_rounded_correctly)
{
    static const char *const hard[] = {
        "9007199254740993",         "9007199254740992.999999999999999999999",
        "1.7976931348623157e308",   "2.2250738585072012e-308",
        "4.9406564584124654e-324",  "0.1",
        "123456789012345678901234", "8.5e22",
        "1e23",                     "0.000000000000000000000000000000123456789",
        "6929495644600919.5",       "3.518437208883201171875e13",
        "12.123456789012345678",    "1e-400"
    };
    for (size_t i = 0; i < sizeof hard / sizeof *hard; i++) {
        double v = -1;
        CHECK(number(hard[i], '.', &v));
        CHECK(v == strtod(hard[i], NULL));
    }
}

static void check_double(double value, const char *want)
{
    void **state_ = NULL;
    hz_text t = { 0 };
    hz_text_add_double(&t, value);
    CHECK_TEXT(hz_text_get(&t), want);
    hz_text_free(&t);
}

TEST(a_double_is_written_as_short_as_it_reads_back)
{
    UNUSED_STATE;
    check_double(0.1, "0.1");
    check_double(12.568, "12.568");
    check_double(1877, "1877");
    check_double(-0.0, "0");
    check_double(0.1 + 0.2, "0.30000000000000004");
    check_double(NAN, "nan");
    check_double(-INFINITY, "-inf");
}

TEST(numbers_for_people_follow_the_language)
{
    char b[64];
    CHECK_TEXT(hz_number_format(b, sizeof b, 1877.5, 1, HZ_DANISH), "1.877,5");
    CHECK_TEXT(hz_number_format(b, sizeof b, 1877.5, 1, HZ_ENGLISH), "1,877.5");
    CHECK_TEXT(hz_number_format(b, sizeof b, 53.7, 1, HZ_DANISH), "53,7");
    CHECK_TEXT(hz_number_format(b, sizeof b, 999, 0, HZ_ENGLISH), "999");
    CHECK_TEXT(hz_number_format(b, sizeof b, 1000, 0, HZ_ENGLISH), "1,000");
    CHECK_TEXT(hz_number_format(b, sizeof b, 1234567, 0, HZ_DANISH), "1.234.567");
    CHECK_TEXT(hz_number_format(b, sizeof b, 999.96, 1, HZ_ENGLISH), "1,000.0");
    CHECK_TEXT(hz_number_format(b, sizeof b, -2.25, 2, HZ_ENGLISH), "\u22122.25");
    CHECK_TEXT(hz_number_format(b, sizeof b, -0.04, 1, HZ_ENGLISH), "0.0");
    CHECK_TEXT(hz_number_format(b, sizeof b, NAN, 1, HZ_ENGLISH), "\u2013");
    CHECK_TEXT(hz_number_format(b, sizeof b, -INFINITY, 1, HZ_ENGLISH), "\u2212\u221e");
    CHECK_TEXT(hz_share_format(b, sizeof b, 0.3, 0, HZ_DANISH), "30\u00a0%");
    CHECK_TEXT(hz_share_format(b, sizeof b, 0.3, 0, HZ_ENGLISH), "30%");
    CHECK_TEXT(hz_share_format(b, sizeof b, 0.1234, 1, HZ_DANISH), "12,3\u00a0%");
    CHECK_TEXT(hz_share_format(b, sizeof b, NAN, 1, HZ_DANISH), "\u2013");
}

/* Skipped where no locale with a decimal comma is installed. */
TEST(numbers_do_not_depend_on_the_locale)
{
    static const char *const names[] = { "da_DK.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8" };
    const char *set = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !set; i++)
        set = setlocale(LC_NUMERIC, names[i]);
    double v = 0;
    bool good = number("12.123456789012345678", '.', &v) && !number("12,5", '.', &v);
    check_double(0.5, "0.5");
    char b[64];
    hz_number_format(b, sizeof b, 0.5, 1, HZ_ENGLISH);
    setlocale(LC_NUMERIC, "C");
    CHECK(good);
    CHECK_TEXT(b, "0.5");
}

TEST(distance_counts_letters_changed)
{
    CHECK(hz_text_distance("", "") == 0);
    CHECK(hz_text_distance("area", "area") == 0);
    CHECK(hz_text_distance("Area", "aREA") == 0);
    CHECK(hz_text_distance("", "abc") == 3);
    CHECK(hz_text_distance("abc", "") == 3);
    CHECK(hz_text_distance("kitten", "sitting") == 3); /* Levenshtein's textbook pair */
    CHECK(hz_text_distance("lon", "long") == 1);
}

TEST(the_nearest_word_is_suggested_only_when_near)
{
    static const char *const words[] = { "layername", "layerid", "subset" };
    CHECK_TEXT(hz_text_nearest("layernam", words, 3), "layername");
    CHECK_TEXT(hz_text_nearest("SUBSETT", words, 3), "subset");
    CHECK(hz_text_nearest("geometry", words, 3) == NULL);
    CHECK(hz_text_nearest("x", words, 0) == NULL);
}

static bool utf8(const char *text)
{
    return hz_text_is_utf8(text, strlen(text));
}

/* The forms of the Unicode Standard, table 3-7, at their edges. */
TEST(only_well_formed_utf8_is_utf8)
{
    CHECK(utf8("") && utf8("plain") && utf8("N\u00f8rrebro") && utf8("\u20ac") &&
          utf8("\U0001F600"));
    CHECK(utf8("\xC2\x80") && utf8("\xDF\xBF") && utf8("\xE0\xA0\x80") && utf8("\xED\x9F\xBF") &&
          utf8("\xEE\x80\x80") && utf8("\xF0\x90\x80\x80") && utf8("\xF4\x8F\xBF\xBF"));
    static const char *const bad[] = { "\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF",
                                       "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
                                       "\xF5\x80\x80\x80", "\xFF", "\xFE", "\xC3", "\xC3(",
                                       "\xE2\x82", "\xE2(\xAC", "N\xF8rrebro",
                                       "eight by \xF8", "12345678\x80", "1234567\x80 0123456" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!utf8(bad[i]));
    CHECK(!hz_text_is_utf8("\xC3\xB8", 1));
}

TEST(a_message_is_one_line_whatever_a_file_smuggles_in)
{
    hz_error err;
    char text[] = "a\nb\x1b[31m\x7f\xc3\xb8";
    hz_text_one_line(text);
    CHECK_TEXT(text, "a b [31m \xc3\xb8");
    CHECK(hz_fail(&err, HZ_EDATA, "x.csv: column '%s'", "n\r\nm") == HZ_EDATA);
    CHECK_TEXT(err.text, "x.csv: column 'n  m'");
    CHECK(hz_fail_lines(&err, HZ_EFORMAT, "one\ntwo") == HZ_EFORMAT);
    CHECK_TEXT(err.text, "one\ntwo");
}

RUN_TESTS(T(a_message_is_one_line_whatever_a_file_smuggles_in),
          T(a_text_grows_by_texts_bytes_and_formats), T(taking_a_text_leaves_an_empty_one),
          T(a_text_without_memory_remembers_it), T(numbers_are_read_with_either_mark),
          T(what_is_no_number_is_refused_and_leaves_the_value_alone),
          T(only_the_given_bytes_are_read), T(hard_numbers_are_rounded_correctly),
          T(a_double_is_written_as_short_as_it_reads_back),
          T(numbers_for_people_follow_the_language), T(numbers_do_not_depend_on_the_locale),
          T(distance_counts_letters_changed), T(the_nearest_word_is_suggested_only_when_near),
          T(only_well_formed_utf8_is_utf8))
