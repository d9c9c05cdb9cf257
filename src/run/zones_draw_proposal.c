/* Draws a project's proposal beside the zone it is like, over what it was drawn on. */
#include <math.h>
#include <string.h>

#include "hotzone/caption_proposal.h"
#include "hotzone/mem.h"
#include "hotzone/overlay.h"
#include "hotzone/proposal_note.h"
#include "hotzone/sheet_proposal.h"
#include "run/zones_picture.h"
#include "run/zoning_parts.h"

/* The card of the zone that the proposal is like; it was found when the proposal was made. */
static size_t card_of_like(const zoned *of, const char *like)
{
    size_t row = 0;
    while (strcmp(hz_layer_text(of->found.zones, "id", row), like) != 0)
        row++;
    return of->found.card[row];
}

static hz_caption_proposal facts_of(const project *p, const picture *s)
{
    const recipe_zones *z = &p->r->zone_cards[s->zones];
    const zoned *of = &p->zoned[s->zones];
    size_t card = card_of_like(of, z->proposal.like);
    return (hz_caption_proposal){
        .language = s->l, .noun = s->facts.noun, .place_in = s->facts.place_in,
        .like = of->found.notes[card].name, .evidence = &of->found.evidence,
        .proposing = &of->found.proposal, .unnamed_m = of->found.streets.unnamed_m,
        .drawn = of->dashed[card], .made_up = s->facts.made_up
    };
}

void zones_say_proposal(const project *p, picture *s)
{
    hz_caption_proposal f = facts_of(p, s);
    hz_caption_proposal_title(&f, &s->label);
    hz_caption_proposal_method(&f, &s->method);
    hz_caption_proposal_alt(&f, &s->alt);
    hz_caption_proposal_figure(&f, &s->caption);
    hz_caption_proposal_figure(&f, &s->below);
}

hz_status zones_take_judges(const project *p, picture *s, hz_error *err)
{
    const recipe_zones *z = &p->r->zone_cards[s->zones];
    const hz_evidence *e = &p->zoned[s->zones].found.evidence;
    unsigned char *keep;
    if (!z->map.draw_events)
        return HZ_OK;
    keep = hz_mem_new(e->rows, 1);
    if (!keep)
        return hz_mem_fail(err, s->name);
    for (size_t i = 0; i < e->rows; i++)
        keep[i] = e->parcel[i] >= 0;
    hz_status st = hz_layer_select(p->events[z->events], keep, &s->events, err);
    hz_mem_free(keep);
    return st ? st : hz_layer_to_crs(s->events, p->crs, err);
}

/* The zone given and the proposal. */
static hz_status take_pair(const project *p, picture *s, size_t card, hz_error *err)
{
    const zoned *of = &p->zoned[s->zones];
    const hz_shapes *given = hz_layer_shapes(of->distinct), *own = hz_layer_shapes(of->proposal);
    const hz_shapes_pick pair[] = { { given, card }, { own, 0 } };
    hz_shapes *both = NULL;
    hz_status st = hz_shapes_gather(HZ_POLYGON, pair, 2, &both, err);
    if (!st)
        st = zoning_layer(p->crs, "zones", &both, &s->one, err);
    hz_shapes_free(both);
    return st;
}

/* The parcels with events per km2 of the earlier period. */
static hz_status make_parcels(const project *p, const hz_evidence *e, hz_layer **out, hz_error *err)
{
    hz_layer *parcels = NULL;
    double *density = hz_mem_new(e->parcels.n, sizeof *density);
    hz_status st = density ? hz_layer_copy(e->parcels.table, &parcels, err)
                           : hz_mem_fail(err, "parcels");
    for (size_t i = 0; !st && i < e->parcels.n; i++)
        density[i] = e->parcels.area[i] > 0 ? e->train[i] / e->parcels.area[i] * 1e6 : 0;
    if (!st)
        st = hz_layer_take_numbers(parcels, "density", &density, NULL, err);
    if (!st)
        st = hz_layer_to_crs(parcels, p->crs, err);
    hz_mem_free(density);
    if (st)
        hz_layer_free(parcels);
    else
        *out = parcels;
    return st;
}

typedef struct {
    hz_text title, name[2], density, events;
    hz_layer *parcels;
} parts;

static bool say_parts(const hz_caption_proposal *f, parts *t)
{
    static const char *const titles[] = { "What the two hold", "Hvad de to rummer" };
    hz_text_add(&t->title, titles[f->language]);
    hz_caption_proposal_name(f, false, &t->name[0]);
    hz_caption_proposal_name(f, true, &t->name[1]);
    hz_caption_proposal_density(f, &t->density);
    hz_caption_proposal_events(f, &t->events);
    return !(t->title.failed || t->name[0].failed || t->name[1].failed || t->density.failed ||
             t->events.failed);
}

hz_status zones_draw_proposal(const project *p, picture *s, const hz_sheet_words *text,
                              hz_fonts *fonts, const hz_notice *notice, hz_error *err)
{
    const zoned *of = &p->zoned[s->zones];
    size_t card = card_of_like(of, p->r->zone_cards[s->zones].proposal.like);
    const hz_caption_proposal f = facts_of(p, s);
    const bool dashed[2] = { of->dashed[card], false };
    hz_proposal_line said[HZ_PROPOSAL_LINES];
    hz_sheet_pair_line lines[HZ_PROPOSAL_LINES];
    hz_sheet_words on_sheet = *text;
    parts t = { 0 };
    const char *paragraphs[1];
    hz_proposal_statement(f.evidence, f.proposing, f.made_up, s->l, &s->statement);
    hz_status st = say_parts(&f, &t) ? zones_check_texts(s, err) : hz_mem_fail(err, s->name);
    if (!st)
        st = take_pair(p, s, card, err);
    if (!st)
        st = make_parcels(p, f.evidence, &t.parcels, err);
    size_t n = hz_caption_proposal_lines(&f, said);
    for (size_t i = 0; i < n; i++)
        lines[i] = (hz_sheet_pair_line){ said[i].label, *said[i].first ? said[i].first : NULL,
                                         *said[i].second ? said[i].second : NULL };
    if (!st) {
        paragraphs[0] = hz_text_get(&s->statement);
        on_sheet.quantity = hz_text_get(&t.title);
        hz_sheet_proposal data = {
            .ground = zones_ground(p, s), .parcels = t.parcels, .density = "density",
            .overall = hz_caption_proposal_overall(&f),
            .names = { hz_text_get(&t.name[0]), hz_text_get(&t.name[1]) },
            .density_label = hz_text_get(&t.density), .events_label = hz_text_get(&t.events),
            .lines = lines, .line_count = n, .paragraphs = paragraphs, .paragraph_count = 1
        };
        data.ground.dashed = dashed;
        st = hz_sheet_proposal_compose(&data, &on_sheet, &s->look, fonts, &s->scene, &s->sheet, notice,
                                       err);
    }
    hz_text *const texts[] = { &t.title, &t.name[0], &t.name[1], &t.density, &t.events };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hz_text_free(texts[i]);
    hz_layer_free(t.parcels);
    return st;
}
