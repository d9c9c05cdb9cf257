/* Registers every count that a run will publish of events whose small counts are hidden, and asks
 * which of them may be shown. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/match.h"
#include "hotzone/mem.h"
#include "run/release.h"

enum { TEXT_MOST = 256 };

void project_release_free(project *p)
{
    release *r = p->release;
    if (!r)
        return;
    hz_mem_free(r->count);
    hz_mem_free(r->hidden);
    hz_mem_free(r->value);
    hz_mem_free(r->of_result);
    for (size_t i = 0; i < RECIPE_SETS; i++)
        hz_mem_free(r->borders[i]);
    for (size_t i = 0; i < r->kept_count; i++)
        hz_mem_free(r->kept[i]);
    hz_mem_free(r->kept);
    hz_mem_free(r);
    p->release = NULL;
}

hz_status release_add(release *r, const release_count *count, hz_error *err)
{
    if (r->n == r->room) {
        size_t room = r->room ? 2 * r->room : 256;
        release_count *more = hz_mem_resize(r->count, room, sizeof *more);
        if (!more)
            return hz_mem_fail(err, "release");
        r->count = more;
        r->room = room;
    }
    r->count[r->n++] = *count;
    return HZ_OK;
}

/* Every row of a set of areas, in turn; then their sum, unless they overlap. */
static hz_status add_rows(const project *p, release *r, release_count count, bool sum,
                          hz_error *err)
{
    hz_status st = HZ_OK;
    for (count.row = 0; !st && count.row < hz_layer_rows(p->areas[count.areas]); count.row++)
        st = release_add(r, &count, err);
    count.row = RELEASE_ALL;
    return st || !sum ? st : release_add(r, &count, err);
}

static release_count of_analysis(const recipe *r, const recipe_analysis *a, size_t areas)
{
    return (release_count){ r->same[a->events], areas, RELEASE_ALL, a->period, a->kinds,
                            a->kind_count, HZ_FIGURE_FREE, NAN };
}

static hz_status register_results(const project *p, release *r, hz_error *err)
{
    size_t total = 0, at = 0;
    hz_status st = HZ_OK;
    for (size_t i = 0; i < p->r->analysis_count; i++)
        total += p->r->analyses[i].area_count;
    r->of_result = hz_mem_new(total, sizeof *r->of_result);
    if (!r->of_result)
        return hz_mem_fail(err, "release");
    for (size_t i = 0; !st && i < p->r->analysis_count; i++) {
        const recipe_analysis *a = &p->r->analyses[i];
        for (size_t k = 0; !st && k < a->area_count; k++) {
            size_t areas = a->areas[k];
            r->of_result[at++] = r->n;
            if (recipe_audits(p->r, a->events))
                st = add_rows(p, r, of_analysis(p->r, a, areas), !p->r->areas[areas].overlap, err);
        }
    }
    return st;
}

static hz_status register_changes(const project *p, release *r, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < p->r->change_count; i++) {
        const recipe_change *c = &p->r->changes[i];
        release_count count = { p->r->same[c->events], c->areas, 0, c->before, c->kinds,
                                c->kind_count, HZ_FIGURE_FREE, NAN };
        r->of_change[i] = r->n;
        if (!recipe_audits(p->r, c->events))
            continue;
        st = add_rows(p, r, count, false, err);
        count.period = c->after;
        if (!st)
            st = add_rows(p, r, count, false, err);
    }
    return st;
}

/* The row of an area by its id; one that is not there is told of when the chart is made. */
static hz_status find_area(const project *p, size_t areas, const char *id, size_t *row,
                           hz_error *err)
{
    const hz_layer *layer = p->areas[areas];
    char text[TEXT_MOST];
    hz_keys keys;
    hz_status st = hz_match_keys(layer, p->r->areas[areas].id, p->r->areas[areas].label, &keys,
                                 err);
    if (st)
        return st;
    int column = hz_layer_find(layer, keys.id);
    bool texts = hz_layer_column_kind(layer, (size_t)column) == HZ_TEXTS;
    for (*row = 0; *row < hz_layer_rows(layer); ++*row) {
        const char *own = text;
        if (texts)
            own = hz_layer_text_at(layer, (size_t)column, *row);
        else if (hz_layer_value_text(layer, (size_t)column, *row, text, sizeof text))
            return hz_mem_fail(err, "release");
        if (strcmp(own, id) == 0)
            return HZ_OK;
    }
    *row = 0;
    return HZ_OK;
}

/* All periods of the first series, then of the second, ...; then the sum of each series. */
static hz_status register_chart(const project *p, release *r, const recipe_chart *c, hz_error *err)
{
    const recipe_analysis *a = &p->r->analyses[c->analysis];
    release_count count = of_analysis(p->r, a, c->areas);
    hz_period whole = c->period_text ? c->period : a->period, *parts = NULL;
    size_t n = 0, series = c->only_count ? c->only_count : 1;
    hz_status st = hz_series_cut(whole, c->by, &parts, &n, err);
    for (size_t i = 0; !st && i < series * (n + 1); i++) {
        size_t s = i < series * n ? i / n : i - series * n;
        count.period = i < series * n ? parts[i % n] : whole;
        if (c->only_count)
            st = find_area(p, c->areas, c->only[s], &count.row, err);
        if (!st)
            st = release_add(r, &count, err);
    }
    hz_mem_free(parts);
    return st;
}

