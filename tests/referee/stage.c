#include "tests/referee/stage.h"

#include <stdio.h>
#include <string.h>

#include "agents/strategies.h"
#include "core/base/memory.h"

enum { MOST_SETTINGS = 16 };

static size_t split_settings(const char *const *words, Setting *setting,
                             char path[MOST_SETTINGS][128]) {
    size_t count = 0;
    for (; words[count] != NULL && words[count][0] != '\0'; count++) {
        const char *equals = strchr(words[count], '=');
        assert_true(equals != NULL && count < MOST_SETTINGS);
        snprintf(path[count], 128, "%.*s", (int)(equals - words[count]), words[count]);
        setting[count] = (Setting){path[count], equals + 1};
    }
    return count;
}

/* `yaml` NULL: the file at `name`. */
static Scenario *read_scenario(const char *name, const char *yaml, const char *const *settings) {
    static char path[MOST_SETTINGS][128];
    Setting setting[MOST_SETTINGS];
    Text complaints = {0};
    Error error = {0};
    ScenarioRequest request = {.path = name,
                               .text = yaml,
                               .length = yaml != NULL ? strlen(yaml) : 0,
                               .settings = setting,
                               .setting_count = split_settings(settings, setting, path),
                               .catalogue = strategies_builtin()};
    Scenario *scenario = scenario_read(&request, &complaints, &error);
    if (scenario == NULL) fail_msg("%s\n%s", error.text, text_get(&complaints));
    text_finish(&complaints);
    return scenario;
}

Scenario *stage_scenario(const char *yaml, const char *const *settings) {
    return read_scenario("theory.yaml", yaml, settings);
}

Scenario *stage_file(const char *path, const char *const *settings) {
    char whole[512];
    snprintf(whole, sizeof whole, "%s/%s", NONPAPER_SOURCE_DIR, path);
    return read_scenario(whole, NULL, settings);
}

const char *stage_setting(const char *path, double value) {
    static char buffer[MOST_SETTINGS][160];
    static uint32_t turn;
    char number[32];
    char *out = buffer[turn++ % MOST_SETTINGS];
    snprintf(out, sizeof buffer[0], "%s=%s", path, text_double(number, value));
    return out;
}

static void take_event(void *context, uint64_t run, const Event *event) {
    Recording *recording = context;
    (void)run;
    if (recording->count == recording->capacity) {
        recording->capacity = recording->capacity ? recording->capacity * 2 : 64;
        recording->event = memory_grow(recording->event, recording->capacity, sizeof(Event));
    }
    recording->event[recording->count++] = *event;
}

void stage_play(const Scenario *scenario, uint64_t seed, Recording *recording) {
    Watcher watcher = {.context = recording, .happened = take_event};
    recording->count = 0;
    recording->verdict = theatre_play_scenario(scenario, seed, &watcher);
}

void recording_finish(Recording *recording) {
    memory_free(recording->event);
}

const Event *recording_find(const Recording *recording, EventKind kind, uint64_t after) {
    for (uint64_t i = after; i < recording->count; i++)
        if (recording->event[i].kind == kind) return &recording->event[i];
    return NULL;
}

void stage_pie(Text *yaml, uint32_t options) {
    text_add(yaml, "issues: {pie: {options: [");
    for (uint32_t k = 0; k < options; k++) text_addf(yaml, "%ss%u", k ? ", " : "", k);
    text_add(yaml, "]}}\n");
}
