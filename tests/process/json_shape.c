#include "tests/process/json_shape.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { MOST_DEPTH = 32 };

static const char *skip_value(const char *at, int depth);

/* Every skip_ gives what follows, or NULL. */
static const char *skip_string(const char *at) {
    if (at == NULL || *at != '"') return NULL;
    for (at++; *at != '"'; at++) {
        if ((unsigned char)*at < 0x20) return NULL;
        if (*at == '\\' && *++at == '\0') return NULL;
    }
    return at + 1;
}

static const char *skip_number(const char *at) {
    const char *begin = at;
    if (*at == '-') at++;
    if (!isdigit((unsigned char)*at)) return NULL;
    while (*at != '\0' && strchr("0123456789+-.eE", *at) != NULL) at++;
    return at > begin ? at : NULL;
}

static const char *skip_word(const char *at) {
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < 3; i++)
        if (strncmp(at, words[i], strlen(words[i])) == 0) return at + strlen(words[i]);
    return NULL;
}

static const char *skip_member(const char *at, int depth) {
    at = skip_string(at);
    return at == NULL || *at != ':' ? NULL : skip_value(at + 1, depth);
}

static const char *skip_list(const char *at, int depth) {
    char close = *at == '{' ? '}' : ']';
    bool object = *at == '{';
    if (at[1] == close) return at + 2;
    do {
        at = object ? skip_member(at + 1, depth) : skip_value(at + 1, depth);
    } while (at != NULL && *at == ',');
    return at != NULL && *at == close ? at + 1 : NULL;
}

static const char *skip_value(const char *at, int depth) {
    if (depth > MOST_DEPTH) return NULL;
    if (*at == '{' || *at == '[') return skip_list(at, depth + 1);
    if (*at == '"') return skip_string(at);
    return isalpha((unsigned char)*at) ? skip_word(at) : skip_number(at);
}

bool json_is_one_object(const char *text) {
    if (*text != '{') return false;
    const char *end = skip_value(text, 0);
    return end != NULL && strcmp(end, "\n") == 0;
}

const char *json_member(char *out, size_t size, const char *text, const char *key) {
    const char *at = text;
    while (at != NULL && (*at == '{' || *at == ',')) {
        const char *name = at + 1, *value = skip_string(name);
        if (value == NULL) return NULL;
        at = skip_value(value + 1, 0);
        bool found =
            (size_t)(value - name) == strlen(key) + 2 && strncmp(name + 1, key, strlen(key)) == 0;
        if (!found || at == NULL) continue;
        snprintf(out, size, "%.*s", (int)(at - value - 1), value + 1);
        return out;
    }
    return NULL;
}
