/* Street lists on a town of six streets. */
#include "check.h"

#include "hotzone/mem.h"
#include "hotzone/trace.h"

static hz_error err;

/* Two avenues and three cross streets, 400 m apart; Sankt Pauls Gade stops 12 m short. */
static const struct {
    const char *name;
    double x0, y0, x1, y1;
} town[] = {
    { "Nordre Allé", 0, 400, 1000, 400 },
    { "Søndre Allé", 0, 0, 1000, 0 },
    { "Åboulevard", 100, -50, 100, 450 },
    { "Sankt Pauls Gade", 500, 12, 500, 450 },
    { "H.C. Ørsteds Vej", 900, -50, 900, 450 },
    { "", 1500, 0, 1600, 0 },
    { "Peter Bangs Vej", 1500, 100, 1600, 100 },
};
enum { TOWN = sizeof town / sizeof *town };

static hz_status make_streets(const char *code, hz_layer **out)
{
    hz_shapes *s = NULL;
    hz_crs *crs = NULL;
    const char *names[TOWN];
    hz_status st = hz_shapes_new(HZ_LINE, TOWN, TOWN, 2 * TOWN, &s, &err);
    for (size_t i = 0; !st && i < TOWN; i++) {
        s->x[2 * i] = 724000 + town[i].x0;
        s->y[2 * i] = 6175000 + town[i].y0;
        s->x[2 * i + 1] = 724000 + town[i].x1;
        s->y[2 * i + 1] = 6175000 + town[i].y1;
        s->first_ring[i + 1] = i + 1;
        s->first_point[i + 1] = 2 * (i + 1);
        names[i] = town[i].name;
    }
    if (!st)
        st = hz_layer_new("streets", TOWN, out, &err);
    if (!st)
        st = hz_layer_add_texts(*out, "name", names, &err);
    if (!st)
        st = hz_layer_take_shapes(*out, &s, &err);
    if (!st)
        st = hz_crs_new(code, &crs, &err);
    if (!st)
        st = hz_layer_take_crs(*out, &crs, &err);
    hz_shapes_free(s);
    hz_crs_free(crs);
    return st;
}

static hz_trace_network *network(void)
{
    hz_layer *streets = NULL;
    hz_trace_network *net = NULL;
    hz_status st = make_streets("EPSG:25832", &streets);
    if (!st)
        st = hz_trace_network_new(streets, NULL, 0, NULL, &net, NULL, &err);
    hz_layer_free(streets);
    return st ? NULL : net;
}

/* 800 m by 400 m; the list closes itself. */
TEST(four_streets_make_their_block)
{
    hz_trace_network *net = network();
    hz_trace t = { 0 };
    CHECK_OK(hz_trace_build(net, "Nordre Allé – H.C. Ørsteds Vej – Søndre Allé – Åboulevard", NULL,
                            &t, &err), err);
    CHECK(t.ring && !t.refused && !t.closed && t.count == 4);
    CHECK_NEAR(t.area_m2, 800 * 400, 1e-6);
    CHECK_NEAR(t.length_m, 2400, 1e-6);
    CHECK_NEAR(t.bridged_m, 0, 0);
    CHECK_NEAR(t.items[0].length_m, 800, 1e-6);
    CHECK_NEAR(t.items[1].length_m, 400, 1e-6);
    CHECK_NEAR(t.items[0].start_x, 724100, 1e-6);
    CHECK_NEAR(t.items[0].end_x, 724900, 1e-6);
    CHECK_NEAR(hz_shape_area(t.ring, 0), t.area_m2, 1e-6);
    hz_trace_clear(&t);
    hz_trace_network_free(net);
}

