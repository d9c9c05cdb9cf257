/* Draws what the data say of a focus: two maps, a curve and a chart, at every size and language. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/chart.h"
#include "hotzone/mem.h"
#include "run/project.h"

/* One picture to make. */
typedef struct {
    size_t focus, size, language;  /* of the recipe's lists */
    focus_picture kind;
    hz_language l;
    char name[RECIPE_NAME];
    hz_look look;
    focus_words words;
    hz_caption_focus facts;
    hz_caption_facts rates;        /* of the map of the focus */
    hz_text period, note, quantity, alt, caption, below, method, made_up, label, city, points,
        x_title, band, later;
    hz_scene *scene;
    hz_sheet_facts sheet;
} picture;

enum { TEXTS = 14 };

static void list_texts(picture *s, hz_text *texts[TEXTS])
{
    hz_text *const all[TEXTS] = {
        &s->period, &s->note, &s->quantity, &s->alt, &s->caption, &s->below, &s->method,
        &s->made_up, &s->label, &s->city, &s->points, &s->x_title, &s->band, &s->later
    };
    memcpy(texts, all, sizeof all);
}

static void clear(picture *s)
{
    hz_text *texts[TEXTS];
    list_texts(s, texts);
    for (size_t i = 0; i < TEXTS; i++)
        hz_text_free(texts[i]);
    focus_words_free(&s->words);
    hz_scene_free(s->scene);
    hz_look_clear(&s->look);
}

static hz_status check_texts(picture *s, hz_error *err)
{
    hz_text *texts[TEXTS];
    bool failed = false;
    list_texts(s, texts);
    for (size_t i = 0; i < TEXTS; i++)
        failed |= texts[i]->failed;
    return failed ? hz_mem_fail(err, s->name) : HZ_OK;
}

static bool is_chart(focus_picture kind)
{
    return kind == FOCUS_BROADENING || kind == FOCUS_SHIFT;
}

static const char *pick(const picture *s, const char *english, const char *danish)
{
    return s->l == HZ_DANISH ? danish : english;
}

static size_t gather_credits(const project *p, const picture *s, const char **out)
{
    const recipe *r = p->r;
    const recipe_focus *f = &r->focuses[s->focus];
    const origin *from[8];
    size_t n = 0;
    if (s->kind == FOCUS_RESIDENTS)
        from[n++] = &f->residents.from;
    else
        from[n++] = &r->events[f->events].from;
    if (s->kind != FOCUS_SHIFT && f->population != RECIPE_NONE)
        from[n++] = &r->population[f->population].from;
    from[n++] = &r->areas[f->areas].from;
    if (f->edge.source)
        from[n++] = &f->edge;
    if (s->kind == FOCUS_MAP && f->map.draw_zones)
        from[n++] = &r->zones.from;
    if (!is_chart(s->kind) && f->map.draw_streets)
        from[n++] = &r->streets.from;
    if (!is_chart(s->kind) && f->map.draw_water)
        from[n++] = &r->water.from;
    return project_credits(from, n, s->l, out);
}

/* ------------------------------------------------------------------ the maps */

static void set_backdrop(const project *p, const picture *s, hz_sheet_data *data)
{
    const recipe_map *m = &p->r->focuses[s->focus].map;
    data->name = "name";
    data->state = "state";
    data->value = "rate";
    data->water = m->draw_water ? p->water : NULL;
    data->streets = m->draw_streets ? p->streets : NULL;
    data->outside = m->draw_outside ? p->outside : NULL;
    data->city = data->city_low = data->city_high = NAN;
}

