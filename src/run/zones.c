/* Works out the cards of a project's zones, and writes their tables. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "run/zones.h"

char *project_zones_name(const project *p, size_t i, char *buf, size_t size)
{
    const recipe_zones *z = &p->r->zone_cards[i];
    return recipe_file_name(buf, size, z->name, recipe_zones_are_made_up(p->r, z));
}

void project_zones_free(project *p)
{
    for (size_t i = 0; p->zoned && i < p->r->zone_card_count; i++) {
        zoned *z = &p->zoned[i];
        for (size_t k = 0; k < ZONE_SOURCES; k++)
            hz_layer_free(z->source[k]);
        hz_layer_free(z->zones);
        hz_layer_free(z->distinct);
        hz_layer_free(z->proposal);
        hz_layer_free(z->areas);
        hz_text_free(&z->missing);
        hz_zoning_clear(&z->found);
        hz_mem_free(z->dashed);
        hz_mem_free(z->ids);
        hz_mem_free(z->how);
        hz_mem_free(z->name);
        hz_mem_free(z->proposal_name);
        for (size_t l = 0; l < LANGUAGES; l++) {
            hz_text_free(&z->period[l]);
            hz_text_free(&z->later[l]);
            drawing_clear(&z->sheet[l]);
            drawing_clear(&z->proposed[l]);
            for (size_t k = 0; k < z->page_count; k++)
                drawing_clear(&z->pages[k].page[l]);
        }
        hz_mem_free(z->pages);
    }
    hz_mem_free(p->zoned);
}

/* ---- what the zones are judged by --------------------------------------------------------- */

/* Columns of a set of events, as any analysis of it would take them. */
static hz_status take_points(const project *p, const recipe_zones *z, size_t events, bool kinds,
                             hz_zoning_points *out, hz_error *err)
{
    recipe_analysis like = { .name = z->name, .line = z->line, .events = events,
                             .period = z->period[0], .rates = HZ_RATES_DEFAULTS };
    hz_rating_input in;
    if (kinds) {
        memcpy(like.kinds, z->kinds, sizeof like.kinds);
        like.kind_count = z->kind_count;
    }
    hz_status st = project_input(p, &like, z->areas[0], &in, err);
    if (st)
        return st;
    *out = (hz_zoning_points){ .layer = p->events[events], .place = in.place,
                               .precision = in.precision_m };
    if (kinds) /* they stand in the recipe, not in `like` */
        out->place.kinds = z->kind_count ? z->kinds : NULL;
    return HZ_OK;
}

static int year_of(hz_time when)
{
    int year = 0, month, day;
    if (when != HZ_TIME_NONE)
        hz_date_civil(when / 86400 - (when % 86400 < 0), &year, &month, &day);
    return year;
}

static void take_people(const project *p, const recipe_zones *z, hz_zoning_input *in)
{
    if (z->population == RECIPE_NONE)
        return;
    const recipe_population *base = &p->r->population[z->population];
    in->population = p->population[z->population];
    in->population_columns = (hz_match_opts){
        .key = base->key, .value = base->value, .year = base->year, .nearest_year = true,
        .want_year = z->population_year ? z->population_year : year_of(z->period[0].from)
    };
    in->population_columns.nearest_year = in->population_columns.want_year != 0;
}

static void take_proposal(const project *p, const recipe_zones *z, const zoned *of,
                          hz_zoning_input *in)
{
    const recipe_proposal *proposal = &z->proposal;
    in->like = proposal->like;
    in->split = proposal->earlier_text != NULL;
    in->earlier = proposal->earlier;
    in->later = proposal->later;
    in->cell_m = proposal->cell;
    in->measure = proposal->measure;
    in->lines = (const hz_layer *const *)(of->source + 3);
    in->line_count = z->line_count;
    in->network = (hz_trace_network_opts){ z->name_field, NULL, z->gap };
    in->streets = of->source[2] ? of->source[2] : p->streets;
}

