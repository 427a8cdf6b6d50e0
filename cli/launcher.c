#define _GNU_SOURCE
#include "cli/launcher.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/runtime_directory.h"
#include "cli/shell_word.h"
#include "proto/wall_clock.h"

/* How long agents may take to leave once the broker has said goodbye. */
enum { GRACE_MS = 500 };

/* Shells and timeout(1) send a signal to a process and to its group: that is one request. */
enum { SAME_REQUEST_NS = 20000000 };

typedef struct Launch {
    const LaunchPlan *plan;
    RuntimeDirectory directory;
    char address[128];
    pid_t broker; /* 0 once it has ended */
    TroupePlan cast;
    Troupe troupe;
    int control[2]; /* [0] ours, [1] the broker's */
    int signals;    /* signalfd */
    int broker_status;
    bool broker_listens; /* its end of the control socket is open */
    int stop_signal;
    int64_t stopped_ns; /* when it came */
} Launch;

/* --- children --- */

static void keep_descriptor(int from, int to) {
    if (from == to)
        fcntl(to, F_SETFD, 0);
    else
        dup2(from, to);
}

static void exec_broker(const Launch *launch) {
    const char *arguments[LAUNCH_MAX_ARGUMENTS] = {"nonpaper", "broker", "--directory",
                                                   launch->directory.path};
    size_t count = 4;
    for (size_t i = 0;
         launch->plan->broker_arguments[i] != NULL && count < LAUNCH_MAX_ARGUMENTS - 1; i++)
        arguments[count++] = launch->plan->broker_arguments[i];
    /* Out of each other's way first: either may already sit on the other's number. */
    int control = fcntl(launch->control[1], F_DUPFD_CLOEXEC, 10);
    int lock = fcntl(launch->directory.lock, F_DUPFD_CLOEXEC, 10);
    keep_descriptor(control, LAUNCH_CONTROL_FD);
    keep_descriptor(lock, LAUNCH_LOCK_FD);
    troupe_exec_self(arguments);
}

/* The broker looks at its death signal when it can clean up after it. */
static bool start_broker(Launch *launch, Error *error) {
    pid_t launcher = getpid();
    sigset_t mask = launch->troupe.mask;
    sigaddset(&mask, SIGTERM);
    pid_t pid = fork();
    if (pid < 0)
        return error_set(error, ERROR_UNAVAILABLE, "cannot start a process: %s", strerror(errno));
    if (pid == 0) {
        troupe_become_child(&mask, launcher, SIGTERM);
        exec_broker(launch);
    }
    launch->broker = pid;
    return true;
}

static void kill_all(const Launch *launch, int number) {
    if (launch->broker > 0) kill(launch->broker, number);
    troupe_kill(&launch->troupe, number);
}

/* --- supervision --- */