TEST(names_are_known_by_their_forms_and_slips)
{
    static const struct {
        const char *listed, *matched;
        double least, most;
    } want[] = {
        { "NORDRE ALLE", "Nordre Allé", 1, 1 },
        { "Ndr. Allé", "Nordre Allé", 0.97, 0.97 },
        { "Aaboulevard", "Åboulevard", 1, 1 },
        { "Åboulevarden", "Åboulevard", 0.97, 0.97 },
        { "Skt. Pauls Gade", "Sankt Pauls Gade", 0.97, 0.97 },
        { "St. Paulsgade", "Sankt Pauls Gade", 0.97, 0.97 },
        { "HC Ørstedsvej", "H.C. Ørsteds Vej", 0.97, 1 },
        { "H C Oersteds Vej", "H.C. Ørsteds Vej", 1, 1 },
        { "Peter Bangsvej", "Peter Bangs Vej", 0.97, 1 },
        { "Sdr. Alle", "Søndre Allé", 0.97, 0.97 },
        { "Sankt Paulls Gade", "Sankt Pauls Gade", 0.85, 0.96 },
        { "Vestre Allé", NULL, 0, 0 },  /* two letters from Nordre, and another street */
        { "Åvej", NULL, 0, 0 },
    };
    hz_trace_network *net = network();
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        hz_trace t = { 0 };
        CHECK_OK(hz_trace_build(net, want[i].listed, NULL, &t, &err), err);
        CHECK(t.count == 1 && t.refused);
        if (want[i].matched)
            CHECK_TEXT(t.items[0].matched ? t.items[0].matched : "", want[i].matched);
        else
            CHECK(t.items[0].matched == NULL && t.items[0].nearest[0] != NULL);
        CHECK(t.items[0].score >= want[i].least && t.items[0].score <= want[i].most);
        hz_trace_clear(&t);
    }
    hz_trace_network_free(net);
}

/* What a list is understood as: items with + along, . point, ~ via; remarks left out. */
static void understood(const hz_trace_network *net, const char *text, char *out, size_t size)
{
    static const char marks[] = "+.~";
    hz_trace t = { 0 };
    size_t n = 0;
    out[0] = '\0';
    if (hz_trace_build(net, text, NULL, &t, &err))
        return;
    for (size_t i = 0; i < t.count && n < size; i++)
        n += (size_t)snprintf(out + n, size - n, "%s%c%s", i ? " " : "", marks[t.items[i].role],
                              t.items[i].listed);
    hz_trace_clear(&t);
}

