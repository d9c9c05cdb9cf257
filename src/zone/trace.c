/* A list of streets to a ring: items read, matched, solved for, and what became of each. */
#include "hotzone/trace.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "zone/trace_work.h"

void hz_trace_clear(hz_trace *t)
{
    hz_mem_free(t->items);
    hz_mem_free(t->legs);
    hz_mem_free((void *)t->mentioned);
    hz_mem_free(t->refused);
    hz_mem_free(t->texts);
    hz_shapes_free(t->ring);
    hz_shapes_free(t->gaps);
    *t = (hz_trace){ 0 };
}

const char *hz_trace_role_word(hz_trace_role role)
{
    static const char *const words[] = { "along", "point", "via" };
    return words[role];
}

const char *hz_trace_state_word(hz_trace_state state)
{
    static const char *const words[] = { "used", "touched", "merged", "skipped", "unmatched",
                                         "missed" };
    return words[state];
}

static bool same_name(const char *a, const char *b)
{
    hz_name p, q;
    hz_name_read(a, strlen(a), 0, &p);
    hz_name_read(b, strlen(b), 0, &q);
    return strcmp(p.plain, q.plain) == 0;
}

bool hz_trace_lists(const hz_trace *t, const char *listed)
{
    for (size_t i = 0; i < t->count; i++)
        if (same_name(listed, t->items[i].listed))
            return true;
    return false;
}

/* An overrule: "listed=name"; an empty name leaves the item out. */
static hz_status overrule(hz_trace_work *w, size_t i, hz_trace_item *item, hz_error *err)
{
    for (size_t k = 0; k < w->opts->matches; k++) {
        const hz_trace_match *m = &w->opts->match[k];
        if (!same_name(m->listed, item->listed))
            continue;
        item->overruled = true;
        if (!m->name[0]) {
            w->left_out[i] = true;
            return HZ_OK;
        }
        hz_status st = hz_trace_mean(w->net, m->name, "", &w->meaning[i], err);
        if (!st && w->meaning[i].score < 0.97 && !w->meaning[i].doubt) {
            const char *near[HZ_TRACE_NEAREST];
            hz_trace_nearest(w->net, m->name, near);
            st = hz_fail(err, HZ_EUSAGE, "match: the network has no street '%s', nearest is '%s'",
                         m->name, near[0] ? near[0] : "");
        }
        return st;
    }
    return HZ_OK;
}

static hz_status match_items(hz_trace_work *w, hz_trace *t, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < t->count; i++) {
        hz_trace_item *item = &t->items[i];
        st = overrule(w, i, item, err);
        if (!st && !item->overruled)
            st = hz_trace_mean(w->net, item->listed, item->remark, &w->meaning[i], err);
        if (st)
            break;
        item->score = w->meaning[i].score;
        item->doubt = item->overruled ? NULL : w->meaning[i].doubt;
        if (w->meaning[i].count)
            continue;
        item->state = w->left_out[i] || item->role != HZ_TRACE_ALONG ? HZ_TRACE_SKIPPED
                                                                     : HZ_TRACE_UNMATCHED;
        if (!w->left_out[i] && !hz_trace_general(item->listed))
            hz_trace_nearest(w->net, item->listed, item->nearest);
    }
    return st;
}

static bool same_meaning(const hz_meaning *a, const hz_meaning *b)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t j = 0; j < b->count; j++)
            if (a->classes[i] == b->classes[j])
                return true;
    return false;
}

/* The next item before or after i that the border follows; t->count if there is none. */
static size_t neighbour(const hz_trace_work *w, const hz_trace *t, size_t i, bool ahead)
{
    for (size_t k = 1; k < t->count; k++) {
        size_t j = ahead ? (i + k) % t->count : (i + t->count - k) % t->count;
        if (t->items[j].role == HZ_TRACE_ALONG && w->meaning[j].count &&
            t->items[j].state != HZ_TRACE_MERGED)
            return j;
    }
    return t->count;
}

