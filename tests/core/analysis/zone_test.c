/* Is there anything that all would rather have? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/analysis/zone.h"
#include "tests/core/analysis/small_question.h"

/* Two seats over two issues: what one gains the other loses, so both can have half. */
static Negotiation *even_split(double reservation) {
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 2, 3);
    for (SeatId seat = 0; seat < 2; seat++)
        negotiation->profile[seat].reservation = utility_from(reservation);
    return negotiation;
}

static void a_zone_closes_as_walking_away_becomes_better(void **state) {
    (void)state;
    static const struct {
        double reservation;
        ZoneAnswer answer;
    } row[] = {{0.4, ZONE_EXISTS}, {0.5, ZONE_EXISTS}, {0.51, ZONE_EMPTY}};
    for (int i = 0; i < 3; i++) {
        Negotiation *negotiation = even_split(row[i].reservation);
        assert_int_equal(zone_exists(negotiation), row[i].answer);
        fixture_finish(negotiation);
    }
}

static void a_hard_red_line_can_close_it(void **state) {
    (void)state;
    Negotiation *negotiation = even_split(0.5);
    Profile *profile = &negotiation->profile[0];
    profile->red_lines = 2;
    profile->red_line[0] = (RedLine){{1, {0}, {1u << 0 | 1u << 1}}, true, 0};
    assert_int_equal(zone_exists(negotiation), ZONE_EXISTS);
    profile->red_line[1] = (RedLine){{1, {1}, {1u << 0}}, true, 0};
    assert_int_equal(zone_exists(negotiation), ZONE_EMPTY);
    fixture_finish(negotiation);
}

/* A deal that no seat trusts to last is worth less than its terms, and a war worth more than its peace makes a
 * poor peace that may break bearable. */
static void a_peace_that_breaks_closes_it_and_a_good_aftermath_opens_it(void **state) {
    (void)state;
    Negotiation *negotiation = even_split(0.45);
    static Durability peace;
    peace = (Durability){.base = 0.05, .shape = 1, .discount = 0.95, .horizon = 10};
    durability_settle(&peace);
    for (SeatId seat = 0; seat < 2; seat++) negotiation->profile[seat].durability = &peace;
    assert_int_equal(zone_exists(negotiation), ZONE_EMPTY);
    peace.effect[0][1] = -3 * UTILITY_ONE; /* one option guarantees it */
    assert_int_equal(zone_exists(negotiation), ZONE_EXISTS);
    for (SeatId seat = 0; seat < 2; seat++) negotiation->profile[seat].hazard = 4 * UTILITY_ONE;
    assert_int_equal(zone_exists(negotiation), ZONE_EMPTY);
    for (SeatId seat = 0; seat < 2; seat++)
        negotiation->profile[seat].aftermath = utility_from(0.46);
    assert_int_equal(zone_exists(negotiation), ZONE_EXISTS);
    fixture_finish(negotiation);
}

static void a_large_space_is_searched(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 16, 4);
    assert_int_equal(zone_exists(negotiation), ZONE_EXISTS);
    for (SeatId seat = 0; seat < 2; seat++)
        negotiation->profile[seat].reservation = utility_from(0.9);
    assert_int_equal(zone_exists(negotiation), ZONE_EMPTY);
    fixture_finish(negotiation);
}

/* The referee concludes such a package when it is tabled, however little the seats like it. */
static void what_needs_nobody_is_a_member_and_the_status_quo_is_not(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 1, 2);
    negotiation->terms.domain.issue[0].status_quo = 1;
    negotiation->terms.consent.needs[0][0] = 0;
    for (SeatId seat = 0; seat < 2; seat++)
        negotiation->profile[seat].reservation = 2 * UTILITY_ONE;
    Question question = question_about(negotiation, SCOPE_ZONE);
    Outcome member = outcome_empty(), only = OUTCOME(0), same = OUTCOME(1);
    assert_int_equal(zone_member(&question, &member), ZONE_EXISTS);
    assert_true(outcome_equal(&member, &only));
    assert_true(question_admits(&question, &only));
    assert_false(question_admits(&question, &same));
    assert_true(zone_count(&question).packages == 1);
    negotiation->terms.domain.issue[0].status_quo = 0;
    question = question_about(negotiation, SCOPE_ZONE);
    assert_int_equal(zone_member(&question, NULL), ZONE_EMPTY);
    fixture_finish(negotiation);
}

/* Of three seats with the same two packages to choose from besides the status quo: one package that all like, one
 * that only the third cannot live with. */