/* "SEAT N what": the N-th agent of its seat that was started again; the first one is number 0. */
static void tell_broker(const Launch *launch, SeatId seat, int status) {
    char message[160], what[96];
    troupe_say_end(what, sizeof what, status);
    snprintf(message, sizeof message, "%s %u %s", launch->cast.seat_id[seat],
             launch->troupe.revived[seat], what);
    if (launch->broker > 0)
        send(launch->control[0], message, strlen(message), MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* The broker names a seat whose agent is to be started again, after an end if it hangs, or "!SEAT", whose agent
 * is only to be ended. */
static void hear_broker(Launch *launch) {
    char message[64];
    ssize_t length = recv(launch->control[0], message, sizeof message - 1, MSG_DONTWAIT);
    if (length <= 0) {
        launch->broker_listens = length < 0;
        return;
    }
    message[length] = '\0';
    bool dismissed = message[0] == '!';
    for (SeatId seat = 0; seat < launch->cast.seats; seat++)
        if (strcmp(launch->cast.seat_id[seat], message + dismissed) == 0)
            (dismissed ? troupe_end : troupe_revive)(&launch->troupe, seat);
}

static void child_ended(Launch *launch, pid_t pid, int status) {
    if (pid == launch->broker) {
        launch->broker = 0;
        launch->broker_status = status;
        return;
    }
    SeatId seat = troupe_ended(&launch->troupe, pid);
    if (seat != NP_NO_SEAT) tell_broker(launch, seat, status);
}

static void reap(Launch *launch) {
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) child_ended(launch, pid, status);
}

/* A signal that comes just before the broker begins to wait would not end the wait: the message does. */
static void stop_broker(const Launch *launch) {
    if (launch->broker <= 0) return;
    kill(launch->broker, SIGTERM);
    send(launch->control[0], "stop", 4, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* The first request stops cleanly, the second at once. */
static void pass_on(Launch *launch, int number) {
    if (launch->stop_signal == 0) {
        launch->stop_signal = number;
        launch->stopped_ns = wall_monotonic_ns();
        stop_broker(launch);
    } else if (wall_monotonic_ns() - launch->stopped_ns > SAME_REQUEST_NS) {
        kill_all(launch, SIGKILL);
    }
}

static void wait_for_news(Launch *launch, int timeout_ms) {
    struct pollfd watched[2 + NP_MAX_SEATS] = {
        {.fd = launch->signals, .events = POLLIN},
        {.fd = launch->broker_listens ? launch->control[0] : -1, .events = POLLIN}};
    if (poll(watched, hearsay_watch(&launch->troupe.hearsay, watched, 2), timeout_ms) <= 0) return;
    hearsay_tell(&launch->troupe.hearsay, launch->cast.seat_id);
    if (watched[1].revents != 0) hear_broker(launch);
    struct signalfd_siginfo info;
    while (read(launch->signals, &info, sizeof info) == (ssize_t)sizeof info) {
        if (info.ssi_signo == SIGCHLD)
            reap(launch);
        else
            pass_on(launch, (int)info.ssi_signo);
    }
}

static void supervise(Launch *launch) {
    while (launch->broker > 0) wait_for_news(launch, -1);
    /* Nobody told them to leave, or nobody wants to wait until they do. */
    if (WIFSIGNALED(launch->broker_status) || launch->stop_signal != 0) kill_all(launch, SIGKILL);
    for (int waited = 0; troupe_has_anybody(&launch->troupe) && waited < GRACE_MS; waited += 10)
        wait_for_news(launch, 10);
    kill_all(launch, SIGKILL);
    while (troupe_has_anybody(&launch->troupe)) wait_for_news(launch, 100);
}

static int broker_killed(const Launch *launch, Error *error) {
    Text record = {0};
    shell_word_show(&record, launch->plan->record);
    error_set(error, ERROR_UNAVAILABLE,
              "the broker was killed by signal %d; what it had recorded stays readable, and is "
              "finished by: nonpaper resume %s",
              WTERMSIG(launch->broker_status), text_get(&record));
    text_finish(&record);
    return launch->stop_signal != 0 ? 128 + launch->stop_signal : ERROR_UNAVAILABLE;
}

static int exit_code(const Launch *launch, Error *error) {
    if (WIFSIGNALED(launch->broker_status)) return broker_killed(launch, error);
    int code = WEXITSTATUS(launch->broker_status);
    bool was_stopped = launch->stop_signal != 0 && code != 0;
    return was_stopped ? 128 + launch->stop_signal : code;
}

/* --- the whole --- */

static void use_one_core(void) {
    cpu_set_t cores;
    int core = sched_getcpu();
    if (core < 0) return;
    CPU_ZERO(&cores);
    CPU_SET(core, &cores);
    sched_setaffinity(0, sizeof cores, &cores);
}

static bool watch_signals(Launch *launch, Error *error) {
    sigset_t mask;
    sigemptyset(&mask);
    sigaddset(&mask, SIGINT);
    sigaddset(&mask, SIGTERM);
    sigaddset(&mask, SIGHUP);
    sigaddset(&mask, SIGCHLD);
    sigprocmask(SIG_BLOCK, &mask, &launch->troupe.mask);
    launch->signals = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
    if (launch->signals < 0 ||
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, launch->control) != 0)
        return error_set(error, ERROR_UNAVAILABLE, "cannot watch processes: %s", strerror(errno));
    return true;
}

static int launch_in(Launch *launch, Error *error) {
    snprintf(launch->address, sizeof launch->address, "ipc://%s/broker", launch->directory.path);
    if (launch->plan->one_core) use_one_core();
    launch->broker_listens = true;
    launch->cast = launch->plan->cast;
    launch->cast.address = launch->address;
    launch->troupe.plan = &launch->cast;
    bool started = start_broker(launch, error) && troupe_start(&launch->troupe, error);
    close(launch->control[1]);
    launch->control[1] = -1;
    if (!started) kill_all(launch, SIGKILL);
    supervise(launch);
    hearsay_close(&launch->troupe.hearsay, launch->cast.seat_id);
    close(launch->control[0]);
    return started ? exit_code(launch, error) : (int)error->kind;
}

int launch(const LaunchPlan *plan, Error *error) {
    Launch state = {.plan = plan};
    /* Signals first: from here on one that stops us finds us able to clean up. */
    if (!watch_signals(&state, error) || !runtime_directory_create(&state.directory, error))
        return error->kind;
    int code = launch_in(&state, error);
    runtime_directory_remove(state.directory.path);
    close(state.directory.lock);
    close(state.signals);
    sigprocmask(SIG_SETMASK, &state.troupe.mask, NULL);
    return code;
}
