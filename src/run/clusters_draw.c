/* Draws where events cluster: a map, and Lorenz curves, at every size and in every language. */
#include <string.h>

#include "hotzone/chart.h"
#include "hotzone/csv.h"
#include "hotzone/mem.h"
#include "run/project.h"

/* One picture to make. */
typedef struct {
    size_t cluster, size, language;  /* of the recipe's lists */
    bool chart;
    hz_language l;
    char name[RECIPE_NAME];
    hz_look look;
    hz_caption_hotspots facts;
    const char *spread_name[HZ_CLUSTERING_SPREADS];
    hz_text period, quantity, alt, caption, below, method, power, made_up, label, x_title;
    hz_text panel[HZ_CLUSTERING_SPREADS];
    hz_scene *scene;
    hz_sheet_facts sheet;
} picture;

static void clear(picture *s)
{
    hz_text *const texts[] = { &s->period, &s->quantity, &s->alt, &s->caption, &s->method,
                               &s->power, &s->made_up, &s->label, &s->x_title,
                               &s->below };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hz_text_free(texts[i]);
    for (size_t i = 0; i < HZ_CLUSTERING_SPREADS; i++)
        hz_text_free(&s->panel[i]);
    hz_scene_free(s->scene);
    hz_look_clear(&s->look);
}

static hz_status check_texts(const picture *s, hz_error *err)
{
    const hz_text *const texts[] = { &s->period, &s->quantity, &s->alt, &s->caption, &s->method,
                                     &s->power, &s->made_up, &s->label, &s->x_title,
                                     &s->below };
    bool failed = false;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        failed |= texts[i]->failed;
    for (size_t i = 0; i < HZ_CLUSTERING_SPREADS; i++)
        failed |= s->panel[i].failed;
    return failed ? hz_mem_fail(err, s->name) : HZ_OK;
}

static size_t gather_credits(const project *p, const picture *s, const char **out)
{
    const recipe *r = p->r;
    const recipe_hotspots *h = &r->hotspots[s->cluster];
    const origin *from[6];
    size_t n = 0;
    if (!h->value)
        from[n++] = &r->events[h->events].from;
    if (h->population != RECIPE_NONE)
        from[n++] = &r->population[h->population].from;
    from[n++] = &r->areas[h->areas].from;
    if (!s->chart && h->map.draw_zones)
        from[n++] = &r->zones.from;
    if (!s->chart && h->map.draw_streets)
        from[n++] = &r->streets.from;
    if (!s->chart && h->map.draw_water)
        from[n++] = &r->water.from;
    return project_credits(from, n, s->l, out);
}

/* The clusters that are no chance, as outlines; *out stays NULL without any. */
static hz_status select_circles(const hz_clustering *c, double alpha, hz_layer **out, hz_error *err)
{
    size_t n = c->scanned ? hz_layer_rows(c->scan.clusters) : 0;
    const double *p = n ? hz_layer_numbers(c->scan.clusters, "p") : NULL;
    if (!c->sure)
        return HZ_OK;
    unsigned char *keep = hz_mem_new(n, 1);
    if (!keep)
        return hz_mem_fail(err, "clusters");
    for (size_t i = 0; i < n; i++)
        keep[i] = p[i] <= alpha;
    hz_status st = hz_layer_select(c->scan.clusters, keep, out, err);
    hz_mem_free(keep);
    return st;
}

