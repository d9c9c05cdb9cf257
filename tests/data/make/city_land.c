/* Reads the ground of the made-up city and lays its streets. */
#include "city.h"

#include <math.h>
#include <string.h>

#include "hotzone/layer.h"
#include "hotzone/match.h"
#include "hotzone/mem.h"
#include "hotzone/rng.h"
#include "hotzone/source.h"

const char *const city_area_ids[CITY_AREAS] = {
    "indre-by", "oesterbro", "indre-noerrebro", "ydre-noerrebro", "vesterbro-kongens-enghave",
    "valby", "vanloese", "broenshoej-husum", "bispebjerg", "amager-oest", "amager-vest",
};

/* ---- places -------------------------------------------------------------- */

/* Metres per 1e-5 degree on WGS 84 at 55.68 N */
static const double east_m = 0.629073214, north_m = 1.113359993;
enum { MIDDLE_LON = 1255000, MIDDLE_LAT = 5568000 };

double city_x(int32_t lon) { return (lon - MIDDLE_LON) * east_m; }
double city_y(int32_t lat) { return (lat - MIDDLE_LAT) * north_m; }

city_spot city_spot_at(double x, double y)
{
    city_spot s = { MIDDLE_LON + (int32_t)floor(x / east_m + 0.5),
                    MIDDLE_LAT + (int32_t)floor(y / north_m + 0.5) };
    return s;
}

int32_t city_find(const hz_index *index, city_spot s)
{
    double lon = s.lon / 1e5, lat = s.lat / 1e5; /* as a reader of the file gets them */
    int32_t polygon;
    hz_index_locate(index, 0, 1, &lon, &lat, &polygon);
    return polygon;
}

double city_border_m(const city *c, int area, city_spot s)
{
    return hz_shape_border_distance(c->plane, (size_t)c->feature[area], city_x(s.lon),
                                    city_y(s.lat));
}

/* Far enough inside that no transformation between reference systems moves it out. */
static bool is_land_of(const city *c, int area, city_spot s)
{
    return city_find(c->land_index, s) == c->feature[area] &&
           city_find(c->water_index, s) == HZ_NOWHERE && city_border_m(c, area, s) >= 6;
}

bool city_is_land_outside(const city *c, city_spot s)
{
    if (city_find(c->land_index, s) != HZ_NOWHERE || city_find(c->water_index, s) != HZ_NOWHERE)
        return false;
    for (int a = 0; a < CITY_AREAS; a++)
        if (city_border_m(c, a, s) < 30)
            return false;
    return true;
}

/* ---- reading ------------------------------------------------------------- */

static hz_status read_shapes(const char *path, hz_layer **layer, hz_shapes **shapes,
                             hz_index **index, hz_error *err)
{
    hz_status st = hz_source_read_kind(path, NULL, HZ_POLYGON, layer, NULL, err);
    if (!st)
        st = hz_shapes_copy(hz_layer_shapes(*layer), shapes, err);
    if (!st)
        st = hz_index_new(*shapes, index, err);
    return st;
}

static hz_status to_plane(city *c, hz_error *err)
{
    hz_status st = hz_shapes_copy(c->land, &c->plane, err);
    for (size_t i = 0; !st && i < c->plane->points; i++) {
        c->plane->x[i] = (c->plane->x[i] * 1e5 - MIDDLE_LON) * east_m;
        c->plane->y[i] = (c->plane->y[i] * 1e5 - MIDDLE_LAT) * north_m;
    }
    return st;
}

static hz_status find_areas(city *c, const hz_layer *areas, const double *residents,
                            hz_error *err)
{
    for (int a = 0; a < CITY_AREAS; a++) {
        c->feature[a] = -1;
        for (size_t row = 0; row < hz_layer_rows(areas); row++)
            if (strcmp(hz_layer_text(areas, "id", row), city_area_ids[a]) == 0)
                c->feature[a] = (int)row;
        if (c->feature[a] < 0)
            return hz_fail(err, HZ_EDATA, "%s: no area '%s', expected the eleven of Copenhagen",
                           hz_layer_name(areas), city_area_ids[a]);
        c->area[a].id = city_area_ids[a];
        c->area[a].residents = residents[c->feature[a]];
        if (!(c->area[a].residents > 0))
            return hz_fail(err, HZ_EDATA, "%s: no residents, expected a number", city_area_ids[a]);
    }
    return HZ_OK;
}

