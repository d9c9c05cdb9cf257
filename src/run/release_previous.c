/* Reads what an earlier release showed and hid, to be audited with this run. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/csv.h"
#include "hotzone/file.h"
#include "hotzone/hash.h"
#include "hotzone/mem.h"
#include "run/release.h"

enum { FIELD_MOST = 256 };

typedef enum { SOURCE, BELOW, AREAS, BORDERS, ROW, ROWS, FROM, UNTIL, KINDS, STATE, EVENTS,
               COLUMNS } column;
static const char *const names[COLUMNS] = { "source", "hide_below", "areas", "borders", "row", "rows",
                                            "from", "until", "kinds", "state", "events" };

typedef struct {
    project *p;
    release *r;
    const char *directory;
    char *manifest, *list;      /* paths */
    hz_layer *table;
    size_t at[COLUMNS];
    bool joined[RECIPE_SETS];   /* of events */
    bool lacks;                 /* it tells of no events */
    size_t taken, left;         /* figures, and those of events that this run has not */
} previous;

/* ---- is it what was given out? -------------------------------------------------------- */

static hz_status check_outputs(previous *w, const hz_manifest_facts *facts, bool may_lack,
                               hz_error *err)
{
    hz_status st = HZ_OK;
    bool listed = false;
    for (size_t i = 0; !st && i < facts->output_count; i++) {
        const hz_manifest_file *out = &facts->outputs[i];
        bool list = strcmp(out->path, "release.csv") == 0 && out->sha256;
        char *full = hz_file_beside(w->manifest, out->path);
        listed |= list;
        if (!full)
            st = hz_mem_fail(err, w->directory);
        else if (list || (out->sha256 && hz_file_exists(full))) /* not all need be kept */
            st = hz_manifest_check_output(full, out, err);
        hz_mem_free(full);
    }
    w->lacks = !listed;
    if (!st && !listed && !may_lack)
        st = hz_fail(err, HZ_EDATA, "%s: names no release.csv, expected a run that hid small counts",
                     w->manifest);
    return st;
}

hz_status release_note_previous(project *p, const char *directory, size_t number, hz_error *err)
{
    char key[40], hex[65];
    hz_text path = { 0 };
    hz_text_addf(&path, "%s/manifest.json", directory);
    snprintf(key, sizeof key, "release.previous.%zu", number);
    hz_status st = path.failed ? hz_mem_fail(err, directory)
                               : hz_hash_file(hz_text_get(&path), hex, err);
    if (!st)
        st = project_note_read(p, hz_text_get(&path), err);
    hz_text_free(&path);
    return st ? st : hz_manifest_option_text(p->manifest, key, hex, err);
}

static hz_status open_release(previous *w, bool may_lack, hz_error *err)
{
    const hz_source_opts opts = { .no_shapes = true, .delimiter = ',', .decimal = '.',
                                  .encoding = "UTF-8" };
    hz_manifest_facts facts = { 0 };
    hz_text path = { 0 };
    hz_text_addf(&path, "%s/manifest.json", w->directory);
    w->manifest = hz_text_take(&path);
    w->list = w->manifest ? hz_file_beside(w->manifest, "release.csv") : NULL;
    hz_status st = w->list ? HZ_OK : hz_mem_fail(err, w->directory);
    if (!st)
        st = hz_manifest_read(w->manifest, &facts, err);
    if (st)
        return st;
    st = check_outputs(w, &facts, may_lack, err);
    hz_manifest_facts_free(&facts);
    if (st || w->lacks)
        return st;
    st = project_note_read(w->p, w->list, err);
    if (!st)
        st = hz_csv_read(w->list, &opts, &w->table, NULL, err);
    if (!st && hz_layer_intake(w->table)->refused)
        st = hz_fail(err, HZ_EFORMAT, "%s: has rows that cannot be read, expected it as a run wrote "
                     "it", w->list);
    for (size_t c = 0; !st && c < COLUMNS; c++) {
        int at = hz_layer_find(w->table, names[c]);
        w->at[c] = at < 0 ? 0 : (size_t)at;
        if (at < 0)
            st = hz_fail(err, HZ_EFORMAT, "%s: has no column '%s', expected it as a run wrote it",
                         w->list, names[c]);
    }
    return st;
}

