#include "tests/core/record/sample.h"

#include <assert.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const security[] = {"nato", "israel", "neutrality"};
static const char *const forces[] = {"600k", "no \"cap\""};

Negotiation sample_negotiation = {
    .terms = {.name = "sample",
              .epoch = SAMPLE_EPOCH,
              .seats = 2,
              .seat = {{.id = "ukraine", .name = "Ukraine"}, {.id = "russia", .name = "Russia"}},
              .domain = {.issues = 2,
                         .issue = {{.id = "security",
                                    .title = "Security",
                                    .options = 3,
                                    .status_quo = 2,
                                    .option = security},
                                   {.id = "forces",
                                    .title = "Forces",
                                    .options = 2,
                                    .status_quo = NP_NO_OPTION,
                                    .separable = true,
                                    .option = forces}}}}};

RunHeader sample_header(uint64_t seed) {
    static const char text[] = "nonpaper: 1\nname: sample\n";
    return (RunHeader){.scenario_name = "sample",
                       .scenario_text = text,
                       .scenario_length = sizeof text - 1,
                       .settings = "[\"time.deadline=30d\"]",
                       .seed = seed,
                       .lane = "memory",
                       .version = "0.1.0",
                       .started_at = 1750000000,
                       .seats = 2,
                       .seat_id = {"ukraine", "russia"},
                       .strategy = {"boulware(e=0.2)", "menu"},
                       .external = {false, true}};
}

RunHeader sample_branch(uint64_t parent) {
    RunHeader header = sample_header(50 + parent);
    header.parent = parent;
    header.branched_at = SAMPLE_BRANCHED_AT;
    header.past = SAMPLE_PAST;
    return header;
}

Outcome sample_package(uint8_t first, uint8_t second) {
    Outcome outcome;
    memset(&outcome, NP_NO_OPTION, sizeof outcome);
    outcome.option[0] = first;
    outcome.option[1] = second;
    return outcome;
}

Event *sample_add(Batch *batch, EventKind kind, SimTime at, SeatId seat) {
    Event *event = &batch->event[batch->count++];
    *event = (Event){.id = batch->count,
                     .cause = batch->count - 1,
                     .at = at,
                     .decided_at = at > 3600 ? at - 3600 : at,
                     .demand = UTILITY_NONE,
                     .distance = UTILITY_NONE,
                     .kind = (uint8_t)kind,
                     .seat = seat,
                     .issues = 2};
    memset(event->menu, NP_NO_OPTION, sizeof event->menu);
    return event;
}

static Event *add_offer(Batch *batch, SimTime at, SeatId seat, uint32_t number, Utility demand) {
    Event *event = sample_add(batch, NP_EVENT_OFFER, at, seat);
    event->offer = number;
    event->demand = demand;
    event->expires_at = NP_NEVER;
    event->packages = 1;
    event->menu[0] = sample_package(seat == 0 ? 0 : 2, 1);
    return event;
}

static void add_talk(Batch *batch) {
    sample_add(batch, NP_EVENT_OPENING, 0, NP_NO_SEAT);
    Event *offer = add_offer(batch, 86400, 0, 1, 900000000);
    offer->packages = 2;
    offer->menu[1] = sample_package(1, NP_NO_OPTION);
    add_offer(batch, 90000, 1, 2, 800000000)->distance = 500000000;
    Event *ruled_out = sample_add(batch, NP_EVENT_RULE_OUT, 100000, 1);
    ruled_out->issue = 1;
    ruled_out->option = 1;
    Event *refusal = sample_add(batch, NP_EVENT_REFUSAL, 110000, 0);
    refusal->ruling = NP_RULING_NO_SUCH_OFFER;
    refusal->refused = NP_ACCEPT;
    refusal->offer = 9;
    Event *garbage = sample_add(batch, NP_EVENT_REFUSAL, 120000, 0);
    garbage->ruling = NP_RULING_MALFORMED;
    garbage->refused = NP_RULE_OUT;
    garbage->issue = 0;
    garbage->option = 77;
}

static void add_end(Batch *batch) {
    Event *offer = add_offer(batch, 172800, 0, 3, 700000000);
    offer->menu[0] = sample_package(1, 0);
    offer->distance = 300000000;
    offer->expires_at = 864000;
    offer->flags = EVENT_BREAKS_COMMITMENT;
    static const EventKind kinds[] = {NP_EVENT_ACCEPTANCE, NP_EVENT_SIGNATURE,
                                      NP_EVENT_RATIFICATION, NP_EVENT_AGREEMENT};
    for (int i = 0; i < 4; i++) {
        bool vote = kinds[i] == NP_EVENT_RATIFICATION;
        Event *event = sample_add(batch, kinds[i], 259200 + 86400 * i, i == 0 ? 1 : NP_NO_SEAT);
        event->seats = vote ? 0 : 3;
        event->packages = vote ? 0 : 1;
        if (!vote) event->menu[0] = sample_package(1, 0);
        if (i < 2) event->offer = 3;
        if (!vote) continue;
        event->flags = EVENT_PASSED;
        event->demand = -123456789;
        event->text_length = 4;
        memcpy(event->text, "rada", 4);
    }
}

