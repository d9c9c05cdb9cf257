/* The wording of a list: runs of a border as items, tried until they build the border again. */
#include <math.h>
#include <stdlib.h>

#include "hotzone/mem.h"
#include "zone/trace_parts.h"

/* A run this short may be the corner of a junction, and no street of the list: in gaps. */
static const double short_run = 6;
/* Rings that share so much of their area are the same. */
static const double same = 1 - 1e-7;
/* A border this far from a ring is another, metres. */
static const double off_m = 1;

enum { BUILDS = 80, STRETCHES = 8, VIAS = 6 };

typedef struct {
    const hz_trace_network *net;
    const hz_shapes *polygon;
    size_t feature;
    hz_run *runs;
    size_t n;
    size_t builds;
    double best; /* share of the best wording so far; -1: none builds */
} wording;

/* "A – B til C – B – A" where B has to come by C; runs of one street that meet are one item. */
static void write_list(const wording *w, hz_text *list)
{
    int32_t said = -1, first = -1;
    for (size_t i = 0; i < w->n; i++) {
        const hz_run *r = &w->runs[i];
        if (r->left_out)
            continue;
        if (r->class_of != said)
            hz_text_addf(list, "%s%s", said >= 0 ? " – " : "", w->net->classes[r->class_of].name);
        if (r->via >= 0)
            hz_text_addf(list, " til %s – %s", w->net->classes[r->via].name,
                         w->net->classes[r->class_of].name);
        said = r->class_of;
        first = first < 0 ? said : first;
    }
    if (said != first)
        hz_text_addf(list, " – %s", w->net->classes[first].name);
}

/* Share of the polygon that the list as it stands builds again; -1 if it does not build.  *ring,
 * if wanted, is the caller's. */
static hz_status build(wording *w, double *share, hz_shapes **ring, hz_error *err)
{
    hz_text list = { 0 };
    hz_trace t = { 0 };
    double both = 0;
    *share = -1;
    w->builds++;
    write_list(w, &list);
    hz_status st = list.failed ? hz_mem_fail(err, "border")
                   : list.length > HZ_TRACE_TEXT
                       ? HZ_OK : hz_trace_build(w->net, hz_text_get(&list), NULL, &t, err);
    if (!st && t.ring) {
        st = hz_shape_overlap(w->polygon, w->feature, t.ring, 0, &both, err);
        *share = both / (hz_shape_area(w->polygon, w->feature) + t.area_m2 - both);
    }
    if (!st && ring) {
        *ring = t.ring;
        t.ring = NULL;
    }
    hz_trace_clear(&t);
    hz_text_free(&list);
    return st;
}

static bool is_done(const wording *w)
{
    return w->best >= same || w->builds >= BUILDS;
}

/* Leave out the short run whose loss helps most, as long as one does. */
static hz_status drop_short(wording *w, hz_error *err)
{
    hz_status st = HZ_OK;
    size_t left = w->n;
    for (bool better = true; !st && better && left > 2;) {
        size_t which = w->n;
        better = false;
        for (size_t i = 0; !st && i < w->n && !is_done(w); i++) {
            hz_run *r = &w->runs[i];
            double share;
            if (r->left_out || r->length > short_run * w->net->gap)
                continue;
            r->left_out = true;
            st = build(w, &share, NULL, err);
            r->left_out = false;
            if (!st && share > w->best + 1e-9) {
                w->best = share;
                which = i;
            }
        }
        if (!st && which < w->n) {
            w->runs[which].left_out = better = true;
            left--;
        }
    }
    return st;
}

/* The run nearest to a place. */
static size_t run_at(const wording *w, double x, double y)
{
    size_t best = w->n;
    double least = INFINITY;
    for (size_t i = 0; i < w->n; i++) {
        double d = hypot(w->runs[i].x - x, w->runs[i].y - y) - w->runs[i].length / 2;
        if (!w->runs[i].left_out && d < least) {
            least = d;
            best = i;
        }
    }
    return best;
}

