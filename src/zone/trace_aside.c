/* What stands in a list and is no item: dates, leads, clauses, numbers of zones. */
#include <string.h>

#include "zone/trace_words.h"

/* A date: the name of a month after a number, or a day of the week with its date. */
static bool holds_date(const char *plain)
{
    static const char *const months[] = { "januar", "februar", "marts", "april", "maj", "juni",
                                          "juli", "august", "september", "oktober", "november",
                                          "december" };
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        const char *at = strstr(plain, months[i]);
        if (at && at > plain && at[-1] >= '0' && at[-1] <= '9')
            return true;
    }
    return false;
}

/* What a decision says besides its list. */
bool hz_reader_boilerplate(const char *text, size_t n)
{
    static const char *const said[] = {
        "erg\001ldende", "harv\001retg\001ldende", "g\001ldendefra", "den\001vnteveje",
        "alledeovenn\001vnte", "ovenn\001vnte", "indg\003rivisitationszonen", "sekort",
        "erendelafvisitationszonen", "erikkeendel", "http", "klokken",
    };
    hz_name name;
    for (size_t from = 0; from < n; from += HZ_NAME_MOST / 2) { /* by overlapping windows */
        size_t length = n - from < HZ_NAME_MOST ? n - from : HZ_NAME_MOST;
        hz_name_read(text + from, length, 0, &name);
        for (size_t i = 0; i < sizeof said / sizeof *said; i++)
            if (strstr(name.plain, said[i]))
                return true;
        if (holds_date(name.plain))
            return true;
    }
    return false;
}

/* "Visitationszonen omfatter området afgrænset af A": what leads up to a name.  Returns where the
 * name begins. */
size_t hz_reader_lead(hz_reader *r, const char *text, size_t n)
{
    static const char *const list[] = { "afgr\001nset", "afgr\001nses", "afgr\001nsende", "omfatter",
                                        "d\001kker", "omr\003det", "gaderne", "vejene",
                                        "f\002lgende", NULL };
    hz_sentence s;
    size_t last = 0;
    hz_reader_words(text, n, &s);
    for (size_t i = 0; i < s.count; i++) {
        const char *end = s.at[i] + s.length[i];
        if (!hz_word_is_one_of(s.folded[i], list))
            continue;
        size_t length = (size_t)(end - text);
        if (hz_trace_mentions(r->net, text, length, NULL, 0))
            break;
        bool way = hz_trace_general_n(text, length) != 0;
        for (size_t k = 0; k < i && !way; k++) /* a street that the network lacks is an item */
            way = hz_word_is_capital(s.at[k]) && hz_name_is_street(s.at[k], s.length[k]) &&
                  !hz_word_is_noise(s.folded[k]);
        if (way)
            break;
        last = length;
    }
    hz_reader_skip(r, text, last);
    return last;
}

/* Is a phrase about the list, and no item: "dog ikke stationen", "ulige numre", or, where it does
 * not lead up to a name, "hvor begge sider er omfattet"? */
bool hz_reader_aside(const hz_reader *r, const char *text, size_t n, bool led)
{
    hz_sentence s;
    hz_reader_words(text, n, &s);
    if (s.count == 0 || hz_reader_knows(r->net, &s, 0, s.count))
        return false;
    if (!hz_word_is_capital(s.at[0]) && s.count > 1 &&
        (hz_word_is_clause(s.folded[0]) || (!led && hz_word_is_relative(s.folded[0]))))
        return true;
    for (size_t i = 0; i < s.count; i++)
        if (!hz_word_is_detail(&s, i))
            return false;
    return true;
}

/* Has a text a word with a capital, or one about borders, shores or railways? */
bool hz_reader_names(const char *text, size_t n)
{
    hz_sentence s;
    bool capital = false;
    hz_reader_words(text, n, &s);
    for (size_t i = 0; i < s.count; i++)
        capital |= hz_word_is_capital(s.at[i]);
    return capital || hz_trace_general_n(text, n) != 0;
}

/* Does a heading number a zone of several: "Zone 2", "Område B"? */
bool hz_reader_zone(const char *text, size_t n)
{
    static const char *const of[] = { "zone", "visitationszone", "omr\003de", "delomr\003de",
                                      "delzone", NULL };
    hz_sentence s;
    hz_reader_words(text, n, &s);
    return s.count == 2 && hz_word_is_one_of(s.folded[0], of) && strlen(s.folded[1]) <= 2;
}
