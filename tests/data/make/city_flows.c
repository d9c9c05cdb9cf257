/* Writes made-up homes and the made-up offences of people who live there. */
#include "city.h"

#include "hotzone/date.h"
#include "hotzone/rng.h"

enum { PERSONS = 420, BEYOND = 60, EVENTS_MOST = 5, LOOKED_AT = 24, UNSOLVED = 150 };
/* Of a person's offences this share falls at the nearest of some, else at any of them. */
static const double nearby = 0.6;

static hz_rng draws(const city *made, const char *what, size_t unit)
{
    return hz_rng_new(made->seed, hz_rng_statistic(what), (uint32_t)unit, 0);
}

/* Most live at an address of the city; some where registered people live beyond it. */
static city_spot home_of(const city *made, size_t person)
{
    hz_rng rng = draws(made, "flows home", person);
    if (person >= BEYOND)
        return made->address[hz_rng_below(&rng, made->addresses)].at;
    return made->resident[hz_rng_below(&rng, CITY_RESIDENTS)].at;
}

static double square_m(city_spot a, city_spot b)
{
    double dx = city_x(a.lon) - city_x(b.lon), dy = city_y(a.lat) - city_y(b.lat);
    return dx * dx + dy * dy;
}

/* One of the located offences: the nearest to home of some that are drawn, or the first of them. */
static const city_event *offence_of(const city *made, city_spot home, hz_rng *rng)
{
    bool near = hz_rng_uniform(rng) < nearby;
    const city_event *best = NULL;
    for (int k = 0; k < LOOKED_AT; k++) {
        const city_event *e = &made->event[hz_rng_below(rng, made->events)];
        if (e->area != CITY_UNLOCATED &&
            (!best || (near && square_m(e->at, home) < square_m(best->at, home))))
            best = e;
    }
    return best ? best : &made->event[0];
}

static void add_solved(hz_text *out, const city_event *e, size_t person)
{
    int year, month, day;
    hz_date_civil(e->when / 86400, &year, &month, &day);
    hz_text_addf(out, "%04d-%02d-%02d,%s,", year, month, day, city_kinds[e->kind]);
    city_add_spot(out, e->at);
    if (person == PERSONS)
        hz_text_add(out, ",,synthetic\n");
    else
        hz_text_addf(out, ",%zu,synthetic\n", person + 1);
}

void city_homes_csv(const city *made, hz_text *out)
{
    hz_text_add(out, "person,lon,lat,origin\n");
    for (size_t i = 0; i < PERSONS; i++) {
        hz_text_addf(out, "%zu,", i + 1);
        city_add_spot(out, home_of(made, i));
        hz_text_add(out, ",synthetic\n");
    }
}

void city_solved_csv(const city *made, hz_text *out)
{
    hz_text_add(out, "date,kind,lon,lat,person,origin\n");
    for (size_t i = 0; i < PERSONS; i++) {
        hz_rng rng = draws(made, "flows events", i);
        size_t n = 1 + (size_t)hz_rng_below(&rng, EVENTS_MOST);
        for (size_t k = 0; k < n; k++)
            add_solved(out, offence_of(made, home_of(made, i), &rng), i);
    }
    for (size_t i = 0; i < UNSOLVED; i++) {
        hz_rng rng = draws(made, "flows unsolved", i);
        add_solved(out, &made->event[hz_rng_below(&rng, made->events)], PERSONS);
    }
}
