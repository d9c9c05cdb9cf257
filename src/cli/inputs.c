/* Reads what commands that count by area have in common. */
#include "cli/inputs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/source.h"
#include "hotzone/timeline.h"

bool inputs_ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

enum { COLUMNS_MOST = 64 };

/* Only some columns were read: the reader itself knows what else there is, to suggest. */
static hz_status no_column(const inputs *a, const hz_layer *events, const char *name, hz_error *err)
{
    hz_source_opts opts = { .x = a->x, .y = a->y, .crs = a->crs, .only = &name, .only_count = 1 };
    hz_layer *again = NULL;
    hz_status st = hz_source_read(a->events, &opts, &again, NULL, err);
    hz_layer_free(again);
    return st ? st : hz_fail(err, HZ_EUSAGE, "%s: has no column '%s'", hz_layer_name(events), name);
}

/* Dates of the events, where a period needs them. */
static hz_status ready_events(const inputs *a, bool dated, hz_layer *events, hz_place_opts *place,
                              const session *s, hz_error *err)
{
    const char *time = NULL;
    size_t bad = 0, first = 0;
    hz_status st = HZ_OK;

    if (a->time && hz_layer_find(events, a->time) < 0)
        return no_column(a, events, a->time, err);
    st = hz_match_time(events, a->time, &time, err);
    if (st)
        return st;
    if (dated && !time && !a->dates_optional)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column of dates, expected one of the usual "
                       "names or --time", hz_layer_name(events));
    if (time && dated) {
        st = hz_layer_read_dates(events, time, a->time_format, &bad, &first, err);
        if (!st && bad)
            hz_warn(s->notice, "%s: %zu of %zu rows have no readable date in '%s' (first: row %zu)",
                    hz_layer_name(events), bad, hz_layer_rows(events), time, first + 1);
        place->time = time;
    }
    if (!st && a->kind_column && hz_layer_find(events, a->kind_column) < 0)
        return no_column(a, events, a->kind_column, err);
    if (!st && a->kind.count)
        st = hz_match_kind(events, a->kind_column, &place->kind, err);
    if (!st && a->kind.count && !place->kind)
        st = hz_fail(err, HZ_EUSAGE, "%s: has no column of kinds, expected --kind-column",
                     hz_layer_name(events));
    return st;
}

void inputs_say_refused(const hz_layer *layer, const session *s)
{
    const hz_intake *in = hz_layer_intake(layer);
    if (in->refused)
        hz_warn(s->notice, "%s: %zu of %zu rows refused: %s", hz_layer_name(layer), in->refused,
                in->read, in->why);
}

/* Only the columns that the work can need: an export may have dozens. */
static void choose_columns(const inputs *a, bool dated, const char *precision,
                           const char *names[COLUMNS_MOST], hz_source_opts *opts)
{
    size_t n = 0, time_count = 0, kind_count = 0;
    const char *const *times = hz_usual_times(&time_count);
    const char *const *kinds = hz_usual_kinds(&kind_count);
    if (a->time)
        names[n++] = a->time;
    for (size_t i = 0; dated && !a->time && i < time_count && n + 5 < COLUMNS_MOST; i++)
        names[n++] = times[i];
    if (a->kind_column)
        names[n++] = a->kind_column;
    for (size_t i = 0; a->kind.count && !a->kind_column && i < kind_count && n + 3 < COLUMNS_MOST; i++)
        names[n++] = kinds[i];
    if (precision)
        names[n++] = precision;
    names[n++] = "synthetic_id";
    names[n++] = "origin";
    opts->only = names;
    opts->only_count = n;
    opts->only_if_there = true;
}

void inputs_settle(inputs *a)
{
    if (a->files.count)
        a->events = a->files.item[0];
}

/* Several files of events, each with the columns that the work needs, as one. */
static hz_status read_files(const inputs *a, bool dated, const hz_source_opts *how,
                            const session *s, hz_place_opts *place, hz_layer **out, hz_error *err)
{
    hz_layer *parts[OPT_LIST_MOST] = { NULL };
    hz_place_opts found[2] = { *place, *place };
    hz_status st = HZ_OK;

    for (size_t i = 0; !st && i < a->files.count; i++) {
        hz_place_opts *own = &found[i > 0];
        inputs one = *a;
        one.events = a->files.item[i];
        for (size_t k = 0; !st && k < i; k++)
            if (strcmp(one.events, a->files.item[k]) == 0)
                st = hz_fail(err, HZ_EUSAGE, "--events: '%s' is given twice, expected each file "
                             "once", one.events);
        if (!st)
            st = hz_source_read_kind(one.events, how, HZ_POINT, &parts[i], s->notice, err);
        if (st)
            break;
        inputs_say_refused(parts[i], s);
        st = ready_events(&one, dated, parts[i], own, s, err);
        if (!st && ((dated && strcmp(own->time, found[0].time) != 0) ||
                    (own->kind && strcmp(own->kind, found[0].kind) != 0)))
            st = hz_fail(err, HZ_EFORMAT, "%s: calls its dates or kinds otherwise than %s, "
                         "expected the same columns", hz_layer_name(parts[i]), hz_layer_name(parts[0]));
    }
    if (!st)
        st = hz_layer_stack(parts, a->files.count, out, s->notice, err);
    if (!st)
        st = ready_events(a, dated, *out, place, s, err); /* names of columns in it */
    for (size_t i = 0; i < a->files.count; i++)
        hz_layer_free(parts[i]);
    return st;
}

