/* One run from its opening to its end: asked, fed, told and closed. */
#include <string.h>

#include "broker/broker_state.h"
#include "core/base/sim_time.h"
#include "proto/wall_clock.h"

bool play_stage(const BrokerRun *run, Referee *referee, Error *error) {
    const Prefix *prefix = run->prefix;
    for (uint32_t i = 0; prefix != NULL && i < prefix->stages; i++) {
        if (!referee_switch(referee, prefix->stage[i].negotiation, prefix->stage[i].from, error))
            return false;
        if (prefix->stage[i].reseeds) referee_reseed(referee, prefix->stage[i].seed);
    }
    return true;
}

static bool next_recorded(const Play *play, uint64_t events, Event *event) {
    const Prefix *prefix = play->run->prefix;
    if (prefix == NULL) return false;
    if (prefix->faults != NULL && script_event(prefix->faults, events, event)) return true;
    return script_event(prefix->script, events, event) && event->at < prefix->until;
}

/* A fault came from outside the negotiation: it happens again where it happened. Where the run went on, that is
 * when its seat was asked, and was not answered any more. */
static bool happens_here(const Play *play, uint64_t events, const Event *event) {
    if (event->seat >= play->run->negotiation->terms.seats ||
        event->at > referee_now(play->referee))
        return false;
    if (event->word != ON_FAULT_BREAKDOWN)
        return seat_in(referee_waiting(play->referee), event->seat);
    /* Questions that nothing came of may stand between the event before it and the fault. */
    return events == play->events || event->cause == 1;
}

/* True when that ends the run. */
static bool feed_fault(Play *play, uint64_t events) {
    Event event;
    for (; next_recorded(play, events, &event) && event.kind == NP_EVENT_FAULT; events++) {
        if (!happens_here(play, events, &event)) return false;
        char what[EVENT_MAX_TEXT + 1];
        memcpy(what, event.text, event.text_length);
        what[event.text_length] = '\0';
        referee_fault(play->referee, event.seat, what);
        if (event.word == ON_FAULT_BREAKDOWN) break;
        play->gone |=
            seat_bit(event.seat); /* whatever else becomes of its agent is no part of the run */
    }
    return referee_is_broken(play->referee);
}

/* An agent may have failed before the run began: nothing had happened then but the opening, and its seat
 * knew of nothing else. */
static void feed_early_fault(Play *play) {
    uint32_t opening;
    referee_events(play->referee, &opening);
    feed_fault(play, opening);
}

/* Whoever took over for a seat can be asked again. */
static SimTime fed_until(const Prefix *prefix, SeatId seat) {
    Event event;
    if (!seat_in(prefix->ever, seat)) return seat_in(prefix->fed, seat) ? prefix->until : 0;
    for (uint64_t i = 0; script_event(prefix->script, i, &event); i++)
        if (event.kind == NP_EVENT_FAULT && event.seat == seat && event.word != ON_FAULT_BREAKDOWN)
            return event.decided_at;
    return NP_NEVER;
}

static bool feed_prefix(Play *play, Error *error) {
    const Prefix *prefix = play->run->prefix;
    SimTime until[NP_MAX_SEATS];
    if (prefix == NULL) return true;
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) {
        until[seat] = fed_until(prefix, seat);
        referee_feed_until(play->referee, seat_bit(seat), until[seat]);
    }
    Event event;
    for (uint64_t i = 0; script_event(prefix->script, i, &event); i++)
        if (event.seat < NP_MAX_SEATS && event.decided_at < until[event.seat])
            referee_feed(play->referee, &event);
    feed_early_fault(play);
    return play_stage(play->run, play->referee, error);
}

