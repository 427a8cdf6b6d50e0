/* A seat's line: what is queued for its agent, and whether there is one. */
#include <assert.h>
#include <errno.h>

#include "core/base/text.h"
#include "proto/channel_zmq_broker.h"

static bool is_open(const SeatLine *line) {
    return line->presence == SEAT_EMPTY || line->presence == SEAT_PRESENT;
}

void line_fail(SeatLine *line, const char *why) {
    if (line->presence == SEAT_FAILED) return;
    line->presence = SEAT_FAILED;
    text_safe(line->failure, sizeof line->failure, why);
    frame_clear(&line->orders);
}

Sending router_send(BrokerChannel *broker, const void *identity, size_t length, Bytes frame) {
    void *socket = broker->wire.socket;
    if (zmq_send(socket, identity, length, ZMQ_SNDMORE | ZMQ_DONTWAIT) < 0)
        return errno == EHOSTUNREACH ? SEND_GONE : SEND_LATER;
    return zmq_send(socket, frame.at, frame.length, ZMQ_DONTWAIT) < 0 ? SEND_GONE : SENT;
}

Sending line_send(BrokerChannel *broker, SeatLine *line, Bytes frame) {
    Sending sending = router_send(broker, line->identity, line->identity_length, frame);
    if (sending == SEND_GONE) line_fail(line, "its agent is gone");
    return sending;
}

/* What the socket does not take stays queued: a grant is late rather than lost. */
void line_flush(BrokerChannel *broker, SeatLine *line) {
    if (line->presence != SEAT_PRESENT || line->orders.kind == FRAME_EMPTY) return;
    if (line_send(broker, line, frame_bytes(&line->orders)) == SENT) frame_clear(&line->orders);
}

bool router_flush(Channel *channel, Error *error) {
    BrokerChannel *broker = broker_channel(channel);
    (void)error;
    for (uint8_t seat = 0; seat < broker->seats; seat++) line_flush(broker, &broker->line[seat]);
    return true;
}

/* Room for more orders, if need be by sending those at hand. */
static bool line_room(BrokerChannel *broker, SeatLine *line, bool fresh) {
    if (!fresh && !frame_full(&line->orders)) return is_open(line);
    line_flush(broker, line);
    if (line->orders.kind != FRAME_EMPTY) line_fail(line, "its agent does not take its orders");
    return is_open(line);
}

/* Whoever is there must understand what it is told; whoever comes later is asked whether it can. */
static bool line_speaks(SeatLine *line, uint32_t version) {
    if (line->needed < version) line->needed = version;
    if (line->presence == SEAT_PRESENT && line->version < version)
        line_fail(line, "its agent speaks an older version of the conversation than this "
                        "negotiation needs");
    return is_open(line);
}

static bool send_dossier(BrokerChannel *broker, SeatLine *line, const Brief *brief,
                         uint32_t *number, Error *error) {
    Bytes body;
    if (!dossier_pack(&broker->scratch, brief, &body, error)) return false;
    int known = ledger_find(&line->ledger, body);
    *number = (uint32_t)known;
    if (known >= 0) return true;
    /* A frame's dossiers are obeyed before its runs: one that replaces another must not overtake. */
    if (ledger_is_full(&line->ledger) && !line_room(broker, line, true)) return true;
    *number = ledger_note(&line->ledger, body);
    return frame_add_dossier(&line->orders, *number, body, error);
}

bool router_open_run(Channel *channel, const Brief *brief, Error *error) {
    BrokerChannel *broker = broker_channel(channel);
    SeatLine *line = &broker->line[brief->seat];
    uint32_t number;
    assert(brief->seat < broker->seats);
    if (!line_speaks(line, brief_version(brief)) || !line_room(broker, line, false)) return true;
    if (!send_dossier(broker, line, brief, &number, error)) return false;
    return !is_open(line) || frame_add_open_run(&line->orders, brief, number, error);
}

static bool grant_in_version_1(BrokerChannel *broker, SeatLine *line, const Grant *grant,
                               Error *error) {
    Arena arena;
    arena_init(&arena);
    Grant plain = grant_without_statements(grant, &arena);
    bool good = !line_speaks(line, grant_version(&plain)) || !line_room(broker, line, false) ||
                frame_add_grant(&line->orders, &plain, error);
    arena_finish(&arena);
    return good;
}

bool router_grant(Channel *channel, const Grant *grant, Error *error) {
    BrokerChannel *broker = broker_channel(channel);
    SeatLine *line = &broker->line[grant->seat];
    assert(grant->seat < broker->seats);
    uint32_t version = grant_version(grant);
    if (version > 1 && line->presence == SEAT_PRESENT && line->version == 1)
        return grant_in_version_1(broker, line, grant, error);
    return !line_speaks(line, version) || !line_room(broker, line, false) ||
           frame_add_grant(&line->orders, grant, error);
}

bool router_close_run(Channel *channel, uint64_t run, SeatSet seats, Error *error) {
    BrokerChannel *broker = broker_channel(channel);
    for (uint8_t seat = 0; seat < broker->seats; seat++) {
        SeatLine *line = &broker->line[seat];
        if (!seat_in(seats, seat) || !line_room(broker, line, false)) continue;
        if (!frame_add_close_run(&line->orders, run, error)) return false;
    }
    return true;
}

/* Whoever held the seat is a stranger from now on; what was queued for it is of no use to the next. */
void router_forget(Channel *channel, SeatId seat) {
    SeatLine *line = &broker_channel(channel)->line[seat];
    frame_clear(&line->orders);
    ledger_finish(&line->ledger);
    line->presence = SEAT_FORGOTTEN;
    line->told = line->declared = false;
    line->needed = 0;
    line->failure[0] = '\0';
}
