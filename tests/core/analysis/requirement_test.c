/* What would have to differ: against a walk over all packages, and by carrying the changes out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/analysis/requirement.h"
#include "core/base/rng.h"
#include "tests/core/analysis/small_question.h"

/* --- by hand --- */

/* Two issues of weight a half; the buyer wants the low price and the long warranty, the seller the reverse. */
static Negotiation *sale(void) {
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 2, 3);
    negotiation->profile[0].reservation = utility_from(0.6);
    negotiation->profile[1].reservation = utility_from(0.25);
    return negotiation;
}

static const ParameterChange *change_of(const SeatRequirement *seat, ChangeKind kind) {
    for (uint32_t i = 0; i < seat->changes; i++)
        if (seat->change[i].kind == kind) return &seat->change[i];
    return NULL;
}

/* Middle and middle is worth 0.5 to both: the buyer, at 0.6, refuses it. */
static void a_refusal_says_by_how_much_each_parameter_would_have_to_move(void **state) {
    (void)state;
    Negotiation *negotiation = sale();
    Question question = question_about(negotiation, SCOPE_ZONE);
    Outcome asked = OUTCOME(1, 1);
    Requirement answer = requirement_find(&question, &asked);
    const SeatRequirement *buyer = &answer.seat[0];
    assert_true(answer.feasible && answer.exact);
    assert_int_equal(answer.must_move, seat_bit(0));
    assert_int_equal(buyer->shortfall, utility_from(0.1));
    assert_true(change_of(buyer, CHANGE_RESERVATION)->amount == 0.1);
    assert_null(change_of(buyer, CHANGE_WEIGHT)); /* both options are worth a half of it */
    assert_true(change_of(buyer, CHANGE_VALUE)->amount == 0.2);
    assert_null(change_of(buyer, CHANGE_PENALTY));
    assert_int_equal(answer.seat[1].changes, 0);
    assert_true(answer.nearest_found && answer.nearest_exact);
    assert_int_equal(answer.nearest_differs, 1); /* 0.75 and 0.25 */
    fixture_finish(negotiation);
}

static void weight_moves_to_where_the_package_is_better(void **state) {
    (void)state;
    Negotiation *negotiation = sale();
    Question question = question_about(negotiation, SCOPE_ZONE);
    Outcome asked =
        OUTCOME(0, 2); /* worth 0.5 to the buyer: all of the first issue, nothing of the second */
    Requirement answer = requirement_find(&question, &asked);
    const ParameterChange *shift = change_of(&answer.seat[0], CHANGE_WEIGHT);
    assert_int_equal(shift->from, 1);
    assert_int_equal(shift->issue, 0);
    assert_true(shift->amount == 0.1);
    fixture_finish(negotiation);
}

static void a_hard_red_line_stands_alone_in_the_way(void **state) {
    (void)state;
    Negotiation *negotiation = sale();
    negotiation->profile[1].red_lines = 2;
    negotiation->profile[1].red_line[0] = (RedLine){{1, {0}, {1u << 0}}, true, 0};
    negotiation->profile[1].red_line[1] = (RedLine){{1, {1}, {1u << 2}}, false, utility_from(0.3)};
    Question question = question_about(negotiation, SCOPE_ZONE);
    Outcome asked = OUTCOME(1, 2);
    Requirement answer = requirement_find(&question, &asked);
    assert_int_equal(answer.seat[1].utility, utility_from(0.45));
    asked = OUTCOME(
        0, 2); /* 0.2 short of nothing but for the line: 0.5 - 0.3 = 0.2, and the hard one */
    answer = requirement_find(&question, &asked);
    assert_int_equal(answer.seat[1].hard_lines, 1);
    assert_int_equal(answer.seat[1].changes, 0); /* no single change would do */
    negotiation->profile[1].red_lines = 1;
    answer = requirement_find(&question, &asked);
    assert_int_equal(answer.seat[1].changes, 1);
    assert_true(change_of(&answer.seat[1], CHANGE_RED_LINES)->amount == 1);
    fixture_finish(negotiation);
}

