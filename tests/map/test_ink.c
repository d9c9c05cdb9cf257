/* Marks come out where and as the scene says, in files that say what they show. */
#include "check.h"

#include <cairo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "hotzone/file.h"
#include "hotzone/ink.h"
#include "hotzone/mem.h"

#define MM_PER_PT (25.4 / 72)

static char dir[] = "/tmp/hotzone-ink-XXXXXX";
static hz_fonts *fonts;

static const char *file(const char *name)
{
    static char path[4][200];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", dir, name);
    return path[turn];
}

static hz_scene *sheet(double w, double h)
{
    hz_scene *scene = NULL;
    hz_error err;
    if (hz_scene_new(w, h, &scene, &err) != HZ_OK)
        fail_msg("%s", err.text);
    return scene;
}

static void write_scene(const hz_scene *scene, const char *path, double dpi)
{
    hz_error err;
    hz_ink_opts opts = { .dpi = dpi };
    if (hz_ink_write(scene, fonts, path, &opts, &err) != HZ_OK)
        fail_msg("%s", err.text);
}

/* A whole file; free with hz_mem_free. */
static char *bytes_of(const char *path, size_t *n)
{
    static char *data; /* were it a local, gcc 12 would take what it points to for gone */
    hz_error err;
    if (hz_file_read(path, 100000000, &data, n, &err) != HZ_OK)
        fail_msg("%s", err.text);
    return data;
}

/* ---- pictures, 10 pixels to the millimetre ---- */

typedef struct {
    cairo_surface_t *surface;
    int width, height;
} picture;

static picture render(hz_scene *scene)
{
    const char *path = file("pixels.png");
    write_scene(scene, path, 254);
    hz_scene_free(scene);
    cairo_surface_t *surface = cairo_image_surface_create_from_png(path);
    return (picture){ surface, cairo_image_surface_get_width(surface),
                      cairo_image_surface_get_height(surface) };
}

static unsigned pixel(picture p, int x, int y)
{
    const unsigned char *row = cairo_image_surface_get_data(p.surface) +
                               y * cairo_image_surface_get_stride(p.surface);
    return ((const uint32_t *)(const void *)row)[x] & 0xffffff;
}

static int red(unsigned colour)
{
    return (int)(colour >> 16);
}

static void drop(picture p)
{
    cairo_surface_destroy(p.surface);
}

/* How many pixels of [x1, x2) x [y1, y2) have exactly this colour. */
static int count(picture p, int x1, int y1, int x2, int y2, unsigned colour)
{
    int n = 0;
    for (int y = y1; y < y2; y++)
        for (int x = x1; x < x2; x++)
            n += pixel(p, x, y) == colour;
    return n;
}

TEST(a_red_rectangle_lands_on_its_pixels)
{
    hz_scene *scene = sheet(20, 10);
    hz_ink_style ink = { .fill = true, .fill_colour = 0xff0000 };
    hz_scene_rect(scene, "r", 5, 2, 4, 3, &ink);
    picture p = render(scene);
    CHECK(p.width == 200 && p.height == 100);
    CHECK(count(p, 50, 20, 90, 50, 0xff0000) == 40 * 30);
    CHECK(count(p, 0, 0, 200, 100, 0xffffff) == 200 * 100 - 40 * 30);
    drop(p);
}

TEST(a_ring_in_a_ring_is_a_hole)
{
    hz_scene *scene = sheet(20, 10);
    hz_ink_style ink = { .fill = true, .fill_colour = 0x0000ff };
    const size_t first[] = { 0, 4, 8 };
    const double xy[] = { 2, 2, 18, 2, 18, 8, 2, 8, 5, 4, 8, 4, 8, 6, 5, 6 }; /* same turn */
    hz_scene_path(scene, "r", 2, first, xy, true, &ink);
    picture p = render(scene);
    CHECK(count(p, 50, 40, 80, 60, 0xffffff) == 30 * 20);
    CHECK(count(p, 0, 0, 200, 100, 0x0000ff) == 160 * 60 - 30 * 20);
    drop(p);
}

TEST(half_a_fill_lets_half_the_paper_through)
{
    hz_scene *scene = sheet(20, 10);
    hz_ink_style ink = { .fill = true, .fill_colour = 0, .fill_alpha = 0.5 };
    hz_scene_rect(scene, "r", 0, 0, 20, 10, &ink);
    picture p = render(scene);
    CHECK_NEAR(red(pixel(p, 100, 50)), 127.5, 1);
    drop(p);
}

/* 5.669 pt are 2 mm. */
TEST(a_line_inside_has_its_full_width_and_stays_inside)
{
    hz_scene *scene = sheet(20, 10);
    hz_ink_style ink = { .stroke_pt = 2 / MM_PER_PT, .stroke_colour = 0x00ff00, .inside = true };
    hz_scene_rect(scene, "r", 2, 1, 16, 8, &ink);
    picture p = render(scene);
    CHECK(count(p, 0, 0, 200, 100, 0x00ff00) == 160 * 80 - 120 * 40);
    CHECK(count(p, 40, 30, 160, 70, 0xffffff) == 120 * 40);
    CHECK(count(p, 0, 0, 200, 10, 0xffffff) == 200 * 10);
    drop(p);
}

