/* The data in geodata/copenhagen is what SOURCES.md says it is: whole areas that
 * share their borders, tables that add up, and nothing copied from elsewhere.
 *
 * Run from the root of the project.  The official districts are not part of the
 * project; where they lie beside it, the areas are held against them. */
#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <geos_c.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DATA "geodata/copenhagen/"
#ifndef HZ_AREAS_TOOL
#define HZ_AREAS_TOOL "build/tests/areas"
#endif
#define DISTRICTS "../shared/reference/copenhagen/bydel.geojson"

enum { AREAS = 11, TEXT = 64, METRE_CRS = 25832 };

static const char *const area_ids[AREAS] = {
    "indre-by", "oesterbro", "indre-noerrebro", "ydre-noerrebro", "vesterbro-kongens-enghave", "valby",
    "vanloese", "broenshoej-husum", "bispebjerg", "amager-oest", "amager-vest",
};

static GEOSContextHandle_t geos;

/* ---- layers -------------------------------------------------------------- */

typedef struct { char id[TEXT], name[TEXT], kind[TEXT]; GEOSGeometry *shape; } feature;
typedef struct { size_t n; feature f[512]; } layer;

static OGRCoordinateTransformationH to_metres(void)
{
    static OGRCoordinateTransformationH t;

    if (!t) {
        OGRSpatialReferenceH degrees = OSRNewSpatialReference(NULL), metres = OSRNewSpatialReference(NULL);
        OSRImportFromEPSG(degrees, 4326);
        OSRImportFromEPSG(metres, METRE_CRS);
        OSRSetAxisMappingStrategy(degrees, OAMS_TRADITIONAL_GIS_ORDER);
        OSRSetAxisMappingStrategy(metres, OAMS_TRADITIONAL_GIS_ORDER);
        t = OCTNewCoordinateTransformation(degrees, metres);
        OSRDestroySpatialReference(degrees);
        OSRDestroySpatialReference(metres);
    }
    assert_non_null(t);
    return t;
}

static GEOSGeometry *geos_from(OGRGeometryH g)
{
    size_t size = (size_t)OGR_G_WkbSize(g);
    unsigned char *wkb = malloc(size);
    GEOSWKBReader *reader = GEOSWKBReader_create_r(geos);
    GEOSGeometry *out;

    assert_non_null(wkb);
    OGR_G_ExportToIsoWkb(g, wkbNDR, wkb);
    out = GEOSWKBReader_read_r(geos, reader, wkb, size);
    GEOSWKBReader_destroy_r(geos, reader);
    free(wkb);
    assert_non_null(out);
    return out;
}

static void text_field(OGRFeatureH f, const char *field, char out[TEXT])
{
    int i = OGR_F_GetFieldIndex(f, field);

    snprintf(out, TEXT, "%s", i < 0 ? "" : OGR_F_GetFieldAsString(f, i));
}

/* In metres, or in degrees as written. */
static layer *read_layer(const char *name, bool metres)
{
    GDALDatasetH set = GDALOpenEx(name, GDAL_OF_VECTOR | GDAL_OF_READONLY, NULL, NULL, NULL);
    layer *l = calloc(1, sizeof *l);
    OGRFeatureH f;

    if (!set)
        fail_msg("%s cannot be read", name);
    assert_non_null(l);
    while ((f = OGR_L_GetNextFeature(GDALDatasetGetLayer(set, 0)))) {
        OGRGeometryH g = OGR_F_GetGeometryRef(f);
        feature *to = &l->f[l->n++];

        assert_true(l->n <= sizeof l->f / sizeof l->f[0]);
        text_field(f, "id", to->id);
        text_field(f, "name", to->name);
        text_field(f, "kind", to->kind);
        if (!to->name[0])
            text_field(f, "navn", to->name);
        if (metres)
            OGR_G_Transform(g, to_metres());
        to->shape = geos_from(g);
        OGR_F_Destroy(f);
    }
    GDALClose(set);
    return l;
}

static void free_layer(layer *l)
{
    for (size_t i = 0; i < l->n; i++)
        GEOSGeom_destroy_r(geos, l->f[i].shape);
    free(l);
}

static const GEOSGeometry *shape_of(const layer *l, const char *id)
{
    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->f[i].id, id) == 0)
            return l->f[i].shape;
    fail_msg("no feature with the id %s", id);
    return NULL;
}

