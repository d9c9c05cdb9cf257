/* The areas of a focus: whole ones by their names, or cut along polygons. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/index.h"
#include "hotzone/mem.h"
#include "hotzone/overlay.h"
#include "hotzone/text.h"
#include "run/focusing_parts.h"

/* What does not fit is cut between two names, and seen to be. */
static void set_name(focusing *w, const char *names, const char *between)
{
    size_t room = sizeof w->out.name - sizeof "; …", n = strlen(names);
    if (n > room) {
        size_t at = room;
        while (at > 0 && strncmp(names + at, between, strlen(between)) != 0)
            at--;
        for (n = at > 0 ? at : room; at == 0 && n > 0 && ((unsigned char)names[n] & 0xc0) == 0x80; n--)
            continue; /* one long name: between two letters */
        snprintf(w->out.name, sizeof w->out.name, "%.*s%s…", (int)n, names, at > 0 ? between : "");
    } else {
        memcpy(w->out.name, names, n + 1);
    }
}

/* ---- a focus of whole areas ------------------------------------------------------- */

static hz_status no_area(const focusing *w, const char *name)
{
    size_t n = hz_layer_rows(w->rating.table);
    const char **names = hz_mem_new(2 * n, sizeof *names);
    if (!names)
        return hz_mem_fail(w->err, "focus");
    for (size_t i = 0; i < n; i++) {
        names[i] = hz_layer_text(w->rating.table, "area", i);
        names[n + i] = hz_layer_text(w->rating.table, "name", i);
    }
    const char *near = hz_text_nearest(name, names, 2 * n);
    hz_status st = near ? hz_fail(w->err, HZ_EUSAGE, "focus: '%s' is no area of %s, did you mean "
                                  "'%s'?", name, hz_layer_name(w->areas), near)
                        : hz_fail(w->err, HZ_EUSAGE, "focus: '%s' is no area of %s, expected an id "
                                  "or a name", name, hz_layer_name(w->areas));
    hz_mem_free(names);
    return st;
}

/* The area of that id, else the one of that name; `n`: none has it. */
static hz_status find_area(const focusing *w, const char *wanted, size_t *out)
{
    const hz_layer *table = w->rating.table;
    size_t n = hz_layer_rows(table), named = 0;
    *out = n;
    for (size_t i = 0; i < n; i++)
        if (strcmp(wanted, hz_layer_text(table, "area", i)) == 0) {
            *out = i;
            return HZ_OK;
        }
    for (size_t i = n; i-- > 0;)
        if (strcmp(wanted, hz_layer_text(table, "name", i)) == 0) {
            *out = i;
            named++;
        }
    return named < 2 ? HZ_OK
                     : hz_fail(w->err, HZ_EUSAGE, "focus: '%s' is the name of %zu areas of %s, "
                               "expected their ids", wanted, named, hz_layer_name(w->areas));
}

hz_status focusing_mark_areas(focusing *w)
{
    size_t n = hz_layer_rows(w->rating.table);
    hz_text names = { 0 };
    hz_status st = HZ_OK;
    const char *between = ", ";
    for (size_t i = 0; i < n; i++) /* names that hold commas themselves are set apart */
        if (strchr(hz_layer_text(w->rating.table, "name", i), ','))
            between = "; ";
    w->inside = hz_mem_new(n, 1);
    if (!w->inside)
        return hz_mem_fail(w->err, "focus");
    for (size_t k = 0; !st && k < w->in->focus_count; k++) {
        const char *wanted = w->in->focus[k];
        size_t i = n;
        st = find_area(w, wanted, &i);
        if (!st && i == n)
            st = no_area(w, wanted);
        if (st)
            break;
        if (!w->inside[i])
            hz_text_addf(&names, "%s%s", names.length ? between : "",
                         hz_layer_text(w->rating.table, "name", i));
        w->out.focus_areas += !w->inside[i];
        w->inside[i] = 1;
    }
    if (!st && names.failed)
        st = hz_mem_fail(w->err, "focus");
    if (!st && w->out.focus_areas == n)
        st = hz_fail(w->err, HZ_EUSAGE, "focus: holds all %zu areas, expected some outside it", n);
    set_name(w, hz_text_get(&names), between);
    hz_text_free(&names);
    if (!st)
        st = hz_layer_copy(w->rating.table, &w->table, w->err);
    return st;
}

