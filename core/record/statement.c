#include "core/record/statement.h"

#include "core/record/file.h"

/* Aliases of the canonical forms name table and column: they appear in the form and in complaints. */
static const char *const statement_sql[STATEMENTS] = {
    [STATEMENT_BEGIN] = "BEGIN IMMEDIATE",
    [STATEMENT_COMMIT] = "COMMIT",
    [STATEMENT_ROLLBACK] = "ROLLBACK",
    [STATEMENT_FIND_SCENARIO] = "SELECT scenario FROM scenarios WHERE hash = ?1",
    [STATEMENT_ADD_SCENARIO] = "INSERT INTO scenarios (hash, text) VALUES (?1, ?2)",
    [STATEMENT_FIND_DOMAIN] = "SELECT domain FROM domains WHERE hash = ?1",
    [STATEMENT_ADD_DOMAIN] = "INSERT INTO domains (hash, issues) VALUES (?1, ?2)",
    [STATEMENT_ADD_RUN] =
        "INSERT INTO runs (scenario, domain, scenario_name, settings, seed, lane, version,"
        " started_at, epoch, seats) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [STATEMENT_ADD_BRANCH] = "INSERT INTO branches (run, parent, parent_hash, branched_at, past)"
                             " VALUES (?1, ?2, ?3, ?4, ?5)",
    [STATEMENT_ADD_SEAT] =
        "INSERT INTO seats (run, seat, id, strategy, external) VALUES (?1, ?2, ?3, ?4, ?5)",
    [STATEMENT_ADD_EVENT] =
        "INSERT INTO events (key, cause, at, decided_at, expires_at, kind, seat, offer, package,"
        " packages, seats, ruling, refused, reason, issue, option, breaks_commitment, passed,"
        " demand, distance, text, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
        " ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
    [STATEMENT_ADD_DETAIL] = "INSERT INTO details (key, place, subject, word, amount, before)"
                             " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [STATEMENT_FIND_WORLD] = "SELECT world FROM worlds WHERE hash = ?1",
    [STATEMENT_ADD_WORLD] = "INSERT INTO worlds (hash, names) VALUES (?1, ?2)",
    [STATEMENT_ADD_RUN_WORLD] = "INSERT INTO run_worlds (run, world) VALUES (?1, ?2)",
    [STATEMENT_ADD_PEACE] = "INSERT INTO peaces (run, until, broken_at, probes, steps, in_force)"
                            " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    /* Seats that the run does not have get no row. */
    [STATEMENT_ADD_ACCOUNT] = "INSERT INTO accounts (run, seat, type, costs) SELECT ?1, ?2, ?3, ?4"
                              " WHERE EXISTS (SELECT 1 FROM seats WHERE run = ?1 AND seat = ?2)",
    [STATEMENT_SET_HEADER] = "UPDATE runs SET header = ?2, header_hash = ?3 WHERE run = ?1",
    [STATEMENT_END_RUN] =
        "UPDATE runs SET verdict = ?2, reason = ?3, seat = ?4, ended_at = ?5, events = ?6,"
        " digest = ?7, agreement = ?8, signatories = ?9, in_force = ?10, accords = ?11,"
        " first_distance = ?12, last_distance = ?13 WHERE run = ?1",
    [STATEMENT_END_SEAT] =
        "UPDATE seats SET utility = ?3, reservation = ?4, first_demand = ?5, last_demand = ?6,"
        " offers = ?7 WHERE run = ?1 AND seat = ?2",
    [STATEMENT_SET_RESULT] = "UPDATE runs SET result = ?2, result_hash = ?3 WHERE run = ?1",
    [STATEMENT_DOMAIN_OF_RUN] = "SELECT domain FROM runs WHERE run = ?1",
    [STATEMENT_NAMES] =
        "SELECT i.key, o.key, json_extract(i.value, '$.issue'), o.value"
        " FROM domains d JOIN json_each(d.issues) i JOIN json_each(i.value, '$.options') o"
        " WHERE d.domain = ?1 ORDER BY i.key, o.key",
    [STATEMENT_WORLD_OF_RUN] = "SELECT world FROM run_worlds WHERE run = ?1",
    [STATEMENT_WORLD_NAMES] = "SELECT g.key, i.key, json_extract(i.value, '$.id'),"
                              " coalesce(json_array_length(i.value, '$.types'), 0)"
                              " FROM worlds w JOIN json_each(w.names) g JOIN json_each(g.value) i"
                              " WHERE w.world = ?1 ORDER BY g.id, i.key",
    [STATEMENT_HEADER_1] =
        "SELECT r.run AS 'runs.run', r.scenario AS 'runs.scenario', s.hash AS 'scenarios.hash',"
        " r.domain AS 'runs.domain', d.hash AS 'domains.hash',"
        " r.scenario_name AS 'runs.scenario_name', r.settings AS 'runs.settings',"
        " r.seed AS 'runs.seed', r.lane AS 'runs.lane', r.version AS 'runs.version',"
        " r.started_at AS 'runs.started_at', r.epoch AS 'runs.epoch', r.seats AS 'runs.seats'"
        " FROM runs r LEFT JOIN scenarios s ON s.scenario = r.scenario"
        " LEFT JOIN domains d ON d.domain = r.domain WHERE r.run = ?1",
    /* Of what differs from record to record, the hashes: so that a run keeps its header when it is merged. */
    [STATEMENT_HEADER] =
        "SELECT s.hash AS 'runs.scenario', d.hash AS 'runs.domain',"
        " r.scenario_name AS 'runs.scenario_name', r.settings AS 'runs.settings',"
        " r.seed AS 'runs.seed', r.lane AS 'runs.lane', r.version AS 'runs.version',"
        " r.started_at AS 'runs.started_at', r.epoch AS 'runs.epoch', r.seats AS 'runs.seats',"
        " b.parent_hash AS 'branches.parent_hash', b.branched_at AS 'branches.branched_at',"
        " b.past AS 'branches.past'"
        " FROM runs r LEFT JOIN scenarios s ON s.scenario = r.scenario"
        " LEFT JOIN domains d ON d.domain = r.domain"
        " LEFT JOIN branches b ON b.run = r.run WHERE r.run = ?1",
    [STATEMENT_HEADER_SEATS] =
        "SELECT seat AS 'seats.seat', id AS 'seats.id', strategy AS 'seats.strategy',"
        " external AS 'seats.external' FROM seats WHERE run = ?1 ORDER BY seat",
    [STATEMENT_HEADER_WORLD] = "SELECT w.hash AS 'run_worlds.world' FROM run_worlds x"
                               " LEFT JOIN worlds w ON w.world = x.world WHERE x.run = ?1",
    [STATEMENT_RESULT] =
        "SELECT verdict AS 'runs.verdict', reason AS 'runs.reason', seat AS 'runs.seat',"
        " ended_at AS 'runs.ended_at', events AS 'runs.events', digest AS 'runs.digest',"
        " agreement AS 'runs.agreement', signatories AS 'runs.signatories',"
        " in_force AS 'runs.in_force', accords AS 'runs.accords',"
        " first_distance AS 'runs.first_distance', last_distance AS 'runs.last_distance'"
        " FROM runs WHERE run = ?1",
    [STATEMENT_RESULT_SEATS] =
        "SELECT utility AS 'seats.utility', reservation AS 'seats.reservation',"
        " first_demand AS 'seats.first_demand', last_demand AS 'seats.last_demand',"
        " offers AS 'seats.offers' FROM seats WHERE run = ?1 ORDER BY seat",
    [STATEMENT_RESULT_PEACE] =
        "SELECT until AS 'peaces.until', broken_at AS 'peaces.broken_at',"
        " probes AS 'peaces.probes', steps AS 'peaces.steps', in_force AS 'peaces.in_force'"
        " FROM peaces WHERE run = ?1",
    [STATEMENT_RESULT_ACCOUNTS] =
        "SELECT seat AS 'accounts.seat', type AS 'accounts.type', costs AS 'accounts.costs'"
        " FROM accounts WHERE run = ?1 ORDER BY seat",
    [STATEMENT_STORED_CANON] =
        "SELECT header, header_hash, result, result_hash FROM runs WHERE run = ?1",
    [STATEMENT_NEXT_RUN] =
        "SELECT r.run, r.scenario_name, s.hash, r.seed, r.lane, r.version, r.started_at, r.epoch,"
        " r.seats, r.verdict, r.reason, r.seat, r.ended_at, r.events, r.digest, r.in_force,"
        " r.first_distance, r.last_distance, r.header_hash,"
        " substr(r.header, 1, 18) = 'nonpaper header 1' || char(10),"
        " b.run, b.parent, b.parent_hash, b.branched_at"
        " FROM runs r LEFT JOIN scenarios s ON s.scenario = r.scenario"
        " LEFT JOIN branches b ON b.run = r.run"
        " WHERE r.run > ?1 ORDER BY r.run LIMIT 1",
    [STATEMENT_RUN_SEATS] =
        "SELECT s.seat, s.id, s.strategy, s.external, s.utility, s.reservation, s.first_demand,"
        " s.last_demand, s.offers, a.type, a.costs"
        " FROM seats s LEFT JOIN accounts a ON a.run = s.run AND a.seat = s.seat"
        " WHERE s.run = ?1 ORDER BY s.seat",
    [STATEMENT_LAST_RUN] = "SELECT max(run) FROM runs",
    [STATEMENT_SCENARIO] = "SELECT s.text, r.settings FROM runs r"
                           " LEFT JOIN scenarios s ON s.scenario = r.scenario WHERE r.run = ?1",
    [STATEMENT_BRANCH] =
        "SELECT parent, parent_hash, branched_at, past FROM branches WHERE run = ?1",
    [STATEMENT_FIND_HEADER] = "SELECT max(run) FROM runs WHERE header_hash = ?1",
    [STATEMENT_PROGRESS] =
        "SELECT r.result_hash IS NOT NULL OR r.verdict IS NOT NULL, count(e.key),"
        " coalesce(max(e.key) & 4294967295, 0) FROM runs r LEFT JOIN events e"
        " ON e.key BETWEEN r.run << 32 AND (r.run << 32) + 4294967295"
        " WHERE r.run = ?1 GROUP BY r.run",
    [STATEMENT_TRACES] =
        "SELECT (SELECT count(*) FROM seats WHERE run = ?1),"
        " (SELECT count(*) FROM events WHERE key BETWEEN ?1 << 32 AND (?1 << 32) + 4294967295)",
    [STATEMENT_PEACE] =
        "SELECT until, broken_at, probes, steps, in_force FROM peaces WHERE run = ?1",
    /* A detail without its event. */
    [STATEMENT_LATE_DETAIL] =
        "SELECT d.key & 4294967295 FROM details d WHERE d.key BETWEEN ?1 << 32 AND"
        " (?1 << 32) + 4294967295 AND NOT EXISTS (SELECT 1 FROM events e WHERE e.key = d.key)"
        " LIMIT 1",
    [STATEMENT_FIND_STUDY] = "SELECT study FROM studies WHERE hash = ?1",
    [STATEMENT_ADD_STUDY] =
        "INSERT INTO studies (hash, plan, scenario, scenario_name, seed, cells, version,"
        " started_at, seats) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    [STATEMENT_ADD_STUDY_SEAT] = "INSERT INTO study_seats (study, seat, id) VALUES (?1, ?2, ?3)",
    [STATEMENT_STUDY] =
        "SELECT t.study, t.hash, c.hash, t.scenario_name, t.seed, t.cells, t.version,"
        " t.started_at, t.seats, t.plan, c.text FROM studies t"
        " LEFT JOIN scenarios c ON c.scenario = t.scenario"
        " WHERE t.study = CASE ?1 WHEN 0 THEN (SELECT max(study) FROM studies) ELSE ?1 END",
    [STATEMENT_STUDY_SEATS] = "SELECT seat, id FROM study_seats WHERE study = ?1 ORDER BY seat",
    [STATEMENT_NEXT_STUDY] = "SELECT min(study) FROM studies WHERE study > ?1",
    [STATEMENT_ADD_CELL] = "INSERT INTO cells (study, cell, settings, numbers)"
                           " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (study, cell) DO NOTHING",
    [STATEMENT_FIND_CELL] = "SELECT settings FROM cells WHERE study = ?1 AND cell = ?2",
    [STATEMENT_ADD_OUTCOME] =
        "INSERT INTO outcomes (key, seed, epoch, drawn, verdict, reason, seat, ended_at, events,"
        " digest, agreement, signatories, in_force, accords, first_distance, last_distance,"
        " peace_until, peace_broken_at, peace_probes, peace_steps, peace_in_force) VALUES (?1, ?2,"
        " ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)"
        " ON CONFLICT (key) DO NOTHING",
    [STATEMENT_FIND_OUTCOME] = "SELECT digest, seed FROM outcomes WHERE key = ?1",
    [STATEMENT_ADD_OUTCOME_RUN] = "INSERT INTO outcome_runs (key, header_hash) VALUES (?1, ?2)"
                                  " ON CONFLICT (key, header_hash) DO NOTHING",
    [STATEMENT_COUNT_OUTCOMES] = "SELECT count(*) FROM outcomes WHERE key BETWEEN ?1 AND ?2",
    [STATEMENT_ADD_FAILURE] = "INSERT INTO failures (study, repetition, cell, attempt, why)"
                              " SELECT ?1, ?2, ?3, coalesce(max(attempt), 0) + 1, ?4 FROM failures"
                              " WHERE study = ?1 AND repetition = ?2 AND cell = ?3",
    [STATEMENT_UNITE_FAILURE] =
        "INSERT INTO failures (study, repetition, cell, attempt, why) VALUES (?1, ?2, ?3, ?4, ?5)"
        " ON CONFLICT (study, repetition, cell, attempt, why) DO NOTHING",
};

