/* Reports how zones compare: sentences, JSON, CSV and a page. */
#include <math.h>
#include <stdio.h>

#include "hotzone/caption_zone.h"
#include "hotzone/csv.h"
#include "hotzone/mem.h"
#include "report/card_parts.h"
#include "report/json.h"
#include "report/say.h"

/* ---- a sentence ---------------------------------------------------------------------- */

static void say_points(hz_text *out, hz_language language, double share, int decimals)
{
    hz_say_number(out, language, 100 * share, decimals);
}

bool hz_card_is_nowhere(const hz_card *card)
{
    return !(card->now.why[HZ_CARD_LAND_KM2] == HZ_CARD_KNOWN &&
             card->now.value[HZ_CARD_LAND_KM2] > 0);
}

static void say_nowhere(const hz_card_note *a, const hz_card_note *b, hz_language language,
                        hz_text *out)
{
    const bool da = language == HZ_DANISH;
    const hz_card_note *lost = a->nowhere ? a : b, *other = a->nowhere ? b : a;
    hz_card_say_name(out, lost, language, true);
    hz_text_add(out, da ? " har intet land i undersøgelsesområdet og kan ikke sammenlignes med "
                        : " has no land in the study area and cannot be compared with ");
    hz_card_say_name(out, other, language, false);
    hz_text_add(out, ".");
}

/* "8"; for 0 "none", and "No" at the start of a sentence. */
static void say_count_or_none(hz_text *out, hz_language language, double n, bool start)
{
    if (n > 0)
        hz_say_count(out, language, (size_t)n);
    else if (language == HZ_DANISH)
        hz_text_add(out, start ? "Ingen" : "ingen");
    else
        hz_text_add(out, start ? "No" : "none");
}

void hz_compare_statement(const hz_compare_pair *p, const hz_card_note *a, const hz_card_note *b,
                          hz_language language, hz_text *out)
{
    const bool da = language == HZ_DANISH;
    const bool swap = p->difference < 0; /* name the one that holds more first */
    const hz_card_note *more = swap ? b : a, *less = swap ? a : b;
    if (a->nowhere || b->nowhere) {
        say_nowhere(a, b, language, out);
        return;
    }
    double low = swap ? -p->high : p->low, high = swap ? -p->low : p->high;
    int decimals = hz_card_share_decimals(low, high);
    hz_card_say_name(out, more, language, true);
    if (p->difference == 0) {
        hz_text_add(out, da ? " og " : " and ");
        hz_card_say_name(out, less, language, false);
        hz_text_add(out, da ? " rummer lige mange hændelser" : " hold as many events");
    } else {
        hz_text_add(out, da ? " rummer " : " holds ");
        say_points(out, language, fabs(p->difference), decimals);
        hz_text_add(out, da ? " procentpoint flere af hændelserne end "
                            : " percentage points more of the events than ");
        hz_card_say_name(out, less, language, false);
    }
    hz_text_add(out, " (interval "); /* in both languages */
    say_points(out, language, low, decimals);
    hz_text_add(out, da ? " til " : " to ");
    say_points(out, language, high, decimals);
    if (p->difference == 0) /* the unit has not been named yet */
        hz_text_add(out, da ? " procentpoint" : " percentage points");
    hz_text_add(out, "; McNemar ");
    hz_card_say_p(out, language, p->p);
    hz_text_add(out, ")");
    if (p->low <= 0 && p->high >= 0)
        hz_text_add(out, da ? ", så hændelserne afgør ikke, hvilken der rummer flest"
                            : ", so the events do not decide which holds more");
    hz_text_add(out, ". ");
    say_count_or_none(out, language, p->events.both, true);
    if (p->events.both == 0 || p->events.both == 1)
        hz_text_add(out, da ? " hændelse ligger i begge, " : " event lies in both, ");
    else
        hz_text_add(out, da ? " hændelser ligger i begge, " : " events lie in both, ");
    say_count_or_none(out, language, p->events.first, false);
    hz_text_add(out, da ? " kun i " : " in ");
    hz_card_say_name(out, a, language, false);
    hz_text_add(out, da ? " og " : " alone and ");
    say_count_or_none(out, language, p->events.second, false);
    hz_text_add(out, da ? " kun i " : " in ");
    hz_card_say_name(out, b, language, false);
    hz_text_add(out, da ? "." : " alone.");
}

/* ---- JSON ---------------------------------------------------------------------------- */

static bool put(json_t *o, const char *key, double value)
{
    return json_object_set_new(o, key, hz_json_number(value)) == 0;
}

