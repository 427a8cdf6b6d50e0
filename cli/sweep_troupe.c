#include "cli/sweep_troupe.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "broker/broker.h"
#include "cli/interrupt.h"
#include "cli/lane_memory.h"
#include "cli/runtime_directory.h"
#include "cli/sweep_shelf.h"
#include "cli/troupe.h"
#include "proto/channel_zmq.h"
#include "proto/wall_clock.h"

enum { PATIENCE_MS = 10000, WELCOME_MS = 20000, RESTARTS = 3, LEAVE_MS = 500 };

struct SweepTroupe {
    const SweepPlan *plan;
    RuntimeDirectory directory;
    char address[128];
    Arena words; /* of the files that agents may open */
    TroupePlan cast;
    Troupe troupe;
    int ends; /* signalfd: agents that ended */
    int news; /* epoll: the same, and what agents say */
    Channel *channel;
    MemoryLane reserve;
    Broker *broker; /* NULL: nobody is there */
    SweepShelf shelf;
    SweepRun run[SWEEP_ORDER];
};

/* --- what the broker says and asks; runs are called by their place in the order, from 1 --- */

static bool take_events(void *context, uint64_t run, const Event *events, const uint8_t *bytes,
                        const uint32_t *offsets, uint32_t count, Error *error) {
    SweepTroupe *troupe = context;
    (void)error;
    sweep_run_events(&troupe->run[run - 1], true, events, bytes, offsets, count);
    return true;
}

static bool take_verdict(void *context, uint64_t run, const Verdict *verdict, Error *error) {
    SweepTroupe *troupe = context;
    (void)error;
    troupe->run[run - 1].verdict = *verdict;
    return true;
}

static bool recall(void *context, uint64_t run, Script *script, Error *error) {
    const SweepTroupe *troupe = context;
    (void)error;
    sweep_run_recall(&troupe->run[run - 1], script);
    return true;
}

static bool stop_asked(void *context) {
    (void)context;
    return interrupt_asked();
}

/* Somebody ended, or said something. */
static bool notice(void *context, SeatId *seat, char *what, size_t size) {
    SweepTroupe *troupe = context;
    struct signalfd_siginfo info;
    int status;
    while (read(troupe->ends, &info, sizeof info) == (ssize_t)sizeof info) {
    }
    hearsay_tell(&troupe->troupe.hearsay, troupe->cast.seat_id);
    for (pid_t process; (process = waitpid(-1, &status, WNOHANG)) > 0;) {
        *seat = troupe_ended(&troupe->troupe, process);
        if (*seat == NP_NO_SEAT) continue;
        troupe_say_end(what, size, status);
        return true;
    }
    return false;
}

static void listen_to(SweepTroupe *troupe, int descriptor) {
    struct epoll_event event = {.events = EPOLLIN};
    if (descriptor > 0) epoll_ctl(troupe->news, EPOLL_CTL_ADD, descriptor, &event);
}

static bool revive(void *context, SeatId seat, const char *what) {
    SweepTroupe *troupe = context;
    (void)what;
    troupe_revive(&troupe->troupe, seat);
    listen_to(troupe, troupe->troupe.hearsay.voice[seat].descriptor);
    return true;
}

static void dismiss(void *context, SeatId seat) {
    SweepTroupe *troupe = context;
    troupe_end(&troupe->troupe, seat);
}

/* --- coming and going --- */

static bool open_news(SweepTroupe *troupe, Error *error) {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ends, &troupe->troupe.mask);
    troupe->ends = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
    troupe->news = epoll_create1(EPOLL_CLOEXEC);
    if (troupe->ends < 0 || troupe->news < 0)
        return error_set(error, ERROR_UNAVAILABLE, "cannot watch processes: %s", strerror(errno));
    listen_to(troupe, troupe->ends);
    return true;
}

/* Once, when it is first needed: who only looks at the plan needs no place. */
static bool open_house(SweepTroupe *troupe, Error *error) {
    if (troupe->directory.path[0] != '\0') return true;
    if (!runtime_directory_create(&troupe->directory, error)) return false;
    snprintf(troupe->address, sizeof troupe->address, "ipc://%s/broker", troupe->directory.path);
    troupe->cast.address = troupe->address;
    return open_news(troupe, error);
}

