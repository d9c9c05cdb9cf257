/* Tables of one run that together would give a hidden count away. */
#include <string.h>

#include "run/recipe_read.h"

/* What one table counts. */
typedef struct {
    size_t line, events, areas;
    const char *const *kinds;
    size_t kind_count;
    hz_period period;
    double hide_below;
    bool is_change;
} counted;

bool recipe_hides(const recipe *r, size_t events)
{
    bool hides = false;
    for (size_t i = 0; i < r->analysis_count; i++)
        hides |= r->analyses[i].events == events && r->analyses[i].rates.hide_below > 0;
    for (size_t i = 0; i < r->change_count; i++)
        hides |= r->changes[i].events == events && r->changes[i].opts.hide_below > 0;
    return hides;
}

static counted table_of(const recipe *r, size_t i)
{
    if (i >= r->analysis_count) {
        const recipe_change *c = &r->changes[i - r->analysis_count];
        return (counted){ c->line, c->events, c->areas, c->kinds, c->kind_count, c->before,
                          c->opts.hide_below, true };
    }
    const recipe_analysis *a = &r->analyses[i];
    return (counted){ a->line, a->events, a->area_count ? a->areas[0] : 0, a->kinds,
                      a->kind_count, a->period, a->rates.hide_below, false };
}

static bool count_alike(const counted *a, const counted *b)
{
    bool alike = !a->is_change && !b->is_change && a->areas == b->areas &&
                 a->hide_below == b->hide_below && a->kind_count == b->kind_count &&
                 a->period.from == b->period.from && a->period.until == b->period.until;
    for (size_t k = 0; alike && k < a->kind_count; k++)
        alike = strcmp(a->kinds[k], b->kinds[k]) == 0;
    return alike;
}

/* Sets of events by another name may be read from the same source, or one of their files. */
static bool are_same_events(const recipe *r, size_t a, size_t b)
{
    if (a == b)
        return true;
    for (size_t i = 0; i <= r->events[a].also_count; i++)
        for (size_t k = 0; k <= r->events[b].also_count; k++) {
            const char *x = recipe_file(&r->events[a], i), *y = recipe_file(&r->events[b], k);
            if (x && y && strcmp(x, y) == 0)
                return true;
        }
    return false;
}

bool recipe_hides_source(const recipe *r, size_t events)
{
    bool hides = false;
    for (size_t i = 0; i < r->event_count; i++)
        hides |= are_same_events(r, i, events) &&
                 (r->events[i].from.sensitive || recipe_hides(r, i));
    return hides;
}

void recipe_check_hiding(recipe_reader *in)
{
    const recipe *r = in->r;
    size_t n = r->analysis_count + r->change_count;

    if (!r->event_count)
        return;
    for (size_t i = 0; i < r->analysis_count; i++)
        if (r->analyses[i].rates.hide_below > 0 && r->analyses[i].area_count > 1)
            hz_faults_add(in->faults, r->analyses[i].line,
                          "hide-below with %zu sets of areas, expected one: an area of one set "
                          "less those within it of another gives a hidden count away",
                          r->analyses[i].area_count);
    for (size_t i = 1; i < n; i++)
        for (size_t k = 0; k < i; k++) {
            counted a = table_of(r, k), b = table_of(r, i);
            bool hides = a.hide_below > 0 || b.hide_below > 0;
            if (!hides || !are_same_events(r, a.events, b.events) || count_alike(&a, &b))
                continue;
            hz_faults_add(in->faults, b.line,
                          "hide-below: the table of line %zu counts the same events otherwise, "
                          "expected the same areas, period, kinds and threshold or a project of "
                          "its own: one table less the other gives a hidden count away", a.line);
            break;
        }
}
