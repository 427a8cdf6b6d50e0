/* The player: many runs at once, the same as one at a time; nothing allocated once warm. */
#include <string.h>

#include "agents/strategies.h"
#include "core/base/memory.h"
#include "core/base/run_index.h"
#include "core/scenario/scenario.h"
#include "scene.h"

/* --- one run, played against a fixed sequence of offers --- */

enum { ROUNDS = 30, RUNS = 40 };

typedef struct Transcript {
    Reply reply[ROUNDS];
} Transcript;

static Outcome heard_offer(uint64_t run, int round) {
    return deal((uint8_t)((run + (uint64_t)round) % 4),
                (uint8_t)((run * 7 + (uint64_t)round / 3) % 3));
}

static void open_run(Player *player, const Scene *scene, uint64_t run, const char *strategy) {
    Brief brief = {.run = run,
                   .seat = UKR,
                   .terms = &scene->terms,
                   .profile = &scene->profile,
                   .luck = rng_key(run, "strategy/ukraine"),
                   .strategy = strategy};
    assert_true(player_open_run(player, &brief, NULL));
}

static void play_round(Player *player, uint64_t run, int round, Reply *out) {
    Observation seen = {.at = DAYS(3 * round),
                        .kind = NP_EVENT_OFFER,
                        .seat = (uint8_t)(1 + round % 2),
                        .offer = (uint32_t)round + 1,
                        .expires_at = NP_NEVER,
                        .packages = 1,
                        .menu = {heard_offer(run, round)}};
    const Observation *pointer = &seen;
    Occasion occasion = {.at = seen.at, .observations = 1};
    Grant grant = {run, UKR, 1, &occasion, 1, &pointer};
    Answer answer;
    assert_true(player_obey(player, &grant, &answer, NULL));
    assert_int_equal(answer.run, run);
    *out = answer.reply[0];
}

static const char *const strategies[] = {
    "boulware(e=0.3, every=3)",
    "linear(every=3)",
    "conceder(every=6)",
    "tit_for_tat(every=3)",
    "plan_ladder(issue=security, plan_a=norway, plan_b=israel, every=3)",
    "menu(issue=security, options=norway|israel|training, rule_out=neutrality, every=3)",
    "mediator",
    "hill_climber",
    "annealer",
    "monotonic_concession(every=3)",
    "subgame_perfect",
    "staller(every=3)",
    "unilateral_conceder(every=3)",
    "pressure(lever=aid, from=9, every=3)",
    "step_by_step(every=3)",
    "maximalist(every=3)",
    "micro(every=3)",
    "hard_headed(every=3)",
    "random_walker(every=3)",
    "relative_tit_for_tat(every=3)",
    "random_tit_for_tat(every=3)",
    "averaged_tit_for_tat(every=3)",
    "nice_tit_for_tat(every=3)",
    "boa(bidding=trade_off(step=0.1), acceptance=ac_combi(t=0.8), opponent=bayesian, every=3)"};
enum { STRATEGIES = sizeof strategies / sizeof strategies[0] };

static void interleave(const Mechanism *mechanism, SeatId mediator, const char *strategy) {
    static Transcript alone[RUNS], together[RUNS];
    Scene scene;
    scene_security(&scene, 3);
    scene.terms.mechanism = mechanism;
    scene.terms.menu_limit = mechanism->menu_limit;
    scene.terms.mediator = mediator;
    for (uint64_t run = 0; run < RUNS; run++) {
        open_run(scene.player, &scene, run, strategy);
        for (int round = 0; round < ROUNDS; round++)
            play_round(scene.player, run, round, &alone[run].reply[round]);
        player_close_run(scene.player, run);
    }
    for (uint64_t run = 0; run < RUNS; run++) open_run(scene.player, &scene, run, strategy);
    for (int round = 0; round < ROUNDS; round++)
        for (uint64_t run = RUNS; run-- > 0;)
            play_round(scene.player, run, round, &together[run].reply[round]);
    assert_memory_equal(alone, together, sizeof alone);
    player_destroy(scene.player);
}

/* Nothing is kept outside a run's own state, whatever the rules: the seat mediates, or it judges. */
static void runs_interleaved_are_as_runs_one_at_a_time(void **state) {
    (void)state;
    for (int s = 0; s < STRATEGIES; s++) {
        for (size_t i = 0; mechanisms[i] != NULL; i++)
            interleave(mechanisms[i], UKR, strategies[s]);
        interleave(&mechanism_single_text, RUS, strategies[s]);
    }
}

