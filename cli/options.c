#include "cli/options.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

static const char *const color_choices[] = {"auto", "always", "never", NULL};

const OptionSpec common_options[] = {
    {.name = "color",
     .kind = OPTION_CHOICE,
     .choices = color_choices,
     .summary = "emphasis on the terminal (auto also heeds NO_COLOR and TERM=dumb)"},
    {.name = "help", .letter = 'h', .kind = OPTION_FLAG, .summary = "show this help"},
    {.name = NULL},
};

/* --- finding a row --- */

typedef struct Finder {
    const char *name; /* not NUL-terminated */
    size_t length;
    char letter;
} Finder;

static bool row_matches(const OptionSpec *row, const Finder *wanted) {
    if (wanted->letter != 0) return row->letter == wanted->letter;
    return strlen(row->name) == wanted->length &&
           strncmp(row->name, wanted->name, wanted->length) == 0;
}

static const OptionSpec *find_in(const OptionSpec *table, const Finder *wanted) {
    for (; table != NULL && table->name != NULL; table++)
        if (row_matches(table, wanted)) return table;
    return NULL;
}

static const OptionSpec *find_row(const Command *command, const Finder *wanted) {
    const OptionSpec *row = find_in(command->options, wanted);
    return row != NULL ? row : find_in(common_options, wanted);
}

enum { MAX_ROWS = 64 };

static size_t collect_names(const OptionSpec *table, const char **names, size_t count) {
    for (; table != NULL && table->name != NULL && count < MAX_ROWS; table++)
        names[count++] = table->name;
    return count;
}

static bool unknown_option(const Command *command, const Finder *wanted, Error *error) {
    if (wanted->letter != 0)
        return error_set(error, ERROR_USAGE, "%s has no option -%s (see nonpaper %s --help)",
                         command->name, text_safe((char[16]){0}, 16, (char[]){wanted->letter, 0}),
                         command->name);
    const char *names[MAX_ROWS];
    size_t count = collect_names(common_options, names, collect_names(command->options, names, 0));
    char word[64], safe[128];
    size_t length = wanted->length < sizeof word ? wanted->length : sizeof word - 1;
    memcpy(word, wanted->name, length);
    word[length] = '\0';
    const char *near = text_nearest(word, names, count);
    text_safe(safe, sizeof safe, word);
    if (near != NULL)
        return error_set(error, ERROR_USAGE, "%s has no option --%s; did you mean --%s?",
                         command->name, safe, near);
    return error_set(error, ERROR_USAGE, "%s has no option --%s (see nonpaper %s --help)",
                     command->name, safe, command->name);
}

/* --- values --- */

static bool is_within(const OptionSpec *row, double number) {
    return number >= (double)row->least && number <= (double)row->most;
}

static bool bad_number(const OptionSpec *row, const char *text, Error *error) {
    char safe[96];
    const char *what = row->kind == OPTION_INTEGER ? "a whole number" : "a number";
    return error_set(error, ERROR_USAGE, "--%s must be %s from %lld to %lld, not \"%s\"", row->name,
                     what, (long long)row->least, (long long)row->most,
                     text_safe(safe, sizeof safe, text));
}

static bool read_integer(const OptionSpec *row, OptionValue *value, Error *error) {
    char *end;
    errno = 0;
    long long integer = strtoll(value->text, &end, 10);
    bool plain = strspn(value->text, "-0123456789") == strlen(value->text);
    if (!plain || end == value->text || *end != '\0' || errno != 0 || integer < row->least ||
        integer > row->most)
        return bad_number(row, value->text, error);
    value->integer = integer;
    value->number = (double)integer;
    return true;
}

/* Decimal only: strtod would also take hexadecimal, infinities and leading blanks. */
static bool read_number(const OptionSpec *row, OptionValue *value, Error *error) {
    char *end;
    bool plain = strspn(value->text, "+-.0123456789eE") == strlen(value->text);
    value->number = strtod(value->text, &end);
    if (!plain || end == value->text || *end != '\0' || !is_within(row, value->number))
        return bad_number(row, value->text, error);
    return true;
}

static size_t count_choices(const OptionSpec *row) {
    size_t count = 0;
    while (row->choices[count] != NULL) count++;
    return count;
}

static bool read_choice(const OptionSpec *row, OptionValue *value, Error *error) {
    size_t count = count_choices(row);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(row->choices[i], value->text) != 0) continue;
        value->integer = (int64_t)i;
        return true;
    }
    char safe[96];
    const char *near = text_nearest(value->text, row->choices, count);
    Text known = {0};
    for (size_t i = 0; i < count; i++)
        text_addf(&known, "%s%s", i > 0 ? ", " : "", row->choices[i]);
    error_set(error, ERROR_USAGE, "--%s cannot be \"%s\"; it is one of %s%s%s%s", row->name,
              text_safe(safe, sizeof safe, value->text), text_get(&known),
              near != NULL ? "; did you mean " : "", near != NULL ? near : "",
              near != NULL ? "?" : "");
    text_finish(&known);
    return false;
}

static bool read_value(const OptionSpec *row, OptionValue *value, Error *error) {
    static bool (*const read[])(const OptionSpec *, OptionValue *, Error *) = {
        [OPTION_INTEGER] = read_integer,
        [OPTION_NUMBER] = read_number,
        [OPTION_CHOICE] = read_choice,
    };
    bool omitted = row->optional_value && value->text[0] == '\0';
    if (row->kind == OPTION_FLAG || row->kind == OPTION_TEXT || omitted) return true;
    return read[row->kind](row, value, error);
}

/* --- parsing --- */

