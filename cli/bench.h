/* Inside nonpaper bench: cases, each the median of several short repetitions with its limit measured in
 * turn with it, and what they share. Not for other commands. */
#ifndef CLI_BENCH_H
#define CLI_BENCH_H

#include "cli/runtime_directory.h"
#include "core/scenario/scenario.h"

enum { BENCH_MOST_REPEATS = 15, BENCH_MOST_CASES = 40 };

typedef struct Samples {
    double value[BENCH_MOST_REPEATS];
    unsigned count;
} Samples;

typedef struct BenchCase {
    const char *name, *unit;
    const char *what; /* limits it, in a sentence */
    double value;
    double limit,
        ratio; /* NaN where there is none; the ratio is the median of those of neighbours */
} BenchCase;

typedef struct Bench {
    bool quick; /* try every case, measure none well */
    unsigned repeats;
    RuntimeDirectory directory; /* sockets and records; gone afterwards */
    BenchCase cases[BENCH_MOST_CASES];
    unsigned count;
} Bench;

void samples_add(Samples *samples, double value);
double samples_median(const Samples *samples);

/* Adds a case; `limits` may be NULL. `said` has name, unit and what. */
void bench_add(Bench *bench, BenchCase said, const Samples *values, const Samples *limits);
/* `full`, or a small part of it when the bench is quick. */
unsigned bench_size(const Bench *bench, unsigned full);
double bench_seconds_since(int64_t began_ns);
/* A file of that name in the bench's directory; what was there is gone. */
const char *bench_file(const Bench *bench, const char *name, char path[128]);

/* Keeps this process, and those that it starts, on one core; `release` undoes it. */
void bench_one_core(void);
void bench_all_cores(void);

/* A table that is made up: seats with opposed and uneven wishes. */
typedef struct BenchTable {
    const char *mechanism; /* YAML */
    const char *strategy;
    unsigned seats, issues, options;
    unsigned days; /* until the deadline */
} BenchTable;
Scenario *bench_scenario(const BenchTable *table, Error *error);
/* Boulware seats, 5 issues of 5 options, so many rounds of alternating offers. */
Scenario *bench_boulware(unsigned seats, unsigned rounds, Error *error);

/* One file each: the cases of one subject. */
bool bench_exchange(Bench *bench, Error *error);    /* process lane: rounds */
bool bench_accidents(Bench *bench, Error *error);   /* process lane: launch, a killed agent */
bool bench_multiplexed(Bench *bench, Error *error); /* process lane: many runs at once */
bool bench_memory_lane(Bench *bench, Error *error); /* offers */
bool bench_workers(Bench *bench, Error *error);     /* offers of two processes */
bool bench_world(Bench *bench, Error *error);       /* the reference scenario, and ticks */
bool bench_verify(Bench *bench, Error *error);      /* replay --verify */
bool bench_record(Bench *bench, Error *error);      /* rows */
bool bench_recording(Bench *bench, Error *error);   /* runs: kept or not */
bool bench_strategy(Bench *bench, Error *error);    /* a step in other languages */
bool bench_parts(Bench *bench, Error *error);       /* codec, agenda */
bool bench_analysis(Bench *bench, Error *error);    /* frontier and Nash point */

#endif
