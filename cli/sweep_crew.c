#include "cli/sweep_crew.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/sweep_deal.h"
#include "cli/sweep_parts.h"
#include "cli/sweep_worker.h"
#include "proto/wall_clock.h"

/* How long workers may take to stop, and how often one may die before it has begun anything. */
enum { GRACE_NS = 2000000000, STILLBORN = 3, LOOK_MS = 100 };

/* A worker as its crew knows it. */
typedef struct Hand {
    pid_t process; /* 0: nobody */
    int socket;
    uint32_t number;
    SweepDealt dealt;
    bool dismissed; /* gets no more orders */
} Hand;

typedef struct Crew {
    const SweepPlan *plan;
    SweepWork *work;
    SweepDeal deal;
    Hand *hand; /* [hands] */
    uint32_t hands, stillborn;
    SweepMark *mark;    /* [hands], shared with the workers */
    int64_t stopped_ns; /* 0: nobody asked */
    Error *error;
    Progress progress;
} Crew;

/* --- beginning and ending processes --- */

/* Who is left alone by the death of its parent has nobody to work for. */
static bool bind_life(pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NAME, "nonpaper worker");
    return getppid() == parent;
}

static int become_worker(const Crew *crew, const Hand *hand, int socket) {
    Text part = {0};
    interrupt_catch();
    for (uint32_t i = 0; i < crew->hands; i++)
        if (crew->hand[i].process != 0) close(crew->hand[i].socket);
    sweep_part_name(&part, crew->plan->base.record, crew->work->first_part + hand->number);
    return sweep_work(crew->plan, text_get(&part), socket, &crew->mark[hand->number]);
}

static bool hire(Crew *crew, Hand *hand) {
    int ends[2];
    pid_t parent = getpid();
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return error_set(crew->error, ERROR_UNAVAILABLE, "cannot reach a process: %s",
                         strerror(errno));
    crew->mark[hand->number].begun = 0;
    pid_t process = fork();
    if (process == 0) {
        close(ends[0]);
        if (bind_life(parent)) _exit(become_worker(crew, hand, ends[1]));
        _exit(0);
    }
    close(ends[1]);
    if (process < 0) {
        close(ends[0]);
        return error_set(crew->error, ERROR_UNAVAILABLE, "cannot start a process: %s",
                         strerror(errno));
    }
    *hand = (Hand){.process = process, .socket = ends[0], .number = hand->number};
    return true;
}

static void dismiss(Hand *hand) {
    if (hand->process == 0 || hand->dismissed) return;
    hand->dismissed = true;
    shutdown(hand->socket, SHUT_WR);
}

static void stop_all(Crew *crew) {
    if (crew->stopped_ns != 0) return;
    crew->stopped_ns = wall_monotonic_ns();
    for (uint32_t i = 0; i < crew->hands; i++) {
        if (crew->hand[i].process != 0) kill(crew->hand[i].process, SIGTERM);
        dismiss(&crew->hand[i]);
    }
}

/* Code of others may never come back to hear that it is to stop. */
static void end_the_deaf(const Crew *crew) {
    if (crew->stopped_ns == 0 || wall_monotonic_ns() - crew->stopped_ns < GRACE_NS) return;
    for (uint32_t i = 0; i < crew->hands; i++)
        if (crew->hand[i].process != 0) kill(crew->hand[i].process, SIGKILL);
}

/* --- who died, and at what --- */

static void say_end(char *why, size_t size, int status) {
    if (WIFSIGNALED(status))
        snprintf(why, size, "its process was killed by signal %d (%s)", WTERMSIG(status),
                 strsignal(WTERMSIG(status)));
    else
        snprintf(why, size, "its process ended with exit code %d", WEXITSTATUS(status));
}

static void mourn(Crew *crew, Hand *hand, int status) {
    uint64_t begun = atomic_load(&crew->mark[hand->number].begun);
    char why[SWEEP_WHY];
    say_end(why, sizeof why, status);
    if (begun == 0 && ++crew->stillborn >= STILLBORN)
        error_set(crew->error, ERROR_UNAVAILABLE, "workers end before they have begun: %s", why);
    sweep_deal_lost(&crew->deal, &hand->dealt, begun, why);
}

