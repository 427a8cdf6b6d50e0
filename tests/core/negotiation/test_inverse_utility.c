/* Searching by utility, held against walking the whole space. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/rng.h"
#include "core/negotiation/inverse_search.h"
#include "core/negotiation/inverse_utility.h"

/* --- random domains --- */

typedef struct Case {
    Rng rng;
    Domain domain;
    Profile profile;
    Durability durability;
} Case;

static uint32_t below(Case *c, uint32_t bound) {
    return rng_below(&c->rng, bound);
}

static Condition random_condition(Case *c) {
    Condition when = {.terms = (uint8_t)(1 + below(c, 2))};
    if (when.terms > c->domain.issues) when.terms = c->domain.issues;
    uint8_t issue = (uint8_t)below(c, c->domain.issues);
    for (uint8_t term = 0; term < when.terms; term++) {
        when.issue[term] = issue;
        when.options[term] = 1u << below(c, c->domain.issue[issue].options);
        if (below(c, 3) == 0) when.options[term] |= 1u << below(c, c->domain.issue[issue].options);
        issue = (uint8_t)((issue + 1) % c->domain.issues);
    }
    return when;
}

/* Coarse values make ties, fine ones make none. */
static Utility random_value(Case *c, bool coarse) {
    return coarse ? (Utility)below(c, 5) * 50000000 : (Utility)below(c, 300000000);
}

static void random_issues(Case *c, uint8_t issues, uint8_t most_options) {
    bool coarse = below(c, 2) == 0;
    c->domain.issues = issues;
    for (uint8_t issue = 0; issue < issues; issue++) {
        c->domain.issue[issue].options = (uint8_t)(2 + below(c, most_options - 1u));
        bool named = below(c, 5) > 0;
        c->domain.issue[issue].status_quo =
            named ? (uint8_t)below(c, c->domain.issue[issue].options) : NP_NO_OPTION;
        for (uint8_t option = 0; option < c->domain.issue[issue].options; option++)
            c->profile.value[issue][option] = random_value(c, coarse);
    }
}

static void random_conditions(Case *c) {
    c->domain.exclusions = below(c, 4);
    for (uint32_t i = 0; i < c->domain.exclusions; i++)
        c->domain.exclusion[i].when = random_condition(c);
    c->profile.linkages = below(c, 5);
    for (uint32_t i = 0; i < c->profile.linkages; i++)
        c->profile.linkage[i] =
            (Linkage){random_condition(c), ((Utility)below(c, 7) - 3) * 50000000};
    c->profile.red_lines = below(c, 4);
    for (uint32_t i = 0; i < c->profile.red_lines; i++) {
        bool hard = below(c, 2) == 0;
        c->profile.red_line[i] =
            (RedLine){random_condition(c), hard, hard ? 0 : (Utility)below(c, 4) * 50000000};
    }
}

enum { PEACES = 3 };

/* Settled once: a table of shares takes its time, and searches do not care whose it is. */
static void settled_share(Durability *durability, uint32_t which) {
    static Durability settled[PEACES] = {
        {.base = 0.05, .shape = 0.8, .discount = 0.95, .horizon = 10},
        {.base = 0.3, .shape = 1, .discount = 1, .horizon = 5},
        {.base = 0.1, .shape = 1.7, .discount = 0.9, .horizon = 20}};
    if (settled[which].share[0] == 0) durability_settle(&settled[which]);
    *durability = settled[which];
}

/* Peaces that may break, more or less likely than not; aftermaths from below all utilities to above most. */
static void random_peace(Case *c) {
    settled_share(&c->durability, below(c, PEACES));
    for (uint8_t issue = 0; issue < c->domain.issues; issue++) {
        if (below(c, 3) == 0) continue;
        for (uint8_t option = 0; option < c->domain.issue[issue].options; option++)
            c->durability.effect[issue][option] = ((Utility)below(c, 13) - 6) * 250000000;
    }
    c->profile.durability = &c->durability;
    c->profile.aftermath = ((Utility)below(c, 30) - 8) * 50000000;
    c->profile.hazard = ((Utility)below(c, 9) - 4) * 500000000;
}

/* War wears down soft red lines, and peace may break, in most of the cases. */
static void random_war(Case *c) {
    if (below(c, 3) > 0) random_peace(c);
    if (below(c, 3) > 0) c->profile.eroded = (Utility)below(c, 11) * 100000000 + 7;
}

