/* Decides which residents may be shown beside what other tables, now or earlier, tell of them. */
#include <math.h>
#include <string.h>

#include "hotzone/mem.h"
#include "stat/disclose_parts.h"
#include "stat/residents_parts.h"

/* Figures: areas and towns; the sums, with both of every focus that is told of the same people, now or in
 * an earlier release; then those of focuses of another date alone, which are told of nobody of today. */
typedef struct {
    const residents_work *w;
    const unsigned char *side[2 * HZ_RESIDENTS_EARLIER_MOST];
    size_t sides, told_sides;        /* focuses; of which are told of the same people */
    size_t figures, told;
    int *sum_of;                     /* per figure; -1: an area or a town */
    size_t *side_of;                 /* per figure with a focus */
    size_t *first;
    uint32_t *atom;
    unsigned char *state, *hidden;
    double *then;                    /* times * figures */
    size_t times;
    const char *date[HZ_RESIDENTS_EARLIER_MOST]; /* of each time */
} joint_work;

static void clear(joint_work *j)
{
    hz_mem_free(j->sum_of);
    hz_mem_free(j->side_of);
    hz_mem_free(j->first);
    hz_mem_free(j->atom);
    hz_mem_free(j->state);
    hz_mem_free(j->hidden);
    hz_mem_free(j->then);
}

/* ---- is it a release that can be joined? ------------------------------------------------ */

static hz_status cannot_join(size_t number, const char *found, const char *expected, hz_error *err)
{
    return hz_fail(err, HZ_EDATA, "residents: earlier release %zu %s, expected %s", number + 1, found,
                   expected);
}

/* Whoever has a release also has those that it was audited with. */
static bool is_complete(const hz_residents_input *in, const hz_residents_release *e)
{
    for (size_t i = 0; i < e->with_count; i++) {
        bool given = false;
        for (size_t k = 0; k < in->earlier_count; k++)
            given |= strcmp(in->earlier[k].sha256, e->with[i]) == 0;
        if (!given)
            return false;
    }
    return true;
}

static hz_status check_earlier(const residents_work *w, size_t i, const hz_residents_release *now,
                               hz_error *err)
{
    const hz_residents_release *e = &w->in->earlier[i];
    if (e->rounded)
        return cannot_join(i, "was rounded", "one whose small counts were hidden", err);
    if (e->below != w->in->below)
        return cannot_join(i, "hid by another threshold", "the same", err);
    if (strcmp(e->areas, now->areas) != 0 || e->area_count != w->areas)
        return cannot_join(i, "is of areas with other borders or ids", "the same", err);
    if (strcmp(e->towns, now->towns) != 0 || e->town_count != w->towns ||
        e->merged != now->merged)
        return cannot_join(i, "is of other towns, or merges them otherwise", "the same", err);
    if (!*e->date || !*now->date)
        return cannot_join(i, *e->date ? "has a date of its register and this one has none"
                                       : "has no date of its register",
                           "both: the same people, or those of another day?", err);
    if (!is_complete(w->in, e))
        return cannot_join(i, "was audited with another", "that one too", err);
    return HZ_OK;
}

/* ---- which figures ---------------------------------------------------------------------- */

/* The number of a focus in the list, put there if it is new. */
static size_t number_side(joint_work *j, const unsigned char *inside)
{
    size_t k = 0;
    while (k < j->sides && memcmp(j->side[k], inside, j->w->areas) != 0)
        k++;
    if (k == j->sides)
        j->side[j->sides++] = inside;
    return k;
}

static bool is_of_today(const residents_work *w, const hz_residents_release *e)
{
    return strcmp(e->date, w->in->date) == 0;
}

