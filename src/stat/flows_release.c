/* Adds journeys up to the figures of a release, and hides or rounds them. */
#include <math.h>

#include "hotzone/disclose.h"
#include "hotzone/mem.h"
#include "hotzone/rounding.h"
#include "stat/flows_parts.h"

static bool is_inside(const flows_work *w, uint32_t place)
{
    return w->inside && place < w->areas && w->inside[place];
}

bool flows_takes(const flows_work *w, const struct figure *f, const journey *j)
{
    if (f->kind == FIGURE_READ)
        return true;
    if (j->home == NOT_A_JOURNEY || f->kind == FIGURE_READING)
        return j->home == NOT_A_JOURNEY && f->kind == FIGURE_READING && j->place == f->a;
    bool home = j->home != w->code[UNKNOWN], place = j->place != w->code[UNKNOWN];
    switch (f->kind) {
    case FIGURE_PAIR: return j->home == f->a && j->place == f->b;
    case FIGURE_FROM: return j->home == f->a;
    case FIGURE_TO: return j->place == f->a;
    case FIGURE_KNOWN: return home && place;
    case FIGURE_STAY: return j->home == j->place && j->home < w->areas;
    case FIGURE_LIVING: return j->home < w->areas && place;
    case FIGURE_FOCUS_BOTH: return is_inside(w, j->home) && is_inside(w, j->place);
    case FIGURE_FOCUS_TO: return is_inside(w, j->place) && home;
    case FIGURE_FOCUS_FROM: return is_inside(w, j->home) && place;
    case FIGURE_BAND: return j->band == f->a;
    case FIGURE_LOCATED: return j->band <= w->in->bands;
    default: return true;
    }
}

/* ---- atoms ------------------------------------------------------------------------ */

/* What no figure splits: home, place and band.  Only those with events: which ones have none is known
 * from the zeros shown, and of bands taken to be known from the map. */
static hz_status find_atoms(flows_work *w)
{
    size_t bands = w->in->bands + 2, all = w->places * w->places * bands, k = 0;
    double *count = hz_mem_new(all, sizeof *count);
    size_t *number = hz_mem_new(all, sizeof *number);
    w->atom_of = hz_mem_new(w->n, sizeof *w->atom_of);
    hz_status st = count && number && w->atom_of ? HZ_OK : hz_mem_fail(w->err, "flows");
    for (size_t i = 0; !st && i < w->n; i++) {
        const journey *j = &w->journeys[i];
        w->atom_of[i] = (j->home * w->places + j->place) * bands + j->band;
        count[w->atom_of[i]] += j->count;
    }
    for (size_t i = 0; !st && i < all; i++) {
        w->atoms += count[i] > 0;
        number[i] = SIZE_MAX;
    }
    w->atom = st ? NULL : hz_mem_new(w->atoms + READS, sizeof *w->atom);
    if (!st && !w->atom)
        st = hz_mem_fail(w->err, "flows");
    for (size_t i = 0; !st && i < all; i++)
        if (count[i] > 0) {
            size_t pair = i / bands;
            number[i] = k;
            w->atom[k++] = (journey){ (uint32_t)(pair / w->places), (uint32_t)(pair % w->places),
                                      (uint32_t)(i % bands), 0, count[i] };
        }
    for (size_t i = 0; !st && i < w->n; i++)
        w->atom_of[i] = number[w->atom_of[i]];
    for (uint32_t r = READ_JOURNEY + 1; !st && r < READS; r++)
        if (w->read[r] > 0)
            w->atom[w->atoms++] = (journey){ NOT_A_JOURNEY, r, 0, 0, w->read[r] };
    hz_mem_free(count);
    hz_mem_free(number);
    return st;
}

/* ---- figures ---------------------------------------------------------------------- */

static void add_figure(flows_work *w, int kind, uint32_t a, uint32_t b)
{
    w->figure[w->figures++] = (struct figure){ kind, a, b };
}

