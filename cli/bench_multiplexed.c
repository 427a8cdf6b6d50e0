/* The lane of processes with many runs at once, which share their frames; beside it the same frames between as many
 * processes, packed, sent and unpacked, with nobody negotiating. */
#include <stdio.h>

#include "agents/player.h"
#include "cli/bench.h"
#include "cli/bench_crew.h"
#include "cli/bench_play.h"
#include "core/base/memory.h"
#include "proto/channel_memory.h"
#include "proto/channel_zmq.h"
#include "proto/limits.h"

enum { SEATS = 2, LIVE = 256, TIMES = 4 };

/* --- what is said in one such run --- */

typedef struct Conversation {
    Grant *grant;
    Answer *answer;
    unsigned steps, room;
} Conversation;

typedef struct Witness {
    Player *player;
    Conversation *heard;
} Witness;

static void keep_grant(Grant *kept, const Grant *grant) {
    Occasion *occasion = memory_new(grant->occasions + 1, sizeof *occasion);
    Observation *seen = memory_new(grant->observations + 1, sizeof *seen);
    const Observation **list = memory_new(grant->observations + 1, sizeof *list);
    for (uint32_t i = 0; i < grant->occasions; i++) occasion[i] = grant->occasion[i];
    for (uint32_t i = 0; i < grant->observations; i++) {
        seen[i] = *grant->observation[i];
        list[i] = &seen[i];
    }
    *kept = *grant;
    kept->occasion = occasion;
    kept->observation = list;
}

static void keep_answer(Answer *kept, const Answer *answer) {
    Reply *reply = memory_new(answer->replies + 1, sizeof *reply);
    for (uint32_t i = 0; i < answer->replies; i++) reply[i] = answer->reply[i];
    *kept = *answer;
    kept->reply = reply;
}

static void keep(Conversation *heard, const Grant *grant, const Answer *answer) {
    if (heard->steps == heard->room) {
        heard->room = 2 * heard->room + 64;
        heard->grant = memory_grow(heard->grant, heard->room, sizeof *heard->grant);
        heard->answer = memory_grow(heard->answer, heard->room, sizeof *heard->answer);
    }
    keep_grant(&heard->grant[heard->steps], grant);
    keep_answer(&heard->answer[heard->steps++], answer);
}

static void conversation_finish(Conversation *heard) {
    for (unsigned i = 0; i < heard->steps; i++) {
        if (heard->grant[i].observations > 0) memory_free((void *)heard->grant[i].observation[0]);
        memory_free((void *)heard->grant[i].observation);
        memory_free((void *)heard->grant[i].occasion);
        memory_free((void *)heard->answer[i].reply);
    }
    memory_free(heard->grant);
    memory_free(heard->answer);
}

static bool open_run(void *context, const Brief *brief, Error *error) {
    return player_open_run(((Witness *)context)->player, brief, error);
}

static bool obey(void *context, const Grant *grant, Answer *answer, Error *error) {
    Witness *witness = context;
    if (!player_obey(witness->player, grant, answer, error)) return false;
    keep(witness->heard, grant, answer);
    return true;
}

static void close_run(void *context, uint64_t run) {
    player_close_run(((Witness *)context)->player, run);
}

/* All runs go alike: chance has no part in them. */
static bool overhear(const Scenario *scenario, Conversation *heard, Error *error) {
    Witness witness[SEATS];
    MemoryPlayer players[SEATS];
    for (SeatId seat = 0; seat < SEATS; seat++) {
        witness[seat] = (Witness){player_create(NULL), heard};
        players[seat] = (MemoryPlayer){&witness[seat], open_run, obey, close_run};
    }
    Channel *channel = channel_memory_create(players, SEATS);
    BenchPlay play = {.scenario = scenario, .runs = 1, .channel = channel};
    bool good = bench_play(&play, error);
    channel->type->destroy(channel);
    for (SeatId seat = 0; seat < SEATS; seat++) player_destroy(witness[seat].player);
    return good;
}

