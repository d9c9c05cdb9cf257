/* Counts the areas of a rate table by state and orders those with a figure. */
#include "report/tally.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/interval.h"
#include "hotzone/mem.h"

typedef struct {
    double rate;
    size_t row;
} ranked;

static int by_falling_rate(const void *a, const void *b)
{
    const ranked *p = a, *q = b;
    if (p->rate != q->rate)
        return p->rate > q->rate ? -1 : 1;
    return p->row < q->row ? -1 : p->row > q->row;
}

bool hz_tally_unstable(const hz_caption_facts *facts, size_t row)
{
    return strcmp(hz_layer_text(facts->areas, "state", row), "unstable") == 0;
}

bool hz_tally_withheld(const hz_caption_facts *facts, const hz_tally *tally)
{
    return tally->hidden > 0 && (facts->overlap || !facts->city || facts->city->withheld);
}

/* Any of the marks will do: a row that is hidden anywhere is hidden everywhere. */
static bool is_hidden(const hz_caption_facts *facts, size_t row)
{
    return hz_layer_mark(facts->areas, "rate", row) == HZ_HIDDEN ||
           hz_layer_mark(facts->areas, facts->events, row) == HZ_HIDDEN ||
           strcmp(hz_layer_text(facts->areas, "state", row), "hidden") == 0;
}

/* The city's value holds hidden rows too.  hz_rates_add gives it only where that total is
 * harmless, which takes four at least; otherwise the shown rows are added up here, in row order. */
static void find_overall(const hz_caption_facts *facts, const unsigned char *shown, hz_tally *t)
{
    const hz_rates_city *city = facts->city;
    double events = 0, residents = 0;

    if (facts->overlap || t->defined == 0 || !t->events || !t->residents)
        return;
    if (city && isfinite(city->rate) && t->undefined == 0 && t->hidden != 1) {
        t->overall = city->rate;
        t->overall_low = city->low;
        t->overall_high = city->high;
        t->overall_events = city->events;
        t->overall_residents = city->residents;
        t->overall_has_hidden = t->hidden > 0;
        t->has_overall = true;
        return;
    }
    for (size_t row = 0; row < t->rows; row++) {
        if (shown[row]) {
            events += t->events[row];
            residents += t->residents[row];
        }
    }
    double scale = facts->per / (residents * t->years);
    hz_interval_poisson(events, facts->level, &t->overall_low, &t->overall_high);
    t->overall_events = events;
    t->overall_residents = residents;
    t->overall = events * scale;
    t->overall_low *= scale;
    t->overall_high *= scale;
    t->has_overall = isfinite(t->overall);
}

static double years_of(const hz_layer *areas)
{
    const double *years = hz_layer_numbers(areas, "years");
    for (size_t row = 0; years && row < hz_layer_rows(areas); row++)
        if (isfinite(years[row]) && years[row] > 0)
            return years[row];
    return 1;
}

bool hz_tally_new(const hz_caption_facts *facts, hz_tally *out)
{
    const hz_layer *areas = facts->areas;
    hz_tally t = {
        .rows = hz_layer_rows(areas),
        .rate = hz_layer_numbers(areas, "rate"),
        .low = hz_layer_numbers(areas, "rate_low"),
        .high = hz_layer_numbers(areas, "rate_high"),
        .events = hz_layer_numbers(areas, facts->events),
        .residents = hz_layer_numbers(areas, facts->residents),
        .range_low = facts->range_high ? facts->range_low : NULL,
        .range_high = facts->range_low ? facts->range_high : NULL,
        .years = years_of(areas),
    };
    ranked *list = hz_mem_new(t.rows, sizeof *list);
    unsigned char *shown = hz_mem_new(t.rows, 1);
    t.order = hz_mem_new(t.rows, sizeof *t.order);
    bool ok = list && shown && t.order;
    for (size_t row = 0; ok && row < t.rows; row++) {
        if (is_hidden(facts, row)) {
            t.hidden++;
        } else if (!t.rate || !t.low || !t.high || isnan(t.rate[row])) {
            t.undefined++;
        } else {
            shown[row] = 1;
            list[t.defined++] = (ranked){ t.rate[row], row };
            t.unstable += hz_tally_unstable(facts, row);
        }
    }
    if (ok) {
        if (t.defined)
            qsort(list, t.defined, sizeof *list, by_falling_rate);
        for (size_t i = 0; i < t.defined; i++)
            t.order[i] = list[i].row;
        find_overall(facts, shown, &t);
        *out = t;
    } else {
        hz_mem_free(t.order);
    }
    hz_mem_free(list);
    hz_mem_free(shown);
    return ok;
}

void hz_tally_clear(hz_tally *tally)
{
    hz_mem_free(tally->order);
    *tally = (hz_tally){ 0 };
}

size_t hz_tally_ties(const hz_tally *tally, bool last)
{
    size_t n = 1;
    double edge = tally->rate[tally->order[last ? tally->defined - 1 : 0]];
    while (n < tally->defined &&
           tally->rate[tally->order[last ? tally->defined - 1 - n : n]] == edge)
        n++;
    return n;
}
