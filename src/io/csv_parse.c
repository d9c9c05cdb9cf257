/* Turns chunks of CSV records into points and columns, on several threads. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/team.h"
#include "io/csv_parts.h"

enum { SAMPLE_ROWS = 1000, MEMORY_SLOTS = 64 };

/* Where the fields of a record go: a slot for each wanted column, and for a coordinate that
 * is not wanted otherwise one more. */
typedef struct {
    hz_csv_job *job;
    int *slot; /* per column of the file, -1: not needed */
    size_t slots, x, y;
    hz_csv_mode *mode; /* of this pass, per wanted column */
    struct outcome *part; /* per chunk */
} parsing;

/* Texts lately stored, so that a column of few words stores each word about once. */
typedef struct {
    const char *at;
    size_t n, offset;
} remembered;

/* What one chunk gave. */
typedef struct outcome {
    size_t room_at; /* its first row's place in arrays with room for every possible row */
    size_t rows, read;
    size_t swapped;
    hz_csv_refusal refused[HZ_CSV_REASONS];
    bool *broken; /* per wanted column: not numbers after all */
    hz_text *text;
    bool no_memory;
} outcome;

/* What a thread needs while it works on a chunk. */
typedef struct {
    const parsing *pass;
    outcome *part;
    hz_csv_field *fields;
    remembered *memory; /* MEMORY_SLOTS per wanted column */
} work;

static const size_t NO_TEXT = SIZE_MAX;

static size_t mix(const hz_csv_field *f)
{
    size_t h = f->n;
    for (size_t i = 0; i < f->n && i < 16; i++)
        h = h * 31 + (unsigned char)f->at[i];
    return (h ^ h >> 7) % MEMORY_SLOTS;
}

/* The place of a text within the chunk's own arena. */
static size_t keep_text(work *w, size_t column, const hz_csv_field *f)
{
    hz_text *to = &w->part->text[column];
    if (f->n == 0)
        return NO_TEXT;
    remembered *r = &w->memory[column * MEMORY_SLOTS + mix(f)];
    if (r->at && r->n == f->n && memcmp(r->at, f->at, f->n) == 0)
        return r->offset;
    *r = (remembered){ f->at, f->n, to->length };
    hz_csv_text(w->pass->job->file, f->at, f->n, f->doubled, to);
    hz_text_add_n(to, "", 1);
    return r->offset;
}

static bool read_coordinate(const hz_csv_field *f, char decimal, double *value)
{
    *value = NAN;
    return hz_csv_number(f, decimal, value) != HZ_CSV_NOT_NUMBER;
}

/* The reason to refuse a row, or HZ_CSV_REASONS; x and y are its point. */
static int judge(work *w, const hz_csv_record *record, double *x, double *y)
{
    const hz_csv_job *job = w->pass->job;
    char decimal = job->file->decimal;
    if (record->torn)
        return HZ_CSV_TORN;
    if (record->fields != job->columns)
        return HZ_CSV_FIELDS;
    if (!record->filled && job->columns > 1)
        return HZ_CSV_NOTHING;
    if (!job->points)
        return HZ_CSV_REASONS;
    if (!read_coordinate(&w->fields[w->pass->x], decimal, x))
        return HZ_CSV_BAD_X;
    if (!read_coordinate(&w->fields[w->pass->y], decimal, y))
        return HZ_CSV_BAD_Y;
    if (isnan(*x) || isnan(*y)) {
        *x = *y = NAN; /* half a place is none */
    } else if (job->degrees && (fabs(*x) > 180 || fabs(*y) > 90)) {
        w->part->swapped += fabs(*x) <= 90 && fabs(*y) <= 180;
        return HZ_CSV_RANGE;
    }
    return HZ_CSV_REASONS;
}

/* Is the field fit for a column of numbers?  *value is NaN where it is empty. */
static bool fits_numbers(const work *w, size_t column, double *value)
{
    const parsing *pass = w->pass;
    bool coordinate = pass->job->points && (column == pass->x || column == pass->y);
    *value = NAN;
    hz_csv_value kind = hz_csv_number(&w->fields[column], pass->job->file->decimal, value);
    return kind == HZ_CSV_NUMBER || kind == HZ_CSV_EMPTY || (kind == HZ_CSV_KEY && coordinate);
}

