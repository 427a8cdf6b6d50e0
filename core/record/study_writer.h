/* What waits of studies for the next transaction: cells and outcomes, with their texts made already. Waiting here and
 * not inside a transaction keeps the file free for other writers. */
#ifndef CORE_RECORD_STUDY_WRITER_H
#define CORE_RECORD_STUDY_WRITER_H

#include "core/record/study.h"
#include "core/record/write.h"

enum { STUDY_BATCH = 1024, STUDY_BATCH_BYTES = 1 << 22 };

/* What a study is asked for whenever something of it is written or read. */
typedef struct OpenStudy {
    uint64_t study, cells;
    uint8_t seats;
} OpenStudy;

/* ERROR_NO_INPUT when there is none, ERROR_SCENARIO when its row makes no sense. */
bool study_open(Record *record, uint64_t study, OpenStudy *open, Error *error);

/* Finds the study of that plan, or enters it, within the caller's transaction. */
bool study_enter(Record *record, const StudyHeader *header, uint64_t *study, Error *error);

/* Keys hold the study above its jobs; those of seats, a seat below them. */
enum { STUDY_JOB_BITS = 44, STUDY_SEAT_BITS = 4 };

static inline int64_t outcome_key(const OpenStudy *open, uint64_t repetition, uint64_t cell) {
    return (int64_t)(open->study << STUDY_JOB_BITS) + (int64_t)(repetition * open->cells + cell);
}

static inline int64_t study_first_key(uint64_t study) {
    return (int64_t)(study << STUDY_JOB_BITS);
}

static inline int64_t study_last_key(uint64_t study) {
    return study_first_key(study) + (int64_t)(STUDY_MOST_JOBS - 1);
}

/* A piece of StudyWriter.texts; `length` 0: none. */
typedef struct PendingText {
    uint32_t at, length;
} PendingText;

typedef struct PendingCell {
    uint64_t study, cell;
    PendingText settings, numbers;
} PendingCell;

typedef struct PendingOutcome {
    OpenStudy study;
    uint64_t cell, repetition, seed;
    int64_t epoch;
    VerdictKind kind;
    Reason reason;
    SeatId seat;
    int8_t in_force;
    SeatSet signatories;
    SimTime ended_at;
    uint64_t events;
    Utility first_distance, last_distance;
    Digest digest;
    bool observed, recorded;
    SimTime peace_until, peace_broken_at;
    uint32_t peace_probes, peace_steps;
    Digest header_hash;
    PendingText drawn, agreement, accords, peace_in_force;
    uint32_t seats; /* where its seats begin in StudyWriter.seat */
} PendingOutcome;

typedef struct StudyWriter {
    OpenStudy open; /* the last one asked for */
    PendingCell *cell;
    PendingOutcome *outcome;
    uint32_t cells, outcomes, seats;
    SeatResult *seat;
    Text texts;
    uint32_t added[STUDY_BATCH]; /* of the outcomes that wait, those that were new */
    uint32_t added_count;
    sqlite3_stmt *add_seats[2]; /* the seats of one outcome, and of SEATS_AT_ONCE */
    uint8_t add_seats_of;       /* so many seats */
    Error conflict;             /* the first thing that says something else than the record */
} StudyWriter;

StudyWriter *study_writer(Record *record);
void study_writer_destroy(StudyWriter *writer);
bool study_writer_waits(const Record *record);
/* Within a transaction. Conflicts do not stop it. */
bool study_writer_insert(Record *record, Error *why);
void study_writer_forget(Record *record);
/* False, once, when there was a conflict. */
bool study_writer_agrees(Record *record, Error *error);

/* "Study 1, repetition 2, cell 3", for complaints. */
void study_place(char out[96], const OpenStudy *open, uint64_t repetition, uint64_t cell);

#endif
