/* Closed tables, statements, levers, authority and the price of a broken word. */
#include <math.h>

#include "tests/core/negotiation/scenes.h"

/* Ann and Bob may talk without Cat. */
static Terms *lay(Play *play) {
    Terms *terms = play_prepare(play, &mechanism_open_table);
    terms->closed_tables = 1;
    terms->table[1] = (TableTerms){"annex", "annex", seat_bit(ANN) | seat_bit(BOB), 0};
    play_open(play);
    return terms;
}

static Action at_table(Action action, uint8_t table) {
    action.table = table;
    return action;
}

static void only_members_move_at_a_closed_table(void **state) {
    (void)state;
    Play play;
    lay(&play);
    assert_int_equal(play_move(&play, CAT, at_table(OFFER_OF(1, 1), 1)), NP_RULING_NOT_A_MEMBER);
    assert_int_equal(play_move(&play, ANN, at_table(OFFER_OF(1, 1), 2)), NP_RULING_MALFORMED);
    assert_int_equal(play_move(&play, ANN, at_table(OFFER_OF(1, 1), 1)), NP_RULING_OK);
    assert_int_equal(play.effect.table, 1);
    assert_int_equal(play_move(&play, CAT, ACCEPT_OF(2)), NP_RULING_NOT_A_MEMBER);
    assert_int_equal(play_move(&play, CAT, (Action){.kind = NP_REJECT, .offer = 2}),
                     NP_RULING_NOT_A_MEMBER);
    assert_int_equal(play_move(&play, CAT, (Action){.kind = NP_WITHDRAW, .offer = 2}),
                     NP_RULING_NOT_A_MEMBER);
    assert_int_equal(play_move(&play, BOB, ACCEPT_OF(2)), NP_RULING_OK);
    assert_int_equal(play.effect.table, 1);
    play_close(&play);
}

/* I6: neither from numbers nor by trying them does Cat learn how much is tabled in the annex. */
static void numbers_tell_nothing_of_another_table(void **state) {
    (void)state;
    Play play;
    lay(&play);
    play_move(&play, CAT, OFFER_OF(1, 1));
    assert_int_equal(play.effect.offer, 1);
    assert_int_equal(play_move(&play, CAT, ACCEPT_OF(2)), NP_RULING_NOT_A_MEMBER);
    assert_int_equal(play_move(&play, BOB, ACCEPT_OF(2)), NP_RULING_NO_SUCH_OFFER);
    for (uint32_t made = 0; made < 3; made++) {
        play_move(&play, ANN, at_table(OFFER_OF(1, 1), 1));
        assert_int_equal(play.effect.offer, 2 + 2 * made);
    }
    play_move(&play, CAT, OFFER_OF(1, 2));
    assert_int_equal(play.effect.offer, 3);
    assert_int_equal(play_move(&play, CAT, ACCEPT_OF(2)), NP_RULING_NOT_A_MEMBER);
    assert_int_equal(play_move(&play, CAT, ACCEPT_OF(6)), NP_RULING_NOT_A_MEMBER);
    play_close(&play);
}

static void a_seat_has_an_offer_at_every_table_and_acceptances_pool_at_one(void **state) {
    (void)state;
    Play play;
    Terms *terms = lay(&play);
    terms->consent.needs[0][1] = terms->consent.needs[1][1] = seat_bit(ANN) | seat_bit(BOB);
    play_move(&play, ANN, at_table(OFFER_OF(1, 1), 1));
    assert_int_equal(play_move(&play, ANN, OFFER_OF(0, 0)), NP_RULING_OK);
    assert_int_equal(play_move(&play, BOB, OFFER_OF(1, 1)), NP_RULING_OK);
    assert_false(play.effect.concluded);
    assert_int_equal(session_pool(&play.session, 0, &play.effect.conclusion), 0);
    assert_int_equal(play_move(&play, BOB, ACCEPT_OF(2)), NP_RULING_OK);
    assert_true(play.effect.concluded);
    assert_int_equal(play.effect.signatories, seat_bit(ANN) | seat_bit(BOB));
    play_close(&play);
}

