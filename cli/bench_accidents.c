/* Beginnings and ends of processes: how soon talks begin, how soon a killed agent is noticed. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/bench_stage.h"
#include "proto/wall_clock.h"

/* --- launch --- */

typedef struct Launching {
    char scenario[128], record[128];
    int output[2];
} Launching;

static void run_program(const void *context, unsigned number) {
    const Launching *launching = context;
    (void)number;
    dup2(launching->output[1], STDOUT_FILENO);
    execl("/proc/self/exe", "nonpaper", "run", launching->scenario, "-o", launching->record, NULL);
}

/* A blank line ends what is printed before anything happens; the next character tells of the opening, as
 * the grants go out. */
static bool wait_for_opening(int output) {
    char before = 0, last = 0, next;
    while (read(output, &next, 1) == 1) {
        if (before == '\n' && last == '\n') return true;
        before = last;
        last = next;
    }
    return false;
}

static void read_to_end(int output) {
    char rest[4096];
    while (read(output, rest, sizeof rest) > 0) {
    }
}

static bool launch_once(Launching *launching, Samples *values, Error *error) {
    int status = 0;
    if (pipe(launching->output) != 0)
        return error_set(error, ERROR_UNAVAILABLE, "no pipe: %s", strerror(errno));
    fcntl(launching->output[0], F_SETFD, FD_CLOEXEC);
    fcntl(launching->output[1], F_SETFD, FD_CLOEXEC);
    int64_t began = wall_monotonic_ns();
    pid_t program = crew_fork(run_program, launching, 0, error);
    close(launching->output[1]);
    bool opened = program > 0 && wait_for_opening(launching->output[0]);
    if (program > 0 && !opened) kill(program, SIGTERM);
    samples_add(values, bench_seconds_since(began) * 1e3);
    read_to_end(launching->output[0]);
    close(launching->output[0]);
    while (program > 0 && waitpid(program, &status, 0) < 0 && errno == EINTR) {
    }
    if (opened && status == 0) return true;
    return error_set(error, ERROR_UNAVAILABLE, "a run over processes failed");
}

static bool write_scenario(const Scenario *scenario, const char *path, Error *error) {
    FILE *file = fopen(path, "w");
    const Text *source = &scenario->source;
    bool good = file != NULL && fwrite(text_get(source), 1, source->length, file) == source->length;
    if (file != NULL) good = fclose(file) == 0 && good;
    return good || error_set(error, ERROR_CANT_CREATE, "%s: %s", path, strerror(errno));
}

static bool measure_launch(Bench *bench, const Scenario *scenario, Error *error) {
    Samples values = {.count = 0};
    Launching launching;
    bench_file(bench, "bench.yaml", launching.scenario);
    if (!write_scenario(scenario, launching.scenario, error)) return false;
    for (unsigned i = 0; i < bench->repeats; i++) {
        bench_file(bench, "launch.db", launching.record);
        if (!launch_once(&launching, &values, error)) return false;
    }
    BenchCase said = {
        .name = "processes/launch",
        .unit = "ms",
        .what = "Starting six programs and creating a record: from starting `nonpaper run` "
                "to the first grant, for a broker and four agents."};
    bench_add(bench, said, &values, NULL);
    return true;
}

/* --- a killed agent --- */

typedef struct Killing {
    BenchStage stage;
    int64_t killed_at;
} Killing;

enum { KILL_AFTER = 40 /* events */ };

static void kill_one(void *context, uint64_t events) {
    Killing *killing = context;
    if (events < KILL_AFTER || killing->killed_at != 0) return;
    killing->killed_at = wall_monotonic_ns();
    kill(killing->stage.crew.process[2], SIGKILL);
}

static bool kill_once(const Bench *bench, const Scenario *scenario, Samples *values, Error *error) {
    Killing killing = {.killed_at = 0};
    BenchPlay play = {.scenario = scenario, .watch = kill_one, .context = &killing};
    if (!bench_stage_play(bench, &killing.stage, &play, error)) return false;
    if (play.verdict.reason != REASON_AGENT_FAULT)
        return error_set(error, ERROR_CHECK, "the death of an agent went unnoticed");
    samples_add(values, (double)(play.ended_ns - killing.killed_at) * 1e-6);
    return true;
}

bool bench_accidents(Bench *bench, Error *error) {
    Samples values = {.count = 0};
    BenchCase said = {
        .name = "processes/killed-agent",
        .unit = "ms",
        .what = "The kernel closing a dead process's socket, and a commit: from SIGKILL to "
                "the fault in the record."};
    Scenario *scenario = bench_four_seats(200, error);
    bool good = scenario != NULL && measure_launch(bench, scenario, error);
    for (unsigned i = 0; good && i < bench->repeats; i++)
        good = kill_once(bench, scenario, &values, error);
    if (good) bench_add(bench, said, &values, NULL);
    scenario_destroy(scenario);
    return good;
}
