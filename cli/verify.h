/* Verifying a recorded run: every stored value against what it says twice, then the run once more: the
 * strategies are asked again and every event is held against the recorded one. */
#ifndef CLI_VERIFY_H
#define CLI_VERIFY_H

#include "cli/cast.h"
#include "core/record/record.h"
#include "core/scenario/scenario.h"

typedef struct Verification {
    bool verified;
    uint64_t events; /* compared and equal */
    Digest digest;   /* of the run as replayed, up to the difference */
    char place[512]; /* where record and replay part, or where the record contradicts itself; "" */
    uint64_t event;  /* first differing event; 0 when the difference is not in an event */
    bool has_recorded, has_replayed;
    Event recorded, replayed; /* both sides of it */
} Verification;

/* Where strategies' files may lie, and whether a shared object may run in here. */
typedef struct VerifyMeans {
    const char *beside; /* the record's path */
    bool trusted;
    struct Channel *channel; /* to agents in processes of their own; NULL: all in this one */
} VerifyMeans;

/* Who is asked again: the run's strategies; what an external seat did is fed, and whoever sits there only listens.
 * Finish the cast in either case. */
bool verify_cast(Cast *cast, const RunRow *row, const char *beside, Error *error);
/* Does the run have a seat that plays a shared object? */
bool verify_needs_processes(const RunRow *row);

/* False when it could not be told (the record cannot be read, a strategy's file is gone or has changed); a difference
 * is not an error. */
bool verify_run(Record *record, const RunRow *row, const VerifyMeans *means, Verification *out,
                Error *error);
/* Are the files that the run's strategies came from still there, and the same? ERROR_CANT_TELL when not. */
bool verify_files(const RunRow *row, const char *beside, Error *error);

#endif