static void what_needs_a_seat_outside_is_not_concluded_behind_closed_doors(void **state) {
    (void)state;
    Play play;
    lay(&play);
    play_move(&play, ANN, at_table(OFFER_OF(1, 1), 1));
    play_move(&play, BOB, ACCEPT_OF(2));
    play_move(&play, CAT, OFFER_OF(1, 1));
    assert_false(play.effect.concluded);
    assert_int_equal(play.effect.accepted, seat_bit(CAT));
    play_close(&play);
}

static void offers_of_all_tables_expire_and_lapse(void **state) {
    (void)state;
    Play play;
    lay(&play);
    Action brief = at_table(OFFER_OF(1, 1), 1);
    brief.valid_for = DAYS(3);
    play_move(&play, ANN, brief);
    play_move(&play, BOB, at_table(OFFER_OF(2, 2), 1));
    play_move(&play, CAT, OFFER_OF(1, 2));
    OfferPlace place, lapsed[SESSION_MAX_STANDING];
    assert_true(session_expire(&play.session, 2, DAYS(4), &place));
    assert_int_equal(place.table, 1);
    assert_int_equal(place.seat, ANN);
    session_move_status_quo(&play.session, 0, 1);
    assert_int_equal(session_lapse(&play.session, lapsed), 1);
    assert_int_equal(lapsed[0].number, 4);
    assert_int_equal(lapsed[0].table, 1);
    assert_int_equal(play_move(&play, BOB, OFFER_OF(2, 2)), NP_RULING_CONTRADICTS_ACCORD);
    play_close(&play);
}

static void who_leaves_a_table_takes_its_offers_along(void **state) {
    (void)state;
    Play play;
    Terms *terms = lay(&play);
    play_move(&play, ANN, at_table(OFFER_OF(1, 1), 1));
    play_move(&play, BOB, at_table(OFFER_OF(2, 2), 1));
    play_move(&play, BOB, OFFER_OF(1, 2));
    terms->table[1].members = seat_bit(ANN) | seat_bit(CAT);
    OfferPlace lapsed[SESSION_MAX_STANDING];
    assert_int_equal(session_lapse(&play.session, lapsed), 1);
    assert_int_equal(lapsed[0].number, 4);
    play_close(&play);
}

/* --- statements --- */

static Action say(uint8_t word, uint8_t issue, uint8_t option, uint8_t lever) {
    return (Action){
        .kind = NP_STATEMENT, .statement = word, .issue = issue, .option = option, .lever = lever};
}

static const Lever levers[] = {
    {.id = "aid", .title = "aid", .seat = ANN, .start = 0.5, .least = 0, .most = 1},
    {.id = "tempo", .title = "tempo", .seat = BOB, .start = 1, .least = -1, .most = 2},
};

static void lay_levers(Play *play) {
    Terms *terms = lay(play);
    terms->lever = levers;
    terms->levers = 2;
    play_open(play);
}

