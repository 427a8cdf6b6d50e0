/* The conversation between referee and seats, as plain values: a grant tells a seat what it has come
 * to know and when it may move; an answer holds one reply per occasion. */
#ifndef CORE_REFEREE_GRANT_H
#define CORE_REFEREE_GRANT_H

#include "core/base/rng.h"
#include "core/negotiation/negotiation.h"

/* A moment at which the seat is asked. Its observations are the next `observations` of the grant. */
typedef struct Occasion {
    SimTime at;
    bool woken; /* the seat asked for this moment */
    uint32_t observations;
} Occasion;

/* Arrays are borrowed: from the referee until its next advance, or from a decoder's arena. */
typedef struct Grant {
    uint64_t run;
    SeatId seat;
    uint32_t occasions;
    const Occasion *occasion; /* in time order, at different times */
    uint32_t observations;
    const Observation *const *observation;
} Grant;

typedef struct Answer {
    uint64_t run;
    SeatId seat;
    uint32_t replies; /* equals the grant's occasions */
    const Reply *reply;
} Answer;

/* What a seat is told when a run begins: the terms, its own profile and luck, and nothing of anybody
 * else's. Borrowed throughout. */
typedef struct Brief {
    uint64_t run;
    SeatId seat;
    const Terms *terms;
    const Profile *profile;
    const SeatType *const
        *library;         /* [seats]: everybody's public types; NULL for a seat of one type */
    RngKey luck;          /* the seat's own stream, "strategy/<seat id>" */
    const char *strategy; /* specification, "boulware(e=0.2)"; a foreign agent may ignore it */
} Brief;

#endif
