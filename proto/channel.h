/* A channel carries the conversation between the broker and its seats, in plain grants and answers.
 * Over ZeroMQ it encodes and frames; in memory it hands the values over. One frame may carry grants, or
 * answers, of many runs at once.
 *
 * The broker's end. Calls come from one thread. */
#ifndef PROTO_CHANNEL_H
#define PROTO_CHANNEL_H

#include "core/base/error.h"
#include "core/referee/grant.h"

typedef struct Channel Channel;

/* What came in. */
typedef enum ArrivalKind {
    ARRIVAL_NOTHING, /* the timeout passed */
    ARRIVAL_READY, /* the seat's agent said hello and was welcomed: `seat`, `detail` its strategy */
    ARRIVAL_ANSWERS, /* `answers` of one seat */
    ARRIVAL_FAULT,   /* the seat's agent failed: `detail` says how; it will not answer again */
    ARRIVAL_NOTICE /* something else wants the broker's attention: the `wake` descriptor is readable */
} ArrivalKind;

typedef struct Arrival {
    ArrivalKind kind;
    SeatId seat;
    uint32_t answers;
    const Answer *answer; /* borrowed until the next receive */
    char detail[256];     /* safe to print */
    bool deterministic;   /* READY: the agent says so of itself */
    bool declared; /* FAULT: the agent says itself that it cannot go on; another would not either */
} Arrival;

typedef struct ChannelType {
    const char *name; /* "memory", "ipc", "tcp" */
    /* Tells each seat of a run that begins: its brief. Queued; goes out with the next send. */
    bool (*open_run)(Channel *channel, const Brief *brief, Error *error);
    /* Queues a grant for its seat. The grant's arrays need not outlive the call. */
    bool (*grant)(Channel *channel, const Grant *grant, Error *error);
    /* Sends what is queued, one frame a seat. Does not block. */
    bool (*flush)(Channel *channel, Error *error);
    /* Waits for the next arrival, at most timeout_ms (-1: for ever; 0: only look). False only when the
     * channel itself broke. */
    bool (*receive)(Channel *channel, int timeout_ms, Arrival *arrival, Error *error);
    /* Tells those seats that a run is over. Queued. */
    bool (*close_run)(Channel *channel, uint64_t run, SeatSet seats, Error *error);
    /* Forgets a seat's agent, so that another may take the seat: ARRIVAL_READY tells when.
     * What is queued for the seat until then is dropped. Optional: without it an agent that is lost
     * stays lost. */
    void (*forget)(Channel *channel, SeatId seat);
    /* Says goodbye, releases everything. Mandatory. */
    void (*destroy)(Channel *channel);
} ChannelType;

struct Channel {
    const ChannelType *type;
};

#endif
