/* The referee: one run of a negotiation, pure. Session and agenda inside; grants out, answers in,
 * events with their causes out. Knows no socket, file, wall clock or thread.
 *
 * A run is driven in a loop:
 *
 *     referee_open(referee, &negotiation, seed, run);
 *     while (referee_advance(referee)) {              // rules the table up to the next question
 *         events = referee_events(referee, &count);   // what happened; record it
 *         grants = referee_grants(referee, &count);   // whom to ask; at most one grant a seat
 *         ... referee_answer(referee, &answer, &error) for each, in any order ...
 *     }
 *     events = referee_events(referee, &count);       // the last ones, verdict included
 *     verdict = referee_verdict(referee);
 *
 * Windows (conservative lookahead; Chandy and Misra 1979): a window [T, T + L) begins at the earliest
 * entry of the agenda; L is the least delay of the table. Every move decided in the window takes effect
 * at or after its end, so the table can be ruled to the end of the window before anybody is asked, and
 * all seats are asked at once. Where windows begin never changes what happens. */
#ifndef CORE_REFEREE_REFEREE_H
#define CORE_REFEREE_REFEREE_H

#include "core/base/error.h"
#include "core/referee/event.h"
#include "core/referee/grant.h"
#include "core/referee/verdict.h"

typedef struct Referee Referee;

enum { REFEREE_MAX_SWITCHES = 16 };

Referee *referee_create(void);
void referee_destroy(Referee *referee);

/* Begins a run, forgetting any earlier one and keeping its memory. Negotiation is borrowed. */
void referee_open(Referee *referee, const Negotiation *negotiation, uint64_t seed, uint64_t run);

/* Rules the table up to the next moment at which a seat must be asked, or, with no grants, until so much has
 * happened that it should be taken away. False when the run is over. Every grant of the previous window must
 * have been answered, but for those of seats whose agents failed: then it rules their faults and nothing else, and the
 * previous grants are still there. */
bool referee_advance(Referee *referee);

/* The events since the previous advance, in order; borrowed until the next one. */
const Event *referee_events(const Referee *referee, uint32_t *count);
/* Their canonical bytes, one after the other; offsets[i] .. offsets[i + 1] is the i-th event. */
const uint8_t *referee_event_bytes(const Referee *referee, const uint32_t **offsets);
const Grant *referee_grants(const Referee *referee, uint32_t *count);
SeatSet referee_waiting(const Referee *referee); /* asked and not yet answered */

/* Takes a seat's answer. False when it is not an answer to its grant (wrong occasions, too many
 * moves): a fault of that agent, which the caller rules with referee_fault. Bad moves inside a proper
 * answer are the table's business and become refusals. */
bool referee_answer(Referee *referee, const Answer *answer, Error *error);

/* --- a scripted prefix, then live --- */

/* Until `until`, what these seats reply is discarded: what they did is fed instead. They are asked all
 * the same, so that they know what they would know. Call after referee_open. */
void referee_feed_until(Referee *referee, SeatSet seats, SimTime until);
/* Feeds one recorded move of a seat: it reaches the table when it did then, and with the same cause. Only
 * moves can be fed (event_is_move: offers, acceptances, levers, statements, …, refusals, passes); the others
 * follow from them, and from the scenario. Feed a
 * seat's moves in their order, and before the table gets to them. False when the event is no move. */
bool referee_feed(Referee *referee, const Event *event);
/* From simulated time `at` on another negotiation between the same seats over the same issues holds:
 * other values, delays, rules. May be called several times, in order of time. False with a sentence when the
 * two do not fit together. */
bool referee_switch(Referee *referee, const Negotiation *next, SimTime at, Error *error);
/* From the latest switch on chance is that of another seed: what happened before it has happened. */
void referee_reseed(Referee *referee, uint64_t seed);
/* May `after` take over from `before` while the talks go on? False with the sentence that says why not. */
bool referee_fits(const Negotiation *before, const Negotiation *after, Error *error);
/* Does not ask a seat of this window after all: its waiting answer counts as given and empty. */
void referee_waive(Referee *referee, SeatId seat);

/* Up to when the table is ruled: everything before this moment has happened and was told. */
SimTime referee_ruled_until(const Referee *referee);
/* The time of the latest event or question: when a fault reported now would happen. */
SimTime referee_now(const Referee *referee);
/* Does not rule the table past `end`: from there on referee_advance answers that there is no more. */
void referee_stop_at(Referee *referee, SimTime end);
/* Do both hold the same moves of a seat on their way to the table, as far as decided before `before`? */
bool referee_same_pending(const Referee *a, const Referee *b, SeatId seat, SimTime before);

/* A seat's agent failed, and no other comes back for it. What follows says the negotiation's on_fault: the run
 * ends in a recorded breakdown that names the seat; or it goes on, and the fault is ruled, a FAULT event, as soon as
 * the seat is asked and all others have answered. The seat says nothing more then, or still waits: who takes over
 * answers. Who fails a second time ends the run. Of two reports before it is ruled the latter counts. */
void referee_fault(Referee *referee, SeatId seat, const char *what);
SeatSet referee_failing(const Referee *referee); /* reported, and still to be ruled */
bool referee_is_broken(
    const Referee *referee); /* reported, and the run ends with the next advance */
/* Has everybody answered who can? */
bool referee_can_advance(const Referee *referee);

const Verdict *referee_verdict(const Referee *referee);

/* The brief of a seat for the open run; `strategy` is passed through. Its terms and profile are those of the
 * negotiation that takes over last (call it after referee_switch), and do not change while the run goes on. The
 * profile is that of the seat's type, with what the world makes of its numbers at the opening. */
Brief referee_brief(const Referee *referee, SeatId seat, const char *strategy);

#endif