static hz_status make(project *p, size_t i, hz_error *err)
{
    const recipe_zones *z = &p->r->zone_cards[i];
    zoned *of = &p->zoned[i];
    const hz_layer *areas[RECIPE_SETS];
    hz_zoning_hidden hidden;
    hz_zoning_input in = { .zones = of->zones, .crs = p->crs, .areas = areas,
                           .area_count = z->area_count, .water = p->water,
                           .area_id = p->r->areas[z->areas[0]].id, .card = HZ_CARD_DEFAULTS,
                           .compare = z->compare, .timeline = z->timeline,
                           .made_up = recipe_zones_are_made_up(p->r, z) };
    hz_status st = take_points(p, z, z->events, true, &in.events, err);
    if (!st && z->searches != RECIPE_NONE)
        st = take_points(p, z, z->searches, false, &in.searches, err);
    if (st)
        return st;
    for (size_t k = 0; k < z->area_count; k++)
        areas[k] = p->areas[z->areas[k]];
    in.events.clock = z->clock;
    in.searches.found = z->found;
    in.zone_searches = of->source[ZONE_SEARCHES];
    in.searches_columns = (hz_searches_columns){ .zone = z->searches_zone,
                                                 .searches = z->searches_count,
                                                 .finds = z->searches_finds,
                                                 .date = z->searches_date };
    in.hot = of->source[ZONE_HOT];
    in.while_in_force = z->while_in_force;
    in.period[0] = z->period[0];
    in.period[1] = z->period[1];
    in.periods = z->periods;
    take_people(p, z, &in);
    take_proposal(p, z, of, &in);
    in.card.null = z->null > 0;
    if (in.card.null)
        in.card.placement.replicates = (uint32_t)z->null;
    in.card.placement.seed = in.card.seed = z->seed;
    in.card.cell_m = z->cell;
    in.hidden = project_decided_zones(p, i, &hidden) ? &hidden : NULL;
    return hz_zoning_make(&in, &of->found, p->notice, err);
}

/* ---- tables ------------------------------------------------------------------------------- */

static hz_status write_table(project *p, size_t i, const char *end, hz_layer *table,
                             const char *const *columns, size_t n, hz_error *err)
{
    char name[RECIPE_NAME], full[RECIPE_NAME + 24];
    snprintf(full, sizeof full, "%s%s", project_zones_name(p, i, name, sizeof name), end);
    return project_table(p, full, recipe_zones_are_made_up(p->r, &p->r->zone_cards[i]), table, columns,
                         n, err);
}

static hz_status write_text(project *p, size_t i, const char *end, const hz_text *text,
                            hz_error *err)
{
    char name[RECIPE_NAME], *path = NULL;
    if (text->failed)
        return hz_mem_fail(err, "zones");
    hz_status st = project_output(p, &path, err, "tables/%s%s",
                                  project_zones_name(p, i, name, sizeof name), end);
    if (!st)
        st = hz_file_write(path, hz_text_get(text), text->length, err);
    hz_mem_free(path);
    return st;
}

/* What is known of every zone, then the figures of its card. */
static hz_status write_cards(project *p, size_t i, hz_error *err)
{
    static const char *const first[] = { "id", "name", "how", "card_of", "valid_from", "valid_to",
                                         "border_m", "bridged_m" };
    enum { FIRST = sizeof first / sizeof *first, ALL = FIRST + 2 * (HZ_CARD_FIGURES + 1) };
    const hz_layer *zones = p->zoned[i].found.zones;
    const char *columns[ALL];
    size_t n = FIRST;
    memcpy(columns, first, sizeof first);
    for (size_t c = (size_t)hz_layer_find(zones, "card_of") + 1; c < hz_layer_columns(zones); c++)
        if (n < ALL)
            columns[n++] = hz_layer_column_name(zones, c);
    return write_table(p, i, "", p->zoned[i].found.zones, columns, n, err);
}