static void random_case(Case *c, uint64_t seed, uint8_t issues, uint8_t most_options) {
    memset(c, 0, sizeof *c);
    c->rng = rng_stream(rng_key(seed, "test/inverse"));
    random_issues(c, issues, most_options);
    random_conditions(c);
    random_war(c);
}

/* --- walking the whole space --- */

static bool next_package(const Domain *domain, Outcome *package) {
    for (uint8_t issue = domain->issues; issue-- > 0;) {
        if (++package->option[issue] < domain->issue[issue].options) return true;
        package->option[issue] = 0;
    }
    return false;
}

static bool is_acceptable(const Case *c, const Outcome *package) {
    Outcome status_quo = domain_status_quo(&c->domain);
    return domain_excludes(&c->domain, package) == NULL &&
           profile_crosses(&c->profile, package) == NULL && !outcome_equal(package, &status_quo);
}

static int apart(const Case *c, const Outcome *a, const Outcome *b) {
    int count = 0;
    for (uint8_t issue = 0; issue < c->domain.issues; issue++)
        count += a->option[issue] != b->option[issue];
    return count;
}

static bool qualifies(const Case *c, const Wanted *wanted, const Outcome *package,
                      Utility utility) {
    if (!is_acceptable(c, package)) return false;
    if (wanted->issue < NP_MAX_ISSUES && package->option[wanted->issue] != wanted->option)
        return false;
    return utility >= wanted->floor && utility <= wanted->ceiling;
}

/* The definition, written as plainly as can be. Packages come in order, so the first of equals stays. */
static bool walk(const Case *c, const Wanted *wanted, Outcome *out) {
    Outcome package = outcome_empty();
    memset(package.option, 0, c->domain.issues);
    bool found = false;
    Utility best = 0;
    int least = 0;
    do {
        Utility utility = profile_utility(&c->profile, &c->domain, &package);
        if (!qualifies(c, wanted, &package, utility)) continue;
        int distance = wanted->reference ? apart(c, &package, wanted->reference) : 0;
        bool better = wanted->lowest ? utility < best : utility > best;
        if (found && (distance > least || (distance == least && !better))) continue;
        found = true;
        best = utility;
        least = distance;
        *out = package;
    } while (next_package(&c->domain, &package));
    return found;
}

static const Wanted anything = {
    .floor = INT64_MIN, .ceiling = INT64_MAX, .budget = UINT32_MAX / 2, .issue = NP_MAX_ISSUES};

/* --- both ways of answering --- */

typedef struct Answers {
    Case c;
    InverseUtility *inverse;
    Space space;
} Answers;

/* As it is, or from what was prepared for the same preferences under another appraisal, and is gone. */
static InverseUtility *create_somehow(const Case *c, uint64_t seed) {
    if (seed % 2 == 0) return inverse_create(&c->domain, &c->profile);
    Domain domain = c->domain;
    Profile before = c->profile;
    before.eroded = before.eroded > 0 ? before.eroded / 3 + 1 : 300000000;
    before.aftermath += 70000000;
    before.hazard -= 400000000;
    InverseUtility *known = inverse_create(&domain, &before);
    InverseUtility *made = inverse_create_like(known, &c->domain, &c->profile);
    inverse_destroy(known);
    return made;
}

static void prepare(Answers *answers, uint64_t seed) {
    Rng shape = rng_stream(rng_key(seed, "test/shape"));
    random_case(&answers->c, seed, (uint8_t)(1 + rng_below(&shape, 5)), 4);
    uint8_t order[NP_MAX_ISSUES];
    search_order(&answers->c.domain, &answers->c.profile, order);
    space_init(&answers->space, &answers->c.domain, &answers->c.profile, order);
    answers->inverse = create_somehow(&answers->c, seed);
    assert_true(inverse_exact(answers->inverse));
}

static bool ask_ranked(const Answers *answers, const Wanted *wanted, Outcome *out) {
    const InverseUtility *inverse = answers->inverse;
    if (wanted->reference != NULL)
        return inverse_nearest(inverse, wanted->floor, wanted->ceiling - wanted->floor,
                               wanted->reference, out);
    if (wanted->issue < NP_MAX_ISSUES)
        return inverse_best_with(inverse, wanted->issue, wanted->option, out);
    if (wanted->lowest) return inverse_at_least(inverse, wanted->floor, out);
    return inverse_best(inverse, out);
}

