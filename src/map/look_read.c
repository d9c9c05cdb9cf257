/* Reads a style document into a look: every key typed, every floor of the map guide held. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/mem.h"
#include "map/look_parts.h"

bool hz_look_enter(hz_look_reader *r, const hz_node *root, const char *name,
                   const char *const *keys, size_t n)
{
    r->map = hz_node_get(root, name);
    return r->map && hz_node_check_keys(r->map, name, keys, n, r->faults);
}

size_t hz_look_line(const hz_look_reader *r, const char *key)
{
    const hz_node *node = hz_node_get(r->map, key);
    return hz_node_line(node ? node : r->map);
}

void hz_look_fault(hz_look_reader *r, const char *key, const char *format, ...)
{
    char text[600];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    hz_faults_add(r->faults, hz_look_line(r, key), "%s", text);
}

double hz_look_floored(hz_look_reader *r, const char *key, double now, double least, double most,
                      const char *what)
{
    double value = hz_node_read_number(r->map, key, now, -1e9, 1e9, r->faults);
    if (value >= least && value <= most)
        return value;
    if (hz_node_get(r->map, key) && value < least)
        hz_look_fault(r, key, "%s is %g, under the floor of %g for %s", key, value, least, what);
    else if (value > most)
        hz_look_fault(r, key, "%s is %g, expected at most %g", key, value, most);
    return now;
}

static void replace_text(hz_look_reader *r, char **text, const char *with)
{
    char *copy = hz_mem_text(with);
    if (!copy) {
        r->no_memory = true;
        return;
    }
    hz_mem_free(*text);
    *text = copy;
}

static void free_texts(char **texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        hz_mem_free(texts[i]);
    hz_mem_free(texts);
}

/* The scalars of a list, or the keys or values of a map, as texts that replace *texts. */
static void replace_texts(hz_look_reader *r, const hz_node *from, bool keys, const char *what,
                          char ***texts, size_t *count)
{
    size_t n = hz_node_count(from);
    char **copy = hz_mem_new(n, sizeof *copy);
    bool lost = !copy;
    for (size_t i = 0; i < n && !lost; i++) {
        const hz_node *item = hz_node_item(from, i);
        if (!keys && hz_node_type(item) != HZ_NODE_SCALAR)
            hz_faults_add(r->faults, hz_node_line(item), "%s: item %zu is no text", what, i + 1);
        copy[i] = hz_mem_text(keys ? hz_node_key(from, i) : hz_node_text(item));
        lost = !copy[i];
    }
    if (lost) {
        if (copy)
            free_texts(copy, n);
        r->no_memory = true;
        return;
    }
    free_texts(*texts, *count);
    *texts = copy;
    *count = n;
}

static void read_list(hz_look_reader *r, const char *key, char ***texts, size_t *count)
{
    const hz_node *node = hz_node_get(r->map, key);
    if (node && hz_node_type(node) == HZ_NODE_LIST)
        replace_texts(r, node, false, key, texts, count);
    else if (node)
        hz_faults_add(r->faults, hz_node_line(node), "%s is no list, expected [.., ..]", key);
}

static void read_size(hz_look_reader *r)
{
    static const char *const names[] = { "column", "text", "a5", "a4" };
    const double least = 60, most = 1200;
    const hz_node *size = hz_node_get(r->map, "size");
    double mm[2];
    if (!size)
        return;
    if (hz_node_type(size) == HZ_NODE_SCALAR) {
        const char *near = hz_text_nearest(hz_node_text(size), names, HZ_COUNT(names));
        if (!hz_look_page(r->look, hz_node_text(size)))
            hz_faults_add(r->faults, hz_node_line(size),
                          "page size '%s', expected column, text, a5, a4 or [width, height] in "
                          "mm%s%s%s", hz_node_text(size), near ? "; did you mean '" : "",
                          near ? near : "", near ? "'?" : "");
        return;
    }
    bool good = hz_node_type(size) == HZ_NODE_LIST && hz_node_count(size) == 2;
    for (size_t i = 0; good && i < 2; i++) {
        const char *text = hz_node_text(hz_node_item(size, i));
        good = hz_number_parse(text, strlen(text), '.', &mm[i]) && mm[i] >= least && mm[i] <= most;
    }
    if (!good) {
        hz_faults_add(r->faults, hz_node_line(size), "page size is not [width, height] in mm, "
                      "each from %g to %g", least, most);
        return;
    }
    r->look->page_name[0] = '\0';
    r->look->width_mm = mm[0];
    r->look->height_mm = mm[1];
    r->look->margin_mm = 4;
}

