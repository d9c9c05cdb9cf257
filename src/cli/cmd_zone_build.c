/* hotzone zone build: the polygon of a police order's list of streets; the list of a polygon. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cli/inputs.h"
#include "cli/opt.h"
#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/source.h"
#include "hotzone/trace.h"
#include "hotzone/trace_report.h"
#include "hotzone/vector.h"

typedef struct {
    const char *boundary, *boundaries, *list_column, *describe, *streets, *name_field;
    const char *line_name_field, *crs, *trace, *output;
    opt_list lines, match;
    double gap;
    bool allow_gaps;
} args;

static const args defaults = { .gap = 25 };

#define AT(member) offsetof(args, member)
static const opt options[] = {
    { 'b', "boundary", "TEXT", OPT_TEXT, AT(boundary), "the list of streets: \"A – B – C – A\"" },
    { 0, "boundaries", "SRC", OPT_TEXT, AT(boundaries), "or a table with a list in every row" },
    { 0, "list-column", "COLUMN", OPT_TEXT, AT(list_column), "of the table: the list" },
    { 0, "describe", "SRC", OPT_TEXT, AT(describe), "or the way back: the list of a polygon" },
    { 's', "streets", "SRC", OPT_TEXT, AT(streets), "lines with names; OpenStreetMap as it is" },
    { 0, "name-field", "COLUMN", OPT_TEXT, AT(name_field), "of the streets: name" },
    { 'l', "lines", "SRC", OPT_LIST, AT(lines),
      "borders, shores, railways a list may name; may be given again" },
    { 0, "line-name-field", "COLUMN", OPT_TEXT, AT(line_name_field), "of those lines: name" },
    { 0, "crs", "CRS", OPT_TEXT, AT(crs), "of sources that do not say: EPSG:25832" },
    { 0, "gap", "M", OPT_NUMBER, AT(gap), "streets nearer than this meet (25)" },
    { 0, "allow-gaps", NULL, OPT_FLAG, AT(allow_gaps),
      "bridge what is missing, and draw it dashed" },
    { 'm', "match", "LISTED=NAME", OPT_LIST, AT(match),
      "read an item as this street, or as none (LISTED=); may be given again" },
    { 0, "trace", "FILE", OPT_TEXT, AT(trace), ".json or .csv: what became of every item" },
    { 'o', "output", "FILE", OPT_TEXT, AT(output), "the zone: .gpkg, .geojson or .fgb" },
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }
};

/* ---- sources ---- */

/* OpenStreetMap's own files keep streets in their layer `lines`. */
static hz_status read_streets(const args *a, const session *s, hz_layer **out, hz_error *err)
{
    const char *only[] = { "name", "highway", "alt_name", a->name_field };
    hz_source_opts how = { .crs = a->crs };
    hz_text source = { 0 };
    size_t n = strlen(a->streets);
    bool osm = n > 4 && (strcasecmp(a->streets + n - 4, ".osm") == 0 ||
                         strcasecmp(a->streets + n - 4, ".pbf") == 0);
    hz_text_add(&source, a->streets);
    if (osm) {
        hz_text_add(&source, "|layername=lines");
        how.only = only;
        how.only_count = a->name_field ? 4 : 3;
        how.only_if_there = true;
    }
    hz_status st = source.failed ? hz_mem_fail(err, "streets")
                                 : hz_source_read(hz_text_get(&source), &how, out, s->notice, err);
    hz_text_free(&source);
    return st;
}

static hz_status read_network(const args *a, const session *s, hz_trace_network **out,
                              hz_error *err)
{
    hz_trace_network_opts how = { a->name_field, a->line_name_field, a->gap };
    hz_source_opts plain = { .crs = a->crs };
    hz_layer *streets = NULL, *lines[OPT_LIST_MOST] = { NULL };
    hz_status st = read_streets(a, s, &streets, err);
    for (size_t i = 0; !st && i < a->lines.count; i++)
        st = hz_source_read(a->lines.item[i], &plain, &lines[i], s->notice, err);
    if (!st)
        st = hz_trace_network_new(streets, (const hz_layer *const *)lines, a->lines.count, &how,
                                  out, s->notice, err);
    hz_layer_free(streets);
    for (size_t i = 0; i < a->lines.count; i++)
        hz_layer_free(lines[i]);
    return st;
}

