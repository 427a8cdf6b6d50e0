/* What must hold after every event, whoever plays: I4, I5, I6 and I8 over generated negotiations between
 * built-in strategies. */
#include "tests/simulation/theatre.h"

#include <string.h>

#include "core/base/memory.h"

enum { NEGOTIATIONS = 600, MOST_EVENTS = 20000, MOST_OFFERS = 5000 };

typedef struct Tabled {
    SeatId seat;
    uint8_t packages;
    SimTime from, until;
    Outcome menu[NP_MAX_MENU];
} Tabled;

typedef struct Run {
    const Negotiation *negotiation;
    Event *event; /* [MOST_EVENTS] */
    uint64_t events;
    bool over, signed_already;
    Outcome status_quo;
    Tabled *tabled; /* [MOST_OFFERS], by number */
    uint32_t offers;
    uint64_t heard[NP_MAX_SEATS]; /* the latest event that the seat was told */
    uint64_t observations, refusals;
} Run;

/* --- I4: on the table, unexpired, consented to, over nobody's hard red line --- */

static bool was_on_the_table(const Run *run, const Outcome *package, SimTime at) {
    for (uint32_t number = 1; number <= run->offers; number++) {
        const Tabled *tabled = &run->tabled[number];
        for (uint8_t k = 0; k < tabled->packages; k++)
            if (tabled->from <= at && at < tabled->until &&
                outcome_equal(&tabled->menu[k], package))
                return true;
    }
    return false;
}

static void check_conclusion(Run *run, const Event *event) {
    const Negotiation *negotiation = run->negotiation;
    const Domain *domain = &negotiation->terms.domain;
    const Outcome *package = &event->menu[0];
    Outcome lived = domain_fill(domain, package, &run->status_quo);
    SeatSet needed = consent_needed(&negotiation->terms.consent, domain, &run->status_quo, package);
    assert_int_equal(needed & ~event->seats, 0);
    assert_null(domain_excludes(domain, &lived));
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++)
        if (seat_in(event->seats, seat))
            assert_null(profile_crosses(&negotiation->profile[seat], &lived));
    if (!run->signed_already) assert_true(was_on_the_table(run, package, event->at));
    run->signed_already |= event->kind == NP_EVENT_SIGNATURE;
    if (event->kind == NP_EVENT_ACCORD) run->status_quo = lived;
}

/* --- the table, as the events tell of it --- */

/* A seat's new offer replaces its previous one; withdrawn and lapsed ones are gone. */
static void end_offer(Run *run, uint32_t number, SimTime at) {
    if (number == 0 || number > run->offers) return;
    Tabled *tabled = &run->tabled[number];
    if (tabled->until > at) tabled->until = at;
}

static void end_offers(Run *run, const Event *event) {
    if (event->kind == NP_EVENT_LAPSE) end_offer(run, event->offer, event->at);
    bool own = event->kind == NP_EVENT_WITHDRAWAL && event->offer <= run->offers &&
               run->tabled[event->offer].seat == event->seat;
    if (own) end_offer(run, event->offer, event->at);
}

static void note_offer(Run *run, const Event *event) {
    assert_true(event->offer == run->offers + 1 && event->offer < MOST_OFFERS);
    run->offers = event->offer;
    for (uint32_t number = 1; number < run->offers; number++)
        if (run->tabled[number].seat == event->seat) end_offer(run, number, event->at);
    Tabled *tabled = &run->tabled[event->offer];
    tabled->seat = event->seat;
    tabled->packages = event->packages;
    tabled->from = event->at;
    tabled->until = event->expires_at;
    memcpy(tabled->menu, event->menu, sizeof event->menu);
}

static bool concludes(const Event *event) {
    return event->kind == NP_EVENT_AGREEMENT || event->kind == NP_EVENT_ACCORD ||
           event->kind == NP_EVENT_SIGNATURE;
}

/* I5: time never runs backwards, nothing happens after the end. I8: every event names its cause. */
static void check_event(void *context, uint64_t number, const Event *event) {
    Run *run = context;
    (void)number;
    assert_false(run->over);
    assert_true(run->events < MOST_EVENTS);
    assert_int_equal(event->id, run->events + 1);
    assert_true(event->cause < event->id);
    assert_true((event->cause == 0) == (event->id == 1));
    assert_true((event->id == 1) == (event->kind == NP_EVENT_OPENING));
    if (event->cause > 0) assert_true(run->event[event->cause - 1].at <= event->at);
    if (run->events > 0) assert_true(run->event[run->events - 1].at <= event->at);
    assert_true(event->decided_at <= event->at);
    run->event[run->events++] = *event;
    if (event->kind == NP_EVENT_OFFER) note_offer(run, event);
    end_offers(run, event);
    if (concludes(event)) check_conclusion(run, event);
    run->over = event->kind == NP_EVENT_AGREEMENT || event->kind == NP_EVENT_BREAKDOWN;
}

