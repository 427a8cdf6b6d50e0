#include "cli/verify.h"

#include <stdio.h>
#include <string.h>

#include "broker/broker.h"
#include "cli/cast.h"
#include "cli/lane_memory.h"
#include "cli/staging.h"
#include "core/referee/script.h"

/* The run once more. */
typedef struct Again {
    const RunRow *row;
    Cast cast;
    const VerifyMeans *means;
    Script script;
    DigestState digest;
    Verification *out;
} Again;

static void part(Again *again, uint64_t index, const char *what) {
    Verification *out = again->out;
    snprintf(out->place, sizeof out->place, "event %llu: %s", (unsigned long long)index + 1, what);
    out->event = index + 1;
    out->has_recorded = script_event(&again->script, index, &out->recorded);
}

/* The sink holds every event against the recorded one; the first difference ends the play. */
static bool compare_events(void *context, uint64_t run, const Event *events, const uint8_t *bytes,
                           const uint32_t *offsets, uint32_t count, Error *error) {
    Again *again = context;
    (void)run;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t index = events[i].id - 1;
        size_t length = offsets[i + 1] - offsets[i];
        if (!again->row->ended && index >= again->script.count)
            return error_set(error, ERROR_STOPPED, "the run was cut short here");
        if (!script_agrees(&again->script, index, bytes + offsets[i], length)) {
            part(again, index,
                 index < again->script.count ? "record and replay differ"
                                             : "the replay goes on where the record ends");
            again->out->has_replayed = true;
            again->out->replayed = events[i];
            return error_set(error, ERROR_STOPPED, "record and replay differ");
        }
        digest_add(&again->digest, bytes + offsets[i], length);
        again->out->events = index + 1;
    }
    return true;
}

static bool recall_events(void *context, uint64_t run, Script *script, Error *error) {
    const Again *again = context;
    (void)run, (void)error;
    for (uint64_t i = 0; i < again->out->events; i++) {
        size_t length;
        const uint8_t *bytes = script_bytes(&again->script, i, &length);
        script_add(script, bytes, length);
    }
    return true;
}

static bool compare_end(void *context, uint64_t run, const Verdict *verdict, Error *error) {
    Again *again = context;
    (void)run, (void)verdict, (void)error;
    if (again->out->events < again->script.count)
        part(again, again->out->events, "the record goes on where the replay ends");
    return true;
}

static SeatSet external_seats(const RunRow *row) {
    SeatSet external = 0;
    for (SeatId seat = 0; seat < row->seats; seat++)
        if (row->external[seat]) external |= seat_bit(seat);
    return external;
}

/* A branch is fed its own past; external seats are fed as long as there is anything of theirs. */
static Prefix prefix_of(const Again *again, const Staging *staging) {
    const RunRow *row = again->row;
    Prefix prefix = {.script = &again->script,
                     .ever = external_seats(row),
                     .until = NP_NEVER,
                     .faults = &again->script};
    if (row->branch) {
        prefix.fed = staging_last(staging)->negotiation.terms.consent.all;
        prefix.until = row->branched_at;
    }
    staging_prefix(staging, &prefix);
    return prefix;
}

static bool drive(Channel *channel, int patience_ms, const BrokerRun *run, BrokerSink sink,
                  Error *error) {
    MemoryLane reserve;
    memory_lane_open(&reserve, run->negotiation->terms.seats, NULL);
    const BrokerOptions options = {.reserve = reserve.channel,
                                   .patience_ms = patience_ms,
                                   .welcome_ms = patience_ms < 0 ? 1000 : 20000,
                                   .live = 1};
    Broker *broker = broker_create(channel, &options, sink);
    bool good = broker_wait_ready(broker, &run->negotiation->terms, error) &&
                broker_drive(broker, run, 1, error);
    broker_destroy(broker);
    memory_lane_close(&reserve);
    return good;
}

/* In this process, unless somebody has brought agents along. */
static bool drive_lane(const Again *again, const BrokerRun *run, BrokerSink sink, Error *error) {
    enum { PATIENCE_MS = 60000 };
    if (again->means->channel != NULL)
        return drive(again->means->channel, PATIENCE_MS, run, sink, error);
    MemoryLane lane;
    Repertoire *repertoire = cast_repertoire(&again->cast, again->means->trusted, error);
    if (repertoire == NULL) return false;
    memory_lane_open(&lane, run->negotiation->terms.seats, repertoire);
    bool good = drive(lane.channel, -1, run, sink, error);
    memory_lane_close(&lane);
    repertoire_destroy(repertoire);
    return good;
}

