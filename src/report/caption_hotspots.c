/* Sentences about a map of units that differ from chance, and how far to trust it. */
#include "hotzone/caption_hotspots.h"

#include <math.h>
#include <string.h>

#include "hotzone/caption.h"
#include "report/hotspots_parts.h"
#include "report/say.h"

static const char *pick(const hz_caption_hotspots *f, const char *english, const char *danish)
{
    return f->language == HZ_DANISH ? danish : english;
}

/* "celler på 200 m", "bydele". */
void hotspots_say_units(const hz_caption_hotspots *f, hz_text *out)
{
    if (!(f->cell_m > 0)) {
        hz_text_add(out, f->units_noun ? f->units_noun : pick(f, "areas", "områder"));
        return;
    }
    hz_text_add(out, pick(f, "cells of ", "celler på "));
    hz_say_number(out, f->language, f->cell_m, f->cell_m == floor(f->cell_m) ? 0 : 1);
    hz_text_add(out, HZ_SAY_NBSP "m");
}

static void say_when(const hz_caption_hotspots *f, hz_text *out)
{
    if (f->place_in)
        hz_text_addf(out, " %s", f->place_in);
    if (f->period && *f->period)
        hz_text_addf(out, ", %s", f->period);
}

static void say_q(const hz_caption_hotspots *f, hz_text *out)
{
    double alpha = f->opts->alpha;
    hz_text_add(out, "q" HZ_SAY_NBSP "\u2264" HZ_SAY_NBSP);
    hz_say_number(out, f->language, alpha, alpha >= 0.01 ? 2 : 4);
}

static bool is_moran(const hz_caption_hotspots *f)
{
    return f->opts->method == HZ_LOCAL_MORAN;
}

void hz_caption_hotspots_quantity(const hz_caption_hotspots *f, hz_text *out)
{
    size_t at = out->length;
    hz_text_add(out, f->noun);
    if (f->rates)
        hz_text_add(out, pick(f, " per resident", " pr. indbygger"));
    hz_text_add(out, pick(f, " in ", " i "));
    hotspots_say_units(f, out);
    hz_text_add(out, is_moran(f) ? pick(f, " beside their neighbours", " ved siden af deres naboer")
                                 : pick(f, " with their neighbours", " med deres naboer"));
    if (f->period && *f->period)
        hz_text_addf(out, ", %s", f->period);
    hz_text_capital(out, at);
}

static void say_some(const hz_caption_hotspots *f, size_t n, hz_text *out)
{
    if (n)
        hz_say_count(out, f->language, n);
    else
        hz_text_add(out, pick(f, "none", "ingen"));
}

/* Units that are marked for their neighbours' events alone. */
static void say_empty(const hz_caption_hotspots *f, hz_text *out)
{
    const double *value = hz_layer_numbers(f->units, "value");
    const double *q = hz_layer_numbers(f->units, "q");
    size_t empty = 0;
    for (size_t i = 0; i < hz_layer_rows(f->units) && !is_moran(f) && !f->figures; i++)
        empty += strncmp(hz_layer_text(f->units, "class", i), "hot", 3) == 0 &&
                 q[i] <= f->opts->alpha && value[i] == 0;
    if (!empty)
        return;
    hz_say_begin(out);
    hz_text_add(out, pick(f, "Of those with more, ", "Af dem med flere har "));
    hz_say_count(out, f->language, empty);
    hz_text_addf(out, pick(f, empty == 1 ? " has no %s itself and is marked for what lies around it."
                                         : " have no %s themselves and are marked for what lies "
                                           "around them.",
                           empty == 1 ? " selv ingen %s og er markeret for det, der ligger omkring."
                                      : " selv ingen %s og er markeret for det, der ligger "
                                        "omkring."), f->noun);
}

