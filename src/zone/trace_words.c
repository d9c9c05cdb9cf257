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
    size_t to = 0;
    for (size_t from = 0; listed[from]; from++) /* one blank between words */
        if (listed[from] != ' ' || (to && listed[to - 1] != ' '))
            listed[to++] = listed[from];
    listed[to] = '\0';
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

typedef enum { NO_LINK, LINK_TO, LINK_FROM, LINK_ALONG, LINK_VIA, LINK_AT, LINK_BETWEEN } link;

static link link_of(const char *w)
{
    static const char *const to[] = { "til", "indtil", "until", NULL };
    static const char *const from[] = { "fra", "from", NULL };
    static const char *const along[] = { "langs", "langt", "ad", "af", "along", NULL };
    static const char *const via[] = { "via", "over", "gennem", "across", NULL };
    static const char *const at[] = { "ved", "forbi", "med", "eksklusiv", "eksklusive", "ekskl", "inkl", "inklusiv", "inklusive", "omfattende",
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
    if (strcmp(w, "mellem") == 0 || strcmp(w, "between") == 0)
        return LINK_BETWEEN;
    return hz_word_is_one_of(w, at) ? LINK_AT : NO_LINK;
}

bool hz_word_links(const char *word)
{
    return link_of(word) != NO_LINK;
}

/* Does a word begin what is said of a street: "Nørrebrogade er omfattet"? */
static bool tells_of(const char *word)
{
    static const char *const list[] = { "er", "skal", "indg\003r", "bliver", "udg\002r", "under",
                                        "is", "begge", "alle", NULL };
    return hz_word_is_one_of(word, list) || hz_word_is_relative(word) || hz_word_is_clause(word);
}

bool hz_word_is_detail(const hz_sentence *s, size_t i)
{
    static const char *const list[] = { "begge", "sider", "side", "vejsider", "ulige", "lige",
                                        "numre", "nr", "nummer", "husnumre", "husnummer", "inkl",
                                        "inklusiv", "inklusive", "incl", "veje", "mfl", "hele",
                                        "str\001kningen", "numrene", NULL };
    const char *t = s->at[i];
    size_t n = s->length[i], k = 0;
    while (k < n && ((t[k] >= '0' && t[k] <= '9') || strchr("-.,+&", t[k])))
        k++;
    return (k > 0 && n - k <= 1) || /* "45-101", "3A" */
           (t[0] >= '0' && t[0] <= '9' && (unsigned char)t[k] == 0xE2) || /* "45–101" */
           hz_word_is_one_of(s->folded[i], list);
}

/* "krydset A/B", "hjørnet af A og B": a place, not a way. */
static bool is_corner(const char *word)
{
    static const char *const list[] = { "krydset", "kryds", "vejkrydset", "lyskrydset", "hj\002rnet",
                                        "hj\002rne", "krydsningen", "rundk\002rslen", "corner",
                                        "junction", "crossing", NULL };
    return hz_word_is_one_of(word, list);
}

void hz_reader_skip(hz_reader *r, const char *text, size_t n)
{
    hz_trim(&text, &n);
    if (n == 0)
        return;
    hz_text_add(&r->out->unread, r->out->unread.length ? " | " : "");
    hz_text_add_n(&r->out->unread, text, n);
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
        if ((strstr(s->folded[i], "gr\001nse") && strncmp(s->folded[i], "afgr", 4) != 0) ||
            strstr(s->folded[i], "border"))
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
        while (i < j && (hz_word_is_noise(s->folded[i]) || link_of(s->folded[i]) != NO_LINK) &&
               !(i + 1 < j && hz_word_is_capital(s->at[i]) && hz_word_is_capital(s->at[i + 1]) &&
                 link_of(s->folded[i]) == LINK_AT))
            i++;
        while (i < j && joins(s, j - 1))
            j--;
    }
    if (i >= j)
        return HZ_OK;
    size_t whole = j; /* "Nørrebrogade 45-101, ulige numre" */
    while (j > i + 1 && hz_word_is_detail(s, j - 1))
        j--;
    if (j < whole && (hz_reader_knows(r->net, s, i, whole) || !hz_reader_knows(r->net, s, i, j)))
        j = whole;
    for (size_t k = i + 1; k < whole && j == whole; k++) /* "C er visitationszone" */
        if (tells_of(s->folded[k]) && !hz_word_is_capital(s->at[k]) &&
            hz_reader_knows(r->net, s, i, k))
            j = k;
    if (j < whole)
        hz_reader_skip(r, s->at[i], span(s, i, whole));
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
    bool title = r->first && r->separated;
    if (title)
        hz_reader_skip(r, s->at[i], span(s, i, last));
    for (size_t k = title ? last : i; !st && k < j;) {
        size_t end = j;
        while (!hz_reader_knows(r->net, s, k, end))
            end--;
        st = hz_reader_add(r->out, s->at[k], span(s, k, end), r->remark, role, r->err);
        k = end;
    }
    return st;
}

/* One phrase between separators: a name, with the words that link it to others. */

/* The words of a phrase: a name, and the links that follow it with what they link to. */
typedef struct {
    size_t from, to; /* the name */
    size_t count;
    struct {
        link kind;
        size_t word, from, to; /* word: the link itself */
    } part[HZ_MOST_WORDS];
} clause;

