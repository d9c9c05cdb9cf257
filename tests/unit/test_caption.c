/* Captions say what the data says, in both languages, and nothing that was hidden. */
#include "check.h"

#include "hotzone/caption.h"
#include "hotzone/mem.h"

#define NB "\u00a0" /* no-break space */

static const char *const eleven[] = {
    "Amager Vest", "Amager Øst", "Bispebjerg", "Brønshøj-Husum", "Indre By", "Indre Nørrebro",
    "Valby", "Vanløse", "Vesterbro-Kongens Enghave", "Ydre Nørrebro", "Østerbro"
};
static const double residents[] = { 76500, 59117, 54650, 45092, 56184, 34953,
                                    61000, 41000, 72000, 44975, 79000 };

/* An area layer with rates, and the facts about it. */
typedef struct {
    hz_layer *areas;
    hz_rates_city city;
    hz_breaks breaks;
    hz_caption_facts facts;
} sample;

static void make(sample *s, hz_language language, size_t n, const char *const *names,
                 const double *events, const double *people, const hz_rates_opts *opts)
{
    static const hz_rates_opts defaults = HZ_RATES_DEFAULTS;
    hz_caption_facts facts = HZ_CAPTION_FACTS_DEFAULTS;
    hz_error err = { HZ_OK, "" };
    bool da = language == HZ_DANISH;
    void **state_ = NULL;

    if (!opts)
        opts = &defaults;
    CHECK_OK(hz_layer_new("areas", n, &s->areas, &err), err);
    CHECK_OK(hz_layer_add_texts(s->areas, "name", names, &err), err);
    CHECK_OK(hz_layer_add_numbers(s->areas, "events", events, &err), err);
    CHECK_OK(hz_layer_add_numbers(s->areas, "residents", people, &err), err);
    CHECK_OK(hz_rates_add(s->areas, "events", "residents", opts, &s->city, &err), err);
    facts.language = language;
    facts.areas = s->areas;
    facts.noun = da ? "anmeldelser" : "reports";
    facts.noun_one = da ? "anmeldelse" : "report";
    facts.place = da ? "København" : "Copenhagen";
    facts.period = "2017";
    facts.city = &s->city;
    facts.hide_below = opts->hide_below;
    facts.overlap = opts->overlap;
    if (hz_breaks_find(HZ_QUANTILE, 5, true, n, hz_layer_numbers(s->areas, "rate"), NULL,
                       &s->breaks, NULL) == HZ_OK)
        facts.breaks = &s->breaks;
    s->facts = facts;
}

typedef void (*writer)(const hz_caption_facts *facts, hz_text *out);

static void check_says(writer write, const hz_caption_facts *facts, const char *want)
{
    void **state_ = NULL;
    hz_text out = { 0 };
    write(facts, &out);
    CHECK(!out.failed);
    CHECK_TEXT(hz_text_get(&out), want);
    hz_text_free(&out);
}

#define CHECK_SAYS(write, facts, want)                                                   \
    do {                                                                                 \
        (void)state_;                                                                    \
        check_says(write, facts, want);                                                  \
    } while (0)

/* Every sentence there is, one writer a line. */
static void write_all(const hz_caption_facts *facts, hz_text *out)
{
    static const writer writers[] = { hz_caption_quantity, hz_caption_alt, hz_caption_figure,
                                      hz_caption_method, hz_caption_findings, hz_caption_fate };
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
        writers[i](facts, out);
        hz_text_add(out, "\n");
    }
    double rate, low, high;
    if (hz_caption_overall(facts, out, &rate, &low, &high))
        hz_text_addf(out, " %.17g %.17g %.17g\n", rate, low, high);
}

/* Of the 11 areas the two that are published: 1877 and 1790 reports, 53.7 and 39.8 per 1,000
 * (status report on Nørrebro, June 2018). */
static void two_of_eleven(double events[11])
{
    for (size_t i = 0; i < 11; i++)
        events[i] = NAN;
    events[5] = 1877;
    events[9] = 1790;
}

TEST(two_published_areas_of_eleven_in_danish)
{
    sample s;
    double events[11];
    two_of_eleven(events);
    make(&s, HZ_DANISH, 11, eleven, events, residents, NULL);
    CHECK_SAYS(hz_caption_quantity, &s.facts, "Anmeldelser pr." NB "1.000 indbyggere, 2017");
    CHECK_SAYS(hz_caption_alt, &s.facts,
               "Koropletkort over København: anmeldelser pr." NB "1.000 indbyggere i 11 områder, "
               "2017. Områderne er farvet i to klasser, delt ved 50,0. Højest er Indre Nørrebro "
               "med 53,7 og lavest Ydre Nørrebro med 39,8; de to områder med tal har tilsammen "
               "45,9. Kortet har 9 områder uden tal.");
    CHECK_SAYS(hz_caption_figure, &s.facts,
               "Anmeldelser pr." NB "1.000 indbyggere i 11 områder i København, 2017. De to "
               "områder med tal har tilsammen 45,9 (95" NB "%-konfidensinterval 44,4–47,4). 2 af "
               "11 områder har tal, og 9 er uden tal.");
    CHECK_SAYS(hz_caption_findings, &s.facts,
               "Af de to områder med tal har Indre Nørrebro flest anmeldelser pr." NB "1.000 "
               "indbyggere: 53,7 (95" NB "%-konfidensinterval 51,3–56,2). Ydre Nørrebro har "
               "færrest: 39,8 (38,0–41,7). Data støtter, at Indre Nørrebro ligger over Ydre "
               "Nørrebro: forholdet mellem dem er 1,35 (1,26–1,44). 9 områder er uden tal, så der "
               "kan ikke siges noget om, hvilket område i København der ligger højest eller "
               "lavest, og heller ikke om det samlede niveau.");
    hz_layer_free(s.areas);
}

