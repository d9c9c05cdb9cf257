/* Seeded cities with faults planted in them: all are found, with their rows, and none invented. */
#include "check.h"

#include <stdlib.h>

#include "hotzone/mem.h"
#include "hotzone/quality.h"

static hz_error err;

enum { ROWS = 400, SEEDS = 60 };

typedef enum {
    SOUND, UNLOCATED, ZERO, SWAPPED, OUTSIDE, BAD_DATE, UNDATED, LATE, SAME_ID, ALIKE, REPEATED,
    STACKED, FATES
} fate;

static const char *const code_of[FATES] = {
    NULL, "events-unlocated", "events-zero", "events-swapped", "events-outside", "events-bad-date",
    "events-undated", "events-out-of-period", "events-same-id", "events-alike", "events-repeated",
    "events-stacked"
};

static unsigned long long state;

/* xorshift64*: the same cities on every machine. */
static double uniform(void)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (double)((state * 2685821657736338717ull) >> 11) / 9007199254740992.0;
}

typedef struct {
    double x[ROWS], y[ROWS];
    char id[ROWS][16], date[ROWS][32];
    fate of[ROWS];
    size_t planted[FATES], first[FATES]; /* first: a row from 1 */
} city;

/* Rows of one cause each; what repeats an earlier row repeats row 0, which is sound. */
static void plant(city *c, const bool wanted[FATES])
{
    memset(c, 0, sizeof *c);
    for (size_t r = 0; r < ROWS; r++) {
        fate f = (fate)(uniform() * 4 * FATES);
        if (r < 20 || f >= FATES || !wanted[f])
            f = SOUND;
        c->x[r] = 725000 + 9999 * uniform() + 0.001;
        c->y[r] = 6175000 + 9999 * uniform() + 0.001;
        snprintf(c->id[r], sizeof c->id[r], "e%zu", r);
        /* a minute of its own for each row: nothing is alike by chance */
        snprintf(c->date[r], sizeof c->date[r], "2017-%02u-%02u %02u:%02u",
                 1 + (unsigned)(12 * uniform()) % 12, 1 + (unsigned)(28 * uniform()) % 28,
                 (unsigned)r / 60 % 24, (unsigned)r % 60);
        c->of[r] = f;
        if (c->planted[f]++ == 0)
            c->first[f] = r + 1;
    }
    for (size_t r = 0; r < ROWS; r++) {
        double swap = c->x[r];
        switch (c->of[r]) {
        case UNLOCATED: c->x[r] = NAN; break;
        case ZERO: c->x[r] = c->y[r] = 0; break;
        case SWAPPED: c->x[r] = c->y[r]; c->y[r] = swap; break;
        case OUTSIDE: c->x[r] += 20000; break;
        case BAD_DATE: strcpy(c->date[r], "31.02.2017"); break;
        case UNDATED: c->date[r][0] = '\0'; break;
        case LATE: c->date[r][3] = '8'; break;
        case SAME_ID: strcpy(c->id[r], c->id[0]); break;
        case REPEATED: strcpy(c->id[r], "e1"); /* and all else: */ /* fall through */
        case ALIKE:
            c->x[r] = c->x[1];
            c->y[r] = c->y[1];
            strcpy(c->date[r], c->date[1]);
            break;
        case STACKED:
            c->x[r] = c->x[2];
            c->y[r] = c->y[2];
            break;
        default: break;
        }
    }
}

static hz_layer *layer_of(const city *c)
{
    const char *ids[ROWS], *dates[ROWS];
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    hz_crs *crs = NULL;
    if (hz_layer_new("events.csv", ROWS, &layer, &err) ||
        hz_shapes_new(HZ_POINT, ROWS, 0, ROWS, &s, &err) || hz_crs_new("EPSG:25832", &crs, &err))
        return NULL;
    for (size_t i = 0; i < ROWS; i++) {
        s->x[i] = c->x[i];
        s->y[i] = c->y[i];
        ids[i] = c->id[i];
        dates[i] = c->date[i];
    }
    if (hz_layer_take_shapes(layer, &s, &err) || hz_layer_take_crs(layer, &crs, &err) ||
        hz_layer_add_texts(layer, "id", ids, &err) ||
        hz_layer_add_texts(layer, "date", dates, &err))
        return NULL;
    return layer;
}

