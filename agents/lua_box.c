#include "agents/lua_box.h"

#include <assert.h>
#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "agents/lua_source.h"
#include "core/base/memory.h"
#include "core/base/text.h"

enum {
    TICK = 1000,               /* instructions between two looks at the limit */
    COLLECT_EVERY = 50 * 1000, /* steps */
    LARGEST_BLOCK = 128 << 20  /* beyond what any call can come to ask for */
};

LuaBox *lua_box_of(lua_State *state) {
    LuaBox *box;
    memcpy(&box, lua_getextraspace(state), sizeof box);
    return box;
}

/* --- limits --- */

/* Raised at the instruction that went too far, so that the complaint has its line. */
static void raise_limit(lua_State *state) {
    luaL_where(state, 0);
    if (lua_rawlen(state, -1) == 0) luaL_where(state, 1);
    lua_pushstring(state, lua_box_of(state)->limit);
    lua_concat(state, 2);
    lua_error(state);
}

static void look(lua_State *state, lua_Debug *where) {
    (void)where;
    LuaBox *box = lua_box_of(state);
    if (box->limit == NULL) lua_box_spend(state, TICK);
    if (box->limit != NULL) raise_limit(state);
    if (box->work - box->collected < COLLECT_EVERY) return;
    box->collected = box->work;
    lua_gc(state, LUA_GCCOLLECT);
}

/* From now on at every instruction, so that nothing goes on by catching the complaint. */
static void reach(LuaBox *box, const char *limit) {
    if (box->limit != NULL) return;
    box->limit = limit;
    lua_sethook(box->state, look, LUA_MASKCOUNT, 1);
}

void lua_box_spend(lua_State *state, uint64_t work) {
    LuaBox *box = lua_box_of(state);
    box->work += work;
    if (box->work <= LUA_BOX_STEPS) return;
    reach(box, "more than 10,000,000 steps in one call");
    raise_limit(state);
}

/* For new blocks Lua says in `before` what they are for. What is too much is given all the same, and the next
 * instruction complains, with its line: what one instruction can take beyond the limit is bounded. Refusing
 * instead would make Lua collect garbage at a moment that nobody has fixed. */
static void *allocate(void *context, void *block, size_t before, size_t after) {
    LuaBox *box = context;
    size_t held = block != NULL ? before : 0;
    if (after == 0) {
        box->bytes -= held;
        memory_free(block);
        return NULL;
    }
    size_t bytes = box->bytes - held + after;
    if (after > held && box->state != NULL) {
        if (block == NULL && before == LUA_TSTRING && after > LUA_BOX_STRING)
            reach(box, "a text of more than 16 KiB");
        if (bytes > LUA_BOX_MEMORY) reach(box, "more than 32 MiB of memory");
        if (after > LARGEST_BLOCK) return NULL;
    }
    box->bytes = bytes;
    return memory_grow(block, after, 1);
}

/* --- calling --- */

static void explain(LuaBox *box, char why[LUA_BOX_WHY]) {
    lua_State *state = box->state;
    char shown[LUA_BOX_WHY] = "";
    if (lua_gettop(state) > 0 && lua_type(state, -1) == LUA_TSTRING)
        text_safe(shown, sizeof shown, lua_tostring(state, -1));
    if (box->limit != NULL && strstr(shown, box->limit) == NULL)
        snprintf(why, LUA_BOX_WHY, "%s: %s", box->name, box->limit);
    else if (shown[0] != '\0')
        snprintf(why, LUA_BOX_WHY, "%s", shown);
    else
        snprintf(why, LUA_BOX_WHY, "%s: an error without words (a %s)", box->name,
                 luaL_typename(state, -1));
}

bool lua_box_do(LuaBox *box, lua_CFunction work, void *argument, char why[LUA_BOX_WHY]) {
    lua_State *state = box->state;
    if (box->limit != NULL) {
        snprintf(why, LUA_BOX_WHY, "%s: %s", box->name, box->limit);
        return false;
    }
    lua_pushcfunction(state, work);
    lua_pushlightuserdata(state, argument);
    bool good = lua_pcall(state, 1, 0, 0) == LUA_OK && box->limit == NULL;
    if (!good) explain(box, why);
    lua_settop(state, 0);
    if (good && box->work - box->collected >= COLLECT_EVERY) {
        box->collected = box->work;
        lua_gc(state, LUA_GCCOLLECT);
    }
    box->collected -= box->work; /* wraps around, and back */
    box->work = 0;
    return good;
}

