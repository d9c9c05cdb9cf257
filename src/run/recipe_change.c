/* The parts of a recipe about change between periods. */
#include <float.h>
#include <string.h>

#include "run/recipe_read.h"

static void read_closed_period(recipe_reader *in, const hz_node *map, const char *key,
                               const char **text, hz_period *out)
{
    hz_error err;
    *text = hz_node_read_text(map, key, NULL, in->faults);
    if (!*text)
        hz_faults_add(in->faults, hz_node_line(map), "no `%s`, expected a period", key);
    else if (hz_period_parse(*text, out, &err))
        hz_faults_add(in->faults, hz_node_line(hz_node_get(map, key)), "%s", err.text);
}

void recipe_read_change(recipe_reader *in, const hz_node *map, recipe_change *c)
{
    static const char *const keys[] = {
        "name", "events", "counts", "areas", "population", "kinds", "before", "after", "per",
        "level", "unstable-cv", "hide-below", "test", "assume-population", "rate-column",
        "rate-per", "title", "note"
    };
    static const char *const tests[] = { "likely", "central" };
    hz_error err;

    c->line = hz_node_line(map);
    c->name = "change";
    c->opts = (hz_change_opts)HZ_CHANGE_DEFAULTS;
    c->population = in->r->population_count ? 0 : RECIPE_NONE;
    if (!hz_node_check_keys(map, "change", keys, sizeof keys / sizeof *keys, in->faults))
        return;
    c->name = hz_node_read_text(map, "name", c->name, in->faults);
    recipe_check_name(in, c->name, c->line, "change");
    c->events = recipe_find_events(in, map, c->name);
    if (hz_node_get(map, "areas"))
        c->areas = recipe_find_areas(in, map, "areas");
    if (hz_node_get(map, "population"))
        c->population = recipe_find_population(in, map, "population");
    c->kind_count = recipe_read_list(in, map, "kinds", c->kinds, RECIPE_KINDS);
    read_closed_period(in, map, "before", &c->before_text, &c->before);
    read_closed_period(in, map, "after", &c->after_text, &c->after);
    c->opts.per = hz_node_read_number(map, "per", c->opts.per, 1e-9, DBL_MAX, in->faults);
    c->opts.level = hz_node_read_number(map, "level", c->opts.level, 0.5, 0.9999, in->faults);
    c->opts.unstable_cv =
        hz_node_read_number(map, "unstable-cv", c->opts.unstable_cv, 0.01, 1, in->faults);
    c->opts.hide_below = hz_node_read_number(map, "hide-below", -1, 0, 1e6, in->faults);
    c->opts.test = (hz_change_test)hz_node_read_choice(map, "test", tests, 2, HZ_P_LIKELY,
                                                       in->faults);
    c->assume = hz_node_read_text(map, "assume-population", NULL, in->faults);
    if (c->assume && hz_assumption_parse(c->assume, &c->opts.assumed, &err))
        hz_faults_add(in->faults, hz_node_line(hz_node_get(map, "assume-population")), "%s",
                      err.text);
    c->rate_column = hz_node_read_text(map, "rate-column", NULL, in->faults);
    c->rate_per = hz_node_read_number(map, "rate-per", 0, 1e-9, DBL_MAX, in->faults);
    c->title = recipe_read_words(in, map, "title");
    c->note = recipe_read_words(in, map, "note");
    recipe_settle_hiding(in, c->events, c->line, &c->opts.hide_below);
}

/* Two questions by the same words would be rows that nobody can tell apart. */
static void check_apart(recipe_reader *in, const recipe_survey *s, size_t i)
{
    for (size_t k = 0; k < i; k++)
        for (int l = 0; l < LANGUAGES; l++) {
            const char *one = s->questions[k].shown.in[l], *other = s->questions[i].shown.in[l];
            if (one && other && *one && strcmp(one, other) == 0) {
                hz_faults_add(in->faults, s->questions[i].line, "questions: '%s' and '%s' are both "
                              "called '%s', expected words that tell them apart",
                              s->questions[k].source, s->questions[i].source, one);
                return;
            }
        }
}

/* `questions:` a map from each question of the source to how reports show it. */
static void read_questions(recipe_reader *in, const hz_node *map, recipe_survey *s)
{
    const hz_node *node = hz_node_get(map, "questions");
    if (!node)
        return;
    if (hz_node_type(node) != HZ_NODE_MAP) {
        hz_faults_add(in->faults, hz_node_line(node), "questions is no map, expected one from the "
                      "questions of the source to {en: ..., da: ...}");
        return;
    }
    for (size_t i = 0; i < hz_node_count(node); i++) {
        if (i == RECIPE_QUESTIONS) {
            hz_faults_add(in->faults, hz_node_key_line(node, i), "questions: %zu of them, expected at "
                          "most %d", hz_node_count(node), RECIPE_QUESTIONS);
            return;
        }
        s->questions[i].source = hz_node_key(node, i);
        s->questions[i].line = hz_node_key_line(node, i);
        s->questions[i].shown = recipe_read_words(in, node, hz_node_key(node, i));
        check_apart(in, s, i);
        s->question_count++;
    }
}

void recipe_read_survey(recipe_reader *in, const hz_node *map, recipe_survey *s)
{
    static const char *const keys[] = { RECIPE_ORIGIN_KEYS, "before", "after", "question", "share",
                                        "sample", "level", "design-effect", "hide-below",
                                        "questions" };
    s->opts = (hz_survey_opts)HZ_SURVEY_DEFAULTS;
    hz_node_check_keys(map, "survey", keys, sizeof keys / sizeof *keys, in->faults);
    s->from = recipe_read_origin(in, map, "survey", "survey");
    if (hz_node_type(map) != HZ_NODE_MAP)
        return;
    s->opts.before = (int)hz_node_read_number(map, "before", 0, 1, 9999, in->faults);
    s->opts.after = (int)hz_node_read_number(map, "after", 0, 1, 9999, in->faults);
    if (!s->opts.before || !s->opts.after)
        hz_faults_add(in->faults, hz_node_line(map), "survey '%s': expected years `before` and "
                      "`after`", s->from.name);
    read_questions(in, map, s);
    s->opts.question = hz_node_read_text(map, "question", NULL, in->faults);
    s->opts.share = hz_node_read_text(map, "share", NULL, in->faults);
    s->opts.sample = hz_node_read_text(map, "sample", NULL, in->faults);
    s->opts.level = hz_node_read_number(map, "level", s->opts.level, 0.5, 0.9999, in->faults);
    s->opts.design_effect =
        hz_node_read_number(map, "design-effect", s->opts.design_effect, 0.01, 1000, in->faults);
    s->opts.hide_below =
        hz_node_read_number(map, "hide-below", s->from.sensitive ? 5 : 0, 0, 1e6, in->faults);
}
