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

#endif
