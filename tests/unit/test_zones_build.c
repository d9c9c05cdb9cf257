/* Zones of a project on their way from lists of streets, drawings and polygons to one layer. */
#include "check.h"

#include <unistd.h>

#include "hotzone/mem.h"
#include "hotzone/notice.h"
#include "run/zones.h"

static hz_error err;
static char said[4000];

static void hear(hz_notice_kind kind, const char *text, void *user)
{
    (void)kind;
    (void)user;
    snprintf(said + strlen(said), sizeof said - strlen(said), "%s\n", text);
}

static hz_status take(hz_layer *layer, hz_shapes **s)
{
    hz_crs *crs = NULL;
    hz_status st = hz_layer_take_shapes(layer, s, &err);
    if (!st)
        st = hz_crs_new("EPSG:25832", &crs, &err);
    if (!st)
        st = hz_layer_take_crs(layer, &crs, &err);
    hz_crs_free(crs);
    return st;
}

/* A block of 800 m by 400 m, and a line south of it that does not say what it is. */
static hz_status make_lines(const char *const *names, const double (*xy)[4], size_t n,
                            const char *layer_name, hz_layer **out)
{
    hz_shapes *s = NULL;
    hz_status st = hz_shapes_new(HZ_LINE, n, n, 2 * n, &s, &err);
    for (size_t i = 0; !st && i < n; i++) {
        s->x[2 * i] = 724000 + xy[i][0];
        s->y[2 * i] = 6175000 + xy[i][1];
        s->x[2 * i + 1] = 724000 + xy[i][2];
        s->y[2 * i + 1] = 6175000 + xy[i][3];
        s->first_ring[i + 1] = i + 1;
        s->first_point[i + 1] = 2 * (i + 1);
    }
    if (!st)
        st = hz_layer_new(layer_name, n, out, &err);
    if (!st)
        st = hz_layer_add_texts(*out, "name", names, &err);
    if (!st)
        st = take(*out, &s);
    hz_shapes_free(s);
    return st;
}

static hz_status make_square(const char *layer_name, const char *id, double side, hz_layer **out)
{
    static const double corner[][2] = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 1 }, { 0, 0 } };
    hz_shapes *s = NULL;
    hz_status st = hz_shapes_new(HZ_POLYGON, 1, 1, 5, &s, &err);
    for (size_t i = 0; !st && i < 5; i++) {
        s->x[i] = 724000 + side * corner[i][0];
        s->y[i] = 6175000 + side * corner[i][1];
    }
    if (!st) {
        s->first_ring[1] = 1;
        s->first_point[1] = 5;
        st = hz_layer_new(layer_name, 1, out, &err);
    }
    if (!st)
        st = hz_layer_add_word(*out, "id", id, &err);
    if (!st)
        st = hz_layer_set_repaired(*out, 0, "Self-intersection", &err);
    if (!st)
        st = take(*out, &s);
    hz_shapes_free(s);
    return st;
}

/* A project with one `zone-cards`, and what it has read. */
typedef struct {
    project p;
    recipe r;
    zoned z;
    hz_notice notice;
    char place[64];
} fixture;

static fixture *set_up(bool given)
{
    static const char *const streets[] = { "Nordre Allé", "Søndre Allé", "Åboulevard", "Østergade" };
    static const double xy[][4] = { { 0, 400, 1000, 400 }, { 0, 0, 1000, 0 },
                                    { 100, -50, 100, 450 }, { 900, -50, 900, 450 } };
    static const char *const border[] = { "Hvidovre" };
    static const double below[][4] = { { 0, -30, 1000, -30 } };
    static const char *const ids[] = { "a", "b", "c", "d" };
    static const char *const lists[] = {
        "Nordre Allé – Østergade – Søndre Allé – Åboulevard",
        "Nordre Allé – Østergade – kommunegrænsen – Åboulevard", /* in doubt */
        "Nordre Allé – Månegade",                                 /* drawn */
        "Se kort",                                                /* neither */
    };
    fixture *f = hz_mem_new(1, sizeof *f);
    recipe_zones *of = f ? &f->r.zone_cards[0] : NULL;
    hz_status st = f ? HZ_OK : HZ_EMEMORY;
    if (st)
        return NULL;
    said[0] = '\0';
    snprintf(f->place, sizeof f->place, "/tmp/hotzone-test-%ld", (long)getpid());
    f->notice = (hz_notice){ hear, NULL };
    f->r.zone_card_count = 1;
    f->r.name = "test.yaml";
    of->name = "zones";
    of->line_count = 1;
    *(given ? &of->zones.from.source : &of->boundaries.from.source) = "zones";
    f->p = (project){ .r = &f->r, .notice = &f->notice, .staging = f->place, .zoned = &f->z };
    st = hz_crs_new("EPSG:25832", &f->p.crs, &err);
    if (!st && given) {
        st = make_square("zones.gpkg", "a", 300, &f->z.source[0]);
    } else if (!st) {
        st = hz_layer_new("lists.csv", 4, &f->z.source[0], &err);
        if (!st)
            st = hz_layer_add_texts(f->z.source[0], "id", ids, &err);
        if (!st)
            st = hz_layer_add_texts(f->z.source[0], "street_list", lists, &err);
        if (!st)
            st = make_square("drawn.gpkg", "c", 500, &f->z.source[1]);
        if (!st)
            st = make_lines(streets, xy, 4, "streets.gpkg", &f->z.source[2]);
        if (!st)
            st = make_lines(border, below, 1, "lines.gpkg", &f->z.source[3]);
    }
    if (st)
        print_error("%s\n", err.text);
    return f;
}

