/* staller, unilateral_conceder, monotonic_concession and pressure, move by move. */
#include <string.h>

#include "scene.h"

static void a_staller_repeats_its_demands_and_concedes_nothing(void **state) {
    (void)state;
    Scene scene;
    scene_security(&scene, 2);
    assert_true(scene_open(&scene, "staller(every=10)"));
    uint8_t issue = 0;
    for (int day = 0; day <= 90; day += 10, issue ^= 1) {
        scene_hear_offer(&scene, RUS, deal(0, 1)); /* 0.8 of 1 */
        const Reply *reply = scene_ask(&scene, DAYS(day));
        const Action *demand = find_move(reply, NP_STATEMENT);
        assert_non_null(demand);
        assert_int_equal(demand->statement, NP_SAY_DEMAND);
        assert_int_equal(demand->issue, issue);
        assert_int_equal(demand->option, 0);
        assert_null(find_move(reply, NP_ACCEPT));
        const Action *offer = find_move(reply, NP_OFFER);
        if (offer != NULL) assert_offers(reply, deal(0, 0));
        assert_null(find_move(scene_ask(&scene, DAYS(day + 1)), NP_STATEMENT));
    }
    scene_close(&scene);
}

static void a_unilateral_conceder_gives_a_step_each_time_unasked(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_open_table, 2);
    assert_true(scene_open(&scene, "unilateral_conceder(step=0.2, every=10)"));
    const uint8_t expected[] = {10, 8, 6, 4, 2};
    for (int i = 0; i < 5; i++) {
        scene_hear_offer(&scene, RUS, price(0));
        assert_offers(scene_ask(&scene, DAYS(10 * i)), price(expected[i]));
        assert_null(find_move(scene_ask(&scene, DAYS(10 * i + 5)), NP_OFFER));
    }
    for (int day = 50; day < 100; day += 10) {
        const Action *offer = find_move(scene_ask(&scene, DAYS(day)), NP_OFFER);
        assert_null(offer); /* nothing below the reservation value of 0.2 */
    }
    scene_close(&scene);
}

/* It waits while the other has come less far, and follows when it has come as far. */
static void monotonic_concession_follows_the_other_and_goes_no_further(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_simultaneous, 2);
    assert_true(scene_open(&scene, "monotonic_concession(step=0.1)"));
    assert_offers(scene_ask(&scene, 0), price(10));
    scene_hear_offer(&scene, RUS, price(0));
    assert_offers(scene_ask(&scene, DAYS(1)), price(9)); /* neither has given anything: one step */
    for (int day = 2; day < 9; day++) {
        scene_hear_offer(&scene, RUS, price(0));
        assert_int_equal(scene_ask(&scene, DAYS(day))->moves, 1); /* a no */
    }
    scene_hear_offer(&scene, RUS, price(4)); /* has given 0.4: so does this seat */
    assert_offers(scene_ask(&scene, DAYS(9)), price(6));
    scene_hear_offer(&scene, RUS, price(7));
    assert_accepts(scene_ask(&scene, DAYS(10)), scene.offers);
    scene_close(&scene);
}

/* To this seat the other has given less: so it waits for a turn, but not for ever. */
static void monotonic_concession_breaks_a_standstill_of_those_who_moved(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_simultaneous, 2);
    assert_true(scene_open(&scene, "monotonic_concession(step=0.3)"));
    scene_ask(&scene, 0);
    scene_hear_offer(&scene, RUS, price(0));
    assert_offers(scene_ask(&scene, DAYS(1)), price(7));
    scene_hear_offer(&scene, RUS, price(1));
    assert_null(find_move(scene_ask(&scene, DAYS(2)), NP_OFFER));
    scene_hear_offer(&scene, RUS, price(1));
    assert_offers(scene_ask(&scene, DAYS(3)), price(4));
    scene_hear_offer(&scene, RUS, price(1));
    assert_null(find_move(scene_ask(&scene, DAYS(4)), NP_OFFER)); /* it moved itself */
    scene_hear_offer(&scene, RUS, price(1));
    scene_ask(&scene, DAYS(5));
    scene_hear_offer(&scene, RUS, price(1));
    assert_null(find_move(scene_ask(&scene, DAYS(6)), NP_OFFER)); /* at its reservation value */
    scene_close(&scene);
}

