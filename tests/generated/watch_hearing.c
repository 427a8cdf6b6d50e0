/* I6: a seat hears what its channels carry, all of it, in order, and nothing else. */
#include <string.h>

#include "core/world/model.h"
#include "tests/generated/watch.h"

static bool is_member(const Watch *watch, SeatId seat, uint8_t table) {
    return table == 0 || seat_in(watch->negotiation->terms.table[table].members, seat);
}

bool watch_may_hear(const Watch *watch, SeatId seat, const Event *event) {
    const struct WorldModel *world = watch->negotiation->world;
    switch (event->kind) {
    case NP_EVENT_OPENING:
    case NP_EVENT_RULE_OUT:
    case NP_EVENT_PASS:
    case NP_EVENT_ACCORD:
    case NP_EVENT_SIGNATURE:
    case NP_EVENT_LEVER:
    case NP_EVENT_AUTHORITY:
    case NP_EVENT_STATUS_QUO:
    case NP_EVENT_AUDIENCE_COST: return true;
    case NP_EVENT_OFFER:
    case NP_EVENT_ACCEPTANCE:
    case NP_EVENT_REJECTION:
    case NP_EVENT_WITHDRAWAL:
    case NP_EVENT_LAPSE:
    case NP_EVENT_STATEMENT: return is_member(watch, seat, event->table);
    case NP_EVENT_LEAK: return !is_member(watch, seat, event->table);
    case NP_EVENT_REFUSAL:
    case NP_EVENT_APPRAISAL: return event->seat == seat;
    case NP_EVENT_SHOCK: return seat_in(world->shock[event->subject - 1].seen_by, seat);
    default: return false;
    }
}

/* The next event that the seat may hear, which is the one that it must be told of. */
static const Event *next_for(Watch *watch, SeatId seat) {
    while (watch->heard[seat] < watch->events) {
        const Event *event = &watch->event[watch->heard[seat]++];
        if (watch_may_hear(watch, seat, event)) return event;
    }
    return NULL;
}

static bool tells_of(const Observation *seen, const Event *event) {
    return seen->kind == event->kind && seen->at == event->at && seen->seat == event->seat &&
           seen->offer == event->offer && seen->packages == event->packages &&
           seen->expires_at == event->expires_at && seen->seats == event->seats &&
           seen->table == event->table &&
           memcmp(seen->menu, event->menu, event->packages * sizeof(Outcome)) == 0;
}

/* News of the world comes late: there must have been such an event, long enough ago. */
static void watch_news(Watch *watch, SeatId seat, const Observation *seen, SimTime at) {
    const struct WorldModel *world = watch->negotiation->world;
    bool sees = world != NULL && seen->subject < world->variables &&
                seat_in(world->variable[seen->subject].seen_by, seat);
    if (!sees) {
        watch_complain(watch, "I6: seat %u is told of variable %u, which it does not see", seat,
                       seen->subject);
        return;
    }
    for (uint64_t i = watch->events; i-- > 0;) {
        const Event *event = &watch->event[i];
        if (event->kind == NP_EVENT_WORLD && event->subject == seen->subject + 1 &&
            event->at + world->dynamics[seen->subject].lag <= at)
            return;
    }
    watch_complain(watch, "I6: seat %u hears too early of variable %u", seat, seen->subject);
}

static void watch_observation(Watch *watch, SeatId seat, const Observation *seen, SimTime at) {
    watch->observations++;
    if (seen->kind == NP_EVENT_WORLD) {
        watch_news(watch, seat, seen, at);
        return;
    }
    const Event *event = next_for(watch, seat);
    if (event == NULL || event->at > at || !tells_of(seen, event))
        watch_complain(watch,
                       "I6: seat %u hears of kind %u at %lld; next for it is event %llu of kind %u",
                       seat, seen->kind, (long long)seen->at,
                       event ? (unsigned long long)event->id : 0ull, event ? event->kind : 0);
}

void watch_grant(Watch *watch, const Grant *grant) {
    const Observation *const *seen = grant->observation;
    SimTime previous = -1;
    for (uint32_t i = 0; i < grant->occasions; i++) {
        const Occasion *occasion = &grant->occasion[i];
        if (occasion->at <= previous)
            watch_complain(watch, "I5: seat %u is asked about the past", grant->seat);
        previous = occasion->at;
        for (uint32_t k = 0; k < occasion->observations; k++)
            watch_observation(watch, grant->seat, *seen++, occasion->at);
    }
}
