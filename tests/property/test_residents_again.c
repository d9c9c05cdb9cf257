/* Two releases of residents, of one register or of two: whoever has both is told no small count and no
 * small change.  The attacker goes through all tables that agree. */
#include "check.h"

#include <math.h>
#include <stdlib.h>

#include "hotzone/disclose.h"
#include "hotzone/mem.h"
#include "hotzone/residents.h"
#include "hotzone/rng.h"

static hz_error err;

/* Atoms: five areas, elsewhere, without coordinates, refused. */
enum { AREAS = 5, ATOMS = 8, SETS = 1 << ATOMS, SIDE = 100, PEOPLE_MOST = 400, FACTS_MOST = 64,
       BELOW = 5, PAIRS = 40, WORLDS = 10, ABOVE = 8 };

typedef struct {
    hz_layer *areas, *people;
} town;

static hz_layer *make_areas(void)
{
    static const char *const ids[] = { "a", "b", "c", "d", "e" };
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    hz_crs *crs = NULL;
    if (hz_layer_new("areas", AREAS, &layer, &err) ||
        hz_shapes_new(HZ_POLYGON, AREAS, AREAS, 5 * AREAS, &s, &err) ||
        hz_crs_new("EPSG:25832", &crs, &err))
        return NULL;
    for (size_t f = 0; f < AREAS; f++) {
        const double x[] = { 0, 1, 1, 0, 0 }, y[] = { 0, 0, 1, 1, 0 };
        for (size_t i = 0; i < 5; i++) {
            s->x[5 * f + i] = SIDE * ((double)f + x[i]);
            s->y[5 * f + i] = SIDE * y[i];
        }
        s->first_ring[f + 1] = f + 1;
        s->first_point[f + 1] = 5 * (f + 1);
    }
    return hz_layer_take_shapes(layer, &s, &err) || hz_layer_take_crs(layer, &crs, &err) ||
                   hz_layer_add_texts(layer, "id", ids, &err)
               ? NULL : layer;
}

/* Of each area, then elsewhere. */
static hz_layer *make_people(const int *count)
{
    hz_layer *layer = NULL;
    hz_shapes *s = NULL;
    hz_crs *crs = NULL;
    size_t n = 0, at = 0;
    for (int a = 0; a <= AREAS; a++)
        n += (size_t)count[a];
    if (hz_layer_new("people", n, &layer, &err) || hz_shapes_new(HZ_POINT, n, 0, n, &s, &err) ||
        hz_crs_new("EPSG:25832", &crs, &err))
        return NULL;
    for (int a = 0; a <= AREAS; a++)
        for (int i = 0; i < count[a]; i++, at++) {
            s->x[at] = SIDE * (a + 0.5);
            s->y[at] = SIDE / 2.0;
        }
    return hz_layer_take_shapes(layer, &s, &err) || hz_layer_take_crs(layer, &crs, &err) ? NULL
                                                                                         : layer;
}

static hz_status publish_layers(hz_layer *areas, hz_layer *people, const unsigned char *inside,
                                const char *date, const hz_residents_release *earlier, size_t n,
                                hz_residents *out)
{
    const hz_residents_input in = { .areas = areas, .id = "id", .name = "id", .inside = inside,
                                    .residents = people, .below = BELOW, .date = date,
                                    .earlier = earlier, .earlier_count = n };
    hz_status st = areas && people ? hz_residents_make(&in, out, NULL, &err) : HZ_EMEMORY;
    if (!st) /* as the file that it is written to would be told apart */
        snprintf(out->release.sha256, sizeof out->release.sha256, "%s-%s-%d", date,
                 earlier ? "joint" : "alone", inside[1]);
    return st;
}

static hz_status publish(const int *count, const unsigned char *inside, const char *date,
                         const hz_residents_release *earlier, size_t n, hz_residents *out)
{
    hz_layer *areas = make_areas(), *people = make_people(count);
    hz_status st = publish_layers(areas, people, inside, date, earlier, n, out);
    hz_layer_free(areas);
    hz_layer_free(people);
    return st;
}

