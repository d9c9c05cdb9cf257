/* Registered people in a project: which tables of them go together, and what was told of them before. */
#ifndef RUN_PEOPLE_H
#define RUN_PEOPLE_H

#include "run/project.h"

/** What the table of residents of one focus is decided with; all zero before. */
typedef struct {
    unsigned char *side[RECIPE_SETS];   /* areas of every focus that is told of the same people */
    const unsigned char *sides[RECIPE_SETS]; /* the same, to be lent */
    size_t side_count;
    hz_residents_release *told;         /* earlier releases of these people; their members are lent */
    size_t told_count;
} people_context;

/** Fill in what concerns residents in a focus's input; free with people_clear when it is made. */
hz_status people_prepare(const project *p, size_t focus, people_context *of, hz_focusing_input *in,
                         hz_error *err);
void people_clear(people_context *of);
/** Does any focus of the project count people? */
bool people_are_counted(const project *p);
/** Read what an earlier release told of the project's people; `found`: whether it told of any. */
hz_status people_join(project *p, const char *directory, bool *found, hz_error *err);
hz_status people_write(project *p, size_t focus, hz_error *err);
/** By which rule people are hidden, and never which or how many. */
hz_status people_note(project *p, size_t focus, hz_error *err);

#endif
