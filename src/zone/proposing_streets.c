/* Writes the border of a proposal as a list of streets, or says why there is none. */
#include <math.h>

#include "hotzone/mem.h"
#include "hotzone/proposing.h"

static hz_status describe(const hz_evidence *e, const hz_proposing *p,
                          const hz_proposal_network *of, hz_text *list, hz_trace_fit *fit,
                          const hz_notice *notice, hz_error *why)
{
    hz_trace_network *network = NULL;
    hz_shapes *ring = NULL;
    hz_status st = hz_layer_crs(of->streets)
                       ? hz_trace_network_new(of->streets, of->lines, of->line_count, &of->how,
                                              &network, notice, why)
                       : hz_fail(why, HZ_ECRS, "the streets have no reference system");
    if (!st)
        st = hz_crs_shapes(hz_layer_crs(e->parcels.table), hz_trace_network_crs(network), p->shape,
                           &ring, why);
    if (!st)
        st = hz_trace_describe(network, ring, 0, 0, list, fit, why);
    hz_shapes_free(ring);
    hz_trace_network_free(network);
    return st;
}

hz_status hz_proposing_streets(const hz_evidence *e, const hz_proposing *p,
                               const hz_proposal_network *of, hz_proposal_streets *out,
                               const hz_notice *notice, hz_error *err)
{
    hz_proposal_streets s = { .unnamed_m = NAN, .again = NAN };
    hz_trace_fit fit = { 0 };
    hz_error why = { .text = "" };
    hz_status st = HZ_OK;
    if (!of->streets || e->parcels.side > 0) {
        hz_text_add(&s.text, "the zone is made of cells, not of blocks between streets");
    } else {
        st = describe(e, p, of, &s.text, &fit, notice, &why);
        s.listed = !st;
        if (s.listed) {
            s.unnamed_m = fit.unnamed_m;
            s.again = fit.again > 1 ? 1 : fit.again; /* of two areas, rounded */
        } else if (st == HZ_EUSAGE || st == HZ_EMEMORY) {
            st = hz_fail(err, st, "%s", why.text);
        } else {
            hz_text_free(&s.text);
            hz_text_add(&s.text, why.text);
            st = HZ_OK;
        }
    }
    if (!st && s.text.failed)
        st = hz_mem_fail(err, "list of streets");
    if (!st) {
        *out = s;
        s = (hz_proposal_streets){ 0 };
    }
    hz_proposal_streets_clear(&s);
    return st;
}

void hz_proposal_streets_clear(hz_proposal_streets *s)
{
    hz_text_free(&s->text);
    *s = (hz_proposal_streets){ 0 };
}
