/* Findings in words: every code has its sentence in both languages and its line in the manual. */
#include "check.h"

#include <glob.h>
#include <stdlib.h>

#include "hotzone/file.h"
#include "hotzone/findings.h"
#include "hotzone/mem.h"

static hz_error err;

/* The codes that the audits give: quoted words of src/join/quality*.c with a known beginning. */
static size_t list_codes(char codes[][40], size_t most)
{
    static const char *const begins[] = { "events-", "areas-", "table-", "keys-", "rows-",
                                          "source-" };
    glob_t files;
    size_t n = 0;
    if (glob("src/join/quality*.c", 0, NULL, &files))
        return 0;
    for (size_t i = 0; i < files.gl_pathc; i++) {
        char *text = NULL;
        size_t size;
        if (hz_file_read(files.gl_pathv[i], 1 << 20, &text, &size, &err))
            continue;
        for (const char *p = strchr(text, '"'); p && n < most; p = strchr(p, '"')) {
            size_t length = strspn(++p, "abcdefghijklmnopqrstuvwxyz-");
            for (size_t k = 0; k < sizeof begins / sizeof *begins; k++)
                if (p[length] == '"' && length < 40 &&
                    strncmp(p, begins[k], strlen(begins[k])) == 0) {
                    snprintf(codes[n++], 40, "%.*s", (int)length, p);
                    break;
                }
        }
        hz_mem_free(text);
    }
    globfree(&files);
    return n;
}

TEST(every_code_has_a_sentence_in_both_languages_and_a_place_in_the_manual)
{
    static char codes[200][40];
    char *manual = NULL;
    size_t size, n = list_codes(codes, 200);
    CHECK(n > 40);
    CHECK_OK(hz_file_read("docs/reference/check.md", 1 << 20, &manual, &size, &err), err);
    for (size_t i = 0; i < n; i++) {
        char word[60], a[] = "A", b[] = "B";
        hz_finding f = { .code = codes[i], .count = 2, .of = 4, .value = { 1, 2, 3, 4, 5 },
                         .text = { a, b } };
        hz_text texts[2] = { { 0 }, { 0 } };
        for (int l = HZ_ENGLISH; l <= HZ_DANISH; l++) {
            hz_finding_sentence(&f, (hz_language)l, &texts[l]);
            if (strcmp(hz_text_get(&texts[l]), codes[i]) == 0 || strpbrk(texts[l].data, "{}|"))
                print_error("%s: %s\n", codes[i], texts[l].data);
            CHECK(strcmp(hz_text_get(&texts[l]), codes[i]) != 0);
            CHECK(!strpbrk(texts[l].data, "{}|"));
        }
        CHECK(strcmp(texts[0].data, texts[1].data) != 0);
        hz_text_free(&texts[0]);
        hz_text_free(&texts[1]);
        snprintf(word, sizeof word, "`%s`", codes[i]);
        if (!strstr(manual, word))
            print_error("docs/reference/check.md lacks %s\n", word);
        CHECK(strstr(manual, word) != NULL);
    }
    hz_mem_free(manual);
}

TEST(counts_agree_with_their_nouns_and_shares_are_honest)
{
    hz_finding f = { .code = "events-unlocated", .count = 1, .of = 3 };
    hz_text t = { 0 };
    hz_finding_sentence(&f, HZ_ENGLISH, &t);
    CHECK_TEXT(hz_text_get(&t), "1 row has no coordinates, 33.3% of 3");
    hz_text_free(&t);
    f.count = 1877;
    f.of = 7508;
    hz_finding_sentence(&f, HZ_DANISH, &t);
    CHECK_TEXT(hz_text_get(&t), "1.877 rækker har ingen koordinater, 25\u00a0% af 7.508");
    hz_text_free(&t);
    f.count = 1;
    hz_finding_sentence(&f, HZ_ENGLISH, &t);
    CHECK_TEXT(hz_text_get(&t), "1 row has no coordinates, under 0.1% of 7,508");
    hz_text_free(&t);
}

/* An audit with so many findings of each severity. */
static hz_quality *audit_with(size_t faults, size_t warnings, size_t notes)
{
    const size_t n[] = { faults, warnings, notes };
    hz_quality *q = hz_mem_new(1, sizeof *q);
    q->source = hz_mem_text("events.csv");
    q->rows = 10;
    q->findings = faults + warnings + notes;
    q->finding = hz_mem_new(q->findings + 1, sizeof *q->finding);
    for (size_t s = 0, at = 0; s < 3; s++)
        for (size_t i = 0; i < n[s]; i++, at++)
            q->finding[at] = (hz_finding){ .code = "events-unlocated", .count = 2, .of = 10,
                                           .severity = (hz_severity)s, .row = { 3, 4 },
                                           .row_count = 2,
                                           .value = { NAN, NAN, NAN, NAN, NAN } };
    return q;
}

