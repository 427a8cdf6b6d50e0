#include "cli/chosen_seat.h"

#include <string.h>

bool chosen_seat_named(const char *wanted, const Terms *terms, SeatId *seat, Error *error) {
    const char *ids[NP_MAX_SEATS];
    *seat = NP_NO_SEAT;
    for (SeatId i = 0; i < terms->seats; i++) {
        ids[i] = terms->seat[i].id;
        if (strcmp(ids[i], wanted) == 0) *seat = i;
    }
    if (*seat != NP_NO_SEAT) return true;
    char safe[96];
    const char *near = text_nearest(wanted, ids, terms->seats);
    return error_set(error, ERROR_USAGE, "this run has no seat \"%s\"%s%s%s",
                     text_safe(safe, sizeof safe, wanted), near != NULL ? "; did you mean " : "",
                     near != NULL ? near : "", near != NULL ? "?" : "");
}

bool chosen_seat(const Options *options, const Terms *terms, SeatId *seat, Error *error) {
    const char *wanted = option_text(options, "seat", NULL);
    *seat = NP_NO_SEAT;
    return wanted == NULL || chosen_seat_named(wanted, terms, seat, error);
}
