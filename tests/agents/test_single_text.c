/* Drafting and judging a single text. UKR mediates or judges; the others are heard. */
#include "scene.h"

static void lay(Scene *scene, SeatId mediator) {
    scene_security(scene, 3);
    scene->terms.mechanism = &mechanism_single_text;
    scene->terms.menu_limit = 1;
    scene->terms.mediator = mediator;
}

static const Action *verdict(const Reply *reply) {
    assert_int_equal(reply->moves, 1);
    return &reply->move[0];
}

static void assert_says(const Reply *reply, ActionKind kind, uint32_t draft) {
    assert_int_equal(verdict(reply)->kind, kind);
    assert_int_equal(verdict(reply)->offer, draft);
}

/* USA drafts; UKR judges; RUS says yes first, so that UKR's yes makes the draft the text. */
static void hear_text(Scene *scene, Outcome text, uint32_t number) {
    scene_hear_yes(scene, UKR, number, 7, text);
}

static void a_hill_climber_takes_the_first_draft_and_then_only_better_ones(void **state) {
    (void)state;
    Scene scene;
    lay(&scene, USA);
    assert_true(scene_open(&scene, "hill_climber"));
    scene_hear_offer(&scene, USA, deal(1, 1)); /* 0.65 */
    assert_says(scene_ask(&scene, DAYS(1)), NP_ACCEPT, 1);
    assert_int_equal(scene_ask(&scene, DAYS(2))->moves, 0);
    hear_text(&scene, deal(1, 1), 1);
    scene_hear_offer(&scene, USA, deal(1, 2)); /* 0.45 */
    assert_says(scene_ask(&scene, DAYS(3)), NP_REJECT, 2);
    scene_hear_offer(&scene, USA, deal(0, 1)); /* 0.8 */
    assert_says(scene_ask(&scene, DAYS(4)), NP_ACCEPT, 3);
    scene_hear_offer(&scene, USA, deal(3, 0)); /* across the red line */
    assert_says(scene_ask(&scene, DAYS(5)), NP_REJECT, 4);
    scene_close(&scene);
}

static void a_final_reading_is_signed_from_the_reservation_value_on(void **state) {
    (void)state;
    const struct {
        Outcome text;
        ActionKind answer;
    } rows[] = {{deal(2, 2), NP_ACCEPT}, {deal(1, 2), NP_ACCEPT}, {deal(2, 1), NP_REJECT}};
    for (int i = 0; i < 3; i++) {
        Scene scene;
        lay(&scene, USA);
        scene.profile.reservation = utility_from(i < 2 ? 0.3 : 0.51); /* worth 0.3 0.45 0.5 */
        assert_true(scene_open(&scene, "hill_climber"));
        scene_hear_offer(&scene, USA, rows[i].text);
        assert_says(scene_ask(&scene, DAYS(1)), NP_ACCEPT, 1);
        hear_text(&scene, rows[i].text, 1);
        scene_hear_offer(&scene, USA, rows[i].text);
        assert_says(scene_ask(&scene, DAYS(2)), rows[i].answer, 2);
        scene_close(&scene);
    }
}

/* Worse by 0.2 at a temperature of 0.2: with the chance 1/e, in 2,000 drafts 736 times, give or take. */
static void an_annealer_takes_worse_drafts_with_the_chance_of_its_temperature(void **state) {
    (void)state;
    Scene scene;
    lay(&scene, USA);
    assert_true(scene_open(&scene, "annealer(temperature=0.2, cooling=1)"));
    scene_hear_offer(&scene, USA, deal(1, 1));
    scene_ask(&scene, DAYS(1));
    hear_text(&scene, deal(1, 1), 1);
    int yes = 0;
    for (int i = 0; i < 2000; i++) {
        scene_hear_offer(&scene, USA, deal(1, 2));
        yes += verdict(scene_ask(&scene, DAYS(2)))->kind == NP_ACCEPT;
    }
    assert_in_range(yes, 640, 830);
    scene_close(&scene);
}

static void an_annealer_grows_cold(void **state) {
    (void)state;
    Scene scene;
    lay(&scene, USA);
    assert_true(scene_open(&scene, "annealer(temperature=100, cooling=0.5)"));
    scene_hear_offer(&scene, USA, deal(1, 1));
    scene_ask(&scene, DAYS(1));
    hear_text(&scene, deal(1, 1), 1);
    int early = 0, late = 0;
    for (int i = 0; i < 60; i++) {
        scene_hear_offer(&scene, USA, deal(1, 2));
        bool yes = verdict(scene_ask(&scene, DAYS(2)))->kind == NP_ACCEPT;
        if (i < 4) early += yes;
        if (i >= 20) late += yes;
    }
    assert_int_equal(early, 4);
    assert_int_equal(late, 0);
    scene_close(&scene);
}

