/* The data in geodata/copenhagen is what SOURCES.md says it is: whole areas that
 * share their borders, tables that add up, and nothing copied from elsewhere.
 *
 * Run from the root of the project.  The official districts are not part of the
 * project; where they lie beside it, the areas are held against them. */
#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <geos_c.h>
#include <cpl_error.h>
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
#define REFERENCE "../shared/reference/copenhagen/"
#define DISTRICTS REFERENCE "bydel.geojson"
#define MUNICIPALITIES REFERENCE "kommuner.geojson"
#define STREETS REFERENCE "streets_osm.geojson"
#define ZONES REFERENCE "zones_2007_2018.geojson"

enum { AREAS = 11, TEXT = 64, METRE_CRS = 25832 };

static const char *const area_ids[AREAS] = {
    "indre-by", "oesterbro", "indre-noerrebro", "ydre-noerrebro", "vesterbro-kongens-enghave", "valby",
    "vanloese", "broenshoej-husum", "bispebjerg", "amager-oest", "amager-vest",
};

static GEOSContextHandle_t geos;

/* ---- layers -------------------------------------------------------------- */

typedef struct { char id[TEXT], name[TEXT], kind[TEXT]; GEOSGeometry *shape; } feature;
typedef struct { size_t n, room; feature *f; } layer;

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

static feature *add_feature(layer *l)
{
    if (l->n == l->room) {
        l->room = l->room ? 2 * l->room : 64;
        l->f = realloc(l->f, l->room * sizeof *l->f);
        assert_non_null(l->f);
    }
    l->f[l->n] = (feature){ .shape = NULL };
    return &l->f[l->n++];
}

/* A name by which the layers of others go. */
static void other_field(OGRFeatureH f, const char *field, char out[TEXT])
{
    if (!out[0])
        text_field(f, field, out);
}

/* In metres, or in degrees as written. */
static layer *read_layer(const char *name, bool metres)
{
    bool foreign = strncmp(name, REFERENCE, strlen(REFERENCE)) == 0;
    layer *l = calloc(1, sizeof *l);
    GDALDatasetH set;
    OGRFeatureH f;

    if (foreign)                        /* GDAL warns of each open ring in them */
        CPLPushErrorHandler(CPLQuietErrorHandler);
    set = GDALOpenEx(name, GDAL_OF_VECTOR | GDAL_OF_READONLY, NULL, NULL, NULL);
    if (!set)
        fail_msg("%s cannot be read", name);
    assert_non_null(l);
    while ((f = OGR_L_GetNextFeature(GDALDatasetGetLayer(set, 0)))) {
        OGRGeometryH g = OGR_F_GetGeometryRef(f);
        feature *to = add_feature(l);

        text_field(f, "id", to->id);
        text_field(f, "name", to->name);
        text_field(f, "kind", to->kind);
        other_field(f, "class", to->kind);
        other_field(f, "zone_id", to->id);
        other_field(f, "navn", to->name);
        other_field(f, "KOMNAVN", to->name);
        if (foreign)
            OGR_G_CloseRings(g);
        if (metres)
            OGR_G_Transform(g, to_metres());
        to->shape = geos_from(g);
        OGR_F_Destroy(f);
    }
    GDALClose(set);
    if (foreign)
        CPLPopErrorHandler();
    return l;
}

static void free_layer(layer *l)
{
    for (size_t i = 0; i < l->n; i++)
        GEOSGeom_destroy_r(geos, l->f[i].shape);
    free(l->f);
    free(l);
}

/* The features of both, in the first. */
static layer *joined(layer *l, layer *more)
{
    for (size_t i = 0; i < more->n; i++)
        *add_feature(l) = more->f[i];
    free(more->f);
    free(more);
    return l;
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
        if (GEOSGeomTypeId_r(geos, part) == GEOS_LINESTRING) {
            add_ring(&all, part);
            continue;
        }
        add_ring(&all, GEOSGetExteriorRing_r(geos, part));
        for (int j = 0; j < GEOSGetNumInteriorRings_r(geos, part); j++)
            add_ring(&all, GEOSGetInteriorRingN_r(geos, part, j));
    }
    return all;
}

