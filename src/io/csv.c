/* Reads a CSV file into a layer: the header, the choice of columns, and the reckoning. */
#include "hotzone/csv.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "hotzone/mem.h"
#include "io/coordinate_names.h"
#include "io/csv_parts.h"

enum { MOST_COLUMNS = 16384 }; /* as many as a spreadsheet has */

typedef struct {
    size_t n;
    char **name;
    size_t rows_at; /* where the first row begins */
} header;

static void free_header(header *h)
{
    for (size_t i = 0; h->name && i < h->n; i++)
        hz_mem_free(h->name[i]);
    hz_mem_free(h->name);
    *h = (header){ 0 };
}

/* The record of names: its fields are lent from the file. */
static hz_status read_header(const hz_csv_file *file, header *h, hz_csv_field **fields,
                             hz_error *err)
{
    const char *p = file->data, *end = file->data + file->n;
    hz_csv_record record;

    while (p < end && hz_csv_blank_line(file, p, end, &p))
        ;
    if (p == end)
        return hz_fail(err, HZ_EFORMAT, "%s: has only empty lines, expected column names",
                       file->path);
    size_t line = 1 + hz_csv_breaks(file, 0, (size_t)(p - file->data));
    hz_csv_next(file, p, end, NULL, 0, NULL, &record);
    if (record.open)
        return hz_fail(err, HZ_EFORMAT, "%s:%zu: a quoted column name never ends", file->path,
                       line);
    if (record.torn)
        return hz_fail(err, HZ_EFORMAT,
                       "%s:%zu: text follows the closing quote of a column name, expected a "
                       "delimiter",
                       file->path, line);
    if (record.fields > MOST_COLUMNS)
        return hz_fail(err, HZ_EFORMAT, "%s:%zu: %zu columns, expected at most %d", file->path,
                       line, record.fields, MOST_COLUMNS);
    *fields = hz_mem_new(record.fields, sizeof **fields);
    if (!*fields)
        return hz_mem_fail(err, file->path);
    h->n = record.fields;
    p = hz_csv_next(file, p, end, NULL, h->n, *fields, &record);
    h->rows_at = (size_t)(p - file->data);
    return HZ_OK;
}

