#include "tests/simulation/theatre.h"

#include <stdio.h>
#include <string.h>

#include "agents/player.h"
#include "agents/strategies.h"
#include "core/base/memory.h"
#include "proto/channel_memory.h"
#include "tests/fixtures/worlds.h"

/* --- watched players --- */

typedef struct Shoulder {
    Player *player;
    const Watcher *watcher;
} Shoulder;

static bool open_run(void *context, const Brief *brief, Error *error) {
    Shoulder *shoulder = context;
    const Watcher *watcher = shoulder->watcher;
    if (watcher->briefed != NULL) watcher->briefed(watcher->context, brief);
    return player_open_run(shoulder->player, brief, error);
}

static bool obey(void *context, const Grant *grant, Answer *answer, Error *error) {
    Shoulder *shoulder = context;
    const Watcher *watcher = shoulder->watcher;
    if (watcher->asked != NULL) watcher->asked(watcher->context, grant);
    if (!player_obey(shoulder->player, grant, answer, error)) return false;
    return watcher->answered == NULL || watcher->answered(watcher->context, grant, answer, error);
}

static void close_run(void *context, uint64_t run) {
    player_close_run(((Shoulder *)context)->player, run);
}

static Channel *cast_players(Shoulder *shoulder, const Watcher *watcher) {
    MemoryPlayer players[NP_MAX_SEATS];
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) {
        shoulder[seat] = (Shoulder){player_create(NULL), watcher};
        players[seat] = (MemoryPlayer){
            .player = &shoulder[seat], .open_run = open_run, .obey = obey, .close_run = close_run};
    }
    return channel_memory_create(players, NP_MAX_SEATS);
}

/* --- what comes of it --- */

typedef struct Audience {
    const Watcher *watcher;
    Verdict *verdict;
    uint64_t verdicts;
} Audience;

static bool take_events(void *context, uint64_t run, const Event *events, const uint8_t *bytes,
                        const uint32_t *offsets, uint32_t count, Error *error) {
    const Audience *audience = context;
    const Watcher *watcher = audience->watcher;
    (void)error;
    for (uint32_t i = 0; i < count && watcher->script != NULL; i++)
        script_add(&watcher->script[run - 1], bytes + offsets[i], offsets[i + 1] - offsets[i]);
    for (uint32_t i = 0; i < count && watcher->happened != NULL; i++)
        watcher->happened(watcher->context, run, &events[i]);
    return true;
}

static bool recall(void *context, uint64_t run, Script *script, Error *error) {
    const Audience *audience = context;
    const Script *told = &audience->watcher->script[run - 1];
    (void)error;
    for (uint64_t i = 0; i < told->count; i++) {
        size_t length;
        const uint8_t *bytes = script_bytes(told, i, &length);
        script_add(script, bytes, length);
    }
    return true;
}

static bool take_verdict(void *context, uint64_t run, const Verdict *verdict, Error *error) {
    Audience *audience = context;
    (void)error;
    assert_int_equal(audience->verdict[run - 1].kind, VERDICT_OPEN);
    audience->verdict[run - 1] = *verdict;
    audience->verdicts++;
    return true;
}

void theatre_play(const BrokerRun *runs, uint64_t count, uint32_t live, const Watcher *watcher,
                  Verdict *verdict) {
    static const Watcher nobody;
    Shoulder shoulder[NP_MAX_SEATS];
    memset(verdict, 0, count * sizeof *verdict);
    Audience audience = {.watcher = watcher != NULL ? watcher : &nobody, .verdict = verdict};
    Channel *channel = cast_players(shoulder, audience.watcher);
    BrokerSink sink = {.context = &audience, .events = take_events, .verdict = take_verdict};
    BrokerOptions options = {.patience_ms = 10000, .welcome_ms = 10000, .live = live};
    Shoulder understudy[NP_MAX_SEATS];
    if (audience.watcher->script != NULL) {
        options.reserve = cast_players(understudy, &nobody);
        sink.recall = recall;
    }
    Broker *broker = broker_create(channel, &options, sink);
    Error error = {0};
    if (!broker_wait_ready(broker, &runs[0].negotiation->terms, &error) ||
        !broker_drive(broker, runs, count, &error))
        fail_msg("%s", error.text);
    assert_int_equal(audience.verdicts, count);
    broker_destroy(broker);
    channel->type->destroy(channel);
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) player_destroy(shoulder[seat].player);
    if (options.reserve == NULL) return;
    options.reserve->type->destroy(options.reserve);
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) player_destroy(understudy[seat].player);
}

Verdict theatre_play_scenario(const Scenario *scenario, uint64_t seed, const Watcher *watcher) {
    Verdict verdict;
    BrokerRun run = {.run = 1,
                     .negotiation = &scenario->negotiation,
                     .seed = seed,
                     .strategy = scenario->strategy};
    theatre_play(&run, 1, 1, watcher, &verdict);
    return verdict;
}

/* --- what is played --- */

Scenario *theatre_scenario(const char *path) {
    char whole[512];
    Text complaints = {0};
    Error error = {0};
    snprintf(whole, sizeof whole, "%s/%s", NONPAPER_SOURCE_DIR, path);
    ScenarioRequest request = {.path = whole, .catalogue = strategies_builtin()};
    Scenario *scenario = scenario_read(&request, &complaints, &error);
    if (scenario == NULL) fail_msg("%s: %s%s", path, error.text, text_get(&complaints));
    text_finish(&complaints);
    return scenario;
}

static const char *const any_strategy[] = {
    "boulware(e=0.2, every=3)",
    "boulware(e=0.8, every=1)",
    "linear(every=2)",
    "linear(k=0.3, every=5)",
    "conceder(every=2)",
    "conceder(e=10, every=1)",
    "tit_for_tat(every=2)",
    "tit_for_tat(window=3, goodwill=0.05, every=4)",
    "plan_ladder(issue=issue0, plan_a=option0, plan_b=option1, until=10, every=2)",
    "plan_ladder(issue=issue0, plan_a=option1, plan_b=option0, until=3, every=2, walk_out=20)",
    "menu(issue=issue0, options=option0|option1, every=3)",
    "menu(issue=issue0, options=option1|option0, rule_out=option0, every=2)",
};

static Generated cast(Negotiation *negotiation, uint64_t seed) {
    Generated generated = {.negotiation = negotiation};
    Rng rng = rng_stream(rng_key(seed, "strategies"));
    uint32_t strategies = sizeof any_strategy / sizeof any_strategy[0];
    for (SeatId seat = 0; seat < generated.negotiation->terms.seats; seat++)
        generated.strategy[seat] = any_strategy[rng_below(&rng, strategies)];
    return generated;
}

Generated theatre_generate(uint64_t seed) {
    return cast(fixture_random(seed), seed);
}

Generated theatre_generate_world(uint64_t seed) {
    return cast(fixture_world(seed), seed);
}

void theatre_discard(Generated *generated) {
    fixture_finish(generated->negotiation);
}