static void read_page(hz_look_reader *r, const hz_node *root)
{
    static const char *const keys[] = { "size", "language", "margin" };
    static const char *const languages[] = { "en", "da" };
    if (!hz_look_enter(r, root, "page", keys, HZ_COUNT(keys)))
        return;
    read_size(r);
    r->look->language = (hz_language)hz_node_read_choice(r->map, "language", languages, 2,
                                                         (int)r->look->language, r->faults);
    r->look->margin_mm = hz_node_read_number(r->map, "margin", r->look->margin_mm, 0, 50,
                                             r->faults);
}

static void read_font(hz_look_reader *r, const hz_node *root)
{
    static const char *const keys[] = { "family", "title", "subtitle", "label", "legend", "note" };
    hz_look *look = r->look;
    if (!hz_look_enter(r, root, "font", keys, HZ_COUNT(keys)))
        return;
    const char *family = hz_node_read_text(r->map, "family", look->family, r->faults);
    if (!*family || strlen(family) >= sizeof look->family)
        hz_look_fault(r, "family", "family '%s', expected the name of a font", family);
    else if (family != look->family)
        snprintf(look->family, sizeof look->family, "%s", family);
    look->label_pt = hz_look_floored(r, "label", look->label_pt, 7, 20, "label text, in points");
    look->legend_pt = hz_look_floored(r, "legend", look->legend_pt, 7, 20, "legend text, in "
                                      "points");
    look->note_pt = hz_look_floored(r, "note", look->note_pt, 6.5, 20, "notes, in points");
    look->title_pt = hz_look_floored(r, "title", look->title_pt, look->label_pt + 2, 40,
                             "titles (2 points above labels)");
    look->subtitle_pt = hz_look_floored(r, "subtitle", look->subtitle_pt, look->label_pt + 2, 40,
                                "subtitles (2 points above labels)");
    if (look->title_pt < look->label_pt + 2 || look->subtitle_pt < look->label_pt + 2)
        hz_look_fault(r, "label", "label is %g, but titles must stand at least 2 points above it: "
                      "give larger title and subtitle", look->label_pt);
}

static void read_numbers(hz_look_reader *r, const hz_node *root)
{
    static const char *const keys[] = { "decimals", "thousands", "per" };
    hz_look *look = r->look;
    if (!hz_look_enter(r, root, "numbers", keys, HZ_COUNT(keys)))
        return;
    double decimals = hz_node_read_number(r->map, "decimals", look->decimals, 0, 6, r->faults);
    if (decimals != floor(decimals))
        hz_look_fault(r, "decimals", "decimals is %g, expected a whole number", decimals);
    else
        look->decimals = (int)decimals;
    const char *mark = look->language == HZ_DANISH ? "." : ",";
    const char *thousands = hz_node_read_text(r->map, "thousands", mark, r->faults);
    if (strcmp(thousands, mark) != 0)
        hz_look_fault(r, "thousands", "thousands is '%s', but the language of the page writes '%s'",
                      thousands, mark);
    look->per = hz_node_read_number(r->map, "per", look->per, 1, 1e7, r->faults);
}