/* 0.45 is better than nothing, and no more than a draft; its final reading waits for the target. */
static void boulware_judges_drafts_by_the_text_and_the_final_reading_by_its_target(void **state) {
    (void)state;
    Scene scene;
    lay(&scene, USA);
    assert_true(scene_open(&scene, "boulware"));
    scene_hear_offer(&scene, USA, deal(1, 2));
    assert_says(scene_ask(&scene, DAYS(1)), NP_ACCEPT, 1);
    hear_text(&scene, deal(1, 2), 1);
    scene_hear_offer(&scene, USA, deal(2, 2));
    assert_says(scene_ask(&scene, DAYS(2)), NP_REJECT, 2);
    scene_hear_offer(&scene, USA, deal(1, 2));
    const Reply *reply = scene_ask(&scene, DAYS(3));
    assert_int_equal(reply->moves, 0);
    assert_true(reply->wake_at <= DAYS(17));
    assert_says(scene_ask(&scene, DAYS(99)), NP_ACCEPT, 3);
    scene_close(&scene);
}

/* --- mediating --- */

static Outcome drafted(const Reply *reply) {
    assert_int_equal(verdict(reply)->kind, NP_OFFER);
    assert_int_equal(verdict(reply)->packages, 1);
    return verdict(reply)->menu[0];
}

static int differences(const Outcome *a, const Outcome *b) {
    return (a->option[0] != b->option[0]) + (a->option[1] != b->option[1]);
}

static void a_mediator_changes_the_text_and_reads_it_out_when_its_drafts_are_spent(void **state) {
    (void)state;
    Scene scene;
    lay(&scene, UKR);
    assert_true(scene_open(&scene, "mediator(drafts=6)"));
    Outcome text = drafted(scene_ask(&scene, 0));
    assert_int_equal(scene_ask(&scene, DAYS(1))->moves, 0); /* not judged yet */
    scene_hear_yes(&scene, RUS, 1, 3, text);
    assert_int_equal(scene_ask(&scene, DAYS(2))->moves, 0);
    scene_hear_yes(&scene, USA, 1, 7, text);
    for (uint32_t draft = 2; draft <= 6; draft++) {
        Outcome next = drafted(scene_ask(&scene, DAYS(draft + 1)));
        assert_int_equal(differences(&next, &text), 1);
        assert_int_not_equal(next.option[0], 3); /* its own red line */
        bool liked = draft % 2 == 0;
        scene_hear_yes(&scene, RUS, draft, 3, next);
        if (liked) scene_hear_yes(&scene, USA, draft, 7, next);
        if (liked) text = next;
        if (!liked)
            scene_hear(&scene,
                       (Observation){.kind = NP_EVENT_REJECTION, .seat = USA, .offer = draft});
    }
    Outcome final = drafted(scene_ask(&scene, DAYS(8)));
    assert_memory_equal(&final, &text, sizeof text);
    assert_int_equal(scene_ask(&scene, DAYS(60))->moves, 0); /* they may take their time */
    scene_hear(&scene, (Observation){.kind = NP_EVENT_REJECTION, .seat = USA, .offer = 7});
    scene_hear(&scene, (Observation){.kind = NP_EVENT_REJECTION, .seat = RUS, .offer = 7});
    Outcome other = drafted(scene_ask(&scene, DAYS(61)));
    assert_int_equal(differences(&other, &text), 1);
    scene_close(&scene);
}

static void silence_is_a_no_after_a_while_and_the_deadline_ends_the_drafting(void **state) {
    (void)state;
    Scene scene;
    lay(&scene, UKR);
    assert_true(scene_open(&scene, "mediator(wait=5, final=20)"));
    Outcome text = drafted(scene_ask(&scene, 0));
    const Reply *reply = scene_ask(&scene, DAYS(4));
    assert_int_equal(reply->moves, 0);
    text = drafted(scene_ask(&scene, DAYS(6)));
    scene_hear_yes(&scene, USA, 2, 7, text);
    Outcome final = drafted(scene_ask(&scene, DAYS(81)));
    assert_memory_equal(&final, &text, sizeof text);
    scene_close(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hill_climber_takes_the_first_draft_and_then_only_better_ones),
        cmocka_unit_test(a_final_reading_is_signed_from_the_reservation_value_on),
        cmocka_unit_test(an_annealer_takes_worse_drafts_with_the_chance_of_its_temperature),
        cmocka_unit_test(an_annealer_grows_cold),
        cmocka_unit_test(boulware_judges_drafts_by_the_text_and_the_final_reading_by_its_target),
        cmocka_unit_test(a_mediator_changes_the_text_and_reads_it_out_when_its_drafts_are_spent),
        cmocka_unit_test(silence_is_a_no_after_a_while_and_the_deadline_ends_the_drafting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
