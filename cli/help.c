#include "cli/commands.h"
#include "cli/output.h"

static void list_commands(Text *out) {
    text_add(out, "usage: nonpaper COMMAND [OPTION…] [ARGUMENT…]\n\n"
                  "A negotiation simulator: separate agents exchange offers through a broker.\n\n");
    for (const Command *command = commands; command->name != NULL; command++)
        if (!command->plumbing) text_addf(out, "  %-10s %s\n", command->name, command->summary);
    text_add(out,
             "\n`nonpaper help COMMAND` shows the options of one; begin with `nonpaper demo`.\n");
}

static int unknown_topic(const char *name) {
    Error error = {0};
    char safe[96];
    const char *near = command_nearest(name);
    text_safe(safe, sizeof safe, name);
    if (near != NULL)
        error_set(&error, ERROR_USAGE, "there is no command \"%s\"; did you mean %s?", safe, near);
    else
        error_set(&error, ERROR_USAGE, "there is no command \"%s\" (see nonpaper help)", safe);
    return output_error(&error);
}

int command_help(const Options *options) {
    const char *name = options_argument(options, 0);
    const Command *command = name != NULL ? command_find(name) : NULL;
    if (name != NULL && command == NULL) return unknown_topic(name);
    Text text = {0};
    if (command != NULL)
        options_help(command, &text);
    else
        list_commands(&text);
    output_result(&text);
    text_finish(&text);
    return 0;
}
