#include "core/negotiation/domain.h"

#include "core/base/rng.h"
#include "core/negotiation/profile.h"
#include "tests/core/base/suite.h"
#include "tests/fixtures/negotiations.h"

static bool next_package(const Domain *domain, Outcome *package) {
    for (uint8_t issue = 0; issue < domain->issues; issue++) {
        if (++package->option[issue] < domain->issue[issue].options) return true;
        package->option[issue] = 0;
    }
    return false;
}

static double count_by_walking(const Domain *domain) {
    Outcome package = outcome_empty();
    double feasible = 0;
    for (uint8_t issue = 0; issue < domain->issues; issue++) package.option[issue] = 0;
    do feasible += domain_excludes(domain, &package) == NULL;
    while (next_package(domain, &package));
    return feasible;
}

static void counting_equals_walking(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 2000; seed++) {
        Negotiation *negotiation = fixture_random(seed);
        const Domain *domain = &negotiation->terms.domain;
        assert_true(domain_feasible_count(domain) == count_by_walking(domain));
        fixture_finish(negotiation);
    }
}

static void a_billion_packages_are_counted_without_walking(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 16, 4);
    Domain *domain = &negotiation->terms.domain;
    domain->exclusions = 2;
    domain->exclusion[0] = (Exclusion){{2, {0, 15}, {1, 1}}, "first with last"};
    domain->exclusion[1] = (Exclusion){{1, {7}, {3}}, "either of two"};
    double all = 4294967296.0;
    assert_true(domain_raw_count(domain) == all);
    assert_true(domain_feasible_count(domain) == all / 2 * 15 / 16);
    fixture_finish(negotiation);
}

/* Every option of every issue keeps another part of 64 exclusions alive: there would be millions of such
 * parts. */
static void entangled_exclusions_are_not_counted(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 32, 4);
    Domain *domain = &negotiation->terms.domain;
    Rng rng = rng_stream(rng_key(1, "entangled"));
    domain->exclusions = DOMAIN_MAX_EXCLUSIONS;
    for (uint32_t i = 0; i < DOMAIN_MAX_EXCLUSIONS; i++) {
        Condition *when = &domain->exclusion[i].when;
        when->terms = CONDITION_MAX_TERMS;
        for (uint8_t term = 0; term < CONDITION_MAX_TERMS; term++) {
            when->issue[term] = (uint8_t)(term * 5 + rng_below(&rng, 5));
            when->options[term] = 3u << rng_below(&rng, 3);
        }
    }
    assert_true(domain_feasible_count(domain) == DOMAIN_UNCOUNTED);
    fixture_finish(negotiation);
}

static void silence_is_not_an_option(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 2, 3);
    Domain *domain = &negotiation->terms.domain;
    domain->issue[1].status_quo = 2;
    Condition condition = {1, {1}, {1u << 2}};
    Outcome partial = OUTCOME(1), status_quo = domain_status_quo(domain);
    assert_false(condition_holds(&condition, &partial));
    Outcome filled = domain_fill(domain, &partial, &status_quo);
    assert_true(condition_holds(&condition, &filled));
    assert_int_equal(filled.option[0], 1);
    assert_false(domain_complete(domain, &partial));
    assert_true(domain_complete(domain, &filled));
    fixture_finish(negotiation);
}

static void utility_is_the_sum_of_its_terms(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 2, 3);
    Profile *profile = &negotiation->profile[0];
    const Domain *domain = &negotiation->terms.domain;
    profile->linkages = 1;
    profile->linkage[0] = (Linkage){{2, {0, 1}, {1u << 1, 1u << 2}}, utility_from(0.1)};
    profile->red_lines = 2;
    profile->red_line[0] = (RedLine){{1, {1}, {1u << 2}}, false, utility_from(0.05)};
    profile->red_line[1] = (RedLine){{1, {0}, {1u << 2}}, true, 0};
    Outcome linked = OUTCOME(1, 2), crossing = OUTCOME(2, 0);
    assert_int_equal(profile_utility(profile, domain, &linked), utility_from(0.25 + 0.1 - 0.05));
    assert_null(profile_crosses(profile, &linked));
    assert_ptr_equal(profile_crosses(profile, &crossing), &profile->red_line[1]);
    fixture_finish(negotiation);
}

static void a_discount_takes_its_share_per_period(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 2, 3);
    Profile *profile = &negotiation->profile[0];
    profile->discount = 0.5;
    profile->discount_every = DAYS(10);
    Outcome best = OUTCOME(0, 0);
    const Domain *domain = &negotiation->terms.domain;
    assert_true(profile_value_at(profile, domain, &best, 0) == 1);
    assert_true(profile_value_at(profile, domain, &best, DAYS(20)) == 0.25);
    fixture_finish(negotiation);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counting_equals_walking),
        cmocka_unit_test(a_billion_packages_are_counted_without_walking),
        cmocka_unit_test(entangled_exclusions_are_not_counted),
        cmocka_unit_test(silence_is_not_an_option),
        cmocka_unit_test(utility_is_the_sum_of_its_terms),
        cmocka_unit_test(a_discount_takes_its_share_per_period),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
