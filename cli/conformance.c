#include "cli/conformance.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/conformance_parts.h"
#include "cli/output.h"
#include "cli/runtime_directory.h"
#include "cli/templates.h"
#include "core/scenario/strategy_spec.h"

/* --- telling --- */

static void tell(ConformanceTrial *trial, bool good, const char *what, const Error *error) {
    Text line = {0};
    text_addf(&line, "%-8s%s", good ? "ok" : "FAILED", what);
    if (!good && error != NULL && error->text[0] != '\0') {
        text_add(&line, ": ");
        text_add_safe(&line, error->text);
    }
    text_add(&line, "\n");
    output_result(&line);
    output_flush();
    text_finish(&line);
    trial->failures += !good;
}

static bool ends_with(ConformanceTrial *trial, int expected, const char *what) {
    Error error = {0};
    int code = trial_await_end(trial);
    if (code < 0)
        error_set(&error, ERROR_UNAVAILABLE, "it did not end within %d seconds",
                  TRIAL_PATIENCE_MS / 1000);
    else if (code != expected)
        error_set(&error, ERROR_PROTOCOL, "it ended with %d instead of %d", code, expected);
    tell(trial, code == expected, what, &error);
    return code == expected;
}

static void try_refusal(ConformanceTrial *trial, RefusalWhy why, int expected, const char *what) {
    Error error = {0};
    Refusal refusal = {why, "a rehearsal", NULL, CODEC_LOWEST_VERSION, CODEC_HIGHEST_VERSION};
    if (trial_greet(trial, &error)) {
        frame_refused(&trial->frame, &refusal);
        trial_say(trial);
        ends_with(trial, expected, what);
    } else {
        tell(trial, false, what, &error);
    }
    trial_stop(trial);
}

/* Field 100 of the Orders, which nobody knows yet; the frame is made by hand. */
static void say_unknown_field(ConformanceTrial *trial) {
    static const uint8_t bytes[] = {0x22, 5, 0xa2, 0x06, 2, 'h', 'i'};
    rehearsal_say(trial->broker, (Bytes){bytes, sizeof bytes});
}

/* --- the whole --- */

static bool try_runs(ConformanceTrial *trial, Digest *first, bool *same) {
    Error error = {0};
    Digest later[2];
    bool good = trial_greet(trial, &error);
    tell(trial, good, "it says hello for its seat", &error);
    if (!good) return false;
    good = trial_play_alone(trial, first, &error);
    tell(trial, good, "it answers every grant, one reply for each occasion", &error);
    if (!good) return false;
    say_unknown_field(trial);
    good = trial_play_together(trial, later, &error);
    tell(trial, good,
         "runs share frames; unknown fields, empty frames, a second Welcome and unknown runs are "
         "passed over",
         &error);
    if (!good) return false;
    *same = digest_equal(first, &later[0]) && digest_equal(first, &later[1]);
    frame_goodbye(&trial->frame, NULL);
    trial_say(trial);
    return ends_with(trial, 0, "it ends on Goodbye");
}

static void try_again(ConformanceTrial *trial, const Digest *first, bool same) {
    Error error = {0};
    Digest again;
    if (!trial_greet(trial, &error) || !trial_play_alone(trial, &again, &error)) {
        tell(trial, false, "it plays after a restart", &error);
        return;
    }
    bool whole = digest_equal(first, &again);
    if (!same)
        error_set(&error, ERROR_PROTOCOL,
                  "runs with the same key and grants were answered differently");
    else if (!whole)
        error_set(&error, ERROR_PROTOCOL, "a new process answered the same grants differently");
    if (trial->deterministic)
        tell(trial, same && whole, "it calls itself deterministic, and is", &error);
    else
        tell(trial, true,
             same && whole ? "it might call itself deterministic: same grants, same answers"
                           : "it does not call itself deterministic, rightly",
             NULL);
    rehearsal_close(trial->broker);
    trial->broker = NULL;
    int code = trial_await_end(trial);
    error_set(&error, ERROR_PROTOCOL, "it did not end");
    tell(trial, code >= 0, "it ends when the connection does", &error);
}

static void try_garbage(ConformanceTrial *trial) {
    static const uint8_t bytes[] = {0x22, 3, 0x1a, 0x7f, 0x08};
    Error error = {0};
    if (!trial_greet(trial, &error)) {
        tell(trial, false, "it ends when the broker breaks the rules", &error);
        return;
    }
    trial_say(trial);
    rehearsal_say(trial->broker, (Bytes){bytes, sizeof bytes});
    ends_with(trial, ERROR_PROTOCOL, "it ends when the broker breaks the rules");
}

static void try_everything(ConformanceTrial *trial) {
    Digest first;
    bool same = false;
    bool plays = try_runs(trial, &first, &same);
    trial_stop(trial);
    if (!plays) return;
    try_again(trial, &first, same);
    trial_stop(trial);
    try_garbage(trial);
    trial_stop(trial);
    try_refusal(trial, REFUSAL_SEAT_TAKEN, ERROR_USAGE, "it ends when its seat is taken");
    try_refusal(trial, REFUSAL_VERSION, ERROR_PROTOCOL, "it ends when versions do not meet");
}

static const char *rehearsed_scenario(void) {
    for (const Template *it = templates; it->name != NULL; it++)
        if (strcmp(it->name, "two-party") == 0) return it->text;
    return templates[0].text;
}

static bool prepare(ConformanceTrial *trial, const char *specification, Error *error) {
    const char *text = rehearsed_scenario();
    ScenarioRequest request = {.path = "two-party", .text = text, .length = strlen(text)};
    Text complaints = {0};
    char safe[128];
    trial->specification = specification;
    trial->scenario = scenario_read(&request, &complaints, error);
    text_finish(&complaints);
    if (trial->scenario == NULL) return false;
    if (!spec_word(specification, trial->program, sizeof trial->program) ||
        access(trial->program, R_OK) != 0)
        return error_set(error, ERROR_NO_INPUT, "there is no program %s",
                         text_safe(safe, sizeof safe, trial->program));
    return true;
}

int conformance_run(const char *specification) {
    ConformanceTrial trial = {0};
    Error error = {0};
    RuntimeDirectory directory;
    frame_writer_init(&trial.frame);
    bool ready = prepare(&trial, specification, &error);
    if (ready && runtime_directory_create(&directory, &error)) {
        snprintf(trial.address, sizeof trial.address, "ipc://%s/rehearsal", directory.path);
        try_everything(&trial);
        runtime_directory_remove(directory.path);
        close(directory.lock);
    }
    frame_writer_finish(&trial.frame);
    if (trial.scenario != NULL) scenario_destroy(trial.scenario);
    if (error.kind != ERROR_NONE) return output_error(&error);
    return trial.failures > 0;
}
