#include "core/record/column.h"

#include <stdio.h>

void column_text(char *out, size_t size, sqlite3_stmt *statement, int at) {
    const char *text = (const char *)sqlite3_column_text(statement, at);
    snprintf(out, size, "%s", text ? text : "");
}

Utility column_utility(sqlite3_stmt *statement, int at) {
    if (sqlite3_column_type(statement, at) == SQLITE_NULL) return UTILITY_NONE;
    return sqlite3_column_int64(statement, at);
}

SeatId column_seat(sqlite3_stmt *statement, int at) {
    if (sqlite3_column_type(statement, at) == SQLITE_NULL) return NP_NO_SEAT;
    int64_t seat = sqlite3_column_int64(statement, at);
    return seat >= 0 && seat < NP_MAX_SEATS ? (SeatId)seat : NP_NO_SEAT;
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool column_is_digest(sqlite3_stmt *statement, int at, Digest *digest) {
    const char *hex = (const char *)sqlite3_column_text(statement, at);
    if (!hex || strlen(hex) != DIGEST_HEX - 1) return false;
    for (int i = 0; i < DIGEST_BYTES; i++) {
        int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        if (digest) digest->bytes[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

Digest column_digest(sqlite3_stmt *statement, int at) {
    Digest digest = {{0}};
    return column_is_digest(statement, at, &digest) ? digest : (Digest){{0}};
}

VerdictKind column_verdict(sqlite3_stmt *statement, int at) {
    const char *word = (const char *)sqlite3_column_text(statement, at);
    if (!word) return VERDICT_OPEN;
    return strcmp(word, "agreement") == 0 ? VERDICT_AGREEMENT : VERDICT_BREAKDOWN;
}

Reason column_reason(sqlite3_stmt *statement, int at) {
    const char *word = (const char *)sqlite3_column_text(statement, at);
    for (uint8_t reason = 0; word && reason_name(reason); reason++)
        if (strcmp(reason_name(reason), word) == 0) return (Reason)reason;
    return REASON_NONE;
}

void column_add(Text *out, sqlite3_stmt *statement, int at) {
    Cell cell = cell_read(statement, at);
    if (out && cell.length > 0) text_add_bytes(out, cell.text, cell.length);
}
