/* A condition over issues, as JSON. */
#ifndef CLI_CONDITION_JSON_H
#define CLI_CONDITION_JSON_H

#include "core/base/json.h"
#include "core/negotiation/domain.h"

/* {"security": ["israel", "israel_plus"], …} */
void condition_json(Json *json, const char *key, const Domain *domain, const Condition *condition);

#endif
