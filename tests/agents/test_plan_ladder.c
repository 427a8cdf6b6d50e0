/* plan_ladder: norway first, then israel. Worth: norway 0.6, israel 0.45, training 0.3; hold 0.4,
 * swap 0.2, cede 0; reservation 0.3. */
#include <string.h>

#include "scene.h"

enum { NORWAY, ISRAEL, TRAINING, NEUTRALITY };
enum { HOLD, SWAP, CEDE };

#define LADDER "plan_ladder(issue=security, plan_a=norway, plan_b=israel, e=1, every=10"

static void open_ladder(Scene *scene, const char *strategy) {
    scene_security(scene, 3);
    assert_true(scene_open(scene, strategy));
}

static void plan_a_is_held_until_its_date(void **state) {
    (void)state;
    Scene scene;
    open_ladder(&scene, LADDER ", until=40, rejections=0)");
    scene_hear_offer(&scene, RUS, deal(NEUTRALITY, CEDE));
    assert_offers(scene_ask(&scene, DAYS(0)), deal(NORWAY, HOLD)); /* target of day 1: 0.993 */
    assert_null(find_move(scene_ask(&scene, DAYS(10)), NP_OFFER));
    assert_null(find_move(scene_ask(&scene, DAYS(20)), NP_OFFER));
    assert_offers(scene_ask(&scene, DAYS(30)), deal(NORWAY, SWAP)); /* 0.783 <= 0.8 */
    /* Plan B is worth 0.85 at best: 0.3 + 0.59 x 0.55 = 0.6245 on day 41. */
    assert_offers(scene_ask(&scene, DAYS(40)), deal(ISRAEL, SWAP));
    scene_close(&scene);
}

static void within_the_plan_it_gives_on_the_other_issue(void **state) {
    (void)state;
    Scene scene;
    open_ladder(&scene, LADDER ", until=0, rejections=0)");
    scene_hear_offer(&scene, RUS, deal(NEUTRALITY, CEDE));
    assert_offers(scene_ask(&scene, DAYS(0)), deal(NORWAY, HOLD));
    assert_offers(scene_ask(&scene, DAYS(50)), deal(NORWAY, SWAP)); /* 0.643 */
    assert_offers(scene_ask(&scene, DAYS(60)), deal(NORWAY, CEDE)); /* 0.573 <= 0.6 */
    scene_close(&scene);
}

static void needed_rejections_bring_plan_b_at_once(void **state) {
    (void)state;
    Scene scene;
    open_ladder(&scene, LADDER ", until=0, rejections=2)");
    assert_offers(scene_ask(&scene, DAYS(0)), deal(NORWAY, HOLD));
    Observation no = {.kind = NP_EVENT_REJECTION, .seat = RUS, .offer = 1};
    scene_hear(&scene, no);
    assert_null(find_move(scene_ask(&scene, DAYS(2)), NP_OFFER));
    no.seat = USA;
    scene_hear(&scene, no);
    assert_offers(scene_ask(&scene, DAYS(3)), deal(ISRAEL, HOLD));
    scene_close(&scene);
}

static void a_rejection_by_a_seat_whose_yes_is_not_needed_does_not_count(void **state) {
    (void)state;
    Scene scene;
    scene_security(&scene, 3);
    scene.terms.consent = (Consent){.all = 7, .always = 1u << UKR | 1u << USA};
    assert_true(scene_open(&scene, LADDER ", until=0, rejections=1)"));
    scene_ask(&scene, DAYS(0));
    scene_hear(&scene, (Observation){.kind = NP_EVENT_REJECTION, .seat = RUS, .offer = 1});
    assert_null(find_move(scene_ask(&scene, DAYS(2)), NP_OFFER));
    scene_hear(&scene, (Observation){.kind = NP_EVENT_REJECTION, .seat = USA, .offer = 1});
    assert_offers(scene_ask(&scene, DAYS(3)), deal(ISRAEL, HOLD));
    scene_close(&scene);
}

