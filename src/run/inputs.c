/* Reads every source of a project, and notes it in the manifest. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "hotzone/file.h"
#include "hotzone/hash.h"
#include "hotzone/mem.h"
#include "hotzone/source.h"
#include "run/zones.h"

/* Where a source was named in the recipe stands before what is wrong with it. */
static hz_status at_line(const project *p, const origin *from, hz_status st, hz_error *err)
{
    if (!st || st == HZ_EMEMORY)
        return st;
    if (st == HZ_EUSAGE) /* not the command is wrong but the recipe */
        err->status = HZ_EFORMAT;
    return hz_fail_within(err, "%s:%zu", p->r->path, from->line);
}

const char *source_shown(const origin *from, const hz_layer *layer)
{
    if (from->several) /* read_files has named them */
        return hz_layer_source(layer);
    size_t scheme = strcspn(from->source, ":/|");
    if (*from->source == '/') { /* where things lie on this machine is nobody's business */
        const char *last = from->source, *end = last + strcspn(last, "|");
        for (const char *c = last; c < end; c++)
            if (*c == '/')
                last = c + 1;
        return last;
    }
    return scheme > 1 && from->source[scheme] == ':' ? hz_layer_source(layer) : from->source;
}

/* Points of people, of whom no number of rows may be told. */
static bool is_of_residents(const project *p, const origin *from)
{
    for (size_t i = 0; i < p->r->focus_count; i++)
        if (from == &p->r->focuses[i].residents.from)
            return true;
    const recipe_flows *f = &p->r->flows;
    return from == &f->residents || from == &f->events || from == &f->pairs;
}

/* Is this a source of events that some table hides small counts of, or of people? */
static bool is_hiding(const project *p, const origin *from)
{
    if (is_of_residents(p, from))
        return true;
    for (size_t i = 0; i < p->r->event_count; i++)
        if (from == &p->r->events[i].from)
            return recipe_hides(p->r, i);
    return false;
}

/* The files that make a Shapefile whole: its attributes, index, reference system and encoding. */
static hz_status note_siblings(project *p, const char *role, const origin *from, const char *path,
                               const char *shown, hz_error *err)
{
    static const char *const ends[] = { "dbf", "shx", "prj", "cpg" };
    static const char *const large[] = { "DBF", "SHX", "PRJ", "CPG" };
    size_t n = strlen(path), m = strcspn(shown, "|");
    hz_status st = HZ_OK;

    if (n < 4 || m < 4 || strcasecmp(path + n - 4, ".shp") != 0 || from->sensitive)
        return HZ_OK; /* no plain hash is written of what is sensitive */
    for (size_t i = 0; !st && i < 2 * sizeof ends / sizeof *ends; i++) {
        const char *end = i % 2 ? large[i / 2] : ends[i / 2];
        hz_text full = { 0 }, name = { 0 };
        char hex[65];
        struct stat info;
        hz_text_add_n(&full, path, n - 3);
        hz_text_add(&full, end);
        hz_text_add_n(&name, shown, m - 3);
        hz_text_add(&name, end);
        hz_manifest_input input = { .role = role, .path = hz_text_get(&name), .sha256 = hex };
        if (full.failed || name.failed) {
            st = hz_mem_fail(err, path);
        } else if (stat(full.data, &info) == 0 && S_ISREG(info.st_mode)) {
            input.bytes = (size_t)info.st_size;
            st = hz_hash_file(full.data, hex, err);
            if (!st)
                st = hz_manifest_add_input(p->manifest, &input, err);
        }
        hz_text_free(&full);
        hz_text_free(&name);
    }
    return st;
}

