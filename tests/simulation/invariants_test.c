/* What must hold after every event, whoever plays: I4, I5, I6 and I8 over generated negotiations between
 * built-in strategies, without a world and in one. */
#include "tests/simulation/theatre.h"

#include "tests/core/referee/watch.h"
#include "tests/fixtures/worlds.h"

enum { NEGOTIATIONS = 600, WORLDS = 300 };

static void happened(void *context, uint64_t run, const Event *event) {
    (void)run;
    watch_event(context, event);
}

static void asked(void *context, const Grant *grant) {
    watch_grant(context, grant);
}

/* Its own profile and nobody else's; its own luck. */
static void briefed(void *context, const Brief *brief) {
    const Watch *watch = context;
    assert_ptr_equal(brief->terms, &watch->negotiation->terms);
    if (watch->negotiation->world == NULL)
        assert_ptr_equal(brief->profile, &watch->negotiation->profile[brief->seat]);
}

static void play(Watch *watch, const Generated *generated, uint64_t seed, Verdict *verdict) {
    Watcher watcher = {.context = watch, .happened = happened, .briefed = briefed, .asked = asked};
    BrokerRun run = {.run = 1,
                     .negotiation = generated->negotiation,
                     .seed = seed,
                     .strategy = generated->strategy};
    watch_begin(watch, generated->negotiation);
    theatre_play(&run, 1, 1, &watcher, verdict);
    watch_end(watch, verdict);
}

static void invariants_hold_after_every_event(void **state) {
    (void)state;
    Watch *watch = watch_create();
    uint32_t ends[6] = {0};
    for (uint64_t seed = 0; seed < NEGOTIATIONS; seed++) {
        Generated generated = theatre_generate(seed);
        Verdict verdict;
        play(watch, &generated, seed, &verdict);
        ends[verdict.reason]++;
        theatre_discard(&generated);
    }
    /* Or the test shows little. */
    print_message(
        "agreements %u, walk-outs %u, deadlines %u, stalled %u, not ratified %u, faults %u;"
        " refusals %llu\n",
        ends[0], ends[1], ends[2], ends[3], ends[4], ends[5],
        (unsigned long long)watch->seen[NP_EVENT_REFUSAL]);
    for (size_t reason = 0; reason <= REASON_RATIFICATION_FAILED; reason++)
        assert_true(ends[reason] > 0);
    assert_true(watch->seen[NP_EVENT_OFFER] > 1000);
    watch_destroy(watch);
}

static void they_hold_in_a_world(void **state) {
    (void)state;
    Watch *watch = watch_create();
    for (uint64_t seed = 0; seed < WORLDS; seed++) {
        Generated generated = theatre_generate(seed);
        fixture_finish(generated.negotiation);
        generated.negotiation = fixture_world(seed);
        Verdict verdict;
        play(watch, &generated, seed, &verdict);
        theatre_discard(&generated);
    }
    assert_true(watch->seen[NP_EVENT_WORLD] > 1000 && watch->seen[NP_EVENT_APPRAISAL] > 1000);
    assert_true(watch->seen[NP_EVENT_AGREEMENT] > 20 && watch->seen[NP_EVENT_HORIZON] > 10);
    assert_true(watch->sights > 1000);
    watch_destroy(watch);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(invariants_hold_after_every_event),
        cmocka_unit_test(they_hold_in_a_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
