#include "cli/sweep_worker.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "cli/interrupt.h"
#include "cli/sweep_players.h"
#include "cli/sweep_troupe.h"
#include "proto/wall_clock.h"

/* What a crash may cost in work, and what it costs to be asked how far one is. */
enum { COMMIT_EVERY_NS = 100000000 };

typedef struct Worker {
    const SweepPlan *plan;
    int socket;
    SweepMark *mark;
    Record *record;
    uint64_t study;
    SweepPlayers *players; /* one lane or the other */
    SweepTroupe *troupe;
    uint8_t *entered; /* a bit a cell: is in the record */
    uint64_t done, reported;
    int64_t committed_ns;
} Worker;

/* --- reports --- */

static void report(const Worker *worker, const SweepReport *news) {
    while (send(worker->socket, news, sizeof *news, MSG_NOSIGNAL) < 0 && errno == EINTR) {
    }
}

static void report_error(const Worker *worker, SweepNews news, SweepJob job, const Error *why) {
    SweepReport sad = {.news = news, .job = job, .kind = why->kind};
    snprintf(sad.why, sizeof sad.why, "%.*s", SWEEP_WHY - 1, why->text);
    report(worker, &sad);
}

static bool make_safe(Worker *worker, Error *error) {
    if (worker->done == worker->reported) return true;
    if (!record_commit(worker->record, error)) return false;
    worker->reported = worker->done;
    worker->committed_ns = wall_monotonic_ns();
    report(worker, &(SweepReport){.news = SWEEP_SAFE, .done = worker->done});
    return true;
}

static bool make_safe_in_time(Worker *worker, Error *error) {
    return wall_monotonic_ns() - worker->committed_ns < COMMIT_EVERY_NS || make_safe(worker, error);
}

/* --- jobs --- */

static bool enter_cell(const Worker *worker, uint64_t cell, Error *error) {
    Text settings = {0}, numbers = {0};
    if (worker->entered[cell / 8] >> cell % 8 & 1) return true;
    worker->entered[cell / 8] |= (uint8_t)(1u << cell % 8);
    sweep_cell_words(worker->plan, cell, &settings, &numbers);
    bool good = record_cell(worker->record, worker->study, cell, text_get(&settings),
                            text_get(&numbers), error);
    text_finish(&settings);
    text_finish(&numbers);
    return good;
}

/* A run, or why there is none. False when this process cannot go on. */
static bool enter(Worker *worker, SweepJob job, const SweepRun *run, const Error *why,
                  Error *error) {
    if (run == NULL)
        report_error(worker, SWEEP_FAILED, job, why);
    else if (!enter_cell(worker, job.cell, error) ||
             !sweep_run_enter(run, worker->plan, worker->record, worker->study, error))
        return false;
    worker->done++;
    return make_safe_in_time(worker, error);
}

static bool play_in_turn(Worker *worker, const SweepOrder *order, Error *error) {
    for (uint32_t i = 0; i < order->jobs; i++) {
        Error why = {0};
        atomic_fetch_add(&worker->mark->begun, 1);
        const SweepRun *run = sweep_players_play(worker->players, order->job[i], &why);
        if (run == NULL && why.kind == ERROR_STOPPED)
            return error_set(error, ERROR_STOPPED, "%s", why.text);
        if (!enter(worker, order->job[i], run, &why, error)) return false;
    }
    return true;
}

static bool play_at_once(Worker *worker, const SweepOrder *order, Error *error) {
    SweepTurn *turn = memory_new(order->jobs, sizeof *turn);
    for (uint32_t i = 0; i < order->jobs; i++) turn[i].job = order->job[i];
    atomic_fetch_add(&worker->mark->begun, order->jobs);
    bool good = sweep_troupe_play(worker->troupe, turn, order->jobs, error);
    for (uint32_t i = 0; i < order->jobs && good; i++)
        good = enter(worker, turn[i].job, turn[i].run, &turn[i].why, error);
    memory_free(turn);
    return good;
}

/* What is done is safe before anybody waits. False when there is nothing left to do. */
static bool take_order(Worker *worker, SweepOrder *order, Error *error) {
    ssize_t length = recv(worker->socket, order, sizeof *order, MSG_DONTWAIT);
    if (length < 0 && !make_safe(worker, error)) return false;
    while (length < 0 && (errno == EAGAIN || errno == EINTR) && !interrupt_asked())
        length = recv(worker->socket, order, sizeof *order, 0);
    return length == (ssize_t)sizeof *order && order->jobs > 0;
}

static void work(Worker *worker, Error *error) {
    SweepOrder order;
    bool good = true;
    while (good && take_order(worker, &order, error))
        good = (worker->plan->processes ? play_at_once : play_in_turn)(worker, &order, error);
}

/* --- the whole --- */

static bool begin_part(Worker *worker, const char *part, Error *error) {
    StudyHeader header = sweep_plan_header(worker->plan);
    worker->record = record_open(part, error);
    return worker->record != NULL &&
           record_study_begin(worker->record, &header, &worker->study, error);
}

int sweep_work(const SweepPlan *plan, const char *part, int socket, SweepMark *mark) {
    Worker worker = {.plan = plan, .socket = socket, .mark = mark};
    Error error = {0}, late = {0};
    if (begin_part(&worker, part, &error)) {
        worker.entered = memory_new(plan->cells / 8 + 1, 1);
        if (plan->processes)
            worker.troupe = sweep_troupe_create(plan);
        else
            worker.players = sweep_players_create(plan);
        work(&worker, &error);
        sweep_players_destroy(worker.players);
        sweep_troupe_destroy(worker.troupe);
        memory_free(worker.entered);
        if (error.kind == ERROR_STOPPED || error.kind == ERROR_NONE) make_safe(&worker, &late);
    }
    record_close(worker.record);
    if (late.kind != ERROR_NONE) error = late;
    bool sad = error.kind != ERROR_NONE && error.kind != ERROR_STOPPED;
    if (sad) report_error(&worker, SWEEP_BROKEN, (SweepJob){0}, &error);
    return sad ? (int)error.kind : 0;
}