/* ---- the attacker --------------------------------------------------------------------------- */

typedef struct {
    size_t n;
    unsigned set[FACTS_MOST];
    int value[FACTS_MOST], most[ATOMS];
    int low[SETS], high[SETS];       /* of each set of atoms, over all tables that agree */
    int at[ATOMS];
} attacker;

static const unsigned all_areas = (1u << AREAS) - 1;

static unsigned set_of(const hz_residents_release *r, size_t at)
{
    unsigned inside = 0;
    if (at < AREAS)
        return 1u << at;
    for (unsigned i = 0; i < AREAS; i++)
        inside |= (unsigned)r->inside[i] << i;
    const unsigned of[] = { all_areas, inside, all_areas & ~inside, 0, 1u << AREAS,
                            (2u << AREAS) - 1, 1u << (AREAS + 1), 1u << (AREAS + 2), SETS - 1 };
    return of[at - AREAS];
}

static void read_release(attacker *a, const hz_residents_release *r)
{
    for (size_t at = 0; at < AREAS + HZ_RESIDENTS_SUMS; at++)
        if (r->state[at] == HZ_FIGURE_FIXED) {
            a->set[a->n] = set_of(r, at);
            a->value[a->n++] = (int)r->shown[at];
        }
}

/* May the first k atoms be as they are? */
static bool agree(const attacker *a, int k)
{
    for (size_t f = 0; f < a->n; f++) {
        int sum = 0;
        for (int i = 0; i < k; i++)
            sum += a->set[f] >> i & 1 ? a->at[i] : 0;
        if (sum > a->value[f] || (a->set[f] < 1u << k && sum < a->value[f]))
            return false;
    }
    return true;
}

static void think(attacker *a, int k)
{
    if (k == ATOMS) {
        for (unsigned s = 1; s < SETS; s++) {
            int sum = 0;
            for (int i = 0; i < ATOMS; i++)
                sum += s >> i & 1 ? a->at[i] : 0;
            a->low[s] = sum < a->low[s] ? sum : a->low[s];
            a->high[s] = sum > a->high[s] ? sum : a->high[s];
        }
        return;
    }
    for (a->at[k] = 0; a->at[k] <= a->most[k]; a->at[k]++)
        if (agree(a, k + 1))
            think(a, k + 1);
}

/* Hidden counts are thought of up to ABOVE more than they are. */
static void attack(attacker *a, const int *truth)
{
    for (unsigned s = 0; s < SETS; s++) {
        a->low[s] = 9999;
        a->high[s] = -1;
    }
    for (int i = 0; i < ATOMS; i++)
        a->most[i] = (i <= AREAS ? truth[i] : 0) + (i <= AREAS ? ABOVE : 4);
    think(a, 0);
}

static int sum_of(const int *count, unsigned set)
{
    int sum = 0;
    for (unsigned i = 0; i <= AREAS; i++)
        sum += set >> i & 1 ? count[i] : 0;
    return sum;
}

static bool is_narrow(int low, int high, int most)
{
    return low > 1 || high < most;
}

/* Small counts of areas and of elsewhere, that the attacker knows better than 1 .. 4. */
static int count_known(const attacker *a, const int *truth)
{
    int leaks = 0;
    for (int i = 0; i <= AREAS; i++)
        leaks += truth[i] > 0 && truth[i] < BELOW &&
                 is_narrow(a->low[1u << i], a->high[1u << i], BELOW - 1);
    return leaks;
}

static bool is_told(unsigned set)
{
    return (set & (set - 1)) == 0 || set == all_areas || set == (2u << AREAS) - 1;
}

/* Is the change of a part of the set known to a person? */
static bool has_known_part(const attacker *a, const attacker *b, unsigned set)
{
    for (unsigned part = (set - 1) & set; part; part = (part - 1) & set)
        if (a->low[part] == a->high[part] && b->low[part] == b->high[part])
            return true;
    return false;
}

