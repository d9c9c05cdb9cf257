/* Writes layers.gpkg: every result as a layer that opens styled. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/mem.h"
#include "hotzone/vector.h"
#include "run/zones.h"

enum { LOOKS_MOST = 2 * HZ_CLASSES_MAX + 2 }; /* classes, unstable ones, hidden, no figure */

/* How one layer is to look in a GIS. */
typedef struct {
    hz_vector_style style;
    hz_style_class classes[LOOKS_MOST];
    char label[LOOKS_MOST][100];
    char *title;
} dress;

static const char *const no_figure[] = { "No figure", "Intet tal" };
static const char *const hidden[] = { "Hidden", "Skjult" };
static const char *const unstable[] = { "Unstable: ", "Usikker: " };

/* A text column `legend` with what the map's legend says of each area. */
static hz_status add_legend(const project *p, result *res, dress *d, hz_error *err)
{
    hz_language language = p->r->languages[0];
    hz_layer *t = res->rating.table;
    size_t rows = hz_layer_rows(t), n = 0;
    const double *rate = hz_layer_numbers(t, "rate");
    const hz_sheet_facts *f = &res->facts;
    const char **texts = hz_mem_new(rows, sizeof *texts);
    if (!texts)
        return hz_mem_fail(err, res->name);
    size_t classes = f->breaks.classes;
    for (size_t c = 0; c < classes; c++, n++) {
        hz_sheet_class_text(f, c, language, d->label[n], sizeof d->label[n]);
        d->classes[n] = (hz_style_class){ d->label[n], d->label[n], f->colours[c], HZ_HATCH_NONE };
    }
    for (size_t c = 0; c < classes; c++, n++) {
        snprintf(d->label[n], sizeof d->label[n], "%s%.80s", unstable[language], d->label[c]);
        d->classes[n] = (hz_style_class){ d->label[n], d->label[n], f->colours[c], HZ_HATCH };
    }
    d->classes[n++] = (hz_style_class){ no_figure[language], no_figure[language],
                                        p->look.no_data, HZ_HATCH_BACK };
    d->classes[n++] = (hz_style_class){ hidden[language], hidden[language], p->look.no_data,
                                        HZ_HATCH_CROSS };
    for (size_t i = 0; i < rows; i++) {
        int c = isnan(rate[i]) ? -1 : hz_sheet_class(f, rate[i]);
        bool is_hidden = hz_layer_mark(t, "rate", i) == HZ_HIDDEN;
        bool is_unstable = strcmp(hz_layer_text(t, "state", i), "unstable") == 0;
        texts[i] = c >= 0 ? d->label[(size_t)c + (is_unstable ? classes : 0)]
                          : is_hidden ? hidden[language] : no_figure[language];
    }
    d->style = (hz_vector_style){ "legend", d->classes, n, 0x404040, 0.26 };
    hz_status st = hz_layer_add_texts(t, "legend", texts, err);
    hz_mem_free(texts);
    return st;
}

hz_status project_layers(project *p, hz_error *err)
{
    size_t room = p->result_count + 2 * p->r->hotspot_count + p->r->focus_count +
                  2 * p->r->zone_card_count + 1, n = 0;
    hz_vector_item *items = hz_mem_new(room, sizeof *items);
    dress *dresses = hz_mem_new(room, sizeof *dresses);
    hz_vector_style line = { .line = 0x1a1a1a, .line_mm = 0.53 };
    char *path = NULL;
    hz_status st = items && dresses ? HZ_OK : hz_mem_fail(err, "layers");

    for (size_t i = 0; !st && i < p->result_count; i++) {
        result *res = &p->results[i];
        hz_caption_facts facts;
        hz_text period = { 0 }, note = { 0 }, title = { 0 };
        if (!hz_layer_shapes(res->rating.table))
            continue; /* a list of areas is a table only */
        st = add_legend(p, res, &dresses[n], err);
        if (!st)
            st = project_facts(p, res, p->r->languages[0], &facts, &period, &note, err);
        if (!st) {
            hz_caption_quantity(&facts, &title);
            if (facts.made_up)
                hz_text_add(&title, " (synthetic)");
            dresses[n].title = hz_text_take(&title);
            st = dresses[n].title ? HZ_OK : hz_mem_fail(err, res->name);
        }
        hz_text_free(&period);
        hz_text_free(&note);
        hz_text_free(&title);
        items[n] = (hz_vector_item){ res->rating.table, res->name, dresses[n].title,
                                     &dresses[n].style };
        n++;
    }
    for (size_t i = 0; !st && i < p->r->hotspot_count; i++)
        st = project_cluster_items(p, i, items, &n, err);
    for (size_t i = 0; !st && i < p->r->focus_count; i++)
        st = project_focus_items(p, i, items, &n, err);
    for (size_t i = 0; !st && i < p->r->zone_card_count; i++)
        st = project_zones_items(p, i, items, &n, err);
    if (!st && p->zones) {
        const char *title = words_in(&p->r->zones.from.title, p->r->languages[0], "zones");
        items[n++] = (hz_vector_item){ p->zones, "zones", title, &line };
    }
    if (!st && n)
        st = project_output(p, &path, err, "layers.gpkg");
    if (!st && n)
        st = hz_vector_write(path, items, n, err);
    for (size_t i = 0; dresses && i < room; i++)
        hz_mem_free(dresses[i].title);
    hz_mem_free(path);
    hz_mem_free(items);
    hz_mem_free(dresses);
    return st;
}
