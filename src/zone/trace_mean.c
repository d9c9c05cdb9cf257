/* What a listed name may mean in a network: streets by name, other lines by name or kind. */
#include <math.h>
#include <string.h>

#include "hotzone/mem.h"
#include "zone/trace_words.h"

static const double sure = 0.97, near_best = 0.02, doubtful = 0.5;

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

/* Does a phrase hold a name, letters only: "kommunegrænsen mod Hvidovre Kommune", Hvidovre? */
static bool holds(const char *phrase, const hz_name *name)
{
    hz_name all;
    hz_name_read(phrase, strlen(phrase), 0, &all);
    return strlen(name->plain) >= 3 && strstr(all.plain, name->plain) != NULL;
}

/* A phrase about a border that goes on with a name: "kommunegrænsen mod Furesø Kommune". */
static bool names_one(const char *text)
{
    hz_sentence s;
    bool after = false;
    hz_reader_words(text, strlen(text), &s);
    for (size_t i = 0; i < s.count; i++) {
        bool kommune = strncmp(s.folded[i], "kommune", 7) == 0 && strlen(s.folded[i]) < 10;
        bool says_border = hz_reader_border(&s, i, i + 1);
        if (after && !says_border && !kommune && !hz_word_is_noise(s.folded[i]) &&
            !hz_word_links(s.folded[i]) && hz_word_is_capital(s.at[i]))
            return true;
        after |= says_border;
    }
    return false;
}

/* Lines of some kinds: those whose names a phrase holds, or all. */
static hz_status mean_kind(const hz_trace_network *net, unsigned kinds, const char *text,
                           const char *about, hz_meaning *m, size_t *room, bool *named,
                           hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < net->spelling_count; i++) {
        const hz_spelling *s = &net->spellings[i];
        if ((net->classes[s->class_of].kind & kinds) &&
            (holds(text, &s->name) || holds(about, &s->name)))
            st = mean(m, room, s->class_of, err);
    }
    *named = m->count > 0;
    for (size_t c = 0; !st && !*named && c < net->class_count; c++)
        if (net->classes[c].kind & kinds)
            st = mean(m, room, (int32_t)c, err);
    return st;
}

/* Lines of the kind a phrase speaks of.  Where the network holds none, those that may hold them are
 * taken in doubt: Danish police districts are made of whole municipalities; never those of another
 * kind. */
static hz_status mean_lines(const hz_trace_network *net, const char *text, const char *about,
                            hz_meaning *m, size_t *room, hz_error *err)
{
    const unsigned asked = hz_trace_general(text);
    const bool police = asked & HZ_LINE_POLICE && asked != HZ_LINE_BORDERS;
    const struct {
        unsigned kinds;
        const char *doubt;
    } tiers[] = {
        { asked, NULL },
        { police ? HZ_LINE_MUNICIPAL : 0, "a police district's border is asked for and the network "
          "holds none: municipal borders were followed" },
        { asked & HZ_LINE_BORDERS ? HZ_LINE_BORDER : 0, "its layer does not say whose borders it "
          "holds" },
        { asked ? HZ_LINE_OTHER : 0, "its layer does not say what lines it holds" },
    };
    hz_status st = HZ_OK;
    for (size_t k = 0; !st && m->count == 0 && k < sizeof tiers / sizeof *tiers; k++) {
        bool named = false;
        if (!tiers[k].kinds)
            continue;
        st = mean_kind(net, tiers[k].kinds, text, about, m, room, &named, err);
        m->doubt = tiers[k].doubt;
        if (!m->doubt && !named && names_one(text))
            m->doubt = "no line of that kind has the name it goes on with: any of them was taken";
    }
    if (m->count == 0)
        m->doubt = NULL;
    m->score = m->count == 0 ? 0 : m->doubt ? doubtful : sure;
    return st;
}

/* How well a text names a class: what is no street is not taken for one by slips. */
static double score_of(const hz_trace_network *net, const hz_spelling *s, const hz_name *read,
                       unsigned readings)
{
    double score = best_score(read, readings, &s->name);
    return net->classes[s->class_of].kind == HZ_LINE_STREET || score >= sure ? score : 0;
}

hz_status hz_trace_mean(const hz_trace_network *net, const char *text, const char *about,
                        hz_meaning *out, hz_error *err)
{
    hz_name read[MOST_READINGS];
    unsigned readings = read_all(text, strlen(text), read);
    hz_meaning m = { 0 };
    size_t room = 0;
    bool street = false;
    hz_status st = HZ_OK;
    for (size_t i = 0; i < net->spelling_count; i++) {
        double score = score_of(net, &net->spellings[i], read, readings);
        bool of_street = net->classes[net->spellings[i].class_of].kind == HZ_LINE_STREET;
        if (score > m.score)
            street = of_street;
        else if (score == m.score)
            street |= of_street;
        m.score = fmax(m.score, score);
    }
    /* the same letters, or forms, are the name; slips nearly as good stay in the running; a street
     * goes before a line of its name */
    double least = m.score >= sure ? m.score : m.score - near_best;
    for (size_t i = 0; !st && m.score > 0 && i < net->spelling_count; i++) {
        const hz_spelling *s = &net->spellings[i];
        if (score_of(net, s, read, readings) >= least &&
            (!street || net->classes[s->class_of].kind == HZ_LINE_STREET))
            st = mean(&m, &room, s->class_of, err);
    }
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