static vertices all_vertices_of(const layer *l)
{
    vertices all = { 0 };

    for (size_t i = 0; i < l->n; i++) {
        vertices v = vertices_of(l->f[i].shape);
        all.v = realloc(all.v, (all.n + v.n) * sizeof *v.v);
        assert_non_null(all.v);
        memcpy(all.v + all.n, v.v, v.n * sizeof *v.v);
        all.n += v.n;
        free(v.v);
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

enum { COLUMNS = 16, ROWS = 96 };
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

/* A digit where the form has a zero, and else the form's own character. */
static bool has_form(const char *s, const char *form)
{
    for (size_t i = 0; i <= strlen(form); i++)
        if (form[i] == '0' ? !isdigit((unsigned char)s[i]) : s[i] != form[i])
            return false;
    return true;
}

static bool is_date(const char *s) { return has_form(s, "0000-00-00"); }

static bool is_date_and_time(const char *s) { return has_form(s, "0000-00-00T00:00"); }

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
    check_rings(DATA "neighbours.geojson");
}

/* What the union leaves open inside is water or another municipality, each named
 * here by a point in it; any other hole is a gap. */
static void check_gaps_and_overlaps(const layer *l, size_t n, const vertex known[])
{
    GEOSGeometry *all = union_of(l);
    double gaps = 0;

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
            bool expected = false;
            for (size_t i = 0; i < n; i++) {
                GEOSGeometry *inside = point_at(known[i].x, known[i].y);
                expected = expected || GEOSContains_r(geos, hole, inside) == 1;
                GEOSGeom_destroy_r(geos, inside);
            }
            gaps += expected ? 0 : area_of(hole);
            GEOSGeom_destroy_r(geos, hole);
        }
    }
    if (gaps > 1)
        fail_msg("gaps of %g m2 between the areas", gaps);
    GEOSGeom_destroy_r(geos, all);
}

static const vertex frederiksberg_town_hall = { 722000, 6175900 }, southern_harbour = { 723950, 6173000 };

static void areas_have_no_gap_or_overlap_over_one_square_metre(void **state)
{
    const vertex open[] = { frederiksberg_town_hall, southern_harbour };
    layer *l = read_layer(DATA "areas.geojson", true);

    (void)state;
    check_gaps_and_overlaps(l, 2, open);
    free_layer(l);
}

static layer *read_areas_and_neighbours(bool metres)
{
    return joined(read_layer(DATA "areas.geojson", metres), read_layer(DATA "neighbours.geojson", metres));
}

