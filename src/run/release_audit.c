/* Turns the registered counts of one group of events into sums of atoms, and has them audited. */
#include <stdlib.h>
#include <string.h>

#include "hotzone/match.h"
#include "hotzone/mem.h"
#include "run/release.h"

enum { NO_ATOM = -1, CELLS_MOST = 1000000 };

/* An atom is a piece of ground, by a stretch of time that no period divides, by a kind; those that the same
 * counts take are one. */
typedef struct {
    const project *p;
    const release_count *count;
    size_t n, events;
    release_pieces pieces;
    hz_time *cut;              /* where periods begin and end, ascending */
    size_t cuts, spans;        /* cuts + 1 spans between them, and one for no date */
    const char **kind;         /* kinds that are named */
    size_t kinds;              /* and one more for all others: kinds + 1 classes */
    bool other_kinds;          /* a count of all kinds has such another one; where none has, an outsider
                                * may know that no more kinds exist: that class is no room for events */
    unsigned char *in_piece, *in_span, *in_kind; /* per count: does it take these? */
    size_t cells;              /* pieces * spans * classes */
    double *cell;              /* events in each */
    int32_t *atom_of;          /* cell -> atom or NO_ATOM */
    size_t atoms, figures;
    double *atom;
    size_t *sample;            /* atom -> one of its cells */
    size_t *first;
    uint32_t *list;
    size_t *figure_of;         /* count -> figure */
    unsigned char *state;
    double *earlier;
} audit_work;

static void clear(audit_work *w)
{
    release_pieces_clear(&w->pieces);
    hz_mem_free(w->cut);
    hz_mem_free(w->kind);
    hz_mem_free(w->in_piece);
    hz_mem_free(w->in_span);
    hz_mem_free(w->in_kind);
    hz_mem_free(w->cell);
    hz_mem_free(w->atom_of);
    hz_mem_free(w->atom);
    hz_mem_free(w->sample);
    hz_mem_free(w->first);
    hz_mem_free(w->list);
    hz_mem_free(w->figure_of);
    hz_mem_free(w->state);
    hz_mem_free(w->earlier);
}

/* ---- where periods, kinds and areas divide --------------------------------------------- */

static int by_time(const void *a, const void *b)
{
    hz_time x = *(const hz_time *)a, y = *(const hz_time *)b;
    return x < y ? -1 : x > y;
}

static hz_status cut_time(audit_work *w, hz_error *err)
{
    size_t n = 0;
    w->cut = hz_mem_new(2 * w->n, sizeof *w->cut);
    if (!w->cut)
        return hz_mem_fail(err, "release");
    for (size_t i = 0; i < w->n; i++) {
        hz_period p = w->count[i].period;
        if (p.from != HZ_TIME_NONE)
            w->cut[n++] = p.from;
        if (p.until != HZ_TIME_NONE)
            w->cut[n++] = p.until;
    }
    if (n)
        qsort(w->cut, n, sizeof *w->cut, by_time);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || w->cut[i] != w->cut[w->cuts - 1])
            w->cut[w->cuts++] = w->cut[i];
    w->spans = w->cuts + 2;
    return HZ_OK;
}

/* The span that a time lies in; the last one holds what has no date. */
static size_t span_at(const audit_work *w, hz_time when)
{
    size_t first = 0, last = w->cuts;
    if (when == HZ_TIME_NONE)
        return w->spans - 1;
    while (first < last) {
        size_t middle = (first + last) / 2;
        if (w->cut[middle] <= when)
            first = middle + 1;
        else
            last = middle;
    }
    return first;
}

static bool takes_span(const audit_work *w, hz_period p, size_t span)
{
    bool always = p.from == HZ_TIME_NONE && p.until == HZ_TIME_NONE;
    if (span == w->spans - 1 || always)
        return always;
    bool from = p.from == HZ_TIME_NONE || (span > 0 && w->cut[span - 1] >= p.from);
    bool until = p.until == HZ_TIME_NONE || (span < w->cuts && w->cut[span] <= p.until);
    return from && until;
}

static size_t find_kind(const audit_work *w, const char *kind)
{
    size_t k = 0;
    while (k < w->kinds && strcmp(w->kind[k], kind) != 0)
        k++;
    return k;
}

static hz_status list_kinds(audit_work *w, hz_error *err)
{
    size_t most = 0;
    for (size_t i = 0; i < w->n; i++)
        most += w->count[i].kind_count;
    w->kind = hz_mem_new(most, sizeof *w->kind);
    if (!w->kind)
        return hz_mem_fail(err, "release");
    for (size_t i = 0; i < w->n; i++)
        for (size_t k = 0; k < w->count[i].kind_count; k++)
            if (find_kind(w, w->count[i].kinds[k]) == w->kinds)
                w->kind[w->kinds++] = w->count[i].kinds[k];
    return HZ_OK;
}

