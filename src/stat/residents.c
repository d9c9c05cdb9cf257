/* Counts people by area and town, and shows what may be shown. */
#include "hotzone/residents.h"

#include <math.h>
#include <string.h>

#include "hotzone/interval.h"
#include "hotzone/mem.h"
#include "stat/residents_parts.h"

static const char *const sum_ids[SUMS] = { "areas", "focus", "outside", "towns", "elsewhere", "all",
                                           "without_coordinates", "refused", "read" };
/* Atoms after the towns. */
enum { ELSEWHERE, UNLOCATED, REFUSED, BEYOND };

const char *hz_residents_sum_id(size_t sum)
{
    return sum_ids[sum];
}

static const char *const column_names[] = { "id", "name", "kind", "residents", "per_1000",
                                            "state" };

const char *const *hz_residents_columns(size_t *n)
{
    *n = sizeof column_names / sizeof *column_names;
    return column_names;
}

void hz_residents_clear(hz_residents *found)
{
    hz_layer_free(found->table);
    hz_residents_release_clear(&found->release);
    memset(found, 0, sizeof *found);
}

static void clear(residents_work *w)
{
    hz_mem_free(w->count);
    hz_mem_free(w->first);
    hz_mem_free(w->atom);
    hz_mem_free(w->order);
    hz_mem_free(w->hidden);
    hz_mem_free(w->shown);
    hz_mem_free(w->value);
}

bool residents_takes(const residents_work *w, const unsigned char *inside_of, int sum, size_t atom)
{
    bool area = atom < w->areas, town = !area && atom < w->areas + w->towns;
    int beyond = area || town ? -1 : (int)(atom - w->areas - w->towns);
    bool inside = area && inside_of && inside_of[atom];
    switch (sum) {
    case SUM_AREAS: return area;
    case SUM_FOCUS: return inside;
    case SUM_OUTSIDE: return area && !inside;
    case SUM_TOWNS: return town;
    case SUM_ELSEWHERE: return beyond == ELSEWHERE;
    case SUM_ALL: return beyond < UNLOCATED;
    case SUM_UNLOCATED: return beyond == UNLOCATED;
    case SUM_REFUSED: return beyond == REFUSED;
    default: return true;
    }
}

static hz_status make_room(residents_work *w, hz_error *err)
{
    size_t most = w->areas + w->towns + SUMS;
    w->atoms = w->areas + w->towns + BEYOND;
    w->count = hz_mem_new(w->atoms, sizeof *w->count);
    w->order = hz_mem_new(w->atoms, sizeof *w->order);
    w->first = hz_mem_new(most + 1, sizeof *w->first);
    w->atom = hz_mem_new((SUMS + 1) * w->atoms, sizeof *w->atom);
    w->hidden = hz_mem_new(most, 1);
    w->shown = hz_mem_new(most, sizeof *w->shown);
    w->value = hz_mem_new(most, sizeof *w->value);
    if (!w->count || !w->order || !w->first || !w->atom || !w->hidden || !w->shown || !w->value)
        return hz_mem_fail(err, "residents");
    return HZ_OK;
}

static void list_figures(residents_work *w)
{
    size_t at = 0, f = 0;
    for (; f < w->areas + w->towns; f++) {
        w->first[f] = at;
        w->atom[at++] = (uint32_t)f;
    }
    for (int sum = 0; sum < SUMS; sum++) {
        if (((sum == SUM_FOCUS || sum == SUM_OUTSIDE) && !w->in->inside) ||
            (sum == SUM_TOWNS && (!w->towns || w->in->merge_towns)))
            continue;
        if (sum == SUM_READ)
            w->released = f;
        w->first[f++] = at;
        w->sum_of[w->sums++] = sum;
        for (size_t i = 0; i < w->atoms; i++)
            if (residents_takes(w, w->in->inside, sum, i))
                w->atom[at++] = (uint32_t)i;
    }
    w->first[f] = at;
    w->figures = f;
}

static void add_up(residents_work *w)
{
    for (size_t f = 0; f < w->figures; f++) {
        w->value[f] = 0;
        for (size_t k = w->first[f]; k < w->first[f + 1]; k++)
            w->value[f] += w->count[w->atom[k]];
    }
}

/* ---- counting --------------------------------------------------------------------- */

static hz_status count_towns(residents_work *w, const int32_t *area, double *placed,
                             const hz_notice *notice, hz_error *err)
{
    size_t n = hz_layer_rows(w->in->residents);
    unsigned char *keep = hz_mem_new(n, 1);
    hz_layer *beyond = NULL;
    hz_placing *placing = NULL;
    hz_status st = keep ? HZ_OK : hz_mem_fail(err, "residents");
    for (size_t i = 0; !st && i < n; i++)
        keep[i] = area[i] == HZ_NOWHERE;
    if (!st)
        st = hz_layer_select(w->in->residents, keep, &beyond, err);
    if (!st && hz_layer_rows(beyond) > 0)
        st = hz_place_events(w->in->towns, beyond, false, NULL, &placing, notice, err);
    if (!st && placing) {
        const double *in_town = hz_placing_counts(placing);
        for (size_t t = 0; t < hz_layer_rows(w->in->towns); t++)
            w->count[w->areas + (w->in->merge_towns ? 0 : t)] += in_town[t];
        *placed = (double)hz_placing_fate(placing)->placed;
    }
    hz_placing_free(placing);
    hz_layer_free(beyond);
    hz_mem_free(keep);
    return st;
}

