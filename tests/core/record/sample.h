/* A small negotiation and what happened in it, for the suites of the record. */
#ifndef TESTS_CORE_RECORD_SAMPLE_H
#define TESTS_CORE_RECORD_SAMPLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "core/record/record.h"

enum { SAMPLE_EVENTS = 11, SAMPLE_WORLD_EVENTS = 19, SAMPLE_EPOCH = 1740355200 /* 2025-02-24 */ };

#define SAMPLE_PAST "[{\"from\":0,\"settings\":[\"time.deadline=30d\"]}]"
enum { SAMPLE_BRANCHED_AT = 100000 };

/* Events with their canonical bytes, as the referee hands them out. */
typedef struct Batch {
    Event event[64];
    uint8_t bytes[64 * EVENT_MAX_BYTES];
    uint32_t offset[65];
    uint32_t count;
} Batch;

extern Negotiation sample_negotiation;
RunHeader sample_header(uint64_t seed);
/* A branch of that run of the same record, live from SAMPLE_BRANCHED_AT; its deadline was different. */
RunHeader sample_branch(uint64_t parent);
/* An agreement in eleven events: offers, a rule-out, two refusals, an acceptance, a ratification. */
const Batch *sample_batch(void);
Verdict sample_verdict(void);
/* The same negotiation with a closed table, a lever, a variable, a shock and types; what happened in it, from
 * the opening through an agreement to the end of its peace. */
const Negotiation *sample_world(void);
const Batch *sample_world_batch(void);
Verdict sample_world_verdict(void);
uint64_t sample_write_world(Record *record, uint64_t seed);

/* --- making events --- */

Outcome sample_package(uint8_t first, uint8_t second);
Event *sample_add(Batch *batch, EventKind kind, SimTime at, SeatId seat);
void sample_encode(Batch *batch);

/* The offer number `id` of an endless negotiation. */
void sample_offer(uint64_t id, Batch *batch);

/* A fresh directory for one test, and a path in it (valid until the next call). */
const char *sample_directory(void);
const char *sample_path(const char *name);
void sample_remove_directory(void);

/* Writes a whole run; gives its id. */
uint64_t sample_write_run(Record *record, uint64_t seed);
/* A record with `runs` runs at `path`. */
void sample_write(const char *path, int runs);

/* Asserts with the error's text. */
#define assert_good(call, error)                                                                   \
    do {                                                                                           \
        if (!(call)) fail_msg("%s", (error).text);                                                 \
    } while (0)
#define assert_error(error, expected, part)                                                        \
    do {                                                                                           \
        if ((error).kind != (expected) || !strstr((error).text, (part)))                           \
            fail_msg("error %d: %s", (int)(error).kind, (error).text);                             \
    } while (0)

/* Runs SQL through a connection of its own. */
void sample_sql(const char *path, const char *sql);
/* All values of a query, "|" between columns, a newline after rows; valid until the next call. */
const char *sample_query(const char *path, const char *sql);

#endif
