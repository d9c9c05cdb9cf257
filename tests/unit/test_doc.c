/* YAML trees with line numbers, and faults collected in one pass. */
#include "check.h"

#include "hotzone/doc.h"
#include "hotzone/mem.h"

static hz_status parse(const char *text, hz_doc **doc, hz_error *err)
{
    return hz_doc_parse("p.yaml", text, strlen(text), doc, err);
}

TEST(scalars_stay_text_until_a_schema_types_them)
{
    hz_doc *doc = NULL;
    hz_error err;
    CHECK_OK(parse("a: no\nb: 0123\nc: 12:30\nd: ~\ne: '~'\n", &doc, &err), err);
    const hz_node *root = hz_doc_root(doc);
    CHECK_TEXT(hz_node_text(hz_node_get(root, "a")), "no");
    CHECK_TEXT(hz_node_text(hz_node_get(root, "b")), "0123");
    CHECK_TEXT(hz_node_text(hz_node_get(root, "c")), "12:30");
    CHECK_TEXT(hz_node_text(hz_node_get(root, "d")), "");
    CHECK_TEXT(hz_node_text(hz_node_get(root, "e")), "~");
    CHECK(hz_node_line(hz_node_get(root, "c")) == 3);
    CHECK(hz_node_get(root, "z") == NULL);
    hz_doc_free(doc);
}

TEST(lists_and_maps_keep_order_and_lines)
{
    hz_doc *doc = NULL;
    hz_error err;
    CHECK_OK(parse("areas:\n  - name: x\n  - name: y\nlist: [1, 2]\n", &doc, &err), err);
    const hz_node *areas = hz_node_get(hz_doc_root(doc), "areas");
    CHECK(hz_node_type(areas) == HZ_NODE_LIST && hz_node_count(areas) == 2);
    CHECK(hz_node_line(hz_node_item(areas, 1)) == 3);
    CHECK_TEXT(hz_node_text(hz_node_get(hz_node_item(areas, 1), "name")), "y");
    CHECK_TEXT(hz_node_key(hz_doc_root(doc), 1), "list");
    CHECK(hz_node_key_line(hz_doc_root(doc), 1) == 4);
    hz_doc_free(doc);
}

TEST(what_is_no_plain_yaml_is_refused_with_its_line)
{
    hz_doc *doc = NULL;
    hz_error err;
    CHECK_FAILS(parse("a: 1\na: 2\n", &doc, &err), HZ_EFORMAT, err, "p.yaml:2: key 'a' again");
    CHECK_FAILS(parse("a: &x 1\nb: *x\n", &doc, &err), HZ_EFORMAT, err, "p.yaml:2: alias");
    CHECK_FAILS(parse("a: [1\nb: 2\n", &doc, &err), HZ_EFORMAT, err, "p.yaml:2");
    CHECK_FAILS(parse("a: 1\n---\nb: 2\n", &doc, &err), HZ_EFORMAT, err, "second document");
    CHECK_FAILS(parse("? [a]\n: 1\n", &doc, &err), HZ_EFORMAT, err, "no plain word");
    CHECK_FAILS(parse("a: \xff\n", &doc, &err), HZ_EFORMAT, err, "UTF-8");
    CHECK_FAILS(parse("a: \"x\\0y\"\n", &doc, &err), HZ_EFORMAT, err, "NUL");
    CHECK(doc == NULL);
}

TEST(deep_nesting_is_refused_at_once)
{
    enum { MANY = 200000 };
    char *deep = hz_mem_new(MANY + 1, 1);
    hz_doc *doc = NULL;
    hz_error err;
    memset(deep, '[', MANY);
    CHECK_FAILS(hz_doc_parse("p.yaml", deep, MANY, &doc, &err), HZ_EFORMAT, err, "nested deeper");
    hz_mem_free(deep);
}

TEST(an_empty_document_has_no_root)
{
    hz_doc *doc = NULL;
    hz_error err;
    CHECK_OK(parse("# nothing\n", &doc, &err), err);
    CHECK(hz_doc_root(doc) == NULL);
    hz_doc_free(doc);
}

TEST(one_pass_reports_every_fault_in_order_of_line)
{
    static const char *const keys[] = { "name", "weight", "radius", "on", "kind" };
    static const char *const kinds[] = { "near", "far" };
    hz_doc *doc = NULL;
    hz_faults *faults = NULL;
    hz_error err;
    CHECK_OK(parse("radius: ten\nnmae: x\nweight: 900\non: maybe\nkind: fra\n", &doc, &err), err);
    CHECK_OK(hz_faults_new(doc, &faults, &err), err);
    const hz_node *root = hz_doc_root(doc);
    CHECK(hz_node_check_keys(root, "the file", keys, 5, faults));
    CHECK_NEAR(hz_node_read_number(root, "weight", 1, 0, 100, faults), 1, 0);
    CHECK_NEAR(hz_node_read_number(root, "radius", 2, 0, 100, faults), 2, 0);
    CHECK(hz_node_read_bool(root, "on", true, faults) == true);
    CHECK(hz_node_read_choice(root, "kind", kinds, 2, 1, faults) == 1);
    CHECK_TEXT(hz_node_read_text(root, "name", "none", faults), "none");
    CHECK(hz_faults_count(faults) == 5);
    CHECK_TEXT(hz_faults_text(faults),
               "p.yaml:1: radius is 'ten', expected a number\n"
               "p.yaml:2: unknown key 'nmae' in the file, did you mean 'name'?\n"
               "p.yaml:3: weight is 900, expected 0 to 100\n"
               "p.yaml:4: on is 'maybe', expected true or false\n"
               "p.yaml:5: kind is 'fra', expected one of: near, far");
    hz_faults_free(faults);
    hz_doc_free(doc);
}

TEST(every_allocation_may_fail)
{
    hz_error err;
    for (long n = 1; n < 200; n++) {
        hz_doc *doc = NULL;
        hz_mem_fail_at(n);
        hz_status st = parse("a: [1, {b: 2, c: 3}]\nd: x\n", &doc, &err);
        hz_mem_fail_at(0);
        if (st == HZ_OK) {
            CHECK(n > 5);
            hz_doc_free(doc);
            return;
        }
        CHECK(st == HZ_EMEMORY && doc == NULL);
    }
    CHECK(0);
}

RUN_TESTS(T(scalars_stay_text_until_a_schema_types_them), T(lists_and_maps_keep_order_and_lines),
          T(what_is_no_plain_yaml_is_refused_with_its_line), T(deep_nesting_is_refused_at_once),
          T(an_empty_document_has_no_root), T(one_pass_reports_every_fault_in_order_of_line),
          T(every_allocation_may_fail))
