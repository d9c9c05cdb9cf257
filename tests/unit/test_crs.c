/* Reference systems: recognised in every guise, told apart, transformed with true borders. */
#include "check.h"

#include <stdlib.h>

#include "hotzone/crs.h"
#include "hotzone/mem.h"

static hz_error err;

static hz_crs *crs(const char *text)
{
    hz_crs *c = NULL;
    if (hz_crs_new(text, &c, &err))
        print_error("%s\n", err.text);
    return c;
}

static void check_code(void **state_, const char *text, const char *code)
{
    hz_crs *c = crs(text);
    CHECK(c != NULL);
    CHECK_TEXT(hz_crs_code(c), code);
    hz_crs_free(c);
}

static const char esri_utm32[] =
    "PROJCS[\"ETRS_1989_UTM_Zone_32N\",GEOGCS[\"GCS_ETRS_1989\",DATUM[\"D_ETRS_1989\","
    "SPHEROID[\"GRS_1980\",6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],"
    "UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Transverse_Mercator\"],"
    "PARAMETER[\"False_Easting\",500000.0],PARAMETER[\"False_Northing\",0.0],"
    "PARAMETER[\"Central_Meridian\",9.0],PARAMETER[\"Scale_Factor\",0.9996],"
    "PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]";
static const char plain_wgs84[] =
    "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],"
    "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]]";

TEST(one_system_in_many_guises_has_one_code)
{
    check_code(state_, "EPSG:25832", "EPSG:25832");
    check_code(state_, "25832", "EPSG:25832");
    check_code(state_, " epsg:25832\n", "EPSG:25832");
    check_code(state_, "urn:ogc:def:crs:EPSG::25832", "EPSG:25832");
    check_code(state_, "+init=epsg:25832", "EPSG:25832");
    check_code(state_, esri_utm32, "EPSG:25832");
    check_code(state_, "EPSG:7416", "EPSG:25832"); /* with heights in DVR90 */
    check_code(state_, "4326", "EPSG:4326");
    check_code(state_, "OGC:CRS84", "EPSG:4326");
    check_code(state_, "CRS84", "EPSG:4326");
    check_code(state_, "urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326");
    check_code(state_, "EPSG:4979", "EPSG:4326");
    check_code(state_, plain_wgs84, "EPSG:4326");
    check_code(state_, "+proj=longlat +datum=WGS84 +no_defs", "EPSG:4326");
}

TEST(its_own_wkt_leads_back_to_the_same_system)
{
    const char *codes[] = { "EPSG:25832", "EPSG:4326", "EPSG:3857", "EPSG:27700", "EPSG:2274" };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        hz_crs *a = crs(codes[i]);
        hz_crs *b = crs(hz_crs_wkt(a)), *c = hz_crs_copy(a);
        CHECK_TEXT(hz_crs_code(b), codes[i]);
        CHECK(hz_crs_equal(a, b) && hz_crs_equal(a, c));
        CHECK_TEXT(hz_crs_name(c), hz_crs_name(a));
        CHECK(strchr(hz_crs_wkt(a), '\n') == NULL);
        hz_crs_free(a);
        hz_crs_free(b);
        hz_crs_free(c);
    }
}

TEST(what_is_no_plane_system_is_refused_by_name)
{
    hz_crs *c = NULL;
    CHECK_FAILS(hz_crs_new("nonsense", &c, &err), HZ_ECRS, err, "'nonsense': not a known");
    CHECK_FAILS(hz_crs_new("", &c, &err), HZ_ECRS, err, "expected one like EPSG:25832");
    CHECK_FAILS(hz_crs_new("EPSG:99999999", &c, &err), HZ_ECRS, err, "EPSG:99999999");
    CHECK_FAILS(hz_crs_new("EPSG:4978", &c, &err), HZ_ECRS, err, "geographic or projected");
    CHECK_FAILS(hz_crs_new("EPSG:5799", &c, &err), HZ_ECRS, err, "geographic or projected");
    CHECK(c == NULL);
    CHECK(hz_crs_copy(NULL) == NULL);
}