static void store_row(work *w, double x, double y)
{
    const parsing *pass = w->pass;
    const hz_csv_job *job = pass->job;
    size_t row = w->part->room_at + w->part->rows++;
    if (job->points) {
        job->x[row] = x;
        job->y[row] = y;
    }
    for (size_t c = 0; c < job->wanted; c++) {
        if (pass->mode[c] == HZ_CSV_TEXTS)
            job->want[c].offsets[row] = keep_text(w, c, &w->fields[c]);
        else if (pass->mode[c] == HZ_CSV_NUMBERS && !w->part->broken[c])
            w->part->broken[c] = !fits_numbers(w, c, &job->want[c].numbers[row]);
    }
}

static void refuse_row(outcome *part, int why, size_t at, size_t fields)
{
    hz_csv_refusal *r = &part->refused[why];
    if (r->count++ == 0) {
        r->line = at; /* a place in the file as yet */
        r->fields = fields;
    }
}

static void parse_chunk(work *w, const hz_csv_chunk *chunk)
{
    const hz_csv_job *job = w->pass->job;
    const hz_csv_file *file = job->file;
    const char *p = file->data + chunk->from, *end = file->data + chunk->to;
    hz_csv_record record;

    while (p < end) {
        const char *start = p;
        double x = NAN, y = NAN;
        if (hz_csv_blank_line(file, p, end, &p))
            continue;
        p = hz_csv_next(file, p, end, w->pass->slot, job->columns, w->fields, &record);
        w->part->read++;
        int why = judge(w, &record, &x, &y);
        if (why < HZ_CSV_REASONS)
            refuse_row(w->part, why, (size_t)(start - file->data), record.fields);
        else
            store_row(w, x, y);
    }
}

static void parse_chunks(size_t first, size_t last, int member, void *user)
{
    const parsing *pass = user;
    const hz_csv_job *job = pass->job;
    (void)member;
    for (size_t i = first; i < last; i++) {
        outcome *part = &pass->part[i];
        work w = { .pass = pass, .part = part };
        w.fields = hz_mem_new(pass->slots, sizeof *w.fields);
        w.memory = hz_mem_new(job->wanted, MEMORY_SLOTS * sizeof *w.memory);
        part->broken = hz_mem_new(job->wanted, sizeof *part->broken);
        part->text = hz_mem_new(job->wanted, sizeof *part->text);
        if (w.fields && w.memory && part->broken && part->text)
            parse_chunk(&w, &job->chunk[i]);
        else
            part->no_memory = true;
        for (size_t c = 0; part->text && c < job->wanted; c++)
            part->no_memory = part->no_memory || part->text[c].failed;
        hz_mem_free(w.fields);
        hz_mem_free(w.memory);
        hz_csv_release(job->file, job->chunk[i].from, job->chunk[i].to);
    }
}

/* Close the gaps that blank and refused rows left between the chunks' rows. */
static void pack(const parsing *pass, void *array, size_t size)
{
    char *bytes = array;
    size_t row = 0;
    for (size_t i = 0; i < pass->job->chunks; i++) {
        const outcome *part = &pass->part[i];
        if (row != part->room_at && part->rows)
            memmove(bytes + row * size, bytes + part->room_at * size, part->rows * size);
        row += part->rows;
    }
}

/* Put the chunks' texts into one arena, whose byte 0 is the empty text. */
static hz_status join_texts(parsing *pass, size_t c, hz_error *err)
{
    hz_csv_job *job = pass->job;
    hz_csv_column *column = &job->want[c];
    size_t total = 1, base = 1;
    for (size_t i = 0; i < job->chunks; i++)
        total += pass->part[i].text[c].length;
    column->arena = hz_mem_new(total, 1);
    if (!column->arena)
        return hz_mem_fail(err, job->file->path);
    for (size_t i = 0; i < job->chunks; i++) {
        hz_text *text = &pass->part[i].text[c];
        size_t *offset = column->offsets + pass->part[i].room_at;
        for (size_t r = 0; r < pass->part[i].rows; r++)
            offset[r] = offset[r] == NO_TEXT ? 0 : base + offset[r];
        if (text->length)
            memcpy(column->arena + base, text->data, text->length);
        base += text->length;
        hz_text_free(text);
    }
    return HZ_OK;
}

