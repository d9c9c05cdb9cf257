/* The terms that a report uses, in words for those who know no statistics. */
#include <ctype.h>
#include <string.h>

#include "report/html_parts.h"

/* How a term begins where the text uses it, what it is called, and what it means; by hz_language. */
typedef struct {
    const char *sign[2], *term[2], *text[2];
} entry;

static const entry entries[] = {
    { { "confidence interval", "konfidensinterval" },
      { "95% confidence interval", "95 %-konfidensinterval" },
      { "The true values that fit the figure. If one went on working out such intervals, at least 95% "
        "of them would hold the true value. It covers chance alone, not faults of the data. Another "
        "level than 95% is named where it is used.",
        "De sande værdier, som tallet er foreneligt med. Blev man ved med at beregne sådanne intervaller, "
        "ville mindst 95 % af dem rumme den sande værdi. Det dækker kun tilfældet, ikke fejl i data. Et "
        "andet niveau end 95 % nævnes, hvor det bruges." } },
    { { "rate", "rate" }, { "Rate", "Rate" },
      { "Events for each so many residents and year. Residents are those who live there, not all who "
        "come there.",
        "Hændelser for hver så mange indbyggere og år. Indbyggere er dem, der bor der, ikke alle dem, "
        "der kommer der." } },
    { { "smoothed rate", "udjævnet rate" }, { "Smoothed rate", "Udjævnet rate" },
      { "A rate of few events jumps by chance. Here it is drawn towards a common rate, the more so the "
        "fewer the residents.",
        "En rate med få hændelser springer tilfældigt. Her trækkes den mod en fælles rate, mere jo færre "
        "indbyggere der er." } },
    { { "ratio", "forholdet" }, { "Ratio", "Forhold" },
      { "One rate divided by another. If its interval holds 1, the data do not settle which is higher.",
        "En rate divideret med en anden. Rummer dets interval 1, afgør data ikke, hvilken der er højst." } },
    { { "unstable", "usikker" }, { "Unstable", "Usikker" },
      { "So few events that the rate is more chance than fact: its coefficient of variation (uncertainty "
        "as a share of the figure) is over the limit stated.",
        "Så få hændelser, at raten er mere tilfælde end kendsgerning: dens variationskoefficient "
        "(usikkerheden som andel af tallet) er over den oplyste grænse." } },
    { { "*hidden*", "*skjult*" }, { "Hidden", "Skjult" },
      { "Known, but not shown to protect persons: the count is small, or would give a small one away.",
        "Kendt, men vises ikke for at beskytte personer: antallet er lille eller ville røbe et, der er." } },
    { { "p = ", "p = " }, { "p", "p" },
      { "How often chance alone would make a difference as large as this one or larger. A small p "
        "speaks against chance; a large one is no proof of sameness.",
        "Hvor ofte tilfældet alene ville give en forskel så stor som denne eller større. En lille p taler "
        "mod tilfældet; en stor beviser ikke, at der ingen forskel er." } },
    { { "q ≤", "q ≤" }, { "q", "q" },
      { "p made fit for many tests at once: of all that is called out at q ≤ 0.05, about 5% at most is "
        "expected to be chance (Benjamini & Hochberg 1995).",
        "p rettet for mange test på én gang: af alt, hvad der fremhæves ved q ≤ 0,05, ventes højst "
        "omkring 5 % at være tilfældigt (Benjamini & Hochberg 1995)." } },
    { { "chi-squared per degree", "χ² pr. frihedsgrad" },
      { "Chi-squared per degree of freedom", "χ² pr. frihedsgrad" },
      { "How much the areas differ, beside what chance makes around one common rate; 1 is chance alone.",
        "Hvor meget områderne afviger fra hinanden i forhold til tilfældige udsving om en fælles rate; "
        "1 er tilfældet alene." } },
    { { "Classes: quantiles", "Klasser: kvantiler" }, { "Quantiles", "Kvantiler" },
      { "The classes of a map, so that each has about as many areas.",
        "Et korts klasser, lagt så hver har omtrent lige mange områder." } },
    { { "funnel plot", "tragtdiagram" }, { "Funnel plot", "Tragtdiagram" },
      { "Rates by number of residents, with the limits of chance: wide for few residents, narrow for "
        "many. It shows who stands out, not who is best.",
        "Rater efter indbyggertal med tilfældets grænser: brede ved få indbyggere, smalle ved mange. "
        "Det viser, hvem der skiller sig ud, ikke hvem der er bedst." } },
    { { "over-dispersion", "overspredning" }, { "Over-dispersion", "Overspredning" },
      { "The areas differ more than chance around one rate: some of the difference is real, and limits "
        "of chance alone are then too narrow.",
        "Områderne afviger mere end tilfældige udsving om én rate: noget af forskellen er reel, og "
        "grænser for tilfældet alene er da for snævre." } },
    { { "gi\\*", "gi\\*" }, { "Gi*", "Gi*" },
      { "Compares a cell and its neighbours with what chance would put there (Ord & Getis 1995).",
        "Sammenligner en celle og dens naboer med det, tilfældet ville lægge der (Ord & Getis 1995)." } },
    { { "cluster 1", "klynge 1" }, { "Cluster (scan)", "Klynge (scanning)" },
      { "A circle that holds more events than chance would put into any circle of any size; its edge "
        "is rough (Kulldorff 1997).",
        "En cirkel med flere hændelser, end tilfældet ville lægge i nogen cirkel af nogen størrelse; dens "
        "rand er omtrentlig (Kulldorff 1997)." } },
    { { "relative risk", "relativ risiko" }, { "Relative risk", "Relativ risiko" },
      { "How many times as many events inside as outside, for what was expected.",
        "Hvor mange gange så mange hændelser indenfor som udenfor, i forhold til det ventede." } },
    { { "location quotient", "lokationskvotient" }, { "Location quotient", "Lokationskvotient" },
      { "An area's share of the events over its share of the residents; 1 is the average.",
        "Et områdes andel af hændelserne over dets andel af indbyggerne; 1 er gennemsnittet." } },
    { { "PAI |", "PAI |" }, { "PAI", "PAI" },
      { "A zone's share of the events over its share of the land; 1 is what its size alone would hold. One "
        "event makes it large for a small zone.",
        "En zones andel af hændelserne over dens andel af landarealet; 1 er, hvad størrelsen alene ville "
        "rumme. I en lille zone gør én hændelse den stor." } },
    { { "McNemar", "McNemar" }, { "McNemar", "McNemar" },
      { "A test of two zones on the same events, by those alone that lie in one of them and not in the "
        "other.",
        "En test af to zoner på de samme hændelser, efter dem alene, der ligger i den ene og ikke i den "
        "anden." } },
    { { "L function", "L-funktion" }, { "L function", "L-funktion" },
      { "How many other events lie within each distance of one, beside what chance would put there. Above "
        "the band they lie closer together than chance.",
        "Hvor mange andre hændelser der ligger inden for hver afstand af en, i forhold til tilfældet. Over "
        "båndet ligger de tættere end ved tilfældet." } },
    { { "lorenz curve", "lorenz-kurve" }, { "Lorenz curve, Gini", "Lorenz-kurve, Gini" },
      { "How few places hold how much of the events. Gini is 0 if all hold alike and near 1 if one holds "
        "all; few events raise it by themselves, so that chance is given beside it.",
        "Hvor få steder der rummer hvor meget af hændelserne. Gini er 0, hvis alle rummer lige meget, og "
        "nær 1, hvis ét rummer alt; få hændelser hæver den af sig selv, så tilfældet vises ved siden "
        "af." } },
    { { "precision of the coordinates", "koordinaternes præcision" }, { "Precision", "Præcision" },
      { "The radius within which the true place of an event lies.",
        "Den radius, som hændelsens sande sted ligger inden for." } },
    { { "made-up", "opdigte" }, { "Made-up data", "Opdigtede data" },
      { "Invented to show the method. Nothing of it happened.",
        "Opfundet for at vise metoden. Intet af det er sket." } },
};
enum { ENTRIES = sizeof entries / sizeof *entries };

