/* The sections of a report about whether a focus is too narrow. */
#include <math.h>
#include <string.h>

#include "hotzone/html.h"
#include "hotzone/mem.h"
#include "run/project.h"

typedef const char *const pair[LANGUAGES];
static pair word_title = { "Is the focus too narrow?", "Er fokus for snævert?" };
static pair word_areas = { "The areas, in the focus and outside it",
                           "Områderne i fokus og udenfor" };
static pair word_area = { "Area", "Område" };
static pair word_events = { "Events", "Antal" };
static pair word_base = { "Residents", "Indbyggere" };
static pair word_quotient = { "Location quotient", "Lokationskvotient" };
static pair word_interval = { "interval", "interval" };
static pair word_ratio = { "Ratio to the others outside", "Forhold til de øvrige udenfor" };
static pair word_standing = { "Standing", "Stilling" };
static pair word_broader = { "If the focus were broadened", "Hvis fokus blev udvidet" };
static pair word_shift = { "Over time", "Over tid" };
static pair word_people = { "Where registered people live", "Hvor registrerede personer bor" };
static pair word_where = { "Where", "Hvor" };
static pair word_number = { "Number", "Antal" };
static pair word_rate = { "Per 1,000 residents", "Pr. 1.000 indbyggere" };
static pair word_doubt = { "When not to trust this", "Hvornår dette ikke skal stoles på" };
static pair word_people_made_up = {
    "The registered people are synthetic: made up, they say nothing about the real city.",
    "De registrerede personer er syntetiske: opdigtede, og siger intet om den virkelige by."
};
static pair word_quotient_note = {
    "The location quotient is an area's share of the events over its share of the residents: 1 is the "
    "average. Ratio and test compare an area outside the focus with the others outside it, exactly; q "
    "is p after Benjamini and Hochberg.",
    "Lokationskvotienten er et områdes andel af hændelserne over dets andel af indbyggerne: 1 er "
    "gennemsnittet. Forhold og test sammenholder et område uden for fokus med de øvrige udenfor, "
    "eksakt; q er p efter Benjamini og Hochberg."
};

const char *project_people_made_up(hz_language language)
{
    return word_people_made_up[language];
}

void focus_words_free(focus_words *of)
{
    for (size_t l = 0; l < LANGUAGES; l++)
        hz_text_free(&of->period[l]);
}

hz_status project_focus_facts(const project *p, size_t i, focus_words *of, hz_caption_focus *facts,
                              hz_error *err)
{
    const recipe_focus *f = &p->r->focuses[i];
    const recipe_events *e = &p->r->events[f->events];
    const hz_focusing *found = &p->focuses[i].found;
    bool failed = false;
    memset(of, 0, sizeof *of);
    *facts = (hz_caption_focus){
        .focus = &found->focus, .opts = &f->opts, .made_up = recipe_focus_is_made_up(p->r, f),
        .residents = found->residents.table ? &found->residents : NULL,
        .residents_made_up = f->residents.from.made_up, .below = f->residents.below,
        .round = f->residents.round, .later = found->later, .crs = found->crs, .rank_when = found->ranked,
        .score_when = found->scored, .parts = found->parts
    };
    for (hz_language l = HZ_ENGLISH; l <= HZ_DANISH; l++) {
        bool own = words_in(&f->noun, l, NULL) != NULL;
        facts->name[l] = words_in(&f->label, l, f->published ? NULL : found->name);
        facts->events[l] = words_in(&f->noun, l, f->published ? NULL
                                                              : words_in(&e->from.title, l, NULL));
        facts->event[l] = own ? words_in(&f->one, l, words_in(&f->noun, l, NULL))
                              : f->published ? NULL : words_in(&e->one, l, facts->events[l]);
        facts->people[l] = words_in(&f->residents.from.title, l, NULL);
        if (f->published)
            continue;
        facts->areas[l] = words_in(&p->r->areas[f->areas].from.title, l, NULL);
        facts->place_in[l] = words_in(&p->r->areas[f->areas].place_in, l, NULL);
        if (f->period_text) {
            hz_caption_period(found->period, l, &of->period[l]);
            facts->period[l] = hz_text_get(&of->period[l]);
            failed |= of->period[l].failed;
        }
    }
    if (found->later) {
        facts->ranked = hz_period_format(of->ranked, sizeof of->ranked, found->ranked);
        facts->scored = hz_period_format(of->scored, sizeof of->scored, found->scored);
    }
    return failed ? hz_mem_fail(err, f->name) : HZ_OK;
}

