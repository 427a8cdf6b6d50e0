/* Four seats in processes of their own, and the broker in this one, as `nonpaper run` has them. */
#ifndef CLI_BENCH_STAGE_H
#define CLI_BENCH_STAGE_H

#include "cli/bench.h"
#include "cli/bench_crew.h"
#include "cli/bench_play.h"

typedef struct BenchStage {
    char address[128];
    Crew crew;
} BenchStage;

/* Plays one recorded run; `play` has at least its scenario. */
bool bench_stage_play(const Bench *bench, BenchStage *stage, BenchPlay *play, Error *error);

#endif