static void nothing_is_allocated_once_warm(void **state) {
    (void)state;
    static Transcript transcript;
    Scene scene;
    scene_security(&scene, 3);
    uint64_t before = 0;
    for (uint64_t run = 0; run < 2000; run++) {
        if (run == 2 * STRATEGIES) before = memory_allocations();
        open_run(scene.player, &scene, run, strategies[run % STRATEGIES]);
        for (int round = 0; round < ROUNDS; round++)
            play_round(scene.player, run, round, &transcript.reply[round]);
        player_close_run(scene.player, run);
    }
    assert_int_equal(memory_allocations(), before);
    player_destroy(scene.player);
}

/* Every move of every strategy, whatever is heard: complete, above the reservation value, across no red
 * line, and with turns exactly one of offering and accepting. */
static void check_moves(const Scene *scene, const Reply *reply, bool turns) {
    uint32_t substance = 0;
    for (uint32_t i = 0; i < reply->moves; i++) {
        const Action *move = &reply->move[i];
        substance += move->kind == NP_OFFER || move->kind == NP_ACCEPT;
        for (uint8_t k = 0; move->kind == NP_OFFER && k < move->packages; k++) {
            assert_true(domain_complete(&scene->terms.domain, &move->menu[k]));
            assert_true(domain_contains(&scene->terms.domain, &move->menu[k]));
            assert_null(profile_crosses(&scene->profile, &move->menu[k]));
            assert_true(profile_utility(&scene->profile, &scene->terms.domain, &move->menu[k]) >=
                        scene->profile.reservation);
        }
    }
    if (turns) assert_int_equal(substance, 1);
    if (scene->terms.mechanism->rounds) assert_in_range(substance, 0, 1);
}

static void no_strategy_goes_below_its_reservation_value_or_across_a_red_line(void **state) {
    (void)state;
    const Mechanism *const held[] = {&mechanism_open_table, &mechanism_alternating_offers,
                                     &mechanism_simultaneous};
    for (int i = 0; i < 3; i++)
        for (int s = 0; s < STRATEGIES; s++) {
            Scene scene;
            scene_security(&scene, 3);
            scene.terms.mechanism = held[i];
            scene.terms.menu_limit = held[i]->menu_limit;
            for (uint64_t run = 0; run < RUNS; run++) {
                open_run(scene.player, &scene, run, strategies[s]);
                for (int round = 0; round < ROUNDS; round++) {
                    Reply reply;
                    play_round(scene.player, run, round, &reply);
                    check_moves(&scene, &reply, held[i]->turns);
                }
                player_close_run(scene.player, run);
            }
            player_destroy(scene.player);
        }
}

/* --- several occasions, and what is no grant --- */

static void a_grant_of_several_occasions_gets_a_reply_each(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_open_table, 2);
    assert_true(scene_open(&scene, "linear(every=50)"));
    Observation seen = {.kind = NP_EVENT_OFFER,
                        .seat = RUS,
                        .offer = 1,
                        .packages = 1,
                        .expires_at = NP_NEVER,
                        .menu = {price(9)}};
    const Observation *pointer = &seen;
    Occasion occasions[] = {{.at = 0}, {.at = DAYS(20), .observations = 1}, {.at = DAYS(21)}};
    Grant grant = {1, UKR, 3, occasions, 1, &pointer};
    Answer answer;
    assert_true(player_obey(scene.player, &grant, &answer, NULL));
    assert_int_equal(answer.replies, 3);
    assert_offers(&answer.reply[0], price(10));
    assert_accepts(&answer.reply[1], 1);
    assert_int_equal(answer.reply[2].moves, 0);
    scene_close(&scene);
}

/* The outside option rises above what might have done: the player's host hears of it before the strategy
 * decides. */
static void an_appraisal_changes_what_is_rejected(void **state) {
    (void)state;
    for (int better = 0; better < 2; better++) {
        Scene scene;
        scene_price(&scene, &mechanism_open_table, 2);
        assert_true(scene_open(&scene, "linear(every=50)"));
        scene_ask(&scene, 0);
        if (better)
            scene_hear(&scene, (Observation){.kind = NP_EVENT_APPRAISAL,
                                             .seat = UKR,
                                             .word = NP_ASPECT_RESERVATION,
                                             .amount = 0.95});
        scene_hear_offer(&scene, RUS, price(4));
        const Reply *reply = scene_ask(&scene, DAYS(20));
        assert_true((find_move(reply, NP_REJECT) != NULL) == better);
        scene_close(&scene);
    }
}

