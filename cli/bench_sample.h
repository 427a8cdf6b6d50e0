/* A grant and an answer as they are in the middle of a four-seat exchange. */
#ifndef CLI_BENCH_SAMPLE_H
#define CLI_BENCH_SAMPLE_H

#include "core/referee/grant.h"

/* Holds what its grant and answer point to: does not move. */
typedef struct BenchSample {
    Observation seen[4];
    const Observation *list[4];
    Occasion occasion;
    Reply reply;
    Grant grant;
    Answer answer;
} BenchSample;

void bench_sample(BenchSample *sample);

#endif
