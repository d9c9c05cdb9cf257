/* An audit as a list of findings, and the searches that all audits share. */
#include "hotzone/quality.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "join/keys.h"
#include "join/quality_parts.h"

/* ---- findings --------------------------------------------------------------------------- */

void hz_quality_free(hz_quality *q)
{
    if (!q)
        return;
    for (size_t i = 0; i < q->findings; i++)
        for (size_t k = 0; k < HZ_FINDING_TEXTS; k++)
            hz_mem_free(q->finding[i].text[k]);
    hz_mem_free(q->finding);
    hz_mem_free(q->source);
    hz_mem_free(q);
}

size_t hz_quality_count(const hz_quality *q, hz_severity severity)
{
    size_t n = 0;
    for (size_t i = 0; i < q->findings; i++)
        n += q->finding[i].severity == severity;
    return n;
}

const hz_finding *hz_quality_find(const hz_quality *q, const char *code)
{
    for (size_t i = 0; i < q->findings; i++)
        if (strcmp(q->finding[i].code, code) == 0)
            return &q->finding[i];
    return NULL;
}

hz_finding *hz_quality_add(hz_quality *q, const char *code, hz_severity severity, size_t count,
                           size_t of)
{
    if (q->findings == q->room) {
        size_t room = q->room ? 2 * q->room : 16;
        hz_finding *more = hz_mem_resize(q->finding, room, sizeof *more);
        if (!more)
            return NULL;
        q->finding = more;
        q->room = room;
    }
    hz_finding *f = &q->finding[q->findings++];
    *f = (hz_finding){ .code = code, .severity = severity, .count = count, .of = of };
    for (size_t i = 0; i < HZ_FINDING_VALUES; i++)
        f->value[i] = NAN;
    return f;
}

bool hz_finding_say(hz_finding *f, size_t at, const char *text)
{
    f->text[at] = hz_mem_text(text);
    return f->text[at] != NULL;
}

void hz_finding_row(hz_finding *f, size_t row)
{
    if (f->row_count < HZ_FINDING_ROWS)
        f->row[f->row_count++] = row + 1;
}

void hz_quality_sort(hz_quality *q)
{
    for (size_t i = 1; i < q->findings; i++) {
        hz_finding moving = q->finding[i];
        size_t k = i;
        for (; k > 0 && q->finding[k - 1].severity > moving.severity; k--)
            q->finding[k] = q->finding[k - 1];
        q->finding[k] = moving;
    }
}

static hz_status begin(const char *source, hz_role role, hz_quality **out, hz_error *err)
{
    hz_quality *q = hz_mem_new(1, sizeof *q);
    if (q)
        q->source = hz_mem_text(source);
    if (!q || !q->source) {
        hz_quality_free(q);
        return hz_mem_fail(err, "audit");
    }
    q->role = role;
    q->stacked_share = NAN;
    *out = q;
    return HZ_OK;
}

hz_status hz_quality_new(const hz_layer *layer, hz_role role, hz_quality **out, hz_error *err)
{
    const hz_intake *in = hz_layer_intake(layer);
    hz_quality *q = NULL;
    hz_status st = begin(hz_layer_name(layer), role, &q, err);
    if (st)
        return st;
    q->refused = in->refused;
    /* a layer that was made by hand has no intake */
    q->rows = hz_layer_rows(layer) + in->refused;
    if (in->refused) {
        hz_finding *f = hz_quality_add(q, "rows-refused", HZ_QUALITY_WARNING, in->refused, q->rows);
        if (!f || !hz_finding_say(f, 0, in->why)) {
            hz_quality_free(q);
            return hz_mem_fail(err, "audit");
        }
    }
    *out = q;
    return HZ_OK;
}

hz_status hz_quality_unreadable(const char *source, const char *why, hz_quality **out,
                                hz_error *err)
{
    hz_quality *q = NULL;
    hz_status st = begin(source, HZ_ROLE_NONE, &q, err);
    if (st)
        return st;
    hz_finding *f = hz_quality_add(q, "source-unreadable", HZ_QUALITY_FAULT, 1, 1);
    if (!f || !hz_finding_say(f, 0, why)) {
        hz_quality_free(q);
        return hz_mem_fail(err, "audit");
    }
    *out = q;
    return HZ_OK;
}

