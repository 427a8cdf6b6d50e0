/* What a study varies: one value of the scenario, or the weights of a seat drawn so that they respect a ranking.
 * Written PATH=… as in --set, with in the place of the value
 *
 *     a,b,c            levels: each a value in YAML; commas inside (), [], {} and quotes separate nothing
 *     lo:hi:step       levels: lo, lo + step, … up to hi (a step that does not end there is an error)
 *     lo:hi            a range: any real number in [lo, hi], uniform
 *     rank(a > b > c)  weights, w_a >= w_b >= w_c >= 0 and in sum 1, uniform on that part of the simplex
 *                      (Dirichlet(1, …, 1), sorted); "=" ties two items, which then share a weight
 *
 * Levels have an order: that in which they are written. */
#ifndef CORE_STUDY_FACTOR_H
#define CORE_STUDY_FACTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/memory.h"
#include "core/base/text.h"

enum { FACTOR_MOST_LEVELS = 10000, FACTOR_MOST_RANKED = 32 };

typedef enum FactorKind { FACTOR_LEVELS, FACTOR_RANGE, FACTOR_RANKED } FactorKind;

typedef struct Factor {
    FactorKind kind;
    const char *path;
    uint32_t levels; /* LEVELS */
    const char *const *level;
    double least, most; /* RANGE */
    uint32_t ranked;    /* RANKED: items, best first */
    const char *const *item;
    uint32_t ties; /* a bit per item that shares the weight of the one before it */
} Factor;

/* ERROR_USAGE with the place under a caret. Strings live in the arena. */
bool factor_parse(Factor *factor, const char *text, Arena *arena, Error *error);
/* How many numbers in [0, 1) it takes to choose a value: 1, or as many as there are items. */
uint32_t factor_dimensions(const Factor *factor);
/* Appends "PATH=VALUE", as a setting, for those numbers. A range's value is printed in the shortest form that reads
 * back as the same number, a ranking's as a map. */
void factor_setting(const Factor *factor, const double *unit, Text *out);
/* The value as a number for statistics: that of a range; of a level the number that it is, or else its place in the
 * list from 0; of a ranking the weight of its first item. */
double factor_number(const Factor *factor, const double *unit);

#endif
