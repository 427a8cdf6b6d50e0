#include "cli/commands.h"
#include "cli/output.h"
#include "core/scenario/manual.h"

static void list_commands(Text *out) {
    text_add(out, "usage: nonpaper COMMAND [OPTION…] [ARGUMENT…]\n\n"
                  "A negotiation simulator: separate agents exchange offers through a broker.\n\n");
    for (const Command *command = commands; command->name != NULL; command++)
        if (!command->plumbing) text_addf(out, "  %-10s %s\n", command->name, command->summary);
    text_add(out, "\n`nonpaper help COMMAND` shows the options of one, `nonpaper help KEY` a page "
                  "on a key of "
                  "scenarios, such as seats.discount. Begin with `nonpaper demo`.\n");
}

/* Neither a command nor a key: the nearest of either. */
static int unknown_topic(const char *name, const Error *key_error) {
    Error error = {0};
    char safe[96];
    const char *near = command_nearest(name);
    if (near == NULL) return output_error(key_error);
    error_set(&error, ERROR_USAGE, "there is no command \"%s\"; did you mean %s?",
              text_safe(safe, sizeof safe, name), near);
    return output_error(&error);
}

int command_help(const Options *options) {
    const char *name = options_argument(options, 0);
    const Command *command = name != NULL ? command_find(name) : NULL;
    Error error = {0};
    Text text = {0};
    int code = 0;
    if (command != NULL)
        options_help(command, &text);
    else if (name == NULL)
        list_commands(&text);
    else if (!scenario_key_help(name, &text, &error))
        code = unknown_topic(name, &error);
    output_result(&text);
    text_finish(&text);
    return code;
}
