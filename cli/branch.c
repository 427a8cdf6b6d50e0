/* nonpaper branch: a recorded run, otherwise from some moment on. Until then seats do what they did; from then
 * on strategies and settings are the new ones. */
#include "cli/commands.h"
#include "cli/lanes.h"

static int branch_once(const Options *options, uint64_t repetition) {
    PlayRequest request = {
        .options = options, .kind = PLAY_BRANCH, .source = options_argument(options, 0)};
    int code = 0;
    if (!request_read(&request, &code)) return code;
    request.seed += repetition;
    code = lanes_play(&request);
    request_finish(&request);
    return code;
}

/* Many futures: each repetition has the next seed, and so other luck from the branch on. */
int command_branch(const Options *options) {
    uint64_t repetitions = (uint64_t)option_integer(options, "reps", 1);
    int code = 0;
    for (uint64_t i = 0; i < repetitions && (code == 0 || code == ERROR_AGENT); i++)
        code = branch_once(options, i);
    return code;
}