TEST(lists_are_read_as_the_police_write_them)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "Nordre Allé - Åboulevard—Søndre Allé", "+Nordre Allé +Åboulevard +Søndre Allé" },
        { "Nordre Allé, Åboulevard; Søndre Allé.", "+Nordre Allé +Åboulevard +Søndre Allé" },
        { "Nordre Allé/Åboulevard", "+Nordre Allé +Åboulevard" },
        { "Nordre Allé\nÅboulevard\r\nSøndre Allé\n", "+Nordre Allé +Åboulevard +Søndre Allé" },
        { "Nordre Allé -Åboulevard", "+Nordre Allé +Åboulevard" },
        { "Nordre Allé-Åboulevard", "+Nordre Allé +Åboulevard" },
        { "Nordre Allé og Åboulevard", "+Nordre Allé +Åboulevard" },
        { "Nordre Allé (inkl. stationen) – Åboulevard", "+Nordre Allé +Åboulevard" },
        { "Nordre Allé til Åboulevard", "+Nordre Allé .Åboulevard" },
        { "Nordre Allé fra Åboulevard til Peter Bangsvej",
          ".Åboulevard +Nordre Allé .Peter Bangsvej" },
        { "Nordre Allé via Åboulevard til Søndre Allé", "+Nordre Allé ~Åboulevard .Søndre Allé" },
        { "langs Nordre Allé – over Åboulevard", "+Nordre Allé ~Åboulevard" },
        { "Nordre Allé ved Åboulevard – Søndre Allé", "+Nordre Allé +Søndre Allé" },
        { "Nordre Allé mod øst til Åboulevard og retur til Søndre Allé",
          "+Nordre Allé .Åboulevard .Søndre Allé" },
        { "Nordre Allé til kommunegrænsen og langs denne til Åboulevard",
          "+Nordre Allé +kommunegrænsen .Åboulevard" },
        { "kommunegrænsen mod Hvidovre Kommune – Åboulevard",
          "+kommunegrænsen mod Hvidovre Kommune +Åboulevard" },
        { "Nordre Allé ved kommunegrænsen til Rødovre - Åboulevard", "+Nordre Allé +Åboulevard" },
        { "Nordre Allé til kommunegrænsen til Gentofte - Åboulevard",
          "+Nordre Allé .kommunegrænsen til Gentofte +Åboulevard" },
        { "Kredsgrænsen mod nord fra Åboulevard", ".Åboulevard +Kredsgrænsen" },
        { "Nordre Allé/Åboulevard Nordre Allé, Åboulevard", "+Nordre Allé +Åboulevard" },
        { "Åboulevard Åboulevard, Nordre Allé", "+Åboulevard +Nordre Allé" },
        { "Visitationszonens omfang: Nordre Allé, Åboulevard", "+Nordre Allé +Åboulevard" },
        { "Visitationszonen er afgrænset af Nordre Allé, Åboulevard", "+Nordre Allé +Åboulevard" },
        { "Nordre Allé, Åboulevard..  Er gældende fra torsdag  den 13. december 2007  til mandag "
          "den 14. januar  2008.", "+Nordre Allé +Åboulevard" },
        { "Nordre Allé, Åboulevard. De nævnte veje indgår i visitationszonen",
          "+Nordre Allé +Åboulevard" },
        { "Nordre Allé, Ring 4. De nævnte veje indgår i visitationszonen", "+Nordre Allé +Ring 4" },
        { "Kommune-grænsen mod Brøndby Kommune – Åboulevard",
          "+Kommune-grænsen mod Brøndby Kommune +Åboulevard" },
        { "Skt. Pauls Gade, H.C. Ørsteds Vej", "+Skt. Pauls Gade +H.C. Ørsteds Vej" },
        { "Borgmester- Christiansens Gade, Åboulevard",
          "+Borgmester- Christiansens Gade +Åboulevard" },
        { "Mod nord ad Nordre Allé fra Åboulevard. Mod syd ad Åboulevard",
          ".Åboulevard +Nordre Allé +Åboulevard" },
        { "hele Nordre Allé", "+Nordre Allé" },
        { "", "" },
        { " – , ; ", "" },
    };
    hz_trace_network *net = network();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char got[400];
        understood(net, cases[i].text, got, sizeof got);
        CHECK_TEXT(got, cases[i].want);
    }
    hz_trace_network_free(net);
}

/* The gap of 12 m between Sankt Pauls Gade and Søndre Allé is bridged and said. */
TEST(a_near_meeting_is_bridged_and_reported)
{
    hz_trace_network *net = network();
    hz_trace t = { 0 };
    CHECK_OK(hz_trace_build(net, "Nordre Allé, Sankt Pauls Gade, Søndre Allé, Åboulevard, "
                            "Nordre Allé", NULL, &t, &err), err);
    CHECK(t.ring && t.closed);
    CHECK_NEAR(t.area_m2, 400 * 400, 1e-6);
    CHECK_NEAR(t.bridged_m, 12, 1e-6);
    CHECK_NEAR(t.items[1].bridged_m, 12, 1e-6);
    CHECK_NEAR(t.items[1].length_m, 388, 1e-6);
    CHECK(t.items[4].state == HZ_TRACE_MERGED);
    CHECK(t.gaps->features == 1);
    hz_trace_clear(&t);
    hz_trace_network_free(net);
}

TEST(an_item_without_a_match_is_refused_by_name_and_bridged_only_on_request)
{
    const char *text = "Nordre Allé – Lundegade – Søndre Allé – Åboulevard";
    hz_trace_opts gaps = { .allow_gaps = true };
    hz_trace_network *net = network();
    hz_trace t = { 0 };
    CHECK_OK(hz_trace_build(net, text, NULL, &t, &err), err);
    CHECK(!t.ring && strstr(t.refused, "'Lundegade'") && t.items[1].nearest[2]);
    CHECK(t.items[1].state == HZ_TRACE_UNMATCHED);
    hz_trace_clear(&t);
    CHECK_OK(hz_trace_build(net, text, &gaps, &t, &err), err);
    CHECK(t.ring && t.items[1].state == HZ_TRACE_UNMATCHED);
    CHECK_NEAR(t.area_m2, 400 * 400, 1e-6); /* by Sankt Pauls Gade, the next cross street */
    CHECK_NEAR(t.bridged_m, 400, 1e-6);
    hz_trace_clear(&t);
    hz_trace_network_free(net);
}

