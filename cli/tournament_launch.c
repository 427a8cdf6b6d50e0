/* A tournament's run in the lane of processes: `nonpaper run` plays it into a record of its own, which is read and
 * forgotten. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/interrupt.h"
#include "cli/runtime_directory.h"
#include "cli/tournament.h"
#include "core/record/record.h"

enum { WORDS = 8 + 2 * NP_MAX_SEATS + 4 };

typedef struct CommandLine {
    Arena arena;
    char *word[WORDS];
    size_t words;
} CommandLine;

static void add_word(CommandLine *line, const char *word) {
    line->word[line->words++] = arena_text(&line->arena, word, strlen(word));
}

static void add_strategies(CommandLine *line, const Venue *venue, const char *const *spec) {
    const Terms *terms = &venue->scenario->negotiation.terms;
    Text word = {0};
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        if (!seat_in(venue->competing, seat)) continue;
        text_clear(&word);
        text_addf(&word, "%s=%s", terms->seat[seat].id, spec[seat]);
        add_word(line, "--strategy");
        add_word(line, text_get(&word));
    }
    text_finish(&word);
}

/* What it tells goes nowhere; what goes wrong is read from its record. */
static int run_command(CommandLine *line) {
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_RDWR);
        for (int stream = 0; stream <= 2 && nowhere >= 0; stream++) dup2(nowhere, stream);
        execv("/proc/self/exe", line->word);
        _exit(ERROR_INTERNAL);
    }
    if (child < 0) return ERROR_INTERNAL;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        if (interrupt_asked()) kill(child, SIGTERM);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* --- what is in the record --- */

static bool take_fault(void *context, const Event *event, const uint8_t *bytes, size_t length) {
    Sitting *sitting = context;
    (void)bytes, (void)length;
    if (event->kind == NP_EVENT_FAULT) sitting_note_fault(sitting, event);
    return true;
}

static bool read_result(const char *path, Sitting *sitting, Error *error) {
    RunRow row;
    Record *record = record_open_read(path, error);
    bool good = record != NULL && record_find_run(record, record_last_run(record), &row, error) &&
                record_walk(record, row.run, 1, take_fault, sitting, error);
    record_close(record);
    if (!good) return false;
    if (!row.ended) return error_set(error, ERROR_STOPPED, "a run was cut short");
    sitting->verdict = (Verdict){.kind = row.kind, .reason = row.reason, .digest = row.digest};
    for (SeatId seat = 0; seat < row.seats; seat++)
        sitting->verdict.seat_result[seat] = row.result[seat];
    return true;
}

static void forget_record(const char *path) {
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    char file[160];
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        snprintf(file, sizeof file, "%s%s", path, endings[i]);
        unlink(file);
    }
}

/* --- a run --- */

static void write_command(CommandLine *line, const Tournament *tournament, const Venue *venue,
                          const char *const *spec, uint64_t seed) {
    char number[32];
    snprintf(number, sizeof number, "%llu", (unsigned long long)seed);
    add_word(line, "nonpaper");
    add_word(line, "run");
    add_word(line, venue->path);
    add_word(line, "--quiet");
    add_word(line, "--seed");
    add_word(line, number);
    add_word(line, "-o");
    add_word(line, tournament->record);
    if (option_given(tournament->options, "trust")) add_word(line, "--trust");
    add_strategies(line, venue, spec);
    line->word[line->words] = NULL;
}

bool tournament_launch(const Tournament *tournament, const Venue *venue, const char *const *spec,
                       Sitting *sitting, Error *error) {
    CommandLine line = {0};
    arena_init(&line.arena);
    write_command(&line, tournament, venue, spec, sitting->seed);
    int code = run_command(&line);
    arena_finish(&line.arena);
    bool good = code == 0 || code == ERROR_AGENT;
    if (!good)
        error_set(error, interrupt_asked() ? ERROR_STOPPED : (ErrorKind)code,
                  "nonpaper run %s --seed %llu failed with exit code %d", venue->path,
                  (unsigned long long)sitting->seed, code);
    good = good && read_result(tournament->record, sitting, error);
    forget_record(tournament->record);
    return good;
}
