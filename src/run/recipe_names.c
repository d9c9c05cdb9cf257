/* What the files of a recipe will be called, and that no two of them are called the same. */
#include <stdio.h>
#include <string.h>

#include "hotzone/mem.h"
#include "run/recipe_read.h"

/* One file, or a group of files with one stem. */
typedef struct {
    const char *room; /* directory */
    char stem[RECIPE_NAME + 48];
    size_t line;
} planned;

typedef struct {
    planned *file;
    size_t count;
} plan;

bool recipe_is_made_up(const recipe *r, size_t analysis, size_t areas)
{
    const recipe_analysis *a = &r->analyses[analysis];
    bool made_up = r->events[a->events].from.made_up || r->areas[areas].from.made_up;
    for (size_t i = 0; i < a->population_count; i++)
        made_up |= r->population[a->population[i]].from.made_up;
    return made_up;
}

bool recipe_change_is_made_up(const recipe *r, const recipe_change *c)
{
    return r->events[c->events].from.made_up || r->areas[c->areas].from.made_up ||
           (c->population != RECIPE_NONE && r->population[c->population].from.made_up);
}

bool recipe_hotspots_are_made_up(const recipe *r, const recipe_hotspots *h)
{
    return (!h->value && r->events[h->events].from.made_up) || r->areas[h->areas].from.made_up ||
           (h->population != RECIPE_NONE && r->population[h->population].from.made_up);
}

const char *recipe_file(const recipe_events *e, size_t k)
{
    return k ? e->also[k - 1] : e->from.source;
}

bool recipe_focus_is_made_up(const recipe *r, const recipe_focus *f)
{
    return !f->published &&
           (r->events[f->events].from.made_up || r->areas[f->areas].from.made_up ||
            (f->population != RECIPE_NONE && r->population[f->population].from.made_up));
}

bool recipe_zones_are_made_up(const recipe *r, const recipe_zones *z)
{
    bool made_up = r->events[z->events].from.made_up || z->zones.from.made_up ||
                   z->boundaries.from.made_up || z->drawn.from.made_up || z->network.made_up ||
                   z->hot.made_up || z->zone_searches.made_up;
    for (size_t i = 0; i < z->area_count; i++)
        made_up |= r->areas[z->areas[i]].from.made_up;
    return made_up || (z->population != RECIPE_NONE && r->population[z->population].from.made_up) ||
           (z->searches != RECIPE_NONE && r->events[z->searches].from.made_up);
}

char *recipe_file_name(char *buf, size_t size, const char *name, bool made_up)
{
    snprintf(buf, size, "%.200s%s", name, made_up && !strstr(name, "synthetic") ? "-synthetic" : "");
    return buf;
}

char *recipe_result_name(const recipe *r, size_t analysis, size_t k, char *buf, size_t size)
{
    const recipe_analysis *a = &r->analyses[analysis];
    char plain[RECIPE_NAME];
    snprintf(plain, sizeof plain, "%s%s%s", a->name, k ? "-" : "",
             k ? r->areas[a->areas[k]].from.name : "");
    return recipe_file_name(buf, size, plain, recipe_is_made_up(r, analysis, a->areas[k]));
}

static void add(recipe_reader *in, plan *p, const char *room, const char *stem, size_t line)
{
    for (size_t i = 0; i < p->count; i++)
        if (strcmp(p->file[i].room, room) == 0 && strcmp(p->file[i].stem, stem) == 0) {
            hz_faults_add(in->faults, line, "%s/%s is also written by what stands in line %zu, "
                          "expected different names", room, stem, p->file[i].line);
            return;
        }
    planned *f = &p->file[p->count++];
    f->room = room;
    f->line = line;
    snprintf(f->stem, sizeof f->stem, "%s", stem);
}

