/* The label placer: what is taken, and where a block of lines still fits. */
#include "check.h"
#include "map/label.h"
#include "map/label_field.h"

static const hz_rect frame = { 0, 0, 100, 80 };

/* One polygon from corners given as x, y pairs. */
static hz_shapes *polygon(size_t n, const double *xy)
{
    hz_shapes *s = NULL;
    hz_error err;
    if (hz_shapes_new(HZ_POLYGON, 1, 1, n + 1, &s, &err))
        fail_msg("%s", err.text);
    s->first_ring[1] = 1;
    s->first_point[1] = n + 1;
    for (size_t i = 0; i <= n; i++) {
        s->x[i] = xy[2 * (i % n)];
        s->y[i] = xy[2 * (i % n) + 1];
    }
    return s;
}

static hz_shapes *box_shape(double x0, double y0, double x1, double y1)
{
    const double xy[] = { x0, y0, x1, y0, x1, y1, x0, y1 };
    return polygon(4, xy);
}

static hz_label_block block_of(size_t lines, double width)
{
    hz_label_block b = { .lines = lines, .size_pt = 7 };
    for (size_t i = 0; i < lines; i++)
        b.width[i] = width;
    return b;
}

static hz_label_field *field_with(const hz_shapes *shapes)
{
    hz_label_field *f = NULL;
    hz_error err;
    if (hz_label_field_new(frame, &f, &err))
        fail_msg("%s", err.text);
    hz_label_field_add_shapes(f, shapes, 0.2);
    return f;
}

TEST(a_box_is_clear_until_a_line_or_a_box_comes_within_the_clearance)
{
    hz_error err;
    hz_shapes *wall = box_shape(50, 10, 60, 70);
    hz_label_field *f = field_with(wall);
    /* the wall's line is 0.2 wide: 0.1 of it lies on this side of x = 50 */
    CHECK(hz_label_clear(f, (hz_label_box){ 40, 30, 49.3, 33 }, 0.5));
    CHECK(!hz_label_clear(f, (hz_label_box){ 40, 30, 49.5, 33 }, 0.5));
    CHECK(hz_label_clear(f, (hz_label_box){ 10, 10, 20, 13 }, 0.5));
    hz_label_field_add_box(f, (hz_label_box){ 20.4, 10, 25, 13 });
    CHECK(!hz_label_clear(f, (hz_label_box){ 10, 10, 20, 13 }, 0.5));
    CHECK(hz_label_clear(f, (hz_label_box){ 10, 10, 19.8, 13 }, 0.5));
    CHECK_OK(hz_label_field_check(f, &err), err);
    hz_label_field_free(f);
    hz_shapes_free(wall);
}

TEST(nothing_stands_on_or_beyond_the_frame)
{
    hz_label_field *f = field_with(NULL);
    CHECK(hz_label_clear(f, (hz_label_box){ 1.1, 1.1, 10, 4 }, 0.5));
    CHECK(!hz_label_clear(f, (hz_label_box){ 0.9, 1.1, 10, 4 }, 0.5));
    CHECK(!hz_label_clear(f, (hz_label_box){ 95, 76, 99.2, 79.5 }, 0.5));
    CHECK(!hz_label_clear(f, (hz_label_box){ -20, 10, -10, 13 }, 0.5));
    hz_label_field_free(f);
}

TEST(what_was_taken_after_a_mark_can_be_given_back)
{
    hz_shapes *wall = box_shape(50, 10, 60, 70);
    hz_label_field *f = field_with(wall);
    const hz_label_box free_box = { 10, 10, 20, 13 };
    hz_label_mark mark = hz_label_field_mark(f);
    hz_label_block b = block_of(1, 10);
    hz_label_spot spot = { 15, 11.5, 0, true, 30, 11.5, 20.5, 11.5 };
    hz_label_field_take(f, &b, &spot);
    CHECK(!hz_label_clear(f, free_box, 0.5));
    CHECK(!hz_label_clear(f, (hz_label_box){ 24, 10, 26, 13 }, 0.5)); /* the leader */
    hz_label_field_return(f, mark);
    CHECK(hz_label_clear(f, free_box, 0.5));
    CHECK(hz_label_clear(f, (hz_label_box){ 24, 10, 26, 13 }, 0.5));
    CHECK(!hz_label_clear(f, (hz_label_box){ 49, 30, 51, 33 }, 0.5)); /* the wall still stands */
    hz_label_field_free(f);
    hz_shapes_free(wall);
}

TEST(a_label_stands_at_the_pole_of_its_area_if_it_fits_there)
{
    hz_shapes *area = box_shape(20, 20, 60, 50);
    hz_label_field *f = field_with(area);
    hz_label_block b = block_of(2, 15);
    hz_label_target t;
    hz_label_spot spot;
    CHECK(hz_label_aim(area, 0, &t));
    CHECK(hz_label_inside(f, &t, NULL, &b, &spot));
    CHECK_NEAR(spot.x, t.x, 0);
    CHECK_NEAR(spot.y, 35, 0.1);
    CHECK(!spot.leader);
    hz_label_field_free(f);
    hz_shapes_free(area);
}

