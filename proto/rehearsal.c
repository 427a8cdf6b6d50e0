#include "proto/rehearsal.h"

#include "core/base/memory.h"
#include "proto/channel_zmq_socket.h"

struct Rehearsal {
    WireSocket wire;
    FrameReader reader;
    zmq_msg_t identity, body;
};

Rehearsal *rehearsal_bind(const char *address, Error *error) {
    Endpoint endpoint = {.address = address};
    Rehearsal *rehearsal = memory_new(1, sizeof *rehearsal);
    frame_reader_init(&rehearsal->reader);
    zmq_msg_init(&rehearsal->identity);
    zmq_msg_init(&rehearsal->body);
    if (wire_socket_open(&rehearsal->wire, ZMQ_ROUTER, &endpoint, error)) {
        if (zmq_bind(rehearsal->wire.socket, address) == 0) return rehearsal;
        error_set(error, ERROR_CANT_CREATE, "%s: %s", address, zmq_strerror(zmq_errno()));
    }
    rehearsal_close(rehearsal);
    return NULL;
}

void rehearsal_close(Rehearsal *rehearsal) {
    if (rehearsal == NULL) return;
    zmq_msg_close(&rehearsal->identity);
    zmq_msg_close(&rehearsal->body);
    wire_socket_close(&rehearsal->wire);
    frame_reader_finish(&rehearsal->reader);
    memory_free(rehearsal);
}

static bool take_body(Rehearsal *rehearsal, Frame *frame, Error *error) {
    if (!zmq_msg_more(&rehearsal->identity) ||
        zmq_msg_recv(&rehearsal->body, rehearsal->wire.socket, ZMQ_DONTWAIT) < 0 ||
        wire_socket_drain(&rehearsal->wire, &rehearsal->body))
        return error_set(error, ERROR_PROTOCOL, "a message of many parts");
    return frame_read(&rehearsal->reader, wire_bytes(&rehearsal->body), frame, error);
}

bool rehearsal_hear(Rehearsal *rehearsal, int timeout_ms, Frame *frame, Error *error) {
    int64_t until_us = wire_deadline(timeout_ms);
    while (wire_now_us() < until_us) {
        Wakening seen = wire_socket_wait(&rehearsal->wire, &rehearsal->identity, until_us);
        if (seen == WAKENING_PEERS) wire_socket_peers(&rehearsal->wire);
        if (seen == WAKENING_FRAME) return take_body(rehearsal, frame, error);
    }
    return error_set(error, ERROR_UNAVAILABLE, "nothing came within %d seconds", timeout_ms / 1000);
}

void rehearsal_say(Rehearsal *rehearsal, Bytes bytes) {
    void *socket = rehearsal->wire.socket;
    zmq_send(socket, zmq_msg_data(&rehearsal->identity), zmq_msg_size(&rehearsal->identity),
             ZMQ_SNDMORE | ZMQ_DONTWAIT);
    zmq_send(socket, bytes.at, bytes.length, ZMQ_DONTWAIT);
}
