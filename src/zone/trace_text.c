/* A police order's list taken apart: separators, remarks, and "X til Y", "via", "langs". */
#include <string.h>

#include "hotzone/mem.h"
#include "zone/trace_words.h"


void hz_phrases_clear(hz_phrases *p)
{
    for (size_t i = 0; i < p->count; i++) {
        hz_mem_free(p->phrase[i].listed);
        hz_mem_free(p->phrase[i].remark);
    }
    hz_mem_free(p->phrase);
    hz_text_free(&p->unread);
    hz_mem_free(p->plain);
    *p = (hz_phrases){ 0 };
}

/* ---- soft separators: a line break, "/", "og", a hyphen between letters ---- */

/* A phrase is cut at a soft separator if the network does not know it whole. */
static hz_status read_soft(hz_reader *r, const char *text, size_t n)
{
    hz_trim(&text, &n);
    if (n == 0)
        return HZ_OK;
    if (hz_trace_known(r->net, text, n)) {
        hz_trace_role role = r->to_corner ? HZ_TRACE_POINT : HZ_TRACE_ALONG;
        hz_status st = hz_reader_add(r->out, text, n, r->remark, role, r->err);
        r->first = r->to_corner = false;
        return st;
    }
    hz_sentence s;
    hz_reader_words(text, n, &s);
    bool border = false;
    size_t from = 0;
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < s.count; i++) {
        border |= hz_reader_border(&s, i, i + 1);
        bool and = strcmp(s.folded[i], "og") == 0 || strcmp(s.folded[i], "and") == 0 ||
                   strcmp(s.folded[i], "samt") == 0 || strcmp(s.folded[i], "plus") == 0 ||
                   (s.length[i] == 1 && (*s.at[i] == '&' || *s.at[i] == '+'));
        bool linked = i + 1 < s.count && (hz_word_links(s.folded[i + 1]) ||
                                        hz_word_is_noise(s.folded[i + 1]));
        if (and && i > from && (!border || linked) && i + 1 < s.count &&
            !hz_reader_knows(r->net, &s, from, s.count)) {
            st = hz_reader_read(r, &s, from, i);
            from = i + 1;
            border = false;
        }
    }
    if (!st)
        st = hz_reader_read(r, &s, from, s.count);
    return st;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "kommunegrænsen Gladsaxe/Gentofte": a border goes on after the stroke, unless a street does. */
static bool parts_names(const hz_trace_network *net, const char *text, size_t n, size_t stroke)
{
    size_t end = stroke + 1;
    while (end < n && text[end] != '/' && text[end] != '\n')
        end++;
    return hz_trace_general(text) & HZ_LINE_BORDERS &&
           !hz_trace_known(net, text + stroke + 1, end - stroke - 1) &&
           !hz_name_is_street(text + stroke + 1, end - stroke - 1);
}

/* Pieces between "/", line breaks and hyphens: the longest run the network knows is one name. */
static hz_status read_pieces(hz_reader *r, const char *text, size_t n)
{
    enum { PIECES = 40 };
    size_t from[PIECES], to[PIECES], count = 0, start = 0;
    bool slash = false;
    hz_trim(&text, &n);
    if (n == 0 || hz_trace_known(r->net, text, n))
        return read_soft(r, text, n);
    for (size_t i = 0; i <= n; i++) {
        bool cut = i == n || text[i] == '/' || text[i] == '\n' ||
                   (text[i] == '-' && i > start && i + 1 < n && !hz_trace_general(text) &&
                    !(is_digit(text[i - 1]) && is_digit(text[i + 1])));
        if (i < n && text[i] == '/' && parts_names(r->net, text, n, i))
            continue;
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
        hz_trim(&piece, &length);
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
                                         "hf", "kapt", "adm", "ing", "ekskl", NULL };
    size_t k = i, next = i + 1;
    while (k > 0 && !hz_is_blank(t[k - 1]) && t[k - 1] != '.')
        k--;
    while (t[next] == '.' || hz_is_blank(t[next]))
        next++;
    if (!t[next])
        return true;
    if (next == i + 1 || (!hz_word_is_capital(t + next) && t[next] != '('))
        return false;
    hz_name name;
    hz_name_read(t + k, i - k, 0, &name);
    bool initial = strlen(name.plain) == 1 && !(name.plain[0] >= '0' && name.plain[0] <= '9');
    return !initial && !hz_word_is_one_of(name.plain, brief);
}

