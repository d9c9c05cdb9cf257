/* What a table of rates says and does not say, worked out from its figures. */
#include "hotzone/caption.h"

#include <math.h>

#include "hotzone/interval.h"
#include "report/phrase.h"
#include "report/say.h"

enum { RATIO_DECIMALS = 2 };

/* The exact ratio of two areas' rates, the first to the second. */
typedef struct {
    double ratio, low, high;
} comparison;

static comparison compare(const hz_caption_facts *facts, const hz_tally *t, size_t a, size_t b)
{
    comparison c = { NAN, NAN, NAN };
    if (t->events && t->residents)
        hz_interval_ratio(t->events[a], t->residents[a], t->events[b], t->residents[b],
                          facts->level, &c.ratio, &c.low, &c.high, NULL);
    return c;
}

/* Do the data bear that the first area is above the second, wherever within their precision the
 * events lie? */
static bool bears(const hz_caption_facts *facts, const hz_tally *t, size_t a, size_t b)
{
    comparison c = compare(facts, t, a, b);
    if (!(c.low > 1) || !t->range_low || !t->residents)
        return c.low > 1;
    hz_interval_ratio(t->range_low[a], t->residents[a], t->range_high[b], t->residents[b],
                      facts->level, &c.ratio, &c.low, &c.high, NULL);
    return c.low > 1;
}

static void say_row(const hz_caption_facts *facts, const hz_tally *t, size_t row, bool first,
                    hz_text *out)
{
    hz_phrase_rate(facts, out, t->rate[row]);
    hz_phrase_interval(facts, out, t->low[row], t->high[row], facts->decimals, first);
}

static void say_only_area(const hz_caption_facts *facts, const hz_tally *t, hz_text *out)
{
    size_t row = t->order[0];
    hz_say_begin(out);
    hz_text_addf(out, hz_pick(facts, "%s has ", "%s har "), hz_phrase_name(facts, row));
    hz_phrase_rate(facts, out, t->rate[row]);
    hz_text_addf(out, " %s ", facts->noun);
    hz_phrase_unit(facts, t->years, out);
    hz_phrase_interval(facts, out, t->low[row], t->high[row], facts->decimals, true);
    hz_text_add(out, ".");
}

/* No event anywhere: equal zeros, of which only the upper limits differ. */
static void say_no_events(const hz_caption_facts *facts, const hz_tally *t, hz_text *out)
{
    double widest = 0;
    for (size_t i = 0; i < t->defined; i++)
        widest = fmax(widest, t->high[t->order[i]]);
    hz_say_begin(out);
    hz_text_addf(out, hz_pick(facts, "There are no %s in the ", "Der er ingen %s i de "),
                 facts->noun);
    hz_say_count_word(out, facts->language, t->defined);
    hz_text_add(out, hz_pick(facts, " areas with figures; the upper limits reach ",
                             " områder med tal; de øvre grænser når op på "));
    hz_say_at_most(out, facts->language, widest, facts->decimals);
    hz_text_add(out, " ");
    hz_phrase_unit(facts, t->years, out);
    hz_text_add(out, ".");
}

static void say_extremes(const hz_caption_facts *facts, const hz_tally *t, hz_text *out)
{
    size_t top = hz_tally_ties(t, false), bottom = hz_tally_ties(t, true);
    size_t last = t->order[t->defined - 1];

    hz_say_begin(out);
    if (t->defined < t->rows) { /* Danish puts the verb before the name here */
        hz_text_add(out, hz_pick(facts, "Of the ", "Af de "));
        hz_say_count_word(out, facts->language, t->defined);
        hz_text_add(out, t->undefined ? hz_pick(facts, " areas with figures, ",
                                                " områder med tal har ")
                                      : hz_pick(facts, " areas shown, ", " viste områder har "));
    }
    hz_phrase_ranked(facts, t, 0, top, out);
    hz_text_add(out, hz_pick(facts, top == 1 ? " has the most " : " have the most ",
                             t->defined < t->rows ? " flest " : " har flest "));
    hz_phrase_quantity(facts, t->years, out);
    hz_text_add(out, ": ");
    if (top == 1) {
        say_row(facts, t, t->order[0], true, out);
    } else {
        hz_phrase_rate(facts, out, t->rate[t->order[0]]);
    }
    hz_text_add(out, ".");
    if (top == t->defined)
        return;
    hz_say_begin(out);
    hz_phrase_ranked(facts, t, t->defined - bottom, bottom, out);
    hz_text_add(out, bottom == 1 ? hz_pick(facts, " has the fewest: ", " har færrest: ")
                                 : hz_pick(facts, " have the fewest: ", " har færrest: "));
    if (bottom == 1)
        say_row(facts, t, last, top > 1, out);
    else
        hz_phrase_rate(facts, out, t->rate[last]);
    hz_text_add(out, ".");
}

