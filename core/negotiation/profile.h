/* A seat's preference profile: u(x) = sum_k w_k v_k(x_k) + sum_c b_c [c holds] - e sum_r kappa_r [r is
 * crossed], with hard red lines beside it (Keeney and Raiffa 1976; linkages: Klein et al. 2003). Where a
 * peace may break, a complete package is worth U(x) = a + s(x) (u(x) - a): s is the share of time that
 * the peace is expected to hold (durability.h), a what the seat has once it has broken. */
#ifndef CORE_NEGOTIATION_PROFILE_H
#define CORE_NEGOTIATION_PROFILE_H

#include "core/negotiation/domain.h"
#include "core/negotiation/durability.h"
#include "core/negotiation/utility.h"

enum { PROFILE_MAX_LINKAGES = 64, PROFILE_MAX_RED_LINES = 32 };

typedef struct Linkage {
    Condition when;
    Utility bonus; /* negative for a malus */
} Linkage;

typedef struct RedLine {
    Condition when;
    bool hard;       /* never acceptable; otherwise `penalty` is taken off */
    Utility penalty; /* >= 0; 0 for hard ones */
} RedLine;

typedef struct Profile {
    Utility value[NP_MAX_ISSUES][NP_MAX_OPTIONS]; /* w_k v_k(o), each rounded once */
    double weight[NP_MAX_ISSUES];                 /* w_k as written, for people and strategies */
    uint32_t linkages;
    Linkage linkage[PROFILE_MAX_LINKAGES];
    uint32_t red_lines;
    RedLine red_line[PROFILE_MAX_RED_LINES];
    Utility reservation;    /* the walk-away value (outside option) */
    double discount;        /* factor per discount_every, in (0, 1]; 1: none */
    SimTime discount_every; /* > 0 */
    Utility
        meanwhile;  /* what it has while the talks go on: an inside option (Binmore, Rubinstein and
                               Wolinsky 1986); 0 without one */
    Utility eroded; /* 1 - e: the share of soft penalties that the cost of war has worn away */
    const Durability *durability; /* NULL: a peace holds for sure */
    Utility aftermath;            /* a; used with durability only */
    Utility hazard;               /* what the world adds to the log hazard */
} Profile;

/* Utility of an outcome; where it is silent the status quo counts (0 where there is none). Partial ones end no
 * war and are not weighted by durability. */
Utility profile_utility(const Profile *profile, const Domain *domain, const Outcome *outcome);
/* Discounted utility of concluding at `at`: m + d (U - m), d = discount^(at / discount_every), m the
 * utility meanwhile. */
double profile_value_at(const Profile *profile, const Domain *domain, const Outcome *outcome,
                        SimTime at);
/* s from z without what the world adds. There is a durability. */
double profile_share(const Profile *profile, Utility effect);
/* U from u and s; rises with u, and is between u and a. */
static inline Utility profile_weighted(const Profile *profile, Utility utility, double share) {
    return profile->aftermath + utility_from(share * utility_real(utility - profile->aftermath));
}
/* What crossing the red line takes off now: its penalty less what is eroded of it, rounded once. */
Utility profile_penalty(const Profile *profile, const RedLine *line);
/* The hard red line that the outcome crosses, or NULL. */
const RedLine *profile_crosses(const Profile *profile, const Outcome *outcome);

#endif
