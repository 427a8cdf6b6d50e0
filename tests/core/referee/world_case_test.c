/* Each thing that a world adds to a run, case by case, with exact simulated time. */
#include <string.h>

#include "core/base/sim_time.h"
#include "tests/core/base/suite.h"
#include "tests/core/referee/theatre_of_one.h"

static Negotiation *open_table(WorldModel **model) {
    return fixture_quiet(&mechanism_open_table, 2, 2, 3, model);
}

/* --- levers --- */

/* T12: a lever needs nobody: it moves while the other seat says nothing at all. */
static void a_lever_never_waits_for_consent(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = open_table(&model);
    uint8_t supply = fixture_add_variable(negotiation, model, 1);
    uint8_t aid = fixture_add_lever(negotiation, model, 0);
    ((Lever *)model->lever)[aid].cost = 0.04;
    ((Lever *)model->lever)[aid].delay = DAYS(10);
    model->dynamics[supply].notice = 0.5;
    model->effect[aid] =
        (LeverModel){1, {{.kind = CONSEQUENCE_ADD, .variable = supply, .amount = 2}}};
    ((Variable *)model->variable)[supply].seen_by = 2;
    Scene *scene = SCENE(negotiation, {DAYS(2), 0, LEVER_TO(aid, 0.5)});
    const Event *lever = scene_event(scene, NP_EVENT_LEVER, 0);
    assert_int_equal(lever->at, DAYS(3));
    assert_int_equal(lever->decided_at, DAYS(2));
    assert_int_equal(lever->subject, 1 + aid);
    assert_int_equal(lever->amount, utility_from(0.5));
    assert_int_equal(lever->before, 0);
    assert_int_equal(lever->demand, utility_from(0.02));
    assert_true(scene_seen(scene, 1, NP_EVENT_LEVER, 0)->amount == 0.5);
    /* What it brings about comes later, and names it as its cause. */
    const Event *world = scene_event(scene, NP_EVENT_WORLD, 0);
    assert_int_equal(world->at, DAYS(14));
    assert_int_equal(world->cause, lever->id);
    assert_int_equal(world->amount, utility_from(2));
    assert_int_equal(world->before, utility_from(1));
    assert_null(scene_seen(scene, 0, NP_EVENT_WORLD, 0));
    assert_int_equal(scene->verdict.seat_result[0].costs, utility_from(0.02));
    assert_int_equal(scene->verdict.seat_result[0].utility, -utility_from(0.02));
    scene_finish(scene);
}

static void a_lever_is_refused_to_others_beyond_its_bounds_and_where_it_stands(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = open_table(&model);
    uint8_t aid = fixture_add_lever(negotiation, model, 0);
    Scene *scene = SCENE(negotiation, {0, 1, LEVER_TO(aid, 0.5)}, {0, 0, LEVER_TO(aid, 1.5)},
                         {0, 0, LEVER_TO(aid, 0)}, {0, 0, LEVER_TO(aid + 1, 0)});
    static const uint8_t rulings[] = {NP_RULING_OUT_OF_BOUNDS, NP_RULING_ALREADY_SAID,
                                      NP_RULING_MALFORMED, NP_RULING_NOT_YOUR_LEVER};
    for (uint32_t i = 0; i < 4; i++) {
        const Event *refusal = scene_event(scene, NP_EVENT_REFUSAL, i);
        assert_int_equal(refusal->ruling, rulings[i]);
        assert_int_equal(refusal->refused, NP_LEVER);
    }
    assert_int_equal(scene_event(scene, NP_EVENT_REFUSAL, 0)->amount, utility_from(1.5));
    assert_null(scene_event(scene, NP_EVENT_LEVER, 0));
    scene_finish(scene);
}

static void a_lever_costs_upkeep_until_the_end(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = open_table(&model);
    uint8_t aid = fixture_add_lever(negotiation, model, 1);
    ((Lever *)model->lever)[aid].start = 0.5;
    ((Lever *)model->lever)[aid].upkeep = 0.1;
    negotiation->terms.deadline = SIM_YEAR;
    /* Half a year at half, half a year at nothing: the delay is a day. */
    Scene *scene = SCENE(negotiation, {SIM_YEAR / 2 - DAYS(1), 1, LEVER_TO(aid, 0)});
    SimTime at = scene_event(scene, NP_EVENT_LEVER, 0)->at;
    Utility expected = utility_from(0.1 * 0.5 * ((double)at / SIM_YEAR));
    assert_int_equal(scene->verdict.seat_result[1].costs, expected);
    assert_true(at >= SIM_YEAR / 2 && at < SIM_YEAR / 2 + DAYS(1));
    scene_finish(scene);
}