/* @param told  of people: how many rows were read, as it may be told; NAN: it may not, or not yet */
static hz_status note_input(project *p, const char *role, const origin *from, bool hides, double told,
                            const hz_layer *layer, hz_error *err)
{
    bool withheld = from->sensitive || hides;
    const hz_intake *intake = hz_layer_intake(layer);
    char *full = hz_file_beside(p->r->path, from->source);
    char role_name[160], hex[65];
    hz_source source = { 0 };
    struct stat info;
    origin one = *from;
    one.several = false;
    hz_manifest_input input = { .role = role_name, .path = source_shown(&one, layer),
                                .sensitive = withheld, .uncounted = hides && isnan(told),
                                .made_up = from->made_up,
                                .rows_read = isnan(told) ? intake->read : (size_t)told,
                                .rows_refused = intake->refused,
                                .refused_why = intake->why };
    hz_status st = full ? hz_source_parse(full, &source, err) : hz_mem_fail(err, from->source);

    snprintf(role_name, sizeof role_name, "%s%s%s", role, strcmp(role, from->name) ? ":" : "",
             strcmp(role, from->name) ? from->name : "");
    if (!st)
        st = project_note_read(p, source.path, err);
    /* a service has no file to take a sum of */
    if (!st && stat(source.path, &info) == 0 && S_ISREG(info.st_mode)) {
        input.bytes = (size_t)info.st_size;
        if (!withheld || from->made_up) { /* made-up people are nobody */
            st = hz_hash_file(source.path, hex, err);
            input.sha256 = hex;
        } else if (p->key) {
            st = hz_hash_file_keyed(source.path, p->key, p->key_size, hex, err);
            input.sha256 = hex;
            input.keyed = true;
        }
    }
    if (!st)
        st = hz_manifest_add_input(p->manifest, &input, err);
    if (!st)
        st = note_siblings(p, role_name, from, source.path, input.path, err);
    hz_source_free(&source);
    hz_mem_free(full);
    return st;
}

/* Of persons, and of events whose small counts are hidden, no number of rows is told. */
static void warn_of_refused(const project *p, const hz_layer *layer, bool hides)
{
    const hz_intake *in = hz_layer_intake(layer);
    if (in->refused && hides)
        hz_warn(p->notice, "%s: some rows refused; hotzone check says which", hz_layer_name(layer));
    else if (in->refused)
        hz_warn(p->notice, "%s: %zu of %zu rows refused: %s", hz_layer_name(layer), in->refused,
                in->read, in->why);
}

/* kind HZ_NOSHAPE: whatever it is */
static hz_status read_one(project *p, const char *role, const origin *from, bool hides,
                          hz_shape_kind kind, hz_layer **out, hz_error *err)
{
    hz_source_opts opts = { .x = from->x, .y = from->y, .crs = from->crs };
    bool people = is_of_residents(p, from);
    const hz_notice *notice = people ? NULL : p->notice;
    hz_status st = project_go_on(p, err);
    if (st)
        return st;
    char *full = hz_file_beside(p->r->path, from->source);
    if (!full)
        return hz_mem_fail(err, from->source);
    st = kind == HZ_NOSHAPE ? hz_source_read(full, &opts, out, notice, err)
                            : hz_source_read_kind(full, &opts, kind, out, notice, err);
    if (!st)
        warn_of_refused(p, *out, hides);
    if (!st)
        st = note_input(p, role, from, hides, NAN, *out, err);
    hz_mem_free(full);
    return at_line(p, from, st, err);
}

hz_status project_count_people(project *p, const origin *from, const hz_layer *people, double told,
                               hz_error *err)
{
    return isnan(told) ? HZ_OK : note_input(p, "residents", from, true, told, people, err);
}

hz_status project_read_layer(project *p, const char *role, const origin *from, hz_shape_kind kind,
                             hz_layer **out, hz_error *err)
{
    return read_one(p, role, from, is_hiding(p, from), kind, out, err);
}

