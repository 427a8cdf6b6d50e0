#include <stddef.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/referee/run_state.h"

/* Who is told of an event. The end of a run is told by closing it, not by an observation; variables of the
 * world are seen, each seat in its own way. */
typedef enum Audience {
    NOBODY,
    EVERYBODY,
    THE_MOVER,
    THE_TABLE,  /* its members, where it is a closed one */
    THE_OTHERS, /* all but the members */
    THE_WITNESSES
} Audience;

static const Audience audience[] = {
    [NP_EVENT_OPENING] = EVERYBODY,    [NP_EVENT_OFFER] = THE_TABLE,
    [NP_EVENT_ACCEPTANCE] = THE_TABLE, [NP_EVENT_REJECTION] = THE_TABLE,
    [NP_EVENT_WITHDRAWAL] = THE_TABLE, [NP_EVENT_RULE_OUT] = EVERYBODY,
    [NP_EVENT_WALK_OUT] = NOBODY,      [NP_EVENT_PASS] = EVERYBODY,
    [NP_EVENT_REFUSAL] = THE_MOVER,    [NP_EVENT_LAPSE] = THE_TABLE,
    [NP_EVENT_ACCORD] = EVERYBODY,     [NP_EVENT_SIGNATURE] = EVERYBODY,
    [NP_EVENT_LEVER] = EVERYBODY,      [NP_EVENT_STATEMENT] = THE_TABLE,
    [NP_EVENT_SHOCK] = THE_WITNESSES,  [NP_EVENT_APPRAISAL] = THE_MOVER,
    [NP_EVENT_LEAK] = THE_OTHERS,      [NP_EVENT_AUTHORITY] = EVERYBODY,
    [NP_EVENT_STATUS_QUO] = EVERYBODY, [NP_EVENT_AUDIENCE_COST] = EVERYBODY,
    [NP_EVENT_HORIZON] = NOBODY, /* like all that comes after an agreement */
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

/* What only some kinds have: a lever or a variable is counted from nought again. */
static void observe_layout_2(const Event *event, Observation *seen) {
    bool statement = event->kind == NP_EVENT_STATEMENT;
    bool leak = event->kind == NP_EVENT_LEAK;
    seen->word = leak ? 0 : event->word;
    if (leak) seen->refused = event->word;
    seen->amount = utility_real(event->amount);
    if (event->subject > 0) seen->subject = (uint8_t)(event->subject - 1);
    if (!statement && !(leak && event->word == NP_EVENT_STATEMENT)) return;
    if (event->subject == 0) seen->subject = NP_NO_LEVER;
    bool asks = event->word == NP_SAY_DEMAND || event->word == NP_SAY_SIGNAL;
    if (statement && !asks && event->issue == 0 && event->option == 0) seen->option = NP_NO_OPTION;
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
    seen->table = event->table;
    if (event->kind >= NP_EVENT_LEVER) observe_layout_2(event, seen);
    menu_copy(seen->menu, event->menu, event->packages);
}

static SeatSet hearers(const Referee *referee, const Event *event) {
    const Terms *terms = &referee->negotiation->terms;
    SeatSet all = terms->consent.all;
    switch (audience[event->kind]) {
    case EVERYBODY: return all;
    case THE_MOVER: return seat_bit(event->seat);
    case THE_TABLE: return event->table == 0 ? all : terms->table[event->table].members & all;
    case THE_OTHERS: return all & ~terms->table[event->table].members;
    case THE_WITNESSES: return referee->world.model->shock[event->subject - 1].seen_by & all;
    default: return 0;
    }
}

static void tell_seats(Referee *referee, const Event *event) {
    SeatSet told = hearers(referee, event);
    if (told == 0 || referee->aftermath.on) return;
    bool at_once = referee_tells_at_once(referee);
    Observation seen;
    observe(event, &seen);
    for (SeatId seat = 0; seat < referee->negotiation->terms.seats; seat++) {
        if (!seat_in(told, seat)) continue;
        inbox_add(&referee->inbox[seat], &seen, event->id);
        if (at_once) inbox_ask(&referee->inbox[seat], event->at, false, 1);
    }
}

void event_name(Event *event, const char *id) {
    size_t length = strlen(id);
    event->text_length = (uint16_t)(length < EVENT_MAX_TEXT ? length : EVENT_MAX_TEXT);
    memcpy(event->text, id, event->text_length);
}

/* Numbers beyond nine thousand million are cut off: they are read by people only. */
int64_t event_amount(double real) {
    const double most = 9e9;
    return utility_from(real > most ? most : real < -most ? -most : real);
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
