/* menu: several packages at once. Worth: norway 0.6, israel 0.45, training 0.3; hold 0.4, swap 0.2,
 * cede 0; reservation 0.3; neutrality is a red line. */
#include <string.h>

#include "scene.h"

enum { NORWAY, ISRAEL, TRAINING, NEUTRALITY };
enum { HOLD, SWAP, CEDE };

#define MENU                                                                                       \
    "menu(issue=security, options=norway|israel|training, rule_out=neutrality, e=1, every=10)"

static void assert_menu(const Reply *reply, uint8_t packages, const Outcome *expected) {
    const Action *offer = find_move(reply, NP_OFFER);
    assert_non_null(offer);
    assert_int_equal(offer->packages, packages);
    assert_memory_equal(offer->menu, expected, packages * sizeof *expected);
}

static void it_rules_out_at_its_first_move_and_never_again(void **state) {
    (void)state;
    Scene scene;
    scene_security(&scene, 3);
    assert_true(scene_open(&scene, MENU));
    const Reply *reply = scene_ask(&scene, DAYS(0));
    assert_int_equal(reply->move[0].kind, NP_RULE_OUT);
    assert_int_equal(reply->move[0].issue, 0);
    assert_int_equal(reply->move[0].option, NEUTRALITY);
    assert_menu(reply, 1, (Outcome[]){deal(NORWAY, HOLD)});
    assert_null(find_move(scene_ask(&scene, DAYS(1)), NP_RULE_OUT));
    scene_close(&scene);
}

static void every_option_worth_the_target_is_on_the_menu(void **state) {
    (void)state;
    Scene scene;
    scene_security(&scene, 3);
    assert_true(scene_open(&scene, MENU));
    scene_ask(&scene, DAYS(0));
    /* 0.776 on day 32, 0.636 on day 52: each as close above as it gets. */
    assert_menu(scene_ask(&scene, DAYS(31)), 2,
                (Outcome[]){deal(NORWAY, SWAP), deal(ISRAEL, HOLD)});
    assert_menu(scene_ask(&scene, DAYS(51)), 3,
                (Outcome[]){deal(NORWAY, SWAP), deal(ISRAEL, SWAP), deal(TRAINING, HOLD)});
    scene_close(&scene);
}

static void what_the_other_does_not_ask_is_not_given(void **state) {
    (void)state;
    Scene scene;
    scene_security(&scene, 3);
    assert_true(scene_open(&scene, MENU));
    scene_hear_offer(&scene, RUS, deal(NEUTRALITY, HOLD));
    assert_menu(scene_ask(&scene, DAYS(51)), 3, /* target 0.636 */
                (Outcome[]){deal(NORWAY, HOLD), deal(ISRAEL, HOLD), deal(TRAINING, HOLD)});
    scene_close(&scene);
}

static void where_one_package_is_allowed_the_options_take_turns(void **state) {
    (void)state;
    Scene scene;
    scene_security(&scene, 2);
    scene.terms.mechanism = &mechanism_alternating_offers;
    scene.terms.menu_limit = 1;
    assert_true(scene_open(&scene, MENU));
    const Outcome expected[] = {deal(NORWAY, CEDE), deal(ISRAEL, SWAP), deal(TRAINING, HOLD),
                                deal(NORWAY, CEDE)};
    for (int i = 0; i < 4; i++) /* targets from 0.573 to 0.552 */
        assert_offers(scene_ask(&scene, DAYS(60 + i)), expected[i]);
    scene_close(&scene);
}

static void what_it_ruled_out_it_does_not_accept(void **state) {
    (void)state;
    Scene scene;
    scene_security(&scene, 2);
    scene.profile.red_lines = 0;
    scene.profile.value[0][NEUTRALITY] = utility_from(0.6);
    assert_true(scene_open(&scene, MENU));
    scene_hear_offer(&scene, RUS, deal(NEUTRALITY, HOLD)); /* worth 1 */
    assert_null(find_move(scene_ask(&scene, DAYS(90)), NP_ACCEPT));
    scene_hear_offer(&scene, RUS, deal(TRAINING, SWAP));
    assert_non_null(find_move(scene_ask(&scene, DAYS(91)), NP_ACCEPT));
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

static void bad_words_are_refused(void **state) {
    (void)state;
    refused("menu(issue=security, options=norway|isreal)", "the nearest is \"israel\"");
    refused("menu(issue=security, options=norway|norway)", "\"norway\" is named twice");
    refused("menu(issue=security, options=norway|)", "options must name an option of security");
    refused(
        "menu(issue=security, options=norway, rule_out=nutrality)",
        "rule_out: there is no option of security \"nutrality\"; the nearest is \"neutrality\".");
    refused("menu(issue=security, options=norway, rule_out=norway)", "also one of the options");
    refused("menu(issue=lines, options=hold)", "the nearest is \"line\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_rules_out_at_its_first_move_and_never_again),
        cmocka_unit_test(every_option_worth_the_target_is_on_the_menu),
        cmocka_unit_test(what_the_other_does_not_ask_is_not_given),
        cmocka_unit_test(where_one_package_is_allowed_the_options_take_turns),
        cmocka_unit_test(what_it_ruled_out_it_does_not_accept),
        cmocka_unit_test(bad_words_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