static hz_status draw_focus_map(const project *p, picture *s, const hz_sheet_words *text,
                                hz_fonts *fonts, const hz_notice *notice, hz_error *err)
{
    const recipe_focus *f = &p->r->focuses[s->focus];
    const focused *from = &p->focuses[s->focus];
    hz_sheet_data data = { .areas = from->rating.table, .low = "rate_low", .high = "rate_high",
                           .focus = from->edge };
    hz_layer *points = NULL;
    hz_status st = HZ_OK;
    set_backdrop(p, s, &data);
    if (hz_caption_overall(&s->rates, &s->city, &data.city, &data.city_low, &data.city_high))
        data.city_label = hz_text_get(&s->city);
    if (f->map.draw_zones) {
        data.zones = p->zones;
        data.zone_title = words_in(&p->r->zones.from.title, s->l, NULL);
        data.zone_name = p->r->zones.label ? p->r->zones.label : "name";
    }
    if (f->map.draw_events && from->rating.used) {
        st = hz_layer_select(p->events[f->events], from->rating.used, &points, err);
        if (!st)
            st = hz_layer_to_crs(points, p->crs, err);
        hz_text_add_capital(&s->points, s->rates.noun);
        data.events = points;
        data.events_label = hz_text_get(&s->points);
    }
    if (!st)
        st = check_texts(s, err);
    if (!st)
        st = hz_sheet_compose(&data, text, &s->look, fonts, &s->scene, &s->sheet, notice, err);
    hz_layer_free(points);
    return st;
}

/* Areas where nobody lives are a class of their own: none is no small number. */
static hz_status set_zero_class(const hz_layer *areas, hz_look *look, hz_error *err)
{
    size_t n = hz_layer_rows(areas), zeros = 0, more = 0, kept = 1;
    const double *rate = hz_layer_numbers(areas, "rate");
    double unit = pow(10, -look->decimals), *over = hz_mem_new(n, sizeof *over);
    hz_breaks b;
    if (!over)
        return hz_mem_fail(err, "focus");
    for (size_t i = 0; i < n; i++) {
        over[i] = rate[i] > 0 ? fmax(round(rate[i] / unit) * unit, unit) : NAN;
        zeros += rate[i] == 0;
        more += rate[i] > 0;
    }
    hz_status st = HZ_OK;
    bool own = look->method == HZ_QUANTILE || look->method == HZ_FISHER || look->method == HZ_EQUAL;
    if (zeros && more && own && look->classes > 2) {
        st = hz_breaks_find(look->method, look->classes - 1, look->round, n, over, NULL, &b, err);
        if (!st) {
            look->fixed[0] = unit;
            for (size_t i = 0; i + 1 < b.classes; i++)
                if (b.limits[i] > look->fixed[kept - 1] * (1 + 1e-9))
                    look->fixed[kept++] = b.limits[i];
            look->method = HZ_FIXED;
            look->classes = kept + 1;
        }
    }
    hz_mem_free(over);
    return st;
}

static hz_status draw_residents_map(const project *p, picture *s, const hz_sheet_words *text,
                                    hz_fonts *fonts, const hz_notice *notice, hz_error *err)
{
    const focused *from = &p->focuses[s->focus];
    const hz_focus *f = &from->found.focus;
    const hz_layer *table = from->found.residents.table;
    const char *place = words_in(&p->r->areas[p->r->focuses[s->focus].areas].place, s->l, NULL);
    hz_sheet_data data = { .areas = from->people_map };
    set_backdrop(p, s, &data);
    for (size_t i = 0; i < hz_layer_rows(table); i++) /* the sum of all areas, if it is shown */
        if (strcmp(hz_layer_text(table, "id", i), "areas") == 0 &&
            strcmp(hz_layer_text(table, "kind", i), "sum") == 0)
            data.city = 1000 * hz_layer_numbers(table, "residents")[i] /
                        (f->people_inside + f->people_outside);
    if (place) {
        hz_text_addf(&s->city, pick(s, "All of %s", "Hele %s"), place);
        data.city_label = hz_text_get(&s->city);
    }
    hz_status st = check_texts(s, err);
    return st ? st : hz_sheet_compose(&data, text, &s->look, fonts, &s->scene, &s->sheet, notice, err);
}

/* ------------------------------------------------------------------ the charts */

