/* Cuts sets of areas that overlap into the pieces that no border divides. */
#include <math.h>
#include <string.h>

#include "hotzone/crs.h"
#include "hotzone/index.h"
#include "hotzone/mem.h"
#include "hotzone/overlay.h"
#include "run/release.h"

enum { LEAST_M2 = 10000, LEAST_M = 20, MOST_CUT = 2000 };

void release_pieces_clear(release_pieces *of)
{
    hz_mem_free(of->bits);
    hz_mem_free(of->on_map);
    hz_mem_free(of->of_event);
    of->bits = NULL;
    of->on_map = NULL;
    of->of_event = NULL;
}

static bool has_bit(const uint64_t *bits, size_t column)
{
    return bits[column / 64] >> column % 64 & 1;
}

static void set_bit(uint64_t *bits, size_t column)
{
    bits[column / 64] |= (uint64_t)1 << column % 64;
}

static bool is_before(const uint64_t *a, const uint64_t *b, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (a[k] != b[k])
            return a[k] < b[k];
    return false;
}

/* The piece of these areas, made if there is none. */
static hz_status find_piece(release_pieces *of, const uint64_t *bits, size_t *piece, hz_error *err)
{
    size_t bytes = of->words * sizeof *bits;
    for (*piece = 0; *piece < of->n; ++*piece)
        if (memcmp(of->bits + *piece * of->words, bits, bytes) == 0)
            return HZ_OK;
    if (of->n == of->most) {
        size_t most = of->most ? 2 * of->most : 64;
        uint64_t *more = hz_mem_resize(of->bits, most * of->words, sizeof *more);
        if (more)
            of->bits = more;
        unsigned char *flags = more ? hz_mem_resize(of->on_map, most, 1) : NULL;
        if (!flags)
            return hz_mem_fail(err, "release");
        of->on_map = flags;
        of->most = most;
    }
    memcpy(of->bits + of->n * of->words, bits, bytes);
    of->on_map[of->n++] = 0;
    return HZ_OK;
}

/* ---- pieces that events lie in -------------------------------------------------------- */

/* As hz_place_events does it: areas in the events' system, the lowest-numbered of those that hold a
 * point, or all of them where they overlap. */
static hz_status mark_events(const project *p, const hz_layer *events, const release_pieces *of,
                             size_t set, uint64_t *bits, hz_error *err)
{
    size_t areas = of->sets[set], n = hz_layer_rows(events), rows = of->first[set + 1] - of->first[set];
    if (areas >= RELEASE_GROUNDS)
        return release_ground_mark(p, areas - RELEASE_GROUNDS, events, of->words, of->first[set],
                                   bits, err);
    const hz_shapes *points = hz_layer_shapes(events), *own = hz_layer_shapes(p->areas[areas]);
    const hz_crs *from = hz_layer_crs(p->areas[areas]), *to = hz_layer_crs(events);
    hz_shapes *shapes = NULL;
    hz_index *index = NULL;
    int32_t *held = hz_mem_new(rows, sizeof *held);
    hz_status st = held ? HZ_OK : hz_mem_fail(err, "release");

    if (!st && (!own || !points || own->kind != HZ_POLYGON || points->kind != HZ_POINT))
        st = hz_fail(err, HZ_EDATA, "%s and %s: expected areas with polygons and located events",
                     hz_layer_name(p->areas[areas]), hz_layer_name(events));
    if (!st)
        st = from && to ? hz_crs_shapes(from, to, own, &shapes, err)
                        : hz_shapes_copy(own, &shapes, err);
    if (!st)
        st = hz_index_new(shapes, &index, err);
    for (size_t i = 0; !st && i < n; i++) {
        size_t found = hz_index_locate_all(index, points->x[i], points->y[i], held, rows);
        if (found && !p->r->areas[areas].overlap)
            found = 1;
        for (size_t k = 0; k < found; k++)
            set_bit(bits + i * of->words, of->first[set] + (size_t)held[k]);
    }
    hz_index_free(index);
    hz_shapes_free(shapes);
    hz_mem_free(held);
    return st;
}

static hz_status place_events(const project *p, const hz_layer *events, release_pieces *of,
                              hz_error *err)
{
    const hz_shapes *points = hz_layer_shapes(events);
    size_t n = hz_layer_rows(events);
    uint64_t *bits = hz_mem_new(n * of->words, sizeof *bits);
    of->of_event = hz_mem_new(n, sizeof *of->of_event);
    hz_status st = bits && of->of_event ? HZ_OK : hz_mem_fail(err, "release");
    for (size_t set = 0; !st && set < of->set_count; set++)
        st = mark_events(p, events, of, set, bits, err);
    for (size_t i = 0; !st && i < n; i++) {
        size_t piece;
        of->of_event[i] = -1;
        if (!isfinite(points->x[i]) || !isfinite(points->y[i]))
            continue;
        st = find_piece(of, bits + i * of->words, &piece, err);
        of->of_event[i] = (int32_t)piece;
    }
    hz_mem_free(bits);
    return st;
}

