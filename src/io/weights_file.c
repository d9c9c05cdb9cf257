/* Reads GAL and GWT files word by word. */
#include "hotzone/weights_file.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/text.h"

enum { ID_MOST = 64, MOST_BYTES = 2000000000 };

typedef struct {
    const char *path, *at, *end;
    size_t line;
    char word[ID_MOST]; /* the word at hand; longer ones are cut, and match nothing */
    hz_error *err;
} scanner;

/* A key of the layer and its row; sorted by key. */
typedef struct {
    char key[ID_MOST];
    uint32_t row;
} keyed;

typedef struct {
    uint32_t from, to;
    double weight;
} link;

typedef struct {
    keyed *keys;
    bool *listed; /* of a GAL: has this row a line of its own? */
    size_t n;
    link *links;
    size_t count, room;
} reading;

/* The next word, if there is one (on this line, where asked). */
static bool next_word(scanner *s, bool same_line)
{
    while (s->at < s->end && strchr(" \t\r\n", *s->at)) {
        if (*s->at == '\n' && same_line)
            return false;
        s->line += *s->at == '\n';
        s->at++;
    }
    const char *start = s->at;
    while (s->at < s->end && !strchr(" \t\r\n", *s->at))
        s->at++;
    size_t n = (size_t)(s->at - start);
    n = n < ID_MOST ? n : ID_MOST - 1;
    memcpy(s->word, start, n);
    s->word[n] = '\0';
    return n > 0;
}

/* Texts may stand in quotes, as spdep writes a layer's name. */
static void strip_quotes(char *word)
{
    size_t n = strlen(word);
    if (n >= 2 && word[0] == '"' && word[n - 1] == '"') {
        memmove(word, word + 1, n - 2);
        word[n - 2] = '\0';
    }
}

static hz_status wrong(const scanner *s, const char *what)
{
    return hz_fail(s->err, HZ_EFORMAT, "%s:%zu: '%s', expected %s", s->path, s->line, s->word,
                   what);
}

static bool word_number(const scanner *s, double *value)
{
    return hz_number_parse(s->word, strlen(s->word), '.', value);
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const keyed *)a)->key, ((const keyed *)b)->key);
}

static hz_status add_link(reading *r, uint32_t from, uint32_t to, double weight, hz_error *err)
{
    if (r->count == r->room) {
        size_t room = r->room ? 2 * r->room : 1024;
        link *more = hz_mem_resize(r->links, room, sizeof *more);
        if (!more)
            return hz_mem_fail(err, "neighbours");
        r->links = more;
        r->room = room;
    }
    r->links[r->count++] = (link){ from, to, weight };
    return HZ_OK;
}

static hz_status find_row(const scanner *s, const reading *r, uint32_t *row)
{
    keyed want;
    memcpy(want.key, s->word, sizeof want.key);
    const keyed *found = bsearch(&want, r->keys, r->n, sizeof *r->keys, by_key);
    if (!found)
        return wrong(s, "the id of a row");
    *row = found->row;
    return HZ_OK;
}

/* The head's number of units, and the column it names ("" if none). */
static hz_status read_head(scanner *s, size_t rows, char *column)
{
    double n;
    column[0] = '\0';
    if (!next_word(s, false) || !word_number(s, &n))
        return wrong(s, "a head: n, or 0 n LAYER COLUMN");
    if (next_word(s, true)) {
        if (!word_number(s, &n))
            return wrong(s, "a number of units in the head");
        if (next_word(s, true) && next_word(s, true)) {
            strip_quotes(s->word);
            memcpy(column, s->word, ID_MOST);
        }
    }
    if (n != (double)rows)
        return hz_fail(s->err, HZ_EDATA, "%s: of %g units, expected the %zu of the areas", s->path,
                       n, rows);
    return HZ_OK;
}

/* Keys of a column, or row numbers from `start`. */
static hz_status take_keys(reading *r, const hz_layer *layer, int column, size_t start,
                           hz_error *err)
{
    for (size_t i = 0; i < r->n; i++) {
        keyed *k = &r->keys[i];
        k->row = (uint32_t)i;
        if (column < 0)
            snprintf(k->key, sizeof k->key, "%zu", i + start);
        else
            hz_layer_value_text(layer, (size_t)column, i, k->key, sizeof k->key);
    }
    qsort(r->keys, r->n, sizeof *r->keys, by_key);
    for (size_t i = 1; i < r->n; i++)
        if (strcmp(r->keys[i - 1].key, r->keys[i].key) == 0)
            return hz_fail(err, HZ_EDATA,
                           "%s: rows %u and %u have the key '%s', expected a key of its "
                           "own for each",
                           hz_layer_name(layer), r->keys[i - 1].row + 1, r->keys[i].row + 1,
                           r->keys[i].key);
    return HZ_OK;
}

/* Is the first id one of the keys, or there none at all?  Looks ahead only. */
static bool knows_next(const scanner *s, const reading *r)
{
    scanner ahead = *s;
    keyed want;
    if (!next_word(&ahead, false))
        return true;
    memcpy(want.key, ahead.word, sizeof want.key);
    return bsearch(&want, r->keys, r->n, sizeof *r->keys, by_key) != NULL;
}

