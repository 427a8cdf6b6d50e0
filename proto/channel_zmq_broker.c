/* The broker's end: one ROUTER, a seat's agent known by the identity under which it said hello. */
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/text.h"
#include "proto/channel_zmq_broker.h"

enum {
    FRAMES_A_RECEIVE = 64, /* frames that mean nothing to the broker, before it is given a turn */
    PROBES = 5,            /* looks for who has gone, after somebody has */
    PROBE_EVERY_US = 2000
};

/* --- receiving --- */

static SeatLine *line_of_sender(BrokerChannel *broker) {
    for (uint8_t seat = 0; seat < broker->seats; seat++)
        if (line_is_sender(broker, &broker->line[seat])) return &broker->line[seat];
    return NULL;
}

static bool take_answers(BrokerChannel *broker, const SeatLine *line, Answers *answers,
                         Arrival *arrival) {
    arrival->kind = ARRIVAL_ANSWERS;
    arrival->seat = (SeatId)(line - broker->line);
    arrival->answers = answers->answers;
    arrival->answer = answers->answer;
    for (uint32_t i = 0; i < answers->answers; i++) answers->answer[i].seat = arrival->seat;
    return true;
}

static void line_garbage(SeatLine *line, const char *what) {
    char text[256];
    snprintf(text, sizeof text, "its agent sent what is not of the protocol: %.180s", what);
    line_fail(line, text);
}

static bool take_of_seat(BrokerChannel *broker, SeatLine *line, Frame *frame, Arrival *arrival) {
    switch (frame->kind) {
    case FRAME_EMPTY: return false;
    case FRAME_HELLO: return greeting_take(broker, &frame->hello, arrival);
    case FRAME_ANSWERS: return take_answers(broker, line, &frame->answers, arrival);
    case FRAME_FAULT:
        line->declared = true;
        line_fail(line, *frame->text ? frame->text : "its agent failed");
        return false;
    case FRAME_GOODBYE: line_fail(line, "its agent left"); return false;
    default: line_garbage(line, "a frame that only a broker sends"); return false;
    }
}

static bool take_of_stranger(BrokerChannel *broker, bool read, const Frame *frame,
                             Arrival *arrival) {
    if (read && frame->kind == FRAME_HELLO) return greeting_take(broker, &frame->hello, arrival);
    broker->ignored++;
    return false;
}

/* One message: identity, frame, and nothing else. True when it makes an arrival. */
static bool take_message(BrokerChannel *broker, Arrival *arrival) {
    Frame frame;
    Error error = {0};
    if (!zmq_msg_more(&broker->identity) ||
        zmq_msg_recv(&broker->body, broker->wire.socket, ZMQ_DONTWAIT) < 0)
        return false;
    bool long_one = wire_socket_drain(&broker->wire, &broker->body);
    SeatLine *line = line_of_sender(broker);
    if (line && line->presence == SEAT_FAILED) {
        broker->ignored++;
        return false;
    }
    bool read = !long_one && frame_read(&broker->reader, wire_bytes(&broker->body), &frame, &error);
    if (!line) return take_of_stranger(broker, read, &frame, arrival);
    if (read) return take_of_seat(broker, line, &frame, arrival);
    line_garbage(line, long_one ? "a message of many parts" : error.text);
    return false;
}

/* Somebody is gone, but the monitor does not say who: a frame of no bytes finds out. */
static void probe(BrokerChannel *broker) {
    broker->probes--;
    for (uint8_t seat = 0; seat < broker->seats; seat++)
        if (broker->line[seat].presence == SEAT_PRESENT)
            line_send(broker, &broker->line[seat], (Bytes){(const uint8_t *)"", 0});
}

static bool tell_failure(BrokerChannel *broker, Arrival *arrival) {
    for (uint8_t seat = 0; seat < broker->seats; seat++) {
        SeatLine *line = &broker->line[seat];
        if (line->presence != SEAT_FAILED || line->told) continue;
        line->told = true;
        arrival->kind = ARRIVAL_FAULT;
        arrival->seat = seat;
        arrival->declared = line->declared;
        memcpy(arrival->detail, line->failure, sizeof arrival->detail);
        return true;
    }
    return false;
}

/* Waits once. True when the receive is over: an arrival was made, or the time is up. */
static bool receive_once(BrokerChannel *broker, int64_t until_us, Arrival *arrival) {
    int64_t soon = wire_now_us() + PROBE_EVERY_US;
    bool pressing = broker->probes > 0 && soon < until_us;
    switch (wire_socket_wait(&broker->wire, &broker->identity, pressing ? soon : until_us)) {
    case WAKENING_FRAME: return take_message(broker, arrival);
    case WAKENING_PEERS:
        if (wire_socket_peers(&broker->wire).lost) broker->probes = PROBES;
        return false;
    case WAKENING_OTHER: arrival->kind = ARRIVAL_NOTICE; return true;
    case WAKENING_TIMEOUT: break;
    }
    if (broker->probes > 0) probe(broker);
    return !pressing;
}