static void what_is_excluded_is_named(void **state) {
    (void)state;
    Negotiation *negotiation = sale();
    Domain *domain = &negotiation->terms.domain;
    domain->exclusions = 1;
    domain->exclusion[0] = (Exclusion){{2, {0, 1}, {1, 1}}, "not both"};
    Question question = question_about(negotiation, SCOPE_ZONE);
    Outcome asked = OUTCOME(0, 0);
    Requirement answer = requirement_find(&question, &asked);
    assert_false(answer.feasible);
    assert_ptr_equal(answer.exclusion, &domain->exclusion[0]);
    assert_true(answer.nearest_found);
    fixture_finish(negotiation);
}

/* --- against a walk --- */

static Outcome any_asked(uint64_t seed, const Domain *domain) {
    Rng rng = rng_stream(rng_key(seed, "asked"));
    Outcome asked = outcome_empty();
    for (uint8_t issue = 0; issue < domain->issues; issue++)
        if (rng_below(&rng, 2) == 0)
            asked.option[issue] = (uint8_t)rng_below(&rng, domain->issue[issue].options);
    return asked;
}

static uint8_t apart(const Outcome *asked, const Outcome *package, uint8_t issues) {
    uint8_t count = 0;
    for (uint8_t issue = 0; issue < issues; issue++)
        count +=
            asked->option[issue] != NP_NO_OPTION && asked->option[issue] != package->option[issue];
    return count;
}

/* Refusers, hard lines, shortfall: as one row of numbers. */
static void plain_cost(const Question *question, const Outcome *package, SeatSet refusers,
                       int64_t cost[3]) {
    memset(cost, 0, 3 * sizeof *cost);
    for (SeatId seat = 0; seat < question->terms->seats; seat++) {
        if (!seat_in(refusers, seat)) continue;
        const Profile *profile = &question->profile[seat];
        Utility utility = profile_utility(profile, &question->terms->domain, package);
        cost[0]++;
        for (uint32_t i = 0; i < profile->red_lines; i++)
            cost[1] +=
                profile->red_line[i].hard && condition_holds(&profile->red_line[i].when, package);
        if (utility < question->threshold[seat]) cost[2] += question->threshold[seat] - utility;
    }
}

static bool is_less(const int64_t a[3], const int64_t b[3]) {
    for (int i = 0; i < 3; i++)
        if (a[i] != b[i]) return a[i] < b[i];
    return false;
}

static void agree_on_package(const Question *question, const Outcome *asked) {
    const Domain *domain = &question->terms->domain;
    Question every = *question;
    every.scope = SCOPE_FEASIBLE;
    PackageWalk walk = walk_start(&every);
    bool found = false;
    uint8_t nearest = NP_MAX_ISSUES + 1;
    Outcome best = outcome_empty();
    int64_t least[3] = {0}, cost[3];
    while (walk_next(&walk)) {
        SeatSet needed, refusers = plain_refusers(question, &walk.package, &needed);
        if (outcome_equal(&walk.package, &question->status_quo)) continue;
        uint8_t distance = apart(asked, &walk.package, domain->issues);
        if (refusers == 0 && distance < nearest) nearest = distance;
        plain_cost(question, &walk.package, refusers, cost);
        if (distance > 0 || (found && !is_less(cost, least))) continue;
        found = true;
        best = walk.package;
        memcpy(least, cost, sizeof least);
    }
    Requirement answer = requirement_find(question, asked);
    assert_int_equal(answer.nearest_found, nearest <= NP_MAX_ISSUES);
    if (answer.nearest_found) {
        SeatSet needed;
        assert_true(answer.nearest_exact);
        assert_int_equal(answer.nearest_differs, nearest);
        assert_int_equal(apart(asked, &answer.nearest, domain->issues), nearest);
        assert_int_equal(plain_refusers(question, &answer.nearest, &needed), 0);
        assert_false(outcome_equal(&answer.nearest, &question->status_quo));
        assert_true(domain_excludes(domain, &answer.nearest) == NULL);
    }
    if (domain_complete(domain, asked)) return;
    assert_true(answer.exact);
    assert_int_equal(answer.feasible, found);
    if (!found) return;
    assert_true(outcome_equal(&answer.package, &best));
    assert_int_equal(__builtin_popcount(answer.must_move), least[0]);
}

