/* Draws a map of several panels: one analysis by month, quarter, year, listed periods or kinds. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/caption_periods.h"
#include "hotzone/csv.h"
#include "hotzone/mapnote.h"
#include "hotzone/mem.h"
#include "run/draw.h"

enum { MOST = HZ_SHEET_PERIODS_MOST };

/* What the panels show, the same at every size and in every language. */
typedef struct {
    const recipe_map *map;
    result *res;
    char name[RECIPE_NAME];    /* of files, before size and language */
    size_t n;
    recipe_analysis *like;     /* n: the analysis as each panel has it */
    hz_rating rating[MOST];
    char value[MOST][32], state[MOST][32]; /* columns of `wide` */
    hz_layer *wide;            /* areas with a value and a state per panel */
    hz_layer *rows;            /* a row per area and panel, for the table */
    int decimals;
} panels;

/* One picture of them. */
typedef struct {
    hz_look look;
    hz_language l;
    hz_caption_facts facts[MOST];
    hz_text title[MOST], note[MOST], unused[MOST], quantity, method, alt, caption, made_up, label;
    hz_scene *scene;
    hz_sheet_facts sheet;
} picture;

static void clear_picture(picture *s)
{
    hz_text *const texts[] = { &s->quantity, &s->method, &s->alt, &s->caption, &s->made_up,
                               &s->label };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hz_text_free(texts[i]);
    for (size_t i = 0; i < MOST; i++) {
        hz_text_free(&s->title[i]);
        hz_text_free(&s->note[i]);
        hz_text_free(&s->unused[i]);
    }
    hz_scene_free(s->scene);
    hz_look_clear(&s->look);
}

/* ---- the figures ---- */

/* The parts of time, as listed or cut. */
static hz_status cut(const panels *w, hz_period *parts, size_t *n, hz_error *err)
{
    const recipe_panels *of = &w->map->panels;
    hz_period *cuts = NULL;
    *n = of->part_count;
    memcpy(parts, of->part, of->part_count * sizeof *parts);
    if (of->part_count)
        return HZ_OK;
    hz_status st = hz_series_cut(of->period_text ? of->period : w->res->rating.period, of->by,
                                 &cuts, n, err);
    if (!st && *n > MOST)
        st = hz_fail(err, HZ_EUSAGE, "%zu panels, expected 1 to %d: longer steps, a shorter "
                     "`period`, or a chart of kind series", *n, MOST);
    if (!st)
        memcpy(parts, cuts, *n * sizeof *parts);
    hz_mem_free(cuts);
    return st;
}

/* The analysis as each panel has it: of a part of time, or of one kind. */
static hz_status divide(const project *p, panels *w, hz_error *err)
{
    const recipe_analysis *a = &p->r->analyses[w->map->analysis];
    const recipe_panels *of = &w->map->panels;
    hz_period parts[MOST];
    size_t n = a->kind_count;
    hz_status st = HZ_OK;
    if (of->by_kind && a->kind_count > MOST)
        return hz_fail(err, HZ_EUSAGE, "%zu kinds, expected at most %d panels", a->kind_count, MOST);
    if (!of->by_kind)
        st = cut(w, parts, &n, err);
    if (st)
        return st;
    w->like = hz_mem_new(n, sizeof *w->like);
    if (!w->like)
        return hz_mem_fail(err, w->map->name);
    w->n = n;
    for (size_t i = 0; i < w->n; i++) {
        w->like[i] = *a;
        if (of->by_kind) {
            w->like[i].kinds[0] = a->kinds[i];
            w->like[i].kind_count = 1;
        } else {
            w->like[i].period = parts[i];
            w->like[i].period_text = ""; /* there is one, and it is told */
        }
    }
    return HZ_OK;
}

static hz_status rate(const project *p, panels *w, size_t i, hz_error *err)
{
    hz_rating_input in;
    hz_status st = project_input(p, &w->like[i], w->map->areas, &in, err);
    if (st)
        return st;
    if (in.events && !w->map->panels.by_kind && !in.place.time)
        return hz_fail(err, HZ_EDATA, "%s has no column of dates, expected `time:`",
                       hz_layer_name(in.events));
    project_population(p, &w->like[i], 0, &in);
    in.precision_m = NULL;
    in.part = true;
    in.rates.years = 0;
    in.rates.smoothing = HZ_SMOOTH_NONE;
    st = hz_rating_make(&in, &w->rating[i], NULL, err); /* warnings came with the analysis */
    if (!st) {
        int need = hz_caption_decimals(w->rating[i].table, p->look.decimals);
        w->decimals = need > w->decimals ? need : w->decimals;
    }
    return st;
}