/* "LISTED=NAME", each cut in two in a copy of its own. */
static hz_status read_matches(const args *a, char *copy[], hz_trace_match *match, hz_error *err)
{
    for (size_t i = 0; i < a->match.count; i++) {
        copy[i] = hz_mem_text(a->match.item[i]);
        if (!copy[i])
            return hz_mem_fail(err, "match");
        char *sign = strchr(copy[i], '=');
        if (!sign || sign == copy[i])
            return hz_fail(err, HZ_EUSAGE, "--match: '%s', expected LISTED=NAME",
                           a->match.item[i]);
        *sign = '\0';
        match[i] = (hz_trace_match){ copy[i], sign + 1 };
    }
    return HZ_OK;
}

/* The table of lists; one row with the text of --boundary if there is none. */
static hz_status read_lists(const args *a, const session *s, hz_layer **table, const char **column,
                            hz_error *err)
{
    static const char *const usual[] = { "street_list", "boundary_streets", "boundary", "extent",
                                         "streets" };
    hz_source_opts how = { .crs = a->crs };
    hz_status st;
    *column = "boundary";
    if (!a->boundaries) {
        st = hz_layer_new("boundary", 1, table, err);
        return st ? st : hz_layer_add_word(*table, "boundary", a->boundary, err);
    }
    st = hz_source_read(a->boundaries, &how, table, s->notice, err);
    if (st)
        return st;
    *column = a->list_column;
    for (size_t i = 0; !*column && i < sizeof usual / sizeof *usual; i++)
        if (hz_layer_find(*table, usual[i]) >= 0)
            *column = usual[i];
    if (!*column || hz_layer_find(*table, *column) < 0)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column %s%s%s, expected one of street lists "
                       "(--list-column)", hz_layer_name(*table), *column ? "'" : "of street lists",
                       *column ? *column : "", *column ? "'" : "");
    return HZ_OK;
}

/* ---- results ---- */

static const char *zone_word(const hz_layer *table, size_t row, char *buf, size_t size)
{
    static const char *const usual[] = { "id", "zone_id", "name", "zone_name" };
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        int c = hz_layer_find(table, usual[i]);
        if (c >= 0 && hz_layer_value_text(table, (size_t)c, row, buf, size) == HZ_OK && buf[0])
            return buf;
    }
    return NULL;
}

/* What no listed street covers, zone by zone; *out stays NULL if there is nothing. */
static hz_status make_gaps(const hz_layer *table, const hz_trace *traces,
                           const unsigned char *built, const hz_trace_network *net, hz_layer **out,
                           hz_error *err)
{
    size_t rows = hz_layer_rows(table), n = 0, points = 0, f = 0, v = 0;
    for (size_t i = 0; i < rows; i++)
        if (built[i]) {
            n += traces[i].gaps->features;
            points += traces[i].gaps->points;
        }
    if (n == 0)
        return HZ_OK;
    hz_layer *gaps = NULL;
    hz_shapes *lines = NULL;
    hz_crs *crs = hz_crs_copy(hz_trace_network_crs(net));
    double *zone = hz_mem_new(n, sizeof *zone), *length = hz_mem_new(n, sizeof *length);
    hz_status st = crs && zone && length ? hz_shapes_new(HZ_LINE, n, n, points, &lines, err)
                                         : hz_mem_fail(err, "zone");
    size_t number = 0;
    for (size_t i = 0; !st && i < rows; i++) {
        const hz_shapes *g = built[i] ? traces[i].gaps : NULL;
        number += built[i] != 0;
        for (size_t k = 0; g && k < g->features; k++) {
            size_t m = g->first_point[k + 1] - g->first_point[k];
            memcpy(lines->x + v, g->x + g->first_point[k], m * sizeof *g->x);
            memcpy(lines->y + v, g->y + g->first_point[k], m * sizeof *g->y);
            v += m;
            zone[f] = (double)number;
            length[f++] = hz_shape_perimeter(g, k);
            lines->first_ring[f] = f;
            lines->first_point[f] = v;
        }
    }
    if (!st)
        st = hz_layer_new("gaps", n, &gaps, err);
    if (!st)
        st = hz_layer_take_shapes(gaps, &lines, err);
    if (!st)
        st = hz_layer_take_crs(gaps, &crs, err);
    if (!st)
        st = hz_layer_take_numbers(gaps, "zone", &zone, NULL, err);
    if (!st)
        st = hz_layer_take_numbers(gaps, "length_m", &length, NULL, err);
    hz_shapes_free(lines);
    hz_crs_free(crs);
    hz_mem_free(zone);
    hz_mem_free(length);
    if (st)
        hz_layer_free(gaps);
    else
        *out = gaps;
    return st;
}

