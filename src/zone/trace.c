/* A list of streets to a ring: items read, matched, solved for, and what became of each. */
#include "hotzone/trace.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "zone/trace_parts.h"

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

/* Everything on the way from a text to a trace. */
typedef struct {
    const hz_trace_network *net;
    const hz_trace_opts *opts;
    hz_phrases phrases;
    hz_meaning *meaning; /* by item */
    bool *left_out;      /* by item: overruled to be nothing */
    hz_stop *stops;
    size_t stop_count;
    hz_step *steps;
    size_t step_count;
} work;

static bool same_name(const char *a, const char *b)
{
    hz_name p, q;
    hz_name_read(a, strlen(a), 0, &p);
    hz_name_read(b, strlen(b), 0, &q);
    return strcmp(p.plain, q.plain) == 0;
}

/* An overrule: "listed=name"; an empty name leaves the item out. */
static hz_status overrule(work *w, size_t i, hz_trace_item *item, hz_error *err)
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

static hz_status match_items(work *w, hz_trace *t, hz_error *err)
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
static size_t neighbour(const work *w, const hz_trace *t, size_t i, bool ahead)
{
    for (size_t k = 1; k < t->count; k++) {
        size_t j = ahead ? (i + k) % t->count : (i + t->count - k) % t->count;
        if (t->items[j].role == HZ_TRACE_ALONG && w->meaning[j].count &&
            t->items[j].state != HZ_TRACE_MERGED)
            return j;
    }
    return t->count;
}

/* Streets that what was not read as items names all the same. */
static hz_status find_mentions(const work *w, hz_trace *t, hz_error *err)
{
    enum { MOST = 100 };
    int32_t found[MOST];
    hz_text all = { 0 };
    hz_text_add(&all, hz_text_get(&w->phrases.unread));
    for (size_t i = 0; i < t->count; i++)
        hz_text_addf(&all, " | %s", t->items[i].remark);
    t->mentioned = hz_mem_new(MOST, sizeof *t->mentioned);
    if (all.failed || !t->mentioned) {
        hz_text_free(&all);
        return hz_mem_fail(err, "zone");
    }
    size_t n = hz_trace_mentions(w->net, hz_text_get(&all), all.length, found, MOST);
    for (size_t k = 0; k < n; k++) {
        const hz_meaning one = { found + k, 1, 0, NULL };
        bool listed = false;
        for (size_t i = 0; i < t->count && !listed; i++)
            listed = same_meaning(&w->meaning[i], &one);
        if (!listed)
            t->mentioned[t->mentioned_count++] = w->net->classes[found[k]].name;
    }
    hz_text_free(&all);
    return HZ_OK;
}

/* A street named twice running is one item; a point on its neighbour says nothing new. */
static void merge_items(const work *w, hz_trace *t)
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

static hz_status find_stops(work *w, const hz_trace *t, hz_error *err)
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

/* Why there can be no ring, whatever the network: items without a match, or too few. */
static void refuse_early(const work *w, const hz_trace *t, hz_text *refused)
{
    size_t missing = 0;
    for (size_t i = 0; i < t->count; i++)
        missing += t->items[i].state == HZ_TRACE_UNMATCHED;
    if (w->phrases.zones > 1) {
        hz_text_addf(refused, "the list has %zu zones, expected one at a time", w->phrases.zones);
        return;
    }
    if (missing && !w->opts->allow_gaps) {
        enum { MOST_SAID = 40 };
        size_t said = 0;
        hz_text_addf(refused, "%zu of %zu items match no name of the network:", missing, t->count);
        for (size_t i = 0; i < t->count && said < MOST_SAID; i++) {
            const hz_trace_item *item = &t->items[i];
            if (item->state != HZ_TRACE_UNMATCHED)
                continue;
            said++;
            unsigned asked = item->nearest[0] ? 0 : hz_trace_general(item->listed);
            hz_text_addf(refused, " '%s' (", item->listed);
            if (asked)
                hz_text_addf(refused, "no line given is said to be a %s",
                             hz_trace_kind_word(asked == HZ_LINE_BORDERS ? HZ_TRACE_BORDER
                                                                         : hz_line_kind_of(asked)));
            else
                hz_text_add(refused, item->nearest[0] ? "nearest:" : "no name is like it");
            for (int k = 0; k < HZ_TRACE_NEAREST && item->nearest[k]; k++)
                hz_text_addf(refused, "%s '%s'", k ? "," : "", item->nearest[k]);
            hz_text_add(refused, ")");
        }
        if (missing > said)
            hz_text_addf(refused, " and %zu more", missing - said);
    } else if (t->count == 0) {
        hz_text_add(refused, "the list names nothing");
    } else if (w->stop_count < 2) {
        hz_text_addf(refused, "%zu of its %zu items %s in the network, expected at least two "
                     "streets", w->stop_count, t->count, w->stop_count == 1 ? "is" : "are");
    }
}

