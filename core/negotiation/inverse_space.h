/* Packages as one seat's search walks them, issue by issue: conditions are bits, so that a package
 * under construction knows which exclusions, linkages and red lines it may still meet. Shared by the
 * ranking and the bounded search behind inverse_utility.h; not for other folders. */
#ifndef CORE_NEGOTIATION_INVERSE_SPACE_H
#define CORE_NEGOTIATION_INVERSE_SPACE_H

#include "core/negotiation/domain.h"
#include "core/negotiation/profile.h"

/* A set of conditions: a bit per exclusion, linkage and red line that names several issues. Those that
 * name one issue are no conditions to a search: they are part of what its options are worth. */
typedef struct Conditions {
    uint64_t exclusions, linkages, red_lines;
} Conditions;

typedef struct Space {
    const Domain *domain;
    const Profile *profile;
    uint8_t issues;
    uint8_t order[NP_MAX_ISSUES]; /* the issue that is decided at each depth */
    Outcome status_quo;           /* changes nothing, so it is no package */
    Utility value[NP_MAX_ISSUES][NP_MAX_OPTIONS];
    uint32_t never[NP_MAX_ISSUES];          /* a bit per option that is in no acceptable package */
    uint64_t hard;                          /* red lines that may not be crossed */
    uint64_t bonuses, maluses;              /* linkages by sign */
    Utility penalty[PROFILE_MAX_RED_LINES]; /* less what is eroded */
    Conditions all;
    Conditions fits[NP_MAX_ISSUES][NP_MAX_OPTIONS]; /* what this option does not make impossible */
    Conditions closes[NP_MAX_ISSUES]; /* by depth: whose last issue is decided there */
} Space;

/* `order` lists every issue once. */
void space_init(Space *space, const Domain *domain, const Profile *profile, const uint8_t *order);

/* A package under construction: the first issues in order are decided. */
typedef struct Partway {
    Utility sum;    /* before durability */
    Utility effect; /* on the log hazard; 0 where a peace holds for sure */
    Conditions alive;
} Partway;

/* Nothing is decided yet. */
Partway space_start(const Space *space);
/* Decides the issue at `depth`. False when that completes something forbidden. */
bool space_decide(const Space *space, uint8_t depth, uint8_t option, Partway *partway);
/* What a package with that sum and effect is worth. It rises with the sum; with the effect it falls where
 * the sum is above the aftermath, and rises below. */
Utility space_worth(const Space *space, Utility sum, Utility effect);
/* What the conditions that are still open can add, or take, at most. */
Utility space_pending_gain(const Space *space, const Partway *partway);
Utility space_pending_loss(const Space *space, const Partway *partway);

#endif