static hz_status write_zones(const args *a, const hz_layer *table, const hz_trace *traces,
                             const unsigned char *built, const hz_trace_network *net, hz_error *err)
{
    static const hz_style_class whole = { NULL, "zone", 0xB5402A, HZ_HATCH_NONE };
    static const hz_style_class dashed = { NULL, "gap", 0x2A4C8C, HZ_HATCH };
    const hz_vector_style of_zones = { NULL, &whole, 0, 0xB5402A, 0.7 };
    const hz_vector_style of_gaps = { NULL, &dashed, 1, 0x2A4C8C, 0.7 };
    hz_layer *zones = NULL, *gaps = NULL;
    hz_status st = hz_trace_zones(net, table, traces, built, &zones, err);
    if (!st)
        st = make_gaps(table, traces, built, net, &gaps, err);
    if (!st) {
        hz_vector_item items[] = { { zones, "zones", NULL, &of_zones },
                                   { gaps, "gaps", NULL, &of_gaps } };
        bool both = a->allow_gaps && gaps && inputs_ends_with(a->output, ".gpkg");
        st = hz_vector_write(a->output, items, both ? 2 : 1, err);
    }
    hz_layer_free(zones);
    hz_layer_free(gaps);
    return st;
}

static hz_status write_trace(const args *a, const hz_traced *traced, size_t n,
                             const hz_trace_network *net, hz_error *err)
{
    hz_text text = { 0 };
    bool list = a->boundaries != NULL;
    hz_status st = a->trace && inputs_ends_with(a->trace, ".json")
                       ? hz_trace_json(traced, n, list, hz_crs_code(hz_trace_network_crs(net)),
                                       &text, err)
                       : hz_trace_csv(traced, n, list, &text, err);
    if (!st && a->trace)
        st = hz_file_write(a->trace, hz_text_get(&text), text.length, err);
    else if (!st)
        fputs(hz_text_get(&text), stdout);
    hz_text_free(&text);
    return st;
}

/* Names that were matched despite a slip: another street may be meant, so they are said even where the
   trace goes to a file. */
static void say_slips(const hz_trace *t)
{
    bool any = false;
    for (size_t i = 0; i < t->count; i++) {
        const hz_trace_item *item = &t->items[i];
        if (!item->matched || item->overruled || item->doubt || item->score >= 0.95)
            continue;
        fprintf(stderr, "%s%s as %s (%.2f)", any ? " | " : "  read despite a slip: ", item->listed,
                item->matched, item->score);
        any = true;
    }
    if (any)
        fprintf(stderr, "\n");
}

static void say_zone(const hz_traced *one, const session *s)
{
    const hz_trace *t = one->trace;
    size_t touched = 0, skipped = 0, unmatched = 0, missed = 0;
    for (size_t i = 0; i < t->count; i++) {
        touched += t->items[i].state == HZ_TRACE_TOUCHED;
        skipped += t->items[i].state == HZ_TRACE_SKIPPED;
        unmatched += t->items[i].state == HZ_TRACE_UNMATCHED;
        missed += t->items[i].state == HZ_TRACE_MISSED;
    }
    if (s->quiet)
        return;
    fprintf(stderr, "%s: ", one->zone ? one->zone : "zone");
    if (t->refused) {
        fprintf(stderr, "refused: %s\n", t->refused);
        return;
    }
    fprintf(stderr, "%.3f km2 within %.0f m of border, %.0f m of it bridged", t->area_m2 / 1e6,
            t->length_m, t->bridged_m);
    if (touched + skipped + unmatched + missed)
        fprintf(stderr, "; of %zu items %zu only touched, %zu left out, %zu unmatched", t->count,
                touched, skipped, unmatched);
    if (missed)
        fprintf(stderr, ", %zu not come to", missed);
    fprintf(stderr, "\n");
    if (t->unread[0])
        fprintf(stderr, "  taken for remarks: %s\n", t->unread);
    say_slips(t);
}

