/* Between the session's two files: judging moves and making them. Not for other folders. */
#ifndef CORE_NEGOTIATION_SESSION_MOVES_H
#define CORE_NEGOTIATION_SESSION_MOVES_H

#include "core/negotiation/session.h"

const StandingOffer *session_look_up(const Session *session, uint32_t number, SeatId *by);

/* Would the package reopen an issue that a partial accord settled? Change anything at all? */
bool session_reopens_settled(const Session *session, const Outcome *package);
bool session_changes_something(const Session *session, const Outcome *package);

Ruling session_judge(const Session *session, SeatId seat, const Action *action);

#endif
