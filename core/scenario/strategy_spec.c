#include "core/scenario/strategy_spec.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/base/complaint.h"
#include "core/base/scalar.h"

enum { MAX_KNOWN = 64 };

/* What ends the name of a strategy. */
#define AFTER_NAME "(),= \t\n"

/* A piece of the specification. */
typedef struct Piece {
    const char *at;
    size_t length;
} Piece;

typedef struct SpecReader {
    const char *spec, *at;
    const Strategy *strategy; /* NULL: parameters are not checked */
    Argument *arguments;
    uint32_t given; /* a bit per parameter */
    SpecFault *fault;
} SpecReader;

__attribute__((format(printf, 3, 4))) static bool fail(SpecReader *reader, Piece piece,
                                                       const char *format, ...) {
    va_list list;
    va_start(list, format);
    vsnprintf(reader->fault->sentence, sizeof reader->fault->sentence, format, list);
    va_end(list);
    reader->fault->from = (uint32_t)(piece.at - reader->spec);
    reader->fault->length = piece.length ? (uint32_t)piece.length : 1;
    return false;
}

static void skip_blanks(SpecReader *reader) {
    reader->at += strspn(reader->at, " \t\n");
}

/* The text up to one of `ends`, without blanks at its edges. */
static Piece take(SpecReader *reader, const char *ends) {
    skip_blanks(reader);
    Piece piece = {reader->at, strcspn(reader->at, ends)};
    reader->at += piece.length;
    while (piece.length > 0 && strchr(" \t\n", piece.at[piece.length - 1])) piece.length--;
    return piece;
}

const char *spec_unclosed(const char *value) {
    const char *open = NULL;
    uint32_t depth = 0;
    for (const char *at = value; *at != '\0'; at++) {
        if (*at == '(' && depth++ == 0) open = at;
        if (*at == ')' && depth > 0 && --depth == 0) open = NULL;
    }
    return open;
}

/* Up to what ends a parameter. Parentheses within a value are its own, and so is all between them. */
static bool take_value(SpecReader *reader, Piece *value) {
    skip_blanks(reader);
    const char *at = reader->at;
    uint32_t depth = 0;
    for (; *at != '\0' && (depth > 0 || strchr("=,)", *at) == NULL); at++)
        depth += (*at == '(') - (*at == ')');
    if (depth > 0)
        return fail(reader, (Piece){spec_unclosed(reader->at), 1}, "this \"(\" is never closed");
    *value = (Piece){reader->at, (size_t)(at - reader->at)};
    reader->at = at;
    while (value->length > 0 && strchr(" \t\n", value->at[value->length - 1])) value->length--;
    return true;
}

static void piece_copy(char *out, size_t size, Piece piece) {
    snprintf(out, size, "%.*s", (int)(piece.length < size ? piece.length : size - 1), piece.at);
}

/* --- parameters --- */

static size_t parameter_names(const Strategy *strategy, const char **names) {
    size_t count = 0;
    const Parameter *parameter = strategy->parameter;
    for (; parameter && parameter[count].name && count < NP_MAX_PARAMETERS; count++) {
        names[count] = parameter[count].name;
    }
    return count;
}

static bool set_number(SpecReader *reader, const Parameter *parameter, Piece value,
                       Argument *argument) {
    char text[NP_PARAMETER_TEXT], least[32], most[32];
    piece_copy(text, sizeof text, value);
    if (!scalar_number(text, &argument->number)) {
        return fail(reader, value, "%s must be a number from %s to %s, not \"%.40s\"",
                    parameter->name, text_double(least, parameter->least),
                    text_double(most, parameter->most), text);
    }
    if (argument->number >= parameter->least && argument->number <= parameter->most) return true;
    return fail(reader, value, "%s=%.40s is out of range: %s to %s", parameter->name, text,
                text_double(least, parameter->least), text_double(most, parameter->most));
}

