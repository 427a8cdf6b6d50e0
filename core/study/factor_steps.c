/* lo:hi:step and lo:hi, in decimal arithmetic. */
#include <string.h>

#include "core/base/sim_time.h"
#include "core/study/decimal.h"
#include "core/study/factor_text.h"

/* lo, hi and step as they are written. */
typedef struct Steps {
    Piece piece[3];
    Decimal number[3];
    char unit; /* of durations; 0: plain numbers */
    uint32_t count;
} Steps;

/* Returns how many parts there are; the first three are kept. */
static uint32_t split(Piece value, Piece part[3]) {
    uint32_t count = 0;
    Piece rest = value, piece;
    bool more = true;
    while (more) {
        more = piece_split(rest, ":", &piece, &rest);
        if (count < 3) part[count] = piece;
        count++;
    }
    return count;
}

/* The number at the beginning, and behind it the letter of a duration or nothing. */
static bool read_number(Piece piece, Decimal *number, char *unit) {
    size_t read = decimal_read(piece.at, piece.length, number);
    *unit = read > 0 && read + 1 == piece.length ? piece.at[read] : '\0';
    if (*unit != '\0' && strchr("wdhms", *unit) == NULL) return false;
    return read > 0 && read + (*unit != '\0') == piece.length;
}

bool factor_is_steps(Piece value) {
    Piece part[3];
    Decimal number;
    char unit, moment[32];
    int64_t seconds;
    uint32_t count = split(value, part);
    if (count < 2) return false;
    if (value.length < sizeof moment) {
        memcpy(moment, value.at, value.length);
        moment[value.length] = '\0';
        if (date_parse(moment, &seconds)) return false;
    }
    for (uint32_t i = 0; i < count && i < 3; i++)
        if (read_number(part[i], &number, &unit)) return true;
    return false;
}

/* --- reading --- */

static bool refuse_number(const FactorText *text, Piece piece) {
    if (piece.length == 0) return factor_refuse(text, piece, "expected a number here");
    return factor_refuse(text, piece,
                         "expected a number of at most %d digits, or a duration such as 30d",
                         DECIMAL_MOST_DIGITS);
}

static bool check_duration(const FactorText *text, Piece piece, Decimal number) {
    if (number.digits < 0 || number.exponent != 0)
        return factor_refuse(text, piece, "durations in steps are whole numbers, such as 30d");
    SimTime seconds;
    char *copy = arena_text(text->arena, piece.at, piece.length);
    return duration_parse(copy, &seconds) ||
           factor_refuse(text, piece, "durations are at most 100,000 days");
}

static bool read_parts(const FactorText *text, Steps *steps) {
    for (uint32_t i = 0; i < steps->count; i++) {
        char unit;
        if (!read_number(steps->piece[i], &steps->number[i], &unit))
            return refuse_number(text, steps->piece[i]);
        if (i == 0) steps->unit = unit;
        if (unit != steps->unit)
            return factor_refuse(text, steps->piece[i],
                                 "all must have the unit of the first, \"%.*s\"",
                                 (int)steps->piece[0].length, steps->piece[0].at);
        if (unit != '\0' && !check_duration(text, steps->piece[i], steps->number[i])) return false;
    }
    return true;
}

/* One exponent for all: the first finds the least, the others follow. */
static bool align_all(Steps *steps) {
    for (uint32_t round = 0; round < 2; round++)
        for (uint32_t i = 1; i < steps->count; i++)
            if (!decimal_align(&steps->number[0], &steps->number[i])) return false;
    return true;
}

static bool align(const FactorText *text, Steps *steps) {
    if (!align_all(steps))
        return factor_refuse(text, steps->piece[1], "these are more than %d digits apart",
                             DECIMAL_MOST_DIGITS);
    return steps->number[1].digits > steps->number[0].digits ||
           factor_refuse(text, steps->piece[1], "must be more than what it begins with, %.*s",
                         (int)steps->piece[0].length, steps->piece[0].at);
}

/* --- levels --- */

static const char *print(const FactorText *text, const Steps *steps, int64_t digits) {
    char shown[32];
    Decimal number = {digits, steps->number[0].exponent};
    text_double(shown, decimal_value(number));
    size_t length = strlen(shown);
    if (steps->unit != '\0') shown[length++] = steps->unit;
    return arena_text(text->arena, shown, length);
}

static bool refuse_end(const FactorText *text, const Steps *steps, int64_t over) {
    int64_t end = steps->number[1].digits;
    const char *below = print(text, steps, end - over);
    const char *above = print(text, steps, end - over + steps->number[2].digits);
    return factor_refuse(text, steps->piece[1], "the steps do not end here; they come to %s and %s",
                         below, above);
}

static bool make_levels(const FactorText *text, const Steps *steps, Factor *factor) {
    int64_t from = steps->number[0].digits, step = steps->number[2].digits;
    int64_t span = steps->number[1].digits - from;
    if (step <= 0) return factor_refuse(text, steps->piece[2], "a step must be more than 0");
    if (span % step != 0) return refuse_end(text, steps, span % step);
    if (span / step >= FACTOR_MOST_LEVELS)
        return factor_refuse(text, steps->piece[2], "this makes %lld levels; at most %d",
                             (long long)(span / step) + 1, FACTOR_MOST_LEVELS);
    factor->kind = FACTOR_LEVELS;
    factor->levels = (uint32_t)(span / step) + 1;
    const char **level = arena_new(text->arena, factor->levels * sizeof *level);
    for (uint32_t i = 0; i < factor->levels; i++) level[i] = print(text, steps, from + i * step);
    factor->level = level;
    return true;
}

static bool make_range(const FactorText *text, const Steps *steps, Factor *factor) {
    factor->kind = FACTOR_RANGE;
    factor->duration = steps->unit != '\0';
    double end[2];
    for (int i = 0; i < 2; i++) {
        end[i] = decimal_value(steps->number[i]);
        SimTime seconds;
        const char *copy = arena_text(text->arena, steps->piece[i].at, steps->piece[i].length);
        if (factor->duration && duration_parse(copy, &seconds)) end[i] = (double)seconds;
    }
    factor->least = end[0];
    factor->most = end[1];
    return true;
}

bool factor_read_steps(const FactorText *text, Piece value, Factor *factor) {
    Steps steps = {0};
    steps.count = split(value, steps.piece);
    if (steps.count > 3)
        return factor_refuse(text, value, "expected lo:hi or lo:hi:step, not %u parts",
                             steps.count);
    if (!read_parts(text, &steps) || !align(text, &steps)) return false;
    return steps.count == 3 ? make_levels(text, &steps, factor) : make_range(text, &steps, factor);
}
