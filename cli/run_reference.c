#include "cli/run_reference.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/chosen_run.h"
#include "core/base/memory.h"

/* A colon may be part of a name: a file that is there as it is written comes first. */
static uint64_t split(char *path) {
    struct stat facts;
    char *colon = strrchr(path, ':');
    if (stat(path, &facts) == 0 || colon == NULL) return 0;
    size_t digits = strspn(colon + 1, "0123456789");
    if (digits == 0 || digits > 18 || colon[1 + digits] != '\0') return 0;
    uint64_t run = strtoull(colon + 1, NULL, 10);
    if (run != 0) *colon = '\0'; /* runs are counted from 1 */
    return run;
}

static bool find_run(RunReference *reference, uint64_t run, Error *error) {
    char safe[256];
    Error missing = {0};
    uint64_t last = record_last_run(reference->record);
    text_safe(safe, sizeof safe, reference->path);
    if (last == 0) return error_set(error, ERROR_NO_INPUT, "%s has no runs yet", safe);
    if (record_find_run(reference->record, run != 0 ? run : last, &reference->row, &missing))
        return true;
    if (missing.kind != ERROR_NO_INPUT) return error_set(error, missing.kind, "%s", missing.text);
    return error_set(error, ERROR_NO_INPUT, "%s has no run %llu; its last one is %llu", safe,
                     (unsigned long long)run, (unsigned long long)last);
}

bool run_reference_open(RunReference *reference, const char *word, uint64_t run, Error *error) {
    char safe[256];
    *reference = (RunReference){.path = memory_text(word)};
    uint64_t said = split(reference->path);
    reference->record = record_open_read(reference->path, error);
    if (reference->record != NULL && run != 0 && said != 0 && run != said)
        return error_set(error, ERROR_USAGE,
                         "which run? --run %llu and %s:%llu contradict each other",
                         (unsigned long long)run, text_safe(safe, sizeof safe, reference->path),
                         (unsigned long long)said);
    if (reference->record == NULL || !find_run(reference, run != 0 ? run : said, error))
        return false;
    run = reference->row.run;
    reference->scenario = chosen_run_scenario(reference->record, run, error);
    return reference->scenario != NULL &&
           record_scenario(reference->record, run, NULL, &reference->settings, error);
}

void run_reference_finish(RunReference *reference) {
    scenario_destroy(reference->scenario);
    text_finish(&reference->settings);
    record_close(reference->record);
    memory_free(reference->path);
}
