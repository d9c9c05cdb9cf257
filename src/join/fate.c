/* The fate of every event, in a sentence. */
#include <stdio.h>

#include "hotzone/place.h"
#include "hotzone/text.h"

typedef struct {
    size_t count;
    const char *english, *danish;
} part;

static void add_count(hz_text *text, size_t count, hz_language language)
{
    char number[64];
    hz_text_add(text, hz_number_format(number, sizeof number, (double)count, 0, language));
}

/* Withheld: neither how many were read nor placed, nor what is told from them by subtraction. */
static char *write_fate(char *buf, size_t size, const hz_fate *fate, int language, bool withheld)
{
    const part parts[] = {
        { withheld ? 0 : fate->placed, "placed", "placeret" },
        { fate->outside, "outside the areas", "uden for områderne" },
        { fate->unlocated, "without coordinates", "uden koordinater" },
        { withheld ? 0 : fate->other_period, "outside the period", "uden for perioden" },
        { fate->undated, "without a date", "uden dato" },
        { withheld ? 0 : fate->other_kind, "of another kind", "af anden slags" },
        { fate->refused, "refused", "afvist" },
    };
    bool danish = language == HZ_DANISH;
    hz_language in = danish ? HZ_DANISH : HZ_ENGLISH;
    hz_text text = { 0 };
    bool one = fate->read == 1;
    if (withheld) {
        hz_text_add(&text, danish ? "antal indlæste og placerede oplyses ikke, da de ville røbe "
                                    "skjulte tal"
                                  : "how many were read and placed is not stated, since it would "
                                    "give hidden figures away");
    } else if (fate->read == 0) {
        hz_text_add(&text, danish ? "ingen hændelser læst" : "no events read");
    } else {
        add_count(&text, fate->read, in);
        hz_text_add(&text, danish ? (one ? " hændelse læst: " : " hændelser læst: ")
                                  : (one ? " event read: " : " events read: "));
    }
    bool first = true;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].count == 0)
            continue;
        if (!first || withheld)
            hz_text_add(&text, first ? "; " : ", ");
        first = false;
        add_count(&text, parts[i].count, in);
        hz_text_add(&text, " ");
        hz_text_add(&text, danish ? parts[i].danish : parts[i].english);
    }
    snprintf(buf, size, "%s", hz_text_get(&text));
    hz_text_free(&text);
    return buf;
}

char *hz_fate_text(char *buf, size_t size, const hz_fate *fate, int language)
{
    return write_fate(buf, size, fate, language, false);
}

char *hz_fate_text_withheld(char *buf, size_t size, const hz_fate *fate, int language)
{
    return write_fate(buf, size, fate, language, true);
}
