/* Type is measured the same at every size, wraps where readers expect it, and is never lost. */
#include "check.h"

#include "hotzone/ink.h"
#include "hotzone/mem.h"

#define MM_PER_PT (25.4 / 72)

static hz_fonts *noto(void)
{
    hz_fonts *fonts = NULL;
    hz_error err;
    if (hz_fonts_new(NULL, NULL, &fonts, &err) != HZ_OK)
        fail_msg("%s", err.text);
    return fonts;
}

/* A digit of Noto Sans is 0.572 em wide: four of them at 10 pt are 22.88 pt. */
TEST(a_width_is_the_sum_of_the_font_s_own_advances)
{
    hz_fonts *fonts = noto();
    hz_type_style type = { .size_pt = 10 };
    CHECK_NEAR(hz_fonts_measure(fonts, "2017", &type).width, 22.88 * MM_PER_PT, 1e-9);
    CHECK_NEAR(hz_fonts_measure(fonts, "1111", &type).width, 22.88 * MM_PER_PT, 1e-9);
    CHECK(hz_fonts_measure(fonts, "2017", &type).lines == 1);
    hz_fonts_free(fonts);
}

TEST(seven_points_are_a_tenth_of_seventy)
{
    hz_fonts *fonts = noto();
    const char *text = "Vesterbro-Kongens Enghave, Ærø";
    for (int bold = 0; bold < 2; bold++) {
        hz_type_style small = { .size_pt = 7, .weight = bold ? 600 : 400 }, large = small;
        large.size_pt = 70;
        hz_text_size a = hz_fonts_measure(fonts, text, &small);
        hz_text_size b = hz_fonts_measure(fonts, text, &large);
        CHECK_NEAR(10 * a.width, b.width, 1e-9);
        CHECK_NEAR(10 * a.height, b.height, 1e-9);
        CHECK_NEAR(10 * a.right, b.right, 1e-9);
    }
    hz_fonts_free(fonts);
}

TEST(heights_do_not_depend_on_the_letters_and_ink_does)
{
    hz_fonts *fonts = noto();
    hz_type_style type = { .size_pt = 7 };
    hz_text_size low = hz_fonts_measure(fonts, "nonce", &type);
    hz_text_size high = hz_fonts_measure(fonts, "Ågård", &type);
    CHECK_NEAR(low.ascent, high.ascent, 0);
    CHECK_NEAR(low.descent, high.descent, 0);
    CHECK_NEAR(high.top, -high.ascent, 1e-9);    /* the ring of Å is what ascent is made for */
    CHECK_NEAR(high.bottom, high.descent, 1e-9); /* and the tail of g descent */
    CHECK(low.top > -0.8 * low.ascent && low.bottom < 0.2 * low.descent);
    hz_fonts_free(fonts);
}

TEST(a_halo_widens_the_ink_and_nothing_else)
{
    hz_fonts *fonts = noto();
    hz_type_style plain = { .size_pt = 7 }, halo = { .size_pt = 7, .halo_pt = 0.8 };
    hz_text_size a = hz_fonts_measure(fonts, "Valby", &plain);
    hz_text_size b = hz_fonts_measure(fonts, "Valby", &halo);
    CHECK_NEAR(a.width, b.width, 0);
    CHECK_NEAR(a.left - b.left, 0.8 * MM_PER_PT, 1e-9);
    CHECK_NEAR(b.bottom - a.bottom, 0.8 * MM_PER_PT, 1e-9);
    hz_fonts_free(fonts);
}

static hz_text_size wrapped(hz_fonts *fonts, const char *text, double width_mm)
{
    hz_type_style type = { .size_pt = 10, .width_mm = width_mm };
    return hz_fonts_measure(fonts, text, &type);
}

static double width_of(hz_fonts *fonts, const char *text)
{
    return wrapped(fonts, text, 0).width;
}