/* ---- its figures ---------------------------------------------------------------------- */

static hz_status bad(const previous *w, size_t row, column c, const char *expected, hz_error *err)
{
    return hz_fail(err, HZ_EFORMAT, "%s:%zu: bad %s, expected %s", w->list, row + 2, names[c],
                   expected);
}

/* Lent, or in buf. */
static const char *field(const previous *w, size_t row, column c, char buf[FIELD_MOST])
{
    if (hz_layer_column_kind(w->table, w->at[c]) == HZ_TEXTS)
        return hz_layer_text_at(w->table, w->at[c], row);
    *buf = '\0'; /* a number that is too long for it is not one of ours */
    if (hz_layer_value_text(w->table, w->at[c], row, buf, FIELD_MOST))
        *buf = '\0';
    return buf;
}

/* A whole number of 0 or more, else -1. */
static double whole(const previous *w, size_t row, column c)
{
    const double *values = hz_layer_numbers(w->table, names[c]);
    double x = values ? values[row] : NAN;
    return x >= 0 && x <= 1e9 && x == floor(x) ? x : -1;
}

static hz_status read_time(const previous *w, size_t row, column c, hz_time *out, hz_error *err)
{
    char buf[FIELD_MOST];
    const char *text = field(w, row, c, buf);
    *out = HZ_TIME_NONE;
    return !*text || hz_date_parse(text, strlen(text), NULL, out)
               ? HZ_OK : bad(w, row, c, "a date, or nothing", err);
}

/* Memory that lasts as long as the release. */
static void *keep(release *r, size_t n, size_t size)
{
    if (r->kept_count == r->kept_room) {
        size_t room = r->kept_room ? 2 * r->kept_room : 32;
        void **more = hz_mem_resize(r->kept, room, sizeof *more);
        if (!more)
            return NULL;
        r->kept = more;
        r->kept_room = room;
    }
    void *made = hz_mem_new(n, size);
    if (made)
        r->kept[r->kept_count++] = made;
    return made;
}

/* "1;4;": the areas of a sum over some of them. */
static hz_status read_rows(const previous *w, size_t row, release_count *count, hz_error *err)
{
    static const char expected[] = "numbers of areas that each end with a semicolon";
    char buf[FIELD_MOST];
    const char *text = field(w, row, ROWS, buf);
    size_t n = hz_layer_rows(release_areas(w->p, count->areas));
    if (!*text)
        return HZ_OK;
    unsigned char *some = keep(w->r, n, 1);
    if (!some)
        return hz_mem_fail(err, w->list);
    while (*text) {
        char *end;
        unsigned long number = *text >= '1' && *text <= '9' ? strtoul(text, &end, 10) : 0;
        if (number < 1 || number > n || *end != ';')
            return bad(w, row, ROWS, expected, err);
        some[number - 1] = 1;
        text = end + 1;
    }
    count->rows = some;
    return count->row == RELEASE_ALL ? HZ_OK : bad(w, row, ROWS, "none beside an area", err);
}

/* "violence;theft;", with \ before ; and \ that are part of a kind. */
static hz_status read_kinds(const previous *w, size_t row, release_count *count, hz_error *err)
{
    char buf[FIELD_MOST];
    const char *text = field(w, row, KINDS, buf);
    size_t length = strlen(text);
    if (length == 0)
        return HZ_OK;
    char *own = keep(w->r, length + 1, 1), *to = own;
    const char **kinds = own ? keep(w->r, length, sizeof *kinds) : NULL;
    if (!kinds)
        return hz_mem_fail(err, w->list);
    kinds[0] = own;
    for (size_t i = 0; i < length; i++) {
        bool ends = text[i] == ';';
        if (text[i] == '\\' && text[i + 1])
            i++;
        *to++ = ends ? '\0' : text[i];
        if (ends && i + 1 < length)
            kinds[count->kind_count + 1] = to;
        count->kind_count += ends;
    }
    count->kinds = kinds;
    return text[length - 1] == ';' && count->kind_count
               ? HZ_OK : bad(w, row, KINDS, "kinds that each end with a semicolon", err);
}