hz_status inputs_read(const inputs *a, bool dated, const session *s, hz_rating_input *in,
                      hz_layer **areas, hz_layer **events, hz_error *err)
{
    bool several = a->files.count > 1;
    hz_source_opts of_areas = { .crs = a->crs };
    hz_source_opts of_events = { .x = a->x, .y = a->y, .crs = a->crs };
    hz_source_opts of_table = { .no_shapes = true };
    const char *names[COLUMNS_MOST];
    hz_status st;

    choose_columns(a, dated, in->precision_m, names, &of_events);
    /* ready-made counts need no shapes of the areas */
    st = a->events ? hz_source_read_kind(a->areas, &of_areas, HZ_POLYGON, areas, s->notice, err)
                   : hz_source_read(a->areas, &of_areas, areas, s->notice, err);
    if (!st && !a->events)
        st = hz_source_mend(*areas, s->notice, err);
    if (!st && several)
        st = read_files(a, dated, &of_events, s, &in->place, events, err);
    else if (!st && a->events)
        st = hz_source_read_kind(a->events, &of_events, HZ_POINT, events, s->notice, err);
    else if (!st)
        st = hz_source_read(a->counts, &of_table, events, s->notice, err);
    if (!st) {
        inputs_say_refused(*areas, s);
        if (!several)
            inputs_say_refused(*events, s);
    }
    if (!st && a->events && !several)
        st = ready_events(a, dated, *events, &in->place, s, err);
    if (!st && a->counts)
        in->place.kind = a->kind_column;
    in->areas = *areas;
    in->events = a->events ? *events : NULL;
    in->counts = a->events ? NULL : *events;
    return st;
}

hz_status inputs_choose(const char *period, const opt_list *kind, hz_place_opts *place,
                        hz_error *err)
{
    if (period && hz_period_parse(period, &place->period, err))
        return hz_fail_within(err, "--period");
    place->kinds = kind->count ? kind->item : NULL;
    place->kind_count = kind->count;
    return HZ_OK;
}

hz_status inputs_read_events(const inputs *a, bool dated, const char *extra, const session *s,
                             hz_place_opts *place, hz_layer **events, hz_error *err)
{
    hz_source_opts of_events = { .x = a->x, .y = a->y, .crs = a->crs };
    const char *names[COLUMNS_MOST];
    choose_columns(a, dated, extra, names, &of_events);
    hz_status st = hz_source_read_kind(a->events, &of_events, HZ_POINT, events, s->notice, err);
    if (st)
        return st;
    inputs_say_refused(*events, s);
    return ready_events(a, dated, *events, place, s, err);
}

hz_status inputs_read_moments(const inputs *a, const char *clock, const char *extra,
                              const session *s, hz_place_opts *place, unsigned char **whole_day,
                              hz_layer **events, hz_error *err)
{
    hz_source_opts of_events = { .x = a->x, .y = a->y, .crs = a->crs };
    const char *names[COLUMNS_MOST], *time = NULL;
    size_t bad = 0, first = 0;
    hz_status st;

    choose_columns(a, true, clock, names, &of_events);
    if (extra && of_events.only_count < COLUMNS_MOST)
        names[of_events.only_count++] = extra;
    st = hz_source_read_kind(a->events, &of_events, HZ_POINT, events, s->notice, err);
    if (st)
        return st;
    inputs_say_refused(*events, s);
    if (clock && hz_layer_find(*events, clock) < 0)
        return no_column(a, *events, clock, err);
    st = ready_events(a, false, *events, place, s, err);
    if (!st)
        st = hz_match_time(*events, a->time, &time, err);
    if (!st && !time)
        st = hz_fail(err, HZ_EUSAGE, "%s: has no column of dates, expected one of the usual names "
                     "or --time", hz_layer_name(*events));
    if (!st)
        st = hz_timeline_read_times(*events, time, a->time_format, clock, whole_day, &bad, &first,
                                    err);
    if (!st && bad)
        hz_warn(s->notice, "%s: %zu of %zu rows have no readable time in '%s' (first: row %zu)",
                hz_layer_name(*events), bad, hz_layer_rows(*events), time, first + 1);
    place->time = time;
    return st;
}

