/* The format about itself, from the very tables that read it: a JSON Schema for editors, and a page on
 * each key. */
#ifndef CORE_SCENARIO_MANUAL_H
#define CORE_SCENARIO_MANUAL_H

#include "core/base/error.h"
#include "core/base/text.h"

/* JSON Schema, draft 2020-12, of a whole scenario; ends in a newline. */
void scenario_schema(Text *out);

/* A page on a key: what it is, its range, what holds without it, an example. Keys are given as in settings,
 * "seats.discount" or "seats.east.discount", or by their end, "discount", which may be that of several.
 * False with ERROR_USAGE, naming the nearest, when there is none. */
bool scenario_key_help(const char *key, Text *out, Error *error);

/* Every key of the format, "seats.SEAT.discount", in the order of the tables. Words in capitals stand for
 * names that the file gives, N for numbers. */
typedef void KeyVisitor(const char *path, void *context);
void scenario_each_key(KeyVisitor *visit, void *context);

#endif
