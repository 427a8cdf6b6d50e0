/* Inside the broker's end of the ZeroMQ channel: its seats' lines, and what its files do for one another. */
#ifndef PROTO_CHANNEL_ZMQ_BROKER_H
#define PROTO_CHANNEL_ZMQ_BROKER_H

#include "proto/channel_zmq_socket.h"
#include "proto/dossier_shelf.h"

enum { MAX_IDENTITY = 255 };

typedef enum Presence {
    SEAT_EMPTY, /* nobody yet; orders wait for whoever comes */
    SEAT_PRESENT,
    SEAT_FAILED,
    SEAT_FORGOTTEN /* nobody any more; whoever comes is told everything anew */
} Presence;

typedef struct SeatLine {
    char *id;
    Presence presence;
    bool told;        /* the broker knows of the failure */
    bool declared;    /* the agent said so itself */
    uint32_t version; /* that its agent speaks, once it is present */
    uint32_t needed;  /* that its agent must speak to understand what was queued for it */
    uint8_t identity_length;
    uint8_t identity[MAX_IDENTITY];
    FrameWriter orders; /* queued, or not yet taken by the socket */
    DossierLedger ledger;
    char failure[256];
} SeatLine;

/* Whoever had a seat once knows what its agent knew. */
typedef struct PastPeer {
    SeatId seat;
    uint8_t length;
    uint8_t identity[MAX_IDENTITY];
} PastPeer;

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
    PastPeer *past;   /* who has had a seat: none of them gets another one */
    size_t pasts;
} BrokerChannel;

static inline BrokerChannel *broker_channel(Channel *channel) {
    return (BrokerChannel *)channel;
}

static inline bool line_vacant(const SeatLine *line) {
    return line->presence == SEAT_EMPTY || line->presence == SEAT_FORGOTTEN;
}

/* --- lines: channel_zmq_line.c --- */

typedef enum Sending { SENT, SEND_LATER, SEND_GONE } Sending;

/* Never blocks: a peer that does not take its frames gets them later, or not at all. */
Sending router_send(BrokerChannel *broker, const void *identity, size_t length, Bytes frame);
Sending line_send(BrokerChannel *broker, SeatLine *line, Bytes frame);
void line_flush(BrokerChannel *broker, SeatLine *line);
/* The seat's agent has failed; the first reason stays. */
void line_fail(SeatLine *line, const char *why);

bool router_open_run(Channel *channel, const Brief *brief, Error *error);
bool router_grant(Channel *channel, const Grant *grant, Error *error);
bool router_flush(Channel *channel, Error *error);
bool router_close_run(Channel *channel, uint64_t run, SeatSet seats, Error *error);
void router_forget(Channel *channel, SeatId seat);

/* --- greetings: channel_zmq_greeting.c --- */

/* Did the line's agent send the message at hand? */
bool line_is_sender(const BrokerChannel *broker, const SeatLine *line);
/* Welcomes or refuses. True when it makes an arrival. */
bool greeting_take(BrokerChannel *broker, const Hello *hello, Arrival *arrival);

#endif
