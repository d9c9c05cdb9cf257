/* Random tables written in random ways are read back as they were; garbage never crashes. */
#include "check.h"

#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>
#ifdef _OPENMP
#include <omp.h>
#endif

#include "hotzone/csv.h"
#include "hotzone/mem.h"

static char path[64] = "/tmp/hotzone-prop-csv-XXXXXX";

static uint64_t state = 38;
static uint64_t draw(uint64_t below)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % below;
}

static void threads(int n)
{
#ifdef _OPENMP
    omp_set_num_threads(n);
#else
    (void)n;
#endif
}

static void put(const char *bytes, size_t n)
{
    unlink(path); /* a file overwritten in place is flushed to the disk: slow */
    FILE *out = fopen(path, "wb");
    if (!out || fwrite(bytes, 1, n, out) != n || fclose(out) != 0)
        fail_msg("%s cannot be written", path);
}

enum { MOST_ROWS = 60, MOST_COLUMNS = 6, LONGEST = 24 };

/* What a table is, however it is written. */
typedef struct {
    size_t rows, columns;
    bool numbers[MOST_COLUMNS];
    double number[MOST_ROWS][MOST_COLUMNS];
    char text[MOST_ROWS][MOST_COLUMNS][LONGEST * 2];
} table;

/* How it is written. */
typedef struct {
    char delimiter, decimal;
    const char *line_end;
    bool latin1, mark, end;
    int quoting; /* 0 where needed, 1 at random, 2 always */
} dialect;

static void random_text(char *to, bool line_breaks)
{
    static const char *const signs[] = { "a", "B", " ", ",", ";", "\t", "|", "\"",   "æ",
                                         "Ø", "é", "'", "1", ".", "-",  "\n", "\r\n" };
    size_t n = draw(LONGEST / 2), many = sizeof signs / sizeof *signs - (line_breaks ? 0 : 2);
    *to = '\0';
    for (size_t i = 0; i < n; i++)
        strcat(to, signs[draw(many)]);
}

/* The first column is a key, so that no row is empty or looks like one of numbers only. */
static void random_table(table *t, bool line_breaks)
{
    t->rows = draw(MOST_ROWS);
    t->columns = 2 + draw(MOST_COLUMNS - 1);
    for (size_t c = 0; c < t->columns; c++)
        t->numbers[c] = c > 0 && draw(2);
    for (size_t r = 0; r < t->rows; r++)
        for (size_t c = 0; c < t->columns; c++) {
            t->number[r][c] = draw(5) == 0 ? NAN : (double)(int)(draw(2000001) - 1000000) /
                                                       (draw(3) ? 1 : 1000.0);
            random_text(t->text[r][c], line_breaks);
            if (c == 0)
                snprintf(t->text[r][c], LONGEST, "k%zu", r);
            else if (r == 0 && !t->numbers[c])
                strcpy(t->text[r][c], "a word"); /* so that it is no column of numbers */
        }
}

static dialect random_dialect(void)
{
    static const char delimiters[] = ",;\t|";
    static const char *const ends[] = { "\n", "\r\n", "\r" };
    dialect d = { .delimiter = delimiters[draw(4)], .line_end = ends[draw(3)], .latin1 = draw(2),
                  .end = draw(4) > 0, .quoting = (int)draw(3) };
    d.decimal = (d.delimiter == ';' || d.delimiter == '\t') && draw(2) ? ',' : '.';
    d.mark = !d.latin1 && draw(2);
    return d;
}

static void add_field(hz_text *to, const char *field, const dialect *d)
{
    bool quote = d->quoting == 2 || (d->quoting == 1 && draw(2)) || strchr(field, d->delimiter) ||
                 strpbrk(field, "\"\r\n");
    if (quote)
        hz_text_add(to, "\"");
    for (const char *p = field; *p; p++) {
        if (*p == '"')
            hz_text_add(to, "\"");
        if (d->latin1 && (unsigned char)*p >= 0xC0) { /* two bytes of UTF-8 to one */
            char one = (char)((unsigned char)p[1] | (*p & 1) << 6);
            hz_text_add_n(to, &one, 1);
            p++;
        } else {
            hz_text_add_n(to, p, 1);
        }
    }
    if (quote)
        hz_text_add(to, "\"");
}

