#include "broker/broker.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/base/sim_time.h"
#include "proto/wall_clock.h"

enum { QUIET_MS = 20 };

/* One negotiation being played. */
typedef struct Play {
    Referee *referee;
    const BrokerRun *run; /* NULL: free */
    int64_t asked_ns;
    SimTime shown;   /* simulated time up to which a paced run was shown */
    uint64_t events; /* so far */
} Play;

struct Broker {
    Channel *channel;
    BrokerOptions options;
    BrokerSink sink;
    Play *play; /* [options.live] */
    uint32_t active;
    SeatSet ready;
    SeatSet failed;
    char failure[NP_MAX_SEATS][256]; /* what each failed seat did */
};

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
    memory_free(broker);
}

/* --- what comes in --- */

static void fail_seat(Broker *broker, SeatId seat, const char *what) {
    if (seat_in(broker->failed, seat)) return;
    broker->failed |= seat_bit(seat);
    snprintf(broker->failure[seat], sizeof broker->failure[seat], "%.255s", what);
    for (uint32_t i = 0; i < broker->options.live; i++)
        if (broker->play[i].run != NULL)
            referee_fault(broker->play[i].referee, seat, broker->failure[seat]);
}

static Play *find_play(Broker *broker, uint64_t run) {
    /* Runs are dealt out round robin, so the place is nearly always the first looked at. */
    uint32_t live = broker->options.live;
    for (uint32_t i = 0; i < live; i++) {
        Play *play = &broker->play[(run + i) % live];
        if (play->run != NULL && play->run->run == run) return play;
    }
    return NULL;
}

/* An answer for a run that is over comes too late and is nobody's fault. */
static void take_answers(Broker *broker, const Arrival *arrival) {
    for (uint32_t i = 0; i < arrival->answers; i++) {
        Play *play = find_play(broker, arrival->answer[i].run);
        if (play == NULL || seat_in(broker->failed, arrival->seat)) continue;
        Answer answer = arrival->answer[i];
        answer.seat = arrival->seat;
        Error error = {0};
        if (!referee_answer(play->referee, &answer, &error))
            fail_seat(broker, arrival->seat, error.text);
    }
}

static void take_notice(Broker *broker) {
    SeatId seat = NP_NO_SEAT;
    char what[256] = "";
    if (broker->options.notice == NULL) return;
    while (broker->options.notice(broker->options.context, &seat, what, sizeof what))
        fail_seat(broker, seat, what);
}

static void take_arrival(Broker *broker, const Arrival *arrival) {
    switch (arrival->kind) {
    case ARRIVAL_NOTHING: break;
    case ARRIVAL_READY: broker->ready |= seat_bit(arrival->seat); break;
    case ARRIVAL_ANSWERS: take_answers(broker, arrival); break;
    case ARRIVAL_FAULT: fail_seat(broker, arrival->seat, arrival->detail); break;
    case ARRIVAL_NOTICE: take_notice(broker); break;
    }
}

static bool asked_to_stop(const Broker *broker) {
    return broker->options.stop != NULL && broker->options.stop(broker->options.context);
}

static bool stopped(Error *error) {
    return error_set(error, ERROR_STOPPED, "stopped on request; what was recorded stays");
}

/* --- readiness --- */

static int remaining_ms(int64_t until_ns) {
    int64_t left = until_ns - wall_monotonic_ns();
    return left <= 0 ? 0 : (int)(left / 1000000) + 1;
}

static bool all_accounted_for(const Broker *broker, const Terms *terms) {
    return (terms->consent.all & ~(broker->ready | broker->failed)) == 0;
}

bool broker_wait_ready(Broker *broker, const Terms *terms, Error *error) {
    int64_t until = wall_monotonic_ns() + (int64_t)broker->options.welcome_ms * 1000000;
    while (!all_accounted_for(broker, terms)) {
        if (asked_to_stop(broker)) return stopped(error);
        Arrival arrival = {0};
        if (!broker->channel->type->receive(broker->channel, remaining_ms(until), &arrival, error))
            return false;
        take_arrival(broker, &arrival);
        if (arrival.kind != ARRIVAL_NOTHING || wall_monotonic_ns() < until) continue;
        for (SeatId seat = 0; seat < terms->seats; seat++)
            if (!seat_in(broker->ready | broker->failed, seat))
                return error_set(error, ERROR_UNAVAILABLE, "no agent came for seat %s within %d s",
                                 terms->seat[seat].id, broker->options.welcome_ms / 1000);
    }
    return true;
}

/* --- plays --- */

