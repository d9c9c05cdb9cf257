/* The section of a report on its sources: what was read of each, and who published it. */
#include "hotzone/html.h"
#include "hotzone/mem.h"
#include "run/document.h"
#include "run/zones.h"

static void add_rows_read(hz_text *out, hz_language l, size_t n)
{
    bool da = l == HZ_DANISH;
    document_add_count(out, l, n, da ? "række læst" : "row read", da ? "rækker læst" : "rows read");
}

/* One line per source: what was read of it, unless that could tell of hidden counts; who
 * published it, what to know. */
static hz_status add_source(document_list *lines, const origin *from, const hz_layer *layer, bool hides,
                            hz_language l, hz_error *err)
{
    hz_text text = { 0 };
    const char *credit = words_in(&from->credit, l, NULL), *note = words_in(&from->note, l, NULL);
    const hz_intake *in = hz_layer_intake(layer);
    if (from->sensitive || hides) {
        hz_text_addf(&text, "%s.", source_shown(from, layer));
    } else {
        const char *refused = l == HZ_DANISH ? "afvist." : "refused.";
        hz_text_addf(&text, "%s: ", source_shown(from, layer));
        add_rows_read(&text, l, in->read);
        hz_text_add(&text, ", ");
        document_add_count(&text, l, in->refused, refused, refused);
    }
    if (credit)
        hz_text_addf(&text, " %s.", credit);
    if (note)
        hz_text_addf(&text, " %s", note);
    hz_status st = document_add_line(lines, &text, err);
    hz_text_free(&text);
    return st;
}

hz_status document_sources(const project *p, hz_html *page, hz_language l, hz_error *err)
{
    const recipe *r = p->r;
    const recipe_backdrop *const drawn[] = { &r->water, &r->streets, &r->outside, &r->zones };
    const hz_layer *const layers[] = { p->water, p->streets, p->outside, p->zones };
    document_list lines = { 0 };
    hz_status st = HZ_OK;
    for (size_t i = 0; !st && i < r->event_count; i++)
        st = add_source(&lines, &r->events[i].from, p->events[i], recipe_hides(r, i), l, err);
    for (size_t i = 0; !st && i < r->population_count; i++)
        st = add_source(&lines, &r->population[i].from, p->population[i], false, l, err);
    for (size_t i = 0; !st && i < r->survey_count; i++)
        st = add_source(&lines, &r->surveys[i].from, p->surveys[i], false, l, err);
    for (size_t i = 0; !st && i < r->area_count; i++)
        st = add_source(&lines, &r->areas[i].from, p->areas[i], false, l, err);
    for (size_t i = 0; !st && i < FOCUS_SOURCES * r->focus_count; i++) {
        const hz_layer *layer = NULL;
        const origin *from = project_focus_source(p, i / FOCUS_SOURCES, i % FOCUS_SOURCES, &layer);
        if (from)
            st = add_source(&lines, from, layer, from->sensitive, l, err);
    }
    for (size_t i = 0; !st && i < FLOWS_SOURCES; i++) {
        const hz_layer *layer = NULL;
        const origin *from = project_flows_source(p, i, &layer);
        if (from)
            st = add_source(&lines, from, layer, from->sensitive, l, err);
    }
    for (size_t i = 0; !st && i < ZONE_SOURCES * r->zone_card_count; i++) {
        const hz_layer *layer = NULL;
        const origin *from = project_zones_source(p, i / ZONE_SOURCES, i % ZONE_SOURCES, &layer);
        if (from)
            st = add_source(&lines, from, layer, false, l, err);
    }
    for (size_t i = 0; !st && i < 4; i++)
        if (layers[i])
            st = add_source(&lines, &drawn[i]->from, layers[i], false, l, err);
    return document_show_list(page, &lines, st);
}
