/* Finds out how a CSV file is written: line ends, delimiter, decimal mark. */
#include <string.h>

#include "hotzone/mem.h"
#include "io/csv_parts.h"

enum { FIRST_ROWS = 20, SAMPLE_ROWS = 1000 };

/* By the first line end outside quotes. */
static char find_line_end(const hz_csv_file *f)
{
    bool quoted = false;
    for (size_t i = 0; i < f->n; i++) {
        char c = f->data[i];
        quoted = quoted != (c == '"');
        if (quoted || (c != '\n' && c != '\r'))
            continue;
        return c == '\r' && (i + 1 == f->n || f->data[i + 1] != '\n') ? '\r' : '\n';
    }
    return memchr(f->data, '\n', f->n) || !memchr(f->data, '\r', f->n) ? '\n' : '\r';
}

/* How many of the first rows have as many fields as the header, by this delimiter? */
static size_t agreeing_rows(const hz_csv_file *file, char delimiter, size_t *fields)
{
    hz_csv_file f = *file;
    const char *p = f.data, *end = f.data + f.n;
    size_t agree = 0;
    hz_csv_record record;

    f.delimiter = delimiter;
    while (p < end && hz_csv_blank_line(&f, p, end, &p))
        ;
    p = hz_csv_next(&f, p, end, NULL, 0, NULL, &record);
    *fields = record.fields;
    for (int row = 0; row < FIRST_ROWS && p < end && !record.open;) {
        if (hz_csv_blank_line(&f, p, end, &p))
            continue;
        p = hz_csv_next(&f, p, end, NULL, 0, NULL, &record);
        agree += record.fields == *fields && !record.torn && !record.open;
        row++;
    }
    return agree;
}

void hz_csv_find_dialect(hz_csv_file *file, char delimiter)
{
    /* in order of how seldom they stand in names and texts: the first one wins a draw */
    static const char marks[] = { '\t', ';', '|', ',' };
    size_t most = 0, best_fields = 1;

    file->line_end = find_line_end(file);
    file->delimiter = delimiter ? delimiter : ',';
    for (size_t i = 0; !delimiter && i < sizeof marks; i++) {
        size_t fields, agree = agreeing_rows(file, marks[i], &fields);
        if (fields < 2 || agree < most || (agree == most && fields <= best_fields))
            continue;
        most = agree;
        best_fields = fields;
        file->delimiter = marks[i];
    }
}

/* What the sampled fields of a column would be under either mark. */
typedef struct {
    bool no_point, no_comma;     /* some field is no number by it */
    bool needs_comma, has_point; /* some field is a number by this mark only */
    bool not_thousands;          /* some comma is not before exactly three digits */
} evidence;

static bool before_three_digits(const hz_csv_field *f)
{
    const char *comma = memchr(f->at, ',', f->n);
    return comma && f->at + f->n - comma == 4 && comma > f->at && *f->at != '0';
}

static void weigh(const hz_csv_field *f, evidence *e)
{
    double value;
    hz_csv_value point = hz_csv_number(f, '.', &value), comma = hz_csv_number(f, ',', &value);
    if (point == HZ_CSV_EMPTY)
        return;
    bool by_point = point == HZ_CSV_NUMBER, by_comma = comma == HZ_CSV_NUMBER;
    e->no_point = e->no_point || !by_point;
    e->no_comma = e->no_comma || !by_comma;
    e->needs_comma = e->needs_comma || (by_comma && !by_point);
    e->has_point = e->has_point || (by_point && !by_comma);
    if (by_comma && !by_point)
        e->not_thousands = e->not_thousands || !before_three_digits(f);
}

static void warn_of_marks(const hz_csv_file *file, const evidence *e, const char *name,
                          const hz_notice *notice)
{
    if (e->needs_comma && !e->no_comma && !e->not_thousands)
        hz_warn(notice,
                "%s: column '%s' is read with decimal commas; if the commas set off thousands, "
                "remove them first",
                file->path, name);
    if (e->has_point && !e->no_point)
        hz_warn(notice,
                "%s: column '%s' has points where the file has decimal commas: it is read as "
                "text (--decimal names the mark)",
                file->path, name);
}

hz_status hz_csv_find_decimal(hz_csv_file *file, const char *first_row,
                              const char *const *names, size_t columns,
                              const hz_notice *notice, hz_error *err)
{
    const char *p = first_row, *end = file->data + file->n;
    hz_csv_field *fields = hz_mem_new(columns, sizeof *fields);
    evidence *e = hz_mem_new(columns, sizeof *e);
    hz_csv_record record;
    hz_status st = HZ_OK;

    if (!fields || !e) {
        st = hz_mem_fail(err, file->path);
        goto done;
    }
    for (int row = 0; row < SAMPLE_ROWS && p < end; row++) {
        p = hz_csv_next(file, p, end, NULL, columns, fields, &record);
        for (size_t c = 0; record.fields == columns && !record.torn && c < columns; c++)
            weigh(&fields[c], &e[c]);
    }
    file->decimal = '.';
    for (size_t c = 0; c < columns; c++)
        if (e[c].needs_comma && !e[c].no_comma)
            file->decimal = ',';
    for (size_t c = 0; file->decimal == ',' && c < columns; c++)
        warn_of_marks(file, &e[c], names[c], notice);
done:
    hz_mem_free(fields);
    hz_mem_free(e);
    return st;
}
