/* The referee over random scenarios and random players: what must hold after every event, whoever plays
 * whatever; and that neither windows nor the order of answers change what happens. */
#include "core/referee/referee.h"

#include <string.h>

#include "core/base/memory.h"
#include "core/negotiation/mechanism.h"
#include "tests/core/base/suite.h"
#include "tests/core/referee/watch.h"
#include "tests/fixtures/anybody.h"
#include "tests/fixtures/negotiations.h"

enum { SCENARIOS = 3000 };

/* --- playing --- */

static SimTime wake_floor; /* players ask to be woken no sooner than this */

typedef enum Order { FORWARD, BACKWARD } Order;

static Digest play(const Negotiation *negotiation, uint64_t seed, Order order, Watch *watch,
                   Verdict *verdict) {
    Referee *referee = referee_create();
    Anybody anybody = {.negotiation = negotiation, .seed = seed, .wake_floor = wake_floor};
    uint32_t count;
    referee_open(referee, negotiation, seed, 7);
    bool goes_on = true;
    while (goes_on) {
        goes_on = referee_advance(referee);
        if (watch != NULL) watch_events(watch, referee);
        const Grant *grants = referee_grants(referee, &count);
        for (uint32_t i = 0; i < count && goes_on; i++) {
            const Grant *grant = &grants[order == FORWARD ? i : count - 1 - i];
            if (watch != NULL) watch_grant(watch, grant);
            Answer answer = anybody_answer(&anybody, grant);
            assert_true(referee_answer(referee, &answer, NULL));
        }
    }
    if (verdict != NULL) *verdict = *referee_verdict(referee);
    Digest digest = referee_verdict(referee)->digest;
    referee_destroy(referee);
    anybody_finish(&anybody);
    return digest;
}

static void invariants_hold_after_every_event(void **state) {
    (void)state;
    Watch *watch = watch_create();
    int ends[6] = {0}, agreements = 0;
    for (uint64_t seed = 0; seed < SCENARIOS; seed++) {
        Negotiation *negotiation = fixture_random(seed);
        Verdict verdict;
        watch_begin(watch, negotiation);
        play(negotiation, seed, FORWARD, watch, &verdict);
        watch_end(watch, &verdict);
        ends[verdict.reason]++;
        agreements += verdict.kind == VERDICT_AGREEMENT;
        fixture_finish(negotiation);
    }
    watch_destroy(watch);
    /* The scenarios must reach every end, or the test shows little. */
    assert_true(agreements > 100);
    assert_true(ends[REASON_WALK_OUT] > 50 && ends[REASON_DEADLINE] > 50);
    assert_true(ends[REASON_STALLED] > 10 && ends[REASON_RATIFICATION_FAILED] > 10);
}

/* T13 */
static void the_order_of_answers_changes_nothing(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < SCENARIOS; seed++) {
        Negotiation *negotiation = fixture_random(seed);
        Digest forward = play(negotiation, seed, FORWARD, NULL, NULL);
        Digest backward = play(negotiation, seed, BACKWARD, NULL, NULL);
        assert_true(digest_equal(&forward, &backward));
        fixture_finish(negotiation);
    }
}

/* Windows are how the referee asks, not what happens: with a window for every moment, players who never
 * ask to be woken sooner than the widest window play the same run. */
static void where_windows_begin_changes_nothing(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < SCENARIOS; seed++) {
        Negotiation *negotiation = fixture_random(seed);
        SimTime lookahead = negotiation->terms.lookahead;
        wake_floor = lookahead;
        Digest wide = play(negotiation, seed, FORWARD, NULL, NULL);
        for (SimTime narrow = lookahead / 2; narrow > 0; narrow /= 60) {
            negotiation->terms.lookahead = narrow;
            Digest same = play(negotiation, seed, BACKWARD, NULL, NULL);
            assert_true(digest_equal(&wide, &same));
        }
        fixture_finish(negotiation);
    }
    wake_floor = 0;
}

