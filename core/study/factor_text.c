#include "core/study/factor_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/base/complaint.h"

static uint32_t characters_of(Piece piece) {
    uint32_t count = 0;
    for (size_t i = 0; i < piece.length; i++) count += ((unsigned char)piece.at[i] & 0xc0u) != 0x80;
    return count > 0 ? count : 1;
}

bool factor_refuse(const FactorText *text, Piece place, const char *format, ...) {
    char sentence[COMPLAINT_SENTENCE];
    va_list list;
    va_start(list, format);
    vsnprintf(sentence, sizeof sentence, format, list);
    va_end(list);
    Source source = {text->path ? text->path : "factor", text->text, strlen(text->text), true};
    Complaints complaints = {.source = &source};
    Mark mark = mark_of_byte(&source, 0, (size_t)(place.at - text->text));
    mark.length = characters_of(place);
    complain(&complaints, mark, "%s", sentence);
    Text out = {0};
    complaints_print(&complaints, &out);
    error_set(text->error, ERROR_USAGE, "%.*s", (int)out.length - 1, text_get(&out));
    text_finish(&out);
    return false;
}

/* --- pieces --- */

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n';
}

Piece piece_trim(Piece piece) {
    while (piece.length > 0 && is_blank(*piece.at)) piece.at++, piece.length--;
    while (piece.length > 0 && is_blank(piece.at[piece.length - 1])) piece.length--;
    return piece;
}

/* Brackets and quotes on the way through a text, outermost first. */
enum { MOST_OPEN = 64 };
typedef struct Nesting {
    const char *open[MOST_OPEN];
    uint32_t depth;
    char before; /* the last character that is no blank */
    bool wrong;
} Nesting;

static char closing(char open) {
    static const char pairs[] = "()[]{}\"\"''";
    const char *at = strchr(pairs, open);
    return open != '\0' && at != NULL && (at - pairs) % 2 == 0 ? at[1] : '\0';
}

/* Quotes open where a value begins, as in YAML; elsewhere they are apostrophes. */
static bool opens(const Nesting *nesting, char c) {
    if (c == '"' || c == '\'')
        return nesting->before == '\0' || strchr("([{,:=", nesting->before) != NULL;
    return closing(c) != '\0';
}

static bool in_quotes(const Nesting *nesting) {
    char open = nesting->depth > 0 ? *nesting->open[nesting->depth - 1] : '\0';
    return open == '"' || open == '\'';
}

static void close_one(Nesting *nesting, char c) {
    if (nesting->depth > 0 && closing(*nesting->open[nesting->depth - 1]) == c)
        nesting->depth--;
    else if (!in_quotes(nesting))
        nesting->wrong = true;
}

/* Takes in what stands at `at`; returns behind it. */
static const char *pass(Nesting *nesting, const char *at, const char *end) {
    char c = *at;
    if (in_quotes(nesting)) {
        if (c == '\\' && *nesting->open[nesting->depth - 1] == '"' && at + 1 < end) at++;
        if (closing(c) != '\0') close_one(nesting, c);
    } else if (opens(nesting, c)) {
        if (nesting->depth < MOST_OPEN)
            nesting->open[nesting->depth++] = at;
        else
            nesting->wrong = true;
    } else if (c != '\0' && strchr(")]}", c) != NULL) {
        close_one(nesting, c);
    }
    if (!is_blank(c)) nesting->before = c;
    return at + 1;
}

bool piece_closed(const FactorText *text, Piece whole) {
    Nesting nesting = {0};
    const char *at = whole.at, *end = whole.at + whole.length;
    while (at < end && !nesting.wrong) {
        const char *here = at;
        at = pass(&nesting, at, end);
        if (!nesting.wrong) continue;
        return nesting.depth == MOST_OPEN
                   ? factor_refuse(text, (Piece){here, 1}, "more than %d brackets deep", MOST_OPEN)
                   : factor_refuse(text, (Piece){here, 1}, "this \"%c\" closes nothing", *here);
    }
    if (nesting.depth == 0) return true;
    const char *open = nesting.open[nesting.depth - 1];
    return factor_refuse(text, (Piece){open, 1}, "this %s is never closed",
                         *open == '"' || *open == '\'' ? "quote" : "bracket");
}

bool piece_split(Piece whole, const char *separators, Piece *piece, Piece *rest) {
    Nesting nesting = {0};
    const char *at = whole.at, *end = whole.at + whole.length;
    *rest = (Piece){end, 0};
    *piece = piece_trim(whole);
    while (at < end) {
        if (nesting.depth == 0 && strchr(separators, *at) != NULL) {
            *piece = piece_trim((Piece){whole.at, (size_t)(at - whole.at)});
            *rest = (Piece){at + 1, (size_t)(end - at - 1)};
            return true;
        }
        at = pass(&nesting, at, end);
    }
    return false;
}
