/* Classic areal sets, where they are at hand: I, C and G as spdep has them. */
#include "check.h"

#include "hotzone/file.h"
#include "hotzone/pattern.h"
#include "hotzone/source.h"
#include "hotzone/units.h"
#include "hotzone/weights_file.h"

#define WEIGHTS "../shared/reference/weights/"

static hz_error err;

static void associate(const char *shapes, const char *gal, const char *value, hz_weights_use use,
                      const double want[9], void **state_)
{
    hz_layer *areas = NULL;
    hz_csr *links = NULL;
    hz_units u = { 0 };
    hz_pattern_map m;
    hz_pattern_map_opts o = HZ_PATTERN_MAP_DEFAULTS;
    o.weights = use;
    CHECK_OK(hz_source_read(shapes, NULL, &areas, NULL, &err), err);
    CHECK_OK(hz_weights_read(gal, false, areas, NULL, &links, NULL, &err), err);
    const hz_neighbours how = { .kind = HZ_LINKS, .links = links };
    CHECK_OK(hz_units_of_areas(areas, value, NULL, NULL, &how, &u, NULL, &err), err);
    CHECK_OK(hz_pattern_of_map(u.table, "value", NULL, u.links, &o, &m, &err), err);
    const hz_association *a = &m.found;
    const double got[] = { a->moran.value, a->moran.randomisation, a->moran.normality,
                           a->geary.value, a->geary.randomisation, a->geary.normality,
                           a->general.value, a->general.expected, a->general.randomisation };
    for (int i = 0; i < 9; i++)
        CHECK_NEAR(got[i], want[i], 1e-10 * fabs(want[i]));
    hz_units_clear(&u);
    hz_csr_free(links);
    hz_layer_free(areas);
}

/* Anselin (1988), CRIME of 49 neighbourhoods; Cressie (1993), SID74 of 100 counties.  spdep 1.2-7 in
 * R 4.2.2: moran.test and geary.test with both randomisation settings, globalG.test. */
TEST(columbus_and_sids_are_as_spdep_has_them)
{
    static const double columbus_row[] = {
        5.001885571828611e-01, 8.689289201332065e-03, 8.563413119404997e-03,
        5.405282027020685e-01, 9.384263776965024e-03, 9.821535433554251e-03,
        2.321035981741120e-02, 2.083333333333333e-02, 5.068905767875525e-07
    };
    static const double columbus_binary[] = {
        5.154614368862790e-01, 7.454394342787852e-03, 7.349774769383000e-03,
        5.916113240630412e-01, 1.158343456012518e-02, 1.384659580580293e-02,
        1.278074573819543e-01, 1.003401360544218e-01, 3.507057303807175e-05
    };
    static const double sids_row[] = {
        1.583150832750023e-01, 4.129124885598964e-03, 4.473573686905576e-03,
        8.467878348197528e-01, 6.440346114809667e-03, 4.885187895702854e-03,
        1.283587110283639e-02, 1.010101010101010e-02, 9.206731563892844e-07
    };
    static const double sids_binary[] = {
        1.337334389463896e-01, 3.772558092500862e-03, 4.084372380942297e-03,
        9.088564798253144e-01, 1.397873088588074e-02, 6.153676592149011e-03,
        6.447751849481868e-02, 4.666666666666667e-02, 2.767424157149598e-05
    };
    const char *const columbus = WEIGHTS "columbus/columbus.shp";
    const char *const sids = WEIGHTS "sids2/sids2.shp";
    if (!hz_file_exists(columbus) || !hz_file_exists(sids)) {
        printf("skip: the areal sets are not here\n");
        skip();
    }
    associate(columbus, WEIGHTS "columbus/columbus.gal", "CRIME", HZ_WEIGHTS_ROW, columbus_row,
              state_);
    associate(columbus, WEIGHTS "columbus/columbus.gal", "CRIME", HZ_WEIGHTS_BINARY,
              columbus_binary, state_);
    associate(sids, WEIGHTS "sids2/sids2.gal", "SID74", HZ_WEIGHTS_ROW, sids_row, state_);
    associate(sids, WEIGHTS "sids2/sids2.gal", "SID74", HZ_WEIGHTS_BINARY, sids_binary, state_);
}

RUN_TESTS(T(columbus_and_sids_are_as_spdep_has_them))