TEST(two_published_areas_of_eleven_in_english)
{
    sample s;
    double events[11];
    two_of_eleven(events);
    make(&s, HZ_ENGLISH, 11, eleven, events, residents, NULL);
    CHECK_SAYS(hz_caption_quantity, &s.facts, "Reports per" NB "1,000 residents, 2017");
    CHECK_SAYS(hz_caption_alt, &s.facts,
               "Choropleth map of Copenhagen: reports per" NB "1,000 residents in 11 areas, 2017. "
               "Areas are coloured in two classes, divided at 50.0. Highest: Indre Nørrebro with "
               "53.7; lowest: Ydre Nørrebro with 39.8; the two areas with figures together have "
               "45.9. The map has 9 areas without a figure.");
    CHECK_SAYS(hz_caption_figure, &s.facts,
               "Reports per" NB "1,000 residents in 11 areas in Copenhagen, 2017. The two areas "
               "with figures together have 45.9 (95% confidence interval 44.4–47.4). 2 of 11 areas "
               "have a figure and 9 have none.");
    CHECK_SAYS(hz_caption_findings, &s.facts,
               "Of the two areas with figures, Indre Nørrebro has the most reports per" NB "1,000 "
               "residents: 53.7 (95% confidence interval 51.3–56.2). Ydre Nørrebro has the fewest: "
               "39.8 (38.0–41.7). The data support that Indre Nørrebro is above Ydre Nørrebro: the "
               "ratio of their rates is 1.35 (1.26–1.44). 9 areas have no figure, so nothing can "
               "be said about which area in Copenhagen is highest or lowest, nor about the overall "
               "level.");
    hz_layer_free(s.areas);
}

/* 40 against 36 events of 10,000 residents each: ratio 1.11, limits 0.69-1.79 hold 1.  With 9 the
 * mean is 28.3: chi-squared (136 + 59 + 374) / 28.3 = 20.1, 10.0 per degree of freedom. */
TEST(intervals_that_overlap_bear_no_ranking)
{
    static const double events[] = { 40, 36, 9 }, people[] = { 10000, 10000, 10000 };
    static const char *const names[] = { "A", "B", "C" };
    sample s;
    make(&s, HZ_ENGLISH, 3, names, events, people, NULL);
    CHECK_SAYS(hz_caption_findings, &s.facts,
               "A has the most reports per" NB "1,000 residents: 4.0 (95% confidence interval "
               "2.9–5.4). C has the fewest: 0.9 (0.4–1.7). The data do not settle whether A or B "
               "is higher: the ratio of their rates is 1.11 (0.69–1.79), and 1 is within its "
               "limits. Only 1 of the 2 steps down the ranking is supported by the data, so a full "
               "ranking of the areas is not. The areas differ more than chance around one common "
               "rate would explain (chi-squared per degree of freedom 10.0; without real differences 1 is "
               "expected, and over 3.0 in 5% of cases). The figure for C is unstable: 9 reports are compatible with "
               "anything from 0.4 to 1.7 per" NB "1,000 residents.");
    hz_layer_free(s.areas);
    make(&s, HZ_DANISH, 3, names, events, people, NULL);
    CHECK_SAYS(hz_caption_findings, &s.facts,
               "A har flest anmeldelser pr." NB "1.000 indbyggere: 4,0 (95" NB
               "%-konfidensinterval 2,9–5,4). C har færrest: 0,9 (0,4–1,7). Data afgør ikke, om A "
               "eller B ligger højest: forholdet mellem dem er 1,11 (0,69–1,79), og 1 ligger inden "
               "for grænserne. Kun 1 af de 2 skridt ned gennem rækkefølgen understøttes af data, "
               "så der er ikke belæg for en fuld rangliste over områderne. Områderne afviger mere "
               "fra hinanden, end tilfældige udsving omkring et fælles niveau kan forklare (χ² pr. "
               "frihedsgrad er 10,0; uden reelle forskelle ventes 1 og over 3,0 i 5" NB "% af "
               "tilfældene). Tallet for C er usikkert: 9 anmeldelser er forenelige med alt fra 0,4 til 1,7 pr." NB "1.000 indbyggere.");
    hz_layer_free(s.areas);
}

/* 30, 28 and 26 of equal populations: chi-squared (4 + 0 + 4)/28 = 0.29, 0.14 per degree. */
TEST(areas_that_differ_by_chance_are_said_to)
{
    static const double events[] = { 26, 30, 28 }, people[] = { 5000, 5000, 5000 };
    static const char *const names[] = { "A", "B", "C" };
    sample s;
    hz_text out = { 0 };
    make(&s, HZ_ENGLISH, 3, names, events, people, NULL);
    hz_caption_findings(&s.facts, &out);
    CHECK(strstr(hz_text_get(&out), "None of the 2 steps down the ranking is supported"));
    CHECK(strstr(hz_text_get(&out), "The areas do not differ more than chance around one common "
                                    "rate could explain (chi-squared per degree of freedom 0.1;"));
    hz_text_free(&out);
    hz_layer_free(s.areas);
}

