/* Proposes a zone of the size of one in force, and writes it as a list of streets. */
#include <math.h>
#include <string.h>

#include "hotzone/mem.h"
#include "run/zoning_parts.h"

static hz_status find_like(const zoning *z, size_t *row)
{
    const hz_layer *zones = z->out.zones;
    size_t n = hz_layer_rows(zones);
    const char **ids = hz_mem_new(n, sizeof *ids), *near;
    if (!ids)
        return hz_mem_fail(z->err, "proposal");
    *row = n;
    for (size_t r = 0; r < n; r++) {
        ids[r] = hz_layer_text(zones, "id", r);
        *row = *row == n && strcmp(ids[r], z->in->like) == 0 ? r : *row;
    }
    near = hz_text_nearest(z->in->like, ids, n);
    hz_status st = *row < n ? HZ_OK
                   : near   ? hz_fail(z->err, HZ_EUSAGE, "proposal: like: '%s' is no id of a zone, "
                                      "did you mean '%s'?", z->in->like, near)
                            : hz_fail(z->err, HZ_EUSAGE, "proposal: like: '%s' is no id of a zone, "
                                      "expected one", z->in->like);
    hz_mem_free(ids);
    return st;
}

/* The zone alone, as a layer. */
static hz_status take_like(const zoning *z, size_t row, hz_layer **out)
{
    unsigned char *keep = hz_mem_new(hz_layer_rows(z->out.zones), 1);
    if (!keep)
        return hz_mem_fail(z->err, "proposal");
    keep[row] = 1;
    hz_status st = hz_layer_select(z->out.zones, keep, out, z->err);
    hz_mem_free(keep);
    return st;
}

/* Everything is measured in the system of the zoning, residents too. */
static hz_status take_events(const zoning *z, hz_layer **out)
{
    hz_status st = hz_layer_copy(z->in->events.layer, out, z->err);
    return st ? st : hz_layer_to_crs(*out, z->in->crs, z->err);
}

static hz_status check(const hz_zoning_input *in, hz_error *err)
{
    if (!in->streets && (!(in->cell_m > 0) || in->measure == HZ_BUDGET_STREETS))
        return hz_fail(err, HZ_EUSAGE, "proposal: expected %sstreets to %s",
                       in->cell_m > 0 ? "" : "`cell`, or ",
                       in->cell_m > 0 ? "measure" : "make blocks of");
    if (in->measure == HZ_BUDGET_RESIDENTS && !in->population)
        return hz_fail(err, HZ_EUSAGE, "proposal: measure: residents, expected a population");
    return HZ_OK;
}

hz_status zoning_propose(zoning *z)
{
    const hz_zoning_input *in = z->in;
    hz_evidence_input of = { .place = in->events.place,
                             .split = in->split ? HZ_SPLIT_GIVEN : HZ_SPLIT_HALVES,
                             .train = in->earlier, .test = in->later, .study = z->study,
                             .water = in->water, .cell_m = in->cell_m, .streets = in->streets,
                             .budget = NAN, .measure = in->measure, .residents = z->residents };
    hz_propose_opts how = HZ_PROPOSE_DEFAULTS;
    hz_layer *like = NULL, *events = NULL;
    size_t row = 0;
    hz_status st = find_like(z, &row);
    of.place.period = in->period[0];
    how.seed = in->card.seed;
    how.holes = true;
    if (!st)
        st = check(in, z->err);
    if (!st)
        st = take_like(z, row, &like);
    if (!st)
        st = take_events(z, &events);
    of.like = like;
    of.events = events;
    if (!st)
        st = hz_evidence_make(&of, &z->out.evidence, z->notice, z->err);
    if (!st)
        st = hz_proposing_make(&z->out.evidence, &how, &z->out.proposal, z->err);
    const hz_proposal_network network = { in->streets, in->lines, in->line_count, in->network };
    if (!st)
        st = hz_proposing_streets(&z->out.evidence, &z->out.proposal, &network, &z->out.streets,
                                  z->notice, z->err);
    z->out.proposed = !st;
    hz_layer_free(like);
    hz_layer_free(events);
    return st;
}