static double area_of(const GEOSGeometry *g)
{
    double a = 0;

    assert_int_equal(GEOSArea_r(geos, g, &a), 1);
    return a;
}

static double area_and_free(GEOSGeometry *g)
{
    double a = area_of(g);

    GEOSGeom_destroy_r(geos, g);
    return a;
}

static double common_area(const GEOSGeometry *a, const GEOSGeometry *b)
{
    return area_and_free(GEOSIntersection_r(geos, a, b));
}

static double iou(const GEOSGeometry *a, const GEOSGeometry *b)
{
    return common_area(a, b) / area_and_free(GEOSUnion_r(geos, a, b));
}

static GEOSGeometry *union_of(const layer *l)
{
    GEOSGeometry *sum = GEOSGeom_clone_r(geos, l->f[0].shape);

    for (size_t i = 1; i < l->n; i++) {
        GEOSGeometry *more = GEOSUnion_r(geos, sum, l->f[i].shape);
        GEOSGeom_destroy_r(geos, sum);
        sum = more;
    }
    assert_non_null(sum);
    return sum;
}

static GEOSGeometry *point_at(double x, double y)
{
    return GEOSGeom_createPointFromXY_r(geos, x, y);
}

/* ---- vertices ------------------------------------------------------------ */

typedef struct { double x, y; } vertex;
typedef struct { size_t n, room; vertex *v; } vertices;

static void add_ring(vertices *all, const GEOSGeometry *ring)
{
    const GEOSCoordSequence *c = GEOSGeom_getCoordSeq_r(geos, ring);
    unsigned n = 0;

    GEOSCoordSeq_getSize_r(geos, c, &n);
    for (unsigned i = 0; i < n; i++) {
        if (all->n == all->room) {
            all->room = all->room ? 2 * all->room : 1024;
            all->v = realloc(all->v, all->room * sizeof *all->v);
            assert_non_null(all->v);
        }
        GEOSCoordSeq_getXY_r(geos, c, i, &all->v[all->n].x, &all->v[all->n].y);
        all->n++;
    }
}

static vertices vertices_of(const GEOSGeometry *g)
{
    vertices all = { 0 };

    for (int i = 0; i < GEOSGetNumGeometries_r(geos, g); i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(geos, g, i);
        add_ring(&all, GEOSGetExteriorRing_r(geos, part));
        for (int j = 0; j < GEOSGetNumInteriorRings_r(geos, part); j++)
            add_ring(&all, GEOSGetInteriorRingN_r(geos, part, j));
    }
    return all;
}

static double nearest(vertex p, const vertices *others)
{
    double best = INFINITY;

    for (size_t i = 0; i < others->n; i++)
        best = fmin(best, hypot(p.x - others->v[i].x, p.y - others->v[i].y));
    return best;
}

/* ---- text and tables ----------------------------------------------------- */

static char *read_text(const char *name)
{
    FILE *f = fopen(name, "rb");
    char *text = NULL;
    size_t n = 0, got;

    if (!f)
        fail_msg("%s cannot be read", name);
    do {
        text = realloc(text, n + 65536 + 1);
        assert_non_null(text);
        got = fread(text + n, 1, 65536, f);
        n += got;
    } while (got > 0);
    text[n] = '\0';
    fclose(f);
    return text;
}

enum { COLUMNS = 16, ROWS = 64 };
typedef struct { size_t columns, rows; char *text, *cell[ROWS][COLUMNS]; } table;  /* row 0: names */

/* RFC 4180, in place; every row must have as many fields as the first. */
static table *read_table(const char *name)
{
    table *t = calloc(1, sizeof *t);
    char *in, *out;

    assert_non_null(t);
    t->text = in = read_text(name);
    while (*in) {
        size_t n = 0;
        for (bool more = true; more; ) {
            bool quoted = *in == '"';
            assert_true(n < COLUMNS && t->rows < ROWS);
            in += quoted;
            t->cell[t->rows][n++] = out = in;
            while (*in && (quoted || (*in != ',' && *in != '\n'))) {
                if (quoted && *in == '"' && *++in != '"')
                    break;
                *out++ = *in++;
            }
            more = *in == ',';
            if (!more && *in != '\n')
                fail_msg("%s: row %zu: field %zu is not closed", name, t->rows + 1, n);
            in++;
            *out = '\0';
        }
        if (t->rows == 0)
            t->columns = n;
        if (n != t->columns)
            fail_msg("%s: row %zu has %zu fields, expected %zu", name, t->rows + 1, n, t->columns);
        t->rows++;
    }
    return t;
}