/* The settings that hold in the end count, as with strategies; a seat that had a substitute keeps one. */
const char *play_substitute(const Play *play, SeatId seat) {
    const Prefix *prefix = play->run->prefix;
    for (uint32_t i = prefix != NULL ? prefix->stages : 0; i > 0; i--)
        if (prefix->stage[i - 1].negotiation->substitute[seat] != NULL)
            return prefix->stage[i - 1].negotiation->substitute[seat];
    return play->run->negotiation->substitute[seat];
}

Brief play_brief(const Play *play, SeatId seat) {
    return referee_brief(play->referee, seat, play->run->strategy[seat]);
}

static bool open_seat(Broker *broker, Play *play, SeatId seat, Error *error) {
    Error refusal = {0};
    Brief brief = play_brief(play, seat);
    if (seat_in(broker->failed, seat)) {
        referee_fault(play->referee, seat, broker->failure[seat]);
        return true;
    }
    /* Who is being started again is told when it is back. */
    if (seat_in(broker->lost, seat)) return true;
    if (broker->channel->type->open_run(broker->channel, &brief, &refusal)) return true;
    if (refusal.kind == ERROR_AGENT || refusal.kind == ERROR_USAGE) {
        roster_fail(broker, seat, refusal.text);
        return true;
    }
    if (error != NULL) *error = refusal;
    return false;
}

bool play_open(Broker *broker, Play *play, const BrokerRun *run, Error *error) {
    referee_open(play->referee, run->negotiation, run->seed, run->run);
    play->run = run;
    play->shown = 0;
    play->events = 0;
    play->gone = play->replaced = 0;
    run_index_add(&broker->under_way, run->run, play);
    broker->active++;
    if (!feed_prefix(play, error)) return false;
    for (SeatId seat = 0; seat < run->negotiation->terms.seats; seat++)
        if (!open_seat(broker, play, seat, error)) return false;
    return true;
}

static bool close_play(Broker *broker, Play *play, Error *error) {
    const BrokerRun *run = play->run;
    reserve_close(broker, play);
    play->run = NULL;
    run_index_remove(&broker->under_way, run->run);
    broker->active--;
    SeatSet seats = run->negotiation->terms.consent.all & ~(broker->failed | broker->lost);
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
    if (!broker->channel->type->receive(broker->channel, broker_remaining_ms(end_ns), &arrival,
                                        error))
        return false;
    roster_arrival(broker, &arrival);
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
    while (!broker_asked_to_stop(broker) && !referee_is_broken(play->referee) &&
           wall_monotonic_ns() < until)
        if (!doze(broker, until, error)) return false;
    return true;
}

static bool ask(Broker *broker, Play *play, Error *error) {
    uint32_t count;
    const Grant *grants = referee_grants(play->referee, &count);
    /* Who came back meanwhile was asked already; who is lost will be; who has failed cannot be. */
    SeatSet asked = referee_waiting(play->referee) & ~referee_failing(play->referee) &
                    ~(broker->lost | broker->failed | play->replaced);
    for (uint32_t i = 0; i < count; i++)
        if (seat_in(asked, grants[i].seat) &&
            !broker->channel->type->grant(broker->channel, &grants[i], error))
            return false;
    reserve_answer(broker, play);
    play->waited_ns = 0;
    return true;
}

bool play_has_seat(const Play *play, SeatId seat) {
    return play->run != NULL && seat < play->run->negotiation->terms.seats;
}

bool play_hears(const Play *play, SeatId seat) {
    return play_has_seat(play, seat) && !seat_in(play->gone, seat);
}

bool play_can_go_on(const Play *play) {
    return play->run != NULL && referee_can_advance(play->referee);
}

/* Takes a play to its next question, or to its end. */
bool play_advance(Broker *broker, Play *play, Error *error) {
    bool goes_on;
    do {
        goes_on = referee_advance(play->referee);
        if (!pace(broker, play, error) || !sink_events(broker, play, error)) return false;
    } while (goes_on && feed_fault(play, play->events));
    if (!goes_on) return close_play(broker, play, error);
    return reserve_take_over(broker, play, error) && ask(broker, play, error);
}
