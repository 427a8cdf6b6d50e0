/* What the tables of options say to people. */
#include <string.h>

#include "cli/options.h"

enum { HELP_COLUMN = 30, SHORT_USAGE = 4 };

static void add_choices(const OptionSpec *row, Text *out) {
    for (size_t i = 0; row->choices[i] != NULL; i++)
        text_addf(out, "%s%s", i > 0 ? "|" : "", row->choices[i]);
}

/* "--seed N", "-o, --output FILE", "--lane memory|processes", "--serve[=PORT]". */
static void add_option(const OptionSpec *row, Text *out) {
    if (row->letter != 0) text_addf(out, "-%c, ", row->letter);
    text_addf(out, "--%s", row->name);
    if (row->kind == OPTION_FLAG) return;
    text_add(out, row->optional_value ? "[=" : " ");
    if (row->kind == OPTION_CHOICE)
        add_choices(row, out);
    else
        text_add(out, row->value);
    if (row->optional_value) text_add(out, "]");
}

static void add_argument(const ArgumentSpec *row, Text *out) {
    bool many = row->most > 1;
    text_addf(out, row->least == 0 ? " [%s%s]" : " %s%s", row->name, many ? "…" : "");
}

void options_usage(const Command *command, Text *out) {
    text_addf(out, "nonpaper %s", command->name);
    size_t rows = 0;
    for (const OptionSpec *row = command->options; row != NULL && row->name != NULL; row++) rows++;
    if (rows > SHORT_USAGE) text_add(out, " [OPTION…]");
    for (const OptionSpec *row = command->options; row != NULL && row->name != NULL; row++) {
        if (rows > SHORT_USAGE) break;
        text_add(out, " [");
        add_option(&(OptionSpec){.name = row->name,
                                 .kind = row->kind,
                                 .value = row->value,
                                 .choices = row->choices,
                                 .optional_value = row->optional_value},
                   out);
        text_add(out, "]");
    }
    for (const ArgumentSpec *row = command->arguments; row != NULL && row->name != NULL; row++)
        add_argument(row, out);
}

/* A long left side gets a line of its own. */
static void add_line(const char *left, const char *right, bool repeated, Text *out) {
    bool alone = strlen(left) + 4 > HELP_COLUMN;
    if (alone)
        text_addf(out, "  %s\n%*s", left, HELP_COLUMN, "");
    else
        text_addf(out, "  %-*s", HELP_COLUMN - 2, left);
    text_addf(out, "%s%s\n", right, repeated ? " (may be repeated)" : "");
}

static void add_option_lines(const OptionSpec *table, Text *out) {
    for (; table != NULL && table->name != NULL; table++) {
        Text left = {0};
        if (table->letter == 0) text_add(&left, "    ");
        add_option(table, &left);
        add_line(text_get(&left), table->summary, table->repeated, out);
        text_finish(&left);
    }
}

void options_help(const Command *command, Text *out) {
    text_add(out, "usage: ");
    options_usage(command, out);
    text_addf(out, "\n\n%s\n", command->summary);
    if (command->arguments != NULL) text_add(out, "\n");
    for (const ArgumentSpec *row = command->arguments; row != NULL && row->name != NULL; row++)
        add_line(row->name, row->summary, false, out);
    text_add(out, "\n");
    add_option_lines(command->options, out);
    add_option_lines(common_options, out);
}
