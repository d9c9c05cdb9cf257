/* Sentences about change between two periods. */
#include "hotzone/caption_change.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/say.h"

enum { MOST_NAMED = 6, MOST_SHORT = 3 }; /* areas said one by one */

static const char *pick(const hz_caption_change *f, const char *english, const char *danish)
{
    return f->language == HZ_DANISH ? danish : english;
}

static double at(const hz_layer *table, const char *column, size_t row)
{
    const double *values = hz_layer_numbers(table, column);
    return values ? values[row] : NAN;
}

void hz_caption_change_title(const hz_caption_change *f, hz_text *out)
{
    char per[40];
    hz_text_add_capital(out, f->noun);
    hz_text_addf(out, pick(f, " per %s %s, %s and %s", " pr. %s %s, %s og %s"),
                 hz_number_format(per, sizeof per, f->per, 0, f->language), f->base, f->before,
                 f->after);
}

/* "In Indre Nørrebro 58.2 became 53.7 (ratio 0.92, 0.86-0.98; p 0.012-0.013)". */
static void say_area(const hz_caption_change *f, size_t row, hz_text *out)
{
    const hz_layer *t = f->table;
    double ratio = at(t, "ratio", row), low = at(t, "ratio_low", row),
           high = at(t, "ratio_high", row), p = at(t, "p", row);

    hz_say_begin(out);
    hz_text_addf(out, "%s: ", hz_layer_text(t, "name", row));
    hz_say_number(out, f->language, at(t, "rate_1", row), 1);
    hz_text_addf(out, pick(f, " in %s, ", " i %s, "), f->before);
    hz_say_number(out, f->language, at(t, "rate_2", row), 1);
    hz_text_addf(out, pick(f, " in %s", " i %s"), f->after);
    if (!isnan(ratio)) {
        hz_text_add(out, pick(f, " (ratio ", " (forhold "));
        hz_say_number(out, f->language, ratio, 2);
        hz_text_add(out, ", ");
        if (isnan(high))
            hz_say_number(out, f->language, low, 2);
        else
            hz_say_interval(out, f->language, low, high, 2);
        hz_text_add(out, "; p ");
    } else {
        hz_text_add(out, " (p ");
    }
    if (isnan(p)) {
        hz_say_p(out, f->language, at(t, "p_low", row));
        hz_text_add(out, "\u2013");
        hz_say_p(out, f->language, at(t, "p_high", row));
        hz_text_add(out, pick(f, " over the assumed population", " over den antagne befolkning"));
    } else {
        hz_say_p(out, f->language, p);
    }
    hz_text_add(out, ").");
}

/* "Of two areas tested, one has", "The one area tested has not". */
static void say_tested(const hz_caption_change *f, hz_text *out)
{
    const hz_change_found *n = f->found;
    if (n->tests == 1) {
        hz_text_add(out, n->significant ? pick(f, "The one area tested has",
                                               "Det ene testede område har")
                                        : pick(f, "The one area tested has not",
                                               "Det ene testede område har ikke"));
        return;
    }
    hz_text_add(out, pick(f, "Of ", "Af "));
    hz_say_count_word(out, f->language, n->tests);
    hz_text_add(out, pick(f, " areas tested, ", " testede områder "));
    if (n->significant == 0) {
        hz_text_add(out, pick(f, "none has", "har intet"));
    } else if (f->language == HZ_DANISH) {
        hz_text_add(out, "har ");
        if (n->significant == 1)
            hz_text_add(out, "ét"); /* stressed: a number, not an article */
        else
            hz_say_count_word(out, f->language, n->significant);
    } else {
        hz_say_count_word(out, f->language, n->significant);
        hz_text_add(out, n->significant == 1 ? " has" : " have");
    }
}

static void say_verdict(const hz_caption_change *f, hz_text *out)
{
    const hz_change_found *n = f->found;
    hz_say_begin(out);
    if (n->tests == 0) {
        hz_text_add(out, pick(f, "No area can be tested.", "Intet område kan testes."));
        return;
    }
    say_tested(f, out);
    hz_text_add(out, pick(f, " changed by more than chance explains",
                          " ændret sig mere, end tilfældigheder kan forklare"));
    hz_text_add(out, pick(f, " (q at most ", " (q højst "));
    hz_say_number(out, f->language, 1 - f->level, 2);
    hz_text_add(out, pick(f, ", Benjamini and Hochberg).", ", Benjamini og Hochberg)."));
}

/* Each area tested, where they are few. */
static void say_areas(const hz_caption_change *f, size_t most, hz_text *out)
{
    for (size_t i = 0; i < hz_layer_rows(f->table) && f->found->tests <= most; i++)
        if (!isnan(at(f->table, "q", i)))
            say_area(f, i, out);
}

void hz_caption_change_short(const hz_caption_change *f, hz_text *out)
{
    hz_caption_change_title(f, out);
    hz_text_add(out, ".");
    say_areas(f, MOST_SHORT, out);
    say_verdict(f, out);
}

void hz_caption_change_findings(const hz_caption_change *f, hz_text *out)
{
    const hz_change_found *n = f->found;
    size_t digits = f->assumed ? strcspn(f->assumed, "%") : 0;
    char assumed[80];

    /* "3%" is written "3 %" in Danish */
    snprintf(assumed, sizeof assumed, "%.*s%s%s", (int)digits, f->assumed ? f->assumed : "",
             f->language == HZ_DANISH && digits && f->assumed[digits] ? HZ_SAY_NBSP : "",
             f->assumed ? f->assumed + digits : "");

    say_areas(f, MOST_NAMED, out);
    say_verdict(f, out);
    if (n->assumed) {
        hz_say_begin(out);
        size_t start = out->length;
        hz_say_count_word(out, f->language, n->assumed);
        hz_text_capital(out, start);
        hz_text_addf(out, n->assumed == 1
                              ? pick(f, " test rests on an assumption: only a rate is published for "
                                        "a year, and its population is taken as known within %s.",
                                     " test hviler på en antagelse: for et af årene er kun raten "
                                     "offentliggjort, og befolkningen regnes for kendt inden for %s.")
                              : pick(f, " tests rest on an assumption: only a rate is published for "
                                        "a year, and its population is taken as known within %s.",
                                     " test hviler på en antagelse: for et af årene er kun raten "
                                     "offentliggjort, og befolkningen regnes for kendt inden for %s."),
                     assumed);
    }
    if (n->undefined) {
        hz_say_begin(out);
        size_t start = out->length;
        hz_say_count_word(out, f->language, n->undefined);
        hz_text_capital(out, start);
        hz_text_add(out, n->undefined == 1
                             ? pick(f, " area has no test, since a figure is missing.",
                                    " område er uden test, da et tal mangler.")
                             : pick(f, " areas have no test, since figures are missing.",
                                    " områder er uden test, da tal mangler."));
    }
}
