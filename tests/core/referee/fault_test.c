/* Agents that fail while the talks go on without them: when that is ruled, what it says, and what follows. */
#include "core/negotiation/mechanism.h"
#include "core/referee/referee.h"
#include "tests/core/base/suite.h"
#include "tests/fixtures/negotiations.h"

static Negotiation *negotiation;
static Referee *referee;

static void open_talks(const Mechanism *mechanism, uint8_t on_fault) {
    negotiation = fixture_plain(mechanism, 3, 2, 3);
    for (SeatId seat = 0; seat < 3; seat++) negotiation->on_fault[seat] = on_fault;
    referee = referee_create();
    referee_open(referee, negotiation, 1, 1);
    assert_true(referee_advance(referee));
}

static void close_talks(void) {
    referee_destroy(referee);
    fixture_finish(negotiation);
}

/* Answers what the seat was asked: with a move first, or nothing. */
static void answer(SeatId seat, const Action *action, SimTime wake_at) {
    uint32_t count;
    const Grant *grants = referee_grants(referee, &count);
    Reply reply[8] = {0};
    for (uint32_t i = 0; i < count; i++) {
        if (grants[i].seat != seat) continue;
        assert_true(grants[i].occasions <= 8);
        for (uint32_t k = 0; k < grants[i].occasions; k++)
            reply[k] = (Reply){.at = grants[i].occasion[k].at, .wake_at = wake_at};
        if (action != NULL) {
            reply[0].moves = 1;
            reply[0].move[0] = *action;
        }
        Answer given = {grants[i].run, seat, grants[i].occasions, reply};
        assert_true(referee_answer(referee, &given, NULL));
        return;
    }
    fail_msg("seat %d was not asked", seat);
}

static const Event *only_event(EventKind kind) {
    uint32_t count;
    const Event *events = referee_events(referee, &count);
    assert_int_equal(count, 1);
    assert_int_equal(events[0].kind, kind);
    return &events[0];
}

static void a_fault_waits_until_all_others_have_answered(void **state) {
    (void)state;
    open_talks(&mechanism_open_table, ON_FAULT_SUBSTITUTE);
    referee_fault(referee, 1, "it fell silent");
    assert_int_equal(referee_failing(referee), 2);
    assert_false(referee_can_advance(referee));
    answer(0, NULL, NP_NEVER);
    assert_false(referee_can_advance(referee));
    answer(2, NULL, NP_NEVER);
    assert_true(referee_can_advance(referee));
    assert_true(referee_advance(referee));
    const Event *fault = only_event(NP_EVENT_FAULT);
    assert_int_equal(fault->seat, 1);
    assert_int_equal(fault->word, ON_FAULT_SUBSTITUTE);
    assert_int_equal(fault->cause, 1);
    assert_memory_equal(fault->text, "it fell silent", fault->text_length);
    /* Who takes over answers the same question. */
    assert_int_equal(referee_waiting(referee), 2);
    assert_int_equal(referee_failing(referee), 0);
    answer(1, &OFFER_OF(1, 1), NP_NEVER);
    assert_true(referee_advance(referee));
    assert_int_equal(only_event(NP_EVENT_OFFER)->seat, 1);
    close_talks();
}

static void who_takes_over_and_fails_ends_the_talks(void **state) {
    (void)state;
    open_talks(&mechanism_open_table, ON_FAULT_SUBSTITUTE);
    referee_fault(referee, 1, "it fell silent");
    answer(0, NULL, NP_NEVER);
    answer(2, NULL, NP_NEVER);
    assert_true(referee_advance(referee));
    referee_fault(referee, 1, "so did this one");
    assert_true(referee_is_broken(referee));
    assert_false(referee_advance(referee));
    assert_int_equal(referee_verdict(referee)->reason, REASON_AGENT_FAULT);
    assert_int_equal(referee_verdict(referee)->seat, 1);
    close_talks();
}

static void faults_of_one_moment_are_ruled_in_the_order_of_seats(void **state) {
    (void)state;
    open_talks(&mechanism_open_table, ON_FAULT_SKIP);
    referee_fault(referee, 2, "later in order");
    referee_fault(referee, 0, "earlier in order");
    answer(1, NULL, DAYS(9));
    assert_true(referee_advance(referee));
    uint32_t count;
    const Event *events = referee_events(referee, &count);
    assert_int_equal(count, 2);
    assert_int_equal(events[0].seat, 0);
    assert_int_equal(events[1].seat, 2);
    assert_int_equal(referee_waiting(referee), 0);
    /* Only one is left to be asked. */
    assert_true(referee_advance(referee));
    assert_int_equal(referee_waiting(referee), 2);
    close_talks();
}

static void a_fault_of_a_seat_that_is_not_asked_waits_for_its_next_question(void **state) {
    (void)state;
    open_talks(&mechanism_open_table, ON_FAULT_SKIP);
    answer(0, NULL, NP_NEVER);
    answer(1, NULL, DAYS(20));
    answer(2, NULL, DAYS(10));
    referee_fault(referee, 1, "it left");
    assert_true(referee_advance(referee)); /* day 10: seat 2 */
    assert_int_equal(referee_waiting(referee), 4);
    answer(2, NULL, NP_NEVER);
    assert_true(referee_advance(referee)); /* day 20: seat 1 */
    assert_true(referee_can_advance(referee));
    assert_true(referee_advance(referee));
    const Event *fault = only_event(NP_EVENT_FAULT);
    assert_int_equal(fault->at, DAYS(20));
    assert_int_equal(fault->decided_at, DAYS(20));
    close_talks();
}

static void what_a_silent_seat_had_offered_stands(void **state) {
    (void)state;
    open_talks(&mechanism_open_table, ON_FAULT_SKIP);
    answer(0, &OFFER_OF(1, 1), NP_NEVER);
    answer(1, NULL, NP_NEVER);
    answer(2, NULL, NP_NEVER);
    referee_fault(referee, 0, "it left");
    assert_true(referee_advance(referee)); /* the offer: all are asked */
    answer(1, &ACCEPT_OF(1), NP_NEVER);
    answer(2, &ACCEPT_OF(1), NP_NEVER);
    assert_true(referee_advance(referee));
    only_event(NP_EVENT_FAULT);
    while (referee_advance(referee)) {
        assert_int_equal(referee_waiting(referee) & 1, 0);
        for (SeatId seat = 1; seat < 3; seat++)
            if (referee_waiting(referee) >> seat & 1) answer(seat, NULL, NP_NEVER);
    }
    assert_int_equal(referee_verdict(referee)->kind, VERDICT_AGREEMENT);
    close_talks();
}

static void with_turns_a_silent_seat_passes(void **state) {
    (void)state;
    open_talks(&mechanism_alternating_offers, ON_FAULT_SKIP);
    referee_fault(referee, 0, "it left");
    assert_true(referee_advance(referee));
    only_event(NP_EVENT_FAULT);
    assert_true(referee_advance(referee));
    assert_int_equal(only_event(NP_EVENT_PASS)->seat, 0);
    assert_int_equal(referee_waiting(referee), 2);
    close_talks();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fault_waits_until_all_others_have_answered),
        cmocka_unit_test(who_takes_over_and_fails_ends_the_talks),
        cmocka_unit_test(faults_of_one_moment_are_ruled_in_the_order_of_seats),
        cmocka_unit_test(a_fault_of_a_seat_that_is_not_asked_waits_for_its_next_question),
        cmocka_unit_test(what_a_silent_seat_had_offered_stands),
        cmocka_unit_test(with_turns_a_silent_seat_passes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
