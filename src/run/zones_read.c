/* Reads the sources that zones alone have. */

#include "hotzone/mem.h"
#include "hotzone/source.h"
#include "run/zones.h"

const origin *project_zones_source(const project *p, size_t i, size_t k, const hz_layer **layer)
{
    const recipe_zones *z = &p->r->zone_cards[i];
    const origin *from = k == 0 ? z->zones.from.source ? &z->zones.from : &z->boundaries.from
                         : k == 1 ? &z->drawn.from
                         : k == 2 ? &z->network
                         : k == ZONE_HOT ? &z->hot
                         : k == ZONE_SEARCHES ? &z->zone_searches
                         : k - ZONE_LINES < z->line_count ? &z->lines[k - ZONE_LINES] : NULL;
    *layer = p->zoned ? p->zoned[i].source[k] : NULL;
    return from && from->source ? from : NULL;
}

/* Repair polygons, and mark those in a column of their layer. */
static hz_status mend(project *p, hz_layer *layer, hz_error *err)
{
    size_t rows = hz_layer_rows(layer);
    unsigned char *which = hz_mem_new(rows, 1);
    const char **texts = hz_mem_new(rows, sizeof *texts);
    bool any = false;
    hz_status st = which && texts ? hz_source_mend_told(layer, which, p->notice, err)
                                  : hz_mem_fail(err, "zones");
    for (size_t r = 0; !st && r < rows; r++) {
        any |= which[r] != 0;
        texts[r] = which[r] ? "yes" : "";
    }
    if (!st && any)
        st = hz_layer_add_texts(layer, ZONE_REPAIRED, texts, err);
    hz_mem_free(which);
    hz_mem_free(texts);
    return st;
}

static hz_status read_one(project *p, size_t i, size_t k, hz_error *err)
{
    const recipe_zones *z = &p->r->zone_cards[i];
    const hz_layer *unused;
    const origin *from = project_zones_source(p, i, k, &unused);
    hz_shape_kind kind = k == 1 || k == ZONE_HOT ? HZ_POLYGON : k == 2 ? HZ_LINE : HZ_NOSHAPE;
    hz_layer **layer = &p->zoned[i].source[k];
    hz_status st = from ? project_read_layer(p, from->name, from, kind, layer, err) : HZ_OK;
    if (st || k != 0 || !z->zones.from.source)
        return st;
    st = hz_source_need_kind(*layer, HZ_POLYGON, err);
    return st ? st : mend(p, *layer, err);
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
