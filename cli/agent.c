/* nonpaper agent SEAT: the player's process. Given a seat and an address, it knows what the broker tells
 * it and nothing else. */
#include <stdio.h>
#include <sys/prctl.h>

#include "agents/player.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "proto/channel_zmq.h"

static bool obey_grant(Player *player, AgentChannel *channel, const Order *order, Error *error) {
    Answer answer;
    return player_obey(player, &order->grant, &answer, error) &&
           agent_channel_answer(channel, &answer, error);
}

/* A strategy that refuses to open is the broker's to know and the end of this agent. */
static bool open_run(Player *player, AgentChannel *channel, const Order *order,
                     const char *strategy, Error *error) {
    Brief brief = order->brief;
    if (strategy != NULL) brief.strategy = strategy;
    if (player_open_run(player, &brief, error)) return true;
    agent_channel_fault(channel, error->text);
    return false;
}

static bool play_seat(Player *player, AgentChannel *channel, const char *strategy, Error *error) {
    Order order;
    while (agent_channel_next(channel, -1, &order, error)) {
        switch (order.kind) {
        case ORDER_NOTHING: break;
        case ORDER_OPEN_RUN:
            if (!open_run(player, channel, &order, strategy, error)) return false;
            break;
        case ORDER_GRANT:
            if (!obey_grant(player, channel, &order, error)) return false;
            break;
        case ORDER_CLOSE_RUN: player_close_run(player, order.run); break;
        case ORDER_GOODBYE: return true;
        }
    }
    return false;
}

/* For those who look at short names only; the kernel cuts it to 15 bytes. */
static void take_name(const char *seat) {
    char name[64];
    snprintf(name, sizeof name, "nonpaper %.32s", seat);
    prctl(PR_SET_NAME, name);
}

int command_agent(const Options *options) {
    Error error = {0};
    Endpoint endpoint = {.address = option_text(options, "connect", NULL),
                         .waiting = {(int)option_integer(options, "spin", 0)}};
    Introduction introduction = {.seat = options_argument(options, 0), .deterministic = true};
    if (endpoint.address == NULL) {
        output_note("nonpaper agent needs --connect ADDRESS");
        return ERROR_USAGE;
    }
    take_name(introduction.seat);
    int patience_ms = (int)(option_number(options, "patience", 20) * 1000);
    AgentChannel *channel = agent_channel_connect(&endpoint, &introduction, patience_ms, &error);
    if (channel == NULL) return output_error(&error);
    Player *player = player_create(NULL);
    bool good = play_seat(player, channel, option_text(options, "strategy", NULL), &error);
    player_destroy(player);
    agent_channel_close(channel);
    return good ? 0 : output_error(&error);
}