/* Does the data bear that the first of the ranking is above the second? */
static void say_top_two(const hz_caption_facts *facts, const hz_tally *t, hz_text *out)
{
    /* areas that tie are named without an interval, which then comes here first */
    bool first_interval = hz_tally_ties(t, false) > 1 && hz_tally_ties(t, true) > 1;
    size_t a = t->order[0], b = t->order[1];
    comparison c = compare(facts, t, a, b);
    const char *first = hz_phrase_name(facts, a), *second = hz_phrase_name(facts, b);

    if (isnan(c.low))
        return;
    hz_say_begin(out);
    if (!(c.low > 1)) {
        hz_text_addf(out, hz_pick(facts, "The data do not settle whether %s or %s is higher: the "
                                         "ratio of their rates is ",
                                  "Data afgør ikke, om %s eller %s ligger højest: forholdet "
                                  "mellem dem er "),
                     first, second);
    } else {
        hz_text_addf(out, hz_pick(facts, "The data support that %s is above %s: the ratio of "
                                         "their rates is ",
                                  "Data støtter, at %s ligger over %s: forholdet mellem dem er "),
                     first, second);
    }
    if (isinf(c.ratio)) { /* no event in the second: only a lower limit exists */
        hz_text_add(out, hz_pick(facts, "at least ", "mindst "));
        hz_say_number(out, facts->language, c.low, RATIO_DECIMALS);
    } else {
        hz_say_number(out, facts->language, c.ratio, RATIO_DECIMALS);
        hz_phrase_interval(facts, out, c.low, c.high, RATIO_DECIMALS, first_interval);
    }
    if (!(c.low > 1))
        hz_text_add(out, hz_pick(facts, ", and 1 is within its limits",
                                 ", og 1 ligger inden for grænserne"));
    else if (!bears(facts, t, a, b))
        hz_text_add(out, hz_pick(facts, "; within the precision of the coordinates that is not "
                                        "certain",
                                 "; inden for koordinaternes præcision er det dog ikke sikkert"));
    hz_text_add(out, ".");
}

/* A ranking is no better than its weakest steps, each judged on its own. */
static void say_ranking(const hz_caption_facts *facts, const hz_tally *t, hz_text *out)
{
    size_t steps = t->defined - 1, open = 0;
    for (size_t i = 0; i < steps; i++)
        open += !bears(facts, t, t->order[i], t->order[i + 1]);
    hz_say_begin(out);
    if (open == 0) {
        hz_text_add(out, hz_pick(facts, "Each of the ", "Hvert af de "));
        hz_say_count(out, facts->language, steps);
        hz_text_add(out, hz_pick(facts,
                                 " steps down the ranking is supported by the data when it is "
                                 "judged on its own.",
                                 " skridt ned gennem rækkefølgen understøttes af data, når det "
                                 "vurderes for sig."));
        return;
    }
    if (open == steps) {
        hz_text_add(out, hz_pick(facts, "None of the ", "Ingen af de "));
    } else {
        hz_text_add(out, hz_pick(facts, "Only ", "Kun "));
        hz_say_count(out, facts->language, steps - open);
        hz_text_add(out, hz_pick(facts, " of the ", " af de "));
    }
    hz_say_count(out, facts->language, steps);
    bool one = steps - open <= 1;
    hz_text_add(out, hz_pick(facts,
                             one ? " steps down the ranking is supported by the data, so a full "
                                   "ranking of the areas is not."
                                 : " steps down the ranking are supported by the data, so a full "
                                   "ranking of the areas is not.",
                             " skridt ned gennem rækkefølgen understøttes af data, så der er ikke "
                             "belæg for en fuld rangliste over områderne."));
}

/* Garwood's upper limit for a count x is half a chi-squared quantile with 2x + 2 degrees of
 * freedom; x = df/2 - 1 gives that quantile for any df >= 2.  Half of what its level leaves is
 * above it. */
static double chi_squared_upper(double df, double above)
{
    double low, high;
    hz_interval_poisson(df / 2 - 1, 1 - 2 * above, &low, &high);
    return 2 * high;
}

/* Pearson's statistic is near chi-squared only where no expected count is under 1 (Cochran
 * 1954). */
static bool counts_suffice(const hz_tally *t)
{
    double events = 0, residents = 0, least = INFINITY;
    if (!t->events || !t->residents)
        return false;
    for (size_t i = 0; i < t->defined; i++) {
        events += t->events[t->order[i]];
        residents += t->residents[t->order[i]];
        least = fmin(least, t->residents[t->order[i]]);
    }
    return least * events >= residents;
}

