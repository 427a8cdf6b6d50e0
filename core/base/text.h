/* Text: a growing string, safe printing of strings from outside, the nearest known word. */
#ifndef CORE_BASE_TEXT_H
#define CORE_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Text {
    char *bytes; /* NUL-terminated once anything was added; NULL before */
    size_t length, capacity;
} Text;

void text_add(Text *text, const char *string);
void text_add_bytes(Text *text, const char *bytes, size_t length);
void text_addf(Text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Adds a string from outside: control characters, DEL, C1 controls, bidirectional overrides and
 * invalid UTF-8 become visible escapes (\x1b), so that no terminal obeys them. */
void text_add_safe(Text *text, const char *string);
const char *text_get(const Text *text); /* never NULL */
void text_clear(Text *text);            /* keeps the memory */
void text_finish(Text *text);

/* Writes `string` safely into `out` (see text_add_safe), cut to fit; returns out. */
char *text_safe(char *out, size_t size, const char *string);

/* Is it well-formed UTF-8 without NUL? */
bool text_is_utf8(const char *bytes, size_t length);
/* How many bytes the character at the beginning takes; 0 when it is not well-formed or NUL. */
size_t text_utf8_length(const char *bytes, size_t length);
/* The code of a character (`length` bytes, well-formed) that nobody sees or that changes how its neighbours
 * are shown, such as a control character; 0 for any other. */
uint32_t text_hidden(const char *character, size_t length);

/* The word of `words` nearest to `word` (optimal string alignment distance at most a third of its
 * length, at least 1), or NULL when none is near. */
const char *text_nearest(const char *word, const char *const *words, size_t count);

/* The shortest decimal that reads back as exactly `value` ("0.97", "1e-09", "3"); out holds 32. */
char *text_double(char out[32], double value);

#endif
