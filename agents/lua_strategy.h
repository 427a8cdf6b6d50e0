/* A strategy in Lua: a file that returns a table of functions, run in a sandbox of its own for every run.
 * What scripts may write is in docs/strategies.md; what holds them is in lua_box.h. */
#ifndef AGENTS_LUA_STRATEGY_H
#define AGENTS_LUA_STRATEGY_H

#include <stddef.h>

#include "core/base/error.h"
#include "core/base/vocabulary.h"

/* Reads the script and runs it once, contained, to learn its name and parameters. NULL with a sentence that names
 * file and line when it is none. `path` is only what complaints call it. The table works under
 * agents/host.h alone: a fault of the script's is told with host_fault. */
const Strategy *lua_strategy_load(const char *path, const char *bytes, size_t length, Error *error);
void lua_strategy_free(const Strategy *strategy);

#endif
