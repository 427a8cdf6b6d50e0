/* The program from outside: exit codes and streams. Command lines go through a shell, with $N for the program,
 * $S for the sources, in a directory of their own. */
#ifndef TESTS_CLI_SHELL_H
#define TESTS_CLI_SHELL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/text.h"

typedef struct Case {
    const char *line;
    int code;
    const char *out; /* found on stdout; NULL: stdout stays empty */
    const char *err; /* found on stderr; NULL: stderr stays empty */
} Case;

void shell_begin(void);
void shell_end(void);
/* Gives the exit code; 128 and more when a signal ended it. */
int shell(const char *line);
/* Of the latest line. */
const char *shell_output(void);
const char *shell_complaints(void);

void try_all(const Case *cases, size_t count);

#define TRY(...)                                                                                   \
    static const Case cases[] = {__VA_ARGS__};                                                     \
    (void)state;                                                                                   \
    try_all(cases, sizeof cases / sizeof cases[0])

#endif
