/* JSON that is stored in a column and passed on as it is. */
#ifndef CLI_NESTED_JSON_H
#define CLI_NESTED_JSON_H

#include <stdbool.h>
#include <stddef.h>

/* Is it one JSON array or object on one line, not deeper than a record ever holds? What is damaged is passed
 * on as a text instead, so that the line around it stays readable. */
bool nested_json_is_sound(const char *bytes, size_t length);

#endif
