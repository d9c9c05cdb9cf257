/* Coverage: overlaps and gaps of polygons, and points that cannot be meant. */
#include "check.h"

#include "hotzone/coverage.h"
#include "hotzone/crs.h"
#include "hotzone/mem.h"

static hz_error err;

/* Rectangles given as west, south, east, north. */
static hz_shapes *rectangles(size_t n, const double box[][4])
{
    hz_shapes *s = NULL;
    if (hz_shapes_new(HZ_POLYGON, n, n, 5 * n, &s, &err))
        return NULL;
    for (size_t f = 0; f < n; f++) {
        const double *b = box[f];
        const double x[] = { b[0], b[2], b[2], b[0], b[0] }, y[] = { b[1], b[1], b[3], b[3], b[1] };
        for (size_t i = 0; i < 5; i++) {
            s->x[5 * f + i] = x[i];
            s->y[5 * f + i] = y[i];
        }
        s->first_ring[f + 1] = f + 1;
        s->first_point[f + 1] = 5 * (f + 1);
    }
    return s;
}

/* Two squares of 100 that share a border have neither; moved 3 into each other they share 300. */
TEST(neighbours_that_share_a_border_neither_overlap_nor_leave_a_gap)
{
    const double fine[][4] = { { 0, 0, 100, 100 }, { 100, 0, 200, 100 } };
    const double over[][4] = { { 0, 0, 100, 100 }, { 97, 0, 200, 100 } };
    hz_coverage c = { 0 };
    hz_shapes *s = rectangles(2, fine);
    CHECK_OK(hz_coverage_find(s, 1, 5000, &c, &err), err);
    CHECK(c.overlaps == 0 && c.gaps == 0);
    hz_coverage_clear(&c);
    hz_shapes_free(s);
    s = rectangles(2, over);
    CHECK_OK(hz_coverage_find(s, 1, 5000, &c, &err), err);
    CHECK(c.overlaps == 1 && c.gaps == 0);
    CHECK(c.overlap[0].a == 0 && c.overlap[0].b == 1);
    CHECK_NEAR(c.overlap[0].area, 300, 1e-9);
    CHECK_NEAR(c.overlap[0].share, 0.03, 1e-12);
    hz_coverage_clear(&c);
    CHECK_OK(hz_coverage_find(s, 301, 5000, &c, &err), err);
    CHECK(c.overlaps == 0);
    hz_coverage_clear(&c);
    hz_shapes_free(s);
}

/* Four strips around a square of 20 by 30 that none of them covers. */
TEST(a_hole_that_polygons_enclose_is_a_gap_unless_it_is_large)
{
    const double box[][4] = { { 0, 0, 100, 40 }, { 0, 70, 100, 100 }, { 0, 40, 30, 70 },
                              { 50, 40, 100, 70 } };
    hz_coverage c = { 0 };
    hz_shapes *s = rectangles(4, box);
    CHECK_OK(hz_coverage_find(s, 1, 1000, &c, &err), err);
    CHECK(c.overlaps == 0 && c.gaps == 1);
    CHECK_NEAR(c.gap[0].area, 600, 1e-9);
    CHECK(c.gap[0].x > 30 && c.gap[0].x < 50 && c.gap[0].y > 40 && c.gap[0].y < 70);
    hz_coverage_clear(&c);
    CHECK_OK(hz_coverage_find(s, 1, 600, &c, &err), err);
    CHECK(c.gaps == 0);
    hz_coverage_clear(&c);
    hz_shapes_free(s);
}

TEST(the_largest_overlap_comes_first)
{
    const double box[][4] = { { 0, 0, 10, 10 }, { 9, 0, 20, 10 }, { 15, 0, 30, 10 } };
    hz_coverage c = { 0 };
    hz_shapes *s = rectangles(3, box);
    CHECK_OK(hz_coverage_find(s, 0, 1, &c, &err), err);
    CHECK(c.overlaps == 2);
    CHECK_NEAR(c.overlap[0].area, 50, 1e-9);
    CHECK_NEAR(c.overlap[1].area, 10, 1e-9);
    hz_coverage_clear(&c);
    hz_shapes_free(s);
}

TEST(points_are_refused)
{
    hz_coverage c = { 0 };
    hz_shapes *s = NULL;
    CHECK_OK(hz_shapes_new(HZ_POINT, 1, 0, 1, &s, &err), err);
    CHECK_FAILS(hz_coverage_find(s, 1, 1, &c, &err), HZ_EUSAGE, err, "expected polygons");
    hz_shapes_free(s);
}

TEST(every_failing_allocation_is_reported_and_nothing_is_left)
{
    const double box[][4] = { { 0, 0, 100, 40 }, { 0, 70, 100, 100 }, { 0, 39, 30, 71 },
                              { 50, 40, 100, 70 } };
    hz_shapes *s = rectangles(4, box);
    hz_status st = HZ_EMEMORY;
    long at = 0;
    while (st) {
        hz_coverage c = { 0 };
        hz_mem_fail_at(++at);
        st = hz_coverage_find(s, 1, 1000, &c, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
        hz_coverage_clear(&c);
    }
    CHECK(at > 5);
    hz_shapes_free(s);
}

/* Degrees given to UTM zone 32 lie in the Atlantic off Africa; Copenhagen is just beyond the zone's
 * edge and is meant. */
TEST(degrees_in_a_metric_system_lie_outside_its_area_of_use)
{
    const double x[] = { 725000, 12.57, NAN }, y[] = { 6175000, 55.68, NAN };
    unsigned char outside[3] = { 9, 9, 9 };
    hz_crs *crs = NULL;
    CHECK_OK(hz_crs_new("EPSG:25832", &crs, &err), err);
    CHECK_OK(hz_crs_outside(crs, 3, x, y, outside, &err), err);
    CHECK(outside[0] == 0 && outside[1] == 1 && outside[2] == 0);
    hz_crs_free(crs);
    CHECK_OK(hz_crs_outside(NULL, 3, x, y, outside, &err), err);
    CHECK(!outside[0] && !outside[1] && !outside[2]);
}

RUN_TESTS(T(neighbours_that_share_a_border_neither_overlap_nor_leave_a_gap),
          T(a_hole_that_polygons_enclose_is_a_gap_unless_it_is_large),
          T(the_largest_overlap_comes_first), T(points_are_refused),
          T(every_failing_allocation_is_reported_and_nothing_is_left),
          T(degrees_in_a_metric_system_lie_outside_its_area_of_use))
