/* Who writes which run: one byte of a file beside the record for each run, locked by its writer. The system
 * gives up a dead process's locks, so that no claim outlives its writer, whatever killed it, and nothing
 * has to guess from process ids or clocks. Not bytes of the record itself: closing any handle on that
 * would give up SQLite's own locks. */
#ifndef CORE_RECORD_CLAIM_H
#define CORE_RECORD_CLAIM_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/error.h"

typedef struct Claims Claims;

/* `path` is the record's; the file is made when the first run is claimed. */
Claims *claims_create(const char *path);
/* Gives up all claims; the file goes with the last of them. */
void claims_destroy(Claims *claims);
/* ERROR_IO when another writer has it. */
bool claims_take(Claims *claims, uint64_t run, Error *error);
void claims_release(Claims *claims, uint64_t run);

#endif
