#include "cli/staging.h"

#include <stdlib.h>
#include <string.h>

#include "agents/strategies.h"
#include "cli/output.h"
#include "cli/setting_list.h"
#include "core/base/json.h"
#include "core/base/memory.h"

/* --- reading --- */

static Scenario *read_under(const Staging *staging, const char *settings, Error *error) {
    SettingList *list = memory_new(1, sizeof *list);
    Text complaints = {0};
    Scenario *scenario = NULL;
    setting_list_init(list);
    if (setting_list_read(list, settings, error)) {
        ScenarioRequest request = {.path = "recorded scenario",
                                   .text = text_get(&staging->source),
                                   .length = staging->source.length,
                                   .settings = list->setting,
                                   .setting_count = list->count,
                                   .catalogue = strategies_builtin()};
        scenario = scenario_read(&request, &complaints, error);
        if (scenario == NULL) output_complaints(&complaints);
    }
    setting_list_finish(list);
    memory_free(list);
    text_finish(&complaints);
    return scenario;
}

static bool says_nothing_new(const Staging *staging, uint64_t seed, const char *settings) {
    const struct Staged *last = &staging->stage[staging->stages - 1];
    return last->seed == seed && strcmp(text_get(&last->settings), settings) == 0;
}

bool staging_add(Staging *staging, SimTime from, uint64_t seed, const char *settings,
                 Error *error) {
    if (staging->stages > 0 && says_nothing_new(staging, seed, settings)) return true;
    if (staging->stages == STAGING_MAX)
        return error_set(error, ERROR_SCENARIO, "a run may change its settings at most %d times",
                         STAGING_MAX - 1);
    if (staging->stages > 0 && from < staging->stage[staging->stages - 1].from)
        return error_set(error, ERROR_SCENARIO,
                         "what the record says of the run's past is out of order");
    struct Staged *stage = &staging->stage[staging->stages];
    stage->scenario = read_under(staging, settings, error);
    if (stage->scenario == NULL) return false;
    stage->from = from;
    stage->seed = seed;
    text_add(&stage->settings, settings);
    staging->stages++;
    return true;
}

bool staging_reseed(Staging *staging, SimTime from, uint64_t seed, Error *error) {
    struct Staged *last = &staging->stage[staging->stages - 1];
    if (last->from < from)
        return staging_add(staging, from, seed, text_get(&last->settings), error);
    last->seed = seed;
    return true;
}

/* The end of the array of strings that begins at `at`, past its bracket; NULL when it has none. */
static const char *end_of_array(const char *at) {
    bool quoted = false;
    for (; *at != '\0'; at++) {
        if (*at == '\\' && quoted && at[1] != '\0')
            at++;
        else if (*at == '"')
            quoted = !quoted;
        else if (*at == ']' && !quoted)
            return at + 1;
    }
    return NULL;
}

/* One {"from":seconds,"seed":number,"settings":[…]}, the seed where it is not `seed`; moves *at past it. */
static bool read_stage(Staging *staging, const char **at, SimTime until, uint64_t seed,
                       Error *error) {
    static const char before[] = "{\"from\":", luck[] = ",\"seed\":", between[] = ",\"settings\":";
    char *end;
    if (strncmp(*at, before, sizeof before - 1) != 0) return false;
    SimTime from = strtoll(*at + sizeof before - 1, &end, 10);
    if (strncmp(end, luck, sizeof luck - 1) == 0) seed = strtoull(end + sizeof luck - 1, &end, 10);
    if (strncmp(end, between, sizeof between - 1) != 0) return false;
    const char *array = end + sizeof between - 1, *after = end_of_array(array);
    if (after == NULL || *after != '}') return false;
    Text settings = {0};
    text_add_bytes(&settings, array, (size_t)(after - array));
    bool good = from >= until || staging_add(staging, from, seed, text_get(&settings), error);
    text_finish(&settings);
    *at = after + 1;
    return good;
}

static bool read_past(Staging *staging, const char *past, SimTime until, uint64_t seed,
                      Error *error) {
    const char *at = past;
    if (*at == '\0' || strcmp(at, "[]") == 0) return true;
    do {
        at++; /* the opening bracket, or a comma */
        if (!read_stage(staging, &at, until, seed, error))
            return error_set(error, ERROR_SCENARIO,
                             "what the record says of the run's past makes no "
                             "sense");
    } while (*at == ',');
    return true;
}

bool staging_read(Staging *staging, Record *record, const RunRow *row, SimTime until,
                  Error *error) {
    Text settings = {0}, past = {0};
    *staging = (Staging){0};
    SimTime from = row->branch ? row->branched_at : 0;
    bool good = record_scenario(record, row->run, &staging->source, &settings, error) &&
                record_past(record, row->run, &past, error) &&
                read_past(staging, text_get(&past), until, row->seed, error) &&
                ((from >= until && staging->stages > 0) ||
                 staging_add(staging, from, row->seed,
                             settings.length > 0 ? text_get(&settings) : "[]", error));
    text_finish(&settings);
    text_finish(&past);
    return good;
}

void staging_finish(Staging *staging) {
    for (uint32_t i = 0; i < staging->stages; i++) {
        scenario_destroy(staging->stage[i].scenario);
        text_finish(&staging->stage[i].settings);
    }
    text_finish(&staging->source);
    *staging = (Staging){0};
}

/* --- using --- */

const Scenario *staging_first(const Staging *staging) {
    return staging->stage[0].scenario;
}

uint64_t staging_seed(const Staging *staging) {
    return staging->stage[0].seed;
}

const Scenario *staging_last(const Staging *staging) {
    return staging->stage[staging->stages - 1].scenario;
}

void staging_prefix(const Staging *staging, Prefix *prefix) {
    prefix->stages = 0;
    for (uint32_t i = 1; i < staging->stages; i++) {
        prefix->stage[prefix->stages].reseeds = true;
        prefix->stage[prefix->stages].seed = staging->stage[i].seed;
        prefix->stage[prefix->stages].negotiation = &staging->stage[i].scenario->negotiation;
        prefix->stage[prefix->stages++].from = staging->stage[i].from;
    }
}

void staging_past(const Staging *staging, Text *out) {
    uint64_t last = staging->stage[staging->stages - 1].seed;
    text_add(out, "[");
    for (uint32_t i = 0; i + 1 < staging->stages; i++) {
        const struct Staged *stage = &staging->stage[i];
        text_addf(out, "%s{\"from\":%lld", i > 0 ? "," : "", (long long)stage->from);
        if (stage->seed != last) text_addf(out, ",\"seed\":%llu", (unsigned long long)stage->seed);
        text_addf(out, ",\"settings\":%s}", text_get(&stage->settings));
    }
    text_add(out, "]");
}
