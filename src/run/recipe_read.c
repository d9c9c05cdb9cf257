/* What the readers of a recipe's parts share. */
#include "run/recipe_read.h"

#include <math.h>
#include <string.h>

const char *const recipe_languages[LANGUAGES] = { "en", "da" };

const char *words_in(const words *w, hz_language language, const char *fallback)
{
    for (int k = 0; k < LANGUAGES; k++) {
        const char *text = w->in[((int)language + k) % LANGUAGES];
        if (text && *text)
            return text;
    }
    return fallback;
}

/* A text, or a map of texts by language. */
words recipe_read_words(recipe_reader *in, const hz_node *map, const char *key)
{
    words w = { { NULL, NULL } };
    const hz_node *node = hz_node_get(map, key);
    if (!node)
        return w;
    if (hz_node_type(node) == HZ_NODE_SCALAR) {
        w.in[HZ_ENGLISH] = w.in[HZ_DANISH] = hz_node_text(node);
    } else if (hz_node_check_keys(node, key, recipe_languages, LANGUAGES, in->faults)) {
        for (int k = 0; k < LANGUAGES; k++)
            w.in[k] = hz_node_read_text(node, recipe_languages[k], NULL, in->faults);
    }
    return w;
}

/* A word, or a list of words; returns how many. */
size_t recipe_read_list(recipe_reader *in, const hz_node *map, const char *key, const char **out,
                        size_t room)
{
    const hz_node *node = hz_node_get(map, key);
    if (!node)
        return 0;
    if (hz_node_type(node) == HZ_NODE_SCALAR) {
        out[0] = hz_node_text(node);
        return 1;
    }
    if (hz_node_type(node) == HZ_NODE_MAP) {
        hz_faults_add(in->faults, hz_node_line(node), "%s is a map, expected a word or a list",
                      key);
        return 0;
    }
    size_t n = 0;
    for (size_t i = 0; i < hz_node_count(node); i++) {
        const hz_node *item = hz_node_item(node, i);
        if (hz_node_type(item) != HZ_NODE_SCALAR) {
            hz_faults_add(in->faults, hz_node_line(item), "%s: item %zu is no word", key, i + 1);
        } else if (n == room) {
            hz_faults_add(in->faults, hz_node_line(item), "%s: more than %zu items", key, room);
            break;
        } else {
            out[n++] = hz_node_text(item);
        }
    }
    return n;
}

/* The members of a list of maps; a single map counts as a list of one. */
size_t recipe_list_size(recipe_reader *in, const hz_node *root, const char *key)
{
    const hz_node *node = hz_node_get(root, key);
    if (!node)
        return 0;
    if (hz_node_type(node) == HZ_NODE_MAP)
        return 1;
    if (hz_node_type(node) == HZ_NODE_SCALAR) {
        hz_faults_add(in->faults, hz_node_line(node), "%s is a single value, expected a list",
                      key);
        return 0;
    }
    if (hz_node_count(node) > RECIPE_SETS)
        hz_faults_add(in->faults, hz_node_line(node), "%s: %zu items, expected at most %d", key,
                      hz_node_count(node), RECIPE_SETS);
    return hz_node_count(node) < RECIPE_SETS ? hz_node_count(node) : RECIPE_SETS;
}

const hz_node *recipe_list_item(const hz_node *root, const char *key, size_t i)
{
    const hz_node *node = hz_node_get(root, key);
    return hz_node_type(node) == HZ_NODE_MAP ? node : hz_node_item(node, i);
}