/* What areas cost: residents, else land, else one each; a title for the axis. */
static void choose_cost(const hz_layer *frontier, size_t i, double *cost)
{
    double people = hz_layer_numbers(frontier, "population_share")[i];
    double km2 = hz_layer_numbers(frontier, "area_km2")[i];
    *cost = !isnan(people) ? 100 * people : !isnan(km2) ? km2 : (double)i;
}

static void name_cost(picture *s)
{
    const hz_layer *frontier = s->facts.focus->frontier;
    bool people = !isnan(hz_layer_numbers(frontier, "population_share")[0]);
    bool land = !isnan(hz_layer_numbers(frontier, "area_km2")[0]);
    hz_text_add(&s->x_title,
                people ? pick(s, "Share of the residents, %", "Andel af indbyggerne, %")
                : land ? pick(s, "Land, km²", "Areal, km²")
                       : pick(s, "Areas added", "Områder lagt til"));
}

enum { X, OBSERVED, BEST, LOW, HIGH, COLUMNS };

static void fill_curve(const hz_layer *frontier, double *v[COLUMNS])
{
    static const char *const columns[COLUMNS] = { NULL, "capture", "best_capture", "capture_low",
                                                  "capture_high" };
    for (size_t i = 0; i < hz_layer_rows(frontier); i++) {
        choose_cost(frontier, i, &v[X][i]);
        for (int c = OBSERVED; c < COLUMNS; c++)
            v[c][i] = 100 * hz_layer_numbers(frontier, columns[c])[i];
        v[BEST][i] = fmax(v[BEST][i], v[OBSERVED][i]); /* a bound: no rounding puts it lower */
    }
}

static hz_status draw_broadening(const project *p, picture *s, const hz_sheet_words *text,
                                 hz_fonts *fonts, const hz_notice *notice, hz_error *err)
{
    const hz_layer *frontier = s->facts.focus->frontier, *later = s->facts.later;
    size_t n = hz_layer_rows(frontier), m = later ? hz_layer_rows(later) : 0;
    double *room = hz_mem_new(n + m, COLUMNS * sizeof *room), *v[COLUMNS], *w[COLUMNS];
    const char **names = hz_mem_new(n, sizeof *names);
    char level[40];
    hz_status st = room && names ? HZ_OK : hz_mem_fail(err, "chart");
    hz_broadening_data data = { .name = names };
    (void)p;
    if (st)
        goto done;
    for (int c = 0; c < COLUMNS; c++) {
        v[c] = room + (size_t)c * (n + m);
        w[c] = v[c] + n;
    }
    fill_curve(frontier, v);
    if (later)
        fill_curve(later, w);
    data.curve = (hz_chart_curve){ n, v[X], v[OBSERVED], v[BEST], v[LOW], v[HIGH] };
    data.later = (hz_chart_curve){ m, w[X], w[OBSERVED], w[BEST], w[LOW], w[HIGH] };
    for (size_t i = 0; i < n; i++)
        names[i] = i ? hz_layer_text(frontier, "name", i) : pick(s, "The focus", "Fokus");
    name_cost(s);
    hz_share_format(level, sizeof level, s->facts.opts->level, 0, s->l);
    hz_text_addf(&s->band, pick(s, "%s interval", "%s-interval"), level);
    data.x_title = hz_text_get(&s->x_title);
    data.observed = pick(s, "Focus, and areas added", "Fokus, og områder lagt til");
    data.best = isnan(s->facts.focus->best_share)
                    ? NULL : pick(s, "The most any set could hold", "Det meste, som noget sæt kunne rumme");
    data.band = hz_text_get(&s->band);
    data.later_label = pick(s, "Ranked by earlier, judged by later events",
                            "Ordnet efter tidlige, bedømt på sene hændelser");
    st = check_texts(s, err);
    if (!st)
        st = hz_chart_broadening(&data, text, &s->look, fonts, &s->scene, NULL, notice, err);
done:
    hz_mem_free(room);
    hz_mem_free(names);
    return st;
}

