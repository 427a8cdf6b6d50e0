/* The lane of one process: strategies, table and digest, and nothing between them. */
#include "cli/bench.h"
#include "cli/bench_play.h"
#include "cli/lane_memory.h"
#include "cli/verify.h"
#include "proto/wall_clock.h"

bool bench_play_in_memory(BenchPlay *play, Error *error) {
    MemoryLane lane;
    memory_lane_open(&lane, play->scenario->negotiation.terms.seats, NULL);
    play->channel = lane.channel;
    bool good = bench_play(play, error);
    memory_lane_close(&lane);
    return good;
}

/* --- offers --- */

static bool measure_offers(Bench *bench, unsigned seats, BenchCase said, Error *error) {
    Samples values = {.count = 0};
    Scenario *scenario = bench_boulware(seats, 100, error);
    bool good = scenario != NULL;
    for (unsigned i = 0; good && i < bench->repeats; i++) {
        BenchPlay play = {.scenario = scenario, .runs = bench_size(bench, 1000)};
        good = bench_play_in_memory(&play, error);
        samples_add(&values, (double)play.offers / play.seconds);
    }
    if (good) bench_add(bench, said, &values, NULL);
    scenario_destroy(scenario);
    return good;
}

/* --- replay --verify --- */

static bool record_run(Bench *bench, const Scenario *scenario, char path[128], Error *error) {
    BenchPlay play = {.scenario = scenario, .runs = 1};
    bool good = bench_play_record(&play, bench_file(bench, "verify.db", path), error) &&
                bench_play_in_memory(&play, error);
    record_close(play.record);
    return good;
}

static bool verify_once(const char *path, Samples *values, Error *error) {
    RunRow row;
    Verification verification;
    Record *record = record_open_read(path, error);
    if (record == NULL) return false;
    const VerifyMeans means = {.beside = path};
    int64_t began = wall_monotonic_ns();
    bool good = record_find_run(record, 1, &row, error) &&
                verify_run(record, &row, &means, &verification, error);
    double seconds = bench_seconds_since(began);
    record_close(record);
    if (!good) return false;
    if (!verification.verified)
        return error_set(error, ERROR_CHECK, "a run that was just recorded differs: %s",
                         verification.place);
    samples_add(values, (double)verification.events / seconds);
    return true;
}

bool bench_verify(Bench *bench, Error *error) {
    char path[128];
    Samples values = {.count = 0};
    Scenario *scenario = bench_boulware(2, bench_size(bench, 20000), error);
    bool good = scenario != NULL && record_run(bench, scenario, path, error);
    for (unsigned i = 0; good && i < bench->repeats; i++) good = verify_once(path, &values, error);
    BenchCase said = {
        .name = "replay/verify",
        .unit = "events/s",
        .what = "Reading every row twice, once to hold its columns against its payload and "
                "once to replay it, and SQLite's integrity check."};
    if (good) bench_add(bench, said, &values, NULL);
    scenario_destroy(scenario);
    return good;
}

bool bench_memory_lane(Bench *bench, Error *error) {
    static const BenchCase two = {
        .name = "memory/two-seats",
        .unit = "offers/s",
        .what =
            "The digest and the strategies' search: two Boulware seats, 5 issues of 5 options, 100 "
            "rounds of alternating offers, not recorded, on one core."};
    static const BenchCase four = {
        .name = "memory/four-seats",
        .unit = "offers/s",
        .what = "The same with four seats, which hear three offers for each that they make."};
    bench_one_core();
    bool good = measure_offers(bench, 2, two, error) && measure_offers(bench, 4, four, error);
    bench_all_cores();
    return good;
}
