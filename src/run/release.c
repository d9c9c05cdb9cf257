/* Registers every count that a run will publish of events whose small counts are hidden, and asks
 * which of them may be shown. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/match.h"
#include "hotzone/mem.h"
#include "run/people.h"
#include "run/release.h"

enum { TEXT_MOST = 256 };

void project_release_free(project *p)
{
    release *r = p->release;
    if (!r)
        return;
    for (size_t i = 0; i < RECIPE_SETS; i++) {
        hz_mem_free(r->side[i]);
        hz_layer_free(r->ground[i]);
    }
    hz_mem_free(r->count);
    hz_mem_free(r->hidden);
    hz_mem_free(r->value);
    hz_mem_free(r->of_result);
    for (size_t i = 0; i < RELEASE_SETS; i++)
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
                            a->kind_count, NULL, HZ_FIGURE_FREE, NAN };
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
                                c->kind_count, NULL, HZ_FIGURE_FREE, NAN };
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

/* The row of an area by a column. */
static hz_status find_text(const hz_layer *layer, const char *name, const char *wanted, bool *found,
                           size_t *row, hz_error *err)
{
    char text[TEXT_MOST];
    int column = hz_layer_find(layer, name);
    bool texts = hz_layer_column_kind(layer, (size_t)column) == HZ_TEXTS;
    *found = true;
    for (*row = 0; *row < hz_layer_rows(layer); ++*row) {
        const char *own = text;
        if (texts)
            own = hz_layer_text_at(layer, (size_t)column, *row);
        else if (hz_layer_value_text(layer, (size_t)column, *row, text, sizeof text))
            return hz_mem_fail(err, "release");
        if (strcmp(own, wanted) == 0)
            return HZ_OK;
    }
    *row = 0;
    *found = false;
    return HZ_OK;
}

/* The row of an area by its id, or by its name. */
static hz_status find_area(const project *p, size_t areas, const char *id, bool by_name, bool *found,
                           size_t *row, hz_error *err)
{
    const hz_layer *layer = p->areas[areas];
    hz_keys keys;
    hz_status st = hz_match_keys(layer, p->r->areas[areas].id, p->r->areas[areas].label, &keys,
                                 err);
    if (!st)
        st = find_text(layer, keys.id, id, found, row, err);
    if (!st && !*found && by_name && keys.name)
        st = find_text(layer, keys.name, id, found, row, err);
    return st;
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
        bool found;
        count.period = i < series * n ? parts[i % n] : whole;
        if (c->only_count)
            /* one that is not there is told of when the chart is made */
            st = find_area(p, c->areas, c->only[s], false, &found, &count.row, err);
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

hz_status release_sides(const project *p, const recipe_focus *f, unsigned char **out,
                        hz_error *err)
{
    size_t n = hz_layer_rows(p->areas[f->areas]);
    unsigned char *side = hz_mem_new(2 * n, 1);
    hz_status st = side ? HZ_OK : hz_mem_fail(err, "release");
    for (size_t k = 0; !st && k < f->only_count; k++) {
        bool found;
        size_t row;
        st = find_area(p, f->areas, f->only[k], true, &found, &row, err);
        if (!st && found)
            side[row] = 1;
    }
    for (size_t i = 0; !st && i < n; i++)
        side[n + i] = !side[i];
    if (st)
        hz_mem_free(side);
    else
        *out = side;
    return st;
}

/* Both sums of a focus over a period. */
static hz_status add_sides(const project *p, release *r, release_count count, size_t focus,
                           hz_error *err)
{
    hz_status st = HZ_OK;
    count.row = RELEASE_ALL;
    for (size_t k = 0; !st && k < 2; k++) {
        count.rows = r->side[focus] + k * hz_layer_rows(p->areas[count.areas]);
        st = release_add(r, &count, err);
    }
    return st;
}

/* Every area, all of them, both sums, then both of each period of the shift. */
static hz_status register_focus(const project *p, release *r, size_t i, hz_error *err)
{
    const recipe_focus *f = &p->r->focuses[i];
    release_count count = { p->r->same[f->events], f->areas, 0, f->period, f->kinds,
                            f->kind_count, NULL, HZ_FIGURE_FREE, NAN };
    hz_series_by by = f->by_given || !project_focus_shifts(f) ? f->by : hz_focusing_by(f->period);
    hz_period *parts = NULL;
    size_t n = 0;
    hz_status st = release_sides(p, f, &r->side[i], err);
    if (!st)
        st = add_rows(p, r, count, true, err);
    if (!st)
        st = add_sides(p, r, count, i, err);
    if (!st && project_focus_shifts(f))
        st = hz_series_cut(f->period, by, &parts, &n, err);
    for (size_t k = 0; !st && k < n; k++) {
        count.period = parts[k];
        st = add_sides(p, r, count, i, err);
    }
    hz_mem_free(parts);
    return st;
}

static hz_status register_focuses(const project *p, release *r, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < p->r->focus_count; i++) {
        r->of_focus[i] = r->n;
        if (!p->r->focuses[i].published && recipe_audits(p->r, p->r->focuses[i].events))
            st = register_focus(p, r, i, err);
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
    if (r)
        r->own = r->n;
    for (size_t i = 0; !st && p->opts && i < p->opts->previous_count; i++) {
        const char *directory = p->opts->previous[i];
        bool people = false;
        if (people_are_counted(p))
            st = people_join(p, directory, &people, err);
        if (!st && r)
            st = release_join(p, r, directory, people, err);
        else if (!st && !people)
            st = hz_fail(err, HZ_EDATA, "%s: tells of no residents that this run counts, expected one of the "
                         "same, by the same name", directory);
        if (!st)
            st = release_note_previous(p, directory, i + 1, err);
    }
    return st;
}

hz_status project_release(project *p, hz_error *err)
{
    bool any = false;
    for (size_t i = 0; i < p->r->event_count; i++)
        any |= recipe_audits(p->r, i);
    if (!any && people_are_counted(p))
        return join_previous(p, NULL, err);
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
        st = register_focuses(p, r, err);
    if (!st)
        st = release_register_zones(p, r, err);
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

bool project_decided_focus(const project *p, size_t focus, hz_focusing_hidden *out)
{
    const recipe_focus *f = &p->r->focuses[focus];
    if (f->published || !recipe_audits(p->r, f->events))
        return false;
    out->rows = p->release->hidden + p->release->of_focus[focus];
    out->sums = out->rows + hz_layer_rows(p->areas[f->areas]) + 1;
    out->parts = project_focus_shifts(f) ? out->sums + 2 : NULL;
    return true;
}
