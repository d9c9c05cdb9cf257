/* Reads the sources that zones alone have. */
#include <string.h>

#include "hotzone/mem.h"
#include "run/zones.h"

const origin *project_zones_source(const project *p, size_t i, size_t k, const hz_layer **layer)
{
    const recipe_zones *z = &p->r->zone_cards[i];
    const origin *from = k == 0 ? z->zones.from.source ? &z->zones.from : &z->boundaries.from
                         : k == 1 ? &z->drawn.from
                         : k == 2 ? &z->network
                         : k - 3 < z->line_count ? &z->lines[k - 3] : NULL;
    *layer = p->zoned ? p->zoned[i].source[k] : NULL;
    return from && from->source ? from : NULL;
}

static hz_status read_one(project *p, size_t i, size_t k, hz_error *err)
{
    const recipe_zones *z = &p->r->zone_cards[i];
    const hz_layer *unused;
    const origin *from = project_zones_source(p, i, k, &unused);
    hz_shape_kind kind = k == 1 || (k == 0 && z->zones.from.source) ? HZ_POLYGON
                         : k == 2 ? HZ_LINE : HZ_NOSHAPE;
    return from ? project_read_layer(p, from->name, from, kind, &p->zoned[i].source[k], err) : HZ_OK;
}

hz_status project_zones_read(project *p, hz_error *err)
{
    size_t n = p->r->zone_card_count;
    hz_status st = HZ_OK;
    if (!n)
        return HZ_OK;
    if (!p->crs)
        return hz_fail(err, HZ_ECRS, "%s:%zu: zone-cards '%s' have no place to stand, expected areas "
                       "with shapes", p->r->path, p->r->zone_cards[0].line, p->r->zone_cards[0].name);
    p->zoned = hz_mem_new(n, sizeof *p->zoned);
    if (!p->zoned)
        return hz_mem_fail(err, "zones");
    for (size_t i = 0; !st && i < n; i++)
        for (size_t k = 0; !st && k < ZONE_SOURCES; k++)
            st = read_one(p, i, k, err);
    return st;
}