static void free_table(table *t)
{
    free(t->text);
    free(t);
}

static const char *cell(const table *t, size_t row, const char *column)
{
    for (size_t i = 0; i < t->columns; i++)
        if (strcmp(t->cell[0][i], column) == 0)
            return t->cell[row][i];
    fail_msg("no column %s", column);
    return NULL;
}

static bool is_number(const char *s)
{
    char *end;

    return *s && (strtod(s, &end), *end == '\0');
}

static bool is_date(const char *s)
{
    static const char form[] = "0000-00-00";

    for (size_t i = 0; i < sizeof form; i++)
        if (form[i] == '0' ? !isdigit((unsigned char)s[i]) : s[i] != form[i])
            return false;
    return true;
}

/* ---- the areas ----------------------------------------------------------- */

static void areas_are_the_eleven_in_their_order(void **state)
{
    layer *l = read_layer(DATA "areas.geojson", false);

    (void)state;
    assert_int_equal(l->n, AREAS);
    for (size_t i = 0; i < AREAS; i++)
        assert_string_equal(l->f[i].id, area_ids[i]);
    assert_string_equal(l->f[4].name, "Vesterbro-Kongens Enghave");
    free_layer(l);
}

static void check_rings(const char *file)
{
    layer *l = read_layer(file, false);

    for (size_t i = 0; i < l->n; i++) {
        const GEOSGeometry *g = l->f[i].shape;
        char *reason = GEOSisValidReason_r(geos, g);

        if (strcmp(reason, "Valid Geometry") != 0)
            fail_msg("%s: %s: %s", file, l->f[i].id, reason);
        GEOSFree_r(geos, reason);
        for (int k = 0; k < GEOSGetNumGeometries_r(geos, g); k++) {
            const GEOSGeometry *part = GEOSGetGeometryN_r(geos, g, k);
            for (int j = -1; j < GEOSGetNumInteriorRings_r(geos, part); j++) {
                const GEOSGeometry *ring = j < 0 ? GEOSGetExteriorRing_r(geos, part)
                                                 : GEOSGetInteriorRingN_r(geos, part, j);
                char ccw = 0;
                GEOSCoordSeq_isCCW_r(geos, GEOSGeom_getCoordSeq_r(geos, ring), &ccw);
                if ((ccw == 1) != (j < 0))
                    fail_msg("%s: %s: ring %d runs the wrong way for RFC 7946", file, l->f[i].id, j + 1);
            }
        }
    }
    free_layer(l);
}

static void rings_are_valid_and_run_as_rfc_7946_asks(void **state)
{
    (void)state;
    check_rings(DATA "areas.geojson");
    check_rings(DATA "places.geojson");
    check_rings(DATA "water.geojson");
}

/* What the union leaves open inside is Frederiksberg and the southern harbour,
 * which belong to no area; any other hole is a gap. */
static void areas_have_no_gap_or_overlap_over_one_square_metre(void **state)
{
    layer *l = read_layer(DATA "areas.geojson", true);
    GEOSGeometry *all = union_of(l), *known[2];
    double gaps = 0;

    (void)state;
    known[0] = point_at(722000, 6175900);       /* Frederiksberg Rådhusplads */
    known[1] = point_at(723950, 6173000);       /* the harbour off Teglholmen */
    for (size_t i = 0; i < l->n; i++)
        for (size_t j = 0; j < i; j++) {
            double both = common_area(l->f[i].shape, l->f[j].shape);
            if (both > 1)
                fail_msg("%s and %s overlap by %g m2", l->f[i].id, l->f[j].id, both);
        }
    for (int k = 0; k < GEOSGetNumGeometries_r(geos, all); k++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(geos, all, k);
        for (int j = 0; j < GEOSGetNumInteriorRings_r(geos, part); j++) {
            GEOSGeometry *ring = GEOSGeom_clone_r(geos, GEOSGetInteriorRingN_r(geos, part, j));
            GEOSGeometry *hole = GEOSGeom_createPolygon_r(geos, ring, NULL, 0);
            if (GEOSContains_r(geos, hole, known[0]) != 1 && GEOSContains_r(geos, hole, known[1]) != 1)
                gaps += area_of(hole);
            GEOSGeom_destroy_r(geos, hole);
        }
    }
    if (gaps > 1)
        fail_msg("gaps of %g m2 between the areas", gaps);
    GEOSGeom_destroy_r(geos, known[0]);
    GEOSGeom_destroy_r(geos, known[1]);
    GEOSGeom_destroy_r(geos, all);
    free_layer(l);
}

