/* step_by_step: what can be settled alone comes first. Line is worth 0.4, 0.2, 0 here; nothing is settled to begin with. */
#include "scene.h"

static void set_up(Scene *scene, const Mechanism *mechanism, const char *strategy) {
    scene_security(scene, 2);
    scene->terms.mechanism = mechanism;
    scene->terms.menu_limit = mechanism->menu_limit;
    scene->terms.domain.issue[1].separable = true;
    scene->terms.domain.issue[1].status_quo = 2;
    assert_true(scene_open(scene, strategy));
}

static Observation accord(Outcome package) {
    return (Observation){
        .kind = NP_EVENT_ACCORD, .seat = NP_NO_SEAT, .packages = 1, .menu = {package}};
}

static void the_separable_issue_is_tabled_alone_best_option_first(void **state) {
    (void)state;
    Scene scene;
    set_up(&scene, &mechanism_open_table, "step_by_step(every=10)");
    const Action *offer = find_move(scene_ask(&scene, 0), NP_OFFER);
    assert_non_null(offer);
    assert_int_equal(offer->packages,
                     2); /* hold and swap, both better than cede, which is how it is */
    Outcome hold = deal(NP_NO_OPTION, 0), swap = deal(NP_NO_OPTION, 1);
    assert_memory_equal(&offer->menu[0], &hold, sizeof hold);
    assert_memory_equal(&offer->menu[1], &swap, sizeof swap);
    scene_close(&scene);
}

static void with_turns_the_options_come_one_by_one(void **state) {
    (void)state;
    Scene scene;
    set_up(&scene, &mechanism_alternating_offers, "step_by_step(steps=3)");
    assert_offers(scene_ask(&scene, 0), deal(NP_NO_OPTION, 0));
    assert_offers(scene_ask(&scene, DAYS(2)), deal(NP_NO_OPTION, 1));
    assert_offers(scene_ask(&scene, DAYS(4)), deal(NP_NO_OPTION, 0)); /* round again */
    assert_offers(scene_ask(&scene, DAYS(6)), deal(0, 0));            /* the whole */
    scene_close(&scene);
}

static void once_it_is_settled_the_whole_follows(void **state) {
    (void)state;
    Scene scene;
    set_up(&scene, &mechanism_open_table, "step_by_step(every=10)");
    scene_ask(&scene, 0);
    scene_hear(&scene, accord(deal(NP_NO_OPTION, 1)));
    assert_offers(scene_ask(&scene, DAYS(10)), deal(0, 1));
    scene_close(&scene);
}

static void where_nothing_is_separable_it_is_boulware(void **state) {
    (void)state;
    Scene scene, other;
    scene_security(&scene, 2);
    scene_security(&other, 2);
    assert_true(scene_open(&scene, "step_by_step(every=5)"));
    assert_true(scene_open(&other, "boulware(every=5)"));
    for (int day = 0; day < 100; day += 5) {
        Reply reply = *scene_ask(&scene, DAYS(day));
        assert_memory_equal(&reply, scene_ask(&other, DAYS(day)), sizeof reply);
    }
    scene_close(&scene);
    scene_close(&other);
}

/* What it tables itself is what all accept at once: the others need not wait for their targets. */
static void what_it_tables_alone_others_accept_when_it_helps_them(void **state) {
    (void)state;
    static const char *const strategies[] = {
        "boulware",        "linear",
        "tit_for_tat",     "menu(issue=security, options=norway|israel)",
        "staller",         "plan_ladder(issue=security, plan_a=norway, plan_b=israel)",
        "annealer",        "monotonic_concession",
        "subgame_perfect", "step_by_step"};
    for (size_t i = 0; i < sizeof strategies / sizeof strategies[0]; i++) {
        Scene scene;
        set_up(&scene, &mechanism_open_table, strategies[i]);
        scene_ask(&scene, 0);
        uint32_t number = scene.offers + 1;
        scene_hear_offer(&scene, RUS, deal(NP_NO_OPTION, 1));
        const Action *yes = find_move(scene_ask(&scene, DAYS(1)), NP_ACCEPT);
        /* Its own menu held that package already, so its yes lies with it. */
        bool own = i + 1 == sizeof strategies / sizeof strategies[0];
        assert_int_equal(yes != NULL, !own);
        if (yes != NULL) assert_int_equal(yes->offer, number);
        scene_close(&scene);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_separable_issue_is_tabled_alone_best_option_first),
        cmocka_unit_test(with_turns_the_options_come_one_by_one),
        cmocka_unit_test(once_it_is_settled_the_whole_follows),
        cmocka_unit_test(where_nothing_is_separable_it_is_boulware),
        cmocka_unit_test(what_it_tables_alone_others_accept_when_it_helps_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
