/* What each area shows: its state, its printed value, and its class. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "map/sheet_parts.h"

/* The value that is printed: what a reader sees must lie in the class the map shows. */
static double as_printed(double value, int decimals)
{
    char text[400];
    snprintf(text, sizeof text, "%.*f", decimals, value);
    return strtod(text, NULL); /* both sides of the round trip use one locale */
}

int hz_sheet_class(const hz_sheet_facts *facts, double value)
{
    if (facts->breaks.classes == 0 || !isfinite(value))
        return -1;
    return hz_breaks_class(&facts->breaks, as_printed(value, facts->decimals));
}

static hz_status state_of(const hz_sheet *s, size_t i, double raw, hz_error *err)
{
    static const char *const words[] = { "ok", "unstable", "hidden", "undefined" };
    const hz_sheet_data *d = s->data;
    int state = -1;

    if (!d->state) {
        hz_mark mark = hz_layer_mark(d->areas, d->value, i);
        state = mark == HZ_HIDDEN ? HZ_AREA_HIDDEN
              : mark != HZ_KNOWN ? HZ_AREA_UNDEFINED : HZ_AREA_OK;
    } else {
        const char *text = hz_layer_text(d->areas, d->state, i);
        for (int k = 0; k < 4; k++)
            if (strcmp(text, words[k]) == 0)
                state = k;
        if (state < 0)
            return hz_fail(err, HZ_EDATA, "%s: row %zu: %s is '%s', expected ok, unstable, "
                           "hidden or undefined", hz_layer_name(d->areas), i + 1, d->state, text);
    }
    if (state <= HZ_AREA_UNSTABLE && !isfinite(raw))
        state = HZ_AREA_UNDEFINED;
    s->state[i] = (unsigned char)state;
    return HZ_OK;
}

static hz_status read_values(hz_sheet *s, hz_error *err)
{
    const double *raw = hz_layer_numbers(s->data->areas, s->data->value);
    for (size_t i = 0; i < s->n; i++) {
        hz_status st = state_of(s, i, raw[i], err);
        if (st)
            return st;
        bool known = s->state[i] <= HZ_AREA_UNSTABLE;
        s->value[i] = known ? as_printed(raw[i], s->facts.decimals) : NAN;
        s->class_of[i] = -1;
        s->facts.unstable += s->state[i] == HZ_AREA_UNSTABLE;
        s->facts.hidden += s->state[i] == HZ_AREA_HIDDEN;
        s->facts.undefined += s->state[i] == HZ_AREA_UNDEFINED;
        s->facts.zero += known && raw[i] == 0;
    }
    return HZ_OK;
}

/* Decimals that print a limit exactly, up to six. */
static int decimals_of(double limit)
{
    int d = 0;
    while (d < 6 && as_printed(limit, d) != limit)
        d++;
    return d;
}

/* Limits rise to the next printed number: no printed value lies in between, so none changes its
 * class, and legend and map cut at the same place.  Limits that then coincide are one. */
static void print_limits(hz_breaks *b, int decimals)
{
    double unit = pow(10, decimals);
    size_t kept = 0;
    for (size_t i = 0; i + 1 < b->classes; i++) {
        double limit = as_printed(ceil(b->limits[i] * unit - 1e-6) / unit, decimals);
        if (kept == 0 || limit > b->limits[kept - 1])
            b->limits[kept++] = limit;
    }
    b->classes = kept + 1;
    b->decimals = decimals;
}

/* Limits over n values; those of areas without one are NaN. */
static hz_status find_breaks(hz_sheet *s, size_t n, const double *values, hz_error *err)
{
    const hz_look *look = s->look;
    hz_breaks *b = &s->facts.breaks;
    double fixed[HZ_CLASSES_MAX - 1];

    memcpy(fixed, look->fixed, sizeof fixed);
    if (look->method == HZ_REFERENCE) {
        if (fixed[0] == 0)
            fixed[0] = s->data->city;
        if (!(fixed[0] > 0) || !isfinite(fixed[0]))
            return hz_fail(err, HZ_EUSAGE, "style: classes around the reference, but there is no "
                           "city value over 0; give classes.reference");
        s->reference = fixed[0];
    }
    hz_status st = hz_breaks_find(look->method, look->classes, look->round, n, values, fixed, b,
                                  err);
    if (st)
        return st;
    print_limits(b, s->facts.decimals);
    memset(b->count, 0, sizeof b->count);
    return hz_look_colours(look, b->classes, s->facts.colours, err);
}

