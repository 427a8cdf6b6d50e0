/* nonpaper reproduce: what a stranger needs to play a recorded run again. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/chosen_run.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/recipe.h"
#include "cli/verify.h"

/* --- the scenario's file --- */

static bool holds(const char *path, const Text *text) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) return false;
    size_t at = 0;
    bool same = true;
    for (int byte; same && (byte = fgetc(file)) != EOF; at++)
        same = at < text->length && (unsigned char)text->bytes[at] == (unsigned char)byte;
    fclose(file);
    return same && at == text->length;
}

static bool write_new(const char *path, const Text *text, Error *error) {
    char safe[256];
    FILE *file = fopen(path, "wbx");
    text_safe(safe, sizeof safe, path);
    if (file == NULL && errno == EEXIST)
        return error_set(error, ERROR_CANT_CREATE,
                         "%s is there already and holds something else; say -o DIRECTORY", safe);
    if (file == NULL)
        return error_set(error, ERROR_CANT_CREATE, "cannot write %s: %s", safe, strerror(errno));
    bool written = fwrite(text_get(text), 1, text->length, file) == text->length;
    written = fclose(file) == 0 && written;
    return written || error_set(error, ERROR_IO, "cannot write %s: %s", safe, strerror(errno));
}

/* A file that holds the same already is as good as written. */
static bool write_scenario(const Recipe *recipe, const char *directory, Error *error) {
    Text path = {0};
    if (directory != NULL) {
        mkdir(directory, 0777);
        text_addf(&path, "%s/", directory);
    }
    text_add(&path, recipe->scenario_file);
    bool good = holds(text_get(&path), &recipe->scenario) ||
                write_new(text_get(&path), &recipe->scenario, error);
    text_finish(&path);
    return good;
}

/* --- telling --- */

static void warn_of_versions(const Recipe *recipe) {
    for (uint32_t i = 0; i < recipe->steps; i++) {
        const RunRow *row = &recipe->row[i];
        char safe[128];
        if (strcmp(row->version, NONPAPER_VERSION) != 0)
            output_note("run %llu was recorded by version %s, this is %s: its events may differ",
                        (unsigned long long)row->run, text_safe(safe, sizeof safe, row->version),
                        NONPAPER_VERSION);
        for (int seat = 0; seat < row->seats; seat++)
            if (row->external[seat])
                output_note("seat %s was played from outside: only its own player can repeat it",
                            text_safe(safe, sizeof safe, row->seat_id[seat]));
    }
}

static void print_text(const Recipe *recipe, const char *directory, const Verification *check) {
    const RunRow *row = &recipe->row[recipe->steps - 1];
    char hex[DIGEST_HEX];
    Text text = {0};
    if (directory != NULL) {
        text_add(&text, "cd ");
        text_add_safe(&text, directory);
        text_add(&text, "\n");
    }
    for (uint32_t i = 0; i < recipe->steps; i++) {
        text_add_safe(&text, recipe->command[i]);
        text_add(&text, "\n");
    }
    if (row->ended)
        text_addf(&text, "# %llu events, digest %s\n", (unsigned long long)row->events,
                  digest_hex(hex, &row->digest));
    if (check != NULL && check->verified)
        text_add(&text, "# checked: played again in memory, every event is the same\n");
    if (check != NULL && !check->verified) {
        text_add(&text, "# checked: it does not come out the same: ");
        text_add_safe(&text, check->place);
        text_add(&text, "\n");
    }
    output_result(&text);
    text_finish(&text);
}

static void print_json(const Recipe *recipe, const char *directory, const Verification *check) {
    const RunRow *row = &recipe->row[recipe->steps - 1];
    char hex[DIGEST_HEX];
    Text text = {0};
    Json json = output_json(&text, "nonpaper.reproduce/1");
    json_int(&json, "run", (int64_t)row->run);
    json_string(&json, "directory", directory != NULL ? directory : ".");
    json_string(&json, "scenario_file", recipe->scenario_file);
    json_array(&json, "commands");
    for (uint32_t i = 0; i < recipe->steps; i++) json_string(&json, NULL, recipe->command[i]);
    json_end_array(&json);
    json_string(&json, "version", row->version);
    json_bool(&json, "same_version", strcmp(row->version, NONPAPER_VERSION) == 0);
    json_int(&json, "events", (int64_t)row->events);
    json_string(&json, "digest", row->ended ? digest_hex(hex, &row->digest) : NULL);
    if (check == NULL)
        json_null(&json, "checked");
    else
        json_bool(&json, "checked", check->verified);
    output_json_end(&json);
}

/* --- the command --- */

static bool reproduce(const Options *options, Record *record, Recipe *recipe, const RunRow *row,
                      int *code, Error *error) {
    const char *directory = option_text(options, "output", NULL);
    bool checked = option_given(options, "check");
    Verification *check = &(Verification){0};
    const VerifyMeans means = {.beside = options_argument(options, 0),
                               .trusted = option_given(options, "trust")};
    if (!recipe_write(recipe, record, row, error)) return false;
    for (uint32_t i = 0; i < recipe->steps; i++)
        if (!verify_files(&recipe->row[i], means.beside, error)) return false;
    if (checked && !verify_run(record, row, &means, check, error)) return false;
    if (!write_scenario(recipe, directory, error)) return false;
    warn_of_versions(recipe);
    if (option_given(options, "json"))
        print_json(recipe, directory, checked ? check : NULL);
    else
        print_text(recipe, directory, checked ? check : NULL);
    *code = checked && !check->verified ? ERROR_CHECK : 0;
    return true;
}

int command_reproduce(const Options *options) {
    Error error = {0};
    RunRow row;
    int code = 0;
    Record *record = chosen_run_open(options, &row, &error);
    Recipe *recipe = memory_new(1, sizeof *recipe);
    bool good = record != NULL && reproduce(options, record, recipe, &row, &code, &error);
    recipe_finish(recipe);
    memory_free(recipe);
    record_close(record);
    return output_finish(good ? code : output_error(&error));
}
