#include "cli/sweep_players.h"

#include <string.h>

#include "broker/broker.h"
#include "cli/interrupt.h"
#include "cli/lane_memory.h"

enum { RUN = 1 };

struct SweepPlayers {
    const SweepPlan *plan;
    Repertoire *repertoire;
    MemoryLane lane, reserve;
    Broker *broker; /* NULL: nobody sits at the table */
    SweepCell cell[SWEEP_GROUP];
    bool cell_is_new;
    SweepRun run;
    bool keeps;
};

/* --- what the broker says --- */

static bool take_events(void *context, uint64_t run, const Event *events, const uint8_t *bytes,
                        const uint32_t *offsets, uint32_t count, Error *error) {
    SweepPlayers *players = context;
    (void)run, (void)error;
    sweep_run_events(&players->run, players->keeps, events, bytes, offsets, count);
    return true;
}

static bool take_verdict(void *context, uint64_t run, const Verdict *verdict, Error *error) {
    SweepPlayers *players = context;
    (void)run, (void)error;
    players->run.verdict = *verdict;
    return true;
}

static bool recall(void *context, uint64_t run, Script *script, Error *error) {
    const Script *kept = &((SweepPlayers *)context)->run.script;
    (void)run, (void)error;
    for (uint64_t i = 0; i < kept->count; i++) {
        size_t length;
        const uint8_t *bytes = script_bytes(kept, i, &length);
        script_add(script, bytes, length);
    }
    return true;
}

static bool stop_asked(void *context) {
    (void)context;
    return interrupt_asked();
}

/* --- the table --- */

static bool sit_down(SweepPlayers *players, Error *error) {
    const Terms *terms = sweep_plan_terms(players->plan);
    memory_lane_open(&players->lane, terms->seats, players->repertoire);
    memory_lane_open(&players->reserve, terms->seats, NULL);
    BrokerOptions options = {.reserve = players->reserve.channel,
                             .patience_ms = -1,
                             .welcome_ms = -1,
                             .live = 1,
                             .stop = stop_asked};
    BrokerSink sink = {
        .context = players, .events = take_events, .verdict = take_verdict, .recall = recall};
    players->broker = broker_create(players->lane.channel, &options, sink);
    return broker_wait_ready(players->broker, terms, error);
}

static void rise(SweepPlayers *players) {
    if (players->broker == NULL) return;
    broker_destroy(players->broker);
    memory_lane_close(&players->lane);
    memory_lane_close(&players->reserve);
    players->broker = NULL;
}

SweepPlayers *sweep_players_create(const SweepPlan *plan) {
    SweepPlayers *players = memory_new(1, sizeof *players);
    players->plan = plan;
    players->repertoire = repertoire_create(plan->base.trusted ? TRUST_CODE : TRUST_SCRIPTS);
    return players;
}

void sweep_players_destroy(SweepPlayers *players) {
    if (players == NULL) return;
    rise(players);
    repertoire_destroy(players->repertoire);
    for (size_t i = 0; i < SWEEP_GROUP; i++) sweep_cell_finish(&players->cell[i]);
    sweep_run_finish(&players->run);
    memory_free(players);
}

/* --- playing --- */

/* The complaint's first line says what is wrong; its last one only how many there are. */
static bool say_first(const Text *complaints, Error *error) {
    Error first = {0};
    size_t line = strcspn(text_get(complaints), "\n");
    if (line == 0) return false;
    error_set(&first, ERROR_SCENARIO, "%.*s", (int)line, text_get(complaints));
    *error = first;
    return false;
}

static bool read_cell(SweepPlayers *players, SweepCell *cell, SweepJob job, Error *error) {
    Text complaints = {0};
    sweep_cell_finish(cell);
    bool good = sweep_cell_read(cell, players->plan, job, &complaints, error) &&
                cast_join(&cell->cast, players->repertoire, error);
    if (!good) {
        say_first(&complaints, error);
        sweep_cell_finish(cell);
    }
    text_finish(&complaints);
    return good;
}

static const SweepCell *find_cell(SweepPlayers *players, SweepJob job, Error *error) {
    SweepCell *cell = &players->cell[job.cell % SWEEP_GROUP];
    players->cell_is_new = !cell->read || cell->job.cell != job.cell;
    bool there = sweep_cell_serves(cell, players->plan, job);
    return there || read_cell(players, cell, job, error) ? cell : NULL;
}

const SweepRun *sweep_players_play(SweepPlayers *players, SweepJob job, Error *error) {
    const SweepCell *cell = find_cell(players, job, error);
    if (cell == NULL) return NULL;
    sweep_run_begin(&players->run, players->plan, cell, job);
    players->keeps = sweep_run_keeps(&players->run, players->plan);
    BrokerRun run = {.run = RUN,
                     .negotiation = &cell->scenario->negotiation,
                     .seed = players->run.seed,
                     .strategy = cell->cast.spec};
    bool good = (players->broker != NULL || sit_down(players, error)) &&
                broker_drive(players->broker, &run, 1, error);
    /* Who failed once is not asked again at this table. */
    if (!good || players->run.faulty) rise(players);
    return good ? &players->run : NULL;
}

bool sweep_players_cell_is_new(const SweepPlayers *players) {
    return players->cell_is_new;
}
