/* The broker's end: one ROUTER, a seat's agent known by the identity under which it said hello. */
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/text.h"
#include "proto/channel_zmq_socket.h"
#include "proto/dossier_shelf.h"

enum {
    MAX_IDENTITY = 255,
    FRAMES_A_RECEIVE = 64, /* frames that mean nothing to the broker, before it is given a turn */
    PROBES = 5,            /* looks for who has gone, after somebody has */
    PROBE_EVERY_US = 2000
};

typedef enum Presence {
    SEAT_EMPTY, /* nobody yet; orders wait for whoever comes */
    SEAT_PRESENT,
    SEAT_FAILED,
    SEAT_FORGOTTEN /* nobody any more; whoever comes is told everything anew */
} Presence;

typedef struct SeatLine {
    char *id;
    Presence presence;
    bool told; /* the broker knows of the failure */
    uint8_t identity_length;
    uint8_t identity[MAX_IDENTITY];
    FrameWriter orders; /* queued, or not yet taken by the socket */
    DossierLedger ledger;
    char failure[256];
} SeatLine;

typedef struct BrokerChannel {
    Channel channel;
    WireSocket wire;
    char *path; /* of the socket, once it is ours */
    uint8_t seats;
    SeatLine line[NP_MAX_SEATS];
    FrameWriter scratch; /* short frames, and dossiers to compare */
    FrameReader reader;
    zmq_msg_t identity, body;
    unsigned probes;  /* left to be made */
    uint64_t ignored; /* frames of strangers and of failed seats */
} BrokerChannel;

static BrokerChannel *of(Channel *channel) {
    return (BrokerChannel *)channel;
}

static bool is_open(const SeatLine *line) {
    return line->presence == SEAT_EMPTY || line->presence == SEAT_PRESENT;
}

static bool is_vacant(const SeatLine *line) {
    return line->presence == SEAT_EMPTY || line->presence == SEAT_FORGOTTEN;
}

static void line_fail(SeatLine *line, const char *why) {
    if (line->presence == SEAT_FAILED) return;
    line->presence = SEAT_FAILED;
    text_safe(line->failure, sizeof line->failure, why);
    frame_clear(&line->orders);
}

/* --- sending --- */

typedef enum Sending { SENT, SEND_LATER, SEND_GONE } Sending;

/* Never blocks: a peer that does not take its frames gets them later, or not at all. */
static Sending send_to(BrokerChannel *broker, const void *identity, size_t length, Bytes frame) {
    void *socket = broker->wire.socket;
    if (zmq_send(socket, identity, length, ZMQ_SNDMORE | ZMQ_DONTWAIT) < 0)
        return errno == EHOSTUNREACH ? SEND_GONE : SEND_LATER;
    return zmq_send(socket, frame.at, frame.length, ZMQ_DONTWAIT) < 0 ? SEND_GONE : SENT;
}

static Sending line_send(BrokerChannel *broker, SeatLine *line, Bytes frame) {
    Sending sending = send_to(broker, line->identity, line->identity_length, frame);
    if (sending == SEND_GONE) line_fail(line, "its agent is gone");
    return sending;
}

/* What the socket does not take stays queued: a grant is late rather than lost. */
static void line_flush(BrokerChannel *broker, SeatLine *line) {
    if (line->presence != SEAT_PRESENT || line->orders.kind == FRAME_EMPTY) return;
    if (line_send(broker, line, frame_bytes(&line->orders)) == SENT) frame_clear(&line->orders);
}

