/* The look: defaults, floors, and what a style file may and may not change. */
#include "check.h"
#include "hotzone/look.h"

typedef struct {
    hz_doc *doc;
    hz_faults *faults;
    hz_look look;
    hz_error err;
} reading;

/* Reads a style over the built-in look; faults stand in the reading. */
static const char *read_over(reading *r, const char *yaml)
{
    r->faults = NULL;
    if (hz_doc_parse("style.yaml", yaml, strlen(yaml), &r->doc, &r->err))
        return r->err.text;
    if (hz_faults_new(r->doc, &r->faults, &r->err) ||
        hz_look_read(&r->look, hz_doc_root(r->doc), r->faults, &r->err))
        return r->err.text;
    return hz_faults_text(r->faults);
}

static const char *read_style(reading *r, const char *yaml)
{
    hz_look_default(&r->look);
    return read_over(r, yaml);
}

static void close_reading(reading *r)
{
    hz_faults_free(r->faults);
    hz_doc_free(r->doc);
    hz_look_clear(&r->look);
}

TEST(the_built_in_look_holds_the_numbers_of_the_map_guide)
{
    hz_look look;
    hz_look_default(&look);
    CHECK_TEXT(look.page_name, "text");
    CHECK_NEAR(look.width_mm, 170, 0);
    CHECK_NEAR(look.height_mm, 130, 0);
    CHECK_NEAR(look.margin_mm, 4, 0);
    CHECK_NEAR(look.legend_pt, 7.5, 0);
    CHECK_NEAR(look.label_pt, 7, 0);
    CHECK_NEAR(look.note_pt, 6.5, 0);
    CHECK_NEAR(look.title_pt, 11, 0);
    CHECK_NEAR(look.subtitle_pt, 9, 0);
    CHECK(look.classes == 5 && look.method == HZ_QUANTILE && look.round);
    CHECK(look.classes_colour[0] == 0xffffcc && look.classes_colour[4] == 0x253494);
    CHECK(look.water == 0xdfe9f0 && look.outside == 0xf4f4f4 && look.streets == 0xd0d0d0);
    CHECK_NEAR(look.cv, 0.30, 0);
    CHECK_NEAR(look.hide_below, 0, 0);
    CHECK_NEAR(look.zone_line_pt, 1.5, 0);
    CHECK_NEAR(look.zone_casing_pt, 3, 0);
    CHECK_NEAR(look.dpi, 300, 0);
    hz_look_clear(&look);
}

TEST(pages_have_the_sizes_and_margins_of_the_map_guide)
{
    static const struct {
        const char *name;
        double w, h, margin;
    } want[] = { { "column", 84, 110, 4 }, { "text", 170, 130, 4 }, { "a5", 148, 210, 12 },
                 { "a4", 210, 297, 15 } };
    hz_look look;
    hz_look_default(&look);
    for (size_t i = 0; i < 4; i++) {
        CHECK(hz_look_page(&look, want[i].name));
        CHECK_NEAR(look.width_mm, want[i].w, 0);
        CHECK_NEAR(look.height_mm, want[i].h, 0);
        CHECK_NEAR(look.margin_mm, want[i].margin, 0);
    }
    CHECK(!hz_look_page(&look, "letter"));
    CHECK_TEXT(look.page_name, "a4");
    hz_look_clear(&look);
}

