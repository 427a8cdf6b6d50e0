#include "tests/core/referee/watch.h"

#include <string.h>

#include "core/base/memory.h"
#include "core/world/model.h"
#include "tests/core/base/suite.h"

Watch *watch_create(void) {
    Watch *watch = memory_new(1, sizeof *watch);
    watch->event = memory_new(WATCH_MOST_EVENTS, sizeof(Event));
    watch->offer = memory_new(WATCH_MOST_OFFERS, sizeof(WatchedOffer));
    return watch;
}

void watch_destroy(Watch *watch) {
    memory_free(watch->event);
    memory_free(watch->offer);
    memory_free(watch);
}

void watch_begin(Watch *watch, const Negotiation *negotiation) {
    Watch kept = *watch;
    memset(watch, 0, sizeof *watch);
    watch->event = kept.event;
    watch->offer = kept.offer;
    memset(watch->offer, 0, (kept.offers + 1) * sizeof *watch->offer);
    watch->sights = kept.sights;
    memcpy(watch->seen, kept.seen, sizeof kept.seen);
    watch->negotiation = negotiation;
    watch->status_quo = domain_status_quo(&negotiation->terms.domain);
    watch->authorised = negotiation->terms.consent.all & ~negotiation->terms.unauthorised;
}

/* --- the table, as the events tell of it --- */

/* I6: numbers at one table tell nothing of another: each counts for itself. */
static void check_number(Watch *watch, const Event *event) {
    uint32_t tables = watch->negotiation->terms.closed_tables + 1u;
    assert_int_equal(event->offer, 1 + event->table + tables * watch->tabled[event->table]++);
    assert_true(event->offer < WATCH_MOST_OFFERS);
}

static void note_offer(Watch *watch, const Event *event) {
    check_number(watch, event);
    for (uint32_t number = 1; number <= watch->offers; number++)
        if (watch->offer[number].seat == event->seat && watch->offer[number].table == event->table)
            watch->offer[number].ended = true;
    if (event->offer > watch->offers) watch->offers = event->offer;
    WatchedOffer *offer = &watch->offer[event->offer];
    *offer = (WatchedOffer){.seat = event->seat,
                            .table = event->table,
                            .packages = event->packages,
                            .expires_at = event->expires_at};
    memcpy(offer->menu, event->menu, sizeof offer->menu);
    for (uint8_t k = 0; k < event->packages; k++) offer->accepted[k] = (SeatSet)1 << event->seat;
}

static void note_judgement(Watch *watch, const Event *event) {
    WatchedOffer *offer = &watch->offer[event->offer];
    SeatSet bit = (SeatSet)1 << event->seat;
    assert_true(event->offer >= 1 && event->offer <= watch->offers);
    assert_int_equal(event->table, offer->table);
    if (event->kind == NP_EVENT_LAPSE) offer->ended = true;
    if (event->kind == NP_EVENT_ACCEPTANCE) offer->accepted[event->package] |= bit;
    if (event->kind == NP_EVENT_WITHDRAWAL && event->seat != offer->seat)
        offer->accepted[event->package] &= ~bit;
    if (event->kind == NP_EVENT_WITHDRAWAL && event->seat == offer->seat) offer->ended = true;
    for (uint8_t k = 0; k < offer->packages && event->kind == NP_EVENT_REJECTION; k++)
        offer->accepted[k] &= ~bit;
}

/* All who stand behind the package at that table now; nobody where it does not stand. */
static SeatSet pool(const Watch *watch, uint8_t table, const Outcome *package, SimTime at) {
    SeatSet pool = 0;
    for (uint32_t number = 1; number <= watch->offers; number++) {
        const WatchedOffer *offer = &watch->offer[number];
        if (offer->ended || offer->table != table || offer->expires_at <= at) continue;
        for (uint8_t k = 0; k < offer->packages; k++)
            if (outcome_equal(&offer->menu[k], package)) pool |= offer->accepted[k];
    }
    return pool;
}

/* --- I4: on the table, unexpired, consented to with authority, over nobody's hard red line --- */

static const Profile *profile_of(const Watch *watch, SeatId seat) {
    const Negotiation *negotiation = watch->negotiation;
    return negotiation->terms.seat[seat].types > 1
               ? &negotiation->type[seat][watch->type[seat]].profile
               : &negotiation->profile[seat];
}

static bool was_consented_to(const Watch *watch, const Event *event, SeatSet needed) {
    const Terms *terms = &watch->negotiation->terms;
    for (uint8_t table = 0; table <= terms->closed_tables; table++) {
        SeatSet accepted = pool(watch, table, &event->menu[0], event->at);
        SeatSet members = table == 0 ? terms->consent.all : terms->table[table].members;
        if (accepted != 0 && (needed & ~(accepted & members & watch->authorised)) == 0) return true;
    }
    return false;
}