static hz_status write_compared(project *p, size_t i, hz_error *err)
{
    const recipe_zones *z = &p->r->zone_cards[i];
    const hz_zoning *f = &p->zoned[i].found;
    size_t pairs = f->n * (f->n - 1) / 2;
    const hz_compare_column columns[2] = { { f->period[0], f->pairs, f->alone },
                                           { f->period[1], f->pairs ? f->pairs + pairs : NULL,
                                             f->alone ? f->alone + f->n : NULL } };
    hz_text json = { 0 }, csv = { 0 };
    hz_status st = f->pairs ? hz_compare_json(f->cards, f->notes, f->n, columns, z->periods, &json,
                                              err)
                            : hz_card_json(f->cards, f->notes, f->n, &json, err);
    if (!st)
        st = write_text(p, i, ".json", &json, err);
    if (!st && f->pairs) {
        hz_compare_csv(f->notes, f->n, columns, z->periods, &csv);
        st = write_text(p, i, "-pairs.csv", &csv, err);
    }
    hz_text_free(&json);
    hz_text_free(&csv);
    return st;
}

static hz_status write_timeline(project *p, size_t i, hz_error *err)
{
    hz_timeline *t = &p->zoned[i].found.timeline;
    size_t n, m;
    const char *const *columns = hz_timeline_zone_columns(&n);
    const char *const *steps = hz_timeline_step_columns(&m);
    if (!t->zones)
        return HZ_OK;
    hz_status st = write_table(p, i, "-timeline", t->zones, columns, n, err);
    return st ? st : write_table(p, i, "-steps", t->steps, steps, m, err);
}

static hz_status write_proposal(project *p, size_t i, hz_error *err)
{
    const hz_zoning *f = &p->zoned[i].found;
    hz_text text = { 0 };
    if (!f->proposed)
        return HZ_OK;
    hz_status st = hz_proposal_json(&f->evidence, &f->proposal, &f->proposal_facts, &text, err);
    if (!st)
        st = write_text(p, i, "-proposal.json", &text, err);
    hz_text_free(&text);
    return st;
}

static hz_status note_options(project *p, size_t i, hz_error *err)
{
    const recipe_zones *z = &p->r->zone_cards[i];
    const zoned *of = &p->zoned[i];
    const struct { const char *key, *text; double number; bool told; } options[] = {
        { z->periods > 1 ? "earlier" : "period", z->period_text[0] ? z->period_text[0] : "all", 0,
          true },
        { "later", z->period_text[1], 0, z->periods > 1 },
        { "null", NULL, z->null, true },
        { "seed", NULL, (double)z->seed, true },
        { "cell_m", NULL, z->cell, true },
        { "while_in_force", NULL, 1, z->while_in_force },
        { "gap_m", NULL, z->gap, z->boundaries.from.source != NULL },
        { "zones", NULL, (double)hz_layer_rows(of->zones), true },
        { "cards", NULL, (double)of->found.n, true },
        { "left_out", NULL, (double)of->missing_count, true },
    };
    hz_status st = HZ_OK;
    for (size_t k = 0; !st && k < sizeof options / sizeof *options; k++)
        if (options[k].told)
            st = project_note(p, z->name, options[k].key, options[k].text, options[k].number, err);
    return st;
}

/* ---- layers ------------------------------------------------------------------------------- */