/* What the sanitizers watch: ruinous levers, for centuries. */
static void an_account_has_an_end(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = open_table(&model);
    for (int i = 0; i < 8; i++) {
        Lever *lever = &((Lever *)model->lever)[fixture_add_lever(negotiation, model, 0)];
        *lever = (Lever){.id = lever->id, .title = lever->title, .seat = 0};
        lever->start = lever->most = 1e6;
        lever->upkeep = 10;
    }
    model->tick = negotiation->terms.deadline = (SimTime)200 * SIM_YEAR;
    Scene *scene = SCENE(negotiation, {(SimTime)200 * SIM_YEAR, 0, LEVER_TO(0, 0)});
    assert_int_equal(scene->verdict.seat_result[0].costs, utility_from(1e6));
    scene_finish(scene);
}

static void the_scenario_pulls_levers_at_the_seats_place(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = open_table(&model);
    uint8_t aid = fixture_add_lever(negotiation, model, 0);
    model->pulls = 3;
    model->pull[0] = (Pull){0, aid, 0.25};
    model->pull[1] = (Pull){DAYS(5), aid, 7}; /* beyond its bounds: as far as it goes */
    model->pull[2] = (Pull){DAYS(6), aid, 1}; /* there already: nothing happens */
    Scene *scene = SCENE(negotiation, {DAYS(90), 0, LEVER_TO(aid, 0)});
    const Event *pull = scene_event(scene, NP_EVENT_LEVER, 0);
    assert_int_equal(pull->at, 0);
    assert_int_equal(pull->cause, 1);
    assert_int_equal(pull->seat, 0);
    assert_false(event_is_move(pull));
    assert_int_equal(scene_event(scene, NP_EVENT_LEVER, 1)->at, DAYS(5));
    assert_int_equal(scene_event(scene, NP_EVENT_LEVER, 1)->amount, utility_from(1));
    assert_int_equal(scene_event(scene, NP_EVENT_LEVER, 2)->at, DAYS(91));
    assert_true(event_is_move(scene_event(scene, NP_EVENT_LEVER, 2)));
    assert_int_equal(scene_count(scene, NP_EVENT_LEVER), 3);
    scene_finish(scene);
}

/* The assets are moved while the package awaits its ratifiers; nothing else may be. */
static void a_lever_may_be_moved_while_a_package_awaits_ratification(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = open_table(&model);
    uint8_t aid = fixture_add_lever(negotiation, model, 0);
    negotiation->ratifiers = 1;
    negotiation->ratifier[0] =
        (Ratifier){.id = "house", .name = "house", .seat = 0, .after = DAYS(30)};
    Scene *scene = SCENE(negotiation, {0, 0, OFFER_OF(1, 1)}, {DAYS(1), 1, ACCEPT_OF(1)},
                         {DAYS(5), 0, LEVER_TO(aid, 1)}, {DAYS(5), 1, OFFER_OF(2, 2)});
    assert_int_equal(scene_event(scene, NP_EVENT_SIGNATURE, 0)->at, DAYS(2));
    assert_int_equal(scene_event(scene, NP_EVENT_LEVER, 0)->at, DAYS(6));
    assert_int_equal(scene_count(scene, NP_EVENT_OFFER), 1);
    assert_int_equal(scene->verdict.kind, VERDICT_AGREEMENT);
    assert_int_equal(scene->verdict.ended_at, DAYS(32));
    scene_finish(scene);
}

static void with_turns_a_lever_is_moved_on_the_turn_and_does_not_spend_it(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = fixture_quiet(&mechanism_alternating_offers, 2, 2, 3, &model);
    uint8_t aid = fixture_add_lever(negotiation, model, 0);
    Scene *scene = SCENE(negotiation, {0, 0, LEVER_TO(aid, 1)}, {0, 0, OFFER_OF(1, 1)});
    assert_int_equal(scene_event(scene, NP_EVENT_LEVER, 0)->at, DAYS(1));
    assert_int_equal(scene_event(scene, NP_EVENT_OFFER, 0)->at, DAYS(1));
    scene_finish(scene);
}

/* --- what levers and shocks do at the table --- */

