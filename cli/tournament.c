/* nonpaper tournament: strategies × scenarios × seeds, all against all. */
#include "cli/tournament.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/output.h"

enum { PROCESSES, MEMORY };

/* --- where results go --- */

static int write_file(const char *path, const Text *text) {
    char safe[512];
    FILE *file = fopen(path, "wb");
    bool good = file != NULL && fwrite(text_get(text), 1, text->length, file) == text->length;
    if (file != NULL && fclose(file) != 0) good = false;
    if (good) return 0;
    output_note("%s: %s", text_safe(safe, sizeof safe, path), strerror(errno));
    return file == NULL ? ERROR_CANT_CREATE : ERROR_IO;
}

static int put_result(const Tournament *tournament) {
    const Options *options = tournament->options;
    const char *path = option_text(options, "output", NULL);
    TournamentResult result;
    Text text = {0};
    int code = 0;
    tournament_result(tournament, &result);
    if (option_given(options, "json"))
        tournament_json(tournament, &result, &text);
    else if (option_given(options, "csv"))
        tournament_csv(tournament, &text);
    else
        tournament_print(tournament, &result, option_given(options, "markdown"), &text);
    if (path != NULL)
        code = write_file(path, &text);
    else
        output_result(&text);
    tournament_result_finish(&result);
    text_finish(&text);
    return code;
}

/* --- the command --- */

static void say_faults(const Tournament *tournament) {
    char given[256], why[TOURNAMENT_WHY * 4];
    for (size_t i = 0; i < tournament->faults.count; i++) {
        const Remark *fault = &tournament->faults.remark[i];
        output_note("%s failed in %s: %s",
                    text_safe(given, sizeof given, tournament->entrant[fault->entrant].given),
                    tournament_terms(tournament, fault->venue)->name,
                    text_safe(why, sizeof why, fault->why));
    }
}

static int say_stopped(const Tournament *tournament, const Error *error) {
    if (error->kind != ERROR_STOPPED) return output_error(error);
    output_note("stopped after %llu of %llu runs; %u of %u seeds were played by all",
                (unsigned long long)tournament->runs, (unsigned long long)tournament->planned,
                tournament->seeds, tournament->reps);
    return interrupt_asked() ? interrupt_exit_code() : ERROR_STOPPED;
}

static int hold(Tournament *tournament) {
    Error error = {0};
    bool good = tournament_play(tournament, &error);
    int code = good ? 0 : say_stopped(tournament, &error);
    say_faults(tournament);
    if (code == 0 && tournament->faults.count > 0) code = ERROR_AGENT;
    int written = tournament->seeds > 0 ? put_result(tournament) : 0;
    return written != 0 ? written : code;
}

static int hold_in_processes(Tournament *tournament) {
    Error error = {0};
    if (!runtime_directory_create(&tournament->directory, &error)) return output_error(&error);
    snprintf(tournament->record, sizeof tournament->record, "%s/t.db", tournament->directory.path);
    int code = hold(tournament);
    runtime_directory_remove(tournament->directory.path);
    close(tournament->directory.lock);
    return code;
}

static bool one_form(const Options *options) {
    int forms = option_given(options, "json") + option_given(options, "csv") +
                option_given(options, "markdown");
    if (forms <= 1) return true;
    output_note("--json, --csv and --markdown exclude each other");
    return false;
}

int command_tournament(const Options *options) {
    Tournament tournament = {
        .options = options,
        .first_seed = (uint64_t)option_integer(options, "seed", 1),
        .reps = (uint32_t)option_integer(options, "reps", 10),
        .processes = option_choice(options, "lane", MEMORY) == PROCESSES,
    };
    int code = ERROR_USAGE;
    if (!one_form(options)) return code;
    if (tournament.processes)
        interrupt_catch();
    else
        interrupt_catch_first();
    if (tournament_enter(&tournament, &code))
        code = tournament.processes ? hold_in_processes(&tournament) : hold(&tournament);
    tournament_finish(&tournament);
    return output_finish(code);
}
