/* nonpaper merge: the runs and studies of several records in one. */
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/same_file.h"
#include "cli/study_digest.h"
#include "core/record/study.h"

static bool complain(const char *path, const Error *why, Error *error) {
    char safe[256];
    return error_set(error, why->kind, "%s: %s Nothing was merged.",
                     text_safe(safe, sizeof safe, path), why->text);
}

static bool check_runs(Record *record, Error *why) {
    RunRow row = {0};
    while (record_next_run(record, row.run, &row, why))
        if (!record_check(record, row.run, why)) return false;
    return why->kind == ERROR_NONE;
}

static bool check_studies(Record *record, Error *why) {
    StudyRow row = {0};
    while (record_next_study(record, row.study, &row, why))
        if (!record_study_check(record, row.study, why)) return false;
    return why->kind == ERROR_NONE;
}

static bool check_source(const char *path, Error *error) {
    Error why = {0};
    Record *record = record_open_read(path, error);
    if (record == NULL) return false;
    bool sound = check_runs(record, &why) && check_studies(record, &why);
    record_close(record);
    return sound || complain(path, &why, error);
}

/* All of them before any is merged. */
static bool check_sources(const Options *options, const char *target, Error *error) {
    for (size_t i = 0; i < options->arguments; i++) {
        const char *path = options->argument[i];
        if (same_file(path, target))
            return error_set(error, ERROR_USAGE, "a record cannot be merged into itself");
        if (!check_source(path, error)) return false;
    }
    return true;
}

static void say_source(Text *text, const char *path, const RecordMerge *done) {
    text_add_safe(text, path);
    text_addf(text, ": %llu of %llu runs merged", (unsigned long long)done->merged,
              (unsigned long long)done->runs);
    if (done->duplicates > 0)
        text_addf(text, ", %llu were there already", (unsigned long long)done->duplicates);
    if (done->outcomes > 0)
        text_addf(text, "; %llu of %llu outcomes merged", (unsigned long long)done->outcomes_merged,
                  (unsigned long long)done->outcomes);
    if (done->outcome_duplicates > 0)
        text_addf(text, ", %llu were there already", (unsigned long long)done->outcome_duplicates);
    text_add(text, "\n");
}

static void json_source(Json *json, const char *path, const RecordMerge *done) {
    json_object(json, NULL);
    json_string(json, "record", path);
    json_int(json, "runs", (int64_t)done->runs);
    json_int(json, "merged", (int64_t)done->merged);
    json_int(json, "duplicates", (int64_t)done->duplicates);
    json_int(json, "studies", (int64_t)done->studies);
    json_int(json, "outcomes", (int64_t)done->outcomes);
    json_int(json, "outcomes_merged", (int64_t)done->outcomes_merged);
    json_int(json, "outcome_duplicates", (int64_t)done->outcome_duplicates);
    json_end_object(json);
}

static bool merge_source(Record *target, const char *path, bool all, RecordMerge *done,
                         Error *error) {
    Record *source = record_open_read(path, error);
    bool merged = source != NULL && record_merge(target, source, all, done, error);
    record_close(source);
    return merged;
}

/* --- studies: what the records come to together --- */

typedef struct StudySum {
    StudyRow row;
    uint64_t outcomes;
    char digest[DIGEST_HEX];
} StudySum;

/* False behind the last one, and on error. */
static bool sum_study(Record *target, uint64_t study, StudySum *sum, Error *error) {
    Digest digest;
    Error none = {0};
    if (!record_study_find(target, study, &sum->row, NULL, NULL, &none))
        return none.kind != ERROR_NO_INPUT && error_set(error, none.kind, "%s", none.text);
    if (!study_digest(target, study, &digest, &sum->outcomes, error)) return false;
    digest_hex(sum->digest, &digest);
    return true;
}

static void say_studies(Record *target, Text *text, Error *error) {
    StudySum sum;
    for (uint64_t study = 1; sum_study(target, study, &sum, error); study++) {
        text_addf(text, "study %llu, ", (unsigned long long)study);
        text_add_safe(text, sum.row.scenario);
        text_addf(text, ": %llu outcomes, digest %s\n", (unsigned long long)sum.outcomes,
                  sum.digest);
    }
    output_result(text);
}

static void json_studies(Record *target, Json *json, Error *error) {
    StudySum sum;
    char hex[DIGEST_HEX];
    json_array(json, "studies");
    for (uint64_t study = 1; sum_study(target, study, &sum, error); study++) {
        json_object(json, NULL);
        json_int(json, "number", (int64_t)study);
        json_string(json, "study", digest_hex(hex, &sum.row.hash));
        json_string(json, "scenario", sum.row.scenario);
        json_int(json, "outcomes", (int64_t)sum.outcomes);
        json_string(json, "digest", sum.digest);
        json_end_object(json);
    }
    json_end_array(json);
}

/* --- the command --- */

static void merge_all(const Options *options, Record *target, Json *json, Text *text,
                      Error *error) {
    bool all = option_given(options, "all");
    for (size_t i = 0; i < options->arguments; i++) {
        RecordMerge done;
        const char *path = options->argument[i];
        if (!merge_source(target, path, all, &done, error)) return;
        if (json != NULL)
            json_source(json, path, &done);
        else
            say_source(text, path, &done);
        if (json == NULL) output_result(text);
    }
    record_checkpoint(target, error);
}

static void merge_into(const Options *options, const char *path, Error *error) {
    Text text = {0};
    Record *target = record_open(path, error);
    if (target == NULL) return;
    if (option_given(options, "json")) {
        Json json = output_json(&text, "nonpaper.merge/1");
        json_string(&json, "record", path);
        json_array(&json, "sources");
        merge_all(options, target, &json, &text, error);
        json_end_array(&json);
        if (error->kind == ERROR_NONE) json_studies(target, &json, error);
        output_json_end(&json);
    } else {
        merge_all(options, target, NULL, &text, error);
        if (error->kind == ERROR_NONE) say_studies(target, &text, error);
    }
    text_finish(&text);
    record_close(target);
}

int command_merge(const Options *options) {
    Error error = {0};
    const char *path = option_text(options, "output", NULL);
    if (path == NULL)
        error_set(&error, ERROR_USAGE, "merge needs -o RECORD, where the runs go");
    else if (check_sources(options, path, &error))
        merge_into(options, path, &error);
    return output_finish(output_error(&error));
}