/* ---- what became of the items ---- */

static void measure(const work *w, hz_trace *t)
{
    const hz_graph *g = w->net->graph;
    size_t n = w->step_count;
    double run = 0;
    for (size_t k = 0; k < n; k++) {
        const hz_step *s = &w->steps[k], *last = &w->steps[(k + n - 1) % n];
        hz_trace_item *item = &t->items[w->stops[s->stop].item];
        double d = hypot(g->x[s->node] - g->x[last->node], g->y[s->node] - g->y[last->node]);
        if (isnan(item->start_x)) {
            item->start_x = g->x[last->node];
            item->start_y = g->y[last->node];
            run = 0;
        }
        item->end_x = g->x[s->node];
        item->end_y = g->y[s->node];
        run = s->bridge ? run + d : 0;
        *(s->bridge ? &item->bridged_m : &item->length_m) += d;
        item->longest_gap_m = fmax(item->longest_gap_m, run);
        t->length_m += d;
        t->bridged_m += s->bridge ? d : 0;
    }
}

/* The line an item goes by: that of its classes which the ring follows longest. */
static hz_status name_items(const work *w, hz_trace *t, hz_error *err)
{
    const hz_graph *g = w->net->graph;
    double *on = hz_mem_new(w->net->class_count, sizeof *on);
    if (!on)
        return hz_mem_fail(err, "zone");
    for (size_t k = 0; k < w->step_count; k++) {
        const hz_step *s = &w->steps[k], *last = &w->steps[(k + w->step_count - 1) % w->step_count];
        if (s->class_of >= 0 && !s->bridge)
            on[s->class_of] += hypot(g->x[s->node] - g->x[last->node],
                                     g->y[s->node] - g->y[last->node]);
    }
    for (size_t i = 0; i < t->count; i++) {
        const hz_meaning *m = &w->meaning[i];
        for (size_t k = 0, best = 0; k < m->count; k++) {
            if (on[m->classes[k]] > on[m->classes[best]])
                best = k;
            const hz_line_class *c = &w->net->classes[m->classes[best]];
            t->items[i].matched = c->name;
            t->items[i].layer = c->layer;
            t->items[i].kind = hz_line_kind_of(c->kind);
        }
    }
    hz_mem_free(on);
    return HZ_OK;
}

/* Stretches of the ring on one line, for one item. */
static hz_status cut_legs(const work *w, hz_trace *t, hz_error *err)
{
    const hz_graph *g = w->net->graph;
    size_t n = w->step_count;
    t->legs = hz_mem_new(n, sizeof *t->legs);
    if (!t->legs)
        return hz_mem_fail(err, "zone");
    for (size_t k = 0; k < n; k++) {
        const hz_step *s = &w->steps[k], *last = &w->steps[(k + n - 1) % n];
        const hz_line_class *c = s->class_of < 0 ? NULL : &w->net->classes[s->class_of];
        hz_trace_leg one = { w->stops[s->stop].item, c ? c->name : "", c ? c->layer : "",
                             c ? hz_line_kind_of(c->kind) : HZ_TRACE_LINK, s->bridge,
                             hypot(g->x[s->node] - g->x[last->node],
                                   g->y[s->node] - g->y[last->node]) };
        hz_trace_leg *leg = t->leg_count ? &t->legs[t->leg_count - 1] : NULL;
        if (leg && leg->item == one.item && leg->bridge == one.bridge && leg->name == one.name &&
            leg->layer == one.layer && leg->kind == one.kind)
            leg->length_m += one.length_m;
        else
            t->legs[t->leg_count++] = one;
    }
    return HZ_OK;
}