static hz_status register_charts(const project *p, release *r, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < p->r->chart_count; i++) {
        const recipe_chart *c = &p->r->charts[i];
        r->of_chart[i] = r->n;
        if (c->kind == RECIPE_SERIES && recipe_audits(p->r, p->r->analyses[c->analysis].events))
            st = register_chart(p, r, c, err);
    }
    return st;
}

/* Counts of one group of events, together; and back to where they came from. */
static hz_status decide_group(const project *p, release *r, size_t events, hz_error *err)
{
    release_count *count = hz_mem_new(r->n, sizeof *count);
    size_t *from = hz_mem_new(r->n, sizeof *from), n = 0;
    unsigned char *hidden = hz_mem_new(r->n, 1);
    double *value = hz_mem_new(r->n, sizeof *value);
    hz_status st = count && from && hidden && value ? HZ_OK : hz_mem_fail(err, "release");
    for (size_t i = 0; !st && i < r->n; i++)
        if (r->count[i].events == events) {
            from[n] = i;
            count[n++] = r->count[i];
        }
    if (!st && n)
        st = release_audit(p, count, n, p->r->hide[events], hidden, value, err);
    for (size_t i = 0; !st && i < n; i++) {
        r->hidden[from[i]] = hidden[i];
        r->value[from[i]] = value[i];
    }
    if (st && st != HZ_EMEMORY) {
        const origin *source = &p->r->events[events].from;
        hz_fail_within(err, "%s:%zu: events '%s'", p->r->path, source->line, source->name);
    }
    hz_mem_free(count);
    hz_mem_free(from);
    hz_mem_free(hidden);
    hz_mem_free(value);
    return st;
}

/* By which rule counts are hidden, and never which or how many. */
static hz_status note_rule(project *p, size_t events, hz_error *err)
{
    bool joined = p->release->joined[p->r->same[events]] > 0;
    const char *const texts[][2] = {
        { "rule", "small counts hidden, and others until none can be worked out from all that this "
                  "run shows of the same events" },
        { "release", joined ? "audited jointly with the earlier releases of release.previous; a "
                              "further one can be differenced"
                            : "two releases about the same events can be differenced: give out "
                              "one" },
    };
    const char *name = p->r->events[events].from.name;
    char key[TEXT_MOST];
    snprintf(key, sizeof key, "events.%.100s.hide_below", name);
    hz_status st = hz_manifest_option_number(p->manifest, key, p->r->hide[events], err);
    for (size_t i = 0; !st && i < sizeof texts / sizeof *texts; i++) {
        snprintf(key, sizeof key, "events.%.100s.%s", name, texts[i][0]);
        st = hz_manifest_option_text(p->manifest, key, texts[i][1], err);
    }
    return st;
}

static hz_status join_previous(project *p, release *r, hz_error *err)
{
    hz_status st = HZ_OK;
    r->own = r->n;
    for (size_t i = 0; !st && p->opts && i < p->opts->previous_count; i++)
        st = release_join(p, r, p->opts->previous[i], i + 1, err);
    return st;
}

hz_status project_release(project *p, hz_error *err)
{
    bool any = false;
    for (size_t i = 0; i < p->r->event_count; i++)
        any |= recipe_audits(p->r, i);
    if (!any && p->opts && p->opts->previous_count)
        return hz_fail(err, HZ_EUSAGE, "%s: hides no small counts, expected a project that does "
                       "where an earlier release is given", p->r->path);
    if (!any)
        return HZ_OK;
    release *r = hz_mem_new(1, sizeof *r);
    if (!r)
        return hz_mem_fail(err, "release");
    p->release = r;
    hz_status st = register_results(p, r, err);
    if (!st)
        st = register_changes(p, r, err);
    if (!st)
        st = register_charts(p, r, err);
    if (!st)
        st = join_previous(p, r, err);
    if (st)
        return st;
    r->hidden = hz_mem_new(r->n, 1);
    r->value = hz_mem_new(r->n, sizeof *r->value);
    if (!r->hidden || !r->value)
        return hz_mem_fail(err, "release");
    for (size_t i = 0; !st && i < p->r->event_count; i++)
        if (recipe_audits(p->r, i)) {
            st = p->r->same[i] == i ? decide_group(p, r, i, err) : HZ_OK;
            if (!st)
                st = note_rule(p, i, err);
        }
    return st ? st : release_write(p, r, err);
}

bool project_decided_rates(const project *p, size_t analysis, size_t k, hz_decided *out)
{
    const recipe *r = p->r;
    size_t at = k;
    if (!recipe_audits(r, r->analyses[analysis].events))
        return false;
    for (size_t i = 0; i < analysis; i++)
        at += r->analyses[i].area_count;
    size_t areas = r->analyses[analysis].areas[k], first = p->release->of_result[at];
    out->rows = p->release->hidden + first;
    out->total = !r->areas[areas].overlap && out->rows[hz_layer_rows(p->areas[areas])];
    return true;
}

bool project_decided_change(const project *p, size_t change, hz_decided out[2])
{
    const recipe_change *c = &p->r->changes[change];
    if (!recipe_audits(p->r, c->events))
        return false;
    out[0] = (hz_decided){ p->release->hidden + p->release->of_change[change], false };
    out[1] = (hz_decided){ out[0].rows + hz_layer_rows(p->areas[c->areas]), false };
    return true;
}

bool project_decided_series(const project *p, size_t chart, const unsigned char **rows)
{
    if (!recipe_audits(p->r, p->r->analyses[p->r->charts[chart].analysis].events))
        return false;
    *rows = p->release->hidden + p->release->of_chart[chart];
    return true;
}