TEST(a_taken_pole_sends_the_label_to_another_inner_place_clear_of_everything)
{
    hz_shapes *area = box_shape(20, 20, 60, 50);
    hz_label_field *f = field_with(area);
    hz_label_block b = block_of(1, 15);
    hz_label_target t;
    hz_label_spot spot;
    CHECK(hz_label_aim(area, 0, &t));
    hz_label_field_add_box(f, (hz_label_box){ t.x - 3, t.y - 3, t.x + 3, t.y + 3 });
    CHECK(hz_label_inside(f, &t, NULL, &b, &spot));
    hz_label_box box = hz_label_line_box(&b, 0, spot.x, spot.y, NULL);
    CHECK(hz_label_clear(f, box, HZ_LABEL_CLEAR_MM));
    CHECK(box.x0 > 20.5 && box.x1 < 59.5 && box.y0 > 20.5 && box.y1 < 49.5);
    hz_label_field_free(f);
    hz_shapes_free(area);
}

TEST(a_label_too_wide_for_its_area_stands_outside_with_a_leader_to_it)
{
    hz_error err;
    hz_shapes *area = box_shape(45, 35, 55, 45);
    hz_label_ground *land = NULL;
    hz_label_field *f = field_with(area);
    hz_label_block b = block_of(1, 20);
    hz_label_target t;
    hz_label_spot spot;
    CHECK_OK(hz_label_ground_new(frame, area, NULL, &land, &err), err);
    CHECK(hz_label_aim(area, 0, &t));
    CHECK(!hz_label_inside(f, &t, NULL, &b, &spot));
    CHECK(hz_label_outside(f, &t, land, &b, &spot));
    CHECK(spot.leader);
    CHECK(hz_shape_holds(area, 0, spot.from_x, spot.from_y));
    CHECK(!hz_shape_holds(area, 0, spot.to_x, spot.to_y));
    hz_label_box box = hz_label_line_box(&b, 0, spot.x, spot.y, NULL);
    CHECK(hz_label_clear(f, box, HZ_LABEL_CLEAR_MM));
    /* the leader ends at the label's clearance, and reaches 4 mm into the area at most */
    CHECK(spot.to_x > box.x0 - 0.51 && spot.to_x < box.x1 + 0.51);
    CHECK(spot.to_y > box.y0 - 0.51 && spot.to_y < box.y1 + 0.51);
    CHECK(spot.from_x > 45 && spot.from_x < 55 && spot.from_y > 35 && spot.from_y < 45);
    hz_label_field_free(f);
    hz_label_ground_free(land);
    hz_shapes_free(area);
}

/* Six columns of areas side by side; a label for one of them. */
static hz_shapes *columns(void)
{
    hz_shapes *s = NULL;
    hz_error err;
    if (hz_shapes_new(HZ_POLYGON, 6, 6, 30, &s, &err))
        fail_msg("%s", err.text);
    for (size_t f = 0; f < 6; f++) {
        double x = 5 + 15 * (double)f;
        const double xy[] = { x, 2, x + 15, 2, x + 15, 78, x, 78, x, 2 };
        for (size_t i = 0; i < 5; i++) {
            s->x[5 * f + i] = xy[2 * i];
            s->y[5 * f + i] = xy[2 * i + 1];
        }
        s->first_ring[f + 1] = f + 1;
        s->first_point[f + 1] = 5 * f + 5;
    }
    return s;
}

TEST(a_leader_crosses_three_areas_of_others_at_most)
{
    hz_error err;
    hz_shapes *areas = columns();
    hz_label_ground *ground = NULL;
    hz_label_field *f = field_with(NULL);
    hz_label_block b = block_of(1, 3);
    hz_label_target t;
    hz_label_spot places[HZ_LABEL_PLACES];
    CHECK_OK(hz_label_ground_new(frame, areas, NULL, &ground, &err), err);
    /* only the margin at the left is free of land: one, two, then three columns away */
    CHECK(hz_label_aim(areas, 1, &t));
    CHECK(hz_label_places(f, &t, ground, &b, places) > 0);
    CHECK(hz_label_aim(areas, 2, &t));
    t.y = 40;
    size_t n = hz_label_places(f, &t, ground, &b, places);
    for (size_t i = 0; i < n; i++)
        CHECK(hypot(places[i].to_x - t.x, places[i].to_y - t.y) <= 32 + 1e-9);
    hz_label_field_free(f);
    hz_label_ground_free(ground);
    hz_shapes_free(areas);
}