TEST(lines_break_at_blanks_and_inside_double_names_but_not_at_a_minus)
{
    hz_fonts *fonts = noto();
    double enghave = width_of(fonts, "Kongens Enghave");
    hz_text_size size = wrapped(fonts, "Vesterbro-Kongens Enghave", enghave);
    CHECK(size.lines == 2);
    CHECK_NEAR(size.width, enghave, 1e-9); /* "Vesterbro-" stands above it */
    CHECK_NEAR(size.height, size.ascent + size.descent + 12 * MM_PER_PT, 1e-9);
    CHECK(wrapped(fonts, "Indre Nørrebro og", width_of(fonts, "Indre Nørrebro")).lines == 2);
    /* a hard space holds "30 %" together, and a minus its number */
    CHECK_NEAR(wrapped(fonts, "VK > 30\u00a0%", width_of(fonts, "VK > 30 ")).width,
               fmax(width_of(fonts, "VK >"), width_of(fonts, "30\u00a0%")), 1e-9);
    CHECK_NEAR(wrapped(fonts, "fra -5", width_of(fonts, "fra -")).width,
               fmax(width_of(fonts, "fra"), width_of(fonts, "-5")), 1e-9);
    /* and "per" the number it is per */
    CHECK_NEAR(wrapped(fonts, "skyderier pr. 1.000", width_of(fonts, "skyderier pr.")).width,
               fmax(width_of(fonts, "skyderier"), width_of(fonts, "pr. 1.000")), 1e-9);
    CHECK_NEAR(wrapped(fonts, "stabbings per 1,000", width_of(fonts, "stabbings per")).width,
               fmax(width_of(fonts, "stabbings"), width_of(fonts, "per 1,000")), 1e-9);
    CHECK_NEAR(wrapped(fonts, "skyderier pr. areal", width_of(fonts, "skyderier pr.")).width,
               width_of(fonts, "skyderier pr."), 1e-9);
    hz_fonts_free(fonts);
}

