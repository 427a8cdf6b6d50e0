/* BLAKE2b-256, incremental. It detects damage, not forgery. */
#ifndef CORE_BASE_DIGEST_H
#define CORE_BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DIGEST_BYTES = 32, DIGEST_HEX = 65 /* with the NUL */ };

typedef struct Digest {
    uint8_t bytes[DIGEST_BYTES];
} Digest;

/* A digest under way; copy it with `=` to look at it half-way. */
typedef struct DigestState {
    _Alignas(64) uint8_t opaque[384];
} DigestState;

void digest_begin(DigestState *state);
void digest_add(DigestState *state, const void *bytes, size_t length);
Digest digest_end(const DigestState *state); /* the state may go on */
Digest digest_of(const void *bytes, size_t length);

char *digest_hex(char out[DIGEST_HEX], const Digest *digest);
bool digest_equal(const Digest *a, const Digest *b);

#endif
