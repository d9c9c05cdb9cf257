/* The sections of a report about zones. */
#include <math.h>

#include "hotzone/html.h"
#include "hotzone/mem.h"
#include "run/zones.h"

typedef const char *const pair[LANGUAGES];
static pair word_title = { "The zones, their figures, and how sure these are",
                           "Zonerne, deres tal, og hvor sikre de er" };
static pair word_events_fallback = { "events", "hændelser" };
static pair word_doubt = { "When not to trust these figures",
                           "Hvornår tallene ikke skal stoles på" };
static pair word_said = { "Zone by zone", "Zone for zone" };
static pair word_timeline = { "In force over time", "I kraft over tid" };
static pair word_proposal = { "A zone of the same size, drawn by the events",
                              "En zone af samme størrelse, tegnet efter hændelserne" };
static pair word_decided = { "Pairs of zones that the events tell apart",
                             "Par af zoner, som hændelserne kan skelne" };
static pair word_undecided = {
    "No two of the zones are told apart by these events, by interval and by McNemar's test both.",
    "Hændelserne skelner ikke mellem nogen af zonerne, hverken efter interval eller McNemars test."
};

void project_zones_facts(const project *p, size_t i, hz_language l, hz_caption_zones *f)
{
    const recipe_zones *r = &p->r->zone_cards[i];
    const zoned *z = &p->zoned[i];
    *f = (hz_caption_zones){
        .language = l,
        .noun = words_in(&p->r->events[r->events].from.title, l, word_events_fallback[l]),
        .place_in = words_in(&p->r->areas[r->areas[0]].place_in, l, NULL),
        .cards = z->found.cards, .notes = z->found.notes, .n = z->found.n, .ids = z->ids,
        .how = z->how, .shared = z->found.shared, .zones = hz_layer_rows(z->zones),
        .period = hz_text_get(&z->period[l]),
        .later = r->periods > 1 ? hz_text_get(&z->later[l]) : NULL,
        .missing = hz_text_get(&z->missing), .missing_count = z->missing_count,
        .made_up = recipe_zones_are_made_up(p->r, r), .hidden = z->found.hidden
    };
}

hz_status project_zones_short(const project *p, size_t i, hz_language l, hz_text *out,
                              hz_error *err)
{
    hz_caption_zones f;
    (void)err; /* memory is told by the text */
    project_zones_facts(p, i, l, &f);
    hz_caption_zones_short(&f, out);
    return HZ_OK;
}

/* ---- the table ---------------------------------------------------------------------------- */

/* Shares as per cent, and names as readers know the zones. */
static hz_status make_table(const zoned *z, const hz_caption_zones *f, hz_layer **out,
                            hz_error *err)
{
    static const char *const shares[] = { "capture", "capture_low", "capture_high",
                                          "later_capture", "later_capture_low",
                                          "later_capture_high" };
    hz_layer *t = NULL;
    hz_text *name = hz_mem_new(f->n, sizeof *name);
    const char **lent = hz_mem_new(f->n, sizeof *lent);
    hz_status st = name && lent ? hz_layer_copy(z->distinct, &t, err) : hz_mem_fail(err, "report");
    for (size_t c = 0; !st && c < f->n; c++) {
        hz_caption_zones_name(f, c, &name[c]);
        lent[c] = hz_text_get(&name[c]);
        st = name[c].failed ? hz_mem_fail(err, "report") : HZ_OK;
    }
    if (!st)
        st = hz_layer_add_texts(t, "zone", lent, err);
    for (size_t k = 0; !st && k < sizeof shares / sizeof *shares; k++) {
        const double *from = hz_layer_numbers(t, shares[k]);
        double *percent = from ? hz_mem_new(f->n, sizeof *percent) : NULL;
        unsigned char *mark = from ? hz_mem_new(f->n, 1) : NULL;
        if (from && (!percent || !mark))
            st = hz_mem_fail(err, "report");
        for (size_t c = 0; !st && from && c < f->n; c++) {
            percent[c] = 100 * from[c];
            mark[c] = (unsigned char)hz_layer_mark(t, shares[k], c);
        }
        if (!st && from)
            st = hz_layer_take_numbers(t, shares[k], &percent, &mark, err);
        hz_mem_free(percent);
        hz_mem_free(mark);
    }
    for (size_t c = 0; name && c < f->n; c++)
        hz_text_free(&name[c]);
    hz_mem_free(name);
    hz_mem_free(lent);
    if (st)
        hz_layer_free(t);
    else
        *out = t;
    return st;
}

