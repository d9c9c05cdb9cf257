/* Draws neighbours without replacement, by rejection where they are few and by shuffling where
 * many. */
#include "hotzone/permute.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/rng.h"
#include "hotzone/team.h"
#include "num/draw.h"

/* Up to this many draws are compared with each other (and most have no repeat); more are taken off
 * a deck. */
enum { FEW = 16, BLOCK = 64 };

typedef struct {
    const hz_csr *csr;
    const double *x;
    const int32_t *whole; /* n values less the least, or NULL: not whole */
    double greatest;      /* of all |x| */
    const unsigned char *wanted;
    uint32_t replicates, stop, statistic;
    uint64_t seed;
    uint32_t *decks;      /* members * n: 0 .. n - 1 in order between replicates */
    uint32_t *draws;      /* members * most neighbours */
    size_t most;
    hz_tally *out;
} job;

static bool has_repeat(size_t k, const uint32_t *draw)
{
    bool repeat = false;
    for (size_t d = 1; d < k; d++)
        for (size_t e = 0; e < d; e++)
            repeat |= draw[e] == draw[d];
    return repeat;
}

/* k different ones of 0 .. n - 1: a draw with a repeat is thrown away whole, so that all sets are
 * as likely.  Marks in 64 bits tell most draws free of repeats at a glance. */
static void draw_few(hz_rng *rng, uint32_t n, size_t k, uint32_t *draw)
{
    uint64_t marks;
    size_t marked;
    do {
        marks = 0;
        marked = 0;
        for (size_t d = 0; d < k; d++) {
            uint32_t card = draw_below(rng, n);
            uint64_t bit = (uint64_t)1 << (card & 63);
            draw[d] = card;
            marked += (marks & bit) != 0;
            marks |= bit;
        }
    } while (marked > 0 && has_repeat(k, draw));
}

/* The same off a deck: k swaps to draw and k to put it back in order. */
static void draw_many(hz_rng *rng, uint32_t n, size_t k, uint32_t *deck, uint32_t *draw,
                      uint32_t *swapped)
{
    for (size_t d = 0; d < k; d++) {
        uint32_t at = (uint32_t)d + draw_below(rng, n - (uint32_t)d), card = deck[at];
        deck[at] = deck[d];
        deck[d] = card;
        draw[d] = card;
        swapped[d] = at;
    }
    for (size_t d = k; d-- > 0;) {
        uint32_t card = deck[d];
        deck[d] = deck[swapped[d]];
        deck[swapped[d]] = card;
    }
}

/* Draws are numbers among the others: from the unit's own on they are one too low. */
static void pass_over(uint32_t unit, size_t k, uint32_t *draw)
{
    for (size_t d = 0; d < k; d++)
        draw[d] += draw[d] >= unit;
}

/* What replicates are compared with. */
typedef struct {
    double sum, room; /* observed, and the difference that counts as none */
    int64_t whole;    /* the sum of whole values */
    const double *weight;
} observed;

static observed observe(const job *j, size_t unit)
{
    const hz_csr *csr = j->csr;
    observed o = { 0, 0, 0, hz_csr_equal(csr, unit) ? NULL : csr->weight + csr->first[unit] };
    for (size_t l = csr->first[unit]; l < csr->first[unit + 1]; l++) {
        double w = o.weight ? csr->weight[l] : 1;
        o.sum += w * j->x[csr->neighbour[l]];
        o.room += w;
        o.whole += j->whole ? j->whole[csr->neighbour[l]] : 0;
    }
    return o;
}

static int compare(const job *j, const observed *o, size_t k, const uint32_t *draw)
{
    if (j->whole && !o->weight) {
        int64_t sum = 0;
        for (size_t d = 0; d < k; d++)
            sum += j->whole[draw[d]];
        return (sum > o->whole) - (sum < o->whole);
    }
    double sum = 0;
    for (size_t d = 0; d < k; d++)
        sum += (o->weight ? o->weight[d] : 1) * j->x[draw[d]];
    return (sum > o->sum + o->room) - (sum < o->sum - o->room);
}

