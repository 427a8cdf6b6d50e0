/* The record as an open file: what the folder's other files share. */
#ifndef CORE_RECORD_FILE_H
#define CORE_RECORD_FILE_H

#include "core/record/claim.h"
#include "core/record/event_row.h"
#include "core/record/statement.h"

enum {
    RECORD_APPLICATION_ID = 1852858738 /* "npar" */,
    RECORD_BATCH = 4096,
    RECORD_BUSY_MS = 30000
};

/* The schemas as SQL, by version; the first is NULL. */
extern const char *const record_schema[RECORD_SCHEMA_VERSION + 1];

/* A run that is being written. */
typedef struct OpenRun {
    uint64_t run;
    Names *names;
    const WorldNames *world; /* NULL: it has none */
    uint64_t written;        /* the last event given to SQLite */
    uint64_t committed;      /* the last event that is safe */
} OpenRun;

/* An event that waits for its transaction. Waiting here and not inside a transaction keeps the file free
 * for other writers. */
typedef struct PendingEvent {
    uint64_t run;
    uint32_t offset; /* into pending_bytes; the payload begins with its length */
} PendingEvent;

struct Record {
    sqlite3 *db;
    char *path;
    bool writing;
    bool unsynced;     /* something was committed that a power cut may take */
    int schema;        /* version of the file's */
    bool views_beside; /* the program's own views were made */
    Claims *claims;    /* on runs that are being written; NULL before the first */
    Error failure;     /* of writing; once set, nothing more is written */
    sqlite3_stmt *statement[STATEMENTS];
    Names *names; /* of the domains met so far */
    WorldNames *worlds;
    EventScratch scratch;
    size_t scratch_size;
    OpenRun *open; /* in order of run */
    uint32_t open_count, open_capacity;
    PendingEvent *pending;
    uint32_t pending_count;
    uint8_t *pending_bytes;
    size_t pending_length, pending_capacity;
    struct StudyWriter *studies; /* what waits of studies; NULL before the first */
    int64_t checked_version;     /* data_version + 1 at which the file as a whole was found sound */
};

/* The file's name as it may be printed. */
const char *record_name(const Record *record, char out[256]);
bool record_run_sql(Record *record, const char *sql, Error *error);
/* One integer of a pragma or query; `fallback` when there is none. */
bool record_integer(Record *record, const char *sql, int64_t *out, Error *error);
/* The names of a run's domain, loaded on first use and kept. */
Names *record_names(Record *record, uint64_t run, Error *error);
/* *names: those of a run's world, in the same way; NULL when it has none. */
bool record_world_names(Record *record, uint64_t run, const WorldNames **names, Error *error);
/* The names of a domain by its key. */
Names *record_domain(Record *record, int64_t domain, Error *error);

#endif