static bool router_flush(Channel *channel, Error *error) {
    BrokerChannel *broker = of(channel);
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

static bool send_dossier(BrokerChannel *broker, SeatLine *line, const Brief *brief,
                         uint32_t *number, Error *error) {
    Bytes body;
    if (!dossier_pack(&broker->scratch, brief->terms, brief->profile, &body, error)) return false;
    int known = ledger_find(&line->ledger, body);
    *number = (uint32_t)known;
    if (known >= 0) return true;
    /* A frame's dossiers are obeyed before its runs: one that replaces another must not overtake. */
    if (ledger_is_full(&line->ledger) && !line_room(broker, line, true)) return true;
    *number = ledger_note(&line->ledger, body);
    return frame_add_dossier(&line->orders, *number, body, error);
}

static bool router_open_run(Channel *channel, const Brief *brief, Error *error) {
    BrokerChannel *broker = of(channel);
    SeatLine *line = &broker->line[brief->seat];
    uint32_t number;
    assert(brief->seat < broker->seats);
    if (!line_room(broker, line, false)) return true;
    if (!send_dossier(broker, line, brief, &number, error)) return false;
    return !is_open(line) || frame_add_open_run(&line->orders, brief, number, error);
}

static bool router_grant(Channel *channel, const Grant *grant, Error *error) {
    BrokerChannel *broker = of(channel);
    SeatLine *line = &broker->line[grant->seat];
    assert(grant->seat < broker->seats);
    return !line_room(broker, line, false) || frame_add_grant(&line->orders, grant, error);
}

static bool router_close_run(Channel *channel, uint64_t run, SeatSet seats, Error *error) {
    BrokerChannel *broker = of(channel);
    for (uint8_t seat = 0; seat < broker->seats; seat++) {
        SeatLine *line = &broker->line[seat];
        if (!seat_in(seats, seat) || !line_room(broker, line, false)) continue;
        if (!frame_add_close_run(&line->orders, run, error)) return false;
    }
    return true;
}

/* --- hello --- */

static void reply_to(BrokerChannel *broker) {
    send_to(broker, zmq_msg_data(&broker->identity), zmq_msg_size(&broker->identity),
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

static void refuse_version(BrokerChannel *broker, const Hello *hello) {
    char text[256];
    snprintf(text, sizeof text,
             "the agent speaks versions %u to %u of the protocol, the broker %d to %d",
             hello->lowest, hello->highest, CODEC_LOWEST_VERSION, CODEC_HIGHEST_VERSION);
    refuse(broker, REFUSAL_VERSION, text, NULL);
}

static void welcome(BrokerChannel *broker, const Hello *hello) {
    uint32_t version =
        hello->highest < CODEC_HIGHEST_VERSION ? hello->highest : (uint32_t)CODEC_HIGHEST_VERSION;
    frame_welcome(&broker->scratch, version);
    reply_to(broker);
}

static bool is_line(const BrokerChannel *broker, const SeatLine *line) {
    zmq_msg_t *identity = (zmq_msg_t *)(uintptr_t)&broker->identity;
    return !is_vacant(line) && line->identity_length == zmq_msg_size(identity) &&
           memcmp(line->identity, zmq_msg_data(identity), line->identity_length) == 0;
}

static bool seat_the_agent(BrokerChannel *broker, SeatLine *line, const Hello *hello,
                           Arrival *arrival) {
    line->presence = SEAT_PRESENT;
    line->identity_length = (uint8_t)zmq_msg_size(&broker->identity);
    memcpy(line->identity, zmq_msg_data(&broker->identity), line->identity_length);
    welcome(broker, hello);
    arrival->kind = ARRIVAL_READY;
    arrival->seat = (SeatId)(line - broker->line);
    arrival->deterministic = hello->deterministic;
    text_safe(arrival->detail, sizeof arrival->detail, hello->strategy);
    return true;
}

/* True when it makes an arrival. */
static bool take_hello(BrokerChannel *broker, const Hello *hello, Arrival *arrival) {
    if (hello->highest < CODEC_LOWEST_VERSION || hello->lowest > CODEC_HIGHEST_VERSION) {
        refuse_version(broker, hello);
        return false;
    }
    for (uint8_t seat = 0; seat < broker->seats; seat++) {
        SeatLine *line = &broker->line[seat];
        if (strcmp(line->id, hello->seat) != 0) continue;
        if (is_vacant(line)) return seat_the_agent(broker, line, hello, arrival);
        if (line->presence == SEAT_PRESENT && is_line(broker, line))
            welcome(broker, hello);
        else
            refuse(broker, REFUSAL_SEAT_TAKEN, "another agent has taken the seat", NULL);
        return false;
    }
    refuse_seat(broker, hello->seat);
    return false;
}

/* --- receiving --- */

static SeatLine *line_of_sender(BrokerChannel *broker) {
    for (uint8_t seat = 0; seat < broker->seats; seat++)
        if (is_line(broker, &broker->line[seat])) return &broker->line[seat];
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
    case FRAME_HELLO: return take_hello(broker, &frame->hello, arrival);
    case FRAME_ANSWERS: return take_answers(broker, line, &frame->answers, arrival);
    case FRAME_FAULT:
        line_fail(line, *frame->text ? frame->text : "its agent failed");
        return false;
    case FRAME_GOODBYE: line_fail(line, "its agent left"); return false;
    default: line_garbage(line, "a frame that only a broker sends"); return false;
    }
}

static bool take_of_stranger(BrokerChannel *broker, bool read, const Frame *frame,
                             Arrival *arrival) {
    if (read && frame->kind == FRAME_HELLO) return take_hello(broker, &frame->hello, arrival);
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
    BrokerChannel *broker = of(channel);
    int64_t until_us = wire_deadline(timeout_ms);
    arrival->kind = ARRIVAL_NOTHING;
    arrival->seat = NP_NO_SEAT;
    arrival->answers = 0;
    arrival->answer = NULL;
    arrival->detail[0] = '\0';
    for (int frames = 0; frames < FRAMES_A_RECEIVE; frames++) {
        if (tell_failure(broker, arrival)) return true;
        router_flush(channel, error);
        if (receive_once(broker, until_us, arrival)) break;
    }
    if (arrival->kind == ARRIVAL_NOTHING) tell_failure(broker, arrival);
    return true;
}

/* Whoever held the seat is a stranger from now on; what was queued for it is of no use to the next. */
static void router_forget(Channel *channel, SeatId seat) {
    SeatLine *line = &of(channel)->line[seat];
    frame_clear(&line->orders);
    ledger_finish(&line->ledger);
    line->presence = SEAT_FORGOTTEN;
    line->told = false;
    line->failure[0] = '\0';
}

/* --- beginning and end --- */

static void router_destroy(Channel *channel) {
    BrokerChannel *broker = of(channel);
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
