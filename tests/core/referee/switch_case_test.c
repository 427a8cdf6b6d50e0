/* Other settings or other luck in the midst of a run, and what counts as progress, case by case. */
#include "tests/core/base/suite.h"
#include "tests/core/referee/theatre_of_one.h"

static void need(Negotiation *negotiation, SeatSet seats) {
    Terms *terms = &negotiation->terms;
    terms->consent.unanimous = false;
    for (uint8_t issue = 0; issue < terms->domain.issues; issue++)
        for (uint8_t option = 0; option < terms->domain.issue[issue].options; option++)
            terms->consent.needs[issue][option] = seats;
}

/* --- settings --- */

static void a_mediator_whose_draft_may_stand_is_not_replaced(void **state) {
    (void)state;
    Negotiation *before = fixture_plain(&mechanism_single_text, 3, 2, 3);
    Negotiation *after = fixture_plain(&mechanism_single_text, 3, 2, 3);
    Error error = {0};
    assert_true(referee_fits(before, after, &error));
    after->terms.mediator = (SeatId)(before->terms.mediator + 1);
    assert_false(referee_fits(before, after, &error));
    assert_string_equal(error.text,
                        "the mediator cannot change while the talks go on: its draft stands");
    fixture_finish(before);
    fixture_finish(after);
}

static void what_needs_nobody_else_any_more_is_concluded_at_once(void **state) {
    (void)state;
    Negotiation *before = fixture_plain(&mechanism_open_table, 3, 2, 3);
    Negotiation *after = fixture_plain(&mechanism_open_table, 3, 2, 3);
    need(before, 7);
    need(after, 3);
    const SceneChange change = {after, DAYS(5), 1};
    const Line lines[] = {{0, 0, OFFER_OF(1, 1)}, {DAYS(2), 1, ACCEPT_OF(1)}};
    Scene *scene = scene_play_changing(before, 1, &change, lines, 2);
    const Event *agreement = scene_event(scene, NP_EVENT_AGREEMENT, 0);
    assert_non_null(agreement);
    assert_int_equal(agreement->at, DAYS(5));
    assert_int_equal(agreement->seats, 3);
    assert_int_equal(agreement->cause, scene_event(scene, NP_EVENT_OFFER, 0)->id);
    scene_finish(scene);
    fixture_finish(after);
}

/* --- progress --- */

/* The peace grows more doubtful from day to day, and so every package is worth less. */
static void a_repeated_demand_is_no_progress_though_the_world_makes_it_smaller(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = fixture_quiet(&mechanism_open_table, 2, 2, 3, &model);
    uint8_t doubt = fixture_add_variable(negotiation, model, 0);
    model->dynamics[doubt].drift.constant = 0.2;
    model->dynamics[doubt].drift.most = 1;
    model->uses_hazard = true;
    model->hazard = fixture_linear(0, 1, doubt);
    fixture_add_durability(negotiation, 0.05);
    negotiation->terms.stall_window = DAYS(10);
    negotiation->terms.stall_epsilon = utility_from(0.001);
    Line lines[10];
    for (uint32_t i = 0; i < 10; i++) lines[i] = (Line){DAYS(3 * i), 0, OFFER_OF(1, 1)};
    Scene *scene = scene_play(negotiation, 1, lines, 10);
    const Event *first = scene_event(scene, NP_EVENT_OFFER, 0);
    const Event *second = scene_event(scene, NP_EVENT_OFFER, 2);
    assert_true(first->demand - second->demand > negotiation->terms.stall_epsilon);
    assert_int_equal(scene->verdict.reason, REASON_STALLED);
    assert_int_equal(scene->verdict.ended_at, first->at + DAYS(10));
    assert_int_equal(scene_event(scene, NP_EVENT_BREAKDOWN, 0)->cause, first->id);
    scene_finish(scene);
}

/* --- luck --- */

enum { OFFERS = 30 };

/* Noise, shocks by chance, and a table that leaks every other time. */
static Negotiation *chancy(void) {
    WorldModel *model;
    Negotiation *negotiation = fixture_quiet(&mechanism_open_table, 3, 2, 3, &model);
    uint8_t noisy = fixture_add_variable(negotiation, model, 0);
    model->dynamics[noisy].noise = 1;
    model->dynamics[noisy].notice = 1e-9;
    uint8_t shock = fixture_add_shock(negotiation, model);
    model->shock[shock].every = DAYS(4);
    fixture_add_table(negotiation, 3, 0.5);
    negotiation->terms.deadline = DAYS(40);
    return negotiation;
}

static Scene *play_chancy(uint64_t seed, SimTime at, uint64_t then) {
    Negotiation *next = chancy();
    const SceneChange change = {next, at, then};
    Line lines[OFFERS];
    for (uint32_t i = 0; i < OFFERS; i++) {
        lines[i] = (Line){DAYS(i + 1), 0, OFFER_OF((uint8_t)(i % 3), 1)};
        lines[i].action.table = 1;
    }
    Scene *scene = scene_play_changing(chancy(), seed, &change, lines, OFFERS);
    fixture_finish(next);
    return scene;
}

/* Do both tell the same of a kind of event between two moments? */
static bool same(const Scene *a, const Scene *b, EventKind kind, SimTime from, SimTime until) {
    uint32_t i = 0, j = 0;
    for (;;) {
        while (i < a->events && (a->event[i].kind != kind || a->event[i].at < from)) i++;
        while (j < b->events && (b->event[j].kind != kind || b->event[j].at < from)) j++;
        bool more_a = i < a->events && a->event[i].at < until;
        bool more_b = j < b->events && b->event[j].at < until;
        if (!more_a || !more_b) return more_a == more_b;
        if (a->event[i].at != b->event[j].at || a->event[i].amount != b->event[j].amount)
            return false;
        i++, j++;
    }
}

static void other_luck_changes_what_comes_and_nothing_that_was(void **state) {
    (void)state;
    static const uint8_t kinds[] = {NP_EVENT_WORLD, NP_EVENT_SHOCK, NP_EVENT_LEAK};
    Scene *plain = play_chancy(3, DAYS(15), 3), *other = play_chancy(3, DAYS(15), 4);
    Scene *again = play_chancy(3, DAYS(15), 4), *third = play_chancy(3, DAYS(15), 5);
    for (size_t i = 0; i < sizeof kinds; i++) {
        assert_true(scene_count(plain, kinds[i]) > 4);
        assert_true(same(plain, other, kinds[i], 0, DAYS(15)));
        assert_false(same(plain, other, kinds[i], DAYS(15), DAYS(41)));
        assert_false(same(third, other, kinds[i], DAYS(15), DAYS(41)));
        assert_true(same(again, other, kinds[i], 0, DAYS(41)));
    }
    assert_true(digest_equal(&again->verdict.digest, &other->verdict.digest));
    scene_finish(plain);
    scene_finish(other);
    scene_finish(again);
    scene_finish(third);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mediator_whose_draft_may_stand_is_not_replaced),
        cmocka_unit_test(what_needs_nobody_else_any_more_is_concluded_at_once),
        cmocka_unit_test(a_repeated_demand_is_no_progress_though_the_world_makes_it_smaller),
        cmocka_unit_test(other_luck_changes_what_comes_and_nothing_that_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