static void write_table(hz_text *to, const table *t, const dialect *d)
{
    if (d->mark)
        hz_text_add(to, "\xEF\xBB\xBF");
    for (size_t c = 0; c < t->columns; c++) {
        char name[32];
        snprintf(name, sizeof name, "column %c", (int)('A' + c));
        hz_text_add_n(to, &d->delimiter, c > 0);
        add_field(to, name, d);
    }
    for (size_t r = 0; r < t->rows; r++) {
        hz_text_add(to, d->line_end);
        for (size_t c = 0; c < t->columns; c++) {
            char number[40] = "";
            if (t->numbers[c] && !isnan(t->number[r][c]))
                snprintf(number, sizeof number, "%.10g", t->number[r][c]);
            for (char *p = number; *p; p++)
                if (*p == '.')
                    *p = d->decimal;
            hz_text_add_n(to, &d->delimiter, c > 0);
            add_field(to, t->numbers[c] ? number : t->text[r][c], d);
        }
    }
    if (d->end)
        hz_text_add(to, d->line_end);
}

static void check_same(const hz_layer *l, const table *t)
{
    void **state_ = NULL;
    CHECK(hz_layer_rows(l) == t->rows && hz_layer_columns(l) == t->columns);
    CHECK(hz_layer_intake(l)->refused == 0);
    for (size_t c = 0; c < t->columns && t->rows; c++) {
        const double *numbers = hz_layer_numbers(l, hz_layer_column_name(l, c));
        CHECK((numbers != NULL) == t->numbers[c]);
        for (size_t r = 0; r < t->rows; r++) {
            double want = t->number[r][c];
            if (!numbers)
                CHECK_TEXT(hz_layer_text_at(l, c, r), t->text[r][c]);
            else if (isnan(want))
                CHECK_NAN(numbers[r]);
            else
                CHECK_NEAR(numbers[r], want, 0);
        }
    }
}

TEST(a_table_written_in_any_dialect_is_read_as_it_was)
{
    static table t;
    for (int i = 0; i < 1500; i++) {
        hz_text bytes = { 0 };
        hz_layer *l = NULL;
        hz_error err = { 0 };
        dialect d = random_dialect();
        random_table(&t, strcmp(d.line_end, "\r") != 0);
        write_table(&bytes, &t, &d);
        put(bytes.data, bytes.length);
        hz_source_opts opts = { .delimiter = d.delimiter, .decimal = d.decimal,
                                .encoding = d.latin1 ? "ISO-8859-1" : NULL };
        CHECK_OK(hz_csv_read(path, &opts, &l, NULL, &err), err);
        check_same(l, &t);
        hz_layer_free(l);
        hz_text_free(&bytes);
    }
}

/* Where texts hold no other delimiters there is nothing to mistake. */
TEST(an_unambiguous_dialect_is_found_out)
{
    static table t;
    for (int i = 0; i < 500; i++) {
        hz_text bytes = { 0 };
        hz_layer *l = NULL;
        hz_error err = { 0 };
        dialect d = random_dialect();
        random_table(&t, false);
        for (size_t r = 0; r < t.rows; r++)
            for (size_t c = 0; c < t.columns; c++)
                for (char *p = t.text[r][c]; (p = strpbrk(p, ",;\t|"));)
                    *p = '_';
        write_table(&bytes, &t, &d);
        put(bytes.data, bytes.length);
        CHECK_OK(hz_csv_read(path, NULL, &l, NULL, &err), err);
        check_same(l, &t);
        hz_layer_free(l);
        hz_text_free(&bytes);
    }
}

TEST(what_is_written_is_read_back_equal)
{
    static table t;
    for (int i = 0; i < 300; i++) {
        hz_text bytes = { 0 }, again = { 0 };
        hz_layer *l = NULL, *back = NULL;
        hz_error err = { 0 };
        dialect d = { .delimiter = ',', .decimal = '.', .line_end = "\n", .end = true };
        random_table(&t, true);
        write_table(&bytes, &t, &d);
        put(bytes.data, bytes.length);
        CHECK_OK(hz_csv_read(path, &(hz_source_opts){ .delimiter = ',' }, &l, NULL, &err), err);
        unlink(path);
        CHECK_OK(hz_csv_write(l, NULL, NULL, 0, path, NULL, &err), err);
        CHECK_OK(hz_csv_read(path, &(hz_source_opts){ .delimiter = ',' }, &back, NULL, &err), err);
        check_same(back, &t);
        CHECK_OK(hz_csv_write(back, NULL, NULL, 0, NULL, &again, &err), err);
        hz_text_free(&bytes);
        CHECK_OK(hz_csv_write(l, NULL, NULL, 0, NULL, &bytes, &err), err);
        CHECK_TEXT(hz_text_get(&again), hz_text_get(&bytes));
        hz_text_free(&bytes);
        hz_text_free(&again);
        hz_layer_free(l);
        hz_layer_free(back);
    }
}