static bool open_channel(SweepTroupe *troupe, Error *error) {
    Endpoint endpoint = {.address = troupe->address};
    troupe->channel =
        channel_zmq_bind(&endpoint, troupe->cast.seat_id, troupe->cast.seats, troupe->news, error);
    return troupe->channel != NULL;
}

static bool gather(SweepTroupe *troupe, Error *error) {
    const Terms *terms = sweep_plan_terms(troupe->plan);
    BrokerOptions options = {.patience_ms = PATIENCE_MS,
                             .welcome_ms = WELCOME_MS,
                             .live = SWEEP_ORDER,
                             .stop = stop_asked,
                             .notice = notice,
                             .revive = revive,
                             .dismiss = dismiss,
                             .restarts = RESTARTS,
                             .context = troupe};
    BrokerSink sink = {
        .context = troupe, .events = take_events, .verdict = take_verdict, .recall = recall};
    if (!open_house(troupe, error) || !open_channel(troupe, error)) return false;
    memory_lane_open(&troupe->reserve, terms->seats, NULL);
    options.reserve = troupe->reserve.channel;
    troupe->broker = broker_create(troupe->channel, &options, sink);
    if (!troupe_start(&troupe->troupe, error)) return false;
    for (SeatId seat = 0; seat < terms->seats; seat++)
        listen_to(troupe, troupe->troupe.hearsay.voice[seat].descriptor);
    return broker_wait_ready(troupe->broker, terms, error);
}

/* The channel says goodbye; whoever does not hear it is ended. */
static void part(SweepTroupe *troupe) {
    SeatId seat;
    char what[96];
    if (troupe->channel == NULL) return;
    troupe->channel->type->destroy(troupe->channel);
    troupe->channel = NULL;
    for (int waited = 0; troupe_has_anybody(&troupe->troupe) && waited < LEAVE_MS; waited += 2) {
        notice(troupe, &seat, what, sizeof what);
        wall_sleep_ns(2000000);
    }
    for (seat = 0; seat < troupe->cast.seats; seat++) troupe_end(&troupe->troupe, seat);
    hearsay_close(&troupe->troupe.hearsay, troupe->cast.seat_id);
    broker_destroy(troupe->broker);
    troupe->broker = NULL;
    memory_lane_close(&troupe->reserve);
}

SweepTroupe *sweep_troupe_create(const SweepPlan *plan) {
    const Terms *terms = sweep_plan_terms(plan);
    SweepTroupe *troupe = memory_new(1, sizeof *troupe);
    troupe->plan = plan;
    arena_init(&troupe->words);
    troupe->cast = (TroupePlan){.seats = terms->seats, .trusted = plan->base.trusted};
    for (SeatId seat = 0; seat < terms->seats; seat++)
        troupe->cast.seat_id[seat] = terms->seat[seat].id;
    troupe->troupe.plan = &troupe->cast;
    return troupe;
}

void sweep_troupe_destroy(SweepTroupe *troupe) {
    if (troupe == NULL) return;
    part(troupe);
    if (troupe->directory.path[0] != '\0') {
        runtime_directory_remove(troupe->directory.path);
        close(troupe->directory.lock);
        close(troupe->news);
        close(troupe->ends);
    }
    for (uint32_t i = 0; i < SWEEP_ORDER; i++) sweep_run_finish(&troupe->run[i]);
    sweep_shelf_finish(&troupe->shelf);
    arena_finish(&troupe->words);
    memory_free(troupe);
}

/* --- who is needed --- */

static uint32_t count_loads(const SweepTroupe *troupe, SeatId seat, const char *word, bool *there) {
    uint32_t count = 0;
    *there = word == NULL;
    for (; troupe->cast.load[seat][count] != NULL; count++)
        *there |= word != NULL && strcmp(troupe->cast.load[seat][count], word) == 0;
    return count;
}

