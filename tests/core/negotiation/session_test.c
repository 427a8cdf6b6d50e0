/* The rules of the table, scene by scene. */
#include "core/negotiation/session.h"

#include "tests/core/base/suite.h"
#include "tests/fixtures/negotiations.h"

enum { ANN = 0, BOB = 1, CAT = 2 };

typedef struct Table {
    Negotiation *negotiation;
    Session session;
    Effect effect;
    SimTime now;
} Table;

static void seat_at(Table *table, Negotiation *negotiation) {
    table->negotiation = negotiation;
    table->now = 0;
    session_open(&table->session, negotiation);
}

static Ruling move(Table *table, SeatId seat, Action action) {
    table->now += DAYS(1);
    session_apply(&table->session, seat, &action, table->now, &table->effect);
    return table->effect.ruling;
}

/* Two seats, two issues of three options, an open table. */
static void lay_open_table(Table *table) {
    seat_at(table, fixture_plain(&mechanism_open_table, 2, 2, 3));
}

/* What no longer fits lapses: exactly the offers of these seats at the public table. */
static void assert_lapse(Table *table, SeatSet expected) {
    OfferPlace lapsed[SESSION_MAX_STANDING];
    uint32_t count = session_lapse(&table->session, lapsed);
    SeatSet seats = 0;
    for (uint32_t i = 0; i < count; i++) seats |= seat_bit(lapsed[i].seat);
    assert_int_equal(seats, expected);
}

static void clear_away(Table *table) {
    fixture_finish(table->negotiation);
}

static void an_accepted_offer_concludes(void **state) {
    (void)state;
    Table table;
    lay_open_table(&table);
    assert_int_equal(move(&table, BOB, ACCEPT_OF(1)), NP_RULING_NO_SUCH_OFFER);
    assert_int_equal(move(&table, ANN, OFFER_OF(1, 1)), NP_RULING_OK);
    assert_int_equal(table.effect.offer, 1);
    assert_false(table.effect.concluded);
    assert_int_equal(move(&table, ANN, ACCEPT_OF(1)), NP_RULING_ALREADY_SAID);
    assert_int_equal(move(&table, BOB, ACCEPT_OF(1)), NP_RULING_OK);
    assert_true(table.effect.concluded);
    assert_int_equal(table.effect.signatories, 3);
    assert_int_equal(move(&table, BOB, ACCEPT_OF(1)), NP_RULING_TALKS_CLOSED);
    clear_away(&table);
}

static void identical_packages_pool_their_acceptances(void **state) {
    (void)state;
    Table table;
    lay_open_table(&table);
    assert_int_equal(move(&table, ANN, OFFER_OF(1, 2)), NP_RULING_OK);
    assert_int_equal(move(&table, BOB, OFFER_OF(1, 2)), NP_RULING_OK);
    assert_true(table.effect.concluded);
    clear_away(&table);
}

static void a_new_offer_replaces_the_old_one(void **state) {
    (void)state;
    Table table;
    lay_open_table(&table);
    move(&table, ANN, OFFER_OF(0, 0));
    move(&table, ANN, OFFER_OF(1, 0));
    assert_int_equal(move(&table, BOB, ACCEPT_OF(1)), NP_RULING_NO_SUCH_OFFER);
    assert_int_equal(move(&table, BOB, ACCEPT_OF(2)), NP_RULING_OK);
    assert_true(table.effect.concluded);
    clear_away(&table);
}

static void an_offer_stands_until_it_expires(void **state) {
    (void)state;
    Table table;
    lay_open_table(&table);
    Action offer = OFFER_OF(0, 0);
    offer.valid_for = DAYS(10);
    move(&table, ANN, offer);
    assert_int_equal(table.effect.expires_at, DAYS(11));
    OfferPlace place;
    assert_false(session_expire(&table.session, 1, DAYS(11) - 1, &place));
    assert_true(session_expire(&table.session, 1, DAYS(11), &place));
    assert_int_equal(place.seat, ANN);
    assert_false(session_expire(&table.session, 1, DAYS(12), &place));
    assert_int_equal(move(&table, BOB, ACCEPT_OF(1)), NP_RULING_NO_SUCH_OFFER);
    clear_away(&table);
}