/* A picture has a file for each size, the first without the size in its name. */
static void add_sizes(recipe_reader *in, plan *p, const char *room, const char *name,
                      const char *const *sizes, size_t n, size_t line)
{
    for (size_t k = 0; k < n; k++) {
        char stem[RECIPE_NAME + 48];
        snprintf(stem, sizeof stem, "%s%s%.20s", name, k ? "-" : "", k ? sizes[k] : "");
        add(in, p, room, stem, line);
    }
}

static void add_tables(recipe_reader *in, plan *p)
{
    const recipe *r = in->r;
    char name[RECIPE_NAME];
    for (size_t i = 0; i < r->analysis_count; i++)
        for (size_t k = 0; k < r->analyses[i].area_count && r->analyses[i].name; k++)
            add(in, p, "tables", recipe_result_name(r, i, k, name, sizeof name),
                r->analyses[i].line);
    for (size_t i = 0; i < r->change_count; i++)
        if (r->changes[i].name)
            add(in, p, "tables", recipe_file_name(name, sizeof name, r->changes[i].name,
                                                  recipe_change_is_made_up(r, &r->changes[i])),
                r->changes[i].line);
    for (size_t i = 0; i < r->survey_count; i++)
        if (r->surveys[i].from.name)
            add(in, p, "tables", recipe_file_name(name, sizeof name, r->surveys[i].from.name,
                                                  r->surveys[i].from.made_up),
                r->surveys[i].from.line);
}

/* A hotspot analysis has up to four tables, and a map and a chart of its own name. */
static void add_hotspots(recipe_reader *in, plan *p)
{
    static const char *const more[] = { "", "-clusters", "-members", "-concentration" };
    const recipe *r = in->r;
    char name[RECIPE_NAME], stem[RECIPE_NAME + 48];
    for (size_t i = 0; i < r->hotspot_count; i++) {
        const recipe_hotspots *h = &r->hotspots[i];
        const bool written[] = { true, h->scan, h->scan, h->side_count > 0 };
        if (!h->name)
            continue;
        recipe_file_name(name, sizeof name, h->name, recipe_hotspots_are_made_up(r, h));
        for (size_t k = 0; k < 4; k++) {
            snprintf(stem, sizeof stem, "%s%s", name, more[k]);
            if (written[k])
                add(in, p, "tables", stem, h->line);
        }
        if (h->draw)
            add_sizes(in, p, "maps", name, h->map.sizes, h->map.size_count, h->line);
        if (h->side_count)
            add_sizes(in, p, "charts", name, h->map.sizes, 1, h->line);
    }
}

/* A focus has up to seven tables, two maps and two charts. */
static void add_focuses(recipe_reader *in, plan *p)
{
    static const char *const tables[] = { "", "-frontier", "-frontier-later", "-ways",
                                          "-periods" };
    static const char *const charts[] = { "-broadening", "-shift" };
    const recipe *r = in->r;
    char name[RECIPE_NAME], stem[RECIPE_NAME + 48];
    for (size_t i = 0; i < r->focus_count; i++) {
        const recipe_focus *f = &r->focuses[i];
        recipe_file_name(name, sizeof name, f->name, recipe_focus_is_made_up(r, f));
        for (size_t k = 0; k < 5 && (k == 0 || !f->published); k++) {
            snprintf(stem, sizeof stem, "%s%s", name, tables[k]);
            add(in, p, "tables", stem, f->line);
        }
        for (size_t k = 0; k < 2 && !f->published; k++) {
            snprintf(stem, sizeof stem, "%s%s", name, charts[k]);
            add_sizes(in, p, "charts", stem, f->map.sizes, 1, f->line);
        }
        if (f->draw)
            add_sizes(in, p, "maps", name, f->map.sizes, f->map.size_count, f->line);
        if (!f->residents.from.source)
            continue;
        snprintf(stem, sizeof stem, "%.100s-residents", f->name);
        recipe_file_name(name, sizeof name, stem, f->residents.from.made_up);
        add(in, p, "tables", name, f->line);
        if (f->draw)
            add_sizes(in, p, "maps", name, f->map.sizes, f->map.size_count, f->line);
    }
}