/* In degrees as written: 1e-5 is about a metre, and equal means equal. */
static void neighbours_share_every_vertex_of_their_border(void **state)
{
    layer *l = read_layer(DATA "areas.geojson", false);
    size_t shared = 0;

    (void)state;
    for (size_t i = 0; i < l->n; i++) {
        vertices mine = vertices_of(l->f[i].shape);
        for (size_t j = 0; j < l->n; j++) {
            vertices other = vertices_of(l->f[j].shape);
            GEOSGeometry *border = GEOSBoundary_r(geos, l->f[j].shape);
            for (size_t k = 0; i != j && k < mine.n; k++) {
                GEOSGeometry *p = point_at(mine.v[k].x, mine.v[k].y);
                double away = 0, vertex_away = nearest(mine.v[k], &other);
                GEOSDistance_r(geos, p, border, &away);
                GEOSGeom_destroy_r(geos, p);
                shared += vertex_away <= 0;
                if (away < 1e-5 && vertex_away > 0)
                    fail_msg("%s: vertex %.6f, %.6f lies on the border of %s but is no vertex of it",
                             l->f[i].id, mine.v[k].x, mine.v[k].y, l->f[j].id);
            }
            GEOSGeom_destroy_r(geos, border);
            free(other.v);
        }
        free(mine.v);
    }
    assert_true(shared > 200);
    free_layer(l);
}

/* ---- made from the sheets ------------------------------------------------ */

/* The same text, but for numbers that differ by no more than the last decimals:
 * another PROJ may round a coordinate the other way. */
static void check_same_text(const char *made, const char *committed, double tolerance)
{
    char *texts[2] = { read_text(made), read_text(committed) };
    const char *a = texts[0], *b = texts[1];

    while (*a || *b) {
        if (tolerance > 0 && isdigit((unsigned char)*a) && isdigit((unsigned char)*b)) {
            char *a_end, *b_end;
            double gap = fabs(strtod(a, &a_end) - strtod(b, &b_end));
            if (gap > tolerance)
                fail_msg("%s: near byte %td: %.12s, but remade it is %.12s", committed, b - texts[1], b, a);
            a = a_end;
            b = b_end;
        } else if (*a++ != *b++) {
            fail_msg("%s: near byte %td: differs from what its source gives", committed, b - texts[1]);
        }
    }
    free(texts[0]);
    free(texts[1]);
}

static void check_remade(const char *arguments, const char *borders, const char *committed, double tolerance)
{
    const char *tool = getenv("HZ_AREAS_TOOL");
    char made[] = "/tmp/hz-geodata-XXXXXX", command[1024];
    int file = mkstemp(made);

    assert_true(file >= 0);
    close(file);
    snprintf(command, sizeof command, "%s %s %s %s", tool ? tool : HZ_AREAS_TOOL, arguments, made, borders);
    if (system(command) != 0) {
        unlink(made);
        fail_msg("failed: %s", command);
    }
    check_same_text(made, committed, tolerance);
    unlink(made);
}

static void areas_are_their_borders_joined(void **state)
{
    (void)state;
    check_remade(DATA "borders.geojson", "", DATA "areas.geojson", 0);
}

/* The layer's name is the one thing that follows the file's name. */
static void layers_are_what_their_sheets_say(void **state)
{
    static const char *const sheets[] = { "borders", "places", "water" };
    const char *tool = getenv("HZ_AREAS_TOOL");
    char folder[] = "/tmp/hz-geodata-XXXXXX", command[1024], made[256], committed[256];

    (void)state;
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < 3; i++) {
        snprintf(made, sizeof made, "%s/%s.geojson", folder, sheets[i]);
        snprintf(committed, sizeof committed, DATA "%s.geojson", sheets[i]);
        snprintf(command, sizeof command, "%s --sheet " DATA "%s.txt %s %s", tool ? tool : HZ_AREAS_TOOL,
                 sheets[i], made, i ? DATA "borders.geojson" : "");
        if (system(command) != 0)
            fail_msg("failed: %s", command);
        check_same_text(made, committed, 2e-6);
        unlink(made);
    }
    rmdir(folder);
}

/* ---- against the official districts -------------------------------------- */

