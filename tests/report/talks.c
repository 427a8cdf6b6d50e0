#include "tests/report/talks.h"

#include <string.h>

static const char *const waters[] = {"north", "shared", "south"};
static const char *const guards[] = {"none", "joint"};
static const char *const debts[] = {"kept", "halved", "gone"};

static const Variable variables[] = {
    {"river", "The river", "m", 2, 1u << SOUTH},
    {"strain", "strain", "", 0.5, 0},
};
static const Lever levers[] = {{"gate", "The gate", NORTH, 0, 0, 1, 0.01, 0, 0}};
static SeatType types[] = {{.id = "patient", .prior = 0.5}, {.id = "thirsty", .prior = 0.5}};

static void set_issue(Domain *domain, uint8_t k, const char *id, const char *const *options,
                      uint8_t count) {
    domain->issue[k] = (Issue){.id = id, .title = id, .options = count, .option = options};
}

static void set_terms(Terms *terms) {
    terms->name = "talks";
    date_parse("2025-01-01", &terms->epoch);
    terms->deadline = DAYS(100);
    terms->stall_epsilon = PARTS(0.01);
    terms->seats = SEATS;
    terms->seat[NORTH] = (SeatTerms){"north", "North", DAYS(1), 1};
    terms->seat[SOUTH] = (SeatTerms){"south", "South", DAYS(1), 2};
    terms->seat[WEST] = (SeatTerms){"west", "West", DAYS(1), 1};
    terms->domain.issues = ISSUES;
    set_issue(&terms->domain, WATER, "water", waters, 3);
    set_issue(&terms->domain, GUARD, "guard", guards, 2);
    set_issue(&terms->domain, DEBT, "debt", debts, 3);
    terms->consent.all = EVERYBODY;
    terms->consent.always = EVERYBODY;
    terms->closed_tables = 1;
    terms->table[0] = (TableTerms){"public", "public", EVERYBODY, 0};
    terms->table[MILL] = (TableTerms){"mill", "The mill", 1u << NORTH | 1u << SOUTH, 0.5};
    terms->levers = 1;
    terms->lever = levers;
    terms->variables = 2;
    terms->variable = variables;
}

static void set_profile(Profile *profile, Utility water, Utility guard, Utility reservation) {
    memset(profile, 0, sizeof *profile);
    profile->discount = 1;
    profile->discount_every = SIM_DAY;
    for (uint8_t k = 0; k < 3; k++) profile->value[WATER][k] = water * k / 2;
    profile->value[GUARD][1] = guard;
    profile->reservation = reservation;
}

void talks_open(Negotiation *talks, WorldModel *world) {
    memset(talks, 0, sizeof *talks);
    memset(world, 0, sizeof *world);
    set_terms(&talks->terms);
    set_profile(&talks->profile[NORTH], PARTS(-0.6), PARTS(0.4), PARTS(0.1));
    set_profile(&talks->profile[SOUTH], PARTS(0.8), PARTS(0.2), PARTS(0.3));
    set_profile(&talks->profile[WEST], 0, PARTS(1), PARTS(0.2));
    types[0].profile = types[1].profile = talks->profile[SOUTH];
    talks->type[SOUTH] = types;
    world->tick = SIM_DAY;
    world->variables = 2;
    world->variable = variables;
    world->levers = 1;
    world->lever = levers;
    world->shocks = 1;
    world->shock[0] = (Shock){.id = "storm", .title = "A storm", .at = DAYS(30)};
    world->seats = SEATS;
    talks->world = world;
}

Outcome package(uint8_t water, uint8_t guard, uint8_t debt) {
    Outcome outcome = outcome_empty();
    outcome.option[WATER] = water;
    outcome.option[GUARD] = guard;
    outcome.option[DEBT] = debt;
    return outcome;
}

Event happens(EventKind kind, int day, SeatId seat) {
    return (Event){.kind = (uint8_t)kind,
                   .cause = kind == NP_EVENT_OPENING ? 0 : 1,
                   .at = DAYS(day),
                   .decided_at = DAYS(day),
                   .seat = seat,
                   .demand = UTILITY_NONE,
                   .distance = UTILITY_NONE,
                   .issues = ISSUES};
}

Event offers(int day, SeatId seat, uint32_t number, Outcome only) {
    Event event = happens(NP_EVENT_OFFER, day, seat);
    event.decided_at = DAYS(day - 1);
    event.offer = number;
    event.expires_at = NP_NEVER;
    event.packages = 1;
    event.menu[0] = only;
    return event;
}

Event accepts(int day, SeatId seat, uint32_t number, Outcome only, SeatSet by) {
    Event event = happens(NP_EVENT_ACCEPTANCE, day, seat);
    event.decided_at = DAYS(day - 1);
    event.offer = number;
    event.packages = 1;
    event.menu[0] = only;
    event.seats = by;
    return event;
}

uint64_t add_because(Script *script, Event event, uint64_t cause) {
    uint8_t bytes[EVENT_MAX_BYTES];
    Event back;
    event.id = script->count + 1;
    event.cause = cause;
    size_t length = event_encode(&event, bytes);
    assert_true(
        event_decode(bytes, length, &back, NULL)); /* a story of what cannot be is no test */
    script_add(script, bytes, length);
    return event.id;
}

uint64_t add(Script *script, Event event) {
    return add_because(script, event, event.cause);
}