/* --- I6: a seat hears what happened at its table, refusals of its own, and nothing else --- */

static const bool heard_by_all[] = {
    [NP_EVENT_OPENING] = true,   [NP_EVENT_OFFER] = true,      [NP_EVENT_ACCEPTANCE] = true,
    [NP_EVENT_REJECTION] = true, [NP_EVENT_WITHDRAWAL] = true, [NP_EVENT_RULE_OUT] = true,
    [NP_EVENT_PASS] = true,      [NP_EVENT_LAPSE] = true,      [NP_EVENT_ACCORD] = true,
    [NP_EVENT_SIGNATURE] = true, [NP_EVENT_FAULT] = false,
};

static bool may_hear(SeatId seat, const Event *event) {
    if (event->kind == NP_EVENT_REFUSAL) return event->seat == seat;
    return event->kind < sizeof heard_by_all && heard_by_all[event->kind];
}

/* All that the observation says is what the event says; there is no room in it for a demand. */
static void assert_tells_of(const Observation *seen, const Event *event) {
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
                            .refused = event->refused};
    memcpy(expected.menu, event->menu, event->packages * sizeof(Outcome));
    assert_memory_equal(seen, &expected,
                        offsetof(Observation, menu) + event->packages * sizeof(Outcome));
}

/* The next event that the seat may hear, which is the one that it must be told of. */
static const Event *next_for(Run *run, SeatId seat) {
    while (run->heard[seat] < run->events) {
        const Event *event = &run->event[run->heard[seat]++];
        if (may_hear(seat, event)) return event;
    }
    return NULL;
}

static void check_grant(void *context, const Grant *grant) {
    Run *run = context;
    const Observation *const *seen = grant->observation;
    SimTime previous = -1;
    for (uint32_t i = 0; i < grant->occasions; i++) {
        const Occasion *occasion = &grant->occasion[i];
        assert_true(occasion->at > previous);
        previous = occasion->at;
        for (uint32_t k = 0; k < occasion->observations; k++, seen++) {
            const Event *event = next_for(run, grant->seat);
            assert_non_null(event);
            assert_true(event->at <= occasion->at);
            assert_tells_of(*seen, event);
            run->observations++;
            run->refusals += event->kind == NP_EVENT_REFUSAL;
        }
    }
}

/* Its own profile and nobody else's; its own luck. */
static void check_brief(void *context, const Brief *brief) {
    const Run *run = context;
    assert_ptr_equal(brief->profile, &run->negotiation->profile[brief->seat]);
    assert_ptr_equal(brief->terms, &run->negotiation->terms);
}

/* --- the runs --- */

static void run_begin(Run *run, const Negotiation *negotiation) {
    Event *event = run->event;
    Tabled *tabled = run->tabled;
    uint64_t observations = run->observations, refusals = run->refusals;
    *run = (Run){.negotiation = negotiation, .event = event, .tabled = tabled};
    run->observations = observations;
    run->refusals = refusals;
    run->status_quo = domain_status_quo(&negotiation->terms.domain);
}

static void invariants_hold_after_every_event(void **state) {
    (void)state;
    Run run = {.event = memory_new(MOST_EVENTS, sizeof(Event)),
               .tabled = memory_new(MOST_OFFERS, sizeof(Tabled))};
    Watcher watcher = {
        .context = &run, .happened = check_event, .briefed = check_brief, .asked = check_grant};
    uint32_t ends[6] = {0};
    for (uint64_t seed = 0; seed < NEGOTIATIONS; seed++) {
        Generated generated = theatre_generate(seed);
        Verdict verdict;
        run_begin(&run, generated.negotiation);
        theatre_play(&(BrokerRun){.run = 1,
                                  .negotiation = generated.negotiation,
                                  .seed = seed,
                                  .strategy = generated.strategy},
                     1, 1, &watcher, &verdict);
        assert_true(run.over);
        assert_int_equal(run.events, verdict.events);
        ends[verdict.reason]++;
        theatre_discard(&generated);
    }
    /* Or the test shows little. */
    print_message(
        "agreements %u, walk-outs %u, deadlines %u, stalled %u, not ratified %u, faults %u;"
        " observations %llu, refusals %llu\n",
        ends[0], ends[1], ends[2], ends[3], ends[4], ends[5], (unsigned long long)run.observations,
        (unsigned long long)run.refusals);
    for (size_t reason = 0; reason <= REASON_RATIFICATION_FAILED; reason++)
        assert_true(ends[reason] > 0);
    assert_true(run.observations > 1000);
    memory_free(run.event);
    memory_free(run.tabled);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(invariants_hold_after_every_event),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
