/* Inside nonpaper sweep: how often something came of the runs of a cell, and whether oftener than in the first cell, with
 * the same luck: an agreement; or, of the agreements, each option of an issue. */
#ifndef CLI_SWEEP_SHARE_H
#define CLI_SWEEP_SHARE_H

#include "core/negotiation/domain.h"
#include "core/record/study.h"
#include "core/study/interval.h"

typedef struct ShareNumbers {
    uint64_t hits, runs; /* runs that ended by themselves */
    Interval share;      /* Wilson */
    Interval difference; /* here less in the first cell (Newcombe); NaN in that one */
    double p, p_holm;    /* McNemar, exact; corrected over the table */
} ShareNumbers;

/* Its rows are the issue's options and, last, no agreement. Without an issue (NP_NO_OPTION) there is one: agreement. */
typedef struct ShareTable {
    uint8_t issue;
    uint32_t rows;
    ShareNumbers *number; /* [cells][rows] */
} ShareTable;

/* The row that a run falls in; SHARE_OTHER: in none; SHARE_MISSING: it is not there, or failed. */
enum { SHARE_OTHER = 254, SHARE_MISSING = 255 };
uint8_t share_code(const Domain *domain, uint8_t issue, const OutcomeRow *row);

/* Of the runs of a cell, by repetition. */
typedef struct ShareCodes {
    uint8_t *code;
    uint64_t count;
} ShareCodes;

ShareTable share_table(const Domain *domain, uint8_t issue, uint64_t cells);
void share_table_finish(ShareTable *table);
/* `first`: the first cell's; NULL for that cell itself, or where cells are not compared. */
void share_reckon(ShareTable *table, uint64_t cell, const ShareCodes *codes,
                  const ShareCodes *first);
/* All rows of all cells are one family of comparisons (Holm). */
void share_correct(ShareTable *table, uint64_t cells);

#endif
