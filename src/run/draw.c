/* Draws every map of a project, at every size and in every language. */
#include <math.h>
#include <string.h>

#include "hotzone/csv.h"
#include "hotzone/file.h"
#include "hotzone/mapnote.h"
#include "hotzone/mem.h"
#include "run/draw.h"

/* One sheet to make. */
typedef struct {
    const recipe_map *map;
    char name[RECIPE_NAME];    /* of its files, before size and language */
    result *res;
    hz_look look;
    size_t size;               /* index of map->sizes */
    hz_language language;
    bool first_language;
    hz_text quantity, method, alt, caption, period, note, label, points;
    hz_scene *scene;
    hz_sheet_facts facts;
} sheet;

static void clear_sheet(sheet *s)
{
    hz_text *const texts[] = { &s->quantity, &s->method, &s->alt, &s->caption, &s->period,
                               &s->note, &s->label, &s->points };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hz_text_free(texts[i]);
    hz_scene_free(s->scene);
    hz_look_clear(&s->look);
}

hz_status project_look(const project *p, const hz_node *style, const char *size,
                       hz_language language, hz_look *look, hz_error *err)
{
    hz_status st = recipe_look(p->r, style, look, err);
    if (st)
        return st;
    hz_look_page(look, size);
    look->language = language;
    return HZ_OK;
}

size_t project_credits(const origin *const *from, size_t n, hz_language language,
                       const char **out)
{
    size_t credits = 0;
    for (size_t i = 0; i < n && credits < RECIPE_CREDITS; i++) {
        const char *text = words_in(&from[i]->credit, language, NULL);
        bool again = false;
        for (size_t k = 0; k < credits && text; k++)
            again |= strcmp(out[k], text) == 0;
        if (text && !again)
            out[credits++] = text;
    }
    return credits;
}

size_t draw_credits(const project *p, const recipe_map *map, hz_language l, const char **out)
{
    const recipe *r = p->r;
    const recipe_analysis *a = &r->analyses[map->analysis];
    const origin *from[6];
    size_t n = 0;

    from[n++] = &r->events[a->events].from;
    if (a->population_count)
        from[n++] = &r->population[a->population[0]].from;
    from[n++] = &r->areas[map->areas].from;
    if (map->draw_zones)
        from[n++] = &r->zones.from;
    if (map->draw_streets)
        from[n++] = &r->streets.from;
    if (map->draw_water)
        from[n++] = &r->water.from;
    return project_credits(from, n, l, out);
}

size_t draw_notes(const project *p, const recipe_analysis *a, const char *base_note,
                  const char *method, hz_language l, const char *notes[4])
{
    const char *const some[] = { method, base_note, words_in(&a->note, l, NULL),
                                 words_in(&p->r->events[a->events].from.note, l, NULL) };
    size_t n = 0;
    for (size_t i = 0; i < sizeof some / sizeof *some; i++)
        if (some[i])
            notes[n++] = some[i];
    return n;
}

void draw_backdrop(const project *p, const recipe_map *map, hz_language l, hz_sheet_data *data)
{
    data->water = map->draw_water ? p->water : NULL;
    data->streets = map->draw_streets ? p->streets : NULL;
    data->outside = map->draw_outside ? p->outside : NULL;
    if (map->draw_zones) {
        data->zones = p->zones;
        data->zone_title = words_in(&p->r->zones.from.title, l, NULL);
        data->zone_name = p->r->zones.label ? p->r->zones.label : "name";
    }
}