/* One zone per card, in the order of the cards, and how each came about. */
static hz_status single_out(project *p, size_t i, hz_error *err)
{
    zoned *z = &p->zoned[i];
    const hz_zoning *f = &z->found;
    unsigned char *keep = hz_mem_new(hz_layer_rows(f->zones), 1);
    z->dashed = hz_mem_new(f->n, sizeof *z->dashed);
    z->ids = hz_mem_new(f->n, sizeof *z->ids);
    z->how = hz_mem_new(f->n, sizeof *z->how);
    hz_status st = keep && z->dashed && z->ids && z->how ? HZ_OK : hz_mem_fail(err, "zones");
    for (size_t c = 0; !st && c < f->n; c++) {
        keep[f->row[c]] = 1;
        z->ids[c] = hz_layer_text(f->zones, "id", f->row[c]);
        z->how[c] = hz_layer_text(f->zones, "how", f->row[c]);
        z->dashed[c] = strcmp(z->how[c], "drawn") == 0 || strcmp(z->how[c], "bridged") == 0;
    }
    if (!st)
        st = hz_layer_select(f->zones, keep, &z->distinct, err);
    hz_mem_free(keep);
    return st;
}

static hz_status lay_out_proposal(project *p, size_t i, hz_error *err)
{
    zoned *z = &p->zoned[i];
    const hz_zoning *f = &z->found;
    hz_shapes *shape = NULL;
    hz_crs *crs = f->proposed ? hz_crs_copy(hz_layer_crs(f->evidence.parcels.table)) : NULL;
    if (!f->proposed)
        return HZ_OK;
    hz_status st = crs ? hz_layer_new("proposal", 1, &z->proposal, err)
                       : hz_mem_fail(err, "proposal");
    if (!st)
        st = hz_shapes_copy(f->proposal.shape, &shape, err);
    if (!st)
        st = hz_layer_take_shapes(z->proposal, &shape, err);
    if (!st)
        st = hz_layer_take_crs(z->proposal, &crs, err);
    if (!st)
        st = hz_layer_to_crs(z->proposal, p->crs, err);
    if (!st)
        st = hz_layer_add_word(z->proposal, "like", p->r->zone_cards[i].proposal.like, err);
    if (!st)
        st = hz_layer_add_word(z->proposal, "verdict",
                               hz_zone_verdict_name(f->proposal.difference.verdict), err);
    if (!st)
        st = hz_layer_add_word(z->proposal, "streets",
                               f->streets.listed ? hz_text_get(&f->streets.text) : "", err);
    hz_shapes_free(shape);
    hz_crs_free(crs);
    return st;
}

hz_status project_zones_items(project *p, size_t i, hz_vector_item *items, size_t *n, hz_error *err)
{
    static const char *const built[] = { "Built", "Bygget" };
    static const char *const drawn[] = { "Drawn, not built", "Tegnet, ikke bygget" };
    static const char *const bridged[] = { "Border partly bridged", "Grænsen delvis gættet" };
    static const char *const given[] = { "Zone", "Zone" };
    static const hz_vector_style of_proposal = { .line = 0xD95F02, .line_mm = 1.0 };
    zoned *z = &p->zoned[i];
    hz_language l = p->r->languages[0];
    char name[RECIPE_NAME];
    hz_text second = { 0 };
    const struct { const char *value, *label; int hatch; } kinds[] = {
        { "built", built[l], HZ_HATCH_NONE }, { "given", given[l], HZ_HATCH_NONE },
        { "drawn", drawn[l], HZ_HATCH }, { "bridged", bridged[l], HZ_HATCH_BACK },
    };
    for (size_t k = 0; k < 4; k++)
        z->looks[k] = (hz_style_class){ kinds[k].value, kinds[k].label, 0xE8C9BF, kinds[k].hatch };
    z->style = (hz_vector_style){ "how", z->looks, 4, 0x1A1A1A, 0.53 };
    hz_text_addf(&second, "%s-proposal", project_zones_name(p, i, name, sizeof name));
    z->name = hz_mem_text(name);
    z->proposal_name = hz_text_take(&second);
    if (!z->name || !z->proposal_name)
        return hz_mem_fail(err, "zones");
    items[(*n)++] = (hz_vector_item){ z->found.zones, z->name,
                                      words_in(&p->r->zone_cards[i].title, l, NULL), &z->style };
    if (z->proposal)
        items[(*n)++] = (hz_vector_item){ z->proposal, z->proposal_name, NULL, &of_proposal };
    return HZ_OK;
}

