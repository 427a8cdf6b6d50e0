/* TODO: stands in for commands that are not written yet; a command's own file takes precedence over
 * its weak stand-in here, and this file goes when the last one exists. */
#include "cli/commands.h"
#include "cli/output.h"

static int unbuilt(const Options *options) {
    output_note("%s is not built yet", options->command->name);
    return ERROR_INTERNAL;
}

__attribute__((weak)) int command_bench(const Options *options) {
    return unbuilt(options);
}
