/* Which events of a recipe are the same, and from which count on they are shown. */
#include <string.h>
#include <sys/stat.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "run/recipe_read.h"

/* ---- the same events by several names ------------------------------------------------- */

/* The file of a source, without "./" and what stands after a bar. */
static const char *file_of(const char *source, size_t *length)
{
    while (strncmp(source, "./", 2) == 0)
        source += 2;
    *length = strcspn(source, "|");
    return source;
}

/* A layer of a file that is named, "|layername=x"; empty: none is. */
static const char *layer_of(const char *source, size_t *length)
{
    const char *at = strstr(source, "|layername=");
    at = at ? at + strlen("|layername=") : "";
    *length = strcspn(at, "|");
    return at;
}

/* What stands behind one of GDAL's ways of naming a file: CSV:name, /vsigzip/name, and of
 * /vsisubfile/0_99,name what follows the comma; NULL: nothing. */
static const char *behind(const char *name)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
    size_t n = strspn(name, letters);
    if (strncmp(name, "/vsi", 4) == 0)
        n = 1 + strcspn(name + 1, "/");
    else if (n < 2 || (name[n] != ':' && name[n] != ','))
        return NULL;
    return name[n] ? name + n + 1 : NULL;
}

/* A plain name leads to a file from where the recipe stands, one with a prefix from where the command
 * runs. */
static bool find_file(const recipe *r, const char *name, size_t length, struct stat *info)
{
    char *own = hz_mem_text_n(name, length), *path = own ? hz_file_beside(r->path, own) : NULL;
    bool found = path && stat(path, info) == 0;
    for (const char *rest = own ? behind(own) : NULL; !found && rest; rest = behind(rest))
        found = stat(rest, info) == 0;
    hz_mem_free(path);
    hz_mem_free(own);
    return found;
}

/* By whatever path: links and detours lead to the same rows. */
bool recipe_is_one_file(const recipe *r, const char *a, const char *b)
{
    size_t n, m;
    struct stat x, y;
    a = file_of(a, &n);
    b = file_of(b, &m);
    if (n == m && strncmp(a, b, n) == 0)
        return true;
    return find_file(r, a, n, &x) && find_file(r, b, m, &y) && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino;
}

/* May two sources hold the same rows?  Two layers of one file do not. */
static bool share_rows(const recipe *r, const char *a, const char *b)
{
    size_t n, m;
    const char *x = layer_of(a, &n), *y = layer_of(b, &m);
    if (!recipe_is_one_file(r, a, b))
        return false;
    return n == 0 || m == 0 || (n == m && strncmp(x, y, n) == 0);
}

/* Sets of events by another name may be read from the same source, or one of their files. */
static bool are_same_events(const recipe *r, size_t a, size_t b)
{
    for (size_t i = 0; i <= r->events[a].also_count; i++)
        for (size_t k = 0; k <= r->events[b].also_count; k++) {
            const char *x = recipe_file(&r->events[a], i), *y = recipe_file(&r->events[b], k);
            if (x && y && share_rows(r, x, y))
                return true;
        }
    return false;
}

/* Read in the same way, two sets are one set with two names. */
static bool are_read_alike(const recipe_events *a, const recipe_events *b)
{
    bool alike = a->ready_made == b->ready_made && a->also_count == b->also_count &&
                 recipe_same_text(a->from.x, b->from.x) && recipe_same_text(a->from.y, b->from.y) &&
                 recipe_same_text(a->from.crs, b->from.crs) && recipe_same_text(a->time, b->time) &&
                 recipe_same_text(a->time_format, b->time_format) && recipe_same_text(a->kind, b->kind);
    for (size_t k = 0; alike && k <= a->also_count; k++)
        alike = recipe_same_text(recipe_file(a, k), recipe_file(b, k));
    return alike;
}

static void find_same(recipe *r)
{
    for (size_t i = 0; i < r->event_count; i++)
        r->same[i] = i;
    for (size_t i = 0; i < r->event_count; i++)
        for (size_t k = 0; k < i; k++) {
            size_t from = r->same[i], to = r->same[k];
            if (from == to || !are_same_events(r, i, k))
                continue;
            for (size_t j = 0; j < r->event_count; j++)
                if (r->same[j] == from || r->same[j] == to)
                    r->same[j] = from < to ? from : to;
        }
}

