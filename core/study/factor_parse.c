#include <stdlib.h>
#include <string.h>

#include "core/base/scalar.h"
#include "core/base/sim_time.h"
#include "core/study/factor_text.h"

/* --- the path --- */

static bool path_is_good(Piece path) {
    for (size_t i = 0; i < path.length; i++) {
        if (path.at[i] == '.' && (i == 0 || i + 1 == path.length || path.at[i + 1] == '.'))
            return false;
        if (strchr(" \t\n", path.at[i]) != NULL) return false;
    }
    return path.length > 0;
}

static bool read_path(FactorText *text, Factor *factor, Piece *value) {
    size_t length = strcspn(text->text, "=");
    Piece path = {text->text, length};
    if (text->text[length] == '\0')
        return factor_refuse(text, (Piece){text->text + length, 0},
                             "expected PATH=VALUES, such as seats.us.reservation=0.2,0.4");
    if (!path_is_good(path) || length > FACTOR_MOST_PATH)
        return factor_refuse(text, path, "expected words joined by dots, such as time.deadline");
    text->path = factor->path = arena_text(text->arena, path.at, length);
    *value = piece_trim((Piece){path.at + length + 1, strlen(path.at + length + 1)});
    if (value->length > 0) return true;
    return factor_refuse(text, (Piece){path.at + length + 1, 0}, "expected values here");
}

/* --- levels --- */

static uint32_t count_levels(Piece value) {
    uint32_t count = 1;
    Piece piece, rest = value;
    while (piece_split(rest, ",", &piece, &rest)) count++;
    return count;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The place of level number `index`, for a complaint. */
static Piece level_place(Piece value, uint32_t index) {
    Piece piece, rest = value;
    for (piece_split(rest, ",", &piece, &rest); index > 0; index--)
        piece_split(rest, ",", &piece, &rest);
    return piece;
}

static bool refuse_double(const FactorText *text, Piece value, const Factor *factor,
                          const char *level) {
    uint32_t last = factor->levels;
    while (strcmp(factor->level[--last], level) != 0) {
    }
    return factor_refuse(text, level_place(value, last), "this level is there already");
}

/* Two equal cells would count as two. */
static bool levels_differ(const FactorText *text, Piece value, const Factor *factor) {
    const char **sorted = arena_new(text->arena, factor->levels * sizeof *sorted);
    memcpy(sorted, factor->level, factor->levels * sizeof *sorted);
    qsort(sorted, factor->levels, sizeof *sorted, by_text);
    for (uint32_t i = 1; i < factor->levels; i++)
        if (strcmp(sorted[i - 1], sorted[i]) == 0)
            return refuse_double(text, value, factor, sorted[i]);
    return true;
}

static bool read_levels(const FactorText *text, Piece value, Factor *factor) {
    factor->kind = FACTOR_LEVELS;
    factor->levels = count_levels(value);
    if (factor->levels > FACTOR_MOST_LEVELS)
        return factor_refuse(text, value, "at most %d levels", FACTOR_MOST_LEVELS);
    const char **level = arena_new(text->arena, factor->levels * sizeof *level);
    Piece piece, rest = value;
    for (uint32_t i = 0; i < factor->levels; i++) {
        const char *from = rest.at;
        piece_split(rest, ",", &piece, &rest);
        if (piece.length == 0)
            return factor_refuse(text, (Piece){from, 0}, "expected a value here");
        level[i] = arena_text(text->arena, piece.at, piece.length);
    }
    factor->level = level;
    return levels_differ(text, value, factor);
}

static bool is_number(const char *level) {
    double number;
    return scalar_number(level, &number) && number - number == 0; /* an infinity is none */
}

static bool is_duration(const char *level) {
    SimTime seconds;
    return duration_parse(level, &seconds);
}

static bool all_are(const Factor *factor, bool (*is)(const char *level)) {
    uint32_t count = 0;
    while (count < factor->levels && is(factor->level[count])) count++;
    return count == factor->levels;
}

static FactorScale scale_of(const Factor *factor) {
    if (all_are(factor, is_number)) return FACTOR_NUMBERS;
    return all_are(factor, is_duration) ? FACTOR_DAYS : FACTOR_PLACES;
}

/* --- which of them --- */

/* Is that what is meant? Then `word` is what stands before the bracket. Only rankings have a ">" in their brackets. */
static bool is_ranking(Piece value, Piece *word) {
    const char *open = memchr(value.at, '(', value.length);
    if (open == NULL || value.at[value.length - 1] != ')') return false;
    *word = piece_trim((Piece){value.at, (size_t)(open - value.at)});
    if (word->length == 4 && memcmp(word->at, "rank", 4) == 0) return true;
    return memchr(open, '>', (size_t)(value.at + value.length - open)) != NULL;
}

static bool read_ranking(const FactorText *text, Piece value, Piece word, Factor *factor) {
    static const char *const known[] = {"rank"};
    char *copy = arena_text(text->arena, word.at, word.length);
    if (strcmp(copy, "rank") == 0) return factor_read_rank(text, value, factor);
    bool near = text_nearest(copy, known, 1) != NULL;
    return factor_refuse(text, word,
                         near ? "did you mean rank?"
                              : "a ranking is written rank(first > second > third)");
}

static bool read_value(const FactorText *text, Piece value, Factor *factor) {
    Piece first, rest, word;
    if (!piece_closed(text, value)) return false;
    bool list = piece_split(value, ",", &first, &rest);
    if (!list && is_ranking(value, &word)) return read_ranking(text, value, word, factor);
    if (!list && factor_is_steps(value)) return factor_read_steps(text, value, factor);
    return read_levels(text, value, factor);
}

bool factor_parse(Factor *factor, const char *text, Arena *arena, Error *error) {
    FactorText reading = {.text = text, .arena = arena, .error = error};
    Piece value;
    *factor = (Factor){0};
    if (strlen(text) > FACTOR_MOST_BYTES)
        return error_set(error, ERROR_USAGE, "a factor of more than %d bytes", FACTOR_MOST_BYTES);
    if (!read_path(&reading, factor, &value) || !read_value(&reading, value, factor)) return false;
    if (factor->kind == FACTOR_LEVELS) factor->scale = scale_of(factor);
    return true;
}
