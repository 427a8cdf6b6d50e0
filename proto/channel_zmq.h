/* The ZeroMQ channel: ROUTER at the broker, DEALER at each agent, protobuf frames (PROTOCOL.md). */
#ifndef PROTO_CHANNEL_ZMQ_H
#define PROTO_CHANNEL_ZMQ_H

#include "proto/channel.h"

/* How both ends wait. Spinning helps where cores are free and hurts where they are shared. */
typedef struct Waiting {
    int spin_us; /* look this long before sleeping; 0: sleep at once */
} Waiting;

/* Where and as whom to meet. `curve_*` are for tcp (key bound to a seat) and NULL over ipc. */
typedef struct Endpoint {
    const char *address; /* "ipc:///…/broker", "tcp://127.0.0.1:5555" */
    const char *curve_public, *curve_secret, *curve_server; /* Z85, or NULL */
    Waiting waiting;
} Endpoint;

/* The broker's end. Binds at once. Seats that the channel waits for are given by id; a hello for an
 * unknown or taken seat is refused with a reason. `wake_fd` (or -1) is a descriptor that ends a wait
 * with ARRIVAL_NOTICE when readable. */
Channel *channel_zmq_bind(const Endpoint *endpoint, const char *const *seat_ids, uint8_t seats,
                          int wake_fd, Error *error);

/* The agent's end. */
typedef struct AgentChannel AgentChannel;

typedef enum OrderKind {
    ORDER_NOTHING,   /* the timeout passed */
    ORDER_OPEN_RUN,  /* `brief`: a run begins */
    ORDER_GRANT,     /* `grant`: answer it with agent_channel_answer */
    ORDER_CLOSE_RUN, /* `run` is over */
    ORDER_GOODBYE    /* the broker is done with this agent, or gone */
} OrderKind;

typedef struct Order {
    OrderKind kind;
    uint64_t run;
    Brief brief;
    Grant grant;
} Order;

/* What an agent says of itself in its hello. */
typedef struct Introduction {
    const char *seat;     /* seat id */
    const char *strategy; /* what it plays, for people; NULL: as the brief says */
    bool deterministic;
} Introduction;

/* Connects and says hello; waits at most patience_ms for the welcome. ERROR_UNAVAILABLE when nobody
 * answers, ERROR_PROTOCOL when versions do not meet, ERROR_USAGE when the seat is refused. */
AgentChannel *agent_channel_connect(const Endpoint *endpoint, const Introduction *introduction,
                                    int patience_ms, Error *error);
/* Next order of the frame at hand, or of the next frame. What it points to is borrowed until the
 * frame's last order was taken and the next call made; a brief lives until its run is closed.
 * `order->brief.terms` belongs to the channel. */
bool agent_channel_next(AgentChannel *channel, int timeout_ms, Order *order, Error *error);
/* Queues an answer; all answers to one frame go out as one frame when its last order was obeyed. */
bool agent_channel_answer(AgentChannel *channel, const Answer *answer, Error *error);
/* Tells the broker that this agent cannot go on with a run, and why (a strategy that refused to open). */
bool agent_channel_fault(AgentChannel *channel, const char *why);
void agent_channel_close(AgentChannel *agent);

#endif
