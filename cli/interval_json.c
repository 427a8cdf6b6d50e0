#include "cli/interval_json.h"

void interval_json(Json *json, const char *key, const Interval *interval) {
    json_object(json, key);
    json_double(json, "estimate", interval->estimate);
    json_double(json, "least", interval->least);
    json_double(json, "most", interval->most);
    json_end_object(json);
}
