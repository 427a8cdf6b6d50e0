/* Deals that have to last.
 *   T3   a large shift of power with high patience kills the deal though war is costly; a guarantee
 *        restores it (Powell 2006): war when D x > (1 - D) p + c_D + D c_R, D the weight of the future, x
 *        the shift
 *   T10  stronger provisions lower the hazard of renewed war */
#include "tests/referee/stage.h"

#include "core/analysis/zone.h"
#include "core/base/real.h"

enum { SLICES = 31 };

static const double cost_d = 0.05, cost_r = 0.05, p = 0.2;
static const double hazard = 3, discount = 0.9, horizon = 50;

/* d declines, r rises: once the peace has broken, r is stronger by `shift` and takes p + shift - c_R, its
 * walk-away value then; d is left with the rest. */
static void write_shift(Text *yaml) {
    text_add(yaml, "nonpaper: 1\nname: shift\ntime: {start: 2025-01-01, deadline: 60d}\n"
                   "mechanism: open-table\n");
    stage_pie(yaml, SLICES);
    text_addf(yaml,
              "world:\n  variables:\n    shift: {start: 0}\n"
              "seats:\n  d:\n    strategy: boulware(e=0.8, every=1)\n    reservation: %g\n"
              "    aftermath: {linear: {constant: %g, of: {shift: -1}}}\n    weights: {pie: 1}\n   "
              " values: {pie: {",
              1 - p - cost_d, 1 - p + cost_r);
    for (uint32_t k = 0; k < SLICES; k++)
        text_addf(yaml, "%ss%u: %.9f", k ? ", " : "", k, k / 30.0);
    text_addf(yaml,
              "}}\n  r:\n    strategy: boulware(e=0.8, every=1)\n    reservation: %g\n"
              "    aftermath: {linear: {constant: %g, of: {shift: 1}}}\n    weights: {pie: 1}\n    "
              "values: {pie: {",
              p - cost_r, p - cost_r);
    for (uint32_t k = 0; k < SLICES; k++)
        text_addf(yaml, "%ss%u: %.9f", k ? ", " : "", k, 1 - k / 30.0);
    text_addf(yaml,
              "}}\nenforcement:\n  hazard: {base: %g, shape: 1}\n  discount: %g\n  horizon: %g\n"
              "  covariates:\n    - {id: guarantee, effect: 0, issue: pie, values: {",
              hazard, discount, horizon);
    for (uint32_t k = 0; k < SLICES; k++) text_addf(yaml, "%ss%u: 1", k ? ", " : "", k);
    text_add(yaml, "}}\n");
}

/* The share of time in peace at a constant hazard, in closed form. */
static double share(double rate) {
    double r = -real_log(discount);
    double with = (1 - real_exp(-(r + rate) * horizon)) / (r + rate);
    double without = (1 - real_exp(-r * horizon)) / r;
    return with / without;
}

/* Is there a slice that both prefer to war now? Worked out on paper, not by the engine. */
static bool deal_exists(double s, double shift, double *margin) {
    double after_r = p + shift - cost_r, best = -1;
    for (uint32_t k = 0; k < SLICES; k++) {
        double d = s * k / 30.0 + (1 - s) * (1 - after_r) - (1 - p - cost_d);
        double r = s * (1 - k / 30.0) + (1 - s) * after_r - (p - cost_r);
        double least = d < r ? d : r;
        if (least > best) best = least;
    }
    *margin = best < 0 ? -best : best;
    return best >= 0;
}

static void play_shift(const char *yaml, double shift, double effect, double s, uint32_t *checked) {
    double margin;
    bool deal = deal_exists(s, shift, &margin);
    double future = 1 - s;
    bool powell = future * shift > (1 - future) * p + cost_d + future * cost_r;
    if (margin < 0.004) return; /* on the edge: shares are interpolated, shifts are rounded */
    assert_true(!powell || !deal);
    Recording recording = {0};
    Scenario *scenario = STAGE(yaml, stage_setting("world.variables.shift.start", shift),
                               stage_setting("enforcement.covariates.guarantee.effect", effect),
                               "world.steps={deal: 0.001}");
    assert_int_equal(zone_exists(&scenario->negotiation), deal ? ZONE_EXISTS : ZONE_EMPTY);
    stage_play(scenario, 1, &recording);
    assert_int_equal(recording.verdict.kind, deal ? VERDICT_AGREEMENT : VERDICT_BREAKDOWN);
    recording_finish(&recording);
    scenario_destroy(scenario);
    (*checked)++;
}

