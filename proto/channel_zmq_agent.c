/* The agent's end: one DEALER, and the orders of the frame at hand. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/base/run_index.h"
#include "core/base/text.h"
#include "proto/channel_zmq_socket.h"
#include "proto/dossier_shelf.h"

enum { MAX_OPEN_RUNS = 1 << 17, SEND_PATIENCE_MS = 5000, FRAMES_A_CALL = 64 };

/* A run that is open. Kept for reuse when it is closed. */
typedef struct AgentRun {
    struct AgentRun *spare;
    OpenRun open; /* `strategy` points below */
    HeldDossier *dossier;
    char strategy[CODEC_MAX_TEXT + 1];
} AgentRun;

struct AgentChannel {
    WireSocket wire;
    FrameReader reader;
    FrameWriter hello, answers;
    DossierShelf shelf;
    RunIndex runs;
    AgentRun *spare;
    AgentRun *closing; /* its close was the latest order; it ends with the next call */
    Orders orders;     /* of the frame at hand, from `next` on */
    uint32_t next;
    bool gone; /* the broker said goodbye, or vanished */
    zmq_msg_t part;
};

/* --- sending --- */

static bool send_frame(AgentChannel *agent, Bytes frame) {
    return zmq_send(agent->wire.socket, frame.at, frame.length, 0) >= 0;
}

static bool send_answers(AgentChannel *agent) {
    if (agent->answers.kind == FRAME_EMPTY) return true;
    bool sent = send_frame(agent, frame_bytes(&agent->answers));
    frame_clear(&agent->answers);
    if (!sent) agent->gone = true;
    return sent;
}

bool agent_channel_answer(AgentChannel *agent, const Answer *answer, Error *error) {
    if (frame_full(&agent->answers)) send_answers(agent);
    return frame_add_answer(&agent->answers, answer, error);
}

bool agent_channel_fault(AgentChannel *agent, const char *why) {
    send_answers(agent);
    frame_fault(&agent->answers, why);
    bool sent = send_frame(agent, frame_bytes(&agent->answers));
    frame_clear(&agent->answers);
    return sent;
}

/* --- runs --- */

static void run_release(AgentChannel *agent, AgentRun *run) {
    shelf_release(run->dossier);
    run->spare = agent->spare;
    agent->spare = run;
}

static AgentRun *run_new(AgentChannel *agent) {
    AgentRun *run = agent->spare;
    if (!run) return memory_new(1, sizeof *run);
    agent->spare = run->spare;
    return run;
}

static bool give_open_run(AgentChannel *agent, const OpenRun *open, Order *order, Error *error) {
    if (run_index_find(&agent->runs, open->run) || agent->runs.count >= MAX_OPEN_RUNS)
        return error_set(error, ERROR_PROTOCOL, "the broker opens a run twice, or too many");
    HeldDossier *dossier = shelf_take(&agent->shelf, open->dossier);
    if (!dossier) return error_set(error, ERROR_PROTOCOL, "the broker names an unknown dossier");
    AgentRun *run = run_new(agent);
    run->open = *open;
    run->dossier = dossier;
    snprintf(run->strategy, sizeof run->strategy, "%s", open->strategy);
    run_index_add(&agent->runs, open->run, run);
    const Dossier *told = &dossier->dossier;
    if (open->seat >= told->terms.seats)
        return error_set(error, ERROR_PROTOCOL, "the broker gives a seat that does not exist");
    order->kind = ORDER_OPEN_RUN;
    order->brief = (Brief){.run = open->run,
                           .seat = open->seat,
                           .terms = &told->terms,
                           .profile = &told->profile,
                           .library = told->library,
                           .luck = open->luck,
                           .strategy = run->strategy};
    return true;
}

static bool give_grant(AgentChannel *agent, const Grant *grant, Order *order, Error *error) {
    const AgentRun *run = run_index_find(&agent->runs, grant->run);
    if (!run) return error_set(error, ERROR_PROTOCOL, "the broker grants a run that is not open");
    for (uint32_t i = 0; i < grant->observations; i++)
        if (!observation_fits(&run->dossier->dossier.terms, run->open.seat, grant->observation[i]))
            return error_set(error, ERROR_PROTOCOL, "the broker tells of what does not exist");
    order->kind = ORDER_GRANT;
    order->grant = *grant;
    order->grant.seat = run->open.seat;
    return true;
}