static const struct { const char *name, *id, *more; } districts[] = {
    { "Indre By", "indre-by", NULL },       { "Østerbro", "oesterbro", NULL },
    { "Nørrebro", "indre-noerrebro", "ydre-noerrebro" },
    { "Valby", "valby", NULL },             { "Vesterbro-Kongens Enghave", "vesterbro-kongens-enghave", NULL },
    { "Vanløse", "vanloese", NULL },        { "Brønshøj-Husum", "broenshoej-husum", NULL },
    { "Bispebjerg", "bispebjerg", NULL },   { "Amager Øst", "amager-oest", NULL },
    { "Amager Vest", "amager-vest", NULL },
};
enum { DISTRICT_COUNT = sizeof districts / sizeof districts[0] };

static void skip_without_districts(void)
{
    if (access(DISTRICTS, R_OK) != 0) {
        print_message("skipped: the official districts, " DISTRICTS ", are not here to check against\n");
        skip();
    }
}

static void each_district_matches_the_official_one_to_95_percent(void **state)
{
    layer *ours, *theirs;

    (void)state;
    skip_without_districts();
    ours = read_layer(DATA "areas.geojson", true);
    theirs = read_layer(DISTRICTS, true);
    assert_int_equal(theirs->n, DISTRICT_COUNT);
    for (size_t i = 0; i < DISTRICT_COUNT; i++) {
        const GEOSGeometry *official = NULL;
        GEOSGeometry *mine = GEOSGeom_clone_r(geos, shape_of(ours, districts[i].id)), *valid;
        double match;

        if (districts[i].more) {
            GEOSGeom_destroy_r(geos, mine);
            mine = GEOSUnion_r(geos, shape_of(ours, districts[i].id), shape_of(ours, districts[i].more));
        }
        for (size_t j = 0; j < theirs->n; j++)
            if (strcmp(theirs->f[j].name, districts[i].name) == 0)
                official = theirs->f[j].shape;
        assert_non_null(official);
        valid = GEOSMakeValid_r(geos, official);
        match = iou(mine, valid);
        print_message("  %-28s IoU %.4f\n", districts[i].id, match);
        if (match < 0.95)
            fail_msg("%s: IoU %.4f, expected at least 0.95", districts[i].name, match);
        GEOSGeom_destroy_r(geos, mine);
        GEOSGeom_destroy_r(geos, valid);
    }
    free_layer(ours);
    free_layer(theirs);
}

/* A traced line meets a vertex of the other only by chance.  A vertex that
 * several of our areas share is counted in each. */
static void fewer_than_one_vertex_in_twenty_lies_within_a_metre_of_an_official_one(void **state)
{
    layer *ours, *theirs;
    vertices official = { 0 };
    size_t all = 0, near = 0;

    (void)state;
    skip_without_districts();
    ours = read_layer(DATA "areas.geojson", true);
    theirs = read_layer(DISTRICTS, true);
    for (size_t i = 0; i < theirs->n; i++) {
        vertices v = vertices_of(theirs->f[i].shape);
        official.v = realloc(official.v, (official.n + v.n) * sizeof *v.v);
        assert_non_null(official.v);
        memcpy(official.v + official.n, v.v, v.n * sizeof *v.v);
        official.n += v.n;
        free(v.v);
    }
    for (size_t i = 0; i < ours->n; i++) {
        vertices v = vertices_of(ours->f[i].shape);
        for (size_t k = 0; k < v.n; k++)
            near += nearest(v.v[k], &official) <= 1.0;
        all += v.n;
        free(v.v);
    }
    print_message("  %zu of %zu vertices, %.1f %%\n", near, all, 100 * (double)near / (double)all);
    assert_true((double)near < 0.05 * (double)all);
    free(official.v);
    free_layer(ours);
    free_layer(theirs);
}

/* ---- places and water ---------------------------------------------------- */

static void amager_is_exactly_its_two_areas(void **state)
{
    layer *areas = read_layer(DATA "areas.geojson", false), *places = read_layer(DATA "places.geojson", false);
    GEOSGeometry *both = GEOSUnion_r(geos, shape_of(areas, "amager-oest"), shape_of(areas, "amager-vest"));

    (void)state;
    assert_int_equal(GEOSEquals_r(geos, both, shape_of(places, "amager")), 1);
    GEOSGeom_destroy_r(geos, both);
    free_layer(areas);
    free_layer(places);
}

