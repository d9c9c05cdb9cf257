/* Makes the map layers in geodata/copenhagen from the hand-written sheets.
 *
 *   areas --sheet SHEET.txt OUT.geojson [BORDERS.geojson]
 *   areas BORDERS.geojson OUT.geojson
 *
 * The first form turns a digitising sheet (metres) into GeoJSON (degrees); rings
 * that follow named borders need the borders.  A sheet may also name borders of
 * its own (`border`), which are not written but may be followed like the others.
 * The second joins the border pieces into the eleven areas, every vertex kept as
 * it stands.
 *
 * Degrees are held as whole microdegrees, the six decimals that are written, so
 * two points are the same point exactly when they print the same. */
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <geos_c.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

enum { LINE_MAX_BYTES = 4096, FIELDS = 8, SHEET_CRS = 25832, DEGREE_CRS = 4326 };

static const struct { const char *id, *name; } areas[] = {
    { "indre-by",                  "Indre By" },
    { "oesterbro",                 "Østerbro" },
    { "indre-noerrebro",           "Indre Nørrebro" },
    { "ydre-noerrebro",            "Ydre Nørrebro" },
    { "vesterbro-kongens-enghave", "Vesterbro-Kongens Enghave" },
    { "valby",                     "Valby" },
    { "vanloese",                  "Vanløse" },
    { "broenshoej-husum",          "Brønshøj-Husum" },
    { "bispebjerg",                "Bispebjerg" },
    { "amager-oest",               "Amager Øst" },
    { "amager-vest",               "Amager Vest" },
};
enum { AREAS = sizeof areas / sizeof areas[0], OUTSIDE = -1, UNKNOWN = -2 };

typedef struct { int64_t x, y; } point;                 /* microdegrees */
typedef struct { size_t n, room; point *p; } path;
typedef struct { char *id; int left, right; path line; } piece;
typedef struct { size_t n, room; piece *p; } pieces;
typedef struct { bool hole; path ring; } part;
typedef struct { size_t n, room; part *p; } shape;      /* rings closed */

/* ---- small things ------------------------------------------------------- */

static const char *unfinished;          /* the file being written, if any */

