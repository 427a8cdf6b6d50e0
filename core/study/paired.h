/* The mean of paired differences: two ways to play, tried with the same luck (common random numbers), compared
 * repetition by repetition. What both owe to the same luck cancels, and the interval is narrower than that of
 * two samples.
 *
 * The interval is the bootstrap's (core/study/mean.h) on the differences. The p-value is from sign-flip
 * randomisation: if the two ways were alike, each difference could as well have had the other sign (Fisher, The
 * Design of Experiments, 1935, section 21). Over all 2^n signs, or over B = PAIRED_DRAWS draws of them,
 *
 *     p = how many of the signs give |sum| >= |sum observed| / 2^n,  or  (1 + how many of B) / (1 + B),
 *
 * two-sided (Davison and Hinkley, Bootstrap Methods and their Application, 1997, eq. 4.11). Of many pairs the sum over
 * random signs is normal with mean 0 and variance sum d_i^2 (Lindeberg 1922): then p = 2 P(Z > |sum| / sqrt(sum
 * d_i^2)), which, unlike draws, can be as small as it is. It tests that the differences are symmetric about 0. */
#ifndef CORE_STUDY_PAIRED_H
#define CORE_STUDY_PAIRED_H

#include <stdbool.h>

#include "core/study/mean.h"

enum {
    PAIRED_EXACT_UP_TO = 16,  /* pairs: 65,536 ways to sign them */
    PAIRED_DRAWN_UP_TO = 500, /* pairs; of more the normal limit is taken */
    PAIRED_DRAWS = 9999
};

typedef struct PairedMean {
    uint32_t pairs;      /* with a number on both sides; what follows is over these */
    uint32_t incomplete; /* pairs with a NaN, left out */
    Interval difference; /* mean of first - second; NaN without pairs */
    double p;            /* NaN without pairs */
    bool exact;          /* over all signs */
} PairedMean;

/* first[i] and second[i] had the same luck; a NaN marks a run that failed. Signs are drawn from a stream of
 * their own, rng_key(bootstrap->key.word[0], "randomisation/signs"). count < 2^32. */
PairedMean paired_mean(const double *first, const double *second, size_t count,
                       const Bootstrap *bootstrap);

#endif