typedef struct {
    double x, y, d2; /* a place, and the square of its distance from something */
} spot;

/* The spot between nodes a and b that is nearest to node v. */
static spot foot(const hz_graph *g, uint32_t v, uint32_t a, uint32_t b)
{
    double dx = g->x[b] - g->x[a], dy = g->y[b] - g->y[a], d2 = dx * dx + dy * dy;
    double u = d2 > 0 ? ((g->x[v] - g->x[a]) * dx + (g->y[v] - g->y[a]) * dy) / d2 : 0;
    u = fmax(0, fmin(1, u));
    double x = g->x[a] + u * dx, y = g->y[a] + u * dy;
    return (spot){ x, y, (x - g->x[v]) * (x - g->x[v]) + (y - g->y[v]) * (y - g->y[v]) };
}

/* The spot of the ring that is nearest to the lines a stop may mean. */
static spot nearest_spot(const work *w, const hz_meaning *m)
{
    const hz_graph *g = w->net->graph;
    spot best = { NAN, NAN, INFINITY };
    for (size_t c = 0; c < m->count; c++) {
        const hz_line_class *of = &w->net->classes[m->classes[c]];
        for (size_t i = of->first; i < of->last; i++)
            for (size_t k = 0; k < w->step_count; k++) {
                uint32_t a = g->from[w->net->edge[i]], b = g->to[w->net->edge[i]];
                uint32_t u = w->steps[(k + w->step_count - 1) % w->step_count].node;
                uint32_t v = w->steps[k].node;
                spot at[] = { foot(g, a, u, v), foot(g, b, u, v), foot(g, v, a, b) };
                at[2].x = g->x[v];
                at[2].y = g->y[v];
                for (int j = 0; j < 3; j++)
                    if (at[j].d2 < best.d2)
                        best = at[j];
            }
    }
    return best;
}

/* Nearer than this the ring comes to a street it does not follow; in gaps. */
static const double touch_gaps = 2;

/* Items that are not followed stand where the ring is nearest to them. */
static void place_touched(const work *w, hz_trace *t)
{
    for (size_t k = 0; k < w->stop_count; k++) {
        hz_trace_item *item = &t->items[w->stops[k].item];
        if (item->length_m >= 1)
            continue;
        spot at = nearest_spot(w, w->stops[k].meaning);
        item->off_m = sqrt(at.d2);
        item->state = item->off_m <= touch_gaps * w->net->gap ? HZ_TRACE_TOUCHED : HZ_TRACE_MISSED;
        item->start_x = item->end_x = at.x;
        item->start_y = item->end_y = at.y;
    }
}

static hz_status draw_ring(const work *w, hz_trace *t, hz_error *err)
{
    const hz_graph *g = w->net->graph;
    size_t n = w->step_count;
    double twice = 0;
    hz_status st = hz_shapes_new(HZ_POLYGON, 1, 1, n + 1, &t->ring, err);
    if (st)
        return st;
    const double x0 = g->x[w->steps[n - 1].node], y0 = g->y[w->steps[n - 1].node];
    for (size_t k = 0; k < n; k++) {
        uint32_t a = w->steps[(k + n - 1) % n].node, b = w->steps[k].node;
        twice += (g->x[a] - x0) * (g->y[b] - y0) - (g->x[b] - x0) * (g->y[a] - y0);
    }
    for (size_t k = 0; k <= n; k++) { /* from the start of the first item */
        size_t from = twice > 0 ? k : n - k;
        uint32_t v = w->steps[(from + n - 1) % n].node;
        t->ring->x[k] = g->x[v];
        t->ring->y[k] = g->y[v];
    }
    t->ring->first_ring[1] = 1;
    t->ring->first_point[1] = n + 1;
    t->area_m2 = fabs(twice / 2);
    return HZ_OK;
}

