/* Draws the made-up city on its streets: clusters, offences, registered addresses. */
#include "city.h"

#include <math.h>
#include <stdlib.h>

#include "hotzone/mem.h"
#include "hotzone/rng.h"

enum { INDRE_BY, OESTERBRO, INDRE_NOERREBRO, YDRE_NOERREBRO, VESTERBRO, VALBY, VANLOESE,
       BROENSHOEJ, BISPEBJERG, AMAGER_OEST, AMAGER_VEST };
enum { PICKPOCKETING, BURGLARY, FROM_VEHICLE, VIOLENCE, ROBBERY, WEAPON };
enum { ALL_KINDS = (1 << CITY_KINDS) - 1, ARMED = 1 << VIOLENCE | 1 << ROBBERY | 1 << WEAPON };

const char *const city_kinds[CITY_KINDS] = {
    "pickpocketing", "burglary", "theft from vehicle", "violence", "street robbery",
    "weapons possession",
};

/* Per 1,000 residents in tenths, 2016 and 2017; a count of 0 is drawn from the rate.  Published (status
 * report of June 2018): the rates of Indre and Ydre Nørrebro and their counts of 2017.  All
 * else is made up, and Indre By much higher, as visitors make it. */
static const struct {
    int rate_tenths[CITY_YEARS], published[CITY_YEARS];
} plan[CITY_AREAS] = {
    [INDRE_BY]        = { { 2000, 1900 }, { 0, 0 } },
    [OESTERBRO]       = { {  420,  400 }, { 0, 0 } },
    [INDRE_NOERREBRO] = { {  582,  537 }, { 0, 1877 } },
    [YDRE_NOERREBRO]  = { {  406,  398 }, { 0, 1790 } },
    [VESTERBRO]       = { {  720,  690 }, { 0, 0 } },
    [VALBY]           = { {  450,  440 }, { 0, 0 } },
    [VANLOESE]        = { {  320,  310 }, { 0, 0 } },
    [BROENSHOEJ]      = { {  340,  360 }, { 0, 0 } },
    [BISPEBJERG]      = { {  430,  450 }, { 0, 0 } },
    [AMAGER_OEST]     = { {  360,  340 }, { 0, 0 } },
    [AMAGER_VEST]     = { {  430,  410 }, { 0, 0 } },
};

/* Of a hundred offences, how many of each kind: in Indre By, and elsewhere. */
static const int mix[2][CITY_KINDS] = { { 62, 8, 8, 17, 3, 2 }, { 22, 27, 22, 20, 5, 4 } };

/* Of a hundred, how many from 0, 6, 12 and 18 o'clock on. */
static const int hours[CITY_KINDS][4] = {
    { 20, 8, 37, 35 }, { 15, 30, 35, 20 }, { 45, 15, 15, 25 },
    { 40, 8, 20, 32 }, { 35, 5, 20, 40 },  { 35, 10, 20, 35 },
};

static const struct {
    const char *id, *period;
    int area, across, radius_m;
    double risk;
    unsigned kinds;
} planted[CITY_CLUSTERS] = {
    { "crossing", "2016..2017", YDRE_NOERREBRO, BISPEBJERG, 300, 3, ALL_KINDS },
    { "inner", "2016..2017", INDRE_NOERREBRO, CITY_OUTSIDE, 180, 3, ALL_KINDS },
    { "armed", "2017-06-12..2017-11-09", YDRE_NOERREBRO, CITY_OUTSIDE, 250, 6, ARMED },
    { "crowd", "2016..2017", INDRE_BY, CITY_OUTSIDE, 200, 3, 1 << PICKPOCKETING },
    { "square", "2016..2017", VESTERBRO, CITY_OUTSIDE, 250, 2.5, ALL_KINDS },
    { "new", "2017", BISPEBJERG, CITY_OUTSIDE, 250, 4, ALL_KINDS },
    { "edge-of-town", "2017", BROENSHOEJ, CITY_OUTSIDE, 300, 4, ALL_KINDS },
    { "gone", "2016", OESTERBRO, CITY_OUTSIDE, 300, 3, ALL_KINDS },
    { "car-park", "2016..2017", AMAGER_OEST, CITY_OUTSIDE, 350, 5, 1 << FROM_VEHICLE },
};

const struct city_repeats city_repeats = { VALBY, BURGLARY, 0.4, 150, 14 };

/* Middles of the towns around, 1e-5 degrees; some hundred metres are enough. */
static const city_spot towns[CITY_TOWNS] = {
    { 1253200, 5567800 }, { 1254500, 5575200 }, { 1248700, 5573900 }, { 1244000, 5572400 },
    { 1236300, 5573100 }, { 1245400, 5568100 }, { 1247300, 5564200 }, { 1242100, 5565000 },
    { 1240400, 5566600 }, { 1236300, 5565700 }, { 1227100, 5565100 }, { 1235000, 5561800 },
    { 1238600, 5562400 }, { 1260500, 5562600 }, { 1265500, 5559400 }, { 1250300, 5577000 },
    { 1228500, 5558600 }, { 1216200, 5545600 }, { 1208100, 5564200 }, { 1230500, 5592800 },
};

