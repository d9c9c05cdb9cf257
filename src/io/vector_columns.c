/* Gathers attribute values from GDAL features into typed columns. */
#include "io/vector_columns.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "hotzone/mem.h"
#include "hotzone/text.h"
#include "io/csv_parts.h"

#define BIGGEST_WHOLE 9007199254740992 /* 2^53 */

static hz_gdal_held held_as(OGRFieldType type)
{
    switch (type) {
    case OFTInteger:
    case OFTInteger64: return HZ_HELD_INTEGERS;
    case OFTReal: return HZ_HELD_REALS;
    case OFTDate:
    case OFTDateTime: return HZ_HELD_TIMES;
    default: return HZ_HELD_TEXTS;
    }
}

static int find_field(OGRFeatureDefnH fields, const char *name)
{
    int n = OGR_FD_GetFieldCount(fields);
    for (int i = 0; i < n; i++)
        if (strcmp(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(fields, i)), name) == 0)
            return i;
    return OGR_FD_GetFieldIndex(fields, name); /* case ignored */
}

static hz_status no_such_field(OGRFeatureDefnH fields, const char *name, const char *shown,
                               hz_error *err)
{
    int n = OGR_FD_GetFieldCount(fields);
    const char **names = hz_mem_new((size_t)n, sizeof *names);
    if (!names)
        return hz_mem_fail(err, shown);
    for (int i = 0; i < n; i++)
        names[i] = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(fields, i));
    const char *near = hz_text_nearest(name, names, (size_t)n);
    hz_text list = { 0 };
    for (int i = 0; i < n; i++)
        hz_text_addf(&list, "%s%s", i ? ", " : "", names[i]);
    hz_status st = hz_fail(err, HZ_EUSAGE, "%s: has no column '%s'%s%s%s; its columns: %s", shown,
                           name, near ? ", nearest: '" : "", near ? near : "", near ? "'" : "",
                           n ? hz_text_get(&list) : "none");
    hz_text_free(&list);
    hz_mem_free(names);
    return st;
}

/* The FID's name if it is a column of the user's (a key called `id`, say), not one that drivers
 * make up; NULL otherwise. */
static const char *own_fid(OGRLayerH layer)
{
    static const char *const made_up[] = { "", "ogc_fid", "ogr_fid", "rowid" };
    const char *name = OGR_L_GetFIDColumn(layer);
    if (strncasecmp(name, "fid", 3) == 0) /* fid_1 where a column is called fid */
        return NULL;
    for (size_t i = 0; i < sizeof made_up / sizeof *made_up; i++)
        if (strcasecmp(name, made_up[i]) == 0)
            return NULL;
    return find_field(OGR_L_GetLayerDefn(layer), name) < 0 ? name : NULL;
}

/* Which fields are wanted; want has one flag per field, and a last one for the FID. */
static hz_status mark_wanted(OGRFeatureDefnH fields, const char *fid, const hz_source_opts *opts,
                             const char *const extra[2], const char *shown, bool *want,
                             hz_error *err)
{
    int n = OGR_FD_GetFieldCount(fields);
    for (int i = 0; i <= n; i++)
        want[i] = !opts->only && (i < n || fid);
    for (size_t k = 0; opts->only && k < opts->only_count; k++) {
        int i = find_field(fields, opts->only[k]);
        if (i < 0 && fid && strcasecmp(fid, opts->only[k]) == 0)
            i = n;
        if (i < 0 && opts->only_if_there)
            continue;
        if (i < 0)
            return no_such_field(fields, opts->only[k], shown, err);
        want[i] = true;
    }
    for (size_t k = 0; k < 2; k++) {
        int i = extra[k] ? find_field(fields, extra[k]) : 0;
        if (i < 0)
            return no_such_field(fields, extra[k], shown, err);
        if (extra[k])
            want[i] = true;
    }
    return HZ_OK;
}

