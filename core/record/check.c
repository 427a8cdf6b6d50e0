#include "core/record/check.h"

#include <stdio.h>

#include "core/record/canon.h"

/* --- is there such a run? --- */

static bool count_traces(Record *record, uint64_t run, int64_t *traces, Error *error) {
    bool row;
    Cell key = cell_integer((int64_t)run);
    sqlite3_stmt *statement = statement_first(record, STATEMENT_TRACES, &key, 1, &row, error);
    if (!statement) return false;
    *traces = sqlite3_column_int64(statement, 0) + sqlite3_column_int64(statement, 1);
    statement_done(statement);
    return true;
}

static bool check_exists(Record *record, uint64_t run, Error *error) {
    RunRow row;
    Error why = {0};
    int64_t traces = 0;
    if (record_find_run(record, run, &row, &why)) return true;
    if (why.kind != ERROR_NO_INPUT) return error_set(error, why.kind, "%s", why.text);
    if (run == 0 || run > EVENT_KEY_LIMIT || !count_traces(record, run, &traces, error))
        return error_set(error, why.kind, "%s", why.text);
    if (traces == 0) return error_set(error, why.kind, "%s", why.text);
    return error_set(error, ERROR_CHECK,
                     "Run %llu, table runs, column run: there is no such row, yet seats and events "
                     "say that there is.",
                     (unsigned long long)run);
}

/* --- texts against their hashes --- */

static const struct {
    const char *table, *column, *sql;
} hashed[] = {
    {"scenarios", "text",
     "SELECT s.text, s.hash FROM runs r JOIN scenarios s ON s.scenario = r.scenario WHERE r.run = "
     "?1"},
    {"domains", "issues",
     "SELECT d.issues, d.hash FROM runs r JOIN domains d ON d.domain = r.domain WHERE r.run = ?1"},
    {"worlds", "names",
     "SELECT w.names, w.hash FROM run_worlds x JOIN worlds w ON w.world = x.world WHERE x.run = "
     "?1"},
};

static bool check_hash(sqlite3_stmt *statement, uint64_t run, size_t which, Error *error) {
    char place[64], hex[DIGEST_HEX];
    Cell text = cell_read(statement, 0), hash = cell_read(statement, 1);
    Digest own = digest_of(text.text ? text.text : "", text.length);
    Cell should = cell_text(digest_hex(hex, &own));
    if (cell_equal(&hash, &should)) return true;
    snprintf(place, sizeof place, "Run %llu, table %s", (unsigned long long)run,
             hashed[which].table);
    Text column = {0};
    text_addf(&column, "%s (BLAKE2b)", hashed[which].column);
    check_complain(place, column.bytes, &should, "column hash says", &hash, error);
    text_finish(&column);
    return false;
}

static bool check_hashed(Record *record, uint64_t run, size_t which, Error *error) {
    sqlite3_stmt *statement = NULL;
    if (!statement_prepare(record, hashed[which].sql, &statement, error)) return false;
    sqlite3_bind_int64(statement, 1, (int64_t)run);
    int code = sqlite3_step(statement);
    bool good = code == SQLITE_ROW    ? check_hash(statement, run, which, error)
                : code == SQLITE_DONE ? true /* the header misses it */
                                      : record_failed(record, code, error);
    sqlite3_finalize(statement);
    return good;
}

/* --- the verdict against the events --- */

static bool check_value(uint64_t run, const char *column, Cell is, Cell should, Error *error) {
    char place[64];
    if (cell_equal(&is, &should)) return true;
    snprintf(place, sizeof place, "Run %llu, table runs", (unsigned long long)run);
    return check_complain(place, column, &is, "the events say", &should, error);
}

static bool check_end_event(sqlite3_stmt *statement, uint64_t run, const Account *account,
                            const Names *names, Error *error) {
    const Event *last = &account->end;
    bool agreed = last->kind == NP_EVENT_AGREEMENT;
    Text agreement = {0};
    if (agreed) names_outcome(names, &last->menu[0], &agreement);
    bool good =
        check_value(run, "verdict", cell_read(statement, 0),
                    cell_text(agreed ? "agreement" : "breakdown"), error) &&
        check_value(run, "reason", cell_read(statement, 1),
                    agreed ? cell_null() : cell_text(reason_name(last->reason)), error) &&
        check_value(run, "ended_at", cell_read(statement, 3), cell_integer(last->at), error) &&
        check_value(run, "agreement", cell_read(statement, 6), cell_text(agreement.bytes), error);
    text_finish(&agreement);
    return good;
}

static bool check_totals(sqlite3_stmt *statement, uint64_t run, const Account *account,
                         Error *error) {
    char hex[DIGEST_HEX];
    Digest digest = digest_end(&account->digest);
    return check_value(run, "events", cell_read(statement, 4),
                       cell_integer((int64_t)account->events), error) &&
           check_value(run, "digest", cell_read(statement, 5), cell_text(digest_hex(hex, &digest)),
                       error);
}

/* --- what came after an agreement, and who they were --- */

static bool check_peace_value(uint64_t run, const char *column, Cell is, Cell should,
                              Error *error) {
    char place[64];
    if (cell_equal(&is, &should)) return true;
    snprintf(place, sizeof place, "Run %llu, table peaces", (unsigned long long)run);
    return check_complain(place, column, &is, "the events say", &should, error);
}

static Cell moment(SimTime at) {
    return at == NP_NEVER ? cell_null() : cell_integer(at);
}