TEST(a_casing_lies_below_its_line)
{
    hz_scene *scene = sheet(20, 10);
    hz_ink_style ink = { .stroke_pt = 1 / MM_PER_PT, .stroke_colour = 0x000080,
                         .casing_pt = 3 / MM_PER_PT, .casing_colour = 0xffff00 };
    hz_scene_line(scene, "l", 0, 5, 20, 5, &ink);
    picture p = render(scene);
    CHECK(count(p, 10, 45, 190, 55, 0x000080) == 180 * 10);
    CHECK(count(p, 10, 35, 190, 45, 0xffff00) == 180 * 10);
    CHECK(count(p, 10, 55, 190, 65, 0xffff00) == 180 * 10);
    CHECK(count(p, 10, 0, 190, 34, 0xffffff) == 180 * 34);
    drop(p);
}

TEST(dashes_are_as_long_as_they_say)
{
    hz_scene *scene = sheet(20, 10);
    hz_ink_style ink = { .stroke_pt = 1 / MM_PER_PT, .dash_mm = { 3, 2 } };
    hz_scene_line(scene, "l", 0, 5, 20, 5, &ink);
    picture p = render(scene);
    for (int x = 0; x < 200; x++)
        CHECK(pixel(p, x, 50) == (x % 50 < 30 ? 0u : 0xffffffu));
    drop(p);
}

/* Lines of 0.6 pt = 0.2117 mm every 1.8 mm cover 11.76 % of a shape. */
TEST(a_hatch_covers_its_share)
{
    hz_scene *scene = sheet(60, 60);
    hz_ink_style ink = { .fill = true, .fill_colour = 0xffffff, .hatch_pt = 0.6,
                         .hatch_every_mm = 1.8, .hatch_colour = 0 };
    hz_scene_rect(scene, "r", 5, 5, 50, 50, &ink);
    picture p = render(scene);
    double dark = 0;
    for (int y = 50; y < 550; y++)
        for (int x = 50; x < 550; x++)
            dark += 1 - red(pixel(p, x, y)) / 255.0;
    CHECK_NEAR(dark / (500 * 500), 0.6 * MM_PER_PT / 1.8, 0.002);
    CHECK(count(p, 0, 0, 600, 50, 0xffffff) == 600 * 50);
    /* 45 degrees, rising to the right: the same along such a line */
    for (int i = 1; i < 300; i++)
        CHECK(abs(red(pixel(p, 100 + i, 500 - i)) - red(pixel(p, 100, 500))) <= 2);
    drop(p);
}

/* The falling hatch is the rising one seen in a mirror; crossed is both. */
TEST(a_hatch_falls_or_crosses_as_asked)
{
    double dark[3];
    for (int way = 0; way < 3; way++) {
        hz_scene *scene = sheet(60, 60);
        hz_ink_style ink = { .hatch_pt = 0.6, .hatch_every_mm = 1.8,
                             .hatch_way = (hz_hatch_way)way };
        hz_scene_rect(scene, "r", 5, 5, 50, 50, &ink);
        picture p = render(scene);
        dark[way] = 0;
        for (int y = 50; y < 550; y++)
            for (int x = 50; x < 550; x++)
                dark[way] += 1 - red(pixel(p, x, y)) / 255.0;
        for (int i = 1; i < 300 && way == HZ_HATCH_FALLING; i++)
            CHECK(abs(red(pixel(p, 100 + i, 100 + i)) - red(pixel(p, 100, 100))) <= 2);
        drop(p);
    }
    double share = 0.6 * MM_PER_PT / 1.8;
    CHECK_NEAR(dark[HZ_HATCH_FALLING] / (500 * 500), share, 0.002);
    CHECK_NEAR(dark[HZ_HATCH_CROSSED] / (500 * 500), 1 - (1 - share) * (1 - share), 0.003);
}

TEST(the_hatches_of_neighbours_meet)
{
    hz_ink_style ink = { .hatch_pt = 0.6, .hatch_every_mm = 1.8 };
    hz_scene *one = sheet(40, 20), *two = sheet(40, 20);
    hz_scene_rect(one, "r", 3, 3, 30, 10, &ink);
    hz_scene_rect(two, "r", 3, 3, 11.3, 10, &ink);
    hz_scene_rect(two, "r", 14.3, 3, 18.7, 10, &ink);
    picture p = render(one), q = render(two);
    for (int y = 0; y < 200; y++)
        for (int x = 0; x < 400; x++)
            CHECK(abs(red(pixel(p, x, y)) - red(pixel(q, x, y))) <= 10);
    drop(p);
    drop(q);
}

TEST(marks_are_cut_to_the_clip_until_it_ends)
{
    hz_ink_style ink = { .fill = true, .fill_colour = 0x102030 };
    hz_scene *scene = sheet(20, 10);
    hz_scene_push_clip(scene, 2, 2, 10, 6);
    hz_scene_push_clip(scene, 5, 0, 20, 5);
    hz_scene_rect(scene, "r", -50, -50, 500, 500, &ink);
    hz_scene_pop_clip(scene);
    hz_scene_rect(scene, "r", 2, 6, 50, 50, &ink);
    hz_scene_pop_clip(scene);
    hz_scene_rect(scene, "r", 19, 9, 1, 1, &ink);
    picture p = render(scene);
    CHECK(count(p, 50, 20, 120, 50, 0x102030) == 70 * 30);
    CHECK(count(p, 20, 60, 120, 80, 0x102030) == 100 * 20);
    CHECK(count(p, 190, 90, 200, 100, 0x102030) == 100);
    CHECK(count(p, 0, 0, 200, 100, 0xffffff) == 20000 - 2100 - 2000 - 100);
    drop(p);
}

