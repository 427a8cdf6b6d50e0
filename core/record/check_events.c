#include "core/record/check.h"

#include <stdio.h>

static const char event_columns[] =
    "SELECT e.key, e.cause, e.at, e.decided_at, e.expires_at, e.kind, e.seat, e.offer, e.package,"
    " e.packages, e.seats, e.ruling, e.refused, e.reason, e.issue, e.option, e.breaks_commitment,"
    " e.passed, e.demand, e.distance, e.text, e.payload,"
    " d.key, d.place, d.subject, d.word, d.amount, d.before"
    " FROM events e LEFT JOIN details d ON d.key = e.key"
    " WHERE e.key BETWEEN ?1 AND ?2 ORDER BY e.key";

/* What names numbers. */
typedef struct Lexicon {
    const Names *names;
    const WorldNames *world;
} Lexicon;

static bool complain_payload(const char *place, const char *what, Error *error) {
    return error_set(error, ERROR_CHECK, "%s, column payload: %s", place, what);
}

static bool compare_columns(sqlite3_stmt *statement, const char *place, const Cell *should,
                            Error *error) {
    for (int i = 0; i < EVENT_COLUMNS; i++) {
        Cell is = cell_read(statement, i);
        if (!cell_equal(&is, &should[i]))
            return check_complain(place, sqlite3_column_name(statement, i), &is, "the payload says",
                                  &should[i], error);
    }
    return true;
}

static bool check_place(uint64_t run, uint64_t key_event, uint64_t expected, char place[96],
                        Error *error) {
    snprintf(place, 96, "Run %llu, table events, event %llu", (unsigned long long)run,
             (unsigned long long)expected);
    return key_event == expected ||
           error_set(error, ERROR_CHECK,
                     "%s, column key: it is missing, the next one is event %llu.", place,
                     (unsigned long long)key_event);
}

/* The order of these questions decides what is named: a payload that cannot be read before a column, and
 * a payload in another's place before all of its columns. */
static bool check_payload(const Cell *payload, const char *place, uint64_t expected, Event *event,
                          Error *error) {
    Error why = {0};
    if (payload->kind != CELL_BYTES) return complain_payload(place, "It holds no bytes.", error);
    if (!event_decode((const uint8_t *)payload->text, payload->length, event, &why))
        return complain_payload(place, why.text, error);
    if (event->id == expected) return true;
    char said[64];
    snprintf(said, sizeof said, "It tells of event %llu.", (unsigned long long)event->id);
    return complain_payload(place, said, error);
}

/* A detail stands beside its event exactly where the payload has one. */
static bool check_detail(Record *record, sqlite3_stmt *statement, uint64_t run, const Event *event,
                         const WorldNames *world, Error *error) {
    char place[96];
    Cell should[DETAIL_COLUMNS], nothing = cell_null();
    if (!event_detail_row(run, event, world, &record->scratch, should))
        for (int i = 0; i < DETAIL_COLUMNS; i++) should[i] = nothing;
    snprintf(place, sizeof place, "Run %llu, table details, event %llu", (unsigned long long)run,
             (unsigned long long)event->id);
    for (int i = 0; i < DETAIL_COLUMNS; i++) {
        Cell is = cell_read(statement, EVENT_COLUMNS + i);
        if (!cell_equal(&is, &should[i]))
            return check_complain(place, sqlite3_column_name(statement, EVENT_COLUMNS + i), &is,
                                  "the payload says", &should[i], error);
    }
    return true;
}

/* --- what they say together --- */

static void take_aftermath(Account *account, const Event *event) {
    bool passed = (event->flags & EVENT_PASSED) != 0;
    if (event->kind == NP_EVENT_IMPLEMENTATION) account->watched = true;
    if (event->kind == NP_EVENT_PROBE) account->probes++;
    if (event->kind == NP_EVENT_RENEWED_WAR) account->broken_at = event->at;
    if (event->kind == NP_EVENT_STEP && passed) {
        account->steps++;
        account->in_force = event->menu[0];
    }
}