/* In degrees as written: 1e-5 is about a metre, and equal means equal. */
static void those_beside_each_other_share_every_vertex_of_their_border(void **state)
{
    layer *l = read_areas_and_neighbours(false);
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

/* ---- the neighbours -------------------------------------------------------- */

static void neighbours_are_the_sixteen(void **state)
{
    static const char *const ids[] = {
        "frederiksberg", "gentofte", "gladsaxe", "herlev", "ballerup", "roedovre", "hvidovre", "broendby", "glostrup",
        "albertslund", "hoeje-taastrup", "vallensbaek", "ishoej", "taarnby", "dragoer", "lyngby-taarbaek",
    };
    layer *l = read_layer(DATA "neighbours.geojson", false);

    (void)state;
    assert_int_equal(l->n, sizeof ids / sizeof ids[0]);
    for (size_t i = 0; i < l->n; i++) {
        assert_string_equal(l->f[i].id, ids[i]);
        assert_true(l->f[i].name[0]);
    }
    free_layer(l);
}

/* With Frederiksberg in its hole, only the harbour is left open. */
static void neighbours_leave_no_gap_or_overlap_over_one_square_metre(void **state)
{
    layer *l = read_areas_and_neighbours(true);

    (void)state;
    check_gaps_and_overlaps(l, 1, &southern_harbour);
    free_layer(l);
}

static void frederiksberg_fills_its_hole_exactly(void **state)
{
    layer *areas = read_layer(DATA "areas.geojson", false), *l = read_layer(DATA "neighbours.geojson", false);
    const GEOSGeometry *town = GEOSGetGeometryN_r(geos, shape_of(l, "frederiksberg"), 0);
    GEOSGeometry *city = union_of(areas), *middle = point_at(12.532, 55.678);
    size_t holes = 0;

    (void)state;
    for (int k = 0; k < GEOSGetNumGeometries_r(geos, city); k++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(geos, city, k);
        for (int j = 0; j < GEOSGetNumInteriorRings_r(geos, part); j++) {
            const GEOSGeometry *ring = GEOSGetInteriorRingN_r(geos, part, j);
            GEOSGeometry *hole = GEOSGeom_createPolygon_r(geos, GEOSGeom_clone_r(geos, ring), NULL, 0);
            if (GEOSContains_r(geos, hole, middle) == 1) {
                holes++;
                assert_int_equal(GEOSEquals_r(geos, hole, town), 1);
                assert_int_equal(GEOSGetNumCoordinates_r(geos, hole), GEOSGetNumCoordinates_r(geos, town));
            }
            GEOSGeom_destroy_r(geos, hole);
        }
    }
    assert_int_equal(holes, 1);
    GEOSGeom_destroy_r(geos, city);
    GEOSGeom_destroy_r(geos, middle);
    free_layer(areas);
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
    static const char *const sheets[] = { "borders", "places", "water", "neighbours", "streets" };
    const char *tool = getenv("HZ_AREAS_TOOL");
    char folder[] = "/tmp/hz-geodata-XXXXXX", command[1024], made[256], committed[256];

    (void)state;
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < sizeof sheets / sizeof sheets[0]; i++) {
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

static void skip_without(const char *file, const char *what)
{
    if (access(file, R_OK) != 0) {
        print_message("skipped: %s, %s, are not here to check against\n", what, file);
        skip();
    }
}

static void skip_without_districts(void) { skip_without(DISTRICTS, "the official districts"); }

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
    vertices official;
    size_t all = 0, near = 0;

    (void)state;
    skip_without_districts();
    ours = read_layer(DATA "areas.geojson", true);
    theirs = read_layer(DISTRICTS, true);
    official = all_vertices_of(theirs);
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

/* ---- the neighbours and the streets against others' ------------------------ */

/* Share of our vertices that lie within a metre of one of theirs, those in
 * `apart` aside. */
static double share_near(const layer *ours, const layer *theirs, const vertices *apart)
{
    vertices mine = all_vertices_of(ours), official = all_vertices_of(theirs);
    size_t all = 0, near = 0;

    for (size_t k = 0; k < mine.n; k++) {
        if (nearest(mine.v[k], apart) < 0.01)
            continue;
        near += nearest(mine.v[k], &official) <= 1.0;
        all++;
    }
    print_message("  %zu of %zu vertices, %.1f %%\n", near, all, 100 * (double)near / (double)all);
    free(mine.v);
    free(official.v);
    return (double)near / (double)all;
}

static void fewer_than_one_neighbour_vertex_in_twenty_lies_within_a_metre_of_an_official_one(void **state)
{
    layer *areas, *ours, *theirs;
    vertices shared;

    (void)state;
    skip_without(MUNICIPALITIES, "the official municipalities");
    areas = read_layer(DATA "areas.geojson", true);
    ours = read_layer(DATA "neighbours.geojson", true);
    theirs = read_layer(MUNICIPALITIES, true);
    shared = all_vertices_of(areas);
    assert_true(share_near(ours, theirs, &shared) < 0.05);
    free(shared.v);
    free_layer(areas);
    free_layer(ours);
    free_layer(theirs);
}

/* The official ones are a coarse map for 1:500,000, so this only finds a
 * municipality in the wrong place.  Tårnby's Saltholm ends where our water does,
 * and Peberholm is missing: only its part on Amager is compared. */
static void each_neighbour_matches_the_official_one_to_90_percent(void **state)
{
    layer *ours, *theirs;

    (void)state;
    skip_without(MUNICIPALITIES, "the official municipalities");
    ours = read_layer(DATA "neighbours.geojson", true);
    theirs = read_layer(MUNICIPALITIES, true);
    for (size_t i = 0; i < ours->n; i++) {
        bool amager = strcmp(ours->f[i].id, "taarnby") == 0;
        const GEOSGeometry *mine = amager ? GEOSGetGeometryN_r(geos, ours->f[i].shape, 0) : ours->f[i].shape;
        GEOSGeometry *official = GEOSGeom_createEmptyPolygon_r(geos);
        double match;

        for (size_t j = 0; j < theirs->n; j++) {
            GEOSGeometry *valid, *sum;
            size_t n = strlen("Høje");
            const char *a = ours->f[i].name, *b = theirs->f[j].name;
            if (strcmp(a, b) != 0 && (strcmp(ours->f[i].id, "hoeje-taastrup") != 0 || strncmp(a, b, n) != 0))
                continue;
            valid = GEOSMakeValid_r(geos, theirs->f[j].shape);
            if (amager && GEOSDisjoint_r(geos, valid, mine) == 1) {
                GEOSGeom_destroy_r(geos, valid);
                continue;
            }
            sum = GEOSUnion_r(geos, official, valid);
            GEOSGeom_destroy_r(geos, valid);
            GEOSGeom_destroy_r(geos, official);
            official = sum;
        }
        match = iou(mine, official);
        print_message("  %-28s IoU %.4f\n", ours->f[i].id, match);
        if (match < 0.9)
            fail_msg("%s: IoU %.4f, expected at least 0.90", ours->f[i].name, match);
        GEOSGeom_destroy_r(geos, official);
    }
    free_layer(ours);
    free_layer(theirs);
}

static void fewer_than_one_street_vertex_in_twenty_lies_within_a_metre_of_one_of_openstreetmap(void **state)
{
    const vertices none = { 0 };
    layer *ours, *theirs;

    (void)state;
    skip_without(STREETS, "the streets of OpenStreetMap");
    ours = read_layer(DATA "streets.geojson", true);
    theirs = read_layer(STREETS, true);
    assert_true(share_near(ours, theirs, &none) < 0.05);
    free_layer(ours);
    free_layer(theirs);
}

/* ---- the streets and the zones ---------------------------------------------- */

static const GEOSGeometry *street(const layer *l, const char *name)
{
    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->f[i].name, name) == 0)
            return l->f[i].shape;
    fail_msg("no street named %s", name);
    return NULL;
}

