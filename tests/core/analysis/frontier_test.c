/* The frontier that is merged is the one that walking all packages finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/core/analysis/small_domains.h"

enum { DOMAINS = 4000 };

static void assert_same_frontier(const Frontier *found, const Frontier *walked) {
    assert_int_equal(found->count, walked->count);
    for (size_t i = 0; i < walked->count; i++) {
        const FrontierPoint *a = &found->point[i], *b = &walked->point[i];
        assert_memory_equal(a->utility, b->utility, sizeof a->utility);
        assert_memory_equal(&a->package, &b->package, sizeof a->package);
        assert_true(a->packages == b->packages);
        assert_ptr_equal(frontier_at(found, b->utility), a);
    }
    assert_true(found->packages == walked->packages);
}

static void it_has_every_point_and_counts_every_package(void **state) {
    (void)state;
    size_t empty = 0, tied = 0;
    for (uint64_t seed = 0; seed < DOMAINS; seed++) {
        SmallDomain domain;
        small_domain_make(&domain, seed);
        Everything everything = everything_walk(&domain.question);
        Frontier frontier = frontier_find(&domain.question);
        assert_true(frontier.exact && frontier.counted);
        assert_same_frontier(&frontier, &everything.frontier);
        empty += frontier.count == 0;
        tied += frontier.packages > (double)frontier.count;
        frontier_finish(&frontier);
        everything_finish(&everything);
        small_domain_finish(&domain);
    }
    assert_in_range(empty, DOMAINS / 100, DOMAINS / 2);
    assert_in_range(tied, DOMAINS / 20, DOMAINS);
}

/* Thirteen issues of two options: a rank of more than one word. */
static void many_issues_are_no_different(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 3; seed++) {
        Rng rng = rng_stream(rng_key(seed, "many issues"));
        Negotiation *negotiation = fixture_plain(&mechanism_open_table, 3, 13, 2);
        for (SeatId seat = 0; seat < 3; seat++)
            for (uint8_t issue = 0; issue < 13; issue++)
                for (uint8_t option = 0; option < 2; option++)
                    negotiation->profile[seat].value[issue][option] =
                        utility_from(0.01) * rng_below(&rng, 5);
        Question question = question_about(negotiation, SCOPE_FEASIBLE);
        Everything everything = everything_walk(&question);
        Frontier frontier = frontier_find(&question);
        assert_same_frontier(&frontier, &everything.frontier);
        frontier_finish(&frontier);
        everything_finish(&everything);
        fixture_finish(negotiation);
    }
}

/* Nothing of it dominates anything else of it, and all of it can be had. */
static void assert_sound(const Frontier *frontier, const Question *question) {
    for (size_t i = 0; i < frontier->count; i++) {
        const FrontierPoint *point = &frontier->point[i];
        Utility utility[NP_MAX_SEATS] = {0};
        assert_true(question_admits(question, &point->package));
        question_utilities(question, &point->package, utility);
        assert_memory_equal(utility, point->utility, sizeof utility);
        for (size_t j = 0; j < frontier->count; j++)
            assert_false(utilities_dominate(frontier->point[j].utility, utility, frontier->seats));
    }
}

static void a_small_budget_gives_less_and_says_so(void **state) {
    (void)state;
    size_t bounded = 0, found = 0;
    for (uint64_t seed = 0; seed < DOMAINS; seed++) {
        SmallDomain domain;
        small_domain_make(&domain, seed);
        Frontier whole = frontier_find(&domain.question);
        domain.question.budget = 1 + seed % 30;
        Frontier frontier = frontier_find(&domain.question);
        assert_sound(&frontier, &domain.question);
        if (frontier.exact)
            assert_same_frontier(&frontier, &whole);
        else
            assert_false(frontier.counted);
        bounded += !frontier.exact;
        found += frontier.count > 0;
        frontier_finish(&frontier);
        frontier_finish(&whole);
        small_domain_finish(&domain);
    }
    assert_in_range(bounded, DOMAINS / 5, DOMAINS);
    assert_in_range(found, DOMAINS / 2, DOMAINS);
}

/* All of a domain's packages, one by one, make a whole frontier of any part of it. */
static void what_is_admitted_pushes_out_what_it_dominates(void **state) {
    (void)state;
    size_t grown = 0, dropped = 0;
    for (uint64_t seed = 0; seed < DOMAINS / 8; seed++) {
        SmallDomain domain;
        small_domain_make(&domain, seed);
        Everything everything = everything_walk(&domain.question);
        domain.question.budget = 1 + seed % 5;
        Frontier frontier = frontier_find(&domain.question);
        for (size_t i = 0; i < everything.packages && !frontier.exact; i++) {
            const FrontierPoint *package = &everything.package[i];
            size_t before = frontier.count;
            frontier_admit(&frontier, package->utility, &package->package);
            grown += frontier.count > before;
            dropped += frontier.count < before;
            assert_sound(&frontier, &domain.question);
        }
        assert_int_equal(frontier.count, everything.frontier.count);
        for (size_t i = 0; i < frontier.count; i++)
            assert_memory_equal(frontier.point[i].utility, everything.frontier.point[i].utility,
                                sizeof frontier.point[i].utility);
        frontier_finish(&frontier);
        everything_finish(&everything);
        small_domain_finish(&domain);
    }
    assert_true(grown > 100 && dropped > 0);
}

static void nothing_enters_an_exact_frontier(void **state) {
    (void)state;
    SmallDomain domain;
    small_domain_make(&domain, 1);
    Frontier frontier = frontier_find(&domain.question);
    const Utility more[NP_MAX_SEATS] = {100 * UTILITY_ONE};
    size_t count = frontier.count;
    const Outcome package = outcome_empty();
    assert_true(frontier.exact);
    frontier_admit(&frontier, more, &package);
    assert_int_equal(frontier.count, count);
    frontier_finish(&frontier);
    small_domain_finish(&domain);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_has_every_point_and_counts_every_package),
        cmocka_unit_test(many_issues_are_no_different),
        cmocka_unit_test(what_is_admitted_pushes_out_what_it_dominates),
        cmocka_unit_test(nothing_enters_an_exact_frontier),
        cmocka_unit_test(a_small_budget_gives_less_and_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