static void check_verdict(void **state_, size_t faults, size_t warnings, hz_language l,
                          const char *want)
{
    hz_quality *q = audit_with(faults, warnings, 1);
    const hz_quality *const one[] = { q };
    hz_text t = { 0 };
    hz_findings_verdict(one, 1, l, &t);
    CHECK_TEXT(hz_text_get(&t), want);
    hz_text_free(&t);
    hz_quality_free(q);
}

TEST(the_verdict_comes_in_one_line)
{
    check_verdict(state_, 0, 0, HZ_ENGLISH, "nothing wrong");
    check_verdict(state_, 0, 1, HZ_ENGLISH, "1 warning");
    check_verdict(state_, 1, 0, HZ_ENGLISH, "1 fault that makes results wrong");
    check_verdict(state_, 2, 3, HZ_ENGLISH, "2 faults that make results wrong, 3 warnings");
    check_verdict(state_, 0, 0, HZ_DANISH, "intet galt");
    check_verdict(state_, 1, 2, HZ_DANISH, "1 fejl, der gør resultater forkerte, 2 advarsler");
}

static size_t count_lines(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += *text == '\n';
    return n;
}

TEST(a_page_has_at_most_sixty_lines_and_loses_notes_before_faults)
{
    hz_quality *q = audit_with(20, 20, 40);
    const hz_quality *const one[] = { q };
    hz_text t = { 0 };
    size_t faults = 0;
    hz_findings_text(one, 1, HZ_ENGLISH, &t);
    CHECK(count_lines(hz_text_get(&t)) == 60);
    for (const char *p = t.data; (p = strstr(p, "\n  fault ")); p++)
        faults++;
    CHECK(faults == 20);
    CHECK(strstr(t.data, "... 23 lines left out; --format json has everything\n") != NULL);
    CHECK(strstr(t.data, "2 rows have no coordinates, 20% of 10 (rows 3, 4)") != NULL);
    hz_text_free(&t);
    hz_quality_free(q);
}

TEST(json_is_the_same_each_time_and_whole)
{
    hz_quality *q = audit_with(1, 0, 70);
    const hz_quality *const one[] = { q };
    hz_text a = { 0 }, b = { 0 };
    CHECK_OK(hz_findings_json(one, 1, &a, &err), err);
    CHECK_OK(hz_findings_json(one, 1, &b, &err), err);
    CHECK_TEXT(hz_text_get(&a), hz_text_get(&b));
    CHECK(strstr(a.data, "\"notes\": 70,") != NULL);
    CHECK(strstr(a.data, "\"first_rows\": [3, 4],") != NULL);
    CHECK(strstr(a.data, "\"verdict\": \"1 fault that makes results wrong\"") != NULL);
    hz_text_free(&a);
    hz_text_free(&b);
    hz_quality_free(q);
}

/* Readers of a report get no coordinates and no row numbers. */
TEST(the_report_has_faults_and_warnings_without_rows)
{
    hz_quality *q = audit_with(1, 1, 1);
    const hz_quality *const one[] = { q };
    hz_html_front front = { .language = HZ_DANISH, .title = "Rapport" };
    hz_html *page = NULL;
    hz_text t = { 0 };
    q->stacks = 1;
    q->stack[0] = (hz_stack){ 12.34567, 55.67891, 9, 0.9, false };
    CHECK_OK(hz_html_new(&front, &page, &err), err);
    CHECK_OK(hz_findings_html(one, 1, HZ_DANISH, page, &err), err);
    CHECK_OK(hz_html_text(page, &t, &err), err);
    CHECK(strstr(t.data, "1 fejl, der gør resultater forkerte, 1 advarsel.") != NULL);
    CHECK(strstr(t.data, "events.csv: advarsel, 2 rækker har ingen koordinater") != NULL);
    CHECK(!strstr(t.data, "note, 2") && !strstr(t.data, "12.34567") && !strstr(t.data, "række 3"));
    hz_text_free(&t);
    hz_html_free(page);
    hz_quality_free(q);
}

TEST(every_failing_allocation_is_reported)
{
    hz_quality *q = audit_with(1, 1, 1);
    const hz_quality *const one[] = { q };
    bool whole = false;
    for (long at = 1; !whole; at++) {
        hz_text t = { 0 };
        hz_mem_fail_at(at);
        hz_findings_text(one, 1, HZ_ENGLISH, &t);
        hz_mem_fail_at(0);
        whole = !t.failed;
        hz_text_free(&t);
        CHECK(at < 1000);
    }
    hz_status st = HZ_EMEMORY;
    for (long at = 1; st; at++) {
        hz_text t = { 0 };
        hz_mem_fail_at(at);
        st = hz_findings_json(one, 1, &t, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
        hz_text_free(&t);
    }
    hz_quality_free(q);
}

RUN_TESTS(T(every_code_has_a_sentence_in_both_languages_and_a_place_in_the_manual),
          T(counts_agree_with_their_nouns_and_shares_are_honest),
          T(the_verdict_comes_in_one_line),
          T(a_page_has_at_most_sixty_lines_and_loses_notes_before_faults),
          T(json_is_the_same_each_time_and_whole),
          T(the_report_has_faults_and_warnings_without_rows),
          T(every_failing_allocation_is_reported))
