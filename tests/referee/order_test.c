/* Who waits for whom.
 *   T12  a unilateral move never waits for consent
 *   T13  the order in which processes answer at one simulated time never changes the record */
#include "tests/referee/stage.h"

#include "agents/player.h"

/* Three seats that agree on nothing; one of them has a lever. */
static const char *const deadlock =
    "nonpaper: 1\nname: deadlock\ntime: {start: 2025-01-01, deadline: 40d, delay: 2d}\nmechanism: "
    "open-table\n"
    "issues: {line: {options: [east, west, sea], status_quo: east}}\n"
    "world:\n  variables:\n    supply: {start: 1, least: 0, most: 1, seen_by: [b, c], notice: 0.1, "
    "lag: 12h, error: 0.01,\n"
    "      noise: 0.03}\n"
    "  levers:\n    aid: {seat: a, start: 1, least: 0, most: 1, delay: 3d, effects: [{variable: "
    "supply, add: 1}]}\n"
    "  shocks:\n    - {id: storm, every: 9d, effects: [{variable: supply, add: -0.1}]}\n"
    "seats:\n"
    "  a: {strategy: 'pressure(lever=aid, from=10, level=0)', reservation: 0.9, weights: {line: "
    "1}, values: {line: {east: 0, west: 1, sea: 0.1}}}\n"
    "  b: {strategy: 'linear(every=1)', reservation: {linear: {constant: 0.8, of: {supply: 0.1}}}, "
    "weights: {line: 1}, values: {line: {east: 1, west: 0, sea: 0}},\n"
    "    red_lines: [{when: {line: west}, kind: hard}]}\n"
    "  c: {strategy: 'boulware(every=2)', reservation: {linear: {constant: 0.7, of: {supply: "
    "0.2}}}, weights: {line: 1}, values: {line: {east: 0.6, west: 0.5, sea: 0.5}}}\n";

static void a_lever_waits_for_nobody(void **state) {
    (void)state;
    Recording recording = {0};
    Scenario *scenario = STAGE(deadlock, "");
    stage_play(scenario, 3, &recording);
    assert_int_equal(recording.verdict.kind, VERDICT_BREAKDOWN);
    const Event *pull = recording_find(&recording, NP_EVENT_LEVER, 0);
    assert_non_null(pull);
    assert_int_equal(pull->seat, 0);
    assert_int_equal(pull->decided_at, 10 * 86400);
    /* Its own delay after the decision, and nothing else's. */
    assert_int_equal(pull->at, 12 * 86400);
    /* Nobody had agreed to anything by then, nor did anybody later. */
    assert_null(recording_find(&recording, NP_EVENT_ACCORD, 0));
    assert_null(recording_find(&recording, NP_EVENT_SIGNATURE, 0));
    /* Three days on it has its effect, which is told with the lever as its cause. */
    const Event *news = recording_find(&recording, NP_EVENT_WORLD, pull->id);
    while (news != NULL && news->cause != pull->id)
        news = recording_find(&recording, NP_EVENT_WORLD, news->id);
    assert_non_null(news);
    assert_true(news->at >= 15 * 86400 && news->at <= 16 * 86400);
    recording_finish(&recording);
    scenario_destroy(scenario);
}

/* --- T13 --- */

static void open_players(Player **player, const Referee *referee, const Scenario *scenario) {
    for (SeatId seat = 0; seat < scenario->negotiation.terms.seats; seat++) {
        Brief brief = referee_brief(referee, seat, scenario->strategy[seat]);
        Error error = {0};
        player[seat] = player_create(NULL);
        if (!player_open_run(player[seat], &brief, &error)) fail_msg("%s", error.text);
    }
}

/* Grants are answered from the `first` on, forwards or backwards. */
static Digest play_in_order(const Scenario *scenario, uint64_t seed, uint32_t first,
                            bool backwards) {
    Referee *referee = referee_create();
    Player *player[NP_MAX_SEATS] = {NULL};
    uint32_t count;
    referee_open(referee, &scenario->negotiation, seed, 1);
    open_players(player, referee, scenario);
    while (referee_advance(referee)) {
        const Grant *grants = referee_grants(referee, &count);
        for (uint32_t i = 0; i < count; i++) {
            const Grant *grant = &grants[(first + (backwards ? count - 1 - i : i)) % count];
            Answer answer;
            Error error = {0};
            if (!player_obey(player[grant->seat], grant, &answer, &error) ||
                !referee_answer(referee, &answer, &error))
                fail_msg("%s", error.text);
        }
    }
    Digest digest = referee_verdict(referee)->digest;
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) player_destroy(player[seat]);
    referee_destroy(referee);
    return digest;
}

static void the_order_of_answers_changes_nothing(void **state) {
    (void)state;
    static const char *const files[] = {"configs/riyadh-2025.yaml", "configs/camp-david-1978.yaml",
                                        "configs/europe-divided.yaml"};
    for (size_t i = 0; i <= sizeof files / sizeof files[0]; i++) {
        Scenario *scenario = i == 0 ? STAGE(deadlock, "") : STAGE_FILE(files[i - 1], "");
        for (uint64_t seed = 1; seed <= 3; seed++) {
            Digest forward = play_in_order(scenario, seed, 0, false);
            Digest backward = play_in_order(scenario, seed, 0, true);
            Digest around = play_in_order(scenario, seed, 1, false);
            assert_memory_equal(&forward, &backward, sizeof forward);
            assert_memory_equal(&forward, &around, sizeof forward);
        }
        scenario_destroy(scenario);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lever_waits_for_nobody),
        cmocka_unit_test(the_order_of_answers_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