static void all_agree(const Answers *answers, const Wanted *wanted) {
    Outcome expected = outcome_empty(), ranked = expected, searched = expected;
    bool exists = walk(&answers->c, wanted, &expected), complete = false;
    assert_int_equal(ask_ranked(answers, wanted, &ranked), exists);
    assert_int_equal(search_find(&answers->space, wanted, &searched, &complete), exists);
    assert_memory_equal(&ranked, &expected, sizeof expected);
    /* Levels of nearness share a budget, so the search may not claim to be complete; it is right. */
    assert_memory_equal(&searched, &expected, sizeof expected);
    if (wanted->reference == NULL) assert_true(complete);
}

enum { DOMAINS = 3000 };

static void the_best_package_is_found_with_and_without_a_given_option(void **state) {
    (void)state;
    static Answers answers;
    for (uint64_t seed = 0; seed < DOMAINS; seed++) {
        prepare(&answers, seed);
        all_agree(&answers, &anything);
        for (uint8_t issue = 0; issue < answers.c.domain.issues; issue++) {
            Wanted wanted = anything;
            wanted.issue = issue;
            for (uint8_t option = 0; option < answers.c.domain.issue[issue].options; option++) {
                wanted.option = option;
                all_agree(&answers, &wanted);
            }
        }
        inverse_destroy(answers.inverse);
    }
}

static void the_least_package_above_a_target_is_found(void **state) {
    (void)state;
    static Answers answers;
    for (uint64_t seed = 0; seed < DOMAINS; seed++) {
        prepare(&answers, seed);
        Wanted wanted = anything;
        wanted.lowest = true;
        for (Utility target = -200000000; target <= 1400000000; target += 100000000) {
            wanted.floor = target;
            all_agree(&answers, &wanted);
        }
        inverse_destroy(answers.inverse);
    }
}

static Outcome random_reference(Case *c) {
    Outcome reference = outcome_empty();
    for (uint8_t issue = 0; issue < c->domain.issues; issue++)
        if (below(c, 6) > 0)
            reference.option[issue] = (uint8_t)below(c, c->domain.issue[issue].options);
    return reference;
}

static void the_nearest_package_within_a_band_is_found(void **state) {
    (void)state;
    static Answers answers;
    for (uint64_t seed = 0; seed < DOMAINS; seed++) {
        prepare(&answers, seed);
        Wanted wanted = anything;
        for (int i = 0; i < 12; i++) {
            Outcome reference = random_reference(&answers.c);
            wanted.reference = &reference;
            wanted.floor = (Utility)below(&answers.c, 25) * 50000000;
            wanted.ceiling = wanted.floor + (Utility)below(&answers.c, 5) * 50000000;
            all_agree(&answers, &wanted);
        }
        inverse_destroy(answers.inverse);
    }
}

static void nothing_is_found_where_everything_is_excluded(void **state) {
    (void)state;
    static Case c;
    random_case(&c, 1, 2, 3);
    c.domain.exclusions = 1;
    c.domain.exclusion[0].when = (Condition){.terms = 1, .issue = {1}, .options = {~0u}};
    InverseUtility *inverse = inverse_create(&c.domain, &c.profile);
    Outcome out;
    assert_false(inverse_best(inverse, &out));
    assert_false(inverse_at_least(inverse, -UTILITY_ONE, &out));
    assert_false(inverse_nearest(inverse, 0, UTILITY_ONE, &(Outcome){{0}}, &out));
    assert_false(inverse_best_with(inverse, 0, 0, &out));
    assert_false(inverse_best_with(inverse, 0, 31, &out));
    assert_false(inverse_best_with(inverse, 9, 0, &out));
    inverse_destroy(inverse);
}

/* --- sixteen issues, 4^16 packages --- */

static void large_case(Case *c, uint64_t seed, bool conditions) {
    memset(c, 0, sizeof *c);
    c->rng = rng_stream(rng_key(seed, "test/large"));
    c->domain.issues = 16;
    for (uint8_t issue = 0; issue < 16; issue++) {
        c->domain.issue[issue] = (Issue){.options = 4, .status_quo = (uint8_t)below(c, 4)};
        for (uint8_t option = 0; option < 4; option++)
            c->profile.value[issue][option] = (Utility)below(c, 120000000);
    }
    if (conditions) random_conditions(c);
}

static Utility worth(const Case *c, const Outcome *package) {
    return profile_utility(&c->profile, &c->domain, package);
}

