/* Words for neighbours and weights are read, and what is none is told. */
#include "check.h"

#include "hotzone/neighbours.h"

static hz_error err;

TEST(neighbours_are_read_with_their_number_or_file)
{
    hz_neighbours how;
    const char *file;
    bool gwt = true;
    CHECK_OK(hz_neighbours_parse("queen", &how, &file, NULL, &err), err);
    CHECK(how.kind == HZ_QUEEN && !file);
    CHECK_OK(hz_neighbours_parse("rook", &how, &file, &gwt, &err), err);
    CHECK(how.kind == HZ_ROOK && !gwt);
    CHECK_OK(hz_neighbours_parse("knn:8", &how, &file, NULL, &err), err);
    CHECK(how.kind == HZ_NEAREST && how.k == 8);
    CHECK_OK(hz_neighbours_parse("band:250.5", &how, &file, NULL, &err), err);
    CHECK(how.kind == HZ_BAND && how.reach_m == 250.5);
    CHECK_OK(hz_neighbours_parse("idw:1e3", &how, &file, NULL, &err), err);
    CHECK(how.kind == HZ_INVERSE && how.reach_m == 1000);
    CHECK_OK(hz_neighbours_parse("gal:C:/a b.gal", &how, &file, &gwt, &err), err);
    CHECK(how.kind == HZ_LINKS && !gwt && !how.links);
    CHECK_TEXT(file, "C:/a b.gal");
    CHECK_OK(hz_neighbours_parse("gwt:x", &how, &file, &gwt, &err), err);
    CHECK(gwt);
}

TEST(what_is_no_word_for_neighbours_changes_nothing)
{
    static const char *const bad[] = { "", "queen:2", "rooks", "knn", "knn:", "knn:0", "knn:2.5",
                                       "knn:1e9", "band:-1", "band:x", "idw:", "gal:", "gwt",
                                       "band:1e999", "Queen" };
    hz_neighbours how = { .kind = HZ_BAND, .reach_m = 7 };
    const char *file = "as it was";
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK_FAILS(hz_neighbours_parse(bad[i], &how, &file, NULL, &err), HZ_EUSAGE, err,
                    "expected ");
    CHECK(how.kind == HZ_BAND && how.reach_m == 7);
    CHECK_TEXT(file, "as it was");
}

TEST(weights_are_as_usual_unless_said)
{
    hz_neighbours queen = { .kind = HZ_QUEEN }, inverse = { .kind = HZ_INVERSE };
    hz_weights_use use = HZ_WEIGHTS_GIVEN;
    CHECK_OK(hz_neighbours_standardise(&queen, NULL, false, &use, &err), err);
    CHECK(use == HZ_WEIGHTS_BINARY);
    CHECK_OK(hz_neighbours_standardise(&queen, NULL, true, &use, &err), err);
    CHECK(use == HZ_WEIGHTS_ROW);
    CHECK_OK(hz_neighbours_standardise(&queen, "binary", true, &use, &err), err);
    CHECK(use == HZ_WEIGHTS_BINARY);
    CHECK_OK(hz_neighbours_standardise(&inverse, NULL, false, &use, &err), err);
    CHECK(use == HZ_WEIGHTS_GIVEN_ROW);
    CHECK_OK(hz_neighbours_standardise(&inverse, "given", true, &use, &err), err);
    CHECK(use == HZ_WEIGHTS_GIVEN);
    CHECK_FAILS(hz_neighbours_standardise(&inverse, "binary", true, &use, &err), HZ_EUSAGE, err,
                "forget the distances");
    CHECK_FAILS(hz_neighbours_standardise(&queen, "rows", true, &use, &err), HZ_EUSAGE, err,
                "'rows', expected binary, row or given");
}

RUN_TESTS(T(neighbours_are_read_with_their_number_or_file),
          T(what_is_no_word_for_neighbours_changes_nothing), T(weights_are_as_usual_unless_said))
