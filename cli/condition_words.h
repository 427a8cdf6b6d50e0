/* A condition over issues, in words. */
#ifndef CLI_CONDITION_WORDS_H
#define CLI_CONDITION_WORDS_H

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/negotiation/domain.h"

/* "security israel or israel_plus, with presence bases" */
void condition_words(const Domain *domain, const Condition *condition, Text *out);
/* {"security": ["israel", "israel_plus"], …} */
void condition_json(Json *json, const char *key, const Domain *domain, const Condition *condition);

#endif