static void a_fault_ends_the_run_and_names_the_seat(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 2, 3);
    Referee *referee = referee_create();
    referee_open(referee, negotiation, 1, 1);
    assert_true(referee_advance(referee));
    assert_int_equal(referee_waiting(referee), 3);
    referee_fault(referee, 1, "it fell silent");
    assert_false(referee_advance(referee));
    uint32_t count;
    const Event *events = referee_events(referee, &count);
    assert_int_equal(count, 2);
    assert_int_equal(events[0].kind, NP_EVENT_FAULT);
    assert_int_equal(events[0].seat, 1);
    assert_int_equal(events[0].text_length, strlen("it fell silent"));
    assert_int_equal(events[1].reason, REASON_AGENT_FAULT);
    assert_int_equal(referee_verdict(referee)->seat, 1);
    assert_false(referee_advance(referee));
    referee_destroy(referee);
    fixture_finish(negotiation);
}

static void an_answer_to_another_question_is_refused(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 2, 3);
    Referee *referee = referee_create();
    referee_open(referee, negotiation, 1, 1);
    assert_true(referee_advance(referee));
    Reply replies[2] = {{.at = 0, .wake_at = NP_NEVER}, {.at = 5, .wake_at = NP_NEVER}};
    Error error = {0};
    assert_false(referee_answer(referee, &(Answer){1, 0, 2, replies}, &error));
    assert_string_equal(error.text, "it gave 2 replies to 1 occasions");
    replies[0].moves = NP_MAX_MOVES + 1;
    assert_false(referee_answer(referee, &(Answer){1, 0, 1, replies}, NULL));
    replies[0].moves = 0;
    assert_false(referee_answer(referee, &(Answer){2, 0, 1, replies}, NULL));
    assert_true(referee_answer(referee, &(Answer){1, 0, 1, replies}, NULL));
    assert_false(referee_answer(referee, &(Answer){1, 0, 1, replies}, NULL));
    referee_destroy(referee);
    fixture_finish(negotiation);
}

static void a_move_takes_effect_after_its_delay(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 2, 3);
    negotiation->terms.seat[0].delay = DAYS(3);
    Referee *referee = referee_create();
    referee_open(referee, negotiation, 1, 1);
    assert_true(referee_advance(referee));
    Reply offer = {.at = 0, .wake_at = NP_NEVER, .moves = 1, .move = {OFFER_OF(1, 1)}};
    Reply nothing = {.at = 0, .wake_at = NP_NEVER};
    assert_true(referee_answer(referee, &(Answer){1, 0, 1, &offer}, NULL));
    assert_true(referee_answer(referee, &(Answer){1, 1, 1, &nothing}, NULL));
    assert_true(referee_advance(referee));
    uint32_t count;
    const Event *events = referee_events(referee, &count);
    assert_int_equal(count, 1);
    assert_int_equal(events[0].kind, NP_EVENT_OFFER);
    assert_int_equal(events[0].at, DAYS(3));
    assert_int_equal(events[0].decided_at, 0);
    assert_int_equal(events[0].cause, 1);
    const Grant *grants = referee_grants(referee, &count);
    assert_int_equal(count, 2);
    assert_int_equal(grants[1].occasion[0].at, DAYS(3));
    assert_int_equal(grants[1].observation[0]->offer, 1);
    referee_destroy(referee);
    fixture_finish(negotiation);
}

static void nothing_is_allocated_once_warm(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_alternating_offers, 4, 3, 3);
    Referee *referee = referee_create();
    uint64_t warm = 0;
    for (int run = 0; run < 20; run++) {
        if (run == 1) warm = memory_allocations();
        referee_open(referee, negotiation, 1, 1);
        uint32_t count;
        while (referee_advance(referee)) {
            const Grant *grants = referee_grants(referee, &count);
            SimTime at = grants[0].occasion[0].at;
            uint8_t option = (uint8_t)(at / DAYS(1) % 3);
            Reply reply = {.at = at, .moves = 1, .move = {OFFER_OF(option, 0, 1)}};
            assert_true(referee_answer(referee, &(Answer){1, grants[0].seat, 1, &reply}, NULL));
        }
    }
    assert_true(warm > 0);
    assert_int_equal(memory_allocations(), warm);
    referee_destroy(referee);
    fixture_finish(negotiation);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(invariants_hold_after_every_event),
        cmocka_unit_test(the_order_of_answers_changes_nothing),
        cmocka_unit_test(where_windows_begin_changes_nothing),
        cmocka_unit_test(a_fault_ends_the_run_and_names_the_seat),
        cmocka_unit_test(an_answer_to_another_question_is_refused),
        cmocka_unit_test(a_move_takes_effect_after_its_delay),
        cmocka_unit_test(nothing_is_allocated_once_warm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
