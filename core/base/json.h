/* JSON out: commas, escapes and the shortest decimals that read back, and nothing else. */
#ifndef CORE_BASE_JSON_H
#define CORE_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/text.h"

/* Writes one value into `text`. Begin with a zeroed Json but for `text`; keys are given for members
 * of objects and NULL for elements of arrays. NaN and infinities become null; invalid UTF-8 U+FFFD;
 * "<" is escaped, so that the value may stand inside a page's script. */
typedef struct Json {
    Text *text;
    unsigned depth;
    uint64_t began; /* one bit a level: something was written there */
} Json;

void json_object(Json *json, const char *key);
void json_array(Json *json, const char *key);
void json_end_object(Json *json);
void json_end_array(Json *json);
void json_string(Json *json, const char *key, const char *value); /* NULL becomes null */
void json_int(Json *json, const char *key, int64_t value);
void json_double(Json *json, const char *key, double value);
void json_bool(Json *json, const char *key, bool value);
void json_null(Json *json, const char *key);

#endif
