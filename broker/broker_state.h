/* Inside the broker: what it holds, and what its rooms do for each other. Not for other folders. */
#ifndef BROKER_BROKER_STATE_H
#define BROKER_BROKER_STATE_H

#include "broker/broker.h"
#include "core/base/run_index.h"

/* One negotiation being played. */
typedef struct Play {
    Referee *referee;
    const BrokerRun *run; /* NULL: free */
    int64_t waited_ns;    /* since when its answers are waited for; 0: not yet */
    SimTime shown;        /* simulated time up to which a paced run was shown */
    uint64_t events;      /* so far */
    SeatSet gone; /* seats whose agents are not heard any more, the run going on without them; */
    SeatSet replaced; /* ... of those: played by somebody of the reserve */
} Play;

struct Broker {
    Channel *channel;
    BrokerOptions options;
    BrokerSink sink;
    Play *play;            /* [options.live] */
    RunIndex under_way;    /* the plays of runs that go on */
    uint32_t active;       /* ... how many */
    const BrokerRun *runs; /* [opened]: those that were begun */
    uint64_t opened;
    SeatSet ready; /* has an agent */
    SeatSet lost;  /* had one, and waits for it to be started again */
    SeatSet back;  /* of the lost: has one again, that is still to be told what its seat was told */
    SeatSet failed; /* has none, and will have none */
    int64_t lost_ns[NP_MAX_SEATS];
    uint32_t losses[NP_MAX_SEATS];
    char failure[NP_MAX_SEATS][256]; /* what each lost or failed seat did */
};

/* roster.c: who is there */
void roster_lose(Broker *broker, SeatId seat, const char *what); /* started again, or failed */
void roster_fail(Broker *broker, SeatId seat, const char *what); /* for good */
void roster_wait(Broker *broker); /* patience with those who were asked begins to run */
void roster_patience(Broker *broker);
/* Who has not come in time is started again. False where nobody starts agents. */
bool roster_lose_the_absent(Broker *broker, const Terms *terms, Error *error);
/* Tells those who are back what their seats were told: one after the other, each in every live run. */
bool roster_restore(Broker *broker, Error *error);
void roster_arrival(Broker *broker, const Arrival *arrival);

/* play.c: one run from its opening to its end */
bool play_open(Broker *broker, Play *play, const BrokerRun *run, Error *error);
bool play_advance(Broker *broker, Play *play, Error *error);
bool play_can_go_on(const Play *play);
bool play_has_seat(const Play *play, SeatId seat); /* is under way, and the seat is at its table */
bool play_hears(const Play *play, SeatId seat);    /* ... and its agent has a say in it */
/* Tells a referee of the run's changes of negotiation. */
bool play_stage(const BrokerRun *run, Referee *referee, Error *error);
const char *play_substitute(const Play *play, SeatId seat); /* who takes over for it */
/* What a seat of the play is told at its opening. */
Brief play_brief(const Play *play, SeatId seat);

/* restart.c: an agent that was started again is told all that its seat was told */
bool restart_catch_up(Broker *broker, Play *play, SeatId seat, Error *error);
/* So is who takes over for a seat whose agent failed. */
bool restart_replace(Broker *broker, Play *play, SeatId seat, Error *error);

/* reserve.c: who takes over answers at once */
/* `take` gets the answer; false with what went wrong in `why` when there is none. */
typedef struct ReserveTaker {
    void *context;
    bool (*take)(void *context, const Answer *answer, Error *why);
} ReserveTaker;
bool reserve_open(Broker *broker, const Play *play, SeatId seat, Error *why);
bool reserve_ask(Broker *broker, const Grant *grant, ReserveTaker taker, Error *why);
/* Asks all of the play's replaced seats that are waiting. */
void reserve_answer(Broker *broker, Play *play);
void reserve_close(Broker *broker, const Play *play);
/* The play's seats for which somebody is to take over, by the events of its latest advance. */
bool reserve_take_over(Broker *broker, Play *play, Error *error);

/* broker.c */
bool broker_asked_to_stop(const Broker *broker);
int broker_remaining_ms(int64_t until_ns);

#endif
