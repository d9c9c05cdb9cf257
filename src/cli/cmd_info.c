/* hotzone info: what is in a source, without a single record of it. */
#include <math.h>
#include <stdio.h>

#include "cli/opt.h"
#include "hotzone/source.h"
#include "hotzone/vector.h"

typedef struct {
    const char *source, *x, *y, *crs;
} args;

static const args defaults = { 0 };

static const opt options[] = {
    { 0, "source", "SRC", OPT_OPERAND, offsetof(args, source), "file, table or service" },
    { 0, "x", "COLUMN", OPT_TEXT, offsetof(args, x), "of a table: east or longitude" },
    { 0, "y", "COLUMN", OPT_TEXT, offsetof(args, y), "of a table: north or latitude" },
    { 0, "crs", "CRS", OPT_TEXT, offsetof(args, crs), "of a source that does not say" },
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }
};

static const char *shape_word(const hz_shapes *shapes)
{
    static const char *const words[] = { "none", "points", "lines", "polygons" };
    return words[shapes ? shapes->kind : HZ_NOSHAPE];
}

/* Shapes without coordinates: NaN points, features without rings. */
static size_t count_empty(const hz_shapes *s)
{
    size_t n = 0;
    for (size_t f = 0; f < s->features; f++)
        n += s->kind == HZ_POINT ? (isnan(s->x[f]) || isnan(s->y[f]) ? 1u : 0u)
                                 : (s->first_ring[f] == s->first_ring[f + 1] ? 1u : 0u);
    return n;
}

static void print_place(const hz_layer *layer)
{
    const hz_shapes *shapes = hz_layer_shapes(layer);
    const hz_crs *crs = hz_layer_crs(layer);
    printf("geometry  %s\n", shape_word(shapes));
    if (!shapes)
        return;
    printf("crs       %s%s%s%s\n", crs ? hz_crs_code(crs) : "not given (name it with --crs)",
           crs ? " (" : "", crs ? hz_crs_name(crs) : "", crs ? ")" : "");
    hz_box box = hz_shapes_box(shapes);
    if (box.xmin <= box.xmax)
        printf("extent    x %.10g to %.10g, y %.10g to %.10g\n", box.xmin, box.xmax, box.ymin,
               box.ymax);
    printf("without   %zu of %zu have no coordinates\n", count_empty(shapes), shapes->features);
}

static void print_columns(const hz_layer *layer)
{
    static const char *const kinds[] = { "number", "text", "time" };
    size_t rows = hz_layer_rows(layer);
    printf("columns   %zu\n", hz_layer_columns(layer));
    for (size_t c = 0; c < hz_layer_columns(layer); c++) {
        size_t filled = 0;
        for (size_t r = 0; r < rows; r++) {
            char text[8];
            hz_layer_value_text(layer, c, r, text, sizeof text);
            filled += text[0] != '\0';
        }
        char name[400];
        snprintf(name, sizeof name, "%s", hz_layer_column_name(layer, c));
        hz_text_one_line(name); /* spreadsheets have line breaks in headings */
        printf("  %-24s %-7s filled in %zu of %zu\n", name,
               kinds[hz_layer_column_kind(layer, c)], filled, rows);
    }
}

/* A file with several layers: list them, as one has to be chosen. */
static hz_status list_layers(const char *path, hz_error *err)
{
    hz_text list = { 0 };
    hz_status st = hz_vector_list(path, &list, err);
    if (!st)
        printf("several layers; name one as %s|layername=NAME\n%s", path, hz_text_get(&list));
    hz_text_free(&list);
    return st;
}

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    const args *a = arguments;
    hz_source_opts opts = { .x = a->x, .y = a->y, .crs = a->crs };
    hz_source source = { 0 };
    hz_layer *layer = NULL;
    hz_text list = { 0 };
    size_t lines = 0;
    hz_status st = hz_source_parse(a->source, &source, err);

    if (!st && !hz_source_is_csv(&source) && !source.layer && source.layer_id < 0) {
        st = hz_vector_list(source.path, &list, err);
        for (const char *p = hz_text_get(&list); *p; p++)
            lines += *p == '\n';
    }
    if (!st && lines > 1) {
        st = list_layers(source.path, err);
    } else if (!st) {
        st = hz_source_read(a->source, &opts, &layer, s->notice, err);
        if (!st) {
            const hz_intake *in = hz_layer_intake(layer);
            printf("source    %s\nrows      %zu read, %zu refused%s%s\n", hz_layer_name(layer),
                   in->read, in->refused, in->refused ? ": " : "", in->why);
            print_place(layer);
            print_columns(layer);
        }
    }
    hz_layer_free(layer);
    hz_source_free(&source);
    hz_text_free(&list);
    return st;
}

const command cmd_info = {
    "info", "What is in a file: layers, geometry, reference system, columns; no record is shown.",
    "hotzone info areas.geojson", options, sizeof(args), &defaults, run
};
