#include "core/record/check.h"

#include <stdio.h>

static const char event_columns[] =
    "SELECT key, cause, at, decided_at, expires_at, kind, seat, offer, package, packages, seats,"
    " ruling, refused, reason, issue, option, breaks_commitment, passed, demand, distance, text,"
    " payload FROM events WHERE key BETWEEN ?1 AND ?2 ORDER BY key";

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

static bool check_row(Record *record, sqlite3_stmt *statement, uint64_t run, const Names *names,
                      Account *account, Error *error) {
    char place[96];
    Cell should[EVENT_COLUMNS];
    Event *event = &account->last;
    uint64_t expected = account->events + 1;
    uint64_t key_event = (uint64_t)sqlite3_column_int64(statement, COLUMN_KEY) & UINT32_MAX;
    Cell payload = cell_read(statement, COLUMN_PAYLOAD);
    if (!check_place(run, key_event, expected, place, error)) return false;
    if (account->ended)
        return error_set(error, ERROR_CHECK, "%s, column key: it comes after the end of the run.",
                         place);
    if (!check_payload(&payload, place, expected, event, error)) return false;
    event_row(run, event, (const uint8_t *)payload.text, payload.length, names, &record->scratch,
              should);
    if (!compare_columns(statement, place, should, error)) return false;
    digest_add(&account->digest, payload.text, payload.length);
    account->events = expected;
    account->ended = event->kind == NP_EVENT_AGREEMENT || event->kind == NP_EVENT_BREAKDOWN;
    return true;
}

bool check_events(Record *record, uint64_t run, Account *account, Error *error) {
    sqlite3_stmt *statement = NULL;
    memset(account, 0, sizeof *account);
    digest_begin(&account->digest);
    const Names *names = record_names(record, run, error);
    if (!names || !statement_prepare(record, event_columns, &statement, error)) return false;
    sqlite3_bind_int64(statement, 1, event_key(run, 0));
    sqlite3_bind_int64(statement, 2, event_key(run, UINT32_MAX));
    bool good = true;
    int code = SQLITE_DONE;
    while (good && (code = sqlite3_step(statement)) == SQLITE_ROW)
        good = check_row(record, statement, run, names, account, error);
    if (good && code != SQLITE_DONE) good = record_failed(record, code, error);
    sqlite3_finalize(statement);
    return good;
}
