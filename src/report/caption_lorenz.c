/* Sentences about concentration and its Lorenz chart. */
#include <math.h>

#include "hotzone/caption_hotspots.h"
#include "report/say.h"

/* "(ved tilfældet 7,8 %)" */
static void say_chance(const hz_caption_hotspots *f, const hz_measure *m, bool share, hz_text *out)
{
    hz_text_add(out, f->language == HZ_DANISH ? " (tilfældet alene: " : " (chance alone: ");
    if (share)
        hz_say_share(out, f->language, m->expected, m->expected < 0.1 ? 1 : 0);
    else
        hz_say_number(out, f->language, m->expected, 2);
    hz_text_add(out, ")");
}

static void say_one(const hz_caption_hotspots *f, size_t k, hz_text *out)
{
    const hz_concentration *c = &f->spread[k];
    bool few = c->events < (double)c->places, da = f->language == HZ_DANISH;
    const hz_measure *half = &c->measure[HZ_MEASURE_HOLDING_50];
    const hz_measure *gini = &c->measure[few ? HZ_MEASURE_GINI_GENERALISED : HZ_MEASURE_GINI];
    hz_say_begin(out);
    hz_text_addf(out, da ? "I celler på %s ligger halvdelen af de " : "In cells of %s half of the ",
                 f->spread_name[k]);
    hz_say_number(out, f->language, c->events, 0);
    hz_text_addf(out, da ? " %s i " : " %s lie in ", f->noun);
    hz_say_share(out, f->language, half->value, half->value < 0.1 ? 1 : 0);
    hz_text_add(out, da ? " af cellerne" : " of the cells");
    say_chance(f, half, true, out);
    hz_text_add(out, few ? (da ? "; generaliseret Gini " : "; generalised Gini ") : "; Gini ");
    hz_say_number(out, f->language, gini->value, 2);
    say_chance(f, gini, false, out);
    hz_text_add(out, ", p" HZ_SAY_NBSP "=" HZ_SAY_NBSP);
    hz_say_above_zero(out, f->language, gini->p, 3);
    hz_text_add(out, ".");
}

void hz_caption_hotspots_spread(const hz_caption_hotspots *f, hz_text *out)
{
    for (size_t k = 0; k < f->spreads; k++)
        say_one(f, k, out);
    if (f->spreads < 2)
        return;
    hz_say_begin(out);
    hz_text_add(out, f->language == HZ_DANISH
                         ? "Tallene afhænger af cellernes størrelse og må ikke nævnes uden den."
                         : "The figures depend on the size of the cells and must not be quoted "
                           "without it.");
}

void hz_caption_lorenz_alt(const hz_caption_hotspots *f, hz_text *out)
{
    hz_say_begin(out);
    hz_text_addf(out, f->language == HZ_DANISH
                          ? "Lorenz-kurver: andel af %s over andel af cellerne, med det, tilfældet "
                            "alene ville give."
                          : "Lorenz curves: share of the %s over share of the cells, with what "
                            "chance alone would give.", f->noun);
    hz_caption_hotspots_spread(f, out);
}

void hz_caption_lorenz_method(const hz_caption_hotspots *f, hz_text *out)
{
    bool da = f->language == HZ_DANISH;
    if (!f->spreads)
        return;
    hz_say_begin(out);
    hz_text_add(out, da ? "Cellerne står efter antal, de færreste først; den lige linje er en jævn "
                          "fordeling. Båndet rummer 95" HZ_SAY_NBSP "% af "
                        : "Cells in order of their number, the fewest first; the straight line is "
                          "an even spread. The band holds 95% of ");
    hz_say_count(out, f->language, f->spread[0].replicates);
    hz_text_add(out, da ? " kort med lige så mange, lagt ud tilfældigt, ved hver andel for sig."
                        : " maps with as many thrown at random, at each share by itself.");
}
