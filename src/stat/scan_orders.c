/* The orders of places about every centre: kept within a fixed room, made anew beyond it. */
#include "stat/scan_search.h"

#include <math.h>
#include <string.h>

#include "hotzone/team.h"

/* 48 MB of place numbers and cells: all orders of 4,000 places, half of them in a window. */
static const size_t most_kept = (size_t)1 << 23;
/* Places in orders being made at a time: 4 MB. */
static const size_t most_in_slots = (size_t)1 << 20;
enum { MOST_SLOTS = 4096 };

static void add_shape(scan_work *w, double ratio, double angle)
{
    double most = w->o->max_radius_m > 0 ? w->o->max_radius_m / ratio : INFINITY;
    double round = 4 * ratio / ((ratio + 1) * (ratio + 1));
    hz_scan_metric circle = HZ_SCAN_CIRCLE;
    w->shape[w->shapes++] = (scan_shape){ ratio > 1 ? hz_scan_ellipse(ratio, angle) : circle, ratio,
                                          angle, pow(round, w->o->penalty), most };
}

/* Ratios and numbers of angles as Kulldorff et al. (2006) take them. */
static void add_shapes(scan_work *w)
{
    static const struct {
        double ratio;
        int angles;
    } ellipse[] = { { 1.5, 4 }, { 2, 6 }, { 3, 9 }, { 4, 12 }, { 5, 15 } };
    const double pi = 3.14159265358979323846;
    add_shape(w, 1, 0);
    for (size_t e = 0; w->o->ellipses && e < sizeof ellipse / sizeof *ellipse; e++)
        for (int a = 0; a < ellipse[e].angles; a++)
            add_shape(w, ellipse[e].ratio, pi * a / ellipse[e].angles);
}

static void fill_levels(size_t first, size_t last, int member, void *user)
{
    scan_work *w = user;
    (void)member;
    hz_scan_fill_levels(w->levels.total, w->levels.cells_per_root, w->levels.cells, first, last,
                        w->most);
}

hz_status scan_work_new(scan_work *w, const scan_data *d, const hz_scanning_opts *o,
                        hz_error *err)
{
    memset(w, 0, sizeof *w);
    w->d = d;
    w->o = o;
    w->frame = (hz_scan_frame){ d->base, d->total / d->base_sum, d->total, d->first, d->step,
                                d->until_step, d->steps, d->most_steps };
    w->most_base = o->max_population * d->base_sum;
    add_shapes(w);
    w->items = w->shapes * d->n;
    w->members = hz_team_size();
    w->slot_room = most_in_slots;
    if (w->slot_room < (size_t)w->members * d->n)
        w->slot_room = (size_t)w->members * d->n; /* scan_order_of has room for one by each */
    w->room = most_kept;
    if (w->items <= most_kept / d->n)
        w->room = w->items * d->n;
    if (w->room < d->n)
        w->room = d->n;
    w->item = hz_mem_new(w->items, sizeof *w->item);
    w->near = hz_mem_new((size_t)w->members * 2 * d->n, sizeof *w->near);
    w->slot = hz_mem_new(w->slot_room, sizeof *w->slot);
    w->slot_at = hz_mem_new(MOST_SLOTS, sizeof *w->slot_at);
    w->slot_length = hz_mem_new(MOST_SLOTS, sizeof *w->slot_length);
    w->per_step = hz_mem_new((size_t)w->members * d->steps, sizeof *w->per_step);
    w->order = hz_mem_new(w->room, sizeof *w->order);
    w->at = hz_mem_new(w->items + 1, sizeof *w->at);
    w->cell = hz_mem_new(d->steps ? 0 : w->room, sizeof *w->cell);
    w->levels.total = d->total;
    w->levels.cells = hz_scan_cells(d->total, o->max_population * d->total,
                                    &w->levels.cells_per_root);
    w->most = hz_mem_new(w->levels.cells, HZ_SCAN_LEVELS * sizeof *w->most);
    w->levels.most = w->most;
    w->maxima = hz_mem_new(o->replicates + HZ_SCAN_LANES, sizeof *w->maxima);
    if (!w->item || !w->near || !w->slot || !w->slot_at || !w->slot_length || !w->per_step ||
        !w->order || !w->at || !w->cell || !w->most || !w->maxima)
        return hz_mem_fail(err, "scan");
    hz_team_share(HZ_SCAN_LEVELS, w->levels.cells > 1000 ? 1 : HZ_SCAN_LEVELS, fill_levels, w);
    return HZ_OK;
}

