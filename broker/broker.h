/* The broker: drives referees over a channel, keeps the roster of seats, rules on patience. Knows
 * neither files nor screens: what happens goes to a sink. */
#ifndef BROKER_BROKER_H
#define BROKER_BROKER_H

#include "core/referee/referee.h"
#include "core/referee/script.h"
#include "proto/channel.h"

typedef struct Broker Broker;

/* Where events and verdicts go. Slots may fail, which ends the broker's work with that error. */
typedef struct BrokerSink {
    void *context;
    /* Events of a run in order, before any grant that reveals them goes out. */
    bool (*events)(void *context, uint64_t run, const Event *events, const uint8_t *bytes,
                   const uint32_t *offsets, uint32_t count, Error *error);
    bool (*verdict)(void *context, uint64_t run, const Verdict *verdict, Error *error);
    /* Adds all events of a live run so far to the script; for agents that are started again and for those who
     * take over. Optional where there are none. */
    bool (*recall)(void *context, uint64_t run, Script *script, Error *error);
    /* The broker has been waiting for a while and will go on: a good moment to make things safe.
     * Optional. */
    bool (*quiet)(void *context, Error *error);
} BrokerSink;

/* A scripted prefix: until simulated time `until` the seats in `fed` do what the script says (they are told
 * everything all the same); the others are asked from the start. A fault in the script is fed to whoever it
 * names. Verify feeds external seats for ever, resume until the record ends, a branch until it parts. */
typedef struct Prefix {
    const Script *script;
    SeatSet fed;
    SeatSet ever; /* fed to the end, whatever `until` says */
    SimTime until;
    /* Negotiations that hold from some time on, in order; agents are told the last one. */
    struct PrefixStage {
        const Negotiation *negotiation;
        SimTime from;
        bool reseeds; /* chance is another seed's from then on */
        uint64_t seed;
    } stage[REFEREE_MAX_SWITCHES];
    uint32_t stages;
    /* The run as it was recorded, when it is played again: faults in it came from outside the negotiation
     * and happen again where they did, whenever that was; where it ends, those of the script do, until `until`. */
    const Script *faults;
} Prefix;

/* One run to be driven. */
typedef struct BrokerRun {
    uint64_t run;
    const Negotiation *negotiation;
    uint64_t seed;
    const char *const *strategy; /* specification per seat */
    const Prefix *prefix;        /* NULL: live from the start */
    SeatSet
        external; /* people and undeclared processes: who comes back need not answer as before */
} BrokerRun;

typedef struct BrokerOptions {
    Channel *reserve; /* in memory: who takes over where the scenario says so. NULL: nobody */
    int patience_ms;  /* an agent that has not answered a grant by then is at fault; -1: for ever */
    int welcome_ms;   /* patience for agents to appear */
    uint32_t live;    /* runs at once, at least 1 */
    double pace_s;    /* wall-clock seconds per simulated day; 0: as fast as possible */
    /* Asked between waits; true stops cleanly: what was recorded stays. May be NULL. */
    bool (*stop)(void *context);
    /* Called when the channel reports ARRIVAL_NOTICE; may name a failed seat by filling `what`. Of a seat that
     * is being revived only the new agent's failure is news. */
    bool (*notice)(void *context, SeatId *seat, char *what, size_t size);
    /* Told that nobody listens to a seat's agent any more: it may be ended. May be NULL. */
    void (*dismiss)(void *context, SeatId seat);
    /* Asked to start a lost seat's agent again; false when it cannot be. May be NULL. */
    bool (*revive)(void *context, SeatId seat, const char *what);
    uint32_t restarts; /* of each seat's agent at most; 0: a lost agent is a fault at once */
    void *context;
} BrokerOptions;

/* Channel and negotiation are borrowed. */
Broker *broker_create(Channel *channel, const BrokerOptions *options, BrokerSink sink);
void broker_destroy(Broker *broker);
/* Waits until every seat's agent is ready (channels that need no waiting are ready at once). */
bool broker_wait_ready(Broker *broker, const Terms *terms, Error *error);
/* Drives the runs to their ends, `live` at a time. ERROR_STOPPED when stopped on request. */
bool broker_drive(Broker *broker, const BrokerRun *runs, uint64_t count, Error *error);

#endif
