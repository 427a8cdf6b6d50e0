/* Who refuses a package, and by how much; packages that few refuse, and by little. */
#ifndef CORE_ANALYSIS_REFUSAL_H
#define CORE_ANALYSIS_REFUSAL_H

#include "core/analysis/prospect.h"

/* In the order in which two are compared: refusers first. */
typedef struct Refusal {
    uint8_t refusers;    /* seats that refuse */
    uint32_t hard_lines; /* of theirs, crossed */
    Utility shortfall;   /* theirs, summed */
    SeatSet seats;
} Refusal;

/* Of a complete package. */
Refusal refusal_of(const Question *question, const Outcome *package);
/* No completion is refused by less. */
Refusal refusal_at_least(const Prospect *prospect, const Partial *partial);
/* < 0: a is refused by less. */
int refusal_compare(const Refusal *a, const Refusal *b);

/* A package, among those that the prospect looks at and that change something, refused by as little as a climb finds:
 * from several beginnings, changing an issue or two at a time as long as that helps. False when it finds none. */
bool refusal_climb(const Prospect *prospect, Outcome *package, Refusal *refusal);

typedef struct LeastRefused {
    bool found, exact;
    Outcome package; /* the first in order among equals, if exact */
    Refusal refusal;
    uint64_t nodes;
} LeastRefused;

/* `enough`: stop at the first package that nobody refuses. */
LeastRefused refusal_least(const Prospect *prospect, uint64_t budget, bool enough);

#endif
