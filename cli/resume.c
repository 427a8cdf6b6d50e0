/* nonpaper resume: plays unfinished runs of a record to their ends. What is recorded of them is asked again
 * and must come out the same; then they go on live. */
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/lanes.h"
#include "cli/output.h"

static int resume_run(const Options *options, uint64_t run) {
    PlayRequest request = {.options = options,
                           .kind = PLAY_RESUME,
                           .source = options_argument(options, 0),
                           .origin = run};
    int code = 0;
    if (!request_read(&request, &code)) return code;
    code = lanes_play(&request);
    request_finish(&request);
    return code;
}

/* The next unfinished run after `after`; 0 when there is none. */
static uint64_t next_unfinished(const char *path, uint64_t after, Error *error) {
    Record *record = record_open_read(path, error);
    RunRow row = {.run = after, .ended = true};
    if (record == NULL) return 0;
    while (row.ended && record_next_run(record, row.run, &row, error)) continue;
    record_close(record);
    return row.ended ? 0 : row.run;
}

static int resume_all(const Options *options) {
    Error error = {0};
    int worst = 0;
    uint64_t run = 0, resumed = 0;
    while ((run = next_unfinished(options_argument(options, 0), run, &error)) != 0) {
        int code = resume_run(options, run);
        if (code > 128 || interrupt_asked()) return code;
        if (code != 0) worst = code;
        resumed++;
    }
    if (error.kind != ERROR_NONE) return output_error(&error);
    if (resumed == 0) output_note("every run of %s is finished", options_argument(options, 0));
    return worst;
}

int command_resume(const Options *options) {
    return option_given(options, "run") ? resume_run(options, 0) : resume_all(options);
}
