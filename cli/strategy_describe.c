/* nonpaper strategy describe: one strategy in full; a file's is read where it is contained. */
#include <string.h>

#include "agents/repertoire.h"
#include "agents/strategies.h"
#include "cli/contained.h"
#include "cli/output.h"
#include "cli/strategy_words.h"
#include "core/scenario/strategy_spec.h"

enum { PATIENCE_MS = 20000, MOST_NAMES = 192, PARTS_INDENT = 22 };

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

/* --- what is built in: strategies, and parts of boa, which may be called like strategies --- */

static int say_unknown(const char *name, const Error *error) {
    const char *names[MOST_NAMES];
    StrategyCatalogue catalogue = strategies_builtin();
    size_t count = 0;
    while (count < catalogue.count && count < MOST_NAMES) {
        names[count] = catalogue.strategy[count]->name;
        count++;
    }
    size_t room = MOST_NAMES - count, parts = strategy_parts_names(names + count, room);
    const char *near = text_nearest(name, names, count + (parts < room ? parts : room));
    char safe[96];
    if (near == NULL) return output_error(error);
    output_note("no strategy and no part of boa is called \"%s\"; did you mean %s?",
                text_safe(safe, sizeof safe, name), near);
    return ERROR_USAGE;
}

static bool is_part(const char *name) {
    const char *names[MOST_NAMES];
    size_t count = strategy_parts_names(names, MOST_NAMES);
    for (size_t i = 0; i < count && i < MOST_NAMES; i++)
        if (strcmp(names[i], name) == 0) return true;
    return false;
}

static int describe_built_in(const Options *options, const char *name) {
    Error error = {0};
    Text text = {0};
    bool composed = strcmp(name, "boa") == 0;
    const Strategy *strategy = repertoire_find(NULL, name, &error);
    if (strategy == NULL && !is_part(name)) return say_unknown(name, &error);
    if (option_given(options, "json"))
        strategy_json(&strategy, strategy != NULL, composed ? NULL : name, &text);
    else {
        if (strategy != NULL) strategy_print(strategy, &text);
        if (composed)
            strategy_parts_list(PARTS_INDENT, &text);
        else
            strategy_parts_print(name, &text);
    }
    output_result(&text);
    text_finish(&text);
    return 0;
}

int strategy_describe(const Options *options) {
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
    return output_finish(describe_built_in(options, name));
}
