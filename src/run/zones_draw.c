/* Draws a project's zones: all compared on one sheet, and the card of each, in every language. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/match.h"
#include "hotzone/mem.h"
#include "hotzone/sheet_zones.h"
#include "run/zones_picture.h"

enum { COLUMNS = 5, CARDS_MOST = 12 };

static void clear(picture *s)
{
    hz_text *const texts[] = { &s->quantity, &s->reference, &s->alt, &s->caption, &s->method,
                               &s->made_up, &s->label, &s->statement, &s->below };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hz_text_free(texts[i]);
    hz_layer_free(s->events);
    hz_layer_free(s->one);
    hz_scene_free(s->scene);
    hz_look_clear(&s->look);
}

hz_status zones_check_texts(const picture *s, hz_error *err)
{
    const hz_text *const texts[] = { &s->quantity, &s->reference, &s->alt, &s->caption, &s->method,
                                     &s->made_up, &s->label, &s->statement, &s->below };
    bool failed = false;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        failed |= texts[i]->failed;
    return failed ? hz_mem_fail(err, s->name) : HZ_OK;
}

static size_t gather_credits(const project *p, const picture *s, const char **out)
{
    const recipe *r = p->r;
    const recipe_zones *z = &r->zone_cards[s->zones];
    const origin *from[14];
    size_t n = 0;
    from[n++] = &r->events[z->events].from;
    from[n++] = z->zones.from.source ? &z->zones.from : &z->boundaries.from;
    if (z->drawn.from.source)
        from[n++] = &z->drawn.from;
    if (z->network.source)
        from[n++] = &z->network;
    if (z->population != RECIPE_NONE)
        from[n++] = &r->population[z->population].from;
    from[n++] = &r->areas[z->areas[0]].from;
    if (z->searches != RECIPE_NONE)
        from[n++] = &r->events[z->searches].from;
    if (z->hot.source)
        from[n++] = &z->hot;
    if (z->zone_searches.source)
        from[n++] = &z->zone_searches;
    if (z->map.draw_streets)
        from[n++] = &r->streets.from;
    if (z->map.draw_water)
        from[n++] = &r->water.from;
    return project_credits(from, n, s->l, out);
}

/* ---- what is drawn ------------------------------------------------------------------------ */

static hz_status take_areas(project *p, size_t i, hz_error *err)
{
    const recipe_zones *z = &p->r->zone_cards[i];
    zoned *of = &p->zoned[i];
    const recipe_areas *a = &p->r->areas[z->areas[0]];
    hz_status st = hz_layer_copy(p->areas[z->areas[0]], &of->areas, err);
    if (!st)
        st = hz_layer_to_crs(of->areas, p->crs, err);
    if (!st)
        st = hz_match_keys(of->areas, a->id, a->label, &of->keys, err);
    return st;
}

static hz_status take_points(const project *p, picture *s, hz_error *err)
{
    const recipe_zones *z = &p->r->zone_cards[s->zones];
    if (s->card == ZONES_PROPOSAL)
        return zones_take_judges(p, s, err);
    if (!z->map.draw_events || s->card == ZONES_ALL) /* there letters need the room */
        return HZ_OK;
    hz_status st = hz_layer_select(p->events[z->events], p->zoned[s->zones].found.used, &s->events,
                                   err);
    return st ? st : hz_layer_to_crs(s->events, p->crs, err);
}

static hz_status take_one(const project *p, picture *s, hz_error *err)
{
    const hz_layer *all = p->zoned[s->zones].distinct;
    unsigned char *keep = hz_mem_new(hz_layer_rows(all), 1);
    if (!keep)
        return hz_mem_fail(err, s->name);
    keep[s->card] = 1;
    hz_status st = hz_layer_select(all, keep, &s->one, err);
    hz_mem_free(keep);
    return st;
}

hz_sheet_ground zones_ground(const project *p, const picture *s)
{
    const recipe_zones *z = &p->r->zone_cards[s->zones];
    const zoned *of = &p->zoned[s->zones];
    return (hz_sheet_ground){
        .zones = s->card == ZONES_ALL ? of->distinct : s->one, .areas = of->areas,
        .area_name = of->keys.name, .events = s->events,
        .water = z->map.draw_water ? p->water : NULL,
        .streets = z->map.draw_streets ? p->streets : NULL,
        .outside = z->map.draw_outside ? p->outside : NULL,
        .dashed = s->card < of->found.n ? of->dashed + s->card : of->dashed
    };
}

/* ---- all compared ------------------------------------------------------------------------- */

