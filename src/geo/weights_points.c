/* Neighbours by distance: the k nearest and all within a band, off a tree of halved boxes. */
#include <math.h>

#include "hotzone/mem.h"
#include "hotzone/team.h"
#include "hotzone/weights.h"

enum { LEAF = 8, BLOCK = 256, WORD = 64 };
/* Units counted at a time, and before all others, of a band that may be too wide. */
enum { COUNT_AT_ONCE = 1 << 14, SAMPLE = 256 };
static const size_t LINKS_MOST = (size_t)1 << 31;

/* Points in an order in which every half of a range lies on one side of its middle point, by x and
 * y in turn.  No pointers: the ranges are the tree. */
typedef struct {
    size_t n;
    const double *x, *y;
    uint32_t *order;
} tree;

static double along(const tree *t, uint32_t point, int axis)
{
    return axis ? t->y[point] : t->x[point];
}

static bool before(const tree *t, uint32_t a, uint32_t b, int axis)
{
    double x = along(t, a, axis), y = along(t, b, axis);
    return x < y || (x == y && a < b);
}

static void swap(uint32_t *a, uint32_t *b)
{
    uint32_t c = *a;
    *a = *b;
    *b = c;
}

/* Quickselect: the point that belongs at `middle` goes there, smaller ones before it. */
static void select_middle(tree *t, size_t first, size_t last, size_t middle, int axis)
{
    uint32_t *o = t->order;
    while (last - first > 1) {
        size_t half = first + (last - first) / 2, low = first, high = last - 1;
        if (before(t, o[half], o[first], axis))
            swap(&o[half], &o[first]);
        if (before(t, o[last - 1], o[first], axis))
            swap(&o[last - 1], &o[first]);
        if (before(t, o[last - 1], o[half], axis))
            swap(&o[last - 1], &o[half]);
        uint32_t pivot = o[half];
        while (low <= high) {
            while (before(t, o[low], pivot, axis))
                low++;
            while (before(t, pivot, o[high], axis))
                high--;
            if (low <= high) {
                swap(&o[low++], &o[high]);
                if (high == 0)
                    break;
                high--;
            }
        }
        if (middle <= high && high < last)
            last = high + 1;
        else if (middle >= low)
            first = low;
        else
            return;
    }
}

static void build(tree *t, size_t first, size_t last, int axis)
{
    while (last - first > LEAF) {
        size_t middle = first + (last - first) / 2;
        select_middle(t, first, last, middle, axis);
        axis = !axis;
        build(t, first, middle, axis);
        first = middle + 1;
    }
}

/* Equal within the tolerance is equal: squares are compared, so it counts twice. */
static const double SLACK = 2 * HZ_WEIGHTS_TOLERANCE;

typedef struct {
    uint32_t point;
    double square; /* of the distance */
} found;

typedef struct {
    const tree *t;
    uint32_t of;      /* whose neighbours */
    double reach;     /* square of the distance searched; shrinks for the k nearest */
    size_t k, count;  /* k: 0 for a band */
    found *list;      /* k, ascending by distance, then number; NULL: only count */
    uint32_t *into;   /* a band's neighbours, or NULL */
} search;

/* Is a nearer than b?  Nearly equal distances are equal, and then the lower number is. */
static bool nearer(const found *a, const found *b)
{
    double room = SLACK * fmax(a->square, b->square);
    if (fabs(a->square - b->square) > room)
        return a->square < b->square;
    return a->point < b->point;
}

static void meet(search *s, uint32_t point)
{
    double dx = s->t->x[point] - s->t->x[s->of], dy = s->t->y[point] - s->t->y[s->of];
    found f = { point, dx * dx + dy * dy };
    if (point == s->of || f.square > s->reach)
        return;
    if (s->k == 0) {
        if (s->into)
            s->into[s->count] = point;
        s->count++;
        return;
    }
    if (s->count == s->k && !nearer(&f, &s->list[s->k - 1]))
        return;
    size_t at = s->count < s->k ? s->count++ : s->k - 1;
    for (; at > 0 && nearer(&f, &s->list[at - 1]); at--)
        s->list[at] = s->list[at - 1];
    s->list[at] = f;
    if (s->count == s->k)
        s->reach = s->list[s->k - 1].square * (1 + SLACK);
}