/* Does a text in brackets say from where to where: "fra A til B", "mellem A og B"? */
static bool says_way(const char *text, size_t n)
{
    static const char *const list[] = { "fra", "til", "mellem", "via", "from", "to", NULL };
    hz_sentence s;
    hz_reader_words(text, n, &s);
    return s.count > 1 && hz_word_is_one_of(s.folded[0], list) && hz_word_is_capital(s.at[1]);
}

/* A copy in which brackets are blank and their contents are gathered as remark; what stands in
 * brackets alone is no remark. */
static void lift_brackets(char *phrase, size_t *n, hz_text *remark)
{
    size_t from = 0, out = 0;
    const char *p = phrase;
    size_t m = *n;
    hz_trim(&p, &m);
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
            phrase[out++] = ' ';
            if (says_way(phrase + from + 1, close - from - 1)) { /* "(fra A til B)" */
                memmove(phrase + out, phrase + from + 1, close - from - 1);
                out += close - from - 1;
            } else {
                hz_text_add(remark, remark->length ? "; " : "");
                hz_text_add_n(remark, phrase + from + 1, close - from - 1);
            }
            from = close + (close < *n);
        } else {
            phrase[out++] = phrase[from++];
        }
    }
    *n = out;
}

/* "A/B A, C, B": what stands before the first street, and names it too, is the zone's own name. */
static void drop_title(hz_reader *r)
{
    hz_phrases *p = r->out;
    hz_name last, other;
    bool again = false, plain = r->separated;
    for (size_t i = 0; p->count > 1 && i + 1 < p->count; i++) {
        const char *a = p->phrase[i].listed, *b = p->phrase[p->count - 1].listed;
        hz_name_read(a, strlen(a), 0, &other);
        hz_name_read(b, strlen(b), 0, &last);
        again |= strcmp(last.usual, other.usual) == 0;
        plain &= p->phrase[i].role == HZ_TRACE_ALONG;
    }
    for (size_t i = 0; again && plain && i + 1 < p->count; i++) {
        hz_reader_skip(r, p->phrase[i].listed, strlen(p->phrase[i].listed));
        hz_mem_free(p->phrase[i].listed);
        hz_mem_free(p->phrase[i].remark);
    }
    if (again && plain) {
        p->phrase[0] = p->phrase[p->count - 1];
        p->count = 1;
    }
}

static hz_status read_phrase(hz_reader *r, const char *text, size_t n)
{
    size_t had = r->out->count;
    bool first = had == 0;
    hz_text remark = { 0 };
    r->to_corner = false;
    hz_trim(&text, &n);
    if (n > 3 && text[0] >= 'a' && text[0] <= 'z' && text[1] == ')' && hz_is_blank(text[2])) {
        text += 2; /* "b) Jagtvej" */
        n -= 2;
    }
    char *copy = hz_mem_text_n(text, n);
    hz_status st = copy ? HZ_OK : hz_mem_fail(r->err, "boundary");
    if (!st) {
        lift_brackets(copy, &n, &remark);
        copy[n] = '\0';
        if (remark.failed)
            st = hz_mem_fail(r->err, "boundary");
    }
    r->remark = hz_text_get(&remark);
    bool aside = !st && hz_reader_aside(r, copy, n, true);
    size_t lead = st || aside ? 0 : hz_reader_lead(r, copy, n);
    aside |= !st && (hz_reader_aside(r, copy + lead, n - lead, lead > 0) ||
                     (lead > 0 && !hz_reader_names(copy + lead, n - lead)) ||
                     (r->picky && hz_reader_boilerplate(copy + lead, n - lead)));
    if (aside)
        hz_reader_skip(r, copy + lead, n - lead);
    else if (!st)
        st = read_pieces(r, copy + lead, n - lead);
    if (!st && first)
        drop_title(r);
    if (!st && had == r->out->count && !aside)
        hz_reader_skip(r, r->remark, strlen(r->remark));
    hz_text_free(&remark);
    hz_mem_free(copy);
    return st;
}

