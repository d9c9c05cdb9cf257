/* Tells numbers from keys and words in CSV fields. */
#include <stdint.h>

#include "io/csv_parts.h"

enum { LONGEST_NUMBER = 1000, EXACT_DIGITS = 15 };

hz_csv_value hz_csv_number(const hz_csv_field *field, char decimal, double *value)
{
    static const double tens[] = { 1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
    const char *p = field->at, *end = p + field->n;
    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    while (end > p && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    if (p == end)
        return HZ_CSV_EMPTY;
    if (end - p > LONGEST_NUMBER)
        return HZ_CSV_NOT_NUMBER;

    const char *q = p + (*p == '-' || *p == '+'), *whole = q, *mark = NULL;
    uint64_t digits = 0; /* may wrap round, but is used for 15 digits at most */
    unsigned d;
    for (; q < end && (d = (unsigned)*q - '0') < 10; q++)
        digits = digits * 10 + d;
    size_t before = (size_t)(q - whole), after = 0;
    if (q < end && *q == decimal) {
        mark = q++;
        for (; q < end && (d = (unsigned)*q - '0') < 10; q++)
            digits = digits * 10 + d;
        after = (size_t)(q - mark) - 1;
    }
    /* both are exact doubles, so that one division rounds correctly */
    if (q == end && before + after > 0 && before + after <= EXACT_DIGITS) {
        double v = after ? (double)digits / tens[after] : (double)digits;
        *value = *p == '-' ? -v : v;
    } else if (!hz_number_parse(p, (size_t)(end - p), decimal, value)) {
        return HZ_CSV_NOT_NUMBER;
    }
    bool padded = before > 1 && *whole == '0';
    bool too_long = before > EXACT_DIGITS && !mark && q == end;
    return padded || too_long ? HZ_CSV_KEY : HZ_CSV_NUMBER;
}