static hz_status add_panel(panels *w, size_t i, hz_error *err)
{
    const hz_layer *t = w->rating[i].table;
    size_t n = hz_layer_rows(w->wide);
    const char **states = hz_mem_new(n, sizeof *states);
    if (!states)
        return hz_mem_fail(err, w->map->name);
    snprintf(w->value[i], sizeof w->value[i], "rate_%zu", i + 1);
    snprintf(w->state[i], sizeof w->state[i], "state_%zu", i + 1);
    for (size_t r = 0; r < n; r++)
        states[r] = hz_layer_text(t, "state", r);
    hz_status st = hz_layer_add_numbers(w->wide, w->value[i], hz_layer_numbers(t, "rate"), err);
    if (!st)
        st = hz_layer_add_texts(w->wide, w->state[i], states, err);
    hz_mem_free(states);
    return st;
}

/* ---- the table ---- */

static hz_status add_texts(panels *w, const char *column, const char *const *titles, hz_error *err)
{
    size_t n = hz_layer_rows(w->wide);
    const char **texts = hz_mem_new(n * w->n, sizeof *texts);
    if (!texts)
        return hz_mem_fail(err, w->map->name);
    for (size_t k = 0; k < n * w->n; k++)
        texts[k] = titles ? titles[k / n] : hz_layer_text(w->rating[k / n].table, column, k % n);
    hz_status st = hz_layer_add_texts(w->rows, titles ? "panel" : column, texts, err);
    hz_mem_free(texts);
    return st;
}

static hz_status add_numbers(panels *w, const char *column, const hz_sheet_facts *classes,
                             hz_error *err)
{
    size_t n = hz_layer_rows(w->wide);
    double *values = hz_mem_new(n * w->n, sizeof *values);
    if (!values)
        return hz_mem_fail(err, w->map->name);
    for (size_t k = 0; k < n * w->n; k++) {
        values[k] = hz_layer_numbers(w->rating[k / n].table, classes ? "rate" : column)[k % n];
        int class = classes ? hz_sheet_class(classes, values[k]) : 0;
        if (classes)
            values[k] = class < 0 ? NAN : (double)(class + 1);
    }
    hz_status st = hz_layer_add_numbers(w->rows, column, values, err);
    hz_mem_free(values);
    return st;
}

static hz_status make_rows(panels *w, hz_error *err)
{
    static const char *const texts[] = { "area", "name", "state" };
    static const char *const numbers[] = { "events", "population", "rate", "rate_low",
                                           "rate_high" };
    char name[MOST][64];
    const char *titles[MOST];
    hz_status st = hz_layer_new(w->map->name, hz_layer_rows(w->wide) * w->n, &w->rows, err);
    for (size_t i = 0; i < w->n; i++)
        titles[i] = w->map->panels.by_kind ? w->like[i].kinds[0]
                                           : hz_period_format(name[i], sizeof name[i],
                                                              w->like[i].period);
    if (!st)
        st = add_texts(w, "panel", titles, err);
    for (size_t k = 0; !st && k < sizeof texts / sizeof *texts; k++)
        st = add_texts(w, texts[k], NULL, err);
    for (size_t k = 0; !st && k < sizeof numbers / sizeof *numbers; k++)
        st = add_numbers(w, numbers[k], NULL, err);
    return st;
}

static hz_status gather(const project *p, panels *w, hz_error *err)
{
    hz_status st = divide(p, w, err);
    if (!st)
        st = hz_layer_copy(w->res->rating.table, &w->wide, err);
    for (size_t i = 0; !st && i < w->n; i++) {
        st = project_go_on(p, err);
        if (!st)
            st = rate(p, w, i, err);
        if (!st)
            st = add_panel(w, i, err);
    }
    return st ? st : make_rows(w, err);
}

