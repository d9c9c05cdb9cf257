/* Sums searches and finds that a table gives by zone, and reads the finds of located ones. */
#include "hotzone/searches.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/match.h"
#include "hotzone/mem.h"
#include "hotzone/text.h"

static const char *const zone_names[] = { "zone", "zone_id", "id", "zone_name", "name", "navn",
                                          NULL };
static const char *const searches_names[] = { "searches", "visitationer", "stops", NULL };
static const char *const finds_names[] = { "finds", "found", "fund", "hits", NULL };

/* A key of a zone, as rows of the table may name it. */
typedef struct {
    const char *text;
    size_t zone;
    bool name; /* and not an id */
} zone_key;

typedef struct {
    hz_layer *table;
    const hz_layer *zones;
    size_t rows, zone_count;
    size_t of_zone;                     /* column */
    const double *searches, *finds;     /* finds NULL: no column */
    const hz_time *times;               /* NULL: no dates */
    zone_key *keys;                     /* sorted */
    size_t key_count;
    char (*numbers)[40];                /* ids that are numbers, as text */
    int32_t *zone;                      /* per row: of the layer, or -1 */
} counting;

static int find_usual(const hz_layer *l, const char *const *usual)
{
    int column = -1;
    for (; *usual && column < 0; usual++)
        column = hz_layer_find(l, *usual);
    return column;
}

bool hz_searches_is_table(const hz_layer *table)
{
    const hz_shapes *shapes = hz_layer_shapes(table);
    return (!shapes || shapes->kind == HZ_NOSHAPE) && find_usual(table, searches_names) >= 0;
}

/* ---- columns ---------------------------------------------------------------------------- */

static hz_status find(const hz_layer *l, const char *named, const char *const *usual,
                      const char *what, size_t *column, hz_error *err)
{
    if (named)
        return hz_layer_need(l, named, column, err);
    int c = find_usual(l, usual);
    if (c < 0)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column '%s', expected %s by zone",
                       hz_layer_name(l), usual[0], what);
    *column = (size_t)c;
    return HZ_OK;
}

static hz_status numbers(const hz_layer *l, size_t column, const double **out, hz_error *err)
{
    const char *name = hz_layer_column_name(l, column);
    *out = hz_layer_numbers(l, name);
    return *out ? HZ_OK : hz_fail(err, HZ_EDATA, "%s: '%s' holds what are no numbers, expected "
                                  "counts", hz_layer_name(l), name);
}

static hz_status find_columns(counting *c, const hz_searches_columns *named, hz_error *err)
{
    size_t column = 0;
    hz_status st = find(c->table, named->zone, zone_names, "searches", &c->of_zone, err);
    if (!st)
        st = find(c->table, named->searches, searches_names, "counts of searches", &column, err);
    if (!st)
        st = numbers(c->table, column, &c->searches, err);
    if (!st && (named->finds || find_usual(c->table, finds_names) >= 0)) {
        st = find(c->table, named->finds, finds_names, "counts of finds", &column, err);
        if (!st)
            st = numbers(c->table, column, &c->finds, err);
    }
    return st;
}

static hz_status read_dates(counting *c, const char *named, const hz_period *periods, size_t n,
                            const hz_notice *notice, hz_error *err)
{
    const char *column = NULL, *name = hz_layer_name(c->table);
    size_t bad = 0, first = 0;
    bool asked = periods[0].from != HZ_TIME_NONE || periods[0].until != HZ_TIME_NONE;
    if (!asked)
        return HZ_OK;
    hz_status st = hz_match_time(c->table, named, &column, err);
    if (!st && !column && n > 1)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column of dates, expected one to tell the two "
                       "periods apart", name);
    if (!st && !column)
        hz_warn(notice, "%s: has no column of dates: its searches are taken to be those of the "
                "period", name);
    if (!st && column)
        st = hz_layer_read_dates(c->table, column, NULL, &bad, &first, err);
    if (!st && bad)
        hz_warn(notice, "%s: %zu of %zu rows have no readable date in '%s' (first: row %zu)", name,
                bad, c->rows, column, first + 1);
    if (!st && column)
        c->times = hz_layer_times(c->table, column);
    return st;
}

/* ---- rows to zones ------------------------------------------------------------------------ */