static void cut_parts(const hz_reader *r, const hz_sentence *s, size_t to, clause *c)
{
    bool border = hz_reader_border(s, c->from, c->to);
    for (size_t i = c->to; i < to;) {
        link kind = link_of(s->folded[i]);
        size_t k = i + 1;
        while (k < to && hz_word_is_noise(s->folded[k]) && !hz_word_is_capital(s->at[k]) &&
               (link_of(s->folded[k]) == NO_LINK || link_of(s->folded[k]) == LINK_AT))
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
        for (size_t j = k; j < end; j++) /* "til Motorring 3" */
            street |= s->at[j][0] >= '0' && s->at[j][0] <= '9';
        if (border && c->count == 0 && !street && kind != LINK_VIA &&
            !hz_reader_border(s, k, end)) {
            c->to = end; /* "kommunegrænsen mod Hvidovre Kommune" is one name */
        } else if (c->count > 0 && !street && (kind == LINK_TO || kind == LINK_AT) &&
                   hz_reader_border(s, c->part[c->count - 1].from, c->part[c->count - 1].to) &&
                   !hz_reader_border(s, k, end)) {
            c->part[c->count - 1].to = end; /* "ved kommunegrænsen til Rødovre" */
        } else if (c->count < HZ_MOST_WORDS) {
            c->part[c->count].kind = kind;
            c->part[c->count].word = i;
            c->part[c->count].from = k;
            c->part[c->count++].to = end;
        }
        i = end;
    }
}

/* "Fra A til B til C": where nothing else parts a list, every name is followed. */
static bool is_chain(const hz_reader *r, const clause *c)
{
    size_t to = 0;
    for (size_t i = 0; i < c->count; i++) {
        if (c->part[i].kind != LINK_TO && c->part[i].kind != LINK_FROM)
            return false;
        to += c->part[i].kind == LINK_TO;
    }
    return !r->separated && to > 1;
}

static hz_status add_clause(hz_reader *r, const hz_sentence *s, const clause *c, hz_trace_role role)
{
    const bool chain = is_chain(r, c);
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < c->count; i++) {
        bool before = c->part[i].kind == LINK_FROM || c->part[i].kind == LINK_BETWEEN;
        if (before)
            st = add_words(r, s, c->part[i].from, c->part[i].to,
                           chain ? HZ_TRACE_ALONG : HZ_TRACE_POINT);
        r->to_corner |= c->part[i].kind == LINK_BETWEEN;
    }
    if (!st)
        st = add_words(r, s, c->from, c->to, role);
    for (size_t i = 0; !st && i < c->count; i++) {
        link kind = c->part[i].kind;
        if (kind == LINK_AT && c->part[i].from < c->part[i].to) /* "ved X": a remark */
            hz_reader_skip(r, s->at[c->part[i].word], span(s, c->part[i].word, c->part[i].to));
        if (kind == LINK_TO || kind == LINK_VIA || kind == LINK_ALONG)
            st = add_words(r, s, c->part[i].from, c->part[i].to,
                           kind == LINK_VIA ? HZ_TRACE_VIA
                           : kind == LINK_TO && !chain ? HZ_TRACE_POINT : HZ_TRACE_ALONG);
    }
    return st;
}

hz_status hz_reader_read(hz_reader *r, const hz_sentence *s, size_t from, size_t to)
{
    clause c = { from, from, 0, { { NO_LINK, 0, 0, 0 } } };
    hz_trace_role role = r->to_corner ? HZ_TRACE_POINT : HZ_TRACE_ALONG;
    hz_status st = HZ_OK;

    r->to_corner = false;
    if (from >= to)
        return HZ_OK;
    if (hz_reader_knows(r->net, s, from, to))
        return add_words(r, s, from, to, role);
    bool between = strcmp(s->folded[from], "mellem") == 0 && r->out->count > 0;
    while (c.from < to && joins(s, c.from))
        c.from++;
    if (c.from < to && is_corner(s->folded[c.from]) && !hz_reader_knows(r->net, s, c.from, to)) {
        role = HZ_TRACE_POINT;
        r->to_corner = true;
        for (c.from++; c.from < to && (joins(s, c.from) || link_of(s->folded[c.from]) != NO_LINK) &&
                       !hz_word_is_capital(s->at[c.from]);)
            c.from++;
    }
    if (c.from < to && hz_word_is_noise(s->folded[c.from]) &&
        !hz_reader_knows(r->net, s, c.from, to)) /* "Mod nord ad ..." begins a sentence */
        while (c.from < to && hz_word_is_noise(s->folded[c.from]))
            c.from++;
    for (c.to = c.from; c.to < to; c.to++) { /* "Ved Amagerbanen" is a name, "Langs vandet" none */
        link kind = link_of(s->folded[c.to]);
        bool named = kind == LINK_AT && c.to + 1 < to && hz_word_is_capital(s->at[c.to + 1]);
        if (kind != NO_LINK && (!hz_word_is_capital(s->at[c.to]) || (c.to == c.from && !named)))
            break;
    }
    cut_parts(r, s, to, &c);
    size_t had = r->out->count;
    if (between && c.count == 0) { /* "X, mellem A og B": A comes before X, B after it */
        role = HZ_TRACE_POINT;
        r->to_corner = true;
    }
    st = add_clause(r, s, &c, role);
    if (!st && between && c.count == 0 && r->out->count == had + 1) {
        hz_phrase street = r->out->phrase[had - 1];
        r->out->phrase[had - 1] = r->out->phrase[had];
        r->out->phrase[had] = street;
    }
    r->first = r->first && r->out->count == 0;
    return st;
}
