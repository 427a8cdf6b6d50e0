/* A seat's own numbers move while it negotiates: what it asks for, what an offer is worth to it and what it still
 * stands by are those of now. */
#include "scene.h"

static void appraise(Scene *scene, Aspect aspect, double amount) {
    scene_hear(scene, (Observation){.kind = NP_EVENT_APPRAISAL,
                                    .seat = UKR,
                                    .word = (uint8_t)aspect,
                                    .amount = amount});
}

static uint32_t count_moves(const Reply *reply, ActionKind kind) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < reply->moves; i++) count += reply->move[i].kind == kind;
    return count;
}

static bool withdraws(const Reply *reply, uint32_t offer) {
    for (uint32_t i = 0; i < reply->moves; i++)
        if (reply->move[i].kind == NP_WITHDRAW && reply->move[i].offer == offer) return true;
    return false;
}

static const char *const all[] = {"boulware",
                                  "linear",
                                  "conceder",
                                  "tit_for_tat",
                                  "monotonic_concession",
                                  "unilateral_conceder",
                                  "staller",
                                  "subgame_perfect",
                                  "pressure(lever=aid, level=0.5)",
                                  "menu(issue=price, options=p10|p9)",
                                  "plan_ladder(issue=price, plan_a=p10, plan_b=p9)"};
enum { ALL = sizeof all / sizeof all[0] };

static void set_up(Scene *scene, const Mechanism *mechanism, const char *strategy) {
    scene_price(scene, mechanism, 3);
    assert_true(scene_open(scene, strategy));
}

/* --- what it stands by --- */

static void everybody_takes_back_what_falls_below_the_outside_option(void **state) {
    (void)state;
    for (size_t i = 0; i < ALL; i++) {
        Scene scene;
        set_up(&scene, &mechanism_open_table, all[i]);
        scene_hear_offer(&scene, RUS, price(10));
        assert_accepts(scene_ask(&scene, DAYS(1)), 1);
        appraise(&scene, NP_ASPECT_RESERVATION, 0.9);
        assert_int_equal(count_moves(scene_ask(&scene, DAYS(2)), NP_WITHDRAW), 0);
        appraise(&scene, NP_ASPECT_RESERVATION, 1.1);
        const Reply *reply = scene_ask(&scene, DAYS(3));
        if (!withdraws(reply, 1)) fail_msg("%s stands by it", all[i]);
        assert_null(find_move(reply, NP_OFFER));
        assert_null(find_move(reply, NP_ACCEPT));
        assert_int_equal(count_moves(scene_ask(&scene, DAYS(4)), NP_WITHDRAW), 0);
        appraise(&scene, NP_ASPECT_RESERVATION, 0.2);
        assert_accepts(scene_ask(&scene, DAYS(5)), 1); /* and again when it is worth it again */
        scene_close(&scene);
    }
}

static void everybody_withdraws_its_own_offer_and_tables_it_again_later(void **state) {
    (void)state;
    for (size_t i = 0; i < ALL; i++) {
        Scene scene;
        set_up(&scene, &mechanism_open_table, all[i]);
        assert_int_equal(find_move(scene_ask(&scene, 0), NP_OFFER)->menu[0].option[0], 10);
        appraise(&scene, NP_ASPECT_RESERVATION, 1.1);
        const Reply *reply = scene_ask(&scene, DAYS(1));
        if (!withdraws(reply, 1)) fail_msg("%s stands by it", all[i]);
        assert_null(find_move(reply, NP_OFFER));
        appraise(&scene, NP_ASPECT_RESERVATION, 0.99);
        reply = scene_ask(&scene, DAYS(60));
        assert_int_equal(count_moves(reply, NP_WITHDRAW), 0);
        assert_int_equal(find_move(reply, NP_OFFER)->menu[0].option[0], 10);
        scene_close(&scene);
    }
}

static void an_offer_below_the_outside_option_is_replaced_at_once(void **state) {
    (void)state;
    Scene scene;
    set_up(&scene, &mechanism_open_table, "boulware(k=1, every=50)");
    assert_offers(scene_ask(&scene, 0), price(2));
    appraise(&scene, NP_ASPECT_RESERVATION, 0.55);
    const Reply *reply = scene_ask(&scene, DAYS(5));
    assert_true(withdraws(reply, 1));
    assert_offers(reply, price(6));
    assert_int_equal(scene_ask(&scene, DAYS(6))->moves, 0);
    scene_close(&scene);
}

