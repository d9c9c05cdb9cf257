/* GAL and GWT files: GeoDa's heads, ids, blank lines, and what is wrong with others. */
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include "hotzone/file.h"
#include "hotzone/weights_file.h"

static hz_error err;
static char path[] = "/tmp/hotzone-weights-XXXXXX";

static hz_layer *three_areas(void)
{
    const char *const keys[] = { "07", "b", "c" };
    const double poly[] = { 11, 12, 13 };
    hz_layer *layer = NULL;
    if (hz_layer_new("areas", 3, &layer, &err) || hz_layer_add_texts(layer, "key", keys, &err) ||
        hz_layer_add_numbers(layer, "POLYID", poly, &err))
        return NULL;
    return layer;
}

static char heard[256];

static void hear(hz_notice_kind kind, const char *text, void *user)
{
    (void)kind;
    (void)user;
    snprintf(heard, sizeof heard, "%s", text);
}

static hz_status read_text(const char *text, bool gwt, const char *id, hz_csr **out)
{
    const hz_notice notice = { hear, NULL };
    hz_layer *layer = three_areas();
    heard[0] = '\0';
    hz_status st = hz_file_write(path, text, strlen(text), &err);
    if (!st)
        st = hz_weights_read(path, gwt, layer, id, out, &notice, &err);
    hz_layer_free(layer);
    return st;
}

static void check_chain(void **state_, const hz_csr *csr)
{
    CHECK(csr->n == 3 && csr->first[1] == 1 && csr->first[2] == 3 && csr->first[3] == 4);
    CHECK(csr->neighbour[0] == 1 && csr->neighbour[1] == 0 && csr->neighbour[2] == 2);
    CHECK(csr->neighbour[3] == 1);
}

TEST(a_gal_file_without_a_key_counts_rows_from_one)
{
    hz_csr *csr = NULL;
    CHECK_OK(read_text("3\n1 1\n2\n2 2\n3 1\n3 1\n2\n", false, NULL, &csr), err);
    check_chain(state_, csr);
    CHECK(csr->weight == NULL);
    hz_csr_free(csr);
}

/* As PySAL writes them; a 0 among ids that are keys is no first row. */
TEST(rows_count_from_zero_where_the_first_is_zero)
{
    hz_csr *csr = NULL;
    CHECK_OK(read_text("3\n0 1\n1\n1 2\n0 2\n2 1\n1\n", false, "key", &csr), err);
    check_chain(state_, csr);
    hz_csr_free(csr);
    CHECK_FAILS(read_text("3\n0 1\n1\n1 2\n0 3\n2 1\n1\n", false, NULL, &csr), HZ_EFORMAT, err,
                ":5: '3', expected the id of a row");
    CHECK_FAILS(read_text("0 3 areas POLYID\n0 1\n1\n", false, NULL, &csr), HZ_EFORMAT, err,
                ":2: '0', expected the id of a row");
}

TEST(the_head_names_the_column_of_ids)
{
    hz_csr *csr = NULL;
    CHECK_OK(read_text("0 3 areas POLYID\r\n12 2\r\n11 13\r\n11 1\r\n12\r\n13 1\r\n12\r\n", false,
                       "key", &csr),
             err);
    check_chain(state_, csr);
    hz_csr_free(csr);
}

TEST(ids_may_be_texts_in_a_column_the_user_names)
{
    hz_csr *csr = NULL;
    CHECK_OK(
        read_text("0 3 \"areas\" \"nowhere\"\n07 1\nb\nb 2\n07 c\nc 1\nb\n", false, "key", &csr),
        err);
    check_chain(state_, csr);
    hz_csr_free(csr);
}

TEST(a_file_of_row_numbers_needs_no_key_even_where_one_is_named)
{
    hz_csr *csr = NULL;
    CHECK_OK(read_text("3\n1 1\n2\n2 2\n3 1\n3 1\n2\n", false, "key", &csr), err);
    check_chain(state_, csr);
    hz_csr_free(csr);
}