/* Small changes: of what is counted, and of any sum that is known to the person and has no part that
 * is. */
static int count_changes(const attacker *a, const int *was, const attacker *b, const int *is)
{
    int leaks = 0;
    for (unsigned s = 1; s < 2u << AREAS; s++) {
        int d = sum_of(is, s) - sum_of(was, s), most = BELOW - 1;
        int low = b->low[s] - a->high[s], high = b->high[s] - a->low[s];
        bool known = low == high && !has_known_part(a, b, s);
        if (d < 0 && a->high[s] < most)
            most = a->high[s];
        if (d != 0 && abs(d) < BELOW && (known || is_told(s)))
            leaks += d > 0 ? is_narrow(low, high, most) : is_narrow(-high, -low, most);
    }
    return leaks;
}

/* ---- worlds --------------------------------------------------------------------------------- */

static const unsigned char near[AREAS] = { 1 }, wide[AREAS] = { 1, 1 },
                           left[AREAS] = { 1, 1, 1, 0, 0 }, right[AREAS] = { 0, 0, 1, 1, 1 };

TEST(another_focus_of_the_same_people_is_one_release_with_the_first)
{
    /* c's 3 hide behind a and b in the one, behind d and e in the other */
    static attacker apart, together;
    int truth[AREAS + 1] = { 12, 14, 3, 13, 15, 17 };
    hz_residents first = { 0 }, alone = { 0 }, joint = { 0 };
    CHECK_OK(publish(truth, left, "2018-06-01", NULL, 0, &first), err);
    CHECK_OK(publish(truth, right, "2018-06-01", NULL, 0, &alone), err);
    CHECK_OK(publish(truth, right, "2018-06-01", &first.release, 1, &joint), err);
    read_release(&apart, &first.release);
    read_release(&apart, &alone.release);
    read_release(&together, &first.release);
    read_release(&together, &joint.release);
    attack(&apart, truth);
    attack(&together, truth);
    CHECK(count_known(&apart, truth) > 0);
    CHECK(count_known(&together, truth) == 0);
    hz_residents_clear(&first);
    hz_residents_clear(&alone);
    hz_residents_clear(&joint);
}

TEST(no_seeded_pair_about_the_same_register_leaks)
{
    int apart_leaks = 0, leaks = 0, refused = 0;
    for (unsigned seed = 0; seed < PAIRS; seed++) {
        static attacker apart, together;
        hz_rng rng = hz_rng_new(seed, hz_rng_statistic("two focuses"), 0, 0);
        hz_residents first = { 0 }, alone = { 0 }, joint = { 0 };
        int truth[AREAS + 1];
        for (int i = 0; i <= AREAS; i++)
            truth[i] = 6 + (int)hz_rng_below(&rng, 9);
        truth[2] = 1 + (int)hz_rng_below(&rng, BELOW - 1);
        apart.n = together.n = 0;
        CHECK_OK(publish(truth, left, "2018-06-01", NULL, 0, &first), err);
        CHECK_OK(publish(truth, right, "2018-06-01", NULL, 0, &alone), err);
        hz_status st = publish(truth, right, "2018-06-01", &first.release, 1, &joint);
        CHECK(st == HZ_OK || st == HZ_EDATA);
        refused += st != HZ_OK;
        read_release(&apart, &first.release);
        read_release(&apart, &alone.release);
        read_release(&together, &first.release);
        attack(&apart, truth);
        apart_leaks += count_known(&apart, truth);
        if (!st) {
            read_release(&together, &joint.release);
            attack(&together, truth);
            leaks += count_known(&together, truth);
        }
        hz_residents_clear(&first);
        hz_residents_clear(&alone);
        hz_residents_clear(&joint);
    }
    print_message("%d leaks apart, %d together, %d refused\n", apart_leaks, leaks, refused);
    CHECK(apart_leaks > 0 && leaks == 0 && refused < PAIRS / 4);
}

