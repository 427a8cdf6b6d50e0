/* Strategies against each other, from the opening to the end: what theory says must come of it. */
#include <string.h>

#include "core/referee/referee.h"
#include "tests/fixtures/negotiations.h"

#include "scene.h"

/* One run with a player a seat; what came of it. */
static Verdict hold(const Negotiation *negotiation, const char *const *strategies, uint64_t seed) {
    Referee *referee = referee_create();
    Player *player[NP_MAX_SEATS];
    referee_open(referee, negotiation, seed, 1);
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++) {
        player[seat] = player_create(NULL);
        Brief brief = referee_brief(referee, seat, strategies[seat]);
        assert_true(player_open_run(player[seat], &brief, NULL));
    }
    while (referee_advance(referee)) {
        uint32_t count;
        const Grant *grants = referee_grants(referee, &count);
        for (uint32_t i = 0; i < count; i++) {
            Answer answer;
            assert_true(player_obey(player[grants[i].seat], &grants[i], &answer, NULL));
            assert_true(referee_answer(referee, &answer, NULL));
        }
    }
    Verdict verdict = *referee_verdict(referee);
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++) player_destroy(player[seat]);
    referee_destroy(referee);
    return verdict;
}

/* --- a cake of 1,023 crumbs --- */

enum { CRUMBS = 1023 };

static Negotiation *cake(int days, double discount) {
    Negotiation *negotiation = fixture_plain(&mechanism_alternating_offers, 2, 2, 32);
    negotiation->terms.deadline = DAYS(days);
    for (SeatId seat = 0; seat < 2; seat++) {
        Profile *profile = &negotiation->profile[seat];
        profile->discount = discount;
        for (uint8_t option = 0; option < 32; option++) {
            Utility crumbs = seat == 0 ? 31 - option : option;
            profile->value[0][option] = crumbs * 32 * (UTILITY_ONE / CRUMBS);
            profile->value[1][option] = crumbs * (UTILITY_ONE / CRUMBS);
        }
    }
    return negotiation;
}

static const char *const perfect[] = {"subgame_perfect", "subgame_perfect"};

/* What the first proposer keeps, undiscounted, in crumbs; agreed at once. */
static double first_share(int days, double discount) {
    Negotiation *negotiation = cake(days, discount);
    Verdict verdict = hold(negotiation, perfect, 1);
    assert_int_equal(verdict.kind, VERDICT_AGREEMENT);
    assert_int_equal(verdict.ended_at, DAYS(2));
    Utility kept =
        profile_utility(&negotiation->profile[0], &negotiation->terms.domain, &verdict.agreement);
    fixture_finish(negotiation);
    return utility_real(kept);
}

/* Backward induction by hand, d = 0.9. Offers are tabled on days 1, 2, ...; the last that can be answered is
 * made a day before the deadline. */
static void a_short_deadline_is_divided_by_backward_induction(void **state) {
    (void)state;
    assert_float_equal(first_share(2, 0.9), 1, 1.0 / CRUMBS);              /* the last word */
    assert_float_equal(first_share(3, 0.9), 0.1, 1.0 / CRUMBS);            /* 1 - 0.9 */
    assert_float_equal(first_share(4, 0.9), 1 - 0.9 * 0.1, 1.0 / CRUMBS);  /* 0.91 */
    assert_float_equal(first_share(5, 0.9), 1 - 0.9 * 0.91, 1.0 / CRUMBS); /* 0.181 */
}

/* T4: Rubinstein's split, 1 / (1 + d) for who proposes; patience makes it equal. */
static void a_far_deadline_is_divided_as_rubinstein_says(void **state) {
    (void)state;
    const double discounts[] = {0.5, 0.8, 0.9, 0.95};
    for (int i = 0; i < 4; i++)
        assert_float_equal(first_share(300, discounts[i]), 1 / (1 + discounts[i]), 2.0 / CRUMBS);
    assert_float_equal(first_share(3000, 0.997), 0.5, 3.0 / CRUMBS);
}

/* Rubinstein's share of the proposer, (1 - d') / (1 - d d'): the more patient keeps more. */
static void the_more_patient_keeps_more(void **state) {
    (void)state;
    const struct {
        double discount[2];
        const char *strategies[2];
    } rows[] = {{{0.9, 0.8}, {"subgame_perfect(other=0.8)", "subgame_perfect(other=0.9)"}},
                {{0.8, 0.9}, {"subgame_perfect(other=0.9)", "subgame_perfect(other=0.8)"}}};
    for (int i = 0; i < 2; i++) {
        Negotiation *negotiation = cake(300, 1);
        for (SeatId seat = 0; seat < 2; seat++)
            negotiation->profile[seat].discount = rows[i].discount[seat];
        Verdict verdict = hold(negotiation, rows[i].strategies, 1);
        assert_int_equal(verdict.ended_at, DAYS(2));
        Utility kept = profile_utility(&negotiation->profile[0], &negotiation->terms.domain,
                                       &verdict.agreement);
        double own = rows[i].discount[0], other = rows[i].discount[1];
        assert_float_equal(utility_real(kept), (1 - other) / (1 - own * other), 2.0 / CRUMBS);
        fixture_finish(negotiation);
    }
}

/* --- concession by concession --- */

enum { QUARRELS = 60 };

/* One price, worth more the higher to the one and the lower to the other, by steps that are drawn: steep near
 * the best, where each seems to itself to give more than it gets, or near the worst. Both would rather walk
 * away than have next to nothing. */
