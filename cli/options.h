/* The command line of one subcommand: a table of options and a table of arguments. The tables feed the
 * parser, the help and, later, completion and man pages. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/text.h"

typedef enum OptionKind {
    OPTION_FLAG,
    OPTION_INTEGER, /* least .. most */
    OPTION_NUMBER,  /* least .. most */
    OPTION_TEXT,
    OPTION_CHOICE /* one of `choices` */
} OptionKind;

/* One row: `--name`, or `-letter`. Values are given as `--name=value`, `--name value`, `-o value`. */
typedef struct OptionSpec {
    const char *name; /* NULL ends the table */
    char letter;      /* 0 for none */
    OptionKind kind;
    const char *value; /* what the help calls the value; NULL for flags and choices */
    const char *summary;
    int64_t least, most;        /* INTEGER, NUMBER */
    const char *const *choices; /* CHOICE; ends with NULL */
    bool repeated;       /* may be given several times; otherwise the second one is an error */
    bool optional_value; /* `--serve` or `--serve=PORT`; never `--serve PORT` */
} OptionSpec;

/* Arguments in order; `most` > 1 only in the last row. */
typedef struct ArgumentSpec {
    const char *name; /* NULL ends the table */
    const char *summary;
    uint32_t least, most; /* how many */
} ArgumentSpec;

enum { ARGUMENTS_MANY = 10000 };

struct Options;

/* A subcommand: a row of the table in commands.c. */
typedef struct Command {
    const char *name; /* NULL ends the table */
    const char *summary;
    const OptionSpec *options;                 /* NULL: none but the common ones */
    const ArgumentSpec *arguments;             /* NULL: none */
    int (*run)(const struct Options *options); /* gives the exit code */
    bool plumbing;                             /* started by other commands, not by people */
} Command;

typedef struct OptionValue {
    const OptionSpec *spec;
    const char *text; /* "" for flags and omitted optional values */
    int64_t integer;  /* INTEGER; for CHOICE the index */
    double number;    /* NUMBER, INTEGER */
} OptionValue;

typedef struct Options {
    const Command *command;
    OptionValue *value; /* in the order given */
    size_t values;
    const char **argument; /* borrowed from argv */
    size_t arguments;
} Options;

/* The options that every command takes: --help, --color. */
extern const OptionSpec common_options[];

/* Parses what stands after the subcommand's name. False with ERROR_USAGE. `--help` stops parsing: nothing
 * after it is looked at and no argument is missed. Finish `options` in either case. */
bool options_parse(Options *options, const Command *command, int count, const char *const *words,
                   Error *error);
void options_finish(Options *options);

bool option_given(const Options *options, const char *name);
/* The value given last, or `otherwise`. Names are those of the command's table. */
const char *option_text(const Options *options, const char *name, const char *otherwise);
int64_t option_integer(const Options *options, const char *name, int64_t otherwise);
double option_number(const Options *options, const char *name, double otherwise);
int option_choice(const Options *options, const char *name, int otherwise);
/* Values of a repeated option one by one: `*at` begins at 0; NULL after the last. */
const char *option_next(const Options *options, const char *name, size_t *at);

/* The argument of that index, or NULL. */
const char *options_argument(const Options *options, size_t index);

/* "nonpaper check [--json] FILE…" */
void options_usage(const Command *command, Text *out);
/* Usage, summary, a line per argument and option. */
void options_help(const Command *command, Text *out);

#endif
