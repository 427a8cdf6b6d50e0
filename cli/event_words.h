/* A recorded event in the record's own words: in one short phrase, and as a JSON object. */
#ifndef CLI_EVENT_WORDS_H
#define CLI_EVENT_WORDS_H

#include "core/base/json.h"
#include "core/negotiation/negotiation.h"
#include "core/referee/event.h"

/* What the event says besides number, date, seat and kind: "#4: security israel, forces 600k". */
void event_words(const Negotiation *negotiation, const Event *event, Text *out);
/* It has the keys that its kind uses (docs/cli.md). */
void event_json(Json *json, const char *key, const Negotiation *negotiation, const Event *event);
/* {"security": "israel", …} */
void package_json(Json *json, const char *key, const Domain *domain, const Outcome *outcome);
/* ["ukraine", …] */
void seats_json(Json *json, const char *key, const Terms *terms, SeatSet seats);
/* null for UTILITY_NONE */
void utility_json(Json *json, const char *key, Utility utility);

#endif
