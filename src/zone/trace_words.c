/* A phrase between separators: a name, and the words that link it to others. */
#include <string.h>

#include "hotzone/mem.h"
#include "zone/trace_words.h"

hz_status hz_reader_add(hz_phrases *p, const char *text, size_t n, const char *remark,
                            hz_trace_role role, hz_error *err)
{
    hz_trim(&text, &n);
    if (n == 0)
        return HZ_OK;
    if (p->count == p->room) {
        size_t room = p->room ? 2 * p->room : 16;
        hz_phrase *grown = hz_mem_resize(p->phrase, room, sizeof *grown);
        if (!grown)
            return hz_mem_fail(err, "boundary");
        p->phrase = grown;
        p->room = room;
    }
    char *listed = hz_mem_text_n(text, n), *about = hz_mem_text(remark);
    if (!listed || !about) {
        hz_mem_free(listed);
        hz_mem_free(about);
        return hz_mem_fail(err, "boundary");
    }
    hz_text_one_line(listed);
    hz_text_one_line(about);
    p->phrase[p->count++] = (hz_phrase){ listed, about, role };
    return HZ_OK;
}

void hz_reader_words(const char *text, size_t n, hz_sentence *s)
{
    s->count = 0;
    for (size_t i = 0; i < n && s->count < HZ_MOST_WORDS;) {
        while (i < n && hz_is_blank(text[i]))
            i++;
        size_t from = i;
        while (i < n && !hz_is_blank(text[i]))
            i++;
        if (i == from)
            continue;
        hz_name name;
        hz_name_read(text + from, i - from, 0, &name);
        size_t k = s->count++;
        s->at[k] = text + from;
        s->length[k] = i - from;
        s->folded[k][0] = '\0';
        if (strlen(name.plain) < sizeof s->folded[k])
            strcpy(s->folded[k], name.plain);
    }
}