static double square(double v) { return v * v; }

/* ---- clusters ------------------------------------------------------------ */

static size_t addresses_within(const city *c, int area, double x, double y, double radius)
{
    size_t n = 0;
    for (size_t i = c->area[area].first; i < c->area[area].last; i++)
        n += square(c->address[i].x - x) + square(c->address[i].y - y) <= square(radius);
    return n;
}

static bool is_clear_of_others(const city *c, int k, double x, double y)
{
    for (int o = 0; o < k; o++) {
        double apart = c->cluster[o].radius_m + c->cluster[k].radius_m + 300;
        if (square(c->cluster[o].x - x) + square(c->cluster[o].y - y) < square(apart))
            return false;
    }
    return true;
}

/* A seat is mostly houses, and either wholly inside its area or well inside both of two. */
static bool is_seat(const city *c, int k, const city_address *at)
{
    const city_cluster *l = &c->cluster[k];
    double disc = 3.14159265358979 * square(l->radius_m);
    if (!is_clear_of_others(c, k, at->x, at->y))
        return false;
    if (l->across == CITY_OUTSIDE)
        return city_border_m(c, l->area, at->at) >= l->radius_m + 30 &&
               (double)addresses_within(c, l->area, at->x, at->y, l->radius_m) >=
                   0.75 * disc * c->area[l->area].density;
    if (city_border_m(c, l->across, at->at) > 40)
        return false;
    double here = (double)addresses_within(c, l->area, at->x, at->y, l->radius_m);
    double there = (double)addresses_within(c, l->across, at->x, at->y, l->radius_m);
    return here >= 0.3 * disc * c->area[l->area].density &&
           there >= 0.3 * disc * c->area[l->across].density;
}

static hz_status seat_cluster(city *c, int k, hz_error *err)
{
    hz_rng rng = hz_rng_new(c->seed, hz_rng_statistic("seats"), (uint32_t)k, 0);
    city_cluster *l = &c->cluster[k];
    l->id = planted[k].id;
    l->period = planted[k].period;
    l->area = planted[k].area;
    l->across = planted[k].across;
    l->radius_m = planted[k].radius_m;
    l->risk = planted[k].risk;
    l->kinds = planted[k].kinds;
    hz_status st = hz_period_parse(l->period, &l->when, err);
    if (st)
        return st;
    const city_area *a = &c->area[l->area];
    for (int tries = 0; tries < 50000; tries++) {
        const city_address *at = &c->address[a->first + hz_rng_below(&rng, a->last - a->first)];
        if (is_seat(c, k, at)) {
            l->at = at->at;
            l->x = at->x;
            l->y = at->y;
            return HZ_OK;
        }
    }
    return hz_fail(err, HZ_EDATA, "cluster '%s': no seat found in %s, expected room for %d m",
                   l->id, a->id, l->radius_m);
}

static double risk_at(const city *c, const city_address *at, int kind, hz_time when)
{
    for (int k = 0; k < CITY_CLUSTERS; k++) {
        const city_cluster *l = &c->cluster[k];
        if ((l->kinds >> kind & 1) && hz_period_holds(l->when, when) &&
            square(at->x - l->x) + square(at->y - l->y) <= square(l->radius_m))
            return l->risk;
    }
    return 1;
}

/* ---- offences ------------------------------------------------------------ */

static int draw_share(hz_rng *rng, const int *shares)
{
    int left = (int)hz_rng_below(rng, 100), i = 0;
    while (left >= shares[i])
        left -= shares[i++];
    return i;
}

static hz_time draw_hour(hz_rng *rng, int kind)
{
    int quarter = draw_share(rng, hours[kind]);
    return (hz_time)quarter * 21600 + (hz_time)hz_rng_below(rng, 360) * 60;
}

static hz_time draw_time(hz_rng *rng, int year, int kind)
{
    int64_t first = hz_date_days(year, 1, 1), days = hz_date_days(year + 1, 1, 1) - first;
    return (first + (int64_t)hz_rng_below(rng, (uint64_t)days)) * 86400 + draw_hour(rng, kind);
}

static hz_status add_event(city *c, hz_time when, int kind, int area, city_spot at, hz_error *err)
{
    if (c->events == c->event_room) {
        size_t room = c->event_room ? 2 * c->event_room : 1 << 16;
        city_event *more = hz_mem_resize(c->event, room, sizeof *more);
        if (!more)
            return hz_mem_fail(err, "events");
        c->event = more;
        c->event_room = room;
    }
    c->event[c->events] = (city_event){ when, kind, area, at, c->events };
    c->events++;
    return HZ_OK;
}