static void list_pairs(flows_work *w)
{
    for (size_t i = 0; i < w->places * w->places; i++)
        w->pair_of[i] = SIZE_MAX;
    for (size_t k = 0; k < w->atoms; k++) {
        const journey *j = &w->atom[k];
        if (j->home == NOT_A_JOURNEY)
            continue;
        size_t *at = &w->pair_of[j->home * w->places + j->place];
        if (*at == SIZE_MAX) {
            *at = w->figures;
            add_figure(w, FIGURE_PAIR, j->home, j->place);
        }
    }
    w->pairs = w->figures;
}

static void list_sums(flows_work *w)
{
    for (uint32_t p = 0; p < w->places; p++) {
        add_figure(w, FIGURE_FROM, p, 0);
        add_figure(w, FIGURE_TO, p, 0);
    }
    for (int kind = FIGURE_ALL; kind <= FIGURE_LIVING; kind++)
        add_figure(w, kind, 0, 0);
    for (int kind = FIGURE_FOCUS_BOTH; w->inside && kind <= FIGURE_FOCUS_FROM; kind++)
        add_figure(w, kind, 0, 0);
    if (w->in->bands && w->out.by_key) {
        for (uint32_t b = 0; b <= w->in->bands; b++)
            add_figure(w, FIGURE_BAND, b, 0);
        add_figure(w, FIGURE_LOCATED, 0, 0);
    }
    for (uint32_t r = READ_JOURNEY + 1; w->out.by_key && r < READS; r++)
        add_figure(w, FIGURE_READING, r, 0);
    if (w->out.by_key)
        add_figure(w, FIGURE_READ, 0, 0);
}

/* Twice over the atoms of each: once for the room. */
static hz_status fill_figures(flows_work *w)
{
    size_t at = 0;
    for (int pass = 0; pass < 2; pass++) {
        at = 0;
        for (size_t f = 0; f < w->figures; f++) {
            w->first[f] = at;
            for (size_t k = 0; k < w->atoms; k++) {
                if (f < w->pairs && w->atom[k].home > w->figure[f].a)
                    break; /* atoms stand by home */
                if (!flows_takes(w, &w->figure[f], &w->atom[k]))
                    continue;
                if (pass) {
                    w->list[at] = (uint32_t)k;
                    w->value[f] += w->atom[k].count;
                }
                at++;
            }
        }
        w->first[w->figures] = at;
        if (!pass && !(w->list = hz_mem_new(at, sizeof *w->list)))
            return hz_mem_fail(w->err, "flows");
    }
    return HZ_OK;
}

static hz_status find_figures(flows_work *w)
{
    size_t most = w->atoms + 2 * w->places + 2 * READS + HZ_FLOWS_BANDS_MOST + FIGURE_READ + 2;
    w->figure = hz_mem_new(most, sizeof *w->figure);
    w->pair_of = hz_mem_new(w->places * w->places, sizeof *w->pair_of);
    w->first = hz_mem_new(most + 1, sizeof *w->first);
    w->value = hz_mem_new(most, sizeof *w->value);
    w->shown = hz_mem_new(most, sizeof *w->shown);
    w->hidden = hz_mem_new(most, 1);
    w->few = hz_mem_new(most + w->atoms, 1);
    if (!w->figure || !w->pair_of || !w->first || !w->value || !w->shown || !w->hidden || !w->few)
        return hz_mem_fail(w->err, "flows");
    list_pairs(w);
    list_sums(w);
    w->released = w->figures - (w->out.by_key ? 1 : 0);
    return fill_figures(w);
}

/* ---- persons ---------------------------------------------------------------------- */

static void meet_person(uint32_t person, size_t target, uint32_t *last, uint32_t *persons)
{
    persons[target] += last[target] != person;
    last[target] = person;
}

/* Figures and atoms of fewer persons than the threshold, however many events these have.  Journeys
 * stand by person, numbered from 1. */
