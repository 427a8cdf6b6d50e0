/* Who did how well in a tournament: means by strategy with intervals, ranks, and who did how well against whom.
 *
 * A strategy's mean with one seed is the mean over venues of its mean within each: venues count alike, however many
 * games they take. Every strategy plays with the same seeds (common random numbers), so that the seed is the unit of the
 * bootstrap: all strategies are resampled by the same draws, and differences between them are taken seed by seed. What
 * an interval speaks of is luck; the venues and the field of strategies are these and no sample. */
#ifndef CORE_STUDY_STANDINGS_H
#define CORE_STUDY_STANDINGS_H

#include "core/study/mean.h"

typedef enum Measure {
    MEASURE_UTILITY,
    MEASURE_GAIN, /* over the walk-away value; the one that ranks */
    MEASURE_AGREEMENT,
    MEASURE_JOINT,
    MEASURES
} Measure;

/* One game as one of its strategies saw it. */
typedef struct Score {
    uint32_t venue, seed; /* indexes */
    uint32_t strategy, against;
    double measure[MEASURES];
} Score;

/* How many there are of each. */
typedef struct Field {
    uint32_t strategies, venues, seeds;
} Field;

typedef struct Standing {
    uint32_t strategy;
    uint32_t venues; /* in which it played; without all of them it has no rank */
    uint32_t rank;   /* from 1; 0: none. Equal means share one */
    uint64_t games;
    Interval measure[MEASURES]; /* NaN where it did not play */
    Interval behind; /* the leader's mean gain less its own, seed by seed; NaN without a rank */
} Standing;

/* Standings in order: ranked ones from the best, then the others by their venues. `out` has a place for every strategy. A
 * strategy must have played each of its venues with every seed. */
void standings_of(const Score *score, size_t count, const Field *field, const Bootstrap *bootstrap,
                  Standing *out);
/* The mean of a measure of `strategy` against `against`, venues alike, in pair[strategy * strategies + against]; NaN
 * where the two have not met. */
void standings_pairs(const Score *score, size_t count, const Field *field, Measure measure,
                     double *pair);

#endif
