/* The vote of column, canonical form and hash: when one of them was changed the other two agree. */
#include <stdio.h>
#include <stdlib.h>

#include "core/record/canon.h"

/* What is stored of a form; copies, because the statement is used again. */
typedef struct Stored {
    Text form, hash;
} Stored;

static bool stored_read(Record *record, const CanonForm *form, uint64_t run, Stored *stored,
                        Error *error) {
    bool row;
    Cell key = cell_integer((int64_t)run);
    int first = form == &canon_result ? 2 : 0;
    sqlite3_stmt *statement = statement_first(record, STATEMENT_STORED_CANON, &key, 1, &row, error);
    if (!statement) return false;
    Cell text = row ? cell_read(statement, first) : cell_null();
    Cell hash = row ? cell_read(statement, first + 1) : cell_null();
    text_add_bytes(&stored->form, text.text, text.length);
    text_add_bytes(&stored->hash, hash.text, hash.length);
    statement_done(statement);
    return true;
}

static bool hashes_to(const Text *text, const Text *hex) {
    char own[DIGEST_HEX];
    Digest hash = digest_of(text_get(text), text->length);
    return strcmp(digest_hex(own, &hash), text_get(hex)) == 0;
}

static size_t first_difference(const Text *a, const Text *b) {
    size_t least = a->length < b->length ? a->length : b->length, at = 0;
    while (at < least && a->bytes[at] == b->bytes[at]) at++;
    return at;
}

static const CanonField *field_at(const Canon *canon, size_t at) {
    const CanonField *found = NULL;
    for (uint32_t i = 0; i < canon->fields && canon->field[i].start <= at; i++)
        found = &canon->field[i];
    return found;
}

/* The value that a line of a form gives, as a cell to be said; nothing where the line is another one. */
static Cell value_of(const Canon *canon, const CanonField *field, const Text *text) {
    size_t prefix = field->value - field->start;
    if (text->length < field->value ||
        memcmp(text->bytes + field->start, canon->text.bytes + field->start, prefix) != 0)
        return cell_null();
    const char *from = text->bytes + field->value;
    const char *end = memchr(from, '\n', text->length - field->value);
    const char *stop = end ? end : text->bytes + text->length;
    size_t digits = strspn(from, "-0123456789");
    if (from[digits] == ':')
        return cell_text_of(from + digits + 1, (size_t)(stop - from) - digits - 1);
    if (from + digits == stop) return cell_integer(strtoll(from, NULL, 10));
    return stop - from == 4 ? cell_null() : cell_text_of(from, (size_t)(stop - from));
}

static void say_place(Text *say, uint64_t run, const CanonField *field) {
    text_addf(say, "Run %llu, table %s, ", (unsigned long long)run, field->table);
    if (field->row >= 0) text_addf(say, "seat %d, ", field->row);
    text_addf(say, "column %s: ", field->column);
}

/* `other` is what the column is held against: "the run's header says", say. NULL: nothing should be
 * there. */
static bool complain_field(uint64_t run, const Canon *canon, const CanonField *field,
                           const Text *stored, const char *other, Error *error) {
    Cell column = value_of(canon, field, &canon->text);
    Text say = {0};
    say_place(&say, run, field);
    text_add(&say, "the column says ");
    cell_say(&say, &column);
    text_addf(&say, ", %s", other);
    if (stored) {
        Cell kept = value_of(canon, field, stored);
        text_add(&say, " ");
        cell_say(&say, &kept);
    }
    error_set(error, ERROR_CHECK, "%s.", say.bytes);
    text_finish(&say);
    return false;
}

/* The table whose line begins in the stored form where the columns say another, or nothing. */
static void table_at(const Text *stored, size_t at, char table[16]) {
    while (at > 0 && at <= stored->length && stored->bytes[at - 1] != '\n') at--;
    size_t length = 0;
    const char *line = text_get(stored) + at;
    while (length < 15 && (line[length] == '_' || (line[length] >= 'a' && line[length] <= 'z')))
        length++;
    snprintf(table, 16, "%.*s", (int)length, line);
}

static bool complain_missing(const CanonForm *form, uint64_t run, const Canon *canon,
                             const Text *stored, Error *error) {
    size_t at = first_difference(&canon->text, stored);
    char table[16];
    table_at(stored, at, table);
    /* Where all seats are gone, it is the run that has another number now. */
    bool moved = strcmp(table, "seats") == 0 && canon->field[canon->fields - 1].row < 0;
    return error_set(error, ERROR_CHECK,
                     "Run %llu, table %s, column run: %s missing that the run's %s names.",
                     (unsigned long long)run, moved ? "runs" : table,
                     moved ? "every seat is" : "a row is", form->column);
}

/* Does the stored form name this column further down? Then what it names here is missing. */
static bool named_later(const Canon *canon, const CanonField *field, const Text *stored) {
    char line[64];
    size_t length = field->value - field->start;
    if (length + 2 > sizeof line || field->start >= stored->length) return false;
    snprintf(line, sizeof line, "\n%.*s", (int)length, canon->text.bytes + field->start);
    bool here = strncmp(stored->bytes + field->start, line + 1, length) == 0;
    return !here && strstr(stored->bytes + field->start, line) != NULL;
}

