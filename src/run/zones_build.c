/* Makes polygons of a project's zones: as they were read, built from lists of streets, or drawn. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/trace_report.h"
#include "run/zones.h"

#define BRIDGED_SHARE 0.01 /* of a border on no listed street: from there on it is not wholly known */
enum { NOT_DRAWN = -1 };

/* What is made on the way, row by row of the table of zones. */
typedef struct {
    project *p;
    const recipe_zones *of;
    zoned *z;
    hz_error *err;
    hz_layer *table;          /* those asked for */
    size_t rows, id, name;    /* columns; name: rows if there is none */
    hz_trace_network *net;
    hz_trace *traces;
    hz_traced *traced;
    char **ids;
    unsigned char *built, *kept;
    long *drawn_row;
    hz_layer *rings, *drawn;  /* in the project's system */
} building;

static void clear(building *b)
{
    for (size_t i = 0; b->traces && i < b->rows; i++)
        hz_trace_clear(&b->traces[i]);
    for (size_t i = 0; b->ids && i < b->rows; i++)
        hz_mem_free(b->ids[i]);
    hz_mem_free(b->traces);
    hz_mem_free(b->traced);
    hz_mem_free(b->ids);
    hz_mem_free(b->built);
    hz_mem_free(b->kept);
    hz_mem_free(b->drawn_row);
    hz_trace_network_free(b->net);
    hz_layer_free(b->table);
    hz_layer_free(b->rings);
    hz_layer_free(b->drawn);
}

/* ---- which zones -------------------------------------------------------------------------- */

static hz_status find_column(const building *b, const hz_layer *l, const char *named,
                             const char *const *usual, size_t *at)
{
    if (named)
        return hz_layer_need(l, named, at, b->err);
    for (; *usual; usual++)
        if (hz_layer_find(l, *usual) >= 0) {
            *at = (size_t)hz_layer_find(l, *usual);
            return HZ_OK;
        }
    *at = hz_layer_columns(l);
    return HZ_OK;
}

static hz_status value_of(const building *b, const hz_layer *l, size_t column, size_t row, char *buf,
                          size_t size)
{
    if (hz_layer_column_kind(l, column) == HZ_TEXTS) {
        snprintf(buf, size, "%s", hz_layer_text_at(l, column, row));
        return HZ_OK;
    }
    return hz_layer_value_text(l, column, row, buf, size) ? hz_mem_fail(b->err, hz_layer_name(l))
                                                         : HZ_OK;
}

static const char *const usual_ids[] = { "id", "zone_id", "zone", "number", "nr", NULL };
static const char *const usual_names[] = { "name", "navn", "zone_name", "label", NULL };

/* Every id asked for must be there: a zone that is missing from a report is a fault. */
static hz_status keep_wanted(building *b, const hz_layer *all, size_t id, unsigned char *keep)
{
    const recipe_zones *of = b->of;
    size_t n = hz_layer_rows(all);
    bool met[RECIPE_ZONES] = { false };
    char text[200];
    for (size_t r = 0; r < n; r++) {
        hz_status st = id < hz_layer_columns(all) ? value_of(b, all, id, r, text, sizeof text)
                                                  : HZ_OK;
        if (st)
            return st;
        if (id >= hz_layer_columns(all))
            snprintf(text, sizeof text, "%zu", r + 1);
        keep[r] = of->only_count == 0;
        for (size_t k = 0; k < of->only_count; k++)
            if (strcmp(of->only[k], text) == 0)
                keep[r] = met[k] = true;
    }
    for (size_t k = 0; k < of->only_count; k++)
        if (!met[k])
            return hz_fail(b->err, HZ_EDATA, "only: '%s' is no id of %s, expected one",
                           of->only[k], hz_layer_name(all));
    return HZ_OK;
}

