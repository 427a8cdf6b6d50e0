#include "core/base/json.h"

#include <assert.h>
#include <inttypes.h>
#include <stddef.h>
#include <string.h>

/* --- strings --- */

static const char *short_escape(char c) {
    switch (c) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\b': return "\\b";
    case '\f': return "\\f";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    case '<': return "\\u003c"; /* so that a string can never close a page's script element */
    default: return NULL;
    }
}

/* Adds what stands at `value` and returns how many of its bytes that was. */
static size_t add_character(Text *text, const char *value, size_t length) {
    size_t step = text_utf8_length(value, length);
    const char *escape = short_escape(*value);
    uint32_t hidden = step > 0 ? text_hidden(value, step) : 0;
    if (step == 0)
        text_add(text, "\xef\xbf\xbd");
    else if (escape != NULL)
        text_add(text, escape);
    else if (hidden > 0 && hidden <= 0xffff) /* no terminal obeys them then */
        text_addf(text, "\\u%04x", (unsigned)hidden);
    else
        text_add_bytes(text, value, step);
    return step == 0 ? 1 : step;
}

/* How many bytes from there on need no second look: most strings are such bytes only. */
static size_t plain_length(const char *value) {
    size_t length = 0;
    while (value[length] >= ' ' && value[length] <= '~' && value[length] != '"' &&
           value[length] != '\\' && value[length] != '<')
        length++;
    return length;
}

static void add_string(Text *text, const char *value) {
    text_add(text, "\"");
    for (size_t left = strlen(value), step; left > 0; value += step, left -= step) {
        step = plain_length(value);
        if (step > 0)
            text_add_bytes(text, value, step);
        else
            step = add_character(text, value, left);
    }
    text_add(text, "\"");
}

/* --- commas and keys --- */

static void begin_value(Json *json, const char *key) {
    assert(json->depth > 0 || key == NULL);
    uint64_t bit = UINT64_C(1) << json->depth;
    if (json->depth > 0 && (json->began & bit) != 0) text_add(json->text, ",");
    json->began |= bit;
    if (key == NULL) return;
    add_string(json->text, key);
    text_add(json->text, ":");
}

static void open_level(Json *json, const char *key, const char *bracket) {
    begin_value(json, key);
    text_add(json->text, bracket);
    json->depth++;
    assert(json->depth < 64);
    json->began &= ~(UINT64_C(1) << json->depth);
}

static void close_level(Json *json, const char *bracket) {
    assert(json->depth > 0);
    json->depth--;
    text_add(json->text, bracket);
}

void json_object(Json *json, const char *key) {
    open_level(json, key, "{");
}

void json_array(Json *json, const char *key) {
    open_level(json, key, "[");
}

void json_end_object(Json *json) {
    close_level(json, "}");
}

void json_end_array(Json *json) {
    close_level(json, "]");
}

/* --- values --- */

void json_string(Json *json, const char *key, const char *value) {
    begin_value(json, key);
    if (value == NULL)
        text_add(json->text, "null");
    else
        add_string(json->text, value);
}

void json_int(Json *json, const char *key, int64_t value) {
    begin_value(json, key);
    text_addf(json->text, "%" PRId64, value);
}

void json_double(Json *json, const char *key, double value) {
    char out[32];
    begin_value(json, key);
    /* Infinities and NaN are those whose difference with themselves is not zero. */
    text_add(json->text, value - value == 0 ? text_double(out, value) : "null");
}

void json_bool(Json *json, const char *key, bool value) {
    begin_value(json, key);
    text_add(json->text, value ? "true" : "false");
}

void json_null(Json *json, const char *key) {
    begin_value(json, key);
    text_add(json->text, "null");
}
