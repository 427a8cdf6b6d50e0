/* All at once is no different from one by one, and what is found together fits together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/analysis/survey.h"
#include "tests/core/analysis/small_domains.h"

enum { DOMAINS = 1000 };

static void with_budget_enough_it_is_what_each_finds_alone(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < DOMAINS; seed++) {
        SmallDomain domain;
        small_domain_make(&domain, seed);
        const Question *question = &domain.question;
        Survey survey = survey_take(&(SurveyRequest){.question = question});
        Utility minimum[NP_MAX_SEATS];
        assert_true(disagreement_minimum(question, minimum) && survey.disagreement_exact);
        assert_memory_equal(survey.disagreement, minimum, question->terms->seats * sizeof *minimum);
        AnalysisBounds bounds = analysis_bounds(question);
        assert_memory_equal(survey.bounds.least, bounds.least, sizeof bounds.least);
        assert_memory_equal(survey.bounds.most, bounds.most, sizeof bounds.most);
        Solutions alone = solutions_find(question, &survey.frontier, minimum);
        for (int kind = 0; kind < SOLUTIONS; kind++) {
            assert_true(survey.solutions.of[kind].exact);
            assert_int_equal(survey.solutions.of[kind].found, alone.of[kind].found);
            assert_true(outcome_equal(&survey.solutions.of[kind].package, &alone.of[kind].package));
        }
        Survey brief = survey_take(&(SurveyRequest){question, minimum, .brief = true});
        assert_true(outcome_equal(&brief.solutions.of[SOLUTION_NASH].package,
                                  &alone.of[SOLUTION_NASH].package));
        survey_finish(&brief);
        survey_finish(&survey);
        small_domain_finish(&domain);
    }
}

static bool has_or_dominates(const Frontier *frontier, const Utility *utility) {
    if (frontier_at(frontier, utility) != NULL) return true;
    for (size_t i = 0; i < frontier->count; i++)
        if (utilities_dominate(frontier->point[i].utility, utility, frontier->seats)) return true;
    return false;
}

static void solutions_are_on_the_frontier_whatever_the_budget(void **state) {
    (void)state;
    size_t bounded = 0, doubted = 0;
    for (uint64_t seed = 0; seed < DOMAINS; seed++) {
        SmallDomain domain;
        small_domain_make(&domain, seed);
        domain.question.budget = 1 + seed % 30;
        Survey survey = survey_take(&(SurveyRequest){.question = &domain.question});
        const Solution *solution = survey.solutions.of;
        for (int kind = 0; kind < SOLUTIONS; kind++)
            if (solution[kind].found)
                assert_true(has_or_dominates(&survey.frontier, solution[kind].utility));
        if (!survey.disagreement_exact) {
            assert_false(solution[SOLUTION_NASH].exact || solution[SOLUTION_KALAI].exact ||
                         solution[SOLUTION_KALAI_SMORODINSKY].exact);
            doubted += survey.frontier.exact;
        }
        bounded += !survey.frontier.exact;
        survey_finish(&survey);
        small_domain_finish(&domain);
    }
    assert_true(bounded > DOMAINS / 5);
    assert_true(doubted > 0);
}

/* Many issues whose first option goes with no option of the last issue: the paths that are followed, which begin with
 * first options, all lead nowhere. */
static Negotiation *late_dead_ends(void) {
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 25, 2);
    Domain *domain = &negotiation->terms.domain;
    for (uint8_t issue = 0; issue < 24; issue++)
        for (uint8_t last = 0; last < 2; last++) {
            Condition when = {2, {issue, 24}, {1u << 0, 1u << last}};
            domain->exclusion[domain->exclusions++] = (Exclusion){when, "it cannot be"};
        }
    return negotiation;
}

static void packages_that_no_followed_path_leads_to_are_found_all_the_same(void **state) {
    (void)state;
    Negotiation *negotiation = late_dead_ends();
    for (int scope = SCOPE_FEASIBLE; scope <= SCOPE_ZONE; scope++) {
        Question question = question_about(negotiation, (Scope)scope);
        for (SeatId seat = 0; seat < 2; seat++) question.threshold[seat] = 0;
        question.budget = 1000;
        Survey survey = survey_take(&(SurveyRequest){.question = &question});
        assert_true(survey.bounds.any);
        assert_false(survey.bounds.exact || survey.frontier.exact);
        assert_int_equal(survey.frontier.count, 1);
        assert_true(question_admits(&question, &survey.frontier.point[0].package));
        assert_true(survey.solutions.of[SOLUTION_UTILITARIAN].found);
        assert_false(survey.solutions.of[SOLUTION_UTILITARIAN].exact);
        survey_finish(&survey);
    }
    fixture_finish(negotiation);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_budget_enough_it_is_what_each_finds_alone),
        cmocka_unit_test(solutions_are_on_the_frontier_whatever_the_budget),
        cmocka_unit_test(packages_that_no_followed_path_leads_to_are_found_all_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