/* What each of SQLite's primary codes means to us. */
static const struct {
    int code;
    ErrorKind kind;
    const char *sentence;
} meanings[] = {
    {SQLITE_FULL, ERROR_IO, "is full, or its disk is"},
    {SQLITE_IOERR, ERROR_IO, "could not be read or written: its disk is full or failing"},
    {SQLITE_BUSY, ERROR_IO, "is kept busy by another program"},
    {SQLITE_LOCKED, ERROR_IO, "is kept busy by another program"},
    {SQLITE_CORRUPT, ERROR_SCENARIO, "is damaged"},
    {SQLITE_NOTADB, ERROR_SCENARIO, "is not a record"},
    {SQLITE_CANTOPEN, ERROR_CANT_CREATE, "cannot be opened for writing"},
    {SQLITE_READONLY, ERROR_CANT_CREATE, "cannot be written"},
    {SQLITE_PERM, ERROR_CANT_CREATE, "cannot be written"},
    {SQLITE_CONSTRAINT, ERROR_INTERNAL, "was asked to change what it already holds"},
    {SQLITE_MISUSE, ERROR_INTERNAL, "was used in a wrong way"},
};

bool record_failed(Record *record, int code, Error *error) {
    char name[256];
    const char *detail = record->db ? sqlite3_errmsg(record->db) : sqlite3_errstr(code);
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
        if (meanings[i].code == (code & 0xff))
            return error_set(error, meanings[i].kind, "The record %s %s (%s).",
                             record_name(record, name), meanings[i].sentence, detail);
    /* What is left is SQL that meets a file of another shape: tables or columns gone, JSON damaged. */
    return error_set(error, ERROR_SCENARIO, "The record %s is damaged (%s).",
                     record_name(record, name), detail);
}

