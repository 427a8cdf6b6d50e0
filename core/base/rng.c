#include "core/base/rng.h"

#include <assert.h>
#include <string.h>

#include <Random123/philox.h>

#include "core/base/digest.h"
#include "core/base/real.h"

static uint64_t word_of(const uint8_t bytes[8]) {
    uint64_t word = 0;
    for (int i = 7; i >= 0; i--) word = word << 8 | bytes[i];
    return word;
}

RngKey rng_key(uint64_t seed, const char *name) {
    static const char domain[] = "nonpaper/stream/1"; /* hashed with its NUL */
    uint8_t little_endian[8];
    for (int i = 0; i < 8; i++) little_endian[i] = (uint8_t)(seed >> (8 * i));
    DigestState state;
    digest_begin(&state);
    digest_add(&state, domain, sizeof domain);
    digest_add(&state, little_endian, sizeof little_endian);
    digest_add(&state, name, strlen(name));
    Digest digest = digest_end(&state);
    return (RngKey){{word_of(digest.bytes), word_of(digest.bytes + 8)}};
}

Rng rng_stream(RngKey key) {
    return (Rng){.key = key};
}

/* Philox takes a key of 64 bits and a counter of 128: the key's second word is the counter's upper
 * half, so that streams differ in 128 bits and never run into each other. */
static void draw_block(Rng *rng) {
    const uint64_t *word = rng->key.word;
    philox4x32_ctr_t counter = {{(uint32_t)rng->counter, (uint32_t)(rng->counter >> 32),
                                 (uint32_t)word[1], (uint32_t)(word[1] >> 32)}};
    philox4x32_key_t key = {{(uint32_t)word[0], (uint32_t)(word[0] >> 32)}};
    philox4x32_ctr_t block = philox4x32_R(10, counter, key);
    for (int i = 0; i < 4; i++) rng->block[i] = block.v[i];
    rng->counter++;
    rng->left = 4;
}

uint32_t rng_u32(Rng *rng) {
    if (rng->left == 0) draw_block(rng);
    return rng->block[4 - rng->left--];
}

double rng_unit(Rng *rng) {
    uint64_t high = rng_u32(rng);
    uint64_t low = rng_u32(rng);
    return (double)((high << 32 | low) >> 11) * 0x1p-53;
}

/* Lemire 2019, "Fast random integer generation in an interval": multiply, and draw again in the
 * rare cases that would favour some numbers. */
uint32_t rng_below(Rng *rng, uint32_t bound) {
    assert(bound > 0);
    uint64_t product = (uint64_t)rng_u32(rng) * bound;
    if ((uint32_t)product < bound) {
        uint32_t unfair = (0u - bound) % bound;
        while ((uint32_t)product < unfair) product = (uint64_t)rng_u32(rng) * bound;
    }
    return (uint32_t)(product >> 32);
}

/* Marsaglia's polar method. The second number of the pair is thrown away: keeping it would make a
 * draw depend on what was drawn before. */
double rng_normal(Rng *rng) {
    double u, square;
    do {
        u = 2.0 * rng_unit(rng) - 1.0;
        double v = 2.0 * rng_unit(rng) - 1.0;
        square = u * u + v * v;
    } while (square >= 1.0 || square == 0.0);
    return u * real_sqrt(-2.0 * real_log(square) / square);
}
