/* The three of Faratin, Sierra and Jennings 1998, offer by offer, on claims: the other's is best - u(its package), one's own
 * target - reservation. Best 1, reservation 0.2: its own is 0.8 at first. And Nice Tit for Tat. */
#include "scene.h"

static void check(const char *strategy, uint8_t seats, const uint8_t *heard,
                  const uint8_t *expected, int rounds) {
    Scene scene;
    scene_price(&scene, &mechanism_alternating_offers, seats);
    assert_true(scene_open(&scene, strategy));
    for (int i = 0; i < rounds; i++) {
        scene_hear_offer(&scene, RUS, price(heard[i]));
        assert_offers(scene_ask(&scene, DAYS(2 * i + 1)), price(expected[i]));
    }
    scene_close(&scene);
}

static void relative_the_latest_step_is_returned_in_proportion(void **state) {
    (void)state;
    /* The other claims 1, 0.8, 0.8, 0.6: factors 0.8, 1, 0.75. Own claims 0.8, 0.64, 0.64, 0.48. */
    static const uint8_t heard[] = {0, 2, 2, 4}, expected[] = {10, 9, 9, 7};
    check("relative_tit_for_tat", 2, heard, expected, 4);
}

static void relative_an_earlier_step_is_returned_later(void **state) {
    (void)state;
    /* delta 2: the step from the third last to the second last, so each answer comes one round later. */
    static const uint8_t heard[] = {0, 2, 2, 4, 4}, expected[] = {10, 10, 9, 9, 7};
    check("relative_tit_for_tat(delta=2)", 2, heard, expected, 5);
}

static void averaged_a_window_is_returned_with_each_package(void **state) {
    (void)state;
    /* Window 2, claims 1, 0.9, 0.8, 0.7: factors 0.8 and 7/9. Own claims 0.8, 0.8, 0.64, 0.4978: 0.6978 is asked. */
    static const uint8_t heard[] = {0, 1, 2, 3}, expected[] = {10, 10, 9, 7};
    check("averaged_tit_for_tat(window=2)", 2, heard, expected, 4);
}

static void absolute_as_much_is_given_as_was_given(void **state) {
    (void)state;
    /* Steps of 0.2, 0, -0.1, 0.3: targets 1, 0.8, 0.8, 0.9, 0.6. */
    static const uint8_t heard[] = {0, 2, 2, 1, 4}, expected[] = {10, 8, 8, 9, 6};
    check("random_tit_for_tat(most=0)", 2, heard, expected, 5);
}

static void absolute_chance_changes_it_by_no_more_than_said(void **state) {
    (void)state;
    bool above = false, below = false;
    for (uint64_t run = 0; run < 60; run++) {
        Scene scene;
        scene_price(&scene, &mechanism_alternating_offers, 2);
        Brief brief = {.run = 1,
                       .seat = UKR,
                       .terms = &scene.terms,
                       .profile = &scene.profile,
                       .luck = rng_key(run, "strategy/ukraine"),
                       .strategy = "random_tit_for_tat(most=0.15)"};
        assert_true(player_open_run(scene.player, &brief, NULL));
        scene_hear_offer(&scene, RUS, price(0));
        scene_ask(&scene, DAYS(1));
        scene_hear_offer(&scene, RUS, price(3));
        const Action *offer = find_move(scene_ask(&scene, DAYS(3)), NP_OFFER);
        assert_non_null(offer); /* 0.7 give or take 0.15 */
        assert_in_range(offer->menu[0].option[0], 6, 9);
        above |= offer->menu[0].option[0] > 7;
        below |= offer->menu[0].option[0] < 7;
        scene_close(&scene);
    }
    assert_true(above && below);
}

static void among_several_each_counts_for_its_share(void **state) {
    (void)state;
    /* One of two gives 0.5: half of that, and half of the claim to the power of 1/2: 0.8 x 0.7071 + 0.2 = 0.766. */
    static const uint8_t heard[] = {0, 5}, absolute[] = {10, 8}, relative[] = {10, 8};
    check("random_tit_for_tat(most=0)", 3, heard, absolute, 2);
    check("relative_tit_for_tat", 3, heard, relative, 2);
}

static void a_claim_stays_between_all_and_nothing(void **state) {
    (void)state;
    static const uint8_t up[] = {3, 0, 0}, all[] = {10, 10, 10};
    check("random_tit_for_tat(most=0)", 2, up, all, 3);
    check("relative_tit_for_tat", 2, up, all, 3);
}

/* Its model is sure of one thing: the other's wish runs against its own. The product of u - 0.2 and 1 - u is largest at 0.6:
 * the Nash point. From 0 to 0.3 is half of the way there, so it comes half of the way from 1: 0.8. */
static void nice_it_comes_as_far_towards_the_nash_point(void **state) {
    (void)state;
    static const uint8_t heard[] = {0, 3, 5}, expected[] = {10, 8, 7};
    /* 0.5 / 0.6 of the way: 1 - 0.8333 x 0.4 = 0.6667. */
    check("nice_tit_for_tat", 2, heard, expected, 3);
}

static void nice_it_closes_the_gap_at_the_end(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_alternating_offers, 2);
    assert_true(scene_open(&scene, "nice_tit_for_tat"));
    scene_hear_offer(&scene, RUS, price(0));
    scene_ask(&scene, DAYS(1));
    scene_hear_offer(&scene, RUS, price(3));
    assert_offers(scene_ask(&scene, DAYS(89)), price(8)); /* at 0.90 not yet */
    scene_hear_offer(&scene, RUS, price(3));
    const Action *offer =
        find_move(scene_ask(&scene, DAYS(94)), NP_OFFER); /* 20 x 0.04 of the gap */
    assert_non_null(offer);
    assert_in_range(offer->menu[0].option[0], 4, 5);
    scene_close(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(relative_the_latest_step_is_returned_in_proportion),
        cmocka_unit_test(relative_an_earlier_step_is_returned_later),
        cmocka_unit_test(averaged_a_window_is_returned_with_each_package),
        cmocka_unit_test(absolute_as_much_is_given_as_was_given),
        cmocka_unit_test(absolute_chance_changes_it_by_no_more_than_said),
        cmocka_unit_test(among_several_each_counts_for_its_share),
        cmocka_unit_test(a_claim_stays_between_all_and_nothing),
        cmocka_unit_test(nice_it_comes_as_far_towards_the_nash_point),
        cmocka_unit_test(nice_it_closes_the_gap_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
