/* nonpaper: finds the subcommand in the table of commands.c, reads its options, runs it. */
#include <fcntl.h>
#include <signal.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/output.h"

static int print_version(void) {
    Text text = {0};
    text_add(&text, "nonpaper " NONPAPER_VERSION "\n");
    output_result(&text);
    text_finish(&text);
    return 0;
}

static int print_help(const Command *command) {
    Text text = {0};
    options_help(command, &text);
    output_result(&text);
    text_finish(&text);
    return 0;
}

static int run_command(const Command *command, int count, const char *const *words) {
    Options options;
    Error error = {0};
    int code;
    if (!options_parse(&options, command, count, words, &error))
        code = output_error(&error);
    else if (option_given(&options, "help"))
        code = print_help(command);
    else
        code = command->run(&options);
    options_finish(&options);
    return code;
}

static int say_usage(void) {
    Text text = {0};
    text_add(&text, "usage: nonpaper COMMAND [OPTION…] [ARGUMENT…]   (commands:");
    for (const Command *command = commands; command->name != NULL; command++)
        if (!command->plumbing) text_addf(&text, " %s", command->name);
    text_add(&text, ")\n");
    output_complaints(&text);
    text_finish(&text);
    return ERROR_USAGE;
}

static int unknown_option(const char *word) {
    char safe[96];
    output_note("there is no option %s (see nonpaper help)", text_safe(safe, sizeof safe, word));
    return ERROR_USAGE;
}

static int dispatch(int count, const char *const *words) {
    if (count < 2) return say_usage();
    const char *word = words[1];
    if (strcmp(word, "--version") == 0) return print_version();
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) word = "help";
    const Command *command = command_find(word);
    if (command != NULL) return run_command(command, count - 2, words + 2);
    if (word[0] == '-') return unknown_option(word);
    return run_command(command_find("help"), 1, words + 1); /* says which word is the nearest */
}

/* What is opened next must not be taken for a closed standard stream and written to. Only for reading, so
 * that results which have nowhere to go are still missed. */
static void occupy_streams(void) {
    for (int stream = 0; stream <= 2; stream++)
        if (fcntl(stream, F_GETFD) < 0) open("/dev/null", O_RDONLY);
}

int main(int count, char **words) {
    occupy_streams();
    /* A reader that goes away is seen as EPIPE (output.h), so that children and records end well. */
    signal(SIGPIPE, SIG_IGN);
    /* A limit on files is a full disk, which is said and not died of. */
    signal(SIGXFSZ, SIG_IGN);
    return output_finish(dispatch(count, (const char *const *)words));
}