static json_t *pair_object(const hz_compare_pair *p, const hz_card_note *notes)
{
    json_t *o = json_object();
    const struct { const char *key; double value; } figures[] = {
        { "number_a", (double)(p->a + 1) }, { "number_b", (double)(p->b + 1) },
        { "events_both", p->events.both }, { "events_a_alone", p->events.first },
        { "events_b_alone", p->events.second }, { "events_neither", p->events.neither },
        { "difference", p->difference }, { "difference_low", p->low },
        { "difference_high", p->high }, { "bootstrap_low", p->boot_low },
        { "bootstrap_high", p->boot_high }, { "mcnemar_p", p->p }, { "shared_km2", p->shared_km2 },
        { "iou_area", p->iou_area }, { "shared_residents", p->shared_residents },
    };
    bool whole = o != NULL;
    for (size_t i = 0; whole && i < sizeof figures / sizeof *figures; i++)
        whole = put(o, figures[i].key, figures[i].value);
    whole = whole && json_object_set_new(o, "zone_a", json_string(notes[p->a].name)) == 0 &&
            json_object_set_new(o, "zone_b", json_string(notes[p->b].name)) == 0;
    for (int k = 0; whole && k < 2; k++) {
        hz_text text = { 0 };
        hz_compare_statement(p, &notes[p->a], &notes[p->b], k ? HZ_DANISH : HZ_ENGLISH, &text);
        whole = !text.failed && json_object_set_new(o, k ? "statement_da" : "statement_en",
                                                    json_string(hz_text_get(&text))) == 0;
        hz_text_free(&text);
    }
    if (whole)
        return o;
    json_decref(o);
    return NULL;
}

static json_t *alone_object(const hz_compare_alone *a, const hz_card_note *note)
{
    json_t *o = json_object();
    if (o && put(o, "number", (double)note->number) && put(o, "events_alone", a->events) &&
        put(o, "km2_alone", a->km2) && put(o, "residents_alone", a->residents) &&
        json_object_set_new(o, "zone", json_string(note->name)) == 0)
        return o;
    json_decref(o);
    return NULL;
}

static json_t *column_object(const hz_compare_column *c, const hz_card_note *notes, size_t n)
{
    json_t *o = json_object(), *pairs = json_array(), *alone = json_array();
    bool whole = o && pairs && alone;
    for (size_t i = 0; whole && i < n * (n - 1) / 2; i++)
        whole = json_array_append_new(pairs, pair_object(&c->pairs[i], notes)) == 0;
    for (size_t i = 0; whole && i < n; i++)
        whole = json_array_append_new(alone, alone_object(&c->alone[i], &notes[i])) == 0;
    whole = whole && json_object_set(o, "pairs", pairs) == 0 &&
            json_object_set(o, "alone", alone) == 0 &&
            json_object_set_new(o, "period", c->period && *c->period ? json_string(c->period)
                                                                     : json_null()) == 0;
    json_decref(pairs);
    json_decref(alone);
    if (whole)
        return o;
    json_decref(o);
    return NULL;
}

hz_status hz_compare_json(const hz_card *cards, const hz_card_note *notes, size_t n,
                          const hz_compare_column *columns, size_t periods, hz_text *out,
                          hz_error *err)
{
    json_t *top = json_object(), *zones = json_array(), *list = json_array();
    bool whole = top && zones && list;
    for (size_t i = 0; whole && i < n; i++)
        whole = json_array_append_new(zones, hz_card_object(&cards[i], &notes[i])) == 0;
    for (size_t k = 0; whole && k < periods; k++)
        whole = json_array_append_new(list, column_object(&columns[k], notes, n)) == 0;
    whole = whole && json_object_set(top, "zones", zones) == 0 &&
            json_object_set(top, "comparisons", list) == 0;
    if (whole) {
        hz_json_add(out, top, 2);
        hz_text_add(out, "\n");
    }
    json_decref(zones);
    json_decref(list);
    json_decref(top);
    return whole && !out->failed ? HZ_OK : hz_mem_fail(err, "zone compare");
}

/* ---- CSV and page -------------------------------------------------------------------- */

static void csv_number(hz_text *out, double value)
{
    hz_text_add(out, ",");
    if (isfinite(value))
        hz_text_add_double(out, value);
}

void hz_compare_csv(const hz_card_note *notes, size_t n, const hz_compare_column *columns,
                    size_t periods, hz_text *out)
{
    hz_text_add(out, "period,number_a,zone_a,number_b,zone_b,events_both,events_a_alone,"
                     "events_b_alone,events_neither,difference,difference_low,difference_high,"
                     "bootstrap_low,bootstrap_high,mcnemar_p,shared_km2,iou_area,"
                     "shared_residents");
    hz_text_add(out, n && notes[0].made_up ? ",origin\n" : "\n");
    for (size_t k = 0; k < periods; k++)
        for (size_t i = 0; i < n * (n - 1) / 2; i++) {
            const hz_compare_pair *p = &columns[k].pairs[i];
            const double figures[] = { p->events.both, p->events.first, p->events.second,
                                       p->events.neither, p->difference, p->low, p->high,
                                       p->boot_low, p->boot_high, p->p, p->shared_km2,
                                       p->iou_area, p->shared_residents };
            hz_text_addf(out, "%s,%zu,", columns[k].period ? columns[k].period : "", p->a + 1);
            hz_csv_add(out, notes[p->a].name);
            hz_text_addf(out, ",%zu,", p->b + 1);
            hz_csv_add(out, notes[p->b].name);
            for (size_t f = 0; f < sizeof figures / sizeof *figures; f++)
                csv_number(out, figures[f]);
            hz_text_add(out, notes[p->a].made_up ? ",synthetic\n" : "\n");
        }
}

