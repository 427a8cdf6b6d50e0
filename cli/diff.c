/* nonpaper diff: two runs beside each other. */
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/diff_words.h"
#include "cli/output.h"
#include "core/base/memory.h"

/* --- which two --- */

static bool open_two(Comparison *comparison, const char *const word[2], const uint64_t run[2],
                     Error *error) {
    return run_reference_open(&comparison->run[0], word[0], run[0], error) &&
           run_reference_open(&comparison->run[1], word[1], run[1], error);
}

/* A branch of another record has nothing to be held against. */
static bool open_with_parent(Comparison *comparison, const char *word, uint64_t run, Error *error) {
    RunReference *child = &comparison->run[1];
    if (!run_reference_open(child, word, run, error)) return false;
    if (child->row.parent == 0)
        return error_set(error, ERROR_USAGE,
                         "diff needs two runs; run %llu has no parent in its record",
                         (unsigned long long)child->row.run);
    return run_reference_open(&comparison->run[0], word, child->row.parent, error);
}

static bool read_number(const char *word, uint64_t *run, Error *error) {
    unsigned long long number = 0;
    char rest, safe[64];
    if (word != NULL && (sscanf(word, "%18llu%c", &number, &rest) != 1 || number == 0))
        return error_set(error, ERROR_USAGE, "--run %s: expected a run's number",
                         text_safe(safe, sizeof safe, word));
    *run = number;
    return true;
}

static bool open_runs(Comparison *comparison, const Options *options, Error *error) {
    size_t at = 0;
    const char *given[2];
    given[0] = option_next(options, "run", &at);
    given[1] = option_next(options, "run", &at);
    bool one = options->arguments == 1;
    const char *word[2] = {options->argument[0], options->argument[one ? 0 : 1]};
    uint64_t run[2] = {0};
    if (option_next(options, "run", &at) != NULL || (!one && given[0] != NULL))
        return error_set(error, ERROR_USAGE,
                         "diff takes RECORD[:RUN] twice, or one RECORD with --run twice");
    if (!read_number(given[0], &run[0], error) || !read_number(given[1], &run[1], error))
        return false;
    if (one && given[1] == NULL) return open_with_parent(comparison, word[0], run[0], error);
    return open_two(comparison, word, run, error);
}

/* --- what they were given --- */

static bool read_settings(Comparison *comparison, Error *error) {
    for (int i = 0; i < 2; i++) {
        setting_list_init(&comparison->list[i]);
        const char *json = text_get(&comparison->run[i].settings);
        if (json[0] != '\0' && !setting_list_read(&comparison->list[i], json, error)) return false;
    }
    const SettingList *const both[2] = {&comparison->list[0], &comparison->list[1]};
    comparison->settings = difference_settings(both, comparison->setting);
    return true;
}

static bool compare(Comparison *comparison, const Options *options, Error *error) {
    RunReference *const both[2] = {&comparison->run[0], &comparison->run[1]};
    return open_runs(comparison, options, error) && read_settings(comparison, error) &&
           difference_find(&comparison->difference, both, error);
}

int command_diff(const Options *options) {
    Error error = {0};
    Comparison *comparison = memory_new(1, sizeof *comparison);
    if (compare(comparison, options, &error)) {
        if (option_given(options, "json"))
            diff_json(comparison);
        else
            diff_words(comparison);
    }
    for (int i = 0; i < 2; i++) {
        setting_list_finish(&comparison->list[i]);
        run_reference_finish(&comparison->run[i]);
    }
    difference_finish(&comparison->difference);
    memory_free(comparison);
    return output_finish(output_error(&error));
}