static void list_sets(audit_work *w)
{
    for (size_t i = 0; i < w->n; i++) {
        size_t set = 0;
        while (set < w->pieces.set_count && w->pieces.sets[set] != w->count[i].areas)
            set++;
        if (set == w->pieces.set_count)
            w->pieces.sets[w->pieces.set_count++] = w->count[i].areas;
    }
}

static bool takes_piece(const audit_work *w, const release_count *of, size_t piece)
{
    const release_pieces *c = &w->pieces;
    const uint64_t *bits = c->bits + piece * c->words;
    size_t set = 0;
    while (c->sets[set] != of->areas)
        set++;
    size_t from = c->first[set] + (of->row == RELEASE_ALL ? 0 : of->row);
    size_t until = of->row == RELEASE_ALL ? c->first[set + 1] : from + 1;
    for (size_t k = from; k < until; k++)
        if (bits[k / 64] >> k % 64 & 1)
            return !of->rows || of->rows[k - from]; /* areas that are summed do not overlap */
    return false;
}

static hz_status say_who_takes(audit_work *w, hz_error *err)
{
    size_t classes = w->kinds + 1;
    w->in_piece = hz_mem_new(w->n * w->pieces.n, 1);
    w->in_span = hz_mem_new(w->n * w->spans, 1);
    w->in_kind = hz_mem_new(w->n * classes, 1);
    if (!w->in_piece || !w->in_span || !w->in_kind)
        return hz_mem_fail(err, "release");
    for (size_t i = 0; i < w->n; i++) {
        const release_count *c = &w->count[i];
        for (size_t k = 0; k < w->pieces.n; k++)
            w->in_piece[i * w->pieces.n + k] = takes_piece(w, c, k);
        for (size_t k = 0; k < w->spans; k++)
            w->in_span[i * w->spans + k] = takes_span(w, c->period, k);
        for (size_t k = 0; k < classes; k++)
            w->in_kind[i * classes + k] = c->kind_count == 0;
        for (size_t k = 0; k < c->kind_count; k++)
            w->in_kind[i * classes + find_kind(w, c->kinds[k])] = 1;
    }
    return HZ_OK;
}

/* ---- events --------------------------------------------------------------------------- */

static hz_status kind_of(const audit_work *w, const hz_layer *events, int column, size_t row,
                         size_t *out, hz_error *err)
{
    char buf[256];
    *out = w->kinds;
    if (column < 0)
        return HZ_OK;
    if (hz_layer_column_kind(events, (size_t)column) == HZ_TEXTS) {
        *out = find_kind(w, hz_layer_text_at(events, (size_t)column, row));
        return HZ_OK;
    }
    hz_status st = hz_layer_value_text(events, (size_t)column, row, buf, sizeof buf);
    if (st)
        return hz_mem_fail(err, "release");
    *out = find_kind(w, buf);
    return HZ_OK;
}

static hz_status count_cells(audit_work *w, hz_error *err)
{
    const recipe_events *e = &w->p->r->events[w->events];
    const hz_layer *events = w->p->events[w->events];
    const char *time = NULL, *kind = NULL;
    size_t classes = w->kinds + 1;
    hz_status st = hz_match_time(events, e->time, &time, err);
    if (!st && w->kinds)
        st = hz_match_kind(events, e->kind, &kind, err);
    if (st)
        return st;
    const hz_time *times = time ? hz_layer_times(events, time) : NULL;
    int column = kind ? hz_layer_find(events, kind) : -1;
    w->cells = w->pieces.n * w->spans * classes;
    if (w->cells > CELLS_MOST)
        return hz_fail(err, HZ_EDATA, "disclosure: %zu pieces of areas, %zu stretches of time and %zu "
                       "kinds, expected at most %d of their combinations in one release",
                       w->pieces.n, w->spans, classes, CELLS_MOST);
    w->cell = hz_mem_new(w->cells, sizeof *w->cell);
    if (!w->cell)
        return hz_mem_fail(err, "release");
    for (size_t i = 0; !st && i < hz_layer_rows(events); i++) {
        size_t k;
        st = kind_of(w, events, column, i, &k, err);
        if (st || w->pieces.of_event[i] < 0)
            continue;
        size_t span = span_at(w, times ? times[i] : HZ_TIME_NONE);
        w->cell[((size_t)w->pieces.of_event[i] * w->spans + span) * classes + k]++;
    }
    return st;
}

/* ---- atoms and figures ---------------------------------------------------------------- */

static bool counts_cell(const audit_work *w, size_t i, size_t cell)
{
    size_t classes = w->kinds + 1, kind = cell % classes, span = cell / classes % w->spans;
    size_t piece = cell / classes / w->spans;
    return w->in_piece[i * w->pieces.n + piece] && w->in_span[i * w->spans + span] &&
           w->in_kind[i * classes + kind];
}