TEST(units_are_degrees_metres_or_feet)
{
    hz_crs *d = crs("EPSG:4326"), *m = crs("EPSG:25832"), *f = crs("EPSG:2274");
    hz_crs *w = crs("EPSG:3857");
    CHECK(hz_crs_is_degrees(d) && !hz_crs_is_degrees(m));
    CHECK_NAN(hz_crs_unit_m(d));
    CHECK_NEAR(hz_crs_unit_m(m), 1, 0);
    CHECK_NEAR(hz_crs_unit_m(f), 1200.0 / 3937, 1e-12); /* US survey foot */
    CHECK(hz_crs_is_web_mercator(w) && !hz_crs_is_web_mercator(m));
    hz_crs_free(d);
    hz_crs_free(m);
    hz_crs_free(f);
    hz_crs_free(w);
}

TEST(different_systems_are_not_equal)
{
    hz_crs *a = crs("EPSG:25832"), *b = crs("EPSG:25833"), *c = crs("EPSG:32632");
    CHECK(!hz_crs_equal(a, b) && !hz_crs_equal(a, c) && !hz_crs_equal(a, NULL));
    CHECK(hz_crs_equal(NULL, NULL));
    hz_crs_free(a);
    hz_crs_free(b);
    hz_crs_free(c);
}

static void count_warnings(hz_notice_kind kind, const char *text, void *user)
{
    (void)text;
    *(int *)user += kind == HZ_WARNING;
}

TEST(degrees_and_nothing_are_refused_for_measuring_and_web_mercator_is_warned_of)
{
    int warnings = 0;
    hz_notice notice = { count_warnings, &warnings };
    hz_crs *d = crs("EPSG:4326"), *m = crs("EPSG:25832"), *w = crs("EPSG:3857");
    CHECK_FAILS(hz_crs_need_metres(NULL, "a.csv", &notice, &err), HZ_ECRS, err, "--crs");
    CHECK_FAILS(hz_crs_need_metres(d, "a.csv", &notice, &err), HZ_ECRS, err,
                "a.csv: coordinates are in degrees");
    CHECK_OK(hz_crs_need_metres(m, "a.csv", &notice, &err), err);
    CHECK(warnings == 0);
    CHECK_OK(hz_crs_need_metres(w, "a.csv", &notice, &err), err);
    CHECK(warnings == 1);
    hz_crs_free(d);
    hz_crs_free(m);
    hz_crs_free(w);
}

static void check_metric(void **state_, double lon, double lat, const char *code)
{
    hz_crs *c = NULL;
    CHECK_OK(hz_crs_metric_for(lon, lat, &c, &err), err);
    CHECK_TEXT(hz_crs_code(c), code);
    CHECK_NEAR(hz_crs_unit_m(c), 1, 0);
    hz_crs_free(c);
}

TEST(each_place_has_its_metric_system)
{
    hz_crs *c = NULL;
    check_metric(state_, 12.57, 55.68, "EPSG:25832");   /* Copenhagen */
    check_metric(state_, 14.9, 55.1, "EPSG:25833");     /* Bornholm */
    check_metric(state_, 13.4, 52.5, "EPSG:25833");     /* Berlin */
    check_metric(state_, -0.1, 51.5, "EPSG:25830");     /* London */
    check_metric(state_, -90.0, 35.1, "EPSG:32616");    /* Memphis; -90 begins zone 16 */
    check_metric(state_, 151.2, -33.9, "EPSG:32756");   /* Sydney */
    check_metric(state_, 180, 0, "EPSG:32660");
    check_metric(state_, 372.57, 55.68, "EPSG:25832");
    check_metric(state_, 20, 88, "EPSG:5041");
    check_metric(state_, 20, -88, "EPSG:5042");
    CHECK_FAILS(hz_crs_metric_for(NAN, 0, &c, &err), HZ_ECRS, err, "a place on earth");
    CHECK_FAILS(hz_crs_metric_for(0, 91, &c, &err), HZ_ECRS, err, "a place on earth");
}

