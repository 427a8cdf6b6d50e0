#include "cli/condition_json.h"

void condition_json(Json *json, const char *key, const Domain *domain, const Condition *condition) {
    json_object(json, key);
    for (uint8_t i = 0; i < condition->terms; i++) {
        const Issue *issue = &domain->issue[condition->issue[i]];
        json_array(json, issue->id);
        for (uint8_t k = 0; k < issue->options; k++)
            if ((condition->options[i] >> k & 1u) != 0) json_string(json, NULL, issue->option[k]);
        json_end_array(json);
    }
    json_end_object(json);
}