TEST(an_overrule_is_followed_and_can_leave_an_item_out)
{
    const hz_trace_match to = { "Lundegade", "Sankt Pauls Gade" }, none = { "lundegade", "" },
                         wrong = { "Lundegade", "Nygade" };
    hz_trace_opts opts = { .match = &to, .matches = 1 };
    hz_trace_network *net = network();
    hz_trace t = { 0 };
    CHECK_OK(hz_trace_build(net, "Nordre Allé – Lundegade – Søndre Allé – Åboulevard", &opts, &t,
                            &err), err);
    CHECK(t.ring && t.items[1].overruled);
    CHECK_TEXT(t.items[1].matched, "Sankt Pauls Gade");
    hz_trace_clear(&t);
    opts.match = &none;
    CHECK_OK(hz_trace_build(net, "Nordre Allé – Lundegade – H.C. Ørsteds Vej – Søndre Allé – "
                            "Åboulevard", &opts, &t, &err), err);
    CHECK(t.ring && t.items[1].state == HZ_TRACE_SKIPPED);
    hz_trace_clear(&t);
    opts.match = &wrong;
    CHECK_FAILS(hz_trace_build(net, "Nordre Allé – Lundegade", &opts, &t, &err), HZ_EUSAGE, err,
                "Nygade");
    hz_trace_network_free(net);
}

TEST(streets_that_do_not_meet_are_named)
{
    hz_trace_network *net = network();
    hz_trace t = { 0 };
    CHECK_OK(hz_trace_build(net, "Nordre Allé – Søndre Allé – Åboulevard", NULL, &t, &err), err);
    CHECK(!t.ring && strstr(t.refused, "'Nordre Allé' and 'Søndre Allé' do not meet"));
    hz_trace_clear(&t);
    CHECK_OK(hz_trace_build(net, "Nordre Allé – Peter Bangs Vej – Åboulevard", NULL, &t, &err),
             err);
    CHECK(!t.ring && strstr(t.refused, "no way leads"));
    hz_trace_clear(&t);
    CHECK_OK(hz_trace_build(net, "Nordre Allé – Åboulevard", NULL, &t, &err), err);
    CHECK(!t.ring && t.refused);
    hz_trace_clear(&t);
    CHECK_FAILS(hz_trace_build(net, "Nordre \xFF", NULL, &t, &err), HZ_EUSAGE, err, "UTF-8");
    hz_trace_network_free(net);
}

TEST(a_polygon_is_described_by_the_streets_it_follows)
{
    hz_trace_network *net = network();
    hz_trace t = { 0 };
    hz_trace_fit fit;
    hz_text list = { 0 };
    CHECK_OK(hz_trace_build(net, "Søndre Allé, Åboulevard, Nordre Allé, HC Ørstedsvej", NULL, &t,
                            &err), err);
    CHECK_OK(hz_trace_describe(net, t.ring, 0, 0, &list, &fit, &err), err);
    CHECK_TEXT(hz_text_get(&list),
               "Nordre Allé – Åboulevard – Søndre Allé – H.C. Ørsteds Vej – Nordre Allé");
    CHECK_NEAR(fit.again, 1, 1e-12);
    CHECK_NEAR(fit.furthest_m, 0, 1e-6);
    CHECK_NEAR(fit.length_m, 2400, 1e-6);
    hz_trace_clear(&t);
    hz_text_free(&list);
    hz_trace_network_free(net);
}

