/* A sandbox: one Lua state in which a script can reckon and nothing else, within limits of steps and memory.
 *
 * Nothing in it differs from run to run: no addresses, no clock, no order of a hash, no collector (it
 * collects after so many steps, so that even weak tables forget at the same moment), no arithmetic of
 * the C library's. What the script may call beyond that is put into it by lua_host.h.
 *
 * Reaching a limit ends the call, whatever the script tries to catch, and the box is dead from then on. */
#ifndef AGENTS_LUA_BOX_H
#define AGENTS_LUA_BOX_H

#include <lua.h>

#include "core/base/error.h"
#include "core/base/vocabulary.h"

enum {
    LUA_BOX_STEPS = 10 * 1000 * 1000, /* of one call: instructions, or work alike */
    LUA_BOX_MEMORY = 32 << 20,        /* bytes of one box */
    LUA_BOX_STRING = 16 << 10,        /* bytes of one string */
    LUA_BOX_WHY = 400                 /* bytes of a complaint */
};

typedef struct LuaBox {
    lua_State *state;
    const char *name;  /* of the script, in complaints */
    const char *limit; /* the limit that was reached, in words; NULL: none */
    size_t bytes;      /* taken */
    uint64_t work;     /* in this call */
    uint64_t
        collected; /* the work at which garbage was last collected; it goes on from call to call */
    const void *package; /* the metatable of packages */
    /* While a strategy is called; lua_host.h. */
    const Host *host;
    Reply *reply;
} LuaBox;

/* `name` is borrowed. */
LuaBox *lua_box_create(const char *name);
void lua_box_destroy(LuaBox *box);

/* Calls `work(state)` with `argument` as its light userdata and with fresh limits. False with the
 * complaint, which names file and line where it can. */
bool lua_box_do(LuaBox *box, lua_CFunction work, void *argument, char why[LUA_BOX_WHY]);

/* From within: */
LuaBox *lua_box_of(lua_State *state);
/* A C function has done this much; does not return when that was too much. */
void lua_box_spend(lua_State *state, uint64_t work);
/* Compiles the text (lua_source.h) or what lua_dump made of it, and leaves its function. */
void lua_box_load(lua_State *state, const char *bytes, size_t length, bool compiled);
/* Calls that function, and leaves the one value that the script returns. */
void lua_box_run(lua_State *state);

/* Packages, lua_package.c: the metatable's name, and the one value that stands for this outcome. */
#define LUA_BOX_PACKAGE "package"
void lua_box_push_package(lua_State *state, const Outcome *outcome);

/* The libraries of the box, lua_base.c, lua_table.c, lua_string.c, lua_math.c; each leaves nothing. */
void lua_base_open(lua_State *state);
void lua_table_open(lua_State *state);
void lua_string_open(lua_State *state);
void lua_math_open(lua_State *state);

/* x ^ y from core/base/real.h, for negative x too. */
double lua_math_power(double x, double y);

/* The value as text, without addresses; leaves it on top. Own because Lua's shows where things lie. */
const char *lua_base_text(lua_State *state, int index, size_t *length);
/* `#t`: the border that doubling and halving finds, whatever the table's insides; metamethods are not asked. */
lua_Integer lua_base_border(lua_State *state, int table);
/* Keeps those globals of the table on top, and forgets the others. */
void lua_base_keep(lua_State *state, const char *const *names);

#endif
