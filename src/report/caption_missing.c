/* What a table of rates lacks: events without a place or date, uncovered days, other years. */
#include <math.h>

#include "report/caption_parts.h"
#include "report/phrase.h"
#include "report/say.h"

enum { MISSING_SHARE = 20, MOST_YEARS = 4, MOST_DECIMALS = 3 }; /* one in 20: 5 % */

/* Where the events placed are withheld, a share of them would give them away, and so would whether
 * it is large enough to be spoken of: the fates of the events say how many have no place. */
static void say_lost(const hz_caption_facts *facts, const hz_tally *t, hz_text *out)
{
    const hz_fate *f = facts->fate;
    size_t lost = f->unlocated + f->undated, asked = f->placed + f->outside + lost;
    if (asked == 0 || lost * MISSING_SHARE <= asked || hz_tally_withheld(facts, t))
        return;
    double share = (double)lost / (double)asked;
    hz_say_begin(out);
    hz_say_share(out, facts->language, share, share < 0.1 ? 1 : 0);
    hz_text_add(out, hz_pick(facts, " of the events asked for have no ",
                             " af de efterspurgte hændelser er uden "));
    hz_text_add(out, !f->undated     ? hz_pick(facts, "coordinates", "koordinater")
                     : !f->unlocated ? hz_pick(facts, "date", "dato")
                                     : hz_pick(facts, "coordinates or no date",
                                               "koordinater eller dato"));
    hz_text_add(out, hz_pick(facts, " and are in no figure.", " og indgår ikke i tallene."));
}

static bool is_part(hz_period p)
{
    return p.from != HZ_TIME_NONE && p.until != HZ_TIME_NONE;
}

void hz_caption_missing(const hz_caption_facts *facts, hz_text *out)
{
    hz_tally t;
    if (is_part(facts->covered)) {
        hz_say_begin(out);
        hz_text_add(out, hz_pick(facts, "The data cover only ", "Data dækker kun "));
        hz_caption_period(facts->covered, facts->language, out);
        hz_text_add(out, ".");
    }
    if (!facts->fate)
        return;
    if (!hz_tally_new(facts, &t)) {
        out->failed = true;
        return;
    }
    say_lost(facts, &t, out);
    hz_tally_clear(&t);
}

/* The one calendar year that a period is; 0 if it is another. */
static int year_of(hz_period p)
{
    int year, month, day;
    if (!is_part(p))
        return 0;
    hz_date_civil(p.from / 86400 - (p.from % 86400 < 0), &year, &month, &day);
    return p.from == hz_date_days(year, 1, 1) * 86400 &&
           p.until == hz_date_days(year + 1, 1, 1) * 86400 ? year : 0;
}

/* The lowest year of the areas with a figure that is over `after`; 0: none. */
static int next_year(const double *years, const hz_tally *t, int after)
{
    int found = 0;
    for (size_t i = 0; i < t->defined; i++) {
        double year = years[t->order[i]];
        if (year > after && (!found || year < found))
            found = (int)year;
    }
    return found;
}

void hz_phrase_residents_years(const hz_caption_facts *facts, const hz_tally *t, hz_text *out)
{
    const double *years = hz_layer_numbers(facts->areas, "population_year");
    int first = years ? next_year(years, t, 0) : 0, last = first;
    size_t n = 0;
    if (!first)
        return;
    for (int year = first; year; year = next_year(years, t, year)) {
        last = year;
        n++;
    }
    if (n == 1 && (!is_part(facts->when) || year_of(facts->when) == first))
        return;
    hz_say_begin(out);
    hz_text_addf(out, hz_pick(facts, "The %s are those of ", "Antallet af %s er fra "),
                 facts->base ? facts->base : hz_pick(facts, "residents", "indbyggere"));
    if (n > MOST_YEARS) {
        hz_text_addf(out, "%d\u2013%d", first, last);
    } else {
        size_t said = 0;
        for (int year = first; year; year = next_year(years, t, year)) {
            hz_say_joint(out, facts->language, said++, n);
            hz_text_addf(out, "%d", year);
        }
    }
    hz_text_add(out, ".");
}

int hz_caption_decimals(const hz_layer *areas, int least)
{
    const double *rate = hz_layer_numbers(areas, "rate");
    double highest = 0;
    int decimals = least;
    for (size_t i = 0; rate && i < hz_layer_rows(areas); i++)
        if (hz_layer_mark(areas, "rate", i) == HZ_KNOWN && rate[i] > highest)
            highest = rate[i];
    /* 9.5 of the last unit rounds to two digits */
    while (highest > 0 && decimals < MOST_DECIMALS && highest * pow(10, decimals) < 9.5)
        decimals++;
    return decimals;
}
