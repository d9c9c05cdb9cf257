/* Weighs each focus of a project, and writes its tables. */
#include <stdio.h>
#include <string.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "run/people.h"
#include "run/project.h"

char *project_focus_name(const project *p, size_t i, char *buf, size_t size)
{
    const recipe_focus *f = &p->r->focuses[i];
    return recipe_file_name(buf, size, f->name, recipe_focus_is_made_up(p->r, f));
}

void project_focus_free(project *p)
{
    for (size_t i = 0; p->focuses && i < p->r->focus_count; i++) {
        focused *f = &p->focuses[i];
        hz_layer_free(f->polygons);
        hz_layer_free(f->people);
        hz_layer_free(f->towns);
        hz_layer_free(f->edge);
        hz_layer_free(f->people_map);
        hz_focusing_clear(&f->found);
        hz_rating_clear(&f->rating);
        hz_mem_free(f->title);
        hz_mem_free(f->name);
        for (size_t k = 0; k < FOCUS_PICTURES * LANGUAGES; k++)
            drawing_clear(&f->picture[k / LANGUAGES][k % LANGUAGES]);
    }
    hz_mem_free(p->focuses);
}

/* ------------------------------------------------------------------ sources */

hz_status project_focus_read(project *p, hz_error *err)
{
    hz_status st = HZ_OK;
    if (!p->r->focus_count)
        return HZ_OK;
    p->focuses = hz_mem_new(p->r->focus_count, sizeof *p->focuses);
    if (!p->focuses)
        return hz_mem_fail(err, "focus");
    for (size_t i = 0; !st && i < p->r->focus_count; i++) {
        const recipe_focus *f = &p->r->focuses[i];
        focused *to = &p->focuses[i];
        if (f->edge.source)
            st = project_read_layer(p, "focus", &f->edge, HZ_POLYGON, &to->polygons, err);
        if (!st && f->residents.from.source)
            st = project_keep_apart(p, &f->residents.from, err);
        if (!st && f->residents.from.source)
            st = project_read_layer(p, "residents", &f->residents.from, HZ_POINT, &to->people, err);
        if (!st && f->residents.towns.source)
            st = project_read_layer(p, "towns", &f->residents.towns, HZ_POLYGON, &to->towns, err);
    }
    return st;
}

const origin *project_focus_source(const project *p, size_t i, size_t k, const hz_layer **layer)
{
    const recipe_focus *f = &p->r->focuses[i];
    const focused *from = &p->focuses[i];
    const origin *const origins[FOCUS_SOURCES] = { &f->edge, &f->residents.from,
                                                   &f->residents.towns };
    const hz_layer *const layers[FOCUS_SOURCES] = { from->polygons, from->people, from->towns };
    *layer = layers[k];
    return layers[k] ? origins[k] : NULL;
}

/* ------------------------------------------------------------------ the work */

/* The rates of its map, as if an analysis had asked for them. */
static recipe_analysis as_analysis(const recipe *r, const recipe_focus *f)
{
    recipe_analysis like = { .name = f->name, .line = f->line, .events = f->events,
                             .areas = { f->areas }, .area_count = 1,
                             .kind_count = f->kind_count, .period_text = f->period_text,
                             .period = f->period, .population_year = f->population_year,
                             .rates = HZ_RATES_DEFAULTS, .noun = f->noun, .one = f->one };
    hz_look look;
    like.rates.years = 0;
    like.rates.per = f->per;
    like.rates.level = f->opts.level;
    like.rates.smoothing = HZ_SMOOTH_NONE;
    like.rates.hide_below = r->hide[f->events];
    hz_look_default(&look);
    like.rates.unstable_cv = look.cv;
    hz_look_clear(&look);
    memcpy(like.kinds, f->kinds, sizeof like.kinds);
    if (f->population != RECIPE_NONE) {
        like.population[0] = f->population;
        like.population_count = 1;
    }
    return like;
}

bool project_focus_shifts(const recipe_focus *f)
{
    return f->period.from != HZ_TIME_NONE && f->period.until != HZ_TIME_NONE;
}

/* The map shades the areas that the audit shows, and no others. */
static hz_status rate_map(project *p, focused *to, hz_rating_input rating,
                          const hz_focusing_hidden *hidden, hz_error *err)
{
    hz_decided decided;
    if (hidden) {
        decided = (hz_decided){ hidden->rows, hidden->rows[hz_layer_rows(rating.areas)] };
        rating.rates.decided = &decided;
    }
    hz_status st = hz_rating_make(&rating, &to->rating, NULL, err);
    return st ? st : hz_layer_to_crs(to->rating.table, p->crs, err);
}

