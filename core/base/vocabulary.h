/* First names indoors: the public vocabulary under the short names that the house uses. */
#ifndef CORE_BASE_VOCABULARY_H
#define CORE_BASE_VOCABULARY_H

#include <nonpaper/strategy.h>
#include <nonpaper/vocabulary.h>

typedef nonpaper_time SimTime;
typedef nonpaper_seat SeatId;
typedef nonpaper_seat_set SeatSet;
typedef nonpaper_outcome Outcome;
typedef nonpaper_issue Issue;
typedef nonpaper_table TableTerms;
typedef nonpaper_variable Variable;
typedef nonpaper_lever Lever;
typedef nonpaper_statement Statement;
typedef nonpaper_aspect Aspect;
typedef nonpaper_action Action;
typedef nonpaper_action_kind ActionKind;
typedef nonpaper_reply Reply;
typedef nonpaper_event_kind EventKind;
typedef nonpaper_ruling Ruling;
typedef nonpaper_observation Observation;
typedef nonpaper_host Host;
typedef nonpaper_strategy Strategy;
typedef nonpaper_parameter Parameter;
typedef nonpaper_argument Argument;

static inline SeatSet seat_bit(SeatId seat) {
    return (SeatSet)1 << seat;
}

static inline bool seat_in(SeatSet set, SeatId seat) {
    return (set >> seat & 1u) != 0;
}

#endif
