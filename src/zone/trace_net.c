/* Streets and other lines gathered into one network in metres, edges by name. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "hotzone/mem.h"
#include "zone/trace_parts.h"

static const double usual_gap = 25, most_gap = 200;
/* An interruption of a street is linked if it is at most so many gaps. */
static const double mend_gaps = 10;

/* The rows of one layer that take part, with the class of each. */
typedef struct {
    const hz_layer *layer;
    hz_shapes *moved; /* in the network's system */
    int32_t *class_of;
    int column, also, highway;
    unsigned kind;
    const char *said; /* the layer's name, kept by the network */
} part;

static int find_column(const hz_layer *layer, const char *wanted)
{
    static const char *const usual[] = { "name", "navn", "vejnavn", "gadenavn", "streetname",
                                         "street_name", "street", "road_name", "komnavn",
                                         "kommunenavn", "bydel_navn", "title", "label" };
    if (wanted)
        return hz_layer_find(layer, wanted);
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        int c = hz_layer_find(layer, usual[i]);
        if (c >= 0 && hz_layer_column_kind(layer, (size_t)c) == HZ_TEXTS)
            return c;
    }
    return -1;
}

static hz_status open_part(part *p, const hz_layer *layer, bool streets, const char *wanted,
                           hz_error *err)
{
    const hz_shapes *s = hz_layer_shapes(layer);
    const char *where = hz_layer_name(layer);
    p->layer = layer;
    p->column = find_column(layer, wanted);
    p->also = streets ? hz_layer_find(layer, "also") : -1;
    if (streets && p->also < 0)
        p->also = hz_layer_find(layer, "alt_name");
    p->highway = streets ? hz_layer_find(layer, "highway") : -1;
    p->kind = streets ? HZ_LINE_STREET : hz_trace_kind_of_layer(layer);
    if (!s || (s->kind != HZ_LINE && (streets || s->kind != HZ_POLYGON)))
        return hz_fail(err, HZ_EUSAGE, "%s: holds no lines%s, expected %s", where,
                       streets ? "" : " nor polygons", streets ? "streets" : "lines to walk on");
    if (wanted && p->column < 0 && streets)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column '%s', expected the streets' names", where,
                       wanted);
    if (streets && p->column < 0)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column of names, expected one of the usual "
                       "names or --name-field", where);
    if (!hz_layer_crs(layer))
        return hz_fail(err, HZ_ECRS, "%s: has no reference system, expected one (--crs)", where);
    p->class_of = hz_mem_new(s->features, sizeof *p->class_of);
    return p->class_of ? HZ_OK : hz_mem_fail(err, where);
}

/* The metric system of the streets, or of the place they are in. */
static hz_status choose_crs(const hz_layer *streets, hz_crs **out, const hz_notice *notice,
                            hz_error *err)
{
    hz_box box = hz_shapes_box(hz_layer_shapes(streets));
    if (!(box.xmin <= box.xmax))
        return hz_fail(err, HZ_EDATA, "%s: holds no line with coordinates, expected streets",
                       hz_layer_name(streets));
    return hz_layer_metric(streets, out, notice, err);
}

typedef struct {
    const char *name;
    unsigned kind;
    size_t part, row;
} named_row;

static int by_name(const void *a, const void *b)
{
    const named_row *p = a, *q = b;
    if (p->kind != q->kind)
        return p->kind < q->kind ? -1 : 1;
    int order = strcmp(p->name, q->name);
    if (order)
        return order;
    if (p->part != q->part)
        return p->part < q->part ? -1 : 1;
    return p->row < q->row ? -1 : p->row > q->row;
}

static hz_status add_spellings(hz_trace_network *net, size_t *room, const char *text, size_t n,
                               int32_t class_of, hz_error *err)
{
    bool more = true;
    for (unsigned reading = 0; more && reading < 4; reading++) {
        hz_name name;
        more = hz_name_read(text, n, reading, &name);
        if (!more || !name.plain[0])
            break;
        if (net->spelling_count == *room) {
            size_t next = *room ? 2 * *room : 256;
            hz_spelling *grown = hz_mem_resize(net->spellings, next, sizeof *grown);
            if (!grown)
                return hz_mem_fail(err, "street names");
            net->spellings = grown;
            *room = next;
        }
        net->spellings[net->spelling_count++] = (hz_spelling){ name, class_of };
    }
    return HZ_OK;
}

/* Other spellings, with a semicolon between them. */
static hz_status add_others(hz_trace_network *net, size_t *room, const char *text,
                            int32_t class_of, hz_error *err)
{
    hz_status st = HZ_OK;
    while (!st && *text) {
        size_t n = strcspn(text, ";");
        st = add_spellings(net, room, text, n, class_of, err);
        text += n + (text[n] == ';');
    }
    return st;
}

