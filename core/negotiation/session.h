/* One negotiation under way: standing offers, who accepted what, what is settled, whose turn it is.
 * A plain value: copy it with `=`. Rules of design: a seat has one standing menu, a new one replaces
 * it; offering is accepting one's own packages; identical packages pool their acceptances. */
#ifndef CORE_NEGOTIATION_SESSION_H
#define CORE_NEGOTIATION_SESSION_H

#include "core/negotiation/mechanism.h"

/* Where an offer stands, or stood. */
typedef struct OfferPlace {
    uint32_t number;
    uint8_t table;
    SeatId seat;
} OfferPlace;

enum { SESSION_MAX_STANDING = NP_MAX_TABLES * NP_MAX_SEATS };

typedef struct StandingOffer {
    uint32_t number; /* 0: none stands */
    uint8_t packages;
    SeatSet rejected; /* who said no to it */
    SeatSet accepted[NP_MAX_MENU];
    SeatSet ever[NP_MAX_MENU]; /* accepted, even if taken back since */
    SimTime expires_at;        /* stands while now < expires_at */
    Outcome menu[NP_MAX_MENU];
} StandingOffer;

struct Session {
    const Negotiation *negotiation;
    /* Whose hard red lines hold: the negotiation's at first; the referee puts those of the types that seats
     * turned out to be in their place. */
    const Profile *profile[NP_MAX_SEATS];
    Outcome status_quo; /* present: partial accords and levers move it */
    uint32_t settled;   /* a bit per issue settled by partial accord, or by a lever or a shock */
    uint32_t offers;    /* the highest number of an offer so far */
    uint32_t tabled[NP_MAX_TABLES]; /* offers made at each table so far */
    bool
        closed; /* signed, walked out or ended: nothing more may be moved, but levers once signed */
    bool left;  /* ... because a seat walked out: not even levers */
    SeatId turn;   /* mechanisms with turns */
    SimTime round; /* mechanisms with rounds: when the latest move of substance was made, */
    SeatSet moved; /* ... and by whom at that moment */
    StandingOffer standing[NP_MAX_TABLES][NP_MAX_SEATS]; /* a seat has one at every table */
    SeatSet sworn;                                       /* who has ruled anything out, */
    uint32_t ruled_out[NP_MAX_SEATS][NP_MAX_ISSUES];     /* ... namely: a bit per option */
    uint32_t broken[NP_MAX_SEATS][NP_MAX_ISSUES]; /* of those, offered or accepted all the same, */
    uint32_t paid[NP_MAX_SEATS][NP_MAX_ISSUES];   /* ... and paid for */
    SeatSet authorised;                           /* whose acceptance counts for a signature */
    double level[NP_MAX_LEVERS];                  /* as last moved */
    Outcome
        text;   /* single text: the draft that all judges preferred last; empty before the first */
    bool final; /* single text: the standing draft was the text when it was tabled */
    uint32_t drafts; /* single text: put forward so far */
};

/* What a move did. */
struct Effect {
    EventKind kind; /* the event that tells of it; REFUSAL when ruling is not OK */
    Ruling ruling;
    uint32_t offer; /* the offer concerned */
    uint8_t package;
    SimTime expires_at; /* OFFER */
    SeatSet accepted;   /* ACCEPTANCE: all who have accepted this package by now */
    bool newly;    /* the mover accepts what it had not accepted before, by offering or accepting */
    uint8_t table; /* where it was made */
    uint8_t issue, option;  /* RULE_OUT, STATEMENT; NP_NO_OPTION: a statement that names none */
    uint8_t lever;          /* LEVER, STATEMENT; NP_NO_LEVER: a statement that names none */
    double level, before;   /* LEVER: rounded to 10^-9 */
    bool breaks_commitment; /* the mover offered or accepted what it had ruled out */
    Utility audience_cost;  /* what that costs it at once: see session_expose */
    bool concluded;         /* `package_concluded` now has every consent it needs */
    bool partial;           /* ... and is a partial accord */
    SeatSet signatories;    /* whose acceptances concluded it */
    Outcome conclusion;
};

void session_open(Session *session, const Negotiation *negotiation);
/* Judges and, when OK, makes a move that takes effect at `at`. On a conclusion the session settles
 * (partial) or closes (complete). In mechanisms with rounds nothing concludes before session_conclude. */
void session_apply(Session *session, SeatId seat, const Action *action, SimTime at, Effect *effect);
/* For mechanisms: makes a move by the rules that all of them share, and says whether it concludes. */
void session_make_move(Session *session, SeatId seat, const Action *action, SimTime at,
                       Effect *effect);

/* The seat's audience comes to know that it stood behind the package: what it owes for the options in it that
 * it had ruled out, the first time for each. At the public table moves do that by themselves; what was said at a
 * closed one is for the caller to expose, once it leaks or concludes. */
Utility session_expose(Session *session, SeatId seat, const Outcome *package);

/* --- what happens without a move --- */

/* Ends the standing offer of that number if it has run out by `at`; `place` is where it stood. */
bool session_expire(Session *session, uint32_t number, SimTime at, OfferPlace *place);
/* Ends the standing offers that no longer fit what is settled (or other settings): they contradict it, or
 * with it they are infeasible or cross a hard red line of a seat that accepted them, or such a seat is no
 * longer at that table. Returns how many
 * ended; they are listed in order of tables and seats. */
uint32_t session_lapse(Session *session, OfferPlace lapsed[SESSION_MAX_STANDING]);
/* A lever or a shock makes `option` the status quo of `issue`, which counts as settled from then on. The
 * caller ends what contradicts it with session_lapse, and then asks session_ready. */
void session_move_status_quo(Session *session, uint8_t issue, uint8_t option);
/* From now on the seat's acceptances count for a signature. False when they did before. */
bool session_authorise(Session *session, SeatId seat);
/* Policy moves a lever, whoever's turn it is. Returns the level before; levels are rounded to 10^-9. */
double session_set_level(Session *session, uint8_t lever, double level);

/* How many different standing packages have every consent that they need: by acceptances, or because an accord, an
 * authority or a moved status quo has left them with it. */
uint32_t session_ready(const Session *session);
/* Settles or closes, as session_apply does, by the `which`-th of them (below session_ready) in order of
 * tables and seats. With rounds the referee calls it after the answers of a moment and again after its
 * offers, and draws `which`, so that crossed acceptances favour nobody. */
void session_conclude(Session *session, uint32_t which, Effect *effect);

/* --- looking --- */

/* The standing offer of that number, or NULL. */
StandingOffer *session_find_offer(Session *session, uint32_t number, OfferPlace *place);
/* All who accept this package by any standing offer at the table that contains it. */
SeatSet session_pool(const Session *session, uint8_t table, const Outcome *package);
/* Did the seat rule out an option that the package contains? */
bool session_ruled_out(const Session *session, SeatId seat, const Outcome *package);
SeatSet session_members(const Session *session, uint8_t table);

#endif
