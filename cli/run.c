/* nonpaper run, nonpaper demo: one negotiation from a scenario file, in either lane. */
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/reference_scenario.h"
#include "cli/repeat.h"

static int run_file(const Options *options, const char *path) {
    PlayRequest request = {.options = options, .kind = PLAY_RUN, .source = path};
    int code = 0;
    if (!request_read(&request, &code)) return code;
    code = repeat_play(&request);
    request_finish(&request);
    return code;
}

int command_run(const Options *options) {
    return run_file(options, options_argument(options, 0));
}

int command_demo(const Options *options) {
    char path[1024];
    Error error = {0};
    if (!reference_scenario_find(path, sizeof path, &error)) return output_error(&error);
    return run_file(options, path);
}