static void a_lever_moves_the_status_quo_and_offers_that_contradict_it_lapse(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = open_table(&model);
    uint8_t assets = fixture_add_lever(negotiation, model, 1);
    model->effect[assets] =
        (LeverModel){1, {{.kind = CONSEQUENCE_OPTION, .issue = 0, .option = 2}}};
    Scene *scene = SCENE(negotiation, {0, 0, OFFER_OF(1, 1)}, {DAYS(3), 1, LEVER_TO(assets, 1)},
                         {DAYS(6), 1, LEVER_TO(assets, 0)}, {DAYS(8), 0, OFFER_OF(1, 1)});
    const Event *moved = scene_event(scene, NP_EVENT_STATUS_QUO, 0);
    assert_int_equal(moved->at, DAYS(4));
    assert_int_equal(moved->cause, scene_event(scene, NP_EVENT_LEVER, 0)->id);
    assert_int_equal(moved->seat, 1);
    assert_int_equal(moved->option, 2);
    const Event *lapse = scene_event(scene, NP_EVENT_LAPSE, 0);
    assert_int_equal(lapse->cause, moved->id);
    assert_int_equal(lapse->offer, 1);
    assert_non_null(scene_seen(scene, 0, NP_EVENT_STATUS_QUO, 0));
    /* It moves when the level rises, and then stays settled. */
    assert_int_equal(scene_count(scene, NP_EVENT_STATUS_QUO), 1);
    assert_int_equal(scene_event(scene, NP_EVENT_REFUSAL, 0)->ruling, NP_RULING_CONTRADICTS_ACCORD);
    scene_finish(scene);
}

static void a_lever_that_falls_moves_no_status_quo(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = open_table(&model);
    uint8_t assets = fixture_add_lever(negotiation, model, 1);
    ((Lever *)model->lever)[assets].start = 1;
    model->effect[assets] =
        (LeverModel){1, {{.kind = CONSEQUENCE_OPTION, .issue = 0, .option = 2}}};
    Scene *scene = SCENE(negotiation, {DAYS(3), 1, LEVER_TO(assets, 0)});
    assert_int_equal(scene_count(scene, NP_EVENT_LEVER), 1);
    assert_int_equal(scene_count(scene, NP_EVENT_STATUS_QUO), 0);
    scene_finish(scene);
}

static void an_acceptance_counts_once_its_seat_has_authority(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = open_table(&model);
    uint8_t act = fixture_add_shock(negotiation, model);
    negotiation->terms.unauthorised = 2;
    model->shock[act].at = DAYS(20);
    model->shock[act].consequences = 1;
    model->shock[act].consequence[0] = (Consequence){.kind = CONSEQUENCE_AUTHORITY, .seat = 1};
    Scene *scene = SCENE(negotiation, {0, 0, OFFER_OF(1, 1)}, {DAYS(1), 1, ACCEPT_OF(1)});
    assert_int_equal(scene_event(scene, NP_EVENT_ACCEPTANCE, 0)->at, DAYS(2));
    const Event *shock = scene_event(scene, NP_EVENT_SHOCK, 0);
    const Event *authority = scene_event(scene, NP_EVENT_AUTHORITY, 0);
    assert_int_equal(shock->at, DAYS(20));
    assert_int_equal(shock->cause, 1);
    assert_int_equal(shock->text_length, strlen("shock0"));
    assert_int_equal(authority->cause, shock->id);
    assert_int_equal(authority->seat, 1);
    assert_int_equal(scene->verdict.kind, VERDICT_AGREEMENT);
    assert_int_equal(scene->verdict.ended_at, DAYS(20));
    assert_int_equal(scene_event(scene, NP_EVENT_AGREEMENT, 0)->cause, authority->id);
    scene_finish(scene);
}

static void a_shock_may_end_the_talks_and_a_signed_package_outlives_it(void **state) {
    (void)state;
    for (int is_signed = 0; is_signed < 2; is_signed++) {
        WorldModel *model;
        Negotiation *negotiation = open_table(&model);
        uint8_t end = fixture_add_shock(negotiation, model);
        model->shock[end].at = DAYS(20);
        model->shock[end].consequences = 1;
        model->shock[end].consequence[0].kind = CONSEQUENCE_END;
        negotiation->ratifiers = 1;
        negotiation->ratifier[0] =
            (Ratifier){.id = "house", .name = "house", .seat = 0, .after = DAYS(30)};
        Scene *scene = SCENE(negotiation, {0, 0, OFFER_OF(1, 1)},
                             {is_signed ? DAYS(1) : DAYS(90), 1, ACCEPT_OF(1)});
        const Event *shock = scene_event(scene, NP_EVENT_SHOCK, 0);
        if (is_signed) {
            assert_int_equal(scene->verdict.kind, VERDICT_AGREEMENT);
        } else {
            const Event *breakdown = scene_event(scene, NP_EVENT_BREAKDOWN, 0);
            assert_int_equal(breakdown->cause, shock->id);
            assert_int_equal(breakdown->reason, REASON_DEADLINE);
            assert_int_equal(breakdown->at, DAYS(20));
        }
        scene_finish(scene);
    }
}

