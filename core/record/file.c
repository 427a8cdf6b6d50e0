#include "core/record/file.h"

#include <assert.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/record/migrate.h"
#include "core/record/study_writer.h"

const char *record_name(const Record *record, char out[256]) {
    return text_safe(out, 256, record->path);
}

bool record_integer(Record *record, const char *sql, int64_t *out, Error *error) {
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(record->db, sql, -1, &statement, NULL);
    if (code == SQLITE_OK) code = sqlite3_step(statement);
    bool good = code == SQLITE_ROW;
    if (good) *out = sqlite3_column_int64(statement, 0);
    if (!good) record_failed(record, code, error);
    sqlite3_finalize(statement);
    return good;
}

bool record_run_sql(Record *record, const char *sql, Error *error) {
    int code = sqlite3_exec(record->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK || record_failed(record, code, error);
}

/* --- is it a record? --- */

typedef enum Nature { NATURE_RECORD, NATURE_EMPTY, NATURE_UNREADABLE } Nature;

static bool refuse_foreign(Record *record, int64_t id, int64_t version, Error *error) {
    char name[256];
    record_name(record, name);
    if (id != RECORD_APPLICATION_ID)
        return error_set(error, ERROR_SCENARIO, "%s is not a record of nonpaper.", name);
    return error_set(
        error, ERROR_SCENARIO,
        "%s is a record of schema %lld; this program reads schema %d: use a newer one.", name,
        (long long)version, RECORD_SCHEMA_VERSION);
}

/* Whoever was creating it did not come far; the next one to write to it will. */
static void refuse_empty(Record *record, Error *error) {
    char name[256];
    error_set(error, ERROR_NO_INPUT, "The record %s is empty: nothing was recorded yet.",
              record_name(record, name));
}

/* At one moment: another program may be creating the record right now. Reads only, so that a foreign
 * database is left as it was. */
static bool record_look(Record *record, int64_t *id, int64_t *version, int64_t *objects,
                        Error *error) {
    if (!record_run_sql(record, "SAVEPOINT look", error)) return false;
    bool good = record_integer(record, "SELECT count(*) FROM sqlite_schema", objects, error) &&
                record_integer(record, "PRAGMA application_id", id, error) &&
                record_integer(record, "PRAGMA user_version", version, error);
    sqlite3_exec(record->db, "RELEASE look", NULL, NULL, NULL);
    return good;
}

static Nature record_nature(Record *record, Error *error) {
    int64_t id = 0, version = 0, objects = 0;
    if (!record_look(record, &id, &version, &objects, error)) return NATURE_UNREADABLE;
    record->schema = (int)version;
    if (id == RECORD_APPLICATION_ID && version >= 1 && version <= RECORD_SCHEMA_VERSION)
        return NATURE_RECORD;
    if (id == 0 && version == 0 && objects == 0) return NATURE_EMPTY;
    refuse_foreign(record, id, version, error);
    return NATURE_UNREADABLE;
}

/* --- opening --- */

static Record *record_new(const char *path) {
    Record *record = memory_new(1, sizeof *record);
    record->path = memory_text(path);
    return record;
}

/* SQLite has names of its own (":memory:", "file:…") that are no files; ours always are. */
static int open_file(const char *name, int flags, sqlite3 **db) {
    bool relative = (flags & SQLITE_OPEN_URI) == 0 && name[0] != '/';
    Text path = {0};
    text_addf(&path, "%s%s", relative ? "./" : "", name);
    int code = sqlite3_open_v2(path.bytes, db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    text_finish(&path);
    return code;
}

static bool record_connect(Record *record, const char *name, int flags, Error *error) {
    int code = open_file(name, flags, &record->db);
    if (code != SQLITE_OK) return record_failed(record, code, error);
    sqlite3_extended_result_codes(record->db, 1);
    sqlite3_busy_timeout(record->db, RECORD_BUSY_MS);
    sqlite3_db_config(record->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(record->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return true;
}

/* Two programs that create one record at the same time meet here; SQLite lets the second one fail rather
 * than wait while the journal's mode changes. */
static bool record_set_wal(Record *record, Error *error) {
    int code = SQLITE_BUSY;
    for (int attempt = 0; (code & 0xff) == SQLITE_BUSY && attempt < 500; attempt++) {
        if (attempt > 0) sqlite3_sleep(10);
        code = sqlite3_exec(record->db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL",
                            NULL, NULL, NULL);
    }
    return code == SQLITE_OK || record_failed(record, code, error);
}

static bool record_make_current(Record *record, Error *error) {
    Nature nature = record_nature(record, error);
    if (nature == NATURE_UNREADABLE) return false;
    if (nature == NATURE_EMPTY)
        return record_run_sql(record, record_schema[RECORD_SCHEMA_VERSION], error);
    return record->schema == RECORD_SCHEMA_VERSION || migrate(record, error);
}

/* Creates or migrates; asks again what the file is, since another program may have been faster. */
static bool record_settle_schema(Record *record, Error *error) {
    if (!record_run_sql(record, "BEGIN IMMEDIATE", error)) return false;
    bool good = record_make_current(record, error) && record_run_sql(record, "COMMIT", error);
    if (good)
        record->schema = RECORD_SCHEMA_VERSION;
    else
        sqlite3_exec(record->db, "ROLLBACK", NULL, NULL, NULL);
    return good;
}

static bool record_prepare_writing(Record *record, Error *error) {
    Nature nature = record_nature(record, error);
    if (nature == NATURE_UNREADABLE) return false;
    if (!record_set_wal(record, error)) return false;
    bool current = nature == NATURE_RECORD && record->schema == RECORD_SCHEMA_VERSION;
    return current || record_settle_schema(record, error);
}

Record *record_open(const char *path, Error *error) {
    Record *record = record_new(path);
    record->writing = true;
    bool good = path[0] != '\0' || error_set(error, ERROR_CANT_CREATE, "A record needs a name.");
    good = good &&
           record_connect(record, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error) &&
           record_prepare_writing(record, error);
    if (good && sqlite3_db_readonly(record->db, "main") == 1)
        good = record_failed(record, SQLITE_READONLY, error);
    if (good) return record;
    record_close(record);
    return NULL;
}

/* --- reading --- */

static bool beside(const char *path, const char *suffix) {
    Text name = {0};
    text_addf(&name, "%s%s", path, suffix);
    struct stat facts;
    bool there = stat(name.bytes, &facts) == 0 && facts.st_size > 0;
    text_finish(&name);
    return there;
}

static void add_uri(const char *path, Text *out) {
    text_add(out, "file:");
    for (const char *c = path; *c; c++) {
        if (strchr("%?#", *c))
            text_addf(out, "%%%02X", (unsigned)(unsigned char)*c);
        else
            text_add_bytes(out, c, 1);
    }
    text_add(out, "?immutable=1");
}

/* A record on read-only ground, where SQLite cannot put its index of the log: nobody else can be writing,
 * so the file may be read as it is. */
static bool record_connect_immutable(Record *record, Error *error) {
    char name[256];
    if (beside(record->path, "-wal"))
        return error_set(
            error, ERROR_IO,
            "The record %s was not closed and stands where it cannot be recovered: copy it "
            "and the file that ends in -wal to a writable directory.",
            record_name(record, name));
    Text uri = {0};
    add_uri(record->path, &uri);
    bool good = record_connect(record, uri.bytes, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
    text_finish(&uri);
    return good;
}

/* Opened for writing where that is allowed, so that the last one to close tidies up the log; query_only
 * keeps the contents untouched. */
static bool record_connect_reader(Record *record, Error *error) {
    Error first = {0};
    int64_t objects;
    if (record_connect(record, record->path, SQLITE_OPEN_READWRITE, &first) &&
        record_integer(record, "SELECT count(*) FROM sqlite_schema", &objects, &first))
        return true;
    if (first.kind != ERROR_CANT_CREATE) return error_set(error, first.kind, "%s", first.text);
    sqlite3_close(record->db);
    record->db = NULL;
    return record_connect_immutable(record, error);
}

static bool record_exists(const char *path, Error *error) {
    struct stat facts;
    char name[256];
    text_safe(name, sizeof name, path);
    if (stat(path, &facts) != 0 || access(path, R_OK) != 0)
        return error_set(error, ERROR_NO_INPUT, "There is no record %s that can be read.", name);
    if (!S_ISREG(facts.st_mode))
        return error_set(error, ERROR_SCENARIO, "%s is not a record of nonpaper.", name);
    return true;
}

Record *record_open_read(const char *path, Error *error) {
    if (!record_exists(path, error)) return NULL;
    Record *record = record_new(path);
    Nature nature = NATURE_UNREADABLE;
    if (record_connect_reader(record, error)) nature = record_nature(record, error);
    if (nature == NATURE_RECORD && migrate_beside(record, error) &&
        record_run_sql(record, "PRAGMA query_only = 1", error))
        return record;
    if (nature == NATURE_EMPTY) refuse_empty(record, error);
    record_close(record);
    return NULL;
}

static void names_destroy_all(Names *names) {
    while (names) {
        Names *next = names->next;
        names_finish(names);
        memory_free(names);
        names = next;
    }
}

static void worlds_destroy_all(WorldNames *names) {
    while (names) {
        WorldNames *next = names->next;
        world_names_finish(names);
        memory_free(names);
        names = next;
    }
}

void record_close(Record *record) {
    if (!record) return;
    if (record->writing && record->db) record_checkpoint(record, NULL);
    study_writer_destroy(record->studies);
    for (int id = 0; id < STATEMENTS; id++) sqlite3_finalize(record->statement[id]);
    int code = sqlite3_close(record->db);
    assert(code == SQLITE_OK);
    (void)code;
    claims_destroy(record->claims);
    names_destroy_all(record->names);
    worlds_destroy_all(record->worlds);
    memory_free(record->scratch.menu);
    memory_free(record->open);
    memory_free(record->pending);
    memory_free(record->pending_bytes);
    memory_free(record->path);
    memory_free(record);
}