TEST(every_area_with_a_figure_lets_the_city_be_named)
{
    static const double events[] = { 300, 100 }, people[] = { 10000, 10000 };
    static const char *const names[] = { "A", "B" };
    sample s;
    hz_text label = { 0 };
    double rate = 0, low = 0, high = 0;
    make(&s, HZ_DANISH, 2, names, events, people, NULL);
    CHECK_SAYS(hz_caption_figure, &s.facts,
               "Anmeldelser pr." NB "1.000 indbyggere i 2 områder i København, 2017. København som "
               "helhed har 20,0 (95" NB "%-konfidensinterval 18,1–22,1). Begge områder har tal.");
    CHECK(hz_caption_overall(&s.facts, &label, &rate, &low, &high));
    CHECK_TEXT(hz_text_get(&label), "Hele København");
    CHECK_NEAR(rate, 20.0, 1e-12);
    hz_text_free(&label);
    s.facts.place = NULL;
    CHECK(hz_caption_overall(&s.facts, &label, &rate, &low, &high));
    CHECK_TEXT(hz_text_get(&label), "Alle områder");
    hz_text_free(&label);
    hz_layer_free(s.areas);
}

/* 1877 + 1790 = 3667 of 79,928 residents: 45.9 (facts of the status report). */
TEST(a_partial_total_is_named_after_the_areas_in_it)
{
    sample s;
    double events[11], rate = 0, low = 0, high = 0;
    hz_text label = { 0 };
    two_of_eleven(events);
    make(&s, HZ_DANISH, 11, eleven, events, residents, NULL);
    CHECK(hz_caption_overall(&s.facts, &label, &rate, &low, &high));
    CHECK_TEXT(hz_text_get(&label), "De to områder med tal");
    CHECK_NEAR(rate, 1000.0 * 3667 / 79928, 1e-9);
    CHECK_NEAR(low, 1000.0 * 3549.26 / 79928, 0.001);
    CHECK_NEAR(high, s.city.known_high, 1e-12);
    double reports = 0, people = 0;
    CHECK(hz_caption_totals(&s.facts, &reports, &people));
    CHECK_NEAR(reports, 3667, 0);
    CHECK_NEAR(people, 79928, 0);
    hz_text_free(&label);
    hz_layer_free(s.areas);
}

TEST(one_area_of_eleven_is_not_compared_with_anything)
{
    sample s;
    double events[11];
    for (size_t i = 0; i < 11; i++)
        events[i] = i == 5 ? 4 : NAN;
    make(&s, HZ_DANISH, 11, eleven, events, residents, NULL);
    s.facts.decimals = 2;
    CHECK_SAYS(hz_caption_alt, &s.facts,
               "Koropletkort over København: anmeldelser pr." NB "1.000 indbyggere i 11 områder, "
               "2017. Alle områder med tal er i én klasse. Indre Nørrebro har 0,11. Kortet har 1 "
               "usikkert område og 10 områder uden tal.");
    CHECK_SAYS(hz_caption_figure, &s.facts,
               "Anmeldelser pr." NB "1.000 indbyggere i 11 områder i København, 2017. Indre "
               "Nørrebro har 0,11 (95" NB "%-konfidensinterval 0,03–0,29). 1 af 11 områder har "
               "tal, og 10 er uden tal.");
    CHECK_SAYS(hz_caption_findings, &s.facts,
               "Indre Nørrebro har 0,11 anmeldelser pr." NB "1.000 indbyggere (95" NB
               "%-konfidensinterval 0,03–0,29). Tallet for Indre Nørrebro er usikkert: 4 "
               "anmeldelser er forenelige med alt fra 0,03 til 0,29 pr." NB "1.000 indbyggere. 10 "
               "områder er uden tal, så der kan ikke siges noget om, hvilket område i København "
               "der ligger højest eller lavest, og heller ikke om det samlede niveau.");
    hz_layer_free(s.areas);
}

TEST(a_layer_of_one_area_is_said_in_the_singular)
{
    sample s;
    double events[] = { 1877 };
    make(&s, HZ_ENGLISH, 1, eleven + 5, events, residents + 5, NULL);
    CHECK_SAYS(hz_caption_alt, &s.facts,
               "Choropleth map of Copenhagen: reports per" NB "1,000 residents in 1 area, 2017. "
               "All areas with a figure are in one class. Indre Nørrebro has 53.7. No area is "
               "unstable, hidden or without a figure.");
    CHECK_SAYS(hz_caption_figure, &s.facts,
               "Reports per" NB "1,000 residents in Copenhagen, 2017. Indre Nørrebro has 53.7 (95% "
               "confidence interval 51.3–56.2).");
    CHECK_SAYS(hz_caption_findings, &s.facts,
               "Indre Nørrebro has 53.7 reports per" NB "1,000 residents (95% confidence interval "
               "51.3–56.2).");
    hz_layer_free(s.areas);
}