/* May events be in a cell, as an outsider sees it?  By the map, and by what is counted there: an event
 * that no figure counts must not make room for others. */
static bool is_room(const audit_work *w, size_t cell)
{
    size_t classes = w->kinds + 1;
    bool kind = cell % classes < w->kinds || w->other_kinds;
    return kind && (w->cell[cell] > 0 || w->pieces.on_map[cell / classes / w->spans]);
}

static bool takes(const audit_work *w, size_t i, size_t cell)
{
    return counts_cell(w, i, cell) && is_room(w, cell);
}

static void look_for_other_kinds(audit_work *w)
{
    size_t classes = w->kinds + 1;
    w->other_kinds = w->kinds == 0;
    for (size_t c = w->kinds; c < w->cells; c += classes)
        for (size_t i = 0; !w->other_kinds && w->cell[c] > 0 && i < w->n; i++)
            w->other_kinds = counts_cell(w, i, c);
}

/* A set of numbers as 128 bits, whatever their order: sums of a mixed word for each (Steele et al.'s
 * finaliser), so that equal sets are found without comparing their members. */
typedef struct {
    uint64_t a, b;
    size_t at;
} fingerprint;

static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static void add_member(fingerprint *f, size_t member)
{
    f->a += mix(member + 0x9e3779b97f4a7c15u);
    f->b += mix(mix(member + 0xd1b54a32d192ed03u) + 1);
}

static int by_print(const void *a, const void *b)
{
    const fingerprint *p = a, *q = b;
    if (p->a != q->a)
        return p->a < q->a ? -1 : 1;
    if (p->b != q->b)
        return p->b < q->b ? -1 : 1;
    return p->at < q->at ? -1 : p->at > q->at;
}

/* Give sets that are the same one number, in the order of their first member; -1 for empty ones. */
static size_t number_sets(fingerprint *print, size_t n, int32_t *number, size_t *scratch)
{
    size_t made = 0;
    qsort(print, n, sizeof *print, by_print);
    for (size_t i = 0; i < n; i++) {
        bool again = i > 0 && print[i].a == print[i - 1].a && print[i].b == print[i - 1].b;
        scratch[print[i].at] = again ? scratch[print[i - 1].at] : print[i].at;
        number[print[i].at] = print[i].a == 0 && print[i].b == 0 ? NO_ATOM : 0;
    }
    for (size_t i = 0; i < n; i++)
        if (number[i] != NO_ATOM)
            number[i] = scratch[i] == i ? (int32_t)made++ : number[scratch[i]];
    return made;
}

/* Cells that are part of the same counts are one atom; those of none are no part of the release. */
static hz_status make_atoms(audit_work *w, hz_error *err)
{
    fingerprint *print = hz_mem_new(w->cells, sizeof *print);
    size_t *scratch = hz_mem_new(w->cells, sizeof *scratch);
    w->atom_of = hz_mem_new(w->cells, sizeof *w->atom_of);
    hz_status st = print && scratch && w->atom_of ? HZ_OK : hz_mem_fail(err, "release");
    look_for_other_kinds(w);
    for (size_t c = 0; !st && c < w->cells; c++) {
        print[c].at = c;
        for (size_t i = 0; i < w->n; i++)
            if (takes(w, i, c))
                add_member(&print[c], i);
    }
    if (!st) {
        w->atoms = number_sets(print, w->cells, w->atom_of, scratch);
        w->atom = hz_mem_new(w->atoms, sizeof *w->atom);
        w->sample = hz_mem_new(w->atoms, sizeof *w->sample);
        st = w->atom && w->sample ? HZ_OK : hz_mem_fail(err, "release");
    }
    for (size_t c = 0; !st && c < w->cells; c++)
        if (w->atom_of[c] != NO_ATOM) {
            w->atom[w->atom_of[c]] += w->cell[c];
            w->sample[w->atom_of[c]] = c;
        }
    hz_mem_free(print);
    hz_mem_free(scratch);
    return st;
}

/* Counts of the same atoms are one figure, however often it is published. */
static hz_status number_figures(audit_work *w, hz_error *err)
{
    fingerprint *print = hz_mem_new(w->n, sizeof *print);
    size_t *scratch = hz_mem_new(w->n, sizeof *scratch);
    int32_t *number = hz_mem_new(w->n, sizeof *number);
    w->figure_of = hz_mem_new(w->n, sizeof *w->figure_of);
    hz_status st = print && scratch && number && w->figure_of ? HZ_OK : hz_mem_fail(err, "release");
    for (size_t i = 0; !st && i < w->n; i++) {
        print[i].at = i;
        for (size_t a = 0; a < w->atoms; a++)
            if (takes(w, i, w->sample[a]))
                add_member(&print[i], a);
    }
    if (!st)
        w->figures = number_sets(print, w->n, number, scratch);
    for (size_t i = 0; !st && i < w->n; i++)
        w->figure_of[i] = number[i] == NO_ATOM ? RELEASE_ALL : (size_t)number[i];
    hz_mem_free(print);
    hz_mem_free(scratch);
    hz_mem_free(number);
    return st;
}

