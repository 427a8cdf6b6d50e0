/* The runs of a record by the hash of their headers: for each such hash, what they hold. */
#ifndef CORE_RECORD_MERGE_INDEX_H
#define CORE_RECORD_MERGE_INDEX_H

#include "core/record/record.h"

/* A run by what it says, wherever it is. */
typedef struct RunIdentity {
    Digest header, events; /* of the events' payloads, of unfinished runs too */
    bool ended;
} RunIdentity;

typedef struct MergeIndex {
    struct MergeEntry {
        RunIdentity identity;
        uint64_t run; /* 0: the place is free */
    } * entry;
    uint64_t count, capacity; /* a power of two */
} MergeIndex;

void merge_index_finish(MergeIndex *index);
void merge_index_add(MergeIndex *index, const RunIdentity *identity, uint64_t run);
/* Is there a run that says the same? */
bool merge_index_has(const MergeIndex *index, const RunIdentity *identity);
/* A run with that header; 0: none. */
uint64_t merge_index_find(const MergeIndex *index, const Digest *header);

/* Reads what a run says. */
bool run_identity(Record *record, const RunRow *row, RunIdentity *out, Error *error);
/* Adds all runs of a record. */
bool merge_index_read(MergeIndex *index, Record *record, Error *error);

#endif