static hz_status count(residents_work *w, hz_fate *fate, const hz_notice *notice, hz_error *err)
{
    hz_placing *placing = NULL;
    double in_towns = 0;
    hz_status st = hz_place_events(w->in->areas, w->in->residents, false, NULL, &placing, notice,
                                   err);
    if (st)
        return st;
    memcpy(w->count, hz_placing_counts(placing), w->areas * sizeof(double));
    *fate = *hz_placing_fate(placing);
    if (w->towns)
        st = count_towns(w, hz_placing_areas(placing), &in_towns, notice, err);
    if (!st)
        w->count[w->areas + w->towns + ELSEWHERE] = (double)fate->outside - in_towns;
    w->count[w->areas + w->towns + UNLOCATED] = (double)fate->unlocated;
    w->count[w->areas + w->towns + REFUSED] = (double)fate->refused;
    hz_placing_free(placing);
    if (!st && fate->placed + fate->outside == 0)
        st = hz_fail(err, HZ_EDATA, "%s: has no located rows, expected one or more",
                     hz_layer_name(w->in->residents));
    return st;
}

/* ---- what may be shown ------------------------------------------------------------ */

/* The running count goes through the focus, the other areas, the towns, elsewhere: every sum is a
 * run of it, so its rounded figure is a difference of two rounded counts like all others. */
static void round_figures(residents_work *w)
{
    double base = w->in->round, running = 0;
    size_t n = 0;
    for (int part = 0; part < 2; part++)
        for (size_t i = 0; i < w->areas; i++)
            if ((w->in->inside && w->in->inside[i]) == (part == 0))
                w->order[n++] = i;
    for (size_t i = w->areas; i < w->atoms; i++)
        w->order[n++] = i;
    memset(w->shown, 0, w->figures * sizeof *w->shown);
    for (size_t k = 0; k < n; k++) {
        double before = base * floor(running / base + 0.5);
        running += w->count[w->order[k]];
        double part = base * floor(running / base + 0.5) - before;
        for (size_t f = 0; f < w->figures; f++)
            for (size_t a = w->first[f]; a < w->first[f + 1]; a++)
                if (w->atom[a] == w->order[k])
                    w->shown[f] += part;
    }
}

double residents_sum(const residents_work *w, int sum)
{
    for (size_t s = 0; s < w->sums; s++)
        if (w->sum_of[s] == sum)
            return w->shown[w->areas + w->towns + s];
    return NAN;
}

static void tell(const residents_work *w, hz_residents *out)
{
    out->areas = w->areas;
    out->towns = w->towns;
    out->rounded = w->in->round > 0;
    out->merged = w->in->towns && w->in->merge_towns;
    out->inside = residents_sum(w, SUM_FOCUS);
    out->outside = residents_sum(w, SUM_OUTSIDE);
    out->total = residents_sum(w, SUM_ALL);
    out->elsewhere = residents_sum(w, SUM_ELSEWHERE);
    out->unlocated = residents_sum(w, SUM_UNLOCATED);
    out->refused = residents_sum(w, SUM_REFUSED);
    out->read = residents_sum(w, SUM_READ);
    out->share = out->low = out->high = NAN;
    if (w->in->inside && out->total > 0 && !isnan(out->inside)) {
        /* all who do not live in the focus, towns and elsewhere included */
        out->share = (out->total - out->inside) / out->total;
        hz_interval_binomial(out->total - out->inside, out->total, 0.95, &out->low, &out->high);
    }
    for (size_t f = 0; f < w->areas + w->towns; f++) {
        bool area = f < w->areas;
        if (isnan(w->shown[f]))
            ++*(area ? &out->areas_hidden : &out->towns_hidden);
        else if (w->shown[f] > 0)
            ++*(area ? &out->areas_with : &out->towns_with);
    }
}

/* ---- the table -------------------------------------------------------------------- */

static const char *state_of(const residents_work *w, size_t f)
{
    if (isnan(w->shown[f]))
        return "hidden";
    if (w->in->round > 0)
        return "rounded";
    return w->shown[f] == 0 ? "zero" : "ok";
}

/* Residents per 1,000 inhabitants: of areas with a population. */
static double per_1000(const residents_work *w, size_t f)
{
    double base = f < w->areas && w->in->people ? w->in->people[f] : NAN;
    return base > 0 ? 1000 * w->shown[f] / base : NAN;
}

