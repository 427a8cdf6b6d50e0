/* The lane of one process: strategies, table and digest, and nothing between them. */
#include "cli/bench.h"
#include "cli/bench_play.h"
#include "cli/lane_memory.h"
#include "cli/verify.h"
#include "core/base/real.h"
#include "core/negotiation/inverse_utility.h"
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

/* How far above its target a seat looks. */
#define BAND (UTILITY_ONE / 50)

/* What cannot be left out, and nothing else: of each event of such a run its bytes are digested, and for each offer a curve's
 * power is taken and the package sought that is worth as much and nearest to the offer before. */
static unsigned go_bare(const EventLog *log, InverseUtility *const *search, SimTime deadline) {
    DigestState digest;
    Outcome package, before = outcome_empty();
    unsigned offers = 0;
    digest_begin(&digest);
    for (uint32_t i = 0; i < log->count; i++) {
        const Event *event = &log->event[i];
        digest_add(&digest, log->bytes + log->offset[i], log->offset[i + 1] - log->offset[i]);
        if (event->kind != NP_EVENT_OFFER) continue;
        double conceded = real_pow((double)event->at / (double)deadline, 5);
        Utility target = event->demand - (conceded > 2);
        inverse_nearest(search[event->seat], target, BAND, &before, &package);
        before = event->menu[0];
        offers++;
    }
    digest_end(&digest);
    return offers;
}

static double bare_rate(const EventLog *log, const Negotiation *negotiation, unsigned runs) {
    InverseUtility *search[NP_MAX_SEATS] = {NULL};
    uint64_t offers = 0;
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++)
        search[seat] = inverse_create(&negotiation->terms.domain, &negotiation->profile[seat]);
    int64_t began = wall_monotonic_ns();
    for (unsigned i = 0; i < runs; i++) offers += go_bare(log, search, negotiation->terms.deadline);
    double seconds = bench_seconds_since(began);
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++) inverse_destroy(search[seat]);
    return (double)offers / seconds;
}

static bool measure_offers(Bench *bench, unsigned seats, BenchCase said, Error *error) {
    Samples values = {.count = 0}, limits = {.count = 0};
    EventLog log = {0};
    Scenario *scenario = bench_boulware(seats, 100, error);
    BenchPlay once = {.scenario = scenario, .runs = 1, .log = &log};
    bool good = scenario != NULL && bench_play_in_memory(&once, error);
    for (unsigned i = 0; good && i < bench->repeats; i++) {
        BenchPlay play = {.scenario = scenario, .runs = bench_size(bench, 1000)};
        good = bench_play_in_memory(&play, error);
        samples_add(&values, (double)play.offers / play.seconds);
        samples_add(&limits, bare_rate(&log, &scenario->negotiation, bench_size(bench, 1000)));
    }
    if (good) bench_add(bench, said, &values, &limits);
    event_log_finish(&log);
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
        .what = "Two Boulware seats, 5 issues of 5 options, 100 rounds of alternating offers, not "
                "recorded, on one core: limit is a loop that digests the same events, and takes a "
                "power and "
                "seeks a package for each offer, and nothing else."};
    static const BenchCase four = {
        .name = "memory/four-seats",
        .unit = "offers/s",
        .what = "The same with four seats, which hear three offers for each that they make."};
    bench_one_core();
    bool good = measure_offers(bench, 2, two, error) && measure_offers(bench, 4, four, error);
    bench_all_cores();
    return good;
}
