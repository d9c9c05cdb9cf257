/* Words and numbers that captions are put together from. */
#include "report/say.h"

#include <math.h>
#include <string.h>

void hz_say_begin(hz_text *out)
{
    if (out->length && out->data[out->length - 1] != '\n' && out->data[out->length - 1] != ' ')
        hz_text_add(out, " ");
}

void hz_say_number(hz_text *out, hz_language language, double value, int decimals)
{
    char buf[400];
    hz_text_add(out, hz_number_format(buf, sizeof buf, value, decimals, language));
}

/* The smallest number above 0 that can be written with so many decimals. */
static double least_written(int decimals)
{
    return pow(10, -(double)decimals);
}

void hz_say_above_zero(hz_text *out, hz_language language, double value, int decimals)
{
    double least = least_written(decimals);
    bool vanishes = value > 0 && value < least / 2;
    if (vanishes)
        hz_text_add(out, "under "); /* in both languages */
    hz_say_number(out, language, vanishes ? least : value, decimals);
}

void hz_say_p(hz_text *out, hz_language language, double p)
{
    bool small = p < 0.0005;
    if (small)
        hz_text_add(out, "under "); /* in both languages */
    hz_say_number(out, language, small ? 0.001 : p, 3);
}

/* Decimals with which two numbers are not written alike; as many as given if they are equal. */
static int decimals_to_tell(double low, double high, int decimals)
{
    enum { MORE_DECIMALS = 6 };
    char a[400], b[400];
    if (!(low < high) || isinf(high))
        return decimals;
    for (int more = 0; more <= MORE_DECIMALS; more++) {
        hz_number_format(a, sizeof a, low, decimals + more, HZ_ENGLISH);
        hz_number_format(b, sizeof b, high, decimals + more, HZ_ENGLISH);
        if (strcmp(a, b) != 0)
            return decimals + more;
    }
    return decimals;
}

void hz_say_share(hz_text *out, hz_language language, double share, int decimals)
{
    if (isnan(share)) {
        hz_say_number(out, language, share, decimals);
        return;
    }
    hz_say_number(out, language, 100 * share, decimals);
    hz_text_add(out, language == HZ_DANISH ? HZ_SAY_NBSP "%" : "%");
}

void hz_say_count(hz_text *out, hz_language language, size_t n)
{
    hz_say_number(out, language, (double)n, 0);
}

void hz_say_count_word(hz_text *out, hz_language language, size_t n)
{
    static const char *const words[2][11] = {
        { "0", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten" },
        { "0", "et", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti" },
    };
    if (n <= 10)
        hz_text_add(out, words[language == HZ_DANISH][n]);
    else
        hz_say_count(out, language, n);
}

void hz_say_interval(hz_text *out, hz_language language, double low, double high, int decimals)
{
    double least = least_written(decimals);
    if (high > 0 && high < least / 2) {
        hz_text_add(out, "under "); /* in both languages */
        hz_say_number(out, language, least, decimals);
        return;
    }
    decimals = decimals_to_tell(low, high, decimals);
    hz_say_number(out, language, low, decimals);
    if (isinf(high)) {
        hz_text_add(out, language == HZ_DANISH ? " og derover" : " or more");
        return;
    }
    if (low < 0) /* a dash beside a minus sign is hard to read */
        hz_text_add(out, language == HZ_DANISH ? " til " : " to ");
    else
        hz_text_add(out, "\u2013");
    hz_say_number(out, language, high, decimals);
}

void hz_say_at_most(hz_text *out, hz_language language, double value, int decimals)
{
    double least = least_written(decimals);
    hz_say_number(out, language, value > 0 ? fmax(value, least) : value, decimals);
}

void hz_say_apart(hz_text *out, size_t i)
{
    if (i)
        hz_text_add(out, "; ");
}

void hz_say_joint(hz_text *out, hz_language language, size_t i, size_t n)
{
    if (i == 0)
        return;
    if (i + 1 < n)
        hz_text_add(out, ", ");
    else
        hz_text_add(out, language == HZ_DANISH ? " og " : " and ");
}
