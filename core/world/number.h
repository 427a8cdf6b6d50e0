/* Numbers of the world: always finite, never beyond +-9 10^9, and in whole billionths, so that
 * what is told, recorded and compared is what is reckoned with. */
#ifndef CORE_WORLD_NUMBER_H
#define CORE_WORLD_NUMBER_H

#include <stdint.h>

static const double NUMBER_MOST = 9e9; /* in billionths that still fits 64 bits */

/* x kept within [least, most]; least where it is not a number. */
static inline double number_within(double x, double least, double most) {
    if (x > most) return most;
    return x > least ? x : least;
}

/* 0 where it is not a number. */
static inline double number_bounded(double x) {
    return x == x ? number_within(x, -NUMBER_MOST, NUMBER_MOST) : 0.0;
}

/* Rounded half away from zero. */
static inline int64_t number_billionths(double x) {
    double scaled = number_bounded(x) * 1e9;
    return (int64_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
}

/* The double nearest to a whole number of billionths; never -0. Beyond two million a double is about as
 * coarse as that itself and stays as it is, so that settling again changes nothing. */
static inline double number_settled(double x) {
    double bounded = number_bounded(x);
    if (bounded >= 0x1p21 || bounded <= -0x1p21) return bounded;
    return (double)number_billionths(bounded) / 1e9;
}

/* Bounds are in effect where least < most; a model that says nothing of them has none. */
static inline double number_kept(double x, double least, double most) {
    return least < most ? number_within(x, least, most) : x;
}

#endif