TEST(points_go_there_and_back)
{
    hz_crs *d = crs("EPSG:4326"), *m = crs("EPSG:25832");
    double x[] = { 12.5692, NAN, 12.5692 }, y[] = { 55.6752, 1, 95 };
    size_t failed = 9;
    CHECK_OK(hz_crs_points(d, m, 3, x, y, &failed, &err), err);
    CHECK(failed == 1);
    CHECK(x[0] > 724000 && x[0] < 725000 && y[0] > 6175000 && y[0] < 6177000);
    CHECK_NAN(x[1]);
    CHECK_NAN(x[2]);
    CHECK_OK(hz_crs_points(m, d, 1, x, y, &failed, &err), err);
    CHECK_NEAR(x[0], 12.5692, 1e-11);
    CHECK_NEAR(y[0], 55.6752, 1e-11);
    hz_crs_free(d);
    hz_crs_free(m);
}

/* Central meridian of zone 32: easting 500 km exactly; the meridian arc from the equator to
 * 45 N on GRS80 is 4,984,944.378 m (Snyder 1987, p. 16, series 3-21), times 0.9996. */
TEST(the_central_meridian_is_where_the_textbook_puts_it)
{
    hz_crs *d = crs("EPSG:4258"), *m = crs("EPSG:25832");
    double x = 9, y = 45;
    CHECK_OK(hz_crs_points(d, m, 1, &x, &y, NULL, &err), err);
    CHECK_NEAR(x, 500000, 1e-6);
    CHECK_NEAR(y, 0.9996 * 4984944.378, 0.001);
    hz_crs_free(d);
    hz_crs_free(m);
}

/* Two rectangles that share the parallel of 56 N; a parallel is bent in UTM, by
 * about 130 m over these 2 degrees. */
static hz_shapes *neighbours(void)
{
    const double xy[] = { 11, 55, 13, 55, 13, 56, 11, 56, 11, 55,
                          11, 57, 11, 56, 13, 56, 13, 57, 11, 57 };
    hz_shapes *s;
    if (hz_shapes_new(HZ_POLYGON, 2, 2, 10, &s, &err))
        return NULL;
    for (size_t i = 0; i < 10; i++) {
        s->x[i] = xy[2 * i];
        s->y[i] = xy[2 * i + 1];
    }
    for (size_t f = 1; f <= 2; f++) {
        s->first_ring[f] = f;
        s->first_point[f] = 5 * f;
    }
    return s;
}

TEST(shared_borders_stay_shared_bit_for_bit)
{
    hz_crs *d = crs("EPSG:4326"), *m = crs("EPSG:25832");
    hz_shapes *s = neighbours(), *moved = NULL;
    CHECK_OK(hz_crs_shapes(d, m, s, &moved, &err), err);
    size_t shared = 0, split = moved->first_point[1];
    for (size_t i = 0; i < split; i++)
        for (size_t j = split; j < moved->points; j++)
            shared += moved->x[i] == moved->x[j] && moved->y[i] == moved->y[j];
    double bow = 130, pieces = sqrt(bow / 0.01);
    CHECK((double)shared > 0.5 * pieces && (double)shared < 2 * pieces);
    hz_shapes_free(moved);
    hz_shapes_free(s);
    hz_crs_free(d);
    hz_crs_free(m);
}

TEST(transformed_borders_are_true_to_about_a_centimetre)
{
    enum { N = 2000 };
    double x[N], y[N], worst = 0;
    hz_crs *d = crs("EPSG:4326"), *m = crs("EPSG:25832");
    hz_shapes *s = neighbours(), *moved = NULL;
    CHECK_OK(hz_crs_shapes(d, m, s, &moved, &err), err);
    for (int k = 0; k < N; k++) {
        x[k] = 11 + 2.0 * k / (N - 1);
        y[k] = 56;
    }
    CHECK_OK(hz_crs_points(d, m, N, x, y, NULL, &err), err);
    for (int k = 0; k < N; k++)
        worst = fmax(worst, hz_shape_border_distance(moved, 0, x[k], y[k]));
    CHECK(worst > 0.005 && worst < 0.0125);
    hz_shapes_free(moved);
    hz_shapes_free(s);
    hz_crs_free(d);
    hz_crs_free(m);
}

