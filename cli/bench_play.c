#include "cli/bench_play.h"

#include <string.h>

#include "broker/broker.h"
#include "cli/bench.h"
#include "cli/interrupt.h"
#include "core/base/memory.h"
#include "proto/wall_clock.h"

/* --- events --- */

static void event_log_add(EventLog *log, const Event *event, const uint8_t *bytes, size_t length) {
    if (log->length + length > log->capacity) {
        log->capacity = 2 * (log->capacity + EVENT_MAX_BYTES);
        log->bytes = memory_grow(log->bytes, log->capacity, 1);
    }
    if (log->count + 1 >= log->room) {
        log->room = 2 * (log->room + 64);
        log->offset = memory_grow(log->offset, log->room, sizeof *log->offset);
        log->event = memory_grow(log->event, log->room, sizeof *log->event);
    }
    memcpy(log->bytes + log->length, bytes, length);
    log->event[log->count] = *event;
    log->offset[log->count++] = (uint32_t)log->length;
    log->length += length;
    log->offset[log->count] = (uint32_t)log->length;
}

void event_log_finish(EventLog *log) {
    memory_free(log->bytes);
    memory_free(log->offset);
    memory_free(log->event);
}

static bool take_events(void *context, uint64_t run, const Event *events, const uint8_t *bytes,
                        const uint32_t *offsets, uint32_t count, Error *error) {
    BenchPlay *play = context;
    play->events += count;
    for (uint32_t i = 0; play->log != NULL && i < count; i++)
        event_log_add(play->log, &events[i], bytes + offsets[i], offsets[i + 1] - offsets[i]);
    if (play->record != NULL &&
        !record_events(play->record, run, events, bytes, offsets, count, error))
        return false;
    if (play->watch != NULL) play->watch(play->context, play->events);
    return true;
}

static bool take_verdict(void *context, uint64_t run, const Verdict *verdict, Error *error) {
    BenchPlay *play = context;
    play->verdict = *verdict;
    for (SeatId seat = 0; seat < play->scenario->negotiation.terms.seats; seat++)
        play->offers += verdict->seat_result[seat].offers;
    bool good = play->record == NULL || record_end(play->record, run, verdict, error);
    play->ended_ns = wall_monotonic_ns();
    return good;
}

/* --- playing --- */

bool bench_play_record(BenchPlay *play, const char *path, Error *error) {
    const Negotiation *negotiation = &play->scenario->negotiation;
    RunHeader header = {.scenario_name = negotiation->terms.name,
                        .scenario_text = text_get(&play->scenario->source),
                        .scenario_length = play->scenario->source.length,
                        .settings = "[]",
                        .lane = "memory",
                        .version = NONPAPER_VERSION,
                        .seats = negotiation->terms.seats};
    for (SeatId seat = 0; seat < header.seats; seat++) {
        header.seat_id[seat] = negotiation->terms.seat[seat].id;
        header.strategy[seat] = play->scenario->strategy[seat];
    }
    play->record = record_open(path, error);
    return play->record != NULL &&
           record_begin(play->record, &header, negotiation, &play->run, error);
}

static bool drive(BenchPlay *play, Broker *broker, Error *error) {
    BrokerRun *runs = memory_new(play->runs, sizeof *runs);
    for (uint64_t i = 0; i < play->runs; i++)
        runs[i] = (BrokerRun){.run = play->record != NULL ? play->run : i + 1,
                              .negotiation = &play->scenario->negotiation,
                              .seed = i,
                              .strategy = play->scenario->strategy};
    int64_t began = wall_monotonic_ns();
    bool good = broker_drive(broker, runs, play->runs, error);
    play->seconds = bench_seconds_since(began);
    memory_free(runs);
    return good;
}

static bool stop_asked(void *context) {
    (void)context;
    return interrupt_asked();
}

bool bench_play(BenchPlay *play, Error *error) {
    BrokerOptions options = {
        .patience_ms = 10000, .welcome_ms = 10000, .live = play->live, .stop = stop_asked};
    BrokerSink sink = {.context = play, .events = take_events, .verdict = take_verdict};
    Broker *broker = broker_create(play->channel, &options, sink);
    bool good = broker_wait_ready(broker, &play->scenario->negotiation.terms, error) &&
                drive(play, broker, error);
    broker_destroy(broker);
    return good;
}

/* --- seats that always table something --- */

Answer bench_answer(SeatId seat, uint8_t issues, const Grant *grant, Reply *reply) {
    for (uint32_t i = 0; i < grant->occasions; i++) {
        SimTime at = grant->occasion[i].at;
        Action *offer = &reply[i].move[0];
        reply[i].at = at;
        reply[i].wake_at = NP_NEVER;
        reply[i].moves = 1;
        *offer = (Action){.kind = NP_OFFER, .packages = 1};
        memset(offer->menu[0].option, NP_NO_OPTION, sizeof offer->menu[0].option);
        for (uint8_t issue = 0; issue < issues; issue++)
            offer->menu[0].option[issue] = issue == 0 ? seat : (uint8_t)((at / 86400 + issue) % 5);
    }
    return (Answer){grant->run, seat, grant->occasions, reply};
}

Scenario *bench_four_seats(unsigned days, Error *error) {
    BenchTable table = {.mechanism = "open-table",
                        .strategy = "linear",
                        .seats = 4,
                        .issues = 5,
                        .options = 5,
                        .days = days};
    return bench_scenario(&table, error);
}
