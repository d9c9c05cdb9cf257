/* Sentences about Ripley's L function and its chart. */
#include <math.h>

#include "hotzone/caption_chart.h"
#include "report/phrase.h"
#include "report/say.h"

/* Where a curve is beyond one side of its band. */
typedef struct {
    size_t n;              /* distances */
    double first, last;    /* metres */
    bool broken;           /* it comes back in between */
} stretch;

static stretch beyond(const hz_pattern_points *p, bool above)
{
    const hz_pattern_k *k = &p->k;
    stretch s = { 0, 0, 0, false };
    size_t last = 0;
    for (size_t i = 0; i <= p->steps; i++) {
        if (above ? !(k->l[i] > k->high[i]) : !(k->l[i] < k->low[i]))
            continue;
        if (s.n == 0)
            s.first = k->r[i];
        else
            s.broken |= i != last + 1;
        s.last = k->r[i];
        last = i;
        s.n++;
    }
    return s;
}

static void say_metres(const hz_caption_facts *f, double m, hz_text *out)
{
    hz_say_number(out, f->language, m, m < 10 && m != floor(m) ? 1 : 0);
    hz_text_add(out, HZ_SAY_NBSP "m");
}

static void say_what(const hz_caption_facts *f, const hz_caption_function *v, hz_text *out)
{
    hz_say_begin(out);
    hz_text_add(out, hz_pick(f, "L function of ", "L-funktion af "));
    hz_phrase_events(f, out, (double)v->points->n);
    hz_phrase_place(f, out);
    if (f->period && *f->period)
        hz_text_addf(out, ", %s", f->period);
    hz_text_add(out, hz_pick(f, ": how many others lie within each distance of one, up to ",
                             ": hvor mange andre der ligger inden for hver afstand af en, op til "));
    say_metres(f, v->points->reach_m, out);
    hz_text_add(out, ".");
}

static void say_side(const hz_caption_facts *f, const stretch *s, bool above, hz_text *out)
{
    if (!s->n)
        return;
    hz_say_begin(out);
    hz_text_add(out, hz_pick(f, "The curve lies ", "Kurven ligger "));
    hz_text_add(out, above ? hz_pick(f, "above", "over") : hz_pick(f, "below", "under"));
    hz_text_add(out, hz_pick(f, " the band ", " båndet "));
    if (s->n == 1) {
        hz_text_add(out, hz_pick(f, "at ", "ved "));
        say_metres(f, s->first, out);
    } else {
        hz_text_add(out, s->broken ? hz_pick(f, "at some distances between ",
                                             "ved nogle afstande mellem ")
                                   : hz_pick(f, "from ", "fra "));
        say_metres(f, s->first, out);
        hz_text_add(out, s->broken ? hz_pick(f, " and ", " og ") : hz_pick(f, " to ", " til "));
        say_metres(f, s->last, out);
    }
    hz_text_add(out, above ? hz_pick(f, ": closer together than chance would have them.",
                                     ": tættere end tilfældet ville lægge dem.")
                           : hz_pick(f, ": further apart than chance would have them.",
                                     ": længere fra hinanden end tilfældet ville lægge dem."));
}

static void say_found(const hz_caption_facts *f, const hz_caption_function *v, hz_text *out)
{
    stretch above = beyond(v->points, true), below = beyond(v->points, false);
    if (!above.n && !below.n) {
        hz_say_begin(out);
        hz_text_add(out, hz_pick(f, "The curve stays within the band: nothing here is beyond "
                                 "chance, which does not show that there is no clustering.",
                                 "Kurven bliver i båndet: intet her er ud over tilfældet, hvilket "
                                 "ikke viser, at der ikke er klynger."));
        return;
    }
    say_side(f, &above, true, out);
    say_side(f, &below, false, out);
}

static void say_tests(const hz_caption_facts *f, const hz_caption_function *v, hz_text *out)
{
    const hz_envelope *t = &v->points->k.test;
    hz_say_begin(out);
    hz_text_add(out, hz_pick(f, "Over all distances at once: p", "Over alle afstande på én gang: p"));
    hz_text_add(out, HZ_SAY_NBSP "=" HZ_SAY_NBSP);
    hz_say_above_zero(out, f->language, t->mad_p, 3);
    hz_text_add(out, hz_pick(f, " by the greatest departure from chance, p",
                             " efter den største afvigelse fra tilfældet, p"));
    hz_text_add(out, HZ_SAY_NBSP "=" HZ_SAY_NBSP);
    hz_say_above_zero(out, f->language, t->dclf_p, 3);
    hz_text_add(out, hz_pick(f, " by their mean square; no p can be under ",
                             " efter deres middelkvadrat; ingen p kan være under "));
    hz_say_number(out, f->language, 1 / ((double)v->points->simulations + 1),
                  v->points->simulations > 999 ? 4 : 3);
    hz_text_add(out, ".");
}