static void look(search *s, size_t first, size_t last, int axis)
{
    while (last - first > LEAF) {
        size_t middle = first + (last - first) / 2;
        uint32_t point = s->t->order[middle];
        double gap = along(s->t, s->of, axis) - along(s->t, point, axis);
        axis = !axis;
        if (gap <= 0)
            look(s, first, middle, axis);
        else
            look(s, middle + 1, last, axis);
        meet(s, point);
        if (gap * gap > s->reach)
            return;
        if (gap <= 0)
            first = middle + 1;
        else
            last = middle;
    }
    for (size_t i = first; i < last; i++)
        meet(s, s->t->order[i]);
}

static hz_status plant(tree *t, hz_error *err)
{
    for (size_t i = 0; i < t->n; i++)
        if (!isfinite(t->x[i]) || !isfinite(t->y[i]))
            return hz_fail(err, HZ_EDATA, "neighbours: unit %zu has no place, expected coordinates "
                           "for distances", i + 1);
    if (t->n >= UINT32_MAX)
        return hz_fail(err, HZ_EDATA, "neighbours: %zu units, expected fewer than 2^32", t->n);
    t->order = hz_mem_new(t->n, sizeof *t->order);
    if (!t->order)
        return hz_mem_fail(err, "neighbours");
    for (size_t i = 0; i < t->n; i++)
        t->order[i] = (uint32_t)i;
    build(t, 0, t->n, 0);
    return HZ_OK;
}

typedef struct {
    const tree *t;
    size_t k;
    double reach;
    found *lists; /* members * k */
    hz_csr *csr;
    bool fill;    /* a band: second pass */
    size_t from;  /* the unit that the range counts from */
    uint64_t *marks; /* of a band: members * words, one bit per unit, all 0 between rows */
    size_t words;
} job;

/* In order of number by marking each: of a long row much less work than a sort. */
static void order_row(uint32_t *row, size_t n, uint64_t *marks)
{
    size_t low = SIZE_MAX, high = 0, at = 0;
    for (size_t d = 0; d < n; d++) {
        size_t word = row[d] / WORD;
        marks[word] |= (uint64_t)1 << row[d] % WORD;
        low = word < low ? word : low;
        high = word > high ? word : high;
    }
    for (size_t word = low; at < n && word <= high; word++) {
        uint64_t bits = marks[word];
        for (uint32_t unit = (uint32_t)(word * WORD); bits; bits >>= 1, unit++)
            if (bits & 1)
                row[at++] = unit;
        marks[word] = 0;
    }
}

static void search_range(size_t first, size_t last, int member, void *user)
{
    job *j = user;
    for (size_t i = j->from + first; i < j->from + last; i++) {
        search s = { j->t, (uint32_t)i, j->reach, j->k, 0, NULL, NULL };
        if (j->k)
            s.list = j->lists + (size_t)member * j->k;
        else if (j->fill)
            s.into = j->csr->neighbour + j->csr->first[i];
        look(&s, 0, j->t->n, 0);
        if (!j->k && !j->fill)
            j->csr->first[i + 1] = s.count;
        if (j->fill && s.count > j->words / WORD)
            order_row(s.into, s.count, j->marks + (size_t)member * j->words);
        for (size_t d = 0; d < s.count && j->k; d++)
            j->csr->neighbour[i * j->k + d] = s.list[d].point;
    }
}

