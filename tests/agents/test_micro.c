/* MiCRO, offer by offer, after its definition (de Jonge 2022): own packages from the best down, x1, x2, …; m of them tabled
 * so far, n different ones heard. m <= n: x(m+1); otherwise any of x1 … xm. It accepts what is worth the least that it
 * would table. */
#include "scene.h"

static void play(Scene *scene, uint8_t seats) {
    scene_price(scene, &mechanism_alternating_offers, seats);
    assert_true(scene_open(scene, "micro"));
}

static void one_package_down_for_each_different_one_heard(void **state) {
    (void)state;
    Scene scene;
    play(&scene, 2);
    assert_offers(scene_ask(&scene, DAYS(1)), price(10)); /* m = 0, n = 0: x1 */
    static const uint8_t heard[] = {0, 1, 2, 3};
    static const uint8_t tabled[] = {9, 8, 7, 6}; /* m = n each time */
    for (int i = 0; i < 4; i++) {
        scene_hear_offer(&scene, RUS, price(heard[i]));
        assert_offers(scene_ask(&scene, DAYS(2 * i + 3)), price(tabled[i]));
    }
    scene_close(&scene);
}

static uint8_t offered(const Reply *reply) {
    const Action *action = find_move(reply, NP_OFFER);
    assert_non_null(action);
    return action->menu[0].option[0];
}

static void what_was_heard_before_moves_it_to_nothing_new(void **state) {
    (void)state;
    Scene scene;
    play(&scene, 2);
    scene_ask(&scene, DAYS(1));
    scene_hear_offer(&scene, RUS, price(0));
    assert_offers(scene_ask(&scene, DAYS(3)), price(9)); /* m = 2, n = 1 from here on */
    bool nine = false, ten = false;
    for (int day = 5; day < 45; day += 2) {
        scene_hear_offer(&scene, RUS, price(0));
        uint8_t again = offered(scene_ask(&scene, DAYS(day)));
        assert_in_range(again, 9, 10);
        nine |= again == 9;
        ten |= again == 10;
    }
    assert_true(nine && ten); /* any of those tabled before */
    scene_hear_offer(&scene, RUS, price(1));
    assert_offers(scene_ask(&scene, DAYS(45)), price(8)); /* n = 2 again */
    scene_close(&scene);
}

static void it_accepts_what_is_worth_the_least_that_it_would_table(void **state) {
    (void)state;
    for (uint8_t offer = 7; offer <= 9; offer++) {
        Scene scene;
        play(&scene, 2);
        scene_ask(&scene, DAYS(1));
        scene_hear_offer(&scene, RUS, price(0));
        scene_ask(&scene, DAYS(3));                  /* x2 */
        scene_hear_offer(&scene, RUS, price(offer)); /* n = 2: it would table x3, worth 0.8 */
        const Reply *reply = scene_ask(&scene, DAYS(5));
        assert_int_equal(find_move(reply, NP_ACCEPT) != NULL, offer >= 8);
        scene_close(&scene);
    }
    /* With n < m the least that it would table is xm. */
    Scene scene;
    play(&scene, 2);
    scene_ask(&scene, DAYS(1));
    scene_hear_offer(&scene, RUS, price(8));
    assert_offers(scene_ask(&scene, DAYS(3)), price(9));
    scene_hear_offer(&scene, RUS, price(8));
    assert_null(find_move(scene_ask(&scene, DAYS(5)), NP_ACCEPT));
    scene_close(&scene);
}

static void it_never_goes_below_its_reservation_value(void **state) {
    (void)state;
    Scene scene;
    play(&scene, 2);
    scene.profile.reservation = utility_from(0.75); /* borrowed: as of now */
    assert_offers(scene_ask(&scene, DAYS(1)), price(10));
    for (uint8_t i = 0; i < 7; i++) {
        scene_hear_offer(&scene, RUS, price(i));
        assert_in_range(offered(scene_ask(&scene, DAYS(2 * i + 3))), 8, 10);
    }
    scene_close(&scene);
}

static void among_several_it_goes_by_the_one_that_has_moved_least(void **state) {
    (void)state;
    Scene scene;
    play(&scene, 3);
    assert_offers(scene_ask(&scene, DAYS(1)), price(10));
    scene_hear_offer(&scene, RUS, price(0));
    scene_hear_offer(&scene, USA, price(0));
    assert_offers(scene_ask(&scene, DAYS(4)), price(9));
    scene_hear_offer(&scene, RUS, price(1));
    scene_hear_offer(&scene, USA, price(0));
    assert_in_range(offered(scene_ask(&scene, DAYS(7))), 9, 10);
    scene_hear_offer(&scene, RUS, price(1));
    scene_hear_offer(&scene, USA, price(1));
    assert_offers(scene_ask(&scene, DAYS(10)), price(8));
    scene_close(&scene);
}

static void at_an_open_table_what_stands_goes_on_standing(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_open_table, 2);
    assert_true(scene_open(&scene, "micro(every=5)"));
    assert_offers(scene_ask(&scene, 0), price(10));
    assert_null(find_move(scene_ask(&scene, DAYS(5)), NP_OFFER));
    scene_hear_offer(&scene, RUS, price(0));
    assert_offers(scene_ask(&scene, DAYS(10)), price(9));
    scene_close(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_package_down_for_each_different_one_heard),
        cmocka_unit_test(what_was_heard_before_moves_it_to_nothing_new),
        cmocka_unit_test(it_accepts_what_is_worth_the_least_that_it_would_table),
        cmocka_unit_test(it_never_goes_below_its_reservation_value),
        cmocka_unit_test(among_several_it_goes_by_the_one_that_has_moved_least),
        cmocka_unit_test(at_an_open_table_what_stands_goes_on_standing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
