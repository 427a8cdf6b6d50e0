/* What writing runs and writing events share: short transactions, and one way to fail. */
#ifndef CORE_RECORD_WRITE_H
#define CORE_RECORD_WRITE_H

#include "core/record/file.h"

bool write_begin(Record *record, Error *why);
bool write_commit(Record *record, Error *why);
/* Rolls back and remembers why: from here on the record takes nothing more. `open` is the run that it
 * struck, or NULL. Returns false. */
bool write_give_up(Record *record, const Error *why, const OpenRun *open, Error *error);
/* Says again why writing ended. Returns false. */
bool write_failed(Record *record, Error *error);

/* The key of a text that is known by its hash, which is added when it is new. */
bool write_hashed(Record *record, StatementId find, StatementId add, const char *bytes,
                  size_t length, int64_t *key, Error *error);

/* The run as it is being written; one that an earlier program began is taken up. */
OpenRun *open_run(Record *record, uint64_t run, Error *error);
void open_run_forget(Record *record, uint64_t run);

#endif