static void a_shift_of_power_kills_the_deal(void **state) {
    (void)state;
    Text yaml = {0};
    uint32_t checked = 0;
    write_shift(&yaml);
    for (uint32_t step = 0; step <= 12; step++)
        play_shift(text_get(&yaml), step * 0.05, 0, share(hazard), &checked);
    assert_true(checked >= 10);
    double margin;
    assert_true(deal_exists(share(hazard), 0, &margin) &&
                !deal_exists(share(hazard), 0.5, &margin));
    text_finish(&yaml);
}

static void a_guarantee_restores_it(void **state) {
    (void)state;
    Text yaml = {0};
    uint32_t checked = 0;
    double margin, guaranteed = share(hazard * real_exp(-8));
    write_shift(&yaml);
    for (uint32_t step = 4; step <= 12; step++) {
        assert_true(deal_exists(guaranteed, step * 0.05, &margin));
        play_shift(text_get(&yaml), step * 0.05, -8, guaranteed, &checked);
    }
    assert_true(checked >= 8);
    text_finish(&yaml);
}

/* --- T10 --- */

static const char *const peace =
    "nonpaper: 1\nname: peace\ntime: {start: 2025-01-01, deadline: 30d}\nmechanism: open-table\n"
    "issues: {terms: {options: [first, second]}}\n"
    "world: {variables: {calm: {start: 1}}}\n"
    "seats:\n"
    "  a: {strategy: linear(every=1), reservation: 0.1, weights: {terms: 1}, values: {terms: "
    "{first: 1, second: 0.5}}}\n"
    "  b: {strategy: linear(every=1), reservation: 0.1, weights: {terms: 1}, values: {terms: "
    "{first: 1, second: 0.5}}}\n"
    "enforcement:\n  hazard: {base: 0.4, shape: 0.8}\n  discount: 0.95\n  horizon: 10\n  observe: "
    "3650d\n"
    "  covariates: [{id: guarantee, effect: 0, issue: terms, values: {first: 1, second: 1}}]\n";

static SimTime broken_at(double effect, uint64_t seed) {
    Recording recording = {0};
    Scenario *scenario =
        STAGE(peace, stage_setting("enforcement.covariates.guarantee.effect", effect));
    stage_play(scenario, seed, &recording);
    assert_int_equal(recording.verdict.kind, VERDICT_AGREEMENT);
    assert_true(recording.verdict.peace.observed);
    SimTime at = recording.verdict.peace.broken_at;
    recording_finish(&recording);
    scenario_destroy(scenario);
    return at;
}

/* With the same luck a stronger peace never breaks sooner, and over many it breaks less often. */
static void stronger_provisions_hold_longer(void **state) {
    (void)state;
    uint32_t weak = 0, strong = 0, stronger = 0;
    for (uint64_t seed = 1; seed <= 150; seed++) {
        SimTime without = broken_at(0, seed), some = broken_at(-1, seed),
                much = broken_at(-2.5, seed);
        assert_true(without <= some && some <= much);
        weak += without != NP_NEVER;
        strong += some != NP_NEVER;
        stronger += much != NP_NEVER;
    }
    /* 1 - exp(-0.4 * 10^0.8) = 0.92, at a hazard lower by e: 0.60, by e^2.5: 0.19 */
    assert_in_range(weak, 125, 148);
    assert_in_range(strong, 72, 110);
    assert_in_range(stronger, 14, 45);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_shift_of_power_kills_the_deal),
        cmocka_unit_test(a_guarantee_restores_it),
        cmocka_unit_test(stronger_provisions_hold_longer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
