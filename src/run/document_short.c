/* The top of a report: what each section found, in its own sentences. */
#include "hotzone/html.h"
#include "hotzone/mem.h"
#include "run/document.h"
#include "run/zones.h"

typedef hz_status (*teller)(const project *p, size_t i, hz_language l, hz_text *out,
                            hz_error *err);

/* The rates by an analysis's first set of areas. */
static hz_status rates_short(const project *p, size_t i, hz_language l, hz_text *out,
                             hz_error *err)
{
    const result *res = &p->results[i];
    hz_caption_facts facts;
    hz_text period = { 0 }, note = { 0 };
    if (res->areas != p->r->analyses[res->analysis].areas[0])
        return HZ_OK;
    hz_status st = project_facts(p, res, l, &facts, &period, &note, err);
    facts.base_note = NULL;
    if (!st)
        hz_caption_figure(&facts, out);
    hz_text_free(&period);
    hz_text_free(&note);
    return st;
}

hz_status document_short(const project *p, hz_html *page, hz_language l, hz_error *err)
{
    static const char *const heading[LANGUAGES] = { "In short", "Kort fortalt" };
    const recipe *r = p->r;
    const struct {
        size_t n;
        teller tell;
    } sections[] = { /* in the order they stand in */
        { p->result_count, rates_short },
        { r->change_count, project_change_short },
        { r->survey_count, project_survey_short },
        { r->hotspot_count, project_cluster_short },
        { r->zone_card_count, project_zones_short },
        { r->focus_count, project_focus_short },
        { r->flows.given ? 1 : 0, project_flows_short },
    };
    hz_status st = HZ_OK;
    document_list lines = { 0 };
    for (size_t s = 0; s < sizeof sections / sizeof *sections; s++)
        for (size_t i = 0; !st && i < sections[s].n; i++) {
            hz_text text = { 0 };
            st = sections[s].tell(p, i, l, &text, err);
            if (!st)
                st = document_add_line(&lines, &text, err);
            hz_text_free(&text);
        }
    if (!st)
        hz_html_heading(page, 2, heading[l]);
    return document_show_list(page, &lines, st);
}