static void statements_are_well_formed_and_bind_nobody(void **state) {
    (void)state;
    Play play;
    lay_levers(&play);
    assert_int_equal(play_move(&play, ANN, say(0, 0, 0, 0)), NP_RULING_MALFORMED);
    assert_int_equal(play_move(&play, ANN, say(6, 0, 0, 0)), NP_RULING_MALFORMED);
    assert_int_equal(play_move(&play, ANN, say(NP_SAY_DEMAND, 0, NP_NO_OPTION, 0)),
                     NP_RULING_MALFORMED);
    assert_int_equal(play_move(&play, ANN, say(NP_SAY_DEMAND, 2, 0, 0)), NP_RULING_MALFORMED);
    assert_int_equal(play_move(&play, ANN, say(NP_SAY_THREAT, 0, 0, 2)), NP_RULING_MALFORMED);
    assert_int_equal(play_move(&play, ANN, say(NP_SAY_THREAT, 0, 0, 1)), NP_RULING_NOT_YOUR_LEVER);
    assert_int_equal(play_move(&play, CAT, at_table(say(NP_SAY_DEMAND, 0, 0, 0), 1)),
                     NP_RULING_NOT_A_MEMBER);
    assert_int_equal(play_move(&play, ANN, say(NP_SAY_THREAT, 0, NP_NO_OPTION, 0)), NP_RULING_OK);
    assert_int_equal(play.effect.kind, NP_EVENT_STATEMENT);
    assert_int_equal(play.effect.option, NP_NO_OPTION);
    assert_int_equal(play.effect.lever, 0);
    assert_int_equal(play_move(&play, ANN, say(NP_SAY_DEMAND, 1, 2, 77)), NP_RULING_OK);
    assert_int_equal(play.effect.lever, NP_NO_LEVER);
    assert_int_equal(play_move(&play, ANN, say(NP_SAY_DENY, 0, NP_NO_OPTION, 1)), NP_RULING_OK);
    assert_int_equal(play.session.offers, 0);
    play_close(&play);
}

/* --- levers --- */

static Action pull(uint8_t lever, double level) {
    return (Action){.kind = NP_LEVER, .lever = lever, .level = level};
}

static void a_lever_is_moved_by_its_actor_within_its_bounds(void **state) {
    (void)state;
    Play play;
    lay_levers(&play);
    assert_int_equal(play_move(&play, ANN, pull(2, 0)), NP_RULING_MALFORMED);
    assert_int_equal(play_move(&play, ANN, pull(0, (double)NAN)), NP_RULING_MALFORMED);
    assert_int_equal(play_move(&play, ANN, pull(1, 0)), NP_RULING_NOT_YOUR_LEVER);
    assert_int_equal(play_move(&play, ANN, pull(0, 1.1)), NP_RULING_OUT_OF_BOUNDS);
    assert_int_equal(play_move(&play, ANN, pull(0, -(double)INFINITY)), NP_RULING_OUT_OF_BOUNDS);
    assert_int_equal(play_move(&play, ANN, pull(0, 0.5 + 1e-12)), NP_RULING_ALREADY_SAID);
    assert_int_equal(play_move(&play, ANN, pull(0, 0.75)), NP_RULING_OK);
    assert_int_equal(play.effect.kind, NP_EVENT_LEVER);
    assert_true(play.effect.before == 0.5 && play.effect.level == 0.75);
    assert_true(session_set_level(&play.session, 0, 0.25) == 0.75);
    assert_int_equal(play_move(&play, ANN, pull(0, 0.75)), NP_RULING_OK);
    play_close(&play);
}

static void levers_move_after_the_signature_and_not_after_a_walk_out(void **state) {
    (void)state;
    Play play;
    lay_levers(&play);
    play_move(&play, ANN, OFFER_OF(1, 1));
    play_move(&play, BOB, ACCEPT_OF(1));
    play_move(&play, CAT, ACCEPT_OF(1));
    assert_true(play.effect.concluded);
    assert_int_equal(play_move(&play, ANN, pull(0, 1)), NP_RULING_OK);
    assert_int_equal(play_move(&play, ANN, OFFER_OF(1, 1)), NP_RULING_TALKS_CLOSED);
    play_open(&play);
    play_move(&play, CAT, (Action){.kind = NP_WALK_OUT});
    assert_int_equal(play_move(&play, ANN, pull(0, 1)), NP_RULING_TALKS_CLOSED);
    play_close(&play);
}