static hz_status weigh(project *p, size_t i, hz_error *err)
{
    const recipe_focus *f = &p->r->focuses[i];
    focused *to = &p->focuses[i];
    hz_rating_input rating;
    hz_focusing_input in = { .rating = &rating, .focus = f->only, .focus_count = f->only_count,
                             .focus_area = to->polygons, .by_given = f->by_given, .by = f->by,
                             .earlier = f->earlier_text ? &f->earlier : NULL, .opts = &f->opts,
                             .residents = to->people, .towns = to->towns,
                             .merge_towns = f->residents.merge_towns,
                             .town_id = f->residents.town_id, .town_name = f->residents.town_name,
                             .below = f->residents.below, .round = f->residents.round };
    hz_focusing_hidden hidden;
    people_context people = { 0 };
    hz_status st;
    if (f->published)
        return hz_focus_published(f->inside, f->total, &f->opts, &to->found.focus, err);
    to->like = as_analysis(p->r, f);
    st = project_input(p, &to->like, f->areas, &rating, err);
    if (st)
        return st;
    project_population(p, &to->like, 0, &rating);
    if (f->precision)
        rating.precision_m = f->precision;
    if (project_decided_focus(p, i, &hidden))
        in.hidden = &hidden;
    st = people_prepare(p, i, &people, &in, err);
    if (!st) /* in silence where counts are hidden: a warning counts */
        st = hz_focusing_make(&in, &to->found, in.hidden ? NULL : p->notice, err);
    people_clear(&people);
    if (!st && p->crs && hz_layer_crs(to->found.focus.areas))
        st = hz_layer_to_crs(to->found.focus.areas, p->crs, err);
    return st || !f->draw ? st : rate_map(p, to, rating, in.hidden, err);
}

/* ------------------------------------------------------------------ tables */

static hz_status write_table(project *p, size_t i, const char *end, hz_layer *table,
                             const char *const *columns, size_t n, hz_error *err)
{
    char name[RECIPE_NAME], full[RECIPE_NAME + 24];
    if (!table)
        return HZ_OK;
    snprintf(full, sizeof full, "%s%s", project_focus_name(p, i, name, sizeof name), end);
    return project_table(p, full, recipe_focus_is_made_up(p->r, &p->r->focuses[i]), table, columns,
                         n, err);
}

static hz_status write_tables(project *p, size_t i, hz_error *err)
{
    static const char *const steps[] = {
        "step", "id", "name", "rank_events", "events_added", "events", "capture", "capture_low",
        "capture_high", "population", "population_share", "area_km2", "best_capture"
    };
    static const char *const ways[] = { "way", "tried", "differing", "share_least", "share_most",
                                        "verdict" };
    static const char *const periods[] = {
        "period", "events", "outside", "share", "share_low", "share_high", "mean_x", "mean_y",
        "ellipse_major_m", "ellipse_minor_m", "ellipse_angle_deg"
    };
    enum { STEPS = sizeof steps / sizeof *steps, WAYS = sizeof ways / sizeof *ways,
           PERIODS = sizeof periods / sizeof *periods };
    const hz_focusing *found = &p->focuses[i].found;
    size_t n;
    const char *const *areas = hz_focus_area_columns(&n);
    hz_status st = write_table(p, i, "", found->focus.areas, areas, n, err);
    if (!st)
        st = write_table(p, i, "-frontier", found->focus.frontier, steps, STEPS, err);
    if (!st)
        st = write_table(p, i, "-frontier-later", found->later, steps, STEPS, err);
    if (!st)
        st = write_table(p, i, "-ways", found->focus.ways, ways, WAYS, err);
    if (!st)
        st = write_table(p, i, "-periods", found->focus.periods, periods, PERIODS, err);
    return st;
}

static hz_status write_json(project *p, size_t i, hz_error *err)
{
    static const char made_up[] = "the events are synthetic, made up";
    static const char people_made_up[] = "the residents are synthetic, made up";
    const recipe_focus *f = &p->r->focuses[i];
    const char *notes[2];
    char name[RECIPE_NAME], *path = NULL;
    hz_caption_focus facts;
    focus_words said;
    hz_text text = { 0 };
    hz_status st = project_focus_facts(p, i, &said, &facts, err);
    facts.notes = notes;
    if (facts.made_up)
        notes[facts.note_count++] = made_up;
    if (f->residents.from.made_up)
        notes[facts.note_count++] = people_made_up;
    if (!st)
        st = hz_caption_focus_json(&facts, &text, err);
    if (!st)
        st = project_output(p, &path, err, "tables/%s.json",
                            project_focus_name(p, i, name, sizeof name));
    if (!st)
        st = hz_file_write(path, text.data, text.length, err);
    hz_mem_free(path);
    hz_text_free(&text);
    focus_words_free(&said);
    return st;
}

