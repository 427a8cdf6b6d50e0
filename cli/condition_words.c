#include "cli/condition_words.h"

static void option_words(const Issue *issue, uint32_t options, Text *out) {
    const char *between = " ";
    for (uint8_t k = 0; k < issue->options; k++) {
        if ((options >> k & 1u) == 0) continue;
        text_add(out, between);
        text_add_safe(out, issue->option[k]);
        between = " or ";
    }
}

void condition_words(const Domain *domain, const Condition *condition, Text *out) {
    for (uint8_t i = 0; i < condition->terms; i++) {
        const Issue *issue = &domain->issue[condition->issue[i]];
        if (i > 0) text_add(out, ", with ");
        text_add_safe(out, issue->id);
        option_words(issue, condition->options[i], out);
    }
}

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