static hz_status write_table(project *p, panels *w, const hz_sheet_facts *facts, hz_error *err)
{
    const char *columns[] = { "area", "name", "panel", "events", "population", "rate", "rate_low",
                              "rate_high", "state", "class", "origin" };
    size_t n = sizeof columns / sizeof *columns;
    bool made_up = result_is_made_up(p, w->res);
    char *path = NULL;
    hz_status st = add_numbers(w, "class", facts, err);
    if (!st && made_up)
        st = project_add_origin(w->rows, err);
    if (!st)
        st = project_output(p, &path, err, "maps/%s.csv", w->name);
    if (!st)
        st = hz_csv_write(w->rows, columns, NULL, made_up ? n : n - 1, path, NULL, err);
    hz_mem_free(path);
    return st;
}

/* ---- a picture ---- */

static hz_status tell_panels(const project *p, const panels *w, picture *s, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < w->n; i++) {
        hz_text *when = w->map->panels.by_kind ? &s->unused[i] : &s->title[i];
        st = project_facts_of(p, &w->like[i], w->map->areas, result_is_made_up(p, w->res),
                              &w->rating[i], s->l, &s->facts[i], when, &s->note[i], err);
        if (!st && w->map->panels.by_kind)
            hz_text_add(&s->title[i], w->like[i].kinds[0]);
        else if (!st)
            hz_text_capital(&s->title[i], 0);
        s->facts[i].decimals = s->look.decimals;
        if (!st && s->title[i].failed)
            st = hz_mem_fail(err, w->name);
    }
    return st;
}

/* Words beside the picture, once the classes are known. */
static hz_status tell(const panels *w, picture *s, const char *const *titles,
                      const hz_breaks *breaks, hz_error *err)
{
    const hz_caption_panels f = { .panel = s->facts, .title = titles, .n = w->n,
                                  .by_kind = w->map->panels.by_kind,
                                  .period = s->facts[0].period, .breaks = breaks };
    hz_caption_panels_quantity(&f, &s->quantity);
    hz_caption_panels_alt(&f, &s->alt);
    hz_caption_panels_figure(&f, &s->caption);
    hz_caption_method(&s->facts[0], &s->method);
    if (s->facts[0].made_up)
        hz_caption_made_up(s->l, &s->made_up);
    return s->quantity.failed || s->alt.failed || s->caption.failed || s->method.failed ||
                   s->made_up.failed ? hz_mem_fail(err, w->name) : HZ_OK;
}

/* Each panel's common value; none where it is one of other areas than the first one's. */
static hz_status add_values(const panels *w, picture *s, hz_sheet_period *shown, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < w->n; i++) {
        hz_text label = { 0 };
        hz_sheet_period *at = &shown[i];
        *at = (hz_sheet_period){ hz_text_get(&s->title[i]), w->value[i], w->state[i], NAN, NAN, NAN };
        bool has = hz_caption_overall(&s->facts[i], &label, &at->city, &at->city_low,
                                      &at->city_high);
        if (has && !s->label.length)
            hz_text_add(&s->label, hz_text_get(&label));
        if (has && strcmp(hz_text_get(&s->label), hz_text_get(&label)) != 0)
            at->city = at->city_low = at->city_high = NAN;
        if (label.failed || s->label.failed)
            st = hz_mem_fail(err, w->name);
        hz_text_free(&label);
    }
    return st;
}

static hz_status compose(const project *p, const panels *w, picture *s, hz_fonts *fonts,
                         const hz_notice *notice, hz_error *err)
{
    const recipe_analysis *a = &p->r->analyses[w->map->analysis];
    const char *notes[4], *credits[RECIPE_CREDITS], *titles[MOST];
    hz_sheet_period shown[MOST];
    hz_sheet_data all = { .areas = w->rows, .value = "rate", .state = "state", .city = NAN };
    hz_sheet_words text = { .notes = notes, .sources = credits, .date = p->r->date };
    hz_status st = tell_panels(p, w, s, err);
    if (!st)
        st = add_values(w, s, shown, err);
    if (st)
        return st;
    all.city = shown[0].city;
    st = hz_sheet_classes(&all, &s->look, &s->sheet, err);
    for (size_t i = 0; i < w->n; i++)
        titles[i] = shown[i].title;
    if (!st)
        st = tell(w, s, titles, &s->sheet.breaks, err);
    if (st)
        return st;
    text.title = words_in(&w->map->title, s->l, NULL);
    text.subtitle = words_in(&w->map->subtitle, s->l, NULL);
    text.quantity = hz_text_get(&s->quantity);
    text.alt = hz_text_get(&s->alt);
    text.made_up = s->facts[0].made_up ? hz_text_get(&s->made_up) : NULL;
    text.note_count = draw_notes(p, a, s->facts[0].base_note, hz_text_get(&s->method), s->l, notes);
    text.source_count = draw_credits(p, w->map, s->l, credits);
    hz_sheet_data data = { .areas = w->wide, .name = "name", .city = NAN,
                           .city_label = s->label.length ? hz_text_get(&s->label) : NULL };
    draw_backdrop(p, w->map, s->l, &data);
    return hz_sheet_periods_compose(&data, shown, w->n, &text, &s->look, fonts, &s->scene,
                                    &s->sheet, notice, err);
}