hz_status city_read(city *c, const char *areas, const char *population, const char *water,
                           hz_error *err)
{
    const hz_source_opts as_table = { .no_shapes = true };
    const hz_match_opts match = { .want_year = CITY_FIRST_YEAR + 1, .nearest_year = true };
    hz_layer *area_layer = NULL, *water_layer = NULL, *table = NULL;
    double *residents = NULL;
    hz_status st = read_shapes(areas, &area_layer, &c->land, &c->land_index, err);
    if (st) goto done;
    st = read_shapes(water, &water_layer, &c->water, &c->water_index, err);
    if (st) goto done;
    st = hz_source_read(population, &as_table, &table, NULL, err);
    if (st) goto done;
    residents = hz_mem_new(hz_layer_rows(area_layer), sizeof *residents);
    if (!residents) {
        st = hz_mem_fail(err, "residents");
        goto done;
    }
    st = hz_match_values(area_layer, "id", table, &match, residents, NULL, NULL, NULL, err);
    if (st) goto done;
    st = find_areas(c, area_layer, residents, err);
    if (st) goto done;
    st = to_plane(c, err);
done:
    hz_mem_free(residents);
    hz_layer_free(table);
    hz_layer_free(water_layer);
    hz_layer_free(area_layer);
    return st;
}

/* ---- streets ------------------------------------------------------------- */

static hz_status add_address(city *c, city_spot s, double weight, hz_error *err)
{
    if (c->addresses == c->address_room) {
        size_t room = c->address_room ? 2 * c->address_room : 1 << 14;
        city_address *more = hz_mem_resize(c->address, room, sizeof *more);
        if (!more)
            return hz_mem_fail(err, "addresses");
        c->address = more;
        c->address_room = room;
    }
    c->address[c->addresses++] =
        (city_address){ s, city_x(s.lon), city_y(s.lat), weight };
    return HZ_OK;
}

/* Two families of straight streets across each other, at an angle of the area's own, with a
 * house every 25 m on alternating sides. */
hz_status city_lay_streets(city *c, int area, hz_error *err)
{
    const double step = 25, side = 6;
    hz_rng rng = hz_rng_new(c->seed, hz_rng_statistic("streets"), (uint32_t)area, 0);
    hz_box box = hz_shapes_feature_box(c->plane, (size_t)c->feature[area]);
    double mx = (box.xmin + box.xmax) / 2, my = (box.ymin + box.ymax) / 2;
    double reach = (box.xmax - box.xmin + box.ymax - box.ymin) / 2;
    double t = 0.8 * (hz_rng_uniform(&rng) - 0.5); /* tangent of half the angle: up to 44 degrees */
    double cosine = (1 - t * t) / (1 + t * t), sine = 2 * t / (1 + t * t);
    double gap[2] = { 70 + (double)hz_rng_below(&rng, 41), 130 + (double)hz_rng_below(&rng, 91) };
    city_area *a = &c->area[area];
    a->first = c->addresses;
    a->density = (1 / gap[0] + 1 / gap[1]) / step;
    for (int way = 0; way < 2; way++) {
        int streets = (int)(reach / gap[way]) + 1, houses = (int)(reach / step) + 1;
        for (int i = -streets; i <= streets; i++) {
            for (int j = -houses; j <= houses; j++) {
                double u = i * gap[way] + (j & 1 ? side : -side), v = j * step;
                double p = way ? v : u, q = way ? u : v;
                city_spot s = city_spot_at(mx + cosine * p - sine * q, my + sine * p + cosine * q);
                if (!is_land_of(c, area, s))
                    continue;
                hz_status st = add_address(c, s, 1 / (0.05 + hz_rng_uniform(&rng)), err);
                if (st)
                    return st;
            }
        }
    }
    a->last = c->addresses;
    if (a->first == a->last)
        return hz_fail(err, HZ_EDATA, "%s: no room for a house, expected land", a->id);
    return HZ_OK;
}

