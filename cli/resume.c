/* nonpaper resume: plays unfinished runs of a record to their ends. What is recorded of them is asked again
 * and must come out the same; then they go on live. */
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/lanes.h"
#include "cli/output.h"

static int resume_run(const Options *options) {
    PlayRequest request;
    int code = 0;
    if (!request_read(&request, options, PLAY_RESUME, options_argument(options, 0), &code))
        return code;
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

/* Options as given, and --run set to one of the runs. */
static int resume_one_of_many(const Options *given, uint64_t run) {
    static const OptionSpec run_spec = {.name = "run", .kind = OPTION_INTEGER};
    Options options = *given;
    OptionValue value[64];
    for (size_t i = 0; i < given->values && i < 63; i++) value[i] = given->value[i];
    value[given->values] = (OptionValue){.spec = &run_spec, .text = "", .integer = (int64_t)run};
    options.value = value;
    options.values = given->values + 1;
    return resume_run(&options);
}

static int resume_all(const Options *options) {
    Error error = {0};
    int worst = 0;
    uint64_t run = 0, resumed = 0;
    while ((run = next_unfinished(options_argument(options, 0), run, &error)) != 0) {
        int code = resume_one_of_many(options, run);
        if (code > 128 || interrupt_asked()) return code;
        if (code != 0) worst = code;
        resumed++;
    }
    if (error.kind != ERROR_NONE) return output_error(&error);
    if (resumed == 0) output_note("every run of %s is finished", options_argument(options, 0));
    return worst;
}

int command_resume(const Options *options) {
    return option_given(options, "run") ? resume_run(options) : resume_all(options);
}
