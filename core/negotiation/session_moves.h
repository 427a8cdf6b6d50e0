/* Between the session's files: judging moves, making them, and what stands. Not for other folders. */
#ifndef CORE_NEGOTIATION_SESSION_MOVES_H
#define CORE_NEGOTIATION_SESSION_MOVES_H

#include "core/negotiation/session.h"

const StandingOffer *session_look_up(const Session *session, uint32_t number, OfferPlace *place);

/* Would the package reopen an issue that is settled? Change anything at all? */
bool session_reopens_settled(const Session *session, const Outcome *package);
bool session_changes_something(const Session *session, const Outcome *package);

Ruling session_judge(const Session *session, SeatId seat, const Action *action, SimTime at);

/* Notes who accepts the package at the table, and whether that concludes it. */
void session_weigh(const Session *session, uint8_t table, const Outcome *package, Effect *effect);
/* A partial accord becomes the status quo of its issues; a complete package closes the talks. */
void session_settle(Session *session, const Effect *effect);

#endif
