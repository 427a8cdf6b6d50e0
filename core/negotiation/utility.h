/* Utilities as exact integers: billionths. Every term of a utility function is rounded once, to
 * 10^-9, when the profile is built; from there on sums are exact in any order, ties are ties, and a
 * dominated package is dominated on every machine. */
#ifndef CORE_NEGOTIATION_UTILITY_H
#define CORE_NEGOTIATION_UTILITY_H

#include <stdint.h>

typedef int64_t Utility;

#define UTILITY_ONE  INT64_C(1000000000)
#define UTILITY_NONE INT64_MIN

/* Rounds half away from zero; |real| <= 10^6. */
static inline Utility utility_from(double real) {
    double scaled = real * 1e9;
    return (Utility)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
}

/* For numbers from outside: what is beyond that counts as that. */
static inline Utility utility_bounded(double real) {
    if (!(real > -1e6)) return utility_from(-1e6);
    return utility_from(real < 1e6 ? real : 1e6);
}

static inline double utility_real(Utility utility) {
    return (double)utility / 1e9;
}

#endif
