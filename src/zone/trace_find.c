/* Finds streets by name: whole texts, and names within longer ones. */
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "zone/trace_words.h"

typedef struct {
    const char *key;
    uint32_t spelling;
} keyed;

static int by_key(const void *a, const void *b)
{
    const keyed *p = a, *q = b;
    int order = strcmp(p->key, q->key);
    return order ? order : p->spelling < q->spelling ? -1 : p->spelling > q->spelling;
}

hz_status hz_trace_sort_names(hz_trace_network *net, hz_error *err)
{
    size_t n = 0;
    keyed *k = hz_mem_new(net->spelling_count, sizeof *k);
    net->by_plain = hz_mem_new(net->spelling_count, sizeof *net->by_plain);
    net->by_usual = hz_mem_new(net->spelling_count, sizeof *net->by_usual);
    if (!k || !net->by_plain || !net->by_usual) {
        hz_mem_free(k);
        return hz_mem_fail(err, "street names");
    }
    for (int usual = 0; usual < 2; usual++) {
        n = 0;
        for (size_t i = 0; i < net->spelling_count; i++) {
            const hz_spelling *s = &net->spellings[i];
            if (net->classes[s->class_of].kind == HZ_LINE_STREET)
                k[n++] = (keyed){ usual ? s->name.usual : s->name.plain, (uint32_t)i };
        }
        if (n)
            qsort(k, n, sizeof *k, by_key);
        for (size_t i = 0; i < n; i++)
            (usual ? net->by_usual : net->by_plain)[i] = k[i].spelling;
    }
    net->street_spellings = n;
    hz_mem_free(k);
    return HZ_OK;
}

/* The first street whose form is this; -1: none. */
static int32_t look_up(const hz_trace_network *net, bool usual, const char *key)
{
    const uint32_t *of = usual ? net->by_usual : net->by_plain;
    size_t low = 0, high = net->street_spellings;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const hz_name *name = &net->spellings[of[middle]].name;
        if (strcmp(usual ? name->usual : name->plain, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == net->street_spellings)
        return -1;
    const hz_spelling *s = &net->spellings[of[low]];
    return strcmp(usual ? s->name.usual : s->name.plain, key) == 0 ? s->class_of : -1;
}

int32_t hz_trace_find(const hz_trace_network *net, const char *text, size_t n)
{
    enum { READINGS = 4 };
    for (unsigned reading = 0; reading < READINGS; reading++) {
        hz_name name;
        bool more = hz_name_read(text, n, reading, &name);
        if (!more || !name.plain[0])
            break;
        int32_t c = look_up(net, false, name.plain);
        if (c < 0)
            c = look_up(net, true, name.usual);
        if (c >= 0)
            return c;
    }
    return -1;
}

bool hz_trace_known(const hz_trace_network *net, const char *text, size_t n)
{
    return hz_trace_find(net, text, n) >= 0;
}

/* Words of a street's name at most. */
enum { NAME_WORDS = 6 };

/* Bytes at a place that part words: a blank, a mark, a dash (of three); 0: none. */
static size_t parting(const char *t, size_t n)
{
    if ((unsigned char)t[0] == 0xE2)
        return n < 3 ? n : 3;
    return hz_is_blank(t[0]) || strchr(",;:/()[]|\"<>", t[0]) != NULL;
}

size_t hz_trace_mentions(const hz_trace_network *net, const char *text, size_t n, int32_t *classes,
                         size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < n;) {
        size_t end[NAME_WORDS], words = 0, at = i, next;
        while (at < n && !parting(text + at, n - at))
            at++;
        next = at;
        for (at = i; hz_word_is_capital(text + i) && words < NAME_WORDS && at < n;) {
            while (at < n && !parting(text + at, n - at))
                at++;
            end[words++] = at;
            if (at < n && !hz_is_blank(text[at]))
                break; /* a name does not go on after a comma */
            while (at < n && hz_is_blank(text[at]))
                at++;
        }
        for (; words > 0; words--) {
            const char *name = text + i;
            size_t length = end[words - 1] - i;
            hz_trim(&name, &length);
            int32_t c = length ? hz_trace_find(net, name, length) : -1;
            if (c < 0)
                continue;
            size_t seen = 0;
            while (classes && seen < count && classes[seen] != c)
                seen++;
            if (!classes || (seen == count && count < most)) {
                if (classes)
                    classes[count] = c;
                count++;
            }
            next = end[words - 1];
            break;
        }
        i = next;
        for (size_t used; i < n && (used = parting(text + i, n - i)) > 0;)
            i += used;
    }
    return count;
}
