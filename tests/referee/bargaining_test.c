/* War as the outside option: the bargaining range and what moves it.
 *   T1   as the costs of war go to zero the bargaining range closes (Fearon 1995)
 *   T2   what raises a side's cost of war lowers its reservation value
 *   T14  a crossed hard red line is accepted with probability 0 */
#include "tests/referee/stage.h"

#include <string.h>

#include "core/analysis/zone.h"
#include "core/negotiation/session.h"
#include "tests/fixtures/negotiations.h"

enum { SLICES = 21 };

/* Two sides divide one pie in steps of 0.05; war is a lottery that a wins with chance p. */
static void write_lottery(Text *yaml) {
    text_add(yaml, "nonpaper: 1\nname: lottery\ntime: {start: 2025-01-01, deadline: 60d}\n"
                   "mechanism: open-table\n");
    stage_pie(yaml, SLICES);
    text_add(yaml, "world:\n  variables:\n    p: {start: 0.525}\n    q: {is: {linear: {constant: "
                   "1, of: {p: -1}}}}\n"
                   "    stake: {start: 1}\n    cost_a: {start: 0.1}\n    cost_b: {start: 0.1}\n"
                   "  levers:\n    pressure: {seat: a, start: 0, least: 0, most: 1, effects: "
                   "[{variable: cost_b, add: 1}],"
                   " pulls: [{at: 10d, level: 0.01}]}\n");
    static const char *const chance[] = {"p", "q"};
    text_add(yaml, "seats:\n");
    for (uint32_t seat = 0; seat < 2; seat++) {
        text_addf(yaml,
                  "  %c:\n    strategy: boulware(e=0.8, every=1)\n    weights: {pie: 1}\n"
                  "    reservation: {lottery: {chance: %s, prize: stake, cost: cost_%c}}\n    "
                  "values: {pie: {",
                  'a' + (int)seat, chance[seat], 'a' + (int)seat);
        for (uint32_t k = 0; k < SLICES; k++)
            text_addf(yaml, "%ss%u: %.2f", k ? ", " : "", k, (seat ? SLICES - 1 - k : k) / 20.0);
        text_add(yaml, "}}\n");
    }
}

static double slice_of(const Verdict *verdict) {
    return verdict->agreement.option[0] / 20.0;
}

/* Wider and wider, from nothing: costs are half the bargaining range, p ± c. */
static void costs_open_the_range(void **state) {
    (void)state;
    static const double costs[] = {0, 0.01, 0.02, 0.03, 0.05, 0.1, 0.3};
    Text yaml = {0};
    Recording recording = {0};
    write_lottery(&yaml);
    for (size_t i = 0; i < sizeof costs / sizeof costs[0]; i++) {
        Scenario *scenario =
            STAGE(text_get(&yaml), stage_setting("world.variables.cost_a.start", costs[i]),
                  stage_setting("world.variables.cost_b.start", costs[i]),
                  "world.levers.pressure.pulls.0.level=0.001");
        /* The slices next to p = 0.525 are 0.50 and 0.55. */
        bool open = costs[i] >= 0.025;
        assert_int_equal(zone_exists(&scenario->negotiation), open ? ZONE_EXISTS : ZONE_EMPTY);
        stage_play(scenario, 1, &recording);
        assert_int_equal(recording.verdict.kind, open ? VERDICT_AGREEMENT : VERDICT_BREAKDOWN);
        if (open) {
            assert_true(slice_of(&recording.verdict) >= 0.525 - costs[i] - 1e-9);
            assert_true(slice_of(&recording.verdict) <= 0.525 + costs[i] + 0.001 + 1e-9);
        }
        scenario_destroy(scenario);
    }
    recording_finish(&recording);
    text_finish(&yaml);
}

/* Whoever is hit, by how much, and because of what. */
static void pressure_lowers_the_reservation(void **state) {
    (void)state;
    Text yaml = {0};
    Recording recording = {0};
    write_lottery(&yaml);
    double previous = 1;
    for (uint32_t step = 1; step <= 5; step++) {
        /* Nobody concedes, so that there is time for the lever. */
        Scenario *scenario = STAGE(
            text_get(&yaml), stage_setting("world.levers.pressure.pulls.0.level", step * 0.05),
            "seats.a.strategy=boulware(e=0.01)", "seats.b.strategy=boulware(e=0.01)");
        stage_play(scenario, 1, &recording);
        const Event *pull = recording_find(&recording, NP_EVENT_LEVER, 0);
        const Event *told = recording_find(&recording, NP_EVENT_APPRAISAL, 0);
        assert_true(pull != NULL && told != NULL);
        assert_int_equal(told->seat, 1);
        assert_int_equal(told->word, NP_ASPECT_RESERVATION);
        assert_int_equal(told->cause, pull->id);
        double reservation = (double)told->amount / 1e9;
        assert_true(reservation < previous);
        assert_true(reservation > 0.375 - step * 0.05 - 1e-9 &&
                    reservation < 0.375 - step * 0.05 + 1e-9);
        /* a's own outside option is as it was. */
        assert_int_equal(recording.verdict.seat_result[0].reservation, utility_from(0.425));
        previous = reservation;
        scenario_destroy(scenario);
    }
    recording_finish(&recording);
    text_finish(&yaml);
}