static hz_status choose(building *b)
{
    const recipe_zone_source *s = b->of->zones.from.source ? &b->of->zones : &b->of->boundaries;
    const hz_layer *all = b->z->source[0];
    hz_layer *some = NULL;
    size_t id = 0;
    unsigned char *keep = hz_mem_new(hz_layer_rows(all) + 1, 1);
    hz_status st = keep ? find_column(b, all, s->id, usual_ids, &id)
                        : hz_mem_fail(b->err, "zones");
    if (!st)
        st = keep_wanted(b, all, id, keep);
    if (!st)
        st = hz_layer_select(all, keep, &some, b->err);
    if (!st && b->of->in_force_text)
        st = hz_timeline_select(some, s->valid_from, s->valid_to, &b->of->in_force, 1, &b->table,
                                b->p->notice, b->err);
    else if (!st) {
        b->table = some;
        some = NULL;
    }
    hz_layer_free(some);
    hz_mem_free(keep);
    if (st)
        return st;
    b->rows = hz_layer_rows(b->table);
    if (!b->rows)
        return hz_fail(b->err, HZ_EDATA, "%s: no zone is left%s%s, expected one or more",
                       hz_layer_name(all), b->of->in_force_text ? " in force in " : "",
                       b->of->in_force_text ? b->of->in_force_text : "");
    st = find_column(b, b->table, s->id, usual_ids, &b->id);
    return st ? st : find_column(b, b->table, s->label, usual_names, &b->name);
}

static hz_status make_room(building *b)
{
    size_t n = b->rows;
    b->ids = hz_mem_new(n, sizeof *b->ids);
    b->traces = hz_mem_new(n, sizeof *b->traces);
    b->traced = hz_mem_new(n, sizeof *b->traced);
    b->built = hz_mem_new(n, 1);
    b->kept = hz_mem_new(n, 1);
    b->drawn_row = hz_mem_new(n, sizeof *b->drawn_row);
    if (!b->ids || !b->traces || !b->traced || !b->built || !b->kept || !b->drawn_row)
        return hz_mem_fail(b->err, "zones");
    for (size_t r = 0; r < n; r++) {
        char text[200];
        snprintf(text, sizeof text, "%zu", r + 1);
        hz_status st = b->id < hz_layer_columns(b->table)
                           ? value_of(b, b->table, b->id, r, text, sizeof text) : HZ_OK;
        if (st)
            return st;
        hz_text_one_line(text);
        if (!*text)
            return hz_fail(b->err, HZ_EDATA, "%s: row %zu has no id, expected one in every row",
                           hz_layer_name(b->table), r + 1);
        if (!(b->ids[r] = hz_mem_text(text)))
            return hz_mem_fail(b->err, "zones");
        b->drawn_row[r] = NOT_DRAWN;
    }
    return HZ_OK;
}

/* ---- lists of streets --------------------------------------------------------------------- */

static hz_status read_matches(const building *b, char *copy[], hz_trace_match *match)
{
    for (size_t i = 0; i < b->of->match_count; i++) {
        if (!(copy[i] = hz_mem_text(b->of->match[i])))
            return hz_mem_fail(b->err, "match");
        char *sign = strchr(copy[i], '=');
        *sign = '\0';
        match[i] = (hz_trace_match){ copy[i], sign + 1 };
    }
    return HZ_OK;
}

/* What may be another line than the lists mean: one warning for each doubt. */
static void warn_doubts(const building *b)
{
    enum { DOUBTS = 8 };
    struct {
        const hz_trace_item *first;
        const char *zone;
        size_t times;
    } said[DOUBTS];
    size_t n = 0;
    for (size_t r = 0; r < b->rows; r++)
        for (size_t i = 0; b->built[r] && i < b->traces[r].count; i++) {
            const hz_trace_item *item = &b->traces[r].items[i];
            size_t k = 0;
            while (item->doubt && k < n && said[k].first->doubt != item->doubt)
                k++;
            if (!item->doubt || k == DOUBTS)
                continue;
            if (k == n) {
                said[n].first = item;
                said[n].zone = b->ids[r];
                said[n++].times = 0;
            }
            said[k].times++;
        }
    for (size_t k = 0; k < n; k++)
        hz_warn(b->p->notice, "zone-cards '%s': %zu %s followed in doubt, first '%s' of '%s' on %s: %s",
                b->of->name, said[k].times, said[k].times == 1 ? "item is" : "items are",
                said[k].first->listed, said[k].zone, said[k].first->layer, said[k].first->doubt);
}

