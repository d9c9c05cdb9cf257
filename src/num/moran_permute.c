/* Deals the values of a map out anew, and reckons I, C and G from one pass over the links.
 *
 * Of a dealt map only three sums are new: P = sum of w z z, A = sum of s z and B = sum of s z^2,
 * where z are departures from the mean and s_i adds the weights from and to unit i.  I goes with P,
 * C with B - 2 P and G with P + mean A, as sums over all values stay what they were. */
#include "hotzone/moran.h"

#include <math.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/team.h"
#include "num/draw.h"

enum { I, C, G, STATISTICS, BLOCK = 8 };

/* A pair of neighbours is kept once, with the weights of both ways added. */
typedef struct {
    size_t n;
    double *z, mean;
    size_t *first;   /* n + 1 */
    uint32_t *other; /* first[n] */
    double *weight;  /* first[n] */
    double *both;    /* n: weights from and to the unit */
    double room;     /* what rounding may do to P, and twice that to B - 2 P */
    uint32_t statistic;
    uint64_t seed;
    double *deck;    /* members * n */
    double *value;   /* maps * STATISTICS: the parts that vary */
} job;

static void free_job(job *j)
{
    hz_mem_free(j->z);
    hz_mem_free(j->first);
    hz_mem_free(j->other);
    hz_mem_free(j->weight);
    hz_mem_free(j->both);
    hz_mem_free(j->deck);
    hz_mem_free(j->value);
}

static void measure(const job *j, const double *z, double value[STATISTICS])
{
    double products = 0, sum = 0, squares = 0;
    for (size_t i = 0; i < j->n; i++) {
        double lag = 0;
        for (size_t l = j->first[i]; l < j->first[i + 1]; l++)
            lag += j->weight[l] * z[j->other[l]];
        products += z[i] * lag;
        sum += j->both[i] * z[i];
        squares += j->both[i] * z[i] * z[i];
    }
    value[I] = products;
    value[C] = squares - 2 * products;
    value[G] = products + j->mean * sum;
}

static void deal(size_t n, hz_rng rng, double *z)
{
    for (size_t i = n; i > 1; i--) {
        size_t at = draw_below(&rng, (uint32_t)i);
        double value = z[at];
        z[at] = z[i - 1];
        z[i - 1] = value;
    }
}

static void permute_maps(size_t first, size_t last, int member, void *user)
{
    const job *j = user;
    double *z = j->deck + (size_t)member * j->n;
    for (size_t r = first; r < last; r++) {
        memcpy(z, j->z, j->n * sizeof *z);
        deal(j->n, hz_rng_new(j->seed, j->statistic, 0, (uint32_t)r), z);
        measure(j, z, j->value + r * STATISTICS);
    }
}

static bool linked_back(const hz_csr *csr, size_t from, size_t to, size_t *at)
{
    size_t low = csr->first[from], high = csr->first[from + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (csr->neighbour[middle] < to)
            low = middle + 1;
        else
            high = middle;
    }
    *at = low;
    return low < csr->first[from + 1] && csr->neighbour[low] == to;
}

static void pair_links(const hz_csr *csr, bool row, job *j)
{
    size_t used = 0, back;
    for (size_t i = 0; i < csr->n; i++) {
        double scale = hz_row_of(csr, i, false, row).scale;
        for (size_t l = csr->first[i]; l < csr->first[i + 1]; l++) {
            size_t to = csr->neighbour[l];
            double w = scale * (csr->weight ? csr->weight[l] : 1);
            j->both[i] += w;
            j->both[to] += w;
            bool mutual = linked_back(csr, to, i, &back);
            if (mutual && to < i)
                continue;
            if (mutual)
                w += hz_row_of(csr, to, false, row).scale *
                     (csr->weight ? csr->weight[back] : 1);
            j->other[used] = (uint32_t)to;
            j->weight[used++] = w;
        }
        j->first[i + 1] = used;
    }
}

