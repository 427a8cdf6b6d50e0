#include "proto/limits.h"

#include <string.h>
#include <zmq.h>

#include "proto/codec_wire.h"
#include "proto/wall_clock.h"

enum { MOST_PEERS = 16, MOST_BYTES = 4096, IDENTITY = 5, PATIENCE_MS = 10000 };

/* --- fan-out --- */

typedef struct Middle {
    void *context, *socket;
    char identity[MOST_PEERS][IDENTITY]; /* as ZeroMQ makes them */
    unsigned known;
    char frame[MOST_BYTES];
} Middle;

static void *open_socket(void *context, int type) {
    void *socket = zmq_socket(context, type);
    const int patience = PATIENCE_MS, linger = 200;
    zmq_setsockopt(socket, ZMQ_RCVTIMEO, &patience, sizeof patience);
    zmq_setsockopt(socket, ZMQ_LINGER, &linger, sizeof linger);
    return socket;
}

static void close_socket(void *context, void *socket) {
    zmq_close(socket);
    zmq_ctx_term(context);
}

static bool hear(Middle *middle, char identity[IDENTITY]) {
    return zmq_recv(middle->socket, identity, IDENTITY, 0) == IDENTITY &&
           zmq_recv(middle->socket, middle->frame, sizeof middle->frame, 0) >= 0;
}

static bool tell(Middle *middle, unsigned peer, size_t length) {
    return zmq_send(middle->socket, middle->identity[peer], IDENTITY, ZMQ_SNDMORE) >= 0 &&
           zmq_send(middle->socket, middle->frame, length, 0) >= 0;
}

static bool gather(Middle *middle, unsigned peers) {
    for (unsigned peer = 0; peer < peers; peer++)
        if (!hear(middle, middle->identity[peer])) return false;
    return true;
}

static bool go_round(Middle *middle, const FanOut *fan_out) {
    char identity[IDENTITY];
    for (unsigned peer = 0; peer < fan_out->peers; peer++)
        if (!tell(middle, peer, fan_out->there)) return false;
    for (unsigned peer = 0; peer < fan_out->peers; peer++)
        if (!hear(middle, identity)) return false;
    return true;
}

static bool go_rounds(Middle *middle, const FanOut *fan_out, double *seconds) {
    if (!gather(middle, fan_out->peers)) return false;
    int64_t began = wall_monotonic_ns();
    for (unsigned i = 0; i < fan_out->rounds; i++)
        if (!go_round(middle, fan_out)) return false;
    *seconds = (double)(wall_monotonic_ns() - began) * 1e-9;
    for (unsigned peer = 0; peer < fan_out->peers; peer++) tell(middle, peer, 0);
    return true;
}

bool fan_out_lead(const FanOut *fan_out, double *seconds, Error *error) {
    Middle middle = {.context = zmq_ctx_new()};
    middle.socket = open_socket(middle.context, ZMQ_ROUTER);
    bool good =
        zmq_bind(middle.socket, fan_out->address) == 0 && go_rounds(&middle, fan_out, seconds);
    if (!good)
        error_set(error, ERROR_UNAVAILABLE, "the raw fan-out failed: %s",
                  zmq_strerror(zmq_errno()));
    close_socket(middle.context, middle.socket);
    return good;
}

bool fan_out_follow(const FanOut *fan_out) {
    char frame[MOST_BYTES] = {0};
    void *context = zmq_ctx_new();
    void *socket = open_socket(context, ZMQ_DEALER);
    int length = -1;
    const int reconnect_ms = 5;
    zmq_setsockopt(socket, ZMQ_RECONNECT_IVL, &reconnect_ms, sizeof reconnect_ms);
    if (zmq_connect(socket, fan_out->address) == 0 && zmq_send(socket, frame, 1, 0) >= 0)
        while ((length = zmq_recv(socket, frame, sizeof frame, 0)) > 0)
            zmq_send(socket, frame, fan_out->back, 0);
    close_socket(context, socket);
    return length == 0;
}

/* --- codec --- */

double codec_limit(Bytes frame, unsigned times) {
    uint8_t packed[MOST_BYTES];
    Arena arena;
    arena_init(&arena);
    ProtobufCAllocator allocator = wire_allocator(&arena);
    int64_t began = wall_monotonic_ns();
    for (unsigned i = 0; i < times; i++) {
        arena_reset(&arena);
        Nonpaper__Frame *wire = nonpaper__frame__unpack(&allocator, frame.length, frame.at);
        if (wire != NULL && frame.length <= sizeof packed) nonpaper__frame__pack(wire, packed);
    }
    double seconds = (double)(wall_monotonic_ns() - began) * 1e-9;
    arena_finish(&arena);
    return seconds;
}