static bool compare_peace(sqlite3_stmt *statement, uint64_t run, const Account *account,
                          const Names *names, Error *error) {
    Text in_force = {0};
    names_outcome(names, &account->in_force, &in_force);
    bool good = check_peace_value(run, "until", cell_read(statement, 0),
                                  cell_integer(account->horizon), error) &&
                check_peace_value(run, "broken_at", cell_read(statement, 1),
                                  moment(account->broken_at), error) &&
                check_peace_value(run, "probes", cell_read(statement, 2),
                                  cell_integer(account->probes), error) &&
                check_peace_value(run, "steps", cell_read(statement, 3),
                                  cell_integer(account->steps), error) &&
                check_peace_value(run, "in_force", cell_read(statement, 4),
                                  cell_text(in_force.bytes), error);
    text_finish(&in_force);
    return good;
}

static bool check_peace(Record *record, uint64_t run, const Account *account, Error *error) {
    bool row;
    Cell key = cell_integer((int64_t)run), nothing = cell_null();
    const Names *names = record_names(record, run, error);
    sqlite3_stmt *statement =
        names ? statement_first(record, STATEMENT_PEACE, &key, 1, &row, error) : NULL;
    if (!statement) return false;
    bool good = row == account->watched ||
                check_peace_value(run, "run", row ? key : nothing, row ? nothing : key, error);
    good = good && (!row || compare_peace(statement, run, account, names, error));
    statement_done(statement);
    return good;
}

static bool check_type(uint64_t run, SeatId seat, Cell is, int64_t type, Error *error) {
    char place[64];
    Cell should = type < 0 ? cell_null() : cell_integer(type);
    if (cell_equal(&is, &should)) return true;
    snprintf(place, sizeof place, "Run %llu, table accounts, seat %u", (unsigned long long)run,
             seat);
    return check_complain(place, "type", &is, "the events say", &should, error);
}

static bool check_types(Record *record, uint64_t run, const Account *account, Error *error) {
    bool row, good = true;
    Cell key = cell_integer((int64_t)run);
    Error trouble = {0};
    sqlite3_stmt *statement =
        statement_first(record, STATEMENT_RESULT_ACCOUNTS, &key, 1, &row, error);
    if (!statement) return false;
    for (; row && good; row = statement_next(record, statement, &trouble)) {
        int64_t seat = sqlite3_column_int64(statement, 0);
        bool seated = seat >= 0 && seat < NP_MAX_SEATS;
        good = check_type(run, (SeatId)seat, cell_read(statement, 1),
                          seated ? account->type[seat] : -1, error);
    }
    statement_done(statement);
    return good && (!trouble.kind || error_set(error, trouble.kind, "%s", trouble.text));
}

static bool has_verdict(sqlite3_stmt *statement) {
    for (int i = 0; i < sqlite3_column_count(statement); i++)
        if (sqlite3_column_type(statement, i) != SQLITE_NULL) return true;
    return false;
}

static bool complain_no_end(uint64_t run, const Account *account, Error *error) {
    return error_set(
        error, ERROR_CHECK,
        "Run %llu, table events, event %llu, column key: it is missing, yet the run has "
        "a verdict.",
        (unsigned long long)run, (unsigned long long)account->events + 1);
}

/* Without a verdict (the writer was killed) the events are a valid beginning, and nothing else can be
 * asked of them. */
static bool check_verdict(Record *record, uint64_t run, const Account *account, Error *error) {
    bool row;
    Cell key = cell_integer((int64_t)run);
    const Names *names = record_names(record, run, error);
    sqlite3_stmt *statement =
        names ? statement_first(record, STATEMENT_RESULT, &key, 1, &row, error) : NULL;
    if (!statement) return false;
    bool good = true;
    bool verdict = row && has_verdict(statement);
    bool whole = account->end.id > 0 && (account->ended || !account->watched);
    if (verdict && !whole) good = complain_no_end(run, account, error);
    if (good && verdict)
        good = check_totals(statement, run, account, error) &&
               check_end_event(statement, run, account, names, error);
    statement_done(statement);
    return good && (!verdict || (check_peace(record, run, account, error) &&
                                 check_types(record, run, account, error)));
}

/* The result's own vote comes first: it names the column that changed, where the events could only say
 * that they disagree. */
static bool check_result(Record *record, uint64_t run, const Account *account, Error *error) {
    Error why = {0};
    bool agree = check_verdict(record, run, account, &why);
    if (!agree && why.kind != ERROR_CHECK) return error_set(error, why.kind, "%s", why.text);
    if (!canon_check(record, &canon_result, run, error)) return false;
    return agree || error_set(error, why.kind, "%s", why.text);
}

static bool check_run(Record *record, uint64_t run, Error *error) {
    Account account;
    const CanonForm *form;
    if (!check_file(record, error) || !check_exists(record, run, error)) return false;
    for (size_t i = 0; i < sizeof hashed / sizeof hashed[0]; i++)
        if (!check_hashed(record, run, i, error)) return false;
    if (!canon_header_of(record, run, &form, error) || !canon_check(record, form, run, error) ||
        !check_lineage(record, run, form == &canon_header, error))
        return false;
    return check_events(record, run, &account, error) && check_result(record, run, &account, error);
}

/* Damage that stops the reading is a finding too. All is read in one transaction, so that a run which
 * ends meanwhile is not seen half-way. */
bool record_check(Record *record, uint64_t run, Error *error) {
    Error why = {0};
    if (record->writing && !record_commit(record, error)) return false;
    sqlite3_exec(record->db, "BEGIN", NULL, NULL, NULL);
    bool good = check_run(record, run, &why);
    sqlite3_exec(record->db, "COMMIT", NULL, NULL, NULL);
    if (good) return true;
    ErrorKind kind = why.kind == ERROR_SCENARIO ? ERROR_CHECK : why.kind;
    return error_set(error, kind, "%s", why.text);
}