hz_status project_focus_short(const project *p, size_t i, hz_language language, hz_text *out,
                              hz_error *err)
{
    focus_words said;
    hz_caption_focus facts;
    hz_status st = project_focus_facts(p, i, &said, &facts, err);
    if (!st)
        hz_caption_focus_short(&facts, language, out);
    focus_words_free(&said);
    return st;
}

/* ------------------------------------------------------------------ tables */

/* A column of words that the page shows, for a column of states. */
static hz_status add_words(hz_layer *table, const char *from, const char *to,
                           const char *const (*dictionary)[3], size_t n, hz_language l,
                           hz_error *err)
{
    size_t rows = hz_layer_rows(table);
    const char **texts = hz_mem_new(rows, sizeof *texts);
    if (!texts)
        return hz_mem_fail(err, "report");
    for (size_t i = 0; i < rows; i++) {
        texts[i] = hz_layer_text(table, from, i);
        for (size_t k = 0; k < n; k++)
            if (strcmp(texts[i], dictionary[k][0]) == 0) {
                texts[i] = dictionary[k][1 + (l == HZ_DANISH)];
                break;
            }
    }
    hz_status st = hz_layer_add_texts(table, to, texts, err);
    hz_mem_free(texts);
    return st;
}

static hz_status add_areas(const project *p, size_t i, hz_language l, hz_html *page, hz_error *err)
{
    static const char *const standing[][3] = {
        { "focus", "focus", "fokus" }, { "excess", "stands out", "skiller sig ud" },
        { "ok", "outside", "udenfor" }, { "untested", "not tested", "ikke testet" },
        { "hidden", "hidden", "skjult" }
    };
    const hz_focus *f = &p->focuses[i].found.focus;
    bool people = !isnan(f->people_inside + f->people_outside);
    hz_layer *table = NULL;
    hz_html_column columns[12];
    size_t n = 0;
    hz_status st = hz_layer_copy(f->areas, &table, err);
    if (!st)
        st = add_words(table, "state", "standing", standing, 5, l, err);
    columns[n++] = (hz_html_column){ .column = "name", .header = word_area[l] };
    columns[n++] = (hz_html_column){ .column = "standing", .header = word_standing[l] };
    columns[n++] = (hz_html_column){ .column = "events", .header = word_events[l] };
    if (people) {
        columns[n++] = (hz_html_column){ .column = "population", .header = word_base[l] };
        columns[n++] = (hz_html_column){ .column = "lq", .header = word_quotient[l],
                                         .decimals = 2 };
        columns[n++] = (hz_html_column){ .column = "lq_low", .high = "lq_high",
                                         .header = word_quotient[l], .unit = word_interval[l],
                                         .decimals = 2, .kind = HZ_CELL_INTERVAL };
        columns[n++] = (hz_html_column){ .column = "ratio", .header = word_ratio[l],
                                         .decimals = 2 };
        columns[n++] = (hz_html_column){ .column = "ratio_low", .high = "ratio_high",
                                         .header = word_ratio[l], .unit = word_interval[l],
                                         .decimals = 2, .kind = HZ_CELL_INTERVAL };
        columns[n++] = (hz_html_column){ .column = "q", .header = "q", .kind = HZ_CELL_P };
    }
    hz_html_table t = { .caption = word_areas[l], .layer = table, .columns = columns,
                        .column_count = n };
    if (!st)
        st = hz_html_add_table(page, &t, err);
    if (!st && people)
        hz_html_note(page, word_quotient_note[l]);
    hz_layer_free(table);
    return st;
}

