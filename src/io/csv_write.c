/* Writes layers as CSV, by the quoting rules of RFC 4180. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/csv.h"
#include "hotzone/file.h"
#include "hotzone/mem.h"

void hz_csv_add(hz_text *line, const char *field)
{
    if (!strpbrk(field, ",\"\r\n")) {
        hz_text_add(line, field);
        return;
    }
    hz_text_add(line, "\"");
    for (const char *quote; (quote = strchr(field, '"')); field = quote + 1) {
        hz_text_add_n(line, field, (size_t)(quote - field));
        hz_text_add(line, "\"\"");
    }
    hz_text_add(line, field);
    hz_text_add(line, "\"");
}

/* Fixed decimals with a point whatever the locale, and no minus before zero. */
static void add_fixed(hz_text *to, double value, int decimals)
{
    char buf[400];
    snprintf(buf, sizeof buf, "%.*f", decimals < 30 ? decimals : 30, value);
    for (char *p = buf; *p; p++)
        if (*p != '-' && (*p < '0' || *p > '9'))
            *p = '.';
    bool zero = strspn(buf, "-0.") == strlen(buf);
    hz_text_add(to, buf + (zero && *buf == '-'));
}

/* A column looked up once, for all its rows. */
typedef struct {
    size_t at;
    hz_column_kind kind;
    const double *numbers;
    const hz_time *times;
    int decimals;
} written;

static void add_value(hz_text *to, const hz_layer *layer, const written *c, size_t row)
{
    char date[32];
    if (hz_layer_mark_at(layer, c->at, row) != HZ_KNOWN)
        return;
    switch (c->kind) {
    case HZ_NUMBERS:
        if (isfinite(c->numbers[row]) && c->decimals >= 0)
            add_fixed(to, c->numbers[row], c->decimals);
        else if (isfinite(c->numbers[row]))
            hz_text_add_double(to, c->numbers[row]);
        return;
    case HZ_TEXTS: hz_csv_add(to, hz_layer_text_at(layer, c->at, row)); return;
    case HZ_TIMES: hz_text_add(to, hz_date_format(date, sizeof date, c->times[row]));
    }
}

/* An empty line would be no row: a sole empty field needs its quotes. */
static void end_line(hz_text *to, size_t start)
{
    hz_text_add(to, to->length == start ? "\"\"\n" : "\n");
}

static void add_lines(hz_text *to, const hz_layer *layer, const written *column, size_t n)
{
    size_t start = to->length;
    for (size_t c = 0; c < n; c++) {
        hz_text_add(to, c ? "," : "");
        hz_csv_add(to, hz_layer_column_name(layer, column[c].at));
    }
    end_line(to, start);
    for (size_t row = 0; row < hz_layer_rows(layer) && !to->failed; row++) {
        start = to->length;
        for (size_t c = 0; c < n; c++) {
            if (c)
                hz_text_add_n(to, ",", 1);
            add_value(to, layer, &column[c], row);
        }
        end_line(to, start);
    }
}

hz_status hz_csv_write(const hz_layer *layer, const char *const *columns, const int *decimals,
                       size_t n, const char *path, hz_text *text, hz_error *err)
{
    hz_text lines = { 0 };
    hz_status st = HZ_OK;

    if (!columns)
        n = hz_layer_columns(layer);
    written *column = hz_mem_new(n, sizeof *column);
    if (!column)
        return hz_mem_fail(err, hz_layer_name(layer));
    for (size_t c = 0; c < n; c++) {
        int found = columns ? hz_layer_find(layer, columns[c]) : (int)c;
        if (found < 0) {
            st = hz_fail(err, HZ_EUSAGE, "%s: has no column '%s'", hz_layer_name(layer),
                         columns[c]);
            goto done;
        }
        const char *name = hz_layer_column_name(layer, (size_t)found);
        column[c] = (written){ (size_t)found, hz_layer_column_kind(layer, (size_t)found),
                               hz_layer_numbers(layer, name), hz_layer_times(layer, name),
                               decimals ? decimals[c] : -1 };
    }
    add_lines(&lines, layer, column, n);
    if (!lines.failed && path)
        st = hz_file_write(path, hz_text_get(&lines), lines.length, err);
    else if (!lines.failed)
        hz_text_add_n(text, hz_text_get(&lines), lines.length);
    if (lines.failed || (text && text->failed))
        st = hz_mem_fail(err, hz_layer_name(layer));
done:
    hz_text_free(&lines);
    hz_mem_free(column);
    return st;
}