/* A difference stops the play; that is what it was for. */
static bool play_again(Again *again, const Staging *staging, Error *error) {
    const Negotiation *negotiation = &staging_first(staging)->negotiation;
    if (again->row->seats != negotiation->terms.seats)
        return error_set(error, ERROR_CHECK, "the run has %u seats and its scenario %u",
                         again->row->seats, negotiation->terms.seats);
    Prefix prefix = prefix_of(again, staging);
    BrokerRun run = {.run = again->row->run,
                     .negotiation = negotiation,
                     .seed = staging_seed(staging),
                     .strategy = again->cast.spec,
                     .prefix = &prefix,
                     .external = external_seats(again->row)};
    BrokerSink sink = {.context = again,
                       .events = compare_events,
                       .verdict = compare_end,
                       .recall = recall_events};
    Error stop = {0};
    if (drive_lane(again, &run, sink, &stop) || stop.kind == ERROR_STOPPED) return true;
    if (error != NULL) *error = stop;
    return false;
}

static bool ask_and_compare(Record *record, Again *again, Error *error) {
    Staging staging;
    script_init(&again->script);
    digest_begin(&again->digest);
    bool good = staging_read(&staging, record, again->row, NP_NEVER, error) &&
                record_script(record, again->row->run, &again->script, error) &&
                play_again(again, &staging, error);
    again->out->digest = digest_end(&again->digest);
    script_finish(&again->script);
    staging_finish(&staging);
    return good;
}

bool verify_cast(Cast *cast, const RunRow *row, const char *beside, Error *error) {
    const char *spec[NP_MAX_SEATS];
    for (SeatId seat = 0; seat < row->seats; seat++)
        spec[seat] = row->external[seat] ? "linear" : row->strategy[seat];
    return cast_read(cast, spec, row->seats, beside, error);
}

bool verify_needs_processes(const RunRow *row) {
    for (SeatId seat = 0; seat < row->seats; seat++)
        if (!row->external[seat] && spec_kind(row->strategy[seat]) == SPEC_PLUGIN) return true;
    return false;
}

bool verify_files(const RunRow *row, const char *beside, Error *error) {
    const char *spec[NP_MAX_SEATS];
    Cast cast;
    for (SeatId seat = 0; seat < row->seats; seat++) spec[seat] = row->strategy[seat];
    bool good = cast_read(&cast, spec, row->seats, beside, error);
    cast_finish(&cast);
    return good;
}

static bool verify_with(Record *record, Again *again, Verification *out, Error *error) {
    Error inconsistency = {0};
    bool consistent = record_check(record, again->row->run, &inconsistency);
    if (!consistent && inconsistency.kind != ERROR_CHECK) {
        if (error != NULL) *error = inconsistency;
        return false;
    }
    Error failure = {0};
    bool played = ask_and_compare(record, again, &failure);
    /* What the record says against itself comes first: it has the closer place. */
    if (!consistent)
        snprintf(out->place, sizeof out->place, "%.500s", inconsistency.text);
    else if (!played)
        snprintf(out->place, sizeof out->place, "%.500s", failure.text);
    out->verified = consistent && played && out->place[0] == '\0';
    return true;
}

/* What nobody can find out is no difference. */
static bool can_play(const Again *again, Error *error) {
    if (again->means->channel != NULL) return true;
    Repertoire *repertoire = cast_repertoire(&again->cast, again->means->trusted, error);
    repertoire_destroy(repertoire);
    return repertoire != NULL;
}

bool verify_run(Record *record, const RunRow *row, const VerifyMeans *means, Verification *out,
                Error *error) {
    Again again = {.row = row, .means = means, .out = out};
    memset(out, 0, sizeof *out);
    bool good = verify_cast(&again.cast, row, means->beside, error) && can_play(&again, error) &&
                verify_with(record, &again, out, error);
    cast_finish(&again.cast);
    return good;
}