bool hz_word_is_one_of(const char *word, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

bool hz_word_is_capital(const char *word)
{
    return (word[0] >= 'A' && word[0] <= 'Z') || ((unsigned char)word[0] == 0xC3 &&
           (unsigned char)word[1] >= 0x80 && (unsigned char)word[1] <= 0x9E);
}

/* Words that say how the border goes on, but not along what. */
bool hz_word_is_noise(const char *w)
{
    static const char *const list[] = {
        "mod", "nord", "syd", "\002st", "vest", "nord\002st", "nordvest", "syd\002st", "sydvest",
        "nordp\003", "sydp\003", "\002stp\003", "vestp\003", "uret", "med", "videre", "ad", "af",
        "ind", "ud", "herefter", "derefter", "s\003", "og", "hele", "den", "det", "de", "startende",
        "retur", "tilbage", "f\002lge", "f\002lger", "f\002lges", "vejene", "gaderne", "vejen",
        "nordlig", "sydlig", "\002stlig", "vestlig", "nordlige", "sydlige", "\002stlige",
        "vestlige", "nordsiden", "sydsiden", "\002stsiden", "vestsiden", "afgr\001nset",
        "afgr\001nses", "afgr\001nsning", "visitationszonen", "zonen", "omr\003det", "er", "som",
        "omkring", "d\001kker", "omfatter", "omfang", "f\002lgende", "en", "linje", "fra",
        "along", "the", "then", "and", "north", "south", "east", "west", "back", "to", "ende",
        "modsat", "hj\002rnet", "rundt", "gennem", "op", "ned", "hen", "p\003", "i", NULL
    };
    return hz_word_is_one_of(w, list);
}

typedef enum { NO_LINK, LINK_TO, LINK_FROM, LINK_ALONG, LINK_VIA, LINK_AT } link;

static link link_of(const char *w)
{
    static const char *const to[] = { "til", "until", NULL };
    static const char *const from[] = { "fra", "from", NULL };
    static const char *const along[] = { "langs", "langt", "ad", "af", "along", NULL };
    static const char *const via[] = { "via", "over", "gennem", "across", NULL };
    static const char *const at[] = { "ved", "forbi", "inkl", "inklusiv", "inklusive", "omfattende",
                                      "omkring", "herunder", "undtagen", "dog", "mod", "near", "at",
                                      "nord", "syd", "\002st", "vest", NULL };
    if (hz_word_is_one_of(w, to))
        return LINK_TO;
    if (hz_word_is_one_of(w, from))
        return LINK_FROM;
    if (hz_word_is_one_of(w, along))
        return LINK_ALONG;
    if (hz_word_is_one_of(w, via))
        return LINK_VIA;
    return hz_word_is_one_of(w, at) ? LINK_AT : NO_LINK;
}

bool hz_word_links(const char *word)
{
    return link_of(word) != NO_LINK;
}

/* Bytes from the start of word i to the end of word j - 1. */
static size_t span(const hz_sentence *s, size_t i, size_t j)
{
    return (size_t)(s->at[j - 1] + s->length[j - 1] - s->at[i]);
}

/* A word that joins others, or says where to; names begin with a capital. */
static bool joins(const hz_sentence *s, size_t i)
{
    return hz_word_is_noise(s->folded[i]) && !hz_word_is_capital(s->at[i]);
}

bool hz_reader_knows(const hz_trace_network *net, const hz_sentence *s, size_t i, size_t j)
{
    const char *text = s->at[i];
    size_t n = span(s, i, j);
    hz_trim(&text, &n);
    return n > 0 && hz_trace_known(net, text, n);
}

static bool looks_like_street(const hz_sentence *s, size_t i, size_t j)
{
    return hz_name_is_street(s->at[i], span(s, i, j));
}

/* "denne", "samme": what was named last is followed. */
static bool is_pronoun(const hz_sentence *s, size_t i, size_t j)
{
    static const char *const list[] = { "denne", "dette", "denne", "samme", "disse", "it", NULL };
    return j == i + 1 && hz_word_is_one_of(s->folded[i], list);
}

bool hz_reader_border(const hz_sentence *s, size_t i, size_t j)
{
    for (; i < j; i++)
        if (strstr(s->folded[i], "gr\001nse") || strstr(s->folded[i], "border"))
            return true;
    return false;
}

/* Words [i, j) name one item: without what goes before and after, if the network knows the rest. */
static hz_status add_words(hz_reader *r, const hz_sentence *s, size_t i, size_t j,
                           hz_trace_role role)
{
    if (i < j && is_pronoun(s, i, j)) {
        if (r->out->count)
            r->out->phrase[r->out->count - 1].role = HZ_TRACE_ALONG;
        return HZ_OK;
    }
    if (i < j && !hz_reader_knows(r->net, s, i, j)) {
        while (i < j && (hz_word_is_noise(s->folded[i]) || link_of(s->folded[i]) != NO_LINK))
            i++;
        while (i < j && joins(s, j - 1))
            j--;
    }
    if (i >= j)
        return HZ_OK;
    /* several names in a row without a separator: a title before the first street, else a list */
    size_t last = j, names = 0;
    if (!hz_reader_knows(r->net, s, i, j)) {
        size_t k = i;
        while (k < j) {
            size_t end = j;
            while (end > k && !hz_reader_knows(r->net, s, k, end))
                end--;
            if (end == k)
                break;
            names++;
            last = k;
            k = end;
        }
        if (k < j || names < 2)
            names = 0;
    }
    if (names == 0)
        return hz_reader_add(r->out, s->at[i], span(s, i, j), r->remark, role, r->err);
    hz_status st = HZ_OK;
    for (size_t k = r->first ? last : i; !st && k < j;) {
        size_t end = j;
        while (!hz_reader_knows(r->net, s, k, end))
            end--;
        st = hz_reader_add(r->out, s->at[k], span(s, k, end), r->remark, role, r->err);
        k = end;
    }
    return st;
}

/* One phrase between separators: a name, with the words that link it to others. */
hz_status hz_reader_read(hz_reader *r, const hz_sentence *s, size_t from, size_t to)
{
    size_t main_from = from, main_to = from, count = 0;
    struct {
        link kind;
        size_t from, to;
    } part[HZ_MOST_WORDS];
    hz_status st = HZ_OK;

    if (from >= to)
        return HZ_OK;
    if (hz_reader_knows(r->net, s, from, to))
        return add_words(r, s, from, to, HZ_TRACE_ALONG);
    while (main_from < to && joins(s, main_from))
        main_from++;
    if (main_from < to && hz_word_is_noise(s->folded[main_from]) &&
        !hz_reader_knows(r->net, s, main_from, to)) /* "Mod nord ad ..." begins a hz_sentence */
        while (main_from < to && hz_word_is_noise(s->folded[main_from]))
            main_from++;
    for (main_to = main_from; main_to < to; main_to++) {
        if (link_of(s->folded[main_to]) != NO_LINK &&
            (!hz_word_is_capital(s->at[main_to]) || main_to == main_from))
            break;
    }
    bool border = hz_reader_border(s, main_from, main_to);
    for (size_t i = main_to; i < to;) {
        link kind = link_of(s->folded[i]);
        size_t k = i + 1;
        while (k < to && hz_word_is_noise(s->folded[k]) && !hz_word_is_capital(s->at[k]) &&
               link_of(s->folded[k]) != LINK_FROM)
            k++; /* "mod øst til": the last link counts */
        if (k < to && link_of(s->folded[k]) != NO_LINK && !hz_word_is_capital(s->at[k])) {
            i = k;
            continue;
        }
        size_t end = k;
        while (end < to && (end == k || link_of(s->folded[end]) == NO_LINK ||
                            hz_word_is_capital(s->at[end])))
            end++;
        bool street = k < end && hz_reader_knows(r->net, s, k, end);
        street |= k < end && (kind == LINK_FROM || looks_like_street(s, k, end));
        if (border && count == 0 && !street && kind != LINK_VIA && !hz_reader_border(s, k, end)) {
            main_to = end; /* "kommunegrænsen mod Hvidovre Kommune" is one name */
        } else if (count > 0 && !street && (kind == LINK_TO || kind == LINK_AT) &&
                 hz_reader_border(s, part[count - 1].from, part[count - 1].to) &&
                 !hz_reader_border(s, k, end)) {
            part[count - 1].to = end; /* "ved kommunegrænsen til Rødovre" */
        } else if (count < HZ_MOST_WORDS) {
            part[count].kind = kind;
            part[count].from = k;
            part[count++].to = end;
        }
        i = end;
    }
    for (size_t i = 0; !st && i < count; i++)
        if (part[i].kind == LINK_FROM)
            st = add_words(r, s, part[i].from, part[i].to, HZ_TRACE_POINT);
    if (!st)
        st = add_words(r, s, main_from, main_to, HZ_TRACE_ALONG);
    for (size_t i = 0; !st && i < count; i++) {
        if (part[i].kind == LINK_FROM || part[i].kind == LINK_AT)
            continue;
        st = add_words(r, s, part[i].from, part[i].to,
                       part[i].kind == LINK_TO ? HZ_TRACE_POINT
                       : part[i].kind == LINK_VIA ? HZ_TRACE_VIA : HZ_TRACE_ALONG);
    }
    r->first = r->first && r->out->count == 0;
    return st;
}
