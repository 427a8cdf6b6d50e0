#include "cli/study_digest.h"

typedef struct Sum {
    DigestState state;
    uint64_t outcomes;
} Sum;

static void add_number(DigestState *state, uint64_t number) {
    uint8_t bytes[8];
    for (unsigned i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)(number >> 8 * i);
    digest_add(state, bytes, sizeof bytes);
}

static bool add_outcome(void *context, const OutcomeRow *row) {
    Sum *sum = context;
    add_number(&sum->state, row->cell);
    add_number(&sum->state, row->repetition);
    digest_add(&sum->state, row->digest.bytes, sizeof row->digest.bytes);
    sum->outcomes++;
    return true;
}

bool study_digest(Record *record, uint64_t study, Digest *digest, uint64_t *outcomes,
                  Error *error) {
    Sum sum = {.outcomes = 0};
    digest_begin(&sum.state);
    if (!record_outcomes(record, study, add_outcome, &sum, error)) return false;
    *digest = digest_end(&sum.state);
    *outcomes = sum.outcomes;
    return true;
}
