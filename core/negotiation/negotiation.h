/* Everything about a negotiation that is fixed before the talks open. */
#ifndef CORE_NEGOTIATION_NEGOTIATION_H
#define CORE_NEGOTIATION_NEGOTIATION_H

#include "core/base/memory.h"
#include "core/negotiation/consent.h"
#include "core/negotiation/domain.h"
#include "core/negotiation/profile.h"

enum { NEGOTIATION_MAX_RATIFIERS = 16 };

typedef struct SeatTerms {
    const char *id;   /* the scenario's word */
    const char *name; /* for people */
    SimTime delay; /* from deciding to taking effect at the table: delivery + deliberation, >= 1 */
} SeatTerms;

/* The terms of reference: what every seat may know. */
typedef struct Terms {
    const char *name;     /* the scenario's */
    int64_t epoch;        /* the start, in seconds since 1970-01-01 */
    SimTime deadline;     /* the last moment at which a package may be signed */
    SimTime lookahead;    /* the least delay of all seats */
    SimTime stall_window; /* 0: never stalled */
    Utility stall_epsilon;
    const struct Mechanism *mechanism;
    uint8_t menu_limit; /* packages in one offer, 1 .. NP_MAX_MENU */
    uint8_t seats;      /* 2 .. NP_MAX_SEATS */
    SeatTerms seat[NP_MAX_SEATS];
    Domain domain;
    Consent consent;
} Terms;

/* Who must ratify a signed package before it enters force (Putnam 1988). */
typedef struct Ratifier {
    const char *id; /* names the random stream "ratification/<id>" */
    const char *name;
    SeatId seat;      /* whose utility decides, and who is named if it fails */
    bool conditional; /* asked only when `when` holds */
    Condition when;
    Utility threshold; /* passes when utility + noise >= threshold */
    double noise;      /* standard deviation */
    SimTime after;     /* vote comes this long after signature, >= 1 */
} Ratifier;

typedef struct Negotiation {
    Terms terms;
    Profile profile[NP_MAX_SEATS]; /* private, one a seat */
    uint32_t ratifiers;
    Ratifier ratifier[NEGOTIATION_MAX_RATIFIERS];
    Arena arena; /* owns every string above */
} Negotiation;

#endif
