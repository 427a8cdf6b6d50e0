/* One text, a mediator, and those who judge it. */
#include "tests/core/negotiation/scenes.h"

static void lay(Play *play) {
    play_prepare(play, &mechanism_single_text)->mediator = CAT;
    play_open(play);
}

static void the_mediator_drafts_and_the_others_judge(void **state) {
    (void)state;
    Play play;
    lay(&play);
    assert_int_equal(play_move(&play, ANN, OFFER_OF(1, 1)), NP_RULING_NOT_YOUR_ROLE);
    assert_int_equal(play_move(&play, CAT, OFFER_OF(1, 1)), NP_RULING_OK);
    assert_int_equal(play_move(&play, CAT, ACCEPT_OF(1)), NP_RULING_NOT_YOUR_ROLE);
    assert_int_equal(play_move(&play, BOB, ACCEPT_OF(1)), NP_RULING_OK);
    assert_int_equal(play_move(&play, ANN, (Action){.kind = NP_REJECT, .offer = 1}), NP_RULING_OK);
    assert_int_equal(play.session.drafts, 1);
    play_close(&play);
}

static void a_draft_that_all_prefer_becomes_the_text_and_binds_nobody(void **state) {
    (void)state;
    Play play;
    lay(&play);
    play_move(&play, CAT, OFFER_OF(1, 1));
    assert_int_equal(play_move(&play, ANN, ACCEPT_OF(1)), NP_RULING_OK);
    assert_int_equal(play.session.text.option[0], NP_NO_OPTION);
    assert_int_equal(play_move(&play, BOB, ACCEPT_OF(1)), NP_RULING_OK);
    assert_int_equal(play.session.text.option[0], 1);
    assert_int_equal(play.effect.accepted, 7);
    assert_false(play.effect.concluded);
    assert_int_equal(session_ready(&play.session), 0);
    play_close(&play);
}

static void a_draft_replaces_the_one_before_and_silence_is_a_no(void **state) {
    (void)state;
    Play play;
    lay(&play);
    play_move(&play, CAT, OFFER_OF(1, 1));
    play_move(&play, ANN, ACCEPT_OF(1));
    play_move(&play, CAT, OFFER_OF(0, 1));
    assert_int_equal(play_move(&play, BOB, ACCEPT_OF(1)), NP_RULING_NO_SUCH_OFFER);
    assert_int_equal(play_move(&play, BOB, ACCEPT_OF(2)), NP_RULING_OK);
    assert_int_equal(play.session.text.option[0], NP_NO_OPTION);
    play_close(&play);
}

static void the_final_reading_concludes_when_those_it_needs_accept(void **state) {
    (void)state;
    Play play;
    lay(&play);
    Consent *consent = &play.negotiation->terms.consent;
    for (uint8_t issue = 0; issue < 2; issue++)
        for (uint8_t option = 0; option < 3; option++)
            consent->needs[issue][option] = seat_bit(ANN) | seat_bit(CAT);
    play_move(&play, CAT, OFFER_OF(1, 1));
    play_move(&play, ANN, ACCEPT_OF(1));
    play_move(&play, BOB, ACCEPT_OF(1));
    assert_int_equal(play_move(&play, CAT, OFFER_OF(1, 1)), NP_RULING_OK);
    assert_false(play.effect.concluded);
    assert_int_equal(play_move(&play, BOB, ACCEPT_OF(2)), NP_RULING_OK);
    assert_false(play.effect.concluded);
    assert_int_equal(play_move(&play, ANN, ACCEPT_OF(2)), NP_RULING_OK);
    assert_true(play.effect.concluded);
    assert_int_equal(play.effect.signatories, 7);
    assert_int_equal(play_move(&play, CAT, OFFER_OF(1, 2)), NP_RULING_TALKS_CLOSED);
    play_close(&play);
}

/* A rejected final reading leaves the text as it is, and the talks open. */
static void after_a_failed_final_reading_the_drafting_goes_on(void **state) {
    (void)state;
    Play play;
    lay(&play);
    play_move(&play, CAT, OFFER_OF(1, 1));
    play_move(&play, ANN, ACCEPT_OF(1));
    play_move(&play, BOB, ACCEPT_OF(1));
    play_move(&play, CAT, OFFER_OF(1, 1));
    assert_true(play.session.final);
    play_move(&play, ANN, (Action){.kind = NP_REJECT, .offer = 2});
    assert_int_equal(play_move(&play, CAT, OFFER_OF(1, 2)), NP_RULING_OK);
    assert_false(play.session.final);
    assert_int_equal(play.session.text.option[1], 1);
    play_close(&play);
}

/* Who mediates may change with the settings: the draft that stands is then still another's. */
static void what_all_prefer_is_the_draft_that_they_judged(void **state) {
    (void)state;
    Play play;
    lay(&play);
    play_move(&play, CAT, OFFER_OF(1, 2));
    play.negotiation->terms.mediator = ANN;
    assert_int_equal(play_move(&play, BOB, ACCEPT_OF(1)), NP_RULING_OK);
    assert_int_equal(play.session.text.option[0], 1);
    assert_int_equal(play.session.text.option[1], 2);
    play_close(&play);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_mediator_drafts_and_the_others_judge),
        cmocka_unit_test(a_draft_that_all_prefer_becomes_the_text_and_binds_nobody),
        cmocka_unit_test(a_draft_replaces_the_one_before_and_silence_is_a_no),
        cmocka_unit_test(the_final_reading_concludes_when_those_it_needs_accept),
        cmocka_unit_test(after_a_failed_final_reading_the_drafting_goes_on),
        cmocka_unit_test(what_all_prefer_is_the_draft_that_they_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
