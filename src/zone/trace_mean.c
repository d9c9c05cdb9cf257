/* What a listed name may mean in a network: streets by name, other lines by name or kind. */
#include <math.h>
#include <string.h>

#include "hotzone/mem.h"
#include "zone/trace_parts.h"

static const double sure = 0.97, near_best = 0.02;

static double best_score(const hz_name *read, unsigned readings, const hz_name *known)
{
    double best = 0;
    for (unsigned r = 0; r < readings; r++)
        best = fmax(best, hz_name_score(&read[r], known));
    return best;
}

enum { MOST_READINGS = 4 };

static unsigned read_all(const char *text, size_t n, hz_name read[MOST_READINGS])
{
    unsigned count = 0;
    while (count < MOST_READINGS && hz_name_read(text, n, count, &read[count]))
        count++;
    return count;
}

bool hz_trace_known(const hz_trace_network *net, const char *text, size_t n)
{
    hz_name read[MOST_READINGS];
    unsigned readings = read_all(text, n, read);
    for (size_t i = 0; i < net->spelling_count; i++)
        for (unsigned r = 0; r < readings; r++)
            if (net->classes[net->spellings[i].class_of].kind == HZ_LINE_STREET &&
                (strcmp(read[r].plain, net->spellings[i].name.plain) == 0 ||
                 strcmp(read[r].usual, net->spellings[i].name.usual) == 0) && read[r].plain[0])
                return true;
    return false;
}

static hz_status mean(hz_meaning *m, size_t *room, int32_t class_of, hz_error *err)
{
    for (size_t i = 0; i < m->count; i++)
        if (m->classes[i] == class_of)
            return HZ_OK;
    if (m->count == *room) {
        size_t next = *room ? 2 * *room : 4;
        int32_t *grown = hz_mem_resize(m->classes, next, sizeof *grown);
        if (!grown)
            return hz_mem_fail(err, "street names");
        m->classes = grown;
        *room = next;
    }
    m->classes[m->count++] = class_of;
    return HZ_OK;
}

unsigned hz_trace_general(const char *text)
{
    static const struct {
        const char *part;
        unsigned kind;
    } words[] = {
        { "gr\001nse", HZ_LINE_BORDER }, { "border", HZ_LINE_BORDER },
        { "boundary", HZ_LINE_BORDER }, { "vandet", HZ_LINE_WATER }, { "vandsiden", HZ_LINE_WATER },
        { "havnefront", HZ_LINE_WATER }, { "havnel\002b", HZ_LINE_WATER },
        { "kysten", HZ_LINE_WATER }, { "kystlinj", HZ_LINE_WATER }, { "shore", HZ_LINE_WATER },
        { "coast", HZ_LINE_WATER }, { "waterfront", HZ_LINE_WATER },
        { "s\002bred", HZ_LINE_WATER }, { "jernbane", HZ_LINE_RAIL },
        { "banelegeme", HZ_LINE_RAIL }, { "metrolinj", HZ_LINE_RAIL }, { "banelinj", HZ_LINE_RAIL },
        { "railway", HZ_LINE_RAIL }, { "trainline", HZ_LINE_RAIL }, { "sbane", HZ_LINE_RAIL },
    };
    hz_name name;
    unsigned kind = 0;
    hz_name_read(text, strlen(text), 0, &name);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(name.plain, words[i].part))
            kind |= words[i].kind;
    return kind;
}

/* Does a phrase hold a name, letters only: "kommunegrænsen mod Hvidovre Kommune", Hvidovre? */
static bool holds(const char *phrase, const hz_name *name)
{
    hz_name all;
    hz_name_read(phrase, strlen(phrase), 0, &all);
    return strlen(name->plain) >= 3 && strstr(all.plain, name->plain) != NULL;
}

/* Other lines of the kind a phrase speaks of: those whose names it holds, or all; where no layer is
 * of that kind, those that are of none. */
static hz_status mean_lines(const hz_trace_network *net, const char *text, const char *about,
                            hz_meaning *m, size_t *room, hz_error *err)
{
    unsigned kinds[] = { hz_trace_general(text), HZ_LINE_OTHER };
    hz_status st = HZ_OK;
    for (int k = 0; kinds[0] && k < 2 && !st && m->count == 0; k++) {
        for (size_t i = 0; !st && i < net->spelling_count; i++) {
            const hz_spelling *s = &net->spellings[i];
            if ((net->classes[s->class_of].kind & kinds[k]) &&
                (holds(text, &s->name) || holds(about, &s->name)))
                st = mean(m, room, s->class_of, err);
        }
        bool named = m->count > 0;
        for (size_t c = 0; !st && !named && c < net->class_count; c++)
            if (net->classes[c].kind & kinds[k])
                st = mean(m, room, (int32_t)c, err);
    }
    m->score = m->count ? sure : 0;
    return st;
}

hz_status hz_trace_mean(const hz_trace_network *net, const char *text, const char *about,
                        hz_meaning *out, hz_error *err)
{
    hz_name read[MOST_READINGS];
    unsigned readings = read_all(text, strlen(text), read);
    hz_meaning m = { 0 };
    size_t room = 0;
    hz_status st = HZ_OK;
    for (size_t i = 0; i < net->spelling_count; i++)
        m.score = fmax(m.score, best_score(read, readings, &net->spellings[i].name));
    /* the same letters, or forms, are the name; slips nearly as good stay in the running */
    double least = m.score >= sure ? m.score : m.score - near_best;
    for (size_t i = 0; !st && m.score > 0 && i < net->spelling_count; i++)
        if (best_score(read, readings, &net->spellings[i].name) >= least)
            st = mean(&m, &room, net->spellings[i].class_of, err);
    if (!st && m.count == 0)
        st = mean_lines(net, text, about, &m, &room, err);
    if (st)
        hz_mem_free(m.classes);
    else
        *out = m;
    return st;
}

void hz_trace_nearest(const hz_trace_network *net, const char *text,
                      const char *nearest[HZ_TRACE_NEAREST])
{
    double like[HZ_TRACE_NEAREST] = { 0 };
    hz_name name;
    hz_name_read(text, strlen(text), 0, &name);
    for (int i = 0; i < HZ_TRACE_NEAREST; i++)
        nearest[i] = NULL;
    for (size_t i = 0; i < net->spelling_count; i++) {
        double l = hz_name_likeness(&name, &net->spellings[i].name);
        const char *of = net->classes[net->spellings[i].class_of].name;
        int at = HZ_TRACE_NEAREST;
        bool there = false;
        for (int k = 0; k < HZ_TRACE_NEAREST; k++)
            there |= nearest[k] && strcmp(nearest[k], of) == 0;
        while (!there && at > 0 && l > like[at - 1])
            at--;
        if (there || at == HZ_TRACE_NEAREST)
            continue;
        for (int k = HZ_TRACE_NEAREST - 1; k > at; k--) {
            like[k] = like[k - 1];
            nearest[k] = nearest[k - 1];
        }
        like[at] = l;
        nearest[at] = of;
    }
}
