/* Draws every chart of a project, at every size and in every language. */
#include "run/charts.h"

#include <math.h>

#include "hotzone/caption_chart.h"
#include "hotzone/csv.h"
#include "hotzone/mem.h"

/* One picture to make. */
typedef struct {
    chart_work *work;
    hz_look look;
    size_t size;                /* index of chart->sizes */
    hz_language language;
    bool first_language;
    hz_text quantity, method, alt, caption, period, note, label, base, made_up;
    hz_scene *scene;
} picture;

static void clear_picture(picture *s)
{
    hz_text *const texts[] = { &s->quantity, &s->method, &s->alt, &s->caption, &s->period,
                               &s->note, &s->label, &s->base, &s->made_up };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hz_text_free(texts[i]);
    hz_scene_free(s->scene);
    hz_look_clear(&s->look);
}

static hz_status check_texts(const picture *s, hz_error *err)
{
    const hz_text *const texts[] = { &s->quantity, &s->method, &s->alt, &s->caption, &s->label,
                                     &s->base, &s->made_up };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i]->failed)
            return hz_mem_fail(err, s->work->chart->name);
    return HZ_OK;
}

/* Publishers of events, population and areas, each once. */
static size_t gather_credits(const project *p, const picture *s, const char **out)
{
    const recipe *r = p->r;
    const recipe_chart *c = s->work->chart;
    const recipe_analysis *a = &r->analyses[c->analysis];
    const origin *from[3];
    size_t n = 0;

    from[n++] = &r->events[a->events].from;
    if (a->population_count)
        from[n++] = &r->population[a->population[0]].from;
    from[n++] = &r->areas[c->areas].from;
    return project_credits(from, n, s->language, out);
}

static hz_status draw_funnel(picture *s, hz_caption_facts *facts,
                             hz_sheet_words *text, const char **notes, hz_fonts *fonts,
                             const hz_notice *notice,
                             hz_error *err)
{
    chart_work *w = s->work;
    double rate, low, high;
    hz_caption_funnel about = { .found = &w->outlier };
    hz_funnel_data data = { .areas = w->table, .name = "name", .rate = "rate",
                            .residents = "population", .found = &w->outlier };

    if (hz_caption_overall(facts, &s->label, &rate, &low, &high))
        data.target_label = about.target_label = hz_text_get(&s->label);
    hz_caption_quantity(facts, &s->quantity);
    hz_caption_funnel_alt(facts, &about, &s->alt);
    hz_caption_funnel_figure(facts, &about, &s->caption);
    hz_caption_funnel_method(facts, &about, &s->method);
    hz_text_add_capital(&s->base, facts->base ? facts->base
                                 : s->language == HZ_DANISH ? "indbyggere" : "residents");
    data.x_title = hz_text_get(&s->base);
    text->quantity = hz_text_get(&s->quantity);
    text->alt = hz_text_get(&s->alt);
    notes[0] = hz_text_get(&s->method);
    hz_status st = check_texts(s, err);
    return st ? st : hz_chart_funnel(&data, text, &s->look, fonts, &s->scene, NULL, notice, err);
}

/* What all areas together are called. */
static void say_whole(const hz_caption_facts *facts, hz_text *out)
{
    bool da = facts->language == HZ_DANISH;
    if (facts->place)
        hz_text_addf(out, da ? "Hele %s" : "All of %s", facts->place);
    else
        hz_text_add(out, da ? "Alle områder" : "All areas");
}