/* Any address of the area so near to another, that one included, each as likely. */
static const city_address *draw_near(const city *c, int area, const city_address *at,
                                     double radius, hz_rng *rng)
{
    size_t n = hz_rng_below(rng, addresses_within(c, area, at->x, at->y, radius));
    for (size_t i = c->area[area].first;; i++) {
        const city_address *near = &c->address[i];
        if (square(near->x - at->x) + square(near->y - at->y) <= square(radius) && n-- == 0)
            return near;
    }
}

/* A burglary brings another near by and soon, and that one perhaps a third; what would fall beyond the
 * year, or beyond the year's count, does not happen. */
static hz_status draw_repeats(city *c, int year, const city_address *at, hz_time when,
                              size_t until, hz_rng *rng, hz_error *err)
{
    hz_status st = HZ_OK;
    hz_time end = hz_date_days(year + 1, 1, 1) * 86400;
    while (!st && c->events < until && hz_rng_uniform(rng) < city_repeats.chance) {
        int64_t later = 1 + (int64_t)hz_rng_below(rng, (uint64_t)city_repeats.within_days);
        at = draw_near(c, city_repeats.area, at, city_repeats.within_m, rng);
        when = (when / 86400 + later) * 86400 + draw_hour(rng, city_repeats.kind);
        if (when >= end)
            break;
        st = add_event(c, when, city_repeats.kind, city_repeats.area, at->at, err);
    }
    return st;
}

static size_t pick(const double *sum, size_t n, double value)
{
    size_t low = 0, high = n - 1; /* the first sum beyond the value */
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (sum[mid] > value)
            high = mid;
        else
            low = mid + 1;
    }
    return low;
}

/* Offences are drawn as if there were no cluster, and kept in proportion to the risk there: so
 * the count is exact, and inside a cluster they are `risk` times as dense as outside. */
static hz_status draw_offences(city *c, int area, int year, const double *sum, hz_error *err)
{
    const city_area *a = &c->area[area];
    size_t n = a->last - a->first;
    size_t until = c->events + (size_t)a->count[year - CITY_FIRST_YEAR];
    hz_rng rng = hz_rng_new(c->seed, hz_rng_statistic("offences"), (uint32_t)area,
                            (uint32_t)year);
    double top = 1;
    for (int k = 0; k < CITY_CLUSTERS; k++)
        top = fmax(top, c->cluster[k].risk);
    hz_status st = HZ_OK;
    while (!st && c->events < until) {
        size_t i = pick(sum + a->first, n, hz_rng_uniform(&rng) * sum[a->last - 1]);
        const city_address *at = &c->address[a->first + i];
        int kind = draw_share(&rng, mix[area != INDRE_BY]);
        hz_time when = draw_time(&rng, year, kind);
        if (hz_rng_uniform(&rng) * top >= risk_at(c, at, kind, when))
            continue;
        st = add_event(c, when, kind, area, at->at, err);
        if (!st && area == city_repeats.area && kind == city_repeats.kind)
            st = draw_repeats(c, year, at, when, until, &rng, err);
    }
    return st;
}

/* Rows that count in no area: 1.5 % without coordinates, 1 % in the towns around. */
static hz_status draw_others(city *c, int year, hz_error *err)
{
    hz_rng rng = hz_rng_new(c->seed, hz_rng_statistic("others"), 0, (uint32_t)year);
    hz_status st = HZ_OK;
    int placed = 0;
    for (int a = 0; a < CITY_AREAS; a++)
        placed += c->area[a].count[year - CITY_FIRST_YEAR];
    int unlocated = placed * 15 / 1000, outside = placed / 100;
    while (!st && unlocated + outside > 0) {
        int kind = draw_share(&rng, mix[1]);
        hz_time when = draw_time(&rng, year, kind);
        if (unlocated > 0) {
            unlocated--;
            st = add_event(c, when, kind, CITY_UNLOCATED, (city_spot){ 0, 0 }, err);
            continue;
        }
        city_spot s = { 1240000 + (int32_t)hz_rng_below(&rng, 20000),
                        5562000 + (int32_t)hz_rng_below(&rng, 12000) };
        if (!city_is_land_outside(c, s))
            continue;
        outside--;
        st = add_event(c, when, kind, CITY_OUTSIDE, s, err);
    }
    return st;
}

static int by_time(const void *p, const void *q)
{
    const city_event *a = p, *b = q;
    if (a->when != b->when)
        return a->when < b->when ? -1 : 1;
    return a->serial < b->serial ? -1 : a->serial > b->serial;
}