/* When not to trust it. */
static void say_limits(const hz_caption_facts *f, const hz_caption_function *v, hz_text *out)
{
    const hz_pattern_points *p = v->points;
    hz_say_begin(out);
    if (p->thinned)
        hz_text_add(out, hz_pick(f, "Chance follows the residents of the areas, but is even within "
                                 "each: parks, water and dense blocks within an area can make a "
                                 "curve look clustered.",
                                 "Tilfældet følger områdernes indbyggere, men er jævnt inden for "
                                 "hvert: parker, vand og tætte karréer i et område kan få en kurve "
                                 "til at ligne klynger."));
    else
        hz_text_add(out, hz_pick(f, "Chance is even over the areas, as no city is: the curve may "
                                 "only show where people are.",
                                 "Tilfældet er jævnt over områderne, som ingen by er: kurven viser "
                                 "måske kun, hvor der er mennesker."));
    hz_say_begin(out);
    hz_text_add(out, hz_pick(f, "The curve adds up from 0, so an excess at short distances stays in "
                             "it at long ones; it names no place, and does not tell attraction "
                             "between events from places that have more of them.",
                             "Kurven lægger sammen fra 0, så et overskud ved korte afstande bliver i "
                             "den ved lange; den peger ikke på noget sted og skelner ikke mellem "
                             "hændelser, der trækker andre til sig, og steder, der har flere af "
                             "dem."));
    if (v->precision_m > 0) {
        hz_say_begin(out);
        hz_text_add(out, hz_pick(f, "Places are known only to within up to ",
                                 "Steder er kun kendt inden for op til "));
        say_metres(f, v->precision_m, out);
        hz_text_add(out, hz_pick(f, "; the curve bears little at distances below that.",
                                 "; kurven bærer kun lidt ved kortere afstande end det."));
    }
    if (p->coincident) {
        hz_say_begin(out);
        hz_say_number(out, f->language, (double)p->coincident, 0);
        hz_text_add(out, hz_pick(f, " lie in the very place of another: at short distances the curve "
                                 "shows how places were recorded.",
                                 " ligger præcis samme sted som en anden: ved korte afstande viser "
                                 "kurven, hvordan steder er registreret."));
    }
}

void hz_caption_function_quantity(const hz_caption_facts *f, hz_text *out)
{
    hz_text_addf(out, hz_pick(f, "L(r) \u2212 r of %s", "L(r) \u2212 r for %s"), f->noun);
    if (f->period && *f->period)
        hz_text_addf(out, ", %s", f->period);
    hz_text_add(out, ", m");
}

void hz_caption_function_alt(const hz_caption_facts *f, const hz_caption_function *v, hz_text *out)
{
    say_what(f, v, out);
    say_found(f, v, out);
}

void hz_caption_function_figure(const hz_caption_facts *f, const hz_caption_function *v,
                                hz_text *out)
{
    say_what(f, v, out);
    say_found(f, v, out);
    say_tests(f, v, out);
    say_limits(f, v, out);
    if (f->made_up)
        hz_caption_made_up(f->language, out);
}

void hz_caption_function_method(const hz_caption_facts *f, const hz_caption_function *v,
                                hz_text *out)
{
    static const char *const edges[][2] = {
        { "Not corrected for the edge", "Ikke rettet for randen" },
        { "Edge correction: translation (Ohser 1983)", "Randkorrektion: forskydning (Ohser 1983)" },
        { "Edge correction: isotropic (Ripley 1977)", "Randkorrektion: isotrop (Ripley 1977)" },
    };
    hz_say_begin(out);
    hz_text_add(out, hz_pick(f, edges[v->points->edge][0], edges[v->points->edge][1]));
    hz_text_add(out, hz_pick(f, ". Chance: ", ". Tilfældet: "));
    hz_say_count(out, f->language, v->points->simulations);
    hz_text_add(out, v->points->thinned
                         ? hz_pick(f, " maps with as many dealt out by residents, evenly within each "
                                      "area; dashed, the mean of all curves.",
                                   " kort med lige så mange lagt ud efter indbyggere, jævnt inden "
                                   "for hvert område; stiplet: middel af alle kurver.")
                         : hz_pick(f, " maps with as many dealt out evenly over the areas; dashed, the "
                                      "mean of all curves.",
                                   " kort med lige så mange lagt ud jævnt over områderne; stiplet: "
                                   "middel af alle kurver."));
    hz_say_begin(out);
    hz_text_add(out, hz_pick(f, "Chance leaves the band anywhere on ", "Tilfældet forlader båndet "
                             "noget sted på "));
    hz_say_share(out, f->language, v->points->k.test.alpha, 0);
    hz_text_add(out, hz_pick(f, " of maps (Baddeley et al. 2014).",
                             " af kort (Baddeley m.fl. 2014)."));
}