static bool complain_column(const CanonForm *form, uint64_t run, const Canon *canon,
                            const Text *stored, Error *error) {
    size_t at = first_difference(&canon->text, stored);
    const CanonField *field = field_at(canon, at);
    char other[32];
    snprintf(other, sizeof other, "the run's %s says", form->column);
    bool said = field && at < canon->text.length && !named_later(canon, field, stored);
    if (said) return complain_field(run, canon, field, stored, other, error);
    return complain_missing(form, run, canon, stored, error);
}

static bool complain_form(const CanonForm *form, uint64_t run, const Canon *canon,
                          const Text *stored, Error *error) {
    const CanonField *field = field_at(canon, first_difference(&canon->text, stored));
    if (!field)
        return error_set(error, ERROR_CHECK,
                         "Run %llu, table runs, column %s: it does not begin as it should.",
                         (unsigned long long)run, form->column);
    Cell columns = value_of(canon, field, &canon->text), kept = value_of(canon, field, stored);
    Text say = {0};
    text_addf(&say, "Run %llu, table runs, column %s: for %s.%s it says ", (unsigned long long)run,
              form->column, field->table, field->column);
    cell_say(&say, &kept);
    text_add(&say, ", the column and the hash say ");
    cell_say(&say, &columns);
    error_set(error, ERROR_CHECK, "%s.", say.bytes);
    text_finish(&say);
    return false;
}

static bool complain_hash(const CanonForm *form, uint64_t run, const Stored *stored, Error *error) {
    char own[DIGEST_HEX], said[100];
    Digest hash = digest_of(text_get(&stored->form), stored->form.length);
    text_safe(said, sizeof said, text_get(&stored->hash));
    return error_set(error, ERROR_CHECK,
                     "Run %llu, table runs, column %s_hash: it says %s, the %s hashes to %s.",
                     (unsigned long long)run, form->column, said, form->column,
                     digest_hex(own, &hash));
}

static const CanonField *first_value(const Canon *canon) {
    for (uint32_t i = 0; i < canon->fields; i++)
        if (value_of(canon, &canon->field[i], &canon->text).kind != CELL_NULL)
            return &canon->field[i];
    return NULL;
}

/* A run that has not ended has no result: no value, no form, no hash. */
static bool vote_unfinished(const CanonForm *form, uint64_t run, const Canon *canon,
                            const Stored *stored, Error *error) {
    const CanonField *field = first_value(canon);
    if (field) return complain_field(run, canon, field, NULL, "but the run has not ended", error);
    if (stored->form.length == 0 && stored->hash.length == 0) return true;
    return error_set(
        error, ERROR_CHECK,
        "Run %llu, table runs, column %s%s: it says something, but the run has not ended.",
        (unsigned long long)run, form->column, stored->form.length ? "" : "_hash");
}

static bool vote(const CanonForm *form, uint64_t run, const Canon *canon, const Stored *stored,
                 Error *error) {
    bool nothing_stored = stored->form.length == 0 && stored->hash.length == 0;
    bool same = canon->text.length == stored->form.length &&
                memcmp(canon->text.bytes, text_get(&stored->form), canon->text.length) == 0;
    if (form == &canon_result && (canon->values == 0 || nothing_stored))
        return vote_unfinished(form, run, canon, stored, error);
    if (same)
        return hashes_to(&canon->text, &stored->hash) || complain_hash(form, run, stored, error);
    if (hashes_to(&canon->text, &stored->hash))
        return complain_form(form, run, canon, &stored->form, error);
    return complain_column(form, run, canon, &stored->form, error);
}

/* The stored title tells the form, unless it is what was changed: then the columns in the other form have
 * the stored hash. */
bool canon_header_of(Record *record, uint64_t run, const CanonForm **form, Error *error) {
    char hex[DIGEST_HEX];
    Digest first;
    Stored stored = {0};
    size_t title = strlen(canon_header_1.title);
    *form = &canon_header;
    bool good = stored_read(record, &canon_header, run, &stored, error) &&
                canon_hash(record, &canon_header_1, run, &first, error);
    bool titled = good && stored.form.length > title &&
                  memcmp(stored.form.bytes, canon_header_1.title, title) == 0;
    bool hashed = good && strcmp(digest_hex(hex, &first), text_get(&stored.hash)) == 0;
    if (titled || hashed) {
        Digest current;
        good = canon_hash(record, &canon_header, run, &current, error);
        if (good && (hashed || strcmp(digest_hex(hex, &current), text_get(&stored.hash)) != 0))
            *form = &canon_header_1;
    }
    text_finish(&stored.form);
    text_finish(&stored.hash);
    return good;
}

bool canon_check(Record *record, const CanonForm *form, uint64_t run, Error *error) {
    Canon canon;
    Stored stored = {0};
    canon_init(&canon);
    bool good = canon_read(record, form, run, &canon, error) &&
                stored_read(record, form, run, &stored, error) &&
                vote(form, run, &canon, &stored, error);
    canon_finish(&canon);
    text_finish(&stored.form);
    text_finish(&stored.hash);
    return good;
}