static hz_status build_lists(building *b)
{
    static const char *const usual[] = { "street_list", "boundary_streets", "boundary", "extent",
                                         "streets", NULL };
    const recipe_zones *of = b->of;
    const hz_layer *streets = b->z->source[2] ? b->z->source[2] : b->p->streets;
    const hz_trace_network_opts how = { of->name_field, NULL, of->gap };
    char *copy[RECIPE_KINDS] = { NULL };
    hz_trace_match match[RECIPE_KINDS];
    const hz_trace_opts opts = { of->allow_gaps, match, of->match_count };
    size_t list = 0;
    hz_status st = find_column(b, b->table, of->boundaries.list, usual, &list);
    if (!st && (list >= hz_layer_columns(b->table) ||
                hz_layer_column_kind(b->table, list) != HZ_TEXTS))
        st = hz_fail(b->err, HZ_EDATA, "%s: has no column of street lists, expected `list:` to name "
                     "one of texts", hz_layer_name(b->table));
    if (!st)
        st = read_matches(b, copy, match);
    if (!st)
        st = hz_trace_network_new(streets, (const hz_layer *const *)(b->z->source + 3),
                                  of->line_count, &how, &b->net, b->p->notice, b->err);
    for (size_t r = 0; !st && r < b->rows; r++) {
        const char *text = hz_layer_text_at(b->table, list, r);
        st = hz_trace_build(b->net, text, &opts, &b->traces[r], b->err);
        b->traced[r] = (hz_traced){ b->ids[r], text, &b->traces[r] };
        b->built[r] = !st && b->traces[r].ring != NULL;
    }
    if (!st)
        warn_doubts(b);
    if (!st)
        st = hz_trace_zones(b->net, b->table, b->traces, b->built, &b->rings, b->err);
    if (!st)
        st = hz_layer_to_crs(b->rings, b->p->crs, b->err);
    for (size_t i = 0; i < of->match_count; i++)
        hz_mem_free(copy[i]);
    return st;
}

static hz_status write_trace(building *b, size_t i)
{
    char name[RECIPE_NAME], *path = NULL;
    hz_text text = { 0 };
    hz_status st = hz_trace_json(b->traced, b->rows, true,
                                 hz_crs_code(hz_trace_network_crs(b->net)), &text, b->err);
    if (!st)
        st = project_output(b->p, &path, b->err, "tables/%s-trace.json",
                            project_zones_name(b->p, i, name, sizeof name));
    if (!st)
        st = hz_file_write(path, hz_text_get(&text), text.length, b->err);
    hz_text_free(&text);
    hz_mem_free(path);
    return st;
}

/* The drawn polygon of each zone whose list does not build. */
static hz_status find_drawn(building *b)
{
    size_t id = 0;
    char text[200];
    if (!b->z->source[1])
        return HZ_OK;
    hz_status st = hz_layer_copy(b->z->source[1], &b->drawn, b->err);
    if (!st)
        st = hz_layer_to_crs(b->drawn, b->p->crs, b->err);
    if (!st)
        st = find_column(b, b->drawn, b->of->drawn.id, usual_ids, &id);
    if (!st && id >= hz_layer_columns(b->drawn))
        st = hz_fail(b->err, HZ_EDATA, "%s: has no column of ids, expected one to find a zone by",
                     hz_layer_name(b->drawn));
    for (size_t d = 0; !st && d < hz_layer_rows(b->drawn); d++) {
        st = value_of(b, b->drawn, id, d, text, sizeof text);
        for (size_t r = 0; !st && r < b->rows; r++)
            if (!b->built[r] && b->drawn_row[r] == NOT_DRAWN && strcmp(b->ids[r], text) == 0)
                b->drawn_row[r] = (long)d;
    }
    return st;
}

/* Zones without a polygon are left out, and named. */
static void leave_out(building *b)
{
    for (size_t r = 0; r < b->rows; r++) {
        b->kept[r] = b->built[r] || b->drawn_row[r] != NOT_DRAWN;
        if (b->kept[r])
            continue;
        hz_warn(b->p->notice, "zone-cards '%s': '%s' is left out: %s; expected a list that builds, "
                "or a polygon in `drawn`", b->of->name, b->ids[r], b->traces[r].refused);
        hz_text_addf(&b->z->missing, "%s%s", b->z->missing_count ? ", " : "", b->ids[r]);
        b->z->missing_count++;
    }
}