/* --- an agent --- */

static bool follow_order(AgentChannel *channel, Player *player, const Order *order, Error *error) {
    Answer answer;
    if (order->kind == ORDER_OPEN_RUN) return player_open_run(player, &order->brief, error);
    if (order->kind == ORDER_CLOSE_RUN) player_close_run(player, order->run);
    if (order->kind != ORDER_GRANT) return true;
    return player_obey(player, &order->grant, &answer, error) &&
           agent_channel_answer(channel, &answer, error);
}

static void take_seat(const void *address, unsigned seat) {
    char id[16];
    Order order;
    Error error = {0};
    snprintf(id, sizeof id, "seat%u", seat);
    Endpoint endpoint = {.address = address};
    Introduction introduction = {.seat = id, .deterministic = true};
    AgentChannel *channel = agent_channel_connect(&endpoint, &introduction, 10000, &error);
    if (channel == NULL) return;
    Player *player = player_create(NULL);
    while (agent_channel_next(channel, -1, &order, &error) && order.kind != ORDER_GOODBYE &&
           follow_order(channel, player, &order, &error)) {
    }
    player_destroy(player);
    agent_channel_close(channel);
}

/* --- both --- */

static bool play_over(const char *address, BenchPlay *play, Error *error) {
    static const char *const ids[] = {"seat0", "seat1"};
    Endpoint endpoint = {.address = address};
    play->channel = channel_zmq_bind(&endpoint, ids, SEATS, -1, error);
    if (play->channel == NULL) return false;
    bool good = bench_play(play, error);
    play->channel->type->destroy(play->channel);
    return good;
}

static bool negotiate(const Bench *bench, const Scenario *scenario, Samples *values, Error *error) {
    char address[128];
    Crew crew;
    BenchPlay play = {.scenario = scenario, .runs = bench_size(bench, TIMES * LIVE), .live = LIVE};
    snprintf(address, sizeof address, "ipc://%s/broker", bench->directory.path);
    if (!crew_start(&crew, SEATS, take_seat, address, error)) return false;
    bool good = play_over(address, &play, error);
    crew_end(&crew, good);
    samples_add(values, (double)play.offers / play.seconds);
    return good;
}

static void follow(const void *exchange, unsigned seat) {
    exchange_follow(exchange, (SeatId)seat);
}

static bool exchange_only(const Bench *bench, const Conversation *heard, Samples *limits,
                          Error *error) {
    char address[128];
    Crew crew;
    double seconds = 0;
    Exchange exchange = {.address = address,
                         .seats = SEATS,
                         .steps = heard->steps,
                         .live = LIVE,
                         .times = bench_size(bench, TIMES),
                         .grant = heard->grant,
                         .answer = heard->answer};
    snprintf(address, sizeof address, "ipc://%s/bare", bench->directory.path);
    if (!crew_start(&crew, SEATS, follow, &exchange, error)) return false;
    bool good = exchange_lead(&exchange, &seconds, error);
    crew_end(&crew, good);
    samples_add(limits, (double)exchange.times * exchange.live * exchange.steps / seconds);
    return good;
}

bool bench_multiplexed(Bench *bench, Error *error) {
    static const BenchCase said = {
        .name = "processes/multiplexed",
        .unit = "offers/s",
        .what =
            "256 runs at once through one set of agents, two Boulware seats of 100 rounds each: "
            "limit is the same frames packed, sent and unpacked by as many processes that do "
            "not negotiate."};
    Samples values = {.count = 0}, limits = {.count = 0};
    Conversation heard = {0};
    Scenario *scenario = bench_boulware(SEATS, 100, error);
    bool good = scenario != NULL && overhear(scenario, &heard, error);
    for (unsigned i = 0; good && i < bench->repeats; i++)
        good = exchange_only(bench, &heard, &limits, error) &&
               negotiate(bench, scenario, &values, error);
    if (good) bench_add(bench, said, &values, &limits);
    conversation_finish(&heard);
    scenario_destroy(scenario);
    return good;
}
