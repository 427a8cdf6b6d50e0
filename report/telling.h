/* The story's phrases, and the sentences that tell of moves. Inside report/ only. */
#ifndef REPORT_TELLING_H
#define REPORT_TELLING_H

#include "report/story.h"

/* --- phrases --- */

void telling_mover(const StoryTeller *teller, const Event *event, Text *out); /* with emphasis */
void telling_seats(const StoryTeller *teller, SeatSet seats, Text *out);
void telling_possessive(const StoryTeller *teller, SeatId seat, Text *out); /* "Ukraine's " */
/* "#4", "Ukraine's #4". */
void telling_offer(const StoryTeller *teller, uint32_t number, Text *out);
/* "package 2 of Ukraine's #4"; the package goes unsaid where the offer has but one. */
void telling_package(const StoryTeller *teller, const Event *event, Text *out);
void telling_words(const Event *event, Text *out); /* the event's text, safely */

void telling_place(const StoryTeller *teller, uint8_t table,
                   Text *out); /* " at geneva"; nothing for the public one */
/* A number of the world, in billionths: four digits that count. */
void telling_number(int64_t billionths, Text *out);
/* A lever, variable or shock by its title; `subject` as events have it, 1 + the number. */
void telling_lever(const StoryTeller *teller, uint8_t subject, Text *out);
void telling_variable(const StoryTeller *teller, uint8_t subject, Text *out);
void telling_shock(const StoryTeller *teller, const Event *event, Text *out);

/* The offer of that number if it is its seat's latest at its table, and whose it is; or NULL. */
const ToldOffer *telling_find(const StoryTeller *teller, uint32_t number, SeatId *owner);
/* The seat whose latest offer has that number, or NP_NO_SEAT. */
SeatId telling_owner(const StoryTeller *teller, uint32_t number);
/* Are both silent on the same issues? */
bool telling_same_issues(const Domain *domain, const Outcome *a, const Outcome *b);

/* --- a sentence per move; false when it is not worth telling --- */

bool tell_offer(StoryTeller *teller, const Event *event, Text *out);
bool tell_acceptance(StoryTeller *teller, const Event *event, Text *out);
bool tell_rejection(StoryTeller *teller, const Event *event, Text *out);
bool tell_withdrawal(StoryTeller *teller, const Event *event, Text *out);
bool tell_rule_out(StoryTeller *teller, const Event *event, Text *out);
bool tell_walk_out(StoryTeller *teller, const Event *event, Text *out);
bool tell_pass(StoryTeller *teller, const Event *event, Text *out);
bool tell_refusal(StoryTeller *teller, const Event *event, Text *out);

/* "it is not its turn": why the referee refuses; NULL when unknown. */
const char *telling_refusal(uint8_t ruling);

/* --- what moves outside the table --- */

bool tell_lever(StoryTeller *teller, const Event *event, Text *out);
bool tell_statement(StoryTeller *teller, const Event *event, Text *out);
bool tell_world(StoryTeller *teller, const Event *event, Text *out);
bool tell_shock(StoryTeller *teller, const Event *event, Text *out);
bool tell_appraisal(StoryTeller *teller, const Event *event, Text *out);
bool tell_leak(StoryTeller *teller, const Event *event, Text *out);
bool tell_authority(StoryTeller *teller, const Event *event, Text *out);
bool tell_status_quo(StoryTeller *teller, const Event *event, Text *out);
bool tell_audience_cost(StoryTeller *teller, const Event *event, Text *out);

/* --- what becomes of an agreement --- */

bool tell_implementation(StoryTeller *teller, const Event *event, Text *out);
bool tell_probe(StoryTeller *teller, const Event *event, Text *out);
bool tell_renewed_war(StoryTeller *teller, const Event *event, Text *out);
bool tell_step(StoryTeller *teller, const Event *event, Text *out);
bool tell_horizon(StoryTeller *teller, const Event *event, Text *out);

#endif