/* Which periods are hidden, for the chart to say so. */
static hz_status add_hidden(const hz_layer *periods, hz_layer *table, hz_error *err)
{
    size_t n = hz_layer_rows(periods);
    double *v = hz_mem_new(n, sizeof *v);
    unsigned char *marks = hz_mem_new(n, 1);
    hz_status st = v && marks ? HZ_OK : hz_mem_fail(err, "chart");
    for (size_t i = 0; !st && i < n; i++) {
        v[i] = hz_layer_numbers(periods, "events")[i];
        marks[i] = (unsigned char)hz_layer_mark(periods, "events", i);
    }
    if (!st)
        st = hz_layer_take_numbers(table, "events", &v, &marks, err);
    hz_mem_free(v);
    hz_mem_free(marks);
    return st;
}

/* The share of each period in the columns of a series. */
static hz_status make_series(const hz_focusing *found, hz_layer **out, hz_error *err)
{
    static const char *const from[] = { "share", "share_low", "share_high" };
    static const char *const to[] = { "rate", "rate_low", "rate_high" };
    const hz_layer *periods = found->focus.periods;
    size_t n = hz_layer_rows(periods);
    hz_layer *table = NULL;
    double *v = hz_mem_new(n, sizeof *v);
    hz_status st = v ? hz_layer_new("shift", n, &table, err) : hz_mem_fail(err, "chart");
    for (size_t c = 0; !st && c < 3; c++) {
        bool any;
        for (size_t i = 0; i < n; i++) {
            any = hz_layer_numbers(periods, "events")[i] > 0;
            v[i] = any ? 100 * hz_layer_numbers(periods, from[c])[i] : NAN;
        }
        st = hz_layer_add_numbers(table, to[c], v, err);
    }
    if (!st && found->focus.guarded)
        st = add_hidden(periods, table, err);
    for (size_t i = 0; !st && i < n; i++)
        v[i] = hz_series_is_whole(found->parts[i], found->by);
    if (!st)
        st = hz_layer_add_numbers(table, "whole", v, err);
    hz_mem_free(v);
    if (st)
        hz_layer_free(table);
    else
        *out = table;
    return st;
}

static hz_status draw_shift(const project *p, picture *s, const hz_sheet_words *text,
                            hz_fonts *fonts, const hz_notice *notice, hz_error *err)
{
    const hz_focusing *found = &p->focuses[s->focus].found;
    const hz_focus_look *k = &found->focus.look;
    const char *name;
    hz_series_found all = { .rate = 100 * k->share, .rate_low = 100 * k->low,
                            .rate_high = 100 * k->high,
                            .all_hidden = isnan(k->share) };
    hz_layer *table = NULL;
    hz_status st = make_series(found, &table, err);
    hz_series_data data = { .table = table, .series = 1, .periods = found->part_count,
                            .period = found->parts, .by = found->by, .rates = true,
                            .level = s->facts.opts->level, .most = 100, .name = &name,
                            .found = &all };
    s->look.decimals = 1;
    hz_text_addf(&s->label, pick(s, "Outside %s", "Uden for %s"), s->facts.name[s->l]);
    name = hz_text_get(&s->label);
    if (!st)
        st = check_texts(s, err);
    if (!st)
        st = hz_chart_series(&data, text, &s->look, fonts, &s->scene, NULL, notice, err);
    hz_layer_free(table);
    return st;
}

/* ------------------------------------------------------------------ words */

static void say_rates(const project *p, picture *s)
{
    const char *name = s->facts.name[s->l];
    bool edge = name && *name;
    hz_caption_quantity(&s->rates, &s->quantity);
    hz_caption_alt(&s->rates, &s->alt);
    hz_caption_figure(&s->rates, &s->caption);
    s->rates.breaks = NULL; /* the sheet itself names its classes below the map */
    hz_caption_method(&s->rates, &s->method);
    hz_text_addf(&s->below, "%s.", hz_text_get(&s->quantity));
    hz_text *const to[] = { &s->alt, &s->caption, &s->below };
    for (size_t k = 0; k < 3 && edge; k++)
        hz_text_addf(to[k], pick(s, " The edge drawn is that of the focus: %s.",
                                 " Kanten, der er tegnet, er fokus: %s."), name);
    if (s->rates.made_up)
        hz_caption_made_up(s->l, &s->below);
    (void)p;
}

