#include "cli/sweep_result.h"

static void add_number(DigestState *state, uint64_t number) {
    uint8_t bytes[8];
    for (unsigned i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)(number >> 8 * i);
    digest_add(state, bytes, sizeof bytes);
}

static bool add_outcome(void *context, const OutcomeRow *row) {
    DigestState *state = context;
    add_number(state, row->cell);
    add_number(state, row->repetition);
    digest_add(state, row->digest.bytes, sizeof row->digest.bytes);
    return true;
}

bool sweep_digest(Record *record, uint64_t study, Digest *digest, Error *error) {
    DigestState state;
    digest_begin(&state);
    if (!record_outcomes(record, study, add_outcome, &state, error)) return false;
    *digest = digest_end(&state);
    return true;
}
