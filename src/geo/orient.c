/* The orientation determinant summed exactly as a long integer. */
#include "geo/orient.h"

#include <stdint.h>
#include <string.h>

/* A finite double is m * 2^e with |m| < 2^53, e >= -1074.  The determinant is a sum of six
 * products of two coordinates, so it is a whole multiple of 2^-2148 and below 2^2051: it
 * fits 132 digits of 32 bits, each kept in a signed 64-bit word so that carries can wait. */
enum { DIGITS = 134, LOWEST = -2148 };

static void add_product(int64_t digits[DIGITS], double a, double b, int sign)
{
    int ea, eb;
    if (a == 0 || b == 0)
        return;
    int64_t ma = (int64_t)ldexp(frexp(a, &ea), 53), mb = (int64_t)ldexp(frexp(b, &eb), 53);
    if ((ma < 0) != (mb < 0))
        sign = -sign;
    uint64_t ua = (uint64_t)(ma < 0 ? -ma : ma), ub = (uint64_t)(mb < 0 ? -mb : mb);
    int shift = ea - 53 + eb - 53 - LOWEST;
    /* a subnormal's low bits are zeros, so that a negative shift drops nothing */
    for (; shift < 0 && !(ua & 1); shift++)
        ua >>= 1;
    for (; shift < 0; shift++)
        ub >>= 1;

    uint64_t a0 = ua & 0xffffffffu, a1 = ua >> 32, b0 = ub & 0xffffffffu, b1 = ub >> 32;
    uint64_t mid = a1 * b0 + a0 * b1; /* < 2^54 */
    uint64_t low = a0 * b0;
    uint32_t word[4];
    uint64_t t = low & 0xffffffffu;
    word[0] = (uint32_t)t;
    t = (low >> 32) + (mid & 0xffffffffu);
    word[1] = (uint32_t)t;
    t = (t >> 32) + (mid >> 32) + (a1 * b1 & 0xffffffffu);
    word[2] = (uint32_t)t;
    word[3] = (uint32_t)((t >> 32) + (a1 * b1 >> 32));

    int at = shift / 32, bits = shift % 32;
    for (int i = 0; i < 4; i++) {
        uint64_t part = (uint64_t)word[i] << bits;
        digits[at + i] += sign * (int64_t)(part & 0xffffffffu);
        digits[at + i + 1] += sign * (int64_t)(part >> 32);
    }
}

int hz_orient_exact(double ax, double ay, double bx, double by, double px, double py)
{
    int64_t digits[DIGITS];
    memset(digits, 0, sizeof digits);
    /* (bx - ax)(py - ay) - (by - ay)(px - ax), in which ax * ay cancels */
    add_product(digits, bx, py, 1);
    add_product(digits, bx, ay, -1);
    add_product(digits, ax, py, -1);
    add_product(digits, by, px, -1);
    add_product(digits, by, ax, 1);
    add_product(digits, ay, px, 1);

    /* carry upwards, leaving digits 0 .. 2^32-1 and the sign in the last carry */
    int64_t carry = 0;
    bool nonzero = false;
    for (int i = 0; i < DIGITS; i++) {
        int64_t v = digits[i] + carry;
        int64_t digit = v & 0xffffffff;
        carry = (v - digit) / 4294967296;
        nonzero = nonzero || digit;
    }
    return carry < 0 ? -1 : nonzero || carry > 0 ? 1 : 0;
}