static void what_is_no_grant_is_refused(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_open_table, 2);
    assert_true(scene_open(&scene, "linear"));
    Answer answer;
    Occasion occasion = {.at = 0, .observations = 1};
    Grant unknown = {.run = 2}, uneven = {.run = 1, .occasions = 1, .occasion = &occasion};
    Error error = {0};
    assert_false(player_obey(scene.player, &unknown, &answer, &error));
    assert_int_equal(error.kind, ERROR_PROTOCOL);
    assert_false(player_obey(scene.player, &uneven, &answer, NULL));
    assert_false(scene_open(&scene, "linear")); /* the run is open already */
    player_close_run(scene.player, 99);         /* unknown: nothing happens */
    scene_close(&scene);
}

static void an_unknown_strategy_is_refused(void **state) {
    (void)state;
    Scene scene;
    scene_price(&scene, &mechanism_open_table, 2);
    assert_false(scene_open(&scene, "bulware"));
    assert_non_null(strstr(scene.error.text, "boulware"));
    assert_true(scene_open(&scene, "boulware"));
    scene_close(&scene);
}

static void an_accord_closes_its_issue_to_the_search(void **state) {
    (void)state;
    Scene scene;
    scene_security(&scene, 2);
    scene.terms.domain.issue[1].separable = true;
    assert_true(scene_open(&scene, "linear(every=10)"));
    assert_offers(scene_ask(&scene, 0), deal(0, 0));
    Outcome swap = deal(NP_NO_OPTION, 1);
    scene_hear(
        &scene,
        (Observation){.kind = NP_EVENT_ACCORD, .seat = NP_NO_SEAT, .packages = 1, .menu = {swap}});
    assert_offers(scene_ask(&scene, DAYS(10)), deal(0, 1));
    scene_close(&scene);
}

static void a_partial_accord_better_than_none_is_accepted_at_once(void **state) {
    (void)state;
    Scene scene;
    scene_security(&scene, 2);
    scene.terms.domain.issue[1].separable = true;
    scene.terms.domain.issue[1].status_quo = 2;
    assert_true(scene_open(&scene, "boulware"));
    scene_hear_offer(&scene, RUS, deal(NP_NO_OPTION, 1));
    assert_accepts(scene_ask(&scene, DAYS(1)), 1);
    scene_close(&scene);
}

static void every_strategy_says_what_it_is(void **state) {
    (void)state;
    StrategyCatalogue builtin = strategies_builtin();
    assert_int_equal(builtin.count, STRATEGIES);
    for (size_t i = 0; i < builtin.count; i++) {
        const Strategy *strategy = builtin.strategy[i];
        assert_int_equal(strategy->abi, NP_STRATEGY_ABI);
        assert_int_equal(strategy->size, sizeof *strategy);
        assert_true(strategy->state_size <= NP_MAX_STRATEGY_STATE);
        assert_non_null(strategy->summary);
        for (const Parameter *p = strategy->parameter; p != NULL && p->name != NULL; p++) {
            assert_true(p - strategy->parameter < NP_MAX_PARAMETERS);
            assert_non_null(p->summary);
            assert_true(p->text != NULL || (p->least <= p->initial && p->initial <= p->most));
        }
    }
}

static void runs_are_found_by_id_however_they_come_and_go(void **state) {
    (void)state;
    static char there[1000];
    RunIndex table = {0};
    Rng rng = rng_stream(rng_key(1, "test/runs"));
    memset(there, 0, sizeof there);
    for (int i = 0; i < 20000; i++) {
        uint64_t run = rng_below(&rng, sizeof there);
        if (there[run])
            assert_ptr_equal(run_index_remove(&table, run * 4096), &there[run]);
        else
            run_index_add(&table, run * 4096, &there[run]);
        there[run] = !there[run];
        uint64_t other = rng_below(&rng, sizeof there);
        assert_ptr_equal(run_index_find(&table, other * 4096), there[other] ? &there[other] : NULL);
    }
    run_index_finish(&table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_interleaved_are_as_runs_one_at_a_time),
        cmocka_unit_test(nothing_is_allocated_once_warm),
        cmocka_unit_test(no_strategy_goes_below_its_reservation_value_or_across_a_red_line),
        cmocka_unit_test(a_grant_of_several_occasions_gets_a_reply_each),
        cmocka_unit_test(an_appraisal_changes_what_is_rejected),
        cmocka_unit_test(what_is_no_grant_is_refused),
        cmocka_unit_test(an_unknown_strategy_is_refused),
        cmocka_unit_test(an_accord_closes_its_issue_to_the_search),
        cmocka_unit_test(a_partial_accord_better_than_none_is_accepted_at_once),
        cmocka_unit_test(every_strategy_says_what_it_is),
        cmocka_unit_test(runs_are_found_by_id_however_they_come_and_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