/* Is the sign in the text, at the start of a word?  ASCII case is ignored, and a blank in the sign is
 * one of either kind. */
static bool is_used(const char *text, const char *sign)
{
    size_t n = strlen(sign);
    for (const char *p = text; *p; p++) {
        size_t k = 0, at = 0;
        if (p > text && (isalnum((unsigned char)p[-1]) || (unsigned char)p[-1] >= 0x80))
            continue;
        for (; k < n; k++) {
            bool blank = sign[k] == ' ' && strncmp(p + at, "\u00a0", 2) == 0;
            if (!blank && tolower((unsigned char)p[at]) != tolower((unsigned char)sign[k]))
                break;
            at += blank ? 2 : 1;
        }
        if (k == n)
            return true;
    }
    return false;
}

void hz_html_glossary(hz_html *page)
{
    const char *text = hz_text_get(&page->marked);
    hz_html_term terms[ENTRIES];
    size_t n = 0;
    int l = page->language == HZ_DANISH;
    for (size_t i = 0; i < ENTRIES; i++)
        if (is_used(text, entries[i].sign[l]))
            terms[n++] = (hz_html_term){ entries[i].term[l], entries[i].text[l] };
    if (n == 0)
        return;
    hz_html_heading(page, 2, hz_html_pick(page, "Glossary", "Ordliste"));
    hz_html_terms(page, NULL, terms, n);
}