static bool same_program(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static const char *program_of(const SweepCell *cell, SeatId seat) {
    return seat_in(cell->cast.programs, seat) ? cell->cast.path[seat] : NULL;
}

static const char *word_of(const SweepCell *cell, SeatId seat) {
    return seat_in(cell->cast.programs, seat) ? NULL : cell->cast.word[seat];
}

/* Can these agents play it? */
static bool fits(const SweepTroupe *troupe, const SweepCell *cell) {
    bool fit = troupe->broker != NULL;
    for (SeatId seat = 0; seat < troupe->cast.seats && fit; seat++) {
        bool there;
        count_loads(troupe, seat, word_of(cell, seat), &there);
        fit = there && same_program(troupe->cast.program[seat], program_of(cell, seat));
    }
    return fit;
}

/* Agents keep the files that they could open before, as far as there is room: cells take turns. */
static void recast(SweepTroupe *troupe, const SweepCell *cell) {
    for (SeatId seat = 0; seat < troupe->cast.seats; seat++) {
        const char *word = word_of(cell, seat), *program = program_of(cell, seat);
        const char **load = troupe->cast.load[seat];
        bool there;
        uint32_t count = count_loads(troupe, seat, word, &there);
        if (!there && count == TROUPE_MAX_LOADS) count = 0;
        if (!there) {
            load[count] = arena_text(&troupe->words, word, strlen(word));
            load[count + 1] = NULL;
        }
        troupe->cast.program[seat] =
            program == NULL ? NULL : arena_text(&troupe->words, program, strlen(program));
    }
}

static bool gather_for(SweepTroupe *troupe, const SweepCell *cell, Error *error) {
    if (fits(troupe, cell)) return true;
    part(troupe);
    recast(troupe, cell);
    return gather(troupe, error);
}

/* --- playing --- */

static BrokerRun broker_run(const SweepRun *run, uint64_t number) {
    return (BrokerRun){.run = number,
                       .negotiation = &run->cell->scenario->negotiation,
                       .seed = run->seed,
                       .strategy = run->cell->cast.spec,
                       .external = run->cell->cast.programs};
}

/* Drives those turns that `which` marks. */
static bool drive(SweepTroupe *troupe, SweepTurn *turn, uint32_t turns, const bool *which,
                  Error *error) {
    BrokerRun runs[SWEEP_ORDER] = {0};
    uint32_t count = 0;
    bool faulty = false;
    for (uint32_t i = 0; i < turns; i++) {
        if (!which[i]) continue;
        sweep_run_begin(&troupe->run[i], troupe->plan, troupe->run[i].cell, turn[i].job);
        runs[count++] = broker_run(&troupe->run[i], i + 1);
    }
    if (!broker_drive(troupe->broker, runs, count, error)) return false;
    for (uint32_t i = 0; i < turns; i++) {
        faulty |= which[i] && troupe->run[i].faulty;
        if (which[i]) turn[i].run = &troupe->run[i];
    }
    /* Who failed once is not asked again at this table. */
    if (faulty) part(troupe);
    return true;
}

/* All that the agents for the first unplayed turn can play as well. */
static bool play_some(SweepTroupe *troupe, SweepTurn *turn, uint32_t turns, bool *left,
                      Error *error) {
    bool which[SWEEP_ORDER] = {false};
    uint32_t first = 0;
    while (!left[first]) first++;
    if (!gather_for(troupe, troupe->run[first].cell, error)) return false;
    for (uint32_t i = first; i < turns; i++) {
        which[i] = left[i] && fits(troupe, troupe->run[i].cell);
        if (which[i]) left[i] = false;
    }
    return drive(troupe, turn, turns, which, error);
}

static bool any(const bool *left, uint32_t turns) {
    for (uint32_t i = 0; i < turns; i++)
        if (left[i]) return true;
    return false;
}

/* What one run did to its agents, the others that were under way with them suffered: each of them once more, alone. */
static bool clear_the_innocent(SweepTroupe *troupe, SweepTurn *turn, uint32_t turns, Error *error) {
    for (uint32_t i = 0; i < turns && turns > 1; i++) {
        bool which[SWEEP_ORDER] = {false};
        if (turn[i].run == NULL || !turn[i].run->faulty) continue;
        which[i] = true;
        if (!gather_for(troupe, troupe->run[i].cell, error) ||
            !drive(troupe, turn, turns, which, error))
            return false;
    }
    return true;
}

bool sweep_troupe_play(SweepTroupe *troupe, SweepTurn *turn, uint32_t turns, Error *error) {
    bool left[SWEEP_ORDER] = {false};
    for (uint32_t i = 0; i < turns; i++) {
        turn[i].run = NULL;
        turn[i].why = (Error){0};
        troupe->run[i].cell =
            sweep_shelf_take(&troupe->shelf, troupe->plan, turn[i].job, &turn[i].why);
        left[i] = troupe->run[i].cell != NULL;
    }
    while (any(left, turns))
        if (!play_some(troupe, turn, turns, left, error)) return false;
    return clear_the_innocent(troupe, turn, turns, error);
}
