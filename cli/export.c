/* nonpaper export: the record's views as lines for other programs, one row at a time. Scenarios: export_domain.c. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/export_domain.h"
#include "cli/nested_json.h"
#include "cli/output.h"
#include "cli/same_file.h"
#include "core/record/study.h"

enum { FLUSH_AT = 1 << 16 };

typedef struct Export {
    FILE *file; /* NULL: stdout */
    const char *path;
    Text text;
    bool failed;
    int why; /* errno of the first failure */
    void (*row)(Text *out, const char *const *column, const RecordValue *value, int columns);
} Export;

/* --- JSON, an object a line --- */

/* Texts that hold arrays and objects of their own; shown as such. */
static bool is_nested(const char *column) {
    static const char *const nested[] = {"packages",  "seats",       "options",        "settings",
                                         "agreement", "accords",     "in_force",       "numbers",
                                         "drawn",     "signatories", "peace_in_force", "plan"};
    for (size_t i = 0; i < sizeof nested / sizeof nested[0]; i++)
        if (strcmp(nested[i], column) == 0) return true;
    return false;
}

static void json_value(Text *out, const char *column, const RecordValue *value) {
    Json json = {.text = out};
    switch (value->kind) {
    case RECORD_NULL: json_null(&json, NULL); return;
    case RECORD_INTEGER: json_int(&json, NULL, value->integer); return;
    case RECORD_REAL: json_double(&json, NULL, value->real); return;
    case RECORD_TEXT: break;
    }
    if (is_nested(column) && nested_json_is_sound(value->text, value->length))
        text_add_bytes(out, value->text, value->length);
    else
        json_string(&json, NULL, value->text);
}

static void json_row(Text *out, const char *const *column, const RecordValue *value, int columns) {
    for (int i = 0; i < columns; i++) {
        text_addf(out, "%s\"%s\":", i == 0 ? "{" : ",", column[i]);
        json_value(out, column[i], &value[i]);
    }
    text_add(out, "}\n");
}

/* --- CSV (RFC 4180), a header and a line a row --- */

static void csv_bytes(Text *out, const char *bytes, size_t length) {
    for (size_t at = 0; at < length;) {
        size_t character = text_utf8_length(bytes + at, length - at);
        if (character == 0)
            text_add(out, "\xEF\xBF\xBD");
        else if (bytes[at] == '"')
            text_add(out, "\"\"");
        else
            text_add_bytes(out, bytes + at, character);
        at += character > 0 ? character : 1;
    }
}

/* Nothing is an empty field, an empty text a quoted one. */
static void csv_text(Text *out, const char *bytes, size_t length) {
    bool plain = length > 0 && bytes[0] != ' ' && bytes[length - 1] != ' ';
    for (size_t i = 0; plain && i < length; i++) plain = strchr(",\"\r\n", bytes[i]) == NULL;
    if (!plain) text_add(out, "\"");
    csv_bytes(out, bytes, length);
    if (!plain) text_add(out, "\"");
}

static void csv_value(Text *out, const RecordValue *value) {
    char number[32];
    switch (value->kind) {
    case RECORD_NULL: return;
    case RECORD_INTEGER: text_addf(out, "%lld", (long long)value->integer); return;
    case RECORD_REAL: text_add(out, text_double(number, value->real)); return;
    case RECORD_TEXT: csv_text(out, value->text, value->length); return;
    }
}

static void csv_row(Text *out, const char *const *column, const RecordValue *value, int columns) {
    (void)column;
    for (int i = 0; i < columns; i++) {
        if (i > 0) text_add(out, ",");
        csv_value(out, &value[i]);
    }
    text_add(out, "\n");
}

static bool csv_head(void *context, const char *const *column, const RecordValue *value,
                     int columns) {
    Export *export = context;
    (void)value;
    for (int i = 0; i < columns; i++) text_addf(&export->text, "%s%s", i > 0 ? "," : "", column[i]);
    text_add(&export->text, "\n");
    return true;
}

/* --- where it goes --- */

static void flush(Export *export) {
    if (export->file == NULL) {
        output_result(&export->text);
        return;
    }
    size_t length = export->text.length;
    errno = 0;
    if (!export->failed && fwrite(text_get(&export->text), 1, length, export->file) != length) {
        export->failed = true;
        export->why = errno;
    }
    text_clear(&export->text);
}

static bool add_row(void *context, const char *const *column, const RecordValue *value,
                    int columns) {
    Export *export = context;
    export->row(&export->text, column, value, columns);
    if (export->text.length >= FLUSH_AT) flush(export);
    return !export->failed;
}

