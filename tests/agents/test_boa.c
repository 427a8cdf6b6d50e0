/* Compositions: each acceptance condition by hand, curves against the strategies that follow them, the choice among equals by
 * what the other is believed to want, and what is refused. */
#include <stdio.h>
#include <string.h>

#include "scene.h"

/* --- acceptance: two offers are heard, is the second accepted? --- */

typedef struct Case {
    const char *bidding, *acceptance;
    int first_day, first, day, offer;
    bool accepts;
} Case;

/* linear: what takes effect on day 20 is asked 0.84, so 0.9 is tabled; on day 40 0.68, so 0.7 would be next. The hardliner
 * tables 1 and would table 1. */
static const Case cases[] = {
    {"linear", "ac_next", 19, 0, 39, 7, true},
    {"linear", "ac_next", 19, 0, 39, 6, false},
    {"linear", "ac_next(b=0.1)", 19, 0, 39, 6, true},
    {"linear", "ac_next(a=1.4)", 19, 0, 39, 5, true},
    {"linear", "ac_next(a=1.4)", 19, 0, 39, 4, false},
    {"linear", "ac_prev", 19, 0, 39, 9, true},
    {"linear", "ac_prev", 19, 0, 39, 8, false},
    {"linear", "ac_prev(b=0.1)", 19, 0, 39, 8, true},
    {"linear", "ac_const(c=0.5)", 19, 0, 39, 5, true},
    {"linear", "ac_const(c=0.5)", 19, 0, 39, 4, false},
    {"linear", "ac_const(c=0)", 19, 0, 39, 1, false}, /* not below the reservation value */
    {"linear", "ac_time(t=0.4)", 19, 0, 39, 2, true},
    {"linear", "ac_time(t=0.4)", 19, 0, 39, 1, false},
    {"linear", "ac_time(t=0.41)", 19, 0, 39, 10, false},
    {"linear", "ac_gap(gap=0.1)", 19, 0, 39, 8, true},
    {"linear", "ac_gap(gap=0.1)", 19, 0, 39, 7, false},
    {"linear", "ac_low", 19, 0, 39, 7, true},
    {"linear", "ac_low", 19, 0, 39, 6, false},
    {"relative_tit_for_tat", "ac_low", 19, 8, 39, 0, false},
    {"linear", "ac_asp", 19, 0, 39, 7, true},
    {"linear", "ac_asp", 19, 0, 39, 6, false},
    {"linear(k=0.1)", "ac_asp", 19, 0, 39, 7, true},
    {"hardliner", "ac_combi(t=0.4)", 19, 3, 39, 4, true}, /* the best so far */
    {"hardliner", "ac_combi(t=0.4)", 19, 5, 39, 4, false},
    {"hardliner", "ac_combi(t=0.41)", 19, 3, 39, 4, false},
    {"hardliner", "ac_combi(t=0.8)", 19, 6, 79, 4, true}, /* the first is longer ago than is left */
    {"hardliner", "ac_combi(t=0.8)", 61, 6, 79, 4, false},
    {"hardliner", "ac_combi_max(t=0.8)", 19, 6, 79, 4, false},
    {"hardliner", "ac_combi_max(t=0.8)", 19, 4, 79, 4, true},
    {"hardliner", "ac_combi_avg(t=0.4)", 19, 3, 39, 4, true},
    {"hardliner", "ac_combi_avg(t=0.4)", 19, 5, 39, 4, false},
    {"hardliner", "ac_combi_avg(t=0.8)", 19, 6, 79, 3, true},
    {"linear", "ac_combi(t=0.9)", 19, 0, 39, 7, true}, /* as ac_next */
};

static bool accepts(const Case *c) {
    Scene scene;
    char spec[256];
    snprintf(spec, sizeof spec, "boa(bidding=%s, acceptance=%s)", c->bidding, c->acceptance);
    scene_price(&scene, &mechanism_alternating_offers, 2);
    assert_true(scene_open(&scene, spec));
    scene_hear_offer(&scene, RUS, price((uint8_t)c->first));
    scene_ask(&scene, DAYS(c->first_day));
    scene_hear_offer(&scene, RUS, price((uint8_t)c->offer));
    bool accepted = find_move(scene_ask(&scene, DAYS(c->day)), NP_ACCEPT) != NULL;
    scene_close(&scene);
    return accepted;
}