/* ---- all of it ---------------------------------------------------------------------------- */

void project_zones_headline(const project *p, size_t i, hz_text *out)
{
    const recipe_zones *r = &p->r->zone_cards[i];
    const zoned *z = &p->zoned[i];
    size_t drawn = 0;
    char name[RECIPE_NAME];
    for (size_t c = 0; c < z->found.n; c++)
        drawn += strcmp(z->how[c], "drawn") == 0;
    hz_text_addf(out, "%s: %zu zone%s with %zu border%s", project_zones_name(p, i, name, sizeof name),
                 hz_layer_rows(z->zones), hz_layer_rows(z->zones) == 1 ? "" : "s", z->found.n,
                 z->found.n == 1 ? "" : "s");
    if (drawn)
        hz_text_addf(out, ", %zu of them drawn, not built", drawn);
    if (z->missing_count)
        hz_text_addf(out, "; %zu left out", z->missing_count);
    const hz_card_column *now = &z->found.cards[0].now;
    double events = now->value[HZ_CARD_EVENTS_TOTAL];
    if (now->why[HZ_CARD_EVENTS_TOTAL] == HZ_CARD_KNOWN)
        hz_text_addf(out, "; %.0f event%s in the study area", events, events == 1 ? "" : "s");
    else
        hz_text_add(out, "; the number of events is hidden");
    hz_text_addf(out, "%s\n", recipe_zones_are_made_up(p->r, r) ? " (synthetic)" : "");
}

hz_status project_zones_snippets(project *p, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; p->zoned && i < p->r->zone_card_count; i++)
        for (size_t l = 0; !st && l < p->r->language_count; l++) {
            st = project_snippet(p, &p->zoned[i].sheet[l], err);
            if (!st)
                st = project_snippet(p, &p->zoned[i].proposed[l], err);
            for (size_t k = 0; !st && k < p->zoned[i].page_count; k++)
                st = project_snippet(p, &p->zoned[i].pages[k].page[l], err);
        }
    return st;
}

static hz_status put_in_words(project *p, size_t i, hz_error *err)
{
    const recipe_zones *r = &p->r->zone_cards[i];
    zoned *z = &p->zoned[i];
    bool failed = z->missing.failed;
    for (size_t l = 0; l < LANGUAGES; l++) {
        if (r->period_text[0])
            hz_caption_period(r->period[0], (hz_language)l, &z->period[l]);
        if (r->periods > 1)
            hz_caption_period(r->period[1], (hz_language)l, &z->later[l]);
        failed |= z->period[l].failed || z->later[l].failed;
    }
    return failed ? hz_mem_fail(err, "zones") : HZ_OK;
}

static hz_status zone_one(project *p, size_t i, hz_error *err)
{
    const recipe_zones *z = &p->r->zone_cards[i];
    hz_status st = project_zones_build(p, i, err);
    if (!st)
        st = make(p, i, err);
    if (st && st != HZ_EMEMORY) {
        if (st == HZ_EUSAGE) /* not the command is wrong but the recipe */
            err->status = HZ_EFORMAT;
        return hz_fail_within(err, "%s:%zu: zone-cards '%s'", p->r->path, z->line, z->name);
    }
    if (!st)
        st = single_out(p, i, err);
    if (!st)
        st = lay_out_proposal(p, i, err);
    if (!st)
        st = put_in_words(p, i, err);
    if (!st)
        st = write_cards(p, i, err);
    if (!st)
        st = write_compared(p, i, err);
    if (!st)
        st = write_timeline(p, i, err);
    if (!st)
        st = write_proposal(p, i, err);
    if (!st)
        st = note_options(p, i, err);
    return st ? st : project_zones_pictures(p, i, err);
}

hz_status project_zones(project *p, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < p->r->zone_card_count; i++)
        st = zone_one(p, i, err);
    return st;
}