static hz_status add_residents_table(const project *p, size_t i, hz_language l, hz_html *page,
                                     hz_error *err)
{
    static const char *const sums[][3] = {
        { "areas", "All areas together", "Alle områder tilsammen" },
        { "focus", "The focus", "Fokus" },
        { "outside", "Areas outside the focus", "Områder uden for fokus" },
        { "towns", "Towns beyond together", "Byer udenfor tilsammen" },
        { "elsewhere", "Elsewhere", "Andre steder" }, { "all", "All", "Alle" },
        { "without_coordinates", "Without coordinates", "Uden koordinater" },
        { "refused", "Rows that could not be read", "Rækker, der ikke kunne læses" },
        { "read", "All rows", "Alle rækker" }
    };
    const recipe_focus *f = &p->r->focuses[i];
    const hz_layer *all = p->focuses[i].found.residents.table;
    size_t rows = hz_layer_rows(all);
    hz_layer *table = NULL;
    const char *people = words_in(&f->residents.from.title, l, NULL);
    hz_text caption = { 0 };
    hz_html_column columns[] = {
        { .column = "name", .header = word_where[l] },
        { .column = "residents", .header = word_number[l] },
        { .column = "per_1000", .header = word_rate[l], .decimals = 2 },
    };
    const char **names = hz_mem_new(rows, sizeof *names);
    hz_status st = names ? HZ_OK : hz_mem_fail(err, "report");
    for (size_t k = 0; !st && k < rows; k++) {
        names[k] = hz_layer_text(all, "name", k);
        for (size_t s = 0; s < sizeof sums / sizeof *sums; s++)
            if (strcmp(hz_layer_text(all, "kind", k), "area") != 0 &&
                strcmp(hz_layer_text(all, "id", k), sums[s][0]) == 0)
                names[k] = sums[s][1 + (l == HZ_DANISH)];
    }
    if (!st)
        st = hz_layer_copy(all, &table, err);
    if (!st)
        st = hz_layer_add_texts(table, "name", names, err);
    if (people)
        hz_text_add_capital(&caption, people);
    else
        hz_text_add(&caption, word_people[l]);
    hz_html_table t = { .caption = hz_text_get(&caption), .layer = table, .columns = columns,
                        .column_count = isnan(p->focuses[i].found.focus.people_inside +
                                              p->focuses[i].found.focus.people_outside) ? 2 : 3 };
    if (!st)
        st = caption.failed ? hz_mem_fail(err, "report") : hz_html_add_table(page, &t, err);
    hz_text_free(&caption);
    hz_mem_free(names);
    hz_layer_free(table);
    return st;
}

/* ------------------------------------------------------------------ sections */

typedef void (*sentence)(const hz_caption_focus *facts, hz_language language, hz_text *out);
typedef enum { PARAGRAPH, NOTE, CALLOUT } block;

static hz_status add(hz_html *page, const hz_caption_focus *facts, hz_language l, sentence tell,
                     block as, hz_error *err)
{
    hz_text text = { 0 };
    tell(facts, l, &text);
    hz_status st = text.failed ? hz_mem_fail(err, "report") : HZ_OK;
    if (!st && text.length && as == PARAGRAPH)
        hz_html_paragraph(page, text.data);
    else if (!st && text.length && as == NOTE)
        hz_html_note(page, text.data);
    else if (!st && text.length)
        hz_html_callout(page, word_doubt[l], text.data);
    hz_text_free(&text);
    return st;
}

/* Which of the recipe's languages this is. */
static size_t place_of(const recipe *r, hz_language l)
{
    size_t k = 0;
    while (k + 1 < r->language_count && r->languages[k] != l)
        k++;
    return k;
}