/* Tables write what is missing in words, too: no street is called so. */
static bool is_missing(const char *name)
{
    static const char *const words[] = { "nan", "null", "none", "(null)", "<null>", "n/a" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasecmp(name, words[i]) == 0)
            return true;
    return false;
}

static const char *row_name(const part *p, size_t row)
{
    if (p->column < 0 || hz_layer_column_kind(p->layer, (size_t)p->column) != HZ_TEXTS)
        return "";
    const char *name = hz_layer_text_at(p->layer, (size_t)p->column, row);
    return is_missing(name) ? "" : name;
}

static bool takes_part(const part *p, size_t row)
{
    return p->highway < 0 || hz_layer_text_at(p->layer, (size_t)p->highway, row)[0] != '\0';
}

/* Rows of one name and kind are one class; the last class is that of links. */
static hz_status make_classes(hz_trace_network *net, part *parts, size_t n, hz_error *err)
{
    size_t rows = 0, count = 0, bytes = 1, at = 0, room = 0;
    for (size_t i = 0; i < n; i++)
        rows += hz_layer_rows(parts[i].layer);
    for (size_t i = 0; i < n; i++)
        bytes += strlen(hz_layer_name(parts[i].layer)) + 1;
    named_row *row = hz_mem_new(rows, sizeof *row);
    if (!row)
        return hz_mem_fail(err, "street names");
    for (size_t i = 0; i < n; i++)
        for (size_t r = 0; r < hz_layer_rows(parts[i].layer); r++) {
            const char *name = row_name(&parts[i], r);
            unsigned told = i ? hz_trace_kind_of_row(parts[i].layer, r) : 0;
            unsigned kind = told ? told : parts[i].kind;
            parts[i].class_of[r] = -1;
            if (!takes_part(&parts[i], r))
                continue;
            if (!name[0])
                kind |= HZ_LINE_UNNAMED;
            row[count++] = (named_row){ name, kind, i, r };
            bytes += strlen(name) + 1;
        }
    if (count)
        qsort(row, count, sizeof *row, by_name);
    net->classes = hz_mem_new(count + 1, sizeof *net->classes);
    net->texts = hz_mem_new(bytes, 1);
    hz_status st = net->classes && net->texts ? HZ_OK : hz_mem_fail(err, "street names");
    for (size_t i = 0; !st && i < n; i++) {
        parts[i].said = net->texts + at;
        strcpy(net->texts + at, hz_layer_name(parts[i].layer));
        at += strlen(net->texts + at) + 1;
    }
    for (size_t k = 0; !st && k < count; k++) {
        part *p = &parts[row[k].part];
        bool fresh = k == 0 || row[k].kind != row[k - 1].kind || row[k].part != row[k - 1].part ||
                     strcmp(row[k].name, row[k - 1].name) != 0;
        int32_t c = (int32_t)(net->class_count + fresh) - 1;
        if (fresh) {
            net->classes[net->class_count++] = (hz_line_class){ net->texts + at, p->said,
                                                                row[k].kind, -1, 0, 0 };
            strcpy(net->texts + at, row[k].name);
            at += strlen(row[k].name) + 1;
            net->named += row[k].kind == HZ_LINE_STREET;
            st = add_spellings(net, &room, row[k].name, strlen(row[k].name), c, err);
        }
        if (!st && p->also >= 0 && hz_layer_column_kind(p->layer, (size_t)p->also) == HZ_TEXTS)
            st = add_others(net, &room, hz_layer_text_at(p->layer, (size_t)p->also, row[k].row), c,
                            err);
        p->class_of[row[k].row] = c;
    }
    hz_mem_free(row);
    if (!st)
        net->classes[net->class_count++] = (hz_line_class){ "", "", HZ_LINE_LINK, -1, 0, 0 };
    if (!st && net->named == 0)
        st = hz_fail(err, HZ_EDATA, "%s: no line has a name, expected streets with names",
                     hz_layer_name(parts[0].layer));
    return st;
}

/* All parts as lines of one set. */
static hz_status join_shapes(const part *parts, size_t n, hz_shapes **shapes, int32_t **class_of,
                             hz_error *err)
{
    size_t features = 0, rings = 0, points = 0, f = 0, r = 0, v = 0;
    for (size_t i = 0; i < n; i++) {
        features += parts[i].moved->features;
        rings += parts[i].moved->rings;
        points += parts[i].moved->points;
    }
    hz_status st = hz_shapes_new(HZ_LINE, features, rings, points, shapes, err);
    *class_of = hz_mem_new(features, sizeof **class_of);
    if (st || !*class_of)
        return st ? st : hz_mem_fail(err, "street network");
    for (size_t i = 0; i < n; i++) {
        const hz_shapes *s = parts[i].moved;
        for (size_t k = 0; k < s->features; k++) {
            (*class_of)[f] = parts[i].class_of[k];
            (*shapes)->first_ring[f++] = r + s->first_ring[k];
        }
        for (size_t k = 0; k < s->rings; k++)
            (*shapes)->first_point[r + k] = v + s->first_point[k];
        memcpy((*shapes)->x + v, s->x, s->points * sizeof *s->x);
        memcpy((*shapes)->y + v, s->y, s->points * sizeof *s->y);
        r += s->rings;
        v += s->points;
    }
    (*shapes)->first_ring[f] = r;
    (*shapes)->first_point[r] = v;
    return HZ_OK;
}

