/* T4: symmetric players split equally; alternating offers with discounting approach Rubinstein's split,
 * 1 / (1 + d) for the proposer, when both play subgame-perfectly (Rubinstein 1982; Stahl 1972). */
#include "tests/referee/stage.h"

#include <stdio.h>

#include "core/base/real.h"

/* Ann's share in hundredths of 99: the file's two issues are its digits. */
static double share_of_ann(const Verdict *verdict) {
    assert_int_equal(verdict->kind, VERDICT_AGREEMENT);
    return (10 * verdict->agreement.option[0] + verdict->agreement.option[1]) / 99.0;
}

static double play(double ann, double bob, uint32_t rounds) {
    char strategies[2][64];
    Recording recording = {0};
    snprintf(strategies[0], sizeof strategies[0], "seats.ann.strategy=subgame_perfect(other=%g)",
             bob);
    snprintf(strategies[1], sizeof strategies[1], "seats.bob.strategy=subgame_perfect(other=%g)",
             ann);
    Scenario *scenario =
        STAGE_FILE("configs/textbook/split-the-pie.yaml", stage_setting("mechanism.rounds", rounds),
                   stage_setting("seats.ann.discount.factor", ann),
                   stage_setting("seats.bob.discount.factor", bob), strategies[0], strategies[1]);
    stage_play(scenario, 1, &recording);
    double share = share_of_ann(&recording.verdict);
    /* At once: there is nothing to wait for. */
    assert_true(recording.verdict.ended_at <= 3 * 86400);
    recording_finish(&recording);
    scenario_destroy(scenario);
    return share;
}

static void near(double found, double expected) {
    double slice = 1.01 / 99;
    if (found < expected - slice || found > expected + slice)
        fail_msg("%.4f, and not %.4f", found, expected);
}

static void proposers_keep_rubinsteins_share(void **state) {
    (void)state;
    static const double discounts[] = {0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98};
    for (size_t i = 0; i < sizeof discounts / sizeof discounts[0]; i++)
        near(play(discounts[i], discounts[i], 450), 1 / (1 + discounts[i]));
}

/* (1 - d_B) / (1 - d_A d_B): patience is power. */
static void the_patient_keep_more(void **state) {
    (void)state;
    near(play(0.8, 0.9, 450), (1 - 0.9) / (1 - 0.72));
    near(play(0.9, 0.8, 450), (1 - 0.8) / (1 - 0.72));
    near(play(0.95, 0.5, 450), (1 - 0.5) / (1 - 0.475));
}

static void equals_who_do_not_mind_waiting_split_equally(void **state) {
    (void)state;
    near(play(0.99, 0.99, 490), 0.5);
}

/* A deadline is the last proposer's gain: x_n = (1 - (-d)^n) / (1 + d). */
static void few_rounds_follow_backward_induction(void **state) {
    (void)state;
    for (uint32_t rounds = 1; rounds <= 6; rounds++) {
        double share = 1;
        /* The last offer of the last round cannot be answered any more. */
        for (uint32_t offer = 2; offer < 2 * rounds; offer++) share = 1 - 0.9 * share;
        near(play(0.9, 0.9, rounds), share);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(proposers_keep_rubinsteins_share),
        cmocka_unit_test(the_patient_keep_more),
        cmocka_unit_test(equals_who_do_not_mind_waiting_split_equally),
        cmocka_unit_test(few_rounds_follow_backward_induction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