/* T12, and what comes of it: a status quo that has moved may leave a package with all that it needs. */
static void a_moved_status_quo_may_complete_what_stands(void **state) {
    (void)state;
    Play play;
    Terms *terms = lay(&play);
    terms->consent.needs[0][1] = seat_bit(CAT);
    terms->consent.needs[1][1] = seat_bit(ANN) | seat_bit(BOB);
    play_move(&play, ANN, OFFER_OF(1, 1));
    play_move(&play, BOB, ACCEPT_OF(1));
    assert_int_equal(session_ready(&play.session), 0);
    session_move_status_quo(&play.session, 0, 1);
    assert_int_equal(session_ready(&play.session), 1);
    session_conclude(&play.session, 0, &play.effect);
    assert_true(play.effect.concluded);
    assert_int_equal(play.effect.offer, 1);
    play_close(&play);
}

/* --- authority --- */

static void a_seat_without_authority_may_accept_and_not_sign(void **state) {
    (void)state;
    Play play;
    lay(&play)->unauthorised = seat_bit(BOB);
    play_open(&play);
    play_move(&play, ANN, OFFER_OF(1, 1));
    play_move(&play, CAT, ACCEPT_OF(1));
    assert_int_equal(play_move(&play, BOB, ACCEPT_OF(1)), NP_RULING_OK);
    assert_int_equal(play.effect.accepted, 7);
    assert_false(play.effect.concluded);
    assert_false(session_authorise(&play.session, ANN));
    assert_true(session_authorise(&play.session, BOB));
    assert_int_equal(session_ready(&play.session), 1);
    session_conclude(&play.session, 0, &play.effect);
    assert_true(play.effect.concluded);
    assert_int_equal(play.effect.signatories, 7);
    play_close(&play);
}

/* --- a broken word --- */

static Action rule_out(uint8_t issue, uint8_t option) {
    return (Action){.kind = NP_RULE_OUT, .issue = issue, .option = option};
}

/* base 0.01, step 0.02: with two commitments made, each broken one costs 0.05, once. */
static void a_broken_commitment_costs_once(void **state) {
    (void)state;
    Play play;
    Terms *terms = lay(&play);
    terms->audience_base = utility_from(0.01);
    terms->audience_step = utility_from(0.02);
    play_move(&play, ANN, rule_out(0, 2));
    play_move(&play, ANN, rule_out(1, 2));
    play_move(&play, BOB, OFFER_OF(2, 0));
    assert_int_equal(play.effect.audience_cost, 0);
    assert_int_equal(play_move(&play, ANN, ACCEPT_OF(1)), NP_RULING_OK);
    assert_true(play.effect.breaks_commitment);
    assert_int_equal(play.effect.audience_cost, utility_from(0.05));
    play_move(&play, ANN, OFFER_OF(2, 1));
    assert_true(play.effect.breaks_commitment);
    assert_int_equal(play.effect.audience_cost, 0);
    play_move(&play, ANN, OFFER_OF(2, 2));
    assert_int_equal(play.effect.audience_cost, utility_from(0.05));
    play_close(&play);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_members_move_at_a_closed_table),
        cmocka_unit_test(numbers_tell_nothing_of_another_table),
        cmocka_unit_test(a_seat_has_an_offer_at_every_table_and_acceptances_pool_at_one),
        cmocka_unit_test(what_needs_a_seat_outside_is_not_concluded_behind_closed_doors),
        cmocka_unit_test(offers_of_all_tables_expire_and_lapse),
        cmocka_unit_test(who_leaves_a_table_takes_its_offers_along),
        cmocka_unit_test(statements_are_well_formed_and_bind_nobody),
        cmocka_unit_test(a_lever_is_moved_by_its_actor_within_its_bounds),
        cmocka_unit_test(levers_move_after_the_signature_and_not_after_a_walk_out),
        cmocka_unit_test(a_moved_status_quo_may_complete_what_stands),
        cmocka_unit_test(a_seat_without_authority_may_accept_and_not_sign),
        cmocka_unit_test(a_broken_commitment_costs_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
