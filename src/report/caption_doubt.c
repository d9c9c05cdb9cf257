/* When not to trust rates, changes of rates, and shares in surveys. */
#include "hotzone/caption.h"
#include "hotzone/caption_change.h"

#include "report/phrase.h"
#include "report/say.h"

void hz_caption_doubt(const hz_caption_facts *facts, hz_text *out)
{
    hz_tally t;
    if (!hz_tally_new(facts, &t)) {
        out->failed = true;
        return;
    }
    hz_say_begin(out);
    hz_text_add(out, hz_pick(facts,
        "A rate is of what was recorded: where fewer report, or more is recorded because more is "
        "looked for, it differs without anything else being different. It counts those who live in "
        "an area, not those who are there: where many come, it says more of the place than of anyone's "
        "risk. The intervals hold chance alone, not faults of recording.",
        "En rate er af det, der er registreret: hvor færre anmelder, eller mere registreres, fordi der "
        "ses efter, er den en anden, uden at andet er anderledes. Den regner med dem, der bor i et "
        "område, ikke dem, der er der: hvor mange kommer, siger den mere om stedet end om nogens "
        "risiko. Intervallerne rummer tilfældet alene, ikke fejl i registreringen."));
    if (t.unstable) {
        hz_say_begin(out);
        hz_text_add(out, hz_pick(facts,
            "Unstable areas have so few events that they change places by chance: read their intervals, "
            "not their order.",
            "Usikre områder har så få hændelser, at de bytter plads ved et tilfælde: læs deres "
            "intervaller, ikke deres rækkefølge."));
    }
    hz_tally_clear(&t);
}

void hz_caption_change_doubt(const hz_caption_change *f, hz_text *out)
{
    hz_say_begin(out);
    hz_text_add(out, f->language == HZ_DANISH
        ? "At noget har ændret sig mere, end tilfældet forklarer, siger ikke hvorfor. Testen tager hver "
          "hændelse for sig; kommer de i serier, er den sande p større. En ny måde at anmelde eller "
          "registrere på ligner en ændring, og områder, der er valgt, fordi et år var slemt, falder "
          "som regel af sig selv."
        : "That something has changed by more than chance explains does not say why. The test takes "
          "each event for itself; if they come in series, the true p is larger. A new way of "
          "reporting or recording looks like a change, and areas chosen because a year was bad mostly "
          "fall by themselves.");
}

void hz_caption_survey_doubt(hz_language language, hz_text *out)
{
    hz_say_begin(out);
    hz_text_add(out, language == HZ_DANISH
        ? "Andele kan kun sammenlignes, når der er spurgt om det samme på samme måde; hvem der svarer, "
          "skifter fra år til år, og vægtning får de spurgte til at tælle for færre, end de er."
        : "Shares compare only where the same was asked in the same way; who answers changes from year "
          "to year, and weighting makes those asked count for fewer than they are.");
}