static void tear_down(fixture *f)
{
    char path[200];
    snprintf(path, sizeof path, "%s/tables/zones-trace.json", f->place);
    unlink(path);
    snprintf(path, sizeof path, "%s/tables", f->place);
    rmdir(path);
    rmdir(f->place);
    for (size_t k = 0; k < ZONE_SOURCES; k++)
        hz_layer_free(f->z.source[k]);
    hz_layer_free(f->z.zones);
    hz_text_free(&f->z.missing);
    hz_crs_free(f->p.crs);
    for (size_t i = 0; i < f->p.output_count; i++)
        hz_mem_free(f->p.outputs[i]);
    hz_mem_free(f->p.outputs);
    hz_mem_free(f);
}

TEST(lists_are_built_drawings_fill_in_and_what_is_left_out_is_named)
{
    fixture *f = set_up(false);
    CHECK_OK(project_zones_build(&f->p, 0, &err), err);
    const hz_layer *z = f->z.zones;
    CHECK(hz_layer_rows(z) == 3 && f->z.missing_count == 1);
    CHECK_TEXT(hz_text_get(&f->z.missing), "d");
    CHECK_TEXT(hz_layer_text(z, "how", 0), "built");
    CHECK_TEXT(hz_layer_text(z, "how", 1), "built");
    CHECK_TEXT(hz_layer_text(z, "how", 2), "drawn");
    CHECK_TEXT(hz_layer_text(z, "id", 2), "c");
    CHECK_NEAR(hz_shape_area(hz_layer_shapes(z), 0), 800 * 400, 1e-6);
    CHECK_NEAR(hz_shape_area(hz_layer_shapes(z), 1), 800 * 430, 1e-6);
    CHECK_NEAR(hz_shape_area(hz_layer_shapes(z), 2), 500 * 500, 1e-6);
    CHECK_NEAR(hz_layer_numbers(z, "bridged_m")[0], 0, 0);
    CHECK(f->p.output_count == 1);
    CHECK_TEXT(f->p.outputs[0], "tables/zones-trace.json");
    tear_down(f);
}

TEST(what_was_followed_in_doubt_is_warned_of_and_what_was_repaired_stays_marked)
{
    fixture *f = set_up(false);
    CHECK_OK(project_zones_build(&f->p, 0, &err), err);
    CHECK(strstr(said, "1 item is followed in doubt, first 'kommunegrænsen' of 'b' on lines.gpkg"));
    CHECK(strstr(said, "'d' is left out"));
    CHECK(hz_layer_repaired(f->z.zones, 0) == NULL);
    CHECK_TEXT(hz_layer_repaired(f->z.zones, 2), "Self-intersection");
    tear_down(f);
    f = set_up(true);
    CHECK_OK(project_zones_build(&f->p, 0, &err), err);
    CHECK_TEXT(hz_layer_text(f->z.zones, "how", 0), "given");
    CHECK_TEXT(hz_layer_repaired(f->z.zones, 0), "Self-intersection");
    tear_down(f);
}

TEST(columns_and_ids_that_are_not_there_are_named)
{
    fixture *f = set_up(false);
    f->r.zone_cards[0].boundaries.list = "gader";
    CHECK_FAILS(project_zones_build(&f->p, 0, &err), HZ_EUSAGE, err, "gader");
    tear_down(f);
    f = set_up(false);
    f->r.zone_cards[0].only[0] = "e";
    f->r.zone_cards[0].only_count = 1;
    CHECK_FAILS(project_zones_build(&f->p, 0, &err), HZ_EDATA, err, "'e' is no id of lists.csv");
    tear_down(f);
    f = set_up(false);
    f->r.zone_cards[0].only[0] = "d";
    f->r.zone_cards[0].only_count = 1;
    CHECK_FAILS(project_zones_build(&f->p, 0, &err), HZ_EDATA, err, "none of 1 zones could be");
    tear_down(f);
}

TEST(memory_that_runs_out_is_reported)
{
    hz_status st = HZ_EMEMORY;
    long n = 0;
    while (st) {
        fixture *f = set_up(false);
        hz_mem_fail_at(++n);
        st = project_zones_build(&f->p, 0, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
        CHECK((st == HZ_OK) == (f->z.zones != NULL));
        tear_down(f);
    }
    CHECK(n > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_built_drawings_fill_in_and_what_is_left_out_is_named),
        cmocka_unit_test(what_was_followed_in_doubt_is_warned_of_and_what_was_repaired_stays_marked),
        cmocka_unit_test(columns_and_ids_that_are_not_there_are_named),
        cmocka_unit_test(memory_that_runs_out_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
