/* Puts what may be shown of flows into tables and shares. */
#include <math.h>
#include <stdlib.h>

#include "hotzone/interval.h"
#include "hotzone/mem.h"
#include "stat/flows_parts.h"

static const char *const columns[] = { "kind", "from", "from_name", "to", "to_name", "events",
                                       "share", "state" };
static const char *const band_columns[] = { "band", "from_km", "to_km", "events", "share", "low",
                                            "high", "state" };
static const char *const share_columns[] = { "what", "events", "of", "share", "low", "high",
                                             "state" };
static const char *const account_columns[] = { "what", "rows", "state" };
static const char *const share_words[HZ_FLOWS_SHARES] = { "stays", "focus_own", "focus_stays" };

#define COUNT(list) (sizeof(list) / sizeof *(list))

const char *const *hz_flows_columns(size_t *n)
{
    *n = COUNT(columns);
    return columns;
}

const char *const *hz_flows_band_columns(size_t *n)
{
    *n = COUNT(band_columns);
    return band_columns;
}

const char *const *hz_flows_share_columns(size_t *n)
{
    *n = COUNT(share_columns);
    return share_columns;
}

const char *const *hz_flows_account_columns(size_t *n)
{
    *n = COUNT(account_columns);
    return account_columns;
}

const char *hz_flows_word(hz_flows_which which)
{
    return share_words[which];
}

static const char *state_of(const flows_work *w, double shown)
{
    if (isnan(shown))
        return "hidden";
    if (w->in->round > 0)
        return "rounded";
    return shown == 0 ? "zero" : "ok";
}

/* Numbers of one column; NaN is hidden where `hidden` says so, else has no base. */
static hz_status take(hz_layer *table, const char *column, double *values,
                      const unsigned char *hidden, hz_error *err)
{
    size_t n = hz_layer_rows(table);
    double *copy = hz_mem_new(n, sizeof *copy);
    unsigned char *marks = hz_mem_new(n, 1);
    hz_status st = copy && marks ? HZ_OK : hz_mem_fail(err, "flows");
    for (size_t i = 0; !st && i < n; i++) {
        copy[i] = values[i];
        marks[i] = !isnan(values[i]) ? HZ_KNOWN : hidden[i] ? HZ_HIDDEN : HZ_UNDEFINED_ZERO_BASE;
    }
    if (!st)
        st = hz_layer_take_numbers(table, column, &copy, &marks, err);
    hz_mem_free(copy);
    hz_mem_free(marks);
    return st;
}

/* Rows of any of the tables while they are put together. */
typedef struct {
    size_t n, texts, numbers;
    const char **text[5];
    double *number[6];
    unsigned char *hidden;
    const char **state;
} rows;

static hz_status rows_new(rows *r, size_t most, size_t texts, size_t numbers, hz_error *err)
{
    bool bad;
    *r = (rows){ .texts = texts, .numbers = numbers };
    for (size_t k = 0; k < texts; k++)
        r->text[k] = hz_mem_new(most, sizeof *r->text[k]);
    for (size_t k = 0; k < numbers; k++)
        r->number[k] = hz_mem_new(most, sizeof *r->number[k]);
    r->hidden = hz_mem_new(most, 1);
    r->state = hz_mem_new(most, sizeof *r->state);
    bad = !r->hidden || !r->state;
    for (size_t k = 0; k < texts; k++)
        bad |= !r->text[k];
    for (size_t k = 0; k < numbers; k++)
        bad |= !r->number[k];
    return bad ? hz_mem_fail(err, "flows") : HZ_OK;
}

static void rows_free(rows *r)
{
    for (size_t k = 0; k < r->texts; k++)
        hz_mem_free(r->text[k]);
    for (size_t k = 0; k < r->numbers; k++)
        hz_mem_free(r->number[k]);
    hz_mem_free(r->hidden);
    hz_mem_free(r->state);
}