static void sum_up(parsing *pass)
{
    hz_csv_job *job = pass->job;
    job->rows = job->read = job->swapped = 0;
    memset(job->refused, 0, sizeof job->refused);
    for (size_t i = 0; i < job->chunks; i++) {
        const outcome *part = &pass->part[i];
        job->rows += part->rows;
        job->read += part->read;
        job->swapped += part->swapped;
        for (int why = 0; why < HZ_CSV_REASONS; why++) {
            const hz_csv_refusal *r = &part->refused[why];
            if (r->count && !job->refused[why].count) {
                const hz_csv_chunk *chunk = &job->chunk[i];
                job->refused[why].line =
                    chunk->line + hz_csv_breaks(job->file, chunk->from, r->line);
                job->refused[why].fields = r->fields;
            }
            job->refused[why].count += r->count;
        }
    }
}

/* Which columns are to be made anew as texts?  Also packs those that are done. */
static hz_status finish_pass(parsing *pass, bool *again, hz_error *err)
{
    hz_csv_job *job = pass->job;
    *again = false;
    for (size_t i = 0; i < job->chunks; i++)
        if (pass->part[i].no_memory)
            return hz_mem_fail(err, job->file->path);
    sum_up(pass);
    if (job->points) {
        pack(pass, job->x, sizeof *job->x);
        pack(pass, job->y, sizeof *job->y);
    }
    for (size_t c = 0; c < job->wanted; c++) {
        hz_csv_column *column = &job->want[c];
        hz_csv_mode mode = pass->mode[c];
        bool broken = false;
        pass->mode[c] = HZ_CSV_OFF;
        for (size_t i = 0; i < job->chunks; i++)
            broken = broken || pass->part[i].broken[c];
        if (broken) {
            hz_mem_free(column->numbers);
            column->numbers = NULL;
            column->mode = pass->mode[c] = HZ_CSV_TEXTS;
            *again = true;
        } else if (mode == HZ_CSV_NUMBERS) {
            pack(pass, column->numbers, sizeof *column->numbers);
        } else if (mode == HZ_CSV_TEXTS) {
            hz_status st = join_texts(pass, c, err);
            if (st)
                return st;
            pack(pass, column->offsets, sizeof *column->offsets);
        }
    }
    return HZ_OK;
}

static void free_parts(const parsing *pass)
{
    for (size_t i = 0; pass->part && i < pass->job->chunks; i++) {
        outcome *part = &pass->part[i];
        for (size_t c = 0; part->text && c < pass->job->wanted; c++)
            hz_text_free(&part->text[c]);
        hz_mem_free(part->text);
        hz_mem_free(part->broken);
    }
    hz_mem_free(pass->part);
}

static bool make_room(const parsing *pass, size_t room)
{
    hz_csv_job *job = pass->job;
    if (job->points && !job->x) {
        job->x = hz_mem_new(room, sizeof *job->x);
        job->y = hz_mem_new(room, sizeof *job->y);
        if (!job->x || !job->y)
            return false;
    }
    for (size_t c = 0; c < job->wanted; c++) {
        hz_csv_column *column = &job->want[c];
        if (pass->mode[c] == HZ_CSV_NUMBERS)
            column->numbers = hz_mem_new(room, sizeof *column->numbers);
        if (pass->mode[c] == HZ_CSV_TEXTS)
            column->offsets = hz_mem_new(room, sizeof *column->offsets);
        if (pass->mode[c] && !column->numbers && !column->offsets)
            return false;
    }
    return true;
}

static hz_status run_pass(parsing *pass, bool *again, hz_error *err)
{
    hz_csv_job *job = pass->job;
    size_t room = 0;
    hz_status st;

    pass->part = hz_mem_new(job->chunks, sizeof *pass->part);
    for (size_t i = 0; pass->part && i < job->chunks; i++) {
        pass->part[i].room_at = room;
        room += job->chunk[i].breaks + (i + 1 == job->chunks); /* the last line may not end */
    }
    if (!pass->part || !make_room(pass, room)) {
        st = hz_mem_fail(err, job->file->path);
    } else {
        hz_team_share(job->chunks, 1, parse_chunks, pass);
        st = finish_pass(pass, again, err);
    }
    free_parts(pass);
    pass->part = NULL;
    return st;
}