/* ------------------------------------------------------------------ the manifest */

static hz_status note_options(project *p, size_t i, hz_error *err)
{
    static const char *const by[] = { "month", "quarter", "year" };
    const recipe_focus *f = &p->r->focuses[i];
    const hz_focus_opts *o = &f->opts;
    const struct { const char *key, *text; double number; } options[] = {
        { "level", NULL, o->level }, { "min_outside", NULL, o->min_outside },
        { "alpha_excess", NULL, o->alpha_excess }, { "alpha_scan", NULL, o->alpha_scan },
        { "verdict", hz_focus_verdict_word(p->focuses[i].found.focus.look.verdict), 0 },
        /* what follows is not asked of published figures */
        { "period", f->period_text ? f->period_text : "all", 0 },
        { "earlier", f->earlier_text ? f->earlier_text : "first half", 0 },
        { "by", f->by_given ? by[f->by] : "length", 0 },
        { "replicates", NULL, (double)o->replicates }, { "jitters", NULL, (double)o->jitters },
        { "cell_m", NULL, o->cell_m }, { "seed", NULL, (double)o->seed },
        { "within", o->within ? "yes" : "no", 0 },
    };
    size_t n = f->published ? 5 : sizeof options / sizeof *options;
    hz_status st = HZ_OK;
    for (size_t k = 0; !st && k < n; k++)
        st = project_note(p, f->name, options[k].key, options[k].text, options[k].number, err);
    return st ? st : people_note(p, i, err);
}

/* ------------------------------------------------------------------ the layer */

static const struct { const char *state, *label[LANGUAGES]; hz_colour colour; } looks[] = {
    { "focus", { "Focus", "Fokus" }, 0x9ebcda },
    { "excess", { "More than the others outside", "Flere end de øvrige udenfor" }, 0x810f7c },
    { "ok", { "Outside, does not stand out", "Udenfor, skiller sig ikke ud" }, 0xf7f7f7 },
    { "untested", { "Not tested", "Ikke testet" }, 0xe0e0e0 },
    { "hidden", { "Hidden", "Skjult" }, 0xffffff },
};

hz_status project_focus_items(project *p, size_t i, hz_vector_item *items, size_t *n,
                              hz_error *err)
{
    const recipe_focus *f = &p->r->focuses[i];
    hz_language l = p->r->languages[0];
    focused *to = &p->focuses[i];
    size_t n_looks = to->found.focus.guarded ? 5 : 4;
    char name[RECIPE_NAME];
    hz_text title = { 0 };
    if (f->published || !hz_layer_shapes(to->found.focus.areas))
        return HZ_OK;
    for (size_t k = 0; k < n_looks; k++)
        to->classes[k] = (hz_style_class){ looks[k].state, looks[k].label[l], looks[k].colour,
                                           k == 3 ? HZ_HATCH_BACK
                                           : k == 4 ? HZ_HATCH : HZ_HATCH_NONE };
    to->style = (hz_vector_style){ "state", to->classes, n_looks, 0x404040, 0.26 };
    hz_text_add(&title, words_in(&f->title, l, f->name));
    if (recipe_focus_is_made_up(p->r, f))
        hz_text_add(&title, " (synthetic)");
    to->title = hz_text_take(&title);
    to->name = hz_mem_text(project_focus_name(p, i, name, sizeof name));
    hz_text_free(&title);
    if (!to->title || !to->name)
        return hz_mem_fail(err, f->name);
    items[(*n)++] = (hz_vector_item){ to->found.focus.areas, to->name, to->title, &to->style };
    return HZ_OK;
}

static hz_status focus_one(project *p, size_t i, hz_error *err)
{
    const recipe_focus *f = &p->r->focuses[i];
    hz_status st = weigh(p, i, err);
    if (st && st != HZ_EMEMORY) {
        if (st == HZ_EUSAGE) /* not the command is wrong but the recipe */
            err->status = HZ_EFORMAT;
        return hz_fail_within(err, "%s:%zu: focus '%s'", p->r->path, f->line, f->name);
    }
    if (!st && !f->published)
        st = write_tables(p, i, err);
    if (!st)
        st = people_write(p, i, err);
    if (!st)
        st = write_json(p, i, err);
    if (!st)
        st = note_options(p, i, err);
    return st ? st : project_focus_pictures(p, i, err);
}

hz_status project_focus(project *p, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < p->r->focus_count; i++)
        st = focus_one(p, i, err);
    return st;
}
