/* A police order's list taken apart: separators, remarks, and "X til Y", "via", "langs". */
#include <string.h>

#include "hotzone/mem.h"
#include "zone/trace_parts.h"

enum { MOST_TEXT = 100000, MOST_WORDS = 80 };

void hz_phrases_clear(hz_phrases *p)
{
    for (size_t i = 0; i < p->count; i++) {
        hz_mem_free(p->phrase[i].listed);
        hz_mem_free(p->phrase[i].remark);
    }
    hz_mem_free(p->phrase);
    *p = (hz_phrases){ 0 };
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void trim(const char **text, size_t *n)
{
    static const char marks[] = ".:,;\"'";
    while (*n && (is_blank((*text)[*n - 1]) || strchr(marks, (*text)[*n - 1])))
        --*n;
    while (*n && (is_blank(**text) || strchr(marks, **text))) {
        ++*text;
        --*n;
    }
}

static hz_status add_phrase(hz_phrases *p, const char *text, size_t n, const char *remark,
                            hz_trace_role role, hz_error *err)
{
    trim(&text, &n);
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

/* ---- words of a phrase ---- */

typedef struct {
    const char *at[MOST_WORDS];
    size_t length[MOST_WORDS], count;
    char folded[MOST_WORDS][24]; /* "" when longer: then it is no connecting word */
} sentence;

static void to_words(const char *text, size_t n, sentence *s)
{
    s->count = 0;
    for (size_t i = 0; i < n && s->count < MOST_WORDS;) {
        while (i < n && is_blank(text[i]))
            i++;
        size_t from = i;
        while (i < n && !is_blank(text[i]))
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

static bool one_of(const char *word, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

static bool is_capital(const char *word)
{
    return (word[0] >= 'A' && word[0] <= 'Z') || ((unsigned char)word[0] == 0xC3 &&
           (unsigned char)word[1] >= 0x80 && (unsigned char)word[1] <= 0x9E);
}

/* Words that say how the border goes on, but not along what. */
static bool is_noise(const char *w)
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
    return one_of(w, list);
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
    return one_of(w, to) ? LINK_TO : one_of(w, from) ? LINK_FROM : one_of(w, along) ? LINK_ALONG
           : one_of(w, via) ? LINK_VIA : one_of(w, at) ? LINK_AT : NO_LINK;
}

static bool known_span(const hz_trace_network *net, const sentence *s, size_t i, size_t j)
{
    const char *text = s->at[i];
    size_t n = (size_t)(s->at[j - 1] + s->length[j - 1] - text);
    trim(&text, &n);
    return n > 0 && hz_trace_known(net, text, n);
}

static bool looks_like_street(const sentence *s, size_t i, size_t j)
{
    return hz_name_is_street(s->at[i], (size_t)(s->at[j - 1] + s->length[j - 1] - s->at[i]));
}

/* "denne", "samme": what was named last is followed. */
static bool is_pronoun(const sentence *s, size_t i, size_t j)
{
    static const char *const list[] = { "denne", "dette", "denne", "samme", "disse", "it", NULL };
    return j == i + 1 && one_of(s->folded[i], list);
}

static bool is_border(const sentence *s, size_t i, size_t j)
{
    for (; i < j; i++)
        if (strstr(s->folded[i], "gr\001nse") || strstr(s->folded[i], "border"))
            return true;
    return false;
}

typedef struct {
    const hz_trace_network *net;
    hz_phrases *out;
    const char *remark;
    bool first;         /* the first phrase may begin with the zone's name */
    bool separated;     /* the list has separators besides its line breaks */
    hz_error *err;
} reader;

/* Words [i, j) name one item: without what goes before and after, if the network knows the rest. */
static hz_status add_words(reader *r, const sentence *s, size_t i, size_t j, hz_trace_role role)
{
    if (i < j && is_pronoun(s, i, j)) {
        if (r->out->count)
            r->out->phrase[r->out->count - 1].role = HZ_TRACE_ALONG;
        return HZ_OK;
    }
    if (i < j && !known_span(r->net, s, i, j)) {
        while (i < j && (is_noise(s->folded[i]) || link_of(s->folded[i]) != NO_LINK))
            i++;
        while (i < j && is_noise(s->folded[j - 1]) && !is_capital(s->at[j - 1]))
            j--;
    }
    if (i >= j)
        return HZ_OK;
    /* several names in a row without a separator: a title before the first street, else a list */
    size_t last = j, names = 0;
    if (!known_span(r->net, s, i, j)) {
        size_t k = i;
        while (k < j) {
            size_t end = j;
            while (end > k && !known_span(r->net, s, k, end))
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
        return add_phrase(r->out, s->at[i], (size_t)(s->at[j - 1] + s->length[j - 1] - s->at[i]),
                          r->remark, role, r->err);
    hz_status st = HZ_OK;
    for (size_t k = r->first ? last : i; !st && k < j;) {
        size_t end = j;
        while (!known_span(r->net, s, k, end))
            end--;
        st = add_phrase(r->out, s->at[k], (size_t)(s->at[end - 1] + s->length[end - 1] - s->at[k]),
                        r->remark, role, r->err);
        k = end;
    }
    return st;
}

/* One phrase between separators: a name, with the words that link it to others. */
static hz_status read_words(reader *r, const sentence *s, size_t from, size_t to)
{
    size_t main_from = from, main_to = from, count = 0;
    struct {
        link kind;
        size_t from, to;
    } part[MOST_WORDS];
    hz_status st = HZ_OK;

    if (from >= to)
        return HZ_OK;
    if (known_span(r->net, s, from, to))
        return add_words(r, s, from, to, HZ_TRACE_ALONG);
    while (main_from < to && is_noise(s->folded[main_from]) && !is_capital(s->at[main_from]))
        main_from++;
    if (main_from < to && is_capital(s->at[main_from]) && is_noise(s->folded[main_from]) &&
        !known_span(r->net, s, main_from, to)) /* "Mod nord ad ..." begins a sentence */
        while (main_from < to && is_noise(s->folded[main_from]))
            main_from++;
    for (main_to = main_from; main_to < to; main_to++) {
        if (link_of(s->folded[main_to]) != NO_LINK &&
            (!is_capital(s->at[main_to]) || main_to == main_from))
            break;
    }
    bool border = is_border(s, main_from, main_to);
    for (size_t i = main_to; i < to;) {
        link kind = link_of(s->folded[i]);
        size_t k = i + 1;
        while (k < to && is_noise(s->folded[k]) && !is_capital(s->at[k]) &&
               link_of(s->folded[k]) != LINK_FROM)
            k++; /* "mod øst til": the last link counts */
        if (k < to && link_of(s->folded[k]) != NO_LINK && !is_capital(s->at[k])) {
            i = k;
            continue;
        }
        size_t end = k;
        while (end < to && (end == k || link_of(s->folded[end]) == NO_LINK ||
                            is_capital(s->at[end])))
            end++;
        bool street = k < end && known_span(r->net, s, k, end);
        street |= k < end && (kind == LINK_FROM || looks_like_street(s, k, end));
        if (border && count == 0 && !street && kind != LINK_VIA && !is_border(s, k, end))
            main_to = end; /* "kommunegrænsen mod Hvidovre Kommune" is one name */
        else if (count < MOST_WORDS) {
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

/* ---- soft separators: a line break, "/", "og", a hyphen between letters ---- */

/* A phrase is cut at a soft separator if the network does not know it whole. */
static hz_status read_soft(reader *r, const char *text, size_t n)
{
    trim(&text, &n);
    if (n == 0)
        return HZ_OK;
    if (hz_trace_known(r->net, text, n)) {
        hz_status st = add_phrase(r->out, text, n, r->remark, HZ_TRACE_ALONG, r->err);
        r->first = false;
        return st;
    }
    sentence s;
    to_words(text, n, &s);
    bool border = false;
    size_t from = 0;
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < s.count; i++) {
        border |= is_border(&s, i, i + 1);
        bool and = strcmp(s.folded[i], "og") == 0 || strcmp(s.folded[i], "and") == 0 ||
                   (s.length[i] == 1 && (*s.at[i] == '&' || *s.at[i] == '+'));
        bool linked = i + 1 < s.count && (link_of(s.folded[i + 1]) != NO_LINK ||
                                        is_noise(s.folded[i + 1]));
        if (and && i > from && (!border || linked) && i + 1 < s.count &&
            !known_span(r->net, &s, from, s.count)) {
            st = read_words(r, &s, from, i);
            from = i + 1;
            border = false;
        }
    }
    if (!st)
        st = read_words(r, &s, from, s.count);
    return st;
}

/* Pieces between "/", line breaks and hyphens: the longest run that the network knows is one name. */
static hz_status read_pieces(reader *r, const char *text, size_t n)
{
    enum { PIECES = 40 };
    size_t from[PIECES], to[PIECES], count = 0, start = 0;
    bool slash = false;
    trim(&text, &n);
    if (n == 0 || hz_trace_known(r->net, text, n))
        return read_soft(r, text, n);
    for (size_t i = 0; i <= n; i++) {
        bool cut = i == n || text[i] == '/' || text[i] == '\n' ||
                   (text[i] == '-' && i > start && i + 1 < n && !hz_trace_general(text));
        if (!cut || count == PIECES)
            continue;
        slash |= i < n && text[i] != '-';
        from[count] = start;
        to[count++] = i == n ? n : i;
        start = i + 1;
    }
    if (count < 2)
        return read_soft(r, text, n);
    hz_status st = HZ_OK;
    bool any = slash;
    for (size_t i = 0; i < count; i++) { /* a hyphen that parts no known name is a letter */
        const char *piece = text + from[i];
        size_t length = to[i] - from[i];
        trim(&piece, &length);
        any |= length > 0 && hz_trace_known(r->net, piece, length);
    }
    if (!any)
        return read_soft(r, text, n);
    for (size_t i = 0; !st && i < count;) {
        size_t j = count;
        while (j > i + 1 && !hz_trace_known(r->net, text + from[i], to[j - 1] - from[i]))
            j--;
        while (r->separated && j == i + 1 && j < count && text[to[i]] == '\n' &&
               !hz_trace_known(r->net, text + from[i], to[i] - from[i]) &&
               !hz_trace_known(r->net, text + from[j], to[j] - from[j]))
            j++; /* a line broken within a name */
        st = read_soft(r, text + from[i], to[j - 1] - from[i]);
        i = j;
    }
    return st;
}

/* ---- hard separators, brackets, remarks ---- */

/* Bytes of a dash, arrow or bullet at a place; 0: none. */
static size_t dash_at(const char *t)
{
    const unsigned char *u = (const unsigned char *)t;
    if (u[0] == 0xE2 && u[1] == 0x80 && ((u[2] >= 0x92 && u[2] <= 0x95) || u[2] == 0xA2))
        return 3;
    if (u[0] == 0xE2 && u[1] == 0x88 && u[2] == 0x92)
        return 3;
    if (u[0] == 0xE2 && u[1] == 0x86 && u[2] == 0x92)
        return 3;
    return 0;
}

/* Is the full stop at i the end of a sentence, not of an abbreviation or an initial? */
static bool ends_sentence(const char *t, size_t i)
{
    static const char *const brief[] = { "kgs", "sdr", "ndr", "skt", "sct", "st", "gl", "dr", "nr",
                                         "chr", "frb", "fr", "prof", "kl", "inkl", "hc", "pl", "th",
                                         NULL };
    size_t k = i, next = i + 1;
    while (k > 0 && !is_blank(t[k - 1]) && t[k - 1] != '.')
        k--;
    while (t[next] == '.' || is_blank(t[next]))
        next++;
    if (!t[next])
        return true;
    if (next == i + 1 || !is_capital(t + next))
        return false;
    hz_name name;
    hz_name_read(t + k, i - k, 0, &name);
    return strlen(name.plain) != 1 && !one_of(name.plain, brief);
}

/* A date: the name of a month after a number, or a day of the week with its date. */
static bool holds_date(const char *plain)
{
    static const char *const months[] = { "januar", "februar", "marts", "april", "maj", "juni",
                                          "juli", "august", "september", "oktober", "november",
                                          "december" };
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        const char *at = strstr(plain, months[i]);
        if (at && at > plain && at[-1] >= '0' && at[-1] <= '9')
            return true;
    }
    return false;
}

/* What a decision says besides its list. */
static bool is_boilerplate(const char *text, size_t n)
{
    static const char *const said[] = {
        "erg\001ldende", "harv\001retg\001ldende", "g\001ldendefra", "den\001vnteveje",
        "alledeovenn\001vnte", "ovenn\001vnte", "indg\003rivisitationszonen", "sekort",
        "erendelafvisitationszonen", "erikkeendel", "http", "klokken",
    };
    hz_name name;
    for (size_t from = 0; from < n; from += HZ_NAME_MOST / 2) { /* by overlapping windows */
        size_t length = n - from < HZ_NAME_MOST ? n - from : HZ_NAME_MOST;
        hz_name_read(text + from, length, 0, &name);
        for (size_t i = 0; i < sizeof said / sizeof *said; i++)
            if (strstr(name.plain, said[i]))
                return true;
        if (holds_date(name.plain))
            return true;
    }
    return false;
}

/* A copy in which brackets are blank and their contents are gathered as remark; what stands in
 * brackets alone is no remark. */
static void lift_brackets(char *phrase, size_t *n, hz_text *remark)
{
    size_t from = 0, out = 0;
    const char *p = phrase;
    size_t m = *n;
    trim(&p, &m);
    if (m > 2 && ((p[0] == '[' && p[m - 1] == ']') || (p[0] == '(' && p[m - 1] == ')'))) {
        memmove(phrase, p + 1, m - 2);
        *n = m - 2;
        return;
    }
    while (from < *n) {
        size_t close = from;
        if (phrase[from] == '(' || phrase[from] == '[') {
            while (close < *n && phrase[close] != ')' && phrase[close] != ']')
                close++;
            hz_text_add(remark, remark->length ? "; " : "");
            hz_text_add_n(remark, phrase + from + 1, close - from - 1);
            phrase[out++] = ' ';
            from = close + (close < *n);
        } else {
            phrase[out++] = phrase[from++];
        }
    }
    *n = out;
}

/* "A/B A, C, B": what stands before the first street, and names it too, is the zone's own name. */
static void drop_title(hz_phrases *p)
{
    hz_name last, other;
    bool again = false;
    for (size_t i = 0; p->count > 1 && i + 1 < p->count; i++) {
        const char *a = p->phrase[i].listed, *b = p->phrase[p->count - 1].listed;
        hz_name_read(a, strlen(a), 0, &other);
        hz_name_read(b, strlen(b), 0, &last);
        again |= strcmp(last.usual, other.usual) == 0;
    }
    for (size_t i = 0; again && i + 1 < p->count; i++) {
        hz_mem_free(p->phrase[i].listed);
        hz_mem_free(p->phrase[i].remark);
    }
    if (again) {
        p->phrase[0] = p->phrase[p->count - 1];
        p->count = 1;
    }
}

static hz_status read_phrase(reader *r, const char *text, size_t n)
{
    bool first = r->out->count == 0;
    hz_text remark = { 0 };
    char *copy = hz_mem_text_n(text, n);
    hz_status st = copy ? HZ_OK : hz_mem_fail(r->err, "boundary");
    if (!st) {
        lift_brackets(copy, &n, &remark);
        copy[n] = '\0';
        if (remark.failed)
            st = hz_mem_fail(r->err, "boundary");
    }
    r->remark = hz_text_get(&remark);
    if (!st)
        st = read_pieces(r, copy, n);
    if (!st && first)
        drop_title(r->out);
    hz_text_free(&remark);
    hz_mem_free(copy);
    return st;
}

/* A sentence: what stands before a colon is its heading unless it names a street. */
static hz_status read_sentence(reader *r, const char *text, size_t n)
{
    size_t start = 0, depth = 0;
    hz_status st = HZ_OK;
    if (is_boilerplate(text, n))
        return HZ_OK;
    for (size_t i = 0; i + 1 < n; i++)
        if (text[i] == ':' && is_blank(text[i + 1]) && !hz_trace_known(r->net, text, i))
            start = i + 1;
    for (size_t i = start; !st && i <= n; i++) {
        size_t used = i == n ? 1 : dash_at(text + i);
        char c = i < n ? text[i] : ',';
        if (c == '(' || c == '[')
            depth++;
        if ((c == ')' || c == ']') && depth)
            depth--;
        if (!used && (c == ',' || c == ';' || c == '|' || c == '>'))
            used = 1;
        if (!used && c == '-' && i > start && is_blank(text[i - 1]))
            used = 1;
        if (!used || (depth && i < n && memchr(text + i, depth ? ')' : 0, n - i)))
            continue;
        st = read_phrase(r, text + start, i - start);
        start = i + used;
        i += used - 1;
        depth = 0;
    }
    return st;
}

/* Line breaks inside a sentence part names only where the next line begins with a capital and the
 * last one does not end with a linking word; else they are blanks. */
static void mend_lines(char *t)
{
    for (size_t i = 0; t[i]; i++) {
        if (t[i] == '\r')
            t[i] = t[i + 1] == '\n' ? ' ' : '\n';
        if (t[i] != '\n')
            continue;
        size_t next = i + 1, word = i;
        while (is_blank(t[next]))
            next++;
        while (word > 0 && is_blank(t[word - 1]))
            word--;
        size_t end = word;
        while (word > 0 && !is_blank(t[word - 1]))
            word--;
        hz_name name;
        hz_name_read(t + word, end - word, 0, &name);
        if (!is_capital(t + next) || link_of(name.plain) != NO_LINK || is_noise(name.plain))
            t[i] = ' ';
    }
}

hz_status hz_trace_read(const hz_trace_network *net, const char *text, hz_phrases *out,
                        hz_error *err)
{
    hz_phrases found = { 0 };
    reader r = { net, &found, "", true, false, err };
    size_t n = strlen(text), start = 0;
    hz_status st = HZ_OK;
    if (n > MOST_TEXT)
        return hz_fail(err, HZ_EUSAGE, "boundary: %zu bytes, expected at most %d", n, MOST_TEXT);
    if (!hz_text_is_utf8(text, n))
        return hz_fail(err, HZ_EUSAGE, "boundary: is not UTF-8, expected text in UTF-8");
    char *copy = hz_mem_text(text);
    if (!copy)
        return hz_mem_fail(err, "boundary");
    mend_lines(copy);
    for (size_t i = 0; i < n; i++)
        r.separated |= dash_at(copy + i) || copy[i] == ',' || copy[i] == ';' ||
                       (copy[i] == '-' && i > 0 && is_blank(copy[i - 1]));
    for (size_t i = 0; !st && i <= n; i++) {
        if (i < n && !(copy[i] == '.' && ends_sentence(copy, i)))
            continue;
        st = read_sentence(&r, copy + start, i - start);
        start = i + 1;
    }
    hz_mem_free(copy);
    if (st)
        hz_phrases_clear(&found);
    else
        *out = found;
    return st;
}
