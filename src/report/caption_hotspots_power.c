/* Sentences about how little so many events can show. */
#include "report/hotspots_parts.h"
#include "report/say.h"

/* A place is likely to be found, and as likely as not. */
#define STRONG 0.8
#define EVEN 0.5

/* Can the test find a place of greater risk, or would it as soon miss it? */
typedef enum { FINDS, MAY_MISS, MISSES } strength;
static strength strength_of(const hz_power *p)
{
    if (p->needed > p->events || p->power < EVEN)
        return MISSES;
    return p->power < STRONG ? MAY_MISS : FINDS;
}

void hotspots_say_few(const hz_caption_hotspots *f, hz_text *out)
{
    bool da = f->language == HZ_DANISH;
    strength how = strength_of(f->power);
    if (how == FINDS || f->figures)
        return;
    hz_say_begin(out);
    hz_text_add(out, how == MISSES
                         ? (da ? "Så få hændelser siger næsten intet om et sted, der ikke er markeret."
                               : "So few events say next to nothing of a place that is not marked.")
                         : (da ? "Så få hændelser kan overse et udsat sted."
                               : "So few events may leave a place of greater risk unmarked."));
}

/* How little it says of a place that it is not marked; after the reasons. */
static void say_unmarked(const hz_caption_hotspots *f, hz_text *out)
{
    bool da = f->language == HZ_DANISH;
    strength how = strength_of(f->power);
    if (how == FINDS)
        return;
    hz_say_begin(out);
    hz_text_add(out, how == MISSES
                         ? (da ? "At et sted ikke er markeret, siger derfor næsten intet om det."
                               : "That a place is not marked therefore says next to nothing about "
                                 "it.")
                         : (da ? "Et sted, der ikke er markeret, kan derfor godt være et udsat sted."
                               : "A place that is not marked may therefore still be one of "
                                 "greater risk."));
}

void hz_caption_hotspots_power(const hz_caption_hotspots *f, hz_text *out)
{
    const hz_power *p = f->power;
    bool da = f->language == HZ_DANISH, possible = p->needed <= p->events;
    if (f->figures)
        return;
    hz_say_begin(out);
    hz_say_number(out, f->language, p->events, 0);
    hz_text_addf(out, " %s ", f->noun);
    hz_text_add(out, da ? "på " : "over ");
    hz_say_number(out, f->language, p->units, 0);
    hz_text_add(out, " ");
    hotspots_say_units(f, out);
    hz_text_add(out, da ? ": tilfældet alene giver " : ": chance alone puts ");
    hz_say_above_zero(out, f->language, p->expected, p->expected < 10 ? 2 : 0);
    hz_text_add(out, f->cell_m > 0 ? (da ? " i en celle med naboer" : " in a cell with its neighbours")
                                   : (da ? " i et område med naboer"
                                         : " in an area with its neighbours"));
    if (!possible) {
        hz_text_add(out, da ? ", og selv hvis alle lå samme sted, ville stedet ikke skille sig ud "
                              "blandt så mange test."
                            : ", and even if all lay in one place it would not stand out among so "
                              "many tests.");
    } else {
        hz_text_add(out, da ? ", og mindst " : ", and at least ");
        hz_say_number(out, f->language, p->needed, 0);
        hz_text_add(out, da ? " skal ligge der, før stedet alene skiller sig ud blandt så mange test."
                            : " must lie there before one such place alone stands out among so "
                              "many tests.");
        hz_say_begin(out);
        hz_text_add(out, da ? "Er risikoen " : "Where the risk is ");
        hz_say_number(out, f->language, p->risk, 0);
        hz_text_add(out, da ? " gange så stor som andre steder, sker det i "
                            : " times that elsewhere, this happens in ");
        if (p->power < 0.001)
            hz_text_add(out, da ? "under 0,1" HZ_SAY_NBSP "%" : "under 0.1%");
        else if (p->power > 0.99)
            hz_text_add(out, da ? "over 99" HZ_SAY_NBSP "%" : "over 99%");
        else
            hz_say_share(out, f->language, p->power, p->power < 0.1 ? 1 : 0);
        hz_text_add(out, da ? " af tilfældene." : " of cases.");
    }
    say_unmarked(f, out);
}
