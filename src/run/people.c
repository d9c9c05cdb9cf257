/* Registered people in a project: which tables of them go together, and what was told of them before. */
#include "run/people.h"

#include <stdio.h>
#include <string.h>

#include "hotzone/mem.h"
#include "run/release.h"

/* ---- what else is told of them -------------------------------------------------------- */

/* People who are also counted, or drawn, as something else could be told from the two. */
static hz_status keep_apart_from(const project *p, const origin *people, const origin *other,
                                 const char *source, hz_error *err)
{
    if (!recipe_is_one_file(p->r, people->source, source))
        return HZ_OK;
    return hz_fail(err, HZ_EFORMAT, "%s:%zu: residents: line %zu reads the same source, expected "
                   "registered people to be read here alone: two tables of the same people can be "
                   "differenced", p->r->path, people->line, other->line);
}

/* Tables of residents go together; what else is told of them does not. */
static bool is_of_focus(const project *p, const origin *people)
{
    for (size_t i = 0; i < p->r->focus_count; i++)
        if (people == &p->r->focuses[i].residents.from)
            return true;
    return false;
}

hz_status project_keep_apart(const project *p, const origin *people, hz_error *err)
{
    const recipe *r = p->r;
    const recipe_backdrop *const drawn[] = { &r->water, &r->streets, &r->outside, &r->zones };
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < r->event_count; i++)
        for (size_t k = 0; !st && k <= r->events[i].also_count; k++)
            st = keep_apart_from(p, people, &r->events[i].from, recipe_file(&r->events[i], k), err);
    for (size_t i = 0; !st && i < r->population_count; i++)
        st = keep_apart_from(p, people, &r->population[i].from, r->population[i].from.source, err);
    for (size_t i = 0; !st && i < r->focus_count; i++)
        if (r->focuses[i].residents.from.source && !is_of_focus(p, people))
            st = keep_apart_from(p, people, &r->focuses[i].residents.from,
                                 r->focuses[i].residents.from.source, err);
    for (size_t i = 0; !st && i < 4; i++)
        if (drawn[i]->from.source)
            st = keep_apart_from(p, people, &drawn[i]->from, drawn[i]->from.source, err);
    return st;
}

/* ---- what one table is decided with ---------------------------------------------------- */

/* All tables of residents of a project are of the same people (recipe_focus.c). */
static hz_status list_sides(const project *p, people_context *of, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < p->r->focus_count; i++) {
        const recipe_focus *f = &p->r->focuses[i];
        if (!f->residents.from.source || f->edge.source)
            continue;
        st = release_sides(p, f, &of->side[of->side_count], err);
        of->sides[of->side_count] = of->side[of->side_count];
        of->side_count += !st;
    }
    return st;
}

hz_status people_prepare(const project *p, size_t focus, people_context *of, hz_focusing_input *in,
                         hz_error *err)
{
    const recipe_residents *r = &p->r->focuses[focus].residents;
    hz_status st = HZ_OK;
    if (!r->from.source)
        return HZ_OK;
    if (!p->r->focuses[focus].edge.source) /* else it cuts areas, and stands alone */
        st = list_sides(p, of, err);
    of->told = hz_mem_new(p->told.n, sizeof *of->told);
    if (!st && !of->told)
        st = hz_mem_fail(err, "residents");
    for (size_t i = 0; !st && i < p->told.n; i++)
        if (strcmp(p->told.item[i].name, r->from.name) == 0)
            of->told[of->told_count++] = p->told.item[i];
    in->who = r->from.name;
    in->register_date = r->date;
    in->sides = of->sides;
    in->side_count = of->side_count;
    in->told = of->told;
    in->told_count = of->told_count;
    return st;
}

void people_clear(people_context *of)
{
    for (size_t i = 0; i < RECIPE_SETS; i++)
        hz_mem_free(of->side[i]);
    hz_mem_free(of->told);
}

/* ---- what was told before --------------------------------------------------------------- */

bool people_are_counted(const project *p)
{
    for (size_t i = 0; i < p->r->focus_count; i++)
        if (p->r->focuses[i].residents.from.source)
            return true;
    return false;
}

static bool is_named(const project *p, const char *name)
{
    for (size_t i = 0; i < p->r->focus_count; i++) {
        const origin *from = &p->r->focuses[i].residents.from;
        if (from->source && strcmp(from->name, name) == 0)
            return true;
    }
    return false;
}

hz_status people_join(project *p, const char *directory, bool *found, hz_error *err)
{
    size_t before = p->told.n, known = 0;
    hz_status st = hz_residents_earlier_add(&p->told, directory, err);
    for (size_t i = before; !st && i < p->told.n; i++)
        known += is_named(p, p->told.item[i].name);
    if (!st && known < p->told.n - before)
        hz_warn(p->notice, "%s: tables of residents that this project does not count are not audited",
                directory);
    *found = known > 0;
    return st;
}

/* ---- tables and manifest ---------------------------------------------------------------- */

hz_status people_write(project *p, size_t i, hz_error *err)
{
    const recipe_focus *f = &p->r->focuses[i];
    hz_layer *table = p->focuses[i].found.residents.table;
    char stem[RECIPE_NAME], name[RECIPE_NAME];
    size_t n;
    const char *const *columns = hz_residents_columns(&n);
    if (!table)
        return HZ_OK;
    snprintf(stem, sizeof stem, "%.100s-residents", f->name);
    recipe_file_name(name, sizeof name, stem, f->residents.from.made_up);
    return project_table(p, name, f->residents.from.made_up, table, columns, n, err);
}

hz_status people_note(project *p, size_t i, hz_error *err)
{
    const recipe_focus *f = &p->r->focuses[i];
    const recipe_residents *r = &f->residents;
    bool joined = p->focuses[i].found.residents.release.with_count > 0;
    hz_status st = HZ_OK;
    if (!r->from.source)
        return HZ_OK;
    if (r->round > 0)
        st = project_note(p, f->name, "residents.round", NULL, r->round, err);
    else
        st = project_note(p, f->name, "residents.hide_below", NULL, r->below, err);
    if (!st)
        st = project_note(p, f->name, "residents.rule",
                  r->round > 0 ? "all figures rounded, so that they add up"
                               : "small figures hidden, and others until none can be worked out "
                                 "from sums and what is shown", 0, err);
    if (!st)
        st = project_count_people(p, &r->from, p->focuses[i].people,
                                  p->focuses[i].found.residents.read, err);
    if (!st && r->date)
        st = project_note(p, f->name, "residents.date", r->date, 0, err);
    return st ? st : project_note(p, f->name, "residents.release",
                          joined ? "audited jointly with the earlier releases of release.previous; a further "
                                   "one can be differenced"
                                 : "two releases about the same people can be differenced: give out one",
                          0, err);
}
