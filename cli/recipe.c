#include "cli/recipe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/setting_list.h"
#include "cli/shell_word.h"
#include "cli/staging.h"
#include "core/base/sim_time.h"
#include "core/scenario/strategy_spec.h"

/* --- words of a command line --- */

static void add_word(Text *line, const char *word) {
    text_add(line, " ");
    shell_word_add(line, word);
}

/* A strategy is set by a setting too; the command line has a shorter word for that. */
static bool is_strategy(const Setting *setting, size_t *seat_length) {
    static const char before[] = "seats.", after[] = ".strategy";
    size_t length = strlen(setting->path), affixes = sizeof before + sizeof after - 2;
    if (length <= affixes || strncmp(setting->path, before, sizeof before - 1) != 0) return false;
    *seat_length = length - affixes;
    return strcmp(setting->path + length - (sizeof after - 1), after) == 0;
}

static void add_setting(Text *line, const Setting *setting, bool shorter) {
    Text word = {0};
    size_t seat;
    if (shorter && is_strategy(setting, &seat)) {
        text_addf(&word, "%.*s=%s", (int)seat, setting->path + strlen("seats."), setting->value);
        text_add(line, " --strategy");
    } else {
        text_addf(&word, "%s=%s", setting->path, setting->value);
        text_add(line, " --set");
    }
    add_word(line, text_get(&word));
    text_finish(&word);
}

/* The program takes --strategy after --set, whatever their order: strategies keep their short word only
 * where they stand last. */
static void add_settings(Text *line, const SettingList *list, size_t from) {
    size_t last = list->count, seat;
    while (last > from && is_strategy(&list->setting[last - 1], &seat)) last--;
    for (size_t i = from; i < list->count; i++) add_setting(line, &list->setting[i], i >= last);
}

/* --- a command a run --- */

static size_t count_common(const SettingList *a, const SettingList *b) {
    size_t count = 0;
    while (count < a->count && count < b->count &&
           strcmp(a->setting[count].path, b->setting[count].path) == 0 &&
           strcmp(a->setting[count].value, b->setting[count].value) == 0)
        count++;
    return count;
}

/* A branch adds its settings to the ones that held until then. */
static bool add_own_settings(Text *line, const Staging *staging, bool branch, Error *error) {
    SettingList *list = memory_new(2, sizeof *list);
    const struct Staged *last = &staging->stage[staging->stages - 1];
    bool changed = branch && staging->stages > 1;
    setting_list_init(&list[0]);
    setting_list_init(&list[1]);
    bool good = setting_list_read(&list[0], text_get(&last->settings), error) &&
                (!changed || setting_list_read(&list[1], text_get(&last[-1].settings), error));
    size_t from = changed ? count_common(&list[0], &list[1]) : branch ? list[0].count : 0;
    if (good) add_settings(line, &list[0], from);
    setting_list_finish(&list[0]);
    setting_list_finish(&list[1]);
    memory_free(list);
    return good;
}

static void add_moment(Text *line, const RunRow *row) {
    char date[32], word[48];
    date_format(date, row->epoch + row->branched_at);
    snprintf(word, sizeof word, "%s%s", date, strchr(date, 'T') == NULL ? "T00:00:00" : "");
    text_add(line, " --at");
    add_word(line, word);
}

static void begin_command(Text *line, const Recipe *recipe, const RunRow *row) {
    text_addf(line, "nonpaper %s", row->branch ? "branch" : "run");
    add_word(line, row->branch ? recipe->record_file : recipe->scenario_file);
    if (row->branch) text_addf(line, " --run %u", recipe->steps);
    if (row->branch) add_moment(line, row);
    text_addf(line, " --seed %llu", (unsigned long long)row->seed);
}

/* Whoever follows the recipe may stand elsewhere. */
static void add_absolute(Text *word, const char *spec) {
    char path[512];
    size_t length = strcspn(spec, "#(");
    snprintf(path, sizeof path, "%.*s", (int)length, spec);
    char *whole = realpath(path, NULL);
    text_add(word, whole != NULL ? whole : path);
    text_add(word, spec + length);
    free(whole);
}