/* Up to four tables. */
static void add_flows(recipe_reader *in, plan *p)
{
    static const char *const tables[] = { "", "-shares", "-bands", "-account" };
    const recipe_flows *f = &in->r->flows;
    char name[RECIPE_NAME], stem[RECIPE_NAME + 16];
    for (size_t k = 0; f->given && k < (f->pairs.source ? 2 : 4); k++) {
        recipe_file_name(name, sizeof name, f->name,
                         f->residents.made_up || f->events.made_up || f->pairs.made_up);
        snprintf(stem, sizeof stem, "%s%s", name, tables[k]);
        add(in, p, "tables", stem, f->line);
    }
}

/* Zones have tables and a map of their own name; cards are named after ids, which the sources hold. */
static void add_zones(recipe_reader *in, plan *p)
{
    static const char *const more[] = { "", "-trace", "-pairs", "-timeline", "-steps",
                                        "-proposal" };
    const recipe *r = in->r;
    char name[RECIPE_NAME], stem[RECIPE_NAME + 16];
    for (size_t i = 0; i < r->zone_card_count; i++) {
        const recipe_zones *z = &r->zone_cards[i];
        const bool written[] = { true, z->boundaries.from.source, z->compare, z->timeline,
                                 z->timeline, z->proposal.like };
        if (!z->name)
            continue;
        recipe_file_name(name, sizeof name, z->name, recipe_zones_are_made_up(r, z));
        for (size_t k = 0; k < 6; k++) {
            snprintf(stem, sizeof stem, "%s%s", name, more[k]);
            if (written[k])
                add(in, p, "tables", stem, z->line);
        }
        if (z->draw)
            add_sizes(in, p, "maps", name, z->map.sizes, z->map.size_count, z->line);
        snprintf(stem, sizeof stem, "%s-proposal", name);
        if (z->draw && z->proposal.like)
            add_sizes(in, p, "maps", stem, z->map.sizes, z->map.size_count, z->line);
    }
}

static void add_pictures(recipe_reader *in, plan *p)
{
    const recipe *r = in->r;
    char name[RECIPE_NAME];
    for (size_t i = 0; i < r->map_count; i++) {
        const recipe_map *m = &r->maps[i];
        if (m->name)
            add_sizes(in, p, "maps",
                      recipe_file_name(name, sizeof name, m->name,
                                       recipe_is_made_up(r, m->analysis, m->areas)),
                      m->sizes, m->size_count, m->line);
    }
    for (size_t i = 0; i < r->chart_count; i++) {
        const recipe_chart *c = &r->charts[i];
        if (c->name)
            add_sizes(in, p, "charts",
                      recipe_file_name(name, sizeof name, c->name,
                                       recipe_is_made_up(r, c->analysis, c->areas)),
                      c->sizes, c->size_count, c->line);
    }
}

void recipe_check_outputs(recipe_reader *in)
{
    const recipe *r = in->r;
    size_t room = r->change_count + r->survey_count +
                  RECIPE_SIZES * (r->map_count + r->chart_count) +
                  (4 + RECIPE_SIZES + 1) * r->hotspot_count +
                  (6 + 2 * RECIPE_SIZES + 2) * r->focus_count + 4 +
                  (6 + 2 * RECIPE_SIZES) * r->zone_card_count;
    plan p = { 0 };
    for (size_t i = 0; i < r->analysis_count; i++)
        room += r->analyses[i].area_count;
    /* without a source of areas or events there are faults already, and nothing to name */
    if (in->st || !r->area_count || !r->event_count || !room)
        return;
    p.file = hz_mem_new(room, sizeof *p.file);
    if (!p.file) {
        in->st = hz_mem_fail(in->err, r->path);
        return;
    }
    add_tables(in, &p);
    add_pictures(in, &p);
    add_hotspots(in, &p);
    add_focuses(in, &p);
    add_flows(in, &p);
    add_zones(in, &p);
    hz_mem_free(p.file);
}