/* It has no number yet; it is waited for, or replaced. */
static void an_offer_on_its_way_is_withdrawn_when_it_arrives(void **state) {
    (void)state;
    Scene scene;
    set_up(&scene, &mechanism_open_table, "staller");
    assert_offers(scene_ask(&scene, 0), price(10));
    Observation own = scene.seen[--scene.count];
    appraise(&scene, NP_ASPECT_RESERVATION, 1.1);
    const Reply *reply = scene_ask(&scene, DAYS(1) / 2);
    assert_int_equal(count_moves(reply, NP_WITHDRAW), 0);
    assert_true(reply->wake_at <= DAYS(1) + DAYS(1) / 2);
    scene.seen[scene.count++] = own;
    assert_true(withdraws(scene_ask(&scene, DAYS(1)), 1));
    scene_close(&scene);
}

static void in_turn_and_in_rounds_it_takes_back_too(void **state) {
    (void)state;
    const Mechanism *const kinds[] = {&mechanism_alternating_offers, &mechanism_simultaneous};
    for (int i = 0; i < 2; i++) {
        Scene scene;
        set_up(&scene, kinds[i], "linear");
        scene_hear_offer(&scene, RUS, price(10));
        assert_accepts(scene_ask(&scene, DAYS(1)), 1);
        appraise(&scene, NP_ASPECT_RESERVATION, 1.1);
        assert_true(withdraws(scene_ask(&scene, DAYS(2)), 1));
        scene_close(&scene);
    }
}

static void a_yes_to_a_final_reading_is_taken_back(void **state) {
    (void)state;
    static const char *const judges[] = {"hill_climber", "annealer", "linear(k=1)"};
    for (int i = 0; i < 3; i++) {
        Scene scene;
        scene_security(&scene, 3);
        scene.terms.mechanism = &mechanism_single_text;
        scene.terms.menu_limit = 1;
        scene.terms.mediator = USA;
        assert_true(scene_open(&scene, judges[i]));
        scene_hear_offer(&scene, USA, deal(1, 1)); /* 0.65 */
        assert_accepts(scene_ask(&scene, DAYS(1)), 1);
        scene_hear_yes(&scene, UKR, 1, 7, deal(1, 1));
        appraise(&scene, NP_ASPECT_RESERVATION, 0.7);
        assert_int_equal(scene_ask(&scene, DAYS(2))->moves, 0); /* a draft binds nobody */
        appraise(&scene, NP_ASPECT_RESERVATION, 0.3);
        scene_hear_offer(&scene, USA, deal(1, 1));
        assert_accepts(scene_ask(&scene, DAYS(3)), 2);
        appraise(&scene, NP_ASPECT_RESERVATION, 0.7);
        const Reply *reply = scene_ask(&scene, DAYS(4));
        assert_int_equal(reply->moves, 1);
        assert_int_equal(reply->move[0].kind, NP_REJECT);
        assert_int_equal(reply->move[0].offer, 2);
        scene_close(&scene);
    }
}

/* --- what it asks for --- */

/* Half of the way at day 49, when what is decided then arrives on day 50. */
static void the_clock_runs_between_the_numbers_of_now(void **state) {
    (void)state;
    const struct {
        double reservation;
        uint8_t asks;
    } rows[] = {{0, 5}, {0.2, 6}, {0.6, 8}, {0.8, 9}};
    for (int i = 0; i < 4; i++) {
        Scene scene;
        set_up(&scene, &mechanism_open_table, "linear");
        assert_offers(scene_ask(&scene, 0), price(10));
        appraise(&scene, NP_ASPECT_RESERVATION, rows[i].reservation);
        assert_offers(scene_ask(&scene, DAYS(49)), price(rows[i].asks));
        scene_close(&scene);
    }
}

/* After two concessions of 0.2 it upholds half of 0.8, then half of 0.4. */
static void a_claim_is_upheld_in_the_same_proportion(void **state) {
    (void)state;
    Scene scene;
    set_up(&scene, &mechanism_open_table, "unilateral_conceder(step=0.2, every=10)");
    for (int day = 0; day <= 20; day += 10) scene_ask(&scene, DAYS(day));
    appraise(&scene, NP_ASPECT_RESERVATION, 0.6);
    scene_hear_offer(&scene, RUS, price(7));
    assert_null(find_move(scene_ask(&scene, DAYS(21)), NP_ACCEPT));
    scene_hear_offer(&scene, RUS, price(8));
    assert_accepts(scene_ask(&scene, DAYS(22)), scene.offers);
    scene_close(&scene);
}

