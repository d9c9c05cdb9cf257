/* The Poisson scan of a layer: its places, their events and population. */
#include <math.h>

#include "stat/scan_layer.h"

/* Sums stay whole numbers of 32 bits, and Poisson means within what hz_rng_poisson takes. */
static const double most_events = HZ_RNG_POISSON_MOST;

/* Which rows take part, and whether the figures can be used at all. */
static hz_status sort_out(const hz_layer *l, const hz_scanning_columns *c, const scan_places *p,
                          unsigned char *used, hz_scanning *out, hz_error *err)
{
    const double *events = hz_layer_numbers(l, c->events);
    const double *base = c->population ? hz_layer_numbers(l, c->population) : p->area;
    for (size_t i = 0; i < p->n; i++) {
        if (!isnan(events[i]) && (events[i] < 0 || events[i] != floor(events[i]) ||
                                  events[i] > most_events))
            return hz_fail(err, HZ_EDATA, "%s: row %zu: %s is %g, expected a whole count",
                           hz_layer_name(l), i + 1, c->events, events[i]);
        if (base[i] < 0 || isinf(base[i]))
            return hz_fail(err, HZ_EDATA, "%s: row %zu: %s is %g, expected a population",
                           hz_layer_name(l), i + 1, c->population ? c->population : "area",
                           base[i]);
        used[i] = !isnan(events[i]) && base[i] > 0 && isfinite(p->x[i]) && isfinite(p->y[i]);
        if (used[i])
            continue;
        out->left_out++;
        out->events_left_out += isnan(events[i]) ? 0 : events[i];
    }
    return HZ_OK;
}

static hz_status gather(const hz_layer *l, const hz_scanning_columns *c, const scan_places *p,
                        const unsigned char *used, size_t n, scan_data *d, hz_error *err)
{
    const double *events = hz_layer_numbers(l, c->events);
    const double *base = c->population ? hz_layer_numbers(l, c->population) : p->area;
    hz_status st = scan_data_new(d, n, 0, 0, err);
    for (size_t i = 0, k = 0; !st && i < p->n; i++)
        if (used[i])
            d->row[k++] = i;
    if (!st)
        st = scan_places_sort(p, n, d->row, err);
    for (size_t k = 0; !st && k < n; k++) {
        size_t i = d->row[k];
        d->x[k] = p->x[i];
        d->y[k] = p->y[i];
        d->base[k] = base[i];
        d->count[k] = events[i];
        d->total += events[i];
        d->base_sum += base[i];
    }
    if (!st && !(d->total > 0))
        return hz_fail(err, HZ_EDATA, "%s: no event lies in its places with a population, expected one or "
                       "more",
                       hz_layer_name(l));
    if (!st && d->total > most_events)
        return hz_fail(err, HZ_EDATA, "%s: has %.0f events, expected at most %.0f",
                       hz_layer_name(l), d->total, most_events);
    return st;
}

static hz_status check_columns(const hz_layer *l, const hz_scanning_columns *c, hz_error *err)
{
    const hz_shapes *s = hz_layer_shapes(l);
    if (!c->events || !hz_layer_numbers(l, c->events))
        return hz_fail(err, HZ_EUSAGE, "%s: has no column '%s' of numbers, expected counts of "
                       "events", hz_layer_name(l), c->events ? c->events : "");
    if (c->population && !hz_layer_numbers(l, c->population))
        return hz_fail(err, HZ_EUSAGE, "%s: has no column '%s' of numbers, expected a population",
                       hz_layer_name(l), c->population);
    if (!c->population && (!s || s->kind != HZ_POLYGON || c->x))
        return hz_fail(err, HZ_EUSAGE, "%s: without a population events are expected by area, "
                       "expected polygons and no columns of centres", hz_layer_name(l));
    return HZ_OK;
}

hz_status hz_scanning_poisson(const hz_layer *places, const hz_scanning_columns *c,
                              const hz_scanning_opts *opts, hz_scanning *out,
                              const hz_notice *notice, hz_error *err)
{
    static const hz_scanning_opts defaults = HZ_SCANNING_DEFAULTS;
    const hz_scanning_opts *o = opts ? opts : &defaults;
    hz_scanning found = { 0 };
    scan_places p = { 0 };
    scan_data d = { 0 };
    unsigned char *used = hz_mem_new(hz_layer_rows(places), 1);
    hz_status st = used ? scan_check(o, err) : hz_mem_fail(err, "scan");
    size_t n = 0;

    if (!st)
        st = check_columns(places, c, err);
    if (!st)
        st = scan_places_new(places, c, &p, notice, err);
    if (!st)
        st = sort_out(places, c, &p, used, &found, err);
    for (size_t i = 0; !st && i < p.n; i++)
        n += used[i];
    if (!st && n < 2)
        st = hz_fail(err, HZ_EDATA, "%s: has %zu places with events and population known, expected "
                     "at least 2", hz_layer_name(places), n);
    if (!st)
        st = gather(places, c, &p, used, n, &d, err);
    if (!st && found.left_out)
        hz_warn(notice, "%s: places left out for want of population or figures: %zu, with %g "
                "events", hz_layer_name(places), found.left_out, found.events_left_out);
    if (!st)
        st = scan_report(&d, &p, places, c, NULL, o, &found, err);
    if (!st)
        *out = found;
    scan_places_free(&p);
    scan_data_free(&d);
    hz_mem_free(used);
    return st;
}
