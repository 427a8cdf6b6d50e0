/* Inside the referee: what one run holds. Not for other folders. */
#ifndef CORE_REFEREE_RUN_STATE_H
#define CORE_REFEREE_RUN_STATE_H

#include "core/base/agenda.h"
#include "core/negotiation/session.h"
#include "core/referee/referee.h"
#include "core/world/world.h"

/* What comes first at one moment. Other settings take over; offers run out, and the world moves, before
 * moves are made; with rounds, answers to what stands are ruled before new offers; a move at the deadline
 * still counts; what seats hear comes last. */
typedef enum Rank {
    RANK_CHANGE,
    RANK_EXPIRY,
    RANK_TICK,
    RANK_PULL,   /* of a lever, by the scenario; payload: PULL_* */
    RANK_EFFECT, /* of a lever, delayed; payload: an index of due */
    RANK_SHOCK,  /* payload: the shock */
    RANK_ANSWER, /* rounds: a move that answers what stands */
    RANK_ANSWERED,
    RANK_MOVE,
    RANK_TURN_END,
    RANK_MOVED, /* rounds: all that was to be said at this moment has been */
    RANK_VOTE,
    RANK_STALL,
    RANK_DEADLINE, /* payload: 1 when the talks break off by chance */
    RANK_STEP,     /* of a peace; payload: the step */
    RANK_HORIZON,
    RANK_SIGHT, /* a seat hears of a variable, late; payload: an index of due */
    RANK_ROUND,
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

/* What comes later of something that has happened: a lever's consequences, a sight of a variable. */
typedef struct Due {
    uint8_t number; /* the lever, the variable */
    double amount;  /* the change of its level; what is seen */
    uint64_t cause;
    uint32_t next_free;
} Due;

/* What one seat has come to know and was not yet told, and when it is to be asked. */
typedef struct Inbox {
    Observation *seen;           /* [count] */
    uint64_t *event;             /* [count]: the event behind each */
    const Observation **pointer; /* [count], for the grant */
    uint32_t count, capacity;
    uint32_t heard; /* of those, how many belong to occasions: the rest is heard on a later turn */
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
    Outcome progress[NP_MAX_SEATS];            /* what the seat demanded at its latest progress */
    SimTime progress_at;
    uint64_t progress_event;
} Convergence;

/* An agreement that is in force and looked at. */
typedef struct Aftermath {
    bool on;
    SimTime since;      /* entry into force */
    SimTime checked_at; /* the peace held until then */
    Outcome in_force;
    double worth;          /* of it to who might attack */
    uint64_t terms_event;  /* the implementation, or the latest step: what holds now holds by it */
    uint64_t latest_event; /* of the peace itself */
    Rng luck, probes;
} Aftermath;

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
    bool turn_due;                                     /* the seat on turn is still to be asked, */
    SimTime turn_at;                                   /* ... at this moment */
    bool fresh;                                        /* opened, and nothing of it was read yet */
    bool over;                                         /* the last event has happened */
    SimTime now;                                       /* time of the latest event or occasion */
    SimTime ruled_until;                               /* the end of the latest window */
    SimTime stop_at;                                   /* no window goes past this */
    SimTime fed_until[NP_MAX_SEATS]; /* what the seat replies before then is discarded */
    struct Switch {
        const Negotiation *next;
        SimTime at;
        uint64_t seed;              /* of chance from then on */
    } change[REFEREE_MAX_SWITCHES]; /* in the order in which they come */
    uint32_t changes, changed;      /* how many there are, how many have come */

    Outcome signed_package;          /* between signature and entry into force */
    const Negotiation *signed_under; /* which held then: whose ratifiers were called */
    uint64_t signature;              /* its event, 0 when nothing is signed */
    SeatSet signatories;
    uint32_t votes_due;

    /* Whose utilities count: the negotiation's, one of its types', or the run's own copy, which holds what the
     * seat was last told of its numbers. */
    const Profile *profile[NP_MAX_SEATS];
    Profile *own; /* [seats] as of now, then [seats] as briefed; NULL before a world needs them */
    uint32_t own_capacity;
    uint8_t type[NP_MAX_SEATS];

    World world; /* meaningless without a model */
    Due *due;    /* pool */
    uint32_t dues, due_capacity, free_due;
    uint32_t sequence; /* of agenda entries that are nobody's */
    SimTime shock_at[WORLD_MAX_SHOCKS];
    SimTime upkeep_since[NP_MAX_LEVERS];
    SimTime breaks_off_at;
    Rng leak[NP_MAX_TABLES], crossed;
    Aftermath aftermath;

    Event *event; /* since the previous advance */
    uint32_t events, event_capacity;
    uint64_t last_event;
    uint8_t *bytes;
    uint32_t *offset; /* [events + 1] */
    uint32_t byte_capacity;
    Grant grant[NP_MAX_SEATS];
    uint32_t grants;
    SeatSet waiting;

    SeatId
        fault_seat; /* the seat whose agent's failure ends the run; NP_NO_SEAT: none was reported */
    SeatSet failing; /* reported, and ruled when it is asked: the run goes on without that agent */
    SeatSet failed;  /* ruled: who fails once more ends the run */
    SeatSet silent;  /* of those: says nothing more */
    char fault_text[NP_MAX_SEATS][EVENT_MAX_TEXT];
};

