/* What SQLite could do at best with the same rows, for nonpaper bench: a bulk insert of values that lie
 * ready, in transactions of the same size, into the same table of a record opened in the same way. */
#ifndef CORE_RECORD_LIMITS_H
#define CORE_RECORD_LIMITS_H

#include "core/record/record.h"

typedef struct InsertLimit InsertLimit;

/* Lays out the rows of these events for a run that was begun; all are borrowed. */
InsertLimit *insert_limit_prepare(Record *record, uint64_t run, const uint8_t *bytes,
                                  const uint32_t *offsets, uint32_t count, Error *error);
/* Inserts them, and commits. */
bool insert_limit_run(InsertLimit *limit, Error *error);
void insert_limit_finish(InsertLimit *limit);

#endif