/* Headings before colons are taken out of a sentence; a colon after a street parts items. */
static void cut_headings(hz_reader *r, char *text, size_t n)
{
    for (size_t i = 0, from = 0; i < n; i++) {
        if (strchr(",;\n", text[i]) || (text[i] == '\xE2' && dash_at(text + i)))
            from = i + 1;
        if (text[i] != ':' || (i + 1 < n && !hz_is_blank(text[i + 1])))
            continue;
        size_t begin = hz_trace_mentions(r->net, text, i, NULL, 0) ? from : 0;
        if (!hz_trace_mentions(r->net, text + begin, i - begin, NULL, 0)) {
            r->out->zones += hz_reader_zone(text + begin, i - begin);
            hz_reader_skip(r, text + begin, i - begin);
            memset(text + begin, ' ', i - begin);
        }
        text[i] = ',';
        from = i + 1;
    }
}

static hz_status read_sentence(hz_reader *r, char *text, size_t n)
{
    size_t start = 0, depth = 0;
    hz_status st = HZ_OK;
    cut_headings(r, text, n);
    r->picky = hz_reader_boilerplate(text, n);
    if (r->picky && hz_trace_mentions(r->net, text, n, NULL, 0) < 2) {
        hz_reader_skip(r, text, n);
        return HZ_OK;
    }
    for (size_t i = start; !st && i <= n; i++) {
        size_t used = i == n ? 1 : dash_at(text + i);
        char c = i < n ? text[i] : ',';
        if (c == '(' || c == '[')
            depth++;
        if ((c == ')' || c == ']') && depth)
            depth--;
        if (!used && (c == ',' || c == ';' || c == '|' || c == '>'))
            used = 1;
        if (!used && c == '-' && i > start && hz_is_blank(text[i - 1]))
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
        while (hz_is_blank(t[next]))
            next++;
        while (word > 0 && hz_is_blank(t[word - 1]))
            word--;
        size_t end = word;
        while (word > 0 && !hz_is_blank(t[word - 1]))
            word--;
        hz_name name;
        hz_name_read(t + word, end - word, 0, &name);
        if (!hz_word_is_capital(t + next) || hz_word_links(name.plain) ||
            hz_word_is_noise(name.plain))
            t[i] = ' ';
    }
}

hz_status hz_trace_read(const hz_trace_network *net, const char *text, hz_phrases *out,
                        hz_error *err)
{
    hz_phrases found = { 0 };
    hz_reader r = { .net = net, .out = &found, .remark = "", .first = true, .err = err };
    size_t n = strlen(text), start = 0;
    hz_status st = HZ_OK;
    if (n > HZ_TRACE_TEXT)
        return hz_fail(err, HZ_EUSAGE, "boundary: %zu bytes, expected at most %d", n,
                       HZ_TRACE_TEXT);
    if (!hz_text_is_utf8(text, n))
        return hz_fail(err, HZ_EUSAGE, "boundary: is not UTF-8, expected text in UTF-8");
    char *copy = NULL;
    st = hz_trace_tidy(text, &copy, err);
    if (st)
        return st;
    n = strlen(copy);
    found.plain = hz_mem_text(copy);
    if (!found.plain)
        st = hz_mem_fail(err, "boundary");
    mend_lines(copy);
    for (size_t i = 0; i < n; i++)
        r.separated |= dash_at(copy + i) || copy[i] == ',' || copy[i] == ';' ||
                       (copy[i] == '-' && i > 0 && hz_is_blank(copy[i - 1]));
    for (size_t i = 0; !st && i <= n; i++) {
        if (i < n && !(copy[i] == '.' && ends_sentence(copy, i)))
            continue;
        st = read_sentence(&r, copy + start, i - start);
        start = i + 1;
    }
    hz_mem_free(copy);
    if (!st && found.unread.failed)
        st = hz_mem_fail(err, "boundary");
    if (st)
        hz_phrases_clear(&found);
    else
        *out = found;
    return st;
}