static hz_status draw_map(const project *p, picture *s, const hz_sheet_words *text,
                          hz_fonts *fonts, const hz_notice *notice, hz_error *err)
{
    static const char *const counts[][LANGUAGES] = {
        { "Number of areas in brackets", "Antal områder i parentes" },
        { "Number of cells in brackets", "Antal celler i parentes" },
    };
    const recipe_hotspots *h = &p->r->hotspots[s->cluster];
    const hz_clustering *c = &p->clusters[s->cluster].found;
    hz_layer *circles = NULL;
    hz_sheet_cells cells = { .units = c->units.table, .class_column = "class", .state = "state",
                             .quadrants = h->opts.method == HZ_LOCAL_MORAN,
                             .alpha = h->opts.alpha, .counts = counts[h->cell > 0][s->l] };
    hz_sheet_data data = { .areas = c->areas, .name = "name", .cells = &cells,
                           .water = h->map.draw_water ? p->water : NULL,
                           .streets = h->map.draw_streets ? p->streets : NULL,
                           .outside = h->map.draw_outside ? p->outside : NULL };
    char number[40];
    if (h->map.draw_zones) {
        data.zones = p->zones;
        data.zone_title = words_in(&p->r->zones.from.title, s->l, NULL);
        data.zone_name = p->r->zones.label ? p->r->zones.label : "name";
    }
    hz_text_addf(&s->label, s->l == HZ_DANISH ? "Klynger af enhver størrelse, p\u00a0\u2264\u00a0%s"
                                             : "Clusters of any size, p\u00a0\u2264\u00a0%s",
                 hz_number_format(number, sizeof number, h->opts.alpha,
                                  h->opts.alpha >= 0.01 ? 2 : 4, s->l));
    cells.circles_label = hz_text_get(&s->label);
    hz_status st = check_texts(s, err);
    if (!st)
        st = select_circles(c, h->opts.alpha, &circles, err);
    cells.circles = circles;
    if (!st)
        st = hz_sheet_compose(&data, text, &s->look, fonts, &s->scene, &s->sheet, notice, err);
    hz_layer_free(circles);
    return st;
}

static hz_status draw_chart(const project *p, picture *s, const hz_sheet_words *text,
                            hz_fonts *fonts, const hz_notice *notice, hz_error *err)
{
    const hz_clustering *c = &p->clusters[s->cluster].found;
    bool da = s->l == HZ_DANISH;
    const char *names[HZ_CLUSTERING_SPREADS];
    hz_lorenz_data data = { .found = c->spread, .name = names, .panels = c->spreads };
    for (size_t k = 0; k < c->spreads; k++) {
        hz_text_addf(&s->panel[k], da ? "Celler på %s" : "Cells of %s", c->spread_name[k]);
        names[k] = hz_text_get(&s->panel[k]);
    }
    hz_text_add(&s->x_title, da ? "Andel af cellerne, færreste først, %"
                                : "Share of the cells, fewest first, %");
    data.x_title = hz_text_get(&s->x_title);
    hz_status st = check_texts(s, err);
    return st ? st : hz_chart_lorenz(&data, text, &s->look, fonts, &s->scene, NULL, notice, err);
}

static void say(const project *p, picture *s)
{
    project_cluster_facts(p, s->cluster, s->l, s->spread_name, &s->period, &s->facts);
    if (s->facts.made_up)
        hz_caption_made_up(s->l, &s->made_up);
    if (s->chart) {
        hz_text_addf(&s->quantity, s->l == HZ_DANISH ? "Andel af %s" : "Share of the %s",
                     s->facts.noun);
        if (*s->facts.period)
            hz_text_addf(&s->quantity, ", %s", s->facts.period);
        hz_text_add(&s->quantity, ", %");
        hz_caption_lorenz_alt(&s->facts, &s->alt);
        hz_caption_lorenz_method(&s->facts, &s->method);
        hz_caption_hotspots_spread(&s->facts, &s->caption);
        if (s->facts.made_up)
            hz_caption_made_up(s->l, &s->caption);
    } else {
        hz_caption_hotspots_quantity(&s->facts, &s->quantity);
        hz_caption_hotspots_alt(&s->facts, &s->alt);
        hz_caption_hotspots_figure(&s->facts, &s->caption);
        hz_caption_hotspots_method(&s->facts, &s->method);
        hz_caption_hotspots_power(&s->facts, &s->power);
        hz_text_addf(&s->below, "%s.", hz_text_get(&s->quantity));
        if (s->facts.made_up)
            hz_caption_made_up(s->l, &s->below);
    }
}

static hz_status compose(const project *p, picture *s, hz_fonts *fonts, hz_error *err)
{
    const recipe_hotspots *h = &p->r->hotspots[s->cluster];
    const hz_notice *notice = s->size == 0 && s->language == 0 ? p->notice : NULL;
    const char *notes[4], *credits[RECIPE_CREDITS];
    hz_sheet_words text = { .notes = notes, .sources = credits, .date = p->r->date };
    say(p, s);
    hz_status st = check_texts(s, err);
    if (st)
        return st;
    text.title = s->chart ? NULL : words_in(&h->map.title, s->l, NULL);
    text.subtitle = s->chart ? NULL : words_in(&h->map.subtitle, s->l, NULL);
    text.quantity = hz_text_get(&s->quantity);
    text.alt = hz_text_get(&s->alt);
    text.made_up = s->facts.made_up ? hz_text_get(&s->made_up) : NULL;
    text.source_count = gather_credits(p, s, credits);
    notes[text.note_count++] = hz_text_get(&s->method);
    if (!s->chart)
        notes[text.note_count++] = hz_text_get(&s->power);
    const char *own = words_in(&h->note, s->l, NULL);
    const char *of_events = h->value ? NULL
                                     : words_in(&p->r->events[h->events].from.note, s->l, NULL);
    if (own)
        notes[text.note_count++] = own;
    if (of_events)
        notes[text.note_count++] = of_events;
    return s->chart ? draw_chart(p, s, &text, fonts, notice, err)
                    : draw_map(p, s, &text, fonts, notice, err);
}

