/* Rounds in which all move at once. */
#include "tests/core/negotiation/scenes.h"

static void lay(Play *play) {
    Terms *terms = play_prepare(play, &mechanism_simultaneous);
    terms->seats = 2;
    terms->consent.all = 3;
    play_open(play);
}

/* Both offer in the first round, sealed from each other. */
static void offer_apart(Play *play) {
    assert_int_equal(play_move(play, ANN, OFFER_OF(0, 0)), NP_RULING_OK);
    assert_int_equal(play_now(play, BOB, OFFER_OF(2, 2)), NP_RULING_OK);
}

static void a_seat_makes_one_move_of_substance_a_round(void **state) {
    (void)state;
    Play play;
    lay(&play);
    offer_apart(&play);
    assert_int_equal(play_now(&play, ANN, OFFER_OF(0, 1)), NP_RULING_NOT_YOUR_TURN);
    assert_int_equal(play_now(&play, ANN, ACCEPT_OF(2)), NP_RULING_NOT_YOUR_TURN);
    Action rule_out = {.kind = NP_RULE_OUT, .issue = 0, .option = 2};
    assert_int_equal(play_now(&play, ANN, rule_out), NP_RULING_OK);
    assert_int_equal(play_move(&play, ANN, OFFER_OF(0, 1)), NP_RULING_OK);
    play_close(&play);
}

static void nothing_concludes_before_all_moves_of_the_moment_are_known(void **state) {
    (void)state;
    Play play;
    lay(&play);
    offer_apart(&play);
    assert_int_equal(session_ready(&play.session), 0);
    assert_int_equal(play_move(&play, ANN, ACCEPT_OF(2)), NP_RULING_OK);
    assert_false(play.effect.concluded);
    assert_int_equal(play.effect.accepted, 3);
    assert_int_equal(session_ready(&play.session), 1);
    session_conclude(&play.session, 0, &play.effect);
    assert_true(play.effect.concluded);
    assert_int_equal(play.effect.conclusion.option[0], 2);
    assert_int_equal(play.effect.offer, 2);
    assert_true(play.session.closed);
    assert_int_equal(session_ready(&play.session), 0);
    play_close(&play);
}

/* Each takes the other's offer: either will do, and it is not the order of seats that says which. */
static void crossed_acceptances_leave_a_choice(void **state) {
    (void)state;
    for (uint32_t which = 0; which < 2; which++) {
        Play play;
        lay(&play);
        offer_apart(&play);
        play_move(&play, ANN, ACCEPT_OF(2));
        assert_int_equal(play_now(&play, BOB, ACCEPT_OF(1)), NP_RULING_OK);
        assert_int_equal(session_ready(&play.session), 2);
        session_conclude(&play.session, which, &play.effect);
        assert_int_equal(play.effect.conclusion.option[0], which == 0 ? 0 : 2);
        play_close(&play);
    }
}

static void offers_that_meet_conclude_once(void **state) {
    (void)state;
    Play play;
    lay(&play);
    play_move(&play, ANN, OFFER_OF(1, 1));
    play_now(&play, BOB, OFFER_OF(1, 1));
    assert_false(play.effect.concluded);
    assert_int_equal(session_ready(&play.session), 1);
    play_close(&play);
}

static void an_offer_stands_until_its_seat_makes_the_next(void **state) {
    (void)state;
    Play play;
    lay(&play);
    Action brief = OFFER_OF(0, 0);
    brief.valid_for = DAYS(1);
    play_move(&play, ANN, brief);
    assert_true(play.effect.expires_at == NP_NEVER);
    play_move(&play, ANN, OFFER_OF(0, 1));
    assert_int_equal(play_now(&play, BOB, ACCEPT_OF(1)), NP_RULING_NO_SUCH_OFFER);
    assert_int_equal(play_now(&play, BOB, ACCEPT_OF(2)), NP_RULING_OK);
    play_close(&play);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seat_makes_one_move_of_substance_a_round),
        cmocka_unit_test(nothing_concludes_before_all_moves_of_the_moment_are_known),
        cmocka_unit_test(crossed_acceptances_leave_a_choice),
        cmocka_unit_test(offers_that_meet_conclude_once),
        cmocka_unit_test(an_offer_stands_until_its_seat_makes_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
