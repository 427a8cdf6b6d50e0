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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_has_every_point_and_counts_every_package),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
