/* When the zones of a project are in force, when its events were, and searches counted by zone. */
#include <math.h>

#include "hotzone/mem.h"
#include "run/zoning_parts.h"

hz_card_input zoning_card_input(const zoning *z)
{
    return (hz_card_input){ .zones = z->zones, .study = hz_layer_shapes(z->study), .land = z->land,
                            .residents = z->residents, .hot = z->hot, .now = &z->points[0],
                            .later = z->in->periods > 1 ? &z->points[1] : NULL,
                            .validity = z->out.validity,
                            .period = { z->in->period[0], z->in->period[1] },
                            .in_force = z->in->while_in_force };
}

hz_status zoning_validity(zoning *z)
{
    const hz_layer *zones = z->out.zones;
    bool dated = false;
    /* a timeline says what is wrong with dates itself */
    const hz_notice *notice = z->in->timeline ? NULL : z->notice;
    z->in_force = hz_mem_new(hz_layer_rows(zones), sizeof *z->in_force);
    if (!z->in_force)
        return hz_mem_fail(z->err, "zones");
    hz_status st = hz_validity_read(zones, NULL, NULL, false, z->in_force, &dated, notice,
                                    z->err);
    if (!st && !dated && z->in->while_in_force)
        st = hz_fail(z->err, HZ_EDATA, "%s: say nothing of when they are in force, expected starts "
                     "and ends", hz_layer_name(zones));
    if (!st && !dated) {
        hz_mem_free(z->in_force);
        z->in_force = NULL;
    }
    return st;
}

hz_status zoning_times(zoning *z, const hz_zoning_points *p, const hz_placing *placing,
                       hz_time **when, unsigned char **whole_day)
{
    hz_layer *copy = NULL;
    unsigned char *days = NULL;
    size_t rows = hz_layer_rows(p->layer), n = 0, bad, first;
    const int32_t *area = hz_placing_areas(placing);
    if (!p->place.time)
        return hz_fail(z->err, HZ_EUSAGE, "%s: has no column of dates, expected one to tell what "
                       "happened while a zone was in force", hz_layer_name(p->layer));
    hz_status st = hz_layer_copy(p->layer, &copy, z->err);
    if (!st)
        st = hz_timeline_read_times(copy, p->place.time, NULL, p->clock, &days, &bad, &first, z->err);
    const hz_time *times = st ? NULL : hz_layer_times(copy, p->place.time);
    *when = hz_mem_new(rows, sizeof **when);
    *whole_day = hz_mem_new(rows, 1);
    if (!st && (!*when || !*whole_day))
        st = hz_mem_fail(z->err, hz_layer_name(p->layer));
    for (size_t i = 0; !st && i < rows; i++)
        if (area[i] >= 0) {
            (*when)[n] = times[i];
            (*whole_day)[n++] = days[i];
        }
    hz_mem_free(days);
    hz_layer_free(copy);
    return st;
}

/* The sum over the zones of each card; not known if it is not of one of them. */
static void sum_cards(const zoning *z, const double *of_zone, double *of_card)
{
    const hz_zoning *f = &z->out;
    for (size_t c = 0; c < f->n; c++)
        of_card[c] = 0;
    for (size_t r = 0; r < hz_layer_rows(f->zones); r++)
        of_card[f->card[r]] += of_zone[r];
}

hz_status zoning_zone_searches(zoning *z)
{
    const hz_layer *zones = z->out.zones;
    size_t rows = hz_layer_rows(zones), n = z->out.n, periods = z->in->periods;
    hz_searches_columns columns = z->in->searches_columns;
    hz_layer *copy = NULL;
    double *of_zone = NULL;
    if (!z->in->zone_searches)
        return HZ_OK;
    columns.id = "id";
    columns.name = "name";
    of_zone = hz_mem_new(2 * periods * rows, sizeof *of_zone);
    z->by_zone = hz_mem_new(2 * periods * n, sizeof *z->by_zone);
    hz_status st = of_zone && z->by_zone ? hz_layer_copy(z->in->zone_searches, &copy, z->err)
                                         : hz_mem_fail(z->err, "searches");
    if (!st)
        st = hz_searches_count(copy, zones, &columns, z->in->period, periods, of_zone,
                               of_zone + periods * rows, NULL, z->notice, z->err);
    for (size_t k = 0; !st && k < 2 * periods; k++)
        sum_cards(z, of_zone + k * rows, z->by_zone + k * n);
    for (size_t k = 0; !st && k < periods; k++) {
        z->points[k].zone_searches = z->by_zone + k * n;
        z->points[k].zone_finds = z->by_zone + (periods + k) * n;
    }
    hz_mem_free(of_zone);
    hz_layer_free(copy);
    return st;
}