/* Limits for what is unstable and hidden may be tightened by a style, never loosened. */
static void read_uncertainty(hz_look_reader *r, const hz_node *root)
{
    static const char *const keys[] = { "show", "cv", "hide_below" };
    static const char *const shows[] = { "hatch", "fade", "none" };
    hz_look *look = r->look;
    if (!hz_look_enter(r, root, "uncertainty", keys, HZ_COUNT(keys)))
        return;
    int show = hz_node_read_choice(r->map, "show", shows, HZ_COUNT(shows), (int)look->uncertainty,
                                   r->faults);
    look->uncertainty = show == 1 ? HZ_SHOW_FADE : show == 2 ? HZ_SHOW_NONE : HZ_SHOW_HATCH;
    double cv = hz_node_read_number(r->map, "cv", look->cv, 0.01, 1, r->faults);
    if (cv > look->cv)
        hz_look_fault(r, "cv", "cv is %g, but a style may only tighten the limit in force, %g", cv,
                      look->cv);
    else
        look->cv = cv;
    double hide = hz_node_read_number(r->map, "hide_below", look->hide_below, 0, 1000, r->faults);
    if (hide == 1 || hide != floor(hide))
        hz_look_fault(r, "hide_below", "hide_below is %g, expected 0 or a whole number from 2",
                      hide);
    else if (hide < look->hide_below)
        hz_look_fault(r, "hide_below", "hide_below is %g, but a style may only tighten the limit "
                      "in force, %g", hide, look->hide_below);
    else
        look->hide_below = hide;
}

static void read_zones(hz_look_reader *r, const hz_node *root)
{
    static const char *const keys[] = { "line", "casing", "labels" };
    static const char *const labels[] = { "letter", "name", "both" };
    hz_look *look = r->look;
    if (!hz_look_enter(r, root, "zones", keys, HZ_COUNT(keys)))
        return;
    double line = hz_look_floored(r, "line", look->zone_line_pt, 0.75, 4, "zone lines, in points");
    double casing = hz_look_floored(r, "casing", look->zone_casing_pt, 1.35, 8, "zone casings, in "
                                    "points");
    if (casing < line + 0.6)
        hz_look_fault(r, "casing", "casing is %g, under the floor of %g for a line of %g: a zone "
                      "line is two-tone, 0.3 points of casing on each side", casing, line + 0.6,
                      line);
    else {
        look->zone_line_pt = line;
        look->zone_casing_pt = casing;
    }
    int label = hz_node_read_choice(r->map, "labels", labels, HZ_COUNT(labels),
                                    (int)look->zone_labels, r->faults);
    look->zone_labels = label == 1 ? HZ_ZONE_NAME : label == 2 ? HZ_ZONE_BOTH : HZ_ZONE_LETTER;
}

static void read_labels(hz_look_reader *r, const hz_node *root)
{
    static const char *const keys[] = { "show", "only", "rename" };
    static const char *const shows[] = { "auto", "all", "none", "list" };
    hz_look *look = r->look;
    if (!hz_look_enter(r, root, "labels", keys, HZ_COUNT(keys)))
        return;
    look->label_show = (hz_label_show)hz_node_read_choice(r->map, "show", shows, HZ_COUNT(shows),
                                                          (int)look->label_show, r->faults);
    read_list(r, "only", &look->label_only, &look->label_only_count);
    if (look->label_show == HZ_LABELS_LIST && look->label_only_count == 0)
        hz_look_fault(r, "show", "show is list, but only: names no area");
    const hz_node *rename = hz_node_get(r->map, "rename");
    if (rename && hz_node_type(rename) != HZ_NODE_MAP) {
        hz_faults_add(r->faults, hz_node_line(rename), "rename is no map, expected {Name: New}");
    } else if (rename) {
        size_t n = look->rename_count;
        replace_texts(r, rename, true, "rename", &look->rename_from, &n);
        if (r->no_memory)
            return; /* the old pairs still stand */
        replace_texts(r, rename, false, "rename", &look->rename_to, &look->rename_count);
        if (r->no_memory) { /* the new names have no partners: none is left */
            free_texts(look->rename_from, n);
            look->rename_from = NULL;
            free_texts(look->rename_to, look->rename_count);
            look->rename_to = NULL;
            look->rename_count = 0;
        }
    }
}

