/* Who would leave a package that is in force, by which move, and what holds them back: cases worked by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/analysis/stability.h"
#include "core/base/memory.h"
#include "core/base/sim_time.h"
#include "tests/core/analysis/small_question.h"

static StabilityReport *report_on(const Negotiation *negotiation, Outcome package) {
    StabilityQuestion question = {negotiation, package, 0, SIM_YEAR, true, STABILITY_STATES, NULL};
    return stability_report(&question);
}

/* Two seats, two issues of three options, values in steps of 0.25; seat 0 wants the first options. */
static Negotiation *pair(double first, double second, WorldModel **model) {
    Negotiation *negotiation = fixture_quiet(&mechanism_open_table, 2, 2, 3, model);
    negotiation->terms.consent.unanimous = false;
    negotiation->profile[0].reservation = utility_from(first);
    negotiation->profile[1].reservation = utility_from(second);
    return negotiation;
}

static bool is_stable(const StabilityReport *report, SeatId seat, bool nash, bool gmr, bool smr,
                      bool seq) {
    const bool *stable = report->seat[seat].stable;
    return stable[STABILITY_NASH] == nash && stable[STABILITY_GMR] == gmr &&
           stable[STABILITY_SMR] == smr && stable[STABILITY_SEQ] == seq;
}

static void who_has_more_without_it_leaves_and_nothing_can_be_done(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = pair(0.6, 0.3, &model);
    StabilityReport *report = report_on(negotiation, OUTCOME(1, 1));
    assert_true(report->complete);
    assert_int_equal(report->states, 2); /* in force, and broken */
    assert_true(is_stable(report, 0, false, false, false, false));
    assert_true(is_stable(report, 1, true, true, true, true));
    assert_int_equal(report->seat[0].temptations, 1);
    const Temptation *leaving = &report->seat[0].temptation[0];
    assert_int_equal(leaving->move.kind, MOVE_LEAVE);
    assert_int_equal(leaving->gain, utility_from(0.1));
    assert_int_equal(leaving->responses, 0);
    assert_int_equal(report->seat[1].broken, utility_from(0.3));
    for (int notion = 0; notion < STABILITIES; notion++) assert_false(report->equilibrium[notion]);
    stability_destroy(report);
    negotiation->profile[0].reservation = utility_from(0.5);
    report = report_on(negotiation, OUTCOME(1, 1));
    for (int notion = 0; notion < STABILITIES; notion++) assert_true(report->equilibrium[notion]);
    stability_destroy(report);
    fixture_finish(negotiation);
}

/* The last option of the second issue needs seat 1 alone. Taking it gives seat 1 another 0.25 and seat 0 as much
 * less, 0.25, which it can answer by leaving: to 0.1, which it would not like, or to 0.3, which it would. Seat 1 has 0.2
 * then. */
static void a_change_by_oneself_is_deterred_by_who_can_leave(void **state) {
    (void)state;
    static const struct {
        double outside;
        bool credible;
    } row[] = {{0.1, false}, {0.3, true}};
    for (int i = 0; i < 2; i++) {
        WorldModel *model;
        Negotiation *negotiation = pair(row[i].outside, 0.2, &model);
        negotiation->terms.consent.needs[1][2] = seat_bit(1);
        StabilityReport *report = report_on(negotiation, OUTCOME(1, 1));
        assert_int_equal(report->states, 3);
        assert_true(is_stable(report, 0, true, true, true, true));
        assert_true(is_stable(report, 1, false, true, true, row[i].credible));
        const Temptation *taking = &report->seat[1].temptation[0];
        assert_int_equal(taking->move.kind, MOVE_CHANGE);
        assert_true(taking->move.issue == 1 && taking->move.option == 2);
        assert_int_equal(taking->gain, utility_from(0.25));
        assert_int_equal(taking->responses, 1);
        assert_true(taking->response[0].kind == MOVE_LEAVE && taking->response[0].seat == 0);
        assert_int_equal(taking->loss, utility_from(0.2) - utility_from(0.5));
        stability_destroy(report);
        fixture_finish(negotiation);
    }
}