/* Two more in b, and two fewer elsewhere: in two tables by themselves both are there to read. */
TEST(who_moved_in_since_is_not_told)
{
    static attacker before, alone_now, joint_now;
    int was[AREAS + 1] = { 20, 30, 25, 15, 18, 12 }, is[AREAS + 1] = { 20, 32, 25, 15, 18, 10 };
    hz_residents first = { 0 }, alone = { 0 }, joint = { 0 };
    CHECK_OK(publish(was, near, "2018-05-01", NULL, 0, &first), err);
    CHECK_OK(publish(is, near, "2018-06-01", NULL, 0, &alone), err);
    CHECK_OK(publish(is, near, "2018-06-01", &first.release, 1, &joint), err);
    read_release(&before, &first.release);
    read_release(&alone_now, &alone.release);
    read_release(&joint_now, &joint.release);
    attack(&before, was);
    attack(&alone_now, is);
    attack(&joint_now, is);
    CHECK(count_changes(&before, was, &alone_now, is) > 0);
    CHECK(count_changes(&before, was, &joint_now, is) == 0);
    CHECK(isnan(joint.release.shown[1]) && joint.release.with_count == 1);
    hz_residents_clear(&first);
    hz_residents_clear(&alone);
    hz_residents_clear(&joint);
}

/* a, b and elsewhere are shown in the first, c, d, e and all in the second: who came to a, b and elsewhere
 * is told by neither alone, nor by any figure of both. */
TEST(a_change_that_each_table_tells_in_its_own_way_is_not_told)
{
    static attacker before, joint_now;
    int was[AREAS + 1] = { 9, 6, 4, 6, 4, 16 }, is[AREAS + 1] = { 12, 7, 9, 6, 9, 13 };
    hz_residents first = { 0 }, joint = { 0 };
    CHECK_OK(publish(was, near, "2018-05-01", NULL, 0, &first), err);
    CHECK_OK(publish(is, near, "2018-06-01", &first.release, 1, &joint), err);
    read_release(&before, &first.release);
    read_release(&joint_now, &joint.release);
    attack(&before, was);
    attack(&joint_now, is);
    CHECK(count_changes(&before, was, &joint_now, is) == 0);
    hz_residents_clear(&first);
    hz_residents_clear(&joint);
}

TEST(no_seeded_pair_of_registers_tells_a_small_change)
{
    int apart_leaks = 0, leaks = 0, refused = 0, shown = 0, of = 0;
    for (unsigned seed = 0; seed < WORLDS; seed++) {
        static attacker before, alone_now, joint_now;
        hz_rng rng = hz_rng_new(seed, hz_rng_statistic("two registers"), 0, 0);
        hz_residents first = { 0 }, alone = { 0 }, joint = { 0 };
        int was[AREAS + 1], is[AREAS + 1];
        for (int i = 0; i <= AREAS; i++) {
            was[i] = (int)hz_rng_below(&rng, 14) + (i == AREAS ? 6 : 0);
            int moved = hz_rng_below(&rng, 3) ? (int)hz_rng_below(&rng, 12) - 3 : 0;
            is[i] = was[i] + moved < 0 ? 0 : was[i] + moved;
        }
        before.n = alone_now.n = joint_now.n = 0;
        CHECK_OK(publish(was, near, "2018-05-01", NULL, 0, &first), err);
        CHECK_OK(publish(is, near, "2018-06-01", NULL, 0, &alone), err);
        hz_status st = publish(is, seed % 2 ? near : wide, "2018-06-01", &first.release, 1, &joint);
        CHECK(st == HZ_OK || st == HZ_EDATA);
        refused += st != HZ_OK;
        read_release(&before, &first.release);
        read_release(&alone_now, &alone.release);
        attack(&before, was);
        attack(&alone_now, is);
        apart_leaks += count_changes(&before, was, &alone_now, is);
        if (!st) {
            read_release(&joint_now, &joint.release);
            attack(&joint_now, is);
            int found = count_changes(&before, was, &joint_now, is) + count_known(&joint_now, is);
            if (found)
                print_error("world %u: %d\n", seed, found);
            leaks += found;
            shown += (int)joint_now.n;
            of += (int)alone_now.n;
        }
        hz_residents_clear(&first);
        hz_residents_clear(&alone);
        hz_residents_clear(&joint);
    }
    print_message("%d leaks apart, %d together, %d refused; %d of %d figures shown\n", apart_leaks,
                  leaks, refused, shown, of);
    CHECK(apart_leaks > 0 && leaks == 0 && refused == 0 && shown > of / 2);
}

