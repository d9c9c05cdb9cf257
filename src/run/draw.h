/* What maps of one panel and of several share. */
#ifndef RUN_DRAW_H
#define RUN_DRAW_H

#include "run/project.h"

/** Publishers of everything that is seen on a map, each once; `out` has room for RECIPE_CREDITS. */
size_t draw_credits(const project *p, const recipe_map *map, hz_language l, const char **out);
/** Method, and the notes on population, analysis and events; gives how many, 4 at most. */
size_t draw_notes(const project *p, const recipe_analysis *a, const char *base_note,
                  const char *method, hz_language l, const char *notes[4]);
/** Water, streets, neighbours and zones, as far as the map asks for them. */
void draw_backdrop(const project *p, const recipe_map *map, hz_language l, hz_sheet_data *data);
/** Every size and language of a map of several panels. */
hz_status draw_panels(project *p, hz_fonts *fonts, const recipe_map *map, result *res,
                      hz_error *err);

#endif