TEST(without_any_figure_nothing_is_claimed)
{
    sample s;
    double events[11], rate, low, high;
    hz_text label = { 0 };
    for (size_t i = 0; i < 11; i++)
        events[i] = NAN;
    make(&s, HZ_DANISH, 11, eleven, events, residents, NULL);
    CHECK_SAYS(hz_caption_alt, &s.facts,
               "Koropletkort over København: anmeldelser pr." NB "1.000 indbyggere i 11 områder, "
               "2017. Kortet har 11 områder uden tal.");
    CHECK_SAYS(hz_caption_figure, &s.facts,
               "Anmeldelser pr." NB "1.000 indbyggere i 11 områder i København, 2017. Ingen af de "
               "11 områder har tal.");
    CHECK_SAYS(hz_caption_findings, &s.facts,
               "Ingen områder har tal, så der kan ikke siges noget om anmeldelser pr." NB "1.000 "
               "indbyggere i København.");
    CHECK(!hz_caption_overall(&s.facts, &label, &rate, &low, &high));
    CHECK_TEXT(hz_text_get(&label), "");
    s.facts.language = HZ_ENGLISH;
    s.facts.place = "Copenhagen";
    s.facts.noun = "reports";
    CHECK_SAYS(hz_caption_findings, &s.facts,
               "No area has a figure, so nothing can be said about reports per" NB "1,000 "
               "residents in Copenhagen.");
    hz_layer_free(s.areas);
}

/* No event among 10,000: Garwood's upper limit 3.689, so 0.37 per 1,000. */
TEST(no_events_is_a_zero_with_an_upper_limit)
{
    static const double events[] = { 0, 0 }, people[] = { 10000, 20000 };
    static const char *const names[] = { "A", "B" };
    sample s;
    make(&s, HZ_DANISH, 2, names, events, people, NULL);
    CHECK_SAYS(hz_caption_findings, &s.facts,
               "Der er ingen anmeldelser i de to områder med tal; de øvre grænser når op på 0,4 "
               "pr." NB "1.000 indbyggere.");
    hz_layer_free(s.areas);
    make(&s, HZ_ENGLISH, 2, names, events, people, NULL);
    CHECK_SAYS(hz_caption_findings, &s.facts,
               "There are no reports in the two areas with figures; the upper limits reach 0.4 "
               "per" NB "1,000 residents.");
    CHECK_SAYS(hz_caption_alt, &s.facts,
               "Choropleth map of Copenhagen: reports per" NB "1,000 residents in 2 areas, 2017. "
               "All areas with a figure are in one class. A and B each have 0.0; Copenhagen as a "
               "whole has 0.0. The map has 2 unstable areas.");
    hz_layer_free(s.areas);
}

TEST(an_upper_limit_is_never_printed_as_zero)
{
    static const double events[] = { 0, 90 }, people[] = { 500000, 500000 };
    static const char *const names[] = { "A", "B" };
    sample s;
    hz_text out = { 0 };
    make(&s, HZ_ENGLISH, 2, names, events, people, NULL);
    hz_caption_findings(&s.facts, &out);
    CHECK(strstr(hz_text_get(&out), "A has the fewest: 0.0 (under 0.1)."));
    CHECK(strstr(hz_text_get(&out), "there are no reports, which is compatible with up to 0.1 "
                                    "per" NB "1,000 residents."));
    CHECK(strstr(hz_text_get(&out), "the ratio of their rates is at least 23"));
    hz_text_free(&out);
    hz_layer_free(s.areas);
}

TEST(hidden_areas_are_counted_and_explained)
{
    static const double events[] = { 4, 12, 30, 0, 40, 20, 14, 2, 55, 18, 22 };
    hz_rates_opts opts = HZ_RATES_DEFAULTS;
    sample s;
    opts.hide_below = 5;
    make(&s, HZ_DANISH, 11, eleven, events, residents, &opts);
    CHECK_SAYS(hz_caption_figure, &s.facts,
               "Anmeldelser pr." NB "1.000 indbyggere i 11 områder i København, 2017. København "
               "som helhed har 0,3 (95" NB "%-konfidensinterval 0,3–0,4). 7 af 11 områder har tal, "
               "og 4 er skjult.");
    CHECK_SAYS(hz_caption_method, &s.facts,
               "95" NB "%-konfidensintervaller er eksakte for poissonfordelte antal (Garwood "
               "1936). Klasser: kvantiler med 2, 1, 1, 1 og 2 områder, laveste klasse først. "
               "Usikker: variationskoefficient over 30" NB "% (11 anmeldelser eller færre). "
               "Skjult: færre end 5 anmeldelser, samt områder, der ellers ville røbe et skjult "
               "tal.");
    hz_text out = { 0 };
    hz_caption_findings(&s.facts, &out);
    CHECK(strstr(hz_text_get(&out), "4 områder er skjult, så rækkefølgen gælder kun de viste "
                                    "områder."));
    hz_text_free(&out);
    hz_layer_free(s.areas);
}

static uint64_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