/* Add a text in whatever encoding as UTF-8; what is none is read as a CSV would be. */
static bool add_utf8(hz_text *to, const char *text, size_t n)
{
    const hz_csv_file foreign = { .latin1 = true };
    bool utf8 = hz_text_is_utf8(text, n);
    if (utf8)
        hz_text_add_n(to, text, n);
    else
        hz_csv_text(&foreign, text, n, false, to);
    return utf8;
}

static bool is_taken(const hz_gdal_table *table, const char *name)
{
    for (size_t i = 0; i < table->columns; i++)
        if (strcmp(table->column[i].name, name) == 0)
            return true;
    return false;
}

/* Two fields of one name, or without one, must not hide one another. */
static char *unique_name(const hz_gdal_table *table, const char *name, int field)
{
    hz_text made = { 0 };
    if (*name)
        add_utf8(&made, name, strlen(name));
    else
        hz_text_addf(&made, "column_%d", field + 1);
    size_t stem = made.length;
    for (int k = 2; !made.failed && is_taken(table, made.data); k++) {
        made.length = stem;
        hz_text_addf(&made, "_%d", k);
    }
    return hz_text_take(&made);
}

static hz_status add_column(hz_gdal_table *table, const char *name, OGRFieldType type, int field,
                            const char *shown, hz_error *err)
{
    hz_gdal_column *c = &table->column[table->columns];
    *c = (hz_gdal_column){ .field = field, .held = held_as(type) };
    c->name = unique_name(table, name, field);
    if (!c->name)
        return hz_mem_fail(err, shown);
    table->columns++;
    hz_text_add_n(&c->arena, "", 1); /* byte 0 is the empty text */
    return c->arena.failed ? hz_mem_fail(err, shown) : HZ_OK;
}

hz_status hz_gdal_table_room(hz_gdal_table *table, size_t n, hz_error *err)
{
    size_t room = table->room ? 2 * table->room : 64;
    if (n <= table->room - table->rows)
        return HZ_OK;
    if (room - table->rows < n)
        room = table->rows + n;
    for (size_t i = 0; i < table->columns; i++) {
        hz_gdal_column *c = &table->column[i];
        void *more = NULL;
        switch (c->held) {
        case HZ_HELD_REALS:
            if ((more = hz_mem_resize(c->reals, room, sizeof *c->reals)) != NULL)
                c->reals = more;
            break;
        case HZ_HELD_TEXTS:
            if ((more = hz_mem_resize(c->offset, room, sizeof *c->offset)) != NULL)
                c->offset = more;
            break;
        case HZ_HELD_INTEGERS:
            if ((more = hz_mem_resize(c->missing, room, 1)) == NULL)
                break;
            c->missing = more;
            /* fall through */
        case HZ_HELD_TIMES:
            if ((more = hz_mem_resize(c->integers, room, sizeof *c->integers)) != NULL)
                c->integers = more;
            break;
        }
        if (!more)
            return hz_mem_fail(err, c->name);
    }
    table->room = room;
    return HZ_OK;
}

hz_status hz_gdal_table_start(hz_gdal_table *table, OGRLayerH layer, const hz_source_opts *opts,
                              const char *const extra[2], const char *shown,
                              const hz_notice *notice, hz_error *err)
{
    OGRFeatureDefnH fields = OGR_L_GetLayerDefn(layer);
    int n = OGR_FD_GetFieldCount(fields);
    const char *fid = own_fid(layer);
    bool *want = hz_mem_new((size_t)n + 1, sizeof *want);
    table->column = hz_mem_new((size_t)n + 1, sizeof *table->column);
    hz_status st = want && table->column ? HZ_OK : hz_mem_fail(err, shown);

    if (!st)
        st = mark_wanted(fields, fid, opts, extra, shown, want, err);
    if (!st && want[n])
        st = add_column(table, fid, OFTInteger64, HZ_GDAL_FID, shown, err);
    for (int i = 0; !st && i < n; i++) {
        OGRFieldDefnH def = OGR_FD_GetFieldDefn(fields, i);
        if (!want[i])
            continue;
        if (OGR_Fld_GetType(def) == OFTBinary)
            hz_inform(notice, "%s: column '%s' holds binary data and is left out", shown,
                      OGR_Fld_GetNameRef(def));
        else
            st = add_column(table, OGR_Fld_GetNameRef(def), OGR_Fld_GetType(def), i, shown, err);
    }
    hz_mem_free(want);
    return st ? st : hz_gdal_table_room(table, 1, err);
}