/* answers.c: a move on its way to the table */
void referee_schedule_move(Referee *referee, SeatId seat, const PendingMove *move, SimTime at);
/* Answers for a seat that says nothing more: with turns it passes. */
void referee_answer_silence(Referee *referee, SeatId seat);
/* Its place is free again: borrowed until the next one is scheduled. */
const PendingMove *referee_take_move(Referee *referee, uint32_t payload);

/* events.c: telling what happened */
Event *event_begin(Referee *referee, EventKind kind, SimTime at, uint64_t cause);
/* Numbers, encodes and digests the latest event, and puts it into the inboxes of those who may see it. */
uint64_t event_tell(Referee *referee, Event *event);
void event_name(Event *event, const char *id); /* its text */
int64_t event_amount(double real);             /* in billionths, as far as they go */

/* inbox.c: what seats come to know */
void inbox_open(Inbox *inbox);
void inbox_add(Inbox *inbox, const Observation *observation, uint64_t event);
void inbox_ask(Inbox *inbox, SimTime at, bool woken, uint32_t observations);
void inbox_ask_of_all(Inbox *inbox, SimTime at); /* all that it has not yet been asked about */
void inbox_granted(Inbox *inbox);                /* the previous grant was answered: forget it */
Grant inbox_grant(Inbox *inbox, uint64_t run, SeatId seat);
void inbox_finish(Inbox *inbox);

/* referee.c */
Rng referee_stream(const Referee *referee, const char *kind, const char *id); /* "<kind>/<id>" */
void referee_forget_grants(Referee *referee); /* they were answered */
bool referee_asks(const Referee *referee);    /* may seats still move anything? */
/* In mechanisms with turns or rounds, seats hear of things when they are asked. */
static inline bool referee_tells_at_once(const Referee *referee) {
    const Mechanism *mechanism = referee->negotiation->terms.mechanism;
    return !mechanism->turns && !mechanism->rounds;
}

/* fault.c */
bool fault_can_be_ruled(const Referee *referee);
/* Tells the faults that were reported. False when that was the end of the run. */
bool fault_rule(Referee *referee);

/* table.c: every entry of the agenda */
void table_rule(Referee *referee, AgendaEntry entry);
void table_open(Referee *referee);
/* Leaks and crossed acceptances begin to draw from streams of the present seed. */
void table_open_luck(Referee *referee);
/* Draws the moment at which the talks break off by chance, after `from`. */
void table_draw_break(Referee *referee, SimTime from);

/* moves.c: what seats do at the table */
void moves_rule(Referee *referee, AgendaEntry entry);
void moves_rule_turn_end(Referee *referee, AgendaEntry entry);
/* Audiences come to know that these seats stand behind the package. */
void moves_expose(Referee *referee, SeatSet seats, const Outcome *package, uint64_t cause);

/* conclusion.c: what moves lead to */
void conclusion_rule(Referee *referee, const Effect *effect, uint64_t cause);
/* Concludes what has every consent now; with rounds a coin says which, if there are several. Cause 0: the event
 * that tabled it. */
