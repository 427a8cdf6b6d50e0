#include "core/study/standings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>

#include <cmocka.h>

/* Three strategies, two venues, two seeds. The third one does not play in the second venue. Gains are eighths, so that
 * every mean is exact. */
enum { A, B, C, STRATEGIES };
static const Field field = {STRATEGIES, 2, 2};
static const Bootstrap bootstrap = {39, 0.95, {{1, 2}}};

#define GAME(venue, seed, strategy, against, gain)                                                 \
    {                                                                                              \
        venue, seed, strategy, against, {                                                          \
            gain + 1, gain, gain > 0, gain / 2                                                     \
        }                                                                                          \
    }

static const Score scores[] = {
    /* Venue 0: A's gains with seed 0 are 1/2 and 1/4, mean 3/8; with seed 1 they are 3/8. */
    GAME(0, 0, A, B, 0.5),
    GAME(0, 0, A, C, 0.25),
    GAME(0, 1, A, B, 0.5),
    GAME(0, 1, A, C, 0.25),
    GAME(0, 0, B, A, 0.25),
    GAME(0, 0, B, C, 0.25),
    GAME(0, 1, B, A, 0.75),
    GAME(0, 1, B, C, 0.75),
    GAME(0, 0, C, A, 1.0),
    GAME(0, 0, C, B, 1.0),
    GAME(0, 1, C, A, 1.0),
    GAME(0, 1, C, B, 1.0),
    /* Venue 1 counts as much, though there are fewer games in it. */
    GAME(1, 0, A, B, 0.125),
    GAME(1, 1, A, B, 0.125),
    GAME(1, 0, B, A, 0.0),
    GAME(1, 1, B, A, 0.25),
};
enum { SCORES = sizeof scores / sizeof scores[0] };

static Standing standing[STRATEGIES];

static int set_up(void **state) {
    (void)state;
    standings_of(scores, SCORES, &field, &bootstrap, standing);
    return 0;
}

static void venues_count_alike_however_many_games_they_take(void **state) {
    (void)state;
    /* A: (3/8 + 1/8) / 2. B: seed 0 (1/4 + 0) / 2 = 1/8, seed 1 (3/4 + 1/4) / 2 = 1/2: mean 5/16. */
    assert_int_equal(standing[0].strategy, B);
    assert_true(standing[0].measure[MEASURE_GAIN].estimate == 0.3125);
    assert_true(standing[1].measure[MEASURE_GAIN].estimate == 0.25);
    assert_true(standing[1].measure[MEASURE_UTILITY].estimate == 1.25);
    assert_int_equal(standing[1].games, 6);
}

static void who_was_not_everywhere_has_no_rank_however_well_it_did(void **state) {
    (void)state;
    assert_int_equal(standing[0].rank, 1);
    assert_int_equal(standing[1].rank, 2);
    assert_int_equal(standing[2].strategy, C);
    assert_int_equal(standing[2].rank, 0);
    assert_int_equal(standing[2].venues, 1);
    assert_true(standing[2].measure[MEASURE_GAIN].estimate == 1);
    assert_false(standing[2].behind.estimate == standing[2].behind.estimate);
}

static void the_seed_is_the_unit_of_luck(void **state) {
    (void)state;
    /* A has the same with each seed; of B's two seeds a sample holds one, the other, or both. */
    assert_true(standing[1].measure[MEASURE_GAIN].least == 0.25);
    assert_true(standing[1].measure[MEASURE_GAIN].most == 0.25);
    assert_true(standing[0].measure[MEASURE_GAIN].least == 0.125);
    assert_true(standing[0].measure[MEASURE_GAIN].most == 0.5);
}

static void distances_are_taken_seed_by_seed(void **state) {
    (void)state;
    assert_true(standing[0].behind.least == 0 && standing[0].behind.most == 0);
    assert_true(standing[1].behind.estimate == 0.0625);
    assert_true(standing[1].behind.least == -0.125);
    assert_true(standing[1].behind.most == 0.25);
}

static void equal_means_share_a_rank_and_the_next_one_is_skipped(void **state) {
    static const Field three = {STRATEGIES, 1, 1};
    static const Score equal[] = {GAME(0, 0, A, B, 0.0), GAME(0, 0, B, A, 0.5),
                                  GAME(0, 0, C, A, 0.5)};
    Standing out[STRATEGIES];
    (void)state;
    standings_of(equal, 3, &three, &bootstrap, out);
    assert_int_equal(out[0].strategy, B);
    assert_int_equal(out[1].strategy, C);
    assert_int_equal(out[0].rank, 1);
    assert_int_equal(out[1].rank, 1);
    assert_int_equal(out[2].rank, 3);
}

static void pairs_are_told_in_both_directions(void **state) {
    double pair[STRATEGIES * STRATEGIES];
    (void)state;
    standings_pairs(scores, SCORES, &field, MEASURE_GAIN, pair);
    assert_true(pair[A * STRATEGIES + B] == (0.5 + 0.125) / 2);
    assert_true(pair[B * STRATEGIES + A] == (0.5 + 0.125) / 2);
    assert_true(pair[A * STRATEGIES + C] == 0.25);
    assert_true(pair[C * STRATEGIES + A] == 1);
    assert_false(pair[A * STRATEGIES + A] == pair[A * STRATEGIES + A]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(venues_count_alike_however_many_games_they_take),
        cmocka_unit_test(who_was_not_everywhere_has_no_rank_however_well_it_did),
        cmocka_unit_test(the_seed_is_the_unit_of_luck),
        cmocka_unit_test(distances_are_taken_seed_by_seed),
        cmocka_unit_test(equal_means_share_a_rank_and_the_next_one_is_skipped),
        cmocka_unit_test(pairs_are_told_in_both_directions),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