static void number(char *buf, size_t size, const hz_card_column *c, hz_card_figure figure,
                   int decimals, hz_language l)
{
    if (c->why[figure] == HZ_CARD_KNOWN)
        hz_number_format(buf, size, c->value[figure], decimals, l);
    else if (c->why[figure] == HZ_CARD_HIDDEN)
        snprintf(buf, size, l == HZ_DANISH ? "skjult" : "hidden");
    else
        snprintf(buf, size, "\u2013");
}

/* Texts of the rows; freed together. */
typedef struct {
    hz_sheet_zone_row row;
    hz_text name;
    char text[COLUMNS][40];
    const char *cell[COLUMNS];
} zone_row;

static size_t fill_row(const picture *s, const hz_zones_axis *axis, size_t c, zone_row *r)
{
    static const char *const none[] = { "outside the study area", "uden for området" };
    const hz_caption_zones *f = &s->facts;
    const hz_card_column *now = &f->cards[c].now, *later = &f->cards[c].later;
    size_t n = 0;
    hz_caption_zones_name(f, c, &r->name);
    r->row.name = hz_text_get(&r->name);
    hz_caption_zones_rate(f, axis, c, &r->row.value, &r->row.low, &r->row.high);
    if (!(now->value[HZ_CARD_LAND_KM2] > 0))
        r->row.note = none[s->l];
    else if (now->why[HZ_CARD_EVENTS_IN] == HZ_CARD_HIDDEN)
        r->row.note = s->l == HZ_DANISH ? "skjult" : "hidden";
    number(r->text[n++], 40, now, HZ_CARD_EVENTS_IN, 0, s->l);
    if (f->later)
        number(r->text[n++], 40, later, HZ_CARD_EVENTS_IN, 0, s->l);
    number(r->text[n++], 40, now, HZ_CARD_AREA_KM2, 1, s->l);
    if (axis->by_residents)
        number(r->text[n++], 40, now, HZ_CARD_RESIDENTS, 0, s->l);
    if (!f->hidden) /* words for what is hidden need the room; the cards have it */
        number(r->text[n++], 40, now, HZ_CARD_PAI, 1, s->l);
    for (size_t k = 0; k < n; k++)
        r->cell[k] = r->text[k];
    r->row.cells = r->cell;
    return n;
}

static hz_status draw_compared(const project *p, picture *s, const hz_sheet_words *text,
                               hz_fonts *fonts, const hz_notice *notice, hz_error *err)
{
    static const char *const heads[][LANGUAGES] = { { "Events", "Antal" }, { "Later", "Senere" },
                                                    { "km²", "km²" },
                                                    { "Residents", "Indbyggere" },
                                                    { "PAI", "PAI" } };
    size_t n = s->facts.n, k = 0;
    const char *columns[COLUMNS];
    hz_zones_axis axis;
    zone_row *rows = hz_mem_new(n, sizeof *rows);
    hz_sheet_zone_row *lent = hz_mem_new(n, sizeof *lent);
    hz_sheet_words said = *text;
    hz_status st = rows && lent ? HZ_OK : hz_mem_fail(err, s->name);
    hz_caption_zones_axis(&s->facts, &axis);
    hz_caption_zones_quantity(&s->facts, &axis, &s->quantity);
    hz_caption_zones_reference(&s->facts, &axis, &s->reference);
    said.quantity = hz_text_get(&s->quantity);
    for (size_t h = 0; h < COLUMNS; h++)
        if ((h != 1 || s->facts.later) && (h != 3 || axis.by_residents) &&
            (h != 4 || !s->facts.hidden))
            columns[k++] = heads[h][s->l];
    hz_sheet_zones data = { .ground = zones_ground(p, s), .rows = lent, .columns = columns,
                            .column_count = k, .reference = axis.value,
                            .reference_low = axis.low, .reference_high = axis.high,
                            .reference_label = hz_text_get(&s->reference) };
    for (size_t c = 0; !st && c < n; c++) {
        fill_row(s, &axis, c, &rows[c]);
        lent[c] = rows[c].row;
        if (rows[c].name.failed)
            st = hz_mem_fail(err, s->name);
    }
    if (!st)
        st = zones_check_texts(s, err);
    if (!st)
        st = hz_sheet_zones_compose(&data, &said, &s->look, fonts, &s->scene, &s->sheet, notice,
                                    err);
    for (size_t c = 0; rows && c < n; c++)
        hz_text_free(&rows[c].name);
    hz_mem_free(rows);
    hz_mem_free(lent);
    return st;
}

/* ---- one card ----------------------------------------------------------------------------- */

