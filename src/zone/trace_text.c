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
        hz_status st = hz_reader_add(r->out, text, n, r->remark, HZ_TRACE_ALONG, r->err);
        r->first = false;
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
                                         NULL };
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

static hz_status read_phrase(hz_reader *r, const char *text, size_t n)
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
static hz_status read_sentence(hz_reader *r, const char *text, size_t n)
{
    size_t start = 0, depth = 0;
    hz_status st = HZ_OK;
    if (is_boilerplate(text, n))
        return HZ_OK;
    for (size_t i = 0; i + 1 < n; i++)
        if (text[i] == ':' && hz_is_blank(text[i + 1]) && !hz_trace_known(r->net, text, i))
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
    hz_reader r = { net, &found, "", true, false, err };
    size_t n = strlen(text), start = 0;
    hz_status st = HZ_OK;
    if (n > HZ_TRACE_TEXT)
        return hz_fail(err, HZ_EUSAGE, "boundary: %zu bytes, expected at most %d", n,
                       HZ_TRACE_TEXT);
    if (!hz_text_is_utf8(text, n))
        return hz_fail(err, HZ_EUSAGE, "boundary: is not UTF-8, expected text in UTF-8");
    char *copy = hz_mem_text(text);
    if (!copy)
        return hz_mem_fail(err, "boundary");
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
    if (st)
        hz_phrases_clear(&found);
    else
        *out = found;
    return st;
}
