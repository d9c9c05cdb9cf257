/* Counts events by where their persons live and where they happened. */
#include "hotzone/flows.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/match.h"
#include "hotzone/mem.h"
#include "hotzone/text.h"
#include "stat/flows_parts.h"

void hz_flows_clear(hz_flows *found)
{
    hz_layer_free(found->pairs);
    hz_layer_free(found->bands);
    hz_layer_free(found->shares);
    hz_layer_free(found->account);
    memset(found, 0, sizeof *found);
}

static void clear(flows_work *w)
{
    for (size_t i = 0; i < w->areas; i++) {
        if (w->id)
            hz_mem_free(w->id[i]);
        if (w->name)
            hz_mem_free(w->name[i]);
    }
    hz_mem_free(w->id);
    hz_mem_free(w->name);
    hz_mem_free(w->inside);
    hz_mem_free(w->journeys);
    hz_mem_free(w->atom);
    hz_mem_free(w->atom_of);
    hz_mem_free(w->figure);
    hz_mem_free(w->first);
    hz_mem_free(w->list);
    hz_mem_free(w->value);
    hz_mem_free(w->shown);
    hz_mem_free(w->hidden);
    hz_mem_free(w->few);
    hz_mem_free(w->pair_of);
    hz_flows_clear(&w->out);
}

static hz_status check_bands(const hz_flows_input *in, hz_error *err)
{
    if (in->bands > HZ_FLOWS_BANDS_MOST)
        return hz_fail(err, HZ_EUSAGE, "bands: %zu of them, expected at most %d", in->bands,
                       HZ_FLOWS_BANDS_MOST);
    for (size_t b = 0; b < in->bands; b++)
        if (!(in->band_m[b] > (b ? in->band_m[b - 1] : 0)) || !isfinite(in->band_m[b]))
            return hz_fail(err, HZ_EUSAGE, "bands: %g after %g, expected rising distances over 0",
                           in->band_m[b], b ? in->band_m[b - 1] : 0.0);
    return HZ_OK;
}

static hz_status check(const hz_flows_input *in, hz_error *err)
{
    if (in->round != 0 && !(in->round >= 2 && in->round <= 1e6 && in->round == floor(in->round)))
        return hz_fail(err, HZ_EUSAGE, "round: %g, expected 0 or a whole number of 2 or more",
                       in->round);
    if (in->round == 0 && !(in->below >= 2 && in->below == floor(in->below)))
        return hz_fail(err, HZ_EUSAGE, "hide-below: %g, expected a whole number of 2 or more",
                       in->below);
    if (!(in->level > 0 && in->level < 1))
        return hz_fail(err, HZ_EUSAGE, "level: %g, expected a share between 0 and 1", in->level);
    if (in->focus_count && !in->areas && !in->pairs)
        return hz_fail(err, HZ_EUSAGE, "focus: names areas, expected areas");
    return check_bands(in, err);
}

/* ---- places ----------------------------------------------------------------------- */

static hz_status copy_column(const hz_layer *areas, const char *column, char **out, hz_error *err)
{
    char text[400];
    for (size_t i = 0; i < hz_layer_rows(areas); i++) {
        hz_status st = hz_layer_value_text(areas, (size_t)hz_layer_find(areas, column), i, text,
                                           sizeof text);
        out[i] = st ? NULL : hz_mem_text(text);
        if (!out[i])
            return hz_mem_fail(err, "flows");
    }
    return HZ_OK;
}

static hz_status name_areas(flows_work *w)
{
    hz_keys keys;
    hz_status st = hz_match_keys(w->in->areas, w->in->id, w->in->name, &keys, w->err);
    if (st)
        return st;
    w->areas = hz_layer_rows(w->in->areas);
    w->id = hz_mem_new(w->areas, sizeof *w->id);
    w->name = hz_mem_new(w->areas, sizeof *w->name);
    if (!w->id || !w->name)
        return hz_mem_fail(w->err, "flows");
    st = copy_column(w->in->areas, keys.id, w->id, w->err);
    return st ? st : copy_column(w->in->areas, keys.name, w->name, w->err);
}

