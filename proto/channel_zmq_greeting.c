/* Hellos: whose seat it is, and in which version they speak. */
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "proto/channel_zmq_broker.h"

static void reply_to(BrokerChannel *broker) {
    router_send(broker, zmq_msg_data(&broker->identity), zmq_msg_size(&broker->identity),
                frame_bytes(&broker->scratch));
}

static void refuse(BrokerChannel *broker, RefusalWhy why, const char *text, const char *nearest) {
    Refusal refusal = {why, text, nearest, CODEC_LOWEST_VERSION, CODEC_HIGHEST_VERSION};
    frame_refused(&broker->scratch, &refusal);
    reply_to(broker);
}

static void refuse_seat(BrokerChannel *broker, const char *seat) {
    const char *ids[NP_MAX_SEATS];
    char safe[128], text[512];
    for (uint8_t i = 0; i < broker->seats; i++) ids[i] = broker->line[i].id;
    const char *nearest = text_nearest(seat, ids, broker->seats);
    text_safe(safe, sizeof safe, seat);
    snprintf(text, sizeof text, "there is no seat \"%s\"%s%s%s", safe,
             nearest ? "; did you mean \"" : "", nearest ? nearest : "", nearest ? "\"?" : "");
    refuse(broker, REFUSAL_UNKNOWN_SEAT, text, nearest);
}

/* What is waiting for the seat may need a higher version than the lowest that the broker speaks. */
static void refuse_version(BrokerChannel *broker, const Hello *hello, uint32_t lowest) {
    char text[256];
    snprintf(text, sizeof text,
             "the agent speaks versions %u to %u of the protocol, the broker %u to %d%s",
             hello->lowest, hello->highest, lowest, CODEC_HIGHEST_VERSION,
             lowest > CODEC_LOWEST_VERSION ? " for this negotiation" : "");
    Refusal refusal = {REFUSAL_VERSION, text, NULL, lowest, CODEC_HIGHEST_VERSION};
    frame_refused(&broker->scratch, &refusal);
    reply_to(broker);
}

static uint32_t common_version(const Hello *hello) {
    uint32_t highest = CODEC_HIGHEST_VERSION;
    return hello->highest < highest ? hello->highest : highest;
}

static void welcome(BrokerChannel *broker, uint32_t version) {
    frame_welcome(&broker->scratch, version);
    reply_to(broker);
}

bool line_is_sender(const BrokerChannel *broker, const SeatLine *line) {
    zmq_msg_t *identity = (zmq_msg_t *)(uintptr_t)&broker->identity;
    return !line_vacant(line) && line->identity_length == zmq_msg_size(identity) &&
           memcmp(line->identity, zmq_msg_data(identity), line->identity_length) == 0;
}

/* One connection plays one seat, and may come back to that one: code in an agent's process may not say hello a second
 * time as somebody else, whose agent is late or being replaced. */
static bool had_another_seat(const BrokerChannel *broker, const SeatLine *line) {
    SeatId seat = (SeatId)(line - broker->line);
    zmq_msg_t *identity = (zmq_msg_t *)(uintptr_t)&broker->identity;
    for (size_t i = 0; i < broker->pasts; i++)
        if (broker->past[i].seat != seat && broker->past[i].length == zmq_msg_size(identity) &&
            memcmp(broker->past[i].identity, zmq_msg_data(identity), broker->past[i].length) == 0)
            return true;
    return false;
}

static void remember_peer(BrokerChannel *broker, const SeatLine *line) {
    broker->past = memory_grow(broker->past, broker->pasts + 1, sizeof *broker->past);
    PastPeer *past = &broker->past[broker->pasts++];
    past->seat = (SeatId)(line - broker->line);
    past->length = line->identity_length;
    memcpy(past->identity, line->identity, line->identity_length);
}

static bool seat_the_agent(BrokerChannel *broker, SeatLine *line, const Hello *hello,
                           Arrival *arrival) {
    line->version = common_version(hello);
    if (line->version < line->needed) {
        refuse_version(broker, hello, line->needed);
        return false;
    }
    line->presence = SEAT_PRESENT;
    line->identity_length = (uint8_t)zmq_msg_size(&broker->identity);
    memcpy(line->identity, zmq_msg_data(&broker->identity), line->identity_length);
    remember_peer(broker, line);
    welcome(broker, line->version);
    arrival->kind = ARRIVAL_READY;
    arrival->seat = (SeatId)(line - broker->line);
    arrival->deterministic = hello->deterministic;
    text_safe(arrival->detail, sizeof arrival->detail, hello->strategy);
    return true;
}

bool greeting_take(BrokerChannel *broker, const Hello *hello, Arrival *arrival) {
    if (hello->highest < CODEC_LOWEST_VERSION || hello->lowest > CODEC_HIGHEST_VERSION) {
        refuse_version(broker, hello, CODEC_LOWEST_VERSION);
        return false;
    }
    for (uint8_t seat = 0; seat < broker->seats; seat++) {
        SeatLine *line = &broker->line[seat];
        if (strcmp(line->id, hello->seat) != 0) continue;
        if (line_vacant(line) && !had_another_seat(broker, line))
            return seat_the_agent(broker, line, hello, arrival);
        if (line->presence == SEAT_PRESENT && line_is_sender(broker, line))
            welcome(broker, line->version);
        else
            refuse(broker, REFUSAL_SEAT_TAKEN,
                   had_another_seat(broker, line) ? "this connection has another seat"
                                                  : "another agent has taken the seat",
                   NULL);
        return false;
    }
    refuse_seat(broker, hello->seat);
    return false;
}
