/* A target of one's own making, and otherwise the moves of all: what staller, unilateral_conceder and
 * monotonic_concession share. */
#ifndef AGENTS_STEADFAST_H
#define AGENTS_STEADFAST_H

#include "agents/claim.h"
#include "agents/time_dependent.h"

typedef struct Steadfast {
    Table table;
    Claim claim;
    SimTime every;
} Steadfast;

/* The target is the best package. */
void steadfast_open(Steadfast *self, const Host *host, double days);
/* As an observation of any strategy whose state begins with a Steadfast. */
void steadfast_observe(void *state, const Host *host, const Observation *seen);
/* Before anything else in an act: the claim as the seat's numbers have moved. */
void steadfast_follow(Steadfast *self, const Host *host);
/* Concedes so much, but nothing below the reservation value. */
void steadfast_concede(Steadfast *self, double by);
/* Accepts what is worth the target, otherwise tables it when one is due. */
void steadfast_act(Steadfast *self, const Host *host, SimTime now, Reply *reply);

#endif
