#include <assert.h>
#include <string.h>

#include "core/world/model.h"
#include "tests/core/record/sample.h"

enum { AGREED_AT = 200000, WEEK = 7 * 86400 };

const Negotiation *sample_world(void) {
    static Negotiation negotiation;
    static WorldModel model;
    static SeatType types[2] = {{.id = "proud"}, {.id = "calm"}};
    static const Lever lever = {.id = "aid", .title = "Aid"};
    static const Variable variable = {.id = "supply", .title = "Supply", .unit = "shells"};
    negotiation = sample_negotiation;
    negotiation.terms.closed_tables = 1;
    negotiation.terms.table[0] = (TableTerms){"public", "In public", 3, 0};
    negotiation.terms.table[1] = (TableTerms){"geneva", "Geneva", 3, 0.5};
    negotiation.terms.levers = negotiation.terms.variables = 1;
    negotiation.terms.lever = &lever;
    negotiation.terms.variable = &variable;
    negotiation.terms.seat[1].types = 2;
    negotiation.type[1] = types;
    model.shocks = 1;
    model.shock[0].id = "freeze";
    model.shock[0].title = "A hard winter";
    negotiation.world = &model;
    return &negotiation;
}

static Event *detail(Batch *batch, EventKind kind, SimTime at, SeatId seat) {
    Event *event = sample_add(batch, kind, at, seat);
    event->decided_at = at;
    return event;
}

static void say(Event *event, const char *text) {
    event->text_length = (uint16_t)strlen(text);
    memcpy(event->text, text, event->text_length);
}

static void add_outside(Batch *batch) {
    sample_add(batch, NP_EVENT_OPENING, 0, NP_NO_SEAT);
    Event *type = detail(batch, NP_EVENT_APPRAISAL, 0, 1);
    type->word = NP_ASPECT_TYPE;
    type->amount = UTILITY_ONE;
    Event *lever = sample_add(batch, NP_EVENT_LEVER, 86400, 0);
    lever->subject = 1;
    lever->amount = UTILITY_ONE / 2;
    lever->before = UTILITY_ONE;
    lever->demand = 5000000;
    Event *world = detail(batch, NP_EVENT_WORLD, 90000, NP_NO_SEAT);
    world->subject = 1;
    world->amount = INT64_C(712500000000);
    world->before = INT64_C(700000000000);
    Event *shock = detail(batch, NP_EVENT_SHOCK, 100000, NP_NO_SEAT);
    shock->subject = 1;
    say(shock, "freeze");
    detail(batch, NP_EVENT_STATUS_QUO, 100000, NP_NO_SEAT);
    Event *appraisal = detail(batch, NP_EVENT_APPRAISAL, 100000, 0);
    appraisal->amount = 400000000;
    appraisal->before = 350000000;
}

static void add_words(Batch *batch) {
    Event *signal = sample_add(batch, NP_EVENT_STATEMENT, 110000, 1);
    signal->table = 1;
    signal->word = NP_SAY_SIGNAL;
    Event *leak = detail(batch, NP_EVENT_LEAK, 110000, 1);
    leak->table = 1;
    leak->word = NP_EVENT_STATEMENT;
    Event *threat = sample_add(batch, NP_EVENT_STATEMENT, 120000, 0);
    threat->word = NP_SAY_THREAT;
    threat->subject = 1;
    Event *refusal = sample_add(batch, NP_EVENT_REFUSAL, 130000, 1);
    refusal->ruling = NP_RULING_MALFORMED;
    refusal->refused = NP_LEVER;
    refusal->subject = 9;
    Event *offer = sample_add(batch, NP_EVENT_OFFER, 140000, 0);
    offer->table = 1;
    offer->offer = 1;
    offer->demand = 700000000;
    offer->expires_at = NP_NEVER;
    offer->packages = 1;
    offer->menu[0] = sample_package(1, 0);
    offer->flags = EVENT_BREAKS_COMMITMENT;
    detail(batch, NP_EVENT_AUDIENCE_COST, 140000, 0)->amount = 20000000;
}

static void add_peace(Batch *batch) {
    static const EventKind kinds[] = {NP_EVENT_AGREEMENT,   NP_EVENT_IMPLEMENTATION,
                                      NP_EVENT_PROBE,       NP_EVENT_STEP,
                                      NP_EVENT_RENEWED_WAR, NP_EVENT_HORIZON};
    for (int i = 0; i < 6; i++) {
        SimTime at = AGREED_AT + (i < 2 ? 0 : i < 5 ? i * WEEK : 4 * WEEK);
        Event *event = detail(batch, kinds[i], at, NP_NO_SEAT);
        if (i == 2 || i > 3) event->amount = (int64_t)i * 19000000;
        if (i != 0 && i != 3) continue;
        event->packages = 1;
        event->menu[0] = sample_package(i == 0 ? 1 : 0, 0);
        if (i == 0) event->seats = 3;
        if (i == 3) event->flags = EVENT_PASSED;
        if (i == 3) say(event, "upgrade");
    }
}

const Batch *sample_world_batch(void) {
    static Batch batch;
    if (batch.count > 0) return &batch;
    add_outside(&batch);
    add_words(&batch);
    add_peace(&batch);
    assert(batch.count == SAMPLE_WORLD_EVENTS);
    sample_encode(&batch);
    return &batch;
}

Verdict sample_world_verdict(void) {
    const Batch *batch = sample_world_batch();
    Verdict verdict = sample_verdict();
    verdict.ended_at = AGREED_AT;
    verdict.events = batch->count;
    verdict.digest = digest_of(batch->bytes, batch->offset[batch->count]);
    verdict.accords = 0;
    verdict.seat_result[0].costs = 25000000;
    verdict.seat_result[1].type = 1;
    verdict.peace = (Peace){.observed = true,
                            .until = AGREED_AT + 4 * WEEK,
                            .broken_at = AGREED_AT + 4 * WEEK,
                            .probes = 1,
                            .steps = 1,
                            .in_force = sample_package(0, 0)};
    return verdict;
}

uint64_t sample_write_world(Record *record, uint64_t seed) {
    Error error = {0};
    uint64_t run = 0;
    RunHeader header = sample_header(seed);
    const Batch *batch = sample_world_batch();
    Verdict verdict = sample_world_verdict();
    assert_good(record_begin(record, &header, sample_world(), &run, &error), error);
    assert_good(
        record_events(record, run, batch->event, batch->bytes, batch->offset, batch->count, &error),
        error);
    assert_good(record_end(record, run, &verdict, &error), error);
    return run;
}
