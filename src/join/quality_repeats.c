/* Which rows of events come twice: of one id, alike in all, or alike in where, when and kind. */
#include <math.h>

#include "hotzone/mem.h"
#include "join/quality_events.h"

static hz_status no_memory(const audit *a)
{
    return hz_mem_fail(a->err, hz_layer_name(a->events));
}

static bool same_place(const audit *a, size_t p, size_t q)
{
    return (a->x[p] == a->x[q] || (isnan(a->x[p]) && isnan(a->x[q]))) &&
           (a->y[p] == a->y[q] || (isnan(a->y[p]) && isnan(a->y[q])));
}

static bool same_id(const audit *a, size_t p, size_t q)
{
    return hz_same_value(a->events, (size_t)a->id, p, q);
}

static bool same_row(const audit *a, size_t p, size_t q)
{
    bool same = same_place(a, p, q);
    for (size_t c = 0; same && c < hz_layer_columns(a->events); c++)
        same = hz_same_value(a->events, c, p, q);
    return same;
}

static bool same_event(const audit *a, size_t p, size_t q)
{
    return same_place(a, p, q) && a->when[p] == a->when[q] &&
           (a->kind < 0 || hz_same_value(a->events, (size_t)a->kind, p, q));
}

/* Mark what comes again after its like: rows of one hash stand together, in order. */
static void mark_repeats(const audit *a, size_t n, bool (*same)(const audit *, size_t, size_t),
                         unsigned char bit)
{
    hz_hashed *h = a->hashed;
    hz_hashed_sort(h, n);
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k-- > 0 && h[k].hash == h[i].hash;)
            if (same(a, h[k].row, h[i].row)) {
                a->again[h[i].row] |= bit;
                break; /* the nearest like is enough */
            }
}

static void hash_place(const audit *a, hz_hashed *h)
{
    double xy[2] = { a->x[h->row] + 0.0, a->y[h->row] + 0.0 };
    if (isnan(xy[0]) || isnan(xy[1]))
        xy[0] = xy[1] = 0;
    h->hash = hz_hash_more(h->hash, xy, sizeof xy);
}

enum { SAME_ID = 1, SAME_ROW = 2, SAME_EVENT = 4 };

static hz_status add_repeats(audit *a, const char *code, hz_severity severity, unsigned char bit,
                             unsigned char but, int column)
{
    hz_finding *f = NULL;
    for (size_t r = 0; r < a->n; r++) {
        if (!(a->again[r] & bit) || (a->again[r] & but))
            continue;
        if (!f)
            f = hz_quality_add(a->q, code, severity, 0, a->n);
        if (!f)
            return no_memory(a);
        f->count++;
        hz_finding_row(f, r);
    }
    if (f && column >= 0 &&
        !hz_finding_say(f, 0, hz_layer_column_name(a->events, (size_t)column)))
        return no_memory(a);
    return HZ_OK;
}

hz_status hz_quality_repeats(audit *a)
{
    size_t n = 0;
    hz_status st = HZ_OK;
    a->again = hz_mem_new(a->n, 1);
    if (!a->again)
        return no_memory(a);
    if (a->id >= 0) {
        for (size_t r = 0; r < a->n; r++)
            if (hz_has_value(a->events, (size_t)a->id, r))
                a->hashed[n++] = (hz_hashed){ HZ_HASH_START, r };
        hz_hash_column(a->events, (size_t)a->id, a->hashed, n);
        mark_repeats(a, n, same_id, SAME_ID);
        st = add_repeats(a, "events-same-id", HZ_QUALITY_FAULT, SAME_ID, 0, a->id);
    }
    for (size_t r = 0; r < a->n; r++) {
        a->hashed[r] = (hz_hashed){ HZ_HASH_START, r };
        hash_place(a, &a->hashed[r]);
    }
    for (size_t c = 0; c < hz_layer_columns(a->events); c++)
        hz_hash_column(a->events, c, a->hashed, a->n);
    /* points without any column are alike for want of anything else: those are stacks */
    if (hz_layer_columns(a->events))
        mark_repeats(a, a->n, same_row, SAME_ROW);
    if (!st)
        st = add_repeats(a, "events-repeated", HZ_QUALITY_WARNING, SAME_ROW, 0, -1);
    if (st || !a->when)
        return st;
    n = 0;
    for (size_t r = 0; r < a->n; r++)
        if (a->when[r] != HZ_TIME_NONE && a->stand[r] != STAND_NONE) {
            a->hashed[n] = (hz_hashed){ HZ_HASH_START, r };
            hash_place(a, &a->hashed[n]);
            a->hashed[n].hash = hz_hash_more(a->hashed[n].hash, &a->when[r], sizeof *a->when);
            n++;
        }
    if (a->kind >= 0)
        hz_hash_column(a->events, (size_t)a->kind, a->hashed, n);
    mark_repeats(a, n, same_event, SAME_EVENT);
    return add_repeats(a, "events-alike", HZ_QUALITY_NOTE, SAME_EVENT, SAME_ID | SAME_ROW, -1);
}
