/* A period in words. */
#include "hotzone/caption.h"

#include "report/say.h"

#define DAY_S 86400

typedef struct {
    int year, month, day, hour, minute;
    bool clock; /* a time of day is given */
} moment;

static moment take_apart(hz_time when)
{
    moment m = { 0 };
    int64_t days = when / DAY_S, rest = when % DAY_S;
    if (rest < 0) {
        rest += DAY_S;
        days--;
    }
    hz_date_civil(days, &m.year, &m.month, &m.day);
    m.hour = (int)(rest / 3600);
    m.minute = (int)(rest / 60 % 60);
    m.clock = rest != 0;
    return m;
}

static void say_month(hz_text *out, hz_language language, int month)
{
    static const char *const names[2][12] = {
        { "January", "February", "March", "April", "May", "June", "July", "August",
          "September", "October", "November", "December" },
        { "januar", "februar", "marts", "april", "maj", "juni", "juli", "august",
          "september", "oktober", "november", "december" },
    };
    hz_text_add(out, names[language == HZ_DANISH][month - 1]);
}

static void say_moment(hz_text *out, hz_language language, moment m, bool with_year)
{
    hz_text_addf(out, language == HZ_DANISH ? "%d." HZ_SAY_NBSP : "%d" HZ_SAY_NBSP, m.day);
    say_month(out, language, m.month);
    if (with_year)
        hz_text_addf(out, " %d", m.year);
    if (m.clock)
        hz_text_addf(out, language == HZ_DANISH ? " kl." HZ_SAY_NBSP "%02d.%02d" : " %02d:%02d",
                     m.hour, m.minute);
}

void hz_caption_moment(hz_time when, hz_language language, hz_text *out)
{
    if (when != HZ_TIME_NONE)
        say_moment(out, language, take_apart(when), true);
}

/* Whole months: "2017", "2016–2017", "juni 2017", "juni–november 2017". */
static void say_months(hz_text *out, hz_language language, moment a, moment b)
{
    if (a.month == 1 && b.month == 12) {
        hz_text_addf(out, a.year == b.year ? "%d" : "%d\u2013%d", a.year, b.year);
        return;
    }
    say_month(out, language, a.month);
    if (a.year != b.year) {
        hz_text_addf(out, language == HZ_DANISH ? " %d til " : " %d to ", a.year);
        say_month(out, language, b.month);
    } else if (a.month != b.month) {
        hz_text_add(out, "\u2013");
        say_month(out, language, b.month);
    }
    hz_text_addf(out, " %d", b.year);
}

void hz_caption_period(hz_period period, hz_language language, hz_text *out)
{
    bool da = language == HZ_DANISH;
    bool from = period.from != HZ_TIME_NONE, until = period.until != HZ_TIME_NONE;
    moment a = { 0 }, b = { 0 }, next = { 0 };

    if (from)
        a = take_apart(period.from);
    if (until) {
        next = take_apart(period.until);
        /* the end is not in the period: a whole day is named by the day before */
        b = next.clock ? next : take_apart(period.until - DAY_S);
    }
    if (from && until) {
        if (!a.clock && !next.clock && a.day == 1 && next.day == 1 &&
            period.until > period.from) {
            say_months(out, language, a, b);
        } else if (!a.clock && !b.clock && a.year == b.year && a.month == b.month &&
                   a.day == b.day) {
            say_moment(out, language, a, true);
        } else {
            say_moment(out, language, a, a.year != b.year);
            hz_text_add(out, da ? " til " : " to ");
            say_moment(out, language, b, true);
        }
    } else if (from) {
        hz_text_add(out, da ? "fra " : "from ");
        say_moment(out, language, a, true);
    } else if (until) {
        if (b.clock)
            hz_text_add(out, da ? "indtil " : "until ");
        else
            hz_text_add(out, da ? "til og med " : "up to and including ");
        say_moment(out, language, b, true);
    }
}
