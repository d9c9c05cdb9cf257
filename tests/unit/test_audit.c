/* Audits by name: each source is audited as what it is, and a project as its analyses use it. */
#include "check.h"

#include "hotzone/audit.h"
#include "hotzone/mem.h"

#define DATA "tests/data/project/"

static hz_error err;

static hz_status audit_all(hz_audit *audit)
{
    static const hz_quality_events_opts defaults = HZ_QUALITY_EVENTS_DEFAULTS;
    hz_audit_input in = { .source = DATA "events.csv", .areas = DATA "areas.geojson",
                          .population = DATA "population.csv", .events = defaults };
    return hz_audit_sources(&in, audit, NULL, &err);
}

TEST(a_source_is_audited_as_what_its_shapes_are)
{
    hz_audit audit = { 0 };
    CHECK_OK(audit_all(&audit), err);
    CHECK(audit.n == 3);
    CHECK(audit.of[0]->role == HZ_ROLE_EVENTS);
    CHECK(audit.of[1]->role == HZ_ROLE_AREAS);
    CHECK(audit.of[2]->role == HZ_ROLE_TABLE);
    CHECK_TEXT(audit.of[2]->source, "population.csv");
    hz_audit_clear(&audit);
    CHECK(audit.n == 0 && !audit.of);
}

TEST(a_project_has_an_audit_for_each_of_its_sources)
{
    hz_audit audit = { 0 };
    CHECK_OK(hz_audit_project(DATA "project.yaml", &audit, NULL, &err), err);
    CHECK(audit.n == 3);
    CHECK_TEXT(audit.of[0]->source, "areas.geojson");
    CHECK_TEXT(audit.of[1]->source, "population.csv");
    CHECK_TEXT(audit.of[2]->source, "events.csv");
    /* the period of its analysis reaches the dates */
    CHECK(hz_quality_find(audit.of[2], "events-span") != NULL);
    hz_audit_clear(&audit);
}

TEST(a_source_that_is_not_there_is_no_audit)
{
    static const hz_quality_events_opts defaults = HZ_QUALITY_EVENTS_DEFAULTS;
    hz_audit_input in = { .source = DATA "gone.csv", .events = defaults };
    hz_audit audit = { 0 };
    CHECK_FAILS(hz_audit_sources(&in, &audit, NULL, &err), HZ_EIO, err, "gone.csv");
    CHECK(audit.n == 0);
}

TEST(a_source_that_cannot_be_read_is_a_fault)
{
    static const hz_quality_events_opts defaults = HZ_QUALITY_EVENTS_DEFAULTS;
    hz_audit_input in = { .source = DATA "README.md", .events = defaults };
    hz_audit audit = { 0 };
    CHECK_OK(hz_audit_sources(&in, &audit, NULL, &err), err);
    CHECK(audit.n == 1 && audit.of[0]->role == HZ_ROLE_NONE);
    CHECK(hz_quality_find(audit.of[0], "source-unreadable") != NULL);
    CHECK(hz_audit_count(&audit, HZ_QUALITY_FAULT) == 1);
    hz_audit_clear(&audit);
}

/* Every 7th allocation of some thousands: each step of the work is met. */
TEST(failing_allocations_are_reported_and_leave_nothing)
{
    hz_status st = HZ_EMEMORY;
    for (long at = 1; st; at += 7) {
        hz_audit audit = { 0 };
        hz_mem_fail_at(at);
        st = audit_all(&audit);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || (st == HZ_EMEMORY && !audit.of));
        hz_audit_clear(&audit);
    }
    st = HZ_EMEMORY;
    for (long at = 1; st; at += 7) {
        hz_audit audit = { 0 };
        hz_mem_fail_at(at);
        st = hz_audit_project(DATA "project.yaml", &audit, NULL, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || (st == HZ_EMEMORY && !audit.of));
        hz_audit_clear(&audit);
    }
}

RUN_TESTS(T(a_source_is_audited_as_what_its_shapes_are),
          T(a_project_has_an_audit_for_each_of_its_sources),
          T(a_source_that_is_not_there_is_no_audit), T(a_source_that_cannot_be_read_is_a_fault),
          T(failing_allocations_are_reported_and_leave_nothing))