static hz_status draw_card(const project *p, picture *s, const hz_sheet_words *text, hz_fonts *fonts,
                           const hz_notice *notice, hz_error *err)
{
    hz_zones_line found[HZ_ZONES_LINES];
    hz_sheet_card_line lines[HZ_ZONES_LINES];
    const char *paragraphs[1];
    hz_sheet_words said = *text;
    hz_status st = take_one(p, s, err);
    if (st)
        return st;
    size_t n = hz_caption_zones_lines(&s->facts, s->card, found);
    for (size_t i = 0; i < n; i++)
        lines[i] = (hz_sheet_card_line){ found[i].label, *found[i].value ? found[i].value : NULL };
    hz_caption_zones_name(&s->facts, s->card, &s->quantity);
    hz_caption_zones_statement(&s->facts, s->card, &s->statement);
    hz_text_add_capital(&s->label, s->facts.noun);
    paragraphs[0] = hz_text_get(&s->statement);
    said.quantity = hz_text_get(&s->quantity);
    hz_sheet_card data = { .ground = zones_ground(p, s), .events_label = hz_text_get(&s->label),
                           .lines = lines, .line_count = n, .paragraphs = paragraphs,
                           .paragraph_count = 1 };
    st = zones_check_texts(s, err);
    return st ? st : hz_sheet_card_compose(&data, &said, &s->look, fonts, &s->scene, &s->sheet,
                                           notice, err);
}

/* ---- words and files ---------------------------------------------------------------------- */

static void say(const project *p, picture *s)
{
    project_zones_facts(p, s->zones, s->l, &s->facts);
    if (s->card == ZONES_PROPOSAL) {
        zones_say_proposal(p, s);
    } else if (s->card == ZONES_ALL) {
        hz_caption_zones_method(&s->facts, &s->method);
        hz_caption_zones_alt(&s->facts, &s->alt);
        hz_caption_zones_figure(&s->facts, &s->caption);
        hz_caption_zones_axis_caption(&s->facts, &s->below);
    } else {
        hz_caption_zones_card_method(&s->facts, s->card, &s->method);
        hz_caption_zones_card_alt(&s->facts, s->card, &s->alt);
        hz_caption_zones_card_figure(&s->facts, s->card, &s->caption);
        hz_caption_zones_card_figure(&s->facts, s->card, &s->below);
    }
    if (s->facts.made_up) {
        hz_caption_made_up(s->l, &s->made_up);
        hz_text_add(&s->caption, " ");
        hz_caption_made_up(s->l, &s->caption);
        hz_text_add(&s->below, " ");
        hz_caption_made_up(s->l, &s->below);
    }
}

static hz_status compose(const project *p, picture *s, hz_fonts *fonts, hz_error *err)
{
    const recipe_zones *z = &p->r->zone_cards[s->zones];
    const hz_notice *notice = s->size == 0 && s->language == 0 ? p->notice : NULL;
    const char *notes[4], *credits[RECIPE_CREDITS];
    hz_sheet_words text = { .notes = notes, .sources = credits, .date = p->r->date };
    say(p, s);
    hz_status st = zones_check_texts(s, err);
    if (!st)
        st = take_points(p, s, err);
    if (st)
        return st;
    text.title = words_in(&z->map.title, s->l, NULL);
    text.subtitle = words_in(&z->map.subtitle, s->l, NULL);
    if (!text.subtitle && s->card == ZONES_PROPOSAL)
        text.subtitle = hz_text_get(&s->label);
    text.alt = hz_text_get(&s->alt);
    text.made_up = s->facts.made_up ? hz_text_get(&s->made_up) : NULL;
    text.source_count = gather_credits(p, s, credits);
    notes[text.note_count++] = hz_text_get(&s->method);
    const char *own = words_in(&z->note, s->l, NULL);
    const char *of_events = words_in(&p->r->events[z->events].from.note, s->l, NULL);
    if (own)
        notes[text.note_count++] = own;
    if (of_events)
        notes[text.note_count++] = of_events;
    if (s->card == ZONES_PROPOSAL)
        return zones_draw_proposal(p, s, &text, fonts, notice, err);
    return s->card == ZONES_ALL ? draw_compared(p, s, &text, fonts, notice, err)
                                : draw_card(p, s, &text, fonts, notice, err);
}

