/* Finds records and fields in CSV bytes, and the places where a file may be cut. */
#include <stdint.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/team.h"
#include "io/csv_parts.h"

enum {
    CHUNK = 1 << 20, /* bytes that one thread takes at a time */
    WINDOW = 8 << 20 /* bytes looked through before their pages are given back */
};

/* The closing quote of a field whose text starts at p, or NULL. */
static const char *closing_quote(const char *p, const char *end, bool *doubled)
{
    while ((p = memchr(p, '"', (size_t)(end - p)))) {
        if (p + 1 == end || p[1] != '"')
            return p;
        *doubled = true;
        p += 2;
    }
    return NULL;
}

/* After a closing quote only blanks may come, and the CR of a CRLF. */
static bool only_blanks(const char *p, const char *end, char line_end)
{
    for (; p < end; p++)
        if (*p != ' ' && !(*p == '\r' && p + 1 == end && line_end == '\n'))
            return false;
    return true;
}

const char *hz_csv_next(const hz_csv_file *file, const char *p, const char *end,
                        const int *slot, size_t columns, hz_csv_field *fields,
                        hz_csv_record *record)
{
    const char delimiter = file->delimiter, line_end = file->line_end;
    hz_csv_record r = { 0 };
    bool more = true;

    while (more) {
        hz_csv_field f = { .at = p };
        const char *stop = NULL; /* end of a quoted field's text */
        if (p < end && *p == '"') {
            f.at = p + 1;
            stop = closing_quote(f.at, end, &f.doubled);
            r.open = !stop;
            p = stop ? stop + 1 : end;
        }
        const char *tail = p;
        while (p < end && *p != delimiter && *p != line_end)
            p++;
        more = p < end && *p == delimiter;
        if (stop) {
            r.torn = r.torn || !only_blanks(tail, p, line_end);
            f.n = (size_t)(stop - f.at);
        } else {
            f.n = (size_t)(p - f.at);
            if (!more && f.n && p[-1] == '\r' && line_end == '\n')
                f.n--;
        }
        r.filled = r.filled || f.n;
        if (r.fields < columns) {
            int to = slot ? slot[r.fields] : (int)r.fields;
            if (to >= 0)
                fields[to] = f;
        }
        r.fields++;
        p += p < end; /* past the delimiter or the line end */
    }
    *record = r;
    return p;
}

bool hz_csv_blank_line(const hz_csv_file *file, const char *p, const char *end,
                       const char **next)
{
    if (file->line_end == '\n' && p < end && *p == '\r')
        p++;
    if (p < end && *p != file->line_end)
        return false;
    *next = p + (p < end);
    return true;
}

/* The next quote from p on, or NULL; pages are given back as they are passed. */
static const char *next_quote(const hz_csv_file *f, const char *p, const char *end)
{
    while (p < end) {
        size_t n = (size_t)(end - p) < WINDOW ? (size_t)(end - p) : WINDOW;
        const char *quote = memchr(p, '"', n);
        if (quote)
            return quote;
        hz_csv_release(f, (size_t)(p - f->data), (size_t)(p - f->data) + n);
        p += n;
    }
    return NULL;
}

/* One pass over the quotes of a file: what lies between quoted fields, piece by piece. */
typedef struct {
    const hz_csv_file *file;
    const char *p; /* where the next piece starts */
} pieces;

/* The next stretch without quoted fields; false at the end, or (*open) when a quote is open. */
static bool next_piece(pieces *at, const char **from, const char **to, const char **open)
{
    const hz_csv_file *f = at->file;
    const char *end = f->data + f->n, *q = at->p;
    bool doubled;
    if (at->p >= end)
        return false;
    *from = at->p;
    while ((q = next_quote(f, q, end))) {
        if (q == f->data || q[-1] == f->delimiter || q[-1] == f->line_end)
            break;
        q++; /* a quote inside a field is only a sign */
    }
    *to = q ? q : end;
    const char *close = q ? closing_quote(q + 1, end, &doubled) : NULL;
    if (q && !close)
        *open = q;
    at->p = close ? close + 1 : end;
    return true;
}

typedef struct {
    hz_csv_chunk *chunk;
    size_t n, room;
} cuts;

static bool add_cut(cuts *c, size_t from)
{
    if (c->n == c->room) {
        size_t room = c->room ? 2 * c->room : 64;
        hz_csv_chunk *more = hz_mem_resize(c->chunk, room, sizeof *more);
        if (!more)
            return false;
        c->chunk = more;
        c->room = room;
    }
    if (c->n)
        c->chunk[c->n - 1].to = from;
    c->chunk[c->n++] = (hz_csv_chunk){ .from = from };
    return true;
}

/* What was seen since `seen`, once it is enough to be worth a call. */
static size_t give_back(const hz_csv_file *f, size_t seen, size_t now)
{
    if (now < seen + WINDOW)
        return seen;
    hz_csv_release(f, seen, now);
    return now;
}

