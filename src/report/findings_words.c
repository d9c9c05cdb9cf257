/* Every finding in words, in two languages. */
#include <math.h>
#include <string.h>

#include "hotzone/findings.h"
#include "report/findings_words.h"
#include "report/say.h"

/*
 * In a sentence {n} and {of} are counts, {%} their share, {a} to {e} the finding's values, {s} and
 * {t} its texts.  {n|row|rows} writes the count and the word that goes with it.  After a value's
 * letter `%` makes it per cent, `#` a year or a row number, `m` a size on the ground.  {classes} is
 * the list of classes that the values count.  Readers' sentences (refused rows, broken rings) are
 * English and so not in the Danish ones.
 */
typedef struct {
    const char *code, *english, *danish;
} words;

static const words sentences[] = {
    { "source-unreadable", "cannot be read: {s}", "kan ikke læses" },
    { "source-no-crs", "no reference system is given: name it with --crs, or `crs:` in a project",
      "intet referencesystem er angivet" },
    { "rows-none", "no rows at all", "ingen rækker overhovedet" },
    { "rows-refused", "{n|row was|rows were} refused of {of}: {s}",
      "{n|række blev|rækker blev} afvist af {of}" },

    { "events-none-located", "none of {n|row|rows} has coordinates",
      "ingen af {n|række|rækker} har koordinater" },
    { "events-unlocated", "{n|row has|rows have} no coordinates, {%} of {of}",
      "{n|række|rækker} har ingen koordinater, {%} af {of}" },
    { "events-zero", "{n|row lies|rows lie} at 0, 0, {%} of those with coordinates",
      "{n|række|rækker} ligger i 0, 0, {%} af dem med koordinater" },
    { "events-swapped", "{n|row looks|rows look} swapped, x for y: exchanged, they would lie "
      "among the others or in the areas", "{n|række|rækker} ser ombyttet ud, x for y" },
    { "events-implausible", "{n|row lies|rows lie} outside the area in which the reference system "
      "is used", "{n|række|rækker} ligger uden for det område, referencesystemet bruges i" },
    { "events-far", "{n|row lies|rows lie} far from all the others",
      "{n|række|rækker} ligger langt fra alle de andre" },
    { "events-outside", "{n|row lies|rows lie} in none of the areas, {%} of {of}",
      "{n|række|rækker} ligger i ingen af områderne, {%} af {of}" },
    { "events-rate", "{n} of {of} rows could be located: {a%} (95% interval {b%} to {c%}), beside "
      "the {d%} that Ratcliffe (2004) takes for the least",
      "{n} af {of} rækker kunne stedfæstes: {a%} (95 %-konfidensinterval {b%} til {c%}) ved siden "
      "af de {d%}, som Ratcliffe (2004) regner for det mindste" },
    { "events-rounding", "coordinates are rounded to about: {classes}",
      "koordinater er afrundet til omkring: {classes}" },
    { "events-coarse", "{n|row has|rows have} coordinates rounded to a kilometre or more, {%} of "
      "{of}", "{n|række|rækker} har koordinater afrundet til 1 km eller mere, {%} af {of}" },
    { "events-precision", "column {s}: {classes}", "kolonnen {s}: {classes}" },
    { "events-precision-bad", "column {s}: {n|value is|values are} negative or infinite",
      "kolonnen {s}: {n|værdi|værdier} er negativ eller uendelig" },
    { "events-no-dates", "a period is asked for, and there is no column of dates: name it with "
      "--time", "der spørges om en periode, og der er ingen kolonne med datoer" },
    { "events-dates-unknown", "no column of dates was found: --time names one",
      "ingen kolonne med datoer blev fundet" },
    { "events-bad-date", "{n|row has|rows have} a date that cannot be read, of {of}",
      "{n|række|rækker} har en dato, der ikke kan læses, af {of}" },
    { "events-undated", "{n|row has|rows have} no date, of {of}",
      "{n|række|rækker} har ingen dato, af {of}" },
    { "events-out-of-period", "{n|row is|rows are} dated outside {s}, of {of}",
      "{n|række|rækker} er dateret uden for {s}, af {of}" },
    { "events-span", "dates from {s} to {t}", "datoer fra {s} til {t}" },
    { "events-same-id", "{n|row has|rows have} a value of {s} that an earlier row has: counted "
      "twice", "{n|række|rækker} har en værdi af {s}, som en tidligere række har: talt to gange" },
    { "events-repeated", "{n|row is|rows are} like an earlier row in every column",
      "{n|række|rækker} er som en tidligere række i alle kolonner" },
    { "events-alike", "{n|row shares|rows share} time, place and kind with an earlier row: one "
      "event twice, or two at once",
      "{n|række|rækker} har tid, sted og art til fælles med en tidligere: en hændelse to gange, "
      "eller to på én gang" },
    { "events-stacked", "{a|pair|pairs} of coordinates, the heaviest, hold {n|row|rows}, {b%} of "
      "{of}", "{a|koordinatpar|koordinatpar}, de tungeste, har {n|række|rækker}, {b%} af {of}" },
    { "events-default-point", "{n|row lies|rows lie} at {a|point that looks|points that look} like "
      "a default point",
      "{n|række|rækker} ligger i {a|punkt, der ligner|punkter, der ligner} et standardpunkt" },

    { "areas-in-degrees", "in degrees ({s}); measured in a metric system for the place",
      "i grader ({s}); målt i et metrisk system for stedet" },
    { "areas-in-web-mercator", "in Web Mercator, whose metres are not metres; measured in a metric "
      "system for the place",
      "i Web Mercator, hvis meter ikke er meter; målt i et metrisk system for stedet" },
    { "areas-in-metres", "in a metric system ({s})", "i et metrisk system ({s})" },
    { "areas-list", "a list without shapes: fit for ready-made counts, not for events or maps",
      "en liste uden flader: duer til færdige tal, ikke til hændelser eller kort" },
    { "areas-empty", "{n|area has|areas have} no shape", "{n|område|områder} har ingen flade" },
    { "areas-flat-ring", "{n|area has|areas have} a ring without any area",
      "{n|område|områder} har en ring uden areal" },
    { "areas-multipart", "{n|area has|areas have} several parts, of {of}",
      "{n|område|områder} har flere dele, af {of}" },
    { "areas-broken", "{n|area is|areas are} invalid and cannot be repaired: refused ({s})",
      "{n|område|områder} er ugyldigt og kan ikke repareres: afvist" },
    { "areas-repaired", "{n|area is|areas are} invalid: repaired when used ({s})",
      "{n|område|områder} er ugyldigt: repareres ved brug" },
    { "areas-not-overlaid", "overlaps and gaps could not be looked for: {s}",
      "overlap og huller kunne ikke findes" },
    { "areas-overlap", "{n|pair of areas overlaps|pairs of areas overlap}, {am} in all; the most "
      "is {bm}, {e%} of the smaller one of areas {c#} and {d#}",
      "{n|par områder|par områder} overlapper, {am} i alt; mest er {bm}, {e%} af det mindste af "
      "område {c#} og {d#}" },
    { "areas-sliver", "{n|pair of areas overlaps|pairs of areas overlap} by a sliver, {am} in all; "
      "the most is {bm}, of areas {c#} and {d#}",
      "{n|par områder|par områder} overlapper en smule, {am} i alt; mest er {bm}, af område {c#} "
      "og {d#}" },
    { "areas-overlap-meant", "{n|pair of areas overlaps|pairs of areas overlap}, as they are said "
      "to", "{n|par områder|par områder} overlapper, som det er sagt" },
    { "areas-gap", "{n|gap or hole|gaps or holes} between the areas, {am} in all, the largest {bm}",
      "{n|hul eller mellemrum|huller eller mellemrum} mellem områderne, {am} i alt, det største "
      "{bm}" },
    { "areas-no-key", "no column has a different value in every area: name one with --id",
      "ingen kolonne har forskellig værdi i hvert område" },
    { "areas-same-id", "{n|area has|areas have} a value of {s} that an earlier one has",
      "{n|område|områder} har en værdi af {s}, som et tidligere har" },
    { "areas-no-id", "{n|area has|areas have} no value of {s}",
      "{n|område|områder} har ingen værdi af {s}" },
    { "areas-same-name", "{n|area has|areas have} the {s} of an earlier one",
      "{n|område|områder} har samme {s} som et tidligere" },
    { "areas-unnamed", "{n|area has|areas have} an empty {s}", "{n|område|områder} har tom {s}" },

    { "table-columns", "figures cannot be looked at: {s}", "tallene kan ikke ses efter: {s}" },
    { "table-no-key", "{n|row names|rows name} no area", "{n|række|rækker} nævner intet område" },
    { "table-missing", "{n|row has|rows have} no figure in {s}, of {of}",
      "{n|række|rækker} har intet tal i {s}, af {of}" },
    { "table-no-number", "{n|row has|rows have} in {s} what is no number",
      "{n|række|rækker} har i {s} noget, der ikke er et tal" },
    { "table-negative", "{n|row has|rows have} a negative figure in {s}",
      "{n|række|rækker} har et negativt tal i {s}" },
    { "table-repeated", "{n|row is|rows are} of the same area, year and kind as an earlier row",
      "{n|række|rækker} er af samme område, år og art som en tidligere" },
    { "table-no-year", "{n|row has|rows have} no year", "{n|række|rækker} har intet år" },
    { "table-years", "figures of several years, {a#} to {b#}", "tal fra flere år, {a#} til {b#}" },
    { "keys-none", "no row is about any area: keys do not match at all",
      "ingen række handler om noget område: nøglerne passer slet ikke" },
    { "keys-missing", "{n|area has|areas have} no row, of {of}: {s}",
      "{n|område|områder} har ingen række, af {of}: {s}" },
    { "keys-extra", "{n|row is|rows are} about no area, of {of}",
      "{n|række|rækker} handler om intet område, af {of}" },
    { "keys-number", "{n|row has|rows have} a key that is an area's as a number, not as text "
      "(leading zeros?): {s}",
      "{n|række|rækker} har en nøgle, der er et områdes som tal, ikke som tekst: {s}" },
    { "keys-near", "{n|row has|rows have} a key that is nearly an area's: {s}",
      "{n|række|rækker} har en nøgle, der næsten er et områdes: {s}" },
};

