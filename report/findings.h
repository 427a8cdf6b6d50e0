/* How findings are made, topic by topic. Inside report/ only. */
#ifndef REPORT_FINDINGS_H
#define REPORT_FINDINGS_H

#include "report/explain.h"

enum { FINDINGS_OF_A_KIND = 12 }; /* so many one by one, what comes after them in one sentence */

/* Adds the sentence as a finding, and clears it. */
void find(Explanation *explanation, Topic topic, SeatId seat, Text *sentence,
          const EventList *events);
void find_one(Explanation *explanation, Topic topic, SeatId seat, Text *sentence, uint64_t event);
/* Read off two events; a second one of 0 is none. */
void find_two(Explanation *explanation, Topic topic, SeatId seat, Text *sentence, uint64_t first,
              uint64_t second);
/* A finding for each event, told with its date; the last ones of many in one. */
void find_each(Explanation *explanation, Topic topic, const EventList *events);

/* findings_talks.c */
void find_verdict(Explanation *explanation);
void find_causes(Explanation *explanation);
void find_clock(Explanation *explanation);
void find_offers(Explanation *explanation);
/* findings_table.c */
void find_worths(Explanation *explanation);
void find_nearest(Explanation *explanation);
void find_votes(Explanation *explanation);
void find_refusals(Explanation *explanation);
void find_commitments(Explanation *explanation);
void find_leaks(Explanation *explanation);
/* findings_world.c */
void find_walk_away(Explanation *explanation);
void find_peace(Explanation *explanation);

#endif