static double distance(const GEOSGeometry *a, const GEOSGeometry *b)
{
    double d = INFINITY;

    assert_int_equal(GEOSDistance_r(geos, a, b, &d), 1);
    return d;
}

/* The items of a reading, split where it stands; [kredsgrænsen] is the border of
 * the city, which is that of its police district on this side. */
enum { ITEMS = 40 };
typedef struct { size_t n; const char *name[ITEMS]; const GEOSGeometry *line[ITEMS]; } chain;

static chain read_chain(char *reading, const layer *streets, const GEOSGeometry *border)
{
    static const char dash[] = " – ";
    chain c = { 0 };

    while (reading) {
        char *next = strstr(reading, dash);
        if (next) {
            *next = '\0';
            next += strlen(dash);
        }
        assert_true(c.n < ITEMS);
        c.name[c.n] = reading;
        c.line[c.n++] = reading[0] == '[' ? border : street(streets, reading);
        reading = next;
    }
    return c;
}

static GEOSGeometry *city_border(void)
{
    layer *areas = read_layer(DATA "areas.geojson", true);
    GEOSGeometry *city = union_of(areas), *border = GEOSBoundary_r(geos, city);

    assert_non_null(border);
    GEOSGeom_destroy_r(geos, city);
    free_layer(areas);
    return border;
}

