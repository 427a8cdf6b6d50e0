/* Phrases and folded sentences, of which the story is made. Strings from files are printed safely. */
#ifndef REPORT_SENTENCE_H
#define REPORT_SENTENCE_H

#include "core/base/text.h"
#include "core/negotiation/negotiation.h"
#include "core/referee/event.h"

enum { PAGE_WIDTH = 100 };

typedef enum Emphasis { EMPHASIS_FAINT, EMPHASIS_STRONG, EMPHASIS_GOOD, EMPHASIS_BAD } Emphasis;

/* Adds `safe`, which is safe to print already, with emphasis when `color` is on. */
void phrase_emphasis(Text *out, bool color, Emphasis emphasis, const char *safe);
/* "Ukraine"; "an unknown seat" for an index past the last one. */
void phrase_seat(Text *out, const Terms *terms, SeatId seat);
/* "Ukraine, Russia and Europe"; "nobody" for the empty set. */
void phrase_seats(Text *out, const Terms *terms, SeatSet seats);
/* "24 February 2025". */
void phrase_date(Text *out, const Terms *terms, SimTime at);
/* "security israel". */
void phrase_option(Text *out, const Domain *domain, uint8_t issue, uint8_t option);

/* "security israel or none, with forces 600k". */
void phrase_condition(Text *out, const Domain *domain, const Condition *condition);
/* "the deadline came", of talks that ended `at`; `seat` is the one that the breakdown names. */
void phrase_reason(Text *out, const Terms *terms, uint8_t reason, SeatId seat, SimTime at);
/* "29d", "4.4 days", "3h": to read, not to write into a scenario. */
void phrase_span(Text *out, SimTime span);

/* Terminal columns of a safe string: one per character, none for emphasis. */
size_t sentence_columns(const char *bytes, size_t length);
/* Adds spaces up to `column` from where `width` columns are written. */
void sentence_pad(Text *out, size_t width, size_t column);
/* Adds a sentence word by word and a line's end; lines that would pass PAGE_WIDTH go on at `indent`.
 * The line has `column` columns already. */
void sentence_fold(Text *out, const char *sentence, size_t column, size_t indent);

#endif