/* ---- a focus of polygons ---------------------------------------------------------- */

/* Parts of one area: [0] outside the focus, [1] in it. */
typedef struct {
    hz_shapes *part[2];
    double share[2]; /* of the area's land */
} cut_area;

/* Slivers of borders that do not quite match are no parts: under a thousandth of the area, and, of what
 * the focus holds, of the focus too, for that may be small. */
static const double least_share = 1e-3;

static hz_status cut_one(const hz_shapes *areas, size_t i, const hz_shapes *focus, double focus_m2,
                         cut_area *cut, hz_error *err)
{
    hz_status st = hz_overlay(areas, i, focus, 0, HZ_OVERLAY_DIFFERENCE, &cut->part[0], err);
    if (!st)
        st = hz_overlay(areas, i, focus, 0, HZ_OVERLAY_INTERSECTION, &cut->part[1], err);
    if (st)
        return st;
    double out = hz_shape_area(cut->part[0], 0), in = hz_shape_area(cut->part[1], 0);
    cut->share[1] = in + out > 0 ? in / (in + out) : 0;
    if (cut->share[1] < least_share && in < least_share * focus_m2)
        cut->share[1] = 0;
    if (cut->share[1] > 1 - least_share)
        cut->share[1] = 1;
    cut->share[0] = 1 - cut->share[1];
    return HZ_OK;
}

/* All parts in one set of shapes; a part that is the whole area keeps its shape bit for bit. */
static hz_status join_parts(const hz_shapes *areas, const cut_area *cuts, size_t parts,
                            hz_shapes **out, hz_error *err)
{
    size_t n = 0;
    hz_shapes_pick *picks = hz_mem_new(parts, sizeof *picks);
    if (!picks)
        return hz_mem_fail(err, "focus");
    for (size_t i = 0; i < areas->features; i++)
        for (int k = 0; k < 2; k++)
            if (cuts[i].share[k] > 0)
                picks[n++] = cuts[i].share[k] == 1 ? (hz_shapes_pick){ areas, i }
                                                   : (hz_shapes_pick){ cuts[i].part[k], 0 };
    hz_status st = hz_shapes_gather(HZ_POLYGON, picks, n, out, err);
    hz_mem_free(picks);
    return st;
}

/* The table of parts: ids, names, residents by land, shapes; events are counted afterwards. */
static hz_status tabulate_parts(focusing *w, const cut_area *cuts, size_t parts)
{
    const hz_layer *whole = w->rating.table;
    const double *people = hz_layer_numbers(whole, "population");
    size_t n = hz_layer_rows(whole), p = 0;
    hz_shapes *shapes = NULL;
    hz_crs *crs = NULL;
    char **texts = hz_mem_new(2 * parts, sizeof *texts);
    double *residents = hz_mem_new(parts, sizeof *residents);
    hz_status st = HZ_OK;

    w->inside = hz_mem_new(parts, 1);
    if (!texts || !residents || !w->inside)
        st = hz_mem_fail(w->err, "focus");
    for (size_t i = 0; !st && i < n; i++)
        for (int k = 0; !st && k < 2; k++) {
            bool split = cuts[i].share[k] < 1;
            hz_text id = { 0 }, name = { 0 };
            if (!(cuts[i].share[k] > 0))
                continue;
            hz_text_addf(&id, "%s%s", hz_layer_text(whole, "area", i), split && k ? " (focus)" : "");
            hz_text_addf(&name, "%s%s", hz_layer_text(whole, "name", i),
                         split && k ? " (focus)" : "");
            texts[p] = hz_text_take(&id);
            texts[parts + p] = hz_text_take(&name);
            if (!texts[p] || !texts[parts + p])
                st = hz_mem_fail(w->err, "focus");
            hz_text_free(&id);
            hz_text_free(&name);
            residents[p] = people ? people[i] * cuts[i].share[k] : NAN;
            w->inside[p++] = (unsigned char)k;
        }
    if (!st)
        st = hz_layer_new(hz_layer_name(whole), parts, &w->table, w->err);
    if (!st)
        st = hz_layer_add_texts(w->table, "area", (const char *const *)texts, w->err);
    if (!st)
        st = hz_layer_add_texts(w->table, "name", (const char *const *)texts + parts, w->err);
    if (!st && people)
        st = hz_layer_add_numbers(w->table, "population", residents, w->err);
    if (!st)
        st = join_parts(hz_layer_shapes(whole), cuts, parts, &shapes, w->err);
    if (!st)
        st = hz_layer_take_shapes(w->table, &shapes, w->err);
    if (!st && hz_layer_crs(whole)) {
        crs = hz_crs_copy(hz_layer_crs(whole));
        st = crs ? hz_layer_take_crs(w->table, &crs, w->err) : hz_mem_fail(w->err, "focus");
    }
    for (size_t i = 0; texts && i < 2 * parts; i++)
        hz_mem_free(texts[i]);
    hz_mem_free(texts);
    hz_mem_free(residents);
    hz_shapes_free(shapes);
    hz_crs_free(crs);
    return st;
}