TEST(the_documented_default_style_changes_nothing)
{
    hz_look plain;
    hz_error err;
    reading r;
    hz_look_default(&plain);
    hz_look_default(&r.look);
    CHECK_OK(hz_doc_read("styles/default.yaml", &r.doc, &err), err);
    CHECK_OK(hz_faults_new(r.doc, &r.faults, &err), err);
    CHECK_OK(hz_look_read(&r.look, hz_doc_root(r.doc), r.faults, &err), err);
    CHECK_TEXT(hz_faults_text(r.faults), "");
    CHECK_TEXT(r.look.page_name, plain.page_name);
    CHECK_TEXT(r.look.family, plain.family);
    CHECK_TEXT(r.look.palette, plain.palette);
    CHECK(memcmp(r.look.classes_colour, plain.classes_colour, 5 * sizeof(hz_colour)) == 0);
    CHECK(r.look.language == plain.language && r.look.classes == plain.classes);
    CHECK(r.look.method == plain.method && r.look.round == plain.round);
    CHECK(r.look.water == plain.water && r.look.no_data == plain.no_data);
    CHECK(r.look.decimals == plain.decimals && r.look.per == plain.per);
    CHECK(r.look.cv == plain.cv && r.look.hide_below == plain.hide_below);
    CHECK(r.look.legend_side == plain.legend_side && r.look.north == plain.north);
    CHECK(r.look.title == NULL && r.look.label_only_count == 0 && r.look.rename_count == 0);
    CHECK(r.look.png && r.look.pdf && r.look.svg && r.look.dpi == 300);
    close_reading(&r);
    hz_look_clear(&plain);
}

TEST(every_style_that_ships_is_read_without_a_fault)
{
    static const char *const files[] = { "styles/organisation.example.yaml",
                                         "styles/palette-warm.yaml", "styles/palette-ratio.yaml",
                                         "styles/palette-own.example.yaml" };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        hz_error err;
        reading r;
        hz_look_default(&r.look);
        CHECK_OK(hz_doc_read(files[i], &r.doc, &err), err);
        CHECK_OK(hz_faults_new(r.doc, &r.faults, &err), err);
        CHECK_OK(hz_look_read(&r.look, hz_doc_root(r.doc), r.faults, &err), err);
        CHECK_TEXT(hz_faults_text(r.faults), "");
        close_reading(&r);
    }
}

TEST(the_example_of_the_map_guide_is_read_whole)
{
    static const char yaml[] =
        "version: 1\n"
        "page: {size: text, language: da}\n"
        "font: {family: Noto Sans, title: 11.0, label: 7.0, note: 6.5}\n"
        "colour:\n"
        "  palette: ylgnbu\n"
        "  reverse: false\n"
        "  water: \"#dfe9f0\"\n"
        "classes: {method: quantile, count: 5, round: true}\n"
        "numbers: {decimals: 1, thousands: \".\", per: 1000}\n"
        "uncertainty: {show: hatch, cv: 0.30, hide_below: 0}\n"
        "zones: {line: 1.5, casing: 3.0, labels: letter}\n"
        "labels:\n"
        "  show: auto\n"
        "  only: [Nørrebro, Vesterbro]\n"
        "  rename: {Vesterbro-Kongens Enghave: Vesterbro}\n"
        "legend: {side: right, counts: true}\n"
        "furniture: {scalebar: true, north: if-turned, locator: false}\n"
        "text:\n"
        "  title: Anmeldelser pr. 1.000 indbyggere, 2023\n"
        "  source: [\"Politiet, 2023\", \"Klimadatastyrelsen (CC BY 4.0)\"]\n"
        "export: {formats: [png, pdf, svg], dpi: 300}\n";
    reading r;
    CHECK_TEXT(read_style(&r, yaml), "");
    CHECK(r.look.language == HZ_DANISH);
    CHECK(r.look.label_only_count == 2);
    CHECK_TEXT(r.look.label_only[0], "Nørrebro");
    CHECK(r.look.rename_count == 1);
    CHECK_TEXT(r.look.rename_from[0], "Vesterbro-Kongens Enghave");
    CHECK_TEXT(r.look.rename_to[0], "Vesterbro");
    CHECK_TEXT(r.look.title, "Anmeldelser pr. 1.000 indbyggere, 2023");
    CHECK(r.look.source_count == 2);
    CHECK_TEXT(r.look.sources[1], "Klimadatastyrelsen (CC BY 4.0)");
    CHECK(r.look.legend_side == HZ_LEGEND_RIGHT);
    close_reading(&r);
}