static void list_sides(joint_work *j)
{
    const hz_residents_input *in = j->w->in;
    for (size_t i = 0; i < in->side_count; i++)
        number_side(j, in->sides[i]);
    if (!in->side_count && in->inside)
        number_side(j, in->inside);
    for (int today = 1; today >= 0; today--) {
        for (size_t i = 0; i < in->earlier_count; i++)
            if (in->earlier[i].inside && is_of_today(j->w, &in->earlier[i]) == today)
                number_side(j, in->earlier[i].inside);
        if (today)
            j->told_sides = j->sides;
    }
}

static void add_figure(joint_work *j, int sum, size_t side)
{
    size_t f = j->figures++, at = j->first[f];
    j->sum_of[f] = sum;
    j->side_of[f] = side;
    for (size_t i = 0; i < j->w->atoms; i++)
        if (sum < 0 ? i == f
                    : residents_takes(j->w, j->sides ? j->side[side] : NULL, sum, i))
            j->atom[at++] = (uint32_t)i;
    j->first[f + 1] = at;
}

static bool has_focus(int sum)
{
    return sum == SUM_FOCUS || sum == SUM_OUTSIDE;
}

static void add_sides(joint_work *j, size_t from, size_t until)
{
    for (size_t side = from; side < until; side++) {
        add_figure(j, SUM_FOCUS, side);
        add_figure(j, SUM_OUTSIDE, side);
    }
}

static hz_status list_figures(joint_work *j, hz_error *err)
{
    const residents_work *w = j->w;
    size_t most = w->areas + w->towns + SUMS + 2 * j->sides;
    j->sum_of = hz_mem_new(most, sizeof *j->sum_of);
    j->side_of = hz_mem_new(most, sizeof *j->side_of);
    j->first = hz_mem_new(most + 1, sizeof *j->first);
    j->atom = hz_mem_new(most * w->atoms, sizeof *j->atom);
    j->state = hz_mem_new(most, 1);
    j->hidden = hz_mem_new(most, 1);
    j->then = hz_mem_new(w->in->earlier_count * most, sizeof *j->then);
    if (!j->sum_of || !j->side_of || !j->first || !j->atom || !j->state || !j->hidden || !j->then)
        return hz_mem_fail(err, "residents");
    for (size_t f = 0; f < w->areas + w->towns; f++)
        add_figure(j, -1, 0);
    for (int sum = 0; sum < SUM_READ; sum++)
        if (sum == SUM_FOCUS)
            add_sides(j, 0, j->told_sides);
        else if (sum != SUM_OUTSIDE && (sum != SUM_TOWNS || (w->towns && !w->in->merge_towns)))
            add_figure(j, sum, 0);
    j->told = j->figures;
    add_sides(j, j->told_sides, j->sides);
    return HZ_OK;
}

/* ---- what earlier releases told --------------------------------------------------------- */

/* Where an earlier release has a figure; SIZE_MAX: nowhere. */
static size_t place_in(const joint_work *j, const hz_residents_release *e, size_t f)
{
    int sum = j->sum_of[f];
    if (sum < 0)
        return f;
    if (has_focus(sum) && (!e->inside || memcmp(e->inside, j->side[j->side_of[f]], j->w->areas) != 0))
        return SIZE_MAX;
    return j->w->areas + j->w->towns + (size_t)sum;
}

/* Of the same people: what was shown is public, if it is still so; what was hidden stays hidden. */
static hz_status join_today(joint_work *j, size_t number, hz_error *err)
{
    const hz_residents_release *e = &j->w->in->earlier[number];
    for (size_t f = 0; f < j->told; f++) {
        size_t at = place_in(j, e, f);
        double now = 0;
        if (at == SIZE_MAX || e->state[at] == HZ_FIGURE_FREE)
            continue;
        for (size_t k = j->first[f]; k < j->first[f + 1]; k++)
            now += j->w->count[j->atom[k]];
        if (e->state[at] == HZ_FIGURE_FIXED && e->shown[at] != now)
            return cannot_join(number, "shows other numbers of the same register",
                               "the same, or another date", err);
        if (j->state[f] != HZ_FIGURE_FIXED)
            j->state[f] = e->state[at];
    }
    return HZ_OK;
}