bool statement_prepare(Record *record, const char *sql, sqlite3_stmt **statement, Error *error) {
    int code = sqlite3_prepare_v3(record->db, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL);
    return code == SQLITE_OK || record_failed(record, code, error);
}

sqlite3_stmt *statement_use(Record *record, StatementId id, Error *error) {
    sqlite3_stmt **statement = &record->statement[id];
    if (!*statement && !statement_prepare(record, statement_sql[id], statement, error)) return NULL;
    return *statement;
}

sqlite3_stmt *statement_first(Record *record, StatementId id, const Cell *cells, int count,
                              bool *row, Error *error) {
    sqlite3_stmt *statement = statement_use(record, id, error);
    *row = false;
    if (!statement) return NULL;
    int code = cells_bind(statement, cells, count);
    if (code == SQLITE_OK) code = sqlite3_step(statement);
    *row = code == SQLITE_ROW;
    if (code == SQLITE_ROW || code == SQLITE_DONE) return statement;
    record_failed(record, code, error);
    sqlite3_reset(statement);
    return NULL;
}

bool statement_next(Record *record, sqlite3_stmt *statement, Error *error) {
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW) return true;
    return code == SQLITE_DONE ? false : record_failed(record, code, error);
}

void statement_done(sqlite3_stmt *statement) {
    sqlite3_reset(statement);
}

bool statement_run(Record *record, StatementId id, const Cell *cells, int count, Error *error) {
    bool row;
    sqlite3_stmt *statement = statement_first(record, id, cells, count, &row, error);
    if (statement) statement_done(statement);
    return statement != NULL;
}