/* One more line, 30 m below Søndre Allé and of its length, in a layer that says what it is. */
static hz_trace_network *with_line(const char *layer_name, const char *name, const char *kind)
{
    hz_layer *layers[2] = { NULL };
    hz_shapes *s = NULL;
    hz_crs *crs = NULL;
    hz_trace_network *net = NULL;
    hz_status st = make_streets("EPSG:25832", &layers[0]);
    if (!st)
        st = hz_shapes_new(HZ_LINE, 1, 1, 2, &s, &err);
    if (!st) {
        s->x[0] = 724000;
        s->x[1] = 725000;
        s->y[0] = s->y[1] = 6174970;
        s->first_ring[1] = 1;
        s->first_point[1] = 2;
        st = hz_layer_new(layer_name, 1, &layers[1], &err);
    }
    if (!st)
        st = hz_layer_add_word(layers[1], "name", name, &err);
    if (!st && kind)
        st = hz_layer_add_word(layers[1], "kind", kind, &err);
    if (!st)
        st = hz_layer_take_shapes(layers[1], &s, &err);
    if (!st)
        st = hz_crs_new("EPSG:25832", &crs, &err);
    if (!st)
        st = hz_layer_take_crs(layers[1], &crs, &err);
    if (!st)
        st = hz_trace_network_new(layers[0], (const hz_layer *const *)&layers[1], 1, NULL, &net,
                                  NULL, &err);
    hz_shapes_free(s);
    hz_crs_free(crs);
    hz_layer_free(layers[0]);
    hz_layer_free(layers[1]);
    return net;
}

/* What a layer is called or its rows say decides; lines of another kind are never taken. */
TEST(a_border_is_followed_on_lines_that_are_said_to_be_that_border)
{
    enum { NO = -1, SURE, DOUBT };
    static const struct {
        const char *layer, *name, *kind, *listed;
        int taken;
        hz_trace_kind as;
    } cases[] = {
        { "kommuner.gpkg", "Hvidovre", NULL, "kommunegrænsen", SURE, HZ_TRACE_MUNICIPAL },
        { "kommuner.gpkg", "Hvidovre", NULL, "Kommune-grænsen mod Hvidovre Kommune", SURE,
          HZ_TRACE_MUNICIPAL },
        { "kommuner.gpkg", "Hvidovre", NULL, "kommunegrænsen mod Greve Kommune", DOUBT,
          HZ_TRACE_MUNICIPAL },
        { "kommuner.gpkg", "Hvidovre", NULL, "municipal border Hvidovre", SURE,
          HZ_TRACE_MUNICIPAL },
        { "kommuner.gpkg", "Hvidovre", NULL, "kredsgrænsen", DOUBT, HZ_TRACE_MUNICIPAL },
        { "kommuner.gpkg", "Hvidovre", NULL, "police-district border", DOUBT, HZ_TRACE_MUNICIPAL },
        { "kommuner.gpkg", "Hvidovre", NULL, "jernbanen", NO, HZ_TRACE_STREET },
        { "kommuner.gpkg", "Hvidovre", NULL, "bydelsgrænsen", NO, HZ_TRACE_STREET },
        { "politikredse.gpkg", "Vestegnen", NULL, "Københavns Politis kredsgrænse", SURE,
          HZ_TRACE_POLICE },
        { "politikredse.gpkg", "Vestegnen", NULL, "kommunegrænsen", NO, HZ_TRACE_STREET },
        { "bydele.gpkg", "Valby", NULL, "kommunegrænsen", NO, HZ_TRACE_STREET },
        { "bydele.gpkg", "Valby", NULL, "bydelsgrænsen til Valby", SURE, HZ_TRACE_DISTRICT },
        { "lines.gpkg", "Hvidovre", "Kommunegrænse", "kommunegrænsen", SURE, HZ_TRACE_MUNICIPAL },
        { "lines.gpkg", "Hvidovre", "Sø", "kommunegrænsen", NO, HZ_TRACE_STREET },
        { "lines.gpkg", "Hvidovre", "Sø", "langs vandet", SURE, HZ_TRACE_WATER },
        { "lines.gpkg", "Ringbanen", "Jernbane", "langs jernbanen", SURE, HZ_TRACE_RAIL },
        { "lines.gpkg", "Hvidovre", NULL, "kommunegrænsen", DOUBT, HZ_TRACE_LINE },
        { "borders.gpkg", "Hvidovre", NULL, "kommunegrænsen", DOUBT, HZ_TRACE_BORDER },
        { "borders.gpkg", "Hvidovre", NULL, "grænsen", SURE, HZ_TRACE_BORDER },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hz_trace_network *net = with_line(cases[i].layer, cases[i].name, cases[i].kind);
        hz_trace t = { 0 };
        char list[200];
        CHECK(net != NULL);
        snprintf(list, sizeof list, "Nordre Allé – Åboulevard – %s – H.C. Ørsteds Vej",
                 cases[i].listed);
        CHECK_OK(hz_trace_build(net, list, NULL, &t, &err), err);
        const hz_trace_item *item = &t.items[2];
        if ((cases[i].taken >= 0) != (t.ring != NULL) ||
            (cases[i].taken == DOUBT) != (item->doubt != NULL))
            print_error("%s on %s (%s; %s)\n", cases[i].listed, cases[i].layer,
                        item->doubt ? item->doubt : "", t.refused ? t.refused : "");
        CHECK((cases[i].taken >= 0) == (t.ring != NULL));
        CHECK((cases[i].taken == DOUBT) == (item->doubt != NULL));
        if (t.ring) {
            CHECK_TEXT(item->layer, cases[i].layer);
            CHECK_TEXT(item->matched, cases[i].name);
            CHECK(item->kind == cases[i].as);
            CHECK_NEAR(item->score, item->doubt ? 0.5 : 0.97, 0);
        } else {
            CHECK(strstr(t.refused, "no line given is said to be a") != NULL);
        }
        hz_trace_clear(&t);
        hz_trace_network_free(net);
    }
}