/* A crossing of the border with a street, off the ring that was built. */
typedef struct {
    int32_t class_of;
    double x, y, off; /* metres from that ring */
} crossing;

static int by_off(const void *a, const void *b)
{
    const crossing *p = a, *q = b;
    if (p->off != q->off)
        return p->off > q->off ? -1 : 1;
    return p->class_of < q->class_of ? -1 : p->class_of > q->class_of;
}

/* Crossings with named streets where the polygon's border leaves the ring, the furthest first. */
static hz_status find_crossings(const wording *w, const hz_shapes *ring, crossing **out,
                                size_t *count, hz_error *err)
{
    const hz_graph *g = w->net->graph;
    hz_box box = hz_shapes_feature_box(w->polygon, w->feature);
    size_t room = 0;
    crossing *found = NULL;
    *count = 0;
    for (size_t v = 0; v < g->nodes; v++) {
        if (g->x[v] < box.xmin || g->x[v] > box.xmax || g->y[v] < box.ymin || g->y[v] > box.ymax ||
            hz_shape_border_distance(w->polygon, w->feature, g->x[v], g->y[v]) > off_m)
            continue;
        double off = hz_shape_border_distance(ring, 0, g->x[v], g->y[v]);
        for (size_t k = g->first[v]; off > off_m && k < g->first[v + 1]; k++) {
            int32_t c = g->class_of[g->incident[k]];
            if (!w->net->classes[c].name[0] || w->net->classes[c].kind != HZ_LINE_STREET ||
                (*count && found[*count - 1].class_of == c && found[*count - 1].off == off))
                continue;
            if (*count == room) {
                room = room ? 2 * room : 64;
                crossing *grown = hz_mem_resize(found, room, sizeof *grown);
                if (!grown) {
                    hz_mem_free(found);
                    return hz_mem_fail(err, "border");
                }
                found = grown;
            }
            found[(*count)++] = (crossing){ c, g->x[v], g->y[v], off };
        }
    }
    if (*count)
        qsort(found, *count, sizeof *found, by_off);
    *out = found;
    return HZ_OK;
}

/* Say a street that the border meets where the ring went another way. */
static hz_status add_via(wording *w, bool *better, hz_error *err)
{
    hz_shapes *ring = NULL;
    crossing *found = NULL;
    size_t count = 0, tried = 0, run = w->n;
    int32_t via = -1;
    double share;
    *better = false;
    hz_status st = build(w, &share, &ring, err);
    if (!st && ring)
        st = find_crossings(w, ring, &found, &count, err);
    for (size_t i = 0; !st && i < count && tried < VIAS && !is_done(w); i++) {
        size_t at = run_at(w, found[i].x, found[i].y);
        if (at == w->n || w->runs[at].via >= 0 || w->runs[at].class_of == found[i].class_of)
            continue;
        tried++;
        w->runs[at].via = found[i].class_of;
        st = build(w, &share, NULL, err);
        w->runs[at].via = -1;
        if (!st && share > w->best + 1e-9) {
            w->best = share;
            run = at;
            via = found[i].class_of;
        }
    }
    if (!st && run < w->n) {
        w->runs[run].via = via;
        *better = true;
    }
    hz_mem_free(found);
    hz_shapes_free(ring);
    return st;
}

hz_status hz_trace_word(const hz_trace_network *net, const hz_shapes *polygon, size_t feature,
                        hz_run *runs, size_t n, hz_text *list, double *again, hz_error *err)
{
    wording w = { net, polygon, feature, runs, n, 0, -1 };
    hz_status st = build(&w, &w.best, NULL, err);
    bool better = true;
    if (!st)
        st = drop_short(&w, err);
    for (int k = 0; !st && k < STRETCHES && better && !is_done(&w); k++)
        st = add_via(&w, &better, err);
    if (st)
        return st;
    write_list(&w, list);
    *again = w.best < 0 ? NAN : w.best;
    return list->failed ? hz_mem_fail(err, "border") : HZ_OK;
}