TEST(a_text_fits_the_width_it_was_measured_at)
{
    hz_fonts *fonts = noto();
    const char *const texts[] = { "Udglattede rater (Marshall 1991).", "Ydre Nørrebro", "i",
                                  "Kilde: Politiet, 2017; Klimadatastyrelsen (CC BY 4.0)" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CHECK(wrapped(fonts, texts[i], width_of(fonts, texts[i])).lines == 1);
    hz_fonts_free(fonts);
}

TEST(own_line_breaks_are_kept_and_nothing_is_nothing)
{
    hz_fonts *fonts = noto();
    CHECK(wrapped(fonts, "en\nto\n\nfire", 0).lines == 4);
    CHECK(wrapped(fonts, "", 0).lines == 0);
    CHECK_NEAR(wrapped(fonts, "", 0).height, 0, 0);
    CHECK(wrapped(fonts, NULL, 0).lines == 0);
    CHECK_NEAR(wrapped(fonts, "ord   ", 20).width, width_of(fonts, "ord"), 1e-9);
    hz_type_style none = { .size_pt = 0 };
    CHECK(hz_fonts_measure(fonts, "x", &none).lines == 0);
    hz_fonts_free(fonts);
}

/* Random words in random boxes: no line is wider than its box unless it is a single letter, a
 * narrower box never takes fewer lines, and text is as wide in sum as it was in one line. */
TEST(wrapped_lines_stay_in_their_box)
{
    static const char *const words[] = { "og", "Nørrebro", "53,7", "indbyggere", "å", "Kongens-",
                                         "Enghave", "47,6–49,1", "%" };
    hz_fonts *fonts = noto();
    unsigned seed = 12345;
    double widest_letter = width_of(fonts, "%");
    for (int round = 0; round < 300; round++) {
        hz_text text = { 0 };
        for (int i = 0; i < 12; i++) {
            seed = seed * 1103515245u + 12345u;
            hz_text_add(&text, words[(seed >> 16) % 9]);
            hz_text_add(&text, " ");
        }
        size_t before = (size_t)-1;
        for (double box = 2; box < 200; box *= 1.7) {
            hz_text_size size = wrapped(fonts, hz_text_get(&text), box);
            CHECK(size.width <= fmax(box, widest_letter) + 1e-6);
            CHECK(size.lines <= before);
            CHECK((double)size.lines * fmax(box, widest_letter) >=
                  width_of(fonts, hz_text_get(&text)) * 0.5);
            before = size.lines;
        }
        hz_text_free(&text);
    }
    hz_fonts_free(fonts);
}

TEST(alignment_moves_the_ink_and_not_the_measure)
{
    hz_fonts *fonts = noto();
    hz_type_style type = { .size_pt = 9 };
    hz_text_size left = hz_fonts_measure(fonts, "Amager", &type);
    type.align = HZ_RIGHT;
    hz_text_size right = hz_fonts_measure(fonts, "Amager", &type);
    type.align = HZ_CENTRE;
    hz_text_size centre = hz_fonts_measure(fonts, "Amager", &type);
    CHECK_NEAR(left.left - right.left, left.width, 1e-9);
    CHECK_NEAR(left.left - centre.left, left.width / 2, 1e-9);
    type.align = HZ_RIGHT;
    type.width_mm = 50; /* in a box x is its left edge */
    CHECK_NEAR(hz_fonts_measure(fonts, "Amager", &type).right - right.right, 50, 1e-9);
    hz_fonts_free(fonts);
}

TEST(what_noto_lacks_comes_from_dejavu_and_what_both_lack_is_counted)
{
    hz_fonts *fonts = noto();
    CHECK(wrapped(fonts, "Ærø Århus − ≥ – 7\u00a0%", 0).missing == 0);
    CHECK(wrapped(fonts, "\u2603", 0).missing == 0); /* a snowman: in DejaVu only */
    CHECK(wrapped(fonts, "a\U0010fffdb\U0010fffd", 0).missing == 2);
    hz_fonts_free(fonts);
}

TEST(bytes_that_are_no_text_are_shown_as_such)
{
    hz_fonts *fonts = noto();
    CHECK_NEAR(width_of(fonts, "N\xf8rrebro"), width_of(fonts, "N\ufffdrrebro"), 1e-9);
    CHECK_NEAR(width_of(fonts, "\xe2\x82"), width_of(fonts, "\ufffd\ufffd"), 1e-9);
    CHECK_NEAR(width_of(fonts, "a\tb\r"), width_of(fonts, "a b"), 1e-9);
    hz_fonts_free(fonts);
}

/* An accent of its own does not part from its letter, whatever the width. */
TEST(accents_stay_with_their_letter)
{
    hz_fonts *fonts = noto();
    CHECK(wrapped(fonts, "A\u030aA\u030aA\u030a", 0.1).lines == 3);
    CHECK_NEAR(width_of(fonts, "A\u030a"), width_of(fonts, "Å"), 0.1);
    hz_fonts_free(fonts);
}

TEST(a_family_that_is_not_there_is_named_with_its_package)
{
    hz_fonts *fonts = NULL;
    hz_error err;
    CHECK_FAILS(hz_fonts_new("No Such Family", NULL, &fonts, &err), HZ_EIO, err,
                "'No Such Family'");
    hz_status st = hz_fonts_new("Open Sans", NULL, &fonts, &err);
    if (st) {
        CHECK(st == HZ_EIO && strstr(err.text, "fonts-open-sans"));
        CHECK(fonts == NULL);
    }
    hz_fonts_free(fonts);
}

/* A digit of DejaVu Sans is 1303/2048 em wide. */
TEST(another_family_sets_other_type)
{
    hz_fonts *fonts = NULL;
    hz_error err;
    CHECK_OK(hz_fonts_new("dejavu sans", "/usr/share/fonts/truetype/dejavu", &fonts, &err), err);
    CHECK_NEAR(width_of(fonts, "2017"), 4 * 1303 / 2048.0 * 10 * MM_PER_PT, 1e-9);
    hz_fonts_free(fonts);
}

TEST(a_measure_without_memory_is_told)
{
    hz_fonts *fonts = noto();
    hz_error err;
    CHECK_OK(hz_fonts_check(fonts, &err), err);
    hz_mem_fail_at(1);
    hz_text_size size = wrapped(fonts, "Nørrebro", 0); /* the first text needs scratch */
    hz_mem_fail_at(0);
    CHECK(size.lines == 0);
    CHECK_FAILS(hz_fonts_check(fonts, &err), HZ_EMEMORY, err, "memory");
    CHECK_OK(hz_fonts_check(fonts, &err), err);
    CHECK(wrapped(fonts, "Nørrebro", 0).lines == 1);
    hz_fonts_free(fonts);
}

RUN_TESTS(T(a_width_is_the_sum_of_the_font_s_own_advances), T(seven_points_are_a_tenth_of_seventy),
          T(heights_do_not_depend_on_the_letters_and_ink_does),
          T(a_halo_widens_the_ink_and_nothing_else),
          T(lines_break_at_blanks_and_inside_double_names_but_not_at_a_minus),
          T(a_text_fits_the_width_it_was_measured_at),
          T(own_line_breaks_are_kept_and_nothing_is_nothing), T(wrapped_lines_stay_in_their_box),
          T(alignment_moves_the_ink_and_not_the_measure),
          T(what_noto_lacks_comes_from_dejavu_and_what_both_lack_is_counted),
          T(bytes_that_are_no_text_are_shown_as_such), T(accents_stay_with_their_letter),
          T(a_family_that_is_not_there_is_named_with_its_package),
          T(another_family_sets_other_type), T(a_measure_without_memory_is_told))
