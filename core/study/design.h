/* The design of a study: which combinations of its factors are played, and with which luck.
 *
 *   grid    every combination of levels, the last factor's changing from cell to cell. A factor without levels is drawn
 *           anew for each repetition, the same draw in every cell (common random numbers), from stream
 *           "study/draw/<path>/<repetition>" of the study's seed;
 *   lhs     `points` points of a Latin hypercube: of every dimension each of `points` equal strata once (McKay, Beckman
 *           and Conover, Technometrics 21, 1979). Strata are in the order of "study/lhs/order/<path>/<dimension>",
 *           and block p of "study/lhs/within/…" says where in its stratum point p lies;
 *   sobol   a low-discrepancy sequence (Sobol' 1967; direction numbers of Joe and Kuo 2008) in Saltelli's arrangement
 *           (Computer Physics Communications 145, 2002): `points` rows of A, B and, for each factor i, of A with
 *           that factor's numbers from B; cell = row * (factors + 2) + place, places in the order A, B, AB_1, …, AB_k.
 *           The rows A alone are a plain Sobol' design. The sequence begins with its first point and is shifted
 *           digit by digit by "study/sobol/a/<path>/<dimension>" and "…/b/…". `points` should be a power of two.
 *
 * Luck has the name of a factor's path: with a grid or a hypercube, other factors, their order, other cells and other
 * repetitions do not change what is drawn for it. Columns of the Sobol' sequence go by the order of the factors.
 *
 * Repetition r of every cell has the seed f(study seed, r): differences between cells are not luck. Jobs are numbered
 * repetition * cells + cell, so that more repetitions add jobs and change none. */
#ifndef CORE_STUDY_DESIGN_H
#define CORE_STUDY_DESIGN_H

#include "core/study/factor.h"

enum { DESIGN_MOST_FACTORS = 32, DESIGN_MOST_CELLS = 1 << 24 };

typedef enum DesignKind { DESIGN_GRID, DESIGN_LHS, DESIGN_SOBOL } DesignKind;

typedef struct Design Design;

/* Copies nothing: factors are borrowed. NULL with ERROR_USAGE: too many cells, a path twice (or one inside another),
 * points missing or given to a grid, too many dimensions for the sequence. A grid without factors has one cell.
 * seed < 2^63. */
Design *design_create(DesignKind kind, const Factor *factor, uint32_t factors, uint64_t points,
                      uint64_t seed, Error *error);
void design_destroy(Design *design);

uint64_t design_cells(const Design *design);
/* Appends the settings of a cell in a repetition, a JSON array of "PATH=VALUE" in the order of the factors: the same
 * whatever was asked before. Takes microseconds.
 * Of a cell alone (`drawn` false): without what is drawn for each repetition. */
void design_settings(const Design *design, uint64_t cell, uint64_t repetition, bool drawn,
                     Text *out);
/* What factor_number says of it; NaN for what is drawn for each repetition. */
double design_number(const Design *design, uint64_t cell, uint32_t factor);

/* f: the first draw of stream "study/<repetition>" of the study's seed, in 63 bits, so that `run --seed` takes it. */
uint64_t study_seed(uint64_t seed, uint64_t repetition);

/* A shard plays the jobs of which (repetition + cell) mod shards = shard, from 0: every shard sees every cell. */
typedef struct Shard {
    uint32_t shard, shards;
} Shard;
bool shard_plays(Shard shard, uint64_t cell, uint64_t repetition);

/* All that decides what comes out, and nothing else, as canonical JSON: scenario hash, design, points, seed, factors (their
 * values: 0:1:0.5 and 0,0.5,1 are one), base settings. Repetitions are not in it. Its BLAKE2b-256 names the study.
 * `settings`: a JSON array, "[]" when there are none; it is put in as it is. */
void design_plan(const Design *design, const char *scenario_hash, const char *settings, Text *out);

#endif