static Utility additive_best(const Case *c) {
    Utility sum = 0;
    for (uint8_t issue = 0; issue < c->domain.issues; issue++) {
        Utility most = 0;
        for (uint8_t option = 0; option < c->domain.issue[issue].options; option++)
            if (c->profile.value[issue][option] > most) most = c->profile.value[issue][option];
        sum += most;
    }
    return sum;
}

static void a_large_additive_space_gives_its_very_best(void **state) {
    (void)state;
    static Case c;
    for (uint64_t seed = 0; seed < 20; seed++) {
        large_case(&c, seed, false);
        InverseUtility *inverse = inverse_create(&c.domain, &c.profile);
        assert_false(inverse_exact(inverse));
        Outcome best;
        assert_true(inverse_best(inverse, &best));
        assert_int_equal(worth(&c, &best), additive_best(&c));
        inverse_destroy(inverse);
    }
}

static void a_large_space_is_hit_within_a_thousandth(void **state) {
    (void)state;
    static Case c;
    for (uint64_t seed = 0; seed < 20; seed++) {
        large_case(&c, seed, true);
        InverseUtility *inverse = inverse_create(&c.domain, &c.profile);
        Outcome best, least;
        assert_true(inverse_best(inverse, &best));
        for (int tenth = 5; tenth < 10; tenth++) {
            Utility target = worth(&c, &best) * tenth / 10;
            assert_true(inverse_at_least(inverse, target, &least));
            assert_true(is_acceptable(&c, &least));
            assert_in_range(worth(&c, &least) - target, 0, UTILITY_ONE / 1000);
        }
        inverse_destroy(inverse);
    }
}

/* As many exclusions and linkages as a rich scenario has: the search runs out of its nodes now and then. */
static void entangle(Case *c) {
    large_case(c, below(c, 1u << 30), false);
    c->domain.exclusions = 15;
    for (uint32_t i = 0; i < c->domain.exclusions; i++)
        c->domain.exclusion[i].when = random_condition(c);
    c->profile.linkages = 12;
    for (uint32_t i = 0; i < c->profile.linkages; i++)
        c->profile.linkage[i] =
            (Linkage){random_condition(c), ((Utility)below(c, 9) - 4) * 20000000};
}

static void check_entangled(const Case *c, const InverseUtility *inverse, const Outcome *best) {
    Utility most = worth(c, best), low = c->profile.aftermath < most ? c->profile.aftermath : 0;
    Outcome least, with;
    for (int tenth = 5; tenth < 10; tenth++) {
        Utility target = low + (most - low) * tenth / 10;
        assert_true(inverse_at_least(inverse, target, &least));
        assert_true(is_acceptable(c, &least));
        assert_in_range(worth(c, &least) - target, 0, UTILITY_ONE / 500);
    }
    for (uint8_t issue = 0; issue < c->domain.issues; issue++) {
        assert_true(inverse_best_with(inverse, issue, best->option[issue], &with));
        assert_true(worth(c, &with) >= most - UTILITY_ONE / 20);
    }
}

static void an_entangled_space_is_hit_though_peace_may_break(void **state) {
    (void)state;
    static Case c;
    for (uint64_t seed = 0; seed < 20; seed++) {
        c.rng = rng_stream(rng_key(seed, "test/entangled"));
        entangle(&c);
        if (seed % 2 == 0) random_peace(&c);
        c.profile.eroded = (Utility)seed * 50000000;
        InverseUtility *inverse = inverse_create(&c.domain, &c.profile);
        Outcome best;
        if (inverse_best(inverse, &best))
            check_entangled(&c, inverse, &best);
        else
            assert_true(domain_feasible_count(&c.domain) == 0);
        inverse_destroy(inverse);
    }
}

static void a_large_space_gives_a_near_package_of_the_wanted_worth(void **state) {
    (void)state;
    static Case c;
    int nearest = 0;
    for (uint64_t seed = 0; seed < 20; seed++) {
        large_case(&c, seed, true);
        InverseUtility *inverse = inverse_create(&c.domain, &c.profile);
        Outcome best, near, least, reference = random_reference(&c);
        assert_true(inverse_best(inverse, &best));
        Utility target = worth(&c, &best) * 8 / 10, slack = UTILITY_ONE / 50;
        assert_true(inverse_nearest(inverse, target, slack, &reference, &near));
        assert_true(is_acceptable(&c, &near));
        assert_in_range(worth(&c, &near) - target, 0, slack);
        assert_true(inverse_at_least(inverse, target, &least));
        nearest += apart(&c, &least, &reference) - apart(&c, &near, &reference);
        inverse_destroy(inverse);
    }
    assert_true(nearest > 20 * 2); /* on average more than two issues nearer than without looking */
}