static hz_tally permute_unit(const job *j, uint32_t unit, uint32_t *deck, uint32_t *draw)
{
    hz_tally t = { 0 };
    size_t k = hz_csr_count(j->csr, unit);
    uint32_t others = (uint32_t)j->csr->n - 1;
    observed o = observe(j, unit);
    o.room *= 1e-11 * j->greatest;
    while (t.done < j->replicates) {
        hz_rng rng = hz_rng_new(j->seed, j->statistic, unit, t.done);
        if (k <= FEW && others >= 2 * k * k)
            draw_few(&rng, others, k, draw);
        else
            draw_many(&rng, others, k, deck, draw, draw + j->most);
        pass_over(unit, k, draw);
        int side = compare(j, &o, k, draw);
        t.above += side > 0;
        t.equal += side == 0;
        t.below += side < 0;
        t.done++;
        if (!j->stop)
            continue;
        if (!t.high_at && t.above + t.equal == j->stop)
            t.high_at = t.done;
        if (!t.low_at && t.below + t.equal == j->stop)
            t.low_at = t.done;
        if (t.high_at && t.low_at)
            break;
    }
    return t;
}

static void permute_range(size_t first, size_t last, int member, void *user)
{
    const job *j = user;
    uint32_t *deck = j->decks + (size_t)member * j->csr->n;
    uint32_t *draw = j->draws + (size_t)member * 2 * j->most;
    for (size_t i = first; i < last; i++)
        if ((!j->wanted || j->wanted[i]) && hz_csr_count(j->csr, i) > 0)
            j->out[i] = permute_unit(j, (uint32_t)i, deck, draw);
        else
            j->out[i] = (hz_tally){ 0 };
}

/* Values as whole numbers above the least, if they all are and fit. */
static bool make_whole(size_t n, const double *x, int32_t *whole)
{
    double least = INFINITY, greatest = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        least = fmin(least, x[i]);
        greatest = fmax(greatest, x[i]);
    }
    if (!(greatest - least <= INT32_MAX))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (x[i] != floor(x[i]))
            return false;
        whole[i] = (int32_t)(x[i] - least);
    }
    return true;
}

hz_status hz_permute_local(const hz_csr *csr, const double *x, const unsigned char *wanted,
                           uint32_t replicates, uint32_t stop, uint64_t seed, hz_tally *out,
                           hz_error *err)
{
    size_t n = csr->n, members = (size_t)hz_team_size();
    int32_t *whole = hz_mem_new(n, sizeof *whole);
    job j = { .csr = csr, .x = x, .wanted = wanted, .replicates = replicates, .stop = stop,
              .statistic = hz_rng_statistic("permute"), .seed = seed, .out = out };
    hz_status st = HZ_OK;

    for (size_t i = 0; i < n; i++) {
        if (hz_csr_count(csr, i) > j.most)
            j.most = hz_csr_count(csr, i);
        j.greatest = fmax(j.greatest, fabs(x[i]));
    }
    j.decks = hz_mem_new(n, members * sizeof *j.decks);
    j.draws = hz_mem_new(j.most, members * 2 * sizeof *j.draws);
    if (!whole || !j.decks || !j.draws) {
        st = hz_mem_fail(err, "permutation");
        goto done;
    }
    for (size_t i = 0; i < members * n; i++)
        j.decks[i] = (uint32_t)(i % n);
    j.whole = make_whole(n, x, whole) ? whole : NULL;
    hz_team_share(n, BLOCK, permute_range, &j);
done:
    hz_mem_free(whole);
    hz_mem_free(j.decks);
    hz_mem_free(j.draws);
    return st;
}

void hz_permute_map(size_t n, const double *x, uint64_t seed, uint32_t replicate, double *to)
{
    hz_rng rng = hz_rng_new(seed, hz_rng_statistic("shuffle"), 0, replicate);
    if (n > 0)
        memcpy(to, x, n * sizeof *to);
    for (size_t i = n; i > 1; i--) {
        size_t at = (size_t)hz_rng_below(&rng, i);
        double value = to[at];
        to[at] = to[i - 1];
        to[i - 1] = value;
    }
}
