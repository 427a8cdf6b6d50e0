/* The words and the JSON members of events outside the table and after an agreement. For event_words.c. */
#ifndef CLI_WORLD_WORDS_H
#define CLI_WORLD_WORDS_H

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/negotiation/negotiation.h"
#include "core/referee/event.h"

void lever_words(const Terms *terms, const Event *event, Text *out);
void lever_members(Json *json, const Terms *terms, const Event *event);
void statement_words(const Terms *terms, const Event *event, Text *out);
void statement_members(Json *json, const Terms *terms, const Event *event);
void news_words(const Terms *terms, const Event *event, Text *out);
void news_members(Json *json, const Terms *terms, const Event *event);
void appraisal_words(const Terms *terms, const Event *event, Text *out);
void appraisal_members(Json *json, const Terms *terms, const Event *event);
/* Of which type a seat is, by the type's id. */
void type_words(const Negotiation *negotiation, const Event *event, Text *out);
void type_members(Json *json, const Negotiation *negotiation, const Event *event);
void leak_words(const Terms *terms, const Event *event, Text *out);
void leak_members(Json *json, const Terms *terms, const Event *event);
void cost_words(const Terms *terms, const Event *event, Text *out);
void cost_members(Json *json, const Terms *terms, const Event *event);
void years_words(const Terms *terms, const Event *event, Text *out);
void years_members(Json *json, const Terms *terms, const Event *event);
void step_words(const Terms *terms, const Event *event, Text *out);
void step_members(Json *json, const Terms *terms, const Event *event);
void horizon_words(const Terms *terms, const Event *event, Text *out);
void horizon_members(Json *json, const Terms *terms, const Event *event);

/* The id of a table; NULL for the public one. */
const char *table_word(const Terms *terms, uint8_t table);

#endif
