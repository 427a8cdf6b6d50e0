/* How near the nearest package is in spaces too large to rank, held against searching them to the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/rng.h"
#include "core/negotiation/inverse_search.h"
#include "core/negotiation/inverse_utility.h"

enum { ISSUES = 16, OPTIONS = 4, DOMAINS = 40, QUESTIONS = 5 };

typedef struct Case {
    Rng rng;
    Domain domain;
    Profile profile;
    Space space;
    InverseUtility *inverse;
} Case;

static uint32_t below(Case *c, uint32_t bound) {
    return rng_below(&c->rng, bound);
}

static Condition random_pair(Case *c) {
    uint8_t first = (uint8_t)below(c, ISSUES);
    Condition when = {.terms = 2, .issue = {first, (uint8_t)((first + 1 + below(c, 5)) % ISSUES)}};
    for (int term = 0; term < 2; term++) when.options[term] = 1u << below(c, OPTIONS);
    return when;
}

static void random_case(Case *c, uint64_t seed) {
    memset(c, 0, sizeof *c);
    c->rng = rng_stream(rng_key(seed, "test/nearest"));
    c->domain.issues = ISSUES;
    for (uint8_t issue = 0; issue < ISSUES; issue++) {
        c->domain.issue[issue] = (Issue){.options = OPTIONS, .status_quo = NP_NO_OPTION};
        for (uint8_t option = 0; option < OPTIONS; option++)
            c->profile.value[issue][option] = (Utility)below(c, 120000000);
    }
    c->domain.exclusions = 8;
    for (uint32_t i = 0; i < c->domain.exclusions; i++)
        c->domain.exclusion[i].when = random_pair(c);
    c->profile.linkages = 12;
    for (uint32_t i = 0; i < c->profile.linkages; i++)
        c->profile.linkage[i] = (Linkage){random_pair(c), ((Utility)below(c, 9) - 4) * 20000000};
    uint8_t order[NP_MAX_ISSUES];
    search_order(&c->domain, &c->profile, order);
    space_init(&c->space, &c->domain, &c->profile, order);
    c->inverse = inverse_create(&c->domain, &c->profile);
}

static Outcome random_package(Case *c) {
    Outcome package = outcome_empty();
    for (uint8_t issue = 0; issue < ISSUES; issue++)
        package.option[issue] = (uint8_t)below(c, OPTIONS);
    return package;
}

static int apart(const Outcome *a, const Outcome *b) {
    int count = 0;
    for (uint8_t issue = 0; issue < ISSUES; issue++) count += a->option[issue] != b->option[issue];
    return count;
}

typedef struct Rates {
    int asked, exist, missed, farther, wide;
} Rates;

/* The budget that answers are held against is two thousand times theirs. */
static void ask(Case *c, Utility slack, int tenths, Rates *rates) {
    Outcome best, near, found, reference = random_package(c);
    assert_true(inverse_best(c->inverse, &best));
    Utility target = profile_utility(&c->profile, &c->domain, &best) / 10 * tenths;
    Wanted wanted = {.floor = target,
                     .ceiling = target + slack,
                     .budget = 40000000,
                     .issue = NP_MAX_ISSUES,
                     .reference = &reference};
    bool complete, exists = search_find(&c->space, &wanted, &near, &complete);
    bool answered = inverse_nearest(c->inverse, target, slack, &reference, &found);
    rates->asked++;
    rates->exist += exists;
    rates->missed += exists && !answered;
    if (!exists || !answered) return;
    rates->farther += apart(&found, &reference) > apart(&near, &reference);
    rates->wide += apart(&found, &reference) > apart(&near, &reference) + 1;
    Utility worth = profile_utility(&c->profile, &c->domain, &found);
    assert_in_range(worth - target, 0, slack);
}

static Rates ask_all(Utility slack) {
    static Case c;
    Rates rates = {0};
    for (uint64_t seed = 0; seed < DOMAINS; seed++) {
        random_case(&c, seed);
        for (int tenths = 5; tenths < 5 + QUESTIONS; tenths++) ask(&c, slack, tenths, &rates);
        inverse_destroy(c.inverse);
    }
    print_message("slack %.3f: %d asked, %d exist, %d missed, %d farther, %d by more than one\n",
                  utility_real(slack), rates.asked, rates.exist, rates.missed, rates.farther,
                  rates.wide);
    return rates;
}

static void a_near_package_is_always_found_and_almost_always_the_nearest(void **state) {
    (void)state;
    Rates rates = ask_all(UTILITY_ONE / 50);
    assert_int_equal(rates.exist, DOMAINS * QUESTIONS);
    assert_int_equal(rates.missed, 0);
    assert_true(rates.farther * 100 <= rates.exist);
}

/* One package in thousands is within the band. */
static void a_narrow_band_is_hit_and_seldom_farther_than_need_be(void **state) {
    (void)state;
    Rates rates = ask_all(UTILITY_ONE / 1000);
    assert_true(rates.exist > DOMAINS * QUESTIONS * 9 / 10);
    assert_int_equal(rates.missed, 0);
    assert_true(rates.farther * 100 <= rates.exist * 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_near_package_is_always_found_and_almost_always_the_nearest),
        cmocka_unit_test(a_narrow_band_is_hit_and_seldom_farther_than_need_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