static hz_status add_table(const zoned *z, const hz_caption_zones *f, hz_html *page, hz_error *err)
{
    static pair zone = { "Zone", "Zone" }, events = { "Events", "Antal" };
    static pair share = { "Share", "Andel" }, interval = { "95% interval", "95 %-interval" };
    static pair ratio = { "Rate ratio", "Rateforhold" }, later = { "Later", "Senere" };
    static pair later_share = { "Later share", "Senere andel" };
    static pair caption = { "What each zone holds%s%s", "Hvad hver zone rummer%s%s" };
    hz_language l = f->language;
    const hz_html_column all[] = {
        { .column = "zone", .header = zone[l] },
        { .column = "events_in", .header = events[l] },
        { .column = "capture", .header = share[l], .unit = "%", .decimals = 1 },
        { .column = "capture_low", .header = interval[l], .unit = "%", .decimals = 1,
          .kind = HZ_CELL_INTERVAL, .high = "capture_high" },
        { .column = "area_km2", .header = "km²", .decimals = 1 },
        { .column = "pai", .header = "PAI", .decimals = 1 },
        { .column = "rate_ratio", .header = ratio[l], .decimals = 1 },
        { .column = "null_p_high", .header = "p", .kind = HZ_CELL_P },
        { .column = "later_events_in", .header = later[l] },
        { .column = "later_capture", .header = later_share[l], .unit = "%", .decimals = 1 },
        { .column = "later_pai", .header = l == HZ_DANISH ? "Senere PAI" : "Later PAI",
          .decimals = 1 },
    };
    enum { ALL = sizeof all / sizeof *all, LATER = 3, P = ALL - LATER - 1 };
    hz_html_column columns[ALL];
    size_t n = 0;
    for (size_t k = 0; k < ALL; k++)
        if ((k != P || !f->hidden) && (k <= P || f->later)) /* no placements of hidden events */
            columns[n++] = all[k];
    hz_layer *t = NULL;
    hz_text title = { 0 };
    hz_text_addf(&title, caption[l], *f->period ? ", " : "", f->period);
    if (f->later)
        hz_text_addf(&title, l == HZ_DANISH ? "; senere: %s" : "; later: %s", f->later);
    hz_html_table table = { .caption = hz_text_get(&title), .columns = columns,
                            .column_count = n };
    hz_status st = title.failed ? hz_mem_fail(err, "report") : make_table(z, f, &t, err);
    table.layer = t;
    if (!st)
        st = hz_html_add_table(page, &table, err);
    hz_layer_free(t);
    hz_text_free(&title);
    return st;
}

/* ---- sentences ---------------------------------------------------------------------------- */

typedef void (*sentence)(const hz_caption_zones *f, hz_text *out);
typedef enum { PARAGRAPH, NOTE, CALLOUT } block;

static hz_status add(hz_html *page, const hz_caption_zones *f, sentence tell, block as,
                     hz_error *err)
{
    hz_text text = { 0 };
    tell(f, &text);
    hz_status st = text.failed ? hz_mem_fail(err, "report") : HZ_OK;
    if (!st && as == PARAGRAPH)
        hz_html_paragraph(page, hz_text_get(&text));
    else if (!st && as == NOTE)
        hz_html_note(page, hz_text_get(&text));
    else if (!st)
        hz_html_callout(page, word_doubt[f->language], hz_text_get(&text));
    hz_text_free(&text);
    return st;
}