/* A file of several chunks, with quotes, line breaks in them, and every fault; `late` is a
 * column that turns out to be texts at its very end. */
static void write_large(hz_text *to, bool quotes, const char *line_end)
{
    static const char *const kinds[] = { "theft", "burglary", "assault", "\"robb\"\"ery\"",
                                         "\"van,\ndal\r\nism\"" };
    hz_text_addf(to, "id,lon,lat,kind,late%s", line_end);
    for (int i = 0; i < 80000; i++) {
        hz_text_addf(to, "%d,%.6f,%.6f,%s,%d", i, 12 + (double)draw(1000000) / 1e6,
                     55 + (double)draw(1000000) / 1e6, kinds[draw(quotes ? 5 : 3)], (int)draw(100));
        if (draw(500) == 0)
            hz_text_add(to, quotes && draw(2) ? ",\"x\ny\"" : ",x");
        hz_text_add(to, line_end);
        if (draw(1000) == 0)
            hz_text_add(to, line_end);
        if (draw(1000) == 0)
            hz_text_addf(to, "1,east,2,x,1%s", line_end);
        if (draw(1000) == 0)
            hz_text_addf(to, "1,,,x,%s", line_end);
    }
    hz_text_addf(to, "end,12,55,x,end%s", line_end);
}

TEST(threads_do_not_change_a_bit)
{
    static const char *const ends[] = { "\n", "\r\n", "\r" };
    for (int i = 0; i < 6; i++) {
        hz_text bytes = { 0 }, csv[3] = { { 0 } };
        hz_intake in[3];
        hz_error err = { 0 };
        write_large(&bytes, i % 2, ends[i / 2]);
        put(bytes.data, bytes.length);
        for (int k = 0; k < 3; k++) {
            hz_layer *l = NULL;
            threads(k == 0 ? 1 : k == 1 ? 2 : 8);
            CHECK_OK(hz_csv_read(path, NULL, &l, NULL, &err), err);
            CHECK_OK(hz_csv_write(l, NULL, NULL, 0, NULL, &csv[k], &err), err);
            in[k] = *hz_layer_intake(l);
            CHECK(in[k].read == hz_layer_rows(l) + in[k].refused && in[k].refused > 100);
            hz_layer_free(l);
            CHECK(csv[k].length == csv[0].length &&
                  memcmp(csv[k].data, csv[0].data, csv[0].length) == 0);
            CHECK(in[k].read == in[0].read && in[k].refused == in[0].refused);
            CHECK_TEXT(in[k].why, in[0].why);
        }
        for (int k = 0; k < 3; k++)
            hz_text_free(&csv[k]);
        hz_text_free(&bytes);
    }
}

/* The slow twin: one byte after the other, by the definition. */
static size_t count_rows_slowly(const char *p, size_t n, size_t columns, size_t *read)
{
    size_t good = 0, fields = 1, bytes = 0, lines = 0;
    bool quoted = false, start = true;
    for (size_t i = 0; i <= n; i++) {
        char c = i < n ? p[i] : '\n';
        if (i == n && bytes == 0)
            break;
        if (quoted) {
            quoted = c != '"'; /* a doubled quote opens again at once */
            start = c == '"';
        } else if (c == '"' && start) {
            quoted = true;
        } else if (c == ',') {
            fields++;
            start = true;
        } else if (c == '\n') {
            if (bytes > 0 && lines++ > 0) {
                ++*read;
                good += fields == columns;
            }
            fields = 1;
            bytes = 0;
            start = true;
            continue;
        } else {
            start = false;
        }
        bytes++;
    }
    return good;
}

