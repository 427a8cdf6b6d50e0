/* nonpaper run, nonpaper demo: one negotiation from a scenario file, in either lane. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/output.h"
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

/* The reference scenario stands beside the sources, or is installed beside the program. */
static bool find_reference(char *path, size_t size, Error *error) {
    static const char *const places[] = {"/../../configs/riyadh-2025.yaml",
                                         "/../share/nonpaper/configs/riyadh-2025.yaml"};
    char program[512];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length < 0)
        return error_set(error, ERROR_INTERNAL, "cannot find the program: %s", strerror(errno));
    program[length] = '\0';
    char *slash = strrchr(program, '/');
    if (slash != NULL) *slash = '\0';
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        snprintf(path, size, "%s%s", program, places[i]);
        if (access(path, R_OK) == 0) return true;
    }
    return error_set(error, ERROR_NO_INPUT,
                     "the reference scenario is neither beside the sources nor installed");
}

int command_demo(const Options *options) {
    char path[1024];
    Error error = {0};
    if (!find_reference(path, sizeof path, &error)) return output_error(&error);
    return run_file(options, path);
}