/* Add a text to the arena; its offset, 0 (the empty text) without memory or for "". */
static size_t arena_add(hz_gdal_column *c, const char *text, size_t n, bool *utf8)
{
    size_t start = c->arena.length;
    if (n == 0)
        return 0;
    *utf8 = add_utf8(&c->arena, text, n);
    hz_text_add_n(&c->arena, "", 1); /* its NUL */
    return c->arena.failed ? 0 : start;
}

hz_status hz_gdal_table_add_text(hz_gdal_table *table, hz_gdal_column *c, size_t row,
                                 const char *text, size_t n, hz_error *err)
{
    bool utf8 = true;
    c->offset[row] = arena_add(c, text, n, &utf8);
    table->recoded += !utf8;
    return c->arena.failed ? hz_mem_fail(err, c->name) : HZ_OK;
}

/* On the clock of the source: the time zone is not applied. */
static hz_time time_of(OGRFeatureH feature, int field)
{
    int year, month, day, hour, minute, zone;
    float second;
    if (!OGR_F_GetFieldAsDateTimeEx(feature, field, &year, &month, &day, &hour, &minute, &second,
                                    &zone))
        return HZ_TIME_NONE;
    int64_t days = hz_date_days(year, month < 1 ? 1 : month, day < 1 ? 1 : day);
    return days * 86400 + hour * 3600 + minute * 60 + (int64_t)second;
}

void hz_gdal_column_weigh(hz_gdal_column *c, int64_t value)
{
    c->too_big |= value > BIGGEST_WHOLE || value < -BIGGEST_WHOLE;
}

void hz_gdal_table_empty(hz_gdal_table *table)
{
    for (size_t i = 0; i < table->columns; i++) {
        table->column[i].arena.length = 1; /* the empty text stays */
        table->column[i].too_big = false;
    }
    table->rows = table->recoded = table->infinite = 0;
}

hz_status hz_gdal_table_add(hz_gdal_table *table, OGRFeatureH feature, hz_error *err)
{
    size_t row = table->rows;
    hz_status st = hz_gdal_table_room(table, 1, err);
    for (size_t i = 0; !st && i < table->columns; i++) {
        hz_gdal_column *c = &table->column[i];
        bool fid = c->field == HZ_GDAL_FID;
        bool known = fid || OGR_F_IsFieldSetAndNotNull(feature, c->field);
        const char *text;
        switch (c->held) {
        case HZ_HELD_REALS:
            c->reals[row] = known ? OGR_F_GetFieldAsDouble(feature, c->field) : NAN;
            if (isinf(c->reals[row])) {
                c->reals[row] = NAN;
                table->infinite++;
            }
            break;
        case HZ_HELD_INTEGERS:
            c->missing[row] = !known;
            c->integers[row] = fid ? OGR_F_GetFID(feature)
                             : known ? OGR_F_GetFieldAsInteger64(feature, c->field) : 0;
            hz_gdal_column_weigh(c, c->integers[row]);
            break;
        case HZ_HELD_TIMES:
            c->integers[row] = known ? time_of(feature, c->field) : HZ_TIME_NONE;
            break;
        case HZ_HELD_TEXTS:
            text = known ? OGR_F_GetFieldAsString(feature, c->field) : "";
            st = hz_gdal_table_add_text(table, c, row, text, strlen(text), err);
            break;
        }
    }
    if (!st)
        table->rows++;
    return st;
}