void sample_encode(Batch *batch) {
    batch->offset[0] = 0;
    for (uint32_t i = 0; i < batch->count; i++)
        batch->offset[i + 1] =
            batch->offset[i] +
            (uint32_t)event_encode(&batch->event[i], batch->bytes + batch->offset[i]);
}

const Batch *sample_batch(void) {
    static Batch batch;
    if (batch.count > 0) return &batch;
    add_talk(&batch);
    add_end(&batch);
    assert(batch.count == SAMPLE_EVENTS);
    sample_encode(&batch);
    return &batch;
}

Verdict sample_verdict(void) {
    const Batch *batch = sample_batch();
    return (Verdict){.kind = VERDICT_AGREEMENT,
                     .seat = NP_NO_SEAT,
                     .ended_at = batch->event[SAMPLE_EVENTS - 1].at,
                     .events = SAMPLE_EVENTS,
                     .digest = digest_of(batch->bytes, batch->offset[SAMPLE_EVENTS]),
                     .agreement = sample_package(1, 0),
                     .signatories = 3,
                     .in_force = 1,
                     .accords = 1,
                     .accord = {sample_package(NP_NO_OPTION, 1)},
                     .first_distance = 500000000,
                     .last_distance = 300000000,
                     .seat_result = {{700000000, 350000000, 900000000, 700000000, 2, 0, 0},
                                     {600000000, 450000000, 800000000, 800000000, 1, 0, 0}}};
}

void sample_offer(uint64_t id, Batch *batch) {
    batch->count = 0;
    if (id == 1)
        sample_add(batch, NP_EVENT_OPENING, 0, NP_NO_SEAT);
    else
        add_offer(batch, (SimTime)id * 60, id % 2, (uint32_t)id, 500000000 + (Utility)id);
    batch->event[0].id = id;
    batch->event[0].cause = id - 1;
    sample_encode(batch);
}

/* --- files --- */

static char directory[64];
static char path_buffer[4][512];

const char *sample_directory(void) {
    if (directory[0]) return directory;
    snprintf(directory, sizeof directory, "/tmp/nonpaper-record-XXXXXX");
    if (!mkdtemp(directory)) abort();
    return directory;
}

const char *sample_path(const char *name) {
    static int turn;
    char *path = path_buffer[turn++ % 4];
    snprintf(path, sizeof path_buffer[0], "%s/%s", sample_directory(), name);
    return path;
}

void sample_remove_directory(void) {
    DIR *entries = directory[0] ? opendir(directory) : NULL;
    for (struct dirent *entry; entries && (entry = readdir(entries));)
        if (entry->d_name[0] != '.') unlink(sample_path(entry->d_name));
    if (entries) closedir(entries);
    if (directory[0]) rmdir(directory);
    directory[0] = '\0';
}

uint64_t sample_write_run(Record *record, uint64_t seed) {
    Error error = {0};
    uint64_t run = 0;
    RunHeader header = sample_header(seed);
    const Batch *batch = sample_batch();
    Verdict verdict = sample_verdict();
    assert_good(record_begin(record, &header, &sample_negotiation, &run, &error), error);
    assert_good(
        record_events(record, run, batch->event, batch->bytes, batch->offset, batch->count, &error),
        error);
    assert_good(record_end(record, run, &verdict, &error), error);
    return run;
}

void sample_write(const char *path, int runs) {
    Error error = {0};
    Record *record = record_open(path, &error);
    assert_good(record, error);
    for (int i = 0; i < runs; i++) sample_write_run(record, 42 + (uint64_t)i);
    record_close(record);
}

/* --- a look from outside --- */

static Text answer;

static int add_answer(void *context, int columns, char **values, char **names) {
    (void)context, (void)names;
    for (int i = 0; i < columns; i++)
        text_addf(&answer, "%s%s", i > 0 ? "|" : "", values[i] ? values[i] : "");
    text_add(&answer, "\n");
    return 0;
}

const char *sample_query(const char *path, const char *sql) {
    sqlite3 *db = NULL;
    char *complaint = NULL;
    text_clear(&answer);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_busy_timeout(db, 10000);
    /* No power fails here, and no suite waits for a disk. */
    sqlite3_exec(db, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
    if (sqlite3_exec(db, sql, add_answer, NULL, &complaint) != SQLITE_OK) {
        text_addf(&answer, "error: %s", complaint);
        sqlite3_free(complaint);
    }
    sqlite3_close(db);
    return text_get(&answer);
}

void sample_sql(const char *path, const char *sql) {
    const char *said = sample_query(path, sql);
    if (strncmp(said, "error", 5) == 0) fail_msg("%s: %s", sql, said);
}