static void take_event(Account *account, const Event *event) {
    bool agreement = event->kind == NP_EVENT_AGREEMENT;
    bool typed = event->kind == NP_EVENT_APPRAISAL && event->word == NP_ASPECT_TYPE;
    if (typed && event->seat < NP_MAX_SEATS)
        account->type[event->seat] = event->amount / UTILITY_ONE;
    if (account->end.id > 0) take_aftermath(account, event);
    if (agreement || event->kind == NP_EVENT_BREAKDOWN) account->end = *event;
    if (agreement) account->in_force = event->menu[0];
    if (event->kind == NP_EVENT_HORIZON) account->horizon = event->at;
    account->ended = event->kind == NP_EVENT_BREAKDOWN || event->kind == NP_EVENT_HORIZON;
}

/* An agreement is the end, unless its implementation follows. */
static bool may_follow(const Account *account, int kind) {
    bool first = account->end.id > 0 && !account->watched;
    return !account->ended && (!first || kind == NP_EVENT_IMPLEMENTATION);
}

/* Of whatever event it tells; -1 for what is none. */
static int payload_kind(const Cell *payload) {
    Event event;
    bool good = payload->kind == CELL_BYTES &&
                event_decode((const uint8_t *)payload->text, payload->length, &event, NULL);
    return good ? event.kind : -1;
}

static bool check_row(Record *record, sqlite3_stmt *statement, uint64_t run, const Lexicon *lexicon,
                      Account *account, Error *error) {
    char place[96];
    Cell should[EVENT_COLUMNS];
    Event *event = &account->last;
    uint64_t expected = account->events + 1;
    uint64_t key_event = (uint64_t)sqlite3_column_int64(statement, COLUMN_KEY) & UINT32_MAX;
    Cell payload = cell_read(statement, COLUMN_PAYLOAD);
    const char *late = "comes after the end of the run";
    if (!check_place(run, key_event, expected, place, error)) return false;
    if (account->end.id > 0 && !may_follow(account, payload_kind(&payload)))
        return error_set(error, ERROR_CHECK, "%s, column key: it %s.", place, late);
    if (!check_payload(&payload, place, expected, event, error)) return false;
    event_row(run, event, (const uint8_t *)payload.text, payload.length, lexicon->names,
              &record->scratch, should);
    if (!compare_columns(statement, place, should, error) ||
        !check_detail(record, statement, run, event, lexicon->world, error))
        return false;
    digest_add(&account->digest, payload.text, payload.length);
    account->events = expected;
    take_event(account, event);
    return true;
}

static bool walk_rows(Record *record, sqlite3_stmt *statement, uint64_t run, const Lexicon *lexicon,
                      Account *account, Error *error) {
    bool good = true;
    int code = SQLITE_DONE;
    while (good && (code = sqlite3_step(statement)) == SQLITE_ROW)
        good = check_row(record, statement, run, lexicon, account, error);
    return good && (code == SQLITE_DONE || record_failed(record, code, error));
}

static bool check_orphans(Record *record, uint64_t run, Error *error) {
    bool row;
    Cell key = cell_integer((int64_t)run);
    sqlite3_stmt *statement = statement_first(record, STATEMENT_LATE_DETAIL, &key, 1, &row, error);
    if (!statement) return false;
    unsigned long long event = row ? (unsigned long long)sqlite3_column_int64(statement, 0) : 0;
    statement_done(statement);
    return !row || error_set(error, ERROR_CHECK,
                             "Run %llu, table details, event %llu, column key: there is no such "
                             "event.",
                             (unsigned long long)run, event);
}

static void account_open(Account *account) {
    memset(account, 0, sizeof *account);
    digest_begin(&account->digest);
    account->broken_at = NP_NEVER;
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) account->type[seat] = -1;
}

bool check_events(Record *record, uint64_t run, Account *account, Error *error) {
    sqlite3_stmt *statement = NULL;
    Lexicon lexicon = {.names = record_names(record, run, error)};
    account_open(account);
    if (!lexicon.names || !record_world_names(record, run, &lexicon.world, error) ||
        !statement_prepare(record, event_columns, &statement, error))
        return false;
    sqlite3_bind_int64(statement, 1, event_key(run, 0));
    sqlite3_bind_int64(statement, 2, event_key(run, UINT32_MAX));
    bool good = walk_rows(record, statement, run, &lexicon, account, error);
    sqlite3_finalize(statement);
    return good && check_orphans(record, run, error);
}