void scan_work_free(scan_work *w)
{
    hz_mem_free(w->item);
    hz_mem_free(w->near);
    hz_mem_free(w->slot);
    hz_mem_free(w->slot_at);
    hz_mem_free(w->slot_length);
    hz_mem_free(w->per_step);
    hz_mem_free(w->order);
    hz_mem_free(w->at);
    hz_mem_free(w->cell);
    hz_mem_free(w->most);
    hz_mem_free(w->maxima);
}

/* The first place that lies east of a line. */
static size_t first_beyond(const scan_data *d, double x)
{
    size_t low = 0, high = d->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (d->x[middle] > x)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* The places [first, last) that may be in the windows of an item: they stand from west to east. */
static size_t first_near(const scan_work *w, size_t item, size_t *last)
{
    const scan_data *d = w->d;
    const scan_shape *s = &w->shape[item / d->n];
    double x = d->x[item % d->n], reach = s->most_distance * s->ratio * (1 + 1e-6);
    *last = d->n;
    if (isinf(s->most_distance))
        return 0;
    *last = first_beyond(d, nextafter(x + reach, INFINITY));
    return first_beyond(d, nextafter(x - reach, -INFINITY));
}

static size_t make_order(scan_work *w, size_t item, int member, uint32_t *order)
{
    const scan_data *d = w->d;
    const scan_shape *s = &w->shape[item / d->n];
    size_t centre = item % d->n, last, first = first_near(w, item, &last);
    return hz_scan_order(first, last, d->x, d->y, d->base, centre, s->metric, w->most_base,
                         s->most_distance, w->near + (size_t)member * 2 * d->n, order);
}

typedef struct {
    scan_work *w;
    size_t from;
} filling;

static void fill_slots(size_t first, size_t last, int member, void *user)
{
    filling *f = user;
    for (size_t i = first; i < last; i++)
        f->w->slot_length[i] = make_order(f->w, f->from + i, member,
                                          f->w->slot + f->w->slot_at[i]);
}

static void fill_cells(size_t first, size_t last, int member, void *user)
{
    scan_work *w = user;
    (void)member;
    for (size_t i = first; i < last; i++)
        hz_scan_mark_cells(w->order + w->at[i], w->at[i + 1] - w->at[i], &w->frame, &w->levels,
                           w->cell + w->at[i]);
}

/* Room for the orders of the items from here on, as many as fit; how many. */
static size_t lay_slots(scan_work *w, size_t from)
{
    size_t used = 0, n = 0;
    for (; n < MOST_SLOTS && from + n < w->items; n++) {
        size_t last, first = first_near(w, from + n, &last);
        if (last - first > w->slot_room - used)
            break;
        w->slot_at[n] = used;
        used += last - first;
    }
    return n;
}

size_t scan_share(const scan_work *w)
{
    return 300000 / w->d->n + 1;
}

void scan_fill(scan_work *w, size_t from)
{
    bool room = true;
    if (from == w->first && w->last > w->first)
        return;
    w->first = w->last = from;
    w->at[0] = 0;
    while (room && w->last < w->items) {
        size_t some = lay_slots(w, w->last);
        filling f = { w, w->last };
        hz_team_share(some, scan_share(w), fill_slots, &f);
        for (size_t i = 0; room && i < some; i++) {
            size_t k = w->last - w->first;
            room = w->slot_length[i] <= w->room - w->at[k];
            if (!room)
                break;
            w->reach = w->slot_length[i] > w->reach ? w->slot_length[i] : w->reach;
            memcpy(w->order + w->at[k], w->slot + w->slot_at[i],
                   w->slot_length[i] * sizeof *w->order);
            w->at[k + 1] = w->at[k] + w->slot_length[i];
            w->last++;
        }
    }
    if (!w->d->steps)
        hz_team_share(w->last - w->first, scan_share(w), fill_cells, w);
}

const uint32_t *scan_order_of(scan_work *w, size_t item, int member, size_t *length)
{
    if (item >= w->first && item < w->last) {
        *length = w->at[item - w->first + 1] - w->at[item - w->first];
        return w->order + w->at[item - w->first];
    }
    uint32_t *order = w->slot + (size_t)member * w->d->n;
    *length = make_order(w, item, member, order);
    return order;
}