/* Seat 1 as somebody to whom leaving is worth more. */
static void who_a_seat_is_can_be_said(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = pair(0.2, 0.2, &model);
    Profile profile[2] = {negotiation->profile[0], negotiation->profile[1]};
    profile[1].reservation = utility_from(0.7);
    StabilityQuestion question = {negotiation, OUTCOME(1, 1), 0, SIM_YEAR, true, 10, profile};
    StabilityReport *report = stability_report(&question);
    assert_true(is_stable(report, 0, true, true, true, true));
    assert_true(is_stable(report, 1, false, false, false, false));
    stability_destroy(report);
    fixture_finish(negotiation);
}

/* Seat 1 can go on to each of three options in any order of the two issues: 3 x 3 packages, and their end. */
static void states_are_those_that_so_many_moves_lead_to(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = pair(0.2, 0.2, &model);
    for (uint8_t issue = 0; issue < 2; issue++)
        for (uint8_t option = 0; option < 3; option++)
            negotiation->terms.consent.needs[issue][option] = seat_bit(1);
    static const struct {
        uint32_t room, states, within;
        bool complete;
    } row[] = {
        {20, 10, 2, true}, {10, 10, 2, true}, {9, 9, 1, false}, {6, 6, 1, false}, {5, 5, 0, false}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        StabilityQuestion question = {negotiation, OUTCOME(1, 1), 0,   SIM_YEAR,
                                      true,        row[i].room,   NULL};
        StabilityReport *report = stability_report(&question);
        assert_int_equal(report->states, row[i].states);
        assert_int_equal(report->within, row[i].within);
        assert_int_equal(report->complete, row[i].complete);
        stability_destroy(report);
    }
    fixture_finish(negotiation);
}

static void what_is_excluded_or_crosses_ones_own_line_is_no_move(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = pair(0.1, 0.2, &model);
    negotiation->terms.consent.needs[1][2] = negotiation->terms.consent.needs[0][2] = seat_bit(1);
    negotiation->terms.domain.exclusions = 1;
    negotiation->terms.domain.exclusion[0] = (Exclusion){{2, {0, 1}, {1u << 1, 1u << 2}}, "no"};
    negotiation->profile[1].red_lines = 1;
    negotiation->profile[1].red_line[0] = (RedLine){{1, {0}, {1u << 2}}, true, 0};
    StabilityReport *report = report_on(negotiation, OUTCOME(1, 1));
    assert_int_equal(report->states, 2);
    stability_destroy(report);
    negotiation->profile[1].red_lines = 0;
    report = report_on(negotiation, OUTCOME(1, 1));
    /* (1, 1), broken, (2, 1), and from there, where the exclusion does not hold, (2, 2). */
    assert_int_equal(report->states, 4);
    negotiation->terms.consent.unanimous = true;
    stability_destroy(report);
    report = report_on(negotiation, OUTCOME(1, 1));
    assert_int_equal(report->states, 2);
    stability_destroy(report);
    fixture_finish(negotiation);
}

/* Leaving is worth 0.6 to seat 1, and a tenth of x less. Seat 0 can raise x from 0 to 2 by its lever, which costs it
 * nothing, or 0.05. It is indifferent to x: what costs nothing is no improvement either, and hence not sequential. */
static Negotiation *with_lever(double cost, WorldModel **model) {
    Negotiation *negotiation = pair(0.2, 0.6, model);
    uint8_t x = fixture_add_variable(negotiation, *model, 0);
    uint8_t number = fixture_add_lever(negotiation, *model, 0);
    Lever *lever = (Lever *)&(*model)->lever[number];
    lever->most = 2;
    lever->cost = cost / 2;
    lever->delay = DAYS(30);
    (*model)->effect[number].consequences = 1;
    (*model)->effect[number].consequence[0] =
        (Consequence){.kind = CONSEQUENCE_ADD, .variable = x, .amount = 1};
    (*model)->appraisal[1] =
        (Appraisal){.uses_reservation = true, .reservation = fixture_linear(0.6, -0.1, x)};
    return negotiation;
}

