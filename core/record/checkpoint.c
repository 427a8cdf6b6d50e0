#include <stdio.h>

#include "core/record/write.h"

/* A commit that is synced takes all earlier ones with it: they stand before it in the log. Something has to
 * be written for it to be one, and the version says nothing new. */
static bool commit_synced(Record *record, Error *why) {
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d", RECORD_SCHEMA_VERSION);
    return write_begin(record, why) && record_run_sql(record, sql, why) &&
           write_commit(record, why);
}

/* Once the disk has refused to sync nobody knows what of the log it holds, and asking again would be
 * answered with a yes that means nothing: the record takes nothing more. */
bool record_checkpoint(Record *record, Error *error) {
    Error why = {0};
    bool agreed = record_commit(record, error); /* a conflict keeps nothing else from the disk */
    if (record->failure.kind) return false;
    if (!record->unsynced) return agreed;
    bool good = record_run_sql(record, "PRAGMA synchronous = FULL", &why) &&
                commit_synced(record, &why) &&
                record_run_sql(record, "PRAGMA synchronous = NORMAL", &why);
    if (!good) return write_give_up(record, &why, NULL, error);
    record->unsynced = false;
    return agreed;
}