static hz_status set_slots(parsing *pass, hz_error *err)
{
    const hz_csv_job *job = pass->job;
    pass->slot = hz_mem_new(job->columns, sizeof *pass->slot);
    pass->mode = hz_mem_new(job->wanted, sizeof *pass->mode);
    if (!pass->slot || !pass->mode)
        return hz_mem_fail(err, job->file->path);
    for (size_t i = 0; i < job->columns; i++)
        pass->slot[i] = -1;
    pass->slots = job->wanted;
    for (size_t c = 0; c < job->wanted; c++) {
        pass->slot[job->want[c].column] = (int)c;
        pass->mode[c] = job->want[c].mode;
    }
    if (job->points && pass->slot[job->x_column] < 0)
        pass->slot[job->x_column] = (int)pass->slots++;
    if (job->points && pass->slot[job->y_column] < 0)
        pass->slot[job->y_column] = (int)pass->slots++;
    pass->x = job->points ? (size_t)pass->slot[job->x_column] : 0;
    pass->y = job->points ? (size_t)pass->slot[job->y_column] : 0;
    return HZ_OK;
}

/* Memory for rows that did not come is given back; if that fails it is only kept. */
static void *trim(void *array, size_t rows, size_t size)
{
    void *less = array ? hz_mem_resize(array, rows, size) : NULL;
    return less ? less : array;
}

hz_status hz_csv_parse(hz_csv_job *job, hz_error *err)
{
    parsing pass = { .job = job };
    bool again = true;
    hz_status st = set_slots(&pass, err);

    while (!st && again)
        st = run_pass(&pass, &again, err);
    hz_mem_free(pass.slot);
    hz_mem_free(pass.mode);
    if (st)
        return st;
    job->x = trim(job->x, job->rows, sizeof *job->x);
    job->y = trim(job->y, job->rows, sizeof *job->y);
    for (size_t c = 0; c < job->wanted; c++) {
        hz_csv_column *column = &job->want[c];
        column->numbers = trim(column->numbers, job->rows, sizeof *column->numbers);
        column->offsets = trim(column->offsets, job->rows, sizeof *column->offsets);
    }
    return HZ_OK;
}

hz_status hz_csv_guess(hz_csv_job *job, hz_error *err)
{
    const hz_csv_file *file = job->file;
    parsing pass = { .job = job };
    outcome unused = { 0 };
    work w = { .pass = &pass, .part = &unused };
    hz_csv_record record;
    hz_status st;

    for (size_t c = 0; c < job->wanted; c++)
        job->want[c].mode = HZ_CSV_NUMBERS;
    st = set_slots(&pass, err);
    if (!st && !(w.fields = hz_mem_new(pass.slots, sizeof *w.fields)))
        st = hz_mem_fail(err, file->path);
    const char *p = file->data + (job->chunks ? job->chunk[0].from : file->n);
    const char *end = job->chunks ? file->data + job->chunk[0].to : p;
    for (int row = 0; !st && row < SAMPLE_ROWS && p < end; row++) {
        double x, y;
        p = hz_csv_next(file, p, end, pass.slot, job->columns, w.fields, &record);
        if (judge(&w, &record, &x, &y) < HZ_CSV_REASONS)
            continue;
        for (size_t c = 0; c < job->wanted; c++)
            if (!fits_numbers(&w, c, &x))
                job->want[c].mode = HZ_CSV_TEXTS;
    }
    hz_mem_free(w.fields);
    hz_mem_free(pass.slot);
    hz_mem_free(pass.mode);
    return st;
}

void hz_csv_job_free(hz_csv_job *job)
{
    for (size_t c = 0; job->want && c < job->wanted; c++) {
        hz_mem_free(job->want[c].numbers);
        hz_mem_free(job->want[c].offsets);
        hz_mem_free(job->want[c].arena);
    }
    hz_mem_free(job->want);
    hz_mem_free(job->chunk);
    hz_mem_free(job->x);
    hz_mem_free(job->y);
    *job = (hz_csv_job){ 0 };
}
