/* How a run ended, and how far the demands came together. */
#ifndef CORE_REFEREE_VERDICT_H
#define CORE_REFEREE_VERDICT_H

#include "core/negotiation/negotiation.h"
#include "core/referee/event.h"

enum { VERDICT_MAX_ACCORDS = NP_MAX_ISSUES };

typedef enum VerdictKind {
    VERDICT_OPEN = 0,
    VERDICT_AGREEMENT = 1,
    VERDICT_BREAKDOWN = 2
} VerdictKind;

typedef struct SeatResult {
    Utility utility;      /* discounted, of the agreement; the outside option on breakdown */
    Utility reservation;  /* the outside option at the end */
    Utility first_demand; /* own utility of the first offer; UTILITY_NONE when it made none */
    Utility last_demand;
    uint32_t offers;
    Utility costs; /* audience costs and levers, already taken off `utility` */
    uint8_t type;  /* which of its types it was */
} SeatResult;

/* What became of an agreement while it was looked at. */
typedef struct Peace {
    bool observed;
    SimTime until;          /* the end of the look */
    SimTime broken_at;      /* NP_NEVER: it held */
    uint32_t probes, steps; /* tests that it stood; later steps that entered force */
    Outcome in_force;       /* with later steps */
} Peace;

typedef struct Verdict {
    VerdictKind kind;
    Reason reason; /* breakdown; REASON_NONE on agreement */
    SeatId seat;   /* the seat a breakdown names (walk_out, agent_fault, ratification), or
                             NP_NO_SEAT */
    SimTime ended_at;
    uint64_t events;
    Digest digest;     /* of the events' canonical bytes as one stream */
    Outcome agreement; /* complete; meaningful on agreement only */
    SeatSet signatories;
    int8_t in_force;  /* 1 yes, 0 signed and not ratified, -1 does not apply */
    uint32_t accords; /* partial accords before the end */
    Outcome accord[VERDICT_MAX_ACCORDS];
    Utility first_distance, last_distance; /* UTILITY_NONE when never defined */
    SeatResult seat_result[NP_MAX_SEATS];
    Peace peace;
} Verdict;

#endif
