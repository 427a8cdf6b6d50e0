#include "cli/run_words.h"

#include <stdio.h>

const char *run_verdict_word(const RunRow *row) {
    if (!row->ended) return "unfinished";
    return row->kind == VERDICT_AGREEMENT ? "agreement" : "breakdown";
}

const char *run_reason_word(const RunRow *row) {
    if (!row->ended) return NULL;
    return row->kind == VERDICT_AGREEMENT ? "agreement" : reason_name((uint8_t)row->reason);
}

char *run_verdict_words(char *out, size_t size, const RunRow *row) {
    const char *word = run_verdict_word(row), *reason = run_reason_word(row);
    bool named = row->seat < row->seats && row->seat < NP_MAX_SEATS;
    char seat[64] = "";
    if (named) text_safe(seat, sizeof seat, row->seat_id[row->seat]);
    if (!row->ended || row->kind == VERDICT_AGREEMENT || reason == NULL)
        snprintf(out, size, "%s", word);
    else
        snprintf(out, size, "%s: %s%s%s%s", word, reason, named ? " (" : "", seat,
                 named ? ")" : "");
    return out;
}
