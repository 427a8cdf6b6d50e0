/* The record: one SQLite file for many runs. Events are stored in their canonical layout beside readable
 * columns; docs/record.md documents tables and views. Append-only; transactions are batched. What was
 * committed survives SIGKILL of any process (WAL, synchronous=NORMAL), what was checkpointed a power cut; of
 * the rest a valid beginning is there. */
#ifndef CORE_RECORD_RECORD_H
#define CORE_RECORD_RECORD_H

#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/negotiation/negotiation.h"
#include "core/referee/event.h"
#include "core/referee/script.h"
#include "core/referee/verdict.h"

typedef struct Record Record;

enum { RECORD_SCHEMA_VERSION = 4 };

/* What is known of a run before it begins. Hashed separately from the events, as the header. */
typedef struct RunHeader {
    const char *scenario_name;
    const char *scenario_text; /* the file's bytes */
    size_t scenario_length;
    const char *settings; /* JSON array of "PATH=VALUE" */
    uint64_t seed;
    const char *lane;    /* "memory" | "processes" */
    const char *version; /* the program's */
    int64_t started_at;  /* wall clock, seconds since 1970 */
    uint8_t seats;
    const char *seat_id[NP_MAX_SEATS];
    const char *strategy[NP_MAX_SEATS]; /* specification with every parameter */
    bool external[NP_MAX_SEATS];        /* fed, not asked again, by verify */
    /* Lineage, of a run that begins as another one; read only when there is a parent or a past. */
    uint64_t parent;     /* run of the same record; 0: none */
    SimTime branched_at; /* live from here on; -1: none */
    const char *past;    /* JSON array of {"from":seconds,"settings":[…]} that held before
                                 * branched_at, from which on `settings` hold; NULL: none */
    const Digest
        *parent_hash; /* its header_hash, when the parent is in another record; else NULL */
} RunHeader;

/* Opens for appending; creates the file (ERROR_CANT_CREATE when it cannot) and its schema; refuses files
 * that are not records (ERROR_SCENARIO) and records of a newer schema. A record of an older schema becomes
 * one of this version, in one transaction. Two writers may share a file. */
Record *record_open(const char *path, Error *error);
/* Opens an existing record for reading only: ERROR_NO_INPUT when there is none. One of an older schema is
 * read as it is. */
Record *record_open_read(const char *path, Error *error);
/* Checkpoints what is pending; call record_checkpoint before to hear whether that worked. */
void record_close(Record *record);

/* Begins a run; gives its id. The header is committed at once, so that it is visible to others. */
bool record_begin(Record *record, const RunHeader *header, const Negotiation *negotiation,
                  uint64_t *run, Error *error);
/* Takes up an unfinished run after its last committed event, *events (0: none). ERROR_CHECK when it is
 * finished or has a gap, ERROR_NO_INPUT when there is no such run, ERROR_IO while anybody still writes it:
 * from begin or reopen to its end or to the end of the process, a run belongs to one writer. */
bool record_reopen(Record *record, uint64_t run, uint64_t *events, Error *error);
/* Appends events with their canonical bytes (see referee_event_bytes). Committed in batches: by number,
 * and when record_commit says so. */
bool record_events(Record *record, uint64_t run, const Event *events, const uint8_t *bytes,
                   const uint32_t *offsets, uint32_t count, Error *error);
bool record_commit(Record *record, Error *error);
/* Commits, and waits until everything committed so far, by anybody, is on the disk: it then survives a power
 * cut too. Free when nothing was written since the last time. Fails when the disk does. */
bool record_checkpoint(Record *record, Error *error);
/* Ends a run with its verdict, and commits. */
bool record_end(Record *record, uint64_t run, const Verdict *verdict, Error *error);

/* --- reading --- */

