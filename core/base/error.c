#include "core/base/error.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"

/* A text cut to fit must not end inside a character. */
static void drop_partial_character(char *text) {
    size_t length = strlen(text), start = length;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xc0) == 0x80) start--;
    if (start > 0 && text_utf8_length(text + start - 1, length - start + 1) == 0)
        text[start - 1] = '\0';
}

bool error_set(Error *error, ErrorKind kind, const char *format, ...) {
    assert(kind != ERROR_NONE);
    if (error == NULL || error->kind != ERROR_NONE) return false;
    error->kind = kind;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(error->text, sizeof error->text, format, arguments);
    va_end(arguments);
    if (length >= (int)sizeof error->text) drop_partial_character(error->text);
    if (length <= 0) memcpy(error->text, "unknown error", sizeof "unknown error");
    return false;
}