static bool set_text(SpecReader *reader, const Parameter *parameter, Piece value,
                     Argument *argument) {
    if (value.length >= NP_PARAMETER_TEXT) {
        return fail(reader, value, "%s is longer than %d bytes", parameter->name,
                    NP_PARAMETER_TEXT - 1);
    }
    piece_copy(argument->text, sizeof argument->text, value);
    return true;
}

static bool fail_empty(SpecReader *reader, Piece key, Piece value) {
    return fail(reader, value, "expected a value after \"%.*s=\"", (int)key.length, key.at);
}

static bool set_parameter(SpecReader *reader, Piece key, Piece value) {
    const char *names[NP_MAX_PARAMETERS];
    char word[NP_PARAMETER_TEXT], hint[240];
    size_t count = parameter_names(reader->strategy, names), i = 0;
    piece_copy(word, sizeof word, key);
    while (i < count && strcmp(names[i], word) != 0) i++;
    if (i == count) {
        complaint_hint(hint, sizeof hint, word, names, count);
        return fail(reader, key, "%s has no parameter \"%.64s\"%s", reader->strategy->name, word,
                    count ? hint : "; it takes none");
    }
    if (reader->given >> i & 1u) return fail(reader, key, "parameter \"%s\" is given twice", word);
    reader->given |= UINT32_C(1) << i;
    const Parameter *parameter = &reader->strategy->parameter[i];
    /* Words may be empty: that is how a record writes one that was not given. */
    if (parameter->text) return set_text(reader, parameter, value, &reader->arguments[i]);
    if (value.length == 0) return fail_empty(reader, key, value);
    return set_number(reader, parameter, value, &reader->arguments[i]);
}

static bool read_parameter(SpecReader *reader) {
    Piece key = take(reader, "=,()");
    if (key.length == 0 || *reader->at != '=') {
        return fail(reader, key, "expected parameter=value in \"%.64s\"", reader->spec);
    }
    reader->at++;
    Piece value;
    if (!take_value(reader, &value)) return false;
    if (*reader->at == '=' || (value.length > 0 && *value.at == '('))
        return fail_empty(reader, key, (Piece){value.at, 1});
    return !reader->strategy || set_parameter(reader, key, value);
}

static bool read_parameters(SpecReader *reader) {
    const char *open = reader->at++;
    skip_blanks(reader);
    while (*reader->at != ')') {
        if (*reader->at == '\0')
            return fail(reader, (Piece){open, 1}, "this \"(\" is never closed");
        if (!read_parameter(reader)) return false;
        if (*reader->at != ',') continue;
        reader->at++;
        skip_blanks(reader);
        if (*reader->at == ')') {
            return fail(reader, (Piece){reader->at, 1}, "expected parameter=value after the comma");
        }
    }
    reader->at++;
    return true;
}

/* --- the whole --- */

static void fill_initial(const Strategy *strategy, Argument *arguments) {
    const char *names[NP_MAX_PARAMETERS];
    size_t count = parameter_names(strategy, names);
    for (size_t i = 0; i < count; i++) {
        arguments[i].number = strategy->parameter[i].initial;
        const char *text = strategy->parameter[i].text;
        if (text) snprintf(arguments[i].text, sizeof arguments[i].text, "%s", text);
    }
}

static bool find_strategy(SpecReader *reader, Piece name, StrategyCatalogue catalogue) {
    char word[SCENARIO_MAX_STRATEGY], hint[320];
    const char *known[MAX_KNOWN];
    size_t count = catalogue.count < MAX_KNOWN ? catalogue.count : MAX_KNOWN;
    piece_copy(word, sizeof word, name);
    for (size_t i = 0; i < count; i++) {
        known[i] = catalogue.strategy[i]->name;
        if (strcmp(known[i], word) != 0) continue;
        reader->strategy = catalogue.strategy[i];
        return true;
    }
    complaint_hint(hint, sizeof hint, word, known, count);
    return fail(reader, name, "unknown strategy \"%.64s\"%s", word, hint);
}

