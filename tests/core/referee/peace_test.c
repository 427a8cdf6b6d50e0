/* What becomes of an agreement, case by case. */
#include <string.h>

#include "core/base/sim_time.h"
#include "tests/core/base/suite.h"
#include "tests/core/referee/theatre_of_one.h"

/* On day two. */
static Scene *agree(Negotiation *negotiation, uint64_t seed) {
    const Line lines[] = {{0, 0, OFFER_OF(1, 1)}, {DAYS(1), 1, ACCEPT_OF(1)}};
    return scene_play(negotiation, seed, lines, 2);
}

static Negotiation *looked_at(WorldModel **model, SimTime observe) {
    Negotiation *negotiation = fixture_quiet(&mechanism_open_table, 2, 2, 3, model);
    negotiation->observe = observe;
    return negotiation;
}

static void a_peace_that_nothing_threatens_holds_to_the_horizon(void **state) {
    (void)state;
    WorldModel *model;
    Scene *scene = agree(looked_at(&model, SIM_YEAR), 1);
    const Event *agreement = scene_event(scene, NP_EVENT_AGREEMENT, 0);
    const Event *carried_out = scene_event(scene, NP_EVENT_IMPLEMENTATION, 0);
    const Event *horizon = scene_event(scene, NP_EVENT_HORIZON, 0);
    assert_int_equal(carried_out->id, agreement->id + 1);
    assert_int_equal(carried_out->at, agreement->at);
    assert_int_equal(carried_out->cause, agreement->id);
    assert_int_equal(horizon->at, DAYS(2) + SIM_YEAR);
    assert_int_equal(horizon->cause, carried_out->id);
    assert_int_equal(horizon->amount, UTILITY_ONE);
    assert_int_equal(horizon->flags, EVENT_PASSED);
    const Peace *peace = &scene->verdict.peace;
    assert_true(peace->observed && peace->broken_at == NP_NEVER);
    assert_int_equal(peace->until, DAYS(2) + SIM_YEAR);
    assert_true(outcome_equal(&peace->in_force, &scene->verdict.agreement));
    /* How the talks ended does not depend on what comes after. */
    assert_int_equal(scene->verdict.ended_at, DAYS(2));
    assert_int_equal(scene->verdict.kind, VERDICT_AGREEMENT);
    scene_finish(scene);
}

static void without_a_world_a_peace_can_be_looked_at_too(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 2, 3);
    negotiation->observe = SIM_YEAR * 50;
    fixture_add_durability(negotiation, 0.5);
    Scene *scene = agree(negotiation, 1);
    assert_true(scene->verdict.peace.broken_at < SIM_YEAR * 50);
    const Event *war = scene_event(scene, NP_EVENT_RENEWED_WAR, 0);
    const Event *horizon = scene_event(scene, NP_EVENT_HORIZON, 0);
    assert_int_equal(war->seat, NP_NO_SEAT);
    assert_int_equal(war->cause, scene_event(scene, NP_EVENT_IMPLEMENTATION, 0)->id);
    assert_int_equal(horizon->at, war->at);
    assert_int_equal(horizon->cause, war->id);
    assert_int_equal(horizon->flags, 0);
    assert_int_equal(scene->verdict.peace.until, war->at);
    scene_finish(scene);
}

/* h0 = 0.5 and g = 0.8: a peace survives its first year with e^-0.5. */
static void a_peace_survives_as_often_as_its_hazard_says(void **state) {
    (void)state;
    unsigned held = 0;
    for (uint64_t seed = 0; seed < 400; seed++) {
        WorldModel *model;
        Negotiation *negotiation = looked_at(&model, SIM_YEAR);
        fixture_add_durability(negotiation, 0.5);
        Scene *scene = agree(negotiation, seed);
        held += scene->verdict.peace.broken_at == NP_NEVER;
        scene_finish(scene);
    }
    assert_true(held > 400 * 0.53 && held < 400 * 0.68); /* 0.607 */
}

static void who_gains_by_war_breaks_the_peace_when_it_comes_to_gain(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = looked_at(&model, SIM_YEAR);
    uint8_t strength = fixture_add_variable(negotiation, model, 0);
    uint8_t aid = fixture_add_lever(negotiation, model, 0);
    model->effect[aid] =
        (LeverModel){1, {{.kind = CONSEQUENCE_ADD, .variable = strength, .amount = 1}}};
    model->pulls = 1;
    model->pull[0] = (Pull){DAYS(40), aid, 1};
    model->deterrence = (Deterrence){.on = true,
                                     .attacker = 1,
                                     .attack = fixture_linear(0, 1, strength),
                                     .intervention = 0.6,
                                     .issue = 0};
    Scene *scene = agree(negotiation, 1);
    const Event *war = scene_event(scene, NP_EVENT_RENEWED_WAR, 0);
    assert_int_equal(war->at, DAYS(41));
    assert_int_equal(war->seat, 1);
    assert_int_equal(war->cause, scene_event(scene, NP_EVENT_LEVER, 0)->id);
    assert_int_equal(war->amount, utility_from((double)DAYS(39) / SIM_YEAR));
    /* A pull after the agreement is nobody's cost at the talks. */
    assert_int_equal(scene->verdict.seat_result[0].costs, 0);
    scene_finish(scene);
}

