/* maximalist: everything, until there is no time left to ask. */
#include "scene.h"

static void it_asks_for_its_best_package_to_the_last(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_alternating_offers, 2);
    assert_true(scene_open(&scene, "maximalist"));
    for (int day = 1; day < 97; day += 2) {
        scene_hear_offer(&scene, RUS, price(9));
        assert_offers(scene_ask(&scene, DAYS(day)), price(10));
    }
    scene_close(&scene);
}

static void at_the_last_call_it_takes_what_is_worth_walking_in_for(void **state) {
    (void)state;
    static const struct {
        const char *strategy;
        uint8_t offer;
        bool accepts;
    } calls[] = {{"maximalist", 2, true},
                 {"maximalist", 1, false},
                 {"maximalist(yields=0)", 9, false},
                 {"maximalist(yields=0)", 10, true}};
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
        for (int open = 0; open < 2; open++) {
            Scene scene;
            scene_price(&scene, open ? &mechanism_open_table : &mechanism_alternating_offers, 2);
            assert_true(scene_open(&scene, calls[i].strategy));
            scene_ask(&scene, 0);
            scene_hear_offer(&scene, RUS, price(calls[i].offer));
            const Reply *reply = scene_ask(&scene, DAYS(open ? 99 : 98));
            /* At an open table its own offer of the same is its yes. */
            bool own = open && calls[i].offer == 10;
            assert_int_equal(find_move(reply, NP_ACCEPT) != NULL, calls[i].accepts && !own);
            scene_close(&scene);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_asks_for_its_best_package_to_the_last),
        cmocka_unit_test(at_the_last_call_it_takes_what_is_worth_walking_in_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
