/* Counts before, during and after, and what they say against a control. */
#include "hotzone/displace.h"

#include <math.h>
#include <string.h>

#include "hotzone/interval.h"
#include "hotzone/mem.h"
#include "hotzone/text.h"
#include "zone/displace_parts.h"

enum { DAY_S = 86400 };

static const char *const period_names[HZ_DISPLACE_PERIODS] = { "before", "during", "after",
                                                               "earlier" };

const char *hz_displace_period_name(int period)
{
    return period_names[period];
}

const char *const *hz_displace_count_columns(size_t *n)
{
    static const char *const columns[] = {
        "period", "area", "dates", "days", "km2", "residents", "events", "events_per_day",
        "events_per_day_low", "events_per_day_high", "events_per_km2_day",
        "events_per_km2_day_low", "events_per_km2_day_high", "events_per_1000_year",
        "events_per_1000_year_low", "events_per_1000_year_high", "ratio", "ratio_low",
        "ratio_high", "ratio_p"
    };
    *n = sizeof columns / sizeof *columns;
    return columns;
}

static bool asked(const hz_displace_opts *o, int period)
{
    return o->period[period].from != HZ_TIME_NONE || o->period[period].until != HZ_TIME_NONE;
}

/* ---- what is asked for ---------------------------------------------------------------- */

static hz_status check_periods(const hz_displace_opts *o, hz_error *err)
{
    for (int i = 0; i < HZ_DISPLACE_PERIODS; i++) {
        hz_period p = o->period[i];
        if (asked(o, i) && (p.from == HZ_TIME_NONE || p.until == HZ_TIME_NONE ||
                            p.until <= p.from))
            return hz_fail(err, HZ_EUSAGE, "%s: has no length, expected a period with both ends",
                           period_names[i]);
        for (int k = 0; k < i && asked(o, i); k++)
            if (asked(o, k) && p.from < o->period[k].until && o->period[k].from < p.until)
                return hz_fail(err, HZ_EUSAGE, "%s: overlaps the period %s, expected periods apart",
                               period_names[i], period_names[k]);
    }
    if (!asked(o, HZ_DISPLACE_BEFORE) ||
        !(asked(o, HZ_DISPLACE_DURING) || asked(o, HZ_DISPLACE_AFTER)))
        return hz_fail(err, HZ_EUSAGE, "displacement: expected a period before, and one during or "
                       "after");
    static const int order[] = { HZ_DISPLACE_EARLIER, HZ_DISPLACE_BEFORE, HZ_DISPLACE_DURING,
                                 HZ_DISPLACE_AFTER };
    for (int i = 1, last = -1; i < HZ_DISPLACE_PERIODS; i++) {
        last = asked(o, order[i - 1]) ? order[i - 1] : last;
        if (last >= 0 && asked(o, order[i]) && o->period[order[i]].from < o->period[last].from)
            return hz_fail(err, HZ_EUSAGE, "%s: lies before the period %s, expected it later",
                           period_names[order[i]], period_names[last]);
    }
    return HZ_OK;
}

static hz_status check_areas(displace_work *w, hz_error *err)
{
    const hz_displace_opts *o = w->opts;
    bool both = false;
    w->n = hz_layer_rows(w->areas);
    w->km2 = hz_layer_numbers(w->areas, "km2");
    for (size_t i = 0; i < w->n && i < AREAS_MOST; i++) {
        const char *name = hz_layer_text(w->areas, "area", i);
        w->rings += strncmp(name, "ring ", 5) == 0 && strcmp(name, "ring control") != 0;
        both = both || strcmp(name, "ring control") == 0;
    }
    if (!w->km2 || w->rings == 0 || w->n != w->rings + 2 + both || w->n > AREAS_MOST)
        return hz_fail(err, HZ_EUSAGE, "%s: is no layer of zone, rings and control, expected what "
                       "hz_displace_areas gives", hz_layer_name(w->areas));
    w->residents = o->residents ? hz_layer_numbers(w->areas, o->residents) : NULL;
    if (o->residents && !w->residents)
        return hz_fail(err, HZ_EUSAGE, "%s: has no column '%s' of residents",
                       hz_layer_name(w->areas), o->residents);
    if (o->weights == HZ_DISPLACE_BY_RESIDENTS && !w->residents)
        return hz_fail(err, HZ_EUSAGE, "weights: residents are asked for, expected a population");
    for (size_t i = 0; o->weights == HZ_DISPLACE_BY_RESIDENTS && i < w->n; i++)
        if (!(w->residents[i] > 0))
            return hz_fail(err, HZ_EDATA, "weights: the %s has no residents, expected some in "
                           "every area, or weights by area", hz_layer_text(w->areas, "area", i));
    if (!(o->level > 0 && o->level < 1))
        return hz_fail(err, HZ_EUSAGE, "level: %g, expected between 0 and 1", o->level);
    return HZ_OK;
}