static const char *sum_kind(const residents_work *w, size_t f)
{
    return w->sum_of[f - w->areas - w->towns] >= SUM_UNLOCATED ? "account" : "sum";
}

static hz_status add_words(const residents_work *w, hz_layer *table, hz_error *err)
{
    static const char *const columns[] = { "id", "name", "kind", "state" };
    const char **texts = hz_mem_new(w->figures, sizeof *texts);
    hz_status st = texts ? HZ_OK : hz_mem_fail(err, "residents");
    for (size_t c = 0; !st && c < sizeof columns / sizeof *columns; c++) {
        for (size_t f = 0; f < w->figures; f++) {
            bool area = f < w->areas, sum = f >= w->areas + w->towns;
            if (c == 2)
                texts[f] = sum ? sum_kind(w, f) : area ? "area" : "town";
            else if (c == 3)
                texts[f] = state_of(w, f);
            else if (sum)
                texts[f] = sum_ids[w->sum_of[f - w->areas - w->towns]];
            else if (!area && w->in->merge_towns)
                texts[f] = "towns";
            else if (area)
                texts[f] = hz_layer_text(w->in->areas, c ? w->in->name : w->in->id, f);
            else
                texts[f] = hz_layer_text(w->in->towns, c ? w->in->town_name : w->in->town_id,
                                         f - w->areas);
        }
        st = hz_layer_add_texts(table, columns[c], texts, err);
    }
    hz_mem_free(texts);
    return st;
}

static hz_status tabulate(const residents_work *w, hz_layer **out, hz_error *err)
{
    hz_layer *table = NULL;
    double *people = hz_mem_new(w->figures, sizeof *people);
    double *rate = hz_mem_new(w->figures, sizeof *rate);
    unsigned char *marks = hz_mem_new(w->figures, 1), *rate_marks = hz_mem_new(w->figures, 1);
    hz_status st = people && rate && marks && rate_marks ? HZ_OK : hz_mem_fail(err, "residents");
    if (!st)
        st = hz_layer_new("residents", w->figures, &table, err);
    for (size_t f = 0; !st && f < w->figures; f++) {
        people[f] = w->shown[f];
        rate[f] = per_1000(w, f);
        marks[f] = isnan(people[f]) ? HZ_HIDDEN : HZ_KNOWN;
        rate_marks[f] = marks[f] ? marks[f] : isnan(rate[f]) ? HZ_UNDEFINED_NO_BASE : HZ_KNOWN;
    }
    if (!st)
        st = hz_layer_take_numbers(table, "residents", &people, &marks, err);
    if (!st)
        st = hz_layer_take_numbers(table, "per_1000", &rate, &rate_marks, err);
    if (!st)
        st = add_words(w, table, err);
    hz_mem_free(people);
    hz_mem_free(rate);
    hz_mem_free(marks);
    hz_mem_free(rate_marks);
    if (st)
        hz_layer_free(table);
    else
        *out = table;
    return st;
}

static hz_status check(const hz_residents_input *in, hz_error *err)
{
    if (in->round != 0 && !(in->round >= 2 && in->round <= 1e6 && in->round == floor(in->round)))
        return hz_fail(err, HZ_EUSAGE, "round: %g, expected 0 or a whole number of 2 or more",
                       in->round);
    if (in->round == 0 && !(in->below >= 2 && in->below == floor(in->below)))
        return hz_fail(err, HZ_EUSAGE, "hide-below: %g, expected a whole number of 2 or more",
                       in->below);
    if (in->round != 0 && in->earlier_count)
        return hz_fail(err, HZ_EUSAGE, "residents: rounded, with earlier releases, expected one of "
                       "both: what was told before cannot be rounded any more");
    return HZ_OK;
}

hz_status hz_residents_make(const hz_residents_input *input, hz_residents *out,
                            const hz_notice *notice, hz_error *err)
{
    residents_work w = { .in = input, .areas = hz_layer_rows(input->areas),
                         .towns = input->towns ? hz_layer_rows(input->towns) : 0 };
    if (input->towns && input->merge_towns)
        w.towns = 1;
    hz_residents r = { 0 };
    hz_status st = check(input, err);
    if (!st)
        st = make_room(&w, err);
    if (!st)
        st = count(&w, &r.fate, notice, err);
    if (!st)
        st = residents_note_release(&w, &r.release, err);
    if (!st) {
        list_figures(&w);
        add_up(&w);
        if (input->round > 0)
            round_figures(&w);
        else
            st = residents_hide(&w, &r.release, &r, err);
    }
    if (!st) {
        tell(&w, &r);
        residents_note_figures(&w, &r.release);
        st = tabulate(&w, &r.table, err);
    }
    clear(&w);
    if (st)
        hz_residents_clear(&r);
    else
        *out = r;
    return st;
}