/* ---- equal rows ------------------------------------------------------------------------- */

/* FNV-1a, 64 bits; whatever it finds equal is compared once more. */
uint64_t hz_hash_more(uint64_t hash, const void *data, size_t n)
{
    const unsigned char *p = data;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ p[i]) * 1099511628211u;
    return hash;
}

void hz_hash_column(const hz_layer *layer, size_t column, hz_hashed *rows, size_t n)
{
    const char *name = hz_layer_column_name(layer, column);
    const double *numbers = hz_layer_numbers(layer, name);
    const hz_time *times = hz_layer_times(layer, name);
    for (size_t i = 0; i < n; i++) {
        size_t r = rows[i].row;
        const void *data = times ? times + r : NULL;
        size_t size = sizeof(hz_time);
        double number;
        if (numbers) {
            number = isnan(numbers[r]) ? (double)NAN : numbers[r] + 0.0; /* -0 + 0 is 0 */
            data = &number;
            size = sizeof number;
        } else if (!times) {
            data = hz_layer_text_at(layer, column, r);
            size = strlen(data) + 1;
        }
        rows[i].hash = hz_hash_more(rows[i].hash, data, size);
    }
}

bool hz_same_value(const hz_layer *layer, size_t column, size_t a, size_t b)
{
    const char *name = hz_layer_column_name(layer, column);
    hz_column_kind kind = hz_layer_column_kind(layer, column);
    if (kind == HZ_TEXTS)
        return strcmp(hz_layer_text_at(layer, column, a), hz_layer_text_at(layer, column, b)) == 0;
    if (kind == HZ_TIMES)
        return hz_layer_times(layer, name)[a] == hz_layer_times(layer, name)[b];
    const double *values = hz_layer_numbers(layer, name);
    return values[a] == values[b] || (isnan(values[a]) && isnan(values[b]));
}

bool hz_has_value(const hz_layer *layer, size_t column, size_t row)
{
    const char *name = hz_layer_column_name(layer, column);
    hz_column_kind kind = hz_layer_column_kind(layer, column);
    if (kind == HZ_TEXTS) {
        const char *text = hz_layer_text_at(layer, column, row);
        return text[strspn(text, " \t\r\n")] != '\0';
    }
    if (kind == HZ_TIMES)
        return hz_layer_times(layer, name)[row] != HZ_TIME_NONE;
    return !isnan(hz_layer_numbers(layer, name)[row]);
}

static int by_hash(const void *a, const void *b)
{
    const hz_hashed *p = a, *q = b;
    if (p->hash != q->hash)
        return p->hash < q->hash ? -1 : 1;
    return p->row < q->row ? -1 : p->row > q->row;
}

void hz_hashed_sort(hz_hashed *rows, size_t n)
{
    if (n)
        qsort(rows, n, sizeof *rows, by_hash);
}

/* ---- columns ---------------------------------------------------------------------------- */

static char folded(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    return c == ' ' || c == '-' || c == '.' ? '_' : c;
}

static bool is_called(const char *column, const char *usual)
{
    size_t i = 0;
    for (; usual[i]; i++)
        if (folded(column[i]) != usual[i])
            return false;
    return column[i] == '\0';
}

int hz_usual_column(const hz_layer *layer, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < hz_layer_columns(layer); c++)
            if (is_called(hz_layer_column_name(layer, c), names[i]))
                return (int)c;
    return -1;
}

hz_status hz_pick_column(const hz_layer *layer, const char *name, const char *const *usual,
                         size_t n, int *column, hz_error *err)
{
    size_t found = 0;
    if (!name) {
        *column = hz_usual_column(layer, usual, n);
        return HZ_OK;
    }
    hz_status st = hz_layer_need(layer, name, &found, err);
    if (!st)
        *column = (int)found;
    return st;
}
