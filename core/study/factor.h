/* What a study varies: one value of the scenario, or the weights of a seat drawn so that they respect a ranking.
 * Written PATH=… as in --set, with in the place of the value
 *
 *     a,b,c            levels: each a value in YAML; commas inside (), [], {} and quotes separate nothing
 *     lo:hi:step       levels: lo, lo + step, … up to hi (a step that does not end there is an error). Reckoned on the
 *                      digits as they are written, so that 0:1:0.1 has 0.3 in it and nothing beside it
 *     lo:hi            a range: any real number in [lo, hi], uniform
 *     rank(a > b > c)  weights, w_a >= w_b >= w_c >= 0 and in sum 1, uniform on that part of the simplex
 *                      (Dirichlet(1, …, 1), sorted). "=" in the place of ">": the two weigh the same; ",": they are not
 *                      ranked among each other. Within one tier it is the one or the other
 *
 * lo, hi and step may be durations in whole numbers of one unit, all in the same: 30d:90d:30d. Numbers in them have at most
 * 15 digits.
 *
 * Levels have an order: that in which they are written. */
#ifndef CORE_STUDY_FACTOR_H
#define CORE_STUDY_FACTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/memory.h"
#include "core/base/text.h"

enum {
    FACTOR_MOST_BYTES = 1 << 16, /* of one factor as written */
    FACTOR_MOST_PATH = 511,
    FACTOR_MOST_LEVELS = 10000,
    FACTOR_MOST_RANKED = 32
};

typedef enum FactorKind { FACTOR_LEVELS, FACTOR_RANGE, FACTOR_RANKED } FactorKind;

/* What levels count as in statistics: their places in the list, numbers, or durations in days. */
typedef enum FactorScale { FACTOR_PLACES, FACTOR_NUMBERS, FACTOR_DAYS } FactorScale;

typedef struct Factor {
    FactorKind kind;
    const char *path;
    uint32_t levels; /* LEVELS */
    const char *const *level;
    FactorScale scale;
    double least, most; /* RANGE; durations in seconds */
    bool duration;      /* RANGE: of durations, chosen to the second */
    uint32_t ranked;    /* RANKED: items, best first */
    const char *const *item;
    uint32_t tied;   /* a bit per item that has the weight of the one before it */
    uint32_t silent; /* a bit per item of which nothing is said against the one before it */
} Factor;

/* ERROR_USAGE with the place under a caret. Strings live in the arena. */
bool factor_parse(Factor *factor, const char *text, Arena *arena, Error *error);
/* How many numbers in [0, 1) it takes to choose a value: 1, or as many as there are items. */
uint32_t factor_dimensions(const Factor *factor);
/* Appends "PATH=VALUE", as a setting, for those numbers. A range's value is printed in the shortest form that reads
 * back as the same number, a ranking's as a map. Levels are equally likely.
 *
 * A ranking: y_k = E_k / sum E with E_k = -log(1 - unit[k]) is uniform on the simplex (Devroye, Non-Uniform Random Variate
 * Generation, 1986, XI.4). Places are given from the largest y on. Items that are equal share the mean of their places;
 * items not ranked among each other take their places in the order of their own y, so that the whole is uniform on all
 * weights that respect the order. The means are in each case rank order centroid weights, w_(i) = 1/n sum over j >= i of
 * 1/j, of which a tier shares the mean (Barron and Barrett 1996). */
void factor_setting(const Factor *factor, const double *unit, Text *out);
/* The value as a number for statistics: that of a range; of a level the number that it is, where all levels are
 * numbers, or else its place in the list from 0; of a ranking the weight of its first item. Durations count in days. */
double factor_number(const Factor *factor, const double *unit);
/* Its levels are words, and have the order in which they were written and no other. */
bool factor_is_words(const Factor *factor);

#endif
