/* What Lua calls basic functions, without those that show where things lie or that reach outside. */
#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

#include "agents/lua_box.h"

void lua_base_keep(lua_State *state, const char *const *names) {
    lua_newtable(state);
    for (; *names != NULL; names++) {
        lua_getfield(state, -2, *names);
        lua_setfield(state, -2, *names);
    }
    lua_remove(state, -2);
}

/* --- text of values --- */

static void push_number_text(lua_State *state, int index) {
    lua_Number number = lua_tonumber(state, index);
    if (number != number) /* its sign differs by processor */
        lua_pushliteral(state, "nan");
    else
        luaL_tolstring(state, index, NULL);
}

const char *lua_base_text(lua_State *state, int index, size_t *length) {
    index = lua_absindex(state, index);
    if (luaL_callmeta(state, index, "__tostring")) {
        if (lua_type(state, -1) != LUA_TSTRING)
            luaL_error(state, "'__tostring' must return a string");
    } else if (lua_type(state, index) == LUA_TNUMBER) {
        push_number_text(state, index);
    } else if (lua_type(state, index) == LUA_TSTRING || lua_type(state, index) == LUA_TBOOLEAN ||
               lua_type(state, index) == LUA_TNIL) {
        luaL_tolstring(state, index, NULL);
    } else if (luaL_getmetafield(state, index, "__name") != LUA_TSTRING) {
        lua_pushstring(state, luaL_typename(state, index));
    }
    return lua_tolstring(state, -1, length);
}

static int to_text(lua_State *state) {
    luaL_checkany(state, 1);
    lua_base_text(state, 1, NULL);
    return 1;
}

/* --- length --- */

static bool has(lua_State *state, int table, lua_Integer at) {
    bool is = lua_rawgeti(state, table, at) != LUA_TNIL;
    lua_pop(state, 1);
    return is;
}

/* The last whole number counts as not there: doubling ends at it, and there is always one more to add. */
lua_Integer lua_base_border(lua_State *state, int table) {
    lua_Integer there = 0, beyond = 1;
    while (beyond < LUA_MAXINTEGER && has(state, table, beyond)) {
        there = beyond;
        beyond = beyond <= LUA_MAXINTEGER / 2 ? 2 * beyond : LUA_MAXINTEGER;
    }
    while (beyond - there > 1) {
        lua_Integer middle = there + (beyond - there) / 2;
        if (has(state, table, middle))
            there = middle;
        else
            beyond = middle;
    }
    return there;
}

static int raw_length(lua_State *state) {
    if (lua_type(state, 1) == LUA_TSTRING) {
        lua_pushinteger(state, (lua_Integer)lua_rawlen(state, 1));
        return 1;
    }
    luaL_checktype(state, 1, LUA_TTABLE);
    lua_pushinteger(state, lua_base_border(state, 1));
    return 1;
}

/* --- tables in order --- */

/* Numbers, then texts, then false and true, then packages by their options; nothing else has an order that
 * would be the same in every run. */
enum { RANK_NUMBER, RANK_TEXT, RANK_TRUTH, RANK_PACKAGE };

typedef struct Key {
    int rank;
    bool whole;
    lua_Integer integer; /* or the truth */
    double number;
    const char *bytes; /* held by the table */
    size_t length;
} Key;

static int by_number(const Key *a, const Key *b) {
    if (a->whole && b->whole) return a->integer < b->integer ? -1 : a->integer > b->integer;
    if (a->number != b->number) return a->number < b->number ? -1 : 1;
    return a->whole != b->whole ? (a->whole ? -1 : 1) : 0; /* past 2^53 */
}

