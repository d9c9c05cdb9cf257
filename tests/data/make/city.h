/* A made-up city: offences of two years and registered addresses, from one seed.
 *
 * Nothing here is data.  The areas, their residents and four published figures are Copenhagen's; the
 * streets, the addresses, the offences and where they gather are drawn.  All of it is integers,
 * or sums, products and quotients of doubles, so every machine makes the same bytes. */
#ifndef TESTS_CITY_H
#define TESTS_CITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/date.h"
#include "hotzone/index.h"
#include "hotzone/shape.h"
#include "hotzone/status.h"
#include "hotzone/text.h"

enum {
    CITY_AREAS = 11, CITY_KINDS = 6, CITY_CLUSTERS = 9, CITY_FIRST_YEAR = 2016, CITY_YEARS = 2,
    CITY_RESIDENTS = 300, CITY_TOWNS = 20,
    CITY_OUTSIDE = -1,  /* an area: located, in none of the eleven */
    CITY_UNLOCATED = -2 /* an area: without coordinates */
};

/* A place as it is printed: whole hundred-thousandths of a degree (0.6 m by 1.1 m). */
typedef struct {
    int32_t lon, lat;
} city_spot;

typedef struct {
    city_spot at;
    double x, y;   /* metres in the city's plane */
    double weight; /* how much happens here, beside its neighbours */
} city_address;

typedef struct {
    const char *id;
    double residents;
    int count[CITY_YEARS];
    int rate_tenths[CITY_YEARS]; /* per 1,000 residents: published, or the made-up mean */
    bool is_published;
    size_t first, last;          /* its addresses: [first, last) */
    double density;              /* addresses per square metre where all is land */
} city_area;

/* Offences of these kinds in this period are `risk` times as dense inside as the same addresses would
 * otherwise see. */
typedef struct {
    const char *id, *period;
    int area, across; /* across: the area it reaches into, or CITY_OUTSIDE for none */
    int radius_m;
    double risk;
    unsigned kinds; /* bit k: kind k */
    hz_period when;
    city_spot at;
    double x, y;
} city_cluster;

typedef struct {
    hz_time when;
    int kind, area;
    city_spot at;
    size_t serial; /* in order of drawing */
} city_event;

typedef struct {
    city_spot at;
    int area;
    int64_t since; /* days since 1970 */
} city_resident;

typedef struct {
    uint64_t seed;
    hz_shapes *land, *plane, *water; /* degrees, metres, degrees */
    hz_index *land_index, *water_index;
    int feature[CITY_AREAS];         /* of the area in `land` */
    city_area area[CITY_AREAS];
    city_cluster cluster[CITY_CLUSTERS];
    city_address *address;
    size_t addresses, address_room;
    city_event *event; /* in order of time */
    size_t events, event_room;
    city_resident resident[CITY_RESIDENTS];
} city;

/* Where offences breed offences: a burglary in this area is followed, this often, by another. */
extern const struct city_repeats {
    int area, kind;
    double chance;
    int within_m, within_days;
} city_repeats;

extern const char *const city_kinds[CITY_KINDS];

/* Metres from the middle of the plane, east and north; good to 0.2 % in the city. */
double city_x(int32_t lon);
double city_y(int32_t lat);

/* Make the city of a seed; free with city_free.  The paths are those of geodata/copenhagen. */
hz_status city_make(uint64_t seed, const char *areas, const char *population, const char *water,
                    city **out, hz_error *err);
void city_free(city *made);

/* Between the bodies: the ground, its streets, and what is where. */
extern const char *const city_area_ids[CITY_AREAS];
hz_status city_read(city *c, const char *areas, const char *population, const char *water,
                    hz_error *err);
hz_status city_lay_streets(city *c, int area, hz_error *err);
city_spot city_spot_at(double x, double y);
int32_t city_find(const hz_index *index, city_spot s); /* a polygon, or HZ_NOWHERE */
double city_border_m(const city *c, int area, city_spot s);
bool city_is_land_outside(const city *c, city_spot s); /* on land, 30 m from every area */

void city_add_spot(hz_text *out, city_spot at); /* "12.50000,55.60000" */
/* The files, added to a text. */
void city_events_csv(const city *made, hz_text *out);
void city_residents_csv(const city *made, hz_text *out);
void city_truth_json(const city *made, hz_text *out);
/* Homes of made-up persons, and their offences with some of nobody known. */
void city_homes_csv(const city *made, hz_text *out);
void city_solved_csv(const city *made, hz_text *out);

#endif
