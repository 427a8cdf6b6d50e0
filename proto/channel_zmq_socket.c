#include "proto/channel_zmq_socket.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    FRAMES_IN_FLIGHT = 1000, /* per peer and direction; beyond that the sender is told to wait */
    LINGER_MS = 200,
    RECONNECT_MS = 5,
    RECONNECT_MOST_MS = 100,
    LOOK_EVERY_US = 1000 /* at wake_fd and the monitor, even while frames keep coming */
};

static bool check_address(const Endpoint *endpoint, Error *error) {
    if (strncmp(endpoint->address, "tcp://", 6) == 0)
        return error_set(error, ERROR_UNAVAILABLE, "%s: tcp comes with part D", endpoint->address);
    if (strncmp(endpoint->address, "ipc://", 6) == 0) return true;
    return error_set(error, ERROR_USAGE, "%s: the address must begin with ipc://",
                     endpoint->address);
}

static void set_option(void *socket, int option, int value) {
    zmq_setsockopt(socket, option, &value, sizeof value);
}

static int descriptor_of(void *socket) {
    int fd = -1;
    size_t size = sizeof fd;
    zmq_getsockopt(socket, ZMQ_FD, &fd, &size);
    return fd;
}

static void set_options(void *socket, int type) {
    const int64_t most = CODEC_MAX_FRAME;
    zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &most, sizeof most);
    set_option(socket, ZMQ_LINGER, LINGER_MS);
    set_option(socket, ZMQ_SNDHWM, FRAMES_IN_FLIGHT);
    set_option(socket, ZMQ_RCVHWM, FRAMES_IN_FLIGHT);
    set_option(socket, ZMQ_RECONNECT_IVL, RECONNECT_MS);
    set_option(socket, ZMQ_RECONNECT_IVL_MAX, RECONNECT_MOST_MS);
    if (type == ZMQ_ROUTER) set_option(socket, ZMQ_ROUTER_MANDATORY, 1);
}

/* A peer that vanished shows here at once; over ipc no heartbeat is needed. */
static bool watch_peers(WireSocket *wire) {
    const char *address = "inproc://peers"; /* each channel has a context of its own */
    int news = ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_DISCONNECTED;
    if (zmq_socket_monitor(wire->socket, address, news) != 0) return false;
    wire->monitor = zmq_socket(wire->context, ZMQ_PAIR);
    if (!wire->monitor) return false;
    set_option(wire->monitor, ZMQ_LINGER, 0);
    if (zmq_connect(wire->monitor, address) != 0) return false;
    /* ZeroMQ wakes only a reader that has once found nothing. */
    wire_socket_peers(wire);
    return true;
}

bool wire_socket_open(WireSocket *wire, int type, const Endpoint *endpoint, Error *error) {
    *wire = (WireSocket){.wake_fd = -1, .waiting = endpoint->waiting};
    if (!check_address(endpoint, error)) return false;
    wire->context = zmq_ctx_new();
    wire->socket = wire->context ? zmq_socket(wire->context, type) : NULL;
    if (!wire->socket || !watch_peers(wire)) {
        error_set(error, ERROR_UNAVAILABLE, "no ZeroMQ socket: %s", zmq_strerror(zmq_errno()));
        wire_socket_close(wire);
        return false;
    }
    set_options(wire->socket, type);
    wire->socket_fd = descriptor_of(wire->socket);
    wire->monitor_fd = descriptor_of(wire->monitor);
    return true;
}

void wire_socket_close(WireSocket *wire) {
    if (wire->monitor) {
        zmq_socket_monitor(wire->socket, NULL, 0);
        zmq_close(wire->monitor);
    }
    if (wire->socket) zmq_close(wire->socket);
    while (wire->context && zmq_ctx_term(wire->context) != 0 && errno == EINTR) {
    }
    *wire = (WireSocket){.wake_fd = -1};
}

int64_t wire_deadline(int timeout_ms) {
    return timeout_ms < 0 ? INT64_MAX : wire_now_us() + (int64_t)timeout_ms * 1000;
}

/* Sleeps for a readable descriptor; which of ours it is says the return value. */
static Wakening sleep_for(WireSocket *wire, bool frames, int64_t microseconds) {
    struct pollfd list[] = {{wire->monitor_fd, POLLIN, 0},
                            {wire->wake_fd, POLLIN, 0},
                            {frames ? wire->socket_fd : -1, POLLIN, 0}};
    int64_t milliseconds = (microseconds + 999) / 1000;
    int ready = poll(list, 3, milliseconds > 3600000 ? 3600000 : (int)milliseconds);
    wire->looked_us = wire_now_us();
    if (ready <= 0) return WAKENING_TIMEOUT;
    if (list[0].revents) return WAKENING_PEERS;
    if (list[1].revents) return WAKENING_OTHER;
    return WAKENING_FRAME;
}

/* A descriptor of ZeroMQ tells of changes only, so the socket is always tried before sleeping on it. */
Wakening wire_socket_wait(WireSocket *wire, zmq_msg_t *part, int64_t until_us) {
    int64_t now = wire_now_us(), spin_until = now + wire->waiting.spin_us;
    for (;; now = wire_now_us()) {
        if (now - wire->looked_us >= LOOK_EVERY_US) {
            Wakening seen = sleep_for(wire, false, 0);
            if (seen != WAKENING_TIMEOUT) return seen;
        }
        if (zmq_msg_recv(part, wire->socket, ZMQ_DONTWAIT) >= 0) return WAKENING_FRAME;
        if (errno != EAGAIN || now >= until_us) return WAKENING_TIMEOUT;
        if (now < spin_until) continue;
        Wakening seen = sleep_for(wire, true, until_us - now);
        if (seen != WAKENING_FRAME && (seen != WAKENING_TIMEOUT || errno == EINTR)) return seen;
    }
}

PeerNews wire_socket_peers(WireSocket *wire) {
    PeerNews news = {false, false, false};
    zmq_msg_t part;
    zmq_msg_init(&part);
    while (zmq_msg_recv(&part, wire->monitor, ZMQ_DONTWAIT) >= 0) {
        uint16_t event = 0;
        if (zmq_msg_size(&part) >= sizeof event) memcpy(&event, zmq_msg_data(&part), sizeof event);
        while (zmq_msg_more(&part) && zmq_msg_recv(&part, wire->monitor, ZMQ_DONTWAIT) >= 0) {
        }
        news.met |= event == ZMQ_EVENT_HANDSHAKE_SUCCEEDED;
        news.lost |= event == ZMQ_EVENT_DISCONNECTED;
        news.alone = event == ZMQ_EVENT_DISCONNECTED;
    }
    zmq_msg_close(&part);
    return news;
}

bool wire_socket_drain(WireSocket *wire, zmq_msg_t *part) {
    bool more = zmq_msg_more(part) != 0;
    while (zmq_msg_more(part) && zmq_msg_recv(part, wire->socket, ZMQ_DONTWAIT) >= 0) {
    }
    return more;
}

Bytes wire_bytes(zmq_msg_t *part) {
    return (Bytes){zmq_msg_data(part), zmq_msg_size(part)};
}