static void each_condition_accepts_what_it_says(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (accepts(&cases[i]) != cases[i].accepts)
            fail_msg("%s, %s: %d on day %d", cases[i].bidding, cases[i].acceptance, cases[i].offer,
                     cases[i].day);
}

/* --- curves --- */

static void same_replies(const Mechanism *mechanism, const char *composed, const char *strategy) {
    Scene one, other;
    scene_security(&one, 3);
    scene_security(&other, 3);
    one.terms.mechanism = other.terms.mechanism = mechanism;
    assert_true(scene_open(&one, composed));
    assert_true(scene_open(&other, strategy));
    for (int day = 0; day < 99; day += 3) {
        Outcome heard = deal((uint8_t)(day % 4), (uint8_t)(day / 7 % 3));
        if (day % 2 != 0) scene_hear_offer(&one, (SeatId)(RUS + day % 2), heard);
        if (day % 2 != 0) scene_hear_offer(&other, (SeatId)(RUS + day % 2), heard);
        Reply reply = *scene_ask(&one, DAYS(day));
        const Reply *expected = scene_ask(&other, DAYS(day));
        assert_memory_equal(&reply, expected, sizeof reply);
    }
    scene_close(&one);
    scene_close(&other);
}

static void a_curve_with_ac_asp_is_the_strategy_of_that_name(void **state) {
    (void)state;
    const Mechanism *const held[] = {&mechanism_open_table, &mechanism_alternating_offers,
                                     &mechanism_simultaneous};
    for (int i = 0; i < 3; i++) {
        same_replies(held[i], "boa(bidding=boulware(e=0.3, k=0.1), acceptance=ac_asp, every=6)",
                     "boulware(e=0.3, k=0.1, every=6)");
        same_replies(held[i], "boa(bidding=linear, acceptance=ac_asp)", "linear");
        same_replies(held[i], "boa(bidding=conceder(e=3), acceptance=ac_asp)", "conceder(e=3)");
    }
}

static void a_strategy_by_name_is_its_composition(void **state) {
    (void)state;
    const Mechanism *turns = &mechanism_alternating_offers;
    same_replies(turns, "boa(bidding=micro, acceptance=ac_asp)", "micro");
    same_replies(turns, "boa(bidding=random_walker, acceptance=ac_next)", "random_walker");
    same_replies(turns, "boa(bidding=hard_headed(e=0.1), acceptance=ac_low, opponent=frequency)",
                 "hard_headed(e=0.1)");
    same_replies(turns, "boa(bidding=averaged_tit_for_tat(window=3), acceptance=ac_asp)",
                 "averaged_tit_for_tat(window=3)");
}

static void the_exponential_curve_is_that_of_the_paper(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_alternating_offers, 2);
    assert_true(scene_open(&scene, "boa(bidding=exponential(k=0.05))"));
    /* F = 0.05^(1 - t/T): 0.2236 half-way, 0.5493 at 0.8, 0.0500 at first. */
    assert_offers(scene_ask(&scene, 0), price(10));       /* 0.9588 */
    assert_offers(scene_ask(&scene, DAYS(49)), price(9)); /* 0.8211 */
    assert_offers(scene_ask(&scene, DAYS(79)), price(6)); /* 0.5606 */
    assert_offers(scene_ask(&scene, DAYS(99)), price(2));
    scene_close(&scene);
}

static void a_trade_off_gives_way_when_it_gets_nothing_for_it(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_alternating_offers, 2);
    assert_true(scene_open(&scene, "boa(bidding=trade_off(step=0.25))"));
    static const uint8_t heard[] = {0, 1, 1, 0, 3}, expected[] = {10, 10, 8, 6, 6};
    for (int i = 0; i < 5; i++) { /* 1, 1, 0.8, 0.6, 0.6 */
        scene_hear_offer(&scene, RUS, price(heard[i]));
        assert_offers(scene_ask(&scene, DAYS(2 * i)), price(expected[i]));
    }
    scene_close(&scene);
}