static void thousands_of_partial_packages_are_completed_as_a_walk_would(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 4000; seed++) {
        Negotiation *negotiation = small_negotiation(seed);
        Question question = question_about(negotiation, SCOPE_ZONE);
        Outcome asked = any_asked(seed, &negotiation->terms.domain);
        agree_on_package(&question, &asked);
        fixture_finish(negotiation);
    }
}

/* --- carried out --- */

/* Numbers as people write them; the profile is then made again as it is from a file. */
static void a_shift_is_enough_for_values_as_they_are_written(void **state) {
    (void)state;
    uint32_t shifts = 0;
    Rng rng = rng_stream(rng_key(1, "written"));
    for (int round = 0; round < 2000; round++) {
        Negotiation *negotiation = sale();
        Profile *buyer = &negotiation->profile[0];
        double weight = (rng_below(&rng, 999999) + 1) / 1e6, value[2];
        buyer->weight[0] = weight;
        buyer->weight[1] = utility_real(UTILITY_ONE - utility_from(weight));
        for (uint8_t issue = 0; issue < 2; issue++) {
            value[issue] = rng_below(&rng, 1000000) / 1e6;
            buyer->value[issue][1] = utility_from(buyer->weight[issue] * value[issue]);
        }
        Question question = question_about(negotiation, SCOPE_ZONE);
        Outcome asked = OUTCOME(1, 1);
        question.threshold[0] = buyer->value[0][1] + buyer->value[1][1] + utility_from(0.0123);
        Requirement answer = requirement_find(&question, &asked);
        const ParameterChange *shift = change_of(&answer.seat[0], CHANGE_WEIGHT);
        if (shift != NULL) {
            Utility now =
                utility_from((buyer->weight[shift->from] - shift->amount) * value[shift->from]) +
                utility_from((buyer->weight[shift->issue] + shift->amount) * value[shift->issue]);
            assert_true(now >= question.threshold[0]);
            shifts++;
        }
        fixture_finish(negotiation);
    }
    assert_true(shifts > 200);
}

/* Weights under which no value is more than 1. */
static void weigh(Profile *profile, const Domain *domain) {
    for (uint8_t issue = 0; issue < domain->issues; issue++) {
        Utility most = 1;
        for (uint8_t option = 0; option < domain->issue[issue].options; option++)
            if (profile->value[issue][option] > most) most = profile->value[issue][option];
        profile->weight[issue] = utility_real(most);
    }
}

static void shift_weight(Profile *profile, const ParameterChange *change, double amount) {
    const uint8_t issue[2] = {change->from, change->issue};
    for (int i = 0; i < 2; i++) {
        double before = profile->weight[issue[i]];
        double now = before + (i == 0 ? -amount : amount);
        profile->weight[issue[i]] = now;
        for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++) {
            double value = utility_real(profile->value[issue[i]][option]) / before;
            profile->value[issue[i]][option] = utility_from(now * value);
        }
    }
}

