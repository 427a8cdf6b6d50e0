/* nonpaper strategy describe: one strategy in full; a file's is read where it is contained. */
#include <string.h>

#include "agents/repertoire.h"
#include "cli/contained.h"
#include "cli/output.h"
#include "cli/strategy_words.h"
#include "core/scenario/strategy_spec.h"

enum { PATIENCE_MS = 20000 };

static void take_line(void *context, pid_t process, const char *line) {
    Text *text = context;
    (void)process;
    text_add_safe(text, line);
    text_add(text, "\n");
}

static int describe_file(const Options *options, const char *path) {
    const char *words[8] = {"nonpaper", "trial", "--describe"};
    size_t count = 3;
    if (option_given(options, "json")) words[count++] = "--json";
    if (option_given(options, "trust")) words[count++] = "--trust";
    words[count++] = "--";
    words[count] = path;
    Text text = {0};
    Error error = {0};
    ContainedEnd end;
    int number = 0;
    Contained contained = {words, PATIENCE_MS, take_line, &text};
    bool good = contained_run(&contained, &end, &number, &error);
    if (good && end == CONTAINED_DONE) output_result(&text);
    text_finish(&text);
    if (!good) return output_error(&error);
    if (end == CONTAINED_DONE || end == CONTAINED_FAILED) return number;
    output_note("it did not say what it is: %s",
                end == CONTAINED_SILENT ? "it did not come back" : "its process was killed");
    return ERROR_AGENT;
}

int strategy_describe(const Options *options) {
    Error error = {0};
    Text text = {0};
    const char *name = options_argument(options, 1);
    if (name == NULL) {
        output_note("strategy describe needs a NAME or a FILE (see nonpaper strategy list)");
        return ERROR_USAGE;
    }
    if (spec_kind(name) == SPEC_PROGRAM) {
        output_note("a program describes itself: start it with --help");
        return ERROR_USAGE;
    }
    if (spec_kind(name) != SPEC_BUILT_IN) return output_finish(describe_file(options, name));
    const Strategy *strategy = repertoire_find(NULL, name, &error);
    if (strategy == NULL) return output_error(&error);
    if (option_given(options, "json"))
        strategy_json(&strategy, 1, &text);
    else
        strategy_print(strategy, &text);
    output_result(&text);
    text_finish(&text);
    return output_finish(0);
}
