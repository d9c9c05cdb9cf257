/* The fate of every event that was read, as a sentence. */
#include "hotzone/caption.h"

#include "report/phrase.h"
#include "report/say.h"

typedef struct {
    size_t n;
    const char *words;
} share;

void hz_caption_fate(const hz_caption_facts *facts, hz_text *out)
{
    const hz_fate *fate = facts->fate;
    hz_tally t;
    if (!fate)
        return;
    if (!hz_tally_new(facts, &t)) {
        out->failed = true;
        return;
    }
    bool withheld = hz_tally_withheld(facts, &t);
    const share shares[] = {
        { withheld ? 0 : fate->placed,
          hz_pick(facts, " placed in an area", " placeret i et område") },
        { fate->outside, hz_pick(facts, " outside the areas", " uden for områderne") },
        { fate->unlocated, hz_pick(facts, " without coordinates", " uden koordinater") },
        { fate->other_period, hz_pick(facts, " outside the period", " uden for perioden") },
        { fate->undated, hz_pick(facts, " without a date", " uden dato") },
        { fate->other_kind, hz_pick(facts, " of another kind", " af en anden art") },
        { fate->refused, hz_pick(facts, " refused on reading", " afvist ved indlæsningen") },
    };
    size_t n = sizeof shares / sizeof *shares, used = 0, said = 0;

    for (size_t i = 0; i < n; i++)
        used += shares[i].n > 0;
    hz_say_begin(out);
    if (withheld) {
        hz_text_add(out, hz_pick(facts, "How many events were placed is not stated, since it would "
                                        "give hidden figures away",
                                 "Hvor mange hændelser der er placeret, oplyses ikke, da det "
                                 "ville røbe skjulte tal"));
    } else {
        hz_say_count(out, facts->language, fate->read);
        hz_text_add(out, fate->read == 1
                             ? hz_pick(facts, " event was read", " hændelse er indlæst")
                             : hz_pick(facts, " events were read", " hændelser er indlæst"));
    }
    if (used)
        hz_text_add(out, withheld ? hz_pick(facts, "; the others: ", "; de øvrige: ") : ": ");
    for (size_t i = 0; i < n; i++) {
        if (shares[i].n == 0)
            continue;
        hz_say_joint(out, facts->language, said++, used);
        hz_say_count(out, facts->language, shares[i].n);
        hz_text_add(out, shares[i].words);
    }
    hz_text_add(out, ".");
    hz_tally_clear(&t);
}
