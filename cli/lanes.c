#include "cli/lanes.h"

#include <stdio.h>
#include <string.h>

#include "cli/interrupt.h"
#include "cli/lane_memory.h"
#include "cli/launcher.h"
#include "cli/output.h"
#include "cli/play.h"
#include "core/base/memory.h"

/* --- the lane of processes --- */

static bool is_told_otherwise(const char *name) {
    return strcmp(name, "seed") == 0 || strcmp(name, "run") == 0 || strcmp(name, "reps") == 0 ||
           strcmp(name, "quiet") == 0;
}

/* The broker is told what this command was told; the seats' agents need only where and who. */
static size_t repeat_options(const Options *options, const char **words, Text *texts, size_t most) {
    size_t count = 0;
    for (size_t i = 0; i < options->values && count < most; i++) {
        const OptionSpec *spec = options->value[i].spec;
        if (is_told_otherwise(spec->name)) continue;
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

/* Each agent is told which file it may open, and no other. */
static TroupePlan troupe_plan(const PlayRequest *request, const char *spin) {
    const Terms *terms = &request_scenario(request)->negotiation.terms;
    const Cast *cast = &request->cast;
    TroupePlan plan = {.arguments = {spin, NULL},
                       .seats = terms->seats,
                       .foreign = request->foreign & ~cast->programs,
                       .trusted = request->trusted};
    for (SeatId seat = 0; seat < cast->seats; seat++) {
        plan.seat_id[seat] = terms->seat[seat].id;
        if (seat_in(cast->programs, seat))
            plan.program[seat] = cast->path[seat];
        else
            plan.load[seat][0] = cast->word[seat];
    }
    return plan;
}

static int play_over_processes(const PlayRequest *request) {
    enum { MOST = LAUNCH_MAX_ARGUMENTS - 16 };
    const char *words[MOST + 7];
    Text *texts = memory_new(MOST, sizeof *texts);
    static const char *const kinds[] = {"--play=run", "--play=resume", "--play=branch"};
    char seed[40], run[40];
    size_t count = repeat_options(request->options, words, texts, MOST);
    snprintf(seed, sizeof seed, "--seed=%llu", (unsigned long long)request->seed);
    snprintf(run, sizeof run, "--run=%llu", (unsigned long long)request->origin);
    words[count++] = kinds[request->kind];
    words[count++] = seed;
    if (request->kind != PLAY_RUN) words[count++] = run;
    if (request->quiet) words[count++] = "--quiet";
    words[count++] = "--";
    words[count++] = request->source;
    words[count] = NULL;
    char spin[32];
    snprintf(spin, sizeof spin, "--spin=%lld",
             (long long)option_integer(request->options, "spin", 0));
    LaunchPlan plan = {.broker_arguments = words,
                       .cast = troupe_plan(request, spin),
                       .record = request->record,
                       .one_core = option_choice(request->options, "cores", 0) == 0};
    int code = launch_request(request, &plan);
    for (size_t i = 0; i < MOST; i++) text_finish(&texts[i]);
    memory_free(texts);
    return code;
}

/* --- the lane of one process --- */

static int play_in_memory(const PlayRequest *request) {
    interrupt_catch_first();
    if (request->lent != NULL) return play(request, request->lent->channel, &(PlayHost){0});
    MemoryLane lane;
    Error error = {0};
    if (!memory_lane_cast(&lane, &request->cast, request->trusted, &error))
        return output_error(&error);
    int code = play(request, lane.channel, &(PlayHost){0});
    memory_lane_close(&lane);
    return code;
}

const char *lanes_name(const PlayRequest *request) {
    return option_choice(request->options, "lane", 0) == 0 ? "processes" : "memory";
}

int lanes_play(PlayRequest *request) {
    request->lane = lanes_name(request);
    play_header(request);
    return strcmp(request->lane, "processes") == 0 ? play_over_processes(request)
                                                   : play_in_memory(request);
}
