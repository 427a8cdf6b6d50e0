#include "core/base/digest.h"

#include <assert.h>
#include <sodium.h>
#include <stdatomic.h>
#include <string.h>

static_assert(sizeof(crypto_generichash_blake2b_state) <= sizeof(DigestState),
              "DigestState holds libsodium's state");
static_assert(_Alignof(DigestState) % _Alignof(crypto_generichash_blake2b_state) == 0,
              "DigestState is aligned like libsodium's state");

/* Lets libsodium choose its fastest variant; all variants give the same bytes. Calling it twice
 * does no harm, so that two threads need no lock here. */
static void make_ready(void) {
    static atomic_bool ready;
    if (atomic_load_explicit(&ready, memory_order_acquire)) return;
    int status = sodium_init();
    assert(status >= 0);
    (void)status;
    atomic_store_explicit(&ready, true, memory_order_release);
}

static crypto_generichash_blake2b_state *state_of(DigestState *state) {
    return (crypto_generichash_blake2b_state *)(void *)state->opaque;
}

void digest_begin(DigestState *state) {
    make_ready();
    memset(state, 0, sizeof *state);
    crypto_generichash_blake2b_init(state_of(state), NULL, 0, DIGEST_BYTES);
}

void digest_add(DigestState *state, const void *bytes, size_t length) {
    if (length == 0) return;
    crypto_generichash_blake2b_update(state_of(state), bytes, length);
}

Digest digest_end(const DigestState *state) {
    Digest digest;
    DigestState copy = *state; /* libsodium's end spoils the state */
    crypto_generichash_blake2b_final(state_of(&copy), digest.bytes, sizeof digest.bytes);
    return digest;
}

Digest digest_of(const void *bytes, size_t length) {
    DigestState state;
    digest_begin(&state);
    digest_add(&state, bytes, length);
    return digest_end(&state);
}

char *digest_hex(char out[DIGEST_HEX], const Digest *digest) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < DIGEST_BYTES; i++) {
        out[2 * i] = digits[digest->bytes[i] >> 4];
        out[2 * i + 1] = digits[digest->bytes[i] & 15];
    }
    out[DIGEST_HEX - 1] = '\0';
    return out;
}

bool digest_equal(const Digest *a, const Digest *b) {
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}