/* ---- pieces that are there on the map ------------------------------------------------- */

/* A piece under work: its ground, and which areas it is part of. */
typedef struct {
    hz_shapes *ground;
    hz_box box;
    uint64_t *bits;
} parcel;

typedef struct {
    const release_pieces *of;
    parcel *parcel;
    size_t n, room;
    hz_shapes *covered;     /* all areas so far; NULL: none */
} parcels;

static void clear_parcels(parcels *w)
{
    for (size_t i = 0; i < w->n; i++) {
        hz_shapes_free(w->parcel[i].ground);
        hz_mem_free(w->parcel[i].bits);
    }
    hz_mem_free(w->parcel);
    hz_shapes_free(w->covered);
}

static bool is_ground(const hz_shapes *s)
{
    double area = hz_shape_area(s, 0), around = hz_shape_perimeter(s, 0);
    return area >= LEAST_M2 && 2 * area >= LEAST_M * around;
}

static bool boxes_meet(hz_box a, hz_box b)
{
    return a.xmin < b.xmax && b.xmin < a.xmax && a.ymin < b.ymax && b.ymin < a.ymax;
}

/* Takes the ground, and keeps it if it is any. */
static hz_status add_parcel(parcels *w, hz_shapes **ground, const uint64_t *bits, size_t column,
                            hz_error *err)
{
    if (!is_ground(*ground))
        return HZ_OK;
    if (w->n == w->room) {
        size_t room = w->room ? 2 * w->room : 32;
        parcel *more = hz_mem_resize(w->parcel, room, sizeof *more);
        if (!more)
            return hz_mem_fail(err, "release");
        w->parcel = more;
        w->room = room;
    }
    uint64_t *own = hz_mem_new(w->of->words, sizeof *own);
    if (!own)
        return hz_mem_fail(err, "release");
    if (bits)
        memcpy(own, bits, w->of->words * sizeof *own);
    set_bit(own, column);
    w->parcel[w->n++] = (parcel){ *ground, hz_shapes_box(*ground), own };
    *ground = NULL;
    return HZ_OK;
}

static bool is_in_set(const parcel *of, size_t first, size_t last)
{
    for (size_t c = first; c < last; c++)
        if (has_bit(of->bits, c))
            return true;
    return false;
}

/* Cut one parcel along an area: what lies in it is a new parcel, the rest stays. */
static hz_status split(parcels *w, size_t i, const hz_shapes *s, size_t f, size_t column,
                       hz_error *err)
{
    hz_shapes *in = NULL, *out = NULL;
    hz_status st = hz_overlay(w->parcel[i].ground, 0, s, f, HZ_OVERLAY_INTERSECTION, &in, err);
    if (!st && is_ground(in))
        st = hz_overlay(w->parcel[i].ground, 0, s, f, HZ_OVERLAY_DIFFERENCE, &out, err);
    if (!st && out) {
        st = add_parcel(w, &in, w->parcel[i].bits, column, err);
        if (!st) {
            hz_shapes_free(w->parcel[i].ground);
            w->parcel[i].ground = out;
            w->parcel[i].box = hz_shapes_box(out);
            out = NULL;
        }
    }
    hz_shapes_free(in);
    hz_shapes_free(out);
    return st;
}

/* Add an area: it cuts what there is, and brings ground that no area before it covers. */
static hz_status add_area(parcels *w, const hz_shapes *s, size_t f, size_t set, bool overlap,
                          hz_error *err)
{
    size_t first = w->of->first[set], last = w->of->first[set + 1], n = w->n;
    hz_box box = hz_shapes_feature_box(s, f);
    hz_shapes *own = NULL, *all = NULL;
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < n; i++)
        if (boxes_meet(box, w->parcel[i].box) &&
            (overlap || !is_in_set(&w->parcel[i], first, last)))
            st = split(w, i, s, f, first + f, err);
    if (st)
        return st;
    if (!w->covered) {
        unsigned char *keep = hz_mem_new(s->features, 1);
        if (!keep)
            return hz_mem_fail(err, "release");
        keep[f] = 1;
        st = hz_shapes_select(s, keep, &own, err);
        if (!st)
            st = hz_shapes_copy(own, &all, err);
        hz_mem_free(keep);
    } else {
        st = hz_overlay(s, f, w->covered, 0, HZ_OVERLAY_DIFFERENCE, &own, err);
        if (!st)
            st = hz_overlay(s, f, w->covered, 0, HZ_OVERLAY_UNION, &all, err);
    }
    if (!st)
        st = add_parcel(w, &own, NULL, first + f, err);
    if (!st) {
        hz_shapes_free(w->covered);
        w->covered = all;
        all = NULL;
    }
    hz_shapes_free(own);
    hz_shapes_free(all);
    return st;
}

