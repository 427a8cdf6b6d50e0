/* nonpaper run, nonpaper demo: one negotiation from a scenario file, in either lane. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/lane_memory.h"
#include "cli/launcher.h"
#include "cli/output.h"
#include "cli/play.h"
#include "core/base/memory.h"

/* --- the lane of processes --- */

/* The broker is told what this command was told; the seats' agents need only where and who. */
static size_t repeat_options(const Options *options, const char **words, Text *texts, size_t most) {
    size_t count = 0;
    for (size_t i = 0; i < options->values && count < most; i++) {
        const OptionSpec *spec = options->value[i].spec;
        text_addf(&texts[count], "--%s", spec->name);
        if (spec->kind != OPTION_FLAG) text_addf(&texts[count], "=%s", options->value[i].text);
        words[count] = text_get(&texts[count]);
        count++;
    }
    return count;
}

static int launch_request(const PlayRequest *request, const LaunchPlan *plan) {
    Error error = {0};
    if (option_choice(request->options, "transport", 0) != 0)
        error_set(&error, ERROR_USAGE, "--transport tcp is not built yet; ipc is");
    int code = error.kind != ERROR_NONE ? (int)error.kind : launch(plan, &error);
    if (error.kind != ERROR_NONE) output_error(&error);
    return code;
}

static int play_over_processes(const PlayRequest *request) {
    enum { MOST = LAUNCH_MAX_ARGUMENTS - 16 };
    const char *words[MOST + 3];
    Text *texts = memory_new(MOST, sizeof *texts);
    size_t count = repeat_options(request->options, words, texts, MOST);
    words[count++] = "--";
    words[count++] = request->path;
    words[count] = NULL;
    const Terms *terms = &request->scenario->negotiation.terms;
    char spin[32];
    snprintf(spin, sizeof spin, "--spin=%lld",
             (long long)option_integer(request->options, "spin", 0));
    LaunchPlan plan = {.broker_arguments = words,
                       .agent_arguments = {spin, NULL},
                       .seats = terms->seats,
                       .one_core = option_choice(request->options, "cores", 0) == 0};
    for (SeatId seat = 0; seat < terms->seats; seat++) plan.seat_id[seat] = terms->seat[seat].id;
    int code = launch_request(request, &plan);
    for (size_t i = 0; i < MOST; i++) text_finish(&texts[i]);
    memory_free(texts);
    return code;
}

/* --- both --- */

static int play_in_memory(const PlayRequest *request) {
    interrupt_catch();
    MemoryLane lane;
    memory_lane_open(&lane, request->scenario->negotiation.terms.seats);
    int code = play(request, lane.channel, &(PlayHost){0});
    memory_lane_close(&lane);
    return code;
}

static int run_file(const Options *options, const char *path) {
    PlayRequest request;
    int code = 0;
    if (!play_request(&request, options, path, &code)) return code;
    bool processes = option_choice(options, "lane", 0) == 0;
    request.lane = processes ? "processes" : "memory";
    play_header(&request);
    code = processes ? play_over_processes(&request) : play_in_memory(&request);
    play_request_finish(&request);
    return code;
}

int command_run(const Options *options) {
    return run_file(options, options_argument(options, 0));
}

/* The reference scenario stands beside the sources, or is installed beside the program. */
static bool find_reference(char *path, size_t size, Error *error) {
    static const char *const places[] = {"/../../configs/riyadh-2025.yaml",
                                         "/../share/nonpaper/configs/riyadh-2025.yaml"};
    char program[512];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length < 0)
        return error_set(error, ERROR_INTERNAL, "cannot find the program: %s", strerror(errno));
    program[length] = '\0';
    char *slash = strrchr(program, '/');
    if (slash != NULL) *slash = '\0';
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        snprintf(path, size, "%s%s", program, places[i]);
        if (access(path, R_OK) == 0) return true;
    }
    return error_set(error, ERROR_NO_INPUT,
                     "the reference scenario is neither beside the sources nor installed");
}

int command_demo(const Options *options) {
    char path[1024];
    Error error = {0};
    if (!find_reference(path, sizeof path, &error)) return output_error(&error);
    return run_file(options, path);
}
