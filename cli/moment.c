#include "cli/moment.h"

#include <stdio.h>
#include <string.h>

#include "core/base/sim_time.h"
#include "core/base/text.h"

static bool read_event(Moment *moment, const char *option, const char *word, Error *error) {
    unsigned long long event;
    char rest, safe[64];
    if (strspn(word, "0123456789") == 0 || sscanf(word, "%18llu%c", &event, &rest) != 1)
        return error_set(error, ERROR_USAGE,
                         "--%s %s: expected a date such as 2025-06-01, or an event's number",
                         option, text_safe(safe, sizeof safe, word));
    moment->event = event;
    return true;
}

bool moment_from(Moment *moment, const char *option, const char *word, int64_t epoch,
                 Error *error) {
    int64_t date;
    *moment = (Moment){.event = 0, .at = 0};
    if (word == NULL) return true;
    if (!date_parse(word, &date)) return read_event(moment, option, word, error);
    moment->at = date - epoch;
    return true;
}

bool moment_to(Moment *moment, const char *option, const char *word, int64_t epoch, Error *error) {
    int64_t date;
    *moment = (Moment){.event = UINT64_MAX, .at = NP_NEVER};
    if (word == NULL) return true;
    if (!date_parse(word, &date)) return read_event(moment, option, word, error);
    bool whole_day = strpbrk(word, "T ") == NULL;
    moment->at = date - epoch + (whole_day ? SIM_DAY - 1 : 0);
    return true;
}