/* What may be another line than the list means, or missing from it. */
static void warn_doubts(const hz_traced *one, const session *s)
{
    const hz_trace *t = one->trace;
    for (size_t i = 0; t->ring && i < t->count; i++)
        if (t->items[i].doubt)
            hz_warn(s->notice, "%s: '%s' is followed on %s '%s', in doubt: %s",
                    one->zone ? one->zone : "zone", t->items[i].listed, t->items[i].layer,
                    t->items[i].matched, t->items[i].doubt);
    for (size_t i = 0; t->ring && i < t->count; i++)
        if (t->items[i].state == HZ_TRACE_MISSED)
            hz_warn(s->notice, "%s: '%s' is left out: the ring comes no nearer than %.0f m",
                    one->zone ? one->zone : "zone", t->items[i].listed, t->items[i].off_m);
    for (size_t k = 0; t->ring && k < t->mentioned_count; k++)
        hz_warn(s->notice, "%s: '%s' is named in what was taken for a remark, and not followed",
                one->zone ? one->zone : "zone", t->mentioned[k]);
}

/* An overrule that no list has use for was misspelt, or is of another list. */
static void warn_matches(const hz_trace_match *match, size_t matches, const hz_trace *traces, size_t n,
                         const session *s)
{
    for (size_t k = 0; k < matches; k++) {
        bool used = false;
        for (size_t i = 0; !used && i < n; i++)
            used = hz_trace_lists(&traces[i], match[k].listed);
        if (!used)
            hz_warn(s->notice, "--match: '%s' is no item of the list, and overrules nothing",
                    match[k].listed);
    }
}

/* ---- the command ---- */

static hz_status build(const args *a, const session *s, const hz_trace_network *net, hz_error *err)
{
    char *copy[OPT_LIST_MOST] = { NULL }, word[200];
    hz_trace_match match[OPT_LIST_MOST];
    hz_trace_opts opts = { a->allow_gaps, match, a->match.count };
    hz_layer *table = NULL;
    hz_trace *traces = NULL;
    hz_traced *traced = NULL;
    char **zone = NULL;
    unsigned char *built = NULL;
    const char *column = NULL;
    size_t rows = 0, done = 0;
    hz_status st = read_matches(a, copy, match, err);

    if (!st)
        st = read_lists(a, s, &table, &column, err);
    if (!st) {
        rows = hz_layer_rows(table);
        traces = hz_mem_new(rows, sizeof *traces);
        traced = hz_mem_new(rows, sizeof *traced);
        built = hz_mem_new(rows, sizeof *built);
        zone = hz_mem_new(rows, sizeof *zone);
        if (!traces || !traced || !built || !zone)
            st = hz_mem_fail(err, "zone");
    }
    for (size_t i = 0; !st && i < rows; i++) {
        const char *text = hz_layer_text(table, column, i);
        const char *id = a->boundaries ? zone_word(table, i, word, sizeof word) : NULL;
        if (id && !(zone[i] = hz_mem_text(id)))
            st = hz_mem_fail(err, "zone");
        if (!st)
            st = hz_trace_build(net, text, &opts, &traces[i], err);
        if (st)
            break;
        traced[i] = (hz_traced){ zone[i], text, &traces[i] };
        built[i] = traces[i].ring != NULL;
        done += built[i];
        if (a->boundaries || built[i])
            say_zone(&traced[i], s);
        warn_doubts(&traced[i], s);
    }
    if (!st)
        warn_matches(match, a->match.count, traces, rows, s);
    if (!st && (a->trace || !a->boundaries))
        st = write_trace(a, traced, rows, net, err);
    if (!st && !done)
        st = a->boundaries ? hz_fail(err, HZ_EDATA, "%s: none of %zu zones could be built, "
                                     "expected one at least", hz_layer_name(table), rows)
                           : hz_fail(err, HZ_EDATA, "boundary: %s", traces[0].refused);
    if (!st && a->output)
        st = write_zones(a, table, traces, built, net, err);
    if (!st && a->boundaries && !s->quiet)
        fprintf(stderr, "zones: %zu built, %zu refused\n", done, rows - done);
    for (size_t i = 0; i < rows; i++) {
        if (traces)
            hz_trace_clear(&traces[i]);
        if (zone)
            hz_mem_free(zone[i]);
    }
    for (size_t i = 0; i < OPT_LIST_MOST; i++)
        hz_mem_free(copy[i]);
    hz_mem_free(traces);
    hz_mem_free(traced);
    hz_mem_free(built);
    hz_mem_free(zone);
    hz_layer_free(table);
    return st;
}