/* Units without a link either way take no part. */
static hz_status make_job(size_t n, const double *x, const hz_csr *csr, bool row, uint32_t maps,
                          job *j, hz_error *err)
{
    unsigned char *keep = hz_mem_new(n, 1);
    hz_csr *linked = NULL;
    double s0 = 0, greatest = 0;
    j->z = hz_mem_new(n, sizeof *j->z);
    hz_status st = keep && j->z ? HZ_OK : hz_mem_fail(err, "Moran's I");

    for (size_t i = 0; !st && i < n; i++)
        for (size_t l = csr->first[i]; l < csr->first[i + 1]; l++)
            keep[i] = keep[csr->neighbour[l]] = 1;
    for (size_t i = 0; !st && i < n; i++)
        if (keep[i])
            j->z[j->n++] = x[i];
    if (!st)
        st = hz_csr_select(csr, keep, &linked, err);
    if (st)
        goto done;
    size_t links = linked->first[linked->n];
    j->first = hz_mem_new(j->n + 1, sizeof *j->first);
    j->other = hz_mem_new(links, sizeof *j->other);
    j->weight = hz_mem_new(links, sizeof *j->weight);
    j->both = hz_mem_new(j->n, sizeof *j->both);
    j->deck = hz_mem_new(j->n, (size_t)hz_team_size() * sizeof *j->deck);
    j->value = hz_mem_new(maps, STATISTICS * sizeof *j->value);
    if (!j->first || !j->other || !j->weight || !j->both || !j->deck || !j->value) {
        st = hz_mem_fail(err, "Moran's I");
        goto done;
    }
    pair_links(linked, row, j);
    j->mean = hz_values_of(j->n, j->z).mean;
    for (size_t i = 0; i < j->n; i++) {
        j->z[i] -= j->mean;
        greatest = fmax(greatest, fabs(j->z[i]));
        s0 += j->both[i] / 2;
    }
    j->room = 1e-12 * s0 * greatest * greatest;
done:
    hz_csr_free(linked);
    hz_mem_free(keep);
    return st;
}

/* `scale` and `shift` turn the part that varies into the statistic. */
static hz_shuffled tally(const job *j, int which, uint32_t maps, double observed, double room,
                         double scale, double shift)
{
    hz_shuffled s = { 0, 0, 0, 0, NAN };
    double squares = 0;
    for (uint32_t r = 0; r < maps; r++) {
        double value = j->value[r * STATISTICS + (size_t)which];
        s.above += value > observed + room;
        s.below += value < observed - room;
        s.mean += value;
    }
    s.equal = maps - s.above - s.below;
    s.mean /= maps;
    for (uint32_t r = 0; r < maps; r++) {
        double gap = j->value[r * STATISTICS + (size_t)which] - s.mean;
        squares += gap * gap;
    }
    if (maps > 1)
        s.sd = fabs(scale) * sqrt(squares / (maps - 1.0));
    s.mean = scale * s.mean + shift;
    return s;
}

hz_status hz_moran_permute(size_t n, const double *x, const hz_csr *csr, bool row, uint32_t maps,
                           uint64_t seed, hz_association_null *out, hz_error *err)
{
    job j = { .seed = seed, .statistic = hz_rng_statistic("association") };
    hz_association a;
    double seen[STATISTICS], squares = 0;
    hz_status st;
    if (maps < 1 || maps > HZ_ASSOCIATION_MAPS)
        return hz_fail(err, HZ_EUSAGE, "permutations: %u, expected 1 to %d", (unsigned)maps,
                       HZ_ASSOCIATION_MAPS);
    st = hz_moran_global(n, x, csr, row, &a, err);
    if (!st)
        st = make_job(n, x, csr, row, maps, &j, err);
    if (st)
        goto done;
    hz_team_share(maps, BLOCK, permute_maps, &j);
    measure(&j, j.z, seen);
    double m = (double)j.n;
    for (size_t i = 0; i < j.n; i++)
        squares += j.z[i] * j.z[i];
    hz_association_null found = { .maps = maps };
    found.moran = tally(&j, I, maps, seen[I], j.room, m / (a.s0 * squares), 0);
    found.geary = tally(&j, C, maps, seen[C], 4 * j.room, (m - 1) / (2 * a.s0 * squares), 0);
    found.general = (hz_shuffled){ 0, 0, 0, NAN, NAN };
    if (isfinite(a.general.value)) {
        /* sum of x x over ordered pairs of different units */
        double total = j.mean * m, pairs = total * total - (squares + total * j.mean);
        double shift = j.mean * j.mean * a.s0 / pairs;
        double room = j.room + 1e-12 * fabs(j.mean) * sqrt(squares) * a.s0;
        found.general = tally(&j, G, maps, seen[G], room, 1 / pairs, shift);
    }
    *out = found;
done:
    free_job(&j);
    return st;
}