static void say_dispersion(const hz_caption_facts *facts, const hz_tally *t, hz_text *out)
{
    double above = 1 - facts->level;
    if (!facts->city || facts->overlap || t->defined < 3 || !isfinite(facts->city->dispersion) ||
        !(above < 0.5) || !counts_suffice(t))
        return;
    double df = (double)(t->defined - 1), found = facts->city->dispersion;
    double limit = chi_squared_upper(df, above) / df;
    int decimals = fabs(found - limit) < 0.1 ? 3 : 1; /* so that they do not print as equal */
    hz_say_begin(out);
    hz_text_add(out, t->hidden ? hz_pick(facts, "The areas shown", "De viste områder")
                               : hz_pick(facts, "The areas", "Områderne"));
    hz_text_add(out, found > limit
        ? hz_pick(facts, " differ more than chance around one common rate would explain",
                  " afviger mere fra hinanden, end tilfældige udsving omkring et fælles niveau "
                  "kan forklare")
        : hz_pick(facts, " do not differ more than chance around one common rate could explain",
                  " afviger ikke mere fra hinanden, end tilfældige udsving omkring et fælles "
                  "niveau kan forklare"));
    hz_text_add(out, hz_pick(facts, " (chi-squared per degree of freedom ",
                             " (χ² pr. frihedsgrad er "));
    hz_say_number(out, facts->language, found, decimals);
    hz_text_add(out, hz_pick(facts, "; without real differences 1 is expected, and over ",
                             "; uden reelle forskelle ventes 1 og over "));
    hz_say_number(out, facts->language, limit, decimals);
    hz_text_add(out, hz_pick(facts, " in ", " i "));
    bool whole = fabs(100 * above - round(100 * above)) < 1e-9;
    hz_say_share(out, facts->language, above, whole ? 0 : 1);
    hz_text_add(out, hz_pick(facts, " of cases).", " af tilfældene)."));
}

static void say_overlap(const hz_caption_facts *facts, hz_text *out)
{
    hz_say_begin(out);
    hz_text_add(out, hz_pick(facts, "The areas overlap and share events, so the differences "
                                    "between them are not tested.",
                             "Områderne overlapper og deler hændelser, så forskellene mellem dem "
                             "er ikke testet."));
}

/* Of the unstable areas, the one whose limits lie farthest apart. */
static size_t widest_unstable(const hz_caption_facts *facts, const hz_tally *t)
{
    size_t worst = t->rows;
    double width = -1;
    for (size_t i = 0; i < t->defined; i++) {
        size_t row = t->order[i];
        if (hz_tally_unstable(facts, row) && t->high[row] - t->low[row] > width) {
            width = t->high[row] - t->low[row];
            worst = row;
        }
    }
    return worst;
}

static void say_few_events(const hz_caption_facts *facts, const hz_tally *t, hz_text *out)
{
    size_t row = widest_unstable(facts, t);
    if (row == t->rows || !t->events)
        return;
    hz_say_begin(out);
    if (t->unstable > 1) {
        hz_phrase_areas(facts, out, t->unstable);
        hz_text_addf(out, hz_pick(facts, " are unstable; the widest limits are those of %s: ",
                                  " er usikre; bredest er grænserne for %s: "),
                     hz_phrase_name(facts, row));
    } else {
        hz_text_addf(out, hz_pick(facts, "The figure for %s is unstable: ",
                                  "Tallet for %s er usikkert: "), hz_phrase_name(facts, row));
    }
    if (t->events[row] == 0)
        hz_text_add(out, hz_pick(facts, "there are ", "der er "));
    hz_phrase_events(facts, out, t->events[row]);
    if (t->events[row] == 0) {
        hz_text_add(out, hz_pick(facts, ", which is compatible with up to ",
                                 ", hvilket er foreneligt med op til "));
    } else {
        hz_text_add(out, t->events[row] == 1
                             ? hz_pick(facts, " is compatible with anything from ",
                                       " er forenelig med alt fra ")
                             : hz_pick(facts, " are compatible with anything from ",
                                       " er forenelige med alt fra "));
        hz_phrase_rate(facts, out, t->low[row]);
        hz_text_add(out, hz_pick(facts, " to ", " til "));
    }
    hz_say_at_most(out, facts->language, t->high[row], facts->decimals);
    hz_text_add(out, " ");
    hz_phrase_unit(facts, t->years, out);
    hz_text_add(out, ".");
}

