#include "core/base/digest.h"

#include <string.h>

#include "tests/core/base/suite.h"

static void assert_digest(const Digest *digest, const char *expected) {
    char hex[DIGEST_HEX];
    assert_string_equal(digest_hex(hex, digest), expected);
}

static void known_answers_of_blake2b_256(void **state) {
    (void)state;
    uint8_t bytes[1000];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)(i % 251);
    Digest nothing = digest_of(NULL, 0), abc = digest_of("abc", 3),
           long_one = digest_of(bytes, 1000);
    assert_digest(&nothing, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    assert_digest(&abc, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    assert_digest(&long_one, "b372d0608f720c8c3dd41e9c8eecb10143b41abe520b616607e754bf79c08331");
}

static void it_does_not_matter_how_the_bytes_are_cut(void **state) {
    (void)state;
    uint8_t bytes[1000];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)(i % 251);
    Digest whole = digest_of(bytes, sizeof bytes);
    for (size_t step = 1; step < 300; step += 7) {
        DigestState digest;
        digest_begin(&digest);
        for (size_t at = 0; at < sizeof bytes; at += step)
            digest_add(&digest, bytes + at, at + step < sizeof bytes ? step : sizeof bytes - at);
        Digest pieces = digest_end(&digest);
        assert_true(digest_equal(&pieces, &whole));
    }
}

static void a_look_half_way_leaves_the_state_alone(void **state) {
    (void)state;
    DigestState digest;
    digest_begin(&digest);
    digest_add(&digest, "a", 1);
    Digest half = digest_end(&digest);
    DigestState other = digest;
    digest_add(&digest, "bc", 2);
    digest_add(&other, "bd", 2);
    Digest a = digest_of("a", 1), abc = digest_of("abc", 3), abd = digest_of("abd", 3);
    Digest whole = digest_end(&digest), branch = digest_end(&other);
    assert_true(digest_equal(&half, &a));
    assert_true(digest_equal(&whole, &abc));
    assert_true(digest_equal(&branch, &abd));
}

static void one_changed_bit_is_another_digest(void **state) {
    (void)state;
    uint8_t bytes[64] = {0};
    Digest zero = digest_of(bytes, sizeof bytes);
    for (size_t bit = 0; bit < 8 * sizeof bytes; bit++) {
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        Digest changed = digest_of(bytes, sizeof bytes);
        assert_false(digest_equal(&changed, &zero));
        bytes[bit / 8] = 0;
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers_of_blake2b_256),
        cmocka_unit_test(it_does_not_matter_how_the_bytes_are_cut),
        cmocka_unit_test(a_look_half_way_leaves_the_state_alone),
        cmocka_unit_test(one_changed_bit_is_another_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
