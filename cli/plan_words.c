#include "cli/plan_words.h"

#include <stdbool.h>
#include <string.h>

enum { SHOWN = 40 };

/* A member of an object, or what is left of it. */
typedef struct Member {
    const char *key, *value;
    size_t key_length, length;
} Member;

/* Past a value: to the comma or brace behind it. */
static const char *past_value(const char *at) {
    unsigned depth = 0;
    bool quoted = false;
    for (; *at != '\0'; at++) {
        if (quoted && *at == '\\' && at[1] != '\0')
            at++;
        else if (*at == '"')
            quoted = !quoted;
        else if (!quoted && (*at == '{' || *at == '['))
            depth++;
        else if (!quoted && depth == 0 && (*at == ',' || *at == '}'))
            return at;
        else if (!quoted && (*at == '}' || *at == ']'))
            depth--;
    }
    return at;
}

/* The member behind `at`, which stands at the opening brace or a comma; false at the end. */
static bool next_member(const char **at, Member *member) {
    if ((**at != '{' && **at != ',') || (*at)[1] != '"') return false;
    member->key = *at + 2;
    const char *end = strchr(member->key, '"');
    if (end == NULL || end[1] != ':') return false;
    member->key_length = (size_t)(end - member->key);
    member->value = end + 2;
    *at = past_value(member->value);
    member->length = (size_t)(*at - member->value);
    return true;
}

static bool find_member(const char *object, const Member *like, Member *found) {
    while (next_member(&object, found))
        if (found->key_length == like->key_length &&
            memcmp(found->key, like->key, like->key_length) == 0)
            return true;
    return false;
}

static void add_safe(Text *out, const char *bytes, size_t length) {
    Text part = {0};
    text_add_bytes(&part, bytes, length);
    text_add_safe(out, text_get(&part));
    text_finish(&part);
}

void plan_words_differ(const char *there, const char *here, Text *out) {
    Member theirs, own;
    size_t before = out->length;
    while (next_member(&here, &own)) {
        bool found = find_member(there, &own, &theirs);
        if (found && theirs.length == own.length &&
            memcmp(theirs.value, own.value, own.length) == 0)
            continue;
        if (out->length > before) text_add(out, ", ");
        add_safe(out, own.key, own.key_length);
        if (!found || theirs.length > SHOWN || own.length > SHOWN) continue;
        text_add(out, " ");
        add_safe(out, theirs.value, theirs.length);
        text_add(out, " there and ");
        add_safe(out, own.value, own.length);
        text_add(out, " here");
    }
}