static void die(const char *format, ...)
{
    va_list args;

    fputs("areas: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    if (unfinished)
        remove(unfinished);
    exit(EXIT_FAILURE);
}

static void *grow(void *p, size_t n, size_t *room, size_t size)
{
    if (n < *room)
        return p;
    *room = *room ? 2 * *room : 16;
    p = realloc(p, *room * size);
    if (!p)
        die("out of memory");
    return p;
}

static char *copy(const char *s)
{
    char *t = malloc(strlen(s) + 1);

    if (!t)
        die("out of memory");
    return strcpy(t, s);
}

static bool same(point a, point b) { return a.x == b.x && a.y == b.y; }

/* A point that repeats the one before it is left out. */
static void path_add(path *l, point p)
{
    if (l->n > 0 && same(l->p[l->n - 1], p))
        return;
    l->p = grow(l->p, l->n, &l->room, sizeof *l->p);
    l->p[l->n++] = p;
}

static void path_add_all(path *l, const path *more, bool backward)
{
    for (size_t i = 0; i < more->n; i++)
        path_add(l, more->p[backward ? more->n - 1 - i : i]);
}

static void path_reverse(path *l)
{
    for (size_t i = 0, j = l->n; i + 1 < j; i++) {
        point t = l->p[i];
        l->p[i] = l->p[--j];
        l->p[j] = t;
    }
}

static void path_close(path *l)
{
    if (l->n > 0)
        path_add(l, l->p[0]);
}

/* Twice the area in square microdegrees, positive when counterclockwise;
 * taken from the first point so that the products stay small. */
static double path_turn(const path *l)
{
    double sum = 0;

    for (size_t i = 1; i + 1 < l->n; i++) {
        double ax = (double)(l->p[i].x - l->p[0].x), ay = (double)(l->p[i].y - l->p[0].y);
        double bx = (double)(l->p[i + 1].x - l->p[0].x), by = (double)(l->p[i + 1].y - l->p[0].y);
        sum += ax * by - bx * ay;
    }
    return sum;
}

static void shape_take(shape *s, path *ring, bool hole)
{
    s->p = grow(s->p, s->n, &s->room, sizeof *s->p);
    s->p[s->n++] = (part){ .hole = hole, .ring = *ring };
    *ring = (path){ 0 };
}

static void shape_free(shape *s)
{
    for (size_t i = 0; i < s->n; i++)
        free(s->p[i].ring.p);
    free(s->p);
    *s = (shape){ 0 };
}

static void pieces_take(pieces *b, piece *p)
{
    b->p = grow(b->p, b->n, &b->room, sizeof *b->p);
    b->p[b->n++] = *p;
    *p = (piece){ 0 };
}

static void pieces_free(pieces *b)
{
    for (size_t i = 0; i < b->n; i++) {
        free(b->p[i].id);
        free(b->p[i].line.p);
    }
    free(b->p);
    *b = (pieces){ 0 };
}

static int area_of(const char *id)
{
    if (strcmp(id, "outside") == 0)
        return OUTSIDE;
    for (int i = 0; i < (int)AREAS; i++)
        if (strcmp(areas[i].id, id) == 0)
            return i;
    return UNKNOWN;
}

/* ---- validity: GEOS ------------------------------------------------------ */

static GEOSContextHandle_t geos;

static GEOSGeometry *ring_polygon(const path *ring)
{
    GEOSCoordSequence *c = GEOSCoordSeq_create_r(geos, (unsigned)ring->n, 2);
    GEOSGeometry *line, *polygon;

    for (size_t i = 0; i < ring->n; i++)
        GEOSCoordSeq_setXY_r(geos, c, (unsigned)i, (double)ring->p[i].x, (double)ring->p[i].y);
    line = GEOSGeom_createLinearRing_r(geos, c);
    polygon = line ? GEOSGeom_createPolygon_r(geos, line, NULL, 0) : NULL;
    if (!polygon)
        die("out of memory, or a ring GEOS cannot build");
    return polygon;
}

static void check_ring(const char *id, const path *ring)
{
    GEOSGeometry *polygon;
    char *reason;

    if (ring->n < 4)
        die("%s: a ring of %zu points, expected at least three different ones", id, ring->n);
    polygon = ring_polygon(ring);
    reason = GEOSisValidReason_r(geos, polygon);
    if (!reason || strcmp(reason, "Valid Geometry") != 0)
        die("%s: %s (in microdegrees)", id, reason ? reason : "no reason given");
    GEOSFree_r(geos, reason);
    GEOSGeom_destroy_r(geos, polygon);
}

static bool ring_contains(const path *outer, const path *inner)
{
    GEOSGeometry *a = ring_polygon(outer), *b = ring_polygon(inner);
    bool yes = GEOSContains_r(geos, a, b) == 1;

    GEOSGeom_destroy_r(geos, a);
    GEOSGeom_destroy_r(geos, b);
    return yes;
}

/* ---- writing GeoJSON ----------------------------------------------------- */

/* Written beside its final name and renamed when whole. */
typedef struct { FILE *file; const char *name; char part[4096]; size_t features; } sink;

static void sink_open(sink *s, const char *name, const char *layer)
{
    *s = (sink){ .name = name };
    if (snprintf(s->part, sizeof s->part, "%s.part", name) >= (int)sizeof s->part)
        die("%s: name too long", name);
    s->file = fopen(s->part, "wb");
    if (!s->file)
        die("%s: cannot write: %s", s->part, strerror(errno));
    unfinished = s->part;
    fprintf(s->file, "{\n\"type\": \"FeatureCollection\",\n\"name\": \"%s\",\n\"features\": [", layer);
}

static void sink_close(sink *s)
{
    fputs("\n]\n}\n", s->file);
    if (ferror(s->file) || fclose(s->file) != 0 || rename(s->part, s->name) != 0)
        die("%s: write failed", s->name);
    unfinished = NULL;
}

static void put_text(FILE *f, const char *s)
{
    fputc('"', f);
    for (; *s; s++) {
        if (*s == '"' || *s == '\\')
            fputc('\\', f);
        fputc(*s, f);
    }
    fputc('"', f);
}

static void put_number(FILE *f, int64_t microdegrees)
{
    int64_t size = microdegrees < 0 ? -microdegrees : microdegrees;

    fprintf(f, "%s%lld.%06lld", microdegrees < 0 ? "-" : "", (long long)(size / 1000000),
            (long long)(size % 1000000));
}

static void put_path(FILE *f, const path *l)
{
    fputc('[', f);
    for (size_t i = 0; i < l->n; i++) {
        fputs(i ? ", [" : "[", f);
        put_number(f, l->p[i].x);
        fputs(", ", f);
        put_number(f, l->p[i].y);
        fputc(']', f);
    }
    fputc(']', f);
}

static void put_properties(sink *s, size_t n, const char *const keys[], const char *const values[])
{
    fputs(s->features++ ? ",\n" : "\n", s->file);
    fputs("{ \"type\": \"Feature\", \"properties\": { ", s->file);
    for (size_t i = 0; i < n; i++) {
        fprintf(s->file, "%s\"%s\": ", i ? ", " : "", keys[i]);
        put_text(s->file, values[i] ? values[i] : "");
    }
    fputs(" }, \"geometry\": ", s->file);
}

/* Each hole goes into the outer ring that contains it.  One part or several, it
 * is written as a MultiPolygon, so that a layer has one type. */
static void put_shape(sink *s, const char *id, const shape *g)
{
    size_t outers = 0, holes = 0, written = 0, placed = 0;

    for (size_t i = 0; i < g->n; i++) {
        check_ring(id, &g->p[i].ring);
        outers += !g->p[i].hole;
        holes += g->p[i].hole;
    }
    if (outers == 0)
        die("%s: no outer ring", id);
    fputs("{ \"type\": \"MultiPolygon\", \"coordinates\": [", s->file);
    for (size_t i = 0; i < g->n; i++) {
        if (g->p[i].hole)
            continue;
        fputs(written++ ? ", [" : "[", s->file);
        put_path(s->file, &g->p[i].ring);
        for (size_t j = 0; j < g->n; j++) {
            if (!g->p[j].hole || !ring_contains(&g->p[i].ring, &g->p[j].ring))
                continue;
            fputs(", ", s->file);
            put_path(s->file, &g->p[j].ring);
            placed++;
        }
        fputc(']', s->file);
    }
    if (placed != holes)
        die("%s: %zu holes, of which %zu lie in an outer ring", id, holes, placed);
    fputs("] } }", s->file);
}

/* One line or several, it is written as a MultiLineString. */
static void put_lines(sink *s, const char *id, const shape *g)
{
    if (g->n == 0)
        die("%s: no line", id);
    fputs("{ \"type\": \"MultiLineString\", \"coordinates\": [", s->file);
    for (size_t i = 0; i < g->n; i++) {
        if (g->p[i].ring.n < 2)
            die("%s: a line of fewer than two points", id);
        fputs(i ? ", " : "", s->file);
        put_path(s->file, &g->p[i].ring);
    }
    fputs("] } }", s->file);
}

/* ---- borders ------------------------------------------------------------- */

static point microdegrees(double lon, double lat)
{
    return (point){ llround(lon * 1e6), llround(lat * 1e6) };
}

static pieces read_borders(const char *name)
{
    GDALDatasetH set = GDALOpenEx(name, GDAL_OF_VECTOR | GDAL_OF_READONLY, NULL, NULL, NULL);
    OGRLayerH layer = set ? GDALDatasetGetLayer(set, 0) : NULL;
    OGRFeatureH feature;
    pieces b = { 0 };

    if (!layer)
        die("%s: cannot be read as a vector layer", name);
    OGR_L_ResetReading(layer);
    while ((feature = OGR_L_GetNextFeature(layer))) {
        OGRGeometryH line = OGR_F_GetGeometryRef(feature);
        int id = OGR_F_GetFieldIndex(feature, "id");
        int left = OGR_F_GetFieldIndex(feature, "left"), right = OGR_F_GetFieldIndex(feature, "right");
        piece p = { 0 };

        if (id < 0 || left < 0 || right < 0)
            die("%s: expected the fields id, left and right", name);
        p.id = copy(OGR_F_GetFieldAsString(feature, id));
        p.left = area_of(OGR_F_GetFieldAsString(feature, left));
        p.right = area_of(OGR_F_GetFieldAsString(feature, right));
        if (p.left == UNKNOWN || p.right == UNKNOWN)
            die("%s: piece %s: left '%s' or right '%s' is no area id and not 'outside'", name, p.id,
                OGR_F_GetFieldAsString(feature, left), OGR_F_GetFieldAsString(feature, right));
        if (p.left == p.right)
            die("%s: piece %s has the same area on both sides", name, p.id);
        if (!line || wkbFlatten(OGR_G_GetGeometryType(line)) != wkbLineString)
            die("%s: piece %s is not a LineString", name, p.id);
        for (int i = 0; i < OGR_G_GetPointCount(line); i++)
            path_add(&p.line, microdegrees(OGR_G_GetX(line, i), OGR_G_GetY(line, i)));
        if (p.line.n < 2)
            die("%s: piece %s has fewer than two points", name, p.id);
        OGR_F_Destroy(feature);
        pieces_take(&b, &p);
    }
    GDALClose(set);
    return b;
}

static point piece_start(const piece *p, bool backward)
{
    return p->line.p[backward ? p->line.n - 1 : 0];
}

/* The rings around the areas in `members`: every piece with a member on one side
 * only, walked with the members on its left, so that outer rings come out
 * counterclockwise and holes clockwise. */
static shape assemble(const char *id, const pieces *b, const bool members[AREAS])
{
    bool *left = calloc(b->n + 1, sizeof *left);        /* still to be walked */
    shape s = { 0 };

    if (!left)
        die("out of memory");
    for (size_t i = 0; i < b->n; i++) {
        bool in_left = b->p[i].left >= 0 && members[b->p[i].left];
        bool in_right = b->p[i].right >= 0 && members[b->p[i].right];
        left[i] = in_left != in_right;
    }
    for (size_t first = 0; first < b->n; first++) {
        path ring = { 0 };
        size_t at = first;

        if (!left[first])
            continue;
        for (;;) {
            const piece *p = &b->p[at];
            size_t next = 0, found = 0;
            point end;

            path_add_all(&ring, &p->line, !(p->left >= 0 && members[p->left]));
            left[at] = false;
            end = ring.p[ring.n - 1];
            if (same(end, ring.p[0]))
                break;
            for (size_t i = 0; i < b->n; i++) {
                bool backward = !(b->p[i].left >= 0 && members[b->p[i].left]);
                if (left[i] && same(piece_start(&b->p[i], backward), end)) {
                    next = i;
                    found++;
                }
            }
            if (found != 1)
                die("%s: %zu pieces go on from the end of %s (%.6f, %.6f), expected one", id, found,
                    p->id, (double)end.x / 1e6, (double)end.y / 1e6);
            at = next;
        }
        shape_take(&s, &ring, path_turn(&ring) < 0);
    }
    free(left);
    return s;
}

static void write_areas(const char *borders, const char *out)
{
    static const char *const keys[] = { "id", "name" };
    pieces b = read_borders(borders);
    sink s;

    sink_open(&s, out, "areas");
    for (size_t i = 0; i < AREAS; i++) {
        const char *const values[] = { areas[i].id, areas[i].name };
        bool members[AREAS] = { false };
        shape g;

        members[i] = true;
        g = assemble(areas[i].id, &b, members);
        put_properties(&s, 2, keys, values);
        put_shape(&s, areas[i].id, &g);
        shape_free(&g);
    }
    sink_close(&s);
    pieces_free(&b);
}

/* ---- sheets -------------------------------------------------------------- */

typedef struct { char *id; point at; } node;

/* A feature as it is being read; what it is decides which fields it writes. */
typedef struct {
    const char *const *keys;            /* NULL between features */
    char *values[FIELDS];
    path line;
    shape rings;                        /* or the lines of a street */
} draft;

typedef struct {
    const char *name;
    size_t row;
    double east, north;                 /* the sheet's origin */
    OGRCoordinateTransformationH degrees;
    struct { size_t n, room; node *p; } nodes;
    const pieces *borders;              /* given */
    pieces own;                         /* named in this sheet */
    draft now;
    int drawing;                        /* 'l'ine, 'r'ing, 'h'ole, 'a'reas or 0 */
} sheet;

static const char *const piece_keys[] = { "id", "left", "right", "follows", "note", NULL };
static const char *const place_keys[] = { "id", "name", "note", NULL };
static const char *const water_keys[] = { "id", "name", "kind", NULL };
static const char *const border_keys[] = { "id", NULL };
static const char *const neighbour_keys[] = { "id", "name", NULL };
static const char *const street_keys[] = { "id", "name", "class", "also", "note", NULL };

static const struct { const char *word; const char *const *keys; } features[] = {
    { "piece", piece_keys },    { "place", place_keys },         { "water", water_keys },
    { "border", border_keys },  { "neighbour", neighbour_keys }, { "street", street_keys },
};

static OGRSpatialReferenceH crs(int code)
{
    OGRSpatialReferenceH s = OSRNewSpatialReference(NULL);

    if (!s || OSRImportFromEPSG(s, code) != OGRERR_NONE)
        die("EPSG:%d is not known to GDAL", code);
    OSRSetAxisMappingStrategy(s, OAMS_TRADITIONAL_GIS_ORDER);
    return s;
}

static point read_metres(const sheet *s, const char *word)
{
    double east, north;
    char *end;

    east = strtod(word, &end);
    if (*end != ',')
        die("%s:%zu: '%s' is neither a known node nor EAST,NORTH", s->name, s->row, word);
    north = strtod(end + 1, &end);
    if (*end)
        die("%s:%zu: '%s' is neither a known node nor EAST,NORTH", s->name, s->row, word);
    east += s->east;
    north += s->north;
    if (!OCTTransform(s->degrees, 1, &east, &north, NULL))
        die("%s:%zu: '%s' cannot be turned into degrees", s->name, s->row, word);
    return microdegrees(east, north);
}

static point read_point(const sheet *s, const char *word)
{
    for (size_t i = 0; i < s->nodes.n; i++)
        if (strcmp(s->nodes.p[i].id, word) == 0)
            return s->nodes.p[i].at;
    return read_metres(s, word);
}

static const piece *find_piece(const pieces *b, const char *id)
{
    for (size_t i = 0; b && i < b->n; i++)
        if (strcmp(b->p[i].id, id) == 0)
            return &b->p[i];
    return NULL;
}

/* Where a point stands in a piece; it must be one of its own. */
static size_t index_in(const sheet *s, const piece *p, const char *word)
{
    point at = read_point(s, word);

    for (size_t i = 0; i < p->line.n; i++)
        if (same(p->line.p[i], at))
            return i;
    die("%s:%zu: '%s' is no point of %s", s->name, s->row, word, p->id);
    return 0;
}

/* @piece, @-piece backward, or @piece:FROM:TO from one of its points to another,
 * where an empty FROM or TO is the piece's own end. */
static void add_piece_points(const sheet *s, path *l, char *word)
{
    bool backward = word[1] == '-';
    char *id = word + 1 + backward, *from = strchr(id, ':'), *to = from ? strchr(from + 1, ':') : NULL;
    size_t first, last;
    const piece *p;

    if (from) {
        if (!to || backward)
            die("%s:%zu: '%s': expected @piece:FROM:TO", s->name, s->row, word);
        *from++ = '\0';
        *to++ = '\0';
    }
    p = find_piece(&s->own, id);
    if (!p)
        p = find_piece(s->borders, id);
    if (!p)
        die("%s:%zu: no border piece '%s'%s", s->name, s->row, id, s->borders ? "" : " (no borders given)");
    if (!from) {
        path_add_all(l, &p->line, backward);
        return;
    }
    first = *from ? index_in(s, p, from) : 0;
    last = *to ? index_in(s, p, to) : p->line.n - 1;
    for (size_t i = first; i != last; i = first < last ? i + 1 : i - 1)
        path_add(l, p->line.p[i]);
    path_add(l, p->line.p[last]);
}

static void add_points(const sheet *s, path *l, char *word)
{
    if (word[0] == '@')
        add_piece_points(s, l, word);
    else
        path_add(l, read_point(s, word));
}

/* A ring, or one of a street's lines, is finished when the next statement begins. */
static void end_ring(sheet *s)
{
    path *l = &s->now.line;

    if (s->drawing == 'r' || s->drawing == 'h') {
        bool hole = s->drawing == 'h';
        path_close(l);
        if ((path_turn(l) < 0) != hole)
            path_reverse(l);
        shape_take(&s->now.rings, l, hole);
    } else if (s->drawing == 'l' && s->now.keys == street_keys) {
        shape_take(&s->now.rings, l, false);
    }
    s->drawing = 0;
}

static void keep_border(sheet *s)
{
    piece p = { .id = s->now.values[0], .left = UNKNOWN, .right = UNKNOWN, .line = s->now.line };

    if (p.line.n < 2)
        die("%s:%zu: border %s has no line", s->name, s->row, p.id);
    if (find_piece(&s->own, p.id) || find_piece(s->borders, p.id))
        die("%s:%zu: a second border %s", s->name, s->row, p.id);
    pieces_take(&s->own, &p);
    s->now = (draft){ 0 };
}

static void end_feature(sheet *s, sink *out)
{
    draft *d = &s->now;
    size_t n = 0;

    end_ring(s);
    if (!d->keys)
        return;
    if (d->keys == border_keys) {
        keep_border(s);
        return;
    }
    while (d->keys[n])
        n++;
    put_properties(out, n, d->keys, (const char *const *)d->values);
    if (d->keys == piece_keys) {
        if (d->line.n < 2)
            die("%s:%zu: piece %s has no line", s->name, s->row, d->values[0]);
        fputs("{ \"type\": \"LineString\", \"coordinates\": ", out->file);
        put_path(out->file, &d->line);
        fputs(" } }", out->file);
    } else if (d->keys == street_keys) {
        put_lines(out, d->values[0], &d->rings);
    } else {
        put_shape(out, d->values[0], &d->rings);
    }
    for (size_t i = 0; i < FIELDS; i++)
        free(d->values[i]);
    free(d->line.p);
    shape_free(&d->rings);
    *d = (draft){ 0 };
}

static void begin_feature(sheet *s, sink *out, const char *const *keys, const char *id)
{
    end_feature(s, out);
    s->now.keys = keys;
    s->now.values[0] = copy(id);
}

static void add_area(sheet *s, bool members[AREAS], const char *word)
{
    int i = area_of(word);

    if (i < 0)
        die("%s:%zu: '%s' is no area id", s->name, s->row, word);
    members[i] = true;
}

static void draw(sheet *s, char *words)
{
    bool members[AREAS] = { false };

    for (char *w = strtok(words, " \t"); w; w = strtok(NULL, " \t")) {
        if (s->drawing == 'a')
            add_area(s, members, w);
        else
            add_points(s, &s->now.line, w);
    }
    if (s->drawing == 'a') {
        if (!s->borders)
            die("%s:%zu: a union of areas needs the borders", s->name, s->row);
        s->now.rings = assemble(s->now.values[0], s->borders, members);
        s->drawing = 0;
    }
}

static void add_node(sheet *s, char *words)
{
    char *id = strtok(words, " \t"), *at = strtok(NULL, " \t");

    if (!id || !at)
        die("%s:%zu: expected: node NAME EAST,NORTH", s->name, s->row);
    s->nodes.p = grow(s->nodes.p, s->nodes.n, &s->nodes.room, sizeof *s->nodes.p);
    s->nodes.p[s->nodes.n].at = read_metres(s, at);
    s->nodes.p[s->nodes.n++].id = copy(id);
}

static void statement(sheet *s, sink *out, char *line)
{
    char *rest = line + strcspn(line, " \t");

    if (*rest)
        *rest++ = '\0';
    rest += strspn(rest, " \t");
    end_ring(s);
    if (strcmp(line, "origin") == 0) {
        if (sscanf(rest, "%lf %lf", &s->east, &s->north) != 2)
            die("%s:%zu: expected: origin EAST NORTH", s->name, s->row);
        return;
    }
    if (strcmp(line, "node") == 0) {
        add_node(s, rest);
        return;
    }
    for (size_t i = 0; i < sizeof features / sizeof features[0]; i++)
        if (strcmp(features[i].word, line) == 0) {
            begin_feature(s, out, features[i].keys, rest);
            return;
        }
    if (!s->now.keys)
        die("%s:%zu: '%s' outside a feature", s->name, s->row, line);
    if (strcmp(line, "line") == 0 || strcmp(line, "ring") == 0 || strcmp(line, "hole") == 0 ||
        strcmp(line, "areas") == 0) {
        s->drawing = line[0];
        draw(s, rest);
        return;
    }
    for (size_t i = 1; s->now.keys[i]; i++)
        if (strcmp(s->now.keys[i], line) == 0 && !s->now.values[i]) {
            s->now.values[i] = copy(rest);
            return;
        }
    die("%s:%zu: '%s' is not expected here", s->name, s->row, line);
}

static void write_sheet(const char *name, const char *out, const char *borders)
{
    OGRSpatialReferenceH metres = crs(SHEET_CRS), degrees = crs(DEGREE_CRS);
    sheet s = { .name = name, .degrees = OCTNewCoordinateTransformation(metres, degrees) };
    pieces b = { 0 };
    char line[LINE_MAX_BYTES], layer[64];
    const char *base = strrchr(out, '/');
    FILE *in = fopen(name, "rb");
    sink o;

    if (!in)
        die("%s: cannot read: %s", name, strerror(errno));
    if (!s.degrees)
        die("no transformation from EPSG:%d to degrees", SHEET_CRS);
    if (borders) {
        b = read_borders(borders);
        s.borders = &b;
    }
    snprintf(layer, sizeof layer, "%s", base ? base + 1 : out);
    layer[strcspn(layer, ".")] = '\0';
    sink_open(&o, out, layer);
    while (fgets(line, sizeof line, in)) {
        size_t n = strcspn(line, "\r\n");

        s.row++;
        if (!line[n] && !feof(in))
            die("%s:%zu: longer than %d bytes", name, s.row, LINE_MAX_BYTES - 2);
        line[n] = '\0';
        if (line[0] == '#' || line[strspn(line, " \t")] == '\0')
            continue;
        if (line[0] != ' ' && line[0] != '\t')
            statement(&s, &o, line);
        else if (s.drawing)
            draw(&s, line);
        else
            die("%s:%zu: points without a line, ring or hole", name, s.row);
    }
    if (ferror(in))
        die("%s: read failed", name);
    end_feature(&s, &o);
    sink_close(&o);
    fclose(in);
    for (size_t i = 0; i < s.nodes.n; i++)
        free(s.nodes.p[i].id);
    free(s.nodes.p);
    pieces_free(&b);
    pieces_free(&s.own);
    OCTDestroyCoordinateTransformation(s.degrees);
    OSRDestroySpatialReference(metres);
    OSRDestroySpatialReference(degrees);
}

int main(int argc, char **argv)
{
    bool from_sheet = argc > 1 && strcmp(argv[1], "--sheet") == 0;

    if (from_sheet ? argc < 4 || argc > 5 : argc != 3) {
        fputs("usage: areas BORDERS.geojson OUT.geojson\n"
              "       areas --sheet SHEET.txt OUT.geojson [BORDERS.geojson]\n", stderr);
        return 2;
    }
    GDALAllRegister();
    geos = GEOS_init_r();
    if (from_sheet)
        write_sheet(argv[2], argv[3], argc == 5 ? argv[4] : NULL);
    else
        write_areas(argv[1], argv[2]);
    GEOS_finish_r(geos);
    GDALDestroyDriverManager();
    return EXIT_SUCCESS;
}