TEST(what_cannot_be_joined_is_said)
{
    int was[AREAS + 1] = { 20, 30, 25, 15, 18, 12 }, is[AREAS + 1] = { 20, 32, 25, 15, 18, 10 };
    hz_residents first = { 0 }, second = { 0 };
    CHECK_OK(publish(was, near, "2018-05-01", NULL, 0, &first), err);
    /* another register by the same date */
    CHECK(publish(is, near, "2018-05-01", &first.release, 1, &second) == HZ_EDATA);
    CHECK_TEXT(err.text, "residents: earlier release 1 shows other numbers of the same register, "
                         "expected the same, or another date");
    CHECK(publish(is, near, NULL, &first.release, 1, &second) == HZ_EDATA);
    CHECK_OK(publish(is, near, "2018-06-01", &first.release, 1, &second), err);
    /* the third knows the second, which was audited with the first */
    hz_residents third = { 0 };
    CHECK(publish(is, near, "2018-07-01", &second.release, 1, &third) == HZ_EDATA);
    CHECK_TEXT(err.text, "residents: earlier release 1 was audited with another, expected that one "
                         "too");
    second.release.rounded = true;
    CHECK(publish(is, near, "2018-06-01", &second.release, 1, &third) == HZ_EDATA);
    second.release.rounded = false;
    second.release.areas[0] = 'x';
    CHECK(publish(is, near, "2018-06-01", &second.release, 1, &third) == HZ_EDATA);
    first.release.below = 6;
    CHECK(publish(is, near, "2018-06-01", &first.release, 1, &third) == HZ_EDATA);
    hz_residents_clear(&first);
    hz_residents_clear(&second);
}

TEST(earlier_releases_are_joined_or_memory_is_said_to_lack)
{
    int was[AREAS + 1] = { 20, 30, 25, 15, 18, 12 }, is[AREAS + 1] = { 20, 32, 25, 15, 18, 10 };
    hz_residents first = { 0 };
    hz_layer *areas = make_areas(), *people = make_people(is);
    int fine = 0, failed = 0;
    CHECK_OK(publish(was, near, "2018-05-01", NULL, 0, &first), err);
    for (long n = 1; fine < 5; n += 1 + n / 40) {
        hz_residents r = { 0 };
        hz_mem_fail_at(n);
        hz_status st = publish_layers(areas, people, near, "2018-06-01", &first.release, 1, &r);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
        fine = st ? 0 : fine + 1;
        failed += st != HZ_OK;
        hz_residents_clear(&r);
    }
    CHECK(failed > 20);
    hz_residents_clear(&first);
    hz_layer_free(areas);
    hz_layer_free(people);
}

RUN_TESTS(T(another_focus_of_the_same_people_is_one_release_with_the_first),
          T(no_seeded_pair_about_the_same_register_leaks), T(who_moved_in_since_is_not_told),
          T(a_change_that_each_table_tells_in_its_own_way_is_not_told),
          T(no_seeded_pair_of_registers_tells_a_small_change), T(what_cannot_be_joined_is_said),
          T(earlier_releases_are_joined_or_memory_is_said_to_lack))
