#define _GNU_SOURCE
#include "cli/troupe.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- between fork and exec --- */

void troupe_become_child(const sigset_t *mask, pid_t parent, int death_signal) {
    prctl(PR_SET_PDEATHSIG, death_signal);
    if (getppid() != parent) _exit(ERROR_UNAVAILABLE);
    signal(SIGINT, SIG_IGN);
    sigprocmask(SIG_SETMASK, mask, NULL);
}

void troupe_exec_self(const char *const *words) {
    execv("/proc/self/exe", (char *const *)words);
    fprintf(stderr, "nonpaper: cannot start a process: %s\n", strerror(errno));
    _exit(ERROR_UNAVAILABLE);
}

static void detach_streams(void) {
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
}

/* Its user's own program, with its user's rights and environment. A script that nobody made executable is read by who
 * reads its kind. */
static void exec_program(const TroupePlan *plan, SeatId seat) {
    static const char *const readers[][2] = {
        {".py", "/usr/bin/python3"}, {".js", "/usr/bin/node"}, {".sh", "/bin/sh"}};
    const char *path = plan->program[seat];
    const char *words[] = {NULL, path, "--connect", plan->address, "--seat", plan->seat_id[seat],
                           NULL};
    size_t length = strlen(path);
    detach_streams();
    execv(path, (char *const *)&words[1]);
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        size_t ending = strlen(readers[i][0]);
        if (length < ending || strcmp(path + length - ending, readers[i][0]) != 0) continue;
        words[0] = readers[i][1];
        execv(words[0], (char *const *)words);
    }
    fprintf(stderr, "nonpaper: cannot start %s: %s\n", path, strerror(errno));
    _exit(ERROR_UNAVAILABLE);
}

static void exec_agent(const TroupePlan *plan, SeatId seat) {
    static char *const nothing[] = {NULL};
    const char *words[12 + 2 * TROUPE_MAX_LOADS] = {"nonpaper", "agent", plan->seat_id[seat],
                                                    "--connect", plan->address};
    size_t count = 5;
    for (size_t i = 0; plan->arguments[i] != NULL; i++) words[count++] = plan->arguments[i];
    for (size_t i = 0; plan->load[seat][i] != NULL; i++) {
        words[count++] = "--load";
        words[count++] = plan->load[seat][i];
    }
    if (plan->trusted) words[count++] = "--trust";
    detach_streams();
    /* What its user has in the environment is none of a strategy's business. */
    if (!plan->trusted) environ = (char **)(uintptr_t)nothing;
    troupe_exec_self(words);
}

/* --- starting and ending --- */

/* Whoever plays a foreign seat must know where. */
static void call_foreign(const TroupePlan *plan, SeatId seat) {
    fprintf(stderr, "nonpaper: seat %s waits for its agent: nonpaper agent %s --connect %s\n",
            plan->seat_id[seat], plan->seat_id[seat], plan->address);
}

static bool is_contained(const TroupePlan *plan, SeatId seat) {
    return !plan->trusted && plan->program[seat] == NULL;
}

static bool start(Troupe *troupe, SeatId seat, Error *error) {
    const TroupePlan *plan = troupe->plan;
    pid_t parent = getpid();
    int voice =
        is_contained(plan, seat) ? hearsay_open(&troupe->hearsay, seat, plan->seat_id[seat]) : -1;
    pid_t process = fork();
    if (process == 0) {
        troupe_become_child(&troupe->mask, parent, SIGKILL);
        if (voice >= 0) dup2(voice, STDERR_FILENO);
        (plan->program[seat] != NULL ? exec_program : exec_agent)(plan, seat);
    }
    if (voice >= 0) close(voice);
    if (process < 0)
        return error_set(error, ERROR_UNAVAILABLE, "cannot start a process: %s", strerror(errno));
    troupe->agent[seat] = process;
    return true;
}

bool troupe_start(Troupe *troupe, Error *error) {
    for (SeatId seat = 0; seat < troupe->plan->seats; seat++) {
        if (seat_in(troupe->plan->foreign, seat))
            call_foreign(troupe->plan, seat);
        else if (!start(troupe, seat, error))
            return false;
    }
    return true;
}

void troupe_end(Troupe *troupe, SeatId seat) {
    pid_t old = troupe->agent[seat];
    troupe->agent[seat] = 0;
    if (old <= 0) return;
    kill(old, SIGKILL);
    waitpid(old, NULL, 0);
}

void troupe_revive(Troupe *troupe, SeatId seat) {
    if (seat_in(troupe->plan->foreign, seat)) {
        call_foreign(troupe->plan, seat);
        return;
    }
    troupe_end(troupe, seat);
    troupe->revived[seat]++;
    start(troupe, seat, NULL);
}

void troupe_kill(const Troupe *troupe, int number) {
    for (SeatId seat = 0; seat < troupe->plan->seats; seat++)
        if (troupe->agent[seat] > 0) kill(troupe->agent[seat], number);
}

bool troupe_has_anybody(const Troupe *troupe) {
    for (SeatId seat = 0; seat < troupe->plan->seats; seat++)
        if (troupe->agent[seat] > 0) return true;
    return false;
}

SeatId troupe_ended(Troupe *troupe, pid_t process) {
    for (SeatId seat = 0; seat < troupe->plan->seats; seat++) {
        if (troupe->agent[seat] != process) continue;
        troupe->agent[seat] = 0;
        return seat;
    }
    return NP_NO_SEAT;
}

void troupe_say_end(char *out, size_t size, int status) {
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
        snprintf(out, size, "its process was killed: it tried what its sandbox forbids");
    else if (WIFSIGNALED(status))
        snprintf(out, size, "its process was killed by signal %d (%s)", WTERMSIG(status),
                 strsignal(WTERMSIG(status)));
    else
        snprintf(out, size, "its process ended with exit code %d", WEXITSTATUS(status));
}