static hz_status find_few(flows_work *w)
{
    size_t targets = w->released + w->atoms;
    uint32_t *last = hz_mem_new(targets, sizeof *last);
    uint32_t *persons = hz_mem_new(targets, sizeof *persons);
    hz_status st = last && persons ? HZ_OK : hz_mem_fail(w->err, "flows");
    for (size_t i = 0; !st && i < w->n; i++) {
        const journey *j = &w->journeys[i];
        meet_person(j->person, w->released + w->atom_of[i], last, persons);
        meet_person(j->person, w->pair_of[j->home * w->places + j->place], last, persons);
        for (size_t f = w->pairs; f < w->released; f++)
            if (flows_takes(w, &w->figure[f], j))
                meet_person(j->person, f, last, persons);
    }
    for (size_t t = 0; !st && t < targets; t++)
        w->few[t] = persons[t] > 0 && persons[t] < w->in->below;
    hz_mem_free(last);
    hz_mem_free(persons);
    return st;
}

/* How much wider an interval is because persons come again: the variance of the share with persons
 * as clusters over that of single events (linearised; Kish 1965, Survey Sampling, 5.4), between 1
 * and what it would be if each person's events were all alike, up to the next half so that it tells
 * little of them. */
static double design_effect(const flows_work *w, const struct figure *of, const struct figure *part)
{
    double m = 0, k = 0, squares = 0, spread = 0, persons = 0;
    for (size_t i = 0; i < w->n; i++) {
        m += flows_takes(w, of, &w->journeys[i]);
        k += flows_takes(w, part, &w->journeys[i]);
    }
    double p = m > 0 ? k / m : 0;
    for (size_t i = 0; i < w->n;) {
        uint32_t person = w->journeys[i].person;
        double own = 0, own_part = 0;
        for (; i < w->n && w->journeys[i].person == person; i++) {
            own += flows_takes(w, of, &w->journeys[i]);
            own_part += flows_takes(w, part, &w->journeys[i]);
        }
        persons += own > 0;
        squares += own * own;
        spread += (own_part - p * own) * (own_part - p * own);
    }
    double most = m > 0 ? squares / m : 1, effect = most;
    if (k > 0 && k < m && persons > 1)
        effect = fmin(most, persons / (persons - 1) * spread / (m * p * (1 - p)));
    return fmax(1, ceil(2 * effect - 1e-9) / 2);
}

static void find_effects(flows_work *w)
{
    static const struct { int part, of; } kinds[HZ_FLOWS_SHARES] = {
        { FIGURE_STAY, FIGURE_LIVING }, { FIGURE_FOCUS_BOTH, FIGURE_FOCUS_TO },
        { FIGURE_FOCUS_BOTH, FIGURE_FOCUS_FROM }
    };
    for (int s = 0; s < HZ_FLOWS_SHARES; s++) {
        const struct figure of = { kinds[s].of, 0, 0 }, part = { kinds[s].part, 0, 0 };
        w->deff[s] = w->out.by_key ? design_effect(w, &of, &part) : 1;
    }
    for (uint32_t b = 0; w->out.by_key && b <= w->in->bands; b++) {
        const struct figure of = { FIGURE_LOCATED, 0, 0 }, part = { FIGURE_BAND, b, 0 };
        w->band_deff[b] = design_effect(w, &of, &part);
    }
}

/* ---- hiding and rounding ---------------------------------------------------------- */