static void a_lever_that_makes_leaving_worse_deters_it(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = with_lever(0.05, &model);
    StabilityReport *report = report_on(negotiation, OUTCOME(1, 1));
    assert_int_equal(report->states, 4); /* in force or broken, at 0 or at 2 */
    assert_true(is_stable(report, 1, false, true, true, false));
    const Temptation *leaving = &report->seat[1].temptation[0];
    assert_int_equal(leaving->gain, utility_from(0.1));
    assert_int_equal(leaving->responses, 1);
    assert_true(leaving->response[0].kind == MOVE_PULL && leaving->response[0].seat == 0);
    assert_true(leaving->response[0].level == 2.0);
    assert_int_equal(leaving->loss, utility_from(-0.1));
    stability_destroy(report);
    /* Seat 0 gains by the lever: it would have been pulled anyway. */
    model->appraisal[0] =
        (Appraisal){.uses_reservation = true, .reservation = fixture_linear(0.2, 0.1, 0)};
    report = report_on(negotiation, OUTCOME(1, 1));
    assert_true(is_stable(report, 1, false, true, true, true));
    stability_destroy(report);
    /* ... unless that costs it more than it gains, 0.2. */
    ((Lever *)&model->lever[0])->cost = 0.11;
    report = report_on(negotiation, OUTCOME(1, 1));
    assert_true(is_stable(report, 1, false, true, true, false));
    stability_destroy(report);
    StabilityQuestion without = {negotiation, OUTCOME(1, 1), 0, SIM_YEAR, false, 10, NULL};
    report = stability_report(&without);
    assert_int_equal(report->states, 2);
    assert_true(is_stable(report, 1, false, false, false, false));
    stability_destroy(report);
    fixture_finish(negotiation);
}

/* Seat 0 has another lever, which makes leaving worse still but costs it 0.3: what it would rather do is told. */
static void the_most_credible_answer_is_told(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = with_lever(0.05, &model);
    model->appraisal[0] =
        (Appraisal){.uses_reservation = true, .reservation = fixture_linear(0.2, 0.1, 0)};
    uint8_t harsh = fixture_add_lever(negotiation, model, 0);
    ((Lever *)&model->lever[harsh])->cost = 0.5;
    model->effect[harsh].consequences = 1;
    model->effect[harsh].consequence[0] =
        (Consequence){.kind = CONSEQUENCE_ADD, .variable = 0, .amount = 3};
    StabilityReport *report = report_on(negotiation, OUTCOME(1, 1));
    const Temptation *leaving = &report->seat[1].temptation[0];
    assert_true(leaving->deterred[STABILITY_GMR] && leaving->deterred[STABILITY_SEQ]);
    assert_int_equal(leaving->responses, 1);
    assert_int_equal(leaving->response[0].lever, 0);
    stability_destroy(report);
    fixture_finish(negotiation);
}

/* What has not come about by then does not count. */
static void a_lever_works_after_its_delay(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = with_lever(0, &model);
    StabilityQuestion question = {negotiation, OUTCOME(1, 1), 0, DAYS(29), true, 10, NULL};
    StabilityReport *report = stability_report(&question);
    assert_true(is_stable(report, 1, false, false, false, false));
    stability_destroy(report);
    question.look = DAYS(30);
    report = stability_report(&question);
    assert_true(is_stable(report, 1, false, true, true, false));
    stability_destroy(report);
    fixture_finish(negotiation);
}

