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
    uint8_t types; /* more than 1: it may be of so many types */
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
    SeatId mediator; /* single text: who drafts; meaningless elsewhere */
    SimTime
        breaks_off; /* mean time until the talks break off by chance (a stochastic deadline); 0: never */
    SeatSet unauthorised; /* seats whose acceptance counts for a signature only after a named act */
    Utility audience_base,
        audience_step; /* breaking a public commitment costs base + step * commitments
                                             made so far (Fearon 1994) */
    uint8_t closed_tables;
    TableTerms table[NP_MAX_TABLES]; /* [1 + closed_tables]; the public one, of everybody, first */
    uint8_t levers, variables;
    const Lever *lever;           /* [levers] */
    const Variable *variable;     /* [variables] */
    const Durability *durability; /* NULL: an agreement holds for sure */
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

/* What may become of a deal that is in force: its consent is asked when its time has come, and each seat
 * that it needs says yes when it does not lose by it. */
typedef struct LaterStep {
    const char *id; /* names the random stream "step/<id>" */
    const char *title;
    Condition when; /* which packages it can follow */
    Outcome to;     /* the options that change */
    SimTime after;  /* entry into force */
    double chance;  /* that it is put to them at all */
} LaterStep;

enum { NEGOTIATION_MAX_STEPS = 8, NEGOTIATION_MAX_TYPES = 5 };

/* A seat may be of one of several types: the library is public, which one it is is its own (Harsanyi). */
typedef struct SeatType {
    const char *id;
    double prior; /* of a seat's types they sum to 1 */
    Profile profile;
} SeatType;

/* What follows when a seat's agent has failed for good. */
typedef enum OnFault {
    ON_FAULT_BREAKDOWN, /* the talks break down */
    ON_FAULT_SKIP,      /* the seat says nothing more; what it had said stands */
    ON_FAULT_SUBSTITUTE /* another strategy takes over, and knows what the seat knew */
} OnFault;

struct WorldModel; /* core/world/model.h */

typedef struct Negotiation {
    Terms terms;
    Profile profile
        [NP_MAX_SEATS]; /* private, one a seat; that of its first type where it has several */
    uint32_t ratifiers;
    Ratifier ratifier[NEGOTIATION_MAX_RATIFIERS];
    uint8_t on_fault[NP_MAX_SEATS];       /* OnFault */
    const char *substitute[NP_MAX_SEATS]; /* the specification of who takes over; NULL: nobody */
    SeatType *type[NP_MAX_SEATS];         /* [terms.seat[i].types]; NULL for a seat of one type */
    uint32_t steps;
    LaterStep step[NEGOTIATION_MAX_STEPS];
    SimTime observe; /* how long to look on after an agreement; 0: not at all */
    const struct WorldModel
        *world;  /* what moves outside the talks; NULL: nothing. The referee's to use */
    Arena arena; /* owns every string above */
} Negotiation;

#endif