/* Cut after the first line end at or past each multiple of CHUNK, never inside quotes: where
 * that is depends on the bytes alone. */
static hz_status find_cuts(const hz_csv_file *f, size_t from, cuts *c, hz_error *err)
{
    const char *a = NULL, *b = NULL, *open = NULL;
    pieces at = { f, f->data + from };
    size_t wanted = from + CHUNK, seen = from;

    if (from < f->n && !add_cut(c, from))
        return hz_mem_fail(err, f->path);
    while (next_piece(&at, &a, &b, &open)) {
        while (f->data + wanted < b) {
            const char *p = f->data + wanted > a ? f->data + wanted : a;
            p = memchr(p, f->line_end, (size_t)(b - p));
            if (!p)
                break;
            size_t cut = (size_t)(p + 1 - f->data);
            if (cut < f->n && !add_cut(c, cut))
                return hz_mem_fail(err, f->path);
            wanted = cut + CHUNK;
            seen = give_back(f, seen, cut);
        }
        seen = give_back(f, seen, (size_t)(b - f->data));
    }
    if (c->n)
        c->chunk[c->n - 1].to = f->n;
    if (open)
        return hz_fail(err, HZ_EFORMAT, "%s:%zu: a quoted field begins here and never ends",
                       f->path, 1 + hz_csv_breaks(f, 0, (size_t)(open - f->data)));
    return HZ_OK;
}

typedef struct {
    const hz_csv_file *file;
    hz_csv_chunk *chunk;
    size_t *nul, *not_utf8; /* per chunk, SIZE_MAX: none */
} checking;

static size_t first_not_utf8(const char *data, size_t from, size_t to)
{
    if (hz_text_is_utf8(data + from, to - from))
        return SIZE_MAX;
    while (to - from > 1) { /* halve, at the first byte of a character */
        size_t middle = from + (to - from) / 2;
        while (middle > from && ((unsigned char)data[middle] & 0xC0) == 0x80)
            middle--;
        if (middle == from)
            break;
        if (hz_text_is_utf8(data + from, middle - from))
            from = middle;
        else
            to = middle;
    }
    return from;
}

static void check_chunks(size_t first, size_t last, int member, void *user)
{
    const checking *c = user;
    const char *data = c->file->data;
    (void)member;
    for (size_t i = first; i < last; i++) {
        hz_csv_chunk *k = &c->chunk[i];
        const char *p = data + k->from, *end = data + k->to;
        const char *nul = memchr(p, 0, (size_t)(end - p));
        c->nul[i] = nul ? (size_t)(nul - data) : SIZE_MAX;
        c->not_utf8[i] = first_not_utf8(data, k->from, k->to);
        k->breaks = hz_csv_breaks(c->file, k->from, k->to);
        hz_csv_release(c->file, k->from, k->to);
    }
}

static hz_status nul_found(const hz_csv_file *f, size_t at, hz_error *err)
{
    return hz_fail(err, HZ_EFORMAT,
                   "%s:%zu: holds a NUL byte, expected text (UTF-16, or a workbook called .csv?)",
                   f->path, 1 + hz_csv_breaks(f, 0, at));
}

hz_status hz_csv_cut(const hz_csv_file *file, size_t from, size_t *n, hz_csv_chunk **chunks,
                     size_t *bad_utf8, hz_error *err)
{
    const char *nul = memchr(file->data, 0, from);
    size_t bad = first_not_utf8(file->data, 0, from);
    checking c = { .file = file };
    cuts found = { 0 };
    hz_status st;

    if (nul)
        return nul_found(file, (size_t)(nul - file->data), err);
    st = find_cuts(file, from, &found, err);
    if (st)
        goto done;
    c.chunk = found.chunk;
    c.nul = hz_mem_new(found.n, sizeof *c.nul);
    c.not_utf8 = hz_mem_new(found.n, sizeof *c.not_utf8);
    if (!c.nul || !c.not_utf8) {
        st = hz_mem_fail(err, file->path);
        goto done;
    }
    hz_team_share(found.n, 1, check_chunks, &c);
    size_t line = 1 + hz_csv_breaks(file, 0, from);
    for (size_t i = 0; i < found.n; i++) {
        if (c.nul[i] != SIZE_MAX) {
            st = nul_found(file, c.nul[i], err);
            goto done;
        }
        if (bad == SIZE_MAX)
            bad = c.not_utf8[i];
        found.chunk[i].line = line;
        line += found.chunk[i].breaks;
    }
    *n = found.n;
    *chunks = found.chunk;
    *bad_utf8 = bad;
    found.chunk = NULL;
done:
    hz_mem_free(found.chunk);
    hz_mem_free(c.nul);
    hz_mem_free(c.not_utf8);
    return st;
}
