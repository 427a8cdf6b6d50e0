/* The record: events through it, against SQLite's bulk insert of the same rows. */
#include <string.h>

#include "cli/bench.h"
#include "cli/bench_play.h"
#include "core/base/memory.h"
#include "core/record/limits.h"
#include "proto/channel_memory.h"
#include "proto/wall_clock.h"

/* --- events to be recorded --- */

typedef struct BenchSeat {
    SeatId seat;
    Reply reply[8];
} BenchSeat;

static bool open_run(void *player, const Brief *brief, Error *error) {
    (void)error;
    ((BenchSeat *)player)->seat = brief->seat;
    return true;
}

static bool obey(void *player, const Grant *grant, Answer *answer, Error *error) {
    BenchSeat *seat = player;
    if (grant->occasions > sizeof seat->reply / sizeof seat->reply[0])
        return error_set(error, ERROR_INTERNAL, "a grant of the bench has too many occasions");
    *answer = bench_answer(seat->seat, 5, grant, seat->reply);
    return true;
}

static void close_run(void *player, uint64_t run) {
    (void)player, (void)run;
}

static bool make_events(BenchPlay *play, Error *error) {
    BenchSeat *seats = memory_new(4, sizeof *seats);
    MemoryPlayer players[4];
    for (SeatId seat = 0; seat < 4; seat++)
        players[seat] = (MemoryPlayer){&seats[seat], open_run, obey, close_run};
    play->channel = channel_memory_create(players, 4);
    play->runs = 1;
    bool good = bench_play(play, error);
    play->channel->type->destroy(play->channel);
    memory_free(seats);
    return good;
}

/* --- both ways --- */

static bool go_ours(BenchPlay *play, const char *path, Samples *values, Error *error) {
    const EventLog *log = play->log;
    if (!bench_play_record(play, path, error)) return false;
    int64_t began = wall_monotonic_ns();
    bool good = record_events(play->record, play->run, log->event, log->bytes, log->offset,
                              log->count, error) &&
                record_commit(play->record, error);
    samples_add(values, log->count / bench_seconds_since(began));
    return good;
}

static bool go_raw(BenchPlay *play, const char *path, Samples *limits, Error *error) {
    const EventLog *log = play->log;
    if (!bench_play_record(play, path, error)) return false;
    InsertLimit *limit =
        insert_limit_prepare(play->record, play->run, log->bytes, log->offset, log->count, error);
    if (limit == NULL) return false;
    int64_t began = wall_monotonic_ns();
    bool good = insert_limit_run(limit, error);
    samples_add(limits, log->count / bench_seconds_since(began));
    insert_limit_finish(limit);
    return good;
}

static bool go_once(Bench *bench, BenchPlay *play,
                    bool (*go)(BenchPlay *, const char *, Samples *, Error *), Samples *samples,
                    Error *error) {
    char path[128];
    bool good = go(play, bench_file(bench, "record.db", path), samples, error);
    record_close(play->record);
    play->record = NULL;
    return good;
}

static bool measure(Bench *bench, BenchPlay *play, Error *error) {
    Samples values = {.count = 0}, limits = {.count = 0};
    for (unsigned i = 0; i < bench->repeats; i++)
        if (!go_once(bench, play, go_raw, &limits, error) ||
            !go_once(bench, play, go_ours, &values, error))
            return false;
    BenchCase said = {
        .name = "record",
        .unit = "rows/s",
        .what = "SQLite's insert of a row of 22 columns: limit is a bulk insert of the same "
                "rows, their values ready, in transactions of the same size."};
    bench_add(bench, said, &values, &limits);
    return true;
}

bool bench_record(Bench *bench, Error *error) {
    EventLog log = {.count = 0};
    Scenario *scenario = bench_four_seats(bench_size(bench, 10000), error);
    if (scenario == NULL) return false;
    BenchPlay play = {.scenario = scenario, .log = &log};
    bool good = make_events(&play, error) && measure(bench, &play, error);
    event_log_finish(&log);
    scenario_destroy(scenario);
    return good;
}