/* Keys by the column named, else row numbers from 1, else, as PySAL writes them, from 0. */
static hz_status find_keys(reading *r, const scanner *s, const hz_layer *layer, int column,
                           bool sure, hz_error *err)
{
    hz_status st = take_keys(r, layer, column, 1, err);
    if (!st && !sure && column >= 0 && !knows_next(s, r))
        st = take_keys(r, layer, -1, 1, err);
    scanner ahead = *s;
    if (!st && !sure && !knows_next(s, r) && next_word(&ahead, false) &&
        strcmp(ahead.word, "0") == 0)
        st = take_keys(r, layer, -1, 0, err);
    return st;
}

static hz_status read_gal(scanner *s, reading *r)
{
    while (next_word(s, false)) {
        uint32_t from, to;
        double count;
        hz_status st = find_row(s, r, &from);
        if (st)
            return st;
        if (!next_word(s, true) || !word_number(s, &count) || count < 0 || count != floor(count))
            return wrong(s, "a number of neighbours");
        r->listed[from] = true;
        for (double k = 0; k < count; k++) {
            if (!next_word(s, false))
                return hz_fail(s->err, HZ_EFORMAT, "%s:%zu: the file ends, expected %g more "
                               "neighbours", s->path, s->line, count - k);
            st = find_row(s, r, &to);
            if (!st)
                st = add_link(r, from, to, 1, s->err);
            if (st)
                return st;
        }
    }
    return HZ_OK;
}

/* A GAL has a line for islands too: one that lacks lines was cut short, or is of another layer. */
static void warn_of_unlisted(const reading *r, const char *path, const hz_notice *notice)
{
    size_t missing = 0;
    for (size_t i = 0; i < r->n; i++)
        missing += !r->listed[i];
    if (missing)
        hz_warn(notice,
                "%s: %zu of %zu units have no line, and so no neighbours: is the file whole?", path,
                missing, r->n);
}

static hz_status read_gwt(scanner *s, reading *r)
{
    while (next_word(s, false)) {
        uint32_t from, to = 0;
        double weight;
        hz_status st = find_row(s, r, &from);
        if (!st && !next_word(s, true))
            st = wrong(s, "from, to and a number on one line");
        if (!st)
            st = find_row(s, r, &to);
        if (!st && (!next_word(s, true) || !word_number(s, &weight) || !(weight >= 0)))
            st = wrong(s, "a distance or weight");
        if (!st)
            st = add_link(r, from, to, weight, s->err);
        if (st)
            return st;
    }
    return HZ_OK;
}

static hz_status make_rows(const reading *r, bool gwt, const char *path, hz_csr **out,
                           const hz_notice *notice, hz_error *err)
{
    hz_csr *csr = NULL;
    size_t *next = hz_mem_new(r->n + 1, sizeof *next);
    hz_status st = next ? hz_csr_new(r->n, r->count, gwt, &csr, err)
                        : hz_mem_fail(err, "neighbours");
    if (st)
        goto done;
    for (size_t l = 0; l < r->count; l++)
        csr->first[r->links[l].from + 1]++;
    for (size_t i = 0; i < r->n; i++)
        csr->first[i + 1] += csr->first[i];
    memcpy(next, csr->first, (r->n + 1) * sizeof *next);
    for (size_t l = 0; l < r->count; l++) {
        size_t at = next[r->links[l].from]++;
        csr->neighbour[at] = r->links[l].to;
        if (gwt)
            csr->weight[at] = r->links[l].weight;
    }
    size_t dropped = hz_csr_tidy(csr);
    if (dropped)
        hz_warn(notice, "%s: %zu links dropped, of units to themselves or given twice", path,
                dropped);
    *out = csr;
done:
    hz_mem_free(next);
    return st;
}

hz_status hz_weights_read(const char *path, bool gwt, const hz_layer *layer, const char *id,
                          hz_csr **out, const hz_notice *notice, hz_error *err)
{
    char *text = NULL, column[ID_MOST];
    size_t length = 0;
    reading r = { .n = hz_layer_rows(layer) };
    hz_status st = hz_file_read(path, MOST_BYTES, &text, &length, err);
    scanner s = { path, text, text ? text + length : NULL, 1, "", err };

    if (!st)
        st = read_head(&s, r.n, column);
    if (st)
        goto done;
    r.keys = hz_mem_new(r.n, sizeof *r.keys);
    r.listed = hz_mem_new(r.n, sizeof *r.listed);
    if (!r.keys || !r.listed) {
        st = hz_mem_fail(err, "neighbours");
        goto done;
    }
    int key = column[0] ? hz_layer_find(layer, column) : -1;
    int named = key >= 0 ? key : hz_layer_find(layer, id ? id : "id");
    st = find_keys(&r, &s, layer, named, key >= 0, err);
    if (!st)
        st = gwt ? read_gwt(&s, &r) : read_gal(&s, &r);
    if (!st)
        st = make_rows(&r, gwt, path, out, notice, err);
    if (!st && !gwt)
        warn_of_unlisted(&r, path, notice);
done:
    hz_mem_free(text);
    hz_mem_free(r.keys);
    hz_mem_free(r.listed);
    hz_mem_free(r.links);
    return st;
}
