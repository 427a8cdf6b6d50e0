/* The lane of processes: a round asks four seats at once and takes an offer from each. */
#include <stdio.h>

#include "cli/bench_sample.h"
#include "cli/bench_stage.h"
#include "proto/limits.h"

static void measure_frames(FanOut *fan_out) {
    BenchSample sample;
    FrameWriter writer;
    bench_sample(&sample);
    frame_writer_init(&writer);
    frame_add_grant(&writer, &sample.grant, NULL);
    fan_out->there = frame_bytes(&writer).length;
    frame_clear(&writer);
    frame_add_answer(&writer, &sample.answer, NULL);
    fan_out->back = frame_bytes(&writer).length;
    frame_writer_finish(&writer);
}

static void follow(const void *context, unsigned number) {
    (void)number;
    fan_out_follow(context);
}

static bool go_raw(const Bench *bench, FanOut *fan_out, Samples *limits, Error *error) {
    char address[128];
    Crew crew;
    double seconds = 0;
    snprintf(address, sizeof address, "ipc://%s/raw", bench->directory.path);
    fan_out->address = address;
    if (!crew_start(&crew, fan_out->peers, follow, fan_out, error)) return false;
    bool good = fan_out_lead(fan_out, &seconds, error);
    crew_end(&crew, good);
    samples_add(limits, fan_out->rounds / seconds);
    return good;
}

static bool go_ours(const Bench *bench, const Scenario *scenario, Samples *values, Error *error) {
    BenchStage stage;
    BenchPlay play = {.scenario = scenario};
    if (!bench_stage_play(bench, &stage, &play, error)) return false;
    samples_add(values, (double)play.offers / 4 / play.seconds);
    return true;
}

static bool measure(Bench *bench, const Scenario *scenario, unsigned rounds, BenchCase said,
                    Error *error) {
    Samples values = {.count = 0}, limits = {.count = 0};
    FanOut fan_out = {.peers = 4, .rounds = rounds};
    measure_frames(&fan_out);
    for (unsigned i = 0; i < bench->repeats; i++)
        if (!go_raw(bench, &fan_out, &limits, error) || !go_ours(bench, scenario, &values, error))
            return false;
    bench_add(bench, said, &values, &limits);
    return true;
}

static const BenchCase free_cores = {
    .name = "processes/free",
    .unit = "rounds/s",
    .what =
        "Waking processes across cores: limit is a raw ZeroMQ fan-out to four processes and back, "
        "frames of the same size, sleeping while they wait."};

static const BenchCase one_core = {
    .name = "processes/one-core",
    .unit = "rounds/s",
    .what = "Switching between processes on one core: limit is the same raw fan-out there."};

bool bench_exchange(Bench *bench, Error *error) {
    unsigned rounds = bench_size(bench, 1500);
    Scenario *scenario = bench_four_seats(rounds, error);
    if (scenario == NULL) return false;
    bool good = measure(bench, scenario, rounds, free_cores, error);
    bench_one_core();
    good = good && measure(bench, scenario, rounds, one_core, error);
    bench_all_cores();
    scenario_destroy(scenario);
    return good;
}