static Negotiation *quarrel(const Mechanism *mechanism, uint64_t seed) {
    Negotiation *negotiation = fixture_plain(mechanism, 2, 1, 32);
    Rng luck = rng_stream(rng_key(seed, "quarrel"));
    bool steep_near_best = seed % 2 == 0;
    negotiation->terms.deadline = DAYS(3000);
    for (SeatId seat = 0; seat < 2; seat++) {
        Utility *value = negotiation->profile[seat].value[0], sum = 0;
        for (uint8_t i = 0; i < 32; i++) {
            value[seat == 0 ? 31 - i : i] = sum;
            sum += 1 + rng_below(&luck, (i >= 16) == steep_near_best ? 50000000 : 10000000);
        }
        uint32_t share = (steep_near_best ? 4 : 40) + rng_below(&luck, 20);
        negotiation->profile[seat].reservation = sum * share / 100;
    }
    return negotiation;
}

static bool can_agree(const Negotiation *negotiation) {
    for (uint8_t i = 0; i < 32; i++)
        if (negotiation->profile[0].value[0][i] >= negotiation->profile[0].reservation &&
            negotiation->profile[1].value[0][i] >= negotiation->profile[1].reservation)
            return true;
    return false;
}

/* Two of Zeuthen's never wait for each other for ever, whatever each makes of the other's concessions. */
static void two_who_concede_in_turn_agree_where_there_is_anything_to_agree_on(void **state) {
    (void)state;
    static const Mechanism *const protocols[] = {
        &mechanism_open_table, &mechanism_alternating_offers, &mechanism_simultaneous};
    const char *strategies[] = {"monotonic_concession", "monotonic_concession(every=9)"};
    int possible = 0;
    for (uint64_t seed = 0; seed < QUARRELS; seed++) {
        Negotiation *negotiation = quarrel(protocols[seed % 3], seed);
        if (can_agree(negotiation)) {
            possible++;
            assert_int_equal(hold(negotiation, strategies, seed).kind, VERDICT_AGREEMENT);
        }
        fixture_finish(negotiation);
    }
    assert_true(possible > QUARRELS / 2);
}

/* --- a single text --- */

enum { JUDGES = 2, ISSUES = 8, RUNS = 12 };

/* Klein's linkages: pairs of options that are worth something together and nothing apart. Drawn, not
 * opposed: there is much to gain together, and many summits to be stuck on. */
static Negotiation *linked(uint64_t seed) {
    Negotiation *negotiation = fixture_plain(&mechanism_single_text, JUDGES + 1, ISSUES, 2);
    Rng luck = rng_stream(rng_key(seed, "linked"));
    negotiation->terms.mediator = JUDGES;
    negotiation->terms.deadline = DAYS(900);
    memset(&negotiation->profile[JUDGES].value, 0, sizeof negotiation->profile[JUDGES].value);
    for (SeatId seat = 0; seat < JUDGES; seat++) {
        Profile *profile = &negotiation->profile[seat];
        memset(&profile->value, 0, sizeof profile->value);
        for (uint8_t a = 0; a < ISSUES; a++)
            for (uint8_t b = (uint8_t)(a + 1); b < ISSUES; b++) {
                double bonus = rng_unit(&luck) * 0.25 - 0.125;
                profile->linkage[profile->linkages++] =
                    (Linkage){{2, {a, b}, {2, 2}}, utility_from(bonus)};
            }
        profile->reservation = -UTILITY_ONE;
    }
    return negotiation;
}

/* Mean utility of the two judges over all runs. */
static void judge_all(const char *first, const char *second, double mean[JUDGES]) {
    const char *strategies[] = {first, second, "mediator(drafts=300)"};
    mean[0] = mean[1] = 0;
    for (uint64_t seed = 0; seed < RUNS; seed++) {
        Negotiation *negotiation = linked(seed);
        Verdict verdict = hold(negotiation, strategies, seed);
        assert_int_equal(verdict.kind, VERDICT_AGREEMENT);
        for (SeatId seat = 0; seat < JUDGES; seat++)
            mean[seat] += utility_real(verdict.seat_result[seat].utility) / RUNS;
        fixture_finish(negotiation);
    }
}

/* T7: two annealers find more than two hill climbers; one alone is exploited. */
static void annealers_find_more_together_and_lose_alone(void **state) {
    (void)state;
    double climbers[JUDGES], annealers[JUDGES], mixed[JUDGES];
    judge_all("hill_climber", "hill_climber", climbers);
    judge_all("annealer(temperature=0.3, cooling=0.98)", "annealer(temperature=0.3, cooling=0.98)",
              annealers);
    judge_all("annealer(temperature=0.3, cooling=0.98)", "hill_climber", mixed);
    print_message("climbers %.3f %.3f, annealers %.3f %.3f, annealer %.3f against climber %.3f\n",
                  climbers[0], climbers[1], annealers[0], annealers[1], mixed[0], mixed[1]);
    assert_true(annealers[0] + annealers[1] > climbers[0] + climbers[1]);
    assert_true(mixed[0] < annealers[0] && mixed[0] < mixed[1]);
}

/* T11: a staller is found out. */
static void a_staller_stalls(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 2, 5);
    negotiation->terms.stall_window = DAYS(40);
    negotiation->terms.stall_epsilon = utility_from(0.001);
    const char *strategies[] = {"staller", "staller"};
    Verdict verdict = hold(negotiation, strategies, 1);
    assert_int_equal(verdict.reason, REASON_STALLED);
    fixture_finish(negotiation);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_who_concede_in_turn_agree_where_there_is_anything_to_agree_on),
        cmocka_unit_test(a_short_deadline_is_divided_by_backward_induction),
        cmocka_unit_test(a_far_deadline_is_divided_as_rubinstein_says),
        cmocka_unit_test(the_more_patient_keeps_more),
        cmocka_unit_test(annealers_find_more_together_and_lose_alone),
        cmocka_unit_test(a_staller_stalls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
