/* Writes the made-up city: two tables of rows, and the truth about them. */
#include "city.h"

#include <inttypes.h>

enum { UNIT = 100000 }; /* 1e-5 degrees in a degree; all coordinates are positive */

void city_add_spot(hz_text *out, city_spot at)
{
    hz_text_addf(out, "%d.%05d,%d.%05d", (int)at.lon / UNIT, (int)at.lon % UNIT,
                 (int)at.lat / UNIT, (int)at.lat % UNIT);
}

void city_events_csv(const city *made, hz_text *out)
{
    hz_text_add(out, "synthetic_id,date,kind,lon,lat\n");
    for (size_t i = 0; i < made->events; i++) {
        const city_event *e = &made->event[i];
        int year, month, day, minute = (int)(e->when % 86400 / 60);
        hz_date_civil(e->when / 86400, &year, &month, &day);
        hz_text_addf(out, "%zu,%04d-%02d-%02dT%02d:%02d,%s,", i + 1, year, month, day,
                     minute / 60, minute % 60, city_kinds[e->kind]);
        if (e->area == CITY_UNLOCATED)
            hz_text_add(out, ",");
        else
            city_add_spot(out, e->at);
        hz_text_add(out, "\n");
    }
}

void city_residents_csv(const city *made, hz_text *out)
{
    hz_text_add(out, "id,lon,lat,since,origin\n");
    for (int i = 0; i < CITY_RESIDENTS; i++) {
        int year, month, day;
        hz_date_civil(made->resident[i].since, &year, &month, &day);
        hz_text_addf(out, "%d,", i + 1);
        city_add_spot(out, made->resident[i].at);
        hz_text_addf(out, ",%04d-%02d-%02d,synthetic\n", year, month, day);
    }
}

static void add_areas(const city *made, hz_text *out)
{
    hz_text_add(out, "  \"areas\": [\n");
    for (int a = 0; a < CITY_AREAS; a++) {
        const city_area *area = &made->area[a];
        hz_text_addf(out, "    { \"id\": \"%s\", \"residents\": %.0f, \"offences_2016\": %d, "
                     "\"offences_2017\": %d, \"mean_per_1000_2016\": %d.%d, "
                     "\"mean_per_1000_2017\": %d.%d, \"figures\": \"%s\" }%s\n",
                     area->id, area->residents, area->count[0], area->count[1],
                     area->rate_tenths[0] / 10, area->rate_tenths[0] % 10,
                     area->rate_tenths[1] / 10, area->rate_tenths[1] % 10,
                     area->is_published ? "published" : "made up", a + 1 < CITY_AREAS ? "," : "");
    }
    hz_text_add(out, "  ],\n");
}

static size_t offences_in(const city *made, const city_cluster *l)
{
    size_t n = 0;
    for (size_t i = 0; i < made->events; i++) {
        const city_event *e = &made->event[i];
        double dx = city_x(e->at.lon) - l->x, dy = city_y(e->at.lat) - l->y;
        n += e->area >= 0 && (l->kinds >> e->kind & 1) && hz_period_holds(l->when, e->when) &&
             dx * dx + dy * dy <= (double)l->radius_m * l->radius_m;
    }
    return n;
}

static void add_clusters(const city *made, hz_text *out)
{
    hz_text_add(out, "  \"clusters\": [\n");
    for (int k = 0; k < CITY_CLUSTERS; k++) {
        const city_cluster *l = &made->cluster[k];
        const char *between = "";
        hz_text_addf(out, "    { \"id\": \"%s\", \"areas\": [\"%s\"", l->id,
                     made->area[l->area].id);
        if (l->across != CITY_OUTSIDE)
            hz_text_addf(out, ", \"%s\"", made->area[l->across].id);
        hz_text_add(out, "], \"lon_lat\": [");
        city_add_spot(out, l->at);
        hz_text_addf(out, "], \"radius_m\": %d, \"period\": \"%s\", \"relative_risk\": ",
                     l->radius_m, l->period);
        hz_text_add_double(out, l->risk);
        hz_text_add(out, ", \"kinds\": [");
        for (int kind = 0; kind < CITY_KINDS; kind++) {
            if (!(l->kinds >> kind & 1))
                continue;
            hz_text_addf(out, "%s\"%s\"", between, city_kinds[kind]);
            between = ", ";
        }
        hz_text_addf(out, "], \"offences\": %zu }%s\n", offences_in(made, l),
                     k + 1 < CITY_CLUSTERS ? "," : "");
    }
    hz_text_add(out, "  ],\n");
}

static size_t offences_of(const city *made, int area)
{
    size_t n = 0;
    for (size_t i = 0; i < made->events; i++)
        n += made->event[i].area == area;
    return n;
}

void city_truth_json(const city *made, hz_text *out)
{
    hz_text_addf(out, "{\n  \"about\": \"What was planted in events-synthetic.csv and "
                 "residents-synthetic.csv.  Both are made up by tests/data/make/synthetic.c.\",\n"
                 "  \"seed\": %" PRIu64 ",\n", made->seed);
    hz_text_add(out,
        "  \"background\": \"Each area has made-up streets with addresses about every 25 m, on land "
        "and 6 m or more from its border.  An address has the weight 1 / (0.05 + u), u even on 0..1.  "
        "An offence falls on an address of its area by weight, on any day and by kind on an hour, "
        "each on its own but for what is planted below.\",\n");
    hz_text_add(out,
        "  \"counts\": \"Exactly the published counts of 2017; those of 2016 are the published rate "
        "times the same residents, rounded to whole offences.  The other areas' counts are Poisson "
        "about a made-up mean: Indre By's is much higher, as visitors make it.\",\n");
    add_areas(made, out);
    hz_text_add(out,
        "  \"relative_risk\": \"In the circle, for its kinds and its period, offences are so many times "
        "as dense as on the same addresses without it; across a border, each side against its own "
        "area.\",\n");
    add_clusters(made, out);
    hz_text_addf(out, "  \"near_repeat\": { \"area\": \"%s\", \"kind\": \"%s\", \"chance\": ",
                 made->area[city_repeats.area].id, city_kinds[city_repeats.kind]);
    hz_text_add_double(out, city_repeats.chance);
    hz_text_addf(out, ", \"within_m\": %d, \"within_days\": %d, \"how\": \"each is followed, with "
                 "this chance, by one more at an address so near (its own too), 1 to so many "
                 "days later and within the year\" },\n",
                 city_repeats.within_m, city_repeats.within_days);
    hz_text_addf(out,
                 "  \"in_no_area\": { \"how\": \"rows beside the counts above\", "
                 "\"without_coordinates\": %zu, \"outside_the_city\": %zu }\n}\n",
                 offences_of(made, CITY_UNLOCATED), offences_of(made, CITY_OUTSIDE));
}