hz_status focusing_cut_areas(focusing *w)
{
    const hz_shapes *areas = hz_layer_shapes(w->rating.table);
    hz_layer *focus = NULL;
    hz_shapes *one = NULL;
    cut_area *cuts = NULL;
    size_t parts = 0, in = 0;
    hz_status st;

    if (!w->events || !areas || areas->kind != HZ_POLYGON)
        return hz_fail(w->err, HZ_EUSAGE, "focus: a polygon needs located events and areas with "
                       "shapes, expected names of areas");
    st = hz_layer_copy_to_crs(w->in->focus_area, hz_layer_crs(w->areas), &focus, w->err);
    if (!st)
        st = hz_overlay_dissolve(hz_layer_shapes(focus), NULL, &one, w->err);
    cuts = st ? NULL : hz_mem_new(areas->features, sizeof *cuts);
    if (!st && !cuts)
        st = hz_mem_fail(w->err, "focus");
    for (size_t i = 0; !st && i < areas->features; i++) {
        st = cut_one(areas, i, one, hz_shape_area(one, 0), &cuts[i], w->err);
        parts += (size_t)(cuts[i].share[0] > 0) + (size_t)(cuts[i].share[1] > 0);
        in += cuts[i].share[1] > 0;
    }
    if (!st && (in == 0 || in == parts))
        st = hz_fail(w->err, HZ_EDATA, "%s: %s, expected a focus within the areas and some of them "
                     "outside it", hz_layer_name(w->in->focus_area),
                     in ? "holds all areas" : "meets no area");
    if (!st)
        st = tabulate_parts(w, cuts, parts);
    set_name(w, hz_layer_name(w->in->focus_area), ", ");
    w->out.cut = true;
    for (size_t i = 0; cuts && i < areas->features; i++) {
        hz_shapes_free(cuts[i].part[0]);
        hz_shapes_free(cuts[i].part[1]);
    }
    hz_mem_free(cuts);
    w->polygon = one;
    hz_layer_free(focus);
    return st;
}

hz_status focusing_check_beyond(const focusing *w)
{
    const int32_t *area = hz_placing_areas(w->placing);
    const hz_shapes *s = hz_layer_shapes(w->events);
    hz_index *index = NULL;
    bool held = false;
    if (!w->polygon || (w->in->opts && w->in->opts->within))
        return HZ_OK;
    hz_status st = hz_index_new(w->polygon, &index, w->err);
    for (size_t i = 0; !st && !held && i < hz_layer_rows(w->events); i++) {
        int32_t in = HZ_NOWHERE;
        if (area[i] == HZ_NOWHERE)
            hz_index_locate(index, 0, 1, s->x + i, s->y + i, &in);
        held = in != HZ_NOWHERE;
    }
    hz_index_free(index);
    return held ? hz_fail(w->err, HZ_EDATA, "%s: holds events that lie in none of the areas, expected "
                          "areas over all of it, or such events left out (within)",
                          hz_layer_name(w->in->focus_area)) : st;
}
