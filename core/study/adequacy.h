/* What a sample is too small to say: warnings in sentences for people, each with a word for machines. None of
 * them stops a study, and none of them says that a number is wrong. */
#ifndef CORE_STUDY_ADEQUACY_H
#define CORE_STUDY_ADEQUACY_H

#include <stdint.h>

#include "core/study/mean.h"

enum { ADEQUACY_WARNINGS = 12 };

typedef struct AdequacyWarning {
    const char *word;   /* one of the table in docs/statistics.md: "rule_of_three" */
    char sentence[256]; /* ends with a full stop */
} AdequacyWarning;

/* Zeroed before use; later warnings than there is room for are counted, not kept. */
typedef struct Adequacy {
    AdequacyWarning warning[ADEQUACY_WARNINGS];
    uint32_t count;   /* kept */
    uint32_t dropped; /* not kept */
} Adequacy;

/* `planned` runs of which `finished` have a result; the others failed, or are still to come.
 *   no_runs
 *   incomplete */
void adequacy_of_runs(Adequacy *adequacy, uint64_t finished, uint64_t planned);
/* A proportion and its Wilson interval with z.
 *   rule_of_three: no hit, or nothing but hits. With 95 % one-sided confidence the true share is at most
 *     1 - 0.05^(1/n), about 3/n, away (Hanley and Lippman-Hand, JAMA 249, 1983);
 *   wide_proportion: half the interval's width is more than `wanted`, 0 < wanted < 1/2; the sentence says how
 *     many runs would do for any share: z^2/(4 wanted^2) - z^2. */
void adequacy_of_proportion(Adequacy *adequacy, uint64_t hits, uint64_t count, double z,
                            double wanted);
/* A percentile interval over `count` values.
 *   few_replicates: (B + 1)(1 - confidence)/2 < 1: replicates do not reach far enough out;
 *   no_bootstrap: 2^(1-n) > 1 - confidence: even from the least to the largest value, n values do not hold the
 *     median with that confidence (6 are needed for 95 %), and a percentile interval cannot reach farther;
 *   narrow_bootstrap: of a mean it is narrower than Student's interval by more than 5 %: sqrt((n - 1)/n) z/t < 0.95
 *     (Hesterberg, What teachers should know about the bootstrap, The American Statistician 69, 2015). */
void adequacy_of_bootstrap(Adequacy *adequacy, uint64_t count, const Bootstrap *bootstrap);
/* `pairs` of `planned` have both sides, in `differing` of which they are not equal.
 *   no_pairs
 *   incomplete_pairs
 *   few_pairs: if all that differ did so in one direction, p would still be 2^(1-differing) > 1 - confidence. */
void adequacy_of_pairs(Adequacy *adequacy, uint64_t pairs, uint64_t planned, uint64_t differing,
                       double confidence);
/* A regression of ranks of `rows` on `factors`.
 *   no_regression: rows < factors + 2: nothing is left over to correlate;
 *   few_rows: rows < 10 factors, a custom of regression (an assumption: the least that is published is 4/3 factors,
 *     Blower and Dowlatabadi, International Statistical Review 62, 1994). */
void adequacy_of_regression(Adequacy *adequacy, uint64_t rows, uint64_t factors);
/* Rank correlations of a factor with `levels` that are words.
 *   no_order: more than two of them: they could stand in any order, and a coefficient would be that of the order. */
void adequacy_of_words(Adequacy *adequacy, uint64_t levels);
/* Sobol indices from `rows` base rows, whose widest interval has this half width.
 *   no_indices: it is NaN: the output does not vary, or too few rows are complete;
 *   wide_indices: it is more than `wanted`; the sentence says how many rows might do, by the square root of n. */
void adequacy_of_indices(Adequacy *adequacy, uint64_t rows, double half_width, double wanted);

#endif