/* ---- classes ---------------------------------------------------------------------------- */

static const char *const rounding[2][HZ_FINDING_VALUES] = {
    { "1 km or more", "100 m", "10 m", "1 m", "under 1 m" },
    { "1 km eller mere", "100 m", "10 m", "1 m", "under 1 m" },
};
static const char *const precision[2][HZ_FINDING_VALUES] = {
    { "up to 10 m", "up to 100 m", "up to 500 m", "up to 1 km", "over 1 km" },
    { "til 10 m", "til 100 m", "til 500 m", "til 1 km", "over 1 km" },
};

static void add_classes(const hz_finding *f, hz_language l, hz_text *out)
{
    const char *const *names = strcmp(f->code, "events-rounding") == 0 ? rounding[l] : precision[l];
    bool first = true;
    for (size_t k = 0; k < HZ_FINDING_VALUES; k++) {
        if (!(f->value[k] > 0))
            continue;
        hz_text_addf(out, "%s%s (", first ? "" : ", ", names[k]);
        hz_say_number(out, l, f->value[k], 0);
        hz_text_add(out, ")");
        first = false;
    }
    if (first)
        hz_text_add(out, l == HZ_DANISH ? "intet" : "nothing");
}

/* ---- placeholders ----------------------------------------------------------------------- */

