/* What a seat asks for as time goes by (Faratin, Sierra and Jennings 1998, time-dependent tactics):
 *
 *     u(t) = reservation + (1 - F(t)) (best - reservation)      F(t) = k + (1 - k) (t / T)^(1/e)
 *
 * e < 1 holds out and concedes late (boulware), e = 1 concedes evenly, e > 1 concedes early (conceder). */
#ifndef AGENTS_ASPIRATION_H
#define AGENTS_ASPIRATION_H

#include "core/base/vocabulary.h"

typedef struct Aspiration {
    double best, reservation;
    double k;        /* share conceded at once */
    double exponent; /* 1/e */
} Aspiration;

/* Up to the best package that the seat can accept. */
void aspiration_open(Aspiration *aspiration, const Host *host, double e, double k);
/* The same curve between the seat's present numbers: see table_follow. */
void aspiration_follow(Aspiration *aspiration, const Host *host);
/* Utilities are whole billionths; so must be what they are held against, or a package that is worth the
 * target exactly might miss it by a rounding. */
double target_exactly(double target);
/* The target at a moment; past the deadline as at the deadline. */
double aspiration_at(const Aspiration *aspiration, const Host *host, SimTime at);

#endif
