/* Is it JSON, and what does its object hold? A reader for tests: strict, and only as much as they need. */
#ifndef TESTS_PROCESS_JSON_SHAPE_H
#define TESTS_PROCESS_JSON_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

/* Exactly one object, one newline behind it, nothing else. */
bool json_is_one_object(const char *text);
/* The raw text of a member of the outermost object, cut to fit `out`; NULL when there is none. */
const char *json_member(char *out, size_t size, const char *text, const char *key);

#endif
