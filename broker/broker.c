#include "broker/broker.h"

#include "broker/broker_state.h"
#include "core/base/memory.h"
#include "proto/wall_clock.h"

enum { QUIET_MS = 20, ENOUGH_ARRIVALS = 1024, PORTION = 64 };

Broker *broker_create(Channel *channel, const BrokerOptions *options, BrokerSink sink) {
    Broker *broker = memory_new(1, sizeof *broker);
    broker->channel = channel;
    broker->options = *options;
    broker->sink = sink;
    if (broker->options.live == 0) broker->options.live = 1;
    broker->play = memory_new(broker->options.live, sizeof *broker->play);
    for (uint32_t i = 0; i < broker->options.live; i++) broker->play[i].referee = referee_create();
    return broker;
}

void broker_destroy(Broker *broker) {
    if (broker == NULL) return;
    for (uint32_t i = 0; i < broker->options.live; i++) referee_destroy(broker->play[i].referee);
    memory_free(broker->play);
    run_index_finish(&broker->under_way);
    memory_free(broker);
}

bool broker_asked_to_stop(const Broker *broker) {
    return broker->options.stop != NULL && broker->options.stop(broker->options.context);
}

static bool stopped(Error *error) {
    return error_set(error, ERROR_STOPPED, "stopped on request; what was recorded stays");
}

/* --- readiness --- */

int broker_remaining_ms(int64_t until_ns) {
    int64_t left = until_ns - wall_monotonic_ns();
    return left <= 0 ? 0 : (int)(left / 1000000) + 1;
}

static bool all_accounted_for(const Broker *broker, const Terms *terms) {
    return (terms->consent.all & ~(broker->ready | broker->failed)) == 0;
}

bool broker_wait_ready(Broker *broker, const Terms *terms, Error *error) {
    int64_t until = wall_monotonic_ns() + (int64_t)broker->options.welcome_ms * 1000000;
    while (!all_accounted_for(broker, terms)) {
        if (broker_asked_to_stop(broker)) return stopped(error);
        Arrival arrival = {0};
        if (!broker->channel->type->receive(broker->channel, broker_remaining_ms(until), &arrival,
                                            error))
            return false;
        roster_arrival(broker, &arrival);
        if (arrival.kind != ARRIVAL_NOTHING || wall_monotonic_ns() < until) continue;
        if (!roster_lose_the_absent(broker, terms, error)) return false;
        until = wall_monotonic_ns() + (int64_t)broker->options.welcome_ms * 1000000;
    }
    return true;
}

/* --- driving --- */

/* Agents begin to answer for the first runs while the broker is still busy with the rest. */
static bool send_portion(Broker *broker, uint32_t *advanced, Error *error) {
    if (++*advanced % PORTION != 0) return true;
    return broker->channel->type->flush(broker->channel, error);
}

static bool advance_plays(Broker *broker, const BrokerRun *runs, uint64_t count, uint64_t *next,
                          Error *error) {
    uint32_t advanced = 0;
    for (uint32_t i = 0; i < broker->options.live; i++) {
        Play *play = &broker->play[i];
        if (play->run == NULL && *next < count) {
            broker->opened = *next + 1;
            if (!play_open(broker, play, &runs[(*next)++], error)) return false;
        }
        if (!play_can_go_on(play)) continue;
        if (!play_advance(broker, play, error) || !send_portion(broker, &advanced, error))
            return false;
    }
    return true;
}

/* The first wait is short; when it was in vain, there is time to make things safe. */
static bool wait_for_arrival(Broker *broker, Arrival *arrival, Error *error) {
    const ChannelType *type = broker->channel->type;
    int patience = broker->options.patience_ms, welcome = broker->options.welcome_ms;
    /* Who is to come back may never do so. */
    if (broker->lost != 0 && (patience < 0 || patience > welcome)) patience = welcome;
    bool split = broker->sink.quiet != NULL && (patience < 0 || patience > QUIET_MS);
    if (!type->receive(broker->channel, split ? QUIET_MS : patience, arrival, error)) return false;
    if (!split || arrival->kind != ARRIVAL_NOTHING) return true;
    return broker->sink.quiet(broker->sink.context, error) &&
           type->receive(broker->channel, patience < 0 ? -1 : patience - QUIET_MS, arrival, error);
}

/* The first arrival. Where answers are there at once, nobody waits and no clock is read. */
static bool first_arrival(Broker *broker, Arrival *arrival, Error *error) {
    /* With several runs live, some seat may be silent in one while the others keep the line busy. */
    bool several = broker->options.live > 1;
    if (!broker->channel->type->receive(broker->channel, 0, arrival, error)) return false;
    if (arrival->kind != ARRIVAL_NOTHING && !several) return true;
    roster_wait(broker);
    if (arrival->kind == ARRIVAL_NOTHING && !wait_for_arrival(broker, arrival, error)) return false;
    if (arrival->kind == ARRIVAL_NOTHING || several) roster_patience(broker);
    return true;
}

/* Waits for something, then takes all that is there, so that frames go out full. */
static bool listen(Broker *broker, Error *error) {
    Arrival arrival;
    if (!first_arrival(broker, &arrival, error)) return false;
    for (uint32_t taken = 0; arrival.kind != ARRIVAL_NOTHING; taken++) {
        roster_arrival(broker, &arrival);
        /* Who talks without end must not keep the others from being asked. */
        if (taken == ENOUGH_ARRIVALS) {
            roster_patience(broker);
            return true;
        }
        if (!broker->channel->type->receive(broker->channel, 0, &arrival, error)) return false;
    }
    return true;
}

static bool somebody_can_go_on(const Broker *broker, uint64_t next, uint64_t count) {
    for (uint32_t i = 0; i < broker->options.live; i++)
        if (play_can_go_on(&broker->play[i]) || (broker->play[i].run == NULL && next < count))
            return true;
    return false;
}

bool broker_drive(Broker *broker, const BrokerRun *runs, uint64_t count, Error *error) {
    uint64_t next = 0;
    broker->runs = runs;
    broker->opened = 0;
    while (next < count || broker->active > 0) {
        if (broker_asked_to_stop(broker)) return stopped(error);
        if (!advance_plays(broker, runs, count, &next, error) ||
            !broker->channel->type->flush(broker->channel, error) || !roster_restore(broker, error))
            return false;
        if (broker->active > 0 && !somebody_can_go_on(broker, next, count) &&
            !listen(broker, error))
            return false;
    }
    return true;
}
