/* Inside nonpaper sweep: what a study says, read from its record: cell by cell, with intervals, and the differences
 * between the first cell and the others. Memory holds the samples of two cells at a time. */
#ifndef CLI_SWEEP_RESULT_H
#define CLI_SWEEP_RESULT_H

#include "cli/sweep_plan.h"
#include "cli/sweep_share.h"
#include "cli/tally.h"
#include "core/study/adequacy.h"
#include "core/study/paired.h"
#include "core/study/rank_correlation.h"
#include "core/study/sensitivity.h"

/* What a seat came to in the runs of a cell that ended by themselves; NaN where there are too few. */
typedef struct SeatNumbers {
    Interval utility, median,
        gain;              /* mean and median utility, mean gain over the walk-away value */
    PairedMean difference; /* its utility here less that in the first cell */
    double p_holm;
} SeatNumbers;

typedef struct CellNumbers {
    uint64_t cell;
    Tally tally;
    uint64_t finished; /* runs that count: those of the tally less the failed ones */
    Interval agreement, days;
    SeatNumbers *seat; /* one a seat */
} CellNumbers;

/* What the samples of some cells are too small to say; of each kind the first. */
typedef struct SweepWarning {
    AdequacyWarning warning;
    const char *of;       /* of an influence: on what; NULL: of cells */
    uint64_t cell, cells; /* the first of them, and how many */
} SweepWarning;

/* How a result follows the factors: over the points of lhs and sobol. */
typedef struct Influence {
    const char *of;        /* "agreement", or a seat's id: its gain */
    RankCorrelation *rank; /* [factors], lhs */
    SobolIndex *index;     /* [factors], sobol */
    uint64_t complete;     /* rows that count */
} Influence;

/* A job without an outcome. */
typedef struct LostJob {
    SweepJob job;
    uint32_t attempts;
    const char *why;
} LostJob;

/* Runs of a cell that an agent's fault has ended, and the first of them. */
typedef struct FaultedCell {
    SweepJob job;
    uint64_t runs;
    const char *why; /* NULL: not found out */
} FaultedCell;

typedef struct SweepResult {
    const SweepPlan *plan;
    uint64_t study;
    Tally tally;
    Digest digest;
    uint64_t repetitions; /* begun, in any cell */
    CellNumbers *cell;    /* [cells] */
    SeatNumbers *seat;    /* [cells * seats] */
    uint64_t cells;       /* those that have a run */
    bool compares;        /* cells with the first one: in grids */
    ShareTable *share;    /* [1 + plan->shares], agreement first */
    LostJob *lost;
    uint32_t lost_count;
    FaultedCell *faulted;
    uint32_t faulted_count;
    SweepWarning *warning;
    uint32_t warnings;
    Influence *influence;
    uint32_t influences; /* 0 for grids */
    Arena arena;
} SweepResult;

bool sweep_result_read(SweepResult *result, const SweepPlan *plan, Record *record, uint64_t study,
                       Error *error);
void sweep_result_finish(SweepResult *result);

/* For people, for programs, and as rows: cell by cell and seat by seat. */
void sweep_result_table(const SweepResult *result, bool markdown, Text *out);
void sweep_result_json(const SweepResult *result, Text *out);
void sweep_result_rows(const SweepResult *result, bool csv, Text *out);

/* Why agents failed: records of outcomes do not hold it, so that of a few cells a run is played once more to hear it. */
void sweep_faults_ask(SweepResult *result);
void sweep_faults_table(const SweepResult *result, Text *out);
void sweep_faults_json(const SweepResult *result, Json *json);

/* Notes the warnings of a cell. */
void sweep_warn(SweepResult *result, uint64_t cell, const Adequacy *adequacy);
void sweep_warn_of(SweepResult *result, const char *of, const Adequacy *adequacy);
void sweep_warnings_table(const SweepResult *result, Text *out);
void sweep_warnings_json(const SweepResult *result, Json *json);

/* Of points in ranges: rank correlations, or Sobol indices. */
void sweep_influence_reckon(SweepResult *result);
void sweep_influence_table(const SweepResult *result, Text *out);
void sweep_influence_json(const SweepResult *result, Json *json);

#endif