/* Of another date: what was shown then. */
static hz_status join_other(joint_work *j, size_t number, hz_error *err)
{
    const hz_residents_release *e = &j->w->in->earlier[number];
    size_t time = 0;
    while (time < j->times && strcmp(j->date[time], e->date) != 0)
        time++;
    double *then = j->then + time * j->figures;
    if (time == j->times) {
        j->date[j->times++] = e->date;
        for (size_t f = 0; f < j->figures; f++)
            then[f] = NAN;
    }
    for (size_t f = 0; f < j->figures; f++) {
        size_t at = place_in(j, e, f);
        if (at == SIZE_MAX || e->state[at] != HZ_FIGURE_FIXED)
            continue;
        if (!isnan(then[f]) && then[f] != e->shown[at])
            return cannot_join(number, "shows other numbers than one of the same date", "the same",
                               err);
        then[f] = e->shown[at];
    }
    return HZ_OK;
}

static hz_status join(joint_work *j, hz_error *err)
{
    const hz_residents_input *in = j->w->in;
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < in->earlier_count; i++)
        st = is_of_today(j->w, &in->earlier[i]) ? join_today(j, i, err) : join_other(j, i, err);
    return st;
}

/* ---- the decision ----------------------------------------------------------------------- */

/* Where a figure of this table is among all. */
static size_t place_of(const joint_work *j, size_t f)
{
    const residents_work *w = j->w;
    int sum = f < w->areas + w->towns ? -1 : w->sum_of[f - w->areas - w->towns];
    size_t at = f;
    if (sum >= 0)
        for (at = w->areas + w->towns;
             j->sum_of[at] != sum ||
             (has_focus(sum) && memcmp(j->side[j->side_of[at]], w->in->inside, w->areas) != 0);)
            at++;
    return at;
}

static hz_status decide(joint_work *j, hz_residents *out, hz_error *err)
{
    residents_work *w = (residents_work *)j->w;
    const hz_release release = { .atoms = w->atoms, .count = w->count, .figures = j->told,
                                 .first = j->first, .atom = j->atom, .state = j->state };
    const hz_disclose_opts opts = { w->in->below, w->in->hide_zeros, true };
    hz_disclosed found;
    hz_status st = hz_disclose_again(&release, j->times, j->figures, j->then, &opts, j->hidden, &found,
                                     err);
    if (st)
        return st;
    for (size_t f = 0; f < w->released; f++) {
        w->hidden[f] = j->hidden[place_of(j, f)];
        w->shown[f] = w->hidden[f] ? NAN : w->value[f];
    }
    w->shown[w->released] = residents_sum(w, SUM_ALL) + residents_sum(w, SUM_UNLOCATED) +
                            residents_sum(w, SUM_REFUSED);
    out->small = found.small;
    out->guards = found.guards;
    return HZ_OK;
}

hz_status residents_hide(residents_work *w, const hz_residents_release *now, hz_residents *out,
                         hz_error *err)
{
    const hz_residents_input *in = w->in;
    joint_work j = { .w = w };
    hz_status st = HZ_OK;
    if (in->side_count > HZ_RESIDENTS_EARLIER_MOST || in->earlier_count >= HZ_RESIDENTS_EARLIER_MOST)
        return hz_fail(err, HZ_EUSAGE, "residents: %zu tables and %zu earlier releases of the same people, "
                       "expected at most %d and %d", in->side_count, in->earlier_count,
                       HZ_RESIDENTS_EARLIER_MOST, HZ_RESIDENTS_EARLIER_MOST - 1);
    for (size_t i = 0; !st && i < in->earlier_count; i++)
        st = check_earlier(w, i, now, err);
    if (!st) {
        list_sides(&j);
        st = list_figures(&j, err);
    }
    if (!st)
        st = join(&j, err);
    if (!st)
        st = decide(&j, out, err);
    clear(&j);
    return st;
}
