#include <string.h>

#include "agents/strategies.h"
#include "cli/commands.h"
#include "cli/conformance.h"
#include "cli/output.h"
#include "core/scenario/strategy_spec.h"
#include "report/sentence.h"

enum { INDENT = 14, MAX_NAMES = 64 };

/* --- for programs --- */

static void json_parameter(Json *json, const Parameter *parameter) {
    json_object(json, NULL);
    json_string(json, "name", parameter->name);
    if (parameter->text != NULL)
        json_string(json, "initial", parameter->text);
    else {
        json_double(json, "initial", parameter->initial);
        json_double(json, "least", parameter->least);
        json_double(json, "most", parameter->most);
    }
    json_string(json, "summary", parameter->summary);
    json_end_object(json);
}

static void json_strategy(Json *json, const Strategy *strategy) {
    json_object(json, NULL);
    json_string(json, "name", strategy->name);
    json_string(json, "summary", strategy->summary);
    json_string(json, "source", strategy->source);
    json_array(json, "parameters");
    const Parameter *parameter = strategy->parameter;
    for (; parameter != NULL && parameter->name != NULL; parameter++)
        json_parameter(json, parameter);
    json_end_array(json);
    json_end_object(json);
}

static void print_json(const Strategy *const *strategy, size_t count) {
    Text text = {0};
    Json json = output_json(&text, "nonpaper.strategy/1");
    json_array(&json, "strategies");
    for (size_t i = 0; i < count; i++) json_strategy(&json, strategy[i]);
    json_end_array(&json);
    output_json_end(&json);
}

/* --- for people --- */

static size_t longest_name(StrategyCatalogue catalogue) {
    size_t longest = 0;
    for (size_t i = 0; i < catalogue.count; i++) {
        size_t length = strlen(catalogue.strategy[i]->name);
        if (length > longest) longest = length;
    }
    return longest;
}

static void print_list(StrategyCatalogue catalogue) {
    Text text = {0};
    size_t indent = longest_name(catalogue) + 2;
    for (size_t i = 0; i < catalogue.count; i++) {
        const Strategy *strategy = catalogue.strategy[i];
        text_addf(&text, "%-*s", (int)indent, strategy->name);
        sentence_fold(&text, strategy->summary, indent, indent);
    }
    output_result(&text);
    text_finish(&text);
}

static void add_parameter(const Parameter *parameter, Text *out) {
    char initial[32], least[32], most[32];
    Text line = {0};
    text_add(&line, parameter->summary);
    if (parameter->text != NULL)
        text_addf(&line, " (a word%s%s)", parameter->text[0] != '\0' ? "; default " : "",
                  parameter->text);
    else
        text_addf(&line, " (%s to %s; default %s)", text_double(least, parameter->least),
                  text_double(most, parameter->most), text_double(initial, parameter->initial));
    text_addf(out, "  %-*s", INDENT - 2, parameter->name);
    sentence_fold(out, text_get(&line), INDENT, INDENT);
    text_finish(&line);
}

static void print_description(const Strategy *strategy) {
    Text text = {0}, line = {0};
    text_addf(&line, "%s: %s", strategy->name, strategy->summary);
    sentence_fold(&text, text_get(&line), 0, 2);
    if (strategy->source != NULL) {
        text_add(&text, "Source: ");
        sentence_fold(&text, strategy->source, 8, 8);
    }
    const Parameter *parameter = strategy->parameter;
    bool none = parameter == NULL || parameter->name == NULL;
    text_add(&text, none ? "It has no parameters.\n" : "Parameters:\n");
    for (; !none && parameter->name != NULL; parameter++) add_parameter(parameter, &text);
    output_result(&text);
    text_finish(&line);
    text_finish(&text);
}

/* --- the command --- */

static const Strategy *find_strategy(StrategyCatalogue catalogue, const char *name, Error *error) {
    const char *names[MAX_NAMES];
    size_t count = catalogue.count < MAX_NAMES ? catalogue.count : MAX_NAMES;
    for (size_t i = 0; i < count; i++) {
        names[i] = catalogue.strategy[i]->name;
        if (strcmp(names[i], name) == 0) return catalogue.strategy[i];
    }
    char safe[96];
    const char *near = text_nearest(name, names, count);
    error_set(error, ERROR_USAGE, "there is no strategy \"%s\"%s%s%s",
              text_safe(safe, sizeof safe, name), near != NULL ? "; did you mean " : "",
              near != NULL ? near : " (see nonpaper strategy list)", near != NULL ? "?" : "");
    return NULL;
}

static int list_strategies(const Options *options) {
    StrategyCatalogue catalogue = strategies_builtin();
    if (options->arguments > 1) {
        output_note("strategy list takes no name; did you mean strategy describe?");
        return ERROR_USAGE;
    }
    if (option_given(options, "json"))
        print_json(catalogue.strategy, catalogue.count);
    else
        print_list(catalogue);
    return 0;
}

static int describe_strategy(const Options *options) {
    Error error = {0};
    const char *name = options_argument(options, 1);
    if (name == NULL) {
        output_note("strategy describe needs a NAME (see nonpaper strategy list)");
        return ERROR_USAGE;
    }
    const Strategy *strategy = find_strategy(strategies_builtin(), name, &error);
    if (strategy == NULL) return output_error(&error);
    if (option_given(options, "json"))
        print_json(&strategy, 1);
    else
        print_description(strategy);
    return 0;
}

static int test_strategy(const Options *options) {
    const char *name = options_argument(options, 1);
    if (name == NULL || spec_kind(name) != SPEC_PROGRAM) {
        output_note(
            "strategy test needs a program: a path that holds a /, or ends in .py, .js or .sh");
        return ERROR_USAGE;
    }
    return conformance_run(name);
}

int command_strategy(const Options *options) {
    static const char *const words[] = {"list", "describe", "test"};
    const char *word = options_argument(options, 0);
    if (word == NULL || strcmp(word, "list") == 0) return list_strategies(options);
    if (strcmp(word, "describe") == 0) return describe_strategy(options);
    if (strcmp(word, "test") == 0) return test_strategy(options);
    char safe[96];
    const char *near = text_nearest(word, words, 3);
    text_safe(safe, sizeof safe, word);
    output_note("strategy cannot \"%s\"; did you mean %s?", safe, near != NULL ? near : "list");
    return ERROR_USAGE;
}