/* Upkeep: seat 0 pays 0.1 a year for a level of 1, and would rather stop. */
static void a_lever_that_costs_its_keep_is_let_go(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = with_lever(0, &model);
    Lever *lever = (Lever *)&model->lever[0];
    lever->start = 1;
    lever->upkeep = 0.1;
    StabilityReport *report = report_on(negotiation, OUTCOME(1, 1));
    assert_int_equal(report->seat[0].payoff, utility_from(0.4));
    assert_int_equal(report->seat[0].temptations, 1);
    const Temptation *letting_go = &report->seat[0].temptation[0];
    assert_int_equal(letting_go->move.kind, MOVE_PULL);
    assert_true(letting_go->move.level == 0.0);
    assert_int_equal(letting_go->gain, utility_from(0.1));
    stability_destroy(report);
    fixture_finish(negotiation);
}

/* Once a peace has broken, what it was to be worth is gone: the aftermath. */
static void a_broken_peace_is_worth_its_aftermath(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = pair(0.9, 0.9, &model);
    fixture_add_durability(negotiation, 0.05);
    negotiation->profile[0].aftermath = negotiation->profile[1].aftermath = utility_from(0.3);
    StabilityReport *report = report_on(negotiation, OUTCOME(1, 1));
    assert_int_equal(report->seat[0].broken, utility_from(0.3));
    assert_true(report->equilibrium[STABILITY_NASH]);
    assert_true(report->seat[0].payoff < utility_from(0.5) &&
                report->seat[0].payoff > utility_from(0.4));
    stability_destroy(report);
    fixture_finish(negotiation);
}

/* However many states there are, the answer says whether they were all looked at. */
static void random_packages_have_reports_whose_parts_agree(void **state) {
    (void)state;
    uint32_t bounded = 0;
    for (uint64_t seed = 0; seed < 300; seed++) {
        Negotiation *negotiation = fixture_world(seed);
        Question question = question_about(negotiation, SCOPE_FEASIBLE);
        PackageWalk walk = walk_start(&question);
        StabilityQuestion asked = {negotiation, outcome_empty(), DAYS(seed % 20), DAYS(40), true, 0,
                                   NULL};
        asked.states = 4 + (uint32_t)(seed % 40);
        for (int i = 0; i < 4 && walk_next(&walk); i++) asked.package = walk.package;
        if (walk.begun && domain_complete(&negotiation->terms.domain, &asked.package)) {
            StabilityReport *report = stability_report(&asked);
            bounded += !report->complete;
            assert_true(report->states <= asked.states);
            for (SeatId seat = 0; seat < report->seats; seat++) {
                const SeatStability *own = &report->seat[seat];
                assert_int_equal(own->stable[STABILITY_NASH], own->temptations == 0);
                for (uint32_t i = 0; i < own->temptations; i++) {
                    const Temptation *tempting = &own->temptation[i];
                    assert_true(tempting->gain > 0 && tempting->loss <= 0);
                    assert_int_equal(tempting->deterred[STABILITY_GMR], tempting->responses > 0);
                    assert_true(i == 0 || tempting->gain <= own->temptation[i - 1].gain);
                    assert_int_equal(tempting->move.seat, seat);
                }
            }
            stability_destroy(report);
        }
        fixture_finish(negotiation);
    }
    assert_true(bounded > 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_has_more_without_it_leaves_and_nothing_can_be_done),
        cmocka_unit_test(a_change_by_oneself_is_deterred_by_who_can_leave),
        cmocka_unit_test(who_a_seat_is_can_be_said),
        cmocka_unit_test(states_are_those_that_so_many_moves_lead_to),
        cmocka_unit_test(what_is_excluded_or_crosses_ones_own_line_is_no_move),
        cmocka_unit_test(a_lever_that_makes_leaving_worse_deters_it),
        cmocka_unit_test(the_most_credible_answer_is_told),
        cmocka_unit_test(a_lever_works_after_its_delay),
        cmocka_unit_test(a_lever_that_costs_its_keep_is_let_go),
        cmocka_unit_test(a_broken_peace_is_worth_its_aftermath),
        cmocka_unit_test(random_packages_have_reports_whose_parts_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
