/* The canonical form of a run's header and of its result: one line a column, in the order of the table,
 * "runs.seed 42", "seats.id/0 7:ukraine". What only some runs have follows, and only for those. Stored in the run beside its hash, so that a changed value can
 * be named: of column, form and hash two always agree. */
#ifndef CORE_RECORD_CANON_H
#define CORE_RECORD_CANON_H

#include "core/base/digest.h"
#include "core/record/file.h"

enum { CANON_MAX_FIELDS = 32 + 8 * NP_MAX_SEATS };

typedef struct CanonField {
    size_t value; /* where its value begins */
    size_t start; /* of its line */
    char table[16], column[32];
    int row; /* of the seat; -1 for the run */
} CanonField;

typedef struct Canon {
    Text text;
    uint32_t fields;
    uint32_t values; /* columns that are not null */
    CanonField field[CANON_MAX_FIELDS];
} Canon;

/* Which of the two forms: rows of the run, then of its seats, then what only some runs have: at most one row
 * of `single`, and one for each seat of `accounts`. */
typedef struct CanonForm {
    const char *title;  /* the first line */
    const char *column; /* of table runs, where it is stored; its hash is in column _hash */
    StatementId run, seats, set;
    StatementId single, accounts; /* STATEMENTS: none */
} CanonForm;

/* Headers are stored in the form that was current when the run began: canon_header_1 by schema 1. */
extern const CanonForm canon_header_1, canon_header, canon_result;

void canon_init(Canon *canon);
void canon_finish(Canon *canon);
/* Reads the columns of a run and builds the form. */
bool canon_read(Record *record, const CanonForm *form, uint64_t run, Canon *canon, Error *error);
bool canon_hash(Record *record, const CanonForm *form, uint64_t run, Digest *hash, Error *error);
/* The form in which the header of a run is stored. */
bool canon_header_of(Record *record, uint64_t run, const CanonForm **form, Error *error);
/* Builds the form and stores it with its hash. */
bool canon_store(Record *record, const CanonForm *form, uint64_t run, Error *error);
/* Holds the columns against the stored form and its hash. ERROR_CHECK names the place. */
bool canon_check(Record *record, const CanonForm *form, uint64_t run, Error *error);

#endif
