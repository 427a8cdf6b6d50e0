/* The digest of a study: BLAKE2b-256 over cell and repetition, 64-bit little-endian, and the run's digest, of all outcomes
 * in the order of (repetition, cell). Whoever played them, and where, they come to the same. */
#ifndef CLI_STUDY_DIGEST_H
#define CLI_STUDY_DIGEST_H

#include "core/record/study.h"

/* *outcomes: how many there are. */
bool study_digest(Record *record, uint64_t study, Digest *digest, uint64_t *outcomes, Error *error);

#endif