static void say(const project *p, picture *s)
{
    typedef void (*sentence)(const hz_caption_focus *, hz_language, hz_text *);
    static const sentence tell[FOCUS_PICTURES][3] = {
        [FOCUS_BROADENING] = { hz_caption_broadening_axis, hz_caption_broadening_figure,
                               hz_caption_broadening_method },
        [FOCUS_SHIFT] = { hz_caption_shift_axis, hz_caption_shift_figure, hz_caption_shift_method },
        [FOCUS_RESIDENTS] = { hz_caption_residents_axis, hz_caption_residents_figure,
                              hz_caption_residents_method },
    };
    bool people = s->kind == FOCUS_RESIDENTS;
    bool made_up = people ? s->facts.residents_made_up : s->facts.made_up;
    if (people)
        hz_text_addf(&s->label, pick(s, "Where %s live", "Hvor %s bor"),
                     s->facts.people[s->l] ? s->facts.people[s->l]
                                           : pick(s, "registered people",
                                                  "registrerede personer"));
    if (made_up && people)
        hz_text_add(&s->made_up, project_people_made_up(s->l));
    else if (made_up)
        hz_caption_made_up(s->l, &s->made_up);
    if (s->kind == FOCUS_MAP) {
        say_rates(p, s);
        return;
    }
    tell[s->kind][0](&s->facts, s->l, &s->quantity);
    tell[s->kind][1](&s->facts, s->l, &s->alt);
    tell[s->kind][1](&s->facts, s->l, &s->caption);
    tell[s->kind][2](&s->facts, s->l, &s->method);
    if (made_up && !people)
        hz_text_addf(&s->caption, " %s", hz_text_get(&s->made_up));
    hz_text_addf(&s->below, "%s.%s%s", hz_text_get(&s->quantity), made_up ? " " : "",
                 made_up ? hz_text_get(&s->made_up) : "");
}

static hz_status gather_rates(const project *p, picture *s, hz_error *err)
{
    const recipe_focus *f = &p->r->focuses[s->focus];
    const focused *from = &p->focuses[s->focus];
    hz_sheet_data data = { .areas = from->rating.table, .value = "rate", .state = "state",
                           .city = NAN };
    hz_status st = project_facts_of(p, &from->like, f->areas, s->facts.made_up, &from->rating, s->l,
                                    &s->rates, &s->period, &s->note, err);
    if (st)
        return st;
    s->look.cv = from->like.rates.unstable_cv;
    s->look.hide_below = 0; /* guards are hidden too, whatever they count */
    s->look.decimals = hz_caption_decimals(from->rating.table, s->look.decimals);
    hz_caption_overall(&s->rates, &s->label, &data.city, &data.city_low, &data.city_high);
    st = hz_sheet_classes(&data, &s->look, &s->sheet, err);
    s->rates.decimals = s->look.decimals;
    s->rates.method = s->look.method;
    s->rates.breaks = s->sheet.breaks.classes ? &s->sheet.breaks : NULL;
    return st;
}

