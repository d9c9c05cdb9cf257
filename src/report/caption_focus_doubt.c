/* A focus in one sentence, and when not to trust what is said of it. */
#include <math.h>

#include "report/focus_say.h"

enum { FEW = 20 };

void focus_say_share_hidden(const focus_teller *t)
{
    focus_add(t, "How many ", "Hvor mange ");
    hz_text_add(t->out, focus_noun(t));
    focus_add(t, " lie in areas outside the focus", " der ligger i områder uden for fokusområdet");
    if (t->facts->name[t->l] && *t->facts->name[t->l])
        hz_text_addf(t->out, " (%s)", t->facts->name[t->l]);
    focus_add(t, ", or in it, is hidden, and with it the share.",
              " eller i det, er skjult, og dermed andelen.");
}

void hz_caption_focus_short(const hz_caption_focus *facts, hz_language language, hz_text *out)
{
    focus_teller t = focus_tell(facts, language, out);
    const hz_focus_look *k = &t.f->look;
    hz_say_begin(out);
    if (facts->made_up)
        focus_add(&t, "Synthetic, made-up data: ", "Syntetiske, opdigtede data: ");
    if (isnan(k->share)) {
        focus_say_share_hidden(&t);
        focus_say_verdict(&t);
        return;
    }
    if (t.f->guarded)
        focus_add(&t, "In areas outside the focus", "I områder uden for fokus");
    else
        focus_add(&t, "Outside the focus", "Uden for fokus");
    if (facts->name[t.l] && *facts->name[t.l])
        hz_text_addf(out, " (%s)", facts->name[t.l]);
    focus_add(&t, k->outside == 1 ? " lies " : " lie ", " ligger ");
    hz_say_count(out, t.l, (size_t)k->outside);
    focus_add(&t, " of ", " af ");
    focus_say_events(&t, k->total);
    if (facts->period[t.l])
        hz_text_addf(out, ", %s", facts->period[t.l]);
    hz_text_add(out, ": ");
    hz_say_share(out, t.l, k->share, 1);
    hz_text_add(out, " (");
    focus_say_interval(&t, k->low, k->high);
    hz_text_add(out, ").");
    focus_say_verdict(&t);
    if (t.f->ways && hz_layer_rows(t.f->ways) > 1 && !t.f->firm)
        focus_add(&t, " That answer is not firm: another way of looking changes it.",
                  " Svaret er ikke fast: en anden måde at se på det ændrer det.");
}

void hz_caption_focus_doubt(const hz_caption_focus *facts, hz_language language, hz_text *out)
{
    focus_teller t = focus_tell(facts, language, out);
    const hz_focus *f = t.f;
    hz_say_begin(out);
    focus_add(&t, "Events show where something was seen and recorded; where police or press looked "
              "because they expected it there, the share outside is too low.",
              "Hændelser viser, hvor noget blev set og registreret; hvor politi eller presse ledte, "
              "fordi de ventede det dér, er andelen udenfor for lav.");
    if (!f->areas) {
        focus_add(&t, " Two figures alone do not tell where the others fell: all in one place, or "
                  "all over the city.", " To tal alene fortæller ikke, hvor de øvrige faldt: samlet "
                  "ét sted eller spredt over hele byen.");
    } else {
        if (f->guarded)
            focus_add(&t, " Where counts are hidden, an area that stands out may be among them.",
                      " Hvor antal er skjult, kan et område, der skiller sig ud, være iblandt dem.");
        if (f->look.total < FEW)
            focus_add(&t, " With so few events one more or less can turn the answer.",
                      " Med så få hændelser kan én mere eller mindre vende svaret.");
        focus_add(&t, " Residents are not all who are at risk: a place of night life or work has many "
                  "events per resident in any city. A large area can hide a cluster within it.",
                  " Indbyggere er ikke alle, der er udsat: et sted med natteliv eller arbejdspladser "
                  "har mange hændelser pr. indbygger i enhver by. Et stort område kan skjule en "
                  "klynge i sig.");
    }
    focus_add(&t, " The limits of the rule are a choice, not a law. Nothing here says what a broader "
              "focus would achieve.", " Reglens grænser er et valg, ikke en lov. Intet her siger, "
              "hvad et bredere fokus ville udrette.");
}