/* What was wrong with polygons that were repaired when they were read goes on with them. */
static hz_status keep_repairs(const building *b, hz_layer *zones)
{
    const hz_layer *from = b->of->zones.from.source ? b->table : b->drawn;
    hz_status st = HZ_OK;
    for (size_t r = 0, n = 0; !st && r < b->rows; n += b->kept[r++] != 0) {
        const char *why = b->kept[r] && b->drawn_row[r] != NOT_DRAWN
                              ? hz_layer_repaired(from, (size_t)b->drawn_row[r]) : NULL;
        if (why)
            st = hz_layer_set_repaired(zones, n, why, b->err);
    }
    return st;
}

/* ---- one layer of all --------------------------------------------------------------------- */

static hz_status take_shapes(building *b, hz_layer *zones)
{
    hz_shapes_pick *picks = hz_mem_new(b->rows, sizeof *picks);
    hz_shapes *all = NULL;
    size_t ring = 0, n = 0;
    hz_crs *crs = hz_crs_copy(b->p->crs);
    hz_status st = picks && crs ? HZ_OK : hz_mem_fail(b->err, "zones");
    for (size_t r = 0; !st && r < b->rows; r++) {
        if (b->built[r])
            picks[n++] = (hz_shapes_pick){ hz_layer_shapes(b->rings), ring++ };
        else if (b->drawn_row[r] != NOT_DRAWN)
            picks[n++] = (hz_shapes_pick){ hz_layer_shapes(b->drawn), (size_t)b->drawn_row[r] };
    }
    if (!st)
        st = hz_shapes_gather(HZ_POLYGON, picks, n, &all, b->err);
    if (!st)
        st = hz_layer_take_shapes(zones, &all, b->err);
    if (!st)
        st = hz_layer_take_crs(zones, &crs, b->err);
    hz_crs_free(crs);
    hz_shapes_free(all);
    hz_mem_free(picks);
    return st;
}

static const char *how_made(const building *b, size_t r)
{
    const hz_trace *t = &b->traces[r];
    return b->of->zones.from.source ? "given"
           : !b->built[r]           ? "drawn"
           : t->bridged_m > BRIDGED_SHARE * t->length_m ? "bridged" : "built";
}

/* A column of the table as texts, under a name of ours. */
static hz_status add_texts(const building *b, hz_layer *zones, const char *column, size_t from)
{
    size_t n = 0, rows = hz_layer_rows(zones);
    char (*texts)[400] = hz_mem_new(rows, sizeof *texts);
    const char **lent = hz_mem_new(rows, sizeof *lent);
    hz_status st = texts && lent ? HZ_OK : hz_mem_fail(b->err, "zones");
    for (size_t r = 0; !st && r < b->rows; r++)
        if (b->kept[r]) {
            st = value_of(b, b->table, from, r, texts[n], sizeof *texts);
            hz_text_one_line(texts[n]);
            lent[n] = texts[n];
            n++;
        }
    if (!st)
        st = hz_layer_add_texts(zones, column, lent, b->err);
    hz_mem_free(texts);
    hz_mem_free(lent);
    return st;
}

static hz_status add_made(building *b, hz_layer *zones)
{
    size_t rows = hz_layer_rows(zones), n = 0;
    const char **ids = hz_mem_new(rows, sizeof *ids), **how = hz_mem_new(rows, sizeof *how);
    double *border = hz_mem_new(rows, sizeof *border), *off = hz_mem_new(rows, sizeof *off);
    hz_status st = ids && how && border && off ? HZ_OK : hz_mem_fail(b->err, "zones");
    for (size_t r = 0; !st && r < b->rows; r++) {
        if (!b->kept[r])
            continue;
        ids[n] = b->ids[r];
        how[n] = how_made(b, r);
        border[n] = hz_shape_perimeter(hz_layer_shapes(zones), n);
        off[n] = b->built[r] ? b->traces[r].bridged_m : NAN;
        n++;
    }
    if (!st)
        st = hz_layer_add_texts(zones, "id", ids, b->err);
    if (!st)
        st = hz_layer_add_texts(zones, "how", how, b->err);
    if (!st)
        st = hz_layer_take_numbers(zones, "border_m", &border, NULL, b->err);
    if (!st)
        st = hz_layer_take_numbers(zones, "bridged_m", &off, NULL, b->err);
    hz_mem_free(ids);
    hz_mem_free(how);
    hz_mem_free(border);
    hz_mem_free(off);
    return st;
}

