/* A run's entry in the record: its header, from the request. */
#ifndef CLI_ENTRY_H
#define CLI_ENTRY_H

#include "cli/request.h"

/* What a run's header says of its scenario and of who plays; the rest is zero, but for branched_at, which is none.
 * Borrows from scenario, cast and arena. */
void entry_header(RunHeader *header, const Scenario *scenario, const Cast *cast, Arena *arena);
/* Enters the run of the request into the record, without playing it. */
bool entry_begin(const PlayRequest *request, Record *record, uint64_t *run, Error *error);

#endif