static hz_status hide(flows_work *w)
{
    enum { HEADLINE = 10 }; /* the statement is made of these: pairs guard sooner */
    double *count = hz_mem_new(w->atoms, sizeof *count);
    double *weight = hz_mem_new(w->figures, sizeof *weight);
    const hz_disclose_opts opts = { w->in->below, false, false };
    hz_disclosed found = { 0, 0, 0 };
    hz_status st = count && weight ? HZ_OK : hz_mem_fail(w->err, "flows");
    for (size_t k = 0; !st && k < w->atoms; k++)
        count[k] = w->atom[k].count;
    if (!st && w->out.by_key)
        st = find_few(w);
    for (size_t f = 0; weight && f < w->figures; f++) {
        int kind = w->figure[f].kind;
        weight[f] = kind >= FIGURE_ALL && kind != FIGURE_BAND ? HEADLINE : 1;
    }
    const hz_release release = { .atoms = w->atoms, .count = count, .figures = w->released,
                                 .first = w->first, .atom = w->list, .few = w->few,
                                 .weight = weight };
    if (!st)
        st = hz_disclose_release(&release, &opts, w->hidden, &found, w->err);
    for (size_t f = 0; !st && f < w->released; f++)
        w->shown[f] = w->hidden[f] ? NAN : w->value[f];
    if (!st && w->out.by_key) {
        double sum = flows_shown(w, FIGURE_ALL, 0, 0);
        for (uint32_t r = READ_JOURNEY + 1; r < READS; r++)
            sum += flows_shown(w, FIGURE_READING, r, 0);
        w->shown[w->released] = sum;
    }
    w->out.small = found.small;
    w->out.guards = found.guards;
    hz_mem_free(count);
    hz_mem_free(weight);
    return st;
}

/* Whole figures to the nearest multiple, halves up. */
static double nearest(double x, double base)
{
    return base * floor(x / base + 0.5);
}

static void round_bands(flows_work *w)
{
    double running = 0, shown = 0;
    for (size_t f = w->pairs; f < w->figures; f++) {
        if (w->figure[f].kind == FIGURE_BAND) {
            running += w->value[f];
            w->shown[f] = nearest(running, w->in->round) - shown;
            shown += w->shown[f];
        } else if (w->figure[f].kind == FIGURE_LOCATED) {
            w->shown[f] = shown;
        }
    }
}

/* Sums of pairs are sums of what is shown of them. */
static void sum_rounded(flows_work *w, const double *table)
{
    for (size_t f = 0; f < w->figures; f++) {
        int kind = w->figure[f].kind;
        double sum = 0;
        if (kind >= FIGURE_BAND)
            continue;
        for (uint32_t h = 0; h < w->places; h++)
            for (uint32_t e = 0; e < w->places; e++) {
                const journey j = { h, e, 0, 0, 0 };
                if (flows_takes(w, &w->figure[f], &j))
                    sum += table[h * w->places + e];
            }
        w->shown[f] = sum;
    }
}

static void round_account(flows_work *w)
{
    double sum = flows_shown(w, FIGURE_ALL, 0, 0);
    for (size_t f = w->pairs; f < w->figures; f++) {
        if (w->figure[f].kind == FIGURE_READING)
            sum += w->shown[f] = nearest(w->value[f], w->in->round);
        else if (w->figure[f].kind == FIGURE_READ)
            w->shown[f] = sum;
    }
}

static hz_status round_all(flows_work *w)
{
    double *table = hz_mem_new(w->places * w->places, sizeof *table);
    void *scratch = hz_mem_new(1, hz_round_table_scratch(w->places, w->places));
    hz_status st = table && scratch ? HZ_OK : hz_mem_fail(w->err, "flows");
    for (size_t f = 0; !st && f < w->pairs; f++)
        table[w->figure[f].a * w->places + w->figure[f].b] = w->value[f];
    if (!st) {
        hz_round_table(w->places, w->places, table, (uint32_t)w->in->round, scratch);
        sum_rounded(w, table);
        round_bands(w);
        round_account(w);
        w->out.rounded = true;
    }
    hz_mem_free(table);
    hz_mem_free(scratch);
    return st;
}

hz_status flows_release(flows_work *w)
{
    hz_status st = find_atoms(w);
    if (!st)
        st = find_figures(w);
    if (!st)
        find_effects(w);
    return st ? st : w->in->round > 0 ? round_all(w) : hide(w);
}

double flows_shown(const flows_work *w, int kind, uint32_t a, uint32_t b)
{
    if (kind == FIGURE_PAIR) {
        size_t f = w->pair_of[a * w->places + b];
        return f == SIZE_MAX ? 0 : w->shown[f];
    }
    for (size_t f = w->pairs; f < w->figures; f++)
        if (w->figure[f].kind == kind && w->figure[f].a == a && w->figure[f].b == b)
            return w->shown[f];
    return NAN;
}
