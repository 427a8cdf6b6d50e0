#include <string.h>

#include "agents/strategies.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/strategy_words.h"
#include "report/sentence.h"

enum { INDENT = 14, MOST_PARTS = 96 };

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

void strategy_json_object(const Strategy *strategy, const char *part, Json *json) {
    json_object(json, NULL);
    if (part != NULL) json_string(json, "part", part);
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

void strategy_json(const Strategy *const *strategy, size_t count, const char *part, Text *out) {
    Json json = output_json(out, "nonpaper.strategy/1");
    json_array(&json, "strategies");
    for (size_t i = 0; i < count; i++) strategy_json_object(strategy[i], NULL, &json);
    json_end_array(&json);
    json_array(&json, "parts");
    strategy_parts_json(part, &json);
    json_end_array(&json);
    json_end_object(&json);
    text_add(out, "\n");
}

/* --- for people --- */

static size_t longer(size_t longest, const char *name) {
    size_t length = strlen(name);
    return length > longest ? length : longest;
}

static size_t longest_name(StrategyCatalogue catalogue) {
    const char *part[MOST_PARTS];
    size_t longest = 0, parts = strategy_parts_names(part, MOST_PARTS);
    for (size_t i = 0; i < catalogue.count; i++)
        longest = longer(longest, catalogue.strategy[i]->name);
    for (size_t i = 0; i < parts && i < MOST_PARTS; i++) longest = longer(longest, part[i]);
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
    strategy_parts_list(indent, &text);
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

void strategy_print(const Strategy *strategy, Text *out) {
    Text line = {0};
    text_addf(&line, "%s: %s", strategy->name, strategy->summary);
    sentence_fold(out, text_get(&line), 0, 2);
    if (strategy->source != NULL) {
        text_add(out, "Source: ");
        sentence_fold(out, strategy->source, 8, 8);
    }
    const Parameter *parameter = strategy->parameter;
    bool none = parameter == NULL || parameter->name == NULL;
    text_add(out, none ? "It has no parameters.\n" : "Parameters:\n");
    for (; !none && parameter->name != NULL; parameter++) add_parameter(parameter, out);
    text_finish(&line);
}

/* --- the command --- */

static int list_strategies(const Options *options) {
    StrategyCatalogue catalogue = strategies_builtin();
    Text text = {0};
    if (options->arguments > 1) {
        output_note("strategy list takes no name; did you mean strategy describe?");
        return ERROR_USAGE;
    }
    if (!option_given(options, "json")) {
        print_list(catalogue);
        return 0;
    }
    strategy_json(catalogue.strategy, catalogue.count, NULL, &text);
    output_result(&text);
    text_finish(&text);
    return 0;
}

static const struct {
    const char *word;
    int (*run)(const Options *options);
} words[] = {
    {"list", list_strategies},
    {"describe", strategy_describe},
    {"new", strategy_new},
    {"test", strategy_test},
};
enum { WORDS = sizeof words / sizeof words[0] };

int command_strategy(const Options *options) {
    const char *names[WORDS], *word = options_argument(options, 0);
    if (word == NULL) return list_strategies(options);
    for (size_t i = 0; i < WORDS; i++) {
        names[i] = words[i].word;
        if (strcmp(word, names[i]) == 0) return words[i].run(options);
    }
    char safe[96];
    const char *near = text_nearest(word, names, WORDS);
    text_safe(safe, sizeof safe, word);
    output_note("strategy cannot \"%s\"; did you mean %s?", safe, near != NULL ? near : "list");
    return ERROR_USAGE;
}