/* Would the area on top stay there wherever within their precision the events lie? */
static void say_precision(const hz_caption_facts *facts, const hz_tally *t, hz_text *out)
{
    size_t top = t->order[0];
    if (!t->range_low || !t->residents)
        return;
    double least = t->range_low[top] / t->residents[top], most = -1;
    bool moved = t->range_low[top] < t->range_high[top], others = false;
    for (size_t i = 1; i < t->defined; i++) {
        size_t row = t->order[i];
        most = fmax(most, t->range_high[row] / t->residents[row]);
        others |= t->range_low[row] < t->range_high[row];
    }
    if (!moved && (!others || most < least))
        return;
    hz_say_begin(out);
    if (!moved) {
        hz_text_addf(out, hz_pick(facts, "Within the precision of the coordinates an area other "
                                         "than %s could come out on top.",
                                  "Inden for koordinaternes præcision kan et andet område end %s "
                                  "komme øverst."), hz_phrase_name(facts, top));
        return;
    }
    hz_text_add(out, hz_pick(facts, "Within the precision of the coordinates ",
                             "Inden for koordinaternes præcision kan "));
    hz_text_addf(out, hz_pick(facts, "%s may have from ", "%s have fra "),
                 hz_phrase_name(facts, top));
    hz_say_number(out, facts->language, t->range_low[top], 0);
    hz_text_add(out, hz_pick(facts, " to ", " til "));
    hz_phrase_events(facts, out, t->range_high[top]);
    if (t->defined > 1)
        hz_text_add(out, most >= least
            ? hz_pick(facts, ", and another area could come out on top",
                      ", og et andet område kan komme øverst")
            : hz_pick(facts, ", and it stays on top throughout", ", men forbliver øverst"));
    hz_text_add(out, ".");
}

static void say_missing(const hz_caption_facts *facts, const hz_tally *t, hz_text *out)
{
    if (t->undefined + t->hidden == 0 || t->rows < 2)
        return;
    hz_say_begin(out);
    if (t->undefined) {
        hz_phrase_areas(facts, out, t->undefined);
        hz_text_add(out, t->undefined == 1 ? hz_pick(facts, " has no figure", " er uden tal")
                                           : hz_pick(facts, " have no figure", " er uden tal"));
    }
    if (t->undefined && t->hidden)
        hz_text_add(out, hz_pick(facts, " and ", ", og "));
    if (t->hidden) {
        hz_phrase_areas(facts, out, t->hidden);
        hz_text_add(out, t->hidden == 1 ? hz_pick(facts, " is hidden", " er skjult")
                                        : hz_pick(facts, " are hidden", " er skjult"));
    }
    if (t->undefined == 0) {
        hz_text_add(out, hz_pick(facts, ", so the order holds for the areas shown only.",
                                 ", så rækkefølgen gælder kun de viste områder."));
        return;
    }
    hz_text_add(out, hz_pick(facts, ", so nothing can be said about which area",
                             ", så der kan ikke siges noget om, hvilket område"));
    hz_phrase_place(facts, out);
    hz_text_add(out, hz_pick(facts, " is highest or lowest, nor about the overall level.",
                             " der ligger højest eller lavest, og heller ikke om det samlede "
                             "niveau."));
}

static void say_nothing_known(const hz_caption_facts *facts, const hz_tally *t, hz_text *out)
{
    hz_say_begin(out);
    if (t->hidden)
        hz_text_add(out, hz_pick(facts, "No area has a figure that can be shown",
                                 "Ingen områder har tal, der kan vises"));
    else
        hz_text_add(out, hz_pick(facts, "No area has a figure", "Ingen områder har tal"));
    hz_text_add(out, hz_pick(facts, ", so nothing can be said about ",
                             ", så der kan ikke siges noget om "));
    hz_phrase_quantity(facts, t->years, out);
    hz_phrase_place(facts, out);
    hz_text_add(out, ".");
}

void hz_caption_findings(const hz_caption_facts *facts, hz_text *out)
{
    hz_tally t;
    if (!hz_tally_new(facts, &t)) {
        out->failed = true;
        return;
    }
    if (t.defined == 0) {
        say_nothing_known(facts, &t, out);
    } else if (t.defined == 1) {
        say_only_area(facts, &t, out);
        say_few_events(facts, &t, out);
        say_precision(facts, &t, out);
    } else if (!(t.rate[t.order[0]] > 0)) {
        say_no_events(facts, &t, out);
    } else {
        say_extremes(facts, &t, out);
        if (facts->overlap) {
            say_overlap(facts, out);
        } else {
            say_top_two(facts, &t, out);
            if (t.defined > 2)
                say_ranking(facts, &t, out);
            say_dispersion(facts, &t, out);
        }
        say_few_events(facts, &t, out);
        say_precision(facts, &t, out);
    }
    if (t.defined)
        say_missing(facts, &t, out);
    hz_caption_missing(facts, out);
    hz_tally_clear(&t);
}
