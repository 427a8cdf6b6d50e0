/* Inside the referee: what one run holds. Not for other folders. */
#ifndef CORE_REFEREE_RUN_STATE_H
#define CORE_REFEREE_RUN_STATE_H

#include "core/base/agenda.h"
#include "core/negotiation/session.h"
#include "core/referee/referee.h"

/* What comes first at one moment. Other settings take over; offers run out before moves are made; a move at the deadline still
 * counts; what seats hear comes last. */
typedef enum Rank {
    RANK_CHANGE,
    RANK_EXPIRY,
    RANK_MOVE,
    RANK_TURN_END,
    RANK_VOTE,
    RANK_STALL,
    RANK_DEADLINE,
    RANK_WAKE
} Rank;

enum { NO_MOVE = UINT32_MAX }; /* the end of the list of free places */

/* A move on its way to the table. */
typedef struct PendingMove {
    Action action;
    uint8_t refusal; /* fed: the Ruling by which it was refused then; NP_RULING_OK otherwise */
    SimTime decided_at;
    uint64_t cause;
    uint32_t next_free;
} PendingMove;

/* What one seat has come to know and was not yet told, and when it is to be asked. */
typedef struct Inbox {
    Observation *seen;           /* [count] */
    uint64_t *event;             /* [count]: the event behind each */
    const Observation **pointer; /* [count], for the grant */
    uint32_t count, capacity;
    Occasion *occasion;
    uint32_t occasions, occasion_capacity;
    uint64_t told;     /* latest event told before the present grant */
    SimTime wake;      /* pending wake-up, or NP_NEVER */
    uint32_t sequence; /* of this seat's agenda entries */
} Inbox;

/* Demands as they come together. */
typedef struct Convergence {
    SeatSet demanded;                          /* seats that have tabled a complete package */
    Utility worth[NP_MAX_SEATS][NP_MAX_SEATS]; /* [i][j]: to i of j's latest demand */
    Utility progress[NP_MAX_SEATS];            /* demand at the seat's latest progress */
    SimTime progress_at;
    uint64_t progress_event;
} Convergence;

struct Referee {
    const Negotiation *negotiation;
    uint64_t seed, run;
    Session session;
    Agenda agenda;
    Convergence convergence;
    Verdict verdict;
    DigestState digest;

    PendingMove *move; /* pool; the agenda's payload is an index */
    uint32_t moves, move_capacity, free_move;
    Inbox inbox[NP_MAX_SEATS];
    uint64_t offer_event[NP_MAX_TABLES][NP_MAX_SEATS]; /* the event of each seat's standing offer */
    bool turn_asked;                    /* the seat on turn has its grant */
    bool fresh;                         /* opened, and nothing of it was read yet */
    SimTime now;                        /* time of the latest event or occasion */
    SimTime ruled_until;                /* the end of the latest window */
    SimTime stop_at;                    /* no window goes past this */
    SimTime fed_until[NP_MAX_SEATS];    /* what the seat replies before then is discarded */
    struct Switch {
        const Negotiation *next;
        SimTime at;
    } change[REFEREE_MAX_SWITCHES]; /* in the order in which they come */
    uint32_t changes, changed;      /* how many there are, how many have come */

    Outcome signed_package;          /* between signature and entry into force */
    const Negotiation *signed_under; /* which held then: whose ratifiers were called */
    uint64_t signature;              /* its event, 0 when nothing is signed */
    SeatSet signatories;
    uint32_t votes_due;

    Event *event; /* since the previous advance */
    uint32_t events, event_capacity;
    uint64_t last_event;
    uint8_t *bytes;
    uint32_t *offset; /* [events + 1] */
    uint32_t byte_capacity;
    Grant grant[NP_MAX_SEATS];
    uint32_t grants;
    SeatSet waiting;

    SeatId fault_seat; /* NP_NO_SEAT: none reported */
    char fault_text[EVENT_MAX_TEXT];
};

/* answers.c: a move on its way to the table */
void referee_schedule_move(Referee *referee, SeatId seat, const PendingMove *move, SimTime at);

/* events.c: telling what happened */
Event *event_begin(Referee *referee, EventKind kind, SimTime at, uint64_t cause);
/* Numbers, encodes and digests the latest event, and puts it into the inboxes of those who may see it. */
uint64_t event_tell(Referee *referee, Event *event);

/* inbox.c: what seats come to know */
void inbox_open(Inbox *inbox);
void inbox_add(Inbox *inbox, const Observation *observation, uint64_t event);
void inbox_ask(Inbox *inbox, SimTime at, bool woken, uint32_t observations);
void inbox_granted(Inbox *inbox); /* the previous grant was answered: forget it */
Grant inbox_grant(Inbox *inbox, uint64_t run, SeatId seat);
void inbox_finish(Inbox *inbox);

/* table.c: what happens at the table */
void table_rule(Referee *referee, AgendaEntry entry);
void table_end(Referee *referee, VerdictKind kind, Reason reason, SeatId seat, uint64_t cause);

/* ratification.c: who must say yes to what was signed */
bool ratification_call(Referee *referee); /* false when nobody need be asked */
void ratification_vote(Referee *referee, AgendaEntry entry);

/* prefix.c: the negotiation that was to take over does */
void prefix_switch(Referee *referee);
SimTime prefix_next_switch(const Referee *referee); /* NP_NEVER when none is to come */

/* convergence.c */
void convergence_open(Convergence *convergence);
/* Notes the demand of a tabled menu; fills the event's demand and distance. */
void convergence_offer(Referee *referee, SeatId seat, const Action *action, Event *event);

#endif
