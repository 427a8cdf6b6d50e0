/* Chance with a name: counter-based random streams (Philox 4x32-10, Salmon et al. 2011), keyed by a
 * seed and a name. Two names never share luck; adding a stream never changes another. */
#ifndef CORE_BASE_RNG_H
#define CORE_BASE_RNG_H

#include <stdint.h>

/* A stream's identity: all that one needs to draw from it, and nothing about other streams. */
typedef struct RngKey {
    uint64_t word[2];
} RngKey;

typedef struct Rng {
    RngKey key;
    uint64_t counter; /* blocks drawn */
    uint32_t block[4];
    uint32_t left; /* words of block not yet handed out */
} Rng;

/* key = first 16 bytes (little-endian words) of BLAKE2b-256("nonpaper/stream/1" 0 seed name). */
RngKey rng_key(uint64_t seed, const char *name);
Rng rng_stream(RngKey key);
uint32_t rng_u32(Rng *rng);
double rng_unit(Rng *rng);                    /* [0, 1), 53 bits from two words */
uint32_t rng_below(Rng *rng, uint32_t bound); /* [0, bound), unbiased; bound > 0 */
double rng_normal(Rng *rng);                  /* standard normal: sum-free polar method */

#endif