/* A claim counts as tabled: steps that change no package yet have given nothing. */
static void monotonic_concession_counts_what_it_tabled(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_simultaneous, 2);
    assert_true(scene_open(&scene, "monotonic_concession(step=0.03)"));
    scene_ask(&scene, 0);
    for (int day = 1; day < 4; day++) {
        scene_hear_offer(&scene, RUS, price(0));
        assert_null(find_move(scene_ask(&scene, DAYS(day)), NP_OFFER));
    }
    scene_hear_offer(&scene, RUS, price(0));
    assert_offers(scene_ask(&scene, DAYS(4)), price(9));
    scene_close(&scene);
}

static void in_rounds_a_seat_offers_or_accepts(void **state) {
    (void)state;
    static const char *const all[] = {"boulware",
                                      "linear",
                                      "conceder",
                                      "tit_for_tat",
                                      "monotonic_concession",
                                      "unilateral_conceder",
                                      "staller"};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        Scene scene;
        scene_price(&scene, &mechanism_simultaneous, 3);
        assert_true(scene_open(&scene, all[i]));
        for (int day = 0; day < 99; day++) {
            scene_hear_offer(&scene, RUS, price((uint8_t)(day / 10)));
            scene_hear_offer(&scene, USA, price((uint8_t)(day / 12)));
            const Reply *reply = scene_ask(&scene, DAYS(day));
            uint32_t substance = 0;
            for (uint32_t k = 0; k < reply->moves; k++)
                substance += reply->move[k].kind == NP_OFFER || reply->move[k].kind == NP_ACCEPT;
            assert_in_range(substance, 0, 1);
        }
        scene_close(&scene);
    }
}

static void pressure_pulls_its_lever_on_the_day_and_once(void **state) {
    (void)state;
    Scene scene;
    scene_security(&scene, 2);
    assert_true(scene_open(&scene, "pressure(lever=aid, from=20, level=7)"));
    const Reply *reply = scene_ask(&scene, 0);
    assert_null(find_move(reply, NP_LEVER));
    assert_offers(reply, deal(0, 0));
    reply = scene_ask(&scene, DAYS(14));
    assert_true(reply->wake_at == DAYS(20));
    const Action *pull = find_move(scene_ask(&scene, DAYS(20)), NP_LEVER);
    assert_non_null(pull);
    assert_int_equal(pull->lever, 0);
    assert_true(pull->level == 1); /* as far as it goes */
    assert_null(find_move(scene_ask(&scene, DAYS(21)), NP_LEVER));
    scene_close(&scene);
}

static void pressure_needs_a_lever_of_its_own(void **state) {
    (void)state;
    static const char *const wrong[] = {"pressure", "pressure(lever=tempo)", "pressure(lever=ai)"};
    for (int i = 0; i < 3; i++) {
        Scene scene;
        scene_security(&scene, 2);
        assert_false(scene_open(&scene, wrong[i]));
        assert_non_null(strstr(scene.error.text, "\"aid\""));
        scene_close(&scene);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_staller_repeats_its_demands_and_concedes_nothing),
        cmocka_unit_test(a_unilateral_conceder_gives_a_step_each_time_unasked),
        cmocka_unit_test(monotonic_concession_follows_the_other_and_goes_no_further),
        cmocka_unit_test(monotonic_concession_breaks_a_standstill_of_those_who_moved),
        cmocka_unit_test(monotonic_concession_counts_what_it_tabled),
        cmocka_unit_test(in_rounds_a_seat_offers_or_accepts),
        cmocka_unit_test(pressure_pulls_its_lever_on_the_day_and_once),
        cmocka_unit_test(pressure_needs_a_lever_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
