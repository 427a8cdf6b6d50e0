/* The table library over lua_base_border. Sorting is by merging: Lua's own picks pivots by the clock, so that what
 * compares equal comes out in another order each time. */
#include <lauxlib.h>
#include <limits.h>

#include "agents/lua_box.h"

enum { MOST_UNPACKED = 250, MOST_MOVED = 1 << 20 };

static lua_Integer length_of(lua_State *state, int table) {
    luaL_checktype(state, table, LUA_TTABLE);
    return lua_base_border(state, table);
}

static void shift(lua_State *state, lua_Integer from, lua_Integer to) {
    lua_geti(state, 1, from);
    lua_seti(state, 1, to);
}

static int insert(lua_State *state) {
    lua_Integer end = length_of(state, 1) + 1, at = end;
    int arguments = lua_gettop(state);
    if (arguments != 2 && arguments != 3)
        return luaL_error(state, "wrong number of arguments to 'insert'");
    if (arguments == 3) {
        at = luaL_checkinteger(state, 2);
        luaL_argcheck(state, at >= 1 && at <= end, 2, "position out of bounds");
        lua_box_spend(state, (uint64_t)(end - at));
        for (lua_Integer i = end; i > at; i--) shift(state, i - 1, i);
    }
    lua_seti(state, 1, at);
    return 0;
}

static int take_out(lua_State *state) {
    lua_Integer length = length_of(state, 1), at = luaL_optinteger(state, 2, length);
    if (lua_gettop(state) > 1)
        luaL_argcheck(state, at >= (length == 0 ? 0 : 1) && at <= length + 1, 2,
                      "position out of bounds");
    lua_geti(state, 1, at);
    if (at < length) lua_box_spend(state, (uint64_t)(length - at));
    for (; at < length; at++) shift(state, at + 1, at);
    lua_pushnil(state);
    lua_seti(state, 1, at);
    return 1;
}

/* How many from `from` to `to`, when that is no more than `most`. */
static lua_Integer span(lua_State *state, lua_Integer from, lua_Integer to, lua_Integer most) {
    if (from > to) return 0;
    uint64_t count = (uint64_t)to - (uint64_t)from;
    if (count >= (uint64_t)most) return luaL_error(state, "more than %d at once", (int)most);
    return (lua_Integer)count + 1;
}

static int concat(lua_State *state) {
    size_t length;
    lua_Integer last = length_of(state, 1);
    const char *between = luaL_optlstring(state, 2, "", &length);
    lua_Integer from = luaL_optinteger(state, 3, 1), to = luaL_optinteger(state, 4, last);
    lua_Integer count = span(state, from, to, MOST_MOVED);
    luaL_Buffer buffer;
    luaL_buffinit(state, &buffer);
    for (lua_Integer i = 0; i < count; i++) {
        lua_box_spend(state, 1 + length / 16);
        if (i > 0) luaL_addlstring(&buffer, between, length);
        int type = lua_geti(state, 1, from + i);
        if (type != LUA_TSTRING && type != LUA_TNUMBER)
            return luaL_error(state, "invalid value (at index %I) in table for 'concat'",
                              (LUAI_UACINT)(from + i));
        if (type == LUA_TNUMBER) {
            lua_base_text(state, -1, NULL);
            lua_remove(state, -2);
        }
        luaL_addvalue(&buffer);
        if (luaL_bufflen(&buffer) > LUA_BOX_STRING)
            return luaL_error(state, "a text of more than 16 KiB");
    }
    luaL_pushresult(&buffer);
    return 1;
}

static int unpack(lua_State *state) {
    lua_Integer from = luaL_optinteger(state, 2, 1);
    lua_Integer to = lua_isnoneornil(state, 3) ? length_of(state, 1) : luaL_checkinteger(state, 3);
    lua_Integer count = span(state, from, to, MOST_UNPACKED);
    luaL_checkstack(state, (int)count, "too many results to unpack");
    for (lua_Integer i = 0; i < count; i++) lua_geti(state, 1, from + i);
    return (int)count;
}

static int pack(lua_State *state) {
    int count = lua_gettop(state);
    lua_createtable(state, count, 1);
    lua_insert(state, 1);
    for (int i = count; i >= 1; i--) lua_seti(state, 1, i);
    lua_pushinteger(state, count);
    lua_setfield(state, 1, "n");
    return 1;
}

/* --- sorting --- */

/* Stack: table, comparison or nil, and two tables to merge to and fro. */
enum { TABLE = 1, COMPARISON = 2, SOURCE = 3, TARGET = 4 };

/* The two values on top. */
static bool comes_first(lua_State *state) {
    if (lua_isnil(state, COMPARISON)) return lua_compare(state, -2, -1, LUA_OPLT);
    lua_pushvalue(state, COMPARISON);
    lua_pushvalue(state, -3);
    lua_pushvalue(state, -3);
    lua_call(state, 2, 1);
    bool first = lua_toboolean(state, -1);
    lua_pop(state, 1);
    return first;
}

static bool right_comes_first(lua_State *state, lua_Integer left, lua_Integer right) {
    lua_rawgeti(state, SOURCE, right);
    lua_rawgeti(state, SOURCE, left);
    bool first = comes_first(state);
    lua_pop(state, 2);
    return first;
}

static void merge(lua_State *state, lua_Integer from, lua_Integer middle, lua_Integer end) {
    lua_Integer left = from, right = middle;
    lua_box_spend(state, (uint64_t)(end - from));
    for (lua_Integer i = from; i < end; i++) {
        bool take_right = left == middle || (right < end && right_comes_first(state, left, right));
        lua_rawgeti(state, SOURCE, take_right ? right++ : left++);
        lua_rawseti(state, TARGET, i);
    }
}

static lua_Integer least_of(lua_Integer a, lua_Integer b) {
    return a < b ? a : b;
}

/* Keeps the order of what compares equal. */
static int sort(lua_State *state) {
    lua_Integer count = length_of(state, TABLE);
    if (!lua_isnoneornil(state, COMPARISON)) luaL_checktype(state, COMPARISON, LUA_TFUNCTION);
    lua_settop(state, COMPARISON);
    luaL_argcheck(state, count < INT_MAX, 1, "array too big");
    lua_createtable(state, (int)count, 0);
    lua_createtable(state, (int)count, 0);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(state, TABLE, i);
        lua_rawseti(state, SOURCE, i);
    }
    for (lua_Integer width = 1; width < count; width *= 2) {
        for (lua_Integer from = 1; from <= count; from += 2 * width)
            merge(state, from, least_of(from + width, count + 1),
                  least_of(from + 2 * width, count + 1));
        lua_pushvalue(state, SOURCE);
        lua_copy(state, TARGET, SOURCE);
        lua_replace(state, TARGET);
    }
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(state, SOURCE, i);
        lua_seti(state, TABLE, i);
    }
    return 0;
}

void lua_table_open(lua_State *state) {
    static const luaL_Reg functions[] = {
        {"insert", insert}, {"remove", take_out}, {"concat", concat}, {"unpack", unpack},
        {"pack", pack},     {"sort", sort},       {NULL, NULL}};
    luaL_newlib(state, functions);
    lua_setglobal(state, "table");
}