static void bury(Crew *crew, Hand *hand) {
    int status = 0;
    while (waitpid(hand->process, &status, 0) < 0 && errno == EINTR) {
    }
    close(hand->socket);
    hand->process = 0;
    bool quiet = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (quiet || crew->stopped_ns != 0 || crew->error->kind != ERROR_NONE)
        sweep_deal_return(&crew->deal, &hand->dealt);
    else
        mourn(crew, hand, status);
}

/* --- what workers say --- */

static void hear(Crew *crew, Hand *hand) {
    SweepReport report;
    ssize_t length = recv(hand->socket, &report, sizeof report, MSG_DONTWAIT);
    if (length < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (length != (ssize_t)sizeof report) {
        bury(crew, hand);
        return;
    }
    report.why[sizeof report.why - 1] = '\0';
    if (report.news == SWEEP_SAFE)
        crew->work->played += sweep_dealt_safe(&hand->dealt, report.done);
    else if (report.news == SWEEP_FAILED)
        sweep_deal_failed(&crew->deal, report.job, true, report.why);
    else
        error_set(crew->error, report.kind, "%s", report.why);
}

/* --- the work --- */

static void deal_to(Crew *crew, Hand *hand) {
    SweepOrder order;
    while (hand->process != 0 && !hand->dismissed &&
           sweep_deal_order(&crew->deal, &hand->dealt, &order))
        send(hand->socket, &order, sizeof order, MSG_NOSIGNAL);
    if (hand->dealt.held == 0 && !sweep_deal_has_more(&crew->deal)) dismiss(hand);
}

/* True while there is anybody. */
static bool man_all(Crew *crew) {
    bool any = false;
    for (uint32_t i = 0; i < crew->hands; i++) {
        Hand *hand = &crew->hand[i];
        bool wanted = hand->process == 0 && crew->stopped_ns == 0 &&
                      crew->error->kind == ERROR_NONE && sweep_deal_has_more(&crew->deal);
        if (wanted) hire(crew, hand);
        if (hand->process != 0 && crew->stopped_ns == 0) deal_to(crew, hand);
        any |= hand->process != 0;
    }
    return any;
}

static void listen_to_all(Crew *crew) {
    struct pollfd watched[SWEEP_MOST_WORKERS];
    for (uint32_t i = 0; i < crew->hands; i++)
        watched[i] = (struct pollfd){.fd = crew->hand[i].process != 0 ? crew->hand[i].socket : -1,
                                     .events = POLLIN};
    if (poll(watched, crew->hands, LOOK_MS) <= 0) return;
    for (uint32_t i = 0; i < crew->hands; i++)
        if (watched[i].revents != 0) hear(crew, &crew->hand[i]);
}

static void work_on(Crew *crew) {
    while (man_all(crew)) {
        listen_to_all(crew);
        if (interrupt_asked() || crew->error->kind != ERROR_NONE) stop_all(crew);
        end_the_deaf(crew);
        progress_tell(&crew->progress, crew->work->played);
    }
}

static uint32_t hands_needed(const SweepPlan *plan, const SweepWork *work) {
    return work->missing < plan->workers ? (uint32_t)work->missing : plan->workers;
}

bool sweep_crew_play(const SweepPlan *plan, SweepWork *work, Error *error) {
    Crew crew = {.plan = plan, .work = work, .error = error, .hands = hands_needed(plan, work)};
    work->parts = work->first_part + crew.hands;
    arena_init(&work->arena);
    if (crew.hands == 0) return true;
    size_t size = crew.hands * sizeof *crew.mark;
    crew.mark = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (crew.mark == MAP_FAILED)
        return error_set(error, ERROR_UNAVAILABLE, "cannot share memory: %s", strerror(errno));
    crew.hand = memory_new(crew.hands, sizeof *crew.hand);
    for (uint32_t i = 0; i < crew.hands; i++) crew.hand[i].number = i;
    sweep_deal_begin(&crew.deal, plan, work);
    crew.progress = progress_begin(plan->options, work->missing);
    work_on(&crew);
    progress_end(&crew.progress);
    sweep_deal_finish(&crew.deal);
    memory_free(crew.hand);
    munmap(crew.mark, size);
    if (interrupt_asked()) error_set(error, ERROR_STOPPED, "stopped");
    return error->kind == ERROR_NONE;
}

void sweep_work_finish(SweepWork *work) {
    memory_free(work->failure);
    arena_finish(&work->arena);
}