static hz_status add_columns(building *b, hz_layer *zones)
{
    static const char *const from[] = { "valid_from", "start", "from", "fra", "gyldig_fra", NULL };
    static const char *const until[] = { "valid_to", "end", "until", "to", "til", "valid_until",
                                         "gyldig_til", NULL };
    const recipe_zone_source *s = b->of->zones.from.source ? &b->of->zones : &b->of->boundaries;
    const struct { const char *column, *named, *const *usual; } times[] = {
        { "valid_from", s->valid_from, from }, { "valid_to", s->valid_to, until },
    };
    hz_status st = add_made(b, zones);
    if (!st)
        st = b->name < hz_layer_columns(b->table) ? add_texts(b, zones, "name", b->name)
                                                  : hz_layer_add_word(zones, "name", "", b->err);
    int repaired = hz_layer_find(b->table, ZONE_REPAIRED);
    if (!st && repaired >= 0)
        st = add_texts(b, zones, "repaired", (size_t)repaired);
    for (size_t k = 0; !st && k < 2; k++) {
        size_t at = 0;
        st = find_column(b, b->table, times[k].named, times[k].usual, &at);
        if (!st)
            st = at < hz_layer_columns(b->table)
                     ? add_texts(b, zones, times[k].column, at)
                     : hz_layer_add_word(zones, times[k].column, "", b->err);
    }
    return st;
}

static hz_status join(building *b)
{
    size_t n = 0;
    for (size_t r = 0; r < b->rows; r++)
        n += b->kept[r];
    if (!n)
        return hz_fail(b->err, HZ_EDATA, "none of %zu zones could be built, first of them '%s': %s",
                       b->rows, b->ids[0], b->traces[0].refused);
    hz_layer *zones = NULL;
    hz_status st = hz_layer_new("zones", n, &zones, b->err);
    if (!st)
        st = take_shapes(b, zones);
    if (!st)
        st = add_columns(b, zones);
    if (!st)
        st = keep_repairs(b, zones);
    if (st)
        hz_layer_free(zones);
    else
        b->z->zones = zones;
    return st;
}

/* Polygons as they were read: every one is kept. */
static hz_status take_given(building *b)
{
    hz_status st = hz_layer_crs(b->table)
                       ? HZ_OK : hz_fail(b->err, HZ_ECRS, "%s: has no reference system, expected "
                                         "`crs:` beside its source", hz_layer_name(b->table));
    if (!st)
        st = hz_layer_copy(b->table, &b->drawn, b->err);
    if (!st)
        st = hz_layer_to_crs(b->drawn, b->p->crs, b->err);
    for (size_t r = 0; !st && r < b->rows; r++) {
        b->drawn_row[r] = (long)r;
        b->kept[r] = 1;
    }
    return st;
}

hz_status project_zones_build(project *p, size_t i, hz_error *err)
{
    building b = { .p = p, .of = &p->r->zone_cards[i], .z = &p->zoned[i], .err = err };
    bool given = b.of->zones.from.source != NULL;
    if (b.z->zones)
        return HZ_OK;
    hz_status st = choose(&b);
    if (!st)
        st = make_room(&b);
    if (!st && given)
        st = take_given(&b);
    if (!st && !given)
        st = build_lists(&b);
    if (!st && !given)
        st = write_trace(&b, i);
    if (!st && !given)
        st = find_drawn(&b);
    if (!st && !given)
        leave_out(&b);
    if (!st)
        st = join(&b);
    clear(&b);
    return st;
}
