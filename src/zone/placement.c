/* Places a zone at random and asks how often as many events are held. */
#include "hotzone/placement.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/rng.h"
#include "hotzone/team.h"
#include "zone/placement_parts.h"

enum { BATCH = 1024, BLOCK = 64, TRIES_MOST = 100000 };

typedef struct {
    const hz_ground *ground;
    const hz_shapes *zones;
    size_t f;
    ground_form form;
    ground_probe probe;
    hz_placement_opts o;
    double low, high;       /* limits of residents; NaN: none */
    uint32_t start;         /* first try of the batch at hand */
    unsigned char *kept;    /* of the batch */
    const hz_pointgrid *const *events;
    size_t grids;
    uint32_t *number;       /* tries kept, in order */
    size_t *held;           /* placements x grids */
    unsigned char *failed;  /* per block of placements */
} job;

/* Turn and place of one try.  The turn is that of a point even over the unit disc, its angle
 * doubled: no sine is asked of the maths library, so every machine draws the same. */
static void draw(const job *j, uint32_t number, double *c, double *s, double *x, double *y)
{
    hz_rng rng = hz_rng_new(j->o.seed, hz_rng_statistic("placement"), 0, number);
    double u, v, q;
    do {
        u = 2 * hz_rng_uniform(&rng) - 1;
        v = 2 * hz_rng_uniform(&rng) - 1;
        q = u * u + v * v;
    } while (!(q <= 1) || q < 1e-12);
    *c = (u * u - v * v) / q;
    *s = 2 * u * v / q;
    const hz_box *b = &j->ground->box;
    *x = b->xmin + (b->xmax - b->xmin) * hz_rng_uniform(&rng);
    *y = b->ymin + (b->ymax - b->ymin) * hz_rng_uniform(&rng);
}

static bool fits(const job *j, double land, double people)
{
    if (!(land >= j->o.land - 1e-9)) /* a zone all on land is, despite rounding */
        return false;
    return isnan(j->low) || (people >= j->low && people < j->high);
}

static void try_range(size_t first, size_t last, int member, void *user)
{
    job *j = user;
    (void)member;
    for (size_t i = first; i < last; i++) {
        double c, s, x, y, land, people;
        draw(j, j->start + (uint32_t)i, &c, &s, &x, &y);
        j->kept[i] = 0;
        if (hz_ground_refuses(j->ground, &j->probe, c, s, x, y))
            continue;
        hz_ground_judge(j->ground, &j->form, c, s, x, y, &land, &people);
        j->kept[i] = fits(j, land, people);
    }
}

/* The form where one try puts it. */
static void move(const job *j, uint32_t number, double *px, double *py)
{
    double c, s, x, y;
    draw(j, number, &c, &s, &x, &y);
    for (size_t i = 0; i < j->form.points; i++) {
        px[i] = x + (j->form.x[i] * c - j->form.y[i] * s);
        py[i] = y + (j->form.x[i] * s + j->form.y[i] * c);
    }
}

static void count_range(size_t first, size_t last, int member, void *user)
{
    job *j = user;
    const hz_shapes *z = j->zones;
    size_t ring = z->first_ring[j->f], rings = j->form.rings, n = j->form.points;
    size_t of_feature[2] = { 0, rings };
    size_t *points = hz_mem_new(rings + 1, sizeof *points);
    double *x = hz_mem_new(n, sizeof *x), *y = hz_mem_new(n, sizeof *y);
    hz_shapes moved = { HZ_POLYGON, 1, rings, n, of_feature, points, z->hole + ring, x, y };
    bool failed = !points || !x || !y;
    (void)member;
    for (size_t r = 0; !failed && r <= rings; r++)
        points[r] = j->form.first[r] - j->form.first[0];
    for (size_t i = first; !failed && i < last; i++) {
        move(j, j->number[i], x, y);
        for (size_t g = 0; !failed && g < j->grids; g++)
            failed = hz_pointgrid_count(j->events[g], &moved, 0, &j->held[i * j->grids + g],
                                        NULL) != HZ_OK;
    }
    j->failed[first / BLOCK] = failed;
    hz_mem_free(points);
    hz_mem_free(x);
    hz_mem_free(y);
}

