/* Bargaining solutions: published and hand-made examples, and walking all packages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/analysis/merit.h"
#include "core/analysis/solution.h"
#include "tests/core/analysis/small_domains.h"

enum { DOMAINS = 3000 };

/* --- by hand --- */

static Solutions solve(const Question *question, const Utility *disagreement) {
    Frontier frontier = frontier_find(question);
    Solutions solutions = solutions_find(question, &frontier, disagreement);
    frontier_finish(&frontier);
    return solutions;
}

static void set_value(Negotiation *negotiation, uint8_t issue, uint8_t option, int first,
                      int second) {
    negotiation->profile[0].value[issue][option] = first * UTILITY_ONE;
    negotiation->profile[1].value[issue][option] = second * UTILITY_ONE;
}

/* Bill has a book, a whip, a ball, a bat and a box, Jack a pen, a toy, a knife and a hat; here is what each good
 * is worth to each of them. Option 1 hands it over. */
static void bill_and_jack_trade_as_nash_said(void **state) {
    (void)state;
    static const int worth[9][2] = {{2, 4},  {2, 2}, {2, 1}, {2, 2}, {4, 1},
                                    {10, 1}, {4, 1}, {6, 2}, {2, 2}};
    static const Utility alone[2] = {12 * UTILITY_ONE, 6 * UTILITY_ONE};
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 9, 2);
    for (uint8_t good = 0; good < 9; good++)
        for (uint8_t given = 0; given < 2; given++) {
            bool bill_has_it = (good < 5) != (given == 1);
            set_value(negotiation, good, given, bill_has_it ? worth[good][0] : 0,
                      bill_has_it ? 0 : worth[good][1]);
        }
    Question question = question_about(negotiation, SCOPE_FEASIBLE);
    Solutions solutions = solve(&question, alone);
    const Solution *nash = &solutions.of[SOLUTION_NASH];
    assert_true(nash->found && nash->exact && nash->counted);
    assert_true(nash->utility[0] == 24 * UTILITY_ONE && nash->utility[1] == 11 * UTILITY_ONE);
    Outcome trade = OUTCOME(1, 1, 1, 1, 0, 1, 1, 1, 0);
    assert_memory_equal(&nash->package, &trade, sizeof trade);
    assert_true(nash->packages == 1);
    fixture_finish(negotiation);
}

/* One issue with three options: (10, 1), (6, 2), (3, 3). */
static Negotiation *three_points(void) {
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 1, 3);
    set_value(negotiation, 0, 0, 10, 1);
    set_value(negotiation, 0, 1, 6, 2);
    set_value(negotiation, 0, 2, 3, 3);
    return negotiation;
}

static void assert_option(const Solution *solution, uint8_t option) {
    assert_true(solution->found);
    assert_int_equal(solution->package.option[0], option);
}

static void each_solution_chooses_by_its_own_rule(void **state) {
    (void)state;
    static const Utility nothing[2] = {0, 0};
    Negotiation *negotiation = three_points();
    Question question = question_about(negotiation, SCOPE_FEASIBLE);
    Solutions solutions = solve(&question, nothing);
    assert_option(&solutions.of[SOLUTION_NASH], 1);              /* 10, 12, 9 */
    assert_option(&solutions.of[SOLUTION_KALAI], 2);             /* 1, 2, 3 */
    assert_option(&solutions.of[SOLUTION_KALAI_SMORODINSKY], 1); /* 1/3, 3/5, 3/10 */
    assert_option(&solutions.of[SOLUTION_EGALITARIAN], 2);
    assert_option(&solutions.of[SOLUTION_UTILITARIAN], 0); /* 11, 8, 6 */
    assert_true(solutions.ideal[0] == 10 * UTILITY_ONE && solutions.ideal[1] == 3 * UTILITY_ONE);
    fixture_finish(negotiation);
}

static void another_disagreement_point_changes_gains_and_nothing_else(void **state) {
    (void)state;
    static const Utility first_strong[2] = {2 * UTILITY_ONE, 0};
    Negotiation *negotiation = three_points();
    Question question = question_about(negotiation, SCOPE_FEASIBLE);
    Solutions solutions = solve(&question, first_strong);
    assert_option(&solutions.of[SOLUTION_NASH], 0); /* gains (8, 1), (4, 2), (1, 3): a tie */
    assert_true(solutions.of[SOLUTION_NASH].points == 2);
    assert_true(solutions.of[SOLUTION_NASH].packages == 2);
    assert_option(&solutions.of[SOLUTION_KALAI], 1);
    assert_option(&solutions.of[SOLUTION_KALAI_SMORODINSKY], 1); /* 1/3, 1/2, 1/8 */
    assert_option(&solutions.of[SOLUTION_EGALITARIAN], 2);
    assert_true(solutions.of[SOLUTION_KALAI].points == 1);
    fixture_finish(negotiation);
}