static hz_status draw_series(const project *p, picture *s, hz_caption_facts *facts,
                             hz_sheet_words *text, const char **notes, hz_fonts *fonts,
                             const hz_notice *notice,
                             hz_error *err)
{
    chart_work *w = s->work;
    const char *names[HZ_CHART_SERIES_MOST];
    const recipe_analysis *a = &p->r->analyses[w->chart->analysis];

    say_whole(facts, &s->label);
    for (size_t k = 0; k < w->series; k++)
        names[k] = w->chart->only_count ? w->name[k] : hz_text_get(&s->label);
    hz_caption_series about = { .table = w->table, .series = w->series, .periods = w->periods,
                                .period = w->parts, .by = w->chart->by, .rates = w->rates,
                                .name = names, .found = w->found };
    hz_series_data data = { .table = w->table, .series = w->series, .periods = w->periods,
                            .period = w->parts, .by = w->chart->by, .rates = w->rates,
                            .level = a->rates.level, .hide_below = a->rates.hide_below,
                            .name = names, .found = w->found };
    hz_caption_series_quantity(facts, &about, &s->quantity);
    hz_caption_series_alt(facts, &about, &s->alt);
    hz_caption_series_figure(facts, &about, &s->caption);
    hz_caption_series_method(facts, &about, &s->method);
    text->quantity = hz_text_get(&s->quantity);
    text->alt = hz_text_get(&s->alt);
    notes[0] = hz_text_get(&s->method);
    hz_status st = check_texts(s, err);
    return st ? st : hz_chart_series(&data, text, &s->look, fonts, &s->scene, NULL, notice, err);
}

/* L of chance less r is not 0 where chance follows residents. */
static hz_status draw_curves(picture *s, hz_function_data *data, const hz_sheet_words *text,
                             hz_fonts *fonts, const hz_notice *notice, hz_error *err)
{
    const hz_pattern_points *points = &s->work->points;
    const hz_pattern_k *k = &points->k;
    size_t n = points->steps + 1;
    double *less = hz_mem_new(4 * n, sizeof *less);
    if (!less)
        return hz_mem_fail(err, s->work->chart->name);
    for (size_t i = 0; i < n; i++) {
        less[i] = k->l[i] - k->r[i];
        less[n + i] = k->centre[i] - k->r[i];
        less[2 * n + i] = k->low[i] - k->r[i];
        less[3 * n + i] = k->high[i] - k->r[i];
    }
    data->curve = (hz_chart_curve){ n, k->r, less, less + n, less + 2 * n, less + 3 * n };
    hz_status st = hz_chart_function(data, text, &s->look, fonts, &s->scene, NULL, notice, err);
    hz_mem_free(less);
    return st;
}

static hz_status draw_function(picture *s, hz_caption_facts *facts, hz_sheet_words *text,
                               const char **notes, hz_fonts *fonts, const hz_notice *notice,
                               hz_error *err)
{
    bool da = s->language == HZ_DANISH;
    hz_caption_function about = { &s->work->points, s->work->precision_m };
    hz_function_data data = {
        .x_title = da ? "Afstand r, m" : "Distance r, m",
        .observed = da ? "Observeret" : "Observed",
        .expected = da ? "Ved tilfældet" : "By chance",
        .band = da ? "95 %-bånd, alle afstande på én gang" : "95% band, all distances at once",
        .zero = true
    };
    hz_caption_function_quantity(facts, &s->quantity);
    hz_caption_function_alt(facts, &about, &s->alt);
    hz_caption_function_figure(facts, &about, &s->caption);
    hz_caption_function_method(facts, &about, &s->method);
    text->quantity = hz_text_get(&s->quantity);
    text->alt = hz_text_get(&s->alt);
    notes[0] = hz_text_get(&s->method);
    hz_status st = check_texts(s, err);
    return st ? st : draw_curves(s, &data, text, fonts, notice, err);
}