static void places_lie_in_the_areas_they_should(void **state)
{
    static const char *const inside[][2] = {
        { "tingbjerg", "broenshoej-husum" },    { "husum", "broenshoej-husum" },
        { "nordvest", "bispebjerg" },           { "mjoelnerparken", "ydre-noerrebro" },
        { "indre-noerrebro-2014", "indre-noerrebro" },
    };
    layer *areas = read_layer(DATA "areas.geojson", true), *places = read_layer(DATA "places.geojson", true);
    GEOSGeometry *city = union_of(areas);

    (void)state;
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++) {
        const GEOSGeometry *place = shape_of(places, inside[i][0]);
        double out = area_of(place) - common_area(place, shape_of(areas, inside[i][1]));
        if (out > 1)
            fail_msg("%g m2 of %s lie outside %s", out, inside[i][0], inside[i][1]);
    }
    assert_true(common_area(shape_of(places, "vestegnen"), city) <= 1);
    assert_true(common_area(shape_of(places, "amagerbro"), shape_of(areas, "amager-oest")) > 5e5);
    assert_true(common_area(shape_of(places, "amagerbro"), shape_of(areas, "amager-vest")) > 2e5);
    GEOSGeom_destroy_r(geos, city);
    free_layer(areas);
    free_layer(places);
}

static void the_sea_meets_the_areas_without_covering_them(void **state)
{
    layer *areas = read_layer(DATA "areas.geojson", true), *water = read_layer(DATA "water.geojson", true);

    (void)state;
    for (size_t i = 0; i < water->n; i++)
        for (size_t j = 0; strcmp(water->f[i].kind, "sea") == 0 && j < areas->n; j++)
            if (common_area(water->f[i].shape, areas->f[j].shape) > 1)
                fail_msg("%s covers part of %s", water->f[i].id, areas->f[j].id);
    free_layer(areas);
    free_layer(water);
}

/* ---- tables -------------------------------------------------------------- */

static void every_row_names_its_source(void **state)
{
    static const char *const names[] = { DATA "events-2017.csv", DATA "population.csv", DATA "crime.csv" };

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        table *t = read_table(names[i]);
        assert_true(t->rows > 10);
        for (size_t r = 1; r < t->rows; r++)
            if (!cell(t, r, "source")[0])
                fail_msg("%s: row %zu has no source", names[i], r + 1);
        free_table(t);
    }
}

static void twenty_seven_of_thirty_events_have_a_place_on_the_map(void **state)
{
    table *t = read_table(DATA "events-2017.csv");
    size_t located = 0, stabbings = 0;

    (void)state;
    assert_int_equal(t->rows - 1, 30);
    for (size_t r = 1; r < t->rows; r++) {
        bool there = is_number(cell(t, r, "lon")) && is_number(cell(t, r, "lat"));
        if (!there)
            assert_true(!cell(t, r, "lon")[0] && !cell(t, r, "lat")[0] && !cell(t, r, "precision_m")[0]);
        else
            assert_true(is_number(cell(t, r, "precision_m")));
        if (!is_date(cell(t, r, "date")))
            fail_msg("%s: date %s is not YYYY-MM-DD", cell(t, r, "id"), cell(t, r, "date"));
        located += there;
        stabbings += strcmp(cell(t, r, "kind"), "stabbing") == 0;
    }
    assert_int_equal(located, 27);
    assert_int_equal(stabbings, 1);
    free_table(t);
}

static void events_say_nothing_about_persons(void **state)
{
    static const char *const words[] = { "year-old", " years", "injur", "killed", "wound", "victim", "gang", "arrest", " man ", "men of" };
    table *t = read_table(DATA "events-2017.csv");

    (void)state;
    assert_int_equal(t->columns, 14);
    for (size_t r = 0; r < t->rows; r++)
        for (size_t c = 0; c < t->columns; c++)
            for (size_t w = 0; w < sizeof words / sizeof words[0]; w++)
                if (strcmp(t->cell[0][c], "source") != 0 && strstr(t->cell[r][c], words[w]))
                    fail_msg("row %zu: '%s' speaks of a person", r + 1, t->cell[r][c]);
    free_table(t);
}

