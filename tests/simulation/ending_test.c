/* Both verdicts, and every reason for which talks break down, in scenarios small enough to be understood. */
#include "tests/simulation/theatre.h"

#include <string.h>

#include "core/base/digest.h"
#include "core/base/sim_time.h"
#include "core/negotiation/domain.h"

#define SCENARIO(name) "tests/scenarios/" name ".yaml"
#define DAYS(count)    ((SimTime)(count)*SIM_DAY)

typedef struct Ending {
    const char *path;
    VerdictKind kind;
    Reason reason;
    const char *seat; /* that the verdict names; NULL: none */
    int8_t in_force;
} Ending;

static const Ending endings[] = {
    {SCENARIO("agreement"), VERDICT_AGREEMENT, REASON_NONE, NULL, 1},
    {SCENARIO("alternating"), VERDICT_AGREEMENT, REASON_NONE, NULL, 1},
    {SCENARIO("ratified"), VERDICT_AGREEMENT, REASON_NONE, NULL, 1},
    {SCENARIO("walk_out"), VERDICT_BREAKDOWN, REASON_WALK_OUT, "west", -1},
    {SCENARIO("deadline"), VERDICT_BREAKDOWN, REASON_DEADLINE, NULL, -1},
    {SCENARIO("stalled"), VERDICT_BREAKDOWN, REASON_STALLED, NULL, -1},
    {SCENARIO("ratification"), VERDICT_BREAKDOWN, REASON_RATIFICATION_FAILED, "west", 0},
    {SCENARIO("agent_fault"), VERDICT_BREAKDOWN, REASON_AGENT_FAULT, "west", -1},
};

static const char *seat_of(const Scenario *scenario, const Verdict *verdict) {
    return verdict->seat == NP_NO_SEAT ? "" : scenario->negotiation.terms.seat[verdict->seat].id;
}

static void every_ending_occurs(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        const Ending *ending = &endings[i];
        Scenario *scenario = theatre_scenario(ending->path);
        for (uint64_t seed = 1; seed <= 5; seed++) {
            Verdict verdict = theatre_play_scenario(scenario, seed, NULL);
            if (verdict.kind != ending->kind || verdict.reason != ending->reason)
                fail_msg("%s: %d %s", ending->path, verdict.kind, reason_name(verdict.reason));
            assert_string_equal(seat_of(scenario, &verdict), ending->seat ? ending->seat : "");
            assert_int_equal(verdict.in_force, ending->in_force);
            assert_true(verdict.ended_at <= scenario->negotiation.terms.deadline + DAYS(90));
        }
        scenario_destroy(scenario);
    }
}

static Verdict end_of(const char *path, Scenario **scenario) {
    *scenario = theatre_scenario(path);
    return theatre_play_scenario(*scenario, 1, NULL);
}

static const char *option_of(const Scenario *scenario, const Outcome *package, const char *issue) {
    const Domain *domain = &scenario->negotiation.terms.domain;
    int which = domain_find_issue(domain, issue);
    uint8_t option = package->option[which];
    return option == NP_NO_OPTION ? "" : domain->issue[which].option[option];
}

static void a_deadline_ends_the_talks_on_its_day(void **state) {
    (void)state;
    Scenario *scenario;
    Verdict verdict = end_of(SCENARIO("deadline"), &scenario);
    assert_int_equal(verdict.ended_at, DAYS(30));
    scenario_destroy(scenario);
}

static void talks_stall_a_window_after_the_last_progress(void **state) {
    (void)state;
    Scenario *scenario;
    Verdict verdict = end_of(SCENARIO("stalled"), &scenario);
    /* The first offers come after a day's delay; nothing moves from then on. */
    assert_int_equal(verdict.ended_at, DAYS(21));
    scenario_destroy(scenario);
}

/* --- partial accords --- */

/* The first seat's first move is to table the exchange of prisoners on its own. */
static bool table_an_exchange(void *context, const Grant *grant, Answer *answer, Error *error) {
    static Reply reply[64];
    bool *done = context;
    (void)error;
    if (*done || grant->seat != 0) return true;
    assert_true(answer->replies <= 64);
    memcpy(reply, answer->reply, answer->replies * sizeof *reply);
    Action offer = {.kind = NP_OFFER, .packages = 1, .menu = {outcome_empty()}};
    offer.menu[0].option[0] = 2;
    reply[0].moves = 1;
    reply[0].move[0] = offer;
    answer->reply = reply;
    *done = true;
    return true;
}