static int ascending(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* Rank what the zone holds among what its placements hold. */
static hz_status rank(const job *j, size_t grid, hz_placement *out, hz_error *err)
{
    size_t n = j->o.replicates, own, more = 0, equal = 0;
    hz_status st = hz_pointgrid_count(j->events[grid], j->zones, j->f, &own, err);
    if (st)
        return st;
    size_t *held = hz_mem_new(n, sizeof *held);
    if (!held)
        return hz_mem_fail(err, "placements");
    for (size_t i = 0; i < n; i++) {
        held[i] = j->held[i * j->grids + grid];
        more += held[i] > own;
        equal += held[i] == own;
    }
    qsort(held, n, sizeof *held, ascending);
    out->low = (double)held[(size_t)(0.025 * (double)n)];
    out->median = (double)held[n / 2];
    out->high = (double)held[n - 1 - (size_t)(0.025 * (double)n)];
    hz_mem_free(held);
    /* among n + 1 equals the zone's rank is even: its place among its ties is drawn */
    hz_rng lot = hz_rng_new(j->o.seed, hz_rng_statistic("placement ties"), (uint32_t)grid, 0);
    size_t before = own == 0 ? equal : (size_t)hz_rng_below(&lot, equal + 1);
    out->as_many = more + equal;
    out->p = (double)(1 + more + before) / (double)(n + 1);
    out->p_high = (double)(1 + more + equal) / (double)(n + 1);
    return HZ_OK;
}

/* The class of residents that the zone falls in: 0..1, 1..s, s..s^2, ... */
static void class_of(double people, double spread, double *low, double *high)
{
    *low = 0;
    *high = 1;
    while (people >= *high) {
        *low = *high;
        *high *= spread;
    }
}

static hz_status check(const hz_placement_opts *o, hz_error *err)
{
    if (o->replicates < 1 || o->replicates > 99999 || o->tries < 1 || o->tries > TRIES_MOST)
        return hz_fail(err, HZ_EUSAGE, "placements: %u wanted in %u tries, expected 1 to 99999 in "
                       "1 to %d", (unsigned)o->replicates, (unsigned)o->tries, TRIES_MOST);
    if (!(o->land >= 0 && o->land <= 1))
        return hz_fail(err, HZ_EUSAGE, "placements: %g of each on land, expected 0 to 1", o->land);
    if (!(o->spread >= 1.01 && o->spread <= 1e6))
        return hz_fail(err, HZ_EUSAGE, "placements: classes of residents by a factor of %g, "
                       "expected 1.01 or more", o->spread);
    if (isnan(o->people_low) != isnan(o->people_high) || o->people_low < 0 ||
        o->people_high <= o->people_low)
        return hz_fail(err, HZ_EUSAGE, "placements: residents from %g to %g, expected 0 or more and "
                       "the second above the first", o->people_low, o->people_high);
    return HZ_OK;
}

/* Where the zone itself would not be accepted, its placements are nothing to compare it with. */
static hz_placed judge_zone(job *j, hz_placement *out)
{
    const hz_box *b = &j->ground->box;
    if (!j->form.points)
        return HZ_PLACED_NO_AREA;
    hz_ground_judge(j->ground, &j->form, 1, 0, j->form.cx, j->form.cy, &out->land, &out->people);
    if (isnan(out->land))
        return HZ_PLACED_NO_AREA;
    if (!(j->form.cx >= b->xmin && j->form.cx <= b->xmax && j->form.cy >= b->ymin &&
          j->form.cy <= b->ymax))
        return HZ_PLACED_OUTSIDE;
    j->low = j->high = NAN;
    if (j->ground->peopled) {
        j->low = j->o.people_low;
        j->high = j->o.people_high;
        if (isnan(j->low))
            class_of(out->people, j->o.spread, &j->low, &j->high);
        out->people_low = j->low;
        out->people_high = j->high;
    }
    if (!fits(j, out->land, out->people))
        return out->land >= j->o.land - 1e-9 ? HZ_PLACED_RESIDENTS : HZ_PLACED_OFF_LAND;
    return HZ_PLACED;
}

/* Try until R are kept. */
static void gather(job *j, hz_placement *out)
{
    while (out->accepted < j->o.replicates && out->tries < j->o.tries) {
        size_t n = j->o.tries - out->tries < BATCH ? j->o.tries - out->tries : BATCH;
        j->start = (uint32_t)out->tries;
        hz_team_share(n, BLOCK, try_range, j);
        for (size_t i = 0; i < n && out->accepted < j->o.replicates; i++) {
            out->tries++;
            if (j->kept[i])
                j->number[out->accepted++] = j->start + (uint32_t)i;
        }
    }
}

hz_status hz_placement_test(const hz_ground *ground, const hz_shapes *zones, size_t f,
                            const hz_pointgrid *const *events, size_t grids,
                            const hz_placement_opts *opts, hz_placement *out, hz_error *err)
{
    const hz_placement_opts defaults = HZ_PLACEMENT_DEFAULTS;
    hz_placement found = { HZ_PLACED, NAN, NAN, 0, NAN, NAN, NAN, 0, 0, NAN, NAN, NAN, NAN };
    job j = { .ground = ground, .zones = zones, .f = f, .o = opts ? *opts : defaults,
              .events = events, .grids = grids };
    hz_status st = check(&j.o, err);
    if (!st)
        st = hz_ground_form_new(zones, f, &j.form, err);
    if (st)
        return st;
    size_t n = j.o.replicates;
    found.end = judge_zone(&j, &found);
    j.kept = hz_mem_new(BATCH, 1);
    j.number = hz_mem_new(n, sizeof *j.number);
    j.held = hz_mem_new(n * grids, sizeof *j.held);
    j.failed = hz_mem_new(n / BLOCK + 1, 1);
    if (!j.kept || !j.number || !j.held || !j.failed)
        st = hz_mem_fail(err, "placements");
    if (!st && found.end == HZ_PLACED)
        st = hz_ground_probe_new(ground, zones, f, &j.form, j.o.land, &j.probe, err);
    if (!st && found.end == HZ_PLACED) {
        gather(&j, &found);
        if (found.accepted < n)
            found.end = HZ_PLACED_TOO_FEW;
    }
    if (!st && found.end == HZ_PLACED) {
        hz_team_share(n, BLOCK, count_range, &j);
        if (memchr(j.failed, 1, n / BLOCK + 1))
            st = hz_mem_fail(err, "placements");
    }
    hz_placement *each = st ? NULL : hz_mem_new(grids, sizeof *each);
    if (!st && !each)
        st = hz_mem_fail(err, "placements");
    for (size_t g = 0; !st && g < grids; g++) {
        each[g] = found;
        if (found.end == HZ_PLACED)
            st = rank(&j, g, &each[g], err);
    }
    if (!st && grids)
        memcpy(out, each, grids * sizeof *out);
    hz_mem_free(each);
    hz_mem_free(j.kept);
    hz_mem_free(j.number);
    hz_mem_free(j.held);
    hz_mem_free(j.failed);
    hz_ground_form_free(&j.form);
    hz_ground_probe_free(&j.probe);
    return st;
}

hz_status hz_placement_draw(const hz_ground *ground, const hz_shapes *zones, size_t f,
                            const hz_placement_opts *opts, uint32_t number, hz_shapes **out,
                            bool *kept, hz_error *err)
{
    const hz_placement_opts defaults = HZ_PLACEMENT_DEFAULTS;
    hz_placement own = { .land = NAN };
    job j = { .ground = ground, .zones = zones, .f = f, .o = opts ? *opts : defaults };
    hz_shapes *moved = NULL;
    double c, s, x, y, land, people;
    hz_status st = check(&j.o, err);
    if (!st)
        st = hz_ground_form_new(zones, f, &j.form, err);
    if (!st && !j.form.points)
        st = hz_fail(err, HZ_EDATA, "placements: zone %zu has no area", f + 1);
    if (!st)
        st = hz_shapes_new(HZ_POLYGON, 1, j.form.rings, j.form.points, &moved, err);
    if (!st) {
        judge_zone(&j, &own); /* sets the limits */
        moved->first_ring[1] = j.form.rings;
        for (size_t r = 0; r <= j.form.rings; r++)
            moved->first_point[r] = j.form.first[r] - j.form.first[0];
        memcpy(moved->hole, zones->hole + zones->first_ring[f], j.form.rings);
        move(&j, number, moved->x, moved->y);
        draw(&j, number, &c, &s, &x, &y);
        hz_ground_judge(ground, &j.form, c, s, x, y, &land, &people);
        if (kept)
            *kept = fits(&j, land, people);
        *out = moved;
    }
    hz_ground_form_free(&j.form);
    return st;
}