static int by_key(const void *a, const void *b)
{
    const zone_key *p = a, *q = b;
    int order = strcmp(p->text, q->text);
    if (order)
        return order;
    if (p->name != q->name)
        return p->name ? 1 : -1; /* an id goes before a name */
    return (p->zone > q->zone) - (p->zone < q->zone);
}

static hz_status add_keys(counting *c, const char *column, bool name, hz_error *err)
{
    int at = column ? hz_layer_find(c->zones, column) : -1;
    if (at < 0)
        return HZ_OK;
    bool texts = hz_layer_column_kind(c->zones, (size_t)at) == HZ_TEXTS;
    for (size_t z = 0; z < c->zone_count; z++) {
        const char *text = texts ? hz_layer_text_at(c->zones, (size_t)at, z) : c->numbers[z];
        if (!texts && hz_layer_value_text(c->zones, (size_t)at, z, c->numbers[z], 40))
            return hz_mem_fail(err, "searches");
        if (*text)
            c->keys[c->key_count++] = (zone_key){ text, z, name };
    }
    return HZ_OK;
}

static hz_status take_keys(counting *c, const hz_searches_columns *named, hz_error *err)
{
    c->keys = hz_mem_new(2 * c->zone_count, sizeof *c->keys);
    c->numbers = hz_mem_new(c->zone_count, sizeof *c->numbers);
    if (!c->keys || !c->numbers)
        return hz_mem_fail(err, "searches");
    hz_status st = add_keys(c, named->id, false, err);
    if (!st && (!named->id || !named->name || strcmp(named->id, named->name) != 0))
        st = add_keys(c, named->name, true, err);
    if (!st)
        qsort(c->keys, c->key_count, sizeof *c->keys, by_key);
    return st;
}