TEST(rows_are_those_of_a_slow_twin)
{
    for (int i = 0; i < 2000; i++) {
        hz_text t = { 0 };
        hz_layer *l = NULL;
        hz_error err = { 0 };
        size_t read = 0;
        hz_text_add(&t, "a,b,c\n");
        for (size_t r = draw(12); r-- > 0; hz_text_add(&t, "\n")) {
            size_t fields = draw(6) ? 3 : draw(5);
            for (size_t f = 0; f < fields; f++) {
                static const char *const some[] = { "x",         "x1",   "\"a,\"\"b\"",
                                                    "\"p\nq\"", "y\"z", "\"\"\"\"" };
                hz_text_addf(&t, "%s%s", f ? "," : "", some[draw(6)]);
            }
        }
        size_t good = count_rows_slowly(t.data, t.length, 3, &read);
        put(t.data, t.length);
        hz_status st = hz_csv_read(path, &(hz_source_opts){ .delimiter = ',' }, &l, NULL, &err);
        if (good == 0 && read > 0) {
            CHECK(st == HZ_EFORMAT);
        } else {
            CHECK_OK(st, err);
            CHECK(hz_layer_rows(l) == good && hz_layer_intake(l)->read == read);
        }
        hz_layer_free(l);
        hz_text_free(&t);
    }
}

TEST(garbage_is_read_or_refused_but_never_crashes)
{
    static const char signs[] = "abc,,,;;\t|\"\"\"\n\n\n\r\r0123456789..--eE+ \xC3\xB8\xFF\x80";
    const char *const only[] = { "a" };
    for (int i = 0; i < 6000; i++) {
        char bytes[400];
        size_t n = draw(sizeof bytes);
        hz_layer *l = NULL;
        hz_error err = { 0 };
        for (size_t k = 0; k < n; k++)
            bytes[k] = draw(400) ? signs[draw(sizeof signs - 1)] : (char)draw(256);
        if (draw(2) && n > 12)
            memcpy(bytes, "a,lon,lat,b\n", 12);
        put(bytes, n);
        hz_source_opts opts = { .no_shapes = draw(2), .only = draw(4) ? NULL : only,
                                .only_count = 1 };
        hz_status st = hz_csv_read(path, &opts, &l, NULL, &err);
        CHECK((st == HZ_OK) == (l != NULL));
        CHECK((st == HZ_OK) == (err.text[0] == '\0'));
        if (l)
            CHECK(hz_layer_intake(l)->read == hz_layer_rows(l) + hz_layer_intake(l)->refused);
        hz_layer_free(l);
    }
}

TEST(numbers_are_read_to_the_last_bit)
{
    hz_text t = { 0 };
    hz_layer *l = NULL;
    hz_error err = { 0 };
    static double want[20000];
    hz_text_add(&t, "v,w\n");
    for (int i = 0; i < 20000; i++) {
        char number[64];
        double v = (double)draw(1u << 30) + (double)draw(1u << 30) * 0x1p-30;
        v /= (double)(1 + draw(100000));
        snprintf(number, sizeof number, "%s%.*g", draw(2) ? "-" : "", 1 + (int)draw(19), v);
        if (strspn(number, "-0123456789") == strlen(number))
            strcat(number, ".5"); /* long whole numbers are keys */
        want[i] = strtod(number, NULL);
        hz_text_addf(&t, "%s,x\n", number);
    }
    put(t.data, t.length);
    CHECK_OK(hz_csv_read(path, NULL, &l, NULL, &err), err);
    const double *got = hz_layer_numbers(l, "v");
    CHECK(got != NULL && hz_layer_rows(l) == 20000);
    for (int i = 0; i < 20000; i++)
        CHECK_NEAR(got[i], want[i], 0);
    hz_layer_free(l);
    hz_text_free(&t);
}

static int make_path(void **unused)
{
    (void)unused;
    int fd = mkstemp(path);
    return fd < 0 || close(fd) != 0;
}

static int remove_path(void **unused)
{
    (void)unused;
    return unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_table_written_in_any_dialect_is_read_as_it_was),
        T(an_unambiguous_dialect_is_found_out),
        T(what_is_written_is_read_back_equal),
        T(numbers_are_read_to_the_last_bit),
        T(threads_do_not_change_a_bit),
        T(rows_are_those_of_a_slow_twin),
        T(garbage_is_read_or_refused_but_never_crashes),
    };
    return cmocka_run_group_tests(tests, make_path, remove_path);
}