static hz_status draw_one(project *p, size_t i, bool chart, size_t size, size_t language,
                          hz_fonts *fonts, hz_error *err)
{
    const recipe_map *m = &p->r->hotspots[i].map;
    picture s = { .cluster = i, .size = size, .language = language, .chart = chart,
                  .l = p->r->languages[language] };
    size_t shown = recipe_report_size(m), page = chart ? shown : size;
    drawing *d = chart ? &p->clusters[i].chart[language]
                 : size == shown ? &p->clusters[i].map[language] : NULL;
    project_cluster_name(p, i, s.name, sizeof s.name);
    hz_status st = project_look(p, m->style, m->sizes[page], s.l, &s.look, err);
    if (!st)
        st = compose(p, &s, fonts, err);
    const picture_files files = { chart ? "charts" : "maps", s.name, size ? m->sizes[size] : NULL,
                                  s.l, language == 0, &s.look, s.scene,
                                  chart ? NULL : &s.sheet.frame };
    /* in a report the findings stand beside the map, and need not be said again below it */
    if (!st && d)
        st = drawing_tell(d, s.l, &s.alt, chart ? &s.caption : &s.below, err);
    if (!st && d)
        st = project_words(p, &files, &s.alt, &s.caption, err);
    if (!st)
        st = project_pictures(p, &files, fonts, d, err);
    if (st && st != HZ_EMEMORY)
        hz_fail_within(err, "hotspots '%s' (%s, %s)", m->name, m->sizes[size],
                       language_code(s.l));
    clear(&s);
    return st;
}

/* What the Lorenz curves are drawn from. */
static hz_status write_curves(project *p, size_t i, hz_error *err)
{
    const hz_clustering *c = &p->clusters[i].found;
    const char *columns[10], *names[HZ_CLUSTERING_SPREADS];
    char name[RECIPE_NAME], *path = NULL;
    hz_layer *curves = NULL;
    size_t n;
    const char *const *usual = hz_concentration_columns_of_curve(&n);
    memcpy(columns, usual, n * sizeof *usual);
    for (size_t k = 0; k < c->spreads; k++)
        names[k] = c->spread_name[k];
    hz_status st = hz_concentration_curves(c->spread, names, c->spreads, &curves, err);
    if (!st && recipe_hotspots_are_made_up(p->r, &p->r->hotspots[i])) {
        st = project_add_origin(curves, err);
        columns[n++] = "origin";
    }
    if (!st)
        st = project_output(p, &path, err, "charts/%s.csv",
                            project_cluster_name(p, i, name, sizeof name));
    if (!st)
        st = hz_csv_write(curves, columns, NULL, n, path, NULL, err);
    hz_mem_free(path);
    hz_layer_free(curves);
    return st;
}

hz_status project_cluster_pictures(project *p, size_t i, hz_error *err)
{
    const recipe_hotspots *h = &p->r->hotspots[i];
    hz_fonts *fonts = NULL;
    hz_status st = HZ_OK;
    if (!h->draw && !h->side_count)
        return HZ_OK;
    st = hz_fonts_new(p->look.family, NULL, &fonts, err);
    for (size_t k = 0; !st && h->draw && k < h->map.size_count; k++)
        for (size_t l = 0; !st && l < p->r->language_count; l++)
            st = draw_one(p, i, false, k, l, fonts, err);
    for (size_t l = 0; !st && h->side_count && l < p->r->language_count; l++)
        st = draw_one(p, i, true, 0, l, fonts, err);
    if (!st && h->side_count)
        st = write_curves(p, i, err);
    hz_fonts_free(fonts);
    return st;
}