static bool feed_prefix(Play *play, Error *error) {
    const Prefix *prefix = play->run->prefix;
    if (prefix == NULL) return true;
    referee_feed_until(play->referee, prefix->fed, prefix->until);
    Event event;
    for (uint64_t i = 0; script_event(prefix->script, i, &event); i++)
        if (event.seat < NP_MAX_SEATS && seat_in(prefix->fed, event.seat) &&
            event.decided_at < prefix->until)
            referee_feed(play->referee, &event);
    return prefix->next == NULL ||
           referee_switch(play->referee, prefix->next, prefix->until, error);
}

/* A fault came from outside the negotiation: it happens again where it happened. */
static bool feed_fault(Play *play) {
    const Prefix *prefix = play->run->prefix;
    Event event;
    if (prefix == NULL || !script_event(prefix->script, play->events, &event) ||
        event.kind != NP_EVENT_FAULT || event.at >= prefix->until)
        return false;
    char what[EVENT_MAX_TEXT + 1];
    memcpy(what, event.text, event.text_length);
    what[event.text_length] = '\0';
    referee_fault(play->referee, event.seat, what);
    return true;
}

static Brief brief_of(const Play *play, SeatId seat) {
    const BrokerRun *run = play->run;
    Brief brief = referee_brief(play->referee, seat, run->strategy[seat]);
    if (run->prefix == NULL || run->prefix->next == NULL) return brief;
    brief.terms = &run->prefix->next->terms;
    brief.profile = &run->prefix->next->profile[seat];
    return brief;
}

static bool open_seat(Broker *broker, Play *play, SeatId seat, Error *error) {
    Error refusal = {0};
    Brief brief = brief_of(play, seat);
    if (seat_in(broker->failed, seat)) {
        referee_fault(play->referee, seat, broker->failure[seat]);
        return true;
    }
    if (broker->channel->type->open_run(broker->channel, &brief, &refusal)) return true;
    if (refusal.kind == ERROR_AGENT || refusal.kind == ERROR_USAGE) {
        fail_seat(broker, seat, refusal.text);
        return true;
    }
    if (error != NULL) *error = refusal;
    return false;
}

static bool open_play(Broker *broker, Play *play, const BrokerRun *run, Error *error) {
    referee_open(play->referee, run->negotiation, run->seed, run->run);
    play->run = run;
    play->shown = 0;
    play->events = 0;
    broker->active++;
    if (!feed_prefix(play, error)) return false;
    for (SeatId seat = 0; seat < run->negotiation->terms.seats; seat++)
        if (!open_seat(broker, play, seat, error)) return false;
    return true;
}

static bool close_play(Broker *broker, Play *play, Error *error) {
    const BrokerRun *run = play->run;
    play->run = NULL;
    broker->active--;
    SeatSet seats = run->negotiation->terms.consent.all & ~broker->failed;
    return broker->sink.verdict(broker->sink.context, run->run, referee_verdict(play->referee),
                                error) &&
           broker->channel->type->close_run(broker->channel, run->run, seats, error);
}

static bool sink_events(Broker *broker, Play *play, Error *error) {
    uint32_t count;
    const uint32_t *offsets;
    const Event *events = referee_events(play->referee, &count);
    const uint8_t *bytes = referee_event_bytes(play->referee, &offsets);
    play->events += count;
    return count == 0 || broker->sink.events(broker->sink.context, play->run->run, events, bytes,
                                             offsets, count, error);
}

/* Sleeps on the channel, so that an agent that fails meanwhile is noticed; a channel that has nothing to
 * wait for returns at once. */
static bool doze(Broker *broker, int64_t until_ns, Error *error) {
    Arrival arrival = {0};
    int64_t slice_ns = wall_monotonic_ns() + 50000000;
    int64_t end_ns = until_ns < slice_ns ? until_ns : slice_ns;
    if (!broker->channel->type->receive(broker->channel, remaining_ms(end_ns), &arrival, error))
        return false;
    take_arrival(broker, &arrival);
    int64_t left = end_ns - wall_monotonic_ns();
    if (arrival.kind == ARRIVAL_NOTHING && left > 0) wall_sleep_ns(left);
    return true;
}

/* A paced run sleeps as long as its simulated time takes to watch. */
static bool pace(Broker *broker, Play *play, Error *error) {
    uint32_t count;
    const Event *events = referee_events(play->referee, &count);
    if (broker->options.pace_s <= 0 || count == 0) return true;
    double days = (double)(events[count - 1].at - play->shown) / SIM_DAY;
    play->shown = events[count - 1].at;
    int64_t until = wall_monotonic_ns() + (int64_t)(days * broker->options.pace_s * 1e9);
    while (!asked_to_stop(broker) && broker->failed == 0 && wall_monotonic_ns() < until)
        if (!doze(broker, until, error)) return false;
    return true;
}

