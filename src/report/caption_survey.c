/* Sentences about survey shares in two years. */
#include "hotzone/caption_change.h"

#include <math.h>

#include "report/say.h"

/* "2 percentage points (interval −1.2–5.0)": decimals as in the report's table. */
static void say_points(hz_language language, const hz_layer *table, size_t row, hz_text *out)
{
    bool danish = language == HZ_DANISH;
    const double *low = hz_layer_numbers(table, "difference_low");
    const double *high = hz_layer_numbers(table, "difference_high");
    hz_say_number(out, language, 100 * hz_layer_numbers(table, "difference")[row], 0);
    hz_text_add(out, danish ? " procentpoint" : " percentage points");
    if (low && high && !isnan(low[row]) && !isnan(high[row])) {
        hz_text_add(out, ", interval ");
        hz_say_interval(out, language, 100 * low[row], 100 * high[row], 1);
    }
}

void hz_caption_survey_first(hz_language language, const hz_layer *table, int before, int after,
                             hz_text *out)
{
    bool danish = language == HZ_DANISH;
    const double *change = hz_layer_numbers(table, "difference");
    size_t row = 0, n = change ? hz_layer_rows(table) : 0;
    while (row < n && isnan(change[row]))
        row++;
    if (row == n)
        return;
    hz_say_begin(out);
    hz_text_add(out, hz_layer_text(table, "name", row));
    if (hz_layer_find(table, "question") >= 0 && *hz_layer_text(table, "question", row))
        hz_text_addf(out, danish ? " (»%s«)" : " (‘%s’)",
                     hz_layer_text(table, "question", row));
    hz_text_add(out, ": ");
    hz_say_share(out, language, hz_layer_numbers(table, "share_1")[row], 0);
    hz_text_addf(out, danish ? " i %d, " : " in %d, ", before);
    hz_say_share(out, language, hz_layer_numbers(table, "share_2")[row], 0);
    hz_text_addf(out, danish ? " i %d (" : " in %d (", after);
    say_points(language, table, row, out);
    hz_text_add(out, ").");
}

static void say_untested(bool one, bool danish, hz_text *out)
{
    hz_text_add(out, danish ? (one ? "Den" : "Ingen af dem") : one ? "It" : "None of them");
    hz_text_add(out, danish ? (one ? " kan ikke testes" : " kan testes")
                            : one ? " cannot be tested" : " can be tested");
    hz_text_add(out, danish ? ", for antallet af svar er ikke offentliggjort; en forskel alene "
                              "skelner ikke en ændring fra tilfældig variation."
                            : one ? ", since the number of answers is not published; a difference "
                                    "alone does not tell a change from chance."
                                  : ", since the numbers of answers are not published; a difference "
                                    "alone does not tell a change from chance.");
}

void hz_caption_survey_findings(hz_language language, const hz_layer *table,
                                const hz_survey_found *found, int before, int after, hz_text *out)
{
    bool danish = language == HZ_DANISH;
    const double *low = hz_layer_numbers(table, "difference_low");
    const double *high = hz_layer_numbers(table, "difference_high");
    size_t apart = 0;
    bool one = found->compared == 1;

    for (size_t i = 0; low && high && i < hz_layer_rows(table); i++)
        apart += low[i] > 0 || high[i] < 0 ? 1 : 0;
    hz_say_begin(out);
    hz_text_addf(out, danish ? "%zu %s er sammenlignet mellem %d og %d."
                             : "%zu %s compared between %d and %d.", found->compared,
                 danish ? (one ? "andel" : "andele") : one ? "share is" : "shares are", before,
                 after);
    hz_say_begin(out);
    if (found->defined == 0)
        say_untested(one, danish, out);
    else if (found->defined == 1)
        hz_text_add(out, danish ? (apart ? "1 har et interval, som ikke rummer 0."
                                         : "1 har et interval, som rummer 0.")
                                : apart ? "1 has an interval, which leaves out 0."
                                        : "1 has an interval, which holds 0.");
    else
        hz_text_addf(out, danish ? "%zu har interval; i %zu af dem er 0 ikke med i intervallet."
                                 : "%zu have an interval; in %zu of them it leaves out 0.",
                     found->defined, apart);
    if (found->defined && found->no_sample) {
        hz_say_begin(out);
        hz_text_addf(out, danish ? "%zu kan ikke testes, da antallet af svar mangler."
                                 : "%zu cannot be tested, since the number of answers is missing.",
                     found->no_sample);
    }
}
