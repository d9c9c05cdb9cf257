/* A scene holds what it was given, says what it lost, and reads as text. */
#include "check.h"

#include <stdlib.h>

#include "hotzone/mem.h"
#include "hotzone/scene.h"

static hz_scene *sheet(double w, double h)
{
    hz_scene *scene = NULL;
    hz_error err;
    if (hz_scene_new(w, h, &scene, &err) != HZ_OK)
        fail_msg("%s", err.text);
    return scene;
}

TEST(a_dump_has_one_line_per_mark)
{
    hz_scene *scene = sheet(84, 110);
    hz_text text = { 0 };
    hz_error err;
    const size_t first[] = { 0, 3, 6 };
    const double xy[] = { 1, 1, 9, 1, 5, 8.126, 4, 3, 6, 3, -0.001, -5 };
    hz_ink_style area = { .fill = true, .fill_colour = 0xffffcc, .stroke_pt = 0.35,
                          .stroke_colour = 0x808080, .inside = true, .hatch_pt = 0.6,
                          .hatch_every_mm = 1.8, .hatch_colour = 0x1a1a1a };
    hz_ink_style zone = { .stroke_pt = 1.5, .stroke_colour = 0x1a1a1a, .casing_pt = 3,
                          .casing_colour = 0xffffff, .dash_mm = { 2, 1 } };
    hz_ink_style dot = { .fill = true, .fill_colour = 0xff0000, .fill_alpha = 0.5 };
    hz_type_style label = { .size_pt = 7, .weight = 600, .italic = true, .colour = 0x1a1a1a,
                            .halo_pt = 0.8, .halo_colour = 0xffffff, .align = HZ_CENTRE };
    hz_type_style note = { .size_pt = 6.5, .width_mm = 40, .line_spacing = 1.3 };

    hz_scene_push_clip(scene, 0, 0, 50, 60);
    hz_scene_path(scene, "area", 2, first, xy, true, &area);
    hz_scene_line(scene, "zone", 0, 0, 10, 10, &zone);
    hz_scene_circle(scene, "event", 3, 4, 0.5, &dot);
    hz_scene_pop_clip(scene);
    hz_scene_rect(scene, "patch", 60, 10, 7, 4, &dot);
    hz_scene_text(scene, "label", 20, 30, "Ydre Nørrebro", &label);
    hz_scene_text(scene, "note", 4, 100, "a \"b\"\nc\\d", &note);
    CHECK_OK(hz_scene_dump(scene, &text, &err), err);
    CHECK_TEXT(hz_text_get(&text),
               "page 84.00,110.00\n"
               "clip: 0.00,0.00,50.00,60.00\n"
               "area area fill #ffffcc hatch 0.60 #1a1a1a every 1.80 line 0.35 #808080 inside:"
               " 1.00,1.00 9.00,1.00 5.00,8.13 / 4.00,3.00 6.00,3.00 0.00,-5.00\n"
               "line zone casing 3.00 #ffffff line 1.50 #1a1a1a dash 2.00,1.00:"
               " 0.00,0.00 10.00,10.00\n"
               "circle event fill #ff0000 alpha 0.50: 3.00,4.00,0.50\n"
               "unclip\n"
               "area patch fill #ff0000 alpha 0.50: 60.00,10.00 67.00,10.00 67.00,14.00"
               " 60.00,14.00 60.00,10.00\n"
               "text label 7.00pt 600 italic centre #1a1a1a halo 0.80 #ffffff: 20.00,30.00"
               " \"Ydre Nørrebro\"\n"
               "text note 6.50pt 400 left #000000 within 40.00 spacing 1.30: 4.00,100.00"
               " \"a \\\"b\\\"\\nc\\\\d\"\n");
    hz_text_free(&text);
    hz_scene_free(scene);
}

/* 5,000 marks make every array move several times. */
TEST(marks_keep_their_own_copies_while_arrays_grow)
{
    hz_scene *scene = sheet(100, 100);
    hz_ink_style ink = { .stroke_pt = 1 };
    hz_type_style type = { .size_pt = 7 };
    char word[20];
    hz_error err;
    for (int i = 0; i < 5000; i++) {
        const size_t first[] = { 7, 10 }; /* offsets may start anywhere in the caller's array */
        double xy[20];
        for (int j = 0; j < 20; j++)
            xy[j] = i + j / 100.0;
        hz_scene_path(scene, "path", 1, first, xy, false, &ink);
        snprintf(word, sizeof word, "ord %d", i);
        hz_scene_text(scene, "text", i, -i, word, &type);
    }
    CHECK_OK(hz_scene_check(scene, &err), err);
    CHECK(hz_scene_count(scene) == 10000);
    for (size_t i = 0; i < 5000; i++) {
        hz_scene_mark path = hz_scene_get(scene, 2 * i), text = hz_scene_get(scene, 2 * i + 1);
        CHECK(path.kind == HZ_MARK_PATH && path.rings == 1 && !path.closed);
        CHECK(path.ring_first[0] == 0 && path.ring_first[1] == 3);
        CHECK_NEAR(path.xy[0], (double)i + 0.14, 0);
        CHECK_NEAR(path.xy[5], (double)i + 0.19, 0);
        snprintf(word, sizeof word, "ord %zu", i);
        CHECK_TEXT(text.text, word);
        CHECK_NEAR(text.y, -(double)i, 0);
    }
    hz_scene_free(scene);
}