/* Times are added up everywhere: a seat may not bring them to overflow. */
static void an_offer_for_ever_stands_until_it_is_replaced(void **state) {
    (void)state;
    Table table;
    lay_open_table(&table);
    Action offer = OFFER_OF(0, 0);
    offer.valid_for = NP_NEVER - DAYS(10);
    move(&table, ANN, offer);
    assert_true(table.effect.expires_at == NP_NEVER);
    clear_away(&table);
}

static void rejecting_and_withdrawing_take_an_acceptance_back(void **state) {
    (void)state;
    Table table;
    seat_at(&table, fixture_plain(&mechanism_open_table, 3, 2, 3));
    move(&table, ANN, OFFER_OF(1, 1));
    assert_int_equal(move(&table, BOB, ACCEPT_OF(1)), NP_RULING_OK);
    assert_int_equal(move(&table, BOB, (Action){.kind = NP_WITHDRAW, .offer = 1}), NP_RULING_OK);
    assert_int_equal(move(&table, CAT, ACCEPT_OF(1)), NP_RULING_OK);
    assert_false(table.effect.concluded);
    assert_int_equal(move(&table, CAT, (Action){.kind = NP_REJECT, .offer = 1}), NP_RULING_OK);
    assert_int_equal(move(&table, CAT, (Action){.kind = NP_REJECT, .offer = 1}),
                     NP_RULING_ALREADY_SAID);
    assert_int_equal(move(&table, BOB, ACCEPT_OF(1)), NP_RULING_OK);
    assert_false(table.effect.concluded);
    assert_int_equal(move(&table, ANN, (Action){.kind = NP_WITHDRAW, .offer = 1}), NP_RULING_OK);
    assert_int_equal(move(&table, CAT, ACCEPT_OF(1)), NP_RULING_NO_SUCH_OFFER);
    clear_away(&table);
}

/* Stalled talks are not revived by taking an acceptance back and giving it again. */
static void an_acceptance_is_new_once(void **state) {
    (void)state;
    Table table;
    seat_at(&table, fixture_plain(&mechanism_open_table, 3, 2, 3));
    move(&table, ANN, OFFER_OF(1, 1));
    assert_false(table.effect.newly);
    move(&table, BOB, ACCEPT_OF(1));
    assert_true(table.effect.newly);
    move(&table, BOB, (Action){.kind = NP_WITHDRAW, .offer = 1});
    move(&table, BOB, ACCEPT_OF(1));
    assert_false(table.effect.newly);
    move(&table, BOB, OFFER_OF(1, 1));
    assert_false(table.effect.newly);
    move(&table, CAT, OFFER_OF(0, 1));
    assert_false(table.effect.newly);
    move(&table, ANN, OFFER_OF(0, 1));
    assert_true(table.effect.newly);
    move(&table, ANN, OFFER_OF(0, 1));
    assert_false(table.effect.newly);
    clear_away(&table);
}

static void malformed_moves_are_refused(void **state) {
    (void)state;
    Table table;
    lay_open_table(&table);
    Action twice = {.kind = NP_OFFER, .packages = 2, .menu = {OUTCOME(0, 0), OUTCOME(0, 0)}};
    assert_int_equal(move(&table, ANN, OFFER_OF(0, 3)), NP_RULING_MALFORMED);
    assert_int_equal(move(&table, ANN, OFFER_OF(0, 0, 0)), NP_RULING_MALFORMED);
    assert_int_equal(move(&table, ANN, OFFER_OF(0)), NP_RULING_INCOMPLETE);
    assert_int_equal(move(&table, ANN, (Action){.kind = NP_OFFER}), NP_RULING_MALFORMED);
    assert_int_equal(move(&table, ANN, (Action){.kind = NP_OFFER, .packages = 5}),
                     NP_RULING_MALFORMED);
    assert_int_equal(move(&table, ANN, twice), NP_RULING_MALFORMED);
    assert_int_equal(move(&table, ANN, (Action){.kind = 99}), NP_RULING_MALFORMED);
    assert_int_equal(move(&table, ANN, (Action){.kind = NP_RULE_OUT, .issue = 2}),
                     NP_RULING_MALFORMED);
    table.negotiation->terms.menu_limit = 1;
    twice.menu[1] = OUTCOME(1, 1);
    assert_int_equal(move(&table, ANN, twice), NP_RULING_MENU_TOO_LARGE);
    clear_away(&table);
}