TEST(a_border_that_stays_straight_gets_no_new_vertices)
{
    hz_crs *d = crs("EPSG:4326"), *m = crs("OGC:CRS84"), *w = crs("EPSG:3857");
    hz_shapes *s = neighbours(), *moved = NULL;
    CHECK_OK(hz_crs_shapes(d, m, s, &moved, &err), err);
    CHECK(moved->points == s->points && memcmp(moved->x, s->x, 10 * sizeof(double)) == 0);
    hz_shapes_free(moved);
    /* meridians and parallels are straight in Mercator */
    CHECK_OK(hz_crs_shapes(d, w, s, &moved, &err), err);
    CHECK(moved->points == s->points);
    hz_shapes_free(moved);
    s->y[2] = 95;
    CHECK_FAILS(hz_crs_shapes(d, w, s, &moved, &err), HZ_ECRS, err, "coordinate 13 95");
    hz_shapes_free(s);
    hz_crs_free(d);
    hz_crs_free(m);
    hz_crs_free(w);
}

TEST(swapped_utm_coordinates_are_noticed)
{
    enum { N = 200 };
    double e[N], n[N];
    hz_crs *m = crs("EPSG:25832"), *d = crs("EPSG:4326");
    for (int i = 0; i < N; i++) {
        e[i] = 720000 + 10 * i;
        n[i] = 6170000 + 20 * i;
    }
    e[3] = NAN;
    CHECK(!hz_crs_looks_swapped(m, N, e, n));
    CHECK(hz_crs_looks_swapped(m, N, n, e));
    CHECK(!hz_crs_looks_swapped(m, 0, n, e));
    CHECK(!hz_crs_looks_swapped(NULL, N, n, e));
    /* half of them swapped is a mess, not a swap */
    for (int i = 0; i < N / 2; i++) {
        e[i] = 6170000;
        n[i] = 720000;
    }
    CHECK(!hz_crs_looks_swapped(m, N, e, n));
    CHECK(!hz_crs_looks_swapped(m, N, n, e));
    hz_crs_free(m);
    hz_crs_free(d);
}

static hz_status everything(void)
{
    hz_crs *d = NULL, *m = NULL, *copy = NULL;
    hz_shapes *s = NULL, *moved = NULL;
    hz_status st = hz_crs_new("EPSG:4326", &d, &err);
    if (!st)
        st = hz_crs_new(esri_utm32, &m, &err);
    if (!st && !(copy = hz_crs_copy(m)))
        st = HZ_EMEMORY;
    if (!st && !(s = neighbours()))
        st = HZ_EMEMORY;
    if (!st)
        st = hz_crs_shapes(d, copy, s, &moved, &err);
    hz_shapes_free(moved);
    hz_shapes_free(s);
    hz_crs_free(copy);
    hz_crs_free(m);
    hz_crs_free(d);
    return st;
}

TEST(every_allocation_that_fails_is_an_error)
{
    int failures = 0;
    for (long n = 1; n < 300; n++) {
        hz_mem_fail_at(n);
        hz_status st = everything();
        hz_mem_fail_at(0);
        if (st == HZ_OK)
            break;
        CHECK(st == HZ_EMEMORY);
        failures++;
    }
    CHECK(failures >= 20);
}

RUN_TESTS(T(one_system_in_many_guises_has_one_code),
          T(its_own_wkt_leads_back_to_the_same_system),
          T(what_is_no_plane_system_is_refused_by_name), T(units_are_degrees_metres_or_feet),
          T(different_systems_are_not_equal),
          T(degrees_and_nothing_are_refused_for_measuring_and_web_mercator_is_warned_of),
          T(each_place_has_its_metric_system), T(points_go_there_and_back),
          T(the_central_meridian_is_where_the_textbook_puts_it),
          T(shared_borders_stay_shared_bit_for_bit),
          T(transformed_borders_are_true_to_about_a_centimetre),
          T(a_border_that_stays_straight_gets_no_new_vertices),
          T(swapped_utm_coordinates_are_noticed),
          T(every_allocation_that_fails_is_an_error))