static void a_conditional_shock_befalls_once_and_names_what_brought_it_about(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = open_table(&model);
    uint8_t supply = fixture_add_variable(negotiation, model, 1);
    uint8_t aid = fixture_add_lever(negotiation, model, 0);
    uint8_t rout = fixture_add_shock(negotiation, model);
    ((Lever *)model->lever)[aid].start = 1;
    model->effect[aid] =
        (LeverModel){1, {{.kind = CONSEQUENCE_ADD, .variable = supply, .amount = 2}}};
    model->shock[rout].conditional = model->shock[rout].below = true;
    model->shock[rout].variable = supply;
    model->shock[rout].seen_by = 1;
    Scene *scene = SCENE(negotiation, {DAYS(4), 0, LEVER_TO(aid, 0)});
    const Event *shock = scene_event(scene, NP_EVENT_SHOCK, 0);
    assert_int_equal(shock->at, DAYS(6)); /* the tick after the lever of day five */
    assert_int_equal(shock->cause, scene_event(scene, NP_EVENT_LEVER, 0)->id);
    assert_int_equal(shock->subject, 1 + rout);
    assert_int_equal(scene_count(scene, NP_EVENT_SHOCK), 1);
    assert_non_null(scene_seen(scene, 0, NP_EVENT_SHOCK, 0));
    assert_null(scene_seen(scene, 1, NP_EVENT_SHOCK, 0));
    scene_finish(scene);
}

/* --- what seats come to know --- */

static void a_seat_hears_of_a_variable_late_and_never_before(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = open_table(&model);
    uint8_t front = fixture_add_variable(negotiation, model, 0);
    model->dynamics[front].drift.constant = 1;
    model->dynamics[front].drift.least = -5;
    model->dynamics[front].drift.most = 5;
    model->dynamics[front].notice = 3;
    model->dynamics[front].lag = DAYS(7);
    ((Variable *)model->variable)[front].seen_by = 1;
    Scene *scene = SCENE(negotiation, {DAYS(99), 0, OFFER_OF(1, 1)});
    const Event *world = scene_event(scene, NP_EVENT_WORLD, 1);
    const Observation *seen = scene_seen(scene, 0, NP_EVENT_WORLD, 1);
    assert_int_equal(world->at, DAYS(6));
    assert_int_equal(world->amount, utility_from(6));
    assert_int_equal(world->before, utility_from(3));
    assert_int_equal(seen->at, DAYS(13));
    assert_true(seen->amount == 6);
    assert_int_equal(seen->subject, front);
    assert_int_equal(seen->seat, NP_NO_SEAT);
    assert_null(scene_seen(scene, 1, NP_EVENT_WORLD, 0));
    scene_finish(scene);
}

static void only_the_seat_itself_learns_what_its_outside_option_is_worth_now(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = open_table(&model);
    uint8_t front = fixture_add_variable(negotiation, model, 0.5);
    uint8_t aid = fixture_add_lever(negotiation, model, 0);
    model->effect[aid] =
        (LeverModel){1, {{.kind = CONSEQUENCE_ADD, .variable = front, .amount = -0.25}}};
    model->appraisal[1].uses_reservation = true;
    model->appraisal[1].reservation = fixture_linear(0, 1, front);
    Scene *scene = SCENE(negotiation, {DAYS(4), 0, LEVER_TO(aid, 1)});
    const Event *appraisal = scene_event(scene, NP_EVENT_APPRAISAL, 0);
    assert_int_equal(appraisal->at, DAYS(5));
    assert_int_equal(appraisal->word, NP_ASPECT_RESERVATION);
    assert_int_equal(appraisal->before, utility_from(0.5));
    assert_int_equal(appraisal->amount, utility_from(0.25));
    assert_int_equal(appraisal->cause, scene_event(scene, NP_EVENT_LEVER, 0)->id);
    assert_true(scene_seen(scene, 1, NP_EVENT_APPRAISAL, 0)->amount == 0.25);
    assert_null(scene_seen(scene, 0, NP_EVENT_APPRAISAL, 0));
    assert_int_equal(scene->verdict.seat_result[1].utility, utility_from(0.25));
    assert_int_equal(scene->verdict.seat_result[0].utility, 0);
    scene_finish(scene);
}

