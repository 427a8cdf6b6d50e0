#include "core/base/text.h"

#include <assert.h>
#include <float.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

/* --- a growing string --- */

static void make_room(Text *text, size_t more) {
    size_t needed = text->length + more + 1;
    if (needed <= text->capacity) return;
    size_t capacity = text->capacity == 0 ? 64 : text->capacity;
    while (capacity < needed) capacity *= 2;
    text->bytes = memory_grow(text->bytes, capacity, 1);
    text->capacity = capacity;
}

void text_add_bytes(Text *text, const char *bytes, size_t length) {
    make_room(text, length);
    if (length > 0) memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void text_add(Text *text, const char *string) {
    text_add_bytes(text, string, strlen(string));
}

void text_addf(Text *text, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    make_room(text, 0);
    size_t room = text->capacity - text->length;
    int length = vsnprintf(text->bytes + text->length, room, format, arguments);
    va_end(arguments);
    assert(length >= 0);
    if ((size_t)length >= room) {
        make_room(text, (size_t)length);
        vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
    }
    va_end(again);
    text->length += (size_t)length;
}

const char *text_get(const Text *text) {
    return text->bytes == NULL ? "" : text->bytes;
}

void text_clear(Text *text) {
    text->length = 0;
    if (text->bytes != NULL) text->bytes[0] = '\0';
}

void text_finish(Text *text) {
    memory_free(text->bytes);
    *text = (Text){NULL, 0, 0};
}

/* --- strings from outside --- */

/* The well-formed sequences by first byte, with the range of the second byte, which is what rules
 * out overlong forms, surrogates and numbers above U+10FFFF (Unicode 15, table 3-7). */
static const struct {
    uint8_t first, last, length, second_first, second_last;
} sequence[] = {
    {0x01, 0x7f, 1, 0, 0},       {0xc2, 0xdf, 2, 0x80, 0xbf}, {0xe0, 0xe0, 3, 0xa0, 0xbf},
    {0xe1, 0xec, 3, 0x80, 0xbf}, {0xed, 0xed, 3, 0x80, 0x9f}, {0xee, 0xef, 3, 0x80, 0xbf},
    {0xf0, 0xf0, 4, 0x90, 0xbf}, {0xf1, 0xf3, 4, 0x80, 0xbf}, {0xf4, 0xf4, 4, 0x80, 0x8f},
};

static bool is_sequence(const uint8_t *at, size_t row) {
    if (sequence[row].length == 1) return true;
    if (at[1] < sequence[row].second_first || at[1] > sequence[row].second_last) return false;
    for (size_t i = 2; i < sequence[row].length; i++)
        if ((at[i] & 0xc0) != 0x80) return false;
    return true;
}

size_t text_utf8_length(const char *bytes, size_t length) {
    const uint8_t *at = (const uint8_t *)bytes;
    if (length == 0) return 0;
    for (size_t row = 0; row < sizeof sequence / sizeof *sequence; row++) {
        if (at[0] < sequence[row].first || at[0] > sequence[row].last) continue;
        return sequence[row].length <= length && is_sequence(at, row) ? sequence[row].length : 0;
    }
    return 0;
}

bool text_is_utf8(const char *bytes, size_t length) {
    while (length > 0) {
        size_t step = text_utf8_length(bytes, length);
        if (step == 0) return false;
        bytes += step;
        length -= step;
    }
    return true;
}

/* Characters that change how their neighbours are shown, or that nobody sees. */
static const struct {
    uint32_t first, last;
} hidden[] = {
    {0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},     {0x61c, 0x61c},   {0x200b, 0x200f},
    {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f},
};

static bool is_hidden(uint32_t character) {
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (character >= hidden[i].first && character <= hidden[i].last) return true;
    return false;
}

static uint32_t character_at(const char *bytes, size_t length) {
    const uint8_t *at = (const uint8_t *)bytes;
    uint32_t character = length == 1 ? at[0] : at[0] & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) character = character << 6 | (at[i] & 0x3fu);
    return character;
}

uint32_t text_hidden(const char *character, size_t length) {
    uint32_t code = character_at(character, length);
    return is_hidden(code) ? code : 0;
}

enum { PIECE = 12 };

/* Writes the next character of `string`, or its escape, to `piece`; returns how many bytes of
 * `string` it stands for. */
static size_t next_piece(char piece[PIECE], const char *string, size_t length) {
    size_t step = text_utf8_length(string, length);
    uint32_t character = step == 0 ? (uint8_t)*string : character_at(string, step);
    if (step == 0 || (step == 1 && is_hidden(character))) {
        snprintf(piece, PIECE, "\\x%02x", (unsigned)character & 0xffu);
        return 1;
    }
    if (is_hidden(character)) {
        snprintf(piece, PIECE, character > 0xffff ? "\\U%08x" : "\\u%04x", (unsigned)character);
        return step;
    }
    memcpy(piece, string, step);
    piece[step] = '\0';
    return step;
}

void text_add_safe(Text *text, const char *string) {
    char piece[PIECE];
    text_add_bytes(text, "", 0);
    for (size_t left = strlen(string), step; left > 0; string += step, left -= step) {
        step = next_piece(piece, string, left);
        text_add(text, piece);
    }
}

char *text_safe(char *out, size_t size, const char *string) {
    assert(size > 0);
    char piece[PIECE];
    size_t used = 0;
    for (size_t left = strlen(string), step; left > 0; string += step, left -= step) {
        step = next_piece(piece, string, left);
        size_t length = strlen(piece);
        if (used + length >= size) break;
        memcpy(out + used, piece, length);
        used += length;
    }
    out[used] = '\0';
    return out;
}

/* --- the nearest known word --- */

enum { LONGEST_WORD = 63 };

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours. */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length) {
    size_t row[3][LONGEST_WORD + 1];
    for (size_t j = 0; j <= b_length; j++) row[0][j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t *now = row[i % 3], *above = row[(i + 2) % 3], *two_above = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            now[j] = least(above[j], now[j - 1]) + 1;
            now[j] = least(now[j], above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], two_above[j - 2] + 1);
        }
    }
    return row[a_length % 3][b_length];
}

const char *text_nearest(const char *word, const char *const *words, size_t count) {
    size_t length = strlen(word);
    if (length > LONGEST_WORD) return NULL;
    size_t best = (length < 3 ? 1 : length / 3) + 1;
    const char *nearest = NULL;
    for (size_t i = 0; i < count; i++) {
        size_t other = strlen(words[i]);
        if (other > LONGEST_WORD) continue;
        size_t away = distance(word, length, words[i], other);
        if (away >= best) continue;
        best = away;
        nearest = words[i];
    }
    return nearest;
}

/* --- numbers --- */

/* printf writes the locale's decimal point, which may be several bytes; ours is a full stop. */
static void use_full_stop(char *number) {
    char *from = strpbrk(number, "0123456789");
    if (from == NULL) return;
    from += strspn(from, "0123456789");
    if (*from == '\0' || *from == 'e') return;
    char *rest = strpbrk(from, "0123456789");
    if (rest == NULL) return;
    *from = '.';
    memmove(from + 1, rest, strlen(rest) + 1);
}

char *text_double(char out[32], double value) {
    /* Every decimal of 15 digits survives a double, except among the subnormal ones. */
    int digits = value < DBL_MIN && value > -DBL_MIN ? 1 : DBL_DIG;
    do {
        snprintf(out, 32, "%.*g", digits++, value);
    } while (digits <= DBL_DECIMAL_DIG && strtod(out, NULL) != value);
    use_full_stop(out);
    return out;
}
