/* What is put before the other side.
 *   T6  a menu of packages never lowers the joint value against one offer at the same own value, for a
 *       receiver that picks its best and a menu that contains the offer
 *   T7  single text under linkage: two annealers beat two hill-climbers; an annealer against a
 *       hill-climber is exploited (Klein, Faratin, Sayama and Bar-Yam 2003) */
#include "tests/referee/stage.h"

#include "core/negotiation/mechanism.h"
#include "core/referee/referee.h"
#include "tests/fixtures/negotiations.h"

/* --- T6 --- */

enum { ISSUES = 4, OPTIONS = 4, MENUS = 400 };

/* Packages that the proposer values as much as `like`, in random order, `like` first. */
static uint8_t equal_packages(const Negotiation *negotiation, const Outcome *like, Rng *luck,
                              Outcome menu[NP_MAX_MENU]) {
    const Domain *domain = &negotiation->terms.domain;
    Utility worth = profile_utility(&negotiation->profile[0], domain, like);
    uint8_t packages = 1;
    menu[0] = *like;
    for (int tries = 0; tries < 400 && packages < NP_MAX_MENU; tries++) {
        Outcome other = outcome_empty();
        bool known = false;
        for (uint8_t issue = 0; issue < ISSUES; issue++)
            other.option[issue] = (uint8_t)rng_below(luck, OPTIONS);
        for (uint8_t k = 0; k < packages; k++) known |= outcome_equal(&menu[k], &other);
        if (!known && profile_utility(&negotiation->profile[0], domain, &other) == worth)
            menu[packages++] = other;
    }
    return packages;
}

static Reply receivers_choice(const Negotiation *negotiation, const Grant *grant) {
    Reply reply = {.at = grant->occasion[0].at, .wake_at = NP_NEVER};
    const Profile *profile = &negotiation->profile[1];
    for (uint32_t i = 0; i < grant->observations; i++) {
        const Observation *seen = grant->observation[i];
        Utility best = profile->reservation;
        for (uint8_t k = 0; seen->kind == NP_EVENT_OFFER && seen->seat == 0 && k < seen->packages;
             k++) {
            Utility worth = profile_utility(profile, &negotiation->terms.domain, &seen->menu[k]);
            if (worth <= best) continue;
            best = worth;
            reply.moves = 1;
            reply.move[0] = (Action){.kind = NP_ACCEPT, .offer = seen->offer, .package = k};
        }
    }
    return reply;
}

/* The joint value of what comes of one menu; 0 when nothing does. */
static Utility joint_value(const Negotiation *negotiation, const Outcome *menu, uint8_t packages) {
    Referee *referee = referee_create();
    uint32_t count;
    bool tabled = false;
    referee_open(referee, negotiation, 1, 1);
    while (referee_advance(referee)) {
        const Grant *grants = referee_grants(referee, &count);
        for (uint32_t i = 0; i < count; i++) {
            Reply reply = {.at = grants[i].occasion[0].at, .wake_at = NP_NEVER};
            if (grants[i].seat == 1) reply = receivers_choice(negotiation, &grants[i]);
            if (grants[i].seat == 0 && !tabled) {
                reply.moves = 1;
                reply.move[0].kind = NP_OFFER;
                reply.move[0].packages = packages;
                for (uint8_t k = 0; k < packages; k++) reply.move[0].menu[k] = menu[k];
                tabled = true;
            }
            Answer answer = {grants[i].run, grants[i].seat, 1, &reply};
            assert_int_equal(grants[i].occasions, 1);
            assert_true(referee_answer(referee, &answer, NULL));
        }
    }
    const Verdict *verdict = referee_verdict(referee);
    Utility joint = 0;
    for (SeatId seat = 0; seat < 2 && verdict->kind == VERDICT_AGREEMENT; seat++)
        joint += profile_utility(&negotiation->profile[seat], &negotiation->terms.domain,
                                 &verdict->agreement);
    referee_destroy(referee);
    return joint;
}

static void a_menu_never_lowers_the_joint_value(void **state) {
    (void)state;
    uint32_t better = 0, menus = 0;
    for (uint64_t seed = 0; seed < MENUS; seed++) {
        Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, ISSUES, OPTIONS);
        Rng luck = rng_stream(rng_key(seed, "menus"));
        for (uint8_t issue = 0; issue < ISSUES; issue++)
            for (uint8_t option = 0; option < OPTIONS; option++)
                negotiation->profile[1].value[issue][option] = (Utility)rng_below(&luck, 250000000);
        Outcome offer = outcome_empty(), menu[NP_MAX_MENU];
        for (uint8_t issue = 0; issue < ISSUES; issue++)
            offer.option[issue] = (uint8_t)rng_below(&luck, OPTIONS);
        negotiation->profile[1].reservation = 100000000;
        uint8_t packages = equal_packages(negotiation, &offer, &luck, menu);
        Utility single = joint_value(negotiation, menu, 1);
        for (uint8_t k = 2; k <= packages; k++, menus++) {
            Utility several = joint_value(negotiation, menu, k);
            assert_true(several >= single);
            better += several > single;
        }
        fixture_finish(negotiation);
    }
    assert_true(menus > MENUS && better > MENUS / 4);
}

/* --- T7 --- */

enum { SEEDS = 40 };

typedef struct Ends {
    double ann, bob; /* mean utilities over the seeds */
} Ends;

static Ends mediate(const char *ann, const char *bob) {
    Ends ends = {0, 0};
    Recording recording = {0};
    Scenario *scenario = STAGE_FILE("configs/textbook/single-text.yaml", ann, bob);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        stage_play(scenario, seed, &recording);
        assert_int_equal(recording.verdict.kind, VERDICT_AGREEMENT);
        ends.ann += utility_real(recording.verdict.seat_result[1].utility) / SEEDS;
        ends.bob += utility_real(recording.verdict.seat_result[2].utility) / SEEDS;
    }
    recording_finish(&recording);
    scenario_destroy(scenario);
    return ends;
}

#define CLIMB(seat)  "seats." seat ".strategy=hill_climber()"
#define ANNEAL(seat) "seats." seat ".strategy=annealer()"

static void annealers_beat_climbers_and_are_exploited_by_them(void **state) {
    (void)state;
    Ends both_climb = mediate(CLIMB("ann"), CLIMB("bob"));
    Ends both_anneal = mediate(ANNEAL("ann"), ANNEAL("bob"));
    Ends ann_anneals = mediate(ANNEAL("ann"), CLIMB("bob"));
    Ends bob_anneals = mediate(CLIMB("ann"), ANNEAL("bob"));
    print_message(
        "climb %.4f %.4f, anneal %.4f %.4f, ann anneals %.4f %.4f, bob anneals %.4f %.4f\n",
        both_climb.ann, both_climb.bob, both_anneal.ann, both_anneal.bob, ann_anneals.ann,
        ann_anneals.bob, bob_anneals.ann, bob_anneals.bob);
    assert_true(both_anneal.ann + both_anneal.bob > both_climb.ann + both_climb.bob);
    /* Who anneals alone does worse than if both did, and the climber better. */
    assert_true(ann_anneals.ann < both_anneal.ann && ann_anneals.bob > both_anneal.bob);
    assert_true(bob_anneals.bob < both_anneal.bob && bob_anneals.ann > both_anneal.ann);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_menu_never_lowers_the_joint_value),
        cmocka_unit_test(annealers_beat_climbers_and_are_exploited_by_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