/* Two worlds that differ only in what is hidden, with the same total, read alike. */
TEST(no_sentence_depends_on_how_hidden_counts_divide)
{
    static const double small[][2] = { { 1, 4 }, { 4, 1 }, { 2, 3 }, { 3, 2 } };
    hz_rates_opts opts = HZ_RATES_DEFAULTS;
    uint64_t seed = 20170720;
    size_t compared = 0;
    opts.hide_below = 5;
    for (int world = 0; world < 60; world++) {
        double events[11];
        for (size_t i = 0; i < 11; i++)
            events[i] = (double)(5 + next(&seed) % (world % 2 ? 400 : 12));
        size_t a = next(&seed) % 11, b = (a + 1 + next(&seed) % 10) % 11;
        for (hz_language language = HZ_ENGLISH; language <= HZ_DANISH; language++) {
            hz_text said[4] = { { 0 } };
            for (size_t k = 0; k < 4; k++) {
                sample s;
                events[a] = small[k][0];
                events[b] = small[k][1];
                make(&s, language, 11, eleven, events, residents, &opts);
                write_all(&s.facts, &said[k]);
                CHECK(!said[k].failed);
                hz_layer_free(s.areas);
                if (k > 0) {
                    CHECK_TEXT(hz_text_get(&said[k]), hz_text_get(&said[0]));
                    compared++;
                }
            }
            for (size_t k = 0; k < 4; k++)
                hz_text_free(&said[k]);
        }
    }
    CHECK(compared == 360);
}

/* A row hidden alone, as in areas that overlap: not even a total over it may be said. */
TEST(no_sentence_depends_on_a_count_hidden_alone)
{
    hz_text said[3] = { { 0 } };
    hz_rates_opts opts = HZ_RATES_DEFAULTS;
    static const char *const names[] = { "A", "B", "C" };
    opts.hide_below = 5;
    opts.overlap = true;
    for (size_t k = 0; k < 3; k++) {
        const double events[] = { 40, (double)(k + 1), 30 }, people[] = { 9000, 8000, 7000 };
        const double low[] = { 35, (double)k, 30 }, high[] = { 44, 9 + (double)k, 30 };
        hz_fate fate = { 100, 71 + k, 20, 9 - k, 0, 0, 0, 0 };
        sample s;
        make(&s, HZ_ENGLISH, 3, names, events, people, &opts);
        s.facts.fate = &fate;
        s.facts.range_low = low;
        s.facts.range_high = high;
        fate.unlocated = 9; /* as published; then only `placed` could tell */
        write_all(&s.facts, &said[k]);
        CHECK(strstr(hz_text_get(&said[k]), "How many events were placed is not stated"));
        CHECK(!strstr(hz_text_get(&said[k]), "100"));
        CHECK(!strstr(hz_text_get(&said[k]), "% of the events asked for"));
        CHECK_TEXT(hz_text_get(&said[k]), hz_text_get(&said[0]));
        hz_layer_free(s.areas);
    }
    for (size_t k = 0; k < 3; k++)
        hz_text_free(&said[k]);
}

TEST(the_fate_of_every_event_is_a_sentence)
{
    static const double events[] = { 30, 40 }, people[] = { 10000, 10000 };
    static const char *const names[] = { "A", "B" };
    const hz_fate fate = { 1080, 70, 1005, 3, 0, 1, 0, 1 };
    sample s;
    make(&s, HZ_DANISH, 2, names, events, people, NULL);
    CHECK_SAYS(hz_caption_fate, &s.facts, "");
    s.facts.fate = &fate;
    CHECK_SAYS(hz_caption_fate, &s.facts,
               "1.080 hændelser er indlæst: 70 placeret i et område, 1.005 uden for områderne, 3 "
               "uden koordinater, 1 uden dato og 1 afvist ved indlæsningen.");
    s.facts.language = HZ_ENGLISH;
    CHECK_SAYS(hz_caption_fate, &s.facts,
               "1,080 events were read: 70 placed in an area, 1,005 outside the areas, 3 without "
               "coordinates, 1 without a date and 1 refused on reading.");
    hz_layer_free(s.areas);
}

TEST(made_up_data_is_called_made_up)
{
    static const double events[] = { 30, 40 }, people[] = { 10000, 10000 };
    static const char *const names[] = { "A", "B" };
    sample s;
    hz_text alt = { 0 }, figure = { 0 };
    make(&s, HZ_DANISH, 2, names, events, people, NULL);
    s.facts.made_up = true;
    s.facts.base_note = "Befolkningen er opgjort 1. januar 2019.";
    hz_caption_alt(&s.facts, &alt);
    hz_caption_figure(&s.facts, &figure);
    CHECK(strstr(hz_text_get(&alt), "Koropletkort over København med opdigtede data: "));
    CHECK(strstr(hz_text_get(&figure), "Begge områder har tal. Tallene bygger på opdigtede "
                                       "hændelser og siger intet om virkelige forhold. "
                                       "Befolkningen er opgjort 1. januar 2019."));
    hz_text_free(&alt);
    hz_text_free(&figure);
    hz_layer_free(s.areas);
}

TEST(areas_that_overlap_have_no_total_and_no_test)
{
    static const double events[] = { 300, 100 }, people[] = { 10000, 10000 };
    static const char *const names[] = { "A", "B" };
    hz_rates_opts opts = HZ_RATES_DEFAULTS;
    hz_text label = { 0 };
    double rate, low, high;
    sample s;
    opts.overlap = true;
    make(&s, HZ_ENGLISH, 2, names, events, people, &opts);
    CHECK_SAYS(hz_caption_findings, &s.facts,
               "A has the most reports per" NB "1,000 residents: 30.0 (95% confidence interval "
               "26.7–33.6). B has the fewest: 10.0 (8.1–12.2). The areas overlap and share events, "
               "so the differences between them are not tested.");
    CHECK(!hz_caption_overall(&s.facts, &label, &rate, &low, &high));
    hz_text_free(&label);
    hz_layer_free(s.areas);
}