/* A published rate gives the count that rounds to it: 582 tenths of 34,953 are 2034.3, so 2034. */
static void draw_counts(city *c)
{
    for (int a = 0; a < CITY_AREAS; a++) {
        c->area[a].is_published = plan[a].published[CITY_YEARS - 1] > 0;
        for (int y = 0; y < CITY_YEARS; y++) {
            hz_rng rng = hz_rng_new(c->seed, hz_rng_statistic("counts"), (uint32_t)a,
                                    (uint32_t)y);
            double mean = plan[a].rate_tenths[y] * c->area[a].residents / 10000;
            c->area[a].rate_tenths[y] = plan[a].rate_tenths[y];
            if (plan[a].published[y] > 0)
                c->area[a].count[y] = plan[a].published[y];
            else if (c->area[a].is_published)
                c->area[a].count[y] = (int)floor(mean + 0.5);
            else
                c->area[a].count[y] = (int)hz_rng_poisson(&rng, mean);
        }
    }
}

static hz_status draw_events(city *c, hz_error *err)
{
    hz_status st = HZ_OK;
    double *sum = hz_mem_new(c->addresses, sizeof *sum); /* of weights, within each area */
    if (!sum)
        return hz_mem_fail(err, "weights");
    for (int a = 0; a < CITY_AREAS; a++) {
        double all = 0;
        for (size_t i = c->area[a].first; i < c->area[a].last; i++)
            sum[i] = all += c->address[i].weight;
    }
    draw_counts(c);
    for (int year = CITY_FIRST_YEAR; year < CITY_FIRST_YEAR + CITY_YEARS && !st; year++) {
        for (int a = 0; a < CITY_AREAS && !st; a++)
            st = draw_offences(c, a, year, sum, err);
        if (!st)
            st = draw_others(c, year, err);
    }
    if (!st)
        qsort(c->event, c->events, sizeof *c->event, by_time);
    hz_mem_free(sum);
    return st;
}

/* ---- registered addresses ------------------------------------------------ */

/* Three in each town, five in each area, and the rest where the residents are. */
static void draw_residents(city *c)
{
    enum { PER_TOWN = 3, PER_AREA = 5 };
    hz_rng rng = hz_rng_new(c->seed, hz_rng_statistic("residents"), 0, 0);
    int64_t from = hz_date_days(1995, 1, 1), until = hz_date_days(2018, 1, 1);
    double all = 0, sum[CITY_AREAS];
    for (int a = 0; a < CITY_AREAS; a++)
        sum[a] = all += c->area[a].residents;
    for (int r = 0; r < CITY_RESIDENTS;) {
        city_resident one = { { 0, 0 }, CITY_OUTSIDE, 0 };
        if (r < CITY_TOWNS * PER_TOWN) {
            one.at = towns[r / PER_TOWN];
            one.at.lon += (int32_t)hz_rng_below(&rng, 1600) - 800;
            one.at.lat += (int32_t)hz_rng_below(&rng, 900) - 450;
            if (!city_is_land_outside(c, one.at))
                continue;
        } else {
            int nth = r - CITY_TOWNS * PER_TOWN;
            one.area = nth < CITY_AREAS * PER_AREA
                           ? nth / PER_AREA
                           : (int)pick(sum, CITY_AREAS, hz_rng_uniform(&rng) * all);
            const city_area *a = &c->area[one.area];
            one.at = c->address[a->first + hz_rng_below(&rng, a->last - a->first)].at;
        }
        one.since = from + (int64_t)hz_rng_below(&rng, (uint64_t)(until - from));
        c->resident[r++] = one;
    }
}

/* ---- all of it ----------------------------------------------------------- */

hz_status city_make(uint64_t seed, const char *areas, const char *population, const char *water,
                    city **out, hz_error *err)
{
    city *c = hz_mem_new(1, sizeof *c);
    if (!c)
        return hz_mem_fail(err, "city");
    c->seed = seed;
    hz_status st = city_read(c, areas, population, water, err);
    for (int a = 0; a < CITY_AREAS && !st; a++)
        st = city_lay_streets(c, a, err);
    for (int k = 0; k < CITY_CLUSTERS && !st; k++)
        st = seat_cluster(c, k, err);
    if (!st)
        st = draw_events(c, err);
    if (st) {
        city_free(c);
        return st;
    }
    draw_residents(c);
    *out = c;
    return HZ_OK;
}

void city_free(city *made)
{
    if (!made)
        return;
    hz_index_free(made->land_index);
    hz_index_free(made->water_index);
    hz_shapes_free(made->land);
    hz_shapes_free(made->plane);
    hz_shapes_free(made->water);
    hz_mem_free(made->address);
    hz_mem_free(made->event);
    hz_mem_free(made);
}
