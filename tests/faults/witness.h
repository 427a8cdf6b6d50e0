/* Sees every event of some runs exactly once and in order, keeps them as a record would, and holds what is
 * played again against them. */
#ifndef TESTS_FAULTS_WITNESS_H
#define TESTS_FAULTS_WITNESS_H

#include "broker/broker.h"

enum { WITNESS_MAX_RUNS = 8 };

typedef struct Witness {
    uint64_t runs;
    struct Testimony {
        Script events;
        uint64_t seen; /* in the present drive */
        bool ended;
        Verdict verdict;
    } of[WITNESS_MAX_RUNS]; /* run 1, 2, 3, … */
} Witness;

void witness_begin(Witness *witness, uint64_t runs);
void witness_finish(Witness *witness);
BrokerSink witness_sink(Witness *witness);
/* What must come out again. */
void witness_remember(Witness *witness, uint64_t run, const Script *events);
/* The broker is gone; another one takes its unfinished runs up. Gives how many, and which. */
uint64_t witness_unfinished(Witness *witness, uint64_t run[WITNESS_MAX_RUNS]);

#endif