/* Rates 3.0 and 2.8: 27..33 against 25..31 events can change places. */
TEST(imprecise_positions_that_could_turn_the_order_say_so)
{
    static const double events[] = { 30, 28 }, people[] = { 10000, 10000 };
    static const double low[] = { 27, 25 }, high[] = { 33, 31 }, few[] = { 27, 26 };
    static const char *const names[] = { "A", "B" };
    sample s;
    hz_text out = { 0 };
    make(&s, HZ_DANISH, 2, names, events, people, NULL);
    s.facts.range_low = low;
    s.facts.range_high = high;
    hz_caption_findings(&s.facts, &out);
    CHECK(strstr(hz_text_get(&out), "Inden for koordinaternes præcision kan A have fra 27 til 33 "
                                    "anmeldelser, og et andet område kan komme øverst."));
    hz_text_free(&out);
    hz_caption_method(&s.facts, &out);
    CHECK(strstr(hz_text_get(&out), "Koordinaternes præcision kan ændre antallet i 2 områder."));
    hz_text_free(&out);
    s.facts.range_high = (const double[]){ 33, 26 };
    s.facts.range_low = few;
    hz_caption_findings(&s.facts, &out);
    CHECK(strstr(hz_text_get(&out), "33 anmeldelser, men forbliver øverst."));
    hz_text_free(&out);
    hz_layer_free(s.areas);
}

/* 20 within 20..20 against 15 within 15..24: the first does not move, the second may pass it. */
TEST(a_second_area_that_may_pass_the_first_is_named_as_a_risk)
{
    static const double events[] = { 20, 15 }, people[] = { 10000, 10000 };
    static const double low[] = { 20, 15 }, high[] = { 20, 24 };
    static const char *const names[] = { "A", "B" };
    sample s;
    for (int language = 0; language < 2; language++) {
        hz_text out = { 0 };
        make(&s, (hz_language)language, 2, names, events, people, NULL);
        s.facts.range_low = low;
        s.facts.range_high = high;
        hz_caption_findings(&s.facts, &out);
        CHECK(strstr(hz_text_get(&out),
                     language ? "Inden for koordinaternes præcision kan et andet område end A "
                                "komme øverst."
                              : "Within the precision of the coordinates an area other than A "
                                "could come out on top."));
        CHECK(!strstr(hz_text_get(&out), language ? "forbliver øverst" : "stays on top"));
        hz_text_free(&out);
        hz_layer_free(s.areas);
    }
}

/* 60 against 30 is a ratio of 2 with a lower limit over 1; 45 against 44 is not. */
TEST(support_that_the_precision_could_take_away_says_so)
{
    static const double events[] = { 60, 30 }, people[] = { 10000, 10000 };
    static const double low[] = { 45, 28 }, high[] = { 60, 44 }, near[] = { 58, 30 };
    static const char *const names[] = { "A", "B" };
    sample s;
    for (int language = 0; language < 2; language++) {
        hz_text out = { 0 };
        make(&s, (hz_language)language, 2, names, events, people, NULL);
        s.facts.range_low = low;
        s.facts.range_high = high;
        hz_caption_findings(&s.facts, &out);
        CHECK(strstr(hz_text_get(&out),
                     language ? "Data støtter, at A ligger over B: forholdet mellem dem er 2,00 "
                                "(1,27–3,21); inden for koordinaternes præcision er det dog ikke "
                                "sikkert."
                              : "The data support that A is above B: the ratio of their rates is "
                                "2.00 (1.27–3.21); within the precision of the coordinates that "
                                "is not certain."));
        hz_text_free(&out);
        s.facts.range_low = near;
        s.facts.range_high = events;
        hz_caption_findings(&s.facts, &out);
        CHECK(strstr(hz_text_get(&out), "2,00 (1,27–3,21). ") ||
              strstr(hz_text_get(&out), "2.00 (1.27–3.21). "));
        hz_text_free(&out);
        hz_layer_free(s.areas);
    }
}

/* 1 event over three areas is a third of an event expected in each. */
TEST(differences_are_not_tested_where_less_than_one_event_is_expected)
{
    static const double events[] = { 2, 0, 0 }, people[] = { 1000, 1000, 1000 };
    static const char *const names[] = { "A", "B", "C" };
    sample s;
    hz_text out = { 0 };
    make(&s, HZ_ENGLISH, 3, names, events, people, NULL);
    hz_caption_findings(&s.facts, &out);
    CHECK(!strstr(hz_text_get(&out), "chi-squared"));
    hz_text_free(&out);
    hz_layer_free(s.areas);
}

/* 3 of 1,000,000: 0.003 per 1,000 (exact limits 0.0006 and 0.0088). */
TEST(a_rate_that_would_print_as_zero_is_under_the_least_number)
{
    static const double events[] = { 3, 300 }, people[] = { 1000000, 1000000 };
    static const char *const names[] = { "A", "B" };
    sample s;
    hz_text out = { 0 };
    make(&s, HZ_DANISH, 2, names, events, people, NULL);
    hz_caption_alt(&s.facts, &out);
    CHECK(strstr(hz_text_get(&out), "lavest A med under 0,1"));
    hz_text_free(&out);
    s.facts.language = HZ_ENGLISH;
    hz_caption_alt(&s.facts, &out);
    CHECK(strstr(hz_text_get(&out), "lowest: A with under 0.1"));
    hz_text_free(&out);
    hz_caption_rate(&s.facts, 0, &out);
    CHECK_TEXT(hz_text_get(&out), "0.0");
    hz_text_free(&out);
    CHECK(hz_caption_decimals(s.areas, 1) == 2); /* the highest is 0.30 */
    CHECK(hz_caption_decimals(s.areas, 0) == 2);
    CHECK(hz_caption_decimals(s.areas, 4) == 4);
    hz_layer_free(s.areas);
}

