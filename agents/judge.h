/* Judges of a single text that differ in one thing: when they would rather have the draft. */
#ifndef AGENTS_JUDGE_H
#define AGENTS_JUDGE_H

#include "agents/time_dependent.h"

#define JUDGE_SOURCE                                                                               \
    "Klein, Faratin, Sayama and Bar-Yam 2003, Protocols for Negotiating Complex Contracts"

typedef struct Judge {
    TimeDependent elsewhere; /* where there is no single text to judge */
    double temperature;      /* 0: a hill climber */
    double cooling;          /* factor after each draft */
} Judge;

void judge_open(Judge *self, const Host *host, double temperature, double cooling);
void judge_observe(void *state, const Host *host, const Observation *seen);
void judge_act(void *state, const Host *host, SimTime now, Reply *reply);

#endif
