#include "agents/lua_strategy.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "agents/host.h"
#include "agents/lua_host.h"
#include "agents/lua_package.h"
#include "agents/lua_script.h"
#include "core/base/memory.h"

/* A run's state: its box. Where the box keeps things, by number, in its registry. */
typedef struct Seat {
    LuaBox *box; /* NULL once it has failed */
} Seat;

enum { AT_SCRIPT = 11, AT_STATE, AT_HOST, AT_REPLY, AT_ARGUMENTS, AT_OBSERVE, AT_ACT, AT_CLOSE };

static void fetch(lua_State *state, int what) {
    lua_rawgeti(state, LUA_REGISTRYINDEX, what);
}

static void keep(lua_State *state, int what) {
    lua_rawseti(state, LUA_REGISTRYINDEX, what);
}

/* Runs the work with the host at hand. */
static bool ask(Seat *seat, const Host *host, lua_CFunction work, void *argument,
                char why[LUA_BOX_WHY]) {
    seat->box->host = host;
    bool good = lua_box_do(seat->box, work, argument, why);
    seat->box->host = NULL;
    seat->box->reply = NULL;
    return good;
}

static void give_up(Seat *seat, const Host *host, const char *why) {
    host_fault(host, why);
    lua_box_destroy(seat->box);
    seat->box = NULL;
}

/* --- open --- */

typedef struct Opening {
    const LuaScript *script;
    const Argument *argument;
    char *why;
    size_t why_size;
    bool refused;
} Opening;

static void push_arguments(lua_State *state, const Opening *opening) {
    const Parameter *parameter = opening->script->parameter;
    lua_createtable(state, 0, NP_MAX_PARAMETERS);
    for (uint32_t i = 0; parameter[i].name != NULL; i++) {
        if (parameter[i].text != NULL)
            lua_pushstring(state, opening->argument[i].text);
        else
            lua_pushnumber(state, opening->argument[i].number);
        lua_setfield(state, -2, parameter[i].name);
    }
}

static void keep_functions(lua_State *state) {
    lua_getfield(state, -1, "observe");
    keep(state, AT_OBSERVE);
    lua_getfield(state, -1, "act");
    keep(state, AT_ACT);
    lua_getfield(state, -1, "close");
    keep(state, AT_CLOSE);
}

/* open returns the strategy's state; or nothing and a sentence: no. */
static void call_open(lua_State *state, Opening *opening) {
    if (lua_getfield(state, -1, "open") == LUA_TNIL) {
        lua_newtable(state);
        keep(state, AT_STATE);
        return;
    }
    fetch(state, AT_HOST);
    push_arguments(state, opening);
    lua_call(state, 2, 2);
    opening->refused = !lua_toboolean(state, -2) && lua_type(state, -1) == LUA_TSTRING;
    if (opening->refused) text_safe(opening->why, opening->why_size, lua_tostring(state, -1));
    lua_pop(state, 1);
    if (lua_isnil(state, -1)) {
        lua_newtable(state);
        lua_replace(state, -2);
    }
    keep(state, AT_STATE);
}

static int open_box(lua_State *state) {
    Opening *opening = lua_touserdata(state, 1);
    lua_package_open(state);
    lua_host_push(state, lua_box_of(state)->host);
    keep(state, AT_HOST);
    lua_reply_push(state);
    keep(state, AT_REPLY);
    lua_script_run(state, opening->script);
    keep_functions(state);
    call_open(state, opening);
    return 0;
}

static bool open(void *state, const Host *host, const Argument *arguments, char *why,
                 size_t why_size) {
    Seat *seat = state;
    const SeatHost *own = host->context;
    char failed[LUA_BOX_WHY];
    Opening opening = {(const LuaScript *)own->strategy, arguments, why, why_size, false};
    seat->box = lua_box_create(opening.script->name);
    bool good = ask(seat, host, open_box, &opening, failed);
    if (!good) snprintf(why, why_size, "%s", failed);
    if (good && !opening.refused) return true;
    lua_box_destroy(seat->box);
    seat->box = NULL;
    return false;
}

/* --- observe, act, close --- */

static int tell(lua_State *state) {
    const Observation *seen = lua_touserdata(state, 1);
    fetch(state, AT_OBSERVE);
    if (lua_isnil(state, -1)) return 0;
    fetch(state, AT_STATE);
    fetch(state, AT_HOST);
    lua_seen_push(state, lua_box_of(state)->host, seen);
    lua_call(state, 3, 0);
    return 0;
}

static void observe(void *state, const Host *host, const Observation *seen) {
    Seat *seat = state;
    char why[LUA_BOX_WHY];
    if (seat->box == NULL) return;
    if (!ask(seat, host, tell, (void *)(uintptr_t)seen, why)) give_up(seat, host, why);
}

static int move(lua_State *state) {
    const SimTime *now = lua_touserdata(state, 1);
    fetch(state, AT_ACT);
    fetch(state, AT_STATE);
    fetch(state, AT_HOST);
    lua_pushinteger(state, *now);
    fetch(state, AT_REPLY);
    lua_call(state, 4, 0);
    return 0;
}

static void act(void *state, const Host *host, SimTime now, Reply *reply) {
    Seat *seat = state;
    char why[LUA_BOX_WHY];
    if (seat->box == NULL) return;
    seat->box->reply = reply;
    if (!ask(seat, host, move, &now, why)) give_up(seat, host, why);
}

static int say_goodbye(lua_State *state) {
    fetch(state, AT_CLOSE);
    if (lua_isnil(state, -1)) return 0;
    fetch(state, AT_STATE);
    fetch(state, AT_HOST);
    lua_call(state, 2, 0);
    return 0;
}

/* Nothing that goes wrong here matters any more. */
static void close(void *state, const Host *host) {
    Seat *seat = state;
    char why[LUA_BOX_WHY];
    if (seat->box == NULL) return;
    ask(seat, host, say_goodbye, NULL, why);
    lua_box_destroy(seat->box);
    seat->box = NULL;
}

/* --- the table --- */

const Strategy *lua_strategy_load(const char *path, const char *bytes, size_t length,
                                  Error *error) {
    LuaScript *script = memory_new(1, sizeof *script);
    if (!lua_script_read(script, path, bytes, length, error)) {
        lua_strategy_free(&script->strategy);
        return NULL;
    }
    script->strategy.abi = NP_STRATEGY_ABI;
    script->strategy.size = sizeof(Strategy);
    script->strategy.state_size = sizeof(Seat);
    script->strategy.open = open;
    script->strategy.observe = observe;
    script->strategy.act = act;
    script->strategy.close = close;
    return &script->strategy;
}

void lua_strategy_free(const Strategy *strategy) {
    LuaScript *script = (LuaScript *)(uintptr_t)strategy;
    if (script == NULL) return;
    lua_script_finish(script);
    memory_free(script);
}
