/* Bringing an agent back. A shadow of the run is played from its events: the other seats' moves are fed, the
 * new agent is asked again whatever its seat was asked, and must answer as the old one did. The cost is
 * linear in the seat's history; nothing is kept in memory for it while all goes well. */
#include <stdio.h>
#include <string.h>

#include "broker/broker_state.h"
#include "core/base/memory.h"
#include "proto/wall_clock.h"

typedef struct CatchUp {
    Broker *broker;
    Play *play;
    SeatId seat;
    Referee *shadow;
    Script script;   /* the run so far */
    uint64_t events; /* of the shadow, held against the script */
    SimTime live_at; /* occasions from then on are still to be answered for the real run */
    Reply *reply;    /* [replies]: to occasions from live_at on */
    uint32_t replies, capacity;
    bool lost;     /* again, meanwhile */
    bool replaces; /* somebody of the reserve takes over for good */
} CatchUp;

static void give_up(CatchUp *catch_up, const char *what) {
    if (catch_up->replaces)
        referee_fault(catch_up->play->referee, catch_up->seat, what);
    else
        roster_fail(catch_up->broker, catch_up->seat, what);
    catch_up->lost = true;
}

static void answers_differ(CatchUp *catch_up) {
    give_up(catch_up, "started again, its agent did not answer as it had before");
}

/* What it did before is the record's; it need not do the same. */
static bool need_not_repeat(const CatchUp *catch_up) {
    return catch_up->replaces || seat_in(catch_up->play->run->external, catch_up->seat);
}

/* --- the shadow --- */

static void feed_seats(CatchUp *catch_up, const Script *script, SeatSet seats, SimTime until) {
    Event event;
    referee_feed_until(catch_up->shadow, seats, until);
    for (uint64_t i = 0; script_event(script, i, &event); i++)
        if (event.seat < NP_MAX_SEATS && seat_in(seats, event.seat) && event.decided_at < until)
            referee_feed(catch_up->shadow, &event);
}

/* The others do what they did; so does a seat that nobody can ask to repeat itself; what was fed for this seat at
 * first is fed again. */
static void feed_past(CatchUp *catch_up) {
    const Prefix *prefix = catch_up->play->run->prefix;
    SeatSet self = seat_bit(catch_up->seat);
    feed_seats(catch_up, &catch_up->script, ~self, NP_NEVER);
    if (need_not_repeat(catch_up))
        feed_seats(catch_up, &catch_up->script, self, catch_up->live_at);
    else if (prefix != NULL && seat_in(prefix->fed, catch_up->seat))
        feed_seats(catch_up, prefix->script, self, prefix->until);
}

static bool open_shadow(CatchUp *catch_up, Error *error) {
    const BrokerRun *run = catch_up->play->run;
    Broker *broker = catch_up->broker;
    referee_open(catch_up->shadow, run->negotiation, run->seed, run->run);
    if (!play_stage(run, catch_up->shadow, error)) return false;
    feed_past(catch_up);
    referee_stop_at(catch_up->shadow, referee_ruled_until(catch_up->play->referee));
    Brief brief = play_brief(catch_up->play, catch_up->seat);
    Error why = {0};
    if (!catch_up->replaces) return broker->channel->type->open_run(broker->channel, &brief, error);
    if (!reserve_open(broker, catch_up->play, catch_up->seat, &why)) give_up(catch_up, why.text);
    return true;
}

/* The past must come out as it was; a seat that answers otherwise would make another one. */
static bool check_events(CatchUp *catch_up) {
    uint32_t count;
    const uint32_t *offsets;
    referee_events(catch_up->shadow, &count);
    const uint8_t *bytes = referee_event_bytes(catch_up->shadow, &offsets);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t event = catch_up->events++;
        if (script_agrees(&catch_up->script, event, bytes + offsets[i],
                          offsets[i + 1] - offsets[i]))
            continue;
        answers_differ(catch_up);
        return false;
    }
    return true;
}