static void cell(hz_text *out, const hz_card_column *c, int figure, bool share, int decimals,
                 hz_language language)
{
    char text[100] = "-";
    if (c->why[figure] == HZ_CARD_KNOWN && share)
        hz_share_format(text, sizeof text, c->value[figure], decimals, language);
    else if (c->why[figure] == HZ_CARD_KNOWN)
        hz_number_format(text, sizeof text, c->value[figure], decimals, language);
    hz_card_pad(out, text, 11);
}

static void zone_table(const hz_card *cards, const hz_card_note *notes, size_t n, bool later,
                       const hz_compare_column *column, hz_language language, hz_text *out)
{
    static const char *const heads[2][9] = {
        { "zone", "events", "share", "km2", "of land", "PAI", "residents", "ratio", "alone" },
        { "zone", "hændelser", "andel", "km2", "af land", "PAI", "indbyggere", "forhold", "alene" },
    };
    char number[60];
    size_t wide = 28; /* or as wide as the longest name, so that its figures stand under their heads */
    for (size_t i = 0; i < n; i++) {
        int digits = snprintf(number, sizeof number, "%zu", notes[i].number);
        size_t mine = hz_card_letters(notes[i].name) + (size_t)digits + 2;
        wide = mine > wide ? mine : wide;
    }
    for (int h = 0; h < 9; h++)
        hz_card_pad(out, heads[language == HZ_DANISH][h], h == 0 ? wide : h < 8 ? 11 : 0);
    hz_text_add(out, "\n");
    for (size_t i = 0; i < n; i++) {
        const hz_card_column *c = later ? &cards[i].later : &cards[i].now;
        hz_text name = { 0 };
        hz_text_addf(&name, "%zu %s", notes[i].number, notes[i].name);
        hz_card_pad(out, hz_text_get(&name), wide);
        out->failed |= name.failed;
        hz_text_free(&name);
        cell(out, c, HZ_CARD_EVENTS_IN, false, 0, language);
        cell(out, c, HZ_CARD_CAPTURE, true, 1, language);
        cell(out, c, HZ_CARD_AREA_KM2, false, 3, language);
        cell(out, c, HZ_CARD_AREA_SHARE, true, 1, language);
        cell(out, c, HZ_CARD_PAI, false, 2, language);
        cell(out, c, HZ_CARD_RESIDENTS, false, 0, language);
        cell(out, c, HZ_CARD_RATE_RATIO, false, 2, language);
        hz_text_add(out, hz_number_format(number, sizeof number, column->alone[i].events, 0,
                                          language));
        hz_text_add(out, "\n");
    }
}

/* Which zones were not in force all the time: their events of the whole period stand beside others'. */
static void say_in_force(const hz_card *cards, const hz_card_note *notes, size_t n, bool later,
                         hz_language language, hz_text *out)
{
    const bool da = language == HZ_DANISH;
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        const hz_card_column *c = later ? &cards[i].later : &cards[i].now;
        double days = c->value[HZ_CARD_DAYS_IN_FORCE];
        if (c->why[HZ_CARD_DAYS_IN_FORCE] != HZ_CARD_KNOWN || days >= c->value[HZ_CARD_DAYS])
            continue;
        hz_text_add(out, any ? ", " : da ? "Døgn i kraft (hændelser i hele perioden er talt med): "
                                         : "Days in force (events of the whole period are counted): ");
        hz_text_add(out, notes[i].name);
        hz_text_add(out, " ");
        hz_card_say_days(out, language, days);
        hz_text_add(out, da ? " af " : " of ");
        hz_card_say_days(out, language, c->value[HZ_CARD_DAYS]);
        any = true;
    }
    if (any)
        hz_text_add(out, ".\n");
}

void hz_compare_page(const hz_card *cards, const hz_card_note *notes, size_t n,
                     const hz_compare_column *columns, size_t periods, hz_language language,
                     hz_text *out)
{
    if (n && notes[0].made_up)
        hz_text_add(out, language == HZ_DANISH ? "(opdigtede data)\n" : "(made-up data)\n");
    for (size_t k = 0; k < periods; k++) {
        if (k)
            hz_text_add(out, "\n");
        if (columns[k].period && *columns[k].period)
            hz_text_addf(out, "%s\n", columns[k].period);
        zone_table(cards, notes, n, k > 0, &columns[k], language, out);
        say_in_force(cards, notes, n, k > 0, language, out);
        for (size_t i = 0; i < n * (n - 1) / 2; i++) {
            const hz_compare_pair *p = &columns[k].pairs[i];
            hz_compare_statement(p, &notes[p->a], &notes[p->b], language, out);
            hz_text_add(out, "\n");
        }
    }
}