static void events_named_in_a_place_lie_in_it(void **state)
{
    static const struct { const char *word, *place, *area; size_t events; } named[] = {
        { "Mjølnerparken", "mjoelnerparken", "ydre-noerrebro", 4 },
        { "Husum", "husum", "broenshoej-husum", 1 },
        { "Nordvest", "nordvest", "bispebjerg", 1 },
        { "Holmbladsgade", "amagerbro", "amager-oest", 1 },
        { "Korsgade", "indre-noerrebro-2014", "indre-noerrebro", 1 },
    };
    layer *areas = read_layer(DATA "areas.geojson", false), *places = read_layer(DATA "places.geojson", false);
    table *t = read_table(DATA "events-2017.csv");

    (void)state;
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
        size_t events = 0;
        for (size_t r = 1; r < t->rows; r++) {
            GEOSGeometry *p;
            if (!strstr(cell(t, r, "place"), named[i].word))
                continue;
            p = point_at(strtod(cell(t, r, "lon"), NULL), strtod(cell(t, r, "lat"), NULL));
            if (GEOSContains_r(geos, shape_of(places, named[i].place), p) != 1 ||
                GEOSContains_r(geos, shape_of(areas, named[i].area), p) != 1)
                fail_msg("%s, %s, is not in %s", cell(t, r, "id"), cell(t, r, "place"), named[i].place);
            GEOSGeom_destroy_r(geos, p);
            events++;
        }
        assert_int_equal(events, named[i].events);
    }
    free_table(t);
    free_layer(areas);
    free_layer(places);
}

/* The row for an area, a year and (in crime.csv) an offence; there is only one. */
static size_t row_for(const table *t, const char *area, const char *year, const char *offence)
{
    size_t found = 0;

    for (size_t r = 1; r < t->rows; r++)
        if (strcmp(cell(t, r, "area"), area) == 0 && strcmp(cell(t, r, "year"), year) == 0 &&
            (!offence || strcmp(cell(t, r, "offence"), offence) == 0)) {
            if (found)
                fail_msg("two rows for %s %s %s", area, year, offence ? offence : "");
            found = r;
        }
    if (!found)
        fail_msg("no row for %s %s %s", area, year, offence ? offence : "");
    return found;
}

/* Statusrapport Trygt Nørrebro, June 2018: 1877 and 1790 cases in 2017, at 53.7
 * and 39.8 per 1,000; 38 shootings of the conflict, 21 of them on Nørrebro. */
static void counts_of_2017_are_the_published_ones(void **state)
{
    static const char offence[] = "borgervendt kriminalitet", shots[] = "gang-conflict shootings";
    table *t = read_table(DATA "crime.csv");

    (void)state;
    assert_string_equal(cell(t, row_for(t, "indre-noerrebro", "2017", offence), "cases"), "1877");
    assert_string_equal(cell(t, row_for(t, "ydre-noerrebro", "2017", offence), "cases"), "1790");
    assert_string_equal(cell(t, row_for(t, "noerrebro", "2017", offence), "cases"), "3667");
    assert_string_equal(cell(t, row_for(t, "koebenhavns-politi", "2017", shots), "cases"), "38");
    assert_string_equal(cell(t, row_for(t, "noerrebro", "2017", shots), "cases"), "21");
    assert_string_equal(cell(t, row_for(t, "indre-noerrebro", "2016", offence), "cases"), "");
    for (size_t r = 1; r < t->rows; r++) {
        const char *cases = cell(t, r, "cases"), *rate = cell(t, r, "per_1000");
        assert_int_equal(row_for(t, cell(t, r, "area"), cell(t, r, "year"), cell(t, r, "offence")), r);
        assert_true(is_number(cell(t, r, "year")) && strlen(cell(t, r, "year")) == 4);
        assert_true((!cases[0] || strtod(cases, NULL) > 0) && (!rate[0] || strtod(rate, NULL) > 0));
        assert_true(is_number(cases) || is_number(rate));
    }
    free_table(t);
}

static void residents_add_up_to_their_published_sums(void **state)
{
    table *t = read_table(DATA "population.csv");
    double city = 0;

    (void)state;
    for (size_t i = 0; i < AREAS; i++) {
        bool derived = strstr(area_ids[i], "noerrebro") != NULL;
        size_t r = row_for(t, area_ids[i], derived ? "2017" : "2019", NULL);
        assert_string_equal(cell(t, r, "status"), derived ? "derived" : "published");
        assert_true(strtod(cell(t, r, "residents"), NULL) > 0);
        city += derived ? 0 : strtod(cell(t, r, "residents"), NULL);
    }
    city += strtod(cell(t, row_for(t, "noerrebro", "2019", NULL), "residents"), NULL);
    assert_true(fabs(city - strtod(cell(t, row_for(t, "koebenhavn", "2019", NULL), "residents"), NULL)) < 0.5);
    assert_string_equal(cell(t, row_for(t, "indre-noerrebro", "2017", NULL), "residents"), "34953");
    assert_string_equal(cell(t, row_for(t, "ydre-noerrebro", "2017", NULL), "residents"), "44975");
    assert_string_equal(cell(t, row_for(t, "indre-noerrebro", "2017", NULL), "margin"), "33");
    assert_string_equal(cell(t, row_for(t, "ydre-noerrebro", "2017", NULL), "margin"), "57");
    assert_string_equal(cell(t, row_for(t, "amager", "2019", NULL), "residents"), "134265");
    free_table(t);
}