/* The zone that a row names, or -1; no text of the row goes into a complaint. */
static hz_status find_zone(const counting *c, size_t row, const char *text, int32_t *zone,
                           hz_error *err)
{
    size_t low = 0, high = c->key_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(c->keys[middle].text, text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *zone = -1;
    if (low == c->key_count || strcmp(c->keys[low].text, text) != 0)
        return HZ_OK;
    const zone_key *next = low + 1 < c->key_count ? &c->keys[low + 1] : NULL;
    if (next && strcmp(next->text, text) == 0 && next->name == c->keys[low].name)
        return hz_fail(err, HZ_EDATA, "%s: row %zu is of zones %zu and %zu, which have the same %s, "
                       "expected their ids", hz_layer_name(c->table), row + 1,
                       c->keys[low].zone + 1, next->zone + 1, c->keys[low].name ? "name" : "id");
    *zone = (int32_t)c->keys[low].zone;
    return HZ_OK;
}

static void trim(char *text)
{
    size_t n = strlen(text), blanks = strspn(text, " \t");
    while (n > blanks && strchr(" \t", text[n - 1]))
        n--;
    memmove(text, text + blanks, n - blanks);
    text[n - blanks] = '\0';
}

static hz_status find_zones(counting *c, hz_error *err)
{
    c->zone = hz_mem_new(c->rows, sizeof *c->zone);
    if (!c->zone)
        return hz_mem_fail(err, "searches");
    hz_status st = HZ_OK;
    for (size_t r = 0; !st && r < c->rows; r++) {
        char text[400];
        if (hz_layer_value_text(c->table, c->of_zone, r, text, sizeof text))
            return hz_mem_fail(err, "searches");
        trim(text);
        st = find_zone(c, r, text, &c->zone[r], err);
    }
    return st;
}

/* ---- sums --------------------------------------------------------------------------------- */

static hz_status check_row(const counting *c, size_t r, hz_error *err)
{
    const char *name = hz_layer_name(c->table);
    double n = c->searches[r], found = c->finds ? c->finds[r] : NAN;
    if (!(n >= 0) || n != floor(n) || n > 1e15)
        return hz_fail(err, HZ_EDATA, "%s: row %zu has no count of searches, expected a whole "
                       "number, 0 or more", name, r + 1);
    if (!isnan(found) && (!(found >= 0) || found != floor(found) || found > n))
        return hz_fail(err, HZ_EDATA, "%s: row %zu has %g finds of %g searches, expected a whole "
                       "number, at most as many", name, r + 1, found, n);
    return HZ_OK;
}

static hz_status add_up(const counting *c, hz_period period, double *searches, double *finds,
                        hz_searches_fate *fate, hz_error *err)
{
    for (size_t z = 0; z < c->zone_count; z++)
        searches[z] = finds[z] = NAN;
    *fate = (hz_searches_fate){ .read = c->rows, .found = c->finds != NULL };
    for (size_t r = 0; r < c->rows; r++) {
        int32_t z = c->zone[r];
        hz_status st = check_row(c, r, err);
        if (st)
            return st;
        if (c->times && c->times[r] == HZ_TIME_NONE) {
            fate->undated++;
        } else if (c->times && !hz_period_holds(period, c->times[r])) {
            fate->other_period++;
        } else if (z < 0) {
            fate->other_zone++;
        } else {
            double found = c->finds ? c->finds[r] : NAN;
            bool first = isnan(searches[z]);
            fate->used++;
            searches[z] = first ? c->searches[r] : searches[z] + c->searches[r];
            finds[z] = first ? found : finds[z] + found; /* one that is not known: all are not */
        }
    }
    for (size_t z = 0; z < c->zone_count; z++)
        fate->zones += (size_t)!isnan(searches[z]);
    return HZ_OK;
}

hz_status hz_searches_count(hz_layer *table, const hz_layer *zones,
                            const hz_searches_columns *columns, const hz_period *periods, size_t n,
                            double *searches, double *finds, hz_searches_fate *fate,
                            const hz_notice *notice, hz_error *err)
{
    counting c = { .table = table, .zones = zones, .rows = hz_layer_rows(table),
                   .zone_count = hz_layer_rows(zones) };
    hz_searches_fate of[2] = { { 0 }, { 0 } };
    hz_status st = find_columns(&c, columns, err);
    if (!st)
        st = read_dates(&c, columns->date, periods, n, notice, err);
    if (!st)
        st = take_keys(&c, columns, err);
    if (!st)
        st = find_zones(&c, err);
    for (size_t k = 0; !st && k < n && k < 2; k++)
        st = add_up(&c, periods[k], searches + k * c.zone_count, finds + k * c.zone_count, &of[k],
                    err);
    size_t lost = 0;
    for (size_t r = 0; !st && r < c.rows; r++)
        lost += c.zone[r] < 0;
    if (lost)
        hz_warn(notice, "%s: %zu of %zu rows are of zones that are not among those asked about",
                hz_layer_name(table), lost, c.rows);
    if (!st && fate)
        *fate = of[0];
    hz_mem_free(c.keys);
    hz_mem_free(c.numbers);
    hz_mem_free(c.zone);
    return st;
}

/* ---- located searches ------------------------------------------------------------------------- */

/* Is this value a yes?  A number is one unless it is 0. */
static bool is_find(const char *text, const char *wanted)
{
    static const char *const no[] = { "", "0", "false", "no", "n", "nej", "ingen", "none",
                                      "nothing" };
    double number;
    if (wanted)
        return strcmp(text, wanted) == 0;
    if (hz_number_parse(text, strlen(text), '.', &number))
        return number != 0;
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (hz_text_distance(text, no[i]) == 0)
            return false;
    return true;
}

static bool is_odd_number(const char *text)
{
    double number;
    return hz_number_parse(text, strlen(text), '.', &number) && number != 0 && number != 1;
}

hz_status hz_searches_found(const hz_layer *searches, size_t column, const char *wanted,
                            const int32_t *taken, unsigned char **found, size_t *n, size_t *finds,
                            size_t *odd, hz_error *err)
{
    size_t rows = hz_layer_rows(searches);
    *n = *finds = *odd = 0;
    if (!(*found = hz_mem_new(rows, 1)))
        return hz_mem_fail(err, "searches");
    for (size_t i = 0; i < rows; i++) {
        char text[200];
        if (taken[i] < 0)
            continue;
        if (hz_layer_column_kind(searches, column) == HZ_TEXTS)
            snprintf(text, sizeof text, "%.199s", hz_layer_text_at(searches, column, i));
        else if (hz_layer_value_text(searches, column, i, text, sizeof text))
            return hz_mem_fail(err, "searches");
        *odd += !wanted && is_odd_number(text);
        *finds += (*found)[(*n)++] = is_find(text, wanted);
    }
    return HZ_OK;
}
