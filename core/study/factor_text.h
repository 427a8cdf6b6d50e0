/* The text of a factor while it is read: what is shared by the files that read it. */
#ifndef CORE_STUDY_FACTOR_TEXT_H
#define CORE_STUDY_FACTOR_TEXT_H

#include "core/study/factor.h"

/* A stretch of the text. */
typedef struct Piece {
    const char *at;
    size_t length;
} Piece;

typedef struct FactorText {
    const char *text;
    const char *path; /* NULL until it is known */
    Arena *arena;
    Error *error;
} FactorText;

/* Says what is wrong, and shows it: the text with a caret under the piece. Returns false. */
bool factor_refuse(const FactorText *text, Piece place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

Piece piece_trim(Piece piece); /* without blanks at its edges */
/* The piece up to the first of `separators` outside of brackets and quotes, and what comes after that; false when there is
 * none, and the piece is all. Brackets and quotes must be closed: see pieces_closed. */
bool piece_split(Piece whole, const char *separators, Piece *piece, Piece *rest);
/* Is every bracket and quote closed, by its like? Refuses at the one that is not. */
bool piece_closed(const FactorText *text, Piece whole);

/* "lo:hi:step" and "lo:hi": levels or a range. */
bool factor_read_steps(const FactorText *text, Piece value, Factor *factor);
/* Is that what is meant? Something with a colon in it, of which a part is a number. */
bool factor_is_steps(Piece value);
/* "rank(a > b = c > d, e)" */
bool factor_read_rank(const FactorText *text, Piece value, Factor *factor);

#endif
