/* Colours: parsing, views, contrast, and a gate that every palette on offer passes. */
#include "check.h"
#include "hotzone/palette.h"

static hz_error err;

/* The built-in look's ground colours. */
static const hz_colour NO_DATA = 0xe0e0e0, WATER = 0xdfe9f0, OUTSIDE = 0xf4f4f4;
static const char *const names[] = { "ylgnbu", "warm", "ratio" };

static hz_status check(const hz_colour *classes, size_t n, int diverging)
{
    return hz_palette_check(classes, n, diverging, NO_DATA, WATER, OUTSIDE, &err);
}

TEST(a_colour_is_six_or_three_hex_digits)
{
    hz_colour c = 1;
    CHECK_OK(hz_colour_parse("#a1dab4", &c, &err), err);
    CHECK(c == 0xa1dab4);
    CHECK_OK(hz_colour_parse("#FfC", &c, &err), err);
    CHECK(c == 0xffffcc);
    const char *bad[] = { "", "#", "a1dab4", "#a1dab", "#a1dab45", "#a1dag4", "#12", "# 12" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK_FAILS(hz_colour_parse(bad[i], &c, &err), HZ_EUSAGE, err, "expected #rrggbb");
    CHECK(c == 0xffffcc);
}

/* WCAG 2.1: black on white is 21; #767676 on white is 4.54. */
TEST(contrast_follows_wcag)
{
    CHECK_NEAR(hz_colour_contrast(0x000000, 0xffffff), 21, 1e-12);
    CHECK_NEAR(hz_colour_contrast(0xffffff, 0x000000), 21, 1e-12);
    CHECK_NEAR(hz_colour_contrast(0x123456, 0x123456), 1, 1e-12);
    CHECK_NEAR(hz_colour_contrast(0x767676, 0xffffff), 4.54, 5e-3);
}

TEST(white_to_black_is_a_distance_of_100)
{
    CHECK_NEAR(hz_colour_distance(0xffffff, 0x000000), 100, 1e-3);
    CHECK(hz_colour_distance(0x2c7fb8, 0x2c7fb8) == 0);
    CHECK_NEAR(hz_colour_distance(0x2c7fb8, 0xa1dab4), hz_colour_distance(0xa1dab4, 0x2c7fb8),
               1e-12);
}

/* Rows of Machado's matrices add up to one, so greys look the same to all. */
TEST(a_grey_is_itself_in_every_view)
{
    for (hz_colour v = 0; v < 256; v++)
        for (int view = 0; view < HZ_VIEWS; view++)
            CHECK(hz_colour_seen(v << 16 | v << 8 | v, (hz_view)view) == (v << 16 | v << 8 | v));
}

/* Linear red (1, 0, 0) becomes the first column of each matrix, clipped, then encoded; these and
 * the next agree with simulate_cvd(linear = TRUE) of R's colorspace 2.1-0. */
TEST(red_as_seen_with_each_deficiency)
{
    CHECK(hz_colour_seen(0xff0000, HZ_VIEW_NORMAL) == 0xff0000);
    CHECK(hz_colour_seen(0xff0000, HZ_VIEW_DEUTAN) == 0xa39000); /* .367322 .280085 -.011820 */
    CHECK(hz_colour_seen(0xff0000, HZ_VIEW_PROTAN) == 0x6d5f00); /* .152286 .114503 -.003882 */
    CHECK(hz_colour_seen(0xff0000, HZ_VIEW_TRITAN) == 0xff000f); /* 1.255528 -.078411 .004733 */
    CHECK(hz_colour_seen(0xff0000, HZ_VIEW_GREY) == 0x7f7f7f);   /* luminance .2126729 */
}

TEST(map_colours_as_seen_by_a_deuteranope)
{
    CHECK(hz_colour_seen(0x2c7fb8, HZ_VIEW_DEUTAN) == 0x5173b7);
    CHECK(hz_colour_seen(0xf5a04a, HZ_VIEW_DEUTAN) == 0xcfbb4b);
    CHECK(hz_colour_seen(0xa1dab4, HZ_VIEW_DEUTAN) == 0xd0cab6);
}

TEST(every_palette_on_offer_passes_the_gate)
{
    for (size_t p = 0; p < 3; p++)
        for (size_t n = 1; n <= 7; n++) {
            hz_colour ramp[7], back[7];
            int diverging = hz_palette_is_diverging(names[p]);
            CHECK_OK(hz_palette_named(names[p], n, ramp, &err), err);
            CHECK_OK(check(ramp, n, diverging), err);
            for (size_t i = 0; i < n; i++)
                back[i] = ramp[n - 1 - i];
            CHECK_OK(check(back, n, diverging), err);
        }
}

TEST(darker_means_more_and_a_ratio_is_lightest_in_the_middle)
{
    for (size_t p = 0; p < 3; p++)
        for (size_t n = 2; n <= 7; n++) {
            hz_colour ramp[7];
            CHECK_OK(hz_palette_named(names[p], n, ramp, &err), err);
            for (size_t i = 0; i + 1 < n; i++) {
                double lighter = hz_colour_contrast(ramp[i], 0)
                                 / hz_colour_contrast(ramp[i + 1], 0);
                int falls = !hz_palette_is_diverging(names[p]) || 2 * i + 1 >= n;
                if (falls)
                    CHECK(lighter > 1);
                else if (2 * i + 2 < n)
                    CHECK(lighter < 1);
            }
        }
}

/* The design guide's table, to the digit. */
TEST(the_five_class_palettes_are_those_of_the_design_guide)
{
    const hz_colour want[3][5] = { { 0xffffcc, 0xa1dab4, 0x41b6c4, 0x2c7fb8, 0x253494 },
                                   { 0xfbe6c5, 0xf2a28a, 0xdc7176, 0xb24b65, 0x70284a },
                                   { 0x1d4f91, 0x7fb0dc, 0xffffcc, 0xf5a04a, 0xa63603 } };
    for (size_t p = 0; p < 3; p++) {
        hz_colour got[5];
        CHECK_OK(hz_palette_named(names[p], 5, got, &err), err);
        CHECK(memcmp(got, want[p], sizeof got) == 0);
    }
    CHECK(!hz_palette_is_diverging("ylgnbu") && !hz_palette_is_diverging("warm"));
    CHECK(hz_palette_is_diverging("ratio") && !hz_palette_is_diverging("nonesuch"));
}

TEST(an_unknown_palette_names_the_nearest)
{
    hz_colour out[7] = { 0 };
    CHECK_FAILS(hz_palette_named("ylgnb", 5, out, &err), HZ_EUSAGE, err, "did you mean ylgnbu?");
    CHECK_FAILS(hz_palette_named("rainbow-deluxe", 5, out, &err), HZ_EUSAGE, err,
                "expected ylgnbu, warm or ratio");
    CHECK_FAILS(hz_palette_named("warm", 8, out, &err), HZ_EUSAGE, err, "8 classes wanted");
    CHECK_FAILS(hz_palette_named("warm", 0, out, &err), HZ_EUSAGE, err, "0 classes wanted");
    CHECK(out[0] == 0);
}

/* ColorBrewer's own six-class YlGnBu: fine to most, too near for a protanope and in grey. */
TEST(the_gate_names_the_classes_the_view_and_the_distance)
{
    const hz_colour brewer[] = { 0xffffcc, 0xc7e9b4, 0x7fcdbb, 0x41b6c4, 0x2c7fb8, 0x253494 };
    CHECK_FAILS(check(brewer, 6, 0), HZ_EUSAGE, err,
                "classes 1 (#ffffcc) and 2 (#c7e9b4) are 7.1 apart in the deuteranopia view, "
                "expected at least 8");
    const hz_colour twins[] = { 0x2c7fb8, 0x2c7fb8 };
    CHECK_FAILS(check(twins, 2, 0), HZ_EUSAGE, err, "0.0 apart in the normal view");
}

TEST(a_white_middle_is_refused_for_it_vanishes_into_outside)
{
    const hz_colour white[] = { 0x1d4f91, 0xf7f7f7, 0xa63603 };
    CHECK_FAILS(check(white, 3, 1), HZ_EUSAGE, err, "class 2 (#f7f7f7) and no data");
    const hz_colour watery[] = { 0xdfe9f4, 0x253494 };
    CHECK_FAILS(hz_palette_check(watery, 2, 0, 0x808080, WATER, OUTSIDE, &err), HZ_EUSAGE, err,
                "and water");
    const hz_colour pale[] = { 0xf4f4f0, 0x253494 };
    CHECK_FAILS(hz_palette_check(pale, 2, 0, 0x808080, 0xff0000, OUTSIDE, &err), HZ_EUSAGE, err,
                "and outside");
}

/* Red and green of one lightness differ for most eyes, not in grey: sequential is refused there,
 * diverging is let through grey. */
TEST(only_a_sequential_palette_must_hold_in_grey)
{
    const hz_colour arms[] = { 0x7fb0dc, 0xf5a04a };
    CHECK(hz_colour_distance(hz_colour_seen(arms[0], HZ_VIEW_GREY),
                             hz_colour_seen(arms[1], HZ_VIEW_GREY)) < 8);
    CHECK_OK(check(arms, 2, 1), err);
    CHECK_FAILS(check(arms, 2, 0), HZ_EUSAGE, err, "grey view");
}

static uint64_t state = 11;

static hz_colour any_colour(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (hz_colour)(state >> 40);
}

/* A colour some steps away, so that many distances fall near the floors. */
static hz_colour near_colour(hz_colour c)
{
    hz_colour out = 0, step = any_colour();
    for (int shift = 16; shift >= 0; shift -= 8) {
        int v = (int)(c >> shift & 255) + (int)(step >> shift & 127) - 64;
        out = out << 8 | (hz_colour)(v < 0 ? 0 : v > 255 ? 255 : v);
    }
    return out;
}

static double seen(hz_colour a, hz_colour b, hz_view view)
{
    return hz_colour_distance(hz_colour_seen(a, view), hz_colour_seen(b, view));
}

/* The table of the design guide, written out. */
TEST(the_gate_opens_exactly_at_the_floors_of_the_design_guide)
{
    int opened = 0;
    for (int round = 0; round < 30000; round++) {
        hz_colour a = any_colour(), b = near_colour(a), water = near_colour(b);
        int diverging = round % 2;
        int apart = seen(a, b, HZ_VIEW_NORMAL) >= 10 && seen(a, b, HZ_VIEW_DEUTAN) >= 8
                    && seen(a, b, HZ_VIEW_PROTAN) >= 8 && seen(a, b, HZ_VIEW_TRITAN) >= 6
                    && (diverging || seen(a, b, HZ_VIEW_GREY) >= 8);
        int dry = 1;
        for (int v = HZ_VIEW_NORMAL; v <= HZ_VIEW_PROTAN; v++)
            dry = dry && seen(a, water, (hz_view)v) >= 8 && seen(b, water, (hz_view)v) >= 8;
        hz_colour classes[] = { a, b };
        hz_status want = apart && dry ? HZ_OK : HZ_EUSAGE;
        CHECK(hz_palette_check(classes, 2, diverging, water, water, water, &err) == want);
        opened += want == HZ_OK;
    }
    CHECK(opened > 1000 && opened < 29000);
}

RUN_TESTS(T(a_colour_is_six_or_three_hex_digits), T(contrast_follows_wcag),
          T(white_to_black_is_a_distance_of_100), T(a_grey_is_itself_in_every_view),
          T(red_as_seen_with_each_deficiency), T(map_colours_as_seen_by_a_deuteranope),
          T(every_palette_on_offer_passes_the_gate),
          T(darker_means_more_and_a_ratio_is_lightest_in_the_middle),
          T(the_five_class_palettes_are_those_of_the_design_guide),
          T(an_unknown_palette_names_the_nearest),
          T(the_gate_names_the_classes_the_view_and_the_distance),
          T(a_white_middle_is_refused_for_it_vanishes_into_outside),
          T(only_a_sequential_palette_must_hold_in_grey),
          T(the_gate_opens_exactly_at_the_floors_of_the_design_guide))
