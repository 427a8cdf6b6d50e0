#include "core/base/rng.h"

#include "core/base/digest.h"
#include "tests/core/base/suite.h"

enum { MANY = 200000 };

/* philox4x32 10 of the Random123 distribution's kat_vectors. In our layout the counter's upper half
 * is the second word of the key. */
static void known_answers_of_philox(void **state) {
    (void)state;
    const struct {
        uint64_t counter, upper, key;
        uint32_t block[4];
    } known[] = {
        {0, 0, 0, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {UINT64_MAX, UINT64_MAX, UINT64_MAX, {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {0x85a308d3243f6a88,
         0x0370734413198a2e,
         0x299f31d0a4093822,
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        Rng rng = rng_stream((RngKey){{known[i].key, known[i].upper}});
        rng.counter = known[i].counter;
        for (int word = 0; word < 4; word++) assert_int_equal(rng_u32(&rng), known[i].block[word]);
    }
}

/* Computed apart from this program: BLAKE2b-256("nonpaper/stream/1" 0 seed name). */
static void the_key_is_the_digest_of_seed_and_name(void **state) {
    (void)state;
    RngKey key = rng_key(42, "channel/riyadh");
    assert_true(key.word[0] == 0x549842a4acf0527b);
    assert_true(key.word[1] == 0x92314f1b80be771f);
}

static void another_seed_or_name_is_another_stream(void **state) {
    (void)state;
    const RngKey keys[] = {rng_key(1, "a"), rng_key(2, "a"), rng_key(1, "b"), rng_key(1, "")};
    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < i; k++) {
            assert_true(keys[i].word[0] != keys[k].word[0]);
            assert_true(keys[i].word[1] != keys[k].word[1]);
        }
}

static void a_stream_begins_again_at_the_beginning(void **state) {
    (void)state;
    Rng first = rng_stream(rng_key(7, "again")), second = rng_stream(rng_key(7, "again"));
    for (int i = 0; i < 1000; i++) assert_int_equal(rng_u32(&first), rng_u32(&second));
    Rng copy = first;
    assert_int_equal(rng_u32(&copy), rng_u32(&first));
}

static void units_lie_between_zero_and_one_and_fill_it_evenly(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(8, "unit"));
    int tenth[10] = {0};
    for (int i = 0; i < MANY; i++) {
        double unit = rng_unit(&rng);
        assert_true(unit >= 0 && unit < 1);
        tenth[(int)(unit * 10)]++;
    }
    /* Five standard deviations of a binomial count: sqrt(200000 x 0.1 x 0.9) = 134. */
    for (int i = 0; i < 10; i++) assert_in_range(tenth[i], MANY / 10 - 670, MANY / 10 + 670);
}

static void numbers_below_a_bound_are_even_for_awkward_bounds(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(9, "below"));
    for (int i = 0; i < 100; i++) assert_int_equal(rng_below(&rng, 1), 0);
    /* Without drawing again every third number would come up twice as often as its neighbours. */
    int third[3] = {0};
    for (int i = 0; i < MANY; i++) third[rng_below(&rng, 0xc0000000) % 3]++;
    for (int i = 0; i < 3; i++) assert_in_range(third[i], MANY / 3 - 1055, MANY / 3 + 1055);
}

static void normals_have_mean_zero_and_variance_one(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(10, "normal"));
    double sum = 0, squares = 0, fourths = 0;
    for (int i = 0; i < MANY; i++) {
        double x = rng_normal(&rng);
        sum += x;
        squares += x * x;
        fourths += x * x * x * x;
    }
    assert_true(sum / MANY > -0.012 && sum / MANY < 0.012);
    assert_true(squares / MANY > 0.984 && squares / MANY < 1.016);
    assert_true(fourths / MANY > 2.89 && fourths / MANY < 3.11);
}

static void assert_digest(const DigestState *state, const char *expected) {
    Digest digest = digest_end(state);
    char hex[DIGEST_HEX];
    assert_string_equal(digest_hex(hex, &digest), expected);
}

/* The expected digest was computed by a second implementation, in Python, from the papers alone. */
static void draws_agree_with_a_second_implementation(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(2025, "golden"));
    DigestState digest;
    digest_begin(&digest);
    for (int i = 0; i < 1000; i++) {
        uint32_t word = rng_u32(&rng), below = rng_below(&rng, 1000003);
        double unit = rng_unit(&rng);
        digest_add(&digest, &word, sizeof word);
        digest_add(&digest, &below, sizeof below);
        digest_add(&digest, &unit, sizeof unit);
    }
    assert_digest(&digest, "3930c1370e6d5345160e7247326c15c4594f5770ec31a85be44b10f472b8b9e8");
}

/* A change here changes every recorded run. */
static void normals_are_the_same_for_ever(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(2025, "normal"));
    DigestState digest;
    digest_begin(&digest);
    for (int i = 0; i < 1000; i++) {
        double normal = rng_normal(&rng);
        digest_add(&digest, &normal, sizeof normal);
    }
    assert_digest(&digest, "b52d34e70a0910f58101b3f38071cf4c752b06fe142218d6e63842742b374fa8");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers_of_philox),
        cmocka_unit_test(the_key_is_the_digest_of_seed_and_name),
        cmocka_unit_test(another_seed_or_name_is_another_stream),
        cmocka_unit_test(a_stream_begins_again_at_the_beginning),
        cmocka_unit_test(units_lie_between_zero_and_one_and_fill_it_evenly),
        cmocka_unit_test(numbers_below_a_bound_are_even_for_awkward_bounds),
        cmocka_unit_test(normals_have_mean_zero_and_variance_one),
        cmocka_unit_test(draws_agree_with_a_second_implementation),
        cmocka_unit_test(normals_are_the_same_for_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