/* "zones-2017-card-vz-0141": an id in small letters, digits and dashes. */
static void name_card(const char *id, char *buf, size_t size)
{
    size_t n = 0;
    for (; *id && n + 1 < size && n < 40; id++) {
        unsigned char c = (unsigned char)*id;
        if (c < 0x80 && isalnum(c))
            buf[n++] = (char)tolower(c);
        else if (n && buf[n - 1] != '-')
            buf[n++] = '-';
    }
    buf[n] = '\0';
}

static hz_status draw_one(project *p, size_t i, size_t page, size_t size, size_t language,
                          hz_fonts *fonts, hz_error *err)
{
    zoned *z = &p->zoned[i];
    const recipe_map *m = &p->r->zone_cards[i].map;
    size_t card = page < z->page_count ? z->pages[page].card : page;
    picture s = { .zones = i, .size = size, .language = language, .card = card,
                  .l = p->r->languages[language] };
    drawing *d = size != recipe_report_size(m) ? NULL
                 : card == ZONES_ALL      ? &z->sheet[language]
                 : card == ZONES_PROPOSAL ? &z->proposed[language]
                                          : &z->pages[page].page[language];
    char name[RECIPE_NAME], id[60] = "";
    project_zones_name(p, i, name, sizeof name);
    if (card < z->found.n)
        name_card(z->ids[card], id, sizeof id);
    snprintf(s.name, sizeof s.name, "%s%s%s", name,
             card == ZONES_PROPOSAL ? "-proposal" : *id ? "-card-" : "", id);
    hz_status st = project_look(p, m->style, m->sizes[size], s.l, &s.look, err);
    if (!st)
        st = compose(p, &s, fonts, err);
    const picture_files files = { "maps", s.name, size ? m->sizes[size] : NULL, s.l,
                                  language == 0, &s.look, s.scene, &s.sheet.frame };
    if (!st && d)
        st = drawing_tell(d, s.l, &s.alt, &s.below, err);
    if (!st && d)
        st = project_words(p, &files, &s.alt, &s.caption, err);
    if (!st)
        st = project_pictures(p, &files, fonts, d, err);
    if (st && st != HZ_EMEMORY)
        hz_fail_within(err, "zone-cards '%s' (%s, %s)", s.name, m->sizes[size],
                       language_code(s.l));
    clear(&s);
    return st;
}

/* The cards asked for, each by the id of any of its zones; else the first dozen. */
static hz_status choose_pages(project *p, size_t i, hz_error *err)
{
    const recipe_zones *r = &p->r->zone_cards[i];
    zoned *z = &p->zoned[i];
    size_t most = r->all_cards ? z->found.n < CARDS_MOST ? z->found.n : CARDS_MOST : r->card_count;
    z->pages = hz_mem_new(most + 1, sizeof *z->pages);
    if (!z->pages)
        return hz_mem_fail(err, r->name);
    if (r->all_cards && z->found.n > CARDS_MOST)
        hz_warn(p->notice, "zone-cards '%s': cards of the first %d of %zu zones are drawn; `cards` "
                "chooses others", r->name, CARDS_MOST, z->found.n);
    for (size_t k = 0; k < most; k++) {
        size_t row = 0, rows = hz_layer_rows(z->found.zones);
        while (!r->all_cards && row < rows &&
               strcmp(hz_layer_text(z->found.zones, "id", row), r->cards[k]) != 0)
            row++;
        if (row == rows)
            return hz_fail(err, HZ_EFORMAT, "%s:%zu: zone-cards '%s': cards: '%s' is no id of a "
                           "zone, expected one", p->r->path, r->line, r->name, r->cards[k]);
        z->pages[z->page_count++].card = r->all_cards ? k : z->found.card[row];
    }
    return HZ_OK;
}

hz_status project_zones_pictures(project *p, size_t i, hz_error *err)
{
    const recipe_zones *r = &p->r->zone_cards[i];
    zoned *z = &p->zoned[i];
    hz_fonts *fonts = NULL;
    if (!r->draw)
        return HZ_OK;
    hz_status st = choose_pages(p, i, err);
    if (!st)
        st = take_areas(p, i, err);
    if (!st)
        st = hz_fonts_new(p->look.family, NULL, &fonts, err);
    for (size_t k = 0; !st && k < r->map.size_count; k++)
        for (size_t l = 0; !st && l < p->r->language_count; l++) {
            st = draw_one(p, i, ZONES_ALL, k, l, fonts, err);
            if (!st && z->proposal)
                st = draw_one(p, i, ZONES_PROPOSAL, k, l, fonts, err);
            for (size_t c = 0; !st && c < z->page_count; c++)
                st = draw_one(p, i, c, k, l, fonts, err);
        }
    hz_fonts_free(fonts);
    return st;
}