static void nothing_is_found_where_nothing_is_rational(void **state) {
    (void)state;
    static const Utility proud[2] = {7 * UTILITY_ONE, 2 * UTILITY_ONE};
    Negotiation *negotiation = three_points();
    Question question = question_about(negotiation, SCOPE_FEASIBLE);
    Solutions solutions = solve(&question, proud);
    assert_false(solutions.rational);
    assert_memory_equal(solutions.ideal, proud, sizeof proud);
    for (int kind = 0; kind <= SOLUTION_KALAI_SMORODINSKY; kind++)
        assert_true(!solutions.of[kind].found && solutions.of[kind].exact);
    assert_true(solutions.of[SOLUTION_UTILITARIAN].found);
    fixture_finish(negotiation);
}

/* A third seat to which all is the same leaves the choice to the others. */
static void who_cannot_gain_does_not_count(void **state) {
    (void)state;
    static const Utility nothing[3] = {0, 0, 0};
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 3, 1, 3);
    set_value(negotiation, 0, 0, 10, 1);
    set_value(negotiation, 0, 1, 6, 2);
    set_value(negotiation, 0, 2, 3, 3);
    memset(negotiation->profile[2].value, 0, sizeof negotiation->profile[2].value);
    Question question = question_about(negotiation, SCOPE_FEASIBLE);
    Solutions solutions = solve(&question, nothing);
    assert_option(&solutions.of[SOLUTION_NASH], 1);
    assert_option(&solutions.of[SOLUTION_KALAI], 2);
    assert_option(&solutions.of[SOLUTION_KALAI_SMORODINSKY], 1);
    assert_option(&solutions.of[SOLUTION_EGALITARIAN], 2);
    fixture_finish(negotiation);
}

/* (a - 1) (a + 1) < a a, by less than doubles can see. */
static void products_are_compared_to_the_last_digit(void **state) {
    (void)state;
    const Utility a = INT64_C(999999937);
    Utility level[10], apart[10];
    for (int i = 0; i < 10; i++) level[i] = apart[i] = a;
    assert_int_equal(products_compare(level, apart, 10), 0);
    apart[3] = a - 1;
    apart[7] = a + 1;
    assert_true(products_compare(level, apart, 10) > 0);
    assert_true(products_compare(apart, level, 10) < 0);
    Utility huge[16], less[16];
    for (int i = 0; i < 16; i++) huge[i] = less[i] = INT64_MAX;
    less[15]--;
    assert_true(products_compare(huge, less, 16) > 0);
}

/* --- by walking --- */

typedef struct Rule {
    SolutionKind kind;
    uint8_t seats;
    const Utility *disagreement, *ideal;
} Rule;

/* What is compared, from the most important on: as many numbers as there are seats, and one. */
typedef struct Score {
    long double number[NP_MAX_SEATS + 1];
} Score;

static void sort_up(long double *number, int count) {
    for (int i = 1; i < count; i++)
        for (int j = i; j > 0 && number[j - 1] > number[j]; j--) {
            long double swap = number[j];
            number[j] = number[j - 1];
            number[j - 1] = swap;
        }
}

static Score score_nash(const Rule *rule, const Utility *utility) {
    Score score = {{0}};
    long double gain[NP_MAX_SEATS];
    int gaining = 0;
    for (SeatId seat = 0; seat < rule->seats; seat++)
        if (utility[seat] > rule->disagreement[seat])
            gain[gaining++] = (long double)(utility[seat] - rule->disagreement[seat]);
    sort_up(gain, gaining);
    score.number[0] = gaining;
    score.number[1] = 1;
    for (int i = 0; i < gaining; i++) score.number[1] *= gain[i];
    return score;
}