static void the_same_question_has_the_same_answer(void **state) {
    (void)state;
    static Case c;
    large_case(&c, 7, true);
    Outcome reference = random_reference(&c), first[2], again[2];
    for (int i = 0; i < 2; i++) {
        Outcome *out = i ? again : first;
        InverseUtility *inverse = inverse_create(&c.domain, &c.profile);
        assert_true(inverse_at_least(inverse, 700000000, &out[0]));
        assert_true(inverse_nearest(inverse, 700000000, 20000000, &reference, &out[1]));
        inverse_destroy(inverse);
    }
    assert_memory_equal(first, again, sizeof first);
}

/* --- from the best down --- */

enum { MOST_PACKAGES = 1024 }; /* 4^5 */

typedef struct Listed {
    Utility utility;
    Outcome package;
} Listed;

static bool comes_first(const Listed *a, const Listed *b) {
    if (a->utility != b->utility) return a->utility > b->utility;
    return memcmp(&a->package, &b->package, sizeof a->package) < 0;
}

/* The definition again: all acceptable packages, inserted in order. */
static uint32_t list_all(const Case *c, Listed *list) {
    uint32_t count = 0;
    Outcome package = outcome_empty();
    memset(package.option, 0, c->domain.issues);
    do {
        if (!is_acceptable(c, &package)) continue;
        Listed one = {profile_utility(&c->profile, &c->domain, &package), package};
        uint32_t place = count++;
        for (; place > 0 && comes_first(&one, &list[place - 1]); place--)
            list[place] = list[place - 1];
        list[place] = one;
    } while (next_package(&c->domain, &package));
    return count;
}

static void walks_down(const Answers *answers, const Listed *list, uint32_t count) {
    Outcome at = outcome_empty();
    const Outcome *after = NULL;
    for (uint32_t i = 0; i < count; i++, after = &at) {
        Outcome found = outcome_empty();
        bool complete = false;
        if (after != NULL) {
            Wanted wanted = anything;
            wanted.ceiling = list[i - 1].utility;
            wanted.after = after;
            assert_true(search_find(&answers->space, &wanted, &found, &complete));
            assert_memory_equal(&found, &list[i].package, sizeof found);
        }
        assert_true(
            inverse_next_best(answers->inverse, after, &at)); /* `after` may be the answer */
        assert_memory_equal(&at, &list[i].package, sizeof at);
    }
    assert_false(inverse_next_best(answers->inverse, after, &at) && count > 0);
}

static void the_space_is_walked_from_the_best_down_each_package_once(void **state) {
    (void)state;
    static Answers answers;
    static Listed list[MOST_PACKAGES];
    for (uint64_t seed = 0; seed < DOMAINS / 10; seed++) {
        prepare(&answers, seed);
        walks_down(&answers, list, list_all(&answers.c, list));
        inverse_destroy(answers.inverse);
    }
}

/* What is no package to this seat, the status quo say, or is silent somewhere, has its place in the order too. */
static void the_next_below_what_is_no_package_itself_is_found(void **state) {
    (void)state;
    static Answers answers;
    static Listed list[MOST_PACKAGES];
    for (uint64_t seed = 0; seed < DOMAINS; seed++) {
        prepare(&answers, seed);
        uint32_t count = list_all(&answers.c, list), place = 0;
        Outcome from = outcome_empty(), found;
        for (uint8_t issue = 0; issue < answers.c.domain.issues; issue++)
            if (below(&answers.c, 6) > 0)
                from.option[issue] =
                    (uint8_t)below(&answers.c, answers.c.domain.issue[issue].options);
        Listed one = {profile_utility(&answers.c.profile, &answers.c.domain, &from), from};
        while (place < count && !comes_first(&one, &list[place])) place++;
        assert_int_equal(inverse_next_best(answers.inverse, &from, &found), place < count);
        if (place < count) assert_memory_equal(&found, &list[place].package, sizeof found);
        inverse_destroy(answers.inverse);
    }
}