/* A number as a CSV's would be; 0751 and a whole number of 16 digits are keys. */
static bool is_figure(const char *text, double *value)
{
    const hz_csv_field field = { text, strlen(text), false };
    return hz_csv_number(&field, '.', value) == HZ_CSV_NUMBER;
}

static bool all_figures(const hz_gdal_column *c, size_t rows)
{
    bool any = false;
    double value;
    for (size_t r = 0; r < rows; r++) {
        const char *text = c->arena.data + c->offset[r];
        if (*text && !is_figure(text, &value))
            return false;
        any |= *text != '\0';
    }
    return any;
}

static hz_status texts_to_reals(hz_gdal_column *c, size_t rows, hz_error *err)
{
    c->reals = hz_mem_new(rows, sizeof *c->reals);
    if (!c->reals)
        return hz_mem_fail(err, c->name);
    for (size_t r = 0; r < rows; r++)
        if (!is_figure(c->arena.data + c->offset[r], &c->reals[r]))
            c->reals[r] = NAN;
    c->held = HZ_HELD_REALS;
    return HZ_OK;
}

static hz_status integers_to_reals(hz_gdal_column *c, size_t rows, hz_error *err)
{
    c->reals = hz_mem_new(rows, sizeof *c->reals);
    if (!c->reals)
        return hz_mem_fail(err, c->name);
    for (size_t r = 0; r < rows; r++)
        c->reals[r] = c->missing[r] ? NAN : (double)c->integers[r];
    c->held = HZ_HELD_REALS;
    return HZ_OK;
}

static hz_status integers_to_texts(hz_gdal_column *c, size_t rows, hz_error *err)
{
    bool utf8;
    c->offset = hz_mem_new(rows, sizeof *c->offset);
    if (!c->offset)
        return hz_mem_fail(err, c->name);
    for (size_t r = 0; r < rows; r++) {
        char digits[32];
        int n = snprintf(digits, sizeof digits, "%lld", (long long)c->integers[r]);
        if (!c->missing[r])
            c->offset[r] = arena_add(c, digits, (size_t)n, &utf8);
    }
    c->held = HZ_HELD_TEXTS;
    return c->arena.failed ? hz_mem_fail(err, c->name) : HZ_OK;
}

static hz_status give_column(hz_gdal_table *table, hz_gdal_column *c, hz_layer *layer,
                             hz_error *err)
{
    hz_status st = HZ_OK;
    if (c->held == HZ_HELD_INTEGERS)
        st = (c->too_big ? integers_to_texts : integers_to_reals)(c, table->rows, err);
    else if (c->held == HZ_HELD_TEXTS && table->type_texts && all_figures(c, table->rows))
        st = texts_to_reals(c, table->rows, err);
    if (st)
        return st;
    if (c->held == HZ_HELD_REALS)
        return hz_layer_take_numbers(layer, c->name, &c->reals, NULL, err);
    if (c->held == HZ_HELD_TIMES)
        return hz_layer_take_times(layer, c->name, &c->integers, err);
    char *arena = hz_text_take(&c->arena);
    st = hz_layer_take_texts(layer, c->name, &c->offset, &arena, err);
    hz_mem_free(arena);
    return st;
}

hz_status hz_gdal_table_give(hz_gdal_table *table, hz_layer *layer, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < table->columns; i++)
        st = give_column(table, &table->column[i], layer, err);
    return st;
}

void hz_gdal_table_free(hz_gdal_table *table)
{
    for (size_t i = 0; i < table->columns; i++) {
        hz_gdal_column *c = &table->column[i];
        hz_mem_free(c->name);
        hz_mem_free(c->reals);
        hz_mem_free(c->integers);
        hz_mem_free(c->missing);
        hz_mem_free(c->offset);
        hz_text_free(&c->arena);
    }
    hz_mem_free(table->column);
    *table = (hz_gdal_table){ 0 };
}
