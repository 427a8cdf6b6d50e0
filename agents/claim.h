/* What a seat holds out for when it concedes by its own lights, not by the clock: a target between its reservation
 * value and its best package. When these move, it goes on upholding the same share of its claim. */
#ifndef AGENTS_CLAIM_H
#define AGENTS_CLAIM_H

#include "agents/aspiration.h"

typedef struct Claim {
    double best, reservation;
    double target;
    double upheld; /* (target - reservation) / (best - reservation) when they last differed */
} Claim;

/* The target is the best package. */
void claim_open(Claim *claim, const Host *host);
/* By the seat's present numbers: see table_follow. */
void claim_follow(Claim *claim, const Host *host);

#endif