static hz_status compose(const project *p, picture *s, hz_fonts *fonts, hz_error *err)
{
    const recipe_focus *f = &p->r->focuses[s->focus];
    const hz_notice *notice = s->size == 0 && s->language == 0 ? p->notice : NULL;
    const char *notes[4], *credits[RECIPE_CREDITS];
    hz_sheet_words text = { .notes = notes, .sources = credits, .date = p->r->date };
    hz_status st = project_focus_facts(p, s->focus, &s->words, &s->facts, err);
    if (!st && s->kind == FOCUS_MAP)
        st = gather_rates(p, s, err);
    if (!st && s->kind == FOCUS_RESIDENTS) {
        s->look.hide_below = 0; /* guards are hidden too, whatever they count */
        s->look.decimals = hz_caption_decimals(p->focuses[s->focus].people_map, s->look.decimals);
        st = set_zero_class(p->focuses[s->focus].people_map, &s->look, err);
    }
    if (st)
        return st;
    say(p, s);
    st = check_texts(s, err);
    if (st)
        return st;
    text.title = s->kind == FOCUS_MAP ? words_in(&f->map.title, s->l, NULL)
                 : s->kind == FOCUS_RESIDENTS ? hz_text_get(&s->label) : NULL;
    text.subtitle = s->kind == FOCUS_MAP ? words_in(&f->map.subtitle, s->l, NULL) : NULL;
    text.quantity = hz_text_get(&s->quantity);
    text.alt = hz_text_get(&s->alt);
    text.made_up = s->made_up.length ? hz_text_get(&s->made_up) : NULL;
    text.source_count = gather_credits(p, s, credits);
    notes[text.note_count++] = hz_text_get(&s->method);
    const char *own = s->kind == FOCUS_RESIDENTS ? words_in(&f->residents.from.note, s->l, NULL)
                                                 : words_in(&f->note, s->l, NULL);
    const char *of_events = words_in(&p->r->events[f->events].from.note, s->l, NULL);
    if (s->kind == FOCUS_MAP && s->rates.base_note)
        notes[text.note_count++] = s->rates.base_note;
    if (own)
        notes[text.note_count++] = own;
    if (of_events && s->kind != FOCUS_RESIDENTS)
        notes[text.note_count++] = of_events;
    switch (s->kind) {
    case FOCUS_MAP: return draw_focus_map(p, s, &text, fonts, notice, err);
    case FOCUS_RESIDENTS: return draw_residents_map(p, s, &text, fonts, notice, err);
    case FOCUS_BROADENING: return draw_broadening(p, s, &text, fonts, notice, err);
    default: return draw_shift(p, s, &text, fonts, notice, err);
    }
}

/* ------------------------------------------------------------------ files */

static void name_picture(const project *p, picture *s)
{
    const recipe_focus *f = &p->r->focuses[s->focus];
    static const char *const ends[FOCUS_PICTURES] = { "", "-broadening", "-shift", "" };
    char name[RECIPE_NAME];
    if (s->kind == FOCUS_RESIDENTS) {
        snprintf(name, sizeof name, "%.100s-residents", f->name);
        recipe_file_name(s->name, sizeof s->name, name, f->residents.from.made_up);
    } else {
        snprintf(s->name, sizeof s->name, "%.180s%s",
                 project_focus_name(p, s->focus, name, sizeof name), ends[s->kind]);
    }
}

static hz_status draw_one(project *p, size_t i, focus_picture kind, size_t size, size_t language,
                          hz_fonts *fonts, hz_error *err)
{
    const recipe_map *m = &p->r->focuses[i].map;
    picture s = { .focus = i, .size = size, .language = language, .kind = kind,
                  .l = p->r->languages[language] };
    size_t shown = recipe_report_size(m), page = is_chart(kind) ? shown : size;
    drawing *d = is_chart(kind) || size == shown ? &p->focuses[i].picture[kind][language] : NULL;
    name_picture(p, &s);
    hz_status st = project_look(p, m->style, m->sizes[page], s.l, &s.look, err);
    if (!st)
        st = compose(p, &s, fonts, err);
    const picture_files files = { is_chart(kind) ? "charts" : "maps", s.name,
                                  size ? m->sizes[size] : NULL, s.l, language == 0, &s.look,
                                  s.scene, is_chart(kind) ? NULL : &s.sheet.frame };
    if (!st && d) /* in a report the findings stand beside the picture */
        st = drawing_tell(d, s.l, &s.alt, &s.below, err);
    if (!st && d)
        st = project_words(p, &files, &s.alt, &s.caption, err);
    if (!st)
        st = project_pictures(p, &files, fonts, d, err);
    if (st && st != HZ_EMEMORY)
        hz_fail_within(err, "focus '%s' (%s, %s)", m->name, m->sizes[size], language_code(s.l));
    clear(&s);
    return st;
}