/* Located events and maps need polygons; ready-made counts are content with a list of areas. */
bool project_needs_polygons(const recipe *r, size_t areas)
{
    for (size_t i = 0; i < r->analysis_count; i++)
        for (size_t k = 0; k < r->analyses[i].area_count; k++)
            if (r->analyses[i].areas[k] == areas && !r->events[r->analyses[i].events].ready_made)
                return true;
    for (size_t i = 0; i < r->change_count; i++)
        if (r->changes[i].areas == areas && !r->events[r->changes[i].events].ready_made)
            return true;
    for (size_t i = 0; i < r->hotspot_count; i++)
        if (r->hotspots[i].areas == areas)
            return true;
    for (size_t i = 0; i < r->focus_count; i++)
        if (!r->focuses[i].published && r->focuses[i].areas == areas &&
            (r->focuses[i].draw || !r->events[r->focuses[i].events].ready_made))
            return true;
    if (r->flows.given && r->flows.areas == areas && !r->flows.pairs.source)
        return true;
    for (size_t i = 0; i < r->zone_card_count; i++)
        for (size_t k = 0; k < r->zone_cards[i].area_count; k++)
            if (r->zone_cards[i].areas[k] == areas)
                return true;
    for (size_t i = 0; i < r->map_count; i++)
        if (r->maps[i].areas == areas)
            return true;
    return false;
}

static hz_status read_areas(project *p, size_t i, hz_error *err)
{
    hz_shape_kind kind = project_needs_polygons(p->r, i) ? HZ_POLYGON : HZ_NOSHAPE;
    hz_status st = project_read_layer(p, "areas", &p->r->areas[i].from, kind, &p->areas[i], err);
    return st || kind == HZ_POLYGON ? st : hz_source_mend(p->areas[i], p->notice, err);
}

/* The system to measure and draw in: as the recipe says, else the first areas' own if it is
 * metric, else the one for their place.  Where nothing is located or drawn none is needed. */
static hz_status choose_crs(project *p, hz_error *err)
{
    const hz_layer *areas = NULL, *lost = NULL;
    hz_status st;

    for (size_t i = 0; i < p->r->area_count && !areas; i++) {
        bool placed = hz_layer_shapes(p->areas[i]) && hz_layer_crs(p->areas[i]);
        areas = placed ? p->areas[i] : NULL;
        lost = !placed && !lost && project_needs_polygons(p->r, i) ? p->areas[i] : lost;
    }
    if (!areas && !lost && !p->r->crs)
        return HZ_OK;
    const hz_crs *own = areas ? hz_layer_crs(areas) : NULL;

    if (p->r->crs) {
        st = hz_crs_new(p->r->crs, &p->crs, err);
        if (!st)
            st = hz_crs_need_metres(p->crs, p->r->path, p->notice, err);
        return st;
    }
    if (!own)
        return hz_fail(err, HZ_ECRS, "%s: has no reference system, expected `crs:` beside its "
                       "source in %s", hz_layer_name(lost), p->r->path);
    if (!hz_crs_is_degrees(own) && !hz_crs_is_web_mercator(own)) {
        p->crs = hz_crs_copy(own);
        return p->crs ? HZ_OK : hz_mem_fail(err, "crs");
    }
    st = hz_crs_metric_about(own, hz_shapes_box(hz_layer_shapes(areas)), &p->crs, err);
    if (st == HZ_ECRS)
        st = hz_fail(err, HZ_ECRS, "%s: has no place on earth, expected `crs:` in %s",
                     hz_layer_name(areas), p->r->path);
    return st;
}

static hz_status read_backdrop(project *p, const char *role, const recipe_backdrop *b,
                               hz_shape_kind kind, hz_layer **out, hz_error *err)
{
    if (!b->from.source)
        return HZ_OK;
    if (!p->crs)
        return hz_fail(err, HZ_ECRS, "%s:%zu: %s has no map to stand on, expected areas with shapes",
                       p->r->path, b->from.line, role);
    hz_status st = project_read_layer(p, role, &b->from, kind, out, err);
    return st ? st : at_line(p, &b->from, hz_layer_to_crs(*out, p->crs, err), err);
}