TEST(a_place_that_is_no_number_is_told_at_the_end)
{
    hz_scene *scene = sheet(100, 100);
    hz_ink_style ink = { .stroke_pt = 1 };
    hz_error err;
    hz_scene_line(scene, "leader", 0, 0, 1, NAN, &ink);
    hz_scene_rect(scene, "frame", 0, 0, 1, 1, &ink);
    CHECK_FAILS(hz_scene_check(scene, &err), HZ_EDATA, err, "'leader'");
    hz_text text = { 0 };
    CHECK_FAILS(hz_scene_dump(scene, &text, &err), HZ_EDATA, err, "'leader'");
    hz_scene_free(scene);
    scene = sheet(100, 100);
    hz_scene_text(scene, "label", INFINITY, 0, "x", &(hz_type_style){ .size_pt = 7 });
    CHECK_FAILS(hz_scene_check(scene, &err), HZ_EDATA, err, "'label'");
    hz_scene_free(scene);
}

TEST(clips_must_pair_up)
{
    hz_error err;
    hz_scene *scene = sheet(100, 100);
    hz_scene_push_clip(scene, 0, 0, 1, 1);
    CHECK_FAILS(hz_scene_check(scene, &err), HZ_EUSAGE, err, "never ended");
    hz_scene_pop_clip(scene);
    CHECK_OK(hz_scene_check(scene, &err), err);
    hz_scene_pop_clip(scene);
    CHECK_FAILS(hz_scene_check(scene, &err), HZ_EUSAGE, err, "never began");
    hz_scene_free(scene);
}

TEST(a_sheet_has_sides_that_paper_can_have)
{
    hz_scene *scene = NULL;
    hz_error err;
    CHECK_FAILS(hz_scene_new(0, 100, &scene, &err), HZ_EUSAGE, err, "0 by 100 mm");
    CHECK_FAILS(hz_scene_new(100, NAN, &scene, &err), HZ_EUSAGE, err, "expected sides");
    CHECK_FAILS(hz_scene_new(100, 1e9, &scene, &err), HZ_EUSAGE, err, "up to 5080");
    CHECK(scene == NULL);
}

TEST(about_is_copied_and_its_date_is_checked)
{
    hz_scene *scene = sheet(100, 100);
    hz_error err;
    char title[] = "Nørrebro";
    const char *const good[] = { "2018-06-01", "2018-06-01T12:00:00", "2018-06-01T12:00:00Z",
                                 "2018-06-01T12:00:00+02:00" };
    const char *const bad[] = { "1 June 2018", "2018-6-1", "2018-06-01 12:00", "2018-06-01T12",
                                "2018-06-01Z", "2018-06-01T12:00:00+2", "" };
    hz_scene_about about = { .title = title, .language = HZ_DANISH };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        about.date = good[i];
        CHECK_OK(hz_scene_set_about(scene, &about, &err), err);
    }
    title[0] = 'X';
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        about.date = bad[i];
        CHECK_FAILS(hz_scene_set_about(scene, &about, &err), HZ_EUSAGE, err, "YYYY-MM-DD");
    }
    CHECK_TEXT(hz_scene_get_about(scene)->title, "Nørrebro");
    CHECK_TEXT(hz_scene_get_about(scene)->date, good[3]);
    CHECK(hz_scene_get_about(scene)->description == NULL);
    CHECK(hz_scene_get_about(scene)->language == HZ_DANISH);
    hz_scene_free(scene);
}

/* A sheet of every kind of mark; whichever allocation fails is told, by the check at the latest. */
TEST(no_mark_is_lost_silently)
{
    long n = 0;
    hz_status st;
    do {
        hz_scene *scene = NULL;
        hz_error err;
        hz_ink_style ink = { .stroke_pt = 1 };
        hz_mem_fail_at(++n);
        st = hz_scene_new(100, 100, &scene, &err);
        for (int i = 0; !st && i < 100; i++) {
            hz_scene_rect(scene, "rect", i, i, 1, 1, &ink);
            hz_scene_circle(scene, "dot", i, i, 1, &ink);
            hz_scene_text(scene, "text", i, i, "Valby", &(hz_type_style){ .size_pt = 7 });
        }
        if (!st)
            st = hz_scene_set_about(scene, &(hz_scene_about){ .title = "a", .author = "b" }, &err);
        if (!st)
            st = hz_scene_check(scene, &err);
        if (!st)
            CHECK(hz_scene_count(scene) == 300);
        else
            CHECK(st == HZ_EMEMORY && strstr(err.text, "memory"));
        hz_scene_free(scene);
    } while (st);
    hz_mem_fail_at(0);
    CHECK(n > 8); /* the scene, its four arrays and their growth were all tried */
}

RUN_TESTS(T(a_dump_has_one_line_per_mark), T(marks_keep_their_own_copies_while_arrays_grow),
          T(a_place_that_is_no_number_is_told_at_the_end), T(clips_must_pair_up),
          T(a_sheet_has_sides_that_paper_can_have), T(about_is_copied_and_its_date_is_checked),
          T(no_mark_is_lost_silently))
