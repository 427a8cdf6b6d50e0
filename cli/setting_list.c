#include "cli/setting_list.h"

#include <string.h>

#include "core/base/json.h"

void setting_list_init(SettingList *list) {
    list->count = 0;
    arena_init(&list->arena);
}

void setting_list_finish(SettingList *list) {
    arena_finish(&list->arena);
    list->count = 0;
}

bool setting_list_add(SettingList *list, const char *assignment, Error *error) {
    const char *equals = strchr(assignment, '=');
    char safe[128];
    if (equals == NULL || equals == assignment)
        return error_set(error, ERROR_USAGE, "--set wants PATH=VALUE, not \"%s\"",
                         text_safe(safe, sizeof safe, assignment));
    if (list->count == SETTING_LIST_MAX)
        return error_set(error, ERROR_USAGE, "at most %d values can be set", SETTING_LIST_MAX);
    Setting *setting = &list->setting[list->count++];
    setting->path = arena_text(&list->arena, assignment, (size_t)(equals - assignment));
    setting->value = arena_text(&list->arena, equals + 1, strlen(equals + 1));
    return true;
}

bool setting_list_given(SettingList *list, const Options *options, Error *error) {
    size_t at = 0;
    for (const char *given; (given = option_next(options, "set", &at)) != NULL;)
        if (!setting_list_add(list, given, error)) return false;
    at = 0;
    for (const char *given; (given = option_next(options, "strategy", &at)) != NULL;) {
        const char *equals = strchr(given, '=');
        if (equals == NULL)
            return error_set(error, ERROR_USAGE, "--strategy %.80s: expected SEAT=SPEC", given);
        Text assignment = {0};
        text_addf(&assignment, "seats.%.*s.strategy%s", (int)(equals - given), given, equals);
        bool added = setting_list_add(list, text_get(&assignment), error);
        text_finish(&assignment);
        if (!added) return false;
    }
    return true;
}

void setting_list_json(const SettingList *list, Text *out) {
    Text assignment = {0};
    Json json = {.text = out};
    json_array(&json, NULL);
    for (size_t i = 0; i < list->count; i++) {
        text_clear(&assignment);
        text_addf(&assignment, "%s=%s", list->setting[i].path, list->setting[i].value);
        json_string(&json, NULL, text_get(&assignment));
    }
    json_end_array(&json);
    text_finish(&assignment);
}

/* --- reading: an array of strings, and nothing else of JSON --- */

static const char *skip_blanks(const char *at) {
    return at + strspn(at, " \t\r\n");
}

static bool read_hex(const char **at, unsigned *code) {
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    *code = 0;
    for (int i = 0; i < 4; i++) {
        const char *digit = **at != '\0' ? strchr(digits, **at) : NULL;
        if (digit == NULL) return false;
        *code = *code * 16 + (unsigned)((digit - digits) % 16);
        (*at)++;
    }
    return true;
}

static void add_utf8(Text *out, unsigned code) {
    char bytes[] = {(char)(0xe0 | code >> 12), (char)(0x80 | (code >> 6 & 0x3f)),
                    (char)(0x80 | (code & 0x3f))};
    if (code < 0x80) bytes[2] = (char)code;
    if (code >= 0x80 && code < 0x800) bytes[1] = (char)(0xc0 | code >> 6);
    size_t length = code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
    text_add_bytes(out, bytes + sizeof bytes - length, length);
}

/* Our own writer escapes characters that nobody sees; a surrogate or NUL is not from us. */
static bool read_escape(const char **at, Text *out) {
    static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    const char *name = **at != '\0' ? strchr(names, **at) : NULL;
    if (name != NULL) {
        text_add_bytes(out, &meant[name - names], 1);
        (*at)++;
        return true;
    }
    unsigned code;
    if (*(*at)++ != 'u' || !read_hex(at, &code) || code == 0 || (code & 0xf800) == 0xd800)
        return false;
    add_utf8(out, code);
    return true;
}

static bool read_string(const char **at, Text *out) {
    if (*(*at)++ != '"') return false;
    text_clear(out);
    while (**at != '"') {
        size_t plain = strcspn(*at, "\"\\");
        text_add_bytes(out, *at, plain);
        *at += plain;
        if (**at == '\0') return false;
        if (**at == '\\' && (++*at, !read_escape(at, out))) return false;
    }
    (*at)++;
    return true;
}

static bool read_elements(SettingList *list, const char **at, Text *word, Error *error) {
    while (true) {
        *at = skip_blanks(*at);
        if (!read_string(at, word) || !setting_list_add(list, text_get(word), error)) return false;
        *at = skip_blanks(*at);
        if (**at != ',') return true;
        (*at)++;
    }
}

static bool read_array(SettingList *list, const char *at, Text *word, Error *error) {
    at = skip_blanks(at);
    if (*at++ != '[') return false;
    at = skip_blanks(at);
    if (*at != ']' && !read_elements(list, &at, word, error)) return false;
    return *at++ == ']' && *skip_blanks(at) == '\0';
}

bool setting_list_read(SettingList *list, const char *json, Error *error) {
    Text word = {0};
    bool read = read_array(list, json, &word, NULL);
    text_finish(&word);
    return read || error_set(error, ERROR_SCENARIO, "the recorded settings are not readable");
}
