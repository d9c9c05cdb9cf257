/* What the sentences about a focus share. */
#include "report/focus_say.h"

#include <math.h>

static const hz_focus_opts defaults = HZ_FOCUS_DEFAULTS;

focus_teller focus_tell(const hz_caption_focus *facts, hz_language language, hz_text *out)
{
    hz_language l = language == HZ_DANISH ? HZ_DANISH : HZ_ENGLISH;
    return (focus_teller){ facts, facts->focus, facts->opts ? facts->opts : &defaults, l, out };
}

const char *focus_pick(const focus_teller *t, const char *english, const char *danish)
{
    return t->l == HZ_DANISH ? danish : english;
}

void focus_add(const focus_teller *t, const char *english, const char *danish)
{
    hz_text_add(t->out, focus_pick(t, english, danish));
}

void focus_say_interval(const focus_teller *t, double low, double high)
{
    hz_say_interval(t->out, t->l, 100 * low, 100 * high, 1);
    focus_add(t, "%", HZ_SAY_NBSP "%");
}

void focus_say_given(const focus_teller *t, double value, int decimals)
{
    enum { MOST = 12 };
    double scale = pow(10, decimals);
    while (decimals < MOST && fabs(value * scale - round(value * scale)) > 1e-6 * value * scale) {
        scale *= 10;
        decimals++;
    }
    hz_say_number(t->out, t->l, value, decimals);
}

void focus_say_given_share(const focus_teller *t, double share)
{
    focus_say_given(t, 100 * share, 0);
    focus_add(t, "%", HZ_SAY_NBSP "%");
}

char focus_budget(const hz_focus *focus)
{
    return focus->people_inside + focus->people_outside > 0 ? 'r'
           : focus->km2_inside + focus->km2_outside > 0     ? 'k'
                                                            : 'a';
}

const char *focus_noun(const focus_teller *t)
{
    const char *noun = t->facts->events[t->l];
    return noun ? noun : focus_pick(t, "events", "hændelser");
}

void focus_say_events(const focus_teller *t, double n)
{
    const char *one = t->facts->event[t->l];
    hz_say_count(t->out, t->l, (size_t)n);
    hz_text_addf(t->out, " %s", n == 1 ? one ? one : focus_pick(t, "event", "hændelse")
                                       : focus_noun(t));
}

void focus_say_p(const focus_teller *t, double p)
{
    hz_text_add(t->out, "p" HZ_SAY_NBSP);
    if (p < 0.0005) {
        hz_text_add(t->out, "<" HZ_SAY_NBSP);
        p = 0.001;
    } else {
        hz_text_add(t->out, "=" HZ_SAY_NBSP);
    }
    hz_say_number(t->out, t->l, p, 3);
}