static void a_credible_guarantor_deters(void **state) {
    (void)state;
    for (int credible = 0; credible < 2; credible++) {
        WorldModel *model;
        Negotiation *negotiation = looked_at(&model, SIM_YEAR);
        uint8_t strength = fixture_add_variable(negotiation, model, 1);
        model->deterrence = (Deterrence){.on = true,
                                         .attacker = 1,
                                         .attack = fixture_linear(0, 1, strength),
                                         .intervention = 0.6,
                                         .issue = 0,
                                         .credibility = {0, credible, 0}};
        Scene *scene = agree(negotiation, 1);
        const Event *war = scene_event(scene, NP_EVENT_RENEWED_WAR, 0);
        assert_int_equal(war == NULL, credible);
        if (war != NULL)
            assert_int_equal(war->cause, scene_event(scene, NP_EVENT_IMPLEMENTATION, 0)->id);
        scene_finish(scene);
    }
}

static void a_peace_is_tested_now_and_then(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = looked_at(&model, SIM_YEAR * 10);
    model->probes = 10;
    Scene *scene = agree(negotiation, 1);
    uint32_t probes = scene_count(scene, NP_EVENT_PROBE);
    assert_true(probes > 70 && probes < 130);
    assert_int_equal(scene->verdict.peace.probes, probes);
    assert_int_equal(scene_event(scene, NP_EVENT_PROBE, 3)->cause,
                     scene_event(scene, NP_EVENT_IMPLEMENTATION, 0)->id);
    assert_null(scene_seen(scene, 0, NP_EVENT_PROBE, 0));
    scene_finish(scene);
}

/* Seat 0 loses by higher options, seat 1 gains; `needs` says whose consent counts. */
static Scene *step_to(uint8_t option, SeatSet needs, bool fits) {
    WorldModel *model;
    Negotiation *negotiation = looked_at(&model, DAYS(100));
    negotiation->steps = 1;
    negotiation->step[0] =
        (LaterStep){.id = "upgrade", .title = "upgrade", .after = DAYS(30), .chance = 1};
    negotiation->step[0].when = (Condition){.terms = 1, .issue = {0}, .options = {fits ? 2u : 1u}};
    negotiation->step[0].to = outcome_empty();
    negotiation->step[0].to.option[0] = option;
    negotiation->terms.consent.needs[0][option] = needs;
    return agree(negotiation, 1);
}

static void a_later_step_needs_those_whose_consent_it_needs(void **state) {
    (void)state;
    Scene *scene = step_to(2, 2, true);
    const Event *step = scene_event(scene, NP_EVENT_STEP, 0);
    assert_int_equal(step->at, DAYS(32));
    assert_int_equal(step->flags, EVENT_PASSED);
    assert_int_equal(step->menu[0].option[0], 2);
    assert_int_equal(step->menu[0].option[1], 1);
    assert_int_equal(step->text_length, strlen("upgrade"));
    assert_int_equal(scene->verdict.peace.steps, 1);
    assert_int_equal(scene->verdict.peace.in_force.option[0], 2);
    assert_int_equal(scene->verdict.agreement.option[0], 1);
    assert_int_equal(scene_event(scene, NP_EVENT_HORIZON, 0)->cause, step->id);
    scene_finish(scene);
}

static void a_later_step_fails_by_who_loses_by_it(void **state) {
    (void)state;
    Scene *scene = step_to(2, 3, true);
    const Event *step = scene_event(scene, NP_EVENT_STEP, 0);
    assert_int_equal(step->flags, 0);
    assert_int_equal(step->seats, 2);
    assert_int_equal(scene->verdict.peace.steps, 0);
    assert_int_equal(scene->verdict.peace.in_force.option[0], 1);
    scene_finish(scene);
}

static void a_later_step_is_not_put_forward_where_it_does_not_fit(void **state) {
    (void)state;
    Scene *scene = step_to(2, 2, false);
    assert_int_equal(scene_count(scene, NP_EVENT_STEP), 0);
    scene_finish(scene);
}

static void with_nothing_to_look_at_a_run_ends_with_its_agreement(void **state) {
    (void)state;
    WorldModel *model;
    Scene *scene = agree(looked_at(&model, 0), 1);
    assert_int_equal(scene->event[scene->events - 1].kind, NP_EVENT_AGREEMENT);
    assert_false(scene->verdict.peace.observed);
    scene_finish(scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_peace_that_nothing_threatens_holds_to_the_horizon),
        cmocka_unit_test(without_a_world_a_peace_can_be_looked_at_too),
        cmocka_unit_test(a_peace_survives_as_often_as_its_hazard_says),
        cmocka_unit_test(who_gains_by_war_breaks_the_peace_when_it_comes_to_gain),
        cmocka_unit_test(a_credible_guarantor_deters),
        cmocka_unit_test(a_peace_is_tested_now_and_then),
        cmocka_unit_test(a_later_step_needs_those_whose_consent_it_needs),
        cmocka_unit_test(a_later_step_fails_by_who_loses_by_it),
        cmocka_unit_test(a_later_step_is_not_put_forward_where_it_does_not_fit),
        cmocka_unit_test(with_nothing_to_look_at_a_run_ends_with_its_agreement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