typedef struct Parser {
    Options *options;
    int count, next;
    const char *const *words;
    bool help;
} Parser;

static bool add_value(Parser *parser, const OptionSpec *row, const char *text, Error *error) {
    Options *options = parser->options;
    if (!row->repeated && option_given(options, row->name))
        return error_set(error, ERROR_USAGE, "--%s is given twice", row->name);
    OptionValue value = {.spec = row, .text = text};
    if (!read_value(row, &value, error)) return false;
    options->value[options->values++] = value;
    if (strcmp(row->name, "help") == 0) parser->help = true;
    return true;
}

/* The value of an option that came without one in its own word. */
static bool value_follows(Parser *parser, const OptionSpec *row, const char **text, Error *error) {
    *text = "";
    if (row->kind == OPTION_FLAG || row->optional_value) return true;
    if (parser->next >= parser->count)
        return error_set(error, ERROR_USAGE, "--%s needs a value (%s)", row->name,
                         row->value != NULL ? row->value : "one of its choices");
    *text = parser->words[parser->next++];
    return true;
}

static bool parse_long(Parser *parser, const char *word, Error *error) {
    const char *equals = strchr(word, '=');
    Finder wanted = {.name = word,
                     .length = equals != NULL ? (size_t)(equals - word) : strlen(word)};
    const OptionSpec *row = find_row(parser->options->command, &wanted);
    if (row == NULL) return unknown_option(parser->options->command, &wanted, error);
    if (equals != NULL && row->kind == OPTION_FLAG)
        return error_set(error, ERROR_USAGE, "--%s takes no value", row->name);
    const char *text = equals != NULL ? equals + 1 : "";
    if (equals == NULL && !value_follows(parser, row, &text, error)) return false;
    return add_value(parser, row, text, error);
}

/* `-o FILE`, `-oFILE`; flags do not combine. */
static bool parse_letter(Parser *parser, const char *word, Error *error) {
    Finder wanted = {.letter = word[0]};
    const OptionSpec *row = find_row(parser->options->command, &wanted);
    if (row == NULL) return unknown_option(parser->options->command, &wanted, error);
    if (word[1] != '\0' && row->kind == OPTION_FLAG)
        return error_set(error, ERROR_USAGE, "-%c takes no value", word[0]);
    const char *text = word + 1;
    if (*text == '\0' && !value_follows(parser, row, &text, error)) return false;
    return add_value(parser, row, text, error);
}

static bool parse_word(Parser *parser, const char *word, bool *ended, Error *error) {
    if (!*ended && strcmp(word, "--") == 0) {
        *ended = true;
        return true;
    }
    if (!*ended && strncmp(word, "--", 2) == 0) return parse_long(parser, word + 2, error);
    /* A lone "-" is an argument. */
    if (!*ended && word[0] == '-' && word[1] != '\0') return parse_letter(parser, word + 1, error);
    parser->options->argument[parser->options->arguments++] = word;
    return true;
}

static bool check_arguments(const Options *options, Error *error) {
    const Command *command = options->command;
    uint64_t least = 0, most = 0;
    for (const ArgumentSpec *row = command->arguments; row != NULL && row->name != NULL; row++) {
        if (options->arguments < (least += row->least))
            return error_set(error, ERROR_USAGE, "%s needs %s (see nonpaper %s --help)",
                             command->name, row->name, command->name);
        most += row->most;
    }
    if (options->arguments <= most) return true;
    char safe[96];
    return error_set(error, ERROR_USAGE, "%s does not know what to do with \"%s\"", command->name,
                     text_safe(safe, sizeof safe, options->argument[most]));
}

bool options_parse(Options *options, const Command *command, int count, const char *const *words,
                   Error *error) {
    *options = (Options){.command = command};
    options->value = memory_new((size_t)count + 1, sizeof *options->value);
    options->argument = memory_new((size_t)count + 1, sizeof *options->argument);
    Parser parser = {.options = options, .count = count, .words = words};
    bool ended = false;
    while (parser.next < count && !parser.help)
        if (!parse_word(&parser, words[parser.next++], &ended, error)) return false;
    return parser.help || check_arguments(options, error);
}

void options_finish(Options *options) {
    memory_free(options->value);
    memory_free(options->argument);
    *options = (Options){0};
}

/* --- asking --- */

static const OptionValue *last_value(const Options *options, const char *name) {
    for (size_t i = options->values; i > 0; i--)
        if (strcmp(options->value[i - 1].spec->name, name) == 0) return &options->value[i - 1];
    return NULL;
}

bool option_given(const Options *options, const char *name) {
    return last_value(options, name) != NULL;
}

const char *option_text(const Options *options, const char *name, const char *otherwise) {
    const OptionValue *value = last_value(options, name);
    return value != NULL ? value->text : otherwise;
}

int64_t option_integer(const Options *options, const char *name, int64_t otherwise) {
    const OptionValue *value = last_value(options, name);
    return value != NULL && value->text[0] != '\0' ? value->integer : otherwise;
}

double option_number(const Options *options, const char *name, double otherwise) {
    const OptionValue *value = last_value(options, name);
    return value != NULL && value->text[0] != '\0' ? value->number : otherwise;
}

int option_choice(const Options *options, const char *name, int otherwise) {
    return (int)option_integer(options, name, otherwise);
}

const char *option_next(const Options *options, const char *name, size_t *at) {
    while (*at < options->values) {
        const OptionValue *value = &options->value[(*at)++];
        if (strcmp(value->spec->name, name) == 0) return value->text;
    }
    return NULL;
}

const char *options_argument(const Options *options, size_t index) {
    return index < options->arguments ? options->argument[index] : NULL;
}