TEST(a_leader_goes_round_a_zone_unless_the_zone_covers_all_of_its_area)
{
    hz_error err;
    hz_shapes *area = box_shape(45, 35, 55, 45), *zone = box_shape(56, 20, 70, 60);
    hz_shapes *over = box_shape(40, 30, 60, 50);
    hz_label_ground *ground = NULL;
    hz_label_field *f = field_with(area);
    hz_label_block b = block_of(1, 20);
    hz_label_target t;
    hz_label_spot spot;
    CHECK_OK(hz_label_ground_new(frame, area, zone, &ground, &err), err);
    CHECK(hz_label_aim(area, 0, &t));
    hz_label_keep_out(&t, zone, ground);
    CHECK(t.zones == 0);
    CHECK(hz_label_outside(f, &t, ground, &b, &spot));
    for (int i = 0; i <= 20; i++)
        CHECK(!hz_shape_holds(zone, 0, spot.from_x + (spot.to_x - spot.from_x) * i / 20,
                              spot.from_y + (spot.to_y - spot.from_y) * i / 20));
    hz_label_ground_free(ground);
    /* nothing of the area is outside this one, so it counts as no obstacle */
    CHECK_OK(hz_label_ground_new(frame, area, over, &ground, &err), err);
    CHECK(hz_label_aim(area, 0, &t));
    hz_label_keep_out(&t, over, ground);
    CHECK(t.zones == 1);
    CHECK(hz_shape_holds(area, 0, t.x, t.y));
    CHECK(hz_label_outside(f, &t, ground, &b, &spot));
    CHECK(spot.cost < 100);
    hz_label_field_free(f);
    hz_label_ground_free(ground);
    hz_shapes_free(area);
    hz_shapes_free(zone);
    hz_shapes_free(over);
}

TEST(no_place_is_no_place)
{
    hz_error err;
    hz_shapes *area = box_shape(2, 2, 98, 78);
    hz_label_ground *land = NULL;
    hz_label_field *f = field_with(area);
    hz_label_block b = block_of(1, 97);
    hz_label_target t;
    hz_label_spot spot;
    CHECK_OK(hz_label_ground_new(frame, area, NULL, &land, &err), err);
    CHECK(hz_label_aim(area, 0, &t));
    CHECK(!hz_label_inside(f, &t, NULL, &b, &spot));
    CHECK(!hz_label_outside(f, &t, land, &b, &spot));
    hz_label_field_free(f);
    hz_label_ground_free(land);
    hz_shapes_free(area);
}

TEST(a_leader_crosses_neither_labels_nor_other_leaders)
{
    hz_label_field *f = field_with(NULL);
    hz_label_block b = block_of(1, 10);
    hz_label_spot spot = { 50, 20, 0, true, 50, 60, 50, 22 };
    hz_label_field_take(f, &b, &spot);
    CHECK(!hz_label_leader_clear(f, (hz_segment){ 40, 20, 60, 20, 0 }));
    CHECK(!hz_label_leader_clear(f, (hz_segment){ 40, 40, 60, 41, 0 }));
    CHECK(hz_label_leader_clear(f, (hz_segment){ 40, 40, 48, 41, 0 }));
    hz_label_field_free(f);
}

TEST(lines_of_a_block_stand_below_one_another_without_touching)
{
    hz_label_block b = block_of(4, 12);
    double last = -INFINITY;
    for (size_t i = 0; i < b.lines; i++) {
        double baseline;
        hz_label_box box = hz_label_line_box(&b, i, 30, 40, &baseline);
        CHECK(box.y0 > last);
        CHECK(baseline > box.y0 && baseline < box.y1);
        CHECK_NEAR((box.x0 + box.x1) / 2, 30, 1e-12);
        last = box.y1;
    }
    CHECK_NEAR((hz_label_line_box(&b, 0, 30, 40, NULL).y0 + last) / 2, 40, 1e-9);
}

TEST(text_on_any_fill_contrasts_at_least_4_5_to_1_with_its_halo)
{
    uint32_t state = 1;
    for (int i = 0; i < 4000; i++) {
        state = state * 1664525u + 1013904223u;
        hz_label_voice v = hz_label_voice_on("label", state >> 8, i % 2);
        CHECK(hz_colour_contrast(v.ink, v.halo) >= 4.5);
        CHECK(v.halo_pt >= 0.6 && v.halo_pt <= 1.0);
        /* where the fill itself is far enough, the halo is the fill's own tone */
        if (hz_colour_contrast(v.ink, state >> 8) >= 4.5)
            CHECK(v.halo == state >> 8);
    }
}

RUN_TESTS(T(a_box_is_clear_until_a_line_or_a_box_comes_within_the_clearance),
          T(nothing_stands_on_or_beyond_the_frame),
          T(what_was_taken_after_a_mark_can_be_given_back),
          T(a_label_stands_at_the_pole_of_its_area_if_it_fits_there),
          T(a_taken_pole_sends_the_label_to_another_inner_place_clear_of_everything),
          T(a_label_too_wide_for_its_area_stands_outside_with_a_leader_to_it),
          T(a_leader_crosses_three_areas_of_others_at_most),
          T(a_leader_goes_round_a_zone_unless_the_zone_covers_all_of_its_area),
          T(no_place_is_no_place),
          T(a_leader_crosses_neither_labels_nor_other_leaders),
          T(lines_of_a_block_stand_below_one_another_without_touching),
          T(text_on_any_fill_contrasts_at_least_4_5_to_1_with_its_halo))