typedef struct RunRow {
    uint64_t run;
    char scenario[64];
    Digest scenario_hash;
    uint64_t seed;
    char lane[16], version[32];
    int64_t started_at;
    bool ended; /* has a verdict */
    VerdictKind kind;
    Reason reason;
    SeatId seat;
    SimTime ended_at;
    int64_t epoch;
    uint64_t events;
    Digest digest;
    int8_t in_force;
    Utility first_distance, last_distance;
    uint8_t seats;
    char seat_id[NP_MAX_SEATS][64];
    char strategy[NP_MAX_SEATS][256];
    bool external[NP_MAX_SEATS];
    SeatResult result[NP_MAX_SEATS];
    Digest header_hash; /* names the run in every record that holds it */
    bool branch;        /* has a parent; the next three are 0, zeroes and -1 otherwise */
    uint64_t parent;    /* in this record; 0: it lies in another one */
    Digest parent_hash;
    SimTime branched_at;
    bool observed; /* its agreement was looked at afterwards; the next four are its peace's */
    SimTime peace_until, peace_broken_at; /* NP_NEVER: it held */
    uint32_t peace_probes, peace_steps;
} RunRow;

/* Runs in order of id, after `after` (0: from the first). False at the end or on error (error set). */
bool record_next_run(Record *record, uint64_t after, RunRow *row, Error *error);
bool record_find_run(Record *record, uint64_t run, RunRow *row, Error *error); /* ERROR_NO_INPUT */
uint64_t record_last_run(Record *record); /* 0 when there is none */
/* The scenario text and settings of a run. */
bool record_scenario(Record *record, uint64_t run, Text *text, Text *settings, Error *error);

/* The settings that held before branched_at: a JSON array, "[]" for none. */
bool record_past(Record *record, uint64_t run, Text *past, Error *error);
/* The run whose header has this hash; ERROR_NO_INPUT when the record has none. */
bool record_find_header(Record *record, const Digest *header_hash, uint64_t *run, Error *error);

/* Walks a run's events in order. `visit` returns false to stop. False on error. */
typedef bool (*RecordVisit)(void *context, const Event *event, const uint8_t *bytes, size_t length);
bool record_walk(Record *record, uint64_t run, uint64_t from_event, RecordVisit visit,
                 void *context, Error *error);
/* Adds all events of a run, in order, to the script. */
bool record_script(Record *record, uint64_t run, Script *script, Error *error);

/* A value of a view's row; text is borrowed until the row's visit ends, NULL for what is none. */
typedef enum RecordValueKind {
    RECORD_NULL,
    RECORD_INTEGER,
    RECORD_REAL,
    RECORD_TEXT
} RecordValueKind;

typedef struct RecordValue {
    RecordValueKind kind;
    int64_t integer;
    double real;
    const char *text;
    size_t length;
} RecordValue;

/* Visits the rows of view "run", "event", "offer", "demand", "event_detail", "world", "lever", "appraisal",
 * "statement", "account" or "peace" that belong to the run, in order of events; with run 0 one row of NULLs, for the names. `visit` returns false to stop. */
typedef bool (*RecordRowVisit)(void *context, const char *const *column, const RecordValue *value,
                               int columns);
bool record_view(Record *record, const char *view, uint64_t run, RecordRowVisit visit,
                 void *context, Error *error);

/* What a merge did. */
typedef struct RecordMerge {
    uint64_t runs, merged, duplicates;
    uint64_t studies, outcomes, outcomes_merged, outcome_duplicates;
} RecordMerge;

/* Adds all runs of another record under new ids, in one transaction: all or nothing. A run that is there
 * already, with the same header and the same events, is left out unless `all`. Parents are linked where they
 * are in the same record. Studies come along: what is there of one with the same plan is left out, and an outcome that
 * differs from the one that is there is ERROR_CHECK. The source should have been checked. */
bool record_merge(Record *record, Record *source, bool all, RecordMerge *done, Error *error);

/* Holds every stored value of a run against what it says twice: columns against payloads, payloads
 * against the digest, the header against its hash, the ids for gaps, the file for damage. True when all
 * agree; otherwise false with error (ERROR_CHECK) and the place, "event 17, column seat: …", in it. */
bool record_check(Record *record, uint64_t run, Error *error);

#endif
