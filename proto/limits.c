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

/* --- exchange --- */

enum { PORTION = 64 }; /* runs in one frame, as with the product's broker */

typedef struct Post {
    void *context, *socket;
    char identity[NP_MAX_SEATS][IDENTITY];
    bool routes; /* the middle: names whom it writes to */
    zmq_msg_t letter;
    FrameWriter writer;
    FrameReader reader;
} Post;

static void post_open(Post *post, int type) {
    post->context = zmq_ctx_new();
    post->socket = open_socket(post->context, type);
    post->routes = type == ZMQ_ROUTER;
    zmq_msg_init(&post->letter);
    frame_writer_init(&post->writer);
    frame_reader_init(&post->reader);
}

static void post_close(Post *post) {
    frame_reader_finish(&post->reader);
    frame_writer_finish(&post->writer);
    zmq_msg_close(&post->letter);
    close_socket(post->context, post->socket);
}

/* What was packed, if anything was. */
static bool post_send(Post *post, SeatId seat) {
    if (post->writer.kind == FRAME_EMPTY) return true;
    Bytes frame = frame_bytes(&post->writer);
    bool sent = (!post->routes ||
                 zmq_send(post->socket, post->identity[seat], IDENTITY, ZMQ_SNDMORE) >= 0) &&
                zmq_send(post->socket, frame.at, frame.length, 0) >= 0;
    frame_clear(&post->writer);
    return sent;
}

static bool post_receive(Post *post, char identity[IDENTITY]) {
    return (!post->routes || zmq_recv(post->socket, identity, IDENTITY, 0) == IDENTITY) &&
           zmq_msg_recv(&post->letter, post->socket, 0) >= 0;
}

static bool post_read(Post *post, Frame *frame) {
    Bytes bytes = {zmq_msg_data(&post->letter), zmq_msg_size(&post->letter)};
    return frame_read(&post->reader, bytes, frame, NULL);
}

/* Every seat says once which it is. */
static bool meet_seats(Post *post, unsigned seats) {
    char identity[IDENTITY];
    for (unsigned i = 0; i < seats; i++) {
        if (!post_receive(post, identity) || zmq_msg_size(&post->letter) != 1) return false;
        unsigned seat = *(const uint8_t *)zmq_msg_data(&post->letter);
        if (seat >= seats) return false;
        memcpy(post->identity[seat], identity, IDENTITY);
    }
    return true;
}

static bool go_step(Post *post, Grant grant, unsigned live) {
    char identity[IDENTITY];
    Frame frame;
    for (unsigned run = 1; run <= live; run++) {
        grant.run = run;
        if (!frame_add_grant(&post->writer, &grant, NULL)) return false;
        if (run % PORTION == 0 && !post_send(post, grant.seat)) return false;
    }
    if (!post_send(post, grant.seat)) return false;
    for (unsigned heard = 0; heard < live; heard += frame.answers.answers)
        if (!post_receive(post, identity) || !post_read(post, &frame) ||
            frame.kind != FRAME_ANSWERS)
            return false;
    return true;
}

static bool go_steps(Post *post, const Exchange *exchange, double *seconds) {
    if (!meet_seats(post, exchange->seats)) return false;
    int64_t began = wall_monotonic_ns();
    for (unsigned i = 0; i < exchange->times * exchange->steps; i++)
        if (!go_step(post, exchange->grant[i % exchange->steps], exchange->live)) return false;
    *seconds = (double)(wall_monotonic_ns() - began) * 1e-9;
    for (unsigned seat = 0; seat < exchange->seats; seat++) {
        frame_goodbye(&post->writer, NULL);
        post_send(post, (SeatId)seat);
    }
    return true;
}

bool exchange_lead(const Exchange *exchange, double *seconds, Error *error) {
    Post post;
    post_open(&post, ZMQ_ROUTER);
    bool good = zmq_bind(post.socket, exchange->address) == 0 && go_steps(&post, exchange, seconds);
    if (!good)
        error_set(error, ERROR_UNAVAILABLE, "the exchange without negotiating failed: %s",
                  zmq_strerror(zmq_errno()));
    post_close(&post);
    return good;
}

/* The seat's next step after that one, around and around. */
static unsigned next_step(const Exchange *exchange, SeatId seat, unsigned step) {
    do step = (step + 1) % exchange->steps;
    while (exchange->grant[step].seat != seat);
    return step;
}

/* Answers all grants of a frame, which may be part of a step, or of two. */
static bool obey_frame(Post *post, const Exchange *exchange, SeatId seat, unsigned at[2]) {
    Frame frame;
    if (!post_read(post, &frame) || frame.kind != FRAME_ORDERS) return false;
    for (uint32_t i = 0; i < frame.orders.grants; i++) {
        if (at[1]++ % exchange->live == 0) at[0] = next_step(exchange, seat, at[0]);
        Answer answer = exchange->answer[at[0]];
        answer.run = frame.orders.grant[i].run;
        if (!frame_add_answer(&post->writer, &answer, NULL)) return false;
    }
    return post_send(post, seat);
}

bool exchange_follow(const Exchange *exchange, SeatId seat) {
    Post post;
    const int reconnect_ms = 5;
    unsigned at[2] = {exchange->steps - 1, 0}; /* the step, and how many grants were answered */
    post_open(&post, ZMQ_DEALER);
    zmq_setsockopt(post.socket, ZMQ_RECONNECT_IVL, &reconnect_ms, sizeof reconnect_ms);
    bool good =
        zmq_connect(post.socket, exchange->address) == 0 && zmq_send(post.socket, &seat, 1, 0) >= 0;
    while (good && post_receive(&post, NULL)) good = obey_frame(&post, exchange, seat, at);
    post_close(&post);
    return good;
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