hz_status hz_weights_nearest(size_t n, const double *x, const double *y, size_t k, hz_csr **out,
                             hz_error *err)
{
    tree t = { n, x, y, NULL };
    job j = { .t = &t, .k = k, .reach = INFINITY };
    hz_status st;
    if (k == 0)
        return hz_fail(err, HZ_EUSAGE, "neighbours: 0 nearest, expected 1 or more");
    if (k >= n)
        return hz_fail(err, HZ_EDATA,
                       "neighbours: %zu nearest of %zu units, expected fewer than there "
                       "are",
                       k, n);
    st = plant(&t, err);
    if (!st)
        st = hz_csr_new(n, n * k, false, &j.csr, err);
    if (!st) {
        j.lists = hz_mem_new((size_t)hz_team_size() * k, sizeof *j.lists);
        st = j.lists ? HZ_OK : hz_mem_fail(err, "neighbours");
    }
    if (!st) {
        for (size_t i = 0; i < n; i++)
            j.csr->first[i + 1] = (i + 1) * k;
        hz_team_share(n, BLOCK, search_range, &j);
        hz_csr_tidy(j.csr);
        *out = j.csr;
        j.csr = NULL;
    }
    hz_csr_free(j.csr);
    hz_mem_free(j.lists);
    hz_mem_free(t.order);
    return st;
}

static void weigh(hz_csr *csr, const double *x, const double *y)
{
    for (size_t i = 0; i < csr->n; i++)
        for (size_t l = csr->first[i]; l < csr->first[i + 1]; l++) {
            uint32_t other = csr->neighbour[l];
            csr->weight[l] = 1 / fmax(1, hypot(x[other] - x[i], y[other] - y[i]));
        }
}

/* Counts a row, of all units at even distances or of the next ones; too many are refused as soon as
 * that is known, which for a band over much of a map is long before all are counted. */
static hz_status count_links(job *j, double reach, hz_error *err)
{
    size_t n = j->t->n, *first = j->csr->first, step = n / SAMPLE + 1, seen = 0;
    double links = 0;
    for (size_t i = 0; i < n; i += step, seen++) {
        search s = { j->t, (uint32_t)i, j->reach, 0, 0, NULL, NULL };
        look(&s, 0, n, 0);
        links += (double)s.count;
    }
    links *= (double)n / (double)(seen ? seen : 1);
    bool over = links > 4 * (double)LINKS_MOST; /* beyond what so even a sample can be wrong by */
    for (j->from = 0; !over && j->from < n; j->from += COUNT_AT_ONCE) {
        size_t count = n - j->from < COUNT_AT_ONCE ? n - j->from : COUNT_AT_ONCE;
        hz_team_share(count, BLOCK, search_range, j);
        for (size_t i = j->from; i < j->from + count; i++)
            first[i + 1] += first[i];
        over = first[j->from + count] > LINKS_MOST;
    }
    if (over)
        return hz_fail(err, HZ_EDATA, "neighbours: a band of %g links about %.2g pairs, expected at "
                       "most 2^31: take a shorter one", reach, links);
    return HZ_OK;
}

hz_status hz_weights_band(size_t n, const double *x, const double *y, double reach, bool inverse,
                          hz_csr **out, hz_error *err)
{
    tree t = { n, x, y, NULL };
    job j = { .t = &t, .reach = reach * reach * (1 + SLACK) };
    hz_csr *counted = NULL;
    hz_status st;
    if (!(reach > 0) || isinf(reach))
        return hz_fail(err, HZ_EUSAGE, "neighbours: a band of %g, expected a distance over 0",
                       reach);
    st = plant(&t, err);
    if (!st)
        st = hz_csr_new(n, 0, false, &counted, err);
    if (st)
        goto done;
    j.csr = counted;
    st = count_links(&j, reach, err);
    if (st)
        goto done;
    j.words = n / WORD + 1;
    j.marks = hz_mem_new((size_t)hz_team_size() * j.words, sizeof *j.marks);
    st = j.marks ? HZ_OK : hz_mem_fail(err, "neighbours");
    if (st)
        goto done;
    st = hz_csr_new(n, counted->first[n], inverse, &j.csr, err);
    if (st)
        goto done;
    for (size_t i = 0; i <= n; i++)
        j.csr->first[i] = counted->first[i];
    j.fill = true;
    j.from = 0;
    hz_team_share(n, BLOCK, search_range, &j);
    double *weight = j.csr->weight;
    j.csr->weight = NULL; /* distances are taken once the order stands */
    hz_csr_tidy(j.csr);
    j.csr->weight = weight;
    if (inverse)
        weigh(j.csr, x, y);
    *out = j.csr;
done:
    hz_csr_free(counted);
    hz_mem_free(j.marks);
    hz_mem_free(t.order);
    return st;
}