/* T14: a crossed hard red line is accepted with probability 0. */
static void a_hard_red_line_binds_offers_and_acceptances(void **state) {
    (void)state;
    Table table;
    lay_open_table(&table);
    Profile *bob = &table.negotiation->profile[BOB];
    bob->red_lines = 1;
    bob->red_line[0] = (RedLine){.when = {1, {0}, {1u << 2}}, .hard = true};
    assert_int_equal(move(&table, BOB, OFFER_OF(2, 2)), NP_RULING_CROSSES_RED_LINE);
    assert_int_equal(move(&table, ANN, OFFER_OF(2, 2)), NP_RULING_OK);
    assert_int_equal(move(&table, BOB, ACCEPT_OF(1)), NP_RULING_CROSSES_RED_LINE);
    clear_away(&table);
}

static void an_infeasible_package_is_refused(void **state) {
    (void)state;
    Table table;
    lay_open_table(&table);
    Domain *domain = &table.negotiation->terms.domain;
    domain->exclusions = 1;
    domain->exclusion[0] = (Exclusion){{2, {0, 1}, {1, 1}}, "both at once cannot be"};
    assert_int_equal(move(&table, ANN, OFFER_OF(0, 0)), NP_RULING_INFEASIBLE);
    assert_int_equal(move(&table, ANN, OFFER_OF(0, 1)), NP_RULING_OK);
    clear_away(&table);
}

/* T12: a move that needs nobody else never waits for consent. */
static void only_those_who_are_needed_must_agree(void **state) {
    (void)state;
    Table table;
    seat_at(&table, fixture_plain(&mechanism_open_table, 3, 2, 3));
    Terms *terms = &table.negotiation->terms;
    terms->domain.issue[0].status_quo = 0;
    terms->domain.issue[1].status_quo = 0;
    session_open(&table.session, table.negotiation);
    terms->consent.needs[0][1] = seat_bit(ANN) | seat_bit(BOB);
    terms->consent.needs[1][1] = seat_bit(CAT);
    assert_int_equal(move(&table, ANN, OFFER_OF(0, 0)), NP_RULING_STATUS_QUO);
    assert_int_equal(move(&table, CAT, OFFER_OF(1, 0)), NP_RULING_OK);
    assert_int_equal(move(&table, BOB, ACCEPT_OF(1)), NP_RULING_OK);
    assert_false(table.effect.concluded);
    assert_int_equal(move(&table, ANN, ACCEPT_OF(1)), NP_RULING_OK);
    assert_true(table.effect.concluded);
    session_open(&table.session, table.negotiation);
    assert_int_equal(move(&table, CAT, OFFER_OF(0, 1)), NP_RULING_OK);
    assert_true(table.effect.concluded);
    assert_int_equal(table.effect.signatories, seat_bit(CAT));
    clear_away(&table);
}

static void a_partial_accord_settles_its_issue_and_the_talks_go_on(void **state) {
    (void)state;
    Table table;
    lay_open_table(&table);
    table.negotiation->terms.domain.issue[1].separable = true;
    assert_int_equal(move(&table, ANN, OFFER_OF(NP_NO_OPTION, 1)), NP_RULING_OK);
    assert_int_equal(move(&table, BOB, OFFER_OF(2, 2)), NP_RULING_OK);
    assert_int_equal(move(&table, BOB, ACCEPT_OF(1)), NP_RULING_OK);
    assert_true(table.effect.concluded && table.effect.partial);
    assert_lapse(&table, seat_bit(ANN) | seat_bit(BOB));
    assert_int_equal(move(&table, BOB, OFFER_OF(2, 2)), NP_RULING_CONTRADICTS_ACCORD);
    assert_int_equal(move(&table, BOB, OFFER_OF(2, 1)), NP_RULING_OK);
    assert_int_equal(move(&table, ANN, ACCEPT_OF(3)), NP_RULING_OK);
    assert_true(table.effect.concluded);
    assert_false(table.effect.partial);
    clear_away(&table);
}