/* The events of this name whose small counts this run hides; false: there are none. */
static bool find_events(const previous *w, size_t row, size_t *events)
{
    char buf[FIELD_MOST];
    const char *name = field(w, row, SOURCE, buf);
    const recipe *r = w->p->r;
    for (size_t i = 0; i < r->event_count; i++)
        if (strcmp(r->events[i].from.name, name) == 0 && recipe_audits(r, i)) {
            *events = r->same[i];
            return true;
        }
    return false;
}

static hz_status find_areas(const previous *w, size_t row, size_t *areas, hz_error *err)
{
    char buf[FIELD_MOST], name[FIELD_MOST];
    const char *wanted = field(w, row, BORDERS, buf), *borders = NULL;
    hz_status st = HZ_OK;
    for (*areas = 0; !st && *areas < RELEASE_SETS; ++*areas) {
        if (!release_areas(w->p, *areas))
            continue;
        st = release_borders(w->p, w->r, *areas, &borders, err);
        if (!st && strcmp(borders, wanted) == 0)
            return HZ_OK;
    }
    return st ? st : hz_fail(err, HZ_EDATA, "%s:%zu: no areas of this project have the borders and "
                             "ids of the earlier '%s', expected the same among its areas, used or "
                             "not: figures by other borders cannot be audited together", w->list,
                             row + 2, field(w, row, AREAS, name));
}

static hz_status read_state(const previous *w, size_t row, release_count *count, hz_error *err)
{
    char buf[FIELD_MOST];
    const char *state = field(w, row, STATE, buf);
    double events = whole(w, row, EVENTS);
    if (strcmp(state, "hidden") == 0)
        count->state = HZ_FIGURE_SECRET;
    else if (strcmp(state, "shown") != 0)
        return bad(w, row, STATE, "shown or hidden", err);
    else if (events < 0)
        return bad(w, row, EVENTS, "a whole number of 0 or more", err);
    else {
        count->state = HZ_FIGURE_FIXED;
        count->earlier = events;
    }
    return HZ_OK;
}

static hz_status take_row(previous *w, size_t row, hz_error *err)
{
    release_count count = { .row = RELEASE_ALL, .earlier = NAN };
    double number = whole(w, row, ROW), below = whole(w, row, BELOW);
    if (!find_events(w, row, &count.events)) {
        w->left++;
        return HZ_OK;
    }
    if (below != w->p->r->hide[count.events])
        return hz_fail(err, HZ_EDATA, "%s:%zu: hid counts under %g, expected the same threshold as "
                       "this run, %g", w->list, row + 2, below, w->p->r->hide[count.events]);
    hz_status st = find_areas(w, row, &count.areas, err);
    if (!st && (number < 0 || number > (double)hz_layer_rows(release_areas(w->p, count.areas))))
        st = bad(w, row, ROW, "the number of an area", err);
    if (!st && number > 0)
        count.row = (size_t)number - 1;
    if (!st)
        st = read_rows(w, row, &count, err);
    if (!st)
        st = read_time(w, row, FROM, &count.period.from, err);
    if (!st)
        st = read_time(w, row, UNTIL, &count.period.until, err);
    if (!st)
        st = read_kinds(w, row, &count, err);
    if (!st)
        st = read_state(w, row, &count, err);
    if (!st)
        st = release_add(w->r, &count, err);
    w->joined[count.events] = true;
    w->taken++;
    return st;
}

hz_status release_join(project *p, release *r, const char *directory, bool may_lack, hz_error *err)
{
    previous w = { .p = p, .r = r, .directory = directory };
    hz_status st = open_release(&w, may_lack, err);
    for (size_t row = 0; !st && !w.lacks && row < hz_layer_rows(w.table); row++)
        st = take_row(&w, row, err);
    if (!st && !w.taken && !w.lacks && !may_lack)
        st = hz_fail(err, HZ_EDATA, "%s: is of no events whose small counts this run hides, expected "
                     "one of the same, by the same name", w.list);
    if (!st && w.left)
        hz_warn(p->notice, "%s: %zu of its figures are of events that are not among those whose "
                "small counts this run hides; they are not audited", w.list, w.left);
    for (size_t i = 0; !st && i < RECIPE_SETS; i++)
        r->joined[i] += w.joined[i];
    hz_layer_free(w.table);
    hz_mem_free(w.manifest);
    hz_mem_free(w.list);
    return st;
}