static void check_conclusion(Watch *watch, const Event *event) {
    const Terms *terms = &watch->negotiation->terms;
    Outcome lived = domain_fill(&terms->domain, &event->menu[0], &watch->status_quo);
    /* What was signed enters force later; the world may have moved on. */
    bool signed_before = event->kind == NP_EVENT_AGREEMENT && watch->signed_package;
    watch->signed_package |= event->kind == NP_EVENT_SIGNATURE;
    if (signed_before) return;
    SeatSet needed =
        consent_needed(&terms->consent, &terms->domain, &watch->status_quo, &event->menu[0]);
    assert_null(domain_excludes(&terms->domain, &lived));
    assert_int_equal(needed & ~event->seats, 0);
    assert_true(was_consented_to(watch, event, needed));
    for (SeatId seat = 0; seat < terms->seats; seat++)
        if ((event->seats >> seat & 1u) != 0)
            assert_null(profile_crosses(profile_of(watch, seat), &lived));
    if (event->kind == NP_EVENT_ACCORD) watch->status_quo = lived;
}

/* --- I5: time never runs backwards, nothing happens after the end. I8: every event names its cause --- */

static bool may_follow_an_agreement(const Event *event) {
    switch (event->kind) {
    case NP_EVENT_WORLD:
    case NP_EVENT_SHOCK:
    case NP_EVENT_IMPLEMENTATION:
    case NP_EVENT_PROBE:
    case NP_EVENT_RENEWED_WAR:
    case NP_EVENT_STEP:
    case NP_EVENT_HORIZON: return true;
    case NP_EVENT_LEVER: return event->decided_at == event->at;
    default: return false;
    }
}

static void check_time_and_cause(Watch *watch, const Event *event) {
    assert_false(watch->over);
    assert_true(watch->events < WATCH_MOST_EVENTS);
    assert_int_equal(event->id, watch->events + 1);
    assert_true(event->at >= watch->latest && event->decided_at <= event->at);
    assert_true(event->cause < event->id);
    assert_true((event->cause == 0) == (event->kind == NP_EVENT_OPENING));
    if (event->cause > 0) assert_true(watch->event[event->cause - 1].at <= event->at);
    if (watch->agreed) assert_true(may_follow_an_agreement(event));
    watch->latest = event->at;
}

static void note(Watch *watch, const Event *event) {
    switch (event->kind) {
    case NP_EVENT_OFFER: note_offer(watch, event); return;
    case NP_EVENT_ACCEPTANCE:
    case NP_EVENT_REJECTION:
    case NP_EVENT_WITHDRAWAL:
    case NP_EVENT_LAPSE: note_judgement(watch, event); return;
    case NP_EVENT_ACCORD:
    case NP_EVENT_SIGNATURE:
    case NP_EVENT_AGREEMENT: check_conclusion(watch, event); return;
    case NP_EVENT_STATUS_QUO: watch->status_quo.option[event->issue] = event->option; return;
    case NP_EVENT_AUTHORITY: watch->authorised |= (SeatSet)1 << event->seat; return;
    case NP_EVENT_AUDIENCE_COST: watch->costs[event->seat] += event->amount; return;
    case NP_EVENT_LEVER:
        if (!watch->agreed) watch->costs[event->seat] += event->demand;
        return;
    case NP_EVENT_APPRAISAL:
        if (event->word == NP_ASPECT_TYPE)
            watch->type[event->seat] = (uint8_t)(event->amount / UTILITY_ONE);
        return;
    default: return;
    }
}

/* What happens is told in the one form that it has. */
static void check_form(const Event *event) {
    uint8_t bytes[EVENT_MAX_BYTES], again[EVENT_MAX_BYTES];
    Event decoded;
    Error error = {0};
    size_t length = event_encode(event, bytes);
    if (!event_decode(bytes, length, &decoded, &error)) fail_msg("%s", error.text);
    assert_int_equal(event_encode(&decoded, again), length);
    assert_memory_equal(bytes, again, length);
}

void watch_event(Watch *watch, const Event *event) {
    check_time_and_cause(watch, event);
    check_form(event);
    watch->event[watch->events++] = *event;
    watch->seen[event->kind]++;
    note(watch, event);
    watch->agreed |= event->kind == NP_EVENT_AGREEMENT;
    watch->over = event->kind == NP_EVENT_BREAKDOWN || event->kind == NP_EVENT_HORIZON ||
                  (event->kind == NP_EVENT_AGREEMENT && watch->negotiation->observe == 0);
}

void watch_events(Watch *watch, const Referee *referee) {
    uint32_t count;
    const Event *event = referee_events(referee, &count);
    for (uint32_t i = 0; i < count; i++) watch_event(watch, &event[i]);
}

/* --- I6: a seat hears what its channels carry --- */

static bool at_its_table(const Watch *watch, SeatId seat, const Event *event) {
    const Terms *terms = &watch->negotiation->terms;
    return event->table == 0 || (terms->table[event->table].members >> seat & 1u) != 0;
}