static bool ask(Broker *broker, Play *play, Error *error) {
    uint32_t count;
    const Grant *grants = referee_grants(play->referee, &count);
    for (uint32_t i = 0; i < count; i++)
        if (!broker->channel->type->grant(broker->channel, &grants[i], error)) return false;
    play->asked_ns = wall_monotonic_ns();
    return true;
}

static bool is_ready_to_go_on(const Broker *broker, const Play *play) {
    return play->run != NULL && (referee_waiting(play->referee) == 0 || (broker->failed != 0));
}

/* Takes a play to its next question, or to its end. */
static bool advance_play(Broker *broker, Play *play, Error *error) {
    bool goes_on;
    do {
        goes_on = referee_advance(play->referee);
        if (!pace(broker, play, error) || !sink_events(broker, play, error)) return false;
    } while (goes_on && feed_fault(play));
    return goes_on ? ask(broker, play, error) : close_play(broker, play, error);
}

static bool advance_plays(Broker *broker, const BrokerRun *runs, uint64_t count, uint64_t *next,
                          Error *error) {
    for (uint32_t i = 0; i < broker->options.live; i++) {
        Play *play = &broker->play[i];
        if (play->run == NULL && *next < count && !open_play(broker, play, &runs[(*next)++], error))
            return false;
        if (is_ready_to_go_on(broker, play) && !advance_play(broker, play, error)) return false;
    }
    return true;
}

/* --- patience --- */

static void rule_on_patience(Broker *broker) {
    if (broker->options.patience_ms < 0) return;
    int64_t now = wall_monotonic_ns();
    for (uint32_t i = 0; i < broker->options.live; i++) {
        Play *play = &broker->play[i];
        if (play->run == NULL) continue;
        SeatSet waiting = referee_waiting(play->referee);
        if (waiting == 0 || now - play->asked_ns < (int64_t)broker->options.patience_ms * 1000000)
            continue;
        char what[128];
        snprintf(what, sizeof what, "no answer within %g s of being asked",
                 broker->options.patience_ms / 1000.0);
        for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++)
            if (seat_in(waiting, seat)) fail_seat(broker, seat, what);
    }
}

/* The first wait is short; when it was in vain, there is time to make things safe. */
static bool wait_for_arrival(Broker *broker, Arrival *arrival, Error *error) {
    const ChannelType *type = broker->channel->type;
    int patience = broker->options.patience_ms;
    bool split = broker->sink.quiet != NULL && (patience < 0 || patience > QUIET_MS);
    if (!type->receive(broker->channel, split ? QUIET_MS : patience, arrival, error)) return false;
    if (!split || arrival->kind != ARRIVAL_NOTHING) return true;
    return broker->sink.quiet(broker->sink.context, error) &&
           type->receive(broker->channel, patience < 0 ? -1 : patience - QUIET_MS, arrival, error);
}

/* Waits for something, then takes all that is there, so that frames go out full. */
static bool listen(Broker *broker, Error *error) {
    Arrival arrival = {0};
    if (!wait_for_arrival(broker, &arrival, error)) return false;
    /* With several runs live, some seat may be silent in one while the others keep the line busy. */
    if (arrival.kind == ARRIVAL_NOTHING || broker->options.live > 1) rule_on_patience(broker);
    while (arrival.kind != ARRIVAL_NOTHING) {
        take_arrival(broker, &arrival);
        if (!broker->channel->type->receive(broker->channel, 0, &arrival, error)) return false;
    }
    return true;
}

static bool somebody_can_go_on(const Broker *broker, uint64_t next, uint64_t count) {
    for (uint32_t i = 0; i < broker->options.live; i++)
        if (is_ready_to_go_on(broker, &broker->play[i]) ||
            (broker->play[i].run == NULL && next < count))
            return true;
    return false;
}

bool broker_drive(Broker *broker, const BrokerRun *runs, uint64_t count, Error *error) {
    uint64_t next = 0;
    while (next < count || broker->active > 0) {
        if (asked_to_stop(broker)) return stopped(error);
        if (!advance_plays(broker, runs, count, &next, error) ||
            !broker->channel->type->flush(broker->channel, error))
            return false;
        if (broker->active > 0 && !somebody_can_go_on(broker, next, count) &&
            !listen(broker, error))
            return false;
    }
    return true;
}
