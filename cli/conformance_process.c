/* The program that is tried: its process, and how they trial_greet each other. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/conformance_parts.h"

enum { STEP_MS = 10 };

static void become_program(const ConformanceTrial *trial, const char *seat) {
    static const char *const readers[][2] = {
        {".py", "/usr/bin/python3"}, {".js", "/usr/bin/node"}, {".sh", "/bin/sh"}};
    const char *words[] = {NULL, trial->program, "--connect", trial->address, "--seat", seat, NULL};
    size_t length = strlen(trial->program);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    execv(trial->program, (char *const *)&words[1]);
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        size_t ending = strlen(readers[i][0]);
        words[0] = readers[i][1];
        if (length > ending && strcmp(trial->program + length - ending, readers[i][0]) == 0)
            execv(words[0], (char *const *)words);
    }
    _exit(ERROR_UNAVAILABLE);
}

/* Its exit code, or 128 + the signal; it is given time, and then ended: -1. */
int trial_await_end(ConformanceTrial *trial) {
    int status = 0;
    pid_t agent = trial->agent;
    trial->agent = 0;
    if (agent <= 0) return -1;
    for (int waited = 0; waited < TRIAL_PATIENCE_MS; waited += STEP_MS) {
        if (waitpid(agent, &status, WNOHANG) == agent)
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        usleep(STEP_MS * 1000);
    }
    kill(agent, SIGKILL);
    waitpid(agent, &status, 0);
    return -1;
}

void trial_stop(ConformanceTrial *trial) {
    if (trial->agent > 0) {
        kill(trial->agent, SIGKILL);
        waitpid(trial->agent, NULL, 0);
    }
    trial->agent = 0;
    rehearsal_close(trial->broker);
    trial->broker = NULL;
}

/* --- hellos --- */

static bool hello_fits(const Frame *frame, const char *seat, Error *error) {
    if (frame->kind != FRAME_HELLO)
        return error_set(error, ERROR_PROTOCOL, "its first frame is no Hello");
    if (strcmp(frame->hello.seat, seat) != 0)
        return error_set(error, ERROR_PROTOCOL, "it asks for another seat than %s", seat);
    if (frame->hello.lowest > CODEC_HIGHEST_VERSION || frame->hello.highest < CODEC_LOWEST_VERSION)
        return error_set(error, ERROR_PROTOCOL, "it speaks no version that the broker speaks");
    return true;
}

/* A new process that has said hello. */
bool trial_greet(ConformanceTrial *trial, Error *error) {
    const char *seat = trial->scenario->negotiation.terms.seat[TRIED_SEAT].id;
    Frame frame;
    trial->broker = rehearsal_bind(trial->address, error);
    if (trial->broker == NULL) return false;
    pid_t pid = fork();
    if (pid == 0) become_program(trial, seat);
    if (pid < 0) return error_set(error, ERROR_UNAVAILABLE, "cannot start a process");
    trial->agent = pid;
    if (!rehearsal_hear(trial->broker, TRIAL_PATIENCE_MS, &frame, error)) return false;
    if (!hello_fits(&frame, seat, error)) return false;
    trial->deterministic = frame.hello.deterministic;
    uint32_t highest = frame.hello.highest;
    frame_welcome(&trial->frame, highest < CODEC_HIGHEST_VERSION ? highest : CODEC_HIGHEST_VERSION);
    return true;
}

void trial_say(ConformanceTrial *trial) {
    rehearsal_say(trial->broker, frame_bytes(&trial->frame));
    frame_clear(&trial->frame);
}