static void say_fit(const char *zone, const hz_trace_fit *fit)
{
    fprintf(stderr, "%s: %.0f m of border, %.0f m of it on no named street; half of the rest "
            "within %.1f m of the streets named, all within %.1f m; ", zone, fit->length_m,
            fit->unnamed_m, fit->median_m, fit->furthest_m);
    if (fit->again == fit->again)
        fprintf(stderr, "the list gives %.2f%% of the polygon again\n", 100 * fit->again);
    else
        fprintf(stderr, "the list alone does not build\n");
}

/* A list that gives another ring says so itself, as a remark, wherever it is pasted. */
static void print_list(const char *list, const hz_trace_fit *fit, const char *repaired)
{
    static const double same = 0.9999;
    printf("%s", list);
    if (repaired)
        printf(" [of the polygon as it was repaired: %s]", repaired);
    if (!(fit->again >= 0))
        printf(" [does not build a ring by itself]");
    else if (fit->again < same)
        printf(" [builds %.2f%% of the polygon again]", 100 * fit->again);
    printf("\n");
}

static hz_status describe(const args *a, const session *s, const hz_trace_network *net,
                          hz_error *err)
{
    hz_source_opts how = { .crs = a->crs };
    hz_layer *zones = NULL;
    char word[200];
    hz_status st = hz_source_read_kind(a->describe, &how, HZ_POLYGON, &zones, s->notice, err);
    if (!st)
        st = hz_layer_to_crs(zones, hz_trace_network_crs(net), err);
    for (size_t i = 0; !st && i < hz_layer_rows(zones); i++) {
        hz_text list = { 0 };
        hz_trace_fit fit;
        const char *zone = zone_word(zones, i, word, sizeof word);
        st = hz_trace_describe(net, hz_layer_shapes(zones), i, 0, &list, &fit, err);
        if (!st && hz_layer_rows(zones) > 1)
            printf("%s\t", zone ? zone : "");
        if (!st)
            print_list(hz_text_get(&list), &fit, hz_layer_repaired(zones, i));
        if (!st && !s->quiet)
            say_fit(zone ? zone : "zone", &fit);
        hz_text_free(&list);
    }
    hz_layer_free(zones);
    return st;
}

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    const args *a = arguments;
    hz_trace_network *net = NULL;
    int asked = (a->boundary != NULL) + (a->boundaries != NULL) + (a->describe != NULL);
    if (asked != 1)
        return hz_fail(err, HZ_EUSAGE, "zone build: %s, expected one of --boundary, --boundaries "
                       "and --describe", asked ? "several tasks" : "nothing to build");
    if (!a->streets)
        return hz_fail(err, HZ_EUSAGE, "--streets: is not given, expected lines with names");
    if (!(a->gap > 0 && a->gap <= 200))
        return hz_fail(err, HZ_EUSAGE, "--gap: %g m, expected more than 0 and at most 200", a->gap);
    if (a->describe && (a->output || a->trace))
        return hz_fail(err, HZ_EUSAGE, "--describe: prints its list, expected neither --output nor "
                       "--trace");
    if (a->trace && !inputs_ends_with(a->trace, ".json") && !inputs_ends_with(a->trace, ".csv"))
        return hz_fail(err, HZ_EUSAGE, "--trace: '%s', expected a name that ends in .json or .csv",
                       a->trace);
    hz_status st = read_network(a, s, &net, err);
    if (!st)
        st = a->describe ? describe(a, s, net, err) : build(a, s, net, err);
    hz_trace_network_free(net);
    return st;
}

const command cmd_zone_build = {
    "zone build", "The polygon of a police order's list of streets; or the list of a polygon.",
    "hotzone zone build --boundary \"A – B – C – A\" --streets streets.geojson -o zone.gpkg "
    "--trace trace.json", options, sizeof(args), &defaults, run
};
