/* Who takes over for a seat whose agent has failed, where the scenario says so: a built-in strategy in this process,
 * on a channel of its own, which answers at once. */
#include "broker/broker_state.h"

/* Takes what came in. True when the seat answered and the answer was good. */
static bool collect(Broker *broker, SeatId seat, ReserveTaker taker, Error *why) {
    Channel *reserve = broker->options.reserve;
    bool answered = false;
    for (;;) {
        Arrival arrival = {0};
        if (!reserve->type->receive(reserve, 0, &arrival, why)) return false;
        if (arrival.kind == ARRIVAL_NOTHING) return answered;
        if (arrival.kind == ARRIVAL_FAULT)
            return error_set(why, ERROR_AGENT, "who took over failed: %.200s", arrival.detail);
        if (arrival.kind != ARRIVAL_ANSWERS || arrival.seat != seat || arrival.answers == 0)
            continue;
        answered = true;
        if (!taker.take(taker.context, &arrival.answer[0], why)) return false;
    }
}

bool reserve_ask(Broker *broker, const Grant *grant, ReserveTaker taker, Error *why) {
    Channel *reserve = broker->options.reserve;
    error_set(why, ERROR_AGENT, "who took over does not answer");
    return reserve->type->grant(reserve, grant, why) && collect(broker, grant->seat, taker, why);
}

static bool take_nothing(void *context, const Answer *answer, Error *why) {
    (void)context, (void)answer, (void)why;
    return true;
}

bool reserve_open(Broker *broker, const Play *play, SeatId seat, Error *why) {
    Channel *reserve = broker->options.reserve;
    Brief brief = play_brief(play, seat);
    brief.strategy = play_substitute(play, seat);
    if (!reserve->type->open_run(reserve, &brief, why)) return false;
    /* Whether it will play is heard at once; that it does not answer, nobody having asked it, is no failure. */
    why->kind = ERROR_NONE;
    collect(broker, seat, (ReserveTaker){NULL, take_nothing}, why);
    return why->kind == ERROR_NONE;
}

typedef struct Judge {
    Referee *referee;
    SeatId seat;
} Judge;

static bool judge(void *context, const Answer *answer, Error *why) {
    const Judge *judge = context;
    Answer given = *answer;
    given.seat = judge->seat;
    return referee_answer(judge->referee, &given, why);
}

void reserve_answer(Broker *broker, Play *play) {
    uint32_t count;
    const Grant *grants = referee_grants(play->referee, &count);
    for (uint32_t i = 0; i < count; i++) {
        SeatId seat = grants[i].seat;
        if (!seat_in(play->replaced & referee_waiting(play->referee), seat)) continue;
        Error why = {0};
        Judge who = {play->referee, seat};
        if (!reserve_ask(broker, &grants[i], (ReserveTaker){&who, judge}, &why))
            referee_fault(play->referee, seat, why.text);
    }
}

void reserve_close(Broker *broker, const Play *play) {
    if (play->replaced == 0) return;
    Channel *reserve = broker->options.reserve;
    reserve->type->close_run(reserve, play->run->run, play->replaced, NULL);
}

bool reserve_take_over(Broker *broker, Play *play, Error *error) {
    uint32_t count;
    const Event *events = referee_events(play->referee, &count);
    for (uint32_t i = 0; i < count; i++) {
        SeatId seat = events[i].seat;
        if (events[i].kind != NP_EVENT_FAULT) continue;
        play->gone |= seat_bit(seat);
        if (events[i].word != ON_FAULT_SUBSTITUTE) continue;
        if (broker->options.reserve == NULL || broker->sink.recall == NULL)
            referee_fault(play->referee, seat, "nobody is there who could take over");
        else if (!restart_replace(broker, play, seat, error))
            return false;
    }
    return true;
}