/* The package needs everybody until the accord; then the two who accepted the rest of it suffice. */
static void an_accord_may_complete_the_consent_to_what_stands(void **state) {
    (void)state;
    Table table;
    seat_at(&table, fixture_plain(&mechanism_open_table, 3, 2, 3));
    table.negotiation->terms.domain.issue[1].separable = true;
    for (uint8_t option = 0; option < 3; option++)
        table.negotiation->terms.consent.needs[0][option] = seat_bit(ANN) | seat_bit(BOB);
    assert_int_equal(move(&table, ANN, OFFER_OF(2, 1)), NP_RULING_OK);
    assert_int_equal(move(&table, BOB, ACCEPT_OF(1)), NP_RULING_OK);
    assert_false(table.effect.concluded);
    assert_int_equal(move(&table, CAT, OFFER_OF(NP_NO_OPTION, 1)), NP_RULING_OK);
    assert_int_equal(move(&table, BOB, ACCEPT_OF(2)), NP_RULING_OK);
    assert_int_equal(session_ready(&table.session), 0);
    assert_int_equal(move(&table, ANN, ACCEPT_OF(2)), NP_RULING_OK);
    assert_true(table.effect.concluded && table.effect.partial);
    assert_lapse(&table, seat_bit(CAT));
    assert_int_equal(session_ready(&table.session), 1);
    session_conclude(&table.session, 0, &table.effect);
    assert_true(table.effect.concluded);
    assert_false(table.effect.partial);
    assert_int_equal(table.effect.signatories, seat_bit(ANN) | seat_bit(BOB));
    assert_int_equal(table.effect.conclusion.option[0], 2);
    assert_true(table.session.closed);
    clear_away(&table);
}

/* I4: what Bob accepted while the second issue was open crosses his red line once it is settled. */
static void an_accord_ends_offers_that_it_carries_over_a_red_line(void **state) {
    (void)state;
    Table table;
    seat_at(&table, fixture_plain(&mechanism_open_table, 3, 3, 3));
    Domain *domain = &table.negotiation->terms.domain;
    domain->issue[1].separable = domain->issue[2].separable = true;
    Profile *bob = &table.negotiation->profile[BOB];
    bob->red_lines = 1;
    bob->red_line[0] = (RedLine){.when = {2, {1, 2}, {1u << 1, 1u << 1}}, .hard = true};
    assert_int_equal(move(&table, ANN, OFFER_OF(NP_NO_OPTION, NP_NO_OPTION, 1)), NP_RULING_OK);
    assert_int_equal(move(&table, BOB, ACCEPT_OF(1)), NP_RULING_OK);
    assert_int_equal(move(&table, CAT, OFFER_OF(NP_NO_OPTION, 1)), NP_RULING_OK);
    assert_int_equal(move(&table, BOB, ACCEPT_OF(2)), NP_RULING_OK);
    assert_int_equal(move(&table, ANN, ACCEPT_OF(2)), NP_RULING_OK);
    assert_true(table.effect.concluded && table.effect.partial);
    assert_lapse(&table, seat_bit(ANN) | seat_bit(CAT));
    assert_int_equal(move(&table, CAT, ACCEPT_OF(1)), NP_RULING_NO_SUCH_OFFER);
    clear_away(&table);
}

