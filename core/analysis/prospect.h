/* Packages under construction: what they may yet be worth to every seat, and who may yet have to consent.
 * The bounds behind the searches of this folder; exact once a package is complete. */
#ifndef CORE_ANALYSIS_PROSPECT_H
#define CORE_ANALYSIS_PROSPECT_H

#include "core/analysis/packages.h"

typedef struct Extent {
    Utility least, most;
} Extent;

/* One seat's tables. Conditions are bits: linkages, and red lines; those of one issue that only add or take are
 * part of `value`. */
typedef struct SeatProspect {
    const Profile *profile;
    Utility value[NP_MAX_ISSUES][NP_MAX_OPTIONS];
    Extent later[NP_MAX_ISSUES + 1];        /* by depth: what the issues from there on can add */
    Extent later_effect[NP_MAX_ISSUES + 1]; /* on the log hazard, likewise */
    uint64_t linkages[NP_MAX_ISSUES][NP_MAX_OPTIONS]; /* that an option does not rule out */
    uint32_t red_lines[NP_MAX_ISSUES][NP_MAX_OPTIONS];
    uint64_t linkages_close[NP_MAX_ISSUES]; /* by depth: whose last issue is decided there */
    uint32_t red_lines_close[NP_MAX_ISSUES];
    uint64_t all_linkages;
    uint32_t all_red_lines, hard;
    Utility penalty[PROFILE_MAX_RED_LINES]; /* less what is eroded */
} SeatProspect;

typedef struct Prospect {
    const Question *question;
    const Domain *domain;
    uint8_t seats, issues;
    uint8_t order[NP_MAX_ISSUES];  /* the issue that is decided at each depth */
    uint32_t among[NP_MAX_ISSUES]; /* options looked at, a bit each; may be narrowed by hand, ... */
    double size[NP_MAX_ISSUES + 1]; /* by depth: packages below; then prospect_resize */
    SeatSet consent[NP_MAX_ISSUES][NP_MAX_OPTIONS]; /* whose it needs in a complete package */
    SeatSet later_consent[NP_MAX_ISSUES + 1];
    uint64_t exclusions[NP_MAX_ISSUES][NP_MAX_OPTIONS]; /* that an option does not rule out */
    uint64_t exclusions_close[NP_MAX_ISSUES];
    uint64_t all_exclusions;
    SeatProspect seat[NP_MAX_SEATS];
} Prospect;

/* Borrows the question. It is large: the caller destroys it. */
Prospect *prospect_create(const Question *question);
void prospect_destroy(Prospect *prospect);
void prospect_resize(Prospect *prospect);

typedef struct PartialSeat {
    Utility sum, effect;
    uint64_t linkages;  /* that may still hold */
    uint32_t red_lines; /* that may still be crossed */
    bool crossed;       /* a hard one is */
} PartialSeat;

/* The first `depth` issues in order are decided. A plain value. */
typedef struct Partial {
    uint8_t depth;
    Outcome package;
    SeatSet needed;      /* whose consent is needed already */
    bool changes;        /* something of the present status quo already */
    uint64_t exclusions; /* that may still be met */
    PartialSeat seat[NP_MAX_SEATS];
} Partial;

Partial prospect_start(const Prospect *prospect);
/* Decides the next issue; false when that completes an excluded combination. */
bool prospect_decide(const Prospect *prospect, Partial *partial, uint8_t option);

/* Between what the seat's utility lies in every completion. */
Extent prospect_utility(const Prospect *prospect, const Partial *partial, SeatId seat);
/* May a hard red line of the seat still be crossed? Crossed already: seat[].crossed. */
bool prospect_may_cross(const Prospect *prospect, const Partial *partial, SeatId seat);
/* Whose consent may be needed in some completion. */
static inline SeatSet prospect_may_need(const Prospect *prospect, const Partial *partial) {
    return partial->needed | prospect->later_consent[partial->depth];
}

#endif