/* ------------------------------------------------------------------ layers of the maps */

/* The edge of the focus: its polygons, or its areas. */
static hz_status make_edge(const project *p, focused *f, hz_error *err)
{
    const hz_layer *areas = f->found.focus.areas;
    hz_status st;
    if (f->polygons) {
        st = hz_layer_copy(f->polygons, &f->edge, err);
    } else {
        size_t n = hz_layer_rows(areas);
        unsigned char *keep = hz_mem_new(n, 1);
        if (!keep)
            return hz_mem_fail(err, "focus");
        for (size_t i = 0; i < n; i++)
            keep[i] = hz_layer_numbers(areas, "inside")[i] > 0;
        st = hz_layer_select(areas, keep, &f->edge, err);
        hz_mem_free(keep);
    }
    return st ? st : hz_layer_to_crs(f->edge, p->crs, err);
}

/* Areas with people per 1,000 residents: `rate` with its marks, and `state`. */
static hz_status make_people_map(focused *f, hz_error *err)
{
    const hz_layer *table = f->found.residents.table;
    size_t n = hz_layer_rows(f->found.focus.areas);
    double *rate = hz_mem_new(n, sizeof *rate);
    unsigned char *marks = hz_mem_new(n, 1);
    const char **states = hz_mem_new(n, sizeof *states);
    hz_status st = rate && marks && states ? hz_layer_copy(f->found.focus.areas, &f->people_map, err)
                                           : hz_mem_fail(err, "focus");
    for (size_t i = 0; !st && i < n; i++) {
        hz_mark mark = hz_layer_mark(table, "per_1000", i);
        rate[i] = hz_layer_numbers(table, "per_1000")[i];
        marks[i] = (unsigned char)mark;
        states[i] = mark == HZ_KNOWN ? "ok" : mark == HZ_HIDDEN ? "hidden" : "undefined";
    }
    if (!st)
        st = hz_layer_take_numbers(f->people_map, "rate", &rate, &marks, err);
    if (!st)
        st = hz_layer_add_texts(f->people_map, "state", states, err);
    hz_mem_free(rate);
    hz_mem_free(marks);
    hz_mem_free(states);
    return st;
}

hz_status project_focus_pictures(project *p, size_t i, hz_error *err)
{
    const recipe_focus *f = &p->r->focuses[i];
    focused *of = &p->focuses[i];
    const hz_focus *found = &of->found.focus;
    hz_fonts *fonts = NULL;
    if (f->published)
        return HZ_OK;
    const bool wanted[FOCUS_PICTURES] = {
        [FOCUS_MAP] = f->draw,
        [FOCUS_RESIDENTS] = f->draw && of->found.residents.table,
        [FOCUS_BROADENING] = found->frontier && hz_layer_rows(found->frontier) > 1,
        [FOCUS_SHIFT] = found->periods && of->found.part_count > 1,
    };
    hz_status st = hz_fonts_new(p->look.family, NULL, &fonts, err);
    if (!st && wanted[FOCUS_MAP])
        st = make_edge(p, of, err);
    if (!st && wanted[FOCUS_RESIDENTS])
        st = make_people_map(of, err);
    for (int kind = 0; !st && kind < FOCUS_PICTURES; kind++) {
        size_t sizes = is_chart((focus_picture)kind) ? 1 : f->map.size_count;
        for (size_t k = 0; !st && wanted[kind] && k < sizes; k++)
            for (size_t l = 0; !st && l < p->r->language_count; l++)
                st = draw_one(p, i, (focus_picture)kind, k, l, fonts, err);
    }
    hz_fonts_free(fonts);
    return st;
}