TEST(an_unknown_key_is_a_fault_that_names_the_nearest)
{
    reading r;
    CHECK_TEXT(read_style(&r, "page: {langage: da}\n"),
               "style.yaml:1: unknown key 'langage' in page, did you mean 'language'?");
    close_reading(&r);
    CHECK(strstr(read_style(&r, "colours: {reverse: true}\n"), "did you mean 'colour'?"));
    close_reading(&r);
}

TEST(a_number_under_a_floor_is_refused_with_the_floor_named)
{
    static const struct {
        const char *yaml, *words;
    } cases[] = {
        { "font: {label: 6.9}\n", "label is 6.9, under the floor of 7" },
        { "font: {legend: 6}\n", "legend is 6, under the floor of 7" },
        { "font: {note: 6.4}\n", "note is 6.4, under the floor of 6.5" },
        { "font: {title: 8.9}\n", "title is 8.9, under the floor of 9" },
        { "font: {subtitle: 8}\n", "subtitle is 8, under the floor of 9" },
        { "classes: {count: 2}\n", "count is 2, under the floor of 3" },
        { "zones: {line: 0.5}\n", "line is 0.5, under the floor of 0.75" },
        { "zones: {line: 2, casing: 2.5}\n", "casing is 2.5, under the floor of 2.6" },
    };
    hz_look plain;
    hz_look_default(&plain);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading r;
        CHECK(strstr(read_style(&r, cases[i].yaml), cases[i].words));
        CHECK(hz_faults_count(r.faults) == 1);
        CHECK(r.look.label_pt == plain.label_pt && r.look.note_pt == plain.note_pt);
        CHECK(r.look.title_pt == plain.title_pt && r.look.classes == plain.classes);
        CHECK(r.look.zone_line_pt == plain.zone_line_pt);
        CHECK(r.look.zone_casing_pt == plain.zone_casing_pt);
        close_reading(&r);
    }
    hz_look_clear(&plain);
}

TEST(larger_labels_need_larger_titles)
{
    reading r;
    CHECK(strstr(read_style(&r, "font: {label: 10}\n"), "2 points above"));
    close_reading(&r);
    CHECK_TEXT(read_style(&r, "font: {label: 10, title: 14, subtitle: 12}\n"), "");
    CHECK_NEAR(r.look.label_pt, 10, 0);
    close_reading(&r);
}

TEST(a_style_may_tighten_the_limits_for_small_numbers_but_not_loosen_them)
{
    reading r, second;
    CHECK_TEXT(read_style(&r, "uncertainty: {cv: 0.2, hide_below: 5}\n"), "");
    second.look = r.look; /* the report's style over the organisation's */
    CHECK(strstr(read_over(&second, "uncertainty: {cv: 0.25, hide_below: 3}\n"),
                 "cv is 0.25, but a style may only tighten the limit in force, 0.2"));
    CHECK(strstr(hz_faults_text(second.faults), "hide_below is 3"));
    CHECK_NEAR(second.look.cv, 0.2, 0);
    CHECK_NEAR(second.look.hide_below, 5, 0);
    hz_faults_free(second.faults);
    hz_doc_free(second.doc);
    close_reading(&r);
}

TEST(a_palette_that_fails_the_gate_stops_with_classes_view_and_distance)
{
    reading r;
    const char *faults = read_style(&r, "colour:\n"
                                        "  palette: [\"#ffffcc\", \"#fefecb\", \"#253494\"]\n");
    CHECK(strstr(faults, "style.yaml:2: "));
    CHECK(strstr(faults, "classes 1 (#ffffcc) and 2 (#fefecb)"));
    CHECK(strstr(faults, "normal view"));
    CHECK_TEXT(r.look.palette, "ylgnbu");
    CHECK(r.look.classes == 5 && r.look.own_colours == 0);
    CHECK(r.look.classes_colour[1] == 0xa1dab4);
    close_reading(&r);
    /* a water colour that a class cannot be told from */
    CHECK(hz_faults_count((read_style(&r, "colour: {water: \"#41b6c4\"}\n"), r.faults)) == 1);
    CHECK(r.look.water == 0xdfe9f0);
    close_reading(&r);
}