void conclusion_settle(Referee *referee, uint64_t cause);
void conclusion_rule_round(Referee *referee, AgendaEntry entry);
/* Ends the offers that no longer fit; cause 0: each by the event that tabled it. */
void conclusion_lapse(Referee *referee, SimTime at, uint64_t cause);
void conclusion_tell_lapse(Referee *referee, const OfferPlace *place, uint64_t cause);
void conclusion_end(Referee *referee, VerdictKind kind, Reason reason, SeatId seat, uint64_t cause);
/* Nothing happens any more: the verdict is final. */
void conclusion_close(Referee *referee);

/* ratification.c: who must say yes to what was signed */
bool ratification_call(Referee *referee); /* false when nobody need be asked */
void ratification_vote(Referee *referee, AgendaEntry entry);

/* world_events.c: the world as it goes on. All of it does nothing without a model. */
void world_events_open(Referee *referee);
void world_events_switch(Referee *referee, SimTime at);
const WorldModel *world_events_model(const Referee *referee); /* NULL for none */
const Outcome *world_events_in_force(const Referee *referee);
/* Something other than a tick has moved it: what follows from that is reckoned again. */
void world_events_moved(Referee *referee, SimTime at, uint64_t cause);
void world_events_rule_tick(Referee *referee, AgendaEntry entry);
void world_events_rule_sight(Referee *referee, AgendaEntry entry);

/* due.c */
uint32_t due_add(Referee *referee, uint8_t number, double amount, uint64_t cause);
Due due_take(Referee *referee, uint32_t payload);
void due_schedule(Referee *referee, Rank rank, SimTime at, uint32_t payload);

/* levers.c */
void levers_open(Referee *referee);
void levers_switch(Referee *referee, SimTime at);
void levers_describe(Referee *referee, uint8_t number, double before, double level, Event *event);
/* What the LEVER event `cause` brings about, now or later. */
void levers_moved(Referee *referee, uint8_t number, double change, SimTime at, uint64_t cause);
/* To the seat's account, which holds no more than a million either way. */
void levers_charge(Referee *referee, SeatId seat, Utility cost);
void levers_charge_upkeep(Referee *referee, SimTime until);
void levers_rule_pull(Referee *referee, AgendaEntry entry);
void levers_rule_effect(Referee *referee, AgendaEntry entry);

/* consequences.c: what a lever or a shock does */
typedef struct Consequences {
    const Consequence *consequence;
    uint8_t count;
    SeatId seat; /* the lever's; NP_NO_SEAT */
    double scale;
} Consequences;
void consequences_follow(Referee *referee, const Consequences *all, SimTime at, uint64_t cause);

/* shocks.c */
void shocks_open(Referee *referee);
void shocks_switch(Referee *referee, const WorldModel *before, SimTime at);
void shocks_reseed(Referee *referee, SimTime at);
void shocks_rule(Referee *referee, AgendaEntry entry);
void shocks_rule_conditional(Referee *referee, SimTime at); /* at a tick */

/* appraisal.c: what the world does to a seat's own numbers */
void appraisal_open(Referee *referee); /* types drawn, start values set: nobody is told */
void appraisal_tell_types(Referee *referee);
/* Before another negotiation takes over, and after. */
void appraisal_switch(Referee *referee, const Negotiation *next);
void appraisal_switched(Referee *referee);
void appraisal_brief(Referee *referee, const Negotiation *next);
void appraisal_rule(Referee *referee, SimTime at);
const Profile *appraisal_briefed(const Referee *referee, const Negotiation *negotiation,
                                 SeatId seat);
Utility appraisal_hazard(const Referee *referee); /* what the world adds to the log hazard now */

/* peace.c: what becomes of an agreement */
void peace_begin(Referee *referee, uint64_t agreement);
void peace_rule_tick(Referee *referee, AgendaEntry entry);
void peace_rule_step(Referee *referee, AgendaEntry entry);
void peace_rule_horizon(Referee *referee, AgendaEntry entry);

/* switch.c: the negotiation that was to take over does */
void prefix_switch(Referee *referee);
SimTime prefix_next_switch(const Referee *referee); /* NP_NEVER when none is to come */

/* convergence.c */
void convergence_open(Convergence *convergence);
/* Notes the demand of a tabled menu; fills the event's demand and distance. Is it progress: the seat's first
 * demand, or a smaller one than at its latest progress? */
bool convergence_offer(Referee *referee, SeatId seat, const Action *action, Event *event);

#endif