/* A derived figure is cases over rate, and its margin the rounding of the rate. */
static void derived_residents_follow_from_count_and_rate(void **state)
{
    static const struct { double cases, rate, residents, margin; } derived[] = {
        { 1877, 53.7, 34953, 33 }, { 1790, 39.8, 44975, 57 },
    };

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        double most = 1000 * derived[i].cases / (derived[i].rate - 0.05);
        assert_true(fabs(1000 * derived[i].cases / derived[i].rate - derived[i].residents) < 0.51);
        assert_true(fabs(most - derived[i].residents - derived[i].margin) < 1);
    }
}

/* ---- SOURCES.md ---------------------------------------------------------- */

static bool is_checksum(const char *s)
{
    size_t n = 0;

    while (isxdigit((unsigned char)s[n]))
        n++;
    return n == 64 && s[64] == ' ' && s[65] == ' ';
}

static void sources_md_gives_every_file_its_checksum(void **state)
{
    static const char *const files[] = {
        "areas.geojson", "borders.geojson", "borders.txt", "places.geojson", "places.txt", "water.geojson",
        "water.txt", "events-2017.csv", "population.csv", "crime.csv",
    };
    size_t listed = 0, expected = 0;
    char *text = read_text(DATA "SOURCES.md");

    (void)state;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        char command[512], got[65] = "";
        FILE *p;

        line += strspn(line, " ");
        if (!is_checksum(line))
            continue;
        snprintf(command, sizeof command, "sha256sum '" DATA "%s'", line + 66);
        p = popen(command, "r");
        assert_non_null(p);
        assert_int_equal(fread(got, 1, 64, p), 64);
        pclose(p);
        if (strncmp(got, line, 64) != 0)
            fail_msg("%s: SOURCES.md says %.12s..., the file is %.12s...", line + 66, line, got);
        for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
            expected += strcmp(files[i], line + 66) == 0;
        listed++;
    }
    assert_int_equal(expected, sizeof files / sizeof files[0]);
    assert_true(listed >= expected);
    free(text);
}

static int set_up(void **state)
{
    (void)state;
    GDALAllRegister();
    geos = GEOS_init_r();
    return geos ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    OCTDestroyCoordinateTransformation(to_metres());
    GEOS_finish_r(geos);
    GDALDestroyDriverManager();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(areas_are_the_eleven_in_their_order),
        cmocka_unit_test(rings_are_valid_and_run_as_rfc_7946_asks),
        cmocka_unit_test(areas_have_no_gap_or_overlap_over_one_square_metre),
        cmocka_unit_test(neighbours_share_every_vertex_of_their_border),
        cmocka_unit_test(areas_are_their_borders_joined),
        cmocka_unit_test(layers_are_what_their_sheets_say),
        cmocka_unit_test(each_district_matches_the_official_one_to_95_percent),
        cmocka_unit_test(fewer_than_one_vertex_in_twenty_lies_within_a_metre_of_an_official_one),
        cmocka_unit_test(amager_is_exactly_its_two_areas),
        cmocka_unit_test(places_lie_in_the_areas_they_should),
        cmocka_unit_test(the_sea_meets_the_areas_without_covering_them),
        cmocka_unit_test(every_row_names_its_source),
        cmocka_unit_test(twenty_seven_of_thirty_events_have_a_place_on_the_map),
        cmocka_unit_test(events_say_nothing_about_persons),
        cmocka_unit_test(events_named_in_a_place_lie_in_it),
        cmocka_unit_test(counts_of_2017_are_the_published_ones),
        cmocka_unit_test(residents_add_up_to_their_published_sums),
        cmocka_unit_test(derived_residents_follow_from_count_and_rate),
        cmocka_unit_test(sources_md_gives_every_file_its_checksum),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
