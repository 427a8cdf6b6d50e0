/* Beliefs about which of its public types a seat is: a prior, updated by Bayes' rule at every offer of
 * that seat (Harsanyi 1967). A type offers as a logit choice (Luce 1959; McFadden 1974) between the package x
 * that it offered and a fixed reference set R, so that what it passed over counts too:
 *
 *     P(x | k) = exp(l u_k(x)) / (exp(l u_k(x)) + sum_{r in R} exp(l u_k(r))),   l = BELIEF_RATIONALITY.
 *
 * What multiplies every type's likelihood alike says nothing, so the size of R hardly matters; its
 * variety does. */
#ifndef CORE_NEGOTIATION_BELIEF_H
#define CORE_NEGOTIATION_BELIEF_H

#include "core/base/rng.h"
#include "core/negotiation/negotiation.h"

enum {
    BELIEF_RATIONALITY = 10, /* l: a package worth 0.1 more is chosen e times as often (assumed) */
    BELIEF_REFERENCES = 64
};

/* The reference set: complete, feasible packages. */
typedef struct Reference {
    uint32_t count; /* fewer than BELIEF_REFERENCES where hardly anything is feasible */
    Outcome package[BELIEF_REFERENCES];
} Reference;

/* Drawn evenly from the feasible packages, by the stream of that key. */
void reference_draw(Reference *reference, const Domain *domain, RngKey key);

typedef struct Belief {
    uint8_t types;
    const SeatType *type;                 /* [types], borrowed */
    double likely[NEGOTIATION_MAX_TYPES]; /* how likely each is held to be; sums to 1 */
    double most[NEGOTIATION_MAX_TYPES];   /* the type's highest utility in the reference set ... */
    double passed_over[NEGOTIATION_MAX_TYPES]; /* ... and sum_r exp(l (u_k(r) - most)) */
} Belief;

/* The prior. */
void belief_open(Belief *belief, const SeatType *type, uint8_t types, const Domain *domain,
                 const Reference *reference);
/* P(x | k). */
double belief_likelihood(const Belief *belief, uint8_t type, const Domain *domain,
                         const Outcome *package);
/* The seat tabled a menu: one choice, whose likelihood is the geometric mean of its packages'. Partial packages
 * are compared with nothing and say nothing. */
void belief_update(Belief *belief, const Domain *domain, const Outcome *menu, uint8_t packages);
/* It is known for sure. */
void belief_know(Belief *belief, uint8_t type);

#endif