static hz_status compose(const project *p, sheet *s, hz_fonts *fonts, hz_error *err)
{
    const recipe_map *map = s->map;
    const recipe_analysis *a = &p->r->analyses[map->analysis];
    const char *notes[4], *credits[RECIPE_CREDITS];
    hz_caption_facts facts;
    hz_text made_up = { 0 };
    hz_sheet_words text = { 0 };
    hz_sheet_data data = { 0 };
    hz_status st = project_facts(p, s->res, s->language, &facts, &s->period, &s->note, err);

    if (st)
        return st;
    s->look.cv = a->rates.unstable_cv;
    s->look.hide_below = a->rates.hide_below;
    s->look.decimals = hz_caption_decimals(s->res->rating.table, s->look.decimals);
    data.areas = s->res->rating.table;
    data.value = "rate";
    data.state = "state";
    data.name = "name";
    data.low = "rate_low";
    data.high = "rate_high";
    data.city = data.city_low = data.city_high = NAN;
    if (hz_caption_overall(&facts, &s->label, &data.city, &data.city_low, &data.city_high))
        data.city_label = hz_text_get(&s->label);
    st = hz_sheet_classes(&data, &s->look, &s->facts, err);
    if (st)
        return st;
    facts.decimals = s->look.decimals;
    facts.method = s->look.method;
    facts.breaks = s->facts.breaks.classes ? &s->facts.breaks : NULL;
    hz_caption_quantity(&facts, &s->quantity);
    hz_caption_alt(&facts, &s->alt);
    hz_caption_figure(&facts, &s->caption);
    facts.breaks = NULL; /* the sheet itself names its classes below the map */
    hz_caption_method(&facts, &s->method);
    if (facts.made_up)
        hz_caption_made_up(s->language, &made_up);
    text.title = words_in(&map->title, s->language, NULL);
    text.subtitle = words_in(&map->subtitle, s->language, NULL);
    text.quantity = hz_text_get(&s->quantity);
    text.note_count = draw_notes(p, a, facts.base_note, hz_text_get(&s->method), s->language, notes);
    text.notes = notes;
    text.sources = credits;
    text.source_count = draw_credits(p, map, s->language, credits);
    text.alt = hz_text_get(&s->alt);
    text.made_up = facts.made_up ? hz_text_get(&made_up) : NULL;
    text.date = p->r->date;

    draw_backdrop(p, map, s->language, &data);
    hz_layer *points = NULL;
    if (map->draw_events) {
        st = hz_layer_select(p->events[a->events], s->res->rating.used, &points, err);
        if (!st)
            st = hz_layer_to_crs(points, p->crs, err);
        data.events = points;
        hz_text_add_capital(&s->points,
                            words_in(&map->events_label, s->language, facts.noun));
        data.events_label = hz_text_get(&s->points);
    }
    if (!st)
        /* what there is to say of a map is said once, not for each size and language */
        st = hz_sheet_compose(&data, &text, &s->look, fonts, &s->scene, &s->facts,
                              s->size == 0 && s->first_language ? p->notice : NULL, err);
    hz_layer_free(points);
    hz_text_free(&made_up);
    return st;
}

static picture_files files_of(const sheet *s)
{
    return (picture_files){ "maps", s->name, s->size ? s->map->sizes[s->size] : NULL, s->language,
                            s->first_language, &s->look, s->scene, &s->facts.frame };
}

hz_status project_text(project *p, const char *directory, const char *name, const char *end,
                       const hz_text *text, hz_error *err)
{
    char *path = NULL;
    hz_text line = { 0 };
    hz_status st = project_output(p, &path, err, "%s/%s.%s", directory, name, end);
    hz_text_add(&line, hz_text_get(text));
    hz_text_add(&line, "\n");
    if (!st && (line.failed || text->failed))
        st = hz_mem_fail(err, name);
    if (!st)
        st = hz_file_write(path, line.data, line.length, err);
    hz_text_free(&line);
    hz_mem_free(path);
    return st;
}

/* The class of each area as the legend has it, from 1 at the lowest; blank without a figure. */
static hz_status add_classes(hz_layer *table, const hz_sheet_facts *facts, hz_error *err)
{
    size_t n = hz_layer_rows(table);
    const double *rate = hz_layer_numbers(table, "rate");
    double *class = hz_mem_new(n, sizeof *class);
    if (!class)
        return hz_mem_fail(err, "classes");
    for (size_t i = 0; i < n; i++) {
        int c = hz_sheet_class(facts, rate[i]);
        class[i] = c < 0 ? NAN : (double)(c + 1);
    }
    hz_status st = hz_layer_take_numbers(table, "class", &class, NULL, err);
    hz_mem_free(class);
    return st;
}

