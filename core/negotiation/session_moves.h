/* Between the session's files: judging moves, making them, and what stands. Not for other folders. */
#ifndef CORE_NEGOTIATION_SESSION_MOVES_H
#define CORE_NEGOTIATION_SESSION_MOVES_H

#include "core/negotiation/session.h"

const StandingOffer *session_look_up(const Session *session, uint32_t number, OfferPlace *place);

/* Each table numbers its offers by itself, so that numbers at one tell nothing of another: with n tables
 * the public one's are 1, 1 + n, 1 + 2n, and so on. At which table is, was or would be that number? */
uint8_t session_table_of(const Session *session, uint32_t number);

/* Would the package reopen an issue that is settled? Change anything at all? */
bool session_reopens_settled(const Session *session, const Outcome *package);
bool session_changes_something(const Session *session, const Outcome *package);

Ruling session_judge(const Session *session, SeatId seat, const Action *action, SimTime at);

/* Notes who accepts the package at the table, and whether that concludes it. */
void session_weigh(const Session *session, uint8_t table, const Outcome *package, Effect *effect);
/* A partial accord becomes the status quo of its issues; a complete package closes the talks. */
void session_settle(Session *session, const Effect *effect);

#endif