TEST(an_island_has_a_blank_line_or_none)
{
    hz_csr *csr = NULL;
    CHECK_OK(read_text("0 3 areas POLYID\n11 1\n12\n12 1\n11\n13 0\n\n", false, NULL, &csr), err);
    CHECK(hz_csr_count(csr, 2) == 0 && hz_csr_count(csr, 0) == 1);
    hz_csr_free(csr);
    csr = NULL;
    CHECK_OK(read_text("3\n3 0\n1 1\n2\n", false, NULL, &csr), err);
    CHECK(csr->first[3] == 1);
    hz_csr_free(csr);
}

TEST(units_that_a_gal_leaves_out_are_warned_of)
{
    hz_csr *csr = NULL;
    CHECK_OK(read_text("3\n1 1\n2\n2 1\n1\n3 0\n\n", false, NULL, &csr), err);
    CHECK(heard[0] == '\0');
    hz_csr_free(csr);
    csr = NULL;
    CHECK_OK(read_text("3\n1 1\n2\n", false, NULL, &csr), err);
    CHECK(strstr(heard, "2 of 3 units have no line"));
    hz_csr_free(csr);
    csr = NULL;
    /* a GWT has lines for links only */
    CHECK_OK(read_text("0 3 areas POLYID\n11 12 1\n", true, NULL, &csr), err);
    CHECK(heard[0] == '\0');
    hz_csr_free(csr);
}

TEST(a_gwt_file_brings_numbers_with_its_links)
{
    hz_csr *csr = NULL;
    CHECK_OK(read_text("0 3 areas POLYID\n11 12 0.5\n12 13 2\n12 11 0.5\n13 12 2\n13 13 1\n", true,
                       NULL, &csr),
             err);
    check_chain(state_, csr);
    CHECK(csr->weight[0] == 0.5 && csr->weight[1] == 0.5 && csr->weight[2] == 2);
    hz_csr_free(csr);
}

TEST(what_is_wrong_is_said_with_its_line)
{
    hz_csr *csr = NULL;
    CHECK_FAILS(read_text("4\n", false, NULL, &csr), HZ_EDATA, err, "of 4 units, expected the 3");
    CHECK_FAILS(read_text("", false, NULL, &csr), HZ_EFORMAT, err, "expected a head");
    CHECK_FAILS(read_text("3\n1 1\n9\n", false, NULL, &csr), HZ_EFORMAT, err,
                ":3: '9', expected the id of a row");
    CHECK_FAILS(read_text("3\n1 x\n", false, NULL, &csr), HZ_EFORMAT, err,
                "a number of neighbours");
    CHECK_FAILS(read_text("3\n1 2\n2\n", false, NULL, &csr), HZ_EFORMAT, err, "expected 1 more");
    CHECK_FAILS(read_text("0 3 a b\n1 2 -1\n", true, NULL, &csr), HZ_EFORMAT, err,
                "a distance or weight");
    CHECK_FAILS(read_text("0 3 a b\n1 2\n", true, NULL, &csr), HZ_EFORMAT, err, ":2:");
    CHECK(csr == NULL);
    unlink(path);
    hz_layer *layer = three_areas();
    CHECK_FAILS(hz_weights_read(path, false, layer, NULL, &csr, NULL, &err), HZ_EIO, err, path);
    hz_layer_free(layer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_gal_file_without_a_key_counts_rows_from_one),
        T(rows_count_from_zero_where_the_first_is_zero),
        T(the_head_names_the_column_of_ids),
        T(ids_may_be_texts_in_a_column_the_user_names),
        T(a_file_of_row_numbers_needs_no_key_even_where_one_is_named),
        T(an_island_has_a_blank_line_or_none),
        T(units_that_a_gal_leaves_out_are_warned_of),
        T(a_gwt_file_brings_numbers_with_its_links),
        T(what_is_wrong_is_said_with_its_line)};
    int file = mkstemp(path);
    if (file < 0)
        return 1;
    close(file);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
