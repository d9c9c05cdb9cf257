/* Sentences about clusters of any size, and what a report says of hotspots at its top. */
#include <math.h>

#include "hotzone/caption.h"
#include "report/hotspots_parts.h"
#include "report/say.h"

int hz_caption_hotspots_decimals(double events)
{
    return events < 1000 ? 2 : 1;
}

static void say_cluster(const hz_caption_hotspots *f, size_t row, hz_text *out)
{
    const hz_layer *c = f->scan->clusters;
    const char *place = hz_layer_text(c, "place", row);
    double risk = hz_layer_numbers(c, "relative_risk")[row];
    double radius = hz_layer_numbers(c, "radius_m")[row];
    bool da = f->language == HZ_DANISH;
    hz_say_begin(out);
    hz_text_add(out, da ? "Klynge " : "Cluster ");
    hz_say_number(out, f->language, hz_layer_numbers(c, "cluster")[row], 0);
    hz_text_add(out, ": ");
    if (radius > 0) {
        hz_text_add(out, da ? "inden for " : "within ");
        hz_say_number(out, f->language, radius, 0);
        hz_text_add(out, da ? HZ_SAY_NBSP "m af et punkt" : HZ_SAY_NBSP "m of a point");
    } else {
        hz_text_add(out, da ? "et enkelt sted" : "a single place");
    }
    if (*place)
        hz_text_addf(out, da ? " i %s" : " in %s", place);
    hz_text_add(out, da ? ", med " : ", with ");
    hz_say_number(out, f->language, hz_layer_numbers(c, "events")[row], 0);
    hz_text_addf(out, da ? " %s, hvor " : " %s where ", f->noun);
    hz_say_number(out, f->language, hz_layer_numbers(c, "expected")[row],
                  hz_caption_hotspots_decimals(f->events));
    hz_text_add(out, da ? " kunne ventes" : " are expected");
    if (!isnan(risk)) {
        hz_text_add(out, da ? "; risikoen er " : "; the risk is ");
        hz_say_number(out, f->language, risk, 1);
        hz_text_add(out, da ? " gange den uden for" : " times that outside");
    }
    hz_text_add(out, " (p" HZ_SAY_NBSP "=" HZ_SAY_NBSP);
    hz_say_above_zero(out, f->language, hz_layer_numbers(c, "p")[row], 3);
    hz_text_add(out, ").");
}

/* How many clusters of any size there are. */
static void say_found(const hz_caption_hotspots *f, hz_text *out)
{
    bool da = f->language == HZ_DANISH;
    hz_say_begin(out);
    hz_text_add(out, da ? "En søgning efter klynger af enhver størrelse, op til halvdelen af "
                        : "A search for clusters of any size, up to half of ");
    hz_text_add(out, f->by_population ? (da ? "befolkningen" : "the population")
                                      : (da ? "arealet" : "the area"));
    hz_text_add(out, da ? ", finder " : ", finds ");
    if (f->sure > 1)
        hz_say_count_word(out, f->language, f->sure);
    else
        hz_text_add(out, f->sure ? (da ? "én" : "one") : da ? "ingen" : "none");
    hz_text_add(out, " (p" HZ_SAY_NBSP "\u2264" HZ_SAY_NBSP);
    hz_say_number(out, f->language, f->alpha, f->alpha >= 0.01 ? 2 : 4);
    hz_text_add(out, ").");
}

void hz_caption_hotspots_scan(const hz_caption_hotspots *f, hz_text *out)
{
    enum { SHOWN = 3 };
    bool da = f->language == HZ_DANISH;
    size_t n = f->scan ? hz_layer_rows(f->scan->clusters) : 0, told = 0;
    if (!f->scan)
        return;
    say_found(f, out);
    if (!f->sure && n) {
        hz_text_add(out, da ? " Den mest sandsynlige har p" HZ_SAY_NBSP "=" HZ_SAY_NBSP
                            : " The likeliest has p" HZ_SAY_NBSP "=" HZ_SAY_NBSP);
        hz_say_above_zero(out, f->language, hz_layer_numbers(f->scan->clusters, "p")[0], 3);
        hz_text_add(out, ".");
    }
    for (size_t i = 0; i < n && told < SHOWN; i++)
        if (hz_layer_numbers(f->scan->clusters, "p")[i] <= f->alpha) {
            say_cluster(f, i, out);
            told++;
        }
}

void hz_caption_hotspots_short(const hz_caption_hotspots *f, hz_text *out)
{
    hz_caption_hotspots_quantity(f, out);
    hz_text_add(out, ".");
    hz_caption_hotspots_findings(f, out);
    hotspots_say_few(f, out);
    if (f->scan)
        say_found(f, out);
    if (f->made_up)
        hz_caption_made_up(f->language, out);
}
