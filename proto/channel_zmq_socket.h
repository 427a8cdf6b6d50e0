/* Inside libzmq's door: what both ends of the channel share, which is opening, waiting and closing. */
#ifndef PROTO_CHANNEL_ZMQ_SOCKET_H
#define PROTO_CHANNEL_ZMQ_SOCKET_H

#include <zmq.h>

#include "proto/channel_zmq.h"
#include "proto/codec.h"
#include "proto/wall_clock.h"

typedef struct WireSocket {
    void *context, *socket, *monitor;
    int socket_fd, monitor_fd;
    int wake_fd; /* or -1 */
    Waiting waiting;
    int64_t looked_us; /* when the monitor and wake_fd were last looked at */
} WireSocket;

/* Why a wait ended. */
typedef enum Wakening {
    WAKENING_TIMEOUT, /* or a signal */
    WAKENING_FRAME,   /* the first part of a message was received */
    WAKENING_PEERS,   /* a peer came or went: see wire_socket_peers */
    WAKENING_OTHER    /* wake_fd is readable */
} Wakening;

/* What the monitor told. */
typedef struct PeerNews {
    bool met, lost;
    bool alone; /* the latest news is that one was lost */
} PeerNews;

/* A socket of that ZeroMQ type, with bounds set, neither bound nor connected. */
bool wire_socket_open(WireSocket *wire, int type, const Endpoint *endpoint, Error *error);
/* Gives what was sent a moment to leave. Allowed on what was never opened. */
void wire_socket_close(WireSocket *wire);

/* Waits until the moment (wire_now_us) for a frame, news of peers, or wake_fd. `part` is initialised. */
Wakening wire_socket_wait(WireSocket *wire, zmq_msg_t *part, int64_t until_us);
PeerNews wire_socket_peers(WireSocket *wire);
static inline int64_t wire_now_us(void) {
    return wall_monotonic_ns() / 1000;
}
/* The moment that lies so many milliseconds ahead; -1: never. */
int64_t wire_deadline(int timeout_ms);
/* Receives and drops what is left of a message; true when something was. */
bool wire_socket_drain(WireSocket *wire, zmq_msg_t *part);
Bytes wire_bytes(zmq_msg_t *part);

#endif