TEST(an_interval_never_has_two_equal_ends)
{
    hz_caption_facts facts = HZ_CAPTION_FACTS_DEFAULTS;
    hz_text out = { 0 };
    hz_caption_interval(&facts, 53.68, 53.72, &out);
    CHECK_TEXT(hz_text_get(&out), "53.68–53.72");
    hz_text_free(&out);
    hz_caption_interval(&facts, 0.01, 0.02, &out);
    CHECK_TEXT(hz_text_get(&out), "under 0.1");
    hz_text_free(&out);
    hz_caption_interval(&facts, 2, 2, &out);
    CHECK_TEXT(hz_text_get(&out), "2.0–2.0");
    hz_text_free(&out);
}

/* 120 of 1,000 asked for are lost; other kinds and periods are not asked for. */
TEST(many_events_without_a_place_or_date_are_said_to_be_missing)
{
    static const double events[] = { 500, 380 }, people[] = { 10000, 10000 };
    static const char *const names[] = { "A", "B" };
    hz_fate fate = { .read = 9000, .placed = 880, .unlocated = 100, .undated = 20,
                     .other_kind = 5000, .other_period = 3000 };
    sample s;
    make(&s, HZ_ENGLISH, 2, names, events, people, NULL);
    s.facts.fate = &fate;
    CHECK_SAYS(hz_caption_missing, &s.facts,
               "12% of the events asked for have no coordinates or no date and are in no figure.");
    s.facts.language = HZ_DANISH;
    CHECK_SAYS(hz_caption_missing, &s.facts,
               "12" NB "% af de efterspurgte hændelser er uden koordinater eller dato og indgår "
               "ikke i tallene.");
    fate.undated = 0;
    fate.placed = 900;
    CHECK_SAYS(hz_caption_missing, &s.facts,
               "10" NB "% af de efterspurgte hændelser er uden koordinater og indgår ikke i "
               "tallene.");
    fate.placed = 1900; /* exactly a twentieth */
    CHECK_SAYS(hz_caption_missing, &s.facts, "");
    hz_layer_free(s.areas);
}

TEST(a_period_that_the_data_cover_in_part_is_said_to_be)
{
    hz_caption_facts facts = HZ_CAPTION_FACTS_DEFAULTS;
    facts.covered = (hz_period){ hz_date_days(2017, 6, 9) * 86400,
                                 hz_date_days(2017, 11, 10) * 86400 };
    CHECK_SAYS(hz_caption_missing, &facts, "The data cover only 9" NB "June to 9" NB
                                           "November 2017.");
    facts.language = HZ_DANISH;
    CHECK_SAYS(hz_caption_missing, &facts, "Data dækker kun 9." NB "juni til 9." NB
                                           "november 2017.");
}

TEST(the_years_of_the_residents_are_said_where_they_are_not_the_periods)
{
    static const double events[] = { 20, 20 }, people[] = { 10000, 10000 };
    static const double two[] = { 2017, 2019 }, one[] = { 2017, 2017 };
    static const char *const names[] = { "A", "B" };
    hz_error err = { HZ_OK, "" };
    sample s;
    make(&s, HZ_ENGLISH, 2, names, events, people, NULL);
    s.facts.when = (hz_period){ hz_date_days(2017, 1, 1) * 86400,
                                hz_date_days(2018, 1, 1) * 86400 };
    CHECK_OK(hz_layer_add_numbers(s.areas, "population_year", two, &err), err);
    CHECK_SAYS(hz_caption_figure, &s.facts,
               "Reports per" NB "1,000 residents in 2 areas in Copenhagen, 2017. Copenhagen as a "
               "whole has 2.0 (95% confidence interval 1.4–2.7). Both areas have a figure. The "
               "residents are those of 2017 and 2019.");
    s.facts.language = HZ_DANISH;
    hz_text out = { 0 };
    hz_caption_figure(&s.facts, &out);
    CHECK(strstr(hz_text_get(&out), "Antallet af indbyggere er fra 2017 og 2019."));
    hz_text_free(&out);
    hz_layer_free(s.areas);
    make(&s, HZ_DANISH, 2, names, events, people, NULL);
    s.facts.when = (hz_period){ hz_date_days(2017, 1, 1) * 86400,
                                hz_date_days(2018, 1, 1) * 86400 };
    CHECK_OK(hz_layer_add_numbers(s.areas, "population_year", one, &err), err);
    hz_caption_figure(&s.facts, &out);
    CHECK(!strstr(hz_text_get(&out), "Antallet"));
    hz_text_free(&out);
    hz_layer_free(s.areas);
}