static char *make_name(const hz_csv_file *file, const hz_csv_field *f, size_t column)
{
    hz_text text = { 0 };
    const char *p = f->at, *end = f->at + f->n;
    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    while (end - p >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
        p += 3; /* a second byte order mark, as some exports write */
    while (end > p && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    if (p == end)
        hz_text_addf(&text, "column_%zu", column + 1);
    else
        hz_csv_text(file, p, (size_t)(end - p), f->doubled, &text);
    return hz_text_take(&text);
}

static hz_status check_names(const hz_csv_file *file, const header *h,
                             const hz_csv_field *fields, hz_error *err)
{
    size_t numbers = 0;
    for (size_t i = 0; i < h->n; i++) {
        double value;
        hz_csv_value kind = hz_csv_number(&fields[i], '.', &value);
        numbers += kind == HZ_CSV_NUMBER || kind == HZ_CSV_KEY;
        for (size_t j = 0; j < i; j++)
            if (strcmp(h->name[i], h->name[j]) == 0)
                return hz_fail(err, HZ_EFORMAT,
                               "%s: columns %zu and %zu are both named '%s', expected "
                               "different names",
                               file->path, j + 1, i + 1, h->name[i]);
    }
    if (numbers == h->n && h->n > 1)
        return hz_fail(err, HZ_EFORMAT,
                       "%s: the first line holds only numbers, expected column names",
                       file->path);
    return HZ_OK;
}

static hz_status make_names(const hz_csv_file *file, header *h, const hz_csv_field *fields,
                            hz_error *err)
{
    h->name = hz_mem_new(h->n, sizeof *h->name);
    if (!h->name)
        return hz_mem_fail(err, file->path);
    for (size_t i = 0; i < h->n; i++)
        if (!(h->name[i] = make_name(file, &fields[i], i)))
            return hz_mem_fail(err, file->path);
    return check_names(file, h, fields, err);
}

/* UTF-8 if it is, else Windows-1252; what the caller says goes first. */
static hz_status settle_encoding(hz_csv_file *file, const char *wanted, size_t bad,
                                 const hz_notice *notice, hz_error *err)
{
    static const char *const latin1[] = { "ISO-8859-1", "ISO8859-1", "latin1",  "latin-1",
                                          "CP1252",     "windows-1252" };
    for (size_t i = 0; wanted && i < sizeof latin1 / sizeof *latin1; i++)
        if (strcasecmp(wanted, latin1[i]) == 0) {
            file->latin1 = true;
            return HZ_OK;
        }
    if (wanted && strcasecmp(wanted, "UTF-8") != 0 && strcasecmp(wanted, "UTF8") != 0)
        return hz_fail(err, HZ_EUSAGE,
                       "%s: encoding '%s' is not known, expected UTF-8 or ISO-8859-1",
                       file->path, wanted);
    if (bad == SIZE_MAX)
        return HZ_OK;
    size_t line = 1 + hz_csv_breaks(file, 0, bad);
    if (wanted)
        return hz_fail(err, HZ_EFORMAT, "%s:%zu: is not UTF-8, as was said", file->path, line);
    file->latin1 = true;
    hz_warn(notice, "%s:%zu: is not UTF-8; read as Latin-1 (Windows-1252)", file->path, line);
    return HZ_OK;
}

static hz_status find_column(const hz_csv_file *file, const header *h, const char *name,
                             size_t *column, hz_error *err)
{
    for (size_t i = 0; i < h->n; i++)
        if (strcmp(h->name[i], name) == 0) {
            *column = i;
            return HZ_OK;
        }
    for (size_t i = 0; i < h->n; i++)
        if (strcasecmp(h->name[i], name) == 0) {
            *column = i;
            return HZ_OK;
        }
    const char *near = hz_text_nearest(name, (const char *const *)h->name, h->n);
    if (near)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column '%s', did you mean '%s'?", file->path,
                       name, near);
    hz_text all = { 0 };
    for (size_t i = 0; i < h->n && all.length < 400; i++)
        hz_text_addf(&all, "%s%s", i ? ", " : "", h->name[i]);
    hz_status st = hz_fail(err, HZ_EUSAGE, "%s: has no column '%s', expected one of: %s",
                           file->path, name, hz_text_get(&all));
    hz_text_free(&all);
    return st;
}

/* Which columns are the coordinates, and are they degrees by their names? */
static hz_status find_points(const hz_csv_file *file, const header *h,
                             const hz_source_opts *opts, hz_csv_job *job, bool *lonlat,
                             hz_error *err)
{
    int x, y;
    *lonlat = false;
    if (!opts->x != !opts->y)
        return hz_fail(err, HZ_EUSAGE, "%s: only one coordinate column is named, expected both",
                       file->path);
    if (opts->no_shapes)
        return HZ_OK;
    if (opts->x) {
        hz_status st = find_column(file, h, opts->x, &job->x_column, err);
        if (!st)
            st = find_column(file, h, opts->y, &job->y_column, err);
        if (st)
            return st;
        if (job->x_column == job->y_column)
            return hz_fail(err, HZ_EUSAGE, "%s: column '%s' is named for both coordinates",
                           file->path, opts->x);
        const char *pair[] = { h->name[job->x_column], h->name[job->y_column] };
        job->points = true;
        if (!hz_coordinate_names(pair, 2, &x, &y, lonlat))
            *lonlat = false;
    } else if (hz_coordinate_names((const char *const *)h->name, h->n, &x, &y, lonlat)) {
        job->points = true;
        job->x_column = (size_t)x;
        job->y_column = (size_t)y;
    }
    return HZ_OK;
}

static hz_status find_wanted(const hz_csv_file *file, const header *h,
                             const hz_source_opts *opts, hz_csv_job *job, hz_error *err)
{
    size_t n = opts->only ? opts->only_count : h->n;
    job->want = hz_mem_new(n, sizeof *job->want);
    if (!job->want)
        return hz_mem_fail(err, file->path);
    for (size_t i = 0; i < n; i++) {
        size_t column = i;
        bool known = false;
        hz_status st = opts->only ? find_column(file, h, opts->only[i], &column, err) : HZ_OK;
        if (st == HZ_EUSAGE && opts->only_if_there)
            continue;
        if (st)
            return st;
        for (size_t j = 0; j < job->wanted; j++)
            known = known || job->want[j].column == column;
        if (!known || !opts->only)
            job->want[job->wanted++].column = column;
    }
    return HZ_OK;
}

static hz_status find_crs(const hz_csv_file *file, const hz_source_opts *opts, bool lonlat,
                          hz_csv_job *job, hz_crs **crs, hz_error *err)
{
    const char *text = opts->crs ? opts->crs : lonlat ? "EPSG:4326" : NULL;
    if (!job->points || !text)
        return HZ_OK;
    hz_status st = hz_crs_new(text, crs, err);
    if (st)
        return st == HZ_EMEMORY ? st : hz_fail_within(err, "%s", file->path);
    job->degrees = hz_crs_is_degrees(*crs);
    return HZ_OK;
}

static void add_reason(hz_text *why, const hz_csv_job *job, const header *h, int reason)
{
    const hz_csv_refusal *r = &job->refused[reason];
    if (!r->count)
        return;
    hz_text_addf(why, "%s%zu %s ", why->length ? "; " : "", r->count,
                 r->count == 1 ? "row" : "rows");
    switch (reason) {
    case HZ_CSV_FIELDS:
        hz_text_addf(why, "with another number of fields than the header's %zu (first: line "
                     "%zu with %zu)", job->columns, r->line, r->fields);
        return;
    case HZ_CSV_TORN: hz_text_add(why, "with text after a closing quote"); break;
    case HZ_CSV_NOTHING: hz_text_add(why, "with every field empty"); break;
    case HZ_CSV_BAD_X:
    case HZ_CSV_BAD_Y:
        hz_text_addf(why, "where '%s' is no number",
                     h->name[reason == HZ_CSV_BAD_X ? job->x_column : job->y_column]);
        break;
    default: hz_text_add(why, "with a coordinate outside -180..180, -90..90 degrees");
    }
    hz_text_addf(why, " (first: line %zu)", r->line);
}

/* What became of the rows; a file that can hardly be what was taken for it is an error. */
static hz_status reckon(const hz_csv_job *job, const header *h, hz_intake *intake,
                        hz_error *err)
{
    const char *path = job->file->path;
    size_t range = job->refused[HZ_CSV_RANGE].count;
    hz_text why = { 0 };
    hz_status st = HZ_OK;

    for (int reason = 0; reason < HZ_CSV_REASONS; reason++)
        add_reason(&why, job, h, reason);
    if (why.failed) {
        hz_text_free(&why);
        return hz_mem_fail(err, path);
    }
    intake->read = job->read;
    intake->refused = job->read - job->rows;
    snprintf(intake->why, sizeof intake->why, "%s", hz_text_get(&why));
    if (range > job->rows && 2 * job->swapped > range)
        st = hz_fail(err, HZ_ECRS,
                     "%s: %zu of %zu rows have '%s' beyond 90 degrees, expected latitude: the "
                     "columns look swapped (--x and --y name them)",
                     path, range, job->read, h->name[job->y_column]);
    else if (range > job->rows)
        st = hz_fail(err, HZ_ECRS,
                     "%s: %zu of %zu rows have '%s', '%s' outside -180..180, -90..90 degrees: "
                     "they look like metres, name their system (--crs)",
                     path, range, job->read, h->name[job->x_column], h->name[job->y_column]);
    else if (job->rows == 0 && job->read > 0)
        st = hz_fail(err, HZ_EFORMAT, "%s: no row can be used: %s", path, hz_text_get(&why));
    hz_text_free(&why);
    return st;
}

static hz_status give_points(hz_csv_job *job, hz_crs **crs, hz_layer *layer,
                             const hz_notice *notice, hz_error *err)
{
    hz_shapes *shapes = NULL;
    hz_status st;

    if (!job->points)
        return HZ_OK;
    if (*crs && hz_crs_looks_swapped(*crs, job->rows, job->x, job->y))
        hz_warn(notice, "%s: the coordinate columns look swapped (--x and --y name them)",
                job->file->path);
    st = hz_shapes_new(HZ_POINT, 0, 0, 0, &shapes, err);
    if (st)
        return st;
    hz_mem_free(shapes->x);
    hz_mem_free(shapes->y);
    shapes->x = job->x;
    shapes->y = job->y;
    shapes->features = shapes->points = job->rows;
    job->x = job->y = NULL;
    st = hz_layer_take_shapes(layer, &shapes, err);
    hz_shapes_free(shapes);
    if (!st && *crs)
        st = hz_layer_take_crs(layer, crs, err);
    return st;
}

static hz_status give_layer(hz_csv_job *job, const header *h, const hz_intake *intake,
                            hz_crs **crs, hz_layer **out, const hz_notice *notice,
                            hz_error *err)
{
    const char *path = job->file->path, *slash = strrchr(path, '/');
    hz_layer *layer = NULL;
    hz_status st = hz_layer_new(slash ? slash + 1 : path, job->rows, &layer, err);

    for (size_t c = 0; !st && c < job->wanted; c++) {
        hz_csv_column *column = &job->want[c];
        const char *name = h->name[column->column];
        st = column->mode == HZ_CSV_TEXTS
                 ? hz_layer_take_texts(layer, name, &column->offsets, &column->arena, err)
                 : hz_layer_take_numbers(layer, name, &column->numbers, NULL, err);
    }
    if (!st)
        st = give_points(job, crs, layer, notice, err);
    if (!st)
        st = hz_layer_set_source(layer, path, err);
    if (st) {
        hz_layer_free(layer);
        return st;
    }
    hz_layer_set_intake(layer, intake);
    *out = layer;
    return HZ_OK;
}

static hz_status check_opts(const char *path, const hz_source_opts *o, hz_error *err)
{
    if (o->delimiter && strchr("\"\r\n.+-0123456789", o->delimiter))
        return hz_fail(err, HZ_EUSAGE, "%s: '%c' cannot be a delimiter, expected one such as ;",
                       path, o->delimiter);
    if (o->decimal && o->decimal != '.' && o->decimal != ',')
        return hz_fail(err, HZ_EUSAGE, "%s: '%c' cannot be a decimal mark, expected . or ,",
                       path, o->decimal);
    return HZ_OK;
}

/* Only `;` and tab leave the comma to the decimals. */
static hz_status settle_decimal(hz_csv_file *file, const header *h, const hz_source_opts *opts,
                                const hz_notice *notice, hz_error *err)
{
    if (opts->decimal) {
        file->decimal = opts->decimal;
        return HZ_OK;
    }
    if (file->delimiter != ';' && file->delimiter != '\t')
        return HZ_OK;
    return hz_csv_find_decimal(file, file->data + h->rows_at, (const char *const *)h->name,
                               h->n, notice, err);
}

hz_status hz_csv_read(const char *path, const hz_source_opts *given, hz_layer **out,
                      const hz_notice *notice, hz_error *err)
{
    const hz_source_opts opts = given ? *given : (hz_source_opts){ 0 };
    hz_csv_file file = { 0 };
    hz_csv_job job = { .file = &file };
    header h = { 0 };
    hz_csv_field *fields = NULL;
    hz_crs *crs = NULL;
    hz_intake intake = { 0 };
    bool lonlat;
    size_t bad_utf8;
    hz_status st;

    st = check_opts(path, &opts, err);
    if (st) goto done;
    st = hz_csv_open(path, &file, err);
    if (st) goto done;
    hz_csv_find_dialect(&file, opts.delimiter);
    st = read_header(&file, &h, &fields, err);
    if (st) goto done;
    st = hz_csv_cut(&file, h.rows_at, &job.chunks, &job.chunk, &bad_utf8, err);
    if (st) goto done;
    st = settle_encoding(&file, opts.encoding, bad_utf8, notice, err);
    if (st) goto done;
    st = make_names(&file, &h, fields, err);
    if (st) goto done;
    job.columns = h.n;
    st = find_points(&file, &h, &opts, &job, &lonlat, err);
    if (st) goto done;
    st = find_wanted(&file, &h, &opts, &job, err);
    if (st) goto done;
    st = find_crs(&file, &opts, lonlat, &job, &crs, err);
    if (st) goto done;
    st = settle_decimal(&file, &h, &opts, notice, err);
    if (st) goto done;
    st = hz_csv_guess(&job, err);
    if (st) goto done;
    st = hz_csv_parse(&job, err);
    if (st) goto done;
    st = reckon(&job, &h, &intake, err);
    if (st) goto done;
    st = give_layer(&job, &h, &intake, &crs, out, notice, err);
done:
    hz_csv_job_free(&job);
    free_header(&h);
    hz_mem_free(fields);
    hz_crs_free(crs);
    hz_csv_close(&file);
    return st;
}