static void a_plan_that_gains_nothing_any_more_is_dropped(void **state) {
    (void)state;
    Scene scene;
    set_up(&scene, &mechanism_open_table,
           "plan_ladder(issue=price, plan_a=p6, plan_b=p9, until=0, every=50)");
    assert_offers(scene_ask(&scene, 0), price(6));
    appraise(&scene, NP_ASPECT_RESERVATION, 0.7);
    assert_offers(scene_ask(&scene, DAYS(1)), price(9));
    scene_close(&scene);
}

/* --- what an offer is worth --- */

/* A peace that hardly holds, until the world says that it does. */
static void set_up_peace(Scene *scene, Durability *peace, const char *strategy) {
    scene_security(scene, 2);
    *peace = (Durability){.base = 1, .shape = 1, .discount = 0.95, .horizon = 10};
    durability_settle(peace);
    scene->terms.durability = scene->profile.durability = peace;
    scene->profile.reservation = 0;
    assert_true(scene_open(scene, strategy));
}

static void a_better_peace_makes_a_standing_offer_good_enough(void **state) {
    (void)state;
    Durability peace;
    Scene scene;
    set_up_peace(&scene, &peace, "boulware(k=1)");
    appraise(&scene, NP_ASPECT_RESERVATION, 0.5);
    scene_hear_offer(&scene, RUS, deal(0, 1)); /* 0.8, if only it held */
    assert_null(find_move(scene_ask(&scene, DAYS(1)), NP_ACCEPT));
    appraise(&scene, NP_ASPECT_HAZARD, -10);
    assert_accepts(scene_ask(&scene, DAYS(2)), 1);
    appraise(&scene, NP_ASPECT_HAZARD, 0);
    assert_true(withdraws(scene_ask(&scene, DAYS(3)), 1));
    scene_close(&scene);
}

static void an_appraisal_is_nobodys_concession(void **state) {
    (void)state;
    static const char *const watchful[] = {"tit_for_tat(goodwill=0)",
                                           "tit_for_tat(goodwill=0, window=3)"};
    for (int i = 0; i < 2; i++) {
        Durability peace;
        Scene scene;
        set_up_peace(&scene, &peace, watchful[i]);
        for (int day = 0; day < 4; day++) {
            scene_hear_offer(&scene, RUS, deal(2, 2)); /* 0.3 when it holds */
            scene_ask(&scene, DAYS(day));
        }
        appraise(&scene, NP_ASPECT_HAZARD, -10);
        for (int day = 20; day < 23; day++) {
            scene_hear_offer(&scene, RUS, deal(2, 2));
            assert_null(find_move(scene_ask(&scene, DAYS(day)), NP_OFFER)); /* the best stands */
        }
        scene_hear_offer(&scene, RUS, deal(1, 1)); /* a concession it is now: to half the claim */
        assert_non_null(find_move(scene_ask(&scene, DAYS(40)), NP_OFFER));
        scene_close(&scene);
    }
}

/* RUS has come 0.3 towards UKR: so does UKR, whatever the peace was worth when it was first heard. */
static void zeuthen_compares_claims_at_the_worth_of_now(void **state) {
    (void)state;
    Durability peace;
    Scene scene;
    set_up_peace(&scene, &peace, "monotonic_concession(step=0.001)");
    scene_hear_offer(&scene, RUS, deal(2, 2)); /* 0.3 of 1 */
    scene_ask(&scene, 0);
    appraise(&scene, NP_ASPECT_HAZARD, -10);
    scene_hear_offer(&scene, RUS, deal(0, 2));              /* 0.6 of 1 */
    assert_offers(scene_ask(&scene, DAYS(20)), deal(0, 1)); /* 0.8: more than 0.7 */
    scene_close(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_takes_back_what_falls_below_the_outside_option),
        cmocka_unit_test(everybody_withdraws_its_own_offer_and_tables_it_again_later),
        cmocka_unit_test(an_offer_below_the_outside_option_is_replaced_at_once),
        cmocka_unit_test(an_offer_on_its_way_is_withdrawn_when_it_arrives),
        cmocka_unit_test(in_turn_and_in_rounds_it_takes_back_too),
        cmocka_unit_test(a_yes_to_a_final_reading_is_taken_back),
        cmocka_unit_test(the_clock_runs_between_the_numbers_of_now),
        cmocka_unit_test(a_claim_is_upheld_in_the_same_proportion),
        cmocka_unit_test(a_plan_that_gains_nothing_any_more_is_dropped),
        cmocka_unit_test(a_better_peace_makes_a_standing_offer_good_enough),
        cmocka_unit_test(an_appraisal_is_nobodys_concession),
        cmocka_unit_test(zeuthen_compares_claims_at_the_worth_of_now),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