/* Streets that the text names, and no item means: nothing of it is lost unsaid. */
static hz_status find_mentions(const hz_trace_work *w, hz_trace *t, hz_error *err)
{
    enum { MOST = 100 };
    int32_t found[MOST];
    const char *text = w->phrases.plain;
    t->mentioned = hz_mem_new(MOST, sizeof *t->mentioned);
    if (!t->mentioned)
        return hz_mem_fail(err, "zone");
    size_t n = hz_trace_mentions(w->net, text, strlen(text), found, MOST);
    for (size_t k = 0; k < n; k++) {
        const hz_meaning one = { found + k, 1, 0, NULL };
        bool listed = false;
        for (size_t i = 0; i < t->count && !listed; i++)
            listed = same_meaning(&w->meaning[i], &one);
        if (!listed)
            t->mentioned[t->mentioned_count++] = w->net->classes[found[k]].name;
    }
    return HZ_OK;
}

/* A street named twice running is one item; a point on its neighbour says nothing new. */
static void merge_items(const hz_trace_work *w, hz_trace *t)
{
    for (size_t i = 0; i < t->count; i++) {
        if (!w->meaning[i].count || t->items[i].role == HZ_TRACE_ALONG)
            continue;
        size_t before = neighbour(w, t, i, false), after = neighbour(w, t, i, true);
        if ((before < t->count && same_meaning(&w->meaning[i], &w->meaning[before])) ||
            (after < t->count && same_meaning(&w->meaning[i], &w->meaning[after])))
            t->items[i].state = HZ_TRACE_MERGED;
    }
    size_t last = t->count, first = t->count;
    for (size_t i = 0; i < t->count; i++) {
        if (!w->meaning[i].count || t->items[i].state == HZ_TRACE_MERGED)
            continue;
        if (last < t->count && same_meaning(&w->meaning[i], &w->meaning[last]))
            t->items[i].state = HZ_TRACE_MERGED;
        else
            last = i;
        if (first == t->count)
            first = i;
    }
    if (first < last && last < t->count && same_meaning(&w->meaning[first], &w->meaning[last])) {
        t->items[last].state = HZ_TRACE_MERGED;
        t->closed = true;
    }
}

static hz_status find_stops(hz_trace_work *w, const hz_trace *t, hz_error *err)
{
    bool gap = false;
    w->stops = hz_mem_new(t->count + 1, sizeof *w->stops);
    if (!w->stops)
        return hz_mem_fail(err, "zone");
    for (size_t i = 0; i < t->count; i++) {
        const hz_trace_item *item = &t->items[i];
        gap |= item->state == HZ_TRACE_UNMATCHED;
        if (!w->meaning[i].count || item->state == HZ_TRACE_MERGED)
            continue;
        w->stops[w->stop_count++] = (hz_stop){ &w->meaning[i], i, item->role == HZ_TRACE_ALONG,
                                               gap };
        gap = false;
    }
    if (gap && w->stop_count)
        w->stops[0].after_gap = true;
    return HZ_OK;
}

static size_t room_for(const char *text)
{
    return text ? strlen(text) + 1 : 0;
}

static void own(char **at, const char **text)
{
    if (!*text)
        return;
    size_t n = strlen(*text) + 1;
    memcpy(*at, *text, n);
    *text = *at;
    *at += n;
}

