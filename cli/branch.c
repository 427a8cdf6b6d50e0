/* nonpaper branch: a recorded run, otherwise from some moment on. Until then seats do what they did; from then
 * on strategies and settings are the new ones. With --reps each future has the next seed, and so other luck. */
#include "cli/commands.h"
#include "cli/repeat.h"

int command_branch(const Options *options) {
    PlayRequest request = {
        .options = options, .kind = PLAY_BRANCH, .source = options_argument(options, 0)};
    int code = 0;
    if (!request_read(&request, &code)) return code;
    code = repeat_play(&request);
    request_finish(&request);
    return code;
}
