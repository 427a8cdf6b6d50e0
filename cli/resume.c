/* nonpaper resume: plays unfinished runs of a record to their ends. What is recorded of them is asked again
 * and must come out the same; then they go on live. */
#include "cli/commands.h"
#include "cli/lanes.h"
#include "cli/output.h"
#include "cli/repeat.h"
#include "core/base/memory.h"

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

/* The unfinished runs of a record; free with memory_free. */
static uint64_t *find_unfinished(const char *path, uint64_t *count, Error *error) {
    Record *record = record_open_read(path, error);
    uint64_t *runs = NULL;
    RunRow *row = memory_new(1, sizeof *row);
    *count = 0;
    while (record != NULL && record_next_run(record, row->run, row, error)) {
        if (row->ended) continue;
        runs = memory_grow(runs, *count + 1, sizeof *runs);
        runs[(*count)++] = row->run;
    }
    memory_free(row);
    record_close(record);
    return runs;
}

static int resume_all(const Options *options) {
    const char *path = options_argument(options, 0);
    Error error = {0};
    char safe[256];
    uint64_t count;
    uint64_t *runs = find_unfinished(path, &count, &error);
    PlayRequest request = {
        .options = options, .record = path, .json = option_given(options, "json")};
    int code = 0;
    if (error.kind == ERROR_NONE && count == 0)
        output_note("every run of %s is finished", text_safe(safe, sizeof safe, path));
    if (error.kind != ERROR_NONE)
        code = output_error(&error);
    else if (count == 1)
        code = resume_run(options, runs[0]);
    else if (count > 1 || request.json)
        code = repeat_resume(&request, runs, count);
    memory_free(runs);
    return code;
}

int command_resume(const Options *options) {
    return option_given(options, "run") ? resume_run(options, 0) : resume_all(options);
}