static void check_meeting(const char *id, const chain *c)
{
    for (size_t i = 0; i < c->n; i++) {
        size_t j = (i + 1) % c->n;
        double d = distance(c->line[i], c->line[j]);
        if (d > 15)
            fail_msg("%s: %s and %s are %.0f m apart", id, c->name[i], c->name[j], d);
    }
}

static void consecutive_streets_of_a_zone_meet(void **state)
{
    char partnership[] = "Åboulevard – Ågade – Jagtvej – Nørrebrogade – Peblinge Dossering";
    layer *streets = read_layer(DATA "streets.geojson", true);
    table *t = read_table(DATA "zones.csv");
    GEOSGeometry *border = city_border();
    chain c = read_chain(partnership, streets, border);
    size_t zones = 0;

    (void)state;
    check_meeting("the partnership of 2014/15", &c);
    for (size_t r = 1; r < t->rows; r++)
        if (t->cell[r][t->columns - 1][0]) {
            c = read_chain(t->cell[r][t->columns - 1], streets, border);
            check_meeting(cell(t, r, "id"), &c);
            zones++;
        }
    assert_int_equal(zones, 14);
    GEOSGeom_destroy_r(geos, border);
    free_table(t);
    free_layer(streets);
}

/* The polygon that a chain of streets encloses, of all the faces between them
 * those that lie for the greater part in the zone as volunteers drew it. */
static GEOSGeometry *enclosed(const chain *c, const GEOSGeometry *drawn)
{
    GEOSGeometry *lines = GEOSGeom_clone_r(geos, c->line[0]), *faces, *sum = GEOSGeom_createEmptyPolygon_r(geos);
    const GEOSGeometry *one;

    for (size_t i = 1; i < c->n; i++) {
        GEOSGeometry *more = GEOSUnion_r(geos, lines, c->line[i]);
        GEOSGeom_destroy_r(geos, lines);
        lines = more;
    }
    one = lines;
    faces = GEOSPolygonize_r(geos, &one, 1);
    for (int i = 0; i < GEOSGetNumGeometries_r(geos, faces); i++) {
        const GEOSGeometry *face = GEOSGetGeometryN_r(geos, faces, i);
        if (common_area(face, drawn) > 0.5 * area_of(face)) {
            GEOSGeometry *more = GEOSUnion_r(geos, sum, face);
            GEOSGeom_destroy_r(geos, sum);
            sum = more;
        }
    }
    GEOSGeom_destroy_r(geos, faces);
    GEOSGeom_destroy_r(geos, lines);
    return sum;
}

static void streets_enclose_the_zones_as_drawn_to_97_percent(void **state)
{
    layer *streets, *drawn;
    GEOSGeometry *border;
    table *t;
    size_t zones = 0;

    (void)state;
    skip_without(ZONES, "the zones as volunteers drew them");
    streets = read_layer(DATA "streets.geojson", true);
    drawn = read_layer(ZONES, true);
    t = read_table(DATA "zones.csv");
    border = city_border();
    for (size_t r = 1; r < t->rows; r++)
        for (size_t i = 0; i < drawn->n; i++) {
            GEOSGeometry *valid, *built;
            double match;
            chain c;
            if (strcmp(cell(t, r, "id"), drawn->f[i].id) != 0 || !t->cell[r][t->columns - 1][0])
                continue;
            c = read_chain(t->cell[r][t->columns - 1], streets, border);
            valid = GEOSMakeValid_r(geos, drawn->f[i].shape);
            built = enclosed(&c, valid);
            match = iou(built, valid);
            if (match < 0.97)
                fail_msg("%s: IoU %.4f, expected at least 0.97", cell(t, r, "id"), match);
            zones++;
            GEOSGeom_destroy_r(geos, valid);
            GEOSGeom_destroy_r(geos, built);
        }
    assert_int_equal(zones, 13);
    GEOSGeom_destroy_r(geos, border);
    free_table(t);
    free_layer(streets);
    free_layer(drawn);
}