static hz_status add_statements(const hz_caption_zones *f, hz_html *page, hz_error *err)
{
    hz_text *said = hz_mem_new(f->n, sizeof *said);
    const char **lent = hz_mem_new(f->n, sizeof *lent);
    hz_status st = said && lent ? HZ_OK : hz_mem_fail(err, "report");
    for (size_t c = 0; !st && c < f->n; c++) {
        hz_caption_zones_statement(f, c, &said[c]);
        lent[c] = hz_text_get(&said[c]);
        st = said[c].failed ? hz_mem_fail(err, "report") : HZ_OK;
    }
    if (!st) {
        hz_html_heading(page, 3, word_said[f->language]);
        hz_html_list(page, lent, f->n);
    }
    for (size_t c = 0; said && c < f->n; c++)
        hz_text_free(&said[c]);
    hz_mem_free(said);
    hz_mem_free(lent);
    return st;
}

/* Differences whose interval leaves out 0 and whose p is small; all are in the table of pairs. */
static hz_status add_pairs(const hz_zoning *z, const hz_caption_zones *f, hz_html *page,
                           hz_error *err)
{
    size_t n = z->n * (z->n - 1) / 2, shown = 0;
    hz_language l = f->language;
    if (!z->pairs)
        return HZ_OK;
    hz_text *said = hz_mem_new(n, sizeof *said);
    const char **lent = hz_mem_new(n, sizeof *lent);
    hz_status st = said && lent ? HZ_OK : hz_mem_fail(err, "report");
    for (size_t k = 0; !st && k < n; k++) {
        const hz_compare_pair *a = &z->pairs[k];
        /* of few events the two do not always agree: both must say so */
        if ((!(a->low > 0) && !(a->high < 0)) || !(a->p <= 1 - f->notes[0].level))
            continue;
        hz_caption_zones_pair(f, a, &said[shown]);
        st = said[shown].failed ? hz_mem_fail(err, "report") : HZ_OK;
        lent[shown] = hz_text_get(&said[shown]);
        shown++;
    }
    if (!st) {
        hz_html_heading(page, 3, word_decided[l]);
        if (shown)
            hz_html_list(page, lent, shown);
        else
            hz_html_paragraph(page, word_undecided[l]);
    }
    for (size_t k = 0; said && k < n; k++)
        hz_text_free(&said[k]);
    hz_mem_free(said);
    hz_mem_free(lent);
    return st;
}

static hz_status add_timeline(const hz_timeline *t, hz_language l, hz_html *page, hz_error *err)
{
    static pair name = { "Name", "Navn" }, from = { "From", "Fra" }, until = { "Until", "Til" };
    static pair days = { "Days", "Dage" }, events = { "Events", "Antal" };
    static pair per_day = { "Per day", "Pr. dag" }, interval = { "95% interval", "95 %-interval" };
    static pair since = { "Days since the last", "Dage siden sidste" }, renews = { "Renews", "Fornyer" };
    static pair caption = { "Zones in force, and the events inside them while they were",
                            "Zoner i kraft, og hændelser i dem imens" };
    static pair note = {
        "Days since the last: days from the last event inside to the start of the zone. An event known by "
        "the day only counts where the zone was in force all of that day.",
        "Dage siden sidste: fra den seneste hændelse i zonen, til den begynder. En hændelse, hvor kun "
        "dagen kendes, tæller, hvis zonen var i kraft hele den dag."
    };
    const hz_html_column columns[] = {
        { .column = "id", .header = "Id" },
        { .column = "name", .header = name[l] },
        { .column = "from", .header = from[l] },
        { .column = "until", .header = until[l] },
        { .column = "days_in_force", .header = days[l], .decimals = 0 },
        { .column = "events", .header = events[l] },
        { .column = "events_per_day", .header = per_day[l], .decimals = 2 },
        { .column = "events_per_day_low", .header = interval[l], .decimals = 2,
          .kind = HZ_CELL_INTERVAL, .high = "events_per_day_high" },
        { .column = "days_since_event", .header = since[l], .decimals = 0 },
        { .column = "renews", .header = renews[l] },
    };
    const hz_html_table table = { .caption = caption[l], .layer = t->zones, .columns = columns,
                                  .column_count = sizeof columns / sizeof *columns };
    if (!t->zones)
        return HZ_OK;
    hz_html_heading(page, 3, word_timeline[l]);
    hz_status st = hz_html_add_table(page, &table, err);
    hz_html_note(page, note[l]);
    return st;
}