TEST(a_circle_has_its_area)
{
    hz_ink_style ink = { .fill = true };
    hz_scene *scene = sheet(20, 20);
    hz_scene_circle(scene, "c", 10, 10, 6, &ink);
    picture p = render(scene);
    double dark = 0;
    for (int y = 0; y < 200; y++)
        for (int x = 0; x < 200; x++)
            dark += 1 - red(pixel(p, x, y)) / 255.0;
    CHECK_NEAR(dark, acos(-1) * 60 * 60, 20);
    drop(p);
}

/* The box of pixels that are not white, in millimetres. */
static void ink_box(picture p, double box[4])
{
    box[0] = box[1] = HUGE_VAL;
    box[2] = box[3] = -HUGE_VAL;
    for (int y = 0; y < p.height; y++) {
        for (int x = 0; x < p.width; x++) {
            if (red(pixel(p, x, y)) > 200)
                continue;
            box[0] = fmin(box[0], x / 10.0);
            box[1] = fmin(box[1], y / 10.0);
            box[2] = fmax(box[2], (x + 1) / 10.0);
            box[3] = fmax(box[3], (y + 1) / 10.0);
        }
    }
}

TEST(text_is_drawn_where_it_was_measured)
{
    static const char *const texts[] = { "Ågård g", "Ydre Nørrebro\nog Indre",
                                         "Vesterbro-Kongens Enghave 53,7 \u2603 47,6–49,1" };
    for (int i = 0; i < 3 * 3 * 2 * 3; i++) {
        hz_type_style type = { .size_pt = 7 + i % 3, .weight = i % 2 ? 600 : 400,
                               .italic = i % 5 == 0, .align = (hz_align)(i / 3 % 3),
                               .width_mm = i / 9 % 2 ? 30 : 0,
                               .halo_pt = i % 4 == 0 ? 0.8 : 0 };
        const char *text = texts[i / 18];
        hz_scene *scene = sheet(160, 40);
        hz_scene_text(scene, "t", 80, 12, text, &type);
        picture p = render(scene);
        hz_text_size size = hz_fonts_measure(fonts, text, &type);
        double box[4];
        ink_box(p, box);
        CHECK_NEAR(box[0], 80 + size.left, 0.2);
        CHECK_NEAR(box[1], 12 + size.top, 0.2);
        CHECK_NEAR(box[2], 80 + size.right, 0.2);
        CHECK_NEAR(box[3], 12 + size.bottom, 0.2);
        drop(p);
    }
}

/* Black on black shows no letters, so what shows in red is halo alone; letters come out whole. */
TEST(a_halo_lies_under_its_letters)
{
    hz_ink_style paper = { .fill = true, .fill_colour = 0x00ff00 };
    hz_type_style plain = { .size_pt = 20, .colour = 0x000000 }, halo = plain;
    halo.halo_pt = 1;
    halo.halo_colour = 0xff0000;
    picture p[2];
    for (int i = 0; i < 2; i++) {
        hz_scene *scene = sheet(40, 20);
        hz_scene_rect(scene, "r", 0, 0, 40, 20, &paper);
        hz_scene_text(scene, "t", 3, 12, "Valby", i ? &halo : &plain);
        p[i] = render(scene);
    }
    int letters = count(p[0], 0, 0, 400, 200, 0x000000);
    CHECK(letters > 2000);
    for (int y = 0; y < 200; y++)
        for (int x = 0; x < 400; x++)
            if (pixel(p[0], x, y) == 0)
                CHECK(pixel(p[1], x, y) == 0);
    CHECK(count(p[0], 0, 0, 400, 200, 0xff0000) == 0);
    CHECK(count(p[1], 0, 0, 400, 200, 0xff0000) > letters / 2);
    drop(p[0]);
    drop(p[1]);
}

TEST(bold_is_blacker_and_italic_is_other)
{
    int dark[3];
    for (int i = 0; i < 3; i++) {
        hz_type_style type = { .size_pt = 20, .weight = i == 1 ? 600 : 0, .italic = i == 2 };
        hz_scene *scene = sheet(40, 20);
        hz_scene_text(scene, "t", 3, 12, "nul", &type);
        picture p = render(scene);
        dark[i] = count(p, 0, 0, 400, 200, 0x000000);
        drop(p);
    }
    CHECK(dark[1] > 1.3 * dark[0]);
    CHECK(dark[2] != dark[0]);
}

/* ---- files ---- */

static const char alt[] = "Kort over Nørrebro. Højest: Indre Nørrebro, 120,5 pr. 1.000.";

