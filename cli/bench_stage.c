#include "cli/bench_stage.h"

#include <stdio.h>

#include "proto/channel_zmq.h"

enum { MOST_OCCASIONS = 8 };

/* --- a seat --- */

static bool obey(AgentChannel *channel, const Order *order, SeatId seat) {
    Reply reply[MOST_OCCASIONS];
    Error error = {0};
    if (order->grant.occasions > MOST_OCCASIONS) return false;
    Answer answer = bench_answer(seat, 5, &order->grant, reply);
    return agent_channel_answer(channel, &answer, &error);
}

static void play_seat(AgentChannel *channel, SeatId seat) {
    Order order;
    Error error = {0};
    while (agent_channel_next(channel, -1, &order, &error) && order.kind != ORDER_GOODBYE)
        if (order.kind == ORDER_GRANT && !obey(channel, &order, seat)) return;
}

static void take_seat(const void *context, unsigned seat) {
    const BenchStage *stage = context;
    char id[16];
    Error error = {0};
    snprintf(id, sizeof id, "seat%u", seat);
    Endpoint endpoint = {.address = stage->address};
    Introduction introduction = {.seat = id, .deterministic = true};
    AgentChannel *channel = agent_channel_connect(&endpoint, &introduction, 10000, &error);
    if (channel == NULL) return;
    play_seat(channel, (SeatId)seat);
    agent_channel_close(channel);
}

/* --- the broker --- */

static bool play_over(BenchStage *stage, BenchPlay *play, const char *path, Error *error) {
    static const char *const ids[] = {"seat0", "seat1", "seat2", "seat3"};
    Endpoint endpoint = {.address = stage->address};
    play->runs = 1;
    play->channel = channel_zmq_bind(&endpoint, ids, 4, -1, error);
    if (play->channel == NULL) return false;
    bool good = bench_play_record(play, path, error) && bench_play(play, error);
    record_close(play->record);
    play->channel->type->destroy(play->channel);
    return good;
}

/* The seats come first: they must not inherit sockets or records. */
bool bench_stage_play(const Bench *bench, BenchStage *stage, BenchPlay *play, Error *error) {
    char path[128];
    snprintf(stage->address, sizeof stage->address, "ipc://%s/broker", bench->directory.path);
    if (!crew_start(&stage->crew, 4, take_seat, stage, error)) return false;
    bool good = play_over(stage, play, bench_file(bench, "exchange.db", path), error);
    crew_end(&stage->crew, good);
    return good;
}