static hz_status add_set(const project *p, parcels *w, size_t set, hz_error *err)
{
    size_t areas = w->of->sets[set];
    hz_layer *metric = NULL;
    hz_status st = hz_layer_copy_to_crs(release_areas(p, areas), p->crs, &metric, err);
    for (size_t f = 0; !st && f < hz_layer_rows(metric); f++)
        st = add_area(w, hz_layer_shapes(metric), f, set, release_overlaps(p, areas), err);
    hz_layer_free(metric);
    return st;
}

static hz_status add_room(release_pieces *of, const uint64_t *bits, hz_error *err)
{
    size_t piece;
    hz_status st = find_piece(of, bits, &piece, err);
    if (!st)
        of->on_map[piece] = 1;
    return st;
}

/* One set of areas that are apart is its own pieces. */
static hz_status add_apart(release_pieces *of, hz_error *err)
{
    hz_status st = HZ_OK;
    uint64_t *bits = hz_mem_new(of->words, sizeof *bits);
    if (!bits)
        return hz_mem_fail(err, "release");
    for (size_t c = 0; !st && c < of->first[1]; c++) {
        memset(bits, 0, of->words * sizeof *bits);
        set_bit(bits, c);
        st = add_room(of, bits, err);
    }
    hz_mem_free(bits);
    return st;
}

/* Where an overlay fails on broken polygons, pieces without events are taken for known to be empty:
 * that grants an outsider more, and so hides more. */
static hz_status add_ground(const project *p, release_pieces *of, hz_error *err)
{
    parcels w = { .of = of };
    hz_status st = HZ_OK;
    if (of->set_count == 1 && !release_overlaps(p, of->sets[0]))
        return add_apart(of, err);
    if (of->first[of->set_count] > MOST_CUT)
        return HZ_OK;
    for (size_t set = 0; !st && set < of->set_count; set++)
        st = add_set(p, &w, set, err);
    for (size_t i = 0; !st && i < w.n; i++)
        if (is_ground(w.parcel[i].ground)) /* what was cut off may have been all */
            st = add_room(of, w.parcel[i].bits, err);
    clear_parcels(&w);
    return st == HZ_EMEMORY ? st : HZ_OK;
}

/* ---- their order ---------------------------------------------------------------------- */

/* By the areas they are part of, so that nothing depends on the order in which events come: two
 * orders of the same rows must hide the same. */
static hz_status sort_pieces(release_pieces *of, size_t events, hz_error *err)
{
    size_t bytes = of->words * sizeof *of->bits;
    uint64_t *sorted = hz_mem_new(of->n * of->words, sizeof *sorted);
    unsigned char *flags = hz_mem_new(of->n, 1);
    int32_t *place = hz_mem_new(of->n, sizeof *place);
    hz_status st = sorted && flags && place ? HZ_OK : hz_mem_fail(err, "release");
    for (size_t i = 0; !st && i < of->n; i++) {
        for (size_t k = 0; k < of->n; k++) /* no two are the same */
            place[i] += is_before(of->bits + k * of->words, of->bits + i * of->words, of->words);
        memcpy(sorted + (size_t)place[i] * of->words, of->bits + i * of->words, bytes);
        flags[place[i]] = of->on_map[i];
    }
    for (size_t i = 0; !st && i < events; i++)
        if (of->of_event[i] >= 0)
            of->of_event[i] = place[of->of_event[i]];
    if (!st) {
        hz_mem_free(of->bits);
        hz_mem_free(of->on_map);
        of->bits = sorted;
        of->on_map = flags;
        of->most = of->n;
        sorted = NULL;
        flags = NULL;
    }
    hz_mem_free(sorted);
    hz_mem_free(flags);
    hz_mem_free(place);
    return st;
}

hz_status release_cut(const project *p, size_t events, release_pieces *of, hz_error *err)
{
    of->first[0] = 0;
    for (size_t set = 0; set < of->set_count; set++)
        of->first[set + 1] = of->first[set] + hz_layer_rows(release_areas(p, of->sets[set]));
    of->words = of->first[of->set_count] / 64 + 1;
    hz_status st = place_events(p, p->events[events], of, err);
    if (!st)
        st = add_ground(p, of, err);
    return st ? st : sort_pieces(of, hz_layer_rows(p->events[events]), err);
}