/* Runs of bridged steps as lines. */
static hz_status draw_gaps(const work *w, hz_trace *t, hz_error *err)
{
    const hz_graph *g = w->net->graph;
    size_t n = w->step_count, runs = 0, points = 0, f = 0, v = 0;
    for (size_t k = 0; k < n; k++) {
        bool fresh = w->steps[k].bridge && !(k && w->steps[k - 1].bridge);
        runs += fresh;
        points += (size_t)w->steps[k].bridge + fresh;
    }
    hz_status st = hz_shapes_new(HZ_LINE, runs, runs, points, &t->gaps, err);
    for (size_t k = 0; !st && k < n; k++) {
        if (!w->steps[k].bridge)
            continue;
        for (int both = k && w->steps[k - 1].bridge; both < 2; both++) {
            uint32_t node = w->steps[both ? k : (k + n - 1) % n].node;
            if (!both) {
                t->gaps->first_point[f] = v;
                t->gaps->first_ring[f] = f;
                f++;
            }
            t->gaps->x[v] = g->x[node];
            t->gaps->y[v++] = g->y[node];
        }
    }
    if (!st) {
        t->gaps->first_ring[runs] = runs;
        t->gaps->first_point[runs] = points;
    }
    return st;
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

static hz_status draw(work *w, hz_trace *t, hz_error *err)
{
    hz_status st = HZ_OK;
    measure(w, t);
    place_touched(w, t);
    st = draw_ring(w, t, err);
    if (!st)
        st = cut_legs(w, t, err);
    return st ? st : draw_gaps(w, t, err);
}

static hz_status start_items(work *w, hz_trace *t, hz_error *err)
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

/* A ring of which a third is guessed is invented. */
static const double most_bridged = 1 / 3.0;

static void refuse_bridged(const hz_trace *t, hz_text *refused)
{
    bool any = false;
    if (!t->ring || t->bridged_m < most_bridged * t->length_m)
        return;
    hz_text_addf(refused, "%.0f m of %.0f m of border would be bridged, expected less than a "
                 "third; about:", t->bridged_m, t->length_m);
    for (size_t i = 0; i < t->count; i++) {
        const hz_trace_item *item = &t->items[i];
        if (!(item->bridged_m > 0.05 * t->length_m))
            continue;
        hz_text_addf(refused, "%s '%s'", any ? "," : "", item->listed);
        any = true;
    }
}

/* A loop that was cut off may have been all that came to an item. */
static void refuse_missed(const work *w, const hz_trace *t, hz_text *refused)
{
    for (size_t i = 0; !w->opts->allow_gaps && !refused->length && i < t->count; i++)
        if (t->items[i].state == HZ_TRACE_MISSED)
            hz_text_addf(refused, "the ring would leave out '%s', and come no nearer than %.0f m",
                         t->items[i].listed, t->items[i].off_m);
}

/* Items without a match are at fault first, whatever else stood in the way. */
static void blame_unmatched(const work *w, const hz_trace *t, hz_text *refused)
{
    bool any = false;
    for (size_t i = 0; w->opts->allow_gaps && refused->length && i < t->count; i++) {
        if (t->items[i].state != HZ_TRACE_UNMATCHED)
            continue;
        hz_text_addf(refused, "%s '%s'", any ? "," : "; without a match:", t->items[i].listed);
        any = true;
    }
}

hz_status hz_trace_build(const hz_trace_network *net, const char *text, const hz_trace_opts *opts,
                         hz_trace *out, hz_error *err)
{
    static const hz_trace_opts none = { 0 };
    work w = { .net = net, .opts = opts ? opts : &none };
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
        refuse_early(&w, &t, &refused);
    if (!st && refused.failed)
        st = hz_mem_fail(err, "zone");
    if (!st && !refused.length)
        st = hz_trace_solve(net, w.stops, w.stop_count, w.opts->allow_gaps, &t, &w.steps,
                            &w.step_count, &refused, err);
    if (!st && w.steps)
        st = draw(&w, &t, err);
    if (!st)
        refuse_bridged(&t, &refused);
    if (!st && t.ring)
        refuse_missed(&w, &t, &refused);
    if (!st)
        blame_unmatched(&w, &t, &refused);
    if (!st)
        st = name_items(&w, &t, err);
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
