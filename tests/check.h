/* What every unit test includes: cmocka, and checks that print got, want, difference. */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A test states a fact: its name is the fact. */
#define TEST(name) static void name(void **state_)
#define UNUSED_STATE (void)state_

#define CHECK(condition)                                                                 \
    do {                                                                                 \
        (void)state_;                                                                    \
        if (!(condition)) {                                                              \
            print_error("%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);          \
            fail();                                                                      \
        }                                                                                \
    } while (0)

#define CHECK_NEAR(got, want, tolerance)                                                 \
    do {                                                                                 \
        (void)state_;                                                                    \
        double got_ = (got), want_ = (want), tol_ = (tolerance);                         \
        if (!(fabs(got_ - want_) <= tol_)) {                                             \
            print_error("%s:%d: %s\n  got  %.17g\n  want %.17g\n  diff %.3g, tolerance " \
                        "%.3g\n",                                                        \
                        __FILE__, __LINE__, #got, got_, want_, got_ - want_, tol_);      \
            fail();                                                                      \
        }                                                                                \
    } while (0)

#define CHECK_NAN(got)                                                                   \
    do {                                                                                 \
        (void)state_;                                                                    \
        double got_ = (got);                                                             \
        if (!isnan(got_)) {                                                              \
            print_error("%s:%d: %s\n  got  %.17g\n  want NaN\n", __FILE__, __LINE__,     \
                        #got, got_);                                                     \
            fail();                                                                      \
        }                                                                                \
    } while (0)

#define CHECK_TEXT(got, want)                                                            \
    do {                                                                                 \
        (void)state_;                                                                    \
        const char *got_ = (got), *want_ = (want);                                       \
        if (strcmp(got_, want_) != 0) {                                                  \
            print_error("%s:%d: %s\n  got  \"%s\"\n  want \"%s\"\n", __FILE__, __LINE__, \
                        #got, got_, want_);                                              \
            fail();                                                                      \
        }                                                                                \
    } while (0)

/* The call must succeed; its sentence is printed when it does not. */
#define CHECK_OK(call, err)                                                              \
    do {                                                                                 \
        (void)state_;                                                                    \
        if ((call) != HZ_OK) {                                                           \
            print_error("%s:%d: %s\n  %s\n", __FILE__, __LINE__, #call, (err).text);     \
            fail();                                                                      \
        }                                                                                \
    } while (0)

/* The call must fail with this status and a sentence that holds these words. */
#define CHECK_FAILS(call, want_status, err, words)                                       \
    do {                                                                                 \
        (void)state_;                                                                    \
        hz_status got_st_ = (call);                                                      \
        if (got_st_ != (want_status) || !strstr((err).text, words)) {                    \
            print_error("%s:%d: %s\n  got  status %d: %s\n  want status %d with: %s\n",  \
                        __FILE__, __LINE__, #call, (int)got_st_, (err).text,             \
                        (int)(want_status), words);                                      \
            fail();                                                                      \
        }                                                                                \
    } while (0)

#define RUN_TESTS(...)                                                                   \
    int main(void)                                                                       \
    {                                                                                    \
        const struct CMUnitTest tests_[] = { __VA_ARGS__ };                              \
        return cmocka_run_group_tests(tests_, NULL, NULL);                               \
    }
#define T(name) cmocka_unit_test(name)

#endif
