/* Improvements after settlement, against a walk over all packages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/analysis/improvement.h"
#include "tests/core/analysis/small_question.h"

/* --- by hand --- */

/* Three issues, worth 0.4, 0.2 or 0: on the first the seats are opposed; the second matters to seat 0 alone, which wants
 * its first option, the third to seat 1 alone, which wants its last. */
static Negotiation *logrolling(void) {
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 3, 3);
    for (uint8_t option = 0; option < 3; option++) {
        Utility falls = utility_from(0.2) * (2 - option), rises = utility_from(0.2) * option;
        const Utility first[3] = {falls, falls, 0}, second[3] = {rises, 0, rises};
        for (uint8_t issue = 0; issue < 3; issue++) {
            negotiation->profile[0].value[issue][option] = first[issue];
            negotiation->profile[1].value[issue][option] = second[issue];
        }
    }
    return negotiation;
}

static void each_is_given_what_costs_the_other_nothing(void **state) {
    (void)state;
    Negotiation *negotiation = logrolling();
    Question question = question_about(negotiation, SCOPE_FEASIBLE);
    Outcome settlement = OUTCOME(1, 1, 1), best = OUTCOME(1, 0, 2);
    Improvement answer = improvement_find(&question, &settlement);
    assert_true(answer.exact && answer.found && answer.best_exact);
    /* The first issue as settled: either gets its own, or both, 3. Or one gives way on the first and is made up for it on
     * its own, the other not made to pay for what it has won: 2 for each. */
    assert_true(answer.packages == 7);
    assert_true(outcome_equal(&answer.best, &best));
    assert_int_equal(answer.gain[0], utility_from(0.2));
    assert_int_equal(answer.gain[1], answer.gain[0]);
    answer = improvement_find(&question, &best);
    assert_true(answer.exact && answer.packages == 0 && !answer.found);
    fixture_finish(negotiation);
}

static void a_later_step_is_agreed_when_nobody_who_is_needed_loses(void **state) {
    (void)state;
    Negotiation *negotiation = logrolling();
    negotiation->steps = 2;
    negotiation->step[0] =
        (LaterStep){.when = {1, {0}, {1u << 1}}, .to = OUTCOME(NP_NO_OPTION, 0), .chance = 1};
    negotiation->step[1] = (LaterStep){.when = {1, {0}, {1u << 1}}, .to = OUTCOME(0), .chance = 1};
    Question question = question_about(negotiation, SCOPE_FEASIBLE);
    Outcome settlement = OUTCOME(1, 1, 1), other = OUTCOME(0, 1, 1);
    StepGain gain[NEGOTIATION_MAX_STEPS];
    assert_int_equal(
        improvement_steps(negotiation, &question, &settlement, gain, NEGOTIATION_MAX_STEPS), 2);
    assert_true(gain[0].agreed && gain[0].feasible && gain[0].gain[0] > 0 && gain[0].gain[1] == 0);
    assert_true(!gain[1].agreed && gain[1].step == 1 && gain[1].gain[1] < 0);
    assert_int_equal(improvement_steps(negotiation, &question, &other, gain, 8), 0);
    fixture_finish(negotiation);
}

/* --- against a walk --- */

typedef struct Gains {
    int seats;
    unsigned __int128 product;
} Gains;

static Gains gains_of(const Utility *now, const Utility *had, uint8_t seats) {
    Gains gains = {0, 1};
    for (uint8_t seat = 0; seat < seats; seat++) {
        if (now[seat] <= had[seat]) continue;
        gains.seats++;
        gains.product *= (unsigned __int128)(now[seat] - had[seat]);
    }
    return gains;
}

static bool is_more(Gains a, Gains b) {
    return a.seats != b.seats ? a.seats > b.seats : a.product > b.product;
}

/* A hard line that the settlement does not cross. */
static bool crosses_another(const Question *question, const Outcome *settlement,
                            const Outcome *package) {
    for (SeatId seat = 0; seat < question->terms->seats; seat++)
        for (uint32_t i = 0; i < question->profile[seat].red_lines; i++) {
            const RedLine *line = &question->profile[seat].red_line[i];
            if (line->hard && condition_holds(&line->when, package) &&
                !condition_holds(&line->when, settlement))
                return true;
        }
    return false;
}

static void agree_on_improvements(const Question *question, const Outcome *settlement) {
    uint8_t seats = question->terms->seats;
    Utility had[NP_MAX_SEATS];
    double count = 0;
    Outcome best = outcome_empty();
    Gains most = {0, 0};
    question_utilities(question, settlement, had);
    PackageWalk walk = walk_start(question);
    while (walk_next(&walk)) {
        if (!utilities_dominate(walk.utility, had, seats) ||
            crosses_another(question, settlement, &walk.package))
            continue;
        Gains gains = gains_of(walk.utility, had, seats);
        if (count++ == 0 || is_more(gains, most)) {
            best = walk.package;
            most = gains;
        }
    }
    Improvement answer = improvement_find(question, settlement);
    assert_true(answer.exact && answer.best_exact);
    assert_true(answer.packages == count);
    assert_int_equal(answer.found, count > 0);
    assert_true(outcome_equal(&answer.best, &best));
}

static void thousands_of_settlements_are_improved_as_a_walk_would(void **state) {
    (void)state;
    uint32_t improvable = 0;
    for (uint64_t seed = 0; seed < 3000; seed++) {
        Negotiation *negotiation = small_negotiation(seed);
        Question question = question_about(negotiation, SCOPE_FEASIBLE);
        PackageWalk walk = walk_start(&question);
        for (uint64_t skip = 0; skip <= seed % 7; skip++)
            if (!walk_next(&walk)) break;
        if (walk.begun && domain_excludes(&negotiation->terms.domain, &walk.package) == NULL) {
            agree_on_improvements(&question, &walk.package);
            improvable++;
        }
        fixture_finish(negotiation);
    }
    assert_true(improvable > 2000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_given_what_costs_the_other_nothing),
        cmocka_unit_test(a_later_step_is_agreed_when_nobody_who_is_needed_loses),
        cmocka_unit_test(thousands_of_settlements_are_improved_as_a_walk_would),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
