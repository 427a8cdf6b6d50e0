/* What would have to differ for a package to be agreed? For every seat whose consent it needs: what stands
 * against it, and the least change of one parameter, all others as they are, that makes it acceptable. One
 * at a time, exact to a billionth; the answer says nothing of what is likely, or of how changes combine. */
#ifndef CORE_ANALYSIS_REQUIREMENT_H
#define CORE_ANALYSIS_REQUIREMENT_H

#include "core/analysis/packages.h"

typedef enum ChangeKind {
    CHANGE_RESERVATION, /* the seat's threshold falls by `amount` */
    CHANGE_WEIGHT,      /* `amount` of weight moves from issue `from` to `issue` */
    CHANGE_VALUE, /* its value of the package's option of `issue`, of 0 .. 1, rises by `amount`, as it
                     * counts: where aversion to losses stretches it, a lesser rise of what is written does */
    CHANGE_PENALTY,   /* the soft penalty of `red_line` falls by `amount` */
    CHANGE_RED_LINES, /* its hard red lines that the package crosses are given up: `amount` of them */
    CHANGES
} ChangeKind;

/* One that is not possible alone is not listed: red lines in the way, or weights too small. */
typedef struct ParameterChange {
    uint8_t kind; /* ChangeKind */
    uint8_t issue, from, option;
    uint32_t red_line;
    double amount; /* > 0 */
} ParameterChange;

typedef struct SeatRequirement {
    bool needed;  /* its consent */
    bool refuses; /* if so, does it? */
    Utility utility, threshold;
    Utility shortfall;   /* threshold - utility where that is positive, else 0 */
    uint32_t hard_lines; /* hard red lines that the package crosses; */
    uint32_t first_hard; /* the first of them */
    uint32_t changes;    /* 0 where it does not refuse; at most one of each kind, the least */
    ParameterChange change[CHANGES];
} SeatRequirement;

typedef struct Requirement {
    /* Can the options named go together, in a package that changes something? False without `exact`: none was
     * found. */
    bool feasible;
    const Exclusion *exclusion; /* the one that forbids them by themselves, or NULL */
    bool exact;                 /* was `package` found for sure? */
    /* The package asked about. A partial one is completed so that as few seats as possible refuse it, then with
     * as few hard red lines crossed, then with the least sum of shortfalls, the first in order among equals. */
    Outcome package;
    SeatSet needed, must_move; /* who refuses it: the least set of seats that must move */
    SeatRequirement seat[NP_MAX_SEATS];
    /* A member of the zone that differs from what was asked for on as few issues (of those that it names) as
     * any. Not exact: perhaps there are nearer ones, or, not found, some. */
    bool nearest_found, nearest_exact;
    uint8_t nearest_differs; /* on so many issues */
    Outcome nearest;
} Requirement;

/* `asked` names an option for some issues; for all of them, or for none, too. The question's thresholds are what
 * seats compare with; its scope does not matter. */
Requirement requirement_find(const Question *question, const Outcome *asked);

#endif