static hz_status no_area(const flows_work *w, const char *wanted)
{
    const char **names = hz_mem_new(2 * w->areas, sizeof *names);
    if (!names)
        return hz_mem_fail(w->err, "flows");
    for (size_t i = 0; i < w->areas; i++) {
        names[i] = w->id[i];
        names[w->areas + i] = w->name[i];
    }
    const char *near = hz_text_nearest(wanted, names, 2 * w->areas);
    hz_status st = near ? hz_fail(w->err, HZ_EUSAGE, "focus: '%s' is no area, did you mean '%s'?",
                                  wanted, near)
                        : hz_fail(w->err, HZ_EUSAGE, "focus: '%s' is no area, expected an id or a "
                                  "name", wanted);
    hz_mem_free(names);
    return st;
}

static hz_status mark_focus(flows_work *w)
{
    hz_text names = { 0 };
    hz_status st = HZ_OK;
    w->inside = hz_mem_new(w->areas, 1);
    if (!w->inside)
        return hz_mem_fail(w->err, "flows");
    for (size_t k = 0; !st && k < w->in->focus_count; k++) {
        size_t i = 0, n = w->areas;
        while (i < n && strcmp(w->in->focus[k], w->id[i]) != 0)
            i++;
        for (size_t j = 0; i == n && j < n; j++)
            if (strcmp(w->in->focus[k], w->name[j]) == 0)
                i = j;
        if (i == n) {
            st = no_area(w, w->in->focus[k]);
            break;
        }
        if (!w->inside[i])
            hz_text_addf(&names, "%s%s", names.length ? ", " : "", w->name[i]);
        w->out.focus_areas += !w->inside[i];
        w->inside[i] = 1;
    }
    if (!st && names.failed)
        st = hz_mem_fail(w->err, "flows");
    snprintf(w->out.focus, sizeof w->out.focus, "%s", hz_text_get(&names));
    hz_text_free(&names);
    return st;
}

/* Places beyond the areas follow them, as far as there are any. */
static hz_status number_places(flows_work *w)
{
    w->places = w->areas;
    for (int k = 0; k < BEYOND; k++)
        w->code[k] = w->has[k] ? (uint32_t)w->places++ : NOT_A_JOURNEY - 1;
    if (w->areas == 0)
        return hz_fail(w->err, HZ_EDATA, "flows: no areas, expected one or more");
    if (w->places > HZ_FLOWS_PLACES_MOST)
        return hz_fail(w->err, HZ_EDATA, "flows: %zu places, expected at most %d: take larger areas",
                       w->places, HZ_FLOWS_PLACES_MOST);
    return HZ_OK;
}

static const char *beyond_word(const flows_work *w, uint32_t place)
{
    static const char *const words[BEYOND] = { "towns", "elsewhere", "unknown" };
    for (int k = 0; k < BEYOND; k++)
        if (w->has[k] && w->code[k] == place)
            return words[k];
    return "";
}

const char *flows_id(const flows_work *w, uint32_t place)
{
    return place < w->areas ? w->id[place] : beyond_word(w, place);
}

const char *flows_name(const flows_work *w, uint32_t place)
{
    return place < w->areas ? w->name[place] : beyond_word(w, place);
}

hz_status hz_flows_make(const hz_flows_input *input, hz_flows *out, const hz_notice *notice,
                        hz_error *err)
{
    flows_work w = { .in = input, .notice = notice, .err = err };
    hz_status st = check(input, err);
    if (!st)
        st = input->areas ? name_areas(&w) : flows_name_pairs(&w);
    if (!st && input->focus_count)
        st = mark_focus(&w);
    w.has[TOWNS] = input->towns != NULL;
    w.has[ELSEWHERE] = w.has[UNKNOWN] = !input->pairs;
    if (!st && input->pairs)
        st = flows_find_beyond(&w);
    if (!st)
        st = number_places(&w);
    if (!st)
        st = input->pairs ? flows_read_pairs(&w) : flows_join(&w);
    if (!st)
        st = flows_release(&w);
    if (!st)
        st = flows_tell(&w);
    if (!st) {
        *out = w.out;
        memset(&w.out, 0, sizeof w.out);
    }
    clear(&w);
    return st;
}