static hz_status compose(const project *p, picture *s, hz_fonts *fonts, hz_error *err)
{
    const recipe_chart *c = s->work->chart;
    const recipe_analysis *a = &p->r->analyses[c->analysis];
    const char *notes[4], *credits[RECIPE_CREDITS];
    /* what there is to say of a chart is said once, not for each size and language */
    const hz_notice *notice = s->size == 0 && s->first_language ? p->notice : NULL;
    hz_caption_facts facts;
    hz_sheet_words text = { .notes = notes, .sources = credits, .date = p->r->date };
    hz_status st = project_facts(p, s->work->res, s->language, &facts, &s->period, &s->note, err);

    if (st)
        return st;
    s->look.decimals = hz_caption_decimals(s->work->res->rating.table, s->look.decimals);
    facts.decimals = s->look.decimals;
    if (c->kind == RECIPE_FUNNEL)
        facts.areas = s->work->table;
    if (c->kind == RECIPE_FUNCTION && c->period_text) {
        hz_text_free(&s->period);
        hz_caption_period(c->period, s->language, &s->period);
        facts.period = hz_text_get(&s->period);
        if (s->period.failed)
            return hz_mem_fail(err, c->name);
    }
    if (facts.made_up) {
        hz_caption_made_up(s->language, &s->made_up);
        text.made_up = hz_text_get(&s->made_up);
    }
    text.title = words_in(&c->title, s->language, NULL);
    text.subtitle = words_in(&c->subtitle, s->language, NULL);
    text.source_count = gather_credits(p, s, credits);
    const char *own = words_in(&a->note, s->language, NULL);
    const char *of_events = words_in(&p->r->events[a->events].from.note, s->language, NULL);
    notes[text.note_count++] = ""; /* the method, once it is known */
    if (facts.base_note && (c->kind == RECIPE_FUNNEL || s->work->rates ||
                            (c->kind == RECIPE_FUNCTION && !c->even)))
        notes[text.note_count++] = facts.base_note;
    if (own)
        notes[text.note_count++] = own;
    if (of_events)
        notes[text.note_count++] = of_events;
    switch (c->kind) {
    case RECIPE_FUNNEL:
        return draw_funnel(s, &facts, &text, notes, fonts, notice, err);
    case RECIPE_SERIES:
        return draw_series(p, s, &facts, &text, notes, fonts, notice, err);
    default:
        return draw_function(s, &facts, &text, notes, fonts, notice, err);
    }
}

static hz_status draw_one(project *p, hz_fonts *fonts, chart_work *w, size_t size,
                          size_t language, hz_error *err)
{
    picture s = { .work = w, .size = size, .language = p->r->languages[language],
                  .first_language = language == 0 };
    drawing *d = NULL;
    hz_status st = project_look(p, w->chart->style, w->chart->sizes[size], s.language, &s.look,
                                err);
    if (!st)
        st = compose(p, &s, fonts, err);
    const picture_files files = { "charts", w->name_of_files, size ? w->chart->sizes[size] : NULL,
                                  s.language, s.first_language, &s.look, s.scene, NULL };
    if (!st && size == 0) {
        d = &p->charts[p->chart_count++];
        d->map = (size_t)(w->chart - p->r->charts);
        st = drawing_tell(d, s.language, &s.alt, &s.caption, err);
        if (!st)
            st = project_words(p, &files, &s.alt, &s.caption, err);
    }
    if (!st)
        st = project_pictures(p, &files, fonts, d, err);
    clear_picture(&s);
    return st;
}

static hz_status write_table(project *p, const chart_work *w, hz_error *err)
{
    static const char *const funnel[] = {
        "area", "name", "events", "population", "rate", "expected", "limit_95_low",
        "limit_95_high", "limit_998_low", "limit_998_high", "position", "state", "origin"
    };
    static const char *const series[] = {
        "area", "name", "period", "from", "until", "whole", "years", "events", "events_low",
        "events_high", "population", "rate", "rate_low", "rate_high", "state", "origin"
    };
    static const char *const function[] = {
        "function", "r_m", "k_none", "k_translation", "k_isotropic", "l", "expected", "low",
        "high", "origin"
    };
    static const struct {
        const char *const *columns;
        size_t n;
    } tables[] = {
        [RECIPE_FUNNEL] = { funnel, sizeof funnel / sizeof *funnel },
        [RECIPE_SERIES] = { series, sizeof series / sizeof *series },
        [RECIPE_FUNCTION] = { function, sizeof function / sizeof *function },
    };
    bool made_up = result_is_made_up(p, w->res);
    size_t n = tables[w->chart->kind].n;
    char *path = NULL;
    hz_status st = made_up ? project_add_origin(w->table, err) : HZ_OK;
    if (!st)
        st = project_output(p, &path, err, "charts/%s.csv", w->name_of_files);
    if (!st)
        st = hz_csv_write(w->table, tables[w->chart->kind].columns, NULL, made_up ? n : n - 1,
                          path, NULL, err);
    hz_mem_free(path);
    return st;
}

