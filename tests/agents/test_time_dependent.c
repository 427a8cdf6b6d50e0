/* boulware, linear and conceder, offer by offer. One day passes between deciding and the table, so the
 * target is that of the day after the one on which the seat is asked. */
#include <string.h>

#include "scene.h"

/* From 1 to the reservation value 0.2 in 100 days; prices are worth a tenth each. */
static void offers(const char *strategy, const uint8_t expected[4]) {
    Scene scene;
    scene_price(&scene, &mechanism_alternating_offers, 2);
    assert_true(scene_open(&scene, strategy));
    for (int quarter = 1; quarter <= 4; quarter++)
        assert_offers(scene_ask(&scene, DAYS(25 * quarter - 1)), price(expected[quarter - 1]));
    scene_close(&scene);
}

static void linear_gives_the_same_every_quarter(void **state) {
    (void)state;
    offers("linear", (uint8_t[]){8, 6, 4, 2}); /* 0.8 0.6 0.4 0.2 */
}

static void boulware_gives_late(void **state) {
    (void)state;
    /* e = 0.5: F = (t/T)^2 = 0.0625 0.25 0.5625 1: targets 0.95 0.8 0.55 0.2 */
    offers("boulware(e=0.5)", (uint8_t[]){10, 8, 6, 2});
}

static void conceder_gives_early(void **state) {
    (void)state;
    /* e = 2: F = sqrt(t/T) = 0.5 0.7071 0.8660 1: targets 0.6 0.434 0.307 0.2 */
    offers("conceder(e=2)", (uint8_t[]){6, 5, 4, 2});
}

static void k_is_given_at_once(void **state) {
    (void)state;
    /* F = 0.5 + 0.5 t/T: targets 0.5 0.4 0.3 0.2 */
    offers("linear(k=0.5)", (uint8_t[]){5, 4, 3, 2});
}

static void an_offer_is_accepted_when_it_is_worth_the_target_on_arrival(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_alternating_offers, 2);
    assert_true(scene_open(&scene, "linear"));
    scene_hear_offer(&scene, RUS, price(6));
    const Reply *reply = scene_ask(&scene, DAYS(48)); /* target of day 49: 0.608 */
    assert_int_equal(reply->moves, 1);
    assert_offers(reply, price(7));
    scene_hear_offer(&scene, RUS, price(6));
    reply = scene_ask(&scene, DAYS(49)); /* target of day 50: 0.6 */
    assert_int_equal(reply->moves, 1);
    assert_accepts(reply, 3);
    scene_close(&scene);
}

static void nothing_below_the_reservation_value_is_offered_or_accepted(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_alternating_offers, 2);
    assert_true(scene_open(&scene, "conceder"));
    for (int day = 0; day < 110; day++) {
        scene_hear_offer(&scene, RUS, price(1));
        const Reply *reply = scene_ask(&scene, DAYS(day));
        assert_null(find_move(reply, NP_ACCEPT));
        assert_true(find_move(reply, NP_OFFER)->menu[0].option[0] >= 2);
    }
    scene_close(&scene);
}

static void the_offer_is_the_one_nearest_to_what_the_other_asks(void **state) {
    (void)state;
    const struct {
        Outcome asked, expected;
    } rows[] = {{deal(2, 1), deal(0, 1)}, {deal(1, 2), deal(1, 0)}};
    for (int i = 0; i < 2; i++) {
        Scene scene;
        scene_security(&scene, 2);
        scene.profile.value[1][1] = utility_from(0.25); /* norway, swap = israel, hold = 0.85 */
        assert_true(scene_open(&scene, "linear(k=0.2222)"));
        scene_hear_offer(&scene, RUS, rows[i].asked);
        assert_offers(scene_ask(&scene, 0), rows[i].expected); /* target of day 1: 0.839 */
        scene_close(&scene);
    }
}

static void at_an_open_table_offers_come_every_so_often_and_sooner_towards_the_end(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_open_table, 2);
    assert_true(scene_open(&scene, "linear(every=20)"));
    const int due[] = {0, 20, 40, 60, 80, 90, 95};
    for (int i = 0; i < 7; i++) {
        const Reply *reply = scene_ask(&scene, DAYS(due[i]));
        bool falls = i < 6; /* on day 95 it would be 0.3 again, as on day 90 */
        assert_int_equal(find_move(reply, NP_OFFER) != NULL, falls);
        SimTime next = i < 6 ? DAYS(due[i + 1]) : DAYS(99);
        assert_int_equal(reply->wake_at, next);
        assert_int_equal(scene_ask(&scene, DAYS(due[i]) + 1)->moves, 0);
    }
    scene_close(&scene);
}

static void at_an_open_table_the_same_package_is_not_tabled_twice(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_open_table, 2);
    assert_true(scene_open(&scene, "boulware(e=0.2, every=5)"));
    assert_offers(scene_ask(&scene, 0), price(10));
    for (int day = 5; day <= 30; day += 5) assert_int_equal(scene_ask(&scene, DAYS(day))->moves, 0);
    scene_close(&scene);
}