/* --- T14 --- */

/* Every complete package of a small domain, one after the other; false after the last. */
static bool next_package(const Domain *domain, Outcome *package) {
    for (uint8_t issue = 0; issue < domain->issues; issue++) {
        if (++package->option[issue] < domain->issue[issue].options) return true;
        package->option[issue] = 0;
    }
    return false;
}

static Outcome first_package(const Domain *domain) {
    Outcome package = outcome_empty();
    for (uint8_t issue = 0; issue < domain->issues; issue++) package.option[issue] = 0;
    return package;
}

/* A seat that has no such line tables it; the one that has is refused, whichever way it says yes. */
static void try_to_cross(const Negotiation *negotiation, const Outcome *package, SeatId by,
                         SeatId seat, uint32_t *refused) {
    Session session;
    Effect effect;
    session_open(&session, negotiation);
    Action offer = {.kind = NP_OFFER, .packages = 1, .menu = {*package}};
    session_apply(&session, by, &offer, 10, &effect);
    if (effect.ruling != NP_RULING_OK || effect.concluded) return;
    Action accept = {.kind = NP_ACCEPT, .offer = effect.offer};
    session_apply(&session, seat, &accept, 11, &effect);
    assert_int_equal(effect.ruling, NP_RULING_CROSSES_RED_LINE);
    session_apply(&session, seat, &offer, 12, &effect);
    assert_int_equal(effect.ruling, NP_RULING_CROSSES_RED_LINE);
    (*refused)++;
}

static void a_hard_red_line_is_never_crossed(void **state) {
    (void)state;
    uint32_t refused = 0;
    for (uint64_t seed = 0; seed < 300; seed++) {
        Negotiation *negotiation = fixture_random(seed);
        const Terms *terms = &negotiation->terms;
        Outcome package = first_package(&terms->domain);
        bool small = domain_raw_count(&terms->domain) <= 2000 && !terms->mechanism->turns;
        do
            for (SeatId seat = 0; small && seat < terms->seats; seat++)
                if (profile_crosses(&negotiation->profile[seat], &package) != NULL)
                    for (SeatId by = 0; by < terms->seats; by++)
                        if (by != seat) try_to_cross(negotiation, &package, by, seat, &refused);
        while (small && next_package(&terms->domain, &package));
        fixture_finish(negotiation);
    }
    assert_true(refused > 1000);
}

/* --- T8: another veto player never enlarges the set of possible deals --- */

/* Do those who gain by the package, and they alone, bring it about? */
static bool willing_conclude(const Negotiation *negotiation, const Outcome *package) {
    Session session;
    Effect effect = {0};
    const Terms *terms = &negotiation->terms;
    session_open(&session, negotiation);
    Action offer = {.kind = NP_OFFER, .packages = 1, .menu = {*package}};
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        const Profile *profile = &negotiation->profile[seat];
        bool gains = profile_utility(profile, &terms->domain, package) >= profile->reservation;
        if (gains) session_apply(&session, seat, &offer, 10 + seat, &effect);
        if (gains && effect.concluded) return true;
    }
    return false;
}

static void add_veto(Consent *consent, SeatId seat) {
    consent->always |= seat_bit(seat);
    for (uint8_t issue = 0; issue < NP_MAX_ISSUES; issue++)
        for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++)
            consent->needs[issue][option] |= seat_bit(seat);
}

static void another_veto_never_adds_a_deal(void **state) {
    (void)state;
    uint32_t deals = 0, lost = 0;
    for (uint64_t seed = 0; seed < 400; seed++) {
        Negotiation *negotiation = fixture_random(seed);
        const Terms *terms = &negotiation->terms;
        Consent before = terms->consent;
        Outcome package = first_package(&terms->domain);
        bool small = domain_raw_count(&terms->domain) <= 2000 && !terms->mechanism->turns;
        do
            for (SeatId seat = 0; small && seat < terms->seats; seat++) {
                negotiation->terms.consent = before;
                bool possible = willing_conclude(negotiation, &package);
                add_veto(&negotiation->terms.consent, seat);
                bool still = willing_conclude(negotiation, &package);
                assert_true(possible || !still);
                deals += possible;
                lost += possible && !still;
            }
        while (small && next_package(&terms->domain, &package));
        fixture_finish(negotiation);
    }
    assert_true(deals > 500 && lost > 50);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(costs_open_the_range),
        cmocka_unit_test(pressure_lowers_the_reservation),
        cmocka_unit_test(a_hard_red_line_is_never_crossed),
        cmocka_unit_test(another_veto_never_adds_a_deal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
