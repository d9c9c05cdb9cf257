/* Audits of real exports: what is known to be wrong with them is found, and no person is in it.
 * The files are not part of the project; they are read where they lie beside it. */
#include "check.h"

#include <stdlib.h>

#include "hotzone/audit.h"
#include "hotzone/file.h"
#include "hotzone/findings.h"
#include "hotzone/source.h"

#define CRIME "../shared/reference/crime/"

static hz_error err;

static bool is_missing(const char *path)
{
    if (hz_file_exists(path))
        return false;
    printf("skip: %s is not beside the project\n", path);
    return true;
}

static hz_status audit_of(const char *path, const char *areas, hz_audit *audit)
{
    static const hz_quality_events_opts defaults = HZ_QUALITY_EVENTS_DEFAULTS;
    hz_audit_input in = { .source = path, .areas = areas, .events = defaults };
    return hz_audit_sources(&in, audit, NULL, &err);
}

/* Everything that is printed of an audit. */
static hz_status print_audit(const hz_audit *audit, hz_text *out)
{
    const hz_quality *const *all = (const hz_quality *const *)audit->of;
    hz_findings_text(all, audit->n, HZ_ENGLISH, out);
    hz_findings_text(all, audit->n, HZ_DANISH, out);
    return hz_findings_json(all, audit->n, out, &err);
}

/* Is a word there with no letter or digit at either end? */
static bool holds_word(const char *text, const char *word)
{
    static const char inner[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    size_t n = strlen(word);
    for (const char *p = text; (p = strstr(p, word)) != NULL; p++)
        if ((p == text || !strchr(inner, p[-1])) && (!p[n] || !strchr(inner, p[n])))
            return true;
    return false;
}

static void check_month(void **state_, const char *path, size_t rows, size_t without)
{
    hz_audit audit = { 0 };
    hz_layer *layer = NULL;
    hz_text said = { 0 };
    size_t looked_at = 0;
    CHECK_OK(audit_of(path, NULL, &audit), err);
    CHECK(audit.n == 1 && audit.of[0]->rows == rows);
    const hz_finding *f = hz_quality_find(audit.of[0], "events-unlocated");
    CHECK(f && f->count == without && f->severity == HZ_QUALITY_WARNING);
    CHECK(hz_audit_count(&audit, HZ_QUALITY_FAULT) == 0);
    CHECK_OK(print_audit(&audit, &said), err);
    CHECK_OK(hz_source_read(path, NULL, &layer, NULL, &err), err);
    for (size_t c = 0; c < hz_layer_columns(layer); c++) {
        if (hz_layer_column_kind(layer, c) != HZ_TEXTS)
            continue;
        for (size_t r = 0; r < hz_layer_rows(layer); r++) {
            const char *value = hz_layer_text_at(layer, c, r);
            looked_at += *value != '\0';
            if (*value && holds_word(said.data, value))
                print_error("a value of '%s' is in the page\n", hz_layer_column_name(layer, c));
            CHECK(!*value || !holds_word(said.data, value));
        }
    }
    CHECK(looked_at > 500);
    hz_layer_free(layer);
    hz_text_free(&said);
    hz_audit_clear(&audit);
}

/* Rows without coordinates as counted by hand: data.police.uk, January to March 2019. */
TEST(searches_without_coordinates_are_found_and_no_attribute_of_a_person_is_printed)
{
    static const char *const paths[] = {
        CRIME "city-of-london/2019-01-city-of-london-stop-and-search.csv",
        CRIME "city-of-london/2019-02-city-of-london-stop-and-search.csv",
        CRIME "city-of-london/2019-03-city-of-london-stop-and-search.csv",
    };
    static const size_t rows[] = { 153, 147, 130 }, without[] = { 36, 53, 69 };
    for (size_t i = 0; i < 3; i++) {
        if (is_missing(paths[i]))
            skip();
        check_month(state_, paths[i], rows[i], without[i]);
    }
}

TEST(nothing_is_wrong_with_the_robberies_of_memphis)
{
    hz_audit audit = { 0 };
    hz_text verdict = { 0 };
    if (is_missing(CRIME "memphis_robberies.csv"))
        skip();
    CHECK_OK(audit_of(CRIME "memphis_robberies.csv", NULL, &audit), err);
    hz_findings_verdict((const hz_quality *const *)audit.of, audit.n, HZ_ENGLISH, &verdict);
    CHECK_TEXT(hz_text_get(&verdict), "nothing wrong");
    CHECK(audit.of[0]->rows == 2245);
    hz_text_free(&verdict);
    hz_audit_clear(&audit);
}

TEST(the_boroughs_of_london_share_their_borders)
{
    hz_audit audit = { 0 };
    if (is_missing(CRIME "london_boroughs.gpkg"))
        skip();
    CHECK_OK(audit_of(CRIME "london_boroughs.gpkg", NULL, &audit), err);
    CHECK(audit.of[0]->role == HZ_ROLE_AREAS && audit.of[0]->rows == 33);
    CHECK(hz_audit_count(&audit, HZ_QUALITY_FAULT) == 0);
    CHECK(hz_audit_count(&audit, HZ_QUALITY_WARNING) == 0);
    hz_audit_clear(&audit);
}

RUN_TESTS(T(searches_without_coordinates_are_found_and_no_attribute_of_a_person_is_printed),
          T(nothing_is_wrong_with_the_robberies_of_memphis),
          T(the_boroughs_of_london_share_their_borders))