/* What stands beside the pictures, once for a map: figures, facts, and words per language. */
static hz_status write_notes(project *p, sheet *s, hz_error *err)
{
    static const char *const columns[] = { "area", "name", "rate", "rate_low", "rate_high",
                                           "state", "class" };
    const char *name = s->name;
    char *path = NULL;
    hz_status st = HZ_OK;

    if (s->first_language) {
        hz_mapnote note = { .name = name, .facts = &s->facts, .look = &s->look,
                            .crs = hz_crs_code(p->crs), .analysis =
                            p->r->analyses[s->map->analysis].name,
                            .made_up = result_is_made_up(p, s->res),
                            .fate = p->r->events[p->r->analyses[s->map->analysis].events].ready_made ||
                                            recipe_hides(p->r, p->r->analyses[s->map->analysis].events)
                                        ? NULL : &s->res->rating.fate };
        st = add_classes(s->res->rating.table, &s->facts, err);
        if (!st)
            st = project_output(p, &path, err, "maps/%s.csv", name);
        if (!st)
            st = hz_csv_write(s->res->rating.table, columns, NULL,
                              sizeof columns / sizeof *columns, path, NULL, err);
        hz_mem_free(path);
        path = NULL;
        if (!st)
            st = project_output(p, &path, err, "maps/%s.json", name);
        if (!st)
            st = hz_mapnote_write(&note, path, err);
        hz_mem_free(path);
    }
    const picture_files files = files_of(s);
    return st ? st : project_words(p, &files, &s->alt, &s->caption, err);
}

static hz_status draw_one(project *p, hz_fonts *fonts, size_t m, size_t size, size_t language,
                          result *res, hz_error *err)
{
    sheet s = { .map = &p->r->maps[m], .res = res, .size = size,
                .language = p->r->languages[language], .first_language = language == 0 };
    drawing *d = NULL;
    recipe_file_name(s.name, sizeof s.name, s.map->name, result_is_made_up(p, res));
    hz_status st = project_look(p, s.map->style, s.map->sizes[size], s.language,
                                &s.look, err);

    if (!st)
        st = compose(p, &s, fonts, err);
    if (!st && size == recipe_report_size(s.map)) {
        d = &p->drawings[p->drawing_count++];
        d->map = m;
        st = drawing_tell(d, s.language, &s.alt, &s.caption, err);
    }
    const picture_files files = files_of(&s);
    if (!st)
        st = project_pictures(p, &files, fonts, d, err);
    if (!st && size == 0)
        st = write_notes(p, &s, err);
    if (!st && res->facts.scale == 0) /* the first sheet of a result stands for it in the manifest */
        res->facts = s.facts;
    if (st && st != HZ_EMEMORY)
        hz_fail_within(err, "map '%s' (%s, %s)", s.map->name, s.map->sizes[size],
                       language_code(s.language));
    clear_sheet(&s);
    return st;
}

static result *result_of(project *p, const recipe_map *map)
{
    for (size_t i = 0; i < p->result_count; i++)
        if (p->results[i].analysis == map->analysis && p->results[i].areas == map->areas)
            return &p->results[i];
    return NULL;
}

hz_status project_draw(project *p, hz_error *err)
{
    hz_fonts *fonts = NULL;
    hz_status st = HZ_OK;

    p->drawings = hz_mem_new(p->r->map_count * p->r->language_count, sizeof *p->drawings);
    if (!p->drawings)
        return hz_mem_fail(err, "maps");
    if (p->r->map_count)
        st = hz_fonts_new(p->look.family, NULL, &fonts, err);
    for (size_t m = 0; !st && m < p->r->map_count; m++) {
        const recipe_map *map = &p->r->maps[m];
        result *res = result_of(p, map);
        if (!res)
            st = hz_fail(err, HZ_EFORMAT, "%s:%zu: map '%s' has nothing to draw", p->r->path,
                         map->line, map->name);
        if (!st && map->panels.on)
            st = draw_panels(p, fonts, map, res, err);
        for (size_t k = 0; !st && k < map->size_count && !map->panels.on; k++)
            for (size_t l = 0; !st && l < p->r->language_count; l++)
                st = draw_one(p, fonts, m, k, l, res, err);
    }
    hz_fonts_free(fonts);
    return st;
}
