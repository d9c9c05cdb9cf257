/* What the shown figures of a release leave of each other. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "stat/disclose_parts.h"

double hz_release_base(const hz_release *release, size_t figure)
{
    return release->coarse ? release->coarse[figure] : 0;
}

double hz_release_low(double x, double base)
{
    double half = floor(base / 2);
    return base * floor((x + half) / base) - half;
}

bool hz_release_meets(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < m; k++)
            if (a[i] == b[k])
                return true;
    return false;
}

void hz_rests_clear(hz_rests *rests)
{
    hz_mem_free(rests->first);
    hz_mem_free(rests->atom);
    memset(rests, 0, sizeof *rests);
}

typedef struct {
    const hz_release *r;
    const hz_disclose_opts *o;
    size_t shown;
    size_t *order;          /* shown figures, of few atoms first */
    size_t *inside;         /* those within the one that is looked at */
    size_t inside_count;
    double *value;          /* figures */
    uint32_t *mark;         /* atoms: of the figure numbered so, if not taken from it */
    uint32_t stamp;
    hz_rests *out;
} rest_work;

static size_t size_of(const hz_release *r, size_t f)
{
    return r->first[f + 1] - r->first[f];
}

static void mark(rest_work *w, size_t f)
{
    w->stamp++;
    for (size_t k = w->r->first[f]; k < w->r->first[f + 1]; k++)
        w->mark[w->r->atom[k]] = w->stamp;
}

static bool is_within(const rest_work *w, size_t f)
{
    for (size_t k = w->r->first[f]; k < w->r->first[f + 1]; k++)
        if (w->mark[w->r->atom[k]] != w->stamp)
            return false;
    return true;
}

static void take(rest_work *w, size_t f)
{
    for (size_t k = w->r->first[f]; k < w->r->first[f + 1]; k++)
        w->mark[w->r->atom[k]] = 0;
}

static bool is_small(const rest_work *w, double x)
{
    return (x > 0 && x < w->o->below) || (x == 0 && w->o->hide_zeros);
}

static bool is_known(const hz_rests *out, const uint32_t *set, size_t size)
{
    for (size_t i = 0; i < out->n; i++)
        if (out->first[i + 1] - out->first[i] == size &&
            memcmp(out->atom + out->first[i], set, size * sizeof *set) == 0)
            return true;
    return false;
}

static hz_status grow(hz_rests *out, size_t size, hz_error *err)
{
    if (out->n + 2 > out->room) {
        size_t room = out->room ? 2 * out->room : 32;
        size_t *more = hz_mem_resize(out->first, room, sizeof *more);
        if (!more)
            return hz_mem_fail(err, "disclosure");
        more[0] = 0;
        out->first = more;
        out->room = room;
    }
    if (out->first[out->n] + size > out->atom_room) {
        size_t room = 2 * (out->first[out->n] + size);
        uint32_t *more = hz_mem_resize(out->atom, room, sizeof *more);
        if (!more)
            return hz_mem_fail(err, "disclosure");
        out->atom = more;
        out->atom_room = room;
    }
    return HZ_OK;
}

/* What is still marked of figure f, if it is small. */
static hz_status keep(rest_work *w, size_t f, hz_error *err)
{
    const hz_release *r = w->r;
    double sum = 0;
    size_t size = 0;
    for (size_t k = r->first[f]; k < r->first[f + 1]; k++)
        if (w->mark[r->atom[k]] == w->stamp) {
            sum += r->count[r->atom[k]];
            size++;
        }
    if (size < 2 || size == size_of(r, f) || !is_small(w, sum))
        return HZ_OK;
    hz_status st = grow(w->out, size, err);
    if (st)
        return st;
    uint32_t *set = w->out->atom + w->out->first[w->out->n];
    size = 0;
    for (size_t k = r->first[f]; k < r->first[f + 1]; k++)
        if (w->mark[r->atom[k]] == w->stamp)
            set[size++] = r->atom[k];
    if (!is_known(w->out, set, size)) {
        w->out->first[w->out->n + 1] = w->out->first[w->out->n] + size;
        w->out->n++;
    }
    return HZ_OK;
}