/* ---- one threshold for all tables of the same events ---------------------------------- */

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static void share_threshold(recipe *r)
{
    double of[RECIPE_SETS] = { 0 };
    for (size_t i = 0; i < r->event_count; i++)
        if (r->events[i].from.sensitive)
            of[r->same[i]] = larger(larger(of[r->same[i]], RECIPE_HIDDEN_LEAST), r->hide_below);
    for (size_t i = 0; i < r->analysis_count; i++) {
        double *below = &of[r->same[r->analyses[i].events]];
        *below = larger(*below, r->analyses[i].rates.hide_below);
    }
    for (size_t i = 0; i < r->change_count; i++) {
        double *below = &of[r->same[r->changes[i].events]];
        *below = larger(*below, r->changes[i].opts.hide_below);
    }
    for (size_t i = 0; i < r->event_count; i++)
        r->hide[i] = of[r->same[i]];
    for (size_t i = 0; i < r->analysis_count; i++)
        r->analyses[i].rates.hide_below = r->hide[r->analyses[i].events];
    for (size_t i = 0; i < r->change_count; i++)
        r->changes[i].opts.hide_below = r->hide[r->changes[i].events];
}

bool recipe_hides(const recipe *r, size_t events)
{
    return r->hide[events] > 0;
}

bool recipe_audits(const recipe *r, size_t events)
{
    return recipe_hides(r, events) && !r->events[events].ready_made;
}

/* ---- what cannot be audited ----------------------------------------------------------- */

/* What one table of ready-made counts counts. */
typedef struct {
    size_t line, events, areas;
    const char *const *kinds;
    size_t kind_count;
    hz_period period;
    bool is_change;
} counted;

static counted table_of(const recipe *r, size_t i)
{
    if (i >= r->analysis_count) {
        const recipe_change *c = &r->changes[i - r->analysis_count];
        return (counted){ c->line, c->events, c->areas, c->kinds, c->kind_count, c->before, true };
    }
    const recipe_analysis *a = &r->analyses[i];
    return (counted){ a->line, a->events, a->area_count ? a->areas[0] : 0, a->kinds,
                      a->kind_count, a->period, false };
}

static bool count_alike(const counted *a, const counted *b)
{
    bool alike = !a->is_change && !b->is_change && a->areas == b->areas &&
                 a->kind_count == b->kind_count && a->period.from == b->period.from &&
                 a->period.until == b->period.until;
    for (size_t k = 0; alike && k < a->kind_count; k++)
        alike = strcmp(a->kinds[k], b->kinds[k]) == 0;
    return alike;
}

/* Ready-made counts come without the places that would tell how tables of them hang together. */
static void check_ready_made(recipe_reader *in)
{
    const recipe *r = in->r;
    for (size_t i = 0; i < r->analysis_count; i++)
        if (recipe_hides(r, r->analyses[i].events) &&
            r->events[r->analyses[i].events].ready_made && r->analyses[i].area_count > 1)
            hz_faults_add(in->faults, r->analyses[i].line,
                          "hide-below with %zu sets of areas, expected one: ready-made counts of "
                          "one set less those within it of another give a hidden count away",
                          r->analyses[i].area_count);
    for (size_t i = 1; i < r->analysis_count + r->change_count; i++)
        for (size_t k = 0; k < i; k++) {
            counted a = table_of(r, k), b = table_of(r, i);
            if (!recipe_hides(r, b.events) || !r->events[b.events].ready_made ||
                r->same[a.events] != r->same[b.events] || count_alike(&a, &b))
                continue;
            hz_faults_add(in->faults, b.line,
                          "hide-below: the table of line %zu counts the same ready-made figures "
                          "otherwise, expected the same areas, period and kinds or a "
                          "project of its own: one table less the other gives a hidden count away",
                          a.line);
            break;
        }
}

static void check_period(recipe_reader *in, const recipe_analysis *a)
{
    bool from = a->period.from != HZ_TIME_NONE, until = a->period.until != HZ_TIME_NONE;
    if (recipe_audits(in->r, a->events) && from != until)
        hz_faults_add(in->faults, a->line, "analysis '%s': the period is open and small counts are "
                      "hidden, expected both ends: it would end at the date of an event", a->name);
}

void recipe_settle_release(recipe_reader *in)
{
    recipe *r = in->r;
    if (!r->event_count)
        return;
    find_same(r);
    share_threshold(r);
    for (size_t i = 0; i < r->event_count; i++)
        if (recipe_hides(r, i) && !are_read_alike(&r->events[i], &r->events[r->same[i]]))
            hz_faults_add(in->faults, r->events[i].from.line, "events '%s' and '%s' share a file, "
                          "and small counts are hidden, expected one set of events, told apart by "
                          "`kinds`", recipe_event_name(r, r->same[i]) ? recipe_event_name(r, r->same[i]) : "",
                          recipe_event_name(r, i) ? recipe_event_name(r, i) : "");
    for (size_t i = 0; i < r->analysis_count; i++)
        check_period(in, &r->analyses[i]);
    check_ready_made(in);
}
