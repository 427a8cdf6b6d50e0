#include "cli/sweep_players.h"

#include "broker/broker.h"
#include "cli/interrupt.h"
#include "cli/lane_memory.h"
#include "cli/sweep_shelf.h"

enum { RUN = 1 };

struct SweepPlayers {
    const SweepPlan *plan;
    Repertoire *repertoire;
    MemoryLane lane, reserve;
    Broker *broker; /* NULL: nobody sits at the table */
    SweepShelf shelf;
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
    const SweepPlayers *players = context;
    (void)run, (void)error;
    sweep_run_recall(&players->run, script);
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
    sweep_shelf_finish(&players->shelf);
    sweep_run_finish(&players->run);
    memory_free(players);
}

/* --- playing --- */

const SweepRun *sweep_players_play(SweepPlayers *players, SweepJob job, Error *error) {
    const SweepCell *cell = sweep_shelf_take(&players->shelf, players->plan, job, error);
    if (cell == NULL || !cast_join(&cell->cast, players->repertoire, error)) return NULL;
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
