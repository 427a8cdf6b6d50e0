#include "agents/lua_package.h"

#include <lauxlib.h>
#include <string.h>

#include "agents/lua_names.h"

/* Its address is the key of the table that finds a package by its options. */
static const char known;

void lua_box_push_package(lua_State *state, const Outcome *outcome) {
    size_t issues = lua_host_of(state)->issues;
    lua_rawgetp(state, LUA_REGISTRYINDEX, &known);
    lua_pushlstring(state, (const char *)outcome->option, issues);
    if (lua_rawget(state, -2) == LUA_TNIL) {
        lua_pop(state, 1);
        memcpy(lua_newuserdatauv(state, sizeof *outcome, 0), outcome, sizeof *outcome);
        luaL_setmetatable(state, LUA_BOX_PACKAGE);
        lua_pushlstring(state, (const char *)outcome->option, issues);
        lua_pushvalue(state, -2);
        lua_rawset(state, -4);
    }
    lua_remove(state, -2);
}

int lua_package_push_found(lua_State *state, bool found, const Outcome *package) {
    if (found)
        lua_box_push_package(state, package);
    else
        lua_pushnil(state);
    return 1;
}

/* --- reading --- */

/* As luaL_testudata, without looking the metatable up by its name. */
static const Outcome *package_at(lua_State *state, int argument) {
    const Outcome *package = lua_touserdata(state, argument);
    if (package == NULL || !lua_getmetatable(state, argument)) return NULL;
    bool is = lua_topointer(state, -1) == lua_box_of(state)->package;
    lua_pop(state, 1);
    return is ? package : NULL;
}

/* The first, in alphabetical order, of the table's keys that is no issue: the same in every run. */
static void complain_of_key(lua_State *state, const Host *host, int table) {
    const char *first = NULL;
    for (lua_pushnil(state); lua_next(state, table); lua_pop(state, 1)) {
        if (lua_type(state, -2) != LUA_TSTRING)
            luaL_error(state, "a package names issues and options: {%s = \"%s\"}",
                       host->issue[0].id, host->issue[0].option[0]);
        const char *key = lua_tostring(state, -2);
        bool is_issue = false;
        for (uint8_t i = 0; i < host->issues; i++) is_issue |= strcmp(host->issue[i].id, key) == 0;
        if (!is_issue && (first == NULL || strcmp(key, first) < 0)) first = key;
    }
    lua_pushstring(state, first);
    lua_name_issue(state, lua_gettop(state));
}

Outcome lua_package_with(lua_State *state, Outcome package, int changes) {
    const Host *host = lua_host_of(state);
    uint32_t named = 0, keys = 0;
    for (uint8_t issue = 0; issue < host->issues; issue++) {
        lua_pushstring(state, host->issue[issue].id);
        if (lua_rawget(state, changes) != LUA_TNIL) {
            package.option[issue] = lua_name_option(state, issue, lua_gettop(state));
            named++;
        }
        lua_pop(state, 1);
    }
    for (lua_pushnil(state); lua_next(state, changes); lua_pop(state, 1)) keys++;
    if (keys != named) complain_of_key(state, host, changes);
    return package;
}

Outcome lua_package_read(lua_State *state, int argument) {
    const Outcome *package = package_at(state, argument);
    if (package != NULL) return *package;
    luaL_argexpected(state, lua_istable(state, argument), argument, "package");
    Outcome silent;
    memset(&silent, NP_NO_OPTION, sizeof silent);
    return lua_package_with(state, silent, argument);
}

/* --- what a package says --- */

static void push_option(lua_State *state, const Host *host, const Outcome *package, uint8_t issue) {
    uint8_t option = package->option[issue];
    if (option < host->issue[issue].options)
        lua_pushstring(state, host->issue[issue].option[option]);
    else
        lua_pushnil(state);
}

static int option_of(lua_State *state) {
    const Outcome *package = luaL_checkudata(state, 1, LUA_BOX_PACKAGE);
    push_option(state, lua_host_of(state), package, lua_name_issue(state, 2));
    return 1;
}

static int refuse_change(lua_State *state) {
    return luaL_error(state, "a package cannot be changed; host.with(package, {issue = option}) "
                             "gives another one");
}

static int text_of(lua_State *state) {
    const Outcome *package = luaL_checkudata(state, 1, LUA_BOX_PACKAGE);
    const Host *host = lua_host_of(state);
    luaL_Buffer buffer;
    luaL_buffinit(state, &buffer);
    for (uint8_t issue = 0; issue < host->issues; issue++) {
        if (package->option[issue] >= host->issue[issue].options) continue;
        if (luaL_bufflen(&buffer) > 0) luaL_addstring(&buffer, ", ");
        luaL_addstring(&buffer, host->issue[issue].id);
        luaL_addchar(&buffer, '=');
        push_option(state, host, package, issue);
        luaL_addvalue(&buffer);
    }
    luaL_pushresult(&buffer);
    return 1;
}

/* The issue after the one named, among those of which the package speaks. */
static int next_issue(lua_State *state) {
    const Outcome *package = luaL_checkudata(state, 1, LUA_BOX_PACKAGE);
    const Host *host = lua_host_of(state);
    uint8_t issue = lua_isnoneornil(state, 2) ? 0 : (uint8_t)(lua_name_issue(state, 2) + 1);
    while (issue < host->issues && package->option[issue] >= host->issue[issue].options) issue++;
    if (issue >= host->issues) return lua_pushnil(state), 1;
    lua_pushstring(state, host->issue[issue].id);
    push_option(state, host, package, issue);
    return 2;
}

static int pairs_of(lua_State *state) {
    luaL_checkudata(state, 1, LUA_BOX_PACKAGE);
    lua_pushcfunction(state, next_issue);
    lua_pushvalue(state, 1);
    lua_pushnil(state);
    return 3;
}

void lua_package_open(lua_State *state) {
    static const luaL_Reg methods[] = {{"__index", option_of},
                                       {"__newindex", refuse_change},
                                       {"__tostring", text_of},
                                       {"__pairs", pairs_of},
                                       {NULL, NULL}};
    luaL_newmetatable(state, LUA_BOX_PACKAGE);
    luaL_setfuncs(state, methods, 0);
    lua_box_of(state)->package = lua_topointer(state, -1);
    lua_pushboolean(state, false);
    lua_setfield(state, -2, "__metatable");
    lua_createtable(state, 0, 16);
    lua_createtable(state, 0, 1);
    lua_pushliteral(state, "v"); /* forgets packages that the script has forgotten */
    lua_setfield(state, -2, "__mode");
    lua_setmetatable(state, -2);
    lua_rawsetp(state, LUA_REGISTRYINDEX, &known);
    lua_pop(state, 1);
}