/* A run that is not known was never opened here: there is nothing to close. */
static void give_close_run(AgentChannel *agent, uint64_t run, Order *order) {
    agent->closing = run_index_remove(&agent->runs, run);
    if (agent->closing) order->kind = ORDER_CLOSE_RUN;
}

/* --- orders --- */

static uint32_t orders_count(const Orders *orders) {
    return orders->open_runs + orders->grants + orders->close_runs;
}

static bool give_next(AgentChannel *agent, Order *order, Error *error) {
    const Orders *orders = &agent->orders;
    uint32_t next = agent->next++;
    order->kind = ORDER_NOTHING;
    if (next < orders->open_runs) {
        order->run = orders->open_run[next].run;
        return give_open_run(agent, &orders->open_run[next], order, error);
    }
    next -= orders->open_runs;
    if (next < orders->grants) {
        order->run = orders->grant[next].run;
        return give_grant(agent, &orders->grant[next], order, error);
    }
    order->run = orders->close_run[next - orders->grants];
    give_close_run(agent, order->run, order);
    return true;
}

static bool take_orders(AgentChannel *agent, const Orders *orders, Error *error) {
    for (uint32_t i = 0; i < orders->dossiers; i++)
        if (!shelf_put(&agent->shelf, &orders->dossier[i], error)) return false;
    agent->orders = *orders;
    agent->next = 0;
    return true;
}

static bool take_frame(AgentChannel *agent, Error *error) {
    Frame frame;
    if (wire_socket_drain(&agent->wire, &agent->part))
        return error_set(error, ERROR_PROTOCOL, "the broker sent a message of many parts");
    if (!frame_read(&agent->reader, wire_bytes(&agent->part), &frame, error)) return false;
    switch (frame.kind) {
    case FRAME_EMPTY:
    case FRAME_WELCOME: return true;
    case FRAME_ORDERS: return take_orders(agent, &frame.orders, error);
    case FRAME_GOODBYE: agent->gone = true; return true;
    default: return error_set(error, ERROR_PROTOCOL, "the broker sent what only an agent sends");
    }
}

static bool give_goodbye(Order *order) {
    order->kind = ORDER_GOODBYE;
    return true;
}

/* Frames that came before the broker vanished are still obeyed. */
static bool frame_waits(AgentChannel *agent, int64_t until_us, bool *timeout) {
    switch (wire_socket_wait(&agent->wire, &agent->part, agent->gone ? 0 : until_us)) {
    case WAKENING_FRAME: return true;
    case WAKENING_PEERS: agent->gone |= wire_socket_peers(&agent->wire).lost; return false;
    default: *timeout = true; return false;
    }
}

bool agent_channel_next(AgentChannel *agent, int timeout_ms, Order *order, Error *error) {
    int64_t until_us = wire_deadline(timeout_ms);
    bool timeout = false;
    if (agent->closing) run_release(agent, agent->closing);
    agent->closing = NULL;
    order->kind = ORDER_NOTHING;
    for (int frames = 0; frames < FRAMES_A_CALL && !timeout;) {
        while (agent->next < orders_count(&agent->orders)) {
            if (!give_next(agent, order, error)) return false;
            if (order->kind != ORDER_NOTHING) return true;
        }
        send_answers(agent);
        if (!frame_waits(agent, until_us, &timeout)) continue;
        agent->orders = (Orders){0};
        if (!take_frame(agent, error)) return false;
        frames++;
    }
    return agent->gone && timeout ? give_goodbye(order) : true;
}

/* --- beginning and end --- */

static bool refused(const Refusal *refusal, Error *error) {
    char text[512];
    ErrorKind kind = refusal->why == REFUSAL_VERSION ? ERROR_PROTOCOL : ERROR_USAGE;
    text_safe(text, sizeof text, refusal->text);
    return error_set(error, kind, "the broker refused: %s", text);
}

