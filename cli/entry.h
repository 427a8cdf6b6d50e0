/* A run's entry in the record: its header, from the request. */
#ifndef CLI_ENTRY_H
#define CLI_ENTRY_H

#include "cli/request.h"

/* Enters the run of the request into the record, without playing it. */
bool entry_begin(const PlayRequest *request, Record *record, uint64_t *run, Error *error);

#endif