/* Would the seat, changed by so much, accept? */
static bool accepts_after(const Question *question, SeatId seat, const Requirement *answer,
                          const ParameterChange *change, double amount) {
    Profile profile = question->profile[seat];
    Utility threshold = question->threshold[seat];
    const Outcome *package = &answer->package;
    RedLine *line = &profile.red_line[change->red_line];
    switch (change->kind) {
    case CHANGE_RESERVATION: threshold -= utility_from(amount); break;
    case CHANGE_WEIGHT: shift_weight(&profile, change, amount); break;
    case CHANGE_VALUE:
        profile.value[change->issue][change->option] +=
            utility_from(amount * profile.weight[change->issue]);
        break;
    case CHANGE_PENALTY:
        line->penalty = profile_penalty(&profile, line) - utility_from(amount);
        profile.eroded = 0;
        for (uint32_t i = 0; i < profile.red_lines; i++)
            if (i != change->red_line)
                profile.red_line[i].penalty =
                    profile_penalty(&question->profile[seat], &question->profile[seat].red_line[i]);
        break;
    default:
        for (uint32_t i = 0; i < profile.red_lines; i++) profile.red_line[i].hard = false;
    }
    return profile_crosses(&profile, package) == NULL &&
           profile_utility(&profile, &question->terms->domain, package) >= threshold;
}

/* A weight does not fall below 0, a value does not rise above 1, nor a penalty below 0. */
static bool is_possible(const Profile *profile, const ParameterChange *change) {
    double weight = profile->weight[change->issue];
    double value = utility_real(profile->value[change->issue][change->option]);
    const RedLine *line = &profile->red_line[change->red_line];
    switch (change->kind) {
    case CHANGE_WEIGHT: return change->amount <= profile->weight[change->from];
    case CHANGE_VALUE: return value + change->amount * weight <= weight + 1e-9;
    case CHANGE_PENALTY:
        return !line->hard && change->amount <= utility_real(profile_penalty(profile, line));
    default: return true;
    }
}

static uint32_t tried[CHANGES];

static void carry_out(const Question *question, SeatId seat, const Requirement *answer) {
    const SeatRequirement *own = &answer->seat[seat];
    for (uint32_t i = 0; i < own->changes; i++) {
        const ParameterChange *change = &own->change[i];
        tried[change->kind]++;
        assert_true(change->amount > 0 && is_possible(&question->profile[seat], change));
        assert_true(accepts_after(question, seat, answer, change, change->amount));
        if (change->kind == CHANGE_RED_LINES) continue;
        double less = change->amount - 4e-9 / (change->kind == CHANGE_VALUE
                                                   ? question->profile[seat].weight[change->issue]
                                                   : 1);
        /* A value is rounded when its weight has changed: hence a wider margin. */
        if (change->kind == CHANGE_WEIGHT) less = 0.99 * change->amount;
        if (change->kind != CHANGE_WEIGHT || own->shortfall > UTILITY_ONE / 1000)
            assert_false(less > 0 && accepts_after(question, seat, answer, change, less));
    }
}

static void every_change_that_is_named_does_it_and_less_does_not(void **state) {
    (void)state;
    memset(tried, 0, sizeof tried);
    for (uint64_t seed = 0; seed < 4000; seed++) {
        Negotiation *negotiation = small_negotiation(seed);
        for (SeatId seat = 0; seat < negotiation->terms.seats; seat++)
            weigh(&negotiation->profile[seat], &negotiation->terms.domain);
        Question question = question_about(negotiation, SCOPE_ZONE);
        Outcome asked = any_asked(seed, &negotiation->terms.domain);
        Requirement answer = requirement_find(&question, &asked);
        for (SeatId seat = 0; seat < negotiation->terms.seats && answer.feasible; seat++)
            carry_out(&question, seat, &answer);
        fixture_finish(negotiation);
    }
    for (int kind = 0; kind < CHANGES; kind++) assert_true(tried[kind] > 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refusal_says_by_how_much_each_parameter_would_have_to_move),
        cmocka_unit_test(weight_moves_to_where_the_package_is_better),
        cmocka_unit_test(a_shift_is_enough_for_values_as_they_are_written),
        cmocka_unit_test(a_hard_red_line_stands_alone_in_the_way),
        cmocka_unit_test(what_is_excluded_is_named),
        cmocka_unit_test(thousands_of_partial_packages_are_completed_as_a_walk_would),
        cmocka_unit_test(every_change_that_is_named_does_it_and_less_does_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