void lua_box_load(lua_State *state, const char *bytes, size_t length, bool compiled) {
    const LuaBox *box = lua_box_of(state);
    lua_pushfstring(state, "@%s", box->name);
    if (luaL_loadbufferx(state, bytes, length, lua_tostring(state, -1), compiled ? "b" : "t") !=
        LUA_OK)
        lua_error(state);
    lua_remove(state, -2);
}

/* --- the two operators of lua_source.h --- */

static int length_of(lua_State *state) {
    if (lua_type(state, 2) == LUA_TSTRING) {
        lua_pushinteger(state, (lua_Integer)lua_rawlen(state, 2));
    } else if (luaL_getmetafield(state, 2, "__len") != LUA_TNIL) {
        lua_pushvalue(state, 2);
        lua_call(state, 1, 1);
    } else if (lua_type(state, 2) == LUA_TTABLE) {
        lua_pushinteger(state, lua_base_border(state, 2));
    } else {
        return luaL_error(state, "attempt to get length of a %s value", luaL_typename(state, 2));
    }
    return 1;
}

/* x ^ POWER ^ y: first POWER ^ y, which notes y in the box's own `exponent`, then x ^ that. Nothing can come
 * between. */
typedef struct Power {
    double exponent;
} Power;

static int power_of(lua_State *state) {
    Power *power = lua_touserdata(state, lua_upvalueindex(1));
    if (lua_touserdata(state, 1) == power) {
        int number;
        power->exponent = lua_tonumberx(state, 2, &number);
        if (!number)
            return luaL_error(state, "attempt to take a power of a %s value",
                              luaL_typename(state, 2));
        lua_pushvalue(state, 1);
        return 1;
    }
    int number;
    double base = lua_tonumberx(state, 1, &number);
    if (!number)
        return luaL_error(state, "attempt to take a power of a %s value", luaL_typename(state, 1));
    lua_pushnumber(state, lua_math_power(base, power->exponent));
    return 1;
}

static void push_operator(lua_State *state, lua_CFunction work) {
    lua_newuserdatauv(state, sizeof(Power), 0);
    lua_createtable(state, 0, 2);
    lua_pushvalue(state, -2);
    lua_pushcclosure(state, work, 1);
    lua_setfield(state, -2, "__pow");
    lua_pushboolean(state, false);
    lua_setfield(state, -2, "__metatable");
    lua_setmetatable(state, -2);
}

/* What a script calls first, and nothing ever after. */
static int hand_out(lua_State *state) {
    lua_pushnil(state);
    lua_setglobal(state, LUA_SOURCE_POWER);
    lua_pushvalue(state, lua_upvalueindex(1));
    lua_pushvalue(state, lua_upvalueindex(2));
    return 2;
}

void lua_box_run(lua_State *state) {
    push_operator(state, length_of);
    push_operator(state, power_of);
    lua_pushcclosure(state, hand_out, 2);
    lua_setglobal(state, LUA_SOURCE_POWER);
    lua_call(state, 0, 1);
}

/* --- life --- */

static int furnish(lua_State *state) {
    lua_base_open(state);
    lua_table_open(state);
    lua_string_open(state);
    lua_math_open(state);
    return 0;
}

LuaBox *lua_box_create(const char *name) {
    char why[LUA_BOX_WHY];
    LuaBox *box = memory_new(1, sizeof *box);
    box->name = name;
    lua_State *state = lua_newstate(allocate, box);
    memcpy(lua_getextraspace(state), &box, sizeof box);
    box->state = state;
    lua_gc(state, LUA_GCSTOP);
    lua_sethook(state, look, LUA_MASKCOUNT, TICK);
    bool good = lua_box_do(box, furnish, NULL, why);
    assert(good);
    (void)good;
    return box;
}

void lua_box_destroy(LuaBox *box) {
    if (box == NULL) return;
    box->limit = NULL;
    lua_close(box->state);
    memory_free(box);
}