TEST(a_period_of_two_years_is_a_yearly_rate)
{
    static const double events[] = { 60, 80 }, people[] = { 10000, 10000 };
    static const char *const names[] = { "A", "B" };
    hz_rates_opts opts = HZ_RATES_DEFAULTS;
    sample s;
    opts.years = 2;
    make(&s, HZ_DANISH, 2, names, events, people, &opts);
    s.facts.period = "2016–2017";
    CHECK_SAYS(hz_caption_quantity, &s.facts,
               "Anmeldelser pr." NB "1.000 indbyggere pr." NB "år, 2016–2017");
    hz_layer_free(s.areas);
}

TEST(a_title_begins_with_a_capital_in_danish_too)
{
    static const double events[] = { 60, 80 }, people[] = { 10000, 10000 };
    static const char *const names[] = { "A", "B" };
    sample s;
    make(&s, HZ_DANISH, 2, names, events, people, NULL);
    s.facts.noun = "økonomiske forbrydelser";
    s.facts.per = 100000;
    s.facts.period = NULL;
    CHECK_SAYS(hz_caption_quantity, &s.facts,
               "Økonomiske forbrydelser pr." NB "100.000 indbyggere");
    hz_layer_free(s.areas);
}

static void check_period(const char *period, hz_language language, const char *want)
{
    void **state_ = NULL;
    hz_error err = { HZ_OK, "" };
    hz_period p;
    hz_text out = { 0 };
    CHECK_OK(hz_period_parse(period, &p, &err), err);
    hz_caption_period(p, language, &out);
    CHECK_TEXT(hz_text_get(&out), want);
    hz_text_free(&out);
}

TEST(periods_are_written_as_people_write_them)
{
    check_period("2017", HZ_DANISH, "2017");
    check_period("2016..2017", HZ_DANISH, "2016–2017");
    check_period("2017-06", HZ_DANISH, "juni 2017");
    check_period("2017-06", HZ_ENGLISH, "June 2017");
    check_period("2017-06..2017-11", HZ_DANISH, "juni–november 2017");
    check_period("2016-12..2017-01", HZ_ENGLISH, "December 2016 to January 2017");
    check_period("2017-06-09..2017-11-09", HZ_DANISH, "9." NB "juni til 9." NB "november 2017");
    check_period("2016-06-09..2017-11-09", HZ_ENGLISH,
                 "9" NB "June 2016 to 9" NB "November 2017");
    check_period("2017-06-09", HZ_DANISH, "9." NB "juni 2017");
    check_period("2017-06..", HZ_DANISH, "fra 1." NB "juni 2017");
    check_period("..2017-11-09", HZ_ENGLISH, "up to and including 9" NB "November 2017");
    (void)state_;
}

/* Whichever allocation fails, the text says so or is the whole one. */
TEST(without_memory_a_caption_fails_and_is_never_cut)
{
    static const double events[] = { 4, 12, 30, 0, 40, 20, 14, 2, 55, 18, 22 };
    const hz_fate fate = { 300, 217, 80, 3, 0, 0, 0, 0 };
    sample s;
    hz_text whole = { 0 };
    make(&s, HZ_DANISH, 11, eleven, events, residents, NULL);
    s.facts.fate = &fate;
    write_all(&s.facts, &whole);
    bool failed = true;
    long n = 0;
    while (failed) {
        hz_text out = { 0 };
        hz_mem_fail_at(++n);
        write_all(&s.facts, &out);
        hz_mem_fail_at(0);
        failed = out.failed;
        if (!failed)
            CHECK_TEXT(hz_text_get(&out), hz_text_get(&whole));
        hz_text_free(&out);
    }
    CHECK(n > 20);
    hz_text_free(&whole);
    hz_layer_free(s.areas);
}

RUN_TESTS(T(a_second_area_that_may_pass_the_first_is_named_as_a_risk),
          T(support_that_the_precision_could_take_away_says_so),
          T(differences_are_not_tested_where_less_than_one_event_is_expected),
          T(a_rate_that_would_print_as_zero_is_under_the_least_number),
          T(an_interval_never_has_two_equal_ends),
          T(many_events_without_a_place_or_date_are_said_to_be_missing),
          T(a_period_that_the_data_cover_in_part_is_said_to_be),
          T(the_years_of_the_residents_are_said_where_they_are_not_the_periods),
          T(two_published_areas_of_eleven_in_danish), T(two_published_areas_of_eleven_in_english),
          T(intervals_that_overlap_bear_no_ranking), T(areas_that_differ_by_chance_are_said_to),
          T(every_area_with_a_figure_lets_the_city_be_named),
          T(a_partial_total_is_named_after_the_areas_in_it),
          T(one_area_of_eleven_is_not_compared_with_anything),
          T(a_layer_of_one_area_is_said_in_the_singular), T(without_any_figure_nothing_is_claimed),
          T(no_events_is_a_zero_with_an_upper_limit), T(an_upper_limit_is_never_printed_as_zero),
          T(hidden_areas_are_counted_and_explained),
          T(no_sentence_depends_on_how_hidden_counts_divide),
          T(no_sentence_depends_on_a_count_hidden_alone), T(the_fate_of_every_event_is_a_sentence),
          T(made_up_data_is_called_made_up), T(areas_that_overlap_have_no_total_and_no_test),
          T(imprecise_positions_that_could_turn_the_order_say_so),
          T(a_period_of_two_years_is_a_yearly_rate),
          T(a_title_begins_with_a_capital_in_danish_too),
          T(periods_are_written_as_people_write_them),
          T(without_memory_a_caption_fails_and_is_never_cut))