static void a_band_holds_what_lies_in_it(const Answers *answers, const Listed *list, uint32_t count,
                                         Utility floor, Utility ceiling, uint32_t room) {
    static Outcome ranked[MOST_PACKAGES + 1], searched[MOST_PACKAGES + 1];
    Wanted wanted = anything;
    wanted.floor = floor;
    wanted.ceiling = ceiling;
    memset(ranked, 0xee, sizeof ranked);
    uint32_t found = inverse_between(answers->inverse, floor, ceiling, ranked, room), expected = 0;
    assert_int_equal(search_list(&answers->space, &wanted, searched, room), found);
    for (uint32_t i = 0; i < count && expected < room; i++) {
        if (list[i].utility < floor || list[i].utility > ceiling) continue;
        assert_true(expected < found);
        assert_memory_equal(&ranked[expected], &list[i].package, sizeof ranked[0]);
        assert_memory_equal(&searched[expected], &list[i].package, sizeof searched[0]);
        expected++;
    }
    assert_int_equal(found, expected);
    assert_int_equal(ranked[found].option[0], 0xee); /* nothing is written behind them */
}

static void a_band_is_listed_from_the_best_down(void **state) {
    (void)state;
    static Answers answers;
    static Listed list[MOST_PACKAGES];
    for (uint64_t seed = 0; seed < DOMAINS / 3; seed++) {
        prepare(&answers, seed);
        uint32_t count = list_all(&answers.c, list);
        a_band_holds_what_lies_in_it(&answers, list, count, INT64_MIN, INT64_MAX, MOST_PACKAGES);
        for (int i = 0; i < 4 && count > 0; i++) {
            Utility a = list[below(&answers.c, count)].utility;
            Utility b = list[below(&answers.c, count)].utility;
            uint32_t room = 1 + below(&answers.c, i % 2 ? 5 : MOST_PACKAGES);
            a_band_holds_what_lies_in_it(&answers, list, count, a < b ? a : b, a < b ? b : a, room);
        }
        inverse_destroy(answers.inverse);
    }
}

/* Too many packages to rank: each step is worth no more than the one before, and none comes twice. */
static void a_large_space_is_walked_downwards_too(void **state) {
    (void)state;
    static Case c;
    static Outcome walked[200], band[64];
    for (uint64_t seed = 0; seed < 10; seed++) {
        random_case(&c, seed, 16, 6);
        InverseUtility *inverse = inverse_create(&c.domain, &c.profile);
        assert_false(inverse_exact(inverse));
        uint32_t steps = 0;
        while (steps < 200 &&
               inverse_next_best(inverse, steps ? &walked[steps - 1] : NULL, &walked[steps])) {
            Listed now = {profile_utility(&c.profile, &c.domain, &walked[steps]), walked[steps]};
            assert_true(is_acceptable(&c, &walked[steps]));
            if (steps > 0) {
                Listed before = {profile_utility(&c.profile, &c.domain, &walked[steps - 1]),
                                 walked[steps - 1]};
                assert_true(comes_first(&before, &now));
            }
            steps++;
        }
        assert_int_equal(steps, 200);
        Utility ceiling = profile_utility(&c.profile, &c.domain, &walked[20]);
        Utility floor = ceiling - UTILITY_ONE / 50;
        uint32_t found = inverse_between(inverse, floor, ceiling, band, 64);
        assert_true(found > 0);
        for (uint32_t i = 0; i < found; i++) {
            Utility worth = profile_utility(&c.profile, &c.domain, &band[i]);
            assert_true(is_acceptable(&c, &band[i]) && worth >= floor && worth <= ceiling);
        }
        inverse_destroy(inverse);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_package_is_found_with_and_without_a_given_option),
        cmocka_unit_test(the_least_package_above_a_target_is_found),
        cmocka_unit_test(the_nearest_package_within_a_band_is_found),
        cmocka_unit_test(nothing_is_found_where_everything_is_excluded),
        cmocka_unit_test(a_large_additive_space_gives_its_very_best),
        cmocka_unit_test(a_large_space_is_hit_within_a_thousandth),
        cmocka_unit_test(an_entangled_space_is_hit_though_peace_may_break),
        cmocka_unit_test(a_large_space_gives_a_near_package_of_the_wanted_worth),
        cmocka_unit_test(the_same_question_has_the_same_answer),
        cmocka_unit_test(the_space_is_walked_from_the_best_down_each_package_once),
        cmocka_unit_test(the_next_below_what_is_no_package_itself_is_found),
        cmocka_unit_test(a_band_is_listed_from_the_best_down),
        cmocka_unit_test(a_large_space_is_walked_downwards_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