/* Figure f less each shown one within it. */
static hz_status less_one(rest_work *w, size_t f, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < w->shown; i++) {
        size_t g = w->order[i];
        if (g == f || size_of(w->r, g) >= size_of(w->r, f) || size_of(w->r, g) == 0 ||
            !is_small(w, w->value[f] - w->value[g]))
            continue;
        mark(w, f);
        if (!is_within(w, g))
            continue;
        take(w, g);
        st = keep(w, f, err);
    }
    return st;
}

/* Figure f less as many as have room beside each other, in the order of their size. */
static hz_status less_many(rest_work *w, size_t f, bool large_first, hz_error *err)
{
    mark(w, f);
    for (size_t i = 0; i < w->shown; i++) {
        size_t g = w->order[large_first ? w->shown - 1 - i : i];
        if (g != f && size_of(w->r, g) && size_of(w->r, g) < size_of(w->r, f) && is_within(w, g))
            take(w, g);
    }
    return keep(w, f, err);
}

/* Figure f less whatever any within it covers: of rows and columns that cross too, whose sum it may
 * be known from with a sign or two more. */
static hz_status less_all(rest_work *w, size_t f, hz_error *err)
{
    w->inside_count = 0;
    mark(w, f);
    for (size_t i = 0; i < w->shown; i++) {
        size_t g = w->order[i];
        if (g != f && size_of(w->r, g) < size_of(w->r, f) && is_within(w, g))
            w->inside[w->inside_count++] = g;
    }
    for (size_t i = 0; i < w->inside_count; i++)
        take(w, w->inside[i]);
    return keep(w, f, err);
}

typedef struct {
    size_t size, figure;
} sized;

static int by_size(const void *a, const void *b)
{
    const sized *p = a, *q = b;
    if (p->size != q->size)
        return p->size < q->size ? -1 : 1;
    return p->figure < q->figure ? -1 : p->figure > q->figure;
}

static hz_status start(rest_work *w, const unsigned char *hidden, hz_error *err)
{
    const hz_release *r = w->r;
    sized *list = hz_mem_new(r->figures, sizeof *list);
    w->order = hz_mem_new(r->figures, sizeof *w->order);
    w->inside = hz_mem_new(r->figures, sizeof *w->inside);
    w->value = hz_mem_new(r->figures, sizeof *w->value);
    w->mark = hz_mem_new(r->atoms, sizeof *w->mark);
    if (!list || !w->order || !w->inside || !w->value || !w->mark) {
        hz_mem_free(list);
        return hz_mem_fail(err, "disclosure");
    }
    for (size_t f = 0; f < r->figures; f++) {
        for (size_t k = r->first[f]; k < r->first[f + 1]; k++)
            w->value[f] += r->count[r->atom[k]];
        if (!hidden[f] && hz_release_base(r, f) == 0)
            list[w->shown++] = (sized){ size_of(r, f), f };
    }
    if (w->shown)
        qsort(list, w->shown, sizeof *list, by_size);
    for (size_t i = 0; i < w->shown; i++)
        w->order[i] = list[i].figure;
    hz_mem_free(list);
    return HZ_OK;
}

hz_status hz_rests_find(const hz_release *release, const unsigned char *hidden,
                        const hz_disclose_opts *opts, hz_rests *rests, hz_error *err)
{
    rest_work w = { .r = release, .o = opts, .out = rests };
    rests->n = 0;
    hz_status st = start(&w, hidden, err);
    for (size_t i = 0; !st && i < w.shown; i++) {
        size_t f = w.order[i];
        if (size_of(release, f) < 2)
            continue;
        st = less_one(&w, f, err);
        for (int way = 0; !st && way < 2; way++)
            st = less_many(&w, f, way, err);
        if (!st)
            st = less_all(&w, f, err);
    }
    hz_mem_free(w.order);
    hz_mem_free(w.inside);
    hz_mem_free(w.value);
    hz_mem_free(w.mark);
    return st;
}