static void with_turns_a_counteroffer_is_a_rejection(void **state) {
    (void)state;
    Scene scene;
    scene_security(&scene, 2);
    scene.terms.mechanism = &mechanism_alternating_offers;
    assert_true(scene_open(&scene, LADDER ", until=0, rejections=2)"));
    assert_offers(scene_ask(&scene, DAYS(0)), deal(NORWAY, HOLD));
    scene_hear_offer(&scene, RUS, deal(NEUTRALITY, CEDE));
    assert_offers(scene_ask(&scene, DAYS(2)), deal(NORWAY, HOLD));
    scene_hear_offer(&scene, RUS, deal(NEUTRALITY, CEDE));
    assert_int_equal(find_move(scene_ask(&scene, DAYS(4)), NP_OFFER)->menu[0].option[0], ISRAEL);
    scene_close(&scene);
}

static void under_plan_a_only_plan_a_is_accepted(void **state) {
    (void)state;
    Scene scene;
    open_ladder(&scene, LADDER ", until=60, rejections=0)");
    scene_hear_offer(&scene, RUS, deal(ISRAEL, HOLD)); /* 0.85 */
    scene_hear_offer(&scene, USA, deal(NORWAY, SWAP)); /* 0.8 */
    const Reply *reply = scene_ask(&scene, DAYS(40));  /* target 0.713 */
    assert_accepts(reply, 2);
    reply = scene_ask(&scene, DAYS(60));
    assert_accepts(reply, 1);
    scene_close(&scene);
}

static void it_walks_out_on_its_day(void **state) {
    (void)state;
    Scene scene;
    open_ladder(&scene, LADDER ", walk_out=35)");
    assert_true(scene_ask(&scene, DAYS(0))->wake_at == DAYS(10));
    assert_true(scene_ask(&scene, DAYS(30))->wake_at == DAYS(35));
    const Reply *reply = scene_ask(&scene, DAYS(35));
    assert_int_equal(reply->moves, 1);
    assert_int_equal(reply->move[0].kind, NP_WALK_OUT);
    scene_close(&scene);
}

static void a_plan_a_across_a_red_line_is_passed_over(void **state) {
    (void)state;
    Scene scene;
    open_ladder(&scene, "plan_ladder(issue=security, plan_a=neutrality, plan_b=israel)");
    assert_offers(scene_ask(&scene, DAYS(0)), deal(ISRAEL, HOLD));
    scene_close(&scene);
}

static void refused(const char *strategy, const char *sentence) {
    Scene scene;
    scene_security(&scene, 2);
    assert_false(scene_open(&scene, strategy));
    assert_int_equal(scene.error.kind, ERROR_SCENARIO);
    if (strstr(scene.error.text, sentence) == NULL) fail_msg("%s", scene.error.text);
    scene_close(&scene);
}

static void unknown_names_are_refused_with_the_nearest(void **state) {
    (void)state;
    refused("plan_ladder(issue=securty, plan_a=norway, plan_b=israel)",
            "issue: there is no issue \"securty\"; the nearest is \"security\".");
    refused("plan_ladder(issue=security, plan_a=norwy, plan_b=israel)",
            "plan_a: there is no option of security \"norwy\"; the nearest is \"norway\".");
    refused("plan_ladder(issue=security, plan_a=norway, plan_b=xyzzy)",
            "plan_b: there is no option of security \"xyzzy\"; the first one here is \"norway\".");
    refused("plan_ladder(issue=security, plan_a=norway)",
            "plan_b must name an option of security; the first one here is \"norway\".");
    refused("plan_ladder", "issue must name an issue; the first one here is \"security\".");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plan_a_is_held_until_its_date),
        cmocka_unit_test(within_the_plan_it_gives_on_the_other_issue),
        cmocka_unit_test(needed_rejections_bring_plan_b_at_once),
        cmocka_unit_test(a_rejection_by_a_seat_whose_yes_is_not_needed_does_not_count),
        cmocka_unit_test(with_turns_a_counteroffer_is_a_rejection),
        cmocka_unit_test(under_plan_a_only_plan_a_is_accepted),
        cmocka_unit_test(it_walks_out_on_its_day),
        cmocka_unit_test(a_plan_a_across_a_red_line_is_passed_over),
        cmocka_unit_test(unknown_names_are_refused_with_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