static int in_order(const void *first, const void *second) {
    const Key *a = first, *b = second;
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    if (a->rank == RANK_NUMBER) return by_number(a, b);
    if (a->rank == RANK_TRUTH) return a->integer < b->integer ? -1 : a->integer > b->integer;
    size_t shorter = a->length < b->length ? a->length : b->length;
    int order = memcmp(a->bytes, b->bytes, shorter);
    return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

static Key read_key(lua_State *state, int index) {
    Key key = {.rank = RANK_NUMBER};
    switch (lua_type(state, index)) {
    case LUA_TNUMBER:
        key.whole = lua_isinteger(state, index);
        key.integer = key.whole ? lua_tointeger(state, index) : 0;
        key.number = lua_tonumber(state, index);
        return key;
    case LUA_TSTRING:
        key.rank = RANK_TEXT;
        key.bytes = lua_tolstring(state, index, &key.length);
        return key;
    case LUA_TBOOLEAN:
        key.rank = RANK_TRUTH;
        key.integer = lua_toboolean(state, index);
        return key;
    default: break;
    }
    if (luaL_testudata(state, index, LUA_BOX_PACKAGE) == NULL)
        luaL_error(state,
                   "a table with a %s as a key cannot be gone through: only numbers, strings, "
                   "booleans and packages have an order",
                   luaL_typename(state, index));
    key.rank = RANK_PACKAGE;
    key.bytes = lua_touserdata(state, index);
    key.length = sizeof(Outcome);
    return key;
}

static void push_key(lua_State *state, const Key *key) {
    if (key->rank == RANK_TEXT)
        lua_pushlstring(state, key->bytes, key->length);
    else if (key->rank == RANK_TRUTH)
        lua_pushboolean(state, (int)key->integer);
    else if (key->rank == RANK_PACKAGE)
        lua_box_push_package(state, (const Outcome *)(const void *)key->bytes);
    else if (key->whole)
        lua_pushinteger(state, key->integer);
    else
        lua_pushnumber(state, key->number);
}

/* Numbers from 1 on come in order out of Lua's own array; whatever is behind is sorted. */
static uint32_t collect(lua_State *state, int table, Key *keys) {
    uint32_t count = 0;
    for (lua_pushnil(state); lua_next(state, table); lua_pop(state, 1), count++)
        if (keys != NULL) keys[count] = read_key(state, -2);
    return count;
}

static bool is_sorted(const Key *keys, uint32_t count) {
    for (uint32_t i = 1; i < count; i++)
        if (in_order(&keys[i - 1], &keys[i]) > 0) return false;
    return true;
}

/* Leaves the table's keys, in order, as a table. */
static void push_keys(lua_State *state, int table) {
    uint32_t count = collect(state, table, NULL);
    lua_box_spend(state, 4 * (uint64_t)count);
    Key *keys = lua_newuserdatauv(state, count * sizeof *keys + 1, 0);
    count = collect(state, table, keys);
    if (!is_sorted(keys, count)) qsort(keys, count, sizeof *keys, in_order);
    lua_createtable(state, (int)count, 0);
    for (uint32_t i = 0; i < count; i++) {
        push_key(state, &keys[i]);
        lua_rawseti(state, -2, i + 1);
    }
    lua_remove(state, -2);
}

/* Upvalues: the keys, and how many were given. What was taken out meanwhile is passed over. */
static int next_pair(lua_State *state) {
    luaL_checktype(state, 1, LUA_TTABLE); /* a script may call it with anything */
    lua_Integer at = lua_tointeger(state, lua_upvalueindex(2));
    while (lua_rawgeti(state, lua_upvalueindex(1), ++at) != LUA_TNIL) {
        lua_pushinteger(state, at);
        lua_replace(state, lua_upvalueindex(2));
        lua_pushvalue(state, -1);
        if (lua_rawget(state, 1) != LUA_TNIL) return 2;
        lua_pop(state, 2);
    }
    return 1;
}

static int pairs(lua_State *state) {
    luaL_checkany(state, 1);
    if (luaL_getmetafield(state, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(state, 1);
        lua_call(state, 1, 3);
        return 3;
    }
    luaL_checktype(state, 1, LUA_TTABLE);
    push_keys(state, 1);
    lua_pushinteger(state, 0);
    lua_pushcclosure(state, next_pair, 2);
    lua_pushvalue(state, 1);
    lua_pushnil(state);
    return 3;
}

/* The key that comes next in the same order; a table is gone through faster with pairs. */
static int next_key(lua_State *state) {
    luaL_checktype(state, 1, LUA_TTABLE);
    lua_settop(state, 2);
    bool found = false, first = lua_isnil(state, 2);
    Key after = first ? (Key){0} : read_key(state, 2), best = {0};
    uint64_t count = 0;
    for (lua_pushnil(state); lua_next(state, 1); lua_pop(state, 1), count++) {
        Key key = read_key(state, -2);
        if (!first && in_order(&key, &after) <= 0) continue;
        if (found && in_order(&key, &best) >= 0) continue;
        best = key;
        found = true;
    }
    lua_box_spend(state, count);
    if (!found) return luaL_pushfail(state), 1;
    push_key(state, &best);
    lua_pushvalue(state, -1);
    lua_rawget(state, 1);
    return 2;
}

/* --- metatables --- */

static void refuse_field(lua_State *state, const char *field, const char *sentence) {
    lua_pushstring(state, field);
    if (lua_rawget(state, 2) != LUA_TNIL) luaL_argerror(state, 2, sentence);
    lua_pop(state, 1);
}

static int set_metatable(lua_State *state) {
    luaL_checktype(state, 1, LUA_TTABLE);
    if (lua_type(state, 2) != LUA_TNIL) luaL_checktype(state, 2, LUA_TTABLE);
    if (luaL_getmetafield(state, 1, "__metatable") != LUA_TNIL)
        return luaL_error(state, "cannot change a protected metatable");
    lua_settop(state, 2);
    if (lua_istable(state, 2)) {
        refuse_field(state, "__gc", "there is no '__gc': nothing may notice what is collected");
        refuse_field(state, "__mode", "there are no weak tables");
    }
    lua_setmetatable(state, 1);
    return 1;
}

/* --- errors --- */

/* What a limit ends stays ended. Lua's own handlers are not used: they run where no limit counts. */
static bool call_protected(lua_State *state, int arguments) {
    if (lua_pcall(state, arguments, LUA_MULTRET, 0) == LUA_OK) return true;
    if (lua_box_of(state)->limit != NULL) lua_error(state);
    return false;
}

static int protected(lua_State *state) {
    luaL_checkany(state, 1);
    bool good = call_protected(state, lua_gettop(state) - 1);
    lua_pushboolean(state, good);
    lua_insert(state, 1);
    return lua_gettop(state);
}

/* The handler, first in the stack, is called once the error has come up here. */
static int protected_with(lua_State *state) {
    luaL_checktype(state, 2, LUA_TFUNCTION);
    lua_pushvalue(state, 1);
    lua_copy(state, 2, 1);
    lua_replace(state, 2);
    bool good = call_protected(state, lua_gettop(state) - 2);
    if (good)
        lua_remove(state, 1);
    else
        lua_call(state, 1, LUA_MULTRET);
    lua_pushboolean(state, good);
    lua_insert(state, 1);
    return lua_gettop(state);
}

void lua_base_open(lua_State *state) {
    static const char *const kept[] = {"assert",   "error",  "getmetatable", "ipairs",
                                       "rawequal", "rawget", "rawset",       "select",
                                       "tonumber", "type",   "_VERSION",     NULL};
    static const luaL_Reg own[] = {{"tostring", to_text},
                                   {"rawlen", raw_length},
                                   {"pairs", pairs},
                                   {"next", next_key},
                                   {"pcall", protected},
                                   {"xpcall", protected_with},
                                   {"setmetatable", set_metatable},
                                   {NULL, NULL}};
    luaL_requiref(state, LUA_GNAME, luaopen_base, 0);
    lua_base_keep(state, kept);
    luaL_setfuncs(state, own, 0);
    lua_pushvalue(state, -1);
    lua_setfield(state, -2, LUA_GNAME);
    lua_rawseti(state, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}