/* Names stand in file names and messages: letters, digits, '-' and '_'. */
void recipe_check_name(recipe_reader *in, const char *name, size_t line, const char *what)
{
    static const char fine[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    if (!*name || strspn(name, fine) != strlen(name) || strlen(name) > 60)
        hz_faults_add(in->faults, line,
                      "%s name '%s', expected up to 60 letters a-z, digits, '-' or '_'", what,
                      name);
}

origin recipe_read_origin(recipe_reader *in, const hz_node *map, const char *what, const char *fallback)
{
    origin o = { .line = hz_node_line(map), .name = fallback };
    if (hz_node_type(map) != HZ_NODE_MAP)
        return o;
    o.name = hz_node_read_text(map, "name", fallback, in->faults);
    const hz_node *source = hz_node_get(map, "source");
    o.several = source && hz_node_type(source) == HZ_NODE_LIST && strcmp(what, "events") == 0;
    if (o.several && hz_node_count(source) > 0)
        o.source = hz_node_text(hz_node_item(source, 0));
    else if (!o.several)
        o.source = hz_node_read_text(map, "source", NULL, in->faults);
    o.x = hz_node_read_text(map, "x", NULL, in->faults);
    o.y = hz_node_read_text(map, "y", NULL, in->faults);
    o.crs = hz_node_read_text(map, "crs", NULL, in->faults);
    o.title = recipe_read_words(in, map, "title");
    o.credit = recipe_read_words(in, map, "credit");
    o.note = recipe_read_words(in, map, "note");
    o.sensitive = hz_node_read_bool(map, "sensitive", false, in->faults);
    o.made_up = hz_node_read_bool(map, "made-up", false, in->faults);
    if (!o.source || !*o.source)
        hz_faults_add(in->faults, o.line, "%s has no source, expected a file or service", what);
    if (o.name)
        recipe_check_name(in, o.name, o.line, what);
    return o;
}

/* Where a name stands among others; a fault that suggests the nearest if it does not. */
const char *recipe_area_name(const recipe *r, size_t i) { return r->areas[i].from.name; }
const char *recipe_base_name(const recipe *r, size_t i) { return r->population[i].from.name; }
const char *recipe_event_name(const recipe *r, size_t i) { return r->events[i].from.name; }
const char *recipe_analysis_name(const recipe *r, size_t i) { return r->analyses[i].name; }

size_t recipe_find_name(recipe_reader *in, const char *word, recipe_name_fn name, size_t n, size_t line,
                        const char *what)
{
    const char *names[RECIPE_SETS];
    for (size_t i = 0; i < n; i++) {
        names[i] = name(in->r, i) ? name(in->r, i) : "";
        if (strcmp(names[i], word) == 0)
            return i;
    }
    const char *near = hz_text_nearest(word, names, n);
    if (near)
        hz_faults_add(in->faults, line, "%s '%s' is not in this file, did you mean '%s'?", what,
                      word, near);
    else
        hz_faults_add(in->faults, line, "%s '%s' is not in this file, expected one of its names",
                      what, word);
    return 0;
}

size_t recipe_find_names(recipe_reader *in, const hz_node *map, const char *key, recipe_name_fn name,
                         size_t n, size_t *out)
{
    const char *list[RECIPE_SETS];
    size_t count = recipe_read_list(in, map, key, list, RECIPE_SETS);
    for (size_t i = 0; i < count; i++)
        out[i] = recipe_find_name(in, list[i], name, n, hz_node_line(hz_node_get(map, key)), key);
    return count;
}

void recipe_settle_hiding(recipe_reader *in, size_t events, size_t line, double *below)
{
    const recipe *r = in->r;
    bool sensitive = r->event_count && r->events[events].from.sensitive;
    if (*below >= 0 && (*below == 1 || *below != floor(*below)))
        hz_faults_add(in->faults, line, "hide-below is %g, expected 0 or a whole number from 2",
                      *below);
    if (*below < 0)
        *below = sensitive ? RECIPE_HIDDEN_LEAST : 0;
    else if (sensitive && *below < RECIPE_HIDDEN_LEAST)
        hz_faults_add(in->faults, line,
                      "hide-below is %g, expected at least %d for sensitive events", *below,
                      RECIPE_HIDDEN_LEAST);
}

bool recipe_same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

void recipe_read_people_rule(recipe_reader *in, const hz_node *map, double *below, double *round)
{
    const hz_node *hides = hz_node_get(map, "hide-below"), *rounds = hz_node_get(map, "round");
    double style = in->r->hide_below;
    *below = hz_node_read_number(map, "hide-below", RECIPE_HIDDEN_LEAST, 0, 1e6, in->faults);
    *round = hz_node_read_number(map, "round", rounds ? 1e6 : 0, 0, 1e6, in->faults); /* one fault */
    if (hides && rounds)
        hz_faults_add(in->faults, hz_node_line(map), "both hide-below and round, expected one of them");
    if (*below < RECIPE_HIDDEN_LEAST || *below != floor(*below))
        hz_faults_add(in->faults, hz_node_line(hides), "hide-below is %g, expected a whole number of at "
                      "least %d for people", *below, RECIPE_HIDDEN_LEAST);
    if (rounds && (*round < RECIPE_HIDDEN_LEAST || *round != floor(*round)))
        hz_faults_add(in->faults, hz_node_line(rounds), "round is %g, expected a whole number of at least "
                      "%d for people", *round, RECIPE_HIDDEN_LEAST);
    else if (rounds && *round < style)
        hz_faults_add(in->faults, hz_node_line(rounds), "round is %g, expected at least %g, under which "
                      "the style hides", *round, style);
    *below = style > *below ? style : *below;
}

/* Which of `events` and `counts` a part names: one of them, unless there is but one source. */
size_t recipe_find_events(recipe_reader *in, const hz_node *map, const char *part)
{
    recipe *r = in->r;
    const hz_node *events = hz_node_get(map, "events"), *counts = hz_node_get(map, "counts");
    if (!events == !counts && (events || r->event_count != 1))
        hz_faults_add(in->faults, hz_node_line(map),
                      "'%s' names %s, expected either events or counts", part,
                      events ? "both events and counts" : "neither events nor counts");
    if (!events && !counts)
        return 0;
    const char *key = events ? "events" : "counts";
    const char *word = hz_node_read_text(map, key, "", in->faults);
    size_t line = hz_node_line(hz_node_get(map, key));
    size_t found = recipe_find_name(in, word, recipe_event_name, r->event_count, line, key);
    if (found < r->event_count && recipe_event_name(r, found) &&
        strcmp(recipe_event_name(r, found), word) == 0 &&
        r->events[found].ready_made != (counts != NULL))
        hz_faults_add(in->faults, line, "'%s' stands under %s, expected it there", word,
                      counts ? "events" : "counts");
    return found;
}

size_t recipe_find_areas(recipe_reader *in, const hz_node *map, const char *key)
{
    return recipe_find_name(in, hz_node_read_text(map, key, "", in->faults), recipe_area_name,
                            in->r->area_count, hz_node_line(hz_node_get(map, key)), key);
}

size_t recipe_find_population(recipe_reader *in, const hz_node *map, const char *key)
{
    return recipe_find_name(in, hz_node_read_text(map, key, "", in->faults), recipe_base_name,
                            in->r->population_count, hz_node_line(hz_node_get(map, key)), key);
}