/* Each area's class, and how many there are of each, by the limits that were found. */
static void assign(hz_sheet *s, hz_breaks *counted)
{
    for (size_t i = 0; i < s->n; i++) {
        s->class_of[i] = hz_breaks_class(&s->facts.breaks, s->value[i]);
        if (s->class_of[i] >= 0)
            counted->count[s->class_of[i]]++;
    }
}

static void warn_of_classes(const hz_sheet *s)
{
    const hz_breaks *b = &s->facts.breaks;
    size_t known = s->n - s->facts.hidden - s->facts.undefined;
    for (size_t c = 0; b->classes > 1 && c < b->classes; c++) {
        char range[96];
        hz_sheet_class_text(&s->facts, c, HZ_ENGLISH, range, sizeof range);
        if (b->count[c] == 0)
            hz_warn(s->notice, "sheet: no area is in class '%s'", range);
        else if ((double)b->count[c] > 0.6 * (double)known)
            hz_warn(s->notice, "sheet: class '%s' holds %zu of the %zu areas with a value", range,
                    b->count[c], known);
    }
}

/* State and printed value of each area. */
static hz_status read_areas(hz_sheet *s, hz_error *err)
{
    s->value = hz_mem_new(s->n, sizeof *s->value);
    s->state = hz_mem_new(s->n, sizeof *s->state);
    s->class_of = hz_mem_new(s->n, sizeof *s->class_of);
    if (!s->value || !s->state || !s->class_of)
        return hz_mem_fail(err, "sheet: classes");
    s->reference = NAN;
    if (s->data->cells)
        return hz_sheet_count_cells(s, err);
    s->facts.decimals = s->look->decimals;
    for (size_t i = 0; s->look->method == HZ_FIXED && i + 1 < s->look->classes; i++)
        if (decimals_of(s->look->fixed[i]) > s->facts.decimals)
            s->facts.decimals = decimals_of(s->look->fixed[i]);
    return read_values(s, err);
}

hz_status hz_sheet_classify(hz_sheet *s, hz_error *err)
{
    hz_status st = read_areas(s, err);
    if (st || s->data->cells) /* cells have their classes */
        return st;
    if (s->facts.hidden + s->facts.undefined == s->n)
        return HZ_OK; /* a map of areas without figures is still a map */
    st = find_breaks(s, s->n, s->value, err);
    if (st)
        return st;
    assign(s, &s->facts.breaks);
    warn_of_classes(s);
    return HZ_OK;
}

hz_status hz_sheet_classify_together(hz_sheet *sheets, size_t n, hz_error *err)
{
    hz_sheet *first = &sheets[0];
    hz_sheet_facts *all = &first->facts;
    size_t rows = first->n, known = 0;
    hz_status st = HZ_OK;
    double *values = hz_mem_new(n * rows, sizeof *values);
    if (!values)
        return hz_mem_fail(err, "sheet: classes");
    for (size_t i = 0; !st && i < n; i++) {
        st = read_areas(&sheets[i], err);
        if (!st)
            memcpy(values + i * rows, sheets[i].value, rows * sizeof *values);
    }
    for (size_t i = 0; !st && i < n * rows; i++)
        known += isfinite(values[i]) ? 1 : 0;
    if (!st && known)
        st = find_breaks(first, n * rows, values, err);
    hz_mem_free(values);
    for (size_t i = 0; !st && i < n; i++) {
        hz_sheet_facts *f = &sheets[i].facts;
        if (i > 0) {
            f->breaks = all->breaks;
            memcpy(f->colours, all->colours, sizeof f->colours);
            all->unstable += f->unstable;
            all->hidden += f->hidden;
            all->undefined += f->undefined;
            all->zero += f->zero;
        }
        if (known)
            assign(&sheets[i], &all->breaks);
    }
    return st;
}