/* --- asking --- */

static void keep_live_replies(CatchUp *catch_up, const Answer *answer) {
    for (uint32_t i = 0; i < answer->replies; i++) {
        if (answer->reply[i].at < catch_up->live_at) continue;
        if (catch_up->replies == catch_up->capacity) {
            catch_up->capacity = catch_up->capacity ? catch_up->capacity * 2 : 4;
            catch_up->reply = memory_grow(catch_up->reply, catch_up->capacity, sizeof(Reply));
        }
        catch_up->reply[catch_up->replies++] = answer->reply[i];
    }
}

static bool take_reply(void *context, const Answer *answer, Error *why) {
    CatchUp *catch_up = context;
    Answer given = *answer;
    given.seat = catch_up->seat;
    if (!referee_answer(catch_up->shadow, &given, why)) return false;
    keep_live_replies(catch_up, &given);
    return true;
}

/* Waits for the answer; what others say meanwhile is taken as always. */
static bool await_answer(CatchUp *catch_up, Error *error) {
    Broker *broker = catch_up->broker;
    int64_t until = wall_monotonic_ns() + (int64_t)broker->options.patience_ms * 1000000;
    while (!catch_up->lost && !broker_asked_to_stop(broker)) {
        Arrival arrival = {0};
        int left = broker->options.patience_ms < 0 ? -1 : broker_remaining_ms(until);
        if (!broker->channel->type->receive(broker->channel, left, &arrival, error)) return false;
        if (arrival.kind == ARRIVAL_ANSWERS && arrival.seat == catch_up->seat) {
            Error why = {0};
            if (arrival.answers > 0 && !take_reply(catch_up, &arrival.answer[0], &why))
                give_up(catch_up, why.text);
            return true;
        }
        roster_arrival(broker, &arrival);
        if (left == 0 && arrival.kind == ARRIVAL_NOTHING)
            roster_lose(broker, catch_up->seat, "started again, it did not answer in time");
        catch_up->lost = !seat_in(broker->ready, catch_up->seat);
    }
    return true;
}

static bool ask_again(CatchUp *catch_up, const Grant *grant, Error *error) {
    Channel *channel = catch_up->broker->channel;
    Error why = {0};
    if (catch_up->replaces) {
        ReserveTaker taker = {catch_up, take_reply};
        if (!reserve_ask(catch_up->broker, grant, taker, &why)) give_up(catch_up, why.text);
        return true;
    }
    return channel->type->grant(channel, grant, error) && channel->type->flush(channel, error) &&
           await_answer(catch_up, error);
}

/* Asks the seat if it is among those who are waiting; the others are fed. */
static bool ask_among(CatchUp *catch_up, SeatSet seats, bool *more, Error *error) {
    uint32_t count;
    const Grant *grants = referee_grants(catch_up->shadow, &count);
    for (uint32_t i = 0; i < count && *more; i++) {
        SeatId seat = grants[i].seat;
        if (!seat_in(referee_waiting(catch_up->shadow) & seats, seat)) continue;
        if (seat != catch_up->seat)
            referee_waive(catch_up->shadow, seat);
        else if (!ask_again(catch_up, &grants[i], error))
            return false;
        *more = !catch_up->lost && !broker_asked_to_stop(catch_up->broker);
    }
    return true;
}

/* The seats whose agents had failed when these questions were asked, the run going on without them. */
static SeatSet feed_faults(CatchUp *catch_up) {
    Event event;
    SeatSet failing = 0, waiting = referee_waiting(catch_up->shadow);
    for (uint64_t i = catch_up->events; script_event(&catch_up->script, i, &event); i++) {
        if (event.kind != NP_EVENT_FAULT || event.at != referee_now(catch_up->shadow) ||
            event.seat >= NP_MAX_SEATS || !seat_in(waiting, event.seat))
            break;
        char what[EVENT_MAX_TEXT + 1];
        memcpy(what, event.text, event.text_length);
        what[event.text_length] = '\0';
        referee_fault(catch_up->shadow, event.seat, what);
        failing |= seat_bit(event.seat);
    }
    return failing;
}

