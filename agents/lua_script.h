/* A script as it was read: compiled, and what it says of itself. */
#ifndef AGENTS_LUA_SCRIPT_H
#define AGENTS_LUA_SCRIPT_H

#include "agents/lua_box.h"
#include "core/base/memory.h"
#include "core/base/text.h"

typedef struct LuaScript {
    Strategy strategy; /* first, so that the strategy leads to the script */
    Parameter parameter[NP_MAX_PARAMETERS + 1];
    Text code; /* compiled */
    Arena words;
    const char
        *name; /* the file's, without its folders, so that complaints are the same everywhere */
} LuaScript;

/* Runs it once, contained; fills in what it says of itself but the functions. */
bool lua_script_read(LuaScript *script, const char *path, const char *bytes, size_t length,
                     Error *error);
void lua_script_finish(LuaScript *script);
/* Leaves the table that the script returns. Within lua_box_do. */
void lua_script_run(lua_State *state, const LuaScript *script);

#endif
