/* A search through all packages, depth first, that leaves out what its visitor rules out; bounded by nodes. */
#ifndef CORE_ANALYSIS_DESCENT_H
#define CORE_ANALYSIS_DESCENT_H

#include "core/analysis/prospect.h"

typedef enum Heading {
    HEADING_DOWN, /* go on below; at a complete package as good as skipping */
    HEADING_SKIP,
    HEADING_STOP /* all is known */
} Heading;

typedef struct Descent {
    const Prospect *prospect;
    /* Called at every node that excludes nothing, complete packages among them. */
    Heading (*meet)(void *who, const Partial *partial);
    void *who;
    uint8_t first[NP_MAX_ISSUES][NP_MAX_OPTIONS]; /* by issue: options in the order of trying */
    uint64_t budget;
    uint64_t nodes; /* looked at */
    double unseen;  /* at most so many packages were not looked at for want of budget */
    bool stopped;
} Descent;

/* Options in their own order. The visitor is for the caller to set. */
Descent descent_over(const Prospect *prospect, uint64_t budget);
/* Options by falling rank. */
void descent_try_first(Descent *descent, uint8_t issue, const Utility rank[NP_MAX_OPTIONS]);
/* True when nothing was left out for want of budget. */
bool descend(Descent *descent);

#endif
