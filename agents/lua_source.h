/* A script's text made deterministic before it is compiled. Two of Lua's operators are not: `x ^ y` is the C
 * library's pow, whose last digit varies by processor, and `#t` of a table with holes depends on how its
 * hash part happens to be filled. Both become calls of the sandbox's own, without moving a line:
 *
 *     #t       LENGTH ^ t             x ^ y       x ^ POWER ^ y
 *
 * which bind exactly as what they stand for: `^` is right-associative, and takes what `#` takes. */
#ifndef AGENTS_LUA_SOURCE_H
#define AGENTS_LUA_SOURCE_H

#include "core/base/error.h"
#include "core/base/text.h"

#define LUA_SOURCE_LENGTH "np__length"
#define LUA_SOURCE_POWER  "np__power"

enum { LUA_SOURCE_BYTES = 256 * 1024 }; /* the longest script */

/* Adds the text to compile to `out`; it begins by calling what lua_box_run leaves in the global LUA_SOURCE_POWER for
 * the two operators. False for what is no text, and for a script that uses one of the two names. `name` is what
 * complaints call it. */
bool lua_source_read(const char *name, const char *bytes, size_t length, Text *out, Error *error);

#endif