static bool read_name(SpecReader *reader, Piece *name) {
    memset(reader->arguments, 0, NP_MAX_PARAMETERS * sizeof *reader->arguments);
    if (strlen(reader->spec) >= SCENARIO_MAX_STRATEGY)
        return fail(reader, (Piece){reader->spec, 1}, "longer than %d bytes",
                    SCENARIO_MAX_STRATEGY - 1);
    *name = take(reader, AFTER_NAME);
    return name->length > 0 || fail(reader, *name, "expected the name of a strategy");
}

static bool read_rest(SpecReader *reader) {
    if (reader->strategy) fill_initial(reader->strategy, reader->arguments);
    skip_blanks(reader);
    if (*reader->at == '(' && !read_parameters(reader)) return false;
    skip_blanks(reader);
    Piece rest = {reader->at, strlen(reader->at)};
    return rest.length == 0 || fail(reader, rest, "nothing may follow the strategy's parameters");
}

bool spec_read(const char *spec, StrategyCatalogue catalogue, const Strategy **strategy,
               Argument arguments[NP_MAX_PARAMETERS], SpecFault *fault) {
    SpecReader reader = {.spec = spec, .at = spec, .arguments = arguments, .fault = fault};
    Piece name;
    *strategy = NULL;
    if (!read_name(&reader, &name)) return false;
    /* What a file takes is known to who opens it. */
    bool known = catalogue.count > 0 && spec_kind(spec) == SPEC_BUILT_IN;
    if (known && !find_strategy(&reader, name, catalogue)) return false;
    if (!read_rest(&reader)) return false;
    *strategy = reader.strategy;
    return true;
}

bool spec_read_for(const char *spec, const Strategy *strategy,
                   Argument arguments[NP_MAX_PARAMETERS], SpecFault *fault) {
    SpecReader reader = {
        .spec = spec, .at = spec, .strategy = strategy, .arguments = arguments, .fault = fault};
    Piece name;
    return read_name(&reader, &name) && read_rest(&reader);
}

/* --- names of files --- */

static Piece name_of(const char *spec) {
    SpecReader reader = {.spec = spec, .at = spec};
    return take(&reader, AFTER_NAME);
}

static bool ends_in(Piece piece, const char *ending) {
    size_t length = strlen(ending);
    return piece.length > length && memcmp(piece.at + piece.length - length, ending, length) == 0;
}

SpecKind spec_kind(const char *spec) {
    static const struct {
        const char *ending;
        SpecKind kind;
    } kinds[] = {{".lua", SPEC_SCRIPT}, {".so", SPEC_PLUGIN},  {".py", SPEC_PROGRAM},
                 {".js", SPEC_PROGRAM}, {".sh", SPEC_PROGRAM}, {NULL, SPEC_BUILT_IN}};
    Piece name = name_of(spec);
    const char *hash = memchr(name.at, '#', name.length);
    if (hash != NULL) name.length = (size_t)(hash - name.at);
    for (size_t i = 0; kinds[i].ending != NULL; i++)
        if (ends_in(name, kinds[i].ending)) return kinds[i].kind;
    return memchr(name.at, '/', name.length) != NULL ? SPEC_PROGRAM : SPEC_BUILT_IN;
}

bool spec_word(const char *spec, char *out, size_t size) {
    Piece name = name_of(spec);
    piece_copy(out, size, name);
    return name.length < size;
}

const char *spec_rest(const char *spec) {
    Piece name = name_of(spec);
    const char *rest = name.at + name.length;
    return rest + strspn(rest, " \t\n");
}

bool strategy_spec_parse(const char *spec, StrategyCatalogue catalogue, const Strategy **strategy,
                         Argument arguments[NP_MAX_PARAMETERS], Error *error) {
    SpecFault fault;
    char shown[SCENARIO_MAX_STRATEGY], sentence[480];
    if (spec_read(spec, catalogue, strategy, arguments, &fault)) return true;
    return error_set(error, ERROR_SCENARIO, "strategy \"%s\": %s",
                     text_safe(shown, sizeof shown, spec),
                     text_safe(sentence, sizeof sentence, fault.sentence));
}