static Verdict exchange_first(const char *path, Scenario **scenario) {
    bool done = false;
    Watcher watcher = {.context = &done, .answered = table_an_exchange};
    *scenario = theatre_scenario(path);
    Verdict verdict = theatre_play_scenario(*scenario, 1, &watcher);
    assert_true(done);
    assert_int_equal(verdict.accords, 1);
    assert_string_equal(option_of(*scenario, &verdict.accord[0], "prisoners"), "all");
    assert_string_equal(option_of(*scenario, &verdict.accord[0], "land"), "");
    return verdict;
}

static void a_partial_accord_outlives_the_breakdown(void **state) {
    (void)state;
    Scenario *scenario;
    Verdict verdict = exchange_first(SCENARIO("partial"), &scenario);
    assert_int_equal(verdict.kind, VERDICT_BREAKDOWN);
    assert_int_equal(verdict.reason, REASON_DEADLINE);
    scenario_destroy(scenario);
}

static void what_an_accord_settled_stays_settled(void **state) {
    (void)state;
    Scenario *scenario;
    Verdict verdict = exchange_first(SCENARIO("partial_then_whole"), &scenario);
    assert_int_equal(verdict.kind, VERDICT_AGREEMENT);
    assert_string_equal(option_of(scenario, &verdict.agreement, "prisoners"), "all");
    assert_string_equal(option_of(scenario, &verdict.agreement, "land"), "shared");
    scenario_destroy(scenario);
}

/* --- three seats in turn --- */

typedef struct Turns {
    SeatId expected;
    uint32_t moves;
    SimTime at;
} Turns;

static void check_turn(void *context, uint64_t run, const Event *event) {
    Turns *turns = context;
    (void)run;
    bool move = event->kind == NP_EVENT_OFFER || event->kind == NP_EVENT_ACCEPTANCE ||
                event->kind == NP_EVENT_PASS;
    if (!move) return;
    assert_int_equal(event->seat, turns->expected);
    assert_int_equal(event->at, turns->at + DAYS(1));
    turns->expected = (SeatId)((turns->expected + 1) % 3);
    turns->at = event->at;
    turns->moves++;
}

static void three_seats_move_in_turn_and_all_must_accept(void **state) {
    (void)state;
    Turns turns = {0};
    Watcher watcher = {.context = &turns, .happened = check_turn};
    Scenario *scenario = theatre_scenario(SCENARIO("alternating"));
    Verdict verdict = theatre_play_scenario(scenario, 1, &watcher);
    assert_true(turns.moves >= 3 && turns.moves <= 60);
    assert_int_equal(verdict.signatories, 7);
    assert_string_equal(option_of(scenario, &verdict.agreement, "share"), "even");
    scenario_destroy(scenario);
}

static void a_digest_depends_on_the_seed_only_where_there_is_luck(void **state) {
    (void)state;
    Scenario *scenario = theatre_scenario(SCENARIO("ratified"));
    Verdict one = theatre_play_scenario(scenario, 1, NULL);
    Verdict again = theatre_play_scenario(scenario, 1, NULL);
    Verdict two = theatre_play_scenario(scenario, 2, NULL);
    assert_true(digest_equal(&one.digest, &again.digest));
    assert_false(digest_equal(&one.digest, &two.digest));
    assert_int_equal(one.events, two.events);
    scenario_destroy(scenario);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_ending_occurs),
        cmocka_unit_test(a_deadline_ends_the_talks_on_its_day),
        cmocka_unit_test(talks_stall_a_window_after_the_last_progress),
        cmocka_unit_test(a_partial_accord_outlives_the_breakdown),
        cmocka_unit_test(what_an_accord_settled_stays_settled),
        cmocka_unit_test(three_seats_move_in_turn_and_all_must_accept),
        cmocka_unit_test(a_digest_depends_on_the_seed_only_where_there_is_luck),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