static bool may_hear(const Watch *watch, SeatId seat, const Event *event) {
    switch (event->kind) {
    case NP_EVENT_OFFER:
    case NP_EVENT_ACCEPTANCE:
    case NP_EVENT_REJECTION:
    case NP_EVENT_WITHDRAWAL:
    case NP_EVENT_STATEMENT:
    case NP_EVENT_LAPSE: return at_its_table(watch, seat, event);
    case NP_EVENT_LEAK: return !at_its_table(watch, seat, event);
    case NP_EVENT_REFUSAL:
    case NP_EVENT_APPRAISAL: return event->seat == seat;
    case NP_EVENT_SHOCK:
        return (watch->negotiation->world->shock[event->subject - 1].seen_by >> seat & 1u) != 0;
    case NP_EVENT_OPENING:
    case NP_EVENT_RULE_OUT:
    case NP_EVENT_PASS:
    case NP_EVENT_ACCORD:
    case NP_EVENT_SIGNATURE:
    case NP_EVENT_LEVER:
    case NP_EVENT_AUTHORITY:
    case NP_EVENT_STATUS_QUO:
    case NP_EVENT_AUDIENCE_COST: return true;
    default: return false;
    }
}

static const Event *next_for(Watch *watch, SeatId seat) {
    while (watch->heard[seat] < watch->events) {
        const Event *event = &watch->event[watch->heard[seat]++];
        if (may_hear(watch, seat, event)) return event;
    }
    return NULL;
}

/* Late by the variable's lag, and only to those who see it. */
static void check_sight(Watch *watch, SeatId seat, const Observation *seen) {
    const WorldModel *model = watch->negotiation->world;
    SimTime happened = seen->at - model->dynamics[seen->subject].lag;
    bool found = false;
    assert_true((model->variable[seen->subject].seen_by >> seat & 1u) != 0);
    for (uint64_t i = watch->events; i-- > 0 && watch->event[i].at >= happened;)
        found |= watch->event[i].kind == NP_EVENT_WORLD && watch->event[i].at == happened &&
                 watch->event[i].subject == seen->subject + 1;
    assert_true(found);
    watch->sights++;
}

/* All that an observation says is what its event says; there is no room in it for a demand. */
static Observation expected_of(const Event *event) {
    Observation expected = {.at = event->at,
                            .expires_at = event->expires_at,
                            .offer = event->offer,
                            .seats = event->seats,
                            .kind = event->kind,
                            .seat = event->seat,
                            .ruling = event->ruling,
                            .package = event->package,
                            .packages = event->packages,
                            .issue = event->issue,
                            .option = event->option,
                            .refused = event->refused,
                            .table = event->table};
    if (event->kind == NP_EVENT_LEAK) expected.refused = event->word;
    bool worded = event->kind == NP_EVENT_STATEMENT || event->kind == NP_EVENT_APPRAISAL;
    if (worded) expected.word = event->word;
    if (event->kind != NP_EVENT_REFUSAL) expected.amount = utility_real(event->amount);
    return expected;
}

static void check_observation(Watch *watch, SeatId seat, const Observation *seen) {
    if (seen->kind == NP_EVENT_WORLD) {
        check_sight(watch, seat, seen);
        return;
    }
    const Event *event = next_for(watch, seat);
    assert_non_null(event);
    Observation expected = expected_of(event);
    /* What is counted from one in an event is counted from nought by seats, and none is a number of its own. */
    if (event->subject > 0 && event->kind != NP_EVENT_REFUSAL)
        assert_int_equal(seen->subject, event->subject - 1);
    expected.subject = seen->subject;
    if (event->kind == NP_EVENT_STATEMENT && seen->option == NP_NO_OPTION)
        expected.option = seen->option;
    assert_memory_equal(seen, &expected, offsetof(Observation, menu));
    assert_memory_equal(seen->menu, event->menu, event->packages * sizeof(Outcome));
}

void watch_grant(Watch *watch, const Grant *grant) {
    const Observation *const *seen = grant->observation;
    SimTime previous = -1;
    for (uint32_t i = 0; i < grant->occasions; i++) {
        const Occasion *occasion = &grant->occasion[i];
        assert_true(occasion->at > previous);
        previous = occasion->at;
        for (uint32_t k = 0; k < occasion->observations; k++, seen++) {
            assert_true((*seen)->at <= occasion->at);
            check_observation(watch, grant->seat, *seen);
        }
    }
    assert_int_equal(seen - grant->observation, grant->observations);
}

void watch_end(Watch *watch, const Verdict *verdict) {
    assert_true(watch->over);
    assert_int_equal(watch->events, verdict->events);
    assert_int_equal(watch->agreed, verdict->kind == VERDICT_AGREEMENT);
    assert_int_equal(verdict->peace.observed, watch->agreed && watch->negotiation->observe > 0);
    bool upkeep = watch->negotiation->terms.levers > 0;
    for (SeatId seat = 0; seat < watch->negotiation->terms.seats; seat++) {
        const SeatResult *result = &verdict->seat_result[seat];
        assert_int_equal(result->type, watch->type[seat]);
        if (!upkeep) assert_int_equal(result->costs, watch->costs[seat]);
        if (!watch->agreed) assert_int_equal(result->utility, result->reservation - result->costs);
    }
}