static void streets_have_names_of_their_own_and_a_class(void **state)
{
    static const char *const wanted[] = {
        "Nørrebrogade", "Jagtvej", "Tagensvej", "Åboulevard", "Ågade", "Borups Allé", "Bispeengbuen", "Hillerødgade",
    };
    layer *l = read_layer(DATA "streets.geojson", true);

    (void)state;
    for (size_t i = 0; i < l->n; i++) {
        const feature *f = &l->f[i];
        double length = 0;
        GEOSLength_r(geos, f->shape, &length);
        if (!f->name[0] || (strcmp(f->kind, "main") != 0 && strcmp(f->kind, "other") != 0) || length < 50)
            fail_msg("%s: name '%s', class '%s', %.0f m", f->id, f->name, f->kind, length);
        for (size_t j = 0; j < i; j++)
            if (strcmp(f->name, l->f[j].name) == 0 || strcmp(f->id, l->f[j].id) == 0)
                fail_msg("two streets %s, %s", f->id, f->name);
    }
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        assert_non_null(street(l, wanted[i]));
    free_layer(l);
}

static void zones_are_dated_and_keep_both_boundaries_of_20_july(void **state)
{
    table *t = read_table(DATA "zones.csv");
    size_t july = 0;

    (void)state;
    assert_int_equal(t->rows - 1, 22);
    assert_string_equal(t->cell[0][t->columns - 1], "reading");
    for (size_t r = 1; r < t->rows; r++) {
        const char *from = cell(t, r, "valid_from"), *to = cell(t, r, "valid_to"), *id = cell(t, r, "id");
        if (!is_date_and_time(from) || !is_date_and_time(to) || strcmp(from, to) >= 0)
            fail_msg("%s: from %s to %s", id, from, to);
        assert_true(strcmp(from, "2018") < 0 && strcmp(to, "2017") > 0);
        assert_true(!cell(t, r, "street_list")[0] == (strcmp(id, "ins-2017-12-07") == 0));
        july += strcmp(from, "2017-07-20T12:00") == 0;
    }
    assert_int_equal(july, 2);
    free_table(t);
}