/* Every metre of the ring is on a line that is named, or said to be a link. */
TEST(the_trace_names_the_line_under_every_part_of_the_ring)
{
    hz_trace_network *net = network();
    hz_trace t = { 0 };
    double sum = 0;
    CHECK_OK(hz_trace_build(net, "Nordre Allé, Sankt Pauls Gade, Søndre Allé, Åboulevard", NULL, &t,
                            &err), err);
    CHECK(t.ring && t.leg_count == 5);
    for (size_t k = 0; k < t.leg_count; k++)
        sum += t.legs[k].length_m;
    CHECK_NEAR(sum, t.length_m, 1e-9);
    CHECK_TEXT(t.legs[1].name, "Sankt Pauls Gade");
    CHECK_TEXT(t.legs[1].layer, "streets");
    CHECK(t.legs[2].item == 1 && t.legs[2].bridge && t.legs[2].kind == HZ_TRACE_LINK);
    CHECK_NEAR(t.legs[2].length_m, 12, 1e-6);
    hz_trace_clear(&t);
    hz_trace_network_free(net);
}

TEST(memory_that_runs_out_is_reported)
{
    hz_layer *streets = NULL;
    bool done = false;
    CHECK_OK(make_streets("EPSG:25832", &streets), err);
    for (long n = 1; !done; n++) {
        hz_trace_network *net = NULL;
        hz_trace t = { 0 };
        hz_text list = { 0 };
        hz_trace_fit fit;
        hz_mem_fail_at(n);
        hz_status st = hz_trace_network_new(streets, NULL, 0, NULL, &net, NULL, &err);
        if (!st)
            st = hz_trace_build(net, "Nordre Allé, Skt. Pauls Gade, Søndre Allé (syd), Åboulevard",
                                NULL, &t, &err);
        if (!st)
            st = hz_trace_describe(net, t.ring, 0, 0, &list, &fit, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
        done = st == HZ_OK;
        hz_trace_clear(&t);
        hz_text_free(&list);
        hz_trace_network_free(net);
    }
    hz_layer_free(streets);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_streets_make_their_block),
        cmocka_unit_test(names_are_known_by_their_forms_and_slips),
        cmocka_unit_test(lists_are_read_as_the_police_write_them),
        cmocka_unit_test(a_near_meeting_is_bridged_and_reported),
        cmocka_unit_test(an_item_without_a_match_is_refused_by_name_and_bridged_only_on_request),
        cmocka_unit_test(an_overrule_is_followed_and_can_leave_an_item_out),
        cmocka_unit_test(streets_that_do_not_meet_are_named),
        cmocka_unit_test(a_polygon_is_described_by_the_streets_it_follows),
        cmocka_unit_test(a_border_is_followed_on_lines_that_are_said_to_be_that_border),
        cmocka_unit_test(the_trace_names_the_line_under_every_part_of_the_ring),
        cmocka_unit_test(memory_that_runs_out_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