/* One window of the shadow. `*more` ends when the run's present is reached. */
static bool catch_up_window(CatchUp *catch_up, bool *more, Error *error) {
    *more = referee_advance(catch_up->shadow);
    if (!check_events(catch_up)) *more = false;
    SeatSet failing = *more ? feed_faults(catch_up) : 0;
    if (!ask_among(catch_up, ~failing, more, error)) return false;
    if (failing == 0 || !*more) return true;
    *more = referee_advance(catch_up->shadow) && check_events(catch_up);
    return ask_among(catch_up, failing, more, error);
}

/* --- the whole --- */

static SimTime first_unanswered(const CatchUp *catch_up) {
    const Referee *referee = catch_up->play->referee;
    uint32_t count;
    const Grant *grants = referee_grants(referee, &count);
    for (uint32_t i = 0; i < count; i++)
        if (grants[i].seat == catch_up->seat && seat_in(referee_waiting(referee), catch_up->seat))
            return grants[i].occasion[0].at;
    return NP_NEVER;
}

/* The real run gets the answer that it waits for, if it waits for one. */
static void hand_over(CatchUp *catch_up) {
    Referee *referee = catch_up->play->referee;
    Answer answer = {catch_up->play->run->run, catch_up->seat, catch_up->replies, catch_up->reply};
    bool same = need_not_repeat(catch_up) ||
                referee_same_pending(referee, catch_up->shadow, catch_up->seat, catch_up->live_at);
    if (!same || (catch_up->live_at != NP_NEVER && !referee_answer(referee, &answer, NULL)))
        answers_differ(catch_up);
}

static bool catch_up_all(CatchUp *catch_up, Error *error) {
    bool more;
    if (!open_shadow(catch_up, error)) return false;
    more = !catch_up->lost;
    while (more)
        if (!catch_up_window(catch_up, &more, error)) return false;
    if (!catch_up->lost && !broker_asked_to_stop(catch_up->broker)) hand_over(catch_up);
    return true;
}

/* The run so far: what was recorded, and what happened since and is still to be told. */
static bool recall(CatchUp *catch_up, Error *error) {
    const BrokerSink *sink = &catch_up->broker->sink;
    const Play *play = catch_up->play;
    if (!sink->recall(sink->context, play->run->run, &catch_up->script, error)) return false;
    uint32_t count;
    const uint32_t *offsets;
    const Event *events = referee_events(play->referee, &count);
    const uint8_t *bytes = referee_event_bytes(play->referee, &offsets);
    for (uint32_t i = 0; i < count; i++)
        if (events[i].id > catch_up->script.count)
            script_add(&catch_up->script, bytes + offsets[i], offsets[i + 1] - offsets[i]);
    return true;
}

static bool bring_up(CatchUp *catch_up, Error *error) {
    catch_up->live_at = first_unanswered(catch_up);
    catch_up->shadow = referee_create();
    script_init(&catch_up->script);
    bool good = recall(catch_up, error) && catch_up_all(catch_up, error);
    referee_destroy(catch_up->shadow);
    script_finish(&catch_up->script);
    memory_free(catch_up->reply);
    return good;
}

bool restart_catch_up(Broker *broker, Play *play, SeatId seat, Error *error) {
    CatchUp catch_up = {.broker = broker, .play = play, .seat = seat};
    return bring_up(&catch_up, error);
}

bool restart_replace(Broker *broker, Play *play, SeatId seat, Error *error) {
    CatchUp catch_up = {.broker = broker, .play = play, .seat = seat, .replaces = true};
    play->replaced |= seat_bit(seat);
    return bring_up(&catch_up, error);
}
