/* One negotiation under way: standing offers, who accepted what, what is settled, whose turn it is.
 * A plain value: copy it with `=`. Rules of design: a seat has one standing menu, a new one replaces
 * it; offering is accepting one's own packages; identical packages pool their acceptances. */
#ifndef CORE_NEGOTIATION_SESSION_H
#define CORE_NEGOTIATION_SESSION_H

#include "core/negotiation/mechanism.h"

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
    Outcome status_quo; /* present: partial accords move it */
    uint32_t settled;   /* a bit per issue settled by partial accord */
    uint32_t offers;    /* offers tabled so far; the latest one's number */
    bool closed;        /* signed, walked out or ended: nothing more may be moved */
    SeatId turn;        /* mechanisms with turns */
    StandingOffer standing[NP_MAX_TABLES][NP_MAX_SEATS]; /* a seat has one at every table */
    uint32_t ruled_out[NP_MAX_SEATS][NP_MAX_ISSUES]; /* a bit per option */
    uint32_t broken[NP_MAX_SEATS][NP_MAX_ISSUES];    /* of those, paid for already */
    SeatSet authorised; /* whose acceptance counts for a signature */
    Outcome text;       /* single text: the draft that all judges preferred last; empty before the first */
    uint32_t drafts;    /* single text: put forward so far */
};

/* What a move did. */
struct Effect {
    EventKind kind; /* the event that tells of it; REFUSAL when ruling is not OK */
    Ruling ruling;
    uint32_t offer; /* the offer concerned */
    uint8_t package;
    SimTime expires_at; /* OFFER */
    SeatSet accepted;   /* ACCEPTANCE: all who have accepted this package by now */
    bool newly; /* the mover accepts what it had not accepted before, by offering or accepting */
    uint8_t table;          /* where it was made */
    bool breaks_commitment; /* the mover offered or accepted what it had ruled out */
    Utility audience_cost;  /* what that costs it, the first time */
    bool concluded;         /* `package_concluded` now has every consent it needs */
    bool partial;           /* ... and is a partial accord */
    SeatSet signatories;    /* whose acceptances concluded it */
    Outcome conclusion;
};

void session_open(Session *session, const Negotiation *negotiation);
/* Judges and, when OK, makes a move that takes effect at `at`. On a conclusion the session settles
 * (partial) or closes (complete). */
void session_apply(Session *session, SeatId seat, const Action *action, SimTime at, Effect *effect);
/* For mechanisms: makes a move by the rules that all of them share, and says whether it concludes. */
void session_make_move(Session *session, SeatId seat, const Action *action, SimTime at,
                       Effect *effect);
/* Ends a seat's standing offer if it has run out by `at`; returns its number, 0 when none did. */
uint32_t session_expire(Session *session, SeatId seat, SimTime at);
/* Ends the standing offers that no longer fit what is settled (or other settings): they contradict it, or
 * with it they are infeasible or cross a hard red line of a seat that accepted them. Returns the seats whose offers
 * ended, with their numbers in `numbers`. */
SeatSet session_lapse(Session *session, uint32_t numbers[NP_MAX_SEATS]);
/* An accord may leave a standing package with every consent that it still needs: settles or closes, as
 * session_apply does, by the first such package in order of seats. False when there is none. */
bool session_conclude_standing(Session *session, Effect *effect);

/* The standing offer of that number, or NULL. */
StandingOffer *session_find_offer(Session *session, uint32_t number, SeatId *by);
/* All who accept this package by any standing offer that contains it. */
SeatSet session_pool(const Session *session, const Outcome *package);
/* Did the seat rule out an option that the package contains? */
bool session_ruled_out(const Session *session, SeatId seat, const Outcome *package);

#endif