/* `names`: columns in the order of the table: texts, numbers, state. */
static hz_status rows_take(const rows *r, const char *name, const char *const *names,
                           hz_layer **out, hz_error *err)
{
    hz_layer *table = NULL;
    hz_status st = hz_layer_new(name, r->n, &table, err);
    for (size_t k = 0; !st && k < r->texts; k++)
        st = hz_layer_add_texts(table, names[k], r->text[k], err);
    for (size_t k = 0; !st && k < r->numbers; k++)
        st = take(table, names[r->texts + k], r->number[k], r->hidden, err);
    if (!st)
        st = hz_layer_add_texts(table, names[r->texts + r->numbers], r->state, err);
    if (st)
        hz_layer_free(table);
    else
        *out = table;
    return st;
}

/* ---- pairs ------------------------------------------------------------------------ */

static const char *const all_word = "all";

static void add_pair(const flows_work *w, rows *r, const char *kind, uint32_t from, uint32_t to,
                     double shown, double base)
{
    size_t i = r->n++;
    r->text[0][i] = kind;
    r->text[1][i] = from == NOT_A_JOURNEY ? all_word : flows_id(w, from);
    r->text[2][i] = from == NOT_A_JOURNEY ? all_word : flows_name(w, from);
    r->text[3][i] = to == NOT_A_JOURNEY ? all_word : flows_id(w, to);
    r->text[4][i] = to == NOT_A_JOURNEY ? all_word : flows_name(w, to);
    r->number[0][i] = shown;
    r->number[1][i] = base > 0 ? shown / base : NAN;
    r->hidden[i] = isnan(shown) || isnan(base);
    r->state[i] = state_of(w, shown);
}

/* Events without coordinates are no journeys: the account has them. */
static bool is_destination(const flows_work *w, uint32_t place)
{
    return !w->out.by_key || place != w->code[UNKNOWN];
}

static hz_status tell_pairs(flows_work *w)
{
    const uint32_t any = NOT_A_JOURNEY;
    uint32_t n = (uint32_t)w->places;
    double all = flows_shown(w, FIGURE_ALL, 0, 0);
    rows r;
    hz_status st = rows_new(&r, (size_t)n * n + 2 * n + 1, 5, 2, w->err);
    for (uint32_t h = 0; !st && h < n; h++) {
        double row = flows_shown(w, FIGURE_FROM, h, 0);
        for (uint32_t e = 0; e < n; e++)
            if (is_destination(w, e))
                add_pair(w, &r, "pair", h, e, flows_shown(w, FIGURE_PAIR, h, e), row);
    }
    for (uint32_t h = 0; !st && h < n; h++) {
        double row = flows_shown(w, FIGURE_FROM, h, 0);
        add_pair(w, &r, "from", h, any, row, row);
    }
    for (uint32_t e = 0; !st && e < n; e++)
        if (is_destination(w, e))
            add_pair(w, &r, "to", any, e, flows_shown(w, FIGURE_TO, e, 0), all);
    if (!st) {
        add_pair(w, &r, "all", any, any, all, all);
        st = rows_take(&r, "flows", columns, &w->out.pairs, w->err);
    }
    rows_free(&r);
    return st;
}

/* ---- shares ----------------------------------------------------------------------- */

/* Limits of as many independent events as these are worth. */
static hz_flows_share share_of(double events, double of, double effect, double level)
{
    hz_flows_share s = { events, of, NAN, NAN, NAN };
    if (of > 0 && !isnan(events)) {
        s.share = events / of;
        hz_interval_binomial(events / effect, of / effect, level, &s.low, &s.high);
    }
    return s;
}

static void add_share(const flows_work *w, rows *r, size_t at, const hz_flows_share *s)
{
    const double values[] = { s->events, s->of, s->share, s->low, s->high };
    for (size_t k = at; k < r->numbers; k++)
        r->number[k][r->n] = values[k - at + (at ? 2 : 0)];
    r->hidden[r->n] = isnan(s->events) || isnan(s->of);
    r->state[r->n] = state_of(w, isnan(s->of) ? NAN : s->events);
}