/* The target is the rate that captions may name: of all areas, or of those with a figure. */
static hz_status judge(const project *p, chart_work *w, hz_error *err)
{
    const recipe_analysis *a = &p->r->analyses[w->chart->analysis];
    hz_outlier_opts opts = HZ_OUTLIER_DEFAULTS;
    hz_caption_facts facts;
    hz_text period = { 0 }, note = { 0 }, label = { 0 };
    double rate, low, high;
    hz_status st = project_facts(p, w->res, p->r->languages[0], &facts, &period, &note, err);
    if (!st && hz_caption_overall(&facts, &label, &rate, &low, &high))
        opts.target = rate;
    if (!st && label.failed)
        st = hz_mem_fail(err, w->chart->name);
    opts.per = a->rates.per;
    opts.years = w->res->rating.years;
    opts.widen = w->chart->widen;
    opts.overlap = p->r->areas[w->chart->areas].overlap;
    if (!st)
        st = hz_layer_copy(w->res->rating.table, &w->table, err);
    if (!st)
        st = hz_outlier_add(w->table, "events", "population", &opts, &w->outlier, err);
    hz_text_free(&period);
    hz_text_free(&note);
    hz_text_free(&label);
    return st;
}

static hz_status make(project *p, hz_fonts *fonts, chart_work *w, hz_error *err)
{
    static hz_status (*const work_out[])(const project *, chart_work *, hz_error *) = {
        [RECIPE_FUNNEL] = judge,
        [RECIPE_SERIES] = charts_count,
        [RECIPE_FUNCTION] = charts_measure,
    };
    hz_status st = work_out[w->chart->kind](p, w, err);
    for (size_t k = 0; !st && k < w->chart->size_count; k++)
        for (size_t l = 0; !st && l < p->r->language_count; l++)
            st = draw_one(p, fonts, w, k, l, err);
    return st ? st : write_table(p, w, err);
}

hz_status project_charts(project *p, hz_error *err)
{
    const recipe *r = p->r;
    hz_fonts *fonts = NULL;
    hz_status st = HZ_OK;

    if (!r->chart_count)
        return HZ_OK;
    p->charts = hz_mem_new(r->chart_count * r->language_count, sizeof *p->charts);
    if (!p->charts)
        return hz_mem_fail(err, "charts");
    st = hz_fonts_new(p->look.family, NULL, &fonts, err);
    for (size_t i = 0; !st && i < r->chart_count; i++) {
        chart_work w = { .chart = &r->charts[i] };
        for (size_t k = 0; k < p->result_count && !w.res; k++)
            if (p->results[k].analysis == w.chart->analysis &&
                p->results[k].areas == w.chart->areas)
                w.res = &p->results[k];
        if (w.res)
            recipe_file_name(w.name_of_files, sizeof w.name_of_files, w.chart->name,
                             result_is_made_up(p, w.res));
        st = w.res ? make(p, fonts, &w, err)
                   : hz_fail(err, HZ_EFORMAT, "has nothing to draw");
        if (st && st != HZ_EMEMORY)
            hz_fail_within(err, "%s:%zu: chart '%s'", r->path, w.chart->line, w.chart->name);
        hz_layer_free(w.table);
        hz_mem_free(w.parts);
        hz_pattern_points_clear(&w.points);
    }
    hz_fonts_free(fonts);
    return st;
}