static hz_layer *square(void)
{
    const double x[] = { 0, 10000, 10000, 0, 0 }, y[] = { 0, 0, 10000, 10000, 0 };
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    hz_crs *crs = NULL;
    if (hz_layer_new("areas", 1, &layer, &err) || hz_shapes_new(HZ_POLYGON, 1, 1, 5, &s, &err) ||
        hz_crs_new("EPSG:25832", &crs, &err))
        return NULL;
    for (size_t i = 0; i < 5; i++) {
        s->x[i] = 725000 + x[i];
        s->y[i] = 6175000 + y[i];
    }
    s->first_ring[1] = 1;
    s->first_point[1] = 5;
    if (hz_layer_take_shapes(layer, &s, &err) || hz_layer_take_crs(layer, &crs, &err))
        return NULL;
    return layer;
}

static hz_quality *audit(const city *c, const hz_layer *areas)
{
    hz_quality_events_opts opts = HZ_QUALITY_EVENTS_DEFAULTS;
    hz_layer *layer = layer_of(c);
    hz_quality *q = NULL;
    opts.areas = areas;
    if (!layer || hz_period_parse("2017", &opts.period, &err) ||
        hz_quality_events(layer, &opts, &q, &err))
        print_error("%s\n", err.text);
    hz_layer_free(layer);
    return q;
}

/* How many rows a finding must count, given what was planted. */
static size_t expected(const city *c, fate f)
{
    if (f == SAME_ID) /* a repeated row has its id twice as well */
        return c->planted[SAME_ID] + c->planted[REPEATED];
    if (f == STACKED) { /* row 1 and its likes, row 2 and those on it, if they are three or more */
        size_t one = 1 + c->planted[ALIKE] + c->planted[REPEATED], two = 1 + c->planted[STACKED];
        return (one >= 3 ? one : 0) + (two >= 3 ? two : 0);
    }
    return c->planted[f];
}

static void check_city(void **state_, const city *c, const hz_layer *areas)
{
    hz_quality *q = audit(c, areas);
    CHECK(q != NULL);
    for (int f = UNLOCATED; f < FATES; f++) {
        const hz_finding *got = hz_quality_find(q, code_of[f]);
        size_t want = expected(c, (fate)f);
        if ((got ? got->count : 0) != want)
            print_error("%s: got %zu, want %zu\n", code_of[f], got ? got->count : 0, want);
        CHECK((got ? got->count : 0) == want);
        if (got && f != SAME_ID && f != STACKED)
            CHECK(got->row[0] == c->first[f]);
    }
    hz_quality_free(q);
}

TEST(planted_faults_are_all_found_and_none_is_invented)
{
    hz_layer *areas = square();
    for (unsigned long long seed = 1; seed <= SEEDS; seed++) {
        static city c;
        bool wanted[FATES] = { false };
        state = seed * 0x9E3779B97F4A7C15ull;
        for (int f = 0; f < FATES; f++)
            wanted[f] = uniform() < 0.6;
        plant(&c, wanted);
        check_city(state_, &c, areas);
    }
    hz_layer_free(areas);
}

TEST(a_city_without_faults_has_neither_faults_nor_warnings)
{
    const bool none[FATES] = { false };
    hz_layer *areas = square();
    for (unsigned long long seed = 1; seed <= SEEDS; seed++) {
        static city c;
        state = seed;
        plant(&c, none);
        hz_quality *q = audit(&c, seed % 2 ? areas : NULL);
        CHECK(q != NULL);
        CHECK(hz_quality_count(q, HZ_QUALITY_FAULT) + hz_quality_count(q, HZ_QUALITY_WARNING) == 0);
        CHECK(q->stacks == 0);
        hz_quality_free(q);
    }
    hz_layer_free(areas);
}

/* Findings name rows, columns and days of the span: no id that was planted is among their words. */
TEST(no_value_of_a_record_stands_in_a_finding)
{
    const bool all[FATES] = { true, true, true, true, true, true, true, true, true, true, true,
                              true };
    static city c;
    hz_layer *areas = square();
    state = 7;
    plant(&c, all);
    for (size_t r = 0; r < ROWS; r++) {
        char number[8];
        snprintf(number, sizeof number, "%s", c.id[r] + 1);
        snprintf(c.id[r], sizeof c.id[r], "secret%s", number);
    }
    hz_quality *q = audit(&c, areas);
    CHECK(q && q->findings > 8);
    for (size_t i = 0; i < q->findings; i++)
        for (size_t k = 0; k < HZ_FINDING_TEXTS; k++)
            CHECK(!q->finding[i].text[k] || !strstr(q->finding[i].text[k], "secret"));
    hz_quality_free(q);
    hz_layer_free(areas);
}

RUN_TESTS(T(planted_faults_are_all_found_and_none_is_invented),
          T(a_city_without_faults_has_neither_faults_nor_warnings),
          T(no_value_of_a_record_stands_in_a_finding))