/* ---- counting ------------------------------------------------------------------------- */

static hz_status count_period(displace_work *w, const hz_layer *events, int period, hz_fate *all,
                              size_t *inside, const hz_notice *notice, hz_error *err)
{
    hz_place_opts place = w->opts->place;
    hz_placing *placing = NULL;
    place.period = w->opts->period[period];
    place.weight = NULL;
    hz_status st = hz_place_events(w->areas, events, false, &place, &placing, notice, err);
    if (st)
        return st;
    const hz_fate *f = hz_placing_fate(placing);
    memcpy(w->count[period], hz_placing_counts(placing), w->n * sizeof *w->count[period]);
    all->read = f->read;
    all->undated = f->undated;
    all->other_kind = f->other_kind;
    all->refused = f->refused;
    all->placed += f->placed;
    all->outside += f->outside;
    all->unlocated += f->unlocated;
    *inside += f->placed + f->outside + f->unlocated;
    hz_placing_free(placing);
    w->days[period] = (double)(place.period.until - place.period.from) / DAY_S;
    w->years[period] = hz_period_years(place.period);
    return HZ_OK;
}

/* A period that the events do not reach to looks like a fall: warn. */
static void check_reach(const displace_work *w, const hz_layer *events, const hz_notice *notice)
{
    const hz_time *times = hz_layer_times(events, w->opts->place.time);
    hz_time first = HZ_TIME_NONE, last = HZ_TIME_NONE;
    for (size_t r = 0; times && r < hz_layer_rows(events); r++) {
        if (times[r] == HZ_TIME_NONE)
            continue;
        first = first == HZ_TIME_NONE || times[r] < first ? times[r] : first;
        last = last == HZ_TIME_NONE || times[r] > last ? times[r] : last;
    }
    for (int p = 0; last != HZ_TIME_NONE && p < HZ_DISPLACE_PERIODS; p++) {
        hz_period q = w->opts->period[p];
        if (!asked(w->opts, p))
            continue;
        hz_time slack = (q.until - q.from) / 20 > 3 * DAY_S ? (q.until - q.from) / 20 : 3 * DAY_S;
        if (first > q.from + slack || last < q.until - slack)
            hz_warn(notice, "%s: the events do not reach over the whole of the period %s: counts "
                    "there may be too low", hz_layer_name(events), period_names[p]);
    }
}

static hz_status count_all(displace_work *w, const hz_layer *events, hz_fate *all,
                           const hz_notice *notice, hz_error *err)
{
    size_t inside = 0;
    hz_status st = HZ_OK;
    for (int p = 0; p < HZ_DISPLACE_PERIODS; p++)
        w->days[p] = w->years[p] = NAN;
    for (int p = 0; !st && p < HZ_DISPLACE_PERIODS; p++)
        if (asked(w->opts, p))
            st = count_period(w, events, p, all, &inside, notice, err);
    if (!st)
        check_reach(w, events, notice);
    if (!st)
        all->other_period = all->read - all->undated - all->other_kind - all->refused - inside;
    return st;
}

static void set_rate(displace_table *t, const char *const names[3], double events, double low,
                     double high, double base)
{
    bool known = base > 0;
    displace_set_number(t, names[0], known ? events / base : NAN);
    displace_set_number(t, names[1], known ? low / base : NAN);
    displace_set_number(t, names[2], known ? high / base : NAN);
}

