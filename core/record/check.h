/* The parts of record_check. Each sets ERROR_CHECK with the place, or another kind when the file cannot be
 * read at all. */
#ifndef CORE_RECORD_CHECK_H
#define CORE_RECORD_CHECK_H

#include "core/base/digest.h"
#include "core/record/file.h"

/* What the events of a run say about its end, and about what came after an agreement. */
typedef struct Account {
    uint64_t events;
    DigestState digest;
    bool ended;   /* nothing more may come */
    bool watched; /* an agreement that is looked at: it goes on to the horizon */
    Event last;
    Event end; /* the agreement or breakdown; id 0 before it */
    SimTime broken_at, horizon;
    uint32_t probes, steps;
    Outcome in_force;
    int64_t type[NP_MAX_SEATS]; /* -1: the events do not say */
} Account;

/* The file as a whole: SQLite's own integrity check, tables and views as the program writes them, meta. */
bool check_file(Record *record, Error *error);
/* That the parent is the run whose header the branch names. Runs that began before schema 2 (not `may`)
 * have none. */
bool check_lineage(Record *record, uint64_t run, bool may, Error *error);
/* Ids without gaps, payloads that decode, columns that say what the payloads say. */
bool check_events(Record *record, uint64_t run, Account *account, Error *error);

/* "…, column C: it says A, <what> says B." */
bool check_complain(const char *place, const char *column, const Cell *is, const char *other,
                    const Cell *should, Error *error);

#endif