/* "Of 2,313 cells of 200 m tested 41 hold more ... and 60 fewer". */
void hz_caption_hotspots_findings(const hz_caption_hotspots *f, hz_text *out)
{
    const hz_cluster_found *n = f->found;
    hz_say_begin(out);
    hz_text_add(out, n->hot + n->cold ? pick(f, "Of ", "Af ") : pick(f, "None of ", "Ingen af "));
    hz_say_count(out, f->language, n->tested);
    hz_text_add(out, pick(f, " tested ", " testede "));
    hotspots_say_units(f, out);
    if (!(n->hot + n->cold)) {
        hz_text_add(out, pick(f, " differs from what chance would give (",
                              " skiller sig ud fra det, tilfældet ville give ("));
        say_q(f, out);
        hz_text_add(out, ").");
        return;
    }
    hz_text_add(out, is_moran(f) ? pick(f, ", ", " ligger ") : pick(f, ", ", " rummer "));
    say_some(f, n->hot, out);
    if (is_moran(f))
        hz_text_add(out, pick(f, " lie among high neighbours and ", " blandt høje naboer og "));
    else
        hz_text_addf(out, f->figures
                              ? pick(f, " hold higher %s, with their neighbours, than chance would "
                                     "give, and ",
                                     " sammen med deres naboer højere %s, end tilfældet ville give, "
                                     "og ")
                              : pick(f, " hold more %s, with their neighbours, than chance would "
                                     "give, and ",
                                     " sammen med deres naboer flere %s, end tilfældet ville give, "
                                     "og "), f->noun);
    say_some(f, n->cold, out);
    hz_text_add(out, is_moran(f) ? pick(f, " among low ones (", " blandt lave (")
                                 : f->figures ? pick(f, " lower (", " lavere (")
                                              : pick(f, " fewer (", " færre ("));
    say_q(f, out);
    hz_text_add(out, pick(f, "). Of these at most ", "). Af disse ventes højst "));
    hz_say_share(out, f->language, f->opts->alpha, f->opts->alpha < 0.01 ? 1 : 0);
    hz_text_add(out, pick(f, " are expected to be there by chance.", " at være der tilfældigt."));
    say_empty(f, out);
}

static void say_neighbours(const hz_caption_hotspots *f, hz_text *out)
{
    const hz_neighbours *how = f->neighbours;
    switch (how->kind) {
    case HZ_QUEEN:
        hz_text_add(out, pick(f, "neighbours share a corner", "naboer deler et hjørne"));
        break;
    case HZ_ROOK:
        hz_text_add(out, pick(f, "neighbours share a side", "naboer deler en side"));
        break;
    case HZ_NEAREST:
        hz_text_add(out, pick(f, "neighbours are the ", "naboer er de "));
        hz_say_count(out, f->language, how->k);
        hz_text_add(out, pick(f, " nearest", " nærmeste"));
        break;
    case HZ_BAND:
    case HZ_INVERSE:
        hz_text_add(out, pick(f, "neighbours lie within ", "naboer ligger inden for "));
        hz_say_number(out, f->language, how->reach_m, how->reach_m < 10 ? 1 : 0);
        hz_text_add(out, HZ_SAY_NBSP "m");
        if (how->kind == HZ_INVERSE)
            hz_text_add(out, pick(f, ", weighted by 1/distance", ", vægtet med 1/afstand"));
        break;
    case HZ_LINKS:
        hz_text_add(out, pick(f, "neighbours as listed", "naboer som opregnet"));
        break;
    }
}

void hz_caption_hotspots_method(const hz_caption_hotspots *f, hz_text *out)
{
    static const char *const names[] = { "Gi* (Ord & Getis 1995)", "Gi (Ord & Getis 1995)",
                                         "Local Moran (Anselin 1995)" };
    static const char *const navne[] = { "Gi* (Ord & Getis 1995)", "Gi (Ord & Getis 1995)",
                                         "lokal Moran (Anselin 1995)" };
    static const char *const adjusts[] = { "Benjamini & Hochberg 1995", "Benjamini & Yekutieli 2001",
                                           "max T" };
    const hz_cluster_found *n = f->found;
    bool da = f->language == HZ_DANISH;
    size_t at;
    hz_say_begin(out);
    at = out->length;
    hz_text_addf(out, "%s; ", (da ? navne : names)[f->opts->method]);
    say_neighbours(f, out);
    hz_text_add(out, ". ");
    hz_text_capital(out, at);
    if (n->exact == n->tested)
        hz_text_add(out, da ? "p: eksakt, over alle måder at fordele tallene på"
                            : "p: exact, over all ways to share out the figures");
    else if (n->permuted)
        hz_text_addf(out, da ? "p: ved %u ombytninger" : "p: by %u permutations",
                     (unsigned)f->opts->permutations);
    else
        hz_text_add(out, da ? "p: tilnærmet ved normalfordelingen" : "p: by the normal approximation");
    hz_text_add(out, da ? "; q: rettet for " : "; q: corrected for ");
    hz_say_count(out, f->language, n->tested);
    hz_text_addf(out, da ? " test (%s)." : " tests (%s).", adjusts[f->opts->adjust]);
    if (n->outside) {
        hz_say_begin(out);
        hz_text_add(out, da ? "Ikke testet: " : "Not tested: ");
        hz_say_count(out, f->language, n->outside);
        hz_text_add(out, da ? " celler, der ligger mindre end halvt inden for, med "
                            : " cells less than half inside, with ");
        hz_say_number(out, f->language, f->events_left_out, 0);
        hz_text_addf(out, " %s.", f->noun);
    }
    size_t unpeopled = n->no_population;
    if (n->missing + unpeopled + n->islands + n->fixed) {
        hz_say_begin(out);
        hz_text_add(out, da ? "Heller ikke testet, for mangel på naboer, tal"
                            : "Nor tested, for want of neighbours, a figure");
        if (unpeopled)
            hz_text_add(out, da ? ", indbyggere" : ", residents");
        hz_text_add(out, da ? " eller variation: " : " or variation: ");
        hz_say_count(out, f->language, n->missing + unpeopled + n->islands + n->fixed);
        hz_text_add(out, ".");
    }
    if (f->coarse) {
        hz_say_begin(out);
        hz_say_count(out, f->language, f->coarse);
        hz_text_addf(out, da ? " af de %.0f %s er stedfæstet grovere, end en celle er bred, og "
                               "kan ligge i en anden celle."
                             : " of the %.0f %s are placed less precisely than a cell is wide, and "
                               "may lie in another cell.", f->events, f->noun);
    }
    if (f->scan) {
        hz_say_begin(out);
        hz_text_add(out, da ? "Klynger: Kulldorffs Poisson-scanning (1997), "
                            : "Clusters: Kulldorff's Poisson scan (1997), ");
        hz_say_count(out, f->language, f->scan->replicates);
        hz_text_add(out, da ? " tilfældige kort." : " maps made by chance.");
    }
}