static void hard_headed_walks_down_to_its_limit_and_begins_again(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_alternating_offers, 2);
    assert_true(scene_open(&scene, "hard_headed(e=1, k=0)"));
    /* On day 30 the limit is 0.7520: 1, 0.9, 0.8, and then anything from there up. */
    static const uint8_t walked[] = {10, 9, 8};
    for (int i = 0; i < 3; i++) assert_offers(scene_ask(&scene, DAYS(30)), price(walked[i]));
    for (int i = 0; i < 10; i++) {
        const Action *offer = find_move(scene_ask(&scene, DAYS(30)), NP_OFFER);
        assert_non_null(offer);
        assert_in_range(offer->menu[0].option[0], 8, 10);
    }
    /* What the other once asked for itself is better than what would be asked of it. */
    scene_hear_offer(&scene, RUS, price(0));
    scene_ask(&scene, DAYS(31));
    scene_close(&scene);
}

/* --- opponent models --- */

/* Line does not matter to this seat at all: the other gets what it is believed to want. */
static void among_equals_the_other_gets_what_it_wants(void **state) {
    (void)state;
    static const char *const models[] = {"frequency", "smoothed_frequency", "bayesian",
                                         "scalable_bayesian"};
    for (size_t i = 0; i < sizeof models / sizeof models[0]; i++)
        for (uint8_t wish = 0; wish < 3; wish += 2) {
            Scene scene;
            char spec[128];
            snprintf(spec, sizeof spec, "boa(bidding=linear, opponent=%s)", models[i]);
            scene_security(&scene, 2);
            scene.terms.mechanism = &mechanism_alternating_offers;
            for (int option = 0; option < 3; option++)
                scene.profile.value[1][option] = utility_from(0.4);
            assert_true(scene_open(&scene, spec));
            scene_hear_offer(&scene, RUS, deal(2, wish));
            assert_offers(scene_ask(&scene, DAYS(1)), deal(0, wish));
            scene_close(&scene);
        }
}

/* --- what is refused --- */

static void an_unknown_part_is_refused_with_the_nearest(void **state) {
    (void)state;
    static const struct {
        const char *spec, *says;
    } wrong[] = {
        {"boa(bidding=bulware)", "unknown bidding \"bulware\"; did you mean boulware?"},
        {"boa(acceptance=ac_nex)",
         "unknown acceptance condition \"ac_nex\"; did you mean ac_next?"},
        {"boa(opponent=zzz)", "unknown opponent model \"zzz\"; known: none frequency"},
        {"boa(bidding=linear(e=1))", "bidding: linear has no parameter \"e\""},
        {"boa(acceptance=ac_time(t=2))", "acceptance condition: t=2 is out of range: 0 to 1"},
        {"boa(table=nowhere)", "table"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        Scene scene;
        scene_price(&scene, &mechanism_open_table, 2);
        assert_false(scene_open(&scene, wrong[i].spec));
        if (strstr(scene.error.text, wrong[i].says) == NULL) fail_msg("%s", scene.error.text);
        assert_true(scene_open(&scene, "boa"));
        scene_close(&scene);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_condition_accepts_what_it_says),
        cmocka_unit_test(a_curve_with_ac_asp_is_the_strategy_of_that_name),
        cmocka_unit_test(a_strategy_by_name_is_its_composition),
        cmocka_unit_test(the_exponential_curve_is_that_of_the_paper),
        cmocka_unit_test(a_trade_off_gives_way_when_it_gets_nothing_for_it),
        cmocka_unit_test(hard_headed_walks_down_to_its_limit_and_begins_again),
        cmocka_unit_test(among_equals_the_other_gets_what_it_wants),
        cmocka_unit_test(an_unknown_part_is_refused_with_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
