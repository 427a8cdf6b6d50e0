#include "agents/lua_source.h"

#include <string.h>

typedef struct Scan {
    const char *at, *end;
    uint32_t line;
    Text *out;
} Scan;

static char peek(const Scan *scan, size_t ahead) {
    return (size_t)(scan->end - scan->at) > ahead ? scan->at[ahead] : '\0';
}

static void copy(Scan *scan, size_t length) {
    for (size_t i = 0; i < length; i++) scan->line += scan->at[i] == '\n';
    text_add_bytes(scan->out, scan->at, length);
    scan->at += length;
}

static bool in_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Lua ends lines at either. */
static bool ends_line(char c) {
    return c == '\n' || c == '\r';
}

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* How long "[[", "[=[" … is; 0 where there is none. */
static size_t long_bracket(const Scan *scan, size_t ahead) {
    size_t length = 1;
    if (peek(scan, ahead) != '[') return 0;
    while (peek(scan, ahead + length) == '=') length++;
    return peek(scan, ahead + length) == '[' ? length + 1 : 0;
}

/* To behind the closing bracket of the same level, or to the end, where Lua will complain. */
static void copy_long(Scan *scan, size_t before, size_t bracket) {
    copy(scan, before + bracket);
    for (; scan->at < scan->end; copy(scan, 1)) {
        size_t level = 0;
        if (peek(scan, 0) != ']') continue;
        while (peek(scan, 1 + level) == '=') level++;
        if (level + 2 != bracket || peek(scan, 1 + level) != ']') continue;
        copy(scan, bracket);
        return;
    }
}

static void copy_comment(Scan *scan) {
    size_t bracket = long_bracket(scan, 2);
    if (bracket > 0) {
        copy_long(scan, 2, bracket);
        return;
    }
    while (scan->at < scan->end && !ends_line(peek(scan, 0))) copy(scan, 1);
}

/* What a backslash takes with it: the next character, both of a line's end, after z all that is blank. */
static size_t escape_length(const Scan *scan) {
    size_t length = 2;
    char c = peek(scan, 1), after = peek(scan, 2);
    if (ends_line(c) && ends_line(after) && c != after) length++;
    while (c == 'z' && is_blank(peek(scan, length))) length++;
    return length;
}

static void copy_string(Scan *scan) {
    char quote = peek(scan, 0);
    copy(scan, 1);
    while (scan->at < scan->end && peek(scan, 0) != quote && !ends_line(peek(scan, 0)))
        copy(scan, peek(scan, 0) == '\\' && scan->end - scan->at > 1 ? escape_length(scan) : 1);
    if (scan->at < scan->end) copy(scan, 1);
}

static bool is(const char *word, const char *text, size_t length) {
    return strlen(word) == length && memcmp(word, text, length) == 0;
}

/* False for one of the two names that are the sandbox's. */
static bool copy_name(Scan *scan) {
    size_t length = 1;
    while (in_name(peek(scan, length))) length++;
    bool taken = is(LUA_SOURCE_LENGTH, scan->at, length) || is(LUA_SOURCE_POWER, scan->at, length);
    copy(scan, length);
    return !taken;
}

static bool step(Scan *scan) {
    char c = peek(scan, 0);
    size_t bracket = long_bracket(scan, 0);
    if (c == '-' && peek(scan, 1) == '-') {
        copy_comment(scan);
    } else if (c == '"' || c == '\'') {
        copy_string(scan);
    } else if (bracket > 0) {
        copy_long(scan, 0, bracket);
    } else if (c == '#') {
        text_add(scan->out, " " LUA_SOURCE_LENGTH "^");
        scan->at++;
    } else if (c == '^') {
        text_add(scan->out, "^" LUA_SOURCE_POWER "^");
        scan->at++;
    } else if (in_name(c)) {
        return copy_name(scan);
    } else {
        copy(scan, 1);
    }
    return true;
}

bool lua_source_read(const char *name, const char *bytes, size_t length, Text *out, Error *error) {
    if (length > LUA_SOURCE_BYTES)
        return error_set(error, ERROR_SCENARIO, "%s: a script has at most %d bytes.", name,
                         LUA_SOURCE_BYTES);
    Scan scan = {bytes, bytes + length, 1, out};
    if (memchr(bytes, '\0', length) != NULL || (length > 0 && bytes[0] == '\x1b'))
        return error_set(error, ERROR_SCENARIO, "%s: not a text; compiled scripts are not taken.",
                         name);
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) scan.at += 3;
    text_add(out, "local " LUA_SOURCE_LENGTH "," LUA_SOURCE_POWER "=" LUA_SOURCE_POWER "() ");
    if (peek(&scan, 0) == '#') /* "#!/usr/bin/lua" */
        while (scan.at < scan.end && peek(&scan, 0) != '\n') scan.at++;
    while (scan.at < scan.end)
        if (!step(&scan))
            return error_set(error, ERROR_SCENARIO,
                             "%s:%u: the names " LUA_SOURCE_LENGTH " and " LUA_SOURCE_POWER
                             " are taken.",
                             name, scan.line);
    return true;
}