/* A little of everything. */
static hz_scene *full_sheet(void)
{
    hz_scene *scene = sheet(84, 60);
    hz_error err;
    hz_scene_about about = { .title = "Kort <1> & \"Ærø\"", .description = alt,
                             .author = "hotzone", .subject = "Rater", .keywords = "kort, rater",
                             .language = HZ_DANISH, .date = "2018-06-01" };
    hz_ink_style area = { .fill = true, .fill_colour = 0x41b6c4, .stroke_pt = 0.35,
                          .stroke_colour = 0x808080, .inside = true, .hatch_pt = 0.6,
                          .hatch_every_mm = 1.8 };
    hz_ink_style zone = { .stroke_pt = 1.5, .stroke_colour = 0x1a1a1a, .casing_pt = 3,
                          .casing_colour = 0xffffff, .dash_mm = { 2, 1 } };
    hz_type_style label = { .size_pt = 7, .colour = 0x1a1a1a, .halo_pt = 0.8,
                            .halo_colour = 0xffffff, .align = HZ_CENTRE };
    hz_type_style title = { .size_pt = 11, .weight = 600 };
    hz_type_style note = { .size_pt = 6.5, .italic = true, .width_mm = 30 };
    const size_t first[] = { 0, 5, 9 };
    const double xy[] = { 6, 12, 40, 14, 38, 50, 10, 46, 6, 12, 20, 25, 26, 25, 26, 31, 20, 31 };

    if (hz_scene_set_about(scene, &about, &err) != HZ_OK)
        fail_msg("%s", err.text);
    hz_scene_text(scene, "title", 4, 8, "Anmeldelser pr. 1.000 indbyggere", &title);
    hz_scene_push_clip(scene, 4, 10, 45, 46);
    hz_scene_path(scene, "area", 2, first, xy, true, &area);
    hz_scene_line(scene, "zone", 0, 20, 60, 50, &zone);
    hz_scene_text(scene, "label", 25, 40, "Ydre Nørrebro", &label);
    hz_scene_pop_clip(scene);
    hz_scene_text(scene, "note", 52, 20, "Hele byen: 53,7 (47,6–49,1). Kilde: Politiet ≥ \u2603",
                  &note);
    hz_scene_circle(scene, "dot", 60, 50, 2, &area);
    return scene;
}

static const char *const formats[] = { "png", "pdf", "svg" };

TEST(the_same_scene_gives_the_same_bytes_whatever_the_surroundings)
{
    hz_error err;
    hz_scene *scene = full_sheet(), *other = sheet(10, 10);
    for (int i = 0; i < 3; i++) {
        char name[20], again[20];
        size_t n = 0, m = 0;
        snprintf(name, sizeof name, "one.%s", formats[i]);
        snprintf(again, sizeof again, "two.%s", formats[i]);
        setlocale(LC_ALL, "C");
        write_scene(scene, file(name), 0);
        /* another locale, home and time zone, new fonts, and other work in between */
        CHECK(setlocale(LC_ALL, "C.UTF-8") != NULL);
        setlocale(LC_NUMERIC, "da_DK.UTF-8");
        setenv("HOME", "/nonexistent", 1);
        setenv("LC_ALL", "da_DK.UTF-8", 1);
        setenv("LANGUAGE", "ja:ar", 1);
        setenv("TZ", "Pacific/Auckland", 1);
        setenv("FONTCONFIG_FILE", "/nonexistent", 1);
        setenv("SOURCE_DATE_EPOCH", "1", 1);
        write_scene(other, file("other.svg"), 0);
        hz_fonts_free(fonts);
        fonts = NULL;
        CHECK_OK(hz_fonts_new(NULL, NULL, &fonts, &err), err);
        write_scene(scene, file(again), 0);
        char *a = bytes_of(file(name), &n), *b = bytes_of(file(again), &m);
        CHECK(n == m && memcmp(a, b, n) == 0);
        hz_mem_free(a);
        hz_mem_free(b);
    }
    setlocale(LC_ALL, "C");
    hz_scene_free(scene);
    hz_scene_free(other);
}

