/* Which type a seat is, as far as its offers tell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/real.h"
#include "core/negotiation/belief.h"

/* One issue of eleven options; the hawk likes high ones, the dove low ones, the third is indifferent. */
typedef struct Case {
    Domain domain;
    SeatType type[3];
    Reference reference;
} Case;

enum { HAWK, DOVE, INDIFFERENT };

static void prepare(Case *c) {
    memset(c, 0, sizeof *c);
    c->domain.issues = 1;
    c->domain.issue[0] = (Issue){.options = 11, .status_quo = NP_NO_OPTION};
    for (int option = 0; option < 11; option++) {
        c->type[HAWK].profile.value[0][option] = option * UTILITY_ONE / 10;
        c->type[DOVE].profile.value[0][option] = (10 - option) * UTILITY_ONE / 10;
        c->type[INDIFFERENT].profile.value[0][option] = UTILITY_ONE / 2;
    }
    c->type[HAWK].prior = 0.5;
    c->type[DOVE].prior = 0.25;
    c->type[INDIFFERENT].prior = 0.25;
    reference_draw(&c->reference, &c->domain, rng_key(1, "test/reference"));
}

static Outcome price(uint8_t option) {
    Outcome outcome = outcome_empty();
    outcome.option[0] = option;
    return outcome;
}

static Belief opened(const Case *c) {
    Belief belief;
    belief_open(&belief, c->type, 3, &c->domain, &c->reference);
    return belief;
}

static bool near(double a, double b) {
    return a - b < 1e-12 && b - a < 1e-12;
}

static void the_reference_set_is_feasible_and_always_the_same(void **state) {
    (void)state;
    static Case c;
    static Reference again;
    prepare(&c);
    c.domain.exclusions = 1;
    c.domain.exclusion[0].when = (Condition){1, {0}, {0x7f}};
    reference_draw(&c.reference, &c.domain, rng_key(1, "test/reference"));
    assert_int_equal(c.reference.count, BELIEF_REFERENCES);
    uint32_t seen = 0;
    for (uint32_t i = 0; i < c.reference.count; i++) {
        assert_null(domain_excludes(&c.domain, &c.reference.package[i]));
        assert_true(domain_complete(&c.domain, &c.reference.package[i]));
        seen |= 1u << c.reference.package[i].option[0];
    }
    assert_int_equal(seen, 0xf << 7);
    reference_draw(&again, &c.domain, rng_key(1, "test/reference"));
    assert_memory_equal(&again, &c.reference, sizeof again);
    c.domain.exclusion[0].when.options[0] = ~0u;
    reference_draw(&again, &c.domain, rng_key(1, "test/reference"));
    assert_int_equal(again.count, 0);
}

static void a_likelihood_is_the_logit_choice(void **state) {
    (void)state;
    static Case c;
    prepare(&c);
    Belief belief = opened(&c);
    for (uint8_t type = 0; type < 3; type++)
        for (uint8_t option = 0; option < 11; option++) {
            double sum = 0;
            for (uint32_t i = 0; i < c.reference.count; i++)
                sum += real_exp(
                    10 *
                    utility_real(c.type[type].profile.value[0][c.reference.package[i].option[0]]));
            double own = real_exp(10 * utility_real(c.type[type].profile.value[0][option]));
            Outcome package = price(option);
            assert_true(
                near(belief_likelihood(&belief, type, &c.domain, &package), own / (own + sum)));
        }
}

static void an_offer_moves_the_belief_by_bayes_rule(void **state) {
    (void)state;
    static Case c;
    prepare(&c);
    Belief belief = opened(&c);
    Outcome package = price(9);
    double likelihood[3], sum = 0;
    for (uint8_t type = 0; type < 3; type++) {
        likelihood[type] = belief_likelihood(&belief, type, &c.domain, &package);
        sum += likelihood[type] * c.type[type].prior;
    }
    belief_update(&belief, &c.domain, &package, 1);
    for (uint8_t type = 0; type < 3; type++)
        assert_true(near(belief.likely[type], likelihood[type] * c.type[type].prior / sum));
    assert_true(belief.likely[HAWK] > 0.8);
}

static void offers_tell_the_types_apart(void **state) {
    (void)state;
    static Case c;
    prepare(&c);
    for (uint8_t type = HAWK; type <= DOVE; type++) {
        Belief belief = opened(&c);
        for (uint8_t round = 0; round < 20; round++) {
            Outcome package = price(type == HAWK ? 9 - round / 10 : 1 + round / 10);
            belief_update(&belief, &c.domain, &package, 1);
        }
        assert_true(belief.likely[type] > 0.99);
        assert_true(belief.likely[HAWK + DOVE - type] >= 0);
    }
}

/* Two packages that say opposite things to two opposite types say nothing; partial ones say nothing at all. */
static void a_menu_is_one_choice(void **state) {
    (void)state;
    static Case c;
    prepare(&c);
    for (uint32_t i = 0; i < 11; i++) c.reference.package[i] = price((uint8_t)i);
    c.reference.count = 11;
    Belief belief = opened(&c);
    Outcome menu[3] = {price(2), price(8), outcome_empty()};
    belief_update(&belief, &c.domain, menu, 3);
    assert_true(near(belief.likely[HAWK], 2 * belief.likely[DOVE]));
    Belief before = belief;
    belief_update(&belief, &c.domain, &menu[2], 1);
    for (uint8_t type = 0; type < 3; type++)
        assert_true(near(belief.likely[type], before.likely[type]));
    Belief once = opened(&c), twice = once;
    Outcome same[2] = {price(7), price(7)};
    belief_update(&once, &c.domain, same, 1);
    belief_update(&twice, &c.domain, same, 2);
    assert_true(near(once.likely[HAWK], twice.likely[HAWK]));
}

static void extreme_utilities_leave_a_belief(void **state) {
    (void)state;
    static Case c;
    prepare(&c);
    c.type[HAWK].profile.value[0][10] = 1000000 * UTILITY_ONE;
    c.type[DOVE].profile.value[0][0] = -1000000 * UTILITY_ONE;
    Belief belief = opened(&c);
    for (uint8_t round = 0; round < 200; round++) {
        Outcome package = price(round % 11);
        belief_update(&belief, &c.domain, &package, 1);
        double sum = 0;
        for (uint8_t type = 0; type < 3; type++) {
            assert_true(belief.likely[type] >= 0 && belief.likely[type] <= 1);
            sum += belief.likely[type];
        }
        assert_true(near(sum, 1));
    }
    belief_know(&belief, DOVE);
    assert_true(belief.likely[DOVE] == 1 && belief.likely[HAWK] == 0);
    Reference none = {0};
    belief_open(&belief, c.type, 3, &c.domain, &none);
    belief_update(&belief, &c.domain, &(Outcome){{3}}, 1);
    assert_true(near(belief.likely[HAWK], 0.5));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reference_set_is_feasible_and_always_the_same),
        cmocka_unit_test(a_likelihood_is_the_logit_choice),
        cmocka_unit_test(an_offer_moves_the_belief_by_bayes_rule),
        cmocka_unit_test(offers_tell_the_types_apart),
        cmocka_unit_test(a_menu_is_one_choice),
        cmocka_unit_test(extreme_utilities_leave_a_belief),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