hz_status inputs_check(const inputs *a, const char *who, hz_rating_input *in, hz_error *err)
{
    if (!a->areas)
        return hz_fail(err, HZ_EUSAGE, "%s: expected --areas SRC", who);
    if (!a->events == !a->counts)
        return hz_fail(err, HZ_EUSAGE, "%s: expected either --events SRC or --counts SRC",
                       who);
    const struct { const char *given, *option, *with; bool fits; } needs[] = {
        { a->x ? a->x : a->y, "--x and --y", "--events", a->events },
        { a->time, "--time", "--events", a->events },
        { a->time_format, "--time-format", "--events", a->events },
        { a->count_column, "--count-column", "--counts", a->counts },
        { a->count_key, "--count-key", "--counts", a->counts },
        { a->population_column, "--population-column", "--population", a->population.count },
        { a->population_key, "--population-key", "--population", a->population.count },
    };
    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++)
        if (needs[i].given && !needs[i].fits)
            return hz_fail(err, HZ_EUSAGE, "%s: goes with %s, expected both or neither",
                           needs[i].option, needs[i].with);
    if (a->population_year != floor(a->population_year) || a->population_year < 0 ||
        a->population_year > 9999)
        return hz_fail(err, HZ_EUSAGE, "--population-year: %g, expected a year",
                       a->population_year);
    if (a->population_year != 0 && !a->population.count)
        return hz_fail(err, HZ_EUSAGE, "--population-year: goes with --population, expected both "
                       "or neither");
    in->id = a->id;
    in->name = a->name;
    in->place = (hz_place_opts)HZ_PLACE_DEFAULTS;
    if (a->kind.count) {
        in->place.kinds = a->kind.item;
        in->place.kind_count = a->kind.count;
    }
    in->count_columns.key = a->count_key;
    in->count_columns.value = a->count_column;
    in->population_columns.key = a->population_key;
    in->population_columns.value = a->population_column;
    in->population_year = (int)a->population_year;
    return HZ_OK;
}

void inputs_say_counts(const hz_match_fate *fate, const char *label)
{
    fprintf(stderr, "counts%s: %zu rows read, %zu used, %zu of other areas, %zu of other years, "
            "%zu of other kinds, %zu without a figure, %zu refused\n", label, fate->read,
            fate->used, fate->other_area, fate->other_year, fate->other_kind,
            fate->without_figure, fate->refused);
    if (fate->suggestion[0])
        fprintf(stderr, "counts%s: %s\n", label, fate->suggestion);
}

void inputs_say_population(const hz_match_fate *fate, const char *label)
{
    if (fate->suggestion[0])
        fprintf(stderr, "population%s: %s\n", label, fate->suggestion);
    if (fate->missing[0])
        fprintf(stderr, "population%s: no figure for %s\n", label, fate->missing);
}

bool inputs_is_made_up(const char *source, const hz_layer *layer)
{
    if (strstr(source, "synthetic") || hz_layer_find(layer, "synthetic_id") >= 0)
        return true;
    for (size_t i = 0; i < hz_layer_rows(layer); i++)
        if (strcmp(hz_layer_text(layer, "origin", i), "synthetic") == 0)
            return true;
    return false;
}

/* Cut one name off: bare, or in double quotes as in a CSV, a comma within and "" for a quote.
 * NULL: a quote that is never closed, or text behind a closed one. */
static char *cut_name(char *at, char **next)
{
    at += strspn(at, " ");
    if (*at != '"') {
        *next = strchr(at, ',');
        if (*next)
            *(*next)++ = '\0';
        for (size_t end = strlen(at); end && at[end - 1] == ' '; end--)
            at[end - 1] = '\0';
        return at;
    }
    char *to = at, *from = at + 1;
    for (; *from && (*from != '"' || from[1] == '"'); from++) {
        from += *from == '"';
        *to++ = *from;
    }
    if (!*from)
        return NULL;
    *to = '\0';
    from++;
    from += strspn(from, " ");
    if (*from && *from != ',')
        return NULL;
    *next = *from ? from + 1 : NULL;
    return at;
}

hz_status inputs_split_names(const char *option, char *copy, const char *names[INPUT_NAMES_MOST],
                             size_t *n, hz_error *err)
{
    *n = 0;
    for (char *at = copy, *next; at; at = next) {
        at = cut_name(at, &next);
        if (!at)
            return hz_fail(err, HZ_EUSAGE, "--%s: has a quote that is not closed before a comma or the "
                           "end, expected \"name, with a comma\"", option);
        if (!*at)
            return hz_fail(err, HZ_EUSAGE, "--%s: has an empty name, expected names of areas",
                           option);
        if (*n == INPUT_NAMES_MOST)
            return hz_fail(err, HZ_EUSAGE, "--%s: more than %d names, expected polygons", option,
                           INPUT_NAMES_MOST);
        names[(*n)++] = at;
    }
    return HZ_OK;
}

hz_status inputs_add_origin(const inputs *a, const hz_layer *events, hz_layer *table,
                            bool *made_up, hz_error *err)
{
    const char *source = a->events ? a->events : a->counts;
    *made_up = inputs_is_made_up(source, events) || strstr(a->areas, "synthetic");
    for (size_t i = 1; i < a->files.count; i++)
        *made_up |= strstr(a->files.item[i], "synthetic") != NULL;
    for (size_t i = 0; i < a->population.count; i++)
        *made_up |= strstr(a->population.item[i], "synthetic") != NULL;
    return *made_up ? hz_layer_add_word(table, "origin", "synthetic", err) : HZ_OK;
}