static void who_alone_stands_in_the_way_is_counted(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 3, 1, 3);
    static const double value[3][3] = {{0.2, 0.6, 0.7}, {0.2, 0.6, 0.7}, {0.2, 0.6, 0.1}};
    negotiation->terms.domain.issue[0].status_quo = 0;
    for (SeatId seat = 0; seat < 3; seat++) {
        negotiation->profile[seat].reservation = utility_from(0.5);
        for (uint8_t option = 0; option < 3; option++)
            negotiation->profile[seat].value[0][option] = utility_from(value[seat][option]);
    }
    Question question = question_about(negotiation, SCOPE_ZONE);
    ZoneCount count = zone_count(&question);
    assert_true(count.exact);
    assert_true(count.packages == 1 && count.feasible == 3 && count.uncounted == 0);
    assert_true(count.refused_by_alone[0] == 0 && count.refused_by_alone[1] == 0);
    assert_true(count.refused_by_alone[2] == 1);
    fixture_finish(negotiation);
}

/* Four issues; seat 0 gives up 0.1 with each last option, which it gets back, and more, when it has three of them,
 * and enough when it has all four: no one or two changes show the way. */
static void a_member_that_no_small_steps_lead_to_is_found(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 4, 2);
    Profile *profile = &negotiation->profile[0];
    for (uint8_t issue = 0; issue < 4; issue++) {
        profile->value[issue][0] = utility_from(0.1);
        profile->value[issue][1] = negotiation->profile[1].value[issue][1] = 0;
    }
    profile->reservation = utility_from(0.9);
    profile->linkages = 2;
    profile->linkage[0] = (Linkage){{3, {0, 1, 2}, {2, 2, 2}}, utility_from(0.6)};
    profile->linkage[1] = (Linkage){{4, {0, 1, 2, 3}, {2, 2, 2, 2}}, utility_from(0.4)};
    Question question = question_about(negotiation, SCOPE_ZONE);
    Outcome member = outcome_empty(), only = OUTCOME(1, 1, 1, 1);
    assert_int_equal(zone_member(&question, &member), ZONE_EXISTS);
    assert_true(outcome_equal(&member, &only));
    profile->reservation = utility_from(1.1);
    assert_int_equal(zone_member(&question, &member), ZONE_EXISTS);
    question.threshold[0] = profile->reservation;
    assert_int_equal(zone_member(&question, &member), ZONE_EMPTY);
    fixture_finish(negotiation);
}

static void agree_on_count(const Question *question) {
    double members = 0, alone[NP_MAX_SEATS] = {0};
    Question every = *question;
    every.scope = SCOPE_FEASIBLE;
    PackageWalk walk = walk_start(&every);
    while (walk_next(&walk)) {
        SeatSet needed, refusers = plain_refusers(question, &walk.package, &needed);
        if (outcome_equal(&walk.package, &question->status_quo)) continue;
        if (refusers == 0) members++;
        for (SeatId seat = 0; seat < question->terms->seats; seat++)
            if (refusers == seat_bit(seat)) alone[seat]++;
    }
    ZoneCount count = zone_count(question);
    assert_true(count.exact && count.uncounted == 0);
    assert_true(count.packages == members);
    assert_memory_equal(count.refused_by_alone, alone, sizeof alone);
    Outcome member = outcome_empty();
    assert_int_equal(zone_member(question, &member), members > 0 ? ZONE_EXISTS : ZONE_EMPTY);
    if (members > 0) assert_true(question_admits(question, &member));
}

static void thousands_of_small_zones_are_those_that_a_walk_finds(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 6000; seed++) {
        Negotiation *negotiation = small_negotiation(seed);
        Question question = question_about(negotiation, SCOPE_ZONE);
        agree_on_count(&question);
        fixture_finish(negotiation);
    }
}

/* What was counted and what was not are together at least what there is. */
static void a_bounded_count_says_how_much_it_may_miss(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 300; seed++) {
        Negotiation *negotiation = small_negotiation(seed);
        Question question = question_about(negotiation, SCOPE_ZONE);
        ZoneCount whole = zone_count(&question);
        question.budget = 1 + seed % 20;
        ZoneCount part = zone_count(&question);
        assert_true(part.nodes <= question.budget);
        assert_true(part.exact == (part.uncounted == 0));
        assert_true(part.packages <= whole.packages);
        assert_true(part.packages + part.uncounted >= whole.packages);
        assert_true(zone_member(&question, NULL) != ZONE_EMPTY || whole.packages == 0);
        fixture_finish(negotiation);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_zone_closes_as_walking_away_becomes_better),
        cmocka_unit_test(a_hard_red_line_can_close_it),
        cmocka_unit_test(a_peace_that_breaks_closes_it_and_a_good_aftermath_opens_it),
        cmocka_unit_test(a_large_space_is_searched),
        cmocka_unit_test(a_member_that_no_small_steps_lead_to_is_found),
        cmocka_unit_test(what_needs_nobody_is_a_member_and_the_status_quo_is_not),
        cmocka_unit_test(who_alone_stands_in_the_way_is_counted),
        cmocka_unit_test(thousands_of_small_zones_are_those_that_a_walk_finds),
        cmocka_unit_test(a_bounded_count_says_how_much_it_may_miss),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