static Score score_of(const Rule *rule, const Utility *utility) {
    if (rule->kind == SOLUTION_NASH) return score_nash(rule, utility);
    Score score = {{0}};
    int count = 0;
    for (SeatId seat = 0; seat < rule->seats; seat++) {
        long double own = (long double)utility[seat];
        if (rule->kind == SOLUTION_KALAI || rule->kind == SOLUTION_KALAI_SMORODINSKY)
            own -= (long double)rule->disagreement[seat];
        if (rule->kind == SOLUTION_KALAI_SMORODINSKY) {
            if (rule->ideal[seat] == rule->disagreement[seat]) continue;
            own /= (long double)(rule->ideal[seat] - rule->disagreement[seat]);
        }
        if (rule->kind == SOLUTION_UTILITARIAN)
            score.number[0] += own;
        else
            score.number[count++] = own;
    }
    if (rule->kind != SOLUTION_UTILITARIAN) sort_up(score.number, count);
    return score;
}

/* Products and ratios of whole numbers that are equal are so in long doubles up to their last bits. */
static int score_order(const Score *a, const Score *b) {
    for (int i = 0; i <= NP_MAX_SEATS; i++) {
        long double x = a->number[i], y = b->number[i], apart = x > y ? x - y : y - x;
        long double size = (x < 0 ? -x : x) + (y < 0 ? -y : y);
        if (apart > size * 1e-17L) return x > y ? 1 : -1;
    }
    return 0;
}

static bool is_rational(const Rule *rule, const Utility *utility) {
    for (SeatId seat = 0; seat < rule->seats; seat++)
        if (utility[seat] < rule->disagreement[seat]) return false;
    return true;
}

static bool is_new_point(const FrontierPoint *package, const size_t *tied, size_t count,
                         const Utility *utility) {
    for (size_t i = 0; i < count; i++)
        if (utilities_equal(package[tied[i]].utility, utility, NP_MAX_SEATS)) return false;
    return true;
}

static Solution walk_for(const Everything *everything, const Rule *rule) {
    Solution best = {.found = false};
    Score most = {{0}};
    size_t *tied = memory_new(everything->packages + 1, sizeof *tied);
    size_t count = 0;
    for (size_t i = 0; i < everything->packages; i++) {
        const FrontierPoint *package = &everything->package[i];
        if (rule->kind <= SOLUTION_KALAI_SMORODINSKY && !is_rational(rule, package->utility))
            continue;
        Score score = score_of(rule, package->utility);
        int order = best.found ? score_order(&score, &most) : 1;
        if (order < 0) continue;
        if (order > 0) {
            best = (Solution){.found = true, .package = package->package};
            memcpy(best.utility, package->utility, sizeof best.utility);
            most = score;
            count = 0;
        }
        best.points += is_new_point(everything->package, tied, count, package->utility);
        best.packages++;
        tied[count++] = i;
    }
    memory_free(tied);
    return best;
}

static void walk_for_ideal(const Everything *everything, Rule *rule, Utility *ideal) {
    memcpy(ideal, rule->disagreement, rule->seats * sizeof *ideal);
    for (size_t i = 0; i < everything->packages; i++) {
        const Utility *utility = everything->package[i].utility;
        for (SeatId seat = 0; is_rational(rule, utility) && seat < rule->seats; seat++)
            if (utility[seat] > ideal[seat]) ideal[seat] = utility[seat];
    }
    rule->ideal = ideal;
}

static void assert_same_solution(const Solution *found, const Solution *walked) {
    assert_true(found->exact && found->counted);
    assert_int_equal(found->found, walked->found);
    if (!walked->found) return;
    assert_memory_equal(found->utility, walked->utility, sizeof walked->utility);
    assert_memory_equal(&found->package, &walked->package, sizeof walked->package);
    assert_true(found->points == walked->points);
    assert_true(found->packages == walked->packages);
}

/* All five of them, from this frontier or what there is of it. */
static void assert_all_found(const SmallDomain *domain, const Everything *everything,
                             const Frontier *from, const Utility *disagreement) {
    Utility ideal[NP_MAX_SEATS];
    Rule rule = {.seats = domain->negotiation->terms.seats, .disagreement = disagreement};
    walk_for_ideal(everything, &rule, ideal);
    Solutions solutions = solutions_find(&domain->question, from, disagreement);
    assert_true(solutions.ideal_exact);
    assert_memory_equal(solutions.ideal, ideal, rule.seats * sizeof ideal[0]);
    for (int kind = 0; kind < SOLUTIONS; kind++) {
        rule.kind = (SolutionKind)kind;
        Solution walked = walk_for(everything, &rule);
        assert_same_solution(&solutions.of[kind], &walked);
    }
    assert_int_equal(solutions.rational, solutions.of[SOLUTION_NASH].found);
}

