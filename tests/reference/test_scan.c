/* SaTScan 10.3's clusters on 2,000 made-up zones: their log likelihood ratios, to 1e-6. */
#include "check.h"
#include "hotzone/scanning.h"
#include "zones.h"

TEST(three_clusters_have_the_ratios_that_satscan_gives)
{
    static const double ratio[] = { 105.293230, 24.068504, 5.551337 };
    static zones z;
    const hz_scanning_columns columns = { NULL, NULL, "cases", "people", "x", "y" };
    hz_scanning_opts o = HZ_SCANNING_DEFAULTS;
    hz_scanning found = { 0 };
    hz_layer *l = NULL;
    hz_error err;
    make_zones(&z);
    CHECK_OK(hz_layer_new("zones", ZONES, &l, &err), err);
    CHECK_OK(hz_layer_add_numbers(l, "x", z.x, &err), err);
    CHECK_OK(hz_layer_add_numbers(l, "y", z.y, &err), err);
    CHECK_OK(hz_layer_add_numbers(l, "cases", z.cases, &err), err);
    CHECK_OK(hz_layer_add_numbers(l, "people", z.people, &err), err);
    o.replicates = 99;
    CHECK_OK(hz_scanning_poisson(l, &columns, &o, &found, NULL, &err), err);
    CHECK(hz_layer_rows(found.clusters) >= 3);
    for (size_t i = 0; i < 3; i++)
        CHECK_NEAR(hz_layer_numbers(found.clusters, "llr")[i], ratio[i], 1e-6);
    CHECK(hz_layer_numbers(found.clusters, "areas")[0] == 39);
    CHECK(hz_layer_numbers(found.clusters, "p")[1] == 0.01);
    CHECK(hz_layer_numbers(found.clusters, "p")[2] > 0.5);
    hz_scanning_clear(&found);
    hz_layer_free(l);
}

RUN_TESTS(T(three_clusters_have_the_ratios_that_satscan_gives))