static void read_furniture(hz_look_reader *r, const hz_node *root)
{
    static const char *const legend_keys[] = { "side", "counts" };
    static const char *const sides[] = { "auto", "right", "below" };
    static const char *const keys[] = { "scalebar", "north", "locator" };
    static const char *const norths[] = { "if-turned", "always", "never" };
    hz_look *look = r->look;
    if (hz_look_enter(r, root, "legend", legend_keys, HZ_COUNT(legend_keys))) {
        int side = hz_node_read_choice(r->map, "side", sides, HZ_COUNT(sides),
                                       (int)look->legend_side, r->faults);
        look->legend_side = side == 1 ? HZ_LEGEND_RIGHT
                          : side == 2 ? HZ_LEGEND_BELOW : HZ_LEGEND_AUTO;
        look->legend_counts = hz_node_read_bool(r->map, "counts", look->legend_counts, r->faults);
    }
    if (!hz_look_enter(r, root, "furniture", keys, HZ_COUNT(keys)))
        return;
    look->scalebar = hz_node_read_bool(r->map, "scalebar", look->scalebar, r->faults);
    int north = hz_node_read_choice(r->map, "north", norths, HZ_COUNT(norths), (int)look->north,
                                    r->faults);
    look->north = north == 1 ? HZ_NORTH_ALWAYS : north == 2 ? HZ_NORTH_NEVER : HZ_NORTH_IF_TURNED;
    if (hz_node_read_bool(r->map, "locator", false, r->faults))
        hz_look_fault(r, "locator", "locator: rate maps show all areas and have no locator, "
                      "expected false");
}

static void read_text(hz_look_reader *r, const hz_node *root)
{
    static const char *const keys[] = { "title", "subtitle", "source" };
    if (!hz_look_enter(r, root, "text", keys, HZ_COUNT(keys)))
        return;
    const char *title = hz_node_read_text(r->map, "title", NULL, r->faults);
    const char *subtitle = hz_node_read_text(r->map, "subtitle", NULL, r->faults);
    if (title)
        replace_text(r, &r->look->title, title);
    if (subtitle)
        replace_text(r, &r->look->subtitle, subtitle);
    read_list(r, "source", &r->look->sources, &r->look->source_count);
}

static void read_export(hz_look_reader *r, const hz_node *root)
{
    static const char *const keys[] = { "formats", "dpi" };
    static const char *const formats[] = { "png", "pdf", "svg" };
    hz_look *look = r->look;
    if (!hz_look_enter(r, root, "export", keys, HZ_COUNT(keys)))
        return;
    look->dpi = hz_node_read_number(r->map, "dpi", look->dpi, 72, 1200, r->faults);
    const hz_node *list = hz_node_get(r->map, "formats");
    bool on[3] = { false, false, false };
    if (!list)
        return;
    if (hz_node_type(list) != HZ_NODE_LIST || hz_node_count(list) == 0) {
        hz_faults_add(r->faults, hz_node_line(list), "formats is no list, expected some of png, "
                      "pdf, svg");
        return;
    }
    for (size_t i = 0; i < hz_node_count(list); i++) {
        const char *text = hz_node_text(hz_node_item(list, i));
        size_t k = 0;
        while (k < 3 && strcmp(text, formats[k]) != 0)
            k++;
        if (k < 3)
            on[k] = true;
        else
            hz_faults_add(r->faults, hz_node_line(hz_node_item(list, i)),
                          "format '%s', expected png, pdf or svg", text);
    }
    look->png = on[0];
    look->pdf = on[1];
    look->svg = on[2];
}

hz_status hz_look_read(hz_look *look, const hz_node *style, hz_faults *faults, hz_error *err)
{
    static const char *const keys[] = {
        "version", "page", "font", "colour", "classes", "numbers", "uncertainty", "zones",
        "labels", "legend", "furniture", "text", "export",
    };
    const hz_look old = *look; /* for its colours only: its texts may be freed below */
    hz_look_reader r = { .look = look, .map = style, .faults = faults };

    if (!style || !hz_node_check_keys(style, "style", keys, HZ_COUNT(keys), faults))
        return HZ_OK;
    hz_node_read_number(style, "version", 1, 1, 1, faults);
    read_page(&r, style);
    read_font(&r, style);
    hz_look_read_colours(&r, style);
    hz_look_read_classes(&r, style);
    read_numbers(&r, style);
    read_uncertainty(&r, style);
    read_zones(&r, style);
    read_labels(&r, style);
    read_furniture(&r, style);
    read_text(&r, style);
    read_export(&r, style);
    hz_look_check_colours(&r, style, &old);
    return r.no_memory ? hz_mem_fail(err, "style") : HZ_OK;
}
