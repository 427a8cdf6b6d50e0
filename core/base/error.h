/* The world's "no": what went wrong, in a sentence, and the exit code that says so to a caller. */
#ifndef CORE_BASE_ERROR_H
#define CORE_BASE_ERROR_H

#include <stdbool.h>

/* The kinds are the program's exit codes (sysexits.h where it has a word). */
typedef enum ErrorKind {
    ERROR_NONE = 0,
    ERROR_CHECK = 1, /* a check said no */
    ERROR_AGENT = 3, /* an agent's fault, or some runs failed */
    ERROR_USAGE = 64,
    ERROR_SCENARIO = 65,    /* invalid scenario or data */
    ERROR_NO_INPUT = 66,    /* no such file or run */
    ERROR_UNAVAILABLE = 69, /* agent or broker unreachable */
    ERROR_INTERNAL = 70,    /* our bug */
    ERROR_CANT_CREATE = 73,
    ERROR_IO = 74,
    ERROR_STOPPED = 75, /* stopped by its own limit, resumable */
    ERROR_PROTOCOL = 76,
    ERROR_KEY = 77,
    ERROR_CANT_TELL = 125
} ErrorKind;

typedef struct Error {
    ErrorKind kind;
    char text[1024]; /* one or more sentences; never empty once set */
} Error;

/* No error yet; unlike zeroing it, without touching the text. */
static inline void error_clear(Error *error) {
    error->kind = ERROR_NONE;
    error->text[0] = '\0';
}

/* Sets the error and returns false, so that failing is one line. A NULL error is allowed. The first
 * error stays: setting one that is already set only returns false. */
bool error_set(Error *error, ErrorKind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
