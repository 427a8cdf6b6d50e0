#include <stdio.h>

#include "core/record/check.h"
#include "core/record/column.h"
#include "core/record/merge_index.h"
#include "core/record/study_writer.h"

static bool complain(const char *place, const char *what, Error *error) {
    return error_set(error, ERROR_CHECK, "%s, %s.", place, what);
}

/* --- the study's own row --- */

static bool check_hash(const char *place, const char *column, const Text *text, const Digest *says,
                       Error *error) {
    char hex[DIGEST_HEX], other[DIGEST_HEX];
    Digest own = digest_of(text_get(text), text->length);
    Cell is = cell_text(digest_hex(hex, &own)), should = cell_text(digest_hex(other, says));
    return digest_equal(&own, says) ||
           check_complain(place, column, &is, "column hash says", &should, error);
}

static bool check_head(Record *record, uint64_t study, StudyRow *row, Error *error) {
    char place[64];
    Text plan = {0}, scenario = {0};
    bool good = record_study_find(record, study, row, &plan, &scenario, error);
    snprintf(place, sizeof place, "Study %llu", (unsigned long long)study);
    good = good && check_hash(place, "plan (BLAKE2b)", &plan, &row->hash, error) &&
           check_hash(place, "scenario (BLAKE2b)", &scenario, &row->scenario_hash, error);
    for (SeatId seat = 0; good && seat < row->seats; seat++)
        good = row->seat_id[seat][0] != '\0' ||
               complain(place, "table study_seats: a seat is missing", error);
    text_finish(&plan);
    text_finish(&scenario);
    return good;
}

/* --- rows that must not be there --- */

/* Each finds a row of the study, ?1, with ?2 cells and ?3 seats, that breaks a rule: its repetition (NULL: none), its cell,
 * and which rule. Keys are those from ?4 to ?5. Each table is walked once, whatever its rules. */
#define JOB       "(key & 17592186044415) / ?2, (key & 17592186044415) % ?2"
#define SEATED    "((key >> 4) & 17592186044415) / ?2, ((key >> 4) & 17592186044415) % ?2"
#define OURS      "?1 > 0 AND ?2 > 0 AND ?3 > 0 AND key BETWEEN ?4 AND ?5"
#define OUR_SEATS "key BETWEEN ?4 << 4 AND (?5 << 4) + 15"
#define REASONS   "('walk_out', 'deadline', 'stalled', 'ratification_failed', 'agent_fault')"

static const char *const rules[] = {
    "SELECT NULL, cell, CASE WHEN cell < 0 OR cell >= ?2"
    " THEN 'table cells: the study has no such cell'"
    " WHEN NOT (json_valid(settings) AND json_valid(numbers))"
    " THEN 'table cells: it is not JSON' END AS says FROM cells WHERE study = ?1 AND ?3 > 0 AND ?4 "
    "< ?5 AND says IS NOT NULL",
    "SELECT " JOB ", CASE"
    " WHEN NOT EXISTS (SELECT 1 FROM cells c WHERE c.study = ?1"
    " AND c.cell = (key & 17592186044415) % ?2)"
    " THEN 'table cells: there is no such cell, yet it has an outcome'"
    " WHEN NOT (typeof(digest) = 'text' AND length(digest) = 64"
    " AND digest NOT GLOB '*[^0-9a-f]*')"
    " THEN 'column digest: it is not 64 hexadecimal digits'"
    " WHEN verdict IS NULL OR verdict NOT IN ('agreement', 'breakdown')"
    " THEN 'column verdict: it is no verdict'"
    " WHEN (verdict = 'breakdown') <> (coalesce(reason, '') IN " REASONS ")"
    " THEN 'column reason: it does not fit the verdict'"
    " WHEN (verdict = 'agreement') <> (agreement IS NOT NULL)"
    " THEN 'column agreement: it does not fit the verdict'"
    " WHEN NOT (json_valid(drawn) AND json_valid(accords)"
    " AND json_valid(coalesce(agreement, '{}')) AND json_valid(coalesce(peace_in_force, '{}')))"
    " THEN 'table outcomes: what should be JSON is not'"
    " WHEN seat NOT BETWEEN 0 AND ?3 - 1 THEN 'column seat: the study has no such seat'"
    " WHEN (SELECT count(*) FROM outcome_seats s"
    " WHERE s.key BETWEEN outcomes.key << 4 AND (outcomes.key << 4) + ?3 - 1) <> ?3"
    " THEN 'table outcome_seats: a seat is missing' END AS says"
    " FROM outcomes WHERE " OURS " AND says IS NOT NULL",
    /* Every outcome has its seats: there are too many only where there are more. Then they are looked for. */
    "SELECT " SEATED ", 'table outcome_seats: there is such a row, yet no outcome or no such seat'"
    " FROM (SELECT 1 WHERE (SELECT count(*) FROM outcome_seats WHERE " OUR_SEATS ")"
    " <> ?3 * (SELECT count(*) FROM outcomes WHERE " OURS "))"
    " CROSS JOIN outcome_seats WHERE " OUR_SEATS " AND ((key & 15) >= ?3"
    " OR NOT EXISTS (SELECT 1 FROM outcomes o WHERE o.key = outcome_seats.key >> 4))",
    "SELECT " JOB ", 'table outcome_runs: it names no header, or the outcome is missing'"
    " FROM outcome_runs WHERE " OURS " AND NOT (length(header_hash) = 64"
    " AND header_hash NOT GLOB '*[^0-9a-f]*'"
    " AND EXISTS (SELECT 1 FROM outcomes o WHERE o.key = outcome_runs.key))",
    "SELECT repetition, cell, 'table failures: there is no such job or attempt' FROM failures"
    " WHERE study = ?1 AND ?3 > 0 AND ?4 < ?5"
    " AND (cell < 0 OR cell >= ?2 OR repetition < 0 OR attempt < 1)",
};