static void a_change_within_the_step_is_not_told(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = open_table(&model);
    uint8_t front = fixture_add_variable(negotiation, model, 0.5);
    model->dynamics[front].drift = fixture_linear(0.0004, 0, front);
    model->appraisal[1].uses_reservation = true;
    model->appraisal[1].reservation = fixture_linear(0, 1, front);
    negotiation->terms.deadline = DAYS(8);
    Scene *scene = SCENE(negotiation, {0, 0, OFFER_OF(1, 1)});
    /* 0.0012 on the third day, and again on the sixth. */
    assert_int_equal(scene_event(scene, NP_EVENT_APPRAISAL, 0)->at, DAYS(3));
    assert_int_equal(scene_count(scene, NP_EVENT_APPRAISAL), 2);
    /* What the seat was told is what counts. */
    assert_int_equal(scene->verdict.seat_result[1].reservation, utility_from(0.5024));
    scene_finish(scene);
}

static void a_brief_holds_what_the_world_makes_of_a_seat_at_the_opening(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = open_table(&model);
    uint8_t front = fixture_add_variable(negotiation, model, 0.75);
    model->dynamics[front].drift = fixture_linear(-0.1, 0, front);
    model->appraisal[1].uses_reservation = true;
    model->appraisal[1].reservation = fixture_linear(0, 1, front);
    Referee *referee = referee_create();
    referee_open(referee, negotiation, 1, 1);
    Brief brief = referee_brief(referee, 1, "");
    assert_int_equal(brief.profile->reservation, utility_from(0.75));
    Reply nothing = {.at = 0, .wake_at = DAYS(9)};
    assert_true(referee_advance(referee));
    for (SeatId seat = 0; seat < 2; seat++)
        assert_true(referee_answer(referee, &(Answer){1, seat, 1, &nothing}, NULL));
    assert_true(referee_advance(referee));
    /* Who was briefed hears of changes; the brief is not one of them. */
    assert_int_equal(brief.profile->reservation, utility_from(0.75));
    referee_destroy(referee);
    fixture_finish(negotiation);
}

/* Nobody is asked for years, while the world moves every day. */
static void a_long_silence_is_told_in_parts(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = open_table(&model);
    uint8_t weather = fixture_add_variable(negotiation, model, 0);
    model->dynamics[weather].noise = 1;
    model->dynamics[weather].notice = 1e-9;
    negotiation->terms.deadline = DAYS(5000);
    Referee *referee = referee_create();
    uint32_t count = 0, grants = 0, told = 0, parts = 0;
    referee_open(referee, negotiation, 1, 1);
    for (bool goes_on = true; goes_on; parts++) {
        goes_on = referee_advance(referee);
        referee_events(referee, &count);
        told += count;
        assert_true(count < 1100);
        const Grant *grant = referee_grants(referee, &grants);
        for (uint32_t i = 0; i < grants; i++) {
            Reply reply = {.at = grant[i].occasion[0].at, .wake_at = NP_NEVER};
            Answer answer = {1, grant[i].seat, 1, &reply};
            assert_true(referee_answer(referee, &answer, NULL));
        }
    }
    assert_int_equal(told, referee_verdict(referee)->events);
    assert_true(told > 4900 && parts >= 5);
    referee_destroy(referee);
    fixture_finish(negotiation);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lever_never_waits_for_consent),
        cmocka_unit_test(a_lever_is_refused_to_others_beyond_its_bounds_and_where_it_stands),
        cmocka_unit_test(a_lever_costs_upkeep_until_the_end),
        cmocka_unit_test(an_account_has_an_end),
        cmocka_unit_test(the_scenario_pulls_levers_at_the_seats_place),
        cmocka_unit_test(a_lever_may_be_moved_while_a_package_awaits_ratification),
        cmocka_unit_test(with_turns_a_lever_is_moved_on_the_turn_and_does_not_spend_it),
        cmocka_unit_test(a_lever_moves_the_status_quo_and_offers_that_contradict_it_lapse),
        cmocka_unit_test(a_lever_that_falls_moves_no_status_quo),
        cmocka_unit_test(an_acceptance_counts_once_its_seat_has_authority),
        cmocka_unit_test(a_shock_may_end_the_talks_and_a_signed_package_outlives_it),
        cmocka_unit_test(a_conditional_shock_befalls_once_and_names_what_brought_it_about),
        cmocka_unit_test(a_seat_hears_of_a_variable_late_and_never_before),
        cmocka_unit_test(only_the_seat_itself_learns_what_its_outside_option_is_worth_now),
        cmocka_unit_test(a_change_within_the_step_is_not_told),
        cmocka_unit_test(a_long_silence_is_told_in_parts),
        cmocka_unit_test(a_brief_holds_what_the_world_makes_of_a_seat_at_the_opening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
