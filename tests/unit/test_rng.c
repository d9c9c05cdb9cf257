/* Random numbers: the published vectors, the moments, and streams that know what they are for. */
#include "check.h"

#include "hotzone/rng.h"

/* Known answers of Random123 (Salmon et al. 2011), file kat_vectors, philox4x32 10. */
TEST(philox_gives_the_published_vectors)
{
    static const struct {
        uint32_t counter[4], key[2], want[4];
    } known[] = {
        { { 0, 0, 0, 0 }, { 0, 0 }, { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 } },
        { { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
          { 0xffffffff, 0xffffffff },
          { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd } },
        { { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 },
          { 0xa4093822, 0x299f31d0 },
          { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 } },
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        uint32_t got[4];
        hz_rng_philox(known[i].counter, known[i].key, got);
        CHECK(memcmp(got, known[i].want, sizeof got) == 0);
    }
}

TEST(a_stream_is_philox_of_block_replicate_unit_and_statistic)
{
    const uint32_t key[2] = { 0x89abcdef, 0x01234567 };
    hz_rng rng = hz_rng_new(0x0123456789abcdef, 7, 5, 3);
    for (uint32_t block = 0; block < 3; block++) {
        const uint32_t counter[4] = { block, 3, 5, 7 };
        uint32_t want[4];
        hz_rng_philox(counter, key, want);
        for (int i = 0; i < 4; i++)
            CHECK(hz_rng_word(&rng) == want[i]);
    }
}

/* The FNV-1a of "a" is in its authors' list of vectors (Fowler, Noll & Vo). */
TEST(a_name_has_its_own_number)
{
    CHECK(hz_rng_statistic("a") == 0xe40c292cu);
    CHECK(hz_rng_statistic("") == 0x811c9dc5u);
    CHECK(hz_rng_statistic("moran") != hz_rng_statistic("getis"));
}

TEST(a_copy_draws_the_same_again_and_another_stream_does_not)
{
    hz_rng rng = hz_rng_new(1, 2, 3, 4);
    hz_rng_uniform(&rng);
    hz_rng copy = rng;
    const hz_rng others[] = { hz_rng_new(2, 2, 3, 4), hz_rng_new(1, 3, 3, 4),
                              hz_rng_new(1, 2, 4, 4), hz_rng_new(1, 2, 3, 5),
                              hz_rng_new(UINT64_C(1) << 32 | 1, 2, 3, 4) };
    for (int i = 0; i < 10; i++)
        CHECK(hz_rng_word(&rng) == hz_rng_word(&copy));
    for (size_t o = 0; o < sizeof others / sizeof others[0]; o++) {
        hz_rng first = hz_rng_new(1, 2, 3, 4), other = others[o];
        int same = 0;
        for (int i = 0; i < 64; i++)
            same += hz_rng_word(&first) == hz_rng_word(&other);
        CHECK(same == 0);
    }
}

/* Mean 1/2 and variance 1/12 within five standard errors, each tenth with its tenth. */
TEST(uniform_draws_are_even_and_below_one)
{
    enum { N = 200000 };
    hz_rng rng = hz_rng_new(11, 1, 0, 0);
    double sum = 0, squares = 0;
    int tenth[10] = { 0 };
    for (int i = 0; i < N; i++) {
        double u = hz_rng_uniform(&rng);
        CHECK(u >= 0 && u < 1);
        sum += u;
        squares += (u - 0.5) * (u - 0.5);
        tenth[(int)(10 * u)]++;
    }
    CHECK_NEAR(sum / N, 0.5, 5 * sqrt(1.0 / 12 / N));
    CHECK_NEAR(squares / N, 1.0 / 12, 5 * sqrt(1.0 / 180 / N));
    for (int i = 0; i < 10; i++)
        CHECK_NEAR(tenth[i], N / 10.0, 5 * sqrt(N * 0.09));
}

/* Two words of a hand-made block: 0x80000000, 0 is one half exactly; all ones is 1 - 2^-53. */
TEST(a_uniform_draw_is_53_bits_of_two_words)
{
    hz_rng rng = { { 0, 0 }, { 0, 0, 0, 0 }, { 0x80000000, 0, 0xffffffff, 0xffffffff }, 0 };
    CHECK(hz_rng_uniform(&rng) == 0.5);
    CHECK(hz_rng_uniform(&rng) == 1 - 0x1p-53);
}

/* n = 3 * 2^30: of the 2^32 words a plain remainder would give the lowest third twice as often. */
TEST(bounded_draws_are_without_bias)
{
    enum { N = 90000 };
    const uint64_t bounds[] = { 3u << 30, UINT64_C(3) << 62 };
    for (size_t b = 0; b < 2; b++) {
        hz_rng rng = hz_rng_new(12, 1, 0, (uint32_t)b);
        int third[3] = { 0 };
        for (int i = 0; i < N; i++) {
            uint64_t draw = hz_rng_below(&rng, bounds[b]);
            CHECK(draw < bounds[b]);
            third[draw / (bounds[b] / 3)]++;
        }
        for (int i = 0; i < 3; i++)
            CHECK_NEAR(third[i], N / 3.0, 5 * sqrt(N * 2 / 9.0));
    }
}

TEST(small_bounds_reach_every_number_and_no_other)
{
    hz_rng rng = hz_rng_new(13, 1, 0, 0);
    CHECK(hz_rng_below(&rng, 0) == 0);
    CHECK(hz_rng_below(&rng, 1) == 0);
    int count[6] = { 0 };
    for (int i = 0; i < 60000; i++)
        count[hz_rng_below(&rng, 6)]++;
    for (int i = 0; i < 6; i++)
        CHECK_NEAR(count[i], 10000, 5 * sqrt(60000 * 5 / 36.0));
}

TEST(normal_draws_have_the_shares_of_the_normal_table)
{
    enum { N = 200000 };
    hz_rng rng = hz_rng_new(14, 1, 0, 0);
    double sum = 0, squares = 0;
    int below_one = 0, beyond_two = 0;
    for (int i = 0; i < N; i++) {
        double z = hz_rng_normal(&rng);
        sum += z;
        squares += z * z;
        below_one += z < 1;
        beyond_two += fabs(z) > 1.959963985;
    }
    CHECK_NEAR(sum / N, 0, 5 / sqrt(N));
    CHECK_NEAR(squares / N, 1, 5 * sqrt(2.0 / N));
    CHECK_NEAR(below_one / (double)N, 0.841344746, 5 * sqrt(0.1335 / N));
    CHECK_NEAR(beyond_two / (double)N, 0.05, 5 * sqrt(0.0475 / N));
}

/* P(K = k) straight from the formula, at the mean and one deviation to either side. */
TEST(poisson_draws_have_the_probabilities_of_the_formula)
{
    enum { N = 100000 };
    const double means[] = { 0.3, 4, 9.99, 10, 42.5, 1877, 1e6 };
    for (size_t m = 0; m < sizeof means / sizeof means[0]; m++) {
        double mean = means[m], deviation = sqrt(mean), sum = 0, squares = 0;
        double at[3] = { floor(mean - deviation), floor(mean), floor(mean + deviation) };
        int hits[3] = { 0 };
        hz_rng rng = hz_rng_new(15, 1, 0, (uint32_t)m);
        for (int i = 0; i < N; i++) {
            double k = (double)hz_rng_poisson(&rng, mean);
            sum += k;
            squares += (k - mean) * (k - mean);
            for (int j = 0; j < 3; j++)
                hits[j] += k == at[j];
        }
        CHECK_NEAR(sum / N, mean, 5 * sqrt(mean / N));
        CHECK_NEAR(squares / N, mean, 5 * sqrt((mean + 2 * mean * mean) / N));
        for (int j = 0; j < 3; j++) {
            double p = at[j] < 0 ? 0 : exp(at[j] * log(mean) - mean - lgamma(at[j] + 1));
            CHECK_NEAR(hits[j] / (double)N, p, 5 * sqrt(p * (1 - p) / N) + 1e-12);
        }
    }
}

TEST(poisson_of_no_mean_is_zero_and_of_too_much_the_most)
{
    hz_rng rng = hz_rng_new(16, 1, 0, 0);
    CHECK(hz_rng_poisson(&rng, 0) == 0);
    CHECK(hz_rng_poisson(&rng, -1) == 0);
    CHECK(hz_rng_poisson(&rng, NAN) == 0);
    CHECK_NEAR((double)hz_rng_poisson(&rng, INFINITY), HZ_RNG_POISSON_MOST, 2e5);
}

RUN_TESTS(T(philox_gives_the_published_vectors),
          T(a_stream_is_philox_of_block_replicate_unit_and_statistic),
          T(a_name_has_its_own_number),
          T(a_copy_draws_the_same_again_and_another_stream_does_not),
          T(uniform_draws_are_even_and_below_one),
          T(a_uniform_draw_is_53_bits_of_two_words),
          T(bounded_draws_are_without_bias),
          T(small_bounds_reach_every_number_and_no_other),
          T(normal_draws_have_the_shares_of_the_normal_table),
          T(poisson_draws_have_the_probabilities_of_the_formula),
          T(poisson_of_no_mean_is_zero_and_of_too_much_the_most))