void hz_caption_hotspots_fate(const hz_caption_hotspots *f, hz_text *out)
{
    char text[400];
    if (!f->fate)
        return;
    hz_say_begin(out);
    hz_text_add(out, hz_fate_text(text, sizeof text, f->fate, (int)f->language));
    hz_text_add(out, ".");
}

void hz_caption_hotspots_doubt(const hz_caption_hotspots *f, hz_text *out)
{
    hz_say_begin(out);
    if (!f->rates && !f->figures)
        hz_text_add(out, pick(f, "The figures are counts: they are not divided by how many people are "
                              "there, and busy places may stand out by being busy. The map is not "
                              "one of anybody's risk. ",
                              "Tallene er antal: de er ikke sat i forhold til, hvor mange mennesker "
                              "der færdes på stedet, og travle steder kan skille sig ud ved at være "
                              "travle. Kortet viser ikke nogens risiko. "));
    if (f->cell_m > 0)
        hz_text_add(out, pick(f, "Another size of cell moves the edges of what is marked, and a cell "
                              "is marked for what lies around it as well. ",
                              "En anden cellestørrelse flytter kanterne af det markerede, og en "
                              "celle markeres også for det, der ligger omkring den. "));
    else
        hz_text_add(out, pick(f, "An area is marked for what lies around it as well, and areas of "
                              "other shapes would be marked otherwise. ",
                              "Et område markeres også for det, der ligger omkring det, og andre "
                              "områdegrænser ville give et andet kort. "));
    if (f->figures) {
        hz_text_add(out, pick(f, "Nothing here says why the figures are as they are.",
                              "Intet her siger, hvorfor tallene er, som de er."));
        return;
    }
    hz_text_add(out, pick(f, "Events recorded at one address for want of a better one draw it out. "
                          "Nothing here says why events are where they are, nor what comes next.",
                          "Hændelser, der er registreret på en fast adresse i mangel af en bedre, "
                          "trækker den frem. Intet her siger, hvorfor hændelserne er, hvor de er, "
                          "eller hvad der kommer."));
}

void hz_caption_hotspots_alt(const hz_caption_hotspots *f, hz_text *out)
{
    size_t at;
    hz_say_begin(out);
    at = out->length;
    hz_text_add(out, pick(f, "Map of ", "Kort over "));
    hotspots_say_units(f, out);
    say_when(f, out);
    if (f->figures)
        hz_text_addf(out, pick(f, ", where %s differ from chance.", ", hvor %s afviger fra tilfældet."),
                     f->noun);
    else
        hz_text_addf(out, pick(f, ", where the number of %s differs from chance.",
                               ", hvor antallet af %s afviger fra tilfældet."), f->noun);
    hz_text_capital(out, at);
    hz_caption_hotspots_findings(f, out);
    if (f->scan && f->sure) {
        hz_say_begin(out);
        hz_text_add(out, pick(f, "Numbered circles show clusters that a scan found: ",
                              "Nummererede cirkler viser klynger, som en scanning fandt: "));
        hz_say_count(out, f->language, f->sure);
        hz_text_add(out, ".");
    }
}

void hz_caption_hotspots_figure(const hz_caption_hotspots *f, hz_text *out)
{
    hz_caption_hotspots_quantity(f, out);
    hz_text_add(out, ".");
    hz_caption_hotspots_findings(f, out);
    hz_caption_hotspots_power(f, out);
    if (f->made_up)
        hz_caption_made_up(f->language, out);
}
