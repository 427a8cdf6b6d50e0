/* An estimate with its interval, for programs. */
#ifndef CLI_INTERVAL_JSON_H
#define CLI_INTERVAL_JSON_H

#include "core/base/json.h"
#include "core/study/interval.h"

/* {"estimate": x, "least": x, "most": x}; what is not known is null. */
void interval_json(Json *json, const char *key, const Interval *interval);

#endif
