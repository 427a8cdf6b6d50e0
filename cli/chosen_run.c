#include "cli/chosen_run.h"

#include <string.h>

#include "cli/setting_list.h"

static bool find_run(Record *record, const Options *options, RunRow *row, Error *error) {
    uint64_t last = record_last_run(record);
    char safe[256];
    text_safe(safe, sizeof safe, options_argument(options, 0));
    if (last == 0) return error_set(error, ERROR_NO_INPUT, "%s has no runs yet", safe);
    uint64_t run = (uint64_t)option_integer(options, "run", (int64_t)last);
    Error missing = {0};
    if (record_find_run(record, run, row, &missing)) return true;
    if (missing.kind != ERROR_NO_INPUT && missing.kind != ERROR_NONE)
        return error_set(error, missing.kind, "%s", missing.text);
    return error_set(error, ERROR_NO_INPUT, "%s has no run %llu; its last one is %llu", safe,
                     (unsigned long long)run, (unsigned long long)last);
}

/* RECORD:RUN, as diff and explain take it. */
static bool names_a_run(const char *path) {
    const char *colon = strrchr(path, ':');
    return colon != NULL && colon[1] != '\0' && colon[1 + strspn(colon + 1, "0123456789")] == '\0';
}

static Record *open_record(const char *path, Error *error) {
    Error why = {0};
    Record *record = record_open_read(path, &why);
    if (record != NULL) return record;
    bool hint = why.kind == ERROR_NO_INPUT && names_a_run(path);
    error_set(error, why.kind, "%s%s", why.text, hint ? " A run is named by --run here." : "");
    return NULL;
}

Record *chosen_run_open(const Options *options, RunRow *row, Error *error) {
    Record *record = open_record(options_argument(options, 0), error);
    if (record == NULL || find_run(record, options, row, error)) return record;
    record_close(record);
    return NULL;
}

static Scenario *read_recorded(const Text *text, const SettingList *settings, Error *error) {
    Text complaints = {0};
    ScenarioRequest request = {.path = "recorded scenario",
                               .text = text_get(text),
                               .length = text->length,
                               .settings = settings->setting,
                               .setting_count = settings->count};
    Scenario *scenario = scenario_read(&request, &complaints, error);
    text_finish(&complaints);
    return scenario;
}

Scenario *chosen_run_scenario(Record *record, uint64_t run, Error *error) {
    Text text = {0}, json = {0};
    SettingList settings;
    setting_list_init(&settings);
    Scenario *scenario = NULL;
    if (record_scenario(record, run, &text, &json, error) &&
        (json.length == 0 || setting_list_read(&settings, text_get(&json), error)))
        scenario = read_recorded(&text, &settings, error);
    setting_list_finish(&settings);
    text_finish(&text);
    text_finish(&json);
    return scenario;
}
