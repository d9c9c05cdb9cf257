/* Turns the registered counts of one group of events into sums of atoms, and has them audited. */
#include <stdlib.h>

#include "hotzone/mem.h"
#include "run/release_cells.h"

enum { NO_ATOM = -1 };

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
    return other ? hz_fail(err, HZ_EDATA, "disclosure: %zu figure%s of earlier releases %s by the "
                           "events as they are now, expected the same: what was corrected in "
                           "between cannot be audited", other, other == 1 ? "" : "s",
                           other == 1 ? "is another" : "are others")
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
    hz_status st = release_cells(&w, err);
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