static uint32_t big_endian(const char *p)
{
    const unsigned char *b = (const unsigned char *)p;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* A chunk's data, or NULL; a PNG is a signature of 8 bytes, then length, name, data, CRC. */
static const char *find_chunk(const char *png, size_t n, const char *name, int skip, size_t *size)
{
    for (size_t at = 8; at + 12 <= n; at += 12 + *size) {
        *size = big_endian(png + at);
        if (memcmp(png + at + 4, name, 4) == 0 && skip-- == 0)
            return png + at + 8;
    }
    return NULL;
}

/* 84 mm at 300 dpi are 992.1 pixels; 300 dpi are 11811 pixels per metre. */
TEST(a_png_says_its_size_resolution_colour_space_and_words)
{
    hz_scene *scene = full_sheet();
    hz_error err;
    size_t n, size;
    CHECK_OK(hz_ink_write(scene, fonts, file("full.png"), NULL, &err), err);
    hz_scene_free(scene);
    char *png = bytes_of(file("full.png"), &n);
    const char *data = find_chunk(png, n, "IHDR", 0, &size);
    CHECK(data && big_endian(data) == 992 && big_endian(data + 4) == 709);
    data = find_chunk(png, n, "pHYs", 0, &size);
    CHECK(data && big_endian(data) == 11811 && big_endian(data + 4) == 11811 && data[8] == 1);
    CHECK(find_chunk(png, n, "sRGB", 0, &size) != NULL);
    CHECK(find_chunk(png, n, "tIME", 0, &size) == NULL);
    /* iTXt: keyword 0, compressed?, method, language 0, translated keyword 0, text */
    const char title[] = "Title\0\0\0da\0\0Kort <1> & \"Ærø\"";
    data = find_chunk(png, n, "iTXt", 0, &size);
    CHECK(data && size == sizeof title - 1 && memcmp(data, title, size) == 0);
    data = find_chunk(png, n, "iTXt", 2, &size);
    CHECK(data && memcmp(data, "Description\0\0\0da\0\0", 18) == 0);
    CHECK(size == 18 + strlen(alt) && memcmp(data + 18, alt, strlen(alt)) == 0);
    hz_mem_free(png);
}

TEST(too_many_pixels_are_refused_with_the_limit)
{
    hz_scene *scene = sheet(210, 297);
    hz_ink_opts opts = { .dpi = 20000 };
    hz_error err;
    size_t n;
    hz_file_write(file("old.png"), "old", 3, NULL);
    CHECK_FAILS(hz_ink_write(scene, fonts, file("old.png"), &opts, &err), HZ_EUSAGE, err,
                "20000 dpi, expected 1 to 1017");
    opts.dpi = -5;
    CHECK_FAILS(hz_ink_write(scene, fonts, file("old.png"), &opts, &err), HZ_EUSAGE, err,
                "-5 dpi");
    opts.dpi = NAN;
    CHECK_FAILS(hz_ink_write(scene, fonts, file("old.png"), &opts, &err), HZ_EUSAGE, err, "dpi");
    char *old = bytes_of(file("old.png"), &n);
    CHECK(n == 3 && memcmp(old, "old", 3) == 0);
    hz_mem_free(old);
    hz_scene_free(scene);
}

TEST(a_name_that_is_no_picture_and_a_place_that_is_none_are_refused)
{
    hz_scene *scene = sheet(10, 10);
    hz_error err;
    CHECK_FAILS(hz_ink_write(scene, fonts, file("map.jpg"), NULL, &err), HZ_EUSAGE, err,
                ".png, .pdf or .svg");
    CHECK_FAILS(hz_ink_write(scene, fonts, file("v.png/map"), NULL, &err), HZ_EUSAGE, err,
                "v.png/map");
    for (int i = 0; i < 3; i++) {
        char name[40];
        snprintf(name, sizeof name, "none/map.%s", formats[i]);
        CHECK_FAILS(hz_ink_write(scene, fonts, file(name), NULL, &err), HZ_EIO, err, name);
    }
    hz_scene_push_clip(scene, 0, 0, 1, 1);
    CHECK_FAILS(hz_ink_write(scene, fonts, file("clip.svg"), NULL, &err), HZ_EUSAGE, err, "clip");
    CHECK(!hz_file_exists(file("clip.svg")));
    hz_scene_free(scene);
}

/* A limit on the size of files stands in for a full disk. */
TEST(a_full_disk_leaves_the_old_file)
{
    hz_scene *scene = full_sheet();
    struct rlimit before, small;
    hz_error err;
    hz_status st[3];
    getrlimit(RLIMIT_FSIZE, &before);
    small = before;
    small.rlim_cur = 1000;
    signal(SIGXFSZ, SIG_IGN);
    for (int i = 0; i < 3; i++) {
        char name[20];
        size_t n;
        snprintf(name, sizeof name, "kept.%s", formats[i]);
        hz_file_write(file(name), "old", 3, NULL);
        setrlimit(RLIMIT_FSIZE, &small);
        st[i] = hz_ink_write(scene, fonts, file(name), NULL, &err);
        setrlimit(RLIMIT_FSIZE, &before);
        CHECK(st[i] == HZ_EIO && strstr(err.text, name));
        char *old = bytes_of(file(name), &n);
        CHECK(n == 3 && memcmp(old, "old", 3) == 0);
        hz_mem_free(old);
    }
    hz_scene_free(scene);
}

/* Ten metres to the millimetre and ten pixels: one metre a pixel.  The frame's corner lies 10 mm
 * right and 20 mm down, so the page's lies 100 m west and 200 m north of it. */
TEST(a_world_file_puts_the_frame_s_corner_in_its_place)
{
    hz_scene *scene = sheet(60, 50);
    hz_ink_frame frame = { .x_mm = 10, .y_mm = 20, .w_mm = 30, .h_mm = 20, .east = 720000,
                           .north = 6180000, .m_per_mm = 10, .crs_wkt = "PROJCRS[\"a&b\"]" };
    hz_ink_opts opts = { .dpi = 254, .frame = &frame };
    hz_error err;
    size_t n;
    CHECK_OK(hz_ink_write(scene, fonts, file("geo.png"), &opts, &err), err);
    char *world = bytes_of(file("geo.pgw"), &n);
    CHECK_TEXT(world, "1\n0\n0\n-1\n719900.5\n6180199.5\n");
    char *aux = bytes_of(file("geo.png.aux.xml"), &n);
    CHECK(strstr(aux, "<GeoTransform>719900, 1, 0, 6180200, 0, -1</GeoTransform>"));
    CHECK(strstr(aux, "PROJCRS[&quot;a&amp;b&quot;]</SRS>"));
    hz_mem_free(world);
    hz_mem_free(aux);
    hz_scene_free(scene);
}

/* ---- what other programs find in our files ---- */

static bool has(const char *program)
{
    char command[200];
    snprintf(command, sizeof command, "command -v %s > /dev/null 2>&1", program);
    if (system(command) == 0)
        return true;
    print_message("    %s is not installed: not asked\n", program);
    return false;
}

/* What a command says, and true if it found nothing wrong. */
static bool ask(const char *command, hz_text *answer)
{
    FILE *pipe = popen(command, "r");
    char part[4096];
    size_t n;
    hz_text_free(answer);
    while (pipe && (n = fread(part, 1, sizeof part, pipe)) > 0)
        hz_text_add_n(answer, part, n);
    return pipe && pclose(pipe) == 0;
}

TEST(a_pdf_is_sound_searchable_and_says_what_it_shows)
{
    hz_scene *scene = full_sheet();
    hz_text answer = { 0 };
    char command[300];
    const char *path = file("full.pdf");
    write_scene(scene, path, 0);
    hz_scene_free(scene);
    if (has("qpdf")) {
        snprintf(command, sizeof command, "qpdf --check %s 2>&1", path);
        CHECK(ask(command, &answer) && strstr(hz_text_get(&answer), "PDF Version: 1.5"));
        snprintf(command, sizeof command, "qpdf --qdf --object-streams=disable %s - | tr -d '\\0'",
                 path);
        CHECK(ask(command, &answer));
        CHECK(strstr(hz_text_get(&answer), "/Lang (da)"));
        CHECK(strstr(hz_text_get(&answer), "/DisplayDocTitle true"));
        CHECK(strstr(hz_text_get(&answer), "/Marked true"));
        CHECK(strstr(hz_text_get(&answer), "/CreationDate (D:20180601000000Z)"));
        CHECK(strstr(hz_text_get(&answer), "/ModDate (D:20180601000000Z)"));
        /* PDF's own 8-bit text, where ø is F8 as in Latin-1 */
        CHECK(strstr(hz_text_get(&answer), "/Alt (Kort over N\xf8rrebro. H\xf8jest: Indre"));
    }
    if (has("pdffonts")) {
        snprintf(command, sizeof command, "pdffonts %s | tail -n +3", path);
        CHECK(ask(command, &answer));
        int fonts_in = 0, good = 0;
        for (char *line = strtok(answer.data, "\n"); line; line = strtok(NULL, "\n")) {
            fonts_in++;
            good += strstr(line, "yes yes yes") != NULL; /* embedded, subset, to Unicode */
        }
        CHECK(fonts_in == 4 && good == 4); /* regular, bold, italic, and the reserve */
    }
    if (has("pdftotext")) {
        snprintf(command, sizeof command, "pdftotext -raw %s -", path);
        CHECK(ask(command, &answer));
        const char *said = hz_text_get(&answer);
        const char *title = strstr(said, "Anmeldelser pr. 1.000 indbyggere");
        const char *label = strstr(said, "Ydre Nørrebro");
        const char *value = strstr(said, "53,7 (47,6–49,1)");
        CHECK(title && label && value && title < label && label < value);
        CHECK(strstr(said, "≥ \u2603"));
    }
    if (has("pdfinfo")) {
        snprintf(command, sizeof command, "pdfinfo -struct %s", path);
        CHECK(ask(command, &answer));
        CHECK(strstr(hz_text_get(&answer), "Document") && strstr(hz_text_get(&answer), "Figure"));
        snprintf(command, sizeof command, "pdfinfo %s", path);
        CHECK(ask(command, &answer));
        CHECK(strstr(hz_text_get(&answer), "Kort <1> & \"Ærø\""));
        CHECK(strstr(hz_text_get(&answer), "Tagged:          yes"));
        CHECK(strstr(hz_text_get(&answer), "238.11 x 170.079 pts")); /* 84 by 60 mm */
    }
    hz_text_free(&answer);
}

TEST(an_svg_is_valid_and_says_what_it_shows)
{
    hz_scene *scene = full_sheet();
    const char *path = file("full.svg");
    hz_text answer = { 0 };
    char command[300];
    size_t n;
    write_scene(scene, path, 0);
    hz_scene_free(scene);
    char *svg = bytes_of(path, &n);
    CHECK(strstr(svg, "width=\"84mm\" height=\"60mm\" viewBox=\"0 0 4200 3000\" role=\"img\""));
    CHECK(strstr(svg, "lang=\"da\" aria-labelledby=\"hz-title hz-desc\">\n"
                      "<title id=\"hz-title\">Kort &lt;1&gt; &amp; &quot;Ærø&quot;</title>\n"
                      "<desc id=\"hz-desc\">Kort over Nørrebro."));
    for (const char *id = strstr(svg, " id=\""); id; id = strstr(id + 1, " id=\"")) {
        char one[100];
        snprintf(one, sizeof one, "%.*s", (int)(strcspn(id + 5, "\"") + 6), id);
        CHECK(strstr(id + 1, one) == NULL); /* no second of that name */
    }
    hz_mem_free(svg);
    if (has("xmllint")) {
        snprintf(command, sizeof command, "xmllint --noout --nonet %s 2>&1", path);
        CHECK(ask(command, &answer));
        CHECK_TEXT(hz_text_get(&answer), "");
    }
    hz_text_free(&answer);
}

/* The mean over all pixels of how far two pictures' reds lie apart, 0..255. */
static double apart(picture p, picture q)
{
    double sum = 0;
    for (int y = 0; y < p.height; y++)
        for (int x = 0; x < p.width; x++)
            sum += abs(red(pixel(p, x, y)) - red(pixel(q, x, y)));
    return sum / ((double)p.width * p.height);
}

/* Two players draw one scene.  Edges come out a little otherwise, 0.06 of 255 on the mean; without
 * its hatch the sheet would be off by 1.5, and a blank one by 45. */
TEST(an_svg_shows_what_the_png_shows)
{
    char command[500];
    if (!has("rsvg-convert"))
        return;
    hz_scene *scene = full_sheet();
    write_scene(scene, file("same.svg"), 0);
    picture p = render(scene);
    snprintf(command, sizeof command, "rsvg-convert -w %d -h %d %s >%s", p.width, p.height,
             file("same.svg"), file("same.png"));
    CHECK(system(command) == 0);
    picture q = { cairo_image_surface_create_from_png(file("same.png")), p.width, p.height };
    CHECK(cairo_surface_status(q.surface) == CAIRO_STATUS_SUCCESS);
    CHECK(apart(p, q) < 0.3);
    drop(p);
    drop(q);
}

static int occurrences(const char *text, const char *of)
{
    int n = 0;
    for (const char *at = strstr(text, of); at; at = strstr(at + 1, of))
        n++;
    return n;
}

/* "anna": a and n; with a halo, every letter is placed once and painted twice. */
TEST(an_svg_holds_a_letter_s_shape_and_a_path_s_points_once)
{
    hz_scene *scene = sheet(40, 20);
    hz_type_style type = { .size_pt = 7, .halo_pt = 0.8 }, large = { .size_pt = 20 };
    hz_ink_style ink = { .fill = true, .stroke_pt = 1, .casing_pt = 2, .inside = true };
    size_t n;
    hz_scene_text(scene, "t", 3, 5, "anna", &type);
    hz_scene_text(scene, "t", 3, 15, "an an", &large);
    hz_scene_rect(scene, "r", 30, 2, 4, 3, &ink);
    write_scene(scene, file("once.svg"), 0);
    hz_scene_free(scene);
    char *svg = bytes_of(file("once.svg"), &n);
    CHECK(occurrences(svg, "<path id=\"g") == 2);
    CHECK(occurrences(svg, "<use xlink:href=\"#g") == 4 + 4);
    CHECK(occurrences(svg, "<use xlink:href=\"#t") == 1);
    CHECK(occurrences(svg, " d=\"m1500 100") == 1);
    hz_mem_free(svg);
}

TEST(a_sheet_without_words_is_still_a_file)
{
    hz_scene *scene = sheet(10, 10);
    hz_text answer = { 0 };
    char command[300];
    for (int i = 0; i < 3; i++) {
        char name[20];
        snprintf(name, sizeof name, "bare.%s", formats[i]);
        write_scene(scene, file(name), 0);
    }
    if (has("qpdf")) {
        snprintf(command, sizeof command, "qpdf --check %s 2>&1", file("bare.pdf"));
        CHECK(ask(command, &answer));
    }
    hz_text_free(&answer);
    hz_scene_free(scene);
}

/* ---- thinning ---- */

/* The points of the n-th path of an SVG, of one line, in hundredths of a millimetre: each stands
 * there as a step from the one before, in fiftieths. */
static size_t points(const char *svg, int which, long out[], size_t most)
{
    const char *at = strstr(svg, "</defs>");
    for (int i = 0; i <= which; i++) {
        at = strstr(at + 1, "<path ");
        if (!at)
            fail_msg("no such path");
    }
    at = strstr(at, " d=\"m") + 5;
    size_t n = 0;
    for (; *at != '"' && n < most; n++) {
        char *end;
        out[n] = 2 * strtol(at, &end, 10) + (n < 2 ? 0 : out[n - 2]);
        at = end;
    }
    return n;
}

/* A border of 2,000 vertices, many closer than the grid, walked from either side. */
TEST(a_shared_border_is_thinned_alike_from_both_sides)
{
    enum { N = 2000 };
    static double there[2 * N], back[2 * N];
    static long a[2 * N], b[2 * N];
    const size_t first[] = { 0, N };
    hz_ink_style ink = { .stroke_pt = 0.35, .stroke_colour = 0x808080 };
    hz_scene *scene = sheet(40, 40);
    unsigned seed = 7;
    size_t n;
    for (int i = 0; i < N; i++) {
        seed = seed * 1103515245u + 12345u;
        there[2 * i] = 2 + i * 0.015;
        there[2 * i + 1] = 20 + 3 * sin(i * 0.01) + (seed >> 16 & 255) * 0.0002;
        back[2 * (N - 1 - i)] = there[2 * i];
        back[2 * (N - 1 - i) + 1] = there[2 * i + 1];
    }
    hz_scene_path(scene, "a", 1, first, there, false, &ink);
    hz_scene_path(scene, "b", 1, first, back, false, &ink);
    write_scene(scene, file("thin.svg"), 0);
    hz_scene_free(scene);
    char *svg = bytes_of(file("thin.svg"), &n);
    size_t na = points(svg, 0, a, 2 * N), nb = points(svg, 1, b, 2 * N);
    CHECK(na == nb && na % 2 == 0);
    CHECK(na > N && na < 2 * N - 100); /* some were dropped, and not most */
    for (size_t i = 0; i < na; i += 2) {
        CHECK(a[i] == b[na - 2 - i] && a[i + 1] == b[na - 1 - i]);
        CHECK(i == 0 || a[i] != a[i - 2] || a[i + 1] != a[i - 1]);
    }
    /* each is a vertex moved by no more than half a step of the grid */
    for (size_t i = 0; i < na; i += 2) {
        int near = 0;
        for (int j = 0; j < N; j++)
            near += fabs((double)a[i] / 100 - there[2 * j]) < 0.0101 &&
                    fabs((double)a[i + 1] / 100 - there[2 * j + 1]) < 0.0101;
        CHECK(near > 0);
    }
    hz_mem_free(svg);
}

TEST(what_the_clip_hides_is_left_out_of_the_file)
{
    hz_ink_style ink = { .fill = true, .stroke_pt = 1 };
    size_t n[2];
    for (int i = 0; i < 2; i++) {
        hz_scene *scene = sheet(20, 20);
        hz_scene_push_clip(scene, 5, 5, 10, 10);
        for (int j = 0; j < 50 * i; j++)
            hz_scene_rect(scene, "far", 16 + j, 6, 1, 1, &ink);
        hz_scene_rect(scene, "near", 14, 6, 5, 5, &ink);
        hz_scene_pop_clip(scene);
        write_scene(scene, file("hidden.svg"), 0);
        hz_scene_free(scene);
        hz_mem_free(bytes_of(file("hidden.svg"), &n[i]));
    }
    CHECK(n[0] == n[1]);
}

TEST(odd_shapes_do_no_harm)
{
    hz_scene *scene = sheet(20, 20);
    hz_ink_style ink = { .fill = true, .stroke_pt = 1, .inside = true, .hatch_pt = 0.6,
                         .hatch_every_mm = 1e-9 };
    const size_t none[] = { 0, 0 }, one[] = { 0, 1 }, far[] = { 0, 3 };
    const double xy[] = { 5, 5 }, away[] = { -1e300, 0, 1e300, 1e300, 5, -1e9 };
    hz_error err;
    hz_scene_path(scene, "empty", 1, none, xy, true, &ink);
    hz_scene_path(scene, "point", 1, one, xy, true, &ink);
    hz_scene_path(scene, "point", 1, one, xy, false, &ink);
    hz_scene_path(scene, "far", 1, far, away, true, &ink);
    hz_scene_circle(scene, "dot", 5, 5, 0, &ink);
    hz_scene_push_clip(scene, 30, 30, -5, 0);
    hz_scene_rect(scene, "r", 0, 0, 20, 20, &ink);
    hz_scene_pop_clip(scene);
    hz_scene_text(scene, "t", 5, 5, "\xff\xfe\n\n", &(hz_type_style){ .size_pt = 7, .halo_pt = 1 });
    for (int i = 0; i < 3; i++) {
        char name[20];
        snprintf(name, sizeof name, "odd.%s", formats[i]);
        CHECK_OK(hz_ink_write(scene, fonts, file(name), NULL, &err), err);
    }
    hz_scene_free(scene);
}

/* Every seventh allocation fails in its turn: that is told and the old file kept, or, where a
 * library can do without, the file comes out the same. */
TEST(an_allocation_that_fails_is_told_or_does_no_harm)
{
    for (int i = 0; i < 3; i++) {
        char name[20];
        size_t wanted, n;
        hz_status st;
        int told = 0, unharmed = 0;
        snprintf(name, sizeof name, "memory.%s", formats[i]);
        hz_scene *scene = full_sheet();
        write_scene(scene, file(name), 50);
        char *want = bytes_of(file(name), &wanted);
        for (long at = 1; unharmed < 20; at += 7) {
            hz_fonts *own = NULL;
            hz_error err;
            hz_ink_opts opts = { .dpi = 50 };
            hz_file_write(file(name), "old", 3, NULL);
            hz_mem_fail_at(at);
            st = hz_fonts_new(NULL, NULL, &own, &err);
            if (!st)
                st = hz_ink_write(scene, own, file(name), &opts, &err);
            hz_mem_fail_at(0);
            char *got = bytes_of(file(name), &n);
            if (st)
                CHECK(st == HZ_EMEMORY && n == 3 && strstr(err.text, "memory"));
            else
                CHECK(n == wanted && memcmp(got, want, n) == 0);
            told += st != HZ_OK;
            unharmed = st ? 0 : unharmed + 1; /* 20 in a row: there are no more to fail */
            hz_mem_free(got);
            hz_fonts_free(own);
        }
        CHECK(told > 50);
        hz_mem_free(want);
        hz_scene_free(scene);
    }
}

static int set_up(void **state)
{
    hz_error err;
    (void)state;
    return !mkdtemp(dir) || hz_fonts_new(NULL, NULL, &fonts, &err) != HZ_OK;
}

static int tear_down(void **state)
{
    char command[300];
    (void)state;
    hz_fonts_free(fonts);
    snprintf(command, sizeof command, "rm -r '%s'", dir);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_red_rectangle_lands_on_its_pixels),
        T(a_ring_in_a_ring_is_a_hole),
        T(half_a_fill_lets_half_the_paper_through),
        T(a_line_inside_has_its_full_width_and_stays_inside),
        T(a_casing_lies_below_its_line),
        T(dashes_are_as_long_as_they_say),
        T(a_hatch_covers_its_share),
        T(a_hatch_falls_or_crosses_as_asked),
        T(the_hatches_of_neighbours_meet),
        T(marks_are_cut_to_the_clip_until_it_ends),
        T(a_circle_has_its_area),
        T(text_is_drawn_where_it_was_measured),
        T(a_halo_lies_under_its_letters),
        T(bold_is_blacker_and_italic_is_other),
        T(the_same_scene_gives_the_same_bytes_whatever_the_surroundings),
        T(a_png_says_its_size_resolution_colour_space_and_words),
        T(too_many_pixels_are_refused_with_the_limit),
        T(a_name_that_is_no_picture_and_a_place_that_is_none_are_refused),
        T(a_full_disk_leaves_the_old_file),
        T(a_world_file_puts_the_frame_s_corner_in_its_place),
        T(a_pdf_is_sound_searchable_and_says_what_it_shows),
        T(an_svg_is_valid_and_says_what_it_shows),
        T(an_svg_shows_what_the_png_shows),
        T(an_svg_holds_a_letter_s_shape_and_a_path_s_points_once),
        T(a_sheet_without_words_is_still_a_file),
        T(a_shared_border_is_thinned_alike_from_both_sides),
        T(what_the_clip_hides_is_left_out_of_the_file),
        T(odd_shapes_do_no_harm),
        T(an_allocation_that_fails_is_told_or_does_no_harm),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