static void shares_that_feel_unsafe_are_per_cents_with_a_sample_of_the_city(void **state)
{
    table *t = read_table(DATA "safety.csv");

    (void)state;
    assert_int_equal(t->rows - 1, 62);
    for (size_t r = 1; r < t->rows; r++) {
        const char *share = cell(t, r, "share_percent"), *sample = cell(t, r, "sample");
        assert_true(is_number(share) && strtod(share, NULL) > 0 && strtod(share, NULL) < 100);
        assert_true(is_number(cell(t, r, "year")) && strncmp(cell(t, r, "question"), "unsafe", 6) == 0);
        assert_string_equal(cell(t, r, "sample_of"), sample[0] ? "koebenhavn" : "");
        assert_true(!sample[0] || is_number(sample));
        for (size_t q = 1; q < r; q++)
            if (strcmp(cell(t, q, "area"), cell(t, r, "area")) == 0 && strcmp(cell(t, q, "year"), cell(t, r, "year")) == 0 &&
                strcmp(cell(t, q, "question"), cell(t, r, "question")) == 0)
                fail_msg("rows %zu and %zu say the same thing twice", q + 1, r + 1);
    }
    free_table(t);
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

static void the_sea_meets_the_land_without_covering_it(void **state)
{
    layer *areas = read_areas_and_neighbours(true), *water = read_layer(DATA "water.geojson", true);

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
    static const char *const names[] = { DATA "events-2017.csv", DATA "population.csv", DATA "crime.csv", DATA "zones.csv",
                                         DATA "safety.csv" };

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
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

static void drawn_zones_are_coarse_simple_and_in_the_list(void **state)
{
    layer *l = read_layer(DATA "zones-drawn.geojson", true);
    table *t = read_table(DATA "zones.csv");

    (void)state;
    assert_int_equal(l->n, 8);
    for (size_t i = 0; i < l->n; i++) {
        size_t rows = 0;
        double area = 0;
        for (size_t r = 1; r < t->rows; r++)
            rows += strcmp(cell(t, r, "id"), l->f[i].id) == 0 && !t->cell[r][t->columns - 1][0];
        GEOSArea_r(geos, l->f[i].shape, &area);
        if (rows != 1 || GEOSisValid_r(geos, l->f[i].shape) != 1 ||
            GEOSGetNumCoordinates_r(geos, l->f[i].shape) > 40 || area < 2e6)
            fail_msg("%s: %zu rows without a reading, %d points, %.1f km2", l->f[i].id, rows,
                     GEOSGetNumCoordinates_r(geos, l->f[i].shape), area / 1e6);
    }
    free_table(t);
    free_layer(l);
}

static void sources_md_gives_every_file_its_checksum(void **state)
{
    static const char *const files[] = {
        "areas.geojson", "borders.geojson", "borders.txt", "places.geojson", "places.txt", "water.geojson",
        "water.txt", "neighbours.geojson", "neighbours.txt", "streets.geojson", "streets.txt", "events-2017.csv",
        "population.csv", "crime.csv", "zones.csv", "zones-drawn.geojson", "safety.csv",
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
        cmocka_unit_test(those_beside_each_other_share_every_vertex_of_their_border),
        cmocka_unit_test(neighbours_are_the_sixteen),
        cmocka_unit_test(neighbours_leave_no_gap_or_overlap_over_one_square_metre),
        cmocka_unit_test(frederiksberg_fills_its_hole_exactly),
        cmocka_unit_test(areas_are_their_borders_joined),
        cmocka_unit_test(layers_are_what_their_sheets_say),
        cmocka_unit_test(each_district_matches_the_official_one_to_95_percent),
        cmocka_unit_test(fewer_than_one_vertex_in_twenty_lies_within_a_metre_of_an_official_one),
        cmocka_unit_test(fewer_than_one_neighbour_vertex_in_twenty_lies_within_a_metre_of_an_official_one),
        cmocka_unit_test(each_neighbour_matches_the_official_one_to_90_percent),
        cmocka_unit_test(fewer_than_one_street_vertex_in_twenty_lies_within_a_metre_of_one_of_openstreetmap),
        cmocka_unit_test(streets_have_names_of_their_own_and_a_class),
        cmocka_unit_test(consecutive_streets_of_a_zone_meet),
        cmocka_unit_test(streets_enclose_the_zones_as_drawn_to_97_percent),
        cmocka_unit_test(zones_are_dated_and_keep_both_boundaries_of_20_july),
        cmocka_unit_test(shares_that_feel_unsafe_are_per_cents_with_a_sample_of_the_city),
        cmocka_unit_test(amager_is_exactly_its_two_areas),
        cmocka_unit_test(places_lie_in_the_areas_they_should),
        cmocka_unit_test(the_sea_meets_the_land_without_covering_it),
        cmocka_unit_test(every_row_names_its_source),
        cmocka_unit_test(twenty_seven_of_thirty_events_have_a_place_on_the_map),
        cmocka_unit_test(events_say_nothing_about_persons),
        cmocka_unit_test(events_named_in_a_place_lie_in_it),
        cmocka_unit_test(counts_of_2017_are_the_published_ones),
        cmocka_unit_test(residents_add_up_to_their_published_sums),
        cmocka_unit_test(derived_residents_follow_from_count_and_rate),
        cmocka_unit_test(drawn_zones_are_coarse_simple_and_in_the_list),
        cmocka_unit_test(sources_md_gives_every_file_its_checksum),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
