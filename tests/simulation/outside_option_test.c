/* What a seat has without an agreement moves while it negotiates: the agreement moves with it, and nobody signs
 * below what it has by then. */
#include "tests/simulation/theatre.h"

#include "core/base/sim_time.h"
#include "core/world/model.h"

enum { EAST, WEST };

/* What the watcher gathers: reservation values as the seats are told of them. */
typedef struct Talks {
    Utility reservation[2];
    uint32_t appraisals, withdrawals;
} Talks;

static void watch(void *context, uint64_t run, const Event *event) {
    Talks *talks = context;
    (void)run;
    talks->withdrawals += event->kind == NP_EVENT_WITHDRAWAL;
    if (event->kind != NP_EVENT_APPRAISAL || event->word != NP_ASPECT_RESERVATION) return;
    talks->reservation[event->seat] = event->amount;
    talks->appraisals++;
}

/* The aid that is prescribed; at 0.3 nothing changes. */
static Verdict play_with_aid(double level, const char *east, const char *west, Talks *talks) {
    Scenario *scenario = theatre_scenario("tests/scenarios/outside_option.yaml");
    Negotiation negotiation = scenario->negotiation;
    WorldModel world = *negotiation.world;
    const char *const strategy[NP_MAX_SEATS] = {east, west};
    assert_int_equal(world.pulls, 1);
    if (level == 0.3) world.pulls = 0;
    world.pull[0].level = level;
    negotiation.world = &world;
    *talks = (Talks){{utility_from(0.3), utility_from(0.1)}, 0, 0};
    Watcher watcher = {.context = talks, .happened = watch};
    BrokerRun run = {.run = 1, .negotiation = &negotiation, .seed = 1, .strategy = strategy};
    Verdict verdict;
    theatre_play(&run, 1, 1, &watcher, &verdict);
    scenario_destroy(scenario);
    return verdict;
}

/* Parts for the east, of twenty. */
static uint8_t parts_of(const Verdict *verdict) {
    assert_int_equal(verdict->kind, VERDICT_AGREEMENT);
    return verdict->agreement.option[0];
}

static uint8_t parts_with_aid(double level, const char *strategy) {
    Talks talks;
    Verdict verdict = play_with_aid(level, strategy, strategy, &talks);
    assert_int_equal(talks.appraisals, level != 0.3);
    assert_true(talks.reservation[EAST] == utility_from(level));
    return parts_of(&verdict);
}

static void the_agreement_moves_with_the_outside_option(void **state) {
    (void)state;
    static const char *const strategies[] = {
        "boulware(every=2)", "linear(every=2)", "conceder(every=2)",
        "tit_for_tat(every=2, goodwill=0.03)", "unilateral_conceder(step=0.02, every=2)"};
    for (size_t i = 0; i < sizeof strategies / sizeof strategies[0]; i++) {
        uint8_t same = parts_with_aid(0.3, strategies[i]);
        uint8_t less = parts_with_aid(0, strategies[i]);
        uint8_t more = parts_with_aid(0.6, strategies[i]);
        if (!(less < same && same < more))
            fail_msg("%s: %d %d %d", strategies[i], less, same, more);
    }
}

/* The east tables all it can give on the first day and then waits; the west comes round to it after the aid. */
static void nobody_signs_below_what_it_has_by_then(void **state) {
    (void)state;
    for (int aid = 0; aid <= 8; aid++) {
        Talks talks;
        Verdict verdict =
            play_with_aid(aid / 10.0, "linear(k=1, every=90)", "linear(every=2)", &talks);
        uint8_t parts = parts_of(&verdict);
        if (aid == 3) assert_int_equal(parts, 6); /* the offer still stands */
        assert_int_equal(talks.withdrawals, aid > 3);
        assert_true(parts * UTILITY_ONE / 20 >= talks.reservation[EAST]);
        assert_true((20 - parts) * UTILITY_ONE / 20 >= talks.reservation[WEST]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_agreement_moves_with_the_outside_option),
        cmocka_unit_test(nobody_signs_below_what_it_has_by_then),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