/* What came from a file is named with its path and its hash, which are the record's and not the scenario's. */
static void add_files(Text *line, const RunRow *row) {
    Text word = {0};
    for (SeatId seat = 0; seat < row->seats; seat++) {
        if (spec_kind(row->strategy[seat]) == SPEC_BUILT_IN) continue;
        text_clear(&word);
        text_addf(&word, "%s=", row->seat_id[seat]);
        add_absolute(&word, row->strategy[seat]);
        text_add(line, " --strategy");
        add_word(line, text_get(&word));
    }
    text_finish(&word);
}

static bool add_step(Recipe *recipe, Record *record, const RunRow *row, Error *error) {
    Staging staging = {0};
    Text line = {0};
    begin_command(&line, recipe, row);
    bool good = staging_read(&staging, record, row, NP_NEVER, error) &&
                add_own_settings(&line, &staging, row->branch, error);
    add_files(&line, row);
    text_add(&line, " --lane");
    add_word(&line, row->lane);
    text_add(&line, " -o");
    add_word(&line, recipe->record_file);
    recipe->row[recipe->steps] = *row;
    recipe->command[recipe->steps++] = arena_text(&recipe->arena, text_get(&line), line.length);
    text_finish(&line);
    staging_finish(&staging);
    return good;
}

/* --- the chain --- */

static bool find_parent(Record *record, RunRow *row, Error *error) {
    uint64_t parent = row->parent, child = row->run;
    Error missing = {0};
    if (parent == 0 && !record_find_header(record, &row->parent_hash, &parent, &missing)) {
        if (missing.kind != ERROR_NO_INPUT)
            return error_set(error, missing.kind, "%s", missing.text);
        return error_set(error, ERROR_NO_INPUT,
                         "run %llu branches from a run of another record: merge the two first",
                         (unsigned long long)child);
    }
    return record_find_run(record, parent, row, error);
}

/* From the run back to its first ancestor, then forward again. */
static bool add_chain(Recipe *recipe, Record *record, const RunRow *last, Error *error) {
    RunRow row = *last;
    uint64_t chain[RECIPE_MAX_STEPS] = {row.run};
    uint32_t length = 1;
    while (row.branch) {
        if (length == RECIPE_MAX_STEPS)
            return error_set(error, ERROR_SCENARIO, "run %llu has more than %d ancestors",
                             (unsigned long long)last->run, RECIPE_MAX_STEPS - 1);
        if (!find_parent(record, &row, error)) return false;
        chain[length++] = row.run;
    }
    while (length > 0)
        if (!record_find_run(record, chain[--length], &row, error) ||
            !add_step(recipe, record, &row, error))
            return false;
    return true;
}

/* A scenario's name may be anything; a file's name is made of what any file system takes. */
static void name_files(Recipe *recipe, const char *scenario) {
    char stem[64];
    size_t length = 0;
    for (; *scenario != '\0' && length < sizeof stem - 1; scenario++) {
        bool plain = strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-",
                            *scenario) != NULL;
        stem[length++] = plain ? *scenario : '-';
    }
    stem[length] = '\0';
    if (length == 0 || stem[0] == '-') snprintf(stem, sizeof stem, "scenario");
    snprintf(recipe->scenario_file, sizeof recipe->scenario_file, "%s.yaml", stem);
    snprintf(recipe->record_file, sizeof recipe->record_file, "%s.record", stem);
}

bool recipe_write(Recipe *recipe, Record *record, const RunRow *row, Error *error) {
    *recipe = (Recipe){.steps = 0};
    arena_init(&recipe->arena);
    name_files(recipe, row->scenario);
    return record_scenario(record, row->run, &recipe->scenario, NULL, error) &&
           add_chain(recipe, record, row, error);
}

void recipe_finish(Recipe *recipe) {
    text_finish(&recipe->scenario);
    arena_finish(&recipe->arena);
}
