/* tit_for_tat, concession by concession. Best 1, reservation 0.2: its claim is 0.8 at first. */
#include "scene.h"

static void play(Scene *scene, const char *strategy, uint8_t seats) {
    scene_price(scene, &mechanism_alternating_offers, seats);
    assert_true(scene_open(scene, strategy));
}

static void a_concession_is_returned_in_proportion(void **state) {
    (void)state;
    Scene scene;
    play(&scene, "tit_for_tat(goodwill=0)", 2);
    /* What the other keeps back: 1, then 0.8, then 0.6. Claims: 0.8, 0.8 x 0.8 = 0.64, x 0.75 = 0.48. */
    scene_hear_offer(&scene, RUS, price(0));
    assert_offers(scene_ask(&scene, DAYS(1)), price(10)); /* nothing to return yet: 1 */
    scene_hear_offer(&scene, RUS, price(2));
    assert_offers(scene_ask(&scene, DAYS(3)), price(9)); /* 0.84 */
    scene_hear_offer(&scene, RUS, price(4));
    assert_offers(scene_ask(&scene, DAYS(5)), price(7)); /* 0.68 */
    scene_close(&scene);
}

static void no_concession_is_given_for_none(void **state) {
    (void)state;
    Scene scene;
    play(&scene, "tit_for_tat(goodwill=0)", 2);
    for (int day = 1; day < 90; day += 2) {
        scene_hear_offer(&scene, RUS, price(3));
        assert_offers(scene_ask(&scene, DAYS(day)), price(10));
    }
    scene_close(&scene);
}

static void hardening_is_returned_too(void **state) {
    (void)state;
    Scene scene;
    play(&scene, "tit_for_tat(goodwill=0)", 2);
    const uint8_t heard[] = {0, 5, 0}; /* keeps 1, 0.5, 1: claims 0.8, 0.4, 0.8 */
    const uint8_t expected[] = {10, 6, 10};
    for (int i = 0; i < 3; i++) {
        scene_hear_offer(&scene, RUS, price(heard[i]));
        assert_offers(scene_ask(&scene, DAYS(2 * i + 1)), price(expected[i]));
    }
    scene_close(&scene);
}

static void the_window_looks_further_back(void **state) {
    (void)state;
    Scene scene;
    play(&scene, "tit_for_tat(window=2, goodwill=0)", 2);
    const uint8_t heard[] = {0, 2, 5};
    const uint8_t expected[] = {10, 10, 6}; /* only the third has one two before it: 0.5 / 1 */
    for (int i = 0; i < 3; i++) {
        scene_hear_offer(&scene, RUS, price(heard[i]));
        assert_offers(scene_ask(&scene, DAYS(2 * i + 1)), price(expected[i]));
    }
    scene_close(&scene);
}

static void among_several_each_counts_for_its_share(void **state) {
    (void)state;
    Scene scene;
    play(&scene, "tit_for_tat(goodwill=0)", 3);
    scene_hear_offer(&scene, RUS, price(0));
    scene_hear_offer(&scene, USA, price(0));
    assert_offers(scene_ask(&scene, DAYS(1)), price(10));
    scene_hear_offer(&scene, RUS, price(5));
    scene_hear_offer(&scene, USA, price(0));
    /* One of two keeps half of what it kept: 0.2 + 0.8 x 0.5^(1/2) = 0.766. */
    assert_offers(scene_ask(&scene, DAYS(4)), price(8));
    scene_close(&scene);
}

static void goodwill_is_given_with_every_offer(void **state) {
    (void)state;
    Scene scene;
    play(&scene, "tit_for_tat(goodwill=0.25)", 2);
    const uint8_t expected[] = {10, 8, 7, 6, 5}; /* claims 0.8 0.6 0.45 0.3375 0.2531 */
    for (int i = 0; i < 5; i++) assert_offers(scene_ask(&scene, DAYS(2 * i)), price(expected[i]));
    scene_close(&scene);
}

static void an_offer_worth_the_target_is_accepted(void **state) {
    (void)state;
    Scene scene;
    play(&scene, "tit_for_tat(goodwill=0)", 2);
    scene_hear_offer(&scene, RUS, price(0));
    scene_ask(&scene, DAYS(1));
    scene_hear_offer(&scene, RUS, price(6)); /* keeps 0.4 of 1: claim 0.32, target 0.52 */
    assert_accepts(scene_ask(&scene, DAYS(3)), 3);
    scene_close(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_concession_is_returned_in_proportion),
        cmocka_unit_test(no_concession_is_given_for_none),
        cmocka_unit_test(hardening_is_returned_too),
        cmocka_unit_test(the_window_looks_further_back),
        cmocka_unit_test(among_several_each_counts_for_its_share),
        cmocka_unit_test(goodwill_is_given_with_every_offer),
        cmocka_unit_test(an_offer_worth_the_target_is_accepted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