static bool router_receive(Channel *channel, int timeout_ms, Arrival *arrival, Error *error) {
    BrokerChannel *broker = broker_channel(channel);
    int64_t until_us = wire_deadline(timeout_ms);
    arrival->kind = ARRIVAL_NOTHING;
    arrival->seat = NP_NO_SEAT;
    arrival->answers = 0;
    arrival->answer = NULL;
    arrival->detail[0] = '\0';
    arrival->declared = false;
    for (int frames = 0; frames < FRAMES_A_RECEIVE; frames++) {
        if (tell_failure(broker, arrival)) return true;
        router_flush(channel, error);
        if (receive_once(broker, until_us, arrival)) break;
    }
    if (arrival->kind == ARRIVAL_NOTHING) tell_failure(broker, arrival);
    return true;
}

/* --- beginning and end --- */

static void router_destroy(Channel *channel) {
    BrokerChannel *broker = broker_channel(channel);
    for (uint8_t seat = 0; seat < broker->seats; seat++) {
        SeatLine *line = &broker->line[seat];
        line_flush(broker, line);
        frame_goodbye(&broker->scratch, NULL);
        if (line->presence == SEAT_PRESENT) line_send(broker, line, frame_bytes(&broker->scratch));
        frame_writer_finish(&line->orders);
        ledger_finish(&line->ledger);
        memory_free(line->id);
    }
    zmq_msg_close(&broker->identity);
    zmq_msg_close(&broker->body);
    wire_socket_close(&broker->wire);
    if (broker->path) unlink(broker->path); /* ZeroMQ leaves it behind */
    memory_free(broker->path);
    memory_free(broker->past);
    frame_writer_finish(&broker->scratch);
    frame_reader_finish(&broker->reader);
    memory_free(broker);
}

static const ChannelType ipc_type = {
    .name = "ipc",
    .open_run = router_open_run,
    .grant = router_grant,
    .flush = router_flush,
    .receive = router_receive,
    .close_run = router_close_run,
    .forget = router_forget,
    .destroy = router_destroy,
};

/* ZeroMQ takes over a socket file without asking; whoever answers there now would be cut off. */
static bool address_is_free(const Endpoint *endpoint, Error *error) {
    struct sockaddr_un there = {.sun_family = AF_UNIX};
    const char *path = endpoint->address + strlen("ipc://");
    if (strlen(path) >= sizeof there.sun_path)
        return error_set(error, ERROR_CANT_CREATE, "%s: the path is longer than %zu bytes", path,
                         sizeof there.sun_path - 1);
    strcpy(there.sun_path, path);
    int probing = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (probing < 0) return error_set(error, ERROR_IO, "no socket: %s", strerror(errno));
    bool taken = connect(probing, (struct sockaddr *)&there, sizeof there) == 0;
    close(probing);
    if (taken) return error_set(error, ERROR_CANT_CREATE, "%s: a broker is there already", path);
    return true;
}

static bool bind_wire(BrokerChannel *broker, const Endpoint *endpoint, Error *error) {
    if (!wire_socket_open(&broker->wire, ZMQ_ROUTER, endpoint, error)) return false;
    if (!address_is_free(endpoint, error)) return false;
    if (zmq_bind(broker->wire.socket, endpoint->address) != 0)
        return error_set(error, ERROR_CANT_CREATE, "%s: %s", endpoint->address,
                         zmq_strerror(zmq_errno()));
    broker->path = memory_text(endpoint->address + strlen("ipc://"));
    return true;
}

Channel *channel_zmq_bind(const Endpoint *endpoint, const char *const *seat_ids, uint8_t seats,
                          int wake_fd, Error *error) {
    BrokerChannel *broker = memory_new(1, sizeof *broker);
    assert(seats <= NP_MAX_SEATS);
    broker->channel.type = &ipc_type;
    broker->seats = seats;
    frame_writer_init(&broker->scratch);
    frame_reader_init(&broker->reader);
    zmq_msg_init(&broker->identity);
    zmq_msg_init(&broker->body);
    for (uint8_t seat = 0; seat < seats; seat++) {
        broker->line[seat].id = memory_text(seat_ids[seat]);
        frame_writer_init(&broker->line[seat].orders);
    }
    if (!bind_wire(broker, endpoint, error)) {
        router_destroy(&broker->channel);
        return NULL;
    }
    broker->wire.wake_fd = wake_fd;
    return &broker->channel;
}