/* What is recorded of a withdrawn offer names no package, whatever its mover put there. */
static void withdrawing_an_offer_names_no_package(void **state) {
    (void)state;
    Table table;
    lay_open_table(&table);
    assert_int_equal(move(&table, ANN, OFFER_OF(1, 1)), NP_RULING_OK);
    assert_int_equal(move(&table, ANN, (Action){.kind = NP_WITHDRAW, .offer = 1, .package = 200}),
                     NP_RULING_OK);
    assert_int_equal(table.effect.package, 0);
    clear_away(&table);
}

static void going_back_on_a_ruled_out_option_is_noticed(void **state) {
    (void)state;
    Table table;
    lay_open_table(&table);
    Action rule_out = {.kind = NP_RULE_OUT, .issue = 0, .option = 2};
    assert_int_equal(move(&table, ANN, rule_out), NP_RULING_OK);
    assert_int_equal(move(&table, ANN, rule_out), NP_RULING_ALREADY_SAID);
    assert_int_equal(move(&table, ANN, OFFER_OF(1, 0)), NP_RULING_OK);
    assert_false(table.effect.breaks_commitment);
    assert_int_equal(move(&table, ANN, OFFER_OF(2, 0)), NP_RULING_OK);
    assert_true(table.effect.breaks_commitment);
    clear_away(&table);
}

static void alternating_offers_take_turns(void **state) {
    (void)state;
    Table table;
    seat_at(&table, fixture_plain(&mechanism_alternating_offers, 3, 2, 3));
    assert_int_equal(move(&table, BOB, OFFER_OF(2, 2)), NP_RULING_NOT_YOUR_TURN);
    assert_int_equal(move(&table, ANN, OFFER_OF(0, 0)), NP_RULING_OK);
    assert_int_equal(move(&table, BOB, (Action){.kind = NP_REJECT, .offer = 1}), NP_RULING_OK);
    assert_int_equal(move(&table, BOB, OFFER_OF(1, 1)), NP_RULING_OK);
    assert_int_equal(move(&table, CAT, ACCEPT_OF(1)), NP_RULING_NO_SUCH_OFFER);
    assert_int_equal(move(&table, CAT, ACCEPT_OF(2)), NP_RULING_OK);
    assert_false(table.effect.concluded);
    assert_int_equal(move(&table, ANN, ACCEPT_OF(2)), NP_RULING_OK);
    assert_true(table.effect.concluded);
    assert_int_equal(table.effect.signatories, 7);
    clear_away(&table);
}

static void a_passed_turn_goes_to_the_next(void **state) {
    (void)state;
    Table table;
    seat_at(&table, fixture_plain(&mechanism_alternating_offers, 2, 2, 3));
    assert_int_equal(move(&table, ANN, (Action){.kind = NP_PASS}), NP_RULING_OK);
    assert_int_equal(table.session.turn, BOB);
    clear_away(&table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_accepted_offer_concludes),
        cmocka_unit_test(identical_packages_pool_their_acceptances),
        cmocka_unit_test(a_new_offer_replaces_the_old_one),
        cmocka_unit_test(an_offer_stands_until_it_expires),
        cmocka_unit_test(an_offer_for_ever_stands_until_it_is_replaced),
        cmocka_unit_test(rejecting_and_withdrawing_take_an_acceptance_back),
        cmocka_unit_test(an_acceptance_is_new_once),
        cmocka_unit_test(malformed_moves_are_refused),
        cmocka_unit_test(a_hard_red_line_binds_offers_and_acceptances),
        cmocka_unit_test(an_infeasible_package_is_refused),
        cmocka_unit_test(only_those_who_are_needed_must_agree),
        cmocka_unit_test(a_partial_accord_settles_its_issue_and_the_talks_go_on),
        cmocka_unit_test(an_accord_may_complete_the_consent_to_what_stands),
        cmocka_unit_test(an_accord_ends_offers_that_it_carries_over_a_red_line),
        cmocka_unit_test(withdrawing_an_offer_names_no_package),
        cmocka_unit_test(going_back_on_a_ruled_out_option_is_noticed),
        cmocka_unit_test(alternating_offers_take_turns),
        cmocka_unit_test(a_passed_turn_goes_to_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
