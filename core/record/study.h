/* Studies in the record: what is varied, the cells, and how each run of them ended. A run of a study may be recorded
 * in full, like any other, or leave its outcome only. Since schema 4; docs/record.md explains tables and views
 * (`study`, `cell`, `outcome`, `outcome_seat`, `failure`). */
#ifndef CORE_RECORD_STUDY_H
#define CORE_RECORD_STUDY_H

#include "core/record/record.h"

/* A record holds so many studies, a study so many cells and so many jobs. */
enum { STUDY_MOST = (1 << 15) - 1, STUDY_MOST_CELLS = 1 << 24 };
#define STUDY_MOST_JOBS (UINT64_C(1) << 44)

/* What a study is; see core/study/design.h. */
typedef struct StudyHeader {
    const char *plan; /* canonical JSON; its hash names the study in every record */
    const char *scenario_name, *scenario_text;
    size_t scenario_length;
    uint64_t seed, cells;
    const char *version;
    int64_t started_at;
    uint8_t seats;
    const char *seat_id[NP_MAX_SEATS];
} StudyHeader;

/* Finds the study of that plan, or enters it; committed at once, so that others see it. ERROR_CHECK when the one that is
 * there counts other cells or seats. */
bool record_study_begin(Record *record, const StudyHeader *header, uint64_t *study, Error *error);

typedef struct StudyRow {
    uint64_t study, seed, cells;
    Digest hash; /* of the plan */
    Digest scenario_hash;
    char scenario[64], version[32];
    uint8_t seats;
    char seat_id[NP_MAX_SEATS][64];
    int64_t started_at;
} StudyRow;

/* The study of that number, or the last one (0). ERROR_NO_INPUT when there is none. Texts are added; they may be NULL. */
bool record_study_find(Record *record, uint64_t study, StudyRow *row, Text *plan, Text *scenario,
                       Error *error);
/* Studies in order of number, after `after` (0: from the first). False at the end or on error (error set). */
bool record_next_study(Record *record, uint64_t after, StudyRow *row, Error *error);
/* Enters a cell once; again with the same settings it changes nothing, with others ERROR_CHECK. `numbers`: JSON object
 * {path: number or null}. Batched like outcomes, and committed with or before the outcomes that follow it. */
bool record_cell(Record *record, uint64_t study, uint64_t cell, const char *settings,
                 const char *numbers, Error *error);

/* How a job ended. */
typedef struct StudyOutcome {
    uint64_t cell, repetition, seed;
    int64_t epoch;        /* the scenario's start, seconds since 1970: from it dates are told */
    const char *drawn;    /* JSON array of settings of this repetition only; "[]" for none */
    const Domain *domain; /* in whose words the agreement is stored */
    Verdict verdict;
    const Digest *
        header_hash; /* of the run that is recorded in full, which may be in another record; NULL: none is */
} StudyOutcome;
/* Batched like events: record_commit and record_checkpoint as there. Cells are below the study's `cells`. A job that has
 * an outcome keeps it: the same digest again changes nothing, but that the run which is recorded in full is noted. Another
 * digest is ERROR_CHECK, said when the batch is committed (by this call, a later one or record_commit), with all others of
 * the batch there; one may go on after it. */
bool record_outcome(Record *record, uint64_t study, const StudyOutcome *outcome, Error *error);
/* An attempt that came to nothing: why (cut to 1,000 bytes, made safe to print). Attempts are numbered from 1 in the order
 * in which they are entered. Committed at once, with all that is pending. */
bool record_failure(Record *record, uint64_t study, uint64_t cell, uint64_t repetition,
                    const char *why, Error *error);

/* What is read back of an outcome: numbers only. */
typedef struct OutcomeRow {
    uint64_t cell, repetition, seed;
    VerdictKind kind;
    Reason reason;
    SimTime ended_at;
    uint64_t events;
    Digest digest;
    int8_t in_force;
    uint8_t seats;
    Utility utility[NP_MAX_SEATS], reservation[NP_MAX_SEATS];
    bool observed, held;   /* its peace */
    const char *agreement; /* JSON, borrowed until the visit ends; NULL: none */
} OutcomeRow;
/* In the order of (repetition, cell), whatever the order in which they were entered, as they are at one moment; memory does
 * not grow with their number. What is not an outcome is ERROR_SCENARIO with its place. `visit` returns false to stop; it
 * may read the record, and not write to it. */
typedef bool (*OutcomeVisit)(void *context, const OutcomeRow *outcome);
bool record_outcomes(Record *record, uint64_t study, OutcomeVisit visit, void *context,
                     Error *error);
/* The same of one cell alone, in the order of repetitions, without looking at the others. */
bool record_cell_outcomes(Record *record, uint64_t study, uint64_t cell, OutcomeVisit visit,
                          void *context, Error *error);
/* Failures of jobs that have no outcome, a visit a job in the same order, with how often each was tried and why the last
 * attempt failed. */
typedef bool (*FailureVisit)(void *context, uint64_t cell, uint64_t repetition, uint32_t attempts,
                             const char *why);
bool record_failures(Record *record, uint64_t study, FailureVisit visit, void *context,
                     Error *error);

/* How many outcomes the study has. */
bool record_count_outcomes(Record *record, uint64_t study, uint64_t *count, Error *error);

/* Visits the rows of view "study", "cell", "outcome", "outcome_seat" or "failure" that belong to the study, in the order of
 * their keys, as record_view does for runs; with study 0 one row of NULLs, for the names. */
bool record_study_view(Record *record, const char *view, uint64_t study, RecordRowVisit visit,
                       void *context, Error *error);

/* What can be known of a study without playing it again: plan and scenario against their hashes, cells in the design,
 * outcomes of cells that are there, whole, with digests that are digests and all their seats, and of runs that are recorded
 * in full in this record, with their seed and digest. The file as record_check does. False with ERROR_CHECK and the place. */
bool record_study_check(Record *record, uint64_t study, Error *error);

/* record_merge takes the studies of another record along, in its transaction: a study that is there already takes what it
 * lacks; an outcome that differs from the one that is there is ERROR_CHECK and nothing is merged. */

#endif