TEST(few_classes_take_well_separated_colours_of_a_palette)
{
    hz_look look;
    hz_error err;
    hz_colour two[2], one[1], five[5], reversed[5];
    hz_look_default(&look);
    CHECK_OK(hz_look_colours(&look, 1, one, &err), err);
    CHECK_OK(hz_look_colours(&look, 2, two, &err), err);
    CHECK_OK(hz_look_colours(&look, 5, five, &err), err);
    CHECK(hz_colour_distance(two[0], two[1]) >= 10);
    for (size_t i = 0; i < 2; i++)
        CHECK(hz_colour_distance(two[i], look.no_data) >= 10);
    CHECK(hz_colour_distance(one[0], look.no_data) >= 10);
    look.reverse = true;
    CHECK_OK(hz_look_colours(&look, 5, reversed, &err), err);
    for (size_t i = 0; i < 5; i++)
        CHECK(reversed[i] == five[4 - i]);
    CHECK_FAILS(hz_look_colours(&look, 8, five, &err), HZ_EUSAGE, err, "8 classes");
    hz_look_clear(&look);
}

TEST(all_faults_of_a_style_are_reported_at_once)
{
    reading r;
    read_style(&r, "version: 2\n"
                   "page: {size: tekst}\n"
                   "font: {label: 5}\n"
                   "classes: {method: jenks}\n"
                   "labels: {show: list}\n"
                   "furniture: {locator: true}\n"
                   "numbers: {thousands: \"x\", decimals: 1.5}\n"
                   "export: {formats: [gif]}\n");
    CHECK(hz_faults_count(r.faults) == 9);
    CHECK(strstr(hz_faults_text(r.faults), "style.yaml:2: page size 'tekst'"));
    CHECK(strstr(hz_faults_text(r.faults), "did you mean 'text'?"));
    close_reading(&r);
}

TEST(own_page_sizes_limits_and_reference_are_read)
{
    reading r;
    CHECK_TEXT(read_style(&r, "page: {size: [120, 90]}\n"
                              "classes: {method: fixed, limits: [20, 40.5, 60]}\n"), "");
    CHECK_TEXT(r.look.page_name, "");
    CHECK_NEAR(r.look.width_mm, 120, 0);
    CHECK_NEAR(r.look.height_mm, 90, 0);
    CHECK(r.look.classes == 4);
    CHECK_NEAR(r.look.fixed[1], 40.5, 0);
    close_reading(&r);
    CHECK_TEXT(read_style(&r, "classes: {method: reference, reference: 45.2}\n"), "");
    CHECK_NEAR(r.look.fixed[0], 45.2, 0);
    close_reading(&r);
    CHECK(strstr(read_style(&r, "page: {size: [20, 90]}\n"), "from 60 to 1200"));
    close_reading(&r);
    CHECK(strstr(read_style(&r, "classes: {method: fixed, limits: [20, 10, 60]}\n"), "rising"));
    close_reading(&r);
}

RUN_TESTS(T(the_built_in_look_holds_the_numbers_of_the_map_guide),
          T(pages_have_the_sizes_and_margins_of_the_map_guide),
          T(the_documented_default_style_changes_nothing),
          T(every_style_that_ships_is_read_without_a_fault),
          T(the_example_of_the_map_guide_is_read_whole),
          T(an_unknown_key_is_a_fault_that_names_the_nearest),
          T(a_number_under_a_floor_is_refused_with_the_floor_named),
          T(larger_labels_need_larger_titles),
          T(a_style_may_tighten_the_limits_for_small_numbers_but_not_loosen_them),
          T(a_palette_that_fails_the_gate_stops_with_classes_view_and_distance),
          T(few_classes_take_well_separated_colours_of_a_palette),
          T(all_faults_of_a_style_are_reported_at_once),
          T(own_page_sizes_limits_and_reference_are_read))
