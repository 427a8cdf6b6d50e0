/* A run read once from beginning to end: what an explanation is made of. From its events and its
 * negotiation alone. */
#ifndef REPORT_READING_H
#define REPORT_READING_H

#include "core/base/text.h"
#include "core/referee/script.h"
#include "core/referee/verdict.h"
#include "report/event_list.h"
#include "report/near_miss.h"

/* What is known of one seat. */
typedef struct SeatReading {
    Event last_offer;     /* its latest complete one; id 0: none */
    uint64_t first_offer; /* its first complete one */
    Utility first_demand, least_demand;
    uint64_t moved; /* its latest concession or acceptance; 0: none */
    SimTime moved_at;
    Utility first_reservation, reservation; /* when the talks opened; now */
    Utility missed_reservation;             /* when the nearest miss was */
    uint64_t appraised;                     /* the latest event that changed it; 0: none */
    EventList appraisals;                   /* of its walk-away value */
    EventList red_lines; /* its moves that were refused for a hard red line of its own */
    EventList refusals;  /* its moves that were refused for another reason */
    uint8_t type;
    Profile *profile; /* as appraised when the nearest miss was; NULL: none known */
} SeatReading;

typedef struct Reading {
    const Negotiation *negotiation;
    const Script *script;
    Event last; /* the run's latest event; id 0: nothing was recorded */
    Event end;  /* AGREEMENT or BREAKDOWN; id 0: the talks are not over */
    bool over;  /* nothing comes after `last` */
    SeatReading seat[NP_MAX_SEATS];
    uint64_t first_distance_event, last_distance_event; /* 0: never measured */
    Utility first_distance, last_distance;
    EventList offers, numbers; /* the event of each offer, and its number */
    EventList settled;         /* accords, moves of the status quo */
    EventList commitments;     /* made and broken, and paid for */
    EventList leaks, votes;
    EventList after; /* implementation, steps, renewed war, horizon */
    EventList probes;
    uint64_t signature, agreement;
    MissSearch search;
    Peace peace;
} Reading;

/* The reading borrows both; finish it. */
void reading_begin(Reading *reading, const Negotiation *negotiation, const Script *script);
void reading_finish(Reading *reading);

/* The event of that number; false when the script has none. */
bool reading_event(const Reading *reading, uint64_t id, Event *event);
/* Adds its sentence, as told by somebody who knows the offer that it is about but no other. */
void reading_tell(const Reading *reading, uint64_t id, Text *out);
/* The causes of an event, itself first, back to what nobody caused. */
void reading_causes(const Reading *reading, uint64_t id, EventList *causes);

#endif