static void add_size(double m2, hz_language l, hz_text *out)
{
    bool large = m2 >= 1e5;
    hz_say_number(out, l, large ? m2 / 1e6 : m2, large ? 2 : m2 < 10 ? 1 : 0);
    hz_text_add(out, large ? HZ_SAY_NBSP "km²" : HZ_SAY_NBSP "m²");
}

void hz_findings_share(hz_text *out, hz_language l, double share)
{
    /* whole per cents such as the reference of 85 % are written as such */
    int decimals = fabs(100 * share - round(100 * share)) < 1e-9 ? 0 : 1;
    if (share > 0 && share < 0.0005)
        hz_text_add(out, l == HZ_DANISH ? "under 0,1" HZ_SAY_NBSP "%" : "under 0.1%");
    else
        hz_say_share(out, l, share, decimals);
}

/* "|one|many}" after a count: the word that goes with it. */
static void add_word(const char *forms, size_t n, bool one, hz_text *out)
{
    const char *bar = memchr(forms + 1, '|', n - 1);
    hz_text_add(out, " ");
    if (one)
        hz_text_add_n(out, forms + 1, (size_t)(bar - forms - 1));
    else
        hz_text_add_n(out, bar + 1, n - (size_t)(bar + 1 - forms));
}

static void add_value(char how, double value, hz_language l, hz_text *out)
{
    if (how == '%')
        hz_findings_share(out, l, value);
    else if (how == 'm')
        add_size(value, l, out);
    else if (how == '#')
        hz_text_add_double(out, value);
    else
        hz_say_number(out, l, value, 0);
}

/* What stands between braces, n bytes. */
static void add_placeholder(const hz_finding *f, const char *p, size_t n, hz_language l,
                            hz_text *out)
{
    char how = n > 1 ? p[1] : '\0';
    if (strncmp(p, "classes", n) == 0 && n == 7) {
        add_classes(f, l, out);
    } else if (strncmp(p, "of", n) == 0 && n == 2) {
        hz_say_count(out, l, f->of);
    } else if (*p == 'n') {
        hz_say_count(out, l, f->count);
        if (how == '|')
            add_word(p + 1, n - 1, f->count == 1, out);
    } else if (*p == '%') {
        hz_findings_share(out, l, (double)f->count / (double)f->of);
    } else if (*p == 's' || *p == 't') {
        const char *text = f->text[*p - 's'];
        hz_text_add(out, text ? text : "");
    } else {
        double value = f->value[*p - 'a'];
        add_value(how, value, l, out);
        if (how == '|')
            add_word(p + 1, n - 1, value == 1, out);
    }
}

void hz_finding_sentence(const hz_finding *f, hz_language language, hz_text *out)
{
    const char *p = f->code;
    hz_language l = language == HZ_DANISH ? HZ_DANISH : HZ_ENGLISH;
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
        if (strcmp(sentences[i].code, f->code) == 0)
            p = l == HZ_DANISH ? sentences[i].danish : sentences[i].english;
    while (*p) {
        size_t plain = strcspn(p, "{");
        hz_text_add_n(out, p, plain);
        p += plain;
        if (*p) {
            size_t n = strcspn(p, "}");
            add_placeholder(f, p + 1, n - 1, l, out);
            p += n + 1;
        }
    }
}