static hz_status add_residents(const project *p, size_t i, hz_language l,
                               const hz_caption_focus *facts, hz_html *page, hz_error *err)
{
    const recipe_focus *f = &p->r->focuses[i];
    if (!facts->residents)
        return HZ_OK;
    hz_html_heading(page, 3, word_people[l]);
    if (f->residents.from.made_up)
        hz_html_callout(page, NULL, word_people_made_up[l]);
    hz_status st = add(page, facts, l, hz_caption_residents_figure, PARAGRAPH, err);
    if (!st)
        st = project_add_drawing(p, page,
                                 &p->focuses[i].picture[FOCUS_RESIDENTS][place_of(p->r, l)], err);
    if (!st)
        st = add_residents_table(p, i, l, page, err);
    return st ? st : add(page, facts, l, hz_caption_residents_method, NOTE, err);
}

/* Curve and chart, with what they say. */
static hz_status add_charts(const project *p, size_t i, hz_language l,
                            const hz_caption_focus *facts, hz_html *page, hz_error *err)
{
    const focused *f = &p->focuses[i];
    size_t at = place_of(p->r, l);
    hz_status st = HZ_OK;
    if (f->picture[FOCUS_BROADENING][at].alt) {
        hz_html_heading(page, 3, word_broader[l]);
        st = add(page, facts, l, hz_caption_broadening_figure, PARAGRAPH, err);
        if (!st)
            st = project_add_drawing(p, page, &f->picture[FOCUS_BROADENING][at], err);
    }
    if (!st && f->picture[FOCUS_SHIFT][at].alt) {
        hz_html_heading(page, 3, word_shift[l]);
        st = add(page, facts, l, hz_caption_shift_figure, PARAGRAPH, err);
        if (!st)
            st = project_add_drawing(p, page, &f->picture[FOCUS_SHIFT][at], err);
    }
    return st;
}

/* What became of every event read; of hidden events it is not told. */
static hz_status add_fate(const project *p, size_t i, hz_language l, hz_html *page, hz_error *err)
{
    const hz_focusing *found = &p->focuses[i].found;
    char fate[400];
    hz_text text = { 0 };
    if (!found->focus.guarded && found->fate.read > 0) {
        hz_text_add(&text, hz_fate_text(fate, sizeof fate, &found->fate, (int)l));
        hz_text_add(&text, ".");
        hz_html_note(page, hz_text_get(&text));
    }
    hz_status st = text.failed ? hz_mem_fail(err, "report") : HZ_OK;
    hz_text_free(&text);
    return st;
}

static hz_status add_section(const project *p, size_t i, hz_language l, hz_html *page,
                             hz_error *err)
{
    const recipe_focus *f = &p->r->focuses[i];
    hz_caption_focus facts;
    focus_words said;
    hz_text made_up = { 0 };
    hz_status st = project_focus_facts(p, i, &said, &facts, err);

    if (!st) {
        hz_html_heading(page, 2, words_in(&f->title, l, word_title[l]));
        if (words_in(&f->note, l, NULL))
            hz_html_callout(page, NULL, words_in(&f->note, l, NULL));
        if (facts.made_up) {
            hz_caption_made_up(l, &made_up);
            hz_html_callout(page, NULL, hz_text_get(&made_up));
        }
        st = made_up.failed ? hz_mem_fail(err, "report")
                            : add(page, &facts, l, hz_caption_focus_statement, PARAGRAPH, err);
    }
    if (!st)
        st = add(page, &facts, l, hz_caption_focus_rule, NOTE, err);
    if (!st)
        st = project_add_drawing(p, page, &p->focuses[i].picture[FOCUS_MAP][place_of(p->r, l)],
                                 err);
    if (!st && !f->published)
        st = add_areas(p, i, l, page, err);
    if (!st)
        st = add_charts(p, i, l, &facts, page, err);
    if (!st)
        st = add_residents(p, i, l, &facts, page, err);
    if (!st)
        st = add(page, &facts, l, hz_caption_focus_doubt, CALLOUT, err);
    if (!st)
        st = add_fate(p, i, l, page, err);
    focus_words_free(&said);
    hz_text_free(&made_up);
    return st;
}

hz_status project_report_focuses(const project *p, hz_language l, hz_html *page, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < p->r->focus_count; i++)
        st = add_section(p, i, l, page, err);
    return st;
}