/* One file of located events, its dates read. */
static hz_status read_file(project *p, const recipe_events *e, const origin *file,
                           const char **time, hz_layer **out, hz_error *err)
{
    size_t bad = 0, first = 0, found;
    bool hides = is_hiding(p, &e->from);
    hz_status st = read_one(p, "events", file, hides, HZ_POINT, out, err);
    const char *const asked[] = { e->kind, e->precision };

    *time = NULL;
    if (!st)
        st = at_line(p, file, hz_match_time(*out, e->time, time, err), err);
    if (!st && *time)
        st = at_line(p, file, hz_layer_read_dates(*out, *time, e->time_format, &bad, &first, err),
                     err);
    if (!st && bad && hides)
        hz_warn(p->notice, "%s: some rows have no readable date in '%s'; hotzone check says which",
                hz_layer_name(*out), *time);
    else if (!st && bad)
        hz_warn(p->notice, "%s: %zu of %zu rows have no readable date in '%s' (first: row %zu)",
                hz_layer_name(*out), bad, hz_layer_rows(*out), *time, first + 1);
    for (size_t i = 0; !st && file->several && i < sizeof asked / sizeof *asked; i++)
        if (asked[i])
            st = at_line(p, file, hz_layer_need(*out, asked[i], &found, err), err);
    return st;
}

/* Several files as one source: each is read, complained of and noted by itself. */
static hz_status read_files(project *p, const recipe_events *e, hz_layer **out, hz_error *err)
{
    hz_layer *parts[RECIPE_FILES + 1] = { NULL };
    const char *time = NULL, *first = NULL;
    size_t n = e->also_count + 1;
    hz_status st = HZ_OK;

    for (size_t i = 0; !st && i < n; i++) {
        origin one = e->from;
        one.source = recipe_file(e, i);
        st = read_file(p, e, &one, &time, &parts[i], err);
        if (!st && i > 0 && (!time != !first || (time && strcasecmp(time, first) != 0)))
            st = at_line(p, &one, hz_fail(err, HZ_EFORMAT, "%s: has %s%s%s, expected %s%s%s as %s",
                                          hz_layer_name(parts[i]), time ? "dates in '" :
                                          "no column of dates", time ? time : "", time ? "'" : "",
                                          first ? "them in '" : "none", first ? first : "",
                                          first ? "'" : "", hz_layer_name(parts[0])), err);
        if (i == 0)
            first = time;
        one.several = false;
        if (!st)
            st = hz_layer_set_source(parts[i], source_shown(&one, parts[i]), err);
    }
    if (!st)
        st = at_line(p, &e->from, hz_layer_stack(parts, n, out, p->notice, err), err);
    for (size_t i = 0; i < n; i++)
        hz_layer_free(parts[i]);
    return st;
}

static hz_status read_events(project *p, size_t i, hz_error *err)
{
    const recipe_events *e = &p->r->events[i];
    const char *time;
    if (e->ready_made)
        return project_read_layer(p, "counts", &e->from, HZ_NOSHAPE, &p->events[i], err);
    return e->from.several ? read_files(p, e, &p->events[i], err)
                           : read_file(p, e, &e->from, &time, &p->events[i], err);
}

hz_status project_read(project *p, hz_error *err)
{
    const recipe *r = p->r;
    hz_status st = HZ_OK;

    for (size_t i = 0; !st && i < r->area_count; i++)
        st = read_areas(p, i, err);
    if (!st)
        st = choose_crs(p, err);
    for (size_t i = 0; !st && i < r->population_count; i++)
        st = project_read_layer(p, "population", &r->population[i].from, HZ_NOSHAPE,
                                &p->population[i], err);
    for (size_t i = 0; !st && i < r->event_count; i++)
        st = read_events(p, i, err);
    for (size_t i = 0; !st && i < r->survey_count; i++)
        st = project_read_layer(p, "survey", &r->surveys[i].from, HZ_NOSHAPE, &p->surveys[i], err);
    if (!st)
        st = read_backdrop(p, "water", &r->water, HZ_POLYGON, &p->water, err);
    if (!st)
        st = read_backdrop(p, "streets", &r->streets, HZ_LINE, &p->streets, err);
    if (!st)
        st = read_backdrop(p, "outside", &r->outside, HZ_POLYGON, &p->outside, err);
    if (!st)
        st = read_backdrop(p, "zones", &r->zones, HZ_POLYGON, &p->zones, err);
    if (!st)
        st = project_focus_read(p, err);
    if (!st)
        st = project_flows_read(p, err);
    return st ? st : project_zones_read(p, err);
}