static bool complain_row(sqlite3_stmt *statement, uint64_t study, Error *error) {
    char place[96];
    OpenStudy open = {.study = study};
    if (sqlite3_column_type(statement, 0) == SQLITE_NULL)
        snprintf(place, sizeof place, "Study %llu, cell %lld", (unsigned long long)study,
                 (long long)sqlite3_column_int64(statement, 1));
    else
        study_place(place, &open, (uint64_t)sqlite3_column_int64(statement, 0),
                    (uint64_t)sqlite3_column_int64(statement, 1));
    return complain(place, (const char *)sqlite3_column_text(statement, 2), error);
}

static bool prepare(Record *record, const StudyRow *row, const char *sql, sqlite3_stmt **statement,
                    Error *error) {
    if (!statement_prepare(record, sql, statement, error)) return false;
    sqlite3_bind_int64(*statement, 1, (int64_t)row->study);
    sqlite3_bind_int64(*statement, 2, (int64_t)row->cells);
    sqlite3_bind_int64(*statement, 3, row->seats);
    sqlite3_bind_int64(*statement, 4, study_first_key(row->study));
    sqlite3_bind_int64(*statement, 5, study_last_key(row->study));
    return true;
}

static bool check_rule(Record *record, const StudyRow *row, const char *rule, Error *error) {
    sqlite3_stmt *statement = NULL;
    if (!prepare(record, row, rule, &statement, error)) return false;
    int code = sqlite3_step(statement);
    bool good =
        code == SQLITE_DONE || (code == SQLITE_ROW ? complain_row(statement, row->study, error)
                                                   : record_failed(record, code, error));
    sqlite3_finalize(statement);
    return good;
}

/* --- against the runs that are recorded in full --- */

static const char recorded[] =
    "SELECT r.header_hash, o.seed, o.digest, (r.key & 17592186044415) / ?2,"
    " (r.key & 17592186044415) % ?2 FROM outcome_runs r JOIN outcomes o ON o.key = r.key"
    " WHERE ?1 > 0 AND ?3 > 0 AND r.key BETWEEN ?4 AND ?5";

static bool compare(const char *place, const char *column, Cell is, Cell should, Error *error) {
    return cell_equal(&is, &should) ||
           check_complain(place, column, &is, "its recorded run says", &should, error);
}

static bool check_recorded(Record *record, sqlite3_stmt *statement, const MergeIndex *runs,
                           const StudyRow *study, Error *error) {
    RunRow run;
    char place[96], hex[DIGEST_HEX];
    OpenStudy open = {.study = study->study};
    Digest header = column_digest(statement, 0);
    uint64_t number = merge_index_find(runs, &header);
    if (number == 0) return true; /* it lies elsewhere */
    if (!record_find_run(record, number, &run, error)) return false;
    study_place(place, &open, (uint64_t)sqlite3_column_int64(statement, 3),
                (uint64_t)sqlite3_column_int64(statement, 4));
    return compare(place, "seed", cell_read(statement, 1), cell_integer((int64_t)run.seed),
                   error) &&
           (!run.ended || compare(place, "digest", cell_read(statement, 2),
                                  cell_text(digest_hex(hex, &run.digest)), error));
}

/* The index is made for the first of them: most studies have none. */
static bool check_runs(Record *record, const StudyRow *row, Error *error) {
    sqlite3_stmt *statement = NULL;
    MergeIndex runs = {0};
    if (!prepare(record, row, recorded, &statement, error)) return false;
    int code = sqlite3_step(statement);
    bool good = code != SQLITE_ROW || merge_index_read(&runs, record, error);
    for (; good && code == SQLITE_ROW; code = sqlite3_step(statement))
        if (!check_recorded(record, statement, &runs, row, error)) good = false;
    if (good && code != SQLITE_DONE) good = record_failed(record, code, error);
    sqlite3_finalize(statement);
    merge_index_finish(&runs);
    return good;
}

/* --- all of it --- */

static bool check_study(Record *record, uint64_t study, Error *error) {
    StudyRow row;
    if (!check_file(record, error) || !check_head(record, study, &row, error)) return false;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (!check_rule(record, &row, rules[i], error)) return false;
    return check_runs(record, &row, error);
}

/* As record_check: at one moment, and damage that stops the reading is a finding too. */
bool record_study_check(Record *record, uint64_t study, Error *error) {
    Error why = {0};
    if (record->writing && !record_commit(record, error)) return false;
    sqlite3_exec(record->db, "BEGIN", NULL, NULL, NULL);
    bool good = check_study(record, study, &why);
    sqlite3_exec(record->db, "COMMIT", NULL, NULL, NULL);
    if (good) return true;
    ErrorKind kind = why.kind == ERROR_SCENARIO ? ERROR_CHECK : why.kind;
    return error_set(error, kind, "%s", why.text);
}