static void add_count(const displace_work *w, int period, size_t area, displace_table *t)
{
    static const char *const day[] = { "events_per_day", "events_per_day_low",
                                       "events_per_day_high" };
    static const char *const km2[] = { "events_per_km2_day", "events_per_km2_day_low",
                                       "events_per_km2_day_high" };
    static const char *const year[] = { "events_per_1000_year", "events_per_1000_year_low",
                                        "events_per_1000_year_high" };
    char dates[64];
    double x = w->count[period][area], low, high, ratio = NAN, p = NAN, a = NAN, b = NAN;
    double residents = w->residents ? w->residents[area] : NAN;

    displace_set_text(t, "period", period_names[period]);
    displace_set_text(t, "area", hz_layer_text(w->areas, "area", area));
    displace_set_text(t, "dates", hz_period_format(dates, sizeof dates, w->opts->period[period]));
    displace_set_number(t, "days", w->days[period]);
    displace_set_number(t, "km2", w->km2[area]);
    displace_set_number(t, "residents", residents);
    displace_set_number(t, "events", x);
    hz_interval_poisson(x, w->opts->level, &low, &high);
    set_rate(t, day, x, low, high, w->days[period]);
    set_rate(t, km2, x, low, high, w->days[period] * w->km2[area]);
    set_rate(t, year, x, low, high, residents / 1000 * w->years[period]);
    if (period == HZ_DISPLACE_DURING || period == HZ_DISPLACE_AFTER)
        hz_interval_ratio(x, w->days[period], w->count[HZ_DISPLACE_BEFORE][area],
                          w->days[HZ_DISPLACE_BEFORE], w->opts->level, &ratio, &a, &b, &p);
    displace_set_number(t, "ratio", ratio);
    displace_set_number(t, "ratio_low", a);
    displace_set_number(t, "ratio_high", b);
    displace_set_number(t, "ratio_p", p);
    t->rows++;
}

/* ---- together ------------------------------------------------------------------------- */

static hz_status make_areas(const displace_work *w, hz_layer **out, hz_error *err)
{
    static const char *const columns[] = { "events_before", "events_during", "events_after",
                                           "events_earlier" };
    hz_layer *l = NULL;
    hz_status st = hz_layer_copy(w->areas, &l, err);
    for (int p = 0; !st && p < HZ_DISPLACE_PERIODS; p++)
        if (asked(w->opts, p))
            st = hz_layer_add_numbers(l, columns[p], w->count[p], err);
    if (st)
        hz_layer_free(l);
    else
        *out = l;
    return st;
}

static hz_status make_tables(const displace_work *w, hz_displacement *d, hz_error *err)
{
    static const int order[] = { HZ_DISPLACE_EARLIER, HZ_DISPLACE_BEFORE, HZ_DISPLACE_DURING,
                                 HZ_DISPLACE_AFTER };
    hz_status st = HZ_OK;
    displace_table *t = hz_mem_new(1, sizeof *t);
    if (!t)
        return hz_mem_fail(err, "displacement");
    for (int i = 0; i < HZ_DISPLACE_PERIODS; i++)
        for (size_t a = 0; asked(w->opts, order[i]) && a < w->n; a++)
            add_count(w, order[i], a, t);
    st = displace_take_table(t, "counts", &d->counts, err);
    *t = (displace_table){ 0 };
    for (int p = HZ_DISPLACE_DURING; p <= HZ_DISPLACE_AFTER; p++)
        if (asked(w->opts, p))
            displace_add_effects(w, p, t);
    if (!st)
        st = displace_take_table(t, "effects", &d->effects, err);
    hz_mem_free(t);
    return st ? st : make_areas(w, &d->areas, err);
}

void hz_displacement_clear(hz_displacement *d)
{
    if (!d)
        return;
    hz_layer_free(d->areas);
    hz_layer_free(d->counts);
    hz_layer_free(d->effects);
    *d = (hz_displacement){ 0 };
}

hz_status hz_displace_make(const hz_layer *areas, const hz_layer *events,
                           const hz_displace_opts *opts, hz_displacement *out,
                           const hz_notice *notice, hz_error *err)
{
    hz_displacement made = { .peak_ratio = NAN, .peak_low = NAN, .peak_high = NAN };
    displace_work w = { .areas = areas, .opts = opts };
    hz_status st = check_periods(opts, err);

    if (!st)
        st = check_areas(&w, err);
    if (!st)
        st = count_all(&w, events, &made.fate, notice, err);
    if (!st)
        st = make_tables(&w, &made, err);
    if (st) {
        hz_displacement_clear(&made);
        return st;
    }
    memcpy(made.days, w.days, sizeof made.days);
    if (asked(opts, HZ_DISPLACE_EARLIER))
        hz_interval_ratio(w.count[HZ_DISPLACE_BEFORE][0], w.days[HZ_DISPLACE_BEFORE],
                          w.count[HZ_DISPLACE_EARLIER][0], w.days[HZ_DISPLACE_EARLIER],
                          opts->level, &made.peak_ratio, &made.peak_low, &made.peak_high, NULL);
    *out = made;
    return HZ_OK;
}