static void what_was_accepted_is_not_accepted_again(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_open_table, 3);
    assert_true(scene_open(&scene, "linear(every=50)"));
    scene_ask(&scene, 0);
    scene_hear_offer(&scene, RUS, price(9));
    assert_accepts(scene_ask(&scene, DAYS(30)), 2);
    assert_null(find_move(scene_ask(&scene, DAYS(31)), NP_ACCEPT));
    scene_hear_offer(&scene, USA, price(8));
    assert_accepts(scene_ask(&scene, DAYS(32)), 3);
    scene_close(&scene);
}

static void at_the_last_call_what_stands_is_accepted_and_nothing_new_is_tabled(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_open_table, 2);
    assert_true(scene_open(&scene, "boulware(every=10)"));
    scene_ask(&scene, DAYS(90));
    scene_hear_offer(&scene, RUS, price(2));
    const Reply *reply = scene_ask(&scene, DAYS(98));
    assert_null(find_move(reply, NP_ACCEPT)); /* worth 0.2, and the target is still above */
    assert_int_equal(reply->wake_at, DAYS(99));
    reply = scene_ask(&scene, DAYS(99));
    assert_int_equal(reply->moves, 1);
    assert_accepts(reply, 2);
    scene_close(&scene);
}

static void an_offer_with_nothing_above_the_reservation_value_is_rejected_once(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_open_table, 2);
    assert_true(scene_open(&scene, "boulware"));
    scene_hear_offer(&scene, RUS, price(1));
    const Action *no = find_move(scene_ask(&scene, DAYS(3)), NP_REJECT);
    assert_non_null(no);
    assert_int_equal(no->offer, 1);
    assert_null(find_move(scene_ask(&scene, DAYS(4)), NP_REJECT));
    scene_close(&scene);
}

static void a_withdrawn_offer_is_not_accepted(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_open_table, 2);
    assert_true(scene_open(&scene, "boulware"));
    scene_hear_offer(&scene, RUS, price(10));
    scene_hear(&scene, (Observation){.kind = NP_EVENT_WITHDRAWAL, .seat = RUS, .offer = 1});
    assert_null(find_move(scene_ask(&scene, DAYS(3)), NP_ACCEPT));
    scene_close(&scene);
}

static void after_the_signature_nobody_moves(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_open_table, 2);
    assert_true(scene_open(&scene, "boulware"));
    scene_hear_offer(&scene, RUS, price(10));
    scene_hear(&scene, (Observation){.kind = NP_EVENT_SIGNATURE, .seat = NP_NO_SEAT});
    const Reply *reply = scene_ask(&scene, DAYS(3));
    assert_int_equal(reply->moves, 0);
    assert_true(reply->wake_at == NP_NEVER);
    scene_close(&scene);
}

/* What is tabled at a closed table pools with what is tabled there. */
static void offers_are_made_at_the_table_of_choice(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_open_table, 3);
    scene.terms.closed_tables = 2;
    scene.terms.table[1] = (TableTerms){"oslo", "oslo", seat_bit(RUS) | seat_bit(USA), 0};
    scene.terms.table[2] = (TableTerms){"geneva", "geneva", seat_bit(UKR) | seat_bit(RUS), 0};
    assert_false(scene_open(&scene, "linear(table=oslo)"));
    assert_non_null(strstr(scene.error.text, "geneva"));
    assert_true(scene_open(&scene, "linear(table=geneva, every=50)"));
    assert_int_equal(find_move(scene_ask(&scene, 0), NP_OFFER)->table, 2);
    Observation public = {.kind = NP_EVENT_OFFER, .seat = RUS, .packages = 1, .menu = {price(10)}};
    scene_hear(&scene, public); /* the same as its own, at another table: to be accepted */
    assert_accepts(scene_ask(&scene, DAYS(1)), 2);
    public.table = 2;
    scene_hear(&scene, public); /* tabling it was accepting it */
    assert_null(find_move(scene_ask(&scene, DAYS(2)), NP_ACCEPT));
    scene_close(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linear_gives_the_same_every_quarter),
        cmocka_unit_test(boulware_gives_late),
        cmocka_unit_test(conceder_gives_early),
        cmocka_unit_test(k_is_given_at_once),
        cmocka_unit_test(an_offer_is_accepted_when_it_is_worth_the_target_on_arrival),
        cmocka_unit_test(nothing_below_the_reservation_value_is_offered_or_accepted),
        cmocka_unit_test(the_offer_is_the_one_nearest_to_what_the_other_asks),
        cmocka_unit_test(at_an_open_table_offers_come_every_so_often_and_sooner_towards_the_end),
        cmocka_unit_test(at_an_open_table_the_same_package_is_not_tabled_twice),
        cmocka_unit_test(what_was_accepted_is_not_accepted_again),
        cmocka_unit_test(at_the_last_call_what_stands_is_accepted_and_nothing_new_is_tabled),
        cmocka_unit_test(an_offer_with_nothing_above_the_reservation_value_is_rejected_once),
        cmocka_unit_test(a_withdrawn_offer_is_not_accepted),
        cmocka_unit_test(after_the_signature_nobody_moves),
        cmocka_unit_test(offers_are_made_at_the_table_of_choice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
