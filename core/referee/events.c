#include <stddef.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/referee/run_state.h"

/* Who is told of an event. The end of a run is told by closing it, not by an observation. */
typedef enum Audience { NOBODY, EVERYBODY, THE_MOVER } Audience;

static const Audience audience[] = {
    [NP_EVENT_OPENING] = EVERYBODY,    [NP_EVENT_OFFER] = EVERYBODY,
    [NP_EVENT_ACCEPTANCE] = EVERYBODY, [NP_EVENT_REJECTION] = EVERYBODY,
    [NP_EVENT_WITHDRAWAL] = EVERYBODY, [NP_EVENT_RULE_OUT] = EVERYBODY,
    [NP_EVENT_WALK_OUT] = NOBODY,      [NP_EVENT_PASS] = EVERYBODY,
    [NP_EVENT_REFUSAL] = THE_MOVER,    [NP_EVENT_LAPSE] = EVERYBODY,
    [NP_EVENT_ACCORD] = EVERYBODY,     [NP_EVENT_SIGNATURE] = EVERYBODY,
    [NP_EVENT_RATIFICATION] = NOBODY,  [NP_EVENT_AGREEMENT] = NOBODY,
    [NP_EVENT_BREAKDOWN] = NOBODY,     [NP_EVENT_FAULT] = NOBODY,
};

Event *event_begin(Referee *referee, EventKind kind, SimTime at, uint64_t cause) {
    if (referee->events == referee->event_capacity) {
        referee->event_capacity = referee->event_capacity ? referee->event_capacity * 2 : 16;
        referee->event = memory_grow(referee->event, referee->event_capacity, sizeof(Event));
        referee->offset =
            memory_grow(referee->offset, referee->event_capacity + 1, sizeof *referee->offset);
        referee->byte_capacity = referee->event_capacity * EVENT_MAX_BYTES;
        referee->bytes = memory_grow(referee->bytes, referee->byte_capacity, 1);
        referee->offset[0] = 0;
    }
    Event *event = &referee->event[referee->events];
    memset(event, 0, offsetof(Event, menu));
    event->kind = (uint8_t)kind;
    event->cause = cause;
    event->at = event->decided_at = at;
    event->seat = NP_NO_SEAT;
    event->demand = event->distance = UTILITY_NONE;
    event->issues = referee->negotiation->terms.domain.issues;
    return event;
}

/* Only what is in use is copied: menus are short and inboxes many. */
static void observe(const Event *event, Observation *seen) {
    memset(seen, 0, offsetof(Observation, menu));
    seen->at = event->at;
    seen->expires_at = event->expires_at;
    seen->offer = event->offer;
    seen->seats = event->seats;
    seen->kind = event->kind;
    seen->seat = event->seat;
    seen->ruling = event->ruling;
    seen->package = event->package;
    seen->packages = event->packages;
    seen->issue = event->issue;
    seen->option = event->option;
    seen->refused = event->refused;
    memcpy(seen->menu, event->menu, event->packages * sizeof(Outcome));
}

static void tell_seats(Referee *referee, const Event *event) {
    Audience who = audience[event->kind];
    if (who == NOBODY) return;
    bool turns = referee->negotiation->terms.mechanism->turns;
    Observation seen;
    observe(event, &seen);
    for (SeatId seat = 0; seat < referee->negotiation->terms.seats; seat++) {
        if (who == THE_MOVER && seat != event->seat) continue;
        inbox_add(&referee->inbox[seat], &seen, event->id);
        /* With turns a seat hears of everything when its turn comes. */
        if (!turns) inbox_ask(&referee->inbox[seat], event->at, false, 1);
    }
}

uint64_t event_tell(Referee *referee, Event *event) {
    event->id = ++referee->last_event;
    uint32_t from = referee->offset[referee->events];
    size_t length = event_encode(event, referee->bytes + from);
    digest_add(&referee->digest, referee->bytes + from, length);
    referee->offset[++referee->events] = from + (uint32_t)length;
    referee->now = event->at;
    tell_seats(referee, event);
    return event->id;
}
