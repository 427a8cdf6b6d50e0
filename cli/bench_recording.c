/* What it costs to keep runs: not at all, committed, and safe from a power cut after each. */
#include "cli/bench.h"
#include "cli/bench_play.h"
#include "proto/wall_clock.h"

typedef enum Keeping { KEPT_NOT, KEPT_COMMITTED, KEPT_SYNCED } Keeping;

/* One run in the memory lane; adds its events and the seconds from its opening until it is kept. */
static bool keep_run(Bench *bench, const Scenario *scenario, Keeping keeping, double sum[2],
                     Error *error) {
    char path[128];
    BenchPlay play = {.scenario = scenario, .runs = 1};
    bool good =
        keeping == KEPT_NOT || bench_play_record(&play, bench_file(bench, "kept.db", path), error);
    int64_t began = wall_monotonic_ns();
    good = good && bench_play_in_memory(&play, error) &&
           (keeping != KEPT_COMMITTED || record_commit(play.record, error)) &&
           (keeping != KEPT_SYNCED || record_checkpoint(play.record, error));
    sum[1] += bench_seconds_since(began);
    sum[0] += (double)play.events;
    record_close(play.record);
    return good;
}

static bool keep_runs(Bench *bench, const Scenario *scenario, Keeping keeping, Samples *values,
                      Error *error) {
    double sum[2] = {0};
    for (unsigned run = 0; run < bench_size(bench, 20); run++)
        if (!keep_run(bench, scenario, keeping, sum, error)) return false;
    samples_add(values, sum[0] / sum[1]);
    return true;
}

bool bench_recording(Bench *bench, Error *error) {
    static const BenchCase committed = {
        .name = "recording/commit",
        .unit = "events/s",
        .what =
            "Keeping a run of 200 events: beginning it, its rows, its verdict. Limit is the same "
            "run, not recorded."};
    static const BenchCase synced = {
        .name = "recording/checkpoint",
        .unit = "events/s",
        .what = "The disk's answer, once a run. Limit is the same run, committed but not synced."};
    BenchTable table = {.mechanism = "{kind: stacked-alternating-offers, turn: 1d, rounds: 100}",
                        .strategy = "boulware",
                        .seats = 2,
                        .issues = 5,
                        .options = 5,
                        .days = 200};
    Samples kept[3] = {{.count = 0}, {.count = 0}, {.count = 0}};
    Scenario *scenario = bench_scenario(&table, error);
    bool good = scenario != NULL;
    for (unsigned i = 0; good && i < bench->repeats; i++)
        for (Keeping keeping = KEPT_NOT; good && keeping <= KEPT_SYNCED; keeping++)
            good = keep_runs(bench, scenario, keeping, &kept[keeping], error);
    if (good) bench_add(bench, committed, &kept[KEPT_COMMITTED], &kept[KEPT_NOT]);
    if (good) bench_add(bench, synced, &kept[KEPT_SYNCED], &kept[KEPT_COMMITTED]);
    scenario_destroy(scenario);
    return good;
}