static hz_status list_figures(audit_work *w, hz_error *err)
{
    size_t total = 0, done = 0;
    for (size_t i = 0; i < w->n; i++) /* the first count of each figure, in their order */
        if (w->figure_of[i] == done) {
            done++;
            for (size_t a = 0; a < w->atoms; a++)
                total += takes(w, i, w->sample[a]);
        }
    w->first = hz_mem_new(w->figures + 1, sizeof *w->first);
    w->list = hz_mem_new(total, sizeof *w->list);
    w->state = hz_mem_new(w->figures, 1);
    w->earlier = hz_mem_new(w->figures, sizeof *w->earlier);
    if (!w->first || !w->list || !w->state || !w->earlier)
        return hz_mem_fail(err, "release");
    done = total = 0;
    for (size_t i = 0; i < w->n; i++) {
        size_t f = w->figure_of[i];
        const release_count *c = &w->count[i];
        if (f == RELEASE_ALL)
            continue;
        if (f == done) {
            for (size_t a = 0; a < w->atoms; a++)
                if (takes(w, i, w->sample[a]))
                    w->list[total++] = (uint32_t)a;
            w->first[++done] = total;
            w->earlier[f] = c->earlier;
        }
        /* what one release hid and another showed is public */
        if (c->state == HZ_FIGURE_FIXED || (c->state == HZ_FIGURE_SECRET && !w->state[f]))
            w->state[f] = c->state;
        if (c->earlier == c->earlier) /* not NAN */
            w->earlier[f] = c->earlier;
    }
    return HZ_OK;
}

static double value_of(const audit_work *w, size_t figure)
{
    double sum = 0;
    for (size_t k = w->first[figure]; k < w->first[figure + 1]; k++)
        sum += w->atom[w->list[k]];
    return sum;
}

/* What an earlier release showed must be a sum of the same atoms: of events that were corrected since
 * it is another sum, of counts that nobody has any more. */
static hz_status check_unchanged(const audit_work *w, hz_error *err)
{
    size_t other = 0;
    for (size_t i = 0; i < w->n; i++) {
        size_t f = w->figure_of[i];
        double now = f == RELEASE_ALL ? 0 : value_of(w, f), then = w->count[i].earlier;
        other += then == then && then != now; /* not NAN */
    }
    return other ? hz_fail(err, HZ_EDATA, "disclosure: %zu figures of earlier releases are others by "
                           "the events as they are now, expected the same: what was corrected in "
                           "between cannot be audited", other)
                 : HZ_OK;
}

static hz_status decide(audit_work *w, double below, unsigned char *hidden, double *value,
                        hz_error *err)
{
    const hz_release figures = { .atoms = w->atoms, .count = w->atom, .figures = w->figures,
                                 .first = w->first, .atom = w->list, .state = w->state,
                                 .earlier = w->earlier };
    const hz_disclose_opts opts = { below, false, true };
    unsigned char *hides = hz_mem_new(w->figures, 1);
    hz_status st = hides ? hz_disclose_release(&figures, &opts, hides, NULL, err)
                         : hz_mem_fail(err, "release");
    for (size_t i = 0; !st && i < w->n; i++) {
        size_t f = w->figure_of[i];
        hidden[i] = 0;
        value[i] = 0;
        if (f == RELEASE_ALL) { /* nowhere: no event can be counted there */
            hidden[i] = w->count[i].state == HZ_FIGURE_SECRET;
            continue;
        }
        hidden[i] = hides[f];
        value[i] = value_of(w, f);
    }
    hz_mem_free(hides);
    return st;
}

hz_status release_audit(const project *p, const release_count *count, size_t n, double below,
                        unsigned char *hidden, double *value, hz_error *err)
{
    audit_work w = { .p = p, .count = count, .n = n, .events = n ? count[0].events : 0 };
    hz_status st = cut_time(&w, err);
    if (!st)
        st = list_kinds(&w, err);
    list_sets(&w);
    if (!st)
        st = release_cut(p, w.events, &w.pieces, err);
    if (!st)
        st = say_who_takes(&w, err);
    if (!st)
        st = count_cells(&w, err);
    if (!st)
        st = make_atoms(&w, err);
    if (!st)
        st = number_figures(&w, err);
    if (!st)
        st = list_figures(&w, err);
    if (!st)
        st = check_unchanged(&w, err);
    if (!st)
        st = decide(&w, below, hidden, value, err);
    clear(&w);
    return st;
}
