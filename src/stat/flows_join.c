/* Brings residents and events together by key, and forgets the keys. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/text.h"
#include "stat/flows_parts.h"

/* A key with its row; one array of texts holds all keys of a layer. */
typedef struct {
    const char *text;
    uint32_t row;
} key_row;

typedef struct {
    char *texts;
    key_row *rows;   /* those with a key, sorted by key, then row */
    size_t n;
} key_list;

/* What a sensitive layer held is overwritten before it is given back. */
static void forget(key_list *keys, size_t length)
{
    if (keys->texts)
        memset(keys->texts, 0, length);
    hz_mem_free(keys->texts);
    hz_mem_free(keys->rows);
    memset(keys, 0, sizeof *keys);
}

static int by_key(const void *a, const void *b)
{
    const key_row *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static void trim(char *text)
{
    size_t blanks = strspn(text, " \t"), n = strlen(text);
    memmove(text, text + blanks, n - blanks + 1);
    for (n -= blanks; n && (text[n - 1] == ' ' || text[n - 1] == '\t'); n--)
        text[n - 1] = '\0';
}

enum { KEY_MOST = 128 };

static hz_status list_keys(const hz_layer *layer, const char *column, key_list *out, hz_error *err)
{
    size_t n = hz_layer_rows(layer), at;
    hz_status st = hz_layer_need(layer, column, &at, err);
    if (st)
        return st;
    out->texts = hz_mem_new(n, KEY_MOST);
    out->rows = hz_mem_new(n, sizeof *out->rows);
    if (!out->texts || !out->rows)
        return hz_mem_fail(err, "flows");
    for (size_t i = 0; i < n; i++) {
        char *text = out->texts + i * KEY_MOST;
        if (hz_layer_column_kind(layer, at) == HZ_TEXTS &&
            strlen(hz_layer_text_at(layer, at, i)) >= KEY_MOST)
            return hz_fail(err, HZ_EDATA, "%s: a key in '%s' has %d bytes or more, expected a "
                           "shorter one", hz_layer_name(layer), column, KEY_MOST);
        st = hz_layer_value_text(layer, at, i, text, KEY_MOST);
        if (st)
            return hz_fail(err, st, "%s: a key in '%s' cannot be read as text",
                           hz_layer_name(layer), column);
        trim(text);
        if (*text)
            out->rows[out->n++] = (key_row){ text, (uint32_t)i };
    }
    if (out->n == 0)
        return hz_fail(err, HZ_EDATA, "%s: '%s' is empty in every row, expected keys of persons",
                       hz_layer_name(layer), column);
    qsort(out->rows, out->n, sizeof *out->rows, by_key);
    return HZ_OK;
}

static hz_status need_one_home(const hz_layer *residents, const char *column, const key_list *keys,
                               hz_error *err)
{
    for (size_t i = 1; i < keys->n; i++)
        if (strcmp(keys->rows[i - 1].text, keys->rows[i].text) == 0)
            return hz_fail(err, HZ_EDATA, "%s: two rows have the same '%s', expected one home for "
                           "each person", hz_layer_name(residents), column);
    return HZ_OK;
}

/* ---- places of points ------------------------------------------------------------- */

/* Of points that lie in no area: the towns, or elsewhere. */
static hz_status look_beyond(flows_work *w, const hz_layer *points, uint32_t *place)
{
    size_t n = hz_layer_rows(points), k = 0;
    unsigned char *keep = hz_mem_new(n, 1);
    hz_layer *beyond = NULL;
    hz_placing *placing = NULL;
    hz_status st = keep ? HZ_OK : hz_mem_fail(w->err, "flows");
    for (size_t i = 0; !st && i < n; i++)
        keep[i] = place[i] == w->code[ELSEWHERE];
    if (!st)
        st = hz_layer_select(points, keep, &beyond, w->err);
    if (!st && hz_layer_rows(beyond) > 0)
        st = hz_place_events(w->in->towns, beyond, false, NULL, &placing, NULL, w->err);
    for (size_t i = 0; !st && placing && i < n; i++)
        if (keep[i] && hz_placing_areas(placing)[k++] >= 0)
            place[i] = w->code[TOWNS];
    hz_placing_free(placing);
    hz_layer_free(beyond);
    hz_mem_free(keep);
    return st;
}

/* `place` of each point; unknown without coordinates, or filtered by `opts`. */
static hz_status find_places(flows_work *w, const hz_layer *points, const hz_place_opts *opts,
                             uint32_t *place, hz_fate *fate)
{
    hz_placing *placing = NULL;
    /* how many lie where is no matter for a notice */
    hz_status st = hz_place_events(w->in->areas, points, false, opts, &placing, NULL, w->err);
    if (st)
        return st;
    *fate = *hz_placing_fate(placing);
    for (size_t i = 0; i < hz_layer_rows(points); i++) {
        int32_t area = hz_placing_areas(placing)[i];
        place[i] = area >= 0 ? (uint32_t)area : area == HZ_NOWHERE ? w->code[ELSEWHERE]
                                                                   : w->code[UNKNOWN];
    }
    hz_placing_free(placing);
    return w->in->towns ? look_beyond(w, points, place) : HZ_OK;
}

/* ---- distances -------------------------------------------------------------------- */

static uint32_t band_of(const hz_flows_input *in, double metres)
{
    uint32_t b = 0;
    if (!isfinite(metres))
        return (uint32_t)in->bands + 1;
    while (b < in->bands && metres >= in->band_m[b])
        b++;
    return b;
}

/* ---- journeys --------------------------------------------------------------------- */

/* Both layers, their keys and their places. */
typedef struct {
    hz_layer *homes, *events; /* in metres */
    key_list home_keys, event_keys;
    uint32_t *home_place, *event_place;
} meeting;

static void part(meeting *m, const hz_flows_input *in)
{
    forget(&m->home_keys, hz_layer_rows(in->residents) * KEY_MOST);
    forget(&m->event_keys, hz_layer_rows(in->events) * KEY_MOST);
    hz_layer_free(m->homes);
    hz_layer_free(m->events);
    hz_mem_free(m->home_place);
    hz_mem_free(m->event_place);
}

static hz_status prepare(flows_work *w, meeting *m, hz_fate *fate)
{
    const hz_flows_input *in = w->in;
    const char *event_key = in->event_key ? in->event_key : in->key;
    hz_crs *metric = NULL;
    hz_fate of_homes;
    hz_status st = list_keys(in->residents, in->key, &m->home_keys, w->err);
    if (!st)
        st = need_one_home(in->residents, in->key, &m->home_keys, w->err);
    if (!st)
        st = list_keys(in->events, event_key, &m->event_keys, w->err);
    m->home_place = hz_mem_new(hz_layer_rows(in->residents), sizeof *m->home_place);
    m->event_place = hz_mem_new(hz_layer_rows(in->events), sizeof *m->event_place);
    if (!st && (!m->home_place || !m->event_place))
        st = hz_mem_fail(w->err, "flows");
    if (!st)
        st = find_places(w, in->residents, NULL, m->home_place, &of_homes);
    if (!st)
        st = find_places(w, in->events, &in->place, m->event_place, fate);
    if (!st)
        st = hz_layer_metric(in->areas, &metric, w->notice, w->err);
    if (!st)
        st = hz_layer_copy_to_crs(in->residents, metric, &m->homes, w->err);
    if (!st)
        st = hz_layer_copy_to_crs(in->events, metric, &m->events, w->err);
    hz_crs_free(metric);
    return st;
}

static double distance(const meeting *m, uint32_t home, uint32_t event)
{
    const hz_shapes *h = hz_layer_shapes(m->homes), *e = hz_layer_shapes(m->events);
    return hypot(h->x[home] - e->x[event], h->y[home] - e->y[event]);
}

/* Events with a key that were placed, in the order of their keys. */
static size_t meet(flows_work *w, const meeting *m, size_t *matched)
{
    const key_list *homes = &m->home_keys, *events = &m->event_keys;
    const char *last = NULL;
    size_t h = 0, n = 0;
    *matched = 0;
    for (size_t i = 0; i < events->n; i++) {
        const key_row *e = &events->rows[i];
        if (m->event_place[e->row] == w->code[UNKNOWN])
            continue;
        while (h < homes->n && strcmp(homes->rows[h].text, e->text) < 0)
            h++;
        bool found = h < homes->n && strcmp(homes->rows[h].text, e->text) == 0;
        uint32_t row = found ? homes->rows[h].row : 0;
        w->persons += !last || strcmp(last, e->text) != 0;
        last = e->text;
        w->journeys[n++] = (journey){
            found ? m->home_place[row] : w->code[UNKNOWN], m->event_place[e->row],
            found ? band_of(w->in, distance(m, row, e->row)) : (uint32_t)w->in->bands + 1,
            (uint32_t)w->persons, 1
        };
        *matched += found;
    }
    return n;
}

hz_status flows_join(flows_work *w)
{
    meeting m = { NULL, NULL, { NULL, NULL, 0 }, { NULL, NULL, 0 }, NULL, NULL };
    hz_fate fate = { 0 };
    size_t matched = 0;
    hz_status st = prepare(w, &m, &fate);
    if (!st) {
        w->journeys = hz_mem_new(m.event_keys.n, sizeof *w->journeys);
        if (!w->journeys)
            st = hz_mem_fail(w->err, "flows");
    }
    if (!st) {
        w->n = meet(w, &m, &matched);
        w->read[READ_JOURNEY] = (double)w->n;
        w->read[READ_NO_KEY] = (double)(fate.placed + fate.outside - w->n);
        w->read[READ_NO_PLACE] = (double)fate.unlocated;
        w->read[READ_OTHER] = (double)(fate.other_period + fate.undated + fate.other_kind);
        w->read[READ_REFUSED] = (double)fate.refused;
        w->out.by_key = true;
        if (w->n == 0)
            st = hz_fail(w->err, HZ_EDATA, "%s: no located event of those asked for has a person, "
                         "expected one or more", hz_layer_name(w->in->events));
        else if (matched == 0)
            st = hz_fail(w->err, HZ_EDATA, "%s and %s: no key of the events is a resident's, "
                         "expected the same keys", hz_layer_name(w->in->events),
                         hz_layer_name(w->in->residents));
    }
    part(&m, w->in);
    return st;
}