/* True when the wait for a welcome is over, well or not. */
static bool take_first(AgentChannel *agent, bool *welcome, Error *error) {
    Frame frame;
    bool many = wire_socket_drain(&agent->wire, &agent->part);
    if (many || !frame_read(&agent->reader, wire_bytes(&agent->part), &frame, error)) {
        error_set(error, ERROR_PROTOCOL, "what answers is not a broker");
        return true;
    }
    if (frame.kind == FRAME_EMPTY) return false;
    if (frame.kind == FRAME_REFUSED)
        refused(&frame.refused, error);
    else if (frame.kind != FRAME_WELCOME || frame.version < CODEC_LOWEST_VERSION ||
             frame.version > CODEC_HIGHEST_VERSION)
        error_set(error, ERROR_PROTOCOL, "the broker answered a hello with something else");
    else
        *welcome = true;
    agent->gone = wire_socket_peers(&agent->wire).alone;
    return true;
}

/* A broker that went away before it answered may come back, and has not heard the hello. */
static void hear_peers(AgentChannel *agent, bool *lost) {
    PeerNews news = wire_socket_peers(&agent->wire);
    if (news.met && *lost) send_frame(agent, frame_bytes(&agent->hello));
    if (news.met) *lost = false;
    if (news.lost) *lost = true;
}

static bool await_welcome(AgentChannel *agent, const Endpoint *endpoint, int patience_ms,
                          Error *error) {
    int64_t until_us = wire_deadline(patience_ms);
    bool welcome = false, lost = false;
    while (wire_now_us() < until_us) {
        Wakening seen = wire_socket_wait(&agent->wire, &agent->part, until_us);
        if (seen == WAKENING_PEERS) hear_peers(agent, &lost);
        if (seen != WAKENING_FRAME || !take_first(agent, &welcome, error)) continue;
        /* Its welcome may be read after the news that it is gone. */
        agent->gone |= lost;
        return welcome;
    }
    return error_set(error, ERROR_UNAVAILABLE, "nobody answers at %s", endpoint->address);
}

static bool say_hello(AgentChannel *agent, const Introduction *introduction) {
    const Hello hello = {CODEC_LOWEST_VERSION,        CODEC_HIGHEST_VERSION,
                         introduction->seat,          introduction->strategy,
                         introduction->deterministic, "nonpaper " NONPAPER_VERSION};
    frame_hello(&agent->hello, &hello);
    return send_frame(agent, frame_bytes(&agent->hello));
}

static bool meet(AgentChannel *agent, const Endpoint *endpoint, const Introduction *introduction,
                 Error *error) {
    const int patience = SEND_PATIENCE_MS;
    if (!wire_socket_open(&agent->wire, ZMQ_DEALER, endpoint, error)) return false;
    zmq_setsockopt(agent->wire.socket, ZMQ_SNDTIMEO, &patience, sizeof patience);
    if (zmq_connect(agent->wire.socket, endpoint->address) == 0 && say_hello(agent, introduction))
        return true;
    return error_set(error, ERROR_UNAVAILABLE, "%s: %s", endpoint->address,
                     zmq_strerror(zmq_errno()));
}

AgentChannel *agent_channel_connect(const Endpoint *endpoint, const Introduction *introduction,
                                    int patience_ms, Error *error) {
    AgentChannel *agent = memory_new(1, sizeof *agent);
    frame_reader_init(&agent->reader);
    frame_writer_init(&agent->hello);
    frame_writer_init(&agent->answers);
    zmq_msg_init(&agent->part);
    if (meet(agent, endpoint, introduction, error) &&
        await_welcome(agent, endpoint, patience_ms, error))
        return agent;
    agent->gone = true; /* nobody to say goodbye to */
    agent_channel_close(agent);
    return NULL;
}

static void forget_runs(AgentChannel *agent) {
    uint32_t cursor = 0;
    if (agent->closing) run_release(agent, agent->closing);
    for (AgentRun *run; (run = run_index_next(&agent->runs, &cursor));) run_release(agent, run);
    for (AgentRun *run = agent->spare; run; run = agent->spare) {
        agent->spare = run->spare;
        memory_free(run);
    }
    run_index_finish(&agent->runs);
    shelf_finish(&agent->shelf);
}

void agent_channel_close(AgentChannel *agent) {
    if (!agent) return;
    if (!agent->gone) {
        send_answers(agent);
        frame_goodbye(&agent->answers, NULL);
        send_frame(agent, frame_bytes(&agent->answers));
    }
    forget_runs(agent);
    zmq_msg_close(&agent->part);
    wire_socket_close(&agent->wire);
    frame_writer_finish(&agent->hello);
    frame_writer_finish(&agent->answers);
    frame_reader_finish(&agent->reader);
    memory_free(agent);
}