static hz_status add_proposal(const project *p, const zoned *of, size_t at,
                              const hz_caption_zones *f, hz_html *page, hz_error *err)
{
    const hz_zoning *z = &of->found;
    hz_language l = f->language;
    hz_text text = { 0 }, streets = { 0 };
    if (!z->proposed)
        return HZ_OK;
    hz_proposal_statement(&z->evidence, &z->proposal, f->made_up, l, &text);
    hz_proposal_border(&z->streets, l, &streets);
    hz_status st = text.failed || streets.failed ? hz_mem_fail(err, "report") : HZ_OK;
    if (!st) {
        hz_html_heading(page, 3, word_proposal[l]);
        hz_html_paragraph(page, hz_text_get(&text));
        st = project_add_drawing(p, page, &of->proposed[at], err);
        hz_html_note(page, hz_text_get(&streets));
    }
    hz_text_free(&text);
    hz_text_free(&streets);
    return st;
}

/* ---- a section ---------------------------------------------------------------------------- */

static size_t place_of(const recipe *r, hz_language l)
{
    size_t k = 0;
    while (k + 1 < r->language_count && r->languages[k] != l)
        k++;
    return k;
}

static hz_status add_fate(const hz_zoning *z, const hz_caption_zones *f, hz_html *page,
                          hz_error *err)
{
    hz_text text = { 0 };
    char buf[400];
    size_t periods = f->later ? 2 : 1;
    if (z->hidden) /* what became of single rows is not told */
        return HZ_OK;
    for (size_t k = 0; k < periods; k++) {
        const char *period = k ? f->later : f->period;
        hz_text_addf(&text, "%s%s%s%s.", k ? " " : "", periods > 1 ? period : "",
                     periods > 1 ? ": " : "",
                     hz_fate_text(buf, sizeof buf, &z->fate[k], (int)f->language));
    }
    hz_status st = text.failed ? hz_mem_fail(err, "report") : HZ_OK;
    if (!st)
        hz_html_note(page, hz_text_get(&text));
    hz_text_free(&text);
    return st;
}

static hz_status add_section(const project *p, size_t i, hz_language l, hz_html *page,
                             hz_error *err)
{
    const recipe_zones *r = &p->r->zone_cards[i];
    const zoned *z = &p->zoned[i];
    size_t at = place_of(p->r, l);
    hz_text made_up = { 0 };
    hz_caption_zones f;
    project_zones_facts(p, i, l, &f);
    hz_html_heading(page, 2, words_in(&r->title, l, word_title[l]));
    if (words_in(&r->note, l, NULL))
        hz_html_callout(page, NULL, words_in(&r->note, l, NULL));
    if (f.made_up) {
        hz_caption_made_up(l, &made_up);
        hz_html_callout(page, NULL, hz_text_get(&made_up));
    }
    hz_status st = made_up.failed ? hz_mem_fail(err, "report") : HZ_OK;
    hz_text_free(&made_up);
    if (!st)
        st = add(page, &f, hz_caption_zones_origin, PARAGRAPH, err);
    if (!st)
        st = add(page, &f, hz_caption_zones_doubt, CALLOUT, err);
    if (!st)
        st = project_add_drawing(p, page, &z->sheet[at], err);
    if (!st)
        st = add_table(z, &f, page, err);
    if (!st)
        st = add_statements(&f, page, err);
    if (!st)
        st = add_pairs(&z->found, &f, page, err);
    for (size_t k = 0; !st && k < z->page_count; k++)
        st = project_add_drawing(p, page, &z->pages[k].page[at], err);
    if (!st)
        st = add_timeline(&z->found.timeline, l, page, err);
    if (!st)
        st = add_proposal(p, z, at, &f, page, err);
    if (!st)
        st = add(page, &f, hz_caption_zones_method, NOTE, err);
    return st ? st : add_fate(&z->found, &f, page, err);
}

hz_status project_report_zones(const project *p, hz_language l, hz_html *page, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < p->r->zone_card_count; i++)
        st = add_section(p, i, l, page, err);
    return st;
}