static hz_status tell_shares(flows_work *w)
{
    static const struct { int part, of; } kinds[HZ_FLOWS_SHARES] = {
        { FIGURE_STAY, FIGURE_LIVING }, { FIGURE_FOCUS_BOTH, FIGURE_FOCUS_TO },
        { FIGURE_FOCUS_BOTH, FIGURE_FOCUS_FROM }
    };
    rows r;
    hz_status st = rows_new(&r, HZ_FLOWS_SHARES, 1, 5, w->err);
    for (int s = 0; s < HZ_FLOWS_SHARES; s++)
        w->out.share[s] = (hz_flows_share){ NAN, NAN, NAN, NAN, NAN };
    for (int s = 0; !st && s < (w->inside ? HZ_FLOWS_SHARES : 1); s++) {
        w->out.share[s] = share_of(flows_shown(w, kinds[s].part, 0, 0),
                                   flows_shown(w, kinds[s].of, 0, 0), w->deff[s], w->in->level);
        r.text[0][r.n] = share_words[s];
        add_share(w, &r, 0, &w->out.share[s]);
        r.n++;
    }
    if (!st)
        st = rows_take(&r, "flows-shares", share_columns, &w->out.shares, w->err);
    rows_free(&r);
    return st;
}

static hz_status tell_bands(flows_work *w)
{
    static const char *const numbers[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11",
                                           "12", "13" };
    double located = flows_shown(w, FIGURE_LOCATED, 0, 0);
    rows r;
    hz_status st = rows_new(&r, w->in->bands + 1, 1, 6, w->err);
    for (uint32_t b = 0; !st && b <= w->in->bands; b++) {
        double shown = flows_shown(w, FIGURE_BAND, b, 0);
        hz_flows_share s = share_of(shown, located, w->band_deff[b], w->in->level);
        r.text[0][b] = numbers[b];
        r.number[0][b] = b ? w->in->band_m[b - 1] / 1000 : 0;
        r.number[1][b] = b < w->in->bands ? w->in->band_m[b] / 1000 : NAN;
        r.number[2][b] = shown;
        add_share(w, &r, 3, &s);
        r.state[b] = state_of(w, shown);
        r.n++;
    }
    if (!st)
        st = rows_take(&r, "flows-bands", band_columns, &w->out.bands, w->err);
    rows_free(&r);
    return st;
}

/* ---- the account ------------------------------------------------------------------ */

static hz_status tell_account(flows_work *w)
{
    static const char *const words[READS] = { "with_person", "without_person",
                                              "without_coordinates", "not_asked_for", "refused" };
    rows r;
    hz_status st = rows_new(&r, READS + 1, 1, 1, w->err);
    for (uint32_t k = 0; !st && k <= READS; k++) {
        double shown = k == READ_JOURNEY ? w->out.total
                       : flows_shown(w, k < READS ? FIGURE_READING : FIGURE_READ, k < READS ? k : 0, 0);
        r.text[0][k] = k < READS ? words[k] : "read";
        r.number[0][k] = shown;
        r.hidden[k] = (unsigned char)(isnan(shown) != 0);
        r.state[k] = state_of(w, shown);
        r.n++;
    }
    if (!st)
        st = rows_take(&r, "flows-account", account_columns, &w->out.account, w->err);
    rows_free(&r);
    return st;
}

hz_status flows_tell(flows_work *w)
{
    w->out.areas = w->areas;
    w->out.places = w->places;
    w->out.total = flows_shown(w, FIGURE_ALL, 0, 0);
    w->out.known = flows_shown(w, FIGURE_KNOWN, 0, 0);
    hz_status st = tell_pairs(w);
    if (!st)
        st = tell_shares(w);
    if (!st && w->out.by_key && w->in->bands)
        st = tell_bands(w);
    if (!st && w->out.by_key)
        st = tell_account(w);
    return st;
}