static void choose_disagreement(const SmallDomain *domain, uint64_t seed, Utility *disagreement) {
    disagreement_reservation(&domain->question, disagreement);
    if (seed % 3 == 0) assert_true(disagreement_minimum(&domain->question, disagreement));
    for (SeatId seat = 0; seed % 3 == 1 && seat < NP_MAX_SEATS; seat++) disagreement[seat] /= 2;
}

static void they_are_the_best_of_all_packages(void **state) {
    (void)state;
    size_t found = 0;
    for (uint64_t seed = 0; seed < DOMAINS; seed++) {
        SmallDomain domain;
        small_domain_make(&domain, seed);
        Everything everything = everything_walk(&domain.question);
        Utility disagreement[NP_MAX_SEATS];
        choose_disagreement(&domain, seed, disagreement);
        Frontier whole = frontier_find(&domain.question);
        assert_all_found(&domain, &everything, &whole, disagreement);
        /* Without a frontier, and with some points of it, branch and bound finds the same. */
        Frontier part = whole;
        part.exact = false;
        part.count = (size_t)(seed % 3) * whole.count / 3;
        assert_all_found(&domain, &everything, &part, disagreement);
        found += part.count > 0;
        frontier_finish(&whole);
        everything_finish(&everything);
        small_domain_finish(&domain);
    }
    assert_in_range(found, DOMAINS / 4, DOMAINS);
}

/* What is found is feasible, and as good as what is said to be exact, or else no better. */
static void assert_honest(const Solutions *found, const Solutions *whole, const Rule *rule,
                          const Question *question) {
    for (int kind = 0; kind < SOLUTIONS; kind++) {
        const Solution *a = &found->of[kind], *b = &whole->of[kind];
        Merit merit = {(SolutionKind)kind, rule->seats, rule->disagreement, whole->ideal};
        if (a->found) assert_true(question_admits(question, &a->package));
        if (a->exact) assert_int_equal(a->found, b->found);
        if (!a->found) continue;
        int order = merit_compare(&merit, a->utility, b->utility);
        assert_true(a->exact ? order == 0 : order <= 0);
        assert_true(a->packages <= b->packages || order < 0);
        if (!a->exact) assert_false(a->counted);
    }
}

static void a_small_budget_may_find_less_and_says_so(void **state) {
    (void)state;
    size_t bounded = 0;
    for (uint64_t seed = 0; seed < DOMAINS; seed++) {
        SmallDomain domain;
        small_domain_make(&domain, seed);
        Utility disagreement[NP_MAX_SEATS];
        choose_disagreement(&domain, seed, disagreement);
        Solutions whole = solve(&domain.question, disagreement);
        domain.question.budget = 1 + seed % 40;
        Solutions found = solve(&domain.question, disagreement);
        Rule rule = {.seats = domain.negotiation->terms.seats, .disagreement = disagreement};
        assert_honest(&found, &whole, &rule, &domain.question);
        bounded += !found.of[SOLUTION_NASH].exact;
        small_domain_finish(&domain);
    }
    assert_in_range(bounded, DOMAINS / 20, DOMAINS);
}

static void bounds_are_what_some_package_gives(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < DOMAINS; seed++) {
        SmallDomain domain;
        small_domain_make(&domain, seed);
        Everything everything = everything_walk(&domain.question);
        AnalysisBounds bounds = analysis_bounds(&domain.question);
        assert_true(bounds.exact);
        assert_int_equal(bounds.any, everything.packages > 0);
        for (SeatId seat = 0; bounds.any && seat < domain.negotiation->terms.seats; seat++) {
            Utility least = everything.package[0].utility[seat], most = least;
            for (size_t i = 0; i < everything.packages; i++) {
                Utility utility = everything.package[i].utility[seat];
                if (utility < least) least = utility;
                if (utility > most) most = utility;
            }
            assert_true(bounds.least[seat] == least && bounds.most[seat] == most);
        }
        everything_finish(&everything);
        small_domain_finish(&domain);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bill_and_jack_trade_as_nash_said),
        cmocka_unit_test(each_solution_chooses_by_its_own_rule),
        cmocka_unit_test(another_disagreement_point_changes_gains_and_nothing_else),
        cmocka_unit_test(nothing_is_found_where_nothing_is_rational),
        cmocka_unit_test(who_cannot_gain_does_not_count),
        cmocka_unit_test(products_are_compared_to_the_last_digit),
        cmocka_unit_test(they_are_the_best_of_all_packages),
        cmocka_unit_test(a_small_budget_may_find_less_and_says_so),
        cmocka_unit_test(bounds_are_what_some_package_gives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