static hz_status write_notes(project *p, panels *w, const picture *s, const picture_files *files,
                             hz_error *err)
{
    const hz_mapnote note = { .name = w->name, .facts = &s->sheet, .look = &s->look,
                              .crs = hz_crs_code(p->crs),
                              .analysis = p->r->analyses[w->map->analysis].name,
                              .made_up = result_is_made_up(p, w->res) };
    char *path = NULL;
    hz_status st = HZ_OK;
    if (files->first_language) {
        st = write_table(p, w, &s->sheet, err);
        if (!st)
            st = project_output(p, &path, err, "maps/%s.json", w->name);
        if (!st)
            st = hz_mapnote_write(&note, path, err);
        hz_mem_free(path);
    }
    return st ? st : project_words(p, files, &s->alt, &s->caption, err);
}

static hz_status draw_one(project *p, panels *w, hz_fonts *fonts, size_t size, size_t language,
                          hz_error *err)
{
    const recipe_map *map = w->map;
    picture s = { .l = p->r->languages[language] };
    bool first = size == 0 && language == 0;
    drawing *d = NULL;
    hz_status st = project_look(p, map->style, map->sizes[size], s.l, &s.look, err);
    if (st)
        return st;
    s.look.cv = p->r->analyses[map->analysis].rates.unstable_cv;
    s.look.hide_below = 0; /* maps of hidden counts have one panel */
    s.look.decimals = w->decimals > s.look.decimals ? w->decimals : s.look.decimals;
    st = compose(p, w, &s, fonts, first ? p->notice : NULL, err);
    if (!st && size == recipe_report_size(map)) {
        d = &p->drawings[p->drawing_count++];
        d->map = (size_t)(map - p->r->maps);
        st = drawing_tell(d, s.l, &s.alt, &s.caption, err);
    }
    /* no frame: the page as a whole lies nowhere */
    const picture_files files = { "maps", w->name, size ? map->sizes[size] : NULL, s.l,
                                  language == 0, &s.look, s.scene, NULL };
    if (!st)
        st = project_pictures(p, &files, fonts, d, err);
    if (!st && size == 0)
        st = write_notes(p, w, &s, &files, err);
    if (st && st != HZ_EMEMORY)
        hz_fail_within(err, "%s, %s", map->sizes[size], language_code(s.l));
    clear_picture(&s);
    return st;
}

hz_status draw_panels(project *p, hz_fonts *fonts, const recipe_map *map, result *res,
                      hz_error *err)
{
    panels w = { .map = map, .res = res };
    recipe_file_name(w.name, sizeof w.name, map->name, result_is_made_up(p, res));
    hz_status st = gather(p, &w, err);
    for (size_t k = 0; !st && k < map->size_count; k++)
        for (size_t l = 0; !st && l < p->r->language_count; l++)
            st = draw_one(p, &w, fonts, k, l, err);
    if (st && st != HZ_EMEMORY) {
        hz_fail_within(err, "%s:%zu: map '%s'", p->r->path, map->line, map->name);
        err->status = st == HZ_EUSAGE ? HZ_EFORMAT : st; /* the recipe is wrong, not the command */
    }
    for (size_t i = 0; i < w.n; i++)
        hz_rating_clear(&w.rating[i]);
    hz_mem_free(w.like);
    hz_layer_free(w.wide);
    hz_layer_free(w.rows);
    return st && st != HZ_EMEMORY ? err->status : st;
}
