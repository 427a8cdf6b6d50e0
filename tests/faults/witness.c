#include "tests/faults/witness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct Testimony *testimony(void *context, uint64_t run) {
    Witness *witness = context;
    assert_true(run >= 1 && run <= witness->runs);
    return &witness->of[run - 1];
}

/* What was recorded comes out the same. Where an agent fails for good before all of it has, the broker gives
 * up, and another one tries. */
static bool agrees(const struct Testimony *of, uint64_t run, const Event *event,
                   const uint8_t *bytes, size_t length) {
    if (script_agrees(&of->events, of->seen - 1, bytes, length)) return true;
    if (event->kind != NP_EVENT_FAULT)
        fail_msg("run %u: event %u comes out otherwise, of kind %u at %lld", (unsigned)run,
                 (unsigned)event->id, event->kind, (long long)event->at);
    return false;
}

static bool see_events(void *context, uint64_t run, const Event *events, const uint8_t *bytes,
                       const uint32_t *offsets, uint32_t count, Error *error) {
    struct Testimony *of = testimony(context, run);
    assert_false(of->ended);
    for (uint32_t i = 0; i < count; i++) {
        size_t length = offsets[i + 1] - offsets[i];
        assert_int_equal(events[i].id, ++of->seen);
        assert_true(events[i].id == 1 || (events[i].cause > 0 && events[i].cause < events[i].id));
        if (of->seen > of->events.count)
            script_add(&of->events, bytes + offsets[i], length);
        else if (!agrees(of, run, &events[i], bytes + offsets[i], length))
            return error_set(error, ERROR_AGENT, "an agent failed over the past");
    }
    return true;
}

static bool see_verdict(void *context, uint64_t run, const Verdict *verdict, Error *error) {
    struct Testimony *of = testimony(context, run);
    (void)error;
    assert_false(of->ended);
    assert_int_equal(of->seen, of->events.count);
    assert_int_equal(verdict->events, of->events.count);
    Digest digest = digest_of(of->events.bytes, of->events.length);
    assert_true(digest_equal(&verdict->digest, &digest));
    of->verdict = *verdict;
    of->ended = true;
    return true;
}

static void add_all(Script *to, const Script *from) {
    size_t length;
    for (uint64_t i = 0; i < from->count; i++) {
        const uint8_t *bytes = script_bytes(from, i, &length);
        script_add(to, bytes, length);
    }
}

static bool recall(void *context, uint64_t run, Script *script, Error *error) {
    (void)error;
    add_all(script, &testimony(context, run)->events);
    return true;
}

void witness_begin(Witness *witness, uint64_t runs) {
    *witness = (Witness){.runs = runs};
    for (uint64_t i = 0; i < runs; i++) script_init(&witness->of[i].events);
}

void witness_finish(Witness *witness) {
    for (uint64_t i = 0; i < witness->runs; i++) script_finish(&witness->of[i].events);
}

BrokerSink witness_sink(Witness *witness) {
    return (BrokerSink){
        .context = witness, .events = see_events, .verdict = see_verdict, .recall = recall};
}

void witness_remember(Witness *witness, uint64_t run, const Script *events) {
    add_all(&witness->of[run - 1].events, events);
}

uint64_t witness_unfinished(Witness *witness, uint64_t run[WITNESS_MAX_RUNS]) {
    uint64_t count = 0;
    for (uint64_t i = 0; i < witness->runs; i++) {
        if (witness->of[i].ended) continue;
        witness->of[i].seen = 0;
        run[count++] = i + 1;
    }
    return count;
}