static bool export_runs(Export *export, Record *record, const char *view, uint64_t run,
                        Error *error) {
    RunRow row = {0};
    bool csv = export->row == csv_row;
    if (csv && !record_view(record, view, 0, csv_head, export, error)) return false;
    if (run > 0) return record_view(record, view, run, add_row, export, error);
    while (!export->failed && record_next_run(record, row.run, &row, error))
        if (!record_view(record, view, row.run, add_row, export, error)) return false;
    return error->kind == ERROR_NONE;
}

/* The rows of one study, or of all of them one after the other. */
static bool export_studies(Export *export, Record *record, const char *view, uint64_t study,
                           Error *error) {
    StudyRow row = {0};
    bool csv = export->row == csv_row;
    if (csv && !record_study_view(record, view, 0, csv_head, export, error)) return false;
    if (study > 0) return record_study_view(record, view, study, add_row, export, error);
    while (!export->failed && record_next_study(record, row.study, &row, error))
        if (!record_study_view(record, view, row.study, add_row, export, error)) return false;
    return error->kind == ERROR_NONE;
}

static bool open_file(Export *export, Error *error) {
    char safe[256];
    if (export->path == NULL) return true;
    export->file = fopen(export->path, "wb");
    return export->file != NULL ||
           error_set(error, ERROR_CANT_CREATE, "cannot write %s: %s",
                     text_safe(safe, sizeof safe, export->path), strerror(errno));
}

static bool close_file(Export *export, Error *error) {
    char safe[256];
    flush(export);
    if (export->file == NULL) return true;
    errno = 0;
    if (fclose(export->file) != 0 && !export->failed) {
        export->failed = true;
        export->why = errno;
    }
    return !export->failed ||
           error_set(error, ERROR_IO, "cannot write %s: %s",
                     text_safe(safe, sizeof safe, export->path), strerror(export->why));
}

/* --- the command --- */

static bool choose_form(const Options *options, Export *export, Error *error) {
    bool csv = option_given(options, "csv"), lines = option_given(options, "jsonl");
    export->row = csv ? csv_row : json_row;
    return csv != lines || error_set(error, ERROR_USAGE, "export needs --csv or --jsonl");
}

/* In the order of commands.c's tables. */
static const struct View {
    const char *name;
    bool study; /* its rows belong to a study, not to a run */
} views[] = {
    {"event", false},        {"offer", false},   {"demand", false},      {"run", false},
    {"event_detail", false}, {"world", false},   {"lever", false},       {"statement", false},
    {"appraisal", false},    {"account", false}, {"peace", false},       {"study", true},
    {"cell", true},          {"outcome", true},  {"outcome_seat", true}, {"failure", true},
};

/* Which run or study, and whether there is one. */
static bool choose_rows(const Options *options, Record *record, const struct View *view,
                        uint64_t *key, Error *error) {
    RunRow run;
    StudyRow study;
    if (option_given(options, view->study ? "run" : "study"))
        return error_set(error, ERROR_USAGE, "the rows of this table belong to a %s: --%s ID",
                         view->study ? "study" : "run", view->study ? "study" : "run");
    *key = (uint64_t)option_integer(options, view->study ? "study" : "run", 0);
    if (*key == 0) return true;
    return view->study ? record_study_find(record, *key, &study, NULL, NULL, error)
                       : record_find_run(record, *key, &run, error);
}

static bool export_record(const Options *options, Record *record, Error *error) {
    Export export = {.path = option_text(options, "output", NULL)};
    const struct View *view = &views[option_choice(options, "table", 0)];
    uint64_t key = 0;
    if (export.path != NULL && same_file(export.path, options_argument(options, 0)))
        return error_set(error, ERROR_USAGE, "a record cannot be exported into itself");
    if (!choose_form(options, &export, error) || !choose_rows(options, record, view, &key, error) ||
        !open_file(&export, error))
        return false;
    if (view->study)
        export_studies(&export, record, view->name, key, error);
    else
        export_runs(&export, record, view->name, key, error);
    close_file(&export, error);
    text_finish(&export.text);
    return error->kind == ERROR_NONE;
}

/* A scenario's export has two arguments; a record may be called like a format. */
static bool is_of_record(const Options *options, Error *error) {
    const char *word = options_argument(options, 0);
    if (option_given(options, "lossy") || option_given(options, "force"))
        return error_set(error, ERROR_USAGE, "--lossy and --force are for scenarios, not records");
    if (export_domain_knows(word) && !same_file(word, word))
        return error_set(error, ERROR_USAGE, "export %s needs a SCENARIO", word);
    return true;
}

int command_export(const Options *options) {
    Error error = {0};
    if (options->arguments > 1) return export_domain(options);
    if (!is_of_record(options, &error)) return output_error(&error);
    Record *record = record_open_read(options_argument(options, 0), &error);
    if (record != NULL) export_record(options, record, &error);
    record_close(record);
    return output_finish(output_error(&error));
}