/* The trace takes copies of all texts that it shows. */
static hz_status own_texts(hz_trace *t, hz_error *err)
{
    size_t bytes = 1;
    for (size_t i = 0; i < t->count; i++) {
        bytes += room_for(t->items[i].listed) + room_for(t->items[i].remark) +
                 room_for(t->items[i].matched) + room_for(t->items[i].layer);
        for (int k = 0; k < HZ_TRACE_NEAREST; k++)
            bytes += room_for(t->items[i].nearest[k]);
    }
    bytes += room_for(t->unread);
    for (size_t k = 0; k < t->mentioned_count; k++)
        bytes += room_for(t->mentioned[k]);
    for (size_t k = 0; k < t->leg_count; k++)
        bytes += room_for(t->legs[k].name) + room_for(t->legs[k].layer);
    char *at = t->texts = hz_mem_new(bytes, 1);
    if (!at)
        return hz_mem_fail(err, "zone");
    for (size_t i = 0; i < t->count; i++) {
        own(&at, &t->items[i].listed);
        own(&at, &t->items[i].remark);
        own(&at, &t->items[i].matched);
        own(&at, &t->items[i].layer);
        for (int k = 0; k < HZ_TRACE_NEAREST; k++)
            own(&at, &t->items[i].nearest[k]);
    }
    own(&at, &t->unread);
    for (size_t k = 0; k < t->mentioned_count; k++)
        own(&at, &t->mentioned[k]);
    for (size_t k = 0; k < t->leg_count; k++) {
        own(&at, &t->legs[k].name);
        own(&at, &t->legs[k].layer);
    }
    return HZ_OK;
}

static hz_status start_items(hz_trace_work *w, hz_trace *t, hz_error *err)
{
    t->count = w->phrases.count;
    t->unread = hz_text_get(&w->phrases.unread);
    t->items = hz_mem_new(t->count, sizeof *t->items);
    w->meaning = hz_mem_new(t->count, sizeof *w->meaning);
    w->left_out = hz_mem_new(t->count, sizeof *w->left_out);
    if (!t->items || !w->meaning || !w->left_out)
        return hz_mem_fail(err, "zone");
    for (size_t i = 0; i < t->count; i++) {
        const hz_phrase *p = &w->phrases.phrase[i];
        t->items[i] = (hz_trace_item){ .listed = p->listed, .remark = p->remark, .role = p->role,
                                       .start_x = NAN, .start_y = NAN, .end_x = NAN,
                                       .end_y = NAN };
    }
    return HZ_OK;
}

hz_status hz_trace_build(const hz_trace_network *net, const char *text, const hz_trace_opts *opts,
                         hz_trace *out, hz_error *err)
{
    static const hz_trace_opts none = { 0 };
    hz_trace_work w = { .net = net, .opts = opts ? opts : &none };
    hz_trace t = { 0 };
    hz_text refused = { 0 };
    hz_status st = hz_trace_read(net, text, &w.phrases, err);

    if (!st)
        st = start_items(&w, &t, err);
    if (!st)
        st = match_items(&w, &t, err);
    if (!st)
        st = find_mentions(&w, &t, err);
    if (!st) {
        merge_items(&w, &t);
        st = find_stops(&w, &t, err);
    }
    if (!st)
        hz_trace_refuse_early(&w, &t, &refused);
    if (!st && refused.failed)
        st = hz_mem_fail(err, "zone");
    if (!st && !refused.length)
        st = hz_trace_solve(net, w.stops, w.stop_count, w.opts->allow_gaps, &t, &w.steps,
                            &w.step_count, &refused, err);
    if (!st && w.steps)
        st = hz_trace_draw(&w, &t, err);
    if (!st)
        hz_trace_refuse(&w, &t, &refused);
    if (!st)
        st = hz_trace_name_items(&w, &t, err);
    if (!st)
        st = own_texts(&t, err);
    if (!st && refused.failed)
        st = hz_mem_fail(err, "zone");
    if (!st && refused.length) {
        hz_shapes_free(t.ring);
        hz_shapes_free(t.gaps);
        t.ring = t.gaps = NULL;
        t.refused = hz_text_take(&refused);
        if (!t.refused)
            st = hz_mem_fail(err, "zone");
    }
    for (size_t i = 0; w.meaning && i < t.count; i++)
        hz_mem_free(w.meaning[i].classes);
    hz_mem_free(w.meaning);
    hz_mem_free(w.left_out);
    hz_mem_free(w.stops);
    hz_mem_free(w.steps);
    hz_phrases_clear(&w.phrases);
    hz_text_free(&refused);
    if (st)
        hz_trace_clear(&t);
    else
        *out = t;
    return st;
}
