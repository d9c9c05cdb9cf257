/* Reads the colours and classes of a style document, and holds them against the palette gate. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "map/look_parts.h"

static hz_colour read_colour(hz_look_reader *r, const char *key, hz_colour now)
{
    const char *text = hz_node_read_text(r->map, key, NULL, r->faults);
    hz_colour colour = now;
    hz_error err;
    if (text && hz_colour_parse(text, &colour, &err))
        hz_look_fault(r, key, "%s: %s", key, err.text);
    return colour;
}

static void read_palette(hz_look_reader *r)
{
    hz_look *look = r->look;
    const hz_node *node = hz_node_get(r->map, "palette");
    hz_colour colours[HZ_CLASSES_MAX];
    hz_error err;
    if (!node)
        return;
    if (hz_node_type(node) == HZ_NODE_SCALAR) {
        if (hz_palette_named(hz_node_text(node), 5, colours, &err)) {
            hz_faults_add(r->faults, hz_node_line(node), "%s", err.text);
            return;
        }
        snprintf(look->palette, sizeof look->palette, "%s", hz_node_text(node));
        look->own_colours = 0;
        return;
    }
    size_t n = hz_node_count(node);
    if (hz_node_type(node) != HZ_NODE_LIST || n < 3 || n > HZ_CLASSES_MAX) {
        hz_faults_add(r->faults, hz_node_line(node), "palette is neither a name nor a list of 3 to "
                      "%d colours", HZ_CLASSES_MAX);
        return;
    }
    for (size_t i = 0; i < n; i++)
        if (hz_colour_parse(hz_node_text(hz_node_item(node, i)), &colours[i], &err)) {
            hz_faults_add(r->faults, hz_node_line(hz_node_item(node, i)), "palette: %s", err.text);
            return;
        }
    memcpy(look->classes_colour, colours, n * sizeof *colours);
    look->own_colours = look->classes = n;
    snprintf(look->palette, sizeof look->palette, "own");
}

void hz_look_read_colours(hz_look_reader *r, const hz_node *root)
{
    static const char *const keys[] = { "palette", "reverse", "water", "outside", "streets",
                                        "no_data" };
    hz_look *look = r->look;
    if (!hz_look_enter(r, root, "colour", keys, HZ_COUNT(keys)))
        return;
    read_palette(r);
    look->reverse = hz_node_read_bool(r->map, "reverse", look->reverse, r->faults);
    look->water = read_colour(r, "water", look->water);
    look->outside = read_colour(r, "outside", look->outside);
    look->streets = read_colour(r, "streets", look->streets);
    look->no_data = read_colour(r, "no_data", look->no_data);
}

/* Rising limits: one fewer than classes. */
static void read_limits(hz_look_reader *r)
{
    const hz_node *node = hz_node_get(r->map, "limits");
    double limits[HZ_CLASSES_MAX - 1];
    size_t n = node ? hz_node_count(node) : 0;
    bool good = node && hz_node_type(node) == HZ_NODE_LIST && n >= 2 && n <= HZ_CLASSES_MAX - 1;
    if (!node)
        return;
    for (size_t i = 0; good && i < n; i++) {
        const char *text = hz_node_text(hz_node_item(node, i));
        good = hz_number_parse(text, strlen(text), '.', &limits[i]) &&
               (i == 0 || limits[i] > limits[i - 1]);
    }
    if (!good) {
        hz_faults_add(r->faults, hz_node_line(node), "limits are not 2 to %d rising numbers",
                      HZ_CLASSES_MAX - 1);
        return;
    }
    memcpy(r->look->fixed, limits, n * sizeof *limits);
    r->look->classes = n + 1;
}

void hz_look_read_classes(hz_look_reader *r, const hz_node *root)
{
    static const char *const keys[] = { "method", "count", "round", "limits", "reference" };
    static const char *const methods[] = { "quantile", "fisher", "equal", "fixed", "reference" };
    hz_look *look = r->look;
    if (!hz_look_enter(r, root, "classes", keys, HZ_COUNT(keys)))
        return;
    look->method = (hz_breaks_method)hz_node_read_choice(r->map, "method", methods,
                                                         HZ_COUNT(methods), (int)look->method,
                                                         r->faults);
    double count = hz_look_floored(r, "count", (double)look->classes, 3, HZ_CLASSES_MAX, "classes");
    if (count != floor(count))
        hz_look_fault(r, "count", "count is %g, expected a whole number", count);
    else
        look->classes = (size_t)count;
    look->round = hz_node_read_bool(r->map, "round", look->round, r->faults);
    bool limits = hz_node_get(r->map, "limits") != NULL;
    if (limits && look->method != HZ_FIXED)
        hz_look_fault(r, "limits", "limits belong to method: fixed");
    if (!limits && look->method == HZ_FIXED && hz_node_get(r->map, "method"))
        hz_look_fault(r, "method", "method fixed needs limits: [.., ..]");
    if (look->method == HZ_REFERENCE)
        look->fixed[0] = hz_node_read_number(r->map, "reference", 0, 0, 1e12, r->faults);
    else if (hz_node_get(r->map, "reference"))
        hz_look_fault(r, "reference", "reference belongs to method: reference");
    read_limits(r);
}

/* The palette gate, over the colours as they would be used; on failure the old ones stay. */
void hz_look_check_colours(hz_look_reader *r, const hz_node *root, const hz_look *old)
{
    hz_look *look = r->look;
    hz_colour colours[HZ_CLASSES_MAX];
    hz_error err;
    const hz_node *where = hz_node_get(root, "colour");
    if (!where)
        where = hz_node_get(root, "classes");
    if (!where)
        return;
    bool diverging = strcmp(look->palette, "ratio") == 0;
    if (!hz_look_colours(look, look->classes, colours, &err) &&
        !hz_palette_check(colours, look->classes, diverging, look->no_data, look->water,
                          look->outside, &err)) {
        if (!look->own_colours)
            hz_palette_named(look->palette, look->classes, look->classes_colour, NULL);
        return;
    }
    const hz_node *palette = hz_node_type(where) == HZ_NODE_MAP ? hz_node_get(where, "palette")
                                                                : NULL;
    hz_faults_add(r->faults, hz_node_line(palette ? palette : where), "%s", err.text);
    memcpy(look->classes_colour, old->classes_colour, sizeof look->classes_colour);
    memcpy(look->palette, old->palette, sizeof look->palette);
    look->own_colours = old->own_colours;
    look->classes = old->classes;
    look->no_data = old->no_data;
    look->water = old->water;
    look->outside = old->outside;
}
