/* Sets of rows (maxima.h) pushed along a diagram, layer by layer: at each node the sums of what its parents
 * had with what the options between add, without what another row of that node dominates. Rows of one node
 * have the same future, so that what is dominated there is dominated for good; rows of different nodes are
 * not compared before the end. For additive utilities there is one node a layer, and this is the merging of
 * per-issue frontiers. For this folder. */
#ifndef CORE_ANALYSIS_FRONTIER_MERGE_H
#define CORE_ANALYSIS_FRONTIER_MERGE_H

#include "core/analysis/diagram.h"
#include "core/analysis/maxima.h"

typedef struct Merged {
    RowShape shape; /* criteria: seats' utilities */
    Rows rows;      /* in order, mutually non-dominated */
    bool exact;     /* the budget was enough */
    bool counted;   /* no package was left out that is worth as much as one of these */
    uint64_t states;
} Merged;

/* memory_free(merged.rows.cell) */
Merged frontier_merge(const Diagram *diagram);

#endif
