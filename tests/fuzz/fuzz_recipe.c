/* Project files: any bytes give a recipe whose parts point inside it, or sentences. */
#include <string.h>

#include "fuzz.h"
#include "run/recipe.h"

static void must_be_whole(const recipe *r)
{
    fuzz_must(r->area_count >= 1 && r->area_count <= RECIPE_SETS, "a recipe has areas");
    fuzz_must(r->event_count >= 1 && r->event_count <= RECIPE_SETS, "a recipe has events");
    fuzz_must(r->population_count <= RECIPE_SETS && r->map_count <= RECIPE_SETS &&
                  r->analysis_count <= RECIPE_SETS, "lists fit");
    fuzz_must(r->language_count >= 1, "a recipe has a language");
    for (size_t i = 0; i < r->analysis_count; i++) {
        const recipe_analysis *a = &r->analyses[i];
        fuzz_must(a->name && *a->name && !strpbrk(a->name, "/."), "a name is a file name");
        fuzz_must(a->events < r->event_count, "events are there");
        fuzz_must(a->area_count >= 1, "an analysis has areas");
        for (size_t k = 0; k < a->area_count; k++)
            fuzz_must(a->areas[k] < r->area_count, "areas are there");
        for (size_t k = 0; k < a->population_count; k++)
            fuzz_must(a->population[k] < r->population_count, "populations are there");
        fuzz_must(a->rates.hide_below >= 0 && a->rates.hide_below != 1, "hiding hides");
        fuzz_must(!r->events[a->events].from.sensitive || a->rates.hide_below >= 5,
                  "sensitive counts are hidden");
    }
    for (size_t i = 0; i < r->map_count; i++) {
        const recipe_map *m = &r->maps[i];
        fuzz_must(m->name && *m->name && !strpbrk(m->name, "/."), "a name is a file name");
        fuzz_must(m->analysis < r->analysis_count && m->areas < r->area_count, "a map has areas");
        fuzz_must(!m->draw_events ||
                      r->events[r->analyses[m->analysis].events].public_points,
                  "only public events are drawn");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    recipe *r = NULL;
    hz_error err;
    hz_status st = recipe_read(fuzz_file(data, size), NULL, &r, &err);
    fuzz_must_say_why(st, &err, 1); /* one line for each fault */
    if (!st)
        must_be_whole(r);
    recipe_free(r);
    return 0;
}