static hz_status sort_edges(hz_trace_network *net, hz_error *err)
{
    const hz_graph *g = net->graph;
    hz_mem_free(net->edge);
    net->edge = hz_mem_new(g->edges, sizeof *net->edge);
    if (!net->edge)
        return hz_mem_fail(err, "street network");
    for (size_t c = 0; c < net->class_count; c++)
        net->classes[c].last = 0;
    for (size_t e = 0; e < g->edges; e++)
        net->classes[g->class_of[e]].last++;
    for (size_t c = 0, sum = 0; c < net->class_count; c++) {
        size_t n = net->classes[c].last;
        net->classes[c].first = net->classes[c].last = sum;
        sum += n;
    }
    for (size_t e = 0; e < g->edges; e++)
        net->edge[net->classes[g->class_of[e]].last++] = (uint32_t)e;
    return HZ_OK;
}

/* Node the lines; where streets are interrupted, once more with links over the interruptions. */
static hz_status make_graph(hz_trace_network *net, const hz_shapes *all, const int32_t *class_of,
                            hz_error *err)
{
    bool mended = false;
    hz_status st = hz_graph_new(all, class_of, net->gap, (int32_t)net->class_count - 1, &net->graph,
                                err);
    if (!st)
        st = sort_edges(net, err);
    if (!st)
        st = hz_trace_mend(net, mend_gaps * net->gap, &mended, err);
    return st || !mended ? st : sort_edges(net, err);
}

hz_status hz_trace_network_new(const hz_layer *streets, const hz_layer *const *lines, size_t n,
                               const hz_trace_network_opts *opts, hz_trace_network **out,
                               const hz_notice *notice, hz_error *err)
{
    static const hz_trace_network_opts none = { 0 };
    const hz_trace_network_opts *o = opts ? opts : &none;
    hz_trace_network *net = hz_mem_new(1, sizeof *net);
    part *parts = hz_mem_new(n + 1, sizeof *parts);
    hz_shapes *all = NULL;
    int32_t *class_of = NULL;
    hz_status st = net && parts ? HZ_OK : hz_mem_fail(err, "street network");

    if (!st && !(o->gap >= 0 && o->gap <= most_gap))
        st = hz_fail(err, HZ_EUSAGE, "gap: %g m, expected more than 0 and at most %g", o->gap,
                     most_gap);
    for (size_t i = 0; !st && i <= n; i++)
        st = open_part(&parts[i], i ? lines[i - 1] : streets, i == 0, i ? o->line_name : o->name,
                       err);
    if (!st) {
        net->gap = o->gap > 0 ? o->gap : usual_gap;
        st = choose_crs(streets, &net->crs, notice, err);
    }
    for (size_t i = 0; !st && i <= n; i++)
        st = hz_crs_shapes(hz_layer_crs(parts[i].layer), net->crs, hz_layer_shapes(parts[i].layer),
                           &parts[i].moved, err);
    if (!st)
        st = make_classes(net, parts, n + 1, err);
    if (!st)
        st = hz_trace_sort_names(net, err);
    if (!st)
        st = join_shapes(parts, n + 1, &all, &class_of, err);
    if (!st)
        st = make_graph(net, all, class_of, err);
    for (size_t i = 0; parts && i <= n; i++) {
        hz_shapes_free(parts[i].moved);
        hz_mem_free(parts[i].class_of);
    }
    hz_mem_free(parts);
    hz_shapes_free(all);
    hz_mem_free(class_of);
    if (st)
        hz_trace_network_free(net);
    else
        *out = net;
    return st;
}

void hz_trace_network_free(hz_trace_network *net)
{
    if (!net)
        return;
    hz_graph_free(net->graph);
    hz_crs_free(net->crs);
    hz_mem_free(net->classes);
    hz_mem_free(net->spellings);
    hz_mem_free(net->by_plain);
    hz_mem_free(net->by_usual);
    hz_mem_free(net->edge);
    hz_mem_free(net->texts);
    hz_mem_free(net);
}

const hz_crs *hz_trace_network_crs(const hz_trace_network *net)
{
    return net->crs;
}

size_t hz_trace_network_names(const hz_trace_network *net)
{
    return net->named;
}
